/* type_new.c - makes classes: type(name, bases, namespace), type.__call__, __bases__ assignment.       Layer 6. */
#include "vm/object/type_impl.h"

enum { CAP_DEFAULT = 4, CAP_MOST = 32 };

void type_check_name(SkVm *vm, SkStr *name) {
  if (memchr(name->data, 0, name->bytes)) sk_raise_value(vm, "type name must not contain null characters");
}

/* ---- metaclass -------------------------------------------------------------------------------------- */

SkType *sk_metaclass_for(SkVm *vm, SkType *meta, SkTuple *bases) {
  SkType *winner = meta;
  for (size_t i = 0; i < bases->count; i++) {
    SkType *m = sk_type_of(vm, bases->items[i]);
    if (sk_type_is_subtype(winner, m)) continue;
    if (!sk_type_is_subtype(m, winner))
      sk_raise_type(vm, "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
                        "metaclasses of all its bases");
    winner = m;
  }
  return winner;
}

/* ---- the namespace ------------------------------------------------------------------------------------- */

static void put(SkVm *vm, SkType *t, SkStr *name, SkValue v) {
  sk_dict_set_str(vm, t->ns, name, sk_from_ptr(sk_cell_new(vm, v)));
}

/* Plain functions with these names are static or class methods without saying so. */
static SkValue implied(SkVm *vm, SkStr *name, SkValue v) {
  if (!sk_is_func(v)) return v;
  if (name == SK_SLOT_NAME(vm, new_)) return descr_staticmethod_new(vm, v);
  if (name == SK_NAME(vm, dunder_init_subclass) || name == SK_NAME(vm, dunder_class_getitem)) return descr_classmethod_new(vm, v);
  return v;
}

static void fill_namespace(SkVm *vm, SkType *t, SkDict *ns) {
  size_t i = 0;
  for (SkValue k, v; sk_dict_next(ns, &i, &k, &v);) {
    if (!sk_is_str(k)) { /* useless, but allowed */
      SkCell *cell = sk_cell_new(vm, v);
      sk_dict_set(vm, t->ns, k, sk_from_ptr(cell));
      sk_warn(vm, SK_T_RuntimeWarning, "non-string key in the __dict__ of class %U", t->name);
      continue;
    }
    SkStr *name = sk_str_intern(vm, sk_as_str(k));
    if (name == SK_NAME(vm, dunder_qualname) || name == SK_NAME(vm, dunder_classcell) ||
        name == SK_NAME(vm, dunder_classdictcell))
      continue;
    put(vm, t, name, implied(vm, name, v));
  }
  if (!sk_type_own_cell(vm, t, SK_NAME(vm, dunder_module))) {
    SkDict *globals = sk_frame_globals(vm);
    SkValue module = globals ? sk_dict_get_str(vm, globals, SK_NAME(vm, dunder_name)) : SK_UNSET;
    if (!sk_is_unset(module)) put(vm, t, SK_NAME(vm, dunder_module), module);
  }
}

/* Comes after the members, where CPython has it. */
static void fill_defaults(SkVm *vm, SkType *t) {
  if (!sk_type_own_cell(vm, t, SK_NAME(vm, dunder_doc))) put(vm, t, SK_NAME(vm, dunder_doc), SK_NONE);
  if (sk_type_own_cell(vm, t, SK_SLOT_NAME(vm, eq)) && !sk_type_own_cell(vm, t, SK_SLOT_NAME(vm, hash)))
    put(vm, t, SK_SLOT_NAME(vm, hash), SK_NONE);
}

static SkStr *qualname_of(SkVm *vm, SkDict *ns, SkStr *name) {
  SkValue v = sk_dict_get_str(vm, ns, SK_NAME(vm, dunder_qualname));
  if (sk_is_unset(v)) return name;
  if (!sk_is_str(v)) sk_raise_type(vm, "type __qualname__ must be a str, not %T", v);
  return sk_as_str(v);
}

