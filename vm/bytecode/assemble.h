/* assemble.h - builds one SkCode: instructions, labels, handlers, constants, names.  Layer 3.
 *
 * Lives in an arena until sk_asm_finish copies everything into one block.
 * Code that no path reaches is not kept: after an instruction that never
 * falls through the assembler is |dead| and drops what is emitted until a
 * label that something jumps to is placed.
 */
#ifndef SK_BYTECODE_ASSEMBLE_H
#define SK_BYTECODE_ASSEMBLE_H

#include "vm/base/arena.h"
#include "vm/base/diag.h"
#include "vm/bytecode/code.h"

SK_C_BEGIN

typedef uint32_t SkLabel; /* index into SkAsm.labels */
enum { SK_ASM_NOWHERE = 0xffffffffu };

typedef struct SkAsmLabel { uint32_t at, uses; } SkAsmLabel;
typedef struct SkAsmFixup { uint32_t at; SkLabel label; bool stretched; } SkAsmFixup;
typedef struct SkAsmHandler { uint32_t start, end; SkLabel target; uint16_t reg; } SkAsmHandler;
typedef struct SkAsmPosition { uint32_t at; SkRange range; } SkAsmPosition;

typedef struct SkAsm {
  SkArena *arena;
  SkInsn *insns;          uint32_t ninsns, insns_room;
  SkAsmLabel *labels;     uint32_t nlabels, labels_room;
  SkAsmFixup *fixups;     uint32_t nfixups, fixups_room;
  SkAsmHandler *handlers; uint32_t nhandlers, handlers_room;
  SkAsmPosition *positions; uint32_t npositions, positions_room;
  SkCodeConst *consts;    uint32_t nconsts, consts_room;
  SkText *names;          uint32_t nnames, names_room;
  uint32_t *const_table;  uint32_t const_table_size; /* open addressing: index + 1 */
  uint32_t *name_table;   uint32_t name_table_size;
  bool dead;
  bool overflow;          /* a constant or name index past 65,535 was needed in an operand */
  SkInsn scratch[3];      /* where dead code goes */
} SkAsm;

void sk_asm_init(SkAsm *a, SkArena *arena);

/* Appends an instruction; its further words are zero.  The result is good until the next call. */
SkInsn *sk_asm_emit(SkAsm *a, SkRange pos, SkOp op, unsigned ra, unsigned rb, unsigned rc);
/* Gives the last instruction's second word a range of its own (CALLM: the lookup's). */
void sk_asm_second_range(SkAsm *a, SkRange pos);
/* An instruction with a jump operand (or FORITER, SEND: w1). */
void sk_asm_jump(SkAsm *a, SkRange pos, SkOp op, unsigned ra, unsigned rb, unsigned rc, SkLabel to);

SkLabel sk_asm_label(SkAsm *a);
/* Here is where |label| is.  |backward|: jumps to it may still follow. */
void sk_asm_place(SkAsm *a, SkLabel label);
static inline bool sk_asm_label_used(const SkAsm *a, SkLabel l) { return a->labels[l].uses != 0; }

/* Exceptions in [start, here) go to |target|, with the exception in |reg|.  Inner ranges first. */
void sk_asm_protect(SkAsm *a, uint32_t start, SkLabel target, unsigned reg);

/* Constants: equal ones get one index.  Floats are equal when their bits are. */
uint32_t sk_asm_const(SkAsm *a, const SkCodeConst *k);
uint32_t sk_asm_const_text(SkAsm *a, SkCodeConstKind kind, const char *s, size_t n);
uint32_t sk_asm_const_int(SkAsm *a, int64_t i);
uint32_t sk_asm_const_items(SkAsm *a, SkCodeConstKind kind, const uint32_t *items, size_t n);
uint32_t sk_asm_const_code(SkAsm *a, SkCode *code); /* never shared; the reference is the caller's business */
uint32_t sk_asm_name(SkAsm *a, const char *s, size_t n);

/* Everything that is not instructions; texts are copied. */
typedef struct SkAsmHead {
  SkText name, qualname, filename;
  int first_line;
  uint32_t flags;
  unsigned argcount, posonly, kwonly, nlocals, nfree, nregs;
  const SkText *varnames;
  const uint8_t *is_cell;
  int32_t doc;
} SkAsmHead;

/* The finished code, reference count 1; NULL when memory is out.  |overflow| has been checked. */
SkCode *sk_asm_finish(SkAsm *a, const SkAsmHead *head);

/* Whether the instruction can be followed by the next one. */
bool sk_op_falls_through(SkOp op);

SK_C_END

#endif
