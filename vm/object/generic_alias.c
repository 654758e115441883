/* generic_alias.c - types.GenericAlias: list[int].                                                          Layer 6. */
#include "vm/object/generic_alias.h"

enum { STARRED = 1 };

void sk_generic_alias_trace(SkMarker *m, SkObject *o) {
  SkGenericAlias *a = (SkGenericAlias *)o;
  sk_mark(m, a->origin);
  sk_mark_ptr(m, a->args);
  sk_mark(m, a->params);
  sk_trace_attributes(m, o);
}

bool alias_is(const SkVm *vm, SkValue v) { return sk_type_is_subtype(sk_type_of(vm, v), vm->types[SK_T_generic_alias]); }

static SkValue make(SkVm *vm, SkType *cls, SkValue origin, SkValue args, bool starred) {
  SkTuple *t = sk_is_tuple(args) ? sk_as_tuple(args) : sk_tuple_from(vm, &args, 1);
  SkGenericAlias *a = sk_object_new(vm, cls, 0);
  a->origin = origin;
  a->args = t;
  a->params = SK_UNSET;
  if (starred) a->head.aux |= STARRED;
  return sk_from_ptr(a);
}

SkValue sk_generic_alias_new(SkVm *vm, SkValue origin, SkValue args) {
  return make(vm, vm->types[SK_T_generic_alias], origin, args, false);
}

SK_NATIVE(alias_new, "__new__(cls, origin, args, /)", NULL) { return make(vm, sk_as_type(args[0]), args[1], args[2], false); }

static SkTuple *params_of(SkVm *vm, SkGenericAlias *a) {
  if (sk_is_unset(a->params)) {
    SkTuple *t = alias_parameters(vm, a->args);
    sk_write(vm, a, &a->params, sk_from_ptr(t));
  }
  return sk_as_tuple(a->params);
}

/* ---- text -------------------------------------------------------------------------------------------- */

static void repr_list(SkVm *vm, SkStrBuf *b, SkValue v) {
  SkTuple *t = sk_to_tuple(vm, v);
  sk_strbuf_adds(b, "[");
  for (size_t i = 0; i < t->count; i++) {
    if (i) sk_strbuf_adds(b, ", ");
    alias_repr_item(vm, b, t->items[i]);
  }
  sk_strbuf_adds(b, "]");
}

void alias_repr_item(SkVm *vm, SkStrBuf *b, SkValue v) {
  if (sk_is(v, SK_ELLIPSIS)) {
    sk_strbuf_adds(b, "...");
    return;
  }
  if (sk_is_list(v)) {
    repr_list(vm, b, v);
    return;
  }
  bool alias = !sk_is_unset(sk_getattr_opt(vm, v, sk_intern(vm, "__origin__"))) && !sk_is_unset(sk_getattr_opt(vm, v, sk_intern(vm, "__args__")));
  SkValue name = alias ? SK_UNSET : sk_getattr_opt(vm, v, SK_NAME(vm, dunder_qualname));
  SkValue module = alias ? SK_UNSET : sk_getattr_opt(vm, v, SK_NAME(vm, dunder_module));
  if (sk_is_unset(name) || sk_is_unset(module) || sk_is_none(module)) {
    sk_strbuf_addstr(b, sk_repr(vm, v));
    return;
  }
  bool builtin = sk_is_str(module) && sk_str_equal_cstr(sk_as_str(module), "builtins");
  sk_strbuf_addstr(b, builtin ? sk_str(vm, name) : sk_format(vm, "%S.%S", module, name));
}

static SkValue alias_repr(SkVm *vm, SkValue self) {
  SkGenericAlias *a = sk_as_alias(self);
  sk_enter(vm, "");
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  if (a->head.aux & STARRED) sk_strbuf_adds(&b, "*");
  alias_repr_item(vm, &b, a->origin);
  sk_strbuf_adds(&b, "[");
  for (size_t i = 0; i < a->args->count; i++) {
    if (i) sk_strbuf_adds(&b, ", ");
    alias_repr_item(vm, &b, a->args->items[i]);
  }
  if (a->args->count == 0) sk_strbuf_adds(&b, "()");
  sk_strbuf_adds(&b, "]");
  return sk_from_ptr(sk_strbuf_finish(&b));
}

