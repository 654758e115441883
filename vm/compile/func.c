/* func.c - functions, lambdas, decorators, docstrings.                Layer 4. */
#include <string.h>

#include "vm/compile/compile_impl.h"
#include "vm/compile/text.h"

/* ---- docstrings: tabs become blanks, the common indentation goes ---- */

static SkText expand_tabs(C *c, SkText t) {
  Text out = {.arena = c->arena};
  size_t col = 0;
  for (size_t i = 0; i < t.n; i++) {
    char ch = t.s[i];
    if (ch == '\t') {
      do text_add_char(&out, ' ');
      while (++col % 8);
    } else {
      text_add_char(&out, ch);
      if (ch == '\n' || ch == '\r') col = 0;
      else if (((unsigned char)ch & 0xC0) != 0x80) col++;
    }
  }
  return (SkText){out.s, out.n};
}

static size_t doc_margin(const char *s, const char *end) {
  size_t margin = SIZE_MAX;
  s = memchr(s, '\n', (size_t)(end - s));
  while (s) {
    const char *line = ++s;
    while (s < end && *s == ' ') s++;
    if (s < end && *s != '\n' && (size_t)(s - line) < margin) margin = (size_t)(s - line);
    s = memchr(s, '\n', (size_t)(end - s));
  }
  return margin == SIZE_MAX ? 0 : margin;
}

static SkText clean_doc(C *c, SkText t) {
  if (memchr(t.s, '\t', t.n)) t = expand_tabs(c, t);
  const char *s = t.s, *end = t.s + t.n;
  while (s < end && *s == ' ') s++;
  size_t margin = doc_margin(s, end);
  if (s == t.s && margin == 0) return t;
  char *out = sk_arena_alloc(c->arena, (size_t)(end - s) + 1), *p = out;
  while (s < end) {
    char ch = *p++ = *s++;
    if (ch == '\n')
      for (size_t i = 0; i < margin && s < end && *s == ' '; i++) s++;
  }
  *p = 0;
  return (SkText){out, (size_t)(p - out)};
}

bool docstring_of(C *c, const SkStmtSeq *body, SkText *out) {
  if (c->opts.optimize >= 2 || body->n == 0 || body->items[0]->kind != SK_STMT_Expr) return false;
  SkExpr *e = body->items[0]->as.Expr.value;
  if (e->kind != SK_EXPR_Constant || e->as.Constant.value.kind != SK_CONST_STR) return false;
  *out = clean_doc(c, (SkText){e->as.Constant.value.as.text.data, e->as.Constant.value.as.text.length});
  return true;
}

/* ---- decorators ---- */

Reg decorators(C *c, const SkExprSeq *list) {
  for (size_t i = 0; i < list->n; i++) expr_to(c, list->items[i], tmps(c, 3));
  return tmp(c);
}

void decorate(C *c, const SkExprSeq *list, Reg object) {
  for (size_t i = list->n; i-- > 0; object -= 3)
    emit(c, list->items[i]->range, SK_OP_CALL, object - 3, 1, object - 3);
}

SkRange decorated_range(const SkStmt *s, const SkExprSeq *list) {
  SkRange r = s->range;
  if (list->n) r.line = list->items[0]->range.line;
  return r;
}

/* ---- making a function object ---- */

static void emit_closure(C *c, SkRange pos, Reg func, SkScope *scope) {
  if (!scope->nfree) return;
  Reg top = c->u->top, row = tmps(c, scope->nfree);
  for (uint32_t i = 0; i < scope->nfree; i++)
    emit_move(c, pos, row + i, cell_reg(c, scope->locals[scope->nlocals + i]->name));
  emit(c, pos, SK_OP_TUPLE, row, row, scope->nfree);
  emit(c, pos, SK_OP_SETFUNC, func, row, 3);
  c->u->top = top;
}

void emit_function(C *c, SkRange pos, Reg dst, uint32_t code, SkScope *scope) {
  emit(c, pos, SK_OP_FUNC, dst, code & 0xffff, code >> 16);
  emit_closure(c, pos, dst, scope);
}

typedef struct FuncParts { Reg part[3]; } FuncParts; /* defaults, kwdefaults, annotations; NO_REG: none */

static Reg defaults(C *c, const SkArguments *a, SkRange pos) {
  if (a->defaults.n == 0) return NO_REG;
  SkExpr tuple = {.kind = SK_EXPR_Tuple, .range = pos};
  tuple.as.Tuple.elts = a->defaults;
  tuple.as.Tuple.ctx = SK_CTX_Load;
  return expr_tmp(c, &tuple);
}

static Reg names_dict(C *c, SkRange pos, Reg row, const uint32_t *names, size_t n) {
  uint32_t k = sk_asm_const_items(&c->u->as, SK_K_TUPLE, names, n);
  if (k <= 0xffff) {
    c->u->top = row;
    emit(c, pos, SK_OP_DICTKEYS, row, row, k);
    return tmp(c);
  }
  Reg dict = tmps(c, 2);
  emit(c, pos, SK_OP_DICT, dict, 0, 0);
  for (size_t i = 0; i < n; i++) {
    emit_const(c, pos, dict + 1, names[i]);
    emit(c, pos, SK_OP_DICTSET, dict, dict + 1, row + (Reg)i);
  }
  emit_move(c, pos, row, dict);
  c->u->top = row + 1;
  return row;
}

