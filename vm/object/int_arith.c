/* int_arith.c - integers: the four operations and the bitwise ones.  Layer 6.
 *
 * Tagged operands are computed in 64 or 128 machine bits; the rest goes to the
 * kernel (bigint.h) on views of the operands, with scratch memory for what the
 * kernel needs and the result's own cell as its output.
 */
#include <math.h>

#include "vm/bytecode/opcode.h"
#include "vm/object/int_impl.h"

/* ---- add, subtract ---- */

static SkValue add_signed(SkVm *vm, const IntView *x, const IntView *y, bool y_negative) {
  if (x->negative == y_negative) {
    const IntView *longer = x->count >= y->count ? x : y, *other = longer == x ? y : x;
    SkInt *sum = sk_int_alloc(vm, longer->count + 1);
    sum->limbs[longer->count] =
        sk_bigint_add(sum->limbs, longer->limbs, longer->count, other->limbs, other->count);
    return sk_int_finish(sum, y_negative);
  }
  int order = sk_bigint_compare(x->limbs, x->count, y->limbs, y->count);
  if (order == 0) return sk_smallint(0);
  const IntView *larger = order > 0 ? x : y, *other = order > 0 ? y : x;
  SkInt *difference = sk_int_alloc(vm, larger->count);
  sk_bigint_sub(difference->limbs, larger->limbs, larger->count, other->limbs, other->count);
  return sk_int_finish(difference, order > 0 ? x->negative : y_negative);
}

SkValue sk_int_add(SkVm *vm, SkValue a, SkValue b) {
  if (int_is_small(a) && int_is_small(b)) return sk_int_new(vm, int_small(a) + int_small(b));
  IntView x, y;
  int_view(a, &x);
  int_view(b, &y);
  return add_signed(vm, &x, &y, y.negative);
}

SkValue sk_int_sub(SkVm *vm, SkValue a, SkValue b) {
  if (int_is_small(a) && int_is_small(b)) return sk_int_new(vm, int_small(a) - int_small(b));
  IntView x, y;
  int_view(a, &x);
  int_view(b, &y);
  return add_signed(vm, &x, &y, !y.negative);
}

/* ---- multiply ---- */

SkValue sk_int_mul(SkVm *vm, SkValue a, SkValue b) {
  if (int_is_small(a) && int_is_small(b)) {
    return int_from_i128(vm, (__int128)int_small(a) * int_small(b));
  }
  IntView x, y;
  int_view(a, &x);
  int_view(b, &y);
  if (x.count == 1 && y.count == 1) {
    SkLimb2 product = (SkLimb2)x.limbs[0] * y.limbs[0];
    SkLimb limbs[] = {(SkLimb)product, (SkLimb)(product >> SK_LIMB_BITS)};
    return sk_int_from_magnitude(vm, limbs, 2, x.negative != y.negative);
  }
  const IntView *longer = x.count >= y.count ? &x : &y, *other = longer == &x ? &y : &x;
  if (!other->count) return sk_smallint(0);
  SkInt *product = sk_int_alloc(vm, longer->count + other->count);
  size_t mark = sk_scratch_mark(vm);
  if (sk_is(a, b)) {
    sk_bigint_sqr(vm, product->limbs, x.limbs, x.count,
                  sk_limbs_scratch(vm, sk_bigint_sqr_scratch(x.count)));
  } else {
    size_t need = sk_bigint_mul_scratch(longer->count, other->count);
    sk_bigint_mul(vm, product->limbs, longer->limbs, longer->count, other->limbs, other->count,
                  need ? sk_limbs_scratch(vm, need) : NULL);
  }
  sk_scratch_release(vm, mark);
  return sk_int_finish(product, x.negative != y.negative);
}

/* ---- divide ---- */

static int64_t small_floordiv(int64_t x, int64_t y, int64_t *remainder) {
  int64_t q = x / y, r = x % y;
  if (r && (r < 0) != (y < 0)) {
    q--;
    r += y;
  }
  *remainder = r;
  return q;
}

/* Quotient and remainder towards zero. */
static void divide_magnitudes(SkVm *vm, const IntView *x, const IntView *y, SkInt **quotient,
                              SkInt **remainder) {
  *quotient = sk_int_alloc(vm, x->count - y->count + 1);
  *remainder = sk_int_alloc(vm, y->count);
  size_t mark = sk_scratch_mark(vm);
  SkLimb *scratch = sk_limbs_scratch(vm, sk_bigint_divrem_scratch(x->count, y->count));
  sk_bigint_divrem(vm, (*quotient)->limbs, (*remainder)->limbs, x->limbs, x->count, y->limbs, y->count,
                   scratch);
  sk_scratch_release(vm, mark);
}

