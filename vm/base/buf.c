/* buf.c - a growable run of bytes for the front end and the tools.  Layer 0. */
#include "vm/base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vm/base/utf8.h"

enum { BUF_FIRST_ROOM = 64 };

void sk_buf_init(SkBuf *b) { *b = (SkBuf){0}; }

void sk_buf_free(SkBuf *b) {
  free(b->data);
  *b = (SkBuf){0};
}

void sk_buf_clear(SkBuf *b) { b->length = 0; }

static char *buf_fail(SkBuf *b) {
  sk_buf_free(b);
  b->failed = true;
  return NULL;
}

char *sk_buf_reserve(SkBuf *b, size_t extra) {
  if (b->failed) return NULL;
  if (extra <= b->room - b->length && b->data) return b->data + b->length;
  if (extra > SIZE_MAX / 4 || b->length > SIZE_MAX / 4) return buf_fail(b);
  size_t room = b->room ? b->room : BUF_FIRST_ROOM;
  while (room < b->length + extra) room *= 2;
  char *data = realloc(b->data, room);
  if (!data) return buf_fail(b);
  b->data = data;
  b->room = room;
  return data + b->length;
}

void sk_buf_add(SkBuf *b, const void *bytes, size_t count) {
  char *to = sk_buf_reserve(b, count);
  if (!to || !count) return;
  memcpy(to, bytes, count);
  b->length += count;
}

void sk_buf_add_char(SkBuf *b, char c) {
  char *to = sk_buf_reserve(b, 1);
  if (!to) return;
  *to = c;
  b->length++;
}

void sk_buf_add_str(SkBuf *b, const char *text) { sk_buf_add(b, text, strlen(text)); }

void sk_buf_add_code_point(SkBuf *b, unsigned code_point) {
  char *to = sk_buf_reserve(b, 4);
  if (to) b->length += sk_utf8_encode(code_point, to);
}

void sk_buf_addf(SkBuf *b, const char *format, ...) {
  va_list args;
  va_start(args, format);
  sk_buf_addv(b, format, args);
  va_end(args);
}

void sk_buf_addv(SkBuf *b, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int need = vsnprintf(NULL, 0, format, args);
  if (need >= 0) {
    char *to = sk_buf_reserve(b, (size_t)need + 1); /* vsnprintf writes a NUL */
    if (to) {
      vsnprintf(to, (size_t)need + 1, format, again);
      b->length += (size_t)need;
    }
  }
  va_end(again);
}

const char *sk_buf_cstr(SkBuf *b) {
  char *end = sk_buf_reserve(b, 1);
  if (!end) return "";
  *end = '\0';
  return b->data;
}
