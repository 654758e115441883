/* collections.c - module _collections: defaultdict, _tuplegetter, _count_elements.  Layer 8.
 * deque and OrderedDict have files of their own. */
#include "stdlib/native/deque.h"

extern const SkTypeDef sk_ordered_dict_type; /* ordered_dict.c */

/* ---- defaultdict ----------------------------------------------------------------------------------------- */

typedef struct DefaultDict { SkDict dict; SkValue factory; } DefaultDict;

static const SkTypeDef defaultdict_type;
static DefaultDict *as_default(SkValue v) { return (DefaultDict *)sk_ptr(v); }

static void defaultdict_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((DefaultDict *)o)->factory); }

static SkValue defaultdict_new(SkVm *vm, const SkValue *args) {
  DefaultDict *d = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  sk_dict_init(&d->dict);
  d->factory = SK_NONE;
  return sk_from_ptr(d);
}
static const SkNativeDef defaultdict_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, defaultdict_new};

static SkValue defaultdict_init(SkVm *vm, const SkValue *args) {
  DefaultDict *d = as_default(args[0]);
  SkTuple *rest = sk_as_tuple(args[1]);
  SkValue factory = rest->count ? rest->items[0] : SK_NONE;
  if (!sk_is_none(factory) && !SK_SLOTS(vm, factory)->call) {
    sk_raise_type(vm, "first argument must be callable or None");
  }
  sk_write(vm, d, &d->factory, factory);
  if (rest->count > 2) sk_raise_type(vm, "dict expected at most 1 argument, got %zu", rest->count - 1);
  if (rest->count == 2) sk_dict_update(vm, &d->dict, rest->items[1]);
  sk_dict_update(vm, &d->dict, args[2]);
  return SK_NONE;
}
static const SkNativeDef defaultdict_init_def = {"__init__(self, /, *args, **kwargs)", NULL, defaultdict_init};

SK_NATIVE(defaultdict_missing, "__missing__(self, key, /)",
          "__missing__(key) # Called by __getitem__ for missing key; pseudo-code:\n"
          "  if self.default_factory is None: raise KeyError((key,))\n"
          "  self[key] = value = self.default_factory()\n  return value") {
  if (sk_is_none(as_default(args[0])->factory)) sk_raise_key(vm, args[1]);
  SkValue v = sk_call0(vm, as_default(args[0])->factory);
  sk_setitem(vm, args[0], args[1], v);
  return v;
}

static SkValue copy_default(SkVm *vm, SkValue of, SkValue contents) {
  return sk_call2(vm, sk_class_of(vm, of), as_default(of)->factory, contents);
}
SK_NATIVE(defaultdict_copy, "copy(self, /)", "D.copy() -> a shallow copy of D.") { return copy_default(vm, args[0], args[0]); }
SK_NATIVE(defaultdict_dunder_copy, "__copy__(self, /)", "D.copy() -> a shallow copy of D.") {
  return copy_default(vm, args[0], args[0]);
}

SK_NATIVE(defaultdict_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue factory = as_default(args[0])->factory;
  SkTuple *inner = sk_is_none(factory) ? sk_tuple_new(vm, 0) : sk_tuple_pack(vm, 1, factory);
  SkValue items = sk_call_method0(vm, args[0], SK_NAME(vm, items));
  return sk_from_ptr(sk_tuple_pack(vm, 5, sk_class_of(vm, args[0]), sk_from_ptr(inner), SK_NONE, SK_NONE, sk_iter(vm, items)));
}

static SkValue defaultdict_repr(SkVm *vm, SkValue self) {
  SkValue base = vm->types[SK_T_dict]->slots->repr(vm, self), factory = as_default(self)->factory, text;
  SkStr *name = sk_class_name(vm, self);
  if (!sk_repr_enter(vm, factory)) return sk_from_ptr(sk_format(vm, "%U(..., %S)", name, base));
  text = sk_from_ptr(sk_format(vm, "%U(%R, %S)", name, factory, base));
  sk_repr_leave(vm, factory);
  return text;
}

