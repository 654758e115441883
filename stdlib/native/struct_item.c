/* struct_item.c - single values of the struct module: to bytes and back.  Layer 8. */
#include <math.h>

#include "stdlib/native/struct_impl.h"

/* ---- integers ---- */

static void store(unsigned char *p, uint64_t bits, int64_t size, bool big) {
  for (int64_t i = 0; i < size; i++) p[big ? size - 1 - i : i] = (unsigned char)(bits >> 8 * i);
}
static uint64_t load(const unsigned char *p, int64_t size, bool big) {
  uint64_t bits = 0;
  for (int64_t i = 0; i < size; i++) bits |= (uint64_t)p[big ? size - 1 - i : i] << 8 * i;
  return bits;
}

static bool is_signed(char code) { return strchr("bhilqn", code) != NULL; }

static SkValue integer_of(SkVm *vm, SkValue v) {
  if (sk_is_int(v)) return v;
  if (!SK_SLOTS(vm, v)->index) struct_raise(vm, "required argument is not an integer");
  return sk_to_int(vm, v);
}

static uint64_t integer_bits(SkVm *vm, const StructItem *it, SkValue v) {
  v = integer_of(vm, v);
  unsigned bits = (unsigned)it->size * 8;
  int64_t i;
  uint64_t u, most = UINT64_MAX >> (64 - bits);
  if (is_signed(it->code)) {
    int64_t top = (int64_t)(most >> 1);
    if (sk_int_get_i64(v, &i) && i >= -top - 1 && i <= top) return (uint64_t)i;
    struct_raise(vm, "'%c' format requires %lld <= number <= %lld", it->code, (long long)(-top - 1), (long long)top);
  }
  if (it->code == 'P' && sk_int_get_i64(v, &i)) return (uint64_t)i;
  if (sk_int_get_u64(v, &u) && u <= most) return u;
  if (it->code == 'P') struct_raise(vm, "int too large to convert");
  struct_raise(vm, "'%c' format requires 0 <= number <= %S", it->code, sk_int_from_u64(vm, most));
}

/* ---- floats ---- */

typedef struct Convert { SkValue v; double d; } Convert;
static void convert(SkVm *vm, void *arg) {
  Convert *c = arg;
  c->d = sk_to_double(vm, c->v);
}

/* Whatever goes wrong, it is "not a float". */
static double double_of(SkVm *vm, SkValue v) {
  if (sk_is_float(v)) return sk_float_get(v);
  Convert c = {v, 0};
  if (!sk_protect(vm, convert, &c)) {
    sk_take_raised(vm);
    struct_raise(vm, "required argument is not a float");
  }
  return c.d;
}

/* IEEE half: 1 sign, 5 exponent, 10 fraction bits; rounds to even.  Counted in units of the last place, a carry out of
 * the fraction goes up into the exponent by itself. */
static uint64_t half_bits(SkVm *vm, double d) {
  uint64_t sign = signbit(d) ? 0x8000 : 0;
  if (isnan(d)) return sign | 0x7e00;
  if (isinf(d)) return sign | 0x7c00;
  if (d == 0) return sign;
  int e;
  frexp(d, &e);
  e = e - 1 < -14 ? -14 : e - 1; /* 1.xxx * 2^e, or subnormal */
  if (e < 16) {
    uint64_t units = (uint64_t)nearbyint(ldexp(fabs(d), 10 - e)) + ((uint64_t)(e + 14) << 10);
    if (units < 0x7c00) return sign | units;
  }
  sk_raisef(vm, SK_T_OverflowError, "float too large to pack with e format");
}

static double half_value(uint64_t bits) {
  int e = (int)(bits >> 10 & 31);
  double fraction = (double)(bits & 1023);
  double d = e == 31 ? (fraction != 0 ? NAN : INFINITY) : e == 0 ? ldexp(fraction, -24) : ldexp(1024 + fraction, e - 25);
  return bits & 0x8000 ? -d : d;
}

static uint64_t float_bits(SkVm *vm, const StructItem *it, double d) {
  uint32_t u;
  float f = (float)d;
  if (isinf(f) && !isinf(d) && !it->native) sk_raisef(vm, SK_T_OverflowError, "float too large to pack with f format");
  memcpy(&u, &f, 4);
  return u;
}

static uint64_t real_bits(SkVm *vm, const StructItem *it, SkValue v) {
  double d = double_of(vm, v);
  if (it->code == 'e') return half_bits(vm, d);
  if (it->code == 'f') return float_bits(vm, it, d);
  uint64_t u;
  memcpy(&u, &d, 8);
  return u;
}

static double real_value(const StructItem *it, uint64_t bits) {
  if (it->code == 'e') return half_value(bits);
  if (it->code == 'd') {
    double d;
    memcpy(&d, &bits, 8);
    return d;
  }
  uint32_t low = (uint32_t)bits;
  float f;
  memcpy(&f, &low, 4);
  return f;
}

/* ---- bytes ---- */

static void put_bytes(SkVm *vm, const StructItem *it, unsigned char *p, SkValue v) {
  const char *from;
  size_t n, room = (size_t)it->size;
  if (!(sk_is_bytes(v) || sk_is_bytearray(v))) struct_raise(vm, "argument for '%c' must be a bytes object", it->code);
  sk_bytes_view(vm, v, &from, &n);
  if (it->code == 'p') {
    if (room == 0) return;
    room--;
    if (n > room) n = room;
    *p++ = (unsigned char)(n > 255 ? 255 : n);
  }
  memcpy(p, from, n < room ? n : room);
}

static SkValue get_pascal(SkVm *vm, const StructItem *it, const unsigned char *p) {
  size_t room = (size_t)it->size, n = room ? *p : 0;
  if (n >= room) n = room ? room - 1 : 0;
  return sk_from_ptr(sk_bytes_new(vm, p + 1, n));
}

/* ---- all ---- */

void struct_put(SkVm *vm, const StructItem *it, unsigned char *p, SkValue v) {
  switch (it->code) {
    case 's': case 'p': put_bytes(vm, it, p, v); return;
    case 'c':
      if (!sk_is_bytes(v) || sk_as_bytes(v)->length != 1) struct_raise(vm, "char format requires a bytes object of length 1");
      *p = (unsigned char)sk_as_bytes(v)->data[0];
      return;
    case '?': *p = sk_truth(vm, v); return;
    case 'e': case 'f': case 'd': store(p, real_bits(vm, it, v), it->size, it->big); return;
    default: store(p, integer_bits(vm, it, v), it->size, it->big); return;
  }
}

SkValue struct_get(SkVm *vm, const StructItem *it, const unsigned char *p) {
  switch (it->code) {
    case 's': return sk_from_ptr(sk_bytes_new(vm, p, (size_t)it->size));
    case 'p': return get_pascal(vm, it, p);
    case 'c': return sk_from_ptr(sk_bytes_new(vm, p, 1));
    case '?': return sk_bool(*p != 0);
    default: break;
  }
  uint64_t bits = load(p, it->size, it->big);
  if (strchr("efd", it->code)) return sk_float_new(vm, real_value(it, bits));
  if (!is_signed(it->code)) return sk_int_from_u64(vm, bits);
  unsigned unused = 64 - (unsigned)it->size * 8;
  return sk_int_new(vm, (int64_t)(bits << unused) >> unused);
}
