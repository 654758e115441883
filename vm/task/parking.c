/* parking.c - primitives that hand over: a parking lot, an event, a lock, as Trio defines them.  Layer 7b.
 *
 * Who is let go has what it waited for: a lock belongs to the next waiter before that one runs.  All waits are checkpoints, those that
 * need not wait too.
 */
#include "vm/task/scope_impl.h"

enum { OP_NEW, OP_WAITS, OP_DONE };

/* All three begin alike. */
typedef struct Lot { SkObject head; SkWaiters waiters; SkTask *owner; uint32_t turns; bool set; } Lot;

static Lot *lot_of(SkValue v) { return (Lot *)sk_ptr(v); }
static void lot_trace(SkMarker *m, SkObject *o) {
  sk_waiters_trace(m, &((Lot *)o)->waiters);
  sk_mark_ptr(m, ((Lot *)o)->owner);
  sk_trace_attributes(m, o);
}

static SkValue lot_new(SkVm *vm, const SkValue *args) { return sk_from_ptr(sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0)); }
static const SkNativeDef lot_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, lot_new};

static SkValue get_waiting(SkVm *vm, SkValue self) { (void)vm; return sk_smallint((int64_t)sk_waiters_count(&lot_of(self)->waiters)); }

static void wait_in(SkVm *vm, Lot *p, SkAwait *a, SkValue *out) {
  sk_need_task(vm);
  sk_await_set_phase(a, OP_WAITS);
  sk_waiters_append(vm, p, &p->waiters, a);
  *out = sk_park(vm, a);
}

static bool leave_lot(SkVm *vm, SkAwait *a) {
  if (sk_await_phase(a) == OP_WAITS) sk_waiters_remove(vm, lot_of(a->self), &lot_of(a->self)->waiters, a);
  return true;
}

/* The task of the first waiter, which goes on; NULL: nobody waits. */
static SkTask *let_go(SkVm *vm, Lot *p) {
  SkAwait *a = sk_waiters_pop(vm, p, &p->waiters);
  if (!a) return NULL;
  SkTask *t = a->task;
  sk_await_set_phase(a, OP_DONE);
  sk_wake(vm, a);
  return t;
}

/* ---- parking lot ---------------------------------------------------------------------------------------------------------- */

static bool park_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  *out = SK_NONE;
  if (sk_await_phase(a)) return true;
  sk_checkpoint(vm);
  wait_in(vm, lot_of(a->self), a, out);
  return false;
}
/* An edge cancel that hits one who was let go: the next may go in its place. */
static bool park_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  (void)out;
  if (sk_await_phase(a) == OP_DONE && sk_is_true(a->a)) let_go(vm, lot_of(a->self));
  sk_raise_exc(vm, exc);
}
static const SkAwaitOps park_ops = {.name = "park", .qualname = "ParkingLot.park", .waits_for = "ParkingLot.park", .step = park_step,
                                    .thrown = park_thrown, .abort = leave_lot};

SK_NATIVE(lot_park, "async park(self, /, *, pass_on=False)", "Wait until unparked.  pass_on: an edge cancel after that unparks the next.") {
  return sk_await_new(vm, &park_ops, args[0], sk_bool(sk_truth(vm, args[1])), SK_NONE);
}

static SkValue unpark(SkVm *vm, Lot *p, uint64_t most) {
  SkList *tasks = sk_list_new(vm, 1);
  for (SkTask *t; most-- && (t = let_go(vm, p));) sk_list_append(vm, tasks, sk_from_ptr(t));
  return sk_from_ptr(tasks);
}

SK_NATIVE(lot_unpark, "unpark(self, /, *, count=1)", "Let the first |count| waiters go on; the list of their tasks.") {
  if (sk_is_float(args[1])) return unpark(vm, lot_of(args[0]), UINT64_MAX); /* math.inf */
  int64_t n = sk_to_index(vm, args[1]);
  if (n < 0) sk_raise_value(vm, "count must be non-negative");
  return unpark(vm, lot_of(args[0]), (uint64_t)n);
}
SK_NATIVE(lot_unpark_all, "unpark_all(self, /)", "Let all waiters go on.") { return unpark(vm, lot_of(args[0]), UINT64_MAX); }

