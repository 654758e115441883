/* str_impl.h - what the str files share.  Layer 6, this package only. */
#ifndef SK_OBJECT_STR_IMPL_H
#define SK_OBJECT_STR_IMPL_H

#include "vm/object/str.h"

int64_t str_hash_bytes(SkVm *vm, const char *s, size_t n);

#endif
