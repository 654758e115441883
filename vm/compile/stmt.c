/* stmt.c - statements: the switch, and those too small for a file.    Layer 4. */
#include "vm/compile/compile_impl.h"

/* An elif is an if alone in the else: a long chain is no deep recursion. */
static void if_stmt(C *c, SkStmt *s) {
  Label end = label_new(c);
  for (bool more = true; more;) {
    Label orelse = label_new(c);
    SkStmtSeq *rest = &s->as.If.orelse;
    cond(c, s->as.If.test, &orelse, false);
    stmts(c, &s->as.If.body);
    if (rest->n) jump(c, s->range, &end);
    label_place(c, &orelse);
    more = rest->n == 1 && rest->items[0]->kind == SK_STMT_If;
    if (more) c->u->last = (s = rest->items[0])->range;
    else stmts(c, rest);
  }
  label_place(c, &end);
}

static void raise_stmt(C *c, SkStmt *s) {
  SkExpr *exc = s->as.Raise.exc, *cause = s->as.Raise.cause;
  if (!exc) {
    emit(c, s->range, SK_OP_RAISEBARE, 0, 0, 0);
    return;
  }
  Reg r = expr_reg(c, exc);
  if (!cause) {
    emit(c, s->range, SK_OP_RAISE, r, 0, 0);
    return;
  }
  Reg from = expr_reg(c, cause);
  emit(c, s->range, SK_OP_RAISEFROM, r, from, 0);
}

static void assert_stmt(C *c, SkStmt *s) {
  SkExpr *test = s->as.Assert.test, *msg = s->as.Assert.msg;
  if ((test->kind == SK_EXPR_Tuple && test->as.Tuple.elts.n > 0))
    sk_diag_warn(c->diag, s->range, "assertion is always true, perhaps remove parentheses?");
  if (c->opts.optimize) return;
  Label end = label_new(c);
  cond(c, test, &end, true);
  Reg base = tmps(c, 3);
  emit(c, s->range, SK_OP_ASSERTERR, base, 0, 0);
  if (msg) {
    expr_tmp(c, msg);
    emit(c, s->range, SK_OP_CALL, base, 1, base);
  }
  emit(c, test->range, SK_OP_RAISE, base, 0, 0);
  label_place(c, &end);
}

static void expr_stmt(C *c, SkStmt *s) {
  SkExpr *e = s->as.Expr.value;
  if (c->interactive && c->u->outer == NULL) {
    Reg r = expr_reg(c, e);
    emit(c, s->range, SK_OP_PRINTEXPR, r, 0, 0);
    return;
  }
  expr_effect(c, e);
}

static void delete_stmt(C *c, SkStmt *s) {
  for (size_t i = 0; i < s->as.Delete.targets.n; i++) delete_target(c, s->as.Delete.targets.items[i]);
}

void stmt(C *c, SkStmt *s) {
  Reg top = c->u->top;
  c->u->last = s->range;
  switch ((SkStmtKind)s->kind) {
    case SK_STMT_FunctionDef: case SK_STMT_AsyncFunctionDef: func_stmt(c, s); break;
    case SK_STMT_ClassDef: class_stmt(c, s); break;
    case SK_STMT_TypeAlias: type_alias_stmt(c, s); break;
    case SK_STMT_Return: leave_function(c, s); break;
    case SK_STMT_Delete: delete_stmt(c, s); break;
    case SK_STMT_Assign: assign(c, s); break;
    case SK_STMT_AugAssign: aug_assign(c, s); break;
    case SK_STMT_AnnAssign: ann_assign(c, s); break;
    case SK_STMT_For: for_stmt(c, s); break;
    case SK_STMT_AsyncFor: async_for_stmt(c, s); break;
    case SK_STMT_While: while_stmt(c, s); break;
    case SK_STMT_If: if_stmt(c, s); break;
    case SK_STMT_With: case SK_STMT_AsyncWith: with_stmt(c, s, 0); break;
    case SK_STMT_Match: match_stmt(c, s); break;
    case SK_STMT_Raise: raise_stmt(c, s); break;
    case SK_STMT_Try: try_stmt(c, s); break;
    case SK_STMT_Assert: assert_stmt(c, s); break;
    case SK_STMT_Import: import_stmt(c, s); break;
    case SK_STMT_ImportFrom: import_from_stmt(c, s); break;
    case SK_STMT_Expr: expr_stmt(c, s); break;
    case SK_STMT_Break: leave_loop(c, s, true); break;
    case SK_STMT_Continue: leave_loop(c, s, false); break;
    case SK_STMT_Global: case SK_STMT_Nonlocal: case SK_STMT_Pass: break;
  }
  c->u->top = top;
}

void stmts(C *c, const SkStmtSeq *seq) {
  for (size_t i = 0; i < seq->n; i++) stmt(c, seq->items[i]);
}
