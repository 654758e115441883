/* automaton.h - Lemon's generated entry points and two questions to its
 * tables.                                                             Layer 1. */
#ifndef SK_GRAMMAR_AUTOMATON_H
#define SK_GRAMMAR_AUTOMATON_H

#include <stddef.h>

#include "grammar/build.h"

/* An automaton is sk_yy_size() bytes; it borrows the parser's arena. */
size_t sk_yy_size(void);
void sk_yyInit(void *automaton, SkParser *p);
void sk_yy(void *automaton, int kind, const SkToken *t);

/* Would the automaton take |token| next?  Simulates the reductions on a copy
 * of the state stack, so default reductions do not blur the answer. */
bool sk_yy_accepts(const void *automaton, int token);

#endif
