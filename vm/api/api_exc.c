/* api_exc.c - exceptions and their groups as data.  Layer 9. */
#include <string.h>

#include "vm/api/api_impl.h"

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

skein_status skein_raise_exc(skein_vm *v, skein_val exc) {
  SkValue e = handle_value(v, exc);
  if (!sk_is_exc(e)) return api_misuse(v, "no exception");
  v->own.pending = e;
  return SKEIN_ERR_EXC;
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

static const char *text_of(skein_vm *v, skein_val e, void (*fn)(SkVm *, void *)) {
  skein_val text;
  const char *s = "";
  if (api_run(v, fn, &(Op){.a = handle_value(v, e)}, &text) == SKEIN_OK) skein_get_str(v, text, &s, NULL);
  return s;
}

const char *skein_exc_type(skein_vm *v, skein_val e) { return text_of(v, e, op_exctype); }
const char *skein_exc_message(skein_vm *v, skein_val e) { return text_of(v, e, op_excmessage); }

skein_status skein_exc_format(skein_vm *v, skein_val e, const skein_format *f, skein_write_fn write, void *user) {
  (void)f;
  skein_val text;
  const char *p;
  size_t n;
  skein_status s = api_run(v, op_excformat, &(Op){.a = handle_value(v, e)}, &text);
  if (s == SKEIN_OK && (s = skein_get_str(v, text, &p, &n)) == SKEIN_OK) write(user, 2, p, n);
  return s;
}

size_t skein_exc_count(skein_vm *v, skein_val e) {
  SkValue x = handle_value(v, e);
  return sk_is_exc_group(core(v), x) ? sk_group_members(sk_as_exc(x))->count : 0;
}

skein_val skein_exc_at(skein_vm *v, skein_val e, size_t i) {
  return i < skein_exc_count(v, e) ? handle_new(v, sk_group_members(sk_as_exc(handle_value(v, e)))->items[i]) : (skein_val){0};
}

static skein_val part(skein_vm *v, SkValue x) { return sk_is_none(x) ? (skein_val){0} : handle_new(v, x); }

skein_status skein_exc_split(skein_vm *v, skein_val e, const char *type, skein_val *match, skein_val *rest) {
  Op o = {.a = handle_value(v, e), .s = type};
  if (!sk_is_exc(o.a)) return SKEIN_ERR_MISUSE;
  skein_status s = api_run(v, op_excsplit, &o, NULL);
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
      f->out[f->count] = (skein_frame){.size = sizeof(skein_frame), .file = sk_str_cstr(vm, code->filename), .function = sk_str_cstr(vm, code->name),
                                       .line = number(vm, sk_getattr_cstr(vm, tb, "tb_lineno")), .col = p.col > 0 ? (uint32_t)p.col : 0,
                                       .end_line = (uint32_t)p.end_line, .end_col = p.end_col > 0 ? (uint32_t)p.end_col : 0};
    }
    f->count++;
  }
}

size_t skein_exc_frames(skein_vm *v, skein_val e, skein_frame *out, size_t room) {
  Frames f = {handle_value(v, e), out, room, 0};
  if (!sk_is_exc(f.exc)) return 0;
  if (api_enter(v, fill_frames, &f) != SKEIN_OK) v->own.pending = SK_UNSET;
  return f.count;
}
