/* call.h - calling Python callables from C.  Layer 6 (vm/run installs the hook that does it). */
#ifndef SK_OBJECT_CALL_H
#define SK_OBJECT_CALL_H

#include "vm/object/object.h"

SK_C_BEGIN

/* Any callable; |args| holds nargs positional values, then one per name in kwnames (NULL: none). */
SK_INLINE SkValue sk_call(SkVm *vm, SkValue f, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  return vm->hooks.call(vm, f, args, nargs, kwnames);
}
SK_INLINE SkValue sk_call0(SkVm *vm, SkValue f) { return sk_call(vm, f, NULL, 0, NULL); }
SK_INLINE SkValue sk_call1(SkVm *vm, SkValue f, SkValue a) { return sk_call(vm, f, &a, 1, NULL); }
SK_INLINE SkValue sk_call2(SkVm *vm, SkValue f, SkValue a, SkValue b) {
  SkValue args[] = {a, b};
  return sk_call(vm, f, args, 2, NULL);
}
SK_INLINE SkValue sk_call3(SkVm *vm, SkValue f, SkValue a, SkValue b, SkValue c) {
  SkValue args[] = {a, b, c};
  return sk_call(vm, f, args, 3, NULL);
}
/* f(*args, **kwargs): args a tuple, kwargs a dict or NULL. */
SkValue sk_call_spread(SkVm *vm, SkValue f, SkTuple *args, SkDict *kwargs);
/* obj.name(args...): attribute lookup without making a bound method. */
SkValue sk_call_method(SkVm *vm, SkValue obj, SkStr *name, const SkValue *args, size_t nargs);
SkValue sk_call_method0(SkVm *vm, SkValue obj, SkStr *name);
SkValue sk_call_method1(SkVm *vm, SkValue obj, SkStr *name, SkValue a);

/* Binds a call's arguments to a native's parameters (native.c).  |out| has room for all of them. */
typedef struct SkSignature SkSignature;
SkValue sk_native_call(SkVm *vm, const SkNativeDef *def, SkValue self_or_unset, const SkValue *args, size_t nargs, SkTuple *kwnames);

/* A built-in function object. |self| UNSET for none; |module| NULL or its __module__. */
SkValue sk_native_new(SkVm *vm, const SkNativeDef *def, SkValue self, SkStr *module);

SK_C_END

#endif
