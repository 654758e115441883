/* call.c - calls: windows, methods, keywords, spreading; checks on literals that cannot be called.  Layer 4. */
#include "vm/compile/compile_impl.h"

enum { MAX_DIRECT = 1024 }; /* more arguments than this are passed as a tuple */

static const char *value_type(C *c, SkExpr *e) {
  switch ((SkExprKind)e->kind) {
    case SK_EXPR_Constant:
      switch (e->as.Constant.value.kind) {
        case SK_CONST_NONE: return "NoneType";
        case SK_CONST_TRUE: case SK_CONST_FALSE: return "bool";
        case SK_CONST_ELLIPSIS: return "ellipsis";
        case SK_CONST_INT: case SK_CONST_BIGINT: return "int";
        case SK_CONST_FLOAT: return "float";
        case SK_CONST_COMPLEX: return "complex";
        case SK_CONST_STR: return "str";
        case SK_CONST_BYTES: return "bytes";
      }
      return NULL;
    case SK_EXPR_Tuple: return "tuple";
    case SK_EXPR_List: case SK_EXPR_ListComp: return "list";
    case SK_EXPR_Dict: case SK_EXPR_DictComp: return "dict";
    case SK_EXPR_Set: case SK_EXPR_SetComp: return "set";
    case SK_EXPR_GeneratorExp: return "generator";
    case SK_EXPR_Lambda: return "function";
    case SK_EXPR_JoinedStr: case SK_EXPR_FormattedValue: return "str";
    default: return is_const(c, e) ? "int" : NULL;
  }
}

static void check_callee(C *c, SkExpr *call) {
  SkExpr *f = call->as.Call.func;
  if (f->kind == SK_EXPR_Lambda) return;
  const char *type = value_type(c, f);
  if (type)
    sk_diag_warn(c->diag, call->range, "'%s' object is not callable; perhaps you missed a comma?", type);
}

static bool is_sequence_literal(SkExpr *e) {
  switch ((SkExprKind)e->kind) {
    case SK_EXPR_Tuple: case SK_EXPR_List: case SK_EXPR_ListComp: case SK_EXPR_JoinedStr: return true;
    case SK_EXPR_Constant:
      return e->as.Constant.value.kind == SK_CONST_STR || e->as.Constant.value.kind == SK_CONST_BYTES;
    default: return false;
  }
}

void check_subscript(C *c, SkExpr *e) {
  SkExpr *v = e->as.Subscript.value, *s = e->as.Subscript.slice;
  const char *type = value_type(c, v);
  if (!type || v->kind == SK_EXPR_Dict || v->kind == SK_EXPR_DictComp) return;
  if (!is_sequence_literal(v)) {
    sk_diag_warn(c->diag, e->range, "'%s' object is not subscriptable; perhaps you missed a comma?", type);
    return;
  }
  const char *index = value_type(c, s);
  if (!index || s->kind == SK_EXPR_Slice) return;
  if (s->kind == SK_EXPR_Constant && (s->as.Constant.value.kind == SK_CONST_INT || s->as.Constant.value.kind == SK_CONST_BIGINT ||
                                      s->as.Constant.value.kind == SK_CONST_TRUE || s->as.Constant.value.kind == SK_CONST_FALSE))
    return;
  if (s->kind != SK_EXPR_Constant && is_const(c, s) && s->kind != SK_EXPR_Tuple) return;
  sk_diag_warn(c->diag, e->range, "%s indices must be integers or slices, not %s; perhaps you missed a comma?", type, index);
}

static bool has_star(const SkExprSeq *args) {
  for (size_t i = 0; i < args->n; i++)
    if (args->items[i]->kind == SK_EXPR_Starred) return true;
  return false;
}
static bool has_double_star(const SkKeywordSeq *kw) {
  for (size_t i = 0; i < kw->n; i++)
    if (!kw->items[i]->arg) return true;
  return false;
}

static void check_keywords(C *c, const SkKeywordSeq *kw) {
  for (size_t i = 0; i < kw->n; i++) {
    SkKeyword *k = kw->items[i];
    if (!k->arg) continue;
    if (name_forbidden(c, k->arg, k->range, SK_CTX_Store)) return;
    for (size_t j = i + 1; j < kw->n; j++)
      if (kw->items[j]->arg == k->arg) {
        COMPILE_ERROR(c, kw->items[j]->range, "keyword argument repeated: %s", k->arg->text);
        return;
      }
  }
}

static uint32_t keyword_names(C *c, const SkKeywordSeq *kw) {
  uint32_t *items = sk_arena_array(c->arena, uint32_t, kw->n);
  for (size_t i = 0; i < kw->n; i++) {
    SkName *n = mangled(c, kw->items[i]->arg);
    items[i] = sk_asm_const_text(&c->u->as, SK_K_STR, n->text, n->length);
  }
  return sk_asm_const_items(&c->u->as, SK_K_TUPLE, items, kw->n);
}

