/* gen.h - generators, coroutines, async generators: frames in the heap, run in place.  Layer 6/7. */
#ifndef SK_OBJECT_GEN_H
#define SK_OBJECT_GEN_H

#include "vm/object/func.h"

SK_C_BEGIN

/* The loop resumes a frame inline while the state is at most SUSPENDED. */
typedef enum SkGenState { SK_GEN_CREATED, SK_GEN_SUSPENDED, SK_GEN_RUNNING, SK_GEN_CLOSED } SkGenState;
enum { SK_GEN_PLAIN, SK_GEN_COROUTINE, SK_GEN_ASYNC };

/* What few generators have: |more| holds a row of these, UNSET where nothing was said. */
typedef enum SkGenMore {
  SK_GEN_NAME, SK_GEN_QUALNAME, /* not the function's any more */
  SK_GEN_ORIGIN,                /* coroutine: cr_origin */
  SK_GEN_FINALIZER,             /* async generator: what sys.set_asyncgen_hooks() had at the first step */
  SK_GEN_FRAME,                 /* its frame object */
  SK_GEN_MORE_COUNT
} SkGenMore;

/* One generator, coroutine or task's frame: a million may wait at once, so every word counts.  What is
 * needed only while it waits shares words with what is needed only while it runs:
 *
 *                 waits                                runs
 *   saved_pc      pc: the YIELD it stands at           its resumer's instruction, as in every window
 *   stack_top     scope: segment of scopes, or NULL    first free VM stack word for its callees' windows;
 *                                                      below it lie SkGenGhost words: the resumer's handled
 *                                                      exception and the innermost scope at the resume
 */
struct SkGen {
  SkObject head;          /* aux: SkGenState */
  uint8_t closing, what;  /* what: SK_GEN_PLAIN ... */
  uint8_t ayielded;       /* async generator: the last value out came from yield, not from an await */
  uint8_t ag_running;
  uint8_t transfer;       /* sys.allow_scope_yield(): scopes may stay open over a yield, they are the caller's */
  uint8_t marks;          /* async generator: SK_GEN_HOOKED, SK_GEN_OWNED */
  uint16_t nregs;
  union {
    void *scope;          /* a heap object (vm/task) or NULL */
    SkValue *stack_top;
  };
  SkValue handled;        /* exception being handled inside, UNSET: none of its own */
  SkValues *more;         /* by SkGenMore, made on demand */
  SkValue callee;         /* = regs[-3], regs[-2], regs[-1]: the window's head */
  union {
    SkInsn *pc;           /* before the first resume: the word before the first instruction.  Goes on at pc + 1 */
    SkValue saved_pc;
  };
  SkValue saved_r;
  SkValue regs[];
};
enum {
  SK_GEN_HOOKED = 1, /* the firstiter hook was called */
  SK_GEN_OWNED = 2   /* made by the call in the head of an `async for`, which nobody else can know it from: closed when that is left */
};
typedef struct SkGenGhost { SkValue handled; void *scope; SkValue unused[2]; } SkGenGhost;
SK_INLINE SkGenGhost *sk_gen_ghost(const SkGen *g) { return (SkGenGhost *)(void *)g->stack_top - 1; }
SK_INLINE SkValue sk_gen_more(const SkGen *g, SkGenMore i) { return g->more ? g->more->items[i] : SK_UNSET; }
void sk_gen_set_more(SkVm *vm, SkGen *g, SkGenMore i, SkValue v);
SK_INLINE bool sk_is_gen(SkValue v) { return sk_has_kind(v, SK_KIND_GEN); }
SK_INLINE SkGen *sk_as_gen(SkValue v) { sk_assert(sk_is_gen(v)); return (SkGen *)sk_ptr(v); }
/* Resumes with a value (next: None) or, |exc| not UNSET, by raising it at the yield.  Returns the yielded
 * value; at the end returns UNSET with *result set to the return value. */
SkValue sk_gen_resume(SkVm *vm, SkGen *g, SkValue send, SkValue exc, SkValue *result);

SK_C_END

#endif
