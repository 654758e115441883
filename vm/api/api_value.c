/* api_value.c - values in and out, calls, host functions, exceptions as data.  Layer 9. */
#include <stdlib.h>
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/run/thread.h"

/* ---- asking ---- */

skein_type skein_typeof(skein_vm *v, skein_val h) {
  SkValue x = handle_get(v, h);
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

/* ---- one operation under the border: arguments in, result out ---- */

typedef struct Op {
  SkValue a, b, c, result, rest;
  const char *s;
  size_t n;
  int64_t i;
  double d;
  const SkValue *args;
} Op;

static skein_status run(skein_vm *v, void (*fn)(SkVm *, void *), Op *op, skein_val *out) {
  skein_status s = api_enter(v, fn, op);
  if (s == SKEIN_OK && out) *out = handle_new(v, op->result);
  return s;
}

#define OP(name) static void name(SkVm *vm, void *arg)
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

skein_status skein_int(skein_vm *v, int64_t i, skein_val *out) { return run(v, op_int, &(Op){.i = i}, out); }
skein_status skein_float(skein_vm *v, double d, skein_val *out) { return run(v, op_float, &(Op){.d = d}, out); }
skein_status skein_str(skein_vm *v, const char *s, size_t n, skein_val *out) { return run(v, op_str, &(Op){.s = s, .n = n}, out); }

/* Arguments as Values, in memory the collector sees: the handles themselves are rooted. */
static SkValue *values_of(skein_vm *v, const skein_val *items, size_t n, SkValue *small, size_t room) {
  SkValue *values = n <= room ? small : malloc(n * sizeof *values);
  for (size_t i = 0; values && i < n; i++) values[i] = handle_get(v, items[i]);
  return values;
}

skein_status skein_list(skein_vm *v, const skein_val *items, size_t n, skein_val *out) {
  SkValue small[16], *values = values_of(v, items, n, small, 16);
  if (!values) return SKEIN_ERR_NOMEM;
  skein_status s = run(v, op_list, &(Op){.args = values, .n = n}, out);
  if (values != small) free(values);
  return s;
}

skein_status skein_call(skein_vm *v, skein_val f, const skein_val *args, size_t n, skein_val *out) {
  SkValue small[16], *values = values_of(v, args, n, small, 16);
  if (!values) return SKEIN_ERR_NOMEM;
  skein_status s = run(v, op_call, &(Op){.a = handle_get(v, f), .args = values, .n = n}, out);
  if (values != small) free(values);
  return s;
}

skein_status skein_get_int(skein_vm *v, skein_val h, int64_t *out) {
  Op o = {.a = handle_get(v, h)};
  skein_status s = run(v, op_toint, &o, NULL);
  if (s == SKEIN_OK) *out = o.i;
  return s;
}
skein_status skein_get_float(skein_vm *v, skein_val h, double *out) {
  Op o = {.a = handle_get(v, h)};
  skein_status s = run(v, op_todouble, &o, NULL);
  if (s == SKEIN_OK) *out = o.d;
  return s;
}
skein_status skein_get_str(skein_vm *v, skein_val h, const char **p, size_t *n) {
  Op o = {.a = handle_get(v, h)};
  skein_status s = run(v, op_tostr, &o, NULL);
  if (s != SKEIN_OK) return s;
  *p = sk_as_str(o.a)->data;
  *n = sk_as_str(o.a)->bytes;
  return s;
}
skein_status skein_get_attr(skein_vm *v, skein_val o, const char *name, skein_val *out) { return run(v, op_getattr, &(Op){.a = handle_get(v, o), .s = name}, out); }
skein_status skein_set_attr(skein_vm *v, skein_val o, const char *name, skein_val x) { return run(v, op_setattr, &(Op){.a = handle_get(v, o), .b = handle_get(v, x), .s = name}, NULL); }
skein_status skein_get_item(skein_vm *v, skein_val o, skein_val key, skein_val *out) { return run(v, op_getitem, &(Op){.a = handle_get(v, o), .b = handle_get(v, key)}, out); }
skein_status skein_set_item(skein_vm *v, skein_val o, skein_val key, skein_val x) {
  return run(v, op_setitem, &(Op){.a = handle_get(v, o), .b = handle_get(v, key), .c = handle_get(v, x)}, NULL);
}
skein_status skein_get_global(skein_vm *v, const char *name, skein_val *out) { return run(v, op_getglobal, &(Op){.s = name}, out); }
skein_status skein_set_global(skein_vm *v, const char *name, skein_val x) { return run(v, op_setglobal, &(Op){.s = name, .b = handle_get(v, x)}, NULL); }
skein_status skein_repr(skein_vm *v, skein_val x, skein_val *out) { return run(v, op_repr, &(Op){.a = handle_get(v, x)}, out); }
skein_status skein_text(skein_vm *v, skein_val x, skein_val *out) { return run(v, op_text, &(Op){.a = handle_get(v, x)}, out); }

/* ---- host functions ---- */

typedef struct HostFunction { SkObject head; skein_fn fn; void *user; SkValue name; } HostFunction;

static void host_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((HostFunction *)o)->name); }

