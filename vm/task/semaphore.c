/* semaphore.c - asyncio.Semaphore and BoundedSemaphore.  Layer 7b.
 *
 * release() gives a unit to the first waiter by taking it off the counter at once, so that nobody can come in between; a waiter
 * that is cancelled after that gives it back.  Each waiter that goes on hands out what is left.
 */
#include <stdio.h>

#include "vm/task/aio_impl.h"

typedef struct AioSemaphore { SkObject head; SkValue loop; AioWaiters waiters; int64_t value, bound; } AioSemaphore;

static AioSemaphore *sem_of(SkValue v) { return (AioSemaphore *)sk_ptr(v); }

static void sem_trace(SkMarker *m, SkObject *o) {
  AioSemaphore *s = (AioSemaphore *)o;
  sk_mark(m, s->loop);
  aio_waiters_trace(m, &s->waiters);
}

static SkValue sem_new(SkVm *vm, const SkValue *args) {
  AioSemaphore *s = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  s->loop = SK_NONE;
  s->value = s->bound = 1;
  return sk_from_ptr(s);
}
static const SkNativeDef sem_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, sem_new};

static SkValue sem_init(SkVm *vm, const SkValue *args) {
  aio_refuse_loop(vm, args[0], args[2]);
  if (!sk_is_smallint(args[1]) && sk_compare_bool(vm, SK_CMP_LT, args[1], sk_smallint(0))) sk_raise_value(vm, "Semaphore initial value must be >= 0");
  int64_t value = sk_to_index(vm, args[1]);
  if (value < 0) sk_raise_value(vm, "Semaphore initial value must be >= 0");
  sem_of(args[0])->value = sem_of(args[0])->bound = value;
  return SK_NONE;
}
static const SkNativeDef sem_init_def = {"__init__(self, value=1, *, loop=?)", NULL, sem_init};

/* ---- giving units to waiters ---- */

static bool wake_next(SkVm *vm, AioSemaphore *s) {
  SkAwait *a = s->waiters.list.first;
  if (SK_LIKELY(!a && !s->waiters.strangers)) return false;
  s->value--;
  if (a) {
    aio_wake(vm, a, &s->waiters, false);
    return true;
  }
  bool woken = aio_wake_stranger(vm, &s->waiters, SK_TRUE, false);
  if (!woken) s->value++;
  return woken;
}

static bool stranger_waits(SkVm *vm, const AioWaiters *w) {
  for (size_t i = 0; w->strangers && i < w->strangers->count; i++) {
    if (!sk_truth(vm, sk_call_method0(vm, sk_list_items(w->strangers)[i], sk_intern(vm, "cancelled")))) return true;
  }
  return false;
}
static bool sem_is_locked(SkVm *vm, const AioSemaphore *s) {
  return s->value == 0 || s->waiters.live || (s->waiters.strangers && stranger_waits(vm, &s->waiters));
}

static void give_rest(SkVm *vm, AioSemaphore *s) {
  while (s->value > 0 && wake_next(vm, s)) {}
}

/* ---- acquire and `async with` ---- */

static bool sem_step(SkVm *vm, SkAwait *a, AioSemaphore *s, SkValue *out) {
  if (sk_await_phase(a) == AIO_NEW) {
    if (sem_is_locked(vm, s)) return aio_wait(vm, a, &s->loop, &s->waiters, out);
    s->value--;
    return true;
  }
  aio_resumed(vm, a, &s->waiters);
  give_rest(vm, s);
  return true;
}
static bool acquire_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (!sem_step(vm, a, sem_of(a->self), out)) return false;
  *out = SK_TRUE;
  return true;
}
static bool enter_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (!sem_step(vm, a, sem_of(a->self), out)) return false;
  *out = SK_NONE;
  return true;
}
static bool acquire_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  (void)out;
  AioSemaphore *s = sem_of(a->self);
  aio_resumed(vm, a, &s->waiters);
  if (sk_await_phase(a) == AIO_WOKEN && aio_is_cancel(vm, exc)) s->value++;
  give_rest(vm, s);
  sk_raise_exc(vm, exc);
}
static bool acquire_abort(SkVm *vm, SkAwait *a) { return aio_abort(vm, a, &sem_of(a->self)->waiters, false); }

static const SkAwaitOps acquire_ops = {.name = "acquire", .qualname = "Semaphore.acquire", .step = acquire_step, .thrown = acquire_thrown,
                                       .abort = acquire_abort};
static const SkAwaitOps enter_ops = {.name = "__aenter__", .qualname = "_ContextManagerMixin.__aenter__", .waits_for = "Semaphore.acquire",
                                     .step = enter_step, .thrown = acquire_thrown, .abort = acquire_abort};

static void sem_release(SkVm *vm, AioSemaphore *s) {
  s->value++;
  wake_next(vm, s);
}
static bool is_bounded(SkVm *vm, SkValue self) { return sk_type_of(vm, self)->def == &aio_bounded_semaphore_type; }
static void bounded_release(SkVm *vm, AioSemaphore *s) {
  if (s->value >= s->bound) sk_raise_value(vm, "BoundedSemaphore released too many times");
  sem_release(vm, s);
}

static bool exit_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  AioSemaphore *s = sem_of(a->self);
  if (!sk_is_unset(a->a)) sk_call_method0(vm, a->self, sk_intern(vm, "release")); /* a subclass has its own */
  else if (is_bounded(vm, a->self)) bounded_release(vm, s);
  else sem_release(vm, s);
  *out = SK_NONE;
  return true;
}
static const SkAwaitOps exit_ops = {.name = "__aexit__", .qualname = "_ContextManagerMixin.__aexit__", .step = exit_step};

