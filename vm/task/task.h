/* task.h - tasks, futures, the loop, cancel scopes, groups: the engine behind all three faces.  Layer 7b.
 *
 *   SkLoop   one run: ready queue, timers, all unfinished tasks.  asyncio's event loop object, trio.run and skein.run own one each.
 *   SkFuture a result that comes later, with callbacks; SkTask is one that a coroutine computes.
 *   SkAwait  (vm/run/await.h) a wait in a native; parked tasks hang on one, or on an SkFuture.
 *   SkScope  a cancel scope; every task has an innermost one, parents reach up through groups to the loop's root.
 *   SkGroup  tasks that are joined together; the builtin's has a scope of its own, asyncio's a transparent one.
 *
 * One rule carries everything: a task that waits is on exactly one wait (task->waiting) and in no queue; ending the wait puts
 * it into the ready queue exactly once.  Order is creation order or arrival order everywhere.
 * The rules by number (T1, S2, E3 ...) are in the README of this package.
 */
#ifndef SK_TASK_TASK_H
#define SK_TASK_TASK_H

#include "vm/object/exception.h"
#include "vm/object/func.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"
#include "vm/run/await.h"
#include "vm/run/run.h"

SK_C_BEGIN

typedef struct SkLoop SkLoop;
typedef struct SkFuture SkFuture;
typedef struct SkScope SkScope;
typedef struct SkGroup SkGroup;
typedef struct SkReason SkReason;
typedef struct SkContext SkContext;
typedef struct SkTimer SkTimer;
typedef struct SkPoller SkPoller;

/* ---- per VM (vm->task_state) ------------------------------------------------------------------------------------ */
typedef struct SkTasks {
  SkLoop *running;       /* the loop that runs in this thread, NULL outside */
  uint64_t names;        /* Task-N counter */
  uint64_t tasks_born;
  SkType *future, *task, *handle, *timer_handle, *loop, *timer, *scope, *reason, *group, *async_group; /* made when first asked for */
  SkValue task_factory_hook;
} SkTasks;
SkTasks *sk_tasks(SkVm *vm); /* made on first use; never NULL */

/* The running task, NULL outside of one. vm->task is it; vm->scope its innermost scope while it runs; vm->context its context. */
SK_INLINE SkTask *sk_current_task(const SkVm *vm) { return (SkTask *)vm->task; }
SkTask *sk_need_task(SkVm *vm);  /* RuntimeError "no running event loop" outside */
SkLoop *sk_need_loop(SkVm *vm);

