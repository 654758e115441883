/* arith.c - operators, comparisons and truth beyond the inline cases.  Layer 7.
 *
 * A special method written in Python is called by pushing its frame; the continuation (cont.c) finishes the
 * instruction.  Everything else goes through the object layer's protocols (ops.h).
 */
#include "vm/run/run_impl.h"

typedef struct Operator { uint8_t binary; bool inplace, constant; } Operator;

/* What an arithmetic instruction does. */
static Operator operator_of(int op) {
  if (op >= SK_OP_ADD && op <= SK_OP_OR) return (Operator){(uint8_t)(op - SK_OP_ADD), false, false};
  if (op >= SK_OP_IADD && op <= SK_OP_IOR) return (Operator){(uint8_t)(op - SK_OP_IADD), true, false};
  if (op >= SK_OP_ADDK && op <= SK_OP_ORK) {
    static const uint8_t forms[] = {SK_BIN_ADD, SK_BIN_SUB, SK_BIN_MUL, SK_BIN_TRUEDIV, SK_BIN_FLOORDIV, SK_BIN_MOD,
                                    SK_BIN_POW, SK_BIN_LSHIFT, SK_BIN_RSHIFT, SK_BIN_AND, SK_BIN_XOR, SK_BIN_OR};
    return (Operator){forms[op - SK_OP_ADDK], false, true};
  }
  return (Operator){(uint8_t)(op - SK_OP_IADDK), true, true};
}

static SkInsn *next1(SkInsn *pc, SkValue *r, SkVm *vm, SkValue v) {
  r[pc->a] = v;
  vm->r = r;
  return pc + 1;
}

/* A Python class's own method for |slot|, to be called by frame. */
static SkValue python_method(SkVm *vm, SkValue v, SkSlotId slot) {
  SkType *t = sk_type_of(vm, v);
  return t->flags & SK_TYPE_HEAP ? sk_slot_python_method(vm, t, slot) : SK_UNSET;
}

/* Calls f(a, b) by frame; CONT_BINARY (COMPARE, BRANCH) knows the operands and what comes next. */
static SkInsn *call_operator(SkVm *vm, SkInsn *pc, SkValue *r, int cont, SkValue f, SkValue a, SkValue b) {
  SkValue *pr = run_push_cont(vm, pc, r, cont);
  pr[1] = a;
  pr[2] = b;
  SkValue args[] = {a, b};
  return run_call_cont(vm, pr, cont, f, args, 2);
}

static bool mixed_float(SkValue a, SkValue b, double *x, double *y) {
  if (sk_is_smallint(a)) *x = (double)sk_smallint_get(a);
  else if (sk_is_immfloat(a)) *x = sk_immfloat_get(a);
  else return false;
  if (sk_is_smallint(b)) *y = (double)sk_smallint_get(b);
  else if (sk_is_immfloat(b)) *y = sk_immfloat_get(b);
  else return false;
  return true;
}

/* int with float, and int / int that is exact in doubles. */
static bool quick_float(SkVm *vm, int op, SkValue a, SkValue b, SkValue *out) {
  double x, y;
  if (!mixed_float(a, b, &x, &y)) return false;
  if (sk_both_smallint(a, b)) {
    enum { EXACT_BITS = 53 };
    int64_t lim = (int64_t)1 << EXACT_BITS, i = sk_smallint_get(a), j = sk_smallint_get(b);
    if (op != SK_BIN_TRUEDIV || i > lim || i < -lim || j > lim || j < -lim) return false;
  }
  switch (op) {
  case SK_BIN_ADD: x += y; break;
  case SK_BIN_SUB: x -= y; break;
  case SK_BIN_MUL: x *= y; break;
  case SK_BIN_TRUEDIV:
    if (y == 0) return false;
    x /= y;
    break;
  default: return false;
  }
  *out = sk_float_new(vm, x);
  return true;
}

