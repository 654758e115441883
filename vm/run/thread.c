/* thread.c - the VM lock, what belongs to a thread, its start and its end.  Layer 7.
 *
 * Invariant: who holds the lock is ts->current, and what belongs to that thread stands in the VM's own fields; what
 * belongs to every other thread stands in its SkThread.
 *
 * |mutex| guards the queue for the lock and the list of threads; it is held for moments only, and never while code runs.
 * Each thread sleeps on one semaphore of its own, whatever it waits for: a post is a hint to look again.  So a
 * signal handler can wake it, which no condition variable allows, and no wake is lost between looking and sleeping.
 */
#include "vm/run/thread.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "vm/run/run_impl.h"

/* ---- what belongs to a thread: THE list ------------------------------------------------------------- */

#define OWN_OF_VM(X)                                                                                       \
  X(pc) X(r) X(stack_base) X(stack_span) X(c_limit) X(handled) X(catch_top) X(raised) X(throw_pc) X(throw_r) \
  X(c_base) X(depth) X(printing) X(task) X(scope) X(context) X(asyncgen_firstiter) X(asyncgen_finalizer)
#define OWN_OF_RUN(X) X(stack) X(stack_bytes) X(live_top) X(gen_result) X(stack_clean) X(fresh) X(fresh_pc) X(fresh_r)

typedef struct VmPart {
#define X(field) __typeof__(((SkVm *)0)->field) field;
  OWN_OF_VM(X)
#undef X
} VmPart;

typedef struct RunPart {
#define X(field) __typeof__(((SkRun *)0)->field) field;
  OWN_OF_RUN(X)
#undef X
} RunPart;

/* sk_thread_own() */
typedef struct Own { void *place; size_t bytes; const void *initial; void (*end)(void *place); } Own;

enum { OWN_MOST = 4, SPILL_WORDS = 64, INTERVAL_NS = 5000000, C_STACK_LEAST = 128 << 10, C_STACK_MARGIN = 64 << 10 };

typedef enum State { RUNNING, BLOCKED /* in a system call */, PARKED, QUEUED /* for the lock */ } State;

struct SkThread {
  SkVm *vm;
  SkThread *next;       /* all threads of the VM, the main one last */
  SkThread *queue_next; /* those who wait for the lock */
  pthread_t os;
  int64_t native_id;
  uint64_t serial;
  sem_t sem;
  atomic_int posted, granted, state;
  bool released;        /* the lock was really given away */
  VmPart own;
  RunPart run;
  SkScratch scratch;
  char *extra;          /* one after another, what sk_thread_own() named */
  const void *c_top;    /* lowest word of the C stack that may hold a Value, and the registers then */
  uintptr_t spill[SPILL_WORDS];
  size_t spilled;
  SkCatch *bottom;
  SkThreadFn *fn;
  SkValue arg;
  size_t c_bytes;
};

typedef struct SkThreads {
  pthread_mutex_t mutex;
  SkThread *current, *main, *all;
  SkThread *head, *tail; /* the queue */
  SkThread *dead;        /* ended, not buried yet */
  bool held;
  int count;
  atomic_int waiting;
  bool stopping;
  int64_t interval, taken_at;
  uint64_t last_serial;
  Own own[OWN_MOST];
  int own_count;
} SkThreads;

static SkThreads *threads_of(const SkVm *vm) { return vm->threads; }

static void swap_out(SkVm *vm, SkThread *t) {
  SkRun *run = run_of(vm);
  SkThreads *ts = threads_of(vm);
#define X(field) t->own.field = vm->field;
  OWN_OF_VM(X)
#undef X
#define X(field) t->run.field = run->field;
  OWN_OF_RUN(X)
#undef X
  sk_scratch_swap(vm, &t->scratch);
  for (int i = 0, at = 0; i < ts->own_count; at += (int)ts->own[i++].bytes) memcpy(t->extra + at, ts->own[i].place, ts->own[i].bytes);
}

