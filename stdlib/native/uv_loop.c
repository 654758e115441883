/* uv_loop.c - the poller of a loop: waiting for the outside world, waking up, the end.  Layer 8.
 *
 * With one thread libuv itself waits; a timer of its own ends the wait in time.  With several, the VM's lock is given away and
 * poll(2) waits on libuv's descriptor; libuv runs its callbacks afterwards, under the lock.
 */
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "stdlib/native/uv_impl.h"

void uv_raise(SkVm *vm, int code) { sk_raise_os(vm, -code, SK_UNSET); }

/* ---- the state of the VM ---- */

static void poller_free(UvLoop *u);

static void state_trace(SkMarker *m, SkObject *o) {
  UvState *s = (UvState *)o;
  sk_mark(m, s->error);
  for (UvLoop *u = s->loops; u; u = u->next) {
    uv_watches_trace(m, u);
    if (u->extra.trace) u->extra.trace(m, u);
  }
  uv_requests_trace(m, s);
}

static void state_finalize(SkVm *vm, SkObject *o) {
  UvState *s = (UvState *)o;
  (void)vm;
  while (s->loops) poller_free(s->loops);
}

static const SkTypeDef state_type = {.name = "_uv.State", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(UvState),
                                     .flags = SK_TYPE_NO_NEW | SK_TYPE_FINAL, .trace = state_trace, .finalize = state_finalize};

/* Loops that nobody closed and nobody has any more. */
static void drop_dead_loops(SkVm *vm, void *arg) {
  (void)vm;
  for (UvLoop *u = ((UvState *)arg)->loops, *next; u; u = next) {
    next = u->next;
    if (!sk_gc_is_live(u->loop)) poller_free(u);
  }
}

UvState *uv_state(SkVm *vm) {
  SkValue v = sk_dict_get_cstr(vm, vm->module_state, "_uv");
  if (sk_is_unset(v)) {
    UvState *s = sk_object_new(vm, sk_library_type(vm, &state_type), 0);
    s->error = SK_UNSET;
    if (sk_thread_wake_fd(vm) < 0) sk_raise_os(vm, errno, SK_UNSET);
    v = sk_from_ptr(s);
    sk_dict_set_cstr(vm, vm->module_state, "_uv", v);
    sk_gc_after_mark(vm, drop_dead_loops, s);
  }
  return (UvState *)sk_ptr(v);
}

/* ---- callbacks ---- */

bool uv_guard(UvLoop *u, void (*fn)(SkVm *, void *), void *arg) {
  SkVm *vm = u->vm;
  if (sk_protect_any(vm, fn, arg)) return true;
  SkValue exc = sk_take_raised(vm);
  if (sk_is_unset(u->state->error)) sk_write(vm, u->state, &u->state->error, exc);
  else sk_unraisable(vm, exc, SK_UNSET);
  return false;
}

char *uv_slab(SkVm *vm, UvLoop *u) {
  if (!u->slab && !(u->slab = malloc(UV_SLAB))) sk_raise_nomem(vm);
  return u->slab;
}

/* ---- waiting ---- */

static void on_async(uv_async_t *a) { (void)a; }

static void on_wake(uv_poll_t *p, int status, int events) {
  (void)status;
  (void)events;
  sk_thread_clear_wake(((UvLoop *)p->data)->vm);
}

/* Who wakes the main thread wakes the loop that it polls, and only that. */
static void watch_wake(SkVm *vm, UvLoop *u) {
  bool on = sk_thread_is_main(vm);
  if (on == u->wakes) return;
  u->wakes = on;
  if (on) uv_poll_start(&u->wake, UV_READABLE, on_wake);
  else uv_poll_stop(&u->wake);
}

/* uv_run() looks at its timers before it polls: one that was due by then (the process did not run for a while) must keep it from polling
 * without limit. */
static void on_timer(uv_timer_t *t) { uv_stop(t->loop); }

static bool must_not_wait(SkVm *vm, SkLoop *l, UvLoop *u) { return sk_interrupts(vm) || l->ready_count || !sk_is_unset(u->state->error); }

/* Other threads run meanwhile. */
static void wait_unlocked(SkVm *vm, SkLoop *l, UvLoop *u, double seconds) {
  do { /* descriptors go into the kernel's set when libuv looks; those that a callback of this very run has changed, the next time */
    u->changed = false;
    uv_run(&u->uv, UV_RUN_NOWAIT);
    if (must_not_wait(vm, l, u)) return;
  } while (u->changed);
  struct pollfd p = {.fd = uv_backend_fd(&u->uv), .events = POLLIN};
  int own = uv_backend_timeout(&u->uv); /* libcurl's timer */
  if (own >= 0 && (seconds < 0 || own / 1e3 < seconds)) seconds = own / 1e3;
  struct timespec left = {(time_t)seconds, (long)((seconds - floor(seconds)) * 1e9)};
  bool forever = seconds < 0 || seconds > 1e8;
  SkThread *t = sk_thread_release(vm);
  ppoll(&p, 1, forever ? NULL : &left, NULL);
  sk_thread_acquire(t);
  uv_run(&u->uv, UV_RUN_NOWAIT);
}

