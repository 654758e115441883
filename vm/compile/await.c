/* await.c - yield, yield from, await: everything that leaves the frame and comes back.  Layer 4. */
#include "vm/compile/compile_impl.h"

/*   sent = None                               (dst is a temporary, not |it|)
 *   again: SEND it, sent -> dst, and to done when |it| has finished
 *          YIELD dst -> sent
 *          JMP again
 *   done:                                       (the runtime relies on these three in a row) */
void emit_delegate(C *c, SkRange pos, Reg it, Reg dst) {
  Reg top = c->u->top, sent = tmp(c);
  Label again = label_new(c), done = label_new(c);
  emit_none(c, pos, sent);
  label_head(c, &again);
  jump_word(c, pos, SK_OP_SEND, it, sent, dst, &done);
  emit(c, pos, SK_OP_YIELD, dst, sent, it + 1);
  jump(c, pos, &again);
  label_place(c, &done);
  c->u->top = top;
}

void emit_await(C *c, SkRange pos, unsigned kind, Reg value, Reg dst) {
  Reg top = c->u->top, it = tmp(c);
  emit(c, pos, SK_OP_AWAITABLE, kind, value, it);
  emit_delegate(c, pos, it, dst);
  c->u->top = top;
}

static bool in_function(const C *c) {
  SkScopeKind k = c->u->scope->kind;
  return k == SK_SCOPE_FUNCTION || k == SK_SCOPE_LAMBDA || k == SK_SCOPE_GENEXP;
}

void await_to(C *c, SkExpr *e, Reg dst) {
  if (!c->u->async) {
    COMPILE_ERROR(c, e->range, in_function(c) ? "'await' outside async function" : "'await' outside function");
    return;
  }
  Reg r = expr_reg(c, e->as.Await.value);
  emit_await(c, e->range, 0, r, dst);
}

static void yield_from_to(C *c, SkExpr *e, Reg dst) {
  if (!in_function(c)) {
    COMPILE_ERROR(c, e->range, "'yield from' outside function");
    return;
  }
  if (c->u->async) {
    COMPILE_ERROR(c, e->range, "'yield from' inside async function");
    return;
  }
  Reg r = expr_reg(c, e->as.YieldFrom.value), it = tmp(c);
  emit(c, e->range, SK_OP_YIELDITER, 0, r, it);
  emit_delegate(c, e->range, it, dst);
}

void yield_to(C *c, SkExpr *e, Reg dst) {
  if (e->kind == SK_EXPR_YieldFrom) {
    yield_from_to(c, e, dst);
    return;
  }
  if (!in_function(c)) {
    COMPILE_ERROR(c, e->range, "'yield' outside function");
    return;
  }
  Reg r;
  if (e->as.Yield.value) r = expr_reg(c, e->as.Yield.value);
  else emit_none(c, e->range, r = tmp(c));
  emit(c, e->range, c->u->async ? SK_OP_AYIELD : SK_OP_YIELD, r, dst, 0);
}
