/* intrinsic.c - rare operations of compiled code (intrinsics.def).  Layer 7.
 *
 * Type parameters are objects of the library's _typing module: these look the class up there.
 */
#include "vm/run/run_impl.h"

static SkValue typing_name(SkVm *vm, const char *name) {
  SkStr *typing = sk_intern(vm, "_typing");
  SkValue m = sk_dict_get_str(vm, vm->modules, typing);
  if (sk_is_unset(m)) m = vm->hooks.import(vm, typing, vm->builtins->dict, SK_NONE, 0);
  return sk_getattr_cstr(vm, m, name);
}

static SkValue type_parameter(SkVm *vm, const char *cls, const char *helper, const SkValue *args, size_t n) {
  if (n == 1) {
    SkValue infer = SK_TRUE, all[] = {args[0], infer};
    bool variance = strcmp(cls, "TypeVarTuple") != 0;
    SkTuple *names = sk_tuple_pack(vm, 1, sk_from_ptr(sk_intern(vm, "infer_variance")));
    return sk_call(vm, typing_name(vm, cls), all, 1, variance ? names : NULL);
  }
  return sk_call(vm, typing_name(vm, helper), args, n, NULL);
}

/* End of a class body: the __class__ cell is left in the namespace for type.__new__. */
static SkValue class_done(SkVm *vm, SkValue ns, SkValue cell) {
  if (!sk_is_none(cell)) sk_setitem(vm, ns, sk_from_ptr(SK_NAME(vm, dunder_classcell)), cell);
  return cell;
}

static SkValue intrinsic(SkVm *vm, int which, const SkValue *args) {
  switch (which) {
  case SK_INTRINSIC_TYPEVAR: return type_parameter(vm, "TypeVar", NULL, args, 1);
  case SK_INTRINSIC_TYPEVAR_BOUND: return type_parameter(vm, NULL, "_typevar_bound", args, 2);
  case SK_INTRINSIC_TYPEVAR_CONSTRAINTS: return type_parameter(vm, NULL, "_typevar_constraints", args, 2);
  case SK_INTRINSIC_PARAMSPEC: return type_parameter(vm, "ParamSpec", NULL, args, 1);
  case SK_INTRINSIC_TYPEVARTUPLE: return type_parameter(vm, "TypeVarTuple", NULL, args, 1);
  case SK_INTRINSIC_TYPEPARAM_DEFAULT: return type_parameter(vm, NULL, "_typeparam_default", args, 2);
  case SK_INTRINSIC_GENERIC_BASE: return sk_call1(vm, typing_name(vm, "_generic_base"), args[0]);
  case SK_INTRINSIC_TYPEALIAS: return sk_call(vm, typing_name(vm, "_type_alias"), args, 3, NULL);
  case SK_INTRINSIC_STOPITER_ERROR: return sk_exc_new(vm, SK_T_RuntimeError, "generator raised StopIteration");
  case SK_INTRINSIC_ASYNC_FOR_LEFT: return agen_left(vm, args[0], args[1]);
  case SK_INTRINSIC_DROPPED: run_refuse_dropped(vm, args[0]); return SK_NONE;
  case SK_INTRINSIC_CLASS_DONE: return class_done(vm, args[0], args[1]);
  default: sk_raisef(vm, SK_T_SystemError, "unknown intrinsic");
  }
}

RUN_SLOW(intrinsic) {
  r[pc->a] = intrinsic(vm, pc->c, &r[pc->b]);
  vm->r = r;
  return pc + 1;
}
