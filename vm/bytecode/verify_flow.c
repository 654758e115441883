/* verify_flow.c - no register is read before it is written, on any path.   Layer 3.
 *
 * A state is the set of registers written so far.  States meet (by intersection) at jump targets and
 * handlers; a call destroys its window and everything above.  A handler starts with what was written
 * before each instruction it guards.
 */
#include <stdlib.h>
#include <string.h>

#include "vm/bytecode/verify_impl.h"

typedef struct Flow {
  Verify *v;
  const SkCode *code;
  uint32_t words;       /* of a state */
  uint32_t *slot;       /* per word of code: 1 + index of the state at a target, 0 none */
  uint64_t *states;     /* by slot */
  uint8_t *reached, *queued;
  uint32_t *queue, nqueue;
  uint32_t *guard;      /* per word of code: 1 + innermost handler, 0 none */
  uint64_t *now;
} Flow;

static bool has(const uint64_t *s, uint32_t r) { return s[r / 64] >> r % 64 & 1; }
static void set(uint64_t *s, uint32_t r) { s[r / 64] |= (uint64_t)1 << r % 64; }

static void clear_from(uint64_t *s, uint32_t words, uint32_t r) {
  if (r / 64 >= words) return;
  s[r / 64] &= ((uint64_t)1 << r % 64) - 1;
  for (uint32_t w = r / 64 + 1; w < words; w++) s[w] = 0;
}

/* The state at |at| becomes at most |s|, plus |extra| (~0: none). */
static void flow_into(Flow *f, uint32_t at, const uint64_t *s, uint32_t extra) {
  uint32_t slot = f->slot[at] - 1;
  uint64_t *there = f->states + (size_t)slot * f->words;
  bool changed = !f->reached[slot];
  for (uint32_t w = 0; w < f->words; w++) {
    uint64_t in = s[w];
    if (extra != ~0u && extra / 64 == w) in |= (uint64_t)1 << extra % 64;
    uint64_t met = f->reached[slot] ? there[w] & in : in;
    changed = changed || met != there[w];
    there[w] = met;
  }
  f->reached[slot] = 1;
  if (changed && !f->queued[slot]) {
    f->queued[slot] = 1;
    f->queue[f->nqueue++] = at;
  }
}

static const char *flow_reads(Flow *f, const SkEffects *e, uint32_t at) {
  for (unsigned n = 0; n < e->nreads; n++)
    for (uint32_t r = e->reads[n].first; r < e->reads[n].first + e->reads[n].count; r++)
      if (!has(f->now, r)) {
        f->v->at = at;
        return "register read before it is written";
      }
  return NULL;
}

static void flow_writes(Flow *f, const SkEffects *e) {
  for (unsigned n = 0; n < e->nwrites; n++)
    for (uint32_t r = e->writes[n].first; r < e->writes[n].first + e->writes[n].count; r++) set(f->now, r);
}

/* From a target to the next jump that does not fall through, or into the next target. */
static const char *flow_block(Flow *f, uint32_t at) {
  const SkCode *code = f->code;
  memcpy(f->now, f->states + (size_t)(f->slot[at] - 1) * f->words, f->words * sizeof *f->now);
  for (uint32_t start = at;;) {
    if (at != start && f->slot[at]) {
      flow_into(f, at, f->now, ~0u);
      return NULL;
    }
    const SkInsn *i = &code->insns[at];
    SkEffects e;
    int64_t d;
    sk_effects(code, i, &e);
    const char *why = flow_reads(f, &e, at);
    if (why) return why;
    if (e.clobbers != ~0u) clear_from(f->now, f->words, e.clobbers);
    if (f->guard[at]) {
      const SkHandler *h = &code->handlers[f->guard[at] - 1];
      flow_into(f, h->target, f->now, h->reg);
    }
    bool jumps = sk_insn_target(i, &d);
    if (jumps && e.jump_keeps) flow_into(f, (uint32_t)(at + d), f->now, ~0u);
    flow_writes(f, &e);
    if (jumps && !e.jump_keeps) flow_into(f, (uint32_t)(at + d), f->now, ~0u);
    if (!sk_op_falls_through((SkOp)i->op)) return NULL;
    at += sk_op_info[i->op].words;
  }
}

static const char *flow_run(Flow *f) {
  uint64_t *entry = calloc(f->words, sizeof *entry);
  if (!entry) return "out of memory";
  for (uint32_t r = 0; r < sk_code_params(f->code); r++) set(entry, r);
  flow_into(f, 0, entry, ~0u);
  free(entry);
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
  Flow f = {.v = v, .code = code, .words = code->nregs / 64u + 1};
  f.slot = calloc(n, sizeof *f.slot);
  f.guard = calloc(n, sizeof *f.guard);
  for (uint32_t at = 0; f.slot && at < n; at++)
    if (at == 0 || (v->marks[at] & MARK_TARGET)) f.slot[at] = ++slots;
  for (uint32_t h = code->nhandlers; f.guard && h-- > 0;) /* inner ones overwrite */
    for (uint32_t at = code->handlers[h].start; at < code->handlers[h].end; at++) f.guard[at] = h + 1;
  f.states = calloc((size_t)slots * f.words, sizeof *f.states);
  f.reached = calloc(slots, 1);
  f.queued = calloc(slots, 1);
  f.queue = calloc(slots, sizeof *f.queue);
  f.now = calloc(f.words, sizeof *f.now);
  bool room = f.slot && f.guard && f.states && f.reached && f.queued && f.queue && f.now;
  const char *why = room ? flow_run(&f) : "out of memory";
  free(f.slot);
  free(f.guard);
  free(f.states);
  free(f.reached);
  free(f.queued);
  free(f.queue);
  free(f.now);
  return why;
}
