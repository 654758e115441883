/* block.c - blocks a jump has to leave properly, and the ranges their handlers guard.  Layer 4.
 *
 * A `finally` is compiled again for every way out.  While such a copy is emitted, the ranges of
 * the blocks already left are closed, so that an error in it goes to the blocks further out.
 */
#include "vm/compile/compile_impl.h"

void block_push(C *c, Block *b, BlockKind kind, SkRange range) {
  *b = (Block){.kind = kind, .outer = c->u->block, .range = range};
  c->u->block = b;
}

void block_enter(C *c, Block *b, BlockKind kind, SkRange range) {
  if (++c->u->depth > MAX_BLOCKS) COMPILE_ERROR(c, range, "too many statically nested blocks");
  block_push(c, b, kind, range);
}

void block_leave(C *c, Block *b) {
  c->u->depth--;
  block_pop(c, b);
}

void block_protect(C *c, Block *b, Reg exc) {
  b->is_protected = true;
  b->start = c->u->as.ninsns;
  b->handler = sk_asm_label(&c->u->as);
  b->exc = exc;
  b->entry = state_copy(c);
}

static void range_close(C *c, Block *b) {
  if (b->is_protected) sk_asm_protect(&c->u->as, b->start, b->handler, b->exc);
}
static void range_open(C *c, Block *b) { b->start = c->u->as.ninsns; }

void block_pop(C *c, Block *b) {
  range_close(c, b);
  c->u->block = b->outer;
}

void block_handler(C *c, Block *b) {
  sk_assert(is_dead(c));
  sk_asm_place(&c->u->as, b->handler);
  for (uint32_t i = 0; i < c->u->words; i++) c->u->defined[i] = b->entry[i] & ~c->u->killable[i];
}

unsigned exc_mode(const C *c, bool pending) { return (c->u->generator || c->u->async ? 1u : 0u) | (pending ? 2u : 0u); }

static void leave_with(C *c, Block *b, bool async) {
  Reg top = c->u->top, none = tmp(c);
  emit_none(c, b->range, none);
  emit(c, b->range, SK_OP_WITHEXIT, b->reg, none, none);
  if (async) emit_await(c, b->range, 2, none, none);
  c->u->top = top;
}

static void leave_one(C *c, Block *b, SkRange pos) {
  Reg top = c->u->top;
  switch (b->kind) {
    case BLOCK_LOOP: case BLOCK_TRY: case BLOCK_STAR: break;
    case BLOCK_FINALLY: stmts(c, b->body); break;
    case BLOCK_HANDLER: emit(c, pos, SK_OP_POPEXC, b->reg, 0, exc_mode(c, b->pending_exc)); break;
    case BLOCK_NAME: unbind_name(c, b->name, pos); break;
    case BLOCK_WITH: leave_with(c, b, false); break;
    case BLOCK_ASYNC_WITH: leave_with(c, b, true); break;
    case BLOCK_ASYNC_FOR: async_for_close(c, b->range, b->reg, NO_REG); break;
  }
  c->u->top = top;
}

/* Runs what leaving the blocks up to |upto| (not included) takes. */
static void leave_blocks(C *c, Block *upto, SkRange pos) {
  while (c->u->block != upto) {
    Block *b = c->u->block;
    range_close(c, b);
    c->u->block = b->outer;
    leave_one(c, b, pos);
  }
}

/* After the jump: back inside. */
static void reenter_blocks(C *c, Block *inner, Block *upto) {
  for (Block *b = inner; b != upto; b = b->outer) range_open(c, b);
  c->u->block = inner;
}

/* In a clause of except*: notes the jump, the first one decides. */
static void leave_clause(C *c, Block *star, unsigned which, Reg value, SkRange pos) {
  Pending *p = star->pending;
  Block *inner = c->u->block;
  leave_blocks(c, star, pos);
  Label skip = label_new(c);
  Reg top = c->u->top;
  p->has[which] = true;
  jump_if(c, pos, SK_OP_JT, p->which, 0, &skip);
  emit_int(c, pos, p->which, which);
  if (which == 1) emit_move(c, pos, p->value, value);
  label_place(c, &skip);
  range_close(c, star);
  jump(c, pos, p->next);
  c->u->top = top;
  reenter_blocks(c, inner, star->outer);
}

