/* complex.c - the class complex.  Layer 6. */
#include <math.h>

#include "vm/base/hash.h"
#include "vm/base/numtext.h"
#include "vm/object/call.h"
#include "vm/object/exception.h"
#include "vm/object/format_spec.h"
#include "vm/object/func.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

typedef struct Complex {
  double real, imag;
} Complex;

static Complex value_of(SkValue v) {
  const SkComplex *z = sk_ptr(v);
  return (Complex){z->real, z->imag};
}

static bool is_complex(SkValue v) { return sk_has_kind(v, SK_KIND_COMPLEX); }

static SkValue complex_of_class(SkVm *vm, SkType *cls, Complex z) {
  SkComplex *o = sk_object_new(vm, cls, 0);
  o->real = z.real;
  o->imag = z.imag;
  return sk_from_ptr(o);
}

static SkValue box(SkVm *vm, Complex z) { return complex_of_class(vm, vm->types[SK_T_complex], z); }

SkValue sk_complex_new(SkVm *vm, double real, double imag) { return box(vm, (Complex){real, imag}); }

/* ---- arithmetic ---- */

static Complex plus(Complex a, Complex b) { return (Complex){a.real + b.real, a.imag + b.imag}; }
static Complex sub(Complex a, Complex b) { return (Complex){a.real - b.real, a.imag - b.imag}; }
static Complex mul(Complex a, Complex b) {
  return (Complex){a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

/* Scales by the larger part of the divisor, so that its square, which might
 * overflow, is never formed.  False: division by zero. */
static bool divide(Complex a, Complex b, Complex *out) {
  double real = fabs(b.real), imag = fabs(b.imag);
  if (real >= imag) {
    if (real == 0) return false;
    double ratio = b.imag / b.real, scale = b.real + b.imag * ratio;
    *out = (Complex){(a.real + a.imag * ratio) / scale, (a.imag - a.real * ratio) / scale};
  } else if (imag >= real) {
    double ratio = b.real / b.imag, scale = b.real * ratio + b.imag;
    *out = (Complex){(a.real * ratio + a.imag) / scale, (a.imag * ratio - a.real) / scale};
  } else { /* a NaN in the divisor */
    *out = (Complex){NAN, NAN};
  }
  return true;
}

static Complex power_natural(Complex base, unsigned exponent) {
  Complex result = {1, 0};
  for (; exponent; exponent >>= 1) {
    if (exponent & 1) result = mul(result, base);
    base = mul(base, base);
  }
  return result;
}

SK_NORETURN static void raise_zero_power(SkVm *vm) {
  sk_raisef(vm, SK_T_ZeroDivisionError, "0.0 to a negative or complex power");
}

static Complex power_polar(SkVm *vm, Complex a, Complex b) {
  double size = hypot(a.real, a.imag), angle = atan2(a.imag, a.real);
  double length = pow(size, b.real), phase = angle * b.real;
  if (b.imag != 0) {
    length /= exp(angle * b.imag);
    phase += b.imag * log(size);
  }
  if (isinf(phase)) raise_zero_power(vm); /* no angle: CPython's words for it */
  return (Complex){length * cos(phase), length * sin(phase)};
}

static Complex power(SkVm *vm, Complex a, Complex b) {
  Complex result = {0, 0};
  if (b.imag == 0 && b.real == floor(b.real) && fabs(b.real) <= 100) {
    if (b.real > 0) {
      result = power_natural(a, (unsigned)b.real);
    } else if (!divide((Complex){1, 0}, power_natural(a, (unsigned)-b.real), &result)) {
      raise_zero_power(vm);
    }
  } else if (a.real == 0 && a.imag == 0) {
    if (b.imag != 0 || b.real < 0) raise_zero_power(vm);
  } else {
    result = power_polar(vm, a, b);
  }
  if (isinf(result.real) || isinf(result.imag)) {
    sk_raisef(vm, SK_T_OverflowError, "complex exponentiation");
  }
  return result;
}

SkValue sk_complex_pow(SkVm *vm, double real, double imag, double exponent_real,
                       double exponent_imag) {
  return box(vm, power(vm, (Complex){real, imag}, (Complex){exponent_real, exponent_imag}));
}

/* ---- operators ---- */

static bool operand(SkVm *vm, SkValue v, Complex *out) {
  if (is_complex(v)) {
    *out = value_of(v);
  } else if (sk_is_float(v)) {
    *out = (Complex){sk_float_get(v), 0};
  } else if (sk_is_int(v)) {
    *out = (Complex){sk_int_get_double(vm, v), 0};
  } else {
    return false;
  }
  return true;
}

static Complex divide_or_raise(SkVm *vm, Complex a, Complex b) {
  Complex result;
  if (!divide(a, b, &result)) {
    sk_raisef(vm, SK_T_ZeroDivisionError, "complex division by zero");
  }
  return result;
}

#define COMPLEX_OPERATORS(X) \
  X(add, plus(x, y)) X(sub, sub(x, y)) X(mul, mul(x, y)) X(truediv, divide_or_raise(vm, x, y))
#define DEFINE_OPERATOR(name, result)                                                   \
  static SkValue slot_##name(SkVm *vm, SkValue a, SkValue b) {                          \
    Complex x, y;                                                                       \
    return operand(vm, a, &x) && operand(vm, b, &y) ? box(vm, result) : SK_NOTIMPLEMENTED; \
  }                                                                                     \
  static SkValue slot_r##name(SkVm *vm, SkValue b, SkValue a) {                         \
    return slot_##name(vm, a, b);                                                       \
  }
