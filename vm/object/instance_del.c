/* instance_del.c - runs __del__ of objects that the collector found dead.                                 Layer 6. */
#include "vm/object/object_impl.h"

typedef struct Del { SkValue self, method; } Del;

static void del_protected(SkVm *vm, void *arg) {
  Del *d = arg;
  SkValue f = sk_type_lookup(vm, sk_type_of(vm, d->self), SK_NAME(vm, dunder_del));
  if (sk_is_unset(f)) return;
  d->method = f;
  sk_call0(vm, sk_lookup_special(vm, d->self, SK_NAME(vm, dunder_del)));
}

void sk_run_del(SkVm *vm, SkObject *o) {
  Del d = {sk_from_ptr(o), SK_UNSET};
  SkValue handled = vm->handled;
  vm->handled = SK_NONE;
  if (!sk_protect(vm, del_protected, &d)) sk_unraisable(vm, sk_take_raised(vm), d.method);
  vm->handled = handled;
}
