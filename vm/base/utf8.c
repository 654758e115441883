/* utf8.c - UTF-8 text: count, walk, encode, validate.  Layer 0.
 *
 * ASCII runs are taken eight bytes at a time throughout: most text is ASCII.
 */
#include "vm/base/utf8.h"

#include <string.h>

#define EVERY_BYTE(x) (0x0101010101010101u * (x))

static inline uint64_t load8(const char *s) {
  uint64_t word;
  memcpy(&word, s, 8);
  return word;
}

size_t sk_utf8_encode(uint32_t c, char *out) {
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  if (c < 0x800) {
    out[0] = (char)(0xC0 | c >> 6);
    out[1] = (char)(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | c >> 18);
  out[1] = (char)(0x80 | (c >> 12 & 0x3F));
  out[2] = (char)(0x80 | (c >> 6 & 0x3F));
  out[3] = (char)(0x80 | (c & 0x3F));
  return 4;
}

size_t sk_utf8_ascii_prefix(const char *s, size_t bytes) {
  size_t i = 0;
  for (; i + 32 <= bytes; i += 32) {
    uint64_t any = load8(s + i) | load8(s + i + 8) | load8(s + i + 16) | load8(s + i + 24);
    if (any & EVERY_BYTE(0x80)) break;
  }
  for (; i + 8 <= bytes; i += 8) {
    if (load8(s + i) & EVERY_BYTE(0x80)) break;
  }
  while (i < bytes && !(s[i] & 0x80)) i++;
  return i;
}

bool sk_utf8_is_ascii(const char *s, size_t bytes) {
  return sk_utf8_ascii_prefix(s, bytes) == bytes;
}

/* Bytes of |word| that do not continue a character: bit 7 clear or bit 6 set. */
static inline size_t starts_in_word(uint64_t word) {
  return (size_t)__builtin_popcountll((~word >> 7 | word >> 6) & EVERY_BYTE(0x01));
}

size_t sk_utf8_count(const char *s, size_t bytes) {
  size_t count = 0, i = 0;
  for (; i + 8 <= bytes; i += 8) count += starts_in_word(load8(s + i));
  for (; i < bytes; i++) count += !sk_utf8_is_continuation(s[i]);
  return count;
}

size_t sk_utf8_offset(const char *s, size_t bytes, size_t index) {
  size_t i = 0;
  while (i + 8 <= bytes) {
    size_t starts = starts_in_word(load8(s + i));
    if (starts > index) break;
    index -= starts;
    i += 8;
  }
  /* The words skipped may have ended within a character. */
  while (i < bytes && sk_utf8_is_continuation(s[i])) i++;
  for (; index && i < bytes; index--) i += sk_utf8_width(s[i]);
  return i;
}

/* Range of the second byte that makes the sequence after |lead| well-formed;
 * it is what excludes overlong forms, surrogates and values past U+10FFFF. */
static void second_byte_range(unsigned char lead, bool surrogates, unsigned *low, unsigned *high) {
  *low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  *high = lead == 0xED && !surrogates ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
}

/* Checks the sequence of non-ASCII lead u[0] with |left| bytes available.
 * Returns its width, or 0 after setting the error. */
static size_t scan_sequence(const unsigned char *u, size_t left, bool surrogates,
                            SkUtf8Scan *scan) {
  scan->error_bytes = 1;
  if (u[0] < 0xC2 || u[0] > 0xF4) {
    scan->error = SK_UTF8_BAD_START;
    return 0;
  }
  size_t width = sk_utf8_width((char)u[0]);
  unsigned low, high;
  second_byte_range(u[0], surrogates, &low, &high);
  for (size_t i = 1; i < width; i++) {
    if (i >= left) {
      scan->error = SK_UTF8_TRUNCATED;
      scan->error_bytes = i;
      return 0;
    }
    if (u[i] < low || u[i] > high) {
      scan->error = SK_UTF8_BAD_CONTINUATION;
      scan->error_bytes = i;
      return 0;
    }
    low = 0x80;
    high = 0xBF;
  }
  if (u[0] == 0xED && u[1] >= 0xA0) scan->has_surrogates = true;
  return width;
}

SkUtf8Scan sk_utf8_scan(const char *s, size_t bytes, bool allow_surrogates) {
  SkUtf8Scan scan = {.error = SK_UTF8_OK, .ascii = true};
  size_t i = 0;
  while (i < bytes) {
    if (!(s[i] & 0x80)) {
      size_t run = sk_utf8_ascii_prefix(s + i, bytes - i);
      i += run;
      scan.count += run;
      continue;
    }
    scan.ascii = false;
    size_t width =
        scan_sequence((const unsigned char *)s + i, bytes - i, allow_surrogates, &scan);
    if (!width) break;
    i += width;
    scan.count++;
  }
  scan.error_at = i;
  return scan;
}

const char *sk_utf8_error_text(SkUtf8Error error) {
  static const char *const text[] = {
      [SK_UTF8_OK] = "",
      [SK_UTF8_BAD_START] = "invalid start byte",
      [SK_UTF8_BAD_CONTINUATION] = "invalid continuation byte",
      [SK_UTF8_TRUNCATED] = "unexpected end of data",
  };
  return text[error];
}
