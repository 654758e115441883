/* dict_methods.c - the dict type: constructor, operators, methods.  Layer 6. */
#include "vm/object/call.h"
#include "vm/object/charge.h"
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/func.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"

SkValue sk_dict_iter(SkVm *vm, SkValue self); /* dict_iter.c */
SkValue sk_dict_iter_new(SkVm *vm, SkDict *d, int type_id);
SkValue sk_dict_view_new(SkVm *vm, SkDict *d, int type_id); /* dict_views.c */

/* ---- update ----------------------------------------------------------------------------------------- */

static void merge_one(SkVm *vm, SkDict *d, SkValue key, SkValue v, bool replace) {
  if (replace) {
    sk_dict_set(vm, d, key, v);
  } else {
    sk_dict_setdefault(vm, d, key, v);
  }
}

static void merge_dict(SkVm *vm, SkDict *d, SkDict *from, bool replace) {
  if (from == d || from->live == 0) return;
  if (d->live == 0 && !d->table) {
    sk_dict_copy_into(vm, d, from);
    return;
  }
  uint32_t size = from->live;
  size_t turns = 0;
  for (uint32_t i = from->first; i < from->used; i++) {
    SK_TURN(vm, turns);
    SkDictEntry e = from->entries[i];
    if (sk_is_unset(e.key)) continue;
    if (replace) {
      sk_dict_set_hashed(vm, d, e.key, e.hash, e.value);
    } else if (sk_is_unset(sk_dict_get_hashed(vm, d, e.key, e.hash))) {
      sk_dict_set_hashed(vm, d, e.key, e.hash, e.value);
    }
    if (from->live != size) sk_raisef(vm, SK_T_RuntimeError, "dict mutated during update");
  }
}

/* Anything with keys(): the keys are taken first, then the values one by one. */
static void merge_mapping(SkVm *vm, SkDict *d, SkValue mapping, bool replace) {
  SkValue keys = sk_call_method0(vm, mapping, SK_NAME(vm, keys));
  if (!SK_SLOTS(vm, keys)->iter && !SK_SLOTS(vm, keys)->getitem) {
    sk_raise_type(vm, "%T.keys() returned a non-iterable (type %T)", mapping, keys);
  }
  SkList *all = sk_to_list(vm, keys);
  for (size_t i = 0; i < all->count; i++) {
    SkValue key = all->store->items[i];
    sk_charge(vm, 1);
    if (!replace && sk_dict_find(vm, d, key) >= 0) continue;
    sk_dict_set(vm, d, key, sk_getitem(vm, mapping, key));
  }
}

static void merge_pairs(SkVm *vm, SkDict *d, SkValue pairs, bool replace) {
  SkValue it = sk_iter(vm, pairs), pair;
  for (size_t i = 0; !sk_is_unset(pair = sk_next(vm, it)); i++) {
    if (!sk_is_list(pair) && !sk_is_tuple(pair)) {
      if (!SK_SLOTS(vm, pair)->iter && !SK_SLOTS(vm, pair)->getitem) {
        sk_raise_type(vm, "cannot convert dictionary update sequence element #%zu to a sequence", i);
      }
      pair = sk_from_ptr(sk_to_list(vm, pair));
    }
    SkSpan s = sk_seq_span(pair);
    if (s.count != 2) {
      sk_raise_value(vm, "dictionary update sequence element #%zu has length %zu; 2 is required", i, s.count);
    }
    merge_one(vm, d, s.items[0], s.items[1], replace);
  }
}

/* A dict whose class iterates in its own way is a mapping like any other. */
static bool iterates_as_dict(SkVm *vm, SkValue v) {
  return sk_is_dict(v) && SK_SLOTS(vm, v)->iter == sk_dict_iter;
}

void sk_dict_merge(SkVm *vm, SkDict *d, SkValue pairs, bool replace) {
  if (iterates_as_dict(vm, pairs)) {
    merge_dict(vm, d, sk_as_dict(pairs), replace);
  } else if (sk_is_dict(pairs) || !sk_is_unset(sk_getattr_opt(vm, pairs, SK_NAME(vm, keys)))) {
    merge_mapping(vm, d, pairs, replace);
  } else {
    merge_pairs(vm, d, pairs, replace);
  }
}

void sk_dict_update(SkVm *vm, SkDict *d, SkValue pairs) { sk_dict_merge(vm, d, pairs, true); }

static void update_from_args(SkVm *vm, SkDict *d, const char *name, SkValue args, SkValue kwargs) {
  SkTuple *t = sk_as_tuple(args);
  if (t->count > 1) sk_raise_type(vm, "%s expected at most 1 argument, got %zu", name, t->count);
  if (t->count == 1) sk_dict_merge(vm, d, t->items[0], true);
  if (sk_is_dict(kwargs)) merge_dict(vm, d, sk_as_dict(kwargs), true);
}

