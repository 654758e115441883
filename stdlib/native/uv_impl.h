/* uv_impl.h - the outside world on libuv: what the uv_*.c files share.  Layer 8.
 *
 *   UvState   one per VM, a heap object: marks what malloc'ed records hold, closes all loops when the VM ends
 *   UvLoop    the poller of one SkLoop: a uv_loop_t, made when the loop first has something to wait for
 *   UvWatch   a descriptor that somebody waits for: two sides, reading and writing, each with one taker
 *   UvRequest work on libuv's threads that a task waits for
 *
 * Callbacks of libuv run inside UvLoop's poll with the VM's lock held, each under sk_protect: what they raise is kept and raised
 * when libuv has returned.  A Value in a malloc'ed record is stored with sk_write(vm, u->state, ...): the state traces it.
 * Watches are kept per descriptor number for the loop's life and only switched on and off, so that closing a descriptor needs no
 * callback; who closes one that may be watched calls uv_watch_forget() first.
 */
#ifndef SK_STDLIB_UV_IMPL_H
#define SK_STDLIB_UV_IMPL_H

#include <uv.h>

#include "stdlib/native/native.h"
#include "stdlib/native/native_type.h"
#include "vm/object/bytes.h"
#include "vm/run/thread.h"
#include "vm/task/task.h"

typedef struct UvLoop UvLoop;
typedef struct UvRequest UvRequest;
typedef struct UvState UvState;

enum { UV_SLAB = 64 * 1024 };
typedef enum UvDirection { UV_READING, UV_WRITING } UvDirection;

/* |object| can go on; |fd| is ready, or broken. */
typedef void UvReady(SkVm *vm, UvLoop *u, int fd, SkValue object);
typedef struct UvSide { SkValue object; UvReady *ready; } UvSide; /* object UNSET: nobody waits */
typedef struct UvWatch { uv_poll_t poll; UvLoop *owner; int fd, armed /* UV_READABLE | UV_WRITABLE */; UvSide side[2]; } UvWatch;

/* What another library runs on a loop (libcurl): traced with it, closed before it. */
typedef struct UvExtra { void *data; void (*close)(UvLoop *u); void (*trace)(SkMarker *m, const UvLoop *u); } UvExtra;

struct UvLoop {
  SkPoller poller;        /* first: SkLoop.poller is this record */
  uv_loop_t uv;
  uv_async_t async;       /* ends a poll of this loop that waits; with the VM's lock */
  uv_timer_t timer;       /* ends it in time */
  uv_poll_t wake;         /* sk_thread_wake_fd, while the main thread polls this loop */
  SkVm *vm;
  SkLoop *loop;           /* not traced: a loop that dies takes its poller along */
  UvState *state;
  UvLoop *next;
  UvWatch **watches;      /* by descriptor */
  int watch_room;
  uint32_t takers;        /* sides with somebody, and requests */
  char *slab;             /* UV_SLAB bytes that reads go to first; made when needed */
  UvExtra extra;
  bool wakes;             /* |wake| is on */
  bool closing, changed;  /* changed: what the kernel is to watch differs from what it watches */
};

struct UvState {
  SkObject head;
  UvLoop *loops;
  UvRequest *requests;
  SkValue error;          /* first thing that a callback raised, UNSET: nothing */
};

/* ---- uv_loop.c ---- */
UvState *uv_state(SkVm *vm);
UvLoop *uv_loop_of(SkVm *vm, SkLoop *l);         /* its poller, made when missing; RuntimeError when the loop is closed */
UvLoop *uv_running(SkVm *vm);                    /* of the running loop; RuntimeError outside */
SkLoop *uv_loop_arg(SkVm *vm, SkValue v);        /* an engine loop, or a Python loop object with _engine */
/* Runs fn(vm, arg) from a callback of libuv; what it raises is kept. */
bool uv_guard(UvLoop *u, void (*fn)(SkVm *vm, void *arg), void *arg);
char *uv_slab(SkVm *vm, UvLoop *u);
SK_NORETURN void uv_raise(SkVm *vm, int code);   /* OSError of a negative result of libuv */

/* ---- uv_watch.c ---- */
UvWatch *uv_watch_at(UvLoop *u, int fd);         /* NULL: never watched */
void uv_watch_set(SkVm *vm, UvLoop *u, int fd, UvDirection d, SkValue object, UvReady *ready);
bool uv_watch_clear(UvLoop *u, int fd, UvDirection d); /* false: nobody waited */
void uv_watch_forget(UvLoop *u, int fd);
void uv_watches_trace(SkMarker *m, const UvLoop *u);
void uv_watches_close(UvLoop *u);
extern const SkNativeDef *const uv_watch_functions[];
extern const SkNativeDef *const uv_fd_functions[];     /* uv_fd.c */

/* ---- uv_request.c ---- */
struct UvRequest {
  uv_work_t work;
  UvLoop *u;
  UvRequest *prev, *next;
  SkValue await;                                   /* SkAwait that waits for it; UNSET: given up */
  void (*run)(UvRequest *r);                       /* on a thread of the pool: nothing of the VM may be touched */
  SkValue (*result)(SkVm *vm, UvRequest *r);       /* in the waiting task; may raise */
  void (*drop)(UvRequest *r);                      /* frees what run made and the request itself */
};
/* In the step of an await: |r| (calloc'ed, first member of a bigger record) goes to the pool and the task waits; afterwards the result. */
bool uv_request_begin(SkVm *vm, SkAwait *a, UvRequest *r, SkValue *out);
bool uv_request_end(SkVm *vm, SkAwait *a, SkValue *out);
bool uv_request_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out); /* for ops->thrown and ops->abort */
bool uv_request_abort(SkVm *vm, SkAwait *a);
void uv_requests_trace(SkMarker *m, const UvState *s);
extern const SkNativeDef *const uv_resolve_functions[]; /* uv_resolve.c */
extern const SkNativeDef *const uv_file_functions[];    /* uv_file.c */

/* ---- classes ---- */
extern const SkTypeDef sk_uv_transport_type, sk_uv_reader_type, sk_uv_writer_type;
SkValue uv_reader_feed(SkVm *vm, SkValue reader, const char *p, size_t n); /* uv_reader.c */

#endif
