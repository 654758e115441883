/* ordered_dict.c - the class collections.OrderedDict, its views and its iterator.  Layer 8.
 *
 * Every dict keeps its order; this one can also move keys to either end, compares by order with its like,
 * and its iterators notice any change of the key set (dict.h, keys_version).  Subclasses may override
 * __setitem__ and the like: what is not exactly an OrderedDict is written through its own methods.
 */
#include "stdlib/native/native_type.h"

extern const SkTypeDef sk_ordered_dict_type;
static const SkTypeDef odict_iter_type, odict_keys_type, odict_values_type, odict_items_type;

enum { WHAT_KEYS, WHAT_VALUES, WHAT_ITEMS, REVERSE = 4 };

static bool exactly(SkVm *vm, SkValue v) { return sk_is_native_exactly(vm, v, &sk_ordered_dict_type); }

/* ---- iterator: a the dict or None, index the next entry, aux the key set's version, head.aux what --------------- */

static SkValue iter_new(SkVm *vm, SkValue dict, int what) {
  SkIter *it = sk_object_new(vm, sk_library_type(vm, &odict_iter_type), 0);
  SkDict *d = sk_as_dict(dict);
  it->head.aux = (uint16_t)what;
  it->a = dict;
  it->aux = sk_dict_version(vm, d);
  it->b = sk_smallint(d->live);
  it->index = what & REVERSE ? d->used : 0;
  return sk_from_ptr(it);
}

static bool step(SkIter *it, const SkDict *d) {
  uint64_t i = it->index;
  if (it->head.aux & REVERSE) {
    while (i > d->first && sk_is_unset(d->entries[i - 1].key)) i--;
    it->index = i - 1;
    return i > d->first;
  }
  if (i < d->first) i = d->first;
  while (i < d->used && sk_is_unset(d->entries[i].key)) i++;
  it->index = i + 1;
  return i < d->used;
}

static SkValue odict_iter_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  if (sk_is_none(it->a)) return SK_UNSET;
  SkDict *d = sk_as_dict(it->a);
  if (d->keys_version != it->aux) sk_raisef(vm, SK_T_RuntimeError, "OrderedDict mutated during iteration");
  if (!step(it, d)) {
    it->a = SK_NONE;
    return SK_UNSET;
  }
  it->b.bits -= 4; /* one fewer left */
  SkDictEntry e = d->entries[it->head.aux & REVERSE ? it->index : it->index - 1];
  switch (it->head.aux & ~REVERSE) {
    case WHAT_KEYS: return e.key;
    case WHAT_VALUES: return e.value;
    default: return sk_from_ptr(sk_tuple_pack(vm, 2, e.key, e.value));
  }
}

SK_NATIVE(odict_iter_reduce, "__reduce__(self, /)", "Return state information for pickling") {
  SkValue fn = sk_builtin(vm, "iter");
  SkIter *it = sk_as_iter(args[0]), *copy = sk_object_new(vm, sk_library_type(vm, &odict_iter_type), 0);
  copy->head.aux = it->head.aux;
  copy->index = it->index;
  copy->aux = it->aux;
  copy->a = it->a;
  copy->b = it->b;
  return sk_iter_reduce(vm, fn, sk_from_ptr(sk_to_list(vm, sk_from_ptr(copy))), SK_UNSET);
}

SK_NATIVE(odict_iter_hint, "__length_hint__(self, /)", NULL) {
  (void)vm;
  return sk_as_iter(args[0])->b;
}

static const SkAttrDef odict_iter_attrs[] = {SK_METHOD(odict_iter_reduce), SK_METHOD(odict_iter_hint), SK_ATTRS_END};

static const SkTypeDef odict_iter_type = {
    .name = "odict_iterator",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.iter = sk_iter_self, .next = odict_iter_next},
    .attrs = odict_iter_attrs,
};

static SkValue odict_iter(SkVm *vm, SkValue self) { return iter_new(vm, self, WHAT_KEYS); }
SK_NATIVE(odict_reversed, "__reversed__(self, /)", "od.__reversed__() <==> reversed(od)") {
  return iter_new(vm, args[0], WHAT_KEYS | REVERSE);
}

/* ---- views: those of dict with this iterator ------------------------------------------------------------------------ */

