/* float_type.c - the class float: constructor, operators, methods.  Layer 6. */
#include <math.h>

#include "vm/base/numtext.h"
#include "vm/object/call.h"
#include "vm/object/exception.h"
#include "vm/object/format_spec.h"
#include "vm/object/func.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

/* A NaN that a script makes is an object of its own: containers take identity
 * for equality, and two words with the same NaN would be one object. */
static SkValue float_of_class(SkVm *vm, SkType *cls, double d) {
  if (cls == vm->types[SK_T_float]) return isnan(d) ? sk_float_box(vm, d) : sk_float_new(vm, d);
  SkFloat *f = sk_object_new(vm, cls, 0);
  f->value = d;
  return sk_from_ptr(f);
}

SK_NATIVE(float_new, "__new__(cls, x=0, /)",
          "Convert a string or number to a floating-point number, if possible.") {
  SkType *cls = sk_as_type(args[0]);
  if (cls == vm->types[SK_T_float] && sk_is_exactly(vm, args[1], SK_T_float)) return args[1];
  return float_of_class(vm, cls, sk_number_to_double(vm, args[1]));
}

/* ---- operators ---- */

/* The double an operand stands for; false if it is neither float nor int. */
static bool operand(SkVm *vm, SkValue v, double *out) {
  if (sk_is_float(v)) {
    *out = sk_float_get(v);
    return true;
  }
  if (!sk_is_int(v)) return false;
  *out = sk_int_get_double(vm, v);
  return true;
}

static double divide(SkVm *vm, double a, double b) {
  if (b == 0) sk_raisef(vm, SK_T_ZeroDivisionError, "float division by zero");
  return a / b;
}

static double floordiv(SkVm *vm, double a, double b) {
  if (b == 0) sk_raisef(vm, SK_T_ZeroDivisionError, "float floor division by zero");
  return sk_float_floordiv(a, b);
}

static double mod(SkVm *vm, double a, double b) {
  if (b == 0) sk_raisef(vm, SK_T_ZeroDivisionError, "float modulo by zero");
  return sk_float_mod(a, b);
}

static SkValue divide_both(SkVm *vm, double a, double b) {
  if (b == 0) sk_raisef(vm, SK_T_ZeroDivisionError, "float divmod()");
  double remainder, quotient = sk_float_divmod(a, b, &remainder);
  SkValue q = sk_float_new(vm, quotient), r = sk_float_new(vm, remainder);
  return sk_from_ptr(sk_tuple_pack(vm, 2, q, r));
}

#define FLOAT_OPERATORS(X)                       \
  X(add, sk_float_new(vm, x + y))                \
  X(sub, sk_float_new(vm, x - y))                \
  X(mul, sk_float_new(vm, x * y))                \
  X(truediv, sk_float_new(vm, divide(vm, x, y))) \
  X(floordiv, sk_float_new(vm, floordiv(vm, x, y))) \
  X(mod, sk_float_new(vm, mod(vm, x, y)))        \
  X(divmod, divide_both(vm, x, y))

#define DEFINE_OPERATOR(name, result)                               \
  static SkValue slot_##name(SkVm *vm, SkValue a, SkValue b) {      \
    double x, y;                                                    \
    return operand(vm, a, &x) && operand(vm, b, &y) ? result : SK_NOTIMPLEMENTED; \
  }                                                                 \
  static SkValue slot_r##name(SkVm *vm, SkValue b, SkValue a) {     \
    return slot_##name(vm, a, b);                                   \
  }
FLOAT_OPERATORS(DEFINE_OPERATOR)
#undef DEFINE_OPERATOR

static SkValue slot_pow(SkVm *vm, SkValue a, SkValue b, SkValue m) {
  if (!sk_is_none(m)) {
    sk_raise_type(vm, "pow() 3rd argument not allowed unless all arguments are integers");
  }
  double x, y;
  if (!operand(vm, a, &x) || !operand(vm, b, &y)) return SK_NOTIMPLEMENTED;
  return sk_float_pow(vm, x, y);
}

static SkValue slot_rpow(SkVm *vm, SkValue b, SkValue a, SkValue m) {
  return slot_pow(vm, a, b, m);
}

/* Sets *order to the sign of v - other; false for a NaN on either side.  Ints
 * are compared exactly, however large. */
