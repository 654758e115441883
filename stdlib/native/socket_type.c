/* socket_type.c - the class _socket.socket: one descriptor with a timeout.  Layer 8.
 *
 * Data moves with MSG_DONTWAIT while the VM's lock is held; only the wait for readiness gives it away.  So no other thread can
 * change a buffer under a system call.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "stdlib/native/socket_impl.h"
#include "vm/run/thread.h"

int sock_int(SkVm *vm, SkValue v) {
  int64_t i = sk_to_index(vm, v);
  if (i != (int)i) sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C int");
  return (int)i;
}

static SK_NORETURN void fail(SkVm *vm) { sk_raise_os(vm, errno, SK_UNSET); }

/* ---- waiting ---- */

int64_t sock_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t sock_deadline(const Sock *s) { return s->timeout > 0 ? sock_now() + s->timeout : -1; }

bool sock_wait(SkVm *vm, int fd, short events, int64_t deadline) {
  struct pollfd p = {.fd = fd, .events = events};
  int n = sk_thread_wait_fds(vm, &p, 1, deadline);
  if (n < 0) fail(vm);
  return n > 0;
}

ssize_t sock_repeat(SkVm *vm, Sock *s, short events, SockTry *fn, void *arg, int64_t deadline) {
  for (;;) {
    ssize_t n = fn(s, arg);
    if (n >= 0) return n;
    if (errno == EINTR) {
      vm->hooks.poll(vm);
    } else if ((errno == EAGAIN || errno == EWOULDBLOCK) && s->timeout != 0) {
      if (!sock_wait(vm, s->fd, events, deadline)) sk_raisef(vm, SK_T_TimeoutError, "timed out");
    } else {
      fail(vm);
    }
  }
}

static void set_blocking(SkVm *vm, Sock *s, bool on) {
  int flags = fcntl(s->fd, F_GETFL);
  if (flags < 0 || fcntl(s->fd, F_SETFL, on ? flags & ~O_NONBLOCK : flags | O_NONBLOCK) < 0) fail(vm);
}

int64_t sock_timeout_arg(SkVm *vm, SkValue v) {
  if (sk_is_none(v)) return -1;
  if (!sk_is_float(v) && !sk_is_int(v) && !SK_SLOTS(vm, v)->index) sk_raise_type(vm, "'%T' object cannot be interpreted as an integer", v);
  double d = sk_to_double(vm, v);
  if (d != d) sk_raise_value(vm, "Invalid value NaN (not a number)");
  if (d < 0) sk_raise_value(vm, "Timeout value out of range");
  if (d > 9e9) sk_raisef(vm, SK_T_OverflowError, "timeout doesn't fit into C timeval");
  int64_t ns = (int64_t)(d * 1e9);
  return d > 0 && ns == 0 ? 1 : ns;
}

/* ---- birth and death ---- */

static int64_t default_timeout(SkVm *vm) {
  SkValue v = sk_dict_get_cstr(vm, vm->module_state, "_socket.timeout");
  return sk_is_unset(v) ? -1 : sock_timeout_arg(vm, v);
}

static void adopt(SkVm *vm, Sock *s, int fd, int family, int type, int proto) {
  s->fd = fd;
  s->family = family;
  s->type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  s->proto = proto;
  if (type & SOCK_NONBLOCK) {
    s->timeout = 0;
  } else {
    s->timeout = default_timeout(vm);
    if (s->timeout >= 0) set_blocking(vm, s, false);
  }
}

SkValue sock_new(SkVm *vm, SkType *cls, int fd, int family, int type, int proto) {
  Sock *s = sk_object_new(vm, cls, 0);
  adopt(vm, s, fd, family, type, proto);
  return sk_from_ptr(s);
}

static SkValue socket_new(SkVm *vm, const SkValue *args) {
  Sock *s = sk_object_new(vm, sk_as_type(args[0]), 0);
  s->fd = -1;
  s->timeout = -1;
  return sk_from_ptr(s);
}
static const SkNativeDef socket_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, socket_new};

