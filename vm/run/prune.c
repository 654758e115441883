/* prune.c - forgetting what dead temporaries of the running frames still hold.  Layer 7.
 *
 * A temporary keeps its last value until something else lands in its register, and a new frame starts with
 * what was on the stack.  That keeps objects alive by accident.  Ordinary collections do not care; who asks
 * for one (gc.collect) wants to see an object die that nothing refers to.  So the innermost frames are looked
 * at: which registers may still be read, by the code's own effects (vm/bytecode/effects.h)?  Named variables
 * always stay: a frame object shows them.
 */
#include <string.h>

#include "vm/bytecode/effects.h"
#include "vm/run/run_impl.h"

enum { PRUNE_FRAMES = 6, PRUNE_WORDS = 4 /* 256 registers */, PRUNE_CODE = 4000 };

typedef struct Live { uint64_t bits[PRUNE_WORDS]; } Live;

static void set(Live *l, uint32_t first, uint32_t n, bool on) {
  for (uint32_t i = first; i < first + n && i < PRUNE_WORDS * 64; i++) {
    if (on) l->bits[i / 64] |= (uint64_t)1 << i % 64;
    else l->bits[i / 64] &= ~((uint64_t)1 << i % 64);
  }
}

static bool add(Live *to, const Live *from) {
  bool grew = false;
  for (int i = 0; i < PRUNE_WORDS; i++) {
    grew = grew || (from->bits[i] & ~to->bits[i]);
    to->bits[i] |= from->bits[i];
  }
  return grew;
}

/* Live before instruction |at|, by what is live before those that may follow it. */
static Live before(const SkCode *code, const Live *in, uint32_t at) {
  const SkInsn *i = &code->insns[at];
  const SkOpInfo *info = &sk_op_info[i->op];
  SkEffects e;
  int64_t d;
  Live out = {{0}}, jump = {{0}};
  sk_effects(code, i, &e);
  uint32_t next = at + info->words;
  bool jumps = sk_insn_target(i, &d);
  bool stops = i->op == SK_OP_JMP || i->op == SK_OP_RET || i->op == SK_OP_RETNONE || i->op == SK_OP_RAISE ||
               i->op == SK_OP_RAISEFROM || i->op == SK_OP_RERAISE || i->op == SK_OP_RAISEBARE;
  if (!stops && next < code->ninsns) add(&out, &in[next]);
  if (jumps) add(e.jump_keeps ? &jump : &out, &in[at + d]);
  for (unsigned n = 0; n < e.nwrites; n++) set(&out, e.writes[n].first, e.writes[n].count, false);
  add(&out, &jump);
  const SkHandler *h = sk_code_handler(code, at);
  if (h) {
    Live there = in[h->target];
    set(&there, h->reg, 1, false);
    add(&out, &there);
  }
  for (unsigned n = 0; n < e.nreads; n++) set(&out, e.reads[n].first, e.reads[n].count, true);
  return out;
}

/* What is live while instruction |at| waits for its callee.  False: the code is too big to look at. */
static bool live_at(SkVm *vm, const SkCode *code, uint32_t at, Live *out) {
  if (code->ninsns > PRUNE_CODE || code->nregs > PRUNE_WORDS * 64) return false;
  size_t mark = sk_scratch_mark(vm), bytes = code->ninsns * sizeof(Live);
  Live *in = sk_scratch(vm, bytes);
  uint32_t *starts = sk_scratch(vm, code->ninsns * sizeof *starts), n = 0;
  memset(in, 0, bytes);
  for (uint32_t i = 0; i < code->ninsns; i += sk_op_info[code->insns[i].op].words) starts[n++] = i;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = n; i-- > 0;) {
      Live now = before(code, in, starts[i]);
      changed = add(&in[starts[i]], &now) || changed;
    }
  }
  /* What it wrote before its callee started (the __exit__ of a with) counts; where the value will land does not. */
  uint32_t next = at + sk_op_info[code->insns[at].op].words;
  *out = next < code->ninsns ? in[next] : in[at];
  set(out, code->insns[at].c, 1, false);
  add(out, &in[at]);
  sk_scratch_release(vm, mark);
  return true;
}

/* The window of the call that waits: a native reads its arguments there, one further when self was put in. */
static void keep_window(const SkCode *code, uint32_t at, Live *live) {
  const SkInsn *i = &code->insns[at];
  SkEffects e;
  sk_effects(code, i, &e);
  if (e.clobbers == ~0u) return;
  const SkRegRun *args = &e.reads[e.nreads - 1];
  uint32_t end = i->op == SK_OP_CALLX ? PRUNE_WORDS * 64 : args->first + args->count + 1;
  set(live, args->first, end - args->first, true);
}

/* |end|: registers from there on belong to the callee's frame. */
static void prune_frame(SkVm *vm, SkValue *r, const SkInsn *pc, size_t end) {
  SkCodeObj *co = frame_func(r)->code;
  const SkCode *code = co->code;
  if (pc < co->insns || pc >= co->insns + code->ninsns) return;
  Live live;
  uint32_t at = (uint32_t)(pc - co->insns);
  if (!live_at(vm, code, at, &live)) return;
  keep_window(code, at, &live);
  if (end > code->nregs) end = code->nregs;
  for (size_t i = (size_t)code->nlocals + code->nfree; i < end; i++)
    if (!(live.bits[i / 64] >> i % 64 & 1)) r[i] = SK_NONE;
}

void sk_run_prune(SkVm *vm) {
  run_of(vm)->live_top = NULL; /* of calls that are over; the one that asks has no arguments to lose */
  const SkInsn *pc = vm->pc;
  SkValue *inner = NULL;
  int frames = 0;
  for (SkValue *r = vm->r; r && frames < PRUNE_FRAMES; inner = r, pc = frame_wait(r), r = frame_r(r)) {
    if (frame_is_pseudo(vm, r)) continue;
    bool under = inner && on_stack(vm, r) && on_stack(vm, inner) && inner > r;
    prune_frame(vm, r, pc, under ? (size_t)(inner - RUN_HEAD - r) : SIZE_MAX);
    frames++;
  }
}