static void fill_classcell(SkVm *vm, SkType *t, SkDict *ns) {
  SkValue v = sk_dict_get_str(vm, ns, SK_NAME(vm, dunder_classcell));
  if (sk_is_unset(v)) return;
  if (!sk_has_kind(v, SK_KIND_CELL)) sk_raise_type(vm, "__classcell__ must be a nonlocal cell, not %R", sk_from_ptr(sk_type_of(vm, v)));
  SkCell *c = sk_ptr(v);
  sk_write(vm, c, &c->value, sk_from_ptr(t));
}

/* Type scopes of the class look its names up lazily: from now on in the class itself. */
static void fill_classdictcell(SkVm *vm, SkType *t, SkDict *ns) {
  SkValue v = sk_dict_get_str(vm, ns, SK_NAME(vm, dunder_classdictcell));
  if (sk_is_unset(v)) return;
  if (!sk_has_kind(v, SK_KIND_CELL))
    sk_raise_type(vm, "__classdictcell__ must be a nonlocal cell, not %R", sk_from_ptr(sk_type_of(vm, v)));
  SkCell *c = sk_ptr(v);
  SkValue dict = sk_getattr(vm, sk_from_ptr(t), SK_NAME(vm, dunder_dict));
  sk_write(vm, c, &c->value, dict);
}

/* ---- after the class exists --------------------------------------------------------------------------------- */

typedef struct SetName { SkValue method, owner, name; } SetName;

static void call_set_name(SkVm *vm, void *arg) {
  SetName *s = arg;
  sk_call2(vm, s->method, s->owner, s->name);
}

static void set_names(SkVm *vm, SkType *t) {
  SkDict *names = sk_dict_copy(vm, t->ns); /* __set_name__ may change the class */
  size_t i = 0;
  for (SkValue k, cell; sk_dict_next(names, &i, &k, &cell);) {
    SkValue v = ((SkCell *)sk_ptr(cell))->value;
    SetName s = {sk_lookup_special(vm, v, SK_NAME(vm, dunder_set_name)), sk_from_ptr(t), k};
    if (sk_is_unset(s.method) || sk_protect(vm, call_set_name, &s)) continue;
    SkValue exc = sk_take_raised(vm);
    SkStr *note = sk_format(vm, "Error calling __set_name__ on '%T' instance %R in '%U'", v, k, t->name);
    sk_exc_add_note(vm, sk_as_exc(exc), note);
    sk_throw(vm, exc);
  }
}

/* super(t, t).__init_subclass__(**kwargs) */
static void init_subclass(SkVm *vm, SkType *t, const SkValue *kwvalues, SkTuple *kwnames) {
  size_t at = 0;
  while (at < t->mro->count && !sk_is(t->mro->items[at], sk_from_ptr(t))) at++;
  if (at == t->mro->count) /* a metaclass's mro() left it out */
    sk_raise_type(vm, "super(type, obj): obj (type %U) is not an instance or subtype of type (%U).", t->name, t->name);
  for (size_t i = at + 1; i < t->mro->count; i++) {
    SkType *c = sk_as_type(t->mro->items[i]);
    SkCell *cell = sk_type_own_cell(vm, c, SK_NAME(vm, dunder_init_subclass));
    if (!cell) continue;
    if (c == vm->types[SK_T_object] && !(kwnames && kwnames->count)) return;
    SkDescrGetFn get = SK_SLOTS(vm, cell->value)->descr_get;
    SkValue f = get ? get(vm, cell->value, SK_UNSET, sk_from_ptr(t)) : cell->value;
    sk_call(vm, f, kwvalues, 0, kwnames);
    return;
  }
}

/* ---- making it ---------------------------------------------------------------------------------------------------- */

enum { PASSED_ON = SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE | SK_TYPE_SEQUENCE | SK_TYPE_MAPPING | SK_TYPE_MATCH_SELF |
                   SK_TYPE_EXCEPTION | SK_TYPE_METACLASS | SK_TYPE_NO_NEW };

