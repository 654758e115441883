/* type_attrs.c - attributes of classes: lookup rules, special attributes, their setters.            Layer 6. */
#include "vm/object/object_impl.h"
#include "vm/object/type_impl.h"

/* ---- C.name ---------------------------------------------------------------------------------------- */

SkValue type_getattr_opt(SkVm *vm, SkValue self, SkStr *name) {
  SkType *t = sk_as_type(self), *meta = sk_type_of(vm, self);
  SkCell *mcell = sk_type_lookup_cell(vm, meta, name);
  SkDescrGetFn mget = NULL;
  if (mcell) {
    SkType *mt = sk_type_of(vm, mcell->value);
    mget = mt->slots->descr_get;
    if (mget && type_is_data_descr(mt)) return mget(vm, mcell->value, self, sk_from_ptr(meta));
  }
  SkCell *cell = sk_type_lookup_cell(vm, t, name);
  if (cell) {
    SkDescrGetFn get = SK_SLOTS(vm, cell->value)->descr_get;
    return get ? get(vm, cell->value, SK_UNSET, self) : cell->value;
  }
  if (!mcell) return SK_UNSET;
  return mget ? mget(vm, mcell->value, self, sk_from_ptr(meta)) : mcell->value;
}

static SkValue type_getattr(SkVm *vm, SkValue self, SkStr *name) {
  SkValue v = type_getattr_opt(vm, self, name);
  if (sk_is_unset(v)) sk_raise_attribute(vm, self, name);
  return v;
}

static void type_change(SkVm *vm, SkValue self, SkStr *name, SkValue v) {
  SkType *t = sk_as_type(self);
  if (t->flags & SK_TYPE_IMMUTABLE) sk_raise_type(vm, "cannot set '%U' attribute of immutable type '%U'", name, t->name);
  SkCell *mcell = sk_type_lookup_cell(vm, sk_type_of(vm, self), name);
  if (mcell) {
    SkValue d = mcell->value;
    const SkSlots *s = SK_SLOTS(vm, d);
    if (s->descr_set && !sk_is_unset(v)) { s->descr_set(vm, d, self, v); return; }
    if (s->descr_delete && sk_is_unset(v)) { s->descr_delete(vm, d, self); return; }
  }
  name = sk_str_intern(vm, name);
  if (sk_is_unset(v) && !sk_type_own_cell(vm, t, name)) sk_raise_attribute(vm, self, name);
  sk_type_set(vm, t, name, v);
}
static void type_setattr(SkVm *vm, SkValue self, SkStr *name, SkValue v) { type_change(vm, self, name, v); }
static void type_delattr(SkVm *vm, SkValue self, SkStr *name) { type_change(vm, self, name, SK_UNSET); }

/* ---- checks of the setters ---------------------------------------------------------------------------- */

static SkType *to_change(SkVm *vm, SkValue self, const char *attr, SkValue v) {
  SkType *t = sk_as_type(self);
  if (!(t->flags & SK_TYPE_HEAP)) sk_raise_type(vm, "cannot set '%s' attribute of immutable type '%U'", attr, t->name);
  if (sk_is_unset(v)) sk_raise_type(vm, "cannot delete '%s' attribute of immutable type '%U'", attr, t->name);
  return t;
}

static SkValue own(SkVm *vm, SkType *t, SkStr *name) {
  SkCell *c = sk_type_own_cell(vm, t, name);
  return c ? c->value : SK_UNSET;
}

static SkValue get_name(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(sk_as_type(self)->name); }
static void set_name(SkVm *vm, SkValue self, SkValue v) {
  SkType *t = to_change(vm, self, "__name__", v);
  if (!sk_is_str(v)) sk_raise_type(vm, "can only assign string to %U.__name__, not '%T'", t->name, v);
  type_check_name(vm, sk_as_str(v));
  sk_write_ptr(vm, t, &t->name, sk_as_str(v));
}
static SkValue get_qualname(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(sk_as_type(self)->qualname); }
static void set_qualname(SkVm *vm, SkValue self, SkValue v) {
  SkType *t = to_change(vm, self, "__qualname__", v);
  if (!sk_is_str(v)) sk_raise_type(vm, "can only assign string to %U.__qualname__, not '%T'", t->name, v);
  sk_write_ptr(vm, t, &t->qualname, sk_as_str(v));
}

