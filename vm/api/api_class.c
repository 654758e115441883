/* api_class.c - classes of the host: objects that carry a pointer of its own.  Layer 9.
 *
 * Every host class derives from one hidden native class, "host_object", which has the pointer; it is a class as a class
 * statement makes it (__slots__ = ()), but closed: scripts subclass it and can't change it.  An object remembers the
 * class it was made for, and data is given out for that class only: no trick with __class__ or with several bases makes the
 * host read one class's data as another's.
 */
#include <string.h>

#include "vm/api/api_impl.h"

struct skein_class {
  skein_class *next;
  skein_vm *vm;
  SkType *type;      /* NULL: a reset has ended it */
  skein_free_fn finalize;
  size_t bytes;      /* of this record */
  char name[];
};

typedef struct HostObject { SkObject head; HostLife *life; /* NULL: it has no data yet */ } HostObject;

static const SkTypeDef host_object_def;

/* ---- lives ---- */

HostLife *host_life_new(SkVm *vm, skein_free_fn finalize, void *data) {
  HostLife *life = sk_mem_new(vm, sizeof *life);
  if (!life) sk_raise_nomem(vm);
  *life = (HostLife){.finalize = finalize, .data = data};
  return life;
}

void host_life_over(SkVm *vm, HostLife *life) {
  if (!life) return;
  skein_vm *v = vm->host;
  life->next = v->dead;
  v->dead = life;
}

/* In the order in which they died. */
static HostLife *take_dead(skein_vm *v) {
  HostLife *first = NULL;
  for (HostLife *l = v->dead, *next; l; l = next) {
    next = l->next;
    l->next = first;
    first = l;
  }
  v->dead = NULL;
  return first;
}

/* A finalizer may use the VM: what it leaves pending or opens is its own. */
void host_bury(skein_vm *v) {
  bool outer = v->burying;
  SkValue pending = v->own.pending;
  skein_scope scope = skein_scope_open(v);
  if (!sk_is_unset(pending)) handle_new(v, pending);
  v->burying = true;
  while (v->dead) {
    for (HostLife *l = take_dead(v), *next; l; l = next) {
      next = l->next;
      skein_free_fn finalize = l->finalize;
      void *data = l->data;
      sk_mem_free(core(v), l, sizeof *l);
      if (finalize) finalize(data);
    }
  }
  v->burying = outer;
  skein_scope_close(v, scope);
  v->own.pending = pending;
}

static void bury_soon(SkVm *vm) {
  skein_vm *v = vm->host;
  if (SK_UNLIKELY(v->dead != NULL)) host_bury(v);
}

void host_install(skein_vm *v) {
  core(v)->hooks.host_call = host_hook;
  core(v)->hooks.host_poll = bury_soon;
}

void host_values_mark(SkMarker *m, skein_vm *v) {
  handles_mark(m, v);
  handles_mark_refs(m, v);
  sk_mark_ptr(m, v->body_type);
  sk_mark_ptr(m, v->object_type);
  for (const skein_class *c = v->classes; c; c = c->next) sk_mark_ptr(m, c->type);
}

void host_values_end(skein_vm *v, bool free_all) { handles_end_refs(v, free_all); }

void host_values_gone(skein_vm *v, bool free_all) {
  v->own = (Handles){.items = v->own.items, .room = v->own.room, .vm = v->own.vm, .pending = SK_UNSET}; /* all are stale */
  core(v)->limits.stop = SK_STOP_KILL; /* what a finalizer wants of the VM is refused: it has no heap */
  host_bury(v);
  v->body_type = v->object_type = NULL;
  for (skein_class *c = v->classes, *next; c; c = next) {
    next = c->next;
    c->type = NULL;
    if (free_all) sk_mem_free(core(v), c, c->bytes);
  }
  if (free_all) v->classes = NULL;
}

/* ---- objects ---- */

static HostObject *host_object(SkVm *vm, SkValue x) {
  return sk_has_kind(x, SK_KIND_NATIVE_OBJECT) && sk_shape_of(vm, x)->def == &host_object_def ? sk_ptr(x) : NULL;
}

static const skein_class *class_of_type(const skein_vm *v, const SkType *t) {
  for (const skein_class *c = v->classes; c; c = c->next)
    if (c->type == t) return c;
  return NULL;
}

