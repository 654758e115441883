/* functools.c - module _functools: reduce, cmp_to_key, and the list of its classes.  Layer 8. */
#include "stdlib/native/native_type.h"

extern const SkTypeDef sk_partial_type, sk_lru_cache_type; /* partial.c, lru_cache.c */

/* ---- reduce ------------------------------------------------------------------------------------------------- */

typedef struct Reduce { SkValue function, total; } Reduce;

static bool reduce_one(SkVm *vm, SkValue item, void *arg) {
  Reduce *r = arg;
  r->total = sk_is_unset(r->total) ? item : sk_call2(vm, r->function, r->total, item);
  return true;
}

SK_NATIVE(reduce, "reduce(function, iterable, initial=?, /)",
          "Apply a function of two arguments cumulatively to the items of an iterable, from left to right.\n\n"
          "This effectively reduces the iterable to a single value.  If initial is present,\n"
          "it is placed before the items of the iterable in the calculation, and serves as\n"
          "a default when the iterable is empty.\n\n"
          "For example, reduce(lambda x, y: x+y, [1, 2, 3, 4, 5])\ncalculates ((((1 + 2) + 3) + 4) + 5).") {
  Reduce r = {args[0], args[2]};
  const SkSlots *s = SK_SLOTS(vm, args[1]);
  if (!s->iter && !s->getitem) sk_raise_type(vm, "reduce() arg 2 must support iteration");
  sk_iterate(vm, args[1], reduce_one, &r);
  if (sk_is_unset(r.total)) sk_raise_type(vm, "reduce() of empty iterable with no initial value");
  return r.total;
}

/* ---- cmp_to_key ------------------------------------------------------------------------------------------------ */

typedef struct Key { SkObject head; SkValue compare, object; } Key;
static const SkTypeDef key_type;

static Key *as_key(SkValue v) { return (Key *)sk_ptr(v); }

static void key_trace(SkMarker *m, SkObject *o) {
  sk_mark(m, ((Key *)o)->compare);
  sk_mark(m, ((Key *)o)->object);
}

static SkValue key_new(SkVm *vm, SkValue compare, SkValue object) {
  Key *k = sk_object_new(vm, sk_library_type(vm, &key_type), 0);
  k->compare = compare;
  k->object = object;
  return sk_from_ptr(k);
}

SK_NATIVE(key_make, "K(obj)", NULL) { return key_new(vm, SK_NONE, args[0]); }

static SkValue key_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  if (nargs == 1 && !kwnames) return key_new(vm, as_key(self)->compare, args[0]);
  SkValue k = sk_native_call(vm, &key_make_def, SK_UNSET, args, nargs, kwnames);
  sk_write(vm, as_key(k), &as_key(k)->compare, as_key(self)->compare);
  return k;
}

static SkValue key_compare(SkVm *vm, SkCompareOp op, SkValue a, SkValue b) {
  if (!sk_is_native(vm, b, &key_type)) sk_raise_type(vm, "other argument must be K instance");
  SkValue x = as_key(a)->object, y = as_key(b)->object;
  if (sk_is_unset(x) || sk_is_unset(y)) sk_raisef(vm, SK_T_AttributeError, "object");
  return sk_compare(vm, op, sk_call2(vm, as_key(a)->compare, x, y), sk_smallint(0));
}
static SkValue key_lt(SkVm *vm, SkValue a, SkValue b) { return key_compare(vm, SK_CMP_LT, a, b); }
static SkValue key_le(SkVm *vm, SkValue a, SkValue b) { return key_compare(vm, SK_CMP_LE, a, b); }
static SkValue key_eq(SkVm *vm, SkValue a, SkValue b) { return key_compare(vm, SK_CMP_EQ, a, b); }
static SkValue key_ne(SkVm *vm, SkValue a, SkValue b) { return key_compare(vm, SK_CMP_NE, a, b); }
static SkValue key_gt(SkVm *vm, SkValue a, SkValue b) { return key_compare(vm, SK_CMP_GT, a, b); }
static SkValue key_ge(SkVm *vm, SkValue a, SkValue b) { return key_compare(vm, SK_CMP_GE, a, b); }

static SkValue key_get_object(SkVm *vm, SkValue self) {
  return sk_is_unset(as_key(self)->object) ? (void)vm, SK_NONE : as_key(self)->object;
}
static void key_set_object(SkVm *vm, SkValue self, SkValue v) { sk_write(vm, as_key(self), &as_key(self)->object, v); }

static const SkAttrDef key_attrs[] = {SK_GETSET("obj", key_get_object, key_set_object, "Value wrapped by a key function."), SK_ATTRS_END};

static const SkTypeDef key_type = {
    .name = "functools.KeyWrapper",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Key),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.call = key_call, .lt = key_lt, .le = key_le, .eq = key_eq, .ne = key_ne, .gt = key_gt, .ge = key_ge},
    .attrs = key_attrs,
    .trace = key_trace,
};

SK_NATIVE(cmp_to_key, "cmp_to_key(mycmp)", "Convert a cmp= function into a key= function.") {
  return key_new(vm, args[0], SK_UNSET);
}

/* ---- the module ---------------------------------------------------------------------------------------------------- */

static void functools_init(SkVm *vm, SkModule *m) {
  sk_module_add_type(vm, m, &sk_partial_type);
  sk_module_add_type(vm, m, &sk_lru_cache_type);
}

static const SkNativeDef *const functools_functions[] = {&reduce_def, &cmp_to_key_def, NULL};

const SkModuleDef sk_functools_module = {
    .name = "_functools",
    .doc = "Tools that operate on functions.",
    .functions = functools_functions,
    .init = functools_init,
};
