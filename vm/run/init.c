/* init.c - birth and death of the interpreter part of a VM: stack, hooks, roots.  Layer 7. */
#include <sys/mman.h>

#include "vm/run/gen_impl.h"
#include "vm/run/thread.h"

const SkInsn sk_cont_code[CONT_COUNT][4] = {
#define CODE(n) {{.op = SK_OP_CONT, .a = n}, {.w = 0}, {.w = 0}, {.op = SK_OP_CONT, .a = n}}
    [CONT_EXIT] = {{.op = SK_OP_CONT, .a = CONT_EXIT}, {.w = 0}, {.w = 0}, {.op = SK_OP_EXIT}},
    [CONT_INIT] = CODE(CONT_INIT),       [CONT_A] = CODE(CONT_A),           [CONT_DROP] = CODE(CONT_DROP),
    [CONT_BINARY] = CODE(CONT_BINARY),   [CONT_COMPARE] = CODE(CONT_COMPARE), [CONT_BRANCH] = CODE(CONT_BRANCH),
    [CONT_BOOL] = CODE(CONT_BOOL),       [CONT_LEN] = CODE(CONT_LEN),       [CONT_LIMIT] = CODE(CONT_LIMIT),
    [CONT_GENRET] = {{.op = SK_OP_CONT, .a = CONT_GENRET}, {.w = 0}, {.w = 0}, {.op = SK_OP_EXIT}},
    [CONT_FRAME] = CODE(CONT_FRAME),
};

enum {
  STACK_DEFAULT = SK_TINY ? 1 << 20 : 16 << 20, /* reserved, not used */
  STACK_OF_HOST = 512 << 10,                    /* of memory that counts whether it is used or not */
  STACK_OVERHANG = 1 << 20                      /* windows under construction, never checked */
};

/* Everything above the top is stale: words there are cleared, so that a new frame's registers name
 * nothing that this collection frees. */
static void clear_above(SkVm *vm, SkRun *run, SkValue *top) {
  char *end = (char *)run->stack + run->stack_bytes + STACK_OVERHANG;
  char *near_end = (char *)top + (64 << 10);
  if (near_end > end || !sk_mem_is_system(vm)) near_end = end;
  if (near_end < end) near_end = (char *)((uintptr_t)near_end & ~(uintptr_t)4095);
  if (near_end < (char *)top) near_end = (char *)top;
  memset(top, 0, (size_t)(near_end - (char *)top));
  if (near_end < end) madvise(near_end, (size_t)(end - near_end), MADV_DONTNEED);
}

static void mark_stack(SkMarker *m, SkVm *vm) {
  SkRun *run = run_of(vm);
  SkValue *r = vm->r, *top = vm->stack_base;
  if (r) top = frame_top(vm, r);
  if (run->live_top > top) top = run->live_top;
  sk_mark_doubtful(m, vm->stack_base, (size_t)(top - vm->stack_base));
  /* Generators that run: their registers change without barriers. */
  for (; r; r = frame_r(r)) {
    if (on_stack(vm, r)) continue;
    SkGen *g = frame_gen(r);
    sk_mark_ptr(m, g);
    sk_mark_doubtful(m, g->regs - RUN_HEAD, g->nregs + RUN_HEAD);
    sk_mark(m, g->handled); /* the resumer's is among the stack's words */
  }
  sk_mark(m, run->gen_result);
  sk_mark_ptr(m, run->next);
  sk_mark(m, vm->handled);
  sk_mark_ptr(m, run->pseudo);
  for (SkFrame *f = run->frames; f; f = frame_next(f)) sk_mark_ptr(m, f);
  if (!run->stack_clean) clear_above(vm, run, top);
}

static int take_interrupts(SkVm *vm, int which) { return __atomic_fetch_and(&vm->interrupt, ~which, __ATOMIC_SEQ_CST) & which; }

static void poll_interrupts(SkVm *vm) {
  if (take_interrupts(vm, SK_INTERRUPT_DUMP) && vm->hooks.dump_tasks) vm->hooks.dump_tasks(vm);
  if (take_interrupts(vm, SK_INTERRUPT_JOBS) && vm->hooks.run_jobs) vm->hooks.run_jobs(vm);
  bool keyboard = take_interrupts(vm, SK_INTERRUPT_CANCEL) && !(vm->hooks.cancel_all && vm->hooks.cancel_all(vm));
  int bits = take_interrupts(vm, SK_INTERRUPT_SIGNAL | SK_INTERRUPT_HOST) | (keyboard ? SK_INTERRUPT_HOST : 0);
  if (!bits) return;
  if (vm->hooks.interrupted) vm->hooks.interrupted(vm, bits);
  else sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_KeyboardInterrupt], NULL, 0));
}

/* Interrupts are the main thread's: the others leave them to it, but for a kill. */
static void poll(SkVm *vm) {
  sk_limits_look(vm);
  sk_thread_poll(vm);
  if (sk_gc_has_pending(vm)) sk_gc_run_pending(vm);
  if (vm->hooks.host_poll) vm->hooks.host_poll(vm);
  if (sk_interrupts(vm) && sk_thread_is_main(vm)) poll_interrupts(vm);
}

/* What it holds is no matter: words are judged by what they point to. */
SkValue *run_stack_map(SkVm *vm, size_t bytes) { return vm->alloc(vm->alloc_user, NULL, 0, bytes + STACK_OVERHANG, SK_PAGE); }

void run_stack_unmap(SkVm *vm, SkValue *stack, size_t bytes) { sk_mem_unmap(vm, stack, bytes + STACK_OVERHANG, SK_PAGE); }

