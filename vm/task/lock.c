/* lock.c - asyncio.Lock.  Layer 7b.
 *
 * release() wakes the first waiter and leaves the lock free: the waiter takes it when its turn comes.  Nobody else can in between,
 * since acquire() stands in line as long as a waiter that was not cancelled is there.  So a waiter stays in the list until its
 * task has run, and only the first one is ever woken.
 */
#include "vm/task/aio_impl.h"

typedef struct AioLock {
  SkObject head;
  SkValue loop;
  AioWaiters waiters;
  SkTask *owner;      /* the task that took it, for the deadlock report; NULL: free, or taken outside of a task */
  bool locked;
} AioLock;

static AioLock *lock_of(SkValue v) { return (AioLock *)sk_ptr(v); }

static void lock_trace(SkMarker *m, SkObject *o) {
  AioLock *l = (AioLock *)o;
  sk_mark(m, l->loop);
  sk_mark_ptr(m, l->owner);
  aio_waiters_trace(m, &l->waiters);
}

static SkValue lock_new(SkVm *vm, const SkValue *args) {
  AioLock *l = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  l->loop = SK_NONE;
  return sk_from_ptr(l);
}
static const SkNativeDef lock_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, lock_new};
static SkValue lock_init(SkVm *vm, const SkValue *args) {
  aio_refuse_loop(vm, args[0], args[1]);
  lock_of(args[0])->locked = false;
  return SK_NONE;
}
static const SkNativeDef lock_init_def = {"__init__(self, *, loop=?)", NULL, lock_init};

SkTask *aio_lock_owner(SkVm *vm, SkValue self) {
  if (!sk_is_ptr(self) || sk_type_of(vm, self)->def != &aio_lock_type) return NULL;
  return lock_of(self)->owner;
}

static void take(SkVm *vm, AioLock *l) {
  l->locked = true;
  sk_write_ptr(vm, l, &l->owner, sk_current_task(vm));
}

static void wake_first(SkVm *vm, AioLock *l) {
  SkAwait *a = l->waiters.list.first;
  if (!a) aio_wake_stranger(vm, &l->waiters, SK_TRUE, false);
  else if (sk_await_phase(a) == AIO_WAITING) aio_wake(vm, a, &l->waiters, true);
}

/* ---- acquire and `async with` ---- */

static bool lock_step(SkVm *vm, SkAwait *a, AioLock *l, SkValue *out) {
  if (sk_await_phase(a) == AIO_NEW) {
    if (l->locked || l->waiters.live || aio_has_strangers(&l->waiters)) return aio_wait(vm, a, &l->loop, &l->waiters, out);
  } else {
    aio_resumed(vm, a, &l->waiters);
  }
  take(vm, l);
  return true;
}
static bool acquire_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (!lock_step(vm, a, lock_of(a->self), out)) return false;
  *out = SK_TRUE;
  return true;
}
static bool enter_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (!lock_step(vm, a, lock_of(a->self), out)) return false;
  *out = SK_NONE;
  return true;
}
/* A cancelled waiter hands the wake-up on, if it had one or nobody can give another. */
static bool acquire_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  (void)out;
  AioLock *l = lock_of(a->self);
  aio_resumed(vm, a, &l->waiters);
  if (!l->locked && aio_is_cancel(vm, exc)) wake_first(vm, l);
  sk_raise_exc(vm, exc);
}
static bool acquire_abort(SkVm *vm, SkAwait *a) { return aio_abort(vm, a, &lock_of(a->self)->waiters, true); }

static const SkAwaitOps acquire_ops = {.name = "acquire", .qualname = "Lock.acquire", .step = acquire_step, .thrown = acquire_thrown,
                                       .abort = acquire_abort};
static const SkAwaitOps enter_ops = {.name = "__aenter__", .qualname = "_ContextManagerMixin.__aenter__", .waits_for = "Lock.acquire",
                                     .step = enter_step, .thrown = acquire_thrown, .abort = acquire_abort};

