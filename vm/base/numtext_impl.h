/* numtext_impl.h - shared by the numtext_*.c files only.  Layer 0. */
#ifndef SK_BASE_NUMTEXT_IMPL_H
#define SK_BASE_NUMTEXT_IMPL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "vm/base/numtext.h"

/* 10^k = (high:low) * 2^(e - 127), e = floor(log2(10^k)), 2^127 <= high:low. */
typedef struct SkPower {
  uint64_t high, low;
} SkPower;

enum { SK_POWER_MIN = -342, SK_POWER_MAX = 324 };

/* Rounded up where it does not fit 128 bits, which is outside 0 <= k <= 55. */
SkPower sk_power_up(int k);

/* Rounded as Eisel-Lemire wants it: down, but up for -27 <= k < 0, where the
 * rounded-up reciprocal gives exact quotients. */
SkPower sk_power_parse(int k);

/* The nearest double to digits * 10^exponent; |sticky| says that nonzero
 * digits were cut off after the last one.  |digits| are '0'..'9'. */
double sk_digits_to_double(const char *digits, size_t count, int64_t exponent, bool sticky);

/* Moves |guess|, the bits of a double near that value, to the nearest one. */
uint64_t sk_digits_settle(const char *digits, size_t count, int exponent, bool sticky,
                          uint64_t guess);

/* "00" "01" ... "99" */
extern const char sk_digit_pairs[201];

/* Writes the last |count| digits of |value| before |end|. */
static inline void sk_put_digits(char *end, uint64_t value, int count) {
  for (; count >= 2; count -= 2, value /= 100) {
    end -= 2;
    memcpy(end, sk_digit_pairs + 2 * (value % 100), 2);
  }
  if (count) end[-1] = (char)('0' + value % 10);
}

static inline uint64_t sk_double_bits(double x) {
  uint64_t bits;
  memcpy(&bits, &x, 8);
  return bits;
}

static inline double sk_double_from_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, 8);
  return x;
}

enum {
  SK_DOUBLE_MANTISSA_BITS = 52,
  SK_DOUBLE_EXPONENT_MAX = 2047,
  SK_DOUBLE_BIAS = 1075, /* x = mantissa * 2^(exponent field - 1075) */
};

/* Splits finite |x| into mantissa * 2^exponent, the mantissa below 2^53. */
static inline uint64_t sk_double_split(uint64_t bits, int *exponent) {
  uint64_t mantissa = bits & ((UINT64_C(1) << 52) - 1);
  int field = (int)(bits >> 52 & 2047);
  *exponent = (field ? field : 1) - SK_DOUBLE_BIAS;
  return field ? mantissa | UINT64_C(1) << 52 : mantissa;
}

#endif
