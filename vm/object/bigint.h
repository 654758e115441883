/* bigint.h - arithmetic on vectors of 64-bit limbs.  Layer 6.  It
 * knows no values and no heap.  What takes more than linear time charges its
 * steps to |vm|, and so may be left by a stop.
 *
 * A natural number is an array of limbs, least significant first, with a
 * length.  Lengths may include high zero limbs unless a function says
 * "trimmed"; sk_bigint_trim() drops them.  Signs are the caller's business.
 * Output areas are the caller's, of the size stated; where a function needs
 * working memory, a companion x_scratch() says how many limbs, and the caller
 * passes them.  Outputs do not overlap inputs unless it says they may.
 */
#ifndef SK_OBJECT_BIGINT_H
#define SK_OBJECT_BIGINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "vm/heap/value.h"

SK_C_BEGIN

typedef uint64_t SkLimb;
__extension__ typedef unsigned __int128 SkLimb2;

enum { SK_LIMB_BITS = 64 };

/* ---- the basics (bigint.c) ---- */

static inline size_t sk_bigint_trim(const SkLimb *a, size_t n) {
  while (n && !a[n - 1]) n--;
  return n;
}

/* Bits of a trimmed number; 0 for zero. */
static inline size_t sk_bigint_bits(const SkLimb *a, size_t n) {
  return n ? n * SK_LIMB_BITS - (size_t)__builtin_clzll(a[n - 1]) : 0;
}

static inline void sk_bigint_copy(SkLimb *out, const SkLimb *a, size_t n) {
  memmove(out, a, n * sizeof *a);
}

static inline void sk_bigint_zero(SkLimb *out, size_t n) { memset(out, 0, n * sizeof *out); }

/* Three-way order of two trimmed numbers. */
int sk_bigint_compare(const SkLimb *a, size_t an, const SkLimb *b, size_t bn);

/* out[an] = a + b, an >= bn; returns the carry.  |out| may be a or b. */
SkLimb sk_bigint_add(SkLimb *out, const SkLimb *a, size_t an, const SkLimb *b, size_t bn);

/* out[an] = a - b, an >= bn; returns the borrow.  |out| may be a or b. */
SkLimb sk_bigint_sub(SkLimb *out, const SkLimb *a, size_t an, const SkLimb *b, size_t bn);

/* out[n] = a * factor + carry; returns the high limb.  |out| may be a. */
SkLimb sk_bigint_mul_limb(SkLimb *out, const SkLimb *a, size_t n, SkLimb factor, SkLimb carry);

/* out[n] += a * factor; returns the limb carried out. */
SkLimb sk_bigint_addmul_limb(SkLimb *out, const SkLimb *a, size_t n, SkLimb factor);

/* out[n] -= a * factor; returns the limb borrowed. */
SkLimb sk_bigint_submul_limb(SkLimb *out, const SkLimb *a, size_t n, SkLimb factor);

/* out[an + count / 64 + 1] = a << count. */
void sk_bigint_shift_left(SkLimb *out, const SkLimb *a, size_t an, size_t count);

/* out[an - count / 64] = a >> count, for count < 64 * an; returns whether a set
 * bit was lost.  |out| may be a. */
bool sk_bigint_shift_right(SkLimb *out, const SkLimb *a, size_t an, size_t count);

/* ---- multiplication (bigint_mul.c) ---- */

/* out[an + bn] = a * b, an >= bn. */
size_t sk_bigint_mul_scratch(size_t an, size_t bn);
void sk_bigint_mul(SkVm *vm, SkLimb *out, const SkLimb *a, size_t an, const SkLimb *b, size_t bn,
                   SkLimb *scratch);

/* out[2 * n] = a * a. */
size_t sk_bigint_sqr_scratch(size_t n);
void sk_bigint_sqr(SkVm *vm, SkLimb *out, const SkLimb *a, size_t n, SkLimb *scratch);

/* ---- division (bigint_div.c) ---- */

/* quotient[an] = a / divisor; returns the remainder.  |quotient| may be a. */
SkLimb sk_bigint_divrem_limb(SkLimb *quotient, const SkLimb *a, size_t an, SkLimb divisor);

/* quotient[an - bn + 1] = a / b, remainder[bn] = a % b; an >= bn, b trimmed and
 * nonzero. */
size_t sk_bigint_divrem_scratch(size_t an, size_t bn);
void sk_bigint_divrem(SkVm *vm, SkLimb *quotient, SkLimb *remainder, const SkLimb *a, size_t an,
                      const SkLimb *b, size_t bn, SkLimb *scratch);

/* ---- bits (bigint_bits.c) ---- */

typedef enum SkBitOp { SK_BIT_AND, SK_BIT_OR, SK_BIT_XOR } SkBitOp;

