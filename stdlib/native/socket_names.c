/* socket_names.c - names and numbers: resolvers, address texts, byte order, interfaces.  Layer 8. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "stdlib/native/socket_impl.h"
#include "vm/run/thread.h"

static SK_NORETURN void fail(SkVm *vm) { sk_raise_os(vm, errno, SK_UNSET); }
static SkValue text(SkVm *vm, const char *s) { return sk_from_ptr(sk_str_decode_utf8(vm, s, strlen(s))); }

/* ---- resolvers ---- */

typedef struct Lookup { char host[NI_MAXHOST], service[NI_MAXSERV]; struct addrinfo hints, *list; int code; } Lookup;

/* The texts are copied before the lock is given away: they may belong to a bytearray. */
static void look_up(SkVm *vm, Lookup *l, const char *host, const char *service) {
  snprintf(l->host, sizeof l->host, "%s", host ? host : "");
  snprintf(l->service, sizeof l->service, "%s", service ? service : "");
  SkThread *t = sk_thread_release(vm);
  l->code = getaddrinfo(host ? l->host : NULL, service ? l->service : NULL, &l->hints, &l->list);
  sk_thread_acquire(t);
  if (l->code) sock_raise_gai(vm, l->code);
}

typedef struct Listing { struct addrinfo *list; SkValue value; } Listing;
static void make_list(SkVm *vm, void *arg) {
  Listing *l = arg;
  l->value = sock_info_list(vm, l->list);
}

SK_NATIVE(n_getaddrinfo, "getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)", "Resolve host and port into addrinfo tuples.") {
  char number[32];
  Lookup l = {.hints = {.ai_family = sock_int(vm, args[2]), .ai_socktype = sock_int(vm, args[3]), .ai_protocol = sock_int(vm, args[4]),
                        .ai_flags = sock_int(vm, args[5])}};
  const char *host = sock_host_arg(vm, args[0]), *service = sock_service_arg(vm, args[1], number, sizeof number);
  if (host && !(l.hints.ai_flags & AI_NUMERICHOST)) sock_need_name(vm, host);
  look_up(vm, &l, host, service);
  Listing made = {l.list, SK_NONE};
  bool fine = sk_protect_any(vm, make_list, &made);
  freeaddrinfo(l.list);
  if (!fine) sk_throw(vm, sk_take_raised(vm));
  return made.value;
}

SK_NATIVE(n_getnameinfo, "getnameinfo(sockaddr, flags, /)", "Get host and port for a sockaddr.") {
  if (!sk_is_tuple(args[0])) sk_raise_type(vm, "getnameinfo() argument 1 must be a tuple");
  SkTuple *t = sk_as_tuple(args[0]);
  if (t->count < 2 || t->count > 4 || !sk_is_str(t->items[0])) sk_raise_type(vm, "getnameinfo(): illegal sockaddr argument");
  char number[32];
  Lookup l = {.hints = {.ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST}};
  look_up(vm, &l, sk_str_cstr(vm, sk_as_str(t->items[0])), sock_service_arg(vm, t->items[1], number, sizeof number));
  SockAddr a = {0};
  socklen_t n = l.list->ai_addrlen;
  bool several = l.list->ai_next != NULL;
  memcpy(&a, l.list->ai_addr, n);
  freeaddrinfo(l.list);
  if (several) sk_raisef(vm, SK_T_OSError, "sockaddr resolved to multiple addresses");
  if (a.any.sa_family == AF_INET && t->count != 2) sk_raisef(vm, SK_T_OSError, "IPv4 sockaddr must be 2 tuple");
  if (a.any.sa_family == AF_INET6 && t->count > 2) a.in6.sin6_flowinfo = htonl((uint32_t)sk_to_index(vm, t->items[2]));
  if (a.any.sa_family == AF_INET6 && t->count > 3) a.in6.sin6_scope_id = (uint32_t)sk_to_index(vm, t->items[3]);
  int flags = sock_int(vm, args[1]);
  if (!(flags & NI_NUMERICHOST)) sk_need_host(vm, SK_CAP_NET_CONNECT, sk_str_cstr(vm, sk_as_str(t->items[0])), -1);
  SkThread *thread = sk_thread_release(vm);
  int code = getnameinfo(&a.any, n, l.host, sizeof l.host, l.service, sizeof l.service, flags);
  sk_thread_acquire(thread);
  if (code) sock_raise_gai(vm, code);
  SkValue host = text(vm, l.host);
  return sk_tuple_pair(vm, host, text(vm, l.service));
}

SK_NATIVE(n_gethostname, "gethostname()", "Return the current host name.") {
  (void)args;
  char name[1025];
  sk_need(vm, SK_CAP_ENV, "host name");
  if (gethostname(name, sizeof name - 1) < 0) fail(vm);
  return text(vm, name);
}

