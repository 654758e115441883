/* format_number.c - numbers laid out by a format specification.  Layer 6.
 *
 * Every number becomes  sign prefix digits rest , where |digits| are what
 * grouping applies to and |rest| is what follows them: ".25", "e+10", "inf",
 * "%".  Zero filling after the sign is part of the digits (so that the zeros
 * are grouped too), other padding is not.
 */
#include <limits.h>
#include <math.h>

#include "vm/base/numtext.h"
#include "vm/base/utf8.h"
#include "vm/object/exception.h"
#include "vm/object/format_spec.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"

typedef struct Parts {
  bool negative;
  const char *prefix;
  size_t prefix_length;
  const char *digits;
  size_t digit_count;
  const char *rest;
  size_t rest_length;
} Parts;

/* ---- grouping ---- */

/* Writes the digits before |end|, right to left, with separators and with
 * zeros in front up to |least| characters; returns the start.  A separator is
 * never the first character, which may make it one longer than |least|. */
static char *put_grouped(char *end, const char *digits, size_t count, int64_t least, char group,
                         int group_size) {
  char *at = end;
  int in_group = 0;
  for (;;) {
    *--at = count ? digits[--count] : '0';
    if (!count && end - at >= least) return at;
    if (group && ++in_group == group_size) {
      *--at = group;
      in_group = 0;
    }
  }
}

static size_t grouped_room(size_t count, int64_t least) {
  return 2 * count + (least > 0 ? (size_t)least : 0) + 4;
}

/* ---- layout ---- */

static char sign_of(const SkFormatSpec *spec, bool negative) {
  if (negative) return '-';
  return spec->sign == '+' || spec->sign == ' ' ? spec->sign : 0;
}

static void put_number(SkVm *vm, SkStrBuf *out, const SkFormatSpec *spec, const Parts *p) {
  char sign = sign_of(spec, p->negative);
  int64_t fixed = (sign != 0) + (int64_t)p->prefix_length + (int64_t)p->rest_length;
  size_t mark = sk_scratch_mark(vm);
  const char *digits = p->digits;
  size_t count = p->digit_count;
  bool zero_filled = spec->fill == '0' && spec->align == '=';
  if (count && (spec->group || zero_filled)) {
    int64_t least = zero_filled ? spec->width - fixed : 0;
    size_t room = grouped_room(count, least);
    char *end = (char *)sk_scratch(vm, room) + room;
    digits = put_grouped(end, p->digits, count, least, spec->group, spec->group_size);
    count = (size_t)(end - digits);
  }
  int64_t total = fixed + (int64_t)count;
  size_t pad = spec->width > total ? (size_t)(spec->width - total) : 0;
  size_t left = spec->align == '>' ? pad : spec->align == '^' ? pad / 2 : 0;
  size_t inner = spec->align == '=' ? pad : 0;
  sk_strbuf_fill(out, spec->fill, left);
  if (sign) sk_strbuf_add(out, &sign, 1);
  sk_strbuf_add(out, p->prefix, p->prefix_length);
  sk_strbuf_fill(out, spec->fill, inner);
  sk_strbuf_add(out, digits, count);
  sk_strbuf_add(out, p->rest, p->rest_length);
  sk_strbuf_fill(out, spec->fill, pad - left - inner);
  sk_scratch_release(vm, mark);
}

static SkStr *finish_number(SkVm *vm, const SkFormatSpec *spec, const Parts *p) {
  SkStrBuf out;
  sk_strbuf_init(vm, &out);
  put_number(vm, &out, spec, p);
  return sk_strbuf_finish(&out);
}

/* ---- int ---- */

static int base_of(uint32_t type) {
  return type == 'b' ? 2 : type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 10;
}

static const char *prefix_of(uint32_t type) {
  return type == 'b' ? "0b" : type == 'o' ? "0o" : type == 'x' ? "0x" : type == 'X' ? "0X" : "";
}

