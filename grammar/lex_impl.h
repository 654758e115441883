/* lex_impl.h - what the files of the lexer share.                     Layer 1. */
#ifndef SK_GRAMMAR_LEX_IMPL_H
#define SK_GRAMMAR_LEX_IMPL_H

#include "grammar/lexer.h"

/* Appends a token that spans start..cursor on the current line. */
SkToken *sk_lex_push(SkLexer *lx, int kind, const char *start);

/* Ends the tokens with an ERROR token spanning |range|; always false. */
bool sk_lex_fail(SkLexer *lx, SkDiagKind kind, SkRange range, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same for an error about blocks or the end of the text. */
bool sk_lex_fail_late(SkLexer *lx, SkDiagKind kind, SkRange range, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The position of |at| on the current line, as an empty range. */
SkRange sk_lex_point(const SkLexer *lx, const char *at);

/* A place without an end: end_lineno is its line, end_offset 0. */
SkRange sk_lex_no_end(SkRange range);

/* indent.c: at the start of a physical line outside brackets; emits INDENT
 * and DEDENT and leaves the cursor at the first token.  False: an error. */
bool sk_lex_indent(SkLexer *lx);
/* The end of a logical line: NEWLINE, and soft keywords get decided. */
void sk_lex_newline(SkLexer *lx, const char *start);
/* The same for a line that breaks off: `case` in a match block is the keyword. */
void sk_lex_decide_case(SkLexer *lx);
/* The end of the text: closes the line and all blocks, emits EOF. */
void sk_lex_finish(SkLexer *lx);

/* number.c: checks what follows a number; pushes NUMBER.  False: an error. */
bool sk_lex_number(SkLexer *lx, const char *start);

/* ident.c: a name with bytes above 127; its end.  NULL: an error was set. */
bool sk_lex_wide_name(SkLexer *lx, const char *start);

/* fstring.c: string literals, plain and formatted. */
bool sk_lex_string(SkLexer *lx, const char *start);
bool sk_lex_fstring_start(SkLexer *lx, const char *start);
/* Reads literal text of the innermost f-string up to a field or its end. */
bool sk_lex_fstring_middle(SkLexer *lx);
/* Opens a field at '{' and closes one at '}'. */
bool sk_lex_open(SkLexer *lx, const char *start, int kind);
bool sk_lex_close(SkLexer *lx, const char *start, int kind);

/* Is the cursor inside a replacement field, outside its inner brackets? */
bool sk_lex_at_field_level(const SkLexer *lx);
/* The same for the literal part of an f-string (sk_lex_fstring_middle's turn). */
bool sk_lex_in_literal(const SkLexer *lx);

#endif
