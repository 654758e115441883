/* opcode.h - instruction numbers, words and static properties.  Layer 3. */
#ifndef SK_BYTECODE_OPCODE_H
#define SK_BYTECODE_OPCODE_H

#include "vm/base/defs.h"

SK_C_BEGIN

typedef enum SkOp {
#define OPCODE(name, a, b, c, words, doc) SK_OP_##name,
#include "vm/bytecode/opcodes.def"
#undef OPCODE
  SK_OP_COUNT
} SkOp;

typedef enum SkIntrinsic {
#define INTRINSIC(name, args, doc) SK_INTRINSIC_##name,
#include "vm/bytecode/intrinsics.def"
#undef INTRINSIC
  SK_INTRINSIC_COUNT
} SkIntrinsic;

/* Operator numbers, in the order of the ADD.., IADD.. opcodes and of the slots. */
typedef enum SkBinaryOp {
  SK_BIN_ADD, SK_BIN_SUB, SK_BIN_MUL, SK_BIN_MATMUL, SK_BIN_TRUEDIV, SK_BIN_FLOORDIV, SK_BIN_MOD,
  SK_BIN_POW, SK_BIN_LSHIFT, SK_BIN_RSHIFT, SK_BIN_AND, SK_BIN_XOR, SK_BIN_OR, SK_BIN_DIVMOD,
  SK_BIN_COUNT
} SkBinaryOp;

typedef enum SkCompareOp { SK_CMP_LT, SK_CMP_LE, SK_CMP_EQ, SK_CMP_NE, SK_CMP_GT, SK_CMP_GE } SkCompareOp;

typedef enum SkOperand {
  SK_OPERAND__, SK_OPERAND_W, SK_OPERAND_R, SK_OPERAND_RW, SK_OPERAND_K, SK_OPERAND_N,
  SK_OPERAND_U, SK_OPERAND_J, SK_OPERAND_BC
} SkOperand;

/* One 64-bit word of the instruction stream: an instruction, or what follows one. */
typedef union SkInsn {
  struct { uint16_t op, a, b, c; };
  uint64_t w;
  int64_t imm;
  struct { uint32_t shape; uint16_t slot, kind; } attr;    /* GETATTR, SETATTR */
  struct { uint32_t mshape; uint16_t name, mkind; } method; /* CALLM: name is fixed, the rest cache */
  struct { uint32_t version, index; } key;                 /* GLOBAL, NAME */
  void *ptr;
} SkInsn;

typedef struct SkOpInfo {
  const char *name, *doc;
  uint8_t a, b, c;  /* SkOperand */
  uint8_t words;
} SkOpInfo;

extern const SkOpInfo sk_op_info[SK_OP_COUNT];

typedef struct SkIntrinsicInfo { const char *name; uint8_t args; } SkIntrinsicInfo;
extern const SkIntrinsicInfo sk_intrinsic_info[SK_INTRINSIC_COUNT];

/* Whether the jump of an instruction polls: those that don't must lead forward. */
SK_INLINE bool sk_op_polls(unsigned op) { return op != SK_OP_FORITER && op != SK_OP_SEND && op != SK_OP_JNOTEXC && op != SK_OP_JNAKED; }

/* The signed 32-bit jump in b and c. */
SK_INLINE int32_t sk_insn_jump32(const SkInsn *i) { return (int32_t)((uint32_t)i->b | (uint32_t)i->c << 16); }

SK_C_END

#endif
