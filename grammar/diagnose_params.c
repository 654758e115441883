/* diagnose_params.c - parameter lists of functions and lambdas.       Layer 1. */
#include "grammar/diagnose_impl.h"

/* Is the refused token among the parameters of a `def`? */
static bool in_def_params(const SkCase *c) {
  const SkToken *open = c->open;
  if (!open || open->kind != TK_LPAR || open - c->p->tokens < 2 || open[-1].kind != TK_NAME)
    return open && open->kind == TK_LPAR && open[-1].kind == TK_RSQB && c->line->kind == TK_DEF;
  return open[-2].kind == TK_DEF;
}

/* The `lambda` whose parameters the refused token stands in, or NULL. */
static const SkToken *lambda_before(const SkCase *c) {
  int depth = 0;
  for (const SkToken *t = c->t - 1; t >= c->p->tokens; t--) {
    int nesting = sk_nesting(t->kind);
    if (nesting > 0 && depth == 0) return NULL;
    depth -= nesting;
    if (depth) continue;
    if (t->kind == TK_LAMBDA) return t;
    if (t->kind == TK_COLON || t->kind == TK_NEWLINE) return NULL;
  }
  return NULL;
}

/* `(` names `)` where a parameter was due. */
static bool parenthesized(SkCase *c, bool lambda) {
  const SkToken *t = c->t;
  if (t->kind != TK_LPAR ||
      (t[-1].kind != TK_LPAR && t[-1].kind != TK_COMMA && t[-1].kind != TK_LAMBDA))
    return false;
  if (t[1].kind != TK_NAME ||
      (t[2].kind != TK_COMMA && t[2].kind != TK_RPAR && (lambda || t[2].kind != TK_COLON)))
    return false;
  for (const SkToken *s = t - 1; s->kind != TK_LAMBDA && s != c->open; s--)
    if (s->kind == TK_STAR || s->kind == TK_EQ || s->kind == TK_SLASH) return false;
  const SkToken *end = sk_case_closer(c, t);
  if (!end) return false;
  for (const SkToken *s = t + 1; s < end; s++)
    if (s->kind == TK_STAR || s->kind == TK_DSTAR || s->kind == TK_EQ) return false;
  return sk_case_span(c, t, end,
                      lambda ? "Lambda expression parameters cannot be parenthesized"
                             : "Function parameters cannot be parenthesized");
}

/* The '*' or '**' whose parameter ends right before the refused '='. */
static const SkToken *star_of_param(const SkCase *c) {
  for (const SkToken *t = c->t - 1; t > c->p->tokens; t--) {
    if (t->kind == TK_COMMA || t->kind == TK_LPAR || t->kind == TK_LAMBDA) return t + 1;
  }
  return c->t;
}

static bool default_of_star(SkCase *c) {
  if (c->t->kind != TK_EQ) return false;
  const SkToken *star = star_of_param(c);
  if (star->kind == TK_STAR && star[1].kind == TK_NAME)
    return sk_case_at(c, c->t, "var-positional argument cannot have default value");
  if (star->kind == TK_DSTAR)
    return sk_case_at(c, c->t, "var-keyword argument cannot have default value");
  return false;
}

bool sk_diagnose_params(SkCase *c) {
  const SkToken *t = c->t;
  bool lambda = lambda_before(c) != NULL;
  if (!lambda && !in_def_params(c)) return false;
  if (parenthesized(c, lambda) || default_of_star(c)) return true;
  if (t[-1].kind == TK_EQ && (t->kind == TK_COMMA || t->kind == TK_RPAR) &&
      !(lambda && t->kind == TK_RPAR))
    return sk_case_at(c, t - 1, "expected default value expression");
  if (t->kind == TK_STAR && t[-1].kind == TK_SLASH)
    return sk_case_at(c, t, "expected comma between / and *");
  return false;
}
