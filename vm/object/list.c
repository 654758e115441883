/* list.c - the list's storage: construction, growth, insertion, removal.  Layer 6.
 *
 * Items lie in a VALUES cell that the list owns; items beyond |count| are stale and not traced.  Growth
 * adds half, so append is amortised O(1).  A new cell is filled before the list points to it, and an old
 * one is left to the collector, because code further up the C stack may still be reading it.
 */
#include "vm/object/charge.h"
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"

enum { LIST_MAX = INT64_MAX / 16 };

void sk_list_trace(SkMarker *m, SkObject *o) {
  SkList *l = (SkList *)o;
  if (l->store) {
    sk_mark_cell(m, l->store);
    sk_mark_span(m, l->store->items, l->count);
  }
  sk_trace_attributes(m, o);
}

SkList *sk_list_new(SkVm *vm, size_t capacity) {
  if (capacity > LIST_MAX) sk_raise_nomem(vm);
  SkValues *store = capacity ? sk_values_new(vm, capacity) : NULL;
  SkList *l = sk_object_new_id(vm, SK_T_list, 0);
  l->store = store;
  return l;
}

SkList *sk_list_from(SkVm *vm, const SkValue *items, size_t n) {
  SkList *l = sk_list_new(vm, n);
  if (n) sk_copy(vm, l->store->items, items, n * sizeof(SkValue));
  l->count = n;
  return l;
}

/* Replaces the store by one of |room| items with the present items in front. */
static void list_resize(SkVm *vm, SkList *l, size_t room) {
  if (room > LIST_MAX) sk_raise_nomem(vm);
  SkValues *store = sk_values_new(vm, room);
  if (l->count) sk_copy(vm, store->items, l->store->items, l->count * sizeof(SkValue));
  sk_write_ptr(vm, l, &l->store, store);
}

void sk_list_reserve(SkVm *vm, SkList *l, size_t extra) {
  size_t room = l->store ? l->store->count : 0;
  if (extra > LIST_MAX) sk_raise_nomem(vm);
  size_t need = l->count + extra;
  if (need <= room) return;
  size_t grown = l->count + (l->count >> 1) + 4;
  list_resize(vm, l, need > grown || need == extra ? need : grown);
}

SK_NOINLINE void sk_list_append_slow(SkVm *vm, SkList *l, SkValue v) {
  if (!l->store || l->count == l->store->count) list_resize(vm, l, l->count + (l->count >> 1) + 4);
  sk_barrier(vm, l);
  l->store->items[l->count++] = v;
}

static bool extend_one(SkVm *vm, SkValue item, void *list) {
  sk_list_append(vm, list, item);
  return true;
}

/* The numbers of a range whose ends are small ints, without an iterator. */
static bool extend_by_range(SkVm *vm, SkList *l, const SkRange *r) {
  if (!sk_both_smallint(r->start, r->stop) || !sk_both_smallint(r->step, r->length)) return false;
  size_t n = (size_t)sk_smallint_get(r->length);
  if (n == 0) return true;
  sk_list_reserve(vm, l, n);
  SkValue *to = l->store->items + l->count;
  for (size_t i = 0, turns = 0; i < n; i++) {
    SK_TURN(vm, turns);
    to[i].bits = r->start.bits + i * r->step.bits; /* the tag is zero */
  }
  l->count += n;
  return true;
}

/* l.extend(l) must take the items as they were; other lists and tuples are copied in one piece. */
void sk_list_extend(SkVm *vm, SkList *l, SkValue iterable) {
  if (sk_is_exactly(vm, iterable, SK_T_list) || sk_is_exactly(vm, iterable, SK_T_tuple)) {
    size_t n = sk_seq_span(iterable).count;
    if (n == 0) return;
    sk_list_reserve(vm, l, n);
    sk_barrier(vm, l);
    sk_copy(vm, l->store->items + l->count, sk_seq_span(iterable).items, n * sizeof(SkValue));
    l->count += n;
    return;
  }
  if (sk_has_kind(iterable, SK_KIND_RANGE) && extend_by_range(vm, l, (SkRange *)sk_ptr(iterable))) return;
  if (sk_is_exactly(vm, iterable, SK_T_dict)) sk_list_reserve(vm, l, sk_as_dict(iterable)->live);
  if (sk_is_anyset(iterable)) sk_list_reserve(vm, l, sk_as_set(iterable)->live);
  sk_iterate(vm, iterable, extend_one, l);
}

SkList *sk_to_list(SkVm *vm, SkValue iterable) {
  SkList *l = sk_list_new(vm, 0);
  sk_list_extend(vm, l, iterable);
  return l;
}

void sk_list_insert(SkVm *vm, SkList *l, int64_t index, SkValue v) {
  sk_list_reserve(vm, l, 1);
  int64_t n = (int64_t)l->count;
  if (index < 0) index = index + n < 0 ? 0 : index + n;
  if (index > n) index = n;
  sk_barrier(vm, l);
  SkValue *at = l->store->items + index;
  sk_charge(vm, (uint64_t)(n - index) / 8);
  memmove(at + 1, at, (size_t)(n - index) * sizeof(SkValue));
  *at = v;
  l->count++;
}

/* Gives memory back when three quarters of a large store are unused. */
void sk_list_shrink(SkVm *vm, SkList *l) {
  if (!l->store || l->store->count < 64 || l->count > l->store->count / 4) return;
  list_resize(vm, l, l->count + (l->count >> 1) + 4);
}

SkValue sk_list_pop(SkVm *vm, SkList *l, size_t index) {
  sk_assert(index < l->count);
  SkValue *at = l->store->items + index, v = *at;
  l->count--;
  if (index < l->count) {
    memmove(at, at + 1, (l->count - index) * sizeof(SkValue));
    sk_charge(vm, (l->count - index) / 8);
  }
  sk_list_shrink(vm, l);
  return v;
}

void sk_list_clear(SkVm *vm, SkList *l) {
  (void)vm;
  if (l->count == 0) return; /* so that list.sort sees who touched its list */
  l->count = 0;
  l->store = NULL;
}
