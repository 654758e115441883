/* set_methods.c - the classes set and frozenset, and their iterator.  Layer 6. */
#include "vm/object/call.h"
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/iter_impl.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/set_impl.h"

/* ---- construction --------------------------------------------------------------------------------------- */

static SkValue set_new_native(SkVm *vm, const SkValue *args) {
  SkSet *s = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  sk_set_init_empty(s);
  return sk_from_ptr(s);
}
static const SkNativeDef set_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, set_new_native};

static SkValue set_init(SkVm *vm, const SkValue *args) {
  SkSet *s = sk_as_set(args[0]);
  SkTuple *given = sk_as_tuple(args[1]);
  if (sk_as_dict(args[2])->live) sk_raise_type(vm, "set() takes no keyword arguments");
  if (given->count > 1) sk_raise_type(vm, "%T expected at most 1 argument, got %zu", args[0], given->count);
  sk_set_clear(s);
  if (given->count) sk_set_update(vm, s, given->items[0]);
  return SK_NONE;
}
static const SkNativeDef set_init_def = {"__init__(self, /, *args, **kwargs)", NULL, set_init};

static SkValue frozenset_new_native(SkVm *vm, const SkValue *args) {
  SkType *cls = (SkType *)sk_ptr(args[0]);
  SkTuple *given = sk_as_tuple(args[1]);
  if (given->count > 1) sk_raise_type(vm, "%N expected at most 1 argument, got %zu", cls, given->count);
  SkValue items = given->count ? given->items[0] : SK_UNSET;
  if (cls == vm->types[SK_T_frozenset] && given->count && sk_is_exactly(vm, items, SK_T_frozenset)) return items;
  SkSet *s = sk_object_new(vm, cls, 0);
  sk_set_init_empty(s);
  if (given->count) sk_set_update(vm, s, items);
  return sk_from_ptr(s);
}
static const SkNativeDef frozenset_new_def = {"__new__(cls, /, *args)", NULL, frozenset_new_native};

/* ---- protocol slots ---------------------------------------------------------------------------------------- */

static SkList *set_to_list(SkVm *vm, SkSet *s) {
  SkList *l = sk_list_new(vm, s->live);
  size_t i = 0;
  for (SkValue k; sk_set_next(s, &i, &k);) l->store->items[l->count++] = k;
  return l;
}

static SkValue set_repr(SkVm *vm, SkValue self) {
  SkSet *s = sk_as_set(self);
  if (!sk_repr_enter(vm, self)) return sk_from_ptr(sk_format(vm, "%T(...)", self));
  bool plain = sk_is_exactly(vm, self, SK_T_set);
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  if (!plain || s->live == 0) sk_strbuf_addstr(&b, sk_format(vm, "%T(", self));
  if (s->live) {
    SkList *keys = set_to_list(vm, s);
    for (size_t i = 0; i < keys->count; i++) {
      sk_strbuf_adds(&b, i ? ", " : "{");
      sk_strbuf_addstr(&b, sk_repr(vm, keys->store->items[i]));
    }
    sk_strbuf_addc(&b, '}');
    if (!plain) sk_strbuf_addc(&b, ')');
  } else {
    sk_strbuf_addc(&b, ')');
  }
  sk_repr_leave(vm, self);
  return sk_from_ptr(sk_strbuf_finish(&b));
}

static int64_t set_len(SkVm *vm, SkValue self) {
  (void)vm;
  return (int64_t)sk_as_set(self)->live;
}

/* A set looks for an unhashable set as if it were a frozenset. */
static SkValue as_key(SkVm *vm, SkValue key) {
  bool set = sk_is_anyset(key) && SK_SLOTS(vm, key)->hash == vm->types[SK_T_set]->slots->hash;
  return set ? sk_from_ptr(sk_set_copy(vm, sk_as_set(key), SK_T_frozenset)) : key;
}

static bool set_contains(SkVm *vm, SkValue self, SkValue key) { return sk_set_has(vm, sk_as_set(self), as_key(vm, key)); }

static SkValue set_iter(SkVm *vm, SkValue self) {
  SkIter *it = sk_object_new_id(vm, SK_T_set_iterator, 0);
  it->a = self;
  it->aux = sk_as_set(self)->live;
  it->b = sk_smallint((int64_t)it->aux);
  return sk_from_ptr(it);
}

