/* api_group.c - groups of exceptions for the host: members, leaves with their paths, parts.  Layer 9.
 *
 * Iterative: a group may be nested 100,000 deep.  Members of a group never change and are older than it, so nothing that
 * is reached from a handle's value can go away, and no cycle can be met.
 */
#include <string.h>

#include "vm/api/api_exc.h"
#include "vm/base/hash.h"
#include "vm/object/seq.h"

/* ---- making, members ---- */

OP(op_group) {
  Op *o = arg;
  o->result = sk_group_new(vm, sk_str_decode_utf8(vm, o->s, strlen(o->s)), sk_from_ptr(sk_tuple_from(vm, o->args, o->n)));
}

skein_status skein_exc_group(skein_vm *v, const char *message, const skein_val *members, size_t n, skein_val *out) {
  enum { SMALL = 16 };
  SkValue small[SMALL];
  skein_status s;
  if (out) *out = (skein_val){0};
  if (!message) return api_misuse(v, "the message of a group is NULL");
  SkValue *values = handle_values(v, members, n, small, SMALL, &s);
  if (!values) return s;
  s = api_run(v, op_group, &(Op){.s = message, .args = values, .n = n}, out);
  handle_values_free(v, values, n, small);
  return s;
}

static SkTuple *members_of(skein_vm *v, SkValue e) { return sk_is_exc_group(core(v), e) ? sk_group_members(sk_as_exc(e)) : NULL; }

size_t skein_exc_count(skein_vm *v, skein_val h) {
  SkValue e;
  SkTuple *members = exc_get(v, h, &e) ? members_of(v, e) : NULL;
  return members ? members->count : 0;
}

skein_val skein_exc_at(skein_vm *v, skein_val h, size_t i) {
  SkValue e;
  SkTuple *members = exc_get(v, h, &e) ? members_of(v, e) : NULL;
  if (members && i < members->count) return handle_new(v, members->items[i]);
  if (members) api_misuse(v, "the group has not so many members");
  return (skein_val){0};
}

/* ---- walking ---- */

/* The groups around the place of a walk, in memory of the VM outside of its heap. */
typedef struct Walk { SkVm *vm; const SkTuple **groups; uint32_t *path; size_t depth, room; } Walk;

static bool walk_down(Walk *w, const SkTuple *members) {
  if (w->depth == w->room) {
    size_t room = w->room ? w->room * 2 : 32;
    const SkTuple **groups = sk_mem_grow(w->vm, (void *)w->groups, w->room * sizeof *groups, room * sizeof *groups);
    if (!groups) return false;
    w->groups = groups;
    uint32_t *path = sk_mem_grow(w->vm, w->path, w->room * sizeof *path, room * sizeof *path);
    if (!path) { /* |groups| is larger than |room| says: give it back its size */
      w->groups = NULL;
      sk_mem_free(w->vm, (void *)groups, room * sizeof *groups);
      return false;
    }
    w->path = path;
    w->room = room;
  }
  w->groups[w->depth] = members;
  w->path[w->depth++] = 0;
  return true;
}

static void walk_end(Walk *w) {
  sk_mem_free(w->vm, (void *)w->groups, w->room * sizeof *w->groups);
  sk_mem_free(w->vm, w->path, w->room * sizeof *w->path);
}

/* To the next leaf, which path[0 .. depth - 1] leads to; UNSET: none is left.  After a leaf its index is advanced by the caller. */
static SkValue walk_next(Walk *w, bool *memory) {
  while (w->depth) {
    uint32_t *at = &w->path[w->depth - 1];
    const SkTuple *members = w->groups[w->depth - 1];
    if (*at == members->count) {
      if (--w->depth) w->path[w->depth - 1]++;
      continue;
    }
    SkValue e = members->items[*at];
    if (!sk_is_exc_group(w->vm, e)) return e;
    if (!walk_down(w, sk_group_members(sk_as_exc(e)))) {
      *memory = false;
      return SK_UNSET;
    }
  }
  return SK_UNSET;
}

