/* repl.c - the line prompt: collect lines until they are a statement, run it, go on after errors.  Layer 10.
 *
 * The prompt goes to standard error unless both streams are terminals, so that output stays clean in a pipe.
 */
#include "vm/cli/repl.h"

#include <errno.h>
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

static FILE *prompt_stream(void) { return isatty(0) && isatty(1) ? stdout : stderr; }

/* sys.ps1 and sys.ps2 exist in a session, for the program to change. */
static void define_prompts(skein_vm *vm) {
  static const char *const names[] = {"ps1", "ps2"}, *const texts[] = {">>> ", "... "};
  skein_scope scope = skein_scope_open(vm);
  skein_val sys, text;
  for (int i = 0; i < 2; i++)
    if (skein_import(vm, "sys", &sys) != SKEIN_OK || skein_str(vm, texts[i], 4, &text) != SKEIN_OK || skein_set_attr(vm, sys, names[i], text) != SKEIN_OK)
      skein_exc_take(vm);
  skein_scope_close(vm, scope);
}

/* What the program wrote comes before the prompt. */
static void flush_output(skein_vm *vm, skein_val sys) {
  skein_val out, flush;
  if (skein_get_attr(vm, sys, "stdout", &out) != SKEIN_OK || skein_get_attr(vm, out, "flush", &flush) != SKEIN_OK ||
      skein_call(vm, flush, NULL, 0, NULL) != SKEIN_OK)
    skein_exc_take(vm);
}

/* str(sys.ps1); nothing when the program deleted it or its __str__ fails. */
static void show_prompt(skein_vm *vm, const char *name) {
  skein_scope scope = skein_scope_open(vm);
  skein_val sys, ps, text;
  const char *s = "";
  size_t n = 0;
  if (skein_import(vm, "sys", &sys) == SKEIN_OK) {
    flush_output(vm, sys);
    if (skein_get_attr(vm, sys, name, &ps) == SKEIN_OK && skein_text(vm, ps, &text) == SKEIN_OK) skein_get_str(vm, text, &s, &n);
  }
  skein_exc_take(vm);
  fwrite(s, 1, n, prompt_stream());
  fflush(prompt_stream());
  skein_scope_close(vm, scope);
}

static bool is_exit(skein_vm *vm, skein_val exc) { return !strcmp(skein_exc_type(vm, exc), "SystemExit"); }

/* Runs what was collected; true when the session is over. */
static bool run_one(skein_vm *vm, Text *t, bool at_end, bool *more, int *status) {
  bool incomplete = false;
  skein_scope scope = skein_scope_open(vm);
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
    skein_raise_exc(vm, exc);
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

/* Ctrl-C at the prompt: what was typed is dropped. */
static void drop_input(skein_vm *vm, Text *t, bool *more) {
  clearerr(stdin);
  skein_uninterrupt(vm);
  t->n = 0;
  *more = false;
  fputs("\nKeyboardInterrupt\n", stderr);
}

int repl_run(skein_vm *vm, bool quiet) {
  if (!quiet) fprintf(stderr, "Skein %s (Python 3.13)\n", skein_version());
  define_prompts(vm);
  Text t = {0};
  char *line = NULL;
  size_t room = 0;
  bool more = false, over = false;
  int status = 0;
  while (!over) {
    show_prompt(vm, more ? "ps2" : "ps1");
    errno = 0;
    skein_threads_begin(vm);
    ssize_t n = getline(&line, &room, stdin);
    skein_threads_end(vm);
    if (n < 0 && errno == EINTR) {
      drop_input(vm, &t, &more);
      continue;
    }
    if (n < 0) {
      if (more && add(&t, "\n", 1)) run_one(vm, &t, true, &more, &status); /* the end of input ends a block */
      fputc('\n', prompt_stream());
      break;
    }
    if (!more && is_blank(line, (size_t)n)) continue;
    if (!add(&t, line, (size_t)n)) break;
    over = run_one(vm, &t, false, &more, &status);
  }
  free(line);
  free(t.s);
  return status;
}