static uint64_t shuffle_bits(uint64_t h) { return ((h ^ 89869747) ^ (h << 16)) * UINT64_C(3644798167); }

/* Order plays no part: the shuffled hashes are combined by xor. */
static int64_t frozenset_hash(SkVm *vm, SkValue self) {
  SkSet *s = sk_as_set(self);
  if (s->hash) return s->hash;
  uint64_t h = 0;
  sk_charge(vm, s->mask / 4);
  for (size_t i = 0; i <= s->mask; i++) {
    if (!sk_is_unset(s->entries[i].key)) h ^= shuffle_bits((uint64_t)s->entries[i].hash);
  }
  h ^= ((uint64_t)s->live + 1) * UINT64_C(1927868237);
  h ^= (h >> 11) ^ (h >> 25);
  h = h * 69069 + UINT64_C(907133923);
  if (h == UINT64_MAX) h = 590923713;
  return s->hash = (int64_t)h;
}

static SkValue set_lt(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_is_anyset(b)) return SK_NOTIMPLEMENTED;
  return sk_bool(sk_as_set(a)->live < sk_as_set(b)->live && sk_set_is_subset(vm, sk_as_set(a), sk_as_set(b)));
}
static SkValue set_le(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_anyset(b) ? sk_bool(sk_set_is_subset(vm, sk_as_set(a), sk_as_set(b))) : SK_NOTIMPLEMENTED;
}
static SkValue set_gt(SkVm *vm, SkValue a, SkValue b) { return sk_is_anyset(b) ? set_lt(vm, b, a) : SK_NOTIMPLEMENTED; }
static SkValue set_ge(SkVm *vm, SkValue a, SkValue b) { return sk_is_anyset(b) ? set_le(vm, b, a) : SK_NOTIMPLEMENTED; }
static SkValue set_eq(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_anyset(b) ? sk_bool(sk_set_equals(vm, sk_as_set(a), sk_as_set(b))) : SK_NOTIMPLEMENTED;
}
static SkValue set_ne(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_anyset(b) ? sk_bool(!sk_set_equals(vm, sk_as_set(a), sk_as_set(b))) : SK_NOTIMPLEMENTED;
}

/* ---- operators: both operands sets ------------------------------------------------------------------------------ */

static SkValue copy_of(SkVm *vm, SkValue self) {
  SkSet *s = sk_as_set(self);
  if (sk_is_exactly(vm, self, SK_T_frozenset)) return self;
  return sk_from_ptr(sk_set_copy(vm, s, sk_set_base_id(vm, s)));
}

static SkSet *own_copy(SkVm *vm, SkValue self) {
  return sk_set_copy(vm, sk_as_set(self), sk_set_base_id(vm, sk_as_set(self)));
}

static SkValue set_or(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_is_anyset(b)) return SK_NOTIMPLEMENTED;
  SkSet *r = own_copy(vm, a);
  sk_set_update(vm, r, b);
  return sk_from_ptr(r);
}
static SkValue set_and(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_anyset(b) ? sk_from_ptr(sk_set_intersect(vm, sk_as_set(a), b)) : SK_NOTIMPLEMENTED;
}
static SkValue set_sub(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_anyset(b) ? sk_from_ptr(sk_set_subtract(vm, sk_as_set(a), b)) : SK_NOTIMPLEMENTED;
}
static SkSet *symmetric(SkVm *vm, SkValue a, SkValue b) {
  SkSet *r = sk_set_from(vm, b, sk_set_base_id(vm, sk_as_set(a)));
  sk_set_toggle_all(vm, r, a);
  return r;
}
static SkValue set_xor(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_anyset(b) ? sk_from_ptr(symmetric(vm, a, b)) : SK_NOTIMPLEMENTED;
}
static SkValue set_ror(SkVm *vm, SkValue b, SkValue a) { return sk_is_anyset(a) ? set_or(vm, a, b) : SK_NOTIMPLEMENTED; }
static SkValue set_rand(SkVm *vm, SkValue b, SkValue a) { return sk_is_anyset(a) ? set_and(vm, a, b) : SK_NOTIMPLEMENTED; }
static SkValue set_rsub(SkVm *vm, SkValue b, SkValue a) { return sk_is_anyset(a) ? set_sub(vm, a, b) : SK_NOTIMPLEMENTED; }
static SkValue set_rxor(SkVm *vm, SkValue b, SkValue a) { return sk_is_anyset(a) ? set_xor(vm, a, b) : SK_NOTIMPLEMENTED; }

