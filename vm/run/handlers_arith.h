/* handlers_arith.h - arithmetic and bit operators: small ints, then immediate floats, then the slow path. */
#define FLOATS(a, b, OP2)                                                              \
  if (LIKELY(sk_both_immfloat(a, b))) {                                                \
    SkValue f = sk_immfloat_try(sk_immfloat_get(a) OP2 sk_immfloat_get(b));            \
    if (UNLIKELY(!sk_is_immfloat(f))) SLOW(binary);                                    \
    RA = f;                                                                            \
    NEXT();                                                                            \
  }
#define DO_ADD(RHS, SLOWNAME)                                                          \
  SkValue a = RB, b = RHS;                                                             \
  int64_t x;                                                                           \
  if (LIKELY(sk_both_smallint(a, b))) {                                                \
    if (UNLIKELY(__builtin_add_overflow(INT(a), INT(b), &x))) SLOW(binary);            \
    RA = (SkValue){(uint64_t)x};                                                       \
    NEXT();                                                                            \
  }                                                                                    \
  FLOATS(a, b, +)                                                                      \
  SLOW(SLOWNAME);
#define DO_SUB(RHS)                                                                    \
  SkValue a = RB, b = RHS;                                                             \
  int64_t x;                                                                           \
  if (LIKELY(sk_both_smallint(a, b))) {                                                \
    if (UNLIKELY(__builtin_sub_overflow(INT(a), INT(b), &x))) SLOW(binary);            \
    RA = (SkValue){(uint64_t)x};                                                       \
    NEXT();                                                                            \
  }                                                                                    \
  FLOATS(a, b, -)                                                                      \
  SLOW(binary);
#define DO_MUL(RHS)                                                                    \
  SkValue a = RB, b = RHS;                                                             \
  int64_t x;                                                                           \
  if (LIKELY(sk_both_smallint(a, b))) {                                                \
    if (UNLIKELY(__builtin_mul_overflow(INT(a) >> 2, INT(b), &x))) SLOW(binary);       \
    RA = (SkValue){(uint64_t)x};                                                       \
    NEXT();                                                                            \
  }                                                                                    \
  FLOATS(a, b, *)                                                                      \
  SLOW(binary);
#define DO_TRUEDIV(RHS)                                                                \
  SkValue a = RB, b = RHS;                                                             \
  if (LIKELY(sk_both_immfloat(a, b) && sk_immfloat_get(b) != 0.0)) {                   \
    SkValue f = sk_immfloat_try(sk_immfloat_get(a) / sk_immfloat_get(b));              \
    if (UNLIKELY(!sk_is_immfloat(f))) SLOW(binary);                                    \
    RA = f;                                                                            \
    NEXT();                                                                            \
  }                                                                                    \
  SLOW(binary);
/* Python's // and % round to minus infinity; only positive divisors are done here. */
#define DO_FLOORDIV(RHS)                                                               \
  SkValue a = RB, b = RHS;                                                             \
  if (LIKELY(sk_both_smallint(a, b) && INT(b) > 0)) {                                  \
    int64_t n = INT(a) >> 2, d = INT(b) >> 2, q, m;                                    \
    if (LIKELY(((uint64_t)n | (uint64_t)d) >> 32 == 0)) {                              \
      RA = (SkValue){(uint64_t)((uint32_t)n / (uint32_t)d) << 2};                      \
      NEXT();                                                                          \
    }                                                                                  \
    q = n / d;                                                                         \
    m = n - q * d;                                                                     \
    q += m >> 63;                                                                      \
    RA = (SkValue){(uint64_t)q << 2};                                                  \
    NEXT();                                                                            \
  }                                                                                    \
  SLOW(binary);
#define DO_MOD(RHS)                                                                    \
  SkValue a = RB, b = RHS;                                                             \
  if (LIKELY(sk_both_smallint(a, b) && INT(b) > 0)) {                                  \
    int64_t n = INT(a) >> 2, d = INT(b) >> 2, m;                                       \
    if (LIKELY(((uint64_t)n | (uint64_t)d) >> 32 == 0)) {                              \
      RA = (SkValue){(uint64_t)((uint32_t)n % (uint32_t)d) << 2};                      \
      NEXT();                                                                          \
    }                                                                                  \
    m = n % d;                                                                         \
    m += (m >> 63) & d;                                                                \
    RA = (SkValue){(uint64_t)m << 2};                                                  \
    NEXT();                                                                            \
  }                                                                                    \
  SLOW(binary);
