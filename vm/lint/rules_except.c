/* rules_except.c - handlers: cancellations that are lost, clauses that never match, groups and their members.  Layer 4. */
#include "vm/lint/lint_impl.h"

/* ---- which handler takes cancellations ---- */

static bool names_cancelled(Lint *l, const SkExpr *e) {
  if (e->kind == SK_EXPR_Tuple) {
    for (size_t i = 0; i < e->as.Tuple.elts.n; i++)
      if (names_cancelled(l, e->as.Tuple.elts.items[i])) return true;
    return false;
  }
  return lint_is(lint_meaning(l, e), "BaseException trio.Cancelled skein.Cancelled anyio.get_cancelled_exc_class");
}

bool lint_is_cancelling_handler(Lint *l, const SkExceptHandler *h) { return l->structured && (!h->type || names_cancelled(l, h->type)); }

/* ---- 103: does every way through the body raise? ---- */

static bool always_raises(const SkStmtSeq *body);

static bool stmt_raises(const SkStmt *s) {
  switch (s->kind) {
    case SK_STMT_Raise: return true;
    case SK_STMT_If: return s->as.If.orelse.n && always_raises(&s->as.If.body) && always_raises(&s->as.If.orelse);
    case SK_STMT_With: case SK_STMT_AsyncWith: return always_raises(&s->as.With.body);
    case SK_STMT_Try:
      if (always_raises(&s->as.Try.finalbody)) return true;
      if (!always_raises(&s->as.Try.body) && !always_raises(&s->as.Try.orelse)) return false;
      for (size_t i = 0; i < s->as.Try.handlers.n; i++)
        if (!always_raises(&s->as.Try.handlers.items[i]->body)) return false;
      return true;
    case SK_STMT_While: /* `while True` without break never goes on */
      return s->as.While.test->kind == SK_EXPR_Constant && s->as.While.test->as.Constant.value.kind == SK_CONST_TRUE && always_raises(&s->as.While.body);
    default: return false;
  }
}
/* Statements before the one that raises may leave in another way: return, break, continue. */
static bool leaves(LintVisitor *v, const SkStmt *s) {
  if (s->kind == SK_STMT_Return || s->kind == SK_STMT_Break || s->kind == SK_STMT_Continue) v->found = true;
  return s->kind != SK_STMT_FunctionDef && s->kind != SK_STMT_AsyncFunctionDef && s->kind != SK_STMT_ClassDef;
}
static bool no_expr(LintVisitor *v, const SkExpr *e) { (void)v; (void)e; return false; }
static bool may_leave(const SkStmt *s) {
  LintVisitor v = {.expr = no_expr, .stmt = leaves};
  lint_visit_stmt(&v, s);
  return v.found;
}
static bool always_raises(const SkStmtSeq *body) {
  for (size_t i = 0; i < body->n; i++) {
    if (stmt_raises(body->items[i])) return true;
    if (may_leave(body->items[i])) return false;
  }
  return false;
}

static SkRange handler_head(const SkExceptHandler *h) {
  SkRange r = h->range;
  if (h->type) r.end_line = h->type->range.end_line, r.end_col = h->type->range.end_col;
  else r.end_line = r.line, r.end_col = r.col + 6;
  return r;
}

static void swallowed(Lint *l, const SkStmt *s, const SkExceptHandler *h) {
  const LintFrame *f = lint_function(l);
  if (!f || !f->is_async || !lint_is_cancelling_handler(l, h) || !lint_has_await(l, &s->as.Try.body)) return;
  if (!always_raises(&h->body)) lint_found(l, L_cancelled_swallowed, handler_head(h), h->type ? lint_text(l, h->type) : "except", NULL);
}

/* ---- 501: the built-in exceptions, each with what takes it ---- */

