/* loop.c - the loop: ready queue, passes, polling.  Layer 7b.
 *
 * A pass runs the entries that were ready when it began; what they append waits for the next one.  Timers are looked at before every
 * pass, the outside world when the queue is empty and at least every 256 entries (T7).
 */
#include <errno.h>
#include <math.h>
#include <time.h>

#include "vm/run/thread.h"
#include "vm/task/task_impl.h"

enum { POLL_EVERY = 256, READY_FIRST = SK_TINY ? 2 : 64 };

void sk_loop_trace(SkMarker *m, SkObject *o) {
  SkLoop *l = (SkLoop *)o;
  sk_mark(m, l->owner);
  if (l->ready) {
    sk_mark_cell(m, l->ready);
    for (uint32_t i = 0; i < l->ready_count; i++) sk_mark(m, l->ready->items[(l->ready_first + i) & (l->ready->count - 1)]);
  }
  if (l->timers) {
    sk_mark_cell(m, l->timers);
    sk_mark_span(m, l->timers->items, l->timer_count);
  }
  sk_mark_ptr(m, l->root);
  sk_mark(m, l->clock);
  sk_mark(m, l->main_task);
  sk_mark(m, l->current);
  sk_mark_ptr(m, l->task_class);
  sk_mark(m, l->plain_create_task);
  sk_mark(m, l->exception_hook);
  sk_mark(m, l->closer);
  sk_waiters_trace(m, &l->idle);
}

SkLoop *sk_loop_new(SkVm *vm, SkFace face) {
  SkLoop *l = sk_object_new(vm, sk_tasks(vm)->loop, 0);
  l->owner = l->clock = l->main_task = l->current = l->exception_hook = l->plain_create_task = l->closer = SK_NONE;
  l->face = face;
  schedule_take_option(vm, l);
  return l;
}

/* ---- the ready queue ------------------------------------------------------------------------------------------------------ */

static void ready_grow(SkVm *vm, SkLoop *l) {
  size_t room = l->ready ? l->ready->count : 0;
  SkValues *more = sk_values_new(vm, room ? room * 2 : READY_FIRST);
  for (uint32_t i = 0; i < l->ready_count; i++) more->items[i] = l->ready->items[(l->ready_first + i) & (room - 1)];
  sk_write_ptr(vm, l, &l->ready, more);
  l->ready_first = 0;
}

void loop_make_room(SkVm *vm, SkLoop *l) {
  if (SK_UNLIKELY(!l->ready || l->ready_count == l->ready->count)) ready_grow(vm, l);
}

void sk_loop_ready(SkVm *vm, SkLoop *l, SkValue entry) {
  loop_make_room(vm, l);
  sk_barrier(vm, l);
  l->ready->items[(l->ready_first + l->ready_count++) & (l->ready->count - 1)] = entry;
  if (SK_UNLIKELY(l->host_waits)) loop_tell_host(vm, l);
}

static SkValue ready_take(SkLoop *l) {
  SkValue *slot = &l->ready->items[l->ready_first];
  SkValue v = *slot;
  *slot = SK_NONE;
  l->ready_first = (l->ready_first + 1) & (uint32_t)(l->ready->count - 1);
  l->ready_count--;
  return v;
}

/* ---- running entries under protection ------------------------------------------------------------------------------------- */

typedef struct Step { SkTask *task; SkValue exc; } Step;
static void step_protected(SkVm *vm, void *arg) {
  Step *s = arg;
  task_step(vm, s->task, s->exc);
}

/* The step of |t| raised; the rest is what ran before it. */
static void step_raised(SkVm *vm, SkTask *t, SkValue raised, void *task, void *scope, void *context) {
  if (vm->task == t) task_suspended(vm, t);
  vm->task = task, vm->scope = scope, vm->context = context;
  if (sk_future_done(&t->future)) sk_throw(vm, raised); /* its group or its end raised, not the task */
  task_failed(vm, t, raised);
}

void loop_step(SkVm *vm, SkTask *t, SkValue exc) {
  void *task = vm->task, *scope = vm->scope, *context = vm->context;
  Step s = {t, exc};
  if (!sk_protect(vm, step_protected, &s)) {
    step_raised(vm, t, sk_take_raised(vm), task, scope, context);
    return;
  }
  vm->task = task, vm->scope = scope, vm->context = context;
}

typedef struct Call { SkValue fn, arg; } Call;
static void call_protected(SkVm *vm, void *arg) {
  Call *c = arg;
  if (sk_is_unset(c->arg)) sk_call0(vm, c->fn);
  else sk_call1(vm, c->fn, c->arg);
}

void loop_call(SkVm *vm, SkLoop *l, SkValue fn, SkValue arg) {
  Call c = {fn, arg};
  if (sk_protect(vm, call_protected, &c)) return;
  SkValue exc = sk_take_raised(vm);
  if (sk_exc_is(vm, exc, SK_T_SystemExit) || sk_exc_is(vm, exc, SK_T_KeyboardInterrupt)) sk_throw(vm, exc);
  SkTuple *args = sk_is_unset(arg) ? vm->empty_tuple : sk_tuple_from(vm, &arg, 1);
  handle_report(vm, loop_handle_new(vm, l, fn, args, NULL, NULL), exc);
}

