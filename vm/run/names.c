/* names.c - unbound variables, cells, globals, names of class and module bodies, imports.  Layer 7.
 *
 * Globals are cached by the version of a dict's key set: the entry number stays right while that stands.
 */
#include "vm/run/run_impl.h"

static SkInsn *go(SkVm *vm, SkInsn *pc, SkValue *r) {
  vm->r = r;
  return pc + sk_op_info[pc->op].words;
}

/* ---- locals and cells ------------------------------------------------------------------------------- */

static SkStr *variable(SkVm *vm, const SkCode *c, unsigned i) { return sk_str_new(vm, c->varnames[i].s, c->varnames[i].n); }

RUN_SLOW(unbound) {
  SkStr *name = variable(vm, frame_func(r)->code->code, pc->a);
  sk_raisef(vm, SK_T_UnboundLocalError, "cannot access local variable '%U' where it is not associated with a value", name);
}

RUN_SLOW(emptycell) {
  const SkCode *c = frame_func(r)->code->code;
  unsigned i = pc->op == SK_OP_DELCELL ? pc->a : pc->op == SK_OP_NAMECELL ? pc->b : pc->b;
  SkStr *name = variable(vm, c, i);
  if (c->is_cell[i] == 2) {
    sk_raise_name(vm, name, "cannot access free variable '%U' where it is not associated with a value in enclosing scope", name);
  }
  sk_raisef(vm, SK_T_UnboundLocalError, "cannot access local variable '%U' where it is not associated with a value", name);
}

/* A function that was caught before it got its closure. */
RUN_SLOW(noclosure) {
  (void)pc;
  sk_raisef(vm, SK_T_SystemError, "%S() has no closure yet", frame_func(r)->name);
}

RUN_SLOW(setcell) {
  SkCell *c = (SkCell *)sk_object(r[pc->a]);
  sk_write(vm, c, &c->value, r[pc->b]);
  return go(vm, pc, r);
}

/* ---- globals ---------------------------------------------------------------------------------------- */

SK_NORETURN static void raise_undefined(SkVm *vm, SkStr *name) { sk_raise_name(vm, name, "name '%U' is not defined", name); }

/* Skein's own names stand behind the builtins, so that builtins is what CPython's is. */
static SkValue extra_name(SkVm *vm, SkStr *name) {
  SkValue v = vm->hooks.extra_name ? vm->hooks.extra_name(vm, name) : SK_UNSET;
  if (sk_is_unset(v)) raise_undefined(vm, name);
  return v;
}

/* Finds and caches; |module_op|, |builtin_op| are the quickened forms. */
static SkInsn *global(SkInsn *pc, SkValue *r, SkVm *vm, int module_op, int builtin_op) {
  SkFunc *f = frame_func(r);
  SkStr *name = frame_name(r, pc->b);
  int64_t i = sk_dict_find_str(vm, f->globals, name);
  if (i >= 0) {
    pc[1].key.version = sk_dict_version(vm, f->globals);
    pc[1].key.index = (uint32_t)i;
    pc[2].ptr = &f->globals->entries[i].value; /* stays where it is while the version stands */
    pc->op = (uint16_t)module_op;
    run_warmed(vm, pc);
    r[pc->a] = f->globals->entries[i].value;
    return go(vm, pc, r);
  }
  i = f->builtins ? sk_dict_find_str(vm, f->builtins, name) : -1;
  if (i < 0) {
    r[pc->a] = extra_name(vm, name);
    return go(vm, pc, r);
  }
  pc[1].key.version = sk_dict_version(vm, f->globals);
  pc[2].key.version = sk_dict_version(vm, f->builtins);
  pc[2].key.index = (uint32_t)i;
  pc->op = (uint16_t)builtin_op;
  run_warmed(vm, pc);
  r[pc->a] = f->builtins->entries[i].value;
  return go(vm, pc, r);
}

RUN_SLOW(global) { return global(pc, r, vm, SK_OP_GLOBAL_MODULE, SK_OP_GLOBAL_BUILTIN); }

RUN_SLOW(setglobal) {
  SkDict *d = frame_func(r)->globals;
  SkStr *name = frame_name(r, pc->b);
  sk_dict_set_str(vm, d, name, r[pc->a]);
  int64_t i = sk_dict_find_str(vm, d, name);
  pc[1].key.version = sk_dict_version(vm, d);
  pc[1].key.index = (uint32_t)i;
  pc->op = SK_OP_SETGLOBAL_SLOT;
  run_warmed(vm, pc);
  return go(vm, pc, r);
}

