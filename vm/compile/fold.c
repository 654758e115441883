/* fold.c - constants computed while compiling.                        Layer 4.
 *
 * Folds in place, each node once (|mark| of operator nodes remembers).  Only what cannot fail and
 * stays small; everything else is left to run time.
 */
#include <math.h>
#include <string.h>

#include "vm/compile/compile_impl.h"

enum { FOLD_DONE = 1, FOLD_MAX_TEXT = 4096 };

SkExpr *const_new(C *c, SkConst value, SkRange range) {
  SkExpr *e = sk_arena_new(c->arena, SkExpr);
  e->kind = SK_EXPR_Constant;
  e->range = range;
  e->height = 1;
  e->as.Constant.value = value;
  return e;
}

static void becomes(SkExpr *e, SkConst value) {
  e->kind = SK_EXPR_Constant;
  e->mark = 0;
  e->as.Constant.value = value;
}
static void becomes_int(SkExpr *e, int64_t i) {
  SkConst k = {.kind = SK_CONST_INT};
  k.as.i = i;
  becomes(e, k);
}
static void becomes_float(SkExpr *e, double f) {
  SkConst k = {.kind = SK_CONST_FLOAT};
  k.as.f = f;
  becomes(e, k);
}

static bool int_power(int64_t base, int64_t exp, int64_t *out) {
  int64_t r = 1;
  if (exp < 0 || exp > 128) return false;
  while (exp-- > 0)
    if (__builtin_mul_overflow(r, base, &r)) return false;
  *out = r;
  return true;
}

