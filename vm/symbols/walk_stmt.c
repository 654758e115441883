/* walk_stmt.c - names in statements, functions and classes.           Layer 2. */
#include <string.h>

#include "vm/symbols/symbols_impl.h"

bool walk_defaults(SymWalk *w, const SkArguments *a) {
  return walk_exprs(w, &a->defaults) && walk_exprs(w, &a->kw_defaults);
}

static bool walk_param_list(SymWalk *w, const SkArgSeq *args) {
  for (size_t i = 0; i < args->n; i++)
    if (!sym_note(w, args->items[i]->arg, SK_SYM_PARAM | SK_SYM_BOUND, args->items[i]->range)) return false;
  return true;
}

/* Parameters become the first symbols of the scope, in register order. */
bool walk_params(SymWalk *w, const SkArguments *a) {
  if (!walk_param_list(w, &a->posonlyargs) || !walk_param_list(w, &a->args) ||
      !walk_param_list(w, &a->kwonlyargs))
    return false;
  if (a->vararg) {
    w->cur->varargs = true;
    if (!sym_note(w, a->vararg->arg, SK_SYM_PARAM | SK_SYM_BOUND, a->vararg->range)) return false;
  }
  if (a->kwarg) {
    w->cur->varkw = true;
    if (!sym_note(w, a->kwarg->arg, SK_SYM_PARAM | SK_SYM_BOUND, a->kwarg->range)) return false;
  }
  return true;
}

/* Under the future import annotations are text: their names mean nothing, their errors do. */
bool walk_annotation(SymWalk *w, SkExpr *e) {
  if (!e) return true;
  if (!w->s->future_annotations) return walk_expr(w, e);
  SkScope *s = scope_open(w, SK_SCOPE_TYPE_EXPR, NULL, e, e->range);
  s->what = "an annotation";
  s->discarded = true;
  if (!walk_expr(w, e)) return false;
  scope_close(w);
  return true;
}

static bool walk_arg_annotations(SymWalk *w, const SkArgSeq *args) {
  for (size_t i = 0; i < args->n; i++)
    if (!walk_annotation(w, args->items[i]->annotation)) return false;
  return true;
}

static bool walk_annotations(SymWalk *w, const SkArguments *a, SkExpr *returns) {
  return walk_arg_annotations(w, &a->posonlyargs) && walk_arg_annotations(w, &a->args) &&
         walk_annotation(w, a->vararg ? a->vararg->annotation : NULL) &&
         walk_annotation(w, a->kwarg ? a->kwarg->annotation : NULL) &&
         walk_arg_annotations(w, &a->kwonlyargs) && walk_annotation(w, returns);
}

static bool walk_function(SymWalk *w, SkStmt *st) {
  SkName *name = st->as.FunctionDef.name; /* AsyncFunctionDef has the same shape */
  SkArguments *a = st->as.FunctionDef.args;
  if (!sym_note(w, name, SK_SYM_BOUND, st->range)) return false;
  if (!walk_defaults(w, a) || !walk_exprs(w, &st->as.FunctionDef.decorator_list)) return false;
  bool generic = st->as.FunctionDef.type_params.n > 0;
  st->mark = w->s->nscopes;
  if (generic &&
      !walk_type_params_open(w, name, st, &st->as.FunctionDef.type_params, st->range, false))
    return false;
  if (!walk_annotations(w, a, st->as.FunctionDef.returns)) return false;
  if (!generic) st->mark = w->s->nscopes;
  SkScope *s = scope_open(w, SK_SCOPE_FUNCTION, name, st, st->range);
  s->coroutine = s->async_def = st->kind == SK_STMT_AsyncFunctionDef;
  if (!walk_params(w, a) || !walk_stmts(w, &st->as.FunctionDef.body)) return false;
  scope_close(w);
  if (generic) scope_close(w);
  return true;
}

static bool walk_class_head(SymWalk *w, SkStmt *st) {
  if (!walk_exprs(w, &st->as.ClassDef.bases)) return false;
  for (size_t i = 0; i < st->as.ClassDef.keywords.n; i++)
    if (!walk_expr(w, st->as.ClassDef.keywords.items[i]->value)) return false;
  return true;
}

