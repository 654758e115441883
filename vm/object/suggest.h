/* suggest.h - the name that was probably meant.  Layer 6. */
#ifndef SKEIN_VM_OBJECT_SUGGEST_H
#define SKEIN_VM_OBJECT_SUGGEST_H

#include "vm/object/object.h"
#include "vm/object/str.h"

/* The candidate (all are str) most like |name|, as CPython would suggest it, or NULL. */
SkStr *sk_suggest(SkStr *name, const SkValue *candidates, size_t n);

#endif
