/* func.c - Python functions.                                                                            Layer 6.
 *
 * The hot fields (simple_args, nregs, insns, k) are copies of what the code object says: whoever changes
 * |code| calls func_take_code.  module and doc stay UNSET until asked for.
 */
#include "vm/object/object_impl.h"

void sk_func_trace(SkMarker *m, SkObject *o) {
  SkFunc *f = (SkFunc *)o;
  const void *ptrs[] = {f->globals, f->code, f->builtins, f->defaults, f->kwdefaults, f->closure};
  for (size_t i = 0; i < sizeof ptrs / sizeof *ptrs; i++) sk_mark_ptr(m, ptrs[i]);
  SkValue values[] = {f->name, f->qualname, f->module, f->doc, f->annotations, f->type_params};
  sk_mark_span(m, values, sizeof values / sizeof *values);
  sk_trace_attributes(m, o);
}

static void func_take_code(SkVm *vm, SkFunc *f, SkCodeObj *code) {
  const SkCode *c = code->code;
  uint32_t special = SK_CODE_VARARGS | SK_CODE_VARKEYWORDS | SK_CODE_GENERATOR | SK_CODE_COROUTINE | SK_CODE_ASYNC_GENERATOR |
                     SK_CODE_CLASS_BODY | SK_CODE_MODULE_BODY;
  sk_barrier(vm, f);
  f->code = code;
  f->simple_args = (c->flags & special) || c->kwonly ? SK_FUNC_COMPLEX : c->argcount;
  f->nregs = c->nregs;
  f->insns = code->insns;
  f->k = code->consts ? code->consts->items : NULL;
}

static SkDict *builtins_of(SkVm *vm, SkDict *globals) {
  SkValue b = sk_dict_get_str(vm, globals, SK_NAME(vm, dunder_builtins));
  if (sk_is_dict(b)) return sk_as_dict(b);
  if (sk_is_module(b)) return ((SkModule *)sk_ptr(b))->dict;
  return vm->builtins ? vm->builtins->dict : globals;
}

SkFunc *sk_func_new(SkVm *vm, SkCodeObj *code, SkDict *globals) {
  SkDict *builtins = builtins_of(vm, globals);
  SkFunc *f = sk_object_new_id(vm, SK_T_function, 0);
  f->globals = globals;
  f->builtins = builtins;
  f->name = sk_from_ptr(code->name);
  f->qualname = sk_from_ptr(code->qualname);
  f->module = f->doc = f->annotations = f->type_params = SK_UNSET;
  func_take_code(vm, f, code);
  return f;
}

/* ---- the constructor types.FunctionType ------------------------------------------------------------- */

static SkTuple *checked_closure(SkVm *vm, SkCodeObj *code, SkValue v) {
  size_t want = code->code->nfree;
  if (sk_is_none(v) && want) sk_raise_type(vm, "arg 5 (closure) must be tuple");
  if (!sk_is_none(v) && !sk_is_tuple(v)) sk_raise_type(vm, "arg 5 (closure) must be None or tuple");
  SkTuple *t = sk_is_none(v) ? NULL : sk_as_tuple(v);
  size_t given = t ? t->count : 0;
  if (given != want) sk_raise_value(vm, "%U requires closure of length %zu, not %zu", code->name, want, given);
  for (size_t i = 0; i < given; i++)
    if (!sk_has_kind(t->items[i], SK_KIND_CELL)) sk_raise_type(vm, "arg 5 (closure) expected cell, found %T", t->items[i]);
  return given ? t : NULL;
}

SK_NATIVE(func_new, "__new__(cls, code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)", NULL) {
  if (!sk_has_kind(args[1], SK_KIND_CODE)) sk_raise_type(vm, "function() argument 'code' must be code, not %T", args[1]);
  if (!sk_is_dict(args[2])) sk_raise_type(vm, "function() argument 'globals' must be dict, not %T", args[2]);
  if (!sk_is_none(args[3]) && !sk_is_str(args[3])) sk_raise_type(vm, "arg 3 (name) must be None or string");
  if (!sk_is_none(args[4]) && !sk_is_tuple(args[4])) sk_raise_type(vm, "arg 4 (defaults) must be None or tuple");
  SkCodeObj *code = sk_ptr(args[1]);
  SkTuple *closure = checked_closure(vm, code, args[5]);
  if (!sk_is_none(args[6]) && !sk_is_dict(args[6])) sk_raise_type(vm, "arg 6 (kwdefaults) must be None or dict");
  SkFunc *f = sk_func_new(vm, code, sk_as_dict(args[2]));
  if (sk_is_str(args[3])) f->name = args[3];
  if (sk_is_tuple(args[4])) f->defaults = sk_as_tuple(args[4]);
  if (sk_is_dict(args[6])) f->kwdefaults = sk_as_dict(args[6]);
  f->closure = closure;
  return sk_from_ptr(f);
}

