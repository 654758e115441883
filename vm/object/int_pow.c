/* int_pow.c - integers: powers, modular powers, gcd, square root.  Layer 6. */
#include "vm/object/int_impl.h"

/* a^exponent of an odd-or-not magnitude, times 2^shift. */
static SkValue pow_limbs(SkVm *vm, const SkLimb *a, size_t count, uint64_t exponent,
                         bool negative) {
  size_t limbs = sk_bigint_pow_limbs(sk_bigint_bits(a, count), exponent);
  if (limbs > SIZE_MAX / 64) sk_raise_nomem(vm);
  sk_check_length(vm, (limbs - 4) * sizeof(SkLimb)); /* before the work, which is more than the result */
  sk_heap_require(vm, 4 * limbs * sizeof(SkLimb));
  size_t mark = sk_scratch_mark(vm);
  SkLimb *out = sk_limbs_scratch(vm, limbs);
  SkLimb *scratch = sk_limbs_scratch(vm, sk_bigint_pow_scratch(limbs));
  size_t used = sk_bigint_pow(vm, out, limbs, a, count, exponent, scratch);
  SkValue result = sk_int_from_magnitude(vm, out, used, negative);
  sk_scratch_release(vm, mark);
  return result;
}

/* Powers whose size says nothing about their cost: 0, 1, -1. */
static bool pow_trivial(SkValue a, SkValue b, SkValue *out) {
  if (!sk_int_sign(b)) return *out = sk_smallint(1), true;
  if (!int_is_small(a)) return false;
  int64_t x = int_small(a);
  if (x == 0 || x == 1) return *out = sk_smallint(x), true;
  if (x == -1) return *out = sk_smallint(sk_int_is_odd(b) ? -1 : 1), true;
  return false;
}

static bool pow_small(int64_t x, uint64_t exponent, int64_t *out) {
  int64_t result = 1;
  for (;;) {
    if ((exponent & 1) && __builtin_mul_overflow(result, x, &result)) return false;
    if (!(exponent >>= 1)) break;
    if (__builtin_mul_overflow(x, x, &x)) return false;
  }
  *out = result;
  return true;
}

SkValue sk_int_pow(SkVm *vm, SkValue a, SkValue b) {
  SkValue trivial;
  if (pow_trivial(a, b, &trivial)) return trivial;
  int64_t exponent, small;
  if (!sk_int_get_i64(b, &exponent)) sk_raise_nomem(vm);
  if (int_is_small(a) && pow_small(int_small(a), (uint64_t)exponent, &small)) {
    return sk_int_new(vm, small);
  }
  IntView x;
  int_view(a, &x);
  bool negative = x.negative && (exponent & 1);
  unsigned twos = x.count == 1 ? (unsigned)__builtin_ctzll(x.limbs[0]) : 0;
  if (!twos) return pow_limbs(vm, x.limbs, x.count, (uint64_t)exponent, negative);
  /* 2^k factors cost nothing but a shift: 10^n is 5^n << n. */
  SkLimb odd = x.limbs[0] >> twos;
  int64_t shift;
  if (__builtin_mul_overflow((int64_t)twos, exponent, &shift) || shift > INT64_MAX / 2) {
    sk_raise_nomem(vm);
  }
  SkValue power = odd == 1 ? sk_smallint(negative ? -1 : 1)
                           : pow_limbs(vm, &odd, 1, (uint64_t)exponent, negative);
  return sk_int_lshift(vm, power, shift);
}

/* The x with a * x = 1 modulo m > 1, by Euclid's algorithm. */
static SkValue inverse(SkVm *vm, SkValue a, SkValue m) {
  SkValue r0 = m, r1 = sk_int_mod(vm, a, m), s0 = sk_smallint(0), s1 = sk_smallint(1);
  while (sk_int_sign(r1)) {
    SkValue rest, q = sk_int_divmod(vm, r0, r1, &rest);
    SkValue s = sk_int_sub(vm, s0, sk_int_mul(vm, q, s1));
    r0 = r1, r1 = rest;
    s0 = s1, s1 = s;
  }
  if (sk_int_compare(r0, sk_smallint(1)) != 0) {
    sk_raise_value(vm, "base is not invertible for the given modulus");
  }
  return s0;
}

