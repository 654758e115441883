// Code as a thing of its own: compiled once, run in many VMs, saved, loaded, refused.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "vm/api/skein.h"

namespace {

const char kProgram[] =
    "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\n"
    "class Point:\n"
    "    def __init__(self, x): self.x = x\n"
    "    @property\n"
    "    def twice(self): return self.x * 2\n"
    "def gen(n):\n"
    "    for i in range(n):\n"
    "        try: yield Point(i).twice\n"
    "        finally: pass\n"
    "def group():\n"
    "    try: raise ExceptionGroup('g', [ValueError(1), TypeError(2)])\n"
    "    except* ValueError as eg: return len(eg.exceptions)\n"
    "    except* TypeError: pass\n"
    "total = fib(12) + sum(gen(50)) + sum(x for x in {1: 2, 3: 4}) + len(f'{group()}')\n"
    "import functools\n"
    "total += functools.reduce(lambda a, b: a + b, [1, 2, 3])\n";
const int64_t kTotal = 144 + 2450 + 4 + 1 + 6;

void Append(void *user, int, const char *text, size_t n) { static_cast<std::string *>(user)->append(text, n); }

skein_code *Compile(skein_vm *vm, const std::string &text, skein_mode mode = SKEIN_EXEC) {
  skein_code *code = nullptr;
  EXPECT_EQ(SKEIN_OK, skein_compile(vm, text.data(), text.size(), "prog.py", mode, &code)) << text;
  return code;
}

std::string Save(const skein_code *code) {
  std::string bytes;
  EXPECT_EQ(SKEIN_OK, skein_code_save(code, Append, &bytes));
  return bytes;
}

int64_t Total(skein_vm *vm, const skein_code *code) {
  int64_t n = -1;
  skein_val total;
  if (skein_run_code(vm, code, skein_val{0}, nullptr) != SKEIN_OK) return -2;
  if (skein_get_global(vm, "total", &total) == SKEIN_OK) skein_get_int(vm, total, &n);
  return n;
}

class CodeTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(SKEIN_OK, skein_vm_new(nullptr, &vm_)); }
  void TearDown() override { skein_vm_free(vm_); }
  skein_vm *vm_ = nullptr;
};

TEST_F(CodeTest, CodeRunsAgainAndAgain) {
  skein_code *code = Compile(vm_, kProgram);
  EXPECT_EQ(kTotal, Total(vm_, code));
  EXPECT_EQ(kTotal, Total(vm_, code));
  skein_code_release(code);
  skein_code_release(nullptr);
}

TEST_F(CodeTest, AnExpressionHasAValueAndAModuleIsWhereItLooks) {
  skein_code *code = Compile(vm_, "x * 2", SKEIN_EVAL);
  skein_val module, x, out;
  int64_t n;
  ASSERT_EQ(SKEIN_OK, skein_module(vm_, "mine", &module));
  ASSERT_EQ(SKEIN_OK, skein_set_attr(vm_, module, "x", skein_int(vm_, 21)));
  ASSERT_EQ(SKEIN_OK, skein_run_code(vm_, code, module, &out));
  ASSERT_EQ(SKEIN_OK, skein_get_int(vm_, out, &n));
  EXPECT_EQ(42, n);
  EXPECT_EQ(SKEIN_ERR_EXC, skein_run_code(vm_, code, skein_val{0}, &out));
  EXPECT_STREQ("NameError", skein_exc_type(vm_, skein_exc_take(vm_)));
  x = skein_int(vm_, 1);
  EXPECT_EQ(SKEIN_ERR_MISUSE, skein_run_code(vm_, code, x, &out));
  EXPECT_EQ(SKEIN_ERR_MISUSE, skein_run_code(vm_, nullptr, module, &out));
  skein_code_release(code);
}

TEST_F(CodeTest, WrongTextIsASyntaxError) {
  skein_code *code;
  EXPECT_EQ(SKEIN_ERR_EXC, skein_compile(vm_, "x = = 1", 7, "bad.py", SKEIN_EXEC, &code));
  EXPECT_EQ(nullptr, code);
  EXPECT_STREQ("SyntaxError", skein_exc_type(vm_, skein_exc_take(vm_)));
}

TEST_F(CodeTest, SavedCodeRunsInAnotherVmAndSavesToTheSameBytes) {
  skein_code *code = Compile(vm_, kProgram), *again;
  std::string bytes = Save(code);
  skein_code_release(code);
  const char *why = "unchanged";
  ASSERT_EQ(SKEIN_OK, skein_code_load(bytes.data(), bytes.size(), &again, &why)) << why;
  EXPECT_EQ(nullptr, why);
  EXPECT_EQ(bytes, Save(again));
  bytes.assign(bytes.size(), 'x'); /* the loaded code has its own */
  skein_vm *other;
  ASSERT_EQ(SKEIN_OK, skein_vm_new(nullptr, &other));
  EXPECT_EQ(kTotal, Total(other, again));
  skein_code_release(again); /* functions of |other| keep it */
  skein_val twice;
  EXPECT_EQ(SKEIN_OK, skein_eval(other, "fib(10)", &twice));
  skein_vm_free(other);
}