static SkStr *format_char(SkVm *vm, SkValue v, const SkFormatSpec *spec) {
  if (spec->sign) {
    sk_raise_value(vm, "Sign not allowed with integer format specifier 'c'");
  }
  if (spec->alternate) {
    sk_raise_value(vm, "Alternate form (#) not allowed with integer format specifier 'c'");
  }
  int64_t c;
  if (!sk_int_get_i64(v, &c)) {
    sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C long");
  }
  if (c < 0 || c > 0x10FFFF) {
    sk_raisef(vm, SK_T_OverflowError, "%%c arg not in range(0x110000)");
  }
  char text[4];
  size_t bytes = sk_utf8_encode((uint32_t)c, text);
  SkStrBuf out;
  sk_strbuf_init(vm, &out);
  SkFormatSpec padded = *spec;
  if (padded.align == '=') padded.align = '>'; /* all padding is on the left */
  sk_format_pad(&out, &padded, text, bytes, 1);
  return sk_strbuf_finish(&out);
}

/* Digits of |v| in scratch memory, in capitals for 'X'. */
static const char *int_digits(SkVm *vm, SkValue v, uint32_t type, size_t *count) {
  const char *digits = sk_int_digits(vm, v, base_of(type), count);
  if (type != 'X') return digits;
  char *capitals = sk_scratch(vm, *count);
  for (size_t i = 0; i < *count; i++) {
    capitals[i] = digits[i] >= 'a' ? (char)(digits[i] - 32) : digits[i];
  }
  return capitals;
}

static SkStr *format_int(SkVm *vm, SkValue v, const SkFormatSpec *spec) {
  if (spec->precision >= 0) {
    sk_raise_value(vm, "Precision not allowed in integer format specifier");
  }
  if (spec->no_neg_zero) {
    sk_raise_value(vm, "Negative zero coercion (z) not allowed in integer format specifier");
  }
  if (spec->type == 'c') return format_char(vm, v, spec);
  size_t mark = sk_scratch_mark(vm);
  Parts p = {.negative = sk_int_sign(v) < 0, .prefix = "", .rest = ""};
  if (spec->alternate) p.prefix = prefix_of(spec->type);
  p.prefix_length = strlen(p.prefix);
  p.digits = int_digits(vm, v, spec->type, &p.digit_count);
  SkStr *result = finish_number(vm, spec, &p);
  sk_scratch_release(vm, mark);
  return result;
}

/* ---- float ---- */

/* Whether the text, a formatted finite number, has only zeros for digits. */
static bool is_zero_text(const char *s, size_t n) {
  for (size_t i = 0; i < n && (s[i] | 0x20) != 'e'; i++) {
    if (s[i] >= '1' && s[i] <= '9') return false;
  }
  return true;
}

/* What the types of a float specification mean for the conversion. */
typedef struct Conversion {
  char kind;
  int precision;
  SkDoubleFlags flags;
  bool no_neg_zero;
} Conversion;

static Conversion conversion_of(SkVm *vm, const SkFormatSpec *spec) {
  if (spec->precision > INT_MAX) sk_raise_value(vm, "precision too big");
  Conversion c = {
      .kind = (char)spec->type,
      .precision = (int)spec->precision,
      .flags = spec->alternate ? SK_DOUBLE_ALTERNATE : SK_DOUBLE_PLAIN,
      .no_neg_zero = spec->no_neg_zero,
  };
  if (c.kind == 0) c.kind = spec->precision < 0 ? 'r' : 'g';
  if (c.kind == 'n') c.kind = 'g';
  if (c.kind == '%') c.kind = 'f';
  if (c.precision < 0) c.precision = c.kind == 'r' ? 0 : 6;
  return c;
}

/* Converts |x|, with |extra| free bytes after it; all in scratch memory. */
static Parts float_parts(SkVm *vm, double x, const Conversion *c, size_t extra) {
  char *text = sk_scratch(vm, sk_double_format_bound(x, c->kind, c->precision) + extra);
  size_t length = sk_double_format(x, c->kind, c->precision, c->flags, text);
  Parts p = {.prefix = ""};
  if (length && text[0] == '-') {
    p.negative = true;
    text++;
    length--;
  }
  if (c->no_neg_zero && isfinite(x) && is_zero_text(text, length)) p.negative = false;
  p.digits = text;
  while (p.digit_count < length && text[p.digit_count] >= '0' && text[p.digit_count] <= '9') {
    p.digit_count++;
  }
  p.rest = text + p.digit_count;
  p.rest_length = length - p.digit_count;
  return p;
}

