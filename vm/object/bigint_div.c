/* bigint_div.c - limb vectors: division.  Layer 6.
 *
 * Knuth's algorithm D with quotient limbs from precomputed reciprocals
 * (Moeller and Granlund, "Improved division by invariant integers"), and above
 * a threshold the recursive division of Burnikel and Ziegler, which costs a
 * few multiplications of the same size.
 */
#include "vm/object/bigint.h"

#include "vm/heap/vm.h"

enum { RECURSE_FROM = 80, STEP = 16 /* products of limbs that count as one step */ };

/* ---- one limb ---- */

/* floor((B^2 - 1) / d) - B for a normalised d (top bit set). */
static SkLimb reciprocal(SkLimb d) { return (SkLimb)(~(SkLimb2)0 / d); }

/* (high, low) / d, high < d normalised. */
static inline SkLimb divide_2by1(SkLimb high, SkLimb low, SkLimb d, SkLimb v, SkLimb *remainder) {
  SkLimb2 q = (SkLimb2)v * high + ((SkLimb2)high << SK_LIMB_BITS | low);
  SkLimb quotient = (SkLimb)(q >> SK_LIMB_BITS) + 1;
  SkLimb r = low - quotient * d;
  if (r > (SkLimb)q) {
    quotient--;
    r += d;
  }
  if (r >= d) {
    quotient++;
    r -= d;
  }
  *remainder = r;
  return quotient;
}

SkLimb sk_bigint_divrem_limb(SkLimb *quotient, const SkLimb *a, size_t an, SkLimb divisor) {
  unsigned shift = (unsigned)__builtin_clzll(divisor);
  SkLimb d = divisor << shift, v = reciprocal(d), remainder = 0;
  if (!shift) {
    while (an-- > 0) quotient[an] = divide_2by1(remainder, a[an], d, v, &remainder);
    return remainder;
  }
  if (!an) return 0;
  remainder = a[an - 1] >> (SK_LIMB_BITS - shift);
  while (an-- > 0) {
    SkLimb low = a[an] << shift | (an ? a[an - 1] >> (SK_LIMB_BITS - shift) : 0);
    quotient[an] = divide_2by1(remainder, low, d, v, &remainder);
  }
  return remainder >> shift;
}

/* ---- schoolbook ---- */

/* floor((B^3 - 1) / (d1, d0)) - B for a normalised d1. */
static SkLimb reciprocal_3by2(SkLimb d1, SkLimb d0) {
  SkLimb v = reciprocal(d1);
  SkLimb p = d1 * v + d0;
  if (p < d0) {
    v--;
    if (p >= d1) {
      v--;
      p -= d1;
    }
    p -= d1;
  }
  SkLimb2 t = (SkLimb2)v * d0;
  p += (SkLimb)(t >> SK_LIMB_BITS);
  if (p < (SkLimb)(t >> SK_LIMB_BITS)) {
    v--;
    if (((SkLimb2)p << SK_LIMB_BITS | (SkLimb)t) >= ((SkLimb2)d1 << SK_LIMB_BITS | d0)) v--;
  }
  return v;
}

/* Quotient limb of (u2, u1, u0) / d, d = (d1, d0), (u2, u1) < d. */
static inline SkLimb divide_3by2(SkLimb u2, SkLimb u1, SkLimb u0, SkLimb2 d, SkLimb v) {
  SkLimb d1 = (SkLimb)(d >> SK_LIMB_BITS), d0 = (SkLimb)d;
  SkLimb2 q = (SkLimb2)v * u2 + ((SkLimb2)u2 << SK_LIMB_BITS | u1);
  SkLimb q1 = (SkLimb)(q >> SK_LIMB_BITS), q0 = (SkLimb)q;
  SkLimb r1 = u1 - q1 * d1;
  SkLimb2 r = ((SkLimb2)r1 << SK_LIMB_BITS | u0) - (SkLimb2)d0 * q1 - d;
  q1++;
  if ((SkLimb)(r >> SK_LIMB_BITS) >= q0) {
    q1--;
    r += d;
  }
  return q1 + (r >= d);
}