static unsigned inline_room(SkVm *vm, SkType *t, SkDict *ns) {
  SkValue v = sk_dict_get_str(vm, ns, SK_NAME(vm, dunder_static_attributes));
  bool known = sk_is_tuple(v);
  unsigned n = known ? (unsigned)(sk_as_tuple(v)->count < CAP_MOST ? sk_as_tuple(v)->count : CAP_MOST) : CAP_DEFAULT;
  if (t->base->flags & SK_TYPE_HEAP) n += t->base->learned_cap;
  return n > CAP_MOST ? CAP_MOST : n;
}

static void layout(SkVm *vm, SkType *t, SkDict *ns) {
  t->learned_cap = t->flags & SK_TYPE_HAS_DICT ? (uint8_t)inline_room(vm, t, ns) : 0;
  t->instance_shape = sk_shape_root(vm, t, t->reserved + t->learned_cap);
}

/* Sequence and mapping marks may come from any base. */
static uint32_t collected_flags(SkTuple *bases) {
  for (size_t i = 0; i < bases->count; i++) {
    uint32_t f = sk_as_type(bases->items[i])->flags & (SK_TYPE_SEQUENCE | SK_TYPE_MAPPING);
    if (f) return f;
  }
  return 0;
}

static SkType *make(SkVm *vm, SkType *meta, SkStr *name, SkTuple *bases, SkType *base) {
  SkType *t = sk_alloc(vm, sizeof(SkType), SK_KIND_TYPE, meta->instance_shape->id);
  t->id = SK_T_COUNT;
  t->base = base;
  t->bases = bases;
  t->name = t->qualname = name;
  t->kind = base->kind;
  t->size = base->size;
  t->reserved = base->reserved;
  t->def = base->def;
  t->slots = base->slots;
  t->new_native = base->new_native;
  t->init_native = base->init_native;
  t->flags = (base->flags & PASSED_ON) | SK_TYPE_HEAP | collected_flags(bases);
  return t;
}

SkValue sk_type_new(SkVm *vm, SkType *meta, SkStr *name, SkTuple *bases, SkValue namespace, const SkValue *kwvalues, SkTuple *kwnames) {
  SkDict *ns = sk_as_dict(namespace);
  type_check_name(vm, name);
  if (bases->count == 0) bases = sk_tuple_pack(vm, 1, sk_from_ptr(vm->types[SK_T_object]));
  for (size_t i = 0; i < bases->count; i++)
    if (sk_is_type(bases->items[i]) && !sk_as_type(bases->items[i])->mro) /* inside its metaclass's mro() */
      sk_raise_type(vm, "Cannot extend an incomplete type '%U'", sk_as_type(bases->items[i])->name);
  SkType *base = type_best_base(vm, bases);
  Members members = type_plan_members(vm, name, base, bases, ns);
  SkStr *qualname = qualname_of(vm, ns, name);
  SkType *t = make(vm, meta, name, bases, base);
  sk_write_ptr(vm, t, &t->qualname, qualname);
  sk_write_ptr(vm, t, &t->ns, sk_dict_new(vm));
  fill_namespace(vm, t, ns);
  type_add_members(vm, t, &members);
  fill_defaults(vm, t);
  layout(vm, t, ns);
  fill_classcell(vm, t, ns);
  SkTuple *mro = type_call_mro(vm, t);
  sk_write_ptr(vm, t, &t->mro, mro);
  type_init_slots(vm, t);
  for (size_t i = 0; i < bases->count; i++) type_add_subclass(vm, sk_as_type(bases->items[i]), t);
  type_refresh_flags(vm, t);
  fill_classdictcell(vm, t, ns);
  set_names(vm, t);
  init_subclass(vm, t, kwvalues, kwnames);
  return sk_from_ptr(t);
}

/* ---- type.__new__, type.__init__, type.__call__ --------------------------------------------------------------------- */

