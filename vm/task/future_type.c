/* future_type.c - asyncio.Future as scripts see it.  Layer 7b. */
#include "vm/task/task_impl.h"

static SkFuture *self_of(SkValue v) { return sk_as_future(v); }

static SkValue future_new(SkVm *vm, const SkValue *args) {
  SkFuture *f = sk_object_new(vm, sk_as_type(args[0]), 0);
  f->loop = f->result = f->callbacks = SK_NONE;
  return sk_from_ptr(f);
}
static const SkNativeDef future_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, future_new};

static SkValue future_init(SkVm *vm, const SkValue *args) {
  SkFuture *f = self_of(args[0]);
  SkValue loop = loop_of(vm, args[1]);
  if (sk_is_unset(loop)) loop = loop_default(vm);
  sk_write(vm, f, &f->loop, loop);
  f->result = f->callbacks = SK_NONE;
  f->head.aux = 0;
  debug_mark_future(vm, f);
  return SK_NONE;
}
static const SkNativeDef future_init_def = {"__init__(self, *, loop=None)", NULL, future_init};

/* A subclass that never called Future.__init__. */
static void need_init(SkVm *vm, SkFuture *f) {
  if (sk_is_none(f->loop)) sk_raisef(vm, SK_T_RuntimeError, "Future object is not initialized.");
}

SK_NATIVE(future_result_m, "result(self, /)", "The result; raises the error, CancelledError, or InvalidStateError while there is none.") {
  return sk_future_result(vm, self_of(args[0]));
}

SK_NATIVE(future_exception_m, "exception(self, /)", "The error or None; raises CancelledError, or InvalidStateError while pending.") {
  SkFuture *f = self_of(args[0]);
  switch (sk_future_state(f)) {
  case SK_FUTURE_PENDING: sk_raisef(vm, SK_T_InvalidStateError, "Exception is not set.");
  case SK_FUTURE_CANCELLED: sk_throw(vm, future_cancelled_error(vm, f));
  case SK_FUTURE_ERROR: future_seen(vm, f); return f->result;
  default: return SK_NONE;
  }
}

SK_NATIVE(future_set_result_m, "set_result(self, result, /)", "The future is done, with a result.") {
  need_init(vm, self_of(args[0]));
  sk_future_set_result(vm, self_of(args[0]), args[1]);
  return SK_NONE;
}
SK_NATIVE(future_set_exception_m, "set_exception(self, exception, /)", "The future is done, with an error.") {
  need_init(vm, self_of(args[0]));
  sk_future_set_error(vm, self_of(args[0]), args[1]);
  return SK_NONE;
}
SK_NATIVE(future_cancel_m, "cancel(self, /, msg=None)", "Cancel; False when it is done already.") {
  need_init(vm, self_of(args[0]));
  return sk_bool(sk_future_cancel(vm, self_of(args[0]), args[1]));
}
SK_NATIVE(future_cancelled_m, "cancelled(self, /)", "True when it was cancelled.") {
  (void)vm;
  return sk_bool(sk_future_state(self_of(args[0])) == SK_FUTURE_CANCELLED);
}
SK_NATIVE(future_done_m, "done(self, /)", "True when it has a result or an error or was cancelled.") {
  (void)vm;
  return sk_bool(sk_future_done(self_of(args[0])));
}

SK_NATIVE(future_add_done_callback_m, "add_done_callback(self, fn, /, *, context=None)", "Call fn(self) soon after it is done.") {
  need_init(vm, self_of(args[0]));
  SkContext *context = sk_is_none(args[2]) ? sk_context_snapshot(vm) : sk_as_context(vm, args[2]);
  SkTuple *entry = sk_tuple_pack(vm, 2, args[1], sk_from_ptr_or(context, SK_NONE));
  sk_future_add_callback(vm, self_of(args[0]), sk_from_ptr(entry));
  return SK_NONE;
}

