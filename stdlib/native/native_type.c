/* native_type.c - classes of library modules, one per VM, found by their definition.  Layer 8.
 *
 * They are kept in vm->module_state under the definition's address, a small int that no module name can
 * equal.
 */
#include "stdlib/native/native_type.h"

SkType *sk_library_type(SkVm *vm, const SkTypeDef *def) {
  SkValue key = sk_smallint((int64_t)(uintptr_t)def);
  if (!vm->module_state) vm->module_state = sk_dict_new(vm);
  SkDictEntry *e = sk_dict_peek(vm->module_state, key);
  SkValue v = e ? e->value : sk_dict_get(vm, vm->module_state, key);
  if (sk_is_unset(v)) {
    v = sk_from_ptr(sk_type_from_def(vm, def));
    sk_dict_set(vm, vm->module_state, key, v);
  }
  return (SkType *)sk_ptr(v);
}

void sk_module_add_type(SkVm *vm, SkModule *m, const SkTypeDef *def) {
  const char *dot = strrchr(def->name, '.');
  sk_module_add(vm, m, dot ? dot + 1 : def->name, sk_from_ptr(sk_library_type(vm, def)));
}

bool sk_is_native(SkVm *vm, SkValue v, const SkTypeDef *def) { return sk_is_ptr(v) && sk_type_of(vm, v)->def == def; }

bool sk_is_native_exactly(SkVm *vm, SkValue v, const SkTypeDef *def) {
  return sk_is_ptr(v) && sk_type_of(vm, v) == sk_library_type(vm, def);
}
