/* numtext_parse.c - decimal text to the nearest double.  Layer 0.
 *
 * Three steps, each for what the one before cannot decide:
 *   1. a mantissa below 2^53 times or over a power of ten that is exact
 *   2. Eisel-Lemire: the first 64 bits of the mantissa times a 128-bit power
 *   3. numtext_bignum.c: exact comparison with the midpoints between doubles
 */
#include <math.h>

#include "vm/base/numtext_impl.h"

static const double kExactPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                      1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                      1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
enum { EXACT_POWER_MAX = 22, MANTISSA_DIGITS = 19 };

/* Sets |*bits| to the double nearest to w * 10^q, w nonzero.  False when 128
 * bits of the power do not decide; |*bits| is then at most one unit off. */
static bool eisel_lemire(uint64_t w, int q, uint64_t *bits) {
  int zeros = __builtin_clzll(w);
  w <<= zeros;
  SkPower power = sk_power_parse(q);
  unsigned __int128 product = (unsigned __int128)w * power.high;
  uint64_t high = (uint64_t)(product >> 64), low = (uint64_t)product;
  if ((high & 0x1FF) == 0x1FF) { /* the 9 bits below those we keep could carry */
    uint64_t more = (uint64_t)((unsigned __int128)w * power.low >> 64);
    low += more;
    high += low < more;
  }
  bool certain = low != UINT64_MAX || (q >= -27 && q <= 55);
  int top = (int)(high >> 63);
  uint64_t mantissa = high >> (top + 64 - SK_DOUBLE_MANTISSA_BITS - 3);
  int field = (((152170 + 65536) * q) >> 16) + 63 + top - zeros + 1023;
  if (field <= 0) { /* subnormal or zero */
    if (field < -62) return *bits = 0, certain;
    mantissa >>= 1 - field;
    mantissa = (mantissa + (mantissa & 1)) >> 1;
    *bits = mantissa; /* a carry into 2^52 is the smallest normal, as it should */
    return certain;
  }
  /* Exactly halfway can only happen for these q: then to even. */
  if (low <= 1 && q >= -4 && q <= 23 && (mantissa & 3) == 1 &&
      mantissa << (top + 64 - SK_DOUBLE_MANTISSA_BITS - 3) == high) {
    mantissa &= ~UINT64_C(1);
  }
  mantissa = (mantissa + (mantissa & 1)) >> 1;
  if (mantissa >> 53) {
    mantissa >>= 1;
    field++;
  }
  if (field >= SK_DOUBLE_EXPONENT_MAX) {
    *bits = (uint64_t)SK_DOUBLE_EXPONENT_MAX << 52;
  } else {
    *bits = (mantissa & ((UINT64_C(1) << 52) - 1)) | (uint64_t)field << 52;
  }
  return certain;
}

double sk_digits_to_double(const char *digits, size_t count, int64_t exponent, bool sticky) {
  while (count && *digits == '0') digits++, count--;
  while (count && !sticky && digits[count - 1] == '0') count--, exponent++;
  if (!count) return 0;
  if (exponent + (int64_t)count > 310) return INFINITY;
  if (exponent + (int64_t)count < -330) return 0;

  size_t head = count < MANTISSA_DIGITS ? count : MANTISSA_DIGITS;
  uint64_t w = 0;
  for (size_t i = 0; i < head; i++) w = w * 10 + (uint64_t)(digits[i] - '0');
  bool cut = sticky || head < count;
  int q = (int)exponent + (int)(count - head);
  if (!cut && w >> 53 == 0 && q >= -EXACT_POWER_MAX && q <= EXACT_POWER_MAX) {
    return q < 0 ? (double)w / kExactPowers[-q] : (double)w * kExactPowers[q];
  }
  if (q < SK_POWER_MIN) return 0;
  if (q > 308) return INFINITY;
  uint64_t bits, above;
  bool certain = eisel_lemire(w, q, &bits);
  if (certain && cut) certain = eisel_lemire(w + 1, q, &above) && above == bits;
  if (!certain) bits = sk_digits_settle(digits, count, (int)exponent, sticky, bits);
  return sk_double_from_bits(bits);
}

