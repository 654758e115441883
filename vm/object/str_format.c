/* str_format.c - str.format, str.format_map and str.__format__.  Layer 6. */
#include "vm/object/str_format.h"

#include "vm/base/utf8.h"
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/format_spec.h"
#include "vm/object/ops.h"
#include "vm/object/str_methods.h"

/* ---- str.__format__ ---- */

SkStr *sk_str_format_spec(SkVm *vm, SkValue self, SkStr *spec) {
  SkStr *s = sk_as_str(self);
  if (spec->bytes == 0) return sk_str(vm, self);
  SkFormatSpec f;
  sk_format_spec_parse(vm, spec, &f, 's', '<', self);
  if (f.type != 's') sk_format_unknown_type(vm, f.type, self);
  if (f.sign) sk_raise_value(vm, "%s not allowed in string format specifier", f.sign == ' ' ? "Space" : "Sign");
  if (f.no_neg_zero) sk_raise_value(vm, "Negative zero coercion (z) not allowed in string format specifier");
  if (f.alternate) sk_raise_value(vm, "Alternate form (#) not allowed in string format specifier");
  if (f.align == '=') sk_raise_value(vm, "'=' alignment not allowed in string format specifier");
  size_t count = s->count, bytes = s->bytes;
  if (f.precision >= 0 && (uint64_t)f.precision < count) {
    count = (size_t)f.precision;
    bytes = sk_str_offset(vm, s, count);
  }
  if (f.width > INT64_MAX / 16) sk_raise_nomem(vm);
  SkStrBuf out;
  sk_strbuf_init(vm, &out);
  sk_format_pad(&out, &f, s->data, bytes, count);
  return sk_strbuf_finish(&out);
}

/* ---- str.format ---- */

/* Where values come from and how fields without a name are counted. */
typedef struct Source {
  SkVm *vm;
  SkTuple *args;  /* NULL: format_map */
  SkValue names;  /* dict or mapping */
  enum { UNDECIDED, AUTOMATIC, MANUAL } numbering;
  int64_t next;
} Source;

static SkValue text_of(SkVm *vm, SkChars c) { return sk_from_ptr(sk_str_new(vm, c.p, c.n)); }

static int64_t field_number(Source *src, SkChars first) {
  int64_t index = sk_format_name_number(src->vm, first);
  bool empty = first.n == 0;
  if (!empty && index < 0) return -1;
  if (src->numbering == UNDECIDED) src->numbering = empty ? AUTOMATIC : MANUAL;
  if (src->numbering == AUTOMATIC && !empty)
    sk_raise_value(src->vm, "cannot switch from automatic field numbering to manual field specification");
  if (src->numbering == MANUAL && empty)
    sk_raise_value(src->vm, "cannot switch from manual field specification to automatic field numbering");
  return empty ? src->next++ : index;
}

static SkValue first_value(Source *src, SkChars first) {
  SkVm *vm = src->vm;
  int64_t index = field_number(src, first);
  if (index < 0) {
    SkValue key = text_of(vm, first);
    if (!src->args) return sk_getitem(vm, src->names, key);
    SkValue v = sk_dict_get(vm, sk_as_dict(src->names), key);
    if (sk_is_unset(v)) sk_raise_key(vm, key);
    return v;
  }
  if (!src->args) sk_raise_value(vm, "Format string contains positional fields");
  if ((uint64_t)index >= src->args->count)
    sk_raisef(vm, SK_T_IndexError, "Replacement index %zd out of range for positional args tuple", index);
  return src->args->items[index];
}

static SkValue field_value(Source *src, SkChars name) {
  SkVm *vm = src->vm;
  SkChars rest, part;
  bool is_attribute;
  SkValue v = first_value(src, sk_format_name_first(name, &rest));
  while (sk_format_name_next(vm, &rest, &is_attribute, &part)) {
    if (is_attribute) {
      v = sk_getattr(vm, v, sk_str_intern(vm, sk_str_new(vm, part.p, part.n)));
    } else {
      int64_t index = sk_format_name_number(vm, part);
      v = sk_getitem(vm, v, index < 0 ? text_of(vm, part) : sk_int_new(vm, index));
    }
  }
  return v;
}

static SkValue converted(SkVm *vm, SkValue v, uint32_t conversion) {
  switch (conversion) {
    case 0: return v;
    case 'r': return sk_from_ptr(sk_repr(vm, v));
    case 's': return sk_from_ptr(sk_str(vm, v));
    case 'a': return sk_from_ptr(sk_ascii(vm, v));
    default:
      if (conversion > 32 && conversion < 127) sk_raise_value(vm, "Unknown conversion specifier %c", (int)conversion);
      sk_raise_value(vm, "Unknown conversion specifier \\x%x", (unsigned)conversion);
  }
}

static SkStr *format_text(Source *src, SkStr *format, int depth) {
  SkVm *vm = src->vm;
  if (depth < 0) sk_raise_value(vm, "Max string recursion exceeded");
  SkStrBuf out;
  sk_strbuf_init(vm, &out);
  const char *at = format->data, *end = at + format->bytes;
  for (SkFormatField f; sk_format_field_next(vm, &at, end, &f);) {
    sk_strbuf_add(&out, f.literal.p, f.literal.n);
    if (!f.present) continue;
    SkValue v = converted(vm, field_value(src, f.name), f.conversion);
    if (f.spec.n == 0 && sk_is_exactly(vm, v, SK_T_str)) {
      sk_strbuf_addstr(&out, sk_as_str(v));
      continue;
    }
    SkStr *spec = sk_str_new(vm, f.spec.p, f.spec.n);
    if (f.nested) spec = format_text(src, spec, depth - 1);
    sk_strbuf_addstr(&out, sk_format_value(vm, v, spec));
  }
  sk_keep(format);
  return sk_strbuf_finish(&out);
}

enum { NESTING = 2 };

SK_STR_METHOD(format, "format(self, /, *args, **kwargs)", "S with its {fields} replaced by the arguments, formatted.") {
  Source src = {.vm = vm, .args = (SkTuple *)sk_ptr(args[1]), .names = args[2]};
  return sk_from_ptr(format_text(&src, sk_as_str(args[0]), NESTING - 1));
}

SK_STR_METHOD(format_map, "format_map(self, mapping, /)", "S with its {fields} replaced by values of the mapping, formatted.") {
  Source src = {.vm = vm, .names = args[1]};
  return sk_from_ptr(format_text(&src, sk_as_str(args[0]), NESTING - 1));
}
