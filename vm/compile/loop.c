/* loop.c - for, async for, while.                                     Layer 4. */
#include "vm/compile/compile_impl.h"

static const SkRange nowhere;

static void loop_enter(C *c, Block *b, SkStmt *s, Label *on_break, Label *on_continue) {
  block_enter(c, b, BLOCK_LOOP, s->range);
  b->on_break = on_break;
  b->on_continue = on_continue;
}

/* The register a loop variable can be written to directly, else NO_REG. */
static Reg target_register(C *c, SkExpr *t) {
  if (t->kind != SK_EXPR_Name || t->as.Name.id == c->symbols->n_debug) return NO_REG;
  NameRef r = name_ref(c, t->as.Name.id);
  return r.kind == NAME_REG ? r.reg : NO_REG;
}

/* Iterating over a list display needs no list. */
static void iterable_to(C *c, SkExpr *e, Reg dst) {
  Reg top = c->u->top, r;
  if (e->kind == SK_EXPR_List && e->as.List.elts.n <= 256) {
    SkExpr tuple = *e;
    tuple.kind = SK_EXPR_Tuple;
    tuple.mark = 0;
    tuple.as.Tuple.ctx = SK_CTX_Load;
    tuple.as.Tuple.elts = e->as.List.elts;
    r = expr_tmp(c, &tuple);
  } else {
    r = expr_reg(c, e);
  }
  emit(c, e->range, SK_OP_GETITER, 0, r, dst);
  c->u->top = top;
}

void for_stmt(C *c, SkStmt *s) {
  SkExpr *target = s->as.For.target, *iter = s->as.For.iter;
  Label head = label_new(c), done = label_new(c), end = label_new(c);
  Block b;
  Reg it = tmp(c), item = tmp(c);
  iterable_to(c, iter, it);
  loop_enter(c, &b, s, &end, &head);
  label_head(c, &head);
  Reg direct = target_register(c, target);
  jump_word(c, iter->range, SK_OP_FORITER, it, 0, direct != NO_REG ? direct : item, &done);
  if (direct != NO_REG) state_set(c, direct);
  else store(c, target, item);
  stmts(c, &s->as.For.body);
  jump(c, s->range, &head);
  block_leave(c, &b);
  label_place(c, &done);
  stmts(c, &s->as.For.orelse);
  label_place(c, &end);
}

/* ---- async for ------------------------------------------------------------------------------------------
 *
 *         iterable -> it; GETAITER it
 *   head: GETANEXT it; await -> item          [errors -> done]
 *         target = item; body                 [errors -> failed]      a break goes to early
 *         JMP head
 *   done: ENDAFOR; else; JMP end
 *   failed: PUSHEXC; close; POPEXC; RERAISE   (only when the iterable is a call: it may have made an async
 *   early:  close                              generator that nobody else knows, see ASYNC_FOR_LEFT)
 *   end:
 */

void async_for_close(C *c, SkRange pos, Reg it, Reg exc) {
  Reg top = c->u->top, pair = tmps(c, 2);
  Label nothing = label_new(c);
  emit_move(c, pos, pair, it);
  if (exc != NO_REG) emit_move(c, pos, pair + 1, exc);
  else emit_none(c, pos, pair + 1);
  emit(c, pos, SK_OP_INTRINSIC, pair, pair, SK_INTRINSIC_ASYNC_FOR_LEFT);
  jump_if(c, pos, SK_OP_JNONE, pair, 0, &nothing);
  emit_delegate(c, pos, pair, pair + 1);
  label_place(c, &nothing);
  c->u->top = top;
}

