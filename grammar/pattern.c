/* pattern.c - patterns of match statements, called from python.y.     Layer 1. */
#include "grammar/nodes.h"

static SkPattern *pattern_at(SkParser *p, SkPatternKind kind, SkRange range) {
  SkPattern *n = sk_arena_new(p->arena, SkPattern);
  n->kind = (uint8_t)kind;
  n->range = range;
  return n;
}

static SkPattern *pattern_new(SkParser *p, SkPatternKind kind, const SkToken *first) {
  return pattern_at(p, kind, sk_range_here(p, first));
}

static SkPattern *pattern_done(SkParser *p, SkPattern *n) {
  unsigned h = sk_pattern_height(n) + 1;
  if (!sk_height_check(p, h, n->range)) h = SK_AST_MAX_HEIGHT;
  n->height = (uint16_t)h;
  return n;
}

SkPatternSeq sk_patterns_push(SkParser *p, SkPatternSeq seq, SkPattern *n) {
  SK_SEQ_PUSH(p, seq, n);
  return seq;
}

/* ---- the statement ------------------------------------------------------------------------- */

SkMatchCaseSeq sk_cases_push(SkParser *p, SkMatchCaseSeq seq, SkMatchCase *c) {
  SK_SEQ_PUSH(p, seq, c);
  return seq;
}

SkMatchCase *sk_match_case(SkParser *p, SkPattern *pattern, SkExpr *guard, SkStmtSeq body) {
  SkMatchCase *c = sk_arena_new(p->arena, SkMatchCase);
  c->range = sk_range_join(pattern->range, body.items[body.n - 1]->range);
  c->pattern = pattern;
  c->guard = guard;
  c->body = body;
  c->height = pattern->height;
  if (guard && guard->height > c->height) c->height = guard->height;
  for (size_t i = 0; i < body.n; i++)
    if (body.items[i]->height > c->height) c->height = body.items[i]->height;
  return c;
}

SkStmt *sk_stmt_match(SkParser *p, const SkToken *first, SkExpr *subject, SkMatchCaseSeq cases) {
  SkStmt *s = sk_stmt_compound(p, SK_STMT_Match, first);
  s->as.Match.subject = subject;
  s->as.Match.cases = cases;
  return sk_stmt_done(p, s);
}

/* ---- literals and names -------------------------------------------------------------------- */

SkPattern *sk_pattern_value(SkParser *p, SkExpr *value) {
  if (value->kind == SK_EXPR_JoinedStr)
    sk_error_at(p, value->range, "patterns may only match literals and attribute lookups");
  SkPattern *n = pattern_at(p, SK_PATTERN_MatchValue, value->range);
  n->as.MatchValue.value = value;
  return pattern_done(p, n);
}

SkPattern *sk_pattern_singleton(SkParser *p, const SkToken *t) {
  SkPattern *n = pattern_at(p, SK_PATTERN_MatchSingleton, t->range);
  n->as.MatchSingleton.value = sk_keyword_value(t);
  n->height = 1;
  return n;
}

static bool is_wildcard(const SkName *name) { return name->length == 1 && name->text[0] == '_'; }

/* A bare name captures, `_` matches all, a dotted name is a value. */
SkPattern *sk_pattern_dotted(SkParser *p, SkExpr *e) {
  if (e->kind != SK_EXPR_Name) return sk_pattern_value(p, e);
  SkPattern *n = pattern_at(p, SK_PATTERN_MatchAs, e->range);
  n->as.MatchAs.name = is_wildcard(e->as.Name.id) ? NULL : e->as.Name.id;
  n->height = 1;
  return n;
}

SkExpr *sk_map_key(SkParser *p, SkExpr *key) {
  if (key->kind == SK_EXPR_Name) sk_reject(p, p->look); /* a bare name is no key */
  if (key->kind == SK_EXPR_JoinedStr)
    sk_error_at(p, key->range, "patterns may only match literals and attribute lookups");
  return key;
}

