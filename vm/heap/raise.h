/* raise.h - non-local exit for runtime errors.  Layer 5.
 *
 * A raise unwinds C frames without running any code in them: a C function that can raise holds only
 * Values, GC memory and scratch memory.  The one _setjmp of the runtime is in sk_protect.
 */
#ifndef SK_HEAP_RAISE_H
#define SK_HEAP_RAISE_H

#include "vm/heap/value.h"

SK_C_BEGIN

typedef struct SkCatch SkCatch;

/* Calls fn(vm, arg).  Returns true if it finished, false if it raised: the exception is then
 * vm->raised (take it with sk_take_raised).  Restores C depth, scratch mark and the VM's saved
 * frame (vm->pc, vm->r) to what they were at entry.  A stop of the VM (limit.h) is not caught: it goes on to the next outer one. */
bool sk_protect(SkVm *vm, void (*fn)(SkVm *, void *), void *arg);
/* The same, and catches stops too, for who has something to tidy up; he throws them again. */
bool sk_protect_any(SkVm *vm, void (*fn)(SkVm *, void *), void *arg);

/* Raises an exception instance as it is (no context or traceback is added here: vm/run does that
 * when it finds the handler).  Needs a surrounding sk_protect. */
SK_NORETURN void sk_throw(SkVm *vm, SkValue exception);
/* For a VM that is being born: memory ran out before there was a MemoryError. */
SK_NORETURN void sk_throw_nothing(SkVm *vm);
SkValue sk_take_raised(SkVm *vm);

/* C recursion guard: sk_enter raises RecursionError when the real C stack is nearly used up. */
void sk_enter_slow(SkVm *vm);
#define sk_enter(vm, what) ((void)((char *)__builtin_frame_address(0) < (vm)->c_limit ? sk_enter_slow(vm) : (void)0))

SK_C_END

#endif
