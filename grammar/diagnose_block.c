/* diagnose_block.c - blocks and the heads of compound statements.     Layer 1. */
#include "grammar/diagnose_impl.h"

/* The head whose block is missing: the last logical line before |t|. */
static const SkToken *head_before(const SkCase *c) {
  const SkToken *t = c->t - 1;
  while (t > c->p->tokens && !(t->flags & SK_TOKEN_STMT_START)) t--;
  return t;
}

static bool has_star(const SkToken *except) { return except[1].kind == TK_STAR; }

static const char *head_name(const SkToken *t) {
  switch (t->kind) {
    case TK_IF: return "'if' statement";
    case TK_ELIF: return "'elif' statement";
    case TK_ELSE: return "'else' statement";
    case TK_WHILE: return "'while' statement";
    case TK_FOR: return "'for' statement";
    case TK_WITH: return "'with' statement";
    case TK_TRY: return "'try' statement";
    case TK_EXCEPT: return has_star(t) ? "'except*' statement" : "'except' statement";
    case TK_FINALLY: return "'finally' statement";
    case TK_MATCH: return "'match' statement";
    case TK_CASE: return "'case' statement";
    case TK_DEF: return "function definition";
    case TK_CLASS: return "class definition";
    default: return NULL;
  }
}

static bool missing_block(SkCase *c) {
  if (c->t->kind == TK_INDENT || c->t[-1].kind != TK_NEWLINE || !sk_case_accepts(c, TK_INDENT))
    return false;
  const SkToken *head = head_before(c);
  if (head->kind == TK_ASYNC) head++;
  const char *name = head_name(head);
  if (!name) return false;
  return sk_case_fetched(c, c->t, SK_DIAG_INDENTATION,
                         "expected an indented block after %s on line %u", name, head->range.line);
}

static bool missing_handler(SkCase *c) {
  if (!sk_case_accepts(c, TK_EXCEPT) || !sk_case_accepts(c, TK_FINALLY) ||
      sk_case_accepts(c, TK_PASS))
    return false;
  return sk_case_fetched(c, c->t, SK_DIAG_SYNTAX, "expected 'except' or 'finally' block");
}

bool sk_diagnose_block(SkCase *c) { return missing_block(c) || missing_handler(c); }

/* ---- heads --------------------------------------------------------------------------------- */

/* Does the line begin with a head whose ':' CPython asks for by name only
 * when nothing but the end of the line stands in its place? */
static bool wants_colon_at_newline(const SkToken *line) {
  if (line->kind == TK_ASYNC) line++;
  switch (line->kind) {
    case TK_IF:
    case TK_ELIF:
    case TK_WHILE:
    case TK_WITH:
    case TK_EXCEPT:
    case TK_CLASS:
    case TK_FOR:
    case TK_CASE: return true;
    default: return false;
  }
}

static bool spelled(const SkCase *c, const SkToken *t, const char *word) {
  const char *s = c->p->text + t->start;
  uint32_t i = 0;
  while (word[i] && i < t->length && s[i] == word[i]) i++;
  return !word[i] && i == t->length;
}

/* `match x` without its colon is just two names to the lexer. */
static bool soft_head_without_colon(SkCase *c) {
  const SkToken *line = c->line;
  if (line->kind != TK_NAME || c->t != line + 1) return false;
  if (!spelled(c, line, "match")) return false;
  SkProbe subject = sk_case_probe(c, TK_MODE_STARS, line + 1);
  if (!subject.e) return false;
  const SkToken *end = subject.end;
  if (end->kind != TK_NEWLINE) return false;
  return sk_case_at(c, end, "expected ':'");
}

/* Has the head's own ':' been read? */
static bool past_colon(const SkCase *c) {
  int depth = 0;
  for (const SkToken *t = c->line; t < c->t; t++) {
    depth += sk_nesting(t->kind);
    if (depth == 0 && t->kind == TK_COLON) return true;
  }
  return false;
}

/* After `def f(...)`, `else`, `try`, `finally` or lambda parameters the
 * colon is asked for whatever stands there. */
static bool colon_is_certain(const SkCase *c) {
  const SkToken *line = c->line;
  if (line->kind == TK_ASYNC) line++;
  switch (line->kind) {
    case TK_ELSE:
    case TK_TRY:
    case TK_FINALLY: return c->t == line + 1;
    case TK_DEF: return !c->open && sk_case_accepts(c, TK_COLON) && !past_colon(c);
    default: return false;
  }
}

/* A return annotation gone wrong is none: the colon is missed at the arrow. */
static bool arrow_for_colon(SkCase *c) {
  const SkToken *line = c->line;
  if (line->kind == TK_ASYNC) line++;
  if (line->kind != TK_DEF || past_colon(c)) return false;
  int depth = 0;
  for (const SkToken *t = line; t < c->t; t++) {
    depth += sk_nesting(t->kind);
    if (depth == 0 && t->kind == TK_ARROW && !sk_case_accepts(c, TK_COLON))
      return sk_case_at(c, t, "expected ':'");
  }
  return false;
}

