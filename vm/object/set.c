/* set.c - the table behind set and frozenset.  Layer 6.
 *
 * Open addressing with CPython's probe sequence (ten neighbours, then a perturbed jump), growth rule and
 * bulk copying, so that sets of ints iterate in the order programs are used to.
 *
 *   entry  empty {0, UNSET}, dead {-1, UNSET}, live {hash, key}; a hash is never -1
 *
 * A probe that compared keys by script code starts again when the table or the entry is another one.
 */
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/set_impl.h"

enum { SET_SMALL = 8, NEIGHBOURS = 9, PERTURB = 5 };

/* ---- tables ------------------------------------------------------------------------------------------- */

void sk_set_trace(SkMarker *m, SkObject *o) {
  SkSet *s = (SkSet *)o;
  if (s->table) sk_mark_cell(m, s->table);
  if (s->entries) {
    for (size_t i = 0; i <= s->mask; i++) sk_mark(m, s->entries[i].key);
  }
  sk_trace_attributes(m, o);
}

static void entries_clear(SkSetEntry *e, size_t n) {
  for (size_t i = 0; i < n; i++) e[i] = (SkSetEntry){0, SK_UNSET};
}

void sk_set_clear(SkSet *s) {
  entries_clear(s->small, SET_SMALL);
  s->mask = SET_SMALL - 1;
  s->live = s->filled = 0;
  s->entries = s->small;
  s->table = NULL;
}

void sk_set_init_empty(SkSet *s) { sk_set_clear(s); }

SkSet *sk_set_new_id(SkVm *vm, int type_id) {
  SkSet *s = sk_object_new_id(vm, type_id, 0);
  sk_set_clear(s);
  return s;
}

SkSet *sk_set_new(SkVm *vm) { return sk_set_new_id(vm, SK_T_set); }

int sk_set_base_id(const SkVm *vm, const SkSet *s) {
  return sk_type_is_subtype(sk_type_of(vm, sk_from_ptr(s)), vm->types[SK_T_set]) ? SK_T_set : SK_T_frozenset;
}

