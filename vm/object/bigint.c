/* bigint.c - limb vectors: compare, add, subtract, shift.  Layer 6, pure. */
#include "vm/object/bigint.h"

int sk_bigint_compare(const SkLimb *a, size_t an, const SkLimb *b, size_t bn) {
  if (an != bn) return an < bn ? -1 : 1;
  while (an-- > 0) {
    if (a[an] != b[an]) return a[an] < b[an] ? -1 : 1;
  }
  return 0;
}

SkLimb sk_bigint_add(SkLimb *out, const SkLimb *a, size_t an, const SkLimb *b, size_t bn) {
  SkLimb carry = 0;
  size_t i = 0;
  for (; i < bn; i++) {
    SkLimb2 sum = (SkLimb2)a[i] + b[i] + carry;
    out[i] = (SkLimb)sum;
    carry = (SkLimb)(sum >> SK_LIMB_BITS);
  }
  for (; i < an && carry; i++) {
    out[i] = a[i] + 1;
    carry = !out[i];
  }
  if (out != a) sk_bigint_copy(out + i, a + i, an - i);
  return carry;
}

SkLimb sk_bigint_sub(SkLimb *out, const SkLimb *a, size_t an, const SkLimb *b, size_t bn) {
  SkLimb borrow = 0;
  size_t i = 0;
  for (; i < bn; i++) {
    SkLimb2 difference = (SkLimb2)a[i] - b[i] - borrow;
    out[i] = (SkLimb)difference;
    borrow = (SkLimb)(difference >> SK_LIMB_BITS) & 1;
  }
  for (; i < an && borrow; i++) {
    borrow = !a[i];
    out[i] = a[i] - 1;
  }
  if (out != a) sk_bigint_copy(out + i, a + i, an - i);
  return borrow;
}

SkLimb sk_bigint_mul_limb(SkLimb *out, const SkLimb *a, size_t n, SkLimb factor, SkLimb carry) {
  for (size_t i = 0; i < n; i++) {
    SkLimb2 part = (SkLimb2)a[i] * factor + carry;
    out[i] = (SkLimb)part;
    carry = (SkLimb)(part >> SK_LIMB_BITS);
  }
  return carry;
}

SkLimb sk_bigint_addmul_limb(SkLimb *out, const SkLimb *a, size_t n, SkLimb factor) {
  SkLimb carry = 0;
  for (size_t i = 0; i < n; i++) { /* (B-1)^2 + 2(B-1) = B^2 - 1 never overflows */
    SkLimb2 part = (SkLimb2)a[i] * factor + out[i] + carry;
    out[i] = (SkLimb)part;
    carry = (SkLimb)(part >> SK_LIMB_BITS);
  }
  return carry;
}

SkLimb sk_bigint_submul_limb(SkLimb *out, const SkLimb *a, size_t n, SkLimb factor) {
  SkLimb borrow = 0;
  for (size_t i = 0; i < n; i++) {
    SkLimb2 part = (SkLimb2)a[i] * factor + borrow;
    SkLimb low = (SkLimb)part;
    borrow = (SkLimb)(part >> SK_LIMB_BITS) + (out[i] < low);
    out[i] -= low;
  }
  return borrow;
}

void sk_bigint_shift_left(SkLimb *out, const SkLimb *a, size_t an, size_t count) {
  size_t limbs = count / SK_LIMB_BITS;
  unsigned bits = count % SK_LIMB_BITS;
  sk_bigint_zero(out, limbs);
  out += limbs;
  if (!bits) {
    sk_bigint_copy(out, a, an);
    out[an] = 0;
    return;
  }
  SkLimb carry = 0;
  for (size_t i = 0; i < an; i++) {
    SkLimb limb = a[i];
    out[i] = limb << bits | carry;
    carry = limb >> (SK_LIMB_BITS - bits);
  }
  out[an] = carry;
}

bool sk_bigint_shift_right(SkLimb *out, const SkLimb *a, size_t an, size_t count) {
  bool lost = sk_bigint_any_below(a, an, count);
  size_t limbs = count / SK_LIMB_BITS;
  unsigned bits = count % SK_LIMB_BITS;
  a += limbs;
  an -= limbs;
  if (!bits) {
    sk_bigint_copy(out, a, an);
    return lost;
  }
  for (size_t i = 0; i + 1 < an; i++) out[i] = a[i] >> bits | a[i + 1] << (SK_LIMB_BITS - bits);
  out[an - 1] = a[an - 1] >> bits;
  return lost;
}
