/* math.c - module math: functions of real numbers.  Layer 8.
 *
 * The C library computes; what is ours is when to raise.  A NaN that did not
 * come in is a domain error, an infinity that did not come in is a range error
 * (or a domain error where the function has a pole).
 */
#include <math.h>

#include "stdlib/native/math_impl.h"
#include "vm/object/call.h"
#include "vm/object/exception.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

SK_NORETURN static void raise_domain(SkVm *vm) { sk_raise_value(vm, "math domain error"); }
SK_NORETURN static void raise_range(SkVm *vm) {
  sk_raisef(vm, SK_T_OverflowError, "math range error");
}

/* |result| of a function of |x|; an infinity means overflow or a pole. */
static SkValue checked(SkVm *vm, double x, double result, bool can_overflow) {
  if (isnan(result) && !isnan(x)) raise_domain(vm);
  if (isinf(result) && isfinite(x)) {
    if (can_overflow) raise_range(vm);
    raise_domain(vm);
  }
  return sk_float_new(vm, result);
}

static double gamma_checked(SkVm *vm, double x) {
  if (x == 0 || (x < 0 && (isinf(x) || floor(x) == x))) raise_domain(vm);
  return tgamma(x);
}

static double lgamma_checked(SkVm *vm, double x) {
  if (x <= 0 && isfinite(x) && floor(x) == x) raise_domain(vm);
  int sign;
  return lgamma_r(x, &sign);
}

/*    name   result              an infinity is an overflow   doc */
#define UNARY_FUNCTIONS(X)                                                                     \
  X(acos, acos(x), false, "Return the arc cosine (measured in radians) of x.")                 \
  X(acosh, acosh(x), false, "Return the inverse hyperbolic cosine of x.")                      \
  X(asin, asin(x), false, "Return the arc sine (measured in radians) of x.")                   \
  X(asinh, asinh(x), false, "Return the inverse hyperbolic sine of x.")                        \
  X(atan, atan(x), false, "Return the arc tangent (measured in radians) of x.")                \
  X(atanh, atanh(x), false, "Return the inverse hyperbolic tangent of x.")                     \
  X(cbrt, cbrt(x), false, "Return the cube root of x.")                                        \
  X(cos, cos(x), false, "Return the cosine of x (measured in radians).")                       \
  X(cosh, cosh(x), true, "Return the hyperbolic cosine of x.")                                 \
  X(erf, erf(x), false, "Error function at x.")                                                \
  X(erfc, erfc(x), false, "Complementary error function at x.")                                \
  X(exp, exp(x), true, "Return e raised to the power of x.")                                   \
  X(exp2, exp2(x), true, "Return 2 raised to the power of x.")                                 \
  X(expm1, expm1(x), true, "Return exp(x)-1.")                                                 \
  X(fabs, fabs(x), false, "Return the absolute value of the float x.")                         \
  X(gamma, gamma_checked(vm, x), true, "Gamma function at x.")                                 \
  X(lgamma, lgamma_checked(vm, x), true,                                                       \
    "Natural logarithm of absolute value of Gamma function at x.")                             \
  X(log1p, log1p(x), false, "Return the natural logarithm of 1+x (base e).")                   \
  X(sin, sin(x), false, "Return the sine of x (measured in radians).")                         \
  X(sinh, sinh(x), true, "Return the hyperbolic sine of x.")                                   \
  X(sqrt, sqrt(x), false, "Return the square root of x.")                                      \
  X(tan, tan(x), false, "Return the tangent of x (measured in radians).")                      \
  X(tanh, tanh(x), false, "Return the hyperbolic tangent of x.")

#define DEFINE_UNARY(name, result, can_overflow, doc)   \
  SK_NATIVE(math_##name, #name "(x, /)", doc) {         \
    double x = sk_to_double(vm, args[0]);               \
    return checked(vm, x, result, can_overflow);        \
  }
UNARY_FUNCTIONS(DEFINE_UNARY)
#undef DEFINE_UNARY

SK_NATIVE(math_degrees, "degrees(x, /)", "Convert angle x from radians to degrees.") {
  return sk_float_new(vm, sk_to_double(vm, args[0]) * (180 / M_PI));
}

SK_NATIVE(math_radians, "radians(x, /)", "Convert angle x from degrees to radians.") {
  return sk_float_new(vm, sk_to_double(vm, args[0]) * (M_PI / 180));
}

