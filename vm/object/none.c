/* none.c - the classes of None, Ellipsis and NotImplemented.                                           Layer 6. */
#include "vm/object/object_impl.h"

static bool none_bool(SkVm *vm, SkValue self) { (void)vm, (void)self; return false; }
static int64_t none_hash(SkVm *vm, SkValue self) { (void)vm, (void)self; return 0xfca86420; }
static SkValue none_repr(SkVm *vm, SkValue self) { (void)self; return sk_from_ptr(sk_intern(vm, "None")); }
static SkValue ellipsis_repr(SkVm *vm, SkValue self) { (void)self; return sk_from_ptr(sk_intern(vm, "Ellipsis")); }
static SkValue notimplemented_repr(SkVm *vm, SkValue self) { (void)self; return sk_from_ptr(sk_intern(vm, "NotImplemented")); }
static bool notimplemented_bool(SkVm *vm, SkValue self) {
  (void)self;
  sk_warn(vm, SK_T_DeprecationWarning, "NotImplemented should not be used in a boolean context");
  return true;
}

/* The one instance; arguments are refused as CPython words it. */
static SkValue only(SkVm *vm, const SkValue *args, SkValue v, const char *name) {
  if (sk_as_tuple(args[1])->count || sk_as_dict(args[2])->live) sk_raise_type(vm, "%s takes no arguments", name);
  return v;
}
SK_NATIVE(none_new, "__new__(cls, /, *args, **kwargs)", NULL) { return only(vm, args, SK_NONE, "NoneType"); }
SK_NATIVE(ellipsis_new, "__new__(cls, /, *args, **kwargs)", NULL) { return only(vm, args, SK_ELLIPSIS, "EllipsisType"); }
SK_NATIVE(notimplemented_new, "__new__(cls, /, *args, **kwargs)", NULL) { return only(vm, args, SK_NOTIMPLEMENTED, "NotImplementedType"); }

SK_NATIVE(single_reduce, "__reduce__(self, /)", NULL) { return sk_from_ptr(sk_repr(vm, args[0])); }
static const SkAttrDef single_attrs[] = {SK_METHOD(single_reduce), SK_ATTRS_END};

const SkTypeDef sk_none_type = {
    .name = "NoneType", .doc = "The type of the None singleton.", .kind = SK_KIND_INSTANCE, .size = sizeof(SkObject),
    .flags = SK_TYPE_FINAL, .slots = {.repr = none_repr, .bool_ = none_bool, .hash = none_hash}, .new_ = &none_new_def};
const SkTypeDef sk_ellipsis_type = {
    .name = "ellipsis", .doc = "The type of the Ellipsis singleton.", .kind = SK_KIND_INSTANCE, .size = sizeof(SkObject),
    .flags = SK_TYPE_FINAL, .slots = {.repr = ellipsis_repr}, .attrs = single_attrs, .new_ = &ellipsis_new_def};
const SkTypeDef sk_notimplemented_type = {
    .name = "NotImplementedType", .doc = "The type of the NotImplemented singleton.", .kind = SK_KIND_INSTANCE,
    .size = sizeof(SkObject), .flags = SK_TYPE_FINAL, .slots = {.repr = notimplemented_repr, .bool_ = notimplemented_bool},
    .attrs = single_attrs, .new_ = &notimplemented_new_def};
