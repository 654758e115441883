/* bigint_text.c - limb vectors to text and back in any base.  Layer 6.
 *
 * Bases that are powers of two move bits.  For the others a limb's worth of
 * digits is a "chunk" (19 decimal digits), and powers of the chunk by repeated
 * squaring split a number in halves, so that both directions cost about as
 * much as a few multiplications of the whole length.
 */
#include "vm/object/bigint.h"

#include "vm/heap/vm.h"

enum {
  SPLIT_FROM = 30, /* limbs; below, dividing by chunks one at a time wins */
  MAX_LEVELS = 60,
};

typedef struct Chunk {
  SkLimb power;    /* base^digits, the largest in a limb */
  unsigned digits;
} Chunk;

/* Digits of each base that fit a limb. */
static const uint8_t kLimbDigits[37] = {
    0, 0, 63, 40, 31, 27, 24, 22, 21, 20, 19, 18, 17, 17, 16, 16, 15, 15, 15,
    15, 14, 14, 14, 14, 13, 13, 13, 13, 13, 13, 13, 12, 12, 12, 12, 12, 12,
};

static Chunk chunk_of(unsigned base) {
  Chunk c = {1, kLimbDigits[base]};
  for (unsigned i = 0; i < c.digits; i++) c.power *= base;
  return c;
}

static bool is_power_of_two(unsigned base) { return !(base & (base - 1)); }

unsigned sk_digit_value(unsigned char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'z' ? c - 'a' + 10u : 99;
}

size_t sk_bigint_text_bound(size_t n, unsigned base) {
  /* A limb holds fewer than digits + 1 digits of the base. */
  return n * ((size_t)kLimbDigits[base] + 1) + 1;
}

/* ---- to text ---- */

static const char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

static size_t bits_to_text(char *out, const SkLimb *a, size_t n, unsigned base) {
  unsigned width = (unsigned)__builtin_ctz(base);
  size_t count = (sk_bigint_bits(a, n) + width - 1) / width;
  for (size_t i = 0; i < count; i++) {
    size_t bit = i * width, limb = bit / SK_LIMB_BITS, shift = bit % SK_LIMB_BITS;
    SkLimb digit = a[limb] >> shift;
    if (shift + width > SK_LIMB_BITS && limb + 1 < n) digit |= a[limb + 1] << (SK_LIMB_BITS - shift);
    out[count - 1 - i] = kDigits[digit & (base - 1)];
  }
  return count;
}

static void put_limb(char *out, SkLimb limb, unsigned base, size_t digits) {
  if (base == 10) { /* a constant divisor is worth its own loop */
    for (; digits-- > 0; limb /= 10) out[digits] = (char)('0' + limb % 10);
    return;
  }
  while (digits-- > 0) {
    out[digits] = kDigits[limb % base];
    limb /= base;
  }
}

static size_t limb_digits(SkLimb limb, unsigned base) {
  size_t digits = 1;
  for (SkLimb power = base; power <= limb; digits++) {
    if (digits >= kLimbDigits[base]) return digits + 1; /* the next power is past 2^64 */
    power *= base;
  }
  return digits;
}

/* Powers of the chunk: level k holds base^(digits * 2^k). */
typedef struct Powers {
  unsigned base;
  Chunk chunk;
  int levels;
  const SkLimb *limbs[MAX_LEVELS];
  size_t counts[MAX_LEVELS];
} Powers;

/* Writes the number, destroyed, right-aligned before |end|; with |width| it is
 * padded with zeros to that many digits.  Returns where it starts. */
static char *simple_to_text(SkVm *vm, char *end, SkLimb *a, size_t n, const Powers *p, size_t width) {
  char *at = end;
  n = sk_bigint_trim(a, n);
  sk_charge(vm, n * n / 8); /* little: n < SPLIT_FROM */
  while (n > 1) {
    SkLimb rest = sk_bigint_divrem_limb(a, a, n, p->chunk.power);
    at -= p->chunk.digits;
    put_limb(at, rest, p->base, p->chunk.digits);
    n = sk_bigint_trim(a, n);
  }
  if (n) {
    size_t digits = limb_digits(a[0], p->base);
    at -= digits;
    put_limb(at, a[0], p->base, digits);
  }
  while ((size_t)(end - at) < width) *--at = '0';
  return at;
}

