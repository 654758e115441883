/* fstring.c - string literals, f-string fields and brackets.          Layer 1.
 *
 * An f-string is read as tokens (PEP 701):
 *
 *     f"a{x!r:>{w}}b"   FSTART FMIDDLE FLBRACE NAME FBANG NAME FCOLON FMIDDLE
 *                       FLBRACE NAME FRBRACE FRBRACE FMIDDLE FEND
 *
 * Invariant: a field's '{' is on the bracket stack, and depth[] of the field
 * is the stack's height just inside it.
 */
#include <string.h>

#include "grammar/lex_impl.h"

static SkFstring *current(const SkLexer *lx) {
  return lx->fstring_depth ? (SkFstring *)&lx->fstrings[lx->fstring_depth - 1] : NULL;
}

static bool in_spec(const SkFstring *f) { return f->fields && (f->in_spec >> (f->fields - 1) & 1); }

bool sk_lex_at_field_level(const SkLexer *lx) {
  const SkFstring *f = current(lx);
  return f && f->fields && !in_spec(f) && lx->depth == f->depth[f->fields - 1];
}

bool sk_lex_in_literal(const SkLexer *lx) {
  const SkFstring *f = current(lx);
  return f && (f->fields == 0 || (in_spec(f) && lx->depth == f->depth[f->fields - 1]));
}

/* ---- plain strings ------------------------------------------------------------------------- */

typedef struct Start {
  const char *at;
  const char *line_start;
  uint32_t line;
} Start;

static Start start_here(const SkLexer *lx, const char *at) {
  return (Start){at, lx->line_start, lx->line};
}

static SkToken *push_from(SkLexer *lx, int kind, Start s) {
  SkToken *t = sk_lex_push(lx, kind, s.at);
  uint32_t end_col = (uint32_t)(lx->cursor - lx->line_start);
  t->range = (SkRange){s.line, (uint32_t)(s.at - s.line_start), lx->line, end_col};
  return t;
}

static bool unterminated(SkLexer *lx, Start s, const char *format) {
  uint32_t detected = lx->line;
  uint32_t col = (uint32_t)(s.at - s.line_start);
  return sk_lex_fail(lx, SK_DIAG_SYNTAX, (SkRange){s.line, col, s.line, col}, format, detected);
}

/* A string that does not end, opened by the quotes of the f-string around
 * it: the quote was meant to close that f-string, so a '}' is missing. */
static bool string_unterminated(SkLexer *lx, Start s, char quote, int quotes, bool escaped_quote) {
  const SkFstring *f = current(lx);
  if (f && f->quote == quote && f->quotes == quotes) {
    lx->cursor = s.at + 1;
    return sk_lex_fail(
        lx, SK_DIAG_SYNTAX,
        (SkRange){s.line, (uint32_t)(s.at - s.line_start), s.line, (uint32_t)(s.at - s.line_start)},
        "f-string: expecting '}'");
  }
  if (quotes == 3) {
    lx->wants_more = true;
    if (lx->cursor > lx->text && lx->cursor[-1] == '\n') lx->line--; /* our own last newline */
    return unterminated(lx, s, "unterminated triple-quoted string literal (detected at line %u)");
  }
  if (!*lx->cursor) lx->line--;
  if (escaped_quote)
    return unterminated(lx, s,
                        "unterminated string literal (detected at line %u); perhaps you "
                        "escaped the end quote?");
  return unterminated(lx, s, "unterminated string literal (detected at line %u)");
}

static void next_line(SkLexer *lx, const char *line_start) {
  lx->line++;
  lx->line_start = line_start;
}

