/* attr.c - attributes: looking up once, caching in the instruction.  Layer 7.
 *
 * A shape id proves the class and which names the instance has, so a cached answer needs no other check;
 * a change of the class's structure flushes all caches (SK_TYPE_CACHED).  What lies in a class is cached
 * as its cell: assigning to it invalidates nothing.
 */
#include "vm/run/gen_impl.h"

typedef enum Where {
  IN_NOWHERE, /* ask the object layer */
  IN_SLOT,    /* word |slot| of the object */
  IN_OVERFLOW,/* item |slot| of the payload at word |extra| */
  IN_CELL,    /* plain value in |cell| */
  IN_METHOD,  /* Python function in |cell| */
  IN_NATIVE,  /* unbound native method in |cell| */
  IN_PROPERTY,/* property in |cell| */
  IN_GETSET,  /* C getter in |cell| */
  IN_MODULE   /* entry |slot| of the module's dict */
} Where;

typedef struct Found { Where where; uint32_t slot, extra; SkCell *cell; } Found;

static bool is_data_descr(const SkType *t) { return t->slots->descr_set || t->slots->descr_delete; }

static bool plain_getattr(SkVm *vm, const SkType *t) {
  return t->slots->getattribute == vm->types[SK_T_object]->slots->getattribute;
}

static Found in_class(SkVm *vm, SkCell *cell) {
  SkValue v = cell->value;
  if (sk_is_func(v)) return (Found){.where = IN_METHOD, .cell = cell};
  SkType *vt = sk_type_of(vm, v);
  if (vt == vm->types[SK_T_method_descriptor]) return (Found){.where = IN_NATIVE, .cell = cell};
  if (!vt->slots->descr_get) return (Found){.where = IN_CELL, .cell = cell};
  return (Found){.where = IN_NOWHERE};
}

static Found find_in_module(SkVm *vm, SkObject *o, SkStr *name) {
  if (vm->shapes[o->shape]->cls != vm->types[SK_T_module]) return (Found){.where = IN_NOWHERE};
  SkCell *cell = sk_type_lookup_cell(vm, vm->types[SK_T_module], name);
  if (cell && is_data_descr(sk_type_of(vm, cell->value))) return (Found){.where = IN_NOWHERE};
  int64_t i = sk_dict_find_str(vm, ((SkModule *)o)->dict, name);
  return i < 0 ? (Found){.where = IN_NOWHERE} : (Found){.where = IN_MODULE, .slot = (uint32_t)i};
}

static Found find(SkVm *vm, SkObject *o, SkStr *name) {
  SkShape *s = vm->shapes[o->shape];
  SkType *t = s->cls;
  if (o->kind == SK_KIND_MODULE) return find_in_module(vm, o, name);
  if (o->kind == SK_KIND_TYPE || !plain_getattr(vm, t)) return (Found){.where = IN_NOWHERE};
  SkCell *cell = sk_type_lookup_cell(vm, t, name);
  if (cell && is_data_descr(sk_type_of(vm, cell->value))) {
    SkValue v = cell->value;
    if (sk_is_exactly(vm, v, SK_T_property)) return (Found){.where = IN_PROPERTY, .cell = cell};
    if (sk_is_exactly(vm, v, SK_T_member_descriptor) && !((SkDescr *)sk_object(v))->attr && s->slot_base) {
      return (Found){.where = IN_SLOT, .slot = s->slot_base + ((SkDescr *)sk_object(v))->slot};
    }
    if (sk_is_exactly(vm, v, SK_T_getset_descriptor) && ((SkDescr *)sk_object(v))->attr && ((SkDescr *)sk_object(v))->attr->get) {
      return (Found){.where = IN_GETSET, .cell = cell};
    }
    return (Found){.where = IN_NOWHERE};
  }
  if (s->flags & SK_SHAPE_DICT) return (Found){.where = IN_NOWHERE};
  int i = t->flags & SK_TYPE_HAS_DICT ? sk_shape_find(s, name) : SK_SLOT_NONE;
  if (i != SK_SLOT_NONE) {
    if (!s->slot_base) return (Found){.where = IN_NOWHERE};
    if (i < s->inline_cap) return (Found){.where = IN_SLOT, .slot = s->slot_base + (uint32_t)i};
    return (Found){.where = IN_OVERFLOW, .slot = (uint32_t)(i - s->inline_cap), .extra = s->slot_base - 1u};
  }
  return cell ? in_class(vm, cell) : (Found){.where = IN_NOWHERE};
}