SK_NATIVE(future_remove_done_callback_m, "remove_done_callback(self, fn, /)", "Forget all entries of fn; how many there were.") {
  SkFuture *f = self_of(args[0]);
  need_init(vm, f);
  SkValue callbacks = f->callbacks;
  if (sk_is_none(callbacks) || sk_future_done(f)) return sk_smallint(0); /* done: they are on their way */
  SkList *old = sk_is_list(callbacks) ? sk_as_list(callbacks) : sk_list_from(vm, &callbacks, 1), *kept = sk_list_new(vm, old->count);
  int64_t removed = 0;
  for (size_t i = 0; i < old->count; i++) { /* the comparison may change the list */
    SkValue e = sk_list_items(old)[i];
    bool same = !sk_is_task(e) && sk_equal(vm, sk_as_tuple(e)->items[0], args[1]);
    if (same) removed++;
    else sk_list_append(vm, kept, e);
  }
  if (removed) sk_write(vm, f, &f->callbacks, kept->count ? sk_from_ptr(kept) : SK_NONE);
  return sk_smallint(removed);
}

SK_NATIVE(future_get_loop_m, "get_loop(self, /)", "The event loop it belongs to.") {
  SkFuture *f = self_of(args[0]);
  need_init(vm, f);
  return sk_is_loop(f->loop) ? loop_owner(vm, sk_as_loop(f->loop)) : f->loop;
}

SK_NATIVE(future_make_cancelled_m, "_make_cancelled_error(self, /)", NULL) { return future_cancelled_error(vm, self_of(args[0])); }

/* An error that nobody has looked at is reported when the future dies. */
SK_NATIVE(future_del_m, "__del__(self, /)", NULL) {
  SkFuture *f = self_of(args[0]);
  if (!(f->head.aux & SK_FUTURE_LOG_ERROR) || !sk_is_loop(f->loop)) return SK_NONE;
  f->head.aux &= (uint16_t)~SK_FUTURE_LOG_ERROR;
  SkValue name = sk_getattr_cstr(vm, sk_from_ptr(sk_type_of(vm, args[0])), "__name__");
  SkStr *s = sk_format(vm, "%S exception was never retrieved", name);
  loop_report(vm, sk_as_loop(f->loop), f->result, s->data, "future", args[0]);
  return SK_NONE;
}

static SkValue future_repr(SkVm *vm, SkValue self) {
  bool task = sk_is_task(self);
  SkValue module = task_import(vm, task ? "asyncio.base_tasks" : "asyncio.base_futures");
  return sk_call1(vm, sk_getattr_cstr(vm, module, task ? "_task_repr" : "_future_repr"), self);
}

/* ---- attributes that asyncio's own Python code and tests look at ---- */

