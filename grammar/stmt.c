/* stmt.c - statement nodes, called from python.y.                     Layer 1. */
#include "grammar/nodes.h"

static SkStmt *stmt_at(SkParser *p, SkStmtKind kind, SkRange range) {
  SkStmt *s = sk_arena_new(p->arena, SkStmt);
  s->kind = (uint8_t)kind;
  s->range = range;
  s->height = 1;
  return s;
}

SkStmt *sk_stmt_new(SkParser *p, SkStmtKind kind, const SkToken *first) {
  return stmt_at(p, kind, sk_range_here(p, first));
}

/* A compound statement ends where its last line does: not with the DEDENT. */
static SkRange compound_range(const SkParser *p, const SkToken *first) {
  const SkToken *last = p->look - 1;
  while (last->kind == TK_DEDENT || last->kind == TK_NEWLINE) last--;
  return sk_range_join(first->range, last->range);
}

SkStmt *sk_stmt_compound(SkParser *p, SkStmtKind kind, const SkToken *first) {
  return stmt_at(p, kind, compound_range(p, first));
}

/* ---- sequences and modules ----------------------------------------------------------------- */

SkStmtSeq sk_stmts_one(SkParser *p, SkStmt *s) { return sk_stmts_push(p, (SkStmtSeq){0}, s); }

SkStmtSeq sk_stmts_push(SkParser *p, SkStmtSeq seq, SkStmt *s) {
  SK_SEQ_PUSH(p, seq, s);
  return seq;
}

SkStmtSeq sk_stmts_join(SkParser *p, SkStmtSeq a, SkStmtSeq b) {
  if (!a.n) return b;
  for (size_t i = 0; i < b.n; i++) SK_SEQ_PUSH(p, a, b.items[i]);
  return a;
}

SkStmtSeq sk_stmts_pass(SkParser *p, const SkToken *newline) {
  SkStmt *s = stmt_at(p, SK_STMT_Pass, newline->range);
  return sk_stmts_one(p, s);
}

static void mod_new(SkParser *p, SkModKind kind, SkStmtSeq body, SkExpr *expr) {
  p->mod->kind = kind;
  p->mod->body = body;
  p->mod->expr = expr;
  p->mod->names = p->names;
}

void sk_mod_file(SkParser *p, SkStmtSeq body) { mod_new(p, SK_MOD_Module, body, NULL); }
void sk_mod_single(SkParser *p, SkStmtSeq body) { mod_new(p, SK_MOD_Interactive, body, NULL); }
void sk_mod_probe(SkParser *p, SkExpr *e) { mod_new(p, SK_MOD_Expression, (SkStmtSeq){0}, e); }

/* A lone expression is no place for stars. */
void sk_mod_eval(SkParser *p, SkExpr *e) {
  bool bare = e->kind == SK_EXPR_Tuple && !e->parens;
  SkExprSeq items = bare ? e->as.Tuple.elts : (SkExprSeq){1, &e};
  for (size_t i = 0; i < items.n; i++) {
    if (items.items[i]->kind != SK_EXPR_Starred || items.items[i]->parens) continue;
    sk_reject(p, sk_expr_first(p, items.items[i]));
    return;
  }
  mod_new(p, SK_MOD_Expression, (SkStmtSeq){0}, e);
}

/* ---- simple statements --------------------------------------------------------------------- */

static SkRange range_of_rule(SkParser *p, const SkExpr *first) {
  return sk_range_here(p, sk_expr_first(p, first));
}

SkStmt *sk_stmt_expr(SkParser *p, SkExpr *e) {
  SkStmt *s = stmt_at(p, SK_STMT_Expr, range_of_rule(p, e));
  s->as.Expr.value = e;
  return sk_stmt_done(p, s);
}

SkStmt *sk_stmt_assign(SkParser *p, SkExpr *first, SkExprSeq rest) {
  SkStmt *s = stmt_at(p, SK_STMT_Assign, range_of_rule(p, first));
  SkExpr *value = rest.items[--rest.n];
  SkExprSeq targets = sk_exprs_one(p, first);
  for (size_t i = 0; i < rest.n; i++) targets = sk_exprs_push(p, targets, rest.items[i]);
  sk_assign_targets(p, targets, value);
  s->as.Assign.targets = targets;
  s->as.Assign.value = value;
  return sk_stmt_done(p, s);
}

