/* ids.h - the numbers behind kinds, built-in classes, slots and names.  Layer 5. */
#ifndef SK_HEAP_IDS_H
#define SK_HEAP_IDS_H

typedef enum SkKind {
#define KIND(name, trace, finalize) SK_KIND_##name,
#include "vm/heap/kinds.def"
#undef KIND
  SK_KIND_COUNT
} SkKind;

typedef enum SkTypeId {
#define TYPE(id, def) SK_T_##id,
#include "vm/heap/types.def"
#undef TYPE
#define EXC(name, base, family, doc) SK_T_##name,
#define EXC_LIB(name, module, base, family, doc) SK_T_##name,
#include "vm/heap/exceptions.def"
#undef EXC
#undef EXC_LIB
  SK_T_COUNT
} SkTypeId;

typedef enum SkSlotId {
#define SLOT(field, signature, name) SK_SLOT_##field,
#include "vm/heap/slots.def"
#undef SLOT
  SK_SLOT_COUNT
} SkSlotId;

/* Interned names: first the slots' (same order), then names.def. */
typedef enum SkNameId {
#define SLOT(field, signature, name) SK_N_slot_##field,
#include "vm/heap/slots.def"
#undef SLOT
#define NAME(field, text) SK_N_##field,
#include "vm/heap/names.def"
#undef NAME
  SK_N_COUNT
} SkNameId;

#endif