TEST_F(CodeTest, TracebacksOfLoadedCodeHaveItsPlaces) {
  skein_code *code = Compile(vm_, "def f():\n  return 1 + None\nf()\n"), *again;
  std::string bytes = Save(code);
  skein_code_release(code);
  ASSERT_EQ(SKEIN_OK, skein_code_load(bytes.data(), bytes.size(), &again, nullptr));
  EXPECT_EQ(SKEIN_ERR_EXC, skein_run_code(vm_, again, skein_val{0}, nullptr));
  skein_val exc = skein_exc_take(vm_);
  skein_frame frames[2] = {};
  frames[0].size = sizeof frames[0];
  ASSERT_EQ(2u, skein_exc_frames(vm_, exc, frames, 2));
  EXPECT_STREQ("prog.py", frames[1].file);
  EXPECT_STREQ("f", frames[1].function);
  EXPECT_EQ(2u, frames[1].line);
  EXPECT_EQ(9u, frames[1].col);
  EXPECT_EQ(17u, frames[1].end_col);
  skein_code_release(again);
}

TEST_F(CodeTest, DamagedBytesAreRefused) {
  skein_code *code = Compile(vm_, kProgram);
  std::string bytes = Save(code);
  skein_code_release(code);
  const char *why;
  for (size_t n = 0; n < bytes.size(); n += 7) {
    EXPECT_EQ(SKEIN_ERR_FORMAT, skein_code_load(bytes.data(), n, &code, &why)) << n;
    EXPECT_EQ(nullptr, code);
    EXPECT_NE(nullptr, why);
  }
  for (size_t i = 0; i < bytes.size(); i += 5) {
    std::string bad = bytes;
    bad[i] ^= 0x10;
    EXPECT_EQ(SKEIN_ERR_FORMAT, skein_code_load(bad.data(), bad.size(), &code, nullptr)) << i;
  }
  bytes += '\0';
  EXPECT_EQ(SKEIN_ERR_FORMAT, skein_code_load(bytes.data(), bytes.size(), &code, &why));
}

TEST_F(CodeTest, LoadedCodeMayNotPoseAsTheLibrary) {
  skein_code *code = nullptr;
  ASSERT_EQ(SKEIN_OK, skein_compile(vm_, "exec('x = 1')", 13, "<frozen os>", SKEIN_EXEC, &code));
  std::string bytes = Save(code);
  skein_code_release(code);
  const char *why;
  EXPECT_EQ(SKEIN_ERR_FORMAT, skein_code_load(bytes.data(), bytes.size(), &code, &why));
  EXPECT_STREQ("code that poses as the library's", why);
}

TEST_F(CodeTest, ScriptsDoNotBecomeTheLibraryByTheNameOfTheirCode) {
  const std::string text =
      "def f(): exec('x = 1')\n"
      "f.__code__ = f.__code__.replace(co_filename='<frozen os>')\n"
      "f()\n";
  ASSERT_EQ(SKEIN_ERR_EXC, skein_exec(vm_, text.data(), text.size(), nullptr)); // without SKEIN_CAP_EVAL
  EXPECT_STREQ("PermissionError", skein_exc_type(vm_, skein_exc_take(vm_)));
}

// Run this one under --config=tsan.
TEST(CodeThreads, OneCodeInManyVmsOnManyThreads) {
  enum { THREADS = 8, TIMES = 3 };
  skein_vm *maker;
  ASSERT_EQ(SKEIN_OK, skein_vm_new(nullptr, &maker));
  skein_code *compiled = Compile(maker, kProgram), *loaded = nullptr;
  std::string bytes = Save(compiled);
  ASSERT_EQ(SKEIN_OK, skein_code_load(bytes.data(), bytes.size(), &loaded, nullptr));
  skein_vm_free(maker);
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < THREADS; t++) {
    skein_code *code = skein_code_retain(t % 2 ? compiled : loaded);
    threads.emplace_back([code, &right] {
      for (int i = 0; i < TIMES; i++) {
        skein_vm *vm;
        if (skein_vm_new(nullptr, &vm) != SKEIN_OK) break;
        right += Total(vm, code) == kTotal;
        std::string again;
        right += skein_code_save(code, Append, &again) == SKEIN_OK && !again.empty();
        skein_vm_free(vm);
      }
      skein_code_release(code);
    });
  }
  skein_code_release(compiled);
  skein_code_release(loaded);
  for (auto &t : threads) t.join();
  EXPECT_EQ(THREADS * TIMES * 2, right);
}

}  // namespace
