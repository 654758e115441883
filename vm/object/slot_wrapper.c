/* slot_wrapper.c - shows a built-in class's C slots as methods: int.__add__, (1).__add__.      Layer 6.
 *
 * wrapper_descriptor (an SkDescr with slot_id and owner) is what the namespace holds; bound it becomes a
 * method-wrapper (an SkMethod whose func is the descriptor).
 */
#include "vm/object/object_impl.h"

static void want(SkVm *vm, size_t given, size_t n) {
  if (given != n) sk_raise_type(vm, "expected %zu argument%s, got %zu", n, n == 1 ? "" : "s", given);
}

/* The slots whose arguments CPython unpacks as a tuple complain a little differently. */
static void want_unpacked(SkVm *vm, size_t given, size_t least, size_t most) {
  if (given >= least && given <= most) return;
  const char *how = least == most ? "" : given < least ? "at least " : "at most ";
  size_t n = given < least ? least : most;
  sk_raise_type(vm, " expected %s%zu argument%s, got %zu", how, n, n == 1 ? "" : "s", given);
}

static SkStr *want_name(SkVm *vm, SkValue v) {
  if (!sk_is_str(v)) sk_raise_type(vm, "attribute name must be string, not '%T'", v);
  return sk_as_str(v);
}

/* object.__setattr__ must not get round what a metaclass or built-in class forbids. */
static void refuse_for_types(SkVm *vm, const SkDescr *d, SkValue self) {
  if (sk_is_type(self) && d->owner == vm->types[SK_T_object])
    sk_raise_type(vm, "can't apply this %U to %U object", slot_name(vm, d->slot_id), sk_type_of(vm, self)->name);
}

static SkValue call_get(SkVm *vm, SkDescrGetFn get, SkValue self, const SkValue *a, size_t n) {
  want_unpacked(vm, n, 1, 2);
  SkValue obj = sk_is_none(a[0]) ? SK_UNSET : a[0], type = n < 2 || sk_is_none(a[1]) ? SK_UNSET : a[1];
  if (sk_is_unset(obj) && sk_is_unset(type)) sk_raise_type(vm, "__get__(None, None) is invalid");
  if (sk_is_unset(type)) type = SK_NONE;
  return get(vm, self, obj, type);
}

static SkValue call_simple(SkVm *vm, const SkSlots *s, SkDescr *d, SkValue self, const SkValue *a, size_t n) {
  void *fn = slot_pointer(s, d->slot_id);
  switch (slot_form(d->slot_id)) {
    case FORM_Unary: {
      want(vm, n, 0);
      SkValue v = ((SkUnaryFn)fn)(vm, self);
      if (sk_is_unset(v)) sk_raise_stop(vm, SK_NONE);
      return v;
    }
    case FORM_Binary: want(vm, n, 1); return ((SkBinaryFn)fn)(vm, self, a[0]);
    case FORM_Pow: want_unpacked(vm, n, 1, 2); return ((SkPowFn)fn)(vm, self, a[0], n > 1 ? a[1] : SK_NONE);
    case FORM_Hash: want(vm, n, 0); return sk_int_new(vm, ((SkHashFn)fn)(vm, self));
    case FORM_Len: want(vm, n, 0); return sk_int_new(vm, ((SkLenFn)fn)(vm, self));
    case FORM_Bool: want(vm, n, 0); return sk_bool(((SkBoolFn)fn)(vm, self));
    case FORM_Contains: want(vm, n, 1); return sk_bool(((SkContainsFn)fn)(vm, self, a[0]));
    case FORM_GetAttr: want(vm, n, 1); return ((SkGetAttrFn)fn)(vm, self, want_name(vm, a[0]));
    case FORM_DescrGet: return call_get(vm, (SkDescrGetFn)fn, self, a, n);
    default: sk_assert(!"a form that gives no value"); return SK_NONE;
  }
}

static void call_effect(SkVm *vm, const SkSlots *s, SkDescr *d, SkValue self, const SkValue *a, size_t n) {
  void *fn = slot_pointer(s, d->slot_id);
  switch (slot_form(d->slot_id)) {
    case FORM_SetAttr:
      want_unpacked(vm, n, 2, 2);
      refuse_for_types(vm, d, self);
      ((SkSetAttrFn)fn)(vm, self, want_name(vm, a[0]), a[1]);
      break;
    case FORM_DelAttr:
      want(vm, n, 1);
      refuse_for_types(vm, d, self);
      ((SkDelAttrFn)fn)(vm, self, want_name(vm, a[0]));
      break;
    case FORM_SetItem: want_unpacked(vm, n, 2, 2); ((SkSetItemFn)fn)(vm, self, a[0], a[1]); break;
    default: want(vm, n, 1); ((SkDelItemFn)fn)(vm, self, a[0]); break;
  }
}

