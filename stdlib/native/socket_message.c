/* socket_message.c - sendmsg and recvmsg: several buffers at once, and ancillary data (descriptors, credentials).  Layer 8. */
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "stdlib/native/socket_impl.h"

typedef struct Message { struct msghdr m; int flags; } Message;
static ssize_t try_sendmsg(Sock *s, void *arg) { return sendmsg(s->fd, &((Message *)arg)->m, ((Message *)arg)->flags | MSG_DONTWAIT | MSG_NOSIGNAL); }
static ssize_t try_recvmsg(Sock *s, void *arg) { return recvmsg(s->fd, &((Message *)arg)->m, ((Message *)arg)->flags | MSG_DONTWAIT | MSG_CMSG_CLOEXEC); }

/* The parts of |list| as one array in scratch memory; the values stay alive in |list|. */
static struct iovec *parts_of(SkVm *vm, SkList *list, bool writable, const char *name) {
  struct iovec *v = sk_scratch(vm, (list->count + 1) * sizeof *v);
  for (size_t i = 0; i < list->count; i++) {
    const char *p;
    char *w;
    size_t n;
    if (writable) {
      if (!sk_bytes_view_writable(vm, sk_list_items(list)[i], &w, &n))
        sk_raise_type(vm, "%s() argument 1 must be an iterable of single-segment read-write buffers", name);
      p = w;
    } else {
      sk_bytes_view_or_raise(vm, sk_list_items(list)[i], &p, &n);
    }
    v[i] = (struct iovec){(void *)p, n};
  }
  return v;
}

typedef struct Part { int level, type; const char *p; size_t n; } Part;

static Part ancillary_part(SkVm *vm, SkValue item) {
  SkTuple *t = sk_to_tuple(vm, item);
  if (t->count != 3) sk_raise_type(vm, "[sendmsg() ancillary data items] must be 3-item tuples");
  Part c = {sock_int(vm, t->items[0]), sock_int(vm, t->items[1]), NULL, 0};
  SkChars data = sk_to_bytes(vm, t->items[2]);
  c.p = data.p;
  c.n = data.n;
  return c;
}

static void add_ancillary(SkVm *vm, struct msghdr *m, SkValue items) {
  SkList *l = sk_to_list(vm, items);
  if (!l->count) return;
  Part *parts = sk_scratch(vm, l->count * sizeof *parts);
  size_t room = 0;
  for (size_t i = 0; i < l->count; i++) {
    parts[i] = ancillary_part(vm, sk_list_items(l)[i]);
    room += CMSG_SPACE(parts[i].n);
  }
  m->msg_control = memset(sk_scratch(vm, room), 0, room);
  m->msg_controllen = room;
  struct cmsghdr *c = CMSG_FIRSTHDR(m);
  for (size_t i = 0; i < l->count; i++, c = CMSG_NXTHDR(m, c)) {
    c->cmsg_level = parts[i].level;
    c->cmsg_type = parts[i].type;
    c->cmsg_len = CMSG_LEN(parts[i].n);
    memcpy(CMSG_DATA(c), parts[i].p, parts[i].n);
  }
  sk_keep(l);
}

static SkValue socket_sendmsg(SkVm *vm, const SkValue *args) {
  Sock *s = sock_of(args[0]);
  size_t mark = sk_scratch_mark(vm);
  SkList *list = sk_to_list(vm, args[1]);
  Message x = {.flags = sock_int(vm, args[3])};
  SockAddr a;
  x.m.msg_iov = parts_of(vm, list, false, "sendmsg");
  x.m.msg_iovlen = list->count;
  add_ancillary(vm, &x.m, args[2]);
  if (!sk_is_none(args[4])) {
    x.m.msg_namelen = sock_address_from(vm, s->family, args[4], &a, "sendmsg");
    x.m.msg_name = &a;
    sock_need(vm, SK_CAP_NET_CONNECT, &a);
  }
  ssize_t n = sock_repeat(vm, s, POLLOUT, try_sendmsg, &x, sock_deadline(s));
  sk_keep(list);
  sk_scratch_release(vm, mark);
  return sk_int_new(vm, n);
}
const SkNativeDef sock_sendmsg_def = {"sendmsg(self, buffers, ancdata=(), flags=0, address=None, /)",
                                      "Send the buffers and ancillary data; returns the number of bytes sent.", socket_sendmsg};

