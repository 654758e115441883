/* descr.c - getset and member descriptors, and the members that __slots__ makes.                 Layer 6. */
#include "vm/object/object_impl.h"

void sk_descr_trace(SkMarker *m, SkObject *o) {
  SkDescr *d = (SkDescr *)o;
  sk_mark(m, d->func);
  sk_mark_ptr(m, d->owner);
  sk_mark_ptr(m, d->name);
  sk_trace_attributes(m, o);
}

SkValue descr_getset_new(SkVm *vm, SkType *owner, const SkAttrDef *attr) {
  SkStr *name = sk_intern(vm, attr->name);
  int type_id = attr->kind == SK_ATTR_GETSET ? SK_T_getset_descriptor : SK_T_member_descriptor;
  SkDescr *d = sk_object_new_id(vm, type_id, 0);
  d->attr = attr;
  d->owner = owner;
  d->name = name;
  return sk_from_ptr(d);
}

SkValue descr_slot_new(SkVm *vm, SkType *owner, SkStr *name, unsigned slot) {
  SkDescr *d = sk_object_new_id(vm, SK_T_member_descriptor, 0);
  d->owner = owner;
  d->name = name;
  d->slot = slot;
  return sk_from_ptr(d);
}

static void check_object(SkVm *vm, const SkDescr *d, SkValue obj) {
  if (!sk_type_is_subtype(sk_type_of(vm, obj), d->owner))
    sk_raise_type(vm, "descriptor '%U' for '%U' objects doesn't apply to a '%T' object", d->name, d->owner->name, obj);
}

/* Where a member keeps its value. */
static SkValue *member_place(SkVm *vm, const SkDescr *d, SkValue obj) {
  SkObject *o = sk_object(obj);
  if (d->attr) return (SkValue *)((char *)o + d->attr->offset);
  return sk_inline_slots(o, vm->shapes[o->shape]) + d->slot;
}

/* CPython names the class in full here, and only here. */
SK_COLD SK_NORETURN static void raise_empty(SkVm *vm, SkValue obj, SkStr *name) {
  SkType *t = sk_type_of(vm, obj);
  SkValue module = sk_getattr_opt(vm, sk_from_ptr(t), SK_NAME(vm, dunder_module));
  bool bare = !sk_is_str(module) || sk_str_equal_cstr(sk_as_str(module), "builtins") || sk_str_equal_cstr(sk_as_str(module), "__main__");
  if (bare) sk_raisef(vm, SK_T_AttributeError, "'%U' object has no attribute '%U'", t->qualname, name);
  sk_raisef(vm, SK_T_AttributeError, "'%U.%U' object has no attribute '%U'", sk_as_str(module), t->qualname, name);
}

static SkValue descr_get(SkVm *vm, SkValue self, SkValue obj, SkValue type) {
  SkDescr *d = sk_ptr(self);
  (void)type;
  if (sk_is_unset(obj)) return self;
  check_object(vm, d, obj);
  if (d->attr && d->attr->kind == SK_ATTR_GETSET) {
    if (!d->attr->get) sk_raisef(vm, SK_T_AttributeError, "attribute '%U' of '%U' objects is not readable", d->name, d->owner->name);
    return d->attr->get(vm, obj);
  }
  SkValue v = *member_place(vm, d, obj);
  if (!sk_is_unset(v)) return v;
  if (!d->attr) raise_empty(vm, obj, d->name);
  return SK_NONE;
}

static void descr_change(SkVm *vm, SkDescr *d, SkValue obj, SkValue v) {
  check_object(vm, d, obj);
  if (d->attr && d->attr->kind == SK_ATTR_GETSET) {
    if (!d->attr->set) sk_raisef(vm, SK_T_AttributeError, "attribute '%U' of '%U' objects is not writable", d->name, d->owner->name);
    d->attr->set(vm, obj, v);
    return;
  }
  if (d->attr && d->attr->readonly) sk_raisef(vm, SK_T_AttributeError, "readonly attribute");
  SkValue *place = member_place(vm, d, obj);
  if (sk_is_unset(v) && sk_is_unset(*place)) sk_raisef(vm, SK_T_AttributeError, "%U", d->name);
  sk_write(vm, sk_object(obj), place, v);
}

static void descr_set(SkVm *vm, SkValue self, SkValue obj, SkValue v) { descr_change(vm, sk_ptr(self), obj, v); }
static void descr_delete(SkVm *vm, SkValue self, SkValue obj) { descr_change(vm, sk_ptr(self), obj, SK_UNSET); }

static SkValue getset_repr(SkVm *vm, SkValue self) {
  SkDescr *d = sk_ptr(self);
  return sk_from_ptr(sk_format(vm, "<attribute '%U' of '%U' objects>", d->name, d->owner->name));
}
static SkValue member_repr(SkVm *vm, SkValue self) {
  SkDescr *d = sk_ptr(self);
  return sk_from_ptr(sk_format(vm, "<member '%U' of '%U' objects>", d->name, d->owner->name));
}

static SkValue get_name(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(((SkDescr *)sk_ptr(self))->name); }
static SkValue get_objclass(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(((SkDescr *)sk_ptr(self))->owner); }
static SkValue get_qualname(SkVm *vm, SkValue self) {
  SkDescr *d = sk_ptr(self);
  return sk_from_ptr(sk_format(vm, "%U.%U", d->owner->qualname, d->name));
}
static SkValue get_doc(SkVm *vm, SkValue self) {
  SkDescr *d = sk_ptr(self);
  return d->attr && d->attr->doc ? sk_from_ptr(sk_str_from_cstr(vm, d->attr->doc)) : SK_NONE;
}

SK_NATIVE(descr_reduce, "__reduce__(self, /)", NULL) {
  SkDescr *d = sk_ptr(args[0]);
  SkValue getattr = sk_getattr_cstr(vm, sk_from_ptr(vm->builtins), "getattr");
  SkTuple *what = sk_tuple_pack(vm, 2, sk_from_ptr(d->owner), sk_from_ptr(d->name));
  return sk_from_ptr(sk_tuple_pack(vm, 2, getattr, sk_from_ptr(what)));
}

static const SkAttrDef descr_attrs[] = {
    SK_GETSET("__name__", get_name, NULL, NULL), SK_GETSET("__qualname__", get_qualname, NULL, NULL),
    SK_GETSET("__objclass__", get_objclass, NULL, NULL), SK_GETSET("__doc__", get_doc, NULL, NULL),
    SK_METHOD(descr_reduce), SK_ATTRS_END};

const SkTypeDef sk_getset_descriptor_type = {
    .name = "getset_descriptor", .kind = SK_KIND_DESCR, .size = sizeof(SkDescr), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.repr = getset_repr, .descr_get = descr_get, .descr_set = descr_set, .descr_delete = descr_delete},
    .attrs = descr_attrs};

const SkTypeDef sk_member_descriptor_type = {
    .name = "member_descriptor", .kind = SK_KIND_DESCR, .size = sizeof(SkDescr), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.repr = member_repr, .descr_get = descr_get, .descr_set = descr_set, .descr_delete = descr_delete},
    .attrs = descr_attrs};
