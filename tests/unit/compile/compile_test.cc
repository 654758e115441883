// compile_test.cc - source text to verified code, messages, annotation text.
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "grammar/parse.h"
#include "vm/bytecode/disasm.h"
#include "vm/compile/compile.h"

namespace {

struct Compiled {
  SkArena arena;
  SkDiag diag;
  SkCode *code = nullptr;

  explicit Compiled(const std::string &source, bool portable = false, SkParseMode mode = SK_PARSE_FILE) {
    sk_arena_init(&arena, nullptr, nullptr);
    sk_diag_init(&diag, &arena, "t.py");
    SkMod *mod;
    SkCompileOptions opts = {};
    opts.portable = portable;
    if (sk_parse(&arena, &diag, source.data(), source.size(), "t.py", mode, 0, &mod))
      code = sk_compile(&arena, &diag, mod, "t.py", &opts);
  }
  ~Compiled() {
    sk_code_release(code);
    sk_arena_free(&arena);
  }
  std::string Error() const { return diag.error.message ? diag.error.message : ""; }
  std::string Warning() const { return diag.warnings ? diag.warnings->message : ""; }
};

std::string VerifyAll(const SkCode *code) {
  uint32_t at;
  const char *why = sk_code_verify(code, &at);
  if (why) return code->qualname.s + std::string(": ") + why;
  for (uint32_t i = 0; i < code->nconsts; i++)
    if (code->consts[i].kind == SK_K_CODE) {
      std::string inner = VerifyAll(code->consts[i].code);
      if (!inner.empty()) return inner;
    }
  return "";
}

TEST(CompileTest, ErrorsHaveCPythonsWords) {
  const struct { const char *source, *message; } kRows[] = {
      {"return", "'return' outside function"},
      {"def f():\n x = 1\n global x", "name 'x' is assigned to before global declaration"},
      {"def f():\n nonlocal x", "no binding for nonlocal 'x' found"},
      {"def f(a, a): pass", "duplicate argument 'a' in function definition"},
      {"break", "'break' outside loop"},
      {"continue", "'continue' not properly in loop"},
      {"def f(): await x", "'await' outside async function"},
      {"def f(): [(yield) for x in y]", "'yield' inside list comprehension"},
      {"async def f():\n yield\n return 1", "'return' with value in async generator"},
      {"class A:\n [x := 1 for y in z]", "assignment expression within a comprehension cannot be used in a class body"},
      {"match x:\n case y: pass\n case 1: pass", "name capture 'y' makes remaining patterns unreachable"},
      {"if 0:\n break", "'break' outside loop"},
      {"from __future__ import braces", "not a chance"},
      {"__debug__ = 1", "cannot assign to __debug__"},
  };
  for (const auto &row : kRows) EXPECT_EQ(Compiled(row.source).Error(), row.message) << row.source;
}

TEST(CompileTest, ExtensionsAreErrorsWhenPortable) {
  const char kJump[] = "for x in y:\n try: pass\n except* A: continue\n";
  const char kMixed[] = "try: pass\nexcept A: pass\nexcept* B: pass\n";
  EXPECT_EQ(Compiled(kJump).Error(), "");
  EXPECT_EQ(Compiled(kJump, true).Error(), "'break', 'continue' and 'return' cannot appear in an except* block");
  EXPECT_EQ(Compiled(kMixed).Error(), "");
  EXPECT_EQ(Compiled(kMixed, true).Error(), "cannot have both 'except' and 'except*' on the same 'try'");
}

TEST(CompileTest, UsesOfExtensionsAreMarked) {
  Compiled with("def f():\n try: g()\n except* A: return\n"), without("def f():\n try: g()\n except* A: pass\n");
  EXPECT_TRUE(with.code->consts[0].code->flags & (uint32_t)SK_CODE_EXTENSIONS);
  EXPECT_FALSE(without.code->consts[0].code->flags & (uint32_t)SK_CODE_EXTENSIONS);
}

TEST(CompileTest, Warnings) {
  EXPECT_EQ(Compiled("x is 1").Warning(), "\"is\" with 'int' literal. Did you mean \"==\"?");
  EXPECT_EQ(Compiled("assert (x, 'y')").Warning(), "assertion is always true, perhaps remove parentheses?");
  EXPECT_EQ(Compiled("[(1) (2)]").Warning(), "'int' object is not callable; perhaps you missed a comma?");
}

TEST(CompileTest, BranchesFurtherThan32767WordsVerify) {
  std::string source = "def f(n):\n while n < 5:\n  if n < 3:\n";
  for (int i = 0; i < 9000; i++) source += "   n = n + g(" + std::to_string(i) + ", n)\n";
  source += "  else:\n   n += 1\n";
  Compiled c(source);
  ASSERT_NE(c.code, nullptr) << c.Error();
  EXPECT_EQ(VerifyAll(c.code), "");
}

TEST(CompileTest, EmptyThingsVerify) {
  const char *const kSources[] = {"() = x", "[] = x", "for () in x: pass", "match x:\n case a(): pass",
                                  "match x:\n case {**z}: pass", "match x:\n case []: pass", "x = ()\ny = {}\nz = []",
                                  "f()", "f(*())", "class A: pass", "x[:]", "f''", "lambda: 0", "with x: pass",
                                  "def f(): yield", "async def f(): pass", "print(*[], **{})", "del ()", "x: int"};
  for (const char *source : kSources) {
    Compiled c(source);
    ASSERT_NE(c.code, nullptr) << source << ": " << c.Error();
    EXPECT_EQ(VerifyAll(c.code), "") << source;
  }
}

TEST(CompileTest, AnnotationsBecomeText) {
  const struct { const char *source, *text; } kRows[] = {
      {"a+(b*c)", "a + b * c"},      {"(a+b)*c", "(a + b) * c"},       {"a**-b", "a ** (-b)"},
      {"x[1,2]", "x[1, 2]"},         {"x[(1,)]", "x[1,]"},             {"lambda x,*,y=1:x", "lambda x, *, y=1: x"},
      {"not(a==b)", "not a == b"},   {"(a,)", "(a,)"},                 {"1 .real", "1 .real"},
      {"f'{x!r:>{w}}a{{'", "f'{x!r:>{w}}a{{'"}, {"'a\\'b\"'", "'a\\'b\"'"}, {"1e400", "1e309"},
      {"a if b else(c if d else e)", "a if b else c if d else e"},
  };
  for (const auto &row : kRows) {
    SkArena arena;
    SkDiag diag;
    SkMod *mod;
    sk_arena_init(&arena, nullptr, nullptr);
    sk_diag_init(&diag, &arena, "t.py");
    ASSERT_TRUE(sk_parse(&arena, &diag, row.source, strlen(row.source), "t.py", SK_PARSE_EVAL, 0, &mod)) << row.source;
    size_t n;
    EXPECT_EQ(std::string(sk_unparse(&arena, mod->expr, &n)), row.text);
    sk_arena_free(&arena);
  }
}

TEST(CompileTest, DocstringsLoseTheirIndentation) {
  Compiled c("def f():\n    \"\"\"one\n      two\n\n    three\n    \"\"\"\n");
  const SkCode *f = c.code->consts[0].code;
  EXPECT_STREQ(f->consts[f->doc].text, "one\n  two\n\nthree\n");
}

}  // namespace
