/* list_methods.c - the list type: constructor, operators, methods.  Layer 6. */
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

SkValue sk_list_getitem(SkVm *vm, SkValue self, SkValue key); /* list_item.c */
void sk_list_setitem(SkVm *vm, SkValue self, SkValue key, SkValue v);
void sk_list_delitem(SkVm *vm, SkValue self, SkValue key);
SkValue sk_list_iter(SkVm *vm, SkValue self);                 /* iter.c */
SkValue sk_list_reviter_new(SkVm *vm, SkList *l);

/* ---- construction --------------------------------------------------------------------------------- */

static SkValue list_new_native(SkVm *vm, const SkValue *args) {
  return sk_from_ptr(sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0));
}
static const SkNativeDef list_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, list_new_native};

static SkValue list_init(SkVm *vm, const SkValue *args) {
  SkList *l = sk_as_list(args[0]);
  sk_list_clear(vm, l);
  if (!sk_is_unset(args[1])) sk_list_extend(vm, l, args[1]);
  return SK_NONE;
}
static const SkNativeDef list_init_def = {"__init__(self, iterable=?, /)", NULL, list_init};

/* list(x) itself, the usual case, binds no arguments. */
static SkValue list_new_slot(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return sk_from_ptr(sk_object_new(vm, cls, 0));
}

/* ---- protocol slots -------------------------------------------------------------------------------- */

static SkValue list_repr(SkVm *vm, SkValue self) {
  SkList *l = sk_as_list(self);
  if (l->count == 0) return sk_from_ptr(sk_str_from_cstr(vm, "[]"));
  if (!sk_repr_enter(vm, self)) return sk_from_ptr(sk_str_from_cstr(vm, "[...]"));
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  sk_strbuf_addc(&b, '[');
  for (size_t i = 0; i < l->count; i++) {
    sk_charge(vm, 1);
    if (i) sk_strbuf_adds(&b, ", ");
    sk_strbuf_addstr(&b, sk_repr(vm, l->store->items[i]));
  }
  sk_strbuf_addc(&b, ']');
  sk_repr_leave(vm, self);
  return sk_from_ptr(sk_strbuf_finish(&b));
}

static int64_t list_len(SkVm *vm, SkValue self) {
  (void)vm;
  return (int64_t)sk_as_list(self)->count;
}

static SkValue list_add(SkVm *vm, SkValue self, SkValue other) {
  if (!sk_is_list(other)) return sk_seq_add_other(vm, self, other, "list");
  SkList *a = sk_as_list(self), *b = sk_as_list(other);
  SkList *r = sk_list_new(vm, a->count + b->count);
  if (a->count) sk_copy(vm, r->store->items, a->store->items, a->count * sizeof(SkValue));
  if (b->count) sk_copy(vm, r->store->items + a->count, b->store->items, b->count * sizeof(SkValue));
  r->count = a->count + b->count;
  return sk_from_ptr(r);
}

static SkValue list_iadd(SkVm *vm, SkValue self, SkValue other) {
  sk_list_extend(vm, sk_as_list(self), other);
  return self;
}

/* Fills items[count .. total) with what is there. */
static void repeat_items(SkVm *vm, SkValue *items, size_t count, size_t total) {
  sk_repeat(vm, items, count * sizeof(SkValue), total * sizeof(SkValue));
}

static SkValue list_mul(SkVm *vm, SkValue self, SkValue n) {
  int64_t times;
  if (!sk_seq_repeat_times(vm, n, &times)) return sk_seq_mul_other(vm, self, n);
  SkList *l = sk_as_list(self);
  size_t total = sk_seq_repeat_size(vm, l->count, times);
  SkList *r = sk_list_new(vm, total);
  if (total) {
    sk_copy(vm, r->store->items, l->store->items, l->count * sizeof(SkValue));
    repeat_items(vm, r->store->items, l->count, total);
  }
  r->count = total;
  return sk_from_ptr(r);
}

