// api_test.cc - skein.h as a host sees it: values, calls, errors, groups, two VMs, limits, interrupts.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "vm/api/skein.h"

namespace {

class ApiTest : public testing::Test {
 protected:
  void SetUp() override { vm_ = NewVm(0); }
  void TearDown() override { skein_vm_free(vm_); }

  static skein_vm *NewVm(size_t heap_limit) {
    skein_config c;
    skein_config_init(&c);
    c.caps = SKEIN_CAP_ALL;
    c.limits.heap = heap_limit;
    c.limits.final = 0;
    skein_vm *vm = nullptr;
    EXPECT_EQ(skein_vm_new(&c, &vm), SKEIN_OK);
    return vm;
  }

  skein_status Exec(const std::string &text, skein_vm *vm = nullptr) {
    return skein_exec(vm ? vm : vm_, text.data(), text.size(), "<test>");
  }

  skein_val Eval(const char *expression, skein_vm *vm = nullptr) {
    skein_val v = {0};
    EXPECT_EQ(skein_eval(vm ? vm : vm_, expression, &v), SKEIN_OK) << expression;
    return v;
  }

  std::string Str(skein_val v, skein_vm *vm = nullptr) {
    const char *s = nullptr;
    size_t n = 0;
    EXPECT_EQ(skein_get_str(vm ? vm : vm_, v, &s, &n), SKEIN_OK);
    return s ? std::string(s, n) : "?";
  }

  std::string Repr(skein_val v, skein_vm *vm = nullptr) {
    skein_val text;
    EXPECT_EQ(skein_repr(vm ? vm : vm_, v, &text), SKEIN_OK);
    return Str(text, vm);
  }

  // "Type: message" of the pending exception, which is taken.
  std::string Error(skein_vm *vm = nullptr) {
    if (!vm) vm = vm_;
    skein_val exc = skein_exc_take(vm);
    if (!exc.bits) return "no error";
    return std::string(skein_exc_type(vm, exc)) + ": " + skein_exc_message(vm, exc);
  }

