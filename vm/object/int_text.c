/* int_text.c - integers to text and back, with the digit limit.  Layer 6.
 *
 * Converting between decimal (or any base that is no power of two) and binary
 * is worse than linear, so its length is limited, as in CPython, unless the
 * script lifts the limit.  Only numbers near the limit pay for the check.
 */
#include "vm/base/unicode.h"
#include "vm/base/utf8.h"
#include "vm/object/int_impl.h"
#include "vm/object/ops.h"
#include "vm/object/str.h"

int sk_int_max_str_digits(const SkVm *vm) {
  return vm->int_str_digits == 0 ? SK_INT_DIGITS_DEFAULT
         : vm->int_str_digits < 0 ? 0
                                  : vm->int_str_digits;
}

void sk_int_set_max_str_digits(SkVm *vm, int digits) {
  vm->int_str_digits = digits == 0 ? -1 : digits;
}

static bool base_is_limited(int base) { return (base & (base - 1)) != 0; }

/* ---- to text ---- */

SK_NORETURN static void raise_limit(SkVm *vm, int limit) {
  sk_raise_value(vm,
                 "Exceeds the limit (%d digits) for integer string conversion; use "
                 "sys.set_int_max_str_digits() to increase the limit",
                 limit);
}

const char *sk_int_digits(SkVm *vm, SkValue v, int base, size_t *count) {
  IntView x;
  int_view(v, &x);
  int limit = base_is_limited(base) ? sk_int_max_str_digits(vm) : 0;
  /* Bits times log10(2), a little less: clearly above the limit, do not even try. */
  size_t bits = sk_bigint_bits(x.limbs, x.count);
  if (limit && base == 10 && bits / 100000 * 30102 + bits % 100000 * 30102 / 100000 > (size_t)limit) {
    raise_limit(vm, limit);
  }
  char *out = sk_scratch(vm, sk_bigint_text_bound(x.count, (unsigned)base) + 1);
  size_t need = sk_bigint_to_text_scratch(x.count, (unsigned)base);
  *count = sk_bigint_to_text(out, x.limbs, x.count, (unsigned)base,
                             need ? sk_limbs_scratch(vm, need) : NULL);
  if (limit && *count > (size_t)limit) raise_limit(vm, limit);
  return out;
}

/* Decimal text of a tagged int, right-aligned before |end|. */
static char *small_to_text(char *end, int64_t x) {
  uint64_t u = x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
  do {
    *--end = (char)('0' + u % 10);
    u /= 10;
  } while (u);
  if (x < 0) *--end = '-';
  return end;
}

SkStr *sk_int_to_str(SkVm *vm, SkValue v, int base) {
  if (base == 10 && int_is_small(v)) {
    char text[24], *start = small_to_text(text + sizeof text, int_small(v));
    return sk_str_new(vm, start, (size_t)(text + sizeof text - start));
  }
  size_t mark = sk_scratch_mark(vm), count;
  const char *digits = sk_int_digits(vm, v, base, &count);
  bool negative = sk_int_sign(v) < 0;
  char *data;
  SkStr *s = sk_str_new_raw(vm, count + negative, &data);
  if (negative) data[0] = '-';
  memcpy(data + negative, digits, count);
  sk_str_finish(vm, s);
  sk_scratch_release(vm, mark);
  return s;
}

/* ---- Unicode digits and blanks ---- */

/* Decimal digits come in runs of ten from zero to nine; some runs adjoin. */
static int unicode_digit(uint32_t c) {
  if (sk_unicode_category(c) != SK_ND) return -1;
  uint32_t run = c;
  while (sk_unicode_category(run - 1) == SK_ND) run--;
  return (int)((c - run) % 10);
}