SkValue sk_int_divmod(SkVm *vm, SkValue a, SkValue b, SkValue *remainder) {
  if (int_is_small(a) && int_is_small(b)) {
    int64_t r, q = small_floordiv(int_small(a), int_small(b), &r);
    *remainder = sk_smallint(r);
    return sk_int_new(vm, q);
  }
  IntView x, y;
  int_view(a, &x);
  int_view(b, &y);
  SkValue q, r;
  if (x.count < y.count) {
    q = sk_smallint(0);
    r = sk_int_plain(vm, a);
  } else {
    SkInt *quotient, *rest;
    divide_magnitudes(vm, &x, &y, &quotient, &rest);
    q = sk_int_finish(quotient, x.negative != y.negative);
    r = sk_int_finish(rest, x.negative);
  }
  if (sk_int_sign(r) && x.negative != y.negative) { /* towards minus infinity */
    q = sk_int_sub(vm, q, sk_smallint(1));
    r = sk_int_add(vm, r, b);
  }
  *remainder = r;
  return q;
}

SkValue sk_int_floordiv(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_int_sign(b)) {
    sk_raisef(vm, SK_T_ZeroDivisionError, "integer division or modulo by zero");
  }
  SkValue remainder;
  return sk_int_divmod(vm, a, b, &remainder);
}

SkValue sk_int_mod(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_int_sign(b)) sk_raisef(vm, SK_T_ZeroDivisionError, "integer modulo by zero");
  SkValue remainder;
  sk_int_divmod(vm, a, b, &remainder);
  return remainder;
}

/* The quotient to at least 66 bits, the lowest one sticky, then one rounding.
 * |shift| scales the dividend up (or, negative, down) to get there. */
static double divide_rounded(SkVm *vm, const IntView *x, const IntView *y, bool negative) {
  int64_t shift = 66 - ((int64_t)sk_bigint_bits(x->limbs, x->count) -
                        (int64_t)sk_bigint_bits(y->limbs, y->count));
  size_t mark = sk_scratch_mark(vm);
  SkLimb *dividend;
  size_t count;
  bool sticky = false;
  if (shift >= 0) {
    count = x->count + (size_t)shift / SK_LIMB_BITS + 1;
    dividend = sk_limbs_scratch(vm, count);
    sk_bigint_shift_left(dividend, x->limbs, x->count, (size_t)shift);
  } else {
    dividend = sk_limbs_scratch(vm, x->count);
    sticky = sk_bigint_shift_right(dividend, x->limbs, x->count, (size_t)-shift);
    count = x->count - (size_t)-shift / SK_LIMB_BITS;
  }
  count = sk_bigint_trim(dividend, count);
  SkLimb *quotient = sk_limbs_scratch(vm, count + 1), *rest = sk_limbs_scratch(vm, y->count);
  SkLimb *scratch = sk_limbs_scratch(vm, sk_bigint_divrem_scratch(count, y->count));
  sk_bigint_divrem(vm, quotient, rest, dividend, count, y->limbs, y->count, scratch);
  if (sticky || sk_bigint_trim(rest, y->count)) quotient[0] |= 1;
  size_t used = sk_bigint_trim(quotient, count - y->count + 1);
  double result = sk_bigint_to_double(quotient, used, negative, -shift);
  sk_scratch_release(vm, mark);
  return result;
}

SkValue sk_int_truediv(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_int_sign(b)) sk_raisef(vm, SK_T_ZeroDivisionError, "division by zero");
  const int64_t exact = (int64_t)1 << 53;
  if (int_is_small(a) && int_is_small(b)) {
    int64_t x = int_small(a), y = int_small(b);
    if (x >= -exact && x <= exact && y >= -exact && y <= exact) {
      return sk_float_new(vm, (double)x / (double)y);
    }
  }
  IntView x, y;
  int_view(a, &x);
  int_view(b, &y);
  bool negative = x.negative != y.negative;
  if (!x.count) return sk_float_new(vm, negative ? -0.0 : 0.0);
  int64_t order = (int64_t)sk_bigint_bits(x.limbs, x.count) -
                  (int64_t)sk_bigint_bits(y.limbs, y.count);
  double result = order > 1100    ? (double)INFINITY
                  : order < -1200 ? (negative ? -0.0 : 0.0)
                                  : divide_rounded(vm, &x, &y, negative);
  if (isinf(result)) {
    sk_raisef(vm, SK_T_OverflowError, "integer division result too large for a float");
  }
  return sk_float_new(vm, result);
}

/* ---- shifts ---- */

