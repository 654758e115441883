/* str_impl.h - what the text files share.  Layer 6, this package only. */
#ifndef SK_OBJECT_STR_IMPL_H
#define SK_OBJECT_STR_IMPL_H

#include "vm/object/str.h"

int64_t str_hash_bytes(SkVm *vm, const char *s, size_t n);
SkValue str_exact(SkVm *vm, SkStr *s);                                   /* |s| itself, or a plain str of a subclass instance's text */
SkValue str_piece(SkVm *vm, SkValue s, size_t from, size_t to);          /* bytes [from, to), between characters */
/* Optional start and end arguments clamped to 0..length as slices are; false: start lies beyond the end. */
bool sk_bounds_resolve(SkVm *vm, SkValue start, SkValue stop, size_t length, size_t *from, size_t *to);

#endif
