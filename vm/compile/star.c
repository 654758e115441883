/* star.c - except*, and its two extensions.                           Layer 4.
 *
 * State in three registers: what is left of the error, a list of what the clauses raised, the error itself.
 *
 *   H: PUSHEXC; EGENTER            [errors -> C: POPEXC; RERAISE]
 *      type; EGMATCH -> part; JNONE next
 *      handled = part; bind; clause          [errors -> N]
 *      JMP next
 *   N: EGCOLLECT
 *   next: ...
 *      EGFINISH -> to raise; JNONE well; POPEXC; RERAISE
 *   well: POPEXC; pending jump
 *
 * Extension A: return, break, continue in a clause only set a register; the first one decides, and
 * it happens at |well|: an error that is left or raised always wins.
 * Extension B: plain clauses among the starred ones.  An error that is no group skips the starred
 * clauses; of a group a plain clause takes all that is left, if that as a whole matches.
 */
#include "vm/compile/compile_impl.h"

static const SkRange nowhere;

typedef struct Star {
  Reg state, exc, saved;
  bool mixed;
  Pending pending;
  Label done; /* nothing is left: no further clause */
} Star;

/* The clause's body on what it caught; whatever it raises is collected. */
static void star_body(C *c, Star *k, SkExceptHandler *h, Reg caught, Label *next) {
  Block b;
  Reg inner = tmp(c), unused = tmp(c);
  emit(c, h->range, SK_OP_PUSHEXC, caught, unused, exc_mode(c, false));
  block_push(c, &b, BLOCK_STAR, h->range);
  b.pending = &k->pending;
  block_protect(c, &b, inner);
  k->pending.next = next;
  handler_body(c, h, caught);
  block_pop(c, &b);
  jump(c, h->range, next);
  block_handler(c, &b);
  emit(c, nowhere, SK_OP_EGCOLLECT, k->state, inner, 0);
}

static void star_clause(C *c, Star *k, SkExceptHandler *h) {
  Label next = label_new(c);
  Reg top = c->u->top;
  if (k->mixed) jump_if(c, h->range, SK_OP_JNAKED, k->state + 2, 0, &next);
  Reg want = expr_reg(c, h->type), part = tmp(c);
  emit(c, h->range, SK_OP_EGMATCH, k->state, want, part);
  jump_if(c, h->range, SK_OP_JNONE, part, 0, &next);
  star_body(c, k, h, part, &next);
  label_place(c, &next);
  c->u->top = top;
}

static void plain_clause(C *c, Star *k, SkExceptHandler *h) {
  Label next = label_new(c);
  Reg top = c->u->top, caught = tmp(c);
  jump_if(c, h->range, SK_OP_JNONE, k->state, 0, &k->done);
  if (h->type) {
    Reg want = expr_reg(c, h->type);
    jump_if(c, h->range, SK_OP_JNOTEXC, k->state, want, &next);
  }
  emit_move(c, h->range, caught, k->state);
  emit_none(c, h->range, k->state);
  star_body(c, k, h, caught, &k->done);
  jump(c, h->range, &k->done);
  label_place(c, &next);
  c->u->top = top;
}

static void star_clauses(C *c, SkStmt *s, Star *k, Label *end) {
  SkExceptHandlerSeq *h = &s->as.Try.handlers;
  Block b;
  Reg inner = tmp(c), outcome = tmp(c);
  SkRange pos = h->items[0]->range;
  emit(c, pos, SK_OP_PUSHEXC, k->exc, k->saved, exc_mode(c, false));
  emit(c, pos, SK_OP_EGENTER, k->state, k->exc, 0);
  emit_int(c, pos, k->pending.which, 0);
  emit_none(c, pos, k->pending.value);
  block_push(c, &b, BLOCK_HANDLER, s->range);
  b.reg = k->saved;
  block_protect(c, &b, inner);
  for (size_t i = 0; i < h->n; i++) {
    if (h->items[i]->is_star) star_clause(c, k, h->items[i]);
    else plain_clause(c, k, h->items[i]);
  }
  label_place(c, &k->done);
  Label well = label_new(c);
  emit(c, pos, SK_OP_EGFINISH, k->state, outcome, 0);
  jump_if(c, pos, SK_OP_JNONE, outcome, 0, &well);
  emit(c, nowhere, SK_OP_POPEXC, k->saved, 0, exc_mode(c, false));
  emit(c, nowhere, SK_OP_RERAISE, outcome, 0, 0);
  block_pop(c, &b);
  block_handler(c, &b);
  emit(c, nowhere, SK_OP_POPEXC, k->saved, 0, exc_mode(c, false));
  emit(c, nowhere, SK_OP_RERAISE, inner, 0, 0);
  label_place(c, &well);
  emit(c, nowhere, SK_OP_POPEXC, k->saved, 0, exc_mode(c, false));
  pending_dispatch(c, &k->pending, nowhere);
  jump(c, nowhere, end);
}

static void star_check(C *c, SkStmt *s, bool *mixed) {
  SkExceptHandlerSeq *h = &s->as.Try.handlers;
  for (size_t i = 0; i < h->n; i++) {
    SkExceptHandler *x = h->items[i];
    if (!x->is_star) *mixed = true;
    if (!x->type && x->is_star) COMPILE_ERROR(c, x->range, "expected one or more exception types");
    if (!x->type && i + 1 < h->n) COMPILE_ERROR(c, x->range, "default 'except:' must be last");
    if (*mixed && c->opts.portable)
      COMPILE_ERROR(c, x->range, "cannot have both 'except' and 'except*' on the same 'try'");
  }
}

void try_star(C *c, SkStmt *s) {
  Star k = {.state = 0};
  star_check(c, s, &k.mixed);
  if (k.mixed) c->u->flags |= (uint32_t)SK_CODE_EXTENSIONS;
  Block b;
  Label end = label_new(c);
  Reg top = c->u->top;
  k.exc = tmp(c);
  k.saved = tmp(c);
  k.state = tmps(c, 3);
  k.pending.which = tmp(c);
  k.pending.value = tmp(c);
  k.done = label_new(c);
  block_enter(c, &b, BLOCK_TRY, s->range);
  block_protect(c, &b, k.exc);
  stmts(c, &s->as.Try.body);
  block_leave(c, &b);
  stmts(c, &s->as.Try.orelse);
  jump(c, nowhere, &end);
  block_handler(c, &b);
  star_clauses(c, s, &k, &end);
  label_place(c, &end);
  for (int i = 1; i <= 3; i++)
    if (k.pending.has[i]) c->u->flags |= (uint32_t)SK_CODE_EXTENSIONS;
  c->u->top = top;
}
