/* origin.c - who raised an error, when, and what had reached that task before: facts that outlive every regrouping (X2, X3).  Layer 7b.
 *
 * They hang on the leaf itself (SkExc.task, shown as __task__), so splitting, deriving and merging groups cannot lose them.
 */
#include "vm/task/scope_impl.h"

static void origin_trace(SkMarker *m, SkObject *o) {
  SkOrigin *g = (SkOrigin *)o;
  sk_mark_ptr(m, g->task);
  sk_mark_ptr(m, g->reason);
}

/* "Task-1/squares/sq2": the tasks and named groups on the way down to it. */
static SkValue origin_str(SkVm *vm, SkValue self) {
  SkTask *t = ((SkOrigin *)sk_ptr(self))->task;
  SkStr *path = sk_task_name(vm, t);
  for (SkGroup *g = t->group; g && g->parent; g = g->parent->group) {
    if (sk_is_str(g->name)) path = sk_format(vm, "%S/%U", g->name, path);
    path = sk_format(vm, "%U/%U", sk_task_name(vm, g->parent), path);
  }
  return sk_from_ptr(path);
}

const SkTypeDef sk_origin_type = {
    .name = "skein._Origin", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(SkOrigin), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE,
    .slots = {.str = origin_str}, .trace = origin_trace};

SkOrigin *origin_of(SkVm *vm, SkValue exc) {
  SkValue v = sk_as_exc(exc)->task;
  return sk_has_kind(v, SK_KIND_NATIVE_OBJECT) && sk_shape_of(vm, v)->def == &sk_origin_type ? (SkOrigin *)sk_ptr(v) : NULL;
}

void origin_mark(SkVm *vm, SkValue exc, SkTask *t) {
  if (origin_of(vm, exc)) return; /* the first group it entered knows best */
  SkOrigin *o = sk_object_new(vm, sk_library_type(vm, &sk_origin_type), 0);
  o->task = t;
  o->reason = reason_of_task(t);
  o->arrival = sk_is_loop(t->future.loop) ? ++sk_as_loop(t->future.loop)->arrivals : 0;
  SkExc *e = sk_as_exc(exc);
  sk_write(vm, e, &e->task, sk_from_ptr(o));
}

/* ---- consequences ------------------------------------------------------------------------------------------------------------- */

static void add_leaves(SkVm *vm, SkList *leaves, SkValue exc) {
  SkList *stack = sk_list_new(vm, 8);
  sk_list_append(vm, stack, exc);
  while (stack->count) {
    SkValue e = sk_list_pop(vm, stack, stack->count - 1);
    if (!sk_is_exc_group(vm, e)) {
      sk_list_append(vm, leaves, e);
      continue;
    }
    SkTuple *members = sk_group_members(sk_as_exc(e));
    for (size_t i = members->count; i-- > 0;) sk_list_append(vm, stack, members->items[i]);
  }
}

SkList *origin_leaves(SkVm *vm, SkValue exc) {
  SkList *leaves = sk_list_new(vm, 4);
  add_leaves(vm, leaves, exc);
  return leaves;
}

/* |exc| itself, or one of its leaves if it is a group, is an error of the kind. */
static bool has_kind(SkVm *vm, SkValue exc, int type_id) {
  if (!sk_is_exc(exc)) return false;
  if (!sk_is_exc_group(vm, exc)) return sk_exc_is(vm, exc, type_id);
  SkList *leaves = origin_leaves(vm, exc);
  for (size_t i = 0; i < leaves->count; i++)
    if (sk_exc_is(vm, sk_list_items(leaves)[i], type_id)) return true;
  return false;
}

bool origin_is_consequence(SkVm *vm, SkValue leaf, int type_id) {
  enum { CHAIN_MOST = 1000 };
  SkOrigin *o = origin_of(vm, leaf);
  for (int i = 0; o && o->reason && i < CHAIN_MOST; i++) {
    SkValue cause = o->reason->error;
    if (has_kind(vm, cause, type_id)) return true;
    o = sk_is_exc(cause) ? origin_of(vm, cause) : NULL;
  }
  return false;
}
