/* codec_errors.c - what happens to characters and bytes that cannot be coded.  Layer 6. */
#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/call.h"
#include "vm/object/codec.h"
#include "vm/object/exception.h"
#include "vm/object/number.h"
#include "vm/object/seq.h"

SkErrorMode sk_codec_error_mode(SkValue errors) {
  static const struct { const char *name; SkErrorMode mode; } table[] = {
      {"strict", SK_ERRORS_STRICT},           {"ignore", SK_ERRORS_IGNORE},
      {"replace", SK_ERRORS_REPLACE},         {"backslashreplace", SK_ERRORS_BACKSLASH},
      {"xmlcharrefreplace", SK_ERRORS_XML},   {"surrogateescape", SK_ERRORS_ESCAPE},
      {"surrogatepass", SK_ERRORS_PASS}};
  if (!sk_is_str(errors)) return SK_ERRORS_STRICT;
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (sk_str_equal_cstr(sk_as_str(errors), table[i].name)) return table[i].mode;
  return SK_ERRORS_CUSTOM;
}

static SkValue error_of(SkCoding *c, int type, SkValue object, size_t from, size_t to, const char *reason) {
  SkVm *vm = c->vm;
  SkValue args[] = {sk_from_ptr(sk_str_from_cstr(vm, c->shown)), object, sk_smallint((int64_t)from), sk_smallint((int64_t)to),
                    sk_from_ptr(sk_str_from_cstr(vm, reason))};
  return sk_exc_new_args(vm, vm->types[type], args, 5);
}

/* (replacement, position) from a script's handler; the position checked against |length|. */
static SkValue call_handler(SkCoding *c, SkValue exc, size_t length, const char *complaint, size_t *position) {
  SkVm *vm = c->vm;
  SkValue result = sk_call1(vm, sk_codec_lookup_error(vm, sk_as_str(c->errors)), exc);
  SkTuple *t = sk_is_tuple(result) ? sk_as_tuple(result) : NULL;
  int64_t at = 0;
  if (!t || t->count != 2 || !sk_is_int(t->items[1])) sk_raise_type(vm, "%s", complaint);
  bool fits = sk_int_get_i64(t->items[1], &at);
  int64_t given = at;
  if (at < 0) at += (int64_t)length;
  if (!fits || at < 0 || at > (int64_t)length)
    sk_raisef(vm, SK_T_IndexError, "position %zd from error handler out of bounds", given);
  *position = (size_t)at;
  return t->items[0];
}

static void add_hex(SkStrBuf *b, uint32_t code) {
  char tmp[12];
  char letter = code < 0x100 ? 'x' : code < 0x10000 ? 'u' : 'U';
  int digits = code < 0x100 ? 2 : code < 0x10000 ? 4 : 8;
  tmp[0] = '\\';
  tmp[1] = letter;
  for (int i = 0; i < digits; i++) tmp[2 + i] = "0123456789abcdef"[code >> 4 * (digits - 1 - i) & 15];
  sk_strbuf_add(b, tmp, (size_t)digits + 2);
}

static void add_xml(SkStrBuf *b, uint32_t code) {
  char tmp[12];
  int n = sizeof tmp;
  tmp[--n] = ';';
  do tmp[--n] = (char)('0' + code % 10);
  while (code /= 10);
  tmp[--n] = '#';
  tmp[--n] = '&';
  sk_strbuf_add(b, tmp + n, sizeof tmp - (size_t)n);
}

/* ---- encoding ---- */

/* Replacement text, which the codec must be able to encode itself. */
static bool put_text(SkCoding *c, const char *p, size_t n) {
  for (const char *end = p + n; p < end;) {
    uint32_t code = sk_utf8_next(&p);
    if (code >= c->codec->limit || (c->codec->limit > 0x100 && sk_utf8_is_surrogate(code))) return false;
    c->codec->put(c, code);
  }
  return true;
}

/* One bad character, the way |mode| has; false: it does not know. */
static bool put_bad(SkCoding *c, uint32_t code) {
  SkStrBuf b;
  switch (c->mode) {
    case SK_ERRORS_IGNORE: return true;
    case SK_ERRORS_REPLACE: c->codec->put(c, '?'); return true;
    case SK_ERRORS_BACKSLASH: case SK_ERRORS_XML:
      sk_strbuf_init(c->vm, &b);
      if (c->mode == SK_ERRORS_XML) add_xml(&b, code);
      else add_hex(&b, code);
      put_text(c, (const char *)b.raw->data, b.used);
      return true;
    case SK_ERRORS_ESCAPE: {
      if (code < 0xdc80 || code > 0xdcff || (c->codec->bytes != 1)) return false;
      char byte = (char)(code & 0xff);
      sk_strbuf_add(&c->out, &byte, 1);
      return true;
    }
    case SK_ERRORS_PASS:
      if (!sk_utf8_is_surrogate(code) || c->codec->limit <= 0x100) return false;
      c->codec->put(c, code);
      return true;
    default: return false;
  }
}