/* quotient[an - bn] = a / b, the remainder left in a[0..bn), the limbs above
 * it cleared.  b is normalised, bn >= 2, and the top bn limbs of a are less
 * than b. */
static void divide_school(SkVm *vm, SkLimb *quotient, SkLimb *a, size_t an, const SkLimb *b, size_t bn) {
  SkLimb2 d = (SkLimb2)b[bn - 1] << SK_LIMB_BITS | b[bn - 2];
  SkLimb v = reciprocal_3by2(b[bn - 1], b[bn - 2]);
  for (size_t j = an - bn; j-- > 0;) {
    SkLimb *u = a + j; /* bn + 1 limbs */
    sk_charge(vm, bn / STEP);
    SkLimb q;
    if (((SkLimb2)u[bn] << SK_LIMB_BITS | u[bn - 1]) >= d) {
      q = ~(SkLimb)0; /* equal, by the precondition: the estimate would overflow */
    } else {
      q = divide_3by2(u[bn], u[bn - 1], u[bn - 2], d, v);
    }
    SkLimb borrow = sk_bigint_submul_limb(u, b, bn, q);
    bool low = u[bn] < borrow;
    u[bn] -= borrow;
    while (low) { /* at most twice, and rarely */
      q--;
      SkLimb carry = sk_bigint_add(u, u, bn, b, bn);
      u[bn] += carry;
      low = !(carry && !u[bn]);
    }
    quotient[j] = q;
  }
}

/* ---- recursive ---- */

static void divide_2n_by_1n(SkVm *vm, SkLimb *quotient, SkLimb *a, const SkLimb *b, size_t n,
                            SkLimb *scratch);

/* quotient[h] = a[3h] / b[2h]; remainder in a[0..2h), a[2h..3h) cleared. */
static void divide_3h_by_2h(SkVm *vm, SkLimb *quotient, SkLimb *a, const SkLimb *b, size_t h,
                            SkLimb *scratch) {
  const SkLimb *b1 = b + h;
  SkLimb top = 0; /* limb 2h of what remains */
  size_t a_used = sk_bigint_trim(a + 2 * h, h), b_used = sk_bigint_trim(b1, h);
  if (sk_bigint_compare(a + 2 * h, a_used, b1, b_used) < 0) {
    divide_2n_by_1n(vm, quotient, a + h, b1, h, scratch);
  } else { /* the top thirds are equal: the quotient is B^h - 1 or a little less */
    memset(quotient, 0xFF, h * sizeof *quotient);
    sk_bigint_zero(a + 2 * h, h);
    top = sk_bigint_add(a + h, a + h, h, b1, h);
  }
  SkLimb *product = scratch;
  sk_charge(vm, h / STEP);
  sk_bigint_mul(vm, product, quotient, h, b, h, scratch + 2 * h);
  /* |top| counts in two's complement: all ones is "minus one". */
  top -= sk_bigint_sub(a, a, 2 * h, product, 2 * h);
  while (top) {
    const SkLimb one = 1;
    sk_bigint_sub(quotient, quotient, h, &one, 1);
    top += sk_bigint_add(a, a, 2 * h, b, 2 * h);
  }
}

/* quotient[n] = a[2n] / b[n]; remainder in a[0..n), a[n..2n) cleared.  The top
 * half of a is less than b, which is normalised. */
static void divide_2n_by_1n(SkVm *vm, SkLimb *quotient, SkLimb *a, const SkLimb *b, size_t n,
                            SkLimb *scratch) {
  if (n % 2 || n < RECURSE_FROM) {
    divide_school(vm, quotient, a, 2 * n, b, n);
    return;
  }
  size_t h = n / 2;
  divide_3h_by_2h(vm, quotient + h, a + h, b, h, scratch);
  divide_3h_by_2h(vm, quotient, a, b, h, scratch);
}

