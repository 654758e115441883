/* build.c - containers, items, strings, functions.  Layer 7. */
#include "vm/run/run_impl.h"

static SkInsn *next(SkVm *vm, SkInsn *pc, SkValue *r) {
  vm->r = r;
  return pc + sk_op_info[pc->op].words;
}
static SkInsn *next_with(SkVm *vm, SkInsn *pc, SkValue *r, SkValue v) {
  r[pc->a] = v;
  return next(vm, pc, r);
}

/* ---- displays ----------------------------------------------------------------------------------------- */

RUN_SLOW(set) {
  SkSet *s = sk_set_new(vm);
  for (unsigned i = 0; i < pc->c; i++) sk_set_add(vm, s, r[pc->b + i]);
  return next_with(vm, pc, r, sk_from_ptr(s));
}

RUN_SLOW(dict) {
  SkDict *d = sk_dict_new_sized(vm, pc->c);
  for (unsigned i = 0; i < pc->c; i++) sk_dict_set(vm, d, r[pc->b + 2 * i], r[pc->b + 2 * i + 1]);
  return next_with(vm, pc, r, sk_from_ptr(d));
}

RUN_SLOW(dictkeys) {
  SkTuple *keys = (SkTuple *)sk_object(frame_func(r)->k[pc->c]);
  SkDict *d = sk_dict_new_sized(vm, keys->count);
  for (size_t i = 0; i < keys->count; i++) sk_dict_set(vm, d, keys->items[i], r[pc->b + i]);
  return next_with(vm, pc, r, sk_from_ptr(d));
}

RUN_SLOW(listappend) {
  sk_list_append(vm, sk_as_list(r[pc->a]), r[pc->b]);
  return next(vm, pc, r);
}

static bool is_iterable(SkVm *vm, SkValue v) {
  SkType *t = sk_type_of(vm, v);
  return t->slots->iter || t->slots->getitem;
}

RUN_SLOW(listextend) {
  if (!is_iterable(vm, r[pc->b])) sk_raise_type(vm, "Value after * must be an iterable, not %T", r[pc->b]);
  sk_list_extend(vm, sk_as_list(r[pc->a]), r[pc->b]);
  return next(vm, pc, r);
}

RUN_SLOW(listtuple) {
  SkList *l = sk_as_list(r[pc->b]);
  return next_with(vm, pc, r, sk_from_ptr(sk_tuple_from(vm, sk_list_items(l), l->count)));
}

RUN_SLOW(setadd) {
  sk_set_add(vm, sk_as_set(r[pc->a]), r[pc->b]);
  return next(vm, pc, r);
}

RUN_SLOW(setupdate) {
  sk_set_update(vm, sk_as_set(r[pc->a]), r[pc->b]);
  return next(vm, pc, r);
}

RUN_SLOW(dictset) {
  sk_dict_set(vm, sk_as_dict(r[pc->a]), r[pc->b], r[pc->c]);
  return next(vm, pc, r);
}

static bool is_mapping(SkVm *vm, SkValue v) {
  return sk_is_dict(v) || !sk_is_unset(sk_getattr_opt(vm, v, SK_NAME(vm, keys)));
}

RUN_SLOW(dictupdate) {
  if (!is_mapping(vm, r[pc->b])) sk_raise_type(vm, "'%T' object is not a mapping", r[pc->b]);
  sk_dict_update(vm, sk_as_dict(r[pc->a]), r[pc->b]);
  return next(vm, pc, r);
}

/* "module.qualname()" as messages about calls name a callee. */
SkStr *run_callee_name(SkVm *vm, SkValue f) {
  SkValue q = sk_getattr_opt(vm, f, SK_NAME(vm, dunder_qualname));
  if (!sk_is_str(q)) return sk_str(vm, f);
  SkValue m = sk_getattr_opt(vm, f, SK_NAME(vm, dunder_module));
  if (!sk_is_str(m) || sk_str_equal_cstr(sk_as_str(m), "builtins")) return sk_format(vm, "%S()", q);
  return sk_format(vm, "%S.%S()", m, q);
}

typedef struct Merge { SkDict *into; SkValue callee; } Merge;

static void merge_one(SkVm *vm, Merge *m, SkValue key, SkValue v) {
  if (!sk_is_str(key)) sk_raise_type(vm, "keywords must be strings");
  if (!sk_is_unset(sk_dict_get(vm, m->into, key))) {
    sk_raise_type(vm, "%U got multiple values for keyword argument '%S'", run_callee_name(vm, m->callee), key);
  }
  sk_dict_set(vm, m->into, key, v);
}

RUN_SLOW(dictmerge) {
  Merge m = {sk_as_dict(r[pc->a]), r[pc->c]};
  SkValue from = r[pc->b], k, v;
  if (!is_mapping(vm, from)) {
    sk_raise_type(vm, "%U argument after ** must be a mapping, not %T", run_callee_name(vm, m.callee), from);
  }
  if (sk_is_exactly(vm, from, SK_T_dict)) {
    for (size_t i = 0; sk_dict_next(sk_as_dict(from), &i, &k, &v);) merge_one(vm, &m, k, v);
  } else { /* keys() may name one twice */
    SkTuple *keys = sk_to_tuple(vm, sk_call_method0(vm, from, SK_NAME(vm, keys)));
    for (size_t i = 0; i < keys->count; i++) merge_one(vm, &m, keys->items[i], sk_getitem(vm, from, keys->items[i]));
  }
  return next(vm, pc, r);
}