/* Descriptors that came over a socket are the script's. */
static void note_descriptors(SkVm *vm, const struct cmsghdr *c) {
  if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) return;
  for (size_t at = 0; at + sizeof(int) <= c->cmsg_len - CMSG_LEN(0); at += sizeof(int)) {
    int fd;
    memcpy(&fd, CMSG_DATA(c) + at, sizeof fd);
    sk_fd_made(vm, fd);
  }
}

static SkValue ancillary_list(SkVm *vm, struct msghdr *m) {
  SkList *l = sk_list_new(vm, 0);
  for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
    note_descriptors(vm, c);
    SkValue data = sk_from_ptr(sk_bytes_new(vm, CMSG_DATA(c), c->cmsg_len - CMSG_LEN(0)));
    sk_list_append(vm, l, sk_from_ptr(sk_tuple_pack(vm, 3, sk_smallint(c->cmsg_level), sk_smallint(c->cmsg_type), data)));
  }
  return sk_from_ptr(l);
}

/* (first, ancillary data, flags, address); |x| has its buffers. */
static ssize_t receive_message(SkVm *vm, Sock *s, Message *x, SkValue ancillary_room, SockAddr *a) {
  int64_t room = sk_to_index(vm, ancillary_room);
  if (room < 0 || room > 1 << 20) sk_raise_value(vm, "invalid ancillary data buffer length");
  x->m.msg_control = room ? sk_scratch(vm, (size_t)room) : NULL;
  x->m.msg_controllen = (size_t)room;
  x->m.msg_name = a;
  x->m.msg_namelen = sizeof *a;
  return sock_repeat(vm, s, POLLIN, try_recvmsg, x, sock_deadline(s));
}

static SkValue message_result(SkVm *vm, SkValue first, Message *x, SockAddr *a) {
  SkValue ancillary = ancillary_list(vm, &x->m);
  SkValue address = sock_address_value(vm, a, x->m.msg_namelen);
  return sk_from_ptr(sk_tuple_pack(vm, 4, first, ancillary, sk_smallint(x->m.msg_flags & ~MSG_CMSG_CLOEXEC), address));
}

static SkValue socket_recvmsg(SkVm *vm, const SkValue *args) {
  Sock *s = sock_of(args[0]);
  int64_t n = sk_to_index(vm, args[1]);
  if (n < 0) sk_raise_value(vm, "negative buffer size in recvmsg()");
  size_t mark = sk_scratch_mark(vm);
  SkRaw *raw = sk_raw_new(vm, (size_t)n);
  struct iovec part = {raw->data, (size_t)n};
  Message x = {.flags = sock_int(vm, args[3]), .m = {.msg_iov = &part, .msg_iovlen = 1}};
  SockAddr a = {0};
  ssize_t got = receive_message(vm, s, &x, args[2], &a);
  SkValue data = sk_from_ptr(sk_bytes_new(vm, raw->data, (size_t)got));
  SkValue result = message_result(vm, data, &x, &a);
  sk_keep(raw);
  sk_scratch_release(vm, mark);
  return result;
}
const SkNativeDef sock_recvmsg_def = {"recvmsg(self, bufsize, ancbufsize=0, flags=0, /)",
                                      "Receive data and ancillary data: (data, ancdata, msg_flags, address).", socket_recvmsg};

static SkValue socket_recvmsg_into(SkVm *vm, const SkValue *args) {
  Sock *s = sock_of(args[0]);
  int64_t deadline = sock_deadline(s);
  size_t mark = sk_scratch_mark(vm);
  SkList *list = sk_to_list(vm, args[1]);
  /* Buffers may move while others run: wait first. */
  while (s->timeout != 0 && !sock_wait(vm, s->fd, POLLIN, deadline)) sk_raisef(vm, SK_T_TimeoutError, "timed out");
  Message x = {.flags = sock_int(vm, args[3])};
  x.m.msg_iov = parts_of(vm, list, true, "recvmsg_into");
  x.m.msg_iovlen = list->count;
  SockAddr a = {0};
  ssize_t got = receive_message(vm, s, &x, args[2], &a);
  SkValue result = message_result(vm, sk_int_new(vm, got), &x, &a);
  sk_keep(list);
  sk_scratch_release(vm, mark);
  return result;
}
const SkNativeDef sock_recvmsg_into_def = {"recvmsg_into(self, buffers, ancbufsize=0, flags=0, /)",
                                           "Receive into several buffers: (nbytes, ancdata, msg_flags, address).", socket_recvmsg_into};