static int option_of(int fd, int option, int otherwise) {
  int v;
  socklen_t n = sizeof v;
  return getsockopt(fd, SOL_SOCKET, option, &v, &n) < 0 ? otherwise : v;
}

static void adopt_descriptor(SkVm *vm, Sock *s, SkValue v, int family, int type, int proto) {
  if (sk_is_float(v)) sk_raise_type(vm, "'float' object cannot be interpreted as an integer");
  int fd = sock_int(vm, v);
  if (fd < 0) sk_raise_value(vm, "negative file descriptor");
  sk_need_fd(vm, fd);
  SockAddr a;
  socklen_t n = sizeof a;
  if (getsockname(fd, &a.any, &n) < 0) fail(vm);
  if (family < 0) family = option_of(fd, SO_DOMAIN, a.any.sa_family);
  if (type < 0) type = option_of(fd, SO_TYPE, SOCK_STREAM);
  if (proto < 0) proto = option_of(fd, SO_PROTOCOL, 0);
  adopt(vm, s, fd, family, type, proto);
}

static SkValue socket_init(SkVm *vm, const SkValue *args) {
  Sock *s = sock_of(args[0]);
  int family = sock_int(vm, args[1]), type = sock_int(vm, args[2]), proto = sock_int(vm, args[3]);
  if (!sk_is_none(args[4])) {
    adopt_descriptor(vm, s, args[4], family, type, proto);
    return SK_NONE;
  }
  if (family < 0) family = AF_INET;
  if (type < 0) type = SOCK_STREAM;
  if (proto < 0) proto = 0;
  int fd = socket(family, type | SOCK_CLOEXEC, proto);
  if (fd < 0) fail(vm);
  sk_fd_made(vm, fd);
  adopt(vm, s, fd, family, type, proto);
  return SK_NONE;
}
static const SkNativeDef socket_init_def = {"__init__(self, family=-1, type=-1, proto=-1, fileno=None)", NULL, socket_init};

static void socket_finalize(SkVm *vm, SkObject *o) {
  (void)vm;
  Sock *s = (Sock *)o;
  if (s->fd >= 0) {
    sk_fd_gone(vm, s->fd);
    close(s->fd);
  }
  s->fd = -1;
}

/* ---- state ---- */

SK_NATIVE(sock_fileno, "fileno(self, /)", "Return the integer file descriptor of the socket.") {
  (void)vm;
  return sk_smallint(sock_of(args[0])->fd);
}
SK_NATIVE(sock_close, "close(self, /)", "Close the socket.  It cannot be used after this call.") {
  Sock *s = sock_of(args[0]);
  int fd = s->fd;
  s->fd = -1;
  if (fd >= 0) sk_descriptor_closing(vm, fd);
  sk_fd_gone(vm, fd);
  if (fd >= 0 && close(fd) < 0 && errno != ECONNRESET && errno != EINTR) fail(vm);
  return SK_NONE;
}
SK_NATIVE(sock_detach, "detach(self, /)", "Close the socket object without closing the underlying file descriptor.") {
  (void)vm;
  Sock *s = sock_of(args[0]);
  int fd = s->fd;
  s->fd = -1;
  return sk_smallint(fd);
}
SK_NATIVE(sock_settimeout, "settimeout(self, timeout, /)", "Set a timeout on socket operations; None to wait for ever.") {
  Sock *s = sock_of(args[0]);
  int64_t timeout = sock_timeout_arg(vm, args[1]);
  set_blocking(vm, s, timeout < 0);
  s->timeout = timeout;
  return SK_NONE;
}
static SkValue timeout_of(SkVm *vm, SkValue self) {
  int64_t t = sock_of(self)->timeout;
  return t < 0 ? SK_NONE : sk_float_new(vm, (double)t / 1e9);
}
SK_NATIVE(sock_gettimeout, "gettimeout(self, /)", "Return the timeout in seconds (float) or None.") { return timeout_of(vm, args[0]); }
SK_NATIVE(sock_setblocking, "setblocking(self, flag, /)", "Set the socket to blocking (flag is true) or non-blocking (false).") {
  bool on = sk_truth(vm, args[1]);
  set_blocking(vm, sock_of(args[0]), on);
  sock_of(args[0])->timeout = on ? -1 : 0;
  return SK_NONE;
}
SK_NATIVE(sock_getblocking, "getblocking(self, /)", "True if the socket is in blocking mode.") {
  (void)vm;
  return sk_bool(sock_of(args[0])->timeout != 0);
}
static SkValue family_of(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(sock_of(self)->family); }
static SkValue type_of(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(sock_of(self)->type); }
static SkValue proto_of(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(sock_of(self)->proto); }

