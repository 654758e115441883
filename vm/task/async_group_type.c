/* async_group_type.c - the class asyncio.TaskGroup: create_task, text, attributes.  Layer 7b. */
#include "vm/task/async_group.h"

static void group_trace(SkMarker *m, SkObject *o) {
  AsyncGroup *g = (AsyncGroup *)o;
  sk_mark_ptr(m, g->group.loop);
  sk_mark_ptr(m, g->group.parent);
  sk_mark_ptr(m, g->group.scope);
  sk_mark_ptr(m, g->group.first);
  sk_mark_ptr(m, g->group.last);
  sk_mark_ptr(m, g->group.join);
  sk_mark_ptr(m, g->group.errors);
  sk_mark(m, g->group.name);
  sk_mark(m, g->group.extra);
  sk_mark_ptr(m, g->strangers);
}

static SkValue group_init(SkVm *vm, const SkValue *args) { (void)vm, (void)args; return SK_NONE; }
static const SkNativeDef group_init_def = {"__init__(self)", NULL, group_init};

/* ---- create_task --------------------------------------------------------------------------------------------------------------- */

SK_NORETURN static void refuse(SkVm *vm, SkValue self, SkValue coro, const char *why) {
  sk_call_method0(vm, coro, SK_NAME(vm, close));
  sk_raisef(vm, SK_T_RuntimeError, "TaskGroup %R %s", self, why);
}

/* The event loop object makes the task when a script has given it a task factory. */
static bool has_factory(SkVm *vm, const SkLoop *l) {
  if (sk_is_none(l->owner)) return false;
  SkValue factory = sk_instance_get(vm, l->owner, SK_NAME(vm, task_factory));
  return !sk_is_unset(factory) && !sk_is_none(factory);
}

static SkValue create_by_loop(SkVm *vm, SkValue self, SkValue coro, SkValue name, SkValue context) {
  AsyncGroup *g = async_group_of(self);
  SkValue values[] = {coro, name, context};
  SkValue names[] = {sk_from_ptr(sk_intern(vm, "name")), sk_from_ptr(sk_intern(vm, "context"))};
  SkTuple *kwnames = sk_tuple_from(vm, names, sk_is_none(context) ? 1 : 2);
  SkValue task = sk_call(vm, sk_getattr_cstr(vm, g->group.loop->owner, "create_task"), values, 1, kwnames);
  SkValue done = sk_getattr_cstr(vm, self, "_on_task_done");
  if (sk_truth(vm, sk_call_method0(vm, task, sk_intern(vm, "done")))) {
    sk_call1(vm, done, task);
    return task;
  }
  if (!g->strangers) sk_write_ptr(vm, g, &g->strangers, sk_list_new(vm, 4));
  sk_list_append(vm, g->strangers, task);
  sk_call_method1(vm, task, sk_intern(vm, "add_done_callback"), done);
  return task;
}

SK_NATIVE(group_create_task, "create_task(self, coro, *, name=None, context=None)", "Run a coroutine as a member of the group; give the task.") {
  SkValue self = args[0], coro = args[1], name = args[2];
  AsyncGroup *g = async_group_of(self);
  if (SK_UNLIKELY(!g->entered)) refuse(vm, self, coro, "has not been entered");
  if (SK_UNLIKELY(g->exiting && !async_group_count(g))) refuse(vm, self, coro, "is finished");
  if (SK_UNLIKELY(g->aborting)) refuse(vm, self, coro, "is shutting down");
  SkLoop *l = g->group.loop;
  if (SK_UNLIKELY(has_factory(vm, l) || g->done_hook)) return create_by_loop(vm, self, coro, name, args[3]);
  if (SK_UNLIKELY(!task_is_coroutine(vm, coro))) sk_raise_type(vm, "a coroutine was expected, got %R", coro);
  if (SK_UNLIKELY(l->closed)) sk_raisef(vm, SK_T_RuntimeError, "Event loop is closed");
  SkContext *context = sk_is_none(args[3]) ? NULL : sk_as_context(vm, args[3]);
  if (!sk_is_none(name) && !sk_is_exactly(vm, name, SK_T_str)) name = sk_from_ptr(sk_str(vm, name));
  SkTask *t = sk_task_new(vm, l, coro, &g->group, g->group.scope->parent, name, context);
  sk_task_start(vm, t);
  return sk_from_ptr(t);
}

/* ---- the other methods ------------------------------------------------------------------------------------------------------------ */

