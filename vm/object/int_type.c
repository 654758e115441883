/* int_type.c - the class int: constructor, operators, methods.  Layer 6. */
#include "vm/object/bytes.h"
#include "vm/object/call.h"
#include "vm/object/format_spec.h"
#include "vm/object/func.h"
#include "vm/object/int_impl.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

/* ---- construction ---- */

static SkValue int_of_class(SkVm *vm, SkType *cls, SkValue v) {
  if (cls == vm->types[SK_T_int]) return v;
  if (cls == vm->types[SK_T_bool]) return sk_bool(sk_int_sign(v) != 0);
  IntView x;
  int_view(v, &x);
  SkInt *i = sk_object_new(vm, cls, x.count * sizeof(SkLimb));
  sk_bigint_copy(i->limbs, x.limbs, x.count);
  i->size = x.negative ? -(int64_t)x.count : (int64_t)x.count;
  return sk_from_ptr(i);
}

SkValue sk_int_from_special(SkVm *vm, SkValue result, const char *method) {
  if (sk_is_smallint(result)) return result;
  if (!sk_is_int(result)) sk_raise_type(vm, "%s returned non-int (type %T)", method, result);
  if (!sk_is_exactly(vm, result, SK_T_int)) {
    sk_warn(vm, SK_T_DeprecationWarning,
            "%s returned non-int (type %T).  The ability to return an instance of a strict "
            "subclass of int is deprecated, and may be removed in a future version of Python.",
            method, result);
  }
  return sk_int_plain(vm, result);
}

/* int(text), with |base| 0 or 2..36; UNSET if |v| is no text. */
static SkValue text_to_int(SkVm *vm, SkValue v, int base) {
  size_t mark = sk_scratch_mark(vm), n;
  const char *text;
  SkValue shown = v;
  if (sk_is_str(v)) {
    text = sk_number_text(vm, sk_as_str(v), &n);
  } else if (sk_bytes_view(vm, v, &text, &n)) {
    char *copy = sk_scratch(vm, n + 1); /* a bytearray may change under us */
    memcpy(copy, text, n);
    text = copy;
    if (!sk_is_bytes(v)) shown = sk_from_ptr(sk_bytes_new(vm, text, n));
  } else {
    return SK_UNSET;
  }
  SkValue result = sk_int_parse(vm, text, n, base, shown);
  sk_keep(shown.bits);
  sk_scratch_release(vm, mark);
  return result;
}

SkValue sk_number_to_int(SkVm *vm, SkValue v) {
  if (sk_is_smallint(v) || sk_is_bool(v) || sk_is_exactly(vm, v, SK_T_int)) {
    return sk_int_plain(vm, v);
  }
  if (sk_is_float(v) && sk_is_exactly(vm, v, SK_T_float)) {
    return sk_int_from_double(vm, sk_float_get(v));
  }
  const SkSlots *slots = SK_SLOTS(vm, v);
  if (slots->int_) return sk_int_from_special(vm, slots->int_(vm, v), "__int__");
  if (slots->index) return sk_int_from_special(vm, slots->index(vm, v), "__index__");
  SkValue trunc = sk_lookup_special(vm, v, SK_NAME(vm, dunder_trunc));
  if (!sk_is_unset(trunc)) {
    sk_warn(vm, SK_T_DeprecationWarning, "The delegation of int() to __trunc__ is deprecated.");
    SkValue result = sk_call0(vm, trunc);
    if (sk_is_int(result)) return sk_int_plain(vm, result);
    if (!SK_SLOTS(vm, result)->index) {
      sk_raise_type(vm, "__trunc__ returned non-Integral (type %T)", result);
    }
    return sk_to_int(vm, result);
  }
  SkValue result = text_to_int(vm, v, 10);
  if (sk_is_unset(result)) {
    sk_raise_type(vm,
                  "int() argument must be a string, a bytes-like object or a real number, not "
                  "'%T'",
                  v);
  }
  return result;
}

