// expect.cc - expectations written beside the statements of a script.
#include "tests/expect.h"

#include <algorithm>
#include <sstream>

namespace skein {
namespace {

std::vector<std::string> Lines(const std::string &text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Splits "code  # mark text".  On a comment line the first mark counts, after code the last one; a
// mark must end the line or be followed by a blank.
bool SplitAt(const std::string &line, const std::string &mark, std::string *code, std::string *text) {
  size_t at = line.find_first_not_of(' ');
  if (at == std::string::npos || line.compare(at, mark.size(), mark) != 0) at = line.rfind(mark);
  if (at == std::string::npos) return false;
  size_t after = at + mark.size();
  if (after < line.size() && line[after] != ' ') return false;
  *code = line.substr(0, at);
  *text = after < line.size() ? line.substr(after + 1) : "";
  return true;
}

// One line becomes four; the statement itself is untouched.
std::string Wrapped(const std::string &code) {
  std::string indent = code.substr(0, code.find_first_not_of(' '));
  std::string statement = code.substr(indent.size(), code.find_last_not_of(' ') + 1 - indent.size());
  return indent + "try:\n" +
         indent + "  " + statement + "\n" +
         indent + "except BaseException as _raised: print('raises', type(_raised).__name__"
                  " + (': ' + str(_raised) if str(_raised) else ''))\n" +
         indent + "else: print('nothing raised')\n";
}

}  // namespace

Script ReadScript(const std::string &source) {
  Script script;
  int number = 0;
  for (const std::string &line : Lines(source)) {
    std::string code, text;
    number++;
    if (SplitAt(line, "# raises", &code, &text) && code.find_first_not_of(' ') != std::string::npos) {
      script.expected.push_back({number, "raises " + text});
      script.rewritten = true;
      script.text += Wrapped(code);
      continue;
    }
    if (SplitAt(line, "# ->", &code, &text)) script.expected.push_back({number, text});
    script.text += line + "\n";
  }
  return script;
}

std::string Difference(const Script &script, const std::string &out) {
  constexpr int kShown = 20; /* enough to see the pattern, not enough to bury the next script */
  std::vector<std::string> got = Lines(out);
  size_t shared = std::min(got.size(), script.expected.size());
  std::string report;
  int wrong = 0;
  for (size_t i = 0; i < shared; i++) {
    if (got[i] == script.expected[i].text || ++wrong > kShown) continue;
    report += "line " + std::to_string(script.expected[i].line) + "\n  expected: " +
              script.expected[i].text + "\n  got:      " + got[i] + "\n";
  }
  if (wrong > kShown) report += "and " + std::to_string(wrong - kShown) + " more\n";
  if (shared < script.expected.size())
    report += "line " + std::to_string(script.expected[shared].line) + "\n  expected: " +
              script.expected[shared].text + "\n  got:      the end of the output\n";
  if (shared < got.size()) report += "more output than expected, from:\n  " + got[shared] + "\n";
  return report;
}

}  // namespace skein
