/* api_io.c - standard output and input of a VM whose host takes them.  Layer 9. */
#include "vm/api/api_impl.h"

static void write_hook(SkVm *vm, int stream, const char *text, size_t n) {
  skein_vm *v = vm->host;
  v->config.write(v->config.write_user, stream, text, n);
}

static size_t read_hook(SkVm *vm, char *into, size_t room) {
  skein_vm *v = vm->host;
  size_t n = v->config.read(v->config.read_user, into, room);
  return n < room ? n : room;
}

void api_io_install(skein_vm *v) {
  SkVm *vm = core(v);
  vm->hooks.write = v->config.write ? write_hook : NULL;
  vm->hooks.read = v->config.read ? read_hook : NULL;
}
