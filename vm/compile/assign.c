/* assign.c - binding values to targets; augmented and annotated assignment; del.  Layer 4. */
#include <string.h>

#include "vm/compile/compile_impl.h"

static void note_static_attribute(C *c, SkExpr *target) {
  SkExpr *obj = target->as.Attribute.value;
  if (obj->kind != SK_EXPR_Name || obj->as.Name.id->length != 4 || memcmp(obj->as.Name.id->text, "self", 4)) return;
  Unit *u = c->u;
  if (u->scope->kind == SK_SCOPE_CLASS) return;
  while (u && u->scope->kind != SK_SCOPE_CLASS) u = u->outer;
  if (!u) return;
  SkName *name = target->as.Attribute.attr;
  for (uint32_t i = 0; i < u->nattrs; i++)
    if (u->attrs[i] == name) return;
  if (u->nattrs == u->attrs_room) {
    uint32_t more = u->attrs_room ? u->attrs_room * 2 : 8;
    u->attrs = sk_arena_grow(c->arena, u->attrs, u->attrs_room * sizeof name, more * sizeof name);
    u->attrs_room = more;
  }
  u->attrs[u->nattrs++] = name;
}

static void store_attribute(C *c, SkExpr *t, Reg obj, Reg src) {
  note_static_attribute(c, t);
  emit(c, attr_range(t, t->range), SK_OP_SETATTR, obj, src, name_index(c, mangled(c, t->as.Attribute.attr)));
}

/* A sequence target: into a row of temporaries, then each to its place. */
static void store_sequence(C *c, SkExpr *t, const SkExprSeq *elts, Reg src) {
  size_t star = elts->n;
  for (size_t i = 0; i < elts->n; i++) {
    if (elts->items[i]->kind != SK_EXPR_Starred) continue;
    if (star < elts->n) {
      COMPILE_ERROR(c, t->range, "multiple starred expressions in assignment");
      return;
    }
    star = i;
  }
  Reg row = tmps(c, elts->n ? (unsigned)elts->n : 1); /* () = x only looks whether x is empty */
  if (star == elts->n) emit(c, t->range, SK_OP_UNPACK, row, src, (Reg)elts->n);
  else emit(c, t->range, SK_OP_UNPACKX, row, src, (Reg)star)[1].imm = (int64_t)(elts->n - star - 1);
  for (size_t i = 0; i < elts->n; i++) {
    SkExpr *e = elts->items[i];
    store(c, e->kind == SK_EXPR_Starred ? e->as.Starred.value : e, row + (Reg)i);
  }
}

void store(C *c, SkExpr *t, Reg src) {
  Reg top = c->u->top, key;
  bool two;
  switch ((SkExprKind)t->kind) {
    case SK_EXPR_Name: name_store(c, t->as.Name.id, t->range, src); break;
    case SK_EXPR_Attribute:
      if (name_forbidden(c, t->as.Attribute.attr, t->range, SK_CTX_Store)) break;
      store_attribute(c, t, expr_reg(c, t->as.Attribute.value), src);
      break;
    case SK_EXPR_Subscript: {
      Reg obj = expr_reg(c, t->as.Subscript.value);
      subscript_key(c, t->as.Subscript.slice, &key, &two);
      emit(c, t->range, two ? SK_OP_SETSLICE : SK_OP_SETITEM, obj, key, src);
      break;
    }
    case SK_EXPR_List: store_sequence(c, t, &t->as.List.elts, src); break;
    case SK_EXPR_Tuple: store_sequence(c, t, &t->as.Tuple.elts, src); break;
    case SK_EXPR_Starred:
      COMPILE_ERROR(c, t->range, "starred assignment target must be in a list or tuple");
      break;
    default: COMPILE_ERROR(c, t->range, "cannot assign to expression"); break;
  }
  c->u->top = top;
}

