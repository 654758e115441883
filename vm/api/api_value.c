/* api_value.c - values in and out, calls.  Layer 9. */
#include <string.h>

#include "vm/api/api_impl.h"

/* ---- asking ---- */

skein_type skein_typeof(skein_vm *v, skein_val h) {
  SkValue x = handle_value(v, h);
  if (sk_is_unset(x)) return SKEIN_T_ABSENT;
  if (sk_is_none(x)) return SKEIN_T_NONE;
  if (sk_is_bool(x)) return SKEIN_T_BOOL;
  if (sk_is_int(x)) return SKEIN_T_INT;
  if (sk_is_float(x)) return SKEIN_T_FLOAT;
  if (!sk_is_ptr(x)) return SKEIN_T_OTHER;
  switch (sk_object(x)->kind) {
    case SK_KIND_STR: return SKEIN_T_STR;
    case SK_KIND_BYTES: return SKEIN_T_BYTES;
    case SK_KIND_LIST: return SKEIN_T_LIST;
    case SK_KIND_TUPLE: return SKEIN_T_TUPLE;
    case SK_KIND_DICT: return SKEIN_T_DICT;
    case SK_KIND_SET: return SKEIN_T_SET;
    case SK_KIND_FUNC: case SK_KIND_NATIVE: case SK_KIND_METHOD: return SKEIN_T_FUNC;
    case SK_KIND_TYPE: return SKEIN_T_TYPE;
    case SK_KIND_MODULE: return SKEIN_T_MODULE;
    case SK_KIND_EXC: return sk_is_exc_group(core(v), x) ? SKEIN_T_EXCGROUP : SKEIN_T_EXC;
    default: return SKEIN_T_OTHER;
  }
}

skein_val skein_none(skein_vm *v) { return handle_new(v, SK_NONE); }
skein_val skein_bool(skein_vm *v, bool b) { return handle_new(v, sk_bool(b)); }

OP(op_int) { Op *o = arg; o->result = sk_int_new(vm, o->i); }
OP(op_float) { Op *o = arg; o->result = sk_float_new(vm, o->d); }
OP(op_str) { Op *o = arg; o->result = sk_from_ptr(sk_str_decode_utf8(vm, o->s, o->n)); }
OP(op_list) { Op *o = arg; o->result = sk_from_ptr(sk_list_from(vm, o->args, o->n)); }
OP(op_getattr) { Op *o = arg; o->result = sk_getattr_cstr(vm, o->a, o->s); }
OP(op_setattr) { Op *o = arg; sk_setattr(vm, o->a, sk_intern(vm, o->s), o->b); }
OP(op_getitem) { Op *o = arg; o->result = sk_getitem(vm, o->a, o->b); }
OP(op_setitem) { Op *o = arg; sk_setitem(vm, o->a, o->b, o->c); }
OP(op_repr) { Op *o = arg; o->result = sk_from_ptr(sk_repr(vm, o->a)); }
OP(op_text) { Op *o = arg; o->result = sk_from_ptr(sk_str(vm, o->a)); }
OP(op_call) { Op *o = arg; o->result = sk_call(vm, o->a, o->args, o->n, NULL); }
OP(op_todouble) { Op *o = arg; o->d = sk_to_double(vm, o->a); }
OP(op_toint) {
  Op *o = arg;
  SkValue i = sk_to_int(vm, o->a);
  if (!sk_int_get_i64(i, &o->i)) sk_raisef(vm, SK_T_OverflowError, "int too large to convert to int64");
}
OP(op_tostr) {
  Op *o = arg;
  if (!sk_is_str(o->a)) sk_raise_type(vm, "str expected, not %T", o->a);
}
OP(op_getglobal) {
  Op *o = arg;
  SkModule *m = sk_import_add_module(vm, SK_NAME(vm, dunder_main));
  o->result = sk_dict_get_cstr(vm, m->dict, o->s);
  if (sk_is_unset(o->result)) sk_raise_name(vm, sk_intern(vm, o->s), "name '%s' is not defined", o->s);
}
OP(op_setglobal) {
  Op *o = arg;
  sk_module_add(vm, sk_import_add_module(vm, SK_NAME(vm, dunder_main)), o->s, o->b);
}

