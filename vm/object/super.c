/* super.c - super(type, obj): attributes found behind |type| in the mro of |obj|.                      Layer 6. */
#include "vm/object/object_impl.h"

void sk_super_trace(SkMarker *m, SkObject *o) {
  SkSuper *s = (SkSuper *)o;
  sk_mark_ptr(m, s->type);
  sk_mark_ptr(m, s->obj_type);
  sk_mark(m, s->obj);
  sk_trace_attributes(m, o);
}

/* The class whose mro is walked: obj itself for a class method, else its class, even a pretended one. */
static SkType *start_of(SkVm *vm, SkType *type, SkValue obj) {
  if (sk_is_type(obj) && sk_type_is_subtype(sk_as_type(obj), type)) return sk_as_type(obj);
  if (sk_type_is_subtype(sk_type_of(vm, obj), type)) return sk_type_of(vm, obj);
  SkValue cls = sk_getattr_opt(vm, obj, SK_NAME(vm, dunder_class));
  if (sk_is_type(cls) && sk_type_is_subtype(sk_as_type(cls), type)) return sk_as_type(cls);
  bool is_class = sk_is_type(obj);
  sk_raise_type(vm, "super(type, obj): obj (%s %U) is not an instance or subtype of type (%U).", is_class ? "type" : "instance of",
                is_class ? sk_as_type(obj)->name : sk_type_of(vm, obj)->name, type->name);
}

SK_NATIVE(super_new, "__new__(cls, /, *args, **kwargs)", NULL) {
  SkSuper *s = sk_object_new(vm, sk_as_type(args[0]), 0);
  s->obj = SK_UNSET;
  return sk_from_ptr(s);
}

SK_NATIVE(super_init, "__init__(self, type=?, object_or_type=?, /)", NULL) {
  SkSuper *s = sk_ptr(args[0]);
  SkType *type;
  SkValue obj = args[2];
  if (sk_is_unset(args[1])) {
    if (!sk_frame_super_args(vm, &type, &obj)) sk_raisef(vm, SK_T_RuntimeError, "super(): no arguments");
  } else {
    if (!sk_is_type(args[1])) sk_raise_type(vm, "super() argument 1 must be a type, not %T", args[1]);
    type = sk_as_type(args[1]);
  }
  if (sk_is_none(obj)) obj = SK_UNSET;
  SkType *start = sk_is_unset(obj) ? NULL : start_of(vm, type, obj);
  sk_barrier(vm, s);
  s->type = type;
  s->obj_type = start;
  s->obj = obj;
  return SK_NONE;
}

/* |name| behind |type| in the mro of |start|, bound to |obj|; UNSET if there is none. */
SkValue sk_super_lookup(SkVm *vm, SkType *type, SkType *start, SkValue obj, SkStr *name) {
  SkTuple *mro = start->mro;
  if (!mro) return SK_UNSET; /* inside mro() of its metaclass */
  size_t i = 0;
  while (i < mro->count && sk_as_type(mro->items[i]) != type) i++;
  for (i++; i < mro->count; i++) {
    SkCell *cell = sk_type_own_cell(vm, sk_as_type(mro->items[i]), name);
    if (!cell) continue;
    SkDescrGetFn get = SK_SLOTS(vm, cell->value)->descr_get;
    bool on_class = sk_is_type(obj) && sk_as_type(obj) == start;
    return get ? get(vm, cell->value, on_class ? SK_UNSET : obj, sk_from_ptr(start)) : cell->value;
  }
  return SK_UNSET;
}

SkValue sk_super_getattr(SkVm *vm, SkType *type, SkValue obj, SkStr *name) {
  SkValue v = sk_super_lookup(vm, type, start_of(vm, type, obj), obj, name);
  return v;
}

static SkValue super_getattr(SkVm *vm, SkValue self, SkStr *name) {
  SkSuper *s = sk_ptr(self);
  if (s->obj_type && name != SK_NAME(vm, dunder_class)) {
    SkValue v = sk_super_lookup(vm, s->type, s->obj_type, s->obj, name);
    if (!sk_is_unset(v)) return v;
  }
  return sk_generic_getattr(vm, self, name);
}

static SkValue super_repr(SkVm *vm, SkValue self) {
  SkSuper *s = sk_ptr(self);
  SkStr *cls = s->type ? s->type->name : sk_str_from_cstr(vm, "NULL");
  if (s->obj_type) return sk_from_ptr(sk_format(vm, "<super: <class '%U'>, <%U object>>", cls, s->obj_type->name));
  return sk_from_ptr(sk_format(vm, "<super: <class '%U'>, NULL>", cls));
}

static SkValue super_get(SkVm *vm, SkValue self, SkValue obj, SkValue type) {
  SkSuper *s = sk_ptr(self);
  (void)type;
  if (sk_is_unset(obj) || sk_is_none(obj) || s->obj_type) return self;
  if (!sk_is_exactly(vm, self, SK_T_super)) return sk_call2(vm, sk_from_ptr(sk_type_of(vm, self)), sk_from_ptr(s->type), obj);
  SkType *start = start_of(vm, s->type, obj);
  SkSuper *bound = sk_object_new_id(vm, SK_T_super, 0);
  bound->type = s->type;
  bound->obj_type = start;
  bound->obj = obj;
  return sk_from_ptr(bound);
}

static SkValue get_thisclass(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(((SkSuper *)sk_ptr(self))->type, SK_NONE); }
static SkValue get_self_class(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(((SkSuper *)sk_ptr(self))->obj_type, SK_NONE); }
static const SkAttrDef super_attrs[] = {
    SK_GETSET("__thisclass__", get_thisclass, NULL, "the class invoking super()"),
    SK_MEMBER("__self__", SkSuper, obj, true, "the instance invoking super(); may be None"),
    SK_GETSET("__self_class__", get_self_class, NULL, "the type of the instance invoking super(); may be None"), SK_ATTRS_END};

const SkTypeDef sk_super_type = {
    .name = "super", .kind = SK_KIND_SUPER, .size = sizeof(SkSuper),
    .slots = {.repr = super_repr, .getattribute = super_getattr, .descr_get = super_get},
    .attrs = super_attrs, .new_ = &super_new_def, .init_ = &super_init_def};