/* ---- to integers ---- */

/* What x.__floor__() (or another name) gives, UNSET if there is none. */
static SkValue call_special(SkVm *vm, SkValue x, SkStr *name) {
  if (sk_is_immfloat(x) || sk_is_exactly(vm, x, SK_T_float)) return SK_UNSET;
  SkValue method = sk_lookup_special(vm, x, name);
  return sk_is_unset(method) ? method : sk_call0(vm, method);
}

SK_NATIVE(math_floor, "floor(x, /)", "Return the floor of x as an Integral.") {
  SkValue special = call_special(vm, args[0], SK_NAME(vm, dunder_floor));
  if (!sk_is_unset(special)) return special;
  return sk_int_from_double(vm, floor(sk_to_double(vm, args[0])));
}

SK_NATIVE(math_ceil, "ceil(x, /)", "Return the ceiling of x as an Integral.") {
  SkValue special = call_special(vm, args[0], SK_NAME(vm, dunder_ceil));
  if (!sk_is_unset(special)) return special;
  return sk_int_from_double(vm, ceil(sk_to_double(vm, args[0])));
}

SK_NATIVE(math_trunc, "trunc(x, /)", "Truncates the Real x to the nearest Integral toward 0.") {
  SkValue special = call_special(vm, args[0], SK_NAME(vm, dunder_trunc));
  if (!sk_is_unset(special)) return special;
  if (!sk_is_float(args[0])) {
    sk_raise_type(vm, "type %T doesn't define __trunc__ method", args[0]);
  }
  return sk_int_from_double(vm, sk_float_get(args[0]));
}

/* ---- logarithms ---- */

/* Positive ints of any size have a logarithm, also those no double holds. */
static double log_of(SkVm *vm, SkValue v, double (*log_fn)(double)) {
  if (!sk_is_int(v)) {
    double x = sk_to_double(vm, v);
    if (isnan(x) || x > 0) return log_fn(x);
    raise_domain(vm);
  }
  if (sk_int_sign(v) <= 0) raise_domain(vm);
  size_t bits = sk_int_bit_length(v);
  if (bits < 1024) return log_fn(sk_int_get_double(vm, v));
  /* v = top * 2^(bits - 100); 100 bits keep the rounding away. */
  double top = sk_int_get_double(vm, sk_int_rshift(vm, v, (int64_t)bits - 100));
  double x = bits == 1024 ? ldexp(top, 1024 - 100) : (double)INFINITY;
  if (isfinite(x)) return log_fn(x);
  return log_fn(ldexp(top, -100)) + log_fn(2.0) * (double)bits;
}

SK_NATIVE(math_log, "log(x, base=?, /)",
          "log(x, [base=math.e])\nReturn the logarithm of x to the given base.\n\n"
          "If the base is not specified, returns the natural logarithm (base e) of x.") {
  double numerator = log_of(vm, args[0], log);
  if (sk_is_unset(args[1])) return sk_float_new(vm, numerator);
  double denominator = log_of(vm, args[1], log);
  if (denominator == 0) sk_raisef(vm, SK_T_ZeroDivisionError, "float division by zero");
  return sk_float_new(vm, numerator / denominator);
}

SK_NATIVE(math_log2, "log2(x, /)", "Return the base 2 logarithm of x.") {
  return sk_float_new(vm, log_of(vm, args[0], log2));
}

SK_NATIVE(math_log10, "log10(x, /)", "Return the base 10 logarithm of x.") {
  return sk_float_new(vm, log_of(vm, args[0], log10));
}

/* ---- two and three arguments ---- */

SK_NATIVE(math_atan2, "atan2(y, x, /)", "Return the arc tangent (measured in radians) of y/x.") {
  double y = sk_to_double(vm, args[0]), x = sk_to_double(vm, args[1]);
  return sk_float_new(vm, atan2(y, x));
}

SK_NATIVE(math_copysign, "copysign(x, y, /)",
          "Return a float with the magnitude (absolute value) of x but the sign of y.") {
  double x = sk_to_double(vm, args[0]), y = sk_to_double(vm, args[1]);
  return sk_float_new(vm, copysign(x, y));
}