  skein_vm *vm_ = nullptr;
};

// ---- values ----

TEST_F(ApiTest, NumbersGoInAndOut) {
  for (int64_t i : {INT64_C(0), INT64_C(-1), INT64_C(1) << 61, INT64_MAX, INT64_MIN}) {
    skein_val v = skein_int(vm_, i);
    int64_t back = 7;
    EXPECT_EQ(skein_typeof(vm_, v), SKEIN_T_INT);
    ASSERT_EQ(skein_get_int(vm_, v, &back), SKEIN_OK);
    EXPECT_EQ(back, i);
    EXPECT_EQ(Repr(v), std::to_string(i));
  }
  for (double d : {0.0, -0.5, 1e308, 5e-324}) {
    skein_val v = skein_float(vm_, d);
    double back = 7;
    ASSERT_EQ(skein_get_float(vm_, v, &back), SKEIN_OK);
    EXPECT_EQ(back, d);
  }
  int64_t i;
  EXPECT_EQ(skein_get_int(vm_, Eval("2**63"), &i), SKEIN_ERR_EXC);
  EXPECT_EQ(Error().substr(0, 14), "OverflowError:");
  EXPECT_EQ(skein_get_int(vm_, Eval("'x'"), &i), SKEIN_ERR_EXC);
  EXPECT_EQ(Error().substr(0, 10), "TypeError:");
}

TEST_F(ApiTest, TextKeepsNulsAndUnicode) {
  const std::string text("a\0b\xc3\xa9\xf0\x9f\x98\x80", 9);
  skein_val v;
  ASSERT_EQ(skein_str(vm_, text.data(), text.size(), &v), SKEIN_OK);
  EXPECT_EQ(Str(v), text);
  ASSERT_EQ(skein_set_global(vm_, "t", v), SKEIN_OK);
  EXPECT_EQ(Repr(Eval("(len(t), t[3])")), "(5, 'é')");
}

TEST_F(ApiTest, TypesAreTold) {
  EXPECT_EQ(skein_typeof(vm_, skein_none(vm_)), SKEIN_T_NONE);
  EXPECT_EQ(skein_typeof(vm_, skein_bool(vm_, true)), SKEIN_T_BOOL);
  const struct { const char *text; skein_type type; } cases[] = {
      {"1.5", SKEIN_T_FLOAT}, {"''", SKEIN_T_STR}, {"b''", SKEIN_T_BYTES}, {"[]", SKEIN_T_LIST}, {"()", SKEIN_T_TUPLE}, {"{}", SKEIN_T_DICT},
      {"set()", SKEIN_T_SET}, {"len", SKEIN_T_FUNC}, {"lambda: 0", SKEIN_T_FUNC}, {"int", SKEIN_T_TYPE}, {"ValueError()", SKEIN_T_EXC},
      {"ExceptionGroup('', [OSError()])", SKEIN_T_EXCGROUP}, {"1j", SKEIN_T_OTHER}};
  for (const auto &c : cases) EXPECT_EQ(skein_typeof(vm_, Eval(c.text)), c.type) << c.text;
}

TEST_F(ApiTest, AttributesItemsLists) {
  ASSERT_EQ(Exec("class C: pass\nc = C()\nd = {}\n"), SKEIN_OK);
  skein_val c, d, v, items[3];
  ASSERT_EQ(skein_get_global(vm_, "c", &c), SKEIN_OK);
  ASSERT_EQ(skein_get_global(vm_, "d", &d), SKEIN_OK);
  for (int i = 0; i < 3; i++) items[i] = skein_int(vm_, i);
  ASSERT_EQ(skein_list(vm_, items, 3, &v), SKEIN_OK);
  ASSERT_EQ(skein_set_attr(vm_, c, "x", v), SKEIN_OK);
  ASSERT_EQ(skein_set_item(vm_, d, items[1], c), SKEIN_OK);
  EXPECT_EQ(Repr(Eval("d[1].x")), "[0, 1, 2]");
  ASSERT_EQ(skein_get_item(vm_, d, items[1], &v), SKEIN_OK);
  ASSERT_EQ(skein_get_attr(vm_, v, "x", &v), SKEIN_OK);
  EXPECT_EQ(skein_get_attr(vm_, v, "nope", &v), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "AttributeError: 'list' object has no attribute 'nope'");
  EXPECT_EQ(skein_get_global(vm_, "nope", &v), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "NameError: name 'nope' is not defined");
}

TEST_F(ApiTest, ScopesKeepTheTableSmall) {
  for (int i = 0; i < 100000; i++) {
    skein_scope scope = skein_scope_open(vm_);
    skein_val v = skein_int(vm_, i);
    ASSERT_LT(v.bits & 0xffffffff, 100u);
    skein_scope_close(vm_, scope);
  }
  skein_scope scope = skein_scope_open(vm_);
  skein_val kept = skein_scope_escape(vm_, scope, Eval("'kept'"));
  skein_gc(vm_);
  EXPECT_EQ(Str(kept), "kept");
}

// ---- calls and host functions ----

skein_status Add(skein_vm *vm, void *user, const skein_val *args, size_t n, skein_val *out) {
  int64_t sum = *static_cast<int64_t *>(user), each;
  for (size_t i = 0; i < n; i++) {
    if (skein_get_int(vm, args[i], &each) != SKEIN_OK) return SKEIN_ERR_EXC;
    sum += each;
  }
  *out = skein_int(vm, sum);
  return SKEIN_OK;
}

skein_status CallBack(skein_vm *vm, void *, const skein_val *args, size_t n, skein_val *out) {
  return skein_call(vm, args[0], args + 1, n - 1, out);
}

TEST_F(ApiTest, CallsGoBothWays) {
  int64_t base = 100;
  skein_val add, back, f, v, args[2];
  ASSERT_EQ(skein_function(vm_, "add", Add, &base, nullptr, &add), SKEIN_OK);
  ASSERT_EQ(skein_function(vm_, "back", CallBack, nullptr, nullptr, &back), SKEIN_OK);
  ASSERT_EQ(skein_set_global(vm_, "add", add), SKEIN_OK);
  ASSERT_EQ(skein_set_global(vm_, "back", back), SKEIN_OK);
  EXPECT_EQ(Repr(Eval("add(1, 2, 3)")), "106");
  EXPECT_EQ(Repr(Eval("back(back, back, lambda *a: a, 1, 2)")), "(1, 2)");
  ASSERT_EQ(Exec("def f(a, b=5): return a * b\n"), SKEIN_OK);
  ASSERT_EQ(skein_get_global(vm_, "f", &f), SKEIN_OK);
  args[0] = Eval("6");
  ASSERT_EQ(skein_call(vm_, f, args, 1, &v), SKEIN_OK);
  EXPECT_EQ(Repr(v), "30");
  EXPECT_EQ(skein_call(vm_, f, args, 0, &v), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "TypeError: f() missing 1 required positional argument: 'a'");
}

TEST_F(ApiTest, ErrorsCrossHostFrames) {
  int64_t base = 0;
  skein_val add, back;
  ASSERT_EQ(skein_function(vm_, "add", Add, &base, nullptr, &add), SKEIN_OK);
  ASSERT_EQ(skein_function(vm_, "back", CallBack, nullptr, nullptr, &back), SKEIN_OK);
  ASSERT_EQ(skein_set_global(vm_, "add", add), SKEIN_OK);
  ASSERT_EQ(skein_set_global(vm_, "back", back), SKEIN_OK);
  ASSERT_EQ(Exec("caught = []\n"
                 "try: add('x')\n"
                 "except TypeError: caught.append(1)\n"
                 "try: back(back, lambda: 1/0)\n"
                 "except ZeroDivisionError: caught.append(2)\n"
                 "try: add(a=1)\n"
                 "except TypeError as e: caught.append(str(e))\n"),
            SKEIN_OK);
  EXPECT_EQ(Repr(Eval("caught")), "[1, 2, \"add() got an unexpected keyword argument 'a'\"]");
}

TEST_F(ApiTest, RecursionThroughTheHostIsARecursionError) {
  skein_val back;
  ASSERT_EQ(skein_function(vm_, "back", CallBack, nullptr, nullptr, &back), SKEIN_OK);
  ASSERT_EQ(skein_set_global(vm_, "back", back), SKEIN_OK);
  ASSERT_EQ(Exec("def f(n): return back(f, n + 1)\n"
                 "try: f(0)\n"
                 "except RecursionError: ok = True\n"),
            SKEIN_OK);
  EXPECT_EQ(Repr(Eval("ok")), "True");
}

// ---- errors as data ----

TEST_F(ApiTest, FramesTellWhere) {
  ASSERT_EQ(Exec("def inner():\n    return 1 / 0\ndef outer():\n    inner()\n"), SKEIN_OK);
  skein_val v;
  ASSERT_EQ(skein_eval(vm_, "outer()", &v), SKEIN_ERR_EXC);
  skein_val exc = skein_exc_take(vm_);
  skein_frame frames[4] = {};
  frames[0].size = sizeof(skein_frame);
  ASSERT_EQ(skein_exc_frames(vm_, exc, frames, 4), 3u);
  EXPECT_STREQ(frames[0].file, "<string>");
  EXPECT_STREQ(frames[1].function, "outer");
  EXPECT_STREQ(frames[2].function, "inner");
  EXPECT_STREQ(frames[2].file, "<test>");
  EXPECT_EQ(frames[2].line, 2u);
  EXPECT_EQ(frames[2].col, 11u);
  EXPECT_EQ(frames[2].end_col, 16u);
  EXPECT_EQ(skein_exc_frames(vm_, exc, frames, 1), 3u);  // fills one, counts all
  std::string text;
  ASSERT_EQ(skein_exc_format(vm_, exc, nullptr, [](void *to, int, const char *s, size_t n) { static_cast<std::string *>(to)->append(s, n); }, &text), SKEIN_OK);
  EXPECT_EQ(text,
            "Traceback (most recent call last):\n"
            "  File \"<string>\", line 1, in <module>\n"
            "  File \"<test>\", line 4, in outer\n"
            "    inner()\n"
            "    ~~~~~^^\n"
            "  File \"<test>\", line 2, in inner\n"
            "    return 1 / 0\n"
            "           ~~^~~\n"
            "ZeroDivisionError: division by zero\n");
  EXPECT_EQ(skein_exc_take(vm_).bits, 0u);
}

TEST_F(ApiTest, SyntaxErrorsAreErrorsToo) {
  EXPECT_EQ(Exec("x = = 1\n"), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "SyntaxError: invalid syntax (<test>, line 1)");
  EXPECT_EQ(Exec(std::string("a\0b", 3)), SKEIN_ERR_EXC);
  EXPECT_EQ(Error().substr(0, 12), "SyntaxError:");
}

TEST_F(ApiTest, GroupsComeApart) {
  ASSERT_EQ(Exec("raise ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [OSError('o'), ValueError(2)])])\n"), SKEIN_ERR_EXC);
  skein_val exc = skein_exc_take(vm_), match, rest;
  EXPECT_EQ(skein_exc_count(vm_, exc), 2u);
  EXPECT_EQ(Repr(skein_exc_at(vm_, exc, 0)), "ValueError(1)");
  EXPECT_EQ(skein_exc_at(vm_, exc, 2).bits, 0u);
  ASSERT_EQ(skein_exc_split(vm_, exc, "ValueError", &match, &rest), SKEIN_OK);
  EXPECT_EQ(Repr(match), "ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [ValueError(2)])])");
  EXPECT_EQ(Repr(rest), "ExceptionGroup('g', [ExceptionGroup('h', [OSError('o')])])");
  ASSERT_EQ(skein_exc_split(vm_, exc, "Exception", &match, &rest), SKEIN_OK);
  EXPECT_EQ(rest.bits, 0u);
  EXPECT_EQ(skein_exc_split(vm_, exc, "NoSuchClass", &match, &rest), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "NameError: name 'NoSuchClass' is not defined");
  EXPECT_EQ(skein_exc_split(vm_, Eval("1"), "ValueError", &match, &rest), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_exc_count(vm_, Eval("ValueError()")), 0u);
}

TEST_F(ApiTest, AnErrorCanBePutBack) {
  EXPECT_EQ(Exec("raise KeyError('k')\n"), SKEIN_ERR_EXC);
  skein_val exc = skein_exc_take(vm_);
  EXPECT_EQ(skein_raise_exc(vm_, exc), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "KeyError: 'k'");
  EXPECT_EQ(skein_raise(vm_, "LookupError", "mine"), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "LookupError: mine");
}

TEST_F(ApiTest, ReportGivesTheExitStatus) {
  EXPECT_EQ(skein_report(vm_), 0);
  EXPECT_EQ(Exec("raise SystemExit(41)\n"), SKEIN_ERR_EXC);
  EXPECT_EQ(skein_report(vm_), 41);
  testing::internal::CaptureStderr();
  EXPECT_EQ(Exec("raise ValueError('seen')\n"), SKEIN_ERR_EXC);
  EXPECT_EQ(skein_report(vm_), 1);
  std::string err = testing::internal::GetCapturedStderr();
  EXPECT_NE(err.find("ValueError: seen\n"), std::string::npos) << err;
}

TEST_F(ApiTest, PromptStatements) {
  bool more = true;
  const auto feed = [&](const std::string &s) { return skein_interactive(vm_, s.data(), s.size(), &more); };
  EXPECT_EQ(feed("def f():\n"), SKEIN_OK);
  EXPECT_TRUE(more);
  EXPECT_EQ(feed("def f():\n  return 4\n"), SKEIN_OK);
  EXPECT_TRUE(more);
  EXPECT_EQ(feed("def f():\n  return 4\n\n"), SKEIN_OK);
  EXPECT_FALSE(more);
  EXPECT_EQ(feed("f(\n"), SKEIN_OK);
  EXPECT_TRUE(more);
  EXPECT_EQ(feed("x y\n"), SKEIN_ERR_EXC);
  EXPECT_FALSE(more);
  EXPECT_EQ(Error(), "SyntaxError: invalid syntax (<stdin>, line 1)");
  EXPECT_EQ(Repr(Eval("f()")), "4");
}

// ---- VMs, limits, interrupts ----

TEST_F(ApiTest, TwoVmsShareNothing) {
  skein_vm *other = NewVm(0);
  ASSERT_EQ(Exec("import sys, math\nx = 1\nsys.marker = math.marker = 'here'\nclass C: pass\n"), SKEIN_OK);
  ASSERT_EQ(Exec("import sys, math\nx = 2\nseen = hasattr(sys, 'marker') or hasattr(math, 'marker')\n", other), SKEIN_OK);
  EXPECT_EQ(Repr(Eval("x")), "1");
  EXPECT_EQ(Repr(Eval("x", other), other), "2");
  EXPECT_EQ(Repr(Eval("seen", other), other), "False");
  EXPECT_EQ(Exec("1/0\n", other), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "no error");
  EXPECT_EQ(Error(other), "ZeroDivisionError: division by zero");
  skein_vm_free(other);
  EXPECT_EQ(Repr(Eval("(x, sys.marker)")), "(1, 'here')");
}

TEST(Vms, RunInTheirOwnThreads) {
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; t++)
    threads.emplace_back([&good, t] {
      skein_vm *vm;
      if (skein_vm_new(nullptr, &vm) != SKEIN_OK) return;
      std::string text = "n = sum(i * " + std::to_string(t) + " for i in range(20000))\nok = n == 199990000 * " + std::to_string(t) + "\nassert ok\n";
      good += skein_exec(vm, text.data(), text.size(), nullptr) == SKEIN_OK;
      skein_vm_free(vm);
    });
  for (auto &thread : threads) thread.join();
  EXPECT_EQ(good, 4);
}