static SkValue get_state(SkVm *vm, SkValue self) {
  static const char *const names[] = {"PENDING", "FINISHED", "FINISHED", "CANCELLED"};
  return sk_from_ptr(sk_intern(vm, names[sk_future_state(self_of(self))]));
}
static SkValue get_result(SkVm *vm, SkValue self) {
  (void)vm;
  return sk_future_state(self_of(self)) == SK_FUTURE_RESULT ? self_of(self)->result : SK_NONE;
}
static SkValue get_exception(SkVm *vm, SkValue self) {
  (void)vm;
  return sk_future_state(self_of(self)) == SK_FUTURE_ERROR ? self_of(self)->result : SK_NONE;
}
static SkValue get_loop(SkVm *vm, SkValue self) {
  SkFuture *f = self_of(self);
  return sk_is_loop(f->loop) ? loop_owner(vm, sk_as_loop(f->loop)) : f->loop;
}
static SkValue get_callbacks(SkVm *vm, SkValue self) {
  SkValue c = self_of(self)->callbacks;
  if (sk_is_none(c) || sk_future_done(self_of(self))) return SK_NONE;
  SkList *all = sk_is_list(c) ? sk_as_list(c) : sk_list_from(vm, &c, 1), *out = sk_list_new(vm, all->count);
  for (size_t i = 0; i < all->count; i++) {
    SkValue e = sk_list_items(all)[i];
    if (sk_is_task(e)) e = sk_from_ptr(sk_tuple_pack(vm, 2, task_wakeup_value(vm, sk_as_task(e)), SK_NONE));
    sk_list_append(vm, out, e);
  }
  return sk_from_ptr(out);
}
static SkValue get_blocking(SkVm *vm, SkValue self) { (void)vm; return sk_bool(sk_object(self)->aux & SK_FUTURE_BLOCKING); }
static void set_blocking(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_unset(v)) sk_raisef(vm, SK_T_AttributeError, "cannot delete attribute");
  bool on = sk_truth(vm, v);
  SkObject *o = sk_object(self);
  o->aux = (uint16_t)((o->aux & ~SK_FUTURE_BLOCKING) | (on ? SK_FUTURE_BLOCKING : 0));
}
static SkValue get_log(SkVm *vm, SkValue self) { (void)vm; return sk_bool(sk_object(self)->aux & SK_FUTURE_LOG_ERROR); }
static void set_log(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_unset(v)) sk_raisef(vm, SK_T_AttributeError, "cannot delete attribute");
  if (sk_truth(vm, v)) sk_raise_value(vm, "_log_traceback can only be set to False");
  sk_object(self)->aux &= (uint16_t)~SK_FUTURE_LOG_ERROR;
}
static SkValue get_message(SkVm *vm, SkValue self) {
  SkFuture *f = self_of(self);
  SkFutureState s = sk_future_state(f);
  if (s == SK_FUTURE_RESULT || s == SK_FUTURE_ERROR) return SK_NONE;
  if (!sk_is_exc(f->result)) return f->result;
  SkTuple *a = sk_as_exc(f->result)->args;
  return a->count ? a->items[0] : SK_NONE;
}

static void set_message(SkVm *vm, SkValue self, SkValue v) {
  SkFuture *f = self_of(self);
  if (sk_is_unset(v)) sk_raisef(vm, SK_T_AttributeError, "cannot delete attribute");
  if (sk_future_state(f) == SK_FUTURE_PENDING || sk_future_state(f) == SK_FUTURE_CANCELLED) sk_write(vm, f, &f->result, v);
}

static const SkAttrDef future_attrs[] = {
    SK_METHOD(future_result_m), SK_METHOD(future_exception_m), SK_METHOD(future_set_result_m), SK_METHOD(future_set_exception_m),
    SK_METHOD(future_cancel_m), SK_METHOD(future_cancelled_m), SK_METHOD(future_done_m), SK_METHOD(future_add_done_callback_m),
    SK_METHOD(future_remove_done_callback_m), SK_METHOD(future_get_loop_m), SK_METHOD(future_make_cancelled_m), SK_METHOD(future_del_m),
    SK_GETSET("_state", get_state, NULL, NULL), SK_GETSET("_result", get_result, NULL, NULL), SK_GETSET("_exception", get_exception, NULL, NULL),
    SK_GETSET("_loop", get_loop, NULL, NULL), SK_GETSET("_callbacks", get_callbacks, NULL, NULL),
    SK_GETSET("_asyncio_future_blocking", get_blocking, set_blocking, NULL), SK_GETSET("_log_traceback", get_log, set_log, NULL),
    SK_GETSET("_cancel_message", get_message, set_message, NULL), SK_GETSET("_source_traceback", debug_get_traceback, debug_set_traceback, NULL),
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def}, SK_DICT_ATTR, SK_ATTRS_END};

const SkTypeDef sk_future_type = {
    .name = "_asyncio.Future", .doc = "A result that comes later.", .kind = SK_KIND_FUTURE, .size = sizeof(SkFuture),
    .flags = SK_TYPE_WEAKREFABLE | SK_TYPE_HAS_DICT | SK_TYPE_OWN_WATCH, .slots = {.repr = future_repr, .await = future_await, .iter = future_await}, .attrs = future_attrs,
    .new_ = &future_new_def, .init_ = &future_init_def};
