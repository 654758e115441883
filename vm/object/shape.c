/* shape.c - shapes: which attribute name sits in which slot.                              Layer 6.
 *
 * A class owns a few trees of shapes, one per inline capacity that its instances were born with, and one
 * dict-mode shape per capacity.  A shape never changes once made and its id is never given to another,
 * so a cache that compares ids can't be fooled.  Shapes live outside the heap, up to the end of the VM:
 * an id may be found in an inline cache long after its class is gone.
 *
 *   root --"x"--> {x} --"y"--> {x, y}
 *                  \---"z"--> {x, z}
 */
#include "vm/object/object_impl.h"

enum {
  LINEAR_MAX = 8,      /* names looked at one by one before a table is made */
  ATTRIBUTES_MAX = 96, /* an instance with more of them is better served by a dict */
  CHILDREN_MAX = 48    /* a shape with so many continuations has names made at run time */
};

typedef struct SkShapeTable {
  uint32_t mask;
  struct { const SkStr *name; int slot; } rows[];
} SkShapeTable;

static SkShape *shape_new(SkVm *vm, SkType *t) {
  if (vm->shape_count == vm->shape_room) {
    uint32_t room = vm->shape_room ? vm->shape_room * 2 : 256;
    SkShape **grown = sk_mem_grow(vm, vm->shapes, vm->shape_room * sizeof *grown, room * sizeof *grown);
    if (!grown) sk_raise_nomem(vm);
    vm->shapes = grown;
    vm->shape_room = room;
  }
  if (vm->shape_count == 0) vm->shapes[vm->shape_count++] = NULL; /* id 0 means: no object here */
  ObjectState *st = object_state(vm);
  if (!st->first_shapes) st->first_shapes = sk_mem_new(vm, SK_T_COUNT * sizeof *st->first_shapes);
  if (!st->first_shapes) sk_raise_nomem(vm);
  bool first = vm->shape_count <= SK_T_COUNT;
  SkShape *s = first ? &st->first_shapes[vm->shape_count - 1] : sk_mem_new(vm, sizeof *s);
  if (!s) sk_raise_nomem(vm);
  s->id = vm->shape_count;
  s->cls = t;
  s->def = t->def;
  s->next = t->shapes;
  t->shapes = s;
  vm->shapes[vm->shape_count++] = s;
  return s;
}

static bool shape_is_root(const SkShape *s) { return !s->parent && !(s->flags & SK_SHAPE_DICT); }

/* Slots exist behind a C struct of fixed size only, and only where the class has any attributes. */
static unsigned shape_slot_base(const SkType *t) {
  switch (t->kind) {
    case SK_KIND_TUPLE: case SK_KIND_INT: case SK_KIND_STR: case SK_KIND_BYTES:
    case SK_KIND_TYPE: case SK_KIND_MODULE: return 0;
    default: break;
  }
  if (!(t->flags & SK_TYPE_HAS_DICT) && t->reserved == 0) return 0;
  return (t->size + 7) / 8 + 1;
}

SkShape *sk_shape_root(SkVm *vm, SkType *t, unsigned inline_cap) {
  unsigned base = shape_slot_base(t);
  if (base == 0) inline_cap = 0;
  if (base && inline_cap < t->reserved) inline_cap = t->reserved;
  for (SkShape *s = t->shapes; s; s = s->next)
    if (shape_is_root(s) && s->inline_cap == inline_cap && s->reserved == t->reserved && s->slot_base == base) return s;
  SkShape *s = shape_new(vm, t);
  s->reserved = s->count = t->reserved;
  s->slot_base = (uint16_t)base;
  s->inline_cap = (uint16_t)inline_cap;
  return s;
}

