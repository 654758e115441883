/* plain_poller.c - the poller of a loop without libuv: timers, and being woken.  Layer 8.
 *
 * Stands in for uv_loop.c in builds without libraries (stdlib/native/BUILD).  Each loop has an event descriptor; the main thread's loop also
 * watches the VM's, which signal handlers and other threads write to.  Both are in one epoll set, which is what a host polls.
 */
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "stdlib/native/native.h"
#include "stdlib/native/native_type.h"
#include "vm/run/thread.h"
#include "vm/task/task.h"

typedef struct PlainLoop PlainLoop;
typedef struct PlainState PlainState;

struct PlainLoop {
  SkPoller poller; /* first: SkLoop.poller is this record */
  SkLoop *loop;    /* not traced: a loop that dies takes its poller along */
  PlainState *state;
  PlainLoop *next;
  int set, woken;  /* the epoll set; the loop's own event descriptor */
  bool wakes;      /* the VM's descriptor is in the set */
};

/* One per VM, a heap object. */
struct PlainState {
  SkObject head;
  PlainLoop *loops;
};

/* ---- birth and death ---- */

static void plain_free(PlainLoop *p) {
  for (PlainLoop **at = &p->state->loops; *at; at = &(*at)->next) {
    if (*at != p) continue;
    *at = p->next;
    break;
  }
  if (p->set >= 0) close(p->set);
  if (p->woken >= 0) close(p->woken);
  free(p);
}

static void plain_close(SkVm *vm, SkLoop *l) {
  (void)vm;
  plain_free((PlainLoop *)l->poller);
  l->poller = NULL;
}

static void plain_state_finalize(SkVm *vm, SkObject *o) {
  PlainState *s = (PlainState *)o;
  (void)vm;
  while (s->loops) plain_free(s->loops);
}

static void plain_state_trace(SkMarker *m, SkObject *o) {
  (void)m;
  (void)o;
}

static const SkTypeDef plain_state_type = {.name = "_plain.State", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(PlainState),
                                           .flags = SK_TYPE_NO_NEW | SK_TYPE_FINAL, .trace = plain_state_trace, .finalize = plain_state_finalize};

/* Loops that nobody closed and nobody has any more. */
static void drop_dead_pollers(SkVm *vm, void *arg) {
  (void)vm;
  for (PlainLoop *p = ((PlainState *)arg)->loops, *next; p; p = next) {
    next = p->next;
    if (!sk_gc_is_live(p->loop)) plain_free(p);
  }
}

/* ---- waking ---- */

/* Async-signal-safe. */
static void signal_event(int fd) {
  int saved = errno;
  uint64_t one = 1;
  if (write(fd, &one, sizeof one) < 0) { /* full: it is readable already */ }
  errno = saved;
}

static void clear_event(int fd) {
  uint64_t n;
  if (read(fd, &n, sizeof n) < 0) { /* it was not set */ }
}

static void plain_wake(SkVm *vm, SkLoop *l) {
  (void)vm;
  signal_event(((PlainLoop *)l->poller)->woken);
}

static void put_into_set(SkVm *vm, PlainLoop *p, int fd) {
  struct epoll_event e = {.events = EPOLLIN};
  if (epoll_ctl(p->set, EPOLL_CTL_ADD, fd, &e) < 0) sk_raise_os(vm, errno, SK_UNSET);
}

/* Who wakes the main thread wakes the loop that it polls, and only that. */
static void watch_main_wake(SkVm *vm, PlainLoop *p) {
  bool on = sk_thread_is_main(vm);
  if (on == p->wakes) return;
  if (on) put_into_set(vm, p, sk_thread_wake_fd(vm));
  else epoll_ctl(p->set, EPOLL_CTL_DEL, sk_thread_wake_fd(vm), NULL);
  p->wakes = on;
}

/* ---- waiting ---- */

static void plain_poll(SkVm *vm, SkLoop *l, double seconds) {
  PlainLoop *p = (PlainLoop *)l->poller;
  watch_main_wake(vm, p);
  seconds = sk_limits_seconds(vm, seconds);
  if (seconds != 0 && !sk_interrupts(vm) && !l->ready_count) {
    struct pollfd set = {.fd = p->set, .events = POLLIN};
    bool forever = seconds < 0 || seconds > 1e8;
    struct timespec left = {(time_t)(forever ? 0 : seconds), (long)((forever ? 0 : seconds - floor(seconds)) * 1e9)};
    SkThread *t = sk_thread_release(vm); /* others run meanwhile */
    ppoll(&set, 1, forever ? NULL : &left, NULL);
    sk_thread_acquire(t);
  }
  clear_event(p->woken);
  if (p->wakes) sk_thread_clear_wake(vm);
}

/* Nothing but timers and the work that the loop counts itself. */
static bool plain_active(SkVm *vm, SkLoop *l) {
  (void)vm;
  (void)l;
  return false;
}

static int plain_descriptor(SkVm *vm, SkLoop *l) {
  PlainLoop *p = (PlainLoop *)l->poller;
  watch_main_wake(vm, p);
  return p->set;
}

static double plain_due(SkVm *vm, SkLoop *l) {
  (void)vm;
  (void)l;
  return -1;
}

/* ---- making one ---- */

static PlainState *plain_state(SkVm *vm) {
  SkValue v = sk_dict_get_cstr(vm, vm->module_state, "_plain");
  if (!sk_is_unset(v)) return (PlainState *)sk_ptr(v);
  PlainState *s = sk_object_new(vm, sk_library_type(vm, &plain_state_type), 0);
  if (sk_thread_wake_fd(vm) < 0) sk_raise_os(vm, errno, SK_UNSET);
  sk_dict_set_cstr(vm, vm->module_state, "_plain", sk_from_ptr(s));
  sk_gc_after_mark(vm, drop_dead_pollers, s);
  return s;
}

static void *plain_make(SkVm *vm, void *loop) {
  PlainState *s = plain_state(vm);
  PlainLoop *p = calloc(1, sizeof *p);
  if (!p) sk_raise_nomem(vm);
  p->poller = (SkPoller){plain_poll, plain_active, plain_wake, plain_close, plain_descriptor, plain_due};
  p->loop = loop;
  p->state = s;
  p->set = epoll_create1(EPOLL_CLOEXEC);
  p->woken = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  struct epoll_event e = {.events = EPOLLIN};
  if (p->set < 0 || p->woken < 0 || epoll_ctl(p->set, EPOLL_CTL_ADD, p->woken, &e) < 0) {
    int why = errno;
    plain_free(p);
    sk_raise_os(vm, why, SK_UNSET);
  }
  p->next = s->loops;
  s->loops = p;
  return &p->poller;
}

void sk_poller_init(SkVm *vm) { vm->hooks.make_poller = plain_make; }

/* Nobody waits for descriptors here. */
void sk_descriptor_closing(SkVm *vm, int fd) {
  (void)vm;
  (void)fd;
}
