/* string_module.c - _string: the parser of str.format as iterators, for string.Formatter.  Layer 8. */
#include "stdlib/native/native.h"
#include "vm/object/str_format.h"
#include "vm/object/str_methods.h"

static SkValue text_of(SkVm *vm, SkChars c) { return sk_from_ptr(sk_str_new(vm, c.p, c.n)); }

SK_NATIVE(formatter_parser, "formatter_parser(format_string, /)", "parse the argument as a format string") {
  if (!sk_is_str(args[0])) sk_raise_type(vm, "expected str, got %T", args[0]);
  SkStr *s = sk_as_str(args[0]);
  SkList *out = sk_list_new(vm, 4);
  const char *at = s->data, *end = at + s->bytes;
  for (SkFormatField f; sk_format_field_next(vm, &at, end, &f);) {
    SkValue literal = text_of(vm, f.literal), name = SK_NONE, spec = SK_NONE, conversion = SK_NONE;
    if (f.present) {
      name = text_of(vm, f.name);
      spec = text_of(vm, f.spec);
      if (f.conversion) conversion = sk_from_ptr(sk_str_from_codepoint(vm, f.conversion));
    }
    sk_list_append(vm, out, sk_from_ptr(sk_tuple_pack(vm, 4, literal, name, spec, conversion)));
  }
  sk_keep(s);
  return sk_iter(vm, sk_from_ptr(out));
}

SK_NATIVE(field_name_split, "formatter_field_name_split(field_name, /)", "split the argument as a field name") {
  if (!sk_is_str(args[0])) sk_raise_type(vm, "expected str, got %T", args[0]);
  SkStr *s = sk_as_str(args[0]);
  SkChars rest, first = sk_format_name_first((SkChars){s->data, s->bytes}, &rest), part;
  int64_t number = sk_format_name_number(vm, first);
  SkValue head = number < 0 ? text_of(vm, first) : sk_int_new(vm, number);
  SkList *out = sk_list_new(vm, 2);
  for (bool is_attribute; sk_format_name_next(vm, &rest, &is_attribute, &part);) {
    number = is_attribute ? -1 : sk_format_name_number(vm, part);
    SkValue key = number < 0 ? text_of(vm, part) : sk_int_new(vm, number);
    sk_list_append(vm, out, sk_from_ptr(sk_tuple_pack(vm, 2, sk_bool(is_attribute), key)));
  }
  sk_keep(s);
  return sk_from_ptr(sk_tuple_pack(vm, 2, head, sk_iter(vm, sk_from_ptr(out))));
}

static const SkNativeDef *const functions[] = {&formatter_parser_def, &field_name_split_def, NULL};
const SkModuleDef sk_string_module = {"_string", "string helper module", functions, NULL};
