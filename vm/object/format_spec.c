/* format_spec.c - parsing the format specification mini-language.  Layer 6. */
#include "vm/object/format_spec.h"

#include "vm/base/utf8.h"
#include "vm/object/exception.h"

/* A cursor over the text of the specification. */
typedef struct Reader {
  const char *at, *end;
} Reader;

static bool is_align(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

static bool accept(Reader *r, char c) {
  if (r->at == r->end || *r->at != c) return false;
  r->at++;
  return true;
}

/* Reads decimal digits; -1 if there are none. */
static int64_t read_count(SkVm *vm, Reader *r) {
  int64_t value = -1;
  for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++) {
    if (value < 0) value = 0;
    if (value > (INT64_MAX - 9) / 10) {
      sk_raise_value(vm, "Too many decimal digits in format string");
    }
    value = value * 10 + (*r->at - '0');
  }
  return value;
}

static void read_alignment(Reader *r, SkFormatSpec *out) {
  if (r->at == r->end) return;
  size_t width;
  uint32_t first = sk_utf8_decode(r->at, &width);
  const char *after = r->at + width;
  if (after < r->end && is_align((unsigned char)*after)) {
    out->fill = first;
    out->align = *after;
    out->fill_given = out->align_given = true;
    r->at = after + 1;
  } else if (is_align(first)) {
    out->align = (char)first;
    out->align_given = true;
    r->at++;
  }
}

static void read_grouping(SkVm *vm, Reader *r, SkFormatSpec *out) {
  if (accept(r, ',')) out->group = ',';
  if (accept(r, '_')) {
    if (out->group) sk_raise_value(vm, "Cannot specify both ',' and '_'.");
    out->group = '_';
  }
  if (out->group == '_' && accept(r, ',')) {
    sk_raise_value(vm, "Cannot specify both ',' and '_'.");
  }
}

static void check_grouping(SkVm *vm, SkFormatSpec *out) {
  if (!out->group) return;
  switch (out->type) {
    case 0: case 'd': case 'e': case 'f': case 'g': case 'E': case 'F': case 'G': case '%':
      return;
    case 'b': case 'o': case 'x': case 'X':
      if (out->group == '_') {
        out->group_size = 4;
        return;
      }
  }
  if (out->type > 32 && out->type < 128) {
    sk_raise_value(vm, "Cannot specify '%c' with '%c'.", out->group, (int)out->type);
  }
  sk_raise_value(vm, "Cannot specify '%c' with '\\x%x'.", out->group, (unsigned)out->type);
}

void sk_format_spec_parse(SkVm *vm, SkStr *text, SkFormatSpec *out, uint32_t default_type,
                          char default_align, SkValue value) {
  *out = (SkFormatSpec){
      .fill = ' ',
      .align = default_align,
      .group_size = 3,
      .width = -1,
      .precision = -1,
      .type = default_type,
  };
  Reader r = {text->data, text->data + text->bytes};
  read_alignment(&r, out);
  if (r.at < r.end && (*r.at == '+' || *r.at == '-' || *r.at == ' ')) out->sign = *r.at++;
  if (accept(&r, 'z')) out->no_neg_zero = true;
  if (accept(&r, '#')) out->alternate = true;
  if (!out->fill_given && accept(&r, '0')) {
    out->fill = '0';
    if (!out->align_given && default_align == '>') out->align = '=';
  }
  out->width = read_count(vm, &r);
  read_grouping(vm, &r, out);
  if (accept(&r, '.')) {
    out->precision = read_count(vm, &r);
    if (out->precision < 0) sk_raise_value(vm, "Format specifier missing precision");
  }
  if (r.at < r.end) {
    out->type = sk_utf8_next(&r.at);
    if (r.at < r.end) {
      sk_raise_value(vm, "Invalid format specifier '%U' for object of type '%T'", text, value);
    }
  }
  check_grouping(vm, out);
}

void sk_format_unknown_type(SkVm *vm, uint32_t type, SkValue value) {
  if (type > 32 && type < 128) {
    sk_raise_value(vm, "Unknown format code '%c' for object of type '%T'", (int)type, value);
  }
  sk_raise_value(vm, "Unknown format code '\\x%x' for object of type '%T'", (unsigned)type, value);
}

void sk_format_pad(SkStrBuf *out, const SkFormatSpec *spec, const char *text, size_t bytes,
                   size_t count) {
  size_t pad = spec->width > (int64_t)count ? (size_t)spec->width - count : 0;
  size_t left = spec->align == '>' ? pad : spec->align == '^' ? pad / 2 : 0;
  sk_strbuf_fill(out, spec->fill, left);
  sk_strbuf_add(out, text, bytes);
  sk_strbuf_fill(out, spec->fill, pad - left);
}
