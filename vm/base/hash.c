/* hash.c - hashing of bytes and of doubles.  Layer 0.
 *
 * Bytes are folded sixteen at a time through a 64x64->128 multiplication, the
 * two halves xored.  Both factors depend on the seed, so that without it
 * nobody can aim for collisions.
 */
#include "vm/base/hash.h"

#include <math.h>
#include <string.h>

static const uint64_t kKey[4] = {
    UINT64_C(0x9E3779B97F4A7C15), /* golden ratio, then fractions of sqrt 2, 3, 5 */
    UINT64_C(0x6A09E667F3BCC909),
    UINT64_C(0xBB67AE8584CAA73B),
    UINT64_C(0x3C6EF372FE94F82B),
};

static inline uint64_t fold(uint64_t a, uint64_t b) {
  unsigned __int128 product = (unsigned __int128)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t load64(const unsigned char *p) {
  uint64_t x;
  memcpy(&x, p, 8);
  return x;
}

static inline uint64_t load32(const unsigned char *p) {
  uint32_t x;
  memcpy(&x, p, 4);
  return x;
}

uint64_t sk_hash_bytes(const void *data, size_t count, uint64_t seed) {
  const unsigned char *p = data;
  uint64_t state = seed ^ fold(seed ^ kKey[0], count ^ kKey[1]);
  size_t left = count;
  for (; left > 16; left -= 16, p += 16) {
    state = fold(load64(p) ^ kKey[2], load64(p + 8) ^ state);
  }
  /* At most 16 bytes remain; overlapping loads cover them without a loop. */
  uint64_t a = 0, b = 0;
  if (left >= 8) {
    a = load64(p);
    b = load64(p + left - 8);
  } else if (left >= 4) {
    a = load32(p);
    b = load32(p + left - 4);
  } else if (left) {
    a = (uint64_t)p[0] << 16 | (uint64_t)p[left / 2] << 8 | p[left - 1];
  }
  return fold(kKey[3] ^ count, fold(a ^ kKey[2], b ^ state) ^ kKey[1]);
}

uint64_t sk_hash_reduce(uint64_t high, uint64_t low) {
  /* 2^64 = 8 * 2^61, and 2^61 is 1 modulo the prime. */
  uint64_t sum = (low & SK_HASH_MODULUS) + (low >> SK_HASH_BITS);
  sum += (high << 3 & SK_HASH_MODULUS) + (high >> (SK_HASH_BITS - 3));
  sum = (sum & SK_HASH_MODULUS) + (sum >> SK_HASH_BITS);
  return sum >= SK_HASH_MODULUS ? sum - SK_HASH_MODULUS : sum;
}

int64_t sk_hash_double(double x) {
  if (isinf(x)) return x > 0 ? SK_HASH_INF : -SK_HASH_INF;
  int exponent;
  double fraction = frexp(fabs(x), &exponent); /* in [0.5, 1), or 0 */
  uint64_t mantissa = (uint64_t)ldexp(fraction, 53);
  /* mantissa * 2^(exponent-53): a rotation within 61 bits. */
  int shift = (exponent - 53) % SK_HASH_BITS;
  if (shift < 0) shift += SK_HASH_BITS;
  uint64_t hash = mantissa;
  if (shift) {
    hash = (mantissa << shift & SK_HASH_MODULUS) | mantissa >> (SK_HASH_BITS - shift);
  }
  if (hash == SK_HASH_MODULUS) hash = 0;
  int64_t signed_hash = x < 0 ? -(int64_t)hash : (int64_t)hash;
  return signed_hash == -1 ? -2 : signed_hash;
}
