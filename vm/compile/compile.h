/* compile.h - syntax tree to code: the door of the package.           Layer 4. */
#ifndef SK_COMPILE_COMPILE_H
#define SK_COMPILE_COMPILE_H

#include "grammar/ast.h"
#include "vm/bytecode/code.h"

SK_C_BEGIN

enum { /* SkCompileOptions.future: compiler flags as compile() takes them */
  SK_FUTURE_ANNOTATIONS = 0x1000000
};

typedef struct SkCompileOptions {
  int optimize;         /* 0; 1: no asserts, __debug__ false; 2: no docstrings either */
  bool portable;        /* CPython's rules where ours are wider */
  bool dev;             /* -X dev: a statement may not drop a coroutine that never ran */
  bool task_rules;      /* a yield that leaves a task group open is an error */
  bool top_await;       /* await, async for and async with at the top make the body a coroutine */
  unsigned future;      /* inherited from the code that compiles: SK_FUTURE_* */
  unsigned *future_out; /* not NULL: receives the features in force */
} SkCompileOptions;

/* The mode is that of the parse (mod->kind): a Module returns None, an Expression its value, an
 * Interactive prints the values of its expression statements.  NULL: diag->error says why.
 * |opts| may be NULL. */
SkCode *sk_compile(SkArena *a, SkDiag *diag, const SkMod *mod, const char *filename,
                   const SkCompileOptions *opts);

/* The source text of an expression, as ast.unparse would write it (annotations as strings).
 * In |a|, NUL-terminated. */
const char *sk_unparse(SkArena *a, const SkExpr *e, size_t *length);

SK_C_END

#endif
