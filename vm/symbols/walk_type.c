/* walk_type.c - type parameters, their bounds and defaults, type aliases.   Layer 2. */
#include "vm/symbols/symbols_impl.h"

static bool in_class(const SymWalk *w) {
  return w->cur->kind == SK_SCOPE_CLASS || (w->cur->kind == SK_SCOPE_TYPE_PARAMS && w->cur->sees_class);
}

static bool note_classdict(SymWalk *w, SkScope *s) {
  s->sees_class = true;
  return sym_note(w, w->s->n_classdict, SK_SYM_USED | SK_SYM_HIDDEN, s->range);
}

bool walk_type_expr(SymWalk *w, SkExpr *e, const void *node, SkName *name, const char *what) {
  bool class_around = in_class(w);
  SkScope *s = scope_open(w, SK_SCOPE_TYPE_EXPR, name, node, e->range);
  s->what = what;
  if (class_around && !note_classdict(w, s)) return false;
  if (!walk_expr(w, e)) return false;
  scope_close(w);
  return true;
}

static bool walk_default(SymWalk *w, SkExpr *e, SkName *name, const char *what) {
  return !e || walk_type_expr(w, e, e, name, what);
}

static bool walk_type_param(SymWalk *w, SkTypeParam *p) {
  SkName *name = p->as.TypeVar.name; /* the first field of every kind */
  if (!sym_note(w, name, SK_SYM_BOUND | SK_SYM_TYPE_PARAM, p->range)) return false;
  switch ((SkTypeParamKind)p->kind) {
    case SK_TYPE_PARAM_TypeVar: {
      SkExpr *bound = p->as.TypeVar.bound;
      const char *what = bound && bound->kind == SK_EXPR_Tuple ? "a TypeVar constraint" : "a TypeVar bound";
      return walk_default(w, bound, name, what) &&
             walk_default(w, p->as.TypeVar.default_value, name, "a TypeVar default");
    }
    case SK_TYPE_PARAM_ParamSpec:
      return walk_default(w, p->as.ParamSpec.default_value, name, "a ParamSpec default");
    case SK_TYPE_PARAM_TypeVarTuple:
      return walk_default(w, p->as.TypeVarTuple.default_value, name, "a TypeVarTuple default");
  }
  return true;
}

SkScope *walk_type_params_open(SymWalk *w, SkName *name, const void *node, const SkTypeParamSeq *params,
                               SkRange range, bool for_class) {
  bool class_around = in_class(w);
  SkScope *s = scope_open(w, SK_SCOPE_TYPE_PARAMS, name, node, range);
  s->what = "the definition of a generic";
  if (class_around && !note_classdict(w, s)) return NULL;
  if (for_class) {
    s->private_name = name;
    s->mangled_only = params;
    sym_note(w, w->s->n_type_params_dot, SK_SYM_BOUND | SK_SYM_HIDDEN, range);
    sym_note(w, w->s->n_generic_base, SK_SYM_BOUND | SK_SYM_HIDDEN, range);
  }
  for (size_t i = 0; i < params->n; i++)
    if (!walk_type_param(w, params->items[i])) return NULL;
  return s;
}
