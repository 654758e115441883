/* front.h - source text to SkCode in one call: all that the runtime sees of the front end.  Layer 4.
 *
 * Plain memory, no syntax tree, nothing of the heap: the runtime copies what it needs and frees the rest.
 */
#ifndef SK_COMPILE_FRONT_H
#define SK_COMPILE_FRONT_H

#include "vm/bytecode/code.h"

SK_C_BEGIN

typedef enum SkFrontMode { SK_FRONT_EXEC, SK_FRONT_EVAL, SK_FRONT_SINGLE } SkFrontMode;
typedef enum SkFrontError {
  SK_FRONT_OK, SK_FRONT_SYNTAX, SK_FRONT_INDENTATION, SK_FRONT_TAB, SK_FRONT_MEMORY, SK_FRONT_RECURSION, SK_FRONT_VALUE, SK_FRONT_OVERFLOW
} SkFrontError;

enum { SK_FRONT_FUTURE_ANNOTATIONS = 0x1000000 };

typedef struct SkFrontOptions {
  SkFrontMode mode;
  int optimize;
  bool portable;
  bool dev;             /* -X dev: a statement may not drop a coroutine that never ran */
  bool task_rules;      /* a yield that leaves a task group open is an error */
  bool top_await;       /* await, async for and async with at the top make the body a coroutine */
  bool is_str;          /* the text is UTF-8 whatever its coding declaration says */
  bool interactive;     /* REPL: |incomplete| is wanted */
  unsigned future;
} SkFrontOptions;

/* The place is what a SyntaxError has when the filters turn the warning into one. */
typedef struct SkFrontWarning {
  const char *message, *text;
  size_t text_length;
  uint32_t line;
  int col, end_line, end_col;
  bool deprecated;
} SkFrontWarning;

typedef struct SkFront {
  SkCode *code;         /* one reference, the caller's; NULL after an error */
  SkFrontError error;
  bool incomplete;      /* more text could mend the error */
  bool after_parse;     /* not the parser's: text is given only if the file can be read */
  const char *message, *text;
  size_t text_length;
  int line, col, end_line, end_col; /* as SyntaxError has them; -1: None */
  const SkFrontWarning *warnings;
  size_t warning_count;
  struct SkFrontMemory *memory;
} SkFront;

/* Never raises.  sk_front_free releases all but |code|. */
void sk_front_compile(SkFront *out, const char *text, size_t n, const char *filename, const SkFrontOptions *o);
void sk_front_free(SkFront *out);

typedef void SkFrontWriteFn(void *arg, const char *s, size_t n);
typedef enum SkFrontDump { SK_DUMP_TOKENS, SK_DUMP_AST, SK_DUMP_SYMBOLS, SK_DUMP_CODE } SkFrontDump;
/* --dump=...: false with |out| saying why, when the source is wrong. */
bool sk_front_dump(SkFront *out, SkFrontDump what, const char *text, size_t n, const char *filename, const SkFrontOptions *o,
                   SkFrontWriteFn *write, void *arg);

/* Code point of a Unicode character name (\\N{...}), -1 when there is none. */
int32_t sk_front_character(const char *name, size_t n);

SK_C_END

#endif
