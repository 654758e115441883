/* thread_lock.c - _thread.lock and _thread.RLock.  Layer 8.
 *
 * A released lock is free at once, even when others wait: a thread that takes and releases it in a loop need not wait
 * for a switch each time.  Who was woken and has not got it for a millisecond is given it directly.
 */
#include "stdlib/native/thread_impl.h"

enum { PATIENCE_NS = 1000000 };

typedef struct Lock { SkObject head; Waiters waiters; bool locked; } Lock;
typedef struct RLock { Lock lock; uint64_t owner, count; } RLock;

static Lock *lock_of(SkValue v) { return sk_ptr(v); }
static RLock *rlock_of(SkValue v) { return sk_ptr(v); }
static uint64_t ident(SkVm *vm) { return sk_thread_ident(sk_thread_current(vm)); }

static bool lock_take(SkVm *vm, Lock *l, bool blocking, int64_t deadline) {
  if (!l->locked) return l->locked = true;
  if (!blocking) return false;
  Waiter w = {0};
  for (;;) {
    bool in_time = waiters_sleep(vm, &l->waiters, &w, deadline);
    if (w.granted) return true;
    if (!l->locked) {
      waiters_unlink(&l->waiters, &w);
      return l->locked = true;
    }
    if (in_time) continue;
    waiters_unlink(&l->waiters, &w);
    return false;
  }
}

static void lock_give(Lock *l) {
  l->locked = false;
  Waiter *w = l->waiters.first;
  if (!w) return;
  int64_t now = sk_thread_now();
  if (!w->woken_at) {
    w->woken_at = now;
  } else if (now - w->woken_at > PATIENCE_NS) {
    waiters_unlink(&l->waiters, w);
    l->locked = w->granted = true;
  }
  sk_thread_unpark(w->thread);
}

/* blocking and timeout, as both classes' acquire() take them. */
typedef struct Patience { bool blocking; int64_t deadline; } Patience;

static Patience patience(SkVm *vm, SkValue blocking, SkValue timeout) {
  Patience p = {sk_truth(vm, blocking), SK_NO_DEADLINE};
  if (sk_is_smallint(timeout) && sk_smallint_get(timeout) == -1) return p;
  int64_t deadline = deadline_of(vm, timeout);
  bool forever = deadline == SK_NO_DEADLINE && sk_to_double(vm, timeout) == -1;
  if (!p.blocking && !forever) sk_raise_value(vm, "can't specify a timeout for a non-blocking call");
  if (deadline == SK_NO_DEADLINE && !forever) sk_raise_value(vm, "timeout value must be a non-negative number");
  p.deadline = deadline;
  return p;
}

/* ---- lock ---- */

SK_NATIVE(lock_new, "__new__(cls, /)", NULL) {
  return sk_from_ptr(sk_object_new(vm, sk_as_type(args[0]), 0));
}
SkValue thread_allocate_lock(SkVm *vm) { return sk_from_ptr(sk_object_new(vm, sk_library_type(vm, &sk_thread_lock_type), 0)); }

#define LOCK_ACQUIRE(name)                                                                                                  \
  SK_NATIVE(lock_##name, #name "(self, /, blocking=True, timeout=-1)", "Lock the lock. Without arguments waits for it.") { \
    Patience p = patience(vm, args[1], args[2]);                                                                            \
    return sk_bool(lock_take(vm, lock_of(args[0]), p.blocking, p.deadline));                                                \
  }
LOCK_ACQUIRE(acquire)
LOCK_ACQUIRE(acquire_lock)

static SkValue lock_release_checked(SkVm *vm, SkValue self) {
  if (!lock_of(self)->locked) sk_raisef(vm, SK_T_RuntimeError, "release unlocked lock");
  lock_give(lock_of(self));
  return SK_NONE;
}
SK_NATIVE(lock_release, "release(self, /)", "Unlock the lock; any thread may.") { return lock_release_checked(vm, args[0]); }
SK_NATIVE(lock_release_lock, "release_lock(self, /)", "An obsolete name of release().") { return lock_release_checked(vm, args[0]); }
SK_NATIVE(lock_locked, "locked(self, /)", "Whether the lock is locked.") { (void)vm; return sk_bool(lock_of(args[0])->locked); }
SK_NATIVE(lock_locked_lock, "locked_lock(self, /)", "An obsolete name of locked().") { (void)vm; return sk_bool(lock_of(args[0])->locked); }
SK_NATIVE(lock_enter, "__enter__(self, /)", "Lock the lock.") { return sk_bool(lock_take(vm, lock_of(args[0]), true, SK_NO_DEADLINE)); }
SK_NATIVE(lock_exit, "__exit__(self, exc_type=None, exc_value=None, exc_tb=None, /)", "Release the lock.") { return lock_release_checked(vm, args[0]); }
SK_NATIVE(lock_at_fork_reinit, "_at_fork_reinit(self, /)", NULL) {
  Lock *l = lock_of(args[0]);
  (void)vm;
  l->waiters = (Waiters){0};
  l->locked = false;
  return SK_NONE;
}

static SkValue lock_repr(SkVm *vm, SkValue self) {
  return sk_from_ptr(sk_format(vm, "<%s %U object at 0x%lx>", lock_of(self)->locked ? "locked" : "unlocked", sk_type_fullname(vm, sk_type_of(vm, self)), sk_address(self)));
}

static const SkAttrDef lock_attrs[] = {
    SK_METHOD(lock_acquire), SK_METHOD(lock_acquire_lock), SK_METHOD(lock_release), SK_METHOD(lock_release_lock), SK_METHOD(lock_locked),
    SK_METHOD(lock_locked_lock), SK_METHOD(lock_enter), SK_METHOD(lock_exit), SK_METHOD(lock_at_fork_reinit), SK_ATTRS_END};

