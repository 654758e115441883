/* seq.h - tuple, list, range, slice and their iterators.  Layer 6. */
#ifndef SK_OBJECT_SEQ_H
#define SK_OBJECT_SEQ_H

#include "vm/object/object.h"

SK_C_BEGIN

struct SkTuple { SkObject head; size_t count; SkValue items[]; };
struct SkList { SkObject head; size_t count; SkValues *store; /* capacity store->count; NULL when empty */ };

SK_INLINE bool sk_is_tuple(SkValue v) { return sk_has_kind(v, SK_KIND_TUPLE); }
SK_INLINE SkTuple *sk_as_tuple(SkValue v) { sk_assert(sk_is_tuple(v)); return (SkTuple *)sk_ptr(v); }
SK_INLINE bool sk_is_list(SkValue v) { return sk_has_kind(v, SK_KIND_LIST); }
SK_INLINE SkList *sk_as_list(SkValue v) { sk_assert(sk_is_list(v)); return (SkList *)sk_ptr(v); }

SkTuple *sk_tuple_new(SkVm *vm, size_t n);                           /* items are None: fill before the next allocation */
SkTuple *sk_tuple_from(SkVm *vm, const SkValue *items, size_t n);
SkTuple *sk_tuple_pack(SkVm *vm, size_t n, ...);                     /* SkValue... */
SkValue sk_tuple_pair(SkVm *vm, SkValue a, SkValue b);               /* (a, b) */
SkTuple *sk_to_tuple(SkVm *vm, SkValue iterable);                    /* tuple(iterable) */
SkList *sk_list_new(SkVm *vm, size_t capacity);
SkList *sk_list_from(SkVm *vm, const SkValue *items, size_t n);
SkList *sk_to_list(SkVm *vm, SkValue iterable);
void sk_list_append_slow(SkVm *vm, SkList *l, SkValue v);
SK_INLINE void sk_list_append(SkVm *vm, SkList *l, SkValue v) {
  if (SK_LIKELY(l->store && l->count < l->store->count)) {
    sk_barrier(vm, l);
    l->store->items[l->count++] = v;
  } else {
    sk_list_append_slow(vm, l, v);
  }
}
void sk_list_extend(SkVm *vm, SkList *l, SkValue iterable);
void sk_list_insert(SkVm *vm, SkList *l, int64_t index, SkValue v);  /* clamps the index */
SkValue sk_list_pop(SkVm *vm, SkList *l, size_t index);
void sk_list_clear(SkVm *vm, SkList *l);
SK_INLINE SkValue *sk_list_items(SkList *l) { return l->store ? l->store->items : NULL; }
/* list.sort: stable; |key| None or a callable.  ValueError when the keys' code touches the list. */
void sk_list_sort(SkVm *vm, SkList *l, SkValue key, bool reverse);
SkTuple *sk_list_as_tuple(SkVm *vm, SkList *l);
/* Makes room for |extra| more items; MemoryError before anything is touched. */
void sk_list_reserve(SkVm *vm, SkList *l, size_t extra);

/* Comparison of two runs of items as lists and tuples do it.  The runs are asked for again after every
 * item because comparing may change a list. */
typedef struct SkSpan { SkValue *items; size_t count; } SkSpan;
SK_INLINE SkSpan sk_seq_span(SkValue v) {
  if (sk_is_tuple(v)) return (SkSpan){sk_as_tuple(v)->items, sk_as_tuple(v)->count};
  SkList *l = sk_as_list(v);
  return (SkSpan){sk_list_items(l), l->count};
}
SkValue sk_seq_compare(SkVm *vm, int op, SkValue a, SkValue b);      /* SkCompareOp */
int64_t sk_seq_count(SkVm *vm, SkValue seq, SkValue x);
bool sk_seq_contains(SkVm *vm, SkValue seq, SkValue x);
int64_t sk_seq_find(SkVm *vm, SkValue seq, SkValue x, SkValue start, SkValue stop); /* -1: absent */
/* n copies of a count that may be negative; MemoryError when the product can't be. */
size_t sk_seq_repeat_size(SkVm *vm, size_t count, int64_t times);
bool sk_seq_repeat_times(SkVm *vm, SkValue n, int64_t *times);        /* false: no integer */
/* seq + other, seq * other when other is no match: its reflected method, or TypeError. */
SkValue sk_seq_add_other(SkVm *vm, SkValue self, SkValue other, const char *name);
SkValue sk_seq_mul_other(SkVm *vm, SkValue self, SkValue other);
SK_NORETURN SkValue sk_seq_rmul_other(SkVm *vm, SkValue self, SkValue other); /* from other * seq */

/* range: start, stop, step as ints of any size, and the length. */
typedef struct SkRange { SkObject head; SkValue start, stop, step, length; } SkRange;
typedef struct SkSlice { SkObject head; SkValue start, stop, step; } SkSlice;
/* Small-int range iterator: stepped inline by the VM: next value, step, how many are left. */
typedef struct SkRangeIter { SkObject head; int64_t next, step; uint64_t left; } SkRangeIter;
/* list and tuple iterator (head.aux: 0 list, 1 tuple), stepped inline by the VM; seq None when done. */
typedef struct SkListIter { SkObject head; size_t index; SkValue seq; } SkListIter;
/* The other built-in iterators; meaning of the fields belongs to the owning file. */
typedef struct SkIter { SkObject head; uint64_t index, aux; SkValue a, b, c; } SkIter;

SkValue sk_seq_iter_new(SkVm *vm, SkValue seq);                       /* iter() by __getitem__ */
SkValue sk_callable_iter_new(SkVm *vm, SkValue callable, SkValue sentinel); /* iter(f, sentinel) */
SkValue sk_range_new(SkVm *vm, int64_t start, int64_t stop, int64_t step);
SkSlice *sk_slice_new(SkVm *vm, SkValue start, SkValue stop, SkValue step);
/* slice.indices(): clamps to a sequence of |length|; returns the number of items. */
size_t sk_slice_resolve(SkVm *vm, SkSlice *s, size_t length, int64_t *start, int64_t *stop, int64_t *step);
/* The same in two steps, for sequences that an __index__ may change under us: first the three numbers
 * (start and stop saturated), then the clamping. */
void sk_slice_unpack(SkVm *vm, SkSlice *s, int64_t *start, int64_t *stop, int64_t *step);
size_t sk_slice_adjust(size_t length, int64_t *start, int64_t *stop, int64_t step);
SK_INLINE bool sk_is_slice(SkValue v) { return sk_has_kind(v, SK_KIND_SLICE); }
/* obj[key] for an integer key: __index__, IndexError when it does not fit; |what| names the container:
 * "list indices must be integers or slices, not str". */
int64_t sk_to_subscript(SkVm *vm, SkValue key, const char *what);
/* start/stop arguments of index(): __index__, negative from the end, clamped to 0..length. */
size_t sk_to_bound(SkVm *vm, SkValue v, size_t length);
/* Sequence index: negative counts from the end; false when out of range. */
SK_INLINE bool sk_index_fix(int64_t *i, size_t length) {
  if (*i < 0) *i += (int64_t)length;
  return *i >= 0 && (size_t)*i < length;
}

SK_C_END

#endif
