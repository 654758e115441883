/* itertools_endless.c - count, cycle, repeat.  Layer 8. */
#include "stdlib/native/itertools_impl.h"

/* ---- count: a next number, b step -------------------------------------------------------------------------- */

static SkValue number(SkVm *vm, SkValue v) {
  if (sk_is_int(v)) return sk_is_smallint(v) ? v : sk_int_add(vm, v, sk_smallint(0)); /* a bool counts as int */
  const SkSlots *s = SK_SLOTS(vm, v);
  if (!s->int_ && !s->float_ && !s->index && !sk_has_kind(v, SK_KIND_COMPLEX)) sk_raise_type(vm, "a number is required");
  return v;
}

static SkValue count_new(SkVm *vm, const SkValue *args) {
  SkValue start = number(vm, args[1]), step = number(vm, args[2]);
  SkIter *it = sk_iter_of_class(vm, args[0]);
  it->a = start;
  it->b = step;
  return sk_from_ptr(it);
}
static const SkNativeDef count_new_def = {"__new__(cls, start=0, step=1)", NULL, count_new};

static SkValue count_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  SkValue v = it->a;
  SkValue next = sk_is_int(v) && sk_is_int(it->b) ? sk_int_add(vm, v, it->b) : sk_binary(vm, SK_BIN_ADD, v, it->b);
  sk_write(vm, it, &it->a, next);
  return v;
}

static SkValue count_repr(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  SkStr *name = sk_class_name(vm, self);
  if (sk_is(it->b, sk_smallint(1))) return sk_from_ptr(sk_format(vm, "%U(%R)", name, it->a));
  return sk_from_ptr(sk_format(vm, "%U(%R, %R)", name, it->a, it->b));
}

SK_NATIVE(count_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkIter *it = sk_as_iter(args[0]);
  bool plain = sk_is(it->b, sk_smallint(1));
  SkTuple *inner = plain ? sk_tuple_pack(vm, 1, it->a) : sk_tuple_pack(vm, 2, it->a, it->b);
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_class_of(vm, args[0]), sk_from_ptr(inner)));
}

static const SkAttrDef count_attrs[] = {SK_METHOD(count_reduce), SK_ATTRS_END};

const SkTypeDef sk_it_count_type = {
    .name = "itertools.count",
    .doc = "Return a count object whose .__next__() method returns consecutive values.\n\n"
           "Equivalent to:\n    def count(firstval=0, step=1):\n        x = firstval\n"
           "        while 1:\n            yield x\n            x += step",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .slots = {.iter = sk_iter_self, .next = count_next, .repr = count_repr},
    .attrs = count_attrs,
    .new_ = &count_new_def,
};

/* ---- cycle: a iterator or None, b list of what it gave, index next of these -------------------------------------- */

static SkValue cycle_new(SkVm *vm, const SkValue *args) {
  SkValue inner = sk_iter(vm, *sk_exactly_args(vm, "cycle", args[1], 1));
  SkValue saved = sk_from_ptr(sk_list_new(vm, 0));
  SkIter *it = sk_iter_of_class(vm, args[0]);
  it->a = inner;
  it->b = saved;
  return sk_from_ptr(it);
}
static const SkNativeDef cycle_new_def = {"__new__(cls, /, *args)", NULL, cycle_new};

static SkValue cycle_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  if (!sk_is_none(it->a)) {
    SkValue v = sk_next(vm, it->a);
    if (!sk_is_unset(v)) {
      sk_list_append(vm, sk_as_list(it->b), v);
      return v;
    }
    it->a = SK_NONE;
  }
  SkList *saved = sk_as_list(it->b);
  if (saved->count == 0) return SK_UNSET;
  SkValue v = saved->store->items[it->index];
  if (++it->index >= saved->count) it->index = 0;
  return v;
}

SK_ITER_CLASS(sk_it_cycle_type, "cycle", "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.",
              cycle_next, &cycle_new_def, NULL);

/* ---- repeat: a object, index how often still, aux counted? ------------------------------------------------------------ */

static SkValue repeat_new(SkVm *vm, const SkValue *args) {
  int64_t times = sk_is_unset(args[2]) ? 0 : sk_to_index(vm, args[2]);
  SkIter *it = sk_iter_of_class(vm, args[0]);
  it->a = args[1];
  it->aux = !sk_is_unset(args[2]);
  it->index = times < 0 ? 0 : (uint64_t)times;
  return sk_from_ptr(it);
}
static const SkNativeDef repeat_new_def = {"__new__(cls, object, times=?)", NULL, repeat_new};

static SkValue repeat_next(SkVm *vm, SkValue self) {
  (void)vm;
  SkIter *it = sk_as_iter(self);
  if (!it->aux) return it->a;
  if (it->index == 0) return SK_UNSET;
  it->index--;
  return it->a;
}

static SkValue repeat_repr(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  SkStr *name = sk_class_name(vm, self);
  if (!it->aux) return sk_from_ptr(sk_format(vm, "%U(%R)", name, it->a));
  return sk_from_ptr(sk_format(vm, "%U(%R, %zu)", name, it->a, (size_t)it->index));
}

SK_NATIVE(repeat_hint, "__length_hint__(self, /)", "Private method returning an estimate of len(list(it)).") {
  SkIter *it = sk_as_iter(args[0]);
  if (!it->aux) sk_raise_type(vm, "len() of unsized object");
  return sk_int_new(vm, (int64_t)it->index);
}

SK_NATIVE(repeat_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkIter *it = sk_as_iter(args[0]);
  SkTuple *inner = it->aux ? sk_tuple_pack(vm, 2, it->a, sk_int_new(vm, (int64_t)it->index)) : sk_tuple_pack(vm, 1, it->a);
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_class_of(vm, args[0]), sk_from_ptr(inner)));
}

static const SkAttrDef repeat_attrs[] = {SK_METHOD(repeat_hint), SK_METHOD(repeat_reduce), SK_ATTRS_END};

const SkTypeDef sk_it_repeat_type = {
    .name = "itertools.repeat",
    .doc = "repeat(object [,times]) -> create an iterator which returns the object\n"
           "for the specified number of times.  If not specified, returns the object\nendlessly.",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .slots = {.iter = sk_iter_self, .next = repeat_next, .repr = repeat_repr},
    .attrs = repeat_attrs,
    .new_ = &repeat_new_def,
};