static SkValue set_ior(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_is_anyset(b)) return SK_NOTIMPLEMENTED;
  sk_set_update(vm, sk_as_set(a), b);
  return a;
}
static SkValue set_iand(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_is_anyset(b)) return SK_NOTIMPLEMENTED;
  sk_set_take(vm, sk_as_set(a), sk_set_intersect(vm, sk_as_set(a), b));
  return a;
}
static SkValue set_isub(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_is_anyset(b)) return SK_NOTIMPLEMENTED;
  sk_set_remove_all(vm, sk_as_set(a), b);
  return a;
}
static SkValue set_ixor(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_is_anyset(b)) return SK_NOTIMPLEMENTED;
  sk_set_toggle_all(vm, sk_as_set(a), b);
  return a;
}

/* ---- methods of both ----------------------------------------------------------------------------------------- */

SK_NATIVE(set_copy, "copy(self, /)", "Return a shallow copy of a set.") { return copy_of(vm, args[0]); }

SK_NATIVE(set_union, "union(self, /, *others)", "Return a new set with elements from the set and all others.") {
  SkSet *r = own_copy(vm, args[0]);
  SkTuple *others = sk_as_tuple(args[1]);
  for (size_t i = 0; i < others->count; i++) sk_set_update(vm, r, others->items[i]);
  return sk_from_ptr(r);
}

SK_NATIVE(set_intersection, "intersection(self, /, *others)", "Return a new set with elements common to the set and all others.") {
  SkTuple *others = sk_as_tuple(args[1]);
  if (others->count == 0) return sk_from_ptr(own_copy(vm, args[0]));
  SkSet *r = sk_as_set(args[0]);
  for (size_t i = 0; i < others->count; i++) r = sk_set_intersect(vm, r, others->items[i]);
  return sk_from_ptr(r);
}

SK_NATIVE(set_difference, "difference(self, /, *others)", "Return a new set with elements in the set that are not in the others.") {
  SkTuple *others = sk_as_tuple(args[1]);
  if (others->count == 0) return sk_from_ptr(own_copy(vm, args[0]));
  SkSet *r = sk_set_subtract(vm, sk_as_set(args[0]), others->items[0]);
  for (size_t i = 1; i < others->count; i++) sk_set_remove_all(vm, r, others->items[i]);
  return sk_from_ptr(r);
}

SK_NATIVE(set_symmetric_difference, "symmetric_difference(self, other, /)", "Return a new set with elements in either the set or other but not both.") {
  return sk_from_ptr(symmetric(vm, args[0], args[1]));
}

SK_NATIVE(set_isdisjoint, "isdisjoint(self, other, /)", "Return True if two sets have a null intersection.") {
  return sk_bool(sk_set_is_disjoint(vm, sk_as_set(args[0]), args[1]));
}

static SkSet *set_of(SkVm *vm, SkValue v) { return sk_is_anyset(v) ? sk_as_set(v) : sk_set_from(vm, v, SK_T_set); }

SK_NATIVE(set_issubset, "issubset(self, other, /)", "Report whether another set contains this set.") {
  return sk_bool(sk_set_is_subset(vm, sk_as_set(args[0]), set_of(vm, args[1])));
}

typedef struct Superset { SkSet *set; bool result; } Superset;
static bool superset_one(SkVm *vm, SkValue key, void *arg) {
  Superset *w = arg;
  return w->result = sk_set_has(vm, w->set, key);
}
SK_NATIVE(set_issuperset, "issuperset(self, other, /)", "Report whether this set contains another set.") {
  SkSet *s = sk_as_set(args[0]);
  if (sk_is_anyset(args[1])) return sk_bool(sk_set_is_subset(vm, sk_as_set(args[1]), s));
  Superset w = {s, true};
  sk_iterate(vm, args[1], superset_one, &w);
  return sk_bool(w.result);
}

SK_NATIVE(set_contains_method, "__contains__(self, object, /)", "x.__contains__(y) <==> y in x.") {
  return sk_bool(set_contains(vm, args[0], args[1]));
}

