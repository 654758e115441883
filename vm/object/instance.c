/* instance.c - the storage of instance attributes: slots, overflow, dict mode.            Layer 6.
 *
 * object.h draws the layout.  An instance moves along the shape tree as attributes are set; it goes
 * into dict mode, for good, when its __dict__ is taken, when an attribute that was not the last one is
 * deleted, or when it has very many attributes.
 */
#include "vm/object/bytes.h"
#include "vm/object/object_impl.h"

enum { CAP_FIRST = 4, CAP_MAX = 32 };

SkType *sk_type_of_immediate(const SkVm *vm, SkValue v) {
  if (sk_is_smallint(v)) return vm->types[SK_T_int];
  if (sk_is_immfloat(v)) return vm->types[SK_T_float];
  if (sk_is_none(v)) return vm->types[SK_T_NoneType];
  if (sk_is_bool(v)) return vm->types[SK_T_bool];
  if (sk_is_notimplemented(v)) return vm->types[SK_T_NotImplementedType];
  sk_assert(sk_is(v, SK_ELLIPSIS));
  return vm->types[SK_T_ellipsis];
}

/* ---- birth ---------------------------------------------------------------------------------- */

void *sk_object_new(SkVm *vm, SkType *t, size_t extra_bytes) {
  SkShape *s = t->instance_shape;
  size_t bytes;
  if (s->slot_base) {
    bytes = (size_t)(s->slot_base + s->inline_cap) * 8;
  } else {
    if (SK_UNLIKELY(extra_bytes > SIZE_MAX / 2)) sk_raise_nomem(vm);
    bytes = t->size + extra_bytes;
    if (t->flags & SK_TYPE_HAS_DICT) bytes = ((bytes + 7) & ~(size_t)7) + 8;
  }
  SkObject *o = sk_alloc(vm, bytes, (SkKind)t->kind, s->id);
  for (unsigned i = 0; i < s->reserved; i++) sk_inline_slots(o, s)[i] = SK_UNSET;
  if (SK_UNLIKELY(t->flags & SK_TYPE_HAS_DEL)) sk_gc_watch(vm, o);
  return o;
}

void *sk_object_new_id(SkVm *vm, int type_id, size_t extra_bytes) {
  return sk_object_new(vm, vm->types[type_id], extra_bytes);
}

/* ---- places ----------------------------------------------------------------------------------- */

SkObject **sk_extra(SkVm *vm, SkObject *o, const SkShape *s) {
  (void)vm;
  if (s->slot_base) return (SkObject **)o + s->slot_base - 1;
  size_t items = 0;
  switch ((SkKind)o->kind) {
    case SK_KIND_TUPLE: items = ((SkTuple *)o)->count * 8; break;
    case SK_KIND_INT: items = (size_t)(((SkInt *)o)->size < 0 ? -((SkInt *)o)->size : ((SkInt *)o)->size) * 8; break;
    case SK_KIND_BYTES: items = ((SkBytes *)o)->length + 1; break;
    case SK_KIND_STR: items = o->aux & SK_STR_SHARED ? 0 : ((SkStr *)o)->bytes + 1; break;
    default: sk_assert(!"a kind of fixed size has its extra word before the slots");
  }
  return (SkObject **)((char *)o + ((s->cls->size + items + 7) & ~(size_t)7));
}

SkValue *sk_attr_place(SkVm *vm, SkObject *o, const SkShape *s, unsigned i) {
  if (i < s->inline_cap) return sk_inline_slots(o, s) + i;
  return &((SkValues *)*sk_extra(vm, o, s))->items[i - s->inline_cap];
}

bool sk_has_attributes(const SkVm *vm, SkValue o) {
  return sk_is_ptr(o) && (sk_shape_of(vm, o)->cls->flags & SK_TYPE_HAS_DICT);
}

