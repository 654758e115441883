/* effects.c - which registers an instruction reads, writes and destroys.   Layer 3. */
#include "vm/bytecode/effects.h"

static void reads(SkEffects *e, uint32_t first, uint32_t count) { e->reads[e->nreads++] = (SkRegRun){first, count}; }
static void writes(SkEffects *e, uint32_t first, uint32_t count) { e->writes[e->nwrites++] = (SkRegRun){first, count}; }

static void operand(SkEffects *e, unsigned kind, uint32_t reg) {
  if (kind == SK_OPERAND_R || kind == SK_OPERAND_RW) reads(e, reg, 1);
  if (kind == SK_OPERAND_W || kind == SK_OPERAND_RW) writes(e, reg, 1);
}

static uint32_t tuple_length(const SkCode *code, int64_t k) {
  if (k < 0 || k >= code->nconsts || code->consts[k].kind != SK_K_TUPLE) return 0;
  return (uint32_t)code->consts[k].count;
}

static void call_effects(const SkCode *code, const SkInsn *i, SkEffects *e) {
  *e = (SkEffects){.clobbers = i->a};
  uint32_t args = i->b;
  switch (i->op) {
    case SK_OP_CALLM: break;
    case SK_OP_CALLX: reads(e, i->a, 1); args = 2; break;
    case SK_OP_CALLKW: reads(e, i->a, 1); args += tuple_length(code, i[1].imm); break;
    default: reads(e, i->a, 1); break;
  }
  reads(e, i->a + 3u, args);
  writes(e, i->c, 1);
}

static bool is_call(unsigned op) {
  return op == SK_OP_CALL || op == SK_OP_CALLM || op == SK_OP_CALLMETHOD || op == SK_OP_CALLKW || op == SK_OP_CALLX;
}

void sk_effects(const SkCode *code, const SkInsn *i, SkEffects *e) {
  if (is_call(i->op)) {
    call_effects(code, i, e);
    return;
  }
  const SkOpInfo *info = &sk_op_info[i->op];
  *e = (SkEffects){.clobbers = ~0u};
  operand(e, info->a, i->a);
  operand(e, info->b, i->b);
  operand(e, info->c, i->c);
  switch (i->op) { /* runs: what the single operands above do not say */
    case SK_OP_MOVE2: reads(e, i->b + 1u, 1); writes(e, i->a + 1u, 1); break;
    case SK_OP_UNSETN: case SK_OP_COPYFREE: e->nwrites = 0; writes(e, i->a, i->b); break;
    case SK_OP_SUPERATTR: reads(e, i->b, 3); break;
    case SK_OP_GETMETHOD: writes(e, i->c + 3u, 1); break;
    case SK_OP_SLICE: reads(e, i->b, 2 + (i->c != 0)); break;
    case SK_OP_TUPLE: case SK_OP_LIST: case SK_OP_SET: case SK_OP_BUILDSTR:
      e->nreads = 0;
      reads(e, i->b, i->c);
      break;
    case SK_OP_DICT: e->nreads = 0; reads(e, i->b, 2u * i->c); break;
    case SK_OP_DICTKEYS: e->nreads = 0; reads(e, i->b, tuple_length(code, i->c)); break;
    case SK_OP_UNPACK: e->nwrites = 0; writes(e, i->a, i->c); break;
    case SK_OP_UNPACKX: e->nwrites = 0; writes(e, i->a, (uint32_t)(i->c + 1 + i[1].imm)); break;
    case SK_OP_GETSLICE: reads(e, i->c, 2); break;
    case SK_OP_SETSLICE: reads(e, i->b, 2); break;
    case SK_OP_IMPORT: reads(e, i->c, 2); break;
    case SK_OP_INTRINSIC:
      e->nreads = 0;
      reads(e, i->b, i->c < SK_INTRINSIC_COUNT ? sk_intrinsic_info[i->c].args : 0);
      break;
    case SK_OP_YIELD: if (i->c) reads(e, i->c - 1u, 1); break;
    case SK_OP_EGENTER: writes(e, i->a + 1u, 2); break;
    case SK_OP_EGCOLLECT: e->nreads = 0, e->nwrites = 0; reads(e, i->a + 1u, 1); reads(e, i->b, 1); break;
    case SK_OP_EGFINISH: reads(e, i->a, 3); break;
    case SK_OP_FORITER: e->jump_keeps = true; break;
    default: break;
  }
}

bool sk_insn_target(const SkInsn *i, int64_t *d) {
  const SkOpInfo *info = &sk_op_info[i->op];
  if (info->b == SK_OPERAND_BC) *d = sk_insn_jump32(i);
  else if (info->c == SK_OPERAND_J) *d = (int16_t)i->c;
  else if (i->op == SK_OP_FORITER || i->op == SK_OP_SEND) *d = i[1].imm;
  else return false;
  return true;
}
