/* channel.c - channels: a sending and a receiving end over a bounded buffer.  Layer 7b.
 *
 * Whoever finds the other side waiting hands the value over at once, so a value is in the buffer, with one receiver, or still with its
 * sender: a cancelled send has not sent, a cancelled receive has taken nothing.  Ends can be cloned; a side is gone with its last end.
 */
#include <math.h>

#include "vm/task/scope_impl.h"

typedef struct Channel {
  SkObject head;
  SkValues *ring;              /* NULL: no items yet; a power of two */
  size_t start, count;
  uint64_t room;               /* how many may wait in it */
  uint32_t senders_open, receivers_open;
  SkWaiters senders, receivers;
  uint32_t turns;              /* operations that did not wait */
} Channel;

typedef struct End { SkObject head; Channel *ch; bool closed; } End;

static void channel_trace(SkMarker *m, SkObject *o) {
  Channel *c = (Channel *)o;
  if (c->ring) {
    sk_mark_cell(m, c->ring);
    sk_mark_span(m, c->ring->items, c->ring->count);
  }
  sk_waiters_trace(m, &c->senders);
  sk_waiters_trace(m, &c->receivers);
}
static void end_trace(SkMarker *m, SkObject *o) {
  sk_mark_ptr(m, ((End *)o)->ch);
  sk_trace_attributes(m, o);
}

static const SkTypeDef channel_type = {.name = "skein._Channel", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Channel), .trace = channel_trace,
                                       .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE};

static End *end_of(SkValue v) { return (End *)sk_ptr(v); }

/* ---- the buffer ------------------------------------------------------------------------------------------------------------ */

static void buffer_grow(SkVm *vm, Channel *c) {
  size_t room = c->ring ? c->ring->count : 0;
  if (c->count < room) return;
  SkValues *more = sk_values_new(vm, room ? room * 2 : SK_TINY ? 2 : 8);
  for (size_t i = 0; i < c->count; i++) more->items[i] = c->ring->items[(c->start + i) & (room - 1)];
  sk_write_ptr(vm, c, &c->ring, more);
  c->start = 0;
}

static void buffer_put(SkVm *vm, Channel *c, SkValue v) {
  buffer_grow(vm, c);
  sk_barrier(vm, c);
  c->ring->items[(c->start + c->count++) & (c->ring->count - 1)] = v;
}

static void buffer_put_back(SkVm *vm, Channel *c, SkValue v) {
  buffer_grow(vm, c);
  sk_barrier(vm, c);
  c->start = (c->start - 1) & (c->ring->count - 1);
  c->ring->items[c->start] = v;
  c->count++;
}

static SkValue buffer_take(Channel *c) {
  SkValue *slot = &c->ring->items[c->start], v = *slot;
  *slot = SK_NONE;
  c->start = (c->start + 1) & (c->ring->count - 1);
  c->count--;
  return v;
}

/* ---- without waiting --------------------------------------------------------------------------------------------------------- */

/* Phases of a wait; the later ones say how it ended. */
enum { OP_NEW, OP_WAITS, OP_DONE, OP_CLOSED, OP_GONE };

static void wake_as(SkVm *vm, SkAwait *a, unsigned phase) {
  sk_await_set_phase(a, phase);
  sk_wake(vm, a);
}

SK_NORETURN static void raise_gone(SkVm *vm, int type_id) { sk_raise_exc(vm, sk_exc_new(vm, type_id, NULL)); }

static bool try_send(SkVm *vm, End *e, SkValue v) {
  Channel *c = e->ch;
  if (e->closed) raise_gone(vm, SK_T_ClosedResourceError);
  if (!c->receivers_open) raise_gone(vm, SK_T_BrokenResourceError);
  SkAwait *r = sk_waiters_pop(vm, c, &c->receivers);
  if (r) {
    sk_write(vm, r, &r->a, v);
    wake_as(vm, r, OP_DONE);
    return true;
  }
  if (c->count >= c->room) return false;
  buffer_put(vm, c, v);
  return true;
}

