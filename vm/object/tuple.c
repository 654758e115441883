/* tuple.c - the tuple type: construction, protocol slots, methods.  Layer 6.
 *
 * A tuple's items lie inline behind its count, so it never changes after its maker has filled it.  The
 * word behind the last item is the attribute store of subclasses (object.h, sk_extra).
 */
#include <stdarg.h>

#include "vm/object/call.h"
#include "vm/object/charge.h"
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

enum { TUPLE_MAX = INT64_MAX / 16 };

/* ---- construction ------------------------------------------------------------------------------ */

/* Room for n items, which are the int 0.  n == 0 gives the one empty tuple. */
static SkTuple *tuple_alloc(SkVm *vm, size_t n) {
  if (n == 0 && vm->empty_tuple) return vm->empty_tuple;
  if (n > TUPLE_MAX) sk_raise_nomem(vm);
  SkTuple *t = sk_object_new_id(vm, SK_T_tuple, n * sizeof(SkValue));
  t->count = n;
  return t;
}

SkTuple *sk_tuple_new(SkVm *vm, size_t n) {
  SkTuple *t = tuple_alloc(vm, n);
  for (size_t i = 0; i < n; i++) t->items[i] = SK_NONE;
  return t;
}

SkTuple *sk_tuple_from(SkVm *vm, const SkValue *items, size_t n) {
  SkTuple *t = tuple_alloc(vm, n);
  if (n) memcpy(t->items, items, n * sizeof(SkValue));
  return t;
}

SkTuple *sk_tuple_pack(SkVm *vm, size_t n, ...) {
  SkTuple *t = tuple_alloc(vm, n);
  va_list ap;
  va_start(ap, n);
  for (size_t i = 0; i < n; i++) t->items[i] = va_arg(ap, SkValue);
  va_end(ap);
  return t;
}

SkValue sk_tuple_pair(SkVm *vm, SkValue a, SkValue b) {
  SkTuple *t = sk_object_new_id(vm, SK_T_tuple, 2 * sizeof(SkValue));
  t->count = 2;
  t->items[0] = a;
  t->items[1] = b;
  return sk_from_ptr(t);
}

SkTuple *sk_list_as_tuple(SkVm *vm, SkList *l) {
  size_t n = l->count;
  SkTuple *t = tuple_alloc(vm, n);
  /* A collection inside tuple_alloc may have run nothing of the script's, so the list is as it was. */
  if (n) memcpy(t->items, l->store->items, n * sizeof(SkValue));
  return t;
}

SkTuple *sk_to_tuple(SkVm *vm, SkValue iterable) {
  if (sk_is_exactly(vm, iterable, SK_T_tuple)) return sk_as_tuple(iterable);
  if (sk_is_exactly(vm, iterable, SK_T_list)) return sk_list_as_tuple(vm, sk_as_list(iterable));
  return sk_list_as_tuple(vm, sk_to_list(vm, iterable));
}

void sk_tuple_trace(SkMarker *m, SkObject *o) {
  SkTuple *t = (SkTuple *)o;
  sk_mark_span(m, t->items, t->count);
  sk_trace_attributes(m, o);
}

static SkValue tuple_new_native(SkVm *vm, const SkValue *args) {
  SkType *cls = (SkType *)sk_ptr(args[0]);
  SkTuple *t = sk_is_unset(args[1]) ? tuple_alloc(vm, 0) : sk_to_tuple(vm, args[1]);
  if (cls == vm->types[SK_T_tuple]) return sk_from_ptr(t);
  SkTuple *own = sk_object_new(vm, cls, t->count * sizeof(SkValue));
  own->count = t->count;
  memcpy(own->items, t->items, t->count * sizeof(SkValue));
  return sk_from_ptr(own);
}
static const SkNativeDef tuple_new_def = {"__new__(cls, iterable=?, /)", NULL, tuple_new_native};

/* ---- protocol slots ------------------------------------------------------------------------------ */