/* a, b = x, y without making the tuple. */
static bool assign_pairwise(C *c, SkExpr *target, SkExpr *value) {
  if (target->kind != SK_EXPR_Tuple && target->kind != SK_EXPR_List) return false;
  if (value->kind != SK_EXPR_Tuple || is_const(c, value)) return false;
  SkExprSeq *t = target->kind == SK_EXPR_Tuple ? &target->as.Tuple.elts : &target->as.List.elts;
  SkExprSeq *v = &value->as.Tuple.elts;
  if (t->n != v->n || t->n > 16) return false;
  for (size_t i = 0; i < t->n; i++)
    if (t->items[i]->kind == SK_EXPR_Starred || v->items[i]->kind == SK_EXPR_Starred) return false;
  Reg row = c->u->top;
  for (size_t i = 0; i < v->n; i++) expr_tmp(c, v->items[i]);
  for (size_t i = 0; i < t->n; i++) store(c, t->items[i], row + (Reg)i);
  return true;
}

/* name = expression straight into the name's register. */
static bool assign_direct(C *c, SkExpr *target, SkExpr *value) {
  if (target->kind != SK_EXPR_Name || !expr_writes_last(c, value)) return false;
  NameRef r = name_ref(c, target->as.Name.id);
  if (r.kind != NAME_REG || r.name == c->symbols->n_debug) return false;
  expr_to(c, value, r.reg);
  state_set(c, r.reg);
  return true;
}

void assign(C *c, SkStmt *s) {
  SkExprSeq *targets = &s->as.Assign.targets;
  SkExpr *value = s->as.Assign.value;
  if (targets->n == 1 && assign_direct(c, targets->items[0], value)) return;
  if (targets->n == 1 && assign_pairwise(c, targets->items[0], value)) return;
  Reg r = targets->n == 1 ? expr_reg(c, value) : expr_tmp(c, value);
  for (size_t i = 0; i < targets->n; i++) store(c, targets->items[i], r);
}

/* ---- target op= value: the target's parts are evaluated once ---- */

static void aug_name(C *c, SkStmt *s, SkExpr *t) {
  NameRef r = name_ref(c, t->as.Name.id);
  if (name_forbidden(c, r.name, t->range, SK_CTX_Store)) return;
  SkOperator op = s->as.AugAssign.op;
  if (r.kind == NAME_REG && !(r.sym->flags & SK_SYM_WALRUS)) {
    name_check(c, r, t->range);
    emit_binary(c, s->range, op, true, r.reg, r.reg, s->as.AugAssign.value);
    return;
  }
  Reg v = tmp(c);
  name_load(c, t->as.Name.id, t->range, v);
  emit_binary(c, s->range, op, true, v, v, s->as.AugAssign.value);
  name_store(c, t->as.Name.id, t->range, v);
}

static void aug_attribute(C *c, SkStmt *s, SkExpr *t) {
  Reg obj = expr_reg(c, t->as.Attribute.value), v = tmp(c);
  attr_load(c, t, obj, v);
  emit_binary(c, s->range, s->as.AugAssign.op, true, v, v, s->as.AugAssign.value);
  store_attribute(c, t, obj, v);
}

static void aug_subscript(C *c, SkStmt *s, SkExpr *t) {
  Reg obj = expr_reg(c, t->as.Subscript.value), key;
  bool two;
  subscript_key(c, t->as.Subscript.slice, &key, &two);
  Reg v = tmp(c);
  emit(c, t->range, two ? SK_OP_GETSLICE : SK_OP_GETITEM, v, obj, key);
  emit_binary(c, s->range, s->as.AugAssign.op, true, v, v, s->as.AugAssign.value);
  emit(c, t->range, two ? SK_OP_SETSLICE : SK_OP_SETITEM, obj, key, v);
}

void aug_assign(C *c, SkStmt *s) {
  SkExpr *t = s->as.AugAssign.target;
  if (t->kind == SK_EXPR_Name) aug_name(c, s, t);
  else if (t->kind == SK_EXPR_Attribute) aug_attribute(c, s, t);
  else if (t->kind == SK_EXPR_Subscript) aug_subscript(c, s, t);
}

