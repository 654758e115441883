/* match.c - match statements.                                         Layer 4.
 *
 * A pattern tests the value in a register and jumps to |fail| if it does not fit.  Names are bound only
 * once the whole pattern has matched: until then captured values wait in temporaries, which therefore
 * are not given back before the case is done.
 */
#include <string.h>

#include "vm/compile/compile_impl.h"

typedef struct Capture {
  struct Capture *next;
  SkName *name;
  Reg reg;
} Capture;

typedef struct Match {
  Label *fail;
  Capture *captures, **end; /* in order */
  bool may_catch_all;       /* an irrefutable pattern hides nothing */
} Match;

static void pattern(C *c, Match *m, SkPattern *p, Reg subject);

static bool is_wildcard(const SkPattern *p) { return p->kind == SK_PATTERN_MatchAs && !p->as.MatchAs.name && !p->as.MatchAs.pattern; }
static bool is_star(const SkPattern *p) { return p->kind == SK_PATTERN_MatchStar; }

static Capture *find_capture(Capture *list, const SkName *name) {
  while (list && list->name != name) list = list->next;
  return list;
}

static void capture(C *c, Match *m, SkName *name, SkRange pos, Reg reg) {
  if (!name || name_forbidden(c, name, pos, SK_CTX_Store)) return;
  if (find_capture(m->captures, name)) {
    COMPILE_ERROR(c, pos, "multiple assignments to name '%s' in pattern", name->text);
    return;
  }
  Capture *k = sk_arena_new(c->arena, Capture);
  *k = (Capture){NULL, name, reg};
  *m->end = k;
  m->end = &k->next;
}

static void subpattern(C *c, Match *m, SkPattern *p, Reg subject) {
  bool saved = m->may_catch_all;
  m->may_catch_all = true;
  pattern(c, m, p, subject);
  m->may_catch_all = saved;
}

static void match_as(C *c, Match *m, SkPattern *p, Reg subject) {
  SkName *name = p->as.MatchAs.name;
  if (!p->as.MatchAs.pattern) {
    if (!m->may_catch_all) {
      if (name) COMPILE_ERROR(c, p->range, "name capture '%s' makes remaining patterns unreachable", name->text);
      else COMPILE_ERROR(c, p->range, "wildcard makes remaining patterns unreachable");
    }
  } else {
    pattern(c, m, p->as.MatchAs.pattern, subject);
  }
  capture(c, m, name, p->range, subject);
}

static void match_value(C *c, Match *m, SkPattern *p, Reg subject) {
  uint32_t k;
  if (const_small(c, p->as.MatchValue.value, &k)) {
    jump_if(c, p->range, SK_OP_JNEQK, subject, k, m->fail);
    return;
  }
  Reg top = c->u->top, v = expr_reg(c, p->as.MatchValue.value);
  jump_if(c, p->range, SK_OP_JNEQ, subject, v, m->fail);
  c->u->top = top;
}

static void match_singleton(C *c, Match *m, SkPattern *p, Reg subject) {
  if (p->as.MatchSingleton.value.kind == SK_CONST_NONE) {
    jump_if(c, p->range, SK_OP_JNOTNONE, subject, 0, m->fail);
    return;
  }
  Reg top = c->u->top, v = tmp(c);
  emit_const(c, p->range, v, const_index(c, const_new(c, p->as.MatchSingleton.value, p->range)));
  jump_if(c, p->range, SK_OP_JISNOT, subject, v, m->fail);
  c->u->top = top;
}

/* ---- alternatives ---- */

/* Moves what this alternative captured to where the first one put it. */
static void same_captures(C *c, SkPattern *p, Capture *first, Capture *these) {
  size_t n = 0, n_first = 0;
  for (Capture *k = first; k; k = k->next) n_first++;
  for (Capture *k = these; k; k = k->next) {
    Capture *same = find_capture(first, k->name);
    n++;
    if (!same) n = n_first + 1;
    else emit_move(c, p->range, same->reg, k->reg);
  }
  if (n != n_first) COMPILE_ERROR(c, p->range, "alternative patterns bind different names");
}

