/* iter_tools.c - enumerate, zip, map, filter.  Layer 6.  (SkIter: the fields' use stands above each class.) */
#include "vm/object/call.h"
#include "vm/object/exception.h"
#include "vm/object/iter_impl.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/str.h"

static SkIter *as_iter(SkValue v) { return (SkIter *)sk_ptr(v); }
static SkIter *new_iter(SkVm *vm, SkValue cls) { return sk_object_new(vm, (SkType *)sk_ptr(cls), 0); }
static SkValue class_of(SkVm *vm, SkValue v) { return sk_from_ptr(sk_type_of(vm, v)); }

/* ---- enumerate: a iterator, b next number ------------------------------------------------------------------ */

static SkValue enumerate_make(SkVm *vm, SkType *cls, SkValue iterable, SkValue start) {
  if (!sk_is_smallint(start)) start = sk_to_int(vm, start);
  SkValue inner = sk_iter(vm, iterable);
  SkIter *it = sk_object_new(vm, cls, 0);
  it->a = inner;
  it->b = start;
  return sk_from_ptr(it);
}

static SkValue enumerate_new(SkVm *vm, const SkValue *args) {
  return enumerate_make(vm, (SkType *)sk_ptr(args[0]), args[1], args[2]);
}
static const SkNativeDef enumerate_new_def = {"__new__(cls, iterable, start=0)", NULL, enumerate_new};

/* enumerate(...) itself, with its own words for wrong arguments. */
static SkValue enumerate_new_slot(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  size_t total = nargs + (kwnames ? kwnames->count : 0);
  SkValue iterable = nargs > 0 ? args[0] : SK_UNSET, start = nargs > 1 ? args[1] : SK_UNSET;
  for (size_t i = nargs; i < total && total <= 2; i++) {
    SkStr *name = sk_as_str(kwnames->items[i - nargs]);
    if (sk_str_equal_cstr(name, "iterable") && sk_is_unset(iterable)) {
      iterable = args[i];
    } else if (sk_str_equal_cstr(name, "start") && sk_is_unset(start) && total == 2) {
      start = args[i];
    } else {
      sk_raise_type(vm, "'%U' is an invalid keyword argument for enumerate()", name);
    }
  }
  if (nargs == 0 && total != 2 && sk_is_unset(iterable)) sk_raise_type(vm, "enumerate() missing required argument 'iterable'");
  if (total > 2) sk_raise_type(vm, "enumerate() takes at most 2 arguments (%zu given)", total);
  return enumerate_make(vm, cls, iterable, sk_is_unset(start) ? sk_smallint(0) : start);
}

static SkValue enumerate_next(SkVm *vm, SkValue self) {
  SkIter *it = as_iter(self);
  SkValue item = sk_next(vm, it->a);
  if (sk_is_unset(item)) return item;
  SkValue number = it->b;
  if (SK_LIKELY(sk_is_smallint(number) && sk_smallint_get(number) < SK_INT_MAX)) {
    it->b.bits = number.bits + 4;
  } else {
    SkValue after = sk_int_add(vm, number, sk_smallint(1));
    sk_write(vm, it, &it->b, after);
  }
  return sk_tuple_pair(vm, number, item);
}

SK_NATIVE(enumerate_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkIter *it = as_iter(args[0]);
  SkValue inner = sk_from_ptr(sk_tuple_pack(vm, 2, it->a, it->b));
  return sk_from_ptr(sk_tuple_pack(vm, 2, class_of(vm, args[0]), inner));
}

static const SkAttrDef enumerate_attrs[] = {SK_METHOD(enumerate_reduce),
                                            {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def},
                                            SK_ATTRS_END};

const SkTypeDef sk_enumerate_type = {
    .name = "enumerate",
    .doc = "Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\n"
           "The enumerate object yields pairs containing a count (from start, which\n"
           "defaults to zero) and a value yielded by the iterable argument.\n\n"
           "enumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_IMMUTABLE,
    .slots = {.iter = sk_iter_self, .next = enumerate_next, .new_ = enumerate_new_slot},
    .attrs = enumerate_attrs,
    .new_ = &enumerate_new_def,
};

