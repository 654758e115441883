/* exc_group_impl.h - splitting, shared by the group type and except*.  Layer 6, this package only. */
#ifndef SK_OBJECT_EXC_GROUP_IMPL_H
#define SK_OBJECT_EXC_GROUP_IMPL_H

#include "vm/object/exception.h"

/* What a split looks for: any exception for which matches(vm, exc, want) is true is taken whole. */
typedef struct SkMatcher { bool (*matches)(SkVm *vm, SkValue exc, SkValue want); SkValue want; bool by_class; /* the answer depends on the class of exc only */ } SkMatcher;
SkSplit group_split_by(SkVm *vm, SkValue exc, const SkMatcher *m, bool want_rest);
/* |group| with other members, made by its derive(); None when there are none. */
SkValue group_subset(SkVm *vm, SkValue group, SkList *members);

#endif
