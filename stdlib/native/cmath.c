/* cmath.c - module cmath: functions of complex numbers.  Layer 8.
 *
 * The C library computes, with its special values (C17 annex G), which are
 * Python's; what is ours is when to raise.
 */
#include <complex.h>
#include <float.h>
#include <math.h>

#include "vm/object/exception.h"
#include "vm/object/call.h"
#include "vm/object/func.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"

typedef double complex Z;

static Z make(double real, double imag) { return __builtin_complex(real, imag); }
static bool finite_parts(Z z) { return isfinite(creal(z)) && isfinite(cimag(z)); }

SK_NORETURN static void raise_domain(SkVm *vm) { sk_raise_value(vm, "math domain error"); }
SK_NORETURN static void raise_range(SkVm *vm) {
  sk_raisef(vm, SK_T_OverflowError, "math range error");
}

/* A complex, what __complex__ gives, or a real number. */
static Z argument(SkVm *vm, SkValue v) {
  if (sk_is_ptr(v) && !sk_has_kind(v, SK_KIND_COMPLEX)) {
    SkValue special = sk_lookup_special(vm, v, SK_NAME(vm, dunder_complex));
    if (!sk_is_unset(special)) v = sk_complex_from_special(vm, sk_call0(vm, special));
  }
  if (sk_has_kind(v, SK_KIND_COMPLEX)) {
    const SkComplex *z = sk_ptr(v);
    return make(z->real, z->imag);
  }
  return make(sk_to_double(vm, v), 0);
}

static SkValue result_of(SkVm *vm, Z argument, Z z) {
  if (finite_parts(argument) && !finite_parts(z)) raise_range(vm);
  return sk_complex_new(vm, creal(z), cimag(z));
}

/* The trigonometric functions turn an infinite angle into "no value". */
static bool bad_angle(double angle, double other, bool infinite_other_is_fine) {
  if (!isinf(angle)) return false;
  return infinite_other_is_fine ? isfinite(other) : !isnan(other);
}

static Z exp_checked(SkVm *vm, Z z) {
  double x = creal(z);
  if (isinf(cimag(z)) && (isfinite(x) || (isinf(x) && x > 0))) raise_domain(vm);
  return cexp(z);
}

static Z hyperbolic(SkVm *vm, Z z, Z (*fn)(Z), bool bounded) {
  if (bad_angle(cimag(z), creal(z), bounded)) raise_domain(vm);
  return fn(z);
}

static Z circular(SkVm *vm, Z z, Z (*fn)(Z), bool bounded) {
  if (bad_angle(creal(z), cimag(z), bounded)) raise_domain(vm);
  return fn(z);
}

/* Where annex G leaves a choice about a NaN, CPython has made it. */
static Z tanh_checked(SkVm *vm, Z z) {
  if (creal(z) == 0 && isnan(cimag(z))) return make(NAN, NAN);
  return hyperbolic(vm, z, ctanh, true);
}

static Z tan_checked(SkVm *vm, Z z) {
  if (isnan(creal(z)) && cimag(z) == 0) return make(NAN, NAN);
  return circular(vm, z, ctan, true);
}

static Z acosh_checked(Z z) {
  if (creal(z) == 0 && isnan(cimag(z))) return make(NAN, NAN);
  return cacosh(z);
}

/* Kahan's square root: scaled so that nothing overflows or gets lost. */
static Z sqrt_checked(Z z) {
  double x = fabs(creal(z)), y = fabs(cimag(z)), root;
  if (!finite_parts(z)) return csqrt(z);
  if (x == 0 && y == 0) return make(0, cimag(z));
  if (x < DBL_MIN && y < DBL_MIN) {
    x = ldexp(x, 53); /* subnormal: brought to full precision */
    root = ldexp(sqrt(x + hypot(x, ldexp(y, 53))), -27);
  } else {
    x /= 8;
    root = 2 * sqrt(x + hypot(x, y / 8));
  }
  double other = y / (2 * root);
  return creal(z) >= 0 ? make(root, copysign(other, cimag(z)))
                       : make(other, copysign(root, cimag(z)));
}

static Z log_checked(SkVm *vm, Z z) {
  if (creal(z) == 0 && cimag(z) == 0) raise_domain(vm);
  return clog(z);
}

static Z atanh_checked(SkVm *vm, Z z) {
  if (fabs(creal(z)) == 1 && cimag(z) == 0) raise_domain(vm);
  return catanh(z);
}

static Z atan_checked(SkVm *vm, Z z) {
  if (creal(z) == 0 && fabs(cimag(z)) == 1) raise_domain(vm);
  return catan(z);
}

#define UNARY_FUNCTIONS(X)                                                       \
  X(acos, cacos(z), "Return the arc cosine of z.")                               \
  X(acosh, acosh_checked(z), "Return the inverse hyperbolic cosine of z.")              \
  X(asin, casin(z), "Return the arc sine of z.")                                 \
  X(asinh, casinh(z), "Return the inverse hyperbolic sine of z.")                \
  X(atan, atan_checked(vm, z), "Return the arc tangent of z.")                   \
  X(atanh, atanh_checked(vm, z), "Return the inverse hyperbolic tangent of z.")  \
  X(cos, circular(vm, z, ccos, false), "Return the cosine of z.")                \
  X(cosh, hyperbolic(vm, z, ccosh, false), "Return the hyperbolic cosine of z.") \
  X(exp, exp_checked(vm, z), "Return the exponential value e**z.")               \
  X(log10, log_checked(vm, z) / M_LN10, "Return the base-10 logarithm of z.")    \
  X(sin, circular(vm, z, csin, false), "Return the sine of z.")                  \
  X(sinh, hyperbolic(vm, z, csinh, false), "Return the hyperbolic sine of z.")   \
  X(sqrt, sqrt_checked(z), "Return the square root of z.")                              \
  X(tan, tan_checked(vm, z), "Return the tangent of z.")                \
  X(tanh, tanh_checked(vm, z), "Return the hyperbolic tangent of z.")

