/* tree_out.c - lines: prefixes of the tree, colours by role, width, what is cut.  Layer 8.
 *
 * A line is collected in segments and written by tree_end, which cuts it at the width.  Lines beyond max_lines are counted, not written.
 */
#include <stdlib.h>
#include <string.h>

#include "stdlib/native/tree_impl.h"
#include "vm/base/unicode.h"

/* ---- raw text ---- */

void tree_put(TreeDoc *d, const char *s, size_t n) {
  if (d->text_used + n > d->text_room) {
    size_t room = d->text_room ? d->text_room * 2 : 4096;
    while (room < d->text_used + n) room *= 2;
    char *more = sk_mem_grow(d->vm, d->text, d->text_room, room);
    if (!more) sk_raise_nomem(d->vm);
    d->text = more;
    d->text_room = room;
  }
  if (n) memcpy(d->text + d->text_used, s, n);
  d->text_used += n;
}

void tree_puts(TreeDoc *d, const char *s) { tree_put(d, s, strlen(s)); }

/* ---- colours ---- */

static const struct { const char *name, *sgr; } roles[TREE_ROLES] = {
    [TREE_PLAIN] = {"plain", ""},   [TREE_TYPE] = {"type", "1;31"}, [TREE_PATH] = {"path", "36"},     [TREE_PLACE] = {"place", "2"},
    [TREE_COUNT] = {"count", "33"}, [TREE_TASK] = {"task", "35"},   [TREE_SOURCE] = {"source", ""},   [TREE_CARET] = {"caret", "31"},
    [TREE_NOTE] = {"note", "32"},   [TREE_LINES] = {"lines", "2"}};

/* SKEIN_COLORS=type=1;31:place=2:...: numbers and semicolons only. */
void tree_colors(TreeDoc *d) {
  for (int i = 0; i < TREE_ROLES; i++) strcpy(d->sgr[i], roles[i].sgr);
  const char *s = d->vm->options.ignore_environment ? NULL : getenv("SKEIN_COLORS");
  while (s && *s) {
    size_t n = strcspn(s, ":"), name = strcspn(s, "=:");
    for (int i = 0; name < n && i < TREE_ROLES; i++) {
      size_t value = n - name - 1;
      if (strlen(roles[i].name) != name || memcmp(roles[i].name, s, name) || value >= TREE_SGR_MOST || strspn(s + name + 1, "0123456789;") < value) continue;
      memcpy(d->sgr[i], s + name + 1, value);
      d->sgr[i][value] = 0;
    }
    s += n + (s[n] == ':');
  }
}

static void colored(TreeDoc *d, TreeRole role, const char *s, size_t n) {
  const char *sgr = d->f.color ? d->sgr[role] : "";
  if (*sgr && n) {
    tree_puts(d, "\x1b[");
    tree_puts(d, sgr);
    tree_puts(d, "m");
  }
  tree_put(d, s, n);
  if (*sgr && n) tree_puts(d, "\x1b[0m");
}

/* ---- characters ---- */

/* Columns on a terminal: marks have none, Asian and pictorial characters two. */
static uint32_t width_of(uint32_t c) {
  static const struct { uint32_t first, last; } wide[] = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xA960, 0xA97C}, {0xAC00, 0xD7A3},
      {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
  if (c < 0x300) return 1;
  SkCategory k = sk_unicode_category(c);
  if (k == SK_MN || k == SK_ME || k == SK_CF) return 0;
  for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
    if (c >= wide[i].first && c <= wide[i].last) return 2;
  return 1;
}

uint32_t tree_columns(TreeText t) {
  uint32_t n = 0;
  for (const char *s = t.s, *end = t.s + t.n; s < end;) n += width_of(sk_utf8_next(&s));
  return n;
}

static bool is_hidden(uint32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || sk_utf8_is_surrogate(c) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
}

/* What could move the cursor, hide text or is no text is written as an escape: a message may come from anywhere. */
TreeText tree_clean(TreeDoc *d, TreeText t, bool one_line) {
  bool clean = true;
  for (size_t i = 0; clean && i < t.n; i++) clean = (unsigned char)t.s[i] >= 0x20 && (unsigned char)t.s[i] < 0x7f;
  if (clean) return t;
  char *out = tree_alloc(d, t.n * 6 + 1);
  size_t n = 0;
  for (const char *s = t.s, *end = t.s + t.n; s < end;) {
    const char *from = s;
    uint32_t c = sk_utf8_next(&s);
    if (c == '\t') out[n++] = ' ';
    else if (c == '\n' && !one_line) out[n++] = '\n';
    else if (c == '\n') n += (size_t)sprintf(out + n, "\\n");
    else if (!is_hidden(c) && !(d->f.ascii && c >= 0x80)) {
      memcpy(out + n, from, (size_t)(s - from));
      n += (size_t)(s - from);
    } else n += (size_t)sprintf(out + n, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c); /* 4 bytes give 10 at most: 6 a byte is room */
  }
  return (TreeText){out, n};
}

