/* api_call.c - calling scripts: functions, methods, iterators.  Layer 9. */
#include <string.h>

#include "vm/api/api_impl.h"

/* The call of calls: nothing is cleared or copied that it does not need. */
typedef struct Call { SkValue f; const SkValue *args; size_t n; SkValue result; } Call;
static void do_call(SkVm *vm, void *arg) {
  Call *c = arg;
  c->result = sk_call(vm, c->f, c->args, c->n, NULL);
}
OP(op_call_kw) {
  Op *o = arg;
  SkTuple *args = sk_tuple_from(vm, o->args, o->n);
  SkDict *kwargs = NULL;
  if (!sk_is_none(o->b)) {
    if (!sk_is_dict(o->b)) sk_raise_type(vm, "keyword arguments must be a dict, not %T", o->b);
    kwargs = sk_dict_copy(vm, sk_as_dict(o->b)); /* the callee may change the host's */
    SkValue k, x;
    for (size_t i = 0; sk_dict_next(kwargs, &i, &k, &x);)
      if (!sk_is_str(k)) sk_raise_type(vm, "keywords must be strings");
  }
  o->result = sk_call_spread(vm, o->a, args, kwargs && kwargs->live ? kwargs : NULL);
}
OP(op_call_method) { Op *o = arg; o->result = sk_call_method(vm, o->a, host_name(vm, o->s), o->args, o->n); }
OP(op_iter) { Op *o = arg; o->result = sk_iter(vm, o->a); }
OP(op_next) { Op *o = arg; o->result = sk_next(vm, o->a); }

/* |op| with the values of the arguments. */
static skein_status with_args(skein_vm *v, void (*fn)(SkVm *, void *), Op *op, const skein_val *args, size_t n, skein_val *out) {
  if (out) *out = (skein_val){0};
  skein_status s;
  SkValue small[16], *values = handle_values(v, args, n, small, 16, &s);
  if (SK_UNLIKELY(!values)) return s;
  op->args = values;
  op->n = n;
  s = api_run(v, fn, op, out);
  handle_values_free(v, values, n, small);
  return s;
}

skein_status skein_call(skein_vm *v, skein_val f, const skein_val *args, size_t n, skein_val *out) {
  enum { FEW = 8 };
  SkValue few[FEW], *values = few;
  if (out) *out = (skein_val){0};
  skein_status s = SKEIN_ERR_MISUSE;
  Call c = {.n = n};
  if (SK_UNLIKELY(!handle_get(v, f, &c.f))) return s;
  if (SK_UNLIKELY(n > FEW || !args)) {
    if (!(values = handle_values(v, args, n, few, FEW, &s))) return s;
  } else {
    for (size_t i = 0; i < n; i++)
      if (SK_UNLIKELY(!handle_get(v, args[i], &few[i]))) return s;
  }
  c.args = values;
  s = api_enter(v, do_call, &c);
  if (SK_UNLIKELY(values != few)) handle_values_free(v, values, n, few);
  if (s != SKEIN_OK || !out) return s;
  *out = handle_new(v, c.result);
  return SK_LIKELY(out->bits != 0) ? SKEIN_OK : SKEIN_ERR_NOMEM;
}

skein_status skein_call_kw(skein_vm *v, skein_val f, const skein_val *args, size_t n, skein_val kwargs, skein_val *out) {
  return with_args(v, op_call_kw, &(Op){.a = handle_value(v, f), .b = kwargs.bits ? handle_value(v, kwargs) : SK_NONE}, args, n, out);
}

skein_status skein_call_method(skein_vm *v, skein_val o, const char *name, const skein_val *args, size_t n, skein_val *out) {
  if (out) *out = (skein_val){0};
  if (!name) return api_misuse(v, "a name is NULL");
  return with_args(v, op_call_method, &(Op){.a = handle_value(v, o), .s = name}, args, n, out);
}

skein_status skein_iter(skein_vm *v, skein_val x, skein_val *out) {
  return out ? api_run(v, op_iter, &(Op){.a = handle_value(v, x)}, out) : api_misuse(v, "no place for the result");
}

skein_status skein_next(skein_vm *v, skein_val iterator, skein_val *out, bool *more) {
  if (!out || !more) return api_misuse(v, "no place for the result");
  *out = (skein_val){0};
  *more = false;
  Op o = {.a = handle_value(v, iterator)};
  skein_status s = api_run(v, op_next, &o, NULL);
  if (s != SKEIN_OK || sk_is_unset(o.result)) return s;
  *out = handle_new(v, o.result);
  *more = out->bits != 0;
  return *more ? SKEIN_OK : SKEIN_ERR_NOMEM;
}
