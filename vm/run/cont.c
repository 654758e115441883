/* cont.c - what happens when the callee of a pseudo-frame has returned.  Layer 7. */
#include "vm/run/run_impl.h"

/* The value |v| of register a of the waiting instruction. */
static SkInsn *store(SkVm *vm, SkInsn *pc, SkValue *r, SkValue v) {
  r[pc->a] = v;
  vm->r = r;
  return pc + sk_op_info[pc->op].words;
}

RUN_SLOW(cont) {
  if (pc->a == CONT_FRAME) return frame_returned(vm, pc, r); /* no pseudo-frame */
  SkValue v = r[0], *up = frame_r(r);
  SkInsn *at = frame_pc(r);
  switch (pc->a) {
  case CONT_INIT:
    if (!sk_is_none(v)) sk_raise_type(vm, "__init__() should return None, not '%T'", v);
    return run_deliver(vm, at, up, r[1]);
  case CONT_A: return store(vm, at, up, v);
  case CONT_DROP:
    vm->r = up;
    return at + sk_op_info[at->op].words;
  case CONT_BINARY: return store(vm, at, up, run_finish_binary(vm, at, v, r[1], r[2]));
  case CONT_COMPARE: return store(vm, at, up, run_finish_compare(vm, at->op - SK_OP_LT, v, r[1], r[2]));
  case CONT_BRANCH: {
    v = run_finish_compare(vm, run_branch_compare(at->op), v, r[1], r[2]);
    return run_take_branch(vm, at, up, v);
  }
  case CONT_LIMIT:
    run_limit_leave(vm, r);
    return run_deliver(vm, at, up, v);
  default: return run_deliver(vm, at, up, v);
  }
}