SK_NATIVE(n_gethostbyname, "gethostbyname(host, /)", "Return the IP address for a host.") {
  SockAddr a;
  sock_address_from(vm, AF_INET, sk_tuple_pair(vm, args[0], sk_smallint(0)), &a, "gethostbyname");
  return sock_host_text(vm, &a);
}

static SkValue host_entry(SkVm *vm, const struct hostent *h) {
  SkList *aliases = sk_list_new(vm, 0), *addresses = sk_list_new(vm, 1);
  char room[INET6_ADDRSTRLEN];
  for (char **p = h->h_aliases; p && *p; p++) sk_list_append(vm, aliases, text(vm, *p));
  for (char **p = h->h_addr_list; p && *p; p++) {
    if (inet_ntop(h->h_addrtype, *p, room, sizeof room)) sk_list_append(vm, addresses, text(vm, room));
  }
  return sk_from_ptr(sk_tuple_pack(vm, 3, text(vm, h->h_name), sk_from_ptr(aliases), sk_from_ptr(addresses)));
}

static SkValue host_by_address(SkVm *vm, SkValue name, bool reverse) {
  SockAddr a;
  struct hostent h, *found = NULL;
  int code = 0;
  char room[8192];
  bool six = reverse && sk_is_str(name) && memchr(sk_as_str(name)->data, ':', sk_as_str(name)->bytes);
  sock_address_from(vm, six ? AF_INET6 : AF_INET, sk_tuple_pair(vm, name, sk_smallint(0)), &a, "gethostbyaddr");
  const char *host = reverse ? NULL : sock_host_arg(vm, name);
  sk_need_host(vm, SK_CAP_NET_CONNECT, host ? host : sk_is_str(name) ? sk_str_cstr(vm, sk_as_str(name)) : "", -1);
  SkThread *t = sk_thread_release(vm);
  if (reverse && six) gethostbyaddr_r(&a.in6.sin6_addr, sizeof a.in6.sin6_addr, AF_INET6, &h, room, sizeof room, &found, &code);
  else if (reverse) gethostbyaddr_r(&a.in.sin_addr, sizeof a.in.sin_addr, AF_INET, &h, room, sizeof room, &found, &code);
  else gethostbyname2_r(host, AF_INET, &h, room, sizeof room, &found, &code);
  sk_thread_acquire(t);
  if (found) return host_entry(vm, found);
  SkValue e[] = {sk_smallint(code), text(vm, hstrerror(code))};
  sk_raise_exc(vm, sk_exc_new_args(vm, sk_as_type(sock_error_class(vm, "herror")), e, 2));
}
SK_NATIVE(n_gethostbyname_ex, "gethostbyname_ex(host, /)", "Return the true host name, its aliases and its addresses.") {
  return host_by_address(vm, args[0], false);
}
SK_NATIVE(n_gethostbyaddr, "gethostbyaddr(host, /)", "Return the true host name, its aliases and its addresses.") {
  return host_by_address(vm, args[0], true);
}

static const char *optional(SkVm *vm, SkValue v) { return sk_is_unset(v) ? NULL : sk_str_cstr(vm, sk_as_str(v)); }
SK_NATIVE(n_getservbyname, "getservbyname(servicename, protocolname=?, /)", "Return a port number from a service name.") {
  struct servent *s = getservbyname(sk_str_cstr(vm, sk_as_str(args[0])), optional(vm, args[1]));
  if (!s) sk_raisef(vm, SK_T_OSError, "service/proto not found");
  return sk_smallint(ntohs((uint16_t)s->s_port));
}
SK_NATIVE(n_getservbyport, "getservbyport(port, protocolname=?, /)", "Return the service name from a port number.") {
  int64_t port = sk_to_index(vm, args[0]);
  if (port < 0 || port > 0xffff) sk_raisef(vm, SK_T_OverflowError, "getservbyport: port must be 0-65535.");
  struct servent *s = getservbyport(htons((uint16_t)port), optional(vm, args[1]));
  if (!s) sk_raisef(vm, SK_T_OSError, "port/proto not found");
  return text(vm, s->s_name);
}
SK_NATIVE(n_getprotobyname, "getprotobyname(name, /)", "Return the protocol number for the named protocol.") {
  struct protoent *p = getprotobyname(sk_str_cstr(vm, sk_as_str(args[0])));
  if (!p) sk_raisef(vm, SK_T_OSError, "protocol not found");
  return sk_smallint(p->p_proto);
}

/* ---- texts of addresses ---- */