SK_NATIVE(int_new, "__new__(cls, x=?, /, base=?)",
          "int([x]) -> integer\nint(x, base=10) -> integer\n\n"
          "Convert a number or string to an integer, or return 0 if no arguments are given.") {
  SkType *cls = sk_as_type(args[0]);
  SkValue x = args[1];
  if (sk_is_unset(args[2])) {
    if (sk_is_unset(x)) return int_of_class(vm, cls, sk_smallint(0));
    return int_of_class(vm, cls, sk_number_to_int(vm, x));
  }
  if (sk_is_unset(x)) sk_raise_type(vm, "int() missing string argument");
  int64_t base = sk_to_index_clamped(vm, args[2]);
  if (base != 0 && (base < 2 || base > 36)) {
    sk_raise_value(vm, "int() base must be >= 2 and <= 36, or 0");
  }
  bool text = sk_is_str(x) || sk_is_bytes(x) || sk_is_bytearray(x);
  if (!text) sk_raise_type(vm, "int() can't convert non-string with explicit base");
  return int_of_class(vm, cls, text_to_int(vm, x, (int)base));
}

/* ---- operators ---- */

static SkValue int_lshift(SkVm *vm, SkValue a, SkValue b) {
  if (sk_int_sign(b) < 0) sk_raise_value(vm, "negative shift count");
  if (!sk_int_sign(a)) return sk_smallint(0);
  int64_t bits;
  if (!sk_int_get_i64(b, &bits)) {
    sk_raisef(vm, SK_T_OverflowError, "too many digits in integer");
  }
  return sk_int_lshift(vm, a, bits);
}

static SkValue int_rshift(SkVm *vm, SkValue a, SkValue b) {
  if (sk_int_sign(b) < 0) sk_raise_value(vm, "negative shift count");
  int64_t bits;
  if (!sk_int_get_i64(b, &bits)) return sk_smallint(sk_int_sign(a) < 0 ? -1 : 0);
  return sk_int_rshift(vm, a, bits);
}

static SkValue int_divmod(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_int_sign(b)) {
    sk_raisef(vm, SK_T_ZeroDivisionError, "integer division or modulo by zero");
  }
  SkValue remainder, quotient = sk_int_divmod(vm, a, b, &remainder);
  return sk_from_ptr(sk_tuple_pack(vm, 2, quotient, remainder));
}

#define INT_OPERATORS(X)                      \
  X(add, sk_int_add(vm, a, b))                \
  X(sub, sk_int_sub(vm, a, b))                \
  X(mul, sk_int_mul(vm, a, b))                \
  X(truediv, sk_int_truediv(vm, a, b))        \
  X(floordiv, sk_int_floordiv(vm, a, b))      \
  X(mod, sk_int_mod(vm, a, b))                \
  X(divmod, int_divmod(vm, a, b))             \
  X(lshift, int_lshift(vm, a, b))             \
  X(rshift, int_rshift(vm, a, b))             \
  X(and_, sk_int_bitop(vm, SK_BIT_AND, a, b)) \
  X(or_, sk_int_bitop(vm, SK_BIT_OR, a, b))   \
  X(xor_, sk_int_bitop(vm, SK_BIT_XOR, a, b))

#define DEFINE_OPERATOR(name, result)                                \
  static SkValue slot_##name(SkVm *vm, SkValue a, SkValue b) {       \
    return sk_is_int(a) && sk_is_int(b) ? result : SK_NOTIMPLEMENTED; \
  }                                                                  \
  static SkValue slot_r##name(SkVm *vm, SkValue b, SkValue a) {      \
    return slot_##name(vm, a, b);                                    \
  }
INT_OPERATORS(DEFINE_OPERATOR)
#undef DEFINE_OPERATOR

/* pow(int, x, y): when x or y is of another class of ours, its refusal. */
static SkValue pow_modulo(SkVm *vm, SkValue a, SkValue b, SkValue m) {
  if (sk_is_int(a) && sk_is_int(b) && sk_is_int(m)) return sk_int_powmod(vm, a, b, m);
  SkValue other = sk_is_int(b) ? m : b;
  if (sk_is_float(other)) {
    sk_raise_type(vm, "pow() 3rd argument not allowed unless all arguments are integers");
  }
  if (sk_has_kind(other, SK_KIND_COMPLEX)) sk_raise_value(vm, "complex modulo");
  return SK_NOTIMPLEMENTED;
}

