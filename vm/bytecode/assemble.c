/* assemble.c - instructions with labels, then jumps resolved and stretched.  Layer 3.
 *
 * Fused branches hold 16-bit distances.  When a target is too far, two words are put
 * after the branch:      JLT a, b -> +2 ; JMP +2 ; JMP far
 * Invariant: fixups and positions are in order of their instructions.
 */
#include "vm/bytecode/assemble.h"

#include <string.h>

#define ASM_GROW(a, array, count, room)                                                        \
  do {                                                                                         \
    if ((count) == (room)) {                                                                   \
      uint32_t more = (room) ? (room) * 2 : 16;                                                \
      (array) = sk_arena_grow((a)->arena, (array), (room) * sizeof *(array), more * sizeof *(array)); \
      (room) = more;                                                                           \
    }                                                                                          \
  } while (0)

void sk_asm_init(SkAsm *a, SkArena *arena) { *a = (SkAsm){.arena = arena}; }

bool sk_op_falls_through(SkOp op) {
  switch (op) {
    case SK_OP_JMP: case SK_OP_RET: case SK_OP_RETNONE: case SK_OP_RAISE: case SK_OP_RAISEFROM:
    case SK_OP_RERAISE: case SK_OP_RAISEBARE: case SK_OP_EXIT:
      return false;
    default: return true;
  }
}

static bool range_same(const SkRange *a, const SkRange *b) {
  return a->line == b->line && a->col == b->col && a->end_line == b->end_line &&
         a->end_col == b->end_col;
}

static void asm_position(SkAsm *a, SkRange pos) {
  if (a->npositions && range_same(&a->positions[a->npositions - 1].range, &pos)) return;
  ASM_GROW(a, a->positions, a->npositions, a->positions_room);
  a->positions[a->npositions++] = (SkAsmPosition){a->ninsns, pos};
}

void sk_asm_second_range(SkAsm *a, SkRange pos) {
  if (a->dead) return;
  if (range_same(&a->positions[a->npositions - 1].range, &pos)) return;
  ASM_GROW(a, a->positions, a->npositions, a->positions_room);
  a->positions[a->npositions++] = (SkAsmPosition){a->ninsns - 2, pos};
}

static SkInsn *asm_room(SkAsm *a, unsigned words) {
  if (a->ninsns + words > a->insns_room) {
    uint32_t more = a->insns_room ? a->insns_room * 2 : 64;
    a->insns = sk_arena_grow(a->arena, a->insns, a->insns_room * sizeof(SkInsn), more * sizeof(SkInsn));
    a->insns_room = more;
  }
  return &a->insns[a->ninsns];
}

SkInsn *sk_asm_emit(SkAsm *a, SkRange pos, SkOp op, unsigned ra, unsigned rb, unsigned rc) {
  if (a->dead) return memset(a->scratch, 0, sizeof a->scratch);
  asm_position(a, pos);
  unsigned words = sk_op_info[op].words;
  SkInsn *i = asm_room(a, words);
  i->op = (uint16_t)op;
  i->a = (uint16_t)ra;
  i->b = (uint16_t)rb;
  i->c = (uint16_t)rc;
  for (unsigned w = 1; w < words; w++) i[w].w = 0;
  a->ninsns += words;
  a->dead = !sk_op_falls_through(op);
  return i;
}

void sk_asm_jump(SkAsm *a, SkRange pos, SkOp op, unsigned ra, unsigned rb, unsigned rc, SkLabel to) {
  if (a->dead) return;
  ASM_GROW(a, a->fixups, a->nfixups, a->fixups_room);
  a->fixups[a->nfixups++] = (SkAsmFixup){a->ninsns, to, false};
  a->labels[to].uses++;
  sk_asm_emit(a, pos, op, ra, rb, rc);
}

SkLabel sk_asm_label(SkAsm *a) {
  ASM_GROW(a, a->labels, a->nlabels, a->labels_room);
  a->labels[a->nlabels] = (SkAsmLabel){SK_ASM_NOWHERE, 0};
  return a->nlabels++;
}

void sk_asm_place(SkAsm *a, SkLabel label) {
  sk_assert(a->labels[label].at == SK_ASM_NOWHERE);
  a->labels[label].at = a->ninsns;
  if (a->labels[label].uses) a->dead = false;
}

