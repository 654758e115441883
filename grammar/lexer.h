/* lexer.h - source text to tokens.                                    Layer 1.
 *
 * The whole text is read before parsing, so the parser and the diagnoser can
 * look at any neighbour of a token.  The last token is EOF or ERROR.
 */
#ifndef SK_GRAMMAR_LEXER_H
#define SK_GRAMMAR_LEXER_H

#include "grammar/parse.h"
#include "grammar/token.h"

SK_C_BEGIN

enum { SK_LEXER_MAX_BRACKETS = 200, SK_LEXER_MAX_INDENTS = 100, SK_LEXER_MAX_FSTRINGS = 150,
       SK_LEXER_MAX_FIELDS = 8, SK_LEXER_MARGIN = 4 };

/* A replacement field, or the literal part around it, of one f-string. */
typedef struct SkFstring {
  char quote;
  uint8_t quotes;      /* 1 or 3 */
  bool raw;
  uint8_t fields;     /* replacement fields open in this string: specs nest them */
  uint8_t in_spec;    /* bit i: field i is in its format spec */
  uint16_t depth[SK_LEXER_MAX_FIELDS]; /* open brackets just inside field i */
  const char *start;
  uint32_t line, col;
} SkFstring;

typedef struct SkBracket {
  char open;
  uint32_t line, col;
} SkBracket;

typedef struct SkLexer {
  SkArena *arena;
  SkDiag *diag;
  const char *text, *cursor, *end;
  const char *line_start;
  uint32_t line;

  /* SK_LEXER_MARGIN empty tokens stand before the first and after the last,
   * so that a neighbour may be looked at without asking whether it is there. */
  SkToken *tokens;
  size_t count, room;

  SkBracket brackets[SK_LEXER_MAX_BRACKETS];
  uint32_t depth;
  SkFstring fstrings[SK_LEXER_MAX_FSTRINGS];
  uint32_t fstring_depth;

  /* indent.c: open blocks; tab_columns counts a tab as one column. */
  uint32_t columns[SK_LEXER_MAX_INDENTS], tab_columns[SK_LEXER_MAX_INDENTS];
  bool is_match_block[SK_LEXER_MAX_INDENTS];
  uint32_t indents; /* index of the innermost block */
  bool opens_match; /* the last logical line was the head of a match */
  bool single;       /* one interactive statement: its end is a NEWLINE of its own */
  bool keep_blocks;  /* the end of the text does not close a block; an empty line does */
  size_t line_token; /* index of the first token of the logical line */

  /* Of the ERROR token; kind NONE = none. */
  SkDiagKind error_kind;
  SkRange error_range;
  const char *error_message;
  bool error_is_late; /* about blocks or the end of the text: a parser's error goes first */
  bool wants_more; /* the text ended in a triple-quoted string, brackets or after a backslash */
} SkLexer;

/* Reads all of diag->source.  The caller sets single and keep_blocks.  Never
 * reports: errors wait in lx->error_kind. */
void sk_lexer_run(SkLexer *lx, SkArena *arena, SkDiag *diag);

SK_C_END

#endif
