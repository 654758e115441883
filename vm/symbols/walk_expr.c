/* walk_expr.c - names in expressions and comprehensions.              Layer 2.
 *
 * The order of the walk is CPython's, because it decides which error comes first and whether a name
 * was "used prior to" its global declaration.
 */
#include "vm/symbols/symbols_impl.h"

bool walk_exprs(SymWalk *w, const SkExprSeq *seq) {
  for (size_t i = 0; i < seq->n; i++)
    if (seq->items[i] && !walk_expr(w, seq->items[i])) return false;
  return true;
}

/* Lazily evaluated scopes refuse what would need a frame that stays: "yield expression" ... */
static bool refuse_in_type_scope(SymWalk *w, const SkExpr *e, const char *construct) {
  const SkScope *s = w->cur;
  if (s->kind == SK_SCOPE_TYPE_PARAMS || s->kind == SK_SCOPE_TYPE_EXPR)
    return sk_diag_error(w->diag, e->range, SK_DIAG_SYNTAX, "%s cannot be used within %s", construct,
                         s->what);
  if (s->discarded)
    return sk_diag_error(w->diag, e->range, SK_DIAG_SYNTAX, "%s cannot be used within an annotation",
                         construct);
  return true;
}

static bool walrus_reaches(SymWalk *w, SkScope *scope, SkName *name, unsigned in_comp, SkRange range) {
  if (!sym_note(w, name, in_comp | SK_SYM_USED, range)) return false;
  unsigned there = in_comp == SK_SYM_GLOBAL && scope->kind == SK_SCOPE_MODULE ? SK_SYM_GLOBAL : 0;
  return sym_note_in(w, scope, name, SK_SYM_BOUND | SK_SYM_WALRUS | there, range);
}

/* A walrus in a comprehension binds in the scope around all comprehensions. */
static bool walk_walrus_target(SymWalk *w, SkName *name, SkRange range) {
  const char *where = NULL;
  for (SkScope *s = w->cur; s; s = s->parent) {
    SkName *mangled = sk_scope_mangle(w->s->names, s, name);
    SkSymbol *sym = sk_scope_find(s, mangled);
    if (s->kind == SK_SCOPE_COMP || s->kind == SK_SCOPE_GENEXP) {
      if (sym && (sym->flags & SK_SYM_ITER))
        return sk_diag_error(w->diag, range, SK_DIAG_SYNTAX,
                             "assignment expression cannot rebind comprehension iteration variable '%s'",
                             name->text);
      continue;
    }
    if (s->kind == SK_SCOPE_FUNCTION || s->kind == SK_SCOPE_LAMBDA)
      return walrus_reaches(w, s, name,
                            sym && (sym->flags & SK_SYM_GLOBAL) ? SK_SYM_GLOBAL : SK_SYM_NONLOCAL, range);
    if (s->kind == SK_SCOPE_MODULE) return walrus_reaches(w, s, name, SK_SYM_GLOBAL, range);
    where = s->kind == SK_SCOPE_CLASS ? "a class body" : s->what;
    break;
  }
  return sk_diag_error(w->diag, range, SK_DIAG_SYNTAX,
                       "assignment expression within a comprehension cannot be used in %s", where);
}

static bool walk_walrus(SymWalk *w, SkExpr *e) {
  if (!refuse_in_type_scope(w, e, "named expression")) return false;
  if (w->cur->in_iterable)
    return sk_diag_error(w->diag, e->range, SK_DIAG_SYNTAX,
                         "assignment expression cannot be used in a comprehension iterable expression");
  SkExpr *target = e->as.NamedExpr.target;
  bool comp = w->cur->kind == SK_SCOPE_COMP || w->cur->kind == SK_SCOPE_GENEXP;
  if (comp && !walk_walrus_target(w, target->as.Name.id, target->range)) return false;
  if (!walk_expr(w, e->as.NamedExpr.value)) return false;
  if (comp) return true;
  return sym_note(w, target->as.Name.id, SK_SYM_BOUND | SK_SYM_WALRUS, target->range);
}

