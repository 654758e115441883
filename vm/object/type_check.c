/* type_check.c - isinstance and issubclass, with hooks, tuples and classes that only look like some. Layer 6. */
#include "vm/object/generic_alias.h"
#include "vm/object/type_impl.h"

/* __bases__ of something that acts as a class, or NULL. */
static SkTuple *abstract_bases(SkVm *vm, SkValue cls) {
  SkValue b = sk_getattr_opt(vm, cls, SK_NAME(vm, dunder_bases));
  return sk_is_tuple(b) ? sk_as_tuple(b) : NULL;
}

static bool abstract_issubclass(SkVm *vm, SkValue sub, SkValue cls) {
  for (;;) {
    if (sk_is(sub, cls)) return true;
    SkTuple *bases = abstract_bases(vm, sub);
    if (!bases || bases->count == 0) return false;
    sk_enter(vm, " in __issubclass__");
    for (size_t i = 0; i + 1 < bases->count; i++)
      if (abstract_issubclass(vm, bases->items[i], cls)) return true;
    sub = bases->items[bases->count - 1]; /* the usual single base needs no recursion */
  }
}

static void check_class(SkVm *vm, SkValue cls, const char *error) {
  if (!abstract_bases(vm, cls)) sk_raise_type(vm, "%s", error);
}

/* v.__class__ can only be type(v): nobody has overridden it. */
static bool has_plain_class(SkVm *vm, SkValue v) {
  SkType *t = sk_type_of(vm, v), *object = vm->types[SK_T_object];
  if (t->slots->getattribute != object->slots->getattribute) return false;
  return !(t->flags & SK_TYPE_HEAP) || /* no built-in class defines a __class__ of its own */
         sk_type_lookup_cell(vm, t, SK_NAME(vm, dunder_class)) == sk_type_lookup_cell(vm, object, SK_NAME(vm, dunder_class));
}

bool type_real_isinstance(SkVm *vm, SkValue v, SkValue cls) {
  if (sk_is_type(cls)) {
    if (sk_type_is_subtype(sk_type_of(vm, v), sk_as_type(cls))) return true;
    if (has_plain_class(vm, v)) return false;
    SkValue claimed = sk_getattr_opt(vm, v, SK_NAME(vm, dunder_class));
    return sk_is_type(claimed) && sk_as_type(claimed) != sk_type_of(vm, v) && sk_type_is_subtype(sk_as_type(claimed), sk_as_type(cls));
  }
  check_class(vm, cls, "isinstance() arg 2 must be a type, a tuple of types, or a union");
  SkValue claimed = sk_getattr_opt(vm, v, SK_NAME(vm, dunder_class));
  return !sk_is_unset(claimed) && abstract_issubclass(vm, claimed, cls);
}

bool type_real_issubclass(SkVm *vm, SkValue sub, SkValue cls) {
  if (sk_is_type(cls) && sk_is_type(sub)) return sk_type_is_subtype(sk_as_type(sub), sk_as_type(cls));
  check_class(vm, sub, "issubclass() arg 1 must be a class");
  check_class(vm, cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union");
  return abstract_issubclass(vm, sub, cls);
}

static bool is_plain_class(const SkVm *vm, SkValue cls) { return sk_is_type(cls) && sk_is_exactly(vm, cls, SK_T_type); }

/* What a tuple or a union of classes asks one by one; NULL for others. */
static SkTuple *alternatives(const SkVm *vm, SkValue cls) {
  if (sk_is_tuple(cls)) return sk_as_tuple(cls);
  return sk_is_exactly(vm, cls, SK_T_union_type) ? sk_as_alias(cls)->args : NULL;
}

static void enter_nested(SkVm *vm, const char *where, int depth) {
  if (depth > vm->recursion_limit) sk_raise_recursion(vm, where); /* tuples in tuples, without C stack to speak of */
  sk_enter(vm, where);
}

static bool isinstance_at(SkVm *vm, SkValue v, SkValue cls, int depth) {
  if (sk_is_type(cls) && sk_type_of(vm, v) == sk_as_type(cls)) return true;
  if (is_plain_class(vm, cls)) return type_real_isinstance(vm, v, cls);
  SkTuple *t = alternatives(vm, cls);
  if (t) {
    enter_nested(vm, " in __instancecheck__", depth);
    sk_charge(vm, 1 + t->count / 8);
    for (size_t i = 0; i < t->count; i++)
      if (isinstance_at(vm, v, t->items[i], depth + 1)) return true;
    return false;
  }
  SkValue hook = sk_lookup_special(vm, cls, SK_NAME(vm, dunder_instancecheck));
  if (sk_is_unset(hook)) return type_real_isinstance(vm, v, cls);
  sk_enter(vm, " in __instancecheck__");
  return sk_truth(vm, sk_call1(vm, hook, v));
}

static bool issubclass_at(SkVm *vm, SkValue sub, SkValue cls, int depth) {
  if (is_plain_class(vm, cls)) return sk_is(sub, cls) || type_real_issubclass(vm, sub, cls);
  SkTuple *t = alternatives(vm, cls);
  if (t) {
    enter_nested(vm, " in __subclasscheck__", depth);
    sk_charge(vm, 1 + t->count / 8);
    for (size_t i = 0; i < t->count; i++)
      if (issubclass_at(vm, sub, t->items[i], depth + 1)) return true;
    return false;
  }
  SkValue hook = sk_lookup_special(vm, cls, SK_NAME(vm, dunder_subclasscheck));
  if (sk_is_unset(hook)) return type_real_issubclass(vm, sub, cls);
  sk_enter(vm, " in __subclasscheck__");
  return sk_truth(vm, sk_call1(vm, hook, sub));
}

bool sk_isinstance(SkVm *vm, SkValue v, SkValue cls) { return isinstance_at(vm, v, cls, 0); }
bool sk_issubclass(SkVm *vm, SkValue sub, SkValue cls) { return issubclass_at(vm, sub, cls, 0); }
