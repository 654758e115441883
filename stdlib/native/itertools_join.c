/* itertools_join.c - the iterators that combine items: accumulate, batched, chain, pairwise, starmap, zip_longest.
 * Layer 8. */
#include "stdlib/native/itertools_impl.h"

/* ---- accumulate: a iterator, b function or None, c total or UNSET, aux total is the initial value to give ------- */

static SkValue accumulate_new(SkVm *vm, const SkValue *args) {
  SkValue inner = sk_iter(vm, args[1]);
  SkIter *it = sk_iter_of_class(vm, args[0]);
  it->a = inner;
  it->b = args[2];
  it->c = sk_is_none(args[3]) ? SK_UNSET : args[3];
  it->aux = !sk_is_none(args[3]);
  return sk_from_ptr(it);
}
static const SkNativeDef accumulate_new_def = {"__new__(cls, iterable, func=None, *, initial=None)", NULL, accumulate_new};

static SkValue accumulate_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  if (it->aux) {
    it->aux = 0;
    return it->c;
  }
  SkValue v = sk_next(vm, it->a);
  if (sk_is_unset(v)) return v;
  if (!sk_is_unset(it->c)) v = sk_is_none(it->b) ? sk_binary(vm, SK_BIN_ADD, it->c, v) : sk_call2(vm, it->b, it->c, v);
  sk_write(vm, it, &it->c, v);
  return v;
}

SK_ITER_CLASS(sk_it_accumulate_type, "accumulate", "Return series of accumulated sums.", accumulate_next, &accumulate_new_def, NULL);

/* ---- batched: a iterator or None, aux size, index strict? ---------------------------------------------------------- */

static SkValue batched_new(SkVm *vm, const SkValue *args) {
  bool strict = sk_truth(vm, args[3]);
  int64_t n = sk_to_index(vm, args[2]);
  if (n < 1) sk_raise_value(vm, "n must be at least one");
  SkValue inner = sk_iter(vm, args[1]);
  SkIter *it = sk_iter_of_class(vm, args[0]);
  it->a = inner;
  it->aux = (uint64_t)n;
  it->index = strict;
  return sk_from_ptr(it);
}
static const SkNativeDef batched_new_def = {"__new__(cls, iterable, n, *, strict=False)", NULL, batched_new};

static SkValue batched_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  if (sk_is_none(it->a)) return SK_UNSET;
  SkList *batch = sk_list_new(vm, it->aux < 64 ? it->aux : 64);
  while (batch->count < it->aux) {
    SkValue v = sk_is_none(it->a) ? SK_UNSET : sk_next(vm, it->a);
    if (sk_is_unset(v)) break;
    sk_list_append(vm, batch, v);
  }
  if (batch->count < it->aux) {
    it->a = SK_NONE;
    if (batch->count == 0) return SK_UNSET;
    if (it->index) sk_raise_value(vm, "batched(): incomplete batch");
  }
  return sk_from_ptr(sk_list_as_tuple(vm, batch));
}

SK_ITER_CLASS(sk_it_batched_type, "batched",
              "Batch data into tuples of length n. The last batch may be shorter than n.\n\n"
              "Loops over the input iterable and accumulates data into tuples\n"
              "up to size n.  The input is consumed lazily, just enough to\n"
              "fill a batch.  The result is yielded as soon as a batch is full\n"
              "or when the input iterable is exhausted.\n\n"
              "If \"strict\" is True, raises a ValueError if the final batch is shorter\nthan n.",
              batched_next, &batched_new_def, NULL);

/* ---- chain: a iterator of iterables or None, b iterator being run or None --------------------------------------------- */

static SkValue chain_of(SkVm *vm, SkValue cls, SkValue iterables) {
  SkValue inner = sk_iter(vm, iterables);
  SkIter *it = sk_iter_of_class(vm, cls);
  it->a = inner;
  it->b = SK_NONE;
  return sk_from_ptr(it);
}

static SkValue chain_new(SkVm *vm, const SkValue *args) { return chain_of(vm, args[0], args[1]); }
static const SkNativeDef chain_new_def = {"__new__(cls, /, *iterables)", NULL, chain_new};

SK_NATIVE(chain_from_iterable, "from_iterable(type, iterable, /)",
          "Alternative chain() constructor taking a single iterable argument that evaluates lazily.") {
  return chain_of(vm, args[0], args[1]);
}

static SkValue chain_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  while (!sk_is_none(it->a)) {
    if (sk_is_none(it->b)) {
      SkValue iterable = sk_next(vm, it->a);
      if (sk_is_unset(iterable)) {
        it->a = SK_NONE;
        break;
      }
      SkValue inner = sk_iter(vm, iterable);
      sk_write(vm, it, &it->b, inner);
    }
    SkValue v = sk_next(vm, it->b);
    if (!sk_is_unset(v)) return v;
    it->b = SK_NONE;
  }
  return SK_UNSET;
}

static const SkAttrDef chain_attrs[] = {SK_CLASSMETHOD(chain_from_iterable),
                                        {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def},
                                        SK_ATTRS_END};

SK_ITER_CLASS(sk_it_chain_type, "chain",
              "chain(*iterables) --> chain object\n\n"
              "Return a chain object whose .__next__() method returns elements from the\n"
              "first iterable until it is exhausted, then elements from the next\n"
              "iterable, until all of the iterables are exhausted.",
              chain_next, &chain_new_def, chain_attrs);