static SkTuple *checked_bases(SkVm *vm, SkTuple *bases) {
  for (size_t i = 0; i < bases->count; i++) {
    SkValue b = bases->items[i];
    if (!sk_is_type(b) && !sk_is_unset(sk_getattr_opt(vm, b, SK_NAME(vm, dunder_mro_entries))))
      sk_raise_type(vm, "type() doesn't support MRO entry resolution; use types.new_class()");
  }
  return bases;
}

SkValue type_new_slot(SkVm *vm, SkType *meta, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  if (nargs != 3) sk_raise_type(vm, "type.__new__() takes exactly 3 arguments (%zu given)", nargs);
  if (!sk_is_str(args[0])) sk_raise_type(vm, "type.__new__() argument 1 must be str, not %T", args[0]);
  if (!sk_is_tuple(args[1])) sk_raise_type(vm, "type.__new__() argument 2 must be tuple, not %T", args[1]);
  if (!sk_is_dict(args[2])) sk_raise_type(vm, "type.__new__() argument 3 must be dict, not %T", args[2]);
  SkTuple *bases = checked_bases(vm, sk_as_tuple(args[1]));
  SkType *winner = sk_metaclass_for(vm, meta, bases);
  if (winner != meta && winner->slots->new_ != type_new_slot) return winner->slots->new_(vm, winner, args, nargs, kwnames);
  return sk_type_new(vm, winner, sk_as_str(args[0]), bases, args[2], args + 3, kwnames);
}

static SkValue type_new(SkVm *vm, const SkValue *args) {
  SkDict *kw = sk_as_dict(args[2]);
  SkTuple *rest = sk_as_tuple(args[1]);
  SkValues *all = sk_values_new(vm, rest->count + kw->live + 1);
  SkTuple *names = kw->live ? sk_tuple_new(vm, kw->live) : NULL;
  size_t n = rest->count, i = 0, k = 0;
  for (size_t j = 0; j < n; j++) all->items[j] = rest->items[j];
  for (SkValue key, v; sk_dict_next(kw, &i, &key, &v); k++) {
    names->items[k] = key;
    all->items[n + k] = v;
  }
  SkValue v = type_new_slot(vm, sk_as_type(args[0]), all->items, n, names);
  sk_keep(all);
  return v;
}
const SkNativeDef type_new_def = {"__new__(cls, /, *args, **kwargs)", "Create and return a new object.", type_new};

void type_init_slot(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  (void)self, (void)args;
  if (nargs == 1 && kwnames && kwnames->count) sk_raise_type(vm, "type.__init__() takes no keyword arguments");
  if (nargs != 1 && nargs != 3) sk_raise_type(vm, "type.__init__() takes 1 or 3 arguments");
}

SkValue sk_type_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkType *cls = sk_as_type(self);
  if (cls == vm->types[SK_T_type]) {
    if (nargs == 1 && !(kwnames && kwnames->count)) return sk_from_ptr(sk_type_of(vm, args[0]));
    if (nargs != 3) sk_raise_type(vm, "type() takes 1 or 3 arguments");
  }
  if (!cls->slots->new_) sk_raise_type(vm, "cannot create '%U' instances", sk_type_fullname(vm, cls));
  SkValue v = cls->slots->new_(vm, cls, args, nargs, kwnames);
  SkType *made = sk_type_of(vm, v);
  if ((made == cls || sk_type_is_subtype(made, cls)) && made->slots->init) made->slots->init(vm, v, args, nargs, kwnames);
  return v;
}

/* ---- C.__bases__ = ... -------------------------------------------------------------------------------------------------- */

/* mro() of a metaclass may assign __bases__ itself: then the inner assignment has the last word. */
typedef struct Mros { SkList *types, *old, *renewed; } Mros;

static void renew_mro(SkVm *vm, SkType *t, void *arg) {
  Mros *saved = arg;
  SkTuple *old = t->mro, *mro = type_call_mro(vm, t);
  if (t->mro != old) return;
  sk_list_append(vm, saved->types, sk_from_ptr(t));
  sk_list_append(vm, saved->old, sk_from_ptr(old));
  sk_list_append(vm, saved->renewed, sk_from_ptr(mro));
  sk_write_ptr(vm, t, &t->mro, mro);
  type_flush(vm, t);
  type_each_subclass(vm, t, renew_mro, arg);
}

