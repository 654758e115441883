/* thread.h - OS threads in one VM: one of them runs, the others wait for the VM's lock.  Layer 7.
 *
 * A thread that blocks in a system call gives the lock away around it:
 *
 *     SkThread *t = sk_thread_release(vm);
 *     n = read(fd, buffer, size);          here no Value may be touched and nothing of the VM
 *     int why = errno;
 *     sk_thread_acquire(t);
 *     if (n < 0 && why == EINTR) vm->hooks.poll(vm);      a signal's handler may raise
 *
 * Values in the caller's frames and registers stay alive: release records them for the collector, whose
 * objects do not move.  While only one thread exists the pair costs two calls and locks nothing.
 *
 * The lock is handed over in the order of asking.  A running thread is asked to give it up by its own poll
 * (vm->hooks.poll) when others wait and its interval, 5 ms, is over; natives that run long without calling
 * Python keep it.  When a VM is stopped its threads leave at their next poll, by a jump to their bottom:
 * hooks.poll may therefore not return, as it may raise, and who calls it owns nothing unmanaged.
 */
#ifndef SK_RUN_THREAD_H
#define SK_RUN_THREAD_H

#include "vm/heap/vm.h"

SK_C_BEGIN

typedef struct SkThread SkThread;
typedef void SkThreadFn(SkVm *vm, SkValue arg);

enum { SK_NO_DEADLINE = -1 };

/* ---- the lock ---- */
SkThread *sk_thread_release(SkVm *vm);
void sk_thread_acquire(SkThread *t); /* keeps errno */
void sk_thread_yield(SkVm *vm);      /* lets those who wait go first */
bool sk_thread_others_waiting(SkVm *vm);
/* What poll does about threads: hand over, or leave when the VM is stopped. */
void sk_thread_poll(SkVm *vm);
int64_t sk_thread_interval(SkVm *vm); /* nanoseconds; sys.setswitchinterval() */
void sk_thread_set_interval(SkVm *vm, int64_t ns);

/* ---- waiting for each other ---- */
int64_t sk_thread_now(void); /* monotonic nanoseconds */
/* Gives the lock away until sk_thread_unpark(), a signal or the deadline; may also return for no reason, so what is
 * waited for stands in memory and is looked at again.  False: the deadline has passed.  It never polls: the caller
 * does, once nothing of its frame is linked anywhere any more. */
bool sk_thread_park(SkVm *vm, int64_t deadline);
void sk_thread_unpark(SkThread *t);   /* async-signal-safe; remembered when |t| does not wait yet */
bool sk_thread_must_poll(SkVm *vm);   /* this thread's next poll may raise or leave */
/* Wakes the main thread: unparks it, and sets the event of sk_thread_wake_fd.  Async-signal-safe. */
void sk_thread_wake_main(SkVm *vm);
/* The event descriptor that the main thread has among those it polls; whoever finds it set clears it.  -1: the system gave none. */
int sk_thread_wake_fd(SkVm *vm);
void sk_thread_clear_wake(SkVm *vm);

/* ---- waiting for descriptors (thread_block.c): the lock is given away, and what an interrupt asks for is done, so these may raise ---- */
struct pollfd;
/* As poll(2) until |deadline| (monotonic nanoseconds, SK_NO_DEADLINE); signals do not end it.  -1: errno. */
int sk_thread_wait_fds(SkVm *vm, struct pollfd *fds, size_t n, int64_t deadline);
/* Before a call that would block on |fd|, unless that is set not to: until it is ready for |events|.  False: it is not, and does not block. */
bool sk_thread_wait_fd(SkVm *vm, int fd, short events);
/* Until a signal, an interrupt or the end of time. */
void sk_thread_pause(SkVm *vm);

/* ---- threads ---- */
/* Runs fn(vm, arg) in a new thread, which holds the lock then.  fn must not raise.  NULL: the system has no thread to
 * give.  |stack_bytes| of C stack, 0 for the usual size. */
SkThread *sk_thread_start(SkVm *vm, SkThreadFn *fn, SkValue arg, size_t stack_bytes);
SkThread *sk_thread_current(SkVm *vm);
SkThread *sk_thread_main(SkVm *vm);
bool sk_thread_is_main(SkVm *vm);
int sk_thread_count(SkVm *vm); /* the main thread included */
uint64_t sk_thread_ident(const SkThread *t);
int64_t sk_thread_native_id(const SkThread *t);
uint64_t sk_thread_serial(const SkThread *t); /* never given again in this VM, unlike the two above; the main thread's is 0 */
/* Calls fn for every thread with its innermost frame as the VM's state: sys._current_frames().  fn must not run code. */
void sk_thread_each(SkVm *vm, void (*fn)(SkVm *vm, SkThread *t, void *arg), void *arg);

/* ---- life ---- */
bool sk_threads_init(SkVm *vm);
/* Has every thread but the main one leave.  False: one did not within five seconds (it stands in a system call that
 * signals do not end, or in the host): nothing of the VM may be freed then. */
bool sk_threads_stop(SkVm *vm);
/* Back to one thread that has run nothing (a reset); then the end. */
void sk_threads_reset(SkVm *vm);
void sk_threads_free(SkVm *vm);
/* Around fork(); in the child only the caller is left, and becomes the main thread. */
void sk_thread_before_fork(SkVm *vm);
void sk_thread_after_fork(SkVm *vm, bool in_child);

/* Memory outside the VM record that belongs to the running thread and is swapped with its state; |initial| is what a
 * new thread finds there, |end| releases what it leaves. */
void sk_thread_own(SkVm *vm, void *place, size_t bytes, const void *initial, void (*end)(void *place));
/* Where this thread's leave ends: a border to the host puts its own there (returns the old one). */
SkCatch *sk_thread_set_bottom(SkVm *vm, SkCatch *bottom);

SK_C_END

#endif
