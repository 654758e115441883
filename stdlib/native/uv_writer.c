/* uv_writer.c - StreamWriter: the hot half, write() and drain().  Layer 8. */
#include "stdlib/native/uv_stream.h"

typedef struct Writer { SkObject head; SkValue transport, protocol, reader, loop; } Writer;

static Writer *writer_of(SkValue v) { return (Writer *)sk_ptr(v); }

static void writer_trace(SkMarker *m, SkObject *o) {
  Writer *w = (Writer *)o;
  sk_mark(m, w->transport);
  sk_mark(m, w->protocol);
  sk_mark(m, w->reader);
  sk_mark(m, w->loop);
}

static SkValue writer_new(SkVm *vm, const SkValue *args) {
  Writer *w = sk_object_new(vm, sk_as_type(args[0]), 0);
  w->transport = w->protocol = w->reader = w->loop = SK_NONE;
  return sk_from_ptr(w);
}
static const SkNativeDef writer_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, writer_new};

static SkValue writer_init(SkVm *vm, const SkValue *args) {
  Writer *w = writer_of(args[0]);
  sk_write(vm, w, &w->transport, args[1]);
  sk_write(vm, w, &w->protocol, args[2]);
  sk_write(vm, w, &w->reader, args[3]);
  sk_write(vm, w, &w->loop, args[4]);
  return SK_NONE;
}
static const SkNativeDef writer_init_def = {"__init__(self, transport, protocol, reader, loop)", NULL, writer_init};

SK_NATIVE(writer_write, "write(self, data, /)", "Write data; what does not go at once is buffered.") {
  SkValue t = writer_of(args[0])->transport;
  if (uv_is_transport(vm, t)) uv_transport_write(vm, (Transport *)sk_ptr(t), t, args[1]);
  else sk_call_method1(vm, t, sk_intern(vm, "write"), args[1]);
  return SK_NONE;
}

/* ---- drain ---- */

enum { DRAIN_START, DRAIN_YIELDED, DRAIN_HELPER /* b is the protocol's own coroutine */ };

static bool transport_closing(SkVm *vm, SkValue t) {
  if (uv_is_transport(vm, t)) return ((Transport *)sk_ptr(t))->closing;
  return sk_truth(vm, sk_call_method0(vm, t, sk_intern(vm, "is_closing")));
}

static bool drain_start(SkVm *vm, SkAwait *a, SkValue *out) {
  Writer *w = writer_of(a->self);
  if (!sk_is_none(w->reader)) {
    SkValue exc = uv_reader_exception(vm, w->reader);
    if (!sk_is_none(exc)) sk_raise_exc(vm, exc);
  }
  if (!transport_closing(vm, w->transport)) return true;
  /* Lets connection_lost() happen: a writer in a loop would never see it otherwise. */
  sk_await_set_phase(a, DRAIN_YIELDED);
  *out = SK_NONE;
  return false;
}

static bool drain_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  Writer *w = writer_of(a->self);
  if (sk_await_phase(a) == DRAIN_START && !drain_start(vm, a, out)) return false;
  if (sk_await_phase(a) != DRAIN_HELPER) {
    if (uv_is_transport(vm, w->transport) && uv_transport_flows((Transport *)sk_ptr(w->transport))) {
      *out = SK_NONE;
      return true;
    }
    SkValue helper = sk_call_method0(vm, w->protocol, sk_intern(vm, "_drain_helper"));
    sk_write(vm, a, &a->b, sk_await_iter(vm, helper));
    sk_await_set_phase(a, DRAIN_HELPER);
    sent = SK_NONE;
  }
  if (!sk_awaitable_send(vm, a->b, sent, out)) return false;
  *out = SK_NONE;
  return true;
}

static bool drain_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  if (sk_await_phase(a) != DRAIN_HELPER) sk_raise_exc(vm, exc);
  return sk_awaitable_throw(vm, a->b, exc, out);
}

static const SkAwaitOps drain_ops = {"drain", "StreamWriter.drain", "StreamWriter.drain", drain_step, drain_thrown, NULL};
SK_NATIVE(writer_drain, "drain(self)", "Wait until it is fine to go on writing.") {
  return sk_await_new(vm, &drain_ops, args[0], SK_NONE, SK_NONE);
}

static const SkAttrDef writer_attrs[] = {
    SK_METHOD(writer_write), SK_METHOD(writer_drain),
    SK_MEMBER("_transport", Writer, transport, false, NULL), SK_MEMBER("_protocol", Writer, protocol, false, NULL),
    SK_MEMBER("_reader", Writer, reader, false, NULL), SK_MEMBER("_loop", Writer, loop, false, NULL), SK_ATTRS_END};

const SkTypeDef sk_uv_writer_type = {
    .name = "_uv.StreamWriter", .doc = "Writing to a transport.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Writer), .flags = SK_TYPE_WEAKREFABLE,
    .attrs = writer_attrs, .new_ = &writer_new_def, .init_ = &writer_init_def, .trace = writer_trace};
