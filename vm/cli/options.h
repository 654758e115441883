/* options.h - the command line, taken apart.  Layer 10. */
#ifndef SK_CLI_OPTIONS_H
#define SK_CLI_OPTIONS_H

#include "vm/api/skein.h"
#include "vm/cli/grants.h"

enum { OPTIONS_MOST = 64, STATUS_USAGE = 2, STATUS_TIME = 124, STATUS_RESOURCES = 125, STATUS_LOST_OUTPUT = 120, STATUS_INTERRUPTED = 130 };

typedef struct Options {
  skein_config config;
  Grants grants;
  const char *command, *module, *file, *dump, *tb;
  bool check;    /* --check: the files from first_arg on */
  const char *warnings[OPTIONS_MOST], *xs[OPTIONS_MOST]; /* -W and -X, as given */
  int warning_count, x_count;
  int first_arg; /* index of the first argument of the program in argv */
  bool stop;     /* an option that only prints, or a wrong one */
  int status;
} Options;

void options_take(Options *o, int argc, char **argv);

#endif