static SkValue union_of(SkVm *vm, SkValue self, SkValue a, SkValue b) {
  if (!sk_is_dict(a) || !sk_is_dict(b)) return SK_NOTIMPLEMENTED;
  SkValue d = copy_default(vm, self, a);
  sk_dict_update(vm, sk_as_dict(d), b);
  return d;
}
static SkValue defaultdict_or(SkVm *vm, SkValue a, SkValue b) { return union_of(vm, a, a, b); }
static SkValue defaultdict_ror(SkVm *vm, SkValue b, SkValue a) { return union_of(vm, b, a, b); }

static SkValue factory_get(SkVm *vm, SkValue self) {
  (void)vm;
  return as_default(self)->factory;
}
static void factory_set(SkVm *vm, SkValue self, SkValue v) {
  sk_write(vm, as_default(self), &as_default(self)->factory, sk_is_unset(v) ? SK_NONE : v);
}

static const SkAttrDef defaultdict_attrs[] = {
    SK_METHOD(defaultdict_missing),
    SK_METHOD(defaultdict_copy),
    SK_METHOD(defaultdict_dunder_copy),
    SK_METHOD(defaultdict_reduce),
    SK_GETSET("default_factory", factory_get, factory_set, "Factory for default value called by __missing__()."),
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def},
    SK_ATTRS_END,
};

static const SkTypeDef defaultdict_type = {
    .name = "collections.defaultdict",
    .doc = "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\n"
           "The default factory is called without arguments to produce\n"
           "a new value when a key is not present, in __getitem__ only.\n"
           "A defaultdict compares equal to a dict with the same items.\n"
           "All remaining arguments are treated the same as if they were\n"
           "passed to the dict constructor, including keyword arguments.",
    .base = SK_T_dict,
    .kind = SK_KIND_DICT,
    .size = sizeof(DefaultDict),
    .slots = {.repr = defaultdict_repr, .or_ = defaultdict_or, .ror_ = defaultdict_ror},
    .attrs = defaultdict_attrs,
    .new_ = &defaultdict_new_def,
    .init_ = &defaultdict_init_def,
    .trace = defaultdict_trace,
};

/* ---- _tuplegetter: the descriptor behind a named tuple's fields ------------------------------------------------ */

typedef struct Getter { SkObject head; int64_t index; SkValue doc; } Getter;

static Getter *as_getter(SkValue v) { return (Getter *)sk_ptr(v); }
static void getter_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((Getter *)o)->doc); }

static SkValue getter_new(SkVm *vm, const SkValue *args) {
  int64_t index = sk_to_index(vm, args[1]);
  Getter *g = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  g->index = index;
  g->doc = args[2];
  return sk_from_ptr(g);
}
static const SkNativeDef getter_new_def = {"__new__(cls, index, doc, /)", NULL, getter_new};

static SkValue getter_get(SkVm *vm, SkValue self, SkValue obj, SkValue type) {
  (void)type;
  Getter *g = as_getter(self);
  if (sk_is_unset(obj) || sk_is_none(obj)) return self;
  if (!sk_is_tuple(obj)) {
    sk_raise_type(vm, "descriptor for index '%zd' for tuple subclasses doesn't apply to '%T' object", (ptrdiff_t)g->index, obj);
  }
  int64_t i = g->index;
  if (i < 0 || !sk_index_fix(&i, sk_as_tuple(obj)->count)) sk_raisef(vm, SK_T_IndexError, "tuple index out of range");
  return sk_as_tuple(obj)->items[i];
}

static void getter_set(SkVm *vm, SkValue self, SkValue obj, SkValue v) {
  (void)self, (void)obj, (void)v;
  sk_raisef(vm, SK_T_AttributeError, "can't set attribute");
}
static void getter_delete(SkVm *vm, SkValue self, SkValue obj) {
  (void)self, (void)obj;
  sk_raisef(vm, SK_T_AttributeError, "can't delete attribute");
}

