/* diag.c - source ranges, the one error and the warnings of a compilation.
 *                                                                    Layer 0. */
#include "vm/base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void sk_diag_init(SkDiag *d, SkArena *arena, const char *filename) {
  *d = (SkDiag){.arena = arena, .filename = filename};
}

static const char *diag_format(SkArena *a, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  char *text = sk_arena_alloc(a, (size_t)n + 1);
  vsnprintf(text, (size_t)n + 1, format, again);
  va_end(again);
  return text;
}

const char *sk_diag_line(const SkDiag *d, uint32_t line, size_t *length) {
  const char *s = d->source, *end = s + d->source_length;
  if (!s || line == 0) return NULL;
  for (uint32_t at = 1; at < line; at++) {
    s = memchr(s, '\n', (size_t)(end - s));
    if (!s) return NULL;
    s++;
  }
  const char *stop = memchr(s, '\n', (size_t)(end - s));
  *length = (size_t)((stop ? stop : end) - s);
  return s;
}

/* Byte offset to 1-based character column: continuation bytes do not count. */
static int diag_column(const char *line, size_t length, uint32_t byte) {
  int chars = 1;
  for (size_t i = 0; i < byte; i++) chars += i >= length || ((unsigned char)line[i] & 0xC0) != 0x80;
  return chars;
}

static void diag_place(SkDiag *d, SkRange r) {
  SkDiagError *e = &d->error;
  size_t n;
  const char *line = sk_diag_line(d, r.line, &n);
  e->line = (int)r.line;
  e->col = line ? diag_column(line, n, r.col) : (int)r.col + 1;
  e->text = line;
  e->text_length = line ? n + (line[n] == '\n') : 0;
  e->end_line = (int)r.end_line;
  e->end_col = r.end_col == SK_RANGE_END_ZERO ? 0 : -1;
  if (r.end_col >= SK_RANGE_END_MINUS) return;
  if (r.end_line != r.line && line && !d->parsed) {
    /* CPython counts the end's characters in the first line's text. */
    uint32_t most = (uint32_t)n;
    e->end_col = diag_column(line, n, r.end_col < most ? r.end_col : most);
    return;
  }
  const char *last = sk_diag_line(d, r.end_line, &n);
  e->end_col = last ? diag_column(last, n, r.end_col) : (int)r.end_col + 1;
}

void sk_diag_out_of_memory(SkDiag *d) {
  d->error = (SkDiagError){.kind = SK_DIAG_MEMORY, .message = "out of memory"};
  SkDiagError *e = &d->error;
  e->line = e->col = e->end_line = e->end_col = SK_DIAG_NOWHERE;
}

bool sk_diag_error(SkDiag *d, SkRange range, SkDiagKind kind, const char *format, ...) {
  if (sk_diag_failed(d)) return false;
  va_list args;
  va_start(args, format);
  const char *message = diag_format(d->arena, format, args);
  va_end(args);
  d->error = (SkDiagError){.kind = kind, .message = message, .after_parse = d->parsed};
  SkDiagError *e = &d->error;
  e->line = e->col = e->end_line = e->end_col = SK_DIAG_NOWHERE;
  if (range.line) diag_place(d, range);
  return false;
}

void sk_diag_warn(SkDiag *d, SkRange range, const char *format, ...) {
  va_list args;
  va_start(args, format);
  const char *message = diag_format(d->arena, format, args);
  va_end(args);
  for (SkDiagWarning *w = d->warnings; w; w = w->next)
    if (w->range.line == range.line && strcmp(w->message, message) == 0) return;
  SkDiagWarning *w = sk_arena_new(d->arena, SkDiagWarning);
  w->range = range;
  w->message = message;
  if (!d->warnings) d->warnings_end = &d->warnings;
  *d->warnings_end = w;
  d->warnings_end = &w->next;
}