/* The script calls the host.  The host's handles end when it returns; it never sees a longjmp. */
static SkValue host_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  HostFunction *f = sk_ptr(self);
  skein_vm *v = vm->host;
  if (kwnames && kwnames->count) sk_raise_type(vm, "%S() takes no keyword arguments", f->name);
  size_t scope = skein_scope_open(v);
  skein_val *handles = sk_scratch(vm, (nargs + 1) * sizeof *handles), result = {0};
  for (size_t i = 0; i < nargs; i++) handles[i] = handle_new(v, args[i]);
  skein_status s = f->fn(v, f->user, handles, nargs, &result);
  SkValue value = s == SKEIN_OK ? handle_get(v, result) : SK_NONE;
  skein_scope_close(v, scope);
  sk_thread_poll(vm); /* the VM may have been stopped meanwhile: what the host says does not count then */
  if (s == SKEIN_OK) return value;
  SkValue exc = v->own.pending;
  v->own.pending = SK_UNSET;
  if (sk_is_unset(exc)) sk_raisef(vm, SK_T_SystemError, "%S() failed without raising an exception", f->name);
  sk_raise_exc(vm, exc);
}

static SkValue host_repr(SkVm *vm, SkValue self) { return sk_from_ptr(sk_format(vm, "<host function %S>", ((HostFunction *)sk_ptr(self))->name)); }

static const SkTypeDef host_function_def = {
    .name = "host_function", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(HostFunction),
    .flags = SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_FINAL, .slots = {.call = host_call, .repr = host_repr}, .trace = host_trace,
};

typedef struct MakeHost { skein_vm *v; const char *name; skein_fn fn; void *user; SkValue result; } MakeHost;

static void make_host(SkVm *vm, void *arg) {
  MakeHost *mk = arg;
  if (!mk->v->host_function_type) mk->v->host_function_type = sk_type_from_def(vm, &host_function_def);
  HostFunction *f = sk_object_new(vm, mk->v->host_function_type, 0);
  f->fn = mk->fn;
  f->user = mk->user;
  f->name = SK_NONE;
  SkStr *name = sk_str_decode_utf8(vm, mk->name, strlen(mk->name));
  sk_write(vm, f, &f->name, sk_from_ptr(name));
  mk->result = sk_from_ptr(f);
}

skein_status skein_function(skein_vm *v, const char *name, skein_fn fn, void *user, skein_val *out) {
  MakeHost mk = {v, name, fn, user, SK_NONE};
  skein_status s = api_enter(v, make_host, &mk);
  if (s == SKEIN_OK) *out = handle_new(v, mk.result);
  return s;
}

/* ---- exceptions ---- */

typedef struct MakeExc { const char *type, *message; SkValue result; } MakeExc;

static SkType *class_named(SkVm *vm, const char *name) {
  SkValue cls = sk_dict_get_cstr(vm, vm->builtins->dict, name);
  if (!sk_is_type(cls)) sk_raise_name(vm, sk_intern(vm, name), "name '%s' is not defined", name);
  return sk_as_type(cls);
}

static void make_exc(SkVm *vm, void *arg) {
  MakeExc *m = arg;
  SkValue text = sk_from_ptr(sk_str_decode_utf8(vm, m->message, strlen(m->message)));
  m->result = sk_exc_new_args(vm, class_named(vm, m->type), &text, 1);
}

skein_status skein_raise(skein_vm *v, const char *type, const char *message) {
  MakeExc m = {type, message, SK_NONE};
  if (api_enter(v, make_exc, &m) == SKEIN_OK) v->own.pending = m.result;
  return SKEIN_ERR_EXC;
}

skein_val skein_exc_take(skein_vm *v) {
  SkValue e = v->own.pending;
  v->own.pending = SK_UNSET;
  return sk_is_unset(e) ? (skein_val){0} : handle_new(v, e);
}