static void swap_in(SkVm *vm, SkThread *t) {
  SkRun *run = run_of(vm);
  SkThreads *ts = threads_of(vm);
#define X(field) vm->field = t->own.field;
  OWN_OF_VM(X)
#undef X
#define X(field) run->field = t->run.field;
  OWN_OF_RUN(X)
#undef X
  sk_scratch_swap(vm, &t->scratch);
  for (int i = 0, at = 0; i < ts->own_count; at += (int)ts->own[i++].bytes) memcpy(ts->own[i].place, t->extra + at, ts->own[i].bytes);
}

/* ---- sleeping ------------------------------------------------------------------------------------------ */

int64_t sk_thread_now(void) {
  struct timespec ts;
  clock_gettime(CLOCK_MONOTONIC, &ts);
  return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

void sk_thread_unpark(SkThread *t) {
  if (!atomic_exchange(&t->posted, 1)) sem_post(&t->sem);
}

/* False: the deadline has passed. */
static bool sleep_until(SkThread *t, int64_t deadline) {
  int failed;
  if (deadline == SK_NO_DEADLINE) {
    failed = sem_wait(&t->sem);
  } else {
    struct timespec at = {deadline / 1000000000, deadline % 1000000000};
    failed = sem_clockwait(&t->sem, CLOCK_MONOTONIC, &at);
  }
  if (failed) return errno != ETIMEDOUT;
  atomic_store(&t->posted, 0);
  return true;
}

/* ---- the lock --------------------------------------------------------------------------------------------- */

/* With |mutex| held: the first who waits has the lock now. */
static void give(SkThreads *ts) {
  SkThread *next = ts->head;
  ts->current = next;
  ts->held = next != NULL;
  if (!next) return;
  ts->head = next->queue_next;
  if (!ts->head) ts->tail = NULL;
  ts->waiting--;
  atomic_store(&next->granted, 1);
  sk_thread_unpark(next);
}

static void take(SkThreads *ts, SkThread *t) {
  pthread_mutex_lock(&ts->mutex);
  bool got = !ts->held;
  if (got) {
    ts->held = true;
    ts->current = t;
  } else {
    atomic_store(&t->granted, 0);
    t->queue_next = NULL;
    if (ts->tail) ts->tail->queue_next = t;
    else ts->head = t;
    ts->tail = t;
    ts->waiting++;
  }
  pthread_mutex_unlock(&ts->mutex);
  if (!got)
    while (!atomic_load(&t->granted)) sleep_until(t, SK_NO_DEADLINE);
  ts->taken_at = sk_thread_now();
}

/* Copies the words between its own frame and |end|: there the caller has put its registers. */
static SK_NO_ASAN SK_NOINLINE void spill(SkThread *t, const uintptr_t *end) {
  const uintptr_t *p = __builtin_frame_address(0);
  size_t n = 0;
  for (; p < end && n < SPILL_WORDS; p++) t->spill[n++] = *p;
  sk_assert(p == end);
  t->spilled = n;
}

/* The registers are copied, so that this frame may end while the thread is away. */
SK_NOINLINE SkThread *sk_thread_release(SkVm *vm) {
  SkThreads *ts = threads_of(vm);
  SkThread *t = ts->current;
  t->state = BLOCKED;
  if (SK_LIKELY(ts->count == 1)) return t;
  __builtin_unwind_init();
  t->c_top = __builtin_frame_address(0);
  spill(t, t->c_top);
  swap_out(vm, t);
  t->released = true;
  pthread_mutex_lock(&ts->mutex);
  give(ts);
  pthread_mutex_unlock(&ts->mutex);
  __asm__ volatile("" ::: "memory");
  return t;
}

void sk_thread_acquire(SkThread *t) {
  SkVm *vm = t->vm;
  if (t->released) {
    int saved = errno;
    t->state = QUEUED;
    take(threads_of(vm), t);
    swap_in(vm, t);
    run_of(vm)->stack_clean = false;
    t->released = false;
    errno = saved;
  }
  t->state = RUNNING;
}

bool sk_thread_others_waiting(SkVm *vm) { return threads_of(vm)->waiting > 0; }
int64_t sk_thread_interval(SkVm *vm) { return threads_of(vm)->interval; }
void sk_thread_set_interval(SkVm *vm, int64_t ns) { threads_of(vm)->interval = ns; }

void sk_thread_yield(SkVm *vm) {
  if (sk_thread_others_waiting(vm)) sk_thread_acquire(sk_thread_release(vm));
}

static bool must_leave(const SkThreads *ts) { return ts->stopping && ts->current != ts->main; }

/* The C frames of this thread own nothing, so they can be jumped over; script code gets no say. */
static SK_NORETURN void leave(SkVm *vm) {
  vm->catch_top = threads_of(vm)->current->bottom;
  sk_throw_nothing(vm);
}

void sk_thread_poll(SkVm *vm) {
  SkThreads *ts = threads_of(vm);
  if (ts->count == 1) return;
  if (must_leave(ts)) leave(vm);
  if (ts->waiting && sk_thread_now() - ts->taken_at >= ts->interval) sk_thread_yield(vm);
  if (must_leave(ts)) leave(vm);
}

bool sk_thread_park(SkVm *vm, int64_t deadline) {
  int64_t until = sk_limits_until(vm, deadline);
  SkThread *t = sk_thread_release(vm);
  t->state = PARKED;
  bool in_time = sleep_until(t, until) || until != deadline;
  sk_thread_acquire(t);
  return in_time;
}

bool sk_thread_must_poll(SkVm *vm) {
  SkThreads *ts = threads_of(vm);
  if (sk_stopped(vm) || sk_time_is_over(vm)) return true;
  int bits = sk_interrupts(vm);
  return ts->current == ts->main ? bits != 0 : ts->stopping || (bits & SK_INTERRUPT_KILL);
}

void sk_thread_wake_main(SkVm *vm) {
  SkThreads *ts = __atomic_load_n(&vm->threads, __ATOMIC_ACQUIRE);
  int event = __atomic_load_n(&vm->wake_event, __ATOMIC_SEQ_CST), saved = errno;
  uint64_t one = 1;
  if (ts) sk_thread_unpark(ts->main);
  if (event && write(event - 1, &one, sizeof one) < 0) { /* full: it is readable already */ }
  errno = saved;
}

int sk_thread_wake_fd(SkVm *vm) {
  if (!vm->wake_event) __atomic_store_n(&vm->wake_event, 1 + eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), __ATOMIC_SEQ_CST);
  return vm->wake_event - 1;
}

