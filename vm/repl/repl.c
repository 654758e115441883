/* repl.c - a session: keys do something to the text, and Enter runs it.  Layer 9b. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vm/repl/repl_impl.h"

/* ---- entering ---- */

static bool is_blank(const EditRow *x) {
  for (size_t i = 0; i < x->n; i++)
    if (x->s[i] != ' ' && x->s[i] != '\t') return false;
  return true;
}

/* Whether the text is to be run: it is whole, the cursor is in its last row, and a block has its empty line. */
static bool is_ready(const skein_repl *r, int *indent) {
  const Edit *e = &r->edit;
  size_t n;
  char *text = edit_text(e, &n);
  bool more = text && skein_wants_more(text, n, indent), brackets = false;
  if (text && more && e->count > 1 && is_blank(&e->rows[e->count - 1]) && e->row + 1 == e->count) {
    bool incomplete = false;
    /* an empty row ends everything but a bracket or a string */
    int ignored;
    char *closed = malloc(n + 8);
    if (closed) {
      memcpy(closed, text, n);
      memcpy(closed + n, "\n0\n", 4);
      brackets = skein_wants_more(closed, n + 3, &ignored);
      free(closed);
    }
    (void)incomplete;
    more = brackets;
  }
  free(text);
  return !more && e->row + 1 == e->count;
}

static void new_row(skein_repl *r, int indent) {
  char text[128] = "\n";
  if (indent > 120) indent = 120;
  memset(text + 1, ' ', (size_t)(indent > 0 ? indent : 0));
  edit_insert(&r->edit, text, 1 + (size_t)(indent > 0 ? indent : 0));
}

/* Indentation asked of the text up to the cursor. */
static int indent_here(const skein_repl *r) {
  const Edit *e = &r->edit;
  size_t n = 0;
  int indent = 0;
  for (size_t i = 0; i < e->row; i++) n += e->rows[i].n + 1;
  char *text = malloc(n + e->col + 1), *p = text;
  if (!text) return 0;
  for (size_t i = 0; i < e->row; i++) {
    memcpy(p, e->rows[i].s, e->rows[i].n);
    p += e->rows[i].n;
    *p++ = '\n';
  }
  memcpy(p, e->rows[e->row].s, e->col);
  skein_wants_more(text, n + e->col, &indent);
  free(text);
  return indent;
}

static void enter(skein_repl *r) {
  int indent = 0;
  if (r->menu.open) {
    menu_close(r);
    return;
  }
  if (edit_is_empty(&r->edit)) {
    screen_forget(r);
    return;
  }
  if (is_ready(r, &indent)) run_text(r);
  else new_row(r, indent_here(r));
}

/* ---- typing ---- */

/* `else:` and its like stand where their `if` stands: the colon takes one step back. */
static void dedent_at_colon(skein_repl *r) {
  Edit *e = &r->edit;
  const EditRow *x = &e->rows[e->row];
  static const char *const heads[] = {"else", "elif", "except", "finally"};
  size_t blanks = 0;
  while (blanks < x->n && x->s[blanks] == ' ') blanks++;
  if (blanks < 4 || !e->row || e->col != x->n) return;
  const EditRow *above = &e->rows[e->row - 1];
  size_t above_blanks = 0;
  while (above_blanks < above->n && above->s[above_blanks] == ' ') above_blanks++;
  bool opens = above->n && above->s[above->n - 1] == ':';
  if (opens || above_blanks != blanks) return;
  for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
    size_t n = strlen(heads[i]);
    if (x->n - blanks < n || memcmp(x->s + blanks, heads[i], n) || text_is_word(x->s, x->n, blanks + n)) continue;
    size_t col = e->col;
    edit_erase(e, e->row, blanks - 4, blanks);
    e->col = col - 4;
    return;
  }
}

static void tab(skein_repl *r, bool back) {
  Edit *e = &r->edit;
  const EditRow *x = &e->rows[e->row];
  if (r->menu.open) {
    menu_move(r, back ? -1 : 1);
    return;
  }
  size_t blanks = 0;
  while (blanks < x->n && x->s[blanks] == ' ') blanks++;
  if (back) {
    if (blanks) {
      size_t off = blanks % 4 ? blanks % 4 : 4, col = e->col;
      edit_erase(e, e->row, 0, off);
      e->col = col > off ? col - off : 0;
    }
  } else if (e->col <= blanks) {
    edit_insert(e, "    ", 4 - e->col % 4);
  } else {
    menu_complete(r);
  }
}

static void interrupt(skein_repl *r) {
  static const char text[] = "KeyboardInterrupt\r\n";
  screen_forget(r);
  r->config.write(r->config.user, text, sizeof text - 1);
  edit_set(&r->edit, "", 0);
  history_leave(r);
}

