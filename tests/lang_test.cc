// lang_test.cc - runs every script under tests/ through the interpreter; one test case each.
//
// Four kinds, told apart by the files beside a script (tests/README.md):
//   x.py alone                          expectations on its own lines
//   x.py and x.out                      the whole output, then "exit=N"
//   x.py and x.tokens .ast .symbols .code   what --dump=... prints; a case for each
//   x.py and x.tree .short .full .json      stderr under --tb=..., run where the script is; a case for each
//
// Environment: SKEIN_EXE another interpreter (CPython 3.13 proves the expectations); SKEIN_TIMEOUT
// seconds per script; SKEIN_UPDATE=1 writes the golden files anew; SKEIN_HUNT the
// hunting mode.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "tests/expect.h"
#include "tests/process.h"

extern char **environ;

namespace fs = std::filesystem;

namespace {

const char *const kTrees[] = {"tests/lang", "tests/corner", "tests/cases", "tests/dump", "tests/tree", "examples"};
const char *const kDumps[] = {"tokens", "ast", "symbols", "code", "tree", "short", "full", "json"};
const size_t kFirstStyle = 4;  // from here on they are styles of --tb

std::string Env(const char *name, const char *otherwise) {
  const char *value = std::getenv(name);
  return value && *value ? value : otherwise;
}

// Bazel's runfiles, or the directory a person started us in.
fs::path Root() {
  if (!std::getenv("TEST_SRCDIR")) return fs::current_path();
  return fs::path(std::getenv("TEST_SRCDIR")) / std::getenv("TEST_WORKSPACE");
}

std::string ReadFile(const fs::path &path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void WriteFile(const fs::path &path, const std::string &text) {
  std::ofstream(path, std::ios::binary) << text;
}

fs::path TempDir() {
  fs::path dir = fs::path(Env("TEST_TMPDIR", "/tmp")) / ("skein_lang." + std::to_string(getpid()));
  fs::create_directories(dir);
  return dir;
}

bool IsStyle(const std::string &dump) { return std::find(kDumps + kFirstStyle, std::end(kDumps), dump) != std::end(kDumps); }

// A case is written "tests/lang/list/insert.py" or, for a dump or a style, "tests/dump/try.py:ast".
// Packages that scripts import live in directories whose names begin with '_'.
std::vector<std::string> Cases() {
  std::vector<std::string> found;
  for (const char *tree : kTrees) {
    if (!fs::exists(Root() / tree)) continue;
    fs::recursive_directory_iterator at(Root() / tree, fs::directory_options::follow_directory_symlink), end;
    for (; at != end; ++at) {
      if (at->is_directory() && at->path().filename().string()[0] == '_') at.disable_recursion_pending();
      if (at->path().extension() != ".py" || at->is_directory()) continue;
      std::string name = fs::relative(at->path().parent_path(), Root()) / at->path().filename();
      bool dumped = false;
      for (const char *dump : kDumps)
        if (fs::exists(fs::path(at->path()).replace_extension(dump))) {
          found.push_back(name + ":" + dump);
          dumped = true;
        }
      if (!dumped) found.push_back(name);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Words after |title| among a script's first lines: "# flags: -X portable" are options for the
// interpreter, "# env: COLUMNS=40" are put into its environment, "# skip: stress asan" modes in which the script would take too long.
std::vector<std::string> Words(const std::string &source, const std::string &title) {
  std::vector<std::string> found;
  size_t at = source.substr(0, 400).find(title);
  if (at == std::string::npos) return found;
  at += title.size();
  std::istringstream words(source.substr(at, source.find('\n', at) - at));
  for (std::string word; words >> word;) found.push_back(word);
  return found;
}

class ScriptTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    std::string name = GetParam();
    size_t colon = name.find(':');
    if (colon != std::string::npos) {
      dump_ = name.substr(colon + 1);
      name.resize(colon);
    }
    path_ = Root() / name;
    source_ = ReadFile(path_);
  }

  skein::Command CommandFor(const fs::path &file) {
    skein::Command c;
    std::string exe = Env("SKEIN_EXE", (Root() / "vm/cli/skein").c_str());
    c.argv.push_back(fs::absolute(exe));
    for (const std::string &flag : Words(source_, "# flags: ")) c.argv.push_back(flag);
    if (!dump_.empty()) c.argv.push_back((IsStyle(dump_) ? "--tb=" : "--dump=") + dump_);
    c.argv.push_back(IsStyle(dump_) ? file.filename() : file);
    c.directory = IsStyle(dump_) ? fs::path(path_).parent_path() : TempDir();
    c.seconds = std::atof(Env("SKEIN_TIMEOUT", "20").c_str());
    if (fs::path in = fs::path(path_).replace_extension("in"); fs::exists(in)) c.input = in;
    std::string home = path_.parent_path();
    c.env = {"PATH=/usr/bin:/bin", "HOME=" + c.directory, "LANG=C.UTF-8", "TZ=UTC", "TERM=dumb",
             "NO_COLOR=1", "PYTHONUNBUFFERED=1", "PYTHONHASHSEED=0", "PYTHONDONTWRITEBYTECODE=1",
             "SKEINPATH=" + home, "PYTHONPATH=" + home};
    const std::vector<std::string> own = Words(source_, "# env: ");
    c.env.insert(c.env.begin(), own.begin(), own.end());  // of two with one name the first counts
    for (char **e = environ; *e; e++) {
      std::string entry = *e;
      if (entry.rfind("ASAN_OPTIONS=", 0) == 0 || entry.rfind("UBSAN_OPTIONS=", 0) == 0) c.env.push_back(entry);
    }
    return c;
  }

  // The file whose statements we run: the script itself unless some of them should raise.
  fs::path Runnable(const skein::Script &script) {
    if (!script.rewritten) return path_;
    fs::path copy = TempDir() / path_.filename();
    WriteFile(copy, script.text);
    return copy;
  }

  void CheckLines() {
    skein::Script script = skein::ReadScript(source_);
    ASSERT_FALSE(script.expected.empty()) << GetParam() << " expects nothing";
    skein::Outcome o = skein::Run(CommandFor(Runnable(script)));
    std::string wrong = skein::Difference(script, o.out);
    EXPECT_TRUE(wrong.empty() && o.err.empty() && o.code == 0 && !o.timed_out)
        << path_.string() << ": " << wrong << "\nexit=" << skein::CodeText(o) << "\n" << o.err;
  }

  void CheckGolden(const fs::path &golden, bool with_exit) {
    skein::Command c = CommandFor(path_);
    c.merge = true;
    skein::Outcome o = skein::Run(c);
    std::string got = o.out, name = IsStyle(dump_) ? fs::canonical(path_.parent_path()) / path_.filename() : path_;
    for (size_t at = 0; (at = got.find(name, at)) != std::string::npos;) got.replace(at, name.size(), "<script>");
    if (!got.empty() && got.back() != '\n') got += '\n';
    if (with_exit) got += "exit=" + skein::CodeText(o) + "\n";
    if (!Env("SKEIN_UPDATE", "").empty()) return WriteFile(golden, got);
    EXPECT_EQ(ReadFile(golden), got) << path_.string() << " (expected, then got)";
    if (!with_exit) {
      EXPECT_EQ(skein::CodeText(o), "0");
    }
  }

  void CheckSurvivesOom();

  std::string dump_, source_;
  fs::path path_;
};

// How many allocations a program of nothing makes: beyond that number none can fail any more.
size_t AllocationsOfNothing(skein::Command c) {
  c.argv.back() = TempDir() / "nothing.py";
  WriteFile(c.argv.back(), "");
  size_t fails = 0, works = 1u << 20;
  while (works - fails > 1) {
    size_t n = fails + (works - fails) / 2;
    skein::Command hungry = c;
    hungry.env.push_back("SKEIN_OOM_AT=" + std::to_string(n));
    (skein::Run(hungry).code == 0 ? works : fails) = n;
  }
  return fails;
}

// Each run lets one allocation fail, a different one for every script and round: two while the
// interpreter starts, then more and more seldom as the script runs.  Any clean end is right (the
// script may catch the MemoryError); a signal, a failed assertion or a hang is not.  Two runs in a
// row like the undisturbed one: no allocation has that number, we are done.
void ScriptTest::CheckSurvivesOom() {
  skein::Command c = CommandFor(Runnable(skein::ReadScript(source_)));
  c.merge = true;
  static const size_t start = AllocationsOfNothing(c);
  skein::Outcome calm = skein::Run(c);
  size_t seed = std::hash<std::string>{}(GetParam());
  int same = 0;
  for (size_t n, past = 0, round = 0; round < 20 && same < 2; round++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    if (round < 2) {
      n = 1 + (seed >> 33) % start;
    } else {
      past += 1 + past / 4 + (seed >> 33) % (past / 2 + 60);
      n = start + past;
    }
    skein::Command hungry = c;
    hungry.env.push_back("SKEIN_OOM_AT=" + std::to_string(n));
    skein::Outcome o = skein::Run(hungry);
    ASSERT_TRUE((o.code >= 0 || o.code == calm.code) && !o.timed_out)
        << "SKEIN_OOM_AT=" << n << " " << path_.string() << ": exit=" << skein::CodeText(o) << "\n" << o.out;
    same = round >= 2 && o.out == calm.out && o.code == calm.code ? same + 1 : 0;
  }
}

TEST_P(ScriptTest, Holds) {
  const std::string mode = Env("SKEIN_HUNT", "");
  for (const std::string &skipped : Words(source_, "# skip: "))
    if (skipped == mode) GTEST_SKIP() << path_.string() << " is too slow for " << mode;
  if (mode == "oom") return CheckSurvivesOom();
  if (!dump_.empty()) return CheckGolden(fs::path(path_).replace_extension(dump_), IsStyle(dump_));
  fs::path out = fs::path(path_).replace_extension("out");
  if (fs::exists(out)) return CheckGolden(out, true);
  CheckLines();
}

std::string Name(const testing::TestParamInfo<std::string> &info) {
  std::string name = info.param;
  name.erase(0, name.find('/') + 1);
  std::replace_if(name.begin(), name.end(), [](unsigned char c) { return !isalnum(c); }, '_');
  return name;
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ScriptTest);
INSTANTIATE_TEST_SUITE_P(Scripts, ScriptTest, testing::ValuesIn(Cases()), Name);

}  // namespace
