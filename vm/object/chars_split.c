/* chars_split.c - cutting runs of bytes into lists of pieces.  Layer 6.
 *
 * Making a piece allocates but runs no script code, so the bytes of a bytearray stay where they are.
 */
#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/charge.h"
#include "vm/object/chars.h"

static void add(const SkSplitter *s, SkList *list, size_t from, size_t to) {
  sk_charge(s->vm, 1 + (to - from) / 64);
  sk_list_append(s->vm, list, s->piece(s->vm, s->owner, from, to));
}

static void reverse(SkVm *vm, SkList *list) {
  SkValue *items = sk_list_items(list);
  sk_charge(vm, list->count / 16);
  for (size_t i = 0, j = list->count; i + 1 < j; i++) {
    SkValue v = items[i];
    items[i] = items[--j];
    items[j] = v;
  }
}

static size_t limit(int64_t most) { return most < 0 ? SIZE_MAX : (size_t)most; }

SkList *sk_chars_split(const SkSplitter *s, SkChars sep, int64_t most) {
  SkList *list = sk_list_new(s->vm, 8);
  size_t from = 0;
  for (size_t left = limit(most); left > 0; left--) {
    ptrdiff_t at = sk_chars_find(s->vm, (SkChars){s->text.p + from, s->text.n - from}, sep);
    if (at < 0) break;
    add(s, list, from, from + (size_t)at);
    from += (size_t)at + sep.n;
  }
  add(s, list, from, s->text.n);
  return list;
}

SkList *sk_chars_rsplit(const SkSplitter *s, SkChars sep, int64_t most) {
  SkList *list = sk_list_new(s->vm, 8);
  size_t to = s->text.n;
  for (size_t left = limit(most); left > 0; left--) {
    ptrdiff_t at = sk_chars_rfind(s->vm, (SkChars){s->text.p, to}, sep);
    if (at < 0) break;
    add(s, list, (size_t)at + sep.n, to);
    to = (size_t)at;
  }
  add(s, list, 0, to);
  reverse(s->vm, list);
  return list;
}

SK_INLINE size_t class_at(const SkCharClass *c, const char *p) {
  uint8_t what = c->table[(unsigned char)*p];
  return SK_LIKELY(what != SK_CHAR_DECODE) ? what : sk_char_class_at(c, p);
}

SkList *sk_chars_split_class(const SkSplitter *s, const SkCharClass *c, int64_t most) {
  SkList *list = sk_list_new(s->vm, 8);
  const char *p = s->text.p, *end = p + s->text.n;
  size_t turns = 0;
  for (size_t left = limit(most);; left--) {
    for (size_t w; p < end && (w = class_at(c, p)); p += w) SK_TURN(s->vm, turns);
    if (p == end) return list;
    const char *start = p;
    if (left == 0) {
      add(s, list, (size_t)(p - s->text.p), s->text.n);
      return list;
    }
    while (p < end && (c->table[(unsigned char)*p] == SK_CHAR_NO || !class_at(c, p))) p += c->wide ? sk_utf8_width(*p) : 1;
    add(s, list, (size_t)(start - s->text.p), (size_t)(p - s->text.p));
  }
}

/* The start of the character that ends before |p|. */
static const char *before(const SkCharClass *c, const char *p) {
  return c->table[(unsigned char)p[-1]] == SK_CHAR_DECODE ? sk_utf8_back(p) : p - 1;
}

SkList *sk_chars_rsplit_class(const SkSplitter *s, const SkCharClass *c, int64_t most) {
  SkList *list = sk_list_new(s->vm, 8);
  SkChars text = s->text;
  size_t turns = 0;
  for (size_t left = limit(most);; left--) {
    text = sk_chars_strip(s->vm, text, c, SK_STRIP_RIGHT);
    if (text.n == 0) break;
    const char *end = text.p + text.n, *p = end;
    if (left == 0) {
      add(s, list, 0, (size_t)(end - s->text.p));
      break;
    }
    while (p > text.p && !sk_char_class_at(c, before(c, p))) {
      SK_TURN(s->vm, turns);
      p = before(c, p);
    }
    add(s, list, (size_t)(p - s->text.p), (size_t)(end - s->text.p));
    text.n = (size_t)(p - text.p);
  }
  reverse(s->vm, list);
  return list;
}

SkList *sk_chars_split_lines(const SkSplitter *s, const SkCharClass *c, bool keep_ends) {
  SkList *list = sk_list_new(s->vm, 8);
  const char *base = s->text.p, *p = base, *end = base + s->text.n;
  size_t turns = 0;
  while (p < end) {
    const char *start = p;
    size_t w = 0;
    while (p < end && !(w = sk_char_class_at(c, p))) {
      SK_TURN(s->vm, turns);
      p += c->wide ? sk_utf8_width(*p) : 1;
    }
    const char *stop = p;
    if (p < end) {
      if (*p == '\r' && p + 1 < end && p[1] == '\n') w = 2;
      p += w;
    }
    add(s, list, (size_t)(start - base), (size_t)((keep_ends ? p : stop) - base));
  }
  return list;
}