RUN_SLOW(delglobal) {
  SkStr *name = frame_name(r, pc->b);
  if (!sk_dict_delete(vm, frame_func(r)->globals, sk_from_ptr(name))) raise_undefined(vm, name);
  return go(vm, pc, r);
}

static SkValue global_or_builtin(SkVm *vm, SkFunc *f, SkStr *name) {
  SkValue v = sk_dict_get_str(vm, f->globals, name);
  if (sk_is_unset(v) && f->builtins) v = sk_dict_get_str(vm, f->builtins, name);
  return sk_is_unset(v) ? extra_name(vm, name) : v;
}

/* ---- names in a mapping -------------------------------------------------------------------------------- */

static bool exact_dict(SkVm *vm, SkValue v) { return sk_is_ptr(v) && sk_object(v)->shape == SHAPE_OF(SK_T_dict); }

static SkValue in_mapping(SkVm *vm, SkValue m, SkStr *name) {
  return exact_dict(vm, m) ? sk_dict_get_str(vm, sk_as_dict(m), name) : sk_mapping_get(vm, m, sk_from_ptr(name));
}

RUN_SLOW(name) {
  SkFunc *f = frame_func(r);
  SkValue m = r[pc->c];
  if (sk_is_ptr(m) && sk_object(m) == (SkObject *)f->globals) return global(pc, r, vm, SK_OP_NAME_MODULE, SK_OP_NAME_BUILTIN);
  SkStr *name = frame_name(r, pc->b);
  SkValue v = in_mapping(vm, m, name);
  if (sk_is_unset(v)) v = global_or_builtin(vm, f, name);
  r[pc->a] = v;
  return go(vm, pc, r);
}

RUN_SLOW(nameglobal) {
  SkStr *name = frame_name(r, pc->b);
  SkValue v = in_mapping(vm, r[pc->c], name);
  r[pc->a] = sk_is_unset(v) ? global_or_builtin(vm, frame_func(r), name) : v;
  return go(vm, pc, r);
}

RUN_SLOW(namecell) {
  SkValue v = in_mapping(vm, r[pc->c], frame_name(r, (size_t)pc[1].imm));
  if (sk_is_unset(v)) v = ((SkCell *)sk_object(r[pc->b]))->value;
  if (sk_is_unset(v)) return do_emptycell(pc, r, vm);
  r[pc->a] = v;
  return go(vm, pc, r);
}

RUN_SLOW(setname) {
  SkValue m = r[pc->c];
  SkStr *name = frame_name(r, pc->b);
  if (!exact_dict(vm, m)) {
    sk_setitem(vm, m, sk_from_ptr(name), r[pc->a]);
    return go(vm, pc, r);
  }
  SkDict *d = sk_as_dict(m);
  sk_dict_set_str(vm, d, name, r[pc->a]);
  if (d == frame_func(r)->globals && pc[1].key.index < d->used) {
    /* Worth caching only in loops: the first execution just remembers that there was one. */
    pc[1].key.index = (uint32_t)sk_dict_find_str(vm, d, name);
    pc[1].key.version = sk_dict_version(vm, d);
  } else {
    pc[1].key.index = 0;
  }
  return go(vm, pc, r);
}

RUN_SLOW(delname) {
  SkStr *name = frame_name(r, pc->b);
  SkValue m = r[pc->c];
  if (exact_dict(vm, m)) {
    if (!sk_dict_delete(vm, sk_as_dict(m), sk_from_ptr(name))) raise_undefined(vm, name);
    return go(vm, pc, r);
  }
  if (sk_is_unset(sk_mapping_get(vm, m, sk_from_ptr(name)))) raise_undefined(vm, name);
  sk_delitem(vm, m, sk_from_ptr(name));
  return go(vm, pc, r);
}

RUN_SLOW(annotate) {
  SkStr *name = SK_NAME(vm, dunder_annotations);
  if (sk_is_unset(in_mapping(vm, r[pc->a], name))) {
    SkValue d = sk_from_ptr(sk_dict_new(vm));
    sk_setitem(vm, r[pc->a], sk_from_ptr(name), d);
  }
  return go(vm, pc, r);
}