static bool try_receive(SkVm *vm, End *e, SkValue *out) {
  Channel *c = e->ch;
  if (e->closed) raise_gone(vm, SK_T_ClosedResourceError);
  SkAwait *s = sk_waiters_pop(vm, c, &c->senders);
  if (s) {
    buffer_put(vm, c, s->a);
    wake_as(vm, s, OP_DONE);
  }
  if (c->count) {
    *out = buffer_take(c);
    return true;
  }
  if (!c->senders_open) raise_gone(vm, SK_T_EndOfChannel);
  return false;
}

/* ---- send ------------------------------------------------------------------------------------------------------------------------ */

static bool send_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  End *e = end_of(a->self);
  *out = SK_NONE;
  switch (sk_await_phase(a)) {
  case OP_NEW: break;
  case OP_CLOSED: raise_gone(vm, SK_T_ClosedResourceError);
  case OP_GONE: raise_gone(vm, SK_T_BrokenResourceError);
  default: return true;
  }
  sk_checkpoint(vm);
  if (try_send(vm, e, a->a)) {
    sk_await_set_phase(a, OP_DONE);
    return !task_gives_turn(vm, &e->ch->turns);
  }
  sk_need_task(vm);
  sk_await_set_phase(a, OP_WAITS);
  sk_waiters_append(vm, e->ch, &e->ch->senders, a);
  *out = sk_park(vm, a);
  return false;
}

static bool send_abort(SkVm *vm, SkAwait *a) {
  if (sk_await_phase(a) == OP_WAITS) sk_waiters_remove(vm, end_of(a->self)->ch, &end_of(a->self)->ch->senders, a);
  return true;
}

static const SkAwaitOps send_ops = {.name = "send", .qualname = "SendEnd.send", .waits_for = "room in a channel", .step = send_step, .abort = send_abort};

SK_NATIVE(send_m, "async send(self, value, /)", "Send a value; wait while the channel is full.") { return sk_await_new(vm, &send_ops, args[0], args[1], SK_NONE); }
SK_NATIVE(send_nowait, "send_nowait(self, value, /)", "Send a value, or raise WouldBlock.") {
  if (!try_send(vm, end_of(args[0]), args[1])) raise_gone(vm, SK_T_WouldBlock);
  return SK_NONE;
}

/* ---- receive -------------------------------------------------------------------------------------------------------------------------- */

SK_NORETURN static void receive_ended(SkVm *vm, SkAwait *a) { raise_gone(vm, sk_is_none(a->b) ? SK_T_EndOfChannel : SK_T_StopAsyncIteration); }

static bool receive_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  End *e = end_of(a->self);
  switch (sk_await_phase(a)) {
  case OP_NEW: break;
  case OP_CLOSED: raise_gone(vm, SK_T_ClosedResourceError);
  case OP_GONE: receive_ended(vm, a);
  default: *out = a->a; return true;
  }
  sk_checkpoint(vm);
  if (!e->closed && !e->ch->count && !e->ch->senders.first && !e->ch->senders_open) receive_ended(vm, a);
  SkValue v;
  if (try_receive(vm, e, &v)) {
    sk_await_set_phase(a, OP_DONE);
    *out = v;
    if (!task_gives_turn(vm, &e->ch->turns)) return true;
    sk_write(vm, a, &a->a, v);
    *out = SK_NONE;
    return false;
  }
  sk_need_task(vm);
  sk_await_set_phase(a, OP_WAITS);
  sk_waiters_append(vm, e->ch, &e->ch->receivers, a);
  *out = sk_park(vm, a);
  return false;
}

static bool receive_abort(SkVm *vm, SkAwait *a) {
  if (sk_await_phase(a) == OP_WAITS) sk_waiters_remove(vm, end_of(a->self)->ch, &end_of(a->self)->ch->receivers, a);
  return true;
}

/* An edge cancel hit it when it had been given a value already: the value goes to the next one. */
static bool receive_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  (void)out;
  Channel *c = end_of(a->self)->ch;
  if (sk_await_phase(a) == OP_DONE && c->receivers_open) {
    SkAwait *r = sk_waiters_pop(vm, c, &c->receivers);
    if (r) {
      sk_write(vm, r, &r->a, a->a);
      wake_as(vm, r, OP_DONE);
    } else {
      buffer_put_back(vm, c, a->a);
    }
  }
  sk_raise_exc(vm, exc);
}

