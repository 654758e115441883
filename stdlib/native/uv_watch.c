/* uv_watch.c - descriptors that are waited for: by handles (add_reader), tasks, transports.  Layer 8. */
#include <errno.h>
#include <stdlib.h>

#include "stdlib/native/socket_impl.h"
#include "stdlib/native/uv_impl.h"

UvWatch *uv_watch_at(UvLoop *u, int fd) { return fd >= 0 && fd < u->watch_room ? u->watches[fd] : NULL; }

void uv_watches_trace(SkMarker *m, const UvLoop *u) {
  for (int i = 0; i < u->watch_room; i++) {
    UvWatch *w = u->watches[i];
    if (!w) continue;
    for (int d = 0; d < 2; d++)
      if (!sk_is_unset(w->side[d].object)) sk_mark(m, w->side[d].object);
  }
}

void uv_watches_close(UvLoop *u) {
  for (int i = 0; i < u->watch_room; i++)
    if (u->watches[i]) uv_close((uv_handle_t *)&u->watches[i]->poll, NULL);
}

/* ---- switching on and off ---- */

static int wanted(const UvWatch *w) {
  return (sk_is_unset(w->side[UV_READING].object) ? 0 : UV_READABLE) | (sk_is_unset(w->side[UV_WRITING].object) ? 0 : UV_WRITABLE);
}

static void on_ready(uv_poll_t *p, int status, int events);

static void rearm(UvWatch *w) {
  int events = wanted(w);
  if (events == w->armed) return;
  if (events) uv_poll_start(&w->poll, events, on_ready);
  else uv_poll_stop(&w->poll);
  w->armed = events;
  w->owner->changed = true;
}

typedef struct Readiness { UvWatch *w; UvDirection d; } Readiness;
static void tell_taker(SkVm *vm, void *arg) {
  Readiness *r = arg;
  UvSide *side = &r->w->side[r->d];
  if (!sk_is_unset(side->object)) side->ready(vm, r->w->owner, r->w->fd, side->object);
}

static void on_ready(uv_poll_t *p, int status, int events) {
  UvWatch *w = p->data;
  if (w->owner->closing) return;
  if (status < 0) { /* broken: libuv has stopped it; both sides find out what it is */
    events = UV_READABLE | UV_WRITABLE;
    w->armed = 0;
  }
  if (events & UV_READABLE) uv_guard(w->owner, tell_taker, &(Readiness){w, UV_READING});
  if (events & UV_WRITABLE) uv_guard(w->owner, tell_taker, &(Readiness){w, UV_WRITING});
  rearm(w);
}

/* ---- takers ---- */

static void make_room(SkVm *vm, UvLoop *u, int fd) {
  if (fd < u->watch_room) return;
  int room = (fd | 63) + 1;
  UvWatch **more = realloc(u->watches, (size_t)room * sizeof *more);
  if (!more) sk_raise_nomem(vm);
  for (int i = u->watch_room; i < room; i++) more[i] = NULL;
  u->watches = more;
  u->watch_room = room;
}

static UvWatch *watch_make(SkVm *vm, UvLoop *u, int fd) {
  if (fd < 0) sk_raise_value(vm, "Invalid file descriptor: %d", fd);
  make_room(vm, u, fd);
  UvWatch *w = calloc(1, sizeof *w);
  if (!w) sk_raise_nomem(vm);
  int r = uv_poll_init(&u->uv, &w->poll, fd);
  if (r < 0) {
    free(w);
    uv_raise(vm, r);
  }
  w->owner = u;
  w->fd = fd;
  w->poll.data = w;
  w->side[0].object = w->side[1].object = SK_UNSET;
  u->watches[fd] = w;
  return w;
}

void uv_watch_set(SkVm *vm, UvLoop *u, int fd, UvDirection d, SkValue object, UvReady *ready) {
  UvWatch *w = uv_watch_at(u, fd);
  if (!w) w = watch_make(vm, u, fd);
  UvSide *side = &w->side[d];
  if (sk_is_unset(side->object)) u->takers++;
  sk_write(vm, u->state, &side->object, object);
  side->ready = ready;
  rearm(w);
}

bool uv_watch_clear(UvLoop *u, int fd, UvDirection d) {
  UvWatch *w = uv_watch_at(u, fd);
  if (!w || sk_is_unset(w->side[d].object)) return false;
  w->side[d].object = SK_UNSET;
  u->takers--;
  rearm(w);
  return true;
}

void uv_watch_forget(UvLoop *u, int fd) {
  uv_watch_clear(u, fd, UV_READING);
  uv_watch_clear(u, fd, UV_WRITING);
}

