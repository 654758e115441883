/* rules_call.c - calls: coroutines that nobody awaits, tasks that nobody keeps, sleeps, calls that block.  Layer 4. */
#include "vm/lint/lint_impl.h"

bool lint_number(const SkExpr *e, double *out) {
  bool minus = e->kind == SK_EXPR_UnaryOp && e->as.UnaryOp.op == SK_UNARYOP_USub;
  if (minus) e = e->as.UnaryOp.operand;
  if (e->kind == SK_EXPR_BinOp && e->as.BinOp.op == SK_OPERATOR_Mult) {
    double a, b;
    if (!lint_number(e->as.BinOp.left, &a) || !lint_number(e->as.BinOp.right, &b)) return false;
    *out = a * b;
    return true;
  }
  if (e->kind != SK_EXPR_Constant) return false;
  const SkConst *c = &e->as.Constant.value;
  if (c->kind == SK_CONST_INT) *out = (double)c->as.i;
  else if (c->kind == SK_CONST_FLOAT) *out = c->as.f;
  else return false;
  if (minus) *out = -*out;
  return true;
}

static const SkExpr *keyword(const SkExpr *call, const char *name) {
  for (size_t i = 0; i < call->as.Call.keywords.n; i++)
    if (name_is(call->as.Call.keywords.items[i]->arg, name)) return call->as.Call.keywords.items[i]->value;
  return NULL;
}

static void sleeps(Lint *l, const SkExpr *e, const char *meaning) {
  double n;
  if (!lint_is(meaning, "trio.sleep anyio.sleep skein.sleep asyncio.sleep") || e->as.Call.args.n != 1 || !lint_number(e->as.Call.args.items[0], &n)) return;
  if (n == 0 && strcmp(meaning, "asyncio.sleep")) lint_found(l, L_sleep_zero, e->range, NULL, NULL);
  if (n > 86400) lint_found(l, L_sleep_too_long, e->range, NULL, NULL);
}

static void deadlines(Lint *l, const SkExpr *e, const char *meaning) {
  double n;
  const SkExpr *d = NULL;
  if (lint_is(meaning, "trio.CancelScope anyio.CancelScope skein.CancelScope")) d = keyword(e, "deadline");
  if (lint_is(meaning, "trio.move_on_at trio.fail_at skein.move_on_at skein.fail_at asyncio.timeout_at trio.sleep_until") && e->as.Call.args.n)
    d = e->as.Call.args.items[0];
  if (d && lint_number(d, &n)) lint_found(l, L_constant_deadline, d->range, NULL, NULL);
}

static const struct { const char *call, *instead; } blocking[] = {
    {"time.sleep", "the loop's own sleep"}, {"os.system", "a process of the loop"}, {"subprocess.run", "a process of the loop"},
    {"subprocess.call", "a process of the loop"}, {"subprocess.check_call", "a process of the loop"}, {"subprocess.check_output", "a process of the loop"},
    {"urllib.request.urlopen", "skein.http"}, {"requests.get", "skein.http"}, {"requests.post", "skein.http"}, {"requests.request", "skein.http"},
    {"socket.create_connection", "open_connection()"}, {"socket.getaddrinfo", "the loop's getaddrinfo()"}, {"input", "to_thread"}};

static void blocks(Lint *l, const SkExpr *e, const char *meaning) {
  const LintFrame *f = lint_function(l);
  if (!f || f->kind != IN_FUNCTION || !f->is_async || !meaning) return;
  for (size_t i = 0; i < sizeof blocking / sizeof *blocking; i++)
    if (!strcmp(meaning, blocking[i].call)) lint_found(l, L_blocking_call, e->range, meaning, blocking[i].instead);
}

static bool is_exception_class(const char *meaning) { return lint_is(meaning, "ExceptionGroup BaseExceptionGroup"); }

static void groups(Lint *l, const SkExpr *e, const char *meaning) {
  if (is_exception_class(meaning) && e->as.Call.args.n == 2) {
    const SkExpr *members = e->as.Call.args.items[1];
    if ((members->kind == SK_EXPR_List && !members->as.List.elts.n) || (members->kind == SK_EXPR_Tuple && !members->as.Tuple.elts.n))
      lint_found(l, L_empty_group, e->range, NULL, NULL);
  }
  if (lint_is(meaning, "pytest.raises skein.testing.raises") && e->as.Call.args.n && is_exception_class(lint_meaning(l, e->as.Call.args.items[0])))
    lint_found(l, L_raises_group, e->range, NULL, NULL);
}

/* In __aenter__: self.group.start_soon(...) of a group that was not entered in this function. */
static void aenter(Lint *l, const SkExpr *e) {
  const LintFrame *f = lint_function(l);
  const SkExpr *func = e->as.Call.func;
  if (!f || f->kind != IN_FUNCTION || !f->is_async || !name_is(f->stmt->as.FunctionDef.name, "__aenter__") || func->kind != SK_EXPR_Attribute) return;
  if (!name_is(func->as.Attribute.attr, "start_soon") && !name_is(func->as.Attribute.attr, "start")) return;
  if (func->as.Attribute.value->kind == SK_EXPR_Attribute && !f->awaits && l->structured) lint_found(l, L_task_in_aenter, e->range, NULL, NULL);
}

void rules_call(Lint *l, const SkExpr *e) {
  const char *meaning = lint_meaning(l, e->as.Call.func);
  LintFrame *f = lint_function(l);
  if (f && e->as.Call.func->kind == SK_EXPR_Attribute && name_is(e->as.Call.func->as.Attribute.attr, "started")) f->starts = true;
  sleeps(l, e, meaning);
  deadlines(l, e, meaning);
  blocks(l, e, meaning);
  groups(l, e, meaning);
  aenter(l, e);
  if (f && f->is_async && lint_is(meaning, "sys.exit")) lint_found(l, L_exit_in_task, e->range, NULL, NULL);
  if (lint_is(meaning, "asyncio.gather")) lint_found(l, L_gather_without_group, e->range, NULL, NULL);
}

/* A call whose value is dropped. */
void rules_expr_stmt(Lint *l, const SkStmt *s) {
  const SkExpr *e = s->as.Expr.value;
  if (e->kind != SK_EXPR_Call) return;
  if (lint_is(lint_meaning(l, e->as.Call.func), "asyncio.create_task asyncio.ensure_future")) lint_found(l, L_lost_task, e->range, NULL, NULL);
  if (lint_is_coroutine_function(l, e->as.Call.func)) lint_found(l, L_missing_await, e->range, lint_text(l, e->as.Call.func), NULL);
}