/* ---- attributes ---------------------------------------------------------------------------------------- */

static SkValue get_code(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(sk_as_func(self)->code); }
static void set_code(SkVm *vm, SkValue self, SkValue v) {
  SkFunc *f = sk_as_func(self);
  if (!sk_has_kind(v, SK_KIND_CODE)) sk_raise_type(vm, "__code__ must be set to a code object");
  SkCodeObj *code = sk_ptr(v);
  size_t have = f->closure ? f->closure->count : 0;
  if (code->code->nfree != have)
    sk_raise_value(vm, "%S() requires a code object with %zu free vars, not %zu", f->name, have, (size_t)code->code->nfree);
  const uint32_t nature = SK_CODE_GENERATOR | SK_CODE_COROUTINE | SK_CODE_ASYNC_GENERATOR;
  if ((code->code->flags & nature) != (f->code->code->flags & nature))
    sk_warn(vm, SK_T_DeprecationWarning,
            "Assigning a code object of non-matching type is deprecated (e.g., from a generator to a plain function)");
  func_take_code(vm, f, code);
  if (vm->hooks.flush_caches) vm->hooks.flush_caches(vm); /* call sites know the old one */
}

static SkValue get_defaults(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(sk_as_func(self)->defaults, SK_NONE); }
static void set_defaults(SkVm *vm, SkValue self, SkValue v) {
  SkFunc *f = sk_as_func(self);
  bool none = sk_is_unset(v) || sk_is_none(v);
  if (!none && !sk_is_tuple(v)) sk_raise_type(vm, "__defaults__ must be set to a tuple object");
  sk_write_ptr(vm, f, &f->defaults, none ? NULL : sk_as_tuple(v));
  if (vm->hooks.flush_caches) vm->hooks.flush_caches(vm);
}
static SkValue get_kwdefaults(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(sk_as_func(self)->kwdefaults, SK_NONE); }
static void set_kwdefaults(SkVm *vm, SkValue self, SkValue v) {
  SkFunc *f = sk_as_func(self);
  bool none = sk_is_unset(v) || sk_is_none(v);
  if (!none && !sk_is_dict(v)) sk_raise_type(vm, "__kwdefaults__ must be set to a dict object");
  sk_write_ptr(vm, f, &f->kwdefaults, none ? NULL : sk_as_dict(v));
  if (vm->hooks.flush_caches) vm->hooks.flush_caches(vm);
}

static SkValue get_name(SkVm *vm, SkValue self) { (void)vm; return sk_as_func(self)->name; }
static void set_name(SkVm *vm, SkValue self, SkValue v) {
  if (!sk_is_str(v)) sk_raise_type(vm, "__name__ must be set to a string object");
  sk_write(vm, sk_as_func(self), &sk_as_func(self)->name, v);
}
static SkValue get_qualname(SkVm *vm, SkValue self) { (void)vm; return sk_as_func(self)->qualname; }
static void set_qualname(SkVm *vm, SkValue self, SkValue v) {
  if (!sk_is_str(v)) sk_raise_type(vm, "__qualname__ must be set to a string object");
  sk_write(vm, sk_as_func(self), &sk_as_func(self)->qualname, v);
}

static SkValue get_doc(SkVm *vm, SkValue self) {
  SkFunc *f = sk_as_func(self);
  (void)vm;
  if (!sk_is_unset(f->doc)) return f->doc;
  int32_t doc = f->code->code->doc;
  return doc >= 0 && f->code->consts ? f->code->consts->items[doc] : SK_NONE;
}
static void set_doc(SkVm *vm, SkValue self, SkValue v) {
  sk_write(vm, sk_as_func(self), &sk_as_func(self)->doc, sk_is_unset(v) ? SK_NONE : v);
}
static SkValue get_module(SkVm *vm, SkValue self) {
  SkFunc *f = sk_as_func(self);
  if (!sk_is_unset(f->module)) return f->module;
  SkValue v = sk_dict_get_str(vm, f->globals, SK_NAME(vm, dunder_name));
  return sk_is_unset(v) ? SK_NONE : v;
}
static void set_module(SkVm *vm, SkValue self, SkValue v) {
  sk_write(vm, sk_as_func(self), &sk_as_func(self)->module, sk_is_unset(v) ? SK_NONE : v);
}

