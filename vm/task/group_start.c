/* group_start.c - start(): a member that says when it is ready (G10).  Layer 7b.
 *
 * Until started() the task is a member of a small group of its own below the caller: its error comes out of start(), the caller's cancel
 * is its cancel.  started() moves it, with its scopes, to the group it was started for.
 */
#include "vm/task/scope_impl.h"

typedef struct Status { SkObject head; SkGroup *target, *holding; SkValue value; bool started; } Status;

static void status_trace(SkMarker *m, SkObject *o) {
  Status *s = (Status *)o;
  sk_mark_ptr(m, s->target);
  sk_mark_ptr(m, s->holding);
  sk_mark(m, s->value);
}

/* ---- moving ---------------------------------------------------------------------------------------------------------------- */

/* The outermost of the task's own scopes, or the task itself, hangs below |under| now. */
static void move_scopes(SkVm *vm, SkTask *t, SkScope *under) {
  SkScope *s = task_scope(vm, t);
  if (!s || s->task != t) {
    if (vm->task == t) vm->scope = under;
    sk_write_ptr(vm, t, &t->scope, under);
    return;
  }
  while (s->parent && s->parent->task == t) s = s->parent;
  sk_write_ptr(vm, s, &s->parent, under);
}

static void move_member(SkVm *vm, SkTask *t, SkGroup *to) {
  sk_group_unlink(vm, t);
  sk_group_link(vm, to, t);
  to->active++;
  move_scopes(vm, t, to->scope);
  if (sk_scope_is_cancelled(to->scope)) scope_deliver_task(vm, t);
}

SK_NATIVE(status_started, "started(self, value=None)", "The task is ready: start() returns |value|.") {
  Status *s = sk_ptr(args[0]);
  if (s->started) sk_raisef(vm, SK_T_RuntimeError, "called 'started' twice on the same task status");
  s->started = true;
  sk_write(vm, s, &s->value, args[1]);
  if (sk_scope_is_cancelled(s->holding->scope)) return SK_NONE; /* too late: it ends where it is */
  while (s->holding->first) {
    s->holding->active--;
    move_member(vm, s->holding->first, s->target);
  }
  group_check(vm, s->holding);
  return SK_NONE;
}

static SkValue status_repr(SkVm *vm, SkValue self) {
  Status *s = sk_ptr(self);
  return sk_from_ptr(sk_format(vm, "<TaskStatus %s at 0x%llx>", s->started ? "started" : "waiting", (long long)sk_address(self)));
}

static const SkAttrDef status_attrs[] = {SK_METHOD(status_started), SK_ATTRS_END};
static const SkTypeDef status_type = {
    .name = "skein.TaskStatus", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Status), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE,
    .slots = {.repr = status_repr}, .attrs = status_attrs, .trace = status_trace};

/* ---- the awaitable -------------------------------------------------------------------------------------------------------------- */

/* self: the target group; a: (function, arguments, name), later the small group; b: the status. */
enum { START_CALLS, START_WAITS };

static SkGroup *holding_of(SkAwait *a) { return (SkGroup *)sk_ptr(a->a); }

static void begin(SkVm *vm, SkAwait *a) {
  SkGroup *g = (SkGroup *)sk_ptr(a->self);
  if (!group_accepts(g)) group_refuse(vm, g);
  SkTuple *call = sk_as_tuple(a->a);
  Status *s = sk_object_new(vm, sk_library_type(vm, &status_type), 0);
  s->value = SK_NONE;
  s->target = g;
  sk_write(vm, a, &a->b, sk_from_ptr(s));
  SkGroup *small = group_new(vm, sk_library_type(vm, &sk_group_type), SK_GROUP_TRIO | SK_GROUP_STARTING);
  sk_write_ptr(vm, s, &s->holding, small);
  SkDict *kw = sk_dict_new(vm);
  sk_dict_set_str(vm, kw, sk_intern(vm, "task_status"), sk_from_ptr(s));
  SkValue coro = group_coroutine(vm, call->items[0], sk_as_tuple(call->items[1]), kw);
  group_open(vm, small);
  small->head.aux |= SK_GROUP_JOINING;
  g->starts++;
  SkValue name = call->items[2];
  sk_write(vm, a, &a->a, sk_from_ptr(small));
  group_spawn(vm, small, coro, name, NULL, false);
}

/* The small group is empty: its task was moved, or has ended. */
static SkValue start_end(SkVm *vm, SkAwait *a) {
  SkGroup *g = (SkGroup *)sk_ptr(a->self), *small = holding_of(a);
  Status *s = sk_ptr(a->b);
  small->head.aux |= SK_GROUP_CLOSED;
  g->starts--;
  group_check(vm, g);
  SkValue exc = small->errors ? sk_list_items(small->errors)[0] : SK_NONE;
  if (!(g->head.aux & SK_GROUP_TRIO) && !sk_is_none(exc) && sk_is_level_cancel(vm, exc)) {
    SkValue lost = scope_error_lost(exc);
    if (!sk_is_none(lost)) exc = lost;
  }
  SkValue rest = sk_scope_exit(vm, small->scope, exc);
  if (!sk_is_none(small->control)) rest = small->control;
  if (!sk_is_none(rest)) sk_throw(vm, rest);
  if (!s->started) sk_raisef(vm, SK_T_RuntimeError, "child exited without calling task_status.started()");
  return s->value;
}

static bool wait_started(SkVm *vm, SkAwait *a, SkValue *out) {
  SkGroup *small = holding_of(a);
  if (small->count) {
    sk_write_ptr(vm, small, &small->join, a);
    *out = sk_park_shielded(vm, a);
    return false;
  }
  *out = start_end(vm, a);
  return true;
}

static bool start_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (sk_await_phase(a) == START_CALLS) {
    begin(vm, a);
    sk_await_set_phase(a, START_WAITS);
  }
  return wait_started(vm, a, out);
}

static bool start_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  SkGroup *small = holding_of(a);
  small->join = NULL;
  if (sk_is_none(small->control)) sk_write(vm, small, &small->control, exc);
  SkReason *why = reason_of_task(sk_current_task(vm));
  sk_scope_cancel(vm, small->scope, why ? why : sk_reason_new(vm, SK_SOURCE_EDGE, NULL, SK_NONE, SK_NONE));
  if (!sk_exc_is(vm, exc, SK_T_GeneratorExit)) return wait_started(vm, a, out);
  if (vm->scope == small->scope) sk_scope_exit(vm, small->scope, SK_NONE);
  sk_raise_exc(vm, exc);
}

static bool start_abort(SkVm *vm, SkAwait *a) {
  (void)vm;
  if (!a->task || sk_scope_is_cancelled(a->task->scope)) return false;
  holding_of(a)->join = NULL;
  return true;
}

static const SkAwaitOps start_ops = {.name = "start", .qualname = "TaskGroup.start", .waits_for = "task_status.started()",
                                     .step = start_step, .thrown = start_thrown, .abort = start_abort};

SkValue group_start(SkVm *vm, SkGroup *g, SkValue fn, SkTuple *args, SkValue name) {
  SkValue call = sk_from_ptr(sk_tuple_pack(vm, 3, fn, sk_from_ptr(args), name));
  return sk_await_new(vm, &start_ops, sk_from_ptr(g), call, SK_NONE);
}