static void check_new_bases(SkVm *vm, SkType *t, SkTuple *bases) {
  if (bases->count == 0) sk_raise_type(vm, "can only assign non-empty tuple to %U.__bases__, not ()", t->name);
  for (size_t i = 0; i < bases->count; i++) {
    SkValue b = bases->items[i];
    if (!sk_is_type(b)) sk_raise_type(vm, "%U.__bases__ must be tuple of classes, not '%T'", t->name, b);
    bool cycle = sk_type_is_subtype(sk_as_type(b), t);
    for (SkType *c = sk_as_type(b); c && !cycle; c = c->base) cycle = c == t; /* the mro is behind while mro() runs */
    if (cycle) sk_raise_type(vm, "a __bases__ item causes an inheritance cycle");
  }
}

typedef struct Rebase { SkType *t; Mros saved; } Rebase;

static void rebase_protected(SkVm *vm, void *arg) {
  Rebase *r = arg;
  renew_mro(vm, r->t, &r->saved);
}

static void undo_rebase(SkVm *vm, const Mros *m) {
  for (size_t i = 0; i < m->types->count; i++) {
    SkType *c = sk_as_type(sk_list_items(m->types)[i]);
    if (sk_is(sk_from_ptr(c->mro), sk_list_items(m->renewed)[i])) sk_write_ptr(vm, c, &c->mro, sk_as_tuple(sk_list_items(m->old)[i]));
  }
}

static void redo_slots(SkVm *vm, SkType *t, void *arg) {
  for (int id = 0; id < SK_SLOT_COUNT; id++) type_update_slots(vm, t, slot_name(vm, id));
  (void)arg;
}

void type_set_bases(SkVm *vm, SkValue self, SkValue v) {
  SkType *t = sk_as_type(self);
  if (!(t->flags & SK_TYPE_HEAP)) sk_raise_type(vm, "cannot set '__bases__' attribute of immutable type '%U'", t->name);
  if (sk_is_unset(v)) sk_raise_type(vm, "cannot delete '__bases__' attribute of immutable type '%U'", t->name);
  if (!sk_is_tuple(v)) sk_raise_type(vm, "can only assign tuple to %U.__bases__, not %T", t->name, v);
  SkTuple *bases = sk_as_tuple(v), *old_bases = t->bases;
  check_new_bases(vm, t, bases);
  SkType *base = type_best_base(vm, bases), *old_base = t->base;
  if (!type_swappable(vm, base, old_base))
    sk_raise_type(vm, "__bases__ assignment: '%U' object layout differs from '%U'", base->name, old_base->name);
  Rebase r = {t, {sk_list_new(vm, 4), sk_list_new(vm, 4), sk_list_new(vm, 4)}};
  type_flush(vm, t);
  sk_write_ptr(vm, t, &t->bases, bases);
  sk_write_ptr(vm, t, &t->base, base);
  if (!sk_protect(vm, rebase_protected, &r)) {
    SkValue exc = sk_take_raised(vm);
    undo_rebase(vm, &r.saved);
    if (t->bases == bases) {
      sk_write_ptr(vm, t, &t->bases, old_bases);
      sk_write_ptr(vm, t, &t->base, old_base);
    }
    type_flush(vm, t);
    sk_throw(vm, exc);
  }
  if (t->bases != bases) return;
  for (size_t i = 0; i < old_bases->count; i++) type_remove_subclass(vm, sk_as_type(old_bases->items[i]), t);
  for (size_t i = 0; i < bases->count; i++) type_add_subclass(vm, sk_as_type(bases->items[i]), t);
  type_flush(vm, t);
  redo_slots(vm, t, NULL);
  type_refresh_flags(vm, t);
}