SkExpr *sk_pattern_complex(SkParser *p, SkExpr *real, const SkToken *op, const SkToken *imaginary) {
  const SkExpr *number = real->kind == SK_EXPR_UnaryOp ? real->as.UnaryOp.operand : real;
  SkExpr *b = sk_expr_number(p, imaginary);
  if (number->as.Constant.value.kind == SK_CONST_COMPLEX)
    sk_error_at(p, number->range, "real number required in complex literal");
  if (b->as.Constant.value.kind != SK_CONST_COMPLEX)
    sk_error_at(p, b->range, "imaginary number required in complex literal");
  return sk_expr_binary(p, real, op, b);
}

/* ---- operators ----------------------------------------------------------------------------- */

SkPattern *sk_pattern_as(SkParser *p, SkPattern *inner, SkExpr *name) {
  SkPattern *n = pattern_at(p, SK_PATTERN_MatchAs, sk_range_join(inner->range, p->look[-1].range));
  if (inner->mark) n->range = sk_range_join(p->tokens[inner->mark].range, n->range);
  if (name->kind != SK_EXPR_Name || name->parens) {
    const SkToken *first = sk_expr_first(p, name);
    if (first->kind == TK_NAME)
      sk_reject(p, first + 1);
    else
      sk_error_at(p, name->range, "invalid pattern target");
    return inner;
  }
  if (is_wildcard(name->as.Name.id)) sk_error_at(p, name->range, "cannot use '_' as a target");
  n->as.MatchAs.pattern = inner;
  n->as.MatchAs.name = name->as.Name.id;
  return pattern_done(p, n);
}

SkPattern *sk_pattern_or(SkParser *p, SkPattern *a, SkPattern *b) {
  SkRange range = sk_range_join(a->range, p->look[-1].range);
  if (a->kind == SK_PATTERN_MatchOr && !a->mark) {
    SK_SEQ_PUSH(p, a->as.MatchOr.patterns, b);
    a->range = range;
    if (b->height >= a->height) pattern_done(p, a);
    return a;
  }
  SkPattern *n = pattern_at(p, SK_PATTERN_MatchOr, range);
  if (a->mark) n->range = sk_range_join(p->tokens[a->mark].range, range);
  SK_SEQ_PUSH(p, n->as.MatchOr.patterns, a);
  SK_SEQ_PUSH(p, n->as.MatchOr.patterns, b);
  return pattern_done(p, n);
}

/* ---- sequences ----------------------------------------------------------------------------- */

SkPattern *sk_pattern_star(SkParser *p, const SkToken *first, const SkToken *name) {
  SkPattern *n = pattern_new(p, SK_PATTERN_MatchStar, first);
  SkName *id = sk_token_name(p, name);
  n->as.MatchStar.name = is_wildcard(id) ? NULL : id;
  n->height = 1;
  return n;
}

/* `case *x:` wants a comma, `case [*x]:` does not. */
SkPattern *sk_pattern_lone_star(SkParser *p, SkPattern *star) {
  SkPattern *n = sk_pattern_open_sequence(p, sk_patterns_push(p, (SkPatternSeq){0}, star));
  n->lone_star = true;
  return n;
}

SkPattern *sk_pattern_open_sequence(SkParser *p, SkPatternSeq patterns) {
  const SkPattern *a = patterns.items[0];
  SkRange from = a->mark ? p->tokens[a->mark].range : a->range;
  SkPattern *n = pattern_at(p, SK_PATTERN_MatchSequence, sk_range_join(from, p->look[-1].range));
  n->as.MatchSequence.patterns = patterns;
  n->open = true;
  return pattern_done(p, n);
}

/* The top of a case: nothing to wrap, but a star must have had its comma. */
SkPattern *sk_pattern_top(SkParser *p, SkPattern *n) {
  if (n->lone_star) sk_reject(p, p->look);
  n->open = false;
  return n;
}

SkPattern *sk_pattern_sequence(SkParser *p, const SkToken *first, SkPatternSeq patterns) {
  SkPattern *n = pattern_new(p, SK_PATTERN_MatchSequence, first);
  n->as.MatchSequence.patterns = patterns;
  return pattern_done(p, n);
}

