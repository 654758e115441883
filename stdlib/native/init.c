/* init.c - the library comes to life: builtins, sys, streams, the import hook.  Layer 8. */
#include "stdlib/native/native.h"
#include "stdlib/native/stdio.h"

static void add(SkVm *vm, SkModule *m) { sk_dict_set_str(vm, vm->modules, sk_as_str(m->name), sk_from_ptr(m)); }

void sk_stdlib_init(SkVm *vm) {
  vm->modules = sk_dict_new(vm);
  vm->module_state = sk_dict_new(vm);
  sk_import_init(vm);
  vm->builtins = sk_module_from_def(vm, sk_native_module("builtins", 8));
  add(vm, vm->builtins);
  vm->sys = sk_module_from_def(vm, sk_native_module("sys", 3));
  add(vm, vm->sys);
  sk_stdio_init(vm);
}
