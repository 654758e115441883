/* gen.h - generators, coroutines, async generators: frames in the heap, run in place.  Layer 6/7. */
#ifndef SK_OBJECT_GEN_H
#define SK_OBJECT_GEN_H

#include "vm/object/func.h"

SK_C_BEGIN

/* The loop resumes a frame inline while the state is at most SUSPENDED. */
typedef enum SkGenState { SK_GEN_CREATED, SK_GEN_SUSPENDED, SK_GEN_RUNNING, SK_GEN_CLOSED } SkGenState;
enum { SK_GEN_PLAIN, SK_GEN_COROUTINE, SK_GEN_ASYNC };

struct SkGen {
  SkObject head;          /* aux: SkGenState */
  uint8_t closing, what;  /* what: SK_GEN_PLAIN ... */
  uint8_t ayielded;       /* async generator: the last value out came from yield, not from an await */
  uint8_t ag_running;
  uint32_t nregs;
  SkInsn *pc;             /* the YIELD it stands at, or the word before the first instruction: goes on at pc + 1 */
  SkValue *stack_top;     /* while running: first free VM stack word for windows of its callees */
  SkValue handled;        /* exception being handled inside, UNSET: none of its own */
  SkValue outer_handled;  /* the resumer's, while running */
  SkValue name, qualname, origin, finalizer;
  SkValue delegate;       /* cr_await / gi_yieldfrom while suspended in one, else None */
  SkValue callee, saved_pc, saved_r; /* = regs[-3], regs[-2], regs[-1]: the window's head */
  SkValue regs[];
};
SK_INLINE bool sk_is_gen(SkValue v) { return sk_has_kind(v, SK_KIND_GEN); }
SK_INLINE SkGen *sk_as_gen(SkValue v) { sk_assert(sk_is_gen(v)); return (SkGen *)sk_ptr(v); }
/* Resumes with a value (next: None) or, |exc| not UNSET, by raising it at the yield.  Returns the yielded
 * value; at the end returns UNSET with *result set to the return value. */
SkValue sk_gen_resume(SkVm *vm, SkGen *g, SkValue send, SkValue exc, SkValue *result);

SK_C_END

#endif
