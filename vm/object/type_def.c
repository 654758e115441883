/* type_def.c - classes made from SkTypeDef records, and the birth of the object world.       Layer 6.
 *
 * Birth order: every built-in class gets its cell, its slots and its shape first, because anything else (strings,
 * tuples, dicts) is an instance of one; then names; then bases in the order of types.def.  Namespaces come
 * when somebody looks (type_ns.c).  The collector sleeps meanwhile.
 */
#include "vm/object/dict.h"
#include "vm/object/object_impl.h"

void slot_names_init(SkVm *vm);

#define TYPE(id, definition) extern const SkTypeDef definition;
#include "vm/heap/types.def"
#undef TYPE

static const SkTypeDef *const builtin_defs[] = {
#define TYPE(id, definition) [SK_T_##id] = &definition,
#include "vm/heap/types.def"
#undef TYPE
};
enum { BUILTIN_DEFS = sizeof builtin_defs / sizeof *builtin_defs };

static const SkTypeDef *def_of(int id) { return id < BUILTIN_DEFS ? builtin_defs[id] : sk_exc_typedef(id); }

/* ---- from a definition to a class ------------------------------------------------------------------ */

enum {
  INHERITED = SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE | SK_TYPE_SEQUENCE | SK_TYPE_MAPPING | SK_TYPE_MATCH_SELF |
              SK_TYPE_EXCEPTION | SK_TYPE_METACLASS
};

static const char *short_name(const SkTypeDef *def) {
  const char *dot = strrchr(def->name, '.');
  return dot ? dot + 1 : def->name;
}

static void fill_layout(SkVm *vm, SkType *t, const SkTypeDef *def, SkType *base) {
  sk_barrier(vm, t);
  t->def = def;
  t->base = base;
  t->kind = (uint8_t)(def->kind ? def->kind : base->kind);
  t->size = def->size ? def->size : base->size;
  t->flags = def->flags | SK_TYPE_IMMUTABLE | (base ? base->flags & INHERITED : 0);
}

static bool adds_slots(const SkTypeDef *def) {
  for (int id = 0; id < SK_SLOT_COUNT; id++)
    if (slot_pointer(&def->slots, id)) return true;
  return def->new_ || def->init_ || (def->flags & SK_TYPE_NO_NEW);
}

static void complete_slots(SkSlots *s, const SkTypeDef *def, const SkSlots *base) {
  if (base) *s = *base;
  for (int id = 0; id < SK_SLOT_COUNT; id++)
    if (slot_pointer(&def->slots, id)) ((void **)s)[id] = slot_pointer(&def->slots, id);
  if (def->slots.eq && !def->slots.hash) s->hash = sk_hash_refuse;
  if (def->new_ && !def->slots.new_) s->new_ = sk_native_new_slot;
  if (def->init_ && !def->slots.init) s->init = sk_native_init_slot;
  if (def->flags & SK_TYPE_NO_NEW) s->new_ = NULL;
}

static void fill_bases(SkVm *vm, SkType *t, SkType *second) {
  SkType *base = t->base;
  SkTuple *bases = !base ? vm->empty_tuple : sk_tuple_pack(vm, second ? 2 : 1, sk_from_ptr(base), second ? sk_from_ptr(second) : SK_NONE);
  sk_write_ptr(vm, t, &t->bases, bases);
  SkValue self = sk_from_ptr(t);
  sk_write_ptr(vm, t, &t->mro, base ? type_compute_mro(vm, t) : sk_tuple_from(vm, &self, 1));
  if (t->id != SK_T_COUNT) return; /* type_each_subclass() knows the built-in ones */
  for (size_t i = 0; i < bases->count; i++) type_add_subclass(vm, sk_as_type(bases->items[i]), t);
}

/* An own __del__ of a class that watches its instances itself does not count (SK_TYPE_OWN_WATCH). */
static bool has_del(SkVm *vm, const SkType *t) {
  if (type_defines(vm, t, SK_NAME(vm, dunder_del))) return !(t->flags & SK_TYPE_OWN_WATCH);
  return t->base && (t->base->flags & SK_TYPE_HAS_DEL);
}

