/* tasks_module.c - the module _tasks: futures, tasks and loops for the Python faces.  Layer 7b. */
#include "vm/run/thread.h"
#include "vm/task/task_impl.h"

/* Imports a module by its dotted name. */
SkValue task_import(SkVm *vm, const char *name) {
  SkValue from = sk_from_ptr(SK_NAME(vm, dunder_name));
  return vm->hooks.import(vm, sk_intern(vm, name), NULL, sk_from_ptr(sk_tuple_from(vm, &from, 1)), 0);
}

/* ---- who runs ----------------------------------------------------------------------------------------------------------------- */

SK_NATIVE(tasks_get_running_loop, "get_running_loop()", "The event loop that runs; RuntimeError if none does.") {
  return loop_owner(vm, sk_need_loop(vm));
}
SK_NATIVE(tasks_get_running_loop_opt, "_get_running_loop()", "The event loop that runs, or None.") {
  SkLoop *l = sk_tasks(vm)->running;
  return l ? loop_owner(vm, l) : SK_NONE;
}
SK_NATIVE(tasks_running_engine, "running_engine()", "The engine loop that runs, or None.") {
  return sk_from_ptr_or(sk_tasks(vm)->running, SK_NONE);
}
SK_NATIVE(tasks_set_running_loop, "_set_running_loop(loop, /)", "For loops that are driven by hand.") {
  SkValue l = sk_is_none(args[0]) ? SK_UNSET : loop_of(vm, args[0]);
  sk_tasks(vm)->running = !sk_is_unset(l) && sk_is_loop(l) ? sk_as_loop(l) : NULL;
  return SK_NONE;
}

static SkLoop *loop_arg(SkVm *vm, SkValue v) {
  if (sk_is_none(v)) return sk_need_loop(vm);
  SkValue l = loop_of(vm, v);
  return sk_is_loop(l) ? sk_as_loop(l) : NULL;
}
/* Loops that are not ours (a test's mock) have their current tasks in a dict. */
extern const SkModuleDef sk_tasks_module;
static SkDict *others(SkVm *vm) {
  SkValue key = sk_smallint((int64_t)(uintptr_t)&sk_tasks_module), v = sk_dict_get(vm, vm->module_state, key);
  if (!sk_is_unset(v)) return sk_as_dict(v);
  SkDict *d = sk_dict_new(vm);
  sk_dict_set(vm, vm->module_state, key, sk_from_ptr(d));
  return d;
}
static SkValue other_current(SkVm *vm, SkValue loop) {
  SkValue t = sk_dict_get(vm, others(vm), loop);
  return sk_is_unset(t) ? SK_NONE : t;
}
static void other_set(SkVm *vm, SkValue loop, SkValue task) {
  if (sk_is_none(task)) sk_dict_delete(vm, others(vm), loop);
  else sk_dict_set(vm, others(vm), loop, task);
}
static SkValue current_of(SkVm *vm, SkValue loop) {
  return loop_arg(vm, loop) ? sk_from_ptr_or(vm->task, SK_NONE) : other_current(vm, loop);
}
static void set_current(SkVm *vm, SkValue loop, SkValue task) {
  if (!loop_arg(vm, loop)) other_set(vm, loop, task);
  else if (sk_is_none(task)) vm->task = NULL;
  else if (sk_is_task(task)) vm->task = sk_as_task(task);
  else sk_raise_type(vm, "a task was expected, got %R", task);
}

SK_NATIVE(tasks_current_task, "current_task(loop=None)", "The task that runs, or None.") {
  SkLoop *l = loop_arg(vm, args[0]);
  if (!l) return other_current(vm, args[0]);
  SkTask *t = sk_current_task(vm);
  return t && sk_is(t->future.loop, sk_from_ptr(l)) ? sk_from_ptr(t) : SK_NONE;
}
SK_NATIVE(tasks_all_tasks, "all_tasks(loop=None)", "The unfinished tasks of the loop, as a set.") {
  SkLoop *l = loop_arg(vm, args[0]);
  SkSet *s = sk_set_new(vm);
  SkList *all = l ? loop_tasks(vm, l) : NULL;
  for (size_t i = 0; all && i < all->count; i++) sk_set_add(vm, s, sk_list_items(all)[i]);
  return sk_from_ptr(s);
}
SK_NATIVE(tasks_swap_current, "_swap_current_task(loop, task, /)", "Make task the running one; gives the one before.") {
  SkValue before = current_of(vm, args[0]);
  set_current(vm, args[0], args[1]);
  return before;
}
SK_NATIVE(tasks_enter, "_enter_task(loop, task, /)", NULL) {
  SkValue current = current_of(vm, args[0]);
  if (!sk_is_none(current)) {
    sk_raisef(vm, SK_T_RuntimeError, "Cannot enter into task %R while another task %R is being executed.", args[1], current);
  }
  set_current(vm, args[0], args[1]);
  return SK_NONE;
}
SK_NATIVE(tasks_leave, "_leave_task(loop, task, /)", NULL) {
  SkValue current = current_of(vm, args[0]);
  if (!sk_is(current, args[1])) sk_raisef(vm, SK_T_RuntimeError, "Leaving task %R does not match the current task %R.", args[1], current);
  set_current(vm, args[0], SK_NONE);
  return SK_NONE;
}

