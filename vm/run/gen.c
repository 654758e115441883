/* gen.c - resuming frames that live in the heap: generators, coroutines, async generators.  Layer 7.
 *
 * The frame runs where it is.  From the loop it is entered by FORITER and SEND without C recursion; from C
 * by sk_gen_resume.  While it runs, g->saved_pc and saved_r name the instruction that waits, as in every
 * window; its callees' windows lie at g->stack_top on the VM stack.
 */
#include "vm/run/gen_impl.h"

static_assert(RUN_GEN_GHOST * sizeof(SkValue) == sizeof(SkGenGhost), "the words a resume takes from the stack");

SkValue gen_new(SkVm *vm, SkFunc *f, const SkValue *args) {
  const SkCode *c = f->code->code;
  static const uint16_t types[] = {SK_T_generator, SK_T_coroutine, SK_T_async_generator};
  int what = c->flags & SK_CODE_COROUTINE ? SK_GEN_COROUTINE : c->flags & SK_CODE_ASYNC_GENERATOR ? SK_GEN_ASYNC : SK_GEN_PLAIN;
  SkShape *s = vm->types[types[what]]->instance_shape;
  /* One register more: the scratch one that a first resume writes (link.c). */
  SkGen *g = sk_alloc(vm, sizeof(SkGen) + (c->nregs + (size_t)1) * sizeof(SkValue), SK_KIND_GEN, s->id);
  g->what = (uint8_t)what;
  g->nregs = c->nregs;
  g->pc = f->insns - 1;
  g->handled = SK_UNSET;
  g->callee = sk_from_ptr(f);
  size_t n = sk_code_params(c);
  for (size_t i = 0; i < n; i++) g->regs[i] = args[i];
  /* It may die waiting inside a try or a with, or a coroutine without ever having run: gen_del() sees to it. */
  if (c->nhandlers || what == SK_GEN_COROUTINE) sk_gc_watch(vm, &g->head);
  if (what == SK_GEN_COROUTINE) gen_note_site(vm, g);
  return sk_from_ptr(g);
}

void sk_gen_trace(SkMarker *m, SkObject *o) {
  SkGen *g = (SkGen *)o;
  sk_mark(m, g->handled);
  if (g->head.aux != SK_GEN_RUNNING) sk_mark_ptr(m, g->scope);
  if (g->head.aux == SK_GEN_CREATED) sk_mark(m, g->saved_r); /* see gen_death.c */
  sk_mark_cell(m, g->more);
  if (g->more) sk_mark_span(m, g->more->items, SK_GEN_MORE_COUNT);
  sk_mark(m, g->callee);
  sk_mark_span(m, g->regs, g->nregs);
}

void sk_gen_set_more(SkVm *vm, SkGen *g, SkGenMore i, SkValue v) {
  if (!g->more) {
    SkValues *more = sk_values_new(vm, SK_GEN_MORE_COUNT);
    for (size_t k = 0; k < SK_GEN_MORE_COUNT; k++) more->items[k] = SK_UNSET;
    sk_write_ptr(vm, g, &g->more, more);
  }
  sk_write(vm, g, &g->more->items[i], v);
}

/* An async generator that leaves by an await comes back with its scopes in place: what it keeps then is the scope of its consumer. */
static bool in_await(const SkGen *g, const SkInsn *pc) { return g->what == SK_GEN_ASYNC && pc->op != SK_OP_AYIELD; }

