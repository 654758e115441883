/* outside.c - what the host asks of all tasks at once: cancel them, write down what they do.  Layer 7b.
 *
 * Called at a safepoint of the main thread, while the loop runs or between two of its turns.
 */
#include <unistd.h>

#include "vm/task/scope_impl.h"

/* Each one by itself: what is spawned from now on is none of it. */
static bool cancel_all(SkVm *vm) {
  SkLoop *l = vm->task_state ? sk_tasks(vm)->running : NULL;
  if (!l || !l->task_count) return false;
  SkList *tasks = loop_tasks(vm, l);
  SkValue text = sk_from_ptr(sk_str_from_cstr(vm, "the host asked for it"));
  for (size_t i = 0; i < tasks->count; i++) {
    SkTask *t = sk_as_task(sk_list_items(tasks)[i]);
    if (sk_task_cancel(vm, t, SK_NONE)) sk_write(vm, t, &t->reason, sk_from_ptr(sk_reason_new(vm, SK_SOURCE_SHUTDOWN, NULL, text, SK_NONE)));
  }
  return true;
}

typedef struct Dump { SkStr *text; } Dump;
static void make_text(SkVm *vm, void *arg) {
  SkLoop *l = vm->task_state ? sk_tasks(vm)->running : NULL;
  SkStr *list = l ? deadlock_text(vm, l) : sk_str_from_cstr(vm, "no tasks run");
  ((Dump *)arg)->text = sk_format(vm, "%U\n", list);
}

static void dump_tasks(SkVm *vm) {
  Dump d = {NULL};
  if (!sk_protect(vm, make_text, &d)) {
    sk_take_raised(vm);
    return;
  }
  if (vm->hooks.write) vm->hooks.write(vm, 2, d.text->data, d.text->bytes);
  else if (write(2, d.text->data, d.text->bytes) < 0) { /* nobody listens */ }
}

void outside_install(SkVm *vm) {
  vm->hooks.cancel_all = cancel_all;
  vm->hooks.dump_tasks = dump_tasks;
}