/* The same, splitting by the power of |level|; all below it are available. */
static char *split_to_text(SkVm *vm, char *end, SkLimb *a, size_t n, const Powers *p, int level,
                           size_t width, SkLimb *scratch) {
  n = sk_bigint_trim(a, n);
  while (level >= 0 && sk_bigint_compare(a, n, p->limbs[level], p->counts[level]) < 0) level--;
  if (n < SPLIT_FROM || level < 0) return simple_to_text(vm, end, a, n, p, width);
  size_t power = p->counts[level], quotient = n - power + 1;
  SkLimb *q = scratch, *r = q + quotient;
  sk_bigint_divrem(vm, q, r, a, n, p->limbs[level], power, r + power);
  size_t low = (size_t)p->chunk.digits << level;
  char *at = split_to_text(vm, end, r, power, p, level - 1, low, r + power);
  return split_to_text(vm, at, q, quotient, p, level, width > low ? width - low : 0, r);
}

size_t sk_bigint_to_text_scratch(size_t n, unsigned base) {
  if (is_power_of_two(base)) return 0;
  if (n < SPLIT_FROM) return n;
  /* The copy; the powers, the largest about n / 2 limbs, each half the next; and
   * per level of splitting a quotient, at most 3/4 of the level above. */
  return n + (2 * n + 4 * MAX_LEVELS) + (5 * n + 8 * MAX_LEVELS) +
         sk_bigint_divrem_scratch(2 * n, n) + sk_bigint_sqr_scratch(n);
}

size_t sk_bigint_to_text(SkVm *vm, char *out, const SkLimb *a, size_t n, unsigned base, SkLimb *scratch) {
  if (!n) {
    out[0] = '0';
    return 1;
  }
  if (is_power_of_two(base)) return bits_to_text(out, a, n, base);
  if (n == 1) {
    size_t digits = limb_digits(a[0], base);
    put_limb(out, a[0], base, digits);
    return digits;
  }
  SkLimb *copy = scratch;
  sk_bigint_copy(copy, a, n);
  scratch += n;
  Powers p; /* a kilobyte that is mostly not needed: not cleared */
  p.base = base;
  p.chunk = chunk_of(base);
  p.levels = 0;
  if (n >= SPLIT_FROM) {
    SkLimb *power = scratch;
    power[0] = p.chunk.power;
    size_t count = 1;
    for (;;) { /* up to about the square root of the number */
      p.limbs[p.levels] = power;
      p.counts[p.levels++] = count;
      scratch = power + count;
      if (2 * count > n / 2 + 1) break;
      sk_bigint_sqr(vm, scratch, power, count, scratch + 2 * count);
      power = scratch;
      count = sk_bigint_trim(power, 2 * count);
    }
  }
  char *end = out + sk_bigint_text_bound(n, base);
  char *start = split_to_text(vm, end, copy, n, &p, p.levels - 1, 0, scratch);
  size_t length = (size_t)(end - start);
  memmove(out, start, length);
  return length;
}

/* ---- from text ---- */

static size_t bits_from_text(SkLimb *out, const char *digits, size_t count, unsigned base) {
  unsigned width = (unsigned)__builtin_ctz(base);
  size_t limbs = sk_bigint_from_text_limbs(count, base);
  sk_bigint_zero(out, limbs);
  for (size_t i = 0; i < count; i++) {
    SkLimb digit = sk_digit_value((unsigned char)digits[count - 1 - i]);
    size_t bit = i * width, limb = bit / SK_LIMB_BITS, shift = bit % SK_LIMB_BITS;
    out[limb] |= digit << shift;
    if (shift + width > SK_LIMB_BITS) out[limb + 1] |= digit >> (SK_LIMB_BITS - shift);
  }
  return sk_bigint_trim(out, limbs);
}

static SkLimb read_chunk(const char *digits, size_t count, unsigned base) {
  SkLimb value = 0;
  for (size_t i = 0; i < count; i++) {
    value = value * base + sk_digit_value((unsigned char)digits[i]);
  }
  return value;
}

