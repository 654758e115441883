/* detach.c - generators and scopes: what may stay open across a yield (Y1-Y7).  Layer 7b.
 *
 * A yield with scopes open would hide them from the consumer, or cancel the wrong code.  A group among them is an error at the yield.  Plain
 * scopes and timeouts are taken off the task while the generator is suspended and hung below the resumer's scope when it goes on: their
 * deadlines keep running, and what expires meanwhile is met inside the generator, never by the consumer.
 */
#include "vm/object/gen.h"
#include "vm/task/scope_impl.h"

static bool below(const SkScope *s, const SkScope *top) {
  while (s && s != top) s = s->parent;
  return s == top;
}

SK_NORETURN static void refuse(SkVm *vm, SkGen *g, const SkScope *group) {
  SkFunc *f = (SkFunc *)sk_ptr(g->callee);
  if (sk_is_none(group->where)) {
    sk_raisef(vm, SK_T_YieldInTaskGroupError, "generator '%S' cannot yield while a task group is open in it", f->name);
  }
  SkStr *file = ((SkCodeObj *)sk_ptr(group->where))->filename;
  sk_raisef(vm, SK_T_YieldInTaskGroupError, "generator '%S' cannot yield while the task group opened at %U:%d is open", f->name, file, group->line);
}

static void *scope_at_yield(SkVm *vm, SkGen *g, void *at_resume) {
  SkScope *innermost = vm->scope, *outside = at_resume;
  if (!innermost || !below(innermost, outside)) return NULL; /* it left a scope that its resumer had opened: nothing is hidden */
  for (SkScope *s = innermost; s != outside; s = s->parent)
    if (s->head.aux & SK_SCOPE_GROUP) refuse(vm, g, s);
  if (skein_option_is(vm, "scope-yield", "reject"))
    sk_raisef(vm, SK_T_RuntimeError, "generator '%S' cannot yield while a cancel scope is open in it", ((SkFunc *)sk_ptr(g->callee))->name);
  for (SkScope *s = innermost, *up; s != outside; s = up) {
    up = s->parent;
    s->head.aux |= SK_SCOPE_DETACHED;
    if (s->head.aux & SK_SCOPE_TIMEOUT) async_timeout_detach(vm, s);
    if (up == outside) s->parent = NULL;
  }
  vm->scope = outside;
  return innermost;
}

static void scope_at_resume(SkVm *vm, SkGen *g, void *segment) {
  (void)g;
  SkTask *t = sk_current_task(vm);
  SkScope *outside = vm->scope;
  for (SkScope *s = segment; s; s = s->parent) {
    s->head.aux &= (uint16_t)~SK_SCOPE_DETACHED;
    if (t && s->task != t) sk_write_ptr(vm, s, &s->task, t);
    if (s->parent) continue;
    sk_write_ptr(vm, s, &s->parent, outside);
    break;
  }
  vm->scope = segment;
  if (!t) return;
  for (SkScope *s = segment; s && s != outside; s = s->parent) /* when the tree is whole again */
    if (s->head.aux & SK_SCOPE_TIMEOUT) async_timeout_attach(vm, s, t);
}

void detach_install(SkVm *vm) {
  vm->hooks.scope_at_yield = scope_at_yield;
  vm->hooks.scope_at_resume = scope_at_resume;
}
