/* method.c - bound methods.                                                                        Layer 6. */
#include "vm/object/object_impl.h"

void sk_method_trace(SkMarker *m, SkObject *o) {
  SkMethod *b = (SkMethod *)o;
  sk_mark(m, b->func);
  sk_mark(m, b->self);
}

SkValue sk_method_new(SkVm *vm, SkValue func, SkValue self) {
  SkMethod *m = sk_object_new_id(vm, SK_T_method, 0);
  m->func = func;
  m->self = self;
  return sk_from_ptr(m);
}

SK_NATIVE(method_new, "__new__(cls, function, instance, /)", NULL) {
  if (!SK_SLOTS(vm, args[1])->call) sk_raise_type(vm, "first argument must be callable");
  if (sk_is_none(args[2])) sk_raise_type(vm, "instance must not be None");
  return sk_method_new(vm, args[1], args[2]);
}

static SkValue method_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkMethod *m = sk_ptr(self);
  size_t total = nargs + (kwnames ? kwnames->count : 0);
  SkValues *all = sk_values_new(vm, total + 1);
  all->items[0] = m->self;
  for (size_t i = 0; i < total; i++) all->items[i + 1] = args[i];
  SkValue v = sk_call(vm, m->func, all->items, nargs + 1, kwnames);
  sk_keep(all);
  return v;
}

static SkValue method_getattr(SkVm *vm, SkValue self, SkStr *name) {
  if (sk_type_lookup_cell(vm, sk_type_of(vm, self), name)) return sk_generic_getattr(vm, self, name);
  return sk_getattr(vm, ((SkMethod *)sk_ptr(self))->func, name);
}

static SkValue method_repr(SkVm *vm, SkValue self) {
  SkMethod *m = sk_ptr(self);
  SkValue name = sk_getattr_opt(vm, m->func, SK_NAME(vm, dunder_qualname));
  if (!sk_is_str(name)) name = sk_getattr_opt(vm, m->func, SK_NAME(vm, dunder_name));
  if (!sk_is_str(name)) return sk_from_ptr(sk_format(vm, "<bound method ? of %R>", m->self));
  return sk_from_ptr(sk_format(vm, "<bound method %U of %R>", sk_as_str(name), m->self));
}

static bool method_same(SkVm *vm, SkValue a, SkValue b) {
  SkMethod *x = sk_ptr(a), *y = sk_ptr(b);
  return sk_is(x->self, y->self) && sk_equal(vm, x->func, y->func);
}
static SkValue method_eq(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_exactly(vm, b, SK_T_method) ? sk_bool(method_same(vm, a, b)) : SK_NOTIMPLEMENTED;
}
static SkValue method_ne(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_exactly(vm, b, SK_T_method) ? sk_bool(!method_same(vm, a, b)) : SK_NOTIMPLEMENTED;
}
static int64_t method_hash(SkVm *vm, SkValue self) {
  SkMethod *m = sk_ptr(self);
  int64_t h = sk_hash_identity(m->self) ^ sk_hash(vm, m->func);
  return h == -1 ? -2 : h;
}

static SkValue method_get(SkVm *vm, SkValue self, SkValue obj, SkValue type) { (void)vm, (void)obj, (void)type; return self; }
static SkValue get_doc(SkVm *vm, SkValue self) {
  SkValue v = sk_getattr_opt(vm, ((SkMethod *)sk_ptr(self))->func, SK_NAME(vm, dunder_doc));
  return sk_is_unset(v) ? SK_NONE : v;
}

SK_NATIVE(method_reduce, "__reduce__(self, /)", NULL) {
  SkMethod *m = sk_ptr(args[0]);
  SkValue name = sk_getattr(vm, m->func, SK_NAME(vm, dunder_name));
  SkValue getattr = sk_getattr_cstr(vm, sk_from_ptr(vm->builtins), "getattr");
  return sk_from_ptr(sk_tuple_pack(vm, 2, getattr, sk_from_ptr(sk_tuple_pack(vm, 2, m->self, name))));
}

static const SkAttrDef method_attrs[] = {
    SK_MEMBER("__func__", SkMethod, func, true, "the function (or other callable) implementing a method"),
    SK_MEMBER("__self__", SkMethod, self, true, "the instance to which a method is bound"),
    SK_GETSET("__doc__", get_doc, NULL, NULL), SK_METHOD(method_reduce), SK_ATTRS_END};

const SkTypeDef sk_method_type = {
    .name = "method", .doc = "Create a bound instance method object.", .kind = SK_KIND_METHOD, .size = sizeof(SkMethod),
    .flags = SK_TYPE_FINAL | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = method_repr, .call = method_call, .getattribute = method_getattr, .eq = method_eq, .ne = method_ne,
              .hash = method_hash, .descr_get = method_get},
    .attrs = method_attrs, .new_ = &method_new_def};