static SkValue get_annotations(SkVm *vm, SkValue self) {
  SkFunc *f = sk_as_func(self);
  if (sk_is_unset(f->annotations)) {
    SkDict *d = sk_dict_new(vm);
    sk_write(vm, f, &f->annotations, sk_from_ptr(d));
  }
  return f->annotations;
}
static void set_annotations(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_none(v)) v = SK_UNSET;
  if (!sk_is_unset(v) && !sk_is_dict(v)) sk_raise_type(vm, "__annotations__ must be set to a dict object");
  sk_write(vm, sk_as_func(self), &sk_as_func(self)->annotations, v);
}
static SkValue get_type_params(SkVm *vm, SkValue self) {
  SkValue v = sk_as_func(self)->type_params;
  return sk_is_unset(v) ? sk_from_ptr(vm->empty_tuple) : v;
}
static void set_type_params(SkVm *vm, SkValue self, SkValue v) {
  if (!sk_is_tuple(v)) sk_raise_type(vm, "__type_params__ must be set to a tuple");
  sk_write(vm, sk_as_func(self), &sk_as_func(self)->type_params, v);
}

static SkValue get_dict(SkVm *vm, SkValue self) { return sk_from_ptr(sk_instance_dict(vm, self)); }
static void set_dict(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_unset(v)) sk_raise_type(vm, "cannot delete __dict__");
  if (!sk_is_dict(v)) sk_raise_type(vm, "__dict__ must be set to a dictionary, not a '%T'", v);
  sk_instance_set_dict(vm, self, sk_as_dict(v));
}

SK_NORETURN static void read_only(SkVm *vm, SkValue self, SkValue v) {
  (void)self, (void)v;
  sk_raisef(vm, SK_T_AttributeError, "readonly attribute");
}
static void set_read_only(SkVm *vm, SkValue self, SkValue v) { read_only(vm, self, v); }
static SkValue get_globals(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(sk_as_func(self)->globals); }
static SkValue get_builtins(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(sk_as_func(self)->builtins); }
static SkValue get_closure(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(sk_as_func(self)->closure, SK_NONE); }

/* ---- slots -------------------------------------------------------------------------------------------------- */

static SkValue func_repr(SkVm *vm, SkValue self) {
  return sk_from_ptr(sk_format(vm, "<function %S at 0x%lx>", sk_as_func(self)->qualname, sk_address(self)));
}
static SkValue func_get(SkVm *vm, SkValue self, SkValue obj, SkValue type) {
  (void)type;
  return sk_is_unset(obj) ? self : sk_method_new(vm, self, obj);
}
static SkValue func_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  return sk_call(vm, self, args, nargs, kwnames);
}

static const SkAttrDef func_attrs[] = {
    SK_GETSET("__closure__", get_closure, set_read_only, NULL), SK_GETSET("__globals__", get_globals, set_read_only, NULL),
    SK_GETSET("__builtins__", get_builtins, set_read_only, NULL), SK_GETSET("__doc__", get_doc, set_doc, NULL),
    SK_GETSET("__module__", get_module, set_module, NULL), SK_GETSET("__code__", get_code, set_code, NULL),
    SK_GETSET("__defaults__", get_defaults, set_defaults, NULL), SK_GETSET("__kwdefaults__", get_kwdefaults, set_kwdefaults, NULL),
    SK_GETSET("__annotations__", get_annotations, set_annotations, NULL), SK_GETSET("__dict__", get_dict, set_dict, NULL),
    SK_GETSET("__name__", get_name, set_name, NULL), SK_GETSET("__qualname__", get_qualname, set_qualname, NULL),
    SK_GETSET("__type_params__", get_type_params, set_type_params, NULL), SK_ATTRS_END};

const SkTypeDef sk_func_type = {
    .name = "function", .doc = "Create a function object.", .kind = SK_KIND_FUNC, .size = sizeof(SkFunc),
    .flags = SK_TYPE_FINAL | SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = func_repr, .call = func_call, .descr_get = func_get},
    .attrs = func_attrs, .new_ = &func_new_def};
