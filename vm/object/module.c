/* module.c - modules: a dict with attribute access, and native modules from their definitions.             Layer 6.
 *
 * A module's attributes are the entries of |dict|, of subclasses' instances too.  Those of a native module that cost
 * something come into it when they are looked at, or with the others when somebody wants the whole or deletes one.
 */
#include "vm/object/object_impl.h"

void sk_module_trace(SkMarker *m, SkObject *o) {
  SkModule *mod = (SkModule *)o;
  sk_mark_ptr(m, mod->dict);
  sk_mark(m, mod->name);
  sk_trace_attributes(m, o);
}

static SkModule *self_of(SkValue v) { return sk_ptr(v); }

static void fill(SkVm *vm, SkModule *m, SkValue name, SkValue doc) {
  struct { SkStr *key; SkValue v; } rows[] = {{SK_NAME(vm, dunder_name), name}, {SK_NAME(vm, dunder_doc), doc},
                                              {SK_NAME(vm, dunder_package), SK_NONE}, {SK_NAME(vm, dunder_loader), SK_NONE},
                                              {SK_NAME(vm, dunder_spec), SK_NONE}};
  if (!m->dict) sk_write_ptr(vm, m, &m->dict, sk_dict_new(vm));
  sk_write(vm, m, &m->name, name);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) sk_dict_set_str(vm, m->dict, rows[i].key, rows[i].v);
}

SkModule *sk_module_new(SkVm *vm, SkStr *name) {
  SkModule *m = sk_object_new_id(vm, SK_T_module, 0);
  m->name = SK_NONE;
  fill(vm, m, sk_from_ptr(name), SK_NONE);
  return m;
}

void sk_module_add(SkVm *vm, SkModule *m, const char *name, SkValue v) { sk_dict_set_str(vm, m->dict, sk_intern(vm, name), v); }

SkModule *sk_module_from_def(SkVm *vm, const SkModuleDef *def) {
  SkStr *name = sk_intern(vm, def->name);
  SkModule *m = sk_module_new(vm, name);
  if (def->doc) sk_module_add(vm, m, "__doc__", sk_from_ptr(sk_str_from_cstr(vm, def->doc)));
  for (const SkNativeDef *const *f = def->functions; f && *f; f++) {
    SkValue v = sk_native_new(vm, *f, SK_UNSET, name);
    sk_dict_set_str(vm, m->dict, ((SkNative *)sk_ptr(v))->name, v);
  }
  if (def->init) def->init(vm, m);
  return m;
}

static SkValue lazy_attr(SkVm *vm, SkModule *m, SkStr *name) {
  for (const SkLazyAttr *a = m->lazy; a->name; a++) {
    if (!sk_str_equal_cstr(name, a->name)) continue;
    SkValue v = a->make(vm);
    sk_module_add(vm, m, a->name, v);
    return v;
  }
  return SK_UNSET;
}

SkDict *sk_module_dict(SkVm *vm, SkModule *m) {
  for (const SkLazyAttr *a = m->lazy; a && a->name; a++)
    if (sk_is_unset(sk_dict_get_cstr(vm, m->dict, a->name))) sk_module_add(vm, m, a->name, a->make(vm));
  m->lazy = NULL;
  return m->dict;
}

SK_NATIVE(module_new, "__new__(cls, /, *args, **kwargs)", NULL) {
  SkModule *m = sk_object_new(vm, sk_as_type(args[0]), 0);
  m->name = SK_NONE;
  sk_write_ptr(vm, m, &m->dict, sk_dict_new(vm));
  return sk_from_ptr(m);
}

SK_NATIVE(module_init, "__init__(self, name, doc=None)", NULL) {
  if (!sk_is_str(args[1])) sk_raise_type(vm, "module() argument 'name' must be str, not %T", args[1]);
  fill(vm, self_of(args[0]), args[1], args[2]);
  return SK_NONE;
}

/* ---- attributes ---------------------------------------------------------------------------------------- */

/* m.name without __getattr__: UNSET if there is none. */
static SkValue find(SkVm *vm, SkValue self, SkStr *name) {
  SkType *t = sk_type_of(vm, self);
  SkCell *cell = sk_type_lookup_cell(vm, t, name);
  SkDescrGetFn get = NULL;
  if (cell) {
    SkType *vt = sk_type_of(vm, cell->value);
    get = vt->slots->descr_get;
    if (get && type_is_data_descr(vt)) return get(vm, cell->value, self, sk_from_ptr(t));
  }
  SkValue v = sk_dict_get_str(vm, self_of(self)->dict, name);
  if (sk_is_unset(v) && self_of(self)->lazy) v = lazy_attr(vm, self_of(self), name);
  if (!sk_is_unset(v) || !cell) return v;
  return get ? get(vm, cell->value, self, sk_from_ptr(t)) : cell->value;
}

static SkValue module_getattr(SkVm *vm, SkValue self, SkStr *name) {
  SkValue v = find(vm, self, name);
  if (!sk_is_unset(v)) return v;
  SkValue hook = sk_dict_get_str(vm, self_of(self)->dict, SK_NAME(vm, dunder_getattr));
  if (!sk_is_unset(hook)) return sk_call1(vm, hook, sk_from_ptr(name));
  sk_raise_attribute(vm, self, name);
}

