/* weakref.c - weakref.ref objects, and the callbacks when a target died.                                   Layer 6.
 *
 * |target| is not traced.  The heap sets bit 0 of head.aux when the target dies; from then on the field is
 * a stale address that nobody may follow.  A plain ref (exact class, no callback) is shared per target.
 */
#include "vm/object/object_impl.h"

enum { DEAD = 1 };

void sk_weakref_trace(SkMarker *m, SkObject *o) {
  SkWeakref *r = (SkWeakref *)o;
  sk_mark(m, r->callback);
  sk_trace_attributes(m, o);
}

static SkWeakref *self_of(SkValue v) { return sk_ptr(v); }

SkValue weakref_get(SkVm *vm, SkValue ref) {
  SkWeakref *r = self_of(ref);
  (void)vm;
  return r->head.aux & DEAD ? SK_NONE : sk_from_ptr(r->target);
}

SkValue weakref_make(SkVm *vm, SkType *cls, SkObject *target, SkValue callback) {
  SkWeakref *r = sk_object_new(vm, cls, 0);
  r->target = target;
  r->callback = callback;
  r->hash = -1;
  sk_weak_register(vm, target, &r->head);
  return sk_from_ptr(r);
}

/* The shared ref of |target|, or UNSET. */
static SkValue find_plain(SkVm *vm, SkObject *target, SkType *cls) {
  SkObject *refs[8];
  size_t n = sk_weak_refs(vm, target, refs, 8);
  for (size_t i = 0; i < n && i < 8; i++)
    if (vm->shapes[refs[i]->shape]->cls == cls && sk_is_none(((SkWeakref *)refs[i])->callback)) return sk_from_ptr(refs[i]);
  return SK_UNSET;
}

SkValue weakref_shared(SkVm *vm, int type_id, SkObject *target, SkValue callback) {
  SkType *cls = vm->types[type_id];
  SkValue v = sk_is_none(callback) ? find_plain(vm, target, cls) : SK_UNSET;
  return sk_is_unset(v) ? weakref_make(vm, cls, target, callback) : v;
}

SkValue weakref_plain(SkVm *vm, SkObject *target) { return weakref_shared(vm, SK_T_weakref, target, SK_NONE); }

SkObject *weakref_target(SkVm *vm, SkValue v) {
  if (!sk_is_ptr(v) || !(sk_type_of(vm, v)->flags & SK_TYPE_WEAKREFABLE)) sk_raise_type(vm, "cannot create weak reference to '%T' object", v);
  return sk_object(v);
}

SK_NATIVE(weakref_new, "__new__(cls, /, *args, **kwargs)", NULL) {
  SkTuple *rest = sk_as_tuple(args[1]);
  if (rest->count < 1) sk_raise_type(vm, "__new__ expected at least 1 argument, got 0");
  if (rest->count > 2) sk_raise_type(vm, "__new__ expected at most 2 arguments, got %zu", rest->count);
  SkObject *target = weakref_target(vm, rest->items[0]);
  SkValue callback = rest->count > 1 ? rest->items[1] : SK_NONE;
  SkType *cls = sk_as_type(args[0]);
  if (cls == vm->types[SK_T_weakref]) return weakref_shared(vm, SK_T_weakref, target, callback);
  return weakref_make(vm, cls, target, callback);
}

SK_NATIVE(weakref_init, "__init__(self, object, callback=None, /)", NULL) { (void)vm, (void)args; return SK_NONE; }

static SkValue weakref_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  (void)args;
  if (kwnames && kwnames->count) sk_raise_type(vm, "weakref() takes no keyword arguments");
  if (nargs) sk_raise_type(vm, "weakref expected 0 arguments, got %zu", nargs);
  return weakref_get(vm, self);
}

static SkValue weakref_repr(SkVm *vm, SkValue self) {
  SkValue o = weakref_get(vm, self);
  if (sk_is_none(o)) return sk_from_ptr(sk_format(vm, "<weakref at 0x%lx; dead>", sk_address(self)));
  SkValue name = sk_getattr_opt(vm, o, SK_NAME(vm, dunder_name));
  if (!sk_is_str(name)) return sk_from_ptr(sk_format(vm, "<weakref at 0x%lx; to '%T' at 0x%lx>", sk_address(self), o, sk_address(o)));
  return sk_from_ptr(sk_format(vm, "<weakref at 0x%lx; to '%T' at 0x%lx (%U)>", sk_address(self), o, sk_address(o), sk_as_str(name)));
}

static int64_t weakref_hash(SkVm *vm, SkValue self) {
  SkWeakref *r = self_of(self);
  if (r->hash != -1) return r->hash;
  SkValue o = weakref_get(vm, self);
  if (sk_is_none(o)) sk_raise_type(vm, "weak object has gone away");
  return r->hash = sk_hash(vm, o);
}

static SkValue compare(SkVm *vm, SkValue a, SkValue b, bool equal) {
  SkType *t = vm->types[SK_T_weakref];
  if (!sk_type_is_subtype(sk_type_of(vm, a), t) || !sk_type_is_subtype(sk_type_of(vm, b), t)) return SK_NOTIMPLEMENTED;
  SkValue x = weakref_get(vm, a), y = weakref_get(vm, b);
  if (sk_is_none(x) || sk_is_none(y)) return sk_bool(sk_is(a, b) == equal);
  return sk_compare(vm, equal ? SK_CMP_EQ : SK_CMP_NE, x, y);
}
static SkValue weakref_eq(SkVm *vm, SkValue a, SkValue b) { return compare(vm, a, b, true); }
static SkValue weakref_ne(SkVm *vm, SkValue a, SkValue b) { return compare(vm, a, b, false); }

static SkValue get_callback(SkVm *vm, SkValue self) {
  (void)vm;
  return self_of(self)->head.aux & DEAD ? SK_NONE : self_of(self)->callback;
}

/* ---- death -------------------------------------------------------------------------------------------- */

typedef struct Callback { SkValue fn, ref; } Callback;

static void call_protected(SkVm *vm, void *arg) {
  Callback *c = arg;
  sk_call1(vm, c->fn, c->ref);
}

void sk_weakref_died(SkVm *vm, SkObject *ref) {
  SkWeakref *r = (SkWeakref *)ref;
  Callback c = {r->callback, sk_from_ptr(r)};
  r->callback = SK_NONE;
  if (sk_is_none(c.fn)) return;
  SkValue handled = vm->handled;
  vm->handled = SK_NONE;
  if (!sk_protect(vm, call_protected, &c)) sk_unraisable(vm, sk_take_raised(vm), c.fn);
  vm->handled = handled;
}

static const SkAttrDef weakref_attrs[] = {SK_GETSET("__callback__", get_callback, NULL, NULL),
                                          {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def}, SK_ATTRS_END};

const SkTypeDef sk_weakref_type = {
    .name = "weakref.ReferenceType", .kind = SK_KIND_WEAKREF, .size = sizeof(SkWeakref), .flags = 0,
    .slots = {.repr = weakref_repr, .call = weakref_call, .hash = weakref_hash, .eq = weakref_eq, .ne = weakref_ne},
    .attrs = weakref_attrs, .new_ = &weakref_new_def, .init_ = &weakref_init_def};