static SkValue getter_repr(SkVm *vm, SkValue self) {
  return sk_from_ptr(sk_format(vm, "_tuplegetter(%zd, %R)", (ptrdiff_t)as_getter(self)->index, as_getter(self)->doc));
}

SK_NATIVE(getter_reduce, "__reduce__(self, /)", NULL) {
  Getter *g = as_getter(args[0]);
  SkValue inner = sk_from_ptr(sk_tuple_pack(vm, 2, sk_int_new(vm, g->index), g->doc));
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_class_of(vm, args[0]), inner));
}

static const SkAttrDef getter_attrs[] = {SK_MEMBER("__doc__", Getter, doc, false, NULL), SK_METHOD(getter_reduce), SK_ATTRS_END};

static const SkTypeDef getter_type = {
    .name = "collections._tuplegetter",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Getter),
    .slots = {.repr = getter_repr, .descr_get = getter_get, .descr_set = getter_set, .descr_delete = getter_delete},
    .attrs = getter_attrs,
    .new_ = &getter_new_def,
    .trace = getter_trace,
};

/* ---- _count_elements -------------------------------------------------------------------------------------------- */

typedef struct Count { SkValue mapping, get; } Count;

static bool count_one(SkVm *vm, SkValue key, void *arg) {
  Count *c = arg;
  if (sk_is_unset(c->get)) {
    SkDict *d = sk_as_dict(c->mapping);
    int64_t hash = sk_hash(vm, key);
    SkValue old = sk_dict_get_hashed(vm, d, key, hash);
    bool small = sk_is_smallint(old) && sk_smallint_get(old) < SK_INT_MAX;
    SkValue now = sk_is_unset(old) ? sk_smallint(1) : small ? (SkValue){old.bits + 4} : sk_binary(vm, SK_BIN_ADD, old, sk_smallint(1));
    sk_dict_set_hashed(vm, d, key, hash, now);
  } else {
    SkValue old = sk_call2(vm, c->get, key, sk_smallint(0));
    sk_setitem(vm, c->mapping, key, sk_binary(vm, SK_BIN_ADD, old, sk_smallint(1)));
  }
  return true;
}

/* A mapping that reads and stores as dict does is worked on directly. */
SK_NATIVE(count_elements, "_count_elements(mapping, iterable, /)",
          "_count_elements(mapping, iterable) -> None\n\nCount elements in the iterable, updating the mapping") {
  Count c = {args[0], SK_UNSET};
  const SkSlots *dict = vm->types[SK_T_dict]->slots;
  SkStr *get = SK_NAME(vm, get);
  bool direct = sk_is_dict(args[0]) && SK_SLOTS(vm, args[0])->setitem == dict->setitem &&
                sk_is(sk_type_lookup(vm, sk_type_of(vm, args[0]), get), sk_type_lookup(vm, vm->types[SK_T_dict], get));
  if (!direct) c.get = sk_getattr(vm, args[0], get);
  sk_iterate(vm, args[1], count_one, &c);
  return SK_NONE;
}

/* ---- the module ---------------------------------------------------------------------------------------------------- */

static void collections_init(SkVm *vm, SkModule *m) {
  sk_module_add_type(vm, m, &sk_deque_type);
  sk_module_add_type(vm, m, &defaultdict_type);
  sk_module_add_type(vm, m, &sk_deque_iter_type);
  sk_module_add_type(vm, m, &sk_deque_reviter_type);
  sk_module_add_type(vm, m, &getter_type);
  sk_module_add_type(vm, m, &sk_ordered_dict_type);
}

static const SkNativeDef *const collections_functions[] = {&count_elements_def, NULL};

const SkModuleDef sk_collections_module = {
    .name = "_collections",
    .doc = "High performance data structures.\n- deque:        ordered collection accessible from endpoints only\n"
           "- defaultdict:  dict subclass with a default value factory",
    .functions = collections_functions,
    .init = collections_init,
};