/* C.name where C has an ordinary metaclass: the cell, or NULL if the object layer must be asked. */
static SkCell *find_in_type(SkVm *vm, SkObject *o, SkStr *name) {
  SkType *t = (SkType *)o, *meta = vm->shapes[o->shape]->cls;
  if (meta->slots->getattribute != vm->types[SK_T_type]->slots->getattribute) return NULL;
  if (sk_type_lookup_cell(vm, meta, name)) return NULL;
  return sk_type_lookup_cell(vm, t, name);
}

static void quicken_type(SkVm *vm, SkInsn *pc, SkObject *o, int op, SkCell *cell) {
  ((SkType *)o)->flags |= SK_TYPE_CACHED;
  vm->shapes[o->shape]->cls->flags |= SK_TYPE_CACHED;
  pc[1].attr.shape = ((SkType *)o)->instance_shape->id; /* the same word as method.mshape */
  pc[2].ptr = cell;
  pc->op = (uint16_t)op;
  run_warmed(vm, pc);
}

static void mark_cached(SkVm *vm, SkObject *o) { vm->shapes[o->shape]->cls->flags |= SK_TYPE_CACHED; }

static void quicken(SkVm *vm, SkInsn *pc, SkObject *o, int op, Found f) {
  mark_cached(vm, o);
  pc[1].attr.shape = o->shape;
  pc[1].attr.slot = (uint16_t)f.slot;
  pc[1].attr.kind = (uint16_t)f.extra;
  pc[2].ptr = f.cell;
  pc->op = (uint16_t)op;
  run_warmed(vm, pc);
}

RUN_SLOW(getattr) {
  SkValue v = r[pc->b];
  SkStr *name = frame_name(r, pc->a);
  if (!sk_is_ptr(v)) return run_deliver(vm, pc, r, sk_getattr(vm, v, name));
  SkObject *o = sk_object(v);
  if (o->kind == SK_KIND_TYPE) {
    SkCell *cell = find_in_type(vm, o, name);
    if (cell && (sk_is_func(cell->value) || !sk_type_of(vm, cell->value)->slots->descr_get)) {
      quicken_type(vm, pc, o, SK_OP_GETATTR_TYPE, cell);
      return run_deliver(vm, pc, r, cell->value);
    }
  }
  Found f = find(vm, o, name);
  switch (f.where) {
  case IN_SLOT:
    if (f.slot > 0xffff) break;
    quicken(vm, pc, o, SK_OP_GETATTR_SLOT, f);
    if (sk_is_unset(((SkValue *)o)[f.slot])) break;
    return run_deliver(vm, pc, r, ((SkValue *)o)[f.slot]);
  case IN_OVERFLOW:
    if (f.slot > 0xffff) break;
    quicken(vm, pc, o, SK_OP_GETATTR_OVER, f);
    break;
  case IN_CELL:
    quicken(vm, pc, o, SK_OP_GETATTR_CELL, f);
    return run_deliver(vm, pc, r, f.cell->value);
  case IN_METHOD:
    quicken(vm, pc, o, SK_OP_GETATTR_METHOD, f);
    return run_deliver(vm, pc, r, sk_method_new(vm, f.cell->value, v));
  case IN_GETSET:
    quicken(vm, pc, o, SK_OP_GETATTR_GETSET, f);
    break;
  case IN_PROPERTY: {
    SkValue get = ((SkProperty *)sk_object(f.cell->value))->get;
    if (!sk_is_func(get)) break;
    quicken(vm, pc, o, SK_OP_GETATTR_PROP, f);
    return run_call_copy(vm, pc, r, get, &v, 1);
  }
  case IN_MODULE: {
    SkDict *d = ((SkModule *)o)->dict;
    quicken(vm, pc, o, SK_OP_GETATTR_MODULE, f);
    pc[2].key.version = sk_dict_version(vm, d);
    pc[2].key.index = f.slot;
    return run_deliver(vm, pc, r, d->entries[f.slot].value);
  }
  default: break;
  }
  return run_deliver(vm, pc, r, sk_getattr(vm, v, name));
}

