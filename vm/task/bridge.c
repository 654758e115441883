/* bridge.c - weak stand-ins until scopes, groups and contexts land; goes away then.  Layer 7b. */
#include "vm/task/task_impl.h"

#define WEAK __attribute__((weak))

WEAK SkContext *sk_context_snapshot(SkVm *vm) { return vm->context; }
WEAK SkContext *sk_as_context(SkVm *vm, SkValue v) { sk_raise_type(vm, "contexts are not there yet: %R", v); }
WEAK SkValue sk_context_value(SkVm *vm, SkContext *c) { (void)vm; return sk_from_ptr_or(c, SK_NONE); }

WEAK bool sk_scope_is_cancelled(const SkScope *s) { (void)s; return false; }
WEAK SkReason *sk_scope_reason(const SkScope *s) { (void)s; return NULL; }
WEAK SkValue sk_cancelled_new(SkVm *vm, SkReason *why) { (void)why; return sk_exc_new(vm, SK_T_CancelledError, "level"); }
WEAK void scope_deadline_passed(SkVm *vm, SkScope *s) { (void)vm, (void)s; }
WEAK SkGroup *sk_as_group(SkVm *vm, SkValue v) { sk_raise_type(vm, "a task group was expected, got %R", v); }
WEAK SkScope *sk_as_scope(SkVm *vm, SkValue v) { sk_raise_type(vm, "a cancel scope was expected, got %R", v); }

static void root_trace(SkMarker *m, SkObject *o) {
  sk_mark_ptr(m, ((SkGroup *)o)->first);
  sk_mark_ptr(m, ((SkGroup *)o)->last);
}
static const SkTypeDef root_type = {.name = "_tasks.Root", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(SkGroup), .trace = root_trace,
                                    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE};

WEAK SkGroup *sk_group_of_loop(SkVm *vm, SkLoop *l) {
  if (!l->root) {
    SkGroup *g = sk_object_new(vm, sk_library_type(vm, &root_type), 0);
    g->name = g->extra = SK_NONE;
    sk_write_ptr(vm, l, &l->root, g);
  }
  return l->root;
}

WEAK void sk_group_link(SkVm *vm, SkGroup *g, SkTask *t) {
  sk_write_ptr(vm, t, &t->group, g);
  if (g->last) sk_write_ptr(vm, g->last, &g->last->next, t);
  else sk_write_ptr(vm, g, &g->first, t);
  sk_write_ptr(vm, t, &t->prev, g->last);
  sk_write_ptr(vm, g, &g->last, t);
  g->count++;
}

WEAK void sk_group_unlink(SkVm *vm, SkTask *t) {
  SkGroup *g = t->group;
  if (!g) return;
  if (t->prev) sk_write_ptr(vm, t->prev, &t->prev->next, t->next);
  else sk_write_ptr(vm, g, &g->first, t->next);
  if (t->next) sk_write_ptr(vm, t->next, &t->next->prev, t->prev);
  else sk_write_ptr(vm, g, &g->last, t->prev);
  t->prev = t->next = NULL;
  t->group = NULL;
  g->count--;
}

WEAK SkList *loop_tasks(SkVm *vm, SkLoop *l) {
  SkList *out = sk_list_new(vm, 0);
  for (SkTask *t = sk_group_of_loop(vm, l)->first; t; t = t->next) sk_list_append(vm, out, sk_from_ptr(t));
  return out;
}
WEAK bool sk_loop_is_deadlocked(SkVm *vm, SkLoop *l) { (void)vm; return l->task_count > 0; }
WEAK void deadlock_raise(SkVm *vm, SkLoop *l) { (void)l; sk_raisef(vm, SK_T_DeadlockError, "all tasks wait"); }

static void node_trace(SkMarker *m, SkObject *o) {
  sk_mark_ptr(m, ((SkScope *)o)->parent);
  sk_mark_ptr(m, ((SkScope *)o)->task);
  sk_mark_ptr(m, ((SkScope *)o)->group);
}
static const SkTypeDef node_type = {.name = "_tasks.Node", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(SkScope), .trace = node_trace,
                                    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE};
WEAK SkScope *sk_scope_new(SkVm *vm) {
  SkScope *s = sk_object_new(vm, sk_library_type(vm, &node_type), 0);
  s->where = SK_NONE;
  return s;
}
WEAK void sk_scope_enter(SkVm *vm, SkScope *s) {
  sk_write_ptr(vm, s, &s->parent, vm->scope);
  sk_write_ptr(vm, s, &s->task, vm->task);
  vm->scope = s;
}
WEAK SkValue sk_scope_exit(SkVm *vm, SkScope *s, SkValue exc) {
  if (vm->scope == s) vm->scope = s->parent;
  return exc;
}
