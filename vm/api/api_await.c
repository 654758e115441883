/* api_await.c - async functions of the host: a script awaits, the host settles later.  Layer 9.
 *
 * A skein_await has two owners: the host, until it releases it, and the VM, until it is settled.  It is malloc'ed by the process, not by
 * the VM's allocator: the host may release it from any thread and after the VM is gone.
 *
 *   |state| is decided in the VM's thread alone, where cancellations happen, too: exactly one of them wins, without a lock.
 *   Another thread settles by a posted job.  Whether there still is a VM to post to says the link, which all awaits of one life of
 *   the VM share; its mutex is held while a job is posted, and while the VM cuts the link.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "vm/api/api_impl.h"
#include "vm/run/thread.h"

struct HostLink {
  atomic_int refs;
  pthread_mutex_t mutex;
  skein_vm *vm;              /* NULL: it was freed or reset */
};

typedef enum AwaitState { PENDING, RESOLVED, REJECTED, CLOSED /* cancelled, or the VM ended */ } AwaitState;

struct skein_await {
  atomic_int refs;
  HostLink *link;
  AwaitState state;
  atomic_bool handed_back;   /* the host has released it */
  SkAwait *object;           /* the coroutine that waits; traced while PENDING */
  skein_await *prev, *next;  /* pending ones of the VM */
  void (*cancelled)(void *user);
  void *user;
  skein_job job;             /* of skein_await_settle */
  skein_make_fn make;
  void *arg;
};

/* ---- life ---------------------------------------------------------------------------------------------------------------------- */

static void link_release(HostLink *l) {
  if (atomic_fetch_sub(&l->refs, 1) != 1) return;
  pthread_mutex_destroy(&l->mutex);
  free(l);
}

static HostLink *link_of(skein_vm *v) {
  if (v->tasks->link) return v->tasks->link;
  HostLink *l = calloc(1, sizeof *l);
  if (!l) return NULL;
  atomic_init(&l->refs, 1);
  pthread_mutex_init(&l->mutex, NULL);
  l->vm = v;
  return v->tasks->link = l;
}

static void unref(skein_await *w) {
  if (atomic_fetch_sub(&w->refs, 1) != 1) return;
  link_release(w->link);
  free(w);
}

/* NULL: there is no memory. */
static skein_await *await_new(skein_vm *v, SkAwait *a) {
  HostTasks *h = v->tasks;
  HostLink *l = link_of(v);
  skein_await *w = l ? calloc(1, sizeof *w) : NULL;
  if (!w) return NULL;
  atomic_init(&w->refs, 3); /* the host's, the VM's, and one for the length of |begin| */
  atomic_fetch_add(&l->refs, 1);
  w->link = l;
  w->object = a;
  w->next = h->awaits;
  if (w->next) w->next->prev = w;
  h->awaits = w;
  return w;
}

/* It is settled: the VM's part ends. */
static void finish(HostTasks *h, skein_await *w, AwaitState state) {
  w->state = state;
  w->object = NULL;
  if (w->prev) w->prev->next = w->next;
  else h->awaits = w->next;
  if (w->next) w->next->prev = w->prev;
  w->prev = w->next = NULL;
  unref(w);
}

static void cancel(HostTasks *h, skein_await *w) {
  void (*cancelled)(void *) = w->cancelled;
  void *user = w->user;
  finish(h, w, CLOSED);
  if (cancelled) cancelled(user);
}

void host_awaits_mark(SkMarker *m, HostTasks *h) {
  for (skein_await *w = h->awaits; w; w = w->next) sk_mark_ptr(m, w->object);
}

void host_awaits_end(HostTasks *h) {
  if (!h->link) return;
  pthread_mutex_lock(&h->link->mutex); /* from here on nothing is posted any more */
  h->link->vm = NULL;
  pthread_mutex_unlock(&h->link->mutex);
  while (h->awaits) cancel(h, h->awaits);
  link_release(h->link);
  h->link = NULL;
}

/* ---- the coroutine ----------------------------------------------------------------------------------------------------------------- */

/* self: the HostBody; a: its registers as a tuple, later the result; b: the skein_await as an int, later the exception or None. */
enum { CALL_NEW, CALL_BEGINS, CALL_WAITS, CALL_SETTLED };

