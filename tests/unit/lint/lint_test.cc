// lint_test.cc - the linter: cases/SKnnn.py marks with "#! SKnnn" what its rule finds; everything else must be silent.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "vm/api/skein.h"

namespace {

using Finding = std::pair<uint32_t, int>;  // line, number

std::string Read(const std::filesystem::path &path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<Finding> Lint(const std::string &text, const skein_lint_options *o = nullptr) {
  std::vector<Finding> all;
  auto found = [](void *to, const skein_finding *f) { static_cast<std::vector<Finding> *>(to)->emplace_back(f->line, f->number); };
  EXPECT_EQ(skein_lint(text.data(), text.size(), "case.py", o, found, &all), SKEIN_OK);
  return all;
}

std::vector<Finding> Marks(const std::string &text) {
  std::vector<Finding> all;
  std::istringstream lines(text);
  std::string line;
  for (uint32_t n = 1; std::getline(lines, line); n++) {
    size_t at = line.find("#! SK");
    if (at != std::string::npos) all.emplace_back(n, std::stoi(line.substr(at + 5)));
  }
  return all;
}

TEST(Lint, EveryRuleHasACaseThatItFindsAndOneThatItDoesNot) {
  int number;
  for (size_t i = 0; (number = skein_lint_rule(i, nullptr, nullptr, nullptr, nullptr)); i++) {
    std::string path = "tests/unit/lint/cases/SK" + std::to_string(number) + ".py", text = Read(path);
    ASSERT_NE(text, "") << path;
    skein_lint_options only = {sizeof only, &number, 1, nullptr, 0, false};
    EXPECT_EQ(Lint(text, &only), Marks(text)) << path;
    EXPECT_NE(Marks(text).size(), 0u) << path;
    EXPECT_TRUE(text.find("good") != std::string::npos || text.find("Good") != std::string::npos) << path;
  }
}

TEST(Lint, TheLibraryIsClean) {
  size_t files = 0;
  for (const auto &entry : std::filesystem::recursive_directory_iterator("stdlib")) {
    if (entry.path().extension() != ".py") continue;
    files++;
    EXPECT_EQ(Lint(Read(entry.path())), std::vector<Finding>()) << entry.path();
  }
  EXPECT_GT(files, 100u);
}

TEST(Lint, NoqaIsHeard) {
  const std::string text =
      "import trio\n"
      "async def f():\n"
      "    trio.sleep(1)  # noqa\n"
      "    trio.sleep(1)  # noqa: SK105\n"
      "    trio.sleep(1)  # noqa: ASYNC105, E501\n"
      "    trio.sleep(1)  # noqa: SK104\n"
      "    trio.sleep(1)  # NOQA:E501\n";
  EXPECT_EQ(Lint(text), (std::vector<Finding>{{6, 105}, {7, 105}}));
}

TEST(Lint, SelectAndIgnore) {
  const std::string text = "import asyncio, time\nasync def f():\n    asyncio.create_task(g())\n    time.sleep(1)\n    await asyncio.gather()\n";
  EXPECT_EQ(Lint(text), (std::vector<Finding>{{3, 300}, {4, 220}}));
  const int n = 300;
  skein_lint_options ignore = {sizeof ignore, nullptr, 0, &n, 1, false}, all = {sizeof all, nullptr, 0, &n, 1, true};
  EXPECT_EQ(Lint(text, &ignore), (std::vector<Finding>{{4, 220}}));
  EXPECT_EQ(Lint(text, &all), (std::vector<Finding>{{4, 220}, {5, 505}}));
}

TEST(Lint, AliasesAreFollowedAndShadowsRespected) {
  EXPECT_EQ(Lint("from trio import sleep as nap\nasync def f():\n    nap(1)\n"), (std::vector<Finding>{{3, 105}}));
  EXPECT_EQ(Lint("import trio as t\nasync def f():\n    t.sleep(1)\n"), (std::vector<Finding>{{3, 105}}));
  EXPECT_EQ(Lint("import trio\ntrio = fake()\nasync def f():\n    trio.sleep(1)\n"), std::vector<Finding>());
  EXPECT_EQ(Lint("from mine import TaskGroup\nasync def f():\n    async with TaskGroup() as t:\n        yield 1\n"), (std::vector<Finding>{{4, 119}}));
}

TEST(Lint, WrongTextIsAFinding) {
  EXPECT_EQ(Lint("def f(:\n"), (std::vector<Finding>{{1, 0}}));
  EXPECT_EQ(Lint(""), std::vector<Finding>());
  EXPECT_EQ(skein_lint(nullptr, 0, nullptr, nullptr, nullptr, nullptr), SKEIN_ERR_MISUSE);
}

}  // namespace
