/* deque_type.c - the class collections.deque: construction, operators, methods.  Layer 8. */
#include "stdlib/native/deque.h"
#include "vm/object/charge.h"

/* ---- construction ----------------------------------------------------------------------------------------- */

static SkValue deque_new(SkVm *vm, const SkValue *args) {
  return sk_from_ptr(sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0));
}
static const SkNativeDef deque_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, deque_new};

static bool append_one(SkVm *vm, SkValue item, void *d) {
  deque_append(vm, d, item);
  return true;
}
static bool append_left_one(SkVm *vm, SkValue item, void *d) {
  deque_append_left(vm, d, item);
  return true;
}

/* d.extend(d) takes the items as they were. */
static void extend(SkVm *vm, SkValue self, SkValue iterable, bool (*one)(SkVm *, SkValue, void *)) {
  if (sk_is(self, iterable)) iterable = sk_from_ptr(sk_to_list(vm, iterable));
  sk_iterate(vm, iterable, one, deque_of(self));
}

static uint64_t limit_of(SkVm *vm, SkValue maxlen) {
  if (sk_is_none(maxlen)) return 0;
  int64_t n;
  if (!sk_is_int(maxlen)) sk_raise_type(vm, "an integer is required");
  if (!sk_int_get_i64(maxlen, &n)) sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C ssize_t");
  if (n < 0) sk_raise_value(vm, "maxlen must be non-negative");
  return (uint64_t)n + 1;
}

static SkValue deque_init(SkVm *vm, const SkValue *args) {
  Deque *d = deque_of(args[0]);
  d->limit = limit_of(vm, args[2]);
  if (d->count) deque_clear(d);
  if (!sk_is_unset(args[1])) extend(vm, args[0], args[1], append_one);
  return SK_NONE;
}
static const SkNativeDef deque_init_def = {"__init__(self, iterable=?, maxlen=None)", NULL, deque_init};

static SkValue maxlen_of(SkVm *vm, SkValue self) {
  Deque *d = deque_of(self);
  return d->limit ? sk_int_new(vm, (int64_t)d->limit - 1) : SK_NONE;
}

/* A subclass is copied by calling it. */
static SkValue copy_of(SkVm *vm, SkValue self) {
  if (!sk_is_native_exactly(vm, self, &sk_deque_type)) {
    SkValue cls = sk_class_of(vm, self);
    SkValue copy = deque_of(self)->limit ? sk_call2(vm, cls, self, maxlen_of(vm, self)) : sk_call1(vm, cls, self);
    if (!sk_is_native(vm, copy, &sk_deque_type)) {
      sk_raise_type(vm, "%N() must return a deque, not %T", sk_type_of(vm, self), copy);
    }
    return copy;
  }
  Deque *d = sk_object_new(vm, sk_library_type(vm, &sk_deque_type), 0);
  d->limit = deque_of(self)->limit;
  extend(vm, sk_from_ptr(d), self, append_one);
  return sk_from_ptr(d);
}

/* ---- protocol slots ------------------------------------------------------------------------------------------- */

static SkValue deque_repr(SkVm *vm, SkValue self) {
  if (!sk_repr_enter(vm, self)) return sk_from_ptr(sk_str_from_cstr(vm, "[...]"));
  SkValue items = sk_from_ptr(sk_to_list(vm, self)), text;
  SkStr *name = sk_class_name(vm, self);
  Deque *d = deque_of(self);
  if (d->limit) {
    text = sk_from_ptr(sk_format(vm, "%U(%R, maxlen=%zu)", name, items, (size_t)d->limit - 1));
  } else {
    text = sk_from_ptr(sk_format(vm, "%U(%R)", name, items));
  }
  sk_repr_leave(vm, self);
  return text;
}

static int64_t deque_len(SkVm *vm, SkValue self) {
  (void)vm;
  return (int64_t)deque_of(self)->count;
}

static void check_unchanged(SkVm *vm, const Deque *d, uint64_t changes, int type_id) {
  if (d->changes != changes) sk_raisef(vm, type_id, "deque mutated during iteration");
}

