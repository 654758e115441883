/* io_module.c - the module _io: its classes in their places, its constants.  Layer 8. */
#include "stdlib/native/io_impl.h"

SkType *io_class(SkVm *vm, const SkTypeDef *def, const SkTypeDef *base) {
  SkValue key = sk_smallint((int64_t)(uintptr_t)def);
  SkValue v = sk_dict_get(vm, vm->module_state, key);
  if (sk_is_unset(v)) {
    v = sk_from_ptr(base ? sk_type_from_def_base(vm, def, io_class_of(vm, base)) : sk_type_from_def(vm, def));
    sk_dict_set(vm, vm->module_state, key, v);
  }
  return (SkType *)sk_ptr(v);
}

typedef struct Class { const SkTypeDef *def, *base; } Class;
static const Class classes[] = {
    {&sk_io_base_type, NULL},
    {&sk_io_raw_type, &sk_io_base_type},
    {&sk_io_buffered_type, &sk_io_base_type},
    {&sk_io_text_type, &sk_io_base_type},
    {&sk_io_stringio_type, &sk_io_text_type},
};

SkType *io_class_of(SkVm *vm, const SkTypeDef *def) {
  for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
    if (classes[i].def == def) return io_class(vm, def, classes[i].base);
  return io_class(vm, def, NULL);
}

/* class UnsupportedOperation(OSError, ValueError) */
static SkValue unsupported_class(SkVm *vm) {
  SkValue known = sk_dict_get_cstr(vm, vm->module_state, "_io.UnsupportedOperation");
  if (!sk_is_unset(known)) return known;
  SkTuple *bases = sk_tuple_pack(vm, 2, sk_from_ptr(vm->types[SK_T_OSError]), sk_from_ptr(vm->types[SK_T_ValueError]));
  SkDict *ns = sk_dict_new(vm);
  sk_dict_set_cstr(vm, ns, "__module__", sk_from_ptr(sk_intern(vm, "io")));
  SkValue cls = sk_type_new(vm, vm->types[SK_T_type], sk_intern(vm, "UnsupportedOperation"), bases, sk_from_ptr(ns), NULL, NULL);
  sk_dict_set_cstr(vm, vm->module_state, "_io.UnsupportedOperation", cls);
  return cls;
}

static void init(SkVm *vm, SkModule *m) {
  sk_module_add(vm, m, "DEFAULT_BUFFER_SIZE", sk_smallint(SK_IO_BUFFER));
  sk_module_add(vm, m, "UnsupportedOperation", unsupported_class(vm));
  sk_module_add(vm, m, "BlockingIOError", sk_from_ptr(vm->types[SK_T_BlockingIOError]));
  for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
    const char *dot = strrchr(classes[i].def->name, '.');
    sk_module_add(vm, m, dot + 1, sk_from_ptr(io_class_of(vm, classes[i].def)));
  }
}

static const SkNativeDef *const functions[] = {NULL};
const SkModuleDef sk_io_module = {"_io", "The io module's natives.", functions, init};