void skein_exc_again(skein_vm *v, skein_val exc) {
  SkValue e = handle_get(v, exc);
  if (sk_is_exc(e)) v->own.pending = e;
}

OP(op_exctype) { Op *o = arg; o->result = sk_from_ptr(sk_type_name(vm, sk_type_of(vm, o->a))); }
OP(op_excmessage) { Op *o = arg; o->result = sk_from_ptr(sk_str(vm, o->a)); }
static void add_text(void *arg, const char *s, size_t n) { sk_strbuf_add(arg, s, n); }
OP(op_excformat) {
  Op *o = arg;
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  sk_exc_print(vm, o->a, add_text, &b);
  o->result = sk_from_ptr(sk_strbuf_finish(&b));
}
OP(op_excsplit) {
  Op *o = arg;
  SkSplit s = sk_group_split(vm, o->a, sk_from_ptr(class_named(vm, o->s)));
  o->result = s.match;
  o->rest = s.rest;
}

skein_status skein_exc_type(skein_vm *v, skein_val e, skein_val *name) { return run(v, op_exctype, &(Op){.a = handle_get(v, e)}, name); }
skein_status skein_exc_message(skein_vm *v, skein_val e, skein_val *text) { return run(v, op_excmessage, &(Op){.a = handle_get(v, e)}, text); }
skein_status skein_exc_format(skein_vm *v, skein_val e, skein_val *text) {
  if (!sk_is_exc(handle_get(v, e))) return SKEIN_ERR_MISUSE;
  return run(v, op_excformat, &(Op){.a = handle_get(v, e)}, text);
}

size_t skein_exc_count(skein_vm *v, skein_val e) {
  SkValue x = handle_get(v, e);
  return sk_is_exc_group(core(v), x) ? sk_group_members(sk_as_exc(x))->count : 0;
}

skein_val skein_exc_at(skein_vm *v, skein_val e, size_t i) {
  return i < skein_exc_count(v, e) ? handle_new(v, sk_group_members(sk_as_exc(handle_get(v, e)))->items[i]) : (skein_val){0};
}

static skein_val part(skein_vm *v, SkValue x) { return sk_is_none(x) ? (skein_val){0} : handle_new(v, x); }

skein_status skein_exc_split(skein_vm *v, skein_val e, const char *type, skein_val *match, skein_val *rest) {
  Op o = {.a = handle_get(v, e), .s = type};
  if (!sk_is_exc(o.a)) return SKEIN_ERR_MISUSE;
  skein_status s = run(v, op_excsplit, &o, NULL);
  if (s != SKEIN_OK) return s;
  *match = part(v, o.result);
  *rest = part(v, o.rest);
  return s;
}

typedef struct Frames { SkValue exc; skein_frame *out; size_t room, count; } Frames;

static uint32_t number(SkVm *vm, SkValue v) {
  int64_t i = 0;
  (void)vm;
  return sk_is_int(v) && sk_int_get_i64(v, &i) && i > 0 ? (uint32_t)i : 0;
}

static void fill_frames(SkVm *vm, void *arg) {
  Frames *f = arg;
  for (SkValue tb = sk_exc_traceback(vm, sk_as_exc(f->exc)); !sk_is_none(tb); tb = sk_getattr_cstr(vm, tb, "tb_next")) {
    if (f->count < f->room) {
      SkCodeObj *code = sk_ptr(sk_getattr_cstr(vm, sk_getattr_cstr(vm, tb, "tb_frame"), "f_code"));
      uint32_t at = number(vm, sk_getattr_cstr(vm, tb, "tb_lasti")) / 2;
      SkPosition p = sk_code_position(code->code, at);
      f->out[f->count] = (skein_frame){sk_str_cstr(vm, code->filename), sk_str_cstr(vm, code->name), number(vm, sk_getattr_cstr(vm, tb, "tb_lineno")),
                                       p.col > 0 ? (uint32_t)p.col : 0, (uint32_t)p.end_line, p.end_col > 0 ? (uint32_t)p.end_col : 0};
    }
    f->count++;
  }
}

size_t skein_exc_frames(skein_vm *v, skein_val e, skein_frame *out, size_t room) {
  Frames f = {handle_get(v, e), out, room, 0};
  if (!sk_is_exc(f.exc)) return 0;
  if (api_enter(v, fill_frames, &f) != SKEIN_OK) v->own.pending = SK_UNSET;
  return f.count;
}