/* The dict of all keywords into R[dst]; the callee is named in errors. */
static void keywords_to_dict(C *c, SkRange pos, Reg callee, const SkKeywordSeq *kw, Reg dst) {
  Reg top = c->u->top, key = tmps(c, 2);
  emit(c, pos, SK_OP_DICT, dst, 0, 0);
  for (size_t i = 0; i < kw->n; i++) {
    SkKeyword *k = kw->items[i];
    if (!k->arg) {
      expr_to(c, k->value, key);
      emit(c, pos, SK_OP_DICTMERGE, dst, key, callee);
      continue;
    }
    /* a name given twice, here and in an earlier **mapping, is an error: merge one-item dicts */
    emit_str(c, pos, key, mangled(c, k->arg));
    expr_to(c, k->value, key + 1);
    if (i == 0) {
      emit(c, pos, SK_OP_DICTSET, dst, key, key + 1);
    } else {
      emit(c, pos, SK_OP_DICT, key, key, 1);
      emit(c, pos, SK_OP_DICTMERGE, dst, key, callee);
    }
  }
  c->u->top = top;
}

/* f(*args, **kwargs) in all its forms: R[base+3] positional, R[base+4] keywords. */
static void call_spread(C *c, SkRange pos, Reg base, unsigned extra, const SkExprSeq *args,
                        const SkKeywordSeq *kw, Reg dst) {
  Unit *u = c->u;
  Reg first = base + 3;
  u->top = first + (extra > 2 ? extra : 2);
  if (u->top > u->nregs) u->nregs = u->top;
  if (extra == 0 && args->n == 1 && args->items[0]->kind == SK_EXPR_Starred) {
    expr_to(c, args->items[0]->as.Starred.value, first);
  } else {
    Reg list = tmp(c), item = tmp(c);
    emit(c, pos, SK_OP_LIST, list, first, extra);
    for (size_t i = 0; i < args->n; i++) {
      SkExpr *a = args->items[i];
      bool star = a->kind == SK_EXPR_Starred;
      expr_to(c, star ? a->as.Starred.value : a, item);
      emit(c, pos, star ? SK_OP_LISTEXTEND : SK_OP_LISTAPPEND, list, item, 0);
    }
    emit(c, pos, SK_OP_LISTTUPLE, first, list, 0);
  }
  if (kw->n) keywords_to_dict(c, pos, base, kw, first + 1);
  else emit_none(c, pos, first + 1);
  emit(c, pos, SK_OP_CALLX, base, 0, dst);
}

void call_args(C *c, SkRange pos, Reg base, unsigned extra, const SkExprSeq *args, const SkKeywordSeq *kw, Reg dst) {
  check_keywords(c, kw);
  if (has_star(args) || has_double_star(kw) || args->n + kw->n > MAX_DIRECT) {
    call_spread(c, pos, base, extra, args, kw, dst);
    return;
  }
  c->u->top = base + 3 + extra;
  for (size_t i = 0; i < args->n; i++) expr_tmp(c, args->items[i]);
  for (size_t i = 0; i < kw->n; i++) expr_tmp(c, kw->items[i]->value);
  unsigned n = (unsigned)args->n + extra;
  if (kw->n) emit(c, pos, SK_OP_CALLKW, base, n, dst)[1].imm = keyword_names(c, kw);
  else emit(c, pos, SK_OP_CALL, base, n, dst);
}

static bool all_pure(C *c, const SkExprSeq *args) {
  for (size_t i = 0; i < args->n; i++)
    if (!expr_is_pure(c, args->items[i])) return false;
  return true;
}

/* object.method(args): CALLM looks the method up after the arguments, so only where that cannot be seen. */
static bool method_call_to(C *c, SkExpr *e, Reg base, Reg dst) {
  SkExpr *f = e->as.Call.func;
  const SkExprSeq *args = &e->as.Call.args;
  if (f->kind != SK_EXPR_Attribute || e->as.Call.keywords.n || has_star(args) || args->n > MAX_DIRECT) return false;
  SkExpr *self = f->as.Attribute.value;
  if (self->kind == SK_EXPR_Call && self->as.Call.args.n == 0 && self->as.Call.func->kind == SK_EXPR_Name &&
      self->as.Call.func->as.Name.id == c->symbols->n_super)
    return false;
  uint32_t name = name_index(c, mangled(c, f->as.Attribute.attr));
  bool late = all_pure(c, args);
  Reg r = tmp(c);
  if (late) {
    expr_to(c, self, r);
  } else {
    c->u->top = r;
    Reg obj = expr_reg(c, self);
    c->u->top = r + 1;
    if (c->u->top > c->u->nregs) c->u->nregs = c->u->top;
    emit(c, attr_range(f, f->range), SK_OP_GETMETHOD, name, obj, base);
  }
  for (size_t i = 0; i < args->n; i++) expr_tmp(c, args->items[i]);
  SkRange pos = attr_range(f, e->range);
  SkInsn *call = emit(c, pos, late ? SK_OP_CALLM : SK_OP_CALLMETHOD, base, (Reg)args->n + 1, dst);
  if (late) {
    call[1].method.name = (uint16_t)name;
    sk_asm_second_range(&c->u->as, attr_range(f, f->range));
  }
  return true;
}

void call_to(C *c, SkExpr *e, Reg dst) {
  check_callee(c, e);
  Reg base = tmps(c, 3);
  if (method_call_to(c, e, base, dst)) return;
  SkExpr *f = e->as.Call.func;
  expr_to(c, f, base);
  SkRange pos = f->kind == SK_EXPR_Attribute ? attr_range(f, e->range) : e->range;
  call_args(c, pos, base, 0, &e->as.Call.args, &e->as.Call.keywords, dst);
}