/* ---- construction ------------------------------------------------------------------------------------ */

static SkValue dict_new_native(SkVm *vm, const SkValue *args) {
  SkDict *d = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  sk_dict_init(d);
  return sk_from_ptr(d);
}
static const SkNativeDef dict_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, dict_new_native};

/* dict(x) itself binds no arguments here: __init__ looks at them. */
static SkValue dict_new_slot(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  SkDict *d = sk_object_new(vm, cls, 0);
  sk_dict_init(d);
  return sk_from_ptr(d);
}

static void dict_init_slot(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkDict *d = sk_as_dict(self);
  if (nargs > 1) sk_raise_type(vm, "dict expected at most 1 argument, got %zu", nargs);
  if (nargs == 1) sk_dict_merge(vm, d, args[0], true);
  for (size_t i = 0; kwnames && i < kwnames->count; i++) sk_dict_set(vm, d, kwnames->items[i], args[nargs + i]);
}

static SkValue dict_init(SkVm *vm, const SkValue *args) {
  update_from_args(vm, sk_as_dict(args[0]), "dict", args[1], args[2]);
  return SK_NONE;
}
static const SkNativeDef dict_init_def = {"__init__(self, /, *args, **kwargs)", NULL, dict_init};

/* ---- reading ------------------------------------------------------------------------------------------ */

static SkValue dict_missing(SkVm *vm, SkValue self, SkValue key) {
  if (!sk_is_exactly(vm, self, SK_T_dict)) {
    SkValue missing = sk_lookup_special(vm, self, SK_NAME(vm, dunder_missing));
    if (!sk_is_unset(missing)) return sk_call1(vm, missing, key);
  }
  sk_raise_key(vm, key);
}

SkValue sk_dict_getitem(SkVm *vm, SkValue self, SkValue key) {
  SkValue v = sk_dict_get(vm, sk_as_dict(self), key);
  return SK_LIKELY(!sk_is_unset(v)) ? v : dict_missing(vm, self, key);
}

typedef struct MappingGet { SkValue m, key, result; } MappingGet;
static void mapping_get_protected(SkVm *vm, void *arg) {
  MappingGet *g = arg;
  g->result = sk_getitem(vm, g->m, g->key);
}

SkValue sk_mapping_get(SkVm *vm, SkValue m, SkValue key) {
  if (sk_is_exactly(vm, m, SK_T_dict)) return sk_dict_get(vm, sk_as_dict(m), key);
  MappingGet g = {m, key, SK_UNSET};
  if (sk_protect(vm, mapping_get_protected, &g)) return g.result;
  SkValue e = sk_take_raised(vm);
  if (!sk_exc_is(vm, e, SK_T_KeyError)) sk_throw(vm, e);
  return SK_UNSET;
}

static bool dict_contains(SkVm *vm, SkValue self, SkValue key) { return sk_dict_find(vm, sk_as_dict(self), key) >= 0; }

static int64_t dict_len(SkVm *vm, SkValue self) {
  (void)vm;
  return sk_as_dict(self)->live;
}

static void dict_setitem(SkVm *vm, SkValue self, SkValue key, SkValue v) { sk_dict_set(vm, sk_as_dict(self), key, v); }

static void dict_delitem(SkVm *vm, SkValue self, SkValue key) {
  if (!sk_dict_delete(vm, sk_as_dict(self), key)) sk_raise_key(vm, key);
}

static SkValue dict_repr(SkVm *vm, SkValue self) {
  SkDict *d = sk_as_dict(self);
  if (d->live == 0) return sk_from_ptr(sk_str_from_cstr(vm, "{}"));
  if (!sk_repr_enter(vm, self)) return sk_from_ptr(sk_str_from_cstr(vm, "{...}"));
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  const char *before = "{";
  size_t i = 0;
  for (SkValue k, v; sk_dict_next(d, &i, &k, &v);) {
    sk_charge(vm, 1);
    sk_strbuf_adds(&b, before);
    sk_strbuf_addstr(&b, sk_repr(vm, k));
    sk_strbuf_adds(&b, ": ");
    sk_strbuf_addstr(&b, sk_repr(vm, v));
    before = ", ";
  }
  sk_strbuf_addc(&b, '}');
  sk_repr_leave(vm, self);
  return sk_from_ptr(sk_strbuf_finish(&b));
}

