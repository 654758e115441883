/* expr.c - expression nodes, called from python.y.                    Layer 1. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "grammar/ident.h"
#include "grammar/nodes.h"

SkRange sk_range_join(SkRange from, SkRange to) {
  return (SkRange){from.line, from.col, to.end_line, to.end_col};
}

SkRange sk_range_here(const SkParser *p, const SkToken *first) {
  return sk_range_join(first->range, p->look[-1].range);
}

SkName *sk_token_name(SkParser *p, const SkToken *t) {
  return sk_ident_intern(p->names, p->text + t->start, t->length);
}

const SkToken *sk_expr_first(const SkParser *p, const SkExpr *e) { return &p->tokens[e->token]; }

void *sk_seq_room(SkArena *a, void *items, size_t n, size_t item) {
  if (n == 0) return sk_arena_alloc(a, item);
  if (n & (n - 1)) return items;
  return sk_arena_grow(a, items, n * item, n * 2 * item);
}

bool sk_error_at(SkParser *p, SkRange range, const char *format, ...) {
  if (sk_diag_failed(p->diag)) return false;
  char message[512];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  return sk_diag_error(p->diag, range, SK_DIAG_SYNTAX, "%s", message);
}

void sk_reject(SkParser *p, const SkToken *t) {
  if (p->rejected || sk_diag_failed(p->diag)) return;
  p->look = t;
  p->rejected = true;
}

SkExpr *sk_expr_new(SkParser *p, SkExprKind kind, const SkToken *first) {
  SkExpr *e = sk_arena_new(p->arena, SkExpr);
  e->kind = (uint8_t)kind;
  e->token = (uint32_t)(first - p->tokens);
  e->range = sk_range_here(p, first);
  return e;
}

/* ---- sequences ----------------------------------------------------------------------------- */

SkExprSeq sk_exprs_one(SkParser *p, SkExpr *e) { return sk_exprs_push(p, (SkExprSeq){0}, e); }

SkExprSeq sk_exprs_push(SkParser *p, SkExprSeq seq, SkExpr *e) {
  SK_SEQ_PUSH(p, seq, e);
  return seq;
}

SkNameSeq sk_names_push(SkParser *p, SkNameSeq seq, const SkToken *name) {
  SK_SEQ_PUSH(p, seq, sk_token_name(p, name));
  return seq;
}

SkPairs sk_pairs_push(SkParser *p, SkPairs pairs, SkPair pair) {
  SK_SEQ_PUSH(p, pairs.keys, pair.key);
  SK_SEQ_PUSH(p, pairs.values, pair.value);
  return pairs;
}

/* ---- atoms --------------------------------------------------------------------------------- */

SkExpr *sk_expr_name(SkParser *p, const SkToken *t) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_Name, t);
  e->range = t->range;
  e->as.Name.id = sk_token_name(p, t);
  e->height = 1;
  return e;
}

SkExpr *sk_expr_number(SkParser *p, const SkToken *t) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_Constant, t);
  e->range = t->range;
  e->as.Constant.value = sk_number_value(p, t);
  e->height = 1;
  return e;
}

SkConst sk_keyword_value(const SkToken *t) {
  SkConstKind kind = t->kind == TK_NONE    ? SK_CONST_NONE
                     : t->kind == TK_TRUE  ? SK_CONST_TRUE
                     : t->kind == TK_FALSE ? SK_CONST_FALSE
                                           : SK_CONST_ELLIPSIS;
  return (SkConst){.kind = kind};
}

SkExpr *sk_expr_keyword(SkParser *p, const SkToken *t) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_Constant, t);
  e->range = t->range;
  e->as.Constant.value = sk_keyword_value(t);
  e->height = 1;
  return e;
}

/* ---- brackets ------------------------------------------------------------------------------ */

/* `a as b` may stand in parentheses right after `with` alone. */
static void refuse_as(SkParser *p, const SkExpr *e) {
  if (e->kind == SK_EXPR_As) sk_reject(p, &p->tokens[e->mark]);
}

static void refuse_as_outside_with(SkParser *p, const SkToken *open, SkExprSeq items) {
  bool head = open > p->tokens && open[-1].kind == TK_WITH;
  for (size_t i = 0; i < items.n; i++)
    if (!head) refuse_as(p, items.items[i]);
}

SkExpr *sk_expr_as(SkParser *p, SkExpr *a, const SkToken *as, SkExpr *b) {
  SkExpr *e = sk_expr_new(p, (SkExprKind)SK_EXPR_As, sk_expr_first(p, a));
  e->as.NamedExpr.target = b;
  e->as.NamedExpr.value = a;
  e->mark = (uint32_t)(as - p->tokens);
  e->height = 1;
  p->as_items++;
  return e;
}

