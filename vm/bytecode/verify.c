/* verify.c - proves that code can run without checks.                 Layer 3.
 *
 * First the shape: known instructions, operands in range, jumps to instructions, handlers nested,
 * constants well founded.  Then the flow (verify_flow.c): no register is read before it is written on
 * every path.  Code that passes cannot make the interpreter touch what is not its own.
 */
#include <stdlib.h>

#include "vm/bytecode/verify_impl.h"

static const char *bad(Verify *v, uint32_t at, const char *text) {
  v->at = at;
  return text;
}

static bool is_start(const Verify *v, int64_t at) {
  return at >= 0 && at < v->code->ninsns && (v->marks[at] & MARK_START);
}

static const char *verify_walk(Verify *v) {
  const SkCode *code = v->code;
  uint32_t at = 0, last = 0;
  if (code->ninsns == 0) return bad(v, 0, "no code");
  while (at < code->ninsns) {
    unsigned op = code->insns[at].op;
    if (op >= SK_OP_CONT) return bad(v, at, "unknown instruction");
    if (at + sk_op_info[op].words > code->ninsns) return bad(v, at, "instruction cut off");
    v->marks[at] = MARK_START;
    last = at;
    at += sk_op_info[op].words;
  }
  if (sk_op_falls_through((SkOp)code->insns[last].op)) return bad(v, last, "falls off the end");
  return NULL;
}

static const char *verify_operand(Verify *v, uint32_t at, unsigned kind, uint32_t x) {
  const SkCode *code = v->code;
  switch (kind) {
    case SK_OPERAND_W: case SK_OPERAND_R: case SK_OPERAND_RW:
      return x < code->nregs ? NULL : bad(v, at, "register out of range");
    case SK_OPERAND_K: return x < code->nconsts ? NULL : bad(v, at, "constant out of range");
    case SK_OPERAND_N: return x < code->nnames ? NULL : bad(v, at, "name out of range");
    default: return NULL;
  }
}

static bool is_const_kind(const SkCode *code, int64_t k, SkCodeConstKind kind) {
  return k >= 0 && k < code->nconsts && code->consts[k].kind == kind;
}

static const char *verify_immediate(Verify *v, uint32_t at, const SkInsn *i) {
  const SkCode *code = v->code;
  bool ok = true;
  switch (i->op) {
    case SK_OP_LOADKX: ok = i[1].imm >= 0 && i[1].imm < code->nconsts; break;
    case SK_OP_NAMECELL: ok = i[1].imm >= 0 && i[1].imm < code->nnames; break;
    case SK_OP_CALLM: ok = i[1].method.name < code->nnames && i->b >= 1; break;
    case SK_OP_CALLMETHOD: ok = i->b >= 1; break;
    case SK_OP_CALLKW: ok = is_const_kind(code, i[1].imm, SK_K_TUPLE); break;
    case SK_OP_DICTKEYS: ok = is_const_kind(code, i->c, SK_K_TUPLE); break;
    case SK_OP_LISTCONST: ok = is_const_kind(code, i->b, SK_K_TUPLE); break;
    case SK_OP_MATCHCLASS: ok = is_const_kind(code, (int64_t)(i[1].w >> 32), SK_K_TUPLE); break;
    case SK_OP_FUNC: ok = is_const_kind(code, (int64_t)(i->b | (uint32_t)i->c << 16), SK_K_CODE); break;
    case SK_OP_UNPACKX: ok = i[1].imm >= 0 && i[1].imm < 0x10000; break;
    case SK_OP_INTRINSIC: ok = i->c < SK_INTRINSIC_COUNT; break;
    case SK_OP_COPYFREE: ok = i->b <= code->nfree; break;
    case SK_OP_SETFUNC: ok = i->c <= 4; break;
    case SK_OP_CONVERT: ok = i->c <= 2; break;
    case SK_OP_AWAITABLE: ok = i->a <= 2; break;
    case SK_OP_YIELD:
      ok = i->c == 0 || (at >= 3 && is_start(v, at - 3) && i[-3].op == SK_OP_SEND && at + 1 < code->ninsns &&
                         i[1].op == SK_OP_JMP && sk_insn_jump32(i + 1) == -4);
      break;
    default: break;
  }
  return ok ? NULL : bad(v, at, "bad immediate operand");
}

