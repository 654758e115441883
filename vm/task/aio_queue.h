/* aio_queue.h - asyncio.Queue between queue.c (what it does) and queue_type.c (the class).  Layer 7b. */
#ifndef SK_TASK_AIO_QUEUE_H
#define SK_TASK_AIO_QUEUE_H

#include "vm/task/aio_impl.h"

enum { /* what the instance's class has of its own */
  QUEUE_INIT = 1, QUEUE_GET = 2, QUEUE_PUT = 4, QUEUE_SIZE = 8, QUEUE_EMPTY = 16, QUEUE_FULL = 32, QUEUE_GET_NOWAIT = 64, QUEUE_PUT_NOWAIT = 128
};

typedef struct AioQueue {
  SkObject head;
  SkValue loop, maxsize;
  SkValue storage;           /* UNSET: the ring; else the object that holds the items */
  SkValues *ring;            /* NULL: nothing yet */
  size_t start, count;       /* in the ring */
  AioWaiters getters, putters;
  AioEvent *finished;        /* set while unfinished is 0 */
  int64_t unfinished;
  uint32_t hooks;
  bool shut;
} AioQueue;

SK_INLINE AioQueue *queue_of(SkValue v) { return (AioQueue *)sk_ptr(v); }

void queue_trace(SkMarker *m, SkObject *o);
SkValue queue_items(SkVm *vm, AioQueue *q);     /* a new list */
SkValue queue_storage(SkVm *vm, AioQueue *q);   /* the attribute _queue: the items move into a deque */
/* What the methods do that a subclass may override ... */
SkValue queue_get_stock(SkVm *vm, AioQueue *q);
void queue_put_stock(SkVm *vm, AioQueue *q, SkValue item);
int64_t queue_size_stock(SkVm *vm, AioQueue *q);
bool queue_empty_stock(SkVm *vm, AioQueue *q);
bool queue_full_stock(SkVm *vm, AioQueue *q);
/* ... and the same, overrides asked. */
bool queue_empty(SkVm *vm, AioQueue *q);
bool queue_full(SkVm *vm, AioQueue *q);
void queue_wake_next(SkVm *vm, AioWaiters *w);
void queue_put_now(SkVm *vm, AioQueue *q, SkValue item);
SkValue queue_get_now(SkVm *vm, AioQueue *q);
void queue_task_done(SkVm *vm, AioQueue *q);
void queue_shutdown(SkVm *vm, AioQueue *q, bool immediate);

extern const SkAwaitOps queue_put_ops, queue_get_ops, queue_join_ops;

#endif