bool is_host_class(skein_vm *v, SkValue x) { return sk_is_type(x) && class_of_type(v, sk_as_type(x)); }

/* The host class that a class is, or derives from first; *makes: one of them has an __init__ of the host's. */
static const skein_class *nearest_class(SkVm *vm, const SkType *t, bool *makes) {
  const skein_class *nearest = NULL;
  *makes = false;
  for (size_t i = 0; i < t->mro->count; i++) {
    SkType *each = sk_as_type(t->mro->items[i]);
    const skein_class *c = class_of_type(vm->host, each);
    if (!c) continue;
    if (!nearest) nearest = c;
    *makes |= sk_dict_find_str(vm, each->ns, SK_SLOT_NAME(vm, init)) >= 0;
  }
  return nearest;
}

SK_NATIVE(object_make, "__new__(cls, /, *args, **kwargs)", NULL) {
  SkType *t = sk_as_type(args[0]);
  bool makes;
  nearest_class(vm, t, &makes);
  if (!makes) sk_raise_type(vm, "cannot create '%U' instances", sk_type_fullname(vm, t));
  return sk_from_ptr(sk_object_new(vm, t, 0));
}

SK_NATIVE(object_reduce, "__reduce_ex__(self, protocol, /)", "Refuses: the host's data cannot be copied.") {
  sk_raise_type(vm, "cannot pickle '%T' object", args[0]);
}

SK_NATIVE(object_plain_reduce, "__reduce__(self, /)", "Refuses: the host's data cannot be copied.") {
  sk_raise_type(vm, "cannot pickle '%T' object", args[0]);
}

static void object_finalize(SkVm *vm, SkObject *o) { host_life_over(vm, ((HostObject *)o)->life); }

static const SkAttrDef object_attrs[] = {SK_METHOD(object_reduce), SK_METHOD(object_plain_reduce), SK_ATTRS_END};

static const SkTypeDef host_object_def = {
    .name = "host_object", .doc = "What the classes of the host have in common.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(HostObject),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE, .attrs = object_attrs, .new_ = &object_make_def, .finalize = object_finalize};

/* ---- making classes ---- */

typedef struct NewClass { skein_vm *v; SkValue where; const char *name; skein_class *c; SkType *type; } NewClass;

static SkStr *module_of(SkVm *vm, SkValue place) {
  SkValue name = sk_is_module(place) ? sk_dict_get_str(vm, ((SkModule *)sk_ptr(place))->dict, SK_NAME(vm, dunder_name)) : sk_getattr_opt(vm, place, SK_NAME(vm, dunder_module));
  return sk_is_str(name) ? sk_as_str(name) : sk_intern(vm, "__main__");
}

static void make_class(SkVm *vm, void *arg) {
  NewClass *n = arg;
  skein_vm *v = n->v;
  SkStr *name = host_name(vm, n->name);
  SkValue place = host_place(vm, n->where);
  if (!v->object_type) v->object_type = sk_type_from_def(vm, &host_object_def);
  SkDict *ns = sk_dict_new(vm);
  sk_dict_set_str(vm, ns, SK_NAME(vm, dunder_module), sk_from_ptr(module_of(vm, place)));
  sk_dict_set_cstr(vm, ns, "__slots__", sk_from_ptr(vm->empty_tuple));
  if (sk_is_type(place)) {
    SkStr *qualname = sk_format(vm, "%U.%U", sk_as_type(place)->qualname, name);
    sk_dict_set_cstr(vm, ns, "__qualname__", sk_from_ptr(qualname));
  }
  SkTuple *bases = sk_tuple_pack(vm, 1, sk_from_ptr(v->object_type));
  SkType *t = sk_as_type(sk_type_new(vm, vm->types[SK_T_type], name, bases, sk_from_ptr(ns), NULL, NULL));
  t->flags |= SK_TYPE_IMMUTABLE;
  host_set(vm, place, name, sk_from_ptr(t));
  n->type = t;
}

/* A record that a reset left behind serves the class of that name made after it: resets cost no memory. */
static skein_class *class_record(skein_vm *v, const char *name) {
  for (skein_class *c = v->classes; c; c = c->next)
    if (!c->type && !strcmp(c->name, name)) return c;
  size_t bytes = sizeof(skein_class) + strlen(name) + 1;
  skein_class *c = sk_mem_new(core(v), bytes);
  if (!c) return NULL;
  c->vm = v;
  c->bytes = bytes;
  c->next = v->classes;
  memcpy(c->name, name, strlen(name) + 1);
  return v->classes = c;
}

static bool is_identifier(const char *s) {
  for (const char *p = s; *p; p++)
    if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '_' || (*p & 0x80) || (p > s && *p >= '0' && *p <= '9'))) return false;
  return *s;
}

