/* run_impl.h - frames, continuations and the loop's private record; seen by vm/run only.  Layer 7.
 *
 *   VM stack, one window per activation        r[-3]  the function that runs (a SkFunc, always)
 *   | caller's registers ... r[A]   callee |   r[-2]  saved pc: the CALL-LIKE instruction that waits
 *   |                        r[A+1] pc     |   r[-1]  saved r: the frame of that instruction
 *   |                        r[A+2] r      |   r[0..] registers, parameters first
 *   |                        r[A+3] args.. |
 *
 * Saved words are multiples of 8, so the marker takes them for ints.  A generator's frame has the same
 * layout inside its SkGen (off the stack): windows of its callees then lie at gen->stack_top.
 *
 * PSEUDO-FRAMES.  When an instruction needs something done after a callee returns, a small frame is put in
 * between whose function is run->pseudo and whose waiting instruction is CONT n in sk_cont_code[n]: the
 * callee's value lands in its R[0], CONT runs, finishes the instruction saved in r[-2] and pops itself.
 * While a callee runs, the callee's saved pc is word 0 of the code; CONT itself stands at word 3: that
 * tells the unwinder whether the callee or the continuation raised.
 *
 * SLOW FUNCTIONS.  Everything that does not fit a fast path is a C function
 *     SkInsn *do_x(SkInsn *pc, SkValue *r, SkVm *vm)
 * that returns the next instruction and leaves the frame to go on with in vm->r.  vm->pc and vm->r are
 * saved before it is called, so it may raise.
 */
#ifndef SK_RUN_RUN_IMPL_H
#define SK_RUN_RUN_IMPL_H

#include "vm/object/bytes.h"
#include "vm/object/call.h"
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/func.h"
#include "vm/object/frame.h"
#include "vm/object/gen.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"
#include "vm/run/run.h"

enum {
  RUN_HEAD = 3,        /* words of a window before its registers */
  RUN_PSEUDO_REGS = 6, /* registers of a pseudo-frame */
  RUN_SLACK = 64,      /* words that a window under construction may need beyond what was asked for */
  RUN_GEN_GHOST = 4    /* words a running generator takes from the stack, so that recursion ends */
};

/* Kinds of pseudo-frames. */
enum {
  CONT_EXIT,   /* border to C: sk_call and friends */
  CONT_INIT,   /* R[1] new object: result must be None, the object is the value */
  CONT_A,      /* value goes to R[a] of the waiting instruction */
  CONT_DROP,   /* value is dropped */
  CONT_BINARY, /* as A, unless NotImplemented: R[1], R[2] operands, then the reflected method */
  CONT_COMPARE,/* R[1], R[2] operands; as BINARY, for comparisons giving a value */
  CONT_BRANCH, /* R[1], R[2] operands; a comparison fused with a jump */
  CONT_BOOL,   /* __bool__ in JT, JF, NOT, BOOL */
  CONT_LEN,    /* __len__ there */
  CONT_LIMIT,  /* R[1] the old stack_span, R[2] frames up to here */
  CONT_GENRET, /* resumed from C */
  CONT_FRAME,  /* trap on return of a frame that has a frame object */
  CONT_COUNT
};

typedef struct SkRun {
  SkFunc *pseudo;        /* function of pseudo-frames: k and nregs are valid */
  SkValue *stack;        /* the mapping */
  size_t stack_bytes;    /* all of it, usable */
  SkValue *live_top;     /* arguments under construction reach up to here; whoever writes above the top sets it */
  SkValue gen_result;    /* return value of a generator that CONT_GENRET waits for */
  bool stack_clean;      /* nothing was written above the top since it was cleared: its thread waits */
  SkGen *fresh;          /* async generator last made by a call, and that call: only compared, never followed */
  SkInsn *fresh_pc;
  SkValue *fresh_r;
  SkFrame *frames;       /* frame objects of live activations of all threads, linked */
  SkNative *next;        /* the builtin next(): on a generator it enters the frame */
  SkCodeObj *warm;       /* code objects whose inline caches were written since the last flush */
  bool warm_elsewhere;   /* so were some of code that is no function's any more: the next flush looks everywhere */
} SkRun;

/* Shape id of plain instances of a built-in class: shapes are numbered in the order the classes are born,
 * that of `type` first (type_def.c; init.c checks it). */
#define SHAPE_OF(type_id) ((uint32_t)(type_id) + 1)

SK_INLINE SkRun *run_of(SkVm *vm) { return (SkRun *)vm->run_state; }

extern const SkInsn sk_cont_code[CONT_COUNT][4];
#define CONT_MARK(n) ((SkInsn *)sk_cont_code[n])

