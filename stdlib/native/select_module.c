/* select_module.c - the module select: waiting for descriptors with select() and poll objects.  Layer 8.
 *
 * A signal ends the system call; its handler runs (and may raise), then the wait goes on with the time that is left.
 */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <sys/select.h>
#include <time.h>

#include "stdlib/native/select_impl.h"

enum { NS_PER_SECOND = 1000000000, NS_PER_MS = 1000000 };

int select_fd(SkVm *vm, SkValue v) {
  if (!sk_is_int(v)) {
    SkValue method = sk_getattr_opt(vm, v, sk_intern(vm, "fileno"));
    if (sk_is_unset(method)) sk_raise_type(vm, "argument must be an int, or have a fileno() method.");
    v = sk_call0(vm, method);
    if (!sk_is_int(v)) sk_raise_type(vm, "fileno() returned a non-integer");
  }
  int64_t fd;
  if (!sk_int_get_i64(v, &fd) || fd != (int)fd) sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C int");
  if (fd < 0) sk_raise_value(vm, "file descriptor cannot be a negative integer (%d)", (int)fd);
  return (int)fd;
}

/* ---- time ---- */

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * NS_PER_SECOND + t.tv_nsec;
}

int64_t select_deadline(SkVm *vm, int64_t ns) {
  (void)vm;
  int64_t t = now();
  return ns > INT64_MAX - t ? SELECT_NEVER : t + ns;
}

int64_t select_left(int64_t deadline) {
  int64_t left = deadline - now();
  return left > 0 ? left : 0;
}

int select_left_ms(int64_t deadline) {
  if (deadline == SELECT_NEVER) return -1;
  int64_t ms = (select_left(deadline) + NS_PER_MS - 1) / NS_PER_MS;
  return ms > INT_MAX ? INT_MAX : (int)ms;
}

int64_t select_timeout(SkVm *vm, SkValue timeout, double unit_ns) {
  double ns = ceil(sk_to_double(vm, timeout) * unit_ns);
  if (isnan(ns)) sk_raise_value(vm, "Invalid value NaN (not a number)");
  if (ns >= 0x1p63 || ns < -0x1p63) sk_raisef(vm, SK_T_OverflowError, "timestamp too large to convert to C PyTime_t");
  return (int64_t)ns;
}

static bool is_number(SkVm *vm, SkValue v) { return sk_is_int(v) || sk_is_float(v) || SK_SLOTS(vm, v)->index; }

/* ---- select() ---- */

static SkList *sequence(SkVm *vm, SkValue v) {
  if (!SK_SLOTS(vm, v)->iter && !SK_SLOTS(vm, v)->getitem) sk_raise_type(vm, "arguments 1-3 must be sequences");
  return sk_to_list(vm, v);
}

/* Puts the descriptors of |l| into |set|; their numbers go to |fds|. */
static SkRaw *fill(SkVm *vm, SkList *l, fd_set *set, int *most) {
  SkRaw *fds = sk_raw_new(vm, l->count * sizeof(int));
  FD_ZERO(set);
  for (size_t i = 0; i < l->count; i++) {
    int fd = select_fd(vm, sk_list_items(l)[i]);
    if (fd >= FD_SETSIZE) sk_raise_value(vm, "filedescriptor out of range in select()");
    ((int *)fds->data)[i] = fd;
    FD_SET(fd, set);
    if (fd > *most) *most = fd;
  }
  return fds;
}

static SkValue those_in(SkVm *vm, SkList *l, const SkRaw *fds, const fd_set *set) {
  SkList *out = sk_list_new(vm, 0);
  for (size_t i = 0; i < l->count; i++)
    if (FD_ISSET(((const int *)fds->data)[i], set)) sk_list_append(vm, out, sk_list_items(l)[i]);
  sk_keep(fds);
  return sk_from_ptr(out);
}