static bool walk_name(SymWalk *w, SkExpr *e) {
  SkName *id = e->as.Name.id;
  unsigned flags = e->as.Name.ctx == SK_CTX_Load    ? SK_SYM_USED
                   : e->as.Name.ctx == SK_CTX_Store ? SK_SYM_BOUND
                                                    : SK_SYM_BOUND | SK_SYM_KILLED;
  if (!sym_note(w, id, flags, e->range)) return false;
  if (id == w->s->n_super && e->as.Name.ctx == SK_CTX_Load && scope_is_function(w->cur))
    return sym_note(w, w->s->n_class, SK_SYM_USED, e->range);
  return true;
}

static bool walk_lambda(SymWalk *w, SkExpr *e) {
  SkArguments *a = e->as.Lambda.args;
  if (!walk_defaults(w, a)) return false;
  e->mark = w->s->nscopes;
  scope_open(w, SK_SCOPE_LAMBDA, NULL, e, e->range);
  if (!walk_params(w, a) || !walk_expr(w, e->as.Lambda.body)) return false;
  scope_close(w);
  return true;
}

/* One `for target in iter if ...` of a comprehension, inside its scope; the first iterable was
 * walked outside. */
static bool walk_generator(SymWalk *w, SkComprehension *g, bool first) {
  SkScope *s = w->cur;
  s->iter_target = true;
  bool ok = walk_expr(w, g->target);
  s->iter_target = false;
  if (!ok) return false;
  if (!first) {
    s->in_iterable++;
    if (!walk_expr(w, g->iter)) return false;
    s->in_iterable--;
  }
  if (!walk_exprs(w, &g->ifs)) return false;
  if (g->is_async) s->coroutine = s->async_comp = true;
  return true;
}

static bool walk_comp(SymWalk *w, SkExpr *e, SkExpr *elt, SkExpr *value, SkComprehensionSeq *gens) {
  bool genexp = e->kind == SK_EXPR_GeneratorExp;
  SkScope *outer = w->cur;
  outer->in_iterable++;
  if (!walk_expr(w, gens->items[0]->iter)) return false;
  outer->in_iterable--;
  e->mark = w->s->nscopes;
  SkScope *s = scope_open(w, genexp ? SK_SCOPE_GENEXP : SK_SCOPE_COMP, NULL, e, e->range);
  if (genexp && !sym_note(w, w->s->n_zero, SK_SYM_PARAM | SK_SYM_BOUND, e->range)) return false;
  for (size_t i = 0; i < gens->n; i++)
    if (!walk_generator(w, gens->items[i], i == 0)) return false;
  if (value && !walk_expr(w, value)) return false;
  if (!walk_expr(w, elt)) return false;
  s->generator = genexp;
  scope_close(w);
  if (s->coroutine && !genexp) {
    s->async_comp = true;
    outer->coroutine = true;
    if (outer->kind == SK_SCOPE_COMP || outer->kind == SK_SCOPE_GENEXP) outer->async_comp = true;
  }
  return true;
}

static bool walk_yield(SymWalk *w, SkExpr *e, SkExpr *value) {
  if (!refuse_in_type_scope(w, e, "yield expression")) return false;
  if (value && !walk_expr(w, value)) return false;
  SkScope *s = w->cur;
  s->generator = true;
  open_group_yield(w, e);
  if (s->kind == SK_SCOPE_COMP || s->kind == SK_SCOPE_GENEXP) {
    static const char *const names[] = {"list comprehension", "set comprehension", "dict comprehension",
                                        "generator expression"};
    const SkExpr *comp = s->node;
    return sk_diag_error(w->diag, e->range, SK_DIAG_SYNTAX, "'yield' inside %s",
                         names[comp->kind - SK_EXPR_ListComp]);
  }
  return true;
}

static bool walk_keywords(SymWalk *w, const SkKeywordSeq *seq) {
  for (size_t i = 0; i < seq->n; i++)
    if (!walk_expr(w, seq->items[i]->value)) return false;
  return true;
}