#define DEFINE_UNARY(name, result, doc)          \
  SK_NATIVE(cmath_##name, #name "(z, /)", doc) { \
    Z z = argument(vm, args[0]);                 \
    return result_of(vm, z, result);             \
  }
UNARY_FUNCTIONS(DEFINE_UNARY)
#undef DEFINE_UNARY

SK_NATIVE(cmath_log, "log(z, base=?, /)",
          "log(z[, base]) -> the logarithm of z to the given base.\n\n"
          "If the base is not specified, returns the natural logarithm (base e) of z.") {
  Z z = argument(vm, args[0]), result = log_checked(vm, z);
  if (!sk_is_unset(args[1])) {
    Z base = log_checked(vm, argument(vm, args[1]));
    if (creal(base) == 0 && cimag(base) == 0) raise_domain(vm);
    result /= base;
  }
  return sk_complex_new(vm, creal(result), cimag(result));
}

SK_NATIVE(cmath_phase, "phase(z, /)", "Return argument, also known as the phase angle, of a complex.") {
  return sk_float_new(vm, carg(argument(vm, args[0])));
}

SK_NATIVE(cmath_polar, "polar(z, /)", "Convert a complex from rectangular coordinates to polar coordinates.") {
  Z z = argument(vm, args[0]);
  double size = cabs(z);
  if (isinf(size) && finite_parts(z)) raise_range(vm);
  SkValue r = sk_float_new(vm, size), phi = sk_float_new(vm, carg(z));
  return sk_from_ptr(sk_tuple_pack(vm, 2, r, phi));
}

SK_NATIVE(cmath_rect, "rect(r, phi, /)", "Convert from polar coordinates to rectangular coordinates.") {
  double r = sk_to_double(vm, args[0]), phi = sk_to_double(vm, args[1]);
  if (isinf(phi) && r != 0 && !isnan(r)) raise_domain(vm);
  if (phi == 0) { /* also for an infinite r: the signs of zero multiply */
    return sk_complex_new(vm, r, isnan(r) ? phi : copysign(1, r) * phi);
  }
  if (isinf(r) && isnan(phi)) return sk_complex_new(vm, INFINITY, NAN);
  if (r == 0) return sk_complex_new(vm, 0, isfinite(phi) ? r * sin(phi) : 0);
  return sk_complex_new(vm, r * cos(phi), r * sin(phi));
}

SK_NATIVE(cmath_isfinite, "isfinite(z, /)",
          "Return True if both the real and imaginary parts of z are finite, else False.") {
  return sk_bool(finite_parts(argument(vm, args[0])));
}

SK_NATIVE(cmath_isinf, "isinf(z, /)", "Checks if the real or imaginary part of z is infinite.") {
  Z z = argument(vm, args[0]);
  return sk_bool(isinf(creal(z)) || isinf(cimag(z)));
}

SK_NATIVE(cmath_isnan, "isnan(z, /)", "Checks if the real or imaginary part of z not a number (NaN).") {
  Z z = argument(vm, args[0]);
  return sk_bool(isnan(creal(z)) || isnan(cimag(z)));
}

SK_NATIVE(cmath_isclose, "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
          "Determine whether two complex numbers are close in value.") {
  Z a = argument(vm, args[0]), b = argument(vm, args[1]);
  double relative = sk_to_double(vm, args[2]), absolute = sk_to_double(vm, args[3]);
  if (relative < 0 || absolute < 0) sk_raise_value(vm, "tolerances must be non-negative");
  if (creal(a) == creal(b) && cimag(a) == cimag(b)) return SK_TRUE;
  if (isinf(creal(a)) || isinf(cimag(a)) || isinf(creal(b)) || isinf(cimag(b))) return SK_FALSE;
  double difference = cabs(a - b);
  return sk_bool(difference <= relative * cabs(b) || difference <= relative * cabs(a) ||
                 difference <= absolute);
}

static const SkNativeDef *const cmath_functions[] = {
#define LIST_UNARY(name, result, doc) &cmath_##name##_def,
    UNARY_FUNCTIONS(LIST_UNARY)
#undef LIST_UNARY
    &cmath_isclose_def,
    &cmath_isfinite_def,
    &cmath_isinf_def,
    &cmath_isnan_def,
    &cmath_log_def,
    &cmath_phase_def,
    &cmath_polar_def,
    &cmath_rect_def,
    NULL,
};

static void cmath_init(SkVm *vm, SkModule *m) {
  sk_module_add(vm, m, "pi", sk_float_new(vm, M_PI));
  sk_module_add(vm, m, "e", sk_float_new(vm, M_E));
  sk_module_add(vm, m, "tau", sk_float_new(vm, 2 * M_PI));
  sk_module_add(vm, m, "inf", sk_float_new(vm, INFINITY));
  sk_module_add(vm, m, "nan", sk_float_new(vm, NAN));
  sk_module_add(vm, m, "infj", sk_complex_new(vm, 0, INFINITY));
  sk_module_add(vm, m, "nanj", sk_complex_new(vm, 0, NAN));
}

const SkModuleDef sk_cmath_module = {
    .name = "cmath",
    .doc = "This module provides access to mathematical functions for complex numbers.",
    .functions = cmath_functions,
    .init = cmath_init,
};
