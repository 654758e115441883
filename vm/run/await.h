/* await.h - coroutines written in C.  Layer 7.
 *
 * A native `async def`: calling it makes an SkAwait, `await` drives ops->step until that finishes.  The loop's SEND
 * calls step directly, so awaiting a native costs a C call and no frame.  To scripts it is a coroutine: it has send,
 * throw, close, cr_await ..., and says so when it was never awaited.
 *
 *   async def get(self):                      SK_NATIVE(queue_get, "get(self, /)", "...") {
 *       while not self.items:                   return sk_await_new(vm, &get_ops, args[0], SK_NONE, SK_NONE);
 *           await woken                       }
 *       return self.items.pop()               static bool get_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
 *                                               if (count == 0) { waiters_append(...); *out = sk_park(vm, a); return false; }
 *                                               *out = pop(...); return true;
 *                                             }
 */
#ifndef SK_RUN_AWAIT_H
#define SK_RUN_AWAIT_H

#include "vm/object/gen.h"

SK_C_BEGIN

typedef struct SkAwait SkAwait;
typedef struct SkTask SkTask;

typedef struct SkAwaitOps {
  const char *name, *qualname; /* "get", "Queue.get": __name__ and __qualname__ */
  const char *waits_for;       /* in the deadlock report: "Queue.get"; NULL: qualname */
  /* Runs until it finishes or must wait.  True: finished, *out is the result.  False: *out is what goes up to the
   * task's driver (what sk_park returned).  Called again with what was sent.  May raise: then it has finished. */
  bool (*step)(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out);
  /* |exc| is raised where it waits (it has left its waiter list already).  Results as for step; NULL: raises exc. */
  bool (*thrown)(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out);
  /* A canceller ends the wait: undo it completely (leave lists, stop timers) and return true, or false: this wait can't be
   * cut short (the task wakes when what it waits for is there).  Must not raise.  NULL: sk_waiters_remove if linked, true. */
  bool (*abort)(SkVm *vm, SkAwait *a);
} SkAwaitOps;

/* In head.aux, low 3 bits: why step or thrown is being called.  SK_AWAIT_ENTERED is set while they run and stays set when they raise. */
typedef enum SkAwaitState {
  SK_AWAIT_NEW,     /* never awaited */
  SK_AWAIT_WAITING, /* step returned false; linked or parked */
  SK_AWAIT_WOKEN,   /* what it waited for is there; step will be called */
  SK_AWAIT_ABORTED, /* a canceller ended the wait; thrown will be called */
  SK_AWAIT_DONE
} SkAwaitState;
enum { SK_AWAIT_ENTERED = 8 };

typedef struct SkWaiters SkWaiters;

struct SkAwait {
  SkObject head;         /* aux: SkAwaitState | SK_AWAIT_ENTERED | phase << 4 */
  const SkAwaitOps *ops;
  SkAwait *prev, *next;  /* in |list| */
  SkTask *task;          /* who waits here while parked, else NULL */
  SkValue self, a, b;    /* the object whose method this is; arguments or scratch, as ops like */
};

SK_INLINE bool sk_is_await(SkValue v) { return sk_has_kind(v, SK_KIND_AWAIT); }
SK_INLINE SkAwait *sk_as_await(SkValue v) { sk_assert(sk_is_await(v)); return (SkAwait *)sk_ptr(v); }
SK_INLINE SkAwaitState sk_await_state(const SkAwait *a) { return (SkAwaitState)(a->head.aux & 7); }
SK_INLINE void sk_await_set_state(SkAwait *a, SkAwaitState s) { a->head.aux = (uint16_t)((a->head.aux & ~7) | s); }
/* Finished, raised, or running right now. */
SK_INLINE bool sk_await_over(const SkAwait *a) { return a->head.aux & SK_AWAIT_ENTERED || sk_await_state(a) == SK_AWAIT_DONE; }
/* A step that waits several times keeps here where it is; 0 at birth. */
SK_INLINE unsigned sk_await_phase(const SkAwait *a) { return a->head.aux >> 4; }
SK_INLINE void sk_await_set_phase(SkAwait *a, unsigned phase) { a->head.aux = (uint16_t)((a->head.aux & 15) | phase << 4); }

SkValue sk_await_new(SkVm *vm, const SkAwaitOps *ops, SkValue self, SkValue a, SkValue b);

/* Drives it as SEND does: true and *out the result, or false and *out what it yields.  |exc| UNSET or thrown in. */
bool sk_await_send(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out);
bool sk_await_throw(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out);

/* What `await v` sends to (run's AWAITABLE); raises TypeError.  And one step of anything it may be: generator, native,
 * object with __next__/send/throw.  True: finished, *out the result. */
SkValue sk_await_iter(SkVm *vm, SkValue v);
bool sk_awaitable_send(SkVm *vm, SkValue it, SkValue sent, SkValue *out);
bool sk_awaitable_throw(SkVm *vm, SkValue it, SkValue exc, SkValue *out);

/* ---- waiter lists: FIFO, O(1) removal -------------------------------------------------------------------------- */
/* Embedded in the object that is waited for (|owner|, whose trace function calls sk_waiters_trace). */
struct SkWaiters { SkAwait *first, *last; };
void sk_waiters_append(SkVm *vm, void *owner, SkWaiters *w, SkAwait *a);
void sk_waiters_remove(SkVm *vm, void *owner, SkWaiters *w, SkAwait *a);
SK_INLINE void sk_waiters_trace(SkMarker *m, const SkWaiters *w) {
  sk_mark_ptr(m, w->first);
  sk_mark_ptr(m, w->last);
}
size_t sk_waiters_count(const SkWaiters *w);

SK_C_END

#endif
