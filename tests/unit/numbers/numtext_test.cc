// numtext_test.cc - doubles to text and back.
#include "vm/base/numtext.h"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "vm/base/hash.h"

namespace {

std::string Repr(double x) {
  char text[SK_DOUBLE_REPR_ROOM];
  return std::string(text, sk_double_print(x, text));
}

std::string Format(double x, char kind, int precision, int flags = 0) {
  std::string out(sk_double_format_bound(x, kind, precision), '\0');
  out.resize(sk_double_format(x, kind, precision, SkDoubleFlags(flags), &out[0]));
  return out;
}

double Parse(const std::string &s) {
  double x = -1;
  EXPECT_EQ(sk_double_parse_any(s.data(), s.size(), &x), s.size()) << s;
  return x;
}

uint64_t Bits(double x) {
  uint64_t bits;
  memcpy(&bits, &x, 8);
  return bits;
}

std::vector<double> Samples(int count) {
  std::mt19937_64 random(20240613);
  std::vector<double> samples = {0.0, -0.0, 1.0, 0.1, 1e16, 1e22, 1e23, 5e-324, 2.2250738585072014e-308,
                                 1.7976931348623157e308, 9007199254740993.0, 0.5, 2.5, 1e-5, 123456.0};
  while (samples.size() < size_t(count)) {
    uint64_t bits = random();
    double x;
    memcpy(&x, &bits, 8);
    if (std::isfinite(x)) samples.push_back(x);
    samples.push_back(double(int64_t(random() >> (random() % 64))) / 1024);
    samples.push_back(std::ldexp(1.0, int(random() % 2098) - 1074));
  }
  return samples;
}

TEST(Numtext, ReprAsPythonPrintsIt) {
  EXPECT_EQ(Repr(0.1), "0.1");
  EXPECT_EQ(Repr(1e16), "1e+16");
  EXPECT_EQ(Repr(123456789012345680.0), "1.2345678901234568e+17");
  EXPECT_EQ(Repr(1e15), "1000000000000000.0");
  EXPECT_EQ(Repr(0.0001), "0.0001");
  EXPECT_EQ(Repr(0.00001), "1e-05");
  EXPECT_EQ(Repr(-0.0), "-0.0");
  EXPECT_EQ(Repr(5e-324), "5e-324");
  EXPECT_EQ(Repr(INFINITY), "inf");
}

TEST(Numtext, ShortestIsTheShortestThatReadsBack) {
  for (double x : Samples(30000)) {
    std::string text = Repr(x);
    ASSERT_EQ(Bits(Parse(text)), Bits(x)) << text;
    SkDecimal d;
    sk_decimal_shortest(&d, x);
    if (d.length < 2) continue;
    // One digit fewer, correctly rounded, must not read back.
    char shorter[64];
    snprintf(shorter, sizeof shorter, "%.*e", d.length - 2, x);
    ASSERT_NE(strtod(shorter, nullptr), x) << text;
  }
}

TEST(Numtext, FixedFormsMatchTheCLibrary) {
  std::mt19937 random(7);
  for (double x : Samples(20000)) {
    int precision = int(random() % (random() % 8 ? 20 : 1100));
    for (const char *kind = "efgEG"; *kind; kind++) {
      std::string spec = std::string("%.*") + *kind, alternate = std::string("%#.*") + *kind;
      char expected[1600];
      snprintf(expected, sizeof expected, spec.c_str(), precision, x);
      ASSERT_EQ(Format(x, *kind, precision), expected);
      snprintf(expected, sizeof expected, alternate.c_str(), precision, x);
      ASSERT_EQ(Format(x, *kind, precision, SK_DOUBLE_ALTERNATE), expected);
    }
  }
}

TEST(Numtext, ParsesHardCases) {
  // Midpoints between neighbours, and a digit far away that tips them.
  const std::string half = "9007199254740993";
  EXPECT_EQ(Parse(half), 9007199254740992.0);
  EXPECT_EQ(Parse(half + "." + std::string(900, '0') + "1"), 9007199254740994.0);
  EXPECT_EQ(Parse("2.4703282292062327208e-324"), 0.0);
  EXPECT_EQ(Parse("2.4703282292062328e-324"), 5e-324);
  EXPECT_EQ(Parse("1.7976931348623158e308"), 1.7976931348623157e308);
  EXPECT_EQ(Parse("1.7976931348623159e308"), INFINITY);
  EXPECT_EQ(Parse("0." + std::string(1000, '0') + "1e1001"), 1.0);
  EXPECT_EQ(Parse(std::string(1000, '1') + "e-1000"), 0.1111111111111111111);
  EXPECT_EQ(Parse("1e99999999999999999999"), INFINITY);
  EXPECT_EQ(Parse("1_000.5_0e0_1"), 10005.0);
}

TEST(Numtext, ParsesRandomTextLikeTheCLibrary) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 100000; i++) {
    std::string text;
    for (int n = int(random() % 30) + 1; n > 0; n--) text += char('0' + random() % 10);
    text.insert(random() % (text.size() + 1), ".");
    text += "e" + std::to_string(int(random() % 700) - 350);
    ASSERT_EQ(Bits(Parse(text)), Bits(strtod(text.c_str(), nullptr))) << text;
  }
}

