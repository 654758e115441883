/* verify_impl.h - shared by verify.c, verify_flow.c and verify_type.c.               Layer 3.
 *
 * What a register is known to hold.  The loop trusts some instructions' operands to be what the compiler made
 * them: a cell, a list under construction, an exception.  So the verifier follows kinds, not only writes.
 */
#ifndef SK_BYTECODE_VERIFY_IMPL_H
#define SK_BYTECODE_VERIFY_IMPL_H

#include "vm/bytecode/effects.h"

enum { MARK_START = 1, MARK_TARGET = 2 };

typedef enum RegKind {
  REG_NOTHING,     /* not written on every path, or destroyed by a call */
  REG_MAYBE,       /* a value or UNSET */
  REG_HANDLED,     /* what PUSHEXC saved: an exception, None, UNSET */
  REG_HANDLED_GEN, /* the same in a generator */
  REG_VALUE,       /* any value; those below are values too */
  REG_CELL, REG_LIST, REG_SET, REG_DICT, REG_STR,
  REG_FUNC,        /* count: how many cells its closure must have */
  REG_TUPLE,
  REG_CELLS,       /* a tuple of |count| cells */
  REG_NIL,         /* None */
  REG_EXC, REG_EXC_OR_NIL
} RegKind;

typedef struct Reg { uint16_t kind, count; } Reg;

typedef struct Verify {
  const SkCode *code;
  uint8_t *marks;  /* per word */
  uint32_t *guard; /* per word: 1 + innermost handler, 0 none */
  uint32_t at;    /* where it is wrong */
} Verify;

bool sk_op_falls_through(SkOp op);
const char *verify_flow(Verify *v);

/* ---- verify_type.c ---- */
Reg reg_meet(Reg a, Reg b);
static inline bool reg_is_value(Reg r) { return r.kind >= REG_VALUE; }
/* Checks what |i| reads of |regs|, then destroys its window and writes its results there.  NULL, or what is wrong. */
const char *reg_step(const SkCode *code, const SkInsn *i, const SkEffects *e, Reg *regs);

#endif
