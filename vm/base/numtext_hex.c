/* numtext_hex.c - hexadecimal floats as float.fromhex reads them.  Layer 0. */
#include <math.h>

#include "vm/base/numtext_impl.h"

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Reads [+-] digits, all of |s|. */
static bool read_exponent(const char *s, size_t length, int64_t *out) {
  bool negative = length && s[0] == '-';
  size_t i = length && (s[0] == '-' || s[0] == '+');
  if (i >= length) return false;
  int64_t value = 0;
  for (; i < length; i++) {
    if (s[i] < '0' || s[i] > '9') return false;
    if (value < INT64_MAX / 100) value = value * 10 + (s[i] - '0');
  }
  *out = negative ? -value : value;
  return true;
}

/* mantissa * 2^exponent, the lowest mantissa bit standing for all that was cut
 * off below it. */
static SkHexResult round_to_double(uint64_t mantissa, int64_t exponent, double *out) {
  *out = 0;
  if (!mantissa) return SK_HEX_OK;
  int zeros = __builtin_clzll(mantissa);
  int64_t top = exponent + 64 - zeros; /* value < 2^top */
  if (top < -1075 || top > 1025) return top < 0 ? SK_HEX_OK : SK_HEX_TOO_LARGE;
  mantissa <<= zeros;
  exponent -= zeros;
  int drop = 11; /* 64 - 53 */
  if (exponent + drop < -1074) drop = (int)(-1074 - exponent);
  uint64_t kept = 0, rest;
  if (drop >= 64) {
    rest = drop == 64 ? mantissa : mantissa >> 1 | 1;
  } else {
    kept = mantissa >> drop;
    rest = mantissa << (64 - drop);
  }
  uint64_t half = UINT64_C(1) << 63;
  if (rest > half || (rest == half && (kept & 1))) kept++;
  double x = ldexp((double)kept, (int)exponent + drop);
  if (isinf(x)) return SK_HEX_TOO_LARGE;
  *out = x;
  return SK_HEX_OK;
}

SkHexResult sk_double_parse_hex(const char *s, size_t length, double *out) {
  while (length && is_blank(s[0])) s++, length--;
  while (length && is_blank(s[length - 1])) length--;
  if (!length) return SK_HEX_INVALID;
  bool negative = s[0] == '-';
  size_t i = s[0] == '-' || s[0] == '+';
  if (i < length && ((s[i] | 0x20) == 'i' || (s[i] | 0x20) == 'n')) {
    return sk_double_parse_any(s, length, out) == length ? SK_HEX_OK : SK_HEX_INVALID;
  }
  if (i + 1 < length && s[i] == '0' && (s[i + 1] | 0x20) == 'x') i += 2;
  uint64_t mantissa = 0;
  int64_t exponent = 0;
  bool point = false, digits = false;
  for (; i < length; i++) {
    if (s[i] == '.' && !point) {
      point = true;
      continue;
    }
    int digit = hex_digit(s[i]);
    if (digit < 0) break;
    digits = true;
    if (mantissa >> 60) { /* full: the digit only counts as "something" */
      mantissa |= digit != 0;
      exponent += point ? 0 : 4;
    } else {
      mantissa = mantissa << 4 | (uint64_t)digit;
      exponent -= point ? 4 : 0;
    }
  }
  if (!digits) return SK_HEX_INVALID;
  if (i < length) {
    int64_t scale;
    if ((s[i] | 0x20) != 'p' || !read_exponent(s + i + 1, length - i - 1, &scale)) {
      return SK_HEX_INVALID;
    }
    exponent += scale;
  }
  SkHexResult result = round_to_double(mantissa, exponent, out);
  if (negative) *out = -*out;
  return result;
}
