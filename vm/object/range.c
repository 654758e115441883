/* range.c - range objects of ints of any size.  Layer 6. */
#include "vm/object/exception.h"
#include "vm/object/iter_impl.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/range_impl.h"
#include "vm/object/str.h"

void sk_range_trace(SkMarker *m, SkObject *o) {
  SkRange *r = (SkRange *)o;
  sk_mark(m, r->start);
  sk_mark(m, r->stop);
  sk_mark(m, r->step);
  sk_mark(m, r->length);
}

static SkRange *as_range(SkValue v) { return (SkRange *)sk_ptr(v); }

/* ---- construction ------------------------------------------------------------------------------------------ */

static SkValue count_any(SkVm *vm, SkValue start, SkValue stop, SkValue step) {
  SkValue lo = start, hi = stop;
  if (sk_int_sign(step) < 0) {
    lo = stop;
    hi = start;
    step = sk_int_sub(vm, sk_smallint(0), step);
  }
  if (sk_int_compare(lo, hi) >= 0) return sk_smallint(0);
  SkValue last = sk_int_sub(vm, sk_int_sub(vm, hi, lo), sk_smallint(1));
  return sk_int_add(vm, sk_int_floordiv(vm, last, step), sk_smallint(1));
}

static SkValue count_small(SkVm *vm, int64_t start, int64_t stop, int64_t step) {
  if (step < 0) return stop < start ? sk_int_new(vm, (start - stop - 1) / -step + 1) : sk_smallint(0);
  return start < stop ? sk_int_new(vm, (stop - start - 1) / step + 1) : sk_smallint(0);
}

SkValue sk_range_from(SkVm *vm, SkValue start, SkValue stop, SkValue step) {
  bool small = sk_both_smallint(start, stop) && sk_is_smallint(step);
  SkValue length = small ? count_small(vm, sk_smallint_get(start), sk_smallint_get(stop), sk_smallint_get(step))
                         : count_any(vm, start, stop, step);
  SkRange *r = sk_object_new_id(vm, SK_T_range, 0);
  *r = (SkRange){r->head, start, stop, step, length};
  return sk_from_ptr(r);
}

SkValue sk_range_new(SkVm *vm, int64_t start, int64_t stop, int64_t step) {
  SkValue a = sk_int_new(vm, start), b = sk_int_new(vm, stop), c = sk_int_new(vm, step);
  return sk_range_from(vm, a, b, c);
}

/* __index__, and a plain int even of a bool or an int subclass. */
static SkValue plain_int(SkVm *vm, SkValue v) {
  if (sk_is_smallint(v)) return v;
  v = sk_to_int(vm, v);
  return sk_is_exactly(vm, v, SK_T_int) ? v : sk_int_add(vm, v, sk_smallint(0));
}

static SkValue range_new_native(SkVm *vm, const SkValue *args) {
  SkTuple *t = sk_as_tuple(args[1]);
  if (t->count == 0) sk_raise_type(vm, "range expected at least 1 argument, got 0");
  if (t->count > 3) sk_raise_type(vm, "range expected at most 3 arguments, got %zu", t->count);
  if (t->count == 1) return sk_range_from(vm, sk_smallint(0), plain_int(vm, t->items[0]), sk_smallint(1));
  SkValue start = plain_int(vm, t->items[0]), stop = plain_int(vm, t->items[1]);
  SkValue step = t->count == 3 ? plain_int(vm, t->items[2]) : sk_smallint(1);
  if (sk_int_sign(step) == 0) sk_raise_value(vm, "range() arg 3 must not be zero");
  return sk_range_from(vm, start, stop, step);
}
static const SkNativeDef range_new_def = {"__new__(cls, /, *args)", NULL, range_new_native};

/* ---- protocol slots ------------------------------------------------------------------------------------------- */