SkStmt *sk_stmt_augassign(SkParser *p, SkExpr *target, const SkToken *op, SkExpr *value) {
  SkStmt *s = stmt_at(p, SK_STMT_AugAssign, range_of_rule(p, target));
  if (target->kind != SK_EXPR_Name && target->kind != SK_EXPR_Attribute &&
      target->kind != SK_EXPR_Subscript)
    sk_error_at(p, target->range, "'%s' is an illegal expression for augmented assignment",
                sk_expr_describe(target));
  sk_set_context(target, SK_CTX_Store);
  s->as.AugAssign.target = target;
  s->as.AugAssign.op = sk_operator_of(op);
  s->as.AugAssign.value = value;
  return sk_stmt_done(p, s);
}

SkStmt *sk_stmt_annassign(SkParser *p, SkExpr *target, SkExpr *annotation, SkExpr *value) {
  SkStmt *s = stmt_at(p, SK_STMT_AnnAssign, range_of_rule(p, target));
  if (target->kind == SK_EXPR_List || target->kind == SK_EXPR_Tuple) {
    const SkExpr *at = target;
    if (target->kind == SK_EXPR_Tuple && !target->parens) at = target->as.Tuple.elts.items[0];
    sk_error_at(p, at->range, "only single target (not %s) can be annotated",
                sk_expr_describe(target));
  } else if (target->kind != SK_EXPR_Name && target->kind != SK_EXPR_Attribute &&
             target->kind != SK_EXPR_Subscript) {
    sk_error_at(p, target->range, "illegal target for annotation");
  }
  sk_set_context(target, SK_CTX_Store);
  s->as.AnnAssign.target = target;
  s->as.AnnAssign.annotation = annotation;
  s->as.AnnAssign.value = value;
  s->as.AnnAssign.simple = target->kind == SK_EXPR_Name && !target->parens;
  return sk_stmt_done(p, s);
}

SkStmt *sk_stmt_return(SkParser *p, const SkToken *first, SkExpr *value) {
  SkStmt *s = sk_stmt_new(p, SK_STMT_Return, first);
  s->as.Return.value = value;
  return sk_stmt_done(p, s);
}

SkStmt *sk_stmt_raise(SkParser *p, const SkToken *first, SkExpr *exc, SkExpr *cause) {
  SkStmt *s = sk_stmt_new(p, SK_STMT_Raise, first);
  s->as.Raise.exc = exc;
  s->as.Raise.cause = cause;
  return sk_stmt_done(p, s);
}

SkStmt *sk_stmt_global(SkParser *p, const SkToken *first, SkNameSeq names) {
  SkStmt *s = sk_stmt_new(p, SK_STMT_Global, first);
  s->as.Global.names = names;
  return s;
}

SkStmt *sk_stmt_nonlocal(SkParser *p, const SkToken *first, SkNameSeq names) {
  SkStmt *s = sk_stmt_new(p, SK_STMT_Nonlocal, first);
  s->as.Nonlocal.names = names;
  return s;
}

SkStmt *sk_stmt_delete(SkParser *p, const SkToken *first, SkExpr *targets) {
  SkStmt *s = sk_stmt_new(p, SK_STMT_Delete, first);
  sk_target(p, targets, SK_TARGET_DEL);
  if (targets->kind == SK_EXPR_Tuple && !targets->parens)
    s->as.Delete.targets = targets->as.Tuple.elts;
  else
    s->as.Delete.targets = sk_exprs_one(p, targets);
  return sk_stmt_done(p, s);
}

SkStmt *sk_stmt_assert(SkParser *p, const SkToken *first, SkExpr *test, SkExpr *msg) {
  SkStmt *s = sk_stmt_new(p, SK_STMT_Assert, first);
  s->as.Assert.test = test;
  s->as.Assert.msg = msg;
  return sk_stmt_done(p, s);
}

SkStmt *sk_stmt_type_alias(SkParser *p, const SkToken *first, const SkToken *name,
                           SkTypeParamSeq params, SkExpr *value) {
  SkStmt *s = sk_stmt_new(p, SK_STMT_TypeAlias, first);
  s->as.TypeAlias.name = sk_expr_name(p, name);
  sk_set_context(s->as.TypeAlias.name, SK_CTX_Store);
  s->as.TypeAlias.type_params = params;
  s->as.TypeAlias.value = value;
  return sk_stmt_done(p, s);
}

