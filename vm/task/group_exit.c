/* group_exit.c - the end of a task group: the body's outcome, the wait for its members, what goes on (G3, G5, G8, G11).  Layer 7b.
 *
 * The wait is no checkpoint: a level cancel has reached the members already and they will come.  An edge cancel ends the wait once: it
 * cancels the group, is remembered, and the wait goes on.
 */
#include "vm/task/scope_impl.h"

/* ---- how the body ended ---------------------------------------------------------------------------------------------------- */

/* An edge met the body, or the wait: everything in the group is cancelled for the same reason. */
static void edge_arrived(SkVm *vm, SkGroup *g, SkValue exc) {
  if (sk_is_none(g->control)) sk_write(vm, g, &g->control, exc);
  SkReason *why = reason_of_task(g->parent);
  if (!why) {
    SkTuple *args = sk_as_exc(exc)->args;
    SkValue text = args->count && sk_is_str(args->items[0]) ? args->items[0] : SK_NONE;
    why = sk_reason_new(vm, SK_SOURCE_EDGE, NULL, text, SK_NONE);
  }
  sk_scope_cancel(vm, g->scope, why);
}

static bool is_edge(SkVm *vm, SkValue exc) { return sk_exc_is(vm, exc, SK_T_CancelledError) && !sk_is_level_cancel(vm, exc); }

static void body_raised(SkVm *vm, SkGroup *g, SkValue exc) {
  if (g->head.aux & SK_GROUP_TRIO) {
    group_record(vm, g, exc, g->parent);
    group_cancel(vm, g, sk_exc_is(vm, exc, SK_T_CancelledError) ? SK_SOURCE_OUTER : SK_SOURCE_BODY, g->parent, SK_NONE, exc);
    return;
  }
  if (is_edge(vm, exc)) {
    edge_arrived(vm, g, exc);
    return;
  }
  if (sk_exc_is(vm, exc, SK_T_GeneratorExit)) {
    sk_write(vm, g, &g->control, exc);
    group_cancel(vm, g, SK_SOURCE_GENERATOR, g->parent, sk_from_ptr(sk_str_from_cstr(vm, "the generator is being closed")), SK_NONE);
    return;
  }
  SkValue rest = group_without_cancelled(vm, g, exc);
  if (!sk_is_none(rest)) group_record(vm, g, rest, g->parent);
  group_cancel(vm, g, sk_is_none(rest) ? SK_SOURCE_OUTER : SK_SOURCE_BODY, g->parent, SK_NONE, rest);
}

/* ---- what goes on ------------------------------------------------------------------------------------------------------------- */

static SkValue error_group(SkVm *vm, SkGroup *g) {
  SkStr *message;
  if (g->head.aux & SK_GROUP_TRIO) message = sk_str_from_cstr(vm, "Exceptions from Trio nursery");
  else if (sk_is_none(g->name)) message = sk_str_from_cstr(vm, "unhandled errors in a TaskGroup");
  else message = sk_format(vm, "unhandled errors in the TaskGroup '%S'", g->name);
  SkValue group = sk_group_new(vm, message, sk_from_ptr(g->errors));
  sk_as_exc(group)->flags |= SK_EXC_SUPPRESS_CONTEXT; /* raised "from None" */
  return group;
}

/* An outside cancel that errors hide comes again at the next wait. */
static void rearm_edge(SkVm *vm, SkGroup *g) {
  SkTuple *args = sk_as_exc(g->control)->args;
  task_edge(vm, g->parent, args->count ? args->items[0] : SK_NONE);
}

static SkValue finish_with_errors(SkVm *vm, SkGroup *g) {
  SkValue group = error_group(vm, g), control = g->control;
  SkValue rest = sk_scope_exit(vm, g->scope, group);
  if (sk_is_none(rest)) return SK_TRUE; /* Trio: nothing but the group's own Cancelled */
  if (!sk_is_none(control) && is_edge(vm, control)) rearm_edge(vm, g);
  else if (!sk_is_none(control)) sk_write_ptr(vm, sk_as_exc(rest), &sk_as_exc(rest)->context, sk_as_exc(control));
  sk_throw(vm, rest);
}