static bool unicode_blank(uint32_t c) {
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

const char *sk_number_text(SkVm *vm, SkStr *s, size_t *n) {
  if (sk_str_is_ascii(s)) {
    *n = s->bytes;
    return s->data;
  }
  char *out = sk_scratch(vm, s->count + 1);
  const char *at = s->data, *end = at + s->bytes;
  size_t count = 0;
  while (at < end) {
    uint32_t c = sk_utf8_next(&at);
    int digit = c < 0x80 ? -1 : unicode_digit(c);
    out[count++] = c < 0x80 ? (char)c : digit >= 0 ? (char)('0' + digit)
                                      : unicode_blank(c) ? ' '
                                                         : '?';
  }
  *n = count;
  return out;
}

/* ---- from text ---- */

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

SK_NORETURN static void raise_invalid(SkVm *vm, int base, SkValue shown) {
  SkStr *text = sk_repr(vm, shown);
  if (text->count > 200) text = sk_str_slice(vm, text, 0, 200);
  sk_raise_value(vm, "invalid literal for int() with base %d: %U", base, text);
}

/* Takes "0x" and the like off; |*base| 0 is settled.  False: not a number. */
static bool take_prefix(const char **s, size_t *n, int *base) {
  const char *at = *s;
  int prefix = 0;
  if (*n > 1 && at[0] == '0') {
    char c = at[1] | 0x20;
    prefix = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 0;
  }
  if (*base == 0 && !prefix) {
    /* "0" and "00" are fine, "01" is an error, as in source. */
    bool zero = *n && at[0] == '0';
    for (size_t i = 0; zero && i < *n; i++) {
      if (at[i] != '0' && at[i] != '_') return false;
    }
    *base = 10;
    return true;
  }
  if (prefix && (*base == 0 || *base == prefix)) {
    *base = prefix;
    *s += 2;
    *n -= 2;
    if (*n && **s == '_') { /* one underscore may follow the prefix */
      ++*s;
      --*n;
    }
  }
  return true;
}

/* Copies digits without their single underscores; 0 if malformed. */
static size_t take_digits(char *out, const char *s, size_t n, int base) {
  size_t count = 0;
  bool digit_before = false;
  for (size_t i = 0; i < n; i++) {
    if (s[i] == '_') {
      if (!digit_before) return 0;
      digit_before = false;
      continue;
    }
    if (sk_digit_value((unsigned char)s[i]) >= (unsigned)base) return 0;
    out[count++] = s[i];
    digit_before = true;
  }
  return digit_before ? count : 0;
}

static SkValue digits_to_int(SkVm *vm, const char *digits, size_t count, int base, bool negative) {
  if (count <= 18 && base == 10) {
    int64_t x = 0;
    for (size_t i = 0; i < count; i++) x = x * 10 + (digits[i] - '0');
    return sk_smallint(negative ? -x : x);
  }
  size_t mark = sk_scratch_mark(vm);
  SkLimb *out = sk_limbs_scratch(vm, sk_bigint_from_text_limbs(count, (unsigned)base));
  size_t need = sk_bigint_from_text_scratch(count, (unsigned)base);
  size_t used = sk_bigint_from_text(out, digits, count, (unsigned)base,
                                    need ? sk_limbs_scratch(vm, need) : NULL);
  SkValue result = sk_int_from_magnitude(vm, out, used, negative);
  sk_scratch_release(vm, mark);
  return result;
}

SkValue sk_int_from_text(SkVm *vm, const char *digits, size_t n, int base) {
  bool negative = n && digits[0] == '-';
  return digits_to_int(vm, digits + negative, n - negative, base, negative);
}

SkValue sk_int_parse(SkVm *vm, const char *text, size_t n, int base, SkValue shown) {
  int asked = base;
  while (n && is_blank(text[0])) text++, n--;
  while (n && is_blank(text[n - 1])) n--;
  bool negative = n && text[0] == '-';
  if (n && (text[0] == '-' || text[0] == '+')) text++, n--;
  if (!n || !take_prefix(&text, &n, &base)) raise_invalid(vm, asked, shown);
  size_t mark = sk_scratch_mark(vm);
  char *digits = sk_scratch(vm, n + 1);
  size_t count = take_digits(digits, text, n, base);
  if (!count) raise_invalid(vm, asked, shown);
  int limit = base_is_limited(base) ? sk_int_max_str_digits(vm) : 0;
  if (limit && count > (size_t)limit) {
    sk_raise_value(vm,
                   "Exceeds the limit (%d digits) for integer string conversion: value has %zd "
                   "digits; use sys.set_int_max_str_digits() to increase the limit",
                   limit, count);
  }
  SkValue result = digits_to_int(vm, digits, count, base, negative);
  sk_scratch_release(vm, mark);
  return result;
}
