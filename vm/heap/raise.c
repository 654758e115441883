/* raise.c - the only setjmp and longjmp of the runtime.  Layer 5. */
#include <setjmp.h>

#include "vm/heap/vm.h"

struct SkCatch {
  SkCatch *outer;
  jmp_buf where;
};

/* Kept this small on purpose: _setjmp stands alone in the condition, one of the few places C17
 * 7.13.1.1 allows it, and no local changes between it and the jump, so nothing is volatile. */
static bool call_protected(SkVm *vm, SkCatch *here, void (*fn)(SkVm *, void *), void *arg) {
  if (_setjmp(here->where) == 0) {
    fn(vm, arg);
    return true; /* no jump to |here| comes after this line */
  }
  return false;
}

bool sk_protect_any(SkVm *vm, void (*fn)(SkVm *, void *), void *arg) {
  SkCatch here = {.outer = vm->catch_top};
  SkInsn *pc = vm->pc;
  SkValue *r = vm->r;
  size_t mark = sk_scratch_mark(vm);
  vm->catch_top = &here;
  bool finished = call_protected(vm, &here, fn, arg);
  sk_assert(vm->catch_top == &here);
  vm->catch_top = here.outer;
  if (!finished) {
    vm->pc = pc;
    vm->r = r;
    sk_scratch_release(vm, mark);
  }
  return finished;
}

bool sk_protect(SkVm *vm, void (*fn)(SkVm *, void *), void *arg) {
  if (SK_LIKELY(sk_protect_any(vm, fn, arg))) return true;
  if (sk_stopped(vm) && vm->catch_top) _longjmp(vm->catch_top->where, 1);
  return false;
}

SK_NORETURN void sk_throw(SkVm *vm, SkValue exception) {
  sk_assert(vm->catch_top); /* raised outside sk_protect */
  sk_assert(sk_has_kind(exception, SK_KIND_EXC));
  vm->raised = exception;
  vm->throw_pc = vm->pc;
  vm->throw_r = vm->r;
  _longjmp(vm->catch_top->where, 1);
}

SK_NORETURN void sk_throw_nothing(SkVm *vm) {
  sk_assert(vm->catch_top);
  vm->raised = SK_NONE;
  _longjmp(vm->catch_top->where, 1);
}

SkValue sk_take_raised(SkVm *vm) {
  SkValue e = vm->raised;
  vm->raised = SK_NONE;
  return e;
}

void sk_enter_slow(SkVm *vm) { vm->hooks.no_stack(vm); }
