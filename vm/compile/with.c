/* with.c - with and async with, one item at a time.                   Layer 4.
 *
 *      WITHENTER exit, value
 *      target = value; body      [errors -> W]
 *      WITHEXIT exit, None; JMP end
 *   W: PUSHEXC                   [errors -> C: POPEXC; RERAISE]
 *      WITHEXIT exit, error -> t; JT t, over; POPEXC; RERAISE
 *   over: POPEXC
 *   end:
 */
#include "vm/compile/compile_impl.h"

static const SkRange nowhere;

static void with_error(C *c, Reg exit, Reg exc, bool async, SkRange pos) {
  Block b;
  Label over = label_new(c);
  Reg saved = tmp(c), inner = tmp(c), t = tmp(c);
  emit(c, pos, SK_OP_PUSHEXC, exc, saved, exc_mode(c, true));
  block_push(c, &b, BLOCK_HANDLER, pos);
  b.reg = saved;
  b.pending_exc = true;
  block_protect(c, &b, inner);
  emit(c, pos, SK_OP_WITHEXIT, exit, exc, t);
  if (async) emit_await(c, pos, 2, t, t);
  jump_if(c, pos, SK_OP_JT, t, 0, &over);
  emit(c, pos, SK_OP_POPEXC, saved, 0, exc_mode(c, true));
  emit(c, pos, SK_OP_RERAISE, exc, 0, 0);
  block_pop(c, &b);
  block_handler(c, &b);
  emit(c, nowhere, SK_OP_POPEXC, saved, 0, exc_mode(c, false));
  emit(c, nowhere, SK_OP_RERAISE, inner, 0, 0);
  label_place(c, &over);
  emit(c, pos, SK_OP_POPEXC, saved, 0, exc_mode(c, true));
}

static void with_leave(C *c, Reg exit, bool async, SkRange pos) {
  Reg top = c->u->top, t = tmp(c);
  emit_none(c, pos, t);
  emit(c, pos, SK_OP_WITHEXIT, exit, t, t);
  if (async) emit_await(c, pos, 2, t, t);
  c->u->top = top;
}

void with_stmt(C *c, SkStmt *s, size_t item) {
  bool async = s->kind == SK_STMT_AsyncWith;
  SkWithItem *w = s->as.With.items.items[item];
  SkRange pos = w->context_expr->range;
  if (async && !c->u->async) {
    COMPILE_ERROR(c, s->range, "'async with' outside async function");
    return;
  }
  Block b;
  Label end = label_new(c);
  Reg top = c->u->top, exit = tmp(c), exc = tmp(c), value = tmp(c);
  Reg ctx = expr_reg(c, w->context_expr);
  emit(c, pos, async ? SK_OP_AWITHENTER : SK_OP_WITHENTER, exit, ctx, value);
  if (async) emit_await(c, pos, 1, value, value);
  block_enter(c, &b, async ? BLOCK_ASYNC_WITH : BLOCK_WITH, pos);
  b.reg = exit;
  block_protect(c, &b, exc);
  if (w->optional_vars) store(c, w->optional_vars, value);
  if (item + 1 < s->as.With.items.n) with_stmt(c, s, item + 1);
  else stmts(c, &s->as.With.body);
  block_leave(c, &b);
  with_leave(c, exit, async, pos);
  jump(c, pos, &end);
  block_handler(c, &b);
  with_error(c, exit, exc, async, pos);
  label_place(c, &end);
  c->u->top = top;
}
