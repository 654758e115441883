/* numtext_exact.c - the exact decimal expansion, rounded where asked.  Layer 0.
 *
 * A double is mantissa * 2^exponent.  Its integer part (at most 1024 bits) is
 * divided by 10^19 again and again; its fraction (at most 1074 bits) is
 * multiplied by 10^19 again and again, and what spills over are the next 19
 * digits.  Digits are made only as far as the rounding needs them; whether
 * anything nonzero follows is all it needs to know about the rest.
 */
#include "vm/base/numtext_impl.h"

enum { LIMBS = 18, CHUNK = 19, EXPANSION_ROOM = 330 + 1074 + 2 * CHUNK };
static const uint64_t kChunkPower = UINT64_C(10000000000000000000);

/* 10^i, for chunks that need not be whole. */
static const uint64_t kTens[CHUNK + 1] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

typedef struct Expansion {
  uint64_t fraction[LIMBS]; /* fraction * 2^(64 * fraction_limbs) */
  int fraction_limbs;
  int integer_digits; /* none for a zero integer part */
  int count;          /* digits made so far */
  char digits[EXPANSION_ROOM];
} Expansion;

static void put_chunk(char *out, uint64_t chunk) { sk_put_digits(out + CHUNK, chunk, CHUNK); }

/* An integer part of one limb, the usual case. */
static void expand_small(Expansion *x, uint64_t value) {
  int count = 0;
  while (count <= CHUNK && value >= kTens[count]) count++;
  sk_put_digits(x->digits + count, value, count);
  x->integer_digits = x->count = count;
}

/* Appends the digits of the integer in |limbs|, which is destroyed. */
static void expand_integer(Expansion *x, uint64_t *limbs, int count) {
  uint64_t chunks[LIMBS + 1];
  int chunk_count = 0;
  while (count > 0 && !limbs[count - 1]) count--;
  while (count > 0) {
    uint64_t rest = 0;
    for (int i = count; i-- > 0;) {
      unsigned __int128 part = (unsigned __int128)rest << 64 | limbs[i];
      limbs[i] = (uint64_t)(part / kChunkPower);
      rest = (uint64_t)(part % kChunkPower);
    }
    chunks[chunk_count++] = rest;
    while (count > 0 && !limbs[count - 1]) count--;
  }
  char text[(LIMBS + 1) * CHUNK];
  int length = 0;
  while (chunk_count > 0) {
    put_chunk(text + length, chunks[--chunk_count]);
    length += CHUNK;
  }
  int zeros = 0;
  while (zeros < length && text[zeros] == '0') zeros++;
  memcpy(x->digits, text + zeros, (size_t)(length - zeros));
  x->integer_digits = x->count = length - zeros;
}

/* Splits |value| into its integer digits and its binary fraction. */
static void expansion_start(Expansion *x, double value) {
  int exponent;
  uint64_t mantissa = sk_double_split(sk_double_bits(value), &exponent);
  uint64_t integer[LIMBS] = {0};
  x->fraction_limbs = x->integer_digits = x->count = 0;
  if (exponent >= 0) {
    int limb = exponent / 64, shift = exponent % 64;
    integer[limb] = mantissa << shift;
    if (shift) integer[limb + 1] = mantissa >> (64 - shift);
    expand_integer(x, integer, limb + 2);
    return;
  }
  int bits = -exponent; /* of fraction */
  if (bits < 64) {
    integer[0] = mantissa >> bits;
    mantissa &= (UINT64_C(1) << bits) - 1;
  }
  expand_small(x, integer[0]);
  if (!mantissa) return;
  int limbs = (bits + 63) / 64, shift = limbs * 64 - bits;
  memset(x->fraction, 0, sizeof x->fraction);
  x->fraction[0] = mantissa << shift;
  if (shift && limbs > 1) x->fraction[1] = mantissa >> (64 - shift);
  x->fraction_limbs = limbs;
}

static bool fraction_is_zero(const Expansion *x) {
  for (int i = x->fraction_limbs; i-- > 0;) {
    if (x->fraction[i]) return false;
  }
  return true;
}

/* Makes the next |digits| <= CHUNK digits of the fraction. */
static void expand_chunk(Expansion *x, int digits) {
  uint64_t carry = 0, power = kTens[digits];
  for (int i = 0; i < x->fraction_limbs; i++) {
    unsigned __int128 part = (unsigned __int128)x->fraction[i] * power + carry;
    x->fraction[i] = (uint64_t)part;
    carry = (uint64_t)(part >> 64);
  }
  sk_put_digits(x->digits + x->count + digits, carry, digits);
  x->count += digits;
}

/* Whether the digits from |at| on, and the rest, are more than half a unit of
 * the digit before; half exactly goes to the even digit. */
static bool rounds_up(const Expansion *x, int first, int at) {
  if (at >= x->count || x->digits[at] < '5') return false;
  if (x->digits[at] > '5') return true;
  for (int i = at + 1; i < x->count; i++) {
    if (x->digits[i] != '0') return true;
  }
  if (!fraction_is_zero(x)) return true;
  return at > first && (x->digits[at - 1] & 1);
}

/* Keeps the digits [first, end) and rounds there.  end >= first. */
static void decimal_round(SkDecimal *d, const Expansion *x, int first, int end) {
  d->point = x->integer_digits - first;
  bool up = rounds_up(x, first, end);
  int kept = (end < x->count ? end : x->count) - first;
  memcpy(d->digits, x->digits + first, (size_t)kept);
  if (up) {
    while (kept > 0 && d->digits[kept - 1] == '9') kept--;
    if (kept > 0) {
      d->digits[kept - 1]++;
    } else { /* 99.9 became 100 */
      d->digits[kept++] = '1';
      d->point++;
    }
  }
  while (kept > 0 && d->digits[kept - 1] == '0') kept--;
  d->length = kept;
  if (!kept) d->point = 1;
}

void sk_decimal_significant(SkDecimal *d, double value, int count) {
  Expansion x;
  expansion_start(&x, value);
  int first = 0;
  if (count > SK_DECIMAL_ROOM - 1) count = SK_DECIMAL_ROOM - 1;
  for (;;) {
    while (first < x.count && x.digits[first] == '0') first++;
    if (x.count - first > count || fraction_is_zero(&x)) break;
    /* A leading run of zeros is taken in whole chunks. */
    int want = first < x.count ? first + count + 1 - x.count : CHUNK;
    expand_chunk(&x, want < CHUNK ? want : CHUNK);
  }
  decimal_round(d, &x, first, first + count);
}

void sk_decimal_places(SkDecimal *d, double value, int places) {
  Expansion x;
  expansion_start(&x, value);
  if (places > 1100) places = 1100;
  int end = x.integer_digits + places;
  while (x.count <= end && !fraction_is_zero(&x)) {
    int want = end + 1 - x.count;
    expand_chunk(&x, want < CHUNK ? want : CHUNK);
  }
  int first = 0;
  while (first < x.count && first < end && x.digits[first] == '0') first++;
  if (end < 0) {
    d->length = 0;
    d->point = 1;
  } else {
    decimal_round(d, &x, first, end);
  }
}