static void lock_release(SkVm *vm, AioLock *l) {
  if (!l->locked) sk_raisef(vm, SK_T_RuntimeError, "Lock is not acquired.");
  l->locked = false;
  l->owner = NULL;
  wake_first(vm, l);
}

static bool exit_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (sk_is_unset(a->a)) lock_release(vm, lock_of(a->self));
  else sk_call_method0(vm, a->self, sk_intern(vm, "release")); /* a subclass has its own */
  *out = SK_NONE;
  return true;
}
static const SkAwaitOps exit_ops = {.name = "__aexit__", .qualname = "_ContextManagerMixin.__aexit__", .step = exit_step};

SK_NATIVE(lock_acquire, "async acquire(self)", "Take the lock, waiting until it is free; give True.") {
  return sk_await_new(vm, &acquire_ops, args[0], SK_NONE, SK_NONE);
}
SK_NATIVE(lock_release_m, "release(self)", "Free the lock and wake the task that has waited longest.") {
  lock_release(vm, lock_of(args[0]));
  return SK_NONE;
}
static bool lock_is_plain(SkVm *vm, SkValue self) { return sk_type_of(vm, self) == sk_library_type(vm, &aio_lock_type); }

SK_NATIVE(lock_aenter, "async __aenter__(self)", NULL) {
  SkType *cls = sk_type_of(vm, args[0]);
  if (!lock_is_plain(vm, args[0]) && aio_overrides(vm, cls, "acquire", &lock_acquire_def)) {
    return aio_delegate(vm, sk_call_method0(vm, args[0], sk_intern(vm, "acquire")), SK_NONE);
  }
  return sk_await_new(vm, &enter_ops, args[0], SK_NONE, SK_NONE);
}
SK_NATIVE(lock_aexit, "async __aexit__(self, exc_type, exc, tb)", NULL) {
  SkType *cls = sk_type_of(vm, args[0]);
  bool own = !lock_is_plain(vm, args[0]) && aio_overrides(vm, cls, "release", &lock_release_m_def);
  return sk_await_new(vm, &exit_ops, args[0], own ? SK_NONE : SK_UNSET, SK_NONE);
}
SK_NATIVE(lock_locked, "locked(self)", "Whether the lock is taken.") { (void)vm; return sk_bool(lock_of(args[0])->locked); }

/* ---- the class ---- */

static SkValue lock_repr(SkVm *vm, SkValue self) {
  return aio_repr(vm, self, lock_of(self)->locked ? "locked" : "unlocked", &lock_of(self)->waiters);
}
static SkValue lock_waiters(SkVm *vm, SkValue self) { return aio_waiters_view(vm, self, &lock_of(self)->waiters); }
static SkValue lock_locked_get(SkVm *vm, SkValue self) { (void)vm; return sk_bool(lock_of(self)->locked); }
static SkValue lock_loop(SkVm *vm, SkValue self) { return aio_loop_get(vm, lock_of(self)->loop); }
static void lock_loop_set(SkVm *vm, SkValue self, SkValue v) { sk_write(vm, lock_of(self), &lock_of(self)->loop, v); }

static const SkAttrDef lock_attrs[] = {
    SK_METHOD(lock_acquire), SK_METHOD(lock_release_m), SK_METHOD(lock_locked), SK_METHOD(lock_aenter), SK_METHOD(lock_aexit),
    SK_GETSET("_waiters", lock_waiters, NULL, NULL), SK_GETSET("_locked", lock_locked_get, NULL, NULL),
    SK_GETSET("_loop", lock_loop, lock_loop_set, NULL), SK_DICT_ATTR, SK_ATTRS_END};

const SkTypeDef aio_lock_type = {
    .name = "asyncio.locks.Lock", .doc = "A lock for tasks: one holds it, the others wait in line.", .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(AioLock), .flags = AIO_CLASS, .slots = {.repr = lock_repr}, .attrs = lock_attrs,
    .new_ = &lock_new_def, .init_ = &lock_init_def, .trace = lock_trace};
