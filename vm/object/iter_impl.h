/* iter_impl.h - what the files of the built-in iterators share.  Layer 6. */
#ifndef SK_OBJECT_ITER_IMPL_H
#define SK_OBJECT_ITER_IMPL_H

#include "vm/object/object.h"
#include "vm/object/seq.h"

/* __iter__ of every iterator. */
SkValue sk_iter_self(SkVm *vm, SkValue self);

/* What __reduce__ gives: (builtins.name, (a,)) or, with a state, (builtins.name, (a,), state). */
SkValue sk_iter_reduce(SkVm *vm, const char *builtin, SkValue a, SkValue state_or_unset);
SkValue sk_builtin(SkVm *vm, const char *name);

SkValue sk_list_reviter_new(SkVm *vm, SkList *l);

#endif
