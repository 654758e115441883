/* uv_reader.c - StreamReader: the buffer between a transport and the one task that reads.  Layer 8. */
#include <string.h>

#include "stdlib/native/uv_stream.h"

enum { RAW_KEPT = 64 * 1024, RAW_FIRST = SK_TINY ? 16 : 4096 };

static Reader *reader_of(SkValue v) { return (Reader *)sk_ptr(v); }

static void reader_trace(SkMarker *m, SkObject *o) {
  Reader *r = (Reader *)o;
  sk_mark(m, r->loop);
  sk_mark(m, r->transport);
  sk_mark(m, r->exception);
  if (!sk_is_unset(r->chunk)) sk_mark(m, r->chunk);
  sk_mark_cell(m, r->raw);
  sk_mark_ptr(m, r->waiter);
}

/* ---- the buffer ---- */

size_t uv_reader_length(const Reader *r) { return r->end - r->start; }

const char *uv_reader_data(const Reader *r) {
  if (!sk_is_unset(r->chunk)) return sk_as_bytes(r->chunk)->data + r->start;
  return r->raw ? (const char *)r->raw->data + r->start : "";
}

static void set_chunk(SkVm *vm, Reader *r, SkValue bytes) {
  sk_write(vm, r, &r->chunk, bytes);
  r->start = 0;
  r->end = sk_as_bytes(bytes)->length;
}

static void append(SkVm *vm, Reader *r, const char *p, size_t n) {
  size_t have = uv_reader_length(r), room = r->raw ? r->raw->bytes : 0;
  if (have == 0) {
    set_chunk(vm, r, sk_from_ptr(sk_bytes_new(vm, p, n)));
    return;
  }
  if (!sk_is_unset(r->chunk) || r->end + n > room) {
    SkRaw *raw = r->raw;
    if (have + n > room) {
      raw = sk_raw_new(vm, have + n < RAW_FIRST ? RAW_FIRST : (have + n) * 2);
    }
    memmove(raw->data, uv_reader_data(r), have);
    sk_write_ptr(vm, r, &r->raw, raw);
    r->chunk = SK_UNSET;
    r->start = 0;
    r->end = have;
  }
  memcpy(r->raw->data + r->end, p, n);
  r->end += n;
}

void uv_reader_drop(Reader *r, size_t n) {
  r->start += n;
  if (r->start < r->end) return;
  r->start = r->end = 0;
  r->chunk = SK_UNSET;
  if (r->raw && r->raw->bytes > RAW_KEPT) r->raw = NULL;
}

SkValue uv_reader_take(SkVm *vm, Reader *r, size_t n) {
  SkValue b;
  if (!sk_is_unset(r->chunk) && r->start == 0 && n == r->end) b = r->chunk;
  else b = sk_from_ptr(sk_bytes_new(vm, uv_reader_data(r), n));
  uv_reader_drop(r, n);
  return b;
}

/* ---- waking and waiting ---- */

static void wake(SkVm *vm, Reader *r) {
  SkAwait *a = r->waiter;
  if (!a) return;
  r->waiter = NULL;
  sk_wake(vm, a);
}

bool uv_reader_wait(SkVm *vm, Reader *r, SkAwait *a, const char *name, SkValue *out) {
  if (r->waiter) sk_raisef(vm, SK_T_RuntimeError, "%s() called while another coroutine is already waiting for incoming data", name);
  if (r->paused) {
    r->paused = false;
    if (uv_is_transport(vm, r->transport)) uv_transport_resume(vm, (Transport *)sk_ptr(r->transport));
    else sk_call_method0(vm, r->transport, sk_intern(vm, "resume_reading"));
  }
  sk_write_ptr(vm, r, &r->waiter, a);
  *out = sk_park(vm, a);
  return false;
}