SK_NATIVE(set_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue list = sk_from_ptr(set_to_list(vm, sk_as_set(args[0])));
  SkValue state = sk_call_method0(vm, args[0], SK_NAME(vm, dunder_getstate));
  SkValue inner = sk_from_ptr(sk_tuple_pack(vm, 1, list));
  return sk_from_ptr(sk_tuple_pack(vm, 3, sk_from_ptr(sk_type_of(vm, args[0])), inner, state));
}

SK_NATIVE(set_sizeof, "__sizeof__(self, /)", "S.__sizeof__() -> size of S in memory, in bytes.") {
  SkSet *s = sk_as_set(args[0]);
  return sk_int_new(vm, (int64_t)(sizeof(SkSet) + (s->table ? s->table->bytes : 0)));
}

/* ---- methods of set only ----------------------------------------------------------------------------------- */

SK_NATIVE(set_add, "add(self, object, /)", "Add an element to a set.\n\nThis has no effect if the element is already present.") {
  sk_set_add(vm, sk_as_set(args[0]), args[1]);
  return SK_NONE;
}

SK_NATIVE(set_clear, "clear(self, /)", "Remove all elements from this set.") {
  (void)vm;
  sk_set_clear(sk_as_set(args[0]));
  return SK_NONE;
}

SK_NATIVE(set_discard, "discard(self, object, /)",
          "Remove an element from a set if it is a member.\n\n"
          "Unlike set.remove(), the discard() method does not raise\nan exception when an element is missing from the set.") {
  sk_set_discard(vm, sk_as_set(args[0]), as_key(vm, args[1]));
  return SK_NONE;
}

SK_NATIVE(set_remove, "remove(self, object, /)",
          "Remove an element from a set; it must be a member.\n\nIf the element is not a member, raise a KeyError.") {
  if (!sk_set_discard(vm, sk_as_set(args[0]), as_key(vm, args[1]))) sk_raise_key(vm, args[1]);
  return SK_NONE;
}

SK_NATIVE(set_pop, "pop(self, /)", "Remove and return an arbitrary set element.\n\nRaises KeyError if the set is empty.") {
  SkSet *s = sk_as_set(args[0]);
  if (s->live == 0) sk_raisef(vm, SK_T_KeyError, "pop from an empty set");
  size_t i = s->finger & s->mask;
  for (size_t turns = 0; sk_is_unset(s->entries[i].key); i = (i + 1) & s->mask) SK_TURN(vm, turns);
  SkValue key = s->entries[i].key;
  s->entries[i] = (SkSetEntry){-1, SK_UNSET};
  s->live--;
  s->finger = i + 1;
  return key;
}

SK_NATIVE(set_update, "update(self, /, *others)", "Update the set, adding elements from all others.") {
  SkTuple *others = sk_as_tuple(args[1]);
  for (size_t i = 0; i < others->count; i++) sk_set_update(vm, sk_as_set(args[0]), others->items[i]);
  return SK_NONE;
}

SK_NATIVE(set_intersection_update, "intersection_update(self, /, *others)", "Update the set, keeping only elements found in it and all others.") {
  SkValue r = set_intersection(vm, args);
  if (!sk_is(r, args[0])) sk_set_take(vm, sk_as_set(args[0]), sk_as_set(r));
  return SK_NONE;
}

SK_NATIVE(set_difference_update, "difference_update(self, /, *others)", "Update the set, removing elements found in others.") {
  SkTuple *others = sk_as_tuple(args[1]);
  for (size_t i = 0; i < others->count; i++) sk_set_remove_all(vm, sk_as_set(args[0]), others->items[i]);
  return SK_NONE;
}

SK_NATIVE(set_symmetric_difference_update, "symmetric_difference_update(self, other, /)",
          "Update the set, keeping only elements found in either set, but not in both.") {
  sk_set_toggle_all(vm, sk_as_set(args[0]), args[1]);
  return SK_NONE;
}

/* ---- the classes ----------------------------------------------------------------------------------------------- */

#define SHARED_METHODS                                                                                     \
  SK_METHOD(set_copy), SK_METHOD(set_union), SK_METHOD(set_intersection), SK_METHOD(set_difference),          \
      SK_METHOD(set_symmetric_difference), SK_METHOD(set_isdisjoint), SK_METHOD(set_issubset),                \
      SK_METHOD(set_issuperset), SK_METHOD(set_contains_method), SK_METHOD(set_reduce), SK_METHOD(set_sizeof), \
      {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def}