/* The first empty entry of a table that has no dead ones and does not hold the key. */
static void insert_clean(SkVm *vm, SkSetEntry *table, uint64_t mask, SkValue key, int64_t hash) {
  uint64_t perturb = (uint64_t)hash, i = perturb & mask;
  for (size_t turns = 0;;) {
    SK_TURN(vm, turns);
    size_t last = i + NEIGHBOURS <= mask ? i + NEIGHBOURS : i;
    for (size_t j = i; j <= last; j++) {
      if (!sk_is_unset(table[j].key)) continue;
      table[j] = (SkSetEntry){hash, key};
      return;
    }
    perturb >>= PERTURB;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

/* The same for |small|, where nothing is charged: it may be the set's own. */
static void insert_small(SkSetEntry *table, SkValue key, int64_t hash) {
  uint64_t perturb = (uint64_t)hash, i = perturb & (SET_SMALL - 1);
  for (;;) {
    size_t last = i + NEIGHBOURS <= SET_SMALL - 1 ? i + NEIGHBOURS : i;
    for (size_t j = i; j <= last; j++) {
      if (!sk_is_unset(table[j].key)) continue;
      table[j] = (SkSetEntry){hash, key};
      return;
    }
    perturb >>= PERTURB;
    i = (i * 5 + 1 + perturb) & (SET_SMALL - 1);
  }
}

void sk_set_resize(SkVm *vm, SkSet *s, size_t minimum) {
  size_t size = SET_SMALL;
  if (minimum > SIZE_MAX / 64) sk_raise_nomem(vm);
  while (size <= minimum) size *= 2;
  SkSetEntry *old = s->entries, *entries, spare[SET_SMALL];
  SkRaw *old_table = s->table, *table = NULL;
  size_t old_size = s->mask + 1;
  if (size == SET_SMALL) {
    if (old == s->small) {
      memcpy(spare, old, sizeof spare);
      old = spare;
    }
    entries = s->small;
  } else {
    table = sk_raw_new(vm, size * sizeof(SkSetEntry));
    entries = (SkSetEntry *)table->data;
  }
  entries_clear(entries, size);
  for (size_t i = 0, turns = 0; i < old_size && table; i++) {
    SK_TURN(vm, turns);
    if (!sk_is_unset(old[i].key)) insert_clean(vm, entries, size - 1, old[i].key, old[i].hash);
  }
  for (size_t i = 0; i < old_size && !table; i++) { /* few, into the set itself: not to be left in the middle */
    if (!sk_is_unset(old[i].key)) insert_small(entries, old[i].key, old[i].hash);
  }
  sk_barrier(vm, s);
  s->mask = size - 1;
  s->filled = s->live;
  s->entries = entries;
  s->table = table;
  sk_keep(old_table);
}

void sk_set_take(SkVm *vm, SkSet *to, SkSet *from) {
  sk_barrier(vm, to);
  memcpy(to->small, from->small, sizeof to->small);
  to->mask = from->mask;
  to->live = from->live;
  to->filled = from->filled;
  to->table = from->table;
  to->entries = from->table ? from->entries : to->small;
}

/* ---- probing --------------------------------------------------------------------------------------------- */

SK_INLINE int64_t hash_of(SkVm *vm, SkValue key) { return sk_is_smallint(key) ? sk_smallint_hash(key) : sk_hash(vm, key); }

/* Two different words with the same hash: equal?  |*called| when script code may have run. */
SK_INLINE bool keys_equal(SkVm *vm, SkValue found, SkValue key, bool *called) {
  if (sk_both_smallint(found, key)) return false;
  if (sk_is_exactly(vm, found, SK_T_str) && sk_is_exactly(vm, key, SK_T_str)) {
    return sk_str_same(vm, sk_as_str(found), sk_as_str(key));
  }
  *called = true;
  return sk_equal(vm, found, key);
}

/* The live entry of |key|; or where it would go: the last dead entry of its probe sequence, else the
 * empty one that ends it. */
static SkSetEntry *set_probe(SkVm *vm, SkSet *s, SkValue key, int64_t hash, bool *found) {
restart:;
  SkSetEntry *table = s->entries;
  SkRaw *cell = s->table;
  SkSetEntry *dead = NULL;
  uint64_t mask = s->mask, perturb = (uint64_t)hash, i = perturb & mask;
  for (;;) {
    size_t last = i + NEIGHBOURS <= mask ? i + NEIGHBOURS : i;
    for (size_t j = i; j <= last; j++) {
      SkSetEntry *e = &table[j];
      SkValue k = e->key;
      if (sk_is(k, key)) return *found = true, e;
      if (sk_is_unset(k)) {
        if (e->hash == 0) return *found = false, dead ? dead : e;
        dead = e;
      } else if (e->hash == hash) {
        sk_charge(vm, 1);
        bool called = false, same = keys_equal(vm, k, key, &called);
        if (called && (s->entries != table || !sk_is(e->key, k))) goto restart;
        if (same) return *found = true, e;
      }
    }
    perturb >>= PERTURB;
    i = (i * 5 + 1 + perturb) & mask;
  }
  sk_keep(cell);
}

SkSetEntry *sk_set_find(SkVm *vm, SkSet *s, SkValue key, int64_t hash) {
  bool found;
  SkSetEntry *e = set_probe(vm, s, key, hash, &found);
  return found ? e : NULL;
}

bool sk_set_add_hashed(SkVm *vm, SkSet *s, SkValue key, int64_t hash) {
  bool found;
  SkSetEntry *e = set_probe(vm, s, key, hash, &found);
  if (found) return false;
  sk_barrier(vm, s);
  s->live++;
  if (e->hash == -1) {
    *e = (SkSetEntry){hash, key};
    return true;
  }
  *e = (SkSetEntry){hash, key};
  s->filled++;
  if (s->filled * 5 >= s->mask * 3) sk_set_resize(vm, s, s->live > 50000 ? s->live * 2 : s->live * 4);
  return true;
}

bool sk_set_discard_hashed(SkVm *vm, SkSet *s, SkValue key, int64_t hash) {
  SkSetEntry *e = sk_set_find(vm, s, key, hash);
  if (!e) return false;
  *e = (SkSetEntry){-1, SK_UNSET};
  s->live--;
  return true;
}

/* ---- the interface ----------------------------------------------------------------------------------------- */

bool sk_set_add(SkVm *vm, SkSet *s, SkValue v) { return sk_set_add_hashed(vm, s, v, hash_of(vm, v)); }
bool sk_set_has(SkVm *vm, SkSet *s, SkValue v) { return sk_set_find(vm, s, v, hash_of(vm, v)) != NULL; }
bool sk_set_discard(SkVm *vm, SkSet *s, SkValue v) { return sk_set_discard_hashed(vm, s, v, hash_of(vm, v)); }

SkSet *sk_frozenset_from(SkVm *vm, const SkValue *items, size_t n) {
  SkSet *s = sk_set_new_id(vm, SK_T_frozenset);
  for (size_t i = 0; i < n; i++) sk_set_add(vm, s, items[i]);
  return s;
}

bool sk_set_next(const SkSet *s, size_t *i, SkValue *key) {
  for (; *i <= s->mask; ++*i) {
    if (sk_is_unset(s->entries[*i].key)) continue;
    *key = s->entries[(*i)++].key;
    return true;
  }
  return false;
}

/* All of another set at once; the sizes of the tables decide the order as in CPython. */
static void update_from_set(SkVm *vm, SkSet *s, SkSet *other) {
  if (s == other || other->live == 0) return;
  if ((s->filled + other->live) * 5 >= s->mask * 3) sk_set_resize(vm, s, (s->live + other->live) * 2);
  if (s->filled == 0) {
    sk_barrier(vm, s);
    bool same = s->mask == other->mask && other->filled == other->live;
    for (size_t i = 0, turns = 0; i <= other->mask; i++) {
      SK_TURN(vm, turns);
      SkSetEntry e = other->entries[i];
      if (sk_is_unset(e.key)) continue;
      if (same) {
        s->entries[i] = e;
      } else {
        insert_clean(vm, s->entries, s->mask, e.key, e.hash);
      }
    }
    s->filled = s->live = other->live;
    return;
  }
  for (size_t i = 0, turns = 0; i <= other->mask; i++) {
    SK_TURN(vm, turns);
    SkSetEntry e = other->entries[i];
    if (!sk_is_unset(e.key)) sk_set_add_hashed(vm, s, e.key, e.hash);
  }
}

static bool add_one(SkVm *vm, SkValue item, void *set) {
  sk_set_add(vm, set, item);
  return true;
}

void sk_set_update(SkVm *vm, SkSet *s, SkValue iterable) {
  if (sk_is_anyset(iterable)) {
    update_from_set(vm, s, sk_as_set(iterable));
  } else if (sk_is_exactly(vm, iterable, SK_T_dict)) {
    SkDict *d = sk_as_dict(iterable);
    if ((s->filled + d->live) * 5 >= s->mask * 3) sk_set_resize(vm, s, (s->live + d->live) * 2);
    for (uint32_t i = 0; i < d->used; i++) {
      if (!sk_is_unset(d->entries[i].key)) sk_set_add_hashed(vm, s, d->entries[i].key, d->entries[i].hash);
    }
  } else {
    sk_iterate(vm, iterable, add_one, s);
  }
}
