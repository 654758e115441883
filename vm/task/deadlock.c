/* deadlock.c - all tasks wait and nothing can wake them: the report, and how the run ends (D1-D4).  Layer 7b.
 *
 * The first time the root scope is cancelled, so that cleanups run; should these block as well, shields no longer count; should that
 * not help either, the error leaves the loop as it is.  It waits in the root group until the run ends.
 */
#include "vm/run/thread.h"
#include "vm/task/scope_impl.h"

/* ---- where a task waits ------------------------------------------------------------------------------------------------------ */

/* The generator, coroutine or async generator that |v| waits in, or UNSET. */
static SkValue awaited_by(SkVm *vm, SkValue v) {
  static const char *const names[] = {"cr_await", "ag_await", "gi_yieldfrom"};
  for (size_t i = 0; i < 3; i++) {
    SkValue next = sk_getattr_opt(vm, v, sk_intern(vm, names[i]));
    if (!sk_is_unset(next)) return sk_is_gen(next) ? next : SK_UNSET;
  }
  return SK_UNSET;
}

static SkValue frame_of(SkVm *vm, SkValue gen) {
  static const char *const names[] = {"cr_frame", "ag_frame", "gi_frame"};
  for (size_t i = 0; i < 3; i++) {
    SkValue frame = sk_getattr_opt(vm, gen, sk_intern(vm, names[i]));
    if (!sk_is_unset(frame)) return frame;
  }
  return SK_NONE;
}

typedef struct Where { SkTask *task; SkValue text; } Where;

SkValue task_innermost_frame(SkVm *vm, SkTask *t) {
  SkValue gen = t->coro;
  if (!sk_is_gen(gen)) return SK_NONE;
  for (SkValue next; !sk_is_unset(next = awaited_by(vm, gen));) gen = next;
  return frame_of(vm, gen);
}

static void find_where(SkVm *vm, void *arg) {
  Where *w = arg;
  SkValue frame = task_innermost_frame(vm, w->task);
  if (sk_is_none(frame)) return;
  SkValue file = sk_getattr_cstr(vm, sk_getattr_cstr(vm, frame, "f_code"), "co_filename");
  w->text = sk_from_ptr(sk_format(vm, "%S:%S", file, sk_getattr_cstr(vm, frame, "f_lineno")));
}

SkValue task_where(SkVm *vm, SkTask *t) {
  Where w = {t, SK_NONE};
  if (!sk_protect(vm, find_where, &w)) sk_take_raised(vm);
  return w.text;
}

/* ---- the list -------------------------------------------------------------------------------------------------------------------- */

SkList *loop_tasks(SkVm *vm, SkLoop *l) { return scope_tasks(vm, sk_group_of_loop(vm, l)->scope); }

static SkTask *holder_of(SkVm *vm, SkTask *t) {
  if (!sk_is_await(t->waiting)) return sk_is_task(t->waiting) ? sk_as_task(t->waiting) : NULL;
  SkValue object = sk_as_await(t->waiting)->self;
  SkTask *owner = skein_lock_owner(vm, object);
  return owner ? owner : aio_lock_owner(vm, object);
}

/* The group whose end the task waits for; NULL: something else. */
static SkGroup *joined(SkVm *vm, SkTask *t) {
  if (!sk_is_await(t->waiting)) return NULL;
  SkGroup *g = group_joined_by(t->waiting);
  if (g) return g;
  SkValue self = sk_as_await(t->waiting)->self;
  return sk_has_kind(self, SK_KIND_NATIVE_OBJECT) && sk_shape_of(vm, self)->def == &sk_async_group_type ? (SkGroup *)sk_ptr(self) : NULL;
}

SkStr *deadlock_waits_for(SkVm *vm, SkTask *t) {
  SkGroup *g = joined(vm, t);
  if (g) {
    SkStr *what = sk_format(vm, "%d task%s of the TaskGroup", (int)g->count, g->count == 1 ? "" : "s");
    return sk_is_str(g->name) ? sk_format(vm, "%U %R", what, g->name) : what;
  }
  SkTask *holder = holder_of(vm, t);
  if (sk_is_await(t->waiting)) {
    const SkAwaitOps *ops = sk_as_await(t->waiting)->ops;
    SkStr *what = sk_str_from_cstr(vm, ops->waits_for ? ops->waits_for : ops->qualname);
    return holder ? sk_format(vm, "%U, held by task '%U'", what, sk_task_name(vm, holder)) : what;
  }
  if (holder) return sk_format(vm, "task '%U'", sk_task_name(vm, holder));
  return sk_str_from_cstr(vm, sk_is_none(t->waiting) ? "its turn" : "a future");
}

static void add_line(SkVm *vm, SkStrBuf *b, SkTask *t) {
  bool runs = t->future.head.aux & SK_TASK_RUNNING;
  SkStr *line = runs ? sk_format(vm, "\n  task '%U' runs", sk_task_name(vm, t))
                     : sk_format(vm, "\n  task '%U' waits for %U", sk_task_name(vm, t), deadlock_waits_for(vm, t));
  sk_strbuf_addstr(b, line);
  SkValue where = task_where(vm, t);
  if (!sk_is_none(where)) sk_strbuf_addstr(b, sk_format(vm, " at %S", where));
}

