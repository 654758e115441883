/* names.c - what names mean in a file: imports, Skein's own, coroutine functions that it defines.  Layer 4. */
#include "vm/lint/lint_impl.h"

struct LintAsync { struct LintAsync *next; SkName *name; SkName *in_class; /* NULL: of the module */ bool plain, rebound; };
typedef struct LintAsync LintAsync;

static const char *join(Lint *l, const char *a, size_t an, const char *b, size_t bn) {
  char *s = sk_arena_alloc(l->arena, an + bn + 2);
  memcpy(s, a, an);
  if (an) s[an++] = '.';
  memcpy(s + an, b, bn);
  s[an + bn] = 0;
  return s;
}

static const char *copy(Lint *l, const char *a, size_t n) { return join(l, "", 0, a, n); }

static void add_alias(Lint *l, SkName *name, const char *meaning) {
  LintAlias *a = sk_arena_alloc(l->arena, sizeof *a);
  *a = (LintAlias){l->aliases, name, meaning};
  l->aliases = a;
}

static LintAlias *find_alias(Lint *l, const SkName *name) {
  for (LintAlias *a = l->aliases; a; a = a->next)
    if (a->name == name) return a;
  return NULL;
}

static void note_module(Lint *l, const char *module) {
  size_t n = strcspn(module, ".");
  static const char *const names[] = {"trio", "anyio", "skein"};
  for (int i = 0; i < 3; i++)
    if (n == strlen(names[i]) && !memcmp(module, names[i], n)) l->structured = true;
}

static void import_names(Lint *l, const SkAliasSeq *names, const char *module) {
  for (size_t i = 0; i < names->n; i++) {
    const SkAlias *a = names->items[i];
    const char *full = module ? join(l, module, strlen(module), a->name->text, a->name->length) : copy(l, a->name->text, a->name->length);
    note_module(l, full);
    if (a->asname) {
      add_alias(l, a->asname, full);
    } else if (module) {
      add_alias(l, a->name, full);
    } else {
      size_t n = strcspn(full, ".");
      const char *first = copy(l, full, n);
      add_alias(l, sk_name_intern(l->mod->names, full, n), first);
    }
  }
}

/* A name that is bound in any other way means nothing we know. */
static void bound(Lint *l, SkName *name) {
  add_alias(l, name, "");
  for (LintAsync *a = l->asyncs; a; a = a->next)
    if (a->name == name && !a->in_class) a->rebound = true;
}

typedef struct Finder { SkName *cls; bool in_function; } Finder;

static void add_function(Lint *l, const SkStmt *s, const Finder *f) {
  const __typeof__(s->as.FunctionDef) *d = &s->as.FunctionDef;
  if (f->in_function) return;
  for (LintAsync *a = l->asyncs; a; a = a->next)
    if (a->name == d->name && a->in_class == f->cls) a->rebound = true; /* twice: which one is meant is not known */
  LintAsync *a = sk_arena_alloc(l->arena, sizeof *a);
  *a = (LintAsync){l->asyncs, d->name, f->cls, s->kind == SK_STMT_AsyncFunctionDef && !d->decorator_list.n, false};
  l->asyncs = a;
}

static bool has_yield(LintVisitor *v, const SkExpr *e) {
  if (e->kind == SK_EXPR_Yield) v->found = true;
  return e->kind != SK_EXPR_Lambda;
}
static bool not_nested(LintVisitor *v, const SkStmt *s) {
  (void)v;
  return s->kind != SK_STMT_FunctionDef && s->kind != SK_STMT_AsyncFunctionDef && s->kind != SK_STMT_ClassDef;
}

/* An async generator is no coroutine function. */
static bool is_generator(Lint *l, const SkStmt *s) {
  LintVisitor v = {.expr = has_yield, .stmt = not_nested, .lint = l};
  lint_visit_body(&v, &s->as.FunctionDef.body);
  return v.found;
}

static void bind_args(Lint *l, const SkArgSeq *args) {
  for (size_t i = 0; i < args->n; i++) add_alias(l, args->items[i]->arg, "");
}
static void bind_arguments(Lint *l, const SkArguments *a) {
  bind_args(l, &a->posonlyargs);
  bind_args(l, &a->args);
  bind_args(l, &a->kwonlyargs);
  if (a->vararg) add_alias(l, a->vararg->arg, "");
  if (a->kwarg) add_alias(l, a->kwarg->arg, "");
}