static SkValue name_of(SkVm *vm, SkValue self, int (*fn)(int, struct sockaddr *restrict, socklen_t *restrict)) {
  SockAddr a = {0};
  socklen_t n = sizeof a;
  if (fn(sock_of(self)->fd, &a.any, &n) < 0) fail(vm);
  return sock_address_value(vm, &a, n);
}
SK_NATIVE(sock_getsockname, "getsockname(self, /)", "Return the address of the local endpoint.") { return name_of(vm, args[0], getsockname); }
SK_NATIVE(sock_getpeername, "getpeername(self, /)", "Return the address of the remote endpoint.") { return name_of(vm, args[0], getpeername); }

static SkValue socket_repr(SkVm *vm, SkValue self) {
  Sock *s = sock_of(self);
  return sk_from_ptr(sk_format(vm, "<socket object, fd=%d, family=%d, type=%d, proto=%d>", s->fd, s->family, s->type, s->proto));
}

/* ---- connections ---- */

SK_NATIVE(sock_bind, "bind(self, address, /)", "Bind the socket to a local address.") {
  SockAddr a;
  Sock *s = sock_of(args[0]);
  socklen_t n = sock_address_from(vm, s->family, args[1], &a, "bind");
  sock_need(vm, SK_CAP_NET_LISTEN, &a);
  if (bind(s->fd, &a.any, n) < 0) fail(vm);
  return SK_NONE;
}

SK_NATIVE(sock_listen, "listen(self, backlog=128, /)", "Enable a server to accept connections.") {
  int backlog = sock_int(vm, args[1]);
  sk_need(vm, SK_CAP_NET_LISTEN, "");
  if (listen(sock_of(args[0])->fd, backlog < 0 ? 0 : backlog) < 0) fail(vm);
  return SK_NONE;
}

/* 0, or the errno of what went wrong; raises when time runs out unless |plain|. */
static int do_connect(SkVm *vm, Sock *s, const SockAddr *a, socklen_t n, bool plain) {
  int64_t deadline = sock_deadline(s);
  sock_need(vm, SK_CAP_NET_CONNECT, a);
  if (s->timeout < 0) set_blocking(vm, s, false); /* a wait that can be ended */
  int r = connect(s->fd, &a->any, n), why = errno;
  if (s->timeout < 0) set_blocking(vm, s, true);
  if (r == 0) return 0;
  if (why == EINTR) vm->hooks.poll(vm);
  else if (why != EINPROGRESS || s->timeout == 0) return why;
  if (s->timeout == 0) return why;
  if (!sock_wait(vm, s->fd, POLLOUT, deadline)) {
    if (plain) return EAGAIN;
    sk_raisef(vm, SK_T_TimeoutError, "timed out");
  }
  why = option_of(s->fd, SO_ERROR, errno);
  return why == EISCONN ? 0 : why;
}

