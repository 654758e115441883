/* errno_module.c - the module errno.  Layer 8. */
#include <errno.h>

#include "stdlib/native/native.h"

#define CODES(X)                                                                                                          \
  X(EPERM) X(ENOENT) X(ESRCH) X(EINTR) X(EIO) X(ENXIO) X(E2BIG) X(ENOEXEC) X(EBADF) X(ECHILD) X(EAGAIN) X(ENOMEM)         \
  X(EACCES) X(EFAULT) X(ENOTBLK) X(EBUSY) X(EEXIST) X(EXDEV) X(ENODEV) X(ENOTDIR) X(EISDIR) X(EINVAL) X(ENFILE) X(EMFILE) \
  X(ENOTTY) X(ETXTBSY) X(EFBIG) X(ENOSPC) X(ESPIPE) X(EROFS) X(EMLINK) X(EPIPE) X(EDOM) X(ERANGE) X(EDEADLK)              \
  X(ENAMETOOLONG) X(ENOLCK) X(ENOSYS) X(ENOTEMPTY) X(ELOOP) X(EPROTO) X(EBADMSG) X(EOVERFLOW) X(EILSEQ) X(ENOTSOCK)       \
  X(EDESTADDRREQ) X(EMSGSIZE) X(EPROTOTYPE) X(ENOPROTOOPT) X(EPROTONOSUPPORT) X(EOPNOTSUPP) X(EAFNOSUPPORT) X(EADDRINUSE) \
  X(EADDRNOTAVAIL) X(ENETDOWN) X(ENETUNREACH) X(ENETRESET) X(ECONNABORTED) X(ECONNRESET) X(ENOBUFS) X(EISCONN)            \
  X(ENOTCONN) X(ESHUTDOWN) X(ETIMEDOUT) X(ECONNREFUSED) X(EHOSTDOWN) X(EHOSTUNREACH) X(EALREADY) X(EINPROGRESS)           \
  X(ESTALE) X(EDQUOT) X(ECANCELED) X(ENOTSUP)

static void errno_init(SkVm *vm, SkModule *m) {
  static const struct { const char *name; int code; } codes[] = {
#define CODE(name) {#name, name},
      CODES(CODE){"EWOULDBLOCK", EWOULDBLOCK}, {"EDEADLOCK", EDEADLOCK},
#undef CODE
  };
  SkDict *names = sk_dict_new(vm);
  sk_module_add(vm, m, "errorcode", sk_from_ptr(names));
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
    sk_module_add(vm, m, codes[i].name, sk_smallint(codes[i].code));
    if (sk_is_unset(sk_dict_get(vm, names, sk_smallint(codes[i].code))))
      sk_dict_set(vm, names, sk_smallint(codes[i].code), sk_from_ptr(sk_intern(vm, codes[i].name)));
  }
}

const SkModuleDef sk_errno_module = {"errno", "Names of the system's error numbers.", NULL, errno_init};