SK_NATIVE(select_select, "select(rlist, wlist, xlist, timeout=None, /)",
          "Wait until one of the descriptors is ready: to be read, to be written, in an exceptional state.\n\n"
          "Returns the three lists of what is ready; all are empty when the time (in seconds) is over.") {
  int64_t deadline = SELECT_NEVER;
  bool limited = !sk_is_none(args[3]);
  if (limited) {
    if (!is_number(vm, args[3])) sk_raise_type(vm, "timeout must be a float or None");
    int64_t ns = select_timeout(vm, args[3], NS_PER_SECOND);
    if (ns < 0) sk_raise_value(vm, "timeout must be non-negative");
    deadline = select_deadline(vm, ns);
  }
  SkList *lists[3];
  SkRaw *fds[3];
  fd_set wanted[3], ready[3];
  int most = -1, n;
  for (int i = 0; i < 3; i++) lists[i] = sequence(vm, args[i]);
  for (int i = 0; i < 3; i++) fds[i] = fill(vm, lists[i], &wanted[i], &most);
  for (;;) {
    memcpy(ready, wanted, sizeof ready);
    int64_t left = limited ? select_left(deadline) : 0;
    struct timeval t = {left / NS_PER_SECOND, (left % NS_PER_SECOND + 999) / 1000};
    if (t.tv_usec == 1000000) t = (struct timeval){t.tv_sec + 1, 0};
    bool last = true, forever = !limited;
    int64_t end = sk_limits_until(vm, limited ? deadline : -1);
    if (end >= 0 && (!limited || end < deadline)) { /* the VM's time is over before */
      int64_t ns = end - sk_thread_now();
      t = (struct timeval){ns > 0 ? ns / NS_PER_SECOND : 0, ns > 0 ? ns % NS_PER_SECOND / 1000 + 1 : 0};
      last = forever = false;
    }
    int wake = sk_thread_is_main(vm) ? sk_thread_wake_fd(vm) : -1;
    if (wake >= FD_SETSIZE) wake = -1;
    if (wake >= 0) FD_SET(wake, &ready[0]);
    SkThread *self = sk_thread_release(vm);
    n = select((most > wake ? most : wake) + 1, &ready[0], &ready[1], &ready[2], forever ? NULL : &t);
    sk_thread_acquire(self);
    if (n > 0 && wake >= 0 && FD_ISSET(wake, &ready[0])) {
      sk_thread_clear_wake(vm);
      FD_CLR(wake, &ready[0]);
      if (--n == 0) last = false;
    }
    if (n > 0 || (n == 0 && last) || (n < 0 && errno != EINTR)) break;
    if (n < 0 || sk_thread_must_poll(vm)) vm->hooks.poll(vm);
  }
  if (n < 0) sk_raise_os(vm, errno, SK_UNSET);
  SkValue out[3];
  for (int i = 0; i < 3; i++) {
    if (n == 0) FD_ZERO(&ready[i]);
    out[i] = those_in(vm, lists[i], fds[i], &ready[i]);
  }
  return sk_from_ptr(sk_tuple_from(vm, out, 3));
}

/* ---- poll objects: a dict of descriptor -> events ---- */

typedef struct Poll { SkObject head; /* aux: 1 = waiting */ SkDict *fds; } Poll;
static Poll *poll_of(SkValue v) { return sk_ptr(v); }

static void poll_trace(SkMarker *m, SkObject *o) { sk_mark_ptr(m, ((Poll *)o)->fds); }

static SkValue events_of(SkVm *vm, SkValue v) {
  int64_t n;
  v = sk_to_int(vm, v);
  if (sk_int_sign(v) < 0) sk_raise_value(vm, "value must be positive");
  if (!sk_int_get_i64(v, &n) || n > USHRT_MAX) sk_raisef(vm, SK_T_OverflowError, "Python int too large for C unsigned short");
  return v;
}

SK_NATIVE(poll_register, "register(self, fd, eventmask=?, /)", "Watch the descriptor; a second time changes the events.") {
  int fd = select_fd(vm, args[1]);
  SkValue events = sk_is_unset(args[2]) ? sk_smallint(POLLIN | POLLPRI | POLLOUT) : events_of(vm, args[2]);
  sk_dict_set(vm, poll_of(args[0])->fds, sk_smallint(fd), events);
  return SK_NONE;
}

SK_NATIVE(poll_modify, "modify(self, fd, eventmask, /)", "Change the events of a watched descriptor.") {
  int fd = select_fd(vm, args[1]);
  SkValue events = events_of(vm, args[2]);
  if (sk_dict_find(vm, poll_of(args[0])->fds, sk_smallint(fd)) < 0) sk_raise_os(vm, ENOENT, SK_UNSET);
  sk_dict_set(vm, poll_of(args[0])->fds, sk_smallint(fd), events);
  return SK_NONE;
}

