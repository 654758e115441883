/* task_type.c - asyncio.Task as scripts see it.  Layer 7b. */
#include "vm/task/task_impl.h"

static SkTask *self_of(SkValue v) { return sk_as_task(v); }

static SkValue task_new_m(SkVm *vm, const SkValue *args) {
  SkTask *t = sk_object_new(vm, sk_as_type(args[0]), 0);
  t->future.loop = t->future.result = t->future.callbacks = t->coro = t->waiting = t->name = t->reason = SK_NONE;
  t->future.head.aux = SK_FUTURE_IS_TASK;
  return sk_from_ptr(t);
}
static const SkNativeDef task_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, task_new_m};

bool task_is_coroutine(SkVm *vm, SkValue v) {
  if (sk_is_await(v)) return true;
  if (sk_is_gen(v) && sk_as_gen(v)->what == SK_GEN_COROUTINE) return true;
  SkValue fn = sk_getattr_cstr(vm, task_import(vm, "asyncio.coroutines"), "iscoroutine");
  return sk_truth(vm, sk_call1(vm, fn, v));
}

/* The first step of an eager task runs inside its creation. */
static void run_eagerly(SkVm *vm, SkTask *t) {
  t->future.head.aux |= SK_TASK_EAGER;
  loop_step(vm, t, SK_UNSET);
  if (sk_future_done(&t->future)) t->coro = SK_NONE;
}

static SkValue task_init_m(SkVm *vm, const SkValue *args) {
  SkTask *t = self_of(args[0]);
  SkValue coro = args[1], loop = loop_of(vm, args[2]), name = args[3];
  if (!task_is_coroutine(vm, coro)) sk_raise_type(vm, "a coroutine was expected, got %R", coro);
  if (sk_is_unset(loop)) loop = loop_default(vm);
  SkContext *context = sk_is_none(args[4]) ? NULL : sk_as_context(vm, args[4]);
  if (!sk_is_none(name) && !sk_is_exactly(vm, name, SK_T_str)) name = sk_from_ptr(sk_str(vm, name));
  if (!sk_is_loop(loop)) sk_raise_type(vm, "a task needs an event loop of asyncio, not %T", loop);
  SkLoop *l = sk_as_loop(loop);
  SkGroup *root = sk_group_of_loop(vm, l);
  task_init(vm, t, l, coro, root, root->scope, name, context);
  if (sk_truth(vm, args[5]) && sk_tasks(vm)->running == l) run_eagerly(vm, t);
  else sk_task_start(vm, t);
  return SK_NONE;
}
static const SkNativeDef task_init_def = {"__init__(self, coro, *, loop=None, name=None, context=None, eager_start=False)", NULL, task_init_m};

SK_NATIVE(task_cancel_with_reason, "cancel_with_reason(self, source, text=None, /)", "cancel() that says what kind of cancel it is: 'signal', 'shutdown' ...") {
  SkSource source;
  SkTask *t = self_of(args[0]);
  if (!reason_source_of(vm, args[1], &source)) sk_raise_value(vm, "no source of a cancel: %R", args[1]);
  if (!sk_task_cancel(vm, t, SK_NONE)) return SK_FALSE;
  sk_write(vm, t, &t->reason, sk_from_ptr(sk_reason_new(vm, source, sk_current_task(vm), args[2], SK_NONE)));
  return SK_TRUE;
}

SK_NATIVE(task_cancel_m, "cancel(self, /, msg=None)", "Ask the task to cancel itself: CancelledError is raised where it waits.") {
  return sk_bool(sk_task_cancel(vm, self_of(args[0]), args[1]));
}
SK_NATIVE(task_uncancel_m, "uncancel(self, /)", "Take one request back; how many are left.") {
  (void)vm;
  return sk_smallint(task_uncancel(self_of(args[0])));
}
SK_NATIVE(task_cancelling_m, "cancelling(self, /)", "How many requests there are that were not taken back.") {
  (void)vm;
  return sk_smallint(self_of(args[0])->cancel_count);
}
SK_NATIVE(task_get_name_m, "get_name(self, /)", "The task's name.") { return sk_from_ptr(sk_task_name(vm, self_of(args[0]))); }
SK_NATIVE(task_set_name_m, "set_name(self, value, /)", "Give the task a name.") {
  SkTask *t = self_of(args[0]);
  SkStr *s = sk_str(vm, args[1]);
  sk_write(vm, t, &t->name, sk_from_ptr(s));
  return SK_NONE;
}
SK_NATIVE(task_get_coro_m, "get_coro(self, /)", "The coroutine that the task runs.") {
  (void)vm;
  return self_of(args[0])->coro;
}
SK_NATIVE(task_get_context_m, "get_context(self, /)", "The context the task runs in.") {
  SkTask *t = self_of(args[0]);
  SkContext **c = vm->task == t ? (SkContext **)&vm->context : &t->context;
  SkValue v = sk_context_value(vm, *c);
  if (vm->task == t) vm->context = sk_ptr(v);
  sk_write_ptr(vm, t, &t->context, sk_ptr(v));
  return v;
}
SK_NATIVE(task_set_result_m, "set_result(self, result, /)", NULL) { sk_raisef(vm, SK_T_RuntimeError, "Task does not support set_result operation"); }
SK_NATIVE(task_set_exception_m, "set_exception(self, exception, /)", NULL) {
  sk_raisef(vm, SK_T_RuntimeError, "Task does not support set_exception operation");
}

