/* try.c - try, except, else, finally.                                 Layer 4.
 *
 *      body            [errors -> H]              body            [errors -> F]
 *      else                                       finally
 *      JMP end                                    JMP end
 *   H: PUSHEXC         [errors -> C]           F: PUSHEXC         [errors -> C]
 *      type; JNOTEXC next; bind; clause           finally
 *      POPEXC; JMP end                            POPEXC; RERAISE
 *   next: ... POPEXC; RERAISE                  C: POPEXC; RERAISE
 *   C: POPEXC; RERAISE                         end:
 *   end:
 */
#include "vm/compile/compile_impl.h"

static const SkRange nowhere;

void unbind_name(C *c, SkName *name, SkRange pos) {
  NameRef r = name_ref(c, name);
  if (r.kind == NAME_REG) { /* bound or not: after this it is not */
    emit(c, pos, SK_OP_UNSET, r.reg, 0, 0);
    state_clear(c, r.reg);
    return;
  }
  Reg top = c->u->top, t = tmp(c);
  emit_none(c, pos, t);
  name_store(c, name, pos, t);
  name_delete(c, name, pos);
  c->u->top = top;
}

/* `except .. as name`: the name is unbound on every way out. */
void handler_body(C *c, SkExceptHandler *h, Reg exc) {
  if (!h->name) {
    stmts(c, &h->body);
    return;
  }
  Block b;
  Reg top = c->u->top, inner = tmp(c);
  name_store(c, h->name, h->range, exc);
  block_enter(c, &b, BLOCK_NAME, h->range);
  b.name = h->name;
  block_protect(c, &b, inner);
  stmts(c, &h->body);
  block_leave(c, &b);
  unbind_name(c, h->name, nowhere);
  Label end = label_new(c);
  jump(c, nowhere, &end);
  block_handler(c, &b);
  unbind_name(c, h->name, nowhere);
  emit(c, nowhere, SK_OP_RERAISE, inner, 0, 0);
  label_place(c, &end);
  c->u->top = top;
}

static void clause(C *c, SkExceptHandler *h, Block *handling, Reg exc, Label *next, Label *end) {
  Reg top = c->u->top;
  if (h->type) {
    Reg t = expr_reg(c, h->type);
    jump_if(c, h->range, SK_OP_JNOTEXC, exc, t, next);
    c->u->top = top;
  }
  handler_body(c, h, exc);
  emit(c, nowhere, SK_OP_POPEXC, handling->reg, 0, exc_mode(c, false));
  jump(c, h->range, end);
}

/* Restores what was handled before and goes on raising. */
static void cleanup(C *c, Block *b) {
  block_handler(c, b);
  emit(c, nowhere, SK_OP_POPEXC, b->reg, 0, exc_mode(c, false));
  emit(c, nowhere, SK_OP_RERAISE, b->exc, 0, 0);
}

static void clauses(C *c, SkStmt *s, Reg exc, Label *end) {
  SkExceptHandlerSeq *h = &s->as.Try.handlers;
  Block b;
  Reg saved = tmp(c), inner = tmp(c);
  SkRange pos = h->items[0]->range;
  emit(c, pos, SK_OP_PUSHEXC, exc, saved, exc_mode(c, false));
  block_push(c, &b, BLOCK_HANDLER, s->range);
  b.reg = saved;
  block_protect(c, &b, inner);
  for (size_t i = 0; i < h->n; i++) {
    Label next = label_new(c);
    clause(c, h->items[i], &b, exc, &next, end);
    label_place(c, &next);
  }
  emit(c, nowhere, SK_OP_POPEXC, saved, 0, exc_mode(c, false));
  emit(c, nowhere, SK_OP_RERAISE, exc, 0, 0);
  block_pop(c, &b);
  cleanup(c, &b);
}

static void try_except(C *c, SkStmt *s) {
  SkExceptHandlerSeq *h = &s->as.Try.handlers;
  for (size_t i = 0; i + 1 < h->n; i++)
    if (!h->items[i]->type) COMPILE_ERROR(c, h->items[i]->range, "default 'except:' must be last");
  Block b;
  Label end = label_new(c);
  Reg top = c->u->top, exc = tmp(c);
  block_enter(c, &b, BLOCK_TRY, s->range);
  block_protect(c, &b, exc);
  stmts(c, &s->as.Try.body);
  block_leave(c, &b);
  stmts(c, &s->as.Try.orelse);
  jump(c, nowhere, &end);
  block_handler(c, &b);
  clauses(c, s, exc, &end);
  label_place(c, &end);
  c->u->top = top;
}

static void inner_try(C *c, SkStmt *s) {
  bool star = false;
  for (size_t i = 0; i < s->as.Try.handlers.n; i++) star = star || s->as.Try.handlers.items[i]->is_star;
  if (s->as.Try.handlers.n == 0) stmts(c, &s->as.Try.body);
  else if (star) try_star(c, s);
  else try_except(c, s);
}

static void finally_handler(C *c, SkStmt *s, Reg exc) {
  Block b;
  Reg saved = tmp(c), inner = tmp(c);
  emit(c, nowhere, SK_OP_PUSHEXC, exc, saved, exc_mode(c, true));
  block_push(c, &b, BLOCK_HANDLER, s->range);
  b.reg = saved;
  b.pending_exc = true;
  block_protect(c, &b, inner);
  stmts(c, &s->as.Try.finalbody);
  emit(c, nowhere, SK_OP_POPEXC, saved, 0, exc_mode(c, true));
  emit(c, nowhere, SK_OP_RERAISE, exc, 0, 0);
  block_pop(c, &b);
  cleanup(c, &b);
}

static void try_finally(C *c, SkStmt *s) {
  Block b;
  Label end = label_new(c);
  Reg top = c->u->top, exc = tmp(c);
  block_enter(c, &b, BLOCK_FINALLY, s->range);
  b.body = &s->as.Try.finalbody;
  block_protect(c, &b, exc);
  inner_try(c, s);
  block_leave(c, &b);
  stmts(c, &s->as.Try.finalbody);
  jump(c, nowhere, &end);
  block_handler(c, &b);
  finally_handler(c, s, exc);
  label_place(c, &end);
  c->u->top = top;
}

void try_stmt(C *c, SkStmt *s) {
  if (s->as.Try.finalbody.n) try_finally(c, s);
  else inner_try(c, s);
}
