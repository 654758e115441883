/* group_type.c - the builtin class TaskGroup (G9).  Layer 7b. */
#include "vm/task/scope_impl.h"

void group_trace(SkMarker *m, SkObject *o) {
  SkGroup *g = (SkGroup *)o;
  sk_mark_ptr(m, g->loop);
  sk_mark_ptr(m, g->parent);
  sk_mark_ptr(m, g->scope);
  sk_mark_ptr(m, g->first);
  sk_mark_ptr(m, g->last);
  sk_mark_ptr(m, g->join);
  sk_mark_ptr(m, g->errors);
  sk_mark_ptr(m, g->results);
  sk_mark_ptr(m, g->queue);
  sk_mark(m, g->name);
  sk_mark(m, g->extra);
  sk_mark(m, g->control);
  sk_trace_attributes(m, o);
}


SkGroup *sk_as_group(SkVm *vm, SkValue v) {
  const SkTypeDef *def = sk_has_kind(v, SK_KIND_NATIVE_OBJECT) ? sk_shape_of(vm, v)->def : NULL;
  if (!def || (def->trace != group_trace && def != &sk_async_group_type)) sk_raise_type(vm, "a task group was expected, got %R", v);
  return (SkGroup *)sk_ptr(v);
}

static SkGroup *self_of(SkValue v) { return (SkGroup *)sk_ptr(v); }

/* ---- construction ------------------------------------------------------------------------------------------------------------ */

static SkValue group_make(SkVm *vm, const SkValue *args) {
  return sk_from_ptr(group_new(vm, (SkType *)sk_ptr(args[0]), 0));
}
static const SkNativeDef group_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, group_make};

static unsigned on_error_of(SkVm *vm, SkValue v) {
  if (sk_is_str(v) && sk_str_equal_cstr(sk_as_str(v), "cancel")) return 0;
  if (sk_is_str(v) && sk_str_equal_cstr(sk_as_str(v), "continue")) return SK_GROUP_ON_ERROR_CONTINUE;
  sk_raise_value(vm, "on_error must be 'cancel' or 'continue', not %R", v);
}

static SkValue group_init(SkVm *vm, const SkValue *args) {
  SkGroup *g = self_of(args[0]);
  if (!sk_is_none(args[1]) && !sk_is_str(args[1])) sk_raise_type(vm, "name must be a str, not %T", args[1]);
  int64_t limit = 0;
  if (!sk_is_none(args[2])) {
    limit = sk_to_index(vm, args[2]);
    if (limit < 1 || limit > INT32_MAX) sk_raise_value(vm, "limit must be at least 1");
  }
  unsigned flags = on_error_of(vm, args[3]);
  sk_write(vm, g, &g->name, args[1]);
  g->limit = (uint32_t)limit;
  g->head.aux = (uint16_t)((g->head.aux & ~SK_GROUP_ON_ERROR_CONTINUE) | flags);
  return SK_NONE;
}
static const SkNativeDef group_init_def = {"__init__(self, *, name=None, limit=None, on_error='cancel')", NULL, group_init};

/* ---- async with -------------------------------------------------------------------------------------------------------------------- */

static bool enter_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  group_open(vm, self_of(a->self));
  *out = a->self;
  return true;
}
static const SkAwaitOps enter_ops = {.name = "__aenter__", .qualname = "TaskGroup.__aenter__", .step = enter_step};

SK_NATIVE(group_aenter, "__aenter__(self, /)", NULL) { return sk_await_new(vm, &enter_ops, args[0], SK_NONE, SK_NONE); }
SK_NATIVE(group_aexit, "__aexit__(self, type, value, traceback, /)", NULL) { return group_exit(vm, self_of(args[0]), args[2]); }

/* ---- members --------------------------------------------------------------------------------------------------------------------------- */

SK_NORETURN void group_refuse(SkVm *vm, SkGroup *g) {
  if (g->head.aux & SK_GROUP_TRIO) sk_raisef(vm, SK_T_RuntimeError, "Nursery is closed to new arrivals");
  sk_raisef(vm, SK_T_RuntimeError, "TaskGroup %R %s", sk_from_ptr(g), g->head.aux & SK_GROUP_OPEN ? "is finished" : "has not been entered");
}

static void close_coroutine(SkVm *vm, void *arg) { sk_call_method0(vm, *(SkValue *)arg, sk_intern(vm, "close")); }

/* A coroutine that was handed over and can't run is closed: nobody else will. */
void group_need_open(SkVm *vm, SkGroup *g, SkValue coro) {
  if (group_accepts(g)) return;
  bool made = sk_is_await(coro) || sk_is_gen(coro);
  if (made && !sk_protect(vm, close_coroutine, &coro)) sk_take_raised(vm);
  group_refuse(vm, g);
}

static SkValue spawn(SkVm *vm, SkValue self, SkValue fn, SkValue rest, SkValue name, SkValue daemon, SkValue context) {
  SkGroup *g = self_of(self);
  group_need_open(vm, g, fn);
  SkContext *c = sk_is_none(context) ? NULL : sk_as_context(vm, context);
  bool d = !sk_is(daemon, SK_FALSE) && sk_truth(vm, daemon);
  SkValue coro = group_coroutine(vm, fn, sk_as_tuple(rest), NULL);
  if (sk_is_none(name) && sk_is_func(fn)) name = sk_as_func(fn)->name;
  return sk_from_ptr(group_spawn(vm, g, coro, name, c, d));
}

