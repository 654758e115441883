/* freeze.h - code to bytes and back: the precompiled library.         Layer 3. */
#ifndef SK_BYTECODE_FREEZE_H
#define SK_BYTECODE_FREEZE_H

#include "vm/base/buf.h"
#include "vm/bytecode/code.h"

SK_C_BEGIN

/* Appends the code, and all code among its constants.  out->failed: memory is out. */
void sk_code_freeze(const SkCode *code, SkBuf *out);

typedef enum SkThawTrust {
  SK_THAW_VERIFY, /* bytes from anywhere: everything is proven before it may run */
  SK_THAW_OWN     /* bytes this build made: only checked for damage */
} SkThawTrust;

/* One reference; NULL and a static text in *why when the bytes are no code of this build. */
SkCode *sk_code_thaw(const void *bytes, size_t n, SkThawTrust trust, const char **why);

SK_C_END

#endif
