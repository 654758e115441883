/* name.c - loading, storing and deleting variables of every kind.     Layer 4. */
#include "vm/compile/compile_impl.h"

SkName *mangled(C *c, SkName *name) { return sk_scope_mangle(c->names, c->u->names, name); }

static SkScope *class_around(C *c) { return c->u->scope->kind == SK_SCOPE_CLASS ? c->u->scope : NULL; }

/* A free variable read in a class body or a type scope of a class: the namespace comes first. */
static bool looks_in_class_first(C *c, const SkSymbol *sym) {
  SkScope *s = c->u->names;
  if (sym->flags & (SK_SYM_NONLOCAL | SK_SYM_HIDDEN)) return false;
  return s->kind == SK_SCOPE_CLASS || (s->sees_class && s == c->u->scope);
}

NameRef name_ref(C *c, SkName *id) {
  SkName *name = mangled(c, id);
  SkScope *s = c->u->names;
  SkSymbol *sym = sk_scope_find(s, name);
  if (!sym && class_around(c) && class_around(c)->class_symbol && name == c->symbols->n_class) sym = class_around(c)->class_symbol;
  NameRef r = {NAME_GLOBAL, 0, sym, name};
  if (!sym) return r;
  if (sym->where == SK_SYM_ALIAS) r.sym = sym = sym->target;
  r.reg = sym->reg;
  bool spaced = s->kind == SK_SCOPE_MODULE || s->kind == SK_SCOPE_CLASS;
  switch ((SkSymWhere)sym->where) {
    case SK_SYM_LOCAL:
      r.kind = sym->scope->kind == SK_SCOPE_MODULE || sym->scope->kind == SK_SCOPE_CLASS ? NAME_SPACE : NAME_REG;
      break;
    case SK_SYM_CELL: r.kind = NAME_CELL; break;
    case SK_SYM_FREE:
      r.kind = sym->declared_here && spaced ? NAME_SPACE : looks_in_class_first(c, sym) ? NAME_SPACE_CELL : NAME_CELL;
      break;
    case SK_SYM_GLOBAL_IMPLICIT:
      if (spaced || c->u->scope->kind == SK_SCOPE_MODULE) r.kind = NAME_SPACE;
      else if (s->sees_class && s == c->u->scope) r.kind = NAME_SPACE_GLOBAL;
      break;
    default: break;
  }
  return r;
}

void name_check(C *c, NameRef r, SkRange pos) {
  if (r.kind != NAME_REG || state_has(c, r.reg)) return;
  emit(c, pos, SK_OP_CHECK, r.reg, 0, 0);
  state_set(c, r.reg);
}

/* The mapping of the class around a type scope, from its cell. */
static Reg class_mapping(C *c, SkRange pos) {
  if (c->u->scope->kind == SK_SCOPE_CLASS) return 0;
  SkSymbol *sym = sk_scope_find(c->u->scope, c->symbols->n_classdict);
  Reg r = tmp(c);
  emit(c, pos, SK_OP_GETCELL, r, sym->reg, 0);
  return r;
}

void name_load(C *c, SkName *id, SkRange pos, Reg dst) {
  NameRef r = name_ref(c, id);
  Reg top = c->u->top;
  switch (r.kind) {
    case NAME_REG:
      name_check(c, r, pos);
      emit_move(c, pos, dst, r.reg);
      break;
    case NAME_CELL: emit(c, pos, SK_OP_GETCELL, dst, r.reg, 0); break;
    case NAME_GLOBAL: emit(c, pos, SK_OP_GLOBAL, dst, name_index(c, r.name), 0); break;
    case NAME_SPACE: emit(c, pos, SK_OP_NAME, dst, name_index(c, r.name), 0); break;
    case NAME_SPACE_CELL: {
      Reg map = class_mapping(c, pos);
      emit(c, pos, SK_OP_NAMECELL, dst, r.reg, map)[1].imm = name_index(c, r.name);
      break;
    }
    case NAME_SPACE_GLOBAL:
      emit(c, pos, SK_OP_NAMEGLOBAL, dst, name_index(c, r.name), class_mapping(c, pos));
      break;
  }
  c->u->top = top;
}

void name_store(C *c, SkName *id, SkRange pos, Reg src) {
  NameRef r = name_ref(c, id);
  if (name_forbidden(c, r.name, pos, SK_CTX_Store)) return;
  switch (r.kind) {
    case NAME_REG:
      emit_move(c, pos, r.reg, src);
      state_set(c, r.reg);
      break;
    case NAME_CELL: emit(c, pos, SK_OP_SETCELL, r.reg, src, 0); break;
    case NAME_GLOBAL: emit(c, pos, SK_OP_SETGLOBAL, src, name_index(c, r.name), 0); break;
    default: emit(c, pos, SK_OP_SETNAME, src, name_index(c, r.name), 0); break;
  }
}

void name_delete(C *c, SkName *id, SkRange pos) {
  NameRef r = name_ref(c, id);
  if (name_forbidden(c, r.name, pos, SK_CTX_Del)) return;
  switch (r.kind) {
    case NAME_REG:
      if (state_has(c, r.reg)) emit(c, pos, SK_OP_UNSET, r.reg, 0, 0);
      else emit(c, pos, SK_OP_CHECKDEL, r.reg, 0, 0);
      state_clear(c, r.reg);
      break;
    case NAME_CELL: emit(c, pos, SK_OP_DELCELL, r.reg, 0, 0); break;
    case NAME_GLOBAL: emit(c, pos, SK_OP_DELGLOBAL, 0, name_index(c, r.name), 0); break;
    default: emit(c, pos, SK_OP_DELNAME, 0, name_index(c, r.name), 0); break;
  }
}

bool name_forbidden(C *c, SkName *name, SkRange pos, SkExprContext ctx) {
  if (name != c->symbols->n_debug || ctx == SK_CTX_Load) return false;
  COMPILE_ERROR(c, pos, "cannot %s __debug__", ctx == SK_CTX_Store ? "assign to" : "delete");
  return true;
}

Reg cell_reg(C *c, SkName *name) {
  SkScope *s = c->u->names;
  for (; s; s = s->parent) {
    SkSymbol *sym = sk_scope_find(s, name);
    if (sym && sym->where == SK_SYM_ALIAS) sym = sym->target;
    if (sym && (sym->where == SK_SYM_CELL || sym->where == SK_SYM_FREE)) return sym->reg;
    if (s->kind == SK_SCOPE_CLASS) {
      if (s->class_symbol && s->class_symbol->name == name) return s->class_symbol->reg;
      if (s->classdict_symbol && s->classdict_symbol->name == name) return s->classdict_symbol->reg;
    }
    if (s == c->u->scope) break;
  }
  sk_assert(false);
  return 0;
}
