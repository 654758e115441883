/* bytes_impl.h - what the files of bytes and bytearray share.  Layer 6, this package only. */
#ifndef SK_OBJECT_BYTES_IMPL_H
#define SK_OBJECT_BYTES_IMPL_H

#include "vm/object/bytes.h"

/* A method that bytes and bytearray both have. */
#define SK_BYTES_METHOD(name, sig, doc)                             \
  static SkValue bytes_##name(SkVm *vm, const SkValue *args);       \
  const SkNativeDef sk_bytes_##name##_def = {sig, doc, bytes_##name}; \
  static SkValue bytes_##name(SkVm *vm, const SkValue *args)

#define BYTES_METHODS(X)                                                                                      \
  X(capitalize) X(lower) X(upper) X(title) X(swapcase) X(isalnum) X(isalpha) X(isascii) X(isdigit) X(islower) \
  X(isspace) X(istitle) X(isupper) /* bytes_case.c */                                                         \
  X(find) X(rfind) X(index) X(rindex) X(count) X(startswith) X(endswith) X(replace) X(removeprefix)           \
  X(removesuffix) X(split) X(rsplit) X(splitlines) X(partition) X(rpartition) X(join) /* bytes_search.c */    \
  X(strip) X(lstrip) X(rstrip) X(center) X(ljust) X(rjust) X(zfill) X(expandtabs) X(translate) X(decode)      \
  X(hex) X(sizeof) /* bytes_layout.c */
#define BYTES_METHOD_DECLARE(name) extern const SkNativeDef sk_bytes_##name##_def;
BYTES_METHODS(BYTES_METHOD_DECLARE)
#undef BYTES_METHOD_DECLARE
extern const SkNativeDef sk_bytes_maketrans_def, sk_bytes_fromhex_def;
#define BYTES_METHOD(name) {.kind = SK_ATTR_METHOD, .def = &sk_bytes_##name##_def},

/* The bytes of a bytes or bytearray. */
SkChars bytes_self(SkValue v);
/* The same class as |like|: bytes or bytearray, not its subclass. */
SkValue bytes_like(SkVm *vm, SkValue like, const char *p, size_t n);
SkValue bytes_like_raw(SkVm *vm, SkValue like, size_t n, char **p);
/* |v| itself when it is a plain bytes, else a copy. */
SkValue bytes_same(SkVm *vm, SkValue v);
SkValue bytes_piece(SkVm *vm, SkValue owner, size_t from, size_t to);
/* 0..255, or ValueError "<what> must be in range(0, 256)". */
unsigned char bytes_value(SkVm *vm, SkValue v, const char *what);
/* Appends what bytes(source) or bytearray(source) holds, given that source is no str and no buffer. */
void bytes_collect(SkVm *vm, SkStrBuf *out, SkValue source, const char *name, const char *what);
/* Contents for a constructor with these arguments; |*buf| a finished buffer of raw bytes. */
void bytes_construct(SkVm *vm, SkStrBuf *out, const SkValue *args, const char *name, const char *what);
void bytes_repr_into(SkStrBuf *b, SkChars s);
SkValue bytes_repr_of(SkVm *vm, SkValue self);
SkValue bytes_hex_text(SkVm *vm, SkChars s, SkValue sep, int64_t per);
int bytes_compare(SkChars a, SkChars b);
/* a == b or != of bytes-likes; NotImplemented when |b| is none. */
SkValue bytes_equal(SkVm *vm, SkValue a, SkValue b, bool negate);
bool bytes_contains(SkVm *vm, SkValue self, SkValue item);
SkValue bytes_getitem(SkVm *vm, SkValue self, SkValue key);
SkValue bytes_concat(SkVm *vm, SkValue self, SkValue other);
SkValue bytes_repeat(SkVm *vm, SkValue self, SkValue count);
SkValue bytes_mod(SkVm *vm, SkValue self, SkValue args);
SkValue bytes_rmod(SkVm *vm, SkValue self, SkValue other);
SkValue bytes_lt(SkVm *vm, SkValue a, SkValue b);
SkValue bytes_le(SkVm *vm, SkValue a, SkValue b);
SkValue bytes_gt(SkVm *vm, SkValue a, SkValue b);
SkValue bytes_ge(SkVm *vm, SkValue a, SkValue b);
SkValue bytes_eq(SkVm *vm, SkValue a, SkValue b);
SkValue bytes_ne(SkVm *vm, SkValue a, SkValue b);
int64_t bytes_len(SkVm *vm, SkValue self);

#endif