static void end_of_input(skein_repl *r) {
  if (!edit_is_empty(&r->edit)) {
    edit_delete(&r->edit);
    return;
  }
  screen_forget(r);
  r->over = true;
}

static void tasks(skein_repl *r) {
  screen_forget(r);
  skein_interrupt(r->vm, SKEIN_STOP_DUMP);
  skein_scope scope = skein_scope_open(r->vm);
  skein_val arg;
  if (skein_str(r->vm, ":tasks", 6, &arg) == SKEIN_OK) run_session_call(r, "command", &arg, 1, NULL);
  skein_scope_close(r->vm, scope);
}

static void control(skein_repl *r, uint32_t c) {
  Edit *e = &r->edit;
  switch (c) {
    case 'a': edit_home(e); break;
    case 'b': edit_left(e); break;
    case 'c': interrupt(r); break;
    case 'd': end_of_input(r); break;
    case 'e': edit_end(e); break;
    case 'f': edit_right(e); break;
    case 'k': edit_kill_to_end(e); break;
    case 'l': view_clear(&r->view); break;
    case 'n': if (!edit_down(e)) history_down(r); break;
    case 'o': new_row(r, indent_here(r)); break;
    case 'p': if (!edit_up(e)) history_up(r); break;
    case 'r': search_begin(r); break;
    case 't': edit_transpose(e); break;
    case 'u': edit_kill_to_start(e); break;
    case 'w': edit_kill_word(e); break;
    case 'y': edit_yank(e); break;
    case 'z': case '_': edit_undo(e); break;
    case '\\': tasks(r); break;
    default: break;
  }
}

static void alt(skein_repl *r, uint32_t c) {
  Edit *e = &r->edit;
  switch (c) {
    case 'b': case KEY_LEFT: edit_word_left(e); break;
    case 'f': case KEY_RIGHT: edit_word_right(e); break;
    case 'd': case KEY_DELETE: edit_kill_word_after(e); break;
    case KEY_BACKSPACE: edit_kill_word(e); break;
    case KEY_ENTER: new_row(r, indent_here(r)); break;
    case '<': edit_top(e); break;
    case '>': edit_bottom(e); break;
    case 'z': case '_': edit_redo(e); break;
    default: break;
  }
}

static void moving(skein_repl *r, const Key *k) {
  Edit *e = &r->edit;
  bool word = k->mods & KEY_CTRL;
  switch (k->code) {
    case KEY_UP: if (r->menu.open) menu_move(r, -1); else if (!edit_up(e)) history_up(r); break;
    case KEY_DOWN: if (r->menu.open) menu_move(r, 1); else if (!edit_down(e)) history_down(r); break;
    case KEY_LEFT: word ? edit_word_left(e) : edit_left(e); break;
    case KEY_RIGHT: word ? edit_word_right(e) : edit_right(e); break;
    case KEY_HOME: word ? edit_top(e) : edit_home(e); break;
    case KEY_END: word ? edit_bottom(e) : edit_end(e); break;
    case KEY_PAGE_UP: history_up(r); break;
    case KEY_PAGE_DOWN: history_down(r); break;
    case KEY_DELETE: edit_delete(e); break;
    case KEY_BACKSPACE: edit_backspace(e); break;
    case KEY_ENTER: enter(r); break;
    case KEY_TAB: tab(r, false); break;
    case KEY_BACK_TAB: tab(r, true); break;
    default: break;
  }
}

/* ---- pasting ---- */

static void paste_add(skein_repl *r, const char *s, size_t n) {
  if (r->pasted_n + n > r->pasted_room) {
    size_t room = (r->pasted_n + n) * 2 + 1024;
    char *more = realloc(r->pasted, room);
    if (!more) return;
    r->pasted = more;
    r->pasted_room = room;
  }
  memcpy(r->pasted + r->pasted_n, s, n);
  r->pasted_n += n;
}

/* Carriage returns are line feeds to a terminal. */
static size_t normal_feeds(char *s, size_t n) {
  size_t to = 0;
  for (size_t i = 0; i < n; i++) {
    if (s[i] == '\r' && i + 1 < n && s[i + 1] == '\n') continue;
    s[to++] = s[i] == '\r' ? '\n' : s[i];
  }
  return to;
}

static bool has_prompt(const char *s, size_t n) { return (n >= 4 && (!memcmp(s, ">>> ", 4) || !memcmp(s, "... ", 4))) || (n == 3 && (!memcmp(s, ">>>", 3) || !memcmp(s, "...", 3))); }

