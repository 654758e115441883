/* float.c - floats: boxing, conversion, arithmetic.  Layer 6.
 *
 * Most doubles are tagged words; those without an immediate form, and all
 * instances of subclasses, live in an SkFloat.
 */
#include <errno.h>
#include <math.h>

#include "vm/base/hash.h"
#include "vm/base/numtext.h"
#include "vm/object/bytes.h"
#include "vm/object/call.h"
#include "vm/object/exception.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/str.h"

SkValue sk_float_box(SkVm *vm, double d) {
  SkFloat *f = sk_object_new_id(vm, SK_T_float, 0);
  f->value = d;
  return sk_from_ptr(f);
}

int64_t sk_double_hash(double d) { return sk_hash_double(d); }

SkStr *sk_double_repr(SkVm *vm, double d) {
  char text[SK_DOUBLE_REPR_ROOM];
  return sk_str_new(vm, text, sk_double_print(d, text));
}

/* ---- from text and from anything ---- */

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool sk_float_from_text(const char *s, size_t n, double *out) {
  while (n && is_blank(s[0])) s++, n--;
  while (n && is_blank(s[n - 1])) n--;
  return n && sk_double_parse_any(s, n, out) == n;
}

SK_NORETURN static void raise_unparsable(SkVm *vm, SkValue v) {
  sk_raise_value(vm, "could not convert string to float: %R", v);
}

static double text_to_double(SkVm *vm, SkValue v) {
  size_t mark = sk_scratch_mark(vm), n;
  double d;
  const char *text;
  if (sk_is_str(v)) {
    text = sk_number_text(vm, sk_as_str(v), &n);
  } else if (!sk_bytes_view(vm, v, &text, &n)) {
    sk_raise_type(vm, "float() argument must be a string or a real number, not '%T'", v);
  }
  if (!sk_float_from_text(text, n, &d)) raise_unparsable(vm, v);
  sk_scratch_release(vm, mark);
  return d;
}

double sk_float_from_special(SkVm *vm, SkValue owner, SkValue result) {
  if (!sk_is_float(result)) {
    sk_raise_type(vm, "%T.__float__ returned non-float (type %T)", owner, result);
  }
  if (!sk_is_immfloat(result) && !sk_is_exactly(vm, result, SK_T_float)) {
    sk_warn(vm, SK_T_DeprecationWarning,
            "%T.__float__ returned non-float (type %T).  The ability to return an instance of a "
            "strict subclass of float is deprecated, and may be removed in a future version of "
            "Python.",
            owner, result);
  }
  return sk_float_get(result);
}

double sk_number_to_double(SkVm *vm, SkValue v) {
  if (sk_is_immfloat(v)) return sk_immfloat_get(v);
  if (sk_is_smallint(v)) return (double)sk_smallint_get(v);
  const SkSlots *slots = SK_SLOTS(vm, v);
  if (slots->float_) return sk_float_from_special(vm, v, slots->float_(vm, v));
  if (slots->index) return sk_int_get_double(vm, sk_to_int(vm, v));
  return text_to_double(vm, v);
}

/* ---- arithmetic ---- */

/* The remainder has the sign of |b|; fmod() is exact, so only a change of sign
 * needs an addition. */
double sk_float_mod(double a, double b) {
  double r = fmod(a, b);
  if (r == 0) return copysign(0, b);
  return (b < 0) != (r < 0) ? r + b : r;
}

static double floor_quotient(double a, double b, double *remainder) {
  double r = fmod(a, b), q = (a - r) / b;
  if (r != 0) {
    if ((b < 0) != (r < 0)) {
      r += b;
      q -= 1;
    }
  } else {
    r = copysign(0, b);
  }
  *remainder = r;
  if (q == 0) return copysign(0, a / b);
  double whole = floor(q);
  return q - whole > 0.5 ? whole + 1 : whole; /* the division may have been rounded */
}

double sk_float_floordiv(double a, double b) {
  double remainder;
  return floor_quotient(a, b, &remainder);
}

double sk_float_divmod(double a, double b, double *remainder) {
  return floor_quotient(a, b, remainder);
}

SkValue sk_float_pow(SkVm *vm, double a, double b) {
  if (b == 0 || a == 1) return sk_float_new(vm, 1.0);
  if (isnan(a) || isnan(b)) return sk_float_new(vm, isnan(a) ? a : b);
  if (a == 0 && b < 0 && isfinite(b)) {
    sk_raisef(vm, SK_T_ZeroDivisionError, "0.0 cannot be raised to a negative power");
  }
  if (a < 0 && isfinite(a) && isfinite(b) && floor(b) != b) {
    return sk_complex_pow(vm, a, 0, b, 0);
  }
  double result = pow(a, b);
  if (isinf(result) && isfinite(a) && isfinite(b)) {
    SkValue args[] = {sk_smallint(ERANGE),
                      sk_from_ptr(sk_str_from_cstr(vm, "Numerical result out of range"))};
    sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_OverflowError], args, 2));
  }
  return sk_float_new(vm, result);
}

/* ---- rounding ---- */

SkValue sk_float_round(SkVm *vm, double x, int64_t places) {
  if (!isfinite(x) || x == 0) return sk_float_new(vm, x);
  /* The last digit of the smallest double is at 1074, the first of the
   * largest at -308: beyond, rounding does nothing or leaves a zero. */
  if (places > 1074) return sk_float_new(vm, x);
  if (places < -309) return sk_float_new(vm, copysign(0, x));
  SkDecimal d;
  sk_decimal_places(&d, x, (int)places);
  double result = copysign(sk_decimal_to_double(&d), x);
  if (isinf(result)) {
    sk_raisef(vm, SK_T_OverflowError, "rounded value too large to represent");
  }
  return sk_float_new(vm, result);
}
