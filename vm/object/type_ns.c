/* type_ns.c - namespaces of built-in classes, made attribute by attribute as they are looked at.     Layer 6.
 *
 * A class made from a definition begins with SK_TYPE_LAZY and without a namespace.  A lookup searches the definition, which
 * allocates nothing, and makes the one attribute that it finds; that is a cell like any other, kept in |ns| for good.  Who wants
 * the whole (dir, __dict__, an assignment) gets all attributes in the definition's order, with the cells that are there already.
 * A class that is asked very often for what it does not have is filled too: then a miss costs one probe of a dict.
 *
 * Invariant: a lookup gives the same cell before and after, so no cache need be told.
 */
#include "vm/object/object_impl.h"

enum { MOST_MISSES = 64 };

/* One attribute of a definition. */
typedef enum Source { FROM_NOTHING, FROM_NEW, FROM_SLOT, FROM_NO_HASH, FROM_ATTR, FROM_DOC } Source;
typedef struct Entry { Source source; int slot; const SkAttrDef *attr; } Entry;

static const SkAttrDef dict_attr = SK_DICT_ATTR;

/* ---- searching a definition ----------------------------------------------------------------------------- */

static bool is_method(const SkAttrDef *a) {
  return a->kind == SK_ATTR_METHOD || a->kind == SK_ATTR_CLASSMETHOD || a->kind == SK_ATTR_STATICMETHOD;
}

static bool is_named(const SkAttrDef *a, const SkStr *name) {
  const char *p = is_method(a) ? a->def->signature : a->name;
  for (size_t i = 0; i < name->bytes; i++)
    if (p[i] != name->data[i] || !p[i]) return false;
  return p[name->bytes] == 0 || p[name->bytes] == '(';
}

/* The first class of its line whose instances have a dict shows it. */
static bool brings_dict(const SkType *t) {
  return (t->flags & SK_TYPE_HAS_DICT) && !(t->base && (t->base->flags & SK_TYPE_HAS_DICT));
}

static bool hides_hash(const SkTypeDef *def) { return def->slots.eq && !def->slots.hash; }

/* |name| is interned.  What the attributes say goes before what follows from the slots. */
static Entry find_entry(SkVm *vm, const SkType *t, const SkStr *name) {
  const SkTypeDef *def = t->def;
  Entry e = {FROM_NOTHING, 0, NULL};
  for (const SkAttrDef *a = def->attrs; a && a->kind != SK_ATTR_END; a++)
    if (is_named(a, name)) e = (Entry){FROM_ATTR, 0, a};
  if (e.source || name->bytes < 5 || name->data[0] != '_' || name->data[1] != '_') return e;
  if (name == SK_SLOT_NAME(vm, new_)) return def->new_ ? (Entry){FROM_NEW, 0, NULL} : e;
  int id = slot_by_name(vm, name);
  if (id == SK_SLOT_hash && hides_hash(def)) return (Entry){FROM_NO_HASH, 0, NULL};
  if (id >= 0 && name == slot_name(vm, id)) {
    bool has = slot_pointer(&def->slots, id) || (id == SK_SLOT_init && def->init_);
    return has ? (Entry){FROM_SLOT, id, NULL} : e;
  }
  if (name == SK_NAME(vm, dunder_doc)) return (Entry){FROM_DOC, 0, NULL};
  if (name == SK_NAME(vm, dunder_dict) && brings_dict(t)) return (Entry){FROM_ATTR, 0, &dict_attr};
  return e;
}

bool type_defines(SkVm *vm, const SkType *t, SkStr *name) { return find_entry(vm, t, name).source != FROM_NOTHING; }

/* ---- making an attribute ------------------------------------------------------------------------------------ */

SkNative *type_new_native(SkVm *vm, SkType *t) {
  SkType *b = t;
  while (b && !b->new_native && ((b->flags & SK_TYPE_HEAP) || !b->def->new_)) b = b->base;
  if (!b) return NULL;
  if (!b->new_native) {
    SkNative *n = native_make(vm, b->def->new_, SK_T_builtin_function_or_method, b, sk_from_ptr(b));
    n->head.aux |= SK_NATIVE_NEW;
    sk_write_ptr(vm, b, &b->new_native, n);
  }
  if (b != t) sk_write_ptr(vm, t, &t->new_native, b->new_native);
  return b->new_native;
}

SkNative *type_init_native(SkVm *vm, SkType *t) {
  SkType *b = t;
  while (b && !b->init_native && ((b->flags & SK_TYPE_HEAP) || !b->def->init_)) b = b->base;
  if (!b) return NULL;
  if (!b->init_native) sk_write_ptr(vm, b, &b->init_native, native_make(vm, b->def->init_, SK_T_method_descriptor, b, SK_UNSET));
  if (b != t) sk_write_ptr(vm, t, &t->init_native, b->init_native);
  return b->init_native;
}

