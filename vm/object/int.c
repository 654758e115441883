/* int.c - integers: storage, conversion, order, hash.  Layer 6.
 *
 * A tagged word when it fits 62 bits, else an SkInt: magnitude in 64-bit limbs,
 * the sign in the sign of the length.  Invariant: an SkInt of the exact class
 * int never holds a value that fits a tagged word, so equal ints are equal
 * words or have equal limbs.  Instances of subclasses are always SkInts.
 */
#include <math.h>

#include "vm/base/hash.h"
#include "vm/object/int_impl.h"

SkInt *sk_int_alloc(SkVm *vm, size_t count) {
  if (count > SIZE_MAX / 64) sk_raise_nomem(vm);
  sk_check_length(vm, count * sizeof(SkLimb));
  SkInt *i = sk_object_new_id(vm, SK_T_int, count * sizeof(SkLimb));
  i->size = (int64_t)count;
  return i;
}

SkValue sk_int_finish(SkInt *i, bool negative) {
  size_t count = sk_bigint_trim(i->limbs, (size_t)i->size);
  if (count == 0) return sk_smallint(0);
  if (count == 1) {
    SkLimb limb = i->limbs[0];
    if (!negative && limb <= (SkLimb)SK_INT_MAX) return sk_smallint((int64_t)limb);
    if (negative && limb <= (SkLimb)SK_INT_MAX + 1) return sk_smallint(-(int64_t)limb);
  }
  i->size = negative ? -(int64_t)count : (int64_t)count;
  return sk_from_ptr(i);
}

SkValue sk_int_from_magnitude(SkVm *vm, const SkLimb *limbs, size_t count, bool negative) {
  count = sk_bigint_trim(limbs, count);
  if (count == 0) return sk_smallint(0);
  if (count == 1 && limbs[0] <= (SkLimb)SK_INT_MAX) {
    return sk_smallint(negative ? -(int64_t)limbs[0] : (int64_t)limbs[0]);
  }
  SkInt *i = sk_int_alloc(vm, count);
  sk_bigint_copy(i->limbs, limbs, count);
  return sk_int_finish(i, negative);
}

SkValue sk_int_new_slow(SkVm *vm, int64_t x) {
  SkLimb magnitude = x < 0 ? 0 - (SkLimb)x : (SkLimb)x;
  return sk_int_from_magnitude(vm, &magnitude, 1, x < 0);
}

SkValue sk_int_from_u64(SkVm *vm, uint64_t u) { return sk_int_from_magnitude(vm, &u, 1, false); }

SkValue sk_int_from_double(SkVm *vm, double d) {
  if (isinf(d)) sk_raisef(vm, SK_T_OverflowError, "cannot convert float infinity to integer");
  if (isnan(d)) sk_raise_value(vm, "cannot convert float NaN to integer");
  if (d >= -0x1p61 && d < 0x1p61) return sk_smallint((int64_t)d);
  SkLimb limbs[SK_BIGINT_DOUBLE_LIMBS];
  size_t count = sk_bigint_from_double(limbs, d);
  return sk_int_from_magnitude(vm, limbs, count, d < 0);
}

bool sk_int_get_i64(SkValue v, int64_t *out) {
  if (int_is_small(v)) {
    *out = int_small(v);
    return true;
  }
  const SkInt *i = sk_ptr(v);
  if (i->size == 0) {
    *out = 0;
    return true;
  }
  SkLimb limb = i->limbs[0], most = (SkLimb)INT64_MAX + (i->size < 0);
  if ((i->size != 1 && i->size != -1) || limb > most) return false;
  *out = i->size < 0 ? (int64_t)(0 - limb) : (int64_t)limb;
  return true;
}

bool sk_int_get_u64(SkValue v, uint64_t *out) {
  IntView x;
  int_view(v, &x);
  if (x.negative || x.count > 1) return false;
  *out = x.count ? x.limbs[0] : 0;
  return true;
}

double sk_int_get_double(SkVm *vm, SkValue v) {
  if (int_is_small(v)) return (double)int_small(v);
  IntView a;
  int_view(v, &a);
  double d = sk_bigint_to_double(a.limbs, a.count, a.negative, 0);
  if (isinf(d)) sk_raisef(vm, SK_T_OverflowError, "int too large to convert to float");
  return d;
}

int sk_int_sign(SkValue v) {
  if (int_is_small(v)) return (int_small(v) > 0) - (int_small(v) < 0);
  const SkInt *i = sk_ptr(v);
  return (i->size > 0) - (i->size < 0);
}

int sk_int_compare(SkValue a, SkValue b) {
  if (int_is_small(a) && int_is_small(b)) {
    int64_t x = int_small(a), y = int_small(b);
    return (x > y) - (x < y);
  }
  IntView x, y;
  int_view(a, &x);
  int_view(b, &y);
  if (x.negative != y.negative) return x.negative ? -1 : 1;
  int order = sk_bigint_compare(x.limbs, x.count, y.limbs, y.count);
  return x.negative ? -order : order;
}

int sk_int_compare_double(SkValue a, double d) {
  if (isinf(d)) return d > 0 ? -1 : 1;
  if (int_is_small(a) && int_small(a) >= -((int64_t)1 << 53) && int_small(a) <= (int64_t)1 << 53) {
    double x = (double)int_small(a);
    return (x > d) - (x < d);
  }
  IntView x;
  int_view(a, &x);
  if (x.negative != (d < 0)) return x.negative ? -1 : 1;
  SkLimb limbs[SK_BIGINT_DOUBLE_LIMBS];
  size_t count = sk_bigint_from_double(limbs, d);
  int order = sk_bigint_compare(x.limbs, x.count, limbs, count);
  if (order == 0 && trunc(d) != d) order = -1; /* the fraction decides */
  return x.negative ? -order : order;
}

int64_t sk_int_hash(SkValue v) {
  IntView a;
  int_view(v, &a);
  uint64_t hash = 0;
  for (size_t i = a.count; i-- > 0;) hash = sk_hash_reduce(hash, a.limbs[i]);
  int64_t result = a.negative ? -(int64_t)hash : (int64_t)hash;
  return result == -1 ? -2 : result;
}

size_t sk_int_bit_length(SkValue v) {
  IntView a;
  int_view(v, &a);
  return sk_bigint_bits(a.limbs, a.count);
}

bool sk_int_is_odd(SkValue v) {
  IntView a;
  int_view(v, &a);
  return a.count && (a.limbs[0] & 1);
}

SkValue sk_int_plain(SkVm *vm, SkValue v) {
  if (sk_is_smallint(v)) return v;
  if (sk_is_bool(v)) return sk_smallint(sk_is_true(v));
  if (sk_is_exactly(vm, v, SK_T_int)) return v;
  const SkInt *i = sk_ptr(v);
  return sk_int_from_magnitude(vm, i->limbs, (size_t)(i->size < 0 ? -i->size : i->size), i->size < 0);
}

SkValue sk_int_neg(SkVm *vm, SkValue v) {
  if (int_is_small(v)) return sk_int_new(vm, -int_small(v));
  const SkInt *i = sk_ptr(v);
  return sk_int_from_magnitude(vm, i->limbs, (size_t)(i->size < 0 ? -i->size : i->size), i->size > 0);
}

SkValue sk_int_abs(SkVm *vm, SkValue v) {
  return sk_int_sign(v) < 0 ? sk_int_neg(vm, v) : sk_int_plain(vm, v);
}
