/* native.c - C functions as Python callables: functions, methods, unbound methods.           Layer 6.
 *
 * One C struct, three classes: builtin_function_or_method (self bound or none), method_descriptor (found
 * in a class, checks its first argument) and classmethod_descriptor.
 */
#include "vm/object/signature.h"

/* ---- making ------------------------------------------------------------------------------------------- */

static const char *constructor_display(const SkNativeDef *def, const SkType *owner) {
  if (!owner || !owner->def) return NULL;
  const SkTypeDef *d = owner->def;
  if (def != d->new_ && def != d->init_) return NULL;
  const char *dot = strrchr(d->name, '.');
  return dot ? dot + 1 : d->name;
}

static SK_COLD const struct SkSignature *learn_signature(SkVm *vm, SkNative *n) {
  bool method = n->owner && !(n->head.aux & SK_NATIVE_STATIC);
  struct SkSignature *s = signature_get(vm, n->def, constructor_display(n->def, n->owner), method);
  n->sig = s;
  n->fast_args = s->simple && sk_is_unset(n->self) ? s->count : -1;
  return s;
}

/* Parsed when it is first needed: most natives of a VM are never called. */
SK_INLINE const struct SkSignature *signature_of(SkVm *vm, SkNative *n) { return SK_LIKELY(n->sig != NULL) ? n->sig : learn_signature(vm, n); }

static SkStr *name_of(SkVm *vm, const SkNativeDef *def) {
  char text[64];
  size_t n = strcspn(def->signature, "(");
  sk_assert(n < sizeof text);
  memcpy(text, def->signature, n);
  text[n] = 0;
  return sk_intern(vm, text);
}

SkNative *native_make(SkVm *vm, const SkNativeDef *def, int type_id, SkType *owner, SkValue self) {
  SkStr *name = name_of(vm, def);
  SkNative *n = sk_object_new_id(vm, type_id, 0);
  n->def = def;
  n->fast_args = -1;
  n->owner = owner;
  n->self = self;
  n->module = SK_UNSET;
  n->name = name;
  if (type_id == SK_T_method_descriptor) n->head.aux |= SK_NATIVE_UNBOUND;
  if (type_id == SK_T_classmethod_descriptor) n->head.aux |= SK_NATIVE_CLASSMETHOD;
  return n;
}

SkValue sk_native_new(SkVm *vm, const SkNativeDef *def, SkValue self, SkStr *module) {
  SkNative *n = native_make(vm, def, SK_T_builtin_function_or_method, NULL, self);
  if (module) n->module = sk_from_ptr(module);
  return sk_from_ptr(n);
}

SkValue sk_native_method_new(SkVm *vm, const SkNativeDef *def, SkType *owner) {
  return sk_from_ptr(native_make(vm, def, SK_T_method_descriptor, owner, SK_UNSET));
}

static SkValue bind_to(SkVm *vm, SkNative *n, SkValue self) {
  signature_of(vm, n); /* or every bound one would have to find it */
  SkNative *b = sk_object_new_id(vm, SK_T_builtin_function_or_method, 0);
  b->def = n->def;
  b->sig = n->sig;
  b->fast_args = -1;
  b->owner = n->owner;
  b->self = self;
  b->module = n->module;
  b->name = n->name;
  return sk_from_ptr(b);
}

/* ---- calling ------------------------------------------------------------------------------------------- */

/* Nearly always one or two: calling memcpy for them would take longer. */
static void copy_few(SkValue *to, const SkValue *from, size_t n) {
  for (size_t i = 0; i < n; i++) {
    to[i] = from[i];
    __asm__ volatile("" ::: "memory"); /* or the compiler makes a memcpy of it all the same */
  }
}

static SkValue run(SkVm *vm, const struct SkSignature *s, const SkNative *n, SkValue first, const SkValue *args, size_t nargs,
                   SkTuple *kwnames) {
  size_t shift = !sk_is_unset(first), given = nargs + shift;
  bool has_kw = kwnames && kwnames->count;
  if (SK_LIKELY(s->simple && !has_kw && given == s->count && !shift)) return s->def->fn(vm, args);
  SkValue out[s->count + 1u];
  if (SK_LIKELY(s->plain && !has_kw && given >= s->least && given <= s->positional)) {
    if (shift) out[0] = first;
    copy_few(out + shift, args, nargs);
    copy_few(out + given, s->defaults + given, s->count - given);
  } else {
    signature_bind(vm, s, n, first, args, nargs, kwnames, out);
  }
  return s->def->fn(vm, out);
}

