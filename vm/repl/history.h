/* history.h - what was entered before, in memory and in a file that sessions share.  Layer 9b.
 *
 * The file has an entry a line, "\n" and "\\" for line feeds and backslashes, and is only ever appended to, so that two sessions lose nothing; it is
 * cut when it is read and has grown too long.
 */
#ifndef SK_REPL_HISTORY_H
#define SK_REPL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

enum { HISTORY_MOST = 10000 };

typedef struct History { char **items; size_t count, room; char *file; } History;

void history_open(History *h, const char *file); /* NULL: in memory only */
void history_free(History *h);
void history_add(History *h, const char *text);  /* not what is blank or the same as the last */
/* The nearest entry before |at| (older) or behind it that begins with |prefix|; SIZE_MAX: none.  |at| == count: the text being edited. */
size_t history_older(const History *h, size_t at, const char *prefix, size_t n);
size_t history_newer(const History *h, size_t at, const char *prefix, size_t n);
/* The nearest entry before |at| that contains |what|. */
size_t history_search(const History *h, size_t at, const char *what);

#endif
