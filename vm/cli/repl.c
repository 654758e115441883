/* repl.c - the line prompt: collect lines until they are a statement, run it, go on after errors.  Layer 10. */
#include "vm/cli/repl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Text { char *s; size_t n, room; } Text;

static bool add(Text *t, const char *s, size_t n) {
  if (t->n + n + 1 > t->room) {
    size_t room = (t->n + n + 1) * 2;
    char *more = realloc(t->s, room);
    if (!more) return false;
    t->s = more;
    t->room = room;
  }
  memcpy(t->s + t->n, s, n);
  t->n += n;
  t->s[t->n] = 0;
  return true;
}

/* The prompt is sys.ps1 or sys.ps2, as the script may have set them. */
static void show_prompt(skein_vm *vm, const char *name, const char *otherwise) {
  size_t scope = skein_scope_open(vm);
  skein_val sys, ps;
  const char *s = otherwise;
  size_t n = strlen(otherwise);
  if (skein_import(vm, "sys", &sys) == SKEIN_OK && skein_get_attr(vm, sys, name, &ps) == SKEIN_OK) skein_get_str(vm, ps, &s, &n);
  skein_exc_take(vm);
  fwrite(s, 1, n, stdout);
  fflush(stdout);
  skein_scope_close(vm, scope);
}

static bool is_exit(skein_vm *vm, skein_val exc) {
  skein_val name;
  const char *s;
  size_t n;
  return skein_exc_type(vm, exc, &name) == SKEIN_OK && skein_get_str(vm, name, &s, &n) == SKEIN_OK && n == 10 && !memcmp(s, "SystemExit", 10);
}

/* Runs what was collected; true when the session is over. */
static bool run_one(skein_vm *vm, Text *t, bool at_end, bool *more, int *status) {
  bool incomplete = false;
  size_t scope = skein_scope_open(vm);
  skein_status s = skein_interactive(vm, t->s, t->n, &incomplete);
  *more = incomplete && !at_end;
  if (*more) {
    skein_scope_close(vm, scope);
    return false;
  }
  t->n = 0;
  bool over = false;
  if (s != SKEIN_OK) {
    skein_val exc = skein_exc_take(vm);
    over = is_exit(vm, exc);
    skein_exc_again(vm, exc);
    int code = skein_report(vm);
    if (over) *status = code;
  }
  skein_scope_close(vm, scope);
  return over;
}

static bool is_blank(const char *s, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (!strchr(" \t\r\n\f", s[i])) return false;
  return true;
}

int repl_run(skein_vm *vm, bool quiet) {
  if (!quiet) printf("Skein %s (Python 3.13)\n", skein_version());
  Text t = {0};
  char *line = NULL;
  size_t room = 0;
  bool more = false, over = false;
  int status = 0;
  while (!over) {
    show_prompt(vm, more ? "ps2" : "ps1", more ? "... " : ">>> ");
    ssize_t n = getline(&line, &room, stdin);
    if (n < 0) {
      if (more) run_one(vm, &t, true, &more, &status);
      break;
    }
    if (!more && is_blank(line, (size_t)n)) continue;
    if (!add(&t, line, (size_t)n)) break;
    over = run_one(vm, &t, false, &more, &status);
    fflush(stdout);
  }
  putchar('\n');
  free(line);
  free(t.s);
  return status;
}