/* ---- waiting by hand ------------------------------------------------------------------------------------------------------------- */

/* self: the abort function or None; a: value or UNSET-like None; b: error or None.  phase 1: parked; 2: the abort function was asked. */

typedef struct Abort { SkAwait *a; bool undone; } Abort;
static void abort_protected(SkVm *vm, void *arg) {
  Abort *x = arg;
  x->undone = sk_truth(vm, sk_call1(vm, x->a->self, sk_from_ptr(x->a->task)));
}

/* Asked once per wait at most (T4). */
static bool park_abort_fn(SkVm *vm, SkAwait *a) {
  if (sk_await_phase(a) != 1 || sk_is_none(a->self) || !a->task) return sk_is_none(a->self);
  sk_await_set_phase(a, 2);
  Abort x = {a, true};
  if (!sk_protect(vm, abort_protected, &x)) sk_unraisable(vm, sk_take_raised(vm), a->self);
  return x.undone;
}

static bool park_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  if (!sk_await_phase(a)) {
    sk_await_set_phase(a, 1);
    if (SK_UNLIKELY(!sk_is_none(a->self) && sk_cancel_due(vm))) { /* cancelled already: the wait may be one that goes on all the same */
      *out = sk_park_shielded(vm, a);
      if (!park_abort_fn(vm, a)) return false;
      a->task = NULL;
      sk_current_task(vm)->waiting = SK_NONE;
      sk_checkpoint(vm);
    }
    *out = sk_park(vm, a);
    return false;
  }
  if (!sk_is_none(a->b)) sk_throw(vm, a->b);
  *out = a->a;
  return true;
}

static const SkAwaitOps park_ops = {.name = "wait_task_rescheduled", .qualname = "wait_task_rescheduled", .step = park_step, .abort = park_abort_fn};

SK_NATIVE(tasks_park, "async park(abort=None, /)", "Wait until reschedule(task). A canceller calls abort(task) once; it answers whether the wait is undone.") {
  return sk_await_new(vm, &park_ops, args[0], SK_NONE, SK_NONE);
}

SK_NATIVE(tasks_reschedule, "reschedule(task, value=None, error=None, /)", "A task that waits in park() goes on with the value or the error.") {
  if (!sk_is_task(args[0])) sk_raise_type(vm, "a task was expected, got %R", args[0]);
  SkTask *t = sk_as_task(args[0]);
  if (!sk_is_await(t->waiting) || sk_as_await(t->waiting)->ops != &park_ops) sk_raisef(vm, SK_T_RuntimeError, "the task does not wait in park()");
  SkAwait *a = sk_as_await(t->waiting);
  sk_write(vm, a, &a->a, args[1]);
  sk_write(vm, a, &a->b, args[2]);
  sk_wake(vm, a);
  return SK_NONE;
}

/* self: 0 checks and yields, 1 yields only, 2 checks only */
static bool checkpoint_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  int64_t kind = sk_smallint_get(a->self);
  *out = SK_NONE;
  if (sk_await_phase(a)) return true;
  if (kind != 1) sk_checkpoint(vm);
  if (kind == 2) return true;
  sk_await_set_phase(a, 1);
  if (kind == 1 && vm->task) { /* a bare yield would be a place for a cancel to come in */
    SkTask *t = sk_current_task(vm);
    *out = sk_park_shielded(vm, a);
    sk_loop_ready(vm, sk_as_loop(t->future.loop), sk_from_ptr(a));
  }
  return false;
}
static bool never(SkVm *vm, SkAwait *a) { return sk_smallint_get(a->self) != 1; }
static const SkAwaitOps checkpoint_ops = {.name = "checkpoint", .qualname = "checkpoint", .step = checkpoint_step, .abort = never};

