/* iter.c - iterators of list and tuple, and the helpers that all built-in iterators share.  Layer 6. */
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/func.h"
#include "vm/object/iter_impl.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"

/* ---- shared ----------------------------------------------------------------------------------------- */

void sk_iter_trace(SkMarker *m, SkObject *o) {
  SkIter *it = (SkIter *)o;
  sk_mark(m, it->a);
  sk_mark(m, it->b);
  sk_mark(m, it->c);
  sk_trace_attributes(m, o);
}

SkValue sk_iter_self(SkVm *vm, SkValue self) {
  (void)vm;
  return self;
}

SkValue sk_builtin(SkVm *vm, const char *name) {
  SkValue v = sk_dict_get_cstr(vm, vm->builtins->dict, name);
  if (sk_is_unset(v)) sk_raisef(vm, SK_T_AttributeError, "module 'builtins' has no attribute '%s'", name);
  return v;
}

SkValue sk_iter_reduce(SkVm *vm, SkValue fn, SkValue a, SkValue state) {
  SkValue args = sk_from_ptr(sk_tuple_pack(vm, 1, a));
  return sk_from_ptr(sk_is_unset(state) ? sk_tuple_pack(vm, 2, fn, args) : sk_tuple_pack(vm, 3, fn, args, state));
}

/* ---- list_iterator, tuple_iterator: forward, stepped inline by the VM ---------------------------------- */

void sk_list_iter_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((SkListIter *)o)->seq); }

SkValue sk_list_iter(SkVm *vm, SkValue self) {
  SkListIter *it = sk_object_new_id(vm, SK_T_list_iterator, 0);
  it->seq = self;
  return sk_from_ptr(it);
}

SkValue sk_tuple_iter(SkVm *vm, SkValue self) {
  SkListIter *it = sk_object_new_id(vm, SK_T_tuple_iterator, 0);
  it->head.aux = 1;
  it->seq = self;
  return sk_from_ptr(it);
}

static SkValue list_iter_next(SkVm *vm, SkValue self) {
  (void)vm;
  SkListIter *it = (SkListIter *)sk_ptr(self);
  if (sk_is_none(it->seq)) return SK_UNSET;
  SkSpan s = sk_seq_span(it->seq);
  if (it->index < s.count) return s.items[it->index++];
  it->seq = SK_NONE;
  return SK_UNSET;
}

SK_NATIVE(list_iter_hint, "__length_hint__(self, /)", "Private method returning an estimate of len(list(it)).") {
  SkListIter *it = (SkListIter *)sk_ptr(args[0]);
  if (sk_is_none(it->seq)) return sk_smallint(0);
  size_t n = sk_seq_span(it->seq).count;
  return sk_int_new(vm, it->index < n ? (int64_t)(n - it->index) : 0);
}

SK_NATIVE(list_iter_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue fn = sk_builtin(vm, "iter");
  SkListIter *it = (SkListIter *)sk_ptr(args[0]);
  if (sk_is_none(it->seq)) {
    SkValue none = it->head.aux ? sk_from_ptr(sk_tuple_new(vm, 0)) : sk_from_ptr(sk_list_new(vm, 0));
    return sk_iter_reduce(vm, fn, none, SK_UNSET);
  }
  return sk_iter_reduce(vm, fn, it->seq, sk_int_new(vm, (int64_t)it->index));
}

SK_NATIVE(list_iter_setstate, "__setstate__(self, state, /)", "Set state information for unpickling.") {
  SkListIter *it = (SkListIter *)sk_ptr(args[0]);
  int64_t i = sk_to_index(vm, args[1]);
  if (sk_is_none(it->seq)) return SK_NONE;
  size_t n = sk_seq_span(it->seq).count;
  it->index = i < 0 ? 0 : (size_t)i > n ? n : (size_t)i;
  return SK_NONE;
}

static const SkAttrDef list_iter_attrs[] = {SK_METHOD(list_iter_hint), SK_METHOD(list_iter_reduce),
                                            SK_METHOD(list_iter_setstate), SK_ATTRS_END};

const SkTypeDef sk_list_iter_type = {
    .name = "list_iterator",
    .kind = SK_KIND_LIST_ITER,
    .size = sizeof(SkListIter),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.iter = sk_iter_self, .next = list_iter_next},
    .attrs = list_iter_attrs,
};

const SkTypeDef sk_tuple_iter_type = {
    .name = "tuple_iterator",
    .kind = SK_KIND_LIST_ITER,
    .size = sizeof(SkListIter),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.iter = sk_iter_self, .next = list_iter_next},
    .attrs = list_iter_attrs,
};

/* ---- list_reverseiterator: a the list or None, index how many items are before it ------------------------ */

SkValue sk_list_reviter_new(SkVm *vm, SkList *l) {
  SkIter *it = sk_object_new_id(vm, SK_T_list_reverseiterator, 0);
  it->a = sk_from_ptr(l);
  it->index = l->count;
  return sk_from_ptr(it);
}

static SkValue list_reviter_next(SkVm *vm, SkValue self) {
  (void)vm;
  SkIter *it = (SkIter *)sk_ptr(self);
  if (sk_is_none(it->a)) return SK_UNSET;
  SkList *l = sk_as_list(it->a);
  if (it->index > 0 && it->index <= l->count) return l->store->items[--it->index];
  it->a = SK_NONE;
  it->index = 0;
  return SK_UNSET;
}

SK_NATIVE(list_reviter_hint, "__length_hint__(self, /)", "Private method returning an estimate of len(list(it)).") {
  (void)vm;
  SkIter *it = (SkIter *)sk_ptr(args[0]);
  bool gone = sk_is_none(it->a) || it->index > sk_as_list(it->a)->count;
  return sk_smallint(gone ? 0 : (int64_t)it->index);
}

SK_NATIVE(list_reviter_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue fn = sk_builtin(vm, "reversed");
  SkIter *it = (SkIter *)sk_ptr(args[0]);
  if (sk_is_none(it->a)) return sk_iter_reduce(vm, fn, sk_from_ptr(sk_list_new(vm, 0)), SK_UNSET);
  return sk_iter_reduce(vm, fn, it->a, sk_int_new(vm, (int64_t)it->index - 1));
}

SK_NATIVE(list_reviter_setstate, "__setstate__(self, state, /)", "Set state information for unpickling.") {
  SkIter *it = (SkIter *)sk_ptr(args[0]);
  int64_t i = sk_to_index(vm, args[1]);
  if (sk_is_none(it->a)) return SK_NONE;
  int64_t n = (int64_t)sk_as_list(it->a)->count;
  it->index = (uint64_t)(i < -1 ? 0 : i >= n ? n : i + 1);
  return SK_NONE;
}

static const SkAttrDef list_reviter_attrs[] = {SK_METHOD(list_reviter_hint), SK_METHOD(list_reviter_reduce),
                                               SK_METHOD(list_reviter_setstate), SK_ATTRS_END};

const SkTypeDef sk_list_reviter_type = {
    .name = "list_reverseiterator",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.iter = sk_iter_self, .next = list_reviter_next},
    .attrs = list_reviter_attrs,
};
