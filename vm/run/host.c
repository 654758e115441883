/* host.c - functions whose body is the host's.  Layer 7.
 *
 * They are Python functions in everything but their code, one instruction that gives the frame's registers to
 * hooks.host_call: so binding arguments, methods, inline caches, keywords, messages and inspection are those of `def`.
 * No loader and no compiler makes such code (the verifier refuses it), and a copy of it, as code.replace()
 * makes one, has None for the body.
 */
#include "vm/run/run_impl.h"

SkFunc *sk_host_func_new(SkVm *vm, SkCode *code, SkDict *globals, void *body) {
  sk_assert(code->insns->op == SK_OP_HOST && code->nconsts > 0);
  SkCodeObj *co = sk_link(vm, code);
  sk_write(vm, co, &co->consts->items[0], sk_from_ptr(body));
  return sk_func_new(vm, co, globals);
}

RUN_SLOW(host) {
  SkValue body = frame_func(r)->k[0];
  if (SK_UNLIKELY(!sk_has_kind(body, SK_KIND_NATIVE_OBJECT))) sk_raisef(vm, SK_T_SystemError, "a copy of the code of a host function can't run");
  SkValue v = vm->hooks.host_call(vm, sk_ptr(body), r);
  if (sk_stopped(vm)) sk_stop(vm, vm->limits.stop); /* the host knows; the script goes no further */
  return run_deliver(vm, frame_pc(r), frame_r(r), v);
}