size_t sk_bigint_from_text_limbs(size_t count, unsigned base) {
  if (is_power_of_two(base)) {
    return count / (SK_LIMB_BITS / (size_t)__builtin_ctz(base)) + 2;
  }
  return count / kLimbDigits[base] + 2;
}

size_t sk_bigint_from_text_scratch(size_t count, unsigned base) {
  if (is_power_of_two(base)) return 0;
  size_t n = sk_bigint_from_text_limbs(count, base);
  if (n < SPLIT_FROM) return 0;
  /* A second array of chunks, a power with the room to square it, and a
   * multiplication; the longest factor is half a level's block. */
  return 2 * n + 8 * n + sk_bigint_mul_scratch(2 * n, 2 * n) + 64;
}

/* Digit by digit chunk, multiplying what there is: quadratic. */
static size_t simple_from_text(SkVm *vm, SkLimb *out, const char *digits, size_t count, unsigned base) {
  Chunk chunk = chunk_of(base);
  size_t head = count % chunk.digits, n = 0;
  sk_charge(vm, count / 8 + count / 64 * (count / 64) / 8); /* little: less than SPLIT_FROM limbs */
  if (head) out[n++] = read_chunk(digits, head, base);
  for (size_t at = head; at < count; at += chunk.digits) {
    SkLimb value = read_chunk(digits + at, chunk.digits, base);
    SkLimb carry = sk_bigint_mul_limb(out, out, n, chunk.power, value);
    if (carry) out[n++] = carry;
  }
  return sk_bigint_trim(out, n);
}

/* Joins neighbouring blocks of |size| limbs: high * power + low, in place of
 * the two blocks.  |power| has |power_count| <= size limbs. */
static void join_blocks(SkVm *vm, SkLimb *to, const SkLimb *from, size_t total, size_t size,
                        const SkLimb *power, size_t power_count, SkLimb *scratch) {
  for (size_t at = 0; at < total; at += 2 * size) {
    sk_charge(vm, size / 8 + 1);
    size_t have = total - at;
    const SkLimb *low = from + at, *high = low + size;
    if (have <= size) {
      sk_bigint_copy(to + at, low, have);
      continue;
    }
    size_t high_room = have < 2 * size ? have - size : size;
    size_t high_count = sk_bigint_trim(high, high_room);
    size_t room = size + high_room;
    sk_bigint_zero(to + at, room);
    if (high_count) {
      /* The product fits: it is less than base^(digits in both blocks). */
      SkLimb *product = scratch;
      if (high_count >= power_count) {
        sk_bigint_mul(vm, product, high, high_count, power, power_count, scratch + 2 * size);
      } else {
        sk_bigint_mul(vm, product, power, power_count, high, high_count, scratch + 2 * size);
      }
      sk_bigint_copy(to + at, product, sk_bigint_trim(product, high_count + power_count));
    }
    sk_bigint_add(to + at, to + at, room, low, size);
  }
}

size_t sk_bigint_from_text(SkVm *vm, SkLimb *out, const char *digits, size_t count, unsigned base,
                           SkLimb *scratch) {
  if (is_power_of_two(base)) return bits_from_text(out, digits, count, base);
  size_t room = sk_bigint_from_text_limbs(count, base);
  if (room < SPLIT_FROM) return simple_from_text(vm, out, digits, count, base);

  Chunk chunk = chunk_of(base);
  size_t total = 0;
  for (size_t left = count; left > 0; total++) { /* chunk 0 is the last of the text */
    size_t width = left < chunk.digits ? left : chunk.digits;
    left -= width;
    out[total] = read_chunk(digits + left, width, base);
  }
  SkLimb *from = out, *to = scratch, *power = scratch + room;
  SkLimb *square = power + 2 * room;
  scratch = square + 2 * room;
  power[0] = chunk.power;
  size_t power_count = 1;
  for (size_t size = 1; size < total; size *= 2) {
    join_blocks(vm, to, from, total, size, power, power_count, scratch);
    SkLimb *swap = from;
    from = to;
    to = swap;
    if (2 * size >= total) break;
    sk_bigint_sqr(vm, square, power, power_count, scratch);
    power_count = sk_bigint_trim(square, 2 * power_count);
    swap = power;
    power = square;
    square = swap;
  }
  if (from != out) sk_bigint_copy(out, from, total);
  return sk_bigint_trim(out, total);
}
