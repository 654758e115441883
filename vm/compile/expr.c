/* expr.c - expressions into registers.                                Layer 4.
 *
 * expr_to(e, dst) may use dst as scratch before the last instruction, so dst must be a temporary
 * unless expr_writes_last(e).  expr_reg gives a local's own register without a copy; that is safe because
 * nothing but a walrus can rebind a local in the middle of an expression, and for those it copies.
 */
#include <string.h>

#include "vm/compile/compile_impl.h"

bool expr_writes_last(C *c, SkExpr *e) {
  if (is_const(c, e)) return true;
  switch ((SkExprKind)e->kind) {
    case SK_EXPR_BinOp: case SK_EXPR_UnaryOp: case SK_EXPR_Call: case SK_EXPR_Attribute: case SK_EXPR_Subscript:
    case SK_EXPR_Constant: case SK_EXPR_Name:
      return true;
    case SK_EXPR_Compare: return e->as.Compare.ops.n == 1;
    default: return false;
  }
}

/* Whether moving this after other code changes nothing: for CALLM, whose lookup comes last. */
bool expr_is_pure(C *c, SkExpr *e) {
  if (is_const(c, e)) return true;
  if (e->kind != SK_EXPR_Name) return false;
  NameRef r = name_ref(c, e->as.Name.id);
  return r.kind == NAME_REG && state_has(c, r.reg);
}

static Reg plain_local(C *c, SkExpr *e) {
  if (e->kind != SK_EXPR_Name) return NO_REG;
  NameRef r = name_ref(c, e->as.Name.id);
  if (r.kind != NAME_REG || (r.sym->flags & SK_SYM_WALRUS)) return NO_REG;
  name_check(c, r, e->range);
  return r.reg;
}

Reg expr_reg(C *c, SkExpr *e) {
  fold(c, e);
  Reg r = plain_local(c, e);
  return r != NO_REG ? r : expr_tmp(c, e);
}

Reg expr_tmp(C *c, SkExpr *e) {
  Reg r = tmp(c);
  expr_to(c, e, r);
  return r;
}

void expr_effect(C *c, SkExpr *e) {
  Reg top = c->u->top;
  if (is_const(c, e)) return;
  if (e->kind == SK_EXPR_Name) {
    NameRef r = name_ref(c, e->as.Name.id);
    if (r.kind == NAME_REG) {
      name_check(c, r, e->range);
      return;
    }
  }
  /* A result nobody wants lands in the call's own window: the next call overwrites it, so that it can die. */
  if (e->kind != SK_EXPR_Call) {
    expr_tmp(c, e);
  } else {
    call_to(c, e, top);
    if (c->opts.dev) emit(c, e->range, SK_OP_INTRINSIC, top, top, SK_INTRINSIC_DROPPED);
  }
  c->u->top = top;
}

/* ---- operators ---- */

static const SkOp binary_ops[] = {
    [SK_OPERATOR_Add] = SK_OP_ADD,       [SK_OPERATOR_Sub] = SK_OP_SUB,       [SK_OPERATOR_Mult] = SK_OP_MUL,
    [SK_OPERATOR_MatMult] = SK_OP_MATMUL, [SK_OPERATOR_Div] = SK_OP_TRUEDIV,  [SK_OPERATOR_Mod] = SK_OP_MOD,
    [SK_OPERATOR_Pow] = SK_OP_POW,       [SK_OPERATOR_LShift] = SK_OP_LSHIFT, [SK_OPERATOR_RShift] = SK_OP_RSHIFT,
    [SK_OPERATOR_BitOr] = SK_OP_OR,      [SK_OPERATOR_BitXor] = SK_OP_XOR,    [SK_OPERATOR_BitAnd] = SK_OP_AND,
    [SK_OPERATOR_FloorDiv] = SK_OP_FLOORDIV,
};

static SkOp constant_form(SkOp op) {
  switch (op) {
    case SK_OP_ADD: return SK_OP_ADDK;
    case SK_OP_SUB: return SK_OP_SUBK;
    case SK_OP_MUL: return SK_OP_MULK;
    case SK_OP_TRUEDIV: return SK_OP_TRUEDIVK;
    case SK_OP_FLOORDIV: return SK_OP_FLOORDIVK;
    case SK_OP_MOD: return SK_OP_MODK;
    case SK_OP_POW: return SK_OP_POWK;
    case SK_OP_LSHIFT: return SK_OP_LSHIFTK;
    case SK_OP_RSHIFT: return SK_OP_RSHIFTK;
    case SK_OP_AND: return SK_OP_ANDK;
    case SK_OP_XOR: return SK_OP_XORK;
    case SK_OP_OR: return SK_OP_ORK;
    case SK_OP_IADD: return SK_OP_IADDK;
    case SK_OP_ISUB: return SK_OP_ISUBK;
    case SK_OP_IMUL: return SK_OP_IMULK;
    default: return SK_OP_NOP;
  }
}

