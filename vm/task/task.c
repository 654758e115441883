/* task.c - tasks: steps, what a step yields, endings, edge cancellation.  Layer 7b.
 *
 *   ready queue --> task_step --> coroutine runs until it yields
 *        ^                            | a native parked it (waiting is set): nothing to do
 *        |                            | a future: the task becomes one of its callbacks
 *        +---- wake, notice, cancel --+ None: back into the queue
 */
#include "vm/task/task_impl.h"

SkTask *sk_task_new(SkVm *vm, SkLoop *loop, SkValue coro, SkGroup *group, SkScope *scope, SkValue name, SkContext *context) {
  SkTasks *st = sk_tasks(vm);
  SkTask *t = sk_object_new(vm, loop && loop->task_class ? loop->task_class : st->task, 0);
  task_init(vm, t, loop, coro, group, scope, name, context);
  return t;
}

static SK_NORETURN void too_many(SkVm *vm) {
  if (vm->limits.final & SK_FINAL_TASKS) sk_stop(vm, SK_STOP_LIMIT);
  sk_raisef(vm, SK_T_RuntimeError, "too many tasks");
}

void task_init(SkVm *vm, SkTask *t, SkLoop *loop, SkValue coro, SkGroup *group, SkScope *scope, SkValue name, SkContext *context) {
  SkTasks *st = sk_tasks(vm);
  if (SK_UNLIKELY(loop && vm->limits.tasks && loop->task_count >= vm->limits.tasks)) too_many(vm);
  if (!context) context = sk_context_snapshot(vm);
  sk_barrier(vm, t);
  t->future.head.aux = SK_FUTURE_IS_TASK;
  t->future.loop = sk_from_ptr_or(loop, SK_NONE);
  t->future.result = t->future.callbacks = t->waiting = t->reason = SK_NONE;
  t->coro = coro;
  t->number = (uint32_t)++st->tasks_born;
  t->name = sk_is_none(name) ? sk_smallint((int64_t)++st->names) : name;
  t->context = context;
  t->scope = scope;
  if (!loop) return;
  debug_mark_future(vm, &t->future);
  loop->task_count++;
  sk_group_link(vm, group ? group : sk_group_of_loop(vm, loop), t);
}

void sk_task_start(SkVm *vm, SkTask *t) { sk_task_ready(vm, t); }

SkStr *sk_task_name(SkVm *vm, SkTask *t) {
  if (sk_is_smallint(t->name)) {
    SkStr *s = sk_format(vm, "Task-%lld", (long long)sk_smallint_get(t->name));
    sk_write(vm, t, &t->name, sk_from_ptr(s));
  }
  if (!sk_is_str(t->name)) sk_write(vm, t, &t->name, sk_from_ptr(nursery_task_name(vm, t->name))); /* a function, named when asked */
  return sk_as_str(t->name);
}

/* ---- cancellation ------------------------------------------------------------------------------------------------------- */

/* A shield of the task's own holds edge cancels back until it is left (S5). */
bool task_shielded(const SkVm *vm, const SkTask *t) {
  const SkScope *s = vm->task == t ? vm->scope : t->scope;
  for (; s && s->task == t; s = s->parent)
    if (s->head.aux & SK_SCOPE_SHIELD) return true;
  return false;
}

static void set_must_cancel(SkVm *vm, SkTask *t, SkValue message) {
  t->future.head.aux |= SK_TASK_MUST_CANCEL;
  if (t->future.head.aux & SK_TASK_EDGE_DUE) return; /* the message is that of the first */
  sk_write(vm, t, &t->future.result, message); /* while pending: the message */
}

/* Ends the wait of a parked task with the edge; false: nothing could be done now. */
static bool cancel_wait(SkVm *vm, SkTask *t, SkValue message) {
  if (sk_is_none(t->waiting)) return false;
  if (!sk_is_await(t->waiting)) return sk_future_cancel_any(vm, t->waiting, message);
  if (!park_abort(vm, t)) return false;
  t->future.head.aux |= SK_TASK_EDGE_DUE;
  sk_write(vm, t, &t->future.result, message);
  return true;
}

uint32_t task_uncancel(SkTask *t) {
  if (t->cancel_count && --t->cancel_count == 0) t->future.head.aux &= (uint16_t)~(SK_TASK_MUST_CANCEL | SK_TASK_EDGE_HELD);
  return t->cancel_count;
}

bool sk_task_cancel(SkVm *vm, SkTask *t, SkValue message) {
  t->future.head.aux &= (uint16_t)~SK_FUTURE_LOG_ERROR;
  if (sk_future_done(&t->future)) return false;
  t->cancel_count++;
  if (t->group && t->group->child_done) reason_note_edge(vm, t, message);
  else t->reason = SK_NONE;
  task_edge(vm, t, message);
  return true;
}

