/* loop_type.c - the loop as the Python faces drive it.  Layer 7b. */
#include <math.h>

#include "vm/task/task_impl.h"

static SkLoop *self_of(SkValue v) { return sk_as_loop(v); }

static void need_open(SkVm *vm, SkLoop *l) {
  if (l->closed) sk_raisef(vm, SK_T_RuntimeError, "Event loop is closed");
}

/* ---- which loop ------------------------------------------------------------------------------------------------------------ */

SkValue loop_of(SkVm *vm, SkValue v) {
  if (sk_is_loop(v)) return v;
  if (sk_is_none(v)) {
    SkLoop *l = sk_tasks(vm)->running;
    return l ? sk_from_ptr(l) : SK_UNSET;
  }
  SkValue engine = sk_getattr_opt(vm, v, sk_intern(vm, "_engine"));
  return !sk_is_unset(engine) && sk_is_loop(engine) ? engine : v;
}

SkValue loop_default(SkVm *vm) {
  SkValue owner = sk_call0(vm, sk_getattr_cstr(vm, task_import(vm, "asyncio.events"), "get_event_loop"));
  return loop_of(vm, owner);
}

SkValue loop_owner(SkVm *vm, SkLoop *l) {
  if (sk_is_none(l->owner)) {
    SkValue owner = sk_call1(vm, sk_getattr_cstr(vm, task_import(vm, "asyncio.events"), "_adopt"), sk_from_ptr(l));
    sk_write(vm, l, &l->owner, owner);
  }
  return l->owner;
}

/* ---- methods ---------------------------------------------------------------------------------------------------------------- */

static SkValue loop_new_m(SkVm *vm, const SkValue *args) {
  static const char *const faces[] = {"asyncio", "skein", "trio"};
  for (int i = 0; i < 3; i++)
    if (sk_str_equal_cstr(sk_str(vm, args[1]), faces[i])) return sk_from_ptr(sk_loop_new(vm, (SkFace)i));
  sk_raise_value(vm, "face must be 'asyncio', 'skein' or 'trio', not %R", args[1]);
}
static const SkNativeDef loop_new_def = {"__new__(cls, face='asyncio', /)", NULL, loop_new_m};

static SkContext *context_arg(SkVm *vm, SkValue v) { return sk_is_none(v) ? NULL : sk_as_context(vm, v); }

