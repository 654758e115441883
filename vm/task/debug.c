/* debug.c - what the loop's debug mode remembers: where futures, tasks and handles were made.  Layer 7b. */
#include "vm/task/task_impl.h"

SkValue debug_stack(SkVm *vm, SkLoop *l) {
  if (SK_LIKELY(!l->debug)) return SK_NONE;
  return sk_call0(vm, sk_getattr_cstr(vm, task_import(vm, "asyncio.format_helpers"), "extract_stack"));
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
