/* slice.c - slice objects and the arithmetic of slicing, for small and for huge numbers.  Layer 6. */
#include "vm/object/exception.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/range_impl.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

void sk_slice_trace(SkMarker *m, SkObject *o) {
  SkSlice *s = (SkSlice *)o;
  sk_mark(m, s->start);
  sk_mark(m, s->stop);
  sk_mark(m, s->step);
}

SkSlice *sk_slice_new(SkVm *vm, SkValue start, SkValue stop, SkValue step) {
  SkSlice *s = sk_object_new_id(vm, SK_T_slice, 0);
  s->start = start;
  s->stop = stop;
  s->step = step;
  return s;
}

static SkSlice *as_slice(SkValue v) { return (SkSlice *)sk_ptr(v); }

/* ---- slicing a sequence ------------------------------------------------------------------------------------ */

static void require_index(SkVm *vm, SkValue v) {
  if (sk_is_int(v) || SK_SLOTS(vm, v)->index) return;
  sk_raise_type(vm, "slice indices must be integers or None or have an __index__ method");
}

static int64_t slice_number(SkVm *vm, SkValue v, int64_t if_none) {
  if (sk_is_smallint(v)) return sk_smallint_get(v);
  if (sk_is_none(v)) return if_none;
  require_index(vm, v);
  return sk_to_index_clamped(vm, v);
}

void sk_slice_unpack(SkVm *vm, SkSlice *s, int64_t *start, int64_t *stop, int64_t *step) {
  *step = slice_number(vm, s->step, 1);
  if (*step == 0) sk_raise_value(vm, "slice step cannot be zero");
  if (*step < -INT64_MAX) *step = -INT64_MAX; /* so that it can be negated */
  *start = slice_number(vm, s->start, *step < 0 ? INT64_MAX : 0);
  *stop = slice_number(vm, s->stop, *step < 0 ? INT64_MIN : INT64_MAX);
}

static int64_t clamp_bound(int64_t i, int64_t length, bool backwards) {
  if (i < 0) {
    i += length;
    if (i < 0) i = backwards ? -1 : 0;
  } else if (i >= length) {
    i = backwards ? length - 1 : length;
  }
  return i;
}

size_t sk_slice_adjust(size_t length, int64_t *start, int64_t *stop, int64_t step) {
  *start = clamp_bound(*start, (int64_t)length, step < 0);
  *stop = clamp_bound(*stop, (int64_t)length, step < 0);
  if (step < 0) return *stop < *start ? (size_t)((*start - *stop - 1) / -step + 1) : 0;
  return *start < *stop ? (size_t)((*stop - *start - 1) / step + 1) : 0;
}

size_t sk_slice_resolve(SkVm *vm, SkSlice *s, size_t length, int64_t *start, int64_t *stop, int64_t *step) {
  sk_slice_unpack(vm, s, start, stop, step);
  return sk_slice_adjust(length, start, stop, *step);
}

/* ---- the same with ints of any size -------------------------------------------------------------------------- */

static SkValue bound_of_any_size(SkVm *vm, SkValue v, SkValue length, SkValue lower, SkValue upper) {
  require_index(vm, v);
  v = sk_to_int(vm, v);
  if (sk_int_sign(v) < 0) {
    v = sk_int_add(vm, v, length);
    return sk_int_compare(v, lower) < 0 ? lower : v;
  }
  return sk_int_compare(v, upper) > 0 ? upper : v;
}

void sk_slice_indices(SkVm *vm, SkSlice *s, SkValue length, SkValue *start, SkValue *stop, SkValue *step) {
  *step = sk_smallint(1);
  if (!sk_is_none(s->step)) {
    require_index(vm, s->step);
    *step = sk_to_int(vm, s->step);
  }
  int sign = sk_int_sign(*step);
  if (sign == 0) sk_raise_value(vm, "slice step cannot be zero");
  SkValue lower = sk_smallint(sign < 0 ? -1 : 0);
  SkValue upper = sign < 0 ? sk_int_add(vm, length, sk_smallint(-1)) : length;
  *start = sign < 0 ? upper : lower;
  if (!sk_is_none(s->start)) *start = bound_of_any_size(vm, s->start, length, lower, upper);
  *stop = sign < 0 ? lower : upper;
  if (!sk_is_none(s->stop)) *stop = bound_of_any_size(vm, s->stop, length, lower, upper);
}

/* ---- the class ------------------------------------------------------------------------------------------------ */