void emit_binary(C *c, SkRange pos, SkOperator operator, bool in_place, Reg dst, Reg left, SkExpr *right) {
  SkOp op = binary_ops[operator];
  if (in_place) op = op - SK_OP_ADD + SK_OP_IADD;
  uint32_t k;
  SkOp kop = constant_form(op);
  if (kop != SK_OP_NOP && const_small(c, right, &k)) {
    emit(c, pos, kop, dst, left, k);
  } else {
    Reg r = expr_reg(c, right);
    emit(c, pos, op, dst, left, r);
  }
}

static void binary_to(C *c, SkExpr *e, Reg dst) {
  Reg left = expr_reg(c, e->as.BinOp.left);
  emit_binary(c, e->range, e->as.BinOp.op, false, dst, left, e->as.BinOp.right);
}

static void unary_to(C *c, SkExpr *e, Reg dst) {
  static const SkOp ops[] = {[SK_UNARYOP_Invert] = SK_OP_INVERT, [SK_UNARYOP_Not] = SK_OP_NOT,
                             [SK_UNARYOP_UAdd] = SK_OP_POS, [SK_UNARYOP_USub] = SK_OP_NEG};
  SkExpr *x = e->as.UnaryOp.operand;
  Reg r = expr_reg(c, x);
  emit(c, e->range, ops[e->as.UnaryOp.op], dst, r, 0);
}

static void bool_to(C *c, SkExpr *e, Reg dst) {
  Label end = label_new(c);
  SkExprSeq *v = &e->as.BoolOp.values;
  SkOp op = e->as.BoolOp.op == SK_BOOLOP_And ? SK_OP_JF : SK_OP_JT;
  for (size_t i = 0; i < v->n; i++) {
    expr_to(c, v->items[i], dst);
    if (i + 1 < v->n) jump_if(c, e->range, op, dst, 0, &end);
  }
  label_place(c, &end);
}

static void if_to(C *c, SkExpr *e, Reg dst) {
  Label orelse = label_new(c), end = label_new(c);
  cond(c, e->as.IfExp.test, &orelse, false);
  expr_to(c, e->as.IfExp.body, dst);
  jump(c, e->range, &end);
  label_place(c, &orelse);
  expr_to(c, e->as.IfExp.orelse, dst);
  label_place(c, &end);
}

static void walrus_to(C *c, SkExpr *e, Reg dst) {
  SkExpr *t = e->as.NamedExpr.target;
  expr_to(c, e->as.NamedExpr.value, dst);
  name_store(c, t->as.Name.id, t->range, dst);
}

/* ---- comparisons ---- */

static const SkOp compare_ops[] = {
    [SK_CMPOP_Eq] = SK_OP_EQ, [SK_CMPOP_NotEq] = SK_OP_NE, [SK_CMPOP_Lt] = SK_OP_LT,   [SK_CMPOP_LtE] = SK_OP_LE,
    [SK_CMPOP_Gt] = SK_OP_GT, [SK_CMPOP_GtE] = SK_OP_GE,   [SK_CMPOP_Is] = SK_OP_IS,   [SK_CMPOP_IsNot] = SK_OP_ISNOT,
    [SK_CMPOP_In] = SK_OP_IN, [SK_CMPOP_NotIn] = SK_OP_NOTIN,
};

static const char *literal_type(C *c, SkExpr *e) {
  if (!is_const(c, e)) return NULL;
  if (e->kind == SK_EXPR_Tuple) return "tuple";
  if (e->kind != SK_EXPR_Constant) return e->kind == SK_EXPR_BinOp ? "complex" : "int";
  switch (e->as.Constant.value.kind) {
    case SK_CONST_INT: case SK_CONST_BIGINT: return "int";
    case SK_CONST_FLOAT: return "float";
    case SK_CONST_COMPLEX: return "complex";
    case SK_CONST_STR: return "str";
    case SK_CONST_BYTES: return "bytes";
    default: return NULL;
  }
}