/* ---- futures ------------------------------------------------------------------------------------------------------ */
typedef enum SkFutureState { SK_FUTURE_PENDING, SK_FUTURE_RESULT, SK_FUTURE_ERROR, SK_FUTURE_CANCELLED } SkFutureState;
enum { /* head.aux: SkFutureState | these */
  SK_FUTURE_STATE = 3,
  SK_FUTURE_IS_TASK = 4,
  SK_FUTURE_BLOCKING = 8,     /* _asyncio_future_blocking: just yielded by its await */
  SK_FUTURE_LOG_ERROR = 16,   /* nobody has looked at the error yet */
  SK_FUTURE_NOTICED = 32,     /* its callbacks are in the ready queue (the notice) or ran */
  /* tasks: */
  SK_TASK_MUST_CANCEL = 64,   /* edge cancel pending: raised at the next step (E1, E2) */
  SK_TASK_LEVEL_DUE = 128,    /* a scope's cancel ended its wait: the next step raises Cancelled (S2) */
  SK_TASK_QUEUED = 256,       /* in the ready queue */
  SK_TASK_RUNNING = 512,
  SK_TASK_STARTED = 1024,
  SK_TASK_EDGE_HELD = 2048,   /* an edge cancel waits for a shield to be left (S5) */
  SK_TASK_DAEMON = 4096,
  SK_TASK_EAGER = 8192,
  SK_TASK_NO_LOG_DESTROY = 16384,
  SK_TASK_EDGE_DUE = 32768    /* an edge cancel ended its wait: raised at the next step, uncancel() or not */
};
struct SkFuture {
  SkObject head;
  SkValue loop;      /* SkLoop, or a foreign Python loop object (tests' mocks): callbacks then go through its call_soon() */
  SkValue result;    /* RESULT: value; ERROR: exception; CANCELLED: the message; PENDING task: cancel message */
  SkValue callbacks; /* None, one entry, or SkList of entries: an SkTask that waits, or a tuple (function, context) */
};
SK_INLINE bool sk_is_future(SkValue v) { return sk_has_kind(v, SK_KIND_FUTURE); }
SK_INLINE SkFuture *sk_as_future(SkValue v) { sk_assert(sk_is_future(v)); return (SkFuture *)sk_ptr(v); }
SK_INLINE bool sk_is_task(SkValue v) { return sk_is_future(v) && (sk_object(v)->aux & SK_FUTURE_IS_TASK); }
SK_INLINE SkTask *sk_as_task(SkValue v) { sk_assert(sk_is_task(v)); return (SkTask *)sk_ptr(v); }
SK_INLINE SkFutureState sk_future_state(const SkFuture *f) { return (SkFutureState)(f->head.aux & SK_FUTURE_STATE); }
SK_INLINE bool sk_future_done(const SkFuture *f) { return sk_future_state(f) != SK_FUTURE_PENDING; }

SkFuture *sk_future_new(SkVm *vm, SkLoop *loop);
/* Pending to done; the notice goes into the ready queue: callbacks run one pass later, in order (T3).  InvalidStateError when done. */
void sk_future_set_result(SkVm *vm, SkFuture *f, SkValue v);
void sk_future_set_error(SkVm *vm, SkFuture *f, SkValue exc);
bool sk_future_cancel(SkVm *vm, SkFuture *f, SkValue message); /* false: done already.  Not the method: no override is asked */
SkValue sk_future_result(SkVm *vm, SkFuture *f);              /* raises the error, CancelledError, InvalidStateError */
/* |entry|: a task (made to run), or a tuple (function, context). */
void sk_future_add_callback(SkVm *vm, SkFuture *f, SkValue entry);
/* cancel(msg) of anything future-like, overrides included. */
bool sk_future_cancel_any(SkVm *vm, SkValue future, SkValue message);

/* ---- tasks ----------------------------------------------------------------------------------------------------------- */
struct SkTask {
  SkFuture future;        /* first: a task is a future */
  SkValue coro;           /* None once finished */
  SkValue waiting;        /* None: runnable, running or done; SkAwait, SkFuture or a foreign future it waits on */
  SkValue name;           /* str, or small int n for "Task-n" */
  SkValue reason;         /* SkReason of the last cancel delivered to it, else None: where its errors come from (X2, X3) */
  SkContext *context;
  SkScope *scope;         /* innermost, while it does not run (vm->scope while it runs) */
  SkGroup *group;         /* the group that joins it; the loop's root group for create_task() */
  SkTask *prev, *next;    /* members of |group| in creation order */
  uint32_t cancel_count;  /* cancelling() */
  uint32_t number;        /* arrival: nth task of its VM */
};

/* A task for |coro| (a coroutine or awaitable with send), member of |group|, below |scope|, with a snapshot of the current context
 * unless |context|.  Not scheduled. */
SkTask *sk_task_new(SkVm *vm, SkLoop *loop, SkValue coro, SkGroup *group, SkScope *scope, SkValue name_or_none, SkContext *context);
void sk_task_start(SkVm *vm, SkTask *t);                 /* appends the first step */
/* Task.cancel(): the edge (E1).  False: done already. */
bool sk_task_cancel(SkVm *vm, SkTask *t, SkValue message);
SkStr *sk_task_name(SkVm *vm, SkTask *t);
/* Level delivery to one task (S2): ends its wait if it is parked, abortable and effectively cancelled. */
void sk_task_deliver(SkVm *vm, SkTask *t);

