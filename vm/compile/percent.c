/* percent.c - "text %s" % (a, b) becomes an f-string.                 Layer 4.
 *
 * Only where both sides are written out and every conversion is %s, %r or %a (with '-', width,
 * precision) or %%, and their number fits: then nothing can tell the difference but the time.
 */
#include <string.h>

#include "vm/compile/compile_impl.h"
#include "vm/compile/text.h"

typedef struct Percent {
  C *c;
  const char *s, *end;
  SkExprSeq args;
  size_t used;
  SkExprSeq pieces;
  SkRange range;
} Percent;

static void add_piece(Percent *p, SkExpr *e) { p->pieces.items[p->pieces.n++] = e; }

static bool is_digit(const Percent *p) { return p->s < p->end && *p->s >= '0' && *p->s <= '9'; }

/* Text up to the next conversion; %% is one %. */
static void literal_piece(Percent *p) {
  Text t = {.arena = p->c->arena};
  while (p->s < p->end) {
    if (*p->s == '%') {
      if (p->s + 1 >= p->end || p->s[1] != '%') break;
      p->s++;
    }
    text_add_char(&t, *p->s++);
  }
  if (t.n == 0) return;
  SkConst k = {.kind = SK_CONST_STR};
  k.as.text.data = t.s;
  k.as.text.length = t.n;
  add_piece(p, const_new(p->c, k, p->range));
}

static void copy_digits(Percent *p, Text *spec) {
  while (is_digit(p)) text_add_char(spec, *p->s++);
}

static SkExpr *format_spec(Percent *p, const Text *spec) {
  if (spec->n == 0) return NULL;
  SkConst k = {.kind = SK_CONST_STR};
  k.as.text.data = spec->s;
  k.as.text.length = spec->n;
  return const_new(p->c, k, p->range);
}

static bool conversion_piece(Percent *p) {
  Text spec = {.arena = p->c->arena};
  bool left = false;
  p->s++; /* % */
  for (; p->s < p->end && *p->s == '-'; p->s++) left = true;
  if (is_digit(p) && *p->s != '0') {
    if (!left) text_add_char(&spec, '>');
    copy_digits(p, &spec);
  }
  if (p->s < p->end && *p->s == '.') {
    text_add_char(&spec, *p->s++);
    if (!is_digit(p)) return false;
    copy_digits(p, &spec);
  }
  if (p->s >= p->end || (*p->s != 's' && *p->s != 'r' && *p->s != 'a') || spec.n > 9) return false;
  if (p->used == p->args.n) return false;
  SkExpr *arg = p->args.items[p->used++], *e = sk_arena_new(p->c->arena, SkExpr);
  e->kind = SK_EXPR_FormattedValue;
  e->range = arg->range;
  e->as.FormattedValue.value = arg;
  e->as.FormattedValue.conversion = *p->s++;
  e->as.FormattedValue.format_spec = format_spec(p, &spec);
  add_piece(p, e);
  return true;
}

bool fold_percent(C *c, SkExpr *e) {
  const SkExpr *left = e->as.BinOp.left, *right = e->as.BinOp.right;
  if (e->as.BinOp.op != SK_OPERATOR_Mod || right->kind != SK_EXPR_Tuple) return false;
  if (left->kind != SK_EXPR_Constant || left->as.Constant.value.kind != SK_CONST_STR) return false;
  Percent p = {.c = c, .s = left->as.Constant.value.as.text.data, .args = right->as.Tuple.elts, .range = e->range};
  p.end = p.s + left->as.Constant.value.as.text.length;
  for (size_t i = 0; i < p.args.n; i++)
    if (p.args.items[i]->kind == SK_EXPR_Starred) return false;
  p.pieces.items = sk_arena_array(c->arena, SkExpr *, 2 * p.args.n + 1);
  while (p.s < p.end) {
    literal_piece(&p);
    if (p.s < p.end && !conversion_piece(&p)) return false;
  }
  if (p.used != p.args.n) return false;
  e->kind = SK_EXPR_JoinedStr;
  e->as.JoinedStr.values = p.pieces;
  return true;
}
