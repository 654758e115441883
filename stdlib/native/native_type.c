/* native_type.c - classes of library modules, one per VM, found by their definition.  Layer 8.
 *
 * Their table is in vm/object/type_def.c (sk_library_type).
 */
#include "stdlib/native/native_type.h"

void sk_module_add_type(SkVm *vm, SkModule *m, const SkTypeDef *def) {
  const char *dot = strrchr(def->name, '.');
  sk_module_add(vm, m, dot ? dot + 1 : def->name, sk_from_ptr(sk_library_type(vm, def)));
}

bool sk_is_native(SkVm *vm, SkValue v, const SkTypeDef *def) { return sk_is_ptr(v) && sk_type_of(vm, v)->def == def; }

bool sk_is_native_exactly(SkVm *vm, SkValue v, const SkTypeDef *def) {
  return sk_is_ptr(v) && sk_type_of(vm, v) == sk_library_type(vm, def);
}
