/* socket_module.c - the module _socket: what socket.py stands on.  Layer 8. */
#include "stdlib/native/socket_impl.h"

static void init(SkVm *vm, SkModule *m) {
  sk_module_add_type(vm, m, &sk_socket_type);
  sk_module_add(vm, m, "SocketType", sk_from_ptr(sk_library_type(vm, &sk_socket_type)));
  sk_module_add(vm, m, "error", sk_from_ptr(vm->types[SK_T_OSError]));
  sk_module_add(vm, m, "timeout", sk_from_ptr(vm->types[SK_T_TimeoutError]));
  sk_module_add(vm, m, "gaierror", sock_error_class(vm, "gaierror"));
  sk_module_add(vm, m, "herror", sock_error_class(vm, "herror"));
  sk_module_add(vm, m, "has_ipv6", SK_TRUE);
  sock_add_constants(vm, m);
}

const SkModuleDef sk_socket_module = {"_socket", "Sockets of the system.", sock_name_functions, init};