/* Makes |g| the running frame; returns where it stands: how it goes on is the caller's business. */
static SkInsn *attach(SkVm *vm, SkGen *g, SkInsn *pc, SkValue *r) {
  SkValue *top = frame_top(vm, r);
  if (SK_UNLIKELY(!run_fits(vm, top, RUN_GEN_GHOST))) {
    size_t used = run_grow(vm, top + RUN_HEAD, RUN_GEN_GHOST, &pc, &r);
    top += used + RUN_HEAD;
  }
  void *segment = g->scope, *outside = vm->scope;
  if (SK_UNLIKELY(segment)) {
    if (in_await(g, g->pc)) outside = segment; /* its consumer's, before it waited */
    else vm->hooks.scope_at_resume(vm, g, segment);
  }
  SkInsn *stands = g->pc;
  g->stack_top = top + RUN_GEN_GHOST;
  g->saved_pc.bits = (uint64_t)pc;
  g->saved_r.bits = (uint64_t)r;
  sk_gen_ghost(g)->handled = vm->handled;
  sk_gen_ghost(g)->scope = outside;
  if (!sk_is_unset(g->handled)) vm->handled = g->handled;
  g->head.aux = SK_GEN_RUNNING;
  g->ayielded = 0;
  vm->r = g->regs;
  return stands;
}

SkInsn *gen_enter(SkVm *vm, SkGen *g, SkInsn *pc, SkValue *r, SkValue value) {
  SkInsn *stands = attach(vm, g, pc, r);
  g->regs[stands->b] = value;
  return stands + 1;
}

void gen_leave(SkVm *vm, SkGen *g, bool closed) {
  sk_barrier(vm, g);
  vm->handled = sk_gen_ghost(g)->handled;
  g->head.aux = closed ? SK_GEN_CLOSED : SK_GEN_SUSPENDED;
  g->scope = NULL;
  if (closed) {
    g->head.gc &= (uint8_t)~SK_GC_FINALIZE;
    g->handled = SK_UNSET;
    /* What the frame held may die now. */
    for (uint32_t i = 0; i < g->nregs; i++) g->regs[i] = SK_NONE;
  }
}

const char *gen_noun(const SkGen *g) {
  return g->what == SK_GEN_COROUTINE ? "coroutine" : g->what == SK_GEN_ASYNC ? "async generator" : "generator";
}

SkValue gen_filter(SkVm *vm, SkGen *g, SkValue exc) {
  const char *name = "StopIteration";
  bool wrap = sk_exc_is(vm, exc, SK_T_StopIteration);
  if (!wrap && g->what == SK_GEN_ASYNC && sk_exc_is(vm, exc, SK_T_StopAsyncIteration)) {
    wrap = true;
    name = "StopAsyncIteration";
  }
  if (!wrap) return exc;
  SkValue e = sk_exc_new(vm, SK_T_RuntimeError, "%s raised %s", gen_noun(g), name);
  sk_exc_set_cause(vm, sk_as_exc(e), exc);
  sk_write_ptr(vm, sk_as_exc(e), &sk_as_exc(e)->context, sk_as_exc(exc));
  SkFunc *f = (SkFunc *)sk_object(g->callee);
  uint64_t at = vm->pc >= f->insns ? (uint64_t)(vm->pc - f->insns) : 0;
  sk_exc_add_trace(vm, sk_as_exc(e), g->callee, at, SK_UNSET);
  return e;
}

SkValue gen_delegate(SkGen *g) {
  if (g->head.aux != SK_GEN_SUSPENDED || g->pc->op != SK_OP_YIELD || !g->pc->c) return SK_UNSET;
  return g->regs[g->pc->c - 1];
}

/* ---- instructions ----------------------------------------------------------------------------------------- */

/* Who waits for |g|, behind CONT_LIMIT frames, which end here. */
static SkInsn *waiter(SkVm *vm, SkGen *g, SkValue **r) {
  SkInsn *pc = frame_pc(g->regs);
  *r = frame_r(g->regs);
  while (pc == CONT_MARK(CONT_LIMIT)) {
    run_limit_leave(vm, *r);
    pc = frame_pc(*r);
    *r = frame_r(*r);
  }
  return pc;
}

/* Whether leaving |g| at |pc| hides scopes from its consumer: not in an await, which has none, and not when
 * they are the caller's by agreement. */