void sk_thread_clear_wake(SkVm *vm) {
  uint64_t n;
  if (vm->wake_event && read(vm->wake_event - 1, &n, sizeof n) < 0) { /* somebody else was there first */ }
}

/* ---- birth and death of a thread ---------------------------------------------------------------------------- */

SkThread *sk_thread_current(SkVm *vm) { return threads_of(vm)->current; }
SkThread *sk_thread_main(SkVm *vm) { return threads_of(vm)->main; }
bool sk_thread_is_main(SkVm *vm) { return threads_of(vm)->current == threads_of(vm)->main; }
int sk_thread_count(SkVm *vm) { return threads_of(vm)->count; }
uint64_t sk_thread_ident(const SkThread *t) { return (uint64_t)t->os; }
int64_t sk_thread_native_id(const SkThread *t) { return t->native_id; }
uint64_t sk_thread_serial(const SkThread *t) { return t->serial; }
static int64_t system_id(void) { return (int64_t)syscall(SYS_gettid); }

static size_t extra_bytes(const SkThreads *ts) {
  size_t n = 0;
  for (int i = 0; i < ts->own_count; i++) n += ts->own[i].bytes;
  return n;
}

static void thread_free(SkVm *vm, SkThread *t) {
  sem_destroy(&t->sem);
  sk_scratch_free(vm, &t->scratch);
  if (t->run.stack) run_stack_unmap(vm, t->run.stack, t->run.stack_bytes);
  sk_mem_free(vm, t->extra, extra_bytes(threads_of(vm)) + 1);
  sk_mem_free(vm, t, sizeof *t);
}

