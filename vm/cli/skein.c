/* skein.c - the command: options, script, module, text, standard input, prompt.  Layer 10.
 *
 * A client of skein.h and nothing else.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vm/api/skein.h"
#include "vm/cli/repl.h"

static const char usage[] =
    "usage: skein [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
    "  -c cmd   run the text          -m mod   run a module as __main__\n"
    "  -i       prompt afterwards     -q       no greeting\n"
    "  -O, -OO  no asserts, no docstrings\n"
    "  -u       unbuffered output     -I, -E, -S, -s, -B, -P   accepted as in CPython\n"
    "  -W arg   warning control       -X opt   portable, dev\n"
    "  --dump=tokens|ast|symbols|code FILE      what the front end makes of a file\n"
    "  -V       version               -h       this text\n"
    "  file     run the file ('-': standard input)\n";

typedef struct Options {
  skein_config config;
  const char *command, *module, *file, *dump;
  int first_arg; /* index of the first argument of the program in argv */
  bool stop;     /* an option that only prints */
  int status;
} Options;

static skein_vm *running; /* the one VM of the command, for the signal handler */

static void on_interrupt(int sig) {
  (void)sig;
  if (running) skein_interrupt(running);
}

static void take_x(Options *o, const char *x) {
  if (!strcmp(x, "portable")) o->config.portable = true;
  if (!strcmp(x, "dev")) o->config.dev = true;
}

static void bad_option(Options *o, const char *what) {
  fprintf(stderr, "Unknown option: %s\n%s", what, usage);
  o->stop = true;
  o->status = 2;
}

/* One argument of single letters; returns how many argv entries it took. */
static int take_letters(Options *o, int argc, char **argv, int at) {
  for (const char *p = argv[at] + 1; *p && !o->stop; p++) {
    const char *value = p[1] ? p + 1 : at + 1 < argc ? argv[at + 1] : NULL;
    int used = p[1] ? 1 : 2;
    switch (*p) {
      case 'c': case 'm': case 'W': case 'X':
        if (!value) {
          fprintf(stderr, "Argument expected for the -%c option\n%s", *p, usage);
          o->stop = true;
          o->status = 2;
          return 1;
        }
        if (*p == 'c') o->command = value;
        if (*p == 'm') o->module = value;
        if (*p == 'X') take_x(o, value);
        return used;
      case 'i': o->config.inspect = true; break;
      case 'q': o->config.quiet = true; break;
      case 'O': o->config.optimize++; break;
      case 'u': o->config.unbuffered = true; break;
      case 'I': o->config.isolated = true; break;
      case 'E': case 'S': case 's': case 'B': case 'P': case 'b': case 'd': case 'v': break;
      case 'V':
        printf("Skein %s (Python 3.13)\n", skein_version());
        o->stop = true;
        break;
      case 'h': case '?':
        fputs(usage, stdout);
        o->stop = true;
        break;
      default: bad_option(o, argv[at]);
    }
  }
  return 1;
}

static void take_options(Options *o, int argc, char **argv) {
  int at = 1;
  while (at < argc && !o->stop && !o->command && !o->module) {
    const char *a = argv[at];
    if (!strncmp(a, "--dump=", 7)) o->dump = a + 7, at++;
    else if (!strcmp(a, "--version")) at += take_letters(o, 2, (char *[]){argv[0], "-V"}, 1);
    else if (!strcmp(a, "--help")) at += take_letters(o, 2, (char *[]){argv[0], "-h"}, 1);
    else if (!strncmp(a, "--", 2)) bad_option(o, a);
    else if (a[0] == '-' && a[1]) at += take_letters(o, argc, argv, at);
    else break;
  }
  if (!o->command && !o->module && at < argc) o->file = argv[at++];
  o->first_arg = at;
}

/* sys.path: where the program is, then SKEINPATH. */
static void set_path(skein_vm *vm, const Options *o) {
  const char *env = o->config.isolated ? NULL : getenv("SKEINPATH");
  if (!o->config.isolated) {
    const char *slash = o->file && strcmp(o->file, "-") ? strrchr(o->file, '/') : NULL;
    char *dir = slash ? strndup(o->file, (size_t)(slash - o->file)) : NULL;
    char cwd[4096];
    if (dir) {
      char *real = realpath(*dir ? dir : "/", NULL);
      skein_path_add(vm, real ? real : dir, false);
      free(real);
    } else if (o->command || (!o->module && !o->file)) {
      skein_path_add(vm, "", false);
    } else {
      skein_path_add(vm, getcwd(cwd, sizeof cwd) ? cwd : ".", false);
    }
    free(dir);
  }
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

static skein_status run_stdin(skein_vm *vm) {
  size_t n = 0, room = 1 << 16;
  char *text = malloc(room);
  for (size_t got; text && (got = fread(text + n, 1, room - n, stdin)) > 0;) {
    n += got;
    if (n < room) continue;
    char *more = realloc(text, room *= 2);
    if (!more) free(text);
    text = more;
  }
  skein_status s = text ? skein_exec(vm, text, n, "<stdin>") : SKEIN_ERR_NOMEM;
  free(text);
  return s;
}

static skein_status run_program(skein_vm *vm, const Options *o) {
  if (o->command) return skein_exec(vm, o->command, strlen(o->command), "<string>");
  if (o->module) return skein_run_module(vm, o->module);
  if (o->file && strcmp(o->file, "-")) return skein_run_file(vm, o->file);
  return run_stdin(vm);
}

static int run(skein_vm *vm, const Options *o) {
  if (o->dump) {
    skein_status s = skein_dump(vm, o->dump, o->file ? o->file : "-");
    return s == SKEIN_OK ? 0 : s == SKEIN_ERR_MISUSE ? 2 : skein_report(vm);
  }
  if (o->file && strcmp(o->file, "-") && access(o->file, R_OK) != 0) {
    fprintf(stderr, "skein: can't open file '%s': ", o->file);
    perror(NULL);
    return 2;
  }
  bool prompt = !o->command && !o->module && !o->file && isatty(0);
  int status = 0;
  if (!prompt && run_program(vm, o) != SKEIN_OK) status = skein_report(vm);
  return prompt || o->config.inspect ? repl_run(vm, o->config.quiet) : status;
}

int main(int argc, char **argv) {
  Options o = {0};
  skein_config_init(&o.config);
  take_options(&o, argc, argv);
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
  signal(SIGINT, on_interrupt);
  signal(SIGPIPE, SIG_IGN);
  set_path(vm, &o);
  set_argv(vm, &o, argc, argv);
  int status = run(vm, &o);
  running = NULL;
  skein_vm_free(vm);
  if (status == 130) {
    signal(SIGINT, SIG_DFL);
    raise(SIGINT);
  }
  return status;
}
