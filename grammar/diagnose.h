/* diagnose.h - why a text is no program, in CPython's words.          Layer 1. */
#ifndef SK_GRAMMAR_DIAGNOSE_H
#define SK_GRAMMAR_DIAGNOSE_H

#include "grammar/build.h"
#include "grammar/lexer.h"

/* The automaton refused *p->look, or the lexer failed, or an action has set
 * an error; afterwards diag->error is the one to show. */
void sk_diagnose(SkParser *p, const SkLexer *lx, int mode_token);

#endif