static void fill_rest(SkVm *vm, SkType *t, const SkTypeDef *def, SkType *second) {
  SkStr *name = sk_intern(vm, short_name(def));
  sk_write_ptr(vm, t, &t->name, name);
  sk_write_ptr(vm, t, &t->qualname, name);
  fill_bases(vm, t, second);
  bool hook = t->slots->getattribute && slot_is_dispatcher(t->slots, SK_SLOT_getattribute); /* the base may be a script's */
  t->flags |= SK_TYPE_LAZY | (has_del(vm, t) ? SK_TYPE_HAS_DEL : 0) | (hook ? SK_TYPE_GETATTR_HOOK : 0);
}

SkType *type_alloc(SkVm *vm, SkType *meta) {
  SkType *t = sk_alloc(vm, sizeof(SkType), SK_KIND_TYPE, meta->instance_shape->id);
  t->id = SK_T_COUNT;
  t->slots = vm->types[SK_T_object]->slots; /* until filled: the heap may look at it */
  return t;
}

SkType *sk_type_from_def_base(SkVm *vm, const SkTypeDef *def, SkType *base) {
  SkType *t = type_alloc(vm, vm->types[SK_T_type]);
  fill_layout(vm, t, def, base);
  t->slots = base->slots;
  if (adds_slots(def)) {
    SkSlots *own = sk_mem_new(vm, sizeof *own);
    if (!own) sk_raise_nomem(vm);
    complete_slots(own, def, base->slots);
    t->slots = own;
    t->slots_owned = 1;
  }
  t->instance_shape = sk_shape_root(vm, t, 0);
  fill_rest(vm, t, def, NULL);
  return t;
}

SkType *sk_type_from_def(SkVm *vm, const SkTypeDef *def) { return sk_type_from_def_base(vm, def, vm->types[def->base]); }

/* ---- slots of the built-in classes: tables that only lack what C can't write down, inheritance.  Completed before main()
 * begins and never written again, so every VM of the process reads the same ones ---- */

static const SkSlots *built_in_slots[SK_T_COUNT];

__attribute__((constructor)) static void complete_built_in_slots(void) {
  static SkSlots tables[SK_T_COUNT];
  SkSlots *next = tables;
  for (int id = 0; id < SK_T_COUNT; id++) {
    const SkTypeDef *def = def_of(id);
    const SkSlots *base = id == SK_T_object ? NULL : built_in_slots[def->base];
    built_in_slots[id] = base;
    if (base && !adds_slots(def)) continue;
    complete_slots(next, def, base);
    built_in_slots[id] = next++;
  }
}

/* ---- birth of the VM's classes ----------------------------------------------------------------------- */

/* Cells, layouts and shapes of all built-in classes; the first shape made (id 1) is that of classes. */
static void make_cells(SkVm *vm) {
  for (int id = 0; id < SK_T_COUNT; id++) {
    vm->types[id] = sk_alloc(vm, sizeof(SkType), SK_KIND_TYPE, 1);
    vm->types[id]->id = (uint32_t)id;
  }
  fill_layout(vm, vm->types[SK_T_object], def_of(SK_T_object), NULL);
  fill_layout(vm, vm->types[SK_T_type], def_of(SK_T_type), vm->types[SK_T_object]);
  SkType *type = vm->types[SK_T_type];
  type->flags |= SK_TYPE_METACLASS;
  type->instance_shape = sk_shape_root(vm, type, 0);
  sk_assert(type->instance_shape->id == 1);
  for (int id = 0; id < SK_T_COUNT; id++) {
    SkType *t = vm->types[id];
    const SkTypeDef *def = def_of(id);
    if (id > SK_T_type) fill_layout(vm, t, def, vm->types[def->base]);
    t->slots = built_in_slots[id];
    if (id != SK_T_type) t->instance_shape = sk_shape_root(vm, t, 0);
  }
}

