/* stack.c - conservative scan of the C stack.  Layer 5.
 *
 * Invariant: every callee-saved register is in memory, above scan()'s frame, before scan() reads its
 * first word.  __builtin_unwind_init() spills them.  setjmp() is no substitute: glibc mangles rbp in
 * the jmp_buf, and at -O2 rbp may hold the only reference to an object.
 */
#include "vm/heap/heap_impl.h"

static SK_NO_ASAN SK_NOINLINE void scan(SkMarker *m, const uintptr_t *base) {
  for (const uintptr_t *p = __builtin_frame_address(0); p < base; p++) heap_mark_conservative(m, *p);
}

SK_NOINLINE void heap_scan_stack(SkMarker *m, const void *base) {
  __builtin_unwind_init();
  scan(m, base);
  __asm__ volatile("" ::: "memory"); /* a tail call would pop the spills first */
}
