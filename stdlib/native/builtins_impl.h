/* builtins_impl.h - shared by the files of the builtins module.  Layer 8. */
#ifndef SK_STDLIB_BUILTINS_IMPL_H
#define SK_STDLIB_BUILTINS_IMPL_H

#include "stdlib/native/native.h"
#include "vm/object/bytes.h"

extern const SkNativeDef sk_builtin_anext_def, sk_builtin_build_class_def, sk_builtin_compile_def, sk_builtin_eval_def,
    sk_builtin_exec_def, sk_builtin_globals_def, sk_builtin_import_def, sk_builtin_locals_def;

/* A built-in function that builtins.c lists from another file. */
#define SK_BUILTIN(name, sig, doc)                                     \
  static SkValue b_##name(SkVm *vm, const SkValue *args);              \
  const SkNativeDef sk_builtin_##name##_def = {sig, doc, b_##name};    \
  static SkValue b_##name(SkVm *vm, const SkValue *args)

#endif
