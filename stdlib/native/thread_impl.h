/* thread_impl.h - what the files of module _thread share.  Layer 8. */
#ifndef SK_STDLIB_THREAD_IMPL_H
#define SK_STDLIB_THREAD_IMPL_H

#include "stdlib/native/native.h"
#include "stdlib/native/native_type.h"
#include "vm/run/thread.h"

/* ---- thread_wait.c: threads that wait for one thing, in the order they came ---- */

/* Lies in the C frame of the waiting function: linked only while that sleeps. */
typedef struct Waiter {
  struct Waiter *next, *prev;
  SkThread *thread;
  bool linked, granted;
  int64_t woken_at; /* 0: not yet */
} Waiter;
typedef struct Waiters { Waiter *first, *last; } Waiters;

/* Sleeps once; the caller looks again at what it waits for.  False: the deadline has passed.  May raise, with |w| unlinked. */
bool waiters_sleep(SkVm *vm, Waiters *ws, Waiter *w, int64_t deadline);
void waiters_unlink(Waiters *ws, Waiter *w);
void waiters_wake_all(Waiters *ws);
/* The argument |timeout| as a deadline.  |forever|: the number that means none (-1), or any negative one. */
int64_t deadline_of(SkVm *vm, SkValue timeout);

extern const SkTypeDef sk_thread_lock_type, sk_thread_rlock_type, sk_thread_handle_type, sk_thread_local_type;
extern const SkNativeDef *const sk_thread_start_functions[];
/* The thread ends: what it keeps in thread-local objects goes. */
void thread_locals_end(SkVm *vm);
void thread_local_init(SkVm *vm);
/* The module's state in this VM. */
SkValue thread_allocate_lock(SkVm *vm);

#endif
