/* property.c - property: attribute access through functions.                                          Layer 6.
 *
 * head.aux bit 0: the doc string was taken from the getter.  Instances of subclasses keep __doc__ as an
 * ordinary attribute, so that a class level __doc__ does not hide it.
 */
#include "vm/object/object_impl.h"

enum { DOC_FROM_GETTER = 1 };

void sk_property_trace(SkMarker *m, SkObject *o) {
  SkProperty *p = (SkProperty *)o;
  SkValue parts[] = {p->get, p->set, p->del, p->doc, p->name};
  sk_mark_span(m, parts, sizeof parts / sizeof *parts);
  sk_trace_attributes(m, o);
}

static SkProperty *self_of(SkValue v) { return sk_ptr(v); }

SK_NATIVE(property_new, "__new__(cls, /, *args, **kwargs)", NULL) {
  SkProperty *p = sk_object_new(vm, sk_as_type(args[0]), 0);
  p->get = p->set = p->del = p->doc = SK_NONE;
  p->name = SK_UNSET;
  return sk_from_ptr(p);
}

typedef struct SetDoc { SkValue self, doc; } SetDoc;

static void set_doc_protected(SkVm *vm, void *arg) {
  SetDoc *s = arg;
  sk_setattr(vm, s->self, SK_NAME(vm, dunder_doc), s->doc);
}

/* A subclass with __slots__ may have no room for it: then a doc string that was given is dropped. */
static void set_doc_of(SkVm *vm, SkValue self, SkValue doc) {
  SkProperty *p = self_of(self);
  if (sk_is_exactly(vm, self, SK_T_property)) {
    sk_write(vm, p, &p->doc, doc);
    return;
  }
  SetDoc s = {self, doc};
  if (sk_protect(vm, set_doc_protected, &s)) return;
  SkValue exc = sk_take_raised(vm);
  if ((p->head.aux & DOC_FROM_GETTER) || !sk_exc_is(vm, exc, SK_T_AttributeError)) sk_throw(vm, exc);
}

SK_NATIVE(property_init, "__init__(self, fget=None, fset=None, fdel=None, doc=None)", NULL) {
  SkProperty *p = self_of(args[0]);
  sk_barrier(vm, p);
  p->get = args[1];
  p->set = args[2];
  p->del = args[3];
  p->name = SK_UNSET;
  p->head.aux &= (uint16_t)~DOC_FROM_GETTER;
  SkValue doc = args[4];
  if (sk_is_none(doc) && !sk_is_none(args[1])) {
    SkValue own = sk_getattr_opt(vm, args[1], SK_NAME(vm, dunder_doc));
    if (!sk_is_unset(own) && !sk_is_none(own)) {
      doc = own;
      p->head.aux |= DOC_FROM_GETTER;
    }
  }
  set_doc_of(vm, args[0], doc);
  return SK_NONE;
}

/* A copy with some of the functions replaced (UNSET: kept). */
static SkValue copy_with(SkVm *vm, SkValue self, SkValue get, SkValue set, SkValue del) {
  SkProperty *p = self_of(self);
  bool new_getter = !sk_is_unset(get);
  if (!new_getter) get = p->get;
  if (sk_is_unset(set)) set = p->set;
  if (sk_is_unset(del)) del = p->del;
  SkValue doc = p->doc;
  if ((p->head.aux & DOC_FROM_GETTER) && !sk_is_none(get)) doc = SK_NONE; /* the getter's, whichever it is now */
  SkValue args[] = {get, set, del, doc};
  SkValue v = sk_call(vm, sk_from_ptr(sk_type_of(vm, self)), args, 4, NULL);
  if (sk_has_kind(v, SK_KIND_PROPERTY)) sk_write(vm, self_of(v), &self_of(v)->name, p->name);
  return v;
}
SK_NATIVE(property_getter, "getter(self, object, /)", "Descriptor to obtain a copy of the property with a different getter.") {
  return copy_with(vm, args[0], sk_is_none(args[1]) ? SK_UNSET : args[1], SK_UNSET, SK_UNSET);
}
SK_NATIVE(property_setter, "setter(self, object, /)", "Descriptor to obtain a copy of the property with a different setter.") {
  return copy_with(vm, args[0], SK_UNSET, sk_is_none(args[1]) ? SK_UNSET : args[1], SK_UNSET);
}
SK_NATIVE(property_deleter, "deleter(self, object, /)", "Descriptor to obtain a copy of the property with a different deleter.") {
  return copy_with(vm, args[0], SK_UNSET, SK_UNSET, sk_is_none(args[1]) ? SK_UNSET : args[1]);
}

