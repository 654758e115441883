/* skein.c - the command: script, module, text, standard input, prompt; its exit status.  Layer 10.
 *
 * A client of skein.h and nothing else.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vm/api/skein.h"
#include "vm/cli/options.h"
#include "vm/cli/repl.h"

enum { STATUS_INTERRUPTED = 130, STATUS_LOST_OUTPUT = 120 };

static skein_vm *running; /* the one VM of the command, for the signal handler */

static void on_interrupt(int sig) {
  (void)sig;
  if (running) skein_interrupt(running, SKEIN_STOP_KEYBOARD);
}

/* Without SA_RESTART: a read that waits for input ends, and the interrupt is seen. */
static void catch_interrupts(void) {
  struct sigaction act = {.sa_handler = on_interrupt};
  sigemptyset(&act.sa_mask);
  sigaction(SIGINT, &act, NULL);
  signal(SIGPIPE, SIG_IGN);
}

static bool from_stdin(const Options *o) { return !o->command && !o->module && (!o->file || !strcmp(o->file, "-")); }

/* DIR/FILE as the program's code and messages name it; ours to free. */
static char *absolute(const char *path) {
  char cwd[4096], *whole;
  if (*path == '/' || !getcwd(cwd, sizeof cwd) || asprintf(&whole, "%s/%s", cwd, path) < 0) return strdup(path);
  return whole;
}