static int64_t floor_div(int64_t a, int64_t b) {
  int64_t q = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

static bool fold_ints(SkOperator op, int64_t a, int64_t b, int64_t *r) {
  switch (op) {
    case SK_OPERATOR_Add: return !__builtin_add_overflow(a, b, r);
    case SK_OPERATOR_Sub: return !__builtin_sub_overflow(a, b, r);
    case SK_OPERATOR_Mult: return !__builtin_mul_overflow(a, b, r);
    case SK_OPERATOR_Pow: return int_power(a, b, r);
    case SK_OPERATOR_BitOr: return *r = a | b, true;
    case SK_OPERATOR_BitAnd: return *r = a & b, true;
    case SK_OPERATOR_BitXor: return *r = a ^ b, true;
    case SK_OPERATOR_FloorDiv: return b != 0 && b != -1 && (*r = floor_div(a, b), true);
    case SK_OPERATOR_Mod: return b != 0 && b != -1 && (*r = a - b * floor_div(a, b), true);
    case SK_OPERATOR_RShift: return b >= 0 && (*r = b > 63 ? (a < 0 ? -1 : 0) : a >> b, true);
    case SK_OPERATOR_LShift:
      return b >= 0 && b < 62 && a >= 0 && a <= (INT64_MAX >> b) && (*r = (int64_t)((uint64_t)a << b), true);
    default: return false;
  }
}

static bool fold_floats(SkOperator op, double a, double b, double *r) {
  switch (op) {
    case SK_OPERATOR_Add: return *r = a + b, true;
    case SK_OPERATOR_Sub: return *r = a - b, true;
    case SK_OPERATOR_Mult: return *r = a * b, true;
    case SK_OPERATOR_Div: return b != 0 && (*r = a / b, true);
    default: return false;
  }
}

static bool is_number(const SkConst *k) { return k->kind == SK_CONST_INT || k->kind == SK_CONST_FLOAT; }
static double as_double(const SkConst *k) { return k->kind == SK_CONST_INT ? (double)k->as.i : k->as.f; }
static bool is_text(const SkConst *k) { return k->kind == SK_CONST_STR || k->kind == SK_CONST_BYTES; }
static bool exact(const SkConst *k) {
  return k->kind == SK_CONST_FLOAT || (k->as.i <= (int64_t)1 << 53 && k->as.i >= -((int64_t)1 << 53));
}

static bool fold_text(C *c, SkExpr *e, SkOperator op, const SkConst *l, const SkConst *r) {
  SkConst out = *l;
  if (op == SK_OPERATOR_Add && l->kind == r->kind) {
    size_t n = l->as.text.length + r->as.text.length;
    if (n > FOLD_MAX_TEXT) return false;
    char *s = sk_arena_alloc(c->arena, n + 1);
    memcpy(s, l->as.text.data, l->as.text.length);
    memcpy(s + l->as.text.length, r->as.text.data, r->as.text.length);
    s[n] = 0;
    out.as.text.data = s;
    out.as.text.length = n;
  } else if (op == SK_OPERATOR_Mult && r->kind == SK_CONST_INT) {
    int64_t times = r->as.i < 0 ? 0 : r->as.i;
    if (times > FOLD_MAX_TEXT || l->as.text.length * (size_t)times > FOLD_MAX_TEXT) return false;
    size_t n = l->as.text.length * (size_t)times;
    char *s = sk_arena_alloc(c->arena, n + 1);
    for (size_t i = 0; i < (size_t)times; i++) memcpy(s + i * l->as.text.length, l->as.text.data, l->as.text.length);
    s[n] = 0;
    out.as.text.data = s;
    out.as.text.length = n;
  } else {
    return false;
  }
  out.u_prefix = false;
  becomes(e, out);
  return true;
}

/* real +- imaginary: how complex constants are written; only the imaginary part is a literal. */
static bool is_real_plus_imag(const SkExpr *e, double *re, double *im) {
  if (e->kind != SK_EXPR_BinOp) return false;
  SkOperator op = e->as.BinOp.op;
  const SkExpr *l = e->as.BinOp.left, *r = e->as.BinOp.right;
  if ((op != SK_OPERATOR_Add && op != SK_OPERATOR_Sub) || l->kind != SK_EXPR_Constant ||
      r->kind != SK_EXPR_Constant || r->as.Constant.value.kind != SK_CONST_COMPLEX ||
      !is_number(&l->as.Constant.value) || !exact(&l->as.Constant.value))
    return false;
  double i = r->as.Constant.value.as.f;
  *re = as_double(&l->as.Constant.value);
  if (op == SK_OPERATOR_Add) *im = 0.0 + i;
  else *re = *re - 0.0, *im = 0.0 - i;
  return true;
}

static void fold_binary(C *c, SkExpr *e) {
  const SkExpr *l = e->as.BinOp.left, *r = e->as.BinOp.right;
  if (l->kind != SK_EXPR_Constant || fold_percent(c, e) || r->kind != SK_EXPR_Constant) return;
  const SkConst *a = &l->as.Constant.value, *b = &r->as.Constant.value;
  SkOperator op = e->as.BinOp.op;
  int64_t i;
  double f;
  if (is_text(a)) {
    fold_text(c, e, op, a, b);
  } else if (a->kind == SK_CONST_INT && is_text(b)) {
    if (op == SK_OPERATOR_Mult) fold_text(c, e, op, b, a);
  } else if (a->kind == SK_CONST_INT && b->kind == SK_CONST_INT && op != SK_OPERATOR_Div) {
    if (fold_ints(op, a->as.i, b->as.i, &i)) becomes_int(e, i);
  } else if (is_number(a) && is_number(b) && exact(a) && exact(b)) {
    if (fold_floats(op, as_double(a), as_double(b), &f)) becomes_float(e, f);
  }
}

static void fold_unary(C *c, SkExpr *e) {
  SkExpr *x = e->as.UnaryOp.operand;
  if (x->kind != SK_EXPR_Constant) return;
  SkConst k = x->as.Constant.value;
  SkUnaryOp op = e->as.UnaryOp.op;
  if (op == SK_UNARYOP_Not) {
    int t = const_truth(c, x);
    k = (SkConst){.kind = t ? SK_CONST_FALSE : SK_CONST_TRUE};
    if (t >= 0) becomes(e, k);
  } else if (k.kind == SK_CONST_INT) {
    if (op == SK_UNARYOP_UAdd) becomes(e, k);
    else if (op == SK_UNARYOP_Invert) becomes_int(e, ~k.as.i);
    else if (k.as.i != INT64_MIN) becomes_int(e, -k.as.i);
  } else if (op == SK_UNARYOP_Invert && (k.kind == SK_CONST_TRUE || k.kind == SK_CONST_FALSE)) {
    becomes_int(e, k.kind == SK_CONST_TRUE ? -2 : -1); /* silently, as CPython's does */
  } else if (k.kind == SK_CONST_FLOAT) {
    if (op == SK_UNARYOP_USub) becomes_float(e, -k.as.f);
    else if (op == SK_UNARYOP_UAdd) becomes(e, k);
  }
}

/* A constant's item by a constant index. */
static void fold_subscript(C *c, SkExpr *e) {
  SkExpr *v = e->as.Subscript.value, *i = e->as.Subscript.slice;
  if (e->as.Subscript.ctx != SK_CTX_Load || !is_const(c, v) || !is_const(c, i)) return;
  if (i->kind != SK_EXPR_Constant || i->as.Constant.value.kind != SK_CONST_INT) return;
  int64_t at = i->as.Constant.value.as.i;
  if (v->kind == SK_EXPR_Tuple) {
    int64_t n = (int64_t)v->as.Tuple.elts.n;
    if (at < 0) at += n;
    if (at < 0 || at >= n) return;
    SkRange range = e->range;
    *e = *v->as.Tuple.elts.items[at];
    e->range = range;
  } else if (v->kind == SK_EXPR_Constant && is_text(&v->as.Constant.value)) {
    SkConst k = v->as.Constant.value;
    int64_t n = (int64_t)k.as.text.length;
    if (k.kind == SK_CONST_STR)
      for (int64_t b = 0; b < n; b++)
        if ((unsigned char)k.as.text.data[b] >= 0x80) return;
    if (at < 0) at += n;
    if (at < 0 || at >= n) return;
    if (k.kind == SK_CONST_BYTES) {
      becomes_int(e, (unsigned char)k.as.text.data[at]);
      return;
    }
    k.as.text.data = sk_arena_strndup(c->arena, k.as.text.data + at, 1);
    k.as.text.length = 1;
    becomes(e, k);
  }
}

static void fold_tuple(C *c, SkExpr *e) {
  for (size_t i = 0; i < e->as.Tuple.elts.n; i++) fold(c, e->as.Tuple.elts.items[i]);
}

void fold(C *c, SkExpr *e) {
  switch ((SkExprKind)e->kind) {
    case SK_EXPR_BinOp:
      if (e->mark == FOLD_DONE) return;
      e->mark = FOLD_DONE;
      fold(c, e->as.BinOp.left);
      fold(c, e->as.BinOp.right);
      fold_binary(c, e);
      return;
    case SK_EXPR_UnaryOp:
      if (e->mark == FOLD_DONE) return;
      e->mark = FOLD_DONE;
      fold(c, e->as.UnaryOp.operand);
      fold_unary(c, e);
      return;
    case SK_EXPR_Tuple:
      if (e->mark == FOLD_DONE || e->as.Tuple.ctx != SK_CTX_Load) return;
      e->mark = FOLD_DONE;
      fold_tuple(c, e);
      return;
    case SK_EXPR_Subscript:
      if (e->mark == FOLD_DONE) return;
      e->mark = FOLD_DONE;
      fold_subscript(c, e);
      return;
    case SK_EXPR_Name:
      if (e->as.Name.id == c->symbols->n_debug && e->as.Name.ctx == SK_CTX_Load)
        becomes(e, (SkConst){.kind = c->opts.optimize ? SK_CONST_FALSE : SK_CONST_TRUE});
      return;
    default: return;
  }
}

bool is_const(C *c, SkExpr *e) {
  fold(c, e);
  if (e->kind == SK_EXPR_Constant) return true;
  double re, im;
  if (is_real_plus_imag(e, &re, &im)) return true;
  if (e->kind == SK_EXPR_UnaryOp) { /* of what does not fit an int64, or an imaginary literal */
    const SkExpr *x = e->as.UnaryOp.operand;
    return e->as.UnaryOp.op == SK_UNARYOP_USub && x->kind == SK_EXPR_Constant &&
           (x->as.Constant.value.kind == SK_CONST_BIGINT || x->as.Constant.value.kind == SK_CONST_COMPLEX);
  }
  if (e->kind != SK_EXPR_Tuple || e->as.Tuple.ctx != SK_CTX_Load) return false;
  for (size_t i = 0; i < e->as.Tuple.elts.n; i++)
    if (!is_const(c, e->as.Tuple.elts.items[i])) return false;
  return true;
}

bool is_none(const SkExpr *e) { return e->kind == SK_EXPR_Constant && e->as.Constant.value.kind == SK_CONST_NONE; }

/* Digits in any base to decimal digits: long multiplication in limbs of 10^9. */
SkText decimal_text(SkArena *arena, const SkConst *k, bool negative) {
  const char *s = k->as.text.data;
  size_t n = k->as.text.length;
  if (k->base == 10 || k->base == 0) {
    char *out = sk_arena_alloc(arena, n + 2);
    out[0] = '-';
    memcpy(out + negative, s, n);
    out[n + negative] = 0;
    return (SkText){out, n + negative};
  }
  size_t room = n / 7 + 2, count = 0; /* a limb holds more than 29 bits, a digit at most 4 */
  uint32_t *limb = sk_arena_array(arena, uint32_t, room);
  for (size_t i = 0; i < n; i++) {
    char d = s[i];
    uint64_t carry = (uint64_t)(d <= '9' ? d - '0' : (d | 32) - 'a' + 10);
    for (size_t j = 0; j < count; j++) {
      carry += (uint64_t)limb[j] * k->base;
      limb[j] = (uint32_t)(carry % 1000000000);
      carry /= 1000000000;
    }
    if (carry) limb[count++] = (uint32_t)carry;
  }
  char *out = sk_arena_alloc(arena, count * 9 + 2), *p = out + count * 9 + 1;
  for (size_t j = 0; j < count; j++)
    for (int d = 0; d < 9; d++, limb[j] /= 10) *--p = (char)('0' + limb[j] % 10);
  while (*p == '0' && p < out + count * 9) p++;
  if (negative) *--p = '-';
  return (SkText){p, (size_t)(out + count * 9 + 1 - p)};
}

static uint32_t literal_index(C *c, const SkConst *k, bool negative) {
  SkAsm *as = &c->u->as;
  SkCodeConst out;
  memset(&out, 0, sizeof out);
  switch (k->kind) {
    case SK_CONST_NONE: out.kind = SK_K_NONE; break;
    case SK_CONST_TRUE: out.kind = SK_K_TRUE; break;
    case SK_CONST_FALSE: out.kind = SK_K_FALSE; break;
    case SK_CONST_ELLIPSIS: out.kind = SK_K_ELLIPSIS; break;
    case SK_CONST_INT: return sk_asm_const_int(as, k->as.i);
    case SK_CONST_FLOAT: out.kind = SK_K_FLOAT, out.d = k->as.f; break;
    case SK_CONST_COMPLEX:
      out.kind = SK_K_COMPLEX;
      out.im = negative ? -k->as.f : k->as.f;
      out.d = negative ? -0.0 : 0.0;
      break;
    case SK_CONST_BIGINT: {
      SkText t = decimal_text(c->arena, k, negative);
      return sk_asm_const_text(as, SK_K_BIGINT, t.s, t.n);
    }
    case SK_CONST_STR: return sk_asm_const_text(as, SK_K_STR, k->as.text.data, k->as.text.length);
    case SK_CONST_BYTES: return sk_asm_const_text(as, SK_K_BYTES, k->as.text.data, k->as.text.length);
  }
  return sk_asm_const(as, &out);
}

uint32_t const_index(C *c, SkExpr *e) {
  if (e->kind == SK_EXPR_Constant) return literal_index(c, &e->as.Constant.value, false);
  if (e->kind == SK_EXPR_UnaryOp) return literal_index(c, &e->as.UnaryOp.operand->as.Constant.value, true);
  if (e->kind == SK_EXPR_BinOp) {
    SkCodeConst out;
    memset(&out, 0, sizeof out);
    out.kind = SK_K_COMPLEX;
    is_real_plus_imag(e, &out.d, &out.im);
    return sk_asm_const(&c->u->as, &out);
  }
  size_t n = e->as.Tuple.elts.n;
  uint32_t *items = sk_arena_array(c->arena, uint32_t, n);
  for (size_t i = 0; i < n; i++) items[i] = const_index(c, e->as.Tuple.elts.items[i]);
  return sk_asm_const_items(&c->u->as, SK_K_TUPLE, items, n);
}

bool const_small(C *c, SkExpr *e, uint32_t *k) {
  if (!is_const(c, e)) return false;
  *k = const_index(c, e);
  return *k <= 0xffff;
}

int const_truth(C *c, SkExpr *e) {
  if (!is_const(c, e)) return -1;
  if (e->kind == SK_EXPR_Tuple) return e->as.Tuple.elts.n > 0;
  if (e->kind != SK_EXPR_Constant) return -1;
  const SkConst *k = &e->as.Constant.value;
  switch (k->kind) {
    case SK_CONST_NONE: case SK_CONST_FALSE: return 0;
    case SK_CONST_TRUE: case SK_CONST_ELLIPSIS: case SK_CONST_BIGINT: return 1;
    case SK_CONST_INT: return k->as.i != 0;
    case SK_CONST_FLOAT: case SK_CONST_COMPLEX: return k->as.f != 0;
    case SK_CONST_STR: case SK_CONST_BYTES: return k->as.text.length != 0;
  }
  return -1;
}
