/* async_group.c - asyncio.TaskGroup: how it joins, cancels and raises; edges, passes and counts as in CPython 3.13 (E4).  Layer 7b.
 *
 * A member stays linked until its notice has run, one pass after it ended: until then it counts, as it does in CPython, where a done
 * callback takes it out.  The group's scope node is transparent: it takes no level cancels itself, its members live in the scope
 * around it (E6).
 *
 *   body raises, or a member fails ---> every member is cancelled once, the parent too if it is in the body still
 *   __aexit__ waits for all members; a cancel from outside meanwhile is kept and cancels the members
 *   then: SystemExit or KeyboardInterrupt as it is, else a kept cancel if there was no error, else the group of errors
 */
#include "vm/task/async_group.h"

static bool is_base_error(SkVm *vm, SkValue exc) {
  if (SK_LIKELY(sk_exc_is(vm, exc, SK_T_Exception))) return false;
  return sk_exc_is(vm, exc, SK_T_SystemExit) || sk_exc_is(vm, exc, SK_T_KeyboardInterrupt);
}

static void add_error(SkVm *vm, AsyncGroup *g, SkValue exc) {
  if (!g->group.errors) sk_write_ptr(vm, g, &g->group.errors, sk_list_new(vm, 2));
  sk_list_append(vm, g->group.errors, exc);
}

static void keep_base_error(SkVm *vm, AsyncGroup *g, SkValue exc) {
  if (is_base_error(vm, exc) && sk_is_none(g->group.extra)) sk_write(vm, g, &g->group.extra, exc);
}

size_t async_group_count(const AsyncGroup *g) { return g->group.count + (g->strangers ? g->strangers->count : 0); }

void async_group_abort(SkVm *vm, AsyncGroup *g) {
  g->aborting = true;
  for (SkTask *t = g->group.first, *next; t; t = next) {
    next = t->next;
    if (!sk_future_done(&t->future)) sk_future_cancel_any(vm, sk_from_ptr(t), SK_NONE);
  }
  if (!g->strangers) return;
  SkList *all = sk_list_from(vm, sk_list_items(g->strangers), g->strangers->count);
  for (size_t i = 0; i < all->count; i++) {
    SkValue t = sk_list_items(all)[i];
    if (!sk_truth(vm, sk_call_method0(vm, t, sk_intern(vm, "done")))) sk_future_cancel_any(vm, t, SK_NONE);
  }
}

/* ---- a member has ended ------------------------------------------------------------------------------------------------------ */

static void all_gone(SkVm *vm, AsyncGroup *g) {
  SkAwait *join = g->group.join;
  if (!join || async_group_count(g)) return;
  g->group.join = NULL;
  sk_await_set_phase(join, AIO_WOKEN);
  sk_wake(vm, join);
}

static void member_failed(SkVm *vm, AsyncGroup *g, SkValue task, SkValue exc) {
  add_error(vm, g, exc);
  keep_base_error(vm, g, exc);
  SkTask *parent = g->group.parent;
  if (sk_future_done(&parent->future)) {
    SkStr *text = sk_format(vm, "Task %R has errored out but its parent task %S is already completed", task, sk_from_ptr(parent));
    loop_report(vm, g->group.loop, exc, text->data, "task", task);
    return;
  }
  if (g->aborting || g->cancelled_parent) return;
  async_group_abort(vm, g);
  g->cancelled_parent = true;
  sk_future_cancel_any(vm, sk_from_ptr(parent), SK_NONE);
}

void async_group_noticed(SkVm *vm, SkGroup *group, SkTask *t) {
  AsyncGroup *g = (AsyncGroup *)group;
  sk_group_unlink(vm, t);
  all_gone(vm, g);
  if (sk_future_state(&t->future) != SK_FUTURE_ERROR) return;
  future_seen(vm, &t->future);
  member_failed(vm, g, sk_from_ptr(t), t->future.result);
}

/* The same for a task that a task factory made, through its done callbacks. */
void async_group_stranger_done(SkVm *vm, AsyncGroup *g, SkValue task) {
  for (size_t i = 0; g->strangers && i < g->strangers->count; i++) {
    if (!sk_is(sk_list_items(g->strangers)[i], task)) continue;
    sk_list_pop(vm, g->strangers, i);
    break;
  }
  all_gone(vm, g);
  if (sk_truth(vm, sk_call_method0(vm, task, sk_intern(vm, "cancelled")))) return;
  SkValue exc = sk_call_method0(vm, task, sk_intern(vm, "exception"));
  if (!sk_is_none(exc)) member_failed(vm, g, task, exc);
}