/* ---- behaviour ------------------------------------------------------------------------------------------ */

static void set_orig_class(SkVm *vm, void *arg) {
  SkValue *pair = arg;
  sk_setattr(vm, pair[0], sk_intern(vm, "__orig_class__"), pair[1]);
}

static SkValue alias_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkValue pair[] = {sk_call(vm, sk_as_alias(self)->origin, args, nargs, kwnames), self};
  if (!sk_is_ptr(pair[0])) return pair[0];
  if (!sk_protect(vm, set_orig_class, pair)) {
    SkValue exc = sk_take_raised(vm);
    if (!sk_exc_is(vm, exc, SK_T_AttributeError) && !sk_exc_is(vm, exc, SK_T_TypeError)) sk_throw(vm, exc);
  }
  return pair[0];
}

/* Attributes of the alias itself; all others are the origin's. */
static bool is_own(SkStr *name) {
  static const char *const own[] = {"__class__", "__origin__", "__args__", "__unpacked__", "__parameters__",
                                    "__typing_unpacked_tuple_args__", "__mro_entries__", "__reduce_ex__", "__reduce__"};
  static const char *const blocked[] = {"__bases__", "__copy__", "__deepcopy__"};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (sk_str_equal_cstr(name, own[i])) return true;
  for (size_t i = 0; i < sizeof blocked / sizeof *blocked; i++)
    if (sk_str_equal_cstr(name, blocked[i])) return true;
  return false;
}

static SkValue alias_getattr(SkVm *vm, SkValue self, SkStr *name) {
  if (is_own(name)) return sk_generic_getattr(vm, self, name);
  return sk_getattr(vm, sk_as_alias(self)->origin, name);
}

static SkValue alias_getitem(SkVm *vm, SkValue self, SkValue items) {
  SkGenericAlias *a = sk_as_alias(self);
  SkTuple *args = alias_substitute(vm, self, a->args, params_of(vm, a), items);
  return make(vm, sk_type_of(vm, self), a->origin, sk_from_ptr(args), a->head.aux & STARRED);
}

static bool same(SkVm *vm, SkValue x, SkValue y) {
  SkGenericAlias *a = sk_as_alias(x), *b = sk_as_alias(y);
  return (a->head.aux & STARRED) == (b->head.aux & STARRED) && sk_equal(vm, a->origin, b->origin) &&
         sk_equal(vm, sk_from_ptr(a->args), sk_from_ptr(b->args));
}
static SkValue alias_eq(SkVm *vm, SkValue a, SkValue b) { return alias_is(vm, b) ? sk_bool(same(vm, a, b)) : SK_NOTIMPLEMENTED; }
static SkValue alias_ne(SkVm *vm, SkValue a, SkValue b) { return alias_is(vm, b) ? sk_bool(!same(vm, a, b)) : SK_NOTIMPLEMENTED; }
static int64_t alias_hash(SkVm *vm, SkValue self) {
  SkGenericAlias *a = sk_as_alias(self);
  int64_t h = sk_hash(vm, a->origin) ^ sk_hash(vm, sk_from_ptr(a->args));
  return h == -1 ? -2 : h;
}
static SkValue alias_or(SkVm *vm, SkValue a, SkValue b) { return sk_union_or(vm, a, b); }
static SkValue alias_ror(SkVm *vm, SkValue a, SkValue b) { return sk_union_or(vm, b, a); }

/* iter(tuple[int]) gives *tuple[int], once. */
static SkValue alias_iter(SkVm *vm, SkValue self) {
  SkGenericAlias *a = sk_as_alias(self);
  SkValue starred = make(vm, sk_type_of(vm, self), a->origin, sk_from_ptr(a->args), true);
  return sk_iter(vm, sk_from_ptr(sk_tuple_from(vm, &starred, 1)));
}