/* ---- the whole ---- */

/* The divisor is padded at its low end to |block| limbs, a power of two times
 * a size below RECURSE_FROM, and the dividend to |blocks| such blocks. */
typedef struct Plan {
  bool recursive;
  size_t block, blocks;
} Plan;

static Plan plan_division(size_t an, size_t bn) {
  if (bn < RECURSE_FROM || an - bn < RECURSE_FROM) return (Plan){0};
  size_t parts = 1;
  while (bn / parts >= RECURSE_FROM) parts *= 2;
  size_t block = (bn + parts - 1) / parts * parts;
  size_t dividend = an + (block - bn) + 1; /* after the shift */
  size_t blocks = (dividend + block - 1) / block;
  return (Plan){.recursive = true, .block = block, .blocks = blocks < 2 ? 2 : blocks};
}

size_t sk_bigint_divrem_scratch(size_t an, size_t bn) {
  if (bn <= 1) return 0;
  Plan plan = plan_division(an, bn);
  if (!plan.recursive) return an + 1 + bn;
  size_t n = plan.block;
  return n + 2 + (plan.blocks * n + 2) + plan.blocks * n + n +
         sk_bigint_mul_scratch(n / 2, n / 2);
}

static void divrem_recursive(SkVm *vm, Plan plan, SkLimb *quotient, SkLimb *remainder, const SkLimb *a,
                             size_t an, const SkLimb *b, size_t bn, SkLimb *scratch) {
  size_t n = plan.block, total = plan.blocks * n;
  size_t shift = (n - bn) * SK_LIMB_BITS + (size_t)__builtin_clzll(b[bn - 1]);
  SkLimb *divisor = scratch, *dividend = divisor + n + 2, *whole = dividend + total + 2;
  scratch = whole + total;
  sk_bigint_shift_left(divisor, b, bn, shift);
  sk_bigint_shift_left(dividend, a, an, shift);
  size_t used = an + shift / SK_LIMB_BITS + 1;
  if (used < total) sk_bigint_zero(dividend + used, total - used);
  /* The top block may equal or exceed the divisor only if it is nonzero, and
   * the plan leaves at least one spare limb, so it is below it. */
  for (size_t i = plan.blocks - 1; i-- > 0;) {
    divide_2n_by_1n(vm, whole + i * n, dividend + i * n, divisor, n, scratch);
  }
  size_t have = total - n, want = an - bn + 1;
  if (have < want) {
    sk_bigint_copy(quotient, whole, have);
    sk_bigint_zero(quotient + have, want - have);
  } else {
    sk_bigint_copy(quotient, whole, want);
  }
  sk_bigint_shift_right(dividend, dividend, n, shift);
  sk_bigint_copy(remainder, dividend, bn);
}

void sk_bigint_divrem(SkVm *vm, SkLimb *quotient, SkLimb *remainder, const SkLimb *a, size_t an,
                      const SkLimb *b, size_t bn, SkLimb *scratch) {
  sk_charge(vm, an / STEP);
  if (bn == 1) {
    remainder[0] = sk_bigint_divrem_limb(quotient, a, an, b[0]);
    return;
  }
  Plan plan = plan_division(an, bn);
  if (plan.recursive) {
    divrem_recursive(vm, plan, quotient, remainder, a, an, b, bn, scratch);
    return;
  }
  unsigned shift = (unsigned)__builtin_clzll(b[bn - 1]);
  SkLimb *dividend = scratch, *divisor = scratch + an + 1;
  sk_bigint_shift_left(dividend, a, an, shift);
  SkLimb carry = 0;
  for (size_t i = 0; i < bn; i++) {
    divisor[i] = b[i] << shift | carry;
    carry = shift ? b[i] >> (SK_LIMB_BITS - shift) : 0;
  }
  divide_school(vm, quotient, dividend, an + 1, divisor, bn);
  sk_bigint_shift_right(remainder, dividend, bn, shift);
}
