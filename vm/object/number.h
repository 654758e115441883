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
SkValue sk_int_from_magnitude(SkVm *vm, const uint64_t *limbs, size_t n, bool negative);
SkValue sk_int_from_double(SkVm *vm, double d);                    /* truncates; OverflowError/ValueError for inf/nan */
bool sk_int_get_i64(SkValue v, int64_t *out);                      /* false: does not fit */
bool sk_int_get_u64(SkValue v, uint64_t *out);                    /* false: negative or does not fit */
double sk_int_get_double(SkVm *vm, SkValue v);                     /* OverflowError: int too large to convert to float */
int sk_int_sign(SkValue v);
int sk_int_compare(SkValue a, SkValue b);                          /* both sk_is_int */
int64_t sk_int_hash(SkValue v);
SkStr *sk_int_to_str(SkVm *vm, SkValue v, int base);               /* digits only, with '-' */
/* a op b (an SkBinaryOp) when both are of the exact class int and nothing can go wrong but memory: the VM asks
 * this before it looks at classes.  False: take the long way. */
bool sk_int_quick(SkVm *vm, int op, SkValue a, SkValue b, SkValue *out);
/* Arithmetic on two sk_is_int values (the VM's overflow paths). */
SkValue sk_int_add(SkVm *vm, SkValue a, SkValue b);
SkValue sk_int_sub(SkVm *vm, SkValue a, SkValue b);
SkValue sk_int_mul(SkVm *vm, SkValue a, SkValue b);
SkValue sk_int_floordiv(SkVm *vm, SkValue a, SkValue b);
SkValue sk_int_mod(SkVm *vm, SkValue a, SkValue b);
SkValue sk_int_lshift(SkVm *vm, SkValue a, int64_t bits);
SkValue sk_int_rshift(SkVm *vm, SkValue a, int64_t bits);
SkValue sk_int_divmod(SkVm *vm, SkValue a, SkValue b, SkValue *remainder); /* floor; b is not 0 */
SkValue sk_int_truediv(SkVm *vm, SkValue a, SkValue b);
SkValue sk_int_pow(SkVm *vm, SkValue a, SkValue b);                /* b >= 0 */
SkValue sk_int_powmod(SkVm *vm, SkValue a, SkValue b, SkValue m);
SkValue sk_int_gcd(SkVm *vm, SkValue a, SkValue b);
SkValue sk_int_isqrt(SkVm *vm, SkValue a);                         /* a >= 0 */
SkValue sk_int_neg(SkVm *vm, SkValue a);
SkValue sk_int_abs(SkVm *vm, SkValue a);
size_t sk_int_bit_length(SkValue v);
bool sk_int_is_odd(SkValue v);
SkValue sk_int_plain(SkVm *vm, SkValue v);                         /* exact int of a bool or subclass instance */
int sk_int_compare_double(SkValue a, double d);                    /* exact; d not nan */
/* int(text, base) with signs, blanks, underscores, prefixes, Unicode digits; base 0 or 2..36.  |shown| is
 * what the ValueError prints. */
SkValue sk_int_parse(SkVm *vm, const char *text, size_t n, int base, SkValue shown);
/* |v| in base 2..36 in scratch memory, no sign (to format it); raises past the digit limit. */
const char *sk_int_digits(SkVm *vm, SkValue v, int base, size_t *count);
/* sys.set_int_max_str_digits: 0 is "no limit". */
enum { SK_INT_DIGITS_DEFAULT = 4300, SK_INT_DIGITS_LEAST = 640 };
int sk_int_max_str_digits(const SkVm *vm);
void sk_int_set_max_str_digits(SkVm *vm, int digits);

SkValue sk_float_box(SkVm *vm, double d);
SK_INLINE SkValue sk_float_new(SkVm *vm, double d) {
  SkValue v = sk_immfloat_try(d);
  return SK_LIKELY(sk_is_immfloat(v)) ? v : sk_float_box(vm, d);
}
SK_INLINE bool sk_is_float(SkValue v) { return sk_is_immfloat(v) || sk_has_kind(v, SK_KIND_FLOAT); }
SK_INLINE double sk_float_get(SkValue v) { return sk_is_immfloat(v) ? sk_immfloat_get(v) : ((SkFloat *)sk_ptr(v))->value; }
SkValue sk_complex_new(SkVm *vm, double re, double im);
SkValue sk_complex_pow(SkVm *vm, double re, double im, double exponent_re, double exponent_im);
/* What __int__ or __index__ (|method|), __float__ of |owner|, __complex__ gave, checked as CPython does: TypeError for
 * another class, a DeprecationWarning for a strict subclass. */
SkValue sk_int_from_special(SkVm *vm, SkValue result, const char *method);
double sk_float_from_special(SkVm *vm, SkValue owner, SkValue result);
SkValue sk_complex_from_special(SkVm *vm, SkValue result);
/* int() and float() of anything, as the constructors do it. */
SkValue sk_number_to_int(SkVm *vm, SkValue v);
double sk_number_to_double(SkVm *vm, SkValue v);
bool sk_float_from_text(const char *s, size_t n, double *out);      /* float(text): blanks, underscores; whole text */
/* The text of a str as ASCII for number parsing, in scratch memory: Unicode digits and blanks become ASCII ones,
 * anything else '?'.  ASCII text comes back as it is. */
const char *sk_number_text(SkVm *vm, SkStr *s, size_t *n);
double sk_float_mod(double a, double b);                            /* a % b, b not 0 */
double sk_float_floordiv(double a, double b);
double sk_float_divmod(double a, double b, double *remainder);
/* a ** b for doubles as Python has it: raises ZeroDivisionError, OverflowError; complex for a negative base. */
SkValue sk_float_pow(SkVm *vm, double a, double b);
/* Rounds half to even on the decimal text, as round(x, places). */
SkValue sk_float_round(SkVm *vm, double x, int64_t places);
int64_t sk_double_hash(double d);                                   /* nan: caller uses identity */
SkStr *sk_double_repr(SkVm *vm, double d);

SK_C_END

#endif