SkValue sk_native_call(SkVm *vm, const SkNativeDef *def, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  return run(vm, signature_get(vm, def, NULL, false), NULL, self, args, nargs, kwnames);
}

/* A subclass with an __init__ of its own may take keywords that the built-in __new__ knows nothing of. */
static SkTuple *keywords_for_new(SkVm *vm, const SkType *cls, SkNative *n, SkTuple *kwnames) {
  return cls->slots->init != n->owner->slots->init && !signature_takes_keywords(signature_of(vm, n)) ? NULL : kwnames;
}

SkValue sk_native_new_slot(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkNative *n = SK_LIKELY(cls->new_native != NULL) ? cls->new_native : type_new_native(vm, cls);
  if (kwnames) kwnames = keywords_for_new(vm, cls, n, kwnames);
  return run(vm, signature_of(vm, n), n, sk_from_ptr(cls), args, nargs, kwnames);
}

void sk_native_init_slot(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkType *cls = sk_type_of(vm, self);
  SkNative *n = SK_LIKELY(cls->init_native != NULL) ? cls->init_native : type_init_native(vm, cls);
  if (kwnames && cls->slots->new_ != n->owner->slots->new_ && !signature_takes_keywords(signature_of(vm, n))) kwnames = NULL;
  run(vm, signature_of(vm, n), n, self, args, nargs, kwnames);
}

/* The nearest ancestor whose instances only its own __new__ can make. */
static SkType *builder_of(SkType *t) {
  while ((t->flags & SK_TYPE_HEAP) && t->base) t = t->base;
  return t;
}

static SkValue call_new(SkVm *vm, SkNative *n, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkStr *owner = n->owner->name;
  if (nargs == 0) sk_raise_type(vm, "%U.__new__(): not enough arguments", owner);
  if (!sk_is_type(args[0])) sk_raise_type(vm, "%U.__new__(X): X is not a type object (%T)", owner, args[0]);
  SkType *cls = sk_as_type(args[0]);
  if (!sk_type_is_subtype(cls, n->owner)) sk_raise_type(vm, "%U.__new__(%U): %U is not a subtype of %U", owner, cls->name, cls->name, owner);
  SkType *builder = builder_of(cls);
  SkNative *theirs = type_new_native(vm, builder);
  if (theirs != n && (builder->slots->new_ != sk_native_new_slot || theirs->def != n->def))
    sk_raise_type(vm, "%U.__new__(%U) is not safe, use %U.__new__()", owner, cls->name, builder->name);
  if (kwnames) kwnames = keywords_for_new(vm, cls, n, kwnames);
  return run(vm, signature_of(vm, n), n, SK_UNSET, args, nargs, kwnames);
}

static void check_unbound(SkVm *vm, SkNative *n, const SkValue *args, size_t nargs) {
  if (nargs == 0) sk_raise_type(vm, "unbound method %U.%U() needs an argument", n->owner->qualname, n->name);
  if (!sk_type_is_subtype(sk_type_of(vm, args[0]), n->owner))
    sk_raise_type(vm, "descriptor '%U' for '%U' objects doesn't apply to a '%T' object", n->name, n->owner->name, args[0]);
}

static void check_class(SkVm *vm, SkNative *n, SkValue cls) {
  if (!sk_is_type(cls))
    sk_raise_type(vm, "descriptor '%U' for type '%U' needs a type, not a '%T' as arg 2", n->name, n->owner->name, cls);
  if (!sk_type_is_subtype(sk_as_type(cls), n->owner))
    sk_raise_type(vm, "descriptor '%U' requires a subtype of '%U' but received '%U'", n->name, n->owner->name, sk_as_type(cls)->name);
}

SkValue sk_native_invoke(SkVm *vm, SkNative *n, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  unsigned what = n->head.aux;
  if (SK_LIKELY(what == 0)) return run(vm, signature_of(vm, n), n, n->self, args, nargs, kwnames);
  if (what & SK_NATIVE_UNBOUND) {
    check_unbound(vm, n, args, nargs);
  } else if (what & SK_NATIVE_NEW) {
    return call_new(vm, n, args, nargs, kwnames);
  } else if (what & SK_NATIVE_CLASSMETHOD) {
    if (nargs == 0) sk_raise_type(vm, "descriptor '%U' of '%U' object needs an argument", n->name, n->owner->name);
    check_class(vm, n, args[0]);
  }
  return run(vm, signature_of(vm, n), n, SK_UNSET, args, nargs, kwnames);
}

