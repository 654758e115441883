/* async_timeout.c - asyncio.Timeout: an edge cancel at a deadline, turned into TimeoutError on the way out (E4).  Layer 7b.
 *
 * The object is its own scope node (transparent), so that the yield rules see it; the node's deadline stays infinite, because what
 * happens at the deadline is an edge.  A timer that is due puts the object into the ready queue, as call_at() does, and
 * async_timeout_fire() runs one entry later.
 *
 * Entries in the queue cannot be taken back: |stale| of them are to be passed over, first ones first.
 */
#include <math.h>

#include "vm/task/aio_impl.h"
#include "vm/task/scope_impl.h"

enum { T_CREATED, T_ENTERED, T_EXPIRING, T_EXPIRED, T_EXITED };
static const char *const state_names[] = {"created", "active", "expiring", "expired", "finished"};

typedef struct AsyncTimeout {
  SkScope node;        /* first: a timeout is a scope */
  SkLoop *loop;        /* while entered */
  SkTimer *alarm;      /* NULL: none; fired but not run yet: queued */
  SkValue when;
  uint32_t cancelling; /* requests there were at entry */
  uint32_t stale;
  uint8_t state;
  bool queued;         /* in the ready queue, to be run */
  bool due;            /* fired while its generator was suspended */
  bool pending;        /* its request was issued by a resume and may be undelivered */
} AsyncTimeout;

static AsyncTimeout *timeout_of(SkValue v) { return (AsyncTimeout *)sk_ptr(v); }

static void timeout_trace(SkMarker *m, SkObject *o) {
  AsyncTimeout *t = (AsyncTimeout *)o;
  sk_mark_ptr(m, t->node.parent);
  sk_mark_ptr(m, t->node.task);
  sk_mark_ptr(m, t->node.group);
  sk_mark_ptr(m, t->node.reason);
  sk_mark_ptr(m, t->node.timer);
  sk_mark(m, t->node.where);
  sk_mark_ptr(m, t->loop);
  sk_mark_ptr(m, t->alarm);
  sk_mark(m, t->when);
}

static AsyncTimeout *timeout_make(SkVm *vm, SkValue when) {
  AsyncTimeout *t = (AsyncTimeout *)scope_new(vm, sk_library_type(vm, &sk_async_timeout_type));
  t->node.head.aux |= SK_SCOPE_TRANSPARENT | SK_SCOPE_TIMEOUT;
  t->when = when;
  return t;
}

/* ---- the alarm ------------------------------------------------------------------------------------------------------------- */

static void disarm(SkVm *vm, AsyncTimeout *t) {
  if (t->alarm && t->alarm->place) sk_timer_cancel(vm, t->loop, t->alarm);
  else if (t->alarm || t->queued) t->stale++;
  t->alarm = NULL;
  t->queued = false;
}

static void arm(SkVm *vm, AsyncTimeout *t) {
  if (sk_is_none(t->when)) return;
  double now = sk_loop_time(vm, t->loop), when = sk_to_double(vm, t->when);
  if (when <= now) {
    t->queued = true;
    sk_loop_ready(vm, t->loop, sk_from_ptr(t));
    return;
  }
  if (isnan(when)) sk_raise_value(vm, "Invalid delay: NaN (not a number)");
  SkTimer *alarm = sk_timer_add(vm, t->loop, when, sk_from_ptr(t), SK_TIMER_QUEUE);
  sk_write_ptr(vm, t, &t->alarm, alarm);
}

static void issue(SkVm *vm, AsyncTimeout *t) {
  sk_future_cancel_any(vm, sk_from_ptr(t->node.task), SK_NONE);
  t->state = T_EXPIRING;
}

void async_timeout_fire(SkVm *vm, SkValue timeout) {
  AsyncTimeout *t = timeout_of(timeout);
  if (t->stale) {
    t->stale--;
    return;
  }
  t->alarm = NULL;
  t->queued = false;
  if (t->state != T_ENTERED) return;
  if (t->node.head.aux & SK_SCOPE_DETACHED) t->due = true;
  else issue(vm, t);
}

