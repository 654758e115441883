/* socket_impl.h - what the files of the module _socket share.  Layer 8. */
#ifndef SK_STDLIB_SOCKET_IMPL_H
#define SK_STDLIB_SOCKET_IMPL_H

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "stdlib/native/native.h"
#include "stdlib/native/native_type.h"
#include "vm/object/bytes.h"

/* The descriptor is owned: closed by close(), by the finalizer at the latest. */
typedef struct Sock { SkObject head; int fd, family, type, proto; int64_t timeout; /* ns; -1: waits for ever, 0: never waits */ } Sock;
extern const SkTypeDef sk_socket_type;
SK_INLINE Sock *sock_of(SkValue v) { return (Sock *)sk_ptr(v); }

typedef union SockAddr { struct sockaddr any; struct sockaddr_in in; struct sockaddr_in6 in6; struct sockaddr_un un; struct sockaddr_storage room; } SockAddr;

/* ---- socket_address.c ---- */
/* (host, port), path ... of |family| from a script's value; resolves names (may wait, gaierror).  |caller|: "bind" ... */
socklen_t sock_address_from(SkVm *vm, int family, SkValue v, SockAddr *out, const char *caller);
SkValue sock_address_value(SkVm *vm, const SockAddr *a, socklen_t n);
SkValue sock_host_text(SkVm *vm, const SockAddr *a);  /* numeric form of an AF_INET or AF_INET6 address */
SK_NORETURN void sock_raise_gai(SkVm *vm, int code);   /* gaierror */
SkValue sock_error_class(SkVm *vm, const char *name);  /* "gaierror", "herror": made when first asked for */
/* The list of 5-tuples that getaddrinfo() gives; |list| stays the caller's. */
typedef struct addrinfo SockInfo;
SkValue sock_info_list(SkVm *vm, const struct addrinfo *list);
/* The host and service arguments of getaddrinfo(): NULL for None.  The text is alive while |v| is. */
const char *sock_host_arg(SkVm *vm, SkValue v);
const char *sock_service_arg(SkVm *vm, SkValue v, char *room, size_t size);

/* Before a name is looked up, and before something is sent or connected to an address, or bound to it. */
void sock_need_name(SkVm *vm, const char *name);
void sock_need(SkVm *vm, uint32_t cap, const SockAddr *a);

/* ---- socket_type.c ---- */
int sock_int(SkVm *vm, SkValue v);
int64_t sock_timeout_arg(SkVm *vm, SkValue v);         /* None: -1; ValueError when negative */
SkValue sock_new(SkVm *vm, SkType *cls, int fd, int family, int type, int proto);
/* Waits until |fd| is ready for POLLIN or POLLOUT, without the VM's lock; false: |deadline| (sock_now() based, < 0: none) passed.
 * Runs signal handlers on the way. */
bool sock_wait(SkVm *vm, int fd, short events, int64_t deadline);
int64_t sock_now(void);
/* Before a descriptor is closed that loops may watch (uv_watch.c): its number will soon be another's. */
void sk_descriptor_closing(SkVm *vm, int fd);

/* ---- socket_message.c: recvmsg, sendmsg ---- */
extern const SkNativeDef sock_sendmsg_def, sock_recvmsg_def, sock_recvmsg_into_def;
/* One operation that is tried again until the socket is ready; |done| false and errno when it failed. */
typedef ssize_t SockTry(Sock *s, void *arg);
ssize_t sock_repeat(SkVm *vm, Sock *s, short events, SockTry *fn, void *arg, int64_t deadline);
int64_t sock_deadline(const Sock *s);

/* ---- socket_names.c ---- */
extern const SkNativeDef *const sock_name_functions[];
void sock_add_constants(SkVm *vm, SkModule *m);        /* socket_constants.c */

#endif
