/* queue.c - asyncio.Queue: the object, its storage, putting and getting without waiting.  Layer 7b.
 *
 * Items lie in a ring.  A class that overrides the storage (_init, _get, _put, as PriorityQueue does) or the questions about it
 * (qsize, empty, full) is asked instead; and once a script has looked at the attribute _queue, the items live in the object it got.
 *
 *   item i   ring[(start + i) & (size - 1)], while |storage| is UNSET; else storage.append, popleft, len
 */
#include "vm/task/aio_queue.h"

void queue_trace(SkMarker *m, SkObject *o) {
  AioQueue *q = (AioQueue *)o;
  sk_mark(m, q->loop);
  sk_mark(m, q->maxsize);
  sk_mark(m, q->storage);
  sk_mark_ptr(m, q->finished);
  aio_waiters_trace(m, &q->getters);
  aio_waiters_trace(m, &q->putters);
  if (!q->ring) return;
  sk_mark_cell(m, q->ring);
  for (size_t i = 0; i < q->count; i++) sk_mark(m, q->ring->items[(q->start + i) & (q->ring->count - 1)]);
}

/* ---- the ring ------------------------------------------------------------------------------------------------------------- */

static void ring_grow(SkVm *vm, AioQueue *q) {
  size_t room = q->ring ? q->ring->count : 0;
  SkValues *ring = sk_values_new(vm, room ? room * 2 : 8);
  for (size_t i = 0; i < q->count; i++) ring->items[i] = q->ring->items[(q->start + i) & (room - 1)];
  sk_write_ptr(vm, q, &q->ring, ring);
  q->start = 0;
}

static void ring_push(SkVm *vm, AioQueue *q, SkValue v) {
  if (SK_UNLIKELY(!q->ring || q->count == q->ring->count)) ring_grow(vm, q);
  sk_barrier(vm, q);
  q->ring->items[(q->start + q->count++) & (q->ring->count - 1)] = v;
}

static SkValue ring_pop(SkVm *vm, AioQueue *q) {
  if (!q->count) sk_raisef(vm, SK_T_IndexError, "pop from an empty deque");
  SkValue *slot = &q->ring->items[q->start], v = *slot;
  *slot = SK_NONE;
  q->start = (q->start + 1) & (q->ring->count - 1);
  q->count--;
  return v;
}

/* ---- storage, whoever has it ------------------------------------------------------------------------------------------------ */

SkValue queue_items(SkVm *vm, AioQueue *q) {
  if (!sk_is_unset(q->storage)) return sk_from_ptr(sk_to_list(vm, q->storage));
  SkList *items = sk_list_new(vm, q->count);
  for (size_t i = 0; i < q->count; i++) sk_list_append(vm, items, q->ring->items[(q->start + i) & (q->ring->count - 1)]);
  return sk_from_ptr(items);
}

SkValue queue_storage(SkVm *vm, AioQueue *q) {
  if (!sk_is_unset(q->storage)) return q->storage;
  SkValue deque = sk_call1(vm, sk_getattr_cstr(vm, task_import(vm, "collections"), "deque"), queue_items(vm, q));
  sk_write(vm, q, &q->storage, deque);
  q->ring = NULL;
  q->start = q->count = 0;
  return deque;
}

SkValue queue_get_stock(SkVm *vm, AioQueue *q) {
  return sk_is_unset(q->storage) ? ring_pop(vm, q) : sk_call_method0(vm, q->storage, sk_intern(vm, "popleft"));
}
void queue_put_stock(SkVm *vm, AioQueue *q, SkValue item) {
  if (sk_is_unset(q->storage)) ring_push(vm, q, item);
  else sk_call_method1(vm, q->storage, SK_NAME(vm, append), item);
}
int64_t queue_size_stock(SkVm *vm, AioQueue *q) { return sk_is_unset(q->storage) ? (int64_t)q->count : sk_len(vm, q->storage); }