static bool has_effect_only(int id) {
  SlotForm f = slot_form(id);
  return f == FORM_SetAttr || f == FORM_DelAttr || f == FORM_SetItem || f == FORM_DelItem;
}

SkValue slot_wrapper_call(SkVm *vm, SkDescr *d, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  const SkSlots *s = d->owner->slots;
  SlotForm form = slot_form(d->slot_id);
  sk_enter(vm, "");
  if (form == FORM_Call) return s->call(vm, self, args, nargs, kwnames);
  if (form == FORM_Init) {
    if (s->init != sk_native_init_slot) {
      s->init(vm, self, args, nargs, kwnames);
    } else { /* the owner's, not that of self's class */
      SkNative *n = type_init_native(vm, d->owner);
      SkValues *all = sk_values_new(vm, nargs + 1 + (kwnames ? kwnames->count : 0));
      all->items[0] = self;
      for (size_t i = 1; i < all->count; i++) all->items[i] = args[i - 1];
      sk_native_invoke(vm, n, all->items, nargs + 1, kwnames);
      sk_keep(all);
    }
    return SK_NONE;
  }
  if (kwnames && kwnames->count) sk_raise_type(vm, "wrapper %U() takes no keyword arguments", slot_name(vm, d->slot_id));
  if (!has_effect_only(d->slot_id)) return call_simple(vm, s, d, self, args, nargs);
  call_effect(vm, s, d, self, args, nargs);
  return SK_NONE;
}

/* ---- wrapper_descriptor ---------------------------------------------------------------------------------- */

SkValue descr_wrapper_new(SkVm *vm, SkType *owner, int slot_id) {
  SkDescr *d = sk_object_new_id(vm, SK_T_wrapper_descriptor, 0);
  d->owner = owner;
  d->slot_id = slot_id;
  d->name = slot_name(vm, slot_id);
  return sk_from_ptr(d);
}

static void check_self(SkVm *vm, const SkDescr *d, SkValue self) {
  if (!sk_type_is_subtype(sk_type_of(vm, self), d->owner))
    sk_raise_type(vm, "descriptor '%U' requires a '%U' object but received a '%T'", d->name, d->owner->name, self);
}

static SkValue wrapper_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkDescr *d = sk_ptr(self);
  if (nargs == 0) sk_raise_type(vm, "descriptor '%U' of '%U' object needs an argument", d->name, d->owner->name);
  check_self(vm, d, args[0]);
  return slot_wrapper_call(vm, d, args[0], args + 1, nargs - 1, kwnames);
}

static SkValue wrapper_get(SkVm *vm, SkValue self, SkValue obj, SkValue type) {
  SkDescr *d = sk_ptr(self);
  (void)type;
  if (sk_is_unset(obj)) return self;
  if (!sk_type_is_subtype(sk_type_of(vm, obj), d->owner))
    sk_raise_type(vm, "descriptor '%U' for '%U' objects doesn't apply to a '%T' object", d->name, d->owner->name, obj);
  SkMethod *m = sk_object_new_id(vm, SK_T_method_wrapper, 0);
  m->func = self;
  m->self = obj;
  return sk_from_ptr(m);
}

static SkValue wrapper_repr(SkVm *vm, SkValue self) {
  SkDescr *d = sk_ptr(self);
  return sk_from_ptr(sk_format(vm, "<slot wrapper '%U' of '%U' objects>", d->name, d->owner->name));
}

static const char *text_signature(int id) {
  switch (slot_form(id)) {
    case FORM_Binary:
      return id == SK_SLOT_getitem ? "($self, key, /)" : id == SK_SLOT_format ? "($self, format_spec, /)" : "($self, value, /)";
    case FORM_Contains: return "($self, key, /)";
    case FORM_Pow: return "($self, value, mod=None, /)";
    case FORM_Call: case FORM_Init: return "($self, /, *args, **kwargs)";
    case FORM_GetAttr: case FORM_DelAttr: return "($self, name, /)";
    case FORM_SetAttr: return "($self, name, value, /)";
    case FORM_DescrGet: return "($self, instance, owner=None, /)";
    case FORM_SetItem: return id == SK_SLOT_descr_set ? "($self, instance, value, /)" : "($self, key, value, /)";
    case FORM_DelItem: return id == SK_SLOT_descr_delete ? "($self, instance, /)" : "($self, key, /)";
    default: return "($self, /)";
  }
}

