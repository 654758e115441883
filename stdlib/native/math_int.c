/* math_int.c - module math: functions of integers.  Layer 8. */
#include "stdlib/native/math_impl.h"
#include "vm/object/exception.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"

SK_NATIVE(math_gcd, "gcd(*integers)", "Greatest Common Divisor.") {
  SkTuple *integers = sk_as_tuple(args[0]);
  SkValue result = sk_smallint(0);
  for (size_t i = 0; i < integers->count; i++) {
    result = sk_int_gcd(vm, result, sk_to_int(vm, integers->items[i]));
  }
  return sk_int_abs(vm, result);
}

static SkValue lcm(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_int_sign(a) || !sk_int_sign(b)) return sk_smallint(0);
  return sk_int_mul(vm, sk_int_floordiv(vm, a, sk_int_gcd(vm, a, b)), b);
}

SK_NATIVE(math_lcm, "lcm(*integers)", "Least Common Multiple.") {
  SkTuple *integers = sk_as_tuple(args[0]);
  SkValue result = sk_smallint(1);
  for (size_t i = 0; i < integers->count; i++) {
    result = lcm(vm, result, sk_to_int(vm, integers->items[i]));
  }
  return sk_int_abs(vm, result);
}

SK_NATIVE(math_isqrt, "isqrt(n, /)", "Return the integer part of the square root of the input.") {
  SkValue n = sk_to_int(vm, args[0]);
  if (sk_int_sign(n) < 0) sk_raise_value(vm, "isqrt() argument must be nonnegative");
  return sk_int_isqrt(vm, n);
}

/* from * (from + 1) * ... * (to - 1), in halves so that the factors of the
 * large products are of about the same length. */
static SkValue product_of_range(SkVm *vm, uint64_t from, uint64_t to) {
  uint64_t product = 1, next = from;
  sk_charge(vm, 1);
  while (next < to && !__builtin_mul_overflow(product, next, &product)) next++;
  if (next >= to) return sk_int_from_u64(vm, product);
  if (to - from == 1) return sk_int_from_u64(vm, from);
  uint64_t middle = from + (to - from) / 2;
  SkValue low = product_of_range(vm, from, middle);
  return sk_int_mul(vm, low, product_of_range(vm, middle, to));
}

static SkValue factorial(SkVm *vm, SkValue v) {
  SkValue n = sk_to_int(vm, v);
  if (sk_int_sign(n) < 0) {
    sk_raise_value(vm, "factorial() not defined for negative values");
  }
  int64_t count;
  if (!sk_int_get_i64(n, &count)) {
    sk_raisef(vm, SK_T_OverflowError, "factorial() argument should not exceed %lld",
              (long long)INT64_MAX);
  }
  return product_of_range(vm, 2, (uint64_t)count + 1);
}

SK_NATIVE(math_factorial, "factorial(n, /)", "Find n!.") { return factorial(vm, args[0]); }

/* n * (n - 1) * ... * (n - k + 1) for any n >= k. */
static SkValue falling(SkVm *vm, SkValue n, uint64_t k) {
  int64_t small;
  if (sk_int_get_i64(n, &small)) {
    return product_of_range(vm, (uint64_t)small - k + 1, (uint64_t)small + 1);
  }
  if (k == 0) return sk_smallint(1);
  if (k == 1) return n;
  uint64_t half = k / 2;
  SkValue rest = sk_int_sub(vm, n, sk_int_from_u64(vm, half));
  SkValue high = falling(vm, n, half);
  return sk_int_mul(vm, high, falling(vm, rest, k - half));
}

static SkValue natural_argument(SkVm *vm, SkValue v, const char *name) {
  SkValue n = sk_to_int(vm, v);
  if (sk_int_sign(n) < 0) sk_raise_value(vm, "%s must be a non-negative integer", name);
  return n;
}

SK_NATIVE(math_perm, "perm(n, k=None, /)",
          "Number of ways to choose k items from n items without repetition and with order.") {
  if (sk_is_none(args[1])) return factorial(vm, args[0]);
  SkValue n = sk_to_int(vm, args[0]), k = sk_to_int(vm, args[1]);
  n = natural_argument(vm, n, "n");
  k = natural_argument(vm, k, "k");
  if (sk_int_compare(n, k) < 0) return sk_smallint(0);
  int64_t count;
  if (!sk_int_get_i64(k, &count)) {
    sk_raisef(vm, SK_T_OverflowError, "k must not exceed %lld", (long long)INT64_MAX);
  }
  return falling(vm, n, (uint64_t)count);
}

/* C(n, k) = C(n, j) * C(n - j, k - j) / C(k, j) keeps the numbers small. */
static SkValue binomial(SkVm *vm, SkValue n, uint64_t k) {
  if (k <= 30) {
    SkValue top = falling(vm, n, k);
    return sk_int_floordiv(vm, top, product_of_range(vm, 2, k + 1));
  }
  uint64_t j = k / 2;
  SkValue rest = sk_int_sub(vm, n, sk_int_from_u64(vm, j));
  SkValue a = binomial(vm, n, j);
  SkValue product = sk_int_mul(vm, a, binomial(vm, rest, k - j));
  return sk_int_floordiv(vm, product, binomial(vm, sk_int_from_u64(vm, k), j));
}

SK_NATIVE(math_comb, "comb(n, k, /)",
          "Number of ways to choose k items from n items without repetition and without order.") {
  SkValue n = sk_to_int(vm, args[0]), k = sk_to_int(vm, args[1]);
  n = natural_argument(vm, n, "n");
  k = natural_argument(vm, k, "k");
  if (sk_int_compare(n, k) < 0) return sk_smallint(0);
  SkValue other = sk_int_sub(vm, n, k);
  if (sk_int_compare(other, k) < 0) k = other;
  int64_t count;
  if (!sk_int_get_i64(k, &count)) {
    sk_raisef(vm, SK_T_OverflowError, "min(n - k, k) must not exceed %lld", (long long)INT64_MAX);
  }
  return binomial(vm, n, (uint64_t)count);
}

const SkNativeDef *const sk_math_int_functions[] = {
    &math_comb_def, &math_factorial_def, &math_gcd_def,  &math_isqrt_def,
    &math_lcm_def,  &math_perm_def,      NULL,
};