static SkValue hook0(SkVm *vm, AioQueue *q, const char *name) { return sk_call_method0(vm, sk_from_ptr(q), sk_intern(vm, name)); }

static SkValue item_get(SkVm *vm, AioQueue *q) { return q->hooks & QUEUE_GET ? hook0(vm, q, "_get") : queue_get_stock(vm, q); }
static void item_put(SkVm *vm, AioQueue *q, SkValue item) {
  if (q->hooks & QUEUE_PUT) sk_call_method1(vm, sk_from_ptr(q), sk_intern(vm, "_put"), item);
  else queue_put_stock(vm, q, item);
}

bool queue_empty_stock(SkVm *vm, AioQueue *q) { return sk_is_unset(q->storage) ? q->count == 0 : !sk_truth(vm, q->storage); }
bool queue_empty(SkVm *vm, AioQueue *q) {
  return SK_UNLIKELY(q->hooks & QUEUE_EMPTY) ? sk_truth(vm, hook0(vm, q, "empty")) : queue_empty_stock(vm, q);
}

bool queue_full_stock(SkVm *vm, AioQueue *q) {
  if (SK_LIKELY(sk_is_smallint(q->maxsize) && !(q->hooks & QUEUE_SIZE))) {
    int64_t max = sk_smallint_get(q->maxsize);
    return max > 0 && queue_size_stock(vm, q) >= max;
  }
  if (sk_compare_bool(vm, SK_CMP_LE, q->maxsize, sk_smallint(0))) return false;
  SkValue size = q->hooks & QUEUE_SIZE ? hook0(vm, q, "qsize") : sk_int_new(vm, queue_size_stock(vm, q));
  return sk_compare_bool(vm, SK_CMP_GE, size, q->maxsize);
}
bool queue_full(SkVm *vm, AioQueue *q) {
  return SK_UNLIKELY(q->hooks & QUEUE_FULL) ? sk_truth(vm, hook0(vm, q, "full")) : queue_full_stock(vm, q);
}

/* ---- without waiting ---------------------------------------------------------------------------------------------------------- */

/* As in CPython's deques: a waiter leaves when it is woken, or is passed over as cancelled; else when its task goes on. */
static void leave(SkVm *vm, SkAwait *a, AioWaiters *w) {
  if (a->prev || w->list.first == a) aio_resumed(vm, a, w);
}

static bool wake_first(SkVm *vm, AioWaiters *w) {
  for (SkAwait *a; (a = w->list.first);) {
    bool waits = sk_await_phase(a) == AIO_WAITING;
    aio_resumed(vm, a, w);
    if (!waits) continue;
    aio_wake(vm, a, w, true);
    return true;
  }
  return aio_wake_stranger(vm, w, SK_NONE, true);
}

void queue_wake_next(SkVm *vm, AioWaiters *w) { wake_first(vm, w); }

void queue_put_now(SkVm *vm, AioQueue *q, SkValue item) {
  if (q->shut) aio_raise_plain(vm, SK_T_QueueShutDown);
  if (queue_full(vm, q)) aio_raise_plain(vm, SK_T_QueueFull);
  item_put(vm, q, item);
  q->unfinished++;
  q->finished->set = false;
  queue_wake_next(vm, &q->getters);
}

SkValue queue_get_now(SkVm *vm, AioQueue *q) {
  if (queue_empty(vm, q)) aio_raise_plain(vm, q->shut ? SK_T_QueueShutDown : SK_T_QueueEmpty);
  SkValue item = item_get(vm, q);
  queue_wake_next(vm, &q->putters);
  return item;
}

void queue_task_done(SkVm *vm, AioQueue *q) {
  if (q->unfinished <= 0) sk_raise_value(vm, "task_done() called too many times");
  if (--q->unfinished == 0) aio_event_set(vm, q->finished);
}