static bool result(SkVm *vm, const SkAwait *a, SkValue *out) {
  if (!sk_is_none(a->b)) sk_throw(vm, a->b);
  *out = a->a;
  return true;
}

/* Calls the host's function; raises what it raised. */
static void call_host(SkVm *vm, SkAwait *a, HostBody *f, const SkValue *regs) {
  skein_vm *v = vm->host;
  size_t n = host_arg_count(f, regs), mark = sk_scratch_mark(vm);
  skein_val *args = sk_scratch(vm, (n + 1) * sizeof *args);
  host_tasks(vm);
  HostCall call = host_call_open(vm, f, regs, args, n);
  skein_await *w = await_new(v, a);
  if (!w) {
    v->own.pending = sk_from_ptr(vm->memory_error);
    host_call_close(vm, f, &call, SKEIN_ERR_EXC, (skein_val){0});
  }
  sk_await_set_phase(a, CALL_BEGINS);
  a->a = SK_NONE;
  a->b = sk_smallint((int64_t)(uintptr_t)w);
  skein_status s = ((skein_async_fn)f->fn)(v, f->user, args, n, w);
  sk_scratch_release(vm, mark);
  bool failed = s != SKEIN_OK || !sk_is_unset(v->own.pending), not_taken = s != SKEIN_OK && !w->handed_back;
  if (failed && w->state == PENDING) finish(v->tasks, w, CLOSED);
  if (not_taken) unref(w); /* a call that failed has given the host nothing */
  unref(w);
  host_call_close(vm, f, &call, s, (skein_val){0});
}

static bool begin(SkVm *vm, SkAwait *a, SkValue *out) {
  SkTask *t = sk_need_task(vm);
  sk_checkpoint(vm);
  SkTuple *regs = sk_as_tuple(a->a);
  call_host(vm, a, (HostBody *)sk_ptr(a->self), regs->items);
  if (sk_await_phase(a) == CALL_SETTLED) return result(vm, a, out);
  sk_await_set_phase(a, CALL_WAITS);
  *out = sk_park(vm, a);
  sk_as_loop(t->future.loop)->threads++; /* something can still come: no deadlock */
  return false;
}

static bool step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  return sk_await_phase(a) == CALL_NEW ? begin(vm, a, out) : result(vm, a, out);
}

static bool abort_wait(SkVm *vm, SkAwait *a) {
  if (sk_await_phase(a) != CALL_WAITS) return true;
  skein_vm *v = vm->host;
  skein_await *w = (skein_await *)(uintptr_t)sk_smallint_get(a->b);
  if (a->task) sk_as_loop(a->task->future.loop)->threads--;
  sk_await_set_phase(a, CALL_SETTLED);
  a->b = SK_NONE;
  cancel(v->tasks, w);
  return true;
}

static const SkAwaitOps *ops_of(SkVm *vm, HostBody *f) {
  if (f->ops) return (const SkAwaitOps *)f->ops->data;
  SkRaw *cell = sk_raw_new(vm, sizeof(SkAwaitOps));
  const char *name = sk_str_cstr(vm, f->name);
  *(SkAwaitOps *)cell->data = (SkAwaitOps){.name = name, .qualname = name, .step = step, .abort = abort_wait};
  sk_write_ptr(vm, f, &f->ops, cell);
  return (const SkAwaitOps *)cell->data;
}

/* A call makes the coroutine; what it may not be called with is told at once. */
SkValue host_async_enter(SkVm *vm, HostBody *f, const SkValue *regs) {
  size_t n = f->bare ? 1 : f->count;
  if (!f->bare && !f->plain) {
    size_t mark = sk_scratch_mark(vm);
    skein_val *args = sk_scratch(vm, (n + 1) * sizeof *args);
    HostCall call = host_call_open(vm, f, regs, args, n);
    sk_scratch_release(vm, mark);
    host_call_close(vm, f, &call, SKEIN_OK, (skein_val){0});
  }
  SkValue kept = sk_from_ptr(sk_tuple_from(vm, regs, n));
  return sk_await_new(vm, ops_of(vm, f), sk_from_ptr(f), kept, SK_NONE);
}

skein_status skein_def_async(skein_vm *v, skein_val where, const char *signature, skein_async_fn fn, void *user, skein_free_fn finalize) {
  return host_define(v, &(Definition){.signature = signature, .enter = host_async_enter, .fn = (void (*)(void))fn, .user = user,
                                      .finalize = finalize, .where = &where});
}

