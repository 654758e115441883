/* options.c - the command line, taken apart as CPython takes it.  Layer 10. */
#include "vm/cli/options.h"

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
    "  --tb=tree|native|short|full|json         how uncaught errors look (SKEIN_TB; a tree on a terminal, else native)\n"
    "  --dump=tokens|ast|symbols|code FILE      what the front end makes of a file\n"
    "  -V       version               -h       this text\n"
    "  file     run the file ('-': standard input)\n";

static void wrong(Options *o) {
  fprintf(stderr, "%sTry `skein -h' for more information.\n", usage);
  o->stop = true;
  o->status = 2;
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

void options_take(Options *o, int argc, char **argv) {
  int at = 1;
  while (at < argc && !o->stop && !o->command && !o->module) {
    const char *a = argv[at];
    if (!strncmp(a, "--dump=", 7)) {
      o->dump = a + 7;
      at++;
    } else if (!strncmp(a, "--tb=", 5)) {
      take_tb(o, a + 5);
      at++;
    } else if (!strcmp(a, "--version")) {
      take_letter(o, 'V');
    } else if (!strcmp(a, "--help")) {
      take_letter(o, 'h');
    } else if (!strncmp(a, "--", 2) && a[2]) {
      fprintf(stderr, "unknown option %s\n", a);
      wrong(o);
    } else if (a[0] == '-' && a[1]) {
      at += take_letters(o, argc, argv, at);
    } else {
      break;
    }
  }
  if (!o->command && !o->module && at < argc) o->file = argv[at++];
  o->first_arg = at;
}
