/* uv_transport.c - transports of asyncio, the hot half: bytes in, bytes out, flow control.  Layer 8.
 *
 * What is rare is a method of the Python class below it (asyncio/_net_transports.py), called by name: _read_eof, _read_into_buffer,
 * _fatal_error, _call_connection_lost, _pause_protocol, _resume_protocol, _too_late.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "stdlib/native/socket_impl.h"
#include "stdlib/native/uv_stream.h"

enum { OUT_FIRST = SK_TINY ? 16 : 16 * 1024, OUT_KEPT = 256 * 1024, HIGH_WATER = 64 * 1024 };

static Transport *transport_of(SkValue v) { return (Transport *)sk_ptr(v); }

static void transport_trace(SkMarker *m, SkObject *o) {
  Transport *t = (Transport *)o;
  sk_mark(m, t->loop);
  sk_mark_ptr(m, t->engine);
  sk_mark(m, t->sock);
  sk_mark(m, t->protocol);
  if (!sk_is_unset(t->reader)) sk_mark(m, t->reader);
  sk_mark_ptr(m, t->context);
  sk_mark_cell(m, t->out);
}

static size_t pending(const Transport *t) { return t->end - t->start; }

static UvLoop *poller(SkVm *vm, Transport *t) { return uv_loop_of(vm, t->engine); }

/* ---- calls into Python ---- */

static void call_fatal(SkVm *vm, SkValue self, SkValue exc, const char *message) {
  SkValue args[] = {exc, sk_from_ptr(sk_str_from_cstr(vm, message))};
  sk_call_method(vm, self, sk_intern(vm, "_fatal_error"), args, 2);
}

static SkValue os_error(SkVm *vm, int why) {
  SkValue args[] = {sk_smallint(why), sk_from_ptr(sk_str_from_cstr(vm, strerror(why)))};
  return sk_exc_new_args(vm, vm->types[SK_T_OSError], args, 2);
}

static void call_os_fatal(SkVm *vm, Transport *t, SkValue self, int why, bool reading) {
  static const char *const messages[2][2] = {{"Fatal write error on pipe transport", "Fatal read error on pipe transport"},
                                             {"Fatal write error on socket transport", "Fatal read error on socket transport"}};
  call_fatal(vm, self, os_error(vm, why), messages[t->is_socket][reading]);
}

typedef struct Delivery { Transport *t; SkValue data; } Delivery;
static void deliver(SkVm *vm, void *arg) {
  Delivery *d = arg;
  sk_call_method1(vm, d->t->protocol, sk_intern(vm, "data_received"), d->data);
}

/* ---- reading ---- */

static void data_received(SkVm *vm, Transport *t, SkValue self, const char *p, size_t n) {
  Delivery d = {t, sk_from_ptr(sk_bytes_new(vm, p, n))};
  SkContext *saved = vm->context;
  vm->context = t->context;
  bool fine = sk_protect(vm, deliver, &d);
  sk_write_ptr(vm, t, &t->context, vm->context);
  vm->context = saved;
  if (fine) return;
  SkValue exc = sk_take_raised(vm);
  if (sk_exc_is(vm, exc, SK_T_SystemExit) || sk_exc_is(vm, exc, SK_T_KeyboardInterrupt)) sk_throw(vm, exc);
  call_fatal(vm, self, exc, "Fatal error: protocol.data_received() call failed.");
}

static void readable(SkVm *vm, UvLoop *u, int fd, SkValue self) {
  Transport *t = transport_of(self);
  if (t->conn_lost) return;
  if (t->buffered) {
    sk_call_method0(vm, self, sk_intern(vm, "_read_into_buffer"));
    return;
  }
  char *slab = uv_slab(vm, u);
  ssize_t n = t->is_socket ? recv(fd, slab, UV_SLAB, MSG_DONTWAIT) : read(fd, slab, UV_SLAB);
  if (n > 0) {
    if (!sk_is_unset(t->reader)) uv_reader_feed_raw(vm, (Reader *)sk_ptr(t->reader), slab, (size_t)n);
    else data_received(vm, t, self, slab, (size_t)n);
  } else if (n == 0) {
    sk_call_method0(vm, self, sk_intern(vm, "_read_eof"));
  } else if (errno != EAGAIN && errno != EINTR) {
    call_os_fatal(vm, t, self, errno, true);
  }
}

