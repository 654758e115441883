/* strbuf.c - text under construction, joining, repr of text.  Layer 6.
 *
 * The buffer is a payload cell that only the SkStrBuf on the C stack points to: abandoning it when
 * something raises leaks nothing.
 */
#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/str.h"
#include "vm/object/str_methods.h"

void sk_strbuf_init(SkVm *vm, SkStrBuf *b) { *b = (SkStrBuf){.vm = vm}; }

static SK_NOINLINE void strbuf_grow(SkStrBuf *b, size_t more) {
  if (more > SIZE_MAX / 4 - b->used) sk_raise_nomem(b->vm);
  sk_check_length(b->vm, b->used + more);
  size_t room = (b->used + more) * 2;
  SkRaw *raw = sk_raw_new(b->vm, room < 112 ? 112 : room);
  if (b->raw) {
    sk_copy(b->vm, raw->data, b->raw->data, b->used);
    sk_payload_free(b->vm, b->raw);
  }
  b->raw = raw;
}

static char *strbuf_room(SkStrBuf *b, size_t n) {
  if (!b->raw || b->raw->bytes - b->used < n) strbuf_grow(b, n);
  char *p = (char *)b->raw->data + b->used;
  b->used += n;
  return p;
}

void sk_strbuf_add(SkStrBuf *b, const char *s, size_t n) { sk_copy(b->vm, strbuf_room(b, n), s, n); }
void sk_strbuf_adds(SkStrBuf *b, const char *s) { sk_strbuf_add(b, s, strlen(s)); }
void sk_strbuf_addstr(SkStrBuf *b, const SkStr *s) { sk_strbuf_add(b, s->data, s->bytes); }

void sk_strbuf_addc(SkStrBuf *b, uint32_t codepoint) {
  char tmp[SK_UTF8_MAX_BYTES];
  sk_strbuf_add(b, tmp, sk_utf8_encode(codepoint, tmp));
}

void sk_strbuf_fill(SkStrBuf *b, uint32_t codepoint, size_t n) {
  char tmp[SK_UTF8_MAX_BYTES];
  size_t width = sk_utf8_encode(codepoint, tmp);
  if (n > SIZE_MAX / 8) sk_raise_nomem(b->vm);
  char *p = strbuf_room(b, n * width);
  if (!n) return;
  memcpy(p, tmp, width);
  sk_repeat(b->vm, p, width, n * width);
}

SkStr *sk_strbuf_finish(SkStrBuf *b) {
  SkStr *s = sk_str_new(b->vm, b->raw ? (const char *)b->raw->data : "", b->used);
  sk_payload_free(b->vm, b->raw);
  b->raw = NULL;
  b->used = 0;
  return s;
}

/* Pieces of text are mostly short: no call to memcpy for them. */
SK_INLINE char *copy_piece(SkVm *vm, char *to, const char *from, size_t n) {
  uint64_t a, b;
  uint32_t c, d;
  if (n > 16) {
    sk_copy(vm, to, from, n);
  } else if (n >= 8) {
    memcpy(&a, from, 8), memcpy(&b, from + n - 8, 8);
    memcpy(to, &a, 8), memcpy(to + n - 8, &b, 8);
  } else if (n >= 4) {
    memcpy(&c, from, 4), memcpy(&d, from + n - 4, 4);
    memcpy(to, &c, 4), memcpy(to + n - 4, &d, 4);
  } else {
    for (size_t i = 0; i < n; i++) to[i] = from[i];
  }
  return to + n;
}

SkStr *sk_str_join(SkVm *vm, SkStr *sep, const SkValue *items, size_t n) {
  if (n == 0) return SK_NAME(vm, empty);
  size_t bytes = 0, count = 0;
  unsigned ascii = SK_STR_ASCII, surrogates = 0;
  size_t turns = 0;
  for (size_t i = 0; i < n; i++) {
    SK_TURN(vm, turns);
    SkStr *s = sk_as_str(items[i]);
    bytes += s->bytes;
    count += s->count;
    ascii &= s->head.aux;
    surrogates |= s->head.aux;
  }
  if (n > 1) {
    if (sep->bytes && n - 1 > (SIZE_MAX / 4 - bytes) / sep->bytes) sk_raise_nomem(vm);
    bytes += sep->bytes * (n - 1);
    count += sep->count * (n - 1);
    ascii &= sep->head.aux;
    surrogates |= sep->head.aux;
  }
  char *p;
  SkStr *out = sk_str_new_raw(vm, bytes, &p);
  for (size_t i = 0; i < n; i++) {
    SK_TURN(vm, turns);
    if (i) p = copy_piece(vm, p, sep->data, sep->bytes);
    SkStr *s = sk_as_str(items[i]);
    p = copy_piece(vm, p, s->data, s->bytes);
  }
  out->count = count;
  out->head.aux |= (uint16_t)((ascii & SK_STR_ASCII) | (surrogates & SK_STR_SURROGATES));
  return out;
}

/* ---- repr ---- */

static void add_hex(SkStrBuf *b, char letter, uint32_t c, int digits) {
  char tmp[12] = {'\\', letter};
  for (int i = 0; i < digits; i++) tmp[2 + i] = "0123456789abcdef"[c >> 4 * (digits - 1 - i) & 15];
  sk_strbuf_add(b, tmp, (size_t)digits + 2);
}

static void add_escaped(SkStrBuf *b, uint32_t c, char quote, bool ascii_only) {
  if (c == (unsigned char)quote || c == '\\') {
    sk_strbuf_addc(b, '\\');
    sk_strbuf_addc(b, c);
  } else if (c == '\n' || c == '\r' || c == '\t') {
    sk_strbuf_adds(b, c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
  } else if (c < 0x80 ? sk_char_is_printable(c) : !ascii_only && sk_char_is_printable(c)) {
    sk_strbuf_addc(b, c);
  } else if (c < 0x100) {
    add_hex(b, 'x', c, 2);
  } else if (c < 0x10000) {
    add_hex(b, 'u', c, 4);
  } else {
    add_hex(b, 'U', c, 8);
  }
}

void sk_str_repr_into(SkStrBuf *b, const SkStr *s, bool ascii_only) {
  bool single = memchr(s->data, '\'', s->bytes), dbl = memchr(s->data, '"', s->bytes);
  char quote = single && !dbl ? '"' : '\'';
  sk_strbuf_addc(b, (unsigned char)quote);
  const char *p = s->data, *end = s->data + s->bytes;
  size_t turns = 0;
  while (p < end) {
    SK_TURN(b->vm, turns);
    const char *plain = p;
    while (p < end && *p >= 0x20 && *p < 0x7f && *p != quote && *p != '\\') p++;
    sk_charge_bytes(b->vm, (size_t)(p - plain));
    if (p > plain) sk_strbuf_add(b, plain, (size_t)(p - plain));
    if (p < end) add_escaped(b, sk_utf8_next(&p), quote, ascii_only);
  }
  sk_strbuf_addc(b, (unsigned char)quote);
}