static SkValue slice_new_native(SkVm *vm, const SkValue *args) {
  SkTuple *t = sk_as_tuple(args[1]);
  if (t->count == 0) sk_raise_type(vm, "slice expected at least 1 argument, got 0");
  if (t->count > 3) sk_raise_type(vm, "slice expected at most 3 arguments, got %zu", t->count);
  const SkValue *a = t->items;
  if (t->count == 1) return sk_from_ptr(sk_slice_new(vm, SK_NONE, a[0], SK_NONE));
  return sk_from_ptr(sk_slice_new(vm, a[0], a[1], t->count == 3 ? a[2] : SK_NONE));
}
static const SkNativeDef slice_new_def = {"__new__(cls, /, *args)", NULL, slice_new_native};

static SkValue slice_repr(SkVm *vm, SkValue self) {
  SkSlice *s = as_slice(self);
  return sk_from_ptr(sk_format(vm, "slice(%R, %R, %R)", s->start, s->stop, s->step));
}

static SkValue slice_tuple(SkVm *vm, SkValue self) {
  SkSlice *s = as_slice(self);
  return sk_from_ptr(sk_tuple_pack(vm, 3, s->start, s->stop, s->step));
}

static SkValue slice_compare(SkVm *vm, SkCompareOp op, SkValue a, SkValue b) {
  if (!sk_is_slice(b)) return SK_NOTIMPLEMENTED;
  if (sk_is(a, b)) return sk_bool(op == SK_CMP_EQ || op == SK_CMP_LE || op == SK_CMP_GE);
  return sk_compare(vm, op, slice_tuple(vm, a), slice_tuple(vm, b));
}
static SkValue slice_lt(SkVm *vm, SkValue a, SkValue b) { return slice_compare(vm, SK_CMP_LT, a, b); }
static SkValue slice_le(SkVm *vm, SkValue a, SkValue b) { return slice_compare(vm, SK_CMP_LE, a, b); }
static SkValue slice_eq(SkVm *vm, SkValue a, SkValue b) { return slice_compare(vm, SK_CMP_EQ, a, b); }
static SkValue slice_ne(SkVm *vm, SkValue a, SkValue b) { return slice_compare(vm, SK_CMP_NE, a, b); }
static SkValue slice_gt(SkVm *vm, SkValue a, SkValue b) { return slice_compare(vm, SK_CMP_GT, a, b); }
static SkValue slice_ge(SkVm *vm, SkValue a, SkValue b) { return slice_compare(vm, SK_CMP_GE, a, b); }

/* A tuple's mixing without its length. */
static int64_t slice_hash(SkVm *vm, SkValue self) {
  SkSlice *s = as_slice(self);
  const SkValue parts[] = {s->start, s->stop, s->step};
  uint64_t acc = UINT64_C(2870177450012600261);
  for (int i = 0; i < 3; i++) {
    acc += (uint64_t)sk_hash(vm, parts[i]) * UINT64_C(14029467366897019727);
    acc = (acc << 31 | acc >> 33) * UINT64_C(11400714785074694791);
  }
  return acc == UINT64_MAX ? 1546275796 : (int64_t)acc;
}

SK_NATIVE(slice_indices, "indices(self, object, /)",
          "S.indices(len) -> (start, stop, stride)\n\n"
          "Assuming a sequence of length len, calculate the start and stop\n"
          "indices, and the stride length of the extended slice described by\n"
          "S. Out of bounds indices are clipped in a manner consistent with the\nhandling of normal slices.") {
  SkValue length = sk_to_int(vm, args[1]);
  if (sk_is_bool(length)) length = sk_smallint(sk_is_true(length));
  if (sk_int_sign(length) < 0) sk_raise_value(vm, "length should not be negative");
  SkValue start, stop, step;
  sk_slice_indices(vm, as_slice(args[0]), length, &start, &stop, &step);
  return sk_from_ptr(sk_tuple_pack(vm, 3, start, stop, step));
}

SK_NATIVE(slice_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_from_ptr(vm->types[SK_T_slice]), slice_tuple(vm, args[0])));
}

static const SkAttrDef slice_attrs[] = {
    SK_MEMBER("start", SkSlice, start, true, NULL),
    SK_MEMBER("stop", SkSlice, stop, true, NULL),
    SK_MEMBER("step", SkSlice, step, true, NULL),
    SK_METHOD(slice_indices),
    SK_METHOD(slice_reduce),
    SK_ATTRS_END,
};

const SkTypeDef sk_slice_type = {
    .name = "slice",
    .doc = "slice(stop)\nslice(start, stop[, step])\n\n"
           "Create a slice object.  This is used for extended slicing (e.g. a[0:10:2]).",
    .kind = SK_KIND_SLICE,
    .size = sizeof(SkSlice),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL,
    .slots = {.repr = slice_repr,
              .hash = slice_hash,
              .lt = slice_lt,
              .le = slice_le,
              .eq = slice_eq,
              .ne = slice_ne,
              .gt = slice_gt,
              .ge = slice_ge},
    .attrs = slice_attrs,
    .new_ = &slice_new_def,
};