SK_NATIVE(math_pow, "pow(x, y, /)", "Return x**y (x to the power of y).") {
  double x = sk_to_double(vm, args[0]), y = sk_to_double(vm, args[1]);
  double result = pow(x, y);
  if (isfinite(x) && isfinite(y)) {
    if (isnan(result)) raise_domain(vm);
    if (isinf(result)) {
      if (x == 0) raise_domain(vm);
      raise_range(vm);
    }
  }
  return sk_float_new(vm, result);
}

SK_NATIVE(math_fmod, "fmod(x, y, /)", "Return fmod(x, y), according to platform C.") {
  double x = sk_to_double(vm, args[0]), y = sk_to_double(vm, args[1]);
  double result = fmod(x, y);
  if (isnan(result) && !isnan(x) && !isnan(y)) raise_domain(vm);
  return sk_float_new(vm, result);
}

SK_NATIVE(math_remainder, "remainder(x, y, /)", "Difference between x and the closest integer multiple of y.") {
  double x = sk_to_double(vm, args[0]), y = sk_to_double(vm, args[1]);
  double result = remainder(x, y);
  if (isnan(result) && !isnan(x) && !isnan(y)) raise_domain(vm);
  return sk_float_new(vm, result);
}

SK_NATIVE(math_fma, "fma(x, y, z, /)", "Fused multiply-add operation.") {
  double x = sk_to_double(vm, args[0]), y = sk_to_double(vm, args[1]);
  double z = sk_to_double(vm, args[2]), result = fma(x, y, z);
  if (isnan(result) && !isnan(x) && !isnan(y) && !isnan(z)) {
    sk_raise_value(vm, "invalid operation in fma");
  }
  if (isinf(result) && isfinite(x) && isfinite(y) && isfinite(z)) {
    sk_raisef(vm, SK_T_OverflowError, "overflow in fma");
  }
  return sk_float_new(vm, result);
}

SK_NATIVE(math_isclose, "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
          "Determine whether two floating-point numbers are close in value.") {
  double a = sk_to_double(vm, args[0]), b = sk_to_double(vm, args[1]);
  double relative = sk_to_double(vm, args[2]), absolute = sk_to_double(vm, args[3]);
  if (relative < 0 || absolute < 0) sk_raise_value(vm, "tolerances must be non-negative");
  if (a == b) return SK_TRUE;
  if (isinf(a) || isinf(b)) return SK_FALSE;
  double difference = fabs(b - a);
  return sk_bool(difference <= fabs(relative * b) || difference <= fabs(relative * a) ||
                 difference <= absolute);
}

/* ---- taking doubles apart ---- */

SK_NATIVE(math_isfinite, "isfinite(x, /)", "Return True if x is neither an infinity nor a NaN, and False otherwise.") {
  return sk_bool(isfinite(sk_to_double(vm, args[0])));
}

SK_NATIVE(math_isinf, "isinf(x, /)", "Return True if x is a positive or negative infinity, and False otherwise.") {
  return sk_bool(isinf(sk_to_double(vm, args[0])));
}

SK_NATIVE(math_isnan, "isnan(x, /)", "Return True if x is a NaN (not a number), and False otherwise.") {
  return sk_bool(isnan(sk_to_double(vm, args[0])));
}

SK_NATIVE(math_frexp, "frexp(x, /)", "Return the mantissa and exponent of x, as pair (m, e).") {
  double x = sk_to_double(vm, args[0]);
  int exponent = 0;
  double fraction = isfinite(x) ? frexp(x, &exponent) : x;
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_float_new(vm, fraction), sk_smallint(exponent)));
}

SK_NATIVE(math_modf, "modf(x, /)", "Return the fractional and integer parts of x.") {
  double x = sk_to_double(vm, args[0]), whole;
  double fraction = modf(x, &whole);
  SkValue f = sk_float_new(vm, fraction), w = sk_float_new(vm, whole);
  return sk_from_ptr(sk_tuple_pack(vm, 2, f, w));
}

SK_NATIVE(math_ldexp, "ldexp(x, i, /)", "Return x * (2**i).") {
  double x = sk_to_double(vm, args[0]);
  if (!sk_is_int(args[1])) {
    sk_raise_type(vm, "Expected an int as second argument to ldexp.");
  }
  if (x == 0 || !isfinite(x)) return sk_float_new(vm, x);
  int64_t exponent = sk_to_index_clamped(vm, args[1]);
  double result = ldexp(x, exponent > 5000 ? 5000 : exponent < -5000 ? -5000 : (int)exponent);
  if (isinf(result)) raise_range(vm);
  return sk_float_new(vm, result);
}