SK_NATIVE(sock_connect, "connect(self, address, /)", "Connect the socket to a remote address.") {
  SockAddr a;
  Sock *s = sock_of(args[0]);
  socklen_t n = sock_address_from(vm, s->family, args[1], &a, "connect");
  int why = do_connect(vm, s, &a, n, false);
  if (why) sk_raise_os(vm, why, SK_UNSET);
  return SK_NONE;
}
SK_NATIVE(sock_connect_ex, "connect_ex(self, address, /)", "Like connect(address), but returns an error code instead of raising.") {
  SockAddr a;
  Sock *s = sock_of(args[0]);
  socklen_t n = sock_address_from(vm, s->family, args[1], &a, "connect_ex");
  return sk_smallint(do_connect(vm, s, &a, n, true));
}

typedef struct Accept { SockAddr a; socklen_t n; } Accept;
static ssize_t try_accept(Sock *s, void *arg) {
  Accept *x = arg;
  struct pollfd p = {.fd = s->fd, .events = POLLIN};
  /* A blocking descriptor must not block here. */
  if (s->timeout < 0 && option_of(s->fd, SO_ACCEPTCONN, 0) && poll(&p, 1, 0) == 0) {
    errno = EAGAIN;
    return -1;
  }
  x->n = sizeof x->a;
  return accept4(s->fd, &x->a.any, &x->n, SOCK_CLOEXEC);
}
SK_NATIVE(sock_accept, "_accept(self, /)", "Wait for an incoming connection: (descriptor, address of the client).") {
  Accept x = {0};
  Sock *s = sock_of(args[0]);
  ssize_t fd = sock_repeat(vm, s, POLLIN, try_accept, &x, sock_deadline(s));
  sk_fd_made(vm, (int)fd);
  return sk_tuple_pair(vm, sk_smallint(fd), sock_address_value(vm, &x.a, x.n));
}

SK_NATIVE(sock_shutdown, "shutdown(self, how, /)", "Shut down the reading side, the writing side, or both sides.") {
  if (shutdown(sock_of(args[0])->fd, sock_int(vm, args[1])) < 0) fail(vm);
  return SK_NONE;
}

/* ---- options ---- */

SK_NATIVE(sock_setsockopt, "setsockopt(self, level, option, value, optlen=?, /)", "Set a socket option: an int, bytes, or None with a length.") {
  int fd = sock_of(args[0])->fd, level = sock_int(vm, args[1]), option = sock_int(vm, args[2]), r;
  if (!sk_is_unset(args[4])) {
    if (!sk_is_none(args[3])) sk_raise_type(vm, "setsockopt() argument 3 must be None when a length is given");
    r = setsockopt(fd, level, option, NULL, (socklen_t)sk_to_index(vm, args[4]));
  } else if (sk_is_int(args[3])) {
    int v = sock_int(vm, args[3]);
    r = setsockopt(fd, level, option, &v, sizeof v);
  } else {
    const char *p;
    size_t n;
    sk_bytes_view_or_raise(vm, args[3], &p, &n);
    r = setsockopt(fd, level, option, p, (socklen_t)n);
  }
  if (r < 0) fail(vm);
  return SK_NONE;
}

SK_NATIVE(sock_getsockopt, "getsockopt(self, level, option, buflen=0, /)", "Get a socket option: an int, or bytes when a length is given.") {
  int fd = sock_of(args[0])->fd, level = sock_int(vm, args[1]), option = sock_int(vm, args[2]), v = 0;
  int64_t length = sk_to_index(vm, args[3]);
  char room[1024];
  socklen_t n = length ? (socklen_t)length : sizeof v;
  if (length < 0 || length > (int64_t)sizeof room) sk_raisef(vm, SK_T_OSError, "getsockopt buflen out of range");
  if (getsockopt(fd, level, option, length ? (void *)room : (void *)&v, &n) < 0) fail(vm);
  return length ? sk_from_ptr(sk_bytes_new(vm, room, n)) : sk_int_new(vm, v);
}

/* ---- data ---- */

