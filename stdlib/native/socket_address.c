/* socket_address.c - socket addresses as scripts write them, and back; the errors of name resolution.  Layer 8. */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "stdlib/native/socket_impl.h"
#include "vm/run/thread.h"

/* ---- errors ---- */

SkValue sock_error_class(SkVm *vm, const char *name) {
  char key[32];
  snprintf(key, sizeof key, "_socket.%s", name);
  SkValue known = sk_dict_get_cstr(vm, vm->module_state, key);
  if (!sk_is_unset(known)) return known;
  SkDict *ns = sk_dict_new(vm);
  sk_dict_set_cstr(vm, ns, "__module__", sk_from_ptr(sk_intern(vm, "socket")));
  SkTuple *bases = sk_tuple_pack(vm, 1, sk_from_ptr(vm->types[SK_T_OSError]));
  SkValue cls = sk_type_new(vm, vm->types[SK_T_type], sk_intern(vm, name), bases, sk_from_ptr(ns), NULL, NULL);
  sk_dict_set_cstr(vm, vm->module_state, key, cls);
  return cls;
}

void sock_raise_gai(SkVm *vm, int code) {
  if (code == EAI_SYSTEM) sk_raise_os(vm, errno, SK_UNSET);
  SkValue args[] = {sk_smallint(code), sk_from_ptr(sk_str_from_cstr(vm, gai_strerror(code)))};
  sk_raise_exc(vm, sk_exc_new_args(vm, sk_as_type(sock_error_class(vm, "gaierror")), args, 2));
}

/* ---- capabilities ---- */

void sock_need_name(SkVm *vm, const char *name) {
  if (*name) sk_need_host(vm, sk_may(vm, SK_CAP_NET_LISTEN) && !sk_may(vm, SK_CAP_NET_CONNECT) ? SK_CAP_NET_LISTEN : SK_CAP_NET_CONNECT, name, -1);
}

void sock_need(SkVm *vm, uint32_t cap, const SockAddr *a) {
  char host[INET6_ADDRSTRLEN] = "";
  if (a->any.sa_family == AF_INET) inet_ntop(AF_INET, &a->in.sin_addr, host, sizeof host);
  else if (a->any.sa_family == AF_INET6) inet_ntop(AF_INET6, &a->in6.sin6_addr, host, sizeof host);
  if (*host) sk_need_host(vm, cap, host, ntohs(a->any.sa_family == AF_INET ? a->in.sin_port : a->in6.sin6_port));
  else if (a->any.sa_family == AF_UNIX && a->un.sun_path[0]) sk_need(vm, cap, a->un.sun_path);
  else sk_need(vm, cap, a->any.sa_family == AF_UNIX ? a->un.sun_path + 1 : "");
}

/* ---- from a script ---- */

/* A host name in the form that goes over the wire: bytes as they are, text in IDNA (ASCII text is its own). */
static const char *host_text(SkVm *vm, SkValue v) {
  if (sk_is_str(v)) {
    if (!sk_str_is_ascii(sk_as_str(v))) v = sk_call_method1(vm, v, sk_intern(vm, "encode"), sk_from_ptr(sk_intern(vm, "idna")));
    else return sk_str_cstr(vm, sk_as_str(v));
  }
  if (sk_is_bytearray(v)) v = sk_from_ptr(sk_bytes_new(vm, sk_bytearray_data(sk_as_bytearray(v)), sk_as_bytearray(v)->length));
  if (!sk_is_bytes(v)) sk_raise_type(vm, "str, bytes or bytearray expected, not %T", v);
  SkBytes *b = sk_as_bytes(v);
  if (memchr(b->data, 0, b->length)) sk_raise_type(vm, "host name must not contain null character");
  return b->data;
}

