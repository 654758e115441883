/* timer.c - the binary heap of what happens at a time.  Layer 7b.
 *
 * Ordered by (when, scope deadlines first, sequence): the same program fires its timers in the same order every time (T6).
 * Each timer knows its place, so cancelling one is O(log n).
 */
#include <math.h>

#include "vm/task/task_impl.h"

static void timer_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((SkTimer *)o)->what); }

const SkTypeDef sk_timer_type = {
    .name = "_tasks.Timer", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(SkTimer), .trace = timer_trace,
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE};

static SkTimer *at(const SkLoop *l, uint32_t i) { return (SkTimer *)sk_ptr(l->timers->items[i]); }

static bool before(const SkTimer *a, const SkTimer *b) {
  if (a->when != b->when) return a->when < b->when;
  if ((a->urgent == SK_TIMER_SCOPE) != (b->urgent == SK_TIMER_SCOPE)) return a->urgent == SK_TIMER_SCOPE;
  return a->order < b->order;
}

static void put(SkLoop *l, uint32_t i, SkTimer *t) {
  l->timers->items[i] = sk_from_ptr(t);
  t->place = i + 1;
}

static void sift_up(SkLoop *l, uint32_t i, SkTimer *t) {
  for (; i > 0 && before(t, at(l, (i - 1) / 2)); i = (i - 1) / 2) put(l, i, at(l, (i - 1) / 2));
  put(l, i, t);
}

static void sift_down(SkLoop *l, uint32_t i, SkTimer *t) {
  for (uint32_t child; (child = 2 * i + 1) < l->timer_count; i = child) {
    if (child + 1 < l->timer_count && before(at(l, child + 1), at(l, child))) child++;
    if (!before(at(l, child), t)) break;
    put(l, i, at(l, child));
  }
  put(l, i, t);
}

static void grow(SkVm *vm, SkLoop *l) {
  size_t room = l->timers ? l->timers->count : 0;
  if (l->timer_count < room) return;
  SkValues *more = sk_values_new(vm, room ? room * 2 : 16);
  if (room) memcpy(more->items, l->timers->items, room * sizeof(SkValue));
  sk_write_ptr(vm, l, &l->timers, more);
}

static void insert(SkVm *vm, SkLoop *l, SkTimer *t, double when) {
  grow(vm, l);
  t->when = when;
  t->order = ++l->timer_order;
  sk_barrier(vm, l);
  sift_up(l, l->timer_count++, t);
  if (SK_UNLIKELY(l->host_waits)) loop_tell_host(vm, l);
  if (SK_UNLIKELY(!sk_is_none(l->clock))) loop_tell_clock(vm, l, "timer_added", sk_float_new(vm, when));
}

SkTimer *sk_timer_add(SkVm *vm, SkLoop *l, double when, SkValue what, unsigned urgent) {
  SkTimer *t = sk_object_new(vm, sk_tasks(vm)->timer, 0);
  t->what = what;
  t->urgent = urgent;
  insert(vm, l, t, when);
  return t;
}

void sk_timer_cancel(SkVm *vm, SkLoop *l, SkTimer *t) {
  if (!t->place) return;
  uint32_t i = t->place - 1;
  t->place = 0;
  sk_barrier(vm, l);
  SkTimer *last = at(l, --l->timer_count);
  l->timers->items[l->timer_count] = SK_NONE;
  if (last == t) return;
  if (i > 0 && before(last, at(l, (i - 1) / 2))) sift_up(l, i, last);
  else sift_down(l, i, last);
}

void sk_timer_move(SkVm *vm, SkLoop *l, SkTimer *t, double when) {
  sk_timer_cancel(vm, l, t);
  insert(vm, l, t, when);
}

double timer_next(const SkLoop *l) { return l->timer_count ? at(l, 0)->when : (double)INFINITY; }

/* What is due by |now| happens, in order: deadlines at once, the rest through the ready queue. */
void timer_fire(SkVm *vm, SkLoop *l, double now) {
  while (l->timer_count && at(l, 0)->when <= now) {
    SkTimer *t = at(l, 0);
    loop_make_room(vm, l); /* once it is out of the heap nothing may fail */
    sk_timer_cancel(vm, l, t);
    if (t->urgent == SK_TIMER_SCOPE) scope_deadline_passed(vm, (SkScope *)sk_ptr(t->what));
    else if (t->urgent == SK_TIMER_WAKE) sk_wake(vm, sk_as_await(t->what));
    else sk_loop_ready(vm, l, t->what);
  }
}
