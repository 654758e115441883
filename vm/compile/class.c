/* class.c - class statements: the body as a function of its namespace.   Layer 4.
 *
 * The body gets the namespace mapping in R[0].  If anything inside says super or __class__, it
 * returns the cell that will hold the class.
 */
#include <stdlib.h>
#include <string.h>

#include "vm/compile/compile_impl.h"

static void set_name(C *c, SkRange pos, const char *name, Reg src) {
  emit(c, pos, SK_OP_SETNAME, src, name_index(c, sk_name_intern_z(c->names, name)), 0);
}

static void class_prologue(C *c, Unit *u, SkStmt *s) {
  SkRange pos = {(uint32_t)u->first_line, 0, (uint32_t)u->first_line, 0};
  Reg t = tmp(c);
  emit(c, pos, SK_OP_NAME, t, name_index(c, sk_name_intern_z(c->names, "__name__")), 0);
  set_name(c, pos, "__module__", t);
  emit_const(c, pos, t, sk_asm_const_text(&u->as, SK_K_STR, u->qualname.s, u->qualname.n));
  set_name(c, pos, "__qualname__", t);
  emit_int(c, pos, t, u->first_line);
  set_name(c, pos, "__firstlineno__", t);
  if (s->as.ClassDef.type_params.n) {
    emit(c, pos, SK_OP_GETCELL, t, cell_reg(c, c->symbols->n_type_params_dot), 0);
    set_name(c, pos, "__type_params__", t);
  }
  if (u->scope->has_annotations) emit(c, pos, SK_OP_ANNOTATE, 0, 0, 0);
  SkText doc;
  if (docstring_of(c, &s->as.ClassDef.body, &doc)) {
    u->doc = (int32_t)sk_asm_const_text(&u->as, SK_K_STR, doc.s, doc.n);
    emit_const(c, s->as.ClassDef.body.items[0]->range, t, (uint32_t)u->doc);
    set_name(c, s->as.ClassDef.body.items[0]->range, "__doc__", t);
  }
  c->u->top = t;
}

static int by_text(const void *a, const void *b) {
  const SkName *const *x = a, *const *y = b;
  return strcmp((*x)->text, (*y)->text);
}

static void static_attributes(C *c, Unit *u, SkRange pos, Reg t) {
  uint32_t *items = sk_arena_array(c->arena, uint32_t, u->nattrs);
  if (u->nattrs > 1) qsort(u->attrs, u->nattrs, sizeof *u->attrs, by_text);
  for (uint32_t i = 0; i < u->nattrs; i++)
    items[i] = sk_asm_const_text(&u->as, SK_K_STR, u->attrs[i]->text, u->attrs[i]->length);
  emit_const(c, pos, t, sk_asm_const_items(&u->as, SK_K_TUPLE, items, u->nattrs));
  set_name(c, pos, "__static_attributes__", t);
}

static uint32_t class_code(C *c, SkStmt *s, SkScope *scope) {
  Unit u;
  SkRange pos = {s->range.line, 0, s->range.line, 0};
  unit_open(c, &u, scope, text_of(s->as.ClassDef.name), decorated_range(s, &s->as.ClassDef.decorator_list));
  if (scope->classdict_symbol) emit(c, pos, SK_OP_SETCELL, scope->classdict_symbol->reg, 0, 0);
  class_prologue(c, &u, s);
  stmts(c, &s->as.ClassDef.body);
  Reg t = tmps(c, 2);
  static_attributes(c, &u, pos, t);
  if (scope->classdict_symbol) {
    emit_move(c, pos, t, scope->classdict_symbol->reg);
    set_name(c, pos, "__classdictcell__", t);
  }
  if (scope->class_symbol) {
    emit_move(c, pos, t, 0);
    emit_move(c, pos, t + 1, scope->class_symbol->reg);
    emit(c, pos, SK_OP_INTRINSIC, t, t, SK_INTRINSIC_CLASS_DONE);
    emit(c, pos, SK_OP_RET, t, 0, 0);
  }
  u.last = pos;
  return unit_close(c, &u);
}

/* __build_class__(function, name, bases..., keywords) */
static void class_core(C *c, SkStmt *s, SkScope *scope, Reg params, Reg dst) {
  Reg top = c->u->top, base = tmps(c, 3), func = tmp(c), name = tmp(c);
  SkExprSeq bases = s->as.ClassDef.bases;
  if (params != NO_REG) {
    name_store(c, c->symbols->n_type_params_dot, s->range, params);
    Reg g = tmp(c);
    emit(c, s->range, SK_OP_INTRINSIC, g, params, SK_INTRINSIC_GENERIC_BASE);
    name_store(c, c->symbols->n_generic_base, s->range, g);
    c->u->top = g;
    SkExpr *generic = sk_arena_new(c->arena, SkExpr);
    generic->kind = SK_EXPR_Name;
    generic->range = s->range;
    generic->as.Name.id = c->symbols->n_generic_base;
    bases.items = sk_arena_array(c->arena, SkExpr *, bases.n + 1);
    if (bases.n) memcpy(bases.items, s->as.ClassDef.bases.items, bases.n * sizeof *bases.items);
    bases.items[bases.n++] = generic;
  }
  uint32_t code = class_code(c, s, scope);
  emit(c, s->range, SK_OP_BUILDCLASS, base, 0, 0);
  emit_function(c, s->range, func, code, scope);
  emit_str(c, s->range, name, s->as.ClassDef.name);
  call_args(c, s->range, base, 2, &bases, &s->as.ClassDef.keywords, dst);
  c->u->top = top;
}

void class_stmt(C *c, SkStmt *s) {
  SkExprSeq *deco = &s->as.ClassDef.decorator_list;
  Reg cls = decorators(c, deco);
  if (s->as.ClassDef.type_params.n)
    generic_to(c, s, &s->as.ClassDef.type_params, s->as.ClassDef.name, class_core, cls);
  else
    class_core(c, s, scope_of(c, s->mark), NO_REG, cls);
  decorate(c, deco, cls);
  name_store(c, s->as.ClassDef.name, s->range, cls - 3 * (Reg)deco->n);
}