SkExpr *sk_expr_group(SkParser *p, const SkToken *open, SkExpr *e) {
  if (e->kind == SK_EXPR_Starred && !e->parens)
    sk_error_at(p, e->range, "cannot use starred expression here");
  refuse_as_outside_with(p, open, (SkExprSeq){1, &e});
  e->parens = true;
  e->token = (uint32_t)(open - p->tokens);
  return e;
}

SkExpr *sk_expr_tuple(SkParser *p, const SkToken *open, SkExprSeq items) {
  refuse_as_outside_with(p, open, items);
  SkExpr *e = sk_expr_new(p, SK_EXPR_Tuple, open);
  e->as.Tuple.elts = items;
  e->parens = true;
  return sk_expr_done(p, e);
}

SkExpr *sk_expr_bare_tuple(SkParser *p, SkExprSeq items) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_Tuple, sk_expr_first(p, items.items[0]));
  for (size_t i = 0; i < items.n; i++) refuse_as(p, items.items[i]);
  e->as.Tuple.elts = items;
  return sk_expr_done(p, e);
}

SkExpr *sk_expr_list(SkParser *p, const SkToken *open, SkExprSeq items) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_List, open);
  for (size_t i = 0; i < items.n; i++) refuse_as(p, items.items[i]);
  e->as.List.elts = items;
  return sk_expr_done(p, e);
}

SkExpr *sk_expr_set(SkParser *p, const SkToken *open, SkExprSeq items) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_Set, open);
  for (size_t i = 0; i < items.n; i++) refuse_as(p, items.items[i]);
  e->as.Set.elts = items;
  return sk_expr_done(p, e);
}

SkExpr *sk_expr_dict(SkParser *p, const SkToken *open, SkPairs pairs) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_Dict, open);
  e->as.Dict.keys = pairs.keys;
  e->as.Dict.values = pairs.values;
  return sk_expr_done(p, e);
}

/* ---- comprehensions ------------------------------------------------------------------------ */

SkExpr *sk_expr_comp(SkParser *p, SkExprKind kind, const SkToken *open, SkExpr *elt,
                     SkComprehensionSeq generators) {
  refuse_as(p, elt);
  if (elt->kind == SK_EXPR_Starred)
    sk_error_at(p, elt->range, "iterable unpacking cannot be used in comprehension");
  SkExpr *e = sk_expr_new(p, kind, open);
  e->as.ListComp.elt = elt;
  e->as.ListComp.generators = generators;
  return sk_expr_done(p, e);
}

SkExpr *sk_expr_dict_comp(SkParser *p, const SkToken *open, SkPair pair,
                          SkComprehensionSeq generators) {
  if (!pair.key)
    sk_error_at(p, pair.dstar->range, "dict unpacking cannot be used in dict comprehension");
  SkExpr *e = sk_expr_new(p, SK_EXPR_DictComp, open);
  e->as.DictComp.key = pair.key;
  e->as.DictComp.value = pair.value;
  e->as.DictComp.generators = generators;
  return sk_expr_done(p, e);
}

SkComprehensionSeq sk_comp_push(SkParser *p, SkComprehensionSeq seq, SkComprehension *c) {
  SK_SEQ_PUSH(p, seq, c);
  return seq;
}

SkComprehensionSeq sk_comp_if(SkParser *p, SkComprehensionSeq seq, SkExpr *test) {
  SkComprehension *c = seq.items[seq.n - 1];
  SK_SEQ_PUSH(p, c->ifs, test);
  if (test->height > c->height) c->height = test->height;
  c->range = sk_range_join(c->range, p->look[-1].range);
  return seq;
}

SkComprehension *sk_comp_for(SkParser *p, const SkToken *first, SkExpr *target, SkExpr *iter,
                             int is_async) {
  SkComprehension *c = sk_arena_new(p->arena, SkComprehension);
  c->range = sk_range_here(p, first);
  c->target = sk_target(p, target, SK_TARGET_FOR);
  c->iter = iter;
  c->is_async = is_async;
  c->height = target->height > iter->height ? target->height : iter->height;
  return c;
}

/* ---- operators ----------------------------------------------------------------------------- */

SkExpr *sk_expr_binary(SkParser *p, SkExpr *a, const SkToken *op, SkExpr *b) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_BinOp, sk_expr_first(p, a));
  e->as.BinOp.left = a;
  e->as.BinOp.right = b;
  e->as.BinOp.op = sk_operator_of(op);
  return sk_expr_done(p, e);
}

