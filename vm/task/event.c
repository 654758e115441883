/* event.c - asyncio.Event: a flag that tasks wait for.  Layer 7b.
 *
 * set() wakes everybody who waits at that moment; who finds it cleared again when its turn comes has been woken all the same.
 */
#include "vm/task/aio_impl.h"

static AioEvent *event_of(SkValue v) { return (AioEvent *)sk_ptr(v); }

static void event_trace(SkMarker *m, SkObject *o) {
  AioEvent *e = (AioEvent *)o;
  sk_mark(m, e->loop);
  aio_waiters_trace(m, &e->waiters);
}

static AioEvent *event_make(SkVm *vm, SkType *cls) {
  AioEvent *e = sk_object_new(vm, cls, 0);
  e->loop = SK_NONE;
  return e;
}
AioEvent *aio_event_new(SkVm *vm) { return event_make(vm, sk_library_type(vm, &aio_event_type)); }

static SkValue event_new(SkVm *vm, const SkValue *args) { return sk_from_ptr(event_make(vm, (SkType *)sk_ptr(args[0]))); }
static const SkNativeDef event_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, event_new};
static SkValue event_init(SkVm *vm, const SkValue *args) {
  aio_refuse_loop(vm, args[0], args[1]);
  event_of(args[0])->set = false;
  return SK_NONE;
}
static const SkNativeDef event_init_def = {"__init__(self, *, loop=?)", NULL, event_init};

void aio_event_set(SkVm *vm, AioEvent *e) {
  if (e->set) return;
  e->set = true;
  for (SkAwait *a; (a = e->waiters.list.first);) aio_wake(vm, a, &e->waiters, false);
  aio_wake_strangers(vm, &e->waiters, SK_TRUE);
}

/* ---- wait ---- */

static bool wait_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  AioEvent *e = event_of(a->self);
  if (sk_await_phase(a) == AIO_NEW) {
    if (!e->set) return aio_wait(vm, a, &e->loop, &e->waiters, out);
  } else {
    aio_resumed(vm, a, &e->waiters);
  }
  *out = SK_TRUE;
  return true;
}
static bool wait_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  (void)out;
  aio_resumed(vm, a, &event_of(a->self)->waiters);
  sk_raise_exc(vm, exc);
}
static bool wait_abort(SkVm *vm, SkAwait *a) { return aio_abort(vm, a, &event_of(a->self)->waiters, false); }

static const SkAwaitOps wait_ops = {.name = "wait", .qualname = "Event.wait", .step = wait_step, .thrown = wait_thrown, .abort = wait_abort};

SkValue aio_event_wait(SkVm *vm, AioEvent *e) { return sk_await_new(vm, &wait_ops, sk_from_ptr(e), SK_NONE, SK_NONE); }

SK_NATIVE(event_wait, "async wait(self)", "Wait until the flag is true; give True.") { return aio_event_wait(vm, event_of(args[0])); }

/* ---- the class ---- */

SK_NATIVE(event_is_set, "is_set(self)", "Whether the flag is true.") { (void)vm; return sk_bool(event_of(args[0])->set); }
SK_NATIVE(event_set, "set(self)", "Make the flag true and wake all tasks that wait for it.") {
  aio_event_set(vm, event_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(event_clear, "clear(self)", "Make the flag false: wait() blocks again.") {
  (void)vm;
  event_of(args[0])->set = false;
  return SK_NONE;
}

static SkValue event_repr(SkVm *vm, SkValue self) { return aio_repr(vm, self, event_of(self)->set ? "set" : "unset", &event_of(self)->waiters); }
static SkValue event_waiters(SkVm *vm, SkValue self) { return aio_waiters_view(vm, self, &event_of(self)->waiters); }
static SkValue event_value(SkVm *vm, SkValue self) { (void)vm; return sk_bool(event_of(self)->set); }
static SkValue event_loop(SkVm *vm, SkValue self) { return aio_loop_get(vm, event_of(self)->loop); }
static void event_loop_set(SkVm *vm, SkValue self, SkValue v) { sk_write(vm, event_of(self), &event_of(self)->loop, v); }

static const SkAttrDef event_attrs[] = {
    SK_METHOD(event_is_set), SK_METHOD(event_set), SK_METHOD(event_clear), SK_METHOD(event_wait),
    SK_GETSET("_waiters", event_waiters, NULL, NULL), SK_GETSET("_value", event_value, NULL, NULL),
    SK_GETSET("_loop", event_loop, event_loop_set, NULL), SK_DICT_ATTR, SK_ATTRS_END};

const SkTypeDef aio_event_type = {
    .name = "asyncio.locks.Event", .doc = "A flag that tasks can wait for.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(AioEvent),
    .flags = AIO_CLASS, .slots = {.repr = event_repr}, .attrs = event_attrs, .new_ = &event_new_def,
    .init_ = &event_init_def, .trace = event_trace};