static void module_change(SkVm *vm, SkValue self, SkStr *name, SkValue v) {
  SkCell *cell = sk_type_lookup_cell(vm, sk_type_of(vm, self), name);
  if (cell && type_is_data_descr(sk_type_of(vm, cell->value))) {
    sk_generic_setattr(vm, self, name, v);
    return;
  }
  SkDict *d = sk_is_unset(v) ? sk_module_dict(vm, self_of(self)) : self_of(self)->dict;
  if (!sk_is_unset(v)) sk_dict_set_str(vm, d, sk_str_intern(vm, name), v);
  else if (!sk_dict_delete(vm, d, sk_from_ptr(name))) sk_raisef(vm, SK_T_AttributeError, "'%T' object has no attribute '%U'", self, name);
}
static void module_setattr(SkVm *vm, SkValue self, SkStr *name, SkValue v) { module_change(vm, self, name, v); }
static void module_delattr(SkVm *vm, SkValue self, SkStr *name) { module_change(vm, self, name, SK_UNSET); }

static SkValue get_dict(SkVm *vm, SkValue self) { return sk_from_ptr(sk_module_dict(vm, self_of(self))); }
static void set_dict(SkVm *vm, SkValue self, SkValue v) {
  (void)self, (void)v;
  sk_raisef(vm, SK_T_AttributeError, "readonly attribute");
}
static SkValue get_annotations(SkVm *vm, SkValue self) {
  SkDict *d = self_of(self)->dict;
  return sk_dict_setdefault(vm, d, sk_from_ptr(SK_NAME(vm, dunder_annotations)), sk_from_ptr(sk_dict_new(vm)));
}
static void set_annotations(SkVm *vm, SkValue self, SkValue v) {
  SkDict *d = self_of(self)->dict;
  SkStr *name = SK_NAME(vm, dunder_annotations);
  if (!sk_is_unset(v)) sk_dict_set_str(vm, d, name, v);
  else if (!sk_dict_delete(vm, d, sk_from_ptr(name))) sk_raisef(vm, SK_T_AttributeError, "__annotations__");
}

SK_NATIVE(module_dir, "__dir__(self, /)", "__dir__() -> list\nspecialized dir() implementation") {
  SkValue dict = sk_getattr(vm, args[0], SK_NAME(vm, dunder_dict)); /* a subclass may answer otherwise */
  if (!sk_is_dict(dict)) sk_raise_type(vm, "%T.__dict__ is not a dictionary", args[0]);
  SkDict *d = sk_as_dict(dict);
  SkValue hook = sk_dict_get_str(vm, d, SK_NAME(vm, dunder_dir));
  if (!sk_is_unset(hook)) return sk_call0(vm, hook);
  return sk_from_ptr(sk_to_list(vm, sk_from_ptr(d)));
}

/* ---- repr: by __spec__, __loader__ and __file__ ------------------------------------------------------------ */

static SkValue attr_or_none(SkVm *vm, SkValue o, const char *name) {
  SkValue v = sk_is_none(o) ? SK_UNSET : sk_getattr_opt(vm, o, sk_intern(vm, name));
  return sk_is_unset(v) ? SK_NONE : v;
}
static SkValue entry_or_none(SkVm *vm, SkDict *d, SkStr *name) {
  SkValue v = sk_dict_get_str(vm, d, name);
  return sk_is_unset(v) ? SK_NONE : v;
}

static SkStr *repr_by_spec(SkVm *vm, SkValue spec) {
  SkValue name = attr_or_none(vm, spec, "name"), origin = attr_or_none(vm, spec, "origin"), loader = attr_or_none(vm, spec, "loader");
  if (sk_is_none(name)) name = sk_from_ptr(sk_str_from_cstr(vm, "?"));
  if (sk_is_none(origin)) return sk_is_none(loader) ? sk_format(vm, "<module %R>", name) : sk_format(vm, "<module %R (%R)>", name, loader);
  if (sk_truth(vm, attr_or_none(vm, spec, "has_location"))) return sk_format(vm, "<module %R from %R>", name, origin);
  return sk_format(vm, "<module %R (%S)>", name, origin);
}

static SkValue module_repr(SkVm *vm, SkValue self) {
  SkDict *d = self_of(self)->dict;
  SkValue spec = entry_or_none(vm, d, SK_NAME(vm, dunder_spec));
  if (!sk_is_none(spec)) return sk_from_ptr(repr_by_spec(vm, spec));
  SkValue name = entry_or_none(vm, d, SK_NAME(vm, dunder_name)), file = entry_or_none(vm, d, SK_NAME(vm, dunder_file));
  SkValue loader = entry_or_none(vm, d, SK_NAME(vm, dunder_loader));
  if (!sk_is_str(name)) name = sk_from_ptr(sk_str_from_cstr(vm, "?"));
  if (!sk_is_none(file)) return sk_from_ptr(sk_format(vm, "<module %R from %R>", name, file));
  if (!sk_is_none(loader)) return sk_from_ptr(sk_format(vm, "<module %R (%R)>", name, loader));
  return sk_from_ptr(sk_format(vm, "<module %R>", name));
}

static const SkAttrDef module_attrs[] = {SK_GETSET("__dict__", get_dict, set_dict, NULL),
                                         SK_GETSET("__annotations__", get_annotations, set_annotations, NULL),
                                         SK_METHOD(module_dir), SK_ATTRS_END};

const SkTypeDef sk_module_type = {
    .name = "module", .doc = "Create a module object.", .kind = SK_KIND_MODULE, .size = sizeof(SkModule), .flags = SK_TYPE_WEAKREFABLE,
    .slots = {.repr = module_repr, .getattribute = module_getattr, .setattr = module_setattr, .delattr = module_delattr},
    .attrs = module_attrs, .new_ = &module_new_def, .init_ = &module_init_def};
