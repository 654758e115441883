/* view.h - what stands on the terminal: rows of styled text, drawn with the fewest bytes.  Layer 9b.
 *
 * The view owns the rows from the prompt downwards and nothing above; it never knows in which row of the terminal it begins.  A frame is built row
 * by row; view_show compares it with what is there and writes the difference.
 */
#ifndef SK_REPL_VIEW_H
#define SK_REPL_VIEW_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ViewRow { char *s; size_t n, room; } ViewRow; /* text and SGR sequences */

typedef struct View {
  void (*write)(void *user, const char *s, size_t n);
  void *user;
  int columns, rows;          /* of the terminal */
  ViewRow *old, *fresh;       /* |rows| each */
  int old_count, count;
  int at_row, at_col;         /* where the terminal's cursor is, relative to the first row */
  int cursor_row, cursor_col; /* where it shall be */
  int width;                  /* columns of the row being built */
  char *out; size_t out_n, out_room;
} View;

bool view_init(View *v, void (*write)(void *user, const char *s, size_t n), void *user, int columns, int rows);
void view_free(View *v);
bool view_resize(View *v, int columns, int rows); /* forgets what is there: the terminal has moved it */

void view_begin(View *v);
bool view_row(View *v);                         /* begins the next row; false: the screen is full */
void view_text(View *v, const char *s, size_t n); /* printable text that fits (view->width counts) */
void view_style(View *v, const char *sgr);      /* "1;32" or "" for plain; only around text */
void view_cursor(View *v);                      /* the cursor shall be here */
void view_show(View *v);
/* The frame stays on the screen as it is; output goes on in the row below, and the next frame begins there. */
void view_leave(View *v);
/* The frame goes, and output begins in its place. */
void view_hide(View *v);
void view_clear(View *v);                       /* the whole screen */

#endif