/* ---- stores --------------------------------------------------------------------------------------------- */

static void learn_store(SkVm *vm, SkInsn *pc, SkObject *o, SkStr *name) {
  SkShape *s = vm->shapes[o->shape];
  SkType *t = s->cls;
  if (o->kind == SK_KIND_TYPE || o->kind == SK_KIND_MODULE || !s->slot_base) return;
  if (t->slots->setattr != vm->types[SK_T_object]->slots->setattr) return;
  SkCell *cell = sk_type_lookup_cell(vm, t, name);
  if (cell && is_data_descr(sk_type_of(vm, cell->value))) {
    SkValue d = cell->value;
    if (!sk_is_exactly(vm, d, SK_T_member_descriptor) || ((SkDescr *)sk_object(d))->attr) return;
    quicken(vm, pc, o, SK_OP_SETATTR_SLOT, (Found){.slot = s->slot_base + ((SkDescr *)sk_object(d))->slot});
    return;
  }
  if ((s->flags & SK_SHAPE_DICT) || !(t->flags & SK_TYPE_HAS_DICT)) return;
  int i = sk_shape_find(s, name);
  if (i != SK_SLOT_NONE) {
    if (i < s->inline_cap) quicken(vm, pc, o, SK_OP_SETATTR_SLOT, (Found){.slot = s->slot_base + (uint32_t)i});
    return;
  }
  SkShape *grown = s->count < s->inline_cap ? sk_shape_add(vm, s, name) : NULL;
  if (!grown) return;
  quicken(vm, pc, o, SK_OP_SETATTR_ADD, (Found){.slot = s->slot_base + s->count});
  pc[2].w = grown->id;
}

/* A property's Python setter is called by frame. */
static SkValue python_setter(SkVm *vm, SkValue o, SkStr *name) {
  SkType *t = sk_type_of(vm, o);
  if (t->slots->setattr != vm->types[SK_T_object]->slots->setattr) return SK_UNSET;
  SkValue p = sk_type_lookup(vm, t, name);
  if (sk_is_unset(p) || !sk_is_exactly(vm, p, SK_T_property)) return SK_UNSET;
  SkValue f = ((SkProperty *)sk_object(p))->set;
  return sk_is_func(f) ? f : SK_UNSET;
}

RUN_SLOW(setattr) {
  SkValue o = r[pc->a], v = r[pc->b];
  SkStr *name = frame_name(r, pc->c);
  if (sk_is_ptr(o)) {
    SkValue f = python_setter(vm, o, name);
    if (!sk_is_unset(f)) {
      SkValue args[] = {o, v};
      return run_call_cont(vm, run_push_cont(vm, pc, r, CONT_DROP), CONT_DROP, f, args, 2);
    }
    learn_store(vm, pc, sk_object(o), name);
  }
  sk_setattr(vm, o, name, v);
  vm->r = r;
  return pc + 3;
}

RUN_SLOW(delattr) {
  sk_delattr(vm, r[pc->a], frame_name(r, pc->b));
  vm->r = r;
  return pc + 1;
}

/* ---- method calls ------------------------------------------------------------------------------------------ */

static void quicken_call(SkVm *vm, SkInsn *pc, SkObject *o, int op, Found f) {
  mark_cached(vm, o);
  pc[1].method.mshape = o->shape;
  pc[2].ptr = f.cell;
  pc->op = (uint16_t)op;
  run_warmed(vm, pc);
}

/* Arguments of a method call (self first) of an instruction with base a: where the callee's window is. */
static SkValue *method_window(SkVm *vm, SkInsn *pc, SkValue *r, size_t skip) {
  SkValue *nr = r + pc->a + RUN_HEAD + skip;
  if (SK_LIKELY(on_stack(vm, r))) return nr;
  SkValue *to = frame_gen(r)->stack_top + RUN_HEAD;
  memcpy(to, nr, (pc->b - skip) * sizeof *to);
  run_of(vm)->live_top = to + (pc->b - skip);
  return to;
}

