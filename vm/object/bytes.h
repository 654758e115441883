/* bytes.h - bytes, bytearray and memoryview.  Layer 6. */
#ifndef SK_OBJECT_BYTES_H
#define SK_OBJECT_BYTES_H

#include "vm/object/chars.h"
#include "vm/object/object.h"
#include "vm/object/str.h"

SK_C_BEGIN

typedef struct SkBytes { SkObject head; size_t length; int64_t hash; char data[]; /* + NUL */ } SkBytes;
/* raw is NULL when nothing was ever stored; exports: memoryviews made and not released (a dead one still counts
 * until somebody asks, sk_bytearray_check_exports).  head.aux: 0, or the type code of an array.array, which has this
 * kind too. */
typedef struct SkBytearray { SkObject head; size_t length; SkRaw *raw; uint32_t exports; } SkBytearray;

enum { SK_VIEW_DIMS = 8, SK_VIEW_RELEASED = 1, SK_VIEW_READONLY = 2 /* head.aux */ };
/* A window on the bytes of |obj|; data points into it, so it must not move while the view is there. */
typedef struct SkMemoryview {
  SkObject head;
  SkValue obj;
  char *data;
  size_t length;             /* bytes shown: items * itemsize */
  int64_t hash;
  uint32_t itemsize, ndim;
  uint32_t exports;          /* always 0: views of views are views of |obj| */
  char format[4];            /* "B", "@I", ... */
  int64_t shape[SK_VIEW_DIMS], strides[SK_VIEW_DIMS];
} SkMemoryview;

SK_INLINE bool sk_is_bytes(SkValue v) { return sk_has_kind(v, SK_KIND_BYTES); }
SK_INLINE SkBytes *sk_as_bytes(SkValue v) { sk_assert(sk_is_bytes(v)); return (SkBytes *)sk_ptr(v); }
SK_INLINE bool sk_is_bytearray(SkValue v) { return sk_has_kind(v, SK_KIND_BYTEARRAY); }
SK_INLINE SkBytearray *sk_as_bytearray(SkValue v) { sk_assert(sk_is_bytearray(v)); return (SkBytearray *)sk_ptr(v); }
SK_INLINE bool sk_is_memoryview(SkValue v) { return sk_has_kind(v, SK_KIND_MEMORYVIEW); }
SK_INLINE SkMemoryview *sk_as_memoryview(SkValue v) { sk_assert(sk_is_memoryview(v)); return (SkMemoryview *)sk_ptr(v); }

SkBytes *sk_bytes_new(SkVm *vm, const void *p, size_t n); /* p NULL: zeroed */
SkBytes *sk_strbuf_finish_bytes(SkStrBuf *b);             /* a buffer that was filled with bytes */
/* Bytes of any bytes-like object (bytes, bytearray, memoryview); false if it is none. */
bool sk_bytes_view(SkVm *vm, SkValue v, const char **p, size_t *n);
void sk_bytes_view_or_raise(SkVm *vm, SkValue v, const char **p, size_t *n); /* "a bytes-like object is required, not 'x'" */
SkChars sk_to_bytes(SkVm *vm, SkValue v);                 /* the same as one value */
/* Writable bytes (bytearray, memoryview of one); false if it has none. */
bool sk_bytes_view_writable(SkVm *vm, SkValue v, char **p, size_t *n);

SkBytearray *sk_bytearray_new(SkVm *vm, const void *p, size_t n);
void sk_bytearray_check_exports(SkVm *vm, SkBytearray *b); /* BufferError while memoryviews of it are there */
void sk_bytearray_resize(SkVm *vm, SkBytearray *b, size_t length); /* new bytes are zero; BufferError while exported */
SK_INLINE char *sk_bytearray_data(const SkBytearray *b) { return b->raw ? (char *)b->raw->data : (char *)""; }

bool sk_memoryview_bytes(SkVm *vm, SkMemoryview *m, const char **p, size_t *n); /* ValueError released, BufferError not contiguous */
SkBytes *sk_memoryview_tobytes(SkVm *vm, SkMemoryview *m);
SkMemoryview *sk_memoryview_new(SkVm *vm, SkValue of);    /* TypeError when |of| has no bytes */

SK_C_END

#endif