static SkValue get_module(SkVm *vm, SkValue self) {
  SkType *t = sk_as_type(self);
  SkValue v = t == vm->types[SK_T_type] ? SK_UNSET : own(vm, t, SK_NAME(vm, dunder_module)); /* type's own is this getset */
  if (!sk_is_unset(v)) return v;
  if (t->flags & SK_TYPE_HEAP) sk_raisef(vm, SK_T_AttributeError, "__module__");
  const char *dot = strrchr(t->def->name, '.');
  return sk_from_ptr(dot ? sk_str_new(vm, t->def->name, (size_t)(dot - t->def->name)) : SK_NAME(vm, builtins));
}
static void set_module(SkVm *vm, SkValue self, SkValue v) {
  SkType *t = to_change(vm, self, "__module__", v);
  sk_type_set(vm, t, SK_NAME(vm, dunder_module), v);
}

static SkValue get_doc(SkVm *vm, SkValue self) {
  SkType *t = sk_as_type(self);
  if (!(t->flags & SK_TYPE_HEAP)) return t->def->doc ? sk_from_ptr(sk_str_from_cstr(vm, t->def->doc)) : SK_NONE;
  SkValue v = own(vm, t, SK_NAME(vm, dunder_doc));
  if (sk_is_unset(v)) return SK_NONE;
  SkDescrGetFn get = SK_SLOTS(vm, v)->descr_get;
  return get ? get(vm, v, SK_UNSET, self) : v;
}
static void set_doc(SkVm *vm, SkValue self, SkValue v) {
  SkType *t = to_change(vm, self, "__doc__", v);
  sk_type_set(vm, t, SK_NAME(vm, dunder_doc), v);
}

static SkValue get_annotations(SkVm *vm, SkValue self) {
  SkType *t = sk_as_type(self);
  SkStr *name = SK_NAME(vm, dunder_annotations);
  if (!(t->flags & SK_TYPE_HEAP)) sk_raise_attribute(vm, self, name);
  SkValue v = own(vm, t, name);
  if (sk_is_unset(v)) {
    v = sk_from_ptr(sk_dict_new(vm));
    sk_type_set(vm, t, name, v);
  }
  SkDescrGetFn get = SK_SLOTS(vm, v)->descr_get;
  return get ? get(vm, v, SK_UNSET, self) : v;
}
static void set_annotations(SkVm *vm, SkValue self, SkValue v) {
  SkType *t = sk_as_type(self);
  SkStr *name = SK_NAME(vm, dunder_annotations);
  if (!(t->flags & SK_TYPE_HEAP)) sk_raise_type(vm, "cannot set '__annotations__' attribute of immutable type '%U'", t->name);
  if (sk_is_unset(v) && !sk_type_own_cell(vm, t, name)) sk_raisef(vm, SK_T_AttributeError, "__annotations__");
  sk_type_set(vm, t, name, v);
}

static SkValue get_type_params(SkVm *vm, SkValue self) {
  SkType *t = sk_as_type(self);
  SkValue v = t->flags & SK_TYPE_HEAP ? own(vm, t, SK_NAME(vm, dunder_type_params)) : SK_UNSET;
  return sk_is_unset(v) ? sk_from_ptr(vm->empty_tuple) : v;
}
static void set_type_params(SkVm *vm, SkValue self, SkValue v) {
  SkType *t = to_change(vm, self, "__type_params__", v);
  sk_type_set(vm, t, SK_NAME(vm, dunder_type_params), v);
}

static SkValue get_abstract(SkVm *vm, SkValue self) {
  SkType *t = sk_as_type(self);
  SkValue v = t == vm->types[SK_T_type] ? SK_UNSET : own(vm, t, sk_intern(vm, "__abstractmethods__"));
  if (sk_is_unset(v)) sk_raisef(vm, SK_T_AttributeError, "__abstractmethods__");
  return v;
}
static void set_abstract(SkVm *vm, SkValue self, SkValue v) {
  SkType *t = sk_as_type(self);
  SkStr *name = sk_intern(vm, "__abstractmethods__");
  bool abstract = !sk_is_unset(v) && sk_truth(vm, v);
  if (sk_is_unset(v) && !sk_type_own_cell(vm, t, name)) sk_raisef(vm, SK_T_AttributeError, "__abstractmethods__");
  sk_type_set(vm, t, name, v);
  t->flags = (t->flags & ~(uint32_t)SK_TYPE_ABSTRACT) | (abstract ? SK_TYPE_ABSTRACT : 0);
}