typedef struct Move { char *p; const char *out; size_t n; int flags; SockAddr *a; socklen_t alen; } Move;
static ssize_t try_recv(Sock *s, void *arg) {
  Move *m = arg;
  if (!m->a) return recv(s->fd, m->p, m->n, m->flags | MSG_DONTWAIT);
  m->alen = sizeof *m->a;
  return recvfrom(s->fd, m->p, m->n, m->flags | MSG_DONTWAIT, &m->a->any, &m->alen);
}
static ssize_t try_send(Sock *s, void *arg) {
  Move *m = arg;
  int flags = m->flags | MSG_DONTWAIT | MSG_NOSIGNAL;
  return m->a ? sendto(s->fd, m->out, m->n, flags, &m->a->any, m->alen) : send(s->fd, m->out, m->n, flags);
}

static SkValue receive(SkVm *vm, const SkValue *args, const char *name, SockAddr *a, socklen_t *alen) {
  Sock *s = sock_of(args[0]);
  int64_t n = sk_to_index(vm, args[1]);
  if (n < 0) sk_raise_value(vm, "negative buffersize in %s", name);
  SkRaw *raw = sk_raw_new(vm, (size_t)n);
  Move m = {.p = (char *)raw->data, .n = (size_t)n, .flags = sock_int(vm, args[2]), .a = a};
  ssize_t got = sock_repeat(vm, s, POLLIN, try_recv, &m, sock_deadline(s));
  if (alen) *alen = m.alen;
  SkValue b = sk_from_ptr(sk_bytes_new(vm, raw->data, (size_t)got));
  sk_payload_free(vm, raw);
  return b;
}
SK_NATIVE(sock_recv, "recv(self, buffersize, flags=0, /)", "Receive up to buffersize bytes from the socket; b'' at the end.") {
  return receive(vm, args, "recv", NULL, NULL);
}
SK_NATIVE(sock_recvfrom, "recvfrom(self, buffersize, flags=0, /)", "Like recv(buffersize, flags) but also return the sender's address.") {
  SockAddr a = {0};
  socklen_t n = 0;
  SkValue b = receive(vm, args, "recvfrom", &a, &n);
  return sk_tuple_pair(vm, b, sock_address_value(vm, &a, n));
}

/* Waits first, then looks where the buffer is: it may move while others run. */
static ssize_t receive_into(SkVm *vm, const SkValue *args, const char *name, SockAddr *a, socklen_t *alen) {
  Sock *s = sock_of(args[0]);
  int64_t want = sk_to_index(vm, args[2]), deadline = sock_deadline(s);
  for (;;) {
    Move m = {.flags = sock_int(vm, args[3]), .a = a};
    size_t room;
    if (!sk_bytes_view_writable(vm, args[1], &m.p, &room))
      sk_raise_type(vm, "%s() argument 1 must be read-write bytes-like object, not %T", name, args[1]);
    if (want < 0) sk_raise_value(vm, "negative buffersize in %s", name);
    if ((size_t)want > room) sk_raise_value(vm, "buffer too small for requested bytes");
    m.n = want ? (size_t)want : room;
    ssize_t got = try_recv(s, &m);
    if (alen) *alen = m.alen;
    if (got >= 0) return got;
    if (errno == EINTR) vm->hooks.poll(vm);
    else if (errno != EAGAIN || s->timeout == 0) fail(vm);
    else if (!sock_wait(vm, s->fd, POLLIN, deadline)) sk_raisef(vm, SK_T_TimeoutError, "timed out");
  }
}
SK_NATIVE(sock_recv_into, "recv_into(self, buffer, nbytes=0, flags=0)", "Receive into a writable buffer; returns the number of bytes.") {
  return sk_int_new(vm, receive_into(vm, args, "recv_into", NULL, NULL));
}
SK_NATIVE(sock_recvfrom_into, "recvfrom_into(self, buffer, nbytes=0, flags=0)", "Like recv_into, with the sender's address.") {
  SockAddr a = {0};
  socklen_t n = 0;
  ssize_t got = receive_into(vm, args, "recvfrom_into", &a, &n);
  return sk_tuple_pair(vm, sk_int_new(vm, got), sock_address_value(vm, &a, n));
}

