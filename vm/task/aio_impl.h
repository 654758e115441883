/* aio_impl.h - what asyncio's primitives in C share: loop binding, waiters, the life of a wait.  Layer 7b.
 *
 * A wait is an SkAwait whose phase says where it is; CPython has a future there that is pending, done or cancelled:
 *
 *   AIO_NEW -> AIO_WAITING -> AIO_WOKEN (set_result) -> the step goes on
 *                         \-> AIO_ABORTED (cancel)   -> thrown
 *
 * Like the future, a wait that was woken or aborted still counts as a waiter until its task has run: acquire() asks for that.
 */
#ifndef SK_TASK_AIO_IMPL_H
#define SK_TASK_AIO_IMPL_H

#include "vm/task/task_impl.h"

enum { AIO_NEW, AIO_WAITING, AIO_WOKEN, AIO_ABORTED };

/* Waiters of one object, which traces them with aio_waiters_trace(). */
typedef struct AioWaiters {
  SkWaiters list;      /* in order of arrival */
  uint32_t count;      /* waits that have not gone on yet, in the list or not */
  uint32_t live;       /* of them: not aborted */
  SkList *strangers;   /* futures that a script appended to the private list; NULL: none */
} AioWaiters;

SK_INLINE void aio_waiters_trace(SkMarker *m, const AioWaiters *w) {
  sk_waiters_trace(m, &w->list);
  sk_mark_ptr(m, w->strangers);
}
SK_INLINE bool aio_has_strangers(const AioWaiters *w) { return w->strangers && w->strangers->count; }
SK_INLINE size_t aio_waiters_len(const AioWaiters *w) { return w->count + (w->strangers ? w->strangers->count : 0); }

/* Ties *slot (None, or the loop that |self| serves) to the running loop: RuntimeError when it serves another one. */
void aio_bind(SkVm *vm, SkValue self, SkValue *slot);
SkValue aio_loop_get(SkVm *vm, SkValue slot);             /* the attribute _loop */

/* The running task waits in |a|: the end of a step, which returns what this returns.  |loop| as for aio_bind. */
bool aio_wait(SkVm *vm, SkAwait *a, SkValue *loop, AioWaiters *w, SkValue *out);
/* Wakes |a|, which waits; |keep| leaves it in the list until it goes on. */
void aio_wake(SkVm *vm, SkAwait *a, AioWaiters *w, bool keep);
/* A canceller ended the wait: the part of ops->abort that all share. */
bool aio_abort(SkVm *vm, SkAwait *a, AioWaiters *w, bool keep);
/* The wait goes on, or something is thrown: it is no waiter any more. */
void aio_resumed(SkVm *vm, SkAwait *a, AioWaiters *w);

/* The strangers: wakes the first one that is not done by set_result(value), taking it off if |take|; false: there was none. */
bool aio_wake_stranger(SkVm *vm, AioWaiters *w, SkValue value, bool take);
void aio_wake_strangers(SkVm *vm, AioWaiters *w, SkValue value);

/* The attribute _waiters (_getters ...): a live view with len(), iteration, append() and remove(). */
SkValue aio_waiters_view(SkVm *vm, SkValue owner, AioWaiters *w);
AioWaiters *aio_view_waiters(SkVm *vm, SkValue view);     /* TypeError */

/* "asyncio.locks.Lock object at 0x7f00" and the state behind it. */
SkValue aio_repr(SkVm *vm, SkValue self, const char *state, const AioWaiters *w);
/* Whether the class of |self| has another |name| than the native |def|. */
bool aio_overrides(SkVm *vm, SkType *cls, const char *name, const SkNativeDef *def);
/* A native coroutine that awaits |awaitable| and gives |result|, or what that gave when |result| is UNSET. */
SkValue aio_delegate(SkVm *vm, SkValue awaitable, SkValue result);
SK_NORETURN void aio_raise_plain(SkVm *vm, int type_id);  /* an exception without arguments */
SK_INLINE bool aio_is_cancel(SkVm *vm, SkValue exc) { return sk_exc_is(vm, exc, SK_T_CancelledError); }

/* Constructors refuse loop= in words of their own; |loop| UNSET: it was not given. */
SK_INLINE void aio_refuse_loop(SkVm *vm, SkValue self, SkValue loop) {
  if (SK_UNLIKELY(!sk_is_unset(loop))) sk_raise_type(vm, "%T.__init__() got an unexpected keyword argument 'loop'", self);
}

/* ---- the objects ---- */
enum { AIO_CLASS = SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE | SK_TYPE_BARE_NAME };
typedef struct AioEvent { SkObject head; SkValue loop; AioWaiters waiters; bool set; } AioEvent;
AioEvent *aio_event_new(SkVm *vm);
void aio_event_set(SkVm *vm, AioEvent *e);
SkValue aio_event_wait(SkVm *vm, AioEvent *e);            /* the native coroutine */

extern const SkTypeDef aio_event_type, aio_lock_type, aio_semaphore_type, aio_bounded_semaphore_type, aio_queue_type, aio_view_type,
    aio_waiter_type;
extern const SkNativeDef aio_sleep_def, aio_timeout_def, aio_timeout_at_def;
SkType *aio_bounded_semaphore(SkVm *vm);                  /* the class */

#endif