static SkValue get_base(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(sk_as_type(self)->base, SK_NONE); }
static SkValue get_bases(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(sk_as_type(self)->bases); }
static SkValue get_mro(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(sk_as_type(self)->mro, SK_NONE); }
static SkValue get_dict(SkVm *vm, SkValue self) {
  SkMappingProxy *p = sk_object_new_id(vm, SK_T_mappingproxy, 0);
  p->mapping = SK_UNSET;
  p->type = sk_as_type(self);
  return sk_from_ptr(p);
}
static SkValue get_text_signature(SkVm *vm, SkValue self) { (void)vm, (void)self; return SK_NONE; }
static SkValue get_basicsize(SkVm *vm, SkValue self) {
  const SkShape *s = sk_as_type(self)->instance_shape;
  (void)vm;
  return sk_smallint(s->slot_base ? (s->slot_base + s->inline_cap) * 8 : (int64_t)sk_as_type(self)->size);
}
static SkValue get_itemsize(SkVm *vm, SkValue self) {
  int kind = sk_as_type(self)->kind;
  (void)vm;
  return sk_smallint(kind == SK_KIND_TUPLE || kind == SK_KIND_INT ? 8 : kind == SK_KIND_BYTES ? 1 : 0);
}
static SkValue get_dictoffset(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(sk_as_type(self)->flags & SK_TYPE_HAS_DICT ? -1 : 0); }
static SkValue get_weakoffset(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(sk_as_type(self)->flags & SK_TYPE_WEAKREFABLE ? -1 : 0); }

/* The bits that library code looks at: immutable 8, heap 9, base type 10, ready 12, abstract 20. */
static SkValue get_flags(SkVm *vm, SkValue self) {
  static const struct { int id; int bit; } kinds[] = {
      {SK_T_int, 24}, {SK_T_list, 25}, {SK_T_tuple, 26}, {SK_T_bytes, 27}, {SK_T_str, 28}, {SK_T_dict, 29},
      {SK_T_BaseException, 30}, {SK_T_type, 31}};
  SkType *t = sk_as_type(self);
  int64_t f = 1 << 12 | 1 << 14;
  if (t->flags & SK_TYPE_IMMUTABLE) f |= 1 << 8;
  if (t->flags & SK_TYPE_HEAP) f |= 1 << 9;
  if (!(t->flags & SK_TYPE_FINAL)) f |= 1 << 10;
  if (t->flags & SK_TYPE_SEQUENCE) f |= 1 << 5;
  if (t->flags & SK_TYPE_MAPPING) f |= 1 << 6;
  if (t->flags & SK_TYPE_NO_NEW) f |= 1 << 7;
  if (t->flags & SK_TYPE_ABSTRACT) f |= 1 << 20;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (sk_type_is_subtype(t, vm->types[kinds[i].id])) f |= (int64_t)1 << kinds[i].bit;
  return sk_smallint(f);
}

/* ---- methods --------------------------------------------------------------------------------------------- */

SK_NATIVE(type_mro, "mro(self, /)", "Return a type's method resolution order.") {
  return sk_from_ptr(sk_to_list(vm, sk_from_ptr(type_compute_mro(vm, sk_as_type(args[0])))));
}

static void append_subclass(SkVm *vm, SkType *t, void *list) { sk_list_append(vm, list, sk_from_ptr(t)); }

SK_NATIVE(type_subclasses, "__subclasses__(self, /)", "Return a list of immediate subclasses.") {
  SkList *l = sk_list_new(vm, 4);
  type_each_subclass(vm, sk_as_type(args[0]), append_subclass, l);
  return sk_from_ptr(l);
}

SK_NATIVE(type_prepare, "__prepare__(cls, /, *args, **kwargs)", "Create the namespace for the class statement") {
  (void)args;
  return sk_from_ptr(sk_dict_new(vm));
}