/* Position of |x| in [from, to), or -1. */
static int64_t find(SkVm *vm, Deque *d, SkValue x, size_t from, size_t to, int type_id) {
  uint64_t changes = d->changes;
  for (size_t i = from, turns = 0; i < to && i < d->count; i++) {
    SK_TURN(vm, turns);
    bool same = sk_equal(vm, *deque_at(d, i), x);
    if (same && type_id == SK_T_RuntimeError) return (int64_t)i;
    check_unchanged(vm, d, changes, type_id);
    if (same) return (int64_t)i;
  }
  return -1;
}

static bool deque_contains(SkVm *vm, SkValue self, SkValue x) {
  return find(vm, deque_of(self), x, 0, SIZE_MAX, SK_T_RuntimeError) >= 0;
}

static size_t position(SkVm *vm, Deque *d, int64_t i) {
  if (!sk_index_fix(&i, d->count)) sk_raisef(vm, SK_T_IndexError, "deque index out of range");
  return (size_t)i;
}

static int64_t subscript(SkVm *vm, SkValue key) {
  if (!sk_is_int(key) && !SK_SLOTS(vm, key)->index) {
    sk_raise_type(vm, "sequence index must be integer, not '%T'", key);
  }
  return sk_to_subscript(vm, key, "deque");
}

static SkValue deque_getitem(SkVm *vm, SkValue self, SkValue key) {
  int64_t i = subscript(vm, key);
  return *deque_at(deque_of(self), position(vm, deque_of(self), i));
}

static void deque_setitem(SkVm *vm, SkValue self, SkValue key, SkValue v) {
  int64_t i = subscript(vm, key);
  Deque *d = deque_of(self);
  size_t at = position(vm, d, i);
  sk_write(vm, d, deque_at(d, at), v);
}

static void deque_delitem(SkVm *vm, SkValue self, SkValue key) {
  int64_t i = subscript(vm, key);
  deque_remove_at(vm, deque_of(self), position(vm, deque_of(self), i));
}

static SkValue deque_add(SkVm *vm, SkValue self, SkValue other) {
  if (!sk_is_native(vm, other, &sk_deque_type)) return sk_seq_add_other(vm, self, other, "deque");
  SkValue d = copy_of(vm, self);
  extend(vm, d, other, append_one);
  return d;
}

static SkValue deque_iadd(SkVm *vm, SkValue self, SkValue other) {
  extend(vm, self, other, append_one);
  return self;
}

static SkValue deque_imul(SkVm *vm, SkValue self, SkValue n) {
  int64_t times;
  if (!sk_seq_repeat_times(vm, n, &times)) return sk_seq_mul_other(vm, self, n);
  Deque *d = deque_of(self);
  if (d->count == 0 || times == 1) return self;
  if (times <= 0) {
    deque_clear(d);
    return self;
  }
  if (d->limit && (uint64_t)times > d->limit / d->count + 1) times = (int64_t)(d->limit / d->count + 1);
  size_t total = sk_seq_repeat_size(vm, d->count, times);
  SkList *items = sk_to_list(vm, self);
  sk_heap_require(vm, total * sizeof(SkValue));
  for (size_t done = items->count, turns = 0; done < total; done++) {
    SK_TURN(vm, turns);
    deque_append(vm, d, items->store->items[done % items->count]);
  }
  return self;
}

static SkValue deque_mul(SkVm *vm, SkValue self, SkValue n) {
  if (!sk_is_int(n) && !SK_SLOTS(vm, n)->index) return sk_seq_mul_other(vm, self, n);
  return deque_imul(vm, copy_of(vm, self), n);
}

static SkValue compare(SkVm *vm, SkCompareOp op, SkValue a, SkValue b) {
  if (!sk_is_native(vm, b, &sk_deque_type)) return SK_NOTIMPLEMENTED;
  Deque *x = deque_of(a), *y = deque_of(b);
  bool equality = op == SK_CMP_EQ || op == SK_CMP_NE;
  if (equality && x->count != y->count) return sk_bool(op == SK_CMP_NE);
  uint64_t x_changes = x->changes, y_changes = y->changes;
  sk_charge(vm, 1);
  for (size_t i = 0, turns = 0; i < x->count && i < y->count; i++) {
    SK_TURN(vm, turns);
    SkValue p = *deque_at(x, i), q = *deque_at(y, i);
    if (!sk_equal(vm, p, q)) return equality ? sk_bool(op == SK_CMP_NE) : sk_compare(vm, op, p, q);
    check_unchanged(vm, x, x_changes, SK_T_RuntimeError);
    check_unchanged(vm, y, y_changes, SK_T_RuntimeError);
  }
  return sk_compare(vm, op, sk_int_new(vm, (int64_t)x->count), sk_int_new(vm, (int64_t)y->count));
}
static SkValue deque_lt(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_LT, a, b); }
static SkValue deque_le(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_LE, a, b); }
static SkValue deque_eq(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_EQ, a, b); }
static SkValue deque_ne(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_NE, a, b); }
static SkValue deque_gt(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_GT, a, b); }
static SkValue deque_ge(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_GE, a, b); }