/* ---- import -------------------------------------------------------------------------------- */

/* a.b.c as one name: the text between the first and the last token, without blanks. */
static SkName *dotted_name(SkParser *p, const SkExpr *e) {
  if (e->kind == SK_EXPR_Name) return e->as.Name.id;
  size_t n = 0;
  for (const SkExpr *x = e;; x = x->as.Attribute.value) {
    n += 1 + (x->kind == SK_EXPR_Name ? x->as.Name.id : x->as.Attribute.attr)->length;
    if (x->kind == SK_EXPR_Name) break;
  }
  char *text = sk_arena_alloc(p->arena, n), *at = text + n;
  for (const SkExpr *x = e;; x = x->as.Attribute.value) {
    const SkName *part = x->kind == SK_EXPR_Name ? x->as.Name.id : x->as.Attribute.attr;
    *--at = '.';
    at -= part->length;
    for (size_t i = 0; i < part->length; i++) at[i] = part->text[i];
    if (x->kind == SK_EXPR_Name) break;
  }
  return sk_name_intern(p->names, text, n - 1);
}

static SkAlias *alias_new(SkParser *p, SkRange range, SkName *name, const SkToken *as) {
  SkAlias *a = sk_arena_new(p->arena, SkAlias);
  a->range = as ? sk_range_join(range, as->range) : range;
  a->name = name;
  a->asname = as ? sk_token_name(p, as) : NULL;
  return a;
}

SkAlias *sk_alias_dotted(SkParser *p, SkExpr *dotted, const SkToken *as) {
  return alias_new(p, dotted->range, dotted_name(p, dotted), as);
}

SkAlias *sk_alias_name(SkParser *p, const SkToken *name, const SkToken *as) {
  return alias_new(p, name->range, sk_token_name(p, name), as);
}

SkAliasSeq sk_aliases_push(SkParser *p, SkAliasSeq seq, SkAlias *alias) {
  SK_SEQ_PUSH(p, seq, alias);
  return seq;
}

SkStmt *sk_stmt_import(SkParser *p, const SkToken *first, SkAliasSeq names) {
  SkStmt *s = sk_stmt_new(p, SK_STMT_Import, first);
  s->as.Import.names = names;
  return s;
}

SkStmt *sk_stmt_from(SkParser *p, const SkToken *first, SkFromModule from, SkAliasSeq names) {
  SkStmt *s = sk_stmt_new(p, SK_STMT_ImportFrom, first);
  s->as.ImportFrom.module = from.name ? dotted_name(p, from.name) : NULL;
  s->as.ImportFrom.level = from.level;
  s->as.ImportFrom.names = names;
  const SkToken *last = p->look - 1;
  if (last->kind == TK_COMMA)
    sk_error_at(p, last->range, "trailing comma not allowed without surrounding parentheses");
  return s;
}

SkStmt *sk_stmt_from_star(SkParser *p, const SkToken *first, SkFromModule from,
                          const SkToken *star) {
  SkAlias *all = alias_new(p, star->range, sk_name_intern_z(p->names, "*"), NULL);
  return sk_stmt_from(p, first, from, sk_aliases_push(p, (SkAliasSeq){0}, all));
}

/* ---- if, loops, with ----------------------------------------------------------------------- */

SkStmtSeq sk_stmts_elif(SkParser *p, SkStmtSeq chain, const SkToken *first, SkExpr *test,
                        SkStmtSeq body) {
  SkStmt *s = sk_stmt_compound(p, SK_STMT_If, first);
  s->as.If.test = test;
  s->as.If.body = body;
  return sk_stmts_push(p, chain, s);
}

SkStmt *sk_stmt_if(SkParser *p, const SkToken *first, SkExpr *test, SkStmtSeq body, SkStmtSeq elifs,
                   SkStmtSeq orelse) {
  for (size_t i = elifs.n; i-- > 0;) {
    SkStmt *s = elifs.items[i];
    s->as.If.orelse = orelse;
    s->range = sk_range_join(s->range, compound_range(p, first));
    orelse = sk_stmts_one(p, sk_stmt_done(p, s));
  }
  SkStmt *s = sk_stmt_compound(p, SK_STMT_If, first);
  s->as.If.test = test;
  s->as.If.body = body;
  s->as.If.orelse = orelse;
  return sk_stmt_done(p, s);
}