static SkValue view_new(SkVm *vm, SkValue self, const SkTypeDef *def, int what) {
  SkDictView *v = sk_object_new(vm, sk_library_type(vm, def), 0);
  v->head.aux = (uint16_t)what;
  v->dict = sk_as_dict(self);
  return sk_from_ptr(v);
}
static SkDictView *as_view(SkValue v) { return (SkDictView *)sk_ptr(v); }
static SkValue view_iter(SkVm *vm, SkValue self) { return iter_new(vm, sk_from_ptr(as_view(self)->dict), as_view(self)->head.aux); }
SK_NATIVE(view_reversed, "__reversed__(self, /)", NULL) {
  SkDictView *v = as_view(args[0]);
  return iter_new(vm, sk_from_ptr(v->dict), v->head.aux | REVERSE);
}
static const SkAttrDef view_attrs[] = {SK_METHOD(view_reversed), SK_ATTRS_END};

enum { VIEW_FLAGS = SK_TYPE_FINAL | SK_TYPE_NO_NEW };
static const SkTypeDef odict_keys_type = {.name = "odict_keys", .base = SK_T_dict_keys, .kind = SK_KIND_DICTVIEW,
                                          .size = sizeof(SkDictView), .flags = VIEW_FLAGS,
                                          .slots = {.iter = view_iter}, .attrs = view_attrs};
static const SkTypeDef odict_values_type = {.name = "odict_values", .base = SK_T_dict_values, .kind = SK_KIND_DICTVIEW,
                                            .size = sizeof(SkDictView), .flags = VIEW_FLAGS,
                                            .slots = {.iter = view_iter}, .attrs = view_attrs};
static const SkTypeDef odict_items_type = {.name = "odict_items", .base = SK_T_dict_items, .kind = SK_KIND_DICTVIEW,
                                           .size = sizeof(SkDictView), .flags = VIEW_FLAGS,
                                           .slots = {.iter = view_iter}, .attrs = view_attrs};

SK_NATIVE(odict_keys, "keys(self, /)", NULL) { return view_new(vm, args[0], &odict_keys_type, WHAT_KEYS); }
SK_NATIVE(odict_values, "values(self, /)", NULL) { return view_new(vm, args[0], &odict_values_type, WHAT_VALUES); }
SK_NATIVE(odict_items, "items(self, /)", NULL) { return view_new(vm, args[0], &odict_items_type, WHAT_ITEMS); }

/* ---- update: through __setitem__ unless it is exactly an OrderedDict --------------------------------------------------- */

static bool set_pair(SkVm *vm, SkValue pair, void *arg) {
  SkList *l = sk_is_list(pair) ? sk_as_list(pair) : sk_to_list(vm, pair);
  if (l->count < 2) sk_raise_value(vm, "need more than %zu value%s to unpack", l->count, l->count == 1 ? "" : "s");
  if (l->count > 2) sk_raise_value(vm, "too many values to unpack (expected 2)");
  sk_setitem(vm, *(SkValue *)arg, l->store->items[0], l->store->items[1]);
  return true;
}

typedef struct KeyCopy { SkValue to, from; } KeyCopy;
static bool copy_key(SkVm *vm, SkValue key, void *arg) {
  KeyCopy *c = arg;
  sk_setitem(vm, c->to, key, sk_getitem(vm, c->from, key));
  return true;
}

static void update(SkVm *vm, SkValue self, SkValue other) {
  if (exactly(vm, self) && sk_is_exactly(vm, other, SK_T_dict)) {
    sk_dict_update(vm, sk_as_dict(self), other);
    return;
  }
  SkValue keys = sk_getattr_opt(vm, other, SK_NAME(vm, keys));
  if (!sk_is_unset(keys)) {
    KeyCopy c = {self, other};
    sk_iterate(vm, sk_call0(vm, keys), copy_key, &c);
    return;
  }
  SkValue items = sk_getattr_opt(vm, other, SK_NAME(vm, items));
  sk_iterate(vm, sk_is_unset(items) ? other : sk_call0(vm, items), set_pair, &self);
}

static SkValue odict_new(SkVm *vm, const SkValue *args) {
  SkDict *d = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  sk_dict_init(d);
  return sk_from_ptr(d);
}
static const SkNativeDef odict_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, odict_new};

static SkValue odict_init(SkVm *vm, const SkValue *args) {
  SkTuple *t = sk_as_tuple(args[1]);
  if (t->count > 1) sk_raise_type(vm, "expected at most 1 arguments, got %zu", t->count);
  if (t->count) update(vm, args[0], t->items[0]);
  update(vm, args[0], args[2]);
  return SK_NONE;
}
static const SkNativeDef odict_init_def = {"__init__(self, /, *args, **kwargs)", NULL, odict_init};