bool sk_run_init(SkVm *vm) {
  SkRun *run = sk_mem_new(vm, sizeof *run);
  if (!run) return false;
  size_t bytes = vm->options.stack_bytes;
  if (!bytes) bytes = sk_mem_is_system(vm) ? STACK_DEFAULT : STACK_OF_HOST;
  bytes = (bytes + 65535) & ~(size_t)65535;
  run->stack = run_stack_map(vm, bytes);
  if (!run->stack) {
    sk_mem_free(vm, run, sizeof *run);
    return false;
  }
  run->stack_bytes = bytes;
  run->gen_result = SK_NONE;
  static const uint16_t plain[] = {SK_T_list, SK_T_tuple, SK_T_dict, SK_T_str};
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    if (vm->types[plain[i]]->instance_shape->id != SHAPE_OF(plain[i])) return false;
  }
  vm->stack_base = run->stack;
  vm->pc = NULL;
  vm->r = NULL;
  vm->handled = SK_NONE;
  vm->run_state = run;
  run->pseudo = sk_object_new_id(vm, SK_T_function, 0);
  run->pseudo->nregs = RUN_PSEUDO_REGS;
  run->pseudo->simple_args = SK_FUNC_COMPLEX;
  run->pseudo->name = run->pseudo->qualname = run->pseudo->module = run->pseudo->doc = SK_NONE;
  run->pseudo->annotations = run->pseudo->type_params = SK_NONE;
  vm->hooks.call = run_hook_call;
  vm->hooks.mark_stack = mark_stack;
  vm->hooks.flush_caches = sk_run_flush_caches;
  sk_gc_after_mark(vm, run_drop_dead_code, NULL);
  sk_gc_set_watch_filter(vm, gen_still_watched);
  vm->hooks.poll = poll;
  if (!sk_threads_init(vm)) return false;
  sk_run_set_recursion_limit(vm, vm->recursion_limit ? vm->recursion_limit : 1000);
  return true;
}

void sk_run_free(SkVm *vm) {
  SkRun *run = run_of(vm);
  if (!run) return;
  for (SkCodeObj *co = run->warm; co; co = co->warm_next) co->warm_at = NULL; /* the list's head goes away */
  sk_threads_reset(vm);
  run_stack_unmap(vm, run->stack, run->stack_bytes);
  sk_mem_free(vm, run, sizeof *run);
  vm->run_state = NULL;
  vm->hooks.mark_stack = NULL;
}

/* ---- running a code object -------------------------------------------------------------------------- */

static SkFunc *body_function(SkVm *vm, SkCodeObj *code, SkDict *globals) {
  if (sk_is_unset(sk_dict_get_str(vm, globals, SK_NAME(vm, dunder_builtins)))) {
    sk_dict_set_str(vm, globals, SK_NAME(vm, dunder_builtins), sk_from_ptr(vm->builtins));
  }
  if (!run_of(vm)->next) {
    SkValue next = sk_dict_get_cstr(vm, vm->builtins->dict, "next");
    if (sk_has_kind(next, SK_KIND_NATIVE)) run_of(vm)->next = (SkNative *)sk_object(next);
  }
  return sk_func_new(vm, code, globals);
}

static bool awaits_at_top(const SkCodeObj *code) {
  return (code->code->flags & SK_CODE_MODULE_BODY) && (code->code->flags & SK_CODE_COROUTINE);
}

SkValue sk_run_code_coro(SkVm *vm, SkCodeObj *code, SkDict *globals, SkValue locals) {
  return gen_new(vm, body_function(vm, code, globals), &locals);
}

/* The frames that run the main task are none of the program's: its traceback begins with its own body. */
static void drop_driver(SkExc *e, const SkCodeObj *body) {
  uint32_t n = e->trace_count;
  while (n && ((SkFunc *)sk_object(sk_exc_trace_entry(e, n - 1)->func))->code != body) n--;
  if (n) e->trace_count = n;
}

typedef struct Main { SkValue coroutine, result; } Main;

static void run_main(SkVm *vm, void *arg) {
  Main *m = arg;
  m->result = vm->hooks.run_main(vm, m->coroutine);
}

SkValue sk_run_script(SkVm *vm, SkCodeObj *code, SkDict *globals) {
  SkValue result = sk_run_code(vm, code, globals, sk_from_ptr(globals), NULL);
  if (!awaits_at_top(code)) return result;
  if (vm->hooks.run_main) {
    Main m = {result, SK_NONE};
    if (sk_protect(vm, run_main, &m)) return m.result;
    SkValue e = sk_take_raised(vm);
    if (sk_is_exc(e)) drop_driver(sk_as_exc(e), code);
    sk_throw(vm, e);
  }
  gen_close(vm, sk_as_gen(result));
  sk_raisef(vm, SK_T_RuntimeError, "'await' at the top of a program needs the task engine, which is not there");
}

SkValue sk_run_code(SkVm *vm, SkCodeObj *code, SkDict *globals, SkValue locals, SkTuple *closure) {
  if (awaits_at_top(code)) return sk_run_code_coro(vm, code, globals, locals);
  SkFunc *f = body_function(vm, code, globals);
  if (closure) sk_write_ptr(vm, f, &f->closure, closure);
  bool takes_locals = code->code->flags & (SK_CODE_MODULE_BODY | SK_CODE_CLASS_BODY);
  if (takes_locals) f->simple_args = 1;
  return sk_call(vm, sk_from_ptr(f), &locals, takes_locals ? 1 : 0, NULL);
}