static bool dicts_equal(SkVm *vm, SkDict *a, SkDict *b) {
  if (a->live != b->live) return false;
  sk_charge(vm, 1);
  size_t turns = 0;
  for (uint32_t i = a->first; i < a->used; i++) {
    SK_TURN(vm, turns);
    SkDictEntry e = a->entries[i];
    if (sk_is_unset(e.key)) continue;
    SkValue v = sk_dict_get_hashed(vm, b, e.key, e.hash);
    if (sk_is_unset(v) || !sk_equal(vm, v, e.value)) return false;
  }
  return true;
}

static SkValue dict_eq(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_dict(b) ? sk_bool(dicts_equal(vm, sk_as_dict(a), sk_as_dict(b))) : SK_NOTIMPLEMENTED;
}
static SkValue dict_ne(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_dict(b) ? sk_bool(!dicts_equal(vm, sk_as_dict(a), sk_as_dict(b))) : SK_NOTIMPLEMENTED;
}

static SkValue dict_or(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_is_dict(a) || !sk_is_dict(b)) return SK_NOTIMPLEMENTED;
  SkDict *d = sk_dict_copy(vm, sk_as_dict(a));
  sk_dict_merge(vm, d, b, true);
  return sk_from_ptr(d);
}
static SkValue dict_ror(SkVm *vm, SkValue b, SkValue a) { return dict_or(vm, a, b); }

static SkValue dict_ior(SkVm *vm, SkValue a, SkValue b) {
  sk_dict_merge(vm, sk_as_dict(a), b, true);
  return a;
}

/* ---- methods ------------------------------------------------------------------------------------------- */

SK_NATIVE(dict_getitem_method, "__getitem__(self, key, /)", "Return self[key].") {
  return sk_dict_getitem(vm, args[0], args[1]);
}

SK_NATIVE(dict_get, "get(self, key, default=None, /)",
          "Return the value for key if key is in the dictionary, else default.") {
  SkValue v = sk_dict_get(vm, sk_as_dict(args[0]), args[1]);
  return sk_is_unset(v) ? args[2] : v;
}

SK_NATIVE(dict_setdefault, "setdefault(self, key, default=None, /)",
          "Insert key with a value of default if key is not in the dictionary.\n\n"
          "Return the value for key if key is in the dictionary, else default.") {
  return sk_dict_setdefault(vm, sk_as_dict(args[0]), args[1], args[2]);
}

SK_NATIVE(dict_pop, "pop(self, key, default=?, /)",
          "D.pop(k[,d]) -> v, remove specified key and return the corresponding value.\n\n"
          "If the key is not found, return the default if given; otherwise,\nraise a KeyError.") {
  SkDict *d = sk_as_dict(args[0]);
  /* An empty dict does not ask for the hash, so that even unhashable keys are just missing. */
  SkValue v = d->live ? sk_dict_pop(vm, d, args[1]) : SK_UNSET;
  if (!sk_is_unset(v)) return v;
  if (sk_is_unset(args[2])) sk_raise_key(vm, args[1]);
  return args[2];
}

SK_NATIVE(dict_popitem, "popitem(self, /)",
          "Remove and return a (key, value) pair as a 2-tuple.\n\n"
          "Pairs are returned in LIFO (last-in, first-out) order.\nRaises KeyError if the dict is empty.") {
  SkTuple *pair = sk_tuple_new(vm, 2);
  if (!sk_dict_popitem(sk_as_dict(args[0]), &pair->items[0], &pair->items[1])) {
    sk_raisef(vm, SK_T_KeyError, "popitem(): dictionary is empty");
  }
  return sk_from_ptr(pair);
}

SK_NATIVE(dict_clear, "clear(self, /)", "Remove all items from the dict.") {
  sk_dict_clear(vm, sk_as_dict(args[0]));
  return SK_NONE;
}

SK_NATIVE(dict_copy, "copy(self, /)", "Return a shallow copy of the dict.") {
  return sk_from_ptr(sk_dict_copy(vm, sk_as_dict(args[0])));
}

SK_NATIVE(dict_update, "update(self, /, *args, **kwargs)",
          "D.update([E, ]**F) -> None.  Update D from mapping/iterable E and F.\n"
          "If E is present and has a .keys() method, then does:  for k in E.keys(): D[k] = E[k]\n"
          "If E is present and lacks a .keys() method, then does:  for k, v in E: D[k] = v\n"
          "In either case, this is followed by: for k in F:  D[k] = F[k]") {
  update_from_args(vm, sk_as_dict(args[0]), "update", args[1], args[2]);
  return SK_NONE;
}

SK_NATIVE(dict_keys, "keys(self, /)", "Return a set-like object providing a view on the dict's keys.") {
  return sk_dict_view_new(vm, sk_as_dict(args[0]), SK_T_dict_keys);
}
SK_NATIVE(dict_values, "values(self, /)", "Return an object providing a view on the dict's values.") {
  return sk_dict_view_new(vm, sk_as_dict(args[0]), SK_T_dict_values);
}
SK_NATIVE(dict_items, "items(self, /)", "Return a set-like object providing a view on the dict's items.") {
  return sk_dict_view_new(vm, sk_as_dict(args[0]), SK_T_dict_items);
}

