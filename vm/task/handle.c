/* handle.c - handles of call_soon, call_later: a callback in the queue or the heap.  Layer 7b. */
#include "vm/task/task_impl.h"

typedef struct Handle {
  SkObject head;     /* aux bit 0: cancelled */
  SkLoop *loop;
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
  h->when = h->traceback = SK_NONE;
  SkValue self = sk_from_ptr(h);
  if (when) {
    SkValue w = sk_float_new(vm, *when);
    sk_write(vm, h, &h->when, w);
    SkTimer *t = sk_timer_add(vm, l, *when, self, SK_TIMER_QUEUE);
    sk_write_ptr(vm, h, &h->timer, t);
  }
  return self;
}

static void run_protected(SkVm *vm, void *arg) {
  Handle *h = arg;
  sk_call(vm, h->fn, h->args->items, h->args->count, NULL);
}

static void report(SkVm *vm, Handle *h, SkValue exc) {
  SkValue text = h->fn;
  SkStr *s = sk_format(vm, "Exception in callback %R", text);
  if (!sk_is_none(h->loop->exception_hook)) {
    SkValue format = sk_getattr_cstr(vm, task_import(vm, "asyncio.format_helpers"), "_format_callback_source");
    SkValue args[] = {h->fn, sk_from_ptr_or(h->args, SK_NONE)};
    s = sk_format(vm, "Exception in callback %S", sk_call(vm, format, args, 2, NULL));
  }
  loop_report(vm, h->loop, exc, s->data, "handle", sk_from_ptr(h));
}

void handle_run(SkVm *vm, SkValue handle) {
  Handle *h = handle_of(handle);
  if (h->head.aux & CANCELLED) return;
  SkContext *saved = vm->context;
  vm->context = h->context;
  bool fine = sk_protect(vm, run_protected, h);
  vm->context = saved;
  if (fine) return;
  SkValue exc = sk_take_raised(vm);
  if (sk_exc_is(vm, exc, SK_T_SystemExit) || sk_exc_is(vm, exc, SK_T_KeyboardInterrupt)) sk_throw(vm, exc);
  report(vm, h, exc);
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
SK_NATIVE(handle_get_context, "get_context(self, /)", "The context the callback runs in.") {
  return sk_from_ptr_or(handle_of(args[0])->context, SK_NONE);
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
  return sk_call1(vm, sk_getattr_cstr(vm, task_import(vm, "asyncio.events"), "_handle_repr"), self);
}
static SkValue get_args(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(handle_of(self)->args, SK_NONE); }
static SkValue get_callback(SkVm *vm, SkValue self) { (void)vm; return handle_of(self)->fn; }
static SkValue get_cancelled(SkVm *vm, SkValue self) { (void)vm; return sk_bool(handle_of(self)->head.aux & CANCELLED); }
static SkValue get_scheduled(SkVm *vm, SkValue self) { (void)vm; return sk_bool(handle_of(self)->timer && handle_of(self)->timer->place); }
static SkValue get_loop(SkVm *vm, SkValue self) { return loop_owner(vm, handle_of(self)->loop); }

static const SkAttrDef handle_attrs[] = {
    SK_METHOD(handle_cancel), SK_METHOD(handle_cancelled), SK_METHOD(handle_get_context), SK_METHOD(handle_run_m),
    SK_GETSET("_args", get_args, NULL, NULL), SK_GETSET("_callback", get_callback, NULL, NULL), SK_GETSET("_cancelled", get_cancelled, NULL, NULL),
    SK_GETSET("_loop", get_loop, NULL, NULL), SK_MEMBER("_source_traceback", Handle, traceback, false, NULL), SK_ATTRS_END};
static const SkAttrDef timer_handle_attrs[] = {
    SK_METHOD(handle_when), SK_MEMBER("_when", Handle, when, true, NULL), SK_GETSET("_scheduled", get_scheduled, NULL, NULL), SK_ATTRS_END};

const SkTypeDef sk_handle_type = {
    .name = "asyncio.events.Handle", .doc = "A callback that the loop will run.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Handle), .trace = handle_trace,
    .flags = SK_TYPE_NO_NEW | SK_TYPE_WEAKREFABLE | SK_TYPE_IMMUTABLE, .slots = {.repr = handle_repr}, .attrs = handle_attrs};
const SkTypeDef sk_timer_handle_type = {
    .name = "asyncio.events.TimerHandle", .doc = "A callback with a time.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Handle), .trace = handle_trace,
    .flags = SK_TYPE_NO_NEW | SK_TYPE_WEAKREFABLE | SK_TYPE_IMMUTABLE, .attrs = timer_handle_attrs};