/* |exc|: what the body raised, or None. */
static SkValue group_finish(SkVm *vm, SkGroup *g, SkValue exc) {
  g->head.aux |= SK_GROUP_CLOSED;
  if (g->errors) return finish_with_errors(vm, g);
  SkValue left = sk_scope_exit(vm, g->scope, sk_is_none(g->control) ? g->extra : SK_NONE);
  if (!sk_is_none(g->control)) left = g->control;
  if (sk_is_none(left)) return sk_bool(!sk_is_none(exc));
  if (sk_is(left, exc)) return SK_FALSE;
  if (sk_is_level_cancel(vm, left) && vm->scope) left = sk_cancelled_new(vm, sk_scope_reason(vm->scope)); /* a member's own stays its own */
  sk_throw(vm, left);
}

/* ---- the awaitable -------------------------------------------------------------------------------------------------------------- */

enum { EXIT_BODY_ENDED, EXIT_YIELDED, EXIT_JOINS };

static bool join(SkVm *vm, SkAwait *a, SkValue *out) {
  SkGroup *g = (SkGroup *)sk_ptr(a->self);
  group_check(vm, g);
  if (g->count || g->starts) {
    sk_write_ptr(vm, g, &g->join, a);
    *out = sk_park_shielded(vm, a);
    return false;
  }
  *out = group_finish(vm, g, a->a);
  return true;
}

static bool exit_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  SkGroup *g = (SkGroup *)sk_ptr(a->self);
  if (sk_await_phase(a) == EXIT_BODY_ENDED) {
    sk_await_set_phase(a, EXIT_YIELDED);
    g->head.aux |= SK_GROUP_JOINING;
    if (!sk_is_none(a->a)) body_raised(vm, g, a->a);
    if (g->head.aux & SK_GROUP_TRIO && !g->count && !g->starts) { /* others get a turn, whatever happens */
      sk_loop_ready(vm, g->loop, sk_from_ptr(a));
      *out = sk_park_shielded(vm, a);
      return false;
    }
  }
  return join(vm, a, out);
}

static bool exit_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  SkGroup *g = (SkGroup *)sk_ptr(a->self);
  g->join = NULL;
  if (sk_exc_is(vm, exc, SK_T_GeneratorExit)) { /* the coroutine is thrown away: nobody can wait here any more */
    group_cancel(vm, g, SK_SOURCE_GENERATOR, g->parent, SK_NONE, SK_NONE);
    g->head.aux |= SK_GROUP_CLOSED;
    if (vm->scope == g->scope) sk_scope_exit(vm, g->scope, SK_NONE);
    sk_raise_exc(vm, exc);
  }
  body_raised(vm, g, exc);
  return join(vm, a, out);
}

/* Only an edge may end the wait: when the group is cancelled, it waits for its end and nothing else. */
static bool exit_abort(SkVm *vm, SkAwait *a) {
  (void)vm;
  SkGroup *g = (SkGroup *)sk_ptr(a->self);
  if (!a->task || sk_scope_is_cancelled(a->task->scope)) return false;
  g->join = NULL;
  return true;
}

static const SkAwaitOps exit_ops = {.name = "__aexit__", .qualname = "TaskGroup.__aexit__", .waits_for = "TaskGroup",
                                    .step = exit_step, .thrown = exit_thrown, .abort = exit_abort};

SkValue group_exit(SkVm *vm, SkGroup *g, SkValue exc) { return sk_await_new(vm, &exit_ops, sk_from_ptr(g), exc, SK_NONE); }

SkGroup *group_joined_by(SkValue await) {
  return sk_is_await(await) && sk_as_await(await)->ops == &exit_ops ? (SkGroup *)sk_ptr(sk_as_await(await)->self) : NULL;
}
