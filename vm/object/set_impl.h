/* set_impl.h - what the files of set and frozenset share.  Layer 6. */
#ifndef SK_OBJECT_SET_IMPL_H
#define SK_OBJECT_SET_IMPL_H

#include "vm/object/dict.h"

/* A set or frozenset by class number, empty. */
SkSet *sk_set_new_id(SkVm *vm, int type_id);
/* The base class an operation's result has: that of |s| without its subclass. */
int sk_set_base_id(const SkVm *vm, const SkSet *s);
void sk_set_init_empty(SkSet *s);
SkSetEntry *sk_set_find(SkVm *vm, SkSet *s, SkValue key, int64_t hash);
bool sk_set_add_hashed(SkVm *vm, SkSet *s, SkValue key, int64_t hash);
bool sk_set_discard_hashed(SkVm *vm, SkSet *s, SkValue key, int64_t hash);
void sk_set_clear(SkSet *s);
void sk_set_resize(SkVm *vm, SkSet *s, size_t minimum);
/* |to| (unshared) takes over the table of |from|, which is used no more. */
void sk_set_take(SkVm *vm, SkSet *to, SkSet *from);

/* Algebra.  |other| any iterable unless a SkSet is asked for. */
SkSet *sk_set_copy(SkVm *vm, SkSet *s, int type_id);
SkSet *sk_set_from(SkVm *vm, SkValue iterable, int type_id);
SkSet *sk_set_intersect(SkVm *vm, SkSet *s, SkValue other);
SkSet *sk_set_subtract(SkVm *vm, SkSet *s, SkValue other);
void sk_set_remove_all(SkVm *vm, SkSet *s, SkValue other);
void sk_set_toggle_all(SkVm *vm, SkSet *s, SkValue other);
bool sk_set_is_disjoint(SkVm *vm, SkSet *s, SkValue other);
bool sk_set_is_subset(SkVm *vm, SkSet *s, SkSet *of);
bool sk_set_equals(SkVm *vm, SkSet *a, SkSet *b);

#endif
