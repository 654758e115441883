/* emit.c - registers, instructions, labels and what is bound where.   Layer 4. */
#include <string.h>

#include "vm/compile/compile_impl.h"

Reg tmps(C *c, unsigned n) {
  Unit *u = c->u;
  Reg r = u->top;
  if (u->top + n > MAX_REGS) {
    SkRange none = {0};
    sk_diag_error(c->diag, none, SK_DIAG_SYNTAX, "too many values at once in one function");
    return u->scope->nlocals;
  }
  u->top += n;
  if (u->top > u->nregs) u->nregs = u->top;
  return r;
}
Reg tmp(C *c) { return tmps(c, 1); }

SkInsn *emit(C *c, SkRange pos, SkOp op, Reg ra, Reg rb, Reg rc) {
  return sk_asm_emit(&c->u->as, pos, op, ra, rb, rc);
}

void emit_move(C *c, SkRange pos, Reg dst, Reg src) {
  if (dst != src) emit(c, pos, SK_OP_MOVE, dst, src, 0);
}

void emit_const(C *c, SkRange pos, Reg dst, uint32_t k) {
  const SkCodeConst *v = &c->u->as.consts[k];
  if (v->kind == SK_K_INT && v->i >= INT32_MIN && v->i <= INT32_MAX) {
    emit_int(c, pos, dst, v->i);
  } else if (k <= 0xffff) {
    emit(c, pos, SK_OP_LOADK, dst, k, 0);
  } else {
    emit(c, pos, SK_OP_LOADKX, dst, 0, 0)[1].imm = k;
  }
}

void emit_int(C *c, SkRange pos, Reg dst, int64_t i) {
  uint32_t bits = (uint32_t)(int32_t)i;
  emit(c, pos, SK_OP_LOADINT, dst, bits & 0xffff, bits >> 16);
}

uint32_t none_const(C *c) {
  SkCodeConst k = {.kind = SK_K_NONE};
  return sk_asm_const(&c->u->as, &k);
}
void emit_none(C *c, SkRange pos, Reg dst) { emit_const(c, pos, dst, none_const(c)); }

void emit_str(C *c, SkRange pos, Reg dst, SkName *text) {
  emit_const(c, pos, dst, sk_asm_const_text(&c->u->as, SK_K_STR, text->text, text->length));
}

uint32_t name_index(C *c, const SkName *name) {
  uint32_t n = sk_asm_name(&c->u->as, name->text, name->length);
  if (n > 0xffff) {
    SkRange none = {0};
    sk_diag_error(c->diag, none, SK_DIAG_SYNTAX, "too many names in one function");
    return 0;
  }
  return n;
}

/* ---- states ---- */

uint64_t *state_copy(C *c) {
  uint64_t *s = sk_arena_alloc(c->arena, c->u->words * sizeof *s);
  memcpy(s, c->u->defined, c->u->words * sizeof *s);
  return s;
}
bool state_has(const C *c, Reg r) { return c->u->defined[r / 64] >> r % 64 & 1; }
void state_set(C *c, Reg r) { c->u->defined[r / 64] |= (uint64_t)1 << r % 64; }
void state_clear(C *c, Reg r) { c->u->defined[r / 64] &= ~((uint64_t)1 << r % 64); }

/* ---- labels ---- */

Label label_new(C *c) { return (Label){sk_asm_label(&c->u->as), NULL}; }

static void label_join(C *c, Label *l) {
  if (is_dead(c)) return;
  if (!l->state) {
    l->state = state_copy(c);
  } else {
    for (uint32_t i = 0; i < c->u->words; i++) l->state[i] &= c->u->defined[i];
  }
}

void label_place(C *c, Label *l) {
  bool falls = !is_dead(c);
  sk_asm_place(&c->u->as, l->l);
  if (!l->state) return;
  for (uint32_t i = 0; i < c->u->words; i++)
    c->u->defined[i] = falls ? c->u->defined[i] & l->state[i] : l->state[i];
}

void label_head(C *c, Label *l) {
  label_place(c, l);
  for (uint32_t i = 0; i < c->u->words; i++) c->u->defined[i] &= ~c->u->killable[i];
}

void jump(C *c, SkRange pos, Label *l) { jump_if(c, pos, SK_OP_JMP, 0, 0, l); }

void jump_if(C *c, SkRange pos, SkOp op, Reg ra, Reg rb, Label *l) {
  label_join(c, l);
  sk_asm_jump(&c->u->as, pos, op, ra, rb, 0, l->l);
}

void jump_word(C *c, SkRange pos, SkOp op, Reg ra, Reg rb, Reg rc, Label *l) {
  label_join(c, l);
  sk_asm_jump(&c->u->as, pos, op, ra, rb, rc, l->l);
}