static void watch_reading(SkVm *vm, Transport *t) { uv_watch_set(vm, poller(vm, t), t->fd, UV_READING, sk_from_ptr(t), readable); }

static void unwatch(SkVm *vm, Transport *t, UvDirection d) {
  UvWatch *w = t->engine->poller ? uv_watch_at((UvLoop *)t->engine->poller, t->fd) : NULL;
  (void)vm;
  if (w && sk_is(w->side[d].object, sk_from_ptr(t))) uv_watch_clear((UvLoop *)t->engine->poller, t->fd, d);
}

void uv_transport_pause(SkVm *vm, Transport *t) {
  if (t->closing || t->paused) return;
  t->paused = true;
  unwatch(vm, t, UV_READING);
}

void uv_transport_resume(SkVm *vm, Transport *t) {
  if (t->closing || !t->paused) return;
  t->paused = false;
  watch_reading(vm, t);
}

/* ---- writing ---- */

static ssize_t put_out(const Transport *t, const char *p, size_t n) {
  return t->is_socket ? send(t->fd, p, n, MSG_DONTWAIT | MSG_NOSIGNAL) : write(t->fd, p, n);
}

static void forget_output(SkVm *vm, Transport *t) {
  t->start = t->end = 0;
  t->out = NULL;
  unwatch(vm, t, UV_WRITING);
}

static void writable(SkVm *vm, UvLoop *u, int fd, SkValue self) {
  (void)u, (void)fd;
  Transport *t = transport_of(self);
  if (t->conn_lost || !pending(t)) return;
  ssize_t n = put_out(t, (const char *)t->out->data + t->start, pending(t));
  if (n < 0) {
    int why = errno;
    if (why == EAGAIN || why == EINTR) return;
    forget_output(vm, t);
    call_os_fatal(vm, t, self, why, false);
    return;
  }
  t->start += (size_t)n;
  if (!pending(t)) {
    t->start = t->end = 0;
    if (t->out->bytes > OUT_KEPT) t->out = NULL;
  }
  if (t->protocol_paused && pending(t) <= t->low) sk_call_method0(vm, self, sk_intern(vm, "_resume_protocol"));
  if (pending(t)) return; /* maybe again */
  unwatch(vm, t, UV_WRITING);
  if (t->closing) {
    t->conn_lost++;
    sk_call_method1(vm, self, sk_intern(vm, "_call_connection_lost"), SK_NONE);
  } else if (t->eof) {
    sk_call_method0(vm, self, sk_intern(vm, "_shut_down"));
  }
}

static void keep_output(SkVm *vm, Transport *t, SkValue self, const char *p, size_t n) {
  size_t have = pending(t), room = t->out ? t->out->bytes : 0;
  if (t->end + n > room) {
    SkRaw *raw = t->out;
    if (have + n > room) {
      size_t want = (have + n) * 2;
      raw = sk_raw_new(vm, want < OUT_FIRST ? OUT_FIRST : want);
    }
    if (have) memmove(raw->data, t->out->data + t->start, have);
    sk_write_ptr(vm, t, &t->out, raw);
    t->start = 0;
    t->end = have;
  }
  memcpy(t->out->data + t->end, p, n);
  t->end += n;
  if (!have) uv_watch_set(vm, poller(vm, t), t->fd, UV_WRITING, self, writable);
  if (!t->protocol_paused && pending(t) > t->high) sk_call_method0(vm, self, sk_intern(vm, "_pause_protocol"));
}

void uv_transport_write(SkVm *vm, Transport *t, SkValue self, SkValue data) {
  const char *p;
  size_t n;
  if (!sk_bytes_view(vm, data, &p, &n)) {
    sk_raise_type(vm, "data argument must be a bytes-like object, not %R", sk_from_ptr(sk_type_of(vm, data)->name));
  }
  if (t->eof) sk_raisef(vm, SK_T_RuntimeError, "Cannot call write() after write_eof()");
  if (!n) return;
  if (t->conn_lost) {
    if (t->conn_lost >= 5) sk_call_method0(vm, self, sk_intern(vm, "_too_late"));
    t->conn_lost++;
    return;
  }
  if (!pending(t)) {
    ssize_t gone = put_out(t, p, n);
    if (gone < 0) {
      if (errno != EAGAIN && errno != EINTR) {
        call_os_fatal(vm, t, self, errno, false);
        return;
      }
      gone = 0;
    }
    if ((size_t)gone == n) return;
    p += gone;
    n -= (size_t)gone;
  }
  keep_output(vm, t, self, p, n);
  sk_keep(data);
}