static SkValue native_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  return sk_native_invoke(vm, sk_ptr(self), args, nargs, kwnames);
}

/* ---- binding ------------------------------------------------------------------------------------------- */

static SkValue method_get(SkVm *vm, SkValue self, SkValue obj, SkValue type) {
  SkNative *n = sk_ptr(self);
  (void)type;
  if (sk_is_unset(obj)) return self;
  if (!sk_type_is_subtype(sk_type_of(vm, obj), n->owner))
    sk_raise_type(vm, "descriptor '%U' for '%U' objects doesn't apply to a '%T' object", n->name, n->owner->name, obj);
  return bind_to(vm, n, obj);
}

static SkValue classmethod_get(SkVm *vm, SkValue self, SkValue obj, SkValue type) {
  SkNative *n = sk_ptr(self);
  if (sk_is_unset(type) || sk_is_none(type)) {
    if (sk_is_unset(obj)) sk_raise_type(vm, "descriptor '%U' for type '%U' needs either an object or a type", n->name, n->owner->name);
    type = sk_from_ptr(sk_type_of(vm, obj));
  }
  check_class(vm, n, type);
  return bind_to(vm, n, type);
}

/* ---- looks ----------------------------------------------------------------------------------------------- */

static SkValue native_repr(SkVm *vm, SkValue self) {
  SkNative *n = sk_ptr(self);
  if (n->head.aux & (SK_NATIVE_UNBOUND | SK_NATIVE_CLASSMETHOD))
    return sk_from_ptr(sk_format(vm, "<method '%U' of '%U' objects>", n->name, n->owner->name));
  if (sk_is_unset(n->self) || sk_is_module(n->self)) return sk_from_ptr(sk_format(vm, "<built-in function %U>", n->name));
  return sk_from_ptr(sk_format(vm, "<built-in method %U of %T object at 0x%llx>", n->name, n->self, (long long)sk_address(n->self)));
}

static bool same_callable(SkValue a, SkValue b) {
  SkNative *x = sk_ptr(a), *y = sk_ptr(b);
  return sk_is(x->self, y->self) && x->def == y->def && x->owner == y->owner;
}

static SkValue native_eq(SkVm *vm, SkValue a, SkValue b) {
  (void)vm;
  if (!sk_has_kind(b, SK_KIND_NATIVE)) return SK_NOTIMPLEMENTED;
  return sk_bool(same_callable(a, b));
}

static SkValue native_ne(SkVm *vm, SkValue a, SkValue b) {
  (void)vm;
  if (!sk_has_kind(b, SK_KIND_NATIVE)) return SK_NOTIMPLEMENTED;
  return sk_bool(!same_callable(a, b));
}

static int64_t native_hash(SkVm *vm, SkValue self) {
  SkNative *n = sk_ptr(self);
  (void)vm;
  int64_t h = (int64_t)((uintptr_t)n->def >> 4) ^ (sk_is_unset(n->self) ? 0 : sk_hash_identity(n->self));
  return h == -1 ? -2 : h;
}

static SkValue get_name(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(((SkNative *)sk_ptr(self))->name); }

static SkValue get_qualname(SkVm *vm, SkValue self) {
  SkNative *n = sk_ptr(self);
  if (n->head.aux & (SK_NATIVE_UNBOUND | SK_NATIVE_CLASSMETHOD)) return sk_from_ptr(sk_format(vm, "%U.%U", n->owner->qualname, n->name));
  if (sk_is_unset(n->self) || sk_is_module(n->self)) return sk_from_ptr(n->name);
  SkType *t = sk_is_type(n->self) ? sk_as_type(n->self) : sk_type_of(vm, n->self);
  return sk_from_ptr(sk_format(vm, "%U.%U", t->qualname, n->name));
}

static SkValue get_self(SkVm *vm, SkValue self) {
  SkNative *n = sk_ptr(self);
  (void)vm;
  if (n->head.aux & SK_NATIVE_STATIC) return SK_NONE;
  return sk_is_unset(n->self) ? SK_NONE : n->self;
}