static SkValue list_imul(SkVm *vm, SkValue self, SkValue n) {
  int64_t times;
  if (!sk_seq_repeat_times(vm, n, &times)) return sk_seq_mul_other(vm, self, n);
  SkList *l = sk_as_list(self);
  size_t total = sk_seq_repeat_size(vm, l->count, times);
  if (total == 0) {
    sk_list_clear(vm, l);
    return self;
  }
  sk_list_reserve(vm, l, total - l->count);
  sk_barrier(vm, l);
  repeat_items(vm, l->store->items, l->count, total);
  l->count = total;
  return self;
}

static SkValue list_rmul(SkVm *vm, SkValue self, SkValue n) {
  if (!sk_is_int(n) && !SK_SLOTS(vm, n)->index) sk_seq_rmul_other(vm, self, n);
  return list_mul(vm, self, n);
}

static SkValue list_lt(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_list(b) ? sk_seq_compare(vm, SK_CMP_LT, a, b) : SK_NOTIMPLEMENTED;
}
static SkValue list_le(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_list(b) ? sk_seq_compare(vm, SK_CMP_LE, a, b) : SK_NOTIMPLEMENTED;
}
static SkValue list_eq(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_list(b) ? sk_seq_compare(vm, SK_CMP_EQ, a, b) : SK_NOTIMPLEMENTED;
}
static SkValue list_ne(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_list(b) ? sk_seq_compare(vm, SK_CMP_NE, a, b) : SK_NOTIMPLEMENTED;
}
static SkValue list_gt(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_list(b) ? sk_seq_compare(vm, SK_CMP_GT, a, b) : SK_NOTIMPLEMENTED;
}
static SkValue list_ge(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_list(b) ? sk_seq_compare(vm, SK_CMP_GE, a, b) : SK_NOTIMPLEMENTED;
}

/* ---- methods ---------------------------------------------------------------------------------------- */

SK_NATIVE(list_append, "append(self, object, /)", "Append object to the end of the list.") {
  sk_list_append(vm, sk_as_list(args[0]), args[1]);
  return SK_NONE;
}

SK_NATIVE(list_clear, "clear(self, /)", "Remove all items from list.") {
  sk_list_clear(vm, sk_as_list(args[0]));
  return SK_NONE;
}

SK_NATIVE(list_copy, "copy(self, /)", "Return a shallow copy of the list.") {
  SkList *l = sk_as_list(args[0]);
  return sk_from_ptr(sk_list_from(vm, sk_list_items(l), l->count));
}

SK_NATIVE(list_count, "count(self, value, /)", "Return number of occurrences of value.") {
  return sk_int_new(vm, sk_seq_count(vm, args[0], args[1]));
}

SK_NATIVE(list_extend, "extend(self, iterable, /)", "Extend list by appending elements from the iterable.") {
  sk_list_extend(vm, sk_as_list(args[0]), args[1]);
  return SK_NONE;
}

SK_NATIVE(list_index, "index(self, value, start=0, stop=9223372036854775807, /)",
          "Return first index of value.\n\nRaises ValueError if the value is not present.") {
  int64_t i = sk_seq_find(vm, args[0], args[1], args[2], args[3]);
  if (i < 0) sk_raise_value(vm, "%R is not in list", args[1]);
  return sk_int_new(vm, i);
}

SK_NATIVE(list_insert, "insert(self, index, object, /)", "Insert object before index.") {
  int64_t i = sk_to_index(vm, args[1]);
  sk_list_insert(vm, sk_as_list(args[0]), i, args[2]);
  return SK_NONE;
}

SK_NATIVE(list_pop, "pop(self, index=-1, /)",
          "Remove and return item at index (default last).\n\n"
          "Raises IndexError if list is empty or index is out of range.") {
  SkList *l = sk_as_list(args[0]);
  int64_t i = sk_to_index(vm, args[1]);
  if (l->count == 0) sk_raisef(vm, SK_T_IndexError, "pop from empty list");
  if (!sk_index_fix(&i, l->count)) sk_raisef(vm, SK_T_IndexError, "pop index out of range");
  return sk_list_pop(vm, l, (size_t)i);
}