bool uv_transport_flows(const Transport *t) { return !t->protocol_paused && !t->conn_lost && !sk_is_unset(t->reader); }

/* ---- methods ---- */

static SkValue transport_new(SkVm *vm, const SkValue *args) {
  Transport *t = sk_object_new(vm, sk_as_type(args[0]), 0);
  t->loop = t->sock = t->protocol = SK_NONE;
  t->reader = SK_UNSET;
  t->fd = -1;
  t->high = HIGH_WATER;
  t->low = HIGH_WATER / 4;
  return sk_from_ptr(t);
}
static const SkNativeDef transport_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, transport_new};

static SkValue transport_init(SkVm *vm, const SkValue *args) {
  Transport *t = transport_of(args[0]);
  SkLoop *l = uv_loop_arg(vm, args[1]);
  uv_loop_of(vm, l);
  t->fd = sock_int(vm, args[2]);
  sk_need_fd(vm, t->fd);
  sk_write(vm, t, &t->loop, args[1]);
  sk_write_ptr(vm, t, &t->engine, l);
  sk_write(vm, t, &t->sock, args[3]);
  sk_write(vm, t, &t->protocol, args[4]);
  SkContext *context = sk_context_snapshot(vm);
  sk_write_ptr(vm, t, &t->context, context);
  t->is_socket = sk_truth(vm, args[5]);
  return SK_NONE;
}
static const SkNativeDef transport_init_def = {"__init__(self, loop, fd, sock, protocol, is_socket, /)", NULL, transport_init};