/* ---- waiting --------------------------------------------------------------------------------------------------------- */
/* The running task waits in |a|: returns what step must yield.  Raises Cancelled instead when its scope is effectively
 * cancelled (check before linking: sk_checkpoint). */
SkValue sk_park(SkVm *vm, SkAwait *a);
SkValue sk_park_shielded(SkVm *vm, SkAwait *a);            /* no cancellation is looked at (its abort should return false) */
/* Ends the wait: step goes on when the task's turn comes.  |a| has left its list. */
void sk_wake(SkVm *vm, SkAwait *a);
/* Raises Cancelled if the running task's scope is effectively cancelled; nothing outside tasks. */
void sk_checkpoint(SkVm *vm);
bool sk_cancel_due(SkVm *vm);
/* The task's turn comes: it must be waiting or new. */
void sk_task_ready(SkVm *vm, SkTask *t);
/* The first waiter of a list that still waits, taken off it; NULL: none. */
SkAwait *sk_waiters_pop(SkVm *vm, void *owner, SkWaiters *w);

/* ---- the loop -------------------------------------------------------------------------------------------------------- */
typedef enum SkFace { SK_FACE_ASYNCIO, SK_FACE_SKEIN, SK_FACE_TRIO } SkFace;

/* Something that happens at a time: embedded in nothing, one small heap cell each; lives in the loop's binary heap. */
struct SkTimer {
  SkObject head;
  double when;            /* loop time, seconds */
  uint64_t order;         /* sequence; scope deadlines sort before others of the same instant (T6) */
  uint32_t place;         /* index in the heap + 1; 0: not in it */
  uint32_t urgent;        /* SK_TIMER_QUEUE ... */
  SkValue what;           /* SkAwait (sleep), SkScope, SkHandle, or a callable */
};

struct SkLoop {
  SkObject head;
  SkValue owner;          /* the Python loop object (asyncio), None until somebody asks */
  SkValues *ready;        /* ring of SkValue: SkTask not done = step; future done = its notice; handle; SkAwait = wake it */
  uint32_t ready_first, ready_count;
  SkValues *timers;       /* binary heap of SkTimer */
  uint32_t timer_count, face;
  uint64_t timer_order;
  uint32_t task_count;    /* unfinished */
  uint32_t cancelled_scopes; /* active scopes with a cancel called: 0 makes every checkpoint cheap */
  SkGroup *root;          /* root group; its scope is the root scope */
  SkValue clock;          /* None: monotonic.  Else a Python clock object: current_time(), and idle(seconds_to_next_or_None) -> bool when nothing is ready */
  SkValue main_task, current; /* current: entry that runs now */
  SkType *task_class;     /* of the tasks it spawns, a subclass of Task; NULL: Task itself */
  SkWaiters idle;         /* wait_all_tasks_blocked: woken when nothing else is ready; a->b is the cushion in seconds */
  SkValue plain_create_task; /* the function create_task of the loop object's class, while it only makes a Task; else None */
  SkValue exception_hook; /* callable(context dict): what a callback raised; None: the unraisable hook */
  SkPoller *poller;       /* NULL: timers only */
  bool running, stopping, closed, debug, deadlock_off, debug_used /* debug was on once */;
  bool hosted;            /* the host's: driven by sk_loop_turn and sk_loop_run_until; no error of a task leaves it by itself */
  bool host_waits;        /* between two turns: the poller's descriptor tells the host of what becomes ready or due */
  double idle_since;      /* loop time since which nothing was ready (for |idle|); 0: something was */
  uint64_t sched_seed;    /* -X sched=SEED; 0: FIFO */
  uint64_t steps, arrivals; /* errors' arrival numbers */
  volatile uint32_t threads;  /* native work in flight that will wake the loop */
};
SkLoop *sk_loop_new(SkVm *vm, SkFace face);
/* A future's loop: an engine loop, or a foreign object (then nothing of the engine is used for it). */
SK_INLINE bool sk_is_loop(SkValue v) { return sk_has_kind(v, SK_KIND_LOOP); }
SK_INLINE SkLoop *sk_as_loop(SkValue v) { sk_assert(sk_is_loop(v)); return (SkLoop *)sk_ptr(v); }
void sk_loop_ready(SkVm *vm, SkLoop *l, SkValue entry);   /* append to the ready queue */
double sk_loop_time(SkVm *vm, SkLoop *l);
/* Runs passes until stopped.  Raises what must leave the loop (KeyboardInterrupt, SystemExit, DeadlockError). */
void sk_loop_run(SkVm *vm, SkLoop *l);

