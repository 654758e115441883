/* lexer.re - source text to tokens, one re2c rule per token class.    Layer 1.
 *
 * Rules only classify.  Anything that needs memory (blocks, brackets,
 * strings, f-string fields, number checks) lives in a named function.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "grammar/lex_impl.h"

SkToken *sk_lex_push(SkLexer *lx, int kind, const char *start) {
  if (lx->count == lx->room) {
    size_t room = lx->room ? lx->room * 2 : 256;
    lx->tokens = sk_arena_grow(lx->arena, lx->tokens, lx->count * sizeof(SkToken),
                               room * sizeof(SkToken));
    lx->room = room;
  }
  uint32_t col = (uint32_t)(start - lx->line_start);
  uint32_t length = (uint32_t)(lx->cursor - start);
  SkToken *t = &lx->tokens[lx->count++];
  *t = (SkToken){.kind = (uint8_t)kind,
                 .flags = lx->count - 1 == lx->line_token ? SK_TOKEN_STMT_START : 0,
                 .start = (uint32_t)(start - lx->text),
                 .length = length,
                 .range = {lx->line, col, lx->line, col + length}};
  return t;
}

SkRange sk_lex_point(const SkLexer *lx, const char *at) {
  uint32_t col = (uint32_t)(at - lx->line_start);
  return (SkRange){lx->line, col, lx->line, col};
}

SkRange sk_lex_no_end(SkRange range) {
  range.end_col = SK_RANGE_END_ZERO;
  return range;
}

static bool fail(SkLexer *lx, SkDiagKind kind, SkRange range, bool late, const char *format,
                 va_list args) {
  char message[256];
  vsnprintf(message, sizeof message, format, args);
  sk_lex_push(lx, TK_ERROR, lx->cursor)->range = range;
  lx->error_kind = kind;
  lx->error_range = range;
  lx->error_message = sk_arena_strndup(lx->arena, message, strlen(message));
  lx->error_is_late = late;
  return false;
}

bool sk_lex_fail(SkLexer *lx, SkDiagKind kind, SkRange range, const char *format, ...) {
  va_list args;
  va_start(args, format);
  fail(lx, kind, range, false, format, args);
  va_end(args);
  return false;
}

bool sk_lex_fail_late(SkLexer *lx, SkDiagKind kind, SkRange range, const char *format, ...) {
  va_list args;
  va_start(args, format);
  fail(lx, kind, range, true, format, args);
  va_end(args);
  return false;
}

static bool backslash(SkLexer *lx) {
  if (lx->cursor[0] != '\n')
    return sk_lex_fail_late(lx, SK_DIAG_SYNTAX, sk_lex_no_end(sk_lex_point(lx, lx->cursor)),
                            "unexpected character after line continuation character");
  lx->cursor++;
  if (!*lx->cursor) {
    lx->wants_more = true;
    SkRange end = sk_lex_point(lx, lx->cursor - 1);
    end.end_col = SK_RANGE_END_MINUS;
    return sk_lex_fail_late(lx, SK_DIAG_SYNTAX, end, "unexpected EOF while parsing");
  }
  lx->line++;
  lx->line_start = lx->cursor;
  return true;
}

/* A newline: the end of a logical line, or white space inside brackets. */
static bool newline(SkLexer *lx, const char *start) {
  bool inside = lx->depth > 0;
  if (!inside) sk_lex_newline(lx, start);
  lx->line++;
  lx->line_start = lx->cursor;
  return inside || sk_lex_indent(lx);
}

static bool keep(SkLexer *lx, const char *start, int kind) {
  sk_lex_push(lx, kind, start);
  return true;
}

/* ':' '!' and '=' mean something else at the top of a replacement field. */
static bool field_sign(SkLexer *lx, const char *start, int kind, int in_field) {
  if (!sk_lex_at_field_level(lx)) return keep(lx, start, kind);
  if (kind == TK_WALRUS) lx->cursor--;
  sk_lex_push(lx, in_field, start);
  if (in_field == TK_FCOLON) {
    SkFstring *f = &lx->fstrings[lx->fstring_depth - 1];
    f->in_spec |= (uint8_t)(1u << (f->fields - 1));
  }
  return true;
}