/* Who has the VM's lock gives back what threads left that have ended: they could not, as the allocator is the VM's. */
static void bury(SkVm *vm) {
  SkThreads *ts = threads_of(vm);
  pthread_mutex_lock(&ts->mutex);
  SkThread *dead = ts->dead;
  ts->dead = NULL;
  pthread_mutex_unlock(&ts->mutex);
  for (SkThread *next; dead; dead = next) {
    next = dead->next;
    thread_free(vm, dead);
  }
}

/* A thread that has run nothing yet. */
static SkThread *thread_new(SkVm *vm) {
  SkThreads *ts = threads_of(vm);
  bury(vm);
  SkThread *t = sk_mem_new(vm, sizeof *t);
  if (!t) return NULL;
  t->vm = vm;
  t->serial = ++ts->last_serial;
  t->own.handled = t->own.raised = t->own.asyncgen_firstiter = t->own.asyncgen_finalizer = t->arg = t->run.gen_result = SK_NONE;
  t->run.stack_bytes = run_of(vm)->stack_bytes;
  t->run.stack = t->own.stack_base = run_stack_map(vm, t->run.stack_bytes);
  t->run.stack_clean = true;
  t->extra = sk_mem_new(vm, extra_bytes(ts) + 1);
  sem_init(&t->sem, 0, 0);
  bool good = t->run.stack && t->extra;
  for (int i = 0, at = 0; good && i < ts->own_count; at += (int)ts->own[i++].bytes) memcpy(t->extra + at, ts->own[i].initial, ts->own[i].bytes);
  if (good) return t;
  thread_free(vm, t);
  return NULL;
}

/* |mutex| held. */
static void unlink_thread(SkThreads *ts, SkThread *t) {
  SkThread **p = &ts->all;
  while (*p != t) p = &(*p)->next;
  *p = t->next;
  ts->count--;
}

static void body(SkVm *vm, void *arg) {
  SkThread *t = arg;
  t->bottom = vm->catch_top;
  if (!must_leave(threads_of(vm))) t->fn(vm, t->arg);
}

/* The last steps with the lock; after giving it away nothing of the VM is touched. */
static void thread_end(SkVm *vm, SkThread *t) {
  SkThreads *ts = threads_of(vm);
  t->arg = SK_NONE;
  vm->c_base = NULL;
  if (t == ts->main) { /* a child of fork() that was made by a thread: it is all there is */
    sk_thread_release(vm);
    return;
  }
  for (int i = 0; i < ts->own_count; i++)
    if (ts->own[i].end) ts->own[i].end(ts->own[i].place);
  frame_abandon(vm, run_of(vm)->stack, run_of(vm)->stack_bytes);
  swap_out(vm, t);
  bury(vm);
  pthread_mutex_lock(&ts->mutex);
  unlink_thread(ts, t);
  t->next = ts->dead;
  ts->dead = t;
  give(ts);
  if (ts->stopping) sk_thread_unpark(ts->main);
  pthread_mutex_unlock(&ts->mutex);
}

static SK_NOINLINE void *thread_main(void *arg) {
  SkThread *t = arg;
  SkVm *vm = t->vm;
  t->native_id = system_id();
  t->released = true;
  sk_thread_acquire(t);
  vm->c_base = __builtin_frame_address(0);
  vm->c_limit = vm->c_base - (t->c_bytes - C_STACK_MARGIN) / 8 * 7;
  sk_run_set_recursion_limit(vm, vm->recursion_limit);
  if (!sk_protect_any(vm, body, t)) sk_take_raised(vm);
  if (sk_stopped(vm)) sk_thread_wake_main(vm); /* it has to see that, wherever it waits */
  thread_end(vm, t);
  return NULL;
}

static size_t usual_c_bytes(void) {
  struct rlimit lim;
  size_t most = (size_t)8 << 20;
  return getrlimit(RLIMIT_STACK, &lim) == 0 && lim.rlim_cur < most ? (size_t)lim.rlim_cur : most;
}

static bool create(SkThread *t, size_t stack_bytes) {
  pthread_attr_t attr;
  if (pthread_attr_init(&attr) != 0) return false;
  t->c_bytes = stack_bytes ? stack_bytes : usual_c_bytes();
  if (t->c_bytes < C_STACK_LEAST) t->c_bytes = C_STACK_LEAST;
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attr, t->c_bytes);
  int failed = pthread_create(&t->os, &attr, thread_main, t);
  pthread_attr_destroy(&attr);
  return !failed;
}