static bool find_stmt(LintVisitor *v, const SkStmt *s) {
  Lint *l = v->lint;
  Finder *f = v->arg, saved = *f;
  switch (s->kind) {
    case SK_STMT_Import: import_names(l, &s->as.Import.names, NULL); return false;
    case SK_STMT_ImportFrom:
      if (!s->as.ImportFrom.level && s->as.ImportFrom.module)
        import_names(l, &s->as.ImportFrom.names, copy(l, s->as.ImportFrom.module->text, s->as.ImportFrom.module->length));
      else
        for (size_t i = 0; i < s->as.ImportFrom.names.n; i++)
          bound(l, s->as.ImportFrom.names.items[i]->asname ? s->as.ImportFrom.names.items[i]->asname : s->as.ImportFrom.names.items[i]->name);
      return false;
    case SK_STMT_FunctionDef: case SK_STMT_AsyncFunctionDef:
      if (!f->cls) add_alias(l, s->as.FunctionDef.name, "");
      bind_arguments(l, s->as.FunctionDef.args);
      if (!(s->kind == SK_STMT_AsyncFunctionDef && is_generator(l, s))) add_function(l, s, f);
      *f = (Finder){NULL, true};
      lint_stmt_children(v, s);
      *f = saved;
      return false;
    case SK_STMT_ClassDef:
      add_alias(l, s->as.ClassDef.name, "");
      *f = (Finder){s->as.ClassDef.name, f->in_function};
      lint_stmt_children(v, s);
      *f = saved;
      return false;
    default: return true;
  }
}

static bool find_expr(LintVisitor *v, const SkExpr *e) {
  Finder *f = v->arg;
  if (e->kind == SK_EXPR_Lambda) bind_arguments(v->lint, e->as.Lambda.args);
  if (e->kind == SK_EXPR_Name && e->as.Name.ctx == SK_CTX_Store && !f->cls) bound(v->lint, e->as.Name.id);
  return true;
}

void lint_names(Lint *l) {
  Finder f = {NULL, false};
  LintVisitor v = {.expr = find_expr, .stmt = find_stmt, .lint = l, .arg = &f};
  lint_visit_body(&v, &l->mod->body);
  SkName *group = sk_name_intern_z(l->mod->names, "TaskGroup");
  if (!find_alias(l, group)) add_alias(l, group, "skein.TaskGroup");
}

const char *lint_meaning(Lint *l, const SkExpr *e) {
  if (e->kind == SK_EXPR_Name) {
    const LintAlias *a = find_alias(l, e->as.Name.id);
    if (!a) return copy(l, e->as.Name.id->text, e->as.Name.id->length); /* a builtin */
    return *a->meaning ? a->meaning : NULL;
  }
  if (e->kind != SK_EXPR_Attribute) return NULL;
  const LintAlias *a = e->as.Attribute.value->kind == SK_EXPR_Name ? find_alias(l, e->as.Attribute.value->as.Name.id) : NULL;
  if (e->as.Attribute.value->kind == SK_EXPR_Name && !a) return NULL;
  const char *base = lint_meaning(l, e->as.Attribute.value);
  return base ? join(l, base, strlen(base), e->as.Attribute.attr->text, e->as.Attribute.attr->length) : NULL;
}

bool lint_is(const char *meaning, const char *names) {
  size_t n = meaning ? strlen(meaning) : 0;
  for (const char *p = names; n && (p = strstr(p, meaning)); p++)
    if ((p == names || p[-1] == ' ') && (!p[n] || p[n] == ' ')) return true;
  return false;
}

/* Line starts are found by counting: findings are few. */
const char *lint_text(Lint *l, const SkExpr *e) {
  const char *p = l->source, *end = l->source + l->source_length;
  for (uint32_t line = 1; line < e->range.line && p < end; line++) {
    const char *nl = memchr(p, '\n', (size_t)(end - p));
    p = nl ? nl + 1 : end;
  }
  if (e->range.end_line != e->range.line || p + e->range.end_col > end) return "...";
  return copy(l, p + e->range.col, e->range.end_col - e->range.col);
}

static bool is_async_name(Lint *l, const SkName *name, const SkName *cls) {
  bool found = false;
  for (LintAsync *a = l->asyncs; a; a = a->next) {
    if (a->name != name || a->in_class != cls) continue;
    if (!a->plain || a->rebound) return false;
    found = true;
  }
  return found;
}

static const SkName *class_around(Lint *l) {
  for (LintFrame *f = l->frame; f; f = f->up)
    if (f->kind == IN_CLASS) return f->stmt->as.ClassDef.name;
  return NULL;
}

bool lint_is_coroutine_function(Lint *l, const SkExpr *func) {
  static const char known[] =
      "asyncio.sleep asyncio.wait asyncio.wait_for asyncio.open_connection asyncio.start_server asyncio.to_thread asyncio.create_subprocess_exec "
      "asyncio.create_subprocess_shell trio.sleep trio.sleep_until trio.sleep_forever trio.open_file trio.open_tcp_stream trio.serve_tcp "
      "trio.run_process trio.lowlevel.checkpoint trio.to_thread.run_sync trio.open_unix_socket anyio.sleep anyio.sleep_until anyio.sleep_forever "
      "anyio.open_file anyio.connect_tcp anyio.to_thread.run_sync anyio.run_process skein.sleep skein.sleep_until skein.sleep_forever "
      "skein.checkpoint skein.to_thread";
  if (lint_is(lint_meaning(l, func), known)) return true;
  if (func->kind == SK_EXPR_Name) return is_async_name(l, func->as.Name.id, NULL);
  if (func->kind != SK_EXPR_Attribute || func->as.Attribute.value->kind != SK_EXPR_Name || !name_is(func->as.Attribute.value->as.Name.id, "self")) return false;
  const SkName *cls = class_around(l);
  return cls && is_async_name(l, func->as.Attribute.attr, cls);
}
