/* future.c - futures: state, result, callbacks and the notice that runs them.  Layer 7b.
 *
 * A future that becomes done puts itself into the ready queue: that entry is the notice, and running it runs all callbacks
 * in the order they were added, one pass after the completion, as asyncio does it (T3).  A waiting task is a callback too.
 */
#include "vm/task/task_impl.h"

void sk_future_trace(SkMarker *m, SkObject *o) {
  SkFuture *f = (SkFuture *)o;
  sk_mark(m, f->loop);
  sk_mark(m, f->result);
  sk_mark(m, f->callbacks);
  if (o->aux & SK_FUTURE_IS_TASK) {
    SkTask *t = (SkTask *)o;
    sk_mark(m, t->coro);
    sk_mark(m, t->waiting);
    sk_mark(m, t->name);
    sk_mark(m, t->reason);
    sk_mark_ptr(m, t->context);
    sk_mark_ptr(m, t->scope);
    sk_mark_ptr(m, t->group);
    sk_mark_ptr(m, t->prev);
    sk_mark_ptr(m, t->next);
  }
  sk_trace_attributes(m, o);
}

SkFuture *sk_future_new(SkVm *vm, SkLoop *loop) {
  SkFuture *f = sk_object_new(vm, sk_tasks(vm)->future, 0);
  f->loop = sk_from_ptr(loop);
  f->result = f->callbacks = SK_NONE;
  debug_mark_future(vm, f);
  return f;
}

/* ---- callbacks ------------------------------------------------------------------------------------------------------- */

static void call_soon(SkVm *vm, SkFuture *f, SkValue entry) {
  SkValue fn = sk_as_tuple(entry)->items[0], context = sk_as_tuple(entry)->items[1];
  SkValue self = sk_from_ptr(f);
  if (sk_is_loop(f->loop)) {
    SkLoop *l = sk_as_loop(f->loop);
    sk_loop_ready(vm, l, loop_handle_new(vm, l, fn, sk_tuple_from(vm, &self, 1), sk_is_none(context) ? NULL : (SkContext *)sk_ptr(context), NULL));
    return;
  }
  SkStr *name = sk_intern(vm, "context");
  SkValue kw = sk_from_ptr(name), args[] = {fn, self, sk_is_none(context) ? sk_context_value(vm, vm->context) : context};
  SkValue method = sk_getattr_cstr(vm, f->loop, "call_soon");
  sk_call(vm, method, args, 2, sk_tuple_from(vm, &kw, 1));
}

void sk_future_add_callback(SkVm *vm, SkFuture *f, SkValue entry) {
  if (sk_future_done(f)) {
    call_soon(vm, f, entry);
    return;
  }
  if (sk_is_none(f->callbacks)) {
    sk_write(vm, f, &f->callbacks, entry);
    return;
  }
  if (!sk_is_list(f->callbacks)) {
    SkList *l = sk_list_from(vm, &f->callbacks, 1);
    sk_write(vm, f, &f->callbacks, sk_from_ptr(l));
  }
  sk_list_append(vm, sk_as_list(f->callbacks), entry);
}

/* A task that stops waiting for |f|. */
void future_forget(SkVm *vm, SkFuture *f, SkTask *t) {
  SkValue entry = sk_from_ptr(t);
  if (sk_is(f->callbacks, entry)) {
    f->callbacks = SK_NONE;
  } else if (sk_is_list(f->callbacks)) {
    SkList *l = sk_as_list(f->callbacks);
    for (size_t i = 0; i < l->count; i++) {
      if (!sk_is(sk_list_items(l)[i], entry)) continue;
      sk_list_pop(vm, l, i);
      return;
    }
  }
}

/* What `await f` raises in |waits| when f was cancelled. */
static SkValue awaited_cancelled(SkVm *vm, SkFuture *f, const SkTask *waits) {
  SkValue exc = f->head.aux & SK_FUTURE_IS_TASK ? group_await_cancelled(vm, (SkTask *)f, waits) : SK_UNSET;
  return sk_is_unset(exc) ? future_cancelled_error(vm, f) : exc;
}

