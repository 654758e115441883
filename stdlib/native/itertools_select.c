/* itertools_select.c - the iterators that choose among the items of another: compress, dropwhile, filterfalse,
 * islice, takewhile.  Layer 8. */
#include "stdlib/native/itertools_impl.h"

/* (cls, (a, b)): what __reduce__ of an iterator without further state gives. */
SK_NATIVE(pair_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkIter *it = sk_as_iter(args[0]);
  SkValue inner = sk_from_ptr(sk_tuple_pack(vm, 2, it->a, it->b));
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_class_of(vm, args[0]), inner));
}
static const SkAttrDef pair_attrs[] = {SK_METHOD(pair_reduce), SK_ATTRS_END};

/* ---- compress: a data, b selectors ------------------------------------------------------------------------------ */

static SkValue compress_new(SkVm *vm, const SkValue *args) {
  SkValue data = sk_iter(vm, args[1]), selectors = sk_iter(vm, args[2]);
  SkIter *it = sk_iter_of_class(vm, args[0]);
  it->a = data;
  it->b = selectors;
  return sk_from_ptr(it);
}
static const SkNativeDef compress_new_def = {"__new__(cls, data, selectors)", NULL, compress_new};

static SkValue compress_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  for (;;) {
    SkValue v = sk_next(vm, it->a);
    if (sk_is_unset(v)) return v;
    SkValue selector = sk_next(vm, it->b);
    if (sk_is_unset(selector)) return selector;
    if (sk_truth(vm, selector)) return v;
  }
}

SK_ITER_CLASS(sk_it_compress_type, "compress",
              "Return data elements corresponding to true selector elements.\n\n"
              "Forms a shorter iterator from selected data elements using the selectors to\nchoose the data elements.",
              compress_next, &compress_new_def, pair_attrs);

/* ---- dropwhile, takewhile, filterfalse: a predicate, b iterator, aux the turning point is past ---------------------- */

static SkValue predicate_new(SkVm *vm, const SkValue *args, const char *name) {
  const SkValue *given = sk_exactly_args(vm, name, args[1], 2);
  SkValue inner = sk_iter(vm, given[1]);
  SkIter *it = sk_iter_of_class(vm, args[0]);
  it->a = given[0];
  it->b = inner;
  return sk_from_ptr(it);
}

static SkValue dropwhile_new(SkVm *vm, const SkValue *args) { return predicate_new(vm, args, "dropwhile"); }
static const SkNativeDef dropwhile_new_def = {"__new__(cls, /, *args)", NULL, dropwhile_new};

static SkValue dropwhile_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  for (;;) {
    SkValue v = sk_next(vm, it->b);
    if (sk_is_unset(v) || it->aux) return v;
    if (sk_truth(vm, sk_call1(vm, it->a, v))) continue;
    it->aux = 1;
    return v;
  }
}

SK_ITER_CLASS(sk_it_dropwhile_type, "dropwhile",
              "Drop items from the iterable while predicate(item) is true.\n\n"
              "Afterwards, return every element until the iterable is exhausted.",
              dropwhile_next, &dropwhile_new_def, NULL);

static SkValue takewhile_new(SkVm *vm, const SkValue *args) { return predicate_new(vm, args, "takewhile"); }
static const SkNativeDef takewhile_new_def = {"__new__(cls, /, *args)", NULL, takewhile_new};

static SkValue takewhile_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  if (it->aux) return SK_UNSET;
  SkValue v = sk_next(vm, it->b);
  if (sk_is_unset(v) || sk_truth(vm, sk_call1(vm, it->a, v))) return v;
  it->aux = 1;
  return SK_UNSET;
}

SK_ITER_CLASS(sk_it_takewhile_type, "takewhile",
              "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.",
              takewhile_next, &takewhile_new_def, NULL);

static SkValue filterfalse_new(SkVm *vm, const SkValue *args) { return predicate_new(vm, args, "filterfalse"); }
static const SkNativeDef filterfalse_new_def = {"__new__(cls, /, *args)", NULL, filterfalse_new};

