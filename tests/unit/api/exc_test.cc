// exc_test.cc - section 7 of skein.h: exceptions made, taken, read as data; groups walked and split; text and JSON.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "vm/api/skein.h"

namespace {

class ExcTest : public testing::Test {
 protected:
  void SetUp() override { vm_ = NewVm(0); }
  void TearDown() override { skein_vm_free(vm_); }

  static skein_vm *NewVm(uint64_t fuel) {
    skein_config c;
    skein_config_init(&c);
    c.caps = SKEIN_CAP_ALL & ~SKEIN_CAP_FS_READ;
    c.limits.fuel = fuel;
    skein_vm *vm = nullptr;
    EXPECT_EQ(skein_vm_new(&c, &vm), SKEIN_OK);
    return vm;
  }

  void Exec(const std::string &text) {
    ASSERT_EQ(skein_exec(vm_, text.data(), text.size(), "<test>"), SKEIN_OK) << Message(skein_exc_take(vm_));
  }

  // What |text| raises.
  skein_val Raised(const std::string &text) {
    EXPECT_EQ(skein_exec(vm_, text.data(), text.size(), "<test>"), SKEIN_ERR_EXC);
    skein_val e = skein_exc_take(vm_);
    EXPECT_NE(e.bits, 0u);
    return e;
  }

  std::string Message(skein_val e) { return std::string(skein_exc_type(vm_, e)) + ": " + skein_exc_message(vm_, e); }
  std::string Pending() { return Message(skein_exc_take(vm_)); }

  skein_val New(const char *type, const char *message) {
    skein_val e = {0};
    EXPECT_EQ(skein_exc_new(vm_, type, message, &e), SKEIN_OK);
    return e;
  }

  skein_val Group(const char *message, const std::vector<skein_val> &members) {
    skein_val g = {0};
    EXPECT_EQ(skein_exc_group(vm_, message, members.data(), members.size(), &g), SKEIN_OK);
    return g;
  }

  static void Append(void *user, int stream, const char *text, size_t n) {
    EXPECT_EQ(stream, 2);
    static_cast<std::string *>(user)->append(text, n);
  }

  std::string Format(skein_val e, skein_tb style) {
    skein_format f = {};
    f.size = sizeof f;
    f.style = style;
    return Format(e, f);
  }

  std::string Format(skein_val e, const skein_format &f) {
    std::string out;
    EXPECT_EQ(skein_exc_format(vm_, e, &f, Append, &out), SKEIN_OK);
    return out;
  }

  struct Leaf { std::string message; std::vector<uint32_t> path; };
  struct Walk { ExcTest *test; std::vector<Leaf> leaves; size_t most; };

  static bool Visit(skein_vm *vm, void *user, skein_val leaf, const uint32_t *path, size_t depth) {
    Walk *w = static_cast<Walk *>(user);
    w->leaves.push_back({skein_exc_message(vm, leaf), std::vector<uint32_t>(path, path + depth)});
    return w->leaves.size() < w->most;
  }

  std::vector<Leaf> Leaves(skein_val e, size_t most = SIZE_MAX) {
    Walk w = {this, {}, most};
    EXPECT_EQ(skein_exc_walk(vm_, e, Visit, &w), SKEIN_OK);
    return w.leaves;
  }

