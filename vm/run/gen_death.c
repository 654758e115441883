/* gen_death.c - generators that nobody will resume: close at death, "was never awaited", async generator hooks.  Layer 7.
 *
 * The collector watches a frame only while dying means work for it (gen_still_watched): a coroutine that was
 * never started wants a warning, a try or a with its cleanup, an async generator its finalizer hook.
 * Where an unstarted coroutine was called is kept in words that it needs only once it runs: saved_r holds the
 * caller's function, the scratch register behind the last the word of its call.
 */
#include "vm/run/gen_impl.h"

static bool is_unstarted_coroutine(const SkGen *g) { return g->what == SK_GEN_COROUTINE && g->head.aux == SK_GEN_CREATED; }

bool gen_still_watched(const SkObject *o) {
  if (o->kind == SK_KIND_AWAIT) return run_await_unused((const SkAwait *)o);
  if (o->kind != SK_KIND_GEN) return true;
  const SkGen *g = (const SkGen *)o;
  if (g->head.aux == SK_GEN_CLOSED) return false;
  if (is_unstarted_coroutine(g) || !sk_is_unset(sk_gen_more(g, SK_GEN_FINALIZER))) return true;
  return ((SkFunc *)sk_object(g->callee))->code->code->nhandlers != 0;
}

/* ---- never awaited ---------------------------------------------------------------------------------------------- */

void gen_note_site(SkVm *vm, SkGen *g) {
  SkValue *r = vm->r;
  const SkInsn *pc = vm->pc;
  for (; r && frame_is_pseudo(vm, r); r = frame_r(r)) pc = frame_wait(r);
  if (!r) return;
  SkFunc *f = frame_func(r);
  g->saved_r = sk_from_ptr(f);
  g->regs[g->nregs] = sk_smallint(pc >= f->insns ? pc - f->insns : 0);
  if (SK_UNLIKELY(vm->origin_depth)) sk_gen_set_more(vm, g, SK_GEN_ORIGIN, frame_origin(vm, vm->origin_depth));
}

SkValue sk_coroutine_site(SkVm *vm, SkValue coro) {
  if (!sk_is_gen(coro) || !is_unstarted_coroutine(sk_as_gen(coro))) return SK_NONE;
  SkGen *g = sk_as_gen(coro);
  if (!sk_is_func(g->saved_r)) return SK_NONE;
  SkFunc *f = sk_as_func(g->saved_r);
  int line = sk_code_position(f->code->code, (uint32_t)sk_smallint_get(g->regs[g->nregs])).line;
  return sk_from_ptr(sk_tuple_pack(vm, 3, sk_from_ptr(f->code->filename), sk_smallint(line), sk_from_ptr(f->globals)));
}

static SkValue coroutine_name(SkVm *vm, SkValue coro) {
  return sk_is_await(coro) ? sk_from_ptr(sk_str_from_cstr(vm, sk_as_await(coro)->ops->qualname)) : gen_qualname(sk_as_gen(coro));
}

typedef struct Warning { SkValue coro; bool done; } Warning;

static void warn_by_library(SkVm *vm, void *arg) {
  Warning *w = arg;
  SkValue module = vm->hooks.import(vm, sk_intern(vm, "warnings"), NULL, SK_NONE, 0);
  SkValue fn = sk_getattr_opt(vm, module, sk_intern(vm, "_warn_unawaited_coroutine"));
  if (sk_is_unset(fn)) return;
  sk_call1(vm, fn, w->coro);
  w->done = true;
}

static void warn_plainly(SkVm *vm, void *arg) {
  sk_warn(vm, SK_T_RuntimeWarning, "coroutine '%S' was never awaited", coroutine_name(vm, ((Warning *)arg)->coro));
}

/* Nobody can catch what the warning may have been made: it names the coroutine. */
void run_warn_unawaited(SkVm *vm, SkValue coro) {
  Warning w = {coro, false};
  if (!vm->hooks.import) return;
  if (!sk_protect(vm, warn_by_library, &w)) {
    SkValue e = sk_take_raised(vm);
    w.done = sk_exc_is(vm, e, SK_T_RuntimeWarning);
    sk_unraisable(vm, e, coro);
  }
  if (!w.done && !sk_protect(vm, warn_plainly, &w)) sk_unraisable(vm, sk_take_raised(vm), coro);
}

void run_refuse_dropped(SkVm *vm, SkValue v) {
  bool gen = sk_is_gen(v) && is_unstarted_coroutine(sk_as_gen(v));
  if (!gen && !(sk_is_await(v) && run_await_unused(sk_as_await(v)))) return;
  SkValue name = coroutine_name(vm, v);
  gen_close_any(vm, v);
  sk_raisef(vm, SK_T_RuntimeError, "coroutine '%S' was never awaited", name);
}

/* ---- the end ------------------------------------------------------------------------------------------------------ */

void gen_del(SkVm *vm, SkGen *g) {
  SkValue finalizer = g->head.aux == SK_GEN_CLOSED || g->closing ? SK_UNSET : sk_gen_more(g, SK_GEN_FINALIZER);
  if (!sk_is_unset(finalizer)) {
    sk_call1(vm, finalizer, sk_from_ptr(g));
  } else if (is_unstarted_coroutine(g)) {
    run_warn_unawaited(vm, sk_from_ptr(g));
  } else if (g->head.aux == SK_GEN_SUSPENDED) {
    gen_close(vm, g);
  }
}

/* ---- sys.set_asyncgen_hooks() -------------------------------------------------------------------------------------- */

void agen_first_step(SkVm *vm, SkGen *g) {
  if (SK_LIKELY(g->marks & SK_GEN_HOOKED)) return;
  g->marks |= SK_GEN_HOOKED;
  SkValue first = vm->asyncgen_firstiter, finalizer = vm->asyncgen_finalizer;
  if (!sk_is_none(finalizer)) {
    sk_gen_set_more(vm, g, SK_GEN_FINALIZER, finalizer);
    if (!(g->head.gc & SK_GC_FINALIZE)) sk_gc_watch(vm, &g->head);
  }
  if (!sk_is_none(first)) sk_call1(vm, first, sk_from_ptr(g));
}
