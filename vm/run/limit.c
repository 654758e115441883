/* limit.c - the size of the VM stack and the recursion limit.  Layer 7.
 *
 * A call checks one thing: does the new frame end below stack_base + stack_span?  stack_span is set so that
 * no sequence of smallest frames can pass the recursion limit unnoticed.  When it is reached the frames are
 * counted; if the limit is not, the span is raised by what the smallest frames still to come need, and a
 * CONT_LIMIT pseudo-frame under the new frame puts the old span back when that returns.  So the limit is
 * exact, and ordinary calls pay nothing for it.
 */
#include <limits.h>

#include "vm/run/run_impl.h"

enum { LEAST_FRAME = RUN_HEAD + 1 };

static size_t span_for(SkVm *vm, const SkValue *from, int frames) {
  size_t hard = run_of(vm)->stack_bytes;
  size_t used = (size_t)((const char *)from - (const char *)vm->stack_base);
  size_t more = (size_t)(frames > 0 ? frames : 0) * LEAST_FRAME * sizeof(SkValue);
  return used + more < hard ? used + more : hard;
}

/* Python frames up to and with |r|; the nearest CONT_LIMIT below knows the rest. */
static int count_frames(SkVm *vm, SkValue *r) {
  int n = 0;
  SkInsn *waiting = NULL; /* the instruction of |r| that waits; NULL for the topmost */
  while (r) {
    if (frame_is_pseudo(vm, r)) {
      if (waiting >= CONT_MARK(CONT_LIMIT) && waiting <= CONT_MARK(CONT_LIMIT) + 3) return n + (int)sk_smallint_get(r[2]);
    } else {
      n++;
    }
    waiting = frame_wait(r);
    r = frame_r(r);
  }
  return n;
}

void sk_run_set_recursion_limit(SkVm *vm, int limit) {
  uint32_t most = vm->limits.depth;
  if (most && (uint32_t)limit > most) limit = most > INT_MAX ? INT_MAX : (int)most;
  vm->recursion_limit = limit;
  SkValue *r = vm->r;
  /* Spans saved by CONT_LIMIT frames on the way are all opened: they are exact again after unwinding. */
  vm->stack_span = span_for(vm, r ? frame_top(vm, r) : vm->stack_base, limit - (r ? count_frames(vm, r) : 0));
}

int sk_run_depth(SkVm *vm) { return vm->r ? count_frames(vm, vm->r) : 0; }

/* |at|: where the pseudo-frame's registers may start (after its head). */
size_t run_grow(SkVm *vm, SkValue *at, size_t need, SkInsn **ret_pc, SkValue **ret_r) {
  int count = count_frames(vm, *ret_r);
  if (count >= vm->recursion_limit) sk_raise_recursion(vm, "");
  size_t words = RUN_PSEUDO_REGS + RUN_HEAD;
  SkValue *end = at + words + need;
  size_t end_bytes = (size_t)((char *)end - (char *)vm->stack_base);
  if (end_bytes > run_of(vm)->stack_bytes) sk_raise_recursion(vm, "");
  SkValue *pr = at;
  pr[-3] = sk_from_ptr(run_of(vm)->pseudo);
  pr[-2].bits = (uint64_t)*ret_pc;
  pr[-1].bits = (uint64_t)*ret_r;
  pr[0] = SK_NONE;
  pr[1] = sk_smallint((int64_t)vm->stack_span);
  pr[2] = sk_smallint(count);
  size_t span = span_for(vm, at + words, vm->recursion_limit - count);
  vm->stack_span = span > end_bytes ? span : end_bytes;
  *ret_pc = CONT_MARK(CONT_LIMIT);
  *ret_r = pr;
  return words;
}

void run_limit_leave(SkVm *vm, SkValue *r) { vm->stack_span = (size_t)sk_smallint_get(r[1]); }
