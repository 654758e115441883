/* select_epoll.c - select.epoll: the kernel keeps the set of descriptors.  Layer 8. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "stdlib/native/select_impl.h"

enum { MOST_EVENTS = 1023 }; /* at once, when nobody says how many */

typedef struct Epoll { SkObject head; int fd; /* -1: closed */ } Epoll;
static Epoll *epoll_of(SkValue v) { return sk_ptr(v); }
static const SkTypeDef epoll_type;

static void epoll_finalize(SkVm *vm, SkObject *o) {
  Epoll *e = (Epoll *)o;
  if (e->fd <= 0) return; /* 0: never opened */
  sk_fd_gone(vm, e->fd);
  close(e->fd);
}

static Epoll *open_epoll(SkVm *vm, SkValue v) {
  Epoll *e = epoll_of(v);
  if (e->fd < 0) sk_raise_value(vm, "I/O operation on closed epoll object");
  return e;
}

static SkValue epoll_new(SkVm *vm, const SkValue *args) {
  int64_t hint = sk_to_index(vm, args[1]), flags = sk_to_index(vm, args[2]);
  if (hint < -1 || hint == 0) sk_raise_value(vm, "negative sizehint");
  if (flags && flags != EPOLL_CLOEXEC) {
    SkValue text = sk_from_ptr(sk_str_from_cstr(vm, "invalid flags"));
    sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_OSError], &text, 1));
  }
  Epoll *e = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  e->fd = epoll_create1(EPOLL_CLOEXEC);
  if (e->fd < 0) sk_raise_os(vm, errno, SK_UNSET);
  sk_fd_made(vm, e->fd);
  return sk_from_ptr(e);
}
static const SkNativeDef epoll_new_def = {"__new__(cls, sizehint=-1, flags=0)", NULL, epoll_new};

SK_NATIVE(epoll_fromfd, "fromfd(cls, fd, /)", "An epoll object for a descriptor that there is already.") {
  int64_t fd = sk_to_index(vm, args[1]);
  sk_need_fd(vm, (int)fd);
  Epoll *e = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  e->fd = (int)fd;
  return sk_from_ptr(e);
}

static uint32_t events_of(SkVm *vm, SkValue v) {
  uint64_t n;
  if (!sk_int_get_u64(sk_to_int(vm, v), &n)) sk_raisef(vm, SK_T_OverflowError, "can't convert negative value to unsigned int");
  return (uint32_t)n;
}

static SkValue control(SkVm *vm, SkValue self, int what, SkValue object, uint32_t events) {
  Epoll *e = open_epoll(vm, self);
  int fd = select_fd(vm, object);
  struct epoll_event event = {.events = events, .data = {.fd = fd}};
  if (epoll_ctl(e->fd, what, fd, &event) < 0) sk_raise_os(vm, errno, SK_UNSET);
  return SK_NONE;
}

SK_NATIVE(epoll_register, "register(self, fd, eventmask=?)", "Watch a descriptor; it must be a new one.") {
  open_epoll(vm, args[0]);
  return control(vm, args[0], EPOLL_CTL_ADD, args[1], sk_is_unset(args[2]) ? EPOLLIN | EPOLLPRI | EPOLLOUT : events_of(vm, args[2]));
}
SK_NATIVE(epoll_modify, "modify(self, fd, eventmask)", "Change the events of a watched descriptor.") {
  return control(vm, args[0], EPOLL_CTL_MOD, args[1], events_of(vm, args[2]));
}
SK_NATIVE(epoll_unregister, "unregister(self, fd)", "Watch it no longer.") { return control(vm, args[0], EPOLL_CTL_DEL, args[1], 0); }