SK_NATIVE(odict_update, "update(self, /, *args, **kwargs)", NULL) {
  SkTuple *t = sk_as_tuple(args[1]);
  if (t->count > 1) sk_raise_type(vm, "update() takes at most 1 positional argument (%zu given)", t->count);
  if (t->count) update(vm, args[0], t->items[0]);
  update(vm, args[0], args[2]);
  return SK_NONE;
}

/* ---- the rest ------------------------------------------------------------------------------------------------------- */

static SkValue odict_repr(SkVm *vm, SkValue self) {
  SkStr *name = sk_class_name(vm, self);
  if (sk_as_dict(self)->live == 0) return sk_from_ptr(sk_format(vm, "%U()", name));
  if (!sk_repr_enter(vm, self)) return sk_from_ptr(sk_str_from_cstr(vm, "..."));
  SkDict *plain = sk_dict_new(vm);
  KeyCopy c = {sk_from_ptr(plain), self};
  if (exactly(vm, self)) {
    sk_dict_copy_into(vm, plain, sk_as_dict(self));
  } else {
    sk_iterate(vm, sk_call_method0(vm, self, SK_NAME(vm, items)), set_pair, &c.to);
  }
  SkValue text = sk_from_ptr(sk_format(vm, "%U(%R)", name, sk_from_ptr(plain)));
  sk_repr_leave(vm, self);
  return text;
}

static bool same_order(SkVm *vm, SkDict *a, SkDict *b) {
  size_t i = 0, j = 0;
  uint32_t a_version = sk_dict_version(vm, a), b_version = sk_dict_version(vm, b);
  for (SkValue p, q; sk_dict_next(a, &i, &p, NULL);) {
    sk_charge(vm, 1);
    bool same = sk_dict_next(b, &j, &q, NULL) && sk_equal(vm, p, q);
    if (a->keys_version != a_version || b->keys_version != b_version) {
      sk_raisef(vm, SK_T_RuntimeError, "OrderedDict mutated during iteration");
    }
    if (!same) return false;
  }
  return true;
}

static SkValue odict_eq(SkVm *vm, SkValue a, SkValue b) {
  SkValue r = vm->types[SK_T_dict]->slots->eq(vm, a, b);
  if (!sk_is_true(r) || !sk_is_native(vm, b, &sk_ordered_dict_type)) return r;
  return sk_bool(same_order(vm, sk_as_dict(a), sk_as_dict(b)));
}
static SkValue odict_ne(SkVm *vm, SkValue a, SkValue b) {
  SkValue r = odict_eq(vm, a, b);
  return sk_is_notimplemented(r) ? r : sk_bool(!sk_is_true(r));
}

static SkValue union_of(SkVm *vm, SkValue cls, SkValue a, SkValue b) {
  if (!sk_is_dict(a) || !sk_is_dict(b)) return SK_NOTIMPLEMENTED;
  SkValue d = sk_call1(vm, cls, a);
  update(vm, d, b);
  return d;
}
static SkValue odict_or(SkVm *vm, SkValue a, SkValue b) { return union_of(vm, sk_class_of(vm, a), a, b); }
static SkValue odict_ror(SkVm *vm, SkValue b, SkValue a) { return union_of(vm, sk_class_of(vm, b), a, b); }
static SkValue odict_ior(SkVm *vm, SkValue a, SkValue b) {
  update(vm, a, b);
  return a;
}

SK_NATIVE(odict_copy, "copy(self, /)", "od.copy() -> a shallow copy of od") {
  SkValue copy = sk_call0(vm, sk_class_of(vm, args[0]));
  if (exactly(vm, args[0])) {
    sk_dict_update(vm, sk_as_dict(copy), sk_from_ptr(sk_dict_copy(vm, sk_as_dict(args[0]))));
  } else {
    KeyCopy c = {copy, args[0]};
    sk_iterate(vm, args[0], copy_key, &c);
  }
  return copy;
}

typedef struct FromKeys { SkValue target, value; } FromKeys;
static bool fromkeys_one(SkVm *vm, SkValue key, void *arg) {
  FromKeys *f = arg;
  sk_setitem(vm, f->target, key, f->value);
  return true;
}
SK_NATIVE(odict_fromkeys, "fromkeys(type, /, iterable, value=None)",
          "Create a new ordered dictionary with keys from iterable and values set to value.") {
  FromKeys f = {sk_call0(vm, args[0]), args[2]};
  sk_iterate(vm, args[1], fromkeys_one, &f);
  return f.target;
}

