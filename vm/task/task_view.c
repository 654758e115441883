/* task_view.c - the unfinished tasks as data.  Layer 7b. */
#include "vm/task/scope_impl.h"

SkList *sk_loop_tasks(SkVm *vm, SkLoop *l) { return loop_tasks(vm, l); }

static const char *state_of(SkVm *vm, SkTask *t) {
  uint16_t aux = t->future.head.aux;
  const SkScope *s = task_scope(vm, t);
  if (aux & SK_TASK_RUNNING) return "running";
  if (!(aux & SK_TASK_STARTED)) return "new";
  if (t->cancel_count || (s && sk_scope_is_cancelled(s))) return "cancelling";
  return sk_is_none(t->waiting) ? "ready" : "waiting";
}

static SkStr *waits_for(SkVm *vm, SkTask *t) {
  if (sk_is_none(t->waiting)) return NULL;
  SkTimer *sleep = skein_sleep_timer(t->waiting);
  if (!sleep) sleep = aio_sleep_timer(t->waiting);
  if (sleep) return sk_format(vm, "sleep until %S", sk_float_new(vm, sleep->when));
  return deadlock_waits_for(vm, t);
}

SkTaskView sk_task_view(SkVm *vm, SkTask *t) {
  SkGroup *g = t->group && t->group->parent ? t->group : NULL;
  SkTaskView v = {.task = t, .parent = g ? g->parent : NULL, .name = sk_task_name(vm, t), .state = state_of(vm, t)};
  if (g && sk_is_str(g->name)) v.group = sk_as_str(g->name);
  v.waits_for = waits_for(vm, t);
  v.frame = t->future.head.aux & SK_TASK_RUNNING ? sk_from_ptr_or(sk_frame_at(vm, 0), SK_NONE) : task_innermost_frame(vm, t);
  for (; g; g = g->parent->group && g->parent->group->parent ? g->parent->group : NULL) v.depth++;
  return v;
}

SkValue sk_task_body(SkVm *vm, SkValue v) {
  if (sk_is_await(v) || (sk_is_gen(v) && sk_as_gen(v)->what == SK_GEN_COROUTINE)) return v;
  return sk_await_iter(vm, v);
}
