/* freeze_impl.h - what freeze.c and thaw.c must agree on.             Layer 3. */
#ifndef SK_BYTECODE_FREEZE_IMPL_H
#define SK_BYTECODE_FREEZE_IMPL_H

#include <stdint.h>

#define SK_FREEZE_MAGIC "SKC1"

/* Changes whenever an instruction does. */
uint64_t sk_freeze_fingerprint(void);

#endif