static SkValue make_attr(SkVm *vm, SkType *t, const SkAttrDef *a) {
  switch (a->kind) {
    case SK_ATTR_METHOD: return sk_from_ptr(native_make(vm, a->def, SK_T_method_descriptor, t, SK_UNSET));
    case SK_ATTR_CLASSMETHOD: return sk_from_ptr(native_make(vm, a->def, SK_T_classmethod_descriptor, t, SK_UNSET));
    case SK_ATTR_STATICMETHOD: {
      SkNative *n = native_make(vm, a->def, SK_T_builtin_function_or_method, t, sk_from_ptr(t));
      n->head.aux |= SK_NATIVE_STATIC;
      return descr_staticmethod_new(vm, sk_from_ptr(n));
    }
    case SK_ATTR_GETSET:
    case SK_ATTR_MEMBER: return descr_getset_new(vm, t, a);
    default: return a->make(vm);
  }
}

static SkValue make_value(SkVm *vm, SkType *t, Entry e) {
  switch (e.source) {
    case FROM_NEW: return sk_from_ptr(type_new_native(vm, t));
    case FROM_SLOT: return descr_wrapper_new(vm, t, e.slot);
    case FROM_ATTR: return make_attr(vm, t, e.attr);
    case FROM_DOC: return t->def->doc ? sk_from_ptr(sk_str_from_cstr(vm, t->def->doc)) : SK_NONE;
    default: return SK_NONE;
  }
}

static SkCell *known_cell(SkVm *vm, SkType *t, SkStr *name) {
  SkValue cell = t->ns ? sk_dict_get_str(vm, t->ns, name) : SK_UNSET;
  return sk_is_unset(cell) ? NULL : (SkCell *)sk_ptr(cell);
}

static SkCell *make_cell(SkVm *vm, SkType *t, SkStr *name, Entry e) {
  SkCell *cell = sk_cell_new(vm, make_value(vm, t, e));
  if (!t->ns) sk_write_ptr(vm, t, &t->ns, sk_dict_new(vm));
  SkCell *meanwhile = known_cell(vm, t, name); /* making a value may look at the class */
  if (meanwhile) return meanwhile;
  sk_dict_set_str(vm, t->ns, name, sk_from_ptr(cell));
  return cell;
}

static SkCell *lazy_cell(SkVm *vm, SkType *t, SkStr *name) {
  SkCell *cell = known_cell(vm, t, name);
  if (cell) return cell;
  name = sk_str_intern(vm, name);
  Entry e = find_entry(vm, t, name);
  if (e.source) return make_cell(vm, t, name, e);
  if (++t->misses >= MOST_MISSES) sk_type_ns(vm, t);
  return NULL;
}

SkCell *sk_type_own_cell(SkVm *vm, SkType *t, SkStr *name) {
  if (SK_UNLIKELY(t->flags & SK_TYPE_LAZY)) return lazy_cell(vm, t, name);
  return known_cell(vm, t, name);
}

/* ---- all of them ------------------------------------------------------------------------------------------------ */

static void put(SkVm *vm, SkType *t, SkDict *ns, SkStr *name) {
  SkCell *cell = known_cell(vm, t, name);
  if (!cell) cell = make_cell(vm, t, name, find_entry(vm, t, name));
  sk_dict_set_str(vm, ns, name, sk_from_ptr(cell));
}

static SkStr *attr_name(SkVm *vm, const SkAttrDef *a) {
  if (!is_method(a)) return sk_intern(vm, a->name);
  const char *text = a->def->signature;
  return sk_str_intern(vm, sk_str_new(vm, text, strcspn(text, "(")));
}

/* The table is complete before the class has it: an error on the way leaves the class as it was. */
SkDict *sk_type_ns(SkVm *vm, SkType *t) {
  if (!(t->flags & SK_TYPE_LAZY)) return t->ns;
  const SkTypeDef *def = t->def;
  SkDict *ns = sk_dict_new(vm);
  if (def->new_) put(vm, t, ns, SK_SLOT_NAME(vm, new_));
  if (def->init_) put(vm, t, ns, SK_SLOT_NAME(vm, init));
  for (int id = 0; id < SK_SLOT_COUNT; id++)
    if (slot_pointer(&def->slots, id) && id != SK_SLOT_new_) put(vm, t, ns, slot_name(vm, id));
  if (hides_hash(def)) put(vm, t, ns, SK_SLOT_NAME(vm, hash));
  for (const SkAttrDef *a = def->attrs; a && a->kind != SK_ATTR_END; a++) put(vm, t, ns, attr_name(vm, a));
  if (brings_dict(t)) put(vm, t, ns, SK_NAME(vm, dunder_dict));
  put(vm, t, ns, SK_NAME(vm, dunder_doc));
  sk_write_ptr(vm, t, &t->ns, ns);
  t->flags &= ~(uint32_t)SK_TYPE_LAZY;
  return ns;
}