SK_NATIVE(list_remove, "remove(self, value, /)",
          "Remove first occurrence of value.\n\nRaises ValueError if the value is not present.") {
  SkList *l = sk_as_list(args[0]);
  for (size_t i = 0, turns = 0; i < l->count; i++) {
    SK_TURN(vm, turns);
    SkValue item = l->store->items[i];
    if (!sk_is(item, args[1]) && !sk_equal(vm, item, args[1])) continue;
    if (i < l->count) sk_list_pop(vm, l, i); /* __eq__ may have shortened the list */
    return SK_NONE;
  }
  sk_raise_value(vm, "list.remove(x): x not in list");
}

SK_NATIVE(list_reverse, "reverse(self, /)", "Reverse *IN PLACE*.") {
  (void)vm;
  SkList *l = sk_as_list(args[0]);
  SkValue *items = sk_list_items(l);
  sk_charge(vm, l->count / 16);
  for (size_t i = 0, j = l->count; i + 1 < j; i++) {
    SkValue v = items[i];
    items[i] = items[--j];
    items[j] = v;
  }
  return SK_NONE;
}

SK_NATIVE(list_sort, "sort(self, /, *, key=None, reverse=False)",
          "Sort the list in ascending order and return None.\n\n"
          "The sort is in-place (i.e. the list itself is modified) and stable (i.e. the\n"
          "order of two equal elements is maintained).\n\n"
          "If a key function is given, apply it once to each list item and sort them,\n"
          "ascending or descending, according to their function values.\n\n"
          "The reverse flag can be set to sort in descending order.") {
  bool reverse = sk_truth(vm, args[2]);
  sk_list_sort(vm, sk_as_list(args[0]), args[1], reverse);
  return SK_NONE;
}

SK_NATIVE(list_reversed, "__reversed__(self, /)", "Return a reverse iterator over the list.") {
  return sk_list_reviter_new(vm, sk_as_list(args[0]));
}

SK_NATIVE(list_sizeof, "__sizeof__(self, /)", "Return the size of the list in memory, in bytes.") {
  SkList *l = sk_as_list(args[0]);
  return sk_int_new(vm, (int64_t)(sizeof(SkList) + (l->store ? l->store->count * sizeof(SkValue) : 0)));
}

static const SkAttrDef list_attrs[] = {
    SK_METHOD(list_append),   SK_METHOD(list_clear),  SK_METHOD(list_copy),    SK_METHOD(list_count),
    SK_METHOD(list_extend),   SK_METHOD(list_index),  SK_METHOD(list_insert),  SK_METHOD(list_pop),
    SK_METHOD(list_remove),   SK_METHOD(list_reverse), SK_METHOD(list_sort),   SK_METHOD(list_reversed),
    SK_METHOD(list_sizeof),   {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def},
    SK_ATTRS_END,
};

const SkTypeDef sk_list_type = {
    .name = "list",
    .doc = "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\n"
           "The argument must be an iterable if specified.",
    .kind = SK_KIND_LIST,
    .size = sizeof(SkList),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_SEQUENCE | SK_TYPE_MATCH_SELF,
    .slots = {.new_ = list_new_slot,
              .repr = list_repr,
              .len = list_len,
              .contains = sk_seq_contains,
              .getitem = sk_list_getitem,
              .setitem = sk_list_setitem,
              .delitem = sk_list_delitem,
              .iter = sk_list_iter,
              .add = list_add,
              .iadd = list_iadd,
              .mul = list_mul,
              .rmul = list_rmul,
              .imul = list_imul,
              .lt = list_lt,
              .le = list_le,
              .eq = list_eq,
              .ne = list_ne,
              .gt = list_gt,
              .ge = list_ge},
    .attrs = list_attrs,
    .new_ = &list_new_def,
    .init_ = &list_init_def,
};
