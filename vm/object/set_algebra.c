/* set_algebra.c - union, intersection, difference, symmetric difference, comparison.  Layer 6.
 *
 * Which operand is walked and which is asked decides the order of the result and what hostile keys see:
 * it follows CPython.  Entries are read by number, as comparing keys may change both sets.
 */
#include "vm/object/charge.h"
#include "vm/object/ops.h"
#include "vm/object/set_impl.h"

/* The next live entry from number |*i| on; false at the end. */
static bool next_entry(SkVm *vm, const SkSet *s, size_t *i, SkSetEntry *e) {
  size_t turns = 0;
  sk_charge(vm, 1);
  for (; *i <= s->mask; ++*i) {
    SK_TURN(vm, turns);
    if (sk_is_unset(s->entries[*i].key)) continue;
    *e = s->entries[(*i)++];
    return true;
  }
  return false;
}

SkSet *sk_set_copy(SkVm *vm, SkSet *s, int type_id) { return sk_set_from(vm, sk_from_ptr(s), type_id); }

SkSet *sk_set_from(SkVm *vm, SkValue iterable, int type_id) {
  SkSet *s = sk_set_new_id(vm, type_id);
  sk_set_update(vm, s, iterable);
  return s;
}

/* ---- intersection ------------------------------------------------------------------------------------ */

typedef struct Walk { SkSet *set, *result; } Walk;

static bool intersect_one(SkVm *vm, SkValue key, void *arg) {
  Walk *w = arg;
  int64_t hash = sk_hash(vm, key);
  if (sk_set_find(vm, w->set, key, hash)) sk_set_add_hashed(vm, w->result, key, hash);
  return true;
}

SkSet *sk_set_intersect(SkVm *vm, SkSet *s, SkValue other) {
  Walk w = {s, sk_set_new_id(vm, sk_set_base_id(vm, s))};
  if (sk_is(other, sk_from_ptr(s))) return sk_set_copy(vm, s, sk_set_base_id(vm, s));
  if (!sk_is_anyset(other)) {
    sk_iterate(vm, other, intersect_one, &w);
    return w.result;
  }
  SkSet *walked = sk_as_set(other);
  if (walked->live > s->live) {
    w.set = walked;
    walked = s;
  }
  size_t i = 0;
  for (SkSetEntry e; next_entry(vm, walked, &i, &e);) {
    if (sk_set_find(vm, w.set, e.key, e.hash)) sk_set_add_hashed(vm, w.result, e.key, e.hash);
  }
  return w.result;
}

/* ---- difference --------------------------------------------------------------------------------------- */

static bool remove_one(SkVm *vm, SkValue key, void *set) {
  sk_set_discard(vm, set, key);
  return true;
}

void sk_set_remove_all(SkVm *vm, SkSet *s, SkValue other) {
  if (sk_is(other, sk_from_ptr(s))) {
    sk_set_clear(s);
    return;
  }
  if (sk_is_anyset(other)) {
    SkSet *o = sk_as_set(other);
    if (o->live >> 3 > s->live) o = sk_set_intersect(vm, s, other);
    size_t i = 0;
    for (SkSetEntry e; next_entry(vm, o, &i, &e);) sk_set_discard_hashed(vm, s, e.key, e.hash);
  } else {
    sk_iterate(vm, other, remove_one, s);
  }
  if (s->filled - s->live > s->mask / 4) sk_set_resize(vm, s, s->live > 50000 ? s->live * 2 : s->live * 4);
}

static bool difference_has(SkVm *vm, SkValue other, const SkSetEntry *e) {
  if (sk_is_anyset(other)) return sk_set_find(vm, sk_as_set(other), e->key, e->hash) != NULL;
  return !sk_is_unset(sk_dict_get_hashed(vm, sk_as_dict(other), e->key, e->hash));
}

SkSet *sk_set_subtract(SkVm *vm, SkSet *s, SkValue other) {
  int id = sk_set_base_id(vm, s);
  bool keyed = sk_is_anyset(other) || sk_is_exactly(vm, other, SK_T_dict);
  size_t size = !keyed ? 0 : sk_is_anyset(other) ? sk_as_set(other)->live : sk_as_dict(other)->live;
  if (!keyed || s->live >> 2 > size) {
    SkSet *r = sk_set_copy(vm, s, id);
    sk_set_remove_all(vm, r, other);
    return r;
  }
  SkSet *r = sk_set_new_id(vm, id);
  size_t i = 0;
  for (SkSetEntry e; next_entry(vm, s, &i, &e);) {
    if (!difference_has(vm, other, &e)) sk_set_add_hashed(vm, r, e.key, e.hash);
  }
  return r;
}

/* ---- symmetric difference -------------------------------------------------------------------------------- */

void sk_set_toggle_all(SkVm *vm, SkSet *s, SkValue other) {
  if (sk_is(other, sk_from_ptr(s))) {
    sk_set_clear(s);
    return;
  }
  SkSet *o = sk_is_anyset(other) ? sk_as_set(other) : sk_set_from(vm, other, sk_set_base_id(vm, s));
  size_t i = 0;
  for (SkSetEntry e; next_entry(vm, o, &i, &e);) {
    if (!sk_set_discard_hashed(vm, s, e.key, e.hash)) sk_set_add_hashed(vm, s, e.key, e.hash);
  }
}

/* ---- comparison --------------------------------------------------------------------------------------------- */

static bool disjoint_one(SkVm *vm, SkValue key, void *arg) {
  Walk *w = arg;
  if (!sk_set_has(vm, w->set, key)) return true;
  w->set = NULL;
  return false;
}

bool sk_set_is_disjoint(SkVm *vm, SkSet *s, SkValue other) {
  if (sk_is(other, sk_from_ptr(s))) return s->live == 0;
  if (!sk_is_anyset(other)) {
    Walk w = {s, NULL};
    sk_iterate(vm, other, disjoint_one, &w);
    return w.set != NULL;
  }
  SkSet *walked = sk_as_set(other), *asked = s;
  if (walked->live > s->live) {
    asked = walked;
    walked = s;
  }
  size_t i = 0;
  for (SkSetEntry e; next_entry(vm, walked, &i, &e);) {
    if (sk_set_find(vm, asked, e.key, e.hash)) return false;
  }
  return true;
}

bool sk_set_is_subset(SkVm *vm, SkSet *s, SkSet *of) {
  if (s->live > of->live) return false;
  size_t i = 0;
  for (SkSetEntry e; next_entry(vm, s, &i, &e);) {
    if (!sk_set_find(vm, of, e.key, e.hash)) return false;
  }
  return true;
}

bool sk_set_equals(SkVm *vm, SkSet *a, SkSet *b) {
  if (a->live != b->live) return false;
  if (a->hash && b->hash && a->hash != b->hash) return false;
  return sk_set_is_subset(vm, a, b);
}
