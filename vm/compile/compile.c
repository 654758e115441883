/* compile.c - the entry: a whole module, expression or interactive input.   Layer 4. */
#include "vm/compile/compile.h"

#include <string.h>

#include "vm/compile/compile_impl.h"

/* ---- from __future__ import ...: looked for before anything is compiled ---- */

static const char *const old_features[] = {"nested_scopes", "generators", "division", "absolute_import",
                                           "with_statement", "print_function", "unicode_literals",
                                           "barry_as_FLUFL", "generator_stop"};

static bool is_text(const SkName *n, const char *s) { return n && n->length == strlen(s) && !memcmp(n->text, s, n->length); }

static void future_feature(C *c, SkStmt *s, SkName *name) {
  if (is_text(name, "annotations")) {
    c->future_annotations = true;
    c->future |= SK_FUTURE_ANNOTATIONS;
    return;
  }
  for (size_t i = 0; i < sizeof old_features / sizeof *old_features; i++)
    if (is_text(name, old_features[i])) return;
  SkRange pos = {s->range.line, s->range.col, s->range.line, 0};
  if (is_text(name, "braces")) COMPILE_ERROR(c, pos, "not a chance");
  else COMPILE_ERROR(c, pos, "future feature %s is not defined", name->text);
  c->diag->error.end_col = INT32_MIN; /* None: these two have no end */
}

bool is_future_import(const SkStmt *s) {
  return s->kind == SK_STMT_ImportFrom && s->as.ImportFrom.level == 0 && is_text(s->as.ImportFrom.module, "__future__");
}

static bool is_docstring(const SkStmt *s) {
  return s->kind == SK_STMT_Expr && s->as.Expr.value->kind == SK_EXPR_Constant &&
         s->as.Expr.value->as.Constant.value.kind == SK_CONST_STR;
}

static void future_features(C *c, const SkStmtSeq *body) {
  bool done = false;
  for (size_t i = 0; i < body->n; i++) {
    SkStmt *s = body->items[i];
    if (!is_future_import(s)) {
      done = done || i > 0 || !is_docstring(s);
      continue;
    }
    if (done) {
      COMPILE_ERROR(c, s->range, "from __future__ imports must occur at the beginning of the file");
      return;
    }
    c->future_line = s->range.line;
    for (size_t k = 0; k < s->as.ImportFrom.names.n; k++) future_feature(c, s, s->as.ImportFrom.names.items[k]->name);
  }
}

/* ---- the top unit ---- */

static void module_body(C *c, Unit *u, const SkMod *mod) {
  if (u->scope->has_annotations) emit(c, u->last, SK_OP_ANNOTATE, 0, 0, 0);
  SkText doc;
  if (mod->kind == SK_MOD_Module && docstring_of(c, &mod->body, &doc)) {
    Reg t = tmp(c);
    SkRange pos = mod->body.items[0]->range;
    u->doc = (int32_t)sk_asm_const_text(&u->as, SK_K_STR, doc.s, doc.n);
    emit_const(c, pos, t, (uint32_t)u->doc);
    emit(c, pos, SK_OP_SETNAME, t, name_index(c, sk_name_intern_z(c->names, "__doc__")), 0);
    c->u->top = t;
  }
  stmts(c, &mod->body);
}

typedef struct CompileCall {
  C *c;
  const SkMod *mod;
  SkCode *result;
} CompileCall;

static void compile_protected(void *arg) {
  CompileCall *call = arg;
  C *c = call->c;
  const SkMod *mod = call->mod;
  if (mod->kind != SK_MOD_Expression) future_features(c, &mod->body);
  if (sk_diag_failed(c->diag)) return;
  c->symbols = sk_symbols_build(c->arena, c->diag, mod, c->future_annotations, c->opts.task_rules);
  if (!c->symbols) return;
  Unit u;
  SkRange start = {1, 0, 1, 0};
  unit_open(c, &u, c->symbols->top, text_z("<module>"), start);
  if (mod->kind == SK_MOD_Expression) {
    Reg r = expr_reg(c, mod->expr);
    emit(c, mod->expr->range, SK_OP_RET, r, 0, 0);
  } else {
    module_body(c, &u, mod);
    if (!is_dead(c)) emit(c, u.last, SK_OP_RETNONE, 0, 0, 0);
  }
  call->result = unit_finish(c, &u);
}

SkCode *sk_compile(SkArena *a, SkDiag *diag, const SkMod *mod, const char *filename, const SkCompileOptions *opts) {
  C c = {.arena = a, .diag = diag, .names = mod->names, .filename = filename};
  if (opts) c.opts = *opts;
  c.future = c.opts.future;
  c.future_annotations = (c.opts.future & SK_FUTURE_ANNOTATIONS) != 0;
  c.interactive = mod->kind == SK_MOD_Interactive;
  CompileCall call = {&c, mod, NULL};
  SkRange none = {0};
  bool in_memory = sk_arena_protect(a, compile_protected, &call);
  for (uint32_t i = 0; i < c.ncodes; i++) sk_code_release(c.codes[i]);
  if (!in_memory || (!call.result && !sk_diag_failed(diag)))
    sk_diag_error(diag, none, SK_DIAG_MEMORY, "out of memory");
  if (c.opts.future_out) *c.opts.future_out = c.future;
  return call.result;
}
