/* str_fields.c - the parser of '{}' format strings: "{name!conversion:spec}".  Layer 6. */
#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/exception.h"
#include "vm/object/str_format.h"
#include "vm/object/str_methods.h"

static const char *skip_char(const char *p) { return p + sk_utf8_width(*p); }

/* The literal up to a field; "{{" and "}}" end it with the first brace.  True: a field follows. */
static bool read_literal(SkVm *vm, const char **at, const char *end, SkChars *literal) {
  const char *start = *at, *p = start;
  while (p < end && *p != '{' && *p != '}') p++;
  *literal = (SkChars){start, (size_t)(p - start)};
  if (p == end) return *at = p, false;
  char brace = *p++;
  if (p < end && *p == brace) {
    literal->n++;
    return *at = p + 1, false;
  }
  if (brace == '}') sk_raise_value(vm, "Single '}' encountered in format string");
  if (p == end) sk_raise_value(vm, "Single '{' encountered in format string");
  return *at = p, true;
}

/* The spec up to the brace that closes the field. */
static const char *read_spec(SkVm *vm, const char *p, const char *end, SkFormatField *out) {
  out->spec.p = p;
  for (int depth = 1; p < end; p++) {
    if (*p == '{') {
      depth++;
      out->nested = true;
    } else if (*p == '}' && --depth == 0) {
      out->spec.n = (size_t)(p - out->spec.p);
      return p + 1;
    }
  }
  sk_raise_value(vm, "unmatched '{' in format spec");
}

bool sk_format_field_next(SkVm *vm, const char **at, const char *end, SkFormatField *out) {
  *out = (SkFormatField){0};
  if (*at == end) return false;
  if (!read_literal(vm, at, end, &out->literal)) return true;
  out->present = true;
  const char *p = *at;
  for (; p < end && *p != '}' && *p != ':' && *p != '!'; p++) {
    if (*p == '{') sk_raise_value(vm, "unexpected '{' in field name");
    if (*p == '[') /* what is in brackets may hold anything */
      while (p + 1 < end && *p != ']') p++;
  }
  if (p == end) sk_raise_value(vm, "expected '}' before end of string");
  out->name = (SkChars){*at, (size_t)(p - *at)};
  out->spec = (SkChars){p, 0};
  char stop = *p++;
  if (stop == '!') {
    if (p == end) sk_raise_value(vm, "end of string while looking for conversion specifier");
    size_t width;
    out->conversion = sk_utf8_decode(p, &width);
    p = skip_char(p);
    if (p < end) {
      stop = *p++;
      if (stop != '}' && stop != ':') sk_raise_value(vm, "expected ':' after conversion specifier");
    }
  }
  *at = stop == '}' ? p : read_spec(vm, p, end, out);
  return true;
}

SkChars sk_format_name_first(SkChars name, SkChars *rest) {
  size_t n = 0;
  while (n < name.n && name.p[n] != '.' && name.p[n] != '[') n++;
  *rest = (SkChars){name.p + n, name.n - n};
  return (SkChars){name.p, n};
}

bool sk_format_name_next(SkVm *vm, SkChars *rest, bool *is_attribute, SkChars *part) {
  if (rest->n == 0) return false;
  sk_charge(vm, 1);
  const char *p = rest->p + 1, *end = rest->p + rest->n, *start = p;
  char opener = *rest->p;
  if (opener != '.' && opener != '[') sk_raise_value(vm, "Only '.' or '[' may follow ']' in format field specifier");
  *is_attribute = opener == '.';
  if (*is_attribute) {
    while (p < end && *p != '.' && *p != '[') p++;
  } else {
    while (p < end && *p != ']') p++;
    if (p == end) sk_raise_value(vm, "Missing ']' in format string");
  }
  *part = (SkChars){start, (size_t)(p - start)};
  if (!*is_attribute) p++;
  if (part->n == 0) sk_raise_value(vm, "Empty attribute in format string");
  *rest = (SkChars){p, (size_t)(end - p)};
  return true;
}

int64_t sk_format_name_number(SkVm *vm, SkChars text) {
  if (text.n == 0) return -1;
  int64_t value = 0;
  for (const char *p = text.p, *end = p + text.n; p < end;) {
    int digit = sk_char_decimal(sk_utf8_next(&p));
    if (digit < 0) return -1;
    if (value > (INT64_MAX - digit) / 10) sk_raise_value(vm, "Too many decimal digits in format string");
    value = value * 10 + digit;
  }
  return value;
}