SkStmt *sk_stmt_while(SkParser *p, const SkToken *first, SkExpr *test, SkStmtSeq body,
                      SkStmtSeq orelse) {
  SkStmt *s = sk_stmt_compound(p, SK_STMT_While, first);
  s->as.While.test = test;
  s->as.While.body = body;
  s->as.While.orelse = orelse;
  return sk_stmt_done(p, s);
}

SkStmt *sk_stmt_for(SkParser *p, const SkToken *first, SkExpr *target, SkExpr *iter, SkStmtSeq body,
                    SkStmtSeq orelse) {
  SkStmt *s = sk_stmt_compound(p, SK_STMT_For, first);
  s->as.For.target = sk_target(p, target, SK_TARGET_FOR);
  s->as.For.iter = iter;
  s->as.For.body = body;
  s->as.For.orelse = orelse;
  return sk_stmt_done(p, s);
}

/* The async form of a statement has the same fields under the next kind. */
SkStmt *sk_stmt_async(SkParser *p, const SkToken *first, SkStmt *s) {
  (void)p;
  s->kind = s->kind == SK_STMT_For    ? SK_STMT_AsyncFor
            : s->kind == SK_STMT_With ? SK_STMT_AsyncWith
                                      : SK_STMT_AsyncFunctionDef;
  s->range = sk_range_join(first->range, s->range);
  return s;
}

SkWithItem *sk_with_item(SkParser *p, SkExpr *context, SkExpr *vars) {
  SkWithItem *w = sk_arena_new(p->arena, SkWithItem);
  w->range = range_of_rule(p, context);
  w->context_expr = context;
  w->optional_vars = vars ? sk_target(p, vars, SK_TARGET_ASSIGN) : NULL;
  w->height = context->height;
  if (vars && vars->height > w->height) w->height = vars->height;
  return w;
}

SkWithItemSeq sk_with_items_push(SkParser *p, SkWithItemSeq seq, SkWithItem *item) {
  SK_SEQ_PUSH(p, seq, item);
  return seq;
}

static SkWithItem *with_item_of(SkParser *p, SkExpr *e) {
  if (e->kind != SK_EXPR_As) return sk_with_item(p, e, NULL);
  p->as_items--;
  return sk_with_item(p, e->as.NamedExpr.value, e->as.NamedExpr.target);
}

/* `with (a, b as c):` was read as a tuple in parentheses of its own. */
static bool is_item_list(const SkParser *p, const SkExpr *e) {
  if (e->kind != SK_EXPR_Tuple || !e->parens || e->as.Tuple.elts.n == 0) return false;
  const SkToken *first = sk_expr_first(p, e);
  if (first->range.line != e->range.line || first->range.col != e->range.col) return false;
  for (size_t i = 0; i < e->as.Tuple.elts.n; i++) {
    const SkExpr *x = e->as.Tuple.elts.items[i];
    if (x->kind == SK_EXPR_Starred || (x->kind == SK_EXPR_NamedExpr && !x->parens)) return false;
  }
  return true;
}

static SkWithItemSeq with_items_flat(SkParser *p, SkWithItemSeq items) {
  SkExpr *sole = items.items[0]->context_expr;
  if (items.n != 1 || items.items[0]->optional_vars) return items;
  SkWithItemSeq flat = {0};
  if (sole->kind == SK_EXPR_As) return sk_with_items_push(p, flat, with_item_of(p, sole));
  if (!is_item_list(p, sole)) return items;
  for (size_t i = 0; i < sole->as.Tuple.elts.n; i++)
    flat = sk_with_items_push(p, flat, with_item_of(p, sole->as.Tuple.elts.items[i]));
  return flat;
}

/* The head is complete before the body: an `as` that is not an item's is an error. */
SkWithItemSeq sk_with_head(SkParser *p, SkWithItemSeq items) {
  items = with_items_flat(p, items);
  if (p->as_items) {
    const SkToken *t = p->look;
    while (t->kind != TK_AS) t--;
    sk_reject(p, t);
  }
  return items;
}

