/* diagnose_expr.c - expressions: a forgotten comma, '=' for '==', and what
 * cannot stand in calls, displays and comprehensions.                 Layer 1. */
#include "grammar/diagnose_impl.h"
#include "grammar/nodes.h"

static bool spelled(const SkCase *c, const SkToken *t, const char *word) {
  const char *s = c->p->text + t->start;
  uint32_t i = 0;
  while (word[i] && i < t->length && s[i] == word[i]) i++;
  return !word[i] && i == t->length;
}

static bool is_soft_keyword(const SkCase *c, const SkToken *t) {
  if (t->flags & SK_TOKEN_SOFT) return true;
  return t->kind == TK_NAME && (spelled(c, t, "match") || spelled(c, t, "case") ||
                                spelled(c, t, "type") || spelled(c, t, "_"));
}

static bool is_legacy(const SkCase *c, const SkToken *t) {
  return t->kind == TK_NAME && (spelled(c, t, "print") || spelled(c, t, "exec"));
}

/* Is |t| inside brackets, other than those it closes? */
static bool in_brackets(const SkCase *c, const SkToken *t) {
  if (t->kind == TK_RPAR || t->kind == TK_RSQB || t->kind == TK_RBRACE) t = sk_case_opener(c, t);
  return sk_case_opener(c, t) != NULL;
}

/* `print x`: the statement of old. */
static bool legacy_statement(SkCase *c, const SkToken *start) {
  if (!is_legacy(c, start) || c->t != start + 1 || c->t->kind == TK_LPAR) return false;
  SkProbe b = sk_case_probe(c, TK_MODE_EVAL, c->t);
  if (!b.e) return false;
  const SkToken *end = b.end - 1;
  while (end->kind == TK_NEWLINE) end--;
  int n = (int)start->length;
  const char *s = c->p->text + start->start;
  sk_case_report(c, SK_DIAG_SYNTAX, sk_range_join(start->range, end->range),
                 "Missing parentheses in call to '%.*s'. Did you mean %.*s(...)?", n, s, n, s);
  return true;
}

/* `a if b` without its else. */
static bool missing_else(SkCase *c) {
  const SkToken *t = c->t;
  if (t->kind == TK_COLON || !sk_case_accepts(c, TK_ELSE)) return false;
  int depth = 0;
  for (const SkToken *s = t - 1; s > c->p->tokens; s--) {
    if (s->kind == TK_RPAR || s->kind == TK_RSQB || s->kind == TK_RBRACE || s->kind == TK_FRBRACE) depth++;
    if (s->kind == TK_LPAR || s->kind == TK_LSQB || s->kind == TK_LBRACE || s->kind == TK_FLBRACE)
      if (depth-- == 0) return false;
    if (depth) continue;
    if (s->kind == TK_NEWLINE || s->kind == TK_DEDENT || s->kind == TK_INDENT) return false;
    if (s->kind != TK_IF) continue;
    if (s->flags & SK_TOKEN_STMT_START) return false;
    const SkToken *start = sk_case_expr_start(c, s);
    return start && start < s && sk_case_span(c, start, t - 1, "expected 'else' after 'if' expression");
  }
  return false;
}

/* Two expressions side by side, inside brackets. */
static bool forgotten_comma(SkCase *c, const SkToken *start) {
  if (!sk_starts_expression(c->t->kind) || start >= c->t) return false;
  if (start->kind == TK_NAME && start[1].kind == TK_STRING) return false;
  if (is_soft_keyword(c, start) || (is_legacy(c, start) && c->t == start + 1)) return false;
  SkProbe a = sk_case_probe(c, TK_MODE_OR, start);
  if (!a.e || a.end != c->t) return false;
  SkProbe b = sk_case_probe(c, TK_MODE_EXPR, c->t);
  if (b.met_error) return sk_case_lexer_error(c);
  if (!b.e || !in_brackets(c, b.end - 1)) return false;
  return sk_case_span(c, start, b.end - 1, "invalid syntax. Perhaps you forgot a comma?");
}

/* ---- '=' where a test stands --------------------------------------------------------------- */

/* Where the grammar would take `name := value`. */
static bool in_named_place(const SkCase *c, const SkToken *start) {
  if (start == c->p->tokens) return false;
  const SkToken *before = start - 1;
  switch (before->kind) {
    case TK_IF: case TK_ELIF: case TK_WHILE: case TK_LPAR: case TK_LSQB: case TK_LBRACE:
    case TK_COMMA: case TK_MATCH: return true;
    default: return before->flags & SK_TOKEN_STMT_START && before->kind == TK_AT;
  }
}