static void check_is(C *c, SkExpr *e) {
  SkExpr *left = e->as.Compare.left;
  for (size_t i = 0; i < e->as.Compare.ops.n; i++) {
    SkCmpOp op = e->as.Compare.ops.items[i];
    SkExpr *right = e->as.Compare.comparators.items[i];
    if (op == SK_CMPOP_Is || op == SK_CMPOP_IsNot) {
      const char *l = literal_type(c, left), *r = literal_type(c, right);
      if (l || r) {
        sk_diag_warn(c->diag, e->range,
                     op == SK_CMPOP_Is ? "\"is\" with '%s' literal. Did you mean \"==\"?"
                                       : "\"is not\" with '%s' literal. Did you mean \"!=\"?",
                     l ? l : r);
        return;
      }
    }
    left = right;
  }
}

/* The right side of `in`: a display of constants is built once. */
static Reg container_reg(C *c, SkCmpOp op, SkExpr *e) {
  if (op != SK_CMPOP_In && op != SK_CMPOP_NotIn) return expr_reg(c, e);
  SkExprSeq *elts = e->kind == SK_EXPR_List ? &e->as.List.elts : e->kind == SK_EXPR_Set ? &e->as.Set.elts : NULL;
  for (size_t i = 0; elts && i < elts->n; i++)
    if (!is_const(c, elts->items[i])) elts = NULL;
  if (!elts) return expr_reg(c, e);
  uint32_t *items = sk_arena_array(c->arena, uint32_t, elts->n);
  for (size_t i = 0; i < elts->n; i++) items[i] = const_index(c, elts->items[i]);
  Reg r = tmp(c);
  emit_const(c, e->range, r, sk_asm_const_items(&c->u->as, e->kind == SK_EXPR_List ? SK_K_TUPLE : SK_K_FROZENSET, items, elts->n));
  return r;
}

static void compare_to(C *c, SkExpr *e, Reg dst) {
  check_is(c, e);
  size_t n = e->as.Compare.ops.n;
  SkCmpOp *ops = e->as.Compare.ops.items;
  SkExpr **right = e->as.Compare.comparators.items;
  Reg l = expr_reg(c, e->as.Compare.left);
  Label end = label_new(c);
  for (size_t i = 0; i < n; i++) {
    Reg r = container_reg(c, ops[i], right[i]);
    emit(c, e->range, compare_ops[ops[i]], dst, l, r);
    if (i + 1 < n) jump_if(c, e->range, SK_OP_JF, dst, 0, &end);
    l = r;
  }
  label_place(c, &end);
}

/* Jump if (l op right) is |sense|. */
static void compare_jump(C *c, SkRange pos, SkCmpOp op, Reg l, SkExpr *right, Reg r, Label *to, bool sense) {
  uint32_t k;
  switch (op) {
    case SK_CMPOP_Is: case SK_CMPOP_IsNot: {
      bool same = (op == SK_CMPOP_Is) == sense;
      if (r == NO_REG) jump_if(c, pos, same ? SK_OP_JNONE : SK_OP_JNOTNONE, l, 0, to);
      else jump_if(c, pos, same ? SK_OP_JIS : SK_OP_JISNOT, l, r, to);
      return;
    }
    case SK_CMPOP_In: jump_if(c, pos, sense ? SK_OP_JIN : SK_OP_JNOTIN, l, r, to); return;
    case SK_CMPOP_NotIn: jump_if(c, pos, sense ? SK_OP_JNOTIN : SK_OP_JIN, l, r, to); return;
    default: break;
  }
  SkOp op_r = compare_ops[op] - SK_OP_LT + (sense ? SK_OP_JLT : SK_OP_JNLT);
  if (r == NO_REG && const_small(c, right, &k)) jump_if(c, pos, op_r - SK_OP_JLT + SK_OP_JLTK, l, k, to);
  else jump_if(c, pos, op_r, l, r, to);
}

/* NO_REG: the operand goes into the instruction. */
static Reg compare_operand(C *c, SkCmpOp op, SkExpr *e) {
  uint32_t k;
  if ((op == SK_CMPOP_Is || op == SK_CMPOP_IsNot) && is_none(e)) return NO_REG;
  if (op != SK_CMPOP_Is && op != SK_CMPOP_IsNot && op != SK_CMPOP_In && op != SK_CMPOP_NotIn && const_small(c, e, &k))
    return NO_REG;
  return container_reg(c, op, e);
}

static void compare_cond(C *c, SkExpr *e, Label *to, bool sense) {
  check_is(c, e);
  size_t n = e->as.Compare.ops.n;
  SkCmpOp *ops = e->as.Compare.ops.items;
  SkExpr **right = e->as.Compare.comparators.items;
  Reg l = expr_reg(c, e->as.Compare.left);
  Label fail = label_new(c);
  for (size_t i = 0; i + 1 < n; i++) {
    Reg r = container_reg(c, ops[i], right[i]);
    compare_jump(c, e->range, ops[i], l, right[i], r, sense ? &fail : to, false);
    l = r;
  }
  Reg r = compare_operand(c, ops[n - 1], right[n - 1]);
  compare_jump(c, e->range, ops[n - 1], l, right[n - 1], r, to, sense);
  label_place(c, &fail);
}