RUN_SLOW(printexpr) {
  SkValue hook = sk_getattr_opt(vm, sk_from_ptr(vm->sys), SK_NAME(vm, displayhook));
  if (sk_is_unset(hook)) sk_raisef(vm, SK_T_RuntimeError, "lost sys.displayhook");
  sk_call1(vm, hook, r[pc->a]);
  return go(vm, pc, r);
}

/* ---- imports ---------------------------------------------------------------------------------------------- */

RUN_SLOW(import) {
  SkFunc *f = frame_func(r);
  SkStr *name = frame_name(r, pc->b);
  SkValue imp = f->builtins ? sk_dict_get_str(vm, f->builtins, SK_NAME(vm, dunder_import)) : SK_UNSET;
  if (sk_is_unset(imp)) sk_raisef(vm, SK_T_ImportError, "__import__ not found");
  SkValue args[] = {sk_from_ptr(name), sk_from_ptr(f->globals), SK_NONE, r[pc->c + 1], r[pc->c]};
  r[pc->a] = sk_call(vm, imp, args, 5, NULL);
  return go(vm, pc, r);
}

SK_NORETURN static void raise_cannot_import(SkVm *vm, SkValue module, SkStr *name) {
  SkValue mod_name = sk_getattr_opt(vm, module, SK_NAME(vm, dunder_name));
  SkValue file = sk_getattr_opt(vm, module, SK_NAME(vm, dunder_file));
  SkStr *text;
  if (!sk_is_str(mod_name)) {
    text = sk_format(vm, "cannot import name %R from '<unknown module name>' (unknown location)", sk_from_ptr(name));
  } else if (sk_is_str(file)) {
    text = sk_format(vm, "cannot import name %R from %R (%S)", sk_from_ptr(name), mod_name, file);
  } else {
    text = sk_format(vm, "cannot import name %R from %R (unknown location)", sk_from_ptr(name), mod_name);
  }
  SkValue arg = sk_from_ptr(text);
  SkExc *e = sk_as_exc(sk_exc_new_args(vm, vm->types[SK_T_ImportError], &arg, 1));
  sk_exc_set_field(vm, e, SK_IMPORT_NAME, sk_is_str(mod_name) ? mod_name : SK_NONE);
  if (sk_is_str(file)) sk_exc_set_field(vm, e, SK_IMPORT_PATH, file);
  sk_exc_set_field(vm, e, SK_IMPORT_NAME_FROM, sk_from_ptr(name));
  sk_raise_exc(vm, sk_from_ptr(e));
}

RUN_SLOW(importfrom) {
  SkStr *name = frame_name(r, pc->b);
  SkValue v = sk_getattr_opt(vm, r[pc->c], name);
  if (sk_is_unset(v)) {
    /* A submodule imported in a circle is in sys.modules before it is an attribute of its package. */
    SkValue package = sk_getattr_opt(vm, r[pc->c], SK_NAME(vm, dunder_name));
    if (sk_is_str(package)) v = sk_dict_get_str(vm, vm->modules, sk_format(vm, "%S.%U", package, name));
    if (sk_is_unset(v)) raise_cannot_import(vm, r[pc->c], name);
  }
  r[pc->a] = v;
  return go(vm, pc, r);
}

static void import_name(SkVm *vm, SkValue module, SkValue to, SkValue name) {
  SkValue v = sk_getattr(vm, module, sk_as_str(name));
  sk_setitem(vm, to, name, v);
}

RUN_SLOW(importstar) {
  SkValue module = r[pc->a], to = r[pc->c];
  SkValue all = sk_getattr_opt(vm, module, SK_NAME(vm, dunder_all));
  bool public = sk_is_unset(all);
  if (public) {
    SkValue d = sk_getattr_opt(vm, module, SK_NAME(vm, dunder_dict));
    if (sk_is_unset(d)) sk_raisef(vm, SK_T_ImportError, "from-import-* object has no __dict__ and no __all__");
    all = d;
  }
  SkTuple *names = sk_to_tuple(vm, all);
  for (size_t i = 0; i < names->count; i++) {
    SkValue name = names->items[i];
    if (!sk_is_str(name)) {
      SkValue m = sk_getattr(vm, module, SK_NAME(vm, dunder_name));
      sk_raise_type(vm, public ? "Key in %S.__dict__ must be str, not %T" : "Item in %S.__all__ must be str, not %T", m, name);
    }
    if (public && sk_as_str(name)->bytes && sk_as_str(name)->data[0] == '_') continue;
    import_name(vm, module, to, name);
  }
  return go(vm, pc, r);
}