/* The host's loop (hosted.c).  A turn runs what is ready for about |budget| nanoseconds, 0: one pass, and never waits. */
typedef enum SkTurn { SK_TURN_IDLE /* nothing to wait for either */, SK_TURN_READY /* more is */, SK_TURN_WAITS } SkTurn;
SkLoop *sk_loop_new_hosted(SkVm *vm);
SkTurn sk_loop_turn(SkVm *vm, SkLoop *l, uint64_t budget, double *seconds /* until the next timer; infinity */);
/* Passes, waiting between them, until |f| is done.  DeadlockError when that can't come any more; the tasks go on waiting. */
void sk_loop_run_until(SkVm *vm, SkLoop *l, SkFuture *f);
/* A descriptor that is readable while a turn has something to do besides timers; -1: there is none. */
int sk_loop_descriptor(SkVm *vm, SkLoop *l);
/* hosted_group.c: a TaskGroup whose body is the host.  join() ends that body and gives the task that ends with the group. */
SkGroup *sk_hosted_group_open(SkVm *vm, SkLoop *l, SkValue name_or_none);
SkTask *sk_hosted_group_spawn(SkVm *vm, SkGroup *g, SkValue coro, SkValue name_or_none);
SkTask *sk_hosted_group_join(SkVm *vm, SkGroup *g);        /* TypeError: it is a script's */
void sk_hosted_group_cancel(SkVm *vm, SkGroup *g, SkValue text_or_none);
/* What a coroutine's task runs: |v| itself, or what awaiting it means; TypeError. */
SkValue sk_task_body(SkVm *vm, SkValue v);
/* task_view.c: an unfinished task as data. */
typedef struct SkTaskView {
  SkTask *task, *parent;      /* |parent|: whose group it is in, or NULL */
  SkStr *name, *group, *waits_for; /* NULL: none */
  const char *state;          /* "new", "ready", "running", "waiting", "cancelling" */
  SkValue frame;              /* its innermost, or None */
  uint32_t depth;
} SkTaskView;
SkList *sk_loop_tasks(SkVm *vm, SkLoop *l);               /* unfinished, parents before children, in order of creation */
SkTaskView sk_task_view(SkVm *vm, SkTask *t);
enum { /* what happens when it is due: |what| goes into the ready queue (one pass for CPython's call_at); the scope is cancelled at once;
          the SkAwait is woken at once */
  SK_TIMER_QUEUE, SK_TIMER_SCOPE, SK_TIMER_WAKE };
SkTimer *sk_timer_add(SkVm *vm, SkLoop *l, double when, SkValue what, unsigned urgent);
void sk_timer_cancel(SkVm *vm, SkLoop *l, SkTimer *t);    /* fine when it is not in the heap */
void sk_timer_move(SkVm *vm, SkLoop *l, SkTimer *t, double when);

