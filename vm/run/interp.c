/* interp.c - the loop: one source of handlers, three ways to get from one to the next.  Layer 7.
 *
 *   tail calls      clang >= 19: every handler is a function that tail-calls the next; pc, r, k and vm
 *                   stay in registers (preserve_none passes them in callee-saved ones)
 *   computed goto   gcc and older clang: SK_DISPATCH_GOTO
 *   switch          SK_TINY
 *
 * Invariant: between two instructions all state is in pc, r, k and vm; k is frame_func(r)->k.
 * Steps are counted in vm->limits.credit (limit.h): an instruction that finds none left polls and begins again.
 */
#include "vm/run/run_impl.h"

#define UNLIKELY SK_UNLIKELY
#define LIKELY SK_LIKELY

#if !SK_DISPATCH_GOTO
#define PARAMS SkInsn *pc, SkValue *r, SkValue *k, SkVm *vm
#define ARGS pc, r, k, vm
#define PN __attribute__((preserve_none))
typedef PN SkValue SkOpFn(PARAMS);
static SkOpFn *const op_table[SK_OP_COUNT];
#define DISPATCH() __attribute__((musttail)) return op_table[pc->op](ARGS)
#define OP(name) static PN SkValue op_##name(PARAMS)
#define TAIL_SLOW(name) __attribute__((musttail)) return slow_##name(ARGS)
#define POLL_TAIL() __attribute__((musttail)) return slow_poll(ARGS)
#define LEAVE(v) return (v)
#else
#define DISPATCH() goto dispatch_next
#define TAIL_SLOW(name)                      \
  do {                                       \
    SAVE();                                  \
    pc = do_##name(pc, r, vm);              \
    r = vm->r;                               \
    k = frame_func(r)->k;                    \
    DISPATCH();                              \
  } while (0)
#define POLL_TAIL()                          \
  do {                                       \
    SAVE();                                  \
    vm->hooks.poll(vm);                      \
    vm->limits.credit++;                     \
    DISPATCH();                              \
  } while (0)
#define LEAVE(v) return (v)
#endif

#define SAVE() (vm->pc = pc, vm->r = r)
#define NEXT() do { pc += 1; DISPATCH(); } while (0)
#define NEXTN(n) do { pc += (n); DISPATCH(); } while (0)
#define SLOW(name) TAIL_SLOW(name)
#define POLL() do { if (UNLIKELY(run_take_step(vm))) POLL_TAIL(); } while (0)
#define JUMP(d) do { POLL(); pc += (d); DISPATCH(); } while (0)
#define JUMPC() JUMP((int16_t)pc->c)
#define JUMPBC() JUMP(sk_insn_jump32(pc))
#define RA r[pc->a]
#define RB r[pc->b]
#define RC r[pc->c]
#define KB k[pc->b]
#define KC k[pc->c]
#define INT(v) ((int64_t)(v).bits)

#if !SK_DISPATCH_GOTO
#define SLOW_FN(name)                                  \
  static PN SK_NOINLINE SkValue slow_##name(PARAMS) {  \
    SAVE();                                            \
    pc = do_##name(pc, r, vm);                        \
    r = vm->r;                                         \
    k = frame_func(r)->k;                              \
    DISPATCH();                                        \
  }
#include "vm/run/slow.def"
#undef SLOW_FN
static PN SK_NOINLINE SkValue slow_poll(PARAMS) {
  SAVE();
  vm->hooks.poll(vm);
  vm->limits.credit++; /* the instruction pays again */
  DISPATCH();
}
#include "vm/run/handlers.h"

static SkOpFn *const op_table[SK_OP_COUNT] = {
#define OPCODE(name, a, b, c, words, doc) op_##name,
#include "vm/bytecode/opcodes.def"
#undef OPCODE
};

static SK_NOINLINE SkValue loop(SkVm *vm, SkInsn *pc) {
  return op_table[pc->op](pc, vm->r, frame_func(vm->r)->k, vm);
}

#else

static SK_NOINLINE SkValue loop(SkVm *vm, SkInsn *pc) {
  SkValue *r = vm->r, *k = frame_func(r)->k;
#if SK_TINY
#define OP(name) case SK_OP_##name:
dispatch_next:
  switch (pc->op) {
#include "vm/run/handlers.h"
  }
  __builtin_unreachable();
#else
  static const void *const table[SK_OP_COUNT] = {
#define OPCODE(name, a, b, c, words, doc) &&op_##name,
#include "vm/bytecode/opcodes.def"
#undef OPCODE
  };
#undef DISPATCH
#define DISPATCH() goto *table[pc->op]
#define OP(name) op_##name:
  DISPATCH();
#include "vm/run/handlers.h"
#endif
}
#endif

typedef struct Entry { SkInsn *pc; SkValue result; } Entry;

static void loop_protected(SkVm *vm, void *arg) {
  Entry *e = arg;
  e->result = loop(vm, e->pc);
}

SkValue run_loop(SkVm *vm, SkInsn *pc) {
  Entry e = {.pc = pc};
  if (sk_stopped(vm)) sk_stop(vm, vm->limits.stop);
  for (;;) {
    if (sk_protect(vm, loop_protected, &e)) {
      if (SK_UNLIKELY(sk_is_unset(e.result) && sk_is_exc(vm->raised))) {
        run_pop_entry(vm, vm->r);
        sk_throw(vm, sk_take_raised(vm));
      }
      return e.result;
    }
    vm->pc = vm->throw_pc;
    vm->r = vm->throw_r;
    e.pc = run_unwind(vm, sk_take_raised(vm), true);
  }
}