/* out[max(an, bn) + 1] = the magnitude of (a op b) on infinite two's
 * complement; returns whether the result is negative. */
bool sk_bigint_bitop(SkBitOp op, SkLimb *out, const SkLimb *a, size_t an, bool a_negative,
                     const SkLimb *b, size_t bn, bool b_negative);

/* Set bits of the magnitude. */
size_t sk_bigint_popcount(const SkLimb *a, size_t n);

/* Whether a bit below |count| is set. */
bool sk_bigint_any_below(const SkLimb *a, size_t n, size_t count);

/* The number a * 2^shift (a trimmed, negated if |negative|) as the nearest
 * double, half to even; infinite if too large. */
double sk_bigint_to_double(const SkLimb *a, size_t n, bool negative, int64_t shift);

/* The trimmed number's leading 64 bits, the top one set, so that the number is
 * about (result) * 2^*exponent; the lowest bit is sticky.  n > 0. */
uint64_t sk_bigint_leading(const SkLimb *a, size_t n, int64_t *exponent);

/* out[SK_BIGINT_DOUBLE_LIMBS] = the integer part of |x|, finite; returns the
 * trimmed length. */
enum { SK_BIGINT_DOUBLE_LIMBS = 17 };
size_t sk_bigint_from_double(SkLimb *out, double x);

/* out[count / 8 + 1] = the number in |count| bytes; returns the trimmed length
 * of its magnitude, and with |is_signed| its sign in *negative. */
size_t sk_bigint_from_bytes(SkLimb *out, bool *negative, const uint8_t *bytes, size_t count,
                            bool little_endian, bool is_signed);

/* Writes the number in |count| bytes of two's complement; false if it does not
 * fit (a negative one never fits unsigned). */
bool sk_bigint_to_bytes(uint8_t *bytes, size_t count, const SkLimb *a, size_t n, bool negative,
                        bool little_endian, bool is_signed);

/* ---- text (bigint_text.c) ---- */

/* Room for the digits of n limbs in |base|. */
size_t sk_bigint_text_bound(size_t n, unsigned base);

/* Writes the digits (0-9a-z, no leading zeros, "0" for zero) of a trimmed
 * number in base 2 to 36; returns their count. */
size_t sk_bigint_to_text_scratch(size_t n, unsigned base);
size_t sk_bigint_to_text(SkVm *vm, char *out, const SkLimb *a, size_t n, unsigned base, SkLimb *scratch);

/* out[sk_bigint_from_text_limbs(count, base)] = the number written by |count|
 * digits of |base| (either case, all valid); returns the trimmed length. */
size_t sk_bigint_from_text_limbs(size_t count, unsigned base);
size_t sk_bigint_from_text_scratch(size_t count, unsigned base);
size_t sk_bigint_from_text(SkVm *vm, SkLimb *out, const char *digits, size_t count, unsigned base,
                           SkLimb *scratch);

/* Value of a digit character in bases up to 36, or 36 and more if it is none. */
unsigned sk_digit_value(unsigned char c);

/* ---- number theory (bigint_math.c) ---- */

/* Makes a the greatest common divisor of a and b, a >= b, both trimmed, nonzero
 * and destroyed, both with room for an limbs; returns its trimmed length. */
size_t sk_bigint_gcd_scratch(size_t an);
size_t sk_bigint_gcd(SkVm *vm, SkLimb *a, size_t an, SkLimb *b, size_t bn, SkLimb *scratch);

/* out[n / 2 + 3] = floor(sqrt(a)), a trimmed and nonzero; returns the length. */
size_t sk_bigint_isqrt_scratch(size_t n);
size_t sk_bigint_isqrt(SkVm *vm, SkLimb *out, const SkLimb *a, size_t n, SkLimb *scratch);

/* Limbs that hold a^exponent for an a of |bits| bits, or SIZE_MAX if absurd. */
size_t sk_bigint_pow_limbs(size_t bits, uint64_t exponent);

/* out[sk_bigint_pow_limbs()] = a^exponent, a trimmed; returns the length. */
size_t sk_bigint_pow_scratch(size_t limbs);
size_t sk_bigint_pow(SkVm *vm, SkLimb *out, size_t limbs, const SkLimb *a, size_t n, uint64_t exponent,
                     SkLimb *scratch);

/* out[mn] = a^e mod m, with a < m, m trimmed and nonzero, e trimmed; returns
 * the trimmed length. */
size_t sk_bigint_powmod_scratch(size_t mn);
size_t sk_bigint_powmod(SkVm *vm, SkLimb *out, const SkLimb *a, size_t an, const SkLimb *e, size_t en,
                        const SkLimb *m, size_t mn, SkLimb *scratch);

SK_C_END

#endif
