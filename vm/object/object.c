/* object.c - the class object: what every object can do.                                           Layer 6. */
#include "vm/object/object_impl.h"

/* ---- birth ------------------------------------------------------------------------------------------- */

/* "f" or "f, g": the abstract methods of a class, sorted. */
static SkStr *abstract_list(SkVm *vm, SkValue names, size_t *count) {
  SkList *sorted = sk_to_list(vm, names), *quoted = sk_list_new(vm, 4);
  sk_list_sort(vm, sorted, SK_NONE, false);
  for (size_t i = 0; i < sorted->count; i++) {
    SkStr *q = sk_format(vm, "'%S'", sk_list_items(sorted)[i]);
    sk_list_append(vm, quoted, sk_from_ptr(q));
  }
  *count = quoted->count;
  return sk_str_join(vm, sk_str_from_cstr(vm, ", "), sk_list_items(quoted), quoted->count);
}

SK_COLD SK_NORETURN static void raise_abstract(SkVm *vm, SkType *cls) {
  size_t n;
  SkValue names = sk_getattr_cstr(vm, sk_from_ptr(cls), "__abstractmethods__");
  SkStr *list = abstract_list(vm, names, &n);
  sk_raise_type(vm, "Can't instantiate abstract class %U without an implementation for abstract method%s %U", cls->name,
                n == 1 ? "" : "s", list);
}

static SkValue object_new_slot(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  const SkSlots *own = vm->types[SK_T_object]->slots;
  (void)args;
  if (nargs || (kwnames && kwnames->count)) {
    if (cls->slots->new_ != own->new_) sk_raise_type(vm, "object.__new__() takes exactly one argument (the type to instantiate)");
    if (cls->slots->init == own->init) sk_raise_type(vm, "%U() takes no arguments", cls->name);
  }
  if (cls->flags & SK_TYPE_ABSTRACT) raise_abstract(vm, cls);
  return sk_from_ptr(sk_object_new(vm, cls, 0));
}

static void object_init_slot(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  const SkSlots *own = vm->types[SK_T_object]->slots;
  SkType *cls = sk_type_of(vm, self);
  (void)args;
  if (nargs == 0 && !(kwnames && kwnames->count)) return;
  if (cls->slots->init != own->init) sk_raise_type(vm, "object.__init__() takes exactly one argument (the instance to initialize)");
  if (cls->slots->new_ == own->new_) sk_raise_type(vm, "%U.__init__() takes exactly one argument (the instance to initialize)", cls->name);
}

SK_NATIVE(object_new, "__new__(cls, /, *args, **kwargs)", NULL) {
  SkDict *kw = sk_as_dict(args[2]);
  SkTuple *rest = sk_as_tuple(args[1]);
  return object_new_slot(vm, sk_as_type(args[0]), rest->items, rest->count + kw->live, NULL);
}

/* ---- slots --------------------------------------------------------------------------------------------- */

static SkValue object_repr(SkVm *vm, SkValue self) {
  SkStr *name = sk_type_fullname(vm, sk_type_of(vm, self));
  return sk_from_ptr(sk_format(vm, "<%U object at 0x%lx>", name, sk_address(self)));
}
static SkValue object_str(SkVm *vm, SkValue self) { return sk_from_ptr(sk_repr(vm, self)); }
static SkValue object_format(SkVm *vm, SkValue self, SkValue spec) {
  if (!sk_is_str(spec)) sk_raise_type(vm, "__format__() argument must be str, not %T", spec);
  if (sk_as_str(spec)->bytes) sk_raise_type(vm, "unsupported format string passed to %T.__format__", self);
  return sk_from_ptr(sk_str(vm, self));
}
static int64_t object_hash(SkVm *vm, SkValue self) { (void)vm; return sk_hash_identity(self); }
static SkValue object_eq(SkVm *vm, SkValue a, SkValue b) { (void)vm; return sk_is(a, b) ? SK_TRUE : SK_NOTIMPLEMENTED; }
static SkValue object_ne(SkVm *vm, SkValue a, SkValue b) {
  SkValue v = SK_SLOTS(vm, a)->eq(vm, a, b);
  return sk_is_notimplemented(v) ? v : sk_bool(!sk_truth(vm, v));
}
static SkValue object_order(SkVm *vm, SkValue a, SkValue b) { (void)vm, (void)a, (void)b; return SK_NOTIMPLEMENTED; }

