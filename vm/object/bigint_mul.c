/* bigint_mul.c - limb vectors: multiplication.  Layer 6.
 *
 * Schoolbook below a threshold, Karatsuba above, an unbalanced product in
 * slices as long as the shorter factor.  Karatsuba is the subtractive form:
 *
 *   a = a1 B^h + a0, b = b1 B^h + b0
 *   ab = a1b1 B^2h + (a0b0 + a1b1 - (a0 - a1)(b0 - b1)) B^h + a0b0
 *
 * whose differences fit h limbs and can wait in the output area.
 */
#include "vm/object/bigint.h"

#include "vm/heap/vm.h"

enum { KARATSUBA_FROM = 32, KARATSUBA_SQR_FROM = 48, STEP = 16 /* products of limbs that count as one step */ };

static void mul_school(SkVm *vm, SkLimb *out, const SkLimb *a, size_t an, const SkLimb *b, size_t bn) {
  if (!bn) {
    sk_bigint_zero(out, an);
    return;
  }
  sk_charge(vm, an / STEP);
  out[an] = sk_bigint_mul_limb(out, a, an, b[0], 0);
  for (size_t i = 1; i < bn; i++) {
    sk_charge(vm, an / STEP);
    out[an + i] = sk_bigint_addmul_limb(out + i, a, an, b[i]);
  }
}

/* out[n] = |a[n] - b[bn]| with bn <= n; returns whether it was negative. */
static bool absolute_difference(SkLimb *out, const SkLimb *a, size_t n, const SkLimb *b,
                                size_t bn) {
  size_t a_used = sk_bigint_trim(a, n), b_used = sk_bigint_trim(b, bn);
  if (sk_bigint_compare(a, a_used, b, b_used) >= 0) {
    sk_bigint_sub(out, a, n, b, b_used);
    return false;
  }
  sk_bigint_sub(out, b, b_used, a, a_used);
  sk_bigint_zero(out + b_used, n - b_used);
  return true;
}

/* Limbs karatsuba(n) uses: 2h kept on each level, h = ceil(n/2), and 4h + 1 on
 * the lowest; the constant covers the rounding up of 64 levels. */
static size_t karatsuba_scratch(size_t n) { return 2 * n + 4 * SK_LIMB_BITS; }

/* Adds the middle term: out holds a0b0 and a1b1, product[2h] is what is to be
 * subtracted (or added) from their sum, which is made in sum[2h + 1]. */
static void add_middle(SkLimb *out, size_t n, size_t h, const SkLimb *product, bool add,
                       SkLimb *sum) {
  size_t high = 2 * (n - h);
  sum[2 * h] = sk_bigint_add(sum, out, 2 * h, out + 2 * h, high);
  if (add) {
    sum[2 * h] += sk_bigint_add(sum, sum, 2 * h, product, 2 * h);
  } else {
    sum[2 * h] -= sk_bigint_sub(sum, sum, 2 * h, product, 2 * h);
  }
  /* The true middle term fits above B^h, however long |sum| is. */
  size_t used = sk_bigint_trim(sum, 2 * h + 1);
  sk_bigint_add(out + h, out + h, 2 * n - h, sum, used);
}

static void karatsuba(SkVm *vm, SkLimb *out, const SkLimb *a, const SkLimb *b, size_t n, SkLimb *scratch) {
  if (n < KARATSUBA_FROM) {
    mul_school(vm, out, a, n, b, n);
    return;
  }
  size_t h = (n + 1) / 2;
  sk_charge(vm, n / STEP);
  bool a_negative = absolute_difference(out, a, h, a + h, n - h);
  bool b_negative = absolute_difference(out + h, b, h, b + h, n - h);
  karatsuba(vm, scratch, out, out + h, h, scratch + 2 * h);
  karatsuba(vm, out, a, b, h, scratch + 2 * h);
  karatsuba(vm, out + 2 * h, a + h, b + h, n - h, scratch + 2 * h);
  add_middle(out, n, h, scratch, a_negative != b_negative, scratch + 2 * h);
}

size_t sk_bigint_mul_scratch(size_t an, size_t bn) {
  if (bn < KARATSUBA_FROM) return 0;
  if (an == bn) return karatsuba_scratch(bn);
  /* A slice's product, and that of the odd rest with b, which goes on like
   * Euclid's algorithm: at worst the lengths shrink by the golden ratio. */
  return karatsuba_scratch(bn) + 6 * bn;
}

