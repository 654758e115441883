/* number.c - number literals: what may follow them, and their values. Layer 1. */
#include <string.h>

#include "grammar/build.h"
#include "grammar/lex_impl.h"
#include "vm/base/numtext.h"

static bool number_error(SkLexer *lx, const char *at, const char *format, const char *kind) {
  lx->cursor = at;
  SkRange r = sk_lex_point(lx, at - 1);
  return sk_lex_fail(lx, SK_DIAG_SYNTAX, r, format, kind);
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_name_char(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c & 0x80;
}

/* `1if x else y`: a keyword may follow a number, though it should not. */
static bool keyword_follows(const char *s) {
  switch (s[0]) {
    case 'a': return s[1] == 'n' && s[2] == 'd';
    case 'e': return s[1] == 'l' && s[2] == 's' && s[3] == 'e';
    case 'f': return s[1] == 'o' && s[2] == 'r';
    case 'i': return s[1] == 'f' || s[1] == 'n' || s[1] == 's';
    case 'o': return s[1] == 'r';
    case 'n': return s[1] == 'o' && s[2] == 't';
    default: return false;
  }
}

static const char *number_kind(const char *s, size_t n) {
  if (s[n - 1] == 'j' || s[n - 1] == 'J') return "imaginary";
  if (n > 1 && s[0] == '0') {
    if ((s[1] | 32) == 'x') return "hexadecimal";
    if ((s[1] | 32) == 'o') return "octal";
    if ((s[1] | 32) == 'b') return "binary";
  }
  return "decimal";
}

/* A literal such as 0x, 0b1_, 0o78: the digits stop too soon. */
static bool radix_error(SkLexer *lx, const char *start) {
  char r = (char)(start[1] | 32);
  const char *kind = r == 'x' ? "hexadecimal" : r == 'o' ? "octal" : "binary";
  const char *at = lx->cursor;
  if (at == start + 1) at++; /* no digits: the lexer stopped after the 0 */
  if (*at == '_') at++;
  if (is_digit(*at) && r != 'x') {
    lx->cursor = at + 1;
    return sk_lex_fail(lx, SK_DIAG_SYNTAX, sk_lex_point(lx, at), "invalid digit '%c' in %s literal",
                       *at, kind);
  }
  return number_error(lx, at, "invalid %s literal", kind);
}

static bool has_leading_zero(const char *s, size_t n) {
  if (s[0] != '0') return false;
  for (size_t i = 0; i < n; i++)
    if (!is_digit(s[i]) && s[i] != '_') return false;
  for (size_t i = 0; i < n; i++)
    if (s[i] != '0' && s[i] != '_') return true;
  return false;
}

bool sk_lex_number(SkLexer *lx, const char *start) {
  const char *next = lx->cursor;
  size_t n = (size_t)(next - start);
  const char *kind = number_kind(start, n);
  char r = (char)(start[1] | 32);
  if (start[0] == '0' && (r == 'x' || r == 'o' || r == 'b') && (n == 1 || is_name_char(*next)) &&
      !(n > 1 && keyword_follows(next)))
    if (n == 1 || *next == '_' || (is_digit(*next) && r != 'x')) return radix_error(lx, start);
  if (has_leading_zero(start, n) && *next != '_' && (*next | 32) != 'e') {
    SkRange range = {lx->line, (uint32_t)(start - lx->line_start), lx->line, 0};
    uint32_t zeros = 0;
    while (start[zeros] == '0' || start[zeros] == '_') zeros++;
    range.end_col = range.col + zeros;
    return sk_lex_fail(lx, SK_DIAG_SYNTAX, range,
                       "leading zeros in decimal integer literals are not permitted; use an 0o "
                       "prefix for octal integers");
  }
  if (*next == '_' && is_digit(next[-1]))
    return number_error(lx, next + 1, "invalid %s literal", "decimal");
  if (is_name_char(*next) && !(*next & 0x80)) {
    if (!keyword_follows(next)) {
      if ((*next == 'e' || *next == 'E') && (next[1] == '+' || next[1] == '-') &&
          strcmp(kind, "decimal") == 0)
        return number_error(lx, next + 2, "invalid %s literal", kind);
      return number_error(lx, next, "invalid %s literal", kind);
    }
    SkRange range = sk_lex_point(lx, start);
    range.end_col += (uint32_t)n;
    sk_diag_warn(lx->diag, range, "invalid %s literal", kind);
  }
  sk_lex_push(lx, TK_NUMBER, start);
  return true;
}

/* ---- values -------------------------------------------------------------------------------- */

static char *number_digits(SkParser *p, const char *s, size_t n, size_t *length) {
  char *text = sk_arena_alloc(p->arena, n + 1);
  size_t k = 0;
  for (size_t i = 0; i < n; i++)
    if (s[i] != '_') text[k++] = s[i];
  text[k] = 0;
  *length = k;
  return text;
}

static double parse_double(const char *s, size_t n) {
  double value = 0;
  sk_double_parse(s, n, &value);
  return value;
}

static unsigned digit_value(char c) {
  return is_digit(c) ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a' + 10);
}

static SkConst integer(char *digits, size_t n, unsigned base) {
  while (n > 1 && *digits == '0') digits++, n--;
  uint64_t value = 0;
  for (size_t i = 0; i < n; i++) {
    unsigned d = digit_value(digits[i]);
    if (value > ((uint64_t)INT64_MAX - d) / base)
      return (SkConst){.kind = SK_CONST_BIGINT, .base = (uint8_t)base, .as.text = {digits, n}};
    value = value * base + d;
  }
  return (SkConst){.kind = SK_CONST_INT, .as.i = (int64_t)value};
}

enum { MAX_DECIMAL_DIGITS = 4300 };

SkConst sk_number_value(SkParser *p, const SkToken *t) {
  size_t n;
  char *s = number_digits(p, p->text + t->start, t->length, &n);
  if (n > 2 && s[0] == '0') {
    char r = (char)(s[1] | 32);
    if (r == 'x') return integer(s + 2, n - 2, 16);
    if (r == 'o') return integer(s + 2, n - 2, 8);
    if (r == 'b') return integer(s + 2, n - 2, 2);
  }
  if ((s[n - 1] | 32) == 'j') {
    s[n - 1] = 0;
    return (SkConst){.kind = SK_CONST_COMPLEX, .as.f = parse_double(s, n - 1)};
  }
  if (strpbrk(s, ".eE")) return (SkConst){.kind = SK_CONST_FLOAT, .as.f = parse_double(s, n)};
  SkConst c = integer(s, n, 10);
  if (c.kind == SK_CONST_BIGINT && c.as.text.length > MAX_DECIMAL_DIGITS)
    sk_diag_error(p->diag, t->range, SK_DIAG_SYNTAX,
                  "Exceeds the limit (%d digits) for integer string conversion: value has %zu "
                  "digits; use sys.set_int_max_str_digits() to increase the limit - Consider "
                  "hexadecimal for huge integer literals to avoid decimal conversion limits.",
                  MAX_DECIMAL_DIGITS, n);
  return c;
}
