/* numtext_format.c - digits laid out as Python prints floats.  Layer 0. */
#include <math.h>

#include "vm/base/numtext_impl.h"

enum { REPR_EXPONENT_FROM = 16 }; /* 1e16 is the first power repr writes so */

static size_t put_special(double x, bool capitals, char *out) {
  const char *name = isnan(x) ? (capitals ? "NAN" : "nan") : (capitals ? "INF" : "inf");
  size_t sign = !isnan(x) && x < 0;
  if (sign) out[0] = '-';
  memcpy(out + sign, name, 3);
  return sign + 3;
}

/* Writes "e-07": at least two digits. */
static char *put_exponent(char *out, int exponent, bool capitals) {
  *out++ = capitals ? 'E' : 'e';
  *out++ = exponent < 0 ? '-' : '+';
  unsigned e = exponent < 0 ? 0u - (unsigned)exponent : (unsigned)exponent;
  if (e >= 100) *out++ = (char)('0' + e / 100);
  *out++ = (char)('0' + e / 10 % 10);
  *out++ = (char)('0' + e % 10);
  return out;
}

/* Copies the digits at positions [from, to) of the decimal, position 0 being
 * the first; what lies outside its digits is '0'. */
static char *put_digits(char *out, const SkDecimal *d, int from, int to) {
  for (; from < to && from < 0; from++) *out++ = '0';
  int have = to < d->length ? to : d->length;
  if (have > from) {
    memcpy(out, d->digits + from, (size_t)(have - from));
    out += have - from;
    from = have;
  }
  if (to > from) {
    memset(out, '0', (size_t)(to - from));
    out += to - from;
  }
  return out;
}

/* Lays out |d|: |point| digits before the point and the digits up to position
 * |end| after it. */
static char *put_fixed(char *out, const SkDecimal *d, int point, int end, SkDoubleFlags flags) {
  if (point <= 0) {
    *out++ = '0';
  } else {
    out = put_digits(out, d, 0, point);
  }
  if (end > point || (flags & SK_DOUBLE_ALTERNATE)) *out++ = '.';
  return put_digits(out, d, point, end);
}

size_t sk_double_format(double x, char kind, int precision, SkDoubleFlags flags, char *out) {
  bool capitals = kind >= 'A' && kind <= 'Z';
  if (!isfinite(x)) return put_special(x, capitals, out);
  char *start = out;
  if (signbit(x)) *out++ = '-';

  SkDecimal d;
  bool exponential = false;
  int end = 0; /* position after the last digit written */
  switch (kind | 0x20) {
    case 'e':
      sk_decimal_significant(&d, x, precision < SK_DECIMAL_ROOM ? precision + 1 : precision);
      exponential = true;
      end = precision + 1;
      break;
    case 'f':
      sk_decimal_places(&d, x, precision);
      end = d.point + precision;
      break;
    case 'g':
      if (precision == 0) precision = 1;
      sk_decimal_significant(&d, x, precision);
      exponential = d.point <= -4 || d.point > precision - ((flags & SK_DOUBLE_POINT_ZERO) != 0);
      end = flags & SK_DOUBLE_ALTERNATE ? precision : d.length;
      break;
    default:
      sk_decimal_shortest(&d, x);
      exponential = d.point <= -4 || d.point > REPR_EXPONENT_FROM;
      end = d.length;
  }
  int point = exponential ? 1 : d.point;
  if (end < point) end = point;
  if ((flags & SK_DOUBLE_POINT_ZERO) && !exponential && end == point) end++;
  out = put_fixed(out, &d, point, end, flags);
  if (exponential) out = put_exponent(out, d.length ? d.point - 1 : 0, capitals);
  return (size_t)(out - start);
}

size_t sk_double_format_bound(double x, char kind, int precision) {
  size_t bound = 40; /* sign, point, exponent, repr digits */
  if ((kind | 0x20) == 'r') return bound;
  if ((kind | 0x20) == 'f') {
    int exponent;
    frexp(x, &exponent);
    if (exponent > 0) bound += (size_t)exponent / 3;
  }
  return bound + (size_t)precision;
}

size_t sk_double_print(double x, char *out) {
  return sk_double_format(x, 'r', 0, SK_DOUBLE_POINT_ZERO, out);
}

size_t sk_double_hex(double x, char *out) {
  static const char kHex[] = "0123456789abcdef";
  if (!isfinite(x)) return put_special(x, false, out);
  char *start = out;
  if (signbit(x)) *out++ = '-';
  int exponent;
  uint64_t mantissa = sk_double_split(sk_double_bits(x), &exponent);
  *out++ = '0';
  *out++ = 'x';
  *out++ = (char)('0' + (mantissa >> 52));
  *out++ = '.';
  if (mantissa == 0) {
    *out++ = '0';
    exponent = 0;
  } else {
    for (int shift = 48; shift >= 0; shift -= 4) *out++ = kHex[mantissa >> shift & 15];
    exponent += 52;
  }
  *out++ = 'p';
  *out++ = exponent < 0 ? '-' : '+';
  unsigned e = exponent < 0 ? 0u - (unsigned)exponent : (unsigned)exponent;
  for (unsigned unit = e >= 1000 ? 1000 : e >= 100 ? 100 : e >= 10 ? 10 : 1; unit; unit /= 10) {
    *out++ = (char)('0' + e / unit % 10);
  }
  return (size_t)(out - start);
}
