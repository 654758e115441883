/* await.c - native coroutines: how they are driven, what scripts see of them, waiter lists.  Layer 7. */
#include "vm/run/gen_impl.h"

SkValue sk_await_new(SkVm *vm, const SkAwaitOps *ops, SkValue self, SkValue a, SkValue b) {
  SkAwait *w = sk_object_new_id(vm, SK_T_native_coroutine, 0);
  w->ops = ops;
  w->self = self;
  w->a = a;
  w->b = b;
  return sk_from_ptr(w);
}

void sk_await_trace(SkMarker *m, SkObject *o) {
  SkAwait *a = (SkAwait *)o;
  sk_mark_ptr(m, a->prev);
  sk_mark_ptr(m, a->next);
  sk_mark_ptr(m, a->task);
  sk_mark(m, a->self);
  sk_mark(m, a->a);
  sk_mark(m, a->b);
}

/* ---- driving ------------------------------------------------------------------------------------------------------ */

static void check_drivable(SkVm *vm, SkAwait *a) {
  if (sk_await_over(a)) sk_raisef(vm, SK_T_RuntimeError, "cannot reuse already awaited coroutine");
}

/* Back from step: it waits or is done.  If it raised, ENTERED stays. */
static bool leave(SkAwait *a, bool finished) {
  a->head.aux &= (uint16_t)~SK_AWAIT_ENTERED;
  sk_await_set_state(a, finished ? SK_AWAIT_DONE : SK_AWAIT_WAITING);
  return finished;
}

bool sk_await_send(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  check_drivable(vm, a);
  if (sk_await_state(a) == SK_AWAIT_NEW && !sk_is_none(sent)) sk_raise_type(vm, "can't send non-None value to a just-started coroutine");
  a->head.aux |= SK_AWAIT_ENTERED;
  return leave(a, a->ops->step(vm, a, sent, out));
}

/* What is thrown in is simply raised: nothing of it has to be asked. */
bool sk_await_only_raises(const SkAwait *a) {
  return !sk_await_over(a) && sk_await_state(a) != SK_AWAIT_NEW && !a->ops->thrown;
}

void sk_await_end(SkVm *vm, SkAwait *a) {
  /* Thrown in by hand, with nobody having ended the wait. */
  if (sk_await_state(a) == SK_AWAIT_WAITING && a->ops->abort) a->ops->abort(vm, a);
  sk_await_set_state(a, SK_AWAIT_DONE);
}

bool sk_await_throw(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  check_drivable(vm, a);
  SkAwaitState state = sk_await_state(a);
  if (state == SK_AWAIT_NEW || !a->ops->thrown) {
    sk_await_end(vm, a);
    sk_raise_exc(vm, exc);
  }
  if (state == SK_AWAIT_WAITING && a->ops->abort) a->ops->abort(vm, a);
  if (state == SK_AWAIT_WAITING) sk_await_set_state(a, SK_AWAIT_ABORTED);
  a->head.aux |= SK_AWAIT_ENTERED;
  return leave(a, a->ops->thrown(vm, a, exc, out));
}

SkValue sk_await_iter(SkVm *vm, SkValue v) { return run_await_iter(vm, v, 0); }

bool sk_awaitable_send(SkVm *vm, SkValue it, SkValue sent, SkValue *out) {
  if (sk_is_await(it)) return sk_await_send(vm, sk_as_await(it), sent, out);
  if (sk_is_gen(it) && sk_as_gen(it)->what != SK_GEN_ASYNC) {
    SkValue result = SK_NONE, v = sk_gen_resume(vm, sk_as_gen(it), sent, SK_UNSET, &result);
    *out = sk_is_unset(v) ? result : v;
    return sk_is_unset(v);
  }
  return run_foreign_send(vm, it, sent, SK_UNSET, out);
}