/* A task that waits finds out by trying again. */
static void let_go(SkVm *vm, UvLoop *u, int fd, UvDirection d) {
  SkValue who = uv_watch_at(u, fd)->side[d].object;
  uv_watch_clear(u, fd, d);
  if (!sk_is_await(who)) return;
  sk_wake(vm, sk_as_await(who));
  uv_async_send(&u->async); /* the loop may be another thread's */
}

void sk_descriptor_closing(SkVm *vm, int fd) {
  SkValue v = sk_dict_get_cstr(vm, vm->module_state, "_uv");
  if (sk_is_unset(v)) return;
  for (UvLoop *u = ((UvState *)sk_ptr(v))->loops; u; u = u->next) {
    if (!uv_watch_at(u, fd)) continue;
    let_go(vm, u, fd, UV_READING);
    let_go(vm, u, fd, UV_WRITING);
  }
}

/* ---- handles: add_reader and its like ---- */

static int fd_arg(SkVm *vm, SkValue v) {
  if (!sk_is_int(v)) {
    SkValue fn = sk_getattr_opt(vm, v, sk_intern(vm, "fileno"));
    if (sk_is_unset(fn)) sk_raise_value(vm, "Invalid file object: %R", v);
    v = sk_call0(vm, fn);
  }
  int64_t fd = sk_to_index(vm, v);
  if (fd < 0 || fd > 1 << 24) sk_raise_value(vm, "Invalid file descriptor: %lld", (long long)fd);
  return (int)fd;
}

static void run_handle(SkVm *vm, UvLoop *u, int fd, SkValue handle) {
  (void)fd;
  sk_loop_ready(vm, u->loop, handle);
}

static SkValue add_handle(SkVm *vm, const SkValue *args, UvDirection d) {
  UvLoop *u = uv_loop_of(vm, uv_loop_arg(vm, args[0]));
  int fd = fd_arg(vm, args[1]);
  sk_need_fd(vm, fd);
  UvWatch *w = uv_watch_at(u, fd);
  SkValue before = w && w->side[d].ready == run_handle ? w->side[d].object : SK_UNSET;
  uv_watch_set(vm, u, fd, d, args[2], run_handle);
  return sk_is_unset(before) ? SK_NONE : before;
}
SK_NATIVE(add_reader, "add_reader(loop, fd, handle, /)", "Queue handle whenever fd can be read; returns the handle it replaces, or None.") {
  return add_handle(vm, args, UV_READING);
}
SK_NATIVE(add_writer, "add_writer(loop, fd, handle, /)", "The same for writing.") { return add_handle(vm, args, UV_WRITING); }

static SkValue remove_handle(SkVm *vm, const SkValue *args, UvDirection d) {
  SkLoop *l = uv_loop_arg(vm, args[0]);
  int fd = fd_arg(vm, args[1]);
  if (!l->poller) return SK_NONE;
  UvWatch *w = uv_watch_at((UvLoop *)l->poller, fd);
  if (!w || sk_is_unset(w->side[d].object)) return SK_NONE;
  SkValue handle = w->side[d].object;
  uv_watch_clear((UvLoop *)l->poller, fd, d);
  return handle;
}
SK_NATIVE(remove_reader, "remove_reader(loop, fd, /)", "Nobody waits for fd any more: returns who did, or None.") { return remove_handle(vm, args, UV_READING); }
SK_NATIVE(remove_writer, "remove_writer(loop, fd, /)", "The same for writing.") { return remove_handle(vm, args, UV_WRITING); }

static SkValue taker(SkVm *vm, const SkValue *args, UvDirection d) {
  SkLoop *l = uv_loop_arg(vm, args[0]);
  int fd = fd_arg(vm, args[1]);
  UvWatch *w = l->poller ? uv_watch_at((UvLoop *)l->poller, fd) : NULL;
  return w && !sk_is_unset(w->side[d].object) ? w->side[d].object : SK_NONE;
}
SK_NATIVE(reader_of, "reader_of(loop, fd, /)", "Who waits to read fd: a handle, a transport, a wait; or None.") { return taker(vm, args, UV_READING); }
SK_NATIVE(writer_of, "writer_of(loop, fd, /)", "Who waits to write fd.") { return taker(vm, args, UV_WRITING); }

const SkNativeDef *const uv_watch_functions[] = {&add_reader_def, &add_writer_def, &remove_reader_def, &remove_writer_def,
                                                 &reader_of_def, &writer_of_def, NULL};
