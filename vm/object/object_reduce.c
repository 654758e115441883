/* object_reduce.c - how objects are taken apart for copy and pickle.                                 Layer 6. */
#include "vm/object/object_impl.h"

static SkValue copyreg(SkVm *vm, const char *name) {
  SkValue m = vm->hooks.import(vm, sk_intern(vm, "copyreg"), NULL, SK_NONE, 0);
  return sk_getattr_cstr(vm, m, name);
}

SK_NORETURN static void raise_cannot(SkVm *vm, SkValue o) { sk_raise_type(vm, "cannot pickle '%T' object", o); }

/* ---- state ----------------------------------------------------------------------------------------- */

/* Names of __slots__ members: the class's own __slotnames__, else what copyreg collects; None for none. */
static SkValue slot_names(SkVm *vm, SkType *t) {
  SkCell *own = sk_type_own_cell(vm, t, sk_intern(vm, "__slotnames__"));
  if (own) return own->value;
  return t->reserved ? sk_call1(vm, copyreg(vm, "_slotnames"), sk_from_ptr(t)) : SK_NONE;
}

/* The values of __slots__ members, as a dict; empty if there are none. */
static SkDict *slot_state(SkVm *vm, SkValue o, SkValue names) {
  SkDict *d = sk_dict_new(vm);
  SkTuple *t = sk_to_tuple(vm, names);
  for (size_t i = 0; i < t->count; i++) {
    if (!sk_is_str(t->items[i])) continue;
    SkValue v = sk_getattr_opt(vm, o, sk_as_str(t->items[i]));
    if (!sk_is_unset(v)) sk_dict_set(vm, d, t->items[i], v);
  }
  return d;
}

static SkValue default_state(SkVm *vm, SkValue o) {
  SkType *t = sk_type_of(vm, o);
  SkValue state = SK_NONE;
  if (sk_has_attributes(vm, o)) {
    SkDict *d = sk_instance_snapshot(vm, o);
    if (d->live) state = sk_from_ptr(d);
  }
  SkValue names = slot_names(vm, t);
  if (sk_is_none(names)) return state;
  SkDict *slots = slot_state(vm, o, names);
  return slots->live ? sk_from_ptr(sk_tuple_pack(vm, 2, state, sk_from_ptr(slots))) : state;
}

/* Instances with C fields that nobody would carry over. */
static bool has_hidden_fields(SkVm *vm, SkValue o) {
  SkType *t = sk_type_of(vm, o);
  if (t->kind == SK_KIND_INSTANCE || t->kind == SK_KIND_LIST || t->kind == SK_KIND_DICT) return false;
  return t->size > sizeof(SkObject) || vm->types[SK_T_object]->kind != t->kind;
}

const SkNativeDef object_getstate_def;
static SkValue object_getstate(SkVm *vm, const SkValue *args) { return default_state(vm, args[0]); }
const SkNativeDef object_getstate_def = {"__getstate__(self, /)", "Helper for pickle.", object_getstate};

static SkValue state_of(SkVm *vm, SkValue o, bool required) {
  SkValue f = sk_getattr(vm, o, SK_NAME(vm, dunder_getstate));
  bool is_default = sk_has_kind(f, SK_KIND_NATIVE) && ((SkNative *)sk_ptr(f))->def == &object_getstate_def;
  if (is_default && required && has_hidden_fields(vm, o)) raise_cannot(vm, o);
  return sk_call0(vm, f);
}

/* ---- arguments for __new__ ------------------------------------------------------------------------------ */

/* True when the object says how to call its __new__: |args|, and |kwargs| or UNSET. */
static bool new_arguments(SkVm *vm, SkValue o, SkTuple **args, SkValue *kwargs) {
  *args = vm->empty_tuple;
  *kwargs = SK_UNSET;
  SkValue f = sk_lookup_special(vm, o, sk_intern(vm, "__getnewargs_ex__"));
  if (!sk_is_unset(f)) {
    SkValue r = sk_call0(vm, f);
    if (!sk_is_tuple(r)) sk_raise_type(vm, "__getnewargs_ex__ should return a tuple, not '%T'", r);
    SkTuple *t = sk_as_tuple(r);
    if (t->count != 2) sk_raise_value(vm, "__getnewargs_ex__ should return a tuple of length 2, not %zu", t->count);
    if (!sk_is_tuple(t->items[0]))
      sk_raise_type(vm, "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%T'", t->items[0]);
    if (!sk_is_dict(t->items[1]))
      sk_raise_type(vm, "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%T'", t->items[1]);
    *args = sk_as_tuple(t->items[0]);
    *kwargs = t->items[1];
    return true;
  }
  f = sk_lookup_special(vm, o, sk_intern(vm, "__getnewargs__"));
  if (sk_is_unset(f)) return false;
  SkValue r = sk_call0(vm, f);
  if (!sk_is_tuple(r)) sk_raise_type(vm, "__getnewargs__ should return a tuple, not '%T'", r);
  *args = sk_as_tuple(r);
  return true;
}

static SkValue reduce_newobj(SkVm *vm, SkValue o) {
  SkType *t = sk_type_of(vm, o);
  if (!t->slots->new_) raise_cannot(vm, o);
  SkTuple *args;
  SkValue kwargs;
  bool has_args = new_arguments(vm, o, &args, &kwargs);
  bool required = !has_args && !sk_is_list(o) && !sk_is_dict(o);
  SkValue cls = sk_from_ptr(t), call, call_args;
  if (!sk_is_unset(kwargs) && sk_as_dict(kwargs)->live) {
    call = copyreg(vm, "__newobj_ex__");
    call_args = sk_from_ptr(sk_tuple_pack(vm, 3, cls, sk_from_ptr(args), kwargs));
  } else {
    call = copyreg(vm, "__newobj__");
    SkTuple *all = sk_tuple_new(vm, args->count + 1);
    all->items[0] = cls;
    for (size_t i = 0; i < args->count; i++) all->items[i + 1] = args->items[i];
    call_args = sk_from_ptr(all);
  }
  SkValue state = state_of(vm, o, required);
  SkValue items = sk_is_list(o) ? sk_iter(vm, o) : SK_NONE;
  SkValue pairs = sk_is_dict(o) ? sk_iter(vm, sk_call_method0(vm, o, SK_NAME(vm, items))) : SK_NONE;
  return sk_from_ptr(sk_tuple_pack(vm, 5, call, call_args, state, items, pairs));
}

static SkValue reduce(SkVm *vm, SkValue o, int64_t protocol) {
  if (protocol >= 2) return reduce_newobj(vm, o);
  return sk_call2(vm, copyreg(vm, "_reduce_ex"), o, sk_int_new(vm, protocol));
}

static SkValue object_reduce(SkVm *vm, const SkValue *args) { return reduce(vm, args[0], 0); }
const SkNativeDef object_reduce_def = {"__reduce__(self, /)", "Helper for pickle.", object_reduce};

static SkValue object_reduce_ex(SkVm *vm, const SkValue *args) {
  int64_t protocol = sk_to_index(vm, args[1]);
  SkStr *name = SK_NAME(vm, dunder_reduce);
  SkValue own = sk_type_lookup(vm, vm->types[SK_T_object], name);
  SkValue theirs = sk_type_lookup(vm, sk_type_of(vm, args[0]), name);
  if (!sk_is(own, theirs)) return sk_call0(vm, sk_getattr(vm, args[0], name));
  return reduce(vm, args[0], protocol);
}
const SkNativeDef object_reduce_ex_def = {"__reduce_ex__(self, protocol, /)", "Helper for pickle.", object_reduce_ex};
