/* match.c - match statements (written next). */
#include "vm/compile/compile_impl.h"
void match_stmt(C *c, SkStmt *s) { COMPILE_ERROR(c, s->range, "match is not compiled yet"); }