SK_NATIVE(poll_unregister, "unregister(self, fd, /)", "Watch it no longer.") {
  SkValue fd = sk_smallint(select_fd(vm, args[1]));
  if (!sk_dict_delete(vm, poll_of(args[0])->fds, fd)) sk_raise_key(vm, fd);
  return SK_NONE;
}

static SkRaw *poll_table(SkVm *vm, SkDict *fds) {
  SkRaw *cell = sk_raw_new(vm, fds->live * sizeof(struct pollfd));
  struct pollfd *p = (struct pollfd *)cell->data;
  SkValue k, v;
  for (size_t i = 0; sk_dict_next(fds, &i, &k, &v); p++) *p = (struct pollfd){(int)sk_smallint_get(k), (short)sk_smallint_get(v), 0};
  return cell;
}

typedef struct Waiting { struct pollfd *fds; size_t count; int64_t deadline; int ready; } Waiting;
static void wait_protected(SkVm *vm, void *arg) {
  Waiting *w = arg;
  w->ready = sk_thread_wait_fds(vm, w->fds, w->count, w->deadline == SELECT_NEVER ? SK_NO_DEADLINE : w->deadline);
}

SK_NATIVE(poll_poll, "poll(self, timeout=None, /)",
          "Wait at most |timeout| milliseconds; None or less than 0: without end.\n\n"
          "Returns a list of pairs (descriptor, events).") {
  Poll *self = poll_of(args[0]);
  int64_t deadline = SELECT_NEVER;
  if (!sk_is_none(args[1])) {
    if (!is_number(vm, args[1])) sk_raise_type(vm, "timeout must be an integer or None");
    int64_t ns = select_timeout(vm, args[1], NS_PER_MS);
    if (ns >= 0) deadline = select_deadline(vm, ns);
  }
  if (self->head.aux) sk_raisef(vm, SK_T_RuntimeError, "concurrent poll() invocation");
  size_t count = self->fds->live;
  SkRaw *cell = poll_table(vm, self->fds);
  struct pollfd *fds = (struct pollfd *)cell->data;
  int n;
  Waiting w = {fds, count, deadline, 0};
  self->head.aux = 1;
  bool fine = sk_protect(vm, wait_protected, &w);
  self->head.aux = 0;
  if (!fine) sk_throw(vm, sk_take_raised(vm));
  n = w.ready;
  if (n < 0) sk_raise_os(vm, errno, SK_UNSET);
  SkList *out = sk_list_new(vm, (size_t)n);
  for (size_t i = 0; i < count; i++)
    if (fds[i].revents) sk_list_append(vm, out, sk_tuple_pair(vm, sk_smallint(fds[i].fd), sk_smallint((unsigned short)fds[i].revents)));
  sk_keep(cell);
  return sk_from_ptr(out);
}

static const SkAttrDef poll_attrs[] = {SK_METHOD(poll_register), SK_METHOD(poll_modify), SK_METHOD(poll_unregister), SK_METHOD(poll_poll), SK_ATTRS_END};
static const SkTypeDef poll_type = {
    .name = "select.poll",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Poll),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .attrs = poll_attrs,
    .trace = poll_trace,
};

SK_NATIVE(select_poll, "poll()", "An object to which descriptors are registered, and which waits for them.") {
  (void)args;
  Poll *p = sk_object_new(vm, sk_library_type(vm, &poll_type), 0);
  sk_write_ptr(vm, p, &p->fds, sk_dict_new(vm));
  return sk_from_ptr(p);
}

/* ---- the module ---- */

static void init(SkVm *vm, SkModule *m) {
#define X(name) sk_module_add(vm, m, #name, sk_smallint(name));
  X(PIPE_BUF) X(POLLIN) X(POLLPRI) X(POLLOUT) X(POLLERR) X(POLLHUP) X(POLLNVAL) X(POLLRDNORM) X(POLLRDBAND) X(POLLWRNORM)
  X(POLLWRBAND) X(POLLMSG) X(POLLRDHUP)
#undef X
  sk_module_add(vm, m, "error", sk_from_ptr(vm->types[SK_T_OSError]));
  select_add_epoll(vm, m);
}

static const SkNativeDef *const functions[] = {&select_select_def, &select_poll_def, NULL};
const SkModuleDef sk_select_module = {"select", "Waiting until descriptors are ready.", functions, init};
