// process.h - runs a child program to its end, or to the end of our patience.  Test harness.
#ifndef SKEIN_TESTS_PROCESS_H_
#define SKEIN_TESTS_PROCESS_H_

#include <string>
#include <vector>

namespace skein {

struct Command {
  std::vector<std::string> argv;      // argv[0] is a path, never searched for
  std::vector<std::string> env;       // the whole environment, "NAME=value"
  std::string directory;              // where the child starts
  std::string input = "/dev/null";    // file that becomes its stdin
  bool merge = false;                 // stderr goes into |out|, in the order written
  double seconds = 20;                // after which the child's process group is killed
};

struct Outcome {
  std::string out, err;
  int code = 0;            // exit status, or minus the signal that killed it
  bool timed_out = false;
};

Outcome Run(const Command &command);

// What a shell or CPython's subprocess would call it: "1", "-11", "timeout".
std::string CodeText(const Outcome &outcome);

}  // namespace skein

#endif  // SKEIN_TESTS_PROCESS_H_
