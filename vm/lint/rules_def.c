/* rules_def.c - functions, classes and loops.  Layer 4. */
#include "vm/lint/lint_impl.h"

/* ---- loops ---- */

static bool is_sleep_await(Lint *l, const SkStmt *s) {
  if (s->kind != SK_STMT_Expr || s->as.Expr.value->kind != SK_EXPR_Await) return false;
  const SkExpr *call = s->as.Expr.value->as.Await.value;
  return call->kind == SK_EXPR_Call && lint_is(lint_meaning(l, call->as.Call.func), "asyncio.sleep trio.sleep anyio.sleep skein.sleep");
}

void rules_loop(Lint *l, const SkStmt *s) {
  if (s->kind != SK_STMT_While || s->as.While.test->kind == SK_EXPR_Constant) return;
  if (s->as.While.body.n == 1 && is_sleep_await(l, s->as.While.body.items[0])) lint_found(l, L_busy_wait, s->range, NULL, NULL);
}

/* ---- functions ---- */

static const SkArg *parameter(const SkArguments *a, const char *name) {
  const SkArgSeq *lists[] = {&a->posonlyargs, &a->args, &a->kwonlyargs};
  for (int k = 0; k < 3; k++)
    for (size_t i = 0; i < lists[k]->n; i++)
      if (name_is(lists[k]->items[i]->arg, name)) return lists[k]->items[i];
  return NULL;
}

/* Only `pass`, `...`, a docstring, `raise NotImplementedError`: something to be overridden. */
static bool is_stub(const SkStmtSeq *body) {
  for (size_t i = 0; i < body->n; i++) {
    const SkStmt *s = body->items[i];
    if (s->kind == SK_STMT_Pass || s->kind == SK_STMT_Raise) continue;
    if (s->kind == SK_STMT_Expr && s->as.Expr.value->kind == SK_EXPR_Constant) continue;
    return false;
  }
  return true;
}

/* Handed on to somebody else, who may call started(). */
static bool names_it(LintVisitor *v, const SkExpr *e) {
  if (e->kind == SK_EXPR_Name && e->as.Name.id == (SkName *)v->arg) v->found = true;
  return true;
}
static bool into(LintVisitor *v, const SkStmt *s) { (void)v; (void)s; return true; }
static bool is_used(Lint *l, const SkStmtSeq *body, SkName *name) {
  LintVisitor v = {.expr = names_it, .stmt = into, .lint = l, .arg = name};
  lint_visit_body(&v, body);
  return v.found;
}

void rules_function(Lint *l, const SkStmt *s, const LintFrame *f) {
  const __typeof__(s->as.FunctionDef) *d = &s->as.FunctionDef;
  if (!f->is_async) return;
  SkRange head = s->range;
  head.end_line = head.line;
  head.end_col = head.col + 10 + (uint32_t)d->name->length;
  const SkArg *timeout = parameter(d->args, "timeout"), *status = parameter(d->args, "task_status");
  if (timeout && l->structured) lint_found(l, L_timeout_parameter, timeout->range, NULL, NULL);
  if (status && !is_stub(&d->body) && !is_used(l, &d->body, status->arg)) lint_found(l, L_never_started, status->range, NULL, NULL);
  bool method = f->up && f->up->kind == IN_CLASS;
  if (!f->awaits && !f->yields && !method && !d->decorator_list.n && !is_stub(&d->body)) lint_found(l, L_async_without_await, head, NULL, NULL);
}

/* ---- classes ---- */

void rules_class(Lint *l, const SkStmt *s) {
  const __typeof__(s->as.ClassDef) *c = &s->as.ClassDef;
  bool group = false;
  for (size_t i = 0; i < c->bases.n; i++) {
    const SkExpr *b = c->bases.items[i];
    if (b->kind == SK_EXPR_Subscript) b = b->as.Subscript.value;
    group |= lint_is(lint_meaning(l, b), "ExceptionGroup BaseExceptionGroup");
  }
  if (!group) return;
  for (size_t i = 0; i < c->body.n; i++) {
    const SkStmt *b = c->body.items[i];
    if ((b->kind == SK_STMT_FunctionDef && name_is(b->as.FunctionDef.name, "derive")) ||
        (b->kind == SK_STMT_Assign && b->as.Assign.targets.n == 1 && b->as.Assign.targets.items[0]->kind == SK_EXPR_Name &&
         name_is(b->as.Assign.targets.items[0]->as.Name.id, "derive"))) return;
  }
  SkRange head = s->range;
  head.end_line = head.line;
  head.end_col = head.col + 6 + (uint32_t)c->name->length;
  lint_found(l, L_group_without_derive, head, c->name->text, NULL);
}