/* Everybody who waits looks again and finds the queue shut. */
static void wake_all(SkVm *vm, AioWaiters *w) {
  while (wake_first(vm, w)) {}
}

void queue_shutdown(SkVm *vm, AioQueue *q, bool immediate) {
  q->shut = true;
  if (immediate) {
    while (!queue_empty(vm, q)) {
      item_get(vm, q);
      if (q->unfinished > 0) q->unfinished--;
    }
    if (q->unfinished == 0) aio_event_set(vm, q->finished);
  }
  wake_all(vm, &q->getters);
  wake_all(vm, &q->putters);
}

/* ---- put and get --------------------------------------------------------------------------------------------------------------- */

static bool put_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  AioQueue *q = queue_of(a->self);
  if (sk_await_phase(a) != AIO_NEW) leave(vm, a, &q->putters);
  if (queue_full(vm, q)) {
    if (q->shut) aio_raise_plain(vm, SK_T_QueueShutDown);
    return aio_wait(vm, a, &q->loop, &q->putters, out);
  }
  *out = SK_NONE;
  if (SK_UNLIKELY(q->hooks & QUEUE_PUT_NOWAIT)) *out = sk_call_method1(vm, a->self, sk_intern(vm, "put_nowait"), a->a);
  else queue_put_now(vm, q, a->a);
  return true;
}

static bool get_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  AioQueue *q = queue_of(a->self);
  if (sk_await_phase(a) != AIO_NEW) leave(vm, a, &q->getters);
  if (queue_empty(vm, q)) {
    if (q->shut) aio_raise_plain(vm, SK_T_QueueShutDown);
    return aio_wait(vm, a, &q->loop, &q->getters, out);
  }
  *out = SK_UNLIKELY(q->hooks & QUEUE_GET_NOWAIT) ? hook0(vm, q, "get_nowait") : queue_get_now(vm, q);
  return true;
}

/* One that was woken and can't use it lets the next in line have it. */
static bool put_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  (void)out;
  AioQueue *q = queue_of(a->self);
  leave(vm, a, &q->putters);
  if (sk_await_phase(a) == AIO_WOKEN && !queue_full(vm, q)) queue_wake_next(vm, &q->putters);
  sk_raise_exc(vm, exc);
}
static bool get_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  (void)out;
  AioQueue *q = queue_of(a->self);
  leave(vm, a, &q->getters);
  if (sk_await_phase(a) == AIO_WOKEN && !queue_empty(vm, q)) queue_wake_next(vm, &q->getters);
  sk_raise_exc(vm, exc);
}
static bool put_abort(SkVm *vm, SkAwait *a) { return aio_abort(vm, a, &queue_of(a->self)->putters, true); }
static bool get_abort(SkVm *vm, SkAwait *a) { return aio_abort(vm, a, &queue_of(a->self)->getters, true); }

const SkAwaitOps queue_put_ops = {.name = "put", .qualname = "Queue.put", .step = put_step, .thrown = put_thrown, .abort = put_abort};
const SkAwaitOps queue_get_ops = {.name = "get", .qualname = "Queue.get", .step = get_step, .thrown = get_thrown, .abort = get_abort};

/* join() is the wait for an event, begun when it is awaited. */
static bool join_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  *out = SK_NONE;
  if (sk_await_phase(a) == AIO_NEW) {
    if (queue_of(a->self)->unfinished <= 0) return true;
    sk_write(vm, a, &a->a, aio_event_wait(vm, queue_of(a->self)->finished));
    sk_await_set_phase(a, AIO_WAITING);
  }
  bool finished = sk_awaitable_send(vm, a->a, sent, out);
  if (finished) *out = SK_NONE;
  return finished;
}
static bool join_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) { return sk_awaitable_throw(vm, a->a, exc, out); }
const SkAwaitOps queue_join_ops = {.name = "join", .qualname = "Queue.join", .step = join_step, .thrown = join_thrown};