SK_INLINE SkFunc *frame_func(const SkValue *r) { return (SkFunc *)(r[-3].bits - 1); }
SK_INLINE SkInsn *frame_pc(const SkValue *r) { return (SkInsn *)r[-2].bits; }
SK_INLINE SkValue *frame_r(const SkValue *r) { return (SkValue *)r[-1].bits; }
SK_INLINE SkGen *frame_gen(SkValue *r) { return (SkGen *)((char *)r - offsetof(SkGen, regs)); }
SK_INLINE bool on_stack(const SkVm *vm, const SkValue *r) {
  return (size_t)((const char *)r - (const char *)vm->stack_base) < ((SkRun *)vm->run_state)->stack_bytes;
}
SK_INLINE bool frame_is_pseudo(const SkVm *vm, const SkValue *r) { return frame_func(r) == ((SkRun *)vm->run_state)->pseudo; }
/* First stack word that |r| does not use. */
SK_INLINE SkValue *frame_top(const SkVm *vm, SkValue *r) {
  return on_stack(vm, r) ? r + frame_func(r)->nregs : frame_gen(r)->stack_top;
}
/* Names and constants of the running function. */
SK_INLINE SkStr *frame_name(const SkValue *r, size_t n) { return (SkStr *)(frame_func(r)->code->names->items[n].bits - 1); }

/* ---- init.c ---- */
SkValue *run_stack_map(SkVm *vm, size_t bytes); /* NULL: no memory */
void run_stack_unmap(SkVm *vm, SkValue *stack, size_t bytes);

/* Takes a step; true: a poll is due.  Two instructions where the compiler would make five. */
SK_INLINE bool run_take_step(SkVm *vm) {
#ifdef __x86_64__
  bool below;
  __asm__("decq %0" : "+m"(vm->limits.credit), "=@ccs"(below));
  return below;
#else
  return --vm->limits.credit < 0;
#endif
}

/* A step that an instruction's handler has not counted: may raise. */
SK_INLINE void run_step(SkVm *vm) {
  if (SK_UNLIKELY(run_take_step(vm))) vm->hooks.poll(vm);
}

/* ---- limit.c: the stack and recursion ---- */
/* Makes room for a frame whose registers end at |end|: RecursionError past the limits.  |caller| is the
 * frame that waits; *ret_pc and *ret_r, what the new frame shall save, may be redirected to a CONT_LIMIT
 * pseudo-frame put at |at|; returns how many words that took at |at|. */
size_t run_grow(SkVm *vm, SkValue *at, size_t need, SkInsn **ret_pc, SkValue **ret_r);
void run_limit_leave(SkVm *vm, SkValue *r);

SK_INLINE bool run_fits(const SkVm *vm, const SkValue *nr, size_t nregs) {
  return SK_LIKELY((size_t)((const char *)(nr + nregs) - (const char *)vm->stack_base) <= vm->stack_span);
}

/* ---- call.c ---- */
/* Gives |v| to the waiting call-like instruction |pc| of frame |r|. */
SK_INLINE SkInsn *run_deliver(SkVm *vm, SkInsn *pc, SkValue *r, SkValue v) {
  r[pc->c] = v;
  vm->r = r;
  return pc + 3;
}
/* Calls |f| for the call-like instruction |pc| of |r|: arguments (and keyword values) stand at nr[0]...,
 * with RUN_HEAD words below them free for the window's head. */
SkInsn *run_call(SkVm *vm, SkInsn *pc, SkValue *r, SkValue f, SkValue *nr, size_t nargs, SkTuple *kwnames);
/* Same for a Python function. */
SkInsn *run_call_func(SkVm *vm, SkInsn *pc, SkValue *r, SkFunc *f, SkValue *nr, size_t nargs, SkTuple *kwnames);
/* Copies arguments to the top of the stack and calls. */
SkInsn *run_call_copy(SkVm *vm, SkInsn *pc, SkValue *r, SkValue f, const SkValue *args, size_t n);
/* Puts a pseudo-frame on top of |r| whose waiting instruction is |pc|; returns its registers. */
SkValue *run_push_cont(SkVm *vm, SkInsn *pc, SkValue *r, int cont);
/* Calls |f| with a continuation: pseudo-frame |pr| waits with CONT n. */
SkInsn *run_call_cont(SkVm *vm, SkValue *pr, int cont, SkValue f, const SkValue *args, size_t n);
/* "module.qualname()", as messages about calls name a callee. */
SkStr *run_callee_name(SkVm *vm, SkValue f);
SkValue run_hook_call(SkVm *vm, SkValue f, const SkValue *args, size_t nargs, SkTuple *kwnames);
SkValue run_native(SkVm *vm, SkNative *n, const SkValue *args, size_t nargs, SkTuple *kwnames);

/* ---- arith.c: the ends of operations whose first method was called by frame ---- */
SkValue run_finish_binary(SkVm *vm, SkInsn *pc, SkValue v, SkValue a, SkValue b);
SkValue run_finish_compare(SkVm *vm, int cmp, SkValue v, SkValue a, SkValue b);
int run_branch_compare(int op);
SkInsn *run_take_branch(SkVm *vm, SkInsn *pc, SkValue *r, SkValue v);

