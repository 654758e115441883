/* classmethod.c - classmethod and staticmethod.                                                    Layer 6. */
#include "vm/object/object_impl.h"

static SkDescr *make(SkVm *vm, int type_id, SkValue func) {
  SkDescr *d = sk_object_new_id(vm, type_id, 0);
  d->func = func;
  return d;
}
SkValue descr_classmethod_new(SkVm *vm, SkValue func) { return sk_from_ptr(make(vm, SK_T_classmethod, func)); }
SkValue descr_staticmethod_new(SkVm *vm, SkValue func) { return sk_from_ptr(make(vm, SK_T_staticmethod, func)); }

SK_NATIVE(wrapper_new, "__new__(cls, /, *args, **kwargs)", NULL) {
  SkDescr *d = sk_object_new(vm, sk_as_type(args[0]), 0);
  d->func = SK_NONE;
  return sk_from_ptr(d);
}

/* The wrapper looks like what it wraps. */
static void wrap(SkVm *vm, SkValue self, SkValue func) {
  SkDescr *d = sk_ptr(self);
  sk_write(vm, d, &d->func, func);
  SkStr *copied[] = {SK_NAME(vm, dunder_module), SK_NAME(vm, dunder_name), SK_NAME(vm, dunder_qualname), SK_NAME(vm, dunder_doc),
                     SK_NAME(vm, dunder_annotations)};
  for (size_t i = 0; i < sizeof copied / sizeof *copied; i++) {
    SkValue v = sk_getattr_opt(vm, func, copied[i]);
    if (!sk_is_unset(v)) sk_instance_set(vm, self, copied[i], v);
  }
}

SK_NATIVE(classmethod_init, "__init__(self, function, /)", NULL) { wrap(vm, args[0], args[1]); return SK_NONE; }
SK_NATIVE(staticmethod_init, "__init__(self, function, /)", NULL) { wrap(vm, args[0], args[1]); return SK_NONE; }

static SkValue get_func(SkVm *vm, SkValue self) { (void)vm; return ((SkDescr *)sk_ptr(self))->func; }
static SkValue get_dict(SkVm *vm, SkValue self) { return sk_from_ptr(sk_instance_dict(vm, self)); }
static SkValue get_abstract(SkVm *vm, SkValue self) {
  SkValue v = sk_getattr_opt(vm, ((SkDescr *)sk_ptr(self))->func, SK_NAME(vm, dunder_isabstractmethod));
  return sk_bool(!sk_is_unset(v) && sk_truth(vm, v));
}

static SkValue classmethod_get(SkVm *vm, SkValue self, SkValue obj, SkValue type) {
  SkDescr *d = sk_ptr(self);
  if (sk_is_unset(type) || sk_is_none(type)) type = sk_from_ptr(sk_type_of(vm, obj));
  return sk_method_new(vm, d->func, type);
}
static SkValue classmethod_repr(SkVm *vm, SkValue self) {
  return sk_from_ptr(sk_format(vm, "<classmethod(%R)>", ((SkDescr *)sk_ptr(self))->func));
}

static SkValue staticmethod_get(SkVm *vm, SkValue self, SkValue obj, SkValue type) {
  (void)vm, (void)obj, (void)type;
  return ((SkDescr *)sk_ptr(self))->func;
}
static SkValue staticmethod_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  return sk_call(vm, ((SkDescr *)sk_ptr(self))->func, args, nargs, kwnames);
}
static SkValue staticmethod_repr(SkVm *vm, SkValue self) {
  return sk_from_ptr(sk_format(vm, "<staticmethod(%R)>", ((SkDescr *)sk_ptr(self))->func));
}

static const SkAttrDef attrs[] = {
    SK_GETSET("__func__", get_func, NULL, NULL), SK_GETSET("__wrapped__", get_func, NULL, NULL),
    SK_GETSET("__isabstractmethod__", get_abstract, NULL, NULL), SK_GETSET("__dict__", get_dict, NULL, NULL), SK_ATTRS_END};

const SkTypeDef sk_classmethod_type = {
    .name = "classmethod", .doc = "classmethod(function) -> method\n\nCalls the function with the class as first argument.",
    .kind = SK_KIND_DESCR, .size = sizeof(SkDescr), .flags = SK_TYPE_HAS_DICT,
    .slots = {.repr = classmethod_repr, .descr_get = classmethod_get},
    .attrs = attrs, .new_ = &wrapper_new_def, .init_ = &classmethod_init_def};

const SkTypeDef sk_staticmethod_type = {
    .name = "staticmethod", .doc = "staticmethod(function) -> method\n\nA function that gets no implicit first argument.",
    .kind = SK_KIND_DESCR, .size = sizeof(SkDescr), .flags = SK_TYPE_HAS_DICT,
    .slots = {.repr = staticmethod_repr, .descr_get = staticmethod_get, .call = staticmethod_call},
    .attrs = attrs, .new_ = &wrapper_new_def, .init_ = &staticmethod_init_def};