/* Captures may be registers of the subject itself; alternatives need ones they can all write. */
static void own_registers(C *c, Capture *list, SkRange pos) {
  for (Capture *k = list; k; k = k->next) {
    Reg r = tmp(c);
    emit_move(c, pos, r, k->reg);
    k->reg = r;
  }
}

static void match_or(C *c, Match *m, SkPattern *p, Reg subject) {
  SkPatternSeq *alts = &p->as.MatchOr.patterns;
  Capture *first = NULL;
  Label end = label_new(c);
  for (size_t i = 0; i < alts->n; i++) {
    Label next = label_new(c);
    bool last = i + 1 == alts->n;
    Match alt = {.fail = last ? m->fail : &next, .may_catch_all = last && m->may_catch_all};
    alt.end = &alt.captures;
    pattern(c, &alt, alts->items[i], subject);
    if (i == 0) own_registers(c, first = alt.captures, p->range);
    else same_captures(c, p, first, alt.captures);
    if (!last) jump(c, alts->items[i]->range, &end);
    label_place(c, &next);
  }
  label_place(c, &end);
  for (Capture *k = first; k; k = k->next) capture(c, m, k->name, p->range, k->reg);
}

/* ---- sequences ---- */

static void check_length(C *c, Match *m, SkRange pos, Reg subject, SkOp fail_op, size_t n) {
  Reg top = c->u->top, len = tmp(c);
  uint32_t k = sk_asm_const_int(&c->u->as, (int64_t)n);
  emit(c, pos, SK_OP_LEN, len, subject, 0);
  if (k <= 0xffff) {
    jump_if(c, pos, fail_op, len, k, m->fail);
  } else {
    Reg r = tmp(c);
    emit_int(c, pos, r, (int64_t)n);
    jump_if(c, pos, fail_op - SK_OP_JLTK + SK_OP_JLT, len, r, m->fail);
  }
  c->u->top = top;
}

/* [a, *_, b]: only the items that matter are fetched. */
static void sequence_items(C *c, Match *m, SkPattern *p, Reg subject, size_t star) {
  SkPatternSeq *s = &p->as.MatchSequence.patterns;
  for (size_t i = 0; i < s->n; i++) {
    if (i == star || is_wildcard(s->items[i])) continue;
    Reg item = tmp(c);
    if (i < star) {
      emit_int(c, p->range, item, (int64_t)i);
    } else {
      Reg back = tmp(c);
      emit(c, p->range, SK_OP_LEN, item, subject, 0);
      emit_int(c, p->range, back, (int64_t)(s->n - i));
      emit(c, p->range, SK_OP_SUB, item, item, back);
      c->u->top = back;
    }
    emit(c, p->range, SK_OP_GETITEM, item, subject, item);
    subpattern(c, m, s->items[i], item);
  }
}

static void sequence_unpack(C *c, Match *m, SkPattern *p, Reg subject, size_t star) {
  SkPatternSeq *s = &p->as.MatchSequence.patterns;
  Reg row = tmps(c, (unsigned)s->n);
  if (star < s->n) emit(c, p->range, SK_OP_UNPACKX, row, subject, (Reg)star)[1].imm = (int64_t)(s->n - star - 1);
  else emit(c, p->range, SK_OP_UNPACK, row, subject, (Reg)s->n);
  for (size_t i = 0; i < s->n; i++) subpattern(c, m, s->items[i], row + (Reg)i);
}

static void match_sequence(C *c, Match *m, SkPattern *p, Reg subject) {
  SkPatternSeq *s = &p->as.MatchSequence.patterns;
  size_t star = s->n;
  bool only_wildcards = true, star_is_wildcard = false;
  for (size_t i = 0; i < s->n; i++) {
    SkPattern *x = s->items[i];
    if (is_star(x)) {
      if (star < s->n) COMPILE_ERROR(c, p->range, "multiple starred names in sequence pattern");
      star = i;
      star_is_wildcard = !x->as.MatchStar.name;
      only_wildcards = only_wildcards && star_is_wildcard;
    } else {
      only_wildcards = only_wildcards && is_wildcard(x);
    }
  }
  Reg top = c->u->top, t = tmp(c);
  emit(c, p->range, SK_OP_MATCHSEQ, t, subject, 0);
  jump_if(c, p->range, SK_OP_JF, t, 0, m->fail);
  c->u->top = top;
  if (star == s->n) check_length(c, m, p->range, subject, SK_OP_JNEQK, s->n);
  else if (s->n > 1) check_length(c, m, p->range, subject, SK_OP_JNGEK, s->n - 1);
  if (only_wildcards) return;
  if (star_is_wildcard) sequence_items(c, m, p, subject, star);
  else sequence_unpack(c, m, p, subject, star);
}