/* The dict of an instance in dict mode. */
static SkDict *dict_of(SkVm *vm, SkObject *o, const SkShape *s) {
  SkObject **extra = sk_extra(vm, o, s);
  if (!*extra) {
    SkDict *d = sk_dict_new(vm);
    sk_write_ptr(vm, o, extra, &d->head);
  }
  return (SkDict *)*extra;
}

/* ---- reading and writing -------------------------------------------------------------------------- */

static SkStr *interned(SkVm *vm, SkStr *name) {
  return name->head.aux & SK_STR_INTERNED ? name : sk_str_intern(vm, name);
}

SkValue sk_instance_get(SkVm *vm, SkValue v, SkStr *name) {
  if (!sk_is_ptr(v)) return SK_UNSET;
  SkObject *o = sk_object(v);
  const SkShape *s = vm->shapes[o->shape];
  if (s->flags & SK_SHAPE_DICT) return sk_dict_get_str(vm, dict_of(vm, o, s), name);
  if (s->count == s->reserved) return SK_UNSET;
  int i = sk_shape_find(vm, s, interned(vm, name));
  return i < 0 ? SK_UNSET : *sk_attr_place(vm, o, s, (unsigned)i);
}

/* New instances get more inline room once one has outgrown its own. */
static void learn_capacity(SkVm *vm, SkType *t, unsigned count) {
  if (t->instance_shape->slot_base == 0 || !(t->flags & SK_TYPE_HEAP)) return;
  if (count <= t->learned_cap || t->learned_cap >= CAP_MAX) return;
  unsigned cap = t->learned_cap < CAP_FIRST ? CAP_FIRST : t->learned_cap * 2u;
  t->learned_cap = (uint8_t)(cap > CAP_MAX ? CAP_MAX : cap);
  t->instance_shape = sk_shape_root(vm, t, t->reserved + t->learned_cap);
}

static void extra_reserve(SkVm *vm, SkObject *o, const SkShape *s, unsigned index) {
  SkObject **extra = sk_extra(vm, o, s);
  SkValues *old = (SkValues *)*extra;
  if (old && index < old->count) return;
  SkValues *grown = sk_values_new(vm, old ? old->count * 2 : 4);
  for (size_t i = 0; old && i < old->count; i++) grown->items[i] = old->items[i];
  sk_write_ptr(vm, o, extra, &grown->head);
  if (old) sk_payload_free(vm, old);
}

void sk_instance_extend(SkVm *vm, SkObject *o, SkShape *grown, SkValue v) {
  unsigned i = grown->count - 1u;
  if (i >= grown->inline_cap) {
    learn_capacity(vm, grown->cls, grown->count - grown->reserved);
    extra_reserve(vm, o, grown, i - grown->inline_cap);
  }
  sk_write(vm, o, sk_attr_place(vm, o, grown, i), v);
  o->shape = grown->id;
}

void sk_instance_set(SkVm *vm, SkValue v, SkStr *name, SkValue value) {
  if (sk_is_unset(value)) {
    sk_instance_delete(vm, v, name);
    return;
  }
  SkObject *o = sk_object(v);
  SkShape *s = vm->shapes[o->shape];
  if (s->flags & SK_SHAPE_DICT) {
    sk_dict_set_str(vm, dict_of(vm, o, s), name, value);
    return;
  }
  name = interned(vm, name);
  int i = sk_shape_find(vm, s, name);
  if (i >= 0) {
    sk_write(vm, o, sk_attr_place(vm, o, s, (unsigned)i), value);
    return;
  }
  SkShape *grown = sk_shape_add(vm, s, name);
  if (grown) sk_instance_extend(vm, o, grown, value);
  else sk_dict_set_str(vm, sk_instance_dict(vm, v), name, value);
}

