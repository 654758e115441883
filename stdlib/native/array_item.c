/* array_item.c - single items of array.array: values to machine numbers and back.  Layer 8. */
#include <limits.h>

#include "stdlib/native/array_impl.h"

const char array_typecodes[] = "bBuwhHiIlLqQfd";

/* machine: see array_machine_format. */
static const struct Code { char code; uint8_t size, machine; } codes[] = {{'b', 1, 1}, {'B', 1, 0}, {'u', 4, 20}, {'w', 4, 20}, {'h', 2, 4},
    {'H', 2, 2}, {'i', 4, 8}, {'I', 4, 6}, {'l', 8, 12}, {'L', 8, 10}, {'q', 8, 12}, {'Q', 8, 10}, {'f', 4, 14}, {'d', 8, 16}};

static const struct Code *code_row(int code) {
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    if (codes[i].code == code) return &codes[i];
  return NULL;
}

size_t array_item_size(int code) {
  const struct Code *row = code_row(code);
  return row ? row->size : 0;
}
int array_machine_format(int code) { return code_row(code)->machine; }

/* ---- values in ---- */

SK_NORETURN static void overflow(SkVm *vm, const char *text) { sk_raisef(vm, SK_T_OverflowError, "%s", text); }

static int64_t long_of(SkVm *vm, SkValue v) {
  int64_t i;
  if (!sk_int_get_i64(v, &i)) overflow(vm, "Python int too large to convert to C long");
  return i;
}

static void check_range(SkVm *vm, int64_t i, int64_t least, int64_t most, const char *what) {
  if (i < least) sk_raisef(vm, SK_T_OverflowError, "%s is less than minimum", what);
  if (i > most) sk_raisef(vm, SK_T_OverflowError, "%s is greater than maximum", what);
}

static uint64_t unsigned_of(SkVm *vm, int code, SkValue v) {
  uint64_t u;
  if (sk_int_sign(v) < 0) overflow(vm, code == 'Q' ? "can't convert negative int to unsigned" : "can't convert negative value to unsigned int");
  if (!sk_int_get_u64(v, &u)) overflow(vm, code == 'Q' ? "int too big to convert" : "Python int too large to convert to C unsigned long");
  if (code == 'I' && u > UINT_MAX) overflow(vm, "unsigned int is greater than maximum");
  return u;
}

/* The small kinds go through a wider one first, and its limits speak first. */
static uint64_t integer_of(SkVm *vm, int code, SkValue v) {
  v = sk_to_int(vm, v);
  int64_t i;
  switch (code) {
    case 'I': case 'L': case 'Q': return unsigned_of(vm, code, v);
    case 'q':
      if (!sk_int_get_i64(v, &i)) overflow(vm, "int too big to convert");
      return (uint64_t)i;
    default: i = long_of(vm, v); break;
  }
  if (strchr("bh", code)) check_range(vm, i, SHRT_MIN, SHRT_MAX, "signed short integer");
  if (strchr("Hi", code)) check_range(vm, i, INT_MIN, INT_MAX, "signed integer");
  if (code == 'b') check_range(vm, i, SCHAR_MIN, SCHAR_MAX, "signed char");
  if (code == 'B') check_range(vm, i, 0, UCHAR_MAX, "unsigned byte integer");
  if (code == 'H') check_range(vm, i, 0, USHRT_MAX, "unsigned short");
  return (uint64_t)i;
}

void array_put(SkVm *vm, int code, char *p, SkValue v) {
  if (code == 'd') {
    double d = sk_to_double(vm, v);
    memcpy(p, &d, 8);
  } else if (code == 'f') {
    float f = (float)sk_to_double(vm, v);
    memcpy(p, &f, 4);
  } else if (code == 'u' || code == 'w') {
    if (!sk_is_str(v) || sk_as_str(v)->count != 1) sk_raise_type(vm, "array item must be unicode character");
    uint32_t c = sk_str_at(vm, sk_as_str(v), 0);
    memcpy(p, &c, 4);
  } else {
    uint64_t bits = integer_of(vm, code, v);
    memcpy(p, &bits, array_item_size(code)); /* little endian, as every machine we build on */
  }
}

/* ---- and out ---- */

static SkValue character(SkVm *vm, uint32_t c) {
  if (c > 0x10ffff) sk_raise_value(vm, "character U+%x is not in range [U+0000; U+10ffff]", (int)c);
  return sk_from_ptr(sk_str_from_codepoint(vm, c));
}

static SkValue number(SkVm *vm, uint64_t bits, size_t size, bool is_signed) {
  if (!is_signed) return sk_int_from_u64(vm, bits);
  unsigned unused = 64 - (unsigned)size * 8;
  return sk_int_new(vm, (int64_t)(bits << unused) >> unused);
}

static SkValue real(SkVm *vm, uint64_t bits, size_t size) {
  if (size == 8) {
    double d;
    memcpy(&d, &bits, 8);
    return sk_float_new(vm, d);
  }
  float f;
  memcpy(&f, &bits, 4);
  return sk_float_new(vm, f);
}

SkValue array_get(SkVm *vm, int code, const char *p) {
  size_t size = array_item_size(code);
  uint64_t bits = 0;
  memcpy(&bits, p, size);
  if (code == 'u' || code == 'w') return character(vm, (uint32_t)bits);
  if (code == 'f' || code == 'd') return real(vm, bits, size);
  return number(vm, bits, size, strchr("bhilq", code) != NULL);
}

/* ---- other machines: numbers 0..21, odd ones from 3 on big endian ---- */

enum { FORMAT_COUNT = 22, FORMAT_FLOAT = 14, FORMAT_UTF16 = 18, FORMAT_UTF32 = 20 };

static size_t format_size(int64_t format) {
  static const uint8_t sizes[] = {1, 2, 2, 4, 4, 8, 8, 4, 8, 2, 4}; /* of pairs 0-1, 2-3, ... */
  return sizes[format / 2];
}

static uint64_t load(const char *p, size_t size, bool big) {
  uint64_t bits = 0;
  for (size_t i = 0; i < size; i++) bits |= (uint64_t)(unsigned char)p[big ? size - 1 - i : i] << 8 * i;
  return bits;
}

static void from_text(SkVm *vm, SkBytearray *a, int64_t format, SkBytes *items, bool (*append)(SkVm *, SkValue, void *)) {
  static const char *const names[] = {"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"};
  SkValue name = sk_from_ptr(sk_intern(vm, names[format - FORMAT_UTF16]));
  SkValue text = sk_call_method1(vm, sk_from_ptr(items), sk_intern(vm, "decode"), name);
  sk_iterate(vm, text, append, a);
}

void array_from_machine(SkVm *vm, SkBytearray *a, int64_t format, SkBytes *items, bool (*append)(SkVm *vm, SkValue v, void *a)) {
  if (format < 0 || format >= FORMAT_COUNT) sk_raise_value(vm, "third argument must be a valid machine format code.");
  size_t size = format_size(format);
  if (items->length % size) sk_raise_value(vm, "string length not a multiple of item size");
  if (format >= FORMAT_UTF16) {
    from_text(vm, a, format, items, append);
    return;
  }
  for (size_t at = 0; at < items->length; at += size) {
    sk_charge(vm, 1);
    uint64_t bits = load(items->data + at, size, format > 1 && format % 2);
    bool is_signed = format == 1 || format % 4 == 0 || format % 4 == 1; /* 1, 4-5, 8-9, 12-13 */
    append(vm, format >= FORMAT_FLOAT ? real(vm, bits, size) : number(vm, bits, size, format != 0 && is_signed), a);
  }
}