/* One token.  False: the last one is there (EOF or ERROR). */
static bool lex_code(SkLexer *lx) {
  const char *start = lx->cursor, *marker;
  /*!re2c
    re2c:define:YYCTYPE  = "unsigned char";
    re2c:define:YYCURSOR = lx->cursor;
    re2c:define:YYMARKER = marker;
    re2c:yyfill:enable   = 0;

    first    = [a-zA-Z_];
    rest     = [a-zA-Z_0-9];
    wide     = [\x80-\xff];
    digits   = [0-9] ("_"? [0-9])*;
    exponent = [eE] [+-]? digits;
    float    = digits "." digits? exponent? | "." digits exponent? | digits exponent;
    radix    = "0" ([xX] ("_"? [0-9a-fA-F])+ | [oO] ("_"? [0-7])+ | [bB] ("_"? [01])+);
    prefix   = [rRuUbB] | [rR] [bB] | [bB] [rR];
    fprefix  = [fF] | [fF] [rR] | [rR] [fF];

    [ \t\f]+                    { return true; }
    "\n"                        { return newline(lx, start); }
    "#" [^\n\x00]* "\n"         { return newline(lx, start); }
    "\\"                        { return backslash(lx); }
    "\x00"                      { lx->cursor = start; sk_lex_finish(lx); return false; }

    prefix? ['"]                { return sk_lex_string(lx, start); }
    fprefix ['"]                { return sk_lex_fstring_start(lx, start); }
    radix | (digits | float) [jJ]? { return sk_lex_number(lx, start); }

    "False"                     { return keep(lx, start, TK_FALSE); }
    "None"                      { return keep(lx, start, TK_NONE); }
    "True"                      { return keep(lx, start, TK_TRUE); }
    "and"                       { return keep(lx, start, TK_AND); }
    "as"                        { return keep(lx, start, TK_AS); }
    "assert"                    { return keep(lx, start, TK_ASSERT); }
    "async"                     { return keep(lx, start, TK_ASYNC); }
    "await"                     { return keep(lx, start, TK_AWAIT); }
    "break"                     { return keep(lx, start, TK_BREAK); }
    "class"                     { return keep(lx, start, TK_CLASS); }
    "continue"                  { return keep(lx, start, TK_CONTINUE); }
    "def"                       { return keep(lx, start, TK_DEF); }
    "del"                       { return keep(lx, start, TK_DEL); }
    "elif"                      { return keep(lx, start, TK_ELIF); }
    "else"                      { return keep(lx, start, TK_ELSE); }
    "except"                    { return keep(lx, start, TK_EXCEPT); }
    "finally"                   { return keep(lx, start, TK_FINALLY); }
    "for"                       { return keep(lx, start, TK_FOR); }
    "from"                      { return keep(lx, start, TK_FROM); }
    "global"                    { return keep(lx, start, TK_GLOBAL); }
    "if"                        { return keep(lx, start, TK_IF); }
    "import"                    { return keep(lx, start, TK_IMPORT); }
    "in"                        { return keep(lx, start, TK_IN); }
    "is"                        { return keep(lx, start, TK_IS); }
    "lambda"                    { return keep(lx, start, TK_LAMBDA); }
    "nonlocal"                  { return keep(lx, start, TK_NONLOCAL); }
    "not"                       { return keep(lx, start, TK_NOT); }
    "or"                        { return keep(lx, start, TK_OR); }
    "pass"                      { return keep(lx, start, TK_PASS); }
    "raise"                     { return keep(lx, start, TK_RAISE); }
    "return"                    { return keep(lx, start, TK_RETURN); }
    "try"                       { return keep(lx, start, TK_TRY); }
    "while"                     { return keep(lx, start, TK_WHILE); }
    "with"                      { return keep(lx, start, TK_WITH); }
    "yield"                     { return keep(lx, start, TK_YIELD); }
    "!="                        { return keep(lx, start, TK_NE); }
    "%"                         { return keep(lx, start, TK_PERCENT); }
    "%="                        { return keep(lx, start, TK_PERCENTEQ); }
    "&"                         { return keep(lx, start, TK_AMP); }
    "&="                        { return keep(lx, start, TK_AMPEQ); }
    "("                         { return sk_lex_open(lx, start, TK_LPAR); }
    ")"                         { return sk_lex_close(lx, start, TK_RPAR); }
    "*"                         { return keep(lx, start, TK_STAR); }
    "**"                        { return keep(lx, start, TK_DSTAR); }
    "**="                       { return keep(lx, start, TK_DSTAREQ); }
    "*="                        { return keep(lx, start, TK_STAREQ); }
    "+"                         { return keep(lx, start, TK_PLUS); }
    "+="                        { return keep(lx, start, TK_PLUSEQ); }
    ","                         { return keep(lx, start, TK_COMMA); }
    "-"                         { return keep(lx, start, TK_MINUS); }
    "-="                        { return keep(lx, start, TK_MINUSEQ); }
    "->"                        { return keep(lx, start, TK_ARROW); }
    "."                         { return keep(lx, start, TK_DOT); }
    "..."                       { return keep(lx, start, TK_ELLIPSIS); }
    "/"                         { return keep(lx, start, TK_SLASH); }
    "//"                        { return keep(lx, start, TK_DSLASH); }
    "//="                       { return keep(lx, start, TK_DSLASHEQ); }
    "/="                        { return keep(lx, start, TK_SLASHEQ); }
    ":"                         { return field_sign(lx, start, TK_COLON, TK_FCOLON); }
    ":="                        { return field_sign(lx, start, TK_WALRUS, TK_FCOLON); }
    ";"                         { return keep(lx, start, TK_SEMI); }
    "<"                         { return keep(lx, start, TK_LT); }
    "<<"                        { return keep(lx, start, TK_LSHIFT); }
    "<<="                       { return keep(lx, start, TK_LSHIFTEQ); }
    "<="                        { return keep(lx, start, TK_LE); }
    "="                         { return field_sign(lx, start, TK_EQ, TK_FEQ); }
    "=="                        { return keep(lx, start, TK_EQEQ); }
    ">"                         { return keep(lx, start, TK_GT); }
    ">="                        { return keep(lx, start, TK_GE); }
    ">>"                        { return keep(lx, start, TK_RSHIFT); }
    ">>="                       { return keep(lx, start, TK_RSHIFTEQ); }
    "@"                         { return keep(lx, start, TK_AT); }
    "@="                        { return keep(lx, start, TK_ATEQ); }
    "["                         { return sk_lex_open(lx, start, TK_LSQB); }
    "]"                         { return sk_lex_close(lx, start, TK_RSQB); }
    "^"                         { return keep(lx, start, TK_CARET); }
    "^="                        { return keep(lx, start, TK_CARETEQ); }
    "{"                         { return sk_lex_open(lx, start, TK_LBRACE); }
    "|"                         { return keep(lx, start, TK_BAR); }
    "|="                        { return keep(lx, start, TK_BAREQ); }
    "}"                         { return sk_lex_close(lx, start, TK_RBRACE); }
    "~"                         { return keep(lx, start, TK_TILDE); }
    "<>"                        { return keep(lx, start, TK_NE); }
    "!"                         { return field_sign(lx, start, TK_UNKNOWN, TK_FBANG); }
    [$?`]                       { return keep(lx, start, TK_UNKNOWN); }

    first rest*                 { return keep(lx, start, TK_NAME); }
    (first rest*)? wide         { return sk_lex_wide_name(lx, start); }
    *                           { return sk_lex_wide_name(lx, start); }
  */
}

static void margin(SkLexer *lx) {
  for (int i = 0; i < SK_LEXER_MARGIN; i++) *sk_lex_push(lx, TK_EOF, lx->cursor) = (SkToken){0};
}

void sk_lexer_run(SkLexer *lx, SkArena *arena, SkDiag *diag) {
  lx->arena = arena;
  lx->diag = diag;
  lx->text = lx->cursor = lx->line_start = diag->source;
  lx->end = diag->source + diag->source_length;
  lx->line = 1;
  lx->tokens = NULL;
  lx->count = lx->room = lx->line_token = 0;
  lx->depth = lx->fstring_depth = lx->indents = 0;
  lx->columns[0] = lx->tab_columns[0] = 0;
  lx->is_match_block[0] = lx->opens_match = lx->wants_more = false;
  lx->error_kind = SK_DIAG_NONE;
  margin(lx);
  if (sk_lex_indent(lx))
    while (sk_lex_in_literal(lx) ? sk_lex_fstring_middle(lx) : lex_code(lx)) continue;
  if (lx->error_kind) sk_lex_decide_case(lx);
  size_t last = lx->count;
  margin(lx);
  lx->tokens += SK_LEXER_MARGIN;
  lx->count = last - SK_LEXER_MARGIN;
}
