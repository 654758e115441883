/* unparse.c - expressions back to source text.                        Layer 4.
 *
 * For annotations under `from __future__ import annotations`: the text is what programs see, so it is
 * CPython's, parentheses included.
 */
#include <inttypes.h>
#include <stdio.h>

#include "vm/base/numtext.h"
#include "vm/base/unicode.h"
#include "vm/base/utf8.h"
#include "vm/compile/compile_impl.h"
#include "vm/compile/text.h"

typedef enum Level {
  WALRUS, TUPLE, TEST, OR, AND, NOT, CMP, EXPR, BOR = EXPR, BXOR, BAND, SHIFT, ARITH, TERM, FACTOR, POWER, AWAIT, ATOM
} Level;

static void put(Text *t, const SkExpr *e, Level level);

static void open_if(Text *t, bool needed) { if (needed) text_add_char(t, '('); }
static void close_if(Text *t, bool needed) { if (needed) text_add_char(t, ')'); }

static void put_list(Text *t, const SkExprSeq *s, Level level) {
  for (size_t i = 0; i < s->n; i++) {
    if (i) text_add_z(t, ", ");
    put(t, s->items[i], level);
  }
}

/* ---- literals ---- */

static void put_escape(Text *t, uint32_t c, char quote, bool bytes) {
  char s[16];
  if (c == (unsigned char)quote || c == '\\') snprintf(s, sizeof s, "\\%c", (char)c);
  else if (c == '\n') strcpy(s, "\\n");
  else if (c == '\r') strcpy(s, "\\r");
  else if (c == '\t') strcpy(s, "\\t");
  else if (c >= 32 && c < 127) snprintf(s, sizeof s, "%c", (char)c);
  else if (bytes || c < 0x100) snprintf(s, sizeof s, "\\x%02x", c);
  else snprintf(s, sizeof s, c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
  text_add_z(t, s);
}

static void put_repr(Text *t, const char *s, size_t n, bool bytes) {
  char quote = memchr(s, '\'', n) && !memchr(s, '"', n) ? '"' : '\'';
  text_add_char(t, quote);
  const char *end = s + n;
  while (s < end) {
    const char *start = s;
    uint32_t c = bytes ? (unsigned char)*s++ : sk_utf8_next(&s);
    if (!bytes && c >= 127 && sk_unicode_is_printable(c)) text_add(t, start, (size_t)(s - start));
    else put_escape(t, c, quote, bytes);
  }
  text_add_char(t, quote);
}

static void put_float(Text *t, double f, bool imaginary) {
  char s[SK_DOUBLE_REPR_ROOM];
  if (f - f != 0) {
    text_add_z(t, "1e309");
  } else if (imaginary) {
    text_add(t, s, sk_double_format(f, 'r', 0, SK_DOUBLE_PLAIN, s));
  } else {
    text_add(t, s, sk_double_print(f, s));
  }
  if (imaginary) text_add_char(t, 'j');
}

static void put_constant(Text *t, const SkConst *k) {
  char s[32];
  switch (k->kind) {
    case SK_CONST_NONE: text_add_z(t, "None"); break;
    case SK_CONST_TRUE: text_add_z(t, "True"); break;
    case SK_CONST_FALSE: text_add_z(t, "False"); break;
    case SK_CONST_ELLIPSIS: text_add_z(t, "..."); break;
    case SK_CONST_INT: snprintf(s, sizeof s, "%" PRId64, k->as.i); text_add_z(t, s); break;
    case SK_CONST_BIGINT: {
      SkText d = decimal_text(t->arena, k, false);
      text_add(t, d.s, d.n);
      break;
    }
    case SK_CONST_FLOAT: put_float(t, k->as.f, false); break;
    case SK_CONST_COMPLEX: put_float(t, k->as.f, true); break;
    case SK_CONST_STR:
      if (k->u_prefix) text_add_char(t, 'u');
      put_repr(t, k->as.text.data, k->as.text.length, false);
      break;
    case SK_CONST_BYTES:
      text_add_char(t, 'b');
      put_repr(t, k->as.text.data, k->as.text.length, true);
      break;
  }
}

/* ---- f-strings: the text between the quotes first, then its repr ---- */

static void put_pieces(Text *body, const SkExpr *e);

static void put_field(Text *body, const SkExpr *e) {
  Text value = {.arena = body->arena};
  put(&value, e->as.FormattedValue.value, TEST + 1);
  text_add_z(body, value.s[0] == '{' ? "{ " : "{");
  text_add(body, value.s, value.n);
  int conversion = e->as.FormattedValue.conversion;
  if (conversion > 0) {
    text_add_char(body, '!');
    text_add_char(body, (char)conversion);
  }
  if (e->as.FormattedValue.format_spec) {
    text_add_char(body, ':');
    put_pieces(body, e->as.FormattedValue.format_spec);
  }
  text_add_char(body, '}');
}

static void put_pieces(Text *body, const SkExpr *e) {
  if (e->kind == SK_EXPR_JoinedStr) {
    for (size_t i = 0; i < e->as.JoinedStr.values.n; i++) put_pieces(body, e->as.JoinedStr.values.items[i]);
  } else if (e->kind == SK_EXPR_FormattedValue) {
    put_field(body, e);
  } else if (e->kind == SK_EXPR_Constant) {
    const SkConst *k = &e->as.Constant.value;
    for (size_t i = 0; i < k->as.text.length; i++) {
      char c = k->as.text.data[i];
      if (c == '{' || c == '}') text_add_char(body, c);
      text_add_char(body, c);
    }
  }
}

static void put_fstring(Text *t, const SkExpr *e) {
  Text body = {.arena = t->arena};
  text_add(&body, "", 0);
  put_pieces(&body, e);
  text_add_char(t, 'f');
  put_repr(t, body.s, body.n, false);
}

/* ---- operators ---- */

static Level operator_level(SkOperator op) {
  switch (op) {
    case SK_OPERATOR_Add: case SK_OPERATOR_Sub: return ARITH;
    case SK_OPERATOR_LShift: case SK_OPERATOR_RShift: return SHIFT;
    case SK_OPERATOR_BitOr: return BOR;
    case SK_OPERATOR_BitXor: return BXOR;
    case SK_OPERATOR_BitAnd: return BAND;
    case SK_OPERATOR_Pow: return POWER;
    default: return TERM;
  }
}

static void put_spaced(Text *t, const char *s) {
  text_add_char(t, ' ');
  text_add_z(t, s);
  text_add_char(t, ' ');
}

static void put_binary(Text *t, const SkExpr *e, Level level) {
  Level own = operator_level(e->as.BinOp.op);
  bool right = e->as.BinOp.op == SK_OPERATOR_Pow;
  open_if(t, level > own);
  put(t, e->as.BinOp.left, own + right);
  put_spaced(t, sk_operator_text(e->as.BinOp.op));
  put(t, e->as.BinOp.right, own + !right);
  close_if(t, level > own);
}

static void put_unary(Text *t, const SkExpr *e, Level level) {
  bool is_not = e->as.UnaryOp.op == SK_UNARYOP_Not;
  Level own = is_not ? NOT : FACTOR;
  open_if(t, level > own);
  text_add_z(t, sk_unaryop_text(e->as.UnaryOp.op));
  if (is_not) text_add_char(t, ' ');
  put(t, e->as.UnaryOp.operand, own);
  close_if(t, level > own);
}

static void put_bool(Text *t, const SkExpr *e, Level level) {
  bool is_and = e->as.BoolOp.op == SK_BOOLOP_And;
  Level own = is_and ? AND : OR;
  open_if(t, level > own);
  for (size_t i = 0; i < e->as.BoolOp.values.n; i++) {
    if (i) text_add_z(t, is_and ? " and " : " or ");
    put(t, e->as.BoolOp.values.items[i], own + 1);
  }
  close_if(t, level > own);
}

static void put_compare(Text *t, const SkExpr *e, Level level) {
  open_if(t, level > CMP);
  put(t, e->as.Compare.left, CMP + 1);
  for (size_t i = 0; i < e->as.Compare.ops.n; i++) {
    put_spaced(t, sk_cmpop_text(e->as.Compare.ops.items[i]));
    put(t, e->as.Compare.comparators.items[i], CMP + 1);
  }
  close_if(t, level > CMP);
}

static void put_if(Text *t, const SkExpr *e, Level level) {
  open_if(t, level > TEST);
  put(t, e->as.IfExp.body, TEST + 1);
  text_add_z(t, " if ");
  put(t, e->as.IfExp.test, TEST + 1);
  text_add_z(t, " else ");
  put(t, e->as.IfExp.orelse, TEST);
  close_if(t, level > TEST);
}

/* ---- lambdas ---- */

static void put_comma(Text *t, bool *first) {
  if (!*first) text_add_z(t, ", ");
  *first = false;
}

static void put_name(Text *t, const SkName *n) { text_add(t, n->text, n->length); }

static void put_default(Text *t, const SkExpr *e) {
  if (!e) return;
  text_add_char(t, '=');
  put(t, e, TEST);
}

static void put_params(Text *t, const SkArguments *a) {
  bool first = true;
  size_t positional = a->posonlyargs.n + a->args.n;
  for (size_t i = 0; i < positional; i++) {
    put_comma(t, &first);
    put_name(t, i < a->posonlyargs.n ? a->posonlyargs.items[i]->arg : a->args.items[i - a->posonlyargs.n]->arg);
    size_t without = positional - a->defaults.n;
    put_default(t, i >= without ? a->defaults.items[i - without] : NULL);
    if (a->posonlyargs.n && i + 1 == a->posonlyargs.n) text_add_z(t, ", /");
  }
  if (a->vararg || a->kwonlyargs.n) {
    put_comma(t, &first);
    text_add_char(t, '*');
    if (a->vararg) put_name(t, a->vararg->arg);
  }
  for (size_t i = 0; i < a->kwonlyargs.n; i++) {
    put_comma(t, &first);
    put_name(t, a->kwonlyargs.items[i]->arg);
    put_default(t, a->kw_defaults.items[i]);
  }
  if (a->kwarg) {
    put_comma(t, &first);
    text_add_z(t, "**");
    put_name(t, a->kwarg->arg);
  }
}

static void put_lambda(Text *t, const SkExpr *e, Level level) {
  const SkArguments *a = e->as.Lambda.args;
  open_if(t, level > TEST);
  text_add_z(t, a->posonlyargs.n || a->args.n || a->kwonlyargs.n || a->vararg || a->kwarg ? "lambda " : "lambda");
  put_params(t, a);
  text_add_z(t, ": ");
  put(t, e->as.Lambda.body, TEST);
  close_if(t, level > TEST);
}

/* ---- displays and comprehensions ---- */

static void put_dict(Text *t, const SkExpr *e) {
  text_add_char(t, '{');
  for (size_t i = 0; i < e->as.Dict.values.n; i++) {
    if (i) text_add_z(t, ", ");
    if (e->as.Dict.keys.items[i]) {
      put(t, e->as.Dict.keys.items[i], TEST);
      text_add_z(t, ": ");
      put(t, e->as.Dict.values.items[i], TEST);
    } else {
      text_add_z(t, "**");
      put(t, e->as.Dict.values.items[i], EXPR);
    }
  }
  text_add_char(t, '}');
}

static void put_generators(Text *t, const SkComprehensionSeq *gens) {
  for (size_t i = 0; i < gens->n; i++) {
    const SkComprehension *g = gens->items[i];
    text_add_z(t, g->is_async ? " async for " : " for ");
    put(t, g->target, TUPLE);
    text_add_z(t, " in ");
    put(t, g->iter, TEST + 1);
    for (size_t k = 0; k < g->ifs.n; k++) {
      text_add_z(t, " if ");
      put(t, g->ifs.items[k], TEST + 1);
    }
  }
}

static void put_comp(Text *t, char open, const SkExpr *elt, const SkExpr *value, const SkComprehensionSeq *gens, char close) {
  text_add_char(t, open);
  put(t, elt, TEST);
  if (value) {
    text_add_z(t, ": ");
    put(t, value, TEST);
  }
  put_generators(t, gens);
  text_add_char(t, close);
}

static void put_tuple(Text *t, const SkExpr *e, Level level) {
  const SkExprSeq *s = &e->as.Tuple.elts;
  if (s->n == 0) {
    text_add_z(t, "()");
    return;
  }
  open_if(t, level > TUPLE);
  put_list(t, s, TEST);
  if (s->n == 1) text_add_char(t, ',');
  close_if(t, level > TUPLE);
}

/* ---- primaries ---- */

static void put_call(Text *t, const SkExpr *e) {
  const SkExprSeq *args = &e->as.Call.args;
  const SkKeywordSeq *kw = &e->as.Call.keywords;
  put(t, e->as.Call.func, ATOM);
  if (args->n == 1 && kw->n == 0 && args->items[0]->kind == SK_EXPR_GeneratorExp) {
    put(t, args->items[0], ATOM);
    return;
  }
  text_add_char(t, '(');
  put_list(t, args, TEST);
  for (size_t i = 0; i < kw->n; i++) {
    if (i || args->n) text_add_z(t, ", ");
    if (kw->items[i]->arg) {
      put_name(t, kw->items[i]->arg);
      text_add_char(t, '=');
    } else {
      text_add_z(t, "**");
    }
    put(t, kw->items[i]->value, TEST);
  }
  text_add_char(t, ')');
}

static void put_attribute(Text *t, const SkExpr *e) {
  const SkExpr *v = e->as.Attribute.value;
  put(t, v, ATOM);
  bool is_int = v->kind == SK_EXPR_Constant &&
                (v->as.Constant.value.kind == SK_CONST_INT || v->as.Constant.value.kind == SK_CONST_BIGINT);
  text_add_z(t, is_int ? " ." : ".");
  put_name(t, e->as.Attribute.attr);
}

static void put_slice(Text *t, const SkExpr *e) {
  if (e->as.Slice.lower) put(t, e->as.Slice.lower, TEST);
  text_add_char(t, ':');
  if (e->as.Slice.upper) put(t, e->as.Slice.upper, TEST);
  if (!e->as.Slice.step) return;
  text_add_char(t, ':');
  put(t, e->as.Slice.step, TEST);
}

static void put_yield(Text *t, const char *word, const SkExpr *value) {
  text_add_z(t, word);
  if (value) {
    text_add_char(t, ' ');
    put(t, value, TEST);
  }
  text_add_char(t, ')');
}

static void put(Text *t, const SkExpr *e, Level level) {
  switch ((SkExprKind)e->kind) {
    case SK_EXPR_BoolOp: put_bool(t, e, level); break;
    case SK_EXPR_NamedExpr:
      open_if(t, level > WALRUS);
      put(t, e->as.NamedExpr.target, ATOM);
      text_add_z(t, " := ");
      put(t, e->as.NamedExpr.value, ATOM);
      close_if(t, level > WALRUS);
      break;
    case SK_EXPR_BinOp: put_binary(t, e, level); break;
    case SK_EXPR_UnaryOp: put_unary(t, e, level); break;
    case SK_EXPR_Lambda: put_lambda(t, e, level); break;
    case SK_EXPR_IfExp: put_if(t, e, level); break;
    case SK_EXPR_Dict: put_dict(t, e); break;
    case SK_EXPR_Set:
      text_add_char(t, '{');
      put_list(t, &e->as.Set.elts, TEST);
      text_add_char(t, '}');
      break;
    case SK_EXPR_ListComp: put_comp(t, '[', e->as.ListComp.elt, NULL, &e->as.ListComp.generators, ']'); break;
    case SK_EXPR_SetComp: put_comp(t, '{', e->as.SetComp.elt, NULL, &e->as.SetComp.generators, '}'); break;
    case SK_EXPR_DictComp:
      put_comp(t, '{', e->as.DictComp.key, e->as.DictComp.value, &e->as.DictComp.generators, '}');
      break;
    case SK_EXPR_GeneratorExp:
      put_comp(t, '(', e->as.GeneratorExp.elt, NULL, &e->as.GeneratorExp.generators, ')');
      break;
    case SK_EXPR_Await:
      open_if(t, level > AWAIT);
      text_add_z(t, "await ");
      put(t, e->as.Await.value, ATOM);
      close_if(t, level > AWAIT);
      break;
    case SK_EXPR_Yield: put_yield(t, "(yield", e->as.Yield.value); break;
    case SK_EXPR_YieldFrom: put_yield(t, "(yield from", e->as.YieldFrom.value); break;
    case SK_EXPR_Compare: put_compare(t, e, level); break;
    case SK_EXPR_Call: put_call(t, e); break;
    case SK_EXPR_FormattedValue: case SK_EXPR_JoinedStr: put_fstring(t, e); break;
    case SK_EXPR_Constant: put_constant(t, &e->as.Constant.value); break;
    case SK_EXPR_Attribute: put_attribute(t, e); break;
    case SK_EXPR_Subscript:
      put(t, e->as.Subscript.value, ATOM);
      text_add_char(t, '[');
      put(t, e->as.Subscript.slice, TUPLE);
      text_add_char(t, ']');
      break;
    case SK_EXPR_Starred:
      text_add_char(t, '*');
      put(t, e->as.Starred.value, EXPR);
      break;
    case SK_EXPR_Name: put_name(t, e->as.Name.id); break;
    case SK_EXPR_List:
      text_add_char(t, '[');
      put_list(t, &e->as.List.elts, TEST);
      text_add_char(t, ']');
      break;
    case SK_EXPR_Tuple: put_tuple(t, e, level); break;
    case SK_EXPR_Slice: put_slice(t, e); break;
  }
}

const char *sk_unparse(SkArena *a, const SkExpr *e, size_t *length) {
  Text t = {.arena = a};
  text_add(&t, "", 0);
  put(&t, e, TEST);
  *length = t.n;
  return t.s;
}
