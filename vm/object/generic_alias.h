/* generic_alias.h - list[int] and int | str: what generic_alias.c and union.c share.  Layer 6, this package only. */
#ifndef SK_OBJECT_GENERIC_ALIAS_H
#define SK_OBJECT_GENERIC_ALIAS_H

#include "vm/object/object_impl.h"

/* head.aux 1: starred (*tuple[int]).  A union has no origin (NULL value int 0).  params UNSET until asked for. */
typedef struct SkGenericAlias { SkObject head; SkValue origin; SkTuple *args; SkValue params; } SkGenericAlias;

SK_INLINE SkGenericAlias *sk_as_alias(SkValue v) { return (SkGenericAlias *)sk_ptr(v); }
bool alias_is(const SkVm *vm, SkValue v); /* a types.GenericAlias, subclasses included */
void alias_repr_item(SkVm *vm, SkStrBuf *b, SkValue v);
SkTuple *alias_parameters(SkVm *vm, SkTuple *args); /* the type parameters found in |args|, each once */
/* |args| with |params| replaced by |items| (a tuple or one value); |self| for messages. */
SkTuple *alias_substitute(SkVm *vm, SkValue self, SkTuple *args, SkTuple *params, SkValue items);

#endif
