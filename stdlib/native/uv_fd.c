/* uv_fd.c - waits on descriptors as native coroutines: wait_readable, recv, send_all, accept, connect.  Layer 8.
 *
 * Each tries its system call first and waits only when that would block.  Under the faces of trio and skein they are checkpoints: a
 * cancelled scope is seen before anything happens, and one that need not wait lets the others run once afterwards.
 *
 * SkAwait: self the loop, a the tuple of arguments (descriptor first), b what is done so far, then the result.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "stdlib/native/socket_impl.h"
#include "stdlib/native/uv_impl.h"

enum { PHASE_START, PHASE_WAITING, PHASE_RESULT, PHASE_CLOSED /* b is the error to raise */ };

typedef struct FdOps {
  SkAwaitOps await;      /* first: SkAwait.ops points here */
  UvDirection direction;
  /* Tries once; true: done, a->b is the result.  False with errno EAGAIN: wait; anything else is raised. */
  bool (*attempt)(SkVm *vm, SkAwait *a, int fd);
} FdOps;

static SkTuple *arguments(SkAwait *a) { return sk_as_tuple(a->a); }
static int fd_of(SkAwait *a) { return (int)sk_smallint_get(arguments(a)->items[0]); }
static const FdOps *ops_of(const SkAwait *a) { return (const FdOps *)a->ops; }

static void wake_task(SkVm *vm, UvLoop *u, int fd, SkValue object) {
  SkAwait *a = sk_as_await(object);
  uv_watch_clear(u, fd, ops_of(a)->direction);
  sk_wake(vm, a);
}

static bool fd_abort(SkVm *vm, SkAwait *a) {
  (void)vm;
  SkLoop *l = sk_as_loop(a->self);
  if (l->poller) uv_watch_clear((UvLoop *)l->poller, fd_of(a), ops_of(a)->direction);
  return true;
}

static bool wait_here(SkVm *vm, SkAwait *a, SkValue *out) {
  UvLoop *u = uv_loop_of(vm, sk_as_loop(a->self));
  UvWatch *w = uv_watch_at(u, fd_of(a));
  UvDirection d = ops_of(a)->direction;
  if (w && !sk_is_unset(w->side[d].object)) {
    sk_raisef(vm, SK_T_RuntimeError, "another task is already %s this descriptor", d == UV_READING ? "reading" : "writing");
  }
  sk_await_set_phase(a, PHASE_WAITING);
  uv_watch_set(vm, u, fd_of(a), d, sk_from_ptr(a), wake_task);
  *out = sk_park(vm, a);
  return false;
}

static bool fd_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  unsigned phase = sk_await_phase(a);
  if (phase == PHASE_RESULT) {
    *out = a->b;
    return true;
  }
  if (phase == PHASE_CLOSED) sk_raise_exc(vm, a->b);
  if (phase == PHASE_START) {
    SkLoop *l = sk_need_loop(vm);
    sk_write(vm, a, &a->self, sk_from_ptr(l));
    if (l->face != SK_FACE_ASYNCIO) sk_checkpoint(vm);
  }
  for (;;) {
    if (ops_of(a)->attempt(vm, a, fd_of(a))) break;
    if (errno == EAGAIN) return wait_here(vm, a, out);
    if (errno != EINTR) sk_raise_os(vm, errno, SK_UNSET);
    vm->hooks.poll(vm);
  }
  if (phase == PHASE_WAITING || sk_as_loop(a->self)->face == SK_FACE_ASYNCIO) {
    *out = a->b;
    return true;
  }
  sk_await_set_phase(a, PHASE_RESULT);
  *out = SK_NONE;
  return false;
}

#define FD_OPS(name_, direction_, attempt_) \
  static const FdOps name_##_ops = {{#name_, #name_, #name_, fd_step, NULL, fd_abort}, direction_, attempt_}

static SkValue start(SkVm *vm, const FdOps *ops, const SkValue *args, size_t n) {
  SkTuple *t = sk_tuple_from(vm, args, n);
  SkValue fd = args[0];
  if (!sk_is_smallint(fd)) {
    if (!sk_is_int(fd)) fd = sk_call_method0(vm, fd, sk_intern(vm, "fileno"));
    fd = sk_smallint(sock_int(vm, fd));
    sk_write(vm, t, &t->items[0], fd);
  }
  sk_need_fd(vm, (int)sk_smallint_get(fd));
  return sk_await_new(vm, &ops->await, SK_NONE, sk_from_ptr(t), SK_NONE);
}

/* ---- waiting only ---- */

static bool once_waited(SkVm *vm, SkAwait *a, int fd) {
  (void)vm, (void)fd;
  errno = EAGAIN;
  return sk_await_phase(a) == PHASE_WAITING;
}
FD_OPS(wait_readable, UV_READING, once_waited);
FD_OPS(wait_writable, UV_WRITING, once_waited);
SK_NATIVE(fd_wait_readable, "wait_readable(fd, /)", "Wait until fd can be read.") { return start(vm, &wait_readable_ops, args, 1); }
SK_NATIVE(fd_wait_writable, "wait_writable(fd, /)", "Wait until fd can be written.") { return start(vm, &wait_writable_ops, args, 1); }

/* ---- reading ---- */