/* ---- generators that are suspended inside (Y3) ---------------------------------------------------------------------------------- */

static void withdraw(AsyncTimeout *t) {
  SkTask *task = t->node.task;
  if (task->cancel_count) task->cancel_count--;
  task->future.head.aux &= (uint16_t)~SK_TASK_MUST_CANCEL; /* the requests of others have been delivered, or are counted */
  t->state = T_ENTERED;
  t->due = true;
}

void async_timeout_detach(SkVm *vm, SkScope *s) {
  (void)vm;
  AsyncTimeout *t = (AsyncTimeout *)s;
  bool undelivered = t->state == T_EXPIRING && t->pending && (s->task->future.head.aux & SK_TASK_MUST_CANCEL);
  t->pending = false;
  if (undelivered) withdraw(t);
}

void async_timeout_attach(SkVm *vm, SkScope *s, SkTask *resumer) {
  AsyncTimeout *t = (AsyncTimeout *)s;
  sk_write_ptr(vm, t, &s->task, resumer);
  t->cancelling = resumer->cancel_count;
  if (!t->due || t->state != T_ENTERED) return;
  t->due = false;
  t->pending = true;
  issue(vm, t);
}

/* ---- `async with` ---------------------------------------------------------------------------------------------------------------- */

static bool enter_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  AsyncTimeout *t = timeout_of(a->self);
  if (t->state != T_CREATED) sk_raisef(vm, SK_T_RuntimeError, "Timeout has already been entered");
  SkTask *task = sk_current_task(vm);
  if (!task) sk_raisef(vm, SK_T_RuntimeError, "Timeout should be used inside a task");
  SkLoop *loop = sk_need_loop(vm);
  t->state = T_ENTERED;
  sk_write_ptr(vm, t, &t->loop, loop);
  t->cancelling = task->cancel_count;
  sk_scope_enter(vm, &t->node);
  arm(vm, t);
  *out = a->self;
  return true;
}

/* Where a CancelledError stands as the context of what came of it, a TimeoutError is put in between. */
static void insert_timeout_error(SkVm *vm, SkExc *e) {
  for (; e->context; e = e->context) {
    if (!aio_is_cancel(vm, sk_from_ptr(e->context))) continue;
    SkExc *te = sk_as_exc(sk_exc_new_args(vm, vm->types[SK_T_TimeoutError], NULL, 0));
    sk_exc_set_cause(vm, te, sk_from_ptr(e->context));
    sk_write_ptr(vm, te, &te->context, e->context);
    sk_write_ptr(vm, e, &e->context, te);
    return;
  }
}

static void expired(SkVm *vm, AsyncTimeout *t, SkValue exc) {
  t->state = T_EXPIRED;
  if (task_uncancel(t->node.task) > t->cancelling || !sk_is_exc(exc)) return;
  if (aio_is_cancel(vm, exc)) {
    SkValue te = sk_exc_new_args(vm, vm->types[SK_T_TimeoutError], NULL, 0);
    sk_exc_set_cause(vm, sk_as_exc(te), exc);
    sk_raise_exc(vm, te);
  }
  insert_timeout_error(vm, sk_as_exc(exc));
  if (!sk_exc_is(vm, exc, SK_T_ExceptionGroup)) return;
  SkTuple *members = sk_group_members(sk_as_exc(exc));
  for (size_t i = 0; i < members->count; i++) insert_timeout_error(vm, sk_as_exc(members->items[i]));
}

static bool exit_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  AsyncTimeout *t = timeout_of(a->self);
  *out = SK_NONE;
  if (t->state != T_ENTERED && t->state != T_EXPIRING) sk_raisef(vm, SK_T_AssertionError, "the timeout was not entered");
  sk_scope_exit(vm, &t->node, SK_NONE);
  disarm(vm, t);
  if (t->state == T_ENTERED) t->state = T_EXITED;
  else expired(vm, t, a->a);
  return true;
}

