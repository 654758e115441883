/* slots.c - dispatchers: C functions that put a Python method behind a slot.                Layer 6.
 *
 * One per slot, stamped out from slots.def: it finds the special method along the mro of the receiver,
 * calls it and turns the result into what the slot's signature wants.
 */
#include "vm/object/object_impl.h"

static SlotForm const forms[SK_SLOT_COUNT] = {
#define SLOT(field, signature, name) FORM_##signature,
#include "vm/heap/slots.def"
#undef SLOT
};

SlotForm slot_form(int id) { return forms[id]; }

/* ---- finding and calling ---------------------------------------------------------------------------- */

static bool takes_self_first(const SkVm *vm, SkValue f) {
  if (sk_is_func(f)) return true;
  SkType *t = sk_type_of(vm, f);
  return t == vm->types[SK_T_method_descriptor] || t == vm->types[SK_T_wrapper_descriptor];
}

static SkValue call_with_first(SkVm *vm, SkValue f, SkValue first, const SkValue *args, size_t n, SkTuple *kwnames) {
  size_t total = n + (kwnames ? kwnames->count : 0);
  enum { SMALL = 30 };
  SkValue small[SMALL + 1];
  SkValues *cell = total > SMALL ? sk_values_new(vm, total + 1) : NULL; /* found by the stack scan */
  SkValue *all = cell ? cell->items : small;
  all[0] = first;
  for (size_t i = 0; i < total; i++) all[i + 1] = args[i];
  SkValue v = sk_call(vm, f, all, n + 1, kwnames);
  sk_keep(cell);
  return v;
}

/* Calls |f|, found in the class of |self|, as a method. */
static SkValue call_found(SkVm *vm, SkValue f, SkValue self, const SkValue *args, size_t n, SkTuple *kwnames) {
  if (takes_self_first(vm, f)) return call_with_first(vm, f, self, args, n, kwnames);
  SkDescrGetFn get = SK_SLOTS(vm, f)->descr_get;
  if (get) f = get(vm, f, self, sk_from_ptr(sk_type_of(vm, self)));
  SkValue v = sk_call(vm, f, args, n, kwnames);
  sk_keep(v.bits);
  return v;
}

static SkValue find(SkVm *vm, SkValue self, int id) {
  SkValue f = sk_type_lookup(vm, sk_type_of(vm, self), slot_name(vm, id));
  if (sk_is_unset(f)) sk_raise_attribute(vm, self, slot_name(vm, id));
  return f;
}

static SkValue call_special(SkVm *vm, int id, SkValue self, const SkValue *args, size_t n) {
  sk_enter(vm, "");
  return call_found(vm, find(vm, self, id), self, args, n, NULL);
}

/* ---- StopIteration from __next__ becomes UNSET ------------------------------------------------------------ */

typedef struct NextCall { SkValue self, result; } NextCall;

static void next_protected(SkVm *vm, void *arg) {
  NextCall *c = arg;
  c->result = call_special(vm, SK_SLOT_next, c->self, NULL, 0);
}

static SkValue dispatch_next(SkVm *vm, SkValue self) {
  NextCall c = {self, SK_UNSET};
  if (sk_protect(vm, next_protected, &c)) return c.result;
  SkValue exc = sk_take_raised(vm);
  if (!sk_exc_is(vm, exc, SK_T_StopIteration)) sk_throw(vm, exc);
  return SK_UNSET;
}

/* ---- one function per signature ---------------------------------------------------------------------------- */

static SkValue dispatch_Unary(SkVm *vm, int id, SkValue self) {
  if (id == SK_SLOT_next) return dispatch_next(vm, self);
  SkValue f = find(vm, self, id);
  if (id == SK_SLOT_iter && sk_is_none(f)) sk_raise_type(vm, "'%T' object is not iterable", self);
  sk_enter(vm, "");
  return call_found(vm, f, self, NULL, 0, NULL);
}

typedef struct Bind { SkValue f, self; } Bind;

static void bind_protected(SkVm *vm, void *arg) {
  Bind *b = arg;
  b->f = SK_SLOTS(vm, b->f)->descr_get(vm, b->f, b->self, sk_from_ptr(sk_type_of(vm, b->self)));
}

/* A comparison method that can't even be bound (a property that raises) is no comparison method. */
static SkValue dispatch_comparison(SkVm *vm, int id, SkValue self, SkValue other) {
  SkValue f = find(vm, self, id);
  sk_enter(vm, " in comparison");
  if (takes_self_first(vm, f) || !SK_SLOTS(vm, f)->descr_get) return call_found(vm, f, self, &other, 1, NULL);
  Bind b = {f, self};
  if (sk_protect(vm, bind_protected, &b)) return sk_call1(vm, b.f, other);
  sk_take_raised(vm);
  return SK_NOTIMPLEMENTED;
}