COMPLEX_OPERATORS(DEFINE_OPERATOR)
#undef DEFINE_OPERATOR

static SkValue slot_pow(SkVm *vm, SkValue a, SkValue b, SkValue m) {
  Complex x, y;
  if (!operand(vm, a, &x) || !operand(vm, b, &y)) return SK_NOTIMPLEMENTED;
  if (!sk_is_none(m)) sk_raise_value(vm, "complex modulo");
  return box(vm, power(vm, x, y));
}

static SkValue slot_rpow(SkVm *vm, SkValue b, SkValue a, SkValue m) {
  return slot_pow(vm, a, b, m);
}

static SkValue slot_neg(SkVm *vm, SkValue v) {
  Complex z = value_of(v);
  return sk_complex_new(vm, -z.real, -z.imag);
}

static SkValue slot_pos(SkVm *vm, SkValue v) {
  return sk_is_exactly(vm, v, SK_T_complex) ? v : box(vm, value_of(v));
}

static SkValue slot_abs(SkVm *vm, SkValue v) {
  Complex z = value_of(v);
  double size = hypot(z.real, z.imag);
  if (isinf(size) && isfinite(z.real) && isfinite(z.imag)) {
    sk_raisef(vm, SK_T_OverflowError, "absolute value too large");
  }
  return sk_float_new(vm, size);
}

static SkValue slot_eq(SkVm *vm, SkValue a, SkValue b) {
  Complex z = value_of(a);
  if (is_complex(b)) {
    Complex w = value_of(b);
    return sk_bool(z.real == w.real && z.imag == w.imag);
  }
  if (sk_is_float(b)) return sk_bool(z.imag == 0 && z.real == sk_float_get(b));
  if (!sk_is_int(b)) return SK_NOTIMPLEMENTED;
  return sk_bool(z.imag == 0 && !isnan(z.real) && sk_int_compare_double(b, z.real) == 0);
}

static SkValue slot_ne(SkVm *vm, SkValue a, SkValue b) {
  SkValue equal = slot_eq(vm, a, b);
  return sk_is_notimplemented(equal) ? equal : sk_bool(!sk_is_true(equal));
}

static bool slot_bool(SkVm *vm, SkValue v) {
  Complex z = value_of(v);
  return z.real != 0 || z.imag != 0;
}

static int64_t part_hash(double d, SkValue v) {
  return isnan(d) ? sk_hash_identity(v) : sk_double_hash(d);
}

static int64_t slot_hash(SkVm *vm, SkValue v) {
  Complex z = value_of(v);
  uint64_t hash =
      (uint64_t)part_hash(z.real, v) + (uint64_t)SK_HASH_IMAG * (uint64_t)part_hash(z.imag, v);
  return (int64_t)hash == -1 ? -2 : (int64_t)hash;
}