static void bool_cond(C *c, SkExpr *e, Label *to, bool sense) {
  SkExprSeq *v = &e->as.BoolOp.values;
  bool stops = e->as.BoolOp.op == SK_BOOLOP_Or; /* the truth that ends it early */
  Label end = label_new(c);
  for (size_t i = 0; i + 1 < v->n; i++) cond(c, v->items[i], stops == sense ? to : &end, stops);
  cond(c, v->items[v->n - 1], to, sense);
  label_place(c, &end);
}

static void if_cond(C *c, SkExpr *e, Label *to, bool sense) {
  Label orelse = label_new(c), end = label_new(c);
  cond(c, e->as.IfExp.test, &orelse, false);
  cond(c, e->as.IfExp.body, to, sense);
  jump(c, e->range, &end);
  label_place(c, &orelse);
  cond(c, e->as.IfExp.orelse, to, sense);
  label_place(c, &end);
}

void cond(C *c, SkExpr *e, Label *to, bool sense) {
  Reg top = c->u->top;
  int truth = const_truth(c, e);
  if (truth >= 0) {
    if ((truth == 1) == sense) jump(c, e->range, to);
    return;
  }
  switch ((SkExprKind)e->kind) {
    case SK_EXPR_UnaryOp:
      if (e->as.UnaryOp.op != SK_UNARYOP_Not) goto plain;
      cond(c, e->as.UnaryOp.operand, to, !sense);
      break;
    case SK_EXPR_BoolOp: bool_cond(c, e, to, sense); break;
    case SK_EXPR_Compare: compare_cond(c, e, to, sense); break;
    case SK_EXPR_IfExp: if_cond(c, e, to, sense); break;
    default:
    plain: {
      Reg r = expr_reg(c, e);
      jump_if(c, e->range, sense ? SK_OP_JT : SK_OP_JF, r, 0, to);
    }
  }
  c->u->top = top;
}

/* ---- attributes and subscripts ---- */

/* When the primary spans lines, an attribute's errors are shown at its name. */
SkRange attr_range(SkExpr *e, SkRange pos) {
  if (pos.line == e->range.end_line) return pos;
  uint32_t n = (uint32_t)e->as.Attribute.attr->length;
  pos.line = e->range.end_line;
  pos.col = n <= e->range.end_col ? e->range.end_col - n : 0;
  return pos;
}

void attr_load(C *c, SkExpr *e, Reg obj, Reg dst) {
  SkName *name = mangled(c, e->as.Attribute.attr);
  emit(c, attr_range(e, e->range), SK_OP_GETATTR, name_index(c, name), obj, dst);
}

/* super().name in a method: no super object is made. */
static bool super_to(C *c, SkExpr *e, Reg dst) {
  SkExpr *call = e->as.Attribute.value;
  if (call->kind != SK_EXPR_Call || call->as.Call.args.n || call->as.Call.keywords.n) return false;
  SkExpr *f = call->as.Call.func;
  Unit *u = c->u;
  if (f->kind != SK_EXPR_Name || f->as.Name.id != c->symbols->n_super || u->names != u->scope) return false;
  if (u->scope->kind != SK_SCOPE_FUNCTION || u->scope->nlocals == 0) return false;
  SkSymbol *cls = sk_scope_find(u->scope, c->symbols->n_class), *self = u->scope->locals[0];
  const SkArguments *a = ((const SkStmt *)u->scope->node)->as.FunctionDef.args;
  if (a->posonlyargs.n + a->args.n == 0 || !cls || cls->where != SK_SYM_FREE) return false;
  if (name_ref(c, f->as.Name.id).kind != NAME_GLOBAL) return false;
  if (self->flags & SK_SYM_KILLED) return false;
  Reg base = tmps(c, 3);
  name_load(c, f->as.Name.id, f->range, base);
  emit(c, call->range, SK_OP_GETCELL, base + 1, cls->reg, 0);
  if (self->where == SK_SYM_CELL) emit(c, call->range, SK_OP_GETCELL, base + 2, 0, 0);
  else emit_move(c, call->range, base + 2, 0);
  emit(c, e->range, SK_OP_SUPERATTR, name_index(c, mangled(c, e->as.Attribute.attr)), base, dst);
  return true;
}

