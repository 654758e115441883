/* edit.h - the text being edited: rows of UTF-8, a cursor, undo, a kill ring of one.  Layer 9b.
 *
 * Knows neither terminal nor language.  Positions are (row, byte in the row); the cursor always stands on the start of a character, or of a
 * group of a base character and its combining marks.  Memory that runs out makes an operation do nothing.
 */
#ifndef SK_REPL_EDIT_H
#define SK_REPL_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct EditRow { char *s; size_t n, room; } EditRow;

typedef struct Edit {
  EditRow *rows;
  size_t count, room;
  size_t row, col;       /* the cursor */
  int goal;              /* column on the screen that up and down keep to; -1: the cursor's own */
  char *kill; size_t kill_n;
  struct EditStep *undo, *redo;
  size_t undo_bytes;
  bool joining;          /* the last step was typing: more of it joins */
  size_t changed_from;   /* the first row that changed since the owner last looked; SIZE_MAX: none */
} Edit;

bool edit_init(Edit *e);
void edit_free(Edit *e);

/* ---- the whole text ---- */
void edit_set(Edit *e, const char *s, size_t n);  /* cursor at the end; undo forgets */
void edit_replace(Edit *e, const char *s, size_t n); /* the same as a step that can be undone */
char *edit_text(const Edit *e, size_t *n);        /* rows joined by line feeds, NUL-terminated; the caller frees.  NULL: no memory */
bool edit_is_empty(const Edit *e);

/* ---- changes at the cursor ---- */
void edit_insert(Edit *e, const char *s, size_t n); /* line feeds make rows */
void edit_backspace(Edit *e);
void edit_delete(Edit *e);
void edit_kill_to_end(Edit *e);    /* of the row; at its end: the line feed */
void edit_kill_to_start(Edit *e);
void edit_kill_word(Edit *e);      /* before the cursor */
void edit_kill_word_after(Edit *e);
void edit_yank(Edit *e);
void edit_transpose(Edit *e);
void edit_erase(Edit *e, size_t row, size_t from, size_t to); /* a part of one row */
void edit_undo(Edit *e);
void edit_redo(Edit *e);

/* ---- moving ---- */
void edit_left(Edit *e);
void edit_right(Edit *e);
void edit_word_left(Edit *e);
void edit_word_right(Edit *e);
void edit_home(Edit *e);           /* first the indentation, then column 0 */
void edit_end(Edit *e);
bool edit_up(Edit *e);             /* false: there is no row above */
bool edit_down(Edit *e);
void edit_top(Edit *e);
void edit_bottom(Edit *e);

/* ---- text (text.c) ---- */
size_t text_next(const char *s, size_t n, size_t at);  /* start of the character behind the one at |at| */
size_t text_prev(const char *s, size_t at);
int text_width(const char *s, size_t n);               /* columns on the screen; control characters take 2 (^X) */
int text_char_width(uint32_t c);
uint32_t text_decode(const char *s, size_t n, size_t *length); /* U+FFFD for what is no UTF-8 */
bool text_is_word(const char *s, size_t n, size_t at);

#endif