SK_NATIVE(dict_reversed, "__reversed__(self, /)", "Return a reverse iterator over the dict keys.") {
  return sk_dict_iter_new(vm, sk_as_dict(args[0]), SK_T_dict_reversekeyiterator);
}

SK_NATIVE(dict_sizeof, "__sizeof__(self, /)", "Return the size of the dict in memory.") {
  SkDict *d = sk_as_dict(args[0]);
  return sk_int_new(vm, (int64_t)(sizeof(SkDict) + (d->table ? d->table->bytes : 0)));
}

typedef struct FromKeys { SkValue target, value; } FromKeys;
static bool fromkeys_one(SkVm *vm, SkValue key, void *arg) {
  FromKeys *f = arg;
  if (sk_is_exactly(vm, f->target, SK_T_dict)) {
    sk_dict_set(vm, sk_as_dict(f->target), key, f->value);
  } else {
    sk_setitem(vm, f->target, key, f->value);
  }
  return true;
}

/* Keys of a set or dict come with their hashes. */
static bool fromkeys_hashed(SkVm *vm, SkDict *d, SkValue keys, SkValue value) {
  size_t turns = 0;
  if (sk_is_exactly(vm, keys, SK_T_dict)) {
    SkDict *from = sk_as_dict(keys);
    for (uint32_t i = from->first; i < from->used; i++) {
      SK_TURN(vm, turns);
      SkDictEntry e = from->entries[i];
      if (!sk_is_unset(e.key)) sk_dict_set_hashed(vm, d, e.key, e.hash, value);
    }
    return true;
  }
  if (!sk_is_exactly(vm, keys, SK_T_set) && !sk_is_exactly(vm, keys, SK_T_frozenset)) return false;
  SkSet *from = sk_as_set(keys);
  for (size_t i = 0; i <= from->mask; i++) {
    SK_TURN(vm, turns);
    SkSetEntry e = from->entries[i];
    if (!sk_is_unset(e.key)) sk_dict_set_hashed(vm, d, e.key, e.hash, value);
  }
  return true;
}

SK_NATIVE(dict_fromkeys, "fromkeys(type, iterable, value=None, /)",
          "Create a new dictionary with keys from iterable and values set to value.") {
  FromKeys f = {sk_call0(vm, args[0]), args[2]};
  if (sk_is_exactly(vm, f.target, SK_T_dict) && fromkeys_hashed(vm, sk_as_dict(f.target), args[1], args[2])) return f.target;
  sk_iterate(vm, args[1], fromkeys_one, &f);
  return f.target;
}

static const SkAttrDef dict_attrs[] = {
    SK_METHOD(dict_getitem_method),
    SK_METHOD(dict_get),
    SK_METHOD(dict_setdefault),
    SK_METHOD(dict_pop),
    SK_METHOD(dict_popitem),
    SK_METHOD(dict_clear),
    SK_METHOD(dict_copy),
    SK_METHOD(dict_update),
    SK_METHOD(dict_keys),
    SK_METHOD(dict_values),
    SK_METHOD(dict_items),
    SK_METHOD(dict_reversed),
    SK_METHOD(dict_sizeof),
    SK_CLASSMETHOD(dict_fromkeys),
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def},
    SK_ATTRS_END,
};

const SkTypeDef sk_dict_type = {
    .name = "dict",
    .doc = "dict() -> new empty dictionary\n"
           "dict(mapping) -> new dictionary initialized from a mapping object's\n"
           "    (key, value) pairs\n"
           "dict(iterable) -> new dictionary initialized as if via:\n"
           "    d = {}\n    for k, v in iterable:\n        d[k] = v\n"
           "dict(**kwargs) -> new dictionary initialized with the name=value pairs\n"
           "    in the keyword argument list.  For example:  dict(one=1, two=2)",
    .kind = SK_KIND_DICT,
    .size = sizeof(SkDict),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_MAPPING | SK_TYPE_MATCH_SELF,
    .slots = {.new_ = dict_new_slot,
              .init = dict_init_slot,
              .repr = dict_repr,
              .len = dict_len,
              .contains = dict_contains,
              .getitem = sk_dict_getitem,
              .setitem = dict_setitem,
              .delitem = dict_delitem,
              .iter = sk_dict_iter,
              .eq = dict_eq,
              .ne = dict_ne,
              .or_ = dict_or,
              .ror_ = dict_ror,
              .ior = dict_ior},
    .attrs = dict_attrs,
    .new_ = &dict_new_def,
    .init_ = &dict_init_def,
};