static SkValue slot_pow(SkVm *vm, SkValue a, SkValue b, SkValue m) {
  if (!sk_is_none(m)) return pow_modulo(vm, a, b, m);
  if (!sk_is_int(a) || !sk_is_int(b)) return SK_NOTIMPLEMENTED;
  if (sk_int_sign(b) >= 0) return sk_int_pow(vm, a, b);
  return sk_float_pow(vm, sk_int_get_double(vm, a), sk_int_get_double(vm, b));
}

static SkValue slot_rpow(SkVm *vm, SkValue b, SkValue a, SkValue m) {
  return slot_pow(vm, a, b, m);
}

#define INT_COMPARISONS(X) X(lt, <) X(le, <=) X(eq, ==) X(ne, !=) X(gt, >) X(ge, >=)
#define DEFINE_COMPARISON(name, op)                                                       \
  static SkValue slot_##name(SkVm *vm, SkValue a, SkValue b) {                            \
    return sk_is_int(a) && sk_is_int(b) ? sk_bool(sk_int_compare(a, b) op 0) : SK_NOTIMPLEMENTED; \
  }
INT_COMPARISONS(DEFINE_COMPARISON)
#undef DEFINE_COMPARISON

static SkValue slot_repr(SkVm *vm, SkValue v) { return sk_from_ptr(sk_int_to_str(vm, v, 10)); }
static int64_t slot_hash(SkVm *vm, SkValue v) { return sk_int_hash(v); }
static bool slot_bool(SkVm *vm, SkValue v) { return sk_int_sign(v) != 0; }
static SkValue slot_float(SkVm *vm, SkValue v) {
  return sk_float_new(vm, sk_int_get_double(vm, v));
}

static SkValue slot_format(SkVm *vm, SkValue v, SkValue spec) {
  if (!sk_is_str(spec)) sk_raise_type(vm, "__format__() argument must be str, not %T", spec);
  return sk_from_ptr(sk_int_format(vm, v, sk_as_str(spec)));
}

/* ---- attributes and methods ---- */

static SkValue get_real(SkVm *vm, SkValue v) { return sk_int_plain(vm, v); }
static SkValue get_zero(SkVm *vm, SkValue v) { return sk_smallint(0); }
static SkValue get_one(SkVm *vm, SkValue v) { return sk_smallint(1); }

SK_NATIVE(int_conjugate, "conjugate(self, /)", "Returns self, the complex conjugate of any int.") {
  return sk_int_plain(vm, args[0]);
}

SK_NATIVE(int_bit_length, "bit_length(self, /)",
          "Number of bits necessary to represent self in binary.") {
  return sk_int_new(vm, (int64_t)sk_int_bit_length(args[0]));
}

SK_NATIVE(int_bit_count, "bit_count(self, /)",
          "Number of ones in the binary representation of the absolute value of self.") {
  IntView x;
  int_view(args[0], &x);
  return sk_int_new(vm, (int64_t)sk_bigint_popcount(x.limbs, x.count));
}

static bool byte_order_is_little(SkVm *vm, SkValue v, const char *function) {
  if (!sk_is_str(v)) {
    sk_raise_type(vm, "%s() argument 'byteorder' must be str, not %T", function, v);
  }
  bool little = sk_str_equal_cstr(sk_as_str(v), "little");
  if (!little && !sk_str_equal_cstr(sk_as_str(v), "big")) {
    sk_raise_value(vm, "byteorder must be either 'little' or 'big'");
  }
  return little;
}

