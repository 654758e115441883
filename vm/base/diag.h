/* diag.h - source ranges, the one error and the warnings of a compilation.
 *                                                                    Layer 0.
 * A front-end function that can fail takes the SkDiag and returns false or
 * NULL after sk_diag_error.  The first error stays: like CPython we report
 * one error per source text.
 * Columns are UTF-8 byte offsets (0-based) in ranges, and characters
 * (1-based) in the finished SkDiagError, ready for SyntaxError.offset.
 */
#ifndef SK_BASE_DIAG_H
#define SK_BASE_DIAG_H

#include <stdbool.h>
#include <stdint.h>

#include "vm/base/arena.h"

SK_C_BEGIN

typedef struct SkRange {
  uint32_t line, col;         /* line is 1-based; 0 = no position at all */
  uint32_t end_line, end_col; /* col of the first byte after, or one of the two below */
} SkRange;

/* Ends that CPython gives for "no end": end_offset 0, and end_offset -1. */
#define SK_RANGE_END_ZERO UINT32_MAX
#define SK_RANGE_END_MINUS (UINT32_MAX - 1)

typedef enum SkDiagKind {
  SK_DIAG_NONE,
  SK_DIAG_SYNTAX,      /* SyntaxError */
  SK_DIAG_INDENTATION, /* IndentationError */
  SK_DIAG_TAB,         /* TabError */
  SK_DIAG_MEMORY,      /* MemoryError, no position */
  SK_DIAG_RECURSION,   /* RecursionError, no position */
  SK_DIAG_VALUE,       /* ValueError, no position */
  SK_DIAG_OVERFLOW     /* OverflowError, no position */
} SkDiagKind;

enum { SK_DIAG_NOWHERE = INT32_MIN };

typedef struct SkDiagError {
  SkDiagKind kind;
  const char *message; /* UTF-8 */
  /* lineno, offset, end_lineno, end_offset of the exception, which may be -1;
   * all are SK_DIAG_NOWHERE when the error has no place. */
  int line, col, end_line, end_col;
  const char *text; /* the source line, with its newline as CPython has it; or NULL = None */
  size_t text_length;
  bool after_parse; /* found by a later stage: CPython gives text only if it can read the file */
} SkDiagError;

typedef struct SkDiagWarning {
  struct SkDiagWarning *next;
  SkRange range;
  bool deprecated; /* DeprecationWarning, else SyntaxWarning */
  const char *message;
} SkDiagWarning;

typedef struct SkDiag {
  SkArena *arena; /* messages live here, as long as the tree */
  const char *filename;
  SkDiagError error;        /* kind SK_DIAG_NONE: none so far */
  bool incomplete;          /* the error is that the text ended too soon (REPL) */
  SkDiagWarning *warnings;  /* in source order */
  SkDiagWarning **warnings_end;
  bool parsed;        /* sk_parse succeeded: later errors are after_parse */
  const char *source; /* decoded text, UTF-8; set by sk_parse */
  size_t source_length;
} SkDiag;

void sk_diag_init(SkDiag *d, SkArena *arena, const char *filename);

static inline bool sk_diag_failed(const SkDiag *d) { return d->error.kind != SK_DIAG_NONE; }

/* Records an error unless there is one; always returns false, so that a
 * caller may write "return sk_diag_error(...)".  The formats are printf's. */
bool sk_diag_error(SkDiag *d, SkRange range, SkDiagKind kind, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same when the arena itself has run out. */
void sk_diag_out_of_memory(SkDiag *d);
/* Adds a warning (once per message and line). */
void sk_diag_warn(SkDiag *d, SkRange range, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The text of a 1-based line without its newline; NULL past the end. */
const char *sk_diag_line(const SkDiag *d, uint32_t line, size_t *length);

SK_C_END

#endif
