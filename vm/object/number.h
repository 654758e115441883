/* number.h - int, bool, float, complex as Values.  Layer 6.
 *
 * An int is a tagged word when it fits 62 bits, else an SkInt in canonical form (no value that fits a
 * tagged word is ever an SkInt of the exact class int; instances of int subclasses are always SkInt).
 */
#ifndef SK_OBJECT_NUMBER_H
#define SK_OBJECT_NUMBER_H

#include "vm/object/object.h"

SK_C_BEGIN

typedef struct SkInt { SkObject head; int64_t size; /* limbs; negative for negative numbers */ uint64_t limbs[]; } SkInt;
typedef struct SkFloat { SkObject head; double value; } SkFloat;
typedef struct SkComplex { SkObject head; double real, imag; } SkComplex;

/* int, bool included; any class. */
SK_INLINE bool sk_is_int(SkValue v) { return sk_is_smallint(v) || sk_is_bool(v) || sk_has_kind(v, SK_KIND_INT); }
SkValue sk_int_new_slow(SkVm *vm, int64_t i);
SK_INLINE SkValue sk_int_new(SkVm *vm, int64_t i) { return SK_LIKELY(sk_fits_smallint(i)) ? sk_smallint(i) : sk_int_new_slow(vm, i); }
SkValue sk_int_from_u64(SkVm *vm, uint64_t u);
SkValue sk_int_from_text(SkVm *vm, const char *digits, size_t n, int base); /* plain digits, optional '-', no checks of the 4300 limit */
SkValue sk_int_from_double(SkVm *vm, double d);                    /* truncates; OverflowError/ValueError for inf/nan */
bool sk_int_get_i64(SkValue v, int64_t *out);                      /* false: does not fit */
double sk_int_get_double(SkVm *vm, SkValue v);                     /* OverflowError: int too large to convert to float */
int sk_int_sign(SkValue v);
int sk_int_compare(SkValue a, SkValue b);                          /* both sk_is_int */
int64_t sk_int_hash(SkValue v);
SkStr *sk_int_to_str(SkVm *vm, SkValue v, int base);               /* digits only, with '-' */
/* Arithmetic on two sk_is_int values (the VM's overflow paths). */
SkValue sk_int_add(SkVm *vm, SkValue a, SkValue b);
SkValue sk_int_sub(SkVm *vm, SkValue a, SkValue b);
SkValue sk_int_mul(SkVm *vm, SkValue a, SkValue b);
SkValue sk_int_floordiv(SkVm *vm, SkValue a, SkValue b);
SkValue sk_int_mod(SkVm *vm, SkValue a, SkValue b);
SkValue sk_int_lshift(SkVm *vm, SkValue a, int64_t bits);
SkValue sk_int_rshift(SkVm *vm, SkValue a, int64_t bits);

SkValue sk_float_box(SkVm *vm, double d);
SK_INLINE SkValue sk_float_new(SkVm *vm, double d) {
  SkValue v = sk_immfloat_try(d);
  return SK_LIKELY(sk_is_immfloat(v)) ? v : sk_float_box(vm, d);
}
SK_INLINE bool sk_is_float(SkValue v) { return sk_is_immfloat(v) || sk_has_kind(v, SK_KIND_FLOAT); }
SK_INLINE double sk_float_get(SkValue v) { return sk_is_immfloat(v) ? sk_immfloat_get(v) : ((SkFloat *)sk_ptr(v))->value; }
SkValue sk_complex_new(SkVm *vm, double re, double im);
int64_t sk_double_hash(double d);                                   /* nan: caller uses identity */
SkStr *sk_double_repr(SkVm *vm, double d);

SK_C_END

#endif
