/* bytes.h - bytes, bytearray and memoryview.  Layer 6. */
#ifndef SK_OBJECT_BYTES_H
#define SK_OBJECT_BYTES_H

#include "vm/object/object.h"

SK_C_BEGIN

typedef struct SkBytes { SkObject head; size_t length; int64_t hash; char data[]; /* + NUL */ } SkBytes;
typedef struct SkBytearray { SkObject head; size_t length; SkRaw *raw; uint32_t exports; } SkBytearray;

SK_INLINE bool sk_is_bytes(SkValue v) { return sk_has_kind(v, SK_KIND_BYTES); }
SK_INLINE SkBytes *sk_as_bytes(SkValue v) { sk_assert(sk_is_bytes(v)); return (SkBytes *)sk_ptr(v); }
SK_INLINE bool sk_is_bytearray(SkValue v) { return sk_has_kind(v, SK_KIND_BYTEARRAY); }
SkBytes *sk_bytes_new(SkVm *vm, const void *p, size_t n); /* p NULL: zeroed */
/* Bytes of any bytes-like object (bytes, bytearray, memoryview); false if it is none. */
bool sk_bytes_view(SkVm *vm, SkValue v, const char **p, size_t *n);
void sk_bytes_view_or_raise(SkVm *vm, SkValue v, const char **p, size_t *n); /* "a bytes-like object is required, not 'x'" */

SK_C_END

#endif