RUN_SLOW(binary) {
  Operator o = operator_of(pc->op);
  SkValue a = r[pc->b], b = o.constant ? frame_func(r)->k[pc->c] : r[pc->c], v;
  if (quick_float(vm, o.binary, a, b, &v) || sk_int_quick(vm, o.binary, a, b, &v)) return next1(pc, r, vm, v);
  if (sk_is_ptr(a) && !sk_type_is_subtype(sk_type_of(vm, b), sk_type_of(vm, a))) {
    SkValue f = o.inplace ? python_method(vm, a, (SkSlotId)(SK_SLOT_iadd + o.binary)) : SK_UNSET;
    if (sk_is_unset(f) && !(o.inplace && ((void *const *)SK_SLOTS(vm, a))[SK_SLOT_iadd + o.binary])) {
      f = python_method(vm, a, (SkSlotId)(SK_SLOT_add + o.binary));
      if (!sk_is_unset(f)) return call_operator(vm, pc, r, CONT_BINARY, f, a, b);
    }
  } else if (sk_is_ptr(a) && sk_type_of(vm, a) == sk_type_of(vm, b) && !o.inplace) {
    SkValue f = python_method(vm, a, (SkSlotId)(SK_SLOT_add + o.binary));
    if (!sk_is_unset(f)) return call_operator(vm, pc, r, CONT_BINARY, f, a, b);
  }
  v = o.inplace ? sk_inplace(vm, o.binary, a, b) : sk_binary(vm, o.binary, a, b);
  return next1(pc, r, vm, v);
}

RUN_SLOW(add) {
  SkValue a = r[pc->b], b = r[pc->c];
  uint32_t str = SHAPE_OF(SK_T_str);
  if (sk_is_ptr(a) && sk_is_ptr(b) && sk_object(a)->shape == str && sk_object(b)->shape == str) {
    return next1(pc, r, vm, sk_from_ptr(sk_str_concat(vm, (SkStr *)sk_object(a), (SkStr *)sk_object(b))));
  }
  return do_binary(pc, r, vm);
}

