/* scope.c - cancel scopes: the tree, level cancellation, what an exit absorbs (S1-S8).  Layer 7b.
 *
 * A task's own scopes hang below each other, the innermost first: vm->scope while it runs, task->scope else.  Those with
 * scope->task == task are its own; the first that is not belongs to the group that joins it.  So everything below a scope is found from
 * its task: the task itself, and the members of the groups among its own scopes.
 */
#include <math.h>

#include "vm/task/scope_impl.h"

/* ---- making --------------------------------------------------------------------------------------------------------------- */

SkScope *scope_new(SkVm *vm, SkType *cls) {
  SkScope *s = sk_object_new(vm, cls, 0);
  s->deadline = s->relative = (double)INFINITY;
  s->where = SK_NONE;
  return s;
}

SkScope *sk_scope_new(SkVm *vm) {
  SkTasks *st = sk_tasks(vm);
  if (!st->scope) st->scope = sk_library_type(vm, &sk_scope_type);
  return scope_new(vm, st->scope);
}

static SkLoop *scope_loop(const SkScope *s) {
  if (s->task) return sk_is_loop(s->task->future.loop) ? sk_as_loop(s->task->future.loop) : NULL;
  return s->group ? s->group->loop : NULL;
}

static bool scope_active(const SkScope *s) { return (s->head.aux & (SK_SCOPE_ENTERED | SK_SCOPE_EXITED)) == SK_SCOPE_ENTERED; }

/* ---- looking up the tree ---------------------------------------------------------------------------------------------------- */

static const SkScope *nearest_cancelled(const SkScope *s) {
  for (; s; s = s->parent) {
    if (s->head.aux & SK_SCOPE_CANCELLED) return s;
    if (s->head.aux & SK_SCOPE_SHIELD) return NULL;
  }
  return NULL;
}

bool sk_scope_is_cancelled(const SkScope *s) { return nearest_cancelled(s) != NULL; }

SkReason *sk_scope_reason(const SkScope *s) {
  s = nearest_cancelled(s);
  return s ? s->reason : NULL;
}

double sk_scope_effective_deadline(const SkScope *s) {
  double least = (double)INFINITY;
  for (; s; s = s->parent) {
    if (s->head.aux & SK_SCOPE_CANCELLED) return -(double)INFINITY;
    least = fmin(least, s->deadline);
    if (s->head.aux & SK_SCOPE_SHIELD) break;
  }
  return least;
}

static bool parent_cancelled(const SkScope *s) { return !(s->head.aux & SK_SCOPE_SHIELD) && sk_scope_is_cancelled(s->parent); }

/* ---- delivery (S2) ---------------------------------------------------------------------------------------------------------- */

/* Pushes the members of the task's own groups up to |limit| so that the outermost group's first member comes off first.
 * False: |limit| is none of the task's scopes (its generator is suspended). */
static bool push_groups(SkVm *vm, SkList *stack, SkTask *t, const SkScope *limit) {
  for (SkScope *s = task_scope(vm, t); s && s->task == t; s = s->parent) {
    if (s->head.aux & SK_SCOPE_GROUP && s->group)
      for (SkTask *m = s->group->last; m; m = m->prev) sk_list_append(vm, stack, sk_from_ptr(m));
    if (s == limit) return true;
  }
  return !limit;
}

/* Appends the tasks on the stack, each with what is below it, to |out|. */
static SkList *tasks_from(SkVm *vm, SkList *stack, SkList *out) {
  while (stack->count) {
    SkTask *t = sk_as_task(sk_list_pop(vm, stack, stack->count - 1));
    sk_list_append(vm, out, sk_from_ptr(t));
    push_groups(vm, stack, t, NULL);
  }
  return out;
}

SkList *scope_tasks(SkVm *vm, SkScope *top) {
  SkList *out = sk_list_new(vm, 4), *stack = sk_list_new(vm, 4);
  if (top->head.aux & SK_SCOPE_ROOT) {
    for (SkTask *m = top->group->last; m; m = m->prev) sk_list_append(vm, stack, sk_from_ptr(m));
  } else {
    if (!top->task || !push_groups(vm, stack, top->task, top)) return sk_list_new(vm, 0);
    sk_list_append(vm, out, sk_from_ptr(top->task));
  }
  return tasks_from(vm, stack, out);
}

/* The list is made first: an abort function may be script code that changes the tree. */
static void deliver_all(SkVm *vm, SkList *tasks) {
  for (size_t i = 0; i < tasks->count; i++) sk_task_deliver(vm, sk_as_task(sk_list_items(tasks)[i]));
}