SK_NATIVE(sock_send, "send(self, data, flags=0, /)", "Send data; returns the number of bytes sent, which may be fewer.") {
  Sock *s = sock_of(args[0]);
  Move m = {.flags = sock_int(vm, args[2])};
  sk_bytes_view_or_raise(vm, args[1], &m.out, &m.n);
  return sk_int_new(vm, sock_repeat(vm, s, POLLOUT, try_send, &m, sock_deadline(s)));
}
SK_NATIVE(sock_sendall, "sendall(self, data, flags=0, /)", "Send data until all of it is gone.") {
  Sock *s = sock_of(args[0]);
  Move m = {.flags = sock_int(vm, args[2])};
  int64_t deadline = sock_deadline(s);
  size_t total, done = 0;
  sk_bytes_view_or_raise(vm, args[1], &m.out, &total);
  do {
    sk_bytes_view_or_raise(vm, args[1], &m.out, &m.n);
    if (m.n < total) sk_raisef(vm, SK_T_BufferError, "the buffer changed its size while it was sent");
    m.out += done;
    m.n = total - done;
    done += (size_t)sock_repeat(vm, s, POLLOUT, try_send, &m, deadline);
    if (sk_interrupts(vm)) vm->hooks.poll(vm);
  } while (done < total);
  return SK_NONE;
}
SK_NATIVE(sock_sendto, "sendto(self, data, *args)", "sendto(data[, flags], address): send to an address.") {
  Sock *s = sock_of(args[0]);
  SkTuple *more = sk_as_tuple(args[2]);
  if (more->count < 1 || more->count > 2) sk_raise_type(vm, "sendto() takes 2 or 3 arguments (%zu given)", more->count + 1);
  SockAddr a;
  Move m = {.flags = more->count == 2 ? sock_int(vm, more->items[0]) : 0, .a = &a};
  m.alen = sock_address_from(vm, s->family, more->items[more->count - 1], &a, "sendto");
  sock_need(vm, SK_CAP_NET_CONNECT, &a);
  sk_bytes_view_or_raise(vm, args[1], &m.out, &m.n);
  return sk_int_new(vm, sock_repeat(vm, s, POLLOUT, try_send, &m, sock_deadline(s)));
}

static const SkAttrDef socket_attrs[] = {
    SK_METHOD(sock_accept), SK_METHOD(sock_bind), SK_METHOD(sock_close), SK_METHOD(sock_connect), SK_METHOD(sock_connect_ex), SK_METHOD(sock_detach),
    SK_METHOD(sock_fileno), SK_METHOD(sock_getblocking), SK_METHOD(sock_getpeername), SK_METHOD(sock_getsockname), SK_METHOD(sock_getsockopt),
    SK_METHOD(sock_gettimeout), SK_METHOD(sock_listen), SK_METHOD(sock_recv), SK_METHOD(sock_recv_into), SK_METHOD(sock_recvfrom),
    SK_METHOD(sock_recvfrom_into), SK_METHOD(sock_send), SK_METHOD(sock_sendall), SK_METHOD(sock_sendto), SK_METHOD(sock_setblocking),
    SK_METHOD(sock_setsockopt), SK_METHOD(sock_settimeout), SK_METHOD(sock_shutdown), SK_METHOD(sock_sendmsg), SK_METHOD(sock_recvmsg),
    SK_METHOD(sock_recvmsg_into),
    SK_GETSET("family", family_of, NULL, "the socket family"), SK_GETSET("type", type_of, NULL, "the socket type"),
    SK_GETSET("proto", proto_of, NULL, "the socket protocol"), SK_GETSET("timeout", timeout_of, NULL, "the socket timeout"),
    SK_ATTRS_END};

const SkTypeDef sk_socket_type = {
    .name = "_socket.socket", .doc = "One end of a connection, or a place where connections or datagrams arrive.", .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Sock), .slots = {.repr = socket_repr}, .attrs = socket_attrs, .new_ = &socket_new_def,
    .init_ = &socket_init_def, .finalize = socket_finalize};
