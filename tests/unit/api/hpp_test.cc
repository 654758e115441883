// hpp_test.cc - skein.hpp: results, conversions both ways, lambdas as functions, exceptions across the border.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "vm/api/skein.hpp"

namespace {

using skein::vm;

TEST(Hpp, ConvertsValuesBothWays) {
  vm v;
  v.set_global("i", int64_t{1} << 40).value();
  v.set_global("u", ~uint64_t{0}).value();
  v.set_global("s", "text").value();
  v.set_global("n", std::optional<int>()).value();
  v.set_global("b", true).value();
  EXPECT_EQ(v.eval("i + 1").as<int64_t>().value(), (int64_t{1} << 40) + 1);
  EXPECT_EQ(v.eval("str(u)").as<std::string>().value(), "18446744073709551615");
  EXPECT_EQ(v.eval("s * 2").as<std::string>().value(), "texttext");
  EXPECT_TRUE(v.eval("n is None and b is True").as<bool>().value());
  EXPECT_EQ(v.eval("None").as<std::optional<double>>().value(), std::nullopt);
  EXPECT_EQ(v.eval("1.5").as<std::optional<double>>().value(), 1.5);
}

TEST(Hpp, NothingIsCutInConversions) {
  vm v;
  EXPECT_EQ(v.eval("300").as<uint8_t>().status(), SKEIN_ERR_EXC);
  EXPECT_EQ(v.eval("-1").as<unsigned>().status(), SKEIN_ERR_EXC);
  auto r = v.eval("2 ** 70").as<int>();
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error().type(), "OverflowError");
  EXPECT_EQ(v.eval("'x'").as<int>().error().type(), "TypeError");
}

TEST(Hpp, FailuresPassThroughChains) {
  vm v;
  auto r = v.eval("{}")["missing"].attr("x").call(1).as<int>();
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error().text(), "KeyError: 'missing'");
  EXPECT_EQ(r.value_or(7), 7);
  EXPECT_TRUE(r.error().is("LookupError"));
}

TEST(Hpp, ValueThrowsAndKeepsTheException) {
  vm v;
  try {
    v.exec("raise ValueError('boom')").value();
    FAIL();
  } catch (const skein::exception &e) {
    EXPECT_STREQ(e.what(), "ValueError: boom");
    EXPECT_EQ(e.status(), SKEIN_ERR_EXC);
    ASSERT_NE(e.exc(), nullptr);
    EXPECT_EQ(e.exc()->get().attr("args")[0].as<std::string>().value(), "boom");
  }
}

TEST(Hpp, LambdasTakeAndReturnWhatTheySay) {
  vm v;
  std::vector<std::string> log;
  v.def("note(text: str, times: int | None = None)", [&log](std::string_view text, std::optional<int> times) {
     for (int i = 0; i < times.value_or(1); i++) log.emplace_back(text);
   }).value();
  v.def("half(x: float) -> float", [](double x) { return x / 2; }).value();
  v.def("pair(a, b)", [](skein::context c, skein::value a, skein::value b) {
     skein::value list = c.list().value();
     list.append(a).value();
     list.append(b).value();
     return list;
   }).value();
  v.exec("note('a')\nnote('b', 2)").value();
  EXPECT_EQ(log, (std::vector<std::string>{"a", "b", "b"}));
  EXPECT_EQ(v.eval("half(5)").as<double>().value(), 2.5);
  EXPECT_EQ(v.eval("pair(1, 'x')").value().repr().as<std::string>().value(), "[1, 'x']");
}

TEST(Hpp, ExceptionsCrossTheBorderInBothDirections) {
  vm v;
  v.def("bad()", []() -> int { throw std::out_of_range("too far"); }).value();
  v.def("again(f)", [](skein::value f) { return f.call().value(); }).value();
  v.def("given(f) -> int", [](skein::value f) { return f.call().as<int>(); }).value();
  EXPECT_EQ(v.eval("bad()").error().text(), "RuntimeError: too far");
  v.exec("class Own(Exception): pass\ndef fail(): raise Own('mine')\n").value();
  for (const char *call : {"again(fail)", "given(fail)"}) {
    auto r = v.eval(call);
    ASSERT_FALSE(r) << call;
    EXPECT_EQ(r.error().message(), "mine") << call; // the very exception, not a copy
    EXPECT_TRUE(skein::value(v.raw(), r.error().exc()).attr("__class__").value().is(v.global("Own").value())) << call;
  }
}

TEST(Hpp, IteratesWithoutKeepingHandles) {
  vm v;
  int64_t sum = 0;
  v.eval("range(10000)").value().for_each([&sum](skein::value i) { sum += i.as<int64_t>().value(); }).value();
  EXPECT_EQ(sum, 49995000);
  EXPECT_LT(v.stats().handles, 100u);
  int seen = 0;
  v.eval("range(10)").value().for_each([&seen](skein::value) { return ++seen < 3; }).value();
  EXPECT_EQ(seen, 3);
  EXPECT_EQ(v.eval("(1 / i for i in [0])").value().for_each([](skein::value) {}).error().type(), "ZeroDivisionError");
}

TEST(Hpp, ScopesEndHandlesAndEscapeKeepsOne) {
  vm v;
  skein::value kept;
  {
    skein::scope scope(v.raw());
    kept = scope.escape(v.eval("[1, 2, 3]").value());
  }
  EXPECT_EQ(kept.size().value(), 3u);
}

TEST(Hpp, RefsKeepAndMove) {
  vm v;
  skein::ref a(v.eval("[7]").value()), b;
  EXPECT_FALSE(b);
  b = std::move(a);
  v.gc();
  EXPECT_EQ(b.get()[0].as<int>().value(), 7);
}

TEST(Hpp, LimitsStopAndResetGoesOn) {
  skein_config config = skein::config();
  config.limits.fuel = 100000;
  vm v(config);
  EXPECT_EQ(v.exec("while True: pass").status(), SKEIN_ERR_FUEL);
  EXPECT_EQ(v.stopped(), SKEIN_ERR_FUEL);
  v.reset().value();
  EXPECT_EQ(v.eval("1 + 1").as<int>().value(), 2);
}

TEST(Hpp, VmsMove) {
  vm v = vm::create().value();
  vm w(std::move(v));
  EXPECT_EQ(w.eval("1").as<int>().value(), 1);
}

}  // namespace