bool sk_task_cancel_for(SkVm *vm, SkTask *t, SkValue text) {
  SkReason *why = sk_reason_new(vm, SK_SOURCE_EXPLICIT, sk_current_task(vm), text, SK_NONE);
  if (!sk_task_cancel(vm, t, text)) return false;
  sk_write(vm, t, &t->reason, sk_from_ptr(why));
  return true;
}

void task_edge(SkVm *vm, SkTask *t, SkValue message) {
  if (t->future.head.aux & SK_TASK_EDGE_DUE) return; /* an edge is on its way already: its message stays */
  if (task_shielded(vm, t)) {
    t->future.head.aux |= SK_TASK_EDGE_HELD;
    sk_write(vm, t, &t->future.result, message);
    return;
  }
  if (!cancel_wait(vm, t, message)) set_must_cancel(vm, t, message);
}

void sk_task_deliver(SkVm *vm, SkTask *t) {
  if (sk_is_none(t->waiting) || sk_future_done(&t->future) || !t->scope || !sk_scope_is_cancelled(t->scope)) return;
  if (sk_is_await(t->waiting)) {
    if (park_abort(vm, t)) t->future.head.aux |= SK_TASK_LEVEL_DUE;
  } else if (sk_future_cancel_any(vm, t->waiting, SK_NONE)) {
    t->future.head.aux |= SK_TASK_LEVEL_DUE;
  }
}

/* What the next step throws, by rank: a level cancel, a pending edge, what the awaited future ended with. */
static SkValue due_error(SkVm *vm, SkTask *t, SkValue exc) {
  uint16_t *aux = &t->future.head.aux;
  if (*aux & SK_TASK_LEVEL_DUE) {
    *aux &= (uint16_t)~SK_TASK_LEVEL_DUE;
    if (t->scope && sk_scope_is_cancelled(t->scope)) {
      SkReason *why = sk_scope_reason(t->scope);
      if (why) sk_write(vm, t, &t->reason, sk_from_ptr(why));
      return sk_cancelled_new(vm, why);
    }
    if (sk_is_unset(exc)) exc = sk_cancelled_new(vm, t->scope ? sk_scope_reason(t->scope) : NULL);
  }
  if (*aux & (SK_TASK_MUST_CANCEL | SK_TASK_EDGE_DUE)) {
    *aux &= (uint16_t)~(SK_TASK_MUST_CANCEL | SK_TASK_EDGE_DUE);
    if (sk_is_unset(exc) || !sk_exc_is(vm, exc, SK_T_CancelledError)) exc = task_edge_error(vm, t);
    else t->future.result = SK_NONE;
  }
  return exc;
}

/* ---- a step --------------------------------------------------------------------------------------------------------------- */

static void wait_for_future(SkVm *vm, SkTask *t, SkValue future) {
  SkFuture *f = sk_as_future(future);
  if (f == &t->future) {
    SkStr *s = sk_format(vm, "Task cannot await on itself: %R", future);
    task_throw_later(vm, t, sk_exc_new(vm, SK_T_RuntimeError, "%U", s));
    return;
  }
  f->head.aux &= (uint16_t)~SK_FUTURE_BLOCKING;
  if (sk_future_done(f)) { /* yielded by hand */
    sk_task_ready(vm, t);
    return;
  }
  sk_write(vm, t, &t->waiting, future);
  sk_future_add_callback(vm, f, sk_from_ptr(t));
  uint16_t *aux = &t->future.head.aux;
  if (*aux & SK_TASK_MUST_CANCEL) {
    if (sk_future_cancel_any(vm, future, t->future.result)) *aux &= (uint16_t)~SK_TASK_MUST_CANCEL;
  } else if (t->scope && sk_as_loop(t->future.loop)->cancelled_scopes && sk_scope_is_cancelled(t->scope)) {
    sk_task_deliver(vm, t);
  }
}

/* The coroutine has yielded |v|. */
static void take_yield(SkVm *vm, SkTask *t, SkValue v) {
  if (SK_LIKELY(sk_is(v, t->waiting) && sk_is_await(v))) { /* parked by sk_park */
    uint16_t *aux = &t->future.head.aux;
    if (SK_UNLIKELY(*aux & SK_TASK_MUST_CANCEL) && park_abort(vm, t)) /* cancelled itself before it waited */
      *aux = (uint16_t)((*aux & ~SK_TASK_MUST_CANCEL) | SK_TASK_EDGE_DUE);
    return;
  }
  if (!sk_is_none(t->waiting)) { /* a stale park: somebody between swallowed what it yielded */
    SkAwait *a = sk_as_await(t->waiting);
    if (a->ops->abort) a->ops->abort(vm, a);
    a->task = NULL;
    t->waiting = SK_NONE;
  }
  if (sk_is_none(v)) {
    if (t->scope && sk_as_loop(t->future.loop)->cancelled_scopes && sk_scope_is_cancelled(t->scope)) t->future.head.aux |= SK_TASK_LEVEL_DUE;
    sk_task_ready(vm, t);
    return;
  }
  if (sk_is_future(v) && (sk_object(v)->aux & SK_FUTURE_BLOCKING) && sk_is(sk_as_future(v)->loop, t->future.loop) && task_waits_plainly(vm, t, v)) {
    wait_for_future(vm, t, v);
    return;
  }
  task_odd_yield(vm, t, v);
}