void sk_asm_protect(SkAsm *a, uint32_t start, SkLabel target, unsigned reg) {
  if (start >= a->ninsns) return;
  a->labels[target].uses++;
  if (a->nhandlers) { /* grows the last entry when it goes on where that ended */
    SkAsmHandler *last = &a->handlers[a->nhandlers - 1];
    if (last->target == target && last->end == start) {
      last->end = a->ninsns;
      return;
    }
  }
  ASM_GROW(a, a->handlers, a->nhandlers, a->handlers_room);
  a->handlers[a->nhandlers++] = (SkAsmHandler){start, a->ninsns, target, (uint16_t)reg};
}

/* ---- stretching ---- */

static bool asm_is_short(const SkAsm *a, const SkAsmFixup *f) {
  return sk_op_info[a->insns[f->at].op].c == SK_OPERAND_J;
}

/* Where old word |at| will be: every stretched branch before it adds two words. */
typedef struct AsmShift { const uint32_t *at; uint32_t n; } AsmShift;

static uint32_t shift_map(const AsmShift *s, uint32_t at) {
  uint32_t low = 0, high = s->n;
  while (low < high) {
    uint32_t mid = (low + high) / 2;
    if (s->at[mid] < at) low = mid + 1;
    else high = mid;
  }
  return at + 2 * low;
}

/* Decides which short branches must be stretched; each round can push others out of reach. */
static AsmShift asm_choose(SkAsm *a) {
  AsmShift shift = {NULL, 0};
  uint32_t *at = NULL;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 0; i < a->nfixups; i++) {
      SkAsmFixup *f = &a->fixups[i];
      if (f->stretched || !asm_is_short(a, f)) continue;
      int64_t d = (int64_t)shift_map(&shift, a->labels[f->label].at) - (int64_t)shift_map(&shift, f->at);
      if (d < INT16_MIN || d > INT16_MAX) f->stretched = changed = true;
    }
    if (!changed) break;
    if (!at) at = sk_arena_alloc(a->arena, sizeof *at * a->nfixups);
    shift = (AsmShift){at, 0};
    for (uint32_t i = 0; i < a->nfixups; i++)
      if (a->fixups[i].stretched) at[shift.n++] = a->fixups[i].at;
  }
  return shift;
}

/* Moves everything to its place after stretching; the new words are filled in. */
static void asm_stretch(SkAsm *a, AsmShift shift) {
  if (shift.n == 0) return;
  SkInsn *out = sk_arena_alloc(a->arena, (a->ninsns + 2 * shift.n) * sizeof(SkInsn));
  uint32_t from = 0, to = 0;
  for (uint32_t i = 0; i < shift.n; i++) {
    uint32_t upto = shift.at[i] + 1; /* short branches are one word */
    memcpy(out + to, a->insns + from, (upto - from) * sizeof(SkInsn));
    to += upto - from;
    from = upto;
    out[to++] = (SkInsn){.op = SK_OP_JMP, .b = 2};
    out[to++] = (SkInsn){.op = SK_OP_JMP};
  }
  memcpy(out + to, a->insns + from, (a->ninsns - from) * sizeof(SkInsn));
  for (uint32_t i = 0; i < a->nlabels; i++)
    if (a->labels[i].at != SK_ASM_NOWHERE) a->labels[i].at = shift_map(&shift, a->labels[i].at);
  for (uint32_t i = 0; i < a->nfixups; i++) a->fixups[i].at = shift_map(&shift, a->fixups[i].at);
  for (uint32_t i = 0; i < a->npositions; i++) a->positions[i].at = shift_map(&shift, a->positions[i].at);
  for (uint32_t i = 0; i < a->nhandlers; i++) {
    a->handlers[i].start = shift_map(&shift, a->handlers[i].start);
    a->handlers[i].end = shift_map(&shift, a->handlers[i].end);
  }
  a->insns = out;
  a->ninsns += 2 * shift.n;
  a->insns_room = a->ninsns;
}

static void asm_set_jump32(SkInsn *i, int32_t d) {
  i->b = (uint16_t)((uint32_t)d & 0xffff);
  i->c = (uint16_t)((uint32_t)d >> 16);
}