size_t sk_codec_encode_error(SkCoding *c, size_t from, size_t to, const char *reason) {
  SkVm *vm = c->vm;
  sk_charge(vm, 1 + (to - from) / 4);
  if (c->mode != SK_ERRORS_STRICT && c->mode != SK_ERRORS_CUSTOM)
    while (from < to && put_bad(c, sk_str_at(vm, c->text, from))) from++;
  if (from == to) return to;
  SkValue exc = error_of(c, SK_T_UnicodeEncodeError, sk_from_ptr(c->text), from, to, reason);
  if (c->mode != SK_ERRORS_CUSTOM) sk_raise_exc(vm, exc);
  size_t position;
  SkValue v = call_handler(c, exc, c->text->count, "encoding error handler must return (str/bytes, int) tuple", &position);
  SkChars bytes;
  if (sk_is_str(v)) {
    if (!put_text(c, sk_as_str(v)->data, sk_as_str(v)->bytes)) sk_raise_exc(vm, exc);
  } else if (sk_is_bytes(v)) {
    sk_bytes_view(vm, v, &bytes.p, &bytes.n);
    sk_strbuf_add(&c->out, bytes.p, bytes.n);
  } else {
    sk_raise_type(vm, "encoding error handler must return (str/bytes, int) tuple");
  }
  return position;
}

/* ---- decoding ---- */

/* A surrogate that stands in the bytes at |at|: its size there, 0 if there is none. */
static size_t surrogate_at(SkCoding *c, size_t at, uint32_t *code) {
  size_t n = (size_t)(c->codec->bytes < 0 ? -c->codec->bytes : c->codec->bytes);
  const unsigned char *p = (const unsigned char *)c->in.p + at;
  if (n == 1) n = 3;
  if (c->codec->limit <= 0x100 || c->in.n - at < n) return 0;
  if (n == 3) {
    if (p[0] != 0xed || p[1] < 0xa0 || p[1] > 0xbf || (p[2] & 0xc0) != 0x80) return 0;
    *code = 0xd000 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
    return 3;
  }
  *code = 0;
  for (size_t i = 0; i < n; i++) *code |= (uint32_t)p[i] << 8 * (c->order < 0 ? i : n - 1 - i);
  return sk_utf8_is_surrogate(*code) ? n : 0;
}

void sk_codec_decode_error(SkCoding *c, size_t from, size_t to, const char *reason) {
  SkVm *vm = c->vm;
  uint32_t code;
  size_t n;
  sk_charge(vm, 1 + (to - from) / 8);
  c->at = to;
  switch (c->mode) {
    case SK_ERRORS_IGNORE: return;
    case SK_ERRORS_REPLACE: sk_strbuf_addc(&c->out, 0xfffd); return;
    case SK_ERRORS_BACKSLASH:
      for (; from < to; from++) add_hex(&c->out, (unsigned char)c->in.p[from]);
      return;
    case SK_ERRORS_ESCAPE:
      n = from;
      while (n < to && c->in.p[n] < 0) sk_strbuf_addc(&c->out, 0xdc00 + (unsigned char)c->in.p[n++]);
      if (n > from) {
        c->at = n;
        return;
      }
      break;
    case SK_ERRORS_PASS:
      if ((n = surrogate_at(c, from, &code))) {
        sk_strbuf_addc(&c->out, code);
        c->at = from + n;
        return;
      }
      break;
    default: break;
  }
  SkValue object = sk_from_ptr(sk_bytes_new(vm, c->in.p, c->in.n));
  SkValue exc = error_of(c, SK_T_UnicodeDecodeError, object, from, to, reason);
  if (c->mode == SK_ERRORS_XML) sk_raise_type(vm, "don't know how to handle UnicodeDecodeError in error callback");
  if (c->mode != SK_ERRORS_CUSTOM) sk_raise_exc(vm, exc);
  SkValue v = call_handler(c, exc, c->in.n, "decoding error handler must return (str, int) tuple", &c->at);
  if (!sk_is_str(v)) sk_raise_type(vm, "decoding error handler must return (str, int) tuple");
  sk_strbuf_addstr(&c->out, sk_as_str(v));
}
