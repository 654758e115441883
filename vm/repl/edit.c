/* edit.c - see edit.h.  Layer 9b.
 *
 * Every change is one primitive: the text between two positions becomes another (change).  Undo keeps its inverse.
 */
#include "vm/repl/edit.h"

#include <stdlib.h>
#include <string.h>

enum { UNDO_BYTES_MOST = 8 << 20 };

typedef struct Place { size_t row, col; } Place;

/* The inverse of a change: [from, to) holds what was put in, |s| what it replaced. */
typedef struct EditStep {
  struct EditStep *next;
  Place from, to, cursor;
  size_t n;
  char s[];
} EditStep;

/* ---- rows ---- */

static bool row_reserve(EditRow *r, size_t n) {
  if (n + 1 <= r->room) return true;
  size_t room = (n + 1) * 3 / 2 + 16;
  char *more = realloc(r->s, room);
  if (!more) return false;
  r->s = more;
  r->room = room;
  return true;
}

static bool rows_reserve(Edit *e, size_t count) {
  if (count <= e->room) return true;
  size_t room = count * 3 / 2 + 16;
  EditRow *more = realloc(e->rows, room * sizeof *more);
  if (!more) return false;
  e->rows = more;
  e->room = room;
  return true;
}

static size_t count_feeds(const char *s, size_t n) {
  size_t feeds = 0;
  for (size_t i = 0; i < n; i++) feeds += s[i] == '\n';
  return feeds;
}

/* The text from |a| to |b|, |b| behind |a|. */
static size_t span_bytes(const Edit *e, Place a, Place b) {
  if (a.row == b.row) return b.col - a.col;
  size_t n = e->rows[a.row].n - a.col + 1 + b.col;
  for (size_t r = a.row + 1; r < b.row; r++) n += e->rows[r].n + 1;
  return n;
}
static void span_copy(const Edit *e, Place a, Place b, char *out) {
  for (; a.row < b.row; a = (Place){a.row + 1, 0}) {
    const EditRow *r = &e->rows[a.row];
    memcpy(out, r->s + a.col, r->n - a.col);
    out += r->n - a.col;
    *out++ = '\n';
  }
  memcpy(out, e->rows[b.row].s + a.col, b.col - a.col);
}

static void row_set(EditRow *r, const char *s, size_t n) {
  memcpy(r->s, s, n);
  r->n = n;
  r->s[n] = 0;
}

/* ---- the primitive ---- */

/* All memory is got before anything is changed. */
static bool make_room(Edit *e, Place a, Place b, const char *s, size_t n, char **tail, size_t *tail_n, EditRow **fresh) {
  size_t feeds = count_feeds(s, n);
  *tail_n = e->rows[b.row].n - b.col;
  *tail = malloc(*tail_n + 1);
  *fresh = calloc(feeds + 1, sizeof **fresh);
  bool fine = *tail && *fresh && rows_reserve(e, e->count + feeds) && row_reserve(&e->rows[a.row], a.col + n + *tail_n);
  const char *p = s, *end = s + n;
  for (size_t i = 0; fine && i <= feeds; i++) {
    const char *nl = memchr(p, '\n', (size_t)(end - p));
    size_t length = (size_t)((nl ? nl : end) - p);
    if (i > 0) fine = row_reserve(&(*fresh)[i], length + (i == feeds ? *tail_n : 0));
    if (i > 0 && fine) row_set(&(*fresh)[i], p, length);
    p = nl ? nl + 1 : end;
  }
  if (fine) {
    memcpy(*tail, e->rows[b.row].s + b.col, *tail_n);
    return true;
  }
  for (size_t i = 1; *fresh && i <= feeds; i++) free((*fresh)[i].s);
  free(*fresh);
  free(*tail);
  return false;
}

/* [a, b) becomes s; the end of what was put in, or false. */
static bool put(Edit *e, Place a, Place b, const char *s, size_t n, Place *end) {
  char *tail;
  size_t tail_n, feeds = count_feeds(s, n);
  EditRow *fresh;
  if (!make_room(e, a, b, s, n, &tail, &tail_n, &fresh)) return false;
  const char *nl = memchr(s, '\n', n);
  size_t first = nl ? (size_t)(nl - s) : n;
  EditRow *top = &e->rows[a.row];
  memcpy(top->s + a.col, s, first);
  top->n = a.col + first;
  for (size_t r = a.row + 1; r <= b.row; r++) free(e->rows[r].s);
  memmove(&e->rows[a.row + 1 + feeds], &e->rows[b.row + 1], (e->count - b.row - 1) * sizeof *e->rows);
  memcpy(&e->rows[a.row + 1], fresh + 1, feeds * sizeof *fresh);
  e->count = e->count - (b.row - a.row) + feeds;
  EditRow *last = &e->rows[a.row + feeds];
  *end = (Place){a.row + feeds, last->n};
  memcpy(last->s + last->n, tail, tail_n);
  last->n += tail_n;
  last->s[last->n] = 0;
  e->rows[a.row].s[e->rows[a.row].n] = 0;
  free(fresh);
  free(tail);
  if (a.row < e->changed_from) e->changed_from = a.row;
  return true;
}