static const SkAwaitOps receive_ops = {.name = "receive", .qualname = "ReceiveEnd.receive", .waits_for = "a value from a channel",
                                       .step = receive_step, .thrown = receive_thrown, .abort = receive_abort};

SK_NATIVE(receive_m, "async receive(self, /)", "The next value; wait while there is none.") { return sk_await_new(vm, &receive_ops, args[0], SK_NONE, SK_NONE); }
SK_NATIVE(receive_nowait, "receive_nowait(self, /)", "The next value, or WouldBlock.") {
  SkValue v;
  if (!try_receive(vm, end_of(args[0]), &v)) raise_gone(vm, SK_T_WouldBlock);
  return v;
}
static SkValue receive_aiter(SkVm *vm, SkValue self) { (void)vm; return self; }
static SkValue receive_anext(SkVm *vm, SkValue self) { return sk_await_new(vm, &receive_ops, self, SK_NONE, SK_TRUE); }

/* ---- closing ------------------------------------------------------------------------------------------------------------------------------ */

static bool is_sender(const SkVm *vm, const End *e) { return sk_shape_of(vm, sk_from_ptr(e))->def == &channel_send_type; }

/* Those of |w| that wait through |e| (NULL: all) are told. */
static void tell(SkVm *vm, Channel *c, SkWaiters *w, const End *e, unsigned phase) {
  for (SkAwait *a = w->first, *next; a; a = next) {
    next = a->next;
    if (e && end_of(a->self) != e) continue;
    sk_waiters_remove(vm, c, w, a);
    wake_as(vm, a, phase);
  }
}

static void end_close(SkVm *vm, End *e) {
  if (e->closed) return;
  e->closed = true;
  Channel *c = e->ch;
  bool sender = is_sender(vm, e);
  tell(vm, c, sender ? &c->senders : &c->receivers, e, OP_CLOSED);
  uint32_t *open = sender ? &c->senders_open : &c->receivers_open;
  if (--*open) return;
  tell(vm, c, sender ? &c->receivers : &c->senders, NULL, OP_GONE);
  if (sender) return;
  c->ring = NULL; /* nobody can ask for what is left */
  c->start = c->count = 0;
}

static bool close_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  *out = SK_NONE;
  if (sk_await_phase(a)) return true;
  end_close(vm, end_of(a->self));
  sk_checkpoint(vm);
  sk_await_set_phase(a, OP_DONE);
  return false;
}
static const SkAwaitOps close_ops = {.name = "aclose", .qualname = "aclose", .step = close_step};

SK_NATIVE(end_close_m, "close(self, /)", "Close this end; again does nothing.") {
  end_close(vm, end_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(end_aclose, "async aclose(self, /)", "Close this end; a checkpoint.") { return sk_await_new(vm, &close_ops, args[0], SK_NONE, SK_NONE); }
SK_NATIVE(end_enter, "__enter__(self, /)", NULL) { (void)vm; return args[0]; }
SK_NATIVE(end_exit, "__exit__(self, type, value, traceback, /)", NULL) {
  end_close(vm, end_of(args[0]));
  return SK_NONE;
}
static bool aenter_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)vm, (void)sent;
  *out = a->self;
  return true;
}
static const SkAwaitOps aenter_ops = {.name = "__aenter__", .qualname = "__aenter__", .step = aenter_step};
SK_NATIVE(end_aenter, "async __aenter__(self, /)", NULL) { return sk_await_new(vm, &aenter_ops, args[0], SK_NONE, SK_NONE); }
SK_NATIVE(end_aexit, "async __aexit__(self, type, value, traceback, /)", NULL) { return sk_await_new(vm, &close_ops, args[0], SK_NONE, SK_NONE); }

/* ---- clones, statistics ------------------------------------------------------------------------------------------------------------------- */

static SkValue end_new(SkVm *vm, const SkTypeDef *def, Channel *c) {
  End *e = sk_object_new(vm, sk_library_type(vm, def), 0);
  e->ch = c;
  if (def == &channel_send_type) c->senders_open++;
  else c->receivers_open++;
  return sk_from_ptr(e);
}

