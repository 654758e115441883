/* state.c - what the engine keeps per VM: the running loop, counters, classes.  Layer 7b.
 *
 * The record is one payload cell that the collector keeps alive (vm->task_state) and does not look into: the running loop is
 * on the C stack of whoever runs it, the classes are in vm->module_state.
 */
#include "vm/run/thread.h"
#include "vm/task/task_impl.h"

SkTasks *sk_tasks(SkVm *vm) {
  if (SK_LIKELY(vm->task_state != NULL)) return (SkTasks *)((SkRaw *)vm->task_state)->data;
  SkRaw *cell = sk_raw_new(vm, sizeof(SkTasks));
  SkTasks *st = (SkTasks *)cell->data;
  memset(st, 0, sizeof *st);
  st->future = sk_library_type(vm, &sk_future_type);
  st->task = sk_type_from_def_base(vm, &sk_task_type, st->future);
  sk_dict_set(vm, vm->module_state, sk_smallint((int64_t)(uintptr_t)&sk_task_type), sk_from_ptr(st->task));
  st->handle = sk_library_type(vm, &sk_handle_type);
  st->timer_handle = sk_type_from_def_base(vm, &sk_timer_handle_type, st->handle);
  sk_dict_set(vm, vm->module_state, sk_smallint((int64_t)(uintptr_t)&sk_timer_handle_type), sk_from_ptr(st->timer_handle));
  st->loop = sk_library_type(vm, &sk_loop_type);
  st->timer = sk_library_type(vm, &sk_timer_type);
  static const SkLoop *const none = NULL;
  sk_thread_own(vm, &st->running, sizeof st->running, &none, NULL); /* each thread runs a loop of its own */
  vm->task_state = cell;
  return st;
}

SkTask *sk_need_task(SkVm *vm) {
  if (!vm->task) sk_raisef(vm, SK_T_RuntimeError, "no running event loop");
  return sk_current_task(vm);
}

SkLoop *sk_need_loop(SkVm *vm) {
  SkLoop *l = vm->task_state ? sk_tasks(vm)->running : NULL;
  if (!l) sk_raisef(vm, SK_T_RuntimeError, "no running event loop");
  return l;
}
