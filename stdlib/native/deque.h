/* deque.h - the class collections.deque.  Layer 8. */
#ifndef SK_STDLIB_DEQUE_H
#define SK_STDLIB_DEQUE_H

#include "stdlib/native/native_type.h"

/* A ring of items: item i lies at (start + i) modulo the ring's size, a power of two. */
typedef struct Deque {
  SkObject head;
  SkValues *ring;   /* NULL: no items yet */
  size_t start, count;
  uint64_t limit;   /* maxlen + 1; 0: none */
  uint64_t changes; /* iterators and searches notice when it moves */
} Deque;

extern const SkTypeDef sk_deque_type, sk_deque_iter_type, sk_deque_reviter_type;

SK_INLINE Deque *deque_of(SkValue v) { return (Deque *)sk_ptr(v); }
SK_INLINE SkValue *deque_at(const Deque *d, size_t i) { return &d->ring->items[(d->start + i) & (d->ring->count - 1)]; }

SkValue deque_iter(SkVm *vm, SkValue self);
SkValue deque_reversed_new(SkVm *vm, SkValue self);
void deque_append(SkVm *vm, Deque *d, SkValue v);
void deque_append_left(SkVm *vm, Deque *d, SkValue v);
SkValue deque_pop(Deque *d);
SkValue deque_pop_left(Deque *d);
void deque_clear(Deque *d);
void deque_rotate(SkVm *vm, Deque *d, int64_t n);
void deque_remove_at(SkVm *vm, Deque *d, size_t i);
void deque_trace(SkMarker *m, SkObject *o);

#endif
