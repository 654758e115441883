/* handle.c - handles of call_soon, call_later: a callback in the queue or the heap.  Layer 7b. */
#include "vm/task/task_impl.h"

typedef struct Handle {
  SkObject head;     /* aux bit 0: cancelled */
  SkLoop *loop;      /* NULL: made by hand for a foreign loop */
  SkValue foreign;   /* that loop, else None */
  SkValue fn;        /* None once cancelled */
  SkTuple *args;     /* NULL once cancelled */
  SkContext *context;
  SkTimer *timer;    /* TimerHandle */
  SkValue when;      /* float, or None */
  SkValue traceback; /* debug mode: where it was made */
} Handle;
enum { CANCELLED = 1 };

static Handle *handle_of(SkValue v) { return (Handle *)sk_object(v); }

static void handle_trace(SkMarker *m, SkObject *o) {
  Handle *h = (Handle *)o;
  sk_mark_ptr(m, h->loop);
  sk_mark(m, h->foreign);
  sk_mark(m, h->fn);
  sk_mark_ptr(m, h->args);
  sk_mark_ptr(m, h->context);
  sk_mark_ptr(m, h->timer);
  sk_mark(m, h->when);
  sk_mark(m, h->traceback);
  sk_trace_attributes(m, o);
}

SkValue loop_handle_new(SkVm *vm, SkLoop *l, SkValue fn, SkTuple *args, SkContext *context, const double *when) {
  SkTasks *st = sk_tasks(vm);
  if (!context) context = sk_context_snapshot(vm);
  Handle *h = sk_object_new(vm, when ? st->timer_handle : st->handle, 0);
  h->loop = l;
  h->fn = fn;
  h->args = args;
  h->context = context;
  h->when = h->traceback = h->foreign = SK_NONE;
  SkValue self = sk_from_ptr(h);
  if (when) {
    SkValue w = sk_float_new(vm, *when);
    sk_write(vm, h, &h->when, w);
    SkTimer *t = sk_timer_add(vm, l, *when, self, SK_TIMER_QUEUE);
    sk_write_ptr(vm, h, &h->timer, t);
  }
  if (SK_UNLIKELY(l->debug)) sk_write(vm, h, &h->traceback, debug_stack(vm, l));
  return self;
}

static void run_protected(SkVm *vm, void *arg) {
  Handle *h = arg;
  sk_call(vm, h->fn, h->args->items, h->args->count, NULL);
}

/* The context for the exception handler is made in Python. */
void handle_report(SkVm *vm, SkValue handle, SkValue exc) {
  Handle *h = handle_of(handle);
  SkValue hook = h->loop ? h->loop->exception_hook : sk_getattr_cstr(vm, h->foreign, "call_exception_handler");
  if (sk_is_none(hook)) {
    sk_unraisable(vm, exc, sk_from_ptr(h));
    return;
  }
  SkValue make = sk_getattr_cstr(vm, task_import(vm, "asyncio.format_helpers"), "_handle_error"), args[] = {sk_from_ptr(h), exc};
  sk_call1(vm, hook, sk_call(vm, make, args, 2, NULL));
}

void handle_run(SkVm *vm, SkValue handle) {
  Handle *h = handle_of(handle);
  if (h->head.aux & CANCELLED) return;
  SkContext *saved = vm->context;
  vm->context = h->context;
  bool fine = sk_protect(vm, run_protected, h);
  sk_context_leave(vm, saved);
  if (fine) return;
  SkValue exc = sk_take_raised(vm);
  if (sk_exc_is(vm, exc, SK_T_SystemExit) || sk_exc_is(vm, exc, SK_T_KeyboardInterrupt)) sk_throw(vm, exc);
  handle_report(vm, handle, exc);
}

SK_NATIVE(handle_cancel, "cancel(self, /)", "The callback will not run.") {
  Handle *h = handle_of(args[0]);
  if (h->head.aux & CANCELLED) return SK_NONE;
  h->head.aux |= CANCELLED;
  if (h->timer) sk_timer_cancel(vm, h->loop, h->timer);
  h->fn = SK_NONE;
  h->args = NULL;
  return SK_NONE;
}
SK_NATIVE(handle_cancelled, "cancelled(self, /)", "True after cancel().") {
  (void)vm;
  return sk_bool(handle_of(args[0])->head.aux & CANCELLED);
}
/* A script never sees a frozen snapshot: it gets a context of its own, and the handle keeps that. */
static SkValue context_of(SkVm *vm, SkValue self) {
  SkValue v = sk_context_value(vm, handle_of(self)->context);
  sk_write_ptr(vm, handle_of(self), &handle_of(self)->context, sk_ptr(v));
  return v;
}
SK_NATIVE(handle_get_context, "get_context(self, /)", "The context the callback runs in.") {
  return context_of(vm, args[0]);
}
SK_NATIVE(handle_run_m, "_run(self, /)", NULL) {
  handle_run(vm, args[0]);
  return SK_NONE;
}
SK_NATIVE(handle_when, "when(self, /)", "Loop time at which it is due.") {
  (void)vm;
  return handle_of(args[0])->when;
}

