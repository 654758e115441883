/* handlers_compare.h - comparisons, truth, jumps. */
#define ORDER(NAME, OP2)                                                                        \
  OP(NAME) {                                                                                    \
    SkValue a = RB, b = RC;                                                                     \
    if (LIKELY(sk_both_smallint(a, b))) { RA = sk_bool(INT(a) OP2 INT(b)); NEXT(); }            \
    if (LIKELY(sk_both_immfloat(a, b))) {                                                       \
      RA = sk_bool(sk_immfloat_get(a) OP2 sk_immfloat_get(b));                                  \
      NEXT();                                                                                   \
    }                                                                                           \
    SLOW(compare);                                                                              \
  }
ORDER(LT, <)
ORDER(LE, <=)
ORDER(EQ, ==)
ORDER(NE, !=)
ORDER(GT, >)
ORDER(GE, >=)
OP(IS) { RA = sk_bool(RB.bits == RC.bits); NEXT(); }
OP(ISNOT) { RA = sk_bool(RB.bits != RC.bits); NEXT(); }
OP(IN) { SLOW(in); }
OP(NOTIN) { SLOW(in); }
OP(NOT) {
  SkValue v = RB;
  if (LIKELY(sk_is_bool(v))) {
    RA = (SkValue){v.bits ^ 0x10};
    NEXT();
  }
  SLOW(truthvalue);
}
OP(BOOL) {
  SkValue v = RB;
  if (LIKELY(sk_is_bool(v))) {
    RA = v;
    NEXT();
  }
  SLOW(truthvalue);
}

OP(JMP) { JUMPBC(); }
OP(JT) {
  SkValue v = RA;
  if (LIKELY(v.bits == 0x1d)) JUMPBC();
  if (LIKELY(v.bits == 0x0d || v.bits == 0x05 || v.bits == 0)) NEXT();
  SLOW(truthjump);
}
OP(JF) {
  SkValue v = RA;
  if (LIKELY(v.bits == 0x1d)) NEXT();
  if (LIKELY(v.bits == 0x0d || v.bits == 0x05 || v.bits == 0)) JUMPBC();
  SLOW(truthjump);
}
OP(JNONE) {
  if (sk_is_none(RA)) JUMPBC();
  NEXT();
}
OP(JNOTNONE) {
  if (!sk_is_none(RA)) JUMPBC();
  NEXT();
}
#define BRANCH(NAME, RHS, TEST)                                                                 \
  OP(NAME) {                                                                                    \
    SkValue a = RA, b = RHS;                                                                    \
    if (LIKELY(sk_both_smallint(a, b))) {                                                       \
      int64_t x = INT(a), y = INT(b);                                                           \
      if (TEST) JUMPC();                                                                        \
      NEXT();                                                                                   \
    }                                                                                           \
    if (LIKELY(sk_both_immfloat(a, b))) {                                                       \
      double x = sk_immfloat_get(a), y = sk_immfloat_get(b);                                    \
      if (TEST) JUMPC();                                                                        \
      NEXT();                                                                                   \
    }                                                                                           \
    SLOW(branch);                                                                               \
  }
BRANCH(JLT, RB, x < y)
BRANCH(JLE, RB, x <= y)
BRANCH(JEQ, RB, x == y)
BRANCH(JNE, RB, x != y)
BRANCH(JGT, RB, x > y)
BRANCH(JGE, RB, x >= y)
BRANCH(JNLT, RB, !(x < y))
BRANCH(JNLE, RB, !(x <= y))
BRANCH(JNEQ, RB, !(x == y))
BRANCH(JNNE, RB, !(x != y))
BRANCH(JNGT, RB, !(x > y))
BRANCH(JNGE, RB, !(x >= y))
BRANCH(JLTK, KB, x < y)
BRANCH(JLEK, KB, x <= y)
BRANCH(JEQK, KB, x == y)
BRANCH(JNEK, KB, x != y)
BRANCH(JGTK, KB, x > y)
BRANCH(JGEK, KB, x >= y)
BRANCH(JNLTK, KB, !(x < y))
BRANCH(JNLEK, KB, !(x <= y))
BRANCH(JNEQK, KB, !(x == y))
BRANCH(JNNEK, KB, !(x != y))
BRANCH(JNGTK, KB, !(x > y))
BRANCH(JNGEK, KB, !(x >= y))
OP(JIS) {
  if (RA.bits == RB.bits) JUMPC();
  NEXT();
}
OP(JISNOT) {
  if (RA.bits != RB.bits) JUMPC();
  NEXT();
}
OP(JIN) { SLOW(inbranch); }
OP(JNOTIN) { SLOW(inbranch); }