static void make_names(SkVm *vm) {
  static const char *const texts[SK_N_COUNT] = {
#define SLOT(field, signature, name) name,
#include "vm/heap/slots.def"
#undef SLOT
#define NAME(field, text) text,
#include "vm/heap/names.def"
#undef NAME
  };
  for (int i = 0; i < SK_N_COUNT; i++) vm->names[i] = sk_intern(vm, texts[i]);
  slot_names_init(vm);
}

static void drop_dead_lines(SkVm *vm, void *arg) {
  (void)vm;
  ObjectState *st = arg;
  for (uint32_t i = 0; i < st->cache_size; i++) {
    MethodCacheLine *l = &st->cache[i];
    if (l->type && !(sk_gc_is_live(l->type) && sk_gc_is_live(l->name) && (!l->cell || sk_gc_is_live(l->cell))))
      *l = (MethodCacheLine){0};
  }
}

static void mark_state(SkMarker *m, void *arg) {
  ObjectState *st = arg;
  signature_mark_all(m, st);
}

/* ExceptionGroup is an Exception too. */
static SkType *second_base(SkVm *vm, int id) { return id == SK_T_ExceptionGroup ? vm->types[SK_T_Exception] : NULL; }

void sk_objects_init(SkVm *vm) {
  bool was_on = sk_gc_enable(vm, false);
  ObjectState *st = sk_mem_new(vm, sizeof *st);
  if (!st) sk_raise_nomem(vm);
  vm->method_cache = st;
  st->cache = sk_mem_new(vm, METHOD_CACHE_FIRST * sizeof *st->cache);
  if (!st->cache) sk_raise_nomem(vm);
  st->cache_size = METHOD_CACHE_FIRST;
  vm->handled = vm->asyncgen_firstiter = vm->asyncgen_finalizer = SK_NONE;
  make_cells(vm);
  make_names(vm);
  vm->empty_tuple = sk_object_new_id(vm, SK_T_tuple, 0);
  for (int id = 0; id < SK_T_COUNT; id++) fill_rest(vm, vm->types[id], def_of(id), second_base(vm, id));
  vm->empty_frozenset = sk_from_ptr(sk_object_new_id(vm, SK_T_frozenset, 0));
  vm->empty_bytes = sk_from_ptr(sk_bytes_new(vm, NULL, 0));
  vm->modules = sk_dict_new(vm);
  vm->module_state = sk_dict_new(vm);
  sk_root_add(vm, mark_state, st);
  sk_gc_after_mark(vm, drop_dead_lines, st);
  sk_gc_set_handlers(vm, sk_run_del, sk_weakref_died);
  sk_exceptions_init(vm);
  sk_gc_enable(vm, was_on);
}

void sk_objects_free(SkVm *vm) {
  ObjectState *st = object_state(vm);
  if (!st) return;
  signature_free_all(vm, st);
  shapes_free(vm);
  sk_mem_free(vm, st->cache, st->cache_size * sizeof *st->cache);
  sk_mem_free(vm, st, sizeof *st);
  vm->method_cache = NULL;
  sk_intern_free(vm);
}

/* ---- classes that only some module needs: in vm->module_state under the definition's address, a small int that no module
 * name can equal ---- */

SkType *sk_library_type(SkVm *vm, const SkTypeDef *def) {
  SkValue key = sk_smallint((int64_t)(uintptr_t)def);
  if (!vm->module_state) vm->module_state = sk_dict_new(vm);
  SkDictEntry *e = sk_dict_peek(vm->module_state, key);
  SkValue v = e ? e->value : sk_dict_get(vm, vm->module_state, key);
  if (sk_is_unset(v)) {
    v = sk_from_ptr(sk_type_from_def(vm, def));
    sk_dict_set(vm, vm->module_state, key, v);
  }
  return (SkType *)sk_ptr(v);
}
