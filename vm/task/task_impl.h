/* task_impl.h - what the files of vm/task share and nobody else sees.  Layer 7b. */
#ifndef SK_TASK_TASK_IMPL_H
#define SK_TASK_TASK_IMPL_H

#include "vm/object/call.h"
#include "vm/object/dict.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/task/task.h"

/* ---- class definitions, one per type file ---- */
extern const SkTypeDef sk_future_type, sk_task_type, sk_handle_type, sk_timer_handle_type, sk_loop_type, sk_timer_type, sk_scope_type,
    sk_reason_type, sk_group_type, sk_async_group_type, sk_async_timeout_type, sk_context_type, sk_nursery_type;

extern const SkTypeDef sk_countdown_type;
extern const SkNativeDef tasks_outcomes_def;

/* ---- between the files ---- */
/* schedule.c: -X sched. */
void schedule_permute(SkLoop *l, uint32_t n);
void schedule_take_option(SkVm *vm, SkLoop *l);
double timer_next(const SkLoop *l);                    /* infinity: no timer */
void timer_fire(SkVm *vm, SkLoop *l, double now);
void scope_deadline_passed(SkVm *vm, SkScope *s);      /* scope.c */
bool park_abort(SkVm *vm, SkTask *t);
/* Runs the next step of |t|; |exc| UNSET or thrown in.  Raises what the task raised: task_failed() takes it. */
void task_step(SkVm *vm, SkTask *t, SkValue exc);
/* The step of |t| raised |exc|: ends the task.  Raises again what must leave the loop. */
void task_failed(SkVm *vm, SkTask *t, SkValue exc);
/* The same under protection: whatever the task raises is taken care of; raises only what must leave the loop. */
void loop_step(SkVm *vm, SkTask *t, SkValue exc);
void loop_call(SkVm *vm, SkLoop *l, SkValue fn, SkValue arg); /* fn(arg) under protection */
/* The next entry of the ready queue will find room; MemoryError.  For what can't be undone after it. */
void loop_make_room(SkVm *vm, SkLoop *l);
void loop_poll(SkVm *vm, SkLoop *l, double seconds);   /* the outside world; < 0: waits without limit */
void loop_pass(SkVm *vm, SkLoop *l);                   /* runs what is due and ready now */
void loop_look_outside(SkVm *vm, SkLoop *l);           /* before a pass of a loop that waits by itself */
bool loop_outside_active(SkVm *vm, SkLoop *l);         /* something outside may still wake a task */
void loop_tell_host(SkVm *vm, SkLoop *l);              /* it waits by itself: it shall take a turn */
SkValue deadlock_error(SkVm *vm, SkLoop *l);
void task_init(SkVm *vm, SkTask *t, SkLoop *loop, SkValue coro, SkGroup *group, SkScope *scope, SkValue name, SkContext *context);
SkStr *nursery_task_name(SkVm *vm, SkValue fn);        /* nursery_type.c: of a task that was spawned without a name */
void future_seen(SkVm *vm, SkFuture *f);                /* its error has been looked at */
uint32_t task_uncancel(SkTask *t);                      /* Task.uncancel(): how many requests are left */
bool task_is_coroutine(SkVm *vm, SkValue v);            /* asyncio.iscoroutine() */
void async_timeout_fire(SkVm *vm, SkValue timeout);     /* the turn of an asyncio.Timeout that was due */
/* An asyncio.Timeout in a generator that is suspended; that goes on in |resumer| (Y3). */
void async_timeout_detach(SkVm *vm, SkScope *s);
void async_timeout_attach(SkVm *vm, SkScope *s, SkTask *resumer);
SkTask *aio_lock_owner(SkVm *vm, SkValue self);         /* who holds the asyncio.Lock |self|; NULL: no lock, or free */
void reason_note_edge(SkVm *vm, SkTask *t, SkValue message); /* somebody calls cancel() of a builtin group's member */
bool reason_source_of(SkVm *vm, SkValue name, SkSource *out); /* "signal" ...; false: no such word */
void task_suspended(SkVm *vm, SkTask *t);
void task_edge(SkVm *vm, SkTask *t, SkValue message);   /* the edge without the count */
bool task_shielded(const SkVm *vm, const SkTask *t);
SkValue task_edge_error(SkVm *vm, SkTask *t);
void task_throw_later(SkVm *vm, SkTask *t, SkValue exc);
/* |exc| is raised where the task waits, or at its next step; false: it can't be now. */
bool task_interrupt(SkVm *vm, SkTask *t, SkValue exc);
bool task_waits_plainly(SkVm *vm, SkTask *t, SkValue future);       /* no add_done_callback() of a subclass wants to hear of it */
void task_stale_step(SkVm *vm, SkTask *t);             /* its turn has come, but somebody else has made it done */
void task_odd_yield(SkVm *vm, SkTask *t, SkValue v);
void future_forget(SkVm *vm, SkFuture *f, SkTask *t);
void future_finish(SkVm *vm, SkFuture *f, SkFutureState state, SkValue result);
void future_set_error_unchecked(SkVm *vm, SkFuture *f, SkValue exc);
SkValue future_await(SkVm *vm, SkValue self);
void future_notice(SkVm *vm, SkFuture *f);             /* runs the callbacks of a done future */
SkValue future_cancelled_error(SkVm *vm, SkFuture *f); /* CancelledError(message) */
void handle_run(SkVm *vm, SkValue handle);
void handle_report(SkVm *vm, SkValue handle, SkValue exc); /* its callback raised */
SkValue loop_handle_new(SkVm *vm, SkLoop *l, SkValue fn, SkTuple *args, SkContext *context, const double *when);
/* Tells the loop's exception hook; |what| CPython's message. */
void loop_report(SkVm *vm, SkLoop *l, SkValue exc, const char *message, const char *key, SkValue culprit);
void deadlock_raise(SkVm *vm, SkLoop *l);              /* deadlock.c: cancels the root scope, or raises DeadlockError */
void deadlock_leave(SkVm *vm, SkLoop *l);              /* the run ends: raises the DeadlockError that was met in it */
/* `await task` of a cancelled member of a builtin group: TaskCancelledError (G7); UNSET: the plain CancelledError. */
SkValue group_await_cancelled(SkVm *vm, SkTask *member, const SkTask *waits);
/* The engine loop of a Python loop object (its attribute _engine), or the running one for None; UNSET: a foreign object. */
SkValue loop_of(SkVm *vm, SkValue loop);
SkValue loop_default(SkVm *vm);                         /* asyncio.get_event_loop()'s */
SkValue debug_stack(SkVm *vm, SkLoop *l);               /* debug.c: where we are, for _source_traceback; None without debug mode */
/* run(entry), timed: the loop object hears of one that took long. */
void debug_run_entry(SkVm *vm, SkLoop *l, SkValue entry, void (*run)(SkVm *vm, SkLoop *l, SkValue entry));
void debug_mark_future(SkVm *vm, SkFuture *f);
SkValue debug_get_traceback(SkVm *vm, SkValue future);
void debug_set_traceback(SkVm *vm, SkValue future, SkValue stack);
/* A clock that isn't real time may have the methods timer_added(when) and pass_done(). */
void loop_tell_clock(SkVm *vm, SkLoop *l, const char *method, SkValue arg_or_unset);
SkList *loop_tasks(SkVm *vm, SkLoop *l);               /* all unfinished ones, group by group */
bool sk_loop_is_deadlocked(SkVm *vm, SkLoop *l);       /* deadlock.c: no task can ever run again (D1) */
SkValue task_import(SkVm *vm, const char *name);
SkValue task_wakeup_value(SkVm *vm, SkTask *t);        /* what Future._callbacks shows for a task that waits */
SkValue loop_owner(SkVm *vm, SkLoop *l);               /* the Python loop object; the asyncio package makes it when there is none */

#endif
