/* comp.c - comprehensions inlined into their frame, generator expressions as functions.  Layer 4.
 *
 * An inlined comprehension's variables are locals of the frame under the same names; names are
 * looked up in the comprehension's own scope while its body is compiled.  Afterwards they are unbound.
 */
#include "vm/compile/compile_impl.h"

typedef struct Comp {
  SkExpr *e, *elt, *value; /* value: of a DictComp */
  SkComprehensionSeq *gens;
  Reg out;                 /* list, set or dict; not for generators */
} Comp;

static void comp_level(C *c, Comp *k, size_t level, Reg iter);

static void comp_emit(C *c, Comp *k) {
  SkRange pos = k->elt->range;
  if (k->value) {
    Reg key = expr_reg(c, k->elt), v = expr_reg(c, k->value);
    pos.end_line = k->value->range.end_line;
    pos.end_col = k->value->range.end_col;
    emit(c, pos, SK_OP_DICTSET, k->out, key, v);
    return;
  }
  Reg r = expr_reg(c, k->elt);
  if (k->e->kind == SK_EXPR_ListComp) emit(c, pos, SK_OP_LISTAPPEND, k->out, r, 0);
  else if (k->e->kind == SK_EXPR_SetComp) emit(c, pos, SK_OP_SETADD, k->out, r, 0);
  else emit(c, pos, c->u->async ? SK_OP_AYIELD : SK_OP_YIELD, r, tmp(c), 0);
}

static void comp_inner(C *c, Comp *k, size_t level, Label *next) {
  SkComprehension *g = k->gens->items[level];
  for (size_t i = 0; i < g->ifs.n; i++) cond(c, g->ifs.items[i], next, false);
  Reg top = c->u->top;
  if (level + 1 < k->gens->n) comp_level(c, k, level + 1, NO_REG);
  else comp_emit(c, k);
  c->u->top = top;
}

/* `for x in [value]` binds without a loop. */
static bool comp_single(C *c, Comp *k, size_t level) {
  SkExpr *it = k->gens->items[level]->iter;
  SkExprSeq *elts = it->kind == SK_EXPR_List ? &it->as.List.elts : it->kind == SK_EXPR_Tuple ? &it->as.Tuple.elts : NULL;
  if (!elts || elts->n != 1 || elts->items[0]->kind == SK_EXPR_Starred) return false;
  Label next = label_new(c);
  Reg r = expr_reg(c, elts->items[0]);
  store(c, k->gens->items[level]->target, r);
  comp_inner(c, k, level, &next);
  label_place(c, &next);
  return true;
}

static void comp_async(C *c, Comp *k, size_t level, Reg iter) {
  SkComprehension *g = k->gens->items[level];
  SkRange pos = g->iter->range;
  bool call = g->iter->kind == SK_EXPR_Call;
  Reg it = iter;
  if (it == NO_REG) {
    it = expr_tmp(c, g->iter);
    emit(c, pos, SK_OP_GETAITER, call, it, it);
  }
  Reg exc = tmp(c), value = tmp(c), next = tmp(c);
  Label head = label_new(c), end = label_new(c);
  Block b, owner;
  if (call) async_for_own(c, &owner, pos, it, value);
  label_head(c, &head);
  block_push(c, &b, BLOCK_TRY, k->e->range);
  block_protect(c, &b, exc);
  emit(c, k->e->range, SK_OP_GETANEXT, 0, it, next);
  emit_delegate(c, k->e->range, next, value);
  block_pop(c, &b);
  store(c, g->target, value);
  comp_inner(c, k, level, &head);
  jump(c, k->e->range, &head);
  if (call) block_pop(c, &owner);
  block_handler(c, &b);
  emit(c, k->e->range, SK_OP_ENDAFOR, exc, 0, 0);
  if (!call) return;
  jump(c, pos, &end);
  async_for_failed(c, &owner);
  label_place(c, &end);
}