RUN_SLOW(callm) {
  SkValue self = r[pc->a + RUN_HEAD];
  SkStr *name = frame_name(r, pc[1].method.name);
  if (sk_is_ptr(self)) {
    SkObject *o = sk_object(self);
    if (o->kind == SK_KIND_TYPE) {
      SkCell *cell = find_in_type(vm, o, name);
      if (cell && (sk_is_func(cell->value) || sk_is_exactly(vm, cell->value, SK_T_staticmethod) || sk_is_exactly(vm, cell->value, SK_T_classmethod))) {
        quicken_type(vm, pc, o, SK_OP_CALLM_TYPE, cell);
        return do_callm_type(pc, r, vm);
      }
    }
    Found f = find(vm, o, name);
    switch (f.where) {
    case IN_METHOD:
      quicken_call(vm, pc, o, SK_OP_CALLM_FUNC, f);
      return run_call_func(vm, pc, r, sk_as_func(f.cell->value), method_window(vm, pc, r, 0), pc->b, NULL);
    case IN_NATIVE:
      quicken_call(vm, pc, o, SK_OP_CALLM_NATIVE, f);
      return do_callm_native(pc, r, vm);
    case IN_MODULE: {
      SkDict *d = ((SkModule *)o)->dict;
      quicken_call(vm, pc, o, SK_OP_CALLM_MODULE, f);
      pc[2].key.version = sk_dict_version(vm, d);
      pc[2].key.index = f.slot;
      return do_callm_module(pc, r, vm);
    }
    default: break;
    }
  } else {
    SkValue m = sk_type_lookup(vm, sk_type_of(vm, self), name);
    if (!sk_is_unset(m) && sk_is_exactly(vm, m, SK_T_method_descriptor)) {
      return run_deliver(vm, pc, r, run_native(vm, (SkNative *)sk_object(m), r + pc->a + RUN_HEAD, pc->b, NULL));
    }
  }
  vm->pc = pc + 1; /* an error of the lookup is shown at the attribute */
  pc[1].method.mshape = 0; /* the unwinder takes that word for an instruction: a NOP */
  SkValue v = sk_getattr(vm, self, name);
  vm->pc = pc;
  return run_call(vm, pc, r, v, method_window(vm, pc, r, 1), pc->b - 1u, NULL);
}

RUN_SLOW(callm_native) {
  SkValue m = ((SkCell *)pc[2].ptr)->value;
  if (SK_UNLIKELY(!sk_has_kind(m, SK_KIND_NATIVE))) {
    pc->op = SK_OP_CALLM;
    return do_callm(pc, r, vm);
  }
  SkNative *n = (SkNative *)sk_object(m);
  const SkValue *args = r + pc->a + RUN_HEAD;
  if (n->def == gen_send_def && pc->b == 2 && gen_ready(sk_as_gen(args[0]), args[1])) {
    return gen_enter(vm, sk_as_gen(args[0]), pc, r, args[1]);
  }
  /* The shape proves that self belongs to the method's class. */
  SkValue v = SK_LIKELY(n->fast_args == pc->b) ? n->def->fn(vm, args) : run_native(vm, n, args, pc->b, NULL);
  return run_deliver(vm, pc, r, v);
}

RUN_SLOW(callm_type) {
  SkValue v = ((SkCell *)pc[2].ptr)->value;
  if (sk_is_func(v)) return run_call_func(vm, pc, r, sk_as_func(v), method_window(vm, pc, r, 1), pc->b - 1u, NULL);
  SkValue f = ((SkDescr *)sk_object(v))->func;
  if (sk_is_exactly(vm, v, SK_T_staticmethod)) return run_call(vm, pc, r, f, method_window(vm, pc, r, 1), pc->b - 1u, NULL);
  if (sk_is_func(f)) return run_call_func(vm, pc, r, sk_as_func(f), method_window(vm, pc, r, 0), pc->b, NULL);
  v = sk_getattr(vm, r[pc->a + RUN_HEAD], frame_name(r, pc[1].method.name));
  return run_call(vm, pc, r, v, method_window(vm, pc, r, 1), pc->b - 1u, NULL);
}