SK_NATIVE(group_aenter, "async __aenter__(self)", NULL) { return sk_await_new(vm, &async_group_enter_ops, args[0], SK_NONE, SK_NONE); }
SK_NATIVE(group_aexit, "async __aexit__(self, et, exc, tb)", NULL) {
  SkValue exc = args[2];
  if (sk_is_none(exc) && sk_is_type(args[1])) exc = sk_exc_to_raise(vm, args[1]); /* called by hand with the class alone */
  return sk_await_new(vm, &async_group_exit_ops, args[0], exc, SK_NONE);
}
SK_NATIVE(group_abort, "_abort(self)", NULL) {
  async_group_abort(vm, async_group_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(group_on_task_done, "_on_task_done(self, task)", NULL) {
  async_group_stranger_done(vm, async_group_of(args[0]), args[1]);
  return SK_NONE;
}

static SkValue group_new(SkVm *vm, const SkValue *args) {
  SkType *cls = (SkType *)sk_ptr(args[0]);
  AsyncGroup *g = sk_object_new(vm, cls, 0);
  g->group.name = g->group.extra = SK_NONE;
  g->group.child_noticed = async_group_noticed;
  g->done_hook = cls != sk_library_type(vm, &sk_async_group_type) && aio_overrides(vm, cls, "_on_task_done", &group_on_task_done_def);
  return sk_from_ptr(g);
}
static const SkNativeDef group_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, group_new};

static SkValue group_repr(SkVm *vm, SkValue self) {
  AsyncGroup *g = async_group_of(self);
  size_t n = async_group_count(g), errors = g->group.errors ? g->group.errors->count : 0;
  SkStr *s = sk_str_from_cstr(vm, "<TaskGroup");
  if (n) s = sk_format(vm, "%U tasks=%zu", s, n);
  if (errors) s = sk_format(vm, "%U errors=%zu", s, errors);
  if (g->aborting) s = sk_format(vm, "%U cancelling", s);
  else if (g->entered) s = sk_format(vm, "%U entered", s);
  return sk_from_ptr(sk_format(vm, "%U>", s));
}

/* ---- private attributes ------------------------------------------------------------------------------------------------------------- */

static SkValue get_tasks(SkVm *vm, SkValue self) {
  AsyncGroup *g = async_group_of(self);
  SkSet *s = sk_set_new(vm);
  for (SkTask *t = g->group.first; t; t = t->next) sk_set_add(vm, s, sk_from_ptr(t));
  for (size_t i = 0; g->strangers && i < g->strangers->count; i++) sk_set_add(vm, s, sk_list_items(g->strangers)[i]);
  return sk_from_ptr(s);
}
static SkValue get_errors(SkVm *vm, SkValue self) {
  AsyncGroup *g = async_group_of(self);
  if (!g->group.errors) sk_write_ptr(vm, g, &g->group.errors, sk_list_new(vm, 0));
  return sk_from_ptr(g->group.errors);
}
static SkValue get_loop(SkVm *vm, SkValue self) {
  SkLoop *l = async_group_of(self)->group.loop;
  return l ? loop_owner(vm, l) : SK_NONE;
}
static SkValue get_parent(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(async_group_of(self)->group.parent, SK_NONE); }
static SkValue get_base_error(SkVm *vm, SkValue self) { (void)vm; return async_group_of(self)->group.extra; }
static SkValue get_entered(SkVm *vm, SkValue self) { (void)vm; return sk_bool(async_group_of(self)->entered); }
static SkValue get_exiting(SkVm *vm, SkValue self) { (void)vm; return sk_bool(async_group_of(self)->exiting); }
static SkValue get_aborting(SkVm *vm, SkValue self) { (void)vm; return sk_bool(async_group_of(self)->aborting); }
static SkValue get_cancelled(SkVm *vm, SkValue self) { (void)vm; return sk_bool(async_group_of(self)->cancelled_parent); }

static const SkAttrDef group_attrs[] = {
    SK_METHOD(group_create_task), SK_METHOD(group_aenter), SK_METHOD(group_aexit), SK_METHOD(group_abort), SK_METHOD(group_on_task_done),
    SK_GETSET("_tasks", get_tasks, NULL, NULL), SK_GETSET("_errors", get_errors, NULL, NULL), SK_GETSET("_loop", get_loop, NULL, NULL),
    SK_GETSET("_parent_task", get_parent, NULL, NULL), SK_GETSET("_base_error", get_base_error, NULL, NULL),
    SK_GETSET("_entered", get_entered, NULL, NULL), SK_GETSET("_exiting", get_exiting, NULL, NULL),
    SK_GETSET("_aborting", get_aborting, NULL, NULL), SK_GETSET("_parent_cancel_requested", get_cancelled, NULL, NULL), SK_DICT_ATTR,
    SK_ATTRS_END};

const SkTypeDef sk_async_group_type = {
    .name = "asyncio.taskgroups.TaskGroup", .doc = "Tasks that are joined together: `async with TaskGroup() as g: g.create_task(...)`.",
    .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(AsyncGroup), .flags = AIO_CLASS, .slots = {.repr = group_repr},
    .attrs = group_attrs, .new_ = &group_new_def, .init_ = &group_init_def, .trace = group_trace};
