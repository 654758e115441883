/* partial.c - the class functools.partial.  Layer 8. */
#include "stdlib/native/native_type.h"

typedef struct Partial { SkObject head; SkValue func; SkTuple *args; SkDict *keywords; } Partial;

extern const SkTypeDef sk_partial_type;
static Partial *as_partial(SkValue v) { return (Partial *)sk_ptr(v); }

static void partial_trace(SkMarker *m, SkObject *o) {
  Partial *p = (Partial *)o;
  sk_mark(m, p->func);
  sk_mark_ptr(m, p->args);
  sk_mark_ptr(m, p->keywords);
}

/* A partial of a partial calls the inner one's function. */
static SkValue partial_new(SkVm *vm, const SkValue *args) {
  SkTuple *given = sk_as_tuple(args[1]);
  SkDict *keywords = sk_as_dict(args[2]);
  if (given->count == 0) sk_raise_type(vm, "type 'partial' takes at least one argument");
  SkValue func = given->items[0];
  if (!SK_SLOTS(vm, func)->call) sk_raise_type(vm, "the first argument must be callable");
  SkTuple *bound = sk_tuple_from(vm, given->items + 1, given->count - 1);
  if (sk_is_native_exactly(vm, func, &sk_partial_type)) {
    Partial *inner = as_partial(func);
    SkTuple *all = sk_tuple_new(vm, inner->args->count + bound->count);
    memcpy(all->items, inner->args->items, inner->args->count * sizeof(SkValue));
    memcpy(all->items + inner->args->count, bound->items, bound->count * sizeof(SkValue));
    bound = all;
    if (inner->keywords->live) {
      SkDict *merged = sk_dict_copy(vm, inner->keywords);
      sk_dict_update(vm, merged, sk_from_ptr(keywords));
      keywords = merged;
    }
    func = inner->func;
  }
  Partial *p = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  p->func = func;
  p->args = bound;
  p->keywords = keywords;
  return sk_from_ptr(p);
}
static const SkNativeDef partial_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, partial_new};

static SkValue partial_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  Partial *p = as_partial(self);
  size_t bound = p->args->count, nkw = kwnames ? kwnames->count : 0;
  bool spread = p->keywords->live != 0;
  SkTuple *all = sk_tuple_new(vm, bound + nargs + (spread ? 0 : nkw));
  if (all->count) {
    memcpy(all->items, p->args->items, bound * sizeof(SkValue));
    if (all->count > bound) memcpy(all->items + bound, args, (all->count - bound) * sizeof(SkValue));
  }
  if (spread) {
    SkDict *keywords = sk_dict_copy(vm, p->keywords);
    for (size_t i = 0; i < nkw; i++) sk_dict_set(vm, keywords, kwnames->items[i], args[nargs + i]);
    return sk_call_spread(vm, p->func, all, keywords);
  }
  SkValue r = sk_call(vm, p->func, all->items, bound + nargs, kwnames);
  sk_keep(all);
  return r;
}

static SkValue partial_repr(SkVm *vm, SkValue self) {
  Partial *p = as_partial(self);
  SkStr *name = sk_type_fullname(vm, sk_type_of(vm, self));
  if (!sk_repr_enter(vm, self)) return sk_from_ptr(sk_str_from_cstr(vm, "..."));
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  sk_strbuf_addstr(&b, sk_format(vm, "%U(%R", name, p->func));
  SkTuple *bound = p->args;
  for (size_t i = 0; i < bound->count; i++) sk_strbuf_addstr(&b, sk_format(vm, ", %R", bound->items[i]));
  size_t i = 0;
  SkDict *keywords = p->keywords;
  for (SkValue k, v; sk_dict_next(keywords, &i, &k, &v);) sk_strbuf_addstr(&b, sk_format(vm, ", %S=%R", k, v));
  sk_strbuf_addc(&b, ')');
  sk_repr_leave(vm, self);
  return sk_from_ptr(sk_strbuf_finish(&b));
}

static SkValue get_args(SkVm *vm, SkValue self) { return (void)vm, sk_from_ptr(as_partial(self)->args); }
static SkValue get_keywords(SkVm *vm, SkValue self) { return (void)vm, sk_from_ptr(as_partial(self)->keywords); }

static void set_readonly(SkVm *vm, SkValue self, SkValue v) {
  (void)self, (void)v;
  sk_raisef(vm, SK_T_AttributeError, "readonly attribute");
}

SK_NATIVE(partial_reduce, "__reduce__(self, /)", NULL) {
  Partial *p = as_partial(args[0]);
  SkDict *attributes = sk_instance_dict(vm, args[0]);
  SkValue state = attributes->live ? sk_from_ptr(attributes) : SK_NONE;
  SkValue whole = sk_from_ptr(sk_tuple_pack(vm, 4, p->func, sk_from_ptr(p->args), sk_from_ptr(p->keywords), state));
  return sk_from_ptr(sk_tuple_pack(vm, 3, sk_class_of(vm, args[0]), sk_from_ptr(sk_tuple_pack(vm, 1, p->func)), whole));
}

SK_NATIVE(partial_setstate, "__setstate__(self, state, /)", NULL) {
  Partial *p = as_partial(args[0]);
  SkTuple *t = sk_is_tuple(args[1]) ? sk_as_tuple(args[1]) : NULL;
  bool good = t && t->count == 4 && SK_SLOTS(vm, t->items[0])->call && sk_is_tuple(t->items[1]) &&
              (sk_is_none(t->items[2]) || sk_is_dict(t->items[2]));
  if (!good) sk_raise_type(vm, "invalid partial state");
  SkTuple *bound = sk_to_tuple(vm, t->items[1]);
  SkDict *keywords = sk_is_none(t->items[2]) ? sk_dict_new(vm) : sk_as_dict(t->items[2]);
  if (!sk_is_exactly(vm, sk_from_ptr(keywords), SK_T_dict)) keywords = sk_dict_copy(vm, keywords);
  sk_barrier(vm, p);
  p->func = t->items[0];
  p->args = bound;
  p->keywords = keywords;
  if (!sk_is_none(t->items[3])) sk_setattr(vm, args[0], SK_NAME(vm, dunder_dict), t->items[3]);
  return SK_NONE;
}

static const SkAttrDef partial_attrs[] = {
    SK_MEMBER("func", Partial, func, true, "function object to use in future partial calls"),
    SK_GETSET("args", get_args, set_readonly, "tuple of arguments to future partial calls"),
    SK_GETSET("keywords", get_keywords, set_readonly, "dictionary of keyword arguments to future partial calls"),
    SK_METHOD(partial_reduce),
    SK_METHOD(partial_setstate),
    SK_DICT_ATTR,
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def},
    SK_ATTRS_END,
};

const SkTypeDef sk_partial_type = {
    .name = "functools.partial",
    .doc = "Create a new function with partial application of the given arguments and keywords.",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Partial),
    .flags = SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE,
    .slots = {.call = partial_call, .repr = partial_repr},
    .attrs = partial_attrs,
    .new_ = &partial_new_def,
    .trace = partial_trace,
};