SK_NATIVE(int_to_bytes, "to_bytes(self, /, length=1, byteorder='big', *, signed=False)",
          "Return an array of bytes representing an integer.") {
  int64_t length = sk_to_index(vm, args[1]);
  bool little = byte_order_is_little(vm, args[2], "to_bytes");
  bool is_signed = sk_truth(vm, args[3]);
  if (length < 0) sk_raise_value(vm, "length argument must be non-negative");
  IntView x;
  int_view(args[0], &x);
  if (x.negative && !is_signed) {
    sk_raisef(vm, SK_T_OverflowError, "can't convert negative int to unsigned");
  }
  SkBytes *b = sk_bytes_new(vm, NULL, (size_t)length);
  if (!sk_bigint_to_bytes((uint8_t *)b->data, (size_t)length, x.limbs, x.count, x.negative, little,
                          is_signed)) {
    sk_raisef(vm, SK_T_OverflowError, "int too big to convert");
  }
  return sk_from_ptr(b);
}

/* bytes(v) without the int case: bytes-like, __bytes__, or an iterable of ints; in scratch. */
static const uint8_t *bytes_argument(SkVm *vm, SkValue v, size_t *n) {
  SkValue special = sk_is_bytes(v) ? SK_UNSET : sk_lookup_special(vm, v, SK_NAME(vm, dunder_bytes));
  if (!sk_is_unset(special)) {
    v = sk_call0(vm, special);
    if (!sk_is_bytes(v)) sk_raise_type(vm, "__bytes__ returned non-bytes (type %T)", v);
  }
  const char *data;
  if (sk_bytes_view(vm, v, &data, n)) {
    uint8_t *out = sk_scratch(vm, *n + 1);
    memcpy(out, data, *n);
    return out;
  }
  if (sk_is_str(v) || sk_is_int(v) || (!SK_SLOTS(vm, v)->iter && !SK_SLOTS(vm, v)->getitem)) {
    sk_raise_type(vm, "cannot convert '%T' object to bytes", v);
  }
  SkList *items = sk_to_list(vm, v);
  uint8_t *out = sk_scratch(vm, items->count + 1);
  for (size_t i = 0; i < items->count; i++) {
    int64_t byte = sk_to_index_clamped(vm, sk_list_items(items)[i]);
    if (byte < 0 || byte > 255) sk_raise_value(vm, "bytes must be in range(0, 256)");
    out[i] = (uint8_t)byte;
  }
  *n = items->count;
  return out;
}

SK_NATIVE(int_from_bytes, "from_bytes(cls, /, bytes, byteorder='big', *, signed=False)",
          "Return the integer represented by the given array of bytes.") {
  bool little = byte_order_is_little(vm, args[2], "from_bytes");
  bool is_signed = sk_truth(vm, args[3]), negative;
  size_t mark = sk_scratch_mark(vm), n;
  const uint8_t *bytes = bytes_argument(vm, args[1], &n);
  SkLimb *limbs = sk_limbs_scratch(vm, n / 8 + 1);
  size_t count = sk_bigint_from_bytes(limbs, &negative, bytes, n, little, is_signed);
  SkValue result = sk_int_from_magnitude(vm, limbs, count, negative);
  sk_scratch_release(vm, mark);
  if (sk_as_type(args[0]) == vm->types[SK_T_int]) return result;
  return sk_call1(vm, args[0], result);
}

SK_NATIVE(int_as_integer_ratio, "as_integer_ratio(self, /)",
          "Return a pair of integers, whose ratio is equal to the original int.") {
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_int_plain(vm, args[0]), sk_smallint(1)));
}

SK_NATIVE(int_is_integer, "is_integer(self, /)",
          "Returns True. Exists for duck type compatibility with float.is_integer.") {
  return SK_TRUE;
}

SK_NATIVE(int_trunc, "__trunc__(self, /)", "Truncating an Integral returns itself.") {
  return sk_int_plain(vm, args[0]);
}

SK_NATIVE(int_floor, "__floor__(self, /)", "Flooring an Integral returns itself.") {
  return sk_int_plain(vm, args[0]);
}

SK_NATIVE(int_ceil, "__ceil__(self, /)", "Ceiling of an Integral returns itself.") {
  return sk_int_plain(vm, args[0]);
}

