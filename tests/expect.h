// expect.h - expectations written beside the statements of a script.  Test harness.
//
//   print(a)             # -> [1, 2]                  the next line of output is "[1, 2]"
//   # -> more                                         ... and the next one "more"
//   a.insert("x", 0)     # raises TypeError: message  the statement raises exactly this
//
// Output is compared in the order of the text, so an expectation stands where the printing happens,
// not where the printing function is written.
#ifndef SKEIN_TESTS_EXPECT_H_
#define SKEIN_TESTS_EXPECT_H_

#include <string>
#include <vector>

namespace skein {

struct Expectation {
  int line;          // in the script, from 1
  std::string text;  // one line of standard output
};

struct Script {
  std::vector<Expectation> expected;
  bool rewritten = false;  // |text| is not the file's own: some statement is expected to raise
  std::string text;        // what to run
};

// Reads the expectations out of |source| and wraps each statement that should raise, so that the
// script goes on after it and prints what was raised.
Script ReadScript(const std::string &source);

// Empty when |out| is just what the script expects, else a report that names the script's line.
std::string Difference(const Script &script, const std::string &out);

}  // namespace skein

#endif  // SKEIN_TESTS_EXPECT_H_