static const SkAttrDef set_attrs[] = {
    SHARED_METHODS,
    SK_METHOD(set_add),
    SK_METHOD(set_clear),
    SK_METHOD(set_discard),
    SK_METHOD(set_remove),
    SK_METHOD(set_pop),
    SK_METHOD(set_update),
    SK_METHOD(set_intersection_update),
    SK_METHOD(set_difference_update),
    SK_METHOD(set_symmetric_difference_update),
    SK_ATTRS_END,
};
static const SkAttrDef frozenset_attrs[] = {SHARED_METHODS, SK_ATTRS_END};

#define SHARED_SLOTS                                                                                          \
  .repr = set_repr, .len = set_len, .contains = set_contains, .iter = set_iter, .lt = set_lt, .le = set_le,     \
  .eq = set_eq, .ne = set_ne, .gt = set_gt, .ge = set_ge, .or_ = set_or, .and_ = set_and, .sub = set_sub,       \
  .xor_ = set_xor, .ror_ = set_ror, .rand_ = set_rand, .rsub = set_rsub, .rxor_ = set_rxor

const SkTypeDef sk_set_type = {
    .name = "set",
    .doc = "Build an unordered collection of unique elements.",
    .kind = SK_KIND_SET,
    .size = sizeof(SkSet),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE | SK_TYPE_MATCH_SELF,
    .slots = {SHARED_SLOTS, .ior = set_ior, .iand = set_iand, .isub = set_isub, .ixor = set_ixor},
    .attrs = set_attrs,
    .new_ = &set_new_def,
    .init_ = &set_init_def,
};

const SkTypeDef sk_frozenset_type = {
    .name = "frozenset",
    .doc = "Build an immutable unordered collection of unique elements.",
    .kind = SK_KIND_SET,
    .size = sizeof(SkSet),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE | SK_TYPE_MATCH_SELF,
    .slots = {SHARED_SLOTS, .hash = frozenset_hash},
    .attrs = frozenset_attrs,
    .new_ = &frozenset_new_def,
};

/* ---- set_iterator: a the set or None, index the next entry, aux len() at the start, b how many are left ---- */

static SkValue set_iter_next(SkVm *vm, SkValue self) {
  SkIter *it = (SkIter *)sk_ptr(self);
  if (sk_is_none(it->a)) return SK_UNSET;
  SkSet *s = sk_as_set(it->a);
  if (s->live != it->aux) {
    it->aux = UINT64_MAX;
    sk_raisef(vm, SK_T_RuntimeError, "Set changed size during iteration");
  }
  size_t i = it->index;
  SkValue key;
  bool more = sk_set_next(s, &i, &key);
  it->index = i;
  if (!more) {
    it->a = SK_NONE;
    return SK_UNSET;
  }
  it->b.bits -= 4; /* one fewer */
  return key;
}

SK_NATIVE(set_iter_hint, "__length_hint__(self, /)", "Private method returning an estimate of len(list(it)).") {
  (void)vm;
  SkIter *it = (SkIter *)sk_ptr(args[0]);
  bool valid = !sk_is_none(it->a) && sk_as_set(it->a)->live == it->aux;
  return valid ? it->b : sk_smallint(0);
}

SK_NATIVE(set_iter_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue fn = sk_builtin(vm, "iter");
  SkIter *it = (SkIter *)sk_ptr(args[0]);
  SkIter *copy = sk_object_new_id(vm, SK_T_set_iterator, 0);
  copy->index = it->index;
  copy->aux = it->aux;
  copy->a = it->a;
  copy->b = it->b;
  return sk_iter_reduce(vm, fn, sk_from_ptr(sk_to_list(vm, sk_from_ptr(copy))), SK_UNSET);
}

static const SkAttrDef set_iter_attrs[] = {SK_METHOD(set_iter_hint), SK_METHOD(set_iter_reduce), SK_ATTRS_END};

const SkTypeDef sk_set_iter_type = {
    .name = "set_iterator",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.iter = sk_iter_self, .next = set_iter_next},
    .attrs = set_iter_attrs,
};