static SkStr *list_text(SkVm *vm, SkList *tasks, SkStr *head) {
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  sk_strbuf_addstr(&b, head);
  for (size_t i = 0; i < tasks->count; i++) add_line(vm, &b, sk_as_task(sk_list_items(tasks)[i]));
  return sk_strbuf_finish(&b);
}

SkStr *deadlock_text(SkVm *vm, SkLoop *l) {
  SkList *tasks = loop_tasks(vm, l);
  return list_text(vm, tasks, sk_format(vm, "%zd task%s:", tasks->count, tasks->count == 1 ? "" : "s"));
}

/* "'one' -> 'two' -> 'one'", or NULL: following who holds what never comes back. */
static SkStr *cycle_from(SkVm *vm, SkTask *start, size_t most) {
  SkStr *text = sk_format(vm, "'%U'", sk_task_name(vm, start));
  SkTask *t = start;
  for (size_t i = 0; i < most; i++) {
    t = holder_of(vm, t);
    if (!t) return NULL;
    text = sk_format(vm, "%U -> '%U'", text, sk_task_name(vm, t));
    if (t == start) return text;
  }
  return NULL;
}

SkValue deadlock_error(SkVm *vm, SkLoop *l) {
  SkList *tasks = loop_tasks(vm, l);
  SkStr *head = tasks->count == 1 ? sk_str_from_cstr(vm, "the only task is blocked and nothing can wake it:")
                                  : sk_format(vm, "all %zd tasks are blocked and nothing can wake them:", tasks->count);
  SkValue e = sk_exc_new(vm, SK_T_DeadlockError, "%U", list_text(vm, tasks, head));
  enum { CYCLES_LOOKED_AT = 100 };
  for (size_t i = 0; i < tasks->count && i < CYCLES_LOOKED_AT; i++) {
    SkStr *cycle = cycle_from(vm, sk_as_task(sk_list_items(tasks)[i]), tasks->count);
    if (!cycle) continue;
    sk_exc_add_note(vm, sk_as_exc(e), sk_format(vm, "each waits for the next: %U", cycle));
    break;
  }
  return e;
}

/* ---- what happens then -------------------------------------------------------------------------------------------------------------- */

typedef struct Listens { bool found; } Listens;
static void ask_signals(SkVm *vm, void *arg) {
  Listens *a = arg;
  a->found = sk_truth(vm, sk_call0(vm, sk_getattr_cstr(vm, task_import(vm, "skein._signals"), "somebody_listens")));
}

/* A handler of the program for some signal may wake a task. */
static bool somebody_listens(SkVm *vm) {
  if (sk_is_unset(sk_dict_get_cstr(vm, vm->modules, "_signal"))) return false;
  Listens a = {false};
  if (!sk_protect(vm, ask_signals, &a)) sk_take_raised(vm);
  return a.found;
}

bool sk_loop_is_deadlocked(SkVm *vm, SkLoop *l) {
  if (!l->task_count || l->deadlock_off || skein_option_is(vm, "deadlock", "off")) return false;
  if (sk_thread_count(vm) > 1 || somebody_listens(vm)) return false;
  SkList *tasks = loop_tasks(vm, l);
  for (size_t i = 0; i < tasks->count; i++) {
    SkTask *t = sk_as_task(sk_list_items(tasks)[i]);
    if (skein_sleeps_forever(t->waiting)) return false; /* on purpose */
  }
  return tasks->count > 0;
}

/* The error waits in root->extra, how often it was met in root->control. */
static void drop_shields(SkVm *vm, SkList *tasks) {
  for (size_t i = 0; i < tasks->count; i++) {
    SkTask *t = sk_as_task(sk_list_items(tasks)[i]);
    for (SkScope *s = task_scope(vm, t); s && s->task == t; s = s->parent) s->head.aux &= (uint16_t)~SK_SCOPE_SHIELD;
  }
}

void deadlock_raise(SkVm *vm, SkLoop *l) {
  SkGroup *root = sk_group_of_loop(vm, l);
  if (sk_is_none(root->extra)) {
    SkValue e = deadlock_error(vm, l);
    sk_write(vm, root, &root->extra, e);
    sk_scope_cancel(vm, root->scope, sk_reason_new(vm, SK_SOURCE_DEADLOCK, NULL, SK_NONE, e));
    if (l->ready_count) return;
  }
  if (sk_is_none(root->control)) {
    SkList *tasks = loop_tasks(vm, l);
    root->control = SK_TRUE;
    drop_shields(vm, tasks);
    for (size_t i = 0; i < tasks->count; i++) sk_task_deliver(vm, sk_as_task(sk_list_items(tasks)[i]));
    if (l->ready_count) return;
  }
  deadlock_leave(vm, l);
}

void deadlock_leave(SkVm *vm, SkLoop *l) {
  SkGroup *root = l->root;
  if (!root || sk_is_none(root->extra) || sk_is(root->extra, SK_UNSET)) return;
  SkValue e = root->extra;
  root->extra = root->control = SK_NONE;
  root->scope->head.aux &= (uint16_t)~SK_SCOPE_CANCELLED; /* what is run on this loop from now on is another run */
  if (l->cancelled_scopes) l->cancelled_scopes--;
  sk_throw(vm, e);
}
