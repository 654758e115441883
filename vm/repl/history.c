/* history.c - see history.h.  Layer 9b. */
#include "vm/repl/history.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void push(History *h, char *text) {
  if (h->count == HISTORY_MOST) {
    free(h->items[0]);
    memmove(h->items, h->items + 1, --h->count * sizeof *h->items);
  }
  if (h->count == h->room) {
    size_t room = h->room ? h->room * 2 : 64;
    char **more = realloc(h->items, room * sizeof *more);
    if (!more) {
      free(text);
      return;
    }
    h->items = more;
    h->room = room;
  }
  h->items[h->count++] = text;
}

static char *unescape(const char *s, size_t n) {
  char *out = malloc(n + 1), *p = out;
  if (!out) return NULL;
  for (size_t i = 0; i < n; i++) {
    bool escaped = s[i] == '\\' && i + 1 < n;
    *p++ = !escaped ? s[i] : s[++i] == 'n' ? '\n' : s[i];
  }
  *p = 0;
  return out;
}

static void write_entry(FILE *f, const char *s) {
  for (; *s; s++) {
    if (*s == '\n') fputs("\\n", f);
    else if (*s == '\\') fputs("\\\\", f);
    else fputc(*s, f);
  }
  fputc('\n', f);
}

static FILE *open_file(const History *h, int flags) {
  int fd = open(h->file, flags | O_CREAT | O_CLOEXEC, 0600);
  FILE *f = fd >= 0 ? fdopen(fd, flags & O_WRONLY ? "a" : "r") : NULL;
  if (fd >= 0 && !f) close(fd);
  return f;
}

static void read_file(History *h) {
  FILE *f = open_file(h, O_RDONLY);
  char *line = NULL;
  size_t room = 0, total = 0;
  for (ssize_t n; f && (n = getline(&line, &room, f)) > 0; total++) {
    if (line[n - 1] == '\n') n--;
    char *text = unescape(line, (size_t)n);
    if (text) push(h, text);
  }
  free(line);
  if (f) fclose(f);
  if (total < 2 * HISTORY_MOST || !(f = open_file(h, O_WRONLY | O_TRUNC))) return;
  for (size_t i = 0; i < h->count; i++) write_entry(f, h->items[i]);
  fclose(f);
}

/* The directories on the way are made, for their owner alone. */
static void make_parents(const char *file) {
  char *path = strdup(file);
  for (char *p = path ? path + 1 : NULL; p && (p = strchr(p, '/')); *p++ = '/') {
    *p = 0;
    mkdir(path, 0700);
  }
  free(path);
}

void history_open(History *h, const char *file) {
  *h = (History){.file = file ? strdup(file) : NULL};
  if (!h->file) return;
  make_parents(h->file);
  read_file(h);
}

void history_free(History *h) {
  for (size_t i = 0; i < h->count; i++) free(h->items[i]);
  free(h->items);
  free(h->file);
}

void history_add(History *h, const char *text) {
  if (!text[strspn(text, " \t\n")] || (h->count && !strcmp(h->items[h->count - 1], text))) return;
  char *copy = strdup(text);
  if (!copy) return;
  FILE *f = h->file ? open_file(h, O_WRONLY | O_APPEND) : NULL;
  if (f) {
    write_entry(f, copy);
    fclose(f);
  }
  push(h, copy);
}

static bool begins(const char *s, const char *prefix, size_t n) { return !strncmp(s, prefix, n); }

size_t history_older(const History *h, size_t at, const char *prefix, size_t n) {
  while (at-- > 0)
    if (begins(h->items[at], prefix, n)) return at;
  return SIZE_MAX;
}
size_t history_newer(const History *h, size_t at, const char *prefix, size_t n) {
  for (at++; at < h->count; at++)
    if (begins(h->items[at], prefix, n)) return at;
  return SIZE_MAX;
}
size_t history_search(const History *h, size_t at, const char *what) {
  while (at-- > 0)
    if (strstr(h->items[at], what)) return at;
  return SIZE_MAX;
}