static void jump_to_loop(C *c, bool is_break, SkRange pos) {
  Block *inner = c->u->block, *b = inner;
  while (b->kind != BLOCK_LOOP && b->kind != BLOCK_STAR) b = b->outer;
  if (b->kind == BLOCK_STAR) {
    leave_clause(c, b, is_break ? 2 : 3, NO_REG, pos);
    return;
  }
  leave_blocks(c, b, pos);
  jump(c, pos, is_break ? b->on_break : b->on_continue);
  reenter_blocks(c, inner, b);
}

static const char star_text[] = "'break', 'continue' and 'return' cannot appear in an except* block";

void leave_loop(C *c, const SkStmt *s, bool is_break) {
  Block *b = c->u->block;
  bool star = false;
  for (; b && b->kind != BLOCK_LOOP; b = b->outer) star = star || b->kind == BLOCK_STAR;
  if (star && c->opts.portable) {
    COMPILE_ERROR(c, s->range, star_text);
  } else if (!b) {
    COMPILE_ERROR(c, s->range, is_break ? "'break' outside loop" : "'continue' not properly in loop");
  } else {
    jump_to_loop(c, is_break, s->range);
  }
}

/* Returns the value in |value| (NO_REG: None) from wherever we are. */
static void return_value(C *c, Reg value, SkRange pos) {
  Block *inner = c->u->block, *star = inner;
  while (star && star->kind != BLOCK_STAR) star = star->outer;
  if (star) {
    if (value == NO_REG) emit_none(c, pos, value = tmp(c));
    leave_clause(c, star, 1, value, pos);
    return;
  }
  leave_blocks(c, NULL, pos);
  if (value == NO_REG) emit(c, pos, SK_OP_RETNONE, 0, 0, 0);
  else emit(c, pos, SK_OP_RET, value, 0, 0);
  reenter_blocks(c, inner, NULL);
}

static bool must_run_code(const C *c) {
  for (const Block *b = c->u->block; b; b = b->outer)
    if (b->kind != BLOCK_LOOP && b->kind != BLOCK_TRY) return true;
  return false;
}

/* return x: nothing to do on the way.  `return a if test else b` is two returns. */
static void return_plain(C *c, SkExpr *e, SkRange pos) {
  Reg top = c->u->top;
  if (is_const(c, e) && is_none(e)) {
    emit(c, pos, SK_OP_RETNONE, 0, 0, 0);
  } else if (e->kind == SK_EXPR_IfExp) {
    Label orelse = label_new(c);
    cond(c, e->as.IfExp.test, &orelse, false);
    return_plain(c, e->as.IfExp.body, pos);
    label_place(c, &orelse);
    return_plain(c, e->as.IfExp.orelse, pos);
  } else {
    Reg r = expr_reg(c, e);
    emit(c, pos, SK_OP_RET, r, 0, 0);
  }
  c->u->top = top;
}

void leave_function(C *c, const SkStmt *s) {
  SkExpr *e = s->as.Return.value;
  Unit *u = c->u;
  if (u->scope->kind != SK_SCOPE_FUNCTION) {
    COMPILE_ERROR(c, s->range, "'return' outside function");
    return;
  }
  if (e && u->generator && u->async) {
    COMPILE_ERROR(c, s->range, "'return' with value in async generator");
    return;
  }
  if (c->opts.portable)
    for (Block *b = u->block; b; b = b->outer)
      if (b->kind == BLOCK_STAR) COMPILE_ERROR(c, e && is_const(c, e) ? e->range : s->range, star_text);
  if (!e || (is_const(c, e) && is_none(e))) {
    return_value(c, NO_REG, s->range);
    return;
  }
  if (!must_run_code(c)) {
    return_plain(c, e, s->range);
    return;
  }
  Reg top = u->top, r = expr_tmp(c, e); /* apart: a finally on the way may rebind a local */
  return_value(c, r, s->range);
  u->top = top;
}

/* After an except* whose clauses all ended well: does the jump that one of them asked for. */
void pending_dispatch(C *c, Pending *p, SkRange pos) {
  for (unsigned which = 1; which <= 3; which++) {
    if (!p->has[which]) continue;
    Label other = label_new(c);
    Reg top = c->u->top;
    uint32_t k = sk_asm_const_int(&c->u->as, which);
    Reg t = tmp(c);
    if (k <= 0xffff) {
      jump_if(c, pos, SK_OP_JNEQK, p->which, k, &other);
    } else {
      emit_int(c, pos, t, which);
      jump_if(c, pos, SK_OP_JISNOT, p->which, t, &other);
    }
    if (which == 1) return_value(c, p->value, pos);
    else jump_to_loop(c, which == 2, pos);
    label_place(c, &other);
    c->u->top = top;
  }
}
