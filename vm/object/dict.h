/* dict.h - dict, its views, set and frozenset.  Layer 6.
 *
 * A dict is a compact, insertion-ordered hash table in one payload cell:
 *
 *   entries  room x {hash, key, value}, in insertion order; a dead entry has key UNSET
 *   index    mask + 1 u32 slots, chosen by hash: 0 empty, else entry number + 1
 *
 * Index slots are never emptied: a slot whose entry died (or was given to another key later, after
 * popitem) is passed over by the comparison of keys.  |filled| counts the slots in use, so at least a
 * third is always empty and every probe ends.  Every rebuild makes a new cell, so a probe that ran
 * script code sees by (table, key) whether it may go on or must start again.
 *
 * keys_version: 0 = nobody caches this key set.  A cache takes a version with sk_dict_version(); every
 * change of the key set (insert, delete, clear, rebuild) sets it back to 0; replacing a value does not.
 * A cache entry {version, entry number} is right as long as the version is the same.
 *
 * A set is an open-addressed table of {hash, key} that probes, grows and so iterates in CPython's
 * order (ints and tuples of ints print alike).
 */
#ifndef SK_OBJECT_DICT_H
#define SK_OBJECT_DICT_H

#include "vm/object/number.h"
#include "vm/object/object.h"
#include "vm/object/str.h"

SK_C_BEGIN

typedef struct SkDictEntry { int64_t hash; SkValue key, value; } SkDictEntry;

struct SkDict {
  SkObject head;
  uint32_t keys_version;
  uint32_t mask;         /* index size - 1 */
  uint32_t *index;       /* inside |table|, or the shared empty one */
  SkDictEntry *entries;  /* inside |table| */
  uint32_t live;         /* len() */
  uint32_t used, room;   /* entries used (dead ones included), allocated */
  uint32_t filled;       /* index slots in use; <= room */
  uint32_t first;        /* no live entry has a smaller number */
  uint32_t guard;
  SkRaw *table;          /* NULL: no table yet */
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
/* For callers that hash once and probe often, and for the types built on dict. */
void sk_dict_init(SkDict *d);                                     /* what __new__ of a subclass does first */
int64_t sk_dict_find(SkVm *vm, SkDict *d, SkValue key);           /* entry number or -1 */
SkValue sk_dict_get_hashed(SkVm *vm, SkDict *d, SkValue key, int64_t hash);
void sk_dict_set_hashed(SkVm *vm, SkDict *d, SkValue key, int64_t hash, SkValue v);
SkValue sk_dict_pop_hashed(SkVm *vm, SkDict *d, SkValue key, int64_t hash);
void sk_dict_kill(SkDict *d, uint32_t e);                         /* deletes entry |e| */
bool sk_dict_popitem(SkDict *d, SkValue *key, SkValue *value);    /* false: empty */
void sk_dict_move_to(SkVm *vm, SkDict *d, uint32_t e, bool last);
void sk_dict_copy_into(SkVm *vm, SkDict *to, const SkDict *from); /* |to| is empty */
/* d[key] of any dict object: __missing__ of subclasses, KeyError. */
SkValue sk_dict_getitem(SkVm *vm, SkValue d, SkValue key);
/* update(): |pairs| a mapping (has keys()) or an iterable of pairs; |replace| false: first one wins. */
void sk_dict_merge(SkVm *vm, SkDict *d, SkValue pairs, bool replace);
/* Mapping access through __getitem__ when |m| is no plain dict. */
SkValue sk_mapping_get(SkVm *vm, SkValue m, SkValue key);         /* SK_UNSET on KeyError */

/* Hash of a small int, as sk_hash gives it: its value modulo 2^61 - 1, never -1. */
SK_INLINE int64_t sk_smallint_hash(SkValue v) {
  int64_t n = (int64_t)v.bits >> 2, p = ((int64_t)1 << 61) - 1;
  if (SK_UNLIKELY(n >= p)) n -= p;
  if (SK_UNLIKELY(n <= -p)) n += p;
  return n == -1 ? -2 : n;
}
/* The entry of |key| when |key| is a small int or an interned str and the first probe meets that very
 * object; NULL says nothing: ask sk_dict_get.  The VM's fast path for dicts of the exact class. */
SK_INLINE SkDictEntry *sk_dict_peek(const SkDict *d, SkValue key) {
  int64_t hash;
  if (sk_is_smallint(key)) {
    hash = sk_smallint_hash(key);
  } else if (sk_has_kind(key, SK_KIND_STR) && (sk_object(key)->aux & SK_STR_INTERNED)) {
    hash = ((const SkStr *)sk_ptr(key))->hash;
  } else {
    return NULL;
  }
  uint32_t slot = d->index[(uint64_t)hash & d->mask];
  if (SK_UNLIKELY(!slot)) return NULL;
  SkDictEntry *e = &d->entries[slot - 1];
  return SK_LIKELY(sk_is(e->key, key)) ? e : NULL;
}

typedef struct SkSetEntry { int64_t hash; SkValue key; } SkSetEntry; /* key UNSET: empty (hash 0) or dead (hash -1) */
struct SkSet {
  SkObject head;
  uint64_t mask;        /* table size - 1 */
  size_t live, filled;  /* len(); entries not empty, dead ones included */
  SkSetEntry *entries;  /* inside |table| or |small| */
  SkRaw *table;         /* NULL: |small| */
  int64_t hash;         /* frozenset: 0 not computed */
  size_t finger;        /* where pop() goes on */
  SkSetEntry small[8];
};

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