SkStmt *sk_stmt_with(SkParser *p, const SkToken *first, SkWithItemSeq items, SkStmtSeq body) {
  SkStmt *s = sk_stmt_compound(p, SK_STMT_With, first);
  s->as.With.items = items;
  s->as.With.body = body;
  return sk_stmt_done(p, s);
}

/* ---- try ----------------------------------------------------------------------------------- */

/* `except` or `except *`: the words alone. */
static SkRange handler_head(const SkParser *p, const SkExceptHandler *h) {
  const SkToken *t = p->look;
  while (t->kind != TK_EXCEPT || t->range.line != h->range.line || t->range.col != h->range.col)
    t--;
  return h->is_star ? sk_range_join(t->range, t[1].range) : t->range;
}

SkExceptHandlerSeq sk_handlers_push(SkParser *p, SkExceptHandlerSeq seq, SkExceptHandler *h) {
  if (seq.n && seq.items[0]->is_star != h->is_star) {
    p->mod->uses_mixed_except = true;
    if (p->flags & SK_PARSE_PORTABLE) {
      p->at_place = true;
      sk_error_at(p, handler_head(p, h),
                  "cannot have both 'except' and 'except*' on the same 'try'");
    }
  }
  SK_SEQ_PUSH(p, seq, h);
  return seq;
}

SkExceptHandler *sk_handler(SkParser *p, const SkToken *first, const SkToken *star, SkExpr *type,
                            const SkToken *name, SkStmtSeq body) {
  SkExceptHandler *h = sk_arena_new(p->arena, SkExceptHandler);
  h->range = compound_range(p, first);
  h->type = type;
  h->name = name ? sk_token_name(p, name) : NULL;
  h->body = body;
  h->is_star = star != NULL;
  h->height = type ? type->height : 0;
  for (size_t i = 0; i < body.n; i++)
    if (body.items[i]->height > h->height) h->height = body.items[i]->height;
  return h;
}

SkStmt *sk_stmt_try(SkParser *p, const SkToken *first, SkStmtSeq body, SkExceptHandlerSeq handlers,
                    SkStmtSeq orelse, SkStmtSeq finalbody) {
  SkStmt *s = sk_stmt_compound(p, SK_STMT_Try, first);
  s->as.Try.body = body;
  s->as.Try.handlers = handlers;
  s->as.Try.orelse = orelse;
  s->as.Try.finalbody = finalbody;
  return sk_stmt_done(p, s);
}

/* ---- definitions --------------------------------------------------------------------------- */

SkStmt *sk_stmt_class(SkParser *p, const SkToken *first, const SkToken *name, SkTypeParamSeq params,
                      SkArgs *args, SkStmtSeq body) {
  SkStmt *s = sk_stmt_compound(p, SK_STMT_ClassDef, first);
  s->as.ClassDef.name = sk_token_name(p, name);
  s->as.ClassDef.type_params = params;
  if (args) {
    if (args->genexp) {
      SkRange loop = args->genexp->as.GeneratorExp.generators.items[0]->range;
      const SkToken *t = sk_expr_first(p, args->genexp);
      while (t->range.line != loop.line || t->range.col != loop.col) t++;
      sk_reject(p, t);
    }
    s->as.ClassDef.bases = args->args;
    s->as.ClassDef.keywords = args->keywords;
  }
  s->as.ClassDef.body = body;
  return sk_stmt_done(p, s);
}

SkStmt *sk_stmt_function(SkParser *p, const SkToken *first, const SkToken *name,
                         SkTypeParamSeq type_params, SkParams *params, SkExpr *returns,
                         SkStmtSeq body) {
  SkStmt *s = sk_stmt_compound(p, SK_STMT_FunctionDef, first);
  s->as.FunctionDef.name = sk_token_name(p, name);
  s->as.FunctionDef.args = params->to;
  s->as.FunctionDef.body = body;
  s->as.FunctionDef.returns = returns;
  s->as.FunctionDef.type_params = type_params;
  return sk_stmt_done(p, s);
}

SkStmt *sk_stmt_decorate(SkParser *p, SkExprSeq decorators, SkStmt *s) {
  if (s->kind == SK_STMT_ClassDef)
    s->as.ClassDef.decorator_list = decorators;
  else
    s->as.FunctionDef.decorator_list = decorators; /* the async form lies alike */
  return sk_stmt_done(p, s);
}
