/* diagnose.c - why a text is no program, in CPython's words.          Layer 1.
 *
 * The automaton has refused a token.  We replay the tokens before it, so
 * that the question "what could have come here?" has an exact answer, and
 * let rules look for a better message than "invalid syntax".  An error the
 * lexer found further on goes before any of them, as in CPython, which reads
 * on to the end of the text before it settles for a message.
 */
#include "grammar/diagnose.h"

#include <stdarg.h>
#include <stdio.h>

#include "grammar/diagnose_impl.h"

/* ---- reporting ----------------------------------------------------------------------------- */

bool sk_case_report(SkCase *c, SkDiagKind kind, SkRange range, const char *format, ...) {
  char message[512];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  sk_diag_error(c->p->diag, range, kind, "%s", message);
  return true;
}

bool sk_case_span(SkCase *c, const SkToken *from, const SkToken *to, const char *message) {
  return sk_case_report(c, SK_DIAG_SYNTAX, sk_range_join(from->range, to->range), "%s", message);
}

bool sk_case_at(SkCase *c, const SkToken *t, const char *message) {
  return sk_case_span(c, t, t, message);
}

bool sk_case_from(SkCase *c, const SkToken *from, const SkToken *last, const char *message) {
  SkRange r = sk_range_join(from->range, last->range);
  if (r.end_col) r.end_col--;
  return sk_case_report(c, SK_DIAG_SYNTAX, r, "%s", message);
}

/* The place CPython names at the end of the text: the last line, to its end. */
static SkRange end_of_text(const SkLexer *lx, const SkToken *t) {
  const char *end = lx->end, *line = end;
  if (line > lx->text) line--;
  while (line > lx->text && line[-1] != '\n') line--;
  uint32_t n = t->range.line > 1 ? t->range.line - 1 : 1;
  return (SkRange){n, (uint32_t)(end - line), n, SK_RANGE_END_MINUS};
}

bool sk_case_fetched(SkCase *c, const SkToken *t, SkDiagKind kind, const char *format, ...) {
  char message[256];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  bool block = t->kind == TK_INDENT || t->kind == TK_DEDENT;
  bool at_end = (block || t->kind == TK_EOF) && t->start >= (uint32_t)(c->lx->end - c->lx->text);
  SkRange r = at_end ? end_of_text(c->lx, t) : t->range;
  if (block) r.end_col = SK_RANGE_END_MINUS;
  sk_diag_error(c->p->diag, r, kind, "%s", message);
  if (block || at_end) c->p->diag->error.col--; /* where it stood, not the next column */
  return true;
}

/* ---- looking around ------------------------------------------------------------------------ */

bool sk_case_accepts(const SkCase *c, int kind) { return sk_yy_accepts(c->automaton, kind); }

int sk_nesting(int kind) {
  switch (kind) {
    case TK_LPAR:
    case TK_LSQB:
    case TK_LBRACE:
    case TK_FLBRACE: return 1;
    case TK_RPAR:
    case TK_RSQB:
    case TK_RBRACE:
    case TK_FRBRACE: return -1;
    default: return 0;
  }
}

static bool opens(int kind) { return sk_nesting(kind) > 0; }
static bool closes(int kind) { return sk_nesting(kind) < 0; }

const SkToken *sk_case_opener(const SkCase *c, const SkToken *t) {
  int depth = 0;
  while (t-- > c->p->tokens) {
    if (t->kind == TK_NEWLINE) return NULL;
    if (closes(t->kind)) depth++;
    if (opens(t->kind) && depth-- == 0) return t;
  }
  return NULL;
}

const SkToken *sk_case_closer(const SkCase *c, const SkToken *open) {
  int depth = 0;
  for (const SkToken *t = open + 1; t < c->p->tokens + c->p->count; t++) {
    if (opens(t->kind)) depth++;
    if (closes(t->kind) && depth-- == 0) return t;
  }
  return NULL;
}

bool sk_starts_expression(int kind) {
  switch (kind) {
    case TK_NAME:
    case TK_NUMBER:
    case TK_STRING:
    case TK_FSTART:
    case TK_NONE:
    case TK_TRUE:
    case TK_FALSE:
    case TK_ELLIPSIS:
    case TK_LPAR:
    case TK_LSQB:
    case TK_LBRACE:
    case TK_LAMBDA:
    case TK_NOT:
    case TK_AWAIT:
    case TK_PLUS:
    case TK_MINUS:
    case TK_TILDE: return true;
    default: return false;
  }
}

