/* thread_local.c - _thread._local: an object whose attributes each thread has for itself.  Layer 8.
 *
 * The attributes of each thread are a dict under the thread's serial number.  All such objects are linked, weakly: when a
 * thread ends its dicts are dropped, when an object dies the collector's end drops it from the list.
 */
#include <stdlib.h>

#include "stdlib/native/thread_impl.h"

typedef struct Local {
  SkObject head;
  SkDict *by_thread;
  SkValue args, kwargs; /* of the constructor: __init__ is called once in each thread */
  struct Local *next;
} Local;

static Local *local_of(SkValue v) { return sk_ptr(v); }

static void local_trace(SkMarker *m, SkObject *o) {
  Local *l = (Local *)o;
  sk_mark_ptr(m, l->by_thread);
  sk_mark(m, l->args);
  sk_mark(m, l->kwargs);
  sk_trace_attributes(m, o);
}

/* ---- the list ---- */

/* Kept in the module's state as an address. */
typedef struct Locals { Local *first; } Locals;

static Locals *locals_of(SkVm *vm) {
  SkValue v = sk_dict_get_cstr(vm, vm->module_state, "_thread.locals");
  return sk_is_unset(v) ? NULL : (Locals *)((SkRaw *)sk_ptr(v))->data;
}

static void drop_dead(SkVm *vm, void *arg) {
  (void)vm;
  for (Local **p = &((Locals *)arg)->first; *p;) {
    if (sk_gc_is_live(*p)) p = &(*p)->next;
    else *p = (*p)->next;
  }
}

void thread_local_init(SkVm *vm) {
  if (locals_of(vm)) return; /* the module was loaded before */
  SkRaw *raw = sk_raw_new(vm, sizeof(Locals));
  memset(raw->data, 0, sizeof(Locals));
  sk_dict_set_cstr(vm, vm->module_state, "_thread.locals", sk_from_ptr(raw));
  sk_gc_after_mark(vm, drop_dead, raw->data);
}

static SkValue key_here(SkVm *vm) { return sk_smallint((int64_t)sk_thread_serial(sk_thread_current(vm))); }

void thread_locals_end(SkVm *vm) {
  Locals *all = locals_of(vm);
  for (Local *l = all ? all->first : NULL; l; l = l->next) sk_dict_delete(vm, l->by_thread, key_here(vm));
}

/* ---- the attributes of the running thread ---- */

static SkDict *dict_here(SkVm *vm, SkValue self) {
  Local *l = local_of(self);
  SkValue key = key_here(vm), d = sk_dict_get(vm, l->by_thread, key);
  if (!sk_is_unset(d)) return sk_as_dict(d);
  d = sk_from_ptr(sk_dict_new(vm));
  sk_dict_set(vm, l->by_thread, key, d);
  SkType *t = sk_type_of(vm, self);
  if (t->slots->init != vm->types[SK_T_object]->slots->init) {
    SkTuple *args = sk_as_tuple(l->args), *all = sk_tuple_new(vm, args->count + 1);
    all->items[0] = self;
    memcpy(all->items + 1, args->items, args->count * sizeof(SkValue));
    sk_call_spread(vm, sk_getattr(vm, sk_from_ptr(t), SK_SLOT_NAME(vm, init)), all, sk_as_dict(l->kwargs));
  }
  return sk_as_dict(d);
}

static SkValue local_getattr(SkVm *vm, SkValue self, SkStr *name) {
  SkDict *d = dict_here(vm, self);
  if (sk_str_equal_cstr(name, "__dict__")) return sk_from_ptr(d);
  SkType *t = sk_type_of(vm, self);
  SkCell *cell = sk_type_lookup_cell(vm, t, name);
  SkValue of_class = cell ? cell->value : SK_UNSET;
  const SkSlots *s = cell ? SK_SLOTS(vm, of_class) : NULL;
  if (s && s->descr_get && (s->descr_set || s->descr_delete)) return s->descr_get(vm, of_class, self, sk_from_ptr(t));
  SkValue v = sk_dict_get_str(vm, d, name);
  if (!sk_is_unset(v)) return v;
  if (s && s->descr_get) return s->descr_get(vm, of_class, self, sk_from_ptr(t));
  if (sk_is_unset(of_class)) sk_raise_attribute(vm, self, name);
  return of_class;
}

/* |v| UNSET: deletes. */
static void local_store(SkVm *vm, SkValue self, SkStr *name, SkValue v) {
  SkDict *d = dict_here(vm, self);
  if (sk_str_equal_cstr(name, "__dict__")) sk_raisef(vm, SK_T_AttributeError, "'%T' object attribute '__dict__' is read-only", self);
  SkCell *cell = sk_type_lookup_cell(vm, sk_type_of(vm, self), name);
  const SkSlots *s = cell ? SK_SLOTS(vm, cell->value) : NULL;
  if (s && (s->descr_set || s->descr_delete)) {
    sk_generic_setattr(vm, self, name, v);
  } else if (!sk_is_unset(v)) {
    sk_dict_set_str(vm, d, name, v);
  } else if (sk_is_unset(sk_dict_get_str(vm, d, name))) {
    sk_raise_attribute(vm, self, name);
  } else {
    sk_dict_delete(vm, d, sk_from_ptr(name));
  }
}
static void local_delattr(SkVm *vm, SkValue self, SkStr *name) { local_store(vm, self, name, SK_UNSET); }

static SkValue local_dict(SkVm *vm, SkValue self) { return sk_from_ptr(dict_here(vm, self)); }

SK_NATIVE(local_new, "__new__(cls, /, *args, **kwargs)", NULL) {
  SkType *t = sk_as_type(args[0]);
  bool plain = t->slots->init == vm->types[SK_T_object]->slots->init;
  if (plain && (sk_as_tuple(args[1])->count || sk_as_dict(args[2])->live)) sk_raise_type(vm, "Initialization arguments are not supported");
  Local *l = sk_object_new(vm, t, 0);
  l->args = args[1];
  l->kwargs = args[2];
  SkDict *by_thread = sk_dict_new(vm), *mine = sk_dict_new(vm);
  sk_write_ptr(vm, l, &l->by_thread, by_thread);
  sk_dict_set(vm, by_thread, key_here(vm), sk_from_ptr(mine)); /* the caller calls __init__ here */
  Locals *all = locals_of(vm);
  l->next = all->first;
  all->first = l;
  return sk_from_ptr(l);
}

static const SkAttrDef local_attrs[] = {SK_GETSET("__dict__", local_dict, NULL, NULL), SK_ATTRS_END};

const SkTypeDef sk_thread_local_type = {
    .name = "_thread._local", .doc = "Thread-local data", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Local),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE, .slots = {.getattribute = local_getattr, .setattr = local_store, .delattr = local_delattr},
    .attrs = local_attrs, .new_ = &local_new_def, .trace = local_trace};
