/* rules_scope.c - groups and cancel scopes: yields in them, jumps out of them, ones that do nothing.  Layer 4. */
#include "vm/lint/lint_impl.h"

typedef struct Look { bool found; } Look;

static bool look_expr(LintVisitor *v, const SkExpr *e) {
  if (e->kind == SK_EXPR_Await || e->kind == SK_EXPR_Yield || e->kind == SK_EXPR_YieldFrom) v->found = true;
  if (e->kind == SK_EXPR_ListComp || e->kind == SK_EXPR_SetComp || e->kind == SK_EXPR_GeneratorExp || e->kind == SK_EXPR_DictComp) {
    const SkComprehensionSeq *g = e->kind == SK_EXPR_DictComp ? &e->as.DictComp.generators : &e->as.ListComp.generators;
    for (size_t i = 0; i < g->n; i++) v->found |= g->items[i]->is_async;
  }
  return !v->found && e->kind != SK_EXPR_Lambda;
}
static bool look_stmt(LintVisitor *v, const SkStmt *s) {
  if (s->kind == SK_STMT_AsyncWith || s->kind == SK_STMT_AsyncFor) v->found = true;
  return !v->found && s->kind != SK_STMT_FunctionDef && s->kind != SK_STMT_AsyncFunctionDef && s->kind != SK_STMT_ClassDef;
}

bool lint_has_await(Lint *l, const SkStmtSeq *body) {
  LintVisitor v = {.expr = look_expr, .stmt = look_stmt, .lint = l};
  lint_visit_body(&v, body);
  return v.found;
}

/* group.start_soon(f) as the only thing in the body. */
static bool is_single_start(const SkStmtSeq *body, const SkExpr *group) {
  if (body->n != 1 || body->items[0]->kind != SK_STMT_Expr || !group || group->kind != SK_EXPR_Name) return false;
  const SkExpr *call = body->items[0]->as.Expr.value;
  if (call->kind == SK_EXPR_Await) call = call->as.Await.value;
  if (call->kind != SK_EXPR_Call || call->as.Call.func->kind != SK_EXPR_Attribute) return false;
  const SkExpr *f = call->as.Call.func;
  return f->as.Attribute.value->kind == SK_EXPR_Name && f->as.Attribute.value->as.Name.id == group->as.Name.id &&
         (name_is(f->as.Attribute.attr, "start_soon") || name_is(f->as.Attribute.attr, "create_task"));
}

/* create_task(f(group)) may hand the group to the task, which then starts others. */
static bool mentions(LintVisitor *v, const SkExpr *e) {
  if (e->kind == SK_EXPR_Name && e->as.Name.id == (SkName *)v->arg) v->found = true;
  return true;
}
static bool any_stmt(LintVisitor *v, const SkStmt *s) { (void)v; (void)s; return true; }
static bool passes_itself(Lint *l, const SkStmtSeq *body, const SkExpr *group) {
  LintVisitor v = {.expr = mentions, .stmt = any_stmt, .lint = l, .arg = group->as.Name.id};
  const SkExpr *call = body->items[0]->as.Expr.value;
  if (call->kind == SK_EXPR_Await) call = call->as.Await.value;
  for (size_t i = 0; i < call->as.Call.args.n; i++) lint_visit_expr(&v, call->as.Call.args.items[i]);
  for (size_t i = 0; i < call->as.Call.keywords.n; i++) lint_visit_expr(&v, call->as.Call.keywords.items[i]->value);
  return v.found;
}

void rules_with(Lint *l, const SkStmt *s, const SkWithItem *item, const LintFrame *opened) {
  LintFrame *f = lint_function(l);
  const SkStmtSeq *body = &s->as.With.body;
  if (opened->kind == IN_SCOPE && f && f->is_async && !lint_has_await(l, body)) lint_found(l, L_scope_without_checkpoint, item->context_expr->range, opened->what, NULL);
  if (opened->kind == IN_GROUP && s->as.With.items.n == 1 && is_single_start(body, item->optional_vars) && !passes_itself(l, body, item->optional_vars))
    lint_found(l, L_useless_group, item->context_expr->range, NULL, NULL);
}

void rules_yield(Lint *l, const SkExpr *e) {
  const LintFrame *with = NULL;
  for (const LintFrame *f = l->frame; f; f = f->up) {
    if (f->kind == IN_LAMBDA || f->kind == IN_CLASS) return;
    if (f->kind == IN_FUNCTION) {
      if (with && f->is_async && !f->manages) lint_found(l, L_yield_in_with, e->range, NULL, NULL);
      return;
    }
    if (f->kind == IN_WITH && !with) with = f;
    if (f->kind != IN_GROUP && f->kind != IN_SCOPE) continue;
    for (const LintFrame *up = f->up; up; up = up->up) {
      if (up->kind == IN_FUNCTION && !up->manages) lint_found(l, L_yield_in_scope, e->range, f->what, NULL);
      if (up->kind == IN_FUNCTION || up->kind == IN_LAMBDA) return;
    }
    return;
  }
}

void rules_jump(Lint *l, const SkStmt *s) {
  const char *what = s->kind == SK_STMT_Return ? "return" : s->kind == SK_STMT_Break ? "break" : "continue";
  for (const LintFrame *f = l->frame; f; f = f->up) {
    if (f->kind == IN_FUNCTION || f->kind == IN_LAMBDA || f->kind == IN_CLASS) return;
    if (f->kind == IN_LOOP && s->kind != SK_STMT_Return) return;
    if (f->kind == IN_HANDLER && f->handler->is_star) lint_found(l, L_jump_in_except_star, s->range, what, NULL);
    if (f->kind == IN_GROUP) {
      lint_found(l, L_jump_out_of_group, s->range, what, NULL);
      return;
    }
  }
}