static SkLimb powmod_limb(SkLimb a, uint64_t exponent, SkLimb m) {
  SkLimb result = 1 % m;
  for (; exponent; exponent >>= 1) {
    if (exponent & 1) result = (SkLimb)((SkLimb2)result * a % m);
    a = (SkLimb)((SkLimb2)a * a % m);
  }
  return result;
}

SkValue sk_int_powmod(SkVm *vm, SkValue a, SkValue b, SkValue m) {
  if (!sk_int_sign(m)) sk_raise_value(vm, "pow() 3rd argument cannot be 0");
  SkValue modulus = sk_int_abs(vm, m);
  if (sk_int_sign(b) < 0) {
    if (sk_int_compare(modulus, sk_smallint(1)) == 0) return sk_smallint(0);
    a = inverse(vm, a, modulus);
    b = sk_int_neg(vm, b);
  }
  a = sk_int_mod(vm, a, modulus);
  IntView x, e, n;
  int_view(a, &x);
  int_view(b, &e);
  int_view(modulus, &n);
  SkValue result;
  if (n.count == 1 && e.count <= 1) {
    SkLimb r = powmod_limb(x.count ? x.limbs[0] : 0, e.count ? e.limbs[0] : 0, n.limbs[0]);
    result = sk_int_from_u64(vm, r);
  } else {
    size_t mark = sk_scratch_mark(vm);
    SkLimb *out = sk_limbs_scratch(vm, n.count);
    SkLimb *scratch = sk_limbs_scratch(vm, sk_bigint_powmod_scratch(n.count));
    size_t used =
        sk_bigint_powmod(vm, out, x.limbs, x.count, e.limbs, e.count, n.limbs, n.count, scratch);
    result = sk_int_from_magnitude(vm, out, used, false);
    sk_scratch_release(vm, mark);
  }
  /* The result has the sign of the modulus. */
  if (sk_int_sign(m) < 0 && sk_int_sign(result)) result = sk_int_add(vm, result, m);
  return result;
}

static SkLimb gcd_small(SkLimb a, SkLimb b) {
  if (!a || !b) return a | b;
  int twos = __builtin_ctzll(a | b);
  a >>= __builtin_ctzll(a);
  while (b) {
    b >>= __builtin_ctzll(b);
    if (a > b) {
      SkLimb swap = a;
      a = b, b = swap;
    }
    b -= a;
  }
  return a << twos;
}

SkValue sk_int_gcd(SkVm *vm, SkValue a, SkValue b) {
  IntView x, y;
  int_view(a, &x);
  int_view(b, &y);
  if (x.count <= 1 && y.count <= 1) {
    return sk_int_from_u64(vm, gcd_small(x.count ? x.limbs[0] : 0, y.count ? y.limbs[0] : 0));
  }
  if (!x.count) return sk_int_abs(vm, b);
  if (!y.count) return sk_int_abs(vm, a);
  bool swap = sk_bigint_compare(x.limbs, x.count, y.limbs, y.count) < 0;
  const IntView *larger = swap ? &y : &x, *other = swap ? &x : &y;
  size_t mark = sk_scratch_mark(vm), n = larger->count;
  SkLimb *p = sk_limbs_scratch(vm, n), *q = sk_limbs_scratch(vm, n);
  sk_bigint_copy(p, larger->limbs, n);
  sk_bigint_copy(q, other->limbs, other->count);
  size_t used =
      sk_bigint_gcd(vm, p, n, q, other->count, sk_limbs_scratch(vm, sk_bigint_gcd_scratch(n)));
  SkValue result = sk_int_from_magnitude(vm, p, used, false);
  sk_scratch_release(vm, mark);
  return result;
}

SkValue sk_int_isqrt(SkVm *vm, SkValue a) {
  IntView x;
  int_view(a, &x);
  if (!x.count) return sk_smallint(0);
  size_t mark = sk_scratch_mark(vm);
  SkLimb *root = sk_limbs_scratch(vm, x.count / 2 + 3);
  SkLimb *scratch = sk_limbs_scratch(vm, sk_bigint_isqrt_scratch(x.count));
  size_t used = sk_bigint_isqrt(vm, root, x.limbs, x.count, scratch);
  SkValue result = sk_int_from_magnitude(vm, root, used, false);
  sk_scratch_release(vm, mark);
  return result;
}
