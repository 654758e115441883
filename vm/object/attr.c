/* attr.c - attribute access by Python's data model.                                          Layer 6.
 *
 * Reading: data descriptor of the class, the instance's own, other descriptor or plain class attribute.
 * Classes and modules have rules of their own (type_attrs.c, module.c); __getattr__ and __getattribute__
 * written in Python come in through the getattribute slot (slots.c).
 */
#include "vm/object/object_impl.h"

/* ---- the generic rules ------------------------------------------------------------------------------- */

SkValue sk_generic_getattr_opt(SkVm *vm, SkValue o, SkStr *name) {
  SkType *t = sk_type_of(vm, o);
  SkCell *cell = sk_type_lookup_cell(vm, t, name);
  if (!cell) return sk_instance_get(vm, o, name);
  SkValue v = cell->value;
  SkType *vt = sk_type_of(vm, v);
  SkDescrGetFn get = vt->slots->descr_get;
  if (get && type_is_data_descr(vt)) return get(vm, v, o, sk_from_ptr(t));
  SkValue own = sk_instance_get(vm, o, name);
  if (!sk_is_unset(own)) return own;
  return get ? get(vm, v, o, sk_from_ptr(t)) : v;
}

SkValue sk_generic_getattr(SkVm *vm, SkValue o, SkStr *name) {
  SkValue v = sk_generic_getattr_opt(vm, o, name);
  if (sk_is_unset(v)) sk_raise_attribute(vm, o, name);
  return v;
}

SK_NORETURN static void raise_cannot_set(SkVm *vm, SkValue o, SkStr *name, bool class_has_it) {
  if (class_has_it) sk_raisef(vm, SK_T_AttributeError, "'%T' object attribute '%U' is read-only", o, name);
  if (sk_type_of(vm, o)->slots->setattr != sk_generic_setattr) sk_raisef(vm, SK_T_AttributeError, "'%T' object has no attribute '%U'", o, name);
  sk_raisef(vm, SK_T_AttributeError, "'%T' object has no attribute '%U' and no __dict__ for setting new attributes", o, name);
}

/* v UNSET: deletes. */
void sk_generic_setattr(SkVm *vm, SkValue o, SkStr *name, SkValue v) {
  SkCell *cell = sk_type_lookup_cell(vm, sk_type_of(vm, o), name);
  if (cell) {
    SkValue d = cell->value;
    const SkSlots *s = SK_SLOTS(vm, d);
    if (s->descr_set || s->descr_delete) {
      if (sk_is_unset(v)) {
        if (!s->descr_delete) sk_raisef(vm, SK_T_AttributeError, "__delete__");
        s->descr_delete(vm, d, o);
      } else {
        if (!s->descr_set) sk_raisef(vm, SK_T_AttributeError, "__set__");
        s->descr_set(vm, d, o, v);
      }
      return;
    }
  }
  if (!sk_has_attributes(vm, o)) raise_cannot_set(vm, o, name, cell != NULL);
  if (!sk_is_unset(v)) sk_instance_set(vm, o, name, v);
  else if (!sk_instance_delete(vm, o, name)) sk_raise_attribute(vm, o, name);
}

void sk_generic_delattr(SkVm *vm, SkValue o, SkStr *name) { sk_generic_setattr(vm, o, name, SK_UNSET); }

/* ---- obj.name ------------------------------------------------------------------------------------------ */

SkValue sk_getattr(SkVm *vm, SkValue o, SkStr *name) { return SK_SLOTS(vm, o)->getattribute(vm, o, name); }

SkValue sk_getattr_cstr(SkVm *vm, SkValue o, const char *name) { return sk_getattr(vm, o, sk_intern(vm, name)); }

void sk_setattr(SkVm *vm, SkValue o, SkStr *name, SkValue v) {
  SkSetAttrFn set = SK_SLOTS(vm, o)->setattr;
  if (!set) sk_raise_type(vm, "'%T' object has only read-only attributes (assign to .%U)", o, name);
  set(vm, o, sk_str_intern(vm, name), v);
}

void sk_delattr(SkVm *vm, SkValue o, SkStr *name) {
  SkDelAttrFn del = SK_SLOTS(vm, o)->delattr;
  if (!del) sk_raise_type(vm, "'%T' object has only read-only attributes (del .%U)", o, name);
  del(vm, o, name);
}

