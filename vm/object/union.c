/* union.c - types.UnionType: int | str.                                                                      Layer 6. */
#include "vm/object/generic_alias.h"

static bool is_union(const SkVm *vm, SkValue v) { return sk_is_exactly(vm, v, SK_T_union_type); }

static bool can_be_member(SkVm *vm, SkValue v) {
  if (sk_is_none(v) || sk_is_type(v) || is_union(vm, v) || alias_is(vm, v)) return true;
  return sk_is_ptr(v) && sk_str_equal_cstr(sk_type_of(vm, v)->name, "TypeAliasType");
}

static void add_member(SkVm *vm, SkList *l, SkValue v) {
  if (is_union(vm, v)) {
    SkTuple *args = sk_as_alias(v)->args;
    for (size_t i = 0; i < args->count; i++) add_member(vm, l, args->items[i]);
    return;
  }
  sk_charge(vm, 1 + l->count / 8);
  if (sk_is_none(v)) v = sk_from_ptr(vm->types[SK_T_NoneType]);
  for (size_t i = 0; i < l->count; i++) {
    SkValue other = sk_list_items(l)[i];
    if (sk_is(other, v) || (alias_is(vm, v) && alias_is(vm, other) && sk_equal(vm, v, other))) return;
  }
  sk_list_append(vm, l, v);
}

static SkValue from_list(SkVm *vm, SkList *l) {
  if (l->count == 1) return sk_list_items(l)[0];
  SkTuple *args = sk_list_as_tuple(vm, l);
  SkGenericAlias *u = sk_object_new_id(vm, SK_T_union_type, 0);
  u->args = args;
  u->params = SK_UNSET;
  return sk_from_ptr(u);
}

SkValue sk_union_or(SkVm *vm, SkValue a, SkValue b) {
  if (!can_be_member(vm, a) || !can_be_member(vm, b)) return SK_NOTIMPLEMENTED;
  SkList *l = sk_list_new(vm, 4);
  add_member(vm, l, a);
  add_member(vm, l, b);
  return from_list(vm, l);
}

static SkTuple *params_of(SkVm *vm, SkGenericAlias *u) {
  if (sk_is_unset(u->params)) {
    SkTuple *t = alias_parameters(vm, u->args);
    sk_write(vm, u, &u->params, sk_from_ptr(t));
  }
  return sk_as_tuple(u->params);
}

static SkValue union_repr(SkVm *vm, SkValue self) {
  SkTuple *args = sk_as_alias(self)->args;
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  for (size_t i = 0; i < args->count; i++) {
    if (i) sk_strbuf_adds(&b, " | ");
    if (sk_is_type(args->items[i]) && sk_as_type(args->items[i]) == vm->types[SK_T_NoneType]) sk_strbuf_adds(&b, "None");
    else alias_repr_item(vm, &b, args->items[i]);
  }
  return sk_from_ptr(sk_strbuf_finish(&b));
}

static SkSet *as_set(SkVm *vm, SkValue u) {
  SkTuple *args = sk_as_alias(u)->args;
  return sk_frozenset_from(vm, args->items, args->count);
}
static SkValue union_eq(SkVm *vm, SkValue a, SkValue b) {
  if (!is_union(vm, b)) return SK_NOTIMPLEMENTED;
  return sk_bool(sk_equal(vm, sk_from_ptr(as_set(vm, a)), sk_from_ptr(as_set(vm, b))));
}
static SkValue union_ne(SkVm *vm, SkValue a, SkValue b) {
  SkValue v = union_eq(vm, a, b);
  return sk_is_notimplemented(v) ? v : sk_bool(!sk_is_true(v));
}
static int64_t union_hash(SkVm *vm, SkValue self) { return sk_hash(vm, sk_from_ptr(as_set(vm, self))); }
static SkValue union_or(SkVm *vm, SkValue a, SkValue b) { return sk_union_or(vm, a, b); }
static SkValue union_ror(SkVm *vm, SkValue a, SkValue b) { return sk_union_or(vm, b, a); }

static SkValue union_getitem(SkVm *vm, SkValue self, SkValue items) {
  SkGenericAlias *u = sk_as_alias(self);
  SkTuple *args = alias_substitute(vm, self, u->args, params_of(vm, u), items);
  SkValue v = args->items[0];
  for (size_t i = 1; i < args->count; i++) v = sk_binary(vm, SK_BIN_OR, v, args->items[i]);
  return v;
}

static SkValue get_args(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(sk_as_alias(self)->args); }
static SkValue get_parameters(SkVm *vm, SkValue self) { return sk_from_ptr(params_of(vm, sk_as_alias(self))); }

static const SkAttrDef union_attrs[] = {SK_GETSET("__args__", get_args, NULL, NULL),
                                        SK_GETSET("__parameters__", get_parameters, NULL, "Type variables in the types.UnionType."),
                                        SK_ATTRS_END};

const SkTypeDef sk_union_type = {
    .name = "types.UnionType", .doc = "Represent a PEP 604 union type\n\nE.g. for int | str", .kind = SK_KIND_GENERIC_ALIAS,
    .size = sizeof(SkGenericAlias), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = union_repr, .eq = union_eq, .ne = union_ne, .hash = union_hash, .or_ = union_or, .ror_ = union_ror,
              .getitem = union_getitem},
    .attrs = union_attrs};
