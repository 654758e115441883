/* dict.h - dict, its views, set and frozenset: compact, insertion-ordered hash tables.  Layer 6.
 *
 *   index    u8/u16/u32 slots by hash, EMPTY, or entry number + 1
 *   entries  {hash, key, value} in insertion order; a deleted entry has key UNSET
 *
 * keys_version: 0 = nobody caches this key set.  A cache takes a version with sk_dict_version(); every
 * change of the key set (insert, delete, clear, resize) sets it back to 0; replacing a value does not.
 * A cache entry {version, entry number} is right as long as the version is the same.
 */
#ifndef SK_OBJECT_DICT_H
#define SK_OBJECT_DICT_H

#include "vm/object/object.h"

SK_C_BEGIN

typedef struct SkDictEntry { int64_t hash; SkValue key, value; } SkDictEntry;

struct SkDict {
  SkObject head;
  uint32_t keys_version;
  uint32_t log_index;    /* log2 of index size; 0: no table yet */
  size_t live;           /* len() */
  size_t used, room;     /* entries used (deleted ones included), allocated */
  SkDictEntry *entries;  /* in a payload cell */
  SkRaw *entries_cell, *index;
  uint64_t order;        /* bumped by every change of the key set: iterators check it */
};

SK_INLINE bool sk_is_dict(SkValue v) { return sk_has_kind(v, SK_KIND_DICT); }
SK_INLINE SkDict *sk_as_dict(SkValue v) { sk_assert(sk_is_dict(v)); return (SkDict *)sk_ptr(v); }

SkDict *sk_dict_new(SkVm *vm);
SkDict *sk_dict_new_sized(SkVm *vm, size_t n);
SkValue sk_dict_get(SkVm *vm, SkDict *d, SkValue key);            /* SK_UNSET if missing; may call __hash__, __eq__ */
SkValue sk_dict_get_str(SkVm *vm, SkDict *d, SkStr *key);         /* str keys only ever call nothing */
SkValue sk_dict_get_cstr(SkVm *vm, SkDict *d, const char *key);
void sk_dict_set(SkVm *vm, SkDict *d, SkValue key, SkValue v);
void sk_dict_set_str(SkVm *vm, SkDict *d, SkStr *key, SkValue v);
void sk_dict_set_cstr(SkVm *vm, SkDict *d, const char *key, SkValue v);
bool sk_dict_delete(SkVm *vm, SkDict *d, SkValue key);            /* false: it was not there */
SkValue sk_dict_pop(SkVm *vm, SkDict *d, SkValue key);            /* SK_UNSET if missing */
SkValue sk_dict_setdefault(SkVm *vm, SkDict *d, SkValue key, SkValue v);
void sk_dict_clear(SkVm *vm, SkDict *d);
SkDict *sk_dict_copy(SkVm *vm, SkDict *d);
void sk_dict_update(SkVm *vm, SkDict *d, SkValue mapping_or_pairs);
/* Walks the entries: for (size_t i = 0; sk_dict_next(d, &i, &k, &v);) */
bool sk_dict_next(const SkDict *d, size_t *i, SkValue *key, SkValue *value);
uint32_t sk_dict_version(SkVm *vm, SkDict *d);
/* Entry number of an interned or other str key, or -1. */
int64_t sk_dict_find_str(SkVm *vm, SkDict *d, SkStr *key);
/* Mapping access through __getitem__ when |m| is no plain dict. */
SkValue sk_mapping_get(SkVm *vm, SkValue m, SkValue key);         /* SK_UNSET on KeyError */

typedef struct SkSetEntry { int64_t hash; SkValue key; } SkSetEntry;
struct SkSet { SkObject head; uint32_t log_index; size_t live, used, room; SkSetEntry *entries; SkRaw *entries_cell, *index; uint64_t order; int64_t hash; };

SK_INLINE bool sk_is_anyset(SkValue v) { return sk_has_kind(v, SK_KIND_SET); } /* set or frozenset */
SK_INLINE SkSet *sk_as_set(SkValue v) { sk_assert(sk_is_anyset(v)); return (SkSet *)sk_ptr(v); }
SkSet *sk_set_new(SkVm *vm);
SkSet *sk_frozenset_from(SkVm *vm, const SkValue *items, size_t n);
bool sk_set_add(SkVm *vm, SkSet *s, SkValue v);                   /* false: it was there */
bool sk_set_has(SkVm *vm, SkSet *s, SkValue v);
bool sk_set_discard(SkVm *vm, SkSet *s, SkValue v);
void sk_set_update(SkVm *vm, SkSet *s, SkValue iterable);
bool sk_set_next(const SkSet *s, size_t *i, SkValue *key);

/* A read-only window on a mapping or on a class namespace (whose values are cells). */
typedef struct SkMappingProxy { SkObject head; SkValue mapping; SkType *type; } SkMappingProxy;
typedef struct SkDictView { SkObject head; SkDict *dict; } SkDictView;

SK_C_END

#endif