SK_NATIVE(tasks_checkpoint, "async checkpoint()", "A place where others run and a cancel comes in.") {
  return sk_await_new(vm, &checkpoint_ops, sk_smallint(0), SK_NONE, SK_NONE);
}
SK_NATIVE(tasks_shielded_checkpoint, "async cancel_shielded_checkpoint()", "A place where others run.") {
  return sk_await_new(vm, &checkpoint_ops, sk_smallint(1), SK_NONE, SK_NONE);
}
SK_NATIVE(tasks_checkpoint_if_cancelled, "async checkpoint_if_cancelled()", "A place where a cancel comes in.") {
  return sk_await_new(vm, &checkpoint_ops, sk_smallint(2), SK_NONE, SK_NONE);
}

SK_NATIVE(tasks_raise_if_cancelled, "raise_if_cancelled()", "Cancelled, if the running task's scope is cancelled: a checkpoint that never waits.") {
  (void)args;
  sk_checkpoint(vm);
  return SK_NONE;
}

SK_NATIVE(tasks_interrupt, "interrupt(task, error, /)", "End the task's wait with the error; False if it does not wait, or its wait can't be ended.") {
  if (!sk_is_task(args[0])) sk_raise_type(vm, "a task was expected, got %R", args[0]);
  SkTask *t = sk_as_task(args[0]);
  if (!sk_is_await(t->waiting)) return SK_FALSE;
  SkAwait *a = sk_as_await(t->waiting);
  if (a->ops->abort && !a->ops->abort(vm, a)) return SK_FALSE;
  a->task = NULL;
  sk_await_set_state(a, SK_AWAIT_ABORTED);
  t->waiting = SK_NONE;
  task_throw_later(vm, t, args[1]);
  return SK_TRUE;
}

static bool idle_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  *out = SK_NONE;
  if (sk_await_phase(a)) return true;
  SkLoop *l = sk_need_loop(vm);
  sk_checkpoint(vm);
  sk_await_set_phase(a, 1);
  a->self = sk_from_ptr(l);
  sk_barrier(vm, a);
  sk_waiters_append(vm, l, &l->idle, a);
  *out = sk_park(vm, a);
  return false;
}
static bool idle_abort(SkVm *vm, SkAwait *a) {
  SkLoop *l = sk_as_loop(a->self);
  sk_waiters_remove(vm, l, &l->idle, a);
  return true;
}
static const SkAwaitOps idle_ops = {.name = "wait_all_tasks_blocked", .qualname = "wait_all_tasks_blocked", .step = idle_step, .abort = idle_abort};

SK_NATIVE(tasks_wait_idle, "async wait_idle(cushion=0.0, /)", "Wait until all other tasks wait, for cushion seconds.") {
  return sk_await_new(vm, &idle_ops, SK_NONE, SK_NONE, sk_float_new(vm, sk_number_to_double(vm, args[0])));
}

/* ---- the module -------------------------------------------------------------------------------------------------------------------- */

SK_NATIVE(tasks_spawn, "spawn(loop, coro, group=None, scope=None, name=None, context=None, /)",
          "A started task for coro in the group, below the scope: for faces that check their arguments themselves.") {
  SkLoop *l = loop_arg(vm, args[0]);
  if (!l) sk_raise_type(vm, "an event loop was expected, got %R", args[0]);
  if (l->closed) sk_raisef(vm, SK_T_RuntimeError, "Event loop is closed");
  SkGroup *g = sk_is_none(args[2]) ? sk_group_of_loop(vm, l) : sk_as_group(vm, args[2]);
  SkScope *s = sk_is_none(args[3]) ? g->scope : sk_as_scope(vm, args[3]);
  SkTask *t = sk_task_new(vm, l, args[1], g, s, args[4], sk_is_none(args[5]) ? NULL : sk_as_context(vm, args[5]));
  sk_task_start(vm, t);
  return sk_from_ptr(t);
}

/* Whether the loop object's create_task() is the package's own and does nothing but make a Task: then nobody needs to call it. */
static bool plain_create(SkLoop *l, SkValue method) {
  return sk_has_kind(method, SK_KIND_METHOD) && sk_is(((SkMethod *)sk_object(method))->func, l->plain_create_task);
}

