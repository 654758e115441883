/* options.h - the command line, taken apart.  Layer 10. */
#ifndef SK_CLI_OPTIONS_H
#define SK_CLI_OPTIONS_H

#include "vm/api/skein.h"

enum { OPTIONS_MOST = 64 };

typedef struct Options {
  skein_config config;
  const char *command, *module, *file, *dump, *tb;
  const char *warnings[OPTIONS_MOST], *xs[OPTIONS_MOST]; /* -W and -X, as given */
  int warning_count, x_count;
  int first_arg; /* index of the first argument of the program in argv */
  bool stop;     /* an option that only prints */
  int status;
} Options;

void options_take(Options *o, int argc, char **argv);

#endif