/* ---- `async with` --------------------------------------------------------------------------------------------------------------- */

static bool enter_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  AsyncGroup *g = async_group_of(a->self);
  if (g->entered) sk_raisef(vm, SK_T_RuntimeError, "TaskGroup %R has already been entered", a->self);
  SkLoop *loop = sk_need_loop(vm);
  SkTask *parent = sk_current_task(vm);
  if (!parent) sk_raisef(vm, SK_T_RuntimeError, "TaskGroup %R cannot determine the parent task", a->self);
  SkScope *node = sk_scope_new(vm);
  node->head.aux |= SK_SCOPE_TRANSPARENT | SK_SCOPE_GROUP;
  node->group = &g->group;
  sk_scope_enter(vm, node);
  sk_barrier(vm, g);
  g->group.loop = loop;
  g->group.parent = parent;
  g->group.scope = node;
  g->entered = true;
  *out = a->self;
  return true;
}

/* While it exits: |a| what the body raised or None, |b| the cancel that goes on or None. */
static bool exit_finish(SkVm *vm, SkAwait *a, SkValue *out) {
  AsyncGroup *g = async_group_of(a->self);
  SkTask *parent = g->group.parent;
  SkValue body = a->a, kept = a->b;
  *out = SK_NONE;
  sk_scope_exit(vm, g->group.scope, SK_NONE);
  if (!sk_is_none(g->group.extra)) {
    if (sk_is(g->group.extra, body)) return true; /* goes on by itself */
    sk_raise_exc(vm, g->group.extra);
  }
  if (g->cancelled_parent && task_uncancel(parent) == 0) kept = SK_NONE;
  bool failed = g->group.errors && g->group.errors->count;
  if (!sk_is_none(kept) && !failed) {
    if (sk_is(kept, body)) return true;
    sk_raise_exc(vm, kept);
  }
  if (!sk_is_none(body) && !aio_is_cancel(vm, body)) add_error(vm, g, body);
  SkList *errors = g->group.errors;
  if (!errors || !errors->count) return true;
  if (parent->cancel_count) { /* a cancel from outside stays due behind the errors */
    task_uncancel(parent);
    sk_future_cancel_any(vm, sk_from_ptr(parent), SK_NONE);
  }
  g->group.errors = NULL;
  SkValue error = sk_group_new(vm, sk_intern(vm, "unhandled errors in a TaskGroup"), sk_from_ptr(errors));
  sk_exc_set_cause(vm, sk_as_exc(error), SK_NONE);
  sk_raise_exc(vm, error);
}

static bool exit_go_on(SkVm *vm, SkAwait *a, SkValue *out) {
  AsyncGroup *g = async_group_of(a->self);
  if (!async_group_count(g)) return exit_finish(vm, a, out);
  sk_write_ptr(vm, g, &g->group.join, a);
  sk_await_set_phase(a, AIO_WAITING);
  *out = sk_park_shielded(vm, a);
  return false;
}

static bool exit_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  AsyncGroup *g = async_group_of(a->self);
  if (sk_await_phase(a) == AIO_NEW) {
    g->exiting = true;
    SkValue body = a->a;
    if (!sk_is_none(body)) {
      keep_base_error(vm, g, body);
      if (aio_is_cancel(vm, body)) sk_write(vm, a, &a->b, body);
      if (!g->aborting) async_group_abort(vm, g);
    }
  }
  return exit_go_on(vm, a, out);
}

/* Cancelled while it waits: the first time the members are cancelled, and the cancel goes on when they are gone. */
static bool exit_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  AsyncGroup *g = async_group_of(a->self);
  g->group.join = NULL;
  if (!aio_is_cancel(vm, exc)) {
    sk_scope_exit(vm, g->group.scope, SK_NONE);
    sk_raise_exc(vm, exc);
  }
  if (!g->aborting) {
    sk_write(vm, a, &a->b, exc);
    async_group_abort(vm, g);
  }
  return exit_go_on(vm, a, out);
}

static bool exit_abort(SkVm *vm, SkAwait *a) {
  (void)vm;
  async_group_of(a->self)->group.join = NULL;
  sk_await_set_phase(a, AIO_ABORTED);
  return true;
}

const SkAwaitOps async_group_enter_ops = {.name = "__aenter__", .qualname = "TaskGroup.__aenter__", .step = enter_step};
const SkAwaitOps async_group_exit_ops = {.name = "__aexit__", .qualname = "TaskGroup.__aexit__", .waits_for = "the tasks of its TaskGroup",
                                         .step = exit_step, .thrown = exit_thrown, .abort = exit_abort};
