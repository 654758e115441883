/* dict_views.c - d.keys(), d.values(), d.items().  Layer 6.
 *
 * head.aux says which; keys and items are set-like: they compare with sets and take part in set algebra
 * with any iterable, giving sets.
 */
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/iter_impl.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/set_impl.h"

enum { VIEW_KEYS, VIEW_VALUES, VIEW_ITEMS };

SkValue sk_dict_iter_new(SkVm *vm, SkDict *d, int type_id); /* dict_iter.c */

void sk_dictview_trace(SkMarker *m, SkObject *o) { sk_mark_ptr(m, ((SkDictView *)o)->dict); }

SkValue sk_dict_view_new(SkVm *vm, SkDict *d, int type_id) {
  SkDictView *v = sk_object_new_id(vm, type_id, 0);
  v->head.aux = (uint16_t)(type_id - SK_T_dict_keys);
  v->dict = d;
  return sk_from_ptr(v);
}

static SkDictView *as_view(SkValue v) { return (SkDictView *)sk_ptr(v); }
static bool is_setlike_view(SkValue v) { return sk_has_kind(v, SK_KIND_DICTVIEW) && as_view(v)->head.aux != VIEW_VALUES; }

/* ---- reading --------------------------------------------------------------------------------------------- */

static int64_t view_len(SkVm *vm, SkValue self) {
  (void)vm;
  return as_view(self)->dict->live;
}

static SkValue view_iter(SkVm *vm, SkValue self) {
  return sk_dict_iter_new(vm, as_view(self)->dict, SK_T_dict_keyiterator + as_view(self)->head.aux);
}

SK_NATIVE(view_reversed, "__reversed__(self, /)", "Return a reverse iterator over the view.") {
  SkDictView *v = as_view(args[0]);
  return sk_dict_iter_new(vm, v->dict, SK_T_dict_reversekeyiterator + v->head.aux);
}

static SkValue view_repr(SkVm *vm, SkValue self) {
  if (!sk_repr_enter(vm, self)) return sk_from_ptr(sk_str_from_cstr(vm, "..."));
  SkValue text = sk_from_ptr(sk_format(vm, "%T(%R)", self, sk_from_ptr(sk_to_list(vm, self))));
  sk_repr_leave(vm, self);
  return text;
}

static bool keys_contains(SkVm *vm, SkValue self, SkValue key) { return sk_dict_find(vm, as_view(self)->dict, key) >= 0; }

static bool items_contains(SkVm *vm, SkValue self, SkValue item) {
  if (!sk_is_tuple(item) || sk_as_tuple(item)->count != 2) return false;
  SkValue v = sk_dict_get(vm, as_view(self)->dict, sk_as_tuple(item)->items[0]);
  return !sk_is_unset(v) && sk_equal(vm, v, sk_as_tuple(item)->items[1]);
}

static bool view_has(SkVm *vm, SkValue view, SkValue x) {
  return as_view(view)->head.aux == VIEW_KEYS ? keys_contains(vm, view, x) : items_contains(vm, view, x);
}

static SkValue view_mapping(SkVm *vm, SkValue self) {
  SkMappingProxy *p = sk_object_new_id(vm, SK_T_mappingproxy, 0);
  p->mapping = sk_from_ptr(as_view(self)->dict);
  return sk_from_ptr(p);
}

/* ---- comparison with sets and views ------------------------------------------------------------------------- */

typedef struct AllIn { SkValue container; bool result; } AllIn;
static bool all_in_one(SkVm *vm, SkValue x, void *arg) {
  AllIn *w = arg;
  return w->result = sk_contains(vm, w->container, x);
}

static bool all_in(SkVm *vm, SkValue items, SkValue container) {
  AllIn w = {container, true};
  sk_iterate(vm, items, all_in_one, &w);
  return w.result;
}

static bool comparable(SkValue v) { return sk_is_anyset(v) || is_setlike_view(v); }

static SkValue view_eq(SkVm *vm, SkValue a, SkValue b) {
  if (!comparable(b)) return SK_NOTIMPLEMENTED;
  return sk_bool(sk_len(vm, a) == sk_len(vm, b) && all_in(vm, a, b));
}
static SkValue view_ne(SkVm *vm, SkValue a, SkValue b) {
  SkValue r = view_eq(vm, a, b);
  return sk_is_notimplemented(r) ? r : sk_bool(!sk_is_true(r));
}
static SkValue view_lt(SkVm *vm, SkValue a, SkValue b) {
  if (!comparable(b)) return SK_NOTIMPLEMENTED;
  return sk_bool(sk_len(vm, a) < sk_len(vm, b) && all_in(vm, a, b));
}
static SkValue view_le(SkVm *vm, SkValue a, SkValue b) {
  if (!comparable(b)) return SK_NOTIMPLEMENTED;
  return sk_bool(sk_len(vm, a) <= sk_len(vm, b) && all_in(vm, a, b));
}
static SkValue view_gt(SkVm *vm, SkValue a, SkValue b) {
  if (!comparable(b)) return SK_NOTIMPLEMENTED;
  return sk_bool(sk_len(vm, a) > sk_len(vm, b) && all_in(vm, b, a));
}
static SkValue view_ge(SkVm *vm, SkValue a, SkValue b) {
  if (!comparable(b)) return SK_NOTIMPLEMENTED;
  return sk_bool(sk_len(vm, a) >= sk_len(vm, b) && all_in(vm, b, a));
}