static bool is_directory(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* ---- sys ---- */

/* The first entry of sys.path: where the program is. */
static void add_program_path(skein_vm *vm, const Options *o) {
  if (o->command || (from_stdin(o) && !o->module)) {
    skein_path_add(vm, "", false);
    return;
  }
  char *whole = o->file ? absolute(o->file) : NULL;
  if (whole && !is_directory(whole)) {
    char *real = realpath(whole, NULL); /* the directory behind a link, as CPython has it */
    char *slash = strrchr(real ? real : whole, '/');
    if (slash) *slash = 0;
    skein_path_add(vm, real ? *real ? real : "/" : whole, false);
    free(real);
  } else if (whole) {
    skein_path_add(vm, whole, false);
  } else {
    char cwd[4096];
    skein_path_add(vm, getcwd(cwd, sizeof cwd) ? cwd : ".", false);
  }
  free(whole);
}

static void set_path(skein_vm *vm, const Options *o) {
  const char *env = o->config.isolated ? NULL : getenv("SKEINPATH");
  if (!o->config.isolated || (o->file && !from_stdin(o) && is_directory(o->file))) add_program_path(vm, o);
  while (env && *env) {
    const char *end = strchrnul(env, ':');
    char *one = strndup(env, (size_t)(end - env));
    if (one) skein_path_add(vm, one, false);
    free(one);
    env = *end ? end + 1 : end;
  }
}

static void set_argv(skein_vm *vm, const Options *o, int argc, char **argv) {
  char **list = calloc((size_t)argc + 2, sizeof *list);
  if (!list) return;
  int n = 0;
  list[n++] = o->command ? "-c" : o->module ? "-m" : o->file ? (char *)o->file : "";
  for (int i = o->first_arg; i < argc; i++) list[n++] = argv[i];
  skein_set_argv(vm, n, list);
  free(list);
}

static skein_val text(skein_vm *vm, const char *s, size_t n) {
  skein_val v = {0};
  skein_str(vm, s, n, &v);
  return v;
}

static void set_x(skein_vm *vm, skein_val sys, const Options *o) {
  skein_val dict;
  if (skein_get_attr(vm, sys, "_xoptions", &dict) != SKEIN_OK) return;
  for (int i = 0; i < o->x_count; i++) {
    const char *x = o->xs[i], *equals = strchr(x, '=');
    size_t n = equals ? (size_t)(equals - x) : strlen(x);
    skein_set_item(vm, dict, text(vm, x, n), equals ? text(vm, equals + 1, strlen(equals + 1)) : skein_bool(vm, true));
  }
}

/* How uncaught errors look: --tb, else SKEIN_TB, else the stream decides; sys.excepthook reads it (-X tb=). */
static void set_tb(skein_vm *vm, skein_val sys, const Options *o) {
  const char *env = o->config.isolated || o->config.ignore_environment ? NULL : getenv("SKEIN_TB");
  const char *tb = o->tb ? o->tb : env && *env ? env : "auto";
  skein_val dict;
  if (skein_get_attr(vm, sys, "_xoptions", &dict) == SKEIN_OK) skein_set_item(vm, dict, text(vm, "tb", 2), text(vm, tb, strlen(tb)));
}

/* What else sys says about the command line. */
static void set_sys(skein_vm *vm, const Options *o, int argc, char **argv) {
  skein_scope scope = skein_scope_open(vm);
  skein_val sys, list, items[OPTIONS_MOST];
  char exe[4096];
  ssize_t n = readlink("/proc/self/exe", exe, sizeof exe);
  if (skein_import(vm, "sys", &sys) == SKEIN_OK) {
    skein_set_attr(vm, sys, "executable", text(vm, exe, n > 0 ? (size_t)n : 0));
    for (int i = 0; i < o->warning_count; i++) items[i] = text(vm, o->warnings[i], strlen(o->warnings[i]));
    if (o->warning_count && skein_list(vm, items, (size_t)o->warning_count, &list) == SKEIN_OK) skein_set_attr(vm, sys, "warnoptions", list);
    int count = argc < OPTIONS_MOST ? argc : OPTIONS_MOST;
    for (int i = 0; i < count; i++) items[i] = text(vm, argv[i], strlen(argv[i]));
    if (skein_list(vm, items, (size_t)count, &list) == SKEIN_OK) skein_set_attr(vm, sys, "orig_argv", list);
    if (o->tb || getenv("SKEIN_TB") || isatty(2)) set_tb(vm, sys, o);
    if (o->x_count) set_x(vm, sys, o);
  }
  skein_scope_close(vm, scope);
}

/* ---- running ---- */

static skein_status run_stdin(skein_vm *vm) {
  size_t n = 0, room = 1 << 16;
  char *source = malloc(room);
  for (size_t got; source && (got = fread(source + n, 1, room - n, stdin)) > 0;) {
    n += got;
    if (n < room) continue;
    char *more = realloc(source, room *= 2);
    if (!more) free(source);
    source = more;
  }
  skein_status s = source ? skein_exec(vm, source, n, "<stdin>") : SKEIN_ERR_NOMEM;
  free(source);
  return s;
}

/* No such module: an ImportError before any of the program's code ran. */
static bool report_no_module(skein_vm *vm) {
  skein_val exc = skein_exc_take(vm);
  bool missing = skein_exc_frames(vm, exc, NULL, 0) == 0 && !strcmp(skein_exc_type(vm, exc), "ImportError");
  if (missing) fprintf(stderr, "skein: %s\n", skein_exc_message(vm, exc));
  else skein_raise_exc(vm, exc);
  return missing;
}

static int run_module(skein_vm *vm, const Options *o) {
  if (skein_run_module(vm, o->module) == SKEIN_OK) return 0;
  return report_no_module(vm) ? 1 : skein_report(vm);
}

static int run_file(skein_vm *vm, const Options *o) {
  char *path = absolute(o->file), *main_file = NULL;
  int status = 0;
  bool directory = path && is_directory(path);
  if (!path || (directory && asprintf(&main_file, "%s/__main__.py", path) < 0)) {
    status = 1;
  } else if (directory && access(main_file, R_OK) != 0) {
    fprintf(stderr, "skein: can't find '__main__' module in '%s'\n", path);
    status = 1;
  } else if (access(path, R_OK) != 0) {
    fprintf(stderr, "skein: can't open file '%s': [Errno %d] %s\n", path, errno, strerror(errno));
    status = 2;
  } else if (skein_run_file(vm, path) != SKEIN_OK) {
    status = skein_report(vm);
  }
  free(main_file);
  free(path);
  return status;
}

static int run_program(skein_vm *vm, const Options *o) {
  if (o->module) return run_module(vm, o);
  if (!o->command && !from_stdin(o)) return run_file(vm, o);
  skein_status s = o->command ? skein_exec(vm, o->command, strlen(o->command), "<string>") : run_stdin(vm);
  return s == SKEIN_OK ? 0 : skein_report(vm);
}

static int run(skein_vm *vm, const Options *o) {
  if (o->dump) {
    skein_status s = skein_dump(vm, o->dump, o->file ? o->file : "-");
    return s == SKEIN_OK ? 0 : s == SKEIN_ERR_MISUSE ? 2 : skein_report(vm);
  }
  bool prompt = from_stdin(o) && !o->file && (isatty(0) || o->config.inspect);
  if (prompt) return repl_run(vm, o->config.quiet);
  int status = run_program(vm, o);
  return o->config.inspect ? repl_run(vm, true) : status;
}

int main(int argc, char **argv) {
  Options o = {0};
  skein_config_init(&o.config);
  o.config.caps = SKEIN_CAP_ALL;
  options_take(&o, argc, argv);
  if (o.stop) return o.status;
  const char *inspect = getenv("SKEIN_INSPECT");
  if (inspect && *inspect) o.config.inspect = true;
  const char *unbuffered = getenv("PYTHONUNBUFFERED"); /* the name that tools set */
  if (unbuffered && *unbuffered) o.config.unbuffered = true;
  skein_vm *vm;
  if (skein_vm_new(&o.config, &vm) != SKEIN_OK) {
    fputs("skein: not enough memory\n", stderr);
    return 1;
  }
  running = vm;
  catch_interrupts();
  set_path(vm, &o);
  set_argv(vm, &o, argc, argv);
  set_sys(vm, &o, argc, argv);
  int status = run(vm, &o);
  if (skein_finish(vm) != 0) status = STATUS_LOST_OUTPUT;
  running = NULL;
  skein_vm_free(vm);
  if (status == STATUS_INTERRUPTED) {
    signal(SIGINT, SIG_DFL);
    raise(SIGINT);
  }
  return status;
}
