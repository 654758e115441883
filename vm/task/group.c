/* group.c - task groups: members, joining, errors in order of arrival (G1-G11).  Layer 7b.
 *
 * A group is open from __aenter__ to the end of __aexit__.  Its body and its members stand in its scope; a member that ends says so in its
 * last step (child_done), which may cancel the scope, start the next one in line, or wake the parent that joins.
 * The builtin's, Trio's and start()'s groups are the same thing with other flags; asyncio.TaskGroup is not (async_group.c).
 */
#include "vm/task/scope_impl.h"

static void group_child_done(SkVm *vm, SkGroup *g, SkTask *t);

/* ---- members ------------------------------------------------------------------------------------------------------------- */

void sk_group_link(SkVm *vm, SkGroup *g, SkTask *t) {
  sk_barrier(vm, t);
  sk_barrier(vm, g);
  t->group = g;
  t->prev = g->last;
  t->next = NULL;
  if (g->last) sk_write_ptr(vm, g->last, &g->last->next, t);
  else g->first = t;
  g->last = t;
  g->count++;
}

/* The task keeps saying whose it was: `await` asks (G7). */
void sk_group_unlink(SkVm *vm, SkTask *t) {
  SkGroup *g = t->group;
  if (!g || (!t->prev && g->first != t)) return;
  sk_barrier(vm, g);
  if (t->prev) sk_write_ptr(vm, t->prev, &t->prev->next, t->next);
  else g->first = t->next;
  if (t->next) sk_write_ptr(vm, t->next, &t->next->prev, t->prev);
  else g->last = t->prev;
  t->prev = t->next = NULL;
  g->count--;
  if (t->future.head.aux & SK_TASK_DAEMON && g->daemons) g->daemons--;
}

/* ---- making and opening ------------------------------------------------------------------------------------------------------ */

SkGroup *group_new(SkVm *vm, SkType *cls, unsigned flags) {
  SkGroup *g = sk_object_new(vm, cls, 0);
  g->head.aux = (uint16_t)flags;
  g->name = g->extra = g->control = SK_NONE;
  if (!(flags & SK_GROUP_ROOT)) g->child_done = group_child_done;
  SkScope *s = sk_scope_new(vm);
  s->head.aux |= SK_SCOPE_GROUP;
  s->group = g;
  sk_write_ptr(vm, g, &g->scope, s);
  return g;
}

SkType *group_class(SkVm *vm) {
  SkTasks *st = sk_tasks(vm);
  if (!st->group) st->group = sk_library_type(vm, &sk_group_type);
  return st->group;
}

SkGroup *sk_group_of_loop(SkVm *vm, SkLoop *l) {
  if (SK_LIKELY(l->root != NULL)) return l->root;
  SkGroup *g = group_new(vm, group_class(vm), SK_GROUP_ROOT | SK_GROUP_OPEN);
  g->loop = l;
  g->scope->head.aux |= SK_SCOPE_ROOT | SK_SCOPE_ENTERED;
  sk_write_ptr(vm, l, &l->root, g);
  return g;
}

void group_open(SkVm *vm, SkGroup *g) {
  SkTask *t = sk_need_task(vm);
  if (g->head.aux & SK_GROUP_OPEN) sk_raisef(vm, SK_T_RuntimeError, "%R has already been entered", sk_from_ptr(g));
  sk_scope_enter(vm, g->scope);
  sk_barrier(vm, g);
  g->head.aux |= SK_GROUP_OPEN;
  g->parent = t;
  g->loop = sk_as_loop(t->future.loop);
}

/* ---- spawning ---------------------------------------------------------------------------------------------------------------- */

bool group_accepts(const SkGroup *g) {
  unsigned aux = g->head.aux;
  if (!(aux & SK_GROUP_OPEN) || aux & SK_GROUP_CLOSED) return false;
  return !(aux & SK_GROUP_JOINING) || g->count || g->starts;
}

static bool is_coroutine(SkVm *vm, SkValue v) {
  if (sk_is_await(v)) return true;
  if (sk_is_gen(v)) {
    SkGen *g = sk_as_gen(v);
    if (g->what != SK_GEN_PLAIN) return g->what == SK_GEN_COROUTINE;
    return ((SkFunc *)sk_ptr(g->callee))->code->head.aux & SK_CODE_ITERABLE_COROUTINE;
  }
  return sk_is_ptr(v) && !sk_is_type(v) && !sk_is_unset(sk_type_lookup(vm, sk_type_of(vm, v), SK_NAME(vm, send))) &&
         !sk_is_unset(sk_type_lookup(vm, sk_type_of(vm, v), SK_NAME(vm, throw_)));
}

