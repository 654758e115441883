/* chars.c - searching, replacing and stripping runs of bytes.  Layer 6. */
#include "vm/object/chars.h"

#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/str_methods.h"

enum { FALSE_STARTS = 16, WINDOW = 1 << 19 /* bytes searched at a time: a stop may come in between */ };

/* memmem costs much to start, so the first byte is looked for alone until that has misled us often. */
static ptrdiff_t find_in(SkChars text, SkChars needle) {
  if (needle.n == 0) return 0;
  if (needle.n > text.n) return -1;
  const char *p = text.p, *end = text.p + (text.n - needle.n + 1);
  for (int i = 0; i < FALSE_STARTS; i++, p++) {
    p = memchr(p, needle.p[0], (size_t)(end - p));
    if (!p) return -1;
    if (p[needle.n - 1] == needle.p[needle.n - 1] && memcmp(p, needle.p, needle.n) == 0) return p - text.p;
  }
  p = memmem(p, (size_t)(text.p + text.n - p), needle.p, needle.n);
  return p ? p - text.p : -1;
}

ptrdiff_t sk_chars_find(SkVm *vm, SkChars text, SkChars needle) {
  size_t step = needle.n > WINDOW ? needle.n : WINDOW;
  for (size_t from = 0;; from += step) {
    bool last = text.n - from < step + needle.n;
    SkChars part = {text.p + from, last ? text.n - from : step + needle.n - 1};
    ptrdiff_t at = find_in(part, needle);
    sk_charge_bytes(vm, at < 0 ? part.n : (size_t)at);
    if (at >= 0) return (ptrdiff_t)from + at;
    if (last) return -1;
  }
}

ptrdiff_t sk_chars_rfind(SkVm *vm, SkChars text, SkChars needle) {
  if (needle.n > text.n) return -1;
  if (needle.n == 0) return (ptrdiff_t)text.n;
  for (size_t room = text.n - needle.n + 1; room > 0;) {
    const char *at = memrchr(text.p, needle.p[0], room);
    if (!at) return -1;
    sk_charge_bytes(vm, (size_t)(text.p + room - at) + needle.n);
    if (memcmp(at, needle.p, needle.n) == 0) return at - text.p;
    room = (size_t)(at - text.p);
  }
  return -1;
}

size_t sk_chars_count(SkVm *vm, SkChars text, SkChars needle, size_t most) {
  size_t n = 0, turns = 0;
  while (n < most) {
    SK_TURN(vm, turns);
    ptrdiff_t at = sk_chars_find(vm, text, needle);
    if (at < 0) break;
    n++;
    text.p += (size_t)at + needle.n;
    text.n -= (size_t)at + needle.n;
  }
  return n;
}

bool sk_chars_starts(SkChars text, SkChars prefix) {
  return prefix.n <= text.n && memcmp(text.p, prefix.p, prefix.n) == 0;
}

bool sk_chars_ends(SkChars text, SkChars suffix) {
  return suffix.n <= text.n && memcmp(text.p + text.n - suffix.n, suffix.p, suffix.n) == 0;
}

/* ---- replacing ---- */

/* An empty |old| stands before every character and at the end. */
size_t sk_chars_replace_count(SkVm *vm, SkChars text, SkChars old, int64_t limit, bool utf8) {
  size_t most = limit < 0 ? SIZE_MAX : (size_t)limit;
  if (old.n) return sk_chars_count(vm, text, old, most);
  size_t places = (utf8 ? sk_utf8_count(text.p, text.n) : text.n) + 1;
  return places < most ? places : most;
}

size_t sk_chars_replace_size(SkVm *vm, SkChars text, SkChars old, SkChars with, size_t times) {
  if (with.n > old.n && times > (SIZE_MAX / 4 - text.n) / (with.n - old.n)) sk_raise_nomem(vm);
  return text.n - times * old.n + times * with.n;
}

static char *append(char *out, const char *p, size_t n) {
  memcpy(out, p, n);
  return out + n;
}

static void interleave(SkVm *vm, char *out, SkChars text, SkChars with, size_t times, bool utf8) {
  const char *p = text.p, *end = text.p + text.n;
  size_t turns = 0;
  for (; times > 0; times--) {
    SK_TURN(vm, turns);
    sk_charge_bytes(vm, with.n);
    out = append(out, with.p, with.n);
    if (p == end) break;
    size_t width = utf8 ? sk_utf8_width(*p) : 1;
    out = append(out, p, width);
    p += width;
  }
  append(out, p, (size_t)(end - p));
}

void sk_chars_replace(SkVm *vm, char *out, SkChars text, SkChars old, SkChars with, size_t times, bool utf8) {
  if (old.n == 0) {
    interleave(vm, out, text, with, times, utf8);
    return;
  }
  size_t turns = 0;
  for (; times > 0; times--) {
    SK_TURN(vm, turns);
    sk_charge_bytes(vm, with.n);
    size_t at = (size_t)sk_chars_find(vm, text, old);
    out = append(out, text.p, at);
    out = append(out, with.p, with.n);
    text.p += at + old.n;
    text.n -= at + old.n;
  }
  append(out, text.p, text.n);
}

/* ---- classes of characters ---- */

#define WIDE 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2
#define WIDE_HALF WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE
static const uint8_t text_space[256] = {
    [9] = 1, 1, 1, 1, 1, [0x1c] = 1, 1, 1, 1, 1, [0x80] = WIDE_HALF};
static const uint8_t text_break[256] = {[10] = 1, 1, 1, 1, [0x1c] = 1, 1, 1, [0x80] = WIDE_HALF};
static const uint8_t byte_space[256] = {[9] = 1, 1, 1, 1, 1, [' '] = 1};
static const uint8_t byte_break[256] = {['\n'] = 1, ['\r'] = 1};

const SkCharClass sk_text_space = {text_space, sk_char_is_space}, sk_text_break = {text_break, sk_char_is_line_break},
                  sk_byte_space = {byte_space, NULL}, sk_byte_break = {byte_break, NULL};

size_t sk_char_class_at(const SkCharClass *c, const char *p) {
  uint8_t what = c->table[(unsigned char)*p];
  if (SK_LIKELY(what != SK_CHAR_DECODE)) return what;
  size_t width;
  uint32_t code = sk_utf8_decode(p, &width);
  return c->wide(code) ? width : 0;
}

SkChars sk_chars_strip(SkVm *vm, SkChars text, const SkCharClass *c, int sides) {
  const char *p = text.p, *end = text.p + text.n;
  size_t turns = 0;
  if (sides & SK_STRIP_LEFT) {
    for (size_t w; p < end && (w = sk_char_class_at(c, p)); p += w) SK_TURN(vm, turns);
  }
  if (sides & SK_STRIP_RIGHT) {
    while (p < end) {
      SK_TURN(vm, turns);
      const char *last = end - 1;
      if (c->table[(unsigned char)*last] == SK_CHAR_DECODE) last = sk_utf8_back(end);
      if (!sk_char_class_at(c, last)) break;
      end = last;
    }
  }
  return (SkChars){p, (size_t)(end - p)};
}
