/* range_iter.c - range_iterator (small ints, stepped inline by the VM) and longrange_iterator.  Layer 6.
 *
 *   longrange_iterator   a: next value, b: step, c: how many are left; index: unused
 */
#include "vm/object/exception.h"
#include "vm/object/iter_impl.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/range_impl.h"

SkValue sk_range_iter_new(SkVm *vm, SkValue start, SkValue stop, SkValue step, SkValue length) {
  if (sk_both_smallint(start, stop) && sk_both_smallint(step, length)) {
    SkRangeIter *it = sk_object_new_id(vm, SK_T_range_iterator, 0);
    it->next = sk_smallint_get(start);
    it->step = sk_smallint_get(step);
    it->left = (uint64_t)sk_smallint_get(length);
    return sk_from_ptr(it);
  }
  SkIter *it = sk_object_new_id(vm, SK_T_longrange_iterator, 0);
  it->a = start;
  it->b = step;
  it->c = length;
  return sk_from_ptr(it);
}

/* ---- small ------------------------------------------------------------------------------------------------ */

static SkRangeIter *as_small(SkValue v) { return (SkRangeIter *)sk_ptr(v); }

static SkValue range_iter_next(SkVm *vm, SkValue self) {
  SkRangeIter *it = as_small(self);
  if (it->left == 0) return SK_UNSET;
  it->left--;
  SkValue v = sk_int_new(vm, it->next);
  it->next += it->step;
  return v;
}

SK_NATIVE(range_iter_hint, "__length_hint__(self, /)", "Private method returning an estimate of len(list(it)).") {
  return sk_int_new(vm, (int64_t)as_small(args[0])->left);
}

SK_NATIVE(range_iter_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue fn = sk_builtin(vm, "iter");
  SkRangeIter *it = as_small(args[0]);
  SkValue rest = sk_range_new(vm, it->next, it->next + (int64_t)it->left * it->step, it->step);
  return sk_iter_reduce(vm, fn, rest, SK_NONE);
}

SK_NATIVE(range_iter_setstate, "__setstate__(self, object, /)", "Set state information for unpickling.") {
  SkRangeIter *it = as_small(args[0]);
  int64_t n = sk_to_index(vm, args[1]);
  if (n < 0) n = 0;
  if ((uint64_t)n > it->left) n = (int64_t)it->left;
  it->next += n * it->step;
  it->left -= (uint64_t)n;
  return SK_NONE;
}

static const SkAttrDef range_iter_attrs[] = {SK_METHOD(range_iter_hint), SK_METHOD(range_iter_reduce),
                                             SK_METHOD(range_iter_setstate), SK_ATTRS_END};

const SkTypeDef sk_range_iter_type = {
    .name = "range_iterator",
    .kind = SK_KIND_RANGE_ITER,
    .size = sizeof(SkRangeIter),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.iter = sk_iter_self, .next = range_iter_next},
    .attrs = range_iter_attrs,
};

/* ---- any size ------------------------------------------------------------------------------------------------ */

static SkIter *as_long(SkValue v) { return (SkIter *)sk_ptr(v); }

/* Moves on by |n| <= what is left. */
static void longrange_advance(SkVm *vm, SkIter *it, SkValue n) {
  SkValue next = sk_int_add(vm, it->a, sk_int_mul(vm, n, it->b)), left = sk_int_sub(vm, it->c, n);
  sk_barrier(vm, it);
  it->a = next;
  it->c = left;
}

static SkValue longrange_next(SkVm *vm, SkValue self) {
  SkIter *it = as_long(self);
  if (sk_int_sign(it->c) == 0) return SK_UNSET;
  SkValue v = it->a;
  longrange_advance(vm, it, sk_smallint(1));
  return v;
}

SK_NATIVE(longrange_hint, "__length_hint__(self, /)", "Private method returning an estimate of len(list(it)).") {
  (void)vm;
  return as_long(args[0])->c;
}

SK_NATIVE(longrange_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue fn = sk_builtin(vm, "iter");
  SkIter *it = as_long(args[0]);
  SkValue stop = sk_int_add(vm, it->a, sk_int_mul(vm, it->c, it->b));
  return sk_iter_reduce(vm, fn, sk_range_from(vm, it->a, stop, it->b), SK_NONE);
}

SK_NATIVE(longrange_setstate, "__setstate__(self, object, /)", "Set state information for unpickling.") {
  SkIter *it = as_long(args[0]);
  SkValue n = sk_to_int(vm, args[1]);
  if (sk_int_sign(n) < 0) n = sk_smallint(0);
  longrange_advance(vm, it, sk_int_compare(n, it->c) > 0 ? it->c : n);
  return SK_NONE;
}

static const SkAttrDef longrange_attrs[] = {SK_METHOD(longrange_hint), SK_METHOD(longrange_reduce),
                                            SK_METHOD(longrange_setstate), SK_ATTRS_END};

const SkTypeDef sk_longrange_iter_type = {
    .name = "longrange_iterator",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.iter = sk_iter_self, .next = longrange_next},
    .attrs = longrange_attrs,
};