static SkValue dispatch_Binary(SkVm *vm, int id, SkValue self, SkValue other) {
  if (id >= SK_SLOT_lt && id <= SK_SLOT_ge) return dispatch_comparison(vm, id, self, other);
  return call_special(vm, id, self, &other, 1);
}

static SkValue dispatch_Pow(SkVm *vm, int id, SkValue self, SkValue other, SkValue mod) {
  SkValue args[] = {other, mod};
  return call_special(vm, id, self, args, sk_is_none(mod) ? 1 : 2);
}

static int64_t dispatch_Hash(SkVm *vm, int id, SkValue self) {
  SkValue v = call_special(vm, id, self, NULL, 0);
  if (!sk_is_int(v)) sk_raise_type(vm, "__hash__ method should return an integer");
  int64_t h;
  if (!sk_int_get_i64(v, &h)) h = sk_int_hash(v);
  return h == -1 ? -2 : h;
}

static SkValue dispatch_Call(SkVm *vm, int id, SkValue self, const SkValue *args, size_t n, SkTuple *kwnames) {
  sk_enter(vm, "");
  SkValue v = call_found(vm, find(vm, self, id), self, args, n, kwnames);
  sk_keep(v.bits); /* no tail call: A.__call__ = A() must run out of stack, not spin */
  return v;
}

static SkValue dispatch_New(SkVm *vm, int id, SkType *cls, const SkValue *args, size_t n, SkTuple *kwnames) {
  sk_enter(vm, "");
  SkValue f = sk_type_lookup(vm, cls, slot_name(vm, id));
  SkDescrGetFn get = SK_SLOTS(vm, f)->descr_get;
  if (sk_type_of(vm, f) == vm->types[SK_T_staticmethod]) f = ((SkDescr *)sk_ptr(f))->func;
  else if (get) f = get(vm, f, SK_UNSET, sk_from_ptr(cls));
  return call_with_first(vm, f, sk_from_ptr(cls), args, n, kwnames);
}

static void dispatch_Init(SkVm *vm, int id, SkValue self, const SkValue *args, size_t n, SkTuple *kwnames) {
  sk_enter(vm, "");
  SkValue v = call_found(vm, find(vm, self, id), self, args, n, kwnames);
  if (!sk_is_none(v)) sk_raise_type(vm, "__init__() should return None, not '%T'", v);
}

static void dispatch_SetAttr(SkVm *vm, int id, SkValue self, SkStr *name, SkValue v) {
  SkValue args[] = {sk_from_ptr(name), v};
  call_special(vm, id, self, args, 2);
}

static void dispatch_DelAttr(SkVm *vm, int id, SkValue self, SkStr *name) {
  SkValue arg = sk_from_ptr(name);
  call_special(vm, id, self, &arg, 1);
}

static SkValue dispatch_DescrGet(SkVm *vm, int id, SkValue descr, SkValue obj, SkValue type) {
  SkValue args[] = {sk_is_unset(obj) ? SK_NONE : obj, sk_is_unset(type) ? SK_NONE : type};
  return call_special(vm, id, descr, args, 2);
}

static int64_t dispatch_Len(SkVm *vm, int id, SkValue self) {
  SkValue v = sk_to_int(vm, call_special(vm, id, self, NULL, 0));
  if (sk_int_sign(v) < 0) sk_raise_value(vm, "__len__() should return >= 0");
  return sk_to_index(vm, v);
}

static bool dispatch_Bool(SkVm *vm, int id, SkValue self) {
  SkValue v = call_special(vm, id, self, NULL, 0);
  if (!sk_is_bool(v)) sk_raise_type(vm, "__bool__ should return bool, returned %T", v);
  return sk_is_true(v);
}

static bool dispatch_Contains(SkVm *vm, int id, SkValue self, SkValue item) {
  SkValue f = find(vm, self, id);
  if (sk_is_none(f)) sk_raise_type(vm, "'%T' object is not a container", self);
  sk_enter(vm, "");
  return sk_truth(vm, call_found(vm, f, self, &item, 1, NULL));
}

static void dispatch_SetItem(SkVm *vm, int id, SkValue self, SkValue key, SkValue v) {
  SkValue args[] = {key, v};
  call_special(vm, id, self, args, 2);
}

static void dispatch_DelItem(SkVm *vm, int id, SkValue self, SkValue key) { call_special(vm, id, self, &key, 1); }