static SkValue tuple_repr(SkVm *vm, SkValue self) {
  SkTuple *t = sk_as_tuple(self);
  if (t->count == 0) return sk_from_ptr(sk_str_from_cstr(vm, "()"));
  if (!sk_repr_enter(vm, self)) return sk_from_ptr(sk_str_from_cstr(vm, "(...)"));
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  for (size_t i = 0; i < t->count; i++) {
    sk_charge(vm, 1);
    sk_strbuf_adds(&b, i ? ", " : "(");
    sk_strbuf_addstr(&b, sk_repr(vm, t->items[i]));
  }
  sk_strbuf_adds(&b, t->count == 1 ? ",)" : ")");
  sk_repr_leave(vm, self);
  return sk_from_ptr(sk_strbuf_finish(&b));
}

/* The xxHash-like mixing CPython uses, so that tuples order alike in sets. */
static int64_t tuple_hash(SkVm *vm, SkValue self) {
  const uint64_t p1 = UINT64_C(11400714785074694791), p2 = UINT64_C(14029467366897019727),
                 p5 = UINT64_C(2870177450012600261);
  SkTuple *t = sk_as_tuple(self);
  uint64_t acc = p5;
  sk_enter(vm, " while hashing a tuple");
  sk_charge(vm, 1 + t->count / 8);
  for (size_t i = 0; i < t->count; i++) {
    SkValue v = t->items[i];
    acc += (uint64_t)(sk_is_smallint(v) ? sk_smallint_hash(v) : sk_hash(vm, v)) * p2;
    acc = (acc << 31 | acc >> 33) * p1;
  }
  acc += t->count ^ (p5 ^ UINT64_C(3527539));
  return acc == UINT64_MAX ? 1546275796 : (int64_t)acc;
}

static int64_t tuple_len(SkVm *vm, SkValue self) {
  (void)vm;
  return (int64_t)sk_as_tuple(self)->count;
}

static SkValue tuple_slice(SkVm *vm, SkTuple *t, SkSlice *s) {
  int64_t start, stop, step;
  sk_slice_unpack(vm, s, &start, &stop, &step);
  size_t n = sk_slice_adjust(t->count, &start, &stop, step);
  if (n == t->count && step == 1 && sk_is_exactly(vm, sk_from_ptr(t), SK_T_tuple)) return sk_from_ptr(t);
  if (step == 1) return sk_from_ptr(sk_tuple_from(vm, t->items + start, n));
  SkTuple *r = tuple_alloc(vm, n);
  for (size_t i = 0; i < n; i++) r->items[i] = t->items[start + (int64_t)i * step];
  return sk_from_ptr(r);
}

static SkValue tuple_getitem(SkVm *vm, SkValue self, SkValue key) {
  SkTuple *t = sk_as_tuple(self);
  if (sk_is_slice(key)) return tuple_slice(vm, t, (SkSlice *)sk_ptr(key));
  int64_t i = sk_to_subscript(vm, key, "tuple");
  if (!sk_index_fix(&i, t->count)) sk_raisef(vm, SK_T_IndexError, "tuple index out of range");
  return t->items[i];
}

static SkValue tuple_add(SkVm *vm, SkValue self, SkValue other) {
  if (!sk_is_tuple(other)) return sk_seq_add_other(vm, self, other, "tuple");
  SkTuple *a = sk_as_tuple(self), *b = sk_as_tuple(other);
  if (a->count == 0 && sk_is_exactly(vm, other, SK_T_tuple)) return other;
  if (b->count == 0 && sk_is_exactly(vm, self, SK_T_tuple)) return self;
  SkTuple *r = tuple_alloc(vm, a->count + b->count);
  sk_copy(vm, r->items, a->items, a->count * sizeof(SkValue));
  sk_copy(vm, r->items + a->count, b->items, b->count * sizeof(SkValue));
  return sk_from_ptr(r);
}

static SkValue tuple_mul(SkVm *vm, SkValue self, SkValue n) {
  int64_t times;
  if (!sk_seq_repeat_times(vm, n, &times)) return sk_seq_mul_other(vm, self, n);
  SkTuple *t = sk_as_tuple(self);
  if ((times == 1 || t->count == 0) && sk_is_exactly(vm, self, SK_T_tuple)) return self;
  size_t total = sk_seq_repeat_size(vm, t->count, times);
  SkTuple *r = tuple_alloc(vm, total);
  if (total) {
    memcpy(r->items, t->items, t->count * sizeof(SkValue));
    sk_repeat(vm, r->items, t->count * sizeof(SkValue), total * sizeof(SkValue));
  }
  return sk_from_ptr(r);
}

