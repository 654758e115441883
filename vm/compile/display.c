/* display.c - lists, tuples, sets, dicts and f-strings.               Layer 4.
 *
 * Long displays are built in pieces of CHUNK items, so that they do not need a register each.
 */
#include "vm/compile/compile_impl.h"

enum { CHUNK = 256 };

static bool has_star(const SkExprSeq *s) {
  for (size_t i = 0; i < s->n; i++)
    if (s->items[i]->kind == SK_EXPR_Starred) return true;
  return false;
}

static bool all_const(C *c, const SkExprSeq *s) {
  for (size_t i = 0; i < s->n; i++)
    if (!is_const(c, s->items[i])) return false;
  return true;
}

static uint32_t tuple_const(C *c, const SkExprSeq *s) {
  uint32_t *items = sk_arena_array(c->arena, uint32_t, s->n);
  for (size_t i = 0; i < s->n; i++) items[i] = const_index(c, s->items[i]);
  return sk_asm_const_items(&c->u->as, SK_K_TUPLE, items, s->n);
}

/* Items one by one into the collection in R[dst]. */
static void append_items(C *c, const SkExprSeq *s, size_t from, SkRange pos, Reg dst, SkOp one, SkOp many) {
  for (size_t i = from; i < s->n; i++) {
    SkExpr *e = s->items[i];
    bool star = e->kind == SK_EXPR_Starred;
    Reg top = c->u->top, r = expr_reg(c, star ? e->as.Starred.value : e);
    emit(c, pos, star ? many : one, dst, r, 0);
    c->u->top = top;
  }
}

/* Evaluates the leading plain items into a row of registers and makes the collection. */
static size_t build_head(C *c, const SkExprSeq *s, SkRange pos, Reg dst, SkOp build) {
  Reg top = c->u->top;
  size_t n = 0;
  while (n < s->n && n < CHUNK && s->items[n]->kind != SK_EXPR_Starred) expr_tmp(c, s->items[n++]);
  emit(c, pos, build, dst, top, (Reg)n);
  c->u->top = top;
  return n;
}

void list_to(C *c, SkExprSeq *s, SkRange pos, Reg dst) {
  if (s->n >= 3 && all_const(c, s)) {
    uint32_t k = tuple_const(c, s);
    if (k <= 0xffff) {
      emit(c, pos, SK_OP_LISTCONST, dst, k, 0);
      return;
    }
  }
  size_t n = build_head(c, s, pos, dst, SK_OP_LIST);
  append_items(c, s, n, pos, dst, SK_OP_LISTAPPEND, SK_OP_LISTEXTEND);
}

void tuple_to(C *c, SkExprSeq *s, SkRange pos, Reg dst) {
  if (s->n <= CHUNK && !has_star(s)) {
    build_head(c, s, pos, dst, SK_OP_TUPLE);
    return;
  }
  size_t n = build_head(c, s, pos, dst, SK_OP_LIST);
  append_items(c, s, n, pos, dst, SK_OP_LISTAPPEND, SK_OP_LISTEXTEND);
  emit(c, pos, SK_OP_LISTTUPLE, dst, dst, 0);
}

void set_to(C *c, SkExprSeq *s, SkRange pos, Reg dst) {
  size_t n = build_head(c, s, pos, dst, SK_OP_SET);
  append_items(c, s, n, pos, dst, SK_OP_SETADD, SK_OP_SETUPDATE);
}

static void dict_keys_to(C *c, SkExpr *e, uint32_t keys, Reg dst) {
  Reg top = c->u->top;
  for (size_t i = 0; i < e->as.Dict.values.n; i++) expr_tmp(c, e->as.Dict.values.items[i]);
  emit(c, e->range, SK_OP_DICTKEYS, dst, top, keys);
}

static bool dict_has_const_keys(C *c, SkExpr *e) {
  size_t n = e->as.Dict.keys.n;
  if (n < 2 || n > CHUNK) return false;
  for (size_t i = 0; i < n; i++)
    if (!e->as.Dict.keys.items[i] || !is_const(c, e->as.Dict.keys.items[i])) return false;
  return true;
}

void dict_to(C *c, SkExpr *e, Reg dst) {
  SkExpr **keys = e->as.Dict.keys.items, **values = e->as.Dict.values.items;
  size_t n = e->as.Dict.values.n, i = 0;
  if (dict_has_const_keys(c, e)) {
    uint32_t k = tuple_const(c, &e->as.Dict.keys);
    if (k <= 0xffff) {
      dict_keys_to(c, e, k, dst);
      return;
    }
  }
  Reg top = c->u->top;
  for (; i < n && i < CHUNK && keys[i]; i++) {
    expr_tmp(c, keys[i]);
    expr_tmp(c, values[i]);
  }
  emit(c, e->range, SK_OP_DICT, dst, top, (Reg)i);
  c->u->top = top;
  for (; i < n; i++) {
    if (!keys[i]) {
      Reg r = expr_reg(c, values[i]);
      emit(c, e->range, SK_OP_DICTUPDATE, dst, r, 0);
    } else {
      Reg k = expr_reg(c, keys[i]), v = expr_reg(c, values[i]);
      emit(c, e->range, SK_OP_DICTSET, dst, k, v);
    }
    c->u->top = top;
  }
}

/* ---- f-strings ---- */

void formatted_to(C *c, SkExpr *e, Reg dst) {
  Reg top = c->u->top;
  int conversion = e->as.FormattedValue.conversion;
  SkExpr *spec = e->as.FormattedValue.format_spec;
  Reg r = expr_reg(c, e->as.FormattedValue.value);
  if (conversion > 0) {
    Reg t = r >= top ? r : tmp(c);
    emit(c, e->range, SK_OP_CONVERT, t, r, conversion == 's' ? 0 : conversion == 'r' ? 1 : 2);
    r = t;
  }
  if (spec) {
    Reg s = expr_reg(c, spec);
    emit(c, e->range, SK_OP_FORMAT, dst, r, s);
  } else {
    emit(c, e->range, SK_OP_FORMATS, dst, r, 0);
  }
  c->u->top = top;
}

void joined_to(C *c, SkExpr *e, Reg dst) {
  SkExprSeq *v = &e->as.JoinedStr.values;
  if (v->n == 0) {
    emit_const(c, e->range, dst, sk_asm_const_text(&c->u->as, SK_K_STR, "", 0));
    return;
  }
  if (v->n == 1) {
    expr_to(c, v->items[0], dst);
    return;
  }
  Reg top = c->u->top, first = top;
  size_t i = 0;
  for (bool more = true; more;) { /* the first register holds what earlier pieces came to */
    c->u->top = first + (i > 0);
    for (unsigned n = 0; i < v->n && n < CHUNK; n++, i++) expr_tmp(c, v->items[i]);
    more = i < v->n;
    emit(c, e->range, SK_OP_BUILDSTR, more ? first : dst, first, c->u->top - first);
  }
  c->u->top = top;
}
