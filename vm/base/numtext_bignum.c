/* numtext_bignum.c - the last word on a decimal between two doubles.  Layer 0.
 *
 * Compares the exact decimal with the exact midpoint between two neighbouring
 * doubles, both brought to integers.  The sizes are bounded: 801 digits (2661
 * bits) on one side, 54 bits times 5^1143 (2654 bits) on the other, and one of
 * them shifted until both have about the same length.
 */
#include "vm/base/numtext_impl.h"

enum { BIG_LIMBS = 96, FIVES_IN_LIMB = 27 };

typedef struct Big {
  size_t count;
  uint64_t limbs[BIG_LIMBS];
} Big;

static void big_multiply(Big *b, uint64_t factor, uint64_t carry) {
  for (size_t i = 0; i < b->count; i++) {
    unsigned __int128 part = (unsigned __int128)b->limbs[i] * factor + carry;
    b->limbs[i] = (uint64_t)part;
    carry = (uint64_t)(part >> 64);
  }
  if (carry) b->limbs[b->count++] = carry;
}

static void big_multiply_pow5(Big *b, int exponent) {
  const uint64_t most = UINT64_C(7450580596923828125); /* 5^27 */
  for (; exponent >= FIVES_IN_LIMB; exponent -= FIVES_IN_LIMB) big_multiply(b, most, 0);
  for (; exponent > 0; exponent--) big_multiply(b, 5, 0);
}

static void big_shift_left(Big *b, int bits) {
  size_t limbs = (size_t)bits / 64;
  if (bits % 64) big_multiply(b, UINT64_C(1) << bits % 64, 0);
  memmove(b->limbs + limbs, b->limbs, b->count * sizeof b->limbs[0]);
  memset(b->limbs, 0, limbs * sizeof b->limbs[0]);
  b->count += limbs;
}

static int big_compare(const Big *a, const Big *b) {
  if (a->count != b->count) return a->count < b->count ? -1 : 1;
  for (size_t i = a->count; i-- > 0;) {
    if (a->limbs[i] != b->limbs[i]) return a->limbs[i] < b->limbs[i] ? -1 : 1;
  }
  return 0;
}

static void big_from_digits(Big *b, const char *digits, size_t count, bool sticky) {
  b->count = 0;
  for (size_t i = 0; i < count; i++) big_multiply(b, 10, (uint64_t)(digits[i] - '0'));
  if (sticky) big_multiply(b, 10, 1);
}

/* Compares value * 10^exponent with the midpoint above the double |bits|. */
static int compare_with_midpoint(const Big *value, int exponent, uint64_t bits) {
  int power;
  uint64_t mantissa = sk_double_split(bits, &power);
  Big left = *value;
  Big right = {.count = 1, .limbs = {2 * mantissa + 1}};
  power--;
  if (exponent >= 0) {
    big_multiply_pow5(&left, exponent);
  } else {
    big_multiply_pow5(&right, -exponent);
  }
  int shift = exponent - power;
  if (shift >= 0) {
    big_shift_left(&left, shift);
  } else {
    big_shift_left(&right, -shift);
  }
  return big_compare(&left, &right);
}

uint64_t sk_digits_settle(const char *digits, size_t count, int exponent, bool sticky,
                          uint64_t guess) {
  const uint64_t infinity = (uint64_t)SK_DOUBLE_EXPONENT_MAX << 52;
  Big value;
  big_from_digits(&value, digits, count, sticky);
  exponent -= sticky;
  for (;;) {
    if (guess < infinity) {
      int order = compare_with_midpoint(&value, exponent, guess);
      if (order > 0 || (order == 0 && (guess & 1))) {
        guess++;
        continue;
      }
    }
    if (guess > 0) {
      int order = compare_with_midpoint(&value, exponent, guess - 1);
      if (order < 0 || (order == 0 && (guess & 1))) {
        guess--;
        continue;
      }
    }
    return guess;
  }
}
