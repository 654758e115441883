/* numtext_shortest.c - the shortest digits that read back.  Layer 0.
 *
 * Schubfach (Raffaello Giulietti, "The Schubfach way to render doubles").  The
 * doubles that round to x form an interval around it.  Choose k so that the
 * interval holds one or two multiples of 10^k at least, and at most one of
 * 10^(k+1): then only those few candidates need a look.  All three points
 * (lower end, x, upper end) are scaled by 4 * 10^-k and kept as integers with
 * a sticky lowest bit, which makes every comparison exact.
 */
#include "vm/base/numtext_impl.h"

/* floor(log10(2^e)), floor(log10(3/4 * 2^e)), floor(log2(10^e)). */
static int log10_pow2(int e) { return (e * 1262611) >> 22; }
static int log10_three_quarters_pow2(int e) { return (e * 1262611 - 524031) >> 22; }
static int log2_pow10(int e) { return (e * 1741647) >> 19; }

/* High 64 bits of power * x (of 192), the lowest set if anything was cut. */
static uint64_t scale_sticky(SkPower power, uint64_t x) {
  unsigned __int128 low = (unsigned __int128)power.low * x;
  unsigned __int128 high = (unsigned __int128)power.high * x + (uint64_t)(low >> 64);
  return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* Shortest significand; its exponent of ten goes to |*exponent|. */
static uint64_t shortest_significand(uint64_t bits, int *exponent) {
  int q;
  uint64_t c = sk_double_split(bits, &q);
  if (q <= 0 && q > -53 && !(c & ((UINT64_C(1) << -q) - 1))) { /* a small integer */
    *exponent = 0;
    return c >> -q;
  }
  /* Below a power of two the neighbour is only half as far away. */
  bool closer = !(bits & ((UINT64_C(1) << 52) - 1)) && (bits >> 52 & 2047) > 1;
  int k = closer ? log10_three_quarters_pow2(q) : log10_pow2(q);
  int h = q + log2_pow10(-k) + 1;
  SkPower power = sk_power_up(-k);
  uint64_t lower = scale_sticky(power, (4 * c - 2 + closer) << h);
  uint64_t value = scale_sticky(power, (4 * c) << h);
  uint64_t upper = scale_sticky(power, (4 * c + 2) << h);
  if (c & 1) { /* ties read back as the even neighbour: the ends are not ours */
    lower++;
    upper--;
  }
  uint64_t s = value / 4;
  if (s >= 10) {
    uint64_t tens = s / 10;
    bool down_inside = lower <= 40 * tens;
    bool up_inside = 40 * tens + 40 <= upper;
    if (down_inside != up_inside) {
      *exponent = k + 1;
      return tens + up_inside;
    }
  }
  *exponent = k;
  bool down_inside = lower <= 4 * s;
  bool up_inside = 4 * s + 4 <= upper;
  if (down_inside != up_inside) return s + up_inside;
  uint64_t middle = 4 * s + 2;
  return s + (value > middle || (value == middle && (s & 1)));
}

/* Decimal digits of s, 0 < s < 10^18. */
static int digit_count(uint64_t s) {
  int bits = 64 - __builtin_clzll(s);
  int guess = bits * 1233 >> 12; /* floor(bits * log10(2)): right or one too few */
  uint64_t power = 1;
  for (int i = 0; i < guess; i++) power *= 10;
  return guess + (s >= power);
}

void sk_decimal_shortest(SkDecimal *d, double x) {
  d->length = 0;
  d->point = 1;
  if (x == 0) return;
  int exponent;
  uint64_t s = shortest_significand(sk_double_bits(x), &exponent);
  if (s % 100000000 == 0) s /= 100000000, exponent += 8; /* half of a long run at once */
  while (s % 10 == 0) s /= 10, exponent++;
  int count = digit_count(s);
  sk_put_digits(d->digits + count, s, count);
  d->length = count;
  d->point = exponent + count;
}