static void run_callback(SkVm *vm, SkFuture *f, SkValue entry) {
  if (sk_is_task(entry)) {
    SkTask *t = sk_as_task(entry);
    if (!sk_is(t->waiting, sk_from_ptr(f))) return; /* it went on without */
    t->waiting = SK_NONE;
    SkValue exc = SK_UNSET;
    if (sk_future_state(f) == SK_FUTURE_ERROR) {
      future_seen(vm, f);
      exc = f->result;
    } else if (sk_future_state(f) == SK_FUTURE_CANCELLED) {
      exc = awaited_cancelled(vm, f, t);
    }
    loop_step(vm, t, exc);
    return;
  }
  SkContext *saved = vm->context;
  SkValue context = sk_as_tuple(entry)->items[1];
  if (sk_is_ptr(context)) vm->context = sk_ptr(context);
  loop_call(vm, sk_as_loop(f->loop), sk_as_tuple(entry)->items[0], sk_from_ptr(f));
  sk_context_leave(vm, saved);
}

/* Callbacks run under the loop's protection each: one that raises does not stop the others. */
void future_notice(SkVm *vm, SkFuture *f) {
  SkValue callbacks = f->callbacks;
  f->callbacks = SK_NONE;
  if (f->head.aux & SK_FUTURE_IS_TASK) {
    SkGroup *g = ((SkTask *)f)->group;
    if (g && g->child_noticed) g->child_noticed(vm, g, (SkTask *)f);
  }
  if (sk_is_none(callbacks)) return;
  if (!sk_is_list(callbacks)) {
    run_callback(vm, f, callbacks);
    return;
  }
  SkList *l = sk_as_list(callbacks);
  for (size_t i = 0; i < l->count; i++) run_callback(vm, f, sk_list_items(l)[i]);
}

/* ---- completion -------------------------------------------------------------------------------------------------------- */

/* Foreign loop (a test's mock): each callback goes through its call_soon at once. */
static void notice_foreign(SkVm *vm, SkFuture *f) {
  SkValue callbacks = f->callbacks;
  f->callbacks = SK_NONE;
  if (sk_is_none(callbacks)) return;
  if (!sk_is_list(callbacks)) {
    call_soon(vm, f, callbacks);
    return;
  }
  SkList *l = sk_as_list(callbacks);
  for (size_t i = 0; i < l->count; i++) call_soon(vm, f, sk_list_items(l)[i]);
}

void future_finish(SkVm *vm, SkFuture *f, SkFutureState state, SkValue result) {
  bool watched = !sk_is_none(f->callbacks), engine = sk_is_loop(f->loop);
  if (f->head.aux & SK_FUTURE_IS_TASK) {
    SkTask *t = (SkTask *)f;
    watched = watched || (t->group && t->group->child_noticed);
  }
  watched = watched && !(f->head.aux & SK_FUTURE_NOTICED);
  if (watched && engine) sk_loop_ready(vm, sk_as_loop(f->loop), sk_from_ptr(f)); /* first: it may find no memory */
  sk_write(vm, f, &f->result, result);
  f->head.aux = (uint16_t)((f->head.aux & ~SK_FUTURE_STATE) | state | (watched && engine ? SK_FUTURE_NOTICED : 0));
  if (watched && !engine) notice_foreign(vm, f);
}

static void need_pending(SkVm *vm, SkFuture *f) {
  if (sk_future_done(f)) sk_raisef(vm, SK_T_InvalidStateError, "invalid state");
}

void sk_future_set_result(SkVm *vm, SkFuture *f, SkValue v) {
  need_pending(vm, f);
  future_finish(vm, f, SK_FUTURE_RESULT, v);
}

/* Somebody has looked at the error: nothing is left to report. */
void future_seen(SkVm *vm, SkFuture *f) {
  f->head.aux &= (uint16_t)~SK_FUTURE_LOG_ERROR;
  if (!(sk_type_of(vm, sk_from_ptr(f))->flags & SK_TYPE_HAS_DEL)) sk_gc_unwatch(&f->head);
}

void future_set_error_unchecked(SkVm *vm, SkFuture *f, SkValue exc) {
  f->head.aux |= SK_FUTURE_LOG_ERROR;
  sk_gc_watch(vm, &f->head); /* __del__ reports an error that nobody looked at */
  future_finish(vm, f, SK_FUTURE_ERROR, exc);
}