SK_NATIVE(group_create_task, "create_task(self, coro, /, *args, name=None, daemon=False, context=None)",
          "Start a member: a coroutine, or an async function and its arguments.  A daemon is cancelled when nothing else is left.") {
  return spawn(vm, args[0], args[1], args[2], args[3], args[4], args[5]);
}
SK_NATIVE(group_start_soon, "start_soon(self, fn, /, *args, name=None, daemon=False, context=None)",
          "Start a member: an async function and its arguments, or a coroutine.") {
  return spawn(vm, args[0], args[1], args[2], args[3], args[4], args[5]);
}
SK_NATIVE(group_start_m, "start(self, fn, /, *args, name=None)",
          "Start fn(*args, task_status=...) and wait until it has called task_status.started(value); that is the result.") {
  return group_start(vm, self_of(args[0]), args[1], sk_as_tuple(args[2]), args[3]);
}

SK_NATIVE(group_cancel_m, "cancel(self, reason=None)", "Cancel the body and all members; leaving the group is then no error.") {
  if (!sk_is_none(args[1]) && !sk_is_str(args[1])) sk_raise_type(vm, "reason must be a str or None, not %T", args[1]);
  group_cancel(vm, self_of(args[0]), SK_SOURCE_EXPLICIT, sk_current_task(vm), args[1], SK_NONE);
  return SK_NONE;
}

static SkValue result_of(SkVm *vm, SkValue child, SkValue otherwise) {
  if (!sk_is_task(child)) return child;
  SkFuture *f = sk_as_future(child);
  SkFutureState s = sk_future_state(f);
  if (s == SK_FUTURE_PENDING || s == SK_FUTURE_RESULT || sk_is_unset(otherwise)) return sk_future_result(vm, f);
  return otherwise;
}

SK_NATIVE(group_results, "results(self, default=?)",
          "Results of all members but daemons, in the order of their creation.  For one without a result |default| stands, or its error is raised.") {
  SkGroup *g = self_of(args[0]);
  SkList *out = sk_list_new(vm, g->results ? g->results->count : 0);
  for (size_t i = 0; g->results && i < g->results->count; i++) sk_list_append(vm, out, result_of(vm, sk_list_items(g->results)[i], args[1]));
  return sk_from_ptr(out);
}

/* ---- attributes ---------------------------------------------------------------------------------------------------------------------------- */

static SkValue get_scope(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(self_of(self)->scope); }
static SkValue get_tasks(SkVm *vm, SkValue self) {
  SkList *out = sk_list_new(vm, self_of(self)->count);
  for (SkTask *t = self_of(self)->first; t; t = t->next) sk_list_append(vm, out, sk_from_ptr(t));
  return sk_from_ptr(out);
}
static SkValue get_parent(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(self_of(self)->parent, SK_NONE); }
static SkValue get_limit(SkVm *vm, SkValue self) { (void)vm; return self_of(self)->limit ? sk_smallint(self_of(self)->limit) : SK_NONE; }

static SkValue group_repr(SkVm *vm, SkValue self) {
  SkGroup *g = self_of(self);
  SkStr *s = sk_str_from_cstr(vm, "<TaskGroup");
  if (!sk_is_none(g->name)) s = sk_format(vm, "%U %R", s, g->name);
  if (g->count) s = sk_format(vm, "%U tasks=%d", s, (int)g->count);
  if (g->errors) s = sk_format(vm, "%U errors=%zd", s, g->errors->count);
  if (g->head.aux & SK_GROUP_CLOSED) s = sk_format(vm, "%U finished", s);
  else if (g->scope->head.aux & SK_SCOPE_CANCELLED) s = sk_format(vm, "%U cancelling", s);
  else if (g->head.aux & SK_GROUP_OPEN) s = sk_format(vm, "%U entered", s);
  return sk_from_ptr(sk_format(vm, "%U>", s));
}

static const SkAttrDef group_attrs[] = {
    SK_METHOD(group_aenter), SK_METHOD(group_aexit), SK_METHOD(group_create_task), SK_METHOD(group_start_soon), SK_METHOD(group_start_m),
    SK_METHOD(group_cancel_m), SK_METHOD(group_results),
    SK_MEMBER("name", SkGroup, name, true, "The name it was given, or None."),
    SK_GETSET("cancel_scope", get_scope, NULL, "The scope of its body and members."),
    SK_GETSET("tasks", get_tasks, NULL, "The members that have not ended, in the order of their creation."),
    SK_GETSET("parent_task", get_parent, NULL, "The task that opened it."),
    SK_GETSET("limit", get_limit, NULL, "How many members may run at once, or None."),
    SK_ATTRS_END};

const SkTypeDef sk_group_type = {
    .name = "skein.TaskGroup", .doc = "Tasks that end together: used by 'async with'.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(SkGroup),
    .flags = SK_TYPE_WEAKREFABLE, .slots = {.repr = group_repr}, .attrs = group_attrs, .new_ = &group_new_def, .init_ = &group_init_def,
    .trace = group_trace};