static SkValue get_parameters(SkVm *vm, SkValue self) { return sk_from_ptr(params_of(vm, sk_as_alias(self))); }
static SkValue get_args(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(sk_as_alias(self)->args); }
static SkValue get_unpacked(SkVm *vm, SkValue self) { (void)vm; return sk_bool(sk_as_alias(self)->head.aux & STARRED); }
static SkValue get_unpacked_tuple(SkVm *vm, SkValue self) {
  SkGenericAlias *a = sk_as_alias(self);
  bool is_tuple = sk_is_type(a->origin) && sk_as_type(a->origin) == vm->types[SK_T_tuple];
  return (a->head.aux & STARRED) && is_tuple ? sk_from_ptr(a->args) : SK_NONE;
}

SK_NATIVE(alias_mro_entries, "__mro_entries__(self, bases, /)", NULL) {
  return sk_from_ptr(sk_tuple_from(vm, &sk_as_alias(args[0])->origin, 1));
}
SK_NATIVE(alias_instancecheck, "__instancecheck__(self, instance, /)", NULL) {
  (void)args;
  sk_raise_type(vm, "isinstance() argument 2 cannot be a parameterized generic");
}
SK_NATIVE(alias_subclasscheck, "__subclasscheck__(self, cls, /)", NULL) {
  (void)args;
  sk_raise_type(vm, "issubclass() argument 2 cannot be a parameterized generic");
}
SK_NATIVE(alias_reduce, "__reduce__(self, /)", NULL) {
  SkGenericAlias *a = sk_as_alias(args[0]);
  SkTuple *state = sk_tuple_pack(vm, 2, a->origin, sk_from_ptr(a->args));
  if (!(a->head.aux & STARRED)) return sk_from_ptr(sk_tuple_pack(vm, 2, sk_from_ptr(sk_type_of(vm, args[0])), sk_from_ptr(state)));
  SkValue plain = make(vm, vm->types[SK_T_generic_alias], a->origin, sk_from_ptr(a->args), false);
  SkValue it = sk_iter(vm, plain), next = sk_getattr_cstr(vm, sk_from_ptr(vm->builtins), "next");
  return sk_from_ptr(sk_tuple_pack(vm, 2, next, sk_from_ptr(sk_tuple_from(vm, &it, 1))));
}
SK_NATIVE(alias_dir, "__dir__(self, /)", NULL) {
  SkSet *names = sk_set_new(vm);
  static const char *const own[] = {"__origin__", "__args__", "__parameters__", "__mro_entries__", "__reduce__", "__unpacked__",
                                    "__typing_unpacked_tuple_args__", "__bases__"};
  SkValue dir = sk_call_method0(vm, sk_as_alias(args[0])->origin, SK_NAME(vm, dunder_dir));
  sk_set_update(vm, names, dir);
  for (size_t i = 0; i < sizeof own / sizeof *own; i++) sk_set_add(vm, names, sk_from_ptr(sk_intern(vm, own[i])));
  return sk_from_ptr(sk_to_list(vm, sk_from_ptr(names)));
}

static const SkAttrDef alias_attrs[] = {
    SK_MEMBER("__origin__", SkGenericAlias, origin, true, NULL), SK_GETSET("__args__", get_args, NULL, NULL),
    SK_GETSET("__parameters__", get_parameters, NULL, NULL), SK_GETSET("__unpacked__", get_unpacked, NULL, NULL),
    SK_GETSET("__typing_unpacked_tuple_args__", get_unpacked_tuple, NULL, NULL), SK_METHOD(alias_mro_entries),
    SK_METHOD(alias_instancecheck), SK_METHOD(alias_subclasscheck), SK_METHOD(alias_reduce), SK_METHOD(alias_dir), SK_ATTRS_END};

const SkTypeDef sk_generic_alias_type = {
    .name = "types.GenericAlias", .doc = "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
    .kind = SK_KIND_GENERIC_ALIAS, .size = sizeof(SkGenericAlias), .flags = SK_TYPE_WEAKREFABLE,
    .slots = {.repr = alias_repr, .call = alias_call, .getattribute = alias_getattr, .getitem = alias_getitem, .eq = alias_eq,
              .ne = alias_ne, .hash = alias_hash, .or_ = alias_or, .ror_ = alias_ror, .iter = alias_iter},
    .attrs = alias_attrs, .new_ = &alias_new_def};