typedef struct GetOpt { SkValue o; SkStr *name; SkValue result; } GetOpt;

static void getattr_protected(SkVm *vm, void *arg) {
  GetOpt *g = arg;
  g->result = sk_getattr(vm, g->o, g->name);
}

/* Binding these runs no script code, so it can't raise AttributeError. */
static bool binds_quietly(const SkVm *vm, const SkCell *cell) {
  if (!cell) return true;
  SkType *t = sk_type_of(vm, cell->value);
  return !t->slots->descr_get || t->kind == SK_KIND_FUNC || t->kind == SK_KIND_NATIVE ||
         t == vm->types[SK_T_wrapper_descriptor] || t == vm->types[SK_T_staticmethod];
}

SkValue sk_getattr_opt(SkVm *vm, SkValue o, SkStr *name) {
  SkType *t = sk_type_of(vm, o);
  if (t->slots->getattribute == sk_generic_getattr && binds_quietly(vm, sk_type_lookup_cell(vm, t, name)))
    return sk_generic_getattr_opt(vm, o, name);
  GetOpt g = {o, name, SK_UNSET};
  if (sk_protect(vm, getattr_protected, &g)) return g.result;
  SkValue exc = sk_take_raised(vm);
  if (!sk_exc_is(vm, exc, SK_T_AttributeError)) sk_throw(vm, exc);
  return SK_UNSET;
}

/* ---- special methods --------------------------------------------------------------------------------------- */

SkValue sk_lookup_special(SkVm *vm, SkValue o, SkStr *name) {
  SkType *t = sk_type_of(vm, o);
  SkValue v = sk_type_lookup(vm, t, name);
  if (sk_is_unset(v)) return v;
  SkDescrGetFn get = SK_SLOTS(vm, v)->descr_get;
  return get ? get(vm, v, o, sk_from_ptr(t)) : v;
}

/* ---- obj.name(...) -------------------------------------------------------------------------------------------- */

SkValue sk_call_method(SkVm *vm, SkValue obj, SkStr *name, const SkValue *args, size_t nargs) {
  SkType *t = sk_type_of(vm, obj);
  if (t->slots->getattribute != sk_generic_getattr) return sk_call(vm, sk_getattr(vm, obj, name), args, nargs, NULL);
  SkCell *cell = sk_type_lookup_cell(vm, t, name);
  bool plain = cell && (sk_is_func(cell->value) || sk_type_of(vm, cell->value) == vm->types[SK_T_method_descriptor]);
  if (!plain || !sk_is_unset(sk_instance_get(vm, obj, name))) return sk_call(vm, sk_getattr(vm, obj, name), args, nargs, NULL);
  SkValue f = cell->value, all[nargs + 1];
  all[0] = obj;
  for (size_t i = 0; i < nargs; i++) all[i + 1] = args[i];
  return sk_call(vm, f, all, nargs + 1, NULL);
}

SkValue sk_call_method0(SkVm *vm, SkValue obj, SkStr *name) { return sk_call_method(vm, obj, name, NULL, 0); }
SkValue sk_call_method1(SkVm *vm, SkValue obj, SkStr *name, SkValue a) { return sk_call_method(vm, obj, name, &a, 1); }

SkValue sk_call_spread(SkVm *vm, SkValue f, SkTuple *args, SkDict *kwargs) {
  if (!kwargs || kwargs->live == 0) return sk_call(vm, f, args->items, args->count, NULL);
  SkValues *all = sk_values_new(vm, args->count + kwargs->live);
  SkTuple *names = sk_tuple_new(vm, kwargs->live);
  size_t n = args->count, i = 0, k = 0;
  for (size_t j = 0; j < n; j++) all->items[j] = args->items[j];
  for (SkValue key, v; sk_dict_next(kwargs, &i, &key, &v); k++) {
    if (!sk_is_str(key)) sk_raise_type(vm, "keywords must be strings");
    names->items[k] = key;
    all->items[n + k] = v;
  }
  SkValue result = sk_call(vm, f, all->items, n, names);
  sk_keep(all);
  return result;
}