void sk_future_set_error(SkVm *vm, SkFuture *f, SkValue exc) {
  need_pending(vm, f);
  if (sk_is_type(exc)) exc = sk_call0(vm, exc);
  if (!sk_is_exc(exc)) sk_raise_type(vm, "invalid exception object");
  if (sk_exc_is(vm, exc, SK_T_StopIteration)) {
    SkValue e = sk_exc_new(vm, SK_T_RuntimeError, "StopIteration interacts badly with generators and cannot be raised into a Future");
    sk_exc_set_cause(vm, sk_as_exc(e), exc);
    sk_write_ptr(vm, sk_as_exc(e), &sk_as_exc(e)->context, sk_as_exc(exc));
    exc = e;
  }
  future_set_error_unchecked(vm, f, exc);
}

bool sk_future_cancel(SkVm *vm, SkFuture *f, SkValue message) {
  f->head.aux &= (uint16_t)~SK_FUTURE_LOG_ERROR;
  if (sk_future_done(f)) return false;
  future_finish(vm, f, SK_FUTURE_CANCELLED, message);
  return true;
}

/* The error of a cancelled future: the CancelledError that ended a task is kept as its result; else one is made of the message. */
SkValue future_cancelled_error(SkVm *vm, SkFuture *f) {
  SkValue r = f->result;
  if (sk_is_exc(r) && sk_exc_is(vm, r, SK_T_CancelledError)) {
    f->result = SK_NONE; /* given once, so that its traceback doesn't grow without end; the next has no message, as in CPython */
    return r;
  }
  if (sk_future_state(f) == SK_FUTURE_RESULT || sk_future_state(f) == SK_FUTURE_ERROR) r = SK_NONE;
  return sk_exc_new_args(vm, vm->types[SK_T_CancelledError], &r, sk_is_none(r) ? 0 : 1);
}

SkValue sk_future_result(SkVm *vm, SkFuture *f) {
  switch (sk_future_state(f)) {
  case SK_FUTURE_RESULT: return f->result;
  case SK_FUTURE_ERROR:
    future_seen(vm, f);
    sk_throw(vm, f->result);
  case SK_FUTURE_CANCELLED: sk_throw(vm, future_cancelled_error(vm, f));
  default: sk_raisef(vm, SK_T_InvalidStateError, "Result is not set.");
  }
}

static SkValue call_cancel(SkVm *vm, SkValue future, SkValue message) {
  SkValue method = sk_getattr_cstr(vm, future, "cancel");
  if (sk_is_none(message)) return sk_call0(vm, method);
  SkValue kw = sk_from_ptr(sk_intern(vm, "msg"));
  return sk_call(vm, method, &message, 0, sk_tuple_from(vm, &kw, 1));
}

bool sk_future_cancel_any(SkVm *vm, SkValue future, SkValue message) {
  if (sk_is_future(future)) {
    SkType *t = sk_type_of(vm, future);
    if (t == sk_tasks(vm)->task) return sk_task_cancel(vm, sk_as_task(future), message);
    if (t == sk_tasks(vm)->future) return sk_future_cancel(vm, sk_as_future(future), message);
  }
  return sk_truth(vm, call_cancel(vm, future, message));
}

/* ---- await future ------------------------------------------------------------------------------------------------------- */

/* Yields the future itself, marked: the task's step sees the mark and waits (CPython's protocol). */
static bool future_await_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  SkFuture *f = sk_as_future(a->self);
  if (sk_future_done(f)) {
    if (sk_future_state(f) == SK_FUTURE_CANCELLED) sk_throw(vm, awaited_cancelled(vm, f, sk_current_task(vm)));
    *out = sk_future_result(vm, f);
    return true;
  }
  if (sk_await_phase(a)) sk_raisef(vm, SK_T_RuntimeError, "await wasn't used with future");
  sk_await_set_phase(a, 1);
  f->head.aux |= SK_FUTURE_BLOCKING;
  *out = a->self;
  return false;
}

static const SkAwaitOps future_await_ops = {.name = "__await__", .qualname = "Future.__await__", .waits_for = "a future", .step = future_await_step};

SkValue future_await(SkVm *vm, SkValue self) { return sk_await_new(vm, &future_await_ops, self, SK_NONE, SK_NONE); }