SkValue group_coroutine(SkVm *vm, SkValue fn, SkTuple *args, SkDict *kwargs) {
  if (is_coroutine(vm, fn)) {
    if (args->count) sk_raise_type(vm, "arguments go with an async function, not with a coroutine");
    return fn;
  }
  if (!SK_SLOTS(vm, fn)->call) sk_raise_type(vm, "a coroutine or an async function was expected, got %R", fn);
  SkValue coro = args->count || kwargs ? sk_call_spread(vm, fn, args, kwargs) : sk_call0(vm, fn);
  if (!is_coroutine(vm, coro)) sk_raise_type(vm, "an async function was expected, but %R returned %R", fn, coro);
  return coro;
}

enum { RESULTS_TIDY = 1024 };

/* Handles of tasks that have ended are exchanged for their results, so that a group that lives long holds one word per child. */
static void tidy_results(SkVm *vm, SkGroup *g) {
  SkList *l = g->results;
  sk_barrier(vm, l);
  for (size_t i = 0; i < l->count; i++) {
    SkValue v = sk_list_items(l)[i];
    if (!sk_is_task(v) || sk_future_state(sk_as_future(v)) != SK_FUTURE_RESULT) continue;
    SkValue r = sk_as_future(v)->result;
    if (!sk_is_task(r)) sk_list_items(l)[i] = r; /* a task that returned a task stays */
  }
}

static void remember_child(SkVm *vm, SkGroup *g, SkTask *t) {
  if (!g->results) sk_write_ptr(vm, g, &g->results, sk_list_new(vm, 4));
  if (g->results->count >= RESULTS_TIDY && (g->results->count & (g->results->count - 1)) == 0) tidy_results(vm, g);
  sk_list_append(vm, g->results, sk_from_ptr(t));
}

/* A task that never started runs none of its code when the group is cancelled: Cancelled is thrown into it first. */
static void start_member(SkVm *vm, SkGroup *g, SkTask *t, bool was_queued) {
  if (was_queued && sk_scope_is_cancelled(g->scope)) t->future.head.aux |= SK_TASK_LEVEL_DUE;
  g->active++;
  sk_task_start(vm, t);
}

static void start_next(SkVm *vm, SkGroup *g) {
  bool cancelled = g->queue && sk_scope_is_cancelled(g->scope);
  while (g->queue && (g->active < g->limit || cancelled)) {
    SkTask *t = sk_as_task(sk_list_items(g->queue)[g->queue_first++]);
    if (g->queue_first == g->queue->count) {
      g->queue = NULL;
      g->queue_first = 0;
    }
    start_member(vm, g, t, true);
  }
}

SkTask *group_spawn(SkVm *vm, SkGroup *g, SkValue coro, SkValue name, SkContext *context, bool daemon) {
  SkTask *t = sk_task_new(vm, g->loop, coro, g, g->scope, name, context);
  if (daemon) {
    t->future.head.aux |= SK_TASK_DAEMON;
    g->daemons++;
    sk_task_start(vm, t);
    return t;
  }
  if (!(g->head.aux & (SK_GROUP_TRIO | SK_GROUP_STARTING))) remember_child(vm, g, t);
  if (!g->limit || g->active < g->limit) {
    start_member(vm, g, t, false);
  } else {
    if (!g->queue) sk_write_ptr(vm, g, &g->queue, sk_list_new(vm, 8));
    sk_list_append(vm, g->queue, sk_from_ptr(t));
    start_next(vm, g); /* a cancelled group holds nobody back */
  }
  return t;
}

/* ---- errors and cancelling --------------------------------------------------------------------------------------------------------- */

void group_cancel(SkVm *vm, SkGroup *g, SkSource source, SkTask *by, SkValue text, SkValue error) {
  if (g->scope->head.aux & SK_SCOPE_CANCELLED) return;
  sk_scope_cancel(vm, g->scope, sk_reason_new(vm, source, by, text, error));
  start_next(vm, g);
}

void group_record(SkVm *vm, SkGroup *g, SkValue exc, SkTask *by) {
  origin_mark(vm, exc, by);
  if (!g->errors) sk_write_ptr(vm, g, &g->errors, sk_list_new(vm, 2));
  sk_list_append(vm, g->errors, exc);
}

