/* bigint_bits.c - limb vectors: bits, bytes and doubles.  Layer 6, pure. */
#include <math.h>

#include "vm/object/bigint.h"

/* Limb i of the infinite two's complement of a signed magnitude, made one
 * after the other: negation is "invert and add one", the one being |carry|. */
typedef struct Complement {
  const SkLimb *limbs;
  size_t count;
  SkLimb invert; /* all ones for a negative number */
  SkLimb carry;
} Complement;

static Complement complement_of(const SkLimb *a, size_t n, bool negative) {
  return (Complement){a, n, negative ? ~(SkLimb)0 : 0, negative};
}

static inline SkLimb complement_limb(Complement *c, size_t i) {
  SkLimb limb = ((i < c->count ? c->limbs[i] : 0) ^ c->invert) + c->carry;
  c->carry = c->carry && !limb;
  return limb;
}

bool sk_bigint_bitop(SkBitOp op, SkLimb *out, const SkLimb *a, size_t an, bool a_negative,
                     const SkLimb *b, size_t bn, bool b_negative) {
  bool negative = op == SK_BIT_AND  ? a_negative && b_negative
                  : op == SK_BIT_OR ? a_negative || b_negative
                                    : a_negative != b_negative;
  Complement x = complement_of(a, an, a_negative), y = complement_of(b, bn, b_negative);
  size_t n = (an > bn ? an : bn) + 1;
  SkLimb invert = negative ? ~(SkLimb)0 : 0, carry = negative;
  for (size_t i = 0; i < n; i++) {
    SkLimb p = complement_limb(&x, i), q = complement_limb(&y, i);
    SkLimb r = op == SK_BIT_AND ? p & q : op == SK_BIT_OR ? p | q : p ^ q;
    r = (r ^ invert) + carry;
    carry = carry && !r;
    out[i] = r;
  }
  return negative;
}

size_t sk_bigint_popcount(const SkLimb *a, size_t n) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) count += (size_t)__builtin_popcountll(a[i]);
  return count;
}

bool sk_bigint_any_below(const SkLimb *a, size_t n, size_t count) {
  size_t limbs = count / SK_LIMB_BITS;
  if (limbs >= n) return sk_bigint_trim(a, n) != 0;
  for (size_t i = 0; i < limbs; i++) {
    if (a[i]) return true;
  }
  return count % SK_LIMB_BITS && a[limbs] << (SK_LIMB_BITS - count % SK_LIMB_BITS);
}

uint64_t sk_bigint_leading(const SkLimb *a, size_t n, int64_t *exponent) {
  unsigned shift = (unsigned)__builtin_clzll(a[n - 1]);
  *exponent = (int64_t)(n - 1) * SK_LIMB_BITS - shift;
  uint64_t top = a[n - 1] << shift;
  if (n == 1) return top;
  if (shift) top |= a[n - 2] >> (SK_LIMB_BITS - shift);
  bool sticky = a[n - 2] << shift || sk_bigint_trim(a, n - 2);
  return top | sticky;
}

double sk_bigint_to_double(const SkLimb *a, size_t n, bool negative, int64_t shift) {
  if (!n) return 0;
  int64_t exponent;
  uint64_t top = sk_bigint_leading(a, n, &exponent);
  exponent += shift;
  double x;
  if (exponent > 1024 - 64) {
    x = INFINITY;
  } else if (exponent < -1200) {
    x = 0;
  } else {
    int64_t drop = exponent + 11 < -1074 ? -1074 - exponent : 11; /* 64 - 53 bits */
    if (drop > 64) {
      x = 0;
    } else {
      uint64_t kept = drop == 64 ? 0 : top >> drop;
      uint64_t rest = top << (64 - drop) % 64;
      uint64_t half = UINT64_C(1) << 63;
      if (rest > half || (rest == half && (kept & 1))) kept++;
      x = ldexp((double)kept, (int)(exponent + drop));
    }
  }
  return negative ? -x : x;
}

size_t sk_bigint_from_double(SkLimb *out, double x) {
  int exponent;
  double fraction = frexp(fabs(x), &exponent);
  if (exponent <= 0) return 0;
  if (exponent <= 53) {
    out[0] = (SkLimb)fabs(x);
    return 1;
  }
  SkLimb mantissa = (SkLimb)ldexp(fraction, 53);
  size_t shift = (size_t)exponent - 53;
  sk_bigint_shift_left(out, &mantissa, 1, shift);
  return sk_bigint_trim(out, shift / SK_LIMB_BITS + 2);
}

static inline uint8_t byte_at(const uint8_t *bytes, size_t count, bool little, size_t i) {
  return bytes[little ? i : count - 1 - i];
}

size_t sk_bigint_from_bytes(SkLimb *out, bool *negative, const uint8_t *bytes, size_t count,
                            bool little_endian, bool is_signed) {
  *negative = is_signed && count && byte_at(bytes, count, little_endian, count - 1) & 0x80;
  size_t limbs = count / 8 + 1;
  for (size_t i = 0; i < limbs; i++) {
    SkLimb limb = *negative ? ~(SkLimb)0 : 0;
    for (size_t j = 0; j < 8 && 8 * i + j < count; j++) {
      limb &= ~((SkLimb)0xFF << 8 * j);
      limb |= (SkLimb)byte_at(bytes, count, little_endian, 8 * i + j) << 8 * j;
    }
    out[i] = limb;
  }
  if (*negative) {
    SkLimb carry = 1;
    for (size_t i = 0; i < limbs; i++) {
      out[i] = ~out[i] + carry;
      carry = carry && !out[i];
    }
  }
  return sk_bigint_trim(out, limbs);
}

bool sk_bigint_to_bytes(uint8_t *bytes, size_t count, const SkLimb *a, size_t n, bool negative,
                        bool little_endian, bool is_signed) {
  n = sk_bigint_trim(a, n);
  if (!n) negative = false;
  if (negative && !is_signed) return false;
  size_t bits = sk_bigint_bits(a, n);
  if (is_signed) { /* -2^k needs no bit more than its k + 1 */
    bool power = negative && !(a[n - 1] & (a[n - 1] - 1)) && !sk_bigint_trim(a, n - 1);
    bits += !power;
  }
  if (n && (count < bits / 8 || count * 8 < bits)) return false;
  Complement c = complement_of(a, n, negative);
  for (size_t i = 0; i * 8 < count; i++) {
    SkLimb limb = complement_limb(&c, i);
    for (size_t j = 0; j < 8 && 8 * i + j < count; j++, limb >>= 8) {
      size_t at = 8 * i + j;
      bytes[little_endian ? at : count - 1 - at] = (uint8_t)limb;
    }
  }
  return true;
}