bool sk_awaitable_throw(SkVm *vm, SkValue it, SkValue exc, SkValue *out) {
  if (sk_is_await(it)) return sk_await_throw(vm, sk_as_await(it), exc, out);
  if (sk_is_gen(it) && sk_as_gen(it)->what != SK_GEN_ASYNC) {
    SkValue result = SK_NONE, v = gen_throw(vm, sk_as_gen(it), exc, &result);
    *out = sk_is_unset(v) ? result : v;
    return sk_is_unset(v);
  }
  return run_foreign_send(vm, it, SK_NONE, exc, out);
}

/* ---- an object with send and throw: its StopIteration is the end ---- */

typedef struct Foreign { SkValue it, sent, exc, value; bool finished; } Foreign;

static void foreign_protected(SkVm *vm, void *arg) {
  Foreign *f = arg;
  if (!sk_is_unset(f->exc)) {
    f->value = sk_call1(vm, sk_getattr(vm, f->it, SK_NAME(vm, throw_)), f->exc);
    return;
  }
  SkUnaryFn next = SK_SLOTS(vm, f->it)->next;
  if (sk_is_none(f->sent) && next) {
    f->value = next(vm, f->it);
    if (sk_is_unset(f->value)) {
      f->value = SK_NONE;
      f->finished = true;
    }
    return;
  }
  f->value = sk_call_method(vm, f->it, SK_NAME(vm, send), &f->sent, 1);
}

bool run_foreign_send(SkVm *vm, SkValue it, SkValue sent, SkValue exc, SkValue *out) {
  Foreign f = {it, sent, exc, SK_NONE, false};
  if (sk_protect(vm, foreign_protected, &f)) {
    *out = f.value;
    return f.finished;
  }
  SkValue e = sk_take_raised(vm);
  if (!sk_exc_is(vm, e, SK_T_StopIteration)) sk_throw(vm, e);
  *out = sk_stop_value(vm, e);
  return true;
}

/* ---- as scripts see it ------------------------------------------------------------------------------------------------ */

static SkValue yielded(SkVm *vm, bool finished, SkValue v) {
  if (finished) sk_raise_stop(vm, v);
  return v;
}

SK_NATIVE(native_send, "send(self, value, /)", "Send a value into coroutine; what it awaits next, or StopIteration.") {
  SkValue out = SK_NONE;
  bool finished = sk_await_send(vm, sk_as_await(args[0]), args[1], &out);
  return yielded(vm, finished, out);
}

SK_NATIVE(native_throw, "throw(self, typ, val=?, tb=?, /)", "Raise an exception in coroutine.") {
  SkValue exc = gen_exception(vm, args[1], args[2], args[3]), out = SK_NONE;
  bool finished = sk_await_throw(vm, sk_as_await(args[0]), exc, &out);
  return yielded(vm, finished, out);
}

typedef struct Closing { SkAwait *a; SkValue out; bool finished; } Closing;
static void close_protected(SkVm *vm, void *arg) {
  Closing *c = arg;
  SkValue exit = sk_exc_new_args(vm, vm->types[SK_T_GeneratorExit], NULL, 0);
  c->finished = sk_await_throw(vm, c->a, exit, &c->out);
}

void sk_await_close(SkVm *vm, SkAwait *a) {
  if (sk_await_over(a)) return;
  if (sk_await_state(a) == SK_AWAIT_NEW) {
    sk_await_set_state(a, SK_AWAIT_DONE);
    return;
  }
  Closing c = {a, SK_NONE, true};
  if (sk_protect(vm, close_protected, &c)) {
    if (!c.finished) sk_raisef(vm, SK_T_RuntimeError, "coroutine ignored GeneratorExit");
    return;
  }
  SkValue e = sk_take_raised(vm);
  if (!sk_exc_is(vm, e, SK_T_GeneratorExit) && !sk_exc_is(vm, e, SK_T_StopIteration)) sk_throw(vm, e);
}

SK_NATIVE(native_close, "close(self, /)", "Raise GeneratorExit inside coroutine.") {
  sk_await_close(vm, sk_as_await(args[0]));
  return SK_NONE;
}