static SkValue helper(SkVm *vm, const char *name, const SkValue *args, size_t n) {
  return sk_call(vm, sk_getattr_cstr(vm, task_import(vm, "asyncio.base_tasks"), name), args, n, NULL);
}
SK_NATIVE(task_get_stack_m, "get_stack(self, /, *, limit=None)", "The frames the task stands in.") { return helper(vm, "_task_get_stack", args, 2); }
SK_NATIVE(task_print_stack_m, "print_stack(self, /, *, limit=None, file=None)", "Print the frames the task stands in.") {
  return helper(vm, "_task_print_stack", args, 3);
}

static SkValue get_coro(SkVm *vm, SkValue self) { (void)vm; return self_of(self)->coro; }
static SkValue get_must_cancel(SkVm *vm, SkValue self) { (void)vm; return sk_bool(sk_object(self)->aux & SK_TASK_MUST_CANCEL); }
static SkValue get_waiting(SkVm *vm, SkValue self) { (void)vm; return self_of(self)->waiting; }
static SkValue get_scope(SkVm *vm, SkValue self) {
  SkTask *t = self_of(self);
  return sk_from_ptr_or(vm->task == t ? vm->scope : t->scope, SK_NONE);
}
static SkValue get_group(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(self_of(self)->group, SK_NONE); }
static SkValue get_log_destroy(SkVm *vm, SkValue self) { (void)vm; return sk_bool(!(sk_object(self)->aux & SK_TASK_NO_LOG_DESTROY)); }
static void set_log_destroy(SkVm *vm, SkValue self, SkValue v) {
  bool on = !sk_is_unset(v) && sk_truth(vm, v);
  SkObject *o = sk_object(self);
  o->aux = (uint16_t)((o->aux & ~SK_TASK_NO_LOG_DESTROY) | (on ? 0 : SK_TASK_NO_LOG_DESTROY));
}

static const SkAttrDef task_attrs[] = {
    SK_METHOD(task_cancel_m), SK_METHOD(task_cancel_with_reason), SK_METHOD(task_uncancel_m), SK_METHOD(task_cancelling_m), SK_METHOD(task_get_name_m), SK_METHOD(task_set_name_m),
    SK_METHOD(task_get_coro_m), SK_METHOD(task_get_context_m), SK_METHOD(task_set_result_m), SK_METHOD(task_set_exception_m),
    SK_METHOD(task_get_stack_m), SK_METHOD(task_print_stack_m),
    SK_GETSET("_coro", get_coro, NULL, NULL), SK_GETSET("_must_cancel", get_must_cancel, NULL, NULL), SK_GETSET("_fut_waiter", get_waiting, NULL, NULL),
    SK_GETSET("waiting", get_waiting, NULL, "What the task waits on, or None."), SK_GETSET("scope", get_scope, NULL, "Its innermost cancel scope."),
    SK_GETSET("group", get_group, NULL, "The group that joins it."), SK_GETSET("_log_destroy_pending", get_log_destroy, set_log_destroy, NULL),
    SK_ATTRS_END};

const SkTypeDef sk_task_type = {
    .name = "_asyncio.Task", .doc = "A coroutine that runs on its own.", .kind = SK_KIND_FUTURE, .size = sizeof(SkTask),
    .flags = SK_TYPE_WEAKREFABLE | SK_TYPE_HAS_DICT, .attrs = task_attrs, .new_ = &task_new_def, .init_ = &task_init_def};