SkValue sk_int_lshift(SkVm *vm, SkValue a, int64_t bits) {
  if (int_is_small(a)) {
    int64_t x = int_small(a);
    if (x == 0) return sk_smallint(0);
    if (bits <= 62) return int_from_i128(vm, (__int128)((unsigned __int128)x << bits));
  }
  IntView x;
  int_view(a, &x);
  size_t count = x.count + (size_t)bits / SK_LIMB_BITS + 1;
  sk_heap_require(vm, count * sizeof(SkLimb));
  SkInt *result = sk_int_alloc(vm, count);
  sk_bigint_shift_left(result->limbs, x.limbs, x.count, (size_t)bits);
  return sk_int_finish(result, x.negative);
}

SkValue sk_int_rshift(SkVm *vm, SkValue a, int64_t bits) {
  if (int_is_small(a)) return sk_smallint(int_small(a) >> (bits > 63 ? 63 : bits));
  IntView x;
  int_view(a, &x);
  size_t limbs = (size_t)bits / SK_LIMB_BITS;
  if (limbs >= x.count) return sk_smallint(x.negative ? -1 : 0);
  SkInt *result = sk_int_alloc(vm, x.count - limbs + 1);
  bool lost = sk_bigint_shift_right(result->limbs, x.limbs, x.count, (size_t)bits);
  if (lost && x.negative) { /* towards minus infinity: one more below zero */
    const SkLimb one = 1;
    sk_bigint_add(result->limbs, result->limbs, x.count - limbs + 1, &one, 1);
  }
  return sk_int_finish(result, x.negative);
}

/* ---- bitwise ---- */

SkValue sk_int_bitop(SkVm *vm, SkBitOp op, SkValue a, SkValue b) {
  if (int_is_small(a) && int_is_small(b)) {
    int64_t x = int_small(a), y = int_small(b);
    return sk_smallint(op == SK_BIT_AND ? (x & y) : op == SK_BIT_OR ? (x | y) : (x ^ y));
  }
  IntView x, y;
  int_view(a, &x);
  int_view(b, &y);
  if (op == SK_BIT_AND && x.count && y.count == 1 && !x.negative && !y.negative) {
    return sk_int_from_u64(vm, x.limbs[0] & y.limbs[0]); /* masking to a machine word */
  }
  SkInt *result = sk_int_alloc(vm, (x.count > y.count ? x.count : y.count) + 1);
  bool negative = sk_bigint_bitop(op, result->limbs, x.limbs, x.count, x.negative, y.limbs,
                                  y.count, y.negative);
  return sk_int_finish(result, negative);
}

SkValue sk_int_invert(SkVm *vm, SkValue a) {
  if (int_is_small(a)) return sk_smallint(~int_small(a));
  return sk_int_sub(vm, sk_smallint(-1), a);
}

/* ---- the VM's short cut ---- */

static inline bool is_plain(const SkVm *vm, SkValue v) {
  return sk_is_smallint(v) ||
         (sk_is_ptr(v) && sk_object(v)->shape == vm->types[SK_T_int]->instance_shape->id);
}

bool sk_int_quick(SkVm *vm, int op, SkValue a, SkValue b, SkValue *out) {
  if (!is_plain(vm, a) || !is_plain(vm, b)) return false;
  switch (op) {
    case SK_BIN_ADD: *out = sk_int_add(vm, a, b); return true;
    case SK_BIN_SUB: *out = sk_int_sub(vm, a, b); return true;
    case SK_BIN_MUL: *out = sk_int_mul(vm, a, b); return true;
    case SK_BIN_AND: *out = sk_int_bitop(vm, SK_BIT_AND, a, b); return true;
    case SK_BIN_OR: *out = sk_int_bitop(vm, SK_BIT_OR, a, b); return true;
    case SK_BIN_XOR: *out = sk_int_bitop(vm, SK_BIT_XOR, a, b); return true;
    case SK_BIN_FLOORDIV:
    case SK_BIN_MOD: {
      if (sk_is(b, sk_smallint(0))) return false; /* an error, with its own words */
      SkValue remainder, quotient = sk_int_divmod(vm, a, b, &remainder);
      *out = op == SK_BIN_MOD ? remainder : quotient;
      return true;
    }
    case SK_BIN_LSHIFT:
    case SK_BIN_RSHIFT:
      if (!sk_is_smallint(b) || sk_smallint_get(b) < 0) return false;
      *out = op == SK_BIN_LSHIFT ? sk_int_lshift(vm, a, sk_smallint_get(b))
                                 : sk_int_rshift(vm, a, sk_smallint_get(b));
      return true;
    default: return false;
  }
}
