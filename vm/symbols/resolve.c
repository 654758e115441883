/* resolve.c - decides for every name of every scope where it lives.   Layer 2.
 *
 * A name used in a function and bound in a function around it becomes a CELL there and FREE in
 * every frame on the way, so that each hands the cell on.  Class namespaces are not seen from
 * inside, except by type scopes directly in the class.  Inlined comprehensions share their
 * frame, so a name from there is an alias and needs no cell.
 */
#include <stdlib.h>
#include <string.h>

#include "vm/symbols/symbols_impl.h"

static SkSymbol *sym_capture(SymWalk *w, SkScope *frame, SkName *name);

static bool is_bound_here(const SkSymbol *sym) {
  return sym && (sym->flags & SK_SYM_BOUND) && !(sym->flags & (SK_SYM_GLOBAL | SK_SYM_NONLOCAL));
}

static SkSymbol *class_special(SymWalk *w, SkScope *cls, SkName *name) {
  bool is_class = name == w->s->n_class;
  SkSymbol **slot = is_class ? &cls->class_symbol : &cls->classdict_symbol;
  if (is_class) cls->needs_class_cell = true;
  else cls->needs_classdict = true;
  if (!*slot) {
    *slot = sk_arena_new(w->s->arena, SkSymbol);
    **slot = (SkSymbol){.name = name, .flags = SK_SYM_BOUND | SK_SYM_HIDDEN, .where = SK_SYM_CELL, .scope = cls};
  }
  return *slot;
}

/* The symbol that code in a function directly inside |p| would mean by |name|, usable in p's frame;
 * NULL: a global. */
static SkSymbol *sym_visible(SymWalk *w, SkScope *p, SkName *name) {
  if (p->kind == SK_SCOPE_MODULE) return NULL;
  if (p->kind == SK_SCOPE_CLASS) {
    if (name == w->s->n_class || name == w->s->n_classdict) return class_special(w, p, name);
    return sym_capture(w, p, name);
  }
  SkSymbol *sym = sk_scope_find(p, name);
  if (is_bound_here(sym)) return sym;
  if (sym && (sym->flags & SK_SYM_GLOBAL)) return NULL;
  if (p->kind == SK_SCOPE_COMP) return sym_visible(w, p->parent, name);
  return sym_capture(w, p, name);
}

/* Makes |name| from outside available in |frame| as a free variable; NULL: it is a global. */
static SkSymbol *sym_capture(SymWalk *w, SkScope *frame, SkName *name) {
  SkSymbol *sym = sk_scope_find(frame, name);
  if (sym && sym->where == SK_SYM_FREE) return sym;
  if (sym && sym->where == SK_SYM_GLOBAL_IMPLICIT) return NULL;
  if (!frame->parent) return NULL;
  SkSymbol *outer = sym_visible(w, frame->parent, name);
  if (!outer) return NULL;
  if (outer->where != SK_SYM_FREE) outer->where = SK_SYM_CELL;
  bool bound = is_bound_here(sym);
  sym = scope_add(w->s, frame, name, 0, frame->range);
  sym->where = SK_SYM_FREE;
  sym->declared_here = bound && frame->kind == SK_SCOPE_CLASS;
  return sym;
}

/* Whether |name|, seen from inside |s|, is a type parameter. */
static bool is_type_param(const SkScope *s, const SkName *name) {
  for (; s; s = s->parent) {
    const SkSymbol *sym = sk_scope_find(s, name);
    if (s->kind != SK_SCOPE_CLASS && is_bound_here(sym)) return (sym->flags & SK_SYM_TYPE_PARAM) != 0;
  }
  return false;
}

static bool resolve_nonlocal(SymWalk *w, SkScope *s, SkSymbol *sym) {
  if (s->kind == SK_SCOPE_MODULE)
    return sk_diag_error(w->diag, sym->range, SK_DIAG_SYNTAX, "nonlocal declaration not allowed at module level");
  SkSymbol *outer = s->kind == SK_SCOPE_COMP ? sym_visible(w, s->parent, sym->name) : sym_capture(w, s, sym->name);
  if (!outer)
    return sk_diag_error(w->diag, sym->range, SK_DIAG_SYNTAX, "no binding for nonlocal '%s' found",
                         sym->name->text);
  if (s->kind != SK_SCOPE_COMP && is_type_param(s->parent, sym->name))
    return sk_diag_error(w->diag, sym->range, SK_DIAG_SYNTAX,
                         "nonlocal binding not allowed for type parameter '%s'", sym->name->text);
  if (s->kind == SK_SCOPE_COMP) {
    sym->where = SK_SYM_ALIAS;
    sym->target = outer;
  }
  return true;
}

/* Type scopes of a class: what its body binds is looked up there and then among the globals. */
static bool named_in_class(const SkScope *s, SkSymbol *sym) {
  if (!s->sees_class || sym->flags & SK_SYM_HIDDEN) return false;
  const SkScope *cls = s->parent;
  while (cls->kind != SK_SCOPE_CLASS) {
    if (is_bound_here(sk_scope_find(cls, sym->name))) return false; /* a type parameter in between */
    cls = cls->parent;
  }
  const SkSymbol *theirs = sk_scope_find(cls, sym->name);
  if (!theirs || theirs->flags & SK_SYM_NONLOCAL) return false;
  if (theirs->flags & SK_SYM_GLOBAL) sym->where = SK_SYM_GLOBAL_EXPLICIT;
  else if (theirs->flags & SK_SYM_BOUND) sym->where = SK_SYM_GLOBAL_IMPLICIT;
  else return false;
  return true;
}