/* ---- zip: a tuple of iterators, aux strict -------------------------------------------------------------------- */

/* A tuple of iter(x) for the arguments from |first| on. */
static SkTuple *iterators_of(SkVm *vm, SkTuple *args, size_t first) {
  SkTuple *its = sk_tuple_new(vm, args->count - first);
  for (size_t i = first; i < args->count; i++) {
    SkValue it = sk_iter(vm, args->items[i]);
    sk_write(vm, its, &its->items[i - first], it);
  }
  return its;
}

static SkValue zip_new(SkVm *vm, const SkValue *args) {
  bool strict = sk_truth(vm, args[2]);
  SkTuple *its = iterators_of(vm, sk_as_tuple(args[1]), 0);
  SkIter *it = new_iter(vm, args[0]);
  it->a = sk_from_ptr(its);
  it->aux = strict;
  return sk_from_ptr(it);
}
static const SkNativeDef zip_new_def = {"__new__(cls, /, *iterables, strict=False)", NULL, zip_new};

SK_NORETURN static void zip_unequal(SkVm *vm, size_t i, const char *how) {
  if (i == 1) sk_raise_value(vm, "zip() argument 2 is %s than argument 1", how);
  sk_raise_value(vm, "zip() argument %zu is %s than arguments 1-%zu", i + 1, how, i);
}

/* One ended at |i|: a strict zip wants all others to end here too. */
static void zip_check_end(SkVm *vm, SkTuple *its, size_t i) {
  if (i) zip_unequal(vm, i, "shorter");
  for (i = 1; i < its->count; i++) {
    if (!sk_is_unset(sk_next(vm, its->items[i]))) zip_unequal(vm, i, "longer");
  }
}

static SkValue zip_next(SkVm *vm, SkValue self) {
  SkIter *it = as_iter(self);
  SkTuple *its = sk_as_tuple(it->a);
  size_t n = its->count;
  if (n == 0) return SK_UNSET;
  SkTuple *row = sk_tuple_new(vm, n);
  for (size_t i = 0; i < n; i++) {
    SkValue item = sk_next(vm, its->items[i]);
    if (sk_is_unset(item)) {
      if (it->aux) zip_check_end(vm, its, i);
      return SK_UNSET;
    }
    sk_write(vm, row, &row->items[i], item);
  }
  return sk_from_ptr(row);
}

SK_NATIVE(zip_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkIter *it = as_iter(args[0]);
  SkValue cls = class_of(vm, args[0]);
  return sk_from_ptr(it->aux ? sk_tuple_pack(vm, 3, cls, it->a, SK_TRUE) : sk_tuple_pack(vm, 2, cls, it->a));
}

SK_NATIVE(zip_setstate, "__setstate__(self, state, /)", "Set state information for unpickling.") {
  bool strict = sk_truth(vm, args[1]);
  as_iter(args[0])->aux = strict;
  return SK_NONE;
}

static const SkAttrDef zip_attrs[] = {SK_METHOD(zip_reduce), SK_METHOD(zip_setstate), SK_ATTRS_END};

const SkTypeDef sk_zip_type = {
    .name = "zip",
    .doc = "The zip object yields n-length tuples, where n is the number of iterables\n"
           "passed as positional arguments to zip().  The i-th element in every tuple\n"
           "comes from the i-th iterable argument to zip().  This continues until the\n"
           "shortest argument is exhausted.\n\n"
           "If strict is true and one of the arguments is exhausted before the others,\nraise a ValueError.",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_IMMUTABLE,
    .slots = {.iter = sk_iter_self, .next = zip_next},
    .attrs = zip_attrs,
    .new_ = &zip_new_def,
};

/* ---- map: a function, b tuple of iterators ------------------------------------------------------------------------ */

