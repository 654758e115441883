/* type_members.c - what a class statement adds to its instances: __slots__, __dict__, __weakref__.   Layer 6. */
#include "vm/object/type_impl.h"

/* Kinds that carry their attributes elsewhere, or nowhere. */
static bool can_have_dict(const SkType *base) { return base->kind != SK_KIND_TYPE && base->kind != SK_KIND_MODULE; }
static bool is_sized(const SkType *base) {
  return base->kind == SK_KIND_TUPLE || base->kind == SK_KIND_INT || base->kind == SK_KIND_BYTES;
}
static bool has_no_slots(const SkType *base) { return is_sized(base) || base->kind == SK_KIND_STR || !can_have_dict(base); }

/* __x in class _C is _C__x; what ends with __ stays. */
static SkStr *mangle(SkVm *vm, SkStr *class_name, SkStr *name) {
  const char *s = name->data;
  size_t n = name->bytes;
  if (n < 2 || s[0] != '_' || s[1] != '_' || (s[n - 1] == '_' && s[n - 2] == '_')) return name;
  size_t skip = 0;
  while (skip < class_name->bytes && class_name->data[skip] == '_') skip++;
  if (skip == class_name->bytes) return name;
  return sk_format(vm, "_%U%U", sk_str_new(vm, class_name->data + skip, class_name->bytes - skip), name);
}

static bool is_identifier(SkVm *vm, SkStr *s) {
  return sk_truth(vm, sk_call_method0(vm, sk_from_ptr(s), sk_intern(vm, "isidentifier")));
}

static void plan_one(SkVm *vm, Members *m, SkStr *class_name, SkType *base, SkDict *ns, SkValue item) {
  if (!sk_is_str(item)) sk_raise_type(vm, "__slots__ items must be strings, not '%T'", item);
  SkStr *s = sk_as_str(item);
  if (!is_identifier(vm, s)) sk_raise_type(vm, "__slots__ must be identifiers");
  if (sk_str_equal(s, SK_NAME(vm, dunder_dict))) {
    if ((base->flags & SK_TYPE_HAS_DICT) || !can_have_dict(base) || m->add_dict)
      sk_raise_type(vm, "__dict__ slot disallowed: we already got one");
    m->add_dict = true;
    return;
  }
  if (sk_str_equal(s, SK_NAME(vm, dunder_weakref))) {
    if ((base->flags & SK_TYPE_WEAKREFABLE) || m->add_weakref) sk_raise_type(vm, "__weakref__ slot disallowed: we already got one");
    m->add_weakref = true;
    return;
  }
  s = mangle(vm, class_name, s);
  bool taken = !sk_is_unset(sk_dict_get_str(vm, ns, s)) && s != SK_NAME(vm, dunder_qualname) && s != SK_NAME(vm, dunder_classcell);
  if (taken) sk_raise_value(vm, "%R in __slots__ conflicts with class variable", sk_from_ptr(s));
  sk_list_append(vm, m->slots, sk_from_ptr(sk_str_intern(vm, s)));
}

/* Other bases may bring a dict or weak references that the layout base lacks. */
static void take_from_bases(Members *m, SkType *base, SkTuple *bases) {
  for (size_t i = 0; i < bases->count; i++) {
    const SkType *b = sk_as_type(bases->items[i]);
    if ((b->flags & SK_TYPE_HAS_DICT) && !(base->flags & SK_TYPE_HAS_DICT) && can_have_dict(base)) m->add_dict = true;
    if ((b->flags & SK_TYPE_WEAKREFABLE) && !(base->flags & SK_TYPE_WEAKREFABLE) && !is_sized(base)) m->add_weakref = true;
  }
}

