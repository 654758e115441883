/* uv_resolve.c - getaddrinfo and getnameinfo on libuv's threads.  Layer 8. */
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#include "stdlib/native/socket_impl.h"
#include "stdlib/native/uv_impl.h"

typedef struct Resolve {
  UvRequest request;
  char host[NI_MAXHOST], service[NI_MAXSERV];
  bool has_host, has_service;
  struct addrinfo hints, *list;
  SockAddr address;      /* getnameinfo */
  socklen_t length;
  int flags, code, why;
} Resolve;

static Resolve *resolve_new(SkVm *vm) {
  uv_running(vm);
  Resolve *r = calloc(1, sizeof *r);
  if (!r) sk_raise_nomem(vm);
  return r;
}

static void resolve_drop(UvRequest *q) {
  Resolve *r = (Resolve *)q;
  if (r->list) freeaddrinfo(r->list);
  free(r);
}

static void check(SkVm *vm, const Resolve *r) {
  errno = r->why;
  if (r->code) sock_raise_gai(vm, r->code);
}

static void start_checkpoint(SkVm *vm) {
  if (sk_need_loop(vm)->face != SK_FACE_ASYNCIO) sk_checkpoint(vm);
}

/* ---- getaddrinfo ---- */

static void info_run(UvRequest *q) {
  Resolve *r = (Resolve *)q;
  r->code = getaddrinfo(r->has_host ? r->host : NULL, r->has_service ? r->service : NULL, &r->hints, &r->list);
  r->why = errno;
}
static SkValue info_result(SkVm *vm, UvRequest *q) {
  check(vm, (Resolve *)q);
  return sock_info_list(vm, ((Resolve *)q)->list);
}

static bool info_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (sk_await_phase(a)) return uv_request_end(vm, a, out);
  start_checkpoint(vm);
  SkValue *args = sk_as_tuple(a->a)->items;
  char number[32];
  const char *host = sock_host_arg(vm, args[0]), *service = sock_service_arg(vm, args[1], number, sizeof number);
  struct addrinfo hints = {.ai_family = sock_int(vm, args[2]), .ai_socktype = sock_int(vm, args[3]), .ai_protocol = sock_int(vm, args[4]),
                           .ai_flags = sock_int(vm, args[5])};
  if (host && !(hints.ai_flags & AI_NUMERICHOST)) sock_need_name(vm, host);
  Resolve *r = resolve_new(vm);
  r->hints = hints;
  if ((r->has_host = host != NULL)) snprintf(r->host, sizeof r->host, "%s", host);
  if ((r->has_service = service != NULL)) snprintf(r->service, sizeof r->service, "%s", service);
  r->request.run = info_run;
  r->request.result = info_result;
  r->request.drop = resolve_drop;
  return uv_request_begin(vm, a, &r->request, out);
}
static const SkAwaitOps info_ops = {"getaddrinfo", "getaddrinfo", "getaddrinfo", info_step, uv_request_thrown, uv_request_abort};
SK_NATIVE(uv_getaddrinfo_fn, "getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)", "socket.getaddrinfo() that a task waits for.") {
  return sk_await_new(vm, &info_ops, SK_NONE, sk_from_ptr(sk_tuple_from(vm, args, 6)), SK_NONE);
}

/* ---- getnameinfo ---- */

static void name_run(UvRequest *q) {
  Resolve *r = (Resolve *)q;
  r->code = getnameinfo(&r->address.any, r->length, r->host, sizeof r->host, r->service, sizeof r->service, r->flags);
  r->why = errno;
}
static SkValue name_result(SkVm *vm, UvRequest *q) {
  Resolve *r = (Resolve *)q;
  check(vm, r);
  SkValue host = sk_from_ptr(sk_str_decode_utf8(vm, r->host, strlen(r->host)));
  return sk_tuple_pair(vm, host, sk_from_ptr(sk_str_decode_utf8(vm, r->service, strlen(r->service))));
}

static bool name_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  if (sk_await_phase(a)) return uv_request_end(vm, a, out);
  start_checkpoint(vm);
  SkValue *args = sk_as_tuple(a->a)->items;
  SkTuple *t = sk_to_tuple(vm, args[0]);
  int flags = sock_int(vm, args[1]);
  SockAddr address;
  socklen_t n = sock_address_from(vm, t->count > 2 ? AF_INET6 : AF_INET, sk_from_ptr(t), &address, "getnameinfo");
  if (!(flags & NI_NUMERICHOST)) sock_need(vm, SK_CAP_NET_CONNECT, &address);
  Resolve *r = resolve_new(vm);
  r->address = address;
  r->length = n;
  r->flags = flags;
  r->request.run = name_run;
  r->request.result = name_result;
  r->request.drop = resolve_drop;
  return uv_request_begin(vm, a, &r->request, out);
}
static const SkAwaitOps name_ops = {"getnameinfo", "getnameinfo", "getnameinfo", name_step, uv_request_thrown, uv_request_abort};
SK_NATIVE(uv_getnameinfo_fn, "getnameinfo(sockaddr, flags=0, /)", "socket.getnameinfo() that a task waits for.") {
  return sk_await_new(vm, &name_ops, SK_NONE, sk_from_ptr(sk_tuple_from(vm, args, 2)), SK_NONE);
}

const SkNativeDef *const uv_resolve_functions[] = {&uv_getaddrinfo_fn_def, &uv_getnameinfo_fn_def, NULL};
