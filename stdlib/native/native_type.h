/* native_type.h - classes of library modules, one per VM, found by their definition.  Layer 8. */
#ifndef SK_STDLIB_NATIVE_TYPE_H
#define SK_STDLIB_NATIVE_TYPE_H

#include "vm/object/call.h"
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/func.h"
#include "vm/object/iter_impl.h"
#include "vm/object/number.h"
#include "vm/object/object.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

/* Adds it to a module under the last part of its name. */
void sk_module_add_type(SkVm *vm, SkModule *m, const SkTypeDef *def);

/* An instance of the class: exactly it, or of a subclass as well. */
bool sk_is_native(SkVm *vm, SkValue v, const SkTypeDef *def);
bool sk_is_native_exactly(SkVm *vm, SkValue v, const SkTypeDef *def);

/* The class's __name__, for reprs (sk_type_name has the module in front). */
SK_INLINE SkStr *sk_class_name(SkVm *vm, SkValue v) { return (void)vm, sk_type_of(vm, v)->name; }

/* Iterators are SkIters: a class that can't be made by calling it, or one with a constructor. */
SK_INLINE SkIter *sk_as_iter(SkValue v) { return (SkIter *)sk_ptr(v); }
SK_INLINE SkIter *sk_iter_of_class(SkVm *vm, SkValue cls) { return (SkIter *)sk_object_new(vm, (SkType *)sk_ptr(cls), 0); }
SK_INLINE SkValue sk_class_of(SkVm *vm, SkValue v) { return sk_from_ptr(sk_type_of(vm, v)); }

#endif