static SkValue get_objclass(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(((SkNative *)sk_ptr(self))->owner); }

static SkValue get_module(SkVm *vm, SkValue self) {
  SkNative *n = sk_ptr(self);
  (void)vm;
  return sk_is_unset(n->module) ? SK_NONE : n->module;
}

static void set_module(SkVm *vm, SkValue self, SkValue v) {
  SkNative *n = sk_ptr(self);
  sk_write(vm, n, &n->module, v);
}

static SkValue get_doc(SkVm *vm, SkValue self) {
  const char *doc = ((SkNative *)sk_ptr(self))->def->doc;
  return doc ? sk_from_ptr(sk_str_from_cstr(vm, doc)) : SK_NONE;
}

/* "insert(self, index, /)" as "($self, index, /)"; None when a default can't be written. */
static SkValue get_text_signature(SkVm *vm, SkValue self) {
  SkNative *n = sk_ptr(self);
  const char *p = strchr(n->def->signature, '(') + 1;
  if (strstr(p, "=?")) return SK_NONE;
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  sk_strbuf_adds(&b, "(");
  if (strncmp(p, "self", 4) == 0 || strncmp(p, "cls", 3) == 0) {
    size_t name = p[0] == 's' ? 4 : 3;
    sk_strbuf_adds(&b, p[0] == 's' ? "$self" : "$type");
    p += name;
    if (!strchr(p, '/')) sk_strbuf_adds(&b, ", /");
  }
  sk_strbuf_adds(&b, p);
  return sk_from_ptr(sk_strbuf_finish(&b));
}

/* Pickles by name: a function as a global, a method as getattr(self, name). */
SK_NATIVE(native_reduce, "__reduce__(self, /)", NULL) {
  SkNative *n = sk_ptr(args[0]);
  bool method = n->owner && !(n->head.aux & SK_NATIVE_STATIC);
  if (!method) return sk_from_ptr(n->name);
  SkValue of = n->head.aux & (SK_NATIVE_UNBOUND | SK_NATIVE_CLASSMETHOD) ? sk_from_ptr(n->owner) : n->self;
  SkValue getattr = sk_getattr_cstr(vm, sk_from_ptr(vm->builtins), "getattr");
  return sk_from_ptr(sk_tuple_pack(vm, 2, getattr, sk_from_ptr(sk_tuple_pack(vm, 2, of, sk_from_ptr(n->name)))));
}

void sk_native_trace(SkMarker *m, SkObject *o) {
  SkNative *n = (SkNative *)o;
  sk_mark(m, n->self);
  sk_mark(m, n->module);
  sk_mark_ptr(m, n->owner);
  sk_mark_ptr(m, n->name);
}

#define COMMON_ATTRS                                                  \
  SK_GETSET("__name__", get_name, NULL, NULL), SK_GETSET("__qualname__", get_qualname, NULL, NULL), \
      SK_GETSET("__doc__", get_doc, NULL, NULL), SK_GETSET("__text_signature__", get_text_signature, NULL, NULL), \
      SK_METHOD(native_reduce)

static const SkAttrDef function_attrs[] = {COMMON_ATTRS, SK_GETSET("__self__", get_self, NULL, NULL),
                                           SK_GETSET("__module__", get_module, set_module, NULL), SK_ATTRS_END};
static const SkAttrDef descriptor_attrs[] = {COMMON_ATTRS, SK_GETSET("__objclass__", get_objclass, NULL, NULL), SK_ATTRS_END};

const SkTypeDef sk_native_type = {
    .name = "builtin_function_or_method", .kind = SK_KIND_NATIVE, .size = sizeof(SkNative),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = native_repr, .call = native_call, .eq = native_eq, .ne = native_ne, .hash = native_hash},
    .attrs = function_attrs};

const SkTypeDef sk_method_descriptor_type = {
    .name = "method_descriptor", .kind = SK_KIND_NATIVE, .size = sizeof(SkNative), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.repr = native_repr, .call = native_call, .descr_get = method_get},
    .attrs = descriptor_attrs};

const SkTypeDef sk_classmethod_descriptor_type = {
    .name = "classmethod_descriptor", .kind = SK_KIND_NATIVE, .size = sizeof(SkNative), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.repr = native_repr, .call = native_call, .descr_get = classmethod_get},
    .attrs = descriptor_attrs};