/* ---- lines ---- */

bool tree_out_of_lines(const TreeDoc *d) { return d->lines + 1 >= d->f.max_lines; }

size_t tree_push(TreeDoc *d, const char *more, uint32_t columns) {
  size_t old = d->prefix_used, n = strlen(more);
  if (old + n > sizeof d->prefix) return old;
  memcpy(d->prefix + old, more, n);
  d->prefix_used += n;
  d->prefix_cols += columns;
  return old;
}

void tree_pop(TreeDoc *d, size_t old, uint32_t columns) {
  if (d->prefix_used != old) d->prefix_cols -= columns;
  d->prefix_used = old;
}

void tree_seg(TreeDoc *d, TreeRole role, TreeText text) {
  if (!text.n || d->segments == TREE_LINE_MOST) return;
  d->line[d->segments++] = (TreeSegment){role, text};
  d->column += tree_columns(text);
}

void tree_segs(TreeDoc *d, TreeRole role, const char *s) { tree_seg(d, role, (TreeText){s, strlen(s)}); }

void tree_begin(TreeDoc *d, const char *connector) {
  d->segments = d->column = 0;
  tree_seg(d, TREE_LINES, tree_copy(d, d->prefix, d->prefix_used));
  tree_segs(d, TREE_LINES, connector);
}

/* Bytes of |t| that fit into |columns|. */
static size_t fit(TreeText t, uint32_t columns) {
  const char *s = t.s, *end = t.s + t.n;
  while (s < end) {
    const char *next = s;
    uint32_t w = width_of(sk_utf8_next(&next));
    if (w > columns) break;
    columns -= w;
    s = next;
  }
  return (size_t)(s - t.s);
}

static void trim_blanks(TreeDoc *d) {
  while (d->segments) {
    TreeText *t = &d->line[d->segments - 1].text;
    while (t->n && t->s[t->n - 1] == ' ') t->n--;
    if (t->n) return;
    d->segments--;
  }
}

void tree_end(TreeDoc *d) {
  if (tree_out_of_lines(d)) {
    d->lines_cut++;
    return;
  }
  d->lines++;
  trim_blanks(d);
  uint32_t left = d->f.width, dots = d->f.ascii ? 3 : 1;
  bool cut = d->column > d->f.width;
  if (cut) left -= dots;
  for (uint32_t i = 0; i < d->segments; i++) {
    TreeSegment *s = &d->line[i];
    size_t n = cut ? fit(s->text, left) : s->text.n;
    colored(d, s->role, s->text.s, n);
    if (cut) left -= tree_columns((TreeText){s->text.s, n});
    if (n < s->text.n) {
      tree_puts(d, tree_sign(d, "…", "..."));
      break;
    }
  }
  tree_puts(d, "\n");
}

/* ---- long text ---- */

/* Where to break: after the last blank that fits, else anywhere. */
static size_t break_at(TreeText t, uint32_t columns) {
  size_t n = fit(t, columns), at = n;
  if (n == t.n) return n;
  while (at > n / 2 && t.s[at] != ' ') at--;
  return at > n / 2 ? at : n ? n : sk_utf8_width(t.s[0]) < t.n ? sk_utf8_width(t.s[0]) : t.n;
}

void tree_wrap(TreeDoc *d, TreeRole role, TreeText text, const char *connector, uint32_t indent, uint32_t most) {
  for (uint32_t lines = 1;; lines++) {
    const char *feed = memchr(text.s, '\n', text.n);
    TreeText row = {text.s, feed ? (size_t)(feed - text.s) : text.n};
    if (d->column + 10 > d->f.width && d->column > d->prefix_cols + indent && tree_columns(row) + d->column > d->f.width) {
      tree_end(d);
      tree_begin(d, connector);
      tree_seg(d, TREE_PLAIN, tree_printf(d, "%*s", (int)indent, ""));
    }
    uint32_t room = d->f.width > d->column + 10 ? d->f.width - d->column : 10;
    size_t n = break_at(row, room);
    tree_seg(d, role, (TreeText){row.s, n});
    while (n < row.n && row.s[n] == ' ') n++;
    if (n == row.n && feed) n++;
    text.s += n;
    text.n -= n;
    if (!text.n) return;
    if (lines == most) {
      tree_seg(d, TREE_PLACE, tree_printf(d, " %s", tree_sign(d, "…", "...")));
      return;
    }
    tree_end(d);
    tree_begin(d, connector);
    tree_seg(d, TREE_PLAIN, tree_printf(d, "%*s", (int)indent, ""));
  }
}
