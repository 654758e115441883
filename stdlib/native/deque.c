/* deque.c - the ring behind collections.deque, and its iterators.  Layer 8. */
#include "stdlib/native/deque.h"

void deque_trace(SkMarker *m, SkObject *o) {
  Deque *d = (Deque *)o;
  if (!d->ring) return;
  sk_mark_cell(m, d->ring);
  for (size_t i = 0; i < d->count; i++) sk_mark(m, *deque_at(d, i));
}

/* Makes room for one more; the items move to the beginning of a ring twice as large. */
static void deque_grow(SkVm *vm, Deque *d) {
  size_t room = d->ring ? d->ring->count * 2 : 8;
  SkValues *ring = sk_values_new(vm, room);
  sk_charge(vm, d->count / 8);
  for (size_t i = 0; i < d->count; i++) ring->items[i] = *deque_at(d, i);
  sk_write_ptr(vm, d, &d->ring, ring);
  d->start = 0;
}

/* A full bounded deque loses an item at the other end. */
void deque_append(SkVm *vm, Deque *d, SkValue v) {
  if (d->limit && d->count + 1 >= d->limit) {
    if (d->limit == 1) return;
    deque_pop_left(d);
  }
  if (!d->ring || d->count == d->ring->count) deque_grow(vm, d);
  sk_write(vm, d, deque_at(d, d->count), v);
  d->count++;
  d->changes++;
}

void deque_append_left(SkVm *vm, Deque *d, SkValue v) {
  if (d->limit && d->count + 1 >= d->limit) {
    if (d->limit == 1) return;
    deque_pop(d);
  }
  if (!d->ring || d->count == d->ring->count) deque_grow(vm, d);
  d->start = (d->start - 1) & (d->ring->count - 1);
  sk_write(vm, d, deque_at(d, 0), v);
  d->count++;
  d->changes++;
}

SkValue deque_pop(Deque *d) {
  d->changes++;
  return *deque_at(d, --d->count);
}

SkValue deque_pop_left(Deque *d) {
  SkValue v = *deque_at(d, 0);
  d->start = (d->start + 1) & (d->ring->count - 1);
  d->count--;
  d->changes++;
  return v;
}

void deque_clear(Deque *d) {
  d->ring = NULL;
  d->start = d->count = 0;
  d->changes++;
}

/* To the right by |n|: the shorter way round, an item at a time; a full ring just turns. */
void deque_rotate(SkVm *vm, Deque *d, int64_t n) {
  if (d->count < 2) return;
  int64_t count = (int64_t)d->count;
  n %= count;
  if (n < 0) n += count;
  if (n == 0) return;
  d->changes++;
  size_t mask = d->ring->count - 1;
  sk_charge(vm, d->count == d->ring->count ? 0 : (uint64_t)(n <= count / 2 ? n : count - n) / 8);
  if (d->count == d->ring->count) {
    d->start = (d->start - (size_t)n) & mask;
    return;
  }
  if (n <= count / 2) {
    for (; n > 0; n--) {
      SkValue v = *deque_at(d, d->count - 1);
      d->start = (d->start - 1) & mask;
      *deque_at(d, 0) = v;
    }
  } else {
    for (n = count - n; n > 0; n--) {
      SkValue v = *deque_at(d, 0);
      d->start = (d->start + 1) & mask;
      *deque_at(d, d->count - 1) = v;
    }
  }
}

void deque_remove_at(SkVm *vm, Deque *d, size_t i) {
  sk_charge(vm, (d->count - i) / 8);
  for (; i + 1 < d->count; i++) *deque_at(d, i) = *deque_at(d, i + 1);
  d->count--;
  d->changes++;
}

/* ---- iterators: a the deque, index the next item, aux its changes at the start, b how many are left ------------ */

static SkValue iter_new(SkVm *vm, SkValue deque, const SkTypeDef *def) {
  SkIter *it = sk_object_new(vm, sk_library_type(vm, def), 0);
  it->a = deque;
  it->aux = deque_of(deque)->changes;
  it->b = sk_smallint((int64_t)deque_of(deque)->count);
  return sk_from_ptr(it);
}

SkValue deque_iter(SkVm *vm, SkValue self) { return iter_new(vm, self, &sk_deque_iter_type); }
SkValue deque_reversed_new(SkVm *vm, SkValue self) { return iter_new(vm, self, &sk_deque_reviter_type); }

static SkValue iter_construct(SkVm *vm, const SkValue *args, const SkTypeDef *def) {
  if (!sk_is_native(vm, args[1], &sk_deque_type)) {
    sk_raise_type(vm, "argument 1 must be collections.deque, not %T", args[1]);
  }
  int64_t skip = sk_to_index(vm, args[2]), left = (int64_t)deque_of(args[1])->count;
  SkValue v = iter_new(vm, args[1], def);
  if (skip < 0) skip = 0;
  if (skip > left) skip = left;
  sk_as_iter(v)->index = (uint64_t)skip;
  sk_as_iter(v)->b = sk_smallint(left - skip);
  return v;
}
static SkValue deque_iter_new(SkVm *vm, const SkValue *args) { return iter_construct(vm, args, &sk_deque_iter_type); }
static SkValue deque_reviter_new(SkVm *vm, const SkValue *args) { return iter_construct(vm, args, &sk_deque_reviter_type); }
static const SkNativeDef deque_iter_new_def = {"__new__(cls, deque, index=0, /)", NULL, deque_iter_new};
static const SkNativeDef deque_reviter_new_def = {"__new__(cls, deque, index=0, /)", NULL, deque_reviter_new};

static bool iter_step(SkVm *vm, SkIter *it) {
  if (deque_of(it->a)->changes != it->aux) {
    it->b = sk_smallint(0);
    sk_raisef(vm, SK_T_RuntimeError, "deque mutated during iteration");
  }
  if (sk_is(it->b, sk_smallint(0))) return false;
  it->b.bits -= 4; /* one fewer */
  it->index++;
  return true;
}

static SkValue deque_iter_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  return iter_step(vm, it) ? *deque_at(deque_of(it->a), it->index - 1) : SK_UNSET;
}

static SkValue deque_reviter_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  Deque *d = deque_of(it->a);
  return iter_step(vm, it) ? *deque_at(d, d->count - it->index) : SK_UNSET;
}

SK_NATIVE(deque_iter_hint, "__length_hint__(self, /)", "Private method returning an estimate of len(list(it)).") {
  (void)vm;
  return sk_as_iter(args[0])->b;
}

SK_NATIVE(deque_iter_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkIter *it = sk_as_iter(args[0]);
  int64_t at = (int64_t)deque_of(it->a)->count - sk_smallint_get(it->b);
  SkValue inner = sk_from_ptr(sk_tuple_pack(vm, 2, it->a, sk_int_new(vm, at)));
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_class_of(vm, args[0]), inner));
}

static const SkAttrDef iter_attrs[] = {SK_METHOD(deque_iter_hint), SK_METHOD(deque_iter_reduce), SK_ATTRS_END};

const SkTypeDef sk_deque_iter_type = {
    .name = "collections._deque_iterator",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_FINAL,
    .slots = {.iter = sk_iter_self, .next = deque_iter_next},
    .attrs = iter_attrs,
    .new_ = &deque_iter_new_def,
};

const SkTypeDef sk_deque_reviter_type = {
    .name = "collections._deque_reverse_iterator",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_FINAL,
    .slots = {.iter = sk_iter_self, .next = deque_reviter_next},
    .attrs = iter_attrs,
    .new_ = &deque_reviter_new_def,
};