SK_NATIVE(lot_repark, "repark(self, new_lot, /, *, count=1)", "Move the first |count| waiters to another lot; they stay asleep.") {
  if (!sk_has_kind(args[1], SK_KIND_NATIVE_OBJECT) || sk_shape_of(vm, args[1])->def != &parking_lot_type)
    sk_raise_type(vm, "new_lot must be a ParkingLot");
  Lot *from = lot_of(args[0]), *to = lot_of(args[1]);
  uint64_t n = sk_is_float(args[2]) ? UINT64_MAX : (uint64_t)sk_to_index(vm, args[2]);
  for (SkAwait *a; n-- && (a = from->waiters.first);) {
    sk_waiters_remove(vm, from, &from->waiters, a);
    sk_write(vm, a, &a->self, args[1]);
    sk_waiters_append(vm, to, &to->waiters, a);
  }
  return SK_NONE;
}

static int64_t lot_len(SkVm *vm, SkValue self) { (void)vm; return (int64_t)sk_waiters_count(&lot_of(self)->waiters); }
static bool lot_bool(SkVm *vm, SkValue self) { (void)vm; return lot_of(self)->waiters.first != NULL; }

static const SkAttrDef lot_attrs[] = {SK_METHOD(lot_park), SK_METHOD(lot_unpark), SK_METHOD(lot_unpark_all), SK_METHOD(lot_repark), SK_ATTRS_END};
const SkTypeDef parking_lot_type = {
    .name = "skein.ParkingLot", .doc = "A place where tasks wait in order.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Lot),
    .flags = SK_TYPE_WEAKREFABLE, .slots = {.len = lot_len, .bool_ = lot_bool}, .attrs = lot_attrs, .new_ = &lot_new_def, .trace = lot_trace};

/* ---- event --------------------------------------------------------------------------------------------------------------------- */

static bool event_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  Lot *e = lot_of(a->self);
  *out = SK_NONE;
  if (sk_await_phase(a)) return true;
  sk_checkpoint(vm);
  if (!e->set) {
    wait_in(vm, e, a, out);
    return false;
  }
  sk_await_set_phase(a, OP_DONE);
  return !task_gives_turn(vm, &e->turns);
}
static const SkAwaitOps event_ops = {.name = "wait", .qualname = "Event.wait", .waits_for = "Event.wait", .step = event_step, .abort = leave_lot};

SK_NATIVE(event_wait, "async wait(self, /)", "Wait until the event is set.") { return sk_await_new(vm, &event_ops, args[0], SK_NONE, SK_NONE); }
SK_NATIVE(event_set, "set(self, /)", "Set it, for good; all that wait go on.") {
  Lot *e = lot_of(args[0]);
  e->set = true;
  while (let_go(vm, e)) {}
  return SK_NONE;
}
SK_NATIVE(event_is_set, "is_set(self, /)", "Whether it was set.") { (void)vm; return sk_bool(lot_of(args[0])->set); }

static const SkAttrDef event_attrs[] = {SK_METHOD(event_wait), SK_METHOD(event_set), SK_METHOD(event_is_set),
                                        SK_GETSET("tasks_waiting", get_waiting, NULL, "How many tasks wait."), SK_ATTRS_END};
const SkTypeDef skein_event_type = {
    .name = "skein.Event", .doc = "Something that happens once; tasks can wait for it.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Lot),
    .flags = SK_TYPE_WEAKREFABLE, .attrs = event_attrs, .new_ = &lot_new_def, .trace = lot_trace};

/* ---- lock ------------------------------------------------------------------------------------------------------------------------- */

SkTask *skein_lock_owner(SkVm *vm, SkValue object) {
  if (!sk_has_kind(object, SK_KIND_NATIVE_OBJECT) || sk_shape_of(vm, object)->def != &skein_lock_type) return NULL;
  return lot_of(object)->owner;
}