static void put(SkVm *vm, SkDict *d, const char *key, SkValue v) { sk_dict_set_str(vm, d, sk_intern(vm, key), v); }

void loop_report(SkVm *vm, SkLoop *l, SkValue exc, const char *message, const char *key, SkValue culprit) {
  if (sk_is_none(l->exception_hook)) {
    sk_unraisable(vm, exc, culprit);
    return;
  }
  SkDict *d = sk_dict_new(vm);
  put(vm, d, "message", sk_from_ptr(sk_str_from_cstr(vm, message)));
  put(vm, d, "exception", exc);
  if (key) put(vm, d, key, culprit);
  sk_call1(vm, l->exception_hook, sk_from_ptr(d));
}

static void run_entry(SkVm *vm, SkLoop *l, SkValue v) {
  if (sk_is_future(v)) {
    SkFuture *f = sk_as_future(v);
    if (!sk_future_done(f)) loop_step(vm, (SkTask *)f, SK_UNSET);
    else if (SK_UNLIKELY(f->head.aux & SK_TASK_QUEUED)) task_stale_step(vm, (SkTask *)f);
    else future_notice(vm, f);
  } else if (sk_is_await(v)) {
    if (sk_await_state(sk_as_await(v)) == SK_AWAIT_WAITING) sk_wake(vm, sk_as_await(v));
  } else if (sk_type_of(vm, v) == sk_tasks(vm)->handle || sk_type_of(vm, v) == sk_tasks(vm)->timer_handle) {
    handle_run(vm, v);
  } else if (sk_type_of(vm, v)->def == &sk_async_timeout_type) {
    async_timeout_fire(vm, v);
  } else {
    loop_call(vm, l, v, SK_UNSET);
  }
}

/* The entries of a pass run under one protection: entering it for each step would cost as much as a short step itself. */
typedef struct Batch { SkLoop *loop; uint32_t left; SkTask *stepping; void *task, *scope, *context; } Batch;

static void batch_protected(SkVm *vm, void *arg) {
  Batch *b = arg;
  SkLoop *l = b->loop;
  while (b->left && l->ready_count) {
    b->left--;
    SkValue v = ready_take(l);
    l->current = v;
    if (SK_UNLIKELY(l->debug)) {
      debug_run_entry(vm, l, v, run_entry);
    } else if (SK_LIKELY(sk_is_task(v) && !sk_future_done(sk_as_future(v)))) {
      b->stepping = sk_as_task(v);
      task_step(vm, b->stepping, SK_UNSET);
      b->stepping = NULL;
      vm->task = b->task, vm->scope = b->scope, vm->context = b->context;
    } else {
      run_entry(vm, l, v);
    }
  }
}

static void batch_failed(SkVm *vm, Batch *b) {
  SkValue raised = sk_take_raised(vm);
  SkTask *t = b->stepping;
  b->stepping = NULL;
  if (!t) sk_throw(vm, raised);
  step_raised(vm, t, raised, b->task, b->scope, b->context);
}

/* ---- time and waiting ---------------------------------------------------------------------------------------------------- */