TEST_F(ApiTest, TheHeapLimitIsAMemoryError) {
  skein_vm *small = NewVm(24 << 20);
  ASSERT_NE(small, nullptr);
  for (int i = 0; i < 3; i++) {
    EXPECT_EQ(Exec("l = []\nwhile True: l.append('x' * 100000 + str(len(l)))\n", small), SKEIN_ERR_EXC);
    EXPECT_EQ(Error(small).substr(0, 12), "MemoryError:");
    ASSERT_EQ(Exec("del l\n", small), SKEIN_OK);
    EXPECT_EQ(Exec("b = bytes(10**12)\n", small), SKEIN_ERR_EXC);
    EXPECT_EQ(Error(small).substr(0, 12), "MemoryError:");
    EXPECT_EQ(Repr(Eval("sum(range(1000))", small), small), "499500");
  }
  skein_vm_free(small);
}

TEST_F(ApiTest, AnotherThreadInterrupts) {
  std::thread waiter([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    skein_interrupt(vm_, SKEIN_STOP_KEYBOARD);
  });
  EXPECT_EQ(Exec("while True: pass\n"), SKEIN_ERR_EXC);
  waiter.join();
  EXPECT_EQ(Error(), "KeyboardInterrupt: ");
  EXPECT_EQ(Repr(Eval("1 + 1")), "2");
}

TEST_F(ApiTest, PortableRefusesTheExtensions) {
  const std::string text = "def f():\n  try: pass\n  except* ValueError: return 1\n";
  EXPECT_EQ(Exec(text), SKEIN_OK);
  skein_config c;
  skein_config_init(&c);
  c.portable = true;
  skein_vm *vm;
  ASSERT_EQ(skein_vm_new(&c, &vm), SKEIN_OK);
  EXPECT_EQ(Exec(text, vm), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(vm), "SyntaxError: 'break', 'continue' and 'return' cannot appear in an except* block (<test>, line 3)");
  skein_vm_free(vm);
}

}  // namespace
