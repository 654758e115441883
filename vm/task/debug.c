/* debug.c - what the loop's debug mode remembers: where futures, tasks and handles were made.  Layer 7b. */
#include <time.h>

#include "vm/task/task_impl.h"

SkValue debug_stack(SkVm *vm, SkLoop *l) {
  if (SK_LIKELY(!l->debug)) return SK_NONE;
  return sk_call0(vm, sk_getattr_cstr(vm, task_import(vm, "asyncio.format_helpers"), "extract_stack"));
}

static double now(void) {
  struct timespec ts;
  clock_gettime(CLOCK_MONOTONIC, &ts);
  return (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9;
}

void debug_run_entry(SkVm *vm, SkLoop *l, SkValue entry, void (*run)(SkVm *vm, SkLoop *l, SkValue entry)) {
  double start = now();
  run(vm, l, entry);
  double took = now() - start;
  if (sk_is_none(l->owner) || sk_is_await(entry)) return;
  SkValue limit = sk_getattr_opt(vm, l->owner, sk_intern(vm, "slow_callback_duration"));
  if (sk_is_unset(limit) || took < sk_number_to_double(vm, limit)) return;
  SkValue args[] = {entry, sk_float_new(vm, took)};
  sk_call(vm, sk_getattr_cstr(vm, l->owner, "_report_slow"), args, 2, NULL);
}

/* It lies in the instance's __dict__: only debug mode pays for it. */
void debug_mark_future(SkVm *vm, SkFuture *f) {
  if (SK_LIKELY(!sk_is_loop(f->loop) || !sk_as_loop(f->loop)->debug)) return;
  debug_set_traceback(vm, sk_from_ptr(f), debug_stack(vm, sk_as_loop(f->loop)));
}

SkValue debug_get_traceback(SkVm *vm, SkValue future) {
  if (!sk_is_loop(sk_as_future(future)->loop) || !sk_as_loop(sk_as_future(future)->loop)->debug_used) return SK_NONE;
  SkValue v = sk_dict_get_cstr(vm, sk_instance_dict(vm, future), "_source_traceback");
  return sk_is_unset(v) ? SK_NONE : v;
}

void debug_set_traceback(SkVm *vm, SkValue future, SkValue stack) {
  if (sk_is_unset(stack)) sk_raisef(vm, SK_T_AttributeError, "cannot delete attribute");
  sk_dict_set_cstr(vm, sk_instance_dict(vm, future), "_source_traceback", stack);
}
