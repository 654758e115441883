/* utf8.h - UTF-8 text: count, walk, encode, validate.  Layer 0.
 *
 * "Valid" text may be WTF-8: it may hold lone surrogates (U+D800..DFFF) coded
 * in three bytes, as Python strings can.  The scan says whether there are any.
 * The walking functions trust their input to be valid.
 */
#ifndef SK_BASE_UTF8_H
#define SK_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vm/base/defs.h"

SK_C_BEGIN

enum { SK_UTF8_MAX_BYTES = 4 };

static inline bool sk_utf8_is_continuation(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

static inline bool sk_utf8_is_surrogate(uint32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

/* Bytes of the character whose first byte is |lead|. */
static inline size_t sk_utf8_width(char lead) {
  unsigned char c = (unsigned char)lead;
  return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* Bytes |code_point| takes when encoded. */
static inline size_t sk_utf8_size(uint32_t code_point) {
  return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}

/* Reads the character at |s| of valid text and sets |*width| to its bytes. */
static inline uint32_t sk_utf8_decode(const char *s, size_t *width) {
  const unsigned char *u = (const unsigned char *)s;
  if (u[0] < 0x80) return *width = 1, u[0];
  if (u[0] < 0xE0) return *width = 2, (u[0] & 0x1Fu) << 6 | (u[1] & 0x3Fu);
  if (u[0] < 0xF0)
    return *width = 3, (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
  return *width = 4, (u[0] & 0x07u) << 18 | (u[1] & 0x3Fu) << 12 | (u[2] & 0x3Fu) << 6 |
                         (u[3] & 0x3Fu);
}

/* Reads and steps over the character at |*s|. */
static inline uint32_t sk_utf8_next(const char **s) {
  size_t width;
  uint32_t c = sk_utf8_decode(*s, &width);
  *s += width;
  return c;
}

/* Steps back over one character; |s| is not the start of the text. */
static inline const char *sk_utf8_back(const char *s) {
  do s--;
  while (sk_utf8_is_continuation(*s));
  return s;
}

/* Writes |code_point| (surrogates too) and returns the bytes written, 1 to 4. */
size_t sk_utf8_encode(uint32_t code_point, char *out);

bool sk_utf8_is_ascii(const char *s, size_t bytes);

/* Length of the longest all-ASCII prefix. */
size_t sk_utf8_ascii_prefix(const char *s, size_t bytes);

/* Code points in valid text. */
size_t sk_utf8_count(const char *s, size_t bytes);

/* Byte offset of code point |index| (at most the count) in valid text. */
size_t sk_utf8_offset(const char *s, size_t bytes, size_t index);

typedef enum SkUtf8Error {
  SK_UTF8_OK,
  SK_UTF8_BAD_START,        /* "invalid start byte" */
  SK_UTF8_BAD_CONTINUATION, /* "invalid continuation byte" */
  SK_UTF8_TRUNCATED,        /* "unexpected end of data" */
} SkUtf8Error;

typedef struct SkUtf8Scan {
  SkUtf8Error error;
  bool ascii;          /* every byte below 0x80 */
  bool has_surrogates; /* only possible when they were allowed */
  size_t count;        /* code points up to the error or end */
  size_t error_at;     /* offset of the offending sequence */
  size_t error_bytes;  /* how many bytes to skip to go on, at least 1 */
} SkUtf8Scan;

/* Validates foreign bytes.  Overlong forms, values above U+10FFFF and, unless
 * |allow_surrogates|, surrogates are errors; the error covers the maximal
 * subpart, as Unicode recommends and Python reports. */
SkUtf8Scan sk_utf8_scan(const char *s, size_t bytes, bool allow_surrogates);

const char *sk_utf8_error_text(SkUtf8Error error);

SK_C_END

#endif
