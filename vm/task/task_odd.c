/* task_odd.c - the rare half of a task's life: what else a coroutine may yield, errors thrown in later, foreign loops.  Layer 7b. */
#include "vm/task/task_impl.h"

/* ---- an error for the next step: a handle in the queue, as asyncio schedules it ---- */

typedef struct Thrower { SkObject head; SkTask *task; SkValue exc; } Thrower;

static void thrower_trace(SkMarker *m, SkObject *o) {
  sk_mark_ptr(m, ((Thrower *)o)->task);
  sk_mark(m, ((Thrower *)o)->exc);
}

static SkValue thrower_call(SkVm *vm, SkValue self, const SkValue *args, size_t n, SkTuple *kwnames) {
  Thrower *h = (Thrower *)sk_object(self);
  if (!sk_future_done(&h->task->future)) loop_step(vm, h->task, h->exc);
  return SK_NONE;
}

static const SkTypeDef thrower_type = {
    .name = "_tasks.Step", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Thrower), .trace = thrower_trace,
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE, .slots = {.call = thrower_call}};

static SkValue thrower_new(SkVm *vm, SkTask *t, SkValue exc) {
  Thrower *h = sk_object_new(vm, sk_library_type(vm, &thrower_type), 0);
  h->task = t;
  h->exc = exc;
  return sk_from_ptr(h);
}

void task_throw_later(SkVm *vm, SkTask *t, SkValue exc) { sk_loop_ready(vm, sk_as_loop(t->future.loop), thrower_new(vm, t, exc)); }

/* ---- an error in place of a pending edge's ---- */

bool task_interrupt(SkVm *vm, SkTask *t, SkValue exc) {
  uint16_t *aux = &t->future.head.aux;
  if (sk_future_done(&t->future) || *aux & (SK_TASK_RUNNING | SK_TASK_MUST_CANCEL | SK_TASK_EDGE_DUE | SK_TASK_LEVEL_DUE)) return false;
  SkValue due = thrower_new(vm, t, exc);
  if (sk_is_future(t->waiting)) {
    SkFuture *f = sk_as_future(t->waiting);
    sk_task_ready(vm, t);
    future_forget(vm, f, t);
  } else if (sk_is_await(t->waiting)) {
    if (!park_abort(vm, t)) return false;
  } else if (!(*aux & SK_TASK_QUEUED)) {
    return false;
  }
  *aux |= SK_TASK_EDGE_DUE;
  sk_write(vm, t, &t->future.result, due);
  return true;
}

/* The CancelledError of a pending edge; the message waits in |result|. */
SkValue task_edge_error(SkVm *vm, SkTask *t) {
  SkValue message = t->future.result;
  t->future.result = SK_NONE;
  if (sk_is_ptr(message) && sk_type_of(vm, message)->def == &thrower_type) return ((Thrower *)sk_object(message))->exc;
  return sk_exc_new_args(vm, vm->types[SK_T_CancelledError], &message, sk_is_none(message) ? 0 : 1);
}

/* ---- waking through a foreign future's callbacks ---- */

typedef struct Waker { SkObject head; SkTask *task; } Waker;

static void waker_trace(SkMarker *m, SkObject *o) { sk_mark_ptr(m, ((Waker *)o)->task); }

typedef struct Peek { SkValue future, exc; } Peek;
static void peek_result(SkVm *vm, void *arg) {
  Peek *p = arg;
  sk_call0(vm, sk_getattr_cstr(vm, p->future, "result"));
}

static SkValue waker_call(SkVm *vm, SkValue self, const SkValue *args, size_t n, SkTuple *kwnames) {
  SkTask *t = ((Waker *)sk_object(self))->task;
  if (n != 1 || sk_future_done(&t->future) || !sk_is(t->waiting, args[0])) return SK_NONE;
  t->waiting = SK_NONE;
  Peek p = {args[0], SK_UNSET};
  if (!sk_protect(vm, peek_result, &p)) p.exc = sk_take_raised(vm);
  loop_step(vm, t, p.exc);
  return SK_NONE;
}