/* The outside world (libuv in stdlib/native/uv.c; absent in a core build): chosen per loop when it first needs it. */
struct SkPoller {
  /* Runs what has happened; waits for it at most |seconds| (0: no wait, < 0: no limit) while nothing is ready. */
  void (*poll)(SkVm *vm, SkLoop *l, double seconds);
  bool (*active)(SkVm *vm, SkLoop *l);   /* anything open that could wake a task (deadlock rule D1) */
  void (*wake)(SkVm *vm, SkLoop *l);     /* any thread, signal handler: ends a poll that waits */
  void (*close)(SkVm *vm, SkLoop *l);
  /* For a host that waits by itself: readable when poll has something to do, after wake() and sk_thread_wake_main() too; -1: none. */
  int (*descriptor)(SkVm *vm, SkLoop *l);
  /* Seconds until poll must be called although the descriptor is not readable (another library's timer); < 0: none. */
  double (*due)(SkVm *vm, SkLoop *l);
};
/* vm->hooks.make_poller(vm, loop), installed by the library that has one, gives the SkPoller; l->poller->close ends it. */

/* ---- scopes ------------------------------------------------------------------------------------------------------------ */
enum { /* head.aux of SkScope */
  SK_SCOPE_ENTERED = 1, SK_SCOPE_EXITED = 2, SK_SCOPE_CANCELLED = 4 /* cancel called */, SK_SCOPE_CAUGHT = 8, SK_SCOPE_SHIELD = 16,
  SK_SCOPE_TRANSPARENT = 32 /* asyncio's group or timeout: takes no level cancels itself */, SK_SCOPE_GROUP = 64, SK_SCOPE_ROOT = 128,
  SK_SCOPE_DETACHED = 256 /* its generator is suspended (Y3) */, SK_SCOPE_TIMEOUT = 512 /* asyncio.timeout */
};
struct SkScope {
  SkObject head;
  SkScope *parent;        /* NULL: none, or detached */
  SkTask *task;           /* whose body it is, while entered */
  SkGroup *group;         /* with SK_SCOPE_GROUP */
  SkReason *reason;       /* of the cancel; first cause wins */
  SkTimer *timer;         /* of the deadline while entered */
  double deadline;        /* loop time; infinity: none */
  double relative;        /* seconds from the entry on, until then; infinity: none */
  SkValue where;          /* code object of the statement that opened it (groups), or None */
  int line;               /* there */
};
SkScope *sk_scope_new(SkVm *vm);
void sk_scope_enter(SkVm *vm, SkScope *s);                 /* pushes it on the running task */
/* Pops it.  |exc| None or what leaves the body.  Returns what goes on: None (absorbed or nothing), exc itself, or a smaller group (S3). */
SkValue sk_scope_exit(SkVm *vm, SkScope *s, SkValue exc);
void sk_scope_cancel(SkVm *vm, SkScope *s, SkReason *why);
bool sk_scope_is_cancelled(const SkScope *s);              /* effectively (S1) */
SkReason *sk_scope_reason(const SkScope *s);               /* of the nearest cancel that reaches it */
double sk_scope_effective_deadline(const SkScope *s);

/* ---- reasons and Cancelled ---------------------------------------------------------------------------------------------- */
typedef enum SkSource { SK_SOURCE_EXPLICIT, SK_SOURCE_DEADLINE, SK_SOURCE_SIBLING, SK_SOURCE_BODY, SK_SOURCE_OUTER, SK_SOURCE_EDGE,
  SK_SOURCE_SIGNAL, SK_SOURCE_GENERATOR, SK_SOURCE_DEADLOCK, SK_SOURCE_SHUTDOWN } SkSource;
struct SkReason {
  SkObject head;        /* aux: SkSource */
  SkValue task;         /* SkTask that caused it, or None */
  SkValue text;         /* str or None */
  SkValue error;        /* the exception that caused it, or None */
  SkValue who, words;   /* what Cancelled shows of |task| and |text|: UNSET until one is made */
};
SkReason *sk_reason_new(SkVm *vm, SkSource source, SkTask *task_or_null, SkValue text, SkValue error);
SkValue sk_cancelled_new(SkVm *vm, SkReason *why);         /* a Cancelled instance (level) */
bool sk_is_level_cancel(SkVm *vm, SkValue exc);            /* Cancelled, not a bare CancelledError */

