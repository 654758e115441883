/* iter_protocol.c - reversed, callable_iterator and iterator: iteration by __getitem__ or by calls.  Layer 6. */
#include "vm/object/call.h"
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/iter_impl.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"

static SkIter *as_iter(SkValue v) { return (SkIter *)sk_ptr(v); }

/* ---- getting an item or a result whose exception may just mean the end ------------------------------------------ */

typedef struct Attempt { SkValue on, key, result; } Attempt;
static void attempt_item(SkVm *vm, void *arg) {
  Attempt *a = arg;
  a->result = sk_getitem(vm, a->on, a->key);
}
static void attempt_call(SkVm *vm, void *arg) {
  Attempt *a = arg;
  a->result = sk_call0(vm, a->on);
}

/* seq[index]; UNSET for IndexError and StopIteration. */
static SkValue item_or_end(SkVm *vm, SkValue seq, uint64_t index) {
  if (sk_is_tuple(seq) && sk_is_exactly(vm, seq, SK_T_tuple)) {
    return index < sk_as_tuple(seq)->count ? sk_as_tuple(seq)->items[index] : SK_UNSET;
  }
  Attempt a = {seq, sk_int_new(vm, (int64_t)index), SK_UNSET};
  if (sk_protect(vm, attempt_item, &a)) return a.result;
  SkValue e = sk_take_raised(vm);
  if (!sk_exc_is(vm, e, SK_T_IndexError) && !sk_exc_is(vm, e, SK_T_StopIteration)) sk_throw(vm, e);
  return SK_UNSET;
}

static SkValue empty_tuple(SkVm *vm) { return sk_from_ptr(sk_tuple_new(vm, 0)); }

/* ---- reversed: a sequence or None, index how many items are before ------------------------------------------------ */

static SkValue reversed_new(SkVm *vm, const SkValue *args) {
  SkTuple *t = sk_as_tuple(args[1]);
  if (t->count != 1) sk_raise_type(vm, "reversed expected 1 argument, got %zu", t->count);
  SkValue seq = t->items[0];
  SkType *type = sk_type_of(vm, seq);
  if (!sk_is_unset(sk_type_lookup(vm, type, SK_NAME(vm, dunder_reversed)))) {
    SkValue method = sk_lookup_special(vm, seq, SK_NAME(vm, dunder_reversed));
    if (sk_is_none(method)) sk_raise_type(vm, "'%T' object is not reversible", seq);
    return sk_call0(vm, method);
  }
  if (!type->slots->getitem || sk_is_dict(seq)) sk_raise_type(vm, "'%T' object is not reversible", seq);
  int64_t n = sk_len(vm, seq);
  SkIter *it = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  it->a = seq;
  it->index = (uint64_t)n;
  return sk_from_ptr(it);
}
static const SkNativeDef reversed_new_def = {"__new__(cls, /, *args)", NULL, reversed_new};

static SkValue reversed_next(SkVm *vm, SkValue self) {
  SkIter *it = as_iter(self);
  if (it->index > 0 && !sk_is_none(it->a)) {
    SkValue item = item_or_end(vm, it->a, it->index - 1);
    it->index--;
    if (!sk_is_unset(item)) return item;
  }
  it->a = SK_NONE;
  it->index = 0;
  return SK_UNSET;
}

SK_NATIVE(reversed_hint, "__length_hint__(self, /)", "Private method returning an estimate of len(list(it)).") {
  SkIter *it = as_iter(args[0]);
  if (sk_is_none(it->a)) return sk_smallint(0);
  int64_t n = sk_len(vm, it->a);
  return sk_int_new(vm, (uint64_t)n < it->index ? 0 : (int64_t)it->index);
}

SK_NATIVE(reversed_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkIter *it = as_iter(args[0]);
  SkValue cls = sk_from_ptr(sk_type_of(vm, args[0]));
  bool done = sk_is_none(it->a);
  SkValue inner = sk_from_ptr(sk_tuple_pack(vm, 1, done ? empty_tuple(vm) : it->a));
  if (done) return sk_from_ptr(sk_tuple_pack(vm, 2, cls, inner));
  return sk_from_ptr(sk_tuple_pack(vm, 3, cls, inner, sk_int_new(vm, (int64_t)it->index - 1)));
}

SK_NATIVE(reversed_setstate, "__setstate__(self, state, /)", "Set state information for unpickling.") {
  SkIter *it = as_iter(args[0]);
  int64_t i = sk_to_index(vm, args[1]);
  if (sk_is_none(it->a)) return SK_NONE;
  int64_t n = sk_len(vm, it->a);
  it->index = (uint64_t)(i < -1 ? 0 : i >= n ? n : i + 1);
  return SK_NONE;
}