/* True: taken. */
static bool try_acquire(SkVm *vm, Lot *l) {
  SkTask *t = sk_need_task(vm);
  if (l->owner == t) sk_raisef(vm, SK_T_RuntimeError, "attempt to re-acquire an already held Lock");
  if (l->owner) return false;
  sk_write_ptr(vm, l, &l->owner, t);
  return true;
}

static void hand_over(SkVm *vm, Lot *l) {
  SkAwait *first = l->waiters.first;
  sk_write_ptr(vm, l, &l->owner, first ? first->task : NULL);
  let_go(vm, l);
}

static bool acquire_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  Lot *l = lot_of(a->self);
  *out = SK_NONE;
  if (sk_await_phase(a)) return true;
  sk_checkpoint(vm);
  if (try_acquire(vm, l)) {
    sk_await_set_phase(a, OP_DONE);
    return !task_gives_turn(vm, &l->turns);
  }
  wait_in(vm, l, a, out);
  return false;
}

static bool acquire_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  (void)out;
  Lot *l = lot_of(a->self);
  if (sk_await_phase(a) == OP_DONE && l->owner == vm->task) hand_over(vm, l);
  sk_raise_exc(vm, exc);
}

static const SkAwaitOps acquire_ops = {.name = "acquire", .qualname = "Lock.acquire", .waits_for = "Lock.acquire", .step = acquire_step,
                                       .thrown = acquire_thrown, .abort = leave_lot};

static void release(SkVm *vm, Lot *l) {
  if (!l->owner || l->owner != vm->task) sk_raisef(vm, SK_T_RuntimeError, "can't release a Lock you don't own");
  hand_over(vm, l);
}

SK_NATIVE(lock_acquire, "async acquire(self, /)", "Take the lock; wait while another task has it.") {
  return sk_await_new(vm, &acquire_ops, args[0], SK_NONE, SK_NONE);
}
SK_NATIVE(lock_acquire_nowait, "acquire_nowait(self, /)", "Take the lock, or raise WouldBlock.") {
  if (!try_acquire(vm, lot_of(args[0]))) sk_raise_exc(vm, sk_exc_new(vm, SK_T_WouldBlock, NULL));
  return SK_NONE;
}
SK_NATIVE(lock_release, "release(self, /)", "Give the lock to the next one that waits.") {
  release(vm, lot_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(lock_locked, "locked(self, /)", "Whether some task has it.") { (void)vm; return sk_bool(lot_of(args[0])->owner); }

static bool exit_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  release(vm, lot_of(a->self));
  *out = SK_NONE;
  return true;
}
static const SkAwaitOps exit_ops = {.name = "__aexit__", .qualname = "Lock.__aexit__", .step = exit_step};
SK_NATIVE(lock_aenter, "async __aenter__(self, /)", NULL) { return sk_await_new(vm, &acquire_ops, args[0], SK_NONE, SK_NONE); }
SK_NATIVE(lock_aexit, "async __aexit__(self, type, value, traceback, /)", NULL) { return sk_await_new(vm, &exit_ops, args[0], SK_NONE, SK_NONE); }

static SkValue get_owner(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(lot_of(self)->owner, SK_NONE); }

static const SkAttrDef lock_attrs[] = {
    SK_METHOD(lock_acquire), SK_METHOD(lock_acquire_nowait), SK_METHOD(lock_release), SK_METHOD(lock_locked), SK_METHOD(lock_aenter),
    SK_METHOD(lock_aexit), SK_GETSET("owner", get_owner, NULL, "The task that has it, or None."),
    SK_GETSET("tasks_waiting", get_waiting, NULL, "How many tasks wait."), SK_ATTRS_END};
const SkTypeDef skein_lock_type = {
    .name = "skein.Lock", .doc = "One task at a time; in the order of asking.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Lot),
    .flags = SK_TYPE_WEAKREFABLE, .attrs = lock_attrs, .new_ = &lot_new_def, .trace = lot_trace};