/* ---- getattribute: __getattribute__, then __getattr__ --------------------------------------------------------- */

typedef struct GetCall { SkValue self; SkStr *name; SkValue result; } GetCall;

static SkValue first_lookup(SkVm *vm, SkValue self, SkStr *name) {
  SkValue f = find(vm, self, SK_SLOT_getattribute);
  if (sk_type_of(vm, f) == vm->types[SK_T_wrapper_descriptor])
    return ((SkDescr *)sk_ptr(f))->owner->slots->getattribute(vm, self, name);
  SkValue arg = sk_from_ptr(name);
  return call_found(vm, f, self, &arg, 1, NULL);
}

static void get_protected(SkVm *vm, void *arg) {
  GetCall *c = arg;
  c->result = first_lookup(vm, c->self, c->name);
}

static SkValue dispatch_GetAttr(SkVm *vm, int id, SkValue self, SkStr *name) {
  (void)id;
  sk_enter(vm, "");
  SkType *t = sk_type_of(vm, self);
  SkValue fallback = sk_type_lookup(vm, t, SK_NAME(vm, dunder_getattr));
  if (sk_is_unset(fallback)) return first_lookup(vm, self, name);
  GetCall c = {self, name, SK_UNSET};
  if (!sk_protect(vm, get_protected, &c)) {
    SkValue exc = sk_take_raised(vm);
    if (!sk_exc_is(vm, exc, SK_T_AttributeError)) sk_throw(vm, exc);
  }
  if (!sk_is_unset(c.result)) return c.result;
  SkValue arg = sk_from_ptr(name);
  return call_found(vm, fallback, self, &arg, 1, NULL);
}

/* ---- stamping them out ------------------------------------------------------------------------------------------- */

#define PARAMS_Unary SkValue a
#define ARGS_Unary a
#define PARAMS_Binary SkValue a, SkValue b
#define ARGS_Binary a, b
#define PARAMS_Pow SkValue a, SkValue b, SkValue c
#define ARGS_Pow a, b, c
#define PARAMS_Hash SkValue a
#define ARGS_Hash a
#define PARAMS_Call SkValue a, const SkValue *args, size_t n, SkTuple *kw
#define ARGS_Call a, args, n, kw
#define PARAMS_New SkType *a, const SkValue *args, size_t n, SkTuple *kw
#define ARGS_New a, args, n, kw
#define PARAMS_Init SkValue a, const SkValue *args, size_t n, SkTuple *kw
#define ARGS_Init a, args, n, kw
#define PARAMS_GetAttr SkValue a, SkStr *name
#define ARGS_GetAttr a, name
#define PARAMS_SetAttr SkValue a, SkStr *name, SkValue v
#define ARGS_SetAttr a, name, v
#define PARAMS_DelAttr SkValue a, SkStr *name
#define ARGS_DelAttr a, name
#define PARAMS_DescrGet SkValue a, SkValue b, SkValue c
#define ARGS_DescrGet a, b, c
#define PARAMS_Len SkValue a
#define ARGS_Len a
#define PARAMS_Bool SkValue a
#define ARGS_Bool a
#define PARAMS_Contains SkValue a, SkValue b
#define ARGS_Contains a, b
#define PARAMS_SetItem SkValue a, SkValue b, SkValue c
#define ARGS_SetItem a, b, c
#define PARAMS_DelItem SkValue a, SkValue b
#define ARGS_DelItem a, b
#define RESULT_Unary SkValue
#define RESULT_Binary SkValue
#define RESULT_Pow SkValue
#define RESULT_Hash int64_t
#define RESULT_Call SkValue
#define RESULT_New SkValue
#define RESULT_Init void
#define RESULT_GetAttr SkValue
#define RESULT_SetAttr void
#define RESULT_DelAttr void
#define RESULT_DescrGet SkValue
#define RESULT_Len int64_t
#define RESULT_Bool bool
#define RESULT_Contains bool
#define RESULT_SetItem void
#define RESULT_DelItem void

#define SLOT(field, signature, name) \
  static RESULT_##signature slot_##field(SkVm *vm, PARAMS_##signature) { return dispatch_##signature(vm, SK_SLOT_##field, ARGS_##signature); }
#include "vm/heap/slots.def"
#undef SLOT

static const SkSlots dispatchers = {
#define SLOT(field, signature, name) .field = slot_##field,
#include "vm/heap/slots.def"
#undef SLOT
};

void *slot_dispatcher(int id) { return slot_pointer(&dispatchers, id); }
bool slot_is_dispatcher(const SkSlots *slots, int id) { return slot_pointer(slots, id) == slot_pointer(&dispatchers, id); }