void async_for_failed(C *c, Block *owner) {
  Reg top = c->u->top, saved = tmp(c), inner = tmp(c);
  Block b;
  block_handler(c, owner);
  emit(c, owner->range, SK_OP_PUSHEXC, owner->exc, saved, exc_mode(c, true));
  block_push(c, &b, BLOCK_HANDLER, owner->range);
  b.reg = saved;
  b.pending_exc = true;
  block_protect(c, &b, inner);
  async_for_close(c, owner->range, owner->reg, owner->exc);
  emit(c, nowhere, SK_OP_POPEXC, saved, 0, exc_mode(c, true));
  emit(c, nowhere, SK_OP_RERAISE, owner->exc, 0, 0);
  block_pop(c, &b);
  block_handler(c, &b);
  emit(c, nowhere, SK_OP_POPEXC, saved, 0, exc_mode(c, false));
  emit(c, nowhere, SK_OP_RERAISE, inner, 0, 0);
  c->u->top = top;
}

void async_for_own(C *c, Block *owner, SkRange pos, Reg it, Reg exc) {
  block_push(c, owner, BLOCK_ASYNC_FOR, pos);
  owner->reg = it;
  block_protect(c, owner, exc);
}

void async_for_stmt(C *c, SkStmt *s) {
  SkExpr *target = s->as.AsyncFor.target, *iter = s->as.AsyncFor.iter;
  if (!c->u->async) {
    COMPILE_ERROR(c, s->range, "'async for' outside async function");
    return;
  }
  Label head = label_new(c), early = label_new(c), end = label_new(c);
  Block b, next, owner;
  bool call = iter->kind == SK_EXPR_Call;
  Reg it = tmp(c), exc = tmp(c), item = tmp(c), waited = tmp(c);
  expr_to(c, iter, it);
  emit(c, iter->range, SK_OP_GETAITER, call, it, it);
  if (call) async_for_own(c, &owner, iter->range, it, item);
  loop_enter(c, &b, s, call ? &early : &end, &head);
  label_head(c, &head);
  block_push(c, &next, BLOCK_TRY, s->range);
  block_protect(c, &next, exc);
  emit(c, s->range, SK_OP_GETANEXT, 0, it, waited);
  emit_delegate(c, s->range, waited, item);
  block_pop(c, &next);
  store(c, target, item);
  stmts(c, &s->as.AsyncFor.body);
  jump(c, s->range, &head);
  block_leave(c, &b);
  if (call) block_pop(c, &owner);
  block_handler(c, &next);
  emit(c, iter->range, SK_OP_ENDAFOR, exc, 0, 0);
  stmts(c, &s->as.AsyncFor.orelse);
  if (call) {
    jump(c, iter->range, &end);
    async_for_failed(c, &owner);
    label_place(c, &early);
    async_for_close(c, iter->range, it, NO_REG);
  }
  label_place(c, &end);
}

static bool has_walrus(const C *c) {
  const SkScope *s = c->u->scope;
  for (uint32_t r = 0; r < s->nlocals; r++)
    if (s->locals[r] && (s->locals[r]->flags & SK_SYM_WALRUS)) return true;
  return false;
}

/* The test stands at the bottom, so that a turn costs one jump:   JMP test; body; test: JT body.
 * With a walrus in it, it comes first, because it binds names for the body. */
void while_stmt(C *c, SkStmt *s) {
  SkExpr *test = s->as.While.test;
  Label head = label_new(c), next = label_new(c), done = label_new(c), end = label_new(c);
  Block b;
  int truth = const_truth(c, test);
  bool top_test = truth >= 0 || has_walrus(c);
  loop_enter(c, &b, s, &end, top_test ? &head : &next);
  if (!top_test) jump(c, s->range, &next);
  uint64_t *entry = state_copy(c);
  if (top_test) {
    label_head(c, &head);
    cond(c, test, &done, false);
    stmts(c, &s->as.While.body);
    jump(c, s->range, &head);
  } else {
    c->u->as.dead = c->u->as.dead && !sk_asm_label_used(&c->u->as, next.l);
    for (uint32_t i = 0; i < c->u->words; i++) c->u->defined[i] = entry[i];
    label_head(c, &head);
    stmts(c, &s->as.While.body);
    label_place(c, &next);
    cond(c, test, &head, true);
  }
  block_leave(c, &b);
  label_place(c, &done);
  stmts(c, &s->as.While.orelse);
  label_place(c, &end);
}
