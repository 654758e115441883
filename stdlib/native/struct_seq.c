/* struct_seq.c - tuples with named fields.  Layer 8.
 *
 * The class is an ordinary tuple subclass; each visible field is a property that reads its item, further
 * fields are instance attributes.
 */
#include "stdlib/native/struct_seq.h"

#include <string.h>

#include "stdlib/native/native.h"

SK_NATIVE(seq_repr, "__repr__(self, /)", NULL) {
  SkValue names = sk_getattr_cstr(vm, args[0], "_fields");
  SkTuple *fields = sk_as_tuple(names), *self = sk_as_tuple(args[0]);
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  SkStr *name = sk_type_fullname(vm, sk_type_of(vm, args[0]));
  size_t builtin = strncmp(name->data, "builtins.", 9) ? 0 : 9;
  sk_strbuf_addstr(&b, sk_str_new(vm, name->data + builtin, name->bytes - builtin));
  sk_strbuf_adds(&b, "(");
  for (size_t i = 0; i < self->count && i < fields->count; i++) {
    if (i) sk_strbuf_adds(&b, ", ");
    sk_strbuf_addstr(&b, sk_format(vm, "%S=%R", fields->items[i], self->items[i]));
  }
  sk_strbuf_adds(&b, ")");
  return sk_from_ptr(sk_strbuf_finish(&b));
}

SK_NATIVE(seq_new, "__new__(cls, sequence, dict=None)", NULL) {
  SkType *cls = sk_as_type(args[0]);
  SkTuple *items = sk_to_tuple(vm, args[1]), *fields = sk_as_tuple(sk_getattr_cstr(vm, args[0], "_fields"));
  size_t visible = (size_t)sk_to_index(vm, sk_getattr_cstr(vm, args[0], "n_sequence_fields"));
  if (items->count < visible) sk_raise_type(vm, "%U() takes an at least %zu-sequence (%zu-sequence given)", sk_type_fullname(vm, cls), visible, items->count);
  if (items->count > fields->count) sk_raise_type(vm, "%U() takes an at most %zu-sequence (%zu-sequence given)", sk_type_fullname(vm, cls), fields->count, items->count);
  SkValue make = sk_getattr_cstr(vm, sk_from_ptr(vm->types[SK_T_tuple]), "__new__");
  SkValue self = sk_call2(vm, make, args[0], sk_from_ptr(sk_tuple_from(vm, items->items, visible)));
  for (size_t i = visible; i < fields->count; i++)
    sk_setattr(vm, self, sk_as_str(fields->items[i]), i < items->count ? items->items[i] : SK_NONE);
  return self;
}

SK_NATIVE(seq_reduce, "__reduce__(self, /)", NULL) {
  SkTuple *t = sk_as_tuple(args[0]);
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_from_ptr(sk_type_of(vm, args[0])), sk_from_ptr(sk_tuple_pack(vm, 1, sk_from_ptr(sk_tuple_from(vm, t->items, t->count))))));
}

static SkType *make_class(SkVm *vm, const SkStructSeq *def) {
  const char *dot = strrchr(def->name, '.');
  SkDict *ns = sk_dict_new(vm);
  SkValue tuple_class = sk_from_ptr(vm->types[SK_T_tuple]);
  SkValue property = sk_from_ptr(vm->types[SK_T_property]);
  SkValue itemgetter = sk_getattr_cstr(vm, sk_import_name(vm, "operator"), "itemgetter");
  size_t count = 0;
  while (def->fields[count]) count++;
  SkTuple *names = sk_tuple_new(vm, count);
  for (size_t i = 0; i < count; i++) {
    SkStr *name = sk_intern(vm, def->fields[i]);
    sk_write(vm, names, &names->items[i], sk_from_ptr(name));
    if (i < def->visible) sk_dict_set_str(vm, ns, name, sk_call1(vm, property, sk_call1(vm, itemgetter, sk_smallint((int64_t)i))));
  }
  sk_dict_set_cstr(vm, ns, "_fields", sk_from_ptr(names));
  sk_dict_set_cstr(vm, ns, "__match_args__", sk_from_ptr(sk_tuple_from(vm, names->items, def->visible)));
  sk_dict_set_cstr(vm, ns, "n_fields", sk_smallint((int64_t)count));
  sk_dict_set_cstr(vm, ns, "n_sequence_fields", sk_smallint((int64_t)def->visible));
  sk_dict_set_cstr(vm, ns, "n_unnamed_fields", sk_smallint(0));
  sk_dict_set_cstr(vm, ns, "__module__", sk_from_ptr(sk_str_new(vm, def->name, (size_t)(dot - def->name))));
  sk_dict_set_cstr(vm, ns, "__doc__", sk_from_ptr(sk_str_from_cstr(vm, def->doc)));
  SkValue bases = sk_from_ptr(sk_tuple_pack(vm, 1, tuple_class));
  SkType *cls = sk_ptr(sk_type_new(vm, vm->types[SK_T_type], sk_intern(vm, dot + 1), sk_as_tuple(bases), sk_from_ptr(ns), NULL, NULL));
  sk_type_set(vm, cls, sk_intern(vm, "__repr__"), sk_native_method_new(vm, &seq_repr_def, cls));
  sk_type_set(vm, cls, sk_intern(vm, "__reduce__"), sk_native_method_new(vm, &seq_reduce_def, cls));
  sk_type_set(vm, cls, sk_intern(vm, "__new__"), sk_call1(vm, sk_from_ptr(vm->types[SK_T_staticmethod]), sk_native_new(vm, &seq_new_def, SK_UNSET, NULL)));
  return cls;
}

/* Kept under the definition's address, which no module name can equal. */
SkValue sk_struct_seq_class(SkVm *vm, const SkStructSeq *def) {
  SkValue key = sk_smallint((int64_t)(uintptr_t)def);
  SkValue known = sk_dict_get(vm, vm->module_state, key);
  if (!sk_is_unset(known)) return known;
  SkValue cls = sk_from_ptr(make_class(vm, def));
  sk_dict_set(vm, vm->module_state, key, cls);
  return cls;
}

SkValue sk_struct_seq_new(SkVm *vm, const SkStructSeq *def, const SkValue *values) {
  size_t count = 0;
  while (def->fields[count]) count++;
  SkValue items = sk_from_ptr(sk_tuple_from(vm, values, count));
  return sk_call1(vm, sk_struct_seq_class(vm, def), items);
}
