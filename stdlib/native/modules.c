/* modules.c - finding native and frozen modules by name.  Layer 8. */
#include <string.h>

#include "stdlib/native/native.h"

#define MODULE(name, def) extern const SkModuleDef def;
#define ABSENT(name, library)                                                                               \
  static void refuse##name(SkVm *vm, SkModule *m) {                                                         \
    (void)m;                                                                                                \
    sk_raisef(vm, SK_T_ImportError, "module '" #name "' needs " library ", and this Skein was built without"); \
  }
#include "stdlib/native/modules.def"
#undef MODULE
#undef ABSENT

static const SkModuleDef *const modules[] = {
#define MODULE(name, def) &def,
#define ABSENT(name, library)
#include "stdlib/native/modules.def"
#undef MODULE
#undef ABSENT
};

/* Parts that this build leaves out: found, so that importing them says why it fails. */
static const SkModuleDef absent[] = {
#define MODULE(name, def)
#define ABSENT(name, library) {#name, NULL, NULL, refuse##name},
#include "stdlib/native/modules.def"
#undef MODULE
#undef ABSENT
    {NULL, NULL, NULL, NULL},
};

size_t sk_native_module_count(void) { return sizeof modules / sizeof *modules; }
const SkModuleDef *sk_native_module_at(size_t i) { return modules[i]; }

static bool is_named(const SkModuleDef *m, const char *name, size_t length) { return strlen(m->name) == length && memcmp(m->name, name, length) == 0; }

const SkModuleDef *sk_native_module(const char *name, size_t length) {
  for (size_t i = 0; i < sk_native_module_count(); i++)
    if (is_named(modules[i], name, length)) return modules[i];
  for (const SkModuleDef *m = absent; m->name; m++)
    if (is_named(m, name, length)) return m;
  return NULL;
}

const SkFrozen *sk_frozen_find(const char *name, size_t length) {
  size_t lo = 0, hi = sk_frozen_count;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    const char *n = sk_frozen_modules[mid].name;
    int c = strncmp(n, name, length);
    if (c == 0 && n[length]) c = 1;
    if (c == 0) return &sk_frozen_modules[mid];
    if (c < 0) lo = mid + 1;
    else hi = mid;
  }
  return NULL;
}
