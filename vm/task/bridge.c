/* bridge.c - weak stand-ins until scopes, groups and contexts land; goes away then.  Layer 7b. */
#include "vm/task/task_impl.h"

#define WEAK __attribute__((weak))

WEAK SkContext *sk_context_snapshot(SkVm *vm) { return vm->context; }
WEAK SkContext *sk_as_context(SkVm *vm, SkValue v) { sk_raise_type(vm, "contexts are not there yet: %R", v); }
WEAK SkValue sk_context_value(SkVm *vm, SkContext *c) { (void)vm; return sk_from_ptr_or(c, SK_NONE); }

WEAK void async_timeout_detach(SkVm *vm, SkScope *s) { (void)vm, (void)s; }
WEAK void async_timeout_attach(SkVm *vm, SkScope *s, SkTask *resumer) { (void)vm, (void)s, (void)resumer; }
WEAK SkTask *aio_lock_owner(SkVm *vm, SkValue self) { (void)vm, (void)self; return NULL; }
WEAK const SkTypeDef sk_async_group_type = {.name = "_aio.TaskGroup"};
