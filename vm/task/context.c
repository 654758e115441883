/* context.c - contexts: which one is current, snapshots shared by tasks, entering and leaving.  Layer 7b.
 *
 * vm->context NULL is the empty context.  A snapshot is frozen: any number of tasks start with the same one.  Whoever
 * wants to change the current context, or show it to a script, first makes it its own: a frozen one is replaced by a
 * copy (two words of it are new, the map is shared).  So a script never holds a frozen context, and a context that it
 * holds is never replaced.
 *
 * For those who run steps and callbacks:    before = sk_context_enter(vm, t->context);
 *                                           ... under sk_protect ...
 *                                           t->context = sk_context_leave(vm, before);      (with the barrier)
 */
#include "vm/task/context.h"

SkContext *sk_context_new(SkVm *vm, const SkContext *like) {
  SkContext *c = sk_object_new(vm, sk_library_type(vm, &sk_context_type), 0);
  if (like) {
    c->map = like->map;
    c->count = like->count;
  }
  return c;
}

bool sk_is_context(SkVm *vm, SkValue v) { return sk_is_ptr(v) && sk_type_of(vm, v) == sk_library_type(vm, &sk_context_type); }

SkContext *sk_as_context(SkVm *vm, SkValue v) {
  if (!sk_is_context(vm, v)) sk_raise_type(vm, "an instance of Context was expected");
  return sk_ptr(v);
}

SkContext *sk_context_snapshot(SkVm *vm) {
  SkContext *c = vm->context;
  if (!c || !c->map) return NULL;
  if (c->head.aux & SK_CONTEXT_FROZEN) return c;
  if (c->snapshot && c->snapshot->map == c->map) return c->snapshot;
  SkContext *s = sk_context_new(vm, c);
  s->head.aux |= SK_CONTEXT_FROZEN;
  sk_write_ptr(vm, c, &c->snapshot, s);
  return s;
}

SkValue sk_context_value(SkVm *vm, SkContext *c) {
  if (!c || (c->head.aux & SK_CONTEXT_FROZEN)) c = sk_context_new(vm, c);
  return sk_from_ptr(c);
}

SkContext *sk_context_current(SkVm *vm) {
  SkContext *c = sk_ptr(sk_context_value(vm, vm->context));
  c->head.aux |= SK_CONTEXT_ENTERED;
  vm->context = c;
  return c;
}

SkContext *sk_context_enter(SkVm *vm, SkContext *c) {
  SkContext *before = vm->context;
  if (c && !(c->head.aux & SK_CONTEXT_FROZEN)) {
    if (c->head.aux & SK_CONTEXT_ENTERED) {
      sk_raisef(vm, SK_T_RuntimeError, "cannot enter context: %R is already entered", sk_from_ptr(c));
    }
    c->head.aux |= SK_CONTEXT_ENTERED;
  }
  vm->context = c;
  return before;
}

SkContext *sk_context_leave(SkVm *vm, SkContext *before) {
  SkContext *c = vm->context;
  if (c) c->head.aux &= (uint16_t)~SK_CONTEXT_ENTERED;
  vm->context = before;
  return c;
}

/* Frozen contexts have no readers of |map| but tasks that share them: only own ones are changed. */
void sk_context_set(SkVm *vm, SkContext *c, SkContextVar *var, SkValue v) {
  sk_assert(!(c->head.aux & SK_CONTEXT_FROZEN));
  bool added = false;
  SkContextMap *m = sk_is_unset(v) ? sk_context_map_delete(vm, c->map, var) : sk_context_map_set(vm, c->map, var, v, &added);
  sk_write_ptr(vm, c, &c->map, m);
  c->count += (uint64_t)added - sk_is_unset(v);
  if (m) {
    var->seen = m->id;
    var->known = v;
  }
}