Members type_plan_members(SkVm *vm, SkStr *class_name, SkType *base, SkTuple *bases, SkDict *ns) {
  Members m = {0};
  SkValue slots = sk_dict_get_str(vm, ns, SK_NAME(vm, dunder_slots));
  if (sk_is_unset(slots)) {
    m.add_dict = !(base->flags & SK_TYPE_HAS_DICT) && can_have_dict(base);
    m.add_weakref = !(base->flags & SK_TYPE_WEAKREFABLE) && !is_sized(base);
    return m;
  }
  m.slots = sk_list_new(vm, 4);
  SkTuple *items = sk_is_str(slots) ? sk_tuple_from(vm, &slots, 1) : sk_to_tuple(vm, slots);
  if (items->count && has_no_slots(base)) sk_raise_type(vm, "nonempty __slots__ not supported for subtype of '%U'", base->name);
  for (size_t i = 0; i < items->count; i++) plan_one(vm, &m, class_name, base, ns, items->items[i]);
  sk_list_sort(vm, m.slots, SK_NONE, false);
  take_from_bases(&m, base, bases);
  return m;
}

/* ---- the descriptors ------------------------------------------------------------------------------- */

/* For instances whose dict a built-in ancestor serves (classes, modules): that ancestor's descriptor. */
static const SkAttrDef *inherited_dict(SkVm *vm, SkValue self) {
  for (SkType *t = sk_type_of(vm, self); t; t = t->base) {
    SkCell *c = t->flags & SK_TYPE_HEAP ? NULL : sk_type_own_cell(vm, t, SK_NAME(vm, dunder_dict));
    if (c && sk_is_exactly(vm, c->value, SK_T_getset_descriptor)) return ((SkDescr *)sk_ptr(c->value))->attr;
  }
  return NULL;
}

SkValue sk_dunder_dict_get(SkVm *vm, SkValue self) {
  if (sk_has_attributes(vm, self)) return sk_from_ptr(sk_instance_dict(vm, self));
  const SkAttrDef *a = inherited_dict(vm, self);
  if (!a) sk_raise_attribute(vm, self, SK_NAME(vm, dunder_dict));
  return a->get(vm, self);
}

void sk_dunder_dict_set(SkVm *vm, SkValue self, SkValue v) {
  if (!sk_has_attributes(vm, self)) {
    const SkAttrDef *a = inherited_dict(vm, self);
    if (!a) sk_raise_attribute(vm, self, SK_NAME(vm, dunder_dict));
    if (!a->set) sk_raisef(vm, SK_T_AttributeError, "attribute '__dict__' of '%T' objects is not writable", self);
    a->set(vm, self, v);
    return;
  }
  if (sk_is_unset(v)) v = sk_from_ptr(sk_dict_new(vm));
  if (!sk_is_dict(v)) sk_raise_type(vm, "__dict__ must be set to a dictionary, not a '%T'", v);
  sk_instance_set_dict(vm, self, sk_as_dict(v));
}
static SkValue get_weakref(SkVm *vm, SkValue self) {
  SkObject *first;
  (void)vm;
  return sk_weak_refs(vm, sk_object(self), &first, 1) ? sk_from_ptr(first) : SK_NONE;
}

static const SkAttrDef dict_attr = SK_DICT_ATTR;
static const SkAttrDef weakref_attr = SK_GETSET("__weakref__", get_weakref, NULL, "list of weak references to the object");

static void put(SkVm *vm, SkType *t, SkStr *name, SkValue v) {
  sk_dict_set_str(vm, t->ns, name, sk_from_ptr(sk_cell_new(vm, v)));
}

void type_add_members(SkVm *vm, SkType *t, const Members *m) {
  if (m->add_dict) {
    t->flags |= SK_TYPE_HAS_DICT;
    put(vm, t, SK_NAME(vm, dunder_dict), descr_getset_new(vm, t, &dict_attr));
  }
  if (m->add_weakref) {
    t->flags |= SK_TYPE_WEAKREFABLE;
    put(vm, t, SK_NAME(vm, dunder_weakref), descr_getset_new(vm, t, &weakref_attr));
  }
  for (size_t i = 0; m->slots && i < m->slots->count; i++) {
    SkStr *name = sk_as_str(sk_list_items(m->slots)[i]);
    unsigned slot = t->reserved++;
    put(vm, t, name, descr_slot_new(vm, t, name, slot));
  }
}
