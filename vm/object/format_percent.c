/* format_percent.c - numbers in '%' formatting.  Layer 6. */
#include <limits.h>

#include "vm/base/numtext.h"
#include "vm/object/exception.h"
#include "vm/object/format_spec.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"

/* A converted number: [sign][prefix]zeros digits. */
typedef struct Field {
  bool negative;
  const char *prefix;
  size_t zeros; /* asked for by the precision of an int */
  const char *text;
  size_t length;
} Field;

typedef struct Conversion {
  SkValue value, result;
  bool decimal;
} Conversion;

static void convert(SkVm *vm, void *arg) {
  Conversion *c = arg;
  c->result = c->decimal ? sk_number_to_int(vm, c->value) : sk_to_int(vm, c->value);
}

static bool is_number(SkVm *vm, SkValue v) {
  const SkSlots *slots = SK_SLOTS(vm, v);
  return slots->int_ || slots->index || slots->float_;
}

/* The int that d i u (any real number) or o x X (an index) print.  A TypeError
 * on the way is told in the words of '%'. */
static SkValue to_int(SkVm *vm, SkValue v, char type) {
  if (sk_is_int(v)) return v;
  Conversion c = {.value = v, .decimal = type == 'd' || type == 'i' || type == 'u'};
  if (c.decimal ? is_number(vm, v) : SK_SLOTS(vm, v)->index != NULL) {
    if (sk_protect(vm, convert, &c)) return c.result;
    SkValue raised = sk_take_raised(vm);
    if (!sk_exc_is(vm, raised, SK_T_TypeError)) sk_throw(vm, raised);
  }
  sk_raise_type(vm, "%%%c format: %s is required, not %T", type,
                c.decimal ? "a real number" : "an integer", v);
}

static Field convert_int(SkVm *vm, SkValue v, const SkPercentSpec *spec) {
  v = to_int(vm, v, spec->type);
  int base = spec->type == 'o' ? 8 : (spec->type | 0x20) == 'x' ? 16 : 10;
  Field f = {.negative = sk_int_sign(v) < 0, .prefix = ""};
  char *digits = (char *)sk_int_digits(vm, v, base, &f.length);
  if (spec->type == 'X') {
    for (size_t i = 0; i < f.length; i++) {
      if (digits[i] >= 'a') digits[i] = (char)(digits[i] - 32);
    }
  }
  f.text = digits;
  if (spec->alternate) {
    f.prefix = base == 8 ? "0o" : spec->type == 'x' ? "0x" : spec->type == 'X' ? "0X" : "";
  }
  if (spec->precision > (int64_t)f.length) f.zeros = (size_t)spec->precision - f.length;
  return f;
}

static Field convert_float(SkVm *vm, SkValue v, const SkPercentSpec *spec) {
  if (spec->bytes && !SK_SLOTS(vm, v)->float_ && !SK_SLOTS(vm, v)->index) {
    sk_raise_type(vm, "float argument required, not %T", v);
  }
  double x = sk_to_double(vm, v);
  if (spec->precision > INT_MAX) sk_raise_value(vm, "precision too big");
  int precision = spec->precision < 0 ? 6 : (int)spec->precision;
  char *text = sk_scratch(vm, sk_double_format_bound(x, spec->type, precision));
  SkDoubleFlags flags = spec->alternate ? SK_DOUBLE_ALTERNATE : SK_DOUBLE_PLAIN;
  size_t length = sk_double_format(x, spec->type, precision, flags, text);
  bool negative = length && text[0] == '-';
  return (Field){
      .negative = negative, .prefix = "", .text = text + negative, .length = length - negative};
}

void sk_percent_number(SkVm *vm, SkStrBuf *out, SkValue v, const SkPercentSpec *spec) {
  size_t mark = sk_scratch_mark(vm);
  char kind = spec->type | 0x20;
  bool is_float = kind == 'e' || kind == 'f' || kind == 'g';
  Field f = is_float ? convert_float(vm, v, spec) : convert_int(vm, v, spec);
  char sign = f.negative ? '-' : spec->plus ? '+' : spec->blank ? ' ' : 0;
  size_t total = (sign != 0) + strlen(f.prefix) + f.zeros + f.length;
  size_t pad = spec->width > (int64_t)total ? (size_t)spec->width - total : 0;
  bool zero_fill = spec->zero && !spec->left;
  if (!spec->left && !zero_fill) sk_strbuf_fill(out, ' ', pad);
  if (sign) sk_strbuf_add(out, &sign, 1);
  sk_strbuf_adds(out, f.prefix);
  if (zero_fill) sk_strbuf_fill(out, '0', pad);
  sk_strbuf_fill(out, '0', f.zeros);
  sk_strbuf_add(out, f.text, f.length);
  if (spec->left) sk_strbuf_fill(out, ' ', pad);
  sk_scratch_release(vm, mark);
}