static bool yields_to_consumer(const SkGen *g, const SkInsn *pc) {
  if (g->transfer || g->what == SK_GEN_COROUTINE) return false;
  if (g->what == SK_GEN_ASYNC) return pc->op == SK_OP_AYIELD;
  return !(((SkFunc *)sk_object(g->callee))->code->head.aux & SK_CODE_ITERABLE_COROUTINE);
}

/* What |g| keeps of the scopes that were opened in it and are open still (may raise). */
static void *scopes_at_yield(SkVm *vm, SkGen *g, const SkInsn *pc) {
  void *before = sk_gen_ghost(g)->scope;
  if (SK_LIKELY(before == vm->scope) || !vm->hooks.scope_at_yield || !yields_to_consumer(g, pc)) return NULL;
  return vm->hooks.scope_at_yield(vm, g, before);
}

RUN_SLOW(yield) {
  SkGen *g = frame_gen(r);
  SkValue v = r[pc->a];
  void *segment = in_await(g, pc) ? sk_gen_ghost(g)->scope : scopes_at_yield(vm, g, pc);
  SkInsn *waits = frame_pc(r);
  gen_leave(vm, g, false);
  g->pc = pc;
  g->scope = segment;
  return run_deliver(vm, waits, frame_r(r), v);
}

RUN_SLOW(ayield) {
  SkGen *g = frame_gen(r);
  SkInsn *on = do_yield(pc, r, vm); /* may raise: then it has not yielded */
  g->ayielded = 1;
  return on;
}

RUN_SLOW(genret) {
  SkGen *g = frame_gen(r);
  SkValue v = pc->op == SK_OP_GENRET ? r[pc->a] : SK_NONE;
  gen_leave(vm, g, true);
  pc = waiter(vm, g, &r);
  vm->r = r;
  if (pc->op == SK_OP_CONT) {
    run_of(vm)->gen_result = v;
    r[0] = SK_UNSET;
    return pc + 3;
  }
  switch (pc->op) {
  case SK_OP_SEND: r[pc->c] = v; return pc + pc[1].imm;
  case SK_OP_FORITER: case SK_OP_FORITER_GEN: case SK_OP_FORITER_LIST: case SK_OP_FORITER_RANGE: return pc + pc[1].imm;
  default: break; /* next(g), g.send(v) */
  }
  vm->pc = pc;
  sk_raise_stop(vm, v);
}

RUN_SLOW(send) {
  SkValue it = r[pc->a], v = r[pc->b];
  if (sk_is_gen(it)) {
    SkGen *g = sk_as_gen(it);
    if (g->head.aux <= SK_GEN_SUSPENDED && g->what != SK_GEN_ASYNC) {
      if (g->head.aux == SK_GEN_CREATED && !sk_is_none(v)) gen_refuse_value(vm, g);
      return gen_enter(vm, g, pc, r, v);
    }
    SkValue result = SK_NONE;
    v = sk_gen_resume(vm, g, v, SK_UNSET, &result);
    r[pc->c] = sk_is_unset(v) ? result : v;
    vm->r = r;
    return sk_is_unset(v) ? pc + pc[1].imm : pc + 3;
  }
  if (sk_is_await(it)) {
    bool finished = sk_await_send(vm, sk_as_await(it), v, &v);
    r[pc->c] = v;
    vm->r = r;
    return finished ? pc + pc[1].imm : pc + 3;
  }
  SkType *t = sk_type_of(vm, it);
  if (sk_is_none(v)) {
    SkValue f = t->flags & SK_TYPE_HEAP ? sk_slot_python_method(vm, t, SK_SLOT_next) : SK_UNSET;
    if (!sk_is_unset(f)) return run_call_copy(vm, pc, r, f, &it, 1);
    if (!t->slots->next) sk_raise_type(vm, "'%T' object is not an iterator", it);
    /* StopIteration raised on the way is found by the unwinder, with its value. */
    v = t->slots->next(vm, it);
    r[pc->c] = sk_is_unset(v) ? SK_NONE : v;
    vm->r = r;
    return sk_is_unset(v) ? pc + pc[1].imm : pc + 3;
  }
  SkValue method = sk_getattr(vm, it, SK_NAME(vm, send));
  return run_call_copy(vm, pc, r, method, &v, 1);
}

