/* walk.c - through the tree: children by ast.def, and the one walk that keeps frames and calls the rules.  Layer 4. */
#include "vm/lint/lint_impl.h"

/* ---- children ---- */

#define V_expr(x) if (x) lint_visit_expr(v, x);
#define V_stmt(x) lint_visit_stmt(v, x);
#define V_pattern(x) (void)0;
#define V_type_param(x) (void)0;
#define V_identifier(x) (void)0;
#define V_cmpop(x) (void)0;
#define V_alias(x) (void)0;
#define V_keyword(x) lint_visit_expr(v, (x)->value);
#define V_withitem(x) lint_visit_expr(v, (x)->context_expr); V_expr((x)->optional_vars)
#define V_comprehension(x) comprehension(v, x);
#define V_arguments(x) arguments(v, x);
#define V_arg(x) (void)0;
#define V_match_case(x) match_case(v, x);
#define V_excepthandler(x) handler(v, x);

#define F(type, name) V_##type(n->name)
#define O(type, name) V_##type(n->name)
#define S(type, name) for (size_t i = 0; i < n->name.n; i++) { V_##type(n->name.items[i]) }
#define V(type, name)
#define B(name)

static void comprehension(LintVisitor *v, const SkComprehension *c) {
  lint_visit_expr(v, c->iter);
  lint_visit_expr(v, c->target);
  for (size_t i = 0; i < c->ifs.n; i++) lint_visit_expr(v, c->ifs.items[i]);
}

/* Defaults belong to the scope around; annotations are nobody's code. */
static void arguments(LintVisitor *v, const SkArguments *a) {
  for (size_t i = 0; i < a->defaults.n; i++) lint_visit_expr(v, a->defaults.items[i]);
  for (size_t i = 0; i < a->kw_defaults.n; i++)
    if (a->kw_defaults.items[i]) lint_visit_expr(v, a->kw_defaults.items[i]);
}

static void match_case(LintVisitor *v, const SkMatchCase *c) {
  if (c->guard) lint_visit_expr(v, c->guard);
  lint_visit_body(v, &c->body);
}

static void handler(LintVisitor *v, const SkExceptHandler *h) {
  if (h->type) lint_visit_expr(v, h->type);
  lint_visit_body(v, &h->body);
}

void lint_expr_children(LintVisitor *v, const SkExpr *e) {
  switch (e->kind) {
#define EXPR(kind, ...)                          \
  case SK_EXPR_##kind: {                         \
    const __typeof__(e->as.kind) *n = &e->as.kind; \
    (void)n;                                     \
    __VA_ARGS__ break;                           \
  }
#include "grammar/ast.def"
#undef EXPR
  }
}

void lint_stmt_children(LintVisitor *v, const SkStmt *s) {
  switch (s->kind) {
#define STMT(kind, ...)                          \
  case SK_STMT_##kind: {                         \
    const __typeof__(s->as.kind) *n = &s->as.kind; \
    (void)n;                                     \
    __VA_ARGS__ break;                           \
  }
#define STMT0(kind)
#include "grammar/ast.def"
#undef STMT
#undef STMT0
  }
}

void lint_visit_expr(LintVisitor *v, const SkExpr *e) {
  if (v->expr(v, e)) lint_expr_children(v, e);
}
void lint_visit_stmt(LintVisitor *v, const SkStmt *s) {
  if (v->stmt(v, s)) lint_stmt_children(v, s);
}
void lint_visit_body(LintVisitor *v, const SkStmtSeq *body) {
  for (size_t i = 0; i < body->n; i++) lint_visit_stmt(v, body->items[i]);
}

/* ---- frames ---- */

LintFrame *lint_function(Lint *l) {
  for (LintFrame *f = l->frame; f; f = f->up)
    if (f->kind == IN_FUNCTION || f->kind == IN_LAMBDA) return f;
  return NULL;
}

static void push(Lint *l, LintFrame *f) {
  f->up = l->frame;
  l->frame = f;
}
static void pop(Lint *l) { l->frame = l->frame->up; }

static void body_in(LintVisitor *v, const SkStmtSeq *body, LintFrame *f) {
  push(v->lint, f);
  lint_visit_body(v, body);
  pop(v->lint);
}

