/* freeze.h - code to bytes and back: saved programs, the precompiled library.         Layer 3. */
#ifndef SK_BYTECODE_FREEZE_H
#define SK_BYTECODE_FREEZE_H

#include "vm/base/buf.h"
#include "vm/bytecode/code.h"

SK_C_BEGIN

/* Appends the code, and all code among its constants.  out->failed: memory is out. */
void sk_code_freeze(const SkCode *code, SkBuf *out);

typedef enum SkThawTrust {
  SK_THAW_VERIFY, /* bytes from anywhere: everything is proven before it may run, and they are copied */
  SK_THAW_OWN     /* bytes this build made, at a multiple of 8, that stay where they are: used in place, unchecked but for the head */
} SkThawTrust;

/* One reference; NULL and a static text in *why when the bytes are no code of this build ("out of memory": there was none). */
SkCode *sk_code_thaw(const void *bytes, size_t n, SkThawTrust trust, const char **why);
extern const char sk_thaw_no_memory[]; /* *why, compared by address */

/* For fuzzers: makes a damaged head good again, as far as there is one, so that what follows it is looked at. */
void sk_freeze_repair(void *bytes, size_t n);

SK_C_END

#endif
