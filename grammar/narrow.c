/* narrow.c - expressions that turn out to be targets.                 Layer 1.
 *
 * The grammar reads `a, b = c` as an expression first; here it becomes a
 * target, or an error that names the part that cannot be one.
 */
#include "grammar/nodes.h"

const char *sk_expr_describe(const SkExpr *e) {
  switch (e->kind) {
    case SK_EXPR_Attribute: return "attribute";
    case SK_EXPR_Subscript: return "subscript";
    case SK_EXPR_Starred: return "starred";
    case SK_EXPR_Name: return "name";
    case SK_EXPR_List: return "list";
    case SK_EXPR_Tuple: return "tuple";
    case SK_EXPR_Lambda: return "lambda";
    case SK_EXPR_Call: return "function call";
    case SK_EXPR_BoolOp:
    case SK_EXPR_BinOp:
    case SK_EXPR_UnaryOp: return "expression";
    case SK_EXPR_GeneratorExp: return "generator expression";
    case SK_EXPR_Yield:
    case SK_EXPR_YieldFrom: return "yield expression";
    case SK_EXPR_Await: return "await expression";
    case SK_EXPR_ListComp: return "list comprehension";
    case SK_EXPR_SetComp: return "set comprehension";
    case SK_EXPR_DictComp: return "dict comprehension";
    case SK_EXPR_Dict: return "dict literal";
    case SK_EXPR_Set: return "set display";
    case SK_EXPR_JoinedStr:
    case SK_EXPR_FormattedValue: return "f-string expression";
    case SK_EXPR_Compare: return "comparison";
    case SK_EXPR_IfExp: return "conditional expression";
    case SK_EXPR_NamedExpr: return "named expression";
    case SK_EXPR_Constant:
      switch (e->as.Constant.value.kind) {
        case SK_CONST_NONE: return "None";
        case SK_CONST_TRUE: return "True";
        case SK_CONST_FALSE: return "False";
        case SK_CONST_ELLIPSIS: return "ellipsis";
        default: return "literal";
      }
    default: return "expression";
  }
}

SkExpr *sk_invalid_target(SkExpr *e, SkTargetKind kind) {
  switch (e->kind) {
    case SK_EXPR_Name:
    case SK_EXPR_Attribute:
    case SK_EXPR_Subscript: return NULL;
    case SK_EXPR_List:
    case SK_EXPR_Tuple:
      for (size_t i = 0; i < e->as.List.elts.n; i++) {
        SkExpr *bad = sk_invalid_target(e->as.List.elts.items[i], kind);
        if (bad) return bad;
      }
      return NULL;
    case SK_EXPR_Starred:
      return kind == SK_TARGET_DEL ? e : sk_invalid_target(e->as.Starred.value, kind);
    default: return e;
  }
}

void sk_set_context(SkExpr *e, SkExprContext ctx) {
  switch (e->kind) {
    case SK_EXPR_Name: e->as.Name.ctx = ctx; break;
    case SK_EXPR_Attribute: e->as.Attribute.ctx = ctx; break;
    case SK_EXPR_Subscript: e->as.Subscript.ctx = ctx; break;
    case SK_EXPR_Starred:
      e->as.Starred.ctx = ctx;
      sk_set_context(e->as.Starred.value, ctx);
      break;
    case SK_EXPR_List:
    case SK_EXPR_Tuple:
      e->as.List.ctx = ctx;
      for (size_t i = 0; i < e->as.List.elts.n; i++) sk_set_context(e->as.List.elts.items[i], ctx);
      break;
    default: break;
  }
}

/* `*(*a), b = c`: a star of a star is no target. */
static bool starred_twice(const SkExpr *e) {
  return e->kind == SK_EXPR_Starred && e->as.Starred.value->kind == SK_EXPR_Starred;
}