static SkValue soon(SkVm *vm, SkLoop *l, SkValue fn, SkValue rest, SkValue context) {
  need_open(vm, l);
  SkValue h = loop_handle_new(vm, l, fn, sk_as_tuple(rest), context_arg(vm, context), NULL);
  sk_loop_ready(vm, l, h);
  return h;
}
SK_NATIVE(loop_call_soon, "call_soon(self, callback, /, *args, context=None)", "Run callback(*args) in the next pass.") {
  return soon(vm, self_of(args[0]), args[1], args[2], args[3]);
}
SK_NATIVE(loop_call_soon_threadsafe, "call_soon_threadsafe(self, callback, /, *args, context=None)", "The same from any thread; a loop that waits wakes up.") {
  SkLoop *l = self_of(args[0]);
  SkValue h = soon(vm, l, args[1], args[2], args[3]);
  if (l->poller) l->poller->wake(vm, l);
  return h;
}
static SkValue later(SkVm *vm, SkLoop *l, double when, SkValue fn, SkValue rest, SkValue context) {
  need_open(vm, l);
  return loop_handle_new(vm, l, fn, sk_as_tuple(rest), context_arg(vm, context), &when);
}
SK_NATIVE(loop_call_later, "call_later(self, delay, callback, /, *args, context=None)", "Run callback(*args) after delay seconds.") {
  SkLoop *l = self_of(args[0]);
  if (sk_is_none(args[1])) sk_raise_type(vm, "delay must not be None");
  double delay = sk_number_to_double(vm, args[1]);
  return later(vm, l, sk_loop_time(vm, l) + delay, args[2], args[3], args[4]);
}
SK_NATIVE(loop_call_at, "call_at(self, when, callback, /, *args, context=None)", "Run callback(*args) at loop time when.") {
  if (sk_is_none(args[1])) sk_raise_type(vm, "when cannot be None");
  return later(vm, self_of(args[0]), sk_number_to_double(vm, args[1]), args[2], args[3], args[4]);
}
SK_NATIVE(loop_time, "time(self, /)", "Loop time in seconds.") { return sk_float_new(vm, sk_loop_time(vm, self_of(args[0]))); }
SK_NATIVE(loop_run, "run(self, /)", "Run until stop().") {
  need_open(vm, self_of(args[0]));
  sk_loop_run(vm, self_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(loop_stop, "stop(self, /)", "End run() after the running pass.") {
  (void)vm;
  self_of(args[0])->stopping = true;
  return SK_NONE;
}
SK_NATIVE(loop_wake, "wake(self, /)", "End the loop's waiting; any thread.") {
  SkLoop *l = self_of(args[0]);
  if (l->poller) l->poller->wake(vm, l);
  return SK_NONE;
}
SK_NATIVE(loop_hold, "hold(self, delta, /)", "Count work elsewhere that will wake the loop: while there is any, waiting is no deadlock.") {
  SkLoop *l = self_of(args[0]);
  l->threads = (uint32_t)((int64_t)l->threads + sk_to_index(vm, args[1]));
  return SK_NONE;
}
SK_NATIVE(loop_is_running, "is_running(self, /)", "True inside run().") { (void)vm; return sk_bool(self_of(args[0])->running); }
SK_NATIVE(loop_is_closed, "is_closed(self, /)", "True after close().") { (void)vm; return sk_bool(self_of(args[0])->closed); }
SK_NATIVE(loop_close, "close(self, /)", "Nothing can be run any more; what is queued is dropped.") {
  SkLoop *l = self_of(args[0]);
  if (l->running) sk_raisef(vm, SK_T_RuntimeError, "Cannot close a running event loop");
  if (l->closed) return SK_NONE;
  l->closed = true;
  l->ready = NULL;
  l->ready_first = l->ready_count = 0;
  while (l->timer_count) sk_timer_cancel(vm, l, (SkTimer *)sk_ptr(l->timers->items[0]));
  if (l->poller) l->poller->close(vm, l);
  l->poller = NULL;
  return SK_NONE;
}
SK_NATIVE(loop_create_future, "create_future(self, /)", "A future of this loop.") { return sk_from_ptr(sk_future_new(vm, self_of(args[0]))); }
SK_NATIVE(loop_set_clock, "set_clock(self, clock, /)", "An object with current_time() and idle(seconds or None), or None: the real clock.") {
  sk_write(vm, self_of(args[0]), &self_of(args[0])->clock, args[1]);
  return SK_NONE;
}
SK_NATIVE(loop_all_tasks, "all_tasks(self, /)", "All unfinished tasks, in creation order.") { return sk_from_ptr(loop_tasks(vm, self_of(args[0]))); }

static SkValue get_owner(SkVm *vm, SkValue self) { return loop_owner(vm, self_of(self)); }
static void set_owner(SkVm *vm, SkValue self, SkValue v) { sk_write(vm, self_of(self), &self_of(self)->owner, sk_is_unset(v) ? SK_NONE : v); }
static SkValue get_ready(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(self_of(self)->ready_count); }
static SkValue get_timers(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(self_of(self)->timer_count); }
static SkValue get_next_timer(SkVm *vm, SkValue self) {
  double next = timer_next(self_of(self));
  return isinf(next) ? SK_NONE : sk_float_new(vm, next);
}
static SkValue get_tasks(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(self_of(self)->task_count); }
static SkValue get_deadlock(SkVm *vm, SkValue self) { (void)vm; return sk_bool(!self_of(self)->deadlock_off); }
static void set_deadlock(SkVm *vm, SkValue self, SkValue v) { self_of(self)->deadlock_off = sk_is_unset(v) || !sk_truth(vm, v); }
static SkValue get_debug(SkVm *vm, SkValue self) { (void)vm; return sk_bool(self_of(self)->debug); }
static void set_debug(SkVm *vm, SkValue self, SkValue v) {
  self_of(self)->debug = !sk_is_unset(v) && sk_truth(vm, v);
  self_of(self)->debug_used |= self_of(self)->debug;
}
static SkValue get_seed(SkVm *vm, SkValue self) { return sk_int_new(vm, (int64_t)(self_of(self)->sched_seed >> 2)); }
static void set_seed(SkVm *vm, SkValue self, SkValue v) { self_of(self)->sched_seed = (uint64_t)sk_to_index(vm, v) << 2; }
static SkValue get_task_class(SkVm *vm, SkValue self) {
  SkType *cls = self_of(self)->task_class;
  return sk_from_ptr(cls ? cls : sk_tasks(vm)->task);
}
static void set_task_class(SkVm *vm, SkValue self, SkValue v) {
  if (!sk_is_type(v) || !sk_type_is_subtype((SkType *)sk_ptr(v), sk_tasks(vm)->task)) sk_raise_type(vm, "task_class must be a subclass of Task");
  sk_write_ptr(vm, self_of(self), &self_of(self)->task_class, sk_ptr(v));
}
static SkValue get_root(SkVm *vm, SkValue self) { return sk_from_ptr(sk_group_of_loop(vm, self_of(self))); }

static const SkAttrDef loop_attrs[] = {
    SK_METHOD(loop_call_soon), SK_METHOD(loop_call_soon_threadsafe), SK_METHOD(loop_call_later), SK_METHOD(loop_call_at), SK_METHOD(loop_time),
    SK_METHOD(loop_run), SK_METHOD(loop_stop), SK_METHOD(loop_wake), SK_METHOD(loop_hold), SK_METHOD(loop_is_running), SK_METHOD(loop_is_closed), SK_METHOD(loop_close),
    SK_METHOD(loop_create_future), SK_METHOD(loop_set_clock), SK_METHOD(loop_all_tasks),
    SK_GETSET("owner", get_owner, set_owner, "The event loop object of asyncio."), SK_GETSET("ready_count", get_ready, NULL, NULL),
    SK_GETSET("timer_count", get_timers, NULL, NULL), SK_GETSET("next_timer", get_next_timer, NULL, "Loop time of the next timer, or None."),
    SK_GETSET("task_count", get_tasks, NULL, NULL), SK_GETSET("deadlock_report", get_deadlock, set_deadlock, NULL),
    SK_GETSET("debug", get_debug, set_debug, "Futures, tasks and handles remember where they were made."),
    SK_GETSET("sched_seed", get_seed, set_seed, "0: first come, first served."),
    SK_GETSET("task_class", get_task_class, set_task_class, "The class of the tasks that are spawned in it."), SK_GETSET("root", get_root, NULL, "The root group."),
    SK_MEMBER("plain_create_task", SkLoop, plain_create_task, false, NULL), SK_MEMBER("exception_hook", SkLoop, exception_hook, false, NULL), SK_MEMBER("main_task", SkLoop, main_task, false, NULL), SK_ATTRS_END};

const SkTypeDef sk_loop_type = {
    .name = "_tasks.Loop", .doc = "Ready queue, timers and tasks of one run.", .kind = SK_KIND_LOOP, .size = sizeof(SkLoop),
    .flags = SK_TYPE_FINAL | SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE, .attrs = loop_attrs, .new_ = &loop_new_def};
