/* repl.h - the line prompt.  Layer 10. */
#ifndef SK_CLI_REPL_H
#define SK_CLI_REPL_H

#include "vm/api/skein.h"

/* Reads statements from standard input until its end or an exit; returns the exit status. */
int repl_run(skein_vm *vm, bool quiet);

#endif