static bool attempt_read(SkVm *vm, SkAwait *a, int fd, ssize_t (*fn)(int fd, void *p, size_t n)) {
  int64_t n = sk_to_index(vm, arguments(a)->items[1]);
  if (n < 0) sk_raise_value(vm, "negative buffersize in recv");
  char *slab = uv_slab(vm, uv_loop_of(vm, sk_as_loop(a->self)));
  ssize_t got = fn(fd, slab, n < UV_SLAB ? (size_t)n : UV_SLAB);
  if (got < 0) return false;
  sk_write(vm, a, &a->b, sk_from_ptr(sk_bytes_new(vm, slab, (size_t)got)));
  return true;
}
static ssize_t recv_plain(int fd, void *p, size_t n) { return recv(fd, p, n, MSG_DONTWAIT); }
static bool attempt_recv(SkVm *vm, SkAwait *a, int fd) { return attempt_read(vm, a, fd, recv_plain); }
static bool attempt_fd_read(SkVm *vm, SkAwait *a, int fd) { return attempt_read(vm, a, fd, read); }
FD_OPS(recv, UV_READING, attempt_recv);
FD_OPS(read, UV_READING, attempt_fd_read);
SK_NATIVE(fd_recv, "recv(fd, n, /)", "At most n bytes from a socket; b'' at the end.") { return start(vm, &recv_ops, args, 2); }
SK_NATIVE(fd_read, "read(fd, n, /)", "At most n bytes from a pipe in non-blocking mode; b'' at the end.") { return start(vm, &read_ops, args, 2); }

/* ---- writing: b counts what is gone ---- */

static bool attempt_write(SkVm *vm, SkAwait *a, int fd, ssize_t (*fn)(int fd, const void *p, size_t n)) {
  const char *p;
  size_t n;
  sk_bytes_view_or_raise(vm, arguments(a)->items[1], &p, &n);
  size_t done = sk_is_none(a->b) ? 0 : (size_t)sk_smallint_get(a->b);
  while (done < n) {
    ssize_t gone = fn(fd, p + done, n - done);
    if (gone < 0) return false;
    done += (size_t)gone;
    a->b = sk_smallint((int64_t)done);
  }
  a->b = SK_NONE;
  return true;
}
static ssize_t send_plain(int fd, const void *p, size_t n) { return send(fd, p, n, MSG_DONTWAIT | MSG_NOSIGNAL); }
static bool attempt_send(SkVm *vm, SkAwait *a, int fd) { return attempt_write(vm, a, fd, send_plain); }
static bool attempt_fd_write(SkVm *vm, SkAwait *a, int fd) { return attempt_write(vm, a, fd, write); }
FD_OPS(send_all, UV_WRITING, attempt_send);
FD_OPS(write_all, UV_WRITING, attempt_fd_write);
SK_NATIVE(fd_send_all, "send_all(fd, data, /)", "Send all of data over a socket.") { return start(vm, &send_all_ops, args, 2); }
SK_NATIVE(fd_write_all, "write_all(fd, data, /)", "Write all of data to a pipe in non-blocking mode.") { return start(vm, &write_all_ops, args, 2); }

/* ---- connections ---- */

static bool attempt_accept(SkVm *vm, SkAwait *a, int fd) {
  SockAddr address = {0};
  socklen_t n = sizeof address;
  int got = accept4(fd, &address.any, &n, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (got < 0) {
    if (errno == ECONNABORTED) errno = EAGAIN;
    return false;
  }
  sk_fd_made(vm, got);
  SkValue from = sock_address_value(vm, &address, n);
  sk_write(vm, a, &a->b, sk_tuple_pair(vm, sk_smallint(got), from));
  return true;
}
FD_OPS(accept, UV_READING, attempt_accept);
SK_NATIVE(fd_accept, "accept(fd, /)", "Wait for a connection: (descriptor, address).") { return start(vm, &accept_ops, args, 1); }

static bool attempt_connect(SkVm *vm, SkAwait *a, int fd) {
  SkTuple *t = arguments(a);
  if (sk_await_phase(a) == PHASE_WAITING) {
    int why = 0;
    socklen_t n = sizeof why;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &why, &n) < 0) return false;
    errno = why;
    return why == 0;
  }
  SockAddr address;
  socklen_t n = sock_address_from(vm, sock_int(vm, t->items[1]), t->items[2], &address, "connect");
  sock_need(vm, SK_CAP_NET_CONNECT, &address);
  if (connect(fd, &address.any, n) == 0 || errno == EISCONN) return true;
  if (errno == EINPROGRESS) errno = EAGAIN;
  return false;
}
FD_OPS(connect, UV_WRITING, attempt_connect);
SK_NATIVE(fd_connect, "connect(fd, family, address, /)", "Connect a non-blocking socket; the address is numeric.") {
  return start(vm, &connect_ops, args, 3);
}

/* ---- closing what somebody may wait for ---- */

SK_NATIVE(fd_closing, "closing(fd, error, /)", "fd is about to be closed: tasks that wait for it get error instead.") {
  SkLoop *l = sk_need_loop(vm);
  int fd = sock_int(vm, args[0]);
  UvWatch *w = l->poller ? uv_watch_at((UvLoop *)l->poller, fd) : NULL;
  if (!w) return SK_NONE;
  for (int d = 0; d < 2; d++) {
    SkValue who = w->side[d].object;
    if (sk_is_unset(who)) continue;
    uv_watch_clear((UvLoop *)l->poller, fd, (UvDirection)d);
    if (!sk_is_await(who)) continue;
    sk_write(vm, sk_as_await(who), &sk_as_await(who)->b, args[1]);
    sk_await_set_phase(sk_as_await(who), PHASE_CLOSED);
    sk_wake(vm, sk_as_await(who));
  }
  return SK_NONE;
}

const SkNativeDef *const uv_fd_functions[] = {&fd_wait_readable_def, &fd_wait_writable_def, &fd_recv_def, &fd_read_def, &fd_send_all_def,
                                              &fd_write_all_def, &fd_accept_def, &fd_connect_def, &fd_closing_def, NULL};