RUN_SLOW(yielditer) {
  SkValue v = r[pc->b];
  if (sk_is_gen(v)) {
    SkGen *g = sk_as_gen(v);
    bool in_coroutine = (frame_func(r)->code->code->flags & SK_CODE_COROUTINE) || (frame_func(r)->code->head.aux & SK_CODE_ITERABLE_COROUTINE);
    if (g->what == SK_GEN_COROUTINE && !in_coroutine) {
      sk_raise_type(vm, "cannot 'yield from' a coroutine object in a non-coroutine generator");
    }
    if (g->what != SK_GEN_ASYNC) return run_deliver(vm, pc, r, v);
  }
  return run_deliver(vm, pc, r, sk_iter(vm, v));
}

/* ---- from C --------------------------------------------------------------------------------------------------- */

void gen_refuse_value(SkVm *vm, SkGen *g) {
  sk_raise_type(vm, "can't send non-None value to a just-started %s", gen_noun(g));
}

static void check_resumable(SkVm *vm, SkGen *g) {
  if (g->head.aux == SK_GEN_RUNNING) {
    sk_raise_value(vm, "%s already executing", g->what == SK_GEN_ASYNC ? "asynchronous generator" : gen_noun(g));
  }
  if (g->head.aux == SK_GEN_CLOSED && g->what == SK_GEN_COROUTINE && !g->closing) {
    sk_raisef(vm, SK_T_RuntimeError, "cannot reuse already awaited coroutine");
  }
}

static SkValue run_frame(SkVm *vm, SkInsn *pc, SkValue *er, SkValue *result) {
  run_of(vm)->live_top = NULL;
  SkValue v = run_loop(vm, pc);
  run_pop_entry(vm, er);
  if (sk_is_unset(v)) {
    *result = run_of(vm)->gen_result;
    run_of(vm)->gen_result = SK_NONE;
  }
  return v;
}

SkValue sk_gen_resume(SkVm *vm, SkGen *g, SkValue send, SkValue exc, SkValue *result) {
  if (!sk_is_unset(exc)) return gen_throw(vm, g, exc, result);
  sk_enter(vm, "");
  run_step(vm);
  check_resumable(vm, g);
  if (g->head.aux == SK_GEN_CLOSED) {
    *result = SK_NONE;
    return SK_UNSET;
  }
  if (g->head.aux == SK_GEN_CREATED && !sk_is_none(send)) gen_refuse_value(vm, g);
  SkValue *er = run_push_entry(vm, CONT_GENRET);
  return run_frame(vm, gen_enter(vm, g, CONT_MARK(CONT_GENRET), er, send), er, result);
}

/* Raises |exc| where the frame stands. */
static SkValue throw_here(SkVm *vm, SkGen *g, SkValue exc, SkValue *result) {
  SkValue *er = run_push_entry(vm, CONT_GENRET);
  bool handles = !sk_is_unset(g->handled); /* what the thrower handles is no context of what it throws */
  SkInsn *stands = attach(vm, g, CONT_MARK(CONT_GENRET), er);
  if (handles) sk_exc_set_context(vm, sk_as_exc(exc));
  vm->pc = stands;
  return run_frame(vm, run_unwind(vm, exc, true), er, result);
}

/* The SEND of the `yield from` or `await` that |g| stands in. */
static SkInsn *send_of(SkGen *g) {
  SkInsn *back = g->pc + 1; /* YIELD is followed by the jump to its SEND */
  while (back->op == SK_OP_JMP) back += sk_insn_jump32(back);
  sk_assert(back->op == SK_OP_SEND);
  return back;
}