SK_NATIVE(n_inet_aton, "inet_aton(ip_addr, /)", "Convert an IP address in string format to packed bytes.") {
  struct in_addr a;
  if (!sk_is_str(args[0])) sk_raise_type(vm, "inet_aton() argument must be str, not %T", args[0]);
  if (!inet_aton(sk_str_cstr(vm, sk_as_str(args[0])), &a)) sk_raisef(vm, SK_T_OSError, "illegal IP address string passed to inet_aton");
  return sk_from_ptr(sk_bytes_new(vm, &a, sizeof a));
}
SK_NATIVE(n_inet_ntoa, "inet_ntoa(packed_ip, /)", "Convert packed bytes to an IP address in string format.") {
  SkChars b = sk_to_bytes(vm, args[0]);
  if (b.n != 4) sk_raisef(vm, SK_T_OSError, "packed IP wrong length for inet_ntoa");
  char room[INET_ADDRSTRLEN];
  return text(vm, inet_ntop(AF_INET, b.p, room, sizeof room));
}
SK_NATIVE(n_inet_pton, "inet_pton(address_family, ip_string, /)", "Convert an IP address from string format to packed bytes.") {
  unsigned char room[16];
  int family = sock_int(vm, args[0]);
  if (!sk_is_str(args[1])) sk_raise_type(vm, "inet_pton() argument 2 must be str, not %T", args[1]);
  int r = inet_pton(family, sk_str_cstr(vm, sk_as_str(args[1])), room);
  if (r < 0) fail(vm);
  if (!r) sk_raisef(vm, SK_T_OSError, "illegal IP address string passed to inet_pton");
  return sk_from_ptr(sk_bytes_new(vm, room, family == AF_INET ? 4 : 16));
}
SK_NATIVE(n_inet_ntop, "inet_ntop(address_family, packed_ip, /)", "Convert packed bytes to an IP address in string format.") {
  int family = sock_int(vm, args[0]);
  SkChars b = sk_to_bytes(vm, args[1]);
  if (family != AF_INET && family != AF_INET6) sk_raise_value(vm, "unknown address family %d", family);
  if (b.n != (family == AF_INET ? 4 : 16)) sk_raise_value(vm, "invalid length of packed IP address string");
  char room[INET6_ADDRSTRLEN];
  return text(vm, inet_ntop(family, b.p, room, sizeof room));
}

static int64_t unsigned_arg(SkVm *vm, SkValue v, const char *name, int bits) {
  int64_t i = sk_to_index(vm, v);
  if (i < 0) sk_raisef(vm, SK_T_OverflowError, bits == 16 ? "%s: can't convert negative Python int to C 16-bit unsigned integer" : "can't convert negative value to unsigned int", name);
  if (i >> bits) sk_raisef(vm, SK_T_OverflowError, bits == 16 ? "%s: Python int too large to convert to C 16-bit unsigned integer" : "int larger than 32 bits", name);
  return i;
}
SK_NATIVE(n_htons, "htons(integer, /)", "Convert a 16-bit unsigned integer from host to network byte order.") { return sk_smallint(htons((uint16_t)unsigned_arg(vm, args[0], "htons", 16))); }
SK_NATIVE(n_ntohs, "ntohs(integer, /)", "Convert a 16-bit unsigned integer from network to host byte order.") { return sk_smallint(ntohs((uint16_t)unsigned_arg(vm, args[0], "ntohs", 16))); }
SK_NATIVE(n_htonl, "htonl(integer, /)", "Convert a 32-bit unsigned integer from host to network byte order.") { return sk_smallint(htonl((uint32_t)unsigned_arg(vm, args[0], "htonl", 32))); }
SK_NATIVE(n_ntohl, "ntohl(integer, /)", "Convert a 32-bit unsigned integer from network to host byte order.") { return sk_smallint(ntohl((uint32_t)unsigned_arg(vm, args[0], "ntohl", 32))); }

/* ---- interfaces ---- */

SK_NATIVE(n_if_nameindex, "if_nameindex()", "Return a list of network interface information (index, name) tuples.") {
  sk_need(vm, SK_CAP_ENV, "network interfaces");
  (void)args;
  struct { unsigned index; char name[IF_NAMESIZE]; } found[256];
  size_t n = 0;
  struct if_nameindex *all = if_nameindex();
  if (!all) fail(vm);
  for (; n < 256 && all[n].if_name; n++) {
    found[n].index = all[n].if_index;
    snprintf(found[n].name, IF_NAMESIZE, "%s", all[n].if_name);
  }
  if_freenameindex(all);
  SkList *l = sk_list_new(vm, n);
  for (size_t i = 0; i < n; i++) sk_list_append(vm, l, sk_tuple_pair(vm, sk_smallint(found[i].index), text(vm, found[i].name)));
  return sk_from_ptr(l);
}
SK_NATIVE(n_if_nametoindex, "if_nametoindex(oname, /)", "Returns the interface index corresponding to the interface name.") {
  sk_need(vm, SK_CAP_ENV, "network interfaces");
  unsigned i = if_nametoindex(sk_str_cstr(vm, sk_as_str(args[0])));
  if (!i) sk_raisef(vm, SK_T_OSError, "no interface with this name");
  return sk_smallint(i);
}
SK_NATIVE(n_if_indextoname, "if_indextoname(index, /)", "Returns the interface name corresponding to the interface index.") {
  sk_need(vm, SK_CAP_ENV, "network interfaces");
  char room[IF_NAMESIZE];
  if (!if_indextoname((unsigned)sk_to_index(vm, args[0]), room)) fail(vm);
  return text(vm, room);
}

