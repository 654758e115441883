/* search.c - going through the history: older and newer entries, the incremental search.  Layer 9b. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vm/repl/repl_impl.h"

/* ---- older and newer ---- */

static void keep_own(skein_repl *r) {
  if (r->at < r->history.count && r->own) return;
  free(r->own);
  r->own = edit_text(&r->edit, &r->own_n);
}

static void show(skein_repl *r, size_t at) {
  const char *s = at < r->history.count ? r->history.items[at] : r->own ? r->own : "";
  r->at = at;
  edit_replace(&r->edit, s, strlen(s));
}

void history_leave(skein_repl *r) {
  r->at = r->history.count;
  r->searching_prefix = false;
  free(r->own);
  r->own = NULL;
}

/* The first step decides on what the entries must begin with: the text, if it is one row and the cursor stands behind it. */
static void begin(skein_repl *r) {
  if (r->searching_prefix) return;
  keep_own(r);
  r->prefix_n = r->own && r->edit.count == 1 && r->edit.col == r->edit.rows[0].n ? r->own_n : 0;
  r->searching_prefix = true;
}

void history_up(skein_repl *r) {
  begin(r);
  size_t at = history_older(&r->history, r->at, r->own ? r->own : "", r->prefix_n);
  if (at != SIZE_MAX) show(r, at);
}

void history_down(skein_repl *r) {
  if (!r->searching_prefix || r->at >= r->history.count) return;
  size_t at = history_newer(&r->history, r->at, r->own ? r->own : "", r->prefix_n);
  show(r, at == SIZE_MAX ? r->history.count : at);
}

/* ---- Ctrl-R ---- */

void search_begin(skein_repl *r) {
  Search *s = &r->search;
  free(s->before);
  *s = (Search){.on = true, .at = r->history.count};
  s->before = edit_text(&r->edit, &s->before_n);
}

static void look(skein_repl *r, size_t from) {
  Search *s = &r->search;
  s->what[s->n] = 0;
  size_t at = s->n ? history_search(&r->history, from, s->what) : SIZE_MAX;
  s->failed = s->n && at == SIZE_MAX;
  if (at == SIZE_MAX) return;
  s->at = at;
  edit_replace(&r->edit, r->history.items[at], strlen(r->history.items[at]));
}

static void end(skein_repl *r, bool put_back) {
  Search *s = &r->search;
  if (put_back && s->before) edit_replace(&r->edit, s->before, s->before_n);
  free(s->before);
  *s = (Search){0};
}

bool search_key(skein_repl *r, const Key *k) {
  Search *s = &r->search;
  bool ctrl = k->mods & KEY_CTRL;
  if (k->code == KEY_TEXT) {
    if (s->n + k->length < sizeof s->what - 1) {
      memcpy(s->what + s->n, k->text, k->length);
      s->n += k->length;
    }
    look(r, s->at < r->history.count ? s->at + 1 : r->history.count);
  } else if (k->code == KEY_BACKSPACE) {
    s->n = text_prev(s->what, s->n);
    look(r, r->history.count);
  } else if (ctrl && k->code == 'r') {
    look(r, s->at);
  } else if (k->code == KEY_ESCAPE || (ctrl && (k->code == 'g' || k->code == 'c'))) {
    end(r, true);
  } else {
    end(r, false);
    return false;
  }
  return true;
}

void search_row(skein_repl *r) {
  static const char head[] = "(reverse search) ", failed[] = "(no such entry) ";
  const Search *s = &r->search;
  if (!view_row(&r->view)) return;
  if (s->failed) view_text(&r->view, failed, sizeof failed - 1);
  else view_text(&r->view, head, sizeof head - 1);
  view_text(&r->view, s->what, s->n);
  view_cursor(&r->view);
}
