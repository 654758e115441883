/* hash.h - hashing of bytes and of doubles.  Layer 0. */
#ifndef SK_BASE_HASH_H
#define SK_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "vm/base/defs.h"

SK_C_BEGIN

/* Numeric hashes are taken modulo this prime, 2^61 - 1, so that equal numbers
 * of different types agree; |hash| <= 2^61 - 1 always fits a tagged int. */
#define SK_HASH_MODULUS ((UINT64_C(1) << 61) - 1)
enum { SK_HASH_BITS = 61, SK_HASH_INF = 314159, SK_HASH_IMAG = 1000003 };

/* Spreads every bit of |x| over the result; a bijection. */
static inline uint64_t sk_hash_mix(uint64_t x) {
  x ^= x >> 32;
  x *= UINT64_C(0xE9846AF9B1A615D1);
  x ^= x >> 32;
  x *= UINT64_C(0xE9846AF9B1A615D1);
  return x ^ x >> 28;
}

/* Hash of a byte string; |seed| is the VM's secret (or 0 in the front end). */
uint64_t sk_hash_bytes(const void *data, size_t count, uint64_t seed);

/* (high * 2^64 + low) mod (2^61 - 1), for high < 2^61. */
uint64_t sk_hash_reduce(uint64_t high, uint64_t low);

/* Python's hash of a finite or infinite double; never -1.  NaN hashes by
 * identity, which is the caller's business. */
int64_t sk_hash_double(double x);

SK_C_END

#endif