static SkValue handle_repr(SkVm *vm, SkValue self) {
  return sk_call1(vm, sk_getattr_cstr(vm, task_import(vm, "asyncio.format_helpers"), "_handle_repr"), self);
}
static SkValue get_args(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(handle_of(self)->args, SK_NONE); }
static SkValue get_callback(SkVm *vm, SkValue self) { (void)vm; return handle_of(self)->fn; }
static SkValue get_cancelled(SkVm *vm, SkValue self) { (void)vm; return sk_bool(handle_of(self)->head.aux & CANCELLED); }
static SkValue get_scheduled(SkVm *vm, SkValue self) { (void)vm; return sk_bool(handle_of(self)->timer && handle_of(self)->timer->place); }
static SkValue get_loop(SkVm *vm, SkValue self) {
  Handle *h = handle_of(self);
  return h->loop ? loop_owner(vm, h->loop) : h->foreign;
}

/* ---- made by hand: no queue knows of it ---- */

static SkValue handle_new_for(SkVm *vm, SkValue cls, SkValue fn, SkValue args, SkValue loop, SkValue context) {
  SkValue engine = loop_of(vm, loop);
  bool ours = !sk_is_unset(engine) && sk_is_loop(engine);
  SkTuple *list = sk_to_tuple(vm, args);
  SkContext *c = sk_is_none(context) ? sk_context_snapshot(vm) : sk_as_context(vm, context);
  Handle *h = sk_object_new(vm, sk_as_type(cls), 0);
  h->loop = ours ? sk_as_loop(engine) : NULL;
  h->foreign = ours ? SK_NONE : loop;
  h->fn = fn;
  h->args = list;
  h->context = c;
  h->when = h->traceback = SK_NONE;
  if (ours) sk_write(vm, h, &h->traceback, debug_stack(vm, h->loop));
  return sk_from_ptr(h);
}
static SkValue handle_new_m(SkVm *vm, const SkValue *args) { return handle_new_for(vm, args[0], args[1], args[2], args[3], args[4]); }
static const SkNativeDef handle_new_def = {"__new__(cls, callback, args, loop, context=None)", NULL, handle_new_m};
static SkValue timer_handle_new_m(SkVm *vm, const SkValue *args) {
  SkValue when = sk_float_new(vm, sk_number_to_double(vm, args[1])), self = handle_new_for(vm, args[0], args[2], args[3], args[4], args[5]);
  sk_write(vm, sk_object(self), &handle_of(self)->when, when);
  return self;
}
static const SkNativeDef timer_handle_new_def = {"__new__(cls, when, callback, args, loop, context=None)", NULL, timer_handle_new_m};

static const SkAttrDef handle_attrs[] = {
    SK_METHOD(handle_cancel), SK_METHOD(handle_cancelled), SK_METHOD(handle_get_context), SK_METHOD(handle_run_m),
    SK_GETSET("_args", get_args, NULL, NULL), SK_GETSET("_context", context_of, NULL, NULL), SK_GETSET("_callback", get_callback, NULL, NULL), SK_GETSET("_cancelled", get_cancelled, NULL, NULL),
    SK_GETSET("_loop", get_loop, NULL, NULL), SK_MEMBER("_source_traceback", Handle, traceback, false, NULL), SK_ATTRS_END};
static const SkAttrDef timer_handle_attrs[] = {
    SK_METHOD(handle_when), SK_MEMBER("_when", Handle, when, true, NULL), SK_GETSET("_scheduled", get_scheduled, NULL, NULL), SK_ATTRS_END};

const SkTypeDef sk_handle_type = {
    .name = "asyncio.events.Handle", .doc = "A callback that the loop will run.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Handle), .trace = handle_trace,
    .flags = SK_TYPE_WEAKREFABLE | SK_TYPE_IMMUTABLE, .slots = {.repr = handle_repr}, .attrs = handle_attrs, .new_ = &handle_new_def};
const SkTypeDef sk_timer_handle_type = {
    .name = "asyncio.events.TimerHandle", .doc = "A callback with a time.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Handle), .trace = handle_trace,
    .flags = SK_TYPE_WEAKREFABLE | SK_TYPE_IMMUTABLE, .attrs = timer_handle_attrs, .new_ = &timer_handle_new_def};