static SkValue slot_repr(SkVm *vm, SkValue v) {
  Complex z = value_of(v);
  char text[2 * SK_DOUBLE_REPR_ROOM + 4], *at = text;
  bool real = z.real != 0 || signbit(z.real);
  if (real) {
    *at++ = '(';
    at += sk_double_format(z.real, 'r', 0, SK_DOUBLE_PLAIN, at);
    if (!signbit(z.imag) || isnan(z.imag)) *at++ = '+';
  }
  at += sk_double_format(z.imag, 'r', 0, SK_DOUBLE_PLAIN, at);
  *at++ = 'j';
  if (real) *at++ = ')';
  return sk_from_ptr(sk_str_new(vm, text, (size_t)(at - text)));
}

static SkValue slot_format(SkVm *vm, SkValue v, SkValue spec) {
  if (!sk_is_str(spec)) sk_raise_type(vm, "__format__() argument must be str, not %T", spec);
  return sk_from_ptr(sk_complex_format(vm, v, sk_as_str(spec)));
}

/* ---- constructor ---- */

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Reads  float | float j | float sign [float] j | [sign] j . */
static bool parse_parts(const char **s, const char *end, Complex *out) {
  double x;
  *out = (Complex){0, 0};
  size_t used = sk_double_parse_any(*s, (size_t)(end - *s), &x);
  *s += used;
  if (used && (*s == end || (**s != '+' && **s != '-'))) {
    if (*s < end && (**s | 0x20) == 'j') {
      out->imag = x;
      ++*s;
    } else {
      out->real = x;
    }
    return true;
  }
  if (used) out->real = x;
  used = *s < end ? sk_double_parse_any(*s, (size_t)(end - *s), &x) : 0;
  if (used) {
    *s += used;
  } else { /* a bare j counts as 1j */
    x = *s < end && **s == '-' ? -1 : 1;
    if (*s < end && (**s == '+' || **s == '-')) ++*s;
  }
  out->imag = x;
  if (*s == end || (**s | 0x20) != 'j') return false;
  ++*s;
  return true;
}

static bool parse(const char *s, size_t n, Complex *out) {
  const char *end = s + n;
  while (s < end && is_blank(*s)) s++;
  while (end > s && is_blank(end[-1])) end--;
  if (s < end && *s == '(') {
    if (end[-1] != ')') return false;
    s++;
    end--;
    while (s < end && is_blank(*s)) s++;
    while (end > s && is_blank(end[-1])) end--;
  }
  return parse_parts(&s, end, out) && s == end;
}

/* CPython looks at the underscores first, with a message of its own. */
static bool underscores_are_fine(const char *s, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (s[i] != '_') continue;
    bool before = i > 0 && s[i - 1] >= '0' && s[i - 1] <= '9';
    bool after = i + 1 < n && s[i + 1] >= '0' && s[i + 1] <= '9';
    if (!before || !after) return false;
  }
  return true;
}

static Complex parse_or_raise(SkVm *vm, SkValue v) {
  size_t mark = sk_scratch_mark(vm), n;
  const char *text = sk_number_text(vm, sk_as_str(v), &n);
  Complex z;
  if (!underscores_are_fine(text, n)) {
    sk_raise_value(vm, "could not convert string to complex: %R", v);
  }
  if (!parse(text, n, &z)) sk_raise_value(vm, "complex() arg is a malformed string");
  sk_scratch_release(vm, mark);
  return z;
}

SkValue sk_complex_from_special(SkVm *vm, SkValue result) {
  if (!is_complex(result)) {
    sk_raise_type(vm, "__complex__ returned non-complex (type %T)", result);
  }
  if (!sk_is_exactly(vm, result, SK_T_complex)) {
    sk_warn(vm, SK_T_DeprecationWarning,
            "__complex__ returned non-complex (type %T).  The ability to return an instance of a "
            "strict subclass of complex is deprecated, and may be removed in a future version of "
            "Python.",
            result);
  }
  return result;
}

/* The value itself, or what its __complex__ gives. */
static SkValue through_special(SkVm *vm, SkValue v) {
  if (!sk_is_ptr(v) || sk_is_exactly(vm, v, SK_T_complex)) return v;
  SkValue special = sk_lookup_special(vm, v, SK_NAME(vm, dunder_complex));
  if (sk_is_unset(special)) return v;
  return sk_complex_from_special(vm, sk_call0(vm, special));
}

