/* scope.c - scopes and their symbols.                                 Layer 2. */
#include <string.h>

#include "vm/symbols/symbols_impl.h"

bool scope_is_function(const SkScope *s) { return s->kind >= SK_SCOPE_FUNCTION; }
bool scope_is_frame(const SkScope *s) { return s->kind != SK_SCOPE_COMP; }

SkScope *scope_open(SymWalk *w, SkScopeKind kind, SkName *name, const void *node, SkRange range) {
  SkSymbols *s = w->s;
  SkScope *scope = sk_arena_new(s->arena, SkScope), *parent = w->cur;
  scope->kind = (uint8_t)kind;
  scope->name = name;
  scope->node = node;
  scope->range = range;
  scope->parent = parent;
  scope->frame = kind == SK_SCOPE_COMP ? parent->frame : scope;
  if (parent) {
    scope->private_name = parent->private_name;
    scope->mangled_only = parent->mangled_only;
    scope->discarded = parent->discarded;
    scope->in_iterable = parent->in_iterable;
    scope->nested = parent->nested || scope_is_function(parent);
    if (parent->last_child) parent->last_child->next = scope;
    else parent->first_child = scope;
    parent->last_child = scope;
  }
  if (s->nscopes == s->room) {
    uint32_t more = s->room ? s->room * 2 : 16;
    s->scopes = sk_arena_grow(s->arena, s->scopes, s->room * sizeof *s->scopes, more * sizeof *s->scopes);
    s->room = more;
  }
  s->scopes[s->nscopes++] = scope;
  w->cur = scope;
  return scope;
}

void scope_close(SymWalk *w) { w->cur = w->cur->parent; }

SkScope *sk_scope_child(const SkScope *s, const void *node) {
  for (SkScope *c = s->first_child; c; c = c->next)
    if (c->node == node) return c;
  return NULL;
}

SkSymbol *sk_scope_find(const SkScope *s, const SkName *name) {
  if (!s->table) {
    for (uint32_t i = 0; i < s->nsymbols; i++)
      if (s->symbols[i]->name == name) return s->symbols[i];
    return NULL;
  }
  uint32_t mask = s->table_size - 1;
  for (uint32_t at = name->hash & mask; s->table[at]; at = (at + 1) & mask)
    if (s->symbols[s->table[at] - 1]->name == name) return s->symbols[s->table[at] - 1];
  return NULL;
}

static void scope_index(SkScope *s, uint32_t i) {
  uint32_t mask = s->table_size - 1, at = s->symbols[i]->name->hash & mask;
  while (s->table[at]) at = (at + 1) & mask;
  s->table[at] = i + 1;
}

SkSymbol *scope_add(SkSymbols *s, SkScope *scope, SkName *mangled, unsigned flags, SkRange range) {
  SkSymbol *sym = sk_scope_find(scope, mangled);
  if (sym) {
    sym->flags |= (uint16_t)flags;
    return sym;
  }
  sym = sk_arena_new(s->arena, SkSymbol);
  *sym = (SkSymbol){.name = mangled, .flags = (uint16_t)flags, .scope = scope, .range = range};
  if (scope->nsymbols == scope->room) {
    uint32_t more = scope->room ? scope->room * 2 : 8;
    scope->symbols = sk_arena_grow(s->arena, scope->symbols, scope->room * sizeof sym, more * sizeof sym);
    scope->room = more;
  }
  scope->symbols[scope->nsymbols++] = sym;
  if (scope->nsymbols * 2 > scope->table_size && scope->nsymbols > 8) {
    scope->table_size = scope->nsymbols < 16 ? 64 : scope->table_size * 2;
    scope->table = sk_arena_array(s->arena, uint32_t, scope->table_size);
    for (uint32_t i = 0; i < scope->nsymbols; i++) scope_index(scope, i);
  } else if (scope->table) {
    scope_index(scope, scope->nsymbols - 1);
  }
  return sym;
}

static SkName *name_mangle(SkNames *names, const SkName *cls, SkName *name) {
  const char *t = name->text;
  size_t n = name->length;
  if (!cls || n < 3 || t[0] != '_' || t[1] != '_' || (t[n - 1] == '_' && t[n - 2] == '_')) return name;
  if (memchr(t, '.', n)) return name;
  const char *c = cls->text;
  while (*c == '_') c++;
  size_t cn = strlen(c);
  if (cn == 0) return name;
  char *text = sk_arena_alloc(names->arena, cn + n + 2);
  text[0] = '_';
  memcpy(text + 1, c, cn);
  memcpy(text + 1 + cn, t, n + 1);
  return sk_name_intern(names, text, cn + n + 1);
}

static bool is_type_param(const SkTypeParamSeq *params, const SkName *name) {
  for (size_t i = 0; i < params->n; i++)
    if (params->items[i]->as.TypeVar.name == name) return true; /* the first field of every kind */
  return false;
}

SkName *sk_scope_mangle(SkNames *names, const SkScope *scope, SkName *name) {
  if (scope->mangled_only && !is_type_param(scope->mangled_only, name)) return name;
  return name_mangle(names, scope->private_name, name);
}

bool sym_note_in(SymWalk *w, SkScope *scope, SkName *name, unsigned flags, SkRange range) {
  SkName *mangled = sk_scope_mangle(w->s->names, scope, name);
  SkSymbol *sym = sk_scope_find(scope, mangled);
  unsigned old = sym ? sym->flags : 0;
  if ((flags & SK_SYM_PARAM) && (old & SK_SYM_PARAM))
    return sk_diag_error(w->diag, range, SK_DIAG_SYNTAX, "duplicate argument '%s' in function definition",
                         name->text);
  if ((flags & SK_SYM_TYPE_PARAM) && (old & SK_SYM_TYPE_PARAM))
    return sk_diag_error(w->diag, range, SK_DIAG_SYNTAX, "duplicate type parameter '%s'", name->text);
  sym = scope_add(w->s, scope, mangled, flags, range);
  if (scope->iter_target && (flags & SK_SYM_BOUND)) {
    if (old & (SK_SYM_GLOBAL | SK_SYM_NONLOCAL))
      return sk_diag_error(w->diag, range, SK_DIAG_SYNTAX,
                           "comprehension inner loop cannot rebind assignment expression target '%s'",
                           name->text);
    sym->flags |= SK_SYM_ITER;
  }
  if ((flags & (SK_SYM_GLOBAL | SK_SYM_NONLOCAL)) && !(old & (SK_SYM_GLOBAL | SK_SYM_NONLOCAL))) sym->range = range;
  return true;
}

bool sym_note(SymWalk *w, SkName *name, unsigned flags, SkRange range) {
  return sym_note_in(w, w->cur, name, flags, range);
}