static const SkAttrDef reversed_attrs[] = {SK_METHOD(reversed_hint), SK_METHOD(reversed_reduce),
                                           SK_METHOD(reversed_setstate), SK_ATTRS_END};

const SkTypeDef sk_reversed_type = {
    .name = "reversed",
    .doc = "Return a reverse iterator over the values of the given sequence.",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_IMMUTABLE,
    .slots = {.iter = sk_iter_self, .next = reversed_next},
    .attrs = reversed_attrs,
    .new_ = &reversed_new_def,
};

/* ---- callable_iterator: a callable or None, b sentinel --------------------------------------------------------------- */

SkValue sk_callable_iter_new(SkVm *vm, SkValue callable, SkValue sentinel) {
  SkIter *it = sk_object_new_id(vm, SK_T_callable_iterator, 0);
  it->a = callable;
  it->b = sentinel;
  it->aux = 1;
  return sk_from_ptr(it);
}

static SkValue callable_iter_next(SkVm *vm, SkValue self) {
  SkIter *it = as_iter(self);
  if (!it->aux) return SK_UNSET;
  Attempt a = {it->a, SK_UNSET, SK_UNSET};
  if (!sk_protect(vm, attempt_call, &a)) {
    SkValue e = sk_take_raised(vm);
    if (!sk_exc_is(vm, e, SK_T_StopIteration)) sk_throw(vm, e);
  } else if (it->aux && !sk_equal(vm, it->b, a.result)) {
    return a.result;
  }
  it->aux = 0;
  it->a = it->b = SK_NONE;
  return SK_UNSET;
}

SK_NATIVE(callable_iter_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue fn = sk_builtin(vm, "iter");
  SkIter *it = as_iter(args[0]);
  if (!it->aux) return sk_iter_reduce(vm, fn, empty_tuple(vm), SK_UNSET);
  SkValue inner = sk_from_ptr(sk_tuple_pack(vm, 2, it->a, it->b));
  return sk_from_ptr(sk_tuple_pack(vm, 2, fn, inner));
}

static const SkAttrDef callable_iter_attrs[] = {SK_METHOD(callable_iter_reduce), SK_ATTRS_END};

const SkTypeDef sk_callable_iter_type = {
    .name = "callable_iterator",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.iter = sk_iter_self, .next = callable_iter_next},
    .attrs = callable_iter_attrs,
};

/* ---- iterator: a sequence or None, index the next item ------------------------------------------------------------------ */

SkValue sk_seq_iter_new(SkVm *vm, SkValue seq) {
  SkIter *it = sk_object_new_id(vm, SK_T_iterator, 0);
  it->a = seq;
  return sk_from_ptr(it);
}

static SkValue seq_iter_next(SkVm *vm, SkValue self) {
  SkIter *it = as_iter(self);
  if (sk_is_none(it->a)) return SK_UNSET;
  if (it->index == INT64_MAX) sk_raisef(vm, SK_T_OverflowError, "iter index too large");
  SkValue item = item_or_end(vm, it->a, it->index);
  if (sk_is_unset(item)) {
    it->a = SK_NONE;
    return item;
  }
  it->index++;
  return item;
}

SK_NATIVE(seq_iter_hint, "__length_hint__(self, /)", "Private method returning an estimate of len(list(it)).") {
  SkIter *it = as_iter(args[0]);
  if (sk_is_none(it->a)) return sk_smallint(0);
  if (!SK_SLOTS(vm, it->a)->len) return SK_NOTIMPLEMENTED;
  int64_t n = sk_len(vm, it->a);
  return sk_int_new(vm, (uint64_t)n > it->index ? n - (int64_t)it->index : 0);
}

SK_NATIVE(seq_iter_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue fn = sk_builtin(vm, "iter");
  SkIter *it = as_iter(args[0]);
  if (sk_is_none(it->a)) return sk_iter_reduce(vm, fn, empty_tuple(vm), SK_UNSET);
  return sk_iter_reduce(vm, fn, it->a, sk_int_new(vm, (int64_t)it->index));
}

SK_NATIVE(seq_iter_setstate, "__setstate__(self, state, /)", "Set state information for unpickling.") {
  SkIter *it = as_iter(args[0]);
  int64_t i = sk_to_index(vm, args[1]);
  if (!sk_is_none(it->a)) it->index = (uint64_t)(i < 0 ? 0 : i);
  return SK_NONE;
}

static const SkAttrDef seq_iter_attrs[] = {SK_METHOD(seq_iter_hint), SK_METHOD(seq_iter_reduce),
                                           SK_METHOD(seq_iter_setstate), SK_ATTRS_END};

const SkTypeDef sk_seq_iter_type = {
    .name = "iterator",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.iter = sk_iter_self, .next = seq_iter_next},
    .attrs = seq_iter_attrs,
};