static const SkAwaitOps enter_ops = {.name = "__aenter__", .qualname = "Timeout.__aenter__", .step = enter_step};
static const SkAwaitOps exit_ops = {.name = "__aexit__", .qualname = "Timeout.__aexit__", .step = exit_step};

SK_NATIVE(timeout_aenter, "async __aenter__(self)", NULL) { return sk_await_new(vm, &enter_ops, args[0], SK_NONE, SK_NONE); }
SK_NATIVE(timeout_aexit, "async __aexit__(self, exc_type, exc_val, exc_tb)", NULL) {
  return sk_await_new(vm, &exit_ops, args[0], args[2], SK_NONE);
}

/* ---- the class -------------------------------------------------------------------------------------------------------------------- */

static SkValue timeout_new_m(SkVm *vm, const SkValue *args) { return sk_from_ptr(timeout_make(vm, args[1])); }
static const SkNativeDef timeout_new_def = {"__new__(cls, when)", NULL, timeout_new_m};

SK_NATIVE(timeout_when, "when(self)", "The deadline in loop time, or None.") { (void)vm; return timeout_of(args[0])->when; }
SK_NATIVE(timeout_expired, "expired(self)", "Whether the deadline has passed inside.") {
  (void)vm;
  return sk_bool(timeout_of(args[0])->state == T_EXPIRING || timeout_of(args[0])->state == T_EXPIRED);
}
SK_NATIVE(timeout_reschedule, "reschedule(self, when)", "Move the deadline; None: none.") {
  AsyncTimeout *t = timeout_of(args[0]);
  if (t->state == T_CREATED) sk_raisef(vm, SK_T_RuntimeError, "Timeout has not been entered");
  if (t->state != T_ENTERED) sk_raisef(vm, SK_T_RuntimeError, "Cannot change state of %s Timeout", state_names[t->state]);
  sk_write(vm, t, &t->when, args[1]);
  disarm(vm, t);
  arm(vm, t);
  return SK_NONE;
}

static SkValue timeout_repr(SkVm *vm, SkValue self) {
  AsyncTimeout *t = timeout_of(self);
  const char *state = state_names[t->state];
  if (t->state != T_ENTERED) return sk_from_ptr(sk_format(vm, "<Timeout [%s]>", state));
  SkValue when = t->when;
  if (sk_is_float(when)) when = sk_float_round(vm, sk_float_get(when), 3);
  return sk_from_ptr(sk_format(vm, "<Timeout [%s] when=%S>", state, when));
}

static const SkAttrDef timeout_attrs[] = {SK_METHOD(timeout_when),   SK_METHOD(timeout_expired), SK_METHOD(timeout_reschedule),
                                          SK_METHOD(timeout_aenter), SK_METHOD(timeout_aexit),   SK_ATTRS_END};

const SkTypeDef sk_async_timeout_type = {
    .name = "asyncio.timeouts.Timeout", .doc = "Cancels what runs inside `async with` when the deadline passes; TimeoutError comes out.",
    .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(AsyncTimeout), .flags = SK_TYPE_FINAL | SK_TYPE_WEAKREFABLE | SK_TYPE_BARE_NAME, .slots = {.repr = timeout_repr},
    .attrs = timeout_attrs, .new_ = &timeout_new_def, .trace = timeout_trace};

static SkValue aio_timeout(SkVm *vm, const SkValue *args) {
  SkLoop *l = sk_need_loop(vm);
  if (sk_is_none(args[0])) return sk_from_ptr(timeout_make(vm, SK_NONE));
  SkValue now = sk_float_new(vm, sk_loop_time(vm, l));
  return sk_from_ptr(timeout_make(vm, sk_binary(vm, SK_BIN_ADD, now, args[0])));
}
const SkNativeDef aio_timeout_def = {"timeout(delay)", "A timeout |delay| seconds from now; None: without deadline.", aio_timeout};

static SkValue aio_timeout_at(SkVm *vm, const SkValue *args) { return sk_from_ptr(timeout_make(vm, args[0])); }
const SkNativeDef aio_timeout_at_def = {"timeout_at(when)", "A timeout at the loop time |when|; None: without deadline.", aio_timeout_at};
