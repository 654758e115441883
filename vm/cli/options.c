/* options.c - the command line, taken apart as CPython takes it.  Layer 10. */
#include "vm/cli/options.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = "usage: skein [option] ... [-c cmd | -m mod | file | -] [arg] ...\n";
static const char details[] =
    "  -c cmd   run the text          -m mod   run a module as __main__\n"
    "  -i       prompt afterwards     -q       no greeting\n"
    "  -O, -OO  no asserts, no docstrings\n"
    "  -u       unbuffered output     -I, -E, -S, -s, -B, -P, -x   accepted as in CPython\n"
    "  -W arg   warning control       -X opt   portable, dev\n"
    "  --check FILE...          report what does not compile, run nothing\n"
    "  --tokens, --ast, --symbols, --dis FILE   what the front end makes of a file (also --dump=...)\n"
    "  --max-time=2.5           seconds; then the program is stopped: exit status 124\n"
    "  --max-memory=64M, --max-steps=10M        the same, exit status 125\n"
    "  --sandbox                nothing outside is allowed, but for what these allow:\n"
    "  --allow-read[=DIR,...], --allow-write[=DIR,...], --allow-net[=HOST,...], --allow-run[=PROGRAM,...],\n"
    "  --allow-env, -clock, -random, -signal, -threads, -stdin, -eval, -all     (each means --sandbox, too)\n"
    "  --tb=tree|native|short|full|json         how uncaught errors look (SKEIN_TB; a tree on a terminal, else native)\n"
    "  -V       version               -h       this text\n"
    "  file     run the file ('-': standard input)\n";

static void wrong(Options *o) {
  fprintf(stderr, "%sTry `skein -h' for more information.\n", usage);
  o->stop = true;
  o->status = STATUS_USAGE;
}

static void take_x(Options *o, const char *x) {
  if (!strcmp(x, "portable")) o->config.portable = true;
  if (!strcmp(x, "dev")) o->config.dev = true;
  if (o->x_count < OPTIONS_MOST) o->xs[o->x_count++] = x;
}

/* How uncaught errors look: given on as -X tb=STYLE. */
static void take_tb(Options *o, const char *style) {
  static const char *const styles[] = {"auto", "tree", "native", "short", "full", "json"};
  for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
    if (!strcmp(style, styles[i])) {
      o->tb = style;
      return;
    }
  fprintf(stderr, "--tb takes auto, tree, native, short, full or json, not '%s'\n", style);
  wrong(o);
}

static void take_w(Options *o, const char *w) {
  if (o->warning_count < OPTIONS_MOST) o->warnings[o->warning_count++] = w;
}

static void take_valued(Options *o, char letter, const char *value) {
  switch (letter) {
    case 'c': o->command = value; break;
    case 'm': o->module = value; break;
    case 'W': take_w(o, value); break;
    default: take_x(o, value);
  }
}

static void take_letter(Options *o, char letter) {
  switch (letter) {
    case 'i': o->config.inspect = true; break;
    case 'q': o->config.quiet = true; break;
    case 'O': o->config.optimize++; break;
    case 'u': o->config.unbuffered = true; break;
    case 'I': o->config.isolated = true; break;
    case 'E': o->config.ignore_environment = true; break;
    case 'S': case 's': case 'B': case 'P': case 'b': case 'd': case 'v': case 'x': break;
    case 'V':
      printf("Skein %s (Python 3.13)\n", skein_version());
      o->stop = true;
      break;
    case 'h': case '?':
      fputs(usage, stdout);
      fputs(details, stdout);
      o->stop = true;
      break;
    default:
      fprintf(stderr, "Unknown option: -%c\n", letter);
      wrong(o);
  }
}

/* One argument of single letters; returns how many argv entries it took. */
static int take_letters(Options *o, int argc, char **argv, int at) {
  for (const char *p = argv[at] + 1; *p && !o->stop; p++) {
    if (!strchr("cmWX", *p)) {
      take_letter(o, *p);
      continue;
    }
    const char *value = p[1] ? p + 1 : at + 1 < argc ? argv[at + 1] : NULL;
    if (!value) {
      fprintf(stderr, "Argument expected for the -%c option\n", *p);
      wrong(o);
      return 1;
    }
    take_valued(o, *p, value);
    return p[1] ? 1 : 2;
  }
  return 1;
}

/* ---- long options ---- */

/* "64M": a number with k, M, G behind it (of |unit| each).  False: it is none. */
static bool amount(const char *s, double unit, double *out) {
  char *end;
  errno = 0;
  double d = strtod(s, &end), k = 1;
  for (const char *p = "kMG"; *end && *p; p++) {
    k *= unit;
    if (*end != *p) continue;
    end++;
    break;
  }
  *out = d * (end != s && end[-1] >= 'G' ? k : 1);
  return end != s && !*end && !errno && *out > 0 && *out < 9e18;
}

static bool take_limit(Options *o, const char *arg) {
  skein_limits *l = &o->config.limits;
  double n;
  if (!strncmp(arg, "--max-time=", 11) && amount(arg + 11, 1000, &n)) l->deadline_ns = (uint64_t)(n * 1e9);
  else if (!strncmp(arg, "--max-memory=", 13) && amount(arg + 13, 1024, &n)) l->heap = (size_t)n;
  else if (!strncmp(arg, "--max-steps=", 12) && amount(arg + 12, 1000, &n)) l->fuel = (uint64_t)n;
  else return false;
  return true;
}

static bool take_long(Options *o, const char *arg) {
  static const struct { const char *option, *what; } dumps[] = {{"--tokens", "tokens"}, {"--ast", "ast"}, {"--symbols", "symbols"}, {"--dis", "code"}};
  bool bad = false;
  for (int i = 0; i < 4; i++)
    if (!strcmp(arg, dumps[i].option)) return (o->dump = dumps[i].what) != NULL;
  if (!strncmp(arg, "--dump=", 7)) o->dump = arg + 7;
  else if (!strncmp(arg, "--tb=", 5)) take_tb(o, arg + 5);
  else if (!strcmp(arg, "--check")) o->check = true;
  else if (!strcmp(arg, "--version")) take_letter(o, 'V');
  else if (!strcmp(arg, "--help")) take_letter(o, 'h');
  else return take_limit(o, arg) || grants_take(&o->grants, arg, &bad);
  return true;
}

static void settle_grants(Options *o) {
  if (!o->grants.limited) return;
  o->config.caps = o->grants.caps;
  o->config.cap_check = o->grants.listed ? grants_check : NULL;
  o->config.cap_user = &o->grants;
}

void options_take(Options *o, int argc, char **argv) {
  int at = 1;
  while (at < argc && !o->stop && !o->command && !o->module) {
    const char *a = argv[at];
    if (!strncmp(a, "--", 2) && a[2]) {
      at++;
      if (take_long(o, a)) continue;
      fprintf(stderr, "unknown option %s\n", a);
      wrong(o);
    } else if (a[0] == '-' && a[1]) {
      at += take_letters(o, argc, argv, at);
    } else {
      break;
    }
  }
  settle_grants(o);
  if (!o->command && !o->module && !o->check && at < argc) o->file = argv[at++];
  o->first_arg = at;
}