const SkTypeDef sk_thread_lock_type = {
    .name = "_thread.lock", .doc = "A lock that any thread may release.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Lock),
    .flags = SK_TYPE_FINAL | SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE, .slots = {.repr = lock_repr}, .attrs = lock_attrs, .new_ = &lock_new_def};

/* ---- RLock ---- */

static bool rlock_take(SkVm *vm, RLock *l, bool blocking, int64_t deadline) {
  uint64_t me = ident(vm);
  if (l->lock.locked && l->owner == me) {
    if (l->count == UINT64_MAX) sk_raisef(vm, SK_T_OverflowError, "Internal lock count overflowed");
    l->count++;
    return true;
  }
  if (!lock_take(vm, &l->lock, blocking, deadline)) return false;
  l->owner = me;
  l->count = 1;
  return true;
}

static bool rlock_mine(SkVm *vm, const RLock *l) { return l->lock.locked && l->owner == ident(vm); }

static void rlock_give(RLock *l) {
  l->owner = l->count = 0;
  lock_give(&l->lock);
}

SK_NATIVE(rlock_new, "__new__(cls, /, *args, **kwargs)", NULL) { return sk_from_ptr(sk_object_new(vm, sk_as_type(args[0]), 0)); }
SK_NATIVE(rlock_acquire, "acquire(self, /, blocking=True, timeout=-1)", "Lock the lock, once more if this thread has it.") {
  Patience p = patience(vm, args[1], args[2]);
  return sk_bool(rlock_take(vm, rlock_of(args[0]), p.blocking, p.deadline));
}
static SkValue rlock_release_checked(SkVm *vm, SkValue self) {
  RLock *l = rlock_of(self);
  if (!rlock_mine(vm, l)) sk_raisef(vm, SK_T_RuntimeError, "cannot release un-acquired lock");
  if (--l->count == 0) rlock_give(l);
  return SK_NONE;
}
SK_NATIVE(rlock_release, "release(self, /)", "Take back one acquire() of this thread.") { return rlock_release_checked(vm, args[0]); }
SK_NATIVE(rlock_enter, "__enter__(self, /)", "Lock the lock.") { return sk_bool(rlock_take(vm, rlock_of(args[0]), true, SK_NO_DEADLINE)); }
SK_NATIVE(rlock_exit, "__exit__(self, exc_type=None, exc_value=None, exc_tb=None, /)", "Release the lock.") { return rlock_release_checked(vm, args[0]); }
SK_NATIVE(rlock_is_owned, "_is_owned(self, /)", "Whether this thread has the lock.") { return sk_bool(rlock_mine(vm, rlock_of(args[0]))); }
SK_NATIVE(rlock_recursion_count, "_recursion_count(self, /)", "How often this thread has the lock.") {
  return rlock_mine(vm, rlock_of(args[0])) ? sk_int_from_u64(vm, rlock_of(args[0])->count) : sk_smallint(0);
}
SK_NATIVE(rlock_release_save, "_release_save(self, /)", "Release it wholly; what it returns restores it.") {
  RLock *l = rlock_of(args[0]);
  if (!l->lock.locked) sk_raisef(vm, SK_T_RuntimeError, "cannot release un-acquired lock");
  SkValue state = sk_from_ptr(sk_tuple_pack(vm, 2, sk_int_from_u64(vm, l->count), sk_int_from_u64(vm, l->owner)));
  rlock_give(l);
  return state;
}
SK_NATIVE(rlock_acquire_restore, "_acquire_restore(self, state, /)", "Take it as it was before _release_save().") {
  RLock *l = rlock_of(args[0]);
  uint64_t count, owner;
  if (!sk_is_tuple(args[1]) || sk_as_tuple(args[1])->count != 2 || !sk_int_get_u64(sk_as_tuple(args[1])->items[0], &count) ||
      !sk_int_get_u64(sk_as_tuple(args[1])->items[1], &owner)) {
    sk_raise_type(vm, "_acquire_restore() takes what _release_save() returned");
  }
  lock_take(vm, &l->lock, true, SK_NO_DEADLINE);
  l->count = count;
  l->owner = owner;
  return SK_NONE;
}
SK_NATIVE(rlock_at_fork_reinit, "_at_fork_reinit(self, /)", NULL) {
  RLock *l = rlock_of(args[0]);
  (void)vm;
  l->lock.waiters = (Waiters){0};
  l->lock.locked = false;
  l->owner = l->count = 0;
  return SK_NONE;
}

static SkValue rlock_repr(SkVm *vm, SkValue self) {
  RLock *l = rlock_of(self);
  return sk_from_ptr(sk_format(vm, "<%s %U object owner=%llu count=%llu at 0x%lx>", l->lock.locked ? "locked" : "unlocked",
                               sk_type_fullname(vm, sk_type_of(vm, self)), (unsigned long long)l->owner, (unsigned long long)l->count, sk_address(self)));
}

static void rlock_trace(SkMarker *m, SkObject *o) { sk_trace_attributes(m, o); }

static const SkAttrDef rlock_attrs[] = {
    SK_METHOD(rlock_acquire), SK_METHOD(rlock_release), SK_METHOD(rlock_enter), SK_METHOD(rlock_exit), SK_METHOD(rlock_is_owned),
    SK_METHOD(rlock_recursion_count), SK_METHOD(rlock_release_save), SK_METHOD(rlock_acquire_restore), SK_METHOD(rlock_at_fork_reinit), SK_ATTRS_END};

const SkTypeDef sk_thread_rlock_type = {
    .name = "_thread.RLock", .doc = "A lock that its owner may take again.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(RLock),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE, .slots = {.repr = rlock_repr}, .attrs = rlock_attrs, .new_ = &rlock_new_def, .trace = rlock_trace};