/* The descriptor of either a wrapper_descriptor or a method-wrapper. */
static SkDescr *descr_of(SkValue v) { return sk_has_kind(v, SK_KIND_METHOD) ? sk_ptr(((SkMethod *)sk_ptr(v))->func) : sk_ptr(v); }

static SkValue get_name(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(descr_of(self)->name); }
static SkValue get_objclass(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(descr_of(self)->owner); }
static SkValue get_doc(SkVm *vm, SkValue self) {
  if (descr_of(self)->slot_id != SK_SLOT_init) return SK_NONE;
  return sk_from_ptr(sk_str_from_cstr(vm, "Initialize self.  See help(type(self)) for accurate signature."));
}
static SkValue get_qualname(SkVm *vm, SkValue self) {
  SkDescr *d = descr_of(self);
  return sk_from_ptr(sk_format(vm, "%U.%U", d->owner->qualname, d->name));
}
static SkValue get_text_signature(SkVm *vm, SkValue self) {
  return sk_from_ptr(sk_str_from_cstr(vm, text_signature(descr_of(self)->slot_id)));
}
static SkValue get_self(SkVm *vm, SkValue self) { (void)vm; return ((SkMethod *)sk_ptr(self))->self; }

SK_NATIVE(wrapper_reduce, "__reduce__(self, /)", NULL) {
  SkDescr *d = descr_of(args[0]);
  SkValue of = sk_has_kind(args[0], SK_KIND_METHOD) ? ((SkMethod *)sk_ptr(args[0]))->self : sk_from_ptr(d->owner);
  SkValue getattr = sk_getattr_cstr(vm, sk_from_ptr(vm->builtins), "getattr");
  return sk_from_ptr(sk_tuple_pack(vm, 2, getattr, sk_from_ptr(sk_tuple_pack(vm, 2, of, sk_from_ptr(d->name)))));
}

#define COMMON_ATTRS                                                                                         \
  SK_GETSET("__name__", get_name, NULL, NULL), SK_GETSET("__qualname__", get_qualname, NULL, NULL),           \
      SK_GETSET("__objclass__", get_objclass, NULL, NULL), SK_GETSET("__doc__", get_doc, NULL, NULL),          \
      SK_GETSET("__text_signature__", get_text_signature, NULL, NULL), SK_METHOD(wrapper_reduce)

static const SkAttrDef wrapper_attrs[] = {COMMON_ATTRS, SK_ATTRS_END};
static const SkAttrDef bound_attrs[] = {COMMON_ATTRS, SK_GETSET("__self__", get_self, NULL, NULL), SK_ATTRS_END};

const SkTypeDef sk_wrapper_descriptor_type = {
    .name = "wrapper_descriptor", .kind = SK_KIND_DESCR, .size = sizeof(SkDescr), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.repr = wrapper_repr, .call = wrapper_call, .descr_get = wrapper_get},
    .attrs = wrapper_attrs};

/* ---- method-wrapper ----------------------------------------------------------------------------------------- */

static SkValue bound_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkMethod *m = sk_ptr(self);
  return slot_wrapper_call(vm, sk_ptr(m->func), m->self, args, nargs, kwnames);
}

static SkValue bound_repr(SkVm *vm, SkValue self) {
  SkMethod *m = sk_ptr(self);
  return sk_from_ptr(sk_format(vm, "<method-wrapper '%U' of %T object at 0x%lx>", descr_of(self)->name, m->self, sk_address(m->self)));
}

static bool bound_same(SkValue a, SkValue b) {
  SkMethod *x = sk_ptr(a), *y = sk_ptr(b);
  return sk_is(x->func, y->func) && sk_is(x->self, y->self);
}
static SkValue bound_eq(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_exactly(vm, b, SK_T_method_wrapper) ? sk_bool(bound_same(a, b)) : SK_NOTIMPLEMENTED;
}
static SkValue bound_ne(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_exactly(vm, b, SK_T_method_wrapper) ? sk_bool(!bound_same(a, b)) : SK_NOTIMPLEMENTED;
}
static int64_t bound_hash(SkVm *vm, SkValue self) {
  SkMethod *m = sk_ptr(self);
  (void)vm;
  int64_t h = sk_hash_identity(m->self) ^ sk_hash_identity(m->func);
  return h == -1 ? -2 : h;
}

const SkTypeDef sk_method_wrapper_type = {
    .name = "method-wrapper", .kind = SK_KIND_METHOD, .size = sizeof(SkMethod), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.repr = bound_repr, .call = bound_call, .eq = bound_eq, .ne = bound_ne, .hash = bound_hash},
    .attrs = bound_attrs};