static SkValue tuple_rmul(SkVm *vm, SkValue self, SkValue n) {
  if (!sk_is_int(n) && !SK_SLOTS(vm, n)->index) sk_seq_rmul_other(vm, self, n);
  return tuple_mul(vm, self, n);
}

static SkValue tuple_lt(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_tuple(b) ? sk_seq_compare(vm, SK_CMP_LT, a, b) : SK_NOTIMPLEMENTED;
}
static SkValue tuple_le(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_tuple(b) ? sk_seq_compare(vm, SK_CMP_LE, a, b) : SK_NOTIMPLEMENTED;
}
static SkValue tuple_eq(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_tuple(b) ? sk_seq_compare(vm, SK_CMP_EQ, a, b) : SK_NOTIMPLEMENTED;
}
static SkValue tuple_ne(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_tuple(b) ? sk_seq_compare(vm, SK_CMP_NE, a, b) : SK_NOTIMPLEMENTED;
}
static SkValue tuple_gt(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_tuple(b) ? sk_seq_compare(vm, SK_CMP_GT, a, b) : SK_NOTIMPLEMENTED;
}
static SkValue tuple_ge(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_tuple(b) ? sk_seq_compare(vm, SK_CMP_GE, a, b) : SK_NOTIMPLEMENTED;
}

/* ---- methods --------------------------------------------------------------------------------------- */

SK_NATIVE(tuple_index, "index(self, value, start=0, stop=9223372036854775807, /)",
          "Return first index of value.\n\nRaises ValueError if the value is not present.") {
  int64_t i = sk_seq_find(vm, args[0], args[1], args[2], args[3]);
  if (i < 0) sk_raise_value(vm, "tuple.index(x): x not in tuple");
  return sk_int_new(vm, i);
}

SK_NATIVE(tuple_count, "count(self, value, /)", "Return number of occurrences of value.") {
  return sk_int_new(vm, sk_seq_count(vm, args[0], args[1]));
}

/* What copying and pickling a subclass instance passes to __new__. */
SK_NATIVE(tuple_getnewargs, "__getnewargs__(self, /)", NULL) {
  SkTuple *t = sk_as_tuple(args[0]);
  return sk_from_ptr(sk_tuple_pack(vm, 1, sk_from_ptr(sk_tuple_from(vm, t->items, t->count))));
}

SK_NATIVE(tuple_sizeof, "__sizeof__(self, /)", "Size of object in memory, in bytes.") {
  return sk_int_new(vm, (int64_t)(sizeof(SkTuple) + sk_as_tuple(args[0])->count * sizeof(SkValue)));
}

static const SkAttrDef tuple_attrs[] = {
    SK_METHOD(tuple_index),  SK_METHOD(tuple_count), SK_METHOD(tuple_getnewargs),
    SK_METHOD(tuple_sizeof), {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def},
    SK_ATTRS_END,
};

SkValue sk_tuple_iter(SkVm *vm, SkValue self); /* iter.c */

const SkTypeDef sk_tuple_type = {
    .name = "tuple",
    .doc = "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\n"
           "If iterable is specified the tuple is initialized from iterable's items.\n\n"
           "If the argument is a tuple, the return value is the same object.",
    .kind = SK_KIND_TUPLE,
    .size = sizeof(SkTuple),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_SEQUENCE | SK_TYPE_MATCH_SELF,
    .slots = {.repr = tuple_repr,
              .hash = tuple_hash,
              .len = tuple_len,
              .contains = sk_seq_contains,
              .getitem = tuple_getitem,
              .iter = sk_tuple_iter,
              .add = tuple_add,
              .mul = tuple_mul,
              .rmul = tuple_rmul,
              .lt = tuple_lt,
              .le = tuple_le,
              .eq = tuple_eq,
              .ne = tuple_ne,
              .gt = tuple_gt,
              .ge = tuple_ge},
    .attrs = tuple_attrs,
    .new_ = &tuple_new_def,
};