static void wait_alone(SkVm *vm, SkLoop *l, UvLoop *u, double seconds) {
  if (must_not_wait(vm, l, u)) {
    uv_run(&u->uv, UV_RUN_NOWAIT);
    return;
  }
  if (seconds > 0) {
    uv_update_time(&u->uv);
    uv_timer_start(&u->timer, on_timer, seconds > 1e8 ? (uint64_t)1e11 : (uint64_t)ceil(seconds * 1000), 0);
  }
  uv_run(&u->uv, UV_RUN_ONCE);
  if (seconds > 0) uv_timer_stop(&u->timer);
}

static void poller_poll(SkVm *vm, SkLoop *l, double seconds) {
  UvLoop *u = (UvLoop *)l->poller;
  UvState *s = u->state;
  watch_wake(vm, u);
  seconds = sk_limits_seconds(vm, seconds);
  if (seconds == 0) uv_run(&u->uv, UV_RUN_NOWAIT);
  else if (sk_thread_count(vm) > 1) wait_unlocked(vm, l, u, seconds);
  else wait_alone(vm, l, u, seconds);
  if (sk_is_unset(s->error)) return;
  SkValue exc = s->error;
  s->error = SK_UNSET;
  sk_throw(vm, exc);
}

static bool poller_active(SkVm *vm, SkLoop *l) {
  (void)vm;
  return ((UvLoop *)l->poller)->takers > 0;
}

static void poller_wake(SkVm *vm, SkLoop *l) {
  (void)vm;
  uv_async_send(&((UvLoop *)l->poller)->async);
}

/* Descriptors go into the kernel's set when libuv looks at it. */
static int poller_descriptor(SkVm *vm, SkLoop *l) {
  UvLoop *u = (UvLoop *)l->poller;
  watch_wake(vm, u);
  uv_run(&u->uv, UV_RUN_NOWAIT);
  return uv_backend_fd(&u->uv);
}

static double poller_due(SkVm *vm, SkLoop *l) {
  (void)vm;
  int ms = uv_backend_timeout(&((UvLoop *)l->poller)->uv);
  return ms / 1e3;
}

/* ---- birth and death ---- */

static void poller_free(UvLoop *u) {
  u->closing = true;
  for (UvLoop **at = &u->state->loops; *at; at = &(*at)->next) {
    if (*at != u) continue;
    *at = u->next;
    break;
  }
  uv_requests_close(u);
  if (u->extra.data) u->extra.close(u);
  uv_close((uv_handle_t *)&u->async, NULL);
  uv_close((uv_handle_t *)&u->timer, NULL);
  uv_close((uv_handle_t *)&u->wake, NULL);
  uv_watches_close(u);
  while (uv_run(&u->uv, UV_RUN_DEFAULT)) {}
  uv_loop_close(&u->uv);
  for (int i = 0; i < u->watch_room; i++) free(u->watches[i]);
  free(u->watches);
  free(u->slab);
  free(u);
}

static void poller_close(SkVm *vm, SkLoop *l) {
  (void)vm;
  poller_free((UvLoop *)l->poller);
  l->poller = NULL;
}

static void *poller_make(SkVm *vm, void *loop) {
  UvState *s = uv_state(vm);
  UvLoop *u = calloc(1, sizeof *u);
  if (!u) sk_raise_nomem(vm);
  int r = uv_loop_init(&u->uv);
  if (r < 0) {
    free(u);
    uv_raise(vm, r);
  }
  u->poller = (SkPoller){poller_poll, poller_active, poller_wake, poller_close, poller_descriptor, poller_due};
  u->vm = vm;
  u->loop = loop;
  u->state = s;
  uv_async_init(&u->uv, &u->async, on_async);
  uv_timer_init(&u->uv, &u->timer);
  uv_poll_init(&u->uv, &u->wake, sk_thread_wake_fd(vm));
  u->wake.data = u;
  u->next = s->loops;
  s->loops = u;
  return &u->poller;
}

UvLoop *uv_loop_of(SkVm *vm, SkLoop *l) {
  if (l->closed) sk_raisef(vm, SK_T_RuntimeError, "Event loop is closed");
  if (!l->poller) l->poller = poller_make(vm, l);
  return (UvLoop *)l->poller;
}

UvLoop *uv_running(SkVm *vm) { return uv_loop_of(vm, sk_need_loop(vm)); }

SkLoop *uv_loop_arg(SkVm *vm, SkValue v) {
  if (sk_is_loop(v)) return sk_as_loop(v);
  SkValue engine = sk_getattr_opt(vm, v, sk_intern(vm, "_engine"));
  if (sk_is_unset(engine) || !sk_is_loop(engine)) sk_raise_type(vm, "an event loop of Skein is required, not %T", v);
  return sk_as_loop(engine);
}

void sk_poller_init(SkVm *vm) {
  vm->hooks.make_poller = poller_make;
}
