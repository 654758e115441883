/* verify_flow.c - no register is read that does not hold what the instruction needs, on any path.   Layer 3.
 *
 * A state says of every register what it is known to hold (verify_impl.h).  States meet at jump targets and handlers; a
 * call destroys its window and everything above.  A handler may start before or after any write of an instruction
 * it guards.  Named variables have to hold something (UNSET is something) before anything else runs: frame
 * objects show them.
 */
#include <stdlib.h>
#include <string.h>

#include "vm/bytecode/verify_impl.h"

/* Foreign code must not be able to buy hours with a few bytes. */
static const uint64_t most_registers = (uint64_t)1 << 24, most_work = (uint64_t)1 << 29;

typedef struct Flow {
  Verify *v;
  const SkCode *code;
  uint32_t *slot;       /* per word of code: 1 + index of the state at a target, 0 none */
  Reg *states;          /* by slot */
  uint8_t *reached, *queued;
  uint32_t *queue, nqueue;
  const uint32_t *guard;
  Reg *now, *before;
  uint64_t work;
} Flow;

/* The state at |at| becomes at most |s|. */
static void flow_into(Flow *f, uint32_t at, const Reg *s) {
  uint32_t slot = f->slot[at] - 1, n = f->code->nregs;
  Reg *there = f->states + (size_t)slot * n;
  bool changed = !f->reached[slot];
  if (changed) memcpy(there, s, n * sizeof *s);
  for (uint32_t r = 0; r < n && f->reached[slot]; r++) {
    Reg met = reg_meet(there[r], s[r]);
    changed = changed || met.kind != there[r].kind || met.count != there[r].count;
    there[r] = met;
  }
  f->work += n + 1;
  f->reached[slot] = 1;
  if (changed && !f->queued[slot]) {
    f->queued[slot] = 1;
    f->queue[f->nqueue++] = at;
  }
}

/* As flow_into, with one register holding |x|. */
static void flow_with(Flow *f, uint32_t at, uint32_t reg, Reg x) {
  Reg saved = f->now[reg];
  f->now[reg] = x;
  flow_into(f, at, f->now);
  f->now[reg] = saved;
}

static bool never_fails(unsigned op) {
  switch (op) {
    case SK_OP_NOP: case SK_OP_MOVE: case SK_OP_MOVE2: case SK_OP_LOADK: case SK_OP_LOADKX: case SK_OP_LOADINT:
    case SK_OP_UNSET: case SK_OP_UNSETN: return true;
    default: return false;
  }
}

/* What |i| wrote may have been written, or not, when it fails.  now: after it; before: before it. */
static void flow_handler(Flow *f, uint32_t at, const SkEffects *e) {
  const SkHandler *h = &f->code->handlers[f->guard[at] - 1];
  Reg *after = f->before; /* its place is free from here on */
  for (unsigned n = 0; n < e->nwrites; n++) {
    for (uint32_t r = e->writes[n].first; r < e->writes[n].first + e->writes[n].count; r++) {
      bool gone = r >= e->clobbers;
      Reg was = gone ? (Reg){REG_NOTHING, 0} : f->before[r], is = f->now[r];
      f->now[r] = reg_meet(was, is);
      after[r] = is;
    }
  }
  flow_with(f, h->target, h->reg, (Reg){REG_EXC, 0});
  for (unsigned n = 0; n < e->nwrites; n++)
    for (uint32_t r = e->writes[n].first; r < e->writes[n].first + e->writes[n].count; r++) f->now[r] = after[r];
}

static void save_writes(Flow *f, const SkEffects *e) {
  for (unsigned n = 0; n < e->nwrites; n++)
    for (uint32_t r = e->writes[n].first; r < e->writes[n].first + e->writes[n].count; r++) f->before[r] = f->now[r];
}

/* Where the jump of |i| goes, and whether its end is reached at all: tests for None tell what a register holds. */
static bool flow_jump(Flow *f, uint32_t at, const SkInsn *i, const SkEffects *e) {
  int64_t d;
  if (!sk_insn_target(i, &d)) return true;
  uint32_t to = (uint32_t)(at + d);
  if (i->op != SK_OP_JNONE && i->op != SK_OP_JNOTNONE) {
    if (!e->jump_keeps) flow_into(f, to, f->now);
    return true;
  }
  Reg r = f->now[i->a], other = r.kind == REG_EXC_OR_NIL ? (Reg){REG_EXC, 0} : r, nil = {REG_NIL, 0};
  bool can_be_nil = r.kind == REG_NIL || r.kind == REG_EXC_OR_NIL || r.kind == REG_VALUE, can_be_other = r.kind != REG_NIL;
  bool jumps_if_nil = i->op == SK_OP_JNONE;
  if (jumps_if_nil ? can_be_nil : can_be_other) flow_with(f, to, i->a, jumps_if_nil ? nil : other);
  f->now[i->a] = jumps_if_nil ? other : nil;
  return jumps_if_nil ? can_be_other : can_be_nil;
}