static SkValue range_repr(SkVm *vm, SkValue self) {
  SkRange *r = as_range(self);
  if (sk_is(r->step, sk_smallint(1))) return sk_from_ptr(sk_format(vm, "range(%R, %R)", r->start, r->stop));
  return sk_from_ptr(sk_format(vm, "range(%R, %R, %R)", r->start, r->stop, r->step));
}

static int64_t range_len(SkVm *vm, SkValue self) {
  int64_t n;
  if (!sk_int_get_i64(as_range(self)->length, &n)) {
    sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C ssize_t");
  }
  return n;
}

static bool range_bool(SkVm *vm, SkValue self) {
  (void)vm;
  return sk_int_sign(as_range(self)->length) != 0;
}

/* start + i * step */
static SkValue item_at(SkVm *vm, SkRange *r, SkValue i) {
  return sk_int_add(vm, r->start, sk_int_mul(vm, i, r->step));
}

static SkValue range_getitem(SkVm *vm, SkValue self, SkValue key) {
  SkRange *r = as_range(self);
  if (sk_is_slice(key)) {
    SkValue start, stop, step;
    sk_slice_indices(vm, (SkSlice *)sk_ptr(key), r->length, &start, &stop, &step);
    SkValue from = item_at(vm, r, start), to = item_at(vm, r, stop);
    return sk_range_from(vm, from, to, sk_int_mul(vm, step, r->step));
  }
  if (!sk_is_int(key) && !SK_SLOTS(vm, key)->index) {
    sk_raise_type(vm, "range indices must be integers or slices, not %T", key);
  }
  SkValue i = plain_int(vm, key);
  if (sk_int_sign(i) < 0) i = sk_int_add(vm, i, r->length);
  if (sk_int_sign(i) < 0 || sk_int_compare(i, r->length) >= 0) {
    sk_raisef(vm, SK_T_IndexError, "range object index out of range");
  }
  return item_at(vm, r, i);
}

/* For exact ints and bools membership is arithmetic; all else is compared item by item, as __eq__ may
 * say anything. */
static bool is_plain_int(const SkVm *vm, SkValue v) {
  return sk_is_smallint(v) || sk_is_bool(v) || sk_is_exactly(vm, v, SK_T_int);
}

static bool contains_int(SkVm *vm, SkRange *r, SkValue v) {
  bool up = sk_int_sign(r->step) > 0;
  if (sk_int_compare(v, r->start) < 0 ? up : !up && sk_int_compare(v, r->start) > 0) return false;
  int past = sk_int_compare(v, r->stop);
  if (up ? past >= 0 : past <= 0) return false;
  return sk_int_sign(sk_int_mod(vm, sk_int_sub(vm, v, r->start), r->step)) == 0;
}

typedef struct Search { SkValue wanted; int64_t at, count; bool all; } Search;
static bool search_one(SkVm *vm, SkValue item, void *arg) {
  Search *s = arg;
  s->at++;
  if (!sk_equal(vm, item, s->wanted)) return true;
  s->count++;
  return s->all;
}

static Search search(SkVm *vm, SkValue self, SkValue wanted, bool all) {
  Search s = {wanted, -1, 0, all};
  sk_iterate(vm, self, search_one, &s);
  return s;
}

static bool range_contains(SkVm *vm, SkValue self, SkValue v) {
  if (is_plain_int(vm, v)) return contains_int(vm, as_range(self), v);
  return search(vm, self, v, false).count != 0;
}

static SkValue range_eq(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_has_kind(b, SK_KIND_RANGE)) return SK_NOTIMPLEMENTED;
  (void)vm;
  SkRange *x = as_range(a), *y = as_range(b);
  if (sk_int_compare(x->length, y->length) != 0) return SK_FALSE;
  if (sk_int_sign(x->length) == 0) return SK_TRUE;
  if (sk_int_compare(x->start, y->start) != 0) return SK_FALSE;
  return sk_bool(sk_is(x->length, sk_smallint(1)) || sk_int_compare(x->step, y->step) == 0);
}
static SkValue range_ne(SkVm *vm, SkValue a, SkValue b) {
  SkValue r = range_eq(vm, a, b);
  return sk_is_notimplemented(r) ? r : sk_bool(!sk_is_true(r));
}

