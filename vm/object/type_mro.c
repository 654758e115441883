/* type_mro.c - the method resolution order and the base that decides layout.               Layer 6. */
#include "vm/object/object_impl.h"

static void refuse_duplicates(SkVm *vm, SkTuple *bases) {
  for (size_t i = 0; i < bases->count; i++)
    for (size_t j = i + 1; j < bases->count; j++)
      if (sk_is(bases->items[i], bases->items[j])) sk_raise_type(vm, "duplicate base class %U", sk_as_type(bases->items[i])->name);
}

/* C3: repeatedly takes the first head that stands in no other list's tail. */
typedef struct Merge { SkTuple **lists; size_t *at; size_t count; } Merge;

static bool in_a_tail(const Merge *g, SkValue v) {
  for (size_t i = 0; i < g->count; i++)
    for (size_t j = g->at[i] + 1; j < g->lists[i]->count; j++)
      if (sk_is(g->lists[i]->items[j], v)) return true;
  return false;
}

static SkValue next_class(const Merge *g, bool *done) {
  *done = true;
  for (size_t i = 0; i < g->count; i++) {
    if (g->at[i] >= g->lists[i]->count) continue;
    *done = false;
    SkValue head = g->lists[i]->items[g->at[i]];
    if (!in_a_tail(g, head)) return head;
  }
  return SK_UNSET;
}

SK_NORETURN static void raise_inconsistent(SkVm *vm, const Merge *g) {
  SkList *names = sk_list_new(vm, 4), *seen = sk_list_new(vm, 4);
  for (size_t i = 0; i < g->count; i++) {
    if (g->at[i] >= g->lists[i]->count) continue;
    SkValue head = g->lists[i]->items[g->at[i]];
    bool known = false;
    for (size_t j = 0; j < seen->count; j++) known |= sk_is(sk_list_items(seen)[j], head);
    if (known) continue;
    sk_list_append(vm, seen, head);
    sk_list_append(vm, names, sk_from_ptr(sk_as_type(head)->name));
  }
  SkStr *text = sk_str_join(vm, sk_str_from_cstr(vm, ", "), sk_list_items(names), names->count);
  sk_raise_type(vm, "Cannot create a consistent method resolution order (MRO) for bases %U", text);
}

SkTuple *type_compute_mro(SkVm *vm, SkType *t) {
  size_t n = t->bases->count;
  if (n == 1) {
    SkTuple *mro = sk_as_type(t->bases->items[0])->mro, *own = sk_tuple_new(vm, mro->count + 1);
    own->items[0] = sk_from_ptr(t);
    memcpy(own->items + 1, mro->items, mro->count * sizeof(SkValue));
    return own;
  }
  SkList *out = sk_list_new(vm, 8);
  sk_list_append(vm, out, sk_from_ptr(t));
  refuse_duplicates(vm, t->bases);
  SkTuple *lists[n + 1];
  size_t at[n + 1];
  for (size_t i = 0; i < n; i++) lists[i] = sk_as_type(t->bases->items[i])->mro;
  lists[n] = t->bases;
  memset(at, 0, sizeof at);
  Merge g = {lists, at, n + 1};
  for (;;) {
    bool done;
    SkValue c = next_class(&g, &done);
    if (done) return sk_list_as_tuple(vm, out);
    if (sk_is_unset(c)) raise_inconsistent(vm, &g);
    sk_list_append(vm, out, c);
    for (size_t i = 0; i <= n; i++)
      if (at[i] < lists[i]->count && sk_is(lists[i]->items[at[i]], c)) at[i]++;
  }
}

/* What a metaclass's mro() gave must be classes that fit t's layout. */
static void check_custom_mro(SkVm *vm, SkType *t, SkTuple *mro) {
  SkType *solid = type_solid_base(t);
  for (size_t i = 0; i < mro->count; i++) {
    SkValue v = mro->items[i];
    if (!sk_is_type(v)) sk_raise_type(vm, "mro() returned a non-class ('%T')", v);
    if (!sk_type_is_subtype(solid, type_solid_base(sk_as_type(v))))
      sk_raise_type(vm, "mro() returned base with unsuitable layout ('%U')", sk_as_type(v)->name);
  }
}

/* The mro of t as its metaclass wants it. */
SkTuple *type_call_mro(SkVm *vm, SkType *t) {
  SkType *meta = sk_type_of(vm, sk_from_ptr(t));
  if (meta == vm->types[SK_T_type]) return type_compute_mro(vm, t);
  SkValue method = sk_type_lookup(vm, meta, SK_NAME(vm, mro));
  if (sk_is(method, sk_type_lookup(vm, vm->types[SK_T_type], SK_NAME(vm, mro)))) return type_compute_mro(vm, t);
  SkTuple *mro = sk_to_tuple(vm, sk_call_method0(vm, sk_from_ptr(t), SK_NAME(vm, mro)));
  check_custom_mro(vm, t, mro);
  return mro;
}

/* ---- layout ---------------------------------------------------------------------------------------------- */

static bool adds_layout(const SkType *t) {
  const SkType *b = t->base;
  return t->kind != b->kind || t->size != b->size || t->reserved != b->reserved;
}

/* The nearest ancestor that decided how instances look in memory. */
SkType *type_solid_base(SkType *t) {
  while (t->base && !adds_layout(t)) t = t->base;
  return t;
}

bool type_same_layout(SkType *a, SkType *b) {
  bool dict_a = a->flags & SK_TYPE_HAS_DICT, dict_b = b->flags & SK_TYPE_HAS_DICT;
  bool weak_a = a->flags & SK_TYPE_WEAKREFABLE, weak_b = b->flags & SK_TYPE_WEAKREFABLE;
  return a->kind == b->kind && a->size == b->size && a->reserved == b->reserved && dict_a == dict_b && weak_a == weak_b;
}

/* Which of the bases the new class's instances look like. */
SkType *type_best_base(SkVm *vm, SkTuple *bases) {
  SkType *winner = NULL, *best = NULL;
  for (size_t i = 0; i < bases->count; i++) {
    if (!sk_is_type(bases->items[i])) sk_raise_type(vm, "bases must be types");
    SkType *b = sk_as_type(bases->items[i]);
    if (b->flags & SK_TYPE_FINAL) sk_raise_type(vm, "type '%U' is not an acceptable base type", sk_type_fullname(vm, b));
    SkType *solid = type_solid_base(b);
    if (!winner || (solid != winner && sk_type_is_subtype(solid, winner))) {
      winner = solid;
      best = b;
    } else if (!sk_type_is_subtype(winner, solid)) {
      sk_raise_type(vm, "multiple bases have instance lay-out conflict");
    }
  }
  return best;
}
