// process.cc - child processes for the script runner.
//
// Output goes to unlinked files rather than pipes: nothing to poll, and a child that prints
// gigabytes or leaves a grandchild behind cannot block us.
#include "tests/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

namespace skein {
namespace {

int TempFile() {
  const char *dir = std::getenv("TEST_TMPDIR");
  std::string name = std::string(dir ? dir : "/tmp") + "/skein_out_XXXXXX";
  int fd = mkostemp(name.data(), O_CLOEXEC | O_APPEND);
  if (fd >= 0) unlink(name.c_str());
  return fd;
}

std::string Contents(int fd) {
  std::string text;
  char block[65536];
  lseek(fd, 0, SEEK_SET);
  for (ssize_t n; (n = read(fd, block, sizeof block)) > 0;) text.append(block, static_cast<size_t>(n));
  close(fd);
  return text;
}

std::vector<char *> Pointers(const std::vector<std::string> &strings) {
  std::vector<char *> p;
  for (const std::string &s : strings) p.push_back(const_cast<char *>(s.c_str()));
  p.push_back(nullptr);
  return p;
}

double Now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

// Waits with naps that start far below a script's usual few milliseconds and grow slowly.
bool WaitUntil(pid_t pid, double deadline, int *status) {
  for (double nap = 0.0002;; nap = nap < 0.02 ? nap * 1.3 : nap) {
    if (waitpid(pid, status, WNOHANG) == pid) return true;
    if (Now() > deadline) return false;
    usleep(static_cast<useconds_t>(nap * 1e6));
  }
}

}  // namespace

Outcome Run(const Command &command) {
  int out = TempFile(), err = command.merge ? out : TempFile();
  std::vector<char *> argv = Pointers(command.argv), env = Pointers(command.env);
  pid_t pid = fork();
  if (pid == 0) {
    setpgid(0, 0);
    rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    int in = open(command.input.c_str(), O_RDONLY);
    if (in < 0 || chdir(command.directory.c_str()) != 0) _exit(126);
    dup2(in, 0), dup2(out, 1), dup2(err, 2);
    execve(argv[0], argv.data(), env.data());
    _exit(127);
  }
  Outcome outcome;
  int status = 0;
  if (!WaitUntil(pid, Now() + command.seconds, &status)) {
    outcome.timed_out = true;
    kill(-pid, SIGKILL);
    waitpid(pid, &status, 0);
  }
  outcome.code = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  outcome.out = Contents(out);
  if (!command.merge) outcome.err = Contents(err);
  return outcome;
}

std::string CodeText(const Outcome &outcome) {
  return outcome.timed_out ? "timeout" : std::to_string(outcome.code);
}

}  // namespace skein