static void deliver(SkVm *vm, SkScope *s) {
  if (s->task && !(s->head.aux & (SK_SCOPE_GROUP | SK_SCOPE_ROOT)) && s->task == vm->task && vm->scope == s) return; /* only its body, which runs */
  deliver_all(vm, scope_tasks(vm, s));
}

void scope_deliver_task(SkVm *vm, SkTask *t) {
  SkList *stack = sk_list_new(vm, 4);
  sk_list_append(vm, stack, sk_from_ptr(t));
  deliver_all(vm, tasks_from(vm, stack, sk_list_new(vm, 4)));
}

/* ---- cancelling ---------------------------------------------------------------------------------------------------------------- */

static void stop_timer(SkVm *vm, SkScope *s) {
  if (!s->timer) return;
  SkLoop *l = scope_loop(s);
  if (l) sk_timer_cancel(vm, l, s->timer);
  s->timer = NULL;
}

void sk_scope_cancel(SkVm *vm, SkScope *s, SkReason *why) {
  if (s->head.aux & (SK_SCOPE_CANCELLED | SK_SCOPE_TRANSPARENT)) return;
  if (parent_cancelled(s)) why = sk_scope_reason(s->parent); /* the first cause wins */
  sk_write_ptr(vm, s, &s->reason, why);
  s->head.aux |= SK_SCOPE_CANCELLED;
  if (!scope_active(s)) return;
  stop_timer(vm, s);
  SkLoop *l = scope_loop(s);
  if (l) l->cancelled_scopes++;
  deliver(vm, s);
}

void scope_deadline_passed(SkVm *vm, SkScope *s) {
  s->timer = NULL;
  sk_scope_cancel(vm, s, sk_reason_new(vm, SK_SOURCE_DEADLINE, NULL, SK_NONE, SK_NONE));
}

void scope_check_time(SkVm *vm, SkScope *s) {
  if (s->head.aux & (SK_SCOPE_CANCELLED | SK_SCOPE_EXITED) || s->deadline == (double)INFINITY) return;
  SkLoop *l = scope_active(s) ? scope_loop(s) : sk_tasks(vm)->running;
  if (l && sk_loop_time(vm, l) >= s->deadline) scope_deadline_passed(vm, s);
}

/* The timer of an active scope fits its deadline. */
static void set_timer(SkVm *vm, SkScope *s) {
  SkLoop *l = scope_loop(s);
  if (!l || s->head.aux & SK_SCOPE_CANCELLED) return;
  if (s->deadline == (double)INFINITY) {
    stop_timer(vm, s);
  } else if (s->deadline <= sk_loop_time(vm, l)) {
    stop_timer(vm, s);
    scope_deadline_passed(vm, s);
  } else if (s->timer) {
    sk_timer_move(vm, l, s->timer, s->deadline);
  } else {
    sk_write_ptr(vm, s, &s->timer, sk_timer_add(vm, l, s->deadline, sk_from_ptr(s), SK_TIMER_SCOPE));
  }
}

void scope_set_deadline(SkVm *vm, SkScope *s, double deadline) {
  s->deadline = deadline;
  s->relative = (double)INFINITY;
  if (scope_active(s)) set_timer(vm, s);
}

/* ---- shields (S5) ----------------------------------------------------------------------------------------------------------------- */

/* An edge cancel that was held back reaches |t| when its last shield is gone. */
static void release_edge(SkVm *vm, SkTask *t) {
  if (!(t->future.head.aux & SK_TASK_EDGE_HELD) || task_shielded(vm, t)) return;
  t->future.head.aux &= (uint16_t)~SK_TASK_EDGE_HELD;
  task_edge(vm, t, t->future.result);
}

void scope_set_shield(SkVm *vm, SkScope *s, bool on) {
  if (on) {
    s->head.aux |= SK_SCOPE_SHIELD;
    return;
  }
  if (!(s->head.aux & SK_SCOPE_SHIELD)) return;
  s->head.aux &= (uint16_t)~SK_SCOPE_SHIELD;
  if (!scope_active(s) || s->head.aux & SK_SCOPE_DETACHED) return;
  if (s->task) release_edge(vm, s->task);
  if (sk_scope_is_cancelled(s)) deliver(vm, s);
}

/* ---- entering and leaving ------------------------------------------------------------------------------------------------------------ */

/* A group says where it was opened, should a yield be refused. */
static void note_place(SkVm *vm, SkScope *s) {
  sk_write(vm, s, &s->where, sk_from_ptr_or(sk_frame_code(vm), SK_NONE));
  s->line = sk_frame_line(vm);
}