/* ---- mappings ---- */

/* True, 1, 1.0 are one key, and so are 0 and 0j. */
static bool as_number(const SkConst *k, double *out) {
  switch (k->kind) {
    case SK_CONST_INT: *out = (double)k->as.i; return true;
    case SK_CONST_FLOAT: *out = k->as.f; return true;
    case SK_CONST_TRUE: *out = 1; return true;
    case SK_CONST_FALSE: *out = 0; return true;
    case SK_CONST_COMPLEX: *out = 0; return k->as.f == 0;
    default: return false;
  }
}

static bool same_key(const SkExpr *x, const SkExpr *y) {
  if (x->kind != SK_EXPR_Constant || y->kind != SK_EXPR_Constant) return false;
  const SkConst *a = &x->as.Constant.value, *b = &y->as.Constant.value;
  double m, n;
  if (as_number(a, &m) && as_number(b, &n)) return m == n;
  if (a->kind != b->kind) return false;
  if (a->kind == SK_CONST_NONE) return true;
  if (a->kind == SK_CONST_COMPLEX) return a->as.f == b->as.f;
  if (a->kind != SK_CONST_STR && a->kind != SK_CONST_BYTES && a->kind != SK_CONST_BIGINT) return false;
  return a->as.text.length == b->as.text.length && !memcmp(a->as.text.data, b->as.text.data, a->as.text.length);
}

static void check_keys(C *c, SkPattern *p) {
  SkExprSeq *keys = &p->as.MatchMapping.keys;
  for (size_t i = 0; i < keys->n; i++) {
    SkExpr *key = keys->items[i];
    if (!is_const(c, key) && key->kind != SK_EXPR_Attribute)
      COMPILE_ERROR(c, p->range, "mapping pattern keys may only match literals and attribute lookups");
    for (size_t j = 0; j < i; j++) {
      if (!same_key(keys->items[j], key)) continue;
      size_t n;
      COMPILE_ERROR(c, p->range, "mapping pattern checks duplicate key (%s)", sk_unparse(c->arena, key, &n));
      return;
    }
  }
}

static void match_mapping(C *c, Match *m, SkPattern *p, Reg subject) {
  SkExprSeq *keys = &p->as.MatchMapping.keys;
  check_keys(c, p);
  Reg top = c->u->top, t = tmp(c);
  emit(c, p->range, SK_OP_MATCHMAP, t, subject, 0);
  jump_if(c, p->range, SK_OP_JF, t, 0, m->fail);
  c->u->top = top;
  if (!keys->n && !p->as.MatchMapping.rest) return;
  if (keys->n) check_length(c, m, p->range, subject, SK_OP_JNGEK, keys->n);
  Reg tuple = c->u->top;
  for (size_t i = 0; i < keys->n; i++) expr_tmp(c, keys->items[i]);
  emit(c, p->range, SK_OP_TUPLE, tuple, tuple, (Reg)keys->n);
  c->u->top = tuple;
  Reg kept = tmp(c), values = tmp(c);
  sk_assert(kept == tuple);
  emit(c, p->range, SK_OP_MATCHKEYS, values, subject, kept);
  jump_if(c, p->range, SK_OP_JNONE, values, 0, m->fail);
  Reg row = tmps(c, (unsigned)keys->n);
  if (keys->n) emit(c, p->range, SK_OP_UNPACK, row, values, (Reg)keys->n);
  for (size_t i = 0; i < keys->n; i++) subpattern(c, m, p->as.MatchMapping.patterns.items[i], row + (Reg)i);
  if (p->as.MatchMapping.rest) {
    Reg rest = tmp(c);
    emit(c, p->range, SK_OP_MATCHREST, rest, subject, kept);
    capture(c, m, p->as.MatchMapping.rest, p->range, rest);
  }
}