static bool is_real_number(SkVm *vm, SkValue v) {
  const SkSlots *slots = SK_SLOTS(vm, v);
  return slots->float_ || slots->index;
}

static Complex argument(SkVm *vm, SkValue v, const char *complaint) {
  if (is_complex(v)) return value_of(v);
  if (!is_real_number(vm, v)) sk_raise_type(vm, complaint, v);
  return (Complex){sk_number_to_double(vm, v), 0};
}

SK_NATIVE(complex_new, "__new__(cls, real=?, imag=?)",
          "Create a complex number from a string or numbers.") {
  SkType *cls = sk_as_type(args[0]);
  SkValue real = args[1], imag = args[2];
  bool has_imag = !sk_is_unset(imag);
  if (!sk_is_unset(real) && sk_is_str(real)) {
    if (has_imag) sk_raise_type(vm, "complex() can't take second arg if first is a string");
    return complex_of_class(vm, cls, parse_or_raise(vm, real));
  }
  if (has_imag && sk_is_str(imag)) sk_raise_type(vm, "complex() second arg can't be a string");
  if (sk_is_unset(real)) real = sk_smallint(0);
  if (!has_imag && cls == vm->types[SK_T_complex] && sk_is_exactly(vm, real, SK_T_complex)) {
    return real;
  }
  real = through_special(vm, real);
  Complex z = argument(vm, real, "complex() first argument must be a string or a number, not '%T'");
  if (has_imag) {
    Complex i = argument(vm, imag, "complex() second argument must be a number, not '%T'");
    bool real_is_complex = is_complex(real), imag_is_complex = is_complex(imag);
    double whole = z.imag;
    z.imag = i.real;
    if (imag_is_complex) z.real -= i.imag;
    if (real_is_complex) z.imag += whole;
  }
  return complex_of_class(vm, cls, z);
}

/* ---- attributes and methods ---- */

static SkValue get_real(SkVm *vm, SkValue v) { return sk_float_new(vm, value_of(v).real); }
static SkValue get_imag(SkVm *vm, SkValue v) { return sk_float_new(vm, value_of(v).imag); }

SK_NATIVE(complex_conjugate, "conjugate(self, /)",
          "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.") {
  Complex z = value_of(args[0]);
  return sk_complex_new(vm, z.real, -z.imag);
}

SK_NATIVE(complex_complex, "__complex__(self, /)", "Convert this value to exact type complex.") {
  return slot_pos(vm, args[0]);
}

SK_NATIVE(complex_getnewargs, "__getnewargs__(self, /)", NULL) {
  SkValue real = get_real(vm, args[0]), imag = get_imag(vm, args[0]);
  return sk_from_ptr(sk_tuple_pack(vm, 2, real, imag));
}

static const SkAttrDef complex_attrs[] = {
    SK_METHOD(complex_conjugate),
    SK_METHOD(complex_complex),
    SK_METHOD(complex_getnewargs),
    SK_GETSET("real", get_real, NULL, "the real part of a complex number"),
    SK_GETSET("imag", get_imag, NULL, "the imaginary part of a complex number"),
    SK_ATTRS_END,
};

const SkTypeDef sk_complex_type = {
    .name = "complex",
    .doc = "Create a complex number from a string or numbers.\n\n"
           "If a string is given, parse it as a complex number.\n"
           "If a single number is given, convert it to a complex number.\n"
           "If the 'real' or 'imag' arguments are given, create a complex number\n"
           "with the specified real and imaginary components.",
    .base = SK_T_object,
    .kind = SK_KIND_COMPLEX,
    .size = sizeof(SkComplex),
    .flags = SK_TYPE_IMMUTABLE,
    .slots =
        {
            .repr = slot_repr,
            .format = slot_format,
            .hash = slot_hash,
            .eq = slot_eq,
            .ne = slot_ne,
            .bool_ = slot_bool,
            .neg = slot_neg,
            .pos = slot_pos,
            .abs = slot_abs,
            .pow = slot_pow,
            .rpow = slot_rpow,
#define LIST_OPERATOR(name, result) .name = slot_##name, .r##name = slot_r##name,
            COMPLEX_OPERATORS(LIST_OPERATOR)
#undef LIST_OPERATOR
        },
    .attrs = complex_attrs,
    .new_ = &complex_new_def,
};
