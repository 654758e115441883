/* mappingproxy.c - a read-only window on a mapping or on a class namespace.                                Layer 6.
 *
 * A namespace's values are cells, which scripts never see: single look-ups unwrap them, everything else
 * works on a copy made on the spot.
 */
#include "vm/object/object_impl.h"

void sk_mappingproxy_trace(SkMarker *m, SkObject *o) {
  SkMappingProxy *p = (SkMappingProxy *)o;
  sk_mark(m, p->mapping);
  sk_mark_ptr(m, p->type);
}

static SkMappingProxy *self_of(SkValue v) { return sk_ptr(v); }

static SkValue snapshot(SkVm *vm, SkType *t) {
  SkDict *d = sk_dict_new_sized(vm, sk_type_ns(vm, t)->live);
  size_t i = 0;
  for (SkValue k, cell; sk_dict_next(sk_type_ns(vm, t), &i, &k, &cell);) sk_dict_set(vm, d, k, ((SkCell *)sk_ptr(cell))->value);
  return sk_from_ptr(d);
}

static SkValue mapping_of(SkVm *vm, SkValue self) {
  SkMappingProxy *p = self_of(self);
  return p->type ? snapshot(vm, p->type) : p->mapping;
}

SK_NATIVE(proxy_new, "__new__(cls, mapping)", NULL) {
  const SkSlots *s = SK_SLOTS(vm, args[1]);
  bool is_mapping = s->getitem && !sk_is_list(args[1]) && !sk_is_tuple(args[1]);
  if (!is_mapping) sk_raise_type(vm, "mappingproxy() argument must be a mapping, not %T", args[1]);
  SkMappingProxy *p = sk_object_new_id(vm, SK_T_mappingproxy, 0);
  p->mapping = args[1];
  return sk_from_ptr(p);
}

static SkValue own_entry(SkVm *vm, SkMappingProxy *p, SkValue key) {
  if (sk_is_exactly(vm, key, SK_T_str)) {
    SkCell *own = sk_type_own_cell(vm, p->type, sk_as_str(key));
    return own ? own->value : SK_UNSET;
  }
  SkValue cell = sk_dict_get(vm, sk_type_ns(vm, p->type), key);
  return sk_is_unset(cell) ? cell : ((SkCell *)sk_ptr(cell))->value;
}

static SkValue proxy_getitem(SkVm *vm, SkValue self, SkValue key) {
  SkMappingProxy *p = self_of(self);
  if (!p->type) return sk_getitem(vm, p->mapping, key);
  SkValue v = own_entry(vm, p, key);
  if (sk_is_unset(v)) sk_raise_key(vm, key);
  return v;
}
static int64_t proxy_len(SkVm *vm, SkValue self) {
  SkMappingProxy *p = self_of(self);
  return p->type ? (int64_t)sk_type_ns(vm, p->type)->live : sk_len(vm, p->mapping);
}
static bool proxy_contains(SkVm *vm, SkValue self, SkValue key) {
  SkMappingProxy *p = self_of(self);
  return sk_contains(vm, p->type ? sk_from_ptr(sk_type_ns(vm, p->type)) : p->mapping, key);
}
static SkValue proxy_iter(SkVm *vm, SkValue self) {
  SkMappingProxy *p = self_of(self);
  return sk_iter(vm, p->type ? sk_from_ptr(sk_type_ns(vm, p->type)) : p->mapping);
}
static SkValue proxy_repr(SkVm *vm, SkValue self) { return sk_from_ptr(sk_format(vm, "mappingproxy(%R)", mapping_of(vm, self))); }
static SkValue proxy_str(SkVm *vm, SkValue self) { return sk_from_ptr(sk_str(vm, mapping_of(vm, self))); }
static int64_t proxy_hash(SkVm *vm, SkValue self) { return sk_hash(vm, mapping_of(vm, self)); }