static bool equal_sign(SkCase *c) {
  const SkToken *t = c->t;
  if (t->kind != TK_EQ && t->kind != TK_FEQ) return false;
  const SkToken *start = sk_case_expr_start(c, t);
  if (!start && t[-1].kind == TK_NAME) return false;
  if (!start || !in_named_place(c, start)) return false;
  SkProbe b = sk_case_probe(c, TK_MODE_BITOR, t + 1);
  if (!b.e || b.end->kind == TK_EQ || b.end->kind == TK_WALRUS) return false;
  if (start->kind == TK_NAME && start + 1 == t)
    return sk_case_span(c, start, b.end - 1,
                        "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  SkProbe a = sk_case_probe(c, TK_MODE_BITOR, start);
  if (!a.e || a.end != t || !sk_may_mean_equal(a.e)) return false;
  return sk_case_report(c, SK_DIAG_SYNTAX, a.e->range,
                        "cannot assign to %s here. Maybe you meant '==' instead of '='?",
                        sk_expr_describe(a.e));
}

/* ---- operators ----------------------------------------------------------------------------- */

static bool not_after_operator(SkCase *c) {
  if (c->t->kind != TK_NOT) return false;
  switch (c->t[-1].kind) {
    case TK_PLUS: case TK_MINUS: case TK_STAR: case TK_SLASH: case TK_DSLASH: case TK_PERCENT:
    case TK_AT: case TK_TILDE: break;
    default: return false;
  }
  SkProbe b = sk_case_probe(c, TK_MODE_OR, c->t);
  if (!b.e) return false;
  return sk_case_span(c, c->t, b.end - 1, "'not' after an operator must be parenthesized");
}

/* ---- calls --------------------------------------------------------------------------------- */

static bool is_call(const SkCase *c) {
  if (!c->open || c->open->kind != TK_LPAR || c->open == c->p->tokens) return false;
  int k = c->open[-1].kind;
  return k == TK_NAME || k == TK_RPAR || k == TK_RSQB || k == TK_RBRACE || k == TK_STRING || k == TK_FEND;
}

static bool is_subscript(const SkCase *c) {
  if (!c->open || c->open->kind != TK_LSQB || c->open == c->p->tokens) return false;
  int k = c->open[-1].kind;
  return k == TK_NAME || k == TK_RPAR || k == TK_RSQB || k == TK_RBRACE || k == TK_STRING || k == TK_FEND;
}

static bool call_arguments(SkCase *c) {
  if (!is_call(c)) return false;
  const SkToken *t = c->t;
  if (t[-1].kind == TK_EQ && (t->kind == TK_COMMA || t->kind == TK_RPAR) && t[-2].kind == TK_NAME)
    return sk_case_span(c, t - 2, t - 1, "expected argument value expression");
  if (t->kind == TK_EQ) {
    const SkToken *start = sk_case_expr_start(c, t);
    SkProbe value = sk_case_probe(c, TK_MODE_EXPR, t + 1);
    if (start && value.e && start[-1].kind == TK_DSTAR)
      return sk_case_span(c, start - 1, value.end - 1, "cannot assign to keyword argument unpacking");
    if (start && value.e && start[-1].kind == TK_STAR)
      return sk_case_span(c, start - 1, value.end - 1, "cannot assign to iterable argument unpacking");
  }
  if (t->kind == TK_FOR && t[-1].kind != TK_ASYNC) {
    /* f(a=b for b in c) */
    const SkToken *start = sk_case_expr_start(c, t);
    if (start && start[-1].kind == TK_EQ && start[-2].kind == TK_NAME)
      return sk_case_span(c, start - 2, start - 1,
                          "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  }
  return false;
}

/* A star with nothing after it, in a call or a subscript. */
static bool lone_star(SkCase *c) {
  const SkToken *t = c->t;
  if (t[-1].kind != TK_STAR || !c->open || (t[-2].kind != TK_COMMA && t - 2 != c->open)) return false;
  if (!is_call(c) && !is_subscript(c)) return false;
  return sk_case_at(c, t, "Invalid star expression");
}

/* `1 + x = ...` with something wrong further on: the target is at fault first. */
static bool bad_target_before(SkCase *c) {
  int depth = 0;
  const SkToken *from = c->line;
  for (const SkToken *t = c->line; t <= c->t; t++) {
    int k = t->kind;
    if (k == TK_LPAR || k == TK_LSQB || k == TK_LBRACE || k == TK_FLBRACE) depth++;
    if (k == TK_RPAR || k == TK_RSQB || k == TK_RBRACE || k == TK_FRBRACE) depth--;
    if (depth) continue;
    if (k == TK_SEMI || (k == TK_COLON && from == c->line)) from = t + 1;
    if (k != TK_EQ) continue;
    SkProbe a = sk_case_probe(c, TK_MODE_EVAL, from);
    if (!a.e || a.end != t) return false;
    SkExpr *bad = sk_invalid_target(a.e, SK_TARGET_ASSIGN);
    if (bad) {
      SkProbe b = sk_case_probe(c, TK_MODE_BITOR, t + 1);
      bool hint = b.e && b.end->kind != TK_EQ && b.end->kind != TK_WALRUS && bad == a.e && sk_may_mean_equal(bad);
      return sk_case_report(c, SK_DIAG_SYNTAX, bad->range,
                            hint ? "cannot assign to %s here. Maybe you meant '==' instead of '='?"
                                 : "cannot assign to %s",
                            sk_expr_describe(bad));
    }
    from = t + 1;
  }
  return false;
}

/* ---- displays ------------------------------------------------------------------------------ */

static bool group_of_star(SkCase *c) {
  const SkToken *t = c->t;
  if (t->kind != TK_DSTAR || c->open != t - 1 || t[-1].kind != TK_LPAR) return false;
  SkProbe e = sk_case_probe(c, TK_MODE_EXPR, t + 1);
  if (!e.e || e.end->kind != TK_RPAR) return false;
  return sk_case_span(c, t, t + 1, "cannot use double starred expression here");
}

/* Does the brace hold a dict?  Then a ':' of its own comes before |t|. */
static bool in_dict(const SkCase *c) {
  if (!c->open || c->open->kind != TK_LBRACE) return false;
  int depth = 0;
  for (const SkToken *t = c->open + 1; t < c->t; t++) {
    int k = t->kind;
    if (k == TK_LPAR || k == TK_LSQB || k == TK_LBRACE || k == TK_FLBRACE) depth++;
    if (k == TK_RPAR || k == TK_RSQB || k == TK_RBRACE || k == TK_FRBRACE) depth--;
    if (depth == 0 && (k == TK_COLON || (k == TK_DSTAR && (t - 1 == c->open || t[-1].kind == TK_COMMA))))
      return true;
  }
  return false;
}

static bool dict_items(SkCase *c) {
  const SkToken *t = c->t;
  if (!in_dict(c)) return false;
  if (t[-1].kind == TK_COLON && (t->kind == TK_RBRACE || t->kind == TK_COMMA))
    return sk_case_at(c, t - 1, "expression expected after dictionary key and ':'");
  if (t[-1].kind == TK_COLON && t->kind == TK_STAR) {
    SkProbe e = sk_case_probe(c, TK_MODE_BITOR, t + 1);
    return e.e && sk_case_from(c, t, e.end, "cannot use a starred expression in a dictionary value");
  }
  if (t->kind != TK_RBRACE && t->kind != TK_COMMA) return false;
  const SkToken *start = sk_case_expr_start(c, t);
  if (!start || start >= t || start[-1].kind != TK_COMMA || !sk_case_accepts(c, TK_COLON)) return false;
  SkRange r = t[-1].range;
  r.line = r.end_line;
  r.col = r.end_col ? r.end_col - 1 : 0;
  sk_case_report(c, SK_DIAG_SYNTAX, r, "':' expected after dictionary key");
  c->p->diag->error.end_col = 0;
  return true;
}

static bool comprehension(SkCase *c) {
  const SkToken *t = c->t;
  if (!c->open) return false;
  const SkToken *loop = t->kind == TK_ASYNC ? t + 1 : t;
  if (loop->kind == TK_FOR && (c->open->kind == TK_LSQB || c->open->kind == TK_LBRACE)) {
    const SkToken *s = t - 1;
    for (int depth = 0; s > c->open; s--) {
      int k = s->kind;
      if (k == TK_RPAR || k == TK_RSQB || k == TK_RBRACE) depth++;
      if (k == TK_LPAR || k == TK_LSQB || k == TK_LBRACE) depth--;
      if (k == TK_COMMA && !depth) break;
    }
    if (s > c->open && s[0].kind == TK_COMMA)
      return sk_case_span(c, c->open + 1, t - 1,
                          "did you forget parentheses around the comprehension target?");
  }
  if (t->kind != TK_IN && sk_case_accepts(c, TK_IN) && !sk_case_accepts(c, TK_OR) &&
      !sk_case_accepts(c, TK_EQEQ)) {
    for (const SkToken *s = t - 1; s > c->open; s--)
      if (s->kind == TK_FOR) return sk_case_at(c, t, "'in' expected after for-loop variables");
  }
  return false;
}

static bool adjacent(SkCase *c) {
  const SkToken *start = sk_case_expr_start(c, c->t);
  if (!start) return false;
  return legacy_statement(c, start) || forgotten_comma(c, start);
}

bool sk_diagnose_expr(SkCase *c) {
  return missing_else(c) || not_after_operator(c) || group_of_star(c) || call_arguments(c) ||
         dict_items(c) || comprehension(c) || lone_star(c) || adjacent(c) ||
         equal_sign(c) || bad_target_before(c);
}
