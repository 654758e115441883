/* ops_item.c - length, subscripts, membership and iteration.                                             Layer 6. */
#include "vm/object/object_impl.h"

/* ---- length ----------------------------------------------------------------------------------------- */

int64_t sk_len(SkVm *vm, SkValue v) {
  SkLenFn fn = SK_SLOTS(vm, v)->len;
  if (!fn) sk_raise_type(vm, "object of type '%T' has no len()", v);
  return fn(vm, v);
}

typedef struct Hint { SkValue method, result; } Hint;

static void hint_protected(SkVm *vm, void *arg) {
  Hint *h = arg;
  h->result = sk_call0(vm, h->method);
}

static void len_protected(SkVm *vm, void *arg) {
  Hint *h = arg;
  h->result = sk_int_new(vm, sk_len(vm, h->method));
}

/* A TypeError means that nobody knows; others are real. */
static bool try_hint(SkVm *vm, void (*fn)(SkVm *, void *), Hint *h) {
  if (sk_protect(vm, fn, h)) return true;
  SkValue exc = sk_take_raised(vm);
  if (!sk_exc_is(vm, exc, SK_T_TypeError)) sk_throw(vm, exc);
  return false;
}

int64_t sk_length_hint(SkVm *vm, SkValue v, int64_t otherwise) {
  Hint h = {v, SK_UNSET};
  if (SK_SLOTS(vm, v)->len && try_hint(vm, len_protected, &h)) return sk_smallint_get(h.result);
  h.method = sk_lookup_special(vm, v, SK_NAME(vm, dunder_length_hint));
  if (sk_is_unset(h.method) || !try_hint(vm, hint_protected, &h) || sk_is_notimplemented(h.result)) return otherwise;
  if (!sk_is_int(h.result)) sk_raise_type(vm, "__length_hint__ must be an integer, not %T", h.result);
  int64_t n = sk_to_index(vm, h.result);
  if (n < 0) sk_raise_value(vm, "__length_hint__() should return >= 0");
  return n;
}

/* ---- subscripts ------------------------------------------------------------------------------------------ */

static SkValue class_getitem(SkVm *vm, SkValue cls, SkValue key) {
  if (sk_as_type(cls) == vm->types[SK_T_type]) return sk_generic_alias_new(vm, cls, key);
  SkValue f = sk_getattr_opt(vm, cls, SK_NAME(vm, dunder_class_getitem));
  if (sk_is_unset(f) || sk_is_none(f)) sk_raise_type(vm, "type '%U' is not subscriptable", sk_as_type(cls)->name);
  return sk_call1(vm, f, key);
}

SkValue sk_getitem(SkVm *vm, SkValue o, SkValue key) {
  SkBinaryFn fn = SK_SLOTS(vm, o)->getitem;
  if (fn) return fn(vm, o, key);
  if (sk_is_type(o)) return class_getitem(vm, o, key);
  sk_raise_type(vm, "'%T' object is not subscriptable", o);
}

void sk_setitem(SkVm *vm, SkValue o, SkValue key, SkValue v) {
  SkSetItemFn fn = SK_SLOTS(vm, o)->setitem;
  if (!fn) sk_raise_type(vm, "'%T' object does not support item assignment", o);
  fn(vm, o, key, v);
}

void sk_delitem(SkVm *vm, SkValue o, SkValue key) {
  SkDelItemFn fn = SK_SLOTS(vm, o)->delitem;
  const SkType *t = sk_type_of(vm, o);
  bool sequence = t->kind == SK_KIND_TUPLE || t->kind == SK_KIND_STR || t->kind == SK_KIND_BYTES || t->kind == SK_KIND_RANGE ||
                  t->kind == SK_KIND_SET || (t->flags & SK_TYPE_HEAP);
  if (!fn && sequence && sk_is_int(key)) sk_raise_type(vm, "'%T' object doesn't support item deletion", o);
  if (!fn) sk_raise_type(vm, "'%T' object does not support item deletion", o);
  fn(vm, o, key);
}

/* ---- iteration ------------------------------------------------------------------------------------------------ */

SkValue sk_iter(SkVm *vm, SkValue v) {
  const SkSlots *s = SK_SLOTS(vm, v);
  if (s->iter) {
    SkValue it = s->iter(vm, v);
    if (!SK_SLOTS(vm, it)->next) sk_raise_type(vm, "iter() returned non-iterator of type '%T'", it);
    return it;
  }
  if (s->getitem && !sk_is_dict(v)) return sk_seq_iter_new(vm, v);
  sk_raise_type(vm, "'%T' object is not iterable", v);
}

SkValue sk_next(SkVm *vm, SkValue it) {
  SkUnaryFn fn = SK_SLOTS(vm, it)->next;
  if (!fn) sk_raise_type(vm, "'%T' object is not an iterator", it);
  sk_charge(vm, 1);
  return fn(vm, it);
}

typedef bool EachFn(SkVm *vm, SkValue item, void *arg);

static void each_of_dict(SkVm *vm, SkDict *d, EachFn *fn, void *arg) {
  size_t i = 0, live = d->live;
  for (SkValue k, v; sk_dict_next(d, &i, &k, &v);) {
    sk_charge(vm, 1);
    if (!fn(vm, k, arg)) return;
    if (d->live != live) sk_raisef(vm, SK_T_RuntimeError, "dictionary changed size during iteration");
  }
}

void sk_iterate(SkVm *vm, SkValue iterable, EachFn *fn, void *arg) {
  SkType *t = sk_type_of(vm, iterable);
  if (t == vm->types[SK_T_list]) {
    SkList *l = sk_as_list(iterable);
    for (size_t i = 0; i < l->count; i++) {
      sk_charge(vm, 1);
      if (!fn(vm, sk_list_items(l)[i], arg)) return;
    }
  } else if (t == vm->types[SK_T_tuple]) {
    SkTuple *l = sk_as_tuple(iterable);
    for (size_t i = 0; i < l->count; i++) {
      sk_charge(vm, 1);
      if (!fn(vm, l->items[i], arg)) return;
    }
  } else if (t == vm->types[SK_T_dict]) {
    each_of_dict(vm, sk_as_dict(iterable), fn, arg);
  } else {
    SkValue it = sk_iter(vm, iterable);
    SkUnaryFn next = SK_SLOTS(vm, it)->next;
    for (SkValue v; !sk_is_unset(v = next(vm, it));) {
      sk_charge(vm, 1);
      if (!fn(vm, v, arg)) return;
    }
    sk_keep(it.bits);
  }
}

/* ---- membership -------------------------------------------------------------------------------------------------- */

typedef struct Find { SkValue item; bool found; } Find;

static bool find_one(SkVm *vm, SkValue v, void *arg) {
  Find *f = arg;
  f->found = sk_equal(vm, v, f->item);
  return !f->found;
}

bool sk_contains(SkVm *vm, SkValue container, SkValue item) {
  const SkSlots *s = SK_SLOTS(vm, container);
  if (s->contains) return s->contains(vm, container, item);
  if (!s->iter && !s->getitem) sk_raise_type(vm, "argument of type '%T' is not iterable", container);
  Find f = {item, false};
  sk_iterate(vm, container, find_one, &f);
  return f.found;
}