/* `0: return`: no target of an annotation, so the ':' itself is out of place. */
static bool bad_annotated(SkCase *c) {
  const SkToken *line = c->line, *t = c->t;
  if (c->eval || line->kind == TK_LAMBDA || !sk_starts_expression(line->kind)) return false;
  SkProbe target = sk_case_probe(c, TK_MODE_STARS, line);
  if (!target.e || target.end >= t || target.end->kind != TK_COLON) return false;
  int k = target.e->kind;
  if (k == SK_EXPR_Name || k == SK_EXPR_Attribute || k == SK_EXPR_Subscript) return false;
  return sk_case_at(c, target.end, "invalid syntax");
}

static bool missing_colon(SkCase *c) {
  if (soft_head_without_colon(c)) return true;
  if (!sk_case_accepts(c, TK_COLON)) return false;
  if (colon_is_certain(c) || (c->t->kind == TK_NEWLINE && wants_colon_at_newline(c->line)))
    return sk_case_at(c, c->t, "expected ':'");
  return false;
}

static bool missing_parameters(SkCase *c) {
  const SkToken *line = c->line;
  if (line->kind == TK_ASYNC) line++;
  if (line->kind != TK_DEF || c->t < line + 2) return false;
  if (c->t == line + 2 && sk_case_accepts(c, TK_LPAR)) return sk_case_at(c, c->t, "expected '('");
  if (line[2].kind != TK_LSQB) return false;
  const SkToken *close = sk_case_closer(c, line + 2);
  if (close && c->t == close + 1 && c->t->kind != TK_LPAR)
    return sk_case_at(c, c->t, "expected '('");
  if (c->open == line + 2 && c->t->kind != TK_RSQB) /* type parameters gone wrong are none */
    return sk_case_at(c, c->open, "expected '('");
  return false;
}

/* ---- import -------------------------------------------------------------------------------- */

static bool import_names(SkCase *c) {
  const SkToken *t = c->t, *line = c->line;
  if (t->kind == TK_NEWLINE && t[-1].kind == TK_IMPORT &&
      (line->kind == TK_IMPORT || line->kind == TK_FROM))
    return sk_case_from(c, t, t, "Expected one or more names after 'import'");
  if (t->kind == TK_NEWLINE && t[-1].kind == TK_COMMA && line->kind == TK_FROM && !c->open)
    return sk_case_at(c, t, "trailing comma not allowed without surrounding parentheses");
  if (t->kind != TK_FROM || line->kind != TK_IMPORT || t[1].kind != TK_NAME) return false;
  for (const SkToken *s = line + 1; s < t; s++)
    if (s->kind == TK_AS) return false;
  const SkToken *last = t + 1;
  while (last[1].kind == TK_DOT && last[2].kind == TK_NAME) last += 2;
  return sk_case_from(c, line, last + 1, "Did you mean to use 'from ... import ...' instead?");
}

/* ---- except -------------------------------------------------------------------------------- */

static bool exception_types(SkCase *c) {
  const SkToken *line = c->line, *t = c->t;
  if (line->kind != TK_EXCEPT || c->open) return false;
  if (t[-1].kind == TK_STAR && t == line + 2 && (t->kind == TK_COLON || t->kind == TK_NEWLINE))
    return sk_case_at(c, t, "expected one or more exception types");
  if (t->kind != TK_COMMA) return false;
  SkProbe rest = sk_case_probe(c, TK_MODE_STARS, t + 1);
  if (!rest.e) return false;
  const SkToken *end = rest.end;
  if (end->kind == TK_AS && end[1].kind == TK_NAME) end += 2;
  if (end->kind != TK_COLON) return false;
  const SkToken *from = line + 1;
  if (from->kind == TK_STAR) from++;
  return sk_case_from(c, from, end, "multiple exception types must be parenthesized");
}

static bool type_list_empty(SkCase *c) {
  const SkToken *t = c->t;
  if (t->kind != TK_RSQB || c->open != t - 1 || t[-2].kind != TK_NAME) return false;
  int before = t[-3].kind;
  if (before != TK_DEF && before != TK_CLASS && before != TK_TYPE) return false;
  return sk_case_from(c, t, before == TK_TYPE ? t + 1 : t, "Type parameter list cannot be empty");
}

bool sk_diagnose_header(SkCase *c) {
  return missing_parameters(c) || exception_types(c) || arrow_for_colon(c) || bad_annotated(c) ||
         missing_colon(c) || import_names(c) || type_list_empty(c);
}