RUN_SLOW(callm_module) {
  SkModule *m = (SkModule *)sk_object(r[pc->a + RUN_HEAD]);
  SkValue f = m->dict->entries[pc[2].key.index].value;
  return run_call(vm, pc, r, f, method_window(vm, pc, r, 1), pc->b - 1u, NULL);
}

/* R[c], R[c+3] = function and self, or the attribute's value and UNSET. */
RUN_SLOW(getmethod) {
  SkValue self = r[pc->b];
  SkStr *name = frame_name(r, pc->a);
  r[pc->c + RUN_HEAD] = self;
  if (sk_is_ptr(self)) {
    SkObject *o = sk_object(self);
    Found f = find(vm, o, name);
    if (f.where == IN_METHOD || f.where == IN_NATIVE) {
      quicken(vm, pc, o, SK_OP_GETMETHOD_CELL, f);
      return run_deliver(vm, pc, r, f.cell->value);
    }
  } else {
    SkValue m = sk_type_lookup(vm, sk_type_of(vm, self), name);
    if (!sk_is_unset(m) && sk_is_exactly(vm, m, SK_T_method_descriptor)) return run_deliver(vm, pc, r, m);
  }
  SkValue v = sk_getattr(vm, self, name);
  r[pc->c + RUN_HEAD] = SK_UNSET;
  return run_deliver(vm, pc, r, v);
}

RUN_SLOW(callmethod) {
  if (!sk_is_unset(r[pc->a + RUN_HEAD])) {
    return run_call(vm, pc, r, r[pc->a], method_window(vm, pc, r, 0), pc->b, NULL);
  }
  return run_call(vm, pc, r, r[pc->a], method_window(vm, pc, r, 1), pc->b - 1u, NULL);
}

/* ---- super() --------------------------------------------------------------------------------------------------- */

static SkType *super_start(SkVm *vm, SkType *type, SkValue self) {
  if (sk_is_type(self) && sk_type_is_subtype(sk_as_type(self), type)) return sk_as_type(self);
  SkType *t = sk_type_of(vm, self);
  if (!sk_type_is_subtype(t, type)) {
    sk_raise_type(vm, "super(type, obj): obj (%s %S) is not an instance or subtype of type (%U).",
                  sk_is_type(self) ? "type" : "instance of", sk_is_type(self) ? sk_from_ptr(sk_as_type(self)->name) : sk_from_ptr(t->name),
                  type->name);
  }
  return t;
}

static SkValue super_lookup(SkVm *vm, SkType *type, SkType *start, SkStr *name) {
  size_t i = 0;
  while (i < start->mro->count && sk_object(start->mro->items[i]) != (SkObject *)type) i++;
  for (i++; i < start->mro->count; i++) {
    SkValue c = sk_dict_get_str(vm, sk_as_type(start->mro->items[i])->ns, name);
    if (!sk_is_unset(c)) return ((SkCell *)sk_object(c))->value;
  }
  return SK_UNSET;
}

RUN_SLOW(superattr) {
  SkValue super = r[pc->b], cls = r[pc->b + 1], self = r[pc->b + 2];
  SkStr *name = frame_name(r, pc->a);
  if (!sk_is(super, sk_from_ptr(vm->types[SK_T_super])) || !sk_is_type(cls)) {
    return run_deliver(vm, pc, r, sk_getattr(vm, sk_call0(vm, super), name));
  }
  SkType *start = super_start(vm, sk_as_type(cls), self);
  SkValue v = name == SK_NAME(vm, dunder_class) ? super : super_lookup(vm, sk_as_type(cls), start, name);
  if (sk_is_unset(v)) sk_raisef(vm, SK_T_AttributeError, "'super' object has no attribute '%U'", name);
  bool bound_to_class = sk_is(self, sk_from_ptr(start));
  if (sk_is_func(v)) return run_deliver(vm, pc, r, bound_to_class ? v : sk_method_new(vm, v, self));
  SkDescrGetFn get = sk_type_of(vm, v)->slots->descr_get;
  if (get) v = get(vm, v, bound_to_class ? SK_UNSET : self, sk_from_ptr(start));
  return run_deliver(vm, pc, r, v);
}
