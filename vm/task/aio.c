/* aio.c - waiting in asyncio's primitives: loop binding, waiters, what the classes share.  Layer 7b. */
#include "vm/task/aio_impl.h"

/* ---- loop binding --------------------------------------------------------------------------------------------------- */

void aio_bind(SkVm *vm, SkValue self, SkValue *slot) {
  SkLoop *running = sk_tasks(vm)->running;
  if (SK_UNLIKELY(!running)) return; /* waiting says what is wrong */
  SkValue loop = sk_from_ptr(running);
  if (SK_LIKELY(sk_is(*slot, loop))) return;
  if (sk_is_none(*slot)) {
    sk_write(vm, sk_ptr(self), slot, loop);
    return;
  }
  if (sk_is(*slot, running->owner)) return; /* a script assigned it */
  sk_raisef(vm, SK_T_RuntimeError, "%R is bound to a different event loop", self);
}

SkValue aio_loop_get(SkVm *vm, SkValue slot) { return sk_is_loop(slot) ? loop_owner(vm, sk_as_loop(slot)) : slot; }

/* ---- the life of a wait ----------------------------------------------------------------------------------------------- */

bool aio_wait(SkVm *vm, SkAwait *a, SkValue *loop, AioWaiters *w, SkValue *out) {
  aio_bind(vm, a->self, loop);
  sk_need_task(vm);
  sk_checkpoint(vm);
  sk_waiters_append(vm, sk_ptr(a->self), &w->list, a);
  w->count++;
  w->live++;
  sk_await_set_phase(a, AIO_WAITING);
  *out = sk_park_shielded(vm, a);
  return false;
}

void aio_wake(SkVm *vm, SkAwait *a, AioWaiters *w, bool keep) {
  if (!keep) sk_waiters_remove(vm, sk_ptr(a->self), &w->list, a);
  sk_await_set_phase(a, AIO_WOKEN);
  sk_wake(vm, a);
}

bool aio_abort(SkVm *vm, SkAwait *a, AioWaiters *w, bool keep) {
  if (!keep) sk_waiters_remove(vm, sk_ptr(a->self), &w->list, a);
  sk_await_set_phase(a, AIO_ABORTED);
  w->live--;
  return true;
}

void aio_resumed(SkVm *vm, SkAwait *a, AioWaiters *w) {
  sk_waiters_remove(vm, sk_ptr(a->self), &w->list, a);
  w->count--;
  if (sk_await_phase(a) != AIO_ABORTED) w->live--;
}

/* ---- futures that scripts put among the waiters ------------------------------------------------------------------------- */

static bool stranger_wake(SkVm *vm, SkValue f, SkValue value) {
  if (sk_truth(vm, sk_call_method0(vm, f, sk_intern(vm, "done")))) return false;
  sk_call_method1(vm, f, sk_intern(vm, "set_result"), value);
  return true;
}

bool aio_wake_stranger(SkVm *vm, AioWaiters *w, SkValue value, bool take) {
  if (SK_LIKELY(!w->strangers)) return false;
  for (size_t i = 0; i < w->strangers->count;) {
    SkValue f = take ? sk_list_pop(vm, w->strangers, 0) : sk_list_items(w->strangers)[i++];
    if (stranger_wake(vm, f, value)) return true;
  }
  return false;
}

void aio_wake_strangers(SkVm *vm, AioWaiters *w, SkValue value) {
  if (SK_LIKELY(!w->strangers)) return;
  for (size_t i = 0; i < w->strangers->count; i++) stranger_wake(vm, sk_list_items(w->strangers)[i], value);
}

/* ---- await something, give something else -------------------------------------------------------------------------------- */

static bool delegate_end(SkAwait *a, bool finished, SkValue *out) {
  if (finished && !sk_is_unset(a->b)) *out = a->b;
  return finished;
}
static bool delegate_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  if (sk_await_phase(a) == AIO_NEW) {
    SkValue it = sk_await_iter(vm, a->a);
    sk_write(vm, a, &a->a, it);
    sk_await_set_phase(a, AIO_WAITING);
  }
  return delegate_end(a, sk_awaitable_send(vm, a->a, sent, out), out);
}
static bool delegate_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  return delegate_end(a, sk_awaitable_throw(vm, a->a, exc, out), out);
}
static const SkAwaitOps delegate_ops = {.name = "__aenter__", .qualname = "_ContextManagerMixin.__aenter__", .step = delegate_step,
                                        .thrown = delegate_thrown};

SkValue aio_delegate(SkVm *vm, SkValue awaitable, SkValue result) {
  return sk_await_new(vm, &delegate_ops, SK_NONE, awaitable, result);
}

/* ---- what the classes share ------------------------------------------------------------------------------------------------ */

SkValue aio_repr(SkVm *vm, SkValue self, const char *state, const AioWaiters *w) {
  SkStr *name = sk_type_fullname(vm, sk_type_of(vm, self));
  long long at = (long long)sk_address(self);
  size_t n = aio_waiters_len(w);
  if (n) return sk_from_ptr(sk_format(vm, "<%U object at 0x%llx [%s, waiters:%zu]>", name, at, state, n));
  return sk_from_ptr(sk_format(vm, "<%U object at 0x%llx [%s]>", name, at, state));
}

bool aio_overrides(SkVm *vm, SkType *cls, const char *name, const SkNativeDef *def) {
  SkValue v = sk_type_lookup(vm, cls, sk_intern(vm, name));
  return !sk_has_kind(v, SK_KIND_NATIVE) || ((SkNative *)sk_ptr(v))->def != def;
}

void aio_raise_plain(SkVm *vm, int type_id) { sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[type_id], NULL, 0)); }