static bool walk_class(SymWalk *w, SkStmt *st) {
  SkName *name = st->as.ClassDef.name;
  if (!sym_note(w, name, SK_SYM_BOUND, st->range)) return false;
  if (!walk_exprs(w, &st->as.ClassDef.decorator_list)) return false;
  bool generic = st->as.ClassDef.type_params.n > 0;
  st->mark = w->s->nscopes;
  if (generic) {
    SkScope *t = walk_type_params_open(w, name, st, &st->as.ClassDef.type_params, st->range, true);
    if (!t) return false;
  }
  if (!walk_class_head(w, st)) return false;
  if (!generic) st->mark = w->s->nscopes;
  SkScope *s = scope_open(w, SK_SCOPE_CLASS, name, st, st->range);
  s->private_name = name;
  s->mangled_only = NULL;
  if (generic) {
    sym_note(w, w->s->n_type_params, SK_SYM_BOUND | SK_SYM_HIDDEN, st->range);
    sym_note(w, w->s->n_type_params_dot, SK_SYM_USED | SK_SYM_HIDDEN, st->range);
  }
  if (!walk_stmts(w, &st->as.ClassDef.body)) return false;
  scope_close(w);
  if (generic) scope_close(w);
  return true;
}

static bool walk_type_alias(SymWalk *w, SkStmt *st) {
  SkExpr *target = st->as.TypeAlias.name;
  if (!walk_expr(w, target)) return false;
  SkName *name = target->as.Name.id;
  bool generic = st->as.TypeAlias.type_params.n > 0;
  st->mark = w->s->nscopes;
  if (generic && !walk_type_params_open(w, name, st, &st->as.TypeAlias.type_params, st->range, false))
    return false;
  if (!walk_type_expr(w, st->as.TypeAlias.value, st->as.TypeAlias.value, name, "a type alias")) return false;
  if (generic) scope_close(w);
  return true;
}

/* global and nonlocal: the name must be new to the scope. */
static bool walk_declare(SymWalk *w, SkStmt *st, const SkNameSeq *names, unsigned flag) {
  const char *what = flag == SK_SYM_GLOBAL ? "global" : "nonlocal";
  for (size_t i = 0; i < names->n; i++) {
    SkName *name = names->items[i];
    SkSymbol *sym = sk_scope_find(w->cur, sk_scope_mangle(w->s->names, w->cur, name));
    unsigned old = sym ? sym->flags : 0;
    if (old & SK_SYM_TYPE_PARAM && flag == SK_SYM_NONLOCAL)
      return sk_diag_error(w->diag, st->range, SK_DIAG_SYNTAX,
                           "nonlocal binding not allowed for type parameter '%s'", name->text);
    if (old & (SK_SYM_PARAM | SK_SYM_BOUND | SK_SYM_USED | SK_SYM_ANNOTATED) && !(old & SK_SYM_HIDDEN)) {
      const char *message = old & SK_SYM_PARAM       ? "name '%s' is parameter and %s"
                            : old & SK_SYM_ANNOTATED ? "annotated name '%s' can't be %s"
                            : old & SK_SYM_USED      ? "name '%s' is used prior to %s declaration"
                            : old & SK_SYM_IMPORTED  ? NULL
                                                : "name '%s' is assigned to before %s declaration";
      if (message) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        return sk_diag_error(w->diag, st->range, SK_DIAG_SYNTAX, message, name->text, what);
#pragma GCC diagnostic pop
      }
    }
    if (!sym_note(w, name, flag, st->range)) return false;
    /* from now on it is a global at the top too, even where exec gives that locals of its own */
    if (flag == SK_SYM_GLOBAL)
      scope_add(w->s, w->s->top, sk_scope_mangle(w->s->names, w->cur, name), flag, st->range);
  }
  return true;
}

static bool walk_import_name(SymWalk *w, SkAlias *a) {
  if (a->asname) return sym_note(w, a->asname, SK_SYM_BOUND | SK_SYM_IMPORTED, a->range);
  const char *dot = memchr(a->name->text, '.', a->name->length);
  SkName *name = dot ? sk_name_intern(w->s->names, a->name->text, (size_t)(dot - a->name->text)) : a->name;
  return sym_note(w, name, SK_SYM_BOUND | SK_SYM_IMPORTED, a->range);
}

static bool walk_imports(SymWalk *w, const SkAliasSeq *names, bool from) {
  for (size_t i = 0; i < names->n; i++) {
    SkAlias *a = names->items[i];
    if (from && a->name->length == 1 && a->name->text[0] == '*') {
      if (w->cur->kind != SK_SCOPE_MODULE)
        return sk_diag_error(w->diag, a->range, SK_DIAG_SYNTAX, "import * only allowed at module level");
      w->cur->imports_all = true;
      continue;
    }
    if (!walk_import_name(w, a)) return false;
  }
  return true;
}

