/* value.h - the tagged word that every Python value is, and the header of heap objects.  Layer 5.
 *
 *   ......00  int        value << 2, 62-bit signed
 *   ......1.  float      rotl(bits, 4) + 3; every double whose exponent's top three bits are
 *                        000, 011, 100 or 111 (0, inf, nan, 2^-255..2^257); others are boxed
 *   .....001  pointer    address of a 16-byte aligned heap cell + 1
 *   .....101  immediate  None False True Ellipsis NotImplemented UNSET
 *
 * The float encoding is a variant of float self-tagging (Melancon, Serrano, Feeley, OOPSLA 2025).
 * An all-zero word is the int 0, so freshly zeroed memory is always traceable.
 */
#ifndef SK_HEAP_VALUE_H
#define SK_HEAP_VALUE_H

#include <string.h>

#include "vm/base/defs.h"

SK_C_BEGIN

typedef struct SkVm SkVm;
typedef struct SkValue { uint64_t bits; } SkValue;

/* First word of every heap object.  A zero |shape| means "no object here": cells are born zeroed
 * and a free cell's first word is zero, which is what the conservative scan tests. */
typedef struct SkObject {
  uint32_t shape; /* index into vm->shapes: the class and the layout of instance attributes */
  uint8_t kind;   /* SkKind: the C struct this is; fixed for life */
  uint8_t gc;     /* SK_GC_* bits; written by vm/heap only */
  uint16_t aux;   /* free for the owning type */
} SkObject;

#define SK_IMM(n) ((SkValue){((uint64_t)(n) << 3) | 5})
#define SK_NONE SK_IMM(0)
#define SK_FALSE SK_IMM(1) /* 0x0d */
#define SK_TRUE SK_IMM(3)  /* 0x1d: SK_FALSE with one more bit */
#define SK_ELLIPSIS SK_IMM(4)
#define SK_NOTIMPLEMENTED SK_IMM(5)
/* No value: an unbound local, an omitted optional argument, an exhausted iterator, a missing key.
 * Never visible to a script. */
#define SK_UNSET SK_IMM(6)

enum { SK_INT_BITS = 62 };
#define SK_INT_MAX (((int64_t)1 << 61) - 1)
#define SK_INT_MIN (-((int64_t)1 << 61))

SK_INLINE bool sk_is(SkValue a, SkValue b) { return a.bits == b.bits; }
SK_INLINE bool sk_is_none(SkValue v) { return v.bits == 0x05; }
SK_INLINE bool sk_is_unset(SkValue v) { return v.bits == 0x35; }
SK_INLINE bool sk_is_notimplemented(SkValue v) { return v.bits == 0x2d; }
SK_INLINE bool sk_is_bool(SkValue v) { return (v.bits & ~(uint64_t)0x10) == 0x0d; }
SK_INLINE bool sk_is_true(SkValue v) { return v.bits == 0x1d; }
SK_INLINE SkValue sk_bool(bool b) { return b ? SK_TRUE : SK_FALSE; }

/* Small ints.  Most code wants sk_int_new() (any int64) from vm/object/int.h instead. */
SK_INLINE bool sk_is_smallint(SkValue v) { return (v.bits & 3) == 0; }
SK_INLINE bool sk_both_smallint(SkValue a, SkValue b) { return ((a.bits | b.bits) & 3) == 0; }
SK_INLINE bool sk_fits_smallint(int64_t i) { return i >= SK_INT_MIN && i <= SK_INT_MAX; }
SK_INLINE SkValue sk_smallint(int64_t i) {
  sk_assert(sk_fits_smallint(i));
  return (SkValue){(uint64_t)i << 2};
}
SK_INLINE int64_t sk_smallint_get(SkValue v) {
  sk_assert(sk_is_smallint(v));
  return (int64_t)v.bits >> 2;
}

/* Immediate floats.  Most code wants sk_float_new() / sk_is_float() from vm/object/float.h. */
SK_INLINE bool sk_is_immfloat(SkValue v) { return (v.bits & 2) != 0; }
SK_INLINE bool sk_both_immfloat(SkValue a, SkValue b) { return (a.bits & b.bits & 2) != 0; }
SK_INLINE double sk_immfloat_get(SkValue v) {
  uint64_t u = v.bits - 3;
  u = u >> 4 | u << 60;
  double d;
  memcpy(&d, &u, 8);
  return d;
}
/* Encodes |d|; when it has no immediate form the result is not sk_is_immfloat: box it. */
SK_INLINE SkValue sk_immfloat_try(double d) {
  uint64_t u;
  memcpy(&u, &d, 8);
  return (SkValue){(u << 4 | u >> 60) + 3};
}

SK_INLINE bool sk_is_ptr(SkValue v) { return (v.bits & 7) == 1; }
SK_INLINE void *sk_ptr(SkValue v) {
  sk_assert(sk_is_ptr(v));
  return (void *)(v.bits - 1);
}
SK_INLINE SkValue sk_from_ptr(const void *p) { return (SkValue){(uint64_t)p + 1}; }
/* NULL becomes |otherwise| (typically SK_NONE). */
SK_INLINE SkValue sk_from_ptr_or(const void *p, SkValue otherwise) {
  return p ? sk_from_ptr(p) : otherwise;
}
SK_INLINE SkObject *sk_object(SkValue v) { return (SkObject *)sk_ptr(v); }
SK_INLINE bool sk_has_kind(SkValue v, int kind) { return sk_is_ptr(v) && sk_object(v)->kind == kind; }

SK_C_END

#endif
