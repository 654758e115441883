/* diagnose_fstring.c - replacement fields of f-strings.               Layer 1. */
#include "grammar/diagnose_impl.h"

/* The field the refused token stands in, directly; NULL if brackets are between. */
static const SkToken *field_of(const SkCase *c) {
  return c->open && c->open->kind == TK_FLBRACE ? c->open : NULL;
}

static bool missing_expression(SkCase *c, const SkToken *field) {
  const SkToken *t = c->t;
  if (t != field + 1) return false;
  switch (t->kind) {
    case TK_FEQ: return sk_case_at(c, t, "f-string: valid expression required before '='");
    case TK_FBANG: return sk_case_at(c, t, "f-string: valid expression required before '!'");
    case TK_FCOLON: return sk_case_at(c, t, "f-string: valid expression required before ':'");
    case TK_FRBRACE: return sk_case_at(c, t, "f-string: valid expression required before '}'");
    default: break;
  }
  if (t->kind == TK_YIELD) return false;
  return sk_case_at(c, t, "f-string: expecting a valid expression after '{'");
}

static bool lambda_in_field(SkCase *c, const SkToken *field) {
  const SkToken *t = c->t;
  if (t->kind != TK_FCOLON) return false;
  for (const SkToken *s = t - 1; s > field; s--)
    if (s->kind == TK_LAMBDA)
      return sk_case_span(c, s, t,
                          "f-string: lambda expressions are not allowed without parentheses");
  return false;
}

static bool after_expression(SkCase *c, const SkToken *field) {
  const SkToken *t = c->t, *before = t - 1;
  if (before == field) return false;
  if (before->kind == TK_FBANG) {
    if (t->kind == TK_FRBRACE || t->kind == TK_FCOLON)
      return sk_case_at(c, t, "f-string: missing conversion character");
    return sk_case_at(c, t, "f-string: invalid conversion character");
  }
  /* The expression ends where it last could; what follows is out of place. */
  SkProbe e = sk_case_probe(c, TK_MODE_STARS, field + 1);
  if (!e.met_error && field[1].kind != TK_YIELD && before->kind != TK_FEQ &&
      !sk_case_accepts(c, TK_FRBRACE)) {
    if (!e.e) return sk_case_at(c, field + 1, "f-string: expecting a valid expression after '{'");
    return sk_case_at(c, e.end, "f-string: expecting '=', or '!', or ':', or '}'");
  }
  bool eq = sk_case_accepts(c, TK_FEQ), bang = sk_case_accepts(c, TK_FBANG);
  bool colon = sk_case_accepts(c, TK_FCOLON), close = sk_case_accepts(c, TK_FRBRACE);
  if (eq) return sk_case_at(c, t, "f-string: expecting '=', or '!', or ':', or '}'");
  if (bang) return sk_case_at(c, t, "f-string: expecting '!', or ':', or '}'");
  if (colon) return sk_case_at(c, t, "f-string: expecting ':' or '}'");
  if (close && sk_case_accepts(c, TK_FMIDDLE))
    return sk_case_at(c, t, "f-string: expecting '}', or format specs");
  if (close) return sk_case_at(c, t, "f-string: expecting '}'");
  return false;
}

/* Brackets inside a field went wrong: so did the field's expression. */
bool sk_diagnose_fstring_around(SkCase *c) {
  const SkToken *field = c->open;
  while (field && field->kind != TK_FLBRACE) field = sk_case_opener(c, field);
  if (!field || field == c->open) return false;
  SkProbe e = sk_case_probe(c, TK_MODE_STARS, field + 1);
  if (e.met_error || field[1].kind == TK_YIELD) return false;
  if (!e.e) return sk_case_at(c, field + 1, "f-string: expecting a valid expression after '{'");
  return sk_case_at(c, e.end, "f-string: expecting '=', or '!', or ':', or '}'");
}

bool sk_diagnose_fstring(SkCase *c) {
  const SkToken *field = field_of(c);
  if (!field) return false;
  if (lambda_in_field(c, field)) return true;
  if (missing_expression(c, field)) return true;
  if (sk_starts_expression(c->t->kind) && sk_diagnose_expr(c)) return true;
  return after_expression(c, field);
}