static SkValue filterfalse_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  bool plain = sk_is_none(it->a) || sk_is(it->a, sk_from_ptr(vm->types[SK_T_bool]));
  for (;;) {
    SkValue v = sk_next(vm, it->b);
    if (sk_is_unset(v)) return v;
    if (!sk_truth(vm, plain ? v : sk_call1(vm, it->a, v))) return v;
  }
}

SK_ITER_CLASS(sk_it_filterfalse_type, "filterfalse",
              "Return those items of iterable for which function(item) is false.\n\n"
              "If function is None, return the items that are false.",
              filterfalse_next, &filterfalse_new_def, pair_attrs);

/* ---- islice: a iterator or None, index next wanted, aux stop (NO_STOP: none), b step, c how many were taken -------- */

#define NO_STOP UINT64_MAX

/* None: |if_none|; a number from 0 on, or false. */
static bool slice_number(SkVm *vm, SkValue v, uint64_t if_none, uint64_t *out) {
  int64_t n;
  if (sk_is_none(v)) return *out = if_none, true;
  if (!sk_is_int(v) && !SK_SLOTS(vm, v)->index) return false;
  if (!sk_int_get_i64(sk_to_int(vm, v), &n) || n < 0) return false;
  return *out = (uint64_t)n, true;
}

static SkValue islice_new(SkVm *vm, const SkValue *args) {
  SkTuple *t = sk_as_tuple(args[1]);
  const SkValue *given = t->items;
  if (t->count < 2) sk_raise_type(vm, "islice expected at least 2 arguments, got %zu", t->count);
  if (t->count > 4) sk_raise_type(vm, "islice expected at most 4 arguments, got %zu", t->count);
  uint64_t start = 0, stop, step = 1;
  if (!slice_number(vm, given[t->count == 2 ? 1 : 2], NO_STOP, &stop)) {
    sk_raise_value(vm, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  }
  if (t->count > 2 && !slice_number(vm, given[1], 0, &start)) {
    sk_raise_value(vm, "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  }
  if (t->count == 4 && (!slice_number(vm, given[3], 1, &step) || step == 0)) {
    sk_raise_value(vm, "Step for islice() must be a positive integer or None.");
  }
  SkValue inner = sk_iter(vm, given[0]), boxed_step = sk_int_new(vm, (int64_t)step);
  SkIter *it = sk_iter_of_class(vm, args[0]);
  it->a = inner;
  it->index = start;
  it->aux = stop;
  it->b = boxed_step;
  return sk_from_ptr(it);
}
static const SkNativeDef islice_new_def = {"__new__(cls, /, *args)", NULL, islice_new};

static SkValue islice_end(SkIter *it) {
  it->a = SK_NONE;
  return SK_UNSET;
}

static SkValue islice_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  if (sk_is_none(it->a)) return SK_UNSET;
  uint64_t taken = it->c.bits >> 2;
  while (taken < it->index) {
    if (sk_is_unset(sk_next(vm, it->a))) return islice_end(it);
    it->c = sk_smallint((int64_t)++taken);
  }
  if (taken >= it->aux) return islice_end(it);
  SkValue v = sk_next(vm, it->a);
  if (sk_is_unset(v)) return islice_end(it);
  it->c = sk_smallint((int64_t)taken + 1);
  int64_t step = INT64_MAX;
  sk_int_get_i64(it->b, &step);
  it->index += (uint64_t)step; /* both below 2^63 */
  if (it->aux != NO_STOP && it->index > it->aux) it->index = it->aux;
  if (it->index > INT64_MAX) it->index = INT64_MAX;
  return v;
}

SK_ITER_CLASS(sk_it_islice_type, "islice",
              "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\n"
              "Return an iterator whose next() method returns selected values from an\n"
              "iterable.  If start is specified, will skip all preceding elements;\n"
              "otherwise, start defaults to zero.  Step defaults to one.  If\n"
              "specified as another value, step determines how many values are\n"
              "skipped between successive calls.  Works like a slice() on a list\nbut returns an iterator.",
              islice_next, &islice_new_def, NULL);