SK_NATIVE(tasks_create_task, "create_task(coro, *, name=None, context=None)", "A task for coro on the running loop.") {
  SkLoop *l = sk_need_loop(vm);
  SkValue coro = args[0], name = args[1], context = args[2];
  SkValue method = sk_getattr_cstr(vm, loop_owner(vm, l), "create_task");
  bool simple = sk_is_gen(coro) && sk_as_gen(coro)->what == SK_GEN_COROUTINE && (sk_is_none(name) || sk_is_exactly(vm, name, SK_T_str));
  if (SK_LIKELY(simple && !l->debug && plain_create(l, method))) {
    SkGroup *g = sk_group_of_loop(vm, l);
    SkTask *t = sk_task_new(vm, l, coro, g, g->scope, name, sk_is_none(context) ? NULL : sk_as_context(vm, context));
    sk_task_start(vm, t);
    return sk_from_ptr(t);
  }
  SkValue given[] = {coro, name, context}, names[] = {sk_from_ptr(sk_intern(vm, "name")), sk_from_ptr(sk_intern(vm, "context"))};
  return sk_call(vm, method, given, 1, sk_tuple_from(vm, names, sk_is_none(context) ? 1 : 2));
}

SK_NATIVE(tasks_pool, "pool(threads, calls, /)",
          "For pools: so many more of their threads, and of calls that have not ended.  Idle threads do not keep a deadlock from being told.") {
  SkTasks *st = sk_tasks(vm);
  st->pool_threads += (int)sk_to_index(vm, args[0]);
  st->pool_calls += (int)sk_to_index(vm, args[1]);
  if (st->pool_calls == 0 && !sk_thread_is_main(vm)) sk_thread_wake_main(vm); /* its loop shall look again whether anything can come */
  return SK_NONE;
}

SK_NATIVE(tasks_is_async, "is_async(function, /)", "Whether a built-in function is an async one: inspect.iscoroutinefunction() asks.") {
  SkValue v = args[0];
  if (sk_is_func(v) && sk_as_func(v)->insns->op == SK_OP_HOST) v = sk_as_func(v)->k[0];
  if (sk_has_kind(v, SK_KIND_NATIVE)) return sk_bool(sk_native_is_async(((SkNative *)sk_ptr(v))->def));
  if (!sk_has_kind(v, SK_KIND_NATIVE_OBJECT)) return SK_FALSE;
  return sk_bool(sk_is_true(sk_getattr_opt(vm, v, sk_intern(vm, "_is_coroutine_function")))); /* of the host */
}

static const SkNativeDef *const functions[] = {
    &tasks_is_async_def, &tasks_pool_def,
    &tasks_get_running_loop_def, &tasks_get_running_loop_opt_def, &tasks_running_engine_def, &tasks_set_running_loop_def, &tasks_current_task_def,
    &tasks_all_tasks_def, &tasks_swap_current_def, &tasks_enter_def, &tasks_leave_def, &tasks_park_def, &tasks_reschedule_def,
    &tasks_checkpoint_def, &tasks_shielded_checkpoint_def, &tasks_checkpoint_if_cancelled_def, &tasks_raise_if_cancelled_def, &tasks_interrupt_def, &tasks_wait_idle_def, &tasks_spawn_def, &tasks_create_task_def, &tasks_outcomes_def, NULL};

static void tasks_init(SkVm *vm, SkModule *m) {
  SkTasks *st = sk_tasks(vm);
  sk_module_add(vm, m, "Future", sk_from_ptr(st->future));
  sk_module_add(vm, m, "Task", sk_from_ptr(st->task));
  sk_module_add(vm, m, "Handle", sk_from_ptr(st->handle));
  sk_module_add(vm, m, "TimerHandle", sk_from_ptr(st->timer_handle));
  sk_module_add(vm, m, "Countdown", sk_from_ptr(sk_library_type(vm, &sk_countdown_type)));
  sk_module_add(vm, m, "Loop", sk_from_ptr(st->loop));
  static const struct { const char *name; int id; } errors[] = {
      {"CancelledError", SK_T_CancelledError}, {"InvalidStateError", SK_T_InvalidStateError}, {"QueueEmpty", SK_T_QueueEmpty},
      {"QueueFull", SK_T_QueueFull}, {"QueueShutDown", SK_T_QueueShutDown}, {"Cancelled", SK_T_Cancelled},
      {"TaskCancelledError", SK_T_TaskCancelledError}, {"YieldInTaskGroupError", SK_T_YieldInTaskGroupError}, {"DeadlockError", SK_T_DeadlockError}};
  for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) sk_module_add(vm, m, errors[i].name, sk_from_ptr(vm->types[errors[i].id]));
  sk_module_add(vm, m, "NativeCoroutine", sk_from_ptr(vm->types[SK_T_native_coroutine]));
}

const SkModuleDef sk_tasks_module = {"_tasks", "Futures, tasks and loops.", functions, tasks_init};