SK_NATIVE(sem_acquire, "async acquire(self)", "Take a unit, waiting until there is one; give True.") {
  return sk_await_new(vm, &acquire_ops, args[0], SK_NONE, SK_NONE);
}
SK_NATIVE(sem_release_m, "release(self)", "Give a unit back and wake the task that has waited longest.") {
  sem_release(vm, sem_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(bounded_release_m, "release(self)", "Give a unit back; ValueError when none was taken.") {
  bounded_release(vm, sem_of(args[0]));
  return SK_NONE;
}
static bool sem_is_plain(SkVm *vm, SkValue self) {
  SkType *t = sk_type_of(vm, self);
  return t == sk_library_type(vm, &aio_semaphore_type) || t == aio_bounded_semaphore(vm);
}
SK_NATIVE(sem_aenter, "async __aenter__(self)", NULL) {
  if (!sem_is_plain(vm, args[0]) && aio_overrides(vm, sk_type_of(vm, args[0]), "acquire", &sem_acquire_def)) {
    return aio_delegate(vm, sk_call_method0(vm, args[0], sk_intern(vm, "acquire")), SK_NONE);
  }
  return sk_await_new(vm, &enter_ops, args[0], SK_NONE, SK_NONE);
}
SK_NATIVE(sem_aexit, "async __aexit__(self, exc_type, exc, tb)", NULL) {
  const SkNativeDef *release = is_bounded(vm, args[0]) ? &bounded_release_m_def : &sem_release_m_def;
  bool own = !sem_is_plain(vm, args[0]) && aio_overrides(vm, sk_type_of(vm, args[0]), "release", release);
  return sk_await_new(vm, &exit_ops, args[0], own ? SK_NONE : SK_UNSET, SK_NONE);
}
SK_NATIVE(sem_locked, "locked(self)", "Whether acquire() would have to wait.") { return sk_bool(sem_is_locked(vm, sem_of(args[0]))); }
SK_NATIVE(sem_wake_up_next, "_wake_up_next(self)", "Give a unit to the first waiter; whether there was one.") {
  return sk_bool(wake_next(vm, sem_of(args[0])));
}

/* ---- the classes ---- */

static SkValue sem_repr(SkVm *vm, SkValue self) {
  AioSemaphore *s = sem_of(self);
  char state[48];
  snprintf(state, sizeof state, "unlocked, value:%lld", (long long)s->value);
  return aio_repr(vm, self, sem_is_locked(vm, s) ? "locked" : state, &s->waiters);
}
static SkValue sem_waiters(SkVm *vm, SkValue self) { return aio_waiters_view(vm, self, &sem_of(self)->waiters); }
static void sem_waiters_set(SkVm *vm, SkValue self, SkValue v) {
  sem_of(self)->waiters.strangers = NULL;
  if (sk_is_none(v) || sk_is_unset(v)) return;
  sk_write_ptr(vm, sem_of(self), &sem_of(self)->waiters.strangers, sk_to_list(vm, v));
}
static SkValue sem_value(SkVm *vm, SkValue self) { return sk_int_new(vm, sem_of(self)->value); }
static void sem_value_set(SkVm *vm, SkValue self, SkValue v) { sem_of(self)->value = sk_to_index(vm, v); }
static SkValue sem_bound(SkVm *vm, SkValue self) { return sk_int_new(vm, sem_of(self)->bound); }
static SkValue sem_loop(SkVm *vm, SkValue self) { return aio_loop_get(vm, sem_of(self)->loop); }
static void sem_loop_set(SkVm *vm, SkValue self, SkValue v) { sk_write(vm, sem_of(self), &sem_of(self)->loop, v); }

static const SkAttrDef sem_attrs[] = {
    SK_METHOD(sem_acquire), SK_METHOD(sem_release_m), SK_METHOD(sem_locked), SK_METHOD(sem_aenter), SK_METHOD(sem_aexit),
    SK_METHOD(sem_wake_up_next), SK_GETSET("_waiters", sem_waiters, sem_waiters_set, NULL), SK_GETSET("_value", sem_value, sem_value_set, NULL),
    SK_GETSET("_loop", sem_loop, sem_loop_set, NULL), SK_DICT_ATTR, SK_ATTRS_END};

const SkTypeDef aio_semaphore_type = {
    .name = "asyncio.locks.Semaphore", .doc = "A counter of units that tasks take and give back.", .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(AioSemaphore), .flags = AIO_CLASS, .slots = {.repr = sem_repr}, .attrs = sem_attrs,
    .new_ = &sem_new_def, .init_ = &sem_init_def, .trace = sem_trace};

static const SkAttrDef bounded_attrs[] = {SK_METHOD(bounded_release_m), SK_GETSET("_bound_value", sem_bound, NULL, NULL), SK_ATTRS_END};

const SkTypeDef aio_bounded_semaphore_type = {
    .name = "asyncio.locks.BoundedSemaphore", .doc = "A semaphore that refuses to be released more often than it was acquired.",
    .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(AioSemaphore), .flags = AIO_CLASS,
    .attrs = bounded_attrs, .trace = sem_trace};

SkType *aio_bounded_semaphore(SkVm *vm) {
  SkType *base = sk_library_type(vm, &aio_semaphore_type); /* makes the table, too */
  SkValue key = sk_smallint((int64_t)(uintptr_t)&aio_bounded_semaphore_type);
  SkValue v = sk_dict_get(vm, vm->module_state, key);
  if (sk_is_unset(v)) {
    v = sk_from_ptr(sk_type_from_def_base(vm, &aio_bounded_semaphore_type, base));
    sk_dict_set(vm, vm->module_state, key, v);
  }
  return (SkType *)sk_ptr(v);
}