/* ---- the rest ---- */

SK_NATIVE(n_socketpair, "socketpair(family=?, type=?, proto=0, /)", "A pair of connected descriptors.") {
  int family = sk_is_unset(args[0]) || sk_is_none(args[0]) ? AF_UNIX : sock_int(vm, args[0]), fds[2];
  int type = sk_is_unset(args[1]) ? SOCK_STREAM : sock_int(vm, args[1]), proto = sock_int(vm, args[2]);
  if (socketpair(family, type | SOCK_CLOEXEC, proto, fds) < 0) fail(vm);
  sk_fd_made(vm, fds[0]);
  sk_fd_made(vm, fds[1]);
  SkType *cls = sk_library_type(vm, &sk_socket_type);
  SkValue a = sock_new(vm, cls, fds[0], family, type, proto);
  return sk_tuple_pair(vm, a, sock_new(vm, cls, fds[1], family, type, proto));
}
SK_NATIVE(n_dup, "dup(fd, /)", "Duplicate an integer socket file descriptor.") {
  int from = sock_int(vm, args[0]);
  sk_need_fd(vm, from);
  int fd = fcntl(from, F_DUPFD_CLOEXEC, 0);
  if (fd < 0) fail(vm);
  sk_fd_made(vm, fd);
  return sk_smallint(fd);
}
SK_NATIVE(n_close, "close(fd, /)", "Close an integer socket file descriptor.") {
  int fd = sock_int(vm, args[0]);
  sk_need_fd(vm, fd);
  sk_fd_gone(vm, fd);
  if (close(fd) < 0 && errno != ECONNRESET) fail(vm);
  return SK_NONE;
}
SK_NATIVE(n_getdefaulttimeout, "getdefaulttimeout()", "The default timeout in seconds (float) for new socket objects.") {
  (void)args;
  SkValue v = sk_dict_get_cstr(vm, vm->module_state, "_socket.timeout");
  return sk_is_unset(v) ? SK_NONE : v;
}
SK_NATIVE(n_setdefaulttimeout, "setdefaulttimeout(timeout, /)", "Set the default timeout in seconds (float) for new socket objects.") {
  int64_t ns = sock_timeout_arg(vm, args[0]);
  sk_dict_set_cstr(vm, vm->module_state, "_socket.timeout", ns < 0 ? SK_NONE : sk_float_new(vm, (double)ns / 1e9));
  return SK_NONE;
}
SK_NATIVE(n_cmsg_len, "CMSG_LEN(length, /)", "Length of an ancillary item with data of the given length.") {
  int64_t n = sk_to_index(vm, args[0]);
  if (n < 0 || n > 0x7fffffff) sk_raisef(vm, SK_T_OverflowError, "CMSG_LEN() argument out of range");
  return sk_int_new(vm, (int64_t)CMSG_LEN(n));
}
SK_NATIVE(n_cmsg_space, "CMSG_SPACE(length, /)", "Room for an ancillary item with data of the given length.") {
  int64_t n = sk_to_index(vm, args[0]);
  if (n < 0 || n > 0x7fffffff) sk_raisef(vm, SK_T_OverflowError, "CMSG_SPACE() argument out of range");
  return sk_int_new(vm, (int64_t)CMSG_SPACE(n));
}

const SkNativeDef *const sock_name_functions[] = {
    &n_getaddrinfo_def, &n_getnameinfo_def, &n_gethostname_def, &n_gethostbyname_def, &n_gethostbyname_ex_def, &n_gethostbyaddr_def,
    &n_getservbyname_def, &n_getservbyport_def, &n_getprotobyname_def, &n_inet_aton_def, &n_inet_ntoa_def, &n_inet_pton_def, &n_inet_ntop_def,
    &n_htons_def, &n_ntohs_def, &n_htonl_def, &n_ntohl_def, &n_if_nameindex_def, &n_if_nametoindex_def, &n_if_indextoname_def,
    &n_socketpair_def, &n_dup_def, &n_close_def, &n_getdefaulttimeout_def, &n_setdefaulttimeout_def, &n_cmsg_len_def, &n_cmsg_space_def, NULL};
