/* lint.h - `skein lint`.  Layer 10. */
#ifndef SK_CLI_LINT_H
#define SK_CLI_LINT_H

/* The arguments behind the word lint.  Exit status: 0 nothing found, 1 findings, 2 wrong use or an unreadable file. */
int lint_command(int argc, char **argv);

#endif
