/* bigint_math.c - limb vectors: gcd, roots and powers.  Layer 6. */
#include "vm/object/bigint.h"

#include "vm/heap/vm.h"

enum { STEP = 8 /* limbs that count as one step */ };

__extension__ typedef __int128 SignedLimb2;

/* ---- gcd ---- */

/* The 2x2 matrix of several Euclidean steps done on leading bits alone. */
typedef struct Steps {
  int64_t a, b, c, d;
} Steps;

/* Lehmer's method (Knuth 4.5.2, algorithm L): goes on while the quotient is
 * the same for both extremes that the unseen bits allow.  x, y < 2^62. */
static Steps lehmer_steps(int64_t x, int64_t y) {
  Steps s = {1, 0, 0, 1};
  while (y + s.c != 0 && y + s.d != 0) {
    int64_t q = (x + s.a) / (y + s.c);
    if (q != (x + s.b) / (y + s.d)) break;
    int64_t t = s.a - q * s.c;
    s.a = s.c, s.c = t;
    t = s.b - q * s.d;
    s.b = s.d, s.d = t;
    t = x - q * y;
    x = y, y = t;
  }
  return s;
}

/* The bits of a[n] from |shift| on, which are fewer than 63. */
static int64_t bits_from(const SkLimb *a, size_t n, size_t shift) {
  size_t limb = shift / SK_LIMB_BITS, bits = shift % SK_LIMB_BITS;
  if (limb >= n) return 0;
  SkLimb value = a[limb] >> bits;
  if (bits && limb + 1 < n) value |= a[limb + 1] << (SK_LIMB_BITS - bits);
  return (int64_t)value;
}

/* (a, b) = matrix * (a, b), n limbs each; both results are natural numbers. */
static void apply_steps(Steps s, SkLimb *a, SkLimb *b, size_t n) {
  SignedLimb2 carry_a = 0, carry_b = 0;
  for (size_t i = 0; i < n; i++) {
    SignedLimb2 x = a[i], y = b[i];
    carry_a += s.a * x + s.b * y; /* the coefficients have opposite signs */
    carry_b += s.c * x + s.d * y;
    a[i] = (SkLimb)carry_a;
    b[i] = (SkLimb)carry_b;
    carry_a >>= SK_LIMB_BITS;
    carry_b >>= SK_LIMB_BITS;
  }
}

static SkLimb gcd_limb(SkLimb a, SkLimb b) {
  while (b) {
    SkLimb r = a % b;
    a = b;
    b = r;
  }
  return a;
}

size_t sk_bigint_gcd_scratch(size_t an) {
  /* quotient and remainder, and the longest division whatever its shape */
  return 2 * an + 2 + 8 * an + 1024 + sk_bigint_mul_scratch(an, an);
}

size_t sk_bigint_gcd(SkVm *vm, SkLimb *a, size_t an, SkLimb *b, size_t bn, SkLimb *scratch) {
  SkLimb *result = a;
  while (bn > 1) {
    sk_charge(vm, an / STEP + 1);
    size_t shift = sk_bigint_bits(a, an) - 62;
    Steps s = lehmer_steps(bits_from(a, an, shift), bits_from(b, bn, shift));
    if (s.b == 0) { /* the quotient is too large for that: divide for real */
      SkLimb *quotient = scratch, *remainder = quotient + an - bn + 1;
      sk_bigint_divrem(vm, quotient, remainder, a, an, b, bn, remainder + bn);
      sk_bigint_copy(a, remainder, bn);
      SkLimb *swap = a;
      a = b, b = swap;
      an = bn;
      bn = sk_bigint_trim(b, bn);
      continue;
    }
    sk_bigint_zero(b + bn, an - bn);
    apply_steps(s, a, b, an);
    bn = sk_bigint_trim(b, an);
    an = sk_bigint_trim(a, an);
  }
  if (bn == 1) {
    SkLimb rest = sk_bigint_divrem_limb(scratch, a, an, b[0]);
    a[0] = gcd_limb(b[0], rest);
    an = 1;
  }
  if (a != result) sk_bigint_copy(result, a, an);
  return an;
}

/* ---- square root ---- */

size_t sk_bigint_isqrt_scratch(size_t n) {
  size_t root = n / 2 + 2;
  return (n + 2) + (n + 2) + root + 8 * n + 1024 + sk_bigint_mul_scratch(root, root);
}

/* Newton's iteration from above with a growing number of bits: after the step
 * for d, the root is within one of floor(sqrt(a >> 2(c - d))). */
size_t sk_bigint_isqrt(SkVm *vm, SkLimb *out, const SkLimb *a, size_t n, SkLimb *scratch) {
  size_t c = (sk_bigint_bits(a, n) - 1) / 2, d = 0;
  SkLimb *shifted = scratch, *quotient = shifted + n + 2, *rest = quotient + n + 2;
  scratch = rest + n / 2 + 2;
  out[0] = 1;
  size_t count = 1;
  int steps = c ? 64 - __builtin_clzll(c) : 0;
  for (int s = steps; s-- > 0;) {
    sk_charge(vm, n / STEP);
    size_t e = d;
    d = c >> s;
    size_t drop = 2 * c - e - d + 1, left = n - drop / SK_LIMB_BITS;
    sk_bigint_shift_right(shifted, a, n, drop);
    left = sk_bigint_trim(shifted, left);
    size_t quotient_count = left - count + 1;
    sk_bigint_divrem(vm, quotient, rest, shifted, left, out, count, scratch);
    quotient_count = sk_bigint_trim(quotient, quotient_count);
    sk_bigint_shift_left(shifted, out, count, d - e - 1);
    count = sk_bigint_trim(shifted, count + (d - e - 1) / SK_LIMB_BITS + 1);
    if (count >= quotient_count) {
      out[count] = sk_bigint_add(out, shifted, count, quotient, quotient_count);
      count = sk_bigint_trim(out, count + 1);
    } else {
      out[quotient_count] = sk_bigint_add(out, quotient, quotient_count, shifted, count);
      count = sk_bigint_trim(out, quotient_count + 1);
    }
  }
  sk_bigint_sqr(vm, shifted, out, count, scratch);
  if (sk_bigint_compare(shifted, sk_bigint_trim(shifted, 2 * count), a, n) > 0) {
    const SkLimb one = 1;
    sk_bigint_sub(out, out, count, &one, 1);
  }
  return sk_bigint_trim(out, count);
}

