/* indent.c - physical lines to logical lines and blocks.              Layer 1.
 *
 * Columns are counted twice, with a tab reaching to the next multiple of 8
 * and with a tab counting one: when the two disagree about which of two
 * lines is deeper, the text depends on the tab size and is refused.
 */
#include "grammar/lex_impl.h"

/* The parser has not seen the line yet: CPython names its start or its end. */
static SkRange line_begin(const SkLexer *lx) {
  return sk_lex_no_end(sk_lex_point(lx, lx->line_start));
}

static SkRange line_end(const SkLexer *lx) {
  const char *s = lx->cursor;
  while (*s && *s != '\n') s++;
  SkRange r = sk_lex_point(lx, s);
  r.end_col = SK_RANGE_END_MINUS;
  return r;
}

static bool indent_tab_error(SkLexer *lx) {
  return sk_lex_fail_late(lx, SK_DIAG_TAB, line_begin(lx),
                          "inconsistent use of tabs and spaces in indentation");
}

static bool indent_open(SkLexer *lx, uint32_t column, uint32_t tab_column) {
  if (tab_column <= lx->tab_columns[lx->indents]) return indent_tab_error(lx);
  if (lx->indents + 1 >= SK_LEXER_MAX_INDENTS)
    return sk_lex_fail_late(lx, SK_DIAG_INDENTATION, line_begin(lx),
                            "too many levels of indentation");
  lx->indents++;
  lx->columns[lx->indents] = column;
  lx->tab_columns[lx->indents] = tab_column;
  lx->is_match_block[lx->indents] = lx->opens_match;
  sk_lex_push(lx, TK_INDENT, lx->cursor);
  return true;
}

static bool indent_close(SkLexer *lx, uint32_t column, uint32_t tab_column) {
  size_t first = lx->count;
  while (column < lx->columns[lx->indents]) {
    lx->indents--;
    sk_lex_push(lx, TK_DEDENT, lx->cursor);
  }
  if (column != lx->columns[lx->indents]) {
    lx->count = first;
    return sk_lex_fail_late(lx, SK_DIAG_INDENTATION, line_end(lx),
                            "unindent does not match any outer indentation level");
  }
  return tab_column == lx->tab_columns[lx->indents] || indent_tab_error(lx);
}

static bool indent_compare(SkLexer *lx, uint32_t column, uint32_t tab_column) {
  bool ok;
  lx->line_token = SIZE_MAX; /* INDENT and DEDENT do not start the line */
  if (column > lx->columns[lx->indents])
    ok = indent_open(lx, column, tab_column);
  else if (column < lx->columns[lx->indents])
    ok = indent_close(lx, column, tab_column);
  else
    ok = tab_column == lx->tab_columns[lx->indents] || indent_tab_error(lx);
  lx->opens_match = false;
  lx->line_token = lx->count;
  return ok;
}

bool sk_lex_indent(SkLexer *lx) {
  uint32_t column = 0, tab_column = 0, continued = 0;
  for (;; lx->cursor++) {
    switch (*lx->cursor) {
      case ' ': column++, tab_column++; break;
      case '\t': column = (column / 8 + 1) * 8, tab_column++; break;
      case '\f': column = tab_column = 0; break;
      case '#':
        while (*lx->cursor != '\n' && *lx->cursor) lx->cursor++;
        lx->cursor--; /* the newline is next */
        break;
      case '\n': /* a blank line says nothing about blocks */
        lx->line++;
        lx->line_start = lx->cursor + 1;
        column = tab_column = continued = 0;
        break;
      case '\\': /* the indentation is that of the first physical line */
        if (lx->cursor[1] != '\n' || !lx->cursor[2])
          return indent_compare(lx, continued ? continued : column, tab_column);
        if (!continued) continued = column;
        lx->cursor++;
        lx->line++;
        lx->line_start = lx->cursor + 1;
        column = tab_column = 0;
        break;
      case 0: lx->line_token = lx->count; return true;
      default:
        return indent_compare(lx, continued ? continued : column,
                              continued ? continued : tab_column);
    }
  }
}

static bool spelled(const SkLexer *lx, const SkToken *t, const char *word, uint32_t length) {
  if (t->kind != TK_NAME || t->length != length) return false;
  const char *s = lx->text + t->start;
  while (length--)
    if (*s++ != *word++) return false;
  return true;
}

static void soften(SkToken *t, int kind) {
  t->kind = (uint8_t)kind;
  t->flags |= SK_TOKEN_SOFT;
}

/* `type` before a NAME where a statement begins; no such line has another reading. */
static void decide_type(SkLexer *lx, size_t from) {
  int before = TK_SEMI;
  for (size_t i = from; i + 1 < lx->count; i++) {
    SkToken *t = &lx->tokens[i];
    if ((before == TK_SEMI || before == TK_COLON) && t[1].kind == TK_NAME &&
        spelled(lx, t, "type", 4))
      soften(t, TK_TYPE);
    before = t->kind;
  }
}

/* Decides the soft keywords of the logical line that ends here. */
static void decide_soft(SkLexer *lx) {
  if (lx->line_token >= lx->count) return;
  SkToken *first = &lx->tokens[lx->line_token], *last = &lx->tokens[lx->count - 1];
  if (first->kind != TK_NAME || last == first) {
    decide_type(lx, lx->line_token);
    return;
  }
  if (last->kind == TK_COLON && last > first + 1 && spelled(lx, first, "match", 5)) {
    soften(first, TK_MATCH);
    lx->opens_match = true;
  } else if (lx->is_match_block[lx->indents] && spelled(lx, first, "case", 4)) {
    soften(first, TK_CASE);
  }
  decide_type(lx, lx->line_token);
}

void sk_lex_decide_case(SkLexer *lx) {
  if (lx->line_token >= lx->count || !lx->is_match_block[lx->indents]) return;
  SkToken *first = &lx->tokens[lx->line_token];
  if (spelled(lx, first, "case", 4)) soften(first, TK_CASE);
}

void sk_lex_newline(SkLexer *lx, const char *start) {
  decide_soft(lx);
  sk_lex_push(lx, TK_NEWLINE, start); /* a comment before it is part of it */
  lx->line_token = lx->count;
}

void sk_lex_finish(SkLexer *lx) {
  if (lx->depth > 0) {
    SkBracket *b = &lx->brackets[lx->depth - 1];
    SkRange r = {b->line, b->col, b->line, b->col};
    lx->wants_more = true;
    sk_lex_fail_late(lx, SK_DIAG_SYNTAX, r, "'%c' was never closed", b->open);
    return;
  }
  const char *end = lx->cursor;
  bool empty_line = end >= lx->text + 2 && end[-1] == '\n' && end[-2] == '\n';
  if (lx->keep_blocks && lx->indents > 0 && !empty_line) {
    lx->wants_more = true;
    sk_lex_fail_late(lx, SK_DIAG_SYNTAX, sk_lex_point(lx, end), "incomplete input");
    return;
  }
  while (lx->indents > 0) {
    lx->indents--;
    sk_lex_push(lx, TK_DEDENT, lx->cursor);
  }
  if (lx->single && lx->count > SK_LEXER_MARGIN) sk_lex_push(lx, TK_NEWLINE, lx->cursor);
  sk_lex_push(lx, TK_EOF, lx->cursor);
}