static void steps_free(EditStep **list) {
  for (EditStep *s = *list, *next; s; s = next) {
    next = s->next;
    free(s);
  }
  *list = NULL;
}

static EditStep *step_of(const Edit *e, Place a, Place b, Place cursor) {
  size_t n = span_bytes(e, a, b);
  EditStep *s = malloc(sizeof *s + n);
  if (!s) return NULL;
  *s = (EditStep){.from = a, .cursor = cursor, .n = n};
  span_copy(e, a, b, s->s);
  return s;
}

static void forget_old(Edit *e) {
  if (e->undo_bytes < UNDO_BYTES_MOST) return;
  steps_free(&e->undo);
  e->undo_bytes = 0;
}

/* Typing one character behind another is one step. */
static bool joins(const Edit *e, Place a, Place b, size_t n) {
  return e->joining && e->undo && n && a.row == b.row && a.col == b.col && e->undo->to.row == a.row && e->undo->to.col == a.col && !e->undo->n;
}

static bool change(Edit *e, Place a, Place b, const char *s, size_t n, bool typing) {
  Place cursor = {e->row, e->col}, end;
  bool join = typing && joins(e, a, b, n);
  EditStep *step = join ? NULL : step_of(e, a, b, cursor);
  if ((!join && !step) || !put(e, a, b, s, n, &end)) {
    free(step);
    return false;
  }
  if (join) {
    e->undo->to = end;
  } else {
    forget_old(e);
    step->to = end;
    step->next = e->undo;
    e->undo = step;
    e->undo_bytes += sizeof *step + step->n;
  }
  steps_free(&e->redo);
  e->row = end.row;
  e->col = end.col;
  e->goal = -1;
  e->joining = typing;
  return true;
}

static void take_back(Edit *e, EditStep **from, EditStep **to) {
  EditStep *s = *from;
  Place end;
  if (!s) return;
  EditStep *back = step_of(e, s->from, s->to, (Place){e->row, e->col});
  if (!back || !put(e, s->from, s->to, s->s, s->n, &end)) {
    free(back);
    return;
  }
  back->to = end;
  *from = s->next;
  back->next = *to;
  *to = back;
  e->row = s->cursor.row;
  e->col = s->cursor.col;
  e->goal = -1;
  e->joining = false;
  free(s);
}

void edit_undo(Edit *e) { take_back(e, &e->undo, &e->redo); }
void edit_redo(Edit *e) { take_back(e, &e->redo, &e->undo); }

/* ---- the whole text ---- */

bool edit_init(Edit *e) {
  *e = (Edit){.goal = -1};
  if (!rows_reserve(e, 1)) return false;
  e->rows[0] = (EditRow){0};
  e->count = 1;
  return row_reserve(&e->rows[0], 0) && (e->rows[0].s[0] = 0, true);
}

void edit_free(Edit *e) {
  for (size_t i = 0; i < e->count; i++) free(e->rows[i].s);
  free(e->rows);
  free(e->kill);
  steps_free(&e->undo);
  steps_free(&e->redo);
}

static Place last_place(const Edit *e) { return (Place){e->count - 1, e->rows[e->count - 1].n}; }

void edit_replace(Edit *e, const char *s, size_t n) { change(e, (Place){0, 0}, last_place(e), s, n, false); }

void edit_set(Edit *e, const char *s, size_t n) {
  edit_replace(e, s, n);
  steps_free(&e->undo);
  steps_free(&e->redo);
  e->undo_bytes = 0;
  e->joining = false;
}

char *edit_text(const Edit *e, size_t *n) {
  *n = span_bytes(e, (Place){0, 0}, last_place(e));
  char *s = malloc(*n + 1);
  if (!s) return NULL;
  span_copy(e, (Place){0, 0}, last_place(e), s);
  s[*n] = 0;
  return s;
}

bool edit_is_empty(const Edit *e) { return e->count == 1 && !e->rows[0].n; }

/* ---- changes ---- */

static Place here(const Edit *e) { return (Place){e->row, e->col}; }
static const EditRow *row(const Edit *e) { return &e->rows[e->row]; }

void edit_insert(Edit *e, const char *s, size_t n) { change(e, here(e), here(e), s, n, n <= 8 && !memchr(s, '\n', n)); }

static void kill(Edit *e, Place a, Place b) {
  size_t n = span_bytes(e, a, b);
  char *s = n ? malloc(n) : NULL;
  if (!s) return;
  span_copy(e, a, b, s);
  if (!change(e, a, b, "", 0, false)) {
    free(s);
    return;
  }
  free(e->kill);
  e->kill = s;
  e->kill_n = n;
}

