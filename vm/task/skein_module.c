/* skein_module.c - the module _skein: scopes, groups, channels of the native face, the hooks that need no import.  Layer 7b. */
#include <math.h>

#include "vm/task/scope_impl.h"

SK_NATIVE(skein_effective_deadline, "current_effective_deadline()", "When the running task will be cancelled at the latest, as things stand.") {
  (void)args;
  sk_need_task(vm);
  return sk_float_new(vm, sk_scope_effective_deadline(vm->scope));
}

SK_NATIVE(skein_current_time, "current_time()", "The running loop's time in seconds.") {
  (void)args;
  return sk_float_new(vm, sk_loop_time(vm, sk_need_loop(vm)));
}

SK_NATIVE(skein_current_scope, "current_scope()", "The innermost scope of the running task: a CancelScope, or None.") {
  (void)args;
  return sk_from_ptr_or(vm->scope, SK_NONE);
}

static SkLoop *loop_arg(SkVm *vm, SkValue v) {
  if (sk_is_none(v)) return sk_need_loop(vm);
  if (!sk_is_loop(v)) sk_raise_type(vm, "an engine loop was expected, got %R", v);
  return sk_as_loop(v);
}

SK_NATIVE(skein_cancel_root, "cancel_root(loop, source, text=None, /)", "Cancel everything that runs on the engine loop.") {
  static const char *const names[] = {"signal", "shutdown"};
  static const SkSource sources[] = {SK_SOURCE_SIGNAL, SK_SOURCE_SHUTDOWN};
  for (size_t i = 0; i < 2; i++) {
    if (!sk_is_str(args[1]) || !sk_str_equal_cstr(sk_as_str(args[1]), names[i])) continue;
    SkGroup *root = sk_group_of_loop(vm, loop_arg(vm, args[0]));
    sk_scope_cancel(vm, root->scope, sk_reason_new(vm, sources[i], NULL, args[2], SK_NONE));
    return SK_NONE;
  }
  sk_raise_value(vm, "source must be 'signal' or 'shutdown', not %R", args[1]);
}

SK_NATIVE(skein_task_list, "task_list(loop=None, /)", "Text: what every task of the loop waits for.") {
  SkLoop *l = loop_arg(vm, args[0]);
  return sk_from_ptr(deadlock_text(vm, l));
}

/* A signal handler (D4). */
SK_NATIVE(skein_report_tasks, "report_tasks(signum=0, frame=None, /)", "Print what every task of the running loop waits for to sys.stderr.") {
  SkLoop *l = sk_tasks(vm)->running;
  if (!l) return SK_NONE;
  SkStr *text = sk_format(vm, "%U\n", deadlock_text(vm, l));
  SkValue err = sk_dict_get_cstr(vm, vm->sys->dict, "stderr");
  if (sk_is_unset(err) || sk_is_none(err)) return SK_NONE;
  sk_call_method1(vm, err, sk_intern(vm, "write"), sk_from_ptr(text));
  sk_call_method0(vm, err, sk_intern(vm, "flush"));
  return SK_NONE;
}

SK_NATIVE(skein_task_rows, "task_tree(loop=None, /)", "The unfinished tasks: (task, parent task or None, group or None, 'FILE:LINE' or None).") {
  SkLoop *l = loop_arg(vm, args[0]);
  SkList *tasks = loop_tasks(vm, l), *out = sk_list_new(vm, tasks->count);
  for (size_t i = 0; i < tasks->count; i++) {
    SkTask *t = sk_as_task(sk_list_items(tasks)[i]);
    SkGroup *g = t->group && t->group->parent ? t->group : NULL;
    SkValue parent = g ? sk_from_ptr(g->parent) : SK_NONE;
    sk_list_append(vm, out, sk_from_ptr(sk_tuple_pack(vm, 4, sk_from_ptr(t), parent, sk_from_ptr_or(g, SK_NONE), task_where(vm, t))));
  }
  return sk_from_ptr(out);
}

SK_NATIVE(skein_origin, "origin(exception, /)",
          "Where an error that entered a task group came from: (task's path, number of arrival, Reason of the cancel that had reached it or None); or None.") {
  if (!sk_is_exc(args[0])) sk_raise_type(vm, "an exception was expected, got %R", args[0]);
  SkOrigin *o = origin_of(vm, args[0]);
  if (!o) return SK_NONE;
  SkValue path = sk_from_ptr(sk_str(vm, sk_as_exc(args[0])->task)), number = sk_int_from_u64(vm, o->arrival);
  return sk_from_ptr(sk_tuple_pack(vm, 3, path, number, sk_from_ptr_or(o->reason, SK_NONE)));
}