/* ---- settling, in the VM's thread ------------------------------------------------------------------------------------------------------ */

typedef struct Settling { skein_await *w; AwaitState how; SkValue value; } Settling;

static void settle(SkVm *vm, void *arg) {
  Settling *s = arg;
  SkAwait *a = s->w->object;
  SkLoop *l = a->task ? sk_as_loop(a->task->future.loop) : NULL;
  if (l) {
    sk_wake(vm, a); /* first: it may find no memory */
    l->threads--;
  }
  sk_write(vm, a, &a->a, s->how == RESOLVED ? s->value : SK_NONE);
  sk_write(vm, a, &a->b, s->how == REJECTED ? s->value : SK_NONE);
  sk_await_set_phase(a, CALL_SETTLED);
  finish(((skein_vm *)vm->host)->tasks, s->w, s->how);
  if (l && l != sk_tasks(vm)->running && !l->hosted && l->poller) l->poller->wake(vm, l); /* another thread's */
}

static skein_status settle_with(skein_await *w, AwaitState how, SkValue value) { return api_enter(w->link->vm, settle, &(Settling){w, how, value}); }

static bool is_over(const skein_await *w) { return !w->link->vm || w->state != PENDING; }

skein_status skein_await_resolve(skein_await *w, skein_val v) {
  SkValue value;
  if (is_over(w)) return SKEIN_ERR_CLOSED;
  return handle_get(w->link->vm, v, &value) ? settle_with(w, RESOLVED, value) : SKEIN_ERR_MISUSE;
}

skein_status skein_await_reject(skein_await *w, skein_val exc) {
  SkValue value;
  if (is_over(w)) return SKEIN_ERR_CLOSED;
  if (!handle_get(w->link->vm, exc, &value)) return SKEIN_ERR_MISUSE;
  return sk_is_exc(value) ? settle_with(w, REJECTED, value) : api_misuse(w->link->vm, "no exception");
}

skein_vm *skein_await_vm(skein_await *w) { return w->link->vm; }

void skein_await_on_cancel(skein_await *w, void (*cancelled)(void *), void *user) {
  bool late = w->state == CLOSED && !w->cancelled;
  w->cancelled = cancelled;
  w->user = user;
  if (late && cancelled) cancelled(user);
}

/* ---- from any thread --------------------------------------------------------------------------------------------------------------------- */

void skein_await_release(skein_await *w) {
  atomic_store(&w->handed_back, true);
  unref(w);
}

static void make_and_settle(skein_vm *v, skein_await *w) {
  SkValue before = v->own.pending;
  v->own.pending = SK_UNSET;
  skein_scope scope = skein_scope_open(v);
  skein_val value = {0};
  bool fine = w->make(v, w->arg, &value) == SKEIN_OK;
  SkValue x = fine && value.bits ? handle_value(v, value) : fine ? SK_NONE : v->own.pending;
  if (sk_is_unset(x) || (!fine && !sk_is_exc(x))) {
    skein_raise(v, "SystemError", fine ? "a bad value for an await of the host" : "an await of the host failed without raising an exception");
    x = v->own.pending;
    fine = false;
  }
  if (!is_over(w)) settle_with(w, fine ? RESOLVED : REJECTED, x); /* what was called may have cancelled it */
  skein_scope_close(v, scope);
  v->own.pending = before;
}

static void run_job(skein_vm *v, skein_job *job) {
  skein_await *w = (skein_await *)((char *)job - offsetof(skein_await, job));
  if (!v || is_over(w)) w->make(NULL, w->arg, NULL);
  else make_and_settle(v, w);
  skein_await_release(w);
}

skein_status skein_await_settle(skein_await *w, skein_make_fn make, void *arg) {
  w->make = make;
  w->arg = arg;
  w->job.run = run_job;
  pthread_mutex_lock(&w->link->mutex);
  skein_vm *v = w->link->vm;
  HostLink *l = w->link;
  atomic_fetch_add(&l->refs, 1); /* |w| may be gone before the mutex is */
  if (v) skein_post(v, &w->job);
  pthread_mutex_unlock(&l->mutex);
  link_release(l);
  if (v) return SKEIN_OK;
  make(NULL, arg, NULL);
  skein_await_release(w);
  return SKEIN_ERR_CLOSED;
}