static SkStr *format_float(SkVm *vm, double x, const SkFormatSpec *spec) {
  size_t mark = sk_scratch_mark(vm);
  Conversion c = conversion_of(vm, spec);
  bool percent = spec->type == '%';
  if (spec->type == 0) c.flags |= SK_DOUBLE_POINT_ZERO;
  Parts p = float_parts(vm, percent ? x * 100 : x, &c, 1);
  if (percent) ((char *)p.rest)[p.rest_length++] = '%';
  SkStr *result = finish_number(vm, spec, &p);
  sk_scratch_release(vm, mark);
  return result;
}

static bool is_float_type(uint32_t type) {
  switch (type) {
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': return true;
    default: return false;
  }
}

SkStr *sk_int_format(SkVm *vm, SkValue v, SkStr *text) {
  if (!text->count) return sk_str(vm, v);
  SkFormatSpec spec;
  sk_format_spec_parse(vm, text, &spec, 'd', '>', v);
  switch (spec.type) {
    case 'b': case 'c': case 'd': case 'o': case 'x': case 'X': case 'n':
      return format_int(vm, v, &spec);
  }
  if (!is_float_type(spec.type) && spec.type != '%') sk_format_unknown_type(vm, spec.type, v);
  return format_float(vm, sk_number_to_double(vm, v), &spec);
}

SkStr *sk_float_format(SkVm *vm, SkValue v, SkStr *text) {
  if (!text->count) return sk_str(vm, v);
  SkFormatSpec spec;
  sk_format_spec_parse(vm, text, &spec, 0, '>', v);
  if (spec.type && spec.type != 'n' && spec.type != '%' && !is_float_type(spec.type)) {
    sk_format_unknown_type(vm, spec.type, v);
  }
  return format_float(vm, sk_float_get(v), &spec);
}

/* ---- complex ---- */

static SkStr *format_complex(SkVm *vm, const SkComplex *z, const SkFormatSpec *spec) {
  Conversion c = conversion_of(vm, spec);
  if (spec->fill == '0') {
    sk_raise_value(vm, "Zero padding is not allowed in complex format specifier");
  }
  if (spec->align == '=') {
    sk_raise_value(vm, "'=' alignment flag is not allowed in complex format specifier");
  }
  bool plain = spec->type == 0; /* like str(): "2j", "(1+2j)" */
  bool skip_real = plain && z->real == 0 && !signbit(z->real);
  bool parentheses = plain && !skip_real;
  size_t mark = sk_scratch_mark(vm);
  SkFormatSpec part = *spec;
  part.width = -1;
  SkStrBuf inner;
  sk_strbuf_init(vm, &inner);
  if (parentheses) sk_strbuf_adds(&inner, "(");
  if (!skip_real) {
    Parts p = float_parts(vm, z->real, &c, 0);
    put_number(vm, &inner, &part, &p);
    part.sign = '+';
  }
  Parts p = float_parts(vm, z->imag, &c, 0);
  put_number(vm, &inner, &part, &p);
  sk_strbuf_adds(&inner, parentheses ? "j)" : "j");
  SkStr *body = sk_strbuf_finish(&inner);
  SkStrBuf out;
  sk_strbuf_init(vm, &out);
  sk_format_pad(&out, spec, body->data, body->bytes, body->count);
  SkStr *result = sk_strbuf_finish(&out);
  sk_keep(body);
  sk_scratch_release(vm, mark);
  return result;
}

SkStr *sk_complex_format(SkVm *vm, SkValue v, SkStr *text) {
  if (!text->count) return sk_str(vm, v);
  SkFormatSpec spec;
  sk_format_spec_parse(vm, text, &spec, 0, '>', v);
  if (spec.type && spec.type != 'n' && !is_float_type(spec.type)) {
    sk_format_unknown_type(vm, spec.type, v);
  }
  return format_complex(vm, sk_ptr(v), &spec);
}
