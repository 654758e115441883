/* tree_key.c - what makes two errors equal: the key by which siblings collapse and logs are grouped.  Layer 8.
 *
 * Two FNV-1a hashes side by side.  Their meaning is documented in tree.h and must not change without a new schema version.
 */
#include <stdlib.h>
#include <string.h>

#include "stdlib/native/tree_impl.h"
#include "vm/base/hash.h"

/* ---- bytes ---- */

static void key_byte(TreeKey *k, unsigned char c) {
  k->a = (k->a ^ c) * UINT64_C(0x100000001B3);
  k->b = (k->b + c) * UINT64_C(0x9E3779B97F4A7C15);
  k->b ^= k->b >> 29;
}

void tree_key_number(TreeKey *k, uint64_t n) {
  for (int i = 0; i < 64; i += 8) key_byte(k, (unsigned char)(n >> i));
}

void tree_key_bytes(TreeKey *k, const void *p, size_t n) {
  const unsigned char *s = p;
  for (size_t i = 0; i < n; i++) key_byte(k, s[i]);
  key_byte(k, 0xff); /* never in UTF-8: where one text ends */
}

/* ---- words ---- */

static bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/* 8-4-4-4-12 hexadecimal digits, which need not have a digit in each part. */
static bool is_uuid(const char *s, size_t n) {
  if (n < 36) return false;
  for (size_t i = 0; i < 36; i++)
    if (i == 8 || i == 13 || i == 18 || i == 23 ? s[i] != '-' : !is_hex(s[i])) return false;
  return n == 36 || !is_word(s[36]);
}

/* End of a word with digits and what belongs to it (1.5e-3, 10.0.0.1:80, 2024-01-02); |i| itself if the word has none. */
static size_t number_end(const char *s, size_t n, size_t i) {
  if (is_uuid(s + i, n - i)) return i + 36;
  size_t end = i;
  bool digit = false;
  for (; end < n && is_word(s[end]); end++) digit = digit || is_digit(s[end]);
  if (!digit) return i;
  while (end + 1 < n && strchr(".,:-+/", s[end]) && is_digit(s[end + 1]))
    for (end++; end < n && is_word(s[end]);) end++;
  return end;
}

/* End of what is in quotes from |i| on; |i| if the quote is an apostrophe, or not closed on this line. */
static size_t quoted_end(const char *s, size_t n, size_t i) {
  if (i && is_word(s[i - 1])) return i;
  for (size_t end = i + 1; end < n && s[end] != '\n'; end++)
    if (s[end] == s[i] && (end + 1 == n || !is_word(s[end + 1]))) return end + 1;
  return i;
}

static size_t varying_end(const char *s, size_t n, size_t i) {
  if (s[i] == '\'' || s[i] == '"') return quoted_end(s, n, i);
  if ((s[i] == '-' || s[i] == '+') && i + 1 < n && is_digit(s[i + 1]) && (!i || !is_word(s[i - 1]))) return number_end(s, n, i + 1);
  return is_word(s[i]) ? number_end(s, n, i) : i;
}

void tree_key_words(TreeKey *k, TreeText text) {
  for (size_t i = 0; i < text.n;) {
    size_t end = varying_end(text.s, text.n, i);
    if (end > i) {
      key_byte(k, '#');
      i = end;
      continue;
    }
    do key_byte(k, (unsigned char)text.s[i++]);
    while (i < text.n && is_word(text.s[i - 1]) && is_word(text.s[i]));
  }
  key_byte(k, 0xff);
}

/* ---- exceptions ---- */

static void key_key(TreeKey *k, TreeKey other) {
  tree_key_number(k, other.a);
  tree_key_number(k, other.b);
}

static int compare(const void *x, const void *y) {
  const TreeKey *p = x, *q = y;
  if (p->a != q->a) return p->a < q->a ? -1 : 1;
  return p->b < q->b ? -1 : p->b > q->b;
}

/* The set of the members' keys: neither their number nor their order counts. */
static void key_members(TreeDoc *d, TreeKey *k, const TreeNode *n, bool own) {
  if (!n->group) return;
  TreeKey *keys = tree_alloc(d, n->count * sizeof *keys);
  size_t count = 0;
  for (uint32_t i = 0; i < n->count; i++) {
    TreeKey one = own ? n->members[i]->own : n->members[i]->key;
    if (!count || !tree_same(keys[count - 1], one)) keys[count++] = one;
  }
  qsort(keys, count, sizeof *keys, compare);
  key_byte(k, '(');
  for (size_t i = 0; i < count; i++)
    if (!i || !tree_same(keys[i], keys[i - 1])) key_key(k, keys[i]);
}

static TreeKey shallow(const TreeNode *n) {
  TreeKey k = {UINT64_C(0xCBF29CE484222325), UINT64_C(0x2545F4914F6CDD1D)};
  tree_key_bytes(&k, n->cls->name.s, n->cls->name.n);
  tree_key_words(&k, n->message);
  key_key(&k, n->stack->key);
  for (uint32_t i = 0; i < n->note_count; i++) tree_key_words(&k, n->notes[i]);
  return k;
}

void tree_own_key(TreeDoc *d, TreeNode *n) {
  n->own = shallow(n);
  key_members(d, &n->own, n, true);
}

void tree_keys(TreeDoc *d) {
  enum { LINKS = 8 };
  for (size_t i = 0; i < d->order_count; i++) {
    TreeNode *n = d->order[i];
    n->key = n->own;
    if (n->group) {
      n->key = shallow(n);
      key_members(d, &n->key, n, false);
    }
    const TreeNode *c = n;
    for (int links = 0; c->link && links < LINKS; links++, c = c->link) {
      key_byte(&n->key, c->link_kind == TREE_CAUSE ? 'c' : 'x');
      key_key(&n->key, c->link->own);
    }
  }
}