skein_status skein_exc_walk(skein_vm *v, skein_val h, skein_leaf_fn visit, void *user) {
  SkValue e;
  if (!exc_get(v, h, &e)) return SKEIN_ERR_MISUSE;
  if (!visit) return api_misuse(v, "the function of a walk is NULL");
  skein_scope whole = skein_scope_open(v);
  if (!handle_new(v, e).bits) return SKEIN_ERR_NOMEM; /* holds everything, whatever |visit| closes of its own */
  Walk w = {.vm = core(v)};
  bool memory = true, go_on = true;
  SkTuple *members = members_of(v, e);
  if (members) memory = walk_down(&w, members);
  for (SkValue leaf = members ? SK_UNSET : e; memory && go_on;) {
    if (members) leaf = walk_next(&w, &memory);
    if (sk_is_unset(leaf)) break;
    skein_scope scope = skein_scope_open(v);
    skein_val handle = handle_new(v, leaf);
    memory = handle.bits != 0;
    if (memory) go_on = visit(v, user, handle, w.path, w.depth);
    skein_scope_close(v, scope);
    if (!members) break;
    w.path[w.depth - 1]++;
  }
  walk_end(&w);
  skein_scope_close(v, whole);
  return memory ? SKEIN_OK : SKEIN_ERR_NOMEM;
}

/* ---- counting: a group that is met in many places is counted once ---- */

typedef struct Known { const SkTuple *group; size_t leaves; } Known;
typedef struct Table { SkVm *vm; Known *items; size_t room, count; } Table;

static Known *find(const Table *t, const SkTuple *group) {
  for (size_t i = sk_hash_mix((uint64_t)group >> 4);; i++) {
    Known *k = &t->items[i & (t->room - 1)];
    if (!k->group || k->group == group) return k;
  }
}

static bool remember(Table *t, const SkTuple *group, size_t leaves) {
  if (t->count * 2 >= t->room) {
    Table more = {t->vm, NULL, t->room ? t->room * 2 : 64, t->count};
    more.items = sk_mem_new(t->vm, more.room * sizeof *more.items);
    if (!more.items) return false;
    for (size_t i = 0; i < t->room; i++)
      if (t->items[i].group) *find(&more, t->items[i].group) = t->items[i];
    sk_mem_free(t->vm, t->items, t->room * sizeof *t->items);
    *t = more;
  }
  *find(t, group) = (Known){group, leaves};
  t->count++;
  return true;
}

static size_t add(size_t a, size_t b) { return a + b < a ? SIZE_MAX : a + b; }

/* Of a group whose members that are groups are all known; else goes down to the first that is not. */
static bool count_one(Walk *w, Table *t) {
  const SkTuple *members = w->groups[w->depth - 1];
  size_t leaves = 0;
  for (uint32_t i = 0; i < members->count; i++) {
    if (!sk_is_exc_group(w->vm, members->items[i])) {
      leaves = add(leaves, 1);
      continue;
    }
    const SkTuple *group = sk_group_members(sk_as_exc(members->items[i]));
    const Known *k = t->room ? find(t, group) : NULL;
    if (!k || !k->group) return walk_down(w, group);
    leaves = add(leaves, k->leaves);
  }
  w->depth--;
  return remember(t, members, leaves);
}

size_t skein_exc_leaves(skein_vm *v, skein_val h) {
  SkValue e;
  if (!exc_get(v, h, &e)) return 0;
  SkTuple *members = members_of(v, e);
  if (!members) return 1;
  Walk w = {.vm = core(v)};
  Table t = {.vm = core(v)};
  bool good = walk_down(&w, members);
  while (good && w.depth) good = count_one(&w, &t);
  size_t leaves = good ? find(&t, members)->leaves : 0;
  sk_mem_free(t.vm, t.items, t.room * sizeof *t.items);
  walk_end(&w);
  return leaves;
}

/* ---- parts ---- */

OP(op_split) {
  Op *o = arg;
  SkSplit s = sk_group_split(vm, o->a, sk_from_ptr(exc_class_named(vm, o->s)));
  o->result = s.match;
  o->rest = s.rest;
}

static skein_val part(skein_vm *v, SkValue x, bool *memory) {
  if (sk_is_none(x)) return (skein_val){0};
  skein_val h = handle_new(v, x);
  *memory = *memory && h.bits;
  return h;
}

skein_status skein_exc_split(skein_vm *v, skein_val h, const char *type, skein_val *match, skein_val *rest) {
  Op o = {.s = type, .result = SK_NONE, .rest = SK_NONE};
  if (match) *match = (skein_val){0};
  if (rest) *rest = (skein_val){0};
  if (!exc_get(v, h, &o.a)) return SKEIN_ERR_MISUSE;
  if (!type) return api_misuse(v, "the type of a split is NULL");
  skein_status s = api_enter(v, op_split, &o);
  bool memory = true;
  if (s == SKEIN_OK && match) *match = part(v, o.result, &memory);
  if (s == SKEIN_OK && rest) *rest = part(v, o.rest, &memory);
  return s != SKEIN_OK ? s : memory ? SKEIN_OK : SKEIN_ERR_NOMEM;
}
