/* repl_impl.h - a session: what its files share.  Layer 9b, this package only. */
#ifndef SK_REPL_REPL_IMPL_H
#define SK_REPL_REPL_IMPL_H

#include "vm/api/skein.h"
#include "vm/repl/edit.h"
#include "vm/repl/history.h"
#include "vm/repl/keys.h"
#include "vm/repl/view.h"

typedef struct Choice { char *text; } Choice;

/* Completions on offer: [from, cursor) of the row is replaced by one of them. */
typedef struct Menu {
  Choice *items;
  size_t count;
  size_t row, from, to;  /* what stands there now */
  size_t picked;         /* SIZE_MAX: none yet */
  bool open;
} Menu;

typedef struct Search { bool on; char what[256]; size_t n, at; bool failed; char *before; size_t before_n; } Search;

struct skein_repl {
  skein_vm *vm;
  skein_repl_config config;
  Keys keys;
  Edit edit;
  View view;
  History history;
  Menu menu;
  Search search;
  size_t at;              /* place in the history; its count: the text of one's own */
  char *own; size_t own_n; /* that text, while another is shown */
  size_t prefix_n;        /* up and down look for entries that begin with so much of it */
  bool searching_prefix;
  size_t first_row;       /* of the text that is shown */
  skein_token *colors; size_t colors_n; /* of the bytes of |colored| */
  char *colored;
  char *pasted; size_t pasted_n, pasted_room;
  skein_ref *session;     /* _repl.Session */
  bool running, over;
  bool tasks;             /* some may be ready: they may write something */
  int status;
};

/* ---- screen.c ---- */
void screen_show(skein_repl *r);
void screen_forget(skein_repl *r);  /* before the program writes: the text stays as it is, without cursor and menu */

/* ---- menu.c ---- */
void menu_complete(skein_repl *r);
void menu_move(skein_repl *r, int by);
void menu_close(skein_repl *r);
void menu_rows(skein_repl *r, int most);

/* ---- run.c ---- */
void run_text(skein_repl *r);       /* what stands in the editor is entered */
bool run_session_call(skein_repl *r, const char *method, const skein_val *args, size_t n, skein_val *out); /* false: it failed, the error is gone */
bool run_begin(skein_repl *r);
void run_background(skein_repl *r, uint64_t *wait_ns);

/* ---- search.c ---- */
void search_begin(skein_repl *r);
bool search_key(skein_repl *r, const Key *k); /* false: the search is over and the key is still to be done */
void search_row(skein_repl *r);
void history_up(skein_repl *r);
void history_down(skein_repl *r);
void history_leave(skein_repl *r);

#endif