SkThread *sk_thread_start(SkVm *vm, SkThreadFn *fn, SkValue arg, size_t stack_bytes) {
  SkThreads *ts = threads_of(vm);
  SkThread *t = thread_new(vm);
  if (!t) return NULL;
  t->fn = fn;
  t->arg = arg;
  t->state = QUEUED;
  pthread_mutex_lock(&ts->mutex);
  t->next = ts->all;
  ts->all = t;
  if (ts->count++ == 1) ts->taken_at = sk_thread_now();
  pthread_mutex_unlock(&ts->mutex);
  if (create(t, stack_bytes)) return t;
  pthread_mutex_lock(&ts->mutex);
  unlink_thread(ts, t);
  pthread_mutex_unlock(&ts->mutex);
  thread_free(vm, t);
  return NULL;
}

/* ---- every thread in turn -------------------------------------------------------------------------------------- */

void sk_thread_each(SkVm *vm, void (*fn)(SkVm *vm, SkThread *t, void *arg), void *arg) {
  SkThreads *ts = threads_of(vm);
  SkThread *me = ts->current;
  for (SkThread *t = ts->all; t; t = t->next) {
    if (t == me) {
      fn(vm, t, arg);
      continue;
    }
    swap_out(vm, me);
    swap_in(vm, t);
    ts->current = t;
    fn(vm, t, arg);
    ts->current = me;
    swap_out(vm, t);
    swap_in(vm, me);
  }
}

typedef struct Marking { SkMarker *m; void (*mark)(SkMarker *m); } Marking;

static void mark_one(SkVm *vm, SkThread *t, void *arg) {
  Marking *g = arg;
  sk_mark(g->m, t->arg);
  if (!t->released && t->state != QUEUED) return; /* the running one is the heap's own business */
  g->mark(g->m);
  run_of(vm)->stack_clean = true; /* nobody writes there until the thread runs again */
  if (sk_marker_is_checking(g->m)) return;
  sk_mark_words(g->m, t->spill, t->spill + t->spilled);
  if (vm->c_base) sk_mark_words(g->m, t->c_top, vm->c_base);
}

static void mark_waiting(SkMarker *m, SkVm *vm, void (*mark)(SkMarker *m)) {
  if (vm->threads && vm->threads->count > 1) sk_thread_each(vm, mark_one, &(Marking){m, mark});
}

/* ---- life of them all -------------------------------------------------------------------------------------------- */

/* Those of a VM that was reset are taken again: others may be waking the main thread right now. */
static SkThreads *threads_new(SkVm *vm) {
  SkThreads *ts = sk_mem_new(vm, sizeof *ts);
  SkThread *t = sk_mem_new(vm, sizeof *t);
  if (!ts || !t) {
    sk_mem_free(vm, ts, sizeof *ts);
    sk_mem_free(vm, t, sizeof *t);
    return NULL;
  }
  pthread_mutex_init(&ts->mutex, NULL);
  sem_init(&t->sem, 0, 0);
  t->vm = vm;
  ts->current = ts->main = ts->all = t;
  __atomic_store_n(&vm->threads, ts, __ATOMIC_RELEASE);
  return ts;
}

bool sk_threads_init(SkVm *vm) {
  SkThreads *ts = vm->threads ? vm->threads : threads_new(vm);
  if (!ts) return false;
  SkThread *t = ts->main;
  t->os = pthread_self();
  t->native_id = system_id();
  t->arg = SK_NONE;
  ts->held = true;
  ts->count = 1;
  ts->interval = INTERVAL_NS;
  vm->hooks.mark_waiting = mark_waiting;
  return true;
}

void sk_thread_own(SkVm *vm, void *place, size_t bytes, const void *initial, void (*end)(void *place)) {
  SkThreads *ts = threads_of(vm);
  sk_assert(ts->own_count < OWN_MOST);
  size_t before = extra_bytes(ts);
  for (SkThread *t = ts->all; t; t = t->next) {
    char *more = sk_mem_grow(vm, t->extra, t->extra ? before + 1 : 0, before + bytes + 1);
    if (!more) sk_raise_nomem(vm);
    t->extra = more;
    memcpy(more + before, initial, bytes);
  }
  ts->own[ts->own_count++] = (Own){place, bytes, initial, end};
}