/* What leaves a member without its Cancelled leaves; the first of them is kept in |extra|. */
SkValue group_without_cancelled(SkVm *vm, SkGroup *g, SkValue exc) {
  SkValue cancelled = exc, rest = SK_NONE;
  if (!sk_is_level_cancel(vm, exc)) {
    if (!sk_is_exc_group(vm, exc)) return exc;
    SkSplit parts = sk_group_split(vm, exc, sk_from_ptr(vm->types[SK_T_Cancelled]));
    if (sk_is_none(parts.match)) return exc;
    rest = parts.rest;
    for (cancelled = parts.match; sk_is_exc_group(vm, cancelled);) cancelled = sk_group_members(sk_as_exc(cancelled))->items[0];
  }
  if (sk_is_none(g->extra)) sk_write(vm, g, &g->extra, cancelled);
  return sk_is_none(rest) ? scope_error_lost(cancelled) : rest;
}

static void member_cancelled(SkVm *vm, SkGroup *g, SkTask *t, SkValue exc) {
  if (!sk_is_exc(exc)) return; /* an edge that met a task which then returned: nobody's error (G7) */
  if (g->head.aux & SK_GROUP_TRIO) {
    group_record(vm, g, exc, t);
    group_cancel(vm, g, SK_SOURCE_OUTER, t, SK_NONE, SK_NONE);
    return;
  }
  if (!sk_is_level_cancel(vm, exc)) return;
  SkValue lost = group_without_cancelled(vm, g, exc);
  if (sk_is_none(lost)) return;
  group_record(vm, g, lost, t);
  group_cancel(vm, g, SK_SOURCE_SIBLING, t, SK_NONE, lost);
}

static void member_failed(SkVm *vm, SkGroup *g, SkTask *t, SkValue exc) {
  future_seen(vm, &t->future); /* the group looks at it */
  if (!(g->head.aux & SK_GROUP_TRIO)) exc = group_without_cancelled(vm, g, exc);
  if (sk_is_none(exc)) return;
  group_record(vm, g, exc, t);
  bool goes_on = g->head.aux & SK_GROUP_ON_ERROR_CONTINUE && sk_exc_is(vm, exc, SK_T_Exception);
  if (!goes_on) group_cancel(vm, g, SK_SOURCE_SIBLING, t, SK_NONE, exc);
}

static void group_child_done(SkVm *vm, SkGroup *g, SkTask *t) {
  if (!(t->future.head.aux & SK_TASK_DAEMON)) g->active--;
  SkFutureState state = sk_future_state(&t->future);
  if (state == SK_FUTURE_ERROR) member_failed(vm, g, t, t->future.result);
  else if (state == SK_FUTURE_CANCELLED) member_cancelled(vm, g, t, t->future.result);
  start_next(vm, g);
  group_check(vm, g);
}

/* ---- joining ---------------------------------------------------------------------------------------------------------------------------- */

void group_check(SkVm *vm, SkGroup *g) {
  if (!(g->head.aux & SK_GROUP_JOINING) || g->count + g->starts > g->daemons) return;
  if (g->count && !(g->head.aux & SK_GROUP_STOPPED)) {
    g->head.aux |= SK_GROUP_STOPPED;
    group_cancel(vm, g, SK_SOURCE_SHUTDOWN, NULL, sk_from_ptr(sk_str_from_cstr(vm, "the task group has nothing else to do")), SK_NONE);
    return;
  }
  if (g->count || !g->join) return;
  SkAwait *join = g->join;
  g->join = NULL;
  sk_wake(vm, join);
}

/* ---- await member (G7) ---------------------------------------------------------------------------------------------------------------------- */

SkValue group_await_cancelled(SkVm *vm, SkTask *member, const SkTask *waits) {
  SkGroup *g = member->group;
  if (!g || g->child_done != group_child_done || g->head.aux & SK_GROUP_TRIO) return SK_UNSET;
  if (waits && waits->cancel_count) return SK_UNSET; /* its own cancel went down to the member and comes back (E1) */
  SkStr *s = sk_format(vm, "task '%U' was cancelled", sk_task_name(vm, member));
  SkReason *r = reason_of_task(member);
  if (r && !sk_is_none(r->task)) s = sk_format(vm, "%U by task '%U'", s, sk_task_name(vm, sk_as_task(r->task)));
  if (r && !sk_is_none(r->text)) s = sk_format(vm, "%U: %S", s, r->text);
  return sk_exc_new(vm, SK_T_TaskCancelledError, "%U", s);
}