#define DO_BITS(RHS, OP2)                                                              \
  SkValue a = RB, b = RHS;                                                             \
  if (LIKELY(sk_both_smallint(a, b))) {                                                \
    RA = (SkValue){a.bits OP2 b.bits};                                                 \
    NEXT();                                                                            \
  }                                                                                    \
  SLOW(binary);
#define DO_LSHIFT(RHS)                                                                 \
  SkValue a = RB, b = RHS;                                                             \
  if (LIKELY(sk_both_smallint(a, b) && b.bits <= 60 * 4)) {                            \
    int s = (int)(b.bits >> 2);                                                        \
    int64_t x = (int64_t)(a.bits << s);                                                \
    if (LIKELY(x >> s == INT(a))) {                                                    \
      RA = (SkValue){(uint64_t)x};                                                     \
      NEXT();                                                                          \
    }                                                                                  \
  }                                                                                    \
  SLOW(binary);
#define DO_RSHIFT(RHS)                                                                 \
  SkValue a = RB, b = RHS;                                                             \
  if (LIKELY(sk_both_smallint(a, b) && b.bits <= 61 * 4)) {                            \
    RA = (SkValue){(uint64_t)(INT(a) >> (b.bits >> 2)) & ~(uint64_t)3};                \
    NEXT();                                                                            \
  }                                                                                    \
  SLOW(binary);

OP(ADD) { DO_ADD(RC, add) }
OP(SUB) { DO_SUB(RC) }
OP(MUL) { DO_MUL(RC) }
OP(MATMUL) { SLOW(binary); }
OP(TRUEDIV) { DO_TRUEDIV(RC) }
OP(FLOORDIV) { DO_FLOORDIV(RC) }
OP(MOD) { DO_MOD(RC) }
OP(POW) { SLOW(binary); }
OP(LSHIFT) { DO_LSHIFT(RC) }
OP(RSHIFT) { DO_RSHIFT(RC) }
OP(AND) { DO_BITS(RC, &) }
OP(XOR) { DO_BITS(RC, ^) }
OP(OR) { DO_BITS(RC, |) }
OP(IADD) { DO_ADD(RC, add) }
OP(ISUB) { DO_SUB(RC) }
OP(IMUL) { DO_MUL(RC) }
OP(IMATMUL) { SLOW(binary); }
OP(ITRUEDIV) { DO_TRUEDIV(RC) }
OP(IFLOORDIV) { DO_FLOORDIV(RC) }
OP(IMOD) { DO_MOD(RC) }
OP(IPOW) { SLOW(binary); }
OP(ILSHIFT) { DO_LSHIFT(RC) }
OP(IRSHIFT) { DO_RSHIFT(RC) }
OP(IAND) { DO_BITS(RC, &) }
OP(IXOR) { DO_BITS(RC, ^) }
OP(IOR) { DO_BITS(RC, |) }
OP(ADDK) { DO_ADD(KC, binary) }
OP(SUBK) { DO_SUB(KC) }
OP(MULK) { DO_MUL(KC) }
OP(TRUEDIVK) { DO_TRUEDIV(KC) }
OP(FLOORDIVK) { DO_FLOORDIV(KC) }
OP(MODK) { DO_MOD(KC) }
OP(POWK) { SLOW(binary); }
OP(LSHIFTK) { DO_LSHIFT(KC) }
OP(RSHIFTK) { DO_RSHIFT(KC) }
OP(ANDK) { DO_BITS(KC, &) }
OP(XORK) { DO_BITS(KC, ^) }
OP(ORK) { DO_BITS(KC, |) }
OP(IADDK) { DO_ADD(KC, binary) }
OP(ISUBK) { DO_SUB(KC) }
OP(IMULK) { DO_MUL(KC) }
OP(NEG) {
  SkValue a = RB;
  int64_t x;
  if (LIKELY(sk_is_smallint(a) && !__builtin_sub_overflow((int64_t)0, INT(a), &x))) {
    RA = (SkValue){(uint64_t)x};
    NEXT();
  }
  if (LIKELY(sk_is_immfloat(a))) {
    RA = sk_immfloat_try(-sk_immfloat_get(a)); /* the sign does not matter to the encoding */
    NEXT();
  }
  SLOW(unary);
}
OP(POS) {
  if (LIKELY(sk_is_smallint(RB) || sk_is_immfloat(RB))) {
    RA = RB;
    NEXT();
  }
  SLOW(unary);
}
OP(INVERT) {
  if (LIKELY(sk_is_smallint(RB))) {
    RA = (SkValue){~RB.bits & ~(uint64_t)3};
    NEXT();
  }
  SLOW(unary);
}
