/* api_item.c - the parts of objects: attributes, items, globals; comparison and text.  Layer 9. */
#include <string.h>

#include "vm/api/api_impl.h"

SkStr *host_name(SkVm *vm, const char *s) {
  for (const char *p = s; *p; p++)
    if (SK_UNLIKELY(*p & 0x80)) return sk_str_intern(vm, sk_str_decode_utf8(vm, s, strlen(s)));
  return sk_intern(vm, s);
}

SkModule *api_main(SkVm *vm) {
  SkValue m = sk_dict_get_str(vm, vm->modules, SK_NAME(vm, dunder_main));
  return sk_is_module(m) ? sk_ptr(m) : sk_import_add_module(vm, SK_NAME(vm, dunder_main));
}

OP(op_getattr) { Op *o = arg; o->result = sk_getattr(vm, o->a, host_name(vm, o->s)); }
OP(op_setattr) { Op *o = arg; sk_setattr(vm, o->a, host_name(vm, o->s), o->b); }
OP(op_getitem) { Op *o = arg; o->result = sk_getitem(vm, o->a, o->b); }
OP(op_setitem) { Op *o = arg; sk_setitem(vm, o->a, o->b, o->c); }
OP(op_getindex) { Op *o = arg; o->result = sk_getitem(vm, o->a, sk_int_new(vm, o->i)); }
OP(op_getkey) {
  Op *o = arg;
  SkStr *key = host_name(vm, o->s);
  if (sk_is_exactly(vm, o->a, SK_T_dict)) {
    o->result = sk_dict_get_str(vm, sk_as_dict(o->a), key);
    if (SK_LIKELY(!sk_is_unset(o->result))) return;
  }
  o->result = sk_getitem(vm, o->a, sk_from_ptr(key));
}
OP(op_setkey) {
  Op *o = arg;
  SkStr *key = host_name(vm, o->s);
  if (sk_is_exactly(vm, o->a, SK_T_dict)) sk_dict_set_str(vm, sk_as_dict(o->a), key, o->b);
  else sk_setitem(vm, o->a, sk_from_ptr(key), o->b);
}
OP(op_append) {
  Op *o = arg;
  if (sk_is_list(o->a)) sk_list_append(vm, sk_as_list(o->a), o->b);
  else sk_call_method1(vm, o->a, sk_intern(vm, "append"), o->b);
}
OP(op_len) { Op *o = arg; o->n = (size_t)sk_len(vm, o->a); }
OP(op_equal) { Op *o = arg; o->flag = sk_compare_bool(vm, SK_CMP_EQ, o->a, o->b); }
OP(op_repr) { Op *o = arg; o->result = sk_from_ptr(sk_repr(vm, o->a)); }
OP(op_text) { Op *o = arg; o->result = sk_from_ptr(sk_str(vm, o->a)); }
OP(op_getglobal) {
  Op *o = arg;
  SkStr *name = host_name(vm, o->s);
  o->result = sk_dict_get_str(vm, api_main(vm)->dict, name);
  if (sk_is_unset(o->result)) sk_raise_name(vm, name, "name '%U' is not defined", name);
}
OP(op_setglobal) { Op *o = arg; sk_dict_set_str(vm, api_main(vm)->dict, host_name(vm, o->s), o->b); }

/* An operation whose value is asked for: there must be a place for it. */
static skein_status ask(skein_vm *v, void (*fn)(SkVm *, void *), Op *op, skein_val *out) {
  return out ? api_run(v, fn, op, out) : api_misuse(v, "no place for the result");
}
static skein_status ask_named(skein_vm *v, void (*fn)(SkVm *, void *), Op *op, skein_val *out) {
  return out ? api_run_named(v, fn, op, out) : api_misuse(v, "no place for the result");
}

skein_status skein_get_attr(skein_vm *v, skein_val o, const char *name, skein_val *out) {
  return ask_named(v, op_getattr, &(Op){.a = handle_value(v, o), .s = name}, out);
}
skein_status skein_set_attr(skein_vm *v, skein_val o, const char *name, skein_val x) {
  return api_run_named(v, op_setattr, &(Op){.a = handle_value(v, o), .b = handle_value(v, x), .s = name}, NULL);
}
skein_status skein_get_item(skein_vm *v, skein_val o, skein_val key, skein_val *out) {
  return ask(v, op_getitem, &(Op){.a = handle_value(v, o), .b = handle_value(v, key)}, out);
}
skein_status skein_set_item(skein_vm *v, skein_val o, skein_val key, skein_val x) {
  return api_run(v, op_setitem, &(Op){.a = handle_value(v, o), .b = handle_value(v, key), .c = handle_value(v, x)}, NULL);
}

skein_status skein_get_index(skein_vm *v, skein_val h, int64_t i, skein_val *out) {
  if (!out) return api_misuse(v, "no place for the result");
  SkValue o = handle_value(v, h);
  const SkVm *vm = core(v);
  if (sk_is_ptr(o) && (sk_is_exactly(vm, o, SK_T_list) || sk_is_exactly(vm, o, SK_T_tuple))) {
    SkSpan span = sk_seq_span(o);
    int64_t at = i;
    if (sk_index_fix(&at, span.count)) {
      *out = handle_new(v, span.items[at]);
      return out->bits ? SKEIN_OK : SKEIN_ERR_NOMEM;
    }
  }
  return api_run(v, op_getindex, &(Op){.a = o, .i = i}, out);
}

skein_status skein_get_key(skein_vm *v, skein_val o, const char *key, skein_val *out) {
  return ask_named(v, op_getkey, &(Op){.a = handle_value(v, o), .s = key}, out);
}
skein_status skein_set_key(skein_vm *v, skein_val o, const char *key, skein_val x) {
  return api_run_named(v, op_setkey, &(Op){.a = handle_value(v, o), .b = handle_value(v, x), .s = key}, NULL);
}
skein_status skein_append(skein_vm *v, skein_val list, skein_val x) { return api_run(v, op_append, &(Op){.a = handle_value(v, list), .b = handle_value(v, x)}, NULL); }

skein_status skein_len(skein_vm *v, skein_val o, size_t *out) {
  if (!out) return api_misuse(v, "no place for the result");
  *out = 0;
  Op op = {.a = handle_value(v, o)};
  skein_status s = api_run(v, op_len, &op, NULL);
  if (s == SKEIN_OK) *out = op.n;
  return s;
}

skein_status skein_equal(skein_vm *v, skein_val a, skein_val b, bool *out) {
  if (!out) return api_misuse(v, "no place for the result");
  *out = false;
  Op op = {.a = handle_value(v, a), .b = handle_value(v, b)};
  skein_status s = api_run(v, op_equal, &op, NULL);
  if (s == SKEIN_OK) *out = op.flag;
  return s;
}

skein_status skein_get_global(skein_vm *v, const char *name, skein_val *out) { return ask_named(v, op_getglobal, &(Op){.s = name}, out); }
skein_status skein_set_global(skein_vm *v, const char *name, skein_val x) { return api_run_named(v, op_setglobal, &(Op){.s = name, .b = handle_value(v, x)}, NULL); }
skein_status skein_repr(skein_vm *v, skein_val x, skein_val *out) { return ask(v, op_repr, &(Op){.a = handle_value(v, x)}, out); }
skein_status skein_text(skein_vm *v, skein_val x, skein_val *out) { return ask(v, op_text, &(Op){.a = handle_value(v, x)}, out); }