static void comp_level(C *c, Comp *k, size_t level, Reg iter) {
  SkComprehension *g = k->gens->items[level];
  Reg top = c->u->top;
  if (g->is_async) {
    comp_async(c, k, level, iter);
  } else if (iter != NO_REG || !comp_single(c, k, level)) {
    SkRange pos = g->iter->range;
    Reg it = iter;
    if (it == NO_REG) {
      Reg r = expr_reg(c, g->iter);
      it = tmp(c);
      emit(c, pos, SK_OP_GETITER, 0, r, it);
    }
    Label head = label_new(c), end = label_new(c);
    Reg item = tmp(c);
    label_head(c, &head);
    NameRef ref = {0};
    if (g->target->kind == SK_EXPR_Name) ref = name_ref(c, g->target->as.Name.id);
    bool direct = g->target->kind == SK_EXPR_Name && ref.kind == NAME_REG && ref.name != c->symbols->n_debug;
    jump_word(c, pos, SK_OP_FORITER, it, 0, direct ? ref.reg : item, &end);
    if (direct) state_set(c, ref.reg);
    else store(c, g->target, item);
    comp_inner(c, k, level, &head);
    jump(c, k->e->range, &head);
    label_place(c, &end);
  }
  c->u->top = top;
}

static Comp comp_of(SkExpr *e) {
  switch ((SkExprKind)e->kind) {
    case SK_EXPR_ListComp: return (Comp){e, e->as.ListComp.elt, NULL, &e->as.ListComp.generators, NO_REG};
    case SK_EXPR_SetComp: return (Comp){e, e->as.SetComp.elt, NULL, &e->as.SetComp.generators, NO_REG};
    case SK_EXPR_DictComp: return (Comp){e, e->as.DictComp.key, e->as.DictComp.value, &e->as.DictComp.generators, NO_REG};
    default: return (Comp){e, e->as.GeneratorExp.elt, NULL, &e->as.GeneratorExp.generators, NO_REG};
  }
}

/* The first iterable belongs to the scope outside. */
static Reg first_iterator(C *c, Comp *k) {
  SkComprehension *g = k->gens->items[0];
  Reg it = tmp(c);
  Reg top = c->u->top, r = expr_reg(c, g->iter);
  emit(c, g->iter->range, g->is_async ? SK_OP_GETAITER : SK_OP_GETITER, g->is_async && g->iter->kind == SK_EXPR_Call, r, it);
  c->u->top = top;
  return it;
}

static void genexp_to(C *c, Comp *k, SkScope *scope, Reg dst) {
  SkExpr *e = k->e;
  Reg base = tmps(c, 3);
  Unit u;
  unit_open(c, &u, scope, text_z("<genexpr>"), e->range);
  comp_level(c, k, 0, 0);
  u.last = e->range;
  uint32_t code = unit_close(c, &u);
  emit_function(c, e->range, base, code, scope);
  Reg it = first_iterator(c, k);
  sk_assert(it == base + 3);
  (void)it;
  emit(c, e->range, SK_OP_CALL, base, 1, dst);
}

/* Cells of captured variables are new each time the comprehension runs; others start unbound. */
static void comp_locals(C *c, SkScope *s, SkRange pos, bool enter) {
  for (uint32_t i = 0; i < s->nsymbols; i++) {
    SkSymbol *sym = s->symbols[i];
    if (!(sym->flags & SK_SYM_BOUND) || (sym->where != SK_SYM_LOCAL && sym->where != SK_SYM_CELL)) continue;
    if (!enter || sym->where == SK_SYM_CELL) emit(c, pos, SK_OP_UNSET, sym->reg, 0, 0);
    if (enter && sym->where == SK_SYM_CELL) emit(c, pos, SK_OP_NEWCELL, sym->reg, 0, 0);
    if (!enter) state_clear(c, sym->reg);
  }
}

void comp_to(C *c, SkExpr *e, Reg dst) {
  Comp k = comp_of(e);
  SkScope *scope = scope_of(c, e->mark), *outer = c->u->names;
  bool genexp = e->kind == SK_EXPR_GeneratorExp;
  bool async = scope->coroutine;
  if (async && !genexp && !c->u->async) {
    COMPILE_ERROR(c, e->range, "asynchronous comprehension outside of an asynchronous function");
    return;
  }
  if (genexp) {
    genexp_to(c, &k, scope, dst);
    return;
  }
  static const SkOp build[] = {SK_OP_LIST, SK_OP_SET, SK_OP_DICT};
  Reg it = first_iterator(c, &k);
  k.out = tmp(c);
  comp_locals(c, scope, e->range, true);
  emit(c, e->range, build[e->kind - SK_EXPR_ListComp], k.out, 0, 0);
  c->u->names = scope;
  comp_level(c, &k, 0, it);
  c->u->names = outer;
  emit_move(c, e->range, dst, k.out);
  comp_locals(c, scope, e->range, false);
}