/* ---- classes ---- */

static uint32_t attribute_names(C *c, SkPattern *p) {
  SkNameSeq *attrs = &p->as.MatchClass.kwd_attrs;
  uint32_t *items = sk_arena_array(c->arena, uint32_t, attrs->n);
  for (size_t i = 0; i < attrs->n; i++) {
    SkName *n = attrs->items[i];
    if (name_forbidden(c, n, p->as.MatchClass.kwd_patterns.items[i]->range, SK_CTX_Store)) break;
    for (size_t j = 0; j < i; j++)
      if (attrs->items[j] == n)
        COMPILE_ERROR(c, p->as.MatchClass.kwd_patterns.items[i]->range,
                      "attribute name repeated in class pattern: %s", n->text);
    items[i] = sk_asm_const_text(&c->u->as, SK_K_STR, n->text, n->length);
  }
  return sk_asm_const_items(&c->u->as, SK_K_TUPLE, items, attrs->n);
}

static void match_class(C *c, Match *m, SkPattern *p, Reg subject) {
  SkPatternSeq *args = &p->as.MatchClass.patterns, *kw = &p->as.MatchClass.kwd_patterns;
  uint32_t names = attribute_names(c, p);
  Reg cls = expr_tmp(c, p->as.MatchClass.cls), got = tmp(c);
  emit(c, p->range, SK_OP_MATCHCLASS, got, subject, cls)[1].w = (uint64_t)names << 32 | (uint32_t)args->n;
  jump_if(c, p->range, SK_OP_JNONE, got, 0, m->fail);
  unsigned n = (unsigned)(args->n + kw->n);
  Reg row = tmps(c, n);
  if (n) emit(c, p->range, SK_OP_UNPACK, row, got, n);
  for (unsigned i = 0; i < n; i++) {
    SkPattern *x = i < args->n ? args->items[i] : kw->items[i - args->n];
    if (!is_wildcard(x)) subpattern(c, m, x, row + i);
  }
}

static void pattern(C *c, Match *m, SkPattern *p, Reg subject) {
  switch ((SkPatternKind)p->kind) {
    case SK_PATTERN_MatchValue: match_value(c, m, p, subject); break;
    case SK_PATTERN_MatchSingleton: match_singleton(c, m, p, subject); break;
    case SK_PATTERN_MatchSequence: match_sequence(c, m, p, subject); break;
    case SK_PATTERN_MatchMapping: match_mapping(c, m, p, subject); break;
    case SK_PATTERN_MatchClass: match_class(c, m, p, subject); break;
    case SK_PATTERN_MatchStar: capture(c, m, p->as.MatchStar.name, p->range, subject); break;
    case SK_PATTERN_MatchAs: match_as(c, m, p, subject); break;
    case SK_PATTERN_MatchOr: match_or(c, m, p, subject); break;
  }
}

static void match_case(C *c, SkMatchCase *k, Reg subject, bool last, Label *end) {
  Label next = label_new(c);
  Match m = {.fail = &next, .may_catch_all = k->guard || last};
  m.end = &m.captures;
  pattern(c, &m, k->pattern, subject);
  for (Capture *x = m.captures; x; x = x->next) name_store(c, x->name, k->pattern->range, x->reg);
  if (k->guard) cond(c, k->guard, &next, false);
  stmts(c, &k->body);
  jump(c, k->pattern->range, end);
  label_place(c, &next);
}

void match_stmt(C *c, SkStmt *s) {
  SkMatchCaseSeq *cases = &s->as.Match.cases;
  Label end = label_new(c);
  Reg subject = expr_tmp(c, s->as.Match.subject), top = c->u->top;
  for (size_t i = 0; i < cases->n; i++) {
    match_case(c, cases->items[i], subject, i + 1 == cases->n, &end);
    c->u->top = top;
  }
  label_place(c, &end);
}