static bool resolve_symbol(SymWalk *w, SkScope *s, SkSymbol *sym) {
  if (sym->flags & SK_SYM_GLOBAL) {
    if (sym->flags & SK_SYM_NONLOCAL)
      return sk_diag_error(w->diag, sym->range, SK_DIAG_SYNTAX, "name '%s' is nonlocal and global",
                           sym->name->text);
    sym->where = SK_SYM_GLOBAL_EXPLICIT;
    return true;
  }
  if (sym->flags & SK_SYM_NONLOCAL) return resolve_nonlocal(w, s, sym);
  if (sym->flags & SK_SYM_BOUND) {
    if (sym->where == SK_SYM_UNRESOLVED) sym->where = SK_SYM_LOCAL;
    return true;
  }
  if (sym->where != SK_SYM_UNRESOLVED || named_in_class(s, sym)) return true;
  if (s->kind == SK_SCOPE_COMP) {
    SkSymbol *outer = sym_visible(w, s->parent, sym->name);
    sym->where = outer ? SK_SYM_ALIAS : SK_SYM_GLOBAL_IMPLICIT;
    sym->target = outer;
    return true;
  }
  if (s->kind == SK_SCOPE_MODULE || !sym_capture(w, s, sym->name)) sym->where = SK_SYM_GLOBAL_IMPLICIT;
  return true;
}

static bool resolve_scope(SymWalk *w, SkScope *s) {
  if (s->discarded) return true;
  for (uint32_t i = 0; i < s->nsymbols; i++)
    if (!resolve_symbol(w, s, s->symbols[i])) return false;
  for (SkScope *c = s->first_child; c; c = c->next)
    if (!resolve_scope(w, c)) return false;
  return true;
}

/* ---- registers ---- */

static bool is_register(const SkSymbol *sym) {
  return (sym->flags & SK_SYM_BOUND) && (sym->where == SK_SYM_LOCAL || sym->where == SK_SYM_CELL);
}

static uint32_t count_locals(const SkScope *s) {
  uint32_t n = 0;
  if (scope_is_function(s))
    for (uint32_t i = 0; i < s->nsymbols; i++) n += is_register(s->symbols[i]);
  for (const SkScope *c = s->first_child; c; c = c->next)
    if (c->kind == SK_SCOPE_COMP && !c->discarded) n += count_locals(c);
  return n;
}

static void place(SkScope *frame, SkSymbol *sym) {
  sym->reg = frame->nlocals;
  frame->locals[frame->nlocals++] = sym;
}

/* Captured locals that are no parameters come last: locals() lists them there. */
static bool comes_last(const SkSymbol *sym) { return sym->where == SK_SYM_CELL && !(sym->flags & SK_SYM_PARAM); }

static void place_locals(SkScope *frame, SkScope *s) {
  for (uint32_t i = 0; scope_is_function(s) && i < s->nsymbols; i++)
    if (is_register(s->symbols[i]) && !comes_last(s->symbols[i])) place(frame, s->symbols[i]);
  for (SkScope *c = s->first_child; c; c = c->next)
    if (c->kind == SK_SCOPE_COMP && !c->discarded) place_locals(frame, c);
}

static void place_cells(SkScope *frame, SkScope *s) {
  for (uint32_t i = 0; scope_is_function(s) && i < s->nsymbols; i++)
    if (is_register(s->symbols[i]) && comes_last(s->symbols[i])) place(frame, s->symbols[i]);
  for (SkScope *c = s->first_child; c; c = c->next)
    if (c->kind == SK_SCOPE_COMP && !c->discarded) place_cells(frame, c);
}

static int by_name(const void *a, const void *b) {
  const SkSymbol *const *x = a, *const *y = b;
  return strcmp((*x)->name->text, (*y)->name->text);
}

/* Class and module frames keep their namespace in register 0. */
static void place_registers(SymWalk *w, SkScope *s) {
  uint32_t room = count_locals(s) + s->nsymbols + 3;
  s->locals = sk_arena_array(w->s->arena, SkSymbol *, room);
  if (!scope_is_function(s)) s->locals[s->nlocals++] = NULL;
  if (s->class_symbol) s->class_symbol->reg = s->nlocals, s->locals[s->nlocals++] = s->class_symbol;
  if (s->classdict_symbol) s->classdict_symbol->reg = s->nlocals, s->locals[s->nlocals++] = s->classdict_symbol;
  place_locals(s, s);
  uint32_t cells = s->nlocals;
  place_cells(s, s);
  if (s->nlocals - cells > 1) qsort(s->locals + cells, s->nlocals - cells, sizeof *s->locals, by_name);
  for (uint32_t i = cells; i < s->nlocals; i++) s->locals[i]->reg = i;
  for (uint32_t i = 0; i < s->nsymbols; i++)
    if (s->symbols[i]->where == SK_SYM_FREE) s->locals[s->nlocals + s->nfree++] = s->symbols[i];
  if (s->nfree > 1) qsort(s->locals + s->nlocals, s->nfree, sizeof *s->locals, by_name);
  for (uint32_t i = 0; i < s->nfree; i++) s->locals[s->nlocals + i]->reg = s->nlocals + i;
}

bool sym_resolve(SymWalk *w, SkScope *top) {
  if (!resolve_scope(w, top)) return false;
  for (uint32_t i = 0; i < w->s->nscopes; i++) {
    SkScope *s = w->s->scopes[i];
    if (scope_is_frame(s) && !s->discarded) place_registers(w, s);
  }
  return true;
}