static const char *verify_runs(Verify *v, uint32_t at, const SkInsn *i) {
  SkEffects e;
  sk_effects(v->code, i, &e);
  for (unsigned n = 0; n < e.nreads; n++)
    if (e.reads[n].count && e.reads[n].first + (uint64_t)e.reads[n].count > v->code->nregs)
      return bad(v, at, "run of registers out of range");
  for (unsigned n = 0; n < e.nwrites; n++)
    if (e.writes[n].count && e.writes[n].first + (uint64_t)e.writes[n].count > v->code->nregs)
      return bad(v, at, "run of registers out of range");
  if (e.clobbers != ~0u && e.clobbers + 3u > v->code->nregs) return bad(v, at, "window out of range");
  return NULL;
}

static const char *verify_insns(Verify *v) {
  const SkCode *code = v->code;
  for (uint32_t at = 0; at < code->ninsns; at += sk_op_info[code->insns[at].op].words) {
    const SkInsn *i = &code->insns[at];
    const SkOpInfo *info = &sk_op_info[i->op];
    const char *why = verify_operand(v, at, info->a, i->a);
    if (!why && !(i->op == SK_OP_TUPLE || i->op == SK_OP_LIST || i->op == SK_OP_SET || i->op == SK_OP_DICT ||
                  i->op == SK_OP_DICTKEYS))
      why = verify_operand(v, at, info->b, i->b); /* an empty run may start one past the end */
    if (!why) why = verify_operand(v, at, info->c, i->c);
    if (!why) why = verify_immediate(v, at, i);
    if (!why) why = verify_runs(v, at, i);
    int64_t d;
    if (!why && sk_insn_target(i, &d)) {
      if (!is_start(v, at + d)) why = bad(v, at, "jump between instructions");
      else v->marks[at + d] |= MARK_TARGET;
    }
    if (why) return why;
  }
  return NULL;
}

static const char *verify_handlers(Verify *v) {
  const SkCode *code = v->code;
  for (uint32_t n = 0; n < code->nhandlers; n++) {
    const SkHandler *h = &code->handlers[n];
    if (h->start >= h->end || !is_start(v, h->start) || (h->end != code->ninsns && !is_start(v, h->end)))
      return bad(v, h->start, "bad handler range");
    if (!is_start(v, h->target) || h->reg >= code->nregs) return bad(v, h->start, "bad handler");
    v->marks[h->target] |= MARK_TARGET;
    for (uint32_t m = 0; m < n; m++) { /* earlier means further in */
      const SkHandler *x = &code->handlers[m];
      bool apart = x->end <= h->start || h->end <= x->start, inside = x->start >= h->start && x->end <= h->end;
      if (!apart && !inside) return bad(v, h->start, "handlers not nested");
    }
  }
  return NULL;
}

static const char *verify_head(Verify *v) {
  const SkCode *code = v->code;
  uint32_t params = sk_code_params(code);
  if (params > code->nlocals || code->posonly > code->argcount) return bad(v, 0, "bad parameter counts");
  if (code->nlocals + code->nfree > code->nregs) return bad(v, 0, "locals past the registers");
  if (code->doc >= (int64_t)code->nconsts) return bad(v, 0, "bad docstring");
  for (uint32_t k = 0; k < code->nconsts; k++) {
    const SkCodeConst *x = &code->consts[k];
    if (x->kind != SK_K_TUPLE && x->kind != SK_K_FROZENSET) continue;
    for (size_t n = 0; n < x->count; n++)
      if (x->items[n] >= k) return bad(v, k, "constant holds a later one");
  }
  for (uint32_t n = 0; n < code->npositions; n++)
    if (code->positions[n].at >= code->ninsns || (n && code->positions[n].at <= code->positions[n - 1].at))
      return bad(v, n, "positions out of order");
  return NULL;
}

const char *sk_code_verify(const SkCode *code, uint32_t *at) {
  Verify v = {.code = code, .marks = calloc(code->ninsns + 1, 1)};
  if (!v.marks) return "out of memory";
  const char *why = verify_head(&v);
  if (!why) why = verify_walk(&v);
  if (!why) why = verify_insns(&v);
  if (!why) why = verify_handlers(&v);
  if (!why) why = verify_flow(&v);
  free(v.marks);
  if (at) *at = v.at;
  return why;
}
