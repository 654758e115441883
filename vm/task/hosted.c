/* hosted.c - the loop that a host drives: turns that never wait, runs until a task is done.  Layer 7b.
 *
 * Between two turns the host waits by itself, on the poller's descriptor and until the next timer.  What becomes ready or due then, by
 * a call of the host, is told through that descriptor.
 * No error leaves such a loop by itself: a task keeps its own, also SystemExit and KeyboardInterrupt.  What a poll raises (Ctrl-C, the
 * handler of a signal) is thrown into the task that is run for, else into the oldest one.
 */
#include <math.h>

#include "vm/run/thread.h"
#include "vm/task/scope_impl.h"

SkLoop *sk_loop_new_hosted(SkVm *vm) {
  SkLoop *l = sk_loop_new(vm, SK_FACE_SKEIN);
  l->hosted = l->host_waits = true;
  return l;
}

void loop_tell_host(SkVm *vm, SkLoop *l) {
  if (!l->poller) return; /* then it has no descriptor that could wait */
  l->host_waits = false;  /* told once */
  l->poller->wake(vm, l);
}

int sk_loop_descriptor(SkVm *vm, SkLoop *l) {
  if (!l->poller && vm->hooks.make_poller) l->poller = vm->hooks.make_poller(vm, l);
  if (!l->poller) return -1;
  int fd = l->poller->descriptor(vm, l);
  if (l->ready_count || sk_interrupts(vm)) loop_tell_host(vm, l);
  return fd;
}

/* ---- what a poll raised ------------------------------------------------------------------------------------------------------ */

static bool throw_in(SkVm *vm, SkLoop *l, SkValue exc) {
  if (sk_is_task(l->main_task) && task_interrupt(vm, sk_as_task(l->main_task), exc)) return true;
  for (SkTask *t = sk_group_of_loop(vm, l)->first; t; t = t->next)
    if (task_interrupt(vm, t, exc)) return true;
  return false;
}

/* ---- a stretch of passes ------------------------------------------------------------------------------------------------------- */

typedef struct Stretch {
  SkLoop *loop;
  SkFuture *until;   /* NULL: a turn */
  int64_t end;       /* of a turn; 0: one pass */
  double seconds;
} Stretch;

static bool over(const Stretch *s) {
  if (s->until) return sk_future_done(s->until);
  return s->end == 0 || sk_thread_now() >= s->end;
}

static void stretch_protected(SkVm *vm, void *arg) {
  Stretch *s = arg;
  SkLoop *l = s->loop;
  while (!s->until || !sk_future_done(s->until)) {
    if (s->until) loop_look_outside(vm, l);
    else if (l->poller) loop_poll(vm, l, 0);
    loop_pass(vm, l);
    if (over(s) || (!s->until && !l->ready_count)) break;
  }
  if (!s->until && l->poller && l->poller->due(vm, l) == 0) loop_poll(vm, l, 0); /* what is to be watched gets into the kernel's set */
}

/* The loop runs for the length of a call; whatever a pass raises that is no stop goes into a task, or out if |s| has somebody to hear it. */
static void run_stretch(SkVm *vm, Stretch *s) {
  SkTasks *st = sk_tasks(vm);
  SkLoop *l = s->loop, *before = st->running;
  if (before) sk_raisef(vm, SK_T_RuntimeError, before == l ? "This event loop is already running" : "Cannot run the event loop while another loop is running");
  void *task = vm->task, *scope = vm->scope, *context = vm->context;
  st->running = l;
  l->running = true;
  l->host_waits = false;
  sk_write(vm, l, &l->main_task, sk_from_ptr_or(s->until, SK_NONE));
  SkValue raised = SK_UNSET;
  for (bool again = true; again;) {
    again = !sk_protect(vm, stretch_protected, s);
    if (!again) break;
    raised = sk_take_raised(vm);
    if (sk_stopped(vm) || sk_exc_is(vm, raised, SK_T_DeadlockError) || !throw_in(vm, l, raised)) break;
    raised = SK_UNSET;
    again = s->until != NULL;
  }
  st->running = NULL;
  l->running = l->stopping = false;
  l->current = SK_NONE;
  vm->task = task, vm->scope = scope, vm->context = context;
  l->main_task = SK_NONE;
  l->host_waits = true;
  if (!sk_is_unset(raised)) sk_throw(vm, raised);
}

/* ---- turns ------------------------------------------------------------------------------------------------------------------------ */

/* Tasks that wait until nothing else is ready (|idle|): the time until the first may go on; infinity: none. */
static double idle_wait(SkVm *vm, SkLoop *l, double now) {
  if (!l->idle.first || l->ready_count) {
    l->idle_since = 0;
    return (double)INFINITY;
  }
  if (l->idle_since == 0) l->idle_since = now;
  double least = (double)INFINITY;
  for (SkAwait *a = l->idle.first; a; a = a->next) least = fmin(least, sk_number_to_double(vm, a->b));
  double left = l->idle_since + least - now;
  if (left > 0) return left;
  for (SkAwait *a = l->idle.first, *next; a; a = next) {
    next = a->next;
    if (sk_number_to_double(vm, a->b) > least) continue;
    loop_make_room(vm, l);
    sk_waiters_remove(vm, l, &l->idle, a);
    sk_wake(vm, a);
  }
  l->idle_since = 0;
  return 0;
}

/* Threads of scripts get the VM only while the host gives it away: it should come back soon when one has work for the loop. */
static double threads_wait(SkVm *vm, SkLoop *l) {
  if (sk_thread_count(vm) == 1 || (!sk_thread_others_waiting(vm) && !l->threads)) return (double)INFINITY;
  return (double)sk_thread_interval(vm) * 1e-9;
}

static double least_wait(SkVm *vm, SkLoop *l) {
  double now = sk_loop_time(vm, l), wait = fmin(timer_next(l) - now, idle_wait(vm, l, now));
  double due = l->poller ? l->poller->due(vm, l) : -1;
  if (due >= 0) wait = fmin(wait, due);
  wait = fmin(wait, threads_wait(vm, l));
  return wait > 0 ? wait : 0;
}

SkTurn sk_loop_turn(SkVm *vm, SkLoop *l, uint64_t budget, double *seconds) {
  enum { LONGEST = 1000000000 /* seconds */ };
  int64_t room = budget / 1000000000 > LONGEST ? (int64_t)LONGEST * 1000000000 : (int64_t)budget;
  run_stretch(vm, &(Stretch){.loop = l, .end = budget ? sk_thread_now() + room : 0});
  *seconds = least_wait(vm, l);
  if (l->ready_count) {
    *seconds = 0;
    loop_tell_host(vm, l);
    return SK_TURN_READY;
  }
  return l->task_count || !isinf(*seconds) || loop_outside_active(vm, l) ? SK_TURN_WAITS : SK_TURN_IDLE;
}

void sk_loop_run_until(SkVm *vm, SkLoop *l, SkFuture *f) { run_stretch(vm, &(Stretch){.loop = l, .until = f}); }