static int64_t range_hash(SkVm *vm, SkValue self) {
  SkRange *r = as_range(self);
  SkValue parts[3] = {r->length, SK_NONE, SK_NONE};
  if (sk_int_sign(r->length) != 0) {
    parts[1] = r->start;
    if (!sk_is(r->length, sk_smallint(1))) parts[2] = r->step;
  }
  return sk_hash(vm, sk_from_ptr(sk_tuple_from(vm, parts, 3)));
}

static SkValue range_iter(SkVm *vm, SkValue self) {
  SkRange *r = as_range(self);
  return sk_range_iter_new(vm, r->start, r->stop, r->step, r->length);
}

/* ---- methods ------------------------------------------------------------------------------------------------------ */

SK_NATIVE(range_index, "index(self, object, /)",
          "rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present.") {
  SkRange *r = as_range(args[0]);
  if (!is_plain_int(vm, args[1])) {
    Search s = search(vm, args[0], args[1], false);
    if (!s.count) sk_raise_value(vm, "sequence.index(x): x not in sequence");
    return sk_int_new(vm, s.at);
  }
  if (!contains_int(vm, r, args[1])) sk_raise_value(vm, "%R is not in range", args[1]);
  return sk_int_floordiv(vm, sk_int_sub(vm, args[1], r->start), r->step);
}

SK_NATIVE(range_count, "count(self, object, /)", "rangeobject.count(value) -> integer -- return number of occurrences of value") {
  if (is_plain_int(vm, args[1])) return sk_smallint(contains_int(vm, as_range(args[0]), args[1]));
  return sk_int_new(vm, search(vm, args[0], args[1], true).count);
}

/* The same numbers from the other end: from the last one, stepping back, to one step before the first. */
SK_NATIVE(range_reversed, "__reversed__(self, /)", "Return a reverse iterator.") {
  SkRange *r = as_range(args[0]);
  SkValue step = sk_int_sub(vm, sk_smallint(0), r->step);
  SkValue last = item_at(vm, r, sk_int_sub(vm, r->length, sk_smallint(1)));
  return sk_range_iter_new(vm, last, sk_int_sub(vm, r->start, r->step), step, r->length);
}

SK_NATIVE(range_reduce, "__reduce__(self, /)", NULL) {
  SkRange *r = as_range(args[0]);
  SkValue inner = sk_from_ptr(sk_tuple_pack(vm, 3, r->start, r->stop, r->step));
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_from_ptr(vm->types[SK_T_range]), inner));
}

static const SkAttrDef range_attrs[] = {
    SK_MEMBER("start", SkRange, start, true, NULL), SK_MEMBER("stop", SkRange, stop, true, NULL),
    SK_MEMBER("step", SkRange, step, true, NULL),   SK_METHOD(range_index),
    SK_METHOD(range_count),                         SK_METHOD(range_reversed),
    SK_METHOD(range_reduce),                        SK_ATTRS_END,
};

const SkTypeDef sk_range_type = {
    .name = "range",
    .doc = "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\n"
           "Return an object that produces a sequence of integers from start (inclusive)\n"
           "to stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\n"
           "start defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\n"
           "These are exactly the valid indices for a list of 4 elements.\n"
           "When step is given, it specifies the increment (or decrement).",
    .kind = SK_KIND_RANGE,
    .size = sizeof(SkRange),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_SEQUENCE,
    .slots = {.repr = range_repr,
              .hash = range_hash,
              .len = range_len,
              .bool_ = range_bool,
              .contains = range_contains,
              .getitem = range_getitem,
              .iter = range_iter,
              .eq = range_eq,
              .ne = range_ne},
    .attrs = range_attrs,
    .new_ = &range_new_def,
};
