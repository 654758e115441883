/* ops_number.c - numbers from arguments: __index__ and __float__.                                        Layer 6. */
#include "vm/object/object_impl.h"

SkValue sk_to_int(SkVm *vm, SkValue v) {
  if (sk_is_int(v)) return v;
  SkUnaryFn fn = SK_SLOTS(vm, v)->index;
  if (!fn) sk_raise_type(vm, "'%T' object cannot be interpreted as an integer", v);
  return sk_int_from_special(vm, fn(vm, v), "__index__");
}

int64_t sk_to_index(SkVm *vm, SkValue v) {
  if (SK_LIKELY(sk_is_smallint(v))) return sk_smallint_get(v);
  int64_t i;
  if (!sk_int_get_i64(sk_to_int(vm, v), &i)) sk_raisef(vm, SK_T_OverflowError, "cannot fit '%T' into an index-sized integer", v);
  return i;
}

int64_t sk_to_index_clamped(SkVm *vm, SkValue v) {
  if (SK_LIKELY(sk_is_smallint(v))) return sk_smallint_get(v);
  SkValue n = sk_to_int(vm, v);
  int64_t i;
  if (sk_int_get_i64(n, &i)) return i;
  return sk_int_sign(n) < 0 ? INT64_MIN : INT64_MAX;
}

double sk_to_double(SkVm *vm, SkValue v) {
  if (sk_is_float(v)) return sk_float_get(v);
  if (sk_is_smallint(v) || sk_is_exactly(vm, v, SK_T_int)) return sk_int_get_double(vm, v); /* a subclass may have __float__ */
  const SkSlots *s = SK_SLOTS(vm, v);
  if (s->float_) return sk_float_from_special(vm, v, s->float_(vm, v));
  if (!s->index) sk_raise_type(vm, "must be real number, not %T", v);
  return sk_int_get_double(vm, sk_to_int(vm, v));
}