/* (a) is a itself, (a,) and (a, b) are sequences. */
SkPattern *sk_pattern_group(SkParser *p, const SkToken *first, SkPattern *inner) {
  if (inner->lone_star) sk_reject(p, p->look - 1);
  if (inner->open) return sk_pattern_sequence(p, first, inner->as.MatchSequence.patterns);
  inner->mark = (uint32_t)(first - p->tokens);
  return inner;
}

SkPattern *sk_pattern_list(SkParser *p, const SkToken *first, SkPattern *inner) {
  if (inner->open) return sk_pattern_sequence(p, first, inner->as.MatchSequence.patterns);
  return sk_pattern_sequence(p, first, sk_patterns_push(p, (SkPatternSeq){0}, inner));
}

/* ---- classes and mappings ------------------------------------------------------------------ */

SkClassPattern *sk_class_args_new(SkParser *p) { return sk_arena_new(p->arena, SkClassPattern); }

SkClassPattern *sk_class_args_push(SkParser *p, SkClassPattern *args, SkPattern *n) {
  if (args->kwd_patterns.n && !args->misplaced) {
    args->misplaced = n;
    args->misplaced_end = n;
  }
  if (args->misplaced && args->misplaced_end != n && args->kwd_patterns.n == args->keywords_then)
    args->misplaced_end = n;
  args->keywords_then = args->kwd_patterns.n;
  SK_SEQ_PUSH(p, args->patterns, n);
  return args;
}

SkClassPattern *sk_class_args_named(SkParser *p, SkClassPattern *args, const SkToken *name,
                                    SkPattern *n) {
  SK_SEQ_PUSH(p, args->kwd_attrs, sk_token_name(p, name));
  SK_SEQ_PUSH(p, args->kwd_patterns, n);
  return args;
}

SkPattern *sk_pattern_class(SkParser *p, SkExpr *cls, SkClassPattern *args) {
  if (args->misplaced)
    sk_error_at(p, sk_range_join(args->misplaced->range, args->misplaced_end->range),
                "positional patterns follow keyword patterns");
  SkPattern *n = pattern_at(p, SK_PATTERN_MatchClass, sk_range_join(cls->range, p->look[-1].range));
  n->as.MatchClass.cls = cls;
  n->as.MatchClass.patterns = args->patterns;
  n->as.MatchClass.kwd_attrs = args->kwd_attrs;
  n->as.MatchClass.kwd_patterns = args->kwd_patterns;
  return pattern_done(p, n);
}

SkMapPattern *sk_map_pattern_new(SkParser *p) { return sk_arena_new(p->arena, SkMapPattern); }

/* The rest comes last: nothing but a comma may follow it. */
static void refuse_after_rest(SkParser *p, const SkMapPattern *map, const SkToken *t) {
  if (map->rest) sk_reject(p, t);
}

SkMapPattern *sk_map_pattern_push(SkParser *p, SkMapPattern *map, SkExpr *key, SkPattern *n) {
  refuse_after_rest(p, map, sk_expr_first(p, key));
  SK_SEQ_PUSH(p, map->keys, key);
  SK_SEQ_PUSH(p, map->patterns, n);
  return map;
}

SkMapPattern *sk_map_pattern_rest(SkParser *p, SkMapPattern *map, const SkToken *star,
                                  const SkToken *name) {
  refuse_after_rest(p, map, star);
  map->rest = sk_token_name(p, name);
  if (is_wildcard(map->rest)) sk_reject(p, name);
  return map;
}

SkPattern *sk_pattern_mapping(SkParser *p, const SkToken *first, SkMapPattern *map) {
  SkPattern *n = pattern_new(p, SK_PATTERN_MatchMapping, first);
  n->as.MatchMapping.keys = map->keys;
  n->as.MatchMapping.patterns = map->patterns;
  n->as.MatchMapping.rest = map->rest;
  return pattern_done(p, n);
}