static void resolve(SkVm *vm, const char *name, int family, SockAddr *out) {
  struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_DGRAM}, *list = NULL;
  if (!*name) hints.ai_flags = AI_PASSIVE;
  char copy[NI_MAXHOST];
  sock_need_name(vm, name);
  if (strlen(name) >= sizeof copy) sock_raise_gai(vm, EAI_NONAME);
  strcpy(copy, name);
  SkThread *t = sk_thread_release(vm);
  int code = getaddrinfo(*copy ? copy : NULL, *copy ? NULL : "0", &hints, &list);
  sk_thread_acquire(t);
  if (code) sock_raise_gai(vm, code);
  memcpy(out, list->ai_addr, list->ai_addrlen);
  freeaddrinfo(list);
}

/* Fills in the host part; numbers need no resolver. */
static void set_host(SkVm *vm, SkValue v, int family, SockAddr *out) {
  const char *name = host_text(vm, v);
  if (family == AF_INET && (!strcmp(name, "255.255.255.255") || !strcmp(name, "<broadcast>"))) {
    out->in = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = INADDR_BROADCAST};
  } else if (family == AF_INET && inet_pton(AF_INET, name, &out->in.sin_addr) > 0) {
    out->any.sa_family = AF_INET;
  } else if (family == AF_INET6 && inet_pton(AF_INET6, name, &out->in6.sin6_addr) > 0) {
    out->any.sa_family = AF_INET6;
  } else {
    resolve(vm, name, family, out);
  }
}

static uint16_t port_arg(SkVm *vm, SkValue v, const char *caller) {
  int64_t port;
  SkValue i = sk_to_int(vm, v);
  if (!sk_int_get_i64(i, &port) || port != (int)port) sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C int");
  if (port < 0 || port > 0xffff) sk_raisef(vm, SK_T_OverflowError, "%s(): port must be 0-65535.", caller);
  return htons((uint16_t)port);
}

static SkTuple *tuple_arg(SkVm *vm, SkValue v, const char *family, const char *caller) {
  if (!sk_is_tuple(v)) sk_raise_type(vm, "%s(): %s address must be tuple, not %T", caller, family, v);
  return sk_as_tuple(v);
}

static socklen_t unix_address(SkVm *vm, SkValue v, SockAddr *out) {
  const char *p;
  size_t n;
  if (sk_is_str(v)) v = sk_call_method0(vm, v, sk_intern(vm, "encode"));
  sk_bytes_view_or_raise(vm, v, &p, &n);
  bool abstract = n > 0 && p[0] == 0;
  if (n + !abstract > sizeof out->un.sun_path) sk_raisef(vm, SK_T_OSError, "AF_UNIX path too long");
  memset(&out->un, 0, sizeof out->un);
  out->un.sun_family = AF_UNIX;
  memcpy(out->un.sun_path, p, n);
  return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n + !abstract);
}

socklen_t sock_address_from(SkVm *vm, int family, SkValue v, SockAddr *out, const char *caller) {
  memset(out, 0, sizeof *out);
  if (family == AF_UNIX) return unix_address(vm, v, out);
  if (family == AF_INET) {
    SkTuple *t = tuple_arg(vm, v, "AF_INET", caller);
    if (t->count != 2) sk_raise_type(vm, "AF_INET address must be a pair (host, port)");
    set_host(vm, t->items[0], family, out);
    out->in.sin_port = port_arg(vm, t->items[1], caller);
    return sizeof out->in;
  }
  if (family == AF_INET6) {
    SkTuple *t = tuple_arg(vm, v, "AF_INET6", caller);
    if (t->count < 2 || t->count > 4) sk_raise_type(vm, "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])");
    set_host(vm, t->items[0], family, out);
    out->in6.sin6_port = port_arg(vm, t->items[1], caller);
    int64_t flow = t->count > 2 ? sk_to_index(vm, t->items[2]) : 0;
    if (flow < 0 || flow > 0xfffff) sk_raisef(vm, SK_T_OverflowError, "%s(): flowinfo must be 0-1048575.", caller);
    out->in6.sin6_flowinfo = htonl((uint32_t)flow);
    if (t->count > 3) out->in6.sin6_scope_id = (uint32_t)sk_to_index(vm, t->items[3]);
    return sizeof out->in6;
  }
  sk_raisef(vm, SK_T_OSError, "%s(): unsupported address family", caller);
}

