/* curl_library.c - loads libcurl.  Layer 8. */
#include <dlfcn.h>

#include "stdlib/native/curl_impl.h"

static const char *load(CurlLib *lib) {
  void *so = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!so) return dlerror();
#define LOAD(name) \
  if (!(lib->name##_ = (__typeof__(lib->name##_))(uintptr_t)dlsym(so, #name))) return dlerror();
  CURL_FUNCTIONS(LOAD)
#undef LOAD
  return lib->curl_global_init_(CURL_GLOBAL_DEFAULT) ? "curl_global_init failed" : NULL;
}

const CurlLib *curl_library(SkVm *vm) {
  SkValue known = sk_dict_get_cstr(vm, vm->module_state, "_curl");
  if (sk_is_unset(known)) {
    CurlLib lib;
    const char *why = load(&lib);
    if (why) sk_raisef(vm, SK_T_ImportError, "libcurl is not available: %s", why);
    known = sk_from_ptr(sk_bytes_new(vm, &lib, sizeof lib)); /* bytes never move and need no class of their own */
    sk_dict_set_cstr(vm, vm->module_state, "_curl", known);
  }
  return (const CurlLib *)(const void *)sk_as_bytes(known)->data;
}