static void finish(SkVm *vm, SkTask *t, SkFutureState state, SkValue result) {
  SkGroup *g = t->group;
  if (sk_is_loop(t->future.loop)) loop_make_room(vm, sk_as_loop(t->future.loop));
  t->waiting = SK_NONE; /* the coroutine stays: get_coro(), repr() */
  t->scope = NULL;
  t->future.head.aux &= (uint16_t)~(SK_TASK_RUNNING | SK_TASK_LEVEL_DUE | SK_TASK_MUST_CANCEL | SK_TASK_EDGE_DUE | SK_TASK_EDGE_HELD);
  if (sk_is_loop(t->future.loop)) sk_as_loop(t->future.loop)->task_count--;
  if (g && !g->child_noticed) sk_group_unlink(vm, t); /* asyncio's counts it until the notice */
  if (state == SK_FUTURE_ERROR) future_set_error_unchecked(vm, &t->future, result);
  else future_finish(vm, &t->future, state, result);
  if (g && g->child_done) g->child_done(vm, g, t);
}

void task_step(SkVm *vm, SkTask *t, SkValue exc) {
  uint16_t *aux = &t->future.head.aux;
  *aux = (uint16_t)((*aux & ~SK_TASK_QUEUED) | SK_TASK_RUNNING | SK_TASK_STARTED);
  t->waiting = SK_NONE;
  sk_barrier(vm, t);
  vm->task = t;
  vm->scope = t->scope;
  vm->context = t->context;
  if (SK_UNLIKELY(*aux & (SK_TASK_LEVEL_DUE | SK_TASK_MUST_CANCEL | SK_TASK_EDGE_DUE))) exc = due_error(vm, t, exc);
  SkValue out = SK_NONE;
  bool finished = SK_LIKELY(sk_is_unset(exc)) ? sk_awaitable_send(vm, t->coro, SK_NONE, &out) : sk_awaitable_throw(vm, t->coro, exc, &out);
  task_suspended(vm, t);
  if (!finished) {
    take_yield(vm, t, out);
    return;
  }
  if (*aux & SK_TASK_MUST_CANCEL) { /* it returned, but a cancel was pending: cancelled (E2) */
    finish(vm, t, SK_FUTURE_CANCELLED, t->future.result);
    return;
  }
  finish(vm, t, SK_FUTURE_RESULT, out);
}

/* The task leaves the stage: what it left in the VM is its own. */
void task_suspended(SkVm *vm, SkTask *t) {
  sk_barrier(vm, t);
  t->future.head.aux &= (uint16_t)~SK_TASK_RUNNING;
  t->scope = vm->scope;
  t->context = sk_context_leave(vm, NULL);
  vm->task = NULL;
  vm->scope = NULL;
}

void task_failed(SkVm *vm, SkTask *t, SkValue exc) {
  if (!sk_is_none(t->waiting) && sk_is_await(t->waiting)) { /* parked, then raised without waiting */
    SkAwait *a = sk_as_await(t->waiting);
    if (a->ops->abort) a->ops->abort(vm, a);
    a->task = NULL;
  }
  if (sk_is_unset(sk_as_exc(exc)->task)) sk_write(vm, sk_as_exc(exc), &sk_as_exc(exc)->task, t->name); /* a number: "Task-n", when asked for */
  bool ordinary = sk_exc_is(vm, exc, SK_T_Exception);
  if (ordinary && sk_exc_is(vm, exc, SK_T_StopIteration)) {
    SkValue e = sk_exc_new(vm, SK_T_RuntimeError, "Task got StopIteration");
    sk_exc_set_cause(vm, sk_as_exc(e), exc);
    exc = e;
  }
  if (!ordinary && sk_exc_is(vm, exc, SK_T_CancelledError)) {
    finish(vm, t, SK_FUTURE_CANCELLED, exc);
    return;
  }
  bool leaves = !ordinary && (sk_exc_is(vm, exc, SK_T_SystemExit) || sk_exc_is(vm, exc, SK_T_KeyboardInterrupt));
  bool joined = t->group && t->group->child_done; /* a level group takes it: nothing leaves by the side door */
  joined = joined || (sk_is_loop(t->future.loop) && sk_as_loop(t->future.loop)->hosted); /* its host will ask */
  finish(vm, t, SK_FUTURE_ERROR, exc);
  if (leaves && !joined) sk_throw(vm, exc);
}