static bool walk_ann_assign(SymWalk *w, SkStmt *st) {
  SkExpr *target = st->as.AnnAssign.target;
  if (target->kind == SK_EXPR_Name) {
    SkName *name = target->as.Name.id;
    SkSymbol *sym = sk_scope_find(w->cur, sk_scope_mangle(w->s->names, w->cur, name));
    unsigned old = sym ? sym->flags : 0;
    if (old & (SK_SYM_GLOBAL | SK_SYM_NONLOCAL) && w->cur->kind != SK_SCOPE_MODULE && st->as.AnnAssign.simple)
      return sk_diag_error(w->diag, st->range, SK_DIAG_SYNTAX, "annotated name '%s' can't be %s",
                           name->text, old & SK_SYM_GLOBAL ? "global" : "nonlocal");
    unsigned flags = st->as.AnnAssign.simple ? SK_SYM_ANNOTATED | SK_SYM_BOUND
                                             : st->as.AnnAssign.value ? SK_SYM_BOUND : 0;
    if (flags && !sym_note(w, name, flags, target->range)) return false;
  } else if (!walk_expr(w, target)) {
    return false;
  }
  w->cur->has_annotations = true;
  if (!walk_annotation(w, st->as.AnnAssign.annotation)) return false;
  return !st->as.AnnAssign.value || walk_expr(w, st->as.AnnAssign.value);
}

static bool walk_try(SymWalk *w, SkStmt *st) {
  if (!walk_stmts(w, &st->as.Try.body)) return false;
  for (size_t i = 0; i < st->as.Try.handlers.n; i++) {
    SkExceptHandler *h = st->as.Try.handlers.items[i];
    if (h->type && !walk_expr(w, h->type)) return false;
    if (h->name && !sym_note(w, h->name, SK_SYM_BOUND | SK_SYM_KILLED, h->range)) return false;
    if (!walk_stmts(w, &h->body)) return false;
  }
  return walk_stmts(w, &st->as.Try.orelse) && walk_stmts(w, &st->as.Try.finalbody);
}

static bool walk_with(SymWalk *w, const SkWithItemSeq *items, const SkStmtSeq *body, bool async) {
  SymGroups outside = w->cur->groups;
  for (size_t i = 0; i < items->n; i++) {
    if (!walk_expr(w, items->items[i]->context_expr)) return false;
    if (items->items[i]->optional_vars && !walk_expr(w, items->items[i]->optional_vars)) return false;
    if (async) open_group_begin(w, items->items[i]->context_expr);
  }
  if (!walk_stmts(w, body)) return false;
  w->cur->groups = outside;
  return true;
}

static bool walk_patterns(SymWalk *w, const SkPatternSeq *seq) {
  for (size_t i = 0; i < seq->n; i++)
    if (!walk_pattern(w, seq->items[i])) return false;
  return true;
}

bool walk_pattern(SymWalk *w, SkPattern *p) {
  switch ((SkPatternKind)p->kind) {
    case SK_PATTERN_MatchValue: return walk_expr(w, p->as.MatchValue.value);
    case SK_PATTERN_MatchSingleton: return true;
    case SK_PATTERN_MatchSequence: return walk_patterns(w, &p->as.MatchSequence.patterns);
    case SK_PATTERN_MatchMapping:
      if (!walk_exprs(w, &p->as.MatchMapping.keys) || !walk_patterns(w, &p->as.MatchMapping.patterns))
        return false;
      return !p->as.MatchMapping.rest || sym_note(w, p->as.MatchMapping.rest, SK_SYM_BOUND, p->range);
    case SK_PATTERN_MatchClass:
      return walk_expr(w, p->as.MatchClass.cls) && walk_patterns(w, &p->as.MatchClass.patterns) &&
             walk_patterns(w, &p->as.MatchClass.kwd_patterns);
    case SK_PATTERN_MatchStar:
      return !p->as.MatchStar.name || sym_note(w, p->as.MatchStar.name, SK_SYM_BOUND, p->range);
    case SK_PATTERN_MatchAs:
      if (p->as.MatchAs.pattern && !walk_pattern(w, p->as.MatchAs.pattern)) return false;
      return !p->as.MatchAs.name || sym_note(w, p->as.MatchAs.name, SK_SYM_BOUND, p->range);
    case SK_PATTERN_MatchOr: return walk_patterns(w, &p->as.MatchOr.patterns);
  }
  return true;
}