SK_NATIVE(t_write, "write(self, data, /)", "Write data; what does not go at once is buffered.") {
  uv_transport_write(vm, transport_of(args[0]), args[0], args[1]);
  return SK_NONE;
}
SK_NATIVE(t_start_reading, "_start_reading(self, /)", "From now on data goes to the protocol.") {
  Transport *t = transport_of(args[0]);
  if (!t->closing && !t->paused) watch_reading(vm, t);
  return SK_NONE;
}
SK_NATIVE(t_stop_reading, "_stop_reading(self, /)", NULL) {
  unwatch(vm, transport_of(args[0]), UV_READING);
  return SK_NONE;
}
SK_NATIVE(t_pause_reading, "pause_reading(self, /)", "Let no data come until resume_reading().") {
  uv_transport_pause(vm, transport_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(t_resume_reading, "resume_reading(self, /)", "Let data come again.") {
  uv_transport_resume(vm, transport_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(t_is_reading, "is_reading(self, /)", "True if data may come.") {
  (void)vm;
  return sk_bool(!transport_of(args[0])->closing && !transport_of(args[0])->paused);
}
SK_NATIVE(t_is_closing, "is_closing(self, /)", "True after close() or abort().") { (void)vm; return sk_bool(transport_of(args[0])->closing); }
SK_NATIVE(t_get_protocol, "get_protocol(self, /)", "The protocol.") { (void)vm; return transport_of(args[0])->protocol; }
SK_NATIVE(t_buffer_size, "get_write_buffer_size(self, /)", "Bytes that have not gone yet.") {
  return sk_int_new(vm, (int64_t)pending(transport_of(args[0])));
}
SK_NATIVE(t_buffer_limits, "get_write_buffer_limits(self, /)", "(low, high) water marks.") {
  Transport *t = transport_of(args[0]);
  return sk_tuple_pair(vm, sk_int_new(vm, (int64_t)t->low), sk_int_new(vm, (int64_t)t->high));
}
SK_NATIVE(t_set_limits, "_set_limits(self, high, low, /)", NULL) {
  Transport *t = transport_of(args[0]);
  t->high = (size_t)sk_to_index(vm, args[1]);
  t->low = (size_t)sk_to_index(vm, args[2]);
  if (!t->protocol_paused && pending(t) > t->high) sk_call_method0(vm, args[0], sk_intern(vm, "_pause_protocol"));
  return SK_NONE;
}
SK_NATIVE(t_attach_reader, "_attach_reader(self, reader, /)", "Data goes straight into a StreamReader; None: to the protocol.") {
  Transport *t = transport_of(args[0]);
  if (!sk_is_none(args[1]) && !uv_is_reader(vm, args[1])) sk_raise_type(vm, "a StreamReader is required, not %T", args[1]);
  sk_write(vm, t, &t->reader, sk_is_none(args[1]) ? SK_UNSET : args[1]);
  return SK_NONE;
}
/* The end begins: no reading; with nothing to write the connection is lost now.  True: connection_lost() is due. */
SK_NATIVE(t_begin_close, "_begin_close(self, force, /)", NULL) {
  Transport *t = transport_of(args[0]);
  bool force = sk_truth(vm, args[1]);
  if (force ? t->conn_lost > 0 : t->closing) return SK_FALSE;
  t->closing = true;
  unwatch(vm, t, UV_READING);
  if (!force && pending(t)) return SK_FALSE;
  forget_output(vm, t);
  t->conn_lost++;
  return SK_TRUE;
}
/* Connection is lost: nothing holds anything any more. */
SK_NATIVE(t_release, "_release(self, /)", NULL) {
  Transport *t = transport_of(args[0]);
  if (t->engine) {
    unwatch(vm, t, UV_READING);
    forget_output(vm, t);
  }
  t->closing = true;
  t->sock = t->protocol = t->loop = SK_NONE;
  t->reader = SK_UNSET;
  t->context = NULL;
  return SK_NONE;
}
SK_NATIVE(t_watched, "_watched(self, /)", "(reading, writing): what it waits for.") {
  Transport *t = transport_of(args[0]);
  UvWatch *w = t->engine && t->engine->poller ? uv_watch_at((UvLoop *)t->engine->poller, t->fd) : NULL;
  return sk_tuple_pair(vm, sk_bool(w && sk_is(w->side[0].object, args[0])), sk_bool(w && sk_is(w->side[1].object, args[0])));
}

static SkValue get_eof(SkVm *vm, SkValue self) { (void)vm; return sk_bool(transport_of(self)->eof); }
static void set_eof(SkVm *vm, SkValue self, SkValue v) { transport_of(self)->eof = sk_truth(vm, v); }
static SkValue get_buffered(SkVm *vm, SkValue self) { (void)vm; return sk_bool(transport_of(self)->buffered); }
static void set_buffered(SkVm *vm, SkValue self, SkValue v) { transport_of(self)->buffered = sk_truth(vm, v); }
static SkValue get_paused(SkVm *vm, SkValue self) { (void)vm; return sk_bool(transport_of(self)->protocol_paused); }
static void set_paused(SkVm *vm, SkValue self, SkValue v) { transport_of(self)->protocol_paused = sk_truth(vm, v); }
static SkValue get_fd(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(transport_of(self)->fd); }
static SkValue get_lost(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(transport_of(self)->conn_lost); }
static SkValue get_closing(SkVm *vm, SkValue self) { (void)vm; return sk_bool(transport_of(self)->closing); }

static const SkAttrDef transport_attrs[] = {
    SK_METHOD(t_write), SK_METHOD(t_start_reading), SK_METHOD(t_stop_reading), SK_METHOD(t_pause_reading), SK_METHOD(t_resume_reading), SK_METHOD(t_is_reading),
    SK_METHOD(t_is_closing), SK_METHOD(t_get_protocol), SK_METHOD(t_buffer_size), SK_METHOD(t_buffer_limits), SK_METHOD(t_set_limits),
    SK_METHOD(t_attach_reader), SK_METHOD(t_begin_close), SK_METHOD(t_release), SK_METHOD(t_watched),
    SK_GETSET("_eof", get_eof, set_eof, NULL), SK_GETSET("_buffered", get_buffered, set_buffered, NULL),
    SK_GETSET("_protocol_paused", get_paused, set_paused, NULL), SK_GETSET("_sock_fd", get_fd, NULL, NULL), SK_GETSET("_conn_lost", get_lost, NULL, NULL),
    SK_GETSET("_closing", get_closing, NULL, NULL), SK_MEMBER("_loop", Transport, loop, false, NULL), SK_MEMBER("_sock", Transport, sock, false, NULL),
    SK_MEMBER("_protocol", Transport, protocol, false, NULL), SK_ATTRS_END};

const SkTypeDef sk_uv_transport_type = {
    .name = "_uv.Transport", .doc = "A descriptor whose bytes go to and come from a protocol.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Transport),
    .flags = SK_TYPE_WEAKREFABLE, .attrs = transport_attrs, .new_ = &transport_new_def, .init_ = &transport_init_def, .trace = transport_trace};