static void note_await(Lint *l, SkRange where) {
  LintFrame *f = lint_function(l);
  if (f) f->awaits = true;
  rules_await(l, where);
}

/* ---- statements with frames ---- */

static bool decorated_as_manager(Lint *l, const SkExprSeq *decorators) {
  for (size_t i = 0; i < decorators->n; i++) {
    const SkExpr *d = decorators->items[i];
    if (d->kind == SK_EXPR_Call) d = d->as.Call.func;
    const SkName *last = d->kind == SK_EXPR_Attribute ? d->as.Attribute.attr : d->kind == SK_EXPR_Name ? d->as.Name.id : NULL;
    static const char *const known[] = {"contextmanager", "asynccontextmanager", "fixture", "stream", "as_safe_channel", "asyncgenmanager"};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
      if (name_is(last, known[k])) return true;
  }
  (void)l;
  return false;
}

static void function(LintVisitor *v, const SkStmt *s) {
  bool is_async = s->kind == SK_STMT_AsyncFunctionDef;
  const __typeof__(s->as.FunctionDef) *d = &s->as.FunctionDef; /* both kinds have the same fields */
  _Static_assert(sizeof s->as.FunctionDef == sizeof s->as.AsyncFunctionDef, "the same shape");
  for (size_t i = 0; i < d->decorator_list.n; i++) lint_visit_expr(v, d->decorator_list.items[i]);
  arguments(v, d->args);
  LintFrame f = {.kind = IN_FUNCTION, .stmt = s, .is_async = is_async, .manages = decorated_as_manager(v->lint, &d->decorator_list)};
  body_in(v, &d->body, &f);
  rules_function(v->lint, s, &f);
}

static void class_def(LintVisitor *v, const SkStmt *s) {
  for (size_t i = 0; i < s->as.ClassDef.decorator_list.n; i++) lint_visit_expr(v, s->as.ClassDef.decorator_list.items[i]);
  for (size_t i = 0; i < s->as.ClassDef.bases.n; i++) lint_visit_expr(v, s->as.ClassDef.bases.items[i]);
  LintFrame f = {.kind = IN_CLASS, .stmt = s};
  rules_class(v->lint, s);
  body_in(v, &s->as.ClassDef.body, &f);
}

static bool keyword_is_true(const SkExpr *call, const char *name) {
  for (size_t i = 0; i < call->as.Call.keywords.n; i++) {
    const SkKeyword *k = call->as.Call.keywords.items[i];
    if (name_is(k->arg, name)) return k->value->kind == SK_EXPR_Constant && k->value->as.Constant.value.kind == SK_CONST_TRUE;
  }
  return false;
}

static const char groups[] = "asyncio.TaskGroup skein.TaskGroup trio.open_nursery anyio.create_task_group";
static const char scopes[] =
    "trio.CancelScope trio.move_on_after trio.move_on_at trio.fail_after trio.fail_at anyio.CancelScope anyio.move_on_after anyio.fail_after "
    "skein.CancelScope skein.timeout skein.move_on_after skein.move_on_at skein.fail_after skein.fail_at asyncio.timeout asyncio.timeout_at";

static LintFrame frame_of_item(Lint *l, const SkStmt *s, const SkWithItem *item) {
  LintFrame f = {.kind = IN_WITH, .stmt = s};
  const SkExpr *e = item->context_expr;
  const char *meaning = e->kind == SK_EXPR_Call ? lint_meaning(l, e->as.Call.func) : NULL;
  if (!meaning) return f;
  if (lint_is(meaning, groups)) f.kind = IN_GROUP;
  else if (lint_is(meaning, scopes)) f.kind = IN_SCOPE;
  f.what = lint_text(l, e->as.Call.func);
  f.shields = f.kind == IN_SCOPE && keyword_is_true(e, "shield");
  return f;
}

/* One frame for each manager, the rightmost innermost; recursive, as deep as the statement is wide. */
static void with_items(LintVisitor *v, const SkStmt *s, const SkWithItemSeq *items, size_t at, const SkStmtSeq *body) {
  if (at == items->n) {
    lint_visit_body(v, body);
    return;
  }
  V_withitem(items->items[at])
  LintFrame f = frame_of_item(v->lint, s, items->items[at]);
  push(v->lint, &f);
  with_items(v, s, items, at + 1, body);
  pop(v->lint);
  rules_with(v->lint, s, items->items[at], &f);
}

