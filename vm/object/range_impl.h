/* range_impl.h - shared by range.c, range_iter.c and slice.c.  Layer 6. */
#ifndef SK_OBJECT_RANGE_IMPL_H
#define SK_OBJECT_RANGE_IMPL_H

#include "vm/object/seq.h"

SkValue sk_range_from(SkVm *vm, SkValue start, SkValue stop, SkValue step);
SkValue sk_range_iter_new(SkVm *vm, SkValue start, SkValue stop, SkValue step, SkValue length);
/* slice.indices() for any length; all ints. */
void sk_slice_indices(SkVm *vm, SkSlice *s, SkValue length, SkValue *start, SkValue *stop, SkValue *step);

#endif