/* ---- set algebra: the operands in their order, at least one of them a view ------------------------------------ */

typedef struct Meet { SkValue view; SkSet *result; } Meet;
static bool meet_one(SkVm *vm, SkValue x, void *arg) {
  Meet *w = arg;
  if (view_has(vm, w->view, x)) sk_set_add(vm, w->result, x);
  return true;
}

static SkValue views_and(SkVm *vm, SkValue a, SkValue b) {
  if (!is_setlike_view(a) || (is_setlike_view(b) && sk_len(vm, b) > sk_len(vm, a))) {
    SkValue t = a;
    a = b;
    b = t;
  }
  if (sk_is_exactly(vm, b, SK_T_set) && sk_len(vm, a) <= sk_len(vm, b)) {
    return sk_from_ptr(sk_set_intersect(vm, sk_as_set(b), a));
  }
  Meet w = {a, sk_set_new(vm)};
  sk_iterate(vm, b, meet_one, &w);
  return sk_from_ptr(w.result);
}

static SkValue views_or(SkVm *vm, SkValue a, SkValue b) {
  SkSet *s = sk_set_from(vm, a, SK_T_set);
  sk_set_update(vm, s, b);
  return sk_from_ptr(s);
}
static SkValue views_sub(SkVm *vm, SkValue a, SkValue b) {
  SkSet *s = sk_set_from(vm, a, SK_T_set);
  sk_set_remove_all(vm, s, b);
  return sk_from_ptr(s);
}
static SkValue views_xor(SkVm *vm, SkValue a, SkValue b) {
  SkSet *s = sk_set_from(vm, a, SK_T_set);
  sk_set_toggle_all(vm, s, b);
  return sk_from_ptr(s);
}
static SkValue views_rand(SkVm *vm, SkValue b, SkValue a) { return views_and(vm, a, b); }
static SkValue views_ror(SkVm *vm, SkValue b, SkValue a) { return views_or(vm, a, b); }
static SkValue views_rsub(SkVm *vm, SkValue b, SkValue a) { return views_sub(vm, a, b); }
static SkValue views_rxor(SkVm *vm, SkValue b, SkValue a) { return views_xor(vm, a, b); }

typedef struct Disjoint { SkValue view; bool result; } Disjoint;
static bool disjoint_one(SkVm *vm, SkValue x, void *arg) {
  Disjoint *w = arg;
  return w->result = !sk_contains(vm, w->view, x);
}

SK_NATIVE(view_isdisjoint, "isdisjoint(self, other, /)", "Return True if the view and the given iterable have a null intersection.") {
  SkValue self = args[0], other = args[1];
  if (sk_is(self, other)) return sk_bool(sk_len(vm, self) == 0);
  if (comparable(other) && sk_len(vm, other) > sk_len(vm, self)) {
    other = self;
    self = args[1];
  }
  Disjoint w = {self, true};
  sk_iterate(vm, other, disjoint_one, &w);
  return sk_bool(w.result);
}

/* ---- the classes ------------------------------------------------------------------------------------------------ */

static const SkAttrDef set_view_attrs[] = {
    SK_METHOD(view_reversed),
    SK_METHOD(view_isdisjoint),
    SK_GETSET("mapping", view_mapping, NULL, "dictionary that this view refers to"),
    SK_ATTRS_END,
};
static const SkAttrDef values_attrs[] = {
    SK_METHOD(view_reversed),
    SK_GETSET("mapping", view_mapping, NULL, "dictionary that this view refers to"),
    SK_ATTRS_END,
};

#define SETLIKE_SLOTS                                                                                        \
  .repr = view_repr, .len = view_len, .iter = view_iter, .lt = view_lt, .le = view_le, .eq = view_eq,          \
  .ne = view_ne, .gt = view_gt, .ge = view_ge, .and_ = views_and, .or_ = views_or, .sub = views_sub,           \
  .xor_ = views_xor, .rand_ = views_rand, .ror_ = views_ror, .rsub = views_rsub, .rxor_ = views_rxor

enum { VIEW_FLAGS = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_NO_NEW };

const SkTypeDef sk_dict_keys_type = {.name = "dict_keys", .kind = SK_KIND_DICTVIEW, .size = sizeof(SkDictView),
                                     .flags = VIEW_FLAGS, .slots = {SETLIKE_SLOTS, .contains = keys_contains},
                                     .attrs = set_view_attrs};
const SkTypeDef sk_dict_items_type = {.name = "dict_items", .kind = SK_KIND_DICTVIEW, .size = sizeof(SkDictView),
                                      .flags = VIEW_FLAGS, .slots = {SETLIKE_SLOTS, .contains = items_contains},
                                      .attrs = set_view_attrs};
const SkTypeDef sk_dict_values_type = {.name = "dict_values", .kind = SK_KIND_DICTVIEW, .size = sizeof(SkDictView),
                                       .flags = VIEW_FLAGS,
                                       .slots = {.repr = view_repr, .len = view_len, .iter = view_iter},
                                       .attrs = values_attrs};
