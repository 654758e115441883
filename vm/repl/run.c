/* run.c - what was entered runs: statements one by one, commands, errors, tasks in the background.  Layer 9b. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vm/repl/repl_impl.h"

/* ---- the Python half ---- */

static skein_status make_session(skein_repl *r) {
  skein_val module, cls, session;
  skein_status s = skein_exec(r->vm, "", 0, NULL); /* __main__ is there, with its builtins */
  if (s == SKEIN_OK) s = skein_import(r->vm, "_repl", &module);
  if (s == SKEIN_OK) s = skein_get_attr(r->vm, module, "Session", &cls);
  if (s == SKEIN_OK) s = skein_call(r->vm, cls, NULL, 0, &session);
  if (s == SKEIN_OK && !(r->session = skein_ref_new(r->vm, session))) s = SKEIN_ERR_NOMEM;
  return s;
}

bool run_begin(skein_repl *r) {
  skein_scope scope = skein_scope_open(r->vm);
  skein_status s = make_session(r);
  skein_scope_close(r->vm, scope);
  return s == SKEIN_OK;
}

bool run_session_call(skein_repl *r, const char *method, const skein_val *args, size_t n, skein_val *out) {
  if (skein_call_method(r->vm, skein_ref_get(r->vm, r->session), method, args, n, out) == SKEIN_OK) return true;
  skein_exc_take(r->vm);
  return false;
}

static void tell(skein_repl *r, const char *method, const char *text, size_t n) {
  skein_val arg;
  if (skein_str(r->vm, text, n, &arg) == SKEIN_OK) run_session_call(r, method, &arg, 1, NULL);
  else skein_exc_take(r->vm);
}

/* ---- running ---- */

static void flush(skein_repl *r) {
  skein_val sys, file;
  static const char *const names[] = {"stdout", "stderr"};
  for (int i = 0; i < 2; i++)
    if (skein_import(r->vm, "sys", &sys) != SKEIN_OK || skein_get_attr(r->vm, sys, names[i], &file) != SKEIN_OK || skein_call_method(r->vm, file, "flush", NULL, 0, NULL) != SKEIN_OK)
      skein_exc_take(r->vm);
}

/* The pending error is shown; SystemExit ends the session. */
static void report(skein_repl *r) {
  skein_val exc = skein_exc_take(r->vm);
  bool leaves = !strcmp(skein_exc_type(r->vm, exc), "SystemExit");
  if (!leaves) run_session_call(r, "failed", &exc, 1, NULL);
  skein_raise_exc(r->vm, exc);
  int status = skein_report(r->vm);
  if (!leaves) return;
  r->over = true;
  r->status = status;
}

/* False: what follows is not to be run. */
static bool outcome(skein_repl *r, skein_status s) {
  if (s == SKEIN_OK) return true;
  if (s == SKEIN_ERR_EXC) {
    report(r);
  } else {
    char text[80];
    int n = snprintf(text, sizeof text, "stopped: %s\r\n", skein_status_name(s));
    r->config.write(r->config.user, text, (size_t)n);
    r->over = true;
    r->status = 1;
  }
  return false;
}

static bool run_command(skein_repl *r, const char *text, size_t n) {
  skein_val arg, answer;
  const char *s = "";
  if (skein_str(r->vm, text, n, &arg) != SKEIN_OK) {
    skein_exc_take(r->vm);
    return false;
  }
  skein_status status = skein_call_method(r->vm, skein_ref_get(r->vm, r->session), "command", &arg, 1, &answer);
  if (!outcome(r, status)) return true;
  if (skein_typeof(r->vm, answer) == SKEIN_T_NONE) return false;
  if (skein_get_str(r->vm, answer, &s, NULL) == SKEIN_OK && !strcmp(s, "quit")) r->over = true;
  return true;
}

/* Several statements, as after a paste: each by itself, until one fails. */
static void run_statements(skein_repl *r, const char *text, size_t n) {
  for (size_t at = 0; at < n && !r->over;) {
    size_t length = skein_statement_end(text + at, n - at);
    char *one = malloc(length + 2);
    if (!one) return;
    memcpy(one, text + at, length);
    one[length] = '\n'; /* an empty line ends a block */
    one[length + 1] = 0;
    bool incomplete = false;
    skein_status s = skein_interactive(r->vm, one, length + 1, &incomplete);
    if (s == SKEIN_OK && incomplete) s = skein_exec(r->vm, one, length + 1, "<stdin>"); /* says what is missing */
    free(one);
    if (!outcome(r, s)) return;
    at += length;
  }
}

void run_text(skein_repl *r) {
  size_t n;
  char *text = edit_text(&r->edit, &n);
  if (!text) return;
  screen_forget(r);
  history_add(&r->history, text);
  history_leave(r);
  edit_set(&r->edit, "", 0);
  r->at = r->history.count;
  r->running = true;
  if (r->config.running) r->config.running(r->config.user, true);
  skein_scope scope = skein_scope_open(r->vm);
  bool command = text[strspn(text, " \t\n")] == ':' || strchr(text, '?');
  if (!command || !run_command(r, text, n)) {
    tell(r, "ran", text, n);
    run_statements(r, text, n);
  }
  flush(r);
  skein_scope_close(r->vm, scope);
  if (r->config.running) r->config.running(r->config.user, false);
  r->running = false;
  r->tasks = true;
  free(text);
}

/* ---- between the keys ---- */

/* What tasks print comes above the prompt, which goes while they run. */
void run_background(skein_repl *r, uint64_t *wait_ns) {
  uint64_t wait = UINT64_MAX;
  if (r->tasks) view_hide(&r->view);
  skein_run state = skein_step(r->vm, 5000000, &wait);
  if (r->tasks) {
    flush(r);
    screen_show(r);
  }
  r->tasks = state == SKEIN_RUN_READY || state == SKEIN_RUN_WAIT;
  if (state == SKEIN_RUN_READY) wait = 0;
  if (wait_ns) *wait_ns = state == SKEIN_RUN_IDLE || state == SKEIN_RUN_STOPPED ? UINT64_MAX : wait;
}
