// def_test.cc - section 6 of skein.h, functions: signatures, binding, annotations, what a host function may do wrong.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/api/host.h"

namespace {

class DefTest : public HostTest {
 protected:
  void Def(const char *signature, skein_fn fn, void *user = nullptr) {
    ASSERT_EQ(skein_def(vm_, skein_val{0}, signature, fn, user, nullptr), SKEIN_OK) << skein_misuse(vm_) << Error();
  }
  // skein_misuse of a signature that is refused.
  std::string Refused(const char *signature) {
    EXPECT_EQ(skein_def(vm_, skein_val{0}, signature, Args, nullptr, nullptr), SKEIN_ERR_MISUSE) << signature;
    return skein_misuse(vm_);
  }

  // All its arguments as a tuple; '<absent>' for those that are.
  static skein_status Args(skein_vm *vm, void *, const skein_val *args, size_t n, skein_val *out) {
    std::vector<skein_val> all(args, args + n);
    for (skein_val &v : all)
      if (!v.bits && skein_str(vm, "<absent>", 8, &v) != SKEIN_OK) return SKEIN_ERR_EXC;
    return skein_tuple(vm, all.data(), n, out);
  }
};

// ---- signatures ----

TEST_F(DefTest, TheHostGetsAHandleForEachParameter) {
  Def("f(a, b: int = 2, /, c='x', *rest, k: float = 1, m=..., **more) -> tuple", Args);
  EXPECT_EQ(Repr(Eval("f(1)")), "(1, 2, 'x', (), 1.0, '<absent>', {})");
  EXPECT_EQ(Repr(Eval("f(1, 3, 4, 5, 6, m=7, k=8, z=9)")), "(1, 3, 4, (5, 6), 8.0, 7, {'z': 9})");
  EXPECT_EQ(Repr(Eval("f(*[0], **{'c': 1})")), "(0, 2, 1, (), 1.0, '<absent>', {})");
  Def("bare", Args);
  EXPECT_EQ(Repr(Eval("bare(), bare(1), bare(*range(20))[19]")), "((), (1,), 19)");
  Def("none()", Args);
  EXPECT_EQ(Repr(Eval("none()")), "()");
}

TEST_F(DefTest, LiteralsForDefaults) {
  Def("f(a=None, b=True, c=-1, d=0x1F, e=1_000, f=2.5e3, g='it\\'s\\n\\x41', h=b'\\xff', i=(), j=..., k=\"q\", l=False, m=123456789012345678901234567890)", Args);
  EXPECT_EQ(Repr(Eval("f()")), "(None, True, -1, 31, 1000, 2500.0, \"it's\\nA\", b'\\xff', (), '<absent>', 'q', False, 123456789012345678901234567890)");
}

TEST_F(DefTest, WrongSignaturesSayWhere) {
  EXPECT_EQ(Refused("f(x: float lo)"), "the annotation of 'x' is no class of builtins: 'float lo'");
  EXPECT_EQ(Refused("f(x"), "signature 'f(x': ',' or ')' expected at column 4");
  EXPECT_EQ(Refused("(x)"), "signature '(x)': a name expected at column 1");
  EXPECT_EQ(Refused("f(x, x)"), "signature 'f(x, x)': a name that another parameter has at column 6");
  EXPECT_EQ(Refused("f(x=1, y)"), "signature 'f(x=1, y)': a parameter without a default after one with a default at column 8");
  EXPECT_EQ(Refused("f(*)"), "signature 'f(*)': no parameter after * at column 4");
  EXPECT_EQ(Refused("f(/)"), "signature 'f(/)': a / that is out of place at column 3");
  EXPECT_EQ(Refused("f(**k, a)"), "signature 'f(**k, a)': something after ** at column 8");
  EXPECT_EQ(Refused("f(x='a)"), "signature 'f(x='a)': a string without an end at column 8");
  EXPECT_EQ(Refused("f(x=[])"), "the default of 'x' is no literal: '[]'");
  EXPECT_EQ(Refused("f(x=nan)"), "the default of 'x' is no literal: 'nan'");
  EXPECT_EQ(Refused("f(x: int = 'a')"), "the default of 'x' is not what its annotation says: ''a''");
  EXPECT_EQ(Refused("f(x: Nope)"), "the annotation of 'x' is no class of builtins: 'Nope'");
  EXPECT_EQ(Refused("f() x"), "signature 'f() x': the end expected at column 5");
  EXPECT_EQ(Refused("@static f()"), "@static and @class are for host classes");
  EXPECT_EQ(Refused("f(\xff)"), "signature 'f(\xff)': no UTF-8 at column 1");
  EXPECT_EQ(Refused(nullptr), "the signature is NULL");
  EXPECT_EQ(skein_def(vm_, skein_val{0}, "f()", nullptr, nullptr, nullptr), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_def(vm_, Eval("1"), "f()", Args, nullptr, nullptr), SKEIN_ERR_MISUSE);
  EXPECT_EQ(Raised("f()"), "NameError: name 'f' is not defined");
}

TEST_F(DefTest, FunctionsAreFirstClass) {
  Def("clamp(x: float, lo: float = 0.0, *, hi: float | None = None) -> float\nPuts x between lo and hi.", Args);
  EXPECT_EQ(Repr(Eval("clamp.__name__, clamp.__qualname__, clamp.__module__, clamp.__doc__")), "('clamp', 'clamp', '__main__', 'Puts x between lo and hi.')");
  ASSERT_EQ(Exec("import inspect\nsig = str(inspect.signature(clamp))\ng = clamp\nd = {clamp: 1}\n"), SKEIN_OK);
  EXPECT_EQ(Repr(Eval("sig, g is clamp, d[clamp], callable(clamp)")),
            "('(x: float, lo: float = 0.0, *, hi: float | None = None) -> float', True, 1, True)");
  EXPECT_EQ(Repr(Eval("list(map(bare, [1, 2])) if 'bare' in globals() else inspect.isroutine(clamp)")), "True");
  EXPECT_EQ(Repr(Eval("clamp.__annotations__['lo'], clamp.__defaults__")), "(<class 'float'>, (0.0,))");
  EXPECT_EQ(skein_typeof(vm_, Eval("clamp")), SKEIN_T_FUNC);
  ASSERT_EQ(Exec("import functools\np = functools.partial(clamp, 5)\nclass A:\n  def __init__(self): pass\n  bound = clamp\n"), SKEIN_OK);
  EXPECT_EQ(Repr(Eval("p(hi=3)")), "(5.0, 0.0, 3.0)");
}

TEST_F(DefTest, ErrorsAreWordedAsCPythons) {
  Def("clamp(x: int, lo: float = 0.0, *, hi: str | None = None)", Args);
  EXPECT_EQ(Raised("clamp()"), "TypeError: clamp() missing 1 required positional argument: 'x'");
  EXPECT_EQ(Raised("clamp(1, 2, 3)"), "TypeError: clamp() takes from 1 to 2 positional arguments but 3 were given");
  EXPECT_EQ(Raised("clamp(1, y=3)"), "TypeError: clamp() got an unexpected keyword argument 'y'");
  EXPECT_EQ(Raised("clamp(1, x=3)"), "TypeError: clamp() got multiple values for argument 'x'");
  EXPECT_EQ(Raised("clamp('a')"), "TypeError: clamp() argument 'x' must be int, not str");
  EXPECT_EQ(Raised("clamp(1.0)"), "TypeError: clamp() argument 'x' must be int, not float");
  EXPECT_EQ(Raised("clamp(1, None)"), "TypeError: clamp() argument 'lo' must be float, not NoneType");
  EXPECT_EQ(Raised("clamp(1, hi=1)"), "TypeError: clamp() argument 'hi' must be str or None, not int");
  EXPECT_EQ(Raised("clamp(1, 10**400)"), "OverflowError: int too large to convert to float");
  EXPECT_EQ(Repr(Eval("clamp(True, 2, hi='s')")), "(True, 2.0, 's')");
}

TEST_F(DefTest, EveryAnnotation) {
  Def("f(v: list | tuple | dict | set | bytes | bool)", Args);
  EXPECT_EQ(Repr(Eval("[f(v)[0] for v in ([], (), {}, {1}, b'', True)]")), "[[], (), {}, {1}, b'', True]");
  EXPECT_EQ(Raised("f(frozenset())"), "TypeError: f() argument 'v' must be list or tuple or dict or set or bytes or bool, not frozenset");
  EXPECT_EQ(Raised("f(1)").substr(0, 9), "TypeError");
  Def("g(v: callable | None, w: range | ValueError = None, x: object = 1)", Args);
  EXPECT_EQ(Repr(Eval("g(None, range(2)), g(len, UnicodeError() if 0 else ValueError(3))[1:]")), "((None, range(0, 2), 1), (ValueError(3), 1))");
  EXPECT_EQ(Raised("g(5)"), "TypeError: g() argument 'v' must be callable or None, not int");
  EXPECT_EQ(Raised("g(len, 5)"), "TypeError: g() argument 'w' must be range or ValueError, not int");
}

TEST_F(DefTest, ModulesTakeFunctions) {
  skein_val m;
  ASSERT_EQ(skein_module(vm_, "game", &m), SKEIN_OK);
  ASSERT_EQ(skein_def(vm_, m, "f(x)", Args, nullptr, nullptr), SKEIN_OK);
  ASSERT_EQ(Exec("import game\nfrom game import f\n"), SKEIN_OK);
  EXPECT_EQ(Repr(Eval("game.f(1), f(x=2), f.__module__")), "((1,), (2,), 'game')");
}

// ---- what a host function may do ----

skein_status Fail(skein_vm *vm, void *user, const skein_val *args, size_t, skein_val *out) {
  int64_t how = 0;
  if (skein_get_int(vm, args[0], &how) != SKEIN_OK) return SKEIN_ERR_EXC;
  static int64_t kept;
  switch (how) {
    case 0: return skein_raise(vm, "LookupError", "mine");
    case 1: return SKEIN_ERR_EXC;
    case 2: return SKEIN_ERR_NOMEM;
    case 3: return static_cast<skein_status>(17);
    case 4: skein_raise(vm, "LookupError", "left behind"); return SKEIN_OK;
    case 5: return skein_get_int(vm, skein_val{99}, &kept);
    case 6: *out = skein_val{12345}; return SKEIN_OK;
    case 7: skein_scope_open(vm); for (int i = 0; i < 100; i++) *out = skein_int(vm, i); return SKEIN_OK;
    case 8: skein_scope_close(vm, skein_scope{0}); *out = args[0]; return SKEIN_OK;
    case 9: skein_vm_free(vm); *out = skein_int(vm, 9); return SKEIN_OK;
    case 10: return skein_call(vm, *static_cast<skein_val *>(user), args, 0, out);
    case 11: skein_gc(vm); return SKEIN_OK;
    default: return SKEIN_OK;
  }
}

TEST_F(DefTest, WhateverTheHostDoesIsDefined) {
  Def("fail(how)", Fail);
  skein_val mine = skein_int(vm_, 4711);
  EXPECT_EQ(Raised("fail(0)"), "LookupError: mine");
  EXPECT_EQ(Raised("fail(1)"), "SystemError: fail() failed without raising an exception");
  EXPECT_EQ(Raised("fail(2)"), "SystemError: fail() returned the status -2");
  EXPECT_EQ(Raised("fail(3)"), "SystemError: fail() returned the status 17");
  EXPECT_EQ(Raised("try: fail(4)\nexcept SystemError as e: raise e.__cause__ from None\n"), "LookupError: left behind");
  EXPECT_EQ(Raised("fail(4)"), "SystemError: fail() returned a result with an exception set");
  EXPECT_EQ(Raised("fail(5)"), "SystemError: fail() returned SKEIN_ERR_MISUSE: a handle whose scope was closed, or of another VM");
  EXPECT_EQ(Raised("fail(6)"), "SystemError: fail() returned SKEIN_ERR_MISUSE: a handle whose scope was closed, or of another VM");
  EXPECT_EQ(Repr(Eval("fail(7), fail(8), fail(9), fail(11), fail(13)")), "(99, 8, 9, None, None)");
  int64_t n = 0;
  EXPECT_EQ(skein_get_int(vm_, mine, &n), SKEIN_OK);  // no scope of a function reached it
  EXPECT_EQ(n, 4711);
}

TEST_F(DefTest, TracebacksShowNoLineForIt) {
  Def("fail(how)", Fail);
  ASSERT_EQ(Exec("def f(): fail(0)\n"), SKEIN_OK);
  skein_val v;
  ASSERT_EQ(skein_eval(vm_, "f()", &v), SKEIN_ERR_EXC);
  skein_frame frames[4] = {};
  frames[0].size = sizeof(skein_frame);
  ASSERT_EQ(skein_exc_frames(vm_, skein_exc_take(vm_), frames, 4), 2u);
  EXPECT_STREQ(frames[1].function, "f");
}

skein_status Again(skein_vm *vm, void *, const skein_val *args, size_t n, skein_val *out) { return skein_call(vm, args[0], args + 1, n - 1, out); }

TEST_F(DefTest, DeepRecursionThroughTheHost) {
  Def("again", Again);
  EXPECT_EQ(Repr(Eval("again(again, again, lambda *a: a, 1, 2)")), "(1, 2)");
  EXPECT_EQ(Raised("def f(n): return again(f, n + 1)\nf(0)\n").substr(0, 15), "RecursionError:");
  EXPECT_EQ(Repr(Eval("again(len, 'abc')")), "3");
}

TEST_F(DefTest, GeneratorsAndTasksCallTheHost) {
  Def("again", Again);
  ASSERT_EQ(Exec("def g():\n  for i in range(3): yield again(str, i)\nasync def a(): return again(len, 'xy')\nimport asyncio\nr = list(g()), asyncio.run(a())\n"), SKEIN_OK);
  EXPECT_EQ(Repr(Eval("r")), "(['0', '1', '2'], 2)");
}

TEST_F(DefTest, ParseNamesTheParameters) {
  Def("move(x, y, fast=...)", [](skein_vm *vm, void *, const skein_val *args, size_t n, skein_val *out) {
    int x, y, fast = -1;
    if (skein_parse(vm, args, n, "ii|b", &x, &y, &fast) != SKEIN_OK) return SKEIN_ERR_EXC;
    return skein_build(vm, out, "(iii)", x, y, fast);
  });
  EXPECT_EQ(Repr(Eval("move(1, y=2), move(1, 2, True)")), "((1, 2, -1), (1, 2, 1))");
  EXPECT_EQ(Raised("move(1, 'a')"), "TypeError: move() argument 'y' must be int, not str");
  EXPECT_EQ(Raised("move(2**40, 1)"), "OverflowError: move() argument 'x' does not fit a C int");
}

void Count(void *user) { ++*static_cast<int *>(user); }

TEST_F(DefTest, TheFinalizerIsCalledOnce) {
  int died = 0;
  skein_val f;
  skein_scope scope = skein_scope_open(vm_);
  ASSERT_EQ(skein_function(vm_, "f()", Args, &died, Count, &f), SKEIN_OK);
  skein_gc(vm_);
  EXPECT_EQ(died, 0);
  skein_scope_close(vm_, scope);
  for (int i = 0; i < 3 && !died; i++) skein_gc(vm_);
  EXPECT_EQ(died, 1);
  EXPECT_EQ(skein_function(vm_, "f(", Args, &died, Count, &f), SKEIN_ERR_MISUSE);
  EXPECT_EQ(died, 2);
  ASSERT_EQ(skein_def(vm_, skein_val{0}, "f()", Args, &died, Count), SKEIN_OK);
  skein_vm_free(vm_);
  EXPECT_EQ(died, 3);
  vm_ = nullptr;
}

TEST_F(DefTest, CodeOfAHostFunctionIsHarmless) {
  Def("fail(how)", Fail);
  ASSERT_EQ(Exec("import types\ng = types.FunctionType(fail.__code__, {})\n"
                 "h = types.FunctionType(fail.__code__.replace(co_name='x'), {})\n"
                 "def k(a): pass\nk.__code__ = fail.__code__\n"),
            SKEIN_OK);
  EXPECT_EQ(Repr(Eval("g(13), k(13)")), "(None, None)");
  EXPECT_EQ(Raised("h(13)"), "SystemError: a copy of the code of a host function can't run");
  EXPECT_EQ(Raised("fail.__code__ = (lambda: 1).__code__\nassert fail() == 1\n"), "no error");
}

}  // namespace