bool sk_lex_string(SkLexer *lx, const char *start) {
  Start s = start_here(lx, start);
  const char *p = lx->cursor; /* after the first quote */
  char quote = p[-1];
  int quotes = p[0] == quote && p[1] == quote ? 3 : 1;
  if (quotes == 3) p += 2;
  bool escaped_quote = false;
  for (;; p++) {
    if (*p == '\\' && p[1]) {
      p++;
      escaped_quote |= *p == quote;
      if (*p == '\n') next_line(lx, p + 1);
    } else if (*p == '\n' && quotes == 3) {
      next_line(lx, p + 1);
    } else if (*p == '\n' || *p == 0) {
      lx->cursor = p;
      return string_unterminated(lx, s, quote, quotes, escaped_quote);
    } else if (*p == quote && (quotes == 1 || (p[1] == quote && p[2] == quote))) {
      lx->cursor = p + quotes;
      push_from(lx, TK_STRING, s);
      return true;
    }
  }
}

/* ---- f-strings ----------------------------------------------------------------------------- */

bool sk_lex_fstring_start(SkLexer *lx, const char *start) {
  const char *p = lx->cursor;
  char quote = p[-1];
  if (lx->fstring_depth == SK_LEXER_MAX_FSTRINGS)
    return sk_lex_fail(lx, SK_DIAG_SYNTAX, sk_lex_point(lx, p - 1), "too many nested f-strings");
  bool raw = false;
  for (const char *c = start; c < p; c++) raw |= (*c | 32) == 'r';
  int quotes = p[0] == quote && p[1] == quote ? 3 : 1;
  if (quotes == 3) lx->cursor += 2;
  lx->fstrings[lx->fstring_depth++] = (SkFstring){.quote = quote,
                                                  .quotes = (uint8_t)quotes,
                                                  .raw = raw,
                                                  .start = start,
                                                  .line = lx->line,
                                                  .col = (uint32_t)(start - lx->line_start)};
  sk_lex_push(lx, TK_FSTART, start);
  return true;
}

static bool fstring_unterminated(SkLexer *lx, SkFstring *f) {
  SkRange r = {f->line, f->col, f->line, f->col};
  bool at_end = !*lx->cursor;
  uint32_t detected = lx->line;
  if (f->quotes == 3 && at_end && lx->cursor > lx->text && lx->cursor[-1] == '\n') detected--;
  if (f->quotes == 1)
    return sk_lex_fail(lx, SK_DIAG_SYNTAX, r, "unterminated f-string literal (detected at line %u)",
                       detected);
  lx->wants_more = true;
  return sk_lex_fail(lx, SK_DIAG_SYNTAX, r,
                     "unterminated triple-quoted f-string literal (detected at line %u)", detected);
}

static void middle_until(SkLexer *lx, Start s, const char *p) {
  const SkFstring *f = current(lx);
  lx->cursor = p;
  if (p == s.at) return;
  SkToken *t = push_from(lx, TK_FMIDDLE, s);
  t->flags |= (uint8_t)((f->raw ? SK_TOKEN_RAW : 0) | (in_spec(f) ? SK_TOKEN_SPEC : 0));
}

static bool field_open(SkLexer *lx, SkFstring *f, const char *at) {
  lx->cursor = at + 1;
  if (f->fields >= SK_LEXER_MAX_FIELDS || f->fields >= 3)
    return sk_lex_fail(lx, SK_DIAG_SYNTAX, sk_lex_point(lx, at - 1),
                       "f-string: expressions nested too deeply");
  if (!sk_lex_open(lx, at, TK_FLBRACE)) return false;
  f->in_spec &= (uint8_t) ~(1u << f->fields);
  f->depth[f->fields++] = (uint16_t)lx->depth;
  return true;
}

static void field_close(SkLexer *lx, SkFstring *f, const char *at) {
  lx->cursor = at + 1;
  lx->depth--;
  f->fields--;
  sk_lex_push(lx, TK_FRBRACE, at);
}

/* Skips a backslash and what it protects from ending the literal. */
static const char *skip_escape(const SkFstring *f, const char *p) {
  if (p[1] == '{' || p[1] == '}' || !p[1]) return p; /* a field all the same */
  if (!f->raw && p[1] == 'N' && p[2] == '{') {
    const char *q = p + 3;
    while ((*q >= 'A' && *q <= 'Z') || (*q >= 'a' && *q <= 'z') || (*q >= '0' && *q <= '9') ||
           *q == ' ' || *q == '-' || *q == '_')
      q++;
    return *q == '}' ? q : p + 2; /* that brace opens no field either */
  }
  return p + 1;
}

