/* hosted_group.c - a task group whose body is the host: a task that waits in its place until the host joins.  Layer 7b.
 *
 * An error in a member cancels the group, and with it that wait: the group then ends by itself, without the host.
 */
#include "vm/task/scope_impl.h"

enum { BODY_NEW, BODY_OPEN, BODY_LEAVES };

/* self: the group; a: what the body was left with, or None; b: the group's end, once it has begun. */

static bool leaving(SkVm *vm, SkAwait *a, bool finished, SkValue *out) {
  (void)vm;
  if (!finished) return false;
  if (!sk_is_none(a->a) && sk_is(*out, SK_FALSE)) sk_throw(vm, a->a);
  *out = SK_NONE;
  return true;
}

static bool leave(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  SkValue end = group_exit(vm, (SkGroup *)sk_ptr(a->self), exc);
  sk_write(vm, a, &a->a, exc);
  sk_write(vm, a, &a->b, end);
  sk_await_set_phase(a, BODY_LEAVES);
  return leaving(vm, a, sk_await_send(vm, sk_as_await(end), SK_NONE, out), out);
}

static bool body_step(SkVm *vm, SkAwait *a, SkValue sent, SkValue *out) {
  (void)sent;
  switch (sk_await_phase(a)) {
  case BODY_NEW:
    group_open(vm, (SkGroup *)sk_ptr(a->self));
    sk_await_set_phase(a, BODY_OPEN);
    *out = sk_park(vm, a);
    return false;
  case BODY_OPEN: return leave(vm, a, SK_NONE, out);
  default: return leaving(vm, a, sk_await_send(vm, sk_as_await(a->b), SK_NONE, out), out);
  }
}

static bool body_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  if (sk_await_phase(a) == BODY_OPEN) return leave(vm, a, exc, out);
  return leaving(vm, a, sk_await_throw(vm, sk_as_await(a->b), exc, out), out);
}

static const SkAwaitOps body_ops = {.name = "group", .qualname = "group", .waits_for = "the host", .step = body_step, .thrown = body_thrown};

/* NULL: it is the group of a script. */
static SkAwait *body_of(const SkGroup *g) {
  if (!g->parent || !sk_is_await(g->parent->coro)) return NULL;
  SkAwait *a = sk_as_await(g->parent->coro);
  return a->ops == &body_ops ? a : NULL;
}

SkGroup *sk_hosted_group_open(SkVm *vm, SkLoop *l, SkValue name) {
  SkGroup *g = group_new(vm, group_class(vm), 0), *root = sk_group_of_loop(vm, l);
  sk_write(vm, g, &g->name, name);
  SkValue body = sk_await_new(vm, &body_ops, sk_from_ptr(g), SK_NONE, SK_NONE);
  SkTask *t = sk_task_new(vm, l, body, root, root->scope, sk_from_ptr(sk_str_from_cstr(vm, "host")), NULL);
  loop_step(vm, t, SK_UNSET);
  if (sk_future_done(&t->future)) sk_future_result(vm, &t->future); /* there was no memory */
  return g;
}

SkTask *sk_hosted_group_spawn(SkVm *vm, SkGroup *g, SkValue coro, SkValue name) {
  if (!g->child_done) sk_raise_type(vm, "%R is no TaskGroup of Skein", sk_from_ptr(g));
  group_need_open(vm, g, coro);
  return group_spawn(vm, g, coro, name, NULL, false);
}

SkTask *sk_hosted_group_join(SkVm *vm, SkGroup *g) {
  SkAwait *a = body_of(g);
  if (!a) sk_raise_type(vm, "%R is not a group of the host", sk_from_ptr(g));
  if (sk_await_phase(a) == BODY_OPEN && sk_await_state(a) == SK_AWAIT_WAITING) sk_wake(vm, a);
  return g->parent;
}

void sk_hosted_group_cancel(SkVm *vm, SkGroup *g, SkValue text) {
  if (!g->child_done) sk_raise_type(vm, "%R can't be cancelled as a whole", sk_from_ptr(g));
  group_cancel(vm, g, SK_SOURCE_EXPLICIT, sk_current_task(vm), text, SK_NONE);
}