static bool walk_dict(SymWalk *w, SkExpr *e) {
  for (size_t i = 0; i < e->as.Dict.values.n; i++) {
    SkExpr *key = e->as.Dict.keys.items[i];
    if (key && !walk_expr(w, key)) return false;
  }
  return walk_exprs(w, &e->as.Dict.values);
}

static bool walk_opt(SymWalk *w, SkExpr *e) { return !e || walk_expr(w, e); }

bool walk_expr(SymWalk *w, SkExpr *e) {
  switch ((SkExprKind)e->kind) {
    case SK_EXPR_Constant: return true;
    case SK_EXPR_Name: return walk_name(w, e);
    case SK_EXPR_Attribute: return walk_expr(w, e->as.Attribute.value);
    case SK_EXPR_Call:
      return walk_expr(w, e->as.Call.func) && walk_exprs(w, &e->as.Call.args) &&
             walk_keywords(w, &e->as.Call.keywords);
    case SK_EXPR_BinOp: return walk_expr(w, e->as.BinOp.left) && walk_expr(w, e->as.BinOp.right);
    case SK_EXPR_BoolOp: return walk_exprs(w, &e->as.BoolOp.values);
    case SK_EXPR_UnaryOp: return walk_expr(w, e->as.UnaryOp.operand);
    case SK_EXPR_Compare: return walk_expr(w, e->as.Compare.left) && walk_exprs(w, &e->as.Compare.comparators);
    case SK_EXPR_NamedExpr: return walk_walrus(w, e);
    case SK_EXPR_Lambda: return walk_lambda(w, e);
    case SK_EXPR_IfExp:
      return walk_expr(w, e->as.IfExp.test) && walk_expr(w, e->as.IfExp.body) &&
             walk_expr(w, e->as.IfExp.orelse);
    case SK_EXPR_Dict: return walk_dict(w, e);
    case SK_EXPR_Set: return walk_exprs(w, &e->as.Set.elts);
    case SK_EXPR_ListComp: return walk_comp(w, e, e->as.ListComp.elt, NULL, &e->as.ListComp.generators);
    case SK_EXPR_SetComp: return walk_comp(w, e, e->as.SetComp.elt, NULL, &e->as.SetComp.generators);
    case SK_EXPR_DictComp:
      return walk_comp(w, e, e->as.DictComp.key, e->as.DictComp.value, &e->as.DictComp.generators);
    case SK_EXPR_GeneratorExp:
      return walk_comp(w, e, e->as.GeneratorExp.elt, NULL, &e->as.GeneratorExp.generators);
    case SK_EXPR_Await:
      if (!refuse_in_type_scope(w, e, "await expression")) return false;
      if (!walk_expr(w, e->as.Await.value)) return false;
      w->cur->coroutine = true;
      return true;
    case SK_EXPR_Yield: return walk_yield(w, e, e->as.Yield.value);
    case SK_EXPR_YieldFrom: return walk_yield(w, e, e->as.YieldFrom.value);
    case SK_EXPR_FormattedValue:
      return walk_expr(w, e->as.FormattedValue.value) && walk_opt(w, e->as.FormattedValue.format_spec);
    case SK_EXPR_JoinedStr: return walk_exprs(w, &e->as.JoinedStr.values);
    case SK_EXPR_Subscript: return walk_expr(w, e->as.Subscript.value) && walk_expr(w, e->as.Subscript.slice);
    case SK_EXPR_Starred: return walk_expr(w, e->as.Starred.value);
    case SK_EXPR_List: return walk_exprs(w, &e->as.List.elts);
    case SK_EXPR_Tuple: return walk_exprs(w, &e->as.Tuple.elts);
    case SK_EXPR_Slice:
      return walk_opt(w, e->as.Slice.lower) && walk_opt(w, e->as.Slice.upper) && walk_opt(w, e->as.Slice.step);
  }
  return true;
}
