/* unwind.c - from the place of a raise to its handler.  Layer 7.
 *
 * Nothing is recorded when a try statement is entered: the code object's handler table is searched with the
 * address of the instruction that raised, then the caller's with the address of its call, and so on.
 */
#include "vm/run/run_impl.h"

static const SkInsn exit_raising = {.op = SK_OP_EXIT, .a = 1};

/* The exception that ends a `for`, a `yield from` or an `await` is no error: where to go on, or NULL. */
static SkInsn *end_of_iteration(SkVm *vm, SkInsn *pc, SkValue *r, SkValue exc) {
  switch (pc->op) {
  case SK_OP_FORITER: case SK_OP_FORITER_LIST: case SK_OP_FORITER_RANGE: case SK_OP_FORITER_GEN:
    if (!sk_exc_is(vm, exc, SK_T_StopIteration)) return NULL;
    return pc + pc[1].imm;
  case SK_OP_SEND:
    if (!sk_exc_is(vm, exc, SK_T_StopIteration)) return NULL;
    r[pc->c] = sk_stop_value(vm, exc);
    return pc + pc[1].imm;
  default: return NULL;
  }
}

static SkInsn *stop_at_border(SkVm *vm, SkInsn *pc, SkValue *r, SkValue exc) {
  vm->pc = pc;
  vm->r = r;
  vm->raised = exc;
  return (SkInsn *)&exit_raising;
}

SkInsn *run_unwind(SkVm *vm, SkValue exc, bool fresh) {
  SkInsn *pc = vm->pc;
  SkValue *r = vm->r;
  for (;;) {
    SkFunc *f = frame_func(r);
    if (f == run_of(vm)->pseudo) {
      int cont = pc->op == SK_OP_EXIT ? CONT_EXIT : pc->a;
      if (cont == CONT_EXIT || cont == CONT_GENRET) return stop_at_border(vm, pc, r, exc);
      if (cont == CONT_LIMIT) run_limit_leave(vm, r);
    } else {
      SkCodeObj *co = f->code;
      bool begun = pc >= co->insns; /* a generator before its first instruction is in no handler's range yet */
      SkInsn *on = begun ? end_of_iteration(vm, pc, r, exc) : NULL;
      if (on) {
        vm->r = r;
        return on;
      }
      uint32_t at = begun ? (uint32_t)(pc - co->insns) : 0;
      if (fresh && co->insns->op != SK_OP_HOST) { /* C functions have no lines in a traceback */
        vm->pc = pc;
        vm->r = r;
        sk_exc_add_trace(vm, sk_as_exc(exc), sk_from_ptr(f), at, frame_for_trace(vm, r));
      }
      const SkHandler *h = begun ? sk_code_handler(co->code, at) : NULL;
      if (h) {
        r[h->reg] = exc;
        vm->r = r;
        return co->insns + h->target;
      }
      if (!on_stack(vm, r)) {
        SkGen *g = frame_gen(r);
        exc = gen_filter(vm, g, exc);
        gen_leave(vm, g, true);
      } else if (frame_pc(r)->op == SK_OP_CONT && frame_pc(r)->a == CONT_FRAME) {
        frame_detach(vm, r); /* puts the real saved pc back */
      }
    }
    pc = frame_pc(r);
    r = frame_r(r);
    fresh = true;
  }
}