/* ---- target: annotation = value ---- */

void annotation_to(C *c, SkExpr *e, Reg dst) {
  if (c->future_annotations) {
    size_t n;
    const char *text = sk_unparse(c->arena, e, &n);
    emit_const(c, e->range, dst, sk_asm_const_text(&c->u->as, SK_K_STR, text, n));
  } else if (e->kind == SK_EXPR_Starred) { /* *args: *Ts is the one item that *Ts unpacks to */
    Reg top = c->u->top, r = expr_reg(c, e->as.Starred.value);
    emit(c, e->range, SK_OP_UNPACK, dst, r, 1);
    c->u->top = top;
  } else {
    expr_to(c, e, dst);
  }
}

static bool in_namespace(const C *c) {
  return c->u->scope->kind == SK_SCOPE_MODULE || c->u->scope->kind == SK_SCOPE_CLASS;
}

static void annotate_name(C *c, SkStmt *s, SkExpr *t) {
  Reg map = tmp(c), key = tmp(c), value = tmp(c);
  annotation_to(c, s->as.AnnAssign.annotation, value);
  emit(c, s->range, SK_OP_NAME, map, name_index(c, sk_name_intern_z(c->names, "__annotations__")), 0);
  emit_str(c, s->range, key, mangled(c, t->as.Name.id));
  emit(c, s->range, SK_OP_SETITEM, map, key, value);
}

void ann_assign(C *c, SkStmt *s) {
  SkExpr *t = s->as.AnnAssign.target, *value = s->as.AnnAssign.value;
  if (value) {
    if (!assign_direct(c, t, value)) store(c, t, expr_reg(c, value));
  } else if (t->kind == SK_EXPR_Attribute) {
    if (name_forbidden(c, t->as.Attribute.attr, s->range, SK_CTX_Store)) return;
    expr_effect(c, t->as.Attribute.value);
  } else if (t->kind == SK_EXPR_Subscript) {
    expr_effect(c, t->as.Subscript.value);
    if (t->as.Subscript.slice->kind == SK_EXPR_Slice) expr_tmp(c, t->as.Subscript.slice);
    else expr_effect(c, t->as.Subscript.slice);
  }
  if (t->kind == SK_EXPR_Name && name_forbidden(c, t->as.Name.id, s->range, SK_CTX_Store)) return;
  if (!in_namespace(c)) return;
  if (s->as.AnnAssign.simple && t->kind == SK_EXPR_Name) annotate_name(c, s, t);
  else if (!c->future_annotations) expr_effect(c, s->as.AnnAssign.annotation);
}

/* ---- del ---- */

static void delete_all(C *c, const SkExprSeq *elts) {
  for (size_t i = 0; i < elts->n; i++) delete_target(c, elts->items[i]);
}

void delete_target(C *c, SkExpr *t) {
  Reg top = c->u->top;
  switch ((SkExprKind)t->kind) {
    case SK_EXPR_Name: name_delete(c, t->as.Name.id, t->range); break;
    case SK_EXPR_Attribute: {
      Reg obj = expr_reg(c, t->as.Attribute.value);
      emit(c, attr_range(t, t->range), SK_OP_DELATTR, obj, name_index(c, mangled(c, t->as.Attribute.attr)), 0);
      break;
    }
    case SK_EXPR_Subscript: {
      Reg obj = expr_reg(c, t->as.Subscript.value), key = expr_reg(c, t->as.Subscript.slice);
      emit(c, t->range, SK_OP_DELITEM, obj, key, 0);
      break;
    }
    case SK_EXPR_List: delete_all(c, &t->as.List.elts); break;
    case SK_EXPR_Tuple: delete_all(c, &t->as.Tuple.elts); break;
    default: COMPILE_ERROR(c, t->range, "cannot delete expression"); break;
  }
  c->u->top = top;
}
