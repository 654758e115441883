/* build_class.c - what a class statement calls: bases, metaclass, namespace, body, class.             Layer 6. */
#include "vm/object/type_impl.h"

SkTuple *sk_resolve_bases(SkVm *vm, SkTuple *bases) {
  SkList *out = NULL;
  for (size_t i = 0; i < bases->count; i++) {
    SkValue b = bases->items[i];
    SkValue f = sk_is_type(b) ? SK_UNSET : sk_getattr_opt(vm, b, SK_NAME(vm, dunder_mro_entries));
    if (sk_is_unset(f)) {
      if (out) sk_list_append(vm, out, b);
      continue;
    }
    SkValue r = sk_call1(vm, f, sk_from_ptr(bases));
    if (!sk_is_tuple(r)) sk_raise_type(vm, "__mro_entries__ must return a tuple");
    if (!out) out = sk_list_from(vm, bases->items, i);
    SkTuple *t = sk_as_tuple(r);
    for (size_t k = 0; k < t->count; k++) sk_list_append(vm, out, t->items[k]);
  }
  return out ? sk_list_as_tuple(vm, out) : bases;
}

/* The keywords without metaclass=, which goes to *meta. */
typedef struct Keywords { SkTuple *names; SkValues *values; size_t count; } Keywords;

static Keywords take_keywords(SkVm *vm, const SkValue *values, SkTuple *kwnames, SkValue *meta) {
  Keywords k = {0};
  size_t n = kwnames ? kwnames->count : 0;
  if (n == 0) return k;
  SkList *names = sk_list_new(vm, n);
  k.values = sk_values_new(vm, n);
  for (size_t i = 0; i < n; i++) {
    if (sk_str_equal(sk_as_str(kwnames->items[i]), SK_NAME(vm, metaclass))) {
      *meta = values[i];
      continue;
    }
    sk_list_append(vm, names, kwnames->items[i]);
    k.values->items[k.count++] = values[i];
  }
  k.names = k.count ? sk_list_as_tuple(vm, names) : NULL;
  return k;
}

static SkValue call_with_keywords(SkVm *vm, SkValue f, const SkValue *args, size_t n, const Keywords *k) {
  SkValue all[n + k->count + 1];
  for (size_t i = 0; i < n; i++) all[i] = args[i];
  for (size_t i = 0; i < k->count; i++) all[n + i] = k->values->items[i];
  return sk_call(vm, f, all, n, k->names);
}

static SkValue make_namespace(SkVm *vm, SkValue meta, bool is_class, SkValue name, SkTuple *bases, const Keywords *k) {
  SkValue prepare = sk_getattr_opt(vm, meta, SK_NAME(vm, dunder_prepare));
  if (sk_is_unset(prepare)) return sk_from_ptr(sk_dict_new(vm));
  SkValue args[] = {name, sk_from_ptr(bases)};
  SkValue ns = call_with_keywords(vm, prepare, args, 2, k);
  if (sk_is_dict(ns)) return ns;
  if (!SK_SLOTS(vm, ns)->getitem) {
    SkStr *who = is_class ? sk_as_type(meta)->name : sk_str_from_cstr(vm, "<metaclass>");
    sk_raise_type(vm, "%U.__prepare__() must return a mapping, not %T", who, ns);
  }
  return ns;
}

static void check_classcell(SkVm *vm, SkValue cell, SkValue cls, SkValue name) {
  if (!sk_is_type(cls) || !sk_has_kind(cell, SK_KIND_CELL)) return;
  SkValue v = ((SkCell *)sk_ptr(cell))->value;
  if (sk_is_unset(v))
    sk_raisef(vm, SK_T_RuntimeError, "__class__ not set defining %R as %R. Was __classcell__ propagated to type.__new__?", name, cls);
  if (!sk_is(v, cls)) sk_raise_type(vm, "__class__ set to %R defining %R as %R", v, name, cls);
}

SkValue sk_build_class(SkVm *vm, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  if (nargs < 2) sk_raise_type(vm, "__build_class__: not enough arguments");
  if (!sk_is_func(args[0])) sk_raise_type(vm, "__build_class__: func must be a function");
  if (!sk_is_str(args[1])) sk_raise_type(vm, "__build_class__: name is not a string");
  SkTuple *written = sk_tuple_from(vm, args + 2, nargs - 2), *bases = sk_resolve_bases(vm, written);
  SkValue meta = SK_UNSET;
  Keywords k = take_keywords(vm, args + nargs, kwnames, &meta);
  if (sk_is_unset(meta)) meta = sk_from_ptr(bases->count ? sk_type_of(vm, bases->items[0]) : vm->types[SK_T_type]);
  bool is_class = sk_is_type(meta);
  if (is_class) meta = sk_from_ptr(sk_metaclass_for(vm, sk_as_type(meta), bases));
  SkValue ns = make_namespace(vm, meta, is_class, args[1], bases, &k);
  SkValue cell = sk_call1(vm, args[0], ns);
  if (bases != written) sk_setitem(vm, ns, sk_from_ptr(SK_NAME(vm, dunder_orig_bases)), sk_from_ptr(written));
  SkValue call_args[] = {args[1], sk_from_ptr(bases), ns};
  SkValue cls = call_with_keywords(vm, meta, call_args, 3, &k);
  check_classcell(vm, cell, cls, args[1]);
  return cls;
}