void sk_scope_enter(SkVm *vm, SkScope *s) {
  if (s->head.aux & SK_SCOPE_ENTERED) sk_raisef(vm, SK_T_RuntimeError, "Each CancelScope may only be used for a single 'with' block");
  SkTask *t = sk_current_task(vm);
  s->head.aux |= SK_SCOPE_ENTERED;
  if (!t) return; /* outside of tasks there is no tree (Y7) */
  SkLoop *l = sk_is_loop(t->future.loop) ? sk_as_loop(t->future.loop) : NULL;
  if (!isinf(s->relative) && l) s->deadline = sk_loop_time(vm, l) + s->relative;
  sk_barrier(vm, s);
  s->relative = (double)INFINITY;
  s->task = t;
  s->parent = vm->scope;
  vm->scope = s;
  if (s->head.aux & SK_SCOPE_GROUP) note_place(vm, s);
  if (s->head.aux & SK_SCOPE_CANCELLED && l) l->cancelled_scopes++;
  else if (s->deadline != (double)INFINITY) set_timer(vm, s);
}

SK_NORETURN static void raise_corrupted(SkVm *vm, SkScope *s, bool inside) {
  SkValue self = sk_from_ptr(s), inner = sk_from_ptr_or(vm->scope, SK_NONE);
  SkTask *t = sk_current_task(vm);
  SkValue task = sk_from_ptr_or(t, SK_NONE);
  if (inside) {
    sk_raisef(vm, SK_T_RuntimeError, "Cancel scope stack corrupted: attempted to exit %R in %R that's still within its child %R\n"
              "This is probably a bug in your code, that has caused the scopes of a task to be left in another order than they were entered: "
              "a generator with an open scope that was not run to its end, or __enter__ and __exit__ called by hand.", self, task, inner);
  }
  sk_raisef(vm, SK_T_RuntimeError, "Cancel scope stack corrupted: attempted to exit %R from unrelated %R\n"
            "This is probably a bug in your code: a scope must be left in the task that entered it.", self, task);
}

/* The scopes below |s| hang below its parent from now on. */
static bool unlink_from_middle(SkVm *vm, SkScope *s) {
  for (SkScope *c = vm->scope; c; c = c->parent) {
    if (c->parent != s) continue;
    sk_write_ptr(vm, c, &c->parent, s->parent);
    return true;
  }
  return false;
}

/* What is left of |exc| without the Cancelled leaves; None: nothing. */
static SkValue absorb(SkVm *vm, SkScope *s, SkValue exc) {
  if (sk_is_level_cancel(vm, exc)) {
    s->head.aux |= SK_SCOPE_CAUGHT;
    return reason_face_trio(vm) ? SK_NONE : scope_error_lost(exc);
  }
  if (!sk_is_exc_group(vm, exc)) return exc;
  SkSplit parts = sk_group_split(vm, exc, sk_from_ptr(vm->types[SK_T_Cancelled]));
  if (sk_is_none(parts.match)) return exc;
  s->head.aux |= SK_SCOPE_CAUGHT;
  return parts.rest;
}

SkValue scope_error_lost(SkValue cancelled) {
  for (SkExc *e = sk_as_exc(cancelled)->context; e; e = e->context) {
    if (!(e->flags & SK_EXC_PENDING)) continue;
    e->flags &= ~(uint32_t)SK_EXC_PENDING;
    return sk_from_ptr(e);
  }
  return SK_NONE;
}

/* The task has come out of the cancel: what it raises from now on is no consequence of it. */
static void forget_reason(SkTask *t, const SkScope *s) {
  if (t && reason_of_task(t) == s->reason) t->reason = SK_NONE;
}

SkValue sk_scope_exit(SkVm *vm, SkScope *s, SkValue exc) {
  SkTask *t = s->task;
  bool placed = !t || (t == vm->task && vm->scope == s), inside = false;
  if (!placed && t == vm->task) inside = unlink_from_middle(vm, s);
  stop_timer(vm, s);
  bool cancelled = s->head.aux & SK_SCOPE_CANCELLED;
  SkLoop *l = scope_loop(s);
  if (cancelled && t && l && l->cancelled_scopes) l->cancelled_scopes--;
  s->head.aux |= SK_SCOPE_EXITED;
  if (!placed) raise_corrupted(vm, s, inside);
  bool own = cancelled && !parent_cancelled(s);
  if (t) {
    vm->scope = s->parent;
    if (s->head.aux & SK_SCOPE_SHIELD) release_edge(vm, t);
  }
  if (sk_is_none(exc) || !own) return exc;
  SkValue rest = absorb(vm, s, exc);
  if (s->head.aux & SK_SCOPE_CAUGHT) forget_reason(t, s);
  return rest;
}