SkShape *sk_shape_dict(SkVm *vm, const SkShape *like) {
  SkType *t = like->cls;
  for (SkShape *s = t->shapes; s; s = s->next)
    if ((s->flags & SK_SHAPE_DICT) && s->inline_cap == like->inline_cap && s->slot_base == like->slot_base) return s;
  SkShape *s = shape_new(vm, t);
  s->flags = SK_SHAPE_DICT;
  s->reserved = s->count = like->reserved;
  s->slot_base = like->slot_base;
  s->inline_cap = like->inline_cap;
  return s;
}

static uint32_t name_spread(const SkStr *name) {
  uint64_t x = (uint64_t)(uintptr_t)name >> 4;
  return (uint32_t)(x ^ x >> 9 ^ x >> 20);
}

static size_t table_bytes(uint32_t room) { return sizeof(SkShapeTable) + room * sizeof ((SkShapeTable *)NULL)->rows[0]; }

void shape_free_table(SkVm *vm, SkShape *s) {
  if (s->table) sk_mem_free(vm, s->table, table_bytes(s->table->mask + 1));
  s->table = NULL;
}

/* Gives back every shape, when the heap is gone. */
void shapes_free(SkVm *vm) {
  SkShape *first = object_state(vm)->first_shapes;
  for (uint32_t i = 1; i < vm->shape_count; i++) {
    shape_free_table(vm, vm->shapes[i]);
    if (i > SK_T_COUNT) sk_mem_free(vm, vm->shapes[i], sizeof(SkShape));
  }
  sk_mem_free(vm, first, SK_T_COUNT * sizeof *first);
  sk_mem_free(vm, vm->shapes, vm->shape_room * sizeof *vm->shapes);
  vm->shapes = NULL;
  vm->shape_count = vm->shape_room = 0;
}

static SkShapeTable *shape_table_new(SkVm *vm, const SkShape *s) {
  unsigned n = s->count - s->reserved;
  uint32_t room = 16;
  while (room < n * 2) room *= 2;
  SkShapeTable *t = sk_mem_new(vm, table_bytes(room));
  if (!t) return NULL; /* the linear scan is right too */
  t->mask = room - 1;
  for (const SkShape *p = s; p->parent; p = p->parent) {
    uint32_t i = name_spread(p->name) & t->mask;
    while (t->rows[i].name) i = (i + 1) & t->mask;
    t->rows[i].name = p->name;
    t->rows[i].slot = p->count - 1;
  }
  return t;
}

int sk_shape_find(SkVm *vm, const SkShape *s, const SkStr *name) {
  if (s->count - s->reserved > LINEAR_MAX && !s->table) ((SkShape *)s)->table = shape_table_new(vm, s); /* a cache */
  if (s->table) {
    const SkShapeTable *t = s->table;
    for (uint32_t i = name_spread(name) & t->mask; t->rows[i].name; i = (i + 1) & t->mask)
      if (t->rows[i].name == name) return t->rows[i].slot;
    return SK_SLOT_NONE;
  }
  for (; s->parent; s = s->parent)
    if (s->name == name) return s->count - 1;
  return SK_SLOT_NONE;
}

SkShape *sk_shape_add(SkVm *vm, SkShape *s, SkStr *name) {
  sk_assert(!(s->flags & SK_SHAPE_DICT) && (name->head.aux & SK_STR_INTERNED));
  unsigned children = 0;
  for (SkShape *c = s->child; c; c = c->sibling, children++)
    if (c->name == name) return c;
  if (children >= CHILDREN_MAX || s->count - s->reserved >= ATTRIBUTES_MAX) return NULL;
  SkShape *c = shape_new(vm, s->cls);
  sk_barrier(vm, s->cls); /* the class marks its shapes' names */
  c->parent = s;
  c->name = name;
  c->count = s->count + 1;
  c->reserved = s->reserved;
  c->inline_cap = s->inline_cap;
  c->slot_base = s->slot_base;
  c->sibling = s->child;
  s->child = c;
  return c;
}

void sk_shape_names(const SkShape *s, SkStr **out) {
  for (; s->parent; s = s->parent) out[s->count - 1 - s->reserved] = s->name;
}