  skein_vm *vm_ = nullptr;
};

// ---- making and raising ----

TEST_F(ExcTest, RaisedOnesArePending) {
  EXPECT_EQ(skein_raise(vm_, "ValueError", "bad"), SKEIN_ERR_EXC);
  EXPECT_EQ(Pending(), "ValueError: bad");
  EXPECT_EQ(skein_exc_take(vm_).bits, 0u);
  EXPECT_EQ(skein_raisef(vm_, "KeyError", "%s %d", "k", 7), SKEIN_ERR_EXC);
  EXPECT_EQ(Pending(), "KeyError: 'k 7'");
  EXPECT_EQ(skein_raisef(vm_, "OSError", "%s", std::string(5000, 'x').c_str()), SKEIN_ERR_EXC);
  EXPECT_EQ(Pending().size(), 9 + 5000u);
  EXPECT_EQ(skein_raise_exc(vm_, New("OSError", nullptr)), SKEIN_ERR_EXC);
  EXPECT_EQ(Pending(), "OSError: ");
}

TEST_F(ExcTest, ClassesCanBeRaisedAndWrongThingsAreFoundOut) {
  skein_val cls;
  ASSERT_EQ(skein_eval(vm_, "LookupError", &cls), SKEIN_OK);
  EXPECT_EQ(skein_raise_exc(vm_, cls), SKEIN_ERR_EXC);
  EXPECT_EQ(Pending(), "LookupError: ");
  EXPECT_EQ(skein_raise(vm_, "NoSuchError", "x"), SKEIN_ERR_EXC);
  EXPECT_EQ(Pending(), "NameError: name 'NoSuchError' is not defined");
  EXPECT_EQ(skein_raise(vm_, "int", "x"), SKEIN_ERR_EXC);
  EXPECT_EQ(Pending(), "TypeError: exceptions must derive from BaseException");
  EXPECT_EQ(skein_raise_exc(vm_, skein_none(vm_)), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_raise_exc(vm_, skein_val{0}), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_exc_count(vm_, skein_none(vm_)), 0u);
  EXPECT_STREQ(skein_misuse(vm_), "no exception");
}

TEST_F(ExcTest, TypesOfModulesHaveTheirNames) {
  EXPECT_EQ(Message(Raised("class Mine(Exception): pass\nraise Mine('m')")), "Mine: m");
  EXPECT_EQ(Message(Raised("import queue\nraise queue.Full()")), "queue.Full: ");
}

TEST_F(ExcTest, MessagesNeverFail) {
  EXPECT_EQ(Message(Raised("class Bad(Exception):\n  def __str__(self): raise KeyError\nraise Bad('m')")), "Bad: <unprintable>");
  EXPECT_EQ(skein_exc_take(vm_).bits, 0u);
  EXPECT_EQ(Message(Raised("raise ValueError('a\\0b \\ud800')")), "ValueError: a\\x00b \\ud800");
}

// ---- reading ----

TEST_F(ExcTest, FramesHaveLinesAndColumns) {
  skein_val e = Raised("def f(d):\n    return d['k'] + 1\n\nf({})\n");
  skein_frame frames[4] = {};
  frames[0].size = sizeof frames[0];
  ASSERT_EQ(skein_exc_frames(vm_, e, frames, 4), 2u);
  EXPECT_EQ(skein_exc_frames(vm_, e, nullptr, 0), 2u);
  EXPECT_STREQ(frames[0].file, "<test>");
  EXPECT_STREQ(frames[0].function, "<module>");
  EXPECT_STREQ(frames[0].module, "__main__");
  EXPECT_EQ(frames[0].line, 4u);
  EXPECT_STREQ(frames[1].function, "f");
  EXPECT_STREQ(frames[1].source, "return d['k'] + 1");
  EXPECT_EQ(frames[1].line, 2u);
  EXPECT_EQ(frames[1].col, 11u);
  EXPECT_EQ(frames[1].end_line, 2u);
  EXPECT_EQ(frames[1].end_col, 17u);
  EXPECT_EQ(frames[1].task, nullptr);
  ASSERT_EQ(skein_exc_frames(vm_, e, frames, 1), 2u);
  EXPECT_EQ(skein_exc_frames(vm_, New("ValueError", "x"), frames, 4), 0u);
}

TEST_F(ExcTest, AnOlderHostsFramesAreSmaller) {
  struct Old { size_t size; const char *file, *function, *module; } old[2] = {{sizeof(Old), "", "", ""}, {0, "", "", ""}};
  skein_val e = Raised("def f(): 1/0\nf()");
  ASSERT_EQ(skein_exc_frames(vm_, e, reinterpret_cast<skein_frame *>(old), 2), 2u);
  EXPECT_STREQ(old[0].function, "<module>");
  EXPECT_STREQ(old[1].function, "f");
}

TEST_F(ExcTest, CausesContextsNotes) {
  skein_val e = Raised("try:\n  1/0\nexcept ZeroDivisionError as z:\n  raise KeyError('k') from z");
  bool is_context = true;
  EXPECT_EQ(Message(skein_exc_cause(vm_, e, &is_context)), "ZeroDivisionError: division by zero");
  EXPECT_FALSE(is_context);
  skein_val c = Raised("try:\n  1/0\nexcept ZeroDivisionError:\n  raise KeyError('k')");
  EXPECT_EQ(Message(skein_exc_cause(vm_, c, &is_context)), "ZeroDivisionError: division by zero");
  EXPECT_TRUE(is_context);
  EXPECT_EQ(skein_exc_cause(vm_, Raised("try:\n  1/0\nexcept ZeroDivisionError:\n  raise KeyError('k') from None"), nullptr).bits, 0u);
  EXPECT_EQ(skein_exc_note_count(vm_, e), 0u);
  EXPECT_EQ(skein_exc_add_note(vm_, e, "first"), SKEIN_OK);
  EXPECT_EQ(skein_exc_add_note(vm_, e, "second"), SKEIN_OK);
  EXPECT_EQ(skein_exc_note_count(vm_, e), 2u);
  EXPECT_STREQ(skein_exc_note(vm_, e, 1), "second");
  EXPECT_EQ(skein_exc_note(vm_, e, 2), nullptr);
}

TEST_F(ExcTest, TasksAreNamed) {
  skein_val e = Raised(
      "async def boom(): raise ValueError('b')\n"
      "async with TaskGroup() as tg: tg.create_task(boom(), name='boomer')\n");
  ASSERT_EQ(skein_exc_count(vm_, e), 1u);
  EXPECT_STREQ(skein_exc_task(vm_, skein_exc_at(vm_, e, 0)), "boomer");
  EXPECT_EQ(skein_exc_task(vm_, New("ValueError", "x")), nullptr);
}

TEST_F(ExcTest, ExitCodes) {
  EXPECT_EQ(skein_exc_exit_code(vm_, Raised("raise SystemExit(7)")), 7);
  EXPECT_EQ(skein_exc_exit_code(vm_, Raised("raise SystemExit")), 0);
  EXPECT_EQ(skein_exc_exit_code(vm_, Raised("raise SystemExit('text')")), 1);
  EXPECT_EQ(skein_exc_exit_code(vm_, Raised("raise KeyboardInterrupt")), 130);
  EXPECT_EQ(skein_exc_exit_code(vm_, New("ValueError", "x")), 1);
}

// ---- groups ----

TEST_F(ExcTest, GroupsAreMadeAndTakenApart) {
  skein_val g = Group("g", {New("ValueError", "a"), Group("h", {New("KeyError", "b"), New("OSError", "c")})});
  EXPECT_EQ(std::string(skein_exc_type(vm_, g)), "ExceptionGroup");
  EXPECT_EQ(skein_exc_count(vm_, g), 2u);
  EXPECT_EQ(skein_exc_leaves(vm_, g), 3u);
  EXPECT_EQ(Message(skein_exc_at(vm_, g, 0)), "ValueError: a");
  EXPECT_EQ(skein_exc_at(vm_, g, 2).bits, 0u);
  EXPECT_STREQ(skein_exc_type(vm_, Group("b", {New("KeyboardInterrupt", "k")})), "BaseExceptionGroup");
  EXPECT_EQ(skein_exc_group(vm_, "empty", nullptr, 0, &g), SKEIN_ERR_EXC);
  EXPECT_EQ(Pending(), "ValueError: second argument (exceptions) must be a non-empty sequence");
  EXPECT_EQ(skein_exc_leaves(vm_, New("ValueError", "x")), 1u);
}

TEST_F(ExcTest, WalksGiveLeavesWithPaths) {
  skein_val g = Group("g", {New("ValueError", "a"), Group("h", {New("KeyError", "b"), New("OSError", "c")}), New("OSError", "d")});
  std::vector<Leaf> leaves = Leaves(g);
  ASSERT_EQ(leaves.size(), 4u);
  EXPECT_EQ(leaves[0].path, std::vector<uint32_t>({0}));
  EXPECT_EQ(leaves[1].path, std::vector<uint32_t>({1, 0}));
  EXPECT_EQ(leaves[2].path, std::vector<uint32_t>({1, 1}));
  EXPECT_EQ(leaves[2].message, "c");
  EXPECT_EQ(leaves[3].path, std::vector<uint32_t>({2}));
  EXPECT_EQ(Leaves(g, 2).size(), 2u);
  leaves = Leaves(New("ValueError", "alone"));
  ASSERT_EQ(leaves.size(), 1u);
  EXPECT_EQ(leaves[0].message, "alone");
  EXPECT_TRUE(leaves[0].path.empty());
}

TEST_F(ExcTest, DepthCostsNoStack) {
  skein_val g = Raised("e = ValueError('bottom')\nfor i in range(100_000): e = ExceptionGroup('g', [e])\nraise e");
  std::vector<Leaf> leaves = Leaves(g);
  ASSERT_EQ(leaves.size(), 1u);
  EXPECT_EQ(leaves[0].path.size(), 100000u);
  EXPECT_EQ(skein_exc_leaves(vm_, g), 1u);
  skein_val match, rest;
  ASSERT_EQ(skein_exc_split(vm_, g, "ValueError", &match, &rest), SKEIN_OK);
  EXPECT_EQ(skein_exc_leaves(vm_, match), 1u);
  EXPECT_EQ(rest.bits, 0u);
}

TEST_F(ExcTest, SharedGroupsAreCountedInNoTime) {
  skein_val g = Raised("e = ExceptionGroup('g', [ValueError('v')])\nfor i in range(40): e = ExceptionGroup('g', [e, e])\nraise e");
  EXPECT_EQ(skein_exc_leaves(vm_, g), size_t{1} << 40);
  std::string text = Format(g, SKEIN_TB_TREE);
  EXPECT_NE(text.find("[1099511627776 errors: 1099511627776 ValueError]"), std::string::npos) << text;
}

TEST_F(ExcTest, MatchAndSplit) {
  skein_val g = Raised(
      "class Mine(ExceptionGroup):\n  def derive(self, excs): return Mine(self.message + '*', excs)\n"
      "class Sub(KeyError): pass\n"
      "raise Mine('m', [ValueError('a'), Sub('b'), ExceptionGroup('i', [OSError('c'), KeyError('d')])])");
  EXPECT_TRUE(skein_exc_match(vm_, g, "ExceptionGroup"));
  EXPECT_TRUE(skein_exc_match(vm_, g, "Exception"));
  EXPECT_FALSE(skein_exc_match(vm_, g, "OSError"));
  EXPECT_FALSE(skein_exc_match(vm_, g, "NoSuchError"));
  skein_val match, rest;
  ASSERT_EQ(skein_exc_split(vm_, g, "LookupError", &match, &rest), SKEIN_OK);
  EXPECT_EQ(Message(match), "Mine: m* (2 sub-exceptions)");
  EXPECT_EQ(skein_exc_leaves(vm_, match), 2u);
  EXPECT_EQ(skein_exc_leaves(vm_, rest), 2u);
  EXPECT_TRUE(skein_is(vm_, skein_exc_at(vm_, g, 0), skein_exc_at(vm_, rest, 0)));
  ASSERT_EQ(skein_exc_split(vm_, New("KeyError", "lone"), "LookupError", &match, &rest), SKEIN_OK);
  EXPECT_EQ(Message(match), "KeyError: 'lone'");
  EXPECT_EQ(rest.bits, 0u);
  EXPECT_EQ(skein_exc_split(vm_, g, "Nothing", &match, &rest), SKEIN_ERR_EXC);
  EXPECT_EQ(Pending(), "NameError: name 'Nothing' is not defined");
}

// ---- text ----

const char kTwo[] = "def f(n): raise ValueError(f'no {n}')\nerrors = []\nfor n in range(BASE, BASE + 3):\n  try: f(n)\n  except ValueError as e: errors.append(e)\n";

TEST_F(ExcTest, TreesCollapseWhatIsEqual) {
  Exec("BASE = 0");
  skein_val g = Raised(std::string(kTwo) + "raise ExceptionGroup('g', errors + [KeyError('k')])");
  std::string text = Format(g, SKEIN_TB_TREE);
  EXPECT_EQ(text.find("ExceptionGroup: g  [4 errors: 3 ValueError, 1 KeyError]\n"), 0u) << text;
  EXPECT_NE(text.find("├─[1] ValueError: no 0  ×3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("└─[4] KeyError: 'k'\n"), std::string::npos) << text;
  skein_format f = {};
  f.size = sizeof f;
  f.style = SKEIN_TB_TREE;
  f.no_collapse = f.ascii = true;
  text = Format(g, f);
  EXPECT_NE(text.find("+-[3] ValueError: no 2\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("x3"), std::string::npos) << text;
}

TEST_F(ExcTest, NativeIsCPythonsText) {
  std::string out;
  ASSERT_EQ(skein_exc_format(vm_, Raised("raise ValueError('v')"), nullptr, Append, &out), SKEIN_OK);
  EXPECT_EQ(out, "Traceback (most recent call last):\n  File \"<test>\", line 1, in <module>\n    raise ValueError('v')\nValueError: v\n");
}

std::string Fingerprint(const std::string &json) {
  size_t at = json.find("\"fingerprint\":\"");
  return at == std::string::npos ? "" : json.substr(at + 15, 32);
}

TEST_F(ExcTest, FingerprintsIgnoreWhatVaries) {
  Exec("BASE = 0");
  std::string first = Format(Raised(std::string(kTwo) + "raise ExceptionGroup('g', errors)"), SKEIN_TB_JSON);
  skein_vm_reset(vm_);
  Exec("BASE = 12345");
  std::string second = Format(Raised(std::string(kTwo) + "raise ExceptionGroup('g', errors[:2])"), SKEIN_TB_JSON);
  std::string third = Format(Raised(std::string(kTwo) + "raise ExceptionGroup('h', errors)"), SKEIN_TB_JSON);
  EXPECT_EQ(first.find("{\"v\":1,"), 0u) << first;
  EXPECT_EQ(Fingerprint(first).size(), 32u);
  EXPECT_EQ(Fingerprint(first), Fingerprint(second)) << first << second;
  EXPECT_NE(Fingerprint(first), Fingerprint(third));
}

TEST_F(ExcTest, LimitsSayWhatTheyCut) {
  skein_val g = Raised("raise ExceptionGroup('g', [ValueError(c * 3) for c in 'abcdefghijklmnopqrstuvwxyz'])");
  skein_format f = {};
  f.size = sizeof f;
  f.style = SKEIN_TB_TREE;
  f.max_width = 4;
  EXPECT_NE(Format(g, f).find("… 22 more kinds, 22 errors (width limit 4)"), std::string::npos) << Format(g, f);
  f.max_width = 0;
  f.max_lines = 10;
  std::string text = Format(g, f);
  EXPECT_NE(text.find("more errors not shown (limit of 10 lines)"), std::string::npos) << text;
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 10);
}

TEST_F(ExcTest, WrongFormatsAreFoundOut) {
  skein_val e = New("ValueError", "x");
  skein_format f = {};
  std::string out;
  EXPECT_EQ(skein_exc_format(vm_, e, &f, Append, &out), SKEIN_ERR_MISUSE);
  f.size = sizeof f;
  f.style = static_cast<skein_tb>(77);
  EXPECT_EQ(skein_exc_format(vm_, e, &f, Append, &out), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_exc_format(vm_, skein_val{0}, nullptr, Append, &out), SKEIN_ERR_MISUSE);
}

// A VM that was stopped still says what was wrong before.
TEST_F(ExcTest, StoppedVmsCanBeRead) {
  skein_vm_free(vm_);
  vm_ = NewVm(2000000);
  skein_val g = Raised("class Odd(Exception):\n  def __str__(self): return 'odd'\nraise ExceptionGroup('g', [ValueError('a'), Odd('o')])");
  const char endless[] = "while True: pass";
  ASSERT_EQ(skein_exec(vm_, endless, sizeof endless - 1, "<endless>"), SKEIN_ERR_FUEL);
  EXPECT_EQ(skein_exc_leaves(vm_, g), 2u);
  EXPECT_EQ(Message(skein_exc_at(vm_, g, 0)), "ValueError: a");
  EXPECT_EQ(Leaves(g).size(), 2u);
  std::string text = Format(g, SKEIN_TB_TREE);
  EXPECT_NE(text.find("[1] ValueError: a\n"), std::string::npos) << text;
  EXPECT_NE(text.find("[2] Odd: o\n"), std::string::npos) << text;
  EXPECT_EQ(Format(g, SKEIN_TB_JSON).find("{\"v\":1,"), 0u);
}

// A __str__ that never ends stops the VM; the text comes all the same.
TEST_F(ExcTest, TextsThatNeverEndAreStopped) {
  skein_vm_free(vm_);
  vm_ = NewVm(5000000);
  skein_val e = Raised("class Endless(Exception):\n  def __str__(self):\n    while True: pass\nraise Endless('e')");
  skein_format f = {};
  f.size = sizeof f;
  f.style = SKEIN_TB_TREE;
  std::string out;
  EXPECT_EQ(skein_exc_format(vm_, e, &f, Append, &out), SKEIN_ERR_FUEL);
  EXPECT_EQ(out.find("Endless: e\n"), 0u) << out;
  EXPECT_EQ(skein_stopped(vm_), SKEIN_ERR_FUEL);
}

TEST_F(ExcTest, ManyLeavesTakeBoundedText) {
  skein_val g = Raised("raise ExceptionGroup('g', [ValueError(f'item {i}') for i in range(100_000)])");
  std::string text = Format(g, SKEIN_TB_TREE);
  EXPECT_NE(text.find("×100000"), std::string::npos) << text;
  EXPECT_LT(text.size(), 2000u);
  EXPECT_LT(Format(g, SKEIN_TB_JSON).size(), 4000u);
}

}  // namespace