/* ---- pairwise: a iterator or None, b the item before or UNSET ----------------------------------------------------------- */

static SkValue pairwise_new(SkVm *vm, const SkValue *args) {
  SkValue inner = sk_iter(vm, *sk_exactly_args(vm, "pairwise", args[1], 1));
  SkIter *it = sk_iter_of_class(vm, args[0]);
  it->a = inner;
  it->b = SK_UNSET;
  return sk_from_ptr(it);
}
static const SkNativeDef pairwise_new_def = {"__new__(cls, /, *args)", NULL, pairwise_new};

/* The iterator's own code may run this pairwise too, so that its state is read anew after every step. */
static SkValue pairwise_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  if (sk_is_none(it->a)) return SK_UNSET;
  SkValue inner = it->a, old = it->b;
  if (sk_is_unset(old)) {
    old = sk_next(vm, inner);
    sk_write(vm, it, &it->b, old);
    if (sk_is_unset(old)) {
      it->a = SK_NONE;
      return old;
    }
    if (sk_is_none(it->a)) {
      it->b = SK_UNSET;
      return SK_UNSET;
    }
  }
  SkValue item = sk_next(vm, inner);
  if (sk_is_unset(item)) {
    it->a = SK_NONE;
    it->b = SK_UNSET;
    return item;
  }
  sk_write(vm, it, &it->b, item);
  return sk_tuple_pair(vm, old, item);
}

SK_ITER_CLASS(sk_it_pairwise_type, "pairwise",
              "Return an iterator of overlapping pairs taken from the input iterator.\n\n"
              "    s -> (s0,s1), (s1,s2), (s2, s3), ...",
              pairwise_next, &pairwise_new_def, NULL);

/* ---- starmap: a function, b iterator -------------------------------------------------------------------------------------- */

static SkValue starmap_new(SkVm *vm, const SkValue *args) {
  const SkValue *given = sk_exactly_args(vm, "starmap", args[1], 2);
  SkValue inner = sk_iter(vm, given[1]);
  SkIter *it = sk_iter_of_class(vm, args[0]);
  it->a = given[0];
  it->b = inner;
  return sk_from_ptr(it);
}
static const SkNativeDef starmap_new_def = {"__new__(cls, /, *args)", NULL, starmap_new};

static SkValue starmap_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  SkValue row = sk_next(vm, it->b);
  if (sk_is_unset(row)) return row;
  SkTuple *args = sk_to_tuple(vm, row);
  SkValue r = sk_call(vm, it->a, args->items, args->count, NULL);
  sk_keep(args);
  return r;
}

SK_NATIVE(starmap_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkIter *it = sk_as_iter(args[0]);
  SkValue inner = sk_from_ptr(sk_tuple_pack(vm, 2, it->a, it->b));
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_class_of(vm, args[0]), inner));
}
static const SkAttrDef starmap_attrs[] = {SK_METHOD(starmap_reduce), SK_ATTRS_END};

SK_ITER_CLASS(sk_it_starmap_type, "starmap",
              "Return an iterator whose values are returned from the function evaluated with an argument tuple taken "
              "from the given sequence.",
              starmap_next, &starmap_new_def, starmap_attrs);

/* ---- zip_longest: a tuple of iterators, None where exhausted, b fill value, aux how many still run -------------------------- */

static SkValue zip_longest_new(SkVm *vm, const SkValue *args) {
  SkTuple *given = sk_as_tuple(args[1]), *its = sk_tuple_new(vm, given->count);
  for (size_t i = 0; i < given->count; i++) {
    SkValue inner = sk_iter(vm, given->items[i]);
    sk_write(vm, its, &its->items[i], inner);
  }
  SkIter *it = sk_iter_of_class(vm, args[0]);
  it->a = sk_from_ptr(its);
  it->b = args[2];
  it->aux = its->count;
  return sk_from_ptr(it);
}
static const SkNativeDef zip_longest_new_def = {"__new__(cls, /, *iterables, fillvalue=None)", NULL, zip_longest_new};

static SkValue zip_longest_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  SkTuple *its = sk_as_tuple(it->a);
  if (it->aux == 0) return SK_UNSET;
  SkTuple *row = sk_tuple_new(vm, its->count);
  for (size_t i = 0; i < its->count; i++) {
    SkValue item = sk_is_none(its->items[i]) ? SK_UNSET : sk_next(vm, its->items[i]);
    if (sk_is_unset(item)) {
      if (!sk_is_none(its->items[i])) {
        its->items[i] = SK_NONE; /* the tuple is ours alone */
        if (--it->aux == 0) return SK_UNSET;
      }
      item = it->b;
    }
    sk_write(vm, row, &row->items[i], item);
  }
  return sk_from_ptr(row);
}

SK_ITER_CLASS(sk_it_zip_longest_type, "zip_longest",
              "Return a zip_longest object whose .__next__() method returns a tuple where\n"
              "the i-th element comes from the i-th iterable argument.  The .__next__()\n"
              "method continues until the longest iterable in the argument sequence\n"
              "is exhausted and then it raises StopIteration.  When the shorter iterables\n"
              "are exhausted, the fillvalue is substituted in their place.  The fillvalue\n"
              "defaults to None or can be specified by a keyword argument.",
              zip_longest_next, &zip_longest_new_def, NULL);