/* The jump at word |at|, if it is an unconditional one. */
static const SkAsmFixup *asm_plain_jump(const SkAsm *a, uint32_t at) {
  if (at >= a->ninsns || a->insns[at].op != SK_OP_JMP) return NULL;
  uint32_t low = 0, high = a->nfixups;
  while (low < high) {
    uint32_t mid = (low + high) / 2;
    if (a->fixups[mid].at < at) low = mid + 1;
    else high = mid;
  }
  return low < a->nfixups && a->fixups[low].at == at ? &a->fixups[low] : NULL;
}

/* A jump to a jump goes where that goes. */
static void asm_thread(SkAsm *a) {
  enum { MOST = 16 }; /* an empty endless loop is a jump to itself */
  for (uint32_t n = 0; n < a->nfixups; n++) {
    SkAsmFixup *f = &a->fixups[n];
    unsigned op = a->insns[f->at].op;
    if (!sk_op_polls(op)) continue; /* may not lead back */
    for (int steps = 0; steps < MOST; steps++) {
      const SkAsmFixup *next = asm_plain_jump(a, a->labels[f->label].at);
      if (!next || next == f) break;
      f->label = next->label;
    }
  }
}

static void asm_resolve(SkAsm *a) {
  for (uint32_t n = 0; n < a->nfixups; n++) {
    SkAsmFixup *f = &a->fixups[n];
    SkInsn *i = &a->insns[f->at];
    int32_t d = (int32_t)(a->labels[f->label].at - f->at);
    if (f->stretched) {
      i->c = 2;
      asm_set_jump32(i + 2, d - 2);
    } else if (sk_op_info[i->op].c == SK_OPERAND_J) {
      i->c = (uint16_t)(int16_t)d;
    } else if (sk_op_info[i->op].b == SK_OPERAND_BC) {
      asm_set_jump32(i, d);
    } else {
      i[1].imm = d;
    }
  }
}

/* ---- the finished block ---- */

typedef struct AsmBlock { char *next; } AsmBlock;

static void *block_take(AsmBlock *b, size_t bytes) {
  void *p = b->next;
  b->next += (bytes + 7) & ~(size_t)7;
  return p;
}
static SkText block_text(AsmBlock *b, SkText t) {
  char *s = b->next;
  if (t.n) memcpy(s, t.s, t.n);
  s[t.n] = 0;
  b->next += t.n + 1;
  return (SkText){s, t.n};
}

static size_t round8(size_t n) { return (n + 7) & ~(size_t)7; }

static bool const_has_text(const SkCodeConst *k) {
  return k->kind == SK_K_STR || k->kind == SK_K_BYTES || k->kind == SK_K_BIGINT;
}
static bool const_has_items(const SkCodeConst *k) {
  return k->kind == SK_K_TUPLE || k->kind == SK_K_FROZENSET;
}

static size_t asm_block_size(const SkAsm *a, const SkAsmHead *h) {
  uint32_t nvars = h->nlocals + h->nfree;
  size_t size = round8(a->ninsns * sizeof(SkInsn)) + round8(a->nconsts * sizeof(SkCodeConst)) +
                round8((a->nnames + nvars) * sizeof(SkText)) + round8(nvars) +
                round8(a->nhandlers * sizeof(SkHandler)) + round8(a->npositions * sizeof(SkPosition)) + 64;
  size += h->name.n + h->qualname.n + h->filename.n + 3;
  for (uint32_t i = 0; i < nvars; i++) size += h->varnames[i].n + 1;
  for (uint32_t i = 0; i < a->nnames; i++) size += a->names[i].n + 1;
  for (uint32_t i = 0; i < a->nconsts; i++) {
    const SkCodeConst *k = &a->consts[i];
    if (const_has_text(k)) size += k->length + 1;
    if (const_has_items(k)) size += k->count * sizeof(uint32_t);
  }
  return size;
}

/* Two passes, because items need alignment and texts destroy it. */
static void asm_copy_items(AsmBlock *b, SkCodeConst *out, const SkAsm *a) {
  for (uint32_t i = 0; i < a->nconsts; i++) {
    const SkCodeConst *k = &a->consts[i];
    out[i] = *k;
    if (!const_has_items(k)) continue;
    uint32_t *copy = (uint32_t *)b->next;
    if (k->count) memcpy(copy, k->items, k->count * sizeof(uint32_t));
    b->next += k->count * sizeof(uint32_t);
    out[i].items = copy;
  }
}