/* ---- methods ----------------------------------------------------------------------------------------------------- */

SK_NATIVE(deque_append_m, "append(self, item, /)", "Add an element to the right side of the deque.") {
  deque_append(vm, deque_of(args[0]), args[1]);
  return SK_NONE;
}
SK_NATIVE(deque_appendleft_m, "appendleft(self, item, /)", "Add an element to the left side of the deque.") {
  deque_append_left(vm, deque_of(args[0]), args[1]);
  return SK_NONE;
}
SK_NATIVE(deque_clear_m, "clear(self, /)", "Remove all elements from the deque.") {
  (void)vm;
  deque_clear(deque_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(deque_copy_m, "copy(self, /)", "Return a shallow copy of a deque.") { return copy_of(vm, args[0]); }
SK_NATIVE(deque_dunder_copy, "__copy__(self, /)", "Return a shallow copy of a deque.") { return copy_of(vm, args[0]); }

SK_NATIVE(deque_count_m, "count(self, value, /)", "Return number of occurrences of value.") {
  Deque *d = deque_of(args[0]);
  uint64_t changes = d->changes;
  int64_t n = 0;
  for (size_t i = 0, turns = 0; i < d->count; i++) {
    SK_TURN(vm, turns);
    n += sk_equal(vm, *deque_at(d, i), args[1]);
    check_unchanged(vm, d, changes, SK_T_RuntimeError);
  }
  return sk_int_new(vm, n);
}

SK_NATIVE(deque_extend_m, "extend(self, iterable, /)", "Extend the right side of the deque with elements from the iterable.") {
  extend(vm, args[0], args[1], append_one);
  return SK_NONE;
}
SK_NATIVE(deque_extendleft_m, "extendleft(self, iterable, /)", "Extend the left side of the deque with elements from the iterable.") {
  extend(vm, args[0], args[1], append_left_one);
  return SK_NONE;
}

SK_NATIVE(deque_index_m, "index(self, value, start=0, stop=9223372036854775807, /)",
          "Return first index of value.\n\nRaises ValueError if the value is not present.") {
  Deque *d = deque_of(args[0]);
  size_t from = sk_to_bound(vm, args[2], d->count), to = sk_to_bound(vm, args[3], d->count);
  int64_t i = find(vm, d, args[1], from, to, SK_T_RuntimeError);
  if (i < 0) sk_raise_value(vm, "%R is not in deque", args[1]);
  return sk_int_new(vm, i);
}

SK_NATIVE(deque_insert_m, "insert(self, index, value, /)", "Insert value before index.") {
  Deque *d = deque_of(args[0]);
  int64_t i = sk_to_index(vm, args[1]), n = (int64_t)d->count;
  if (d->limit && d->count + 1 >= d->limit) sk_raisef(vm, SK_T_IndexError, "deque already at its maximum size");
  if (i < 0) i = i + n < 0 ? 0 : i + n;
  if (i >= n) {
    deque_append(vm, d, args[2]);
  } else {
    deque_rotate(vm, d, -i);
    deque_append_left(vm, d, args[2]);
    deque_rotate(vm, d, i);
  }
  return SK_NONE;
}

SK_NATIVE(deque_pop_m, "pop(self, /)", "Remove and return the rightmost element.") {
  if (!deque_of(args[0])->count) sk_raisef(vm, SK_T_IndexError, "pop from an empty deque");
  return deque_pop(deque_of(args[0]));
}
SK_NATIVE(deque_popleft_m, "popleft(self, /)", "Remove and return the leftmost element.") {
  if (!deque_of(args[0])->count) sk_raisef(vm, SK_T_IndexError, "pop from an empty deque");
  return deque_pop_left(deque_of(args[0]));
}

SK_NATIVE(deque_remove_m, "remove(self, value, /)", "Remove first occurrence of value.") {
  Deque *d = deque_of(args[0]);
  int64_t i = find(vm, d, args[1], 0, SIZE_MAX, SK_T_IndexError);
  if (i < 0) sk_raise_value(vm, "%R is not in deque", args[1]);
  deque_remove_at(vm, d, (size_t)i);
  return SK_NONE;
}

SK_NATIVE(deque_reverse_m, "reverse(self, /)", "Reverse *IN PLACE*.") {
  Deque *d = deque_of(args[0]);
  sk_charge(vm, d->count / 16);
  for (size_t i = 0, j = d->count; i + 1 < j; i++) {
    SkValue v = *deque_at(d, i), *last = deque_at(d, --j);
    *deque_at(d, i) = *last;
    *last = v;
  }
  return SK_NONE;
}

SK_NATIVE(deque_rotate_m, "rotate(self, n=1, /)", "Rotate the deque n steps to the right.  If n is negative, rotates left.") {
  int64_t n = sk_to_index(vm, args[1]);
  deque_rotate(vm, deque_of(args[0]), n);
  return SK_NONE;
}

SK_NATIVE(deque_reversed_m, "__reversed__(self, /)", "Return a reverse iterator over the deque.") {
  return deque_reversed_new(vm, args[0]);
}

SK_NATIVE(deque_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue state = sk_call_method0(vm, args[0], SK_NAME(vm, dunder_getstate));
  SkValue it = sk_iter(vm, args[0]), inner = sk_from_ptr(sk_tuple_new(vm, 0));
  if (deque_of(args[0])->limit) inner = sk_from_ptr(sk_tuple_pack(vm, 2, inner, maxlen_of(vm, args[0])));
  return sk_from_ptr(sk_tuple_pack(vm, 4, sk_class_of(vm, args[0]), inner, state, it));
}

SK_NATIVE(deque_sizeof, "__sizeof__(self, /)", "Return the size of the deque in memory, in bytes.") {
  Deque *d = deque_of(args[0]);
  return sk_int_new(vm, (int64_t)(sizeof(Deque) + (d->ring ? d->ring->count * sizeof(SkValue) : 0)));
}

static const SkAttrDef deque_attrs[] = {
    SK_METHOD(deque_append_m),
    SK_METHOD(deque_appendleft_m),
    SK_METHOD(deque_clear_m),
    SK_METHOD(deque_copy_m),
    SK_METHOD(deque_dunder_copy),
    SK_METHOD(deque_count_m),
    SK_METHOD(deque_extend_m),
    SK_METHOD(deque_extendleft_m),
    SK_METHOD(deque_index_m),
    SK_METHOD(deque_insert_m),
    SK_METHOD(deque_pop_m),
    SK_METHOD(deque_popleft_m),
    SK_METHOD(deque_remove_m),
    SK_METHOD(deque_reverse_m),
    SK_METHOD(deque_rotate_m),
    SK_METHOD(deque_reversed_m),
    SK_METHOD(deque_reduce),
    SK_METHOD(deque_sizeof),
    SK_GETSET("maxlen", maxlen_of, NULL, "maximum size of a deque or None if unbounded"),
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def},
    SK_ATTRS_END,
};

const SkTypeDef sk_deque_type = {
    .name = "collections.deque",
    .doc = "A list-like sequence optimized for data accesses near its endpoints.",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Deque),
    .flags = SK_TYPE_WEAKREFABLE | SK_TYPE_SEQUENCE,
    .slots = {.repr = deque_repr,
              .len = deque_len,
              .contains = deque_contains,
              .getitem = deque_getitem,
              .setitem = deque_setitem,
              .delitem = deque_delitem,
              .iter = deque_iter,
              .add = deque_add,
              .iadd = deque_iadd,
              .mul = deque_mul,
              .rmul = deque_mul,
              .imul = deque_imul,
              .lt = deque_lt,
              .le = deque_le,
              .eq = deque_eq,
              .ne = deque_ne,
              .gt = deque_gt,
              .ge = deque_ge},
    .attrs = deque_attrs,
    .new_ = &deque_new_def,
    .init_ = &deque_init_def,
    .trace = deque_trace,
};