static SkValue unwrap(SkVm *vm, SkValue v) { return sk_is_exactly(vm, v, SK_T_mappingproxy) ? mapping_of(vm, v) : v; }
static SkValue proxy_or(SkVm *vm, SkValue a, SkValue b) { return sk_binary(vm, SK_BIN_OR, unwrap(vm, a), unwrap(vm, b)); }
static SkValue proxy_ror(SkVm *vm, SkValue a, SkValue b) { return sk_binary(vm, SK_BIN_OR, unwrap(vm, b), unwrap(vm, a)); }
static SkValue proxy_ior(SkVm *vm, SkValue self, SkValue other) {
  (void)other;
  sk_raise_type(vm, "'|=' is not supported by %T; use '|' instead", self);
}

#define COMPARE(name, op) \
  static SkValue proxy_##name(SkVm *vm, SkValue a, SkValue b) { return sk_compare(vm, op, mapping_of(vm, a), unwrap(vm, b)); }
COMPARE(lt, SK_CMP_LT)
COMPARE(le, SK_CMP_LE)
COMPARE(eq, SK_CMP_EQ)
COMPARE(ne, SK_CMP_NE)
COMPARE(gt, SK_CMP_GT)
COMPARE(ge, SK_CMP_GE)
#undef COMPARE

SK_NATIVE(proxy_get, "get(self, key, default=None, /)", "Return the value for key if key is in the mapping, else default.") {
  SkMappingProxy *p = self_of(args[0]);
  if (!p->type) return sk_call_method(vm, p->mapping, SK_NAME(vm, get), args + 1, 2);
  SkValue v = own_entry(vm, p, args[1]);
  return sk_is_unset(v) ? args[2] : v;
}
SK_NATIVE(proxy_keys, "keys(self, /)", "a set-like object providing a view on the keys") {
  return sk_call_method0(vm, mapping_of(vm, args[0]), SK_NAME(vm, keys));
}
SK_NATIVE(proxy_values, "values(self, /)", "an object providing a view on the values") {
  return sk_call_method0(vm, mapping_of(vm, args[0]), SK_NAME(vm, values));
}
SK_NATIVE(proxy_items, "items(self, /)", "a set-like object providing a view on the items") {
  return sk_call_method0(vm, mapping_of(vm, args[0]), SK_NAME(vm, items));
}
SK_NATIVE(proxy_copy, "copy(self, /)", "a shallow copy of the mapping") {
  return sk_call_method0(vm, mapping_of(vm, args[0]), sk_intern(vm, "copy"));
}
SK_NATIVE(proxy_reversed, "__reversed__(self, /)", NULL) {
  return sk_call_method0(vm, mapping_of(vm, args[0]), SK_NAME(vm, dunder_reversed));
}

static const SkAttrDef proxy_attrs[] = {
    SK_METHOD(proxy_get), SK_METHOD(proxy_keys), SK_METHOD(proxy_values), SK_METHOD(proxy_items), SK_METHOD(proxy_copy),
    SK_METHOD(proxy_reversed), {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def}, SK_ATTRS_END};

const SkTypeDef sk_mappingproxy_type = {
    .name = "mappingproxy", .doc = "Read-only proxy of a mapping.", .kind = SK_KIND_MAPPINGPROXY, .size = sizeof(SkMappingProxy),
    .flags = SK_TYPE_FINAL | SK_TYPE_MAPPING,
    .slots = {.repr = proxy_repr, .str = proxy_str, .hash = proxy_hash, .lt = proxy_lt, .le = proxy_le, .eq = proxy_eq,
              .ne = proxy_ne, .gt = proxy_gt, .ge = proxy_ge, .iter = proxy_iter, .len = proxy_len, .contains = proxy_contains,
              .getitem = proxy_getitem, .or_ = proxy_or, .ror_ = proxy_ror, .ior = proxy_ior},
    .attrs = proxy_attrs, .new_ = &proxy_new_def};
