/* screen.c - the editor's text as rows of the terminal: prompts, colours, the part that fits.  Layer 9b. */
#include <stdlib.h>
#include <string.h>

#include "vm/repl/repl_impl.h"

enum { PROMPT = 4 };

static const char *const styles[] = {
    [SKEIN_TOKEN_NAME] = "", [SKEIN_TOKEN_KEYWORD] = "1;34", [SKEIN_TOKEN_SOFT_KEYWORD] = "1;34", [SKEIN_TOKEN_CONSTANT] = "36", [SKEIN_TOKEN_NUMBER] = "33",
    [SKEIN_TOKEN_STRING] = "32", [SKEIN_TOKEN_OPERATOR] = "", [SKEIN_TOKEN_COMMENT] = "90", [SKEIN_TOKEN_DEFINED] = "1;36", [SKEIN_TOKEN_DECORATOR] = "35",
    [SKEIN_TOKEN_ERROR] = "4;31"};

/* ---- colours: one token kind a byte, for the rows that are shown ---- */

typedef struct Painting { skein_token *colors; } Painting;
static void paint(void *user, skein_token kind, size_t start, size_t end) {
  for (; start < end; start++) ((Painting *)user)->colors[start] = kind;
}

/* A row that begins with a letter at the left begins a statement, as good as always: from there on the colours are right. */
static size_t sync_row(const Edit *e, size_t row) {
  while (row > 0) {
    const EditRow *x = &e->rows[row];
    char c = x->n ? x->s[0] : ' ';
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '@' || c == '_') break;
    row--;
  }
  return row;
}

/* Colours of rows [from, to), and where each row's begin. */
static skein_token *colors_of(skein_repl *r, size_t from, size_t to, size_t *skip) {
  const Edit *e = &r->edit;
  size_t start = sync_row(e, from), n = 0;
  for (size_t i = start; i < to; i++) n += e->rows[i].n + 1;
  char *text = malloc(n + 1);
  skein_token *colors = calloc(n + 1, sizeof *colors);
  if (!text || !colors) {
    free(text);
    free(colors);
    return NULL;
  }
  size_t at = 0;
  *skip = 0;
  for (size_t i = start; i < to; i++) {
    if (i == from) *skip = at;
    memcpy(text + at, e->rows[i].s, e->rows[i].n);
    at += e->rows[i].n;
    text[at++] = '\n';
  }
  skein_tokens(text, n, paint, &(Painting){colors});
  free(text);
  return colors;
}

/* ---- the bracket that belongs to the one at the cursor ---- */

static const char opening[] = "([{", closing[] = ")]}";

typedef struct Match { size_t row, col; bool found; } Match;

static Match find_match(const Edit *e) {
  Match m = {e->row, e->col, false};
  const EditRow *x = &e->rows[e->row];
  const char *kind = e->col < x->n && x->s[e->col] ? strchr(opening, x->s[e->col]) : NULL;
  int way = kind ? 1 : -1, depth = 0;
  if (!kind) {
    if (!e->col || !(kind = strchr(closing, x->s[e->col - 1]))) return m;
    m.col--;
  }
  for (int steps = 0; steps < 20000; steps++) {
    x = &e->rows[m.row];
    char c = m.col < x->n ? x->s[m.col] : 0;
    if (c && strchr(opening, c)) depth += way;
    else if (c && strchr(closing, c)) depth -= way;
    if (c && depth == 0) return (Match){m.row, m.col, true};
    if (way > 0 && ++m.col >= x->n) {
      if (++m.row >= e->count) break;
      m.col = 0;
    } else if (way < 0 && m.col-- == 0) {
      if (m.row-- == 0) break;
      m.col = e->rows[m.row].n;
    }
  }
  return m;
}

/* ---- rows ---- */

static void styled(skein_repl *r, const char *sgr, const char *s, size_t n) {
  bool style = r->config.color && *sgr;
  if (style) view_style(&r->view, sgr);
  view_text(&r->view, s, n);
  if (style) view_style(&r->view, "");
}

/* One row of the text, in as many of the screen's as it needs.  False: the screen is full. */
static bool draw_row(skein_repl *r, size_t row, const skein_token *colors, Match match) {
  const EditRow *x = &r->edit.rows[row];
  View *v = &r->view;
  if (!view_row(v)) return false;
  styled(r, "35", row ? "... " : ">>> ", PROMPT);
  for (size_t at = 0; at < x->n;) {
    size_t next = text_next(x->s, x->n, at);
    int width = text_width(x->s + at, next - at);
    if (v->width + width > v->columns - 1 && !view_row(v)) return false;
    if (row == r->edit.row && at == r->edit.col) view_cursor(v);
    bool here = match.found && match.row == row && match.col == at;
    skein_token kind = colors ? colors[at] : SKEIN_TOKEN_NAME;
    while (next < x->n && !here && (!colors || colors[next] == kind)) { /* as far as nothing changes */
      size_t after = text_next(x->s, x->n, next);
      int more = text_width(x->s + next, after - next);
      bool stop = (row == r->edit.row && next == r->edit.col) || (match.found && match.row == row && match.col == next);
      if (stop || v->width + width + more > v->columns - 1) break;
      width += more;
      next = after;
    }
    styled(r, here ? "7" : styles[kind], x->s + at, next - at);
    at = next;
  }
  if (row == r->edit.row && r->edit.col == x->n) {
    if (v->width >= v->columns - 1 && !view_row(v)) return false;
    view_cursor(v);
  }
  return true;
}

static int height(const skein_repl *r, size_t row) { return (PROMPT + text_width(r->edit.rows[row].s, r->edit.rows[row].n)) / (r->view.columns - 1) + 1; }

/* The cursor's row must be seen whole, and as much before it as was. */
static void scroll(skein_repl *r, int room) {
  const Edit *e = &r->edit;
  if (r->first_row > e->row) r->first_row = e->row;
  if (r->first_row + (size_t)room <= e->row) r->first_row = e->row - (size_t)room + 1;
  int used = 0;
  for (size_t i = r->first_row; i <= e->row; i++) used += height(r, i);
  while (used > room && r->first_row < e->row) used -= height(r, r->first_row++);
  while (r->first_row > 0 && used < room) { /* rows were deleted: show more of those above */
    size_t shown = e->count - r->first_row;
    if (shown >= (size_t)room) break;
    used += height(r, --r->first_row);
    if (used > room) r->first_row++;
  }
}

void screen_show(skein_repl *r) {
  View *v = &r->view;
  const Edit *e = &r->edit;
  int below = r->search.on ? 1 : r->menu.open ? v->rows / 2 : 0, room = v->rows - below;
  scroll(r, room);
  size_t last = r->first_row + (size_t)room < e->count ? r->first_row + (size_t)room : e->count, skip = 0;
  skein_token *colors = r->config.color ? colors_of(r, r->first_row, last, &skip) : NULL;
  Match match = r->search.on ? (Match){0} : find_match(e);
  view_begin(v);
  for (size_t i = r->first_row; i < last && v->count < room; i++) {
    if (!draw_row(r, i, colors ? colors + skip : NULL, match)) break;
    skip += e->rows[i].n + 1;
  }
  free(colors);
  if (r->search.on) search_row(r);
  else if (r->menu.open) menu_rows(r, v->rows - v->count);
  view_show(v);
}

void screen_forget(skein_repl *r) {
  menu_close(r);
  r->edit.row = r->edit.count - 1;
  r->edit.col = r->edit.rows[r->edit.row].n;
  screen_show(r);
  view_leave(&r->view);
  r->first_row = 0;
}