double sk_loop_time(SkVm *vm, SkLoop *l) {
  if (!sk_is_none(l->clock)) return sk_number_to_double(vm, sk_call_method0(vm, l->clock, sk_intern(vm, "current_time")));
  struct timespec ts;
  clock_gettime(CLOCK_MONOTONIC, &ts);
  return (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9;
}

/* Without a poller: short sleeps, so that an interrupt or another thread is seen soon. */
static void nap(SkVm *vm, double seconds) {
  if (seconds < 0 || seconds > 0.005) seconds = 0.005;
  if (seconds > 0) sk_thread_park(vm, sk_thread_now() + (int64_t)(seconds * 1e9));
}

void loop_poll(SkVm *vm, SkLoop *l, double seconds) {
  if (!l->poller && vm->hooks.make_poller) l->poller = vm->hooks.make_poller(vm, l);
  if (l->poller) l->poller->poll(vm, l, seconds);
  else nap(vm, seconds);
  if (sk_thread_must_poll(vm)) vm->hooks.poll(vm);
}

/* Idle threads of a pool do nothing by themselves. */
bool loop_threads_active(SkVm *vm) {
  const SkTasks *st = sk_tasks(vm);
  return st->pool_calls > 0 || sk_thread_count(vm) - st->pool_threads > 1;
}

bool loop_outside_active(SkVm *vm, SkLoop *l) { return l->threads > 0 || loop_threads_active(vm) || (l->poller && l->poller->active(vm, l)); }

/* Tasks that wait until everybody else is blocked: those with the smallest cushion go on.  False: none, or not yet. */
static bool wake_idle(SkVm *vm, SkLoop *l) {
  if (!l->idle.first) return false;
  double least = INFINITY;
  for (SkAwait *a = l->idle.first; a; a = a->next) least = fmin(least, sk_number_to_double(vm, a->b));
  if (least > 0) {
    loop_poll(vm, l, least);
    if (l->ready_count) return true;
  }
  for (SkAwait *a = l->idle.first, *next; a; a = next) {
    next = a->next;
    if (sk_number_to_double(vm, a->b) > least) continue;
    sk_waiters_remove(vm, l, &l->idle, a);
    sk_wake(vm, a);
  }
  return true;
}

/* A clock that is not real time decides: true: time has moved; else |seconds| becomes how long that really is: a number it gives, for ever for
 * None, the same for False. */
static bool clock_idle(SkVm *vm, SkLoop *l, double *seconds) {
  if (sk_is_none(l->clock)) return false;
  SkValue arg = isinf(*seconds) ? SK_NONE : sk_float_new(vm, *seconds);
  SkValue v = sk_call_method1(vm, l->clock, sk_intern(vm, "idle"), arg);
  if (sk_is_none(v)) *seconds = INFINITY;
  else if (sk_is_float(v)) *seconds = sk_to_double(vm, v);
  else return sk_truth(vm, v);
  return false;
}

void loop_tell_clock(SkVm *vm, SkLoop *l, const char *method, SkValue arg) {
  SkValue fn = sk_getattr_opt(vm, l->clock, sk_intern(vm, method));
  if (!sk_is_unset(fn)) sk_call(vm, fn, &arg, sk_is_unset(arg) ? 0 : 1, NULL);
}

/* Nothing is ready: waits for a timer or the outside, or finds that nothing can come. */
static void wait_for_work(SkVm *vm, SkLoop *l) {
  double next = timer_next(l), now = sk_loop_time(vm, l), seconds = next - now;
  if (seconds <= 0) return;
  if (!sk_is_none(l->clock) || l->idle.first) {
    if (l->poller) loop_poll(vm, l, 0);
    if (l->ready_count || wake_idle(vm, l) || clock_idle(vm, l, &seconds)) return;
  }
  if (isinf(seconds) && !loop_outside_active(vm, l) && sk_loop_is_deadlocked(vm, l)) {
    if (l->hosted) sk_throw(vm, deadlock_error(vm, l)); /* the host may know what to do */
    deadlock_raise(vm, l);
    return;
  }
  loop_poll(vm, l, isinf(seconds) ? -1.0 : seconds);
}

static void fire_timers(SkVm *vm, SkLoop *l) {
  if (!l->timer_count) return;
  timer_fire(vm, l, sk_loop_time(vm, l) + (sk_is_none(l->clock) ? 1e-9 : 0));
}

void loop_pass(SkVm *vm, SkLoop *l) {
  if (SK_UNLIKELY(sk_interrupts(vm) || sk_gc_has_pending(vm) || sk_thread_others_waiting(vm))) vm->hooks.poll(vm);
  fire_timers(vm, l);
  uint32_t n = l->ready_count;
  if (SK_UNLIKELY(l->sched_seed) && n > 1) schedule_permute(l, n);
  l->steps += n;
  Batch b = {.loop = l, .left = n, .task = vm->task, .scope = vm->scope, .context = vm->context};
  while (!sk_protect(vm, batch_protected, &b)) batch_failed(vm, &b);
  l->current = SK_NONE;
  if (SK_UNLIKELY(!sk_is_none(l->clock))) loop_tell_clock(vm, l, "pass_done", SK_UNSET);
}

void loop_look_outside(SkVm *vm, SkLoop *l) {
  if (!l->ready_count && l->stopping) loop_poll(vm, l, 0); /* stopped beforehand: this one pass, and no waiting */
  else if (!l->ready_count) wait_for_work(vm, l);
  else if (l->poller && l->steps >= POLL_EVERY) loop_poll(vm, l, l->steps = 0);
}

static void run_protected(SkVm *vm, void *arg) {
  SkLoop *l = arg;
  do {
    loop_look_outside(vm, l);
    loop_pass(vm, l);
  } while (!l->stopping);
}

void sk_loop_run(SkVm *vm, SkLoop *l) {
  SkTasks *st = sk_tasks(vm);
  if (l->running) sk_raisef(vm, SK_T_RuntimeError, "This event loop is already running");
  if (st->running) sk_raisef(vm, SK_T_RuntimeError, "Cannot run the event loop while another loop is running");
  void *task = vm->task, *scope = vm->scope, *context = vm->context;
  st->running = l;
  l->running = true;
  bool fine = sk_protect(vm, run_protected, l);
  st->running = NULL;
  l->running = l->stopping = false;
  l->current = SK_NONE;
  vm->task = task;
  vm->scope = scope;
  vm->context = context;
  if (!fine) sk_throw(vm, sk_take_raised(vm));
  deadlock_leave(vm, l);
}