/* ---- groups -------------------------------------------------------------------------------------------------------------- */
struct SkGroup {
  SkObject head;        /* aux: flags of group.c */
  SkLoop *loop;
  SkTask *parent;       /* whose body opened it */
  SkScope *scope;       /* own (builtin) or transparent (asyncio) */
  SkTask *first, *last; /* unfinished members, creation order */
  uint32_t count, daemons, limit, active;
  SkAwait *join;        /* the parent's wait at the end, or NULL */
  SkList *errors;       /* in order of arrival; NULL: none */
  SkList *results;      /* builtin: all children ever, for results(); NULL until one is there */
  SkList *queue;        /* builtin with limit: created, not started; those before |queue_first| have been */
  uint32_t queue_first;
  uint32_t starts;      /* start() calls that have not got their task yet: they keep the group open */
  SkValue name;
  /* A member ended (inside the finishing step: level groups) / its notice ran (asyncio, one pass later). NULL: nothing to do. */
  void (*child_done)(SkVm *vm, SkGroup *g, SkTask *t);
  void (*child_noticed)(SkVm *vm, SkGroup *g, SkTask *t);
  SkValue extra;        /* face's own: asyncio's base error ...; builtin: a Cancelled that a member ended with */
  SkValue control;      /* builtin: what must go on when all is done: an edge's CancelledError, GeneratorExit */
};
SkGroup *sk_as_group(SkVm *vm, SkValue v);                  /* TypeError */
SkScope *sk_as_scope(SkVm *vm, SkValue v);
SkGroup *sk_group_of_loop(SkVm *vm, SkLoop *l);            /* the root group */
void sk_group_link(SkVm *vm, SkGroup *g, SkTask *t);
void sk_group_unlink(SkVm *vm, SkTask *t);

/* ---- what a VM gets when it is born: hooks of the native face, no objects ------------------------------------------------------- */
void sk_skein_install(SkVm *vm);
/* How a program ends that a group with SystemExit or KeyboardInterrupt leaves (X4).  False: as with any error.  True: *status, and
 * *ignored holds the errors that were only consequences, to be named, behind exits whose code is a text to be shown; NULL: the group is
 * to be printed. */
bool sk_group_exit_status(SkVm *vm, SkValue exc, int *status, SkList **ignored);
/* One line per leaf of an uncaught group from tasks, if -X group-summary or a terminal asks for it; else NULL (X5). */
SkStr *sk_group_summary(SkVm *vm, SkValue exc);

/* ---- contexts (context.c) -------------------------------------------------------------------------------------------------- */
/* vm->context NULL is the empty context.  A snapshot is frozen: any number of tasks share it; ContextVar.set() in one of them first
 * replaces vm->context by a copy of its own. */
SkContext *sk_context_snapshot(SkVm *vm);                  /* NULL: nothing is set */
SkContext *sk_as_context(SkVm *vm, SkValue v);             /* TypeError */
/* The Context object a script sees: |c| itself, or, when it is frozen or NULL, a copy that the caller stores in its place. */
SkValue sk_context_value(SkVm *vm, SkContext *c);
/* The same for the running task or callback: vm->context afterwards. */
SkContext *sk_context_current(SkVm *vm);
/* Makes |c| (NULL: the empty one) current; RuntimeError when a script's context is current somewhere already.  Returns what to give
 * back to leave, which returns the context that was left: |c|, or the copy that took its place.  Nothing may escape in between. */
SkContext *sk_context_enter(SkVm *vm, SkContext *c);
SkContext *sk_context_leave(SkVm *vm, SkContext *before);

SK_C_END

#endif