void uv_reader_resume(SkVm *vm, Reader *r) {
  if (SK_LIKELY(!r->paused) || (int64_t)uv_reader_length(r) > r->limit) return;
  r->paused = false;
  if (uv_is_transport(vm, r->transport)) uv_transport_resume(vm, (Transport *)sk_ptr(r->transport));
  else sk_call_method0(vm, r->transport, sk_intern(vm, "resume_reading"));
}

typedef struct Pausing { Reader *r; } Pausing;
static void pause_foreign(SkVm *vm, void *arg) { sk_call_method0(vm, ((Pausing *)arg)->r->transport, sk_intern(vm, "pause_reading")); }

static void pause_when_full(SkVm *vm, Reader *r) {
  if (SK_LIKELY((int64_t)uv_reader_length(r) <= 2 * r->limit) || sk_is_none(r->transport) || r->paused) return;
  if (uv_is_transport(vm, r->transport)) {
    uv_transport_pause(vm, (Transport *)sk_ptr(r->transport));
  } else if (!sk_protect(vm, pause_foreign, &(Pausing){r})) {
    SkValue exc = sk_take_raised(vm);
    if (!sk_exc_is(vm, exc, SK_T_NotImplementedError)) sk_throw(vm, exc);
    r->transport = SK_NONE; /* it can't: no flow control then */
    return;
  }
  r->paused = true;
}

void uv_reader_feed_raw(SkVm *vm, Reader *r, const char *p, size_t n) {
  append(vm, r, p, n);
  wake(vm, r);
  pause_when_full(vm, r);
}

SkValue uv_reader_exception(SkVm *vm, SkValue reader) {
  if (uv_is_reader(vm, reader)) return reader_of(reader)->exception;
  return sk_call_method0(vm, reader, sk_intern(vm, "exception"));
}

/* ---- methods ---- */

static SkValue reader_new(SkVm *vm, const SkValue *args) {
  Reader *r = sk_object_new(vm, sk_as_type(args[0]), 0);
  r->loop = r->transport = r->exception = SK_NONE;
  r->chunk = SK_UNSET;
  r->limit = 1 << 16;
  return sk_from_ptr(r);
}
static const SkNativeDef reader_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, reader_new};

static SkValue reader_init(SkVm *vm, const SkValue *args) {
  Reader *r = reader_of(args[0]);
  int64_t limit = sk_to_index(vm, args[1]);
  if (limit <= 0) sk_raise_value(vm, "Limit cannot be <= 0");
  r->limit = limit;
  sk_write(vm, r, &r->loop, args[2]);
  return SK_NONE;
}
static const SkNativeDef reader_init_def = {"__init__(self, limit=65536, loop=None)", NULL, reader_init};

