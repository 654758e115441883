/* park.c - waiting and waking: the one way in and out of a wait.  Layer 7b.
 *
 * Invariant: a task with |waiting| set is in no queue; whoever clears |waiting| puts it into the ready queue, once.
 */
#include "vm/task/task_impl.h"

bool sk_cancel_due(SkVm *vm) {
  SkTask *t = sk_current_task(vm);
  if (SK_LIKELY(!t || !sk_is_loop(t->future.loop) || !sk_as_loop(t->future.loop)->cancelled_scopes)) return false;
  return vm->scope && sk_scope_is_cancelled(vm->scope);
}

SK_NORETURN static void raise_cancelled(SkVm *vm) {
  SkTask *t = sk_current_task(vm);
  SkReason *why = sk_scope_reason(vm->scope);
  if (why) sk_write(vm, t, &t->reason, sk_from_ptr(why));
  sk_raise_exc(vm, sk_cancelled_new(vm, why));
}

void sk_checkpoint(SkVm *vm) {
  if (SK_UNLIKELY(sk_cancel_due(vm))) raise_cancelled(vm);
}

SkValue sk_park_shielded(SkVm *vm, SkAwait *a) {
  SkTask *t = sk_need_task(vm);
  sk_write_ptr(vm, a, &a->task, t);
  sk_write(vm, t, &t->waiting, sk_from_ptr(a));
  return sk_from_ptr(a);
}

SkValue sk_park(SkVm *vm, SkAwait *a) {
  if (SK_UNLIKELY(sk_cancel_due(vm))) {
    sk_await_set_state(a, SK_AWAIT_WAITING);
    if (a->ops->abort) a->ops->abort(vm, a); /* it may have been linked already */
    sk_await_set_state(a, SK_AWAIT_DONE);
    raise_cancelled(vm);
  }
  return sk_park_shielded(vm, a);
}

void sk_task_ready(SkVm *vm, SkTask *t) {
  sk_assert(!(t->future.head.aux & SK_TASK_QUEUED) && !sk_future_done(&t->future));
  sk_loop_ready(vm, sk_as_loop(t->future.loop), sk_from_ptr(t)); /* first: it may find no memory */
  t->waiting = SK_NONE;
  t->future.head.aux |= SK_TASK_QUEUED;
}

void sk_wake(SkVm *vm, SkAwait *a) {
  SkTask *t = a->task;
  if (t && sk_is(t->waiting, sk_from_ptr(a))) sk_task_ready(vm, t); /* else it was left alone: nobody waits here any more */
  a->task = NULL;
  sk_await_set_state(a, SK_AWAIT_WOKEN);
}

SkAwait *sk_waiters_pop(SkVm *vm, void *owner, SkWaiters *w) {
  SkAwait *a = w->first;
  if (!a) return NULL;
  if (a->task) loop_make_room(vm, sk_as_loop(a->task->future.loop)); /* who has left the list must be woken */
  sk_waiters_remove(vm, owner, w, a);
  return a;
}

/* A canceller ends the wait of |t| in a native: true if it was undone; the task is then in the ready queue. */
bool park_abort(SkVm *vm, SkTask *t) {
  SkAwait *a = sk_as_await(t->waiting);
  loop_make_room(vm, sk_as_loop(t->future.loop));
  if (a->ops->abort && !a->ops->abort(vm, a)) return false;
  a->task = NULL;
  sk_await_set_state(a, SK_AWAIT_ABORTED);
  sk_task_ready(vm, t);
  return true;
}
