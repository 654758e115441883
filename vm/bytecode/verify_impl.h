/* verify_impl.h - shared by verify.c and verify_flow.c.               Layer 3. */
#ifndef SK_BYTECODE_VERIFY_IMPL_H
#define SK_BYTECODE_VERIFY_IMPL_H

#include "vm/bytecode/effects.h"

enum { MARK_START = 1, MARK_TARGET = 2 };

typedef struct Verify {
  const SkCode *code;
  uint8_t *marks; /* per word */
  uint32_t at;    /* where it is wrong */
} Verify;

bool sk_op_falls_through(SkOp op);
const char *verify_flow(Verify *v);

#endif