SkExpr *sk_target(SkParser *p, SkExpr *e, SkTargetKind kind) {
  SkExpr *bad = sk_invalid_target(e, kind);
  if (!bad && starred_twice(e)) bad = e;
  if (bad)
    sk_error_at(p, bad->range, kind == SK_TARGET_DEL ? "cannot delete %s" : "cannot assign to %s",
                sk_expr_describe(bad));
  sk_set_context(e, kind == SK_TARGET_DEL ? SK_CTX_Del : SK_CTX_Store);
  return e;
}

/* Would the grammar of names, calls and arithmetic (no comparison, no test)
 * have read |e| whole?  Then `e = x` may be a slip for `e == x`. */
static bool is_arithmetic(const SkExpr *e) {
  if (e->parens && e->kind != SK_EXPR_Tuple) return true;
  switch (e->kind) {
    case SK_EXPR_Compare:
    case SK_EXPR_BoolOp:
    case SK_EXPR_IfExp:
    case SK_EXPR_Lambda:
    case SK_EXPR_NamedExpr:
    case SK_EXPR_Yield:
    case SK_EXPR_YieldFrom:
    case SK_EXPR_Starred: return false;
    case SK_EXPR_UnaryOp: return e->as.UnaryOp.op != SK_UNARYOP_Not;
    default: return true;
  }
}

bool sk_may_mean_equal(const SkExpr *e) {
  switch (e->kind) {
    case SK_EXPR_List:
    case SK_EXPR_Tuple:
    case SK_EXPR_GeneratorExp: return false;
    case SK_EXPR_Constant:
      if (e->as.Constant.value.kind <= SK_CONST_FALSE && !e->parens) return false;
      return true;
    default: return is_arithmetic(e);
  }
}

/* The arithmetic that begins |e|, as far as it goes; NULL: it does not. */
const SkExpr *sk_leading_arithmetic(const SkExpr *e) {
  for (;;) {
    if (is_arithmetic(e) && (e->kind != SK_EXPR_Tuple || e->parens)) return e;
    switch (e->kind) {
      case SK_EXPR_Compare: e = e->as.Compare.left; break;
      case SK_EXPR_BoolOp: e = e->as.BoolOp.values.items[0]; break;
      case SK_EXPR_IfExp: e = e->as.IfExp.body; break;
      case SK_EXPR_Tuple: e = e->as.Tuple.elts.items[0]; break;
      default: return NULL;
    }
  }
}

/* What a slip for '==' looks like: the first target's last part is no target
 * of its own (or a bare name, in a wider error), one '=', then arithmetic. */
static bool hint_equal(SkParser *p, SkExprSeq targets, const SkExpr *value) {
  const SkExpr *last = targets.items[0];
  const SkExpr *next = targets.n > 1 ? targets.items[1] : value;
  const SkExpr *right = sk_leading_arithmetic(next);
  if (!right || (targets.n > 1 && right == next)) return false;
  if (last->kind == SK_EXPR_Tuple && !last->parens)
    last = last->as.Tuple.elts.items[last->as.Tuple.elts.n - 1];
  if (last->kind == SK_EXPR_Name && !last->parens)
    return !sk_error_at(p, sk_range_join(last->range, right->range),
                        "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  if (!sk_may_mean_equal(last)) return false;
  return !sk_error_at(p, last->range,
                      "cannot assign to %s here. Maybe you meant '==' instead of '='?",
                      sk_expr_describe(last));
}

bool sk_assign_targets(SkParser *p, SkExprSeq targets, const SkExpr *value) {
  for (size_t i = 0; i < targets.n; i++) {
    SkExpr *e = targets.items[i];
    if ((e->kind == SK_EXPR_Yield || e->kind == SK_EXPR_YieldFrom) && !e->parens)
      return sk_error_at(p, e->range, "assignment to yield expression not possible");
    SkExpr *bad = sk_invalid_target(e, SK_TARGET_ASSIGN);
    if (bad)
      return hint_equal(p, targets, value)
                 ? false
                 : sk_error_at(p, bad->range, "cannot assign to %s", sk_expr_describe(bad));
    sk_set_context(e, SK_CTX_Store);
  }
  return true;
}