static SkValue map_new(SkVm *vm, const SkValue *args) {
  SkTuple *t = sk_as_tuple(args[1]);
  if (t->count < 2) sk_raise_type(vm, "map() must have at least two arguments.");
  SkTuple *its = iterators_of(vm, t, 1);
  SkIter *it = new_iter(vm, args[0]);
  it->a = t->items[0];
  it->b = sk_from_ptr(its);
  return sk_from_ptr(it);
}
static const SkNativeDef map_new_def = {"__new__(cls, /, *args)", NULL, map_new};

static SkValue map_next(SkVm *vm, SkValue self) {
  SkIter *it = as_iter(self);
  SkTuple *its = sk_as_tuple(it->b);
  if (its->count == 1) {
    SkValue item = sk_next(vm, its->items[0]);
    return sk_is_unset(item) ? item : sk_call1(vm, it->a, item);
  }
  SkTuple *row = sk_tuple_new(vm, its->count);
  for (size_t i = 0; i < its->count; i++) {
    SkValue item = sk_next(vm, its->items[i]);
    if (sk_is_unset(item)) return item;
    sk_write(vm, row, &row->items[i], item);
  }
  SkValue r = sk_call(vm, it->a, row->items, row->count, NULL);
  sk_keep(row);
  return r;
}

SK_NATIVE(map_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkIter *it = as_iter(args[0]);
  SkTuple *its = sk_as_tuple(it->b), *inner = sk_tuple_new(vm, its->count + 1);
  inner->items[0] = it->a;
  memcpy(inner->items + 1, its->items, its->count * sizeof(SkValue));
  return sk_from_ptr(sk_tuple_pack(vm, 2, class_of(vm, args[0]), sk_from_ptr(inner)));
}

static const SkAttrDef map_attrs[] = {SK_METHOD(map_reduce), SK_ATTRS_END};

const SkTypeDef sk_map_type = {
    .name = "map",
    .doc = "Make an iterator that computes the function using arguments from\n"
           "each of the iterables.  Stops when the shortest iterable is exhausted.",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_IMMUTABLE,
    .slots = {.iter = sk_iter_self, .next = map_next},
    .attrs = map_attrs,
    .new_ = &map_new_def,
};

/* ---- filter: a function or None or bool, b iterator ------------------------------------------------------------------ */

static SkValue filter_new(SkVm *vm, const SkValue *args) {
  SkTuple *t = sk_as_tuple(args[1]);
  if (t->count != 2) sk_raise_type(vm, "filter expected 2 arguments, got %zu", t->count);
  SkValue inner = sk_iter(vm, t->items[1]);
  SkIter *it = new_iter(vm, args[0]);
  it->a = t->items[0];
  it->b = inner;
  return sk_from_ptr(it);
}
static const SkNativeDef filter_new_def = {"__new__(cls, /, *args)", NULL, filter_new};

static SkValue filter_next(SkVm *vm, SkValue self) {
  SkIter *it = as_iter(self);
  bool plain = sk_is_none(it->a) || sk_is(it->a, sk_from_ptr(vm->types[SK_T_bool]));
  for (;;) {
    SkValue item = sk_next(vm, it->b);
    if (sk_is_unset(item)) return item;
    if (sk_truth(vm, plain ? item : sk_call1(vm, it->a, item))) return item;
  }
}

SK_NATIVE(filter_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkIter *it = as_iter(args[0]);
  SkValue inner = sk_from_ptr(sk_tuple_pack(vm, 2, it->a, it->b));
  return sk_from_ptr(sk_tuple_pack(vm, 2, class_of(vm, args[0]), inner));
}

static const SkAttrDef filter_attrs[] = {SK_METHOD(filter_reduce), SK_ATTRS_END};

const SkTypeDef sk_filter_type = {
    .name = "filter",
    .doc = "Return an iterator yielding those items of iterable for which function(item)\n"
           "is true. If function is None, return the items that are true.",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_IMMUTABLE,
    .slots = {.iter = sk_iter_self, .next = filter_next},
    .attrs = filter_attrs,
    .new_ = &filter_new_def,
};