SK_NATIVE(epoll_poll, "poll(self, timeout=None, maxevents=-1)",
          "Wait at most |timeout| seconds; None or less than 0: without end.\n\n"
          "Returns a list of pairs (descriptor, events), at most |maxevents| of them.") {
  Epoll *self = open_epoll(vm, args[0]);
  int64_t deadline = SELECT_NEVER, most = sk_to_index(vm, args[2]);
  if (!sk_is_none(args[1])) {
    if (!sk_is_int(args[1]) && !sk_is_float(args[1]) && !SK_SLOTS(vm, args[1])->index) sk_raise_type(vm, "timeout must be an integer or None");
    int64_t ns = select_timeout(vm, args[1], 1e9);
    if (ns >= 0) deadline = select_deadline(vm, ns);
  }
  if (most == -1) most = MOST_EVENTS;
  if (most < 1 || most > INT_MAX) sk_raise_value(vm, "maxevents must be greater than 0, got %lld", (long long)most);
  SkRaw *cell = sk_raw_new(vm, (size_t)most * sizeof(struct epoll_event));
  struct epoll_event *events = (struct epoll_event *)cell->data;
  int n;
  for (;;) {
    struct pollfd set = {.fd = self->fd, .events = POLLIN};
    n = sk_thread_wait_fds(vm, &set, 1, deadline == SELECT_NEVER ? SK_NO_DEADLINE : deadline);
    if (n >= 0) n = epoll_wait(set.fd, events, (int)most, 0);
    if (n >= 0 || errno != EINTR) break;
  }
  if (n < 0) sk_raise_os(vm, errno, SK_UNSET);
  SkList *out = sk_list_new(vm, (size_t)n);
  for (int i = 0; i < n; i++) sk_list_append(vm, out, sk_tuple_pair(vm, sk_smallint(events[i].data.fd), sk_smallint(events[i].events)));
  sk_keep(cell);
  return sk_from_ptr(out);
}

SK_NATIVE(epoll_close, "close(self, /)", "Give the descriptor of the set itself back.") {
  Epoll *e = epoll_of(args[0]);
  int fd = e->fd;
  e->fd = -1;
  sk_fd_gone(vm, fd);
  if (fd >= 0 && close(fd) < 0) sk_raise_os(vm, errno, SK_UNSET);
  return SK_NONE;
}
SK_NATIVE(epoll_fileno, "fileno(self, /)", "The descriptor of the set itself.") { return sk_smallint(open_epoll(vm, args[0])->fd); }
SK_NATIVE(epoll_enter, "__enter__(self, /)", NULL) {
  open_epoll(vm, args[0]);
  return args[0];
}
SK_NATIVE(epoll_exit, "__exit__(self, exc_type=None, exc_value=None, exc_tb=None, /)", NULL) { return epoll_close(vm, args); }

static SkValue get_closed(SkVm *vm, SkValue self) {
  (void)vm;
  return sk_bool(epoll_of(self)->fd < 0);
}

static const SkAttrDef epoll_attrs[] = {
    SK_CLASSMETHOD(epoll_fromfd),
    SK_METHOD(epoll_register),
    SK_METHOD(epoll_modify),
    SK_METHOD(epoll_unregister),
    SK_METHOD(epoll_poll),
    SK_METHOD(epoll_close),
    SK_METHOD(epoll_fileno),
    SK_METHOD(epoll_enter),
    SK_METHOD(epoll_exit),
    SK_GETSET("closed", get_closed, NULL, "True if the epoll handler is closed"),
    SK_ATTRS_END,
};

static const SkTypeDef epoll_type = {
    .name = "select.epoll",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Epoll),
    .attrs = epoll_attrs,
    .new_ = &epoll_new_def,
    .finalize = epoll_finalize,
};

void select_add_epoll(SkVm *vm, SkModule *m) {
#define X(name) sk_module_add(vm, m, #name, sk_smallint((int64_t)(uint32_t)name));
  X(EPOLLIN) X(EPOLLPRI) X(EPOLLOUT) X(EPOLLERR) X(EPOLLHUP) X(EPOLLRDNORM) X(EPOLLRDBAND) X(EPOLLWRNORM) X(EPOLLWRBAND) X(EPOLLMSG)
  X(EPOLLRDHUP) X(EPOLLEXCLUSIVE) X(EPOLLET) X(EPOLLONESHOT) X(EPOLL_CLOEXEC)
#undef X
  sk_module_add_type(vm, m, &epoll_type);
}