/* ---- items ----------------------------------------------------------------------------------------------- */

static SkValue python_method(SkVm *vm, SkValue v, SkSlotId slot) {
  if (!sk_is_ptr(v)) return SK_UNSET;
  SkType *t = sk_type_of(vm, v);
  return t->flags & SK_TYPE_HEAP ? sk_slot_python_method(vm, t, slot) : SK_UNSET;
}

RUN_SLOW(getitem) {
  SkValue o = r[pc->b], key = pc->op == SK_OP_GETITEMK ? frame_func(r)->k[pc->c] : r[pc->c];
  if (sk_is_ptr(o)) {
    if (sk_object(o)->shape == SHAPE_OF(SK_T_dict)) {
      SkValue v = sk_dict_get(vm, (SkDict *)sk_object(o), key);
      if (sk_is_unset(v)) sk_raise_key(vm, key);
      return next_with(vm, pc, r, v);
    }
    SkValue f = python_method(vm, o, SK_SLOT_getitem);
    if (!sk_is_unset(f)) {
      SkValue args[] = {o, key};
      return run_call_cont(vm, run_push_cont(vm, pc, r, CONT_A), CONT_A, f, args, 2);
    }
  }
  return next_with(vm, pc, r, sk_getitem(vm, o, key));
}

RUN_SLOW(getslice) {
  SkSlice *s = sk_slice_new(vm, r[pc->c], r[pc->c + 1], SK_NONE);
  return next_with(vm, pc, r, sk_getitem(vm, r[pc->b], sk_from_ptr(s)));
}

RUN_SLOW(setitem) {
  SkValue o = r[pc->a];
  if (sk_is_ptr(o)) {
    if (sk_object(o)->shape == SHAPE_OF(SK_T_dict)) {
      sk_dict_set(vm, (SkDict *)sk_object(o), r[pc->b], r[pc->c]);
      return next(vm, pc, r);
    }
    SkValue f = python_method(vm, o, SK_SLOT_setitem);
    if (!sk_is_unset(f)) {
      SkValue args[] = {o, r[pc->b], r[pc->c]};
      return run_call_cont(vm, run_push_cont(vm, pc, r, CONT_DROP), CONT_DROP, f, args, 3);
    }
  }
  sk_setitem(vm, o, r[pc->b], r[pc->c]);
  return next(vm, pc, r);
}

RUN_SLOW(setslice) {
  SkSlice *s = sk_slice_new(vm, r[pc->b], r[pc->b + 1], SK_NONE);
  sk_setitem(vm, r[pc->a], sk_from_ptr(s), r[pc->c]);
  return next(vm, pc, r);
}

RUN_SLOW(delitem) {
  sk_delitem(vm, r[pc->a], r[pc->b]);
  return next(vm, pc, r);
}

RUN_SLOW(len) { return next_with(vm, pc, r, sk_int_new(vm, sk_len(vm, r[pc->b]))); }

/* ---- text --------------------------------------------------------------------------------------------------- */

RUN_SLOW(convert) {
  SkValue v = r[pc->b];
  SkStr *s = pc->c == 0 ? sk_str(vm, v) : pc->c == 1 ? sk_repr(vm, v) : sk_ascii(vm, v);
  return next_with(vm, pc, r, sk_from_ptr(s));
}

RUN_SLOW(format) { return next_with(vm, pc, r, sk_from_ptr(sk_format_value(vm, r[pc->b], sk_as_str(r[pc->c])))); }
RUN_SLOW(formats) { return next_with(vm, pc, r, sk_from_ptr(sk_format_value(vm, r[pc->b], SK_NAME(vm, empty)))); }

RUN_SLOW(buildstr) {
  return next_with(vm, pc, r, sk_from_ptr(sk_str_join(vm, SK_NAME(vm, empty), &r[pc->b], pc->c)));
}

/* ---- functions and classes ------------------------------------------------------------------------------------ */

RUN_SLOW(func) {
  SkFunc *running = frame_func(r);
  SkFunc *f = sk_func_new(vm, (SkCodeObj *)sk_object(running->k[pc->b | (uint32_t)pc->c << 16]), running->globals);
  return next_with(vm, pc, r, sk_from_ptr(f));
}

RUN_SLOW(setfunc) {
  SkFunc *f = sk_as_func(r[pc->a]);
  SkValue v = r[pc->b];
  switch (pc->c) {
  case 0: sk_write_ptr(vm, f, &f->defaults, sk_as_tuple(v)); break;
  case 1: sk_write_ptr(vm, f, &f->kwdefaults, sk_as_dict(v)); break;
  case 2: sk_write(vm, f, &f->annotations, v); break;
  case 3: sk_write_ptr(vm, f, &f->closure, sk_as_tuple(v)); break;
  default: sk_write(vm, f, &f->type_params, v); break;
  }
  return next(vm, pc, r);
}

RUN_SLOW(buildclass) {
  SkFunc *f = frame_func(r);
  SkValue b = f->builtins ? sk_dict_get_str(vm, f->builtins, SK_NAME(vm, dunder_build_class)) : SK_UNSET;
  if (sk_is_unset(b)) sk_raise_name(vm, SK_NAME(vm, dunder_build_class), "__build_class__ not found");
  return next_with(vm, pc, r, b);
}
