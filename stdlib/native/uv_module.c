/* uv_module.c - the module _uv: the outside world for tasks.  Layer 8. */
#include <string.h>

#include "stdlib/native/uv_stream.h"


static void add_all(SkVm *vm, SkModule *m, const SkNativeDef *const *defs) {
  for (; *defs; defs++) {
    SkValue fn = sk_native_new(vm, *defs, SK_UNSET, sk_as_str(m->name));
    const char *s = (*defs)->signature + (sk_native_is_async(*defs) ? sizeof "async " - 1 : 0);
    SkStr *name = sk_str_intern(vm, sk_str_new(vm, s, strcspn(s, "(")));
    sk_dict_set_str(vm, m->dict, name, fn);
  }
}

static void init(SkVm *vm, SkModule *m) {
  add_all(vm, m, uv_watch_functions);
  add_all(vm, m, uv_fd_functions);
  add_all(vm, m, uv_resolve_functions);
  add_all(vm, m, uv_file_functions);
  sk_module_add_type(vm, m, &sk_uv_transport_type);
  sk_module_add_type(vm, m, &sk_uv_reader_type);
  sk_module_add_type(vm, m, &sk_uv_writer_type);
  sk_module_add(vm, m, "version", sk_from_ptr(sk_str_from_cstr(vm, uv_version_string())));
}

const SkModuleDef sk_uv_module = {"_uv", "Waiting for descriptors, names and processes.", NULL, init};