/* ---- __class__ -------------------------------------------------------------------------------------------- */

static SkValue get_class(SkVm *vm, SkValue self) { return sk_from_ptr(sk_type_of(vm, self)); }

static bool adds_nothing(const SkType *t) {
  const SkType *b = t->base;
  uint32_t same = SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE;
  return b && t->kind == b->kind && t->size == b->size && t->reserved == b->reserved && (t->flags & same) == (b->flags & same);
}

/* Whether the __slots__ that each class added itself have the same names in the same order. */
static bool same_own_slots(SkVm *vm, SkType *a, SkType *b) {
  if (a->reserved - a->base->reserved != b->reserved - b->base->reserved) return false;
  size_t i = 0;
  for (SkValue k, v; sk_dict_next(sk_type_ns(vm, a), &i, &k, &v);) {
    SkValue d = ((SkCell *)sk_ptr(v))->value;
    if (!sk_is_str(k) || !sk_is_exactly(vm, d, SK_T_member_descriptor)) continue;
    SkCell *other = sk_type_own_cell(vm, b, sk_as_str(k));
    if (!other || !sk_is_exactly(vm, other->value, SK_T_member_descriptor)) return false;
    if (((SkDescr *)sk_ptr(d))->slot != ((SkDescr *)sk_ptr(other->value))->slot) return false;
  }
  return true;
}

bool type_swappable(SkVm *vm, SkType *a, SkType *b) {
  if (!type_same_layout(a, b)) return false;
  while (adds_nothing(a)) a = a->base;
  while (adds_nothing(b)) b = b->base;
  if (a == b) return true;
  bool heap = (a->flags & SK_TYPE_HEAP) && (b->flags & SK_TYPE_HEAP);
  return heap && a->base == b->base && type_same_layout(a, b) && same_own_slots(vm, a, b);
}

/* The shape of another class for an object that keeps its slots where they are. */
static SkShape *shape_in(SkVm *vm, SkType *to, const SkShape *s) {
  SkShape *root = sk_shape_root(vm, to, s->inline_cap);
  if (s->flags & SK_SHAPE_DICT) return sk_shape_dict(vm, root);
  unsigned n = s->count - s->reserved;
  SkStr *names[n + 1];
  sk_shape_names(s, names);
  for (unsigned i = 0; root && i < n; i++) root = sk_shape_add(vm, root, names[i]);
  return root;
}

static void set_class(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_unset(v)) sk_raise_type(vm, "can't delete __class__ attribute");
  if (!sk_is_type(v)) sk_raise_type(vm, "__class__ must be set to a class, not '%T' object", v);
  SkType *to = sk_as_type(v), *from = sk_type_of(vm, self);
  bool modules = sk_type_is_subtype(to, vm->types[SK_T_module]) && sk_type_is_subtype(from, vm->types[SK_T_module]);
  if (!modules && !((to->flags & SK_TYPE_HEAP) && (from->flags & SK_TYPE_HEAP)))
    sk_raise_type(vm, "__class__ assignment only supported for mutable types or ModuleType subclasses");
  if (!type_swappable(vm, to, from))
    sk_raise_type(vm, "__class__ assignment: '%U' object layout differs from '%U'", to->name, from->name);
  SkShape *s = shape_in(vm, to, sk_shape_of(vm, self));
  if (!s) {
    sk_instance_dict(vm, self);
    s = shape_in(vm, to, sk_shape_of(vm, self));
  }
  SkObject *o = sk_object(self);
  sk_barrier(vm, o); /* the shape keeps the class alive */
  o->shape = s->id;
  if ((to->flags & SK_TYPE_HAS_DEL) && !(from->flags & SK_TYPE_HAS_DEL)) sk_gc_watch(vm, o);
}