/* `in` of a for statement or of a comprehension, else of a comparison. */
static const SkToken *for_of_in(const SkCase *c, const SkToken *in) {
  int depth = 0;
  for (const SkToken *t = in - 1; t >= c->p->tokens; t--) {
    if (closes(t->kind)) depth++;
    if (opens(t->kind) && depth-- == 0) return NULL;
    if (depth) continue;
    if (t->kind == TK_FOR) return t;
    if (t->kind == TK_IN || t->kind == TK_NEWLINE || t->kind == TK_IF) return NULL;
  }
  return NULL;
}

bool sk_case_is_call(const SkCase *c, const SkToken *open) {
  if ((open->kind != TK_LPAR && open->kind != TK_LSQB) || open == c->p->tokens) return false;
  switch (open[-1].kind) {
    case TK_NAME:
    case TK_RPAR:
    case TK_RSQB:
    case TK_RBRACE:
    case TK_STRING:
    case TK_FEND: return open - 1 == c->p->tokens || open[-2].kind != TK_DEF;
    default: return false;
  }
}

/* What a token says of the place after it. */
typedef enum After { SILENT, EXPRESSION, OTHER, DEPENDS } After;

static const uint8_t after[256] = {
    [TK_COMMA] = EXPRESSION,    [TK_COLON] = EXPRESSION,    [TK_EQ] = EXPRESSION,
    [TK_WALRUS] = EXPRESSION,   [TK_SEMI] = EXPRESSION,     [TK_NEWLINE] = EXPRESSION,
    [TK_INDENT] = EXPRESSION,   [TK_DEDENT] = EXPRESSION,   [TK_ELSE] = EXPRESSION,
    [TK_ELIF] = EXPRESSION,     [TK_WHILE] = EXPRESSION,    [TK_RETURN] = EXPRESSION,
    [TK_ASSERT] = EXPRESSION,   [TK_RAISE] = EXPRESSION,    [TK_FROM] = EXPRESSION,
    [TK_YIELD] = EXPRESSION,    [TK_WITH] = EXPRESSION,     [TK_ARROW] = EXPRESSION,
    [TK_EXCEPT] = EXPRESSION,   [TK_MATCH] = EXPRESSION,    [TK_PLUSEQ] = EXPRESSION,
    [TK_MINUSEQ] = EXPRESSION,  [TK_STAREQ] = EXPRESSION,   [TK_SLASHEQ] = EXPRESSION,
    [TK_ATEQ] = EXPRESSION,     [TK_DSLASHEQ] = EXPRESSION, [TK_PERCENTEQ] = EXPRESSION,
    [TK_AMPEQ] = EXPRESSION,    [TK_BAREQ] = EXPRESSION,    [TK_CARETEQ] = EXPRESSION,
    [TK_LSHIFTEQ] = EXPRESSION, [TK_RSHIFTEQ] = EXPRESSION, [TK_DSTAREQ] = EXPRESSION,
    [TK_FOR] = OTHER,           [TK_DEL] = OTHER,           [TK_IMPORT] = OTHER,
    [TK_GLOBAL] = OTHER,        [TK_NONLOCAL] = OTHER,      [TK_AS] = OTHER,
    [TK_DEF] = OTHER,           [TK_CLASS] = OTHER,         [TK_TYPE] = OTHER,
    [TK_CASE] = OTHER,          [TK_LAMBDA] = OTHER,        [TK_IF] = DEPENDS,
    [TK_AT] = DEPENDS,          [TK_IN] = DEPENDS,          [TK_STAR] = DEPENDS,
    [TK_DSTAR] = DEPENDS,
};

/* The tokens that say it only in some places. */
static After after_here(const SkCase *c, const SkToken *t) {
  bool first = t->flags & SK_TOKEN_STMT_START;
  switch (t->kind) {
    case TK_IF: return first ? EXPRESSION : OTHER; /* `a if b`: a test without conditions */
    case TK_AT: return first ? EXPRESSION : SILENT;
    case TK_IN: {
      const SkToken *loop = for_of_in(c, t);
      return !loop ? SILENT : sk_case_opener(c, loop) ? OTHER : EXPRESSION;
    }
    default: { /* a star: of an argument, of an element, or a product */
      const SkToken *open = sk_case_opener(c, t);
      if (!opens(t[-1].kind) && t[-1].kind != TK_COMMA) return SILENT;
      return open && sk_case_is_call(c, open) ? EXPRESSION : OTHER;
    }
  }
}

static const SkToken *over_fstring(const SkCase *c, const SkToken *t) {
  for (int strings = 1; strings && t > c->p->tokens;) {
    t--;
    strings += (t->kind == TK_FEND) - (t->kind == TK_FSTART);
  }
  return t;
}