SkOperator sk_operator_of(const SkToken *op) {
  switch (op->kind) {
    case TK_PLUS:
    case TK_PLUSEQ: return SK_OPERATOR_Add;
    case TK_MINUS:
    case TK_MINUSEQ: return SK_OPERATOR_Sub;
    case TK_STAR:
    case TK_STAREQ: return SK_OPERATOR_Mult;
    case TK_AT:
    case TK_ATEQ: return SK_OPERATOR_MatMult;
    case TK_SLASH:
    case TK_SLASHEQ: return SK_OPERATOR_Div;
    case TK_PERCENT:
    case TK_PERCENTEQ: return SK_OPERATOR_Mod;
    case TK_DSTAR:
    case TK_DSTAREQ: return SK_OPERATOR_Pow;
    case TK_LSHIFT:
    case TK_LSHIFTEQ: return SK_OPERATOR_LShift;
    case TK_RSHIFT:
    case TK_RSHIFTEQ: return SK_OPERATOR_RShift;
    case TK_BAR:
    case TK_BAREQ: return SK_OPERATOR_BitOr;
    case TK_CARET:
    case TK_CARETEQ: return SK_OPERATOR_BitXor;
    case TK_AMP:
    case TK_AMPEQ: return SK_OPERATOR_BitAnd;
    default: return SK_OPERATOR_FloorDiv;
  }
}

SkExpr *sk_expr_unary(SkParser *p, const SkToken *op, SkExpr *operand) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_UnaryOp, op);
  e->as.UnaryOp.operand = operand;
  e->as.UnaryOp.op = op->kind == TK_MINUS  ? SK_UNARYOP_USub
                     : op->kind == TK_PLUS ? SK_UNARYOP_UAdd
                     : op->kind == TK_NOT  ? SK_UNARYOP_Not
                                           : SK_UNARYOP_Invert;
  return sk_expr_done(p, e);
}

/* A longer chain adds to the node at hand; its height grows by the newcomer. */
static SkExpr *chain_grown(SkParser *p, SkExpr *e, const SkExpr *operand) {
  e->range = sk_range_join(e->range, p->look[-1].range);
  unsigned h = operand->height + 1u;
  if (h > e->height && sk_height_check(p, h, e->range)) e->height = (uint16_t)h;
  return e;
}

SkExpr *sk_expr_bool(SkParser *p, SkBoolOp op, SkExpr *a, SkExpr *b) {
  if (a->kind == SK_EXPR_BoolOp && a->as.BoolOp.op == op && !a->parens) {
    SK_SEQ_PUSH(p, a->as.BoolOp.values, b);
    return chain_grown(p, a, b);
  }
  SkExpr *e = sk_expr_new(p, SK_EXPR_BoolOp, sk_expr_first(p, a));
  e->as.BoolOp.op = op;
  e->as.BoolOp.values = sk_exprs_push(p, sk_exprs_one(p, a), b);
  return sk_expr_done(p, e);
}

int sk_cmpop_of(SkParser *p, const SkToken *op) {
  switch (op->kind) {
    case TK_LT: return SK_CMPOP_Lt;
    case TK_GT: return SK_CMPOP_Gt;
    case TK_LE: return SK_CMPOP_LtE;
    case TK_GE: return SK_CMPOP_GtE;
    case TK_EQEQ: return SK_CMPOP_Eq;
    case TK_IN: return SK_CMPOP_In;
    default:
      if (p->text[op->start] ==
          '<') { /* <> lives on under `from __future__ import barry_as_FLUFL` */
        sk_reject(p, op);
      }
      return SK_CMPOP_NotEq;
  }
}

SkExpr *sk_expr_compare(SkParser *p, SkExpr *a, int op, SkExpr *b) {
  SkExpr *e = a;
  bool longer = a->kind == SK_EXPR_Compare && !a->parens;
  if (!longer) {
    e = sk_expr_new(p, SK_EXPR_Compare, sk_expr_first(p, a));
    e->as.Compare.left = a;
  }
  SK_SEQ_PUSH(p, e->as.Compare.ops, (SkCmpOp)op);
  SK_SEQ_PUSH(p, e->as.Compare.comparators, b);
  return longer ? chain_grown(p, e, b) : sk_expr_done(p, e);
}

SkExpr *sk_expr_if(SkParser *p, SkExpr *body, SkExpr *test, SkExpr *orelse) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_IfExp, sk_expr_first(p, body));
  e->as.IfExp.test = test;
  e->as.IfExp.body = body;
  e->as.IfExp.orelse = orelse;
  return sk_expr_done(p, e);
}