static void try_stmt(LintVisitor *v, const SkStmt *s) {
  Lint *l = v->lint;
  const __typeof__(s->as.Try) *t = &s->as.Try;
  rules_try(l, s);
  body_in(v, &t->body, &(LintFrame){.kind = IN_TRY, .stmt = s});
  for (size_t i = 0; i < t->handlers.n; i++) {
    const SkExceptHandler *h = t->handlers.items[i];
    if (h->type) lint_visit_expr(v, h->type);
    body_in(v, &h->body, &(LintFrame){.kind = IN_HANDLER, .stmt = s, .handler = h, .critical = lint_is_cancelling_handler(l, h)});
  }
  lint_visit_body(v, &t->orelse);
  body_in(v, &t->finalbody, &(LintFrame){.kind = IN_FINALLY, .stmt = s});
}

static void loop(LintVisitor *v, const SkStmt *s) {
  rules_loop(v->lint, s);
  const SkStmtSeq *body, *orelse;
  if (s->kind == SK_STMT_While) {
    lint_visit_expr(v, s->as.While.test);
    body = &s->as.While.body, orelse = &s->as.While.orelse;
  } else {
    if (s->kind == SK_STMT_AsyncFor) note_await(v->lint, s->range);
    lint_visit_expr(v, s->as.For.iter);
    lint_visit_expr(v, s->as.For.target);
    body = &s->as.For.body, orelse = &s->as.For.orelse;
  }
  body_in(v, body, &(LintFrame){.kind = IN_LOOP, .stmt = s});
  lint_visit_body(v, orelse);
}

static bool on_stmt(LintVisitor *v, const SkStmt *s) {
  Lint *l = v->lint;
  switch (s->kind) {
    case SK_STMT_FunctionDef: case SK_STMT_AsyncFunctionDef: function(v, s); return false;
    case SK_STMT_ClassDef: class_def(v, s); return false;
    case SK_STMT_AsyncWith: note_await(l, s->range); /* fall through */
    case SK_STMT_With: with_items(v, s, &s->as.With.items, 0, &s->as.With.body); return false;
    case SK_STMT_Try: try_stmt(v, s); return false;
    case SK_STMT_For: case SK_STMT_AsyncFor: case SK_STMT_While: loop(v, s); return false;
    case SK_STMT_Return: case SK_STMT_Break: case SK_STMT_Continue: rules_jump(l, s); return true;
    case SK_STMT_Raise: rules_raise(l, s); return true;
    case SK_STMT_Expr: rules_expr_stmt(l, s); return true;
    case SK_STMT_AnnAssign:
      if (s->as.AnnAssign.value) lint_visit_expr(v, s->as.AnnAssign.value);
      return false;
    default: return true;
  }
}

static bool on_expr(LintVisitor *v, const SkExpr *e) {
  Lint *l = v->lint;
  switch (e->kind) {
    case SK_EXPR_Await: note_await(l, e->range); return true;
    case SK_EXPR_Yield: case SK_EXPR_YieldFrom: {
      LintFrame *f = lint_function(l);
      if (f) f->yields = true;
      rules_yield(l, e);
      return true;
    }
    case SK_EXPR_Lambda: {
      arguments(v, e->as.Lambda.args);
      LintFrame f = {.kind = IN_LAMBDA};
      push(l, &f);
      lint_visit_expr(v, e->as.Lambda.body);
      pop(l);
      return false;
    }
    case SK_EXPR_Call: rules_call(l, e); return true;
    case SK_EXPR_Attribute: rules_attribute(l, e); return true;
    case SK_EXPR_ListComp: case SK_EXPR_SetComp: case SK_EXPR_DictComp: case SK_EXPR_GeneratorExp: {
      const SkComprehensionSeq *g = e->kind == SK_EXPR_DictComp ? &e->as.DictComp.generators : &e->as.ListComp.generators;
      for (size_t i = 0; i < g->n; i++)
        if (g->items[i]->is_async) note_await(l, e->range);
      return true;
    }
    default: return true;
  }
}

void lint_walk(Lint *l) {
  LintVisitor v = {.expr = on_expr, .stmt = on_stmt, .lint = l};
  lint_visit_body(&v, &l->mod->body);
}