const SkToken *sk_case_expr_start(const SkCase *c, const SkToken *end) {
  int depth = 0;
  for (const SkToken *t = end - 1; t >= c->p->tokens; t--) {
    if (closes(t->kind)) depth++;
    if (opens(t->kind) && depth-- == 0) return t + 1;
    if (depth) continue;
    if (t->kind == TK_FEND) t = over_fstring(c, t);
    After what = after[t->kind] == DEPENDS ? after_here(c, t) : (After)after[t->kind];
    if (what != SILENT) return what == EXPRESSION ? t + 1 : NULL;
  }
  return c->p->tokens;
}

/* Feeds tokens from |from| to |stop|; false if one is refused. */
static bool probe_feed(SkParser *p, void *automaton, int mode, const SkToken *from,
                       const SkToken *stop, const SkToken **best) {
  sk_yyInit(automaton, p);
  p->look = from;
  sk_yy(automaton, mode, from);
  for (const SkToken *t = from; t < stop; t++) {
    if (best && sk_yy_accepts(automaton, TK_EOF)) *best = t;
    p->look = t;
    if (t->kind == TK_ERROR || t->kind == TK_EOF) break;
    sk_yy(automaton, t->kind, t);
    if (p->rejected || sk_diag_failed(p->diag)) return false;
  }
  return true;
}

SkProbe sk_case_probe(SkCase *c, int mode, const SkToken *from) {
  SkDiag quiet = *c->p->diag;
  quiet.error.kind = SK_DIAG_NONE;
  quiet.warnings = NULL;
  SkParser p = *c->p;
  p.diag = &quiet;
  p.rejected = false;
  p.as_items = 0;
  SkMod mod = {0};
  p.mod = &mod;
  void *automaton = sk_arena_alloc(p.arena, sk_yy_size());
  const SkToken *best = NULL, *all = c->p->tokens + c->p->count;
  probe_feed(&p, automaton, mode, from, all, &best);
  if (p.look > c->furthest) c->furthest = p.look;
  if (p.look->kind == TK_ERROR) {
    c->met_error = true;
    return (SkProbe){.met_error = true};
  }
  if (!best || best == from) return (SkProbe){0};
  quiet.error.kind = SK_DIAG_NONE;
  p.rejected = false;
  p.as_items = 0;
  if (!probe_feed(&p, automaton, mode, from, best, NULL)) return (SkProbe){0};
  p.look = best;
  sk_yy(automaton, TK_EOF, best);
  if (!mod.expr || sk_diag_failed(&quiet)) return (SkProbe){0};
  return (SkProbe){mod.expr, best, false};
}

/* ---- the lexer's errors -------------------------------------------------------------------- */

static bool lexer_error(SkParser *p, const SkLexer *lx) {
  sk_diag_error(p->diag, lx->error_range, lx->error_kind, "%s", lx->error_message);
  SkDiagError *e = &p->diag->error;
  if (!lx->error_is_late && e->text_length)
    e->text_length--; /* CPython's tokenizer cuts the newline */
  p->diag->incomplete = lx->wants_more;
  return true;
}

/* Does an error of the lexer beyond the refused token go first?  One that is
 * about the end of the text or about blocks does so only to name a bracket
 * left open on an earlier line. */
static bool lexer_overrides(SkParser *p, const SkLexer *lx, const SkToken *t) {
  if (!lx->error_kind || t->kind == TK_ERROR) return false;
  if (lx->fstring_depth) return false;
  if (!lx->error_is_late) return true;
  if (lx->depth == 0) return false;
  return t->range.line > lx->brackets[lx->depth - 1].line;
}

static bool unclosed_bracket(SkParser *p, const SkLexer *lx) {
  const SkBracket *b = &lx->brackets[lx->depth - 1];
  sk_diag_error(p->diag, (SkRange){b->line, b->col, b->line, 0}, SK_DIAG_SYNTAX,
                "'%c' was never closed", b->open);
  p->diag->error.end_col = 0;
  return true;
}

static bool override_error(SkParser *p, const SkLexer *lx) {
  p->diag->error.kind = SK_DIAG_NONE;
  return lx->error_is_late ? unclosed_bracket(p, lx) : lexer_error(p, lx);
}

static void report_lexer(SkParser *p, const SkLexer *lx) {
  if (lx->error_is_late && lx->depth && lx->wants_more)
    unclosed_bracket(p, lx);
  else
    lexer_error(p, lx);
  p->diag->incomplete = lx->wants_more;
}

bool sk_case_lexer_error(SkCase *c) {
  report_lexer(c->p, c->lx);
  return true;
}

/* ---- the entry ----------------------------------------------------------------------------- */

/* A lone expression has no stars of its own. */
static bool star_in_eval(SkCase *c) {
  if (!c->eval) return false;
  int depth = 0;
  for (const SkToken *t = c->p->tokens; t < c->t; t++) {
    depth += sk_nesting(t->kind);
    if (depth == 0 && t->kind == TK_STAR && (t == c->p->tokens || t[-1].kind == TK_COMMA))
      return sk_case_at(c, t, "invalid syntax");
  }
  return false;
}