/* Doubles of one sign are ordered as their bits are: |steps| of them from |x|
 * towards |y|, passing zero (which counts once) if it must. */
static double step_towards(double x, double y, uint64_t steps) {
  if (steps == 0 || isnan(x)) return x;
  if (isnan(y) || x == y) return y;
  uint64_t a, b;
  memcpy(&a, &x, 8);
  memcpy(&b, &y, 8);
  const uint64_t sign = UINT64_C(1) << 63;
  uint64_t size_a = a & ~sign, size_b = b & ~sign;
  if ((a ^ b) & sign) {
    if (size_a + size_b <= steps) return y;
    a = size_a >= steps ? a - steps : (b & sign) | (steps - size_a);
    /* Exactly zero keeps the sign of where it came from. */
  } else if (size_a > size_b) {
    a = size_a - size_b <= steps ? b : a - steps;
  } else {
    a = size_b - size_a <= steps ? b : a + steps;
  }
  memcpy(&x, &a, 8);
  return x;
}

SK_NATIVE(math_nextafter, "nextafter(x, y, /, *, steps=None)",
          "Return the floating-point value the given number of steps after x towards y.") {
  double x = sk_to_double(vm, args[0]), y = sk_to_double(vm, args[1]);
  if (sk_is_none(args[2])) return sk_float_new(vm, nextafter(x, y));
  SkValue count = sk_to_int(vm, args[2]);
  if (sk_int_sign(count) < 0) {
    sk_raise_value(vm, "steps must be a non-negative integer");
  }
  uint64_t steps;
  if (!sk_int_get_u64(count, &steps)) steps = UINT64_MAX; /* as good as more */
  return sk_float_new(vm, step_towards(x, y, steps));
}

SK_NATIVE(math_ulp, "ulp(x, /)", "Return the value of the least significant bit of the float x.") {
  double x = fabs(sk_to_double(vm, args[0]));
  if (!isfinite(x)) return sk_float_new(vm, x);
  double above = nextafter(x, INFINITY);
  return sk_float_new(vm, isinf(above) ? x - nextafter(x, -INFINITY) : above - x);
}

/* ---- the module ---- */

static const SkNativeDef *const math_functions[] = {
#define LIST_UNARY(name, result, can_overflow, doc) &math_##name##_def,
    UNARY_FUNCTIONS(LIST_UNARY)
#undef LIST_UNARY
    &math_atan2_def,
    &math_ceil_def,
    &math_copysign_def,
    &math_degrees_def,
    &math_floor_def,
    &math_fma_def,
    &math_fmod_def,
    &math_frexp_def,
    &math_isclose_def,
    &math_isfinite_def,
    &math_isinf_def,
    &math_isnan_def,
    &math_ldexp_def,
    &math_log_def,
    &math_log10_def,
    &math_log2_def,
    &math_modf_def,
    &math_nextafter_def,
    &math_pow_def,
    &math_radians_def,
    &math_remainder_def,
    &math_trunc_def,
    &math_ulp_def,
    NULL,
};

static void add_functions(SkVm *vm, SkModule *m, const SkNativeDef *const *list) {
  for (; *list; list++) {
    const char *name = (*list)->signature;
    size_t length = strcspn(name, "(");
    char text[32];
    memcpy(text, name, length);
    text[length] = '\0';
    SkStr *module = sk_intern(vm, "math");
    sk_module_add(vm, m, text, sk_native_new(vm, *list, SK_UNSET, module));
  }
}

static void math_init(SkVm *vm, SkModule *m) {
  add_functions(vm, m, sk_math_int_functions);
  add_functions(vm, m, sk_math_sum_functions);
  sk_module_add(vm, m, "pi", sk_float_new(vm, M_PI));
  sk_module_add(vm, m, "e", sk_float_new(vm, M_E));
  sk_module_add(vm, m, "tau", sk_float_new(vm, 2 * M_PI));
  sk_module_add(vm, m, "inf", sk_float_new(vm, INFINITY));
  sk_module_add(vm, m, "nan", sk_float_new(vm, NAN));
}

const SkModuleDef sk_math_module = {
    .name = "math",
    .doc = "This module provides access to the mathematical functions\n"
           "defined by the C standard.",
    .functions = math_functions,
    .init = math_init,
};
