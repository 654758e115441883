/* iter_impl.h - what the files of the built-in iterators share.  Layer 6. */
#ifndef SK_OBJECT_ITER_IMPL_H
#define SK_OBJECT_ITER_IMPL_H

#include "vm/object/object.h"
#include "vm/object/seq.h"

/* __iter__ of every iterator. */
SkValue sk_iter_self(SkVm *vm, SkValue self);

/* What __reduce__ gives: (fn, (a,)) or, with a state, (fn, (a,), state).  fn is builtins.iter or reversed,
 * looked up before the iterator is read: the look-up may run script code that exhausts it. */
SkValue sk_iter_reduce(SkVm *vm, SkValue fn, SkValue a, SkValue state_or_unset);
SkValue sk_builtin(SkVm *vm, const char *name);

SkValue sk_list_reviter_new(SkVm *vm, SkList *l);

#endif