static bool generic(SkCase *c) {
  const SkToken *t = c->t;
  if (t->kind == TK_INDENT || t->kind == TK_DEDENT)
    return sk_case_fetched(c, t, SK_DIAG_INDENTATION,
                           t->kind == TK_INDENT ? "unexpected indent" : "unexpected unindent");
  if (star_in_eval(c)) return true;
  bool last = t->kind == TK_NEWLINE && t[1].kind == TK_EOF && c->eval && c->p->no_newline;
  if (t->kind == TK_EOF || last) { /* CPython names the last line, and no column */
    uint32_t line = last ? t->range.line : t->range.line - 1;
    sk_case_report(c, SK_DIAG_SYNTAX, (SkRange){line, 0, line, SK_RANGE_END_ZERO},
                   "invalid syntax");
    SkDiagError *e = &c->p->diag->error;
    e->line = e->end_line = (int)line;
    e->col = e->end_col = 0;
    return true;
  }
  return sk_case_at(c, t, "invalid syntax");
}

static void case_open(SkCase *c, int mode_token) {
  SkParser *p = c->p;
  c->t = c->furthest = p->look;
  c->eval = mode_token == TK_MODE_EVAL;
  c->line = c->t;
  while (c->line > p->tokens && !(c->line->flags & SK_TOKEN_STMT_START)) c->line--;
  c->open = sk_case_opener(c, c->t);
  /* Replay on a copy: actions build nodes again, which does no harm. */
  SkDiag quiet = *p->diag;
  SkParser again = *p;
  SkMod mod = {0};
  again.diag = &quiet;
  again.rejected = false;
  again.as_items = 0;
  again.mod = &mod;
  void *automaton = sk_arena_alloc(p->arena, sk_yy_size());
  sk_yyInit(automaton, &again);
  sk_yy(automaton, mode_token, p->tokens);
  for (const SkToken *t = p->tokens; t < c->t; t++) {
    again.look = t;
    sk_yy(automaton, t->kind, t);
  }
  c->automaton = automaton;
}

/* False: nothing better than the general words was found.  *furthest: how far
 * CPython would have read for it. */
static bool diagnose_refusal(SkParser *p, const SkLexer *lx, int mode_token,
                             const SkToken **furthest) {
  static const SkRule rules[] = {sk_diagnose_fstring, sk_diagnose_block,
                                 sk_diagnose_params,  sk_diagnose_expr,
                                 sk_diagnose_header,  sk_diagnose_fstring_around};
  SkCase c = {.p = p, .lx = lx};
  case_open(&c, mode_token);
  for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
    if (rules[i](&c)) {
      *furthest = c.furthest;
      return true;
    }
  if (c.met_error) return sk_case_lexer_error(&c);
  generic(&c);
  return false;
}

static void diagnose(SkParser *p, const SkLexer *lx, int mode_token, const SkToken **furthest) {
  const SkToken *t = p->look;
  SkDiagKind kind = p->diag->error.kind;
  if (kind != SK_DIAG_NONE) { /* an action's error: its place is before the lookahead */
    if ((kind == SK_DIAG_SYNTAX || kind == SK_DIAG_INDENTATION) && lexer_overrides(p, lx, t))
      override_error(p, lx);
    return;
  }
  if (!p->rejected) {
    report_lexer(p, lx);
    return;
  }
  bool general = !diagnose_refusal(p, lx, mode_token, furthest);
  if (general && (t->kind == TK_INDENT || t->kind == TK_DEDENT)) return;
  p->diag->incomplete = t->start >= (uint32_t)(lx->end - lx->text);
  if (lexer_overrides(p, lx, *furthest)) {
    override_error(p, lx);
    p->diag->incomplete = lx->wants_more;
  }
}

/* CPython's text ends with the newline only on the line its tokenizer is at. */
void sk_diagnose(SkParser *p, const SkLexer *lx, int mode_token) {
  const SkToken *furthest = p->look;
  diagnose(p, lx, mode_token, &furthest);
  SkDiagError *e = &p->diag->error;
  bool ended = lx->cursor >= lx->end;
  bool to_the_end = lx->error_is_late && lx->depth && ended && e->message[0] == '\'';
  uint32_t last = ended ? lx->line - (lx->line > 1) : lx->line;
  uint32_t at = to_the_end || furthest->range.line > last ? last : furthest->range.line;
  bool newline = e->text_length && e->text[e->text_length - 1] == '\n';
  if (newline && !p->at_place && e->line < (int64_t)at) e->text_length--;
}