/* A session that was copied: prompts go, and so do the lines of output between them. */
static size_t without_prompts(char *s, size_t n) {
  if (n < 4 || memcmp(s, ">>> ", 4)) return n;
  size_t to = 0;
  for (size_t at = 0; at < n;) {
    const char *nl = memchr(s + at, '\n', n - at);
    size_t length = nl ? (size_t)(nl - s) - at : n - at;
    if (has_prompt(s + at, length)) {
      size_t skip = length < 4 ? length : 4;
      memmove(s + to, s + at + skip, length - skip);
      to += length - skip;
      s[to++] = '\n';
    }
    at += length + 1;
  }
  return to && s[to - 1] == '\n' ? to - 1 : to;
}

static void paste_end(skein_repl *r) {
  size_t n = without_prompts(r->pasted, normal_feeds(r->pasted, r->pasted_n));
  if (n) edit_insert(&r->edit, r->pasted, n);
  r->pasted_n = 0;
}

/* ---- keys ---- */

static bool keeps_menu(const Key *k) { return k->code == KEY_TAB || k->code == KEY_BACK_TAB || k->code == KEY_UP || k->code == KEY_DOWN || k->code == KEY_ENTER; }

static void on_key(void *arg, const Key *k) {
  skein_repl *r = arg;
  if (r->over) return;
  if (r->search.on && search_key(r, k)) return;
  if (r->menu.open && !keeps_menu(k)) menu_close(r);
  bool vertical = k->code == KEY_UP || k->code == KEY_DOWN || k->code == KEY_PAGE_UP || k->code == KEY_PAGE_DOWN || ((k->mods & KEY_CTRL) && (k->code == 'p' || k->code == 'n'));
  if (!vertical) r->searching_prefix = false;
  if (k->code == KEY_PASTE) {
    paste_add(r, k->text, k->length);
  } else if (k->code == KEY_PASTE_END) {
    paste_end(r);
  } else if (k->code == KEY_TEXT) {
    edit_insert(&r->edit, k->text, k->length);
    if (k->text[k->length - 1] == ':') dedent_at_colon(r);
  } else if (k->mods & KEY_ALT) {
    alt(r, k->code);
  } else if ((k->mods & KEY_CTRL) && k->code < KEY_UP) {
    control(r, k->code);
  } else {
    moving(r, k);
  }
}

/* ---- from outside ---- */

static void greet(skein_repl *r) {
  char text[160];
  int n = snprintf(text, sizeof text, "Skein %s (Python 3.13)  :help for commands, Ctrl-D to leave\r\n", skein_version());
  if (!r->config.quiet) r->config.write(r->config.user, text, (size_t)n);
}

skein_status skein_repl_new(skein_vm *vm, const skein_repl_config *config, skein_repl **out) {
  if (!out) return SKEIN_ERR_MISUSE;
  *out = NULL;
  if (!vm || !config || !config->write) return SKEIN_ERR_MISUSE;
  skein_repl *r = calloc(1, sizeof *r);
  if (!r) return SKEIN_ERR_NOMEM;
  r->vm = vm;
  r->config = *config;
  r->menu.picked = SIZE_MAX;
  bool fine = edit_init(&r->edit) && view_init(&r->view, config->write, config->user, config->columns, config->rows);
  history_open(&r->history, config->history);
  r->at = r->history.count;
  if (!fine || !run_begin(r)) {
    skein_repl_free(r);
    return fine ? SKEIN_ERR_EXC : SKEIN_ERR_NOMEM;
  }
  greet(r);
  screen_show(r);
  *out = r;
  return SKEIN_OK;
}

void skein_repl_free(skein_repl *r) {
  if (!r) return;
  menu_close(r);
  history_leave(r);
  history_free(&r->history);
  view_free(&r->view);
  edit_free(&r->edit);
  free(r->search.before);
  free(r->pasted);
  skein_ref_free(r->vm, r->session);
  free(r);
}

void skein_repl_feed(skein_repl *r, const char *bytes, size_t n) {
  if (r->running || r->over) return; /* the program has the terminal */
  keys_feed(&r->keys, bytes, n, on_key, r);
  if (!r->over && !r->keys.pasting) screen_show(r);
}

void skein_repl_idle(skein_repl *r, uint64_t *wait_ns) {
  if (wait_ns) *wait_ns = UINT64_MAX;
  if (r->running || r->over) return;
  if (keys_waiting(&r->keys)) {
    keys_flush(&r->keys, on_key, r);
    if (!r->over) screen_show(r);
  }
  run_background(r, wait_ns);
}

void skein_repl_resize(skein_repl *r, int columns, int rows) {
  if (!view_resize(&r->view, columns, rows) || r->running || r->over) return;
  screen_show(r);
}

bool skein_repl_over(skein_repl *r, int *status) {
  if (status) *status = r->status;
  return r->over;
}
