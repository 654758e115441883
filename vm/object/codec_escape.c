/* codec_escape.c - unicode_escape and raw_unicode_escape.  Layer 6. */
#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/charge.h"
#include "vm/object/codec.h"

static void add_hex(SkStrBuf *b, char letter, uint32_t code, int digits) {
  char tmp[12] = {'\\', letter};
  for (int i = 0; i < digits; i++) tmp[2 + i] = "0123456789abcdef"[code >> 4 * (digits - 1 - i) & 15];
  sk_strbuf_add(b, tmp, (size_t)digits + 2);
}

void sk_codec_escape_encode(SkCoding *c) {
  size_t turns = 0;
  for (const char *p = c->text->data, *end = p + c->text->bytes; p < end;) {
    SK_TURN(c->vm, turns);
    uint32_t code = sk_utf8_next(&p);
    char byte = (char)code;
    if (code == '\\' || code == '\n' || code == '\r' || code == '\t') {
      char two[2] = {'\\', code == '\\' ? '\\' : code == '\n' ? 'n' : code == '\r' ? 'r' : 't'};
      sk_strbuf_add(&c->out, two, 2);
    } else if (code >= 32 && code < 127) {
      sk_strbuf_add(&c->out, &byte, 1);
    } else if (code < 0x100) {
      add_hex(&c->out, 'x', code, 2);
    } else {
      add_hex(&c->out, code < 0x10000 ? 'u' : 'U', code, code < 0x10000 ? 4 : 8);
    }
  }
}

void sk_codec_raw_escape_encode(SkCoding *c) {
  size_t turns = 0;
  for (const char *p = c->text->data, *end = p + c->text->bytes; p < end;) {
    SK_TURN(c->vm, turns);
    uint32_t code = sk_utf8_next(&p);
    char byte = (char)code;
    if (code < 0x100) sk_strbuf_add(&c->out, &byte, 1);
    else add_hex(&c->out, code < 0x10000 ? 'u' : 'U', code, code < 0x10000 ? 4 : 8);
  }
}

static int hex_digit(char ch) {
  if (ch >= '0' && ch <= '9') return ch - '0';
  char l = (char)(ch | 32);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

/* |digits| hexadecimal digits at |at|, of an escape that starts at |start|. */
static void hex_escape(SkCoding *c, size_t start, size_t at, int digits) {
  static const char *const truncated[] = {[2] = "truncated \\xXX escape", [4] = "truncated \\uXXXX escape", [8] = "truncated \\UXXXXXXXX escape"};
  uint64_t code = 0;
  for (int i = 0; i < digits; i++, at++) {
    int d = at < c->in.n ? hex_digit(c->in.p[at]) : -1;
    if (d < 0) {
      if (at == c->in.n && !c->final) c->at = start, c->final = true, c->in.n = start; /* wait for the rest */
      else sk_codec_decode_error(c, start, at, truncated[digits]);
      return;
    }
    code = code << 4 | (unsigned)d;
  }
  if (code > 0x10ffff) {
    sk_codec_decode_error(c, start, at, "illegal Unicode character");
    return;
  }
  sk_strbuf_addc(&c->out, (uint32_t)code);
  c->at = at;
}

static void octal_escape(SkCoding *c, size_t at) {
  uint32_t code = 0;
  for (int i = 0; i < 3 && at < c->in.n && c->in.p[at] >= '0' && c->in.p[at] <= '7'; i++) code = code << 3 | (uint32_t)(c->in.p[at++] - '0');
  sk_strbuf_addc(&c->out, code);
  c->at = at;
}

static void named_escape(SkCoding *c, size_t start) {
  const char *open = c->in.p + start + 2;
  const char *close = start + 2 < c->in.n && *open == '{' ? memchr(open, '}', c->in.n - start - 2) : NULL;
  if (!close || close == open + 1) {
    size_t to = c->in.n - start < 3 ? c->in.n : close ? start + 4 : *open == '{' ? c->in.n : start + 2;
    sk_codec_decode_error(c, start, to, "malformed \\N character escape");
    return;
  }
  sk_codec_decode_error(c, start, (size_t)(close - c->in.p) + 1, "unknown Unicode character name");
}

static void escape(SkCoding *c) {
  size_t start = c->at, at = start + 1;
  if (at == c->in.n) {
    if (c->final) sk_codec_decode_error(c, start, at, "\\ at end of string");
    else c->in.n = start;
    return;
  }
  static const char from[] = "\\'\"bfnrtav", to[] = "\\'\"\b\f\n\r\t\a\v";
  char ch = c->in.p[at++];
  const char *simple = ch ? strchr(from, ch) : NULL;
  if (simple) {
    sk_strbuf_add(&c->out, to + (simple - from), 1);
    c->at = at;
  } else if (ch == '\n') {
    c->at = at;
  } else if (ch >= '0' && ch <= '7') {
    octal_escape(c, at - 1);
  } else if (ch == 'x' || ch == 'u' || ch == 'U') {
    hex_escape(c, start, at, ch == 'x' ? 2 : ch == 'u' ? 4 : 8);
  } else if (ch == 'N') {
    named_escape(c, start);
  } else {
    sk_strbuf_addc(&c->out, '\\');
    sk_strbuf_addc(&c->out, (unsigned char)ch);
    c->at = at;
  }
}

void sk_codec_escape_decode(SkCoding *c) {
  size_t turns = 0;
  while (c->at < c->in.n) {
    SK_TURN(c->vm, turns);
    if (c->in.p[c->at] == '\\') escape(c);
    else sk_strbuf_addc(&c->out, (unsigned char)c->in.p[c->at++]);
  }
}

void sk_codec_raw_escape_decode(SkCoding *c) {
  size_t turns = 0;
  while (c->at < c->in.n) {
    SK_TURN(c->vm, turns);
    size_t at = c->at;
    char next = at + 1 < c->in.n ? c->in.p[at + 1] : 0;
    if (c->in.p[at] == '\\' && (next == 'u' || next == 'U')) {
      hex_escape(c, at, at + 2, next == 'u' ? 4 : 8);
    } else if (c->in.p[at] == '\\' && next) { /* an escaped backslash starts no escape */
      sk_strbuf_addc(&c->out, '\\');
      sk_strbuf_addc(&c->out, (unsigned char)next);
      c->at += 2;
    } else {
      sk_strbuf_addc(&c->out, (unsigned char)c->in.p[c->at++]);
    }
  }
}
