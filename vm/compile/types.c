/* types.c - type parameters and type aliases (PEP 695, 696).          Layer 4.
 *
 * A generic function, class or alias is made inside a function of its own, called at once, whose
 * locals are the type parameters.  Bounds, constraints, defaults and alias values are functions that
 * run when somebody asks.
 */
#include <string.h>

#include "vm/compile/compile_impl.h"

/* A function without parameters that computes |e|. */
static void lazy_to(C *c, SkExpr *e, SkName *name, Reg dst) {
  SkScope *scope = sk_scope_child(c->u->names, e);
  Unit u;
  unit_open(c, &u, scope, text_of(name), e->range);
  Reg r = tmp(c);
  if (e->kind == SK_EXPR_Starred) {
    Reg items = expr_reg(c, e->as.Starred.value);
    emit(c, e->range, SK_OP_UNPACK, r, items, 1);
  } else {
    expr_to(c, e, r);
  }
  emit(c, e->range, SK_OP_RET, r, 0, 0);
  uint32_t code = unit_close(c, &u);
  emit_function(c, e->range, dst, code, scope);
}

static SkIntrinsic param_intrinsic(const SkTypeParam *p, SkExpr *bound) {
  switch ((SkTypeParamKind)p->kind) {
    case SK_TYPE_PARAM_ParamSpec: return SK_INTRINSIC_PARAMSPEC;
    case SK_TYPE_PARAM_TypeVarTuple: return SK_INTRINSIC_TYPEVARTUPLE;
    default: break;
  }
  if (!bound) return SK_INTRINSIC_TYPEVAR;
  return bound->kind == SK_EXPR_Tuple ? SK_INTRINSIC_TYPEVAR_CONSTRAINTS : SK_INTRINSIC_TYPEVAR_BOUND;
}

static SkExpr *param_default(const SkTypeParam *p) {
  switch ((SkTypeParamKind)p->kind) {
    case SK_TYPE_PARAM_TypeVar: return p->as.TypeVar.default_value;
    case SK_TYPE_PARAM_ParamSpec: return p->as.ParamSpec.default_value;
    case SK_TYPE_PARAM_TypeVarTuple: return p->as.TypeVarTuple.default_value;
  }
  return NULL;
}

static void type_param(C *c, SkTypeParam *p, Reg dst) {
  Reg top = c->u->top, args = tmps(c, 2);
  SkName *name = p->as.TypeVar.name; /* first in every kind */
  SkExpr *bound = p->kind == SK_TYPE_PARAM_TypeVar ? p->as.TypeVar.bound : NULL, *value = param_default(p);
  emit_str(c, p->range, args, name);
  if (bound) lazy_to(c, bound, name, args + 1);
  emit(c, p->range, SK_OP_INTRINSIC, dst, args, param_intrinsic(p, bound));
  if (value) {
    emit_move(c, p->range, args, dst);
    lazy_to(c, value, name, args + 1);
    emit(c, p->range, SK_OP_INTRINSIC, dst, args, SK_INTRINSIC_TYPEPARAM_DEFAULT);
  }
  name_store(c, name, p->range, dst);
  c->u->top = top;
}

static Reg type_params(C *c, const SkTypeParamSeq *params, SkRange pos) {
  bool no_default_after = false;
  Reg row = tmps(c, (unsigned)params->n);
  for (size_t i = 0; i < params->n; i++) {
    SkTypeParam *p = params->items[i];
    if (param_default(p)) no_default_after = true;
    else if (no_default_after)
      COMPILE_ERROR(c, p->range, "non-default type parameter '%s' follows default type parameter",
                    p->as.TypeVar.name->text);
    type_param(c, p, row + (Reg)i);
  }
  emit(c, pos, SK_OP_TUPLE, row, row, (Reg)params->n);
  c->u->top = row + 1;
  return row;
}

static SkText generic_name(C *c, SkName *name) {
  static const char before[] = "<generic parameters of ";
  size_t b = sizeof before - 1;
  char *s = sk_arena_alloc(c->arena, b + name->length + 2);
  memcpy(s, before, b);
  memcpy(s + b, name->text, name->length);
  s[b + name->length] = '>';
  s[b + name->length + 1] = 0;
  return (SkText){s, b + name->length + 1};
}

void generic_to(C *c, SkStmt *s, const SkTypeParamSeq *params, SkName *name, GenericBody body, Reg dst) {
  SkScope *scope = scope_of(c, s->mark);
  Reg top = c->u->top, base = tmps(c, 3);
  Unit u;
  SkRange range = s->range;
  if (s->kind == SK_STMT_ClassDef) range = decorated_range(s, &s->as.ClassDef.decorator_list);
  else if (s->kind != SK_STMT_TypeAlias) range = decorated_range(s, &s->as.FunctionDef.decorator_list);
  unit_open(c, &u, scope, generic_name(c, name), range);
  Reg row = type_params(c, params, s->range), made = tmp(c);
  body(c, s, sk_scope_child(scope, s), row, made);
  emit(c, s->range, SK_OP_RET, made, 0, 0);
  uint32_t code = unit_close(c, &u);
  emit_function(c, s->range, base, code, scope);
  emit(c, s->range, SK_OP_CALL, base, 0, dst);
  c->u->top = top;
}

static void alias_core(C *c, SkStmt *s, SkScope *scope, Reg params, Reg dst) {
  (void)scope;
  SkName *name = s->as.TypeAlias.name->as.Name.id;
  Reg args = tmps(c, 3);
  emit_str(c, s->range, args, name);
  if (params != NO_REG) emit_move(c, s->range, args + 1, params);
  else emit_none(c, s->range, args + 1);
  lazy_to(c, s->as.TypeAlias.value, name, args + 2);
  emit(c, s->range, SK_OP_INTRINSIC, dst, args, SK_INTRINSIC_TYPEALIAS);
}

void type_alias_stmt(C *c, SkStmt *s) {
  Reg r = tmp(c);
  SkExpr *t = s->as.TypeAlias.name;
  if (s->as.TypeAlias.type_params.n)
    generic_to(c, s, &s->as.TypeAlias.type_params, t->as.Name.id, alias_core, r);
  else
    alias_core(c, s, NULL, NO_REG, r);
  name_store(c, t->as.Name.id, s->range, r);
}