static const char *const bases[][2] = {
    {"Exception", "BaseException"}, {"KeyboardInterrupt", "BaseException"}, {"SystemExit", "BaseException"}, {"GeneratorExit", "BaseException"},
    {"ArithmeticError", "Exception"}, {"ZeroDivisionError", "ArithmeticError"}, {"OverflowError", "ArithmeticError"}, {"FloatingPointError", "ArithmeticError"},
    {"AssertionError", "Exception"}, {"AttributeError", "Exception"}, {"BufferError", "Exception"}, {"EOFError", "Exception"}, {"ImportError", "Exception"},
    {"ModuleNotFoundError", "ImportError"}, {"LookupError", "Exception"}, {"IndexError", "LookupError"}, {"KeyError", "LookupError"},
    {"MemoryError", "Exception"}, {"NameError", "Exception"}, {"UnboundLocalError", "NameError"}, {"OSError", "Exception"}, {"IOError", "OSError"},
    {"BlockingIOError", "OSError"}, {"ChildProcessError", "OSError"}, {"ConnectionError", "OSError"}, {"BrokenPipeError", "ConnectionError"},
    {"ConnectionAbortedError", "ConnectionError"}, {"ConnectionRefusedError", "ConnectionError"}, {"ConnectionResetError", "ConnectionError"},
    {"FileExistsError", "OSError"}, {"FileNotFoundError", "OSError"}, {"InterruptedError", "OSError"}, {"IsADirectoryError", "OSError"},
    {"NotADirectoryError", "OSError"}, {"PermissionError", "OSError"}, {"ProcessLookupError", "OSError"}, {"TimeoutError", "OSError"},
    {"ReferenceError", "Exception"}, {"RuntimeError", "Exception"}, {"NotImplementedError", "RuntimeError"}, {"RecursionError", "RuntimeError"},
    {"StopIteration", "Exception"}, {"StopAsyncIteration", "Exception"}, {"SyntaxError", "Exception"}, {"IndentationError", "SyntaxError"},
    {"TabError", "IndentationError"}, {"SystemError", "Exception"}, {"TypeError", "Exception"}, {"ValueError", "Exception"},
    {"UnicodeError", "ValueError"}, {"UnicodeDecodeError", "UnicodeError"}, {"UnicodeEncodeError", "UnicodeError"}, {"Warning", "Exception"},
    {"ExceptionGroup", "Exception"}};

static bool takes(const char *cls, const char *other) {
  for (const char *c = other; c;) {
    if (!strcmp(c, cls)) return true;
    const char *up = NULL;
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
      if (!strcmp(bases[i][0], c)) up = bases[i][1];
    c = up;
  }
  return false;
}
static bool is_builtin_exception(const char *m) { return m && (!strcmp(m, "BaseException") || takes("BaseException", m)); }

/* The class of |e| that an earlier clause takes whole; NULL: none, or not known. */
static const char *taken_by(Lint *l, const SkExceptHandler *before, const char *cls) {
  const SkExpr *t = before->type;
  if (!t) return "except";
  size_t n = t->kind == SK_EXPR_Tuple ? t->as.Tuple.elts.n : 1;
  for (size_t i = 0; i < n; i++) {
    const char *m = lint_meaning(l, t->kind == SK_EXPR_Tuple ? t->as.Tuple.elts.items[i] : t);
    if (is_builtin_exception(m) && takes(m, cls)) return m;
  }
  return NULL;
}

static void never_matches(Lint *l, const SkStmt *s, size_t at) {
  const SkExceptHandler *h = s->as.Try.handlers.items[at];
  if (!h->type) return;
  bool tuple = h->type->kind == SK_EXPR_Tuple;
  size_t n = tuple ? h->type->as.Tuple.elts.n : 1;
  const char *by = NULL, *cls = NULL;
  for (size_t i = 0; i < n; i++) { /* every class of the clause must be taken before */
    cls = lint_meaning(l, tuple ? h->type->as.Tuple.elts.items[i] : h->type);
    by = NULL;
    for (size_t k = 0; is_builtin_exception(cls) && k < at && !by; k++)
      if (s->as.Try.handlers.items[k]->is_star == h->is_star) by = taken_by(l, s->as.Try.handlers.items[k], cls);
    if (!by) return;
  }
  if (by) lint_found(l, L_clause_never_matches, handler_head(h), by, tuple ? lint_text(l, h->type) : cls);
}

/* ---- 502: try: async with TaskGroup() ... except ValueError ---- */

static bool is_group_with(Lint *l, const SkStmt *s) {
  if (s->kind != SK_STMT_AsyncWith) return false;
  for (size_t i = 0; i < s->as.AsyncWith.items.n; i++) {
    const SkExpr *e = s->as.AsyncWith.items.items[i]->context_expr;
    if (e->kind == SK_EXPR_Call && lint_is(lint_meaning(l, e->as.Call.func), "asyncio.TaskGroup skein.TaskGroup trio.open_nursery anyio.create_task_group")) return true;
  }
  return false;
}