SK_NATIVE(feed_data, "feed_data(self, data, /)", "Data came in.") {
  Reader *r = reader_of(args[0]);
  const char *p;
  size_t n;
  if (r->eof) sk_raisef(vm, SK_T_AssertionError, "feed_data after feed_eof");
  sk_bytes_view_or_raise(vm, args[1], &p, &n);
  if (!n) return SK_NONE;
  if (!uv_reader_length(r) && sk_is_exactly(vm, args[1], SK_T_bytes)) {
    set_chunk(vm, r, args[1]);
    wake(vm, r);
    pause_when_full(vm, r);
  } else {
    uv_reader_feed_raw(vm, r, p, n);
  }
  return SK_NONE;
}
SK_NATIVE(feed_eof, "feed_eof(self, /)", "No more data will come.") {
  reader_of(args[0])->eof = true;
  wake(vm, reader_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(at_eof, "at_eof(self, /)", "True if the buffer is empty and no more data will come.") {
  (void)vm;
  return sk_bool(reader_of(args[0])->eof && !uv_reader_length(reader_of(args[0])));
}
SK_NATIVE(get_exception, "exception(self, /)", "The exception that reads raise, or None.") {
  (void)vm;
  return reader_of(args[0])->exception;
}
SK_NATIVE(set_exception, "set_exception(self, exc, /)", "Reads raise exc from now on.") {
  Reader *r = reader_of(args[0]);
  sk_write(vm, r, &r->exception, args[1]);
  if (r->waiter) sk_await_set_phase(r->waiter, 1);
  wake(vm, r);
  return SK_NONE;
}
SK_NATIVE(set_transport, "set_transport(self, transport, /)", "Where the data comes from.") {
  Reader *r = reader_of(args[0]);
  if (!sk_is_none(r->transport)) sk_raisef(vm, SK_T_AssertionError, "Transport already set");
  sk_write(vm, r, &r->transport, args[1]);
  return SK_NONE;
}
SK_NATIVE(maybe_resume, "_maybe_resume_transport(self, /)", NULL) {
  uv_reader_resume(vm, reader_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(wakeup_waiter, "_wakeup_waiter(self, /)", NULL) {
  wake(vm, reader_of(args[0]));
  return SK_NONE;
}
static SkValue self_m(SkVm *vm, SkValue self) { (void)vm; return self; }

static SkValue get_buffer(SkVm *vm, SkValue self) {
  Reader *r = reader_of(self);
  SkBytearray *b = sk_bytearray_new(vm, uv_reader_data(r), uv_reader_length(r));
  return sk_from_ptr(b);
}
static SkValue get_eof(SkVm *vm, SkValue self) { (void)vm; return sk_bool(reader_of(self)->eof); }
static void set_eof(SkVm *vm, SkValue self, SkValue v) { reader_of(self)->eof = !sk_is_unset(v) && sk_truth(vm, v); }
static SkValue get_paused(SkVm *vm, SkValue self) { (void)vm; return sk_bool(reader_of(self)->paused); }
static void set_paused(SkVm *vm, SkValue self, SkValue v) { reader_of(self)->paused = !sk_is_unset(v) && sk_truth(vm, v); }
static SkValue get_limit(SkVm *vm, SkValue self) { return sk_int_new(vm, reader_of(self)->limit); }
static void set_limit(SkVm *vm, SkValue self, SkValue v) { reader_of(self)->limit = sk_to_index(vm, v); }
static SkValue get_waiter(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(reader_of(self)->waiter, SK_NONE); }
static SkValue get_size(SkVm *vm, SkValue self) { return sk_int_new(vm, (int64_t)uv_reader_length(reader_of(self))); }

static const SkAttrDef reader_attrs[] = {
    {.kind = SK_ATTR_METHOD, .def = &uv_reader_read_def}, {.kind = SK_ATTR_METHOD, .def = &uv_reader_readline_def},
    {.kind = SK_ATTR_METHOD, .def = &uv_reader_readuntil_def}, {.kind = SK_ATTR_METHOD, .def = &uv_reader_readexactly_def},
    SK_METHOD(feed_data), SK_METHOD(feed_eof), SK_METHOD(at_eof), SK_METHOD(get_exception), SK_METHOD(set_exception), SK_METHOD(set_transport),
    SK_METHOD(maybe_resume), SK_METHOD(wakeup_waiter),
    SK_GETSET("_buffer", get_buffer, NULL, "A copy of what is buffered."), SK_GETSET("_eof", get_eof, set_eof, NULL),
    SK_GETSET("_paused", get_paused, set_paused, NULL), SK_GETSET("_limit", get_limit, set_limit, NULL), SK_GETSET("_waiter", get_waiter, NULL, NULL),
    SK_GETSET("_size", get_size, NULL, "Bytes that are buffered."),
    SK_MEMBER("_loop", Reader, loop, false, NULL), SK_MEMBER("_transport", Reader, transport, false, NULL),
    SK_MEMBER("_exception", Reader, exception, false, NULL), SK_ATTRS_END};

const SkTypeDef sk_uv_reader_type = {
    .name = "_uv.StreamReader", .doc = "Buffered reading from a transport.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Reader),
    .flags = SK_TYPE_WEAKREFABLE, .slots = {.aiter = self_m, .anext = uv_reader_anext}, .attrs = reader_attrs, .new_ = &reader_new_def, .init_ = &reader_init_def, .trace = reader_trace};