SkExpr *sk_expr_lambda(SkParser *p, const SkToken *first, SkParams *params, SkExpr *body) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_Lambda, first);
  e->as.Lambda.args = params->to;
  e->as.Lambda.body = body;
  return sk_expr_done(p, e);
}

/* An argument takes `name := value` alone, so that with another target the
 * sign itself is out of place; elsewhere the target is blamed. */
static void walrus_refused(SkParser *p, const SkExpr *target, const SkToken *walrus) {
  const SkToken *open = sk_expr_first(p, target) - 1;
  for (int depth = 0; open >= p->tokens; open--) {
    int k = open->kind;
    depth += k == TK_RPAR || k == TK_RSQB || k == TK_RBRACE;
    if ((k == TK_LPAR || k == TK_LSQB || k == TK_LBRACE) && depth-- == 0) break;
    if (k == TK_NEWLINE) break;
  }
  int before = open->kind == TK_LPAR ? open[-1].kind : TK_EOF;
  if (before == TK_NAME || before == TK_RPAR || before == TK_RSQB || before == TK_STRING)
    sk_reject(p, walrus);
  else
    sk_error_at(p, target->range, "cannot use assignment expressions with %s",
                sk_expr_describe(target));
}

SkExpr *sk_expr_walrus(SkParser *p, SkExpr *target, const SkToken *walrus, SkExpr *value) {
  if (target->kind != SK_EXPR_Name || target->parens) walrus_refused(p, target, walrus);
  SkExpr *e = sk_expr_new(p, SK_EXPR_NamedExpr, sk_expr_first(p, target));
  sk_set_context(target, SK_CTX_Store);
  e->as.NamedExpr.target = target;
  e->as.NamedExpr.value = value;
  return sk_expr_done(p, e);
}

/* ---- with one operand ---------------------------------------------------------------------- */

static SkExpr *expr_of(SkParser *p, SkExprKind kind, const SkToken *first, SkExpr *value) {
  SkExpr *e = sk_expr_new(p, kind, first);
  e->as.Await.value = value; /* Starred, Yield and YieldFrom begin alike */
  return sk_expr_done(p, e);
}

SkExpr *sk_expr_starred(SkParser *p, const SkToken *first, SkExpr *value) {
  return expr_of(p, SK_EXPR_Starred, first, value);
}
SkExpr *sk_expr_await(SkParser *p, const SkToken *first, SkExpr *value) {
  return expr_of(p, SK_EXPR_Await, first, value);
}
SkExpr *sk_expr_yield(SkParser *p, const SkToken *first, SkExpr *value) {
  return expr_of(p, SK_EXPR_Yield, first, value);
}
SkExpr *sk_expr_yield_from(SkParser *p, const SkToken *first, SkExpr *value) {
  return expr_of(p, SK_EXPR_YieldFrom, first, value);
}

/* ---- primaries ----------------------------------------------------------------------------- */

SkExpr *sk_expr_attribute(SkParser *p, SkExpr *value, const SkToken *name) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_Attribute, sk_expr_first(p, value));
  e->as.Attribute.value = value;
  e->as.Attribute.attr = sk_token_name(p, name);
  return sk_expr_done(p, e);
}

SkExpr *sk_expr_call(SkParser *p, SkExpr *func, SkArgs *args) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_Call, sk_expr_first(p, func));
  if (args->genexp && args->count == 1) /* its range is the call's parentheses */
    args->genexp->range = sk_range_join(p->tokens[args->genexp->token].range, p->look[-1].range);
  e->as.Call.func = func;
  e->as.Call.args = args->args;
  e->as.Call.keywords = args->keywords;
  return sk_expr_done(p, e);
}

SkExpr *sk_expr_subscript(SkParser *p, SkExpr *value, SkExpr *slice) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_Subscript, sk_expr_first(p, value));
  e->as.Subscript.value = value;
  e->as.Subscript.slice = slice;
  return sk_expr_done(p, e);
}

/* x[*a] is x[*a,]: PEP 646. */
SkExpr *sk_expr_subscript_one(SkParser *p, SkExpr *e) {
  return e->kind == SK_EXPR_Starred ? sk_expr_bare_tuple(p, sk_exprs_one(p, e)) : e;
}

SkExpr *sk_expr_slice(SkParser *p, SkExpr *lower, const SkToken *colon, SkExpr *upper,
                      SkExpr *step) {
  SkExpr *e = sk_expr_new(p, SK_EXPR_Slice, lower ? sk_expr_first(p, lower) : colon);
  e->as.Slice.lower = lower;
  e->as.Slice.upper = upper;
  e->as.Slice.step = step;
  return sk_expr_done(p, e);
}