static Reg kwdefaults(C *c, const SkArguments *a, SkRange pos) {
  uint32_t *names = sk_arena_array(c->arena, uint32_t, a->kwonlyargs.n);
  size_t n = 0;
  Reg row = c->u->top;
  for (size_t i = 0; i < a->kwonlyargs.n; i++) {
    if (!a->kw_defaults.items[i]) continue;
    SkName *name = mangled(c, a->kwonlyargs.items[i]->arg);
    names[n++] = sk_asm_const_text(&c->u->as, SK_K_STR, name->text, name->length);
    expr_tmp(c, a->kw_defaults.items[i]);
  }
  return n ? names_dict(c, pos, row, names, n) : NO_REG;
}

typedef struct Annotations { uint32_t *names; size_t n; } Annotations;

static void annotate(C *c, Annotations *k, SkName *name, SkExpr *e) {
  if (!e) return;
  name = mangled(c, name);
  k->names[k->n++] = sk_asm_const_text(&c->u->as, SK_K_STR, name->text, name->length);
  annotation_to(c, e, tmp(c));
}

static void annotate_all(C *c, Annotations *k, const SkArgSeq *args) {
  for (size_t i = 0; i < args->n; i++) annotate(c, k, args->items[i]->arg, args->items[i]->annotation);
}

static Reg annotations(C *c, const SkArguments *a, SkExpr *returns, SkRange pos) {
  Annotations k = {sk_arena_array(c->arena, uint32_t, a->posonlyargs.n + a->args.n + a->kwonlyargs.n + 3), 0};
  Reg row = c->u->top;
  annotate_all(c, &k, &a->args);
  annotate_all(c, &k, &a->posonlyargs);
  if (a->vararg) annotate(c, &k, a->vararg->arg, a->vararg->annotation);
  annotate_all(c, &k, &a->kwonlyargs);
  if (a->kwarg) annotate(c, &k, a->kwarg->arg, a->kwarg->annotation);
  annotate(c, &k, sk_name_intern_z(c->names, "return"), returns);
  return k.n ? names_dict(c, pos, row, k.names, k.n) : NO_REG;
}

static void set_parts(C *c, SkRange pos, Reg func, const FuncParts *p) {
  for (unsigned i = 0; i < 3; i++)
    if (p->part[i] != NO_REG) emit(c, pos, SK_OP_SETFUNC, func, p->part[i], i);
}

static void forbid_debug(C *c, const SkScope *scope, SkRange pos) {
  for (uint32_t i = 0; i < scope->nsymbols; i++)
    if (scope->symbols[i]->flags & SK_SYM_PARAM) {
      SkRange at = scope->symbols[i]->range;
      if (name_forbidden(c, scope->symbols[i]->name, at.line ? at : pos, SK_CTX_Store)) return;
    }
}

static uint32_t function_code(C *c, SkStmt *s, SkScope *scope) {
  Unit u;
  SkStmtSeq *body = &s->as.FunctionDef.body;
  forbid_debug(c, scope, s->range);
  unit_open(c, &u, scope, text_of(s->as.FunctionDef.name), decorated_range(s, &s->as.FunctionDef.decorator_list));
  SkText doc;
  if (docstring_of(c, body, &doc)) {
    u.doc = (int32_t)sk_asm_const_text(&u.as, SK_K_STR, doc.s, doc.n);
    u.flags |= SK_CODE_HAS_DOCSTRING;
  }
  stmts(c, body);
  return unit_close(c, &u);
}

/* Annotations, code and closure: what the type parameters are visible to. */
static void function_core(C *c, SkStmt *s, SkScope *scope, Reg params, Reg dst) {
  FuncParts p = {{NO_REG, NO_REG, NO_REG}};
  p.part[2] = annotations(c, s->as.FunctionDef.args, s->as.FunctionDef.returns, s->range);
  uint32_t code = function_code(c, s, scope);
  emit_function(c, s->range, dst, code, scope);
  set_parts(c, s->range, dst, &p);
  if (params != NO_REG) emit(c, s->range, SK_OP_SETFUNC, dst, params, 4);
}

void func_stmt(C *c, SkStmt *s) {
  SkExprSeq *deco = &s->as.FunctionDef.decorator_list;
  Reg f = decorators(c, deco);
  FuncParts p = {{NO_REG, NO_REG, NO_REG}};
  p.part[0] = defaults(c, s->as.FunctionDef.args, s->range);
  p.part[1] = kwdefaults(c, s->as.FunctionDef.args, s->range);
  if (s->as.FunctionDef.type_params.n)
    generic_to(c, s, &s->as.FunctionDef.type_params, s->as.FunctionDef.name, function_core, f);
  else
    function_core(c, s, scope_of(c, s->mark), NO_REG, f);
  set_parts(c, s->range, f, &p);
  decorate(c, deco, f);
  name_store(c, s->as.FunctionDef.name, s->range, f - 3 * (Reg)deco->n);
}

void lambda_to(C *c, SkExpr *e, Reg dst) {
  FuncParts p = {{NO_REG, NO_REG, NO_REG}};
  SkScope *scope = scope_of(c, e->mark);
  p.part[0] = defaults(c, e->as.Lambda.args, e->range);
  p.part[1] = kwdefaults(c, e->as.Lambda.args, e->range);
  forbid_debug(c, scope, e->range);
  Unit u;
  unit_open(c, &u, scope, text_z("<lambda>"), e->range);
  Reg r = expr_reg(c, e->as.Lambda.body);
  if (!scope->generator) emit(c, e->as.Lambda.body->range, SK_OP_RET, r, 0, 0);
  else emit(c, e->range, SK_OP_RET, r, 0, 0);
  uint32_t code = unit_close(c, &u);
  emit_function(c, e->range, dst, code, scope);
  set_parts(c, e->range, dst, &p);
}