static bool float_order(SkValue v, SkValue other, int *order) {
  double x = sk_float_get(v);
  if (sk_is_float(other)) {
    double y = sk_float_get(other);
    *order = (x > y) - (x < y);
    return !isnan(x) && !isnan(y);
  }
  if (isnan(x)) return false;
  *order = -sk_int_compare_double(other, x);
  return true;
}

#define FLOAT_COMPARISONS(X) \
  X(lt, <, false) X(le, <=, false) X(eq, ==, false) X(ne, !=, true) X(gt, >, false) X(ge, >=, false)
#define DEFINE_COMPARISON(name, op, for_nan)                             \
  static SkValue slot_##name(SkVm *vm, SkValue a, SkValue b) {           \
    int order;                                                           \
    if (!sk_is_float(b) && !sk_is_int(b)) return SK_NOTIMPLEMENTED;      \
    return sk_bool(float_order(a, b, &order) ? order op 0 : for_nan);    \
  }
FLOAT_COMPARISONS(DEFINE_COMPARISON)
#undef DEFINE_COMPARISON

static SkValue slot_repr(SkVm *vm, SkValue v) {
  return sk_from_ptr(sk_double_repr(vm, sk_float_get(v)));
}
static int64_t slot_hash(SkVm *vm, SkValue v) {
  double d = sk_float_get(v);
  return isnan(d) ? sk_hash_identity(v) : sk_double_hash(d);
}
static bool slot_bool(SkVm *vm, SkValue v) { return sk_float_get(v) != 0; }
static SkValue slot_int(SkVm *vm, SkValue v) { return sk_int_from_double(vm, sk_float_get(v)); }
static SkValue slot_float(SkVm *vm, SkValue v) { return sk_float_new(vm, sk_float_get(v)); }
static SkValue slot_neg(SkVm *vm, SkValue v) { return sk_float_new(vm, -sk_float_get(v)); }
static SkValue slot_abs(SkVm *vm, SkValue v) { return sk_float_new(vm, fabs(sk_float_get(v))); }

static SkValue slot_format(SkVm *vm, SkValue v, SkValue spec) {
  if (!sk_is_str(spec)) sk_raise_type(vm, "__format__() argument must be str, not %T", spec);
  return sk_from_ptr(sk_float_format(vm, v, sk_as_str(spec)));
}

/* ---- methods ---- */

static SkValue get_imag(SkVm *vm, SkValue v) { return sk_float_new(vm, 0); }

SK_NATIVE(float_conjugate, "conjugate(self, /)", "Return self, the complex conjugate of any float.") {
  return slot_float(vm, args[0]);
}

SK_NATIVE(float_is_integer, "is_integer(self, /)", "Return True if the float is an integer.") {
  double d = sk_float_get(args[0]);
  return sk_bool(isfinite(d) && floor(d) == d);
}

SK_NATIVE(float_as_integer_ratio, "as_integer_ratio(self, /)",
          "Return a pair of integers, whose ratio is exactly equal to the original float.\n\n"
          "The ratio is in lowest terms and has a positive denominator.  Raise\n"
          "OverflowError on infinities and a ValueError on NaNs.") {
  double d = sk_float_get(args[0]);
  if (isinf(d)) sk_raisef(vm, SK_T_OverflowError, "cannot convert Infinity to integer ratio");
  if (isnan(d)) sk_raise_value(vm, "cannot convert NaN to integer ratio");
  int exponent;
  double fraction = frexp(d, &exponent);
  while (fraction != floor(fraction)) { /* at most 53 times; ends odd, or zero */
    fraction *= 2;
    exponent--;
  }
  SkValue numerator = sk_int_from_double(vm, fraction), denominator = sk_smallint(1);
  if (exponent > 0) {
    numerator = sk_int_lshift(vm, numerator, exponent);
  } else {
    denominator = sk_int_lshift(vm, denominator, -exponent);
  }
  return sk_from_ptr(sk_tuple_pack(vm, 2, numerator, denominator));
}

SK_NATIVE(float_hex, "hex(self, /)",
          "Return a hexadecimal representation of a floating-point number.") {
  char text[SK_DOUBLE_REPR_ROOM];
  return sk_from_ptr(sk_str_new(vm, text, sk_double_hex(sk_float_get(args[0]), text)));
}

