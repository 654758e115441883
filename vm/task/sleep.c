/* sleep.c - asyncio.sleep.  Layer 7b.
 *
 *   sleep(0)   one turn of the ready queue: a bare yield
 *   sleep(d)   a timer whose firing puts this wait into the ready queue; running that entry wakes the task: one pass later, as in
 *              CPython, where a timer sets a future whose callback wakes the task
 */
#include <math.h>

#include "vm/task/aio_impl.h"
#include "vm/task/scope_impl.h"

/* |self| the delay, later the timer; |b| the result. */
static bool is_short(SkVm *vm, SkValue delay) {
  if (sk_is_smallint(delay)) return (int64_t)delay.bits <= 0;
  if (sk_is_immfloat(delay)) return sk_immfloat_get(delay) <= 0;
  return sk_compare_bool(vm, SK_CMP_LE, delay, sk_smallint(0));
}

static bool sleep_begin(SkVm *vm, SkAwait *a, SkValue *out) {
  bool now = is_short(vm, a->self);
  if (now) {
    sk_checkpoint(vm);
    sk_await_set_phase(a, AIO_WOKEN);
    *out = SK_NONE;
    return false;
  }
  double delay = sk_to_double(vm, a->self);
  if (isnan(delay)) sk_raise_value(vm, "Invalid delay: NaN (not a number)");
  SkLoop *l = sk_need_loop(vm);
  sk_need_task(vm);
  sk_checkpoint(vm);
  SkTimer *t = sk_timer_add(vm, l, sk_loop_time(vm, l) + delay, sk_from_ptr(a), SK_TIMER_QUEUE);
  sk_write(vm, a, &a->self, sk_from_ptr(t));
  sk_write(vm, a, &a->a, sk_from_ptr(l));
  sk_await_set_phase(a, AIO_WAITING);
  *out = sk_park_shielded(vm, a);
  return false;
}

static bool sleep_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (sk_await_phase(a) == AIO_NEW) return sleep_begin(vm, a, out);
  *out = a->b;
  return true;
}

static bool sleep_abort(SkVm *vm, SkAwait *a) {
  if (sk_await_phase(a) == AIO_WAITING) sk_timer_cancel(vm, sk_as_loop(a->a), (SkTimer *)sk_ptr(a->self));
  return true;
}

static const SkAwaitOps sleep_ops = {.name = "sleep", .qualname = "sleep", .waits_for = "asyncio.sleep", .step = sleep_step, .abort = sleep_abort};

SkTimer *aio_sleep_timer(SkValue waiting) {
  if (!sk_is_await(waiting) || sk_as_await(waiting)->ops != &sleep_ops || sk_await_phase(sk_as_await(waiting)) != AIO_WAITING) return NULL;
  return (SkTimer *)sk_ptr(sk_as_await(waiting)->self);
}

static SkValue aio_sleep(SkVm *vm, const SkValue *args) { return sk_await_new(vm, &sleep_ops, args[0], SK_NONE, args[1]); }
const SkNativeDef aio_sleep_def = {"sleep(delay, result=None)", "Suspend the task for |delay| seconds; give |result|.", aio_sleep};