/* ---- to a script ---- */

SkValue sock_host_text(SkVm *vm, const SockAddr *a) {
  char text[INET6_ADDRSTRLEN + IF_NAMESIZE + 2];
  inet_ntop(a->any.sa_family, a->any.sa_family == AF_INET ? (const void *)&a->in.sin_addr : (const void *)&a->in6.sin6_addr, text, sizeof text);
  return sk_from_ptr(sk_str_from_cstr(vm, text));
}

static SkValue unix_value(SkVm *vm, const SockAddr *a, socklen_t n) {
  size_t head = offsetof(struct sockaddr_un, sun_path), length = n > head ? n - head : 0;
  const char *p = a->un.sun_path;
  if (length && !p[0]) return sk_from_ptr(sk_bytes_new(vm, p, length)); /* Linux's abstract names */
  length = strnlen(p, length);
  return sk_from_ptr(sk_str_decode_utf8(vm, p, length));
}

SkValue sock_address_value(SkVm *vm, const SockAddr *a, socklen_t n) {
  if (n == 0) return SK_NONE;
  if (a->any.sa_family == AF_UNIX) return unix_value(vm, a, n);
  if (a->any.sa_family == AF_INET) return sk_tuple_pair(vm, sock_host_text(vm, a), sk_smallint(ntohs(a->in.sin_port)));
  if (a->any.sa_family == AF_INET6) {
    SkValue host = sock_host_text(vm, a);
    return sk_from_ptr(sk_tuple_pack(vm, 4, host, sk_smallint(ntohs(a->in6.sin6_port)), sk_smallint(ntohl(a->in6.sin6_flowinfo)),
                                     sk_smallint(a->in6.sin6_scope_id)));
  }
  SkValue raw = sk_from_ptr(sk_bytes_new(vm, a->any.sa_data, n > 2 ? n - 2 : 0));
  return sk_tuple_pair(vm, sk_smallint(a->any.sa_family), raw);
}

/* ---- getaddrinfo ---- */

const char *sock_host_arg(SkVm *vm, SkValue v) {
  if (sk_is_none(v)) return NULL;
  if (!sk_is_str(v) && !sk_is_bytes(v)) sk_raise_type(vm, "getaddrinfo() argument 1 must be string or None");
  return host_text(vm, v);
}

const char *sock_service_arg(SkVm *vm, SkValue v, char *room, size_t size) {
  if (sk_is_none(v)) return NULL;
  if (sk_is_str(v)) return sk_str_cstr(vm, sk_as_str(v));
  if (sk_is_bytes(v)) return sk_as_bytes(v)->data;
  int64_t port;
  if (!sk_is_int(v)) sk_raisef(vm, SK_T_OSError, "Int or String expected");
  if (!sk_int_get_i64(v, &port)) sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C long");
  snprintf(room, size, "%lld", (long long)port);
  return room;
}

SkValue sock_info_list(SkVm *vm, const struct addrinfo *list) {
  SkList *l = sk_list_new(vm, 4);
  for (const struct addrinfo *i = list; i; i = i->ai_next) {
    SockAddr a = {0};
    memcpy(&a, i->ai_addr, i->ai_addrlen);
    SkValue address = sock_address_value(vm, &a, i->ai_addrlen);
    SkValue name = sk_from_ptr(sk_str_from_cstr(vm, i->ai_canonname ? i->ai_canonname : ""));
    sk_list_append(vm, l, sk_from_ptr(sk_tuple_pack(vm, 5, sk_smallint(i->ai_family), sk_smallint(i->ai_socktype),
                                                    sk_smallint(i->ai_protocol), name, address)));
  }
  return sk_from_ptr(l);
}
