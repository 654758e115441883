/* api_value.c - values: asking what they are, making them, reading them.  Layer 9.
 *
 * What neither allocates nor can fail does not cross the border: an int that fits a word, the items of a list.
 */
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/object/bytes.h"
#include "vm/object/gen.h"
#include "vm/run/await.h"
#include "vm/task/task.h"

/* ---- asking ---- */

static skein_type type_of_object(skein_vm *v, SkValue x) {
  switch (sk_object(x)->kind) {
  case SK_KIND_INT: return SKEIN_T_INT;
  case SK_KIND_FLOAT: return SKEIN_T_FLOAT;
  case SK_KIND_STR: return SKEIN_T_STR;
  case SK_KIND_BYTES: return SKEIN_T_BYTES;
  case SK_KIND_LIST: return SKEIN_T_LIST;
  case SK_KIND_TUPLE: return SKEIN_T_TUPLE;
  case SK_KIND_DICT: return SKEIN_T_DICT;
  case SK_KIND_SET: return SKEIN_T_SET;
  case SK_KIND_FUNC: case SK_KIND_NATIVE: case SK_KIND_METHOD: return SKEIN_T_FUNC;
  case SK_KIND_TYPE: return SKEIN_T_TYPE;
  case SK_KIND_MODULE: return SKEIN_T_MODULE;
  case SK_KIND_GEN: return sk_as_gen(x)->what == SK_GEN_COROUTINE ? SKEIN_T_CORO : SKEIN_T_OTHER;
  case SK_KIND_AWAIT: return SKEIN_T_CORO;
  case SK_KIND_FUTURE: return sk_is_task(x) ? SKEIN_T_TASK : SKEIN_T_OTHER;
  case SK_KIND_EXC: return sk_is_exc_group(core(v), x) ? SKEIN_T_EXCGROUP : SKEIN_T_EXC;
  default: break;
  }
  const SkType *t = sk_type_of(core(v), x);
  if (v->object_type && sk_type_is_subtype(t, v->object_type)) return SKEIN_T_HOST;
  return t->def && !strcmp(t->def->name, "TaskGroup") ? SKEIN_T_GROUP : SKEIN_T_OTHER;
}

skein_type skein_typeof(skein_vm *v, skein_val h) {
  SkValue x = handle_value(v, h);
  if (sk_is_unset(x)) return SKEIN_T_ABSENT;
  if (sk_is_smallint(x)) return SKEIN_T_INT;
  if (sk_is_immfloat(x)) return SKEIN_T_FLOAT;
  if (sk_is_ptr(x)) return type_of_object(v, x);
  return sk_is_none(x) ? SKEIN_T_NONE : sk_is_bool(x) ? SKEIN_T_BOOL : SKEIN_T_OTHER;
}

bool skein_is(skein_vm *v, skein_val a, skein_val b) {
  SkValue x, y;
  return handle_get(v, a, &x) && handle_get(v, b, &y) && sk_is(x, y);
}

/* A text that lives as long as the handle it is about. */
typedef struct About { skein_vm *v; skein_val of; SkValue value; const char *text; } About;
static void name_type(SkVm *vm, void *arg) {
  About *a = arg;
  a->text = handle_text(a->v, a->of, sk_type_of(vm, a->value)->name);
}

const char *skein_type_name(skein_vm *v, skein_val h) {
  About a = {v, h, handle_value(v, h), NULL};
  if (sk_is_unset(a.value)) return "";
  SkValue pending = v->own.pending;
  if (api_enter(v, name_type, &a) != SKEIN_OK) v->own.pending = pending;
  return a.text ? a.text : "";
}

/* ---- making ---- */

OP(op_int) { Op *o = arg; o->result = sk_int_new(vm, o->i); }
OP(op_float) { Op *o = arg; o->result = sk_float_new(vm, o->d); }
OP(op_str) { Op *o = arg; o->result = sk_from_ptr(sk_str_decode_utf8(vm, o->s, o->n)); }
OP(op_bytes) { Op *o = arg; o->result = sk_from_ptr(sk_bytes_new(vm, o->n ? o->s : "", o->n)); }
OP(op_int_text) {
  Op *o = arg;
  SkStr *shown = sk_str_decode_utf8(vm, o->s, o->n);
  o->result = sk_int_parse(vm, o->s, o->n, 0, sk_from_ptr(shown));
}
OP(op_list) { Op *o = arg; o->result = sk_from_ptr(sk_list_from(vm, o->args, o->n)); }
OP(op_tuple) { Op *o = arg; o->result = sk_from_ptr(sk_tuple_from(vm, o->args, o->n)); }
OP(op_dict) { Op *o = arg; o->result = sk_from_ptr(sk_dict_new(vm)); }

skein_val skein_none(skein_vm *v) { return handle_new(v, SK_NONE); }
skein_val skein_bool(skein_vm *v, bool b) { return handle_new(v, sk_bool(b)); }

/* Only memory can be missing: nothing stays pending of that. */
static skein_val boxed(skein_vm *v, void (*fn)(SkVm *, void *), Op *o) {
  skein_val out;
  SkValue pending = v->own.pending;
  api_run(v, fn, o, &out);
  v->own.pending = pending;
  return out;
}

skein_val skein_int(skein_vm *v, int64_t i) {
  return SK_LIKELY(sk_fits_smallint(i)) ? handle_new(v, sk_smallint(i)) : boxed(v, op_int, &(Op){.i = i});
}