/* Whether everything |g| waits for is frames, down to one that waits for nothing or for a native that only waits. */
static bool delegates_to_frames(SkGen *g) {
  for (;;) {
    if (g->head.aux != SK_GEN_SUSPENDED) return false;
    SkValue sub = gen_delegate(g);
    if (sk_is_unset(sub)) return true;
    if (sk_is_await(sub)) return sk_await_only_raises(sk_as_await(sub));
    if (!sk_is_gen(sub) || sk_as_gen(sub)->what == SK_GEN_ASYNC) return false;
    g = sk_as_gen(sub);
  }
}

/* Raises |exc| in the innermost frame of a delegation: each frame waits for the next as if it had sent to it. */
static SkValue throw_innermost(SkVm *vm, SkGen *g, SkValue exc, SkValue *result) {
  SkValue *er = run_push_entry(vm, CONT_GENRET);
  SkInsn *pc = CONT_MARK(CONT_GENRET);
  SkValue *r = er;
  bool handles = false;
  for (;;) {
    handles = handles || !sk_is_unset(g->handled);
    SkValue sub = gen_delegate(g);
    SkInsn *sends = sk_is_unset(sub) ? NULL : send_of(g), *stands = attach(vm, g, pc, r);
    if (!sends) {
      vm->pc = stands;
      break;
    }
    if (sk_is_await(sub)) { /* a native that leaves what is thrown alone: raised where it was awaited */
      sk_await_end(vm, sk_as_await(sub));
      vm->pc = sends;
      break;
    }
    pc = sends;
    r = g->regs;
    g = sk_as_gen(sub);
  }
  if (handles) sk_exc_set_context(vm, sk_as_exc(exc));
  return run_frame(vm, run_unwind(vm, exc, true), er, result);
}

/* Goes on behind the `yield from` or `await` the frame stands in, with its result. */
static SkValue finish_delegation(SkVm *vm, SkGen *g, SkValue v, SkValue *result) {
  SkInsn *back = send_of(g);
  SkValue *er = run_push_entry(vm, CONT_GENRET);
  attach(vm, g, CONT_MARK(CONT_GENRET), er);
  g->regs[back->c] = v;
  return run_frame(vm, back + back[1].imm, er, result);
}

typedef struct Delegated { SkValue sub, exc, value, result; bool closes; } Delegated;

static void throw_into_sub(SkVm *vm, void *arg) {
  Delegated *d = arg;
  if (d->closes) {
    gen_close_any(vm, d->sub);
    return;
  }
  if (sk_is_await(d->sub)) {
    SkValue out = SK_NONE;
    bool finished = sk_await_throw(vm, sk_as_await(d->sub), d->exc, &out);
    if (finished) d->result = out;
    else d->value = out;
    return;
  }
  if (sk_is_gen(d->sub) && sk_as_gen(d->sub)->what != SK_GEN_ASYNC) {
    d->value = gen_throw(vm, sk_as_gen(d->sub), d->exc, &d->result);
    return;
  }
  d->value = sk_call1(vm, sk_getattr(vm, d->sub, SK_NAME(vm, throw_)), d->exc);
}

static bool takes_throw(SkVm *vm, SkValue sub) {
  return sk_is_gen(sub) || sk_is_await(sub) || !sk_is_unset(sk_getattr_opt(vm, sub, SK_NAME(vm, throw_)));
}

static SkValue throw_delegated(SkVm *vm, SkGen *g, SkValue sub, SkValue exc, SkValue *result) {
  Delegated d = {.sub = sub, .exc = exc, .value = SK_UNSET, .result = SK_NONE};
  d.closes = sk_exc_is(vm, exc, SK_T_GeneratorExit);
  if (!d.closes && !takes_throw(vm, sub)) return throw_here(vm, g, exc, result);
  void *segment = g->scope; /* not traced while it counts as running */
  g->head.aux = SK_GEN_RUNNING;
  bool fine = sk_protect(vm, throw_into_sub, &d);
  g->head.aux = SK_GEN_SUSPENDED;
  sk_keep(segment);
  if (fine && d.closes) return throw_here(vm, g, exc, result);
  if (fine && !sk_is_unset(d.value)) return d.value;
  if (fine) return finish_delegation(vm, g, d.result, result);
  SkValue e = sk_take_raised(vm);
  if (!d.closes && sk_exc_is(vm, e, SK_T_StopIteration)) return finish_delegation(vm, g, sk_stop_value(vm, e), result);
  return throw_here(vm, g, e, result);
}