/* ---- bind.c ---- */
/* Moves the arguments at nr[0..] to the parameters' registers; all errors are CPython's TypeErrors. */
void run_bind(SkVm *vm, SkFunc *f, SkValue *nr, size_t nargs, SkTuple *kwnames);

/* ---- loop.c ---- */
/* Runs from |pc| in vm->r until the entry frame gets its value; raises what is not caught. */
SkValue run_loop(SkVm *vm, SkInsn *pc);
/* A border frame on top of the running one, for calls out of C; returns its registers. */
SkValue *run_push_entry(SkVm *vm, int cont);
void run_pop_entry(SkVm *vm, SkValue *er);

/* ---- unwind.c ---- */
/* Finds who handles |exc|, raised at vm->pc in vm->r.  |fresh|: this line enters the traceback.  Returns
 * where to go on (vm->r set), or NULL at a border: vm->raised is then the exception. */
SkInsn *run_unwind(SkVm *vm, SkValue exc, bool fresh);

/* ---- gen.c ---- */
SkValue gen_new(SkVm *vm, SkFunc *f, const SkValue *args);
/* Frame of |g| becomes the running one, waited for by |pc| in |r|; |value| is the result of its yield. */
SkInsn *gen_enter(SkVm *vm, SkGen *g, SkInsn *pc, SkValue *r, SkValue value);
/* The frame of |g| is left: by yield (|closed| false) or for good. */
void gen_leave(SkVm *vm, SkGen *g, bool closed);
/* StopIteration must not leave a generator: the exception that leaves instead. */
SkValue gen_filter(SkVm *vm, SkGen *g, SkValue exc);
/* Whether |g| can be entered with |v| right away. */
SK_INLINE bool gen_ready(const SkGen *g, SkValue v) {
  return g->what != SK_GEN_ASYNC && (g->head.aux == SK_GEN_SUSPENDED || (g->head.aux == SK_GEN_CREATED && sk_is_none(v)));
}
/* What |g| waits for in `yield from` or `await`, UNSET if nothing. */
SkValue gen_delegate(SkGen *g);
SkValue gen_throw(SkVm *vm, SkGen *g, SkValue exc, SkValue *result);

/* What leaving an `async for` over |it| by |exc| (None: break, return) has to await: an aclose(), or None. */
SkValue agen_left(SkVm *vm, SkValue it, SkValue exc);

/* -X dev: a statement drops |v|: RuntimeError if that is a coroutine which never ran. */
void run_refuse_dropped(SkVm *vm, SkValue v);

/* ---- frame.c ---- */
SkValue frame_of_gen(SkVm *vm, SkGen *g); /* None when it has ended */
SkValue frame_origin(SkVm *vm, int depth); /* cr_origin: (file, line, function) of so many frames, innermost first */
SkFrame *frame_next(SkFrame *f);          /* list of frame objects of live activations */
SkFrame *frame_running(SkVm *vm, SkFunc *f); /* of the innermost activation of |f|, NULL if there is none */
SkFrame *frame_new(SkVm *vm, SkFunc *func, uint64_t at);
SkInsn *frame_wait(SkValue *r);           /* frame_pc behind the trap of a frame object */
SkInsn *frame_returned(SkVm *vm, SkInsn *pc, SkValue *r);
SkValue frame_for_trace(SkVm *vm, SkValue *r); /* its frame object if somebody has it, else UNSET */
void frame_detach(SkVm *vm, SkValue *r);  /* the activation ends: its frame object keeps the variables */
void frame_abandon(SkVm *vm, const SkValue *stack, size_t bytes); /* a thread left in the middle: its stack goes away */

/* ---- attr.c: learning caches ---- */
void attr_reset(SkInsn *pc);

void run_drop_dead_code(SkVm *vm, void *arg);

/* The inline cache at |pc| was written: the next flush has to find it. */
SK_INLINE void run_warmed(SkVm *vm, const SkInsn *pc) {
  SkRun *run = run_of(vm);
  SkCodeObj *co = frame_func(vm->r)->code;
  if (!co || pc < co->insns || pc >= co->insns + co->code->ninsns) {
    run->warm_elsewhere = true; /* f.__code__ was replaced while the old code runs */
    return;
  }
  if (co->warm_at) return;
  co->warm_next = run->warm;
  co->warm_at = &run->warm;
  if (run->warm) run->warm->warm_at = &co->warm_next;
  run->warm = co;
}

#define RUN_SLOW(name) SkInsn *do_##name(SkInsn *pc, SkValue *r, SkVm *vm)
#define SLOW_FN(name) RUN_SLOW(name);
#include "vm/run/slow.def"
#undef SLOW_FN

#endif