/* ---- powers ---- */

size_t sk_bigint_pow_limbs(size_t bits, uint64_t exponent) {
  SkLimb2 total = (SkLimb2)bits * exponent / SK_LIMB_BITS + 4;
  return total > SIZE_MAX / 64 ? SIZE_MAX : (size_t)total;
}

size_t sk_bigint_pow_scratch(size_t limbs) {
  return limbs + sk_bigint_mul_scratch(limbs, limbs);
}

size_t sk_bigint_pow(SkVm *vm, SkLimb *out, size_t limbs, const SkLimb *a, size_t n, uint64_t exponent,
                     SkLimb *scratch) {
  SkLimb *now = out, *next = scratch;
  scratch += limbs;
  now[0] = 1;
  size_t count = 1;
  for (int bit = 64; bit-- > 0;) {
    if (count > 1 || now[0] != 1) {
      sk_bigint_sqr(vm, next, now, count, scratch);
      count = sk_bigint_trim(next, 2 * count);
      SkLimb *swap = now;
      now = next, next = swap;
    }
    if (!(exponent >> bit & 1)) continue;
    if (!n) return 0;
    if (count >= n) {
      sk_bigint_mul(vm, next, now, count, a, n, scratch);
    } else {
      sk_bigint_mul(vm, next, a, n, now, count, scratch);
    }
    count = sk_bigint_trim(next, count + n);
    SkLimb *swap = now;
    now = next, next = swap;
  }
  if (now != out) sk_bigint_copy(out, now, count);
  return count;
}

enum { WINDOW = 5, WINDOW_SIZE = 1 << WINDOW, WINDOW_FROM_LIMBS = 2 };

/* What the modular steps share; all areas lie in the caller's scratch. */
typedef struct Modular {
  const SkLimb *m;
  size_t mn;
  SkLimb *product, *quotient, *scratch;
} Modular;

/* a[mn] = a * b mod m, both of mn limbs. */
static void modular_mul(SkVm *vm, const Modular *k, SkLimb *a, const SkLimb *b) {
  if (a == b) {
    sk_bigint_sqr(vm, k->product, a, k->mn, k->scratch);
  } else {
    sk_bigint_mul(vm, k->product, a, k->mn, b, k->mn, k->scratch);
  }
  size_t n = sk_bigint_trim(k->product, 2 * k->mn);
  if (n < k->mn) {
    sk_bigint_copy(a, k->product, k->mn);
    return;
  }
  sk_bigint_divrem(vm, k->quotient, a, k->product, n, k->m, k->mn, k->scratch);
}

size_t sk_bigint_powmod_scratch(size_t mn) {
  return WINDOW_SIZE * mn + 2 * mn + (mn + 1) + sk_bigint_mul_scratch(mn, mn) +
         sk_bigint_sqr_scratch(mn) + sk_bigint_divrem_scratch(2 * mn, mn) + 8 * mn + 1024;
}

size_t sk_bigint_powmod(SkVm *vm, SkLimb *out, const SkLimb *a, size_t an, const SkLimb *e, size_t en,
                        const SkLimb *m, size_t mn, SkLimb *scratch) {
  SkLimb *table = scratch; /* a^0 .. a^31, of which a short exponent uses two */
  Modular k = {.m = m, .mn = mn, .product = table + WINDOW_SIZE * mn};
  k.quotient = k.product + 2 * mn;
  k.scratch = k.quotient + mn + 1;
  sk_bigint_zero(out, mn);
  if (mn == 1 && m[0] == 1) return 0;
  out[0] = 1;
  unsigned window = en < WINDOW_FROM_LIMBS ? 1 : WINDOW;
  sk_bigint_copy(table, out, mn);
  sk_bigint_zero(table + mn, mn);
  sk_bigint_copy(table + mn, a, an);
  for (size_t i = 2; i < (size_t)1 << window; i++) {
    sk_bigint_copy(table + i * mn, table + (i - 1) * mn, mn);
    modular_mul(vm, &k, table + i * mn, table + mn);
  }
  size_t bits = sk_bigint_bits(e, en);
  bits = (bits + window - 1) / window * window;
  for (size_t at = bits; at > 0;) {
    at -= window;
    size_t limb = at / SK_LIMB_BITS, shift = at % SK_LIMB_BITS;
    SkLimb digit = limb < en ? e[limb] >> shift : 0;
    if (shift && limb + 1 < en) digit |= e[limb + 1] << (SK_LIMB_BITS - shift);
    digit &= ((SkLimb)1 << window) - 1;
    for (unsigned i = 0; i < window; i++) modular_mul(vm, &k, out, out);
    if (digit) modular_mul(vm, &k, out, table + digit * mn);
  }
  return sk_bigint_trim(out, mn);
}
