/* modules.c - finding native and frozen modules by name.  Layer 8. */
#include <string.h>

#include "stdlib/native/native.h"

#define MODULE(name, def) extern const SkModuleDef def;
#include "stdlib/native/modules.def"
#undef MODULE

static const SkModuleDef *const modules[] = {
#define MODULE(name, def) &def,
#include "stdlib/native/modules.def"
#undef MODULE
};

size_t sk_native_module_count(void) { return sizeof modules / sizeof *modules; }
const SkModuleDef *sk_native_module_at(size_t i) { return modules[i]; }

const SkModuleDef *sk_native_module(const char *name, size_t length) {
  for (size_t i = 0; i < sk_native_module_count(); i++)
    if (strlen(modules[i]->name) == length && memcmp(modules[i]->name, name, length) == 0) return modules[i];
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
