/* unparse.c - expressions back to text (written next). */
#include "vm/compile/compile_impl.h"
const char *sk_unparse(SkArena *a, const SkExpr *e, size_t *n) { (void)a; (void)e; *n = 1; return "?"; }
