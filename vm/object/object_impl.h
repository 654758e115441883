/* object_impl.h - what the class machinery's files share; seen by vm/object only.  Layer 6. */
#ifndef SK_OBJECT_OBJECT_IMPL_H
#define SK_OBJECT_OBJECT_IMPL_H

#include "vm/object/bytes.h"
#include "vm/object/call.h"
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/func.h"
#include "vm/object/number.h"
#include "vm/object/object.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

/* It grows once, when a program has shown that it is a long one. */
enum { METHOD_CACHE_FIRST = SK_TINY ? 4 : 64, METHOD_CACHE_SIZE = SK_TINY ? 4 : 1024, METHOD_CACHE_MISSES = 256 };

typedef struct MethodCacheLine { SkType *type; SkStr *name; SkCell *cell; } MethodCacheLine;

/* How a slot's C function looks (column 2 of slots.def). */
typedef enum SlotForm {
  FORM_Unary, FORM_Binary, FORM_Hash, FORM_Call, FORM_GetAttr, FORM_SetAttr, FORM_DelAttr, FORM_DescrGet,
  FORM_SetItem, FORM_DelItem, FORM_New, FORM_Init, FORM_Len, FORM_Contains, FORM_Bool, FORM_Pow
} SlotForm;

enum { SLOT_NAMES_ROOM = 256 };
typedef struct SlotName { SkStr *name; int id; } SlotName;

/* vm->method_cache points at this: the class machinery's own tables. */
typedef struct ObjectState {
  MethodCacheLine *cache;
  uint32_t cache_size, cache_misses;
  SlotName slot_names[SLOT_NAMES_ROOM]; /* interned special name -> slot, open addressing */
  struct SkSignature **signatures;      /* by definition, open addressing; live as long as the VM */
  size_t signature_count, signature_room;
  SkShape *first_shapes;                /* of the built-in classes, in one piece: ids 1 .. SK_T_COUNT */
  SkDict *abstract_names;
} ObjectState;

SK_INLINE ObjectState *object_state(const SkVm *vm) { return (ObjectState *)vm->method_cache; }

/* signature.c */
void signature_mark_all(SkMarker *m, ObjectState *s);
void signature_free_all(SkVm *vm, ObjectState *s);

/* shape.c */
void shape_free_table(SkVm *vm, SkShape *s);
void shapes_free(SkVm *vm);

/* type_slots.c */
int slot_by_name(const SkVm *vm, const SkStr *name); /* SK_SLOT_NONE: no special method */
void type_update_slots(SkVm *vm, SkType *t, SkStr *name); /* |name| changed in t: here and in subclasses */
void type_init_slots(SkVm *vm, SkType *t); /* a new Python class: everything */
void *slot_pointer(const SkSlots *slots, int id);
bool slot_is_dispatcher(const SkSlots *slots, int id);
SkStr *slot_name(const SkVm *vm, int id);
SlotForm slot_form(int id);
void *slot_dispatcher(int id);

/* type.c */
void type_flush(SkVm *vm, SkType *t);
SkTuple *type_compute_mro(SkVm *vm, SkType *t);
void type_add_subclass(SkVm *vm, SkType *base, SkType *t);
void type_remove_subclass(SkVm *vm, SkType *base, SkType *t);
/* Calls fn for every living direct subclass. */
void type_each_subclass(SkVm *vm, SkType *t, void (*fn)(SkVm *, SkType *, void *), void *arg);
SkType *type_alloc(SkVm *vm, SkType *meta);
SkTuple *type_call_mro(SkVm *vm, SkType *t);
SkType *type_best_base(SkVm *vm, SkTuple *bases);
SkType *type_solid_base(SkType *t);
bool type_same_layout(SkType *a, SkType *b);
void type_refresh_flags(SkVm *vm, SkType *t);

/* type_ns.c */
bool type_defines(SkVm *vm, const SkType *t, SkStr *name); /* the definition of a lazy class has it; makes nothing */
SkNative *type_new_native(SkVm *vm, SkType *t);  /* t->new_native, made if need be; NULL: there is none */
SkNative *type_init_native(SkVm *vm, SkType *t);

/* descr.c */
SkValue descr_wrapper_new(SkVm *vm, SkType *owner, int slot_id);
SkValue descr_getset_new(SkVm *vm, SkType *owner, const SkAttrDef *attr);
SkValue descr_slot_new(SkVm *vm, SkType *owner, SkStr *name, unsigned slot);
SkValue descr_classmethod_new(SkVm *vm, SkValue func);
SkValue descr_staticmethod_new(SkVm *vm, SkValue func);
/* Calls a C slot of |owner| as the special method |id|. */
SkValue slot_wrapper_call(SkVm *vm, SkDescr *d, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames);

/* str_intern.c: gives back the table of interned strings, after sk_heap_free(). */
void sk_intern_free(SkVm *vm);

/* object.c: whether instances of a and b look the same in memory, so that one may become the other. */
bool type_swappable(SkVm *vm, SkType *a, SkType *b);

/* native.c */
SkNative *native_make(SkVm *vm, const SkNativeDef *def, int type_id, SkType *owner, SkValue self);

/* instance_del.c, weakref.c: what the collector runs when something died. */
void sk_run_del(SkVm *vm, SkObject *o);
void sk_weakref_died(SkVm *vm, SkObject *ref);
/* weakref.c */
SkValue weakref_plain(SkVm *vm, SkObject *target);
SkValue weakref_get(SkVm *vm, SkValue ref); /* None if dead */
SkObject *weakref_target(SkVm *vm, SkValue v); /* checks that there can be weak references to |v| */
SkValue weakref_shared(SkVm *vm, int type_id, SkObject *target, SkValue callback);

/* Whether the class of |v| makes it a data descriptor / any descriptor. */
SK_INLINE bool type_is_data_descr(const SkType *t) { return t->slots->descr_set || t->slots->descr_delete; }
SK_INLINE bool type_is_descr(const SkType *t) { return t->slots->descr_get || type_is_data_descr(t); }

#endif