SK_NATIVE(type_instancecheck, "__instancecheck__(self, instance, /)", "Check if an object is an instance.") {
  return sk_bool(type_real_isinstance(vm, args[1], args[0]));
}
SK_NATIVE(type_subclasscheck, "__subclasscheck__(self, subclass, /)", "Check if a class is a subclass.") {
  return sk_bool(type_real_issubclass(vm, args[1], args[0]));
}

SK_NATIVE(type_dir, "__dir__(self, /)", "Specialized __dir__ implementation for types.") {
  SkDict *names = sk_dict_new(vm);
  SkTuple *mro = sk_as_type(args[0])->mro;
  for (size_t k = 0; k < mro->count; k++) {
    size_t i = 0;
    for (SkValue key, v; sk_dict_next(sk_type_ns(vm, sk_as_type(mro->items[k])), &i, &key, &v);) sk_dict_set(vm, names, key, SK_NONE);
  }
  return sk_from_ptr(sk_to_list(vm, sk_from_ptr(names)));
}

SK_NATIVE(type_sizeof, "__sizeof__(self, /)", "Return memory consumption of the type object.") {
  SkType *t = sk_as_type(args[0]);
  (void)vm;
  return sk_smallint((int64_t)(sizeof(SkType) + (t->slots_owned ? sizeof(SkSlots) : 0)));
}

static SkValue type_repr(SkVm *vm, SkValue self) {
  SkType *t = sk_as_type(self);
  SkValue module = sk_getattr_opt(vm, self, SK_NAME(vm, dunder_module));
  if (!sk_is_str(module) || sk_as_str(module) == SK_NAME(vm, builtins)) {
    bool named = sk_is_str(module);
    return sk_from_ptr(sk_format(vm, "<class '%U'>", named ? t->qualname : t->name));
  }
  return sk_from_ptr(sk_format(vm, "<class '%U.%U'>", sk_as_str(module), t->qualname));
}

static SkValue type_or(SkVm *vm, SkValue a, SkValue b) { return sk_union_or(vm, a, b); }
static SkValue type_ror(SkVm *vm, SkValue a, SkValue b) { return sk_union_or(vm, b, a); }

static const SkAttrDef type_attrs[] = {
    SK_METHOD(type_mro), SK_METHOD(type_subclasses), SK_CLASSMETHOD(type_prepare), SK_METHOD(type_instancecheck),
    SK_METHOD(type_subclasscheck), SK_METHOD(type_dir), SK_METHOD(type_sizeof),
    SK_GETSET("__basicsize__", get_basicsize, NULL, NULL), SK_GETSET("__itemsize__", get_itemsize, NULL, NULL),
    SK_GETSET("__flags__", get_flags, NULL, NULL), SK_GETSET("__weakrefoffset__", get_weakoffset, NULL, NULL),
    SK_GETSET("__base__", get_base, NULL, NULL), SK_GETSET("__dictoffset__", get_dictoffset, NULL, NULL),
    SK_GETSET("__name__", get_name, set_name, NULL), SK_GETSET("__qualname__", get_qualname, set_qualname, NULL),
    SK_GETSET("__bases__", get_bases, type_set_bases, NULL), SK_GETSET("__mro__", get_mro, NULL, NULL),
    SK_GETSET("__module__", get_module, set_module, NULL), SK_GETSET("__abstractmethods__", get_abstract, set_abstract, NULL),
    SK_GETSET("__dict__", get_dict, NULL, NULL), SK_GETSET("__doc__", get_doc, set_doc, NULL),
    SK_GETSET("__text_signature__", get_text_signature, NULL, NULL),
    SK_GETSET("__annotations__", get_annotations, set_annotations, NULL),
    SK_GETSET("__type_params__", get_type_params, set_type_params, NULL), SK_ATTRS_END};

extern const SkNativeDef type_new_def; /* type_new.c */

const SkTypeDef sk_type_type = {
    .name = "type",
    .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    .kind = SK_KIND_TYPE, .size = sizeof(SkType), .flags = SK_TYPE_WEAKREFABLE | SK_TYPE_METACLASS,
    .slots = {.repr = type_repr, .call = sk_type_call, .getattribute = type_getattr, .setattr = type_setattr,
              .delattr = type_delattr, .or_ = type_or, .ror_ = type_ror, .new_ = type_new_slot, .init = type_init_slot},
    .attrs = type_attrs, .new_ = &type_new_def};