TEST(Numtext, StopsWhereTheNumberStops) {
  struct Row {
    const char *text;
    size_t used;
  } rows[] = {{"1.5e", 3}, {"1e+", 1}, {".", 0}, {"", 0}, {"1__0", 1}, {"1_", 1}, {"5.x", 2},
              {".5_", 2}, {"+.e1", 0}, {"-0x1", 2}, {"1._5", 2}};
  for (const Row &row : rows) {
    double x;
    EXPECT_EQ(sk_double_parse(row.text, strlen(row.text), &x), row.used) << row.text;
  }
}

TEST(Numtext, HexRoundTrips) {
  for (double x : Samples(20000)) {
    char text[SK_DOUBLE_REPR_ROOM];
    size_t n = sk_double_hex(x, text);
    double back;
    ASSERT_EQ(sk_double_parse_hex(text, n, &back), SK_HEX_OK);
    ASSERT_EQ(Bits(back), Bits(x));
  }
  double x;
  EXPECT_EQ(sk_double_parse_hex("0x1p1024", 8, &x), SK_HEX_TOO_LARGE);
  EXPECT_EQ(sk_double_parse_hex("0x", 2, &x), SK_HEX_INVALID);
}

TEST(Numtext, RoundingToPlaces) {
  SkDecimal d;
  sk_decimal_places(&d, 2.675, 2); // just below the half
  EXPECT_EQ(sk_decimal_to_double(&d), 2.67);
  sk_decimal_places(&d, 0.5, 0); // a tie: to even
  EXPECT_EQ(sk_decimal_to_double(&d), 0.0);
  sk_decimal_places(&d, 1250.0, -2);
  EXPECT_EQ(sk_decimal_to_double(&d), 1200.0);
  sk_decimal_places(&d, 99.96, 1);
  EXPECT_EQ(sk_decimal_to_double(&d), 100.0);
}

TEST(Hash, NumbersHashAsInPython) {
  EXPECT_EQ(sk_hash_double(1.0), 1);
  EXPECT_EQ(sk_hash_double(-1.0), -2);
  EXPECT_EQ(sk_hash_double(0.5), INT64_C(1152921504606846976));
  EXPECT_EQ(sk_hash_double(1e300), INT64_C(1224995262755759164));
  EXPECT_EQ(sk_hash_double(2305843009213693951.0), 1); // is 2^61
  EXPECT_EQ(sk_hash_reduce(0, SK_HASH_MODULUS), 0u);
}

}  // namespace
