/* opcode.c - the static properties of every instruction, from opcodes.def.  Layer 3. */
#include "vm/bytecode/opcode.h"

const SkOpInfo sk_op_info[SK_OP_COUNT] = {
#define OPCODE(name, a, b, c, words, doc) \
  {#name, doc, SK_OPERAND_##a, SK_OPERAND_##b, SK_OPERAND_##c, words},
#include "vm/bytecode/opcodes.def"
#undef OPCODE
};

const SkIntrinsicInfo sk_intrinsic_info[SK_INTRINSIC_COUNT] = {
#define INTRINSIC(name, args, doc) {#name, args},
#include "vm/bytecode/intrinsics.def"
#undef INTRINSIC
};
