/* simple_namespace.c - types.SimpleNamespace.                                                              Layer 6. */
#include "vm/object/object_impl.h"

SK_NATIVE(namespace_new, "__new__(cls, /, *args, **kwargs)", NULL) { return sk_from_ptr(sk_object_new(vm, sk_as_type(args[0]), 0)); }

static void take_all(SkVm *vm, SkValue self, SkDict *d) {
  size_t i = 0;
  for (SkValue k, v; sk_dict_next(d, &i, &k, &v);) {
    if (!sk_is_str(k)) sk_raise_type(vm, "keywords must be strings");
    sk_instance_set(vm, self, sk_as_str(k), v);
  }
}

SK_NATIVE(namespace_init, "__init__(self, mapping_or_iterable=?, /, **kwargs)", NULL) {
  if (!sk_is_unset(args[1])) {
    SkDict *d = sk_dict_new(vm);
    sk_dict_update(vm, d, args[1]);
    take_all(vm, args[0], d);
  }
  take_all(vm, args[0], sk_as_dict(args[2]));
  return SK_NONE;
}

static SkValue namespace_repr(SkVm *vm, SkValue self) {
  SkStr *name = sk_is_exactly(vm, self, SK_T_simple_namespace) ? sk_str_from_cstr(vm, "namespace") : sk_type_of(vm, self)->name;
  if (!sk_repr_enter(vm, self)) return sk_from_ptr(sk_format(vm, "%U(...)", name));
  SkDict *d = sk_instance_snapshot(vm, self);
  SkList *parts = sk_list_new(vm, d->live);
  size_t i = 0;
  for (SkValue k, v; sk_dict_next(d, &i, &k, &v);)
    if (sk_is_str(k) && sk_as_str(k)->bytes) sk_list_append(vm, parts, sk_from_ptr(sk_format(vm, "%U=%R", sk_as_str(k), v)));
  SkStr *text = sk_str_join(vm, sk_str_from_cstr(vm, ", "), sk_list_items(parts), parts->count);
  sk_repr_leave(vm, self);
  return sk_from_ptr(sk_format(vm, "%U(%U)", name, text));
}

static SkValue compare(SkVm *vm, SkCompareOp op, SkValue a, SkValue b) {
  SkType *t = vm->types[SK_T_simple_namespace];
  if (!sk_type_is_subtype(sk_type_of(vm, a), t) || !sk_type_is_subtype(sk_type_of(vm, b), t)) return SK_NOTIMPLEMENTED;
  return sk_compare(vm, op, sk_from_ptr(sk_instance_snapshot(vm, a)), sk_from_ptr(sk_instance_snapshot(vm, b)));
}
static SkValue namespace_lt(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_LT, a, b); }
static SkValue namespace_le(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_LE, a, b); }
static SkValue namespace_eq(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_EQ, a, b); }
static SkValue namespace_ne(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_NE, a, b); }
static SkValue namespace_gt(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_GT, a, b); }
static SkValue namespace_ge(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_GE, a, b); }

static SkValue get_dict(SkVm *vm, SkValue self) { return sk_from_ptr(sk_instance_dict(vm, self)); }

SK_NATIVE(namespace_reduce, "__reduce__(self, /)", "Return state information for pickling") {
  SkDict *d = sk_instance_snapshot(vm, args[0]);
  return sk_from_ptr(sk_tuple_pack(vm, 3, sk_from_ptr(sk_type_of(vm, args[0])), sk_from_ptr(vm->empty_tuple), sk_from_ptr(d)));
}

SK_NATIVE(namespace_replace, "__replace__(self, /, **changes)", "Return a copy of the namespace object with new values for the specified attributes.") {
  SkValue copy = sk_call0(vm, sk_from_ptr(sk_type_of(vm, args[0])));
  take_all(vm, copy, sk_instance_snapshot(vm, args[0]));
  take_all(vm, copy, sk_as_dict(args[1]));
  return copy;
}

static const SkAttrDef namespace_attrs[] = {SK_GETSET("__dict__", get_dict, NULL, NULL), SK_METHOD(namespace_reduce),
                                            SK_METHOD(namespace_replace), SK_ATTRS_END};

const SkTypeDef sk_simple_namespace_type = {
    .name = "types.SimpleNamespace", .doc = "A simple attribute-based namespace.", .kind = SK_KIND_INSTANCE, .size = sizeof(SkObject),
    .flags = SK_TYPE_HAS_DICT,
    .slots = {.repr = namespace_repr, .lt = namespace_lt, .le = namespace_le, .eq = namespace_eq, .ne = namespace_ne,
              .gt = namespace_gt, .ge = namespace_ge},
    .attrs = namespace_attrs, .new_ = &namespace_new_def, .init_ = &namespace_init_def};