static SkValue waker_qualname(SkVm *vm, SkValue self) {
  (void)self;
  return sk_from_ptr(sk_intern(vm, "Task.task_wakeup"));
}
static SkValue waker_self(SkVm *vm, SkValue self) {
  (void)vm;
  return sk_from_ptr(((Waker *)sk_object(self))->task);
}
static const SkAttrDef waker_attrs[] = {
    SK_GETSET("__qualname__", waker_qualname, NULL, NULL), SK_GETSET("__self__", waker_self, NULL, NULL), SK_ATTRS_END};

static const SkTypeDef waker_type = {
    .name = "_tasks.TaskWakeupMethWrapper", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Waker), .trace = waker_trace,
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE, .slots = {.call = waker_call}, .attrs = waker_attrs};

SkValue task_wakeup_value(SkVm *vm, SkTask *t) {
  Waker *w = sk_object_new(vm, sk_library_type(vm, &waker_type), 0);
  w->task = t;
  return sk_from_ptr(w);
}

static void wait_for_foreign(SkVm *vm, SkTask *t, SkValue future) {
  sk_setattr(vm, future, sk_intern(vm, "_asyncio_future_blocking"), SK_FALSE);
  Waker *w = sk_ptr(task_wakeup_value(vm, t));
  SkValue context = sk_from_ptr_or(t->context, SK_NONE), kw = sk_from_ptr(sk_intern(vm, "context"));
  SkValue args[] = {sk_from_ptr(w), context};
  bool has_context = t->context != NULL;
  sk_call(vm, sk_getattr_cstr(vm, future, "add_done_callback"), args, 1, has_context ? sk_tuple_from(vm, &kw, 1) : NULL);
  sk_write(vm, t, &t->waiting, future);
  if (t->future.head.aux & SK_TASK_MUST_CANCEL && sk_future_cancel_any(vm, future, t->future.result))
    t->future.head.aux &= (uint16_t)~SK_TASK_MUST_CANCEL;
}

static SkStr *odd_text(SkVm *vm, SkTask *t, SkValue v, SkValue blocking) {
  SkValue self = sk_from_ptr(t);
  if (sk_is_unset(blocking) || sk_is_none(blocking)) {
    if (sk_is_gen(v) && sk_as_gen(v)->what == SK_GEN_PLAIN)
      return sk_format(vm, "yield was used instead of yield from for generator in task %R with %R", self, v);
    return sk_format(vm, "Task got bad yield: %R", v);
  }
  if (!sk_truth(vm, blocking)) return sk_format(vm, "yield was used instead of yield from in task %R with %R", self, v);
  return sk_format(vm, "Task %R got Future %R attached to a different loop", self, v);
}

bool task_waits_plainly(SkVm *vm, SkTask *t, SkValue future) {
  SkTasks *st = sk_tasks(vm);
  SkType *type = sk_type_of(vm, future);
  if (SK_LIKELY(type == st->future || type == st->task) || sk_is(future, sk_from_ptr(t))) return true;
  SkStr *name = sk_intern(vm, "add_done_callback");
  return sk_is(sk_type_lookup(vm, type, name), sk_type_lookup(vm, st->future, name));
}

void task_stale_step(SkVm *vm, SkTask *t) {
  t->future.head.aux &= (uint16_t)~SK_TASK_QUEUED;
  SkStr *s = sk_format(vm, "__step(): already done: %R %R", sk_from_ptr(t), SK_NONE);
  loop_report(vm, sk_as_loop(t->future.loop), sk_exc_new(vm, SK_T_InvalidStateError, "%U", s), "Exception in callback Task.task_step()", NULL, SK_UNSET);
}

void task_odd_yield(SkVm *vm, SkTask *t, SkValue v) {
  SkValue blocking = sk_getattr_opt(vm, v, sk_intern(vm, "_asyncio_future_blocking"));
  bool takes = !sk_is_unset(blocking) && !sk_is_none(blocking) && sk_truth(vm, blocking);
  bool foreign = !sk_is_future(v) || (sk_is(sk_as_future(v)->loop, t->future.loop) && !task_waits_plainly(vm, t, v));
  if (takes && foreign) {
    wait_for_foreign(vm, t, v);
    return;
  }
  task_throw_later(vm, t, sk_exc_new(vm, SK_T_RuntimeError, "%U", odd_text(vm, t, v, blocking)));
}