static SkValue self_of(SkVm *vm, SkValue v) { (void)vm; return v; }
static SkValue native_next(SkVm *vm, SkValue self) {
  SkValue out = SK_NONE;
  bool finished = sk_await_send(vm, sk_as_await(self), SK_NONE, &out);
  return yielded(vm, finished, out);
}

static SkValue native_repr(SkVm *vm, SkValue self) {
  return sk_from_ptr(sk_format(vm, "<coroutine object %s at 0x%llx>", sk_as_await(self)->ops->qualname, (long long)sk_address(self)));
}
static SkValue get_name(SkVm *vm, SkValue self) { return sk_from_ptr(sk_str_from_cstr(vm, sk_as_await(self)->ops->name)); }
static SkValue get_qualname(SkVm *vm, SkValue self) { return sk_from_ptr(sk_str_from_cstr(vm, sk_as_await(self)->ops->qualname)); }
static SkValue get_none(SkVm *vm, SkValue self) { (void)vm, (void)self; return SK_NONE; }
static SkValue get_false(SkVm *vm, SkValue self) { (void)vm, (void)self; return SK_FALSE; }
static SkValue get_suspended(SkVm *vm, SkValue self) {
  (void)vm;
  SkAwait *a = sk_as_await(self);
  return sk_bool(!sk_await_over(a) && sk_await_state(a) != SK_AWAIT_NEW);
}

SK_NATIVE(native_del, "__del__(self, /)", NULL) {
  if (run_await_unused(sk_as_await(args[0]))) run_warn_unawaited(vm, args[0]);
  return SK_NONE;
}

static const SkAttrDef native_attrs[] = {
    SK_METHOD(native_del), SK_METHOD(native_send), SK_METHOD(native_throw), SK_METHOD(native_close),
    SK_GETSET("__name__", get_name, NULL, NULL), SK_GETSET("__qualname__", get_qualname, NULL, NULL),
    SK_GETSET("cr_await", get_none, NULL, NULL), SK_GETSET("cr_frame", get_none, NULL, NULL), SK_GETSET("cr_code", get_none, NULL, NULL),
    SK_GETSET("cr_origin", get_none, NULL, NULL), SK_GETSET("cr_running", get_false, NULL, NULL),
    SK_GETSET("cr_suspended", get_suspended, NULL, NULL), SK_ATTRS_END};

const SkTypeDef sk_native_coroutine_type = {
    .name = "coroutine", .kind = SK_KIND_AWAIT, .size = sizeof(SkAwait), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE,
    .slots = {.repr = native_repr, .await = self_of, .iter = self_of, .next = native_next}, .attrs = native_attrs};

/* ---- waiter lists ------------------------------------------------------------------------------------------------------- */

void sk_waiters_append(SkVm *vm, void *owner, SkWaiters *w, SkAwait *a) {
  sk_assert(!a->prev && !a->next && w->first != a);
  if (w->last) {
    sk_write_ptr(vm, w->last, &w->last->next, a);
    sk_write_ptr(vm, a, &a->prev, w->last);
  } else {
    sk_write_ptr(vm, owner, &w->first, a);
  }
  sk_write_ptr(vm, owner, &w->last, a);
}

void sk_waiters_remove(SkVm *vm, void *owner, SkWaiters *w, SkAwait *a) {
  if (a->prev) sk_write_ptr(vm, a->prev, &a->prev->next, a->next);
  else if (w->first == a) sk_write_ptr(vm, owner, &w->first, a->next);
  else return; /* not in the list */
  if (a->next) sk_write_ptr(vm, a->next, &a->next->prev, a->prev);
  else sk_write_ptr(vm, owner, &w->last, a->prev);
  a->prev = a->next = NULL;
}

size_t sk_waiters_count(const SkWaiters *w) {
  size_t n = 0;
  for (const SkAwait *a = w->first; a; a = a->next) n++;
  return n;
}