/* -X name=value, by sys._xoptions. */
bool skein_option_is(SkVm *vm, const char *name, const char *value) {
  SkValue options = sk_dict_get_cstr(vm, vm->sys->dict, "_xoptions");
  SkValue v = sk_is_dict(options) ? sk_dict_get_cstr(vm, sk_as_dict(options), name) : SK_UNSET;
  return sk_is_str(v) && sk_str_equal_cstr(sk_as_str(v), value);
}

SkStr *sk_group_summary(SkVm *vm, SkValue exc) {
  if (!sk_is_exc_group(vm, exc) || vm->options.portable) return NULL;
  SkValue text = sk_call1(vm, sk_getattr_cstr(vm, task_import(vm, "skein._summary"), "summary"), exc);
  return sk_is_str(text) ? sk_as_str(text) : NULL;
}

/* ---- names that are there without an import ---------------------------------------------------------------------------------- */

static SkValue library_name(SkVm *vm, SkStr *name) {
  static const struct { const char *name; int id; } errors[] = {
      {"TaskCancelledError", SK_T_TaskCancelledError}, {"YieldInTaskGroupError", SK_T_YieldInTaskGroupError},
      {"DeadlockError", SK_T_DeadlockError}, {"Cancelled", SK_T_Cancelled}};
  for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
    if (sk_str_equal_cstr(name, errors[i].name)) return sk_from_ptr(vm->types[errors[i].id]);
  if (sk_str_equal_cstr(name, "TaskGroup")) return sk_from_ptr(sk_library_type(vm, &sk_group_type));
  if (sk_str_equal_cstr(name, "CancelScope")) return sk_from_ptr(sk_library_type(vm, &sk_scope_type));
  if (sk_str_equal_cstr(name, "stream")) return sk_getattr_cstr(vm, task_import(vm, "skein"), "stream");
  return SK_UNSET;
}

static SkValue extra_name(SkVm *vm, SkStr *name) { return vm->options.portable ? SK_UNSET : library_name(vm, name); }

static SkValue run_main(SkVm *vm, SkValue coroutine) {
  SkValue task = sk_call1(vm, sk_getattr_cstr(vm, task_import(vm, "skein"), "_run_main"), coroutine);
  return sk_future_result(vm, sk_as_future(task));
}

void sk_skein_install(SkVm *vm) {
  vm->hooks.extra_name = extra_name;
  vm->hooks.run_main = run_main;
  detach_install(vm);
  outside_install(vm);
}

/* ---- the module ------------------------------------------------------------------------------------------------------------------- */

static const SkNativeDef *const functions[] = {
    &scope_move_on_after_def, &scope_move_on_at_def, &scope_fail_after_def, &scope_fail_at_def, &skein_sleep_def, &skein_sleep_until_def,
    &skein_sleep_forever_def, &skein_effective_deadline_def, &skein_current_time_def, &skein_current_scope_def, &skein_cancel_root_def,
    &skein_task_list_def, &skein_task_rows_def, &skein_origin_def, &skein_report_tasks_def, &channel_open_def, NULL};

static void add_type(SkVm *vm, SkModule *m, const char *name, const SkTypeDef *def) {
  sk_module_add(vm, m, name, sk_from_ptr(sk_library_type(vm, def)));
}

static void skein_init(SkVm *vm, SkModule *m) {
  add_type(vm, m, "TaskGroup", &sk_group_type);
  add_type(vm, m, "CancelScope", &sk_scope_type);
  add_type(vm, m, "Reason", &sk_reason_type);
  add_type(vm, m, "SendEnd", &channel_send_type);
  add_type(vm, m, "ReceiveEnd", &channel_receive_type);
  add_type(vm, m, "ParkingLot", &parking_lot_type);
  add_type(vm, m, "Event", &skein_event_type);
  add_type(vm, m, "Lock", &skein_lock_type);
  static const struct { const char *name; int id; } errors[] = {
      {"Cancelled", SK_T_Cancelled}, {"TaskCancelledError", SK_T_TaskCancelledError}, {"YieldInTaskGroupError", SK_T_YieldInTaskGroupError},
      {"DeadlockError", SK_T_DeadlockError}, {"WouldBlock", SK_T_WouldBlock}, {"EndOfChannel", SK_T_EndOfChannel},
      {"ClosedResourceError", SK_T_ClosedResourceError}, {"BrokenResourceError", SK_T_BrokenResourceError}};
  for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) sk_module_add(vm, m, errors[i].name, sk_from_ptr(vm->types[errors[i].id]));
}

const SkModuleDef sk_skein_module = {"_skein", "Cancel scopes, task groups, channels.", functions, skein_init};