static void asm_copy_const_texts(AsmBlock *b, SkCodeConst *out, const SkAsm *a) {
  for (uint32_t i = 0; i < a->nconsts; i++) {
    const SkCodeConst *k = &a->consts[i];
    if (const_has_text(k)) out[i].text = block_text(b, (SkText){k->text, k->length}).s;
  }
}

static SkPosition asm_position_out(const SkAsmPosition *p) {
  if (p->range.line == 0) return (SkPosition){p->at, 0, 0, -1, -1};
  return (SkPosition){p->at, (int32_t)p->range.line, (int32_t)p->range.end_line, (int32_t)p->range.col,
                      (int32_t)p->range.end_col};
}

static SkHandler *asm_copy_handlers(AsmBlock *b, const SkAsm *a) {
  SkHandler *out = block_take(b, a->nhandlers * sizeof(SkHandler));
  for (uint32_t i = 0; i < a->nhandlers; i++) {
    const SkAsmHandler *h = &a->handlers[i];
    out[i] = (SkHandler){h->start, h->end, a->labels[h->target].at, h->reg, 0};
  }
  return out;
}

static SkText *asm_copy_texts(AsmBlock *b, SkText *out, const SkText *in, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) out[i] = block_text(b, in[i]);
  return out;
}

static void asm_fill(SkAsm *a, const SkAsmHead *h, SkCode *code, AsmBlock *b) {
  uint32_t nvars = h->nlocals + h->nfree;
  SkInsn *insns = block_take(b, a->ninsns * sizeof(SkInsn));
  if (a->ninsns) memcpy(insns, a->insns, a->ninsns * sizeof(SkInsn));
  SkCodeConst *consts = block_take(b, a->nconsts * sizeof(SkCodeConst));
  SkText *texts = block_take(b, (a->nnames + nvars) * sizeof(SkText));
  code->insns = insns;
  code->ninsns = a->ninsns;
  code->consts = consts;
  code->nconsts = a->nconsts;
  code->handlers = asm_copy_handlers(b, a);
  code->nhandlers = a->nhandlers;
  SkPosition *positions = block_take(b, a->npositions * sizeof(SkPosition));
  for (uint32_t i = 0; i < a->npositions; i++) positions[i] = asm_position_out(&a->positions[i]);
  code->positions = positions;
  code->npositions = a->npositions;
  asm_copy_items(b, consts, a);
  uint8_t *is_cell = (uint8_t *)b->next;
  if (nvars) memcpy(is_cell, h->is_cell, nvars);
  b->next += nvars;
  code->is_cell = is_cell;
  asm_copy_const_texts(b, consts, a);
  code->names = asm_copy_texts(b, texts, a->names, a->nnames);
  code->nnames = a->nnames;
  code->varnames = asm_copy_texts(b, texts + a->nnames, h->varnames, nvars);
}

static void asm_fill_head(const SkAsmHead *h, SkCode *code, AsmBlock *b) {
  code->name = block_text(b, h->name);
  code->qualname = block_text(b, h->qualname);
  code->filename = block_text(b, h->filename);
  code->first_line = h->first_line;
  code->flags = h->flags;
  code->argcount = (uint16_t)h->argcount;
  code->posonly = (uint16_t)h->posonly;
  code->kwonly = (uint16_t)h->kwonly;
  code->nlocals = (uint16_t)h->nlocals;
  code->nfree = (uint16_t)h->nfree;
  code->nregs = (uint16_t)h->nregs;
  code->doc = h->doc;
}

SkCode *sk_asm_finish(SkAsm *a, const SkAsmHead *h) {
  asm_thread(a);
  asm_stretch(a, asm_choose(a));
  asm_resolve(a);
  SkCode *code = sk_code_alloc(asm_block_size(a, h));
  if (!code) return NULL;
  AsmBlock b = {code->block};
  asm_fill(a, h, code, &b);
  asm_fill_head(h, code, &b);
  return code;
}
