/* sys_records.c - sys.flags, version_info and their like: tuples whose items have names.  Layer 8.
 *
 * Classes made from definitions, because every VM has them from birth (an SkStructSeq's class needs a module written in
 * Python).  A field is a member at the place of its item.
 */
#include "stdlib/native/sys_impl.h"

enum { ITEMS = offsetof(SkTuple, items) };

static SkTuple *names_of(SkVm *vm, const SkAttrDef *a) {
  size_t n = 0;
  while (a[n].kind == SK_ATTR_MEMBER) n++;
  SkTuple *t = sk_tuple_new(vm, n);
  for (size_t i = 0; i < n; i++) sk_write(vm, t, &t->items[i], sk_from_ptr(sk_intern(vm, a[i].name)));
  return t;
}

/* The fields are the first attributes of a record's definition. */
static SkValue record_repr(SkVm *vm, SkValue self) {
  const SkTypeDef *def = sk_type_of(vm, self)->def;
  SkTuple *t = sk_as_tuple(self);
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  sk_strbuf_adds(&b, def->name);
  for (size_t i = 0; i < t->count; i++) sk_strbuf_addstr(&b, sk_format(vm, "%s%s=%R", i ? ", " : "(", def->attrs[i].name, t->items[i]));
  sk_strbuf_adds(&b, ")");
  return sk_from_ptr(sk_strbuf_finish(&b));
}

SK_NATIVE(record_reduce, "__reduce__(self, /)", NULL) {
  SkTuple *t = sk_as_tuple(args[0]);
  SkTuple *how = sk_tuple_pack(vm, 2, sk_from_ptr(sk_tuple_from(vm, t->items, t->count)), sk_from_ptr(sk_dict_new(vm)));
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_from_ptr(sk_type_of(vm, args[0])), sk_from_ptr(how)));
}

static SkValue zero(SkVm *vm) {
  (void)vm;
  return sk_smallint(0);
}

#define FIELD(i, name_) {.kind = SK_ATTR_MEMBER, .name = #name_, .offset = ITEMS + 8 * (i), .readonly = true},
#define RECORD(name_, doc_, FIELDS)                                                                               \
  static SkValue name_##_names(SkVm *vm);                                                                          \
  static SkValue name_##_count(SkVm *vm);                                                                          \
  static const SkAttrDef name_##_attrs[] = {                                                                       \
      FIELDS SK_VALUE_ATTR("__match_args__", name_##_names), SK_VALUE_ATTR("_fields", name_##_names),               \
      SK_VALUE_ATTR("n_fields", name_##_count), SK_VALUE_ATTR("n_sequence_fields", name_##_count),                  \
      SK_VALUE_ATTR("n_unnamed_fields", zero), SK_METHOD(record_reduce), SK_ATTRS_END};                             \
  static SkValue name_##_names(SkVm *vm) { return sk_from_ptr(names_of(vm, name_##_attrs)); }                      \
  static SkValue name_##_count(SkVm *vm) { return sk_smallint((int64_t)names_of(vm, name_##_attrs)->count); }      \
  const SkTypeDef sys_##name_##_type = {.name = "sys." #name_, .doc = "sys." #name_ "\n\n" doc_, .base = SK_T_tuple, \
                                        .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW, .slots = {.repr = record_repr}, .attrs = name_##_attrs};

RECORD(version_info, "Version information as a named tuple.",
       FIELD(0, major) FIELD(1, minor) FIELD(2, micro) FIELD(3, releaselevel) FIELD(4, serial))
RECORD(float_info, "What the machine's floating point numbers can do.",
       FIELD(0, max) FIELD(1, max_exp) FIELD(2, max_10_exp) FIELD(3, min) FIELD(4, min_exp) FIELD(5, min_10_exp) FIELD(6, dig)
       FIELD(7, mant_dig) FIELD(8, epsilon) FIELD(9, radix) FIELD(10, rounds))
RECORD(int_info, "How integers are represented.",
       FIELD(0, bits_per_digit) FIELD(1, sizeof_digit) FIELD(2, default_max_str_digits) FIELD(3, str_digits_check_threshold))
RECORD(hash_info, "How hashes are computed.",
       FIELD(0, width) FIELD(1, modulus) FIELD(2, inf) FIELD(3, nan) FIELD(4, imag) FIELD(5, algorithm) FIELD(6, hash_bits)
       FIELD(7, seed_bits) FIELD(8, cutoff))
RECORD(flags, "What the command line and the environment asked for.",
       FIELD(0, debug) FIELD(1, inspect) FIELD(2, interactive) FIELD(3, optimize) FIELD(4, dont_write_bytecode) FIELD(5, no_user_site)
       FIELD(6, no_site) FIELD(7, ignore_environment) FIELD(8, verbose) FIELD(9, bytes_warning) FIELD(10, quiet)
       FIELD(11, hash_randomization) FIELD(12, isolated) FIELD(13, dev_mode) FIELD(14, utf8_mode) FIELD(15, warn_default_encoding)
       FIELD(16, safe_path) FIELD(17, int_max_str_digits))

SkValue sys_record(SkVm *vm, const SkTypeDef *def, const SkValue *values) {
  size_t n = 0;
  while (def->attrs[n].kind == SK_ATTR_MEMBER) n++;
  SkType *cls = sk_library_type(vm, def);
  SkTuple *t = sk_object_new(vm, cls, n * sizeof(SkValue));
  t->count = n;
  memcpy(t->items, values, n * sizeof(SkValue));
  return sk_from_ptr(t);
}
