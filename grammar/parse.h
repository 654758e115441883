/* parse.h - source text to syntax tree: the door of the package.      Layer 1. */
#ifndef SK_GRAMMAR_PARSE_H
#define SK_GRAMMAR_PARSE_H

#include "grammar/ast.h"

SK_C_BEGIN

typedef enum SkParseMode {
  SK_PARSE_FILE,  /* "exec": Module */
  SK_PARSE_EVAL,  /* "eval": Expression */
  SK_PARSE_SINGLE /* "single": Interactive */
} SkParseMode;

enum {
  /* CPython's rules where ours are wider: no try mixes except and except*. */
  SK_PARSE_PORTABLE = 1,
  /* The text is known to be UTF-8 whatever its coding declaration says (it was a str). */
  SK_PARSE_IS_STR = 2,
  /* A block at the end of the text is not closed by the end alone (REPL). */
  SK_PARSE_DONT_IMPLY_DEDENT = 4,
  /* Say in diag->incomplete whether more text could mend the error (REPL). */
  SK_PARSE_INCOMPLETE = 8
};

/* Parses |src| (n bytes, in its declared encoding) into *out, all in arena
 * |a|.  False: diag->error says why.  sk_diag_init(diag, a, filename) comes
 * first; diag->source becomes the decoded text. */
bool sk_parse(SkArena *a, SkDiag *diag, const char *src, size_t n, const char *filename,
              SkParseMode mode, unsigned flags, SkMod **out);

typedef void (*SkWriteFn)(void *data, const char *text, size_t n);

/* --dump=ast: the tree as ast.dump(indent=2) prints it; |positions| adds each range. */
void sk_dump_ast(const SkMod *mod, bool positions, SkWriteFn write, void *data);
/* --dump=tokens: one token a line, up to the first error.  False: diag->error. */
bool sk_dump_tokens(SkArena *a, SkDiag *diag, const char *src, size_t n, SkWriteFn write,
                    void *data);

SK_C_END

#endif