skein_val skein_float(skein_vm *v, double d) {
  SkValue x = sk_immfloat_try(d);
  return SK_LIKELY(sk_is_immfloat(x)) ? handle_new(v, x) : boxed(v, op_float, &(Op){.d = d});
}

static skein_status from_text(skein_vm *v, void (*fn)(SkVm *, void *), const void *p, size_t n, skein_val *out) {
  if (!out) return api_misuse(v, "no place for the result");
  *out = (skein_val){0};
  if (!p && n) return api_misuse(v, "the text is NULL");
  return api_run(v, fn, &(Op){.s = p ? p : "", .n = n}, out);
}

skein_status skein_str(skein_vm *v, const char *s, size_t n, skein_val *out) { return from_text(v, op_str, s, n, out); }
skein_status skein_bytes(skein_vm *v, const void *p, size_t n, skein_val *out) { return from_text(v, op_bytes, p, n, out); }
skein_status skein_int_text(skein_vm *v, const char *digits, skein_val *out) { return from_text(v, op_int_text, digits, digits ? strlen(digits) : 1, out); }

static skein_status from_items(skein_vm *v, void (*fn)(SkVm *, void *), const skein_val *items, size_t n, skein_val *out) {
  if (!out) return api_misuse(v, "no place for the result");
  *out = (skein_val){0};
  skein_status s;
  SkValue small[16], *values = handle_values(v, items, n, small, 16, &s);
  if (!values) return s;
  s = api_run(v, fn, &(Op){.args = values, .n = n}, out);
  handle_values_free(v, values, n, small);
  return s;
}

skein_status skein_list(skein_vm *v, const skein_val *items, size_t n, skein_val *out) { return from_items(v, op_list, items, n, out); }
skein_status skein_tuple(skein_vm *v, const skein_val *items, size_t n, skein_val *out) { return from_items(v, op_tuple, items, n, out); }
skein_status skein_dict(skein_vm *v, skein_val *out) { return from_items(v, op_dict, NULL, 0, out); }

/* ---- reading ---- */

OP(op_truth) { Op *o = arg; o->flag = sk_truth(vm, o->a); }
OP(op_todouble) { Op *o = arg; o->d = sk_to_double(vm, o->a); }
OP(op_toint) {
  Op *o = arg;
  SkValue i = sk_to_int(vm, o->a);
  if (!sk_int_get_i64(i, &o->i)) sk_raisef(vm, SK_T_OverflowError, "int too large to convert to int64");
}
OP(op_tostr) {
  Op *o = arg;
  if (!sk_is_str(o->a)) sk_raise_type(vm, "str expected, not %T", o->a);
  o->s = sk_str_terminated(vm, sk_as_str(o->a));
  o->n = sk_as_str(o->a)->bytes;
}
OP(op_tobytes) {
  Op *o = arg;
  if (!sk_is_bytes(o->a)) sk_raise_type(vm, "bytes expected, not %T", o->a);
  o->s = sk_as_bytes(o->a)->data;
  o->n = sk_as_bytes(o->a)->length;
}

static skein_status no_place(skein_vm *v) { return api_misuse(v, "no place for the result"); }

skein_status skein_get_bool(skein_vm *v, skein_val h, bool *out) {
  if (!out) return no_place(v);
  *out = false;
  Op o = {.a = handle_value(v, h)};
  skein_status s = api_run(v, op_truth, &o, NULL);
  if (s == SKEIN_OK) *out = o.flag;
  return s;
}

skein_status skein_get_int(skein_vm *v, skein_val h, int64_t *out) {
  if (SK_UNLIKELY(!out)) return no_place(v);
  SkValue x = handle_value(v, h);
  if (SK_LIKELY(sk_is_smallint(x))) {
    *out = sk_smallint_get(x);
    return SKEIN_OK;
  }
  Op o = {.a = x};
  *out = 0;
  skein_status s = api_run(v, op_toint, &o, NULL);
  if (s == SKEIN_OK) *out = o.i;
  return s;
}

skein_status skein_get_float(skein_vm *v, skein_val h, double *out) {
  if (SK_UNLIKELY(!out)) return no_place(v);
  SkValue x = handle_value(v, h);
  if (SK_LIKELY(sk_is_immfloat(x))) {
    *out = sk_immfloat_get(x);
    return SKEIN_OK;
  }
  Op o = {.a = x};
  *out = 0;
  skein_status s = api_run(v, op_todouble, &o, NULL);
  if (s == SKEIN_OK) *out = o.d;
  return s;
}

skein_status skein_get_str(skein_vm *v, skein_val h, const char **p, size_t *n) {
  if (SK_UNLIKELY(!p)) return no_place(v);
  Op o = {.a = handle_value(v, h)};
  skein_status s = SKEIN_OK;
  if (SK_LIKELY(sk_is_str(o.a) && !(sk_object(o.a)->aux & SK_STR_SHARED))) {
    o.s = sk_as_str(o.a)->data;
    o.n = sk_as_str(o.a)->bytes;
  } else if ((s = api_run(v, op_tostr, &o, NULL)) != SKEIN_OK) {
    o.s = NULL;
    o.n = 0;
  }
  *p = o.s;
  if (n) *n = o.n;
  return s;
}

skein_status skein_get_bytes(skein_vm *v, skein_val h, const void **p, size_t *n) {
  if (!p || !n) return no_place(v);
  Op o = {.a = handle_value(v, h)};
  skein_status s = api_run(v, op_tobytes, &o, NULL);
  *p = s == SKEIN_OK ? o.s : NULL;
  *n = s == SKEIN_OK ? o.n : 0;
  return s;
}