double sk_decimal_to_double(const SkDecimal *d) {
  return sk_digits_to_double(d->digits, (size_t)d->length, (int64_t)d->point - d->length, false);
}

/* The digits of a number being read: the significant ones are kept as far as
 * they can matter, of the others only whether they are all zero. */
typedef struct Reading {
  char digits[SK_DECIMAL_ROOM];
  size_t count;
  int64_t dropped; /* digits before the point that were not kept */
  bool sticky;
} Reading;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Reads digits with single underscores between them; returns the end. */
static size_t read_digits(const char *s, size_t at, size_t length, Reading *r, bool fraction,
                          int64_t *places) {
  while (at < length) {
    if (s[at] == '_' && at > 0 && is_digit(s[at - 1]) && at + 1 < length && is_digit(s[at + 1])) {
      at++;
    }
    char c = s[at];
    if (!is_digit(c)) break;
    if (r->count < SK_DECIMAL_ROOM) {
      if (r->count || c != '0') r->digits[r->count++] = c;
      *places += fraction;
    } else {
      r->sticky |= c != '0';
      r->dropped += !fraction;
    }
    at++;
  }
  return at;
}

/* Reads "e-12" at |at|; returns the end, or |at| if there is none. */
static size_t read_exponent(const char *s, size_t at, size_t length, int64_t *exponent) {
  if (at >= length || (s[at] | 0x20) != 'e') return at;
  size_t i = at + 1;
  bool negative = i < length && s[i] == '-';
  if (i < length && (s[i] == '-' || s[i] == '+')) i++;
  if (i >= length || !is_digit(s[i])) return at;
  int64_t value = 0;
  for (; i < length; i++) {
    if (s[i] == '_' && is_digit(s[i - 1]) && i + 1 < length && is_digit(s[i + 1])) i++;
    if (!is_digit(s[i])) break;
    /* The cap exceeds any text that fits in memory, so it cannot cancel. */
    if (value < INT64_MAX / 100) value = value * 10 + (s[i] - '0');
  }
  *exponent = negative ? -value : value;
  return i;
}

size_t sk_double_parse(const char *s, size_t length, double *out) {
  Reading r;
  r.count = 0;
  r.dropped = 0;
  r.sticky = false;
  size_t at = 0;
  bool negative = length && s[0] == '-';
  if (length && (s[0] == '-' || s[0] == '+')) at++;
  size_t digits_start = at;
  int64_t places = 0, ignored = 0, exponent = 0;
  at = read_digits(s, at, length, &r, false, &ignored);
  size_t integer_digits = at - digits_start;
  if (at < length && s[at] == '.') {
    size_t fraction = at + 1;
    size_t end = fraction;
    if (fraction < length && is_digit(s[fraction])) {
      end = read_digits(s, fraction, length, &r, true, &places);
    }
    if (!integer_digits && end == fraction) return 0;
    at = end;
  } else if (!integer_digits) {
    return 0;
  }
  at = read_exponent(s, at, length, &exponent);
  double x = sk_digits_to_double(r.digits, r.count, exponent - places + r.dropped, r.sticky);
  *out = negative ? -x : x;
  return at;
}

static bool starts_with(const char *s, size_t length, const char *word) {
  size_t i = 0;
  for (; word[i]; i++) {
    if (i >= length || (s[i] | 0x20) != word[i]) return false;
  }
  return true;
}

size_t sk_double_parse_any(const char *s, size_t length, double *out) {
  size_t used = sk_double_parse(s, length, out);
  if (used || !length) return used;
  bool negative = s[0] == '-';
  size_t sign = s[0] == '-' || s[0] == '+';
  s += sign;
  length -= sign;
  if (starts_with(s, length, "inf")) {
    *out = negative ? -INFINITY : INFINITY;
    return sign + (starts_with(s, length, "infinity") ? 8 : 3);
  }
  if (starts_with(s, length, "nan")) {
    *out = negative ? -(double)NAN : (double)NAN;
    return sign + 3;
  }
  return 0;
}