/* Value of |key|, taken out; UNSET when missing. */
static SkValue take(SkVm *vm, SkValue self, SkValue key) {
  if (exactly(vm, self)) return sk_dict_pop(vm, sk_as_dict(self), key);
  if (!sk_contains(vm, self, key)) return SK_UNSET;
  SkValue v = sk_getitem(vm, self, key);
  sk_delitem(vm, self, key);
  return v;
}

SK_NATIVE(odict_pop, "pop(self, key, default=?)",
          "od.pop(key[,default]) -> v, remove specified key and return the corresponding value.\n\n"
          "If the key is not found, return the default if given; otherwise,\nraise a KeyError.") {
  SkValue v = take(vm, args[0], args[1]);
  if (!sk_is_unset(v)) return v;
  if (!sk_is_unset(args[2])) return args[2];
  sk_raise_key(vm, args[1]);
}

SK_NATIVE(odict_popitem, "popitem(self, /, last=True)",
          "Remove and return a (key, value) pair from the dictionary.\n\n"
          "Pairs are returned in LIFO order if last is true or FIFO order if false.") {
  bool last = sk_truth(vm, args[1]);
  SkDict *d = sk_as_dict(args[0]);
  if (d->live == 0) sk_raisef(vm, SK_T_KeyError, "dictionary is empty");
  uint32_t e = d->first;
  if (last) {
    for (e = d->used - 1; sk_is_unset(d->entries[e].key); e--) {}
  }
  SkValue key = d->entries[e].key, v = d->entries[e].value;
  if (!exactly(vm, args[0])) {
    v = take(vm, args[0], key);
    if (sk_is_unset(v)) sk_raise_key(vm, key);
  } else if (last) {
    sk_dict_popitem(d, &key, &v);
  } else {
    sk_dict_kill(d, e);
  }
  return sk_from_ptr(sk_tuple_pack(vm, 2, key, v));
}

SK_NATIVE(odict_setdefault, "setdefault(self, /, key, default=None)",
          "Insert key with a value of default if key is not in the dictionary.\n\n"
          "Return the value for key if key is in the dictionary, else default.") {
  if (exactly(vm, args[0])) return sk_dict_setdefault(vm, sk_as_dict(args[0]), args[1], args[2]);
  if (sk_contains(vm, args[0], args[1])) return sk_getitem(vm, args[0], args[1]);
  sk_setitem(vm, args[0], args[1], args[2]);
  return args[2];
}

SK_NATIVE(odict_move_to_end, "move_to_end(self, /, key, last=True)",
          "Move an existing element to the end (or beginning if last is false).\n\n"
          "Raise KeyError if the element does not exist.") {
  bool last = sk_truth(vm, args[2]);
  int64_t e = sk_dict_find(vm, sk_as_dict(args[0]), args[1]);
  if (e < 0) sk_raise_key(vm, args[1]);
  sk_dict_move_to(vm, sk_as_dict(args[0]), (uint32_t)e, last);
  return SK_NONE;
}

SK_NATIVE(odict_reduce, "__reduce__(self, /)", "Return state information for pickling") {
  SkValue state = sk_call_method0(vm, args[0], SK_NAME(vm, dunder_getstate));
  SkValue items = sk_iter(vm, sk_call_method0(vm, args[0], SK_NAME(vm, items)));
  SkValue none = sk_from_ptr(sk_tuple_new(vm, 0));
  return sk_from_ptr(sk_tuple_pack(vm, 5, sk_class_of(vm, args[0]), none, state, SK_NONE, items));
}

static const SkAttrDef odict_attrs[] = {
    SK_CLASSMETHOD(odict_fromkeys),
    SK_METHOD(odict_keys),
    SK_METHOD(odict_values),
    SK_METHOD(odict_items),
    SK_METHOD(odict_update),
    SK_METHOD(odict_copy),
    SK_METHOD(odict_pop),
    SK_METHOD(odict_popitem),
    SK_METHOD(odict_setdefault),
    SK_METHOD(odict_move_to_end),
    SK_METHOD(odict_reversed),
    SK_METHOD(odict_reduce),
    SK_DICT_ATTR,
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def},
    SK_ATTRS_END,
};

const SkTypeDef sk_ordered_dict_type = {
    .name = "collections.OrderedDict",
    .doc = "Dictionary that remembers insertion order",
    .base = SK_T_dict,
    .kind = SK_KIND_DICT,
    .size = sizeof(SkDict),
    .flags = SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = odict_repr, .iter = odict_iter, .eq = odict_eq, .ne = odict_ne, .or_ = odict_or, .ror_ = odict_ror, .ior = odict_ior},
    .attrs = odict_attrs,
    .new_ = &odict_new_def,
    .init_ = &odict_init_def,
};
