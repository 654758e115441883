// bigint_test.cc - the limb kernel checked against itself: identities that tie
// the fast algorithms to each other and to arithmetic simple enough to trust.
#include "vm/object/bigint.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "vm/heap/vm.h"

namespace {

SkVm vm; // only its account of steps is used
const bool kUnlimited = (vm.limits.floor = INT64_MIN, true);

using Limbs = std::vector<SkLimb>;

Limbs Trimmed(Limbs a) {
  a.resize(sk_bigint_trim(a.data(), a.size()));
  return a;
}

class Random {
 public:
  // Numbers with long runs of equal bits find more carries than plain noise.
  Limbs Number(size_t most) {
    Limbs a(1 + engine_() % most);
    int kind = int(engine_() % 4);
    for (SkLimb &limb : a) {
      limb = kind == 0 ? engine_() : kind == 1 ? ~SkLimb(0) : kind == 2 ? 0 : (engine_() % 2 ? 0 : ~SkLimb(0));
    }
    if (!a.back()) a.back() = 1 + engine_() % 5;
    return a;
  }
  uint64_t Below(uint64_t n) { return engine_() % n; }

 private:
  std::mt19937_64 engine_{42};
};

Limbs Mul(const Limbs &a, const Limbs &b) {
  const Limbs &x = a.size() >= b.size() ? a : b, &y = &x == &a ? b : a;
  Limbs out(x.size() + y.size()), scratch(sk_bigint_mul_scratch(x.size(), y.size()) + 1);
  sk_bigint_mul(&vm, out.data(), x.data(), x.size(), y.data(), y.size(), scratch.data());
  return Trimmed(out);
}

Limbs MulSimple(const Limbs &a, const Limbs &b) {
  Limbs out(a.size() + b.size());
  for (size_t i = 0; i < b.size(); i++) {
    out[a.size() + i] = sk_bigint_addmul_limb(&out[i], a.data(), a.size(), b[i]);
  }
  return Trimmed(out);
}

Limbs Add(const Limbs &a, const Limbs &b) {
  const Limbs &x = a.size() >= b.size() ? a : b, &y = &x == &a ? b : a;
  Limbs out(x.size() + 1);
  out[x.size()] = sk_bigint_add(out.data(), x.data(), x.size(), y.data(), y.size());
  return Trimmed(out);
}

TEST(Bigint, KaratsubaEqualsSchoolbook) {
  Random random;
  for (int i = 0; i < 3000; i++) {
    Limbs a = random.Number(i % 50 ? 90 : 700), b = random.Number(i % 50 ? 90 : 700);
    ASSERT_EQ(Mul(a, b), MulSimple(a, b));
    Limbs square(2 * a.size()), scratch(sk_bigint_sqr_scratch(a.size()) + 1);
    sk_bigint_sqr(&vm, square.data(), a.data(), a.size(), scratch.data());
    ASSERT_EQ(Trimmed(square), MulSimple(a, a));
  }
}

TEST(Bigint, QuotientTimesDivisorPlusRemainder) {
  Random random;
  for (int i = 0; i < 4000; i++) {
    size_t most = i % 40 ? 60 : 600;
    Limbs b = random.Number(most), a = Mul(random.Number(most), b);
    if (i % 3 == 0) a = random.Number(2 * most);
    if (i % 3 == 1) sk_bigint_sub(a.data(), a.data(), a.size(), Limbs{1}.data(), 1);
    a = Trimmed(a);
    if (a.size() < b.size()) continue;
    Limbs q(a.size() - b.size() + 1), r(b.size());
    Limbs scratch(sk_bigint_divrem_scratch(a.size(), b.size()) + 1);
    sk_bigint_divrem(&vm, q.data(), r.data(), a.data(), a.size(), b.data(), b.size(), scratch.data());
    Limbs rest = Trimmed(r);
    ASSERT_LT(sk_bigint_compare(rest.data(), rest.size(), b.data(), b.size()), 0);
    Limbs whole = Trimmed(q);
    ASSERT_EQ(Add(whole.empty() ? Limbs{} : MulSimple(whole, b), rest), a);
  }
}

std::string ToText(const Limbs &a, unsigned base) {
  std::string out(sk_bigint_text_bound(a.size(), base), '\0');
  Limbs scratch(sk_bigint_to_text_scratch(a.size(), base) + 1);
  out.resize(sk_bigint_to_text(&vm, &out[0], a.data(), a.size(), base, scratch.data()));
  return out;
}

Limbs FromText(const std::string &s, unsigned base) {
  Limbs out(sk_bigint_from_text_limbs(s.size(), base));
  Limbs scratch(sk_bigint_from_text_scratch(s.size(), base) + 1);
  out.resize(sk_bigint_from_text(&vm, out.data(), s.data(), s.size(), base, scratch.data()));
  return out;
}

TEST(Bigint, TextRoundTripsInEveryBase) {
  Random random;
  for (int i = 0; i < 1500; i++) {
    Limbs a = random.Number(i % 20 ? 40 : 800);
    unsigned base = 2 + unsigned(i) % 35;
    std::string text = ToText(a, base);
    ASSERT_NE(text[0], '0');
    ASSERT_EQ(FromText(text, base), a);
    ASSERT_EQ(FromText("000" + text, base), a);
    std::string capitals = text;
    for (char &c : capitals) c = char(toupper(c));
    ASSERT_EQ(FromText(capitals, base), a);
  }
  EXPECT_EQ(ToText({}, 10), "0");
  EXPECT_EQ(ToText({0, 1}, 10), "18446744073709551616");
  EXPECT_EQ(ToText({0, 0, 1}, 10), "340282366920938463463374607431768211456");
}

// -x is ~x + 1, and ~(x & y) is ~x | ~y: the operations tie each other down.
TEST(Bigint, BitwiseIdentities) {
  Random random;
  for (int i = 0; i < 3000; i++) {
    Limbs a = random.Number(6), b = random.Number(6);
    size_t n = std::max(a.size(), b.size()) + 1;
    Limbs both(n), either(n), differ(n);
    sk_bigint_bitop(SK_BIT_AND, both.data(), a.data(), a.size(), false, b.data(), b.size(), false);
    sk_bigint_bitop(SK_BIT_OR, either.data(), a.data(), a.size(), false, b.data(), b.size(), false);
    sk_bigint_bitop(SK_BIT_XOR, differ.data(), a.data(), a.size(), false, b.data(), b.size(), false);
    ASSERT_EQ(Add(Trimmed(both), Trimmed(either)), Add(a, b));
    ASSERT_EQ(Add(Trimmed(both), Trimmed(differ)), Trimmed(either));
    // -a & -b == -((a - 1 | b - 1) + 1)
    Limbs less_a = a, less_b = b, expected(n), got(n);
    const SkLimb one = 1;
    sk_bigint_sub(less_a.data(), a.data(), a.size(), &one, 1);
    sk_bigint_sub(less_b.data(), b.data(), b.size(), &one, 1);
    sk_bigint_bitop(SK_BIT_OR, expected.data(), less_a.data(), less_a.size(), false, less_b.data(),
                    less_b.size(), false);
    ASSERT_TRUE(sk_bigint_bitop(SK_BIT_AND, got.data(), a.data(), a.size(), true, b.data(),
                                b.size(), true));
    ASSERT_EQ(Trimmed(got), Add(Trimmed(expected), {1}));
  }
}

TEST(Bigint, BytesRoundTrip) {
  Random random;
  for (int i = 0; i < 3000; i++) {
    Limbs a = random.Number(5);
    bool negative = random.Below(2), little = random.Below(2);
    std::vector<uint8_t> bytes(a.size() * 8 + random.Below(10));
    bool fits = sk_bigint_to_bytes(bytes.data(), bytes.size(), a.data(), a.size(), negative, little, true);
    if (!fits) {
      bytes.resize(a.size() * 8 + 1);
      ASSERT_TRUE(sk_bigint_to_bytes(bytes.data(), bytes.size(), a.data(), a.size(), negative, little, true));
    }
    Limbs back(bytes.size() / 8 + 1);
    bool sign;
    back.resize(sk_bigint_from_bytes(back.data(), &sign, bytes.data(), bytes.size(), little, true));
    ASSERT_EQ(back, a);
    ASSERT_EQ(sign, negative);
  }
}

TEST(Bigint, RootsAndPowers) {
  Random random;
  for (int i = 0; i < 1000; i++) {
    Limbs root = random.Number(i % 20 ? 8 : 120), square = MulSimple(root, root);
    Limbs out(square.size() / 2 + 3), scratch(sk_bigint_isqrt_scratch(square.size()) + 1);
    out.resize(sk_bigint_isqrt(&vm, out.data(), square.data(), square.size(), scratch.data()));
    ASSERT_EQ(out, root);
    Limbs base = random.Number(3), power = {1};
    uint64_t exponent = random.Below(30);
    for (uint64_t k = 0; k < exponent; k++) power = MulSimple(power, base);
    size_t room = sk_bigint_pow_limbs(sk_bigint_bits(base.data(), base.size()), exponent);
    Limbs got(room), work(sk_bigint_pow_scratch(room) + 1);
    got.resize(sk_bigint_pow(&vm, got.data(), room, base.data(), base.size(), exponent, work.data()));
    ASSERT_EQ(got, power);
  }
}

TEST(Bigint, GcdOfMultiples) {
  Random random;
  for (int i = 0; i < 1000; i++) {
    // Neighbours have no common factor, so the gcd is the factor put in.
    Limbs g = random.Number(6), n = random.Number(12), m = Add(n, {1});
    Limbs a = MulSimple(m, g), b = MulSimple(n, g);
    size_t bn = b.size();
    b.resize(a.size());
    Limbs scratch(sk_bigint_gcd_scratch(a.size()) + 1);
    a.resize(sk_bigint_gcd(&vm, a.data(), a.size(), b.data(), bn, scratch.data()));
    ASSERT_EQ(a, g);
  }
}

// Fermat: a^(p-1) = 1 modulo the prime 2^127 - 1, by every window size.
TEST(Bigint, ModularPower) {
  const Limbs p = {~SkLimb(0), ~SkLimb(0) >> 1}, e = {~SkLimb(0) - 1, ~SkLimb(0) >> 1};
  Random random;
  for (int i = 0; i < 200; i++) {
    Limbs a = {random.Below(~SkLimb(0)) + 1, random.Below(SkLimb(1) << 62)};
    a = Trimmed(a);
    Limbs out(2), scratch(sk_bigint_powmod_scratch(2) + 1);
    out.resize(sk_bigint_powmod(&vm, out.data(), a.data(), a.size(), e.data(), e.size(), p.data(), 2, scratch.data()));
    ASSERT_EQ(out, Limbs{1});
  }
}

TEST(Bigint, DoublesRoundHalfToEven) {
  const Limbs tie = {(SkLimb(1) << 53) + 1};
  EXPECT_EQ(sk_bigint_to_double(tie.data(), 1, false, 0), 9007199254740992.0);
  const Limbs above = {1, ((SkLimb(1) << 53) + 1) << 2};
  EXPECT_EQ(sk_bigint_to_double(above.data(), 2, true, 0), -9007199254740994.0 * 4 * 18446744073709551616.0);
  EXPECT_EQ(sk_bigint_to_double(tie.data(), 1, false, -1127), 0x1p-1074);
  EXPECT_EQ(sk_bigint_to_double(tie.data(), 1, false, 1000), __builtin_inf());
}

}  // namespace
