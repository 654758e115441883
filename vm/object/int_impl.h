/* int_impl.h - shared by the int_*.c files only.  Layer 6. */
#ifndef SK_OBJECT_INT_IMPL_H
#define SK_OBJECT_INT_IMPL_H

#include "vm/object/bigint.h"
#include "vm/object/exception.h"
#include "vm/object/number.h"

/* The magnitude and sign of any int.  |limbs| is trimmed and points either
 * into the object (kept alive by its Value in the caller's frame) or, for a
 * tagged word or a bool, at |small|: a view must not be copied. */
typedef struct IntView {
  const SkLimb *limbs;
  size_t count;
  bool negative;
  SkLimb small;
} IntView;

static inline void int_view(SkValue v, IntView *out) {
  if (sk_is_ptr(v)) {
    const SkInt *i = sk_ptr(v);
    out->negative = i->size < 0;
    out->count = (size_t)(i->size < 0 ? -i->size : i->size);
    out->limbs = i->limbs;
    return;
  }
  int64_t small = sk_is_smallint(v) ? sk_smallint_get(v) : sk_is_true(v);
  out->negative = small < 0;
  out->small = small < 0 ? (SkLimb)-small : (SkLimb)small;
  out->count = out->small != 0;
  out->limbs = &out->small;
}

/* A new exact int with room for |count| limbs, all zero; its value is not yet
 * one that others may see: int_finish() makes it so. */
SkInt *sk_int_alloc(SkVm *vm, size_t count);

/* Trims and returns the canonical value. */
SkValue sk_int_finish(SkInt *i, bool negative);

SkValue sk_int_bitop(SkVm *vm, SkBitOp op, SkValue a, SkValue b);
SkValue sk_int_invert(SkVm *vm, SkValue a);

static inline SkLimb *sk_limbs_scratch(SkVm *vm, size_t count) {
  return sk_scratch(vm, count * sizeof(SkLimb) + sizeof(SkLimb));
}

static inline SkValue int_from_i128(SkVm *vm, __int128 x) {
  if (x >= SK_INT_MIN && x <= SK_INT_MAX) return sk_smallint((int64_t)x);
  bool negative = x < 0;
  unsigned __int128 u = negative ? -(unsigned __int128)x : (unsigned __int128)x;
  SkLimb limbs[2] = {(SkLimb)u, (SkLimb)(u >> 64)};
  return sk_int_from_magnitude(vm, limbs, 2, negative);
}

/* The value of a tagged word or bool. */
static inline bool int_is_small(SkValue v) { return !sk_is_ptr(v); }
static inline int64_t int_small(SkValue v) {
  return sk_is_smallint(v) ? sk_smallint_get(v) : sk_is_true(v);
}

#endif
