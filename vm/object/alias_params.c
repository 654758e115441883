/* alias_params.c - type parameters in list[T]: finding and replacing them.                                 Layer 6. */
#include "vm/object/generic_alias.h"

static SkValue attr(SkVm *vm, SkValue o, const char *name) { return sk_getattr_opt(vm, o, sk_intern(vm, name)); }

static void add_once(SkVm *vm, SkList *l, SkValue v) {
  for (size_t i = 0; i < l->count; i++)
    if (sk_is(sk_list_items(l)[i], v)) return;
  sk_list_append(vm, l, v);
}

SkTuple *alias_parameters(SkVm *vm, SkTuple *args) {
  SkList *out = sk_list_new(vm, 2);
  for (size_t i = 0; i < args->count; i++) {
    SkValue a = args->items[i];
    if (sk_is_type(a) || !sk_is_ptr(a) || sk_is_str(a)) continue;
    if (!sk_is_unset(attr(vm, a, "__typing_subst__"))) {
      add_once(vm, out, a);
      continue;
    }
    SkValue sub = attr(vm, a, "__parameters__");
    for (size_t k = 0; sk_is_tuple(sub) && k < sk_as_tuple(sub)->count; k++) add_once(vm, out, sk_as_tuple(sub)->items[k]);
  }
  return sk_list_as_tuple(vm, out);
}

/* The items given, with *tuple[int, str] spread out. */
static SkTuple *unpack_items(SkVm *vm, SkValue items) {
  SkTuple *given = sk_is_tuple(items) ? sk_as_tuple(items) : sk_tuple_from(vm, &items, 1);
  SkList *out = sk_list_new(vm, given->count);
  for (size_t i = 0; i < given->count; i++) {
    SkValue v = given->items[i];
    SkValue sub = sk_is_type(v) ? SK_UNSET : attr(vm, v, "__typing_unpacked_tuple_args__");
    SkTuple *t = sk_is_tuple(sub) ? sk_as_tuple(sub) : NULL;
    if (!t || (t->count && sk_is(t->items[t->count - 1], SK_ELLIPSIS))) {
      sk_list_append(vm, out, v);
      continue;
    }
    for (size_t k = 0; k < t->count; k++) sk_list_append(vm, out, t->items[k]);
  }
  return sk_list_as_tuple(vm, out);
}

static SkTuple *prepare(SkVm *vm, SkValue self, SkTuple *params, SkTuple *items) {
  for (size_t i = 0; i < params->count; i++) {
    SkValue f = attr(vm, params->items[i], "__typing_prepare_subst__");
    if (sk_is_unset(f) || sk_is_none(f)) continue;
    SkValue r = sk_call2(vm, f, self, sk_from_ptr(items));
    items = sk_is_tuple(r) ? sk_as_tuple(r) : sk_tuple_from(vm, &r, 1);
  }
  return items;
}

static size_t index_of(SkTuple *params, SkValue v) {
  size_t i = 0;
  while (i < params->count && !sk_is(params->items[i], v)) i++;
  return i;
}

/* dict[str, list[T]]: the inner alias gets what its own parameters stand for. */
static SkValue substitute_inner(SkVm *vm, SkValue a, SkTuple *params, SkTuple *items) {
  SkValue sub = attr(vm, a, "__parameters__");
  if (!sk_is_tuple(sub) || sk_as_tuple(sub)->count == 0) return a;
  SkTuple *inner = sk_as_tuple(sub);
  SkList *out = sk_list_new(vm, inner->count);
  for (size_t i = 0; i < inner->count; i++) {
    size_t at = index_of(params, inner->items[i]);
    SkValue v = at < params->count ? items->items[at] : inner->items[i];
    if (at < params->count && sk_is_tuple(v)) sk_list_extend(vm, out, v); /* a TypeVarTuple's share */
    else sk_list_append(vm, out, v);
  }
  return sk_getitem(vm, a, sk_from_ptr(sk_list_as_tuple(vm, out)));
}

static void substitute_one(SkVm *vm, SkList *out, SkValue a, SkTuple *params, SkTuple *items) {
  if (sk_is_type(a) || !sk_is_ptr(a)) {
    sk_list_append(vm, out, a);
    return;
  }
  SkValue unpacked = attr(vm, a, "__typing_is_unpacked_typevartuple__");
  bool spread = !sk_is_unset(unpacked) && sk_truth(vm, unpacked);
  SkValue f = attr(vm, a, "__typing_subst__");
  SkValue v = sk_is_unset(f) ? substitute_inner(vm, a, params, items) : sk_call1(vm, f, items->items[index_of(params, a)]);
  if (spread && sk_is_tuple(v)) sk_list_extend(vm, out, v);
  else sk_list_append(vm, out, v);
}

SkTuple *alias_substitute(SkVm *vm, SkValue self, SkTuple *args, SkTuple *params, SkValue given) {
  if (params->count == 0) sk_raise_type(vm, "%R is not a generic class", self);
  SkTuple *items = prepare(vm, self, params, unpack_items(vm, given));
  if (items->count != params->count)
    sk_raise_type(vm, "Too %s arguments for %R; actual %zu, expected %zu", items->count > params->count ? "many" : "few", self,
                  items->count, params->count);
  SkList *out = sk_list_new(vm, args->count);
  for (size_t i = 0; i < args->count; i++) substitute_one(vm, out, args->items[i], params, items);
  return sk_list_as_tuple(vm, out);
}
