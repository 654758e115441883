/* view.c - see view.h.  Layer 9b. */
#include "vm/repl/view.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vm/repl/edit.h"

/* ---- bytes to the terminal, one write a frame ---- */

static void out(View *v, const char *s, size_t n) {
  if (v->out_n + n > v->out_room) {
    size_t room = (v->out_n + n) * 2 + 256;
    char *more = realloc(v->out, room);
    if (!more) return;
    v->out = more;
    v->out_room = room;
  }
  memcpy(v->out + v->out_n, s, n);
  v->out_n += n;
}

__attribute__((format(printf, 2, 3))) static void outf(View *v, const char *format, ...) {
  char text[64];
  va_list args;
  va_start(args, format);
  int n = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  out(v, text, (size_t)n);
}

static void flush(View *v) {
  if (v->out_n) v->write(v->user, v->out, v->out_n);
  v->out_n = 0;
}

/* ---- life ---- */

static void rows_free(ViewRow *rows, int n) {
  for (int i = 0; rows && i < n; i++) free(rows[i].s);
  free(rows);
}

bool view_resize(View *v, int columns, int rows) {
  if (columns < 20) columns = 20;
  if (rows < 3) rows = 3;
  ViewRow *old = calloc((size_t)rows, sizeof *old), *fresh = calloc((size_t)rows, sizeof *fresh);
  if (!old || !fresh) {
    free(old);
    free(fresh);
    return false;
  }
  rows_free(v->old, v->rows);
  rows_free(v->fresh, v->rows);
  if (v->columns && v->at_row) outf(v, "\033[%dA", v->at_row); /* a guess: terminals differ in how they wrap again */
  if (v->columns) out(v, "\r\033[J", 4);
  v->old = old;
  v->fresh = fresh;
  v->columns = columns;
  v->rows = rows;
  v->old_count = v->count = v->at_row = v->at_col = 0;
  return true;
}

bool view_init(View *v, void (*write)(void *user, const char *s, size_t n), void *user, int columns, int rows) {
  *v = (View){.write = write, .user = user};
  return view_resize(v, columns, rows);
}

void view_free(View *v) {
  rows_free(v->old, v->rows);
  rows_free(v->fresh, v->rows);
  free(v->out);
}

/* ---- building a frame ---- */

static void add(View *v, const char *s, size_t n) {
  ViewRow *r = &v->fresh[v->count - 1];
  if (r->n + n > r->room) {
    size_t room = (r->n + n) * 2 + 64;
    char *more = realloc(r->s, room);
    if (!more) return;
    r->s = more;
    r->room = room;
  }
  memcpy(r->s + r->n, s, n);
  r->n += n;
}

void view_begin(View *v) {
  v->count = v->width = 0;
  v->cursor_row = v->cursor_col = 0;
}

bool view_row(View *v) {
  if (v->count == v->rows) return false;
  v->fresh[v->count++].n = 0;
  v->width = 0;
  return true;
}

/* Control characters are shown as ^X. */
void view_text(View *v, const char *s, size_t n) {
  size_t from = 0, length;
  for (size_t at = 0; at < n; at += length) {
    uint32_t c = text_decode(s + at, n - at, &length);
    v->width += text_char_width(c);
    if (c >= 0x20 && c != 0x7f && c != 0xfffd) continue;
    add(v, s + from, at - from);
    if (c == 0xfffd) add(v, "\xef\xbf\xbd", 3);
    else add(v, (char[]){'^', (char)(c ^ 0x40)}, 2);
    from = at + length;
  }
  add(v, s + from, n - from);
}

void view_style(View *v, const char *sgr) {
  add(v, "\033[", 2);
  if (*sgr) add(v, sgr, strlen(sgr));
  else add(v, "0", 1);
  add(v, "m", 1);
}

void view_cursor(View *v) {
  v->cursor_row = v->count - 1;
  v->cursor_col = v->width < v->columns ? v->width : v->columns - 1;
}

/* ---- the difference ---- */

static void go(View *v, int row, int col) {
  if (row < v->at_row) outf(v, "\033[%dA", v->at_row - row);
  if (row > v->at_row) outf(v, "\033[%dB", row - v->at_row);
  if (col != v->at_col || col == 0) {
    out(v, "\r", 1);
    if (col) outf(v, "\033[%dC", col);
  }
  v->at_row = row;
  v->at_col = col;
}

static int same_start(const ViewRow *a, const ViewRow *b) {
  size_t n = a->n < b->n ? a->n : b->n, i = 0;
  while (i < n && a->s[i] == b->s[i]) i++;
  return (int)i;
}

/* Rows below the last one there are made by line feeds, which scroll where the screen ends. */
static void reach(View *v, int row) {
  while (v->old_count <= row) {
    go(v, v->old_count ? v->old_count - 1 : 0, 0);
    if (v->old_count) {
      out(v, "\r\n", 2);
      v->at_row++;
    }
    v->old[v->old_count++].n = 0;
  }
}

static void draw(View *v, int i) {
  ViewRow *was = &v->old[i], *is = &v->fresh[i];
  if (was->n == is->n && !memcmp(was->s ? was->s : "", is->s ? is->s : "", is->n)) return;
  int same = same_start(was, is), width = 0;
  bool plain = !memchr(is->s ? is->s : "", 0x1b, (size_t)same); /* only then is the column of a byte known */
  if (plain) {
    while (same > 0 && ((unsigned char)is->s[same < (int)is->n ? same : same - 1] & 0xc0) == 0x80) same--;
    width = text_width(is->s ? is->s : "", (size_t)same);
  } else {
    same = 0;
  }
  go(v, i, width);
  out(v, is->s + same, is->n - (size_t)same);
  out(v, "\033[K", 3);
  v->at_col = -1; /* somewhere in the row */
}

void view_show(View *v) {
  for (int i = 0; i < v->count; i++) {
    reach(v, i);
    draw(v, i);
    ViewRow swap = v->old[i];
    v->old[i] = v->fresh[i];
    v->fresh[i] = swap;
  }
  if (v->count < v->old_count) {
    go(v, v->count, 0);
    out(v, "\033[J", 3);
    v->old_count = v->count;
  }
  go(v, v->cursor_row, v->cursor_col);
  flush(v);
}

void view_leave(View *v) {
  if (v->old_count) go(v, v->old_count - 1, 0);
  out(v, "\r\n", 2);
  flush(v);
  v->old_count = v->at_row = v->at_col = 0;
}

void view_hide(View *v) {
  if (v->old_count) go(v, 0, 0);
  out(v, "\r\033[J", 4);
  flush(v);
  v->old_count = v->at_row = v->at_col = 0;
}

void view_clear(View *v) {
  out(v, "\033[H\033[2J", 7);
  flush(v);
  v->old_count = v->at_row = v->at_col = 0;
}