/* A throw into what a generator waits for may end its waiting at the YIELD: the SEND before it gets its result. */
static void flow_delegation(Flow *f, uint32_t at, const SkInsn *i) {
  if (i->op != SK_OP_YIELD || !i->c) return;
  const SkInsn *send = i - 3;
  flow_with(f, (uint32_t)((int64_t)at - 3 + send[1].imm), send->c, (Reg){REG_VALUE, 0});
}

static bool in_prologue(unsigned op) {
  return op == SK_OP_UNSETN || op == SK_OP_UNSET || op == SK_OP_COPYFREE || op == SK_OP_NEWCELL || op == SK_OP_NOP;
}

static bool variables_hold(const Flow *f) {
  for (uint32_t r = 0; r < (uint32_t)f->code->nlocals + f->code->nfree; r++)
    if (f->now[r].kind == REG_NOTHING) return false;
  return true;
}

static const char *flow_insn(Flow *f, uint32_t at, bool *goes_on) {
  const SkCode *code = f->code;
  const SkInsn *i = &code->insns[at];
  SkEffects e;
  int64_t d;
  sk_effects(code, i, &e);
  if (i->op == SK_OP_CHECK) e.writes[e.nwrites++] = (SkRegRun){i->a, 1}; /* what is known of it changes */
  f->v->at = at;
  if (f->guard[at]) save_writes(f, &e);
  if (e.jump_keeps && sk_insn_target(i, &d)) flow_into(f, (uint32_t)(at + d), f->now);
  flow_delegation(f, at, i);
  const char *why = reg_step(code, i, &e, f->now);
  if (why) return why;
  f->work += e.clobbers == ~0u ? 1 : code->nregs - e.clobbers;
  for (unsigned n = 0; n < e.nwrites; n++) f->work += e.writes[n].count;
  if (f->guard[at] && !never_fails(i->op)) flow_handler(f, at, &e);
  *goes_on = flow_jump(f, at, i, &e) && sk_op_falls_through((SkOp)i->op);
  return NULL;
}

/* From a target to the next jump that does not fall through, or into the next target. */
static const char *flow_block(Flow *f, uint32_t at) {
  const SkCode *code = f->code;
  memcpy(f->now, f->states + (size_t)(f->slot[at] - 1) * code->nregs, code->nregs * sizeof *f->now);
  f->work += code->nregs;
  bool ready = false, goes_on = true;
  for (uint32_t start = at; goes_on; at += sk_op_info[code->insns[at].op].words) {
    if (at != start && f->slot[at]) {
      flow_into(f, at, f->now);
      return NULL;
    }
    ready = ready || variables_hold(f);
    if (!ready) f->work += (uint64_t)code->nlocals + code->nfree;
    if (!ready && !in_prologue(code->insns[at].op)) {
      f->v->at = at;
      return "variables hold nothing";
    }
    const char *why = flow_insn(f, at, &goes_on);
    if (why) return why;
    if (f->work > most_work) return "code too complex";
  }
  return NULL;
}

static const char *flow_run(Flow *f) {
  memset(f->now, 0, f->code->nregs * sizeof *f->now);
  for (uint32_t r = 0; r < sk_code_params(f->code); r++) f->now[r] = (Reg){REG_VALUE, 0};
  flow_into(f, 0, f->now);
  while (f->nqueue) {
    uint32_t at = f->queue[--f->nqueue];
    f->queued[f->slot[at] - 1] = 0;
    const char *why = flow_block(f, at);
    if (why) return why;
  }
  return NULL;
}

const char *verify_flow(Verify *v) {
  const SkCode *code = v->code;
  uint32_t slots = 0, n = code->ninsns;
  uint64_t nregs = code->nregs ? code->nregs : 1;
  Flow f = {.v = v, .code = code, .guard = v->guard};
  f.slot = calloc(n, sizeof *f.slot);
  for (uint32_t at = 0; f.slot && at < n; at++)
    if (at == 0 || (v->marks[at] & MARK_TARGET)) f.slot[at] = ++slots;
  const char *why = slots * nregs > most_registers ? "code too complex" : NULL;
  f.states = why ? NULL : malloc(slots * nregs * sizeof *f.states);
  f.reached = calloc(slots + 1, 1);
  f.queued = calloc(slots + 1, 1);
  f.queue = calloc(slots + 1, sizeof *f.queue);
  f.now = malloc(nregs * sizeof *f.now);
  f.before = malloc(nregs * sizeof *f.before);
  bool room = f.slot && f.states && f.reached && f.queued && f.queue && f.now && f.before;
  if (!why) why = room ? flow_run(&f) : "out of memory";
  free(f.slot);
  free(f.states);
  free(f.reached);
  free(f.queued);
  free(f.queue);
  free(f.now);
  free(f.before);
  return why;
}