SkCatch *sk_thread_set_bottom(SkVm *vm, SkCatch *bottom) {
  SkThread *t = threads_of(vm)->current;
  SkCatch *old = t->bottom;
  t->bottom = bottom;
  return old;
}

static void do_nothing(int sig) { (void)sig; }

/* Ends their system calls: SIGURG is ignored by who does not expect it, so one too many does no harm. */
static void poke(SkThreads *ts) {
  pthread_mutex_lock(&ts->mutex);
  for (SkThread *t = ts->all; t; t = t->next) {
    if (t == ts->main) continue;
    sk_thread_unpark(t);
    if (t->state == BLOCKED) pthread_kill(t->os, SIGURG);
  }
  pthread_mutex_unlock(&ts->mutex);
}

bool sk_threads_stop(SkVm *vm) {
  enum { PATIENCE_NS = 5 };
  SkThreads *ts = threads_of(vm);
  if (!ts || ts->count == 1) return true;
  ts->stopping = true;
  struct sigaction old, nothing = {.sa_handler = do_nothing};
  sigemptyset(&nothing.sa_mask);
  sigaction(SIGURG, NULL, &old);
  bool ours = old.sa_handler == SIG_DFL || old.sa_handler == SIG_IGN;
  if (ours) sigaction(SIGURG, &nothing, NULL);
  int64_t start = sk_thread_now(), pause = 200000;
  while (ts->count > 1 && sk_thread_now() - start < (int64_t)PATIENCE_NS * 1000000000) {
    poke(ts);
    sk_thread_park(vm, sk_thread_now() + pause);
    if (pause < 50000000) pause *= 2;
  }
  if (ours && ts->count == 1) sigaction(SIGURG, &old, NULL);
  return ts->count == 1;
}

void sk_threads_reset(SkVm *vm) {
  SkThreads *ts = threads_of(vm);
  if (!ts) return;
  pthread_mutex_lock(&ts->mutex); /* the last thread may be about to unlock it */
  pthread_mutex_unlock(&ts->mutex);
  bury(vm);
  sk_mem_free(vm, ts->main->extra, extra_bytes(ts) + 1);
  ts->main->extra = NULL;
  ts->main->bottom = NULL;
  ts->main->released = false;
  ts->stopping = false;
  ts->own_count = 0;
  vm->hooks.mark_waiting = NULL;
}

void sk_threads_free(SkVm *vm) {
  SkThreads *ts = threads_of(vm);
  if (vm->wake_event > 0) close(vm->wake_event - 1);
  vm->wake_event = 0;
  if (!ts) return;
  sk_threads_reset(vm);
  sem_destroy(&ts->main->sem);
  sk_mem_free(vm, ts->main, sizeof *ts->main);
  pthread_mutex_destroy(&ts->mutex);
  sk_mem_free(vm, ts, sizeof *ts);
  vm->threads = NULL;
}

/* ---- fork ----------------------------------------------------------------------------------------------------------- */

void sk_thread_before_fork(SkVm *vm) { pthread_mutex_lock(&threads_of(vm)->mutex); }

void sk_thread_after_fork(SkVm *vm, bool in_child) {
  SkThreads *ts = threads_of(vm);
  if (!in_child) {
    pthread_mutex_unlock(&ts->mutex);
    return;
  }
  pthread_mutex_init(&ts->mutex, NULL);
  SkThread *me = ts->current;
  for (SkThread *t = ts->all, *next; t; t = next) {
    next = t->next;
    if (t == me) continue;
    if (t->run.stack) frame_abandon(vm, t->run.stack, t->run.stack_bytes);
    thread_free(vm, t);
  }
  ts->all = ts->main = me;
  me->next = NULL;
  me->os = pthread_self();
  me->native_id = system_id();
  ts->head = ts->tail = NULL;
  ts->waiting = 0;
  ts->count = 1;
}
