/* type_slots.c - keeps a class's slot table true to its attributes.                        Layer 6.
 *
 * A slot of a Python class holds what the special method found along the mro says: the C function
 * itself when that is a slot wrapper of a built-in ancestor, else a dispatcher (slots.c) that calls the
 * method.  Tables are shared with the base until something differs.
 */
#include "vm/object/object_impl.h"

/* ---- names of slots ------------------------------------------------------------------------------- */

static uint32_t spread(const SkStr *name) {
  uint64_t x = (uint64_t)(uintptr_t)name >> 4;
  return (uint32_t)(x ^ x >> 11);
}

int slot_by_name(const SkVm *vm, const SkStr *name) {
  ObjectState *st = object_state(vm);
  for (uint32_t i = spread(name) % SLOT_NAMES_ROOM; st->slot_names[i].name; i = (i + 1) % SLOT_NAMES_ROOM)
    if (st->slot_names[i].name == name) return st->slot_names[i].id;
  return SK_SLOT_NONE;
}

/* Called once names are interned. */
void slot_names_init(SkVm *vm) {
  ObjectState *st = object_state(vm);
  for (int id = 0; id <= SK_SLOT_COUNT; id++) {
    /* __getattr__ has no slot of its own: it is part of what getattribute does. */
    SkStr *name = id < SK_SLOT_COUNT ? slot_name(vm, id) : SK_NAME(vm, dunder_getattr);
    uint32_t i = spread(name) % SLOT_NAMES_ROOM;
    while (st->slot_names[i].name) i = (i + 1) % SLOT_NAMES_ROOM;
    st->slot_names[i] = (SlotName){name, id < SK_SLOT_COUNT ? id : SK_SLOT_getattribute};
  }
}

SkStr *slot_name(const SkVm *vm, int id) { return vm->names[SK_N_slot_repr + id]; }

void *slot_pointer(const SkSlots *slots, int id) { return ((void *const *)slots)[id]; }

/* ---- what belongs into a slot ------------------------------------------------------------------------ */

static SkType *wrapper_owner(const SkVm *vm, SkValue v, int id) {
  if (sk_type_of(vm, v) != vm->types[SK_T_wrapper_descriptor]) return NULL;
  SkDescr *d = (SkDescr *)sk_ptr(v);
  return d->slot_id == id ? d->owner : NULL;
}

static bool is_native_new(const SkVm *vm, SkValue v) {
  return sk_type_of(vm, v) == vm->types[SK_T_builtin_function_or_method] && ((SkNative *)sk_ptr(v))->owner &&
         sk_object(v)->aux & SK_NATIVE_NEW;
}

static void *compute(SkVm *vm, SkType *t, int id) {
  if (id == SK_SLOT_getattribute && sk_type_lookup_cell(vm, t, SK_NAME(vm, dunder_getattr))) return slot_dispatcher(id);
  SkCell *cell = sk_type_lookup_cell(vm, t, slot_name(vm, id));
  if (!cell) return NULL;
  SkValue v = cell->value;
  if (id == SK_SLOT_hash && sk_is_none(v)) return (void *)sk_hash_refuse;
  if (id == SK_SLOT_new_ && is_native_new(vm, v)) {
    SkType *owner = ((SkNative *)sk_ptr(v))->owner;
    sk_write_ptr(vm, t, &t->new_native, type_new_native(vm, owner));
    return slot_pointer(owner->slots, id);
  }
  SkType *owner = wrapper_owner(vm, v, id);
  if (!owner || !sk_type_is_subtype(t, owner)) return slot_dispatcher(id);
  if (id == SK_SLOT_init) sk_write_ptr(vm, t, &t->init_native, type_init_native(vm, owner));
  return slot_pointer(owner->slots, id);
}

static void assign(SkVm *vm, SkType *t, int id, void *fn) {
  if (slot_pointer(t->slots, id) == fn) return;
  if (!t->slots_owned) {
    SkSlots *own = sk_mem_new(vm, sizeof *own);
    if (!own) sk_raise_nomem(vm);
    *own = *t->slots;
    t->slots = own;
    t->slots_owned = 1;
  }
  ((void **)t->slots)[id] = fn;
}

typedef struct Update { int id; } Update;

static void update_one(SkVm *vm, SkType *t, void *arg) {
  int id = ((Update *)arg)->id;
  assign(vm, t, id, compute(vm, t, id));
  type_each_subclass(vm, t, update_one, arg);
}

void type_update_slots(SkVm *vm, SkType *t, SkStr *name) {
  Update u = {slot_by_name(vm, name)};
  update_one(vm, t, &u);
}

/* t->slots is still the base's.  With one base only the names in the namespace can differ. */
void type_init_slots(SkVm *vm, SkType *t) {
  if (t->bases->count == 1 && t->mro->count == t->base->mro->count + 1) {
    size_t i = 0;
    for (SkValue k, v; sk_dict_next(t->ns, &i, &k, &v);) {
      int id = sk_is_str(k) ? slot_by_name(vm, sk_as_str(k)) : SK_SLOT_NONE;
      if (id >= 0) assign(vm, t, id, compute(vm, t, id));
    }
    return;
  }
  for (int id = 0; id < SK_SLOT_COUNT; id++) assign(vm, t, id, compute(vm, t, id));
}

SkValue sk_slot_python_method(SkVm *vm, SkType *t, SkSlotId slot) {
  if (!slot_is_dispatcher(t->slots, slot)) return SK_UNSET;
  if (slot == SK_SLOT_getattribute && sk_type_lookup_cell(vm, t, SK_NAME(vm, dunder_getattr))) return SK_UNSET;
  SkValue f = sk_type_lookup(vm, t, slot_name(vm, slot));
  if (slot == SK_SLOT_new_ && sk_type_of(vm, f) == vm->types[SK_T_staticmethod]) f = ((SkDescr *)sk_ptr(f))->func;
  return sk_is_func(f) ? f : SK_UNSET;
}
