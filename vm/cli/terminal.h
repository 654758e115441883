/* terminal.h - a session at a terminal: raw mode, its size, waiting for keys and for tasks.  Layer 10. */
#ifndef SK_CLI_TERMINAL_H
#define SK_CLI_TERMINAL_H

#include "vm/api/skein.h"

bool terminal_is_one(void);                          /* both streams are, and of a kind that can move its cursor */
int terminal_session(skein_vm *vm, bool quiet);      /* the exit status */

#endif