SK_NATIVE(end_clone, "clone(self, /)", "Another end of the same side.") {
  End *e = end_of(args[0]);
  if (e->closed) raise_gone(vm, SK_T_ClosedResourceError);
  return end_new(vm, is_sender(vm, e) ? &channel_send_type : &channel_receive_type, e->ch);
}

SK_NATIVE(end_statistics, "statistics(self, /)", "What is in the channel and who waits.") {
  Channel *c = end_of(args[0])->ch;
  SkValue most = c->room == UINT64_MAX ? sk_float_new(vm, (double)INFINITY) : sk_int_from_u64(vm, c->room);
  SkTuple *t = sk_tuple_pack(vm, 6, sk_smallint((int64_t)c->count), most, sk_smallint(c->senders_open), sk_smallint(c->receivers_open),
                             sk_smallint((int64_t)sk_waiters_count(&c->senders)), sk_smallint((int64_t)sk_waiters_count(&c->receivers)));
  return sk_call_spread(vm, sk_getattr_cstr(vm, task_import(vm, "skein"), "ChannelStatistics"), t, NULL);
}

static SkValue end_repr(SkVm *vm, SkValue self) {
  const char *side = is_sender(vm, end_of(self)) ? "send" : "receive";
  return sk_from_ptr(sk_format(vm, "<%s channel at 0x%llx, using buffer at 0x%llx>", side, (long long)sk_address(self),
                               (long long)sk_address(sk_from_ptr(end_of(self)->ch))));
}

static const SkAttrDef send_attrs[] = {
    SK_METHOD(send_m), SK_METHOD(send_nowait), SK_METHOD(end_clone), SK_METHOD(end_close_m), SK_METHOD(end_aclose), SK_METHOD(end_enter),
    SK_METHOD(end_exit), SK_METHOD(end_aenter), SK_METHOD(end_aexit), SK_METHOD(end_statistics),
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def}, SK_ATTRS_END};
static const SkAttrDef receive_attrs[] = {
    SK_METHOD(receive_m), SK_METHOD(receive_nowait), SK_METHOD(end_clone), SK_METHOD(end_close_m), SK_METHOD(end_aclose), SK_METHOD(end_enter),
    SK_METHOD(end_exit), SK_METHOD(end_aenter), SK_METHOD(end_aexit), SK_METHOD(end_statistics),
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def}, SK_ATTRS_END};

const SkTypeDef channel_send_type = {
    .name = "skein.SendEnd", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(End), .flags = SK_TYPE_NO_NEW | SK_TYPE_FINAL | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = end_repr}, .attrs = send_attrs, .trace = end_trace};
const SkTypeDef channel_receive_type = {
    .name = "skein.ReceiveEnd", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(End), .flags = SK_TYPE_NO_NEW | SK_TYPE_FINAL | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = end_repr, .aiter = receive_aiter, .anext = receive_anext}, .attrs = receive_attrs, .trace = end_trace};

static uint64_t room_of(SkVm *vm, SkValue v) {
  if (sk_is_float(v) && sk_to_double(vm, v) == (double)INFINITY) return UINT64_MAX;
  if (!sk_is_int(v)) sk_raise_type(vm, "max_buffer_size must be an integer or math.inf");
  uint64_t n;
  if (sk_int_sign(v) < 0) sk_raise_value(vm, "max_buffer_size must be >= 0");
  return sk_int_get_u64(v, &n) ? n : UINT64_MAX;
}

static SkValue channel_open(SkVm *vm, const SkValue *args) {
  uint64_t room = room_of(vm, args[0]);
  Channel *c = sk_object_new(vm, sk_library_type(vm, &channel_type), 0);
  c->room = room;
  SkValue s = end_new(vm, &channel_send_type, c);
  return sk_tuple_pair(vm, s, end_new(vm, &channel_receive_type, c));
}
const SkNativeDef channel_open_def = {"channel(capacity=0, /)", "Two ends of a new channel: (send, receive).", channel_open};