/* The rest of a binary operation whose left method said NotImplemented. */
static SkValue reflected(SkVm *vm, int op, bool inplace, SkValue a, SkValue b) {
  SkType *ta = sk_type_of(vm, a), *tb = sk_type_of(vm, b);
  if (ta != tb) {
    SkBinaryFn fn = op == SK_BIN_POW ? NULL : ((const SkBinaryFn *)tb->slots)[SK_SLOT_radd + op];
    SkValue v = SK_NOTIMPLEMENTED;
    if (fn) v = fn(vm, b, a);
    else if (op == SK_BIN_POW && tb->slots->rpow) v = tb->slots->rpow(vm, b, a, SK_NONE);
    if (!sk_is_notimplemented(v)) return v;
  }
  static const char *const symbols[] = {"+", "-", "*", "@", "/", "//", "%", "** or pow()", "<<", ">>", "&", "^", "|"};
  static const char *const inplace_symbols[] = {"+=", "-=", "*=", "@=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "^=", "|="};
  sk_raise_type(vm, "unsupported operand type(s) for %s: '%T' and '%T'", (inplace ? inplace_symbols : symbols)[op], a, b);
}

SkValue run_finish_binary(SkVm *vm, SkInsn *pc, SkValue v, SkValue a, SkValue b) {
  if (SK_LIKELY(!sk_is_notimplemented(v))) return v;
  Operator o = operator_of(pc->op);
  return reflected(vm, o.binary, o.inplace, a, b);
}

RUN_SLOW(unary) {
  SkValue v = r[pc->b];
  SkSlotId slot = pc->op == SK_OP_NEG ? SK_SLOT_neg : pc->op == SK_OP_POS ? SK_SLOT_pos : SK_SLOT_invert;
  if (sk_is_ptr(v)) {
    SkValue f = python_method(vm, v, slot);
    if (!sk_is_unset(f)) return run_call_cont(vm, run_push_cont(vm, pc, r, CONT_A), CONT_A, f, &v, 1);
  }
  v = slot == SK_SLOT_neg ? sk_negative(vm, v) : slot == SK_SLOT_pos ? sk_positive(vm, v) : sk_invert(vm, v);
  return next1(pc, r, vm, v);
}

/* ---- comparisons ------------------------------------------------------------------------------------ */

static const uint8_t swapped[] = {SK_CMP_GT, SK_CMP_GE, SK_CMP_EQ, SK_CMP_NE, SK_CMP_LT, SK_CMP_LE};

/* A comparison whose left method is Python's: UNSET if C code has to decide. */
static SkValue compare_method(SkVm *vm, int cmp, SkValue a, SkValue b) {
  if (!sk_is_ptr(a)) return SK_UNSET;
  SkType *ta = sk_type_of(vm, a), *tb = sk_type_of(vm, b);
  if (ta != tb && sk_type_is_subtype(tb, ta)) return SK_UNSET; /* the right one is asked first */
  return python_method(vm, a, (SkSlotId)(SK_SLOT_lt + cmp));
}

SkValue run_finish_compare(SkVm *vm, int cmp, SkValue v, SkValue a, SkValue b) {
  if (SK_LIKELY(!sk_is_notimplemented(v))) return v;
  SkBinaryFn fn = ((const SkBinaryFn *)SK_SLOTS(vm, b))[SK_SLOT_lt + swapped[cmp]];
  if (fn) v = fn(vm, b, a);
  if (!sk_is_notimplemented(v)) return v;
  if (cmp == SK_CMP_EQ) return sk_bool(sk_is(a, b));
  if (cmp == SK_CMP_NE) return sk_bool(!sk_is(a, b));
  static const char *const symbols[] = {"<", "<=", "==", "!=", ">", ">="};
  sk_raise_type(vm, "'%s' not supported between instances of '%T' and '%T'", symbols[cmp], a, b);
}

RUN_SLOW(compare) {
  int cmp = pc->op - SK_OP_LT;
  SkValue a = r[pc->b], b = r[pc->c], f = compare_method(vm, cmp, a, b);
  if (!sk_is_unset(f)) return call_operator(vm, pc, r, CONT_COMPARE, f, a, b);
  return next1(pc, r, vm, sk_compare(vm, cmp, a, b));
}

typedef struct Branch { uint8_t cmp; bool wanted, constant; } Branch;

static Branch branch_of(int op) {
  if (op <= SK_OP_JGE) return (Branch){(uint8_t)(op - SK_OP_JLT), true, false};
  if (op <= SK_OP_JNGE) return (Branch){(uint8_t)(op - SK_OP_JNLT), false, false};
  if (op <= SK_OP_JGEK) return (Branch){(uint8_t)(op - SK_OP_JLTK), true, true};
  return (Branch){(uint8_t)(op - SK_OP_JNLTK), false, true};
}

int run_branch_compare(int op) { return branch_of(op).cmp; }

/* The loop's own jumps poll; so does a jump back from here. */
static SkInsn *jump(SkVm *vm, SkInsn *pc, SkValue *r, int32_t d) {
  vm->pc = pc;
  vm->r = r;
  if (d <= 0) run_step(vm);
  return pc + d;
}

/* Takes a fused branch according to the truth of |v|. */
SkInsn *run_take_branch(SkVm *vm, SkInsn *pc, SkValue *r, SkValue v) {
  bool truth = sk_is_bool(v) ? sk_is_true(v) : sk_truth(vm, v);
  return jump(vm, pc, r, truth == branch_of(pc->op).wanted ? (int16_t)pc->c : 1);
}

RUN_SLOW(branch) {
  Branch br = branch_of(pc->op);
  SkValue a = r[pc->a], b = br.constant ? frame_func(r)->k[pc->b] : r[pc->b];
  uint32_t str = SHAPE_OF(SK_T_str);
  if (sk_is_ptr(a)) {
    if (sk_is_ptr(b) && sk_object(a)->shape == str && sk_object(b)->shape == str && (br.cmp == SK_CMP_EQ || br.cmp == SK_CMP_NE)) {
      bool equal = sk_is(a, b) || sk_str_equal((SkStr *)sk_object(a), (SkStr *)sk_object(b));
      return run_take_branch(vm, pc, r, sk_bool(equal == (br.cmp == SK_CMP_EQ)));
    }
    SkValue f = compare_method(vm, br.cmp, a, b);
    if (!sk_is_unset(f)) return call_operator(vm, pc, r, CONT_BRANCH, f, a, b);
  }
  return run_take_branch(vm, pc, r, sk_compare(vm, br.cmp, a, b));
}

/* ---- membership and truth ---------------------------------------------------------------------------- */

RUN_SLOW(in) {
  bool found = sk_contains(vm, r[pc->c], r[pc->b]);
  return next1(pc, r, vm, sk_bool(found == (pc->op == SK_OP_IN)));
}

RUN_SLOW(inbranch) {
  bool found = sk_contains(vm, r[pc->b], r[pc->a]);
  return jump(vm, pc, r, found == (pc->op == SK_OP_JIN) ? (int16_t)pc->c : 1);
}

RUN_SLOW(truthvalue) {
  bool truth = sk_truth(vm, r[pc->b]);
  return next1(pc, r, vm, sk_bool(truth == (pc->op == SK_OP_BOOL)));
}

RUN_SLOW(truthjump) {
  bool truth = sk_truth(vm, r[pc->a]);
  return jump(vm, pc, r, truth == (pc->op == SK_OP_JT) ? sk_insn_jump32(pc) : 1);
}