SK_NATIVE(property_set_name, "__set_name__(self, /, *args)", "Method to set name of a property.") {
  SkTuple *rest = sk_as_tuple(args[1]);
  if (rest->count != 2) sk_raise_type(vm, "__set_name__() takes 2 positional arguments but %zu were given", rest->count);
  sk_write(vm, self_of(args[0]), &self_of(args[0])->name, rest->items[1]);
  return SK_NONE;
}

/* The property's own name, else its getter's, else UNSET. */
static SkValue name_of(SkVm *vm, SkValue self) {
  SkProperty *p = self_of(self);
  if (!sk_is_unset(p->name)) return p->name;
  return sk_is_none(p->get) ? SK_UNSET : sk_getattr_opt(vm, p->get, SK_NAME(vm, dunder_name));
}

SK_COLD SK_NORETURN static void raise_has_no(SkVm *vm, SkValue self, SkValue obj, const char *what) {
  SkStr *cls = sk_type_of(vm, obj)->qualname;
  SkValue name = name_of(vm, self);
  if (sk_is_unset(name)) sk_raisef(vm, SK_T_AttributeError, "property of %R object has no %s", sk_from_ptr(cls), what);
  sk_raisef(vm, SK_T_AttributeError, "property %R of %R object has no %s", name, sk_from_ptr(cls), what);
}

static SkValue property_get(SkVm *vm, SkValue self, SkValue obj, SkValue type) {
  (void)type;
  if (sk_is_unset(obj) || sk_is_none(obj)) return self;
  SkProperty *p = self_of(self);
  if (sk_is_none(p->get)) raise_has_no(vm, self, obj, "getter");
  return sk_call1(vm, p->get, obj);
}
static void property_set(SkVm *vm, SkValue self, SkValue obj, SkValue v) {
  SkProperty *p = self_of(self);
  if (sk_is_none(p->set)) raise_has_no(vm, self, obj, "setter");
  sk_call2(vm, p->set, obj, v);
}
static void property_delete(SkVm *vm, SkValue self, SkValue obj) {
  SkProperty *p = self_of(self);
  if (sk_is_none(p->del)) raise_has_no(vm, self, obj, "deleter");
  sk_call1(vm, p->del, obj);
}

static SkValue get_doc(SkVm *vm, SkValue self) { (void)vm; return self_of(self)->doc; }
static void set_doc(SkVm *vm, SkValue self, SkValue v) {
  sk_write(vm, self_of(self), &self_of(self)->doc, sk_is_unset(v) ? SK_NONE : v);
}
static SkValue get_name(SkVm *vm, SkValue self) {
  SkValue v = name_of(vm, self);
  if (sk_is_unset(v)) sk_raisef(vm, SK_T_AttributeError, "'%T' object has no attribute '__name__'", self);
  return v;
}
static void set_name(SkVm *vm, SkValue self, SkValue v) { sk_write(vm, self_of(self), &self_of(self)->name, v); }

static SkValue get_abstract(SkVm *vm, SkValue self) {
  SkProperty *p = self_of(self);
  SkValue parts[] = {p->get, p->set, p->del};
  for (int i = 0; i < 3; i++) {
    SkValue v = sk_is_none(parts[i]) ? SK_UNSET : sk_getattr_opt(vm, parts[i], SK_NAME(vm, dunder_isabstractmethod));
    if (!sk_is_unset(v) && sk_truth(vm, v)) return SK_TRUE;
  }
  return SK_FALSE;
}

static const SkAttrDef property_attrs[] = {
    SK_METHOD(property_getter), SK_METHOD(property_setter), SK_METHOD(property_deleter), SK_METHOD(property_set_name),
    SK_MEMBER("fget", SkProperty, get, true, NULL), SK_MEMBER("fset", SkProperty, set, true, NULL),
    SK_MEMBER("fdel", SkProperty, del, true, NULL), SK_GETSET("__doc__", get_doc, set_doc, NULL),
    SK_GETSET("__name__", get_name, set_name, NULL), SK_GETSET("__isabstractmethod__", get_abstract, NULL, NULL), SK_ATTRS_END};

const SkTypeDef sk_property_type = {
    .name = "property", .kind = SK_KIND_PROPERTY, .size = sizeof(SkProperty),
    .slots = {.descr_get = property_get, .descr_set = property_set, .descr_delete = property_delete},
    .attrs = property_attrs, .new_ = &property_new_def, .init_ = &property_init_def};
