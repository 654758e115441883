/* thread_wait.c - threads that wait for one thing: a queue of their C frames.  Layer 8.
 *
 * Everything here is done with the VM's lock, so there is nothing else to lock.  A waiter is unlinked before anything
 * may raise or leave: its frame would be gone.
 */
#include <math.h>

#include "stdlib/native/thread_impl.h"

static void append(Waiters *ws, Waiter *w) {
  w->prev = ws->last;
  w->next = NULL;
  if (ws->last) ws->last->next = w;
  else ws->first = w;
  ws->last = w;
  w->linked = true;
}

void waiters_unlink(Waiters *ws, Waiter *w) {
  if (!w->linked) return;
  if (w->prev) w->prev->next = w->next;
  else ws->first = w->next;
  if (w->next) w->next->prev = w->prev;
  else ws->last = w->prev;
  w->linked = false;
}

bool waiters_sleep(SkVm *vm, Waiters *ws, Waiter *w, int64_t deadline) {
  if (!w->linked) {
    w->thread = sk_thread_current(vm);
    append(ws, w);
  }
  bool in_time = sk_thread_park(vm, deadline);
  if (w->linked && sk_thread_must_poll(vm)) {
    waiters_unlink(ws, w);
    vm->hooks.poll(vm);
  }
  return in_time;
}

void waiters_wake_all(Waiters *ws) {
  for (Waiter *w = ws->first; w; w = w->next) sk_thread_unpark(w->thread);
}

int64_t deadline_of(SkVm *vm, SkValue timeout) {
  double s;
  if (sk_is_float(timeout)) {
    s = sk_float_get(timeout);
    if (isnan(s)) sk_raise_value(vm, "Invalid value NaN (not a number)");
  } else {
    s = sk_int_get_double(vm, sk_to_int(vm, timeout));
  }
  if (fabs(s) > 9223372036.0) sk_raisef(vm, SK_T_OverflowError, fabs(s) > 9e18 ? "timestamp out of range for platform time_t" : "timeout value is too large");
  if (s < 0) return SK_NO_DEADLINE;
  int64_t now = sk_thread_now(), ns = (int64_t)ceil(s * 1e9);
  return ns > INT64_MAX - now ? INT64_MAX : now + ns;
}