static Place before(const Edit *e) {
  if (e->col) return (Place){e->row, text_prev(row(e)->s, e->col)};
  return e->row ? (Place){e->row - 1, e->rows[e->row - 1].n} : here(e);
}
static Place after(const Edit *e) {
  if (e->col < row(e)->n) return (Place){e->row, text_next(row(e)->s, row(e)->n, e->col)};
  return e->row + 1 < e->count ? (Place){e->row + 1, 0} : here(e);
}
static bool same(Place a, Place b) { return a.row == b.row && a.col == b.col; }

/* In the indentation: back to the step of four before it. */
void edit_backspace(Edit *e) {
  Place from = before(e);
  size_t blanks = 0;
  while (blanks < e->col && row(e)->s[blanks] == ' ') blanks++;
  if (e->col && blanks == e->col) from.col = (e->col - 1) / 4 * 4;
  if (!same(from, here(e))) change(e, from, here(e), "", 0, false);
}
void edit_delete(Edit *e) {
  if (!same(after(e), here(e))) change(e, here(e), after(e), "", 0, false);
}
void edit_kill_to_end(Edit *e) { kill(e, here(e), e->col < row(e)->n ? (Place){e->row, row(e)->n} : after(e)); }
void edit_kill_to_start(Edit *e) { kill(e, (Place){e->row, 0}, here(e)); }

static Place word_before(const Edit *e) {
  if (!e->col) return before(e);
  size_t at = e->col;
  while (at && !text_is_word(row(e)->s, row(e)->n, at - 1)) at = text_prev(row(e)->s, at);
  while (at && text_is_word(row(e)->s, row(e)->n, at - 1)) at = text_prev(row(e)->s, at);
  return (Place){e->row, at};
}
static Place word_after(const Edit *e) {
  if (e->col == row(e)->n) return after(e);
  size_t at = e->col, n = row(e)->n;
  while (at < n && !text_is_word(row(e)->s, n, at)) at = text_next(row(e)->s, n, at);
  while (at < n && text_is_word(row(e)->s, n, at)) at = text_next(row(e)->s, n, at);
  return (Place){e->row, at};
}
void edit_kill_word(Edit *e) { kill(e, word_before(e), here(e)); }
void edit_kill_word_after(Edit *e) { kill(e, here(e), word_after(e)); }
void edit_yank(Edit *e) {
  if (e->kill) change(e, here(e), here(e), e->kill, e->kill_n, false);
}
void edit_erase(Edit *e, size_t r, size_t from, size_t to) { change(e, (Place){r, from}, (Place){r, to}, "", 0, false); }

void edit_transpose(Edit *e) {
  size_t n = row(e)->n, right = e->col < n ? text_next(row(e)->s, n, e->col) : e->col;
  size_t mid = text_prev(row(e)->s, right), left = mid ? text_prev(row(e)->s, mid) : mid;
  char swapped[64];
  if (left == mid || right - left > sizeof swapped) return;
  memcpy(swapped, row(e)->s + mid, right - mid);
  memcpy(swapped + (right - mid), row(e)->s + left, mid - left);
  change(e, (Place){e->row, left}, (Place){e->row, right}, swapped, right - left, false);
}

/* ---- moving ---- */

static void go(Edit *e, Place p) {
  e->row = p.row;
  e->col = p.col;
  e->goal = -1;
  e->joining = false;
}
void edit_left(Edit *e) { go(e, before(e)); }
void edit_right(Edit *e) { go(e, after(e)); }
void edit_word_left(Edit *e) { go(e, word_before(e)); }
void edit_word_right(Edit *e) { go(e, word_after(e)); }
void edit_home(Edit *e) {
  size_t blanks = 0;
  while (blanks < row(e)->n && row(e)->s[blanks] == ' ') blanks++;
  go(e, (Place){e->row, e->col == blanks ? 0 : blanks});
}
void edit_end(Edit *e) { go(e, (Place){e->row, row(e)->n}); }
void edit_top(Edit *e) { go(e, (Place){0, 0}); }
void edit_bottom(Edit *e) { go(e, last_place(e)); }

static void to_row(Edit *e, size_t r) {
  int goal = e->goal >= 0 ? e->goal : text_width(row(e)->s, e->col), w = 0;
  size_t at = 0;
  const EditRow *to = &e->rows[r];
  while (at < to->n) {
    size_t next = text_next(to->s, to->n, at);
    int more = text_width(to->s + at, next - at);
    if (w + more > goal) break;
    w += more;
    at = next;
  }
  go(e, (Place){r, at});
  e->goal = goal;
}
bool edit_up(Edit *e) {
  if (!e->row) return false;
  to_row(e, e->row - 1);
  return true;
}
bool edit_down(Edit *e) {
  if (e->row + 1 == e->count) return false;
  to_row(e, e->row + 1);
  return true;
}