static bool walk_match(SymWalk *w, SkStmt *st) {
  if (!walk_expr(w, st->as.Match.subject)) return false;
  for (size_t i = 0; i < st->as.Match.cases.n; i++) {
    SkMatchCase *c = st->as.Match.cases.items[i];
    if (!walk_pattern(w, c->pattern) || (c->guard && !walk_expr(w, c->guard)) || !walk_stmts(w, &c->body))
      return false;
  }
  return true;
}

static bool walk_opt(SymWalk *w, SkExpr *e) { return !e || walk_expr(w, e); }

/* A chain of elif is walked along, not down. */
static bool walk_if(SymWalk *w, SkStmt *st) {
  for (;;) {
    const SkStmtSeq *rest = &st->as.If.orelse;
    if (!walk_expr(w, st->as.If.test) || !walk_stmts(w, &st->as.If.body)) return false;
    if (rest->n != 1 || rest->items[0]->kind != SK_STMT_If) return walk_stmts(w, rest);
    st = rest->items[0];
  }
}

/* The body of a script that waits becomes a coroutine. */
static void note_async(SymWalk *w) {
  if (w->cur->kind == SK_SCOPE_MODULE) w->cur->coroutine = true;
}

static bool walk_stmt(SymWalk *w, SkStmt *st) {
  switch ((SkStmtKind)st->kind) {
    case SK_STMT_FunctionDef: case SK_STMT_AsyncFunctionDef: return walk_function(w, st);
    case SK_STMT_ClassDef: return walk_class(w, st);
    case SK_STMT_TypeAlias: return walk_type_alias(w, st);
    case SK_STMT_Return: return walk_opt(w, st->as.Return.value);
    case SK_STMT_Delete: return walk_exprs(w, &st->as.Delete.targets);
    case SK_STMT_Assign: return walk_exprs(w, &st->as.Assign.targets) && walk_expr(w, st->as.Assign.value);
    case SK_STMT_AugAssign: return walk_expr(w, st->as.AugAssign.target) && walk_expr(w, st->as.AugAssign.value);
    case SK_STMT_AnnAssign: return walk_ann_assign(w, st);
    case SK_STMT_For: case SK_STMT_AsyncFor:
      if (st->kind == SK_STMT_AsyncFor) note_async(w);
      return walk_expr(w, st->as.For.target) && walk_expr(w, st->as.For.iter) &&
             walk_stmts(w, &st->as.For.body) && walk_stmts(w, &st->as.For.orelse);
    case SK_STMT_While:
      return walk_expr(w, st->as.While.test) && walk_stmts(w, &st->as.While.body) &&
             walk_stmts(w, &st->as.While.orelse);
    case SK_STMT_If: return walk_if(w, st);
    case SK_STMT_With: case SK_STMT_AsyncWith:
      if (st->kind == SK_STMT_AsyncWith) note_async(w);
      return walk_with(w, &st->as.With.items, &st->as.With.body, st->kind == SK_STMT_AsyncWith);
    case SK_STMT_Match: return walk_match(w, st);
    case SK_STMT_Raise: return walk_opt(w, st->as.Raise.exc) && walk_opt(w, st->as.Raise.cause);
    case SK_STMT_Try: return walk_try(w, st);
    case SK_STMT_Assert: return walk_expr(w, st->as.Assert.test) && walk_opt(w, st->as.Assert.msg);
    case SK_STMT_Import: return walk_imports(w, &st->as.Import.names, false);
    case SK_STMT_ImportFrom: return walk_imports(w, &st->as.ImportFrom.names, true);
    case SK_STMT_Global: return walk_declare(w, st, &st->as.Global.names, SK_SYM_GLOBAL);
    case SK_STMT_Nonlocal: return walk_declare(w, st, &st->as.Nonlocal.names, SK_SYM_NONLOCAL);
    case SK_STMT_Expr: return walk_expr(w, st->as.Expr.value);
    case SK_STMT_Pass: case SK_STMT_Break: case SK_STMT_Continue: return true;
  }
  return true;
}

bool walk_stmts(SymWalk *w, const SkStmtSeq *seq) {
  for (size_t i = 0; i < seq->n; i++)
    if (!walk_stmt(w, seq->items[i])) return false;
  return true;
}