/* Nearly all ints and floats are words. */
static skein_val boxed(skein_vm *v, void (*fn)(SkVm *, void *), Op *o) {
  skein_val out;
  SkValue pending = v->own.pending;
  api_run(v, fn, o, &out);
  v->own.pending = pending;
  return out;
}
skein_val skein_int(skein_vm *v, int64_t i) { return boxed(v, op_int, &(Op){.i = i}); }
skein_val skein_float(skein_vm *v, double d) { return boxed(v, op_float, &(Op){.d = d}); }
skein_status skein_str(skein_vm *v, const char *s, size_t n, skein_val *out) { return api_run(v, op_str, &(Op){.s = s, .n = n}, out); }

skein_status skein_list(skein_vm *v, const skein_val *items, size_t n, skein_val *out) {
  skein_status s;
  SkValue small[16], *values = handle_values(v, items, n, small, 16, &s);
  if (!values) return s;
  s = api_run(v, op_list, &(Op){.args = values, .n = n}, out);
  handle_values_free(v, values, n, small);
  return s;
}

skein_status skein_call(skein_vm *v, skein_val f, const skein_val *args, size_t n, skein_val *out) {
  skein_status s;
  SkValue small[16], *values = handle_values(v, args, n, small, 16, &s);
  if (!values) return s;
  s = api_run(v, op_call, &(Op){.a = handle_value(v, f), .args = values, .n = n}, out);
  handle_values_free(v, values, n, small);
  return s;
}

skein_status skein_get_int(skein_vm *v, skein_val h, int64_t *out) {
  Op o = {.a = handle_value(v, h)};
  skein_status s = api_run(v, op_toint, &o, NULL);
  if (s == SKEIN_OK) *out = o.i;
  return s;
}
skein_status skein_get_float(skein_vm *v, skein_val h, double *out) {
  Op o = {.a = handle_value(v, h)};
  skein_status s = api_run(v, op_todouble, &o, NULL);
  if (s == SKEIN_OK) *out = o.d;
  return s;
}
skein_status skein_get_str(skein_vm *v, skein_val h, const char **p, size_t *n) {
  Op o = {.a = handle_value(v, h)};
  skein_status s = api_run(v, op_tostr, &o, NULL);
  if (s != SKEIN_OK) return s;
  *p = sk_as_str(o.a)->data;
  if (n) *n = sk_as_str(o.a)->bytes;
  return s;
}
skein_status skein_get_attr(skein_vm *v, skein_val o, const char *name, skein_val *out) { return api_run(v, op_getattr, &(Op){.a = handle_value(v, o), .s = name}, out); }
skein_status skein_set_attr(skein_vm *v, skein_val o, const char *name, skein_val x) { return api_run(v, op_setattr, &(Op){.a = handle_value(v, o), .b = handle_value(v, x), .s = name}, NULL); }
skein_status skein_get_item(skein_vm *v, skein_val o, skein_val key, skein_val *out) { return api_run(v, op_getitem, &(Op){.a = handle_value(v, o), .b = handle_value(v, key)}, out); }
skein_status skein_set_item(skein_vm *v, skein_val o, skein_val key, skein_val x) {
  return api_run(v, op_setitem, &(Op){.a = handle_value(v, o), .b = handle_value(v, key), .c = handle_value(v, x)}, NULL);
}
skein_status skein_get_global(skein_vm *v, const char *name, skein_val *out) { return api_run(v, op_getglobal, &(Op){.s = name}, out); }
skein_status skein_set_global(skein_vm *v, const char *name, skein_val x) { return api_run(v, op_setglobal, &(Op){.s = name, .b = handle_value(v, x)}, NULL); }
skein_status skein_repr(skein_vm *v, skein_val x, skein_val *out) { return api_run(v, op_repr, &(Op){.a = handle_value(v, x)}, out); }
skein_status skein_text(skein_vm *v, skein_val x, skein_val *out) { return api_run(v, op_text, &(Op){.a = handle_value(v, x)}, out); }