bool sk_instance_delete(SkVm *vm, SkValue v, SkStr *name) {
  if (!sk_is_ptr(v)) return false;
  SkObject *o = sk_object(v);
  const SkShape *s = vm->shapes[o->shape];
  if (!(s->flags & SK_SHAPE_DICT)) {
    if (s->count == s->reserved) return false;
    int i = sk_shape_find(vm, s, interned(vm, name));
    if (i < 0) return false;
    if (i == s->count - 1) { /* the last one: step back */
      *sk_attr_place(vm, o, s, (unsigned)i) = sk_smallint(0);
      o->shape = s->parent->id;
      return true;
    }
    sk_instance_dict(vm, v);
    s = vm->shapes[o->shape];
  }
  return sk_dict_delete(vm, dict_of(vm, o, s), sk_from_ptr(name));
}

/* ---- dicts ------------------------------------------------------------------------------------------- */

SkDict *sk_instance_snapshot(SkVm *vm, SkValue v) {
  if (!sk_has_attributes(vm, v)) return sk_dict_new(vm);
  SkObject *o = sk_object(v);
  const SkShape *s = vm->shapes[o->shape];
  if (s->flags & SK_SHAPE_DICT) return sk_dict_copy(vm, dict_of(vm, o, s));
  unsigned n = s->count - s->reserved;
  SkDict *d = sk_dict_new_sized(vm, n);
  if (n == 0) return d;
  SkStr *names[n];
  sk_shape_names(s, names);
  for (unsigned i = 0; i < n; i++) sk_dict_set_str(vm, d, names[i], *sk_attr_place(vm, o, s, s->reserved + i));
  return d;
}

void sk_instance_set_dict(SkVm *vm, SkValue v, SkDict *d) {
  SkObject *o = sk_object(v);
  const SkShape *s = vm->shapes[o->shape];
  SkShape *dict_shape = sk_shape_dict(vm, s);
  if (s->slot_base && !(s->flags & SK_SHAPE_DICT))
    for (unsigned i = s->reserved; i < s->inline_cap; i++) sk_inline_slots(o, s)[i] = sk_smallint(0);
  sk_write_ptr(vm, o, sk_extra(vm, o, s), &d->head);
  o->shape = dict_shape->id;
}

SkDict *sk_instance_dict(SkVm *vm, SkValue v) {
  const SkShape *s = sk_shape_of(vm, v);
  if (s->flags & SK_SHAPE_DICT) return dict_of(vm, sk_object(v), s);
  SkDict *d = sk_instance_snapshot(vm, v);
  sk_instance_set_dict(vm, v, d);
  return d;
}

/* ---- tracing ------------------------------------------------------------------------------------------ */

void sk_trace_attributes(SkMarker *m, SkObject *o) {
  SkVm *vm = sk_marker_vm(m);
  const SkShape *s = vm->shapes[o->shape];
  const SkType *t = s->cls;
  if (t->id == SK_T_COUNT) sk_mark_ptr(m, t); /* the others are roots */
  if (s->slot_base) sk_mark_span(m, sk_inline_slots(o, s), s->count < s->inline_cap ? s->count : s->inline_cap);
  else if (!(t->flags & SK_TYPE_HAS_DICT)) return;
  SkObject *extra = *sk_extra(vm, o, s);
  if (!extra) return;
  if (s->flags & SK_SHAPE_DICT) {
    sk_mark_ptr(m, extra);
    return;
  }
  sk_mark_cell(m, extra);
  sk_mark_span(m, ((SkValues *)extra)->items, ((SkValues *)extra)->count);
}

void sk_instance_trace(SkMarker *m, SkObject *o) { sk_trace_attributes(m, o); }

void sk_native_object_trace(SkMarker *m, SkObject *o) {
  const SkTypeDef *def = sk_marker_vm(m)->shapes[o->shape]->def;
  if (def->trace) def->trace(m, o);
  sk_trace_attributes(m, o);
}

void sk_native_object_finalize(SkVm *vm, SkObject *o) {
  const SkTypeDef *def = vm->shapes[o->shape]->def;
  if (def->finalize) def->finalize(vm, o);
}
