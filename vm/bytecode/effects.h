/* effects.h - which registers an instruction reads, writes and destroys.   Layer 3.
 *
 * For the verifier.  Register operands come from opcodes.def; runs of registers are listed in effects.c.
 */
#ifndef SK_BYTECODE_EFFECTS_H
#define SK_BYTECODE_EFFECTS_H

#include "vm/bytecode/code.h"

SK_C_BEGIN

typedef struct SkRegRun { uint32_t first, count; } SkRegRun;

typedef struct SkEffects {
  SkRegRun reads[5], writes[4];
  unsigned nreads, nwrites;
  uint32_t clobbers;   /* this register and all above it hold nothing afterwards; ~0: none */
  bool jump_keeps;     /* the jump leaves without the writes (FORITER) */
} SkEffects;

void sk_effects(const SkCode *code, const SkInsn *insn, SkEffects *out);
/* Target of the instruction's jump relative to it; false: it has none. */
bool sk_insn_target(const SkInsn *insn, int64_t *distance);

SK_C_END

#endif
