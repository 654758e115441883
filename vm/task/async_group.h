/* async_group.h - asyncio.TaskGroup between async_group.c (what it does) and async_group_type.c (the class).  Layer 7b. */
#ifndef SK_TASK_ASYNC_GROUP_H
#define SK_TASK_ASYNC_GROUP_H

#include "vm/task/aio_impl.h"

typedef struct AsyncGroup {
  SkGroup group;          /* |extra|: the SystemExit or KeyboardInterrupt that comes out, or None */
  SkList *strangers;      /* tasks that are no members of the engine's: made by a task factory; NULL: none */
  bool entered, exiting, aborting;
  bool cancelled_parent;  /* a member's error has cancelled the body */
  bool done_hook;         /* the class has its own _on_task_done */
} AsyncGroup;

SK_INLINE AsyncGroup *async_group_of(SkValue v) { return (AsyncGroup *)sk_ptr(v); }

size_t async_group_count(const AsyncGroup *g);
void async_group_abort(SkVm *vm, AsyncGroup *g);
void async_group_noticed(SkVm *vm, SkGroup *group, SkTask *t);
void async_group_stranger_done(SkVm *vm, AsyncGroup *g, SkValue task);

extern const SkAwaitOps async_group_enter_ops, async_group_exit_ops;

#endif