bool sk_lex_fstring_middle(SkLexer *lx) {
  SkFstring *f = current(lx);
  Start s = start_here(lx, lx->cursor);
  bool spec = in_spec(f);
  for (const char *p = lx->cursor;; p++) {
    if (*p == '\\') {
      p = skip_escape(f, p);
      if (*p == '\n') next_line(lx, p + 1);
    } else if (*p == '\n' && f->quotes == 3) {
      next_line(lx, p + 1);
    } else if (*p == '\n' && spec) {
      middle_until(lx, s, p); /* the parser will miss the '}' */
      f->in_spec &= (uint8_t) ~(1u << (f->fields - 1));
      return true;
    } else if (*p == '\n' || *p == 0) {
      lx->cursor = p;
      return fstring_unterminated(lx, f);
    } else if (*p == f->quote && (f->quotes == 1 || (p[1] == f->quote && p[2] == f->quote))) {
      middle_until(lx, s, p);
      lx->cursor = p + f->quotes;
      lx->depth -= f->fields; /* an open field is the parser's to report */
      lx->fstring_depth--;
      sk_lex_push(lx, TK_FEND, p);
      return true;
    } else if (*p == '{') {
      if (p[1] == '{' && !spec) {
        p++;
        continue;
      }
      middle_until(lx, s, p);
      return field_open(lx, f, p);
    } else if (*p == '}') {
      if (p[1] == '}' && !spec) {
        p++;
        continue;
      }
      middle_until(lx, s, p);
      if (spec) {
        field_close(lx, f, p);
        return true;
      }
      lx->cursor = p + 1;
      return sk_lex_fail(lx, SK_DIAG_SYNTAX, sk_lex_point(lx, p),
                         "f-string: single '}' is not allowed");
    }
  }
}

/* ---- brackets ------------------------------------------------------------------------------ */

bool sk_lex_open(SkLexer *lx, const char *start, int kind) {
  if (lx->depth == SK_LEXER_MAX_BRACKETS)
    return sk_lex_fail(lx, SK_DIAG_SYNTAX, sk_lex_point(lx, start), "too many nested parentheses");
  lx->brackets[lx->depth++] = (SkBracket){*start, lx->line, (uint32_t)(start - lx->line_start)};
  sk_lex_push(lx, kind, start);
  return true;
}

static bool mismatched(SkLexer *lx, const char *start, const SkBracket *b) {
  SkRange at = sk_lex_point(lx, start);
  if (b->open == '{' && sk_lex_at_field_level(lx))
    return sk_lex_fail(lx, SK_DIAG_SYNTAX, at, "f-string: unmatched '%c'", *start);
  if (b->line != lx->line)
    return sk_lex_fail(
        lx, SK_DIAG_SYNTAX, at,
        "closing parenthesis '%c' does not match opening parenthesis '%c' on line %u", *start,
        b->open, b->line);
  return sk_lex_fail(lx, SK_DIAG_SYNTAX, at,
                     "closing parenthesis '%c' does not match opening parenthesis '%c'", *start,
                     b->open);
}

bool sk_lex_close(SkLexer *lx, const char *start, int kind) {
  if (lx->depth == 0)
    return sk_lex_fail(lx, SK_DIAG_SYNTAX, sk_lex_point(lx, start), "unmatched '%c'", *start);
  const SkBracket *b = &lx->brackets[lx->depth - 1];
  bool pairs = (b->open == '(' && *start == ')') || (b->open == '[' && *start == ']') ||
               (b->open == '{' && *start == '}');
  if (!pairs) return mismatched(lx, start, b);
  if (*start == '}' && sk_lex_at_field_level(lx)) {
    field_close(lx, current(lx), start);
    return true;
  }
  lx->depth--;
  sk_lex_push(lx, kind, start);
  return true;
}
