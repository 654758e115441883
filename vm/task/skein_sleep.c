/* skein_sleep.c - sleep, sleep_until, sleep_forever of the native and Trio's face.  Layer 7b. */
#include <math.h>

#include "vm/task/scope_impl.h"

/* ---- until a time: a: the deadline, or the timer while it waits; b: the loop ---- */

static bool until_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  *out = SK_NONE;
  if (sk_await_phase(a)) return true;
  SkLoop *l = sk_need_loop(vm);
  double when = sk_to_double(vm, a->a);
  if (isnan(when)) sk_raise_value(vm, "deadline must not be NaN");
  sk_checkpoint(vm);
  sk_await_set_phase(a, 1);
  sk_write(vm, a, &a->b, sk_from_ptr(l));
  sk_write(vm, a, &a->a, SK_NONE);
  if (when == (double)INFINITY) {
    *out = sk_park(vm, a);
  } else if (when <= sk_loop_time(vm, l)) {
    sk_await_set_phase(a, 2);
    *out = SK_NONE; /* a turn for the others, and a place for a cancel */
  } else {
    sk_write(vm, a, &a->a, sk_from_ptr(sk_timer_add(vm, l, when, sk_from_ptr(a), SK_TIMER_WAKE)));
    *out = sk_park(vm, a);
  }
  return false;
}

static bool until_abort(SkVm *vm, SkAwait *a) {
  if (sk_is_ptr(a->a)) sk_timer_cancel(vm, sk_as_loop(a->b), (SkTimer *)sk_ptr(a->a));
  return true;
}

static const SkAwaitOps until_ops = {.name = "sleep_until", .qualname = "sleep_until", .step = until_step, .abort = until_abort};
static const SkAwaitOps sleep_ops = {.name = "sleep", .qualname = "sleep", .step = until_step, .abort = until_abort};

SkTimer *skein_sleep_timer(SkValue waiting) {
  if (!sk_is_await(waiting)) return NULL;
  SkAwait *a = sk_as_await(waiting);
  return (a->ops == &until_ops || a->ops == &sleep_ops) && sk_is_ptr(a->a) ? (SkTimer *)sk_ptr(a->a) : NULL;
}

static SkValue sleep_until(SkVm *vm, const SkValue *args) { return sk_await_new(vm, &until_ops, SK_NONE, args[0], SK_NONE); }

static SkValue sleep_for(SkVm *vm, const SkValue *args) {
  double seconds = sk_to_double(vm, args[0]);
  if (isnan(seconds)) sk_raise_value(vm, "duration must not be NaN");
  if (seconds < 0) sk_raise_value(vm, "duration must be non-negative");
  double now = seconds > 0 && !isinf(seconds) ? sk_loop_time(vm, sk_need_loop(vm)) : 0;
  SkValue when = sk_float_new(vm, seconds > 0 ? now + seconds : -(double)INFINITY);
  return sk_await_new(vm, &sleep_ops, SK_NONE, when, SK_NONE);
}

/* ---- for ever ---- */

static bool forever_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (sk_await_phase(a)) sk_raisef(vm, SK_T_RuntimeError, "sleep_forever() was woken");
  sk_need_task(vm);
  sk_await_set_phase(a, 1);
  *out = sk_park(vm, a);
  return false;
}
static const SkAwaitOps forever_ops = {.name = "sleep_forever", .qualname = "sleep_forever", .step = forever_step};

static SkValue sleep_forever(SkVm *vm, const SkValue *args) {
  (void)args;
  return sk_await_new(vm, &forever_ops, SK_NONE, SK_NONE, SK_NONE);
}

/* Such a wait is meant: it is no deadlock (D1). */
bool skein_sleeps_forever(SkValue waiting) { return sk_is_await(waiting) && sk_as_await(waiting)->ops == &forever_ops; }

const SkNativeDef skein_sleep_def = {"sleep(seconds, /)", "Wait so many seconds; 0: let others run.", sleep_for};
const SkNativeDef skein_sleep_until_def = {"sleep_until(deadline, /)", "Wait until the loop's time is |deadline|.", sleep_until};
const SkNativeDef skein_sleep_forever_def = {"sleep_forever()", "Wait until cancelled.", sleep_forever};