SkValue gen_throw(SkVm *vm, SkGen *g, SkValue exc, SkValue *result) {
  sk_enter(vm, "");
  run_step(vm);
  check_resumable(vm, g);
  if (g->head.aux == SK_GEN_CLOSED) sk_throw(vm, exc);
  SkValue sub = gen_delegate(g);
  if (!sk_is_unset(sub)) {
    if (!sk_exc_is(vm, exc, SK_T_GeneratorExit) && delegates_to_frames(g)) return throw_innermost(vm, g, exc, result);
    return throw_delegated(vm, g, sub, exc, result);
  }
  return throw_here(vm, g, exc, result);
}

/* ---- close ------------------------------------------------------------------------------------------------------ */

typedef struct Closing { SkGen *g; SkValue value, result; } Closing;

static void throw_exit(SkVm *vm, void *arg) {
  Closing *c = arg;
  SkValue exit = sk_exc_new_args(vm, vm->types[SK_T_GeneratorExit], NULL, 0);
  c->value = gen_throw(vm, c->g, exit, &c->result);
}

SkValue gen_close(SkVm *vm, SkGen *g) {
  if (g->head.aux == SK_GEN_CREATED) {
    g->head.aux = SK_GEN_CLOSED;
    g->head.gc &= (uint8_t)~SK_GC_FINALIZE;
    return SK_NONE;
  }
  if (g->head.aux == SK_GEN_CLOSED) return SK_NONE;
  Closing c = {.g = g, .value = SK_UNSET, .result = SK_NONE};
  if (sk_protect(vm, throw_exit, &c)) {
    if (!sk_is_unset(c.value)) sk_raisef(vm, SK_T_RuntimeError, "%s ignored GeneratorExit", gen_noun(g));
    return c.result;
  }
  SkValue e = sk_take_raised(vm);
  if (sk_exc_is(vm, e, SK_T_GeneratorExit) || sk_exc_is(vm, e, SK_T_StopIteration)) return SK_NONE;
  sk_throw(vm, e);
}

SkValue gen_name(const SkGen *g) {
  SkValue v = sk_gen_more(g, SK_GEN_NAME);
  return sk_is_unset(v) ? ((SkFunc *)sk_object(g->callee))->name : v;
}

SkValue gen_qualname(const SkGen *g) {
  SkValue v = sk_gen_more(g, SK_GEN_QUALNAME);
  return sk_is_unset(v) ? ((SkFunc *)sk_object(g->callee))->qualname : v;
}

/* An error in finding close() is reported and forgotten. */
typedef struct Lookup { SkValue v, close; } Lookup;
static void find_close(SkVm *vm, void *arg) {
  Lookup *l = arg;
  l->close = sk_getattr_opt(vm, l->v, SK_NAME(vm, close));
}

void gen_close_any(SkVm *vm, SkValue v) {
  if (sk_is_gen(v) && sk_as_gen(v)->what != SK_GEN_ASYNC) {
    gen_close(vm, sk_as_gen(v));
    return;
  }
  if (sk_is_await(v)) {
    sk_await_close(vm, sk_as_await(v));
    return;
  }
  Lookup l = {.v = v, .close = SK_UNSET};
  if (!sk_protect(vm, find_close, &l)) sk_unraisable(vm, sk_take_raised(vm), v);
  if (!sk_is_unset(l.close)) sk_call0(vm, l.close);
}
