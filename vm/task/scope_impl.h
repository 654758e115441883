/* scope_impl.h - what scopes, groups, reasons and the deadlock report share.  Layer 7b, this package only. */
#ifndef SK_TASK_SCOPE_IMPL_H
#define SK_TASK_SCOPE_IMPL_H

#include "vm/object/gen.h"
#include "vm/task/task_impl.h"

/* ---- scope.c ---- */
SkScope *scope_new(SkVm *vm, SkType *cls);                 /* of a subclass */
void scope_set_deadline(SkVm *vm, SkScope *s, double deadline);
void scope_set_shield(SkVm *vm, SkScope *s, bool on);
void scope_check_time(SkVm *vm, SkScope *s);               /* cancels it if its deadline has passed unnoticed */
/* The error that was on its way when a Cancelled took its place in a cleanup (G8); None. */
SkValue scope_error_lost(SkValue cancelled);
/* Every unfinished task that stands in |s| or in a group below it, in order: the body's before the members'. */
SkList *scope_tasks(SkVm *vm, SkScope *s);
void scope_deliver_task(SkVm *vm, SkTask *t);             /* a level cancel reaches it and everything below it */
SK_INLINE SkScope *task_scope(const SkVm *vm, const SkTask *t) { return vm->task == t ? (SkScope *)vm->scope : t->scope; }

/* An operation of |turns|'s object need not wait: does it let others run all the same?  Now and then; always in Trio, which promises it. */
enum { TASK_TURNS = 32 };
SK_INLINE bool task_gives_turn(SkVm *vm, uint32_t *turns) {
  SkLoop *l = sk_tasks(vm)->running;
  return ++*turns % TASK_TURNS == 0 || (l && l->face == SK_FACE_TRIO);
}

/* ---- reason.c ---- */
const char *reason_source(const SkReason *r, bool trio);
bool reason_face_trio(SkVm *vm);                           /* the running loop's face */
SkReason *reason_of_task(SkTask *t);                       /* of the last cancel that reached it, or NULL */

/* ---- origin.c ---- */
/* An error of |t| (or of the body of a group in it) enters a group: it keeps who raised it, when, and which cancel had reached it (X2). */
void origin_mark(SkVm *vm, SkValue exc, SkTask *t);
typedef struct SkOrigin { SkObject head; SkTask *task; SkReason *reason; uint64_t arrival; } SkOrigin;
SkOrigin *origin_of(SkVm *vm, SkValue exc);                /* NULL: it never entered a group */
SkList *origin_leaves(SkVm *vm, SkValue exc);              /* in order, |exc| itself if it is no group */
/* The reason that had reached the task of |leaf| leads back to an error of this class (X3). */
bool origin_is_consequence(SkVm *vm, SkValue leaf, int type_id);

/* ---- group.c ---- */
enum { /* head.aux of an SkGroup of this package */
  SK_GROUP_TRIO = 1,          /* strict: Cancelled leaves stay in, the body's error in order of arrival, no G8 and G11 */
  SK_GROUP_ON_ERROR_CONTINUE = 2,
  SK_GROUP_STARTING = 4,      /* holds the task of a start() until it says started() */
  SK_GROUP_ROOT = 8,
  SK_GROUP_OPEN = 16,         /* entered */
  SK_GROUP_JOINING = 32,      /* its body has ended */
  SK_GROUP_CLOSED = 64,
  SK_GROUP_STOPPED = 128      /* its daemons were told to stop */
};
SkGroup *group_new(SkVm *vm, SkType *cls, unsigned flags);
SkType *group_class(SkVm *vm);                             /* the builtin TaskGroup */
void group_trace(SkMarker *m, SkObject *o);                /* for another class over an SkGroup */
void group_open(SkVm *vm, SkGroup *g);                     /* pushes its scope on the running task */
/* The awaitable of __aexit__: its result is True when nothing goes on, False when |exc| itself does; raises what else must. */
SkValue group_exit(SkVm *vm, SkGroup *g, SkValue exc);
bool group_accepts(const SkGroup *g);
void group_need_open(SkVm *vm, SkGroup *g, SkValue coro);  /* else |coro| is closed, and group_refuse() */
SK_NORETURN void group_refuse(SkVm *vm, SkGroup *g);       /* RuntimeError in the face's words: it takes no new members */
/* A new member, started unless the group's limit says wait.  The group must accept. */
SkTask *group_spawn(SkVm *vm, SkGroup *g, SkValue coro, SkValue name, SkContext *context, bool daemon);
/* fn(*args, task_status=...): the awaitable of start(). */
SkValue group_start(SkVm *vm, SkGroup *g, SkValue fn, SkTuple *args, SkValue name);
/* The coroutine that fn(*args) made, or the one that |fn| is (then without arguments); TypeError. */
SkValue group_coroutine(SkVm *vm, SkValue fn, SkTuple *args, SkDict *kwargs);
void group_cancel(SkVm *vm, SkGroup *g, SkSource source, SkTask *by, SkValue text, SkValue error);
/* Looks whether the group's end has come: daemons to stop, the joining task to wake. */
void group_check(SkVm *vm, SkGroup *g);
void group_record(SkVm *vm, SkGroup *g, SkValue exc, SkTask *by); /* an error arrives */
/* What leaves a member or the body without its Cancelled leaves, the first of which is kept in group->extra; None: nothing. */
SkValue group_without_cancelled(SkVm *vm, SkGroup *g, SkValue exc);
SkGroup *group_joined_by(SkValue await);                   /* whose end this awaitable waits for; NULL: none */

/* ---- deadlock.c ---- */
SkStr *deadlock_waits_for(SkVm *vm, SkTask *t);            /* "Queue.get", "task 'x'" ... */
SkValue task_innermost_frame(SkVm *vm, SkTask *t);         /* of a task that doesn't run; None */
SkStr *deadlock_text(SkVm *vm, SkLoop *l);
/* "FILE:LINE" where the task waits, None: unknown. */
SkValue task_where(SkVm *vm, SkTask *t);

/* ---- detach.c, channel.c, parking.c, skein_sleep.c ---- */
void detach_install(SkVm *vm);
void outside_install(SkVm *vm); /* outside.c */
bool skein_option_is(SkVm *vm, const char *name, const char *value); /* -X name=value */
bool skein_sleeps_forever(SkValue waiting);
SkTimer *skein_sleep_timer(SkValue waiting);               /* it sleeps until then; NULL: it does not */
SkTimer *aio_sleep_timer(SkValue waiting);
SkTask *skein_lock_owner(SkVm *vm, SkValue object);        /* who holds the skein.Lock; NULL: no lock, or free */
extern const SkNativeDef skein_sleep_def, skein_sleep_until_def, skein_sleep_forever_def, channel_open_def;
extern const SkNativeDef scope_move_on_after_def, scope_move_on_at_def, scope_fail_after_def, scope_fail_at_def;
extern const SkTypeDef channel_send_type, channel_receive_type, parking_lot_type, skein_event_type, skein_lock_type, sk_origin_type;

#endif