/* |v| to the nearest multiple of 10^digits, half to the even multiple. */
static SkValue round_to_power(SkVm *vm, SkValue v, int64_t digits) {
  /* More digits than v has, and one more: it is less than half the power. */
  if (digits > (int64_t)(sk_int_bit_length(v) / 3) + 1) return sk_smallint(0);
  SkValue power = sk_int_pow(vm, sk_smallint(10), sk_smallint(digits));
  SkValue rest, quotient = sk_int_divmod(vm, v, power, &rest);
  SkValue twice = sk_int_add(vm, rest, rest);
  int order = sk_int_compare(twice, power);
  v = sk_int_sub(vm, v, rest);
  return order > 0 || (order == 0 && sk_int_is_odd(quotient)) ? sk_int_add(vm, v, power) : v;
}

SK_NATIVE(int_round, "__round__(self, ndigits=?, /)",
          "Rounding an Integral returns itself.\n\n"
          "Rounding with an ndigits argument also returns an integer.") {
  SkValue v = sk_int_plain(vm, args[0]);
  if (sk_is_unset(args[1])) return v;
  SkValue digits = sk_to_int(vm, args[1]);
  if (sk_int_sign(digits) >= 0) return v;
  int64_t places;
  if (!sk_int_get_i64(digits, &places) || places == INT64_MIN) return sk_smallint(0);
  return round_to_power(vm, v, -places);
}

SK_NATIVE(int_getnewargs, "__getnewargs__(self, /)", NULL) {
  return sk_from_ptr(sk_tuple_pack(vm, 1, sk_int_plain(vm, args[0])));
}

SK_NATIVE(int_sizeof, "__sizeof__(self, /)", "Returns size in memory, in bytes.") {
  IntView x;
  int_view(args[0], &x);
  return sk_int_new(vm, (int64_t)(sizeof(SkInt) + (x.count ? x.count : 1) * sizeof(SkLimb)));
}

static const SkAttrDef int_attrs[] = {
    SK_METHOD(int_conjugate),
    SK_METHOD(int_bit_length),
    SK_METHOD(int_bit_count),
    SK_METHOD(int_to_bytes),
    SK_CLASSMETHOD(int_from_bytes),
    SK_METHOD(int_as_integer_ratio),
    SK_METHOD(int_is_integer),
    SK_METHOD(int_trunc),
    SK_METHOD(int_floor),
    SK_METHOD(int_ceil),
    SK_METHOD(int_round),
    SK_METHOD(int_getnewargs),
    SK_METHOD(int_sizeof),
    SK_GETSET("real", get_real, NULL, "the real part of a complex number"),
    SK_GETSET("imag", get_zero, NULL, "the imaginary part of a complex number"),
    SK_GETSET("numerator", get_real, NULL, "the numerator of a rational number in lowest terms"),
    SK_GETSET("denominator", get_one, NULL,
              "the denominator of a rational number in lowest terms"),
    SK_ATTRS_END,
};

const SkTypeDef sk_int_type = {
    .name = "int",
    .doc = "int([x]) -> integer\n"
           "int(x, base=10) -> integer\n\n"
           "Convert a number or string to an integer, or return 0 if no arguments\n"
           "are given.  For floating-point numbers, this truncates towards zero.",
    .base = SK_T_object,
    .kind = SK_KIND_INT,
    .size = sizeof(SkInt),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_MATCH_SELF,
    .slots =
        {
            .repr = slot_repr,
            .format = slot_format,
            .hash = slot_hash,
            .bool_ = slot_bool,
            .int_ = sk_int_plain,
            .index = sk_int_plain,
            .float_ = slot_float,
            .neg = sk_int_neg,
            .pos = sk_int_plain,
            .abs = sk_int_abs,
            .invert = sk_int_invert,
            .pow = slot_pow,
            .rpow = slot_rpow,
#define LIST_OPERATOR(name, result) .name = slot_##name, .r##name = slot_r##name,
            INT_OPERATORS(LIST_OPERATOR)
#undef LIST_OPERATOR
#define LIST_COMPARISON(name, op) .name = slot_##name,
            INT_COMPARISONS(LIST_COMPARISON)
#undef LIST_COMPARISON
        },
    .attrs = int_attrs,
    .new_ = &int_new_def,
};
