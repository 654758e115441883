/* blocking.h - giving the VM's lock away around a system call that may wait.  Layer 8. */
#ifndef SK_STDLIB_BLOCKING_H
#define SK_STDLIB_BLOCKING_H

#if __has_include("vm/run/thread.h")
#include "vm/run/thread.h"
#else /* one thread only: there is no lock yet */
#include "vm/heap/vm.h"
typedef struct SkThread SkThread;
SK_INLINE SkThread *sk_thread_release(SkVm *vm) { return (SkThread *)vm; }
SK_INLINE void sk_thread_acquire(SkThread *t) { (void)t; }
SK_INLINE int sk_thread_count(SkVm *vm) { (void)vm; return 1; }
SK_INLINE bool sk_thread_is_main(SkVm *vm) { (void)vm; return true; }
#endif

#endif