/* ---- methods ---------------------------------------------------------------------------------------------------- */

static void add_class_names(SkVm *vm, SkSet *names, SkType *t) {
  for (size_t k = 0; t->mro && k < t->mro->count; k++) {
    size_t i = 0;
    for (SkValue key, v; sk_dict_next(sk_type_ns(vm, sk_as_type(t->mro->items[k])), &i, &key, &v);) sk_set_add(vm, names, key);
  }
}

SkList *object_dir(SkVm *vm, SkValue self) {
  SkSet *names = sk_set_new(vm);
  SkValue d = sk_getattr_opt(vm, self, SK_NAME(vm, dunder_dict));
  if (sk_is_dict(d)) sk_set_update(vm, names, d);
  SkValue cls = sk_getattr_opt(vm, self, SK_NAME(vm, dunder_class));
  if (sk_is_type(cls)) add_class_names(vm, names, sk_as_type(cls));
  return sk_to_list(vm, sk_from_ptr(names));
}

SK_NATIVE(object_dunder_dir, "__dir__(self, /)", "Default dir() implementation.") { return sk_from_ptr(object_dir(vm, args[0])); }

SK_NATIVE(object_sizeof, "__sizeof__(self, /)", "Size of object in memory, in bytes.") {
  SkValue v = args[0];
  if (!sk_is_ptr(v)) return sk_smallint(8);
  const SkShape *s = sk_shape_of(vm, v);
  size_t n = s->slot_base ? (size_t)(s->slot_base + s->inline_cap) * 8 : s->cls->size;
  return sk_smallint((int64_t)(n < 16 ? 16 : n));
}

SK_NATIVE(object_subclasshook, "__subclasshook__(cls, object, /)", NULL) { (void)vm, (void)args; return SK_NOTIMPLEMENTED; }

SK_NATIVE(object_init_subclass, "__init_subclass__(cls, /, *args, **kwargs)", "This method is called when a class is subclassed.") {
  SkType *t = sk_as_type(args[0]);
  if (sk_as_dict(args[2])->live) sk_raise_type(vm, "%U.__init_subclass__() takes no keyword arguments", t->qualname);
  size_t n = sk_as_tuple(args[1])->count;
  if (n) sk_raise_type(vm, "%U.__init_subclass__() takes no arguments (%zu given)", t->qualname, n);
  return SK_NONE;
}

extern const SkNativeDef object_reduce_def, object_reduce_ex_def, object_getstate_def; /* object_reduce.c */

static const SkAttrDef object_attrs[] = {
    SK_METHOD(object_reduce_ex), SK_METHOD(object_reduce), SK_METHOD(object_getstate), SK_CLASSMETHOD(object_subclasshook),
    SK_CLASSMETHOD(object_init_subclass), SK_METHOD(object_sizeof), SK_METHOD(object_dunder_dir),
    SK_GETSET("__class__", get_class, set_class, "the object's class"), SK_ATTRS_END};

const SkTypeDef sk_object_type = {
    .name = "object",
    .doc = "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\n"
           "instance that has no instance attributes and cannot be given any.\n",
    .kind = SK_KIND_INSTANCE, .size = sizeof(SkObject), .flags = 0,
    .slots = {.repr = object_repr, .str = object_str, .format = object_format, .hash = object_hash,
              .getattribute = sk_generic_getattr, .setattr = sk_generic_setattr, .delattr = sk_generic_delattr,
              .eq = object_eq, .ne = object_ne, .lt = object_order, .le = object_order, .gt = object_order, .ge = object_order,
              .new_ = object_new_slot, .init = object_init_slot},
    .attrs = object_attrs, .new_ = &object_new_def};