SK_NATIVE(float_fromhex, "fromhex(cls, string, /)",
          "Create a floating-point number from a hexadecimal string.") {
  if (!sk_is_str(args[1])) sk_raise_type(vm, "bad argument type for built-in operation");
  SkStr *s = sk_as_str(args[1]);
  double d;
  switch (sk_double_parse_hex(s->data, s->bytes, &d)) {
    case SK_HEX_INVALID:
      sk_raise_value(vm, "invalid hexadecimal floating-point string");
    case SK_HEX_TOO_LARGE:
      sk_raisef(vm, SK_T_OverflowError, "hexadecimal value too large to represent as a float");
    case SK_HEX_OK:
      break;
  }
  SkValue result = sk_float_new(vm, d);
  return sk_as_type(args[0]) == vm->types[SK_T_float] ? result : sk_call1(vm, args[0], result);
}

SK_NATIVE(float_trunc, "__trunc__(self, /)", "Return the Integral closest to x between 0 and x.") {
  return sk_int_from_double(vm, sk_float_get(args[0]));
}

SK_NATIVE(float_floor, "__floor__(self, /)", "Return the floor as an Integral.") {
  return sk_int_from_double(vm, floor(sk_float_get(args[0])));
}

SK_NATIVE(float_ceil, "__ceil__(self, /)", "Return the ceiling as an Integral.") {
  return sk_int_from_double(vm, ceil(sk_float_get(args[0])));
}

SK_NATIVE(float_round, "__round__(self, ndigits=None, /)",
          "Return the Integral closest to x, rounding half toward even.\n\n"
          "When an argument is passed, work like built-in round(x, ndigits).") {
  double d = sk_float_get(args[0]);
  if (sk_is_none(args[1])) {
    double rounded = round(d);
    if (fabs(d - rounded) == 0.5) rounded = 2 * round(d / 2); /* halfway: to even */
    return sk_int_from_double(vm, rounded);
  }
  return sk_float_round(vm, d, sk_to_index_clamped(vm, args[1]));
}

SK_NATIVE(float_getnewargs, "__getnewargs__(self, /)", NULL) {
  return sk_from_ptr(sk_tuple_pack(vm, 1, slot_float(vm, args[0])));
}

SK_NATIVE(float_getformat, "__getformat__(cls, typestr, /)",
          "You probably don't want to use this function.") {
  if (!sk_is_str(args[1])) {
    sk_raise_type(vm, "__getformat__() argument must be str, not %T", args[1]);
  }
  SkStr *kind = sk_as_str(args[1]);
  if (!sk_str_equal_cstr(kind, "double") && !sk_str_equal_cstr(kind, "float")) {
    sk_raise_value(vm, "__getformat__() argument 1 must be 'double' or 'float'");
  }
  return sk_from_ptr(sk_str_from_cstr(vm, "IEEE, little-endian"));
}

static const SkAttrDef float_attrs[] = {
    SK_METHOD(float_conjugate),
    SK_METHOD(float_is_integer),
    SK_METHOD(float_as_integer_ratio),
    SK_METHOD(float_hex),
    SK_CLASSMETHOD(float_fromhex),
    SK_METHOD(float_trunc),
    SK_METHOD(float_floor),
    SK_METHOD(float_ceil),
    SK_METHOD(float_round),
    SK_METHOD(float_getnewargs),
    SK_CLASSMETHOD(float_getformat),
    SK_GETSET("real", slot_float, NULL, "the real part of a complex number"),
    SK_GETSET("imag", get_imag, NULL, "the imaginary part of a complex number"),
    SK_ATTRS_END,
};

const SkTypeDef sk_float_type = {
    .name = "float",
    .doc = "Convert a string or number to a floating-point number, if possible.",
    .base = SK_T_object,
    .kind = SK_KIND_FLOAT,
    .size = sizeof(SkFloat),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_MATCH_SELF,
    .slots =
        {
            .repr = slot_repr,
            .format = slot_format,
            .hash = slot_hash,
            .bool_ = slot_bool,
            .int_ = slot_int,
            .float_ = slot_float,
            .neg = slot_neg,
            .pos = slot_float,
            .abs = slot_abs,
            .pow = slot_pow,
            .rpow = slot_rpow,
#define LIST_OPERATOR(name, result) .name = slot_##name, .r##name = slot_r##name,
            FLOAT_OPERATORS(LIST_OPERATOR)
#undef LIST_OPERATOR
#define LIST_COMPARISON(name, op, for_nan) .name = slot_##name,
            FLOAT_COMPARISONS(LIST_COMPARISON)
#undef LIST_COMPARISON
        },
    .attrs = float_attrs,
    .new_ = &float_new_def,
};