skein_status skein_class_new(skein_vm *v, skein_val where, const char *name, skein_free_fn finalize, skein_class **out) {
  if (!out) return api_misuse(v, "no place for the class");
  *out = NULL;
  if (!name || !is_identifier(name)) return api_misusef(v, "no name of a class: '%.80s'", name ? name : "NULL");
  NewClass n = {.v = v, .where = where.bits ? handle_value(v, where) : SK_UNSET, .name = name};
  if (where.bits && sk_is_unset(n.where)) return SKEIN_ERR_MISUSE;
  if (where.bits && !sk_is_module(n.where) && !is_host_class(v, n.where)) return api_misuse(v, "classes are defined in modules and host classes");
  skein_class *c = class_record(v, name);
  if (!c) return SKEIN_ERR_NOMEM;
  skein_status s = api_enter(v, make_class, &n);
  if (s != SKEIN_OK) return s;
  c->type = n.type;
  c->finalize = finalize;
  *out = c;
  return SKEIN_OK;
}

/* ---- the interface ---- */

static bool usable(skein_vm *v, const skein_class *c) {
  if (c && c->vm == v && c->type) return true;
  v->misuse = !c ? "the class is NULL" : c->vm != v ? "a class of another VM" : "a class that a reset ended";
  return false;
}

skein_val skein_class_value(skein_vm *v, const skein_class *c) { return usable(v, c) ? handle_new(v, sk_from_ptr(c->type)) : (skein_val){0}; }

typedef struct NewObject { const skein_class *c; SkType *type; void *data; SkValue object, result; HostLife *life; } NewObject;

static void make_object(SkVm *vm, void *arg) {
  NewObject *n = arg;
  n->life = host_life_new(vm, n->c->finalize, n->data);
  n->life->cls = n->c;
  HostObject *o = sk_object_new(vm, n->type, 0);
  o->life = n->life;
  n->result = sk_from_ptr(o);
}

skein_status skein_object_new(skein_vm *v, skein_class *c, void *data, skein_val *out) {
  if (!out) return api_misuse(v, "no place for the result");
  *out = (skein_val){0};
  if (!usable(v, c)) return SKEIN_ERR_MISUSE;
  if (v->own.count == v->own.room && !handles_grow(v, 1)) return SKEIN_ERR_NOMEM; /* before the object is there: it would take the data along */
  NewObject n = {.c = c, .type = c->type, .data = data, .result = SK_UNSET};
  skein_status s = api_enter(v, make_object, &n);
  if (s == SKEIN_OK) *out = handle_new(v, n.result);
  else if (n.life) sk_mem_free(core(v), n.life, sizeof *n.life);
  return s;
}

static void make_life(SkVm *vm, void *arg) {
  NewObject *n = arg;
  n->life = host_life_new(vm, n->c->finalize, n->data);
  n->life->cls = n->c;
}

skein_status skein_object_set(skein_vm *v, skein_val object, void *data) {
  SkValue x;
  if (!handle_get(v, object, &x)) return SKEIN_ERR_MISUSE;
  HostObject *o = host_object(core(v), x);
  if (!o) return api_misuse(v, "no object of a host class");
  if (o->life) {
    void *old = o->life->data;
    o->life->data = data;
    if (old != data && o->life->finalize) o->life->finalize(old);
    return SKEIN_OK;
  }
  bool makes;
  NewObject n = {.c = nearest_class(core(v), sk_type_of(core(v), x), &makes), .data = data};
  if (!n.c) return api_misuse(v, "no object of a host class");
  skein_status s = api_enter(v, make_life, &n);
  if (s != SKEIN_OK) return s;
  o->life = n.life;
  return SKEIN_OK;
}

void *skein_object_data(skein_vm *v, skein_val h, const skein_class *c) {
  SkValue x;
  if (!handle_get(v, h, &x)) return NULL;
  const HostObject *o = host_object(core(v), x);
  return o && o->life && o->life->cls == c ? o->life->data : NULL;
}