static void attribute_to(C *c, SkExpr *e, Reg dst) {
  if (super_to(c, e, dst)) return;
  Reg obj = expr_reg(c, e->as.Attribute.value);
  attr_load(c, e, obj, dst);
}

/* The parts of a subscript: the key in |*first|, or (start, stop) of a slice in two registers. */
void subscript_key(C *c, SkExpr *s, Reg *first, bool *two) {
  *two = s->kind == SK_EXPR_Slice && !s->as.Slice.step;
  if (!*two) {
    *first = expr_reg(c, s);
    return;
  }
  *first = tmps(c, 2);
  Reg top = c->u->top;
  SkExpr *part[2] = {s->as.Slice.lower, s->as.Slice.upper};
  for (int i = 0; i < 2; i++) {
    if (part[i]) expr_to(c, part[i], *first + (Reg)i);
    else emit_none(c, s->range, *first + (Reg)i);
    c->u->top = top;
  }
}

static void slice_to(C *c, SkExpr *e, Reg dst) {
  Reg base = tmps(c, 3);
  SkExpr *part[3] = {e->as.Slice.lower, e->as.Slice.upper, e->as.Slice.step};
  for (unsigned i = 0; i < 3; i++) {
    if (part[i]) expr_to(c, part[i], base + i);
    else emit_none(c, e->range, base + i);
  }
  emit(c, e->range, SK_OP_SLICE, dst, base, part[2] != NULL);
}

static void subscript_to(C *c, SkExpr *e, Reg dst) {
  check_subscript(c, e);
  Reg obj = expr_reg(c, e->as.Subscript.value), key;
  SkExpr *s = e->as.Subscript.slice;
  uint32_t k;
  bool two;
  if (s->kind != SK_EXPR_Slice && const_small(c, s, &k)) {
    emit(c, e->range, SK_OP_GETITEMK, dst, obj, k);
    return;
  }
  subscript_key(c, s, &key, &two);
  emit(c, e->range, two ? SK_OP_GETSLICE : SK_OP_GETITEM, dst, obj, key);
}

static void name_to(C *c, SkExpr *e, Reg dst) { name_load(c, e->as.Name.id, e->range, dst); }

static void starred_to(C *c, SkExpr *e, Reg dst) {
  COMPILE_ERROR(c, e->range, "can't use starred expression here");
  (void)dst;
}

void expr_to(C *c, SkExpr *e, Reg dst) {
  Reg top = c->u->top;
  if (is_const(c, e)) {
    emit_const(c, e->range, dst, const_index(c, e));
    return;
  }
  switch ((SkExprKind)e->kind) {
    case SK_EXPR_BoolOp: bool_to(c, e, dst); break;
    case SK_EXPR_NamedExpr: walrus_to(c, e, dst); break;
    case SK_EXPR_BinOp: binary_to(c, e, dst); break;
    case SK_EXPR_UnaryOp: unary_to(c, e, dst); break;
    case SK_EXPR_Lambda: lambda_to(c, e, dst); break;
    case SK_EXPR_IfExp: if_to(c, e, dst); break;
    case SK_EXPR_Dict: dict_to(c, e, dst); break;
    case SK_EXPR_Set: set_to(c, &e->as.Set.elts, e->range, dst); break;
    case SK_EXPR_ListComp: case SK_EXPR_SetComp: case SK_EXPR_DictComp: case SK_EXPR_GeneratorExp:
      comp_to(c, e, dst);
      break;
    case SK_EXPR_Await: await_to(c, e, dst); break;
    case SK_EXPR_Yield: case SK_EXPR_YieldFrom: yield_to(c, e, dst); break;
    case SK_EXPR_Compare: compare_to(c, e, dst); break;
    case SK_EXPR_Call: call_to(c, e, dst); break;
    case SK_EXPR_FormattedValue: formatted_to(c, e, dst); break;
    case SK_EXPR_JoinedStr: joined_to(c, e, dst); break;
    case SK_EXPR_Constant: break;
    case SK_EXPR_Attribute: attribute_to(c, e, dst); break;
    case SK_EXPR_Subscript: subscript_to(c, e, dst); break;
    case SK_EXPR_Starred: starred_to(c, e, dst); break;
    case SK_EXPR_Name: name_to(c, e, dst); break;
    case SK_EXPR_List: list_to(c, &e->as.List.elts, e->range, dst); break;
    case SK_EXPR_Tuple: tuple_to(c, &e->as.Tuple.elts, e->range, dst); break;
    case SK_EXPR_Slice: slice_to(c, e, dst); break;
  }
  c->u->top = top;
}
