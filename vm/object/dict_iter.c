/* dict_iter.c - the six iterators over dicts: keys, values, items, forward and reverse.  Layer 6.
 *
 *   SkIter   a: the dict, None when exhausted   index: next entry number (reverse: entries before it)
 *            aux: len() at the start            b: what the items iterator made last, or UNSET
 *            head.aux: the type number less that of dict_keyiterator
 */
#include "vm/object/charge.h"
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/func.h"
#include "vm/object/iter_impl.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"

enum { WHAT_KEYS, WHAT_VALUES, WHAT_ITEMS, WHAT_COUNT };

SkValue sk_dict_iter_new(SkVm *vm, SkDict *d, int type_id) {
  SkIter *it = sk_object_new_id(vm, type_id, 0);
  it->head.aux = (uint16_t)(type_id - SK_T_dict_keyiterator);
  it->a = sk_from_ptr(d);
  it->aux = d->live;
  it->index = type_id >= SK_T_dict_reversekeyiterator ? d->used : 0;
  return sk_from_ptr(it);
}

SkValue sk_dict_iter(SkVm *vm, SkValue self) { return sk_dict_iter_new(vm, sk_as_dict(self), SK_T_dict_keyiterator); }

static SkValue entry_result(SkVm *vm, SkIter *it, const SkDictEntry *e) {
  switch (it->head.aux % WHAT_COUNT) {
    case WHAT_KEYS: return e->key;
    case WHAT_VALUES: return e->value;
    default: break;
  }
  return sk_tuple_pair(vm, e->key, e->value);
}

/* False (for good) once the dict has another size than at the start. */
static void check_size(SkVm *vm, SkIter *it, const SkDict *d) {
  if (d->live == (uint32_t)it->aux) return;
  it->aux = UINT64_MAX;
  sk_raisef(vm, SK_T_RuntimeError, "dictionary changed size during iteration");
}

SkValue sk_dict_iter_next(SkVm *vm, SkValue self) {
  SkIter *it = (SkIter *)sk_ptr(self);
  if (sk_is_none(it->a)) return SK_UNSET;
  SkDict *d = sk_as_dict(it->a);
  check_size(vm, it, d);
  uint64_t i = it->index < d->first ? d->first : it->index;
  for (size_t turns = 0; i < d->used && sk_is_unset(d->entries[i].key); i++) SK_TURN(vm, turns);
  it->index = i + 1;
  if (i >= d->used) {
    it->a = SK_NONE;
    return SK_UNSET;
  }
  if (it->b.bits >> 2 == it->aux) {
    it->a = SK_NONE;
    sk_raisef(vm, SK_T_RuntimeError, "dictionary keys changed during iteration");
  }
  it->b.bits += 4; /* the count of items given, a small int */
  return entry_result(vm, it, &d->entries[i]);
}

static SkValue dict_reviter_next(SkVm *vm, SkValue self) {
  SkIter *it = (SkIter *)sk_ptr(self);
  if (sk_is_none(it->a)) return SK_UNSET;
  SkDict *d = sk_as_dict(it->a);
  check_size(vm, it, d);
  uint64_t i = it->index < d->used ? it->index : d->used;
  for (size_t turns = 0; i > d->first && sk_is_unset(d->entries[i - 1].key); i--) SK_TURN(vm, turns);
  if (i <= d->first) {
    it->a = SK_NONE;
    return SK_UNSET;
  }
  it->index = i - 1;
  it->b.bits += 4;
  return entry_result(vm, it, &d->entries[i - 1]);
}

SK_NATIVE(dict_iter_hint, "__length_hint__(self, /)", "Private method returning an estimate of len(list(it)).") {
  SkIter *it = (SkIter *)sk_ptr(args[0]);
  if (sk_is_none(it->a) || sk_as_dict(it->a)->live != (uint32_t)it->aux) return sk_smallint(0);
  return sk_int_new(vm, (int64_t)(it->aux - (it->b.bits >> 2)));
}

/* (iter, ([what is left],)), found by a copy of the iterator. */
SK_NATIVE(dict_iter_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue fn = sk_builtin(vm, "iter");
  SkIter *it = (SkIter *)sk_ptr(args[0]);
  SkIter *copy = sk_object_new_id(vm, SK_T_dict_keyiterator + it->head.aux, 0);
  copy->head.aux = it->head.aux;
  copy->index = it->index;
  copy->aux = it->aux;
  copy->a = it->a;
  copy->b = it->b;
  SkList *rest = sk_to_list(vm, sk_from_ptr(copy));
  return sk_iter_reduce(vm, fn, sk_from_ptr(rest), SK_UNSET);
}

static const SkAttrDef dict_iter_attrs[] = {SK_METHOD(dict_iter_hint), SK_METHOD(dict_iter_reduce), SK_ATTRS_END};

#define DICT_ITER(id, name_, next_)                                                                      \
  const SkTypeDef id = {.name = name_, .kind = SK_KIND_ITER, .size = sizeof(SkIter),                        \
                        .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_NO_NEW,                        \
                        .slots = {.iter = sk_iter_self, .next = next_}, .attrs = dict_iter_attrs}

DICT_ITER(sk_dict_keyiter_type, "dict_keyiterator", sk_dict_iter_next);
DICT_ITER(sk_dict_valueiter_type, "dict_valueiterator", sk_dict_iter_next);
DICT_ITER(sk_dict_itemiter_type, "dict_itemiterator", sk_dict_iter_next);
DICT_ITER(sk_dict_revkeyiter_type, "dict_reversekeyiterator", dict_reviter_next);
DICT_ITER(sk_dict_revvalueiter_type, "dict_reversevalueiterator", dict_reviter_next);
DICT_ITER(sk_dict_revitemiter_type, "dict_reverseitemiterator", dict_reviter_next);
#undef DICT_ITER
