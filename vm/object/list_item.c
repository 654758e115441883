/* list_item.c - l[i], l[i:j:k] and what assignment and deletion do to them.  Layer 6. */
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"

void sk_list_shrink(SkVm *vm, SkList *l); /* list.c */

static SkValue list_get_slice(SkVm *vm, SkList *l, SkSlice *s) {
  int64_t start, stop, step;
  sk_slice_unpack(vm, s, &start, &stop, &step);
  size_t n = sk_slice_adjust(l->count, &start, &stop, step);
  SkList *r = sk_list_new(vm, n);
  if (step == 1) {
    if (n) sk_copy(vm, r->store->items, l->store->items + start, n * sizeof(SkValue));
  } else {
    for (size_t i = 0; i < n; i++) r->store->items[i] = l->store->items[start + (int64_t)i * step];
  }
  r->count = n;
  return sk_from_ptr(r);
}

SkValue sk_list_getitem(SkVm *vm, SkValue self, SkValue key) {
  SkList *l = sk_as_list(self);
  if (sk_is_slice(key)) return list_get_slice(vm, l, (SkSlice *)sk_ptr(key));
  int64_t i = sk_to_subscript(vm, key, "list");
  if (!sk_index_fix(&i, l->count)) sk_raisef(vm, SK_T_IndexError, "list index out of range");
  return l->store->items[i];
}

/* l[start:stop] = items, all lengths allowed; start <= stop <= count. */
static void list_splice(SkVm *vm, SkList *l, size_t start, size_t stop, SkSpan from, SkValue keep) {
  if (stop < start) stop = start;
  size_t removed = stop - start, tail = l->count - stop;
  if (from.count > removed) sk_list_reserve(vm, l, from.count - removed);
  if (!l->store) return; /* empty, and nothing to put in */
  sk_barrier(vm, l);
  SkValue *at = l->store->items + start;
  sk_charge(vm, (tail + from.count) / 8);
  if (from.count != removed && tail) memmove(at + from.count, at + removed, tail * sizeof(SkValue));
  if (from.count) memcpy(at, from.items, from.count * sizeof(SkValue));
  l->count = l->count - removed + from.count;
  sk_list_shrink(vm, l);
  sk_keep(keep.bits);
}

/* The items to assign: a list or tuple as it is, a copy of anything else and of |l| itself. */
static SkValue items_to_assign(SkVm *vm, SkList *l, SkValue v) {
  if (sk_is(v, sk_from_ptr(l))) return sk_from_ptr(sk_list_from(vm, sk_list_items(l), l->count));
  if (sk_is_exactly(vm, v, SK_T_list) || sk_is_exactly(vm, v, SK_T_tuple)) return v;
  if (!SK_SLOTS(vm, v)->iter && !SK_SLOTS(vm, v)->getitem) {
    sk_raise_type(vm, "must assign iterable to extended slice");
  }
  return sk_from_ptr(sk_to_list(vm, v));
}

static void list_set_slice(SkVm *vm, SkList *l, SkSlice *s, SkValue v) {
  int64_t start, stop, step;
  sk_slice_unpack(vm, s, &start, &stop, &step);
  v = items_to_assign(vm, l, v);
  SkSpan from = sk_seq_span(v);
  size_t n = sk_slice_adjust(l->count, &start, &stop, step);
  if (step == 1) {
    list_splice(vm, l, (size_t)start, (size_t)stop, from, v);
    return;
  }
  if (from.count != n) {
    sk_raise_value(vm, "attempt to assign sequence of size %zu to extended slice of size %zu", from.count, n);
  }
  sk_barrier(vm, l);
  sk_charge(vm, n / 16);
  for (size_t i = 0; i < n; i++) l->store->items[start + (int64_t)i * step] = from.items[i];
}

void sk_list_setitem(SkVm *vm, SkValue self, SkValue key, SkValue v) {
  SkList *l = sk_as_list(self);
  if (sk_is_slice(key)) {
    list_set_slice(vm, l, (SkSlice *)sk_ptr(key), v);
    return;
  }
  int64_t i = sk_to_subscript(vm, key, "list");
  if (!sk_index_fix(&i, l->count)) sk_raisef(vm, SK_T_IndexError, "list assignment index out of range");
  sk_write(vm, l, &l->store->items[i], v);
}

/* Closes the gaps left by removing every |step|th item from |start|, n of them. */
static void list_del_slice(SkVm *vm, SkList *l, SkSlice *s) {
  int64_t start, stop, step;
  sk_slice_unpack(vm, s, &start, &stop, &step);
  size_t n = sk_slice_adjust(l->count, &start, &stop, step);
  if (n == 0) return;
  if (step < 0) {
    start += (int64_t)(n - 1) * step;
    step = -step;
  }
  SkValue *items = l->store->items, *to = items + start;
  sk_charge(vm, n / 4 + (l->count - (size_t)start) / 8);
  for (size_t i = 0; i < n; i++) {
    size_t from = (size_t)start + i * (size_t)step + 1;
    size_t end = i + 1 < n ? from + (size_t)step - 1 : l->count;
    memmove(to, items + from, (end - from) * sizeof(SkValue));
    to += end - from;
  }
  l->count -= n;
  sk_list_shrink(vm, l);
}

void sk_list_delitem(SkVm *vm, SkValue self, SkValue key) {
  SkList *l = sk_as_list(self);
  if (sk_is_slice(key)) {
    list_del_slice(vm, l, (SkSlice *)sk_ptr(key));
    return;
  }
  int64_t i = sk_to_subscript(vm, key, "list");
  if (!sk_index_fix(&i, l->count)) sk_raisef(vm, SK_T_IndexError, "list assignment index out of range");
  sk_list_pop(vm, l, (size_t)i);
}
