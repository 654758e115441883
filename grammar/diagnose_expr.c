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
  static const char *const words[] = {"match", "case", "type", "_"};
  if (t->kind != TK_NAME) return false;
  for (size_t i = 0; i < 4; i++) { /* CPython 3.13 takes the first letters of one for the whole */
    const char *s = c->p->text + t->start;
    uint32_t k = 0;
    while (k < t->length && words[i][k] && s[k] == words[i][k]) k++;
    if (k == t->length) return true;
  }
  return false;
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
  if (!is_legacy(c, start) || start[1].kind == TK_LPAR || c->line->kind == TK_FROM ||
      c->t == start || c->t->kind == TK_LPAR)
    return false;
  SkProbe b = sk_case_probe(c, TK_MODE_STARS, start + 1);
  if (!b.e) return false;
  int n = (int)start->length;
  const char *s = c->p->text + start->start;
  sk_case_report(c, SK_DIAG_SYNTAX, sk_range_join(start->range, b.e->range),
                 "Missing parentheses in call to '%.*s'. Did you mean %.*s(...)?", n, s, n, s);
  return true;
}

/* `a if b` without its else. */
static bool missing_else(SkCase *c) {
  const SkToken *t = c->t;
  int depth = 0;
  for (const SkToken *s = t - 1; s > c->p->tokens; s--) {
    int nesting = sk_nesting(s->kind);
    if (nesting > 0 && depth == 0) return false;
    depth -= nesting;
    if (depth) continue;
    if (s->kind == TK_NEWLINE || s->kind == TK_DEDENT || s->kind == TK_INDENT) return false;
    if (s->kind != TK_IF) continue;
    if (s->flags & SK_TOKEN_STMT_START) return false;
    const SkToken *start = sk_case_expr_start(c, s);
    if (!start || start >= s) return false;
    SkProbe a = sk_case_probe(c, TK_MODE_OR, start), b = sk_case_probe(c, TK_MODE_OR, s + 1);
    if (!a.e || a.end != s || !b.e || b.end->kind == TK_ELSE || b.end->kind == TK_COLON)
      return false;
    return sk_case_report(c, SK_DIAG_SYNTAX, sk_range_join(a.e->range, b.e->range),
                          "expected 'else' after 'if' expression");
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
  return sk_case_report(c, SK_DIAG_SYNTAX, sk_range_join(a.e->range, b.e->range),
                        "invalid syntax. Perhaps you forgot a comma?");
}

/* ---- '=' where a test stands --------------------------------------------------------------- */

/* Where the grammar would take `name := value`. */
static bool in_named_place(const SkCase *c, const SkToken *start) {
  if (start == c->p->tokens) return false;
  const SkToken *before = start - 1;
  switch (before->kind) {
    case TK_IF:
    case TK_ELIF:
    case TK_WHILE:
    case TK_LPAR:
    case TK_LSQB:
    case TK_LBRACE:
    case TK_COMMA:
    case TK_MATCH: return true;
    default: return before->flags & SK_TOKEN_STMT_START && before->kind == TK_AT;
  }
}

/* |start| up to the '=' at |t|, and something after it. */
static bool equal_sign_after(SkCase *c, const SkToken *start, const SkToken *t) {
  if (start >= t) return false;
  SkProbe b = sk_case_probe(c, TK_MODE_BITOR, t + 1);
  if (!b.e || b.end->kind == TK_EQ || b.end->kind == TK_WALRUS) return false;
  if (start->kind == TK_NAME && start + 1 == t)
    return sk_case_report(c, SK_DIAG_SYNTAX, sk_range_join(start->range, b.e->range), "%s",
                          "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  SkProbe a = sk_case_probe(c, TK_MODE_BITOR, start);
  if (!a.e || a.end != t || !sk_may_mean_equal(a.e)) return false;
  return sk_case_report(c, SK_DIAG_SYNTAX, a.e->range,
                        "cannot assign to %s here. Maybe you meant '==' instead of '='?",
                        sk_expr_describe(a.e));
}

static bool equal_sign(SkCase *c) {
  const SkToken *t = c->t;
  if (t->kind != TK_EQ && t->kind != TK_FEQ) return false;
  const SkToken *start = sk_case_expr_start(c, t);
  if (!start && t[-1].kind == TK_NAME) return false;
  if (!start || !in_named_place(c, start)) return false;
  return equal_sign_after(c, start, t);
}

/* ':=' behind what is no name: as a statement, or before a refused value. */
static bool walrus(SkCase *c) {
  const SkToken *sign = c->t->kind == TK_WALRUS ? c->t : c->t - 1;
  if (sign->kind != TK_WALRUS) return false;
  const SkToken *start = sk_case_expr_start(c, sign);
  if (!start || start >= sign || (start + 1 == sign && start->kind == TK_NAME)) return false;
  if (sign < c->t) return sk_case_at(c, sign, "invalid syntax");
  SkProbe a = sk_case_probe(c, TK_MODE_EXPR, start);
  SkProbe b = sk_case_probe(c, TK_MODE_EXPR, sign + 1);
  if (!a.e || a.end != sign || !b.e || c->eval) return false;
  if (c->open && sk_case_is_call(c, c->open)) return false;
  return sk_case_report(c, SK_DIAG_SYNTAX, a.e->range, "cannot use assignment expressions with %s",
                        sk_expr_describe(a.e));
}

/* ---- operators ----------------------------------------------------------------------------- */

static bool not_after_operator(SkCase *c) {
  if (c->t->kind != TK_NOT) return false;
  switch (c->t[-1].kind) {
    case TK_PLUS:
    case TK_MINUS:
    case TK_STAR:
    case TK_SLASH:
    case TK_DSLASH:
    case TK_PERCENT:
    case TK_AT:
    case TK_TILDE: break;
    default: return false;
  }
  SkProbe b = sk_case_probe(c, TK_MODE_OR, c->t);
  if (!b.e) return false;
  return sk_case_report(c, SK_DIAG_SYNTAX, sk_range_join(c->t->range, b.e->range),
                        "'not' after an operator must be parenthesized");
}

/* ---- calls --------------------------------------------------------------------------------- */

static bool call_arguments(SkCase *c) {
  if (!c->open || c->open->kind != TK_LPAR || !sk_case_is_call(c, c->open)) return false;
  const SkToken *t = c->t;
  if (t[-1].kind == TK_EQ && (t->kind == TK_COMMA || t->kind == TK_RPAR) && t[-2].kind == TK_NAME)
    return sk_case_span(c, t - 2, t - 1, "expected argument value expression");
  const SkToken *eq = t->kind == TK_EQ ? t : t - 1;
  if (eq->kind == TK_EQ && sk_case_opener(c, eq) == c->open) {
    const SkToken *from = sk_case_expr_start(c, eq);
    if (from && from[-1].kind != TK_STAR && from[-1].kind != TK_DSTAR && from + 1 == eq &&
        (from->kind == TK_TRUE || from->kind == TK_FALSE || from->kind == TK_NONE))
      return sk_case_report(c, SK_DIAG_SYNTAX, sk_range_join(from->range, eq->range),
                            "cannot assign to %s", sk_token_spelling(from->kind));
    SkProbe left = {0};
    if (from && from + 1 < eq && from[-1].kind != TK_STAR && from[-1].kind != TK_DSTAR)
      left = sk_case_probe(c, TK_MODE_EXPR, from);
    if (left.e && left.end == eq)
      return sk_case_report(c, SK_DIAG_SYNTAX, sk_range_join(left.e->range, eq->range),
                            "expression cannot contain assignment, perhaps you meant \"==\"?");
  }
  if (t->kind == TK_EQ) {
    const SkToken *start = sk_case_expr_start(c, t);
    SkProbe value = sk_case_probe(c, TK_MODE_EXPR, t + 1);
    if (start && value.e && start[-1].kind == TK_DSTAR)
      return sk_case_span(c, start - 1, value.end - 1,
                          "cannot assign to keyword argument unpacking");
    if (start && value.e && start[-1].kind == TK_STAR)
      return sk_case_span(c, start - 1, value.end - 1,
                          "cannot assign to iterable argument unpacking");
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

/* Is |star| the first token of an argument of a call or a subscript? */
static bool is_argument_star(const SkCase *c, const SkToken *star) {
  if (star < c->p->tokens + 2 || star->kind != TK_STAR) return false;
  const SkToken *open = sk_case_opener(c, star);
  return open && (star[-1].kind == TK_COMMA || star - 1 == open) && sk_case_is_call(c, open);
}

/* A star with no expression after it, or one gone wrong in its own brackets. */
static bool lone_star(SkCase *c) {
  if (c->t[-1].kind == TK_STAR && is_argument_star(c, c->t - 1))
    return sk_case_at(c, c->t, "Invalid star expression");
  for (const SkToken *open = c->open; open; open = sk_case_opener(c, open))
    if (open > c->p->tokens && is_argument_star(c, open - 1))
      return sk_case_at(c, c->t, "Invalid star expression");
  return false;
}

/* `1 + x = ...` with something wrong further on: the target is at fault first. */
static bool bad_target_before(SkCase *c) {
  int depth = 0;
  if (c->eval) return false;
  if (c->t->kind == TK_EQ && c->line->kind == TK_YIELD)
    return sk_case_span(c, c->line, c->t - 1, "assignment to yield expression not possible");
  const SkToken *from = c->line;
  for (const SkToken *t = c->line; t <= c->t; t++) {
    int k = t->kind;
    depth += sk_nesting(k);
    if (depth) continue;
    if (k == TK_SEMI || (k == TK_COLON && from == c->line)) from = t + 1;
    if (k != TK_EQ) continue;
    SkProbe a = sk_case_probe(c, TK_MODE_STARS, from);
    if (!a.e || a.end != t) return false;
    SkExpr *bad = sk_invalid_target(a.e, SK_TARGET_ASSIGN);
    if (bad) {
      SkProbe b = sk_case_probe(c, TK_MODE_BITOR, t + 1);
      bool hint = b.e && b.end->kind != TK_EQ && b.end->kind != TK_WALRUS && bad == a.e &&
                  sk_may_mean_equal(bad);
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
  return sk_case_at(c, t, "cannot use double starred expression here");
}

/* Does the brace hold a dict?  Then a ':' of its own comes before |t|. */
static bool in_dict(const SkCase *c) {
  if (!c->open || c->open->kind != TK_LBRACE) return false;
  int depth = 0;
  for (const SkToken *t = c->open + 1; t < c->t; t++) {
    int k = t->kind;
    depth += sk_nesting(k);
    if (depth == 0 &&
        (k == TK_COLON || (k == TK_DSTAR && (t - 1 == c->open || t[-1].kind == TK_COMMA))))
      return true;
  }
  return false;
}

/* The last comma before |t| in the innermost brackets, or their opening. */
static const SkToken *last_comma(const SkCase *c) {
  int depth = 0;
  const SkToken *t = c->t - 1;
  for (; t > c->open; t--) {
    int k = t->kind;
    depth -= sk_nesting(k);
    if (!depth && k == TK_COMMA) return t;
  }
  return c->open;
}

static bool dict_items(SkCase *c) {
  const SkToken *t = c->t;
  if (!in_dict(c)) return false;
  if (t[-1].kind == TK_COLON && (t->kind == TK_RBRACE || t->kind == TK_COMMA))
    return sk_case_at(c, t - 1, "expression expected after dictionary key and ':'");
  if (t[-1].kind == TK_COLON && t->kind == TK_STAR) {
    SkProbe e = sk_case_probe(c, TK_MODE_BITOR, t + 1);
    return e.e &&
           sk_case_from(c, t, e.end, "cannot use a starred expression in a dictionary value");
  }
  const SkToken *start = last_comma(c) + 1;
  if (start == c->open + 1 || start >= t || start->kind == TK_DSTAR) return false;
  SkProbe key = sk_case_probe(c, TK_MODE_EXPR, start);
  if (!key.e || key.end->kind == TK_COLON || key.end > t) return false;
  SkRange r = key.e->range;
  r.col = r.end_col - 1;
  r.end_line = r.line;
  r.end_col = SK_RANGE_END_ZERO;
  return sk_case_report(c, SK_DIAG_SYNTAX, r, "':' expected after dictionary key");
}

static bool comprehension(SkCase *c) {
  const SkToken *t = c->t;
  if (!c->open) return false;
  const SkToken *loop = t->kind == TK_ASYNC ? t + 1 : t;
  if (loop->kind == TK_FOR && (c->open->kind == TK_LSQB || c->open->kind == TK_LBRACE)) {
    const SkToken *s = t - 1;
    for (int depth = 0; s > c->open; s--) {
      int k = s->kind;
      depth -= sk_nesting(k);
      if (k == TK_COMMA && !depth) break;
    }
    if (s > c->open && s[0].kind == TK_COMMA)
      return sk_case_span(c, c->open + 1, t - 1,
                          "did you forget parentheses around the comprehension target?");
  }
  return false;
}

/* `for` targets of a comprehension that no `in` follows. */
static bool comprehension_in(SkCase *c) {
  if (!c->open) return false;
  const SkToken *s = c->t - 1;
  for (int depth = 0; s > c->open; s--) {
    int k = s->kind;
    depth -= sk_nesting(k);
    if (!depth && (k == TK_FOR || k == TK_IN || k == TK_IF)) break;
  }
  if (s == c->open || s->kind != TK_FOR) return false;
  for (s++;; s++) {
    SkProbe target = sk_case_probe(c, TK_MODE_BITOR, s);
    if (!target.e) break;
    s = target.end;
    if (s->kind != TK_COMMA) break;
  }
  if (s->kind == TK_IN || s > c->t || s[-1].kind == TK_FOR) return false;
  return sk_case_at(c, c->t, "'in' expected after for-loop variables");
}

/* `a in b` was read as a comparison, of which `a` is the target. */
static SkExpr *invalid_loop_target(SkExpr *e) {
  if (e->kind == SK_EXPR_Compare && e->as.Compare.ops.items[0] == SK_CMPOP_In)
    return invalid_loop_target(e->as.Compare.left);
  if (e->kind != SK_EXPR_Tuple && e->kind != SK_EXPR_List)
    return sk_invalid_target(e, SK_TARGET_FOR);
  for (size_t i = 0; i < e->as.List.elts.n; i++) {
    SkExpr *bad = invalid_loop_target(e->as.List.elts.items[i]);
    if (bad) return bad;
  }
  return NULL;
}

/* `for f(x)` goes wrong at the target, whatever follows. */
static bool for_target(SkCase *c) {
  const SkToken *line = c->line;
  if (line->kind == TK_ASYNC) line++;
  if (line->kind != TK_FOR || c->t <= line + 1) return false;
  int depth = 0;
  for (const SkToken *t = line; t < c->t; t++) {
    depth += sk_nesting(t->kind);
    if (depth == 0 && t->kind == TK_IN) return false; /* the targets are behind us */
  }
  SkProbe e = sk_case_probe(c, TK_MODE_STARS, line + 1);
  if (!e.e || e.end > c->t) return false;
  SkExpr *bad = invalid_loop_target(e.e);
  if (!bad) return false;
  return sk_case_report(c, SK_DIAG_SYNTAX, bad->range, "cannot assign to %s",
                        sk_expr_describe(bad));
}

/* Are names in these brackets declared rather than read? */
static bool declares(const SkCase *c, const SkToken *start) {
  const SkToken *open = c->open, *t = c->p->tokens;
  if (!open || open - t < 2 || (start[-1].kind != TK_COMMA && start - 1 != open)) return false;
  if (open->kind != TK_LPAR && open->kind != TK_LSQB) return false;
  if (open[-1].kind == TK_RSQB) return c->line->kind == TK_DEF;
  int k = open[-2].kind;
  return open[-1].kind == TK_NAME &&
         (k == TK_DEF || (open->kind == TK_LSQB && (k == TK_CLASS || k == TK_TYPE)));
}

/* `a, b c = d`: the text after the comma is read on its own. */
static bool equal_after_comma(SkCase *c, const SkToken *start) {
  if (c->open || c->eval || start == c->p->tokens || start[-1].kind != TK_COMMA) return false;
  for (const SkToken *from = c->t;;) {
    SkProbe a = sk_case_probe(c, TK_MODE_BITOR, from);
    if (a.e && a.end->kind == TK_EQ) return equal_sign_after(c, from, a.end);
    if (!a.e || a.end->kind != TK_COMMA) return false;
    from = a.end + 1;
  }
}

/* `b print 1`: to CPython each name may begin an old-style statement whose
 * operand is all that follows, so it reads on along a row of names. */
static bool names_in_a_row(SkCase *c, const SkToken *start) {
  const SkToken *s = start;
  while (s->kind == TK_NAME && s[1].kind != TK_LPAR && sk_starts_expression(s[1].kind)) {
    if (s > start && is_legacy(c, s)) {
      SkProbe b = sk_case_probe(c, TK_MODE_STARS, s + 1);
      int n = (int)s->length;
      const char *word = c->p->text + s->start;
      if (b.e)
        return sk_case_report(c, SK_DIAG_SYNTAX, sk_range_join(s->range, b.e->range),
                              "Missing parentheses in call to '%.*s'. Did you mean %.*s(...)?", n,
                              word, n, word);
    }
    s++;
    if (s < c->t) continue;
    SkProbe operand = sk_case_probe(c, TK_MODE_OR, s);
    if (operand.met_error) return sk_case_lexer_error(c);
    if (!operand.e || operand.end != s + 1) return false;
  }
  return false;
}

static bool adjacent(SkCase *c) {
  const SkToken *start = sk_case_expr_start(c, c->t);
  if (!start || declares(c, start)) return false;
  /* A name that looks like a soft keyword may begin a statement of old, too. */
  bool soft = is_soft_keyword(c, start) && sk_starts_expression(start[1].kind);
  if (soft && start[1].kind != TK_LPAR && forgotten_comma(c, start + 1)) return true;
  return legacy_statement(c, start) || forgotten_comma(c, start) || equal_after_comma(c, start) ||
         (start < c->t && names_in_a_row(c, start));
}

/* Patterns are not expressions; the guard is. */
static bool in_pattern(const SkCase *c) {
  if (c->line->kind != TK_CASE) return false;
  int depth = 0;
  for (const SkToken *t = c->line; t < c->t; t++) {
    depth += sk_nesting(t->kind);
    if (depth == 0 && (t->kind == TK_IF || t->kind == TK_COLON)) return false;
  }
  return true;
}

bool sk_diagnose_expr(SkCase *c) {
  static const SkRule rules[] = {
      missing_else,  not_after_operator, group_of_star,    call_arguments,   dict_items,
      comprehension, lone_star,          adjacent,         comprehension_in, walrus,
      equal_sign,    for_target,         bad_target_before};
  if (in_pattern(c)) return false;
  for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
    if (rules[i](c)) return true;
  return false;
}