static void around_group(Lint *l, const SkStmt *s, const SkExceptHandler *h) {
  if (h->is_star || !h->type || s->as.Try.body.n != 1 || !is_group_with(l, s->as.Try.body.items[0])) return;
  bool tuple = h->type->kind == SK_EXPR_Tuple;
  size_t n = tuple ? h->type->as.Tuple.elts.n : 1;
  for (size_t i = 0; i < n; i++) {
    const char *m = lint_meaning(l, tuple ? h->type->as.Tuple.elts.items[i] : h->type);
    if (!is_builtin_exception(m) || lint_is(m, "Exception BaseException ExceptionGroup BaseExceptionGroup KeyboardInterrupt SystemExit TimeoutError GeneratorExit")) return;
  }
  lint_found(l, L_plain_except_around_group, handler_head(h), lint_text(l, h->type), NULL);
}

static bool is_group_class(Lint *l, const SkExpr *e) { return lint_is(lint_meaning(l, e), "ExceptionGroup BaseExceptionGroup"); }

void rules_try(Lint *l, const SkStmt *s) {
  bool star = false, plain = false;
  for (size_t i = 0; i < s->as.Try.handlers.n; i++) {
    const SkExceptHandler *h = s->as.Try.handlers.items[i];
    star |= h->is_star;
    plain |= !h->is_star;
    swallowed(l, s, h);
    never_matches(l, s, i);
    around_group(l, s, h);
    if (!h->is_star) continue;
    bool tuple = h->type->kind == SK_EXPR_Tuple;
    for (size_t k = 0; k < (tuple ? h->type->as.Tuple.elts.n : 1); k++) {
      const SkExpr *e = tuple ? h->type->as.Tuple.elts.items[k] : h->type;
      if (is_group_class(l, e)) lint_found(l, L_except_star_group, e->range, NULL, NULL);
    }
  }
  if (star && plain) lint_found(l, L_mixed_try, handler_head(s->as.Try.handlers.items[0]), NULL, NULL);
}

/* ---- awaits in cleanup ---- */

void rules_await(Lint *l, SkRange where) {
  for (const LintFrame *f = l->frame; f; f = f->up) {
    if (f->kind == IN_FUNCTION || f->kind == IN_LAMBDA || f->kind == IN_CLASS || f->shields) return;
    if (f->kind == IN_FINALLY && l->structured) {
      lint_found(l, L_await_in_cleanup, where, "finally", NULL);
      return;
    }
    if (f->kind != IN_HANDLER) continue;
    if (f->critical) lint_found(l, L_await_in_cleanup, where, "a clause that takes cancellations", NULL);
    else if (l->structured) lint_found(l, L_await_in_except, where, NULL, NULL);
    return;
  }
}

/* ---- raise ---- */

static bool is_member(const SkExpr *e) {
  if (e->kind != SK_EXPR_Subscript) return false;
  const SkExpr *v = e->as.Subscript.value;
  return v->kind == SK_EXPR_Attribute && name_is(v->as.Attribute.attr, "exceptions");
}

void rules_raise(Lint *l, const SkStmt *s) {
  const SkExpr *exc = s->as.Raise.exc;
  if (!exc) return;
  if (is_member(exc) && !s->as.Raise.cause) lint_found(l, L_member_raised, s->range, NULL, NULL);
  for (const LintFrame *f = l->frame; f; f = f->up) {
    if (f->kind == IN_FUNCTION || f->kind == IN_LAMBDA || f->kind == IN_CLASS || f->kind == IN_TRY) return;
    if (f->kind != IN_HANDLER) continue;
    bool same = exc->kind == SK_EXPR_Name && f->handler->name == exc->as.Name.id;
    const char *m = f->handler->type ? lint_meaning(l, f->handler->type) : NULL;
    if (!same && lint_is(m, "trio.Cancelled skein.Cancelled")) lint_found(l, L_cancelled_replaced, s->range, NULL, NULL);
    return;
  }
}

/* ---- 400: eg.errno in except* ---- */

static const char group_attributes[] =
    "exceptions message split subgroup derive add_note args with_traceback";

void rules_attribute(Lint *l, const SkExpr *e) {
  const SkExpr *v = e->as.Attribute.value;
  const SkName *attr = e->as.Attribute.attr;
  if (v->kind != SK_EXPR_Name || (attr->length > 4 && !memcmp(attr->text, "__", 2)) || e->as.Attribute.ctx != SK_CTX_Load) return;
  for (const LintFrame *f = l->frame; f; f = f->up) {
    if (f->kind == IN_FUNCTION || f->kind == IN_LAMBDA || f->kind == IN_CLASS) return;
    if (f->kind != IN_HANDLER || f->handler->name != v->as.Name.id) continue;
    if (f->handler->is_star && !lint_is(attr->text, group_attributes)) lint_found(l, L_no_group_attribute, e->range, v->as.Name.id->text, attr->text);
    return;
  }
}