/* an > bn: slices of a, each bn limbs, times b. */
static void mul_unbalanced(SkVm *vm, SkLimb *out, const SkLimb *a, size_t an, const SkLimb *b, size_t bn,
                           SkLimb *scratch) {
  SkLimb *part = scratch;
  scratch += 2 * bn;
  karatsuba(vm, out, a, b, bn, scratch);
  size_t done = bn;
  for (; an - done >= bn; done += bn) {
    karatsuba(vm, part, a + done, b, bn, scratch);
    sk_bigint_copy(out + done + bn, part + bn, bn);
    SkLimb carry = sk_bigint_add(out + done, out + done, bn, part, bn);
    sk_bigint_add(out + done + bn, out + done + bn, bn, &carry, 1);
  }
  size_t rest = an - done;
  if (!rest) return;
  sk_bigint_mul(vm, part, b, bn, a + done, rest, scratch);
  sk_bigint_copy(out + done + bn, part + bn, rest);
  SkLimb carry = sk_bigint_add(out + done, out + done, bn, part, bn);
  sk_bigint_add(out + done + bn, out + done + bn, rest, &carry, 1);
}

void sk_bigint_mul(SkVm *vm, SkLimb *out, const SkLimb *a, size_t an, const SkLimb *b, size_t bn,
                   SkLimb *scratch) {
  if (bn < KARATSUBA_FROM) {
    mul_school(vm, out, a, an, b, bn);
  } else if (an == bn) {
    karatsuba(vm, out, a, b, an, scratch);
  } else {
    mul_unbalanced(vm, out, a, an, b, bn, scratch);
  }
}

/* Every product of two different limbs counts twice: make them once, double
 * the whole, add the squares. */
static void sqr_school(SkVm *vm, SkLimb *out, const SkLimb *a, size_t n) {
  if (n < 2) {
    mul_school(vm, out, a, n, a, n);
    return;
  }
  sk_charge(vm, n * n / (2 * STEP)); /* few: n < KARATSUBA_SQR_FROM */
  out[0] = 0;
  out[n] = sk_bigint_mul_limb(out + 1, a + 1, n - 1, a[0], 0);
  for (size_t i = 1; i + 1 < n; i++) {
    out[n + i] = sk_bigint_addmul_limb(out + 2 * i + 1, a + i + 1, n - i - 1, a[i]);
  }
  out[2 * n - 1] = 0;
  SkLimb carry = 0, top = 0;
  for (size_t i = 0; i < n; i++) {
    SkLimb2 square = (SkLimb2)a[i] * a[i];
    SkLimb low = out[2 * i], high = out[2 * i + 1];
    SkLimb2 sum = (SkLimb2)(low << 1 | top) + (SkLimb)square + carry;
    out[2 * i] = (SkLimb)sum;
    top = high >> 63;
    sum = (SkLimb2)(high << 1 | low >> 63) + (SkLimb)(square >> SK_LIMB_BITS) +
          (SkLimb)(sum >> SK_LIMB_BITS);
    out[2 * i + 1] = (SkLimb)sum;
    carry = (SkLimb)(sum >> SK_LIMB_BITS);
  }
}

static void karatsuba_sqr(SkVm *vm, SkLimb *out, const SkLimb *a, size_t n, SkLimb *scratch) {
  if (n < KARATSUBA_SQR_FROM) {
    sqr_school(vm, out, a, n);
    return;
  }
  size_t h = (n + 1) / 2;
  sk_charge(vm, n / STEP);
  absolute_difference(out, a, h, a + h, n - h);
  karatsuba_sqr(vm, scratch, out, h, scratch + 2 * h);
  karatsuba_sqr(vm, out, a, h, scratch + 2 * h);
  karatsuba_sqr(vm, out + 2 * h, a + h, n - h, scratch + 2 * h);
  add_middle(out, n, h, scratch, false, scratch + 2 * h);
}

size_t sk_bigint_sqr_scratch(size_t n) {
  return n < KARATSUBA_SQR_FROM ? 0 : karatsuba_scratch(n);
}

void sk_bigint_sqr(SkVm *vm, SkLimb *out, const SkLimb *a, size_t n, SkLimb *scratch) {
  karatsuba_sqr(vm, out, a, n, scratch);
}
