// pty_test.cc - the command at a terminal: what only a real one shows: raw mode, signals, sizes, programs that read.
#include <gtest/gtest.h>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>

#include "tests/unit/repl/screen.h"

namespace {

class Pty : public testing::Test {
 protected:
  void TearDown() override {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    if (fd_ >= 0) close(fd_);
  }

  void Start(const char *term = "xterm-256color") {
    winsize size = {20, 70, 0, 0};
    const char *exe = std::getenv("SKEIN_EXE");
    if (!exe) exe = "vm/cli/skein";
    pid_ = forkpty(&fd_, nullptr, nullptr, &size);
    ASSERT_GE(pid_, 0);
    if (pid_ == 0) {
      setenv("TERM", term, 1);
      setenv("SKEIN_HISTORY", "", 1);
      setenv("NO_COLOR", "1", 1);
      execl(exe, exe, "-q", static_cast<char *>(nullptr));
      _exit(127);
    }
  }

  // Reads until the screen holds |what|; false after ten seconds.
  bool Wait(const std::string &what) {
    auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (screen_.Text().find(what) == std::string::npos) {
      if (std::chrono::steady_clock::now() > until) return false;
      pollfd p = {fd_, POLLIN, 0};
      char bytes[4096];
      if (poll(&p, 1, 100) <= 0) continue;
      ssize_t n = read(fd_, bytes, sizeof bytes);
      if (n <= 0) return screen_.Text().find(what) != std::string::npos;
      screen_.Write(bytes, static_cast<size_t>(n));
    }
    return true;
  }

  void Type(const std::string &keys) { ASSERT_EQ(write(fd_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size())); }

  int Status() {
    int status = 0;
    char bytes[4096];
    while (read(fd_, bytes, sizeof bytes) > 0) {}
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  }

  Screen screen_{70, 20};
  int fd_ = -1;
  pid_t pid_ = -1;
};

TEST_F(Pty, ASession) {
  Start();
  ASSERT_TRUE(Wait(">>>")) << screen_.Text();
  Type("6 * 7\r");
  ASSERT_TRUE(Wait("\n42\n>>>")) << screen_.Text();
  Type("raise SystemExit(5)\r");
  EXPECT_EQ(Status(), 5);
}

TEST_F(Pty, TheProgramReadsInTheUsualMode) {
  Start();
  ASSERT_TRUE(Wait(">>>"));
  Type("name = input('who? ')\r");
  ASSERT_TRUE(Wait("\nwho?")) << screen_.Text();
  Type("wor\x7fld\n");
  ASSERT_TRUE(Wait("\n>>>")) << screen_.Text();
  Type("name\r");
  ASSERT_TRUE(Wait("'wold'")) << screen_.Text();
  Type("\x04");
  EXPECT_EQ(Status(), 0);
}

TEST_F(Pty, ControlCEndsAStatement) {
  Start();
  ASSERT_TRUE(Wait(">>>"));
  Type("print('begun'); import time; time.sleep(60)\r");
  ASSERT_TRUE(Wait("\nbegun")) << screen_.Text();
  usleep(200000);
  Type("\x03");
  ASSERT_TRUE(Wait("KeyboardInterrupt")) << screen_.Text();
  Type("1 + 1\r");
  ASSERT_TRUE(Wait("\n2\n>>>")) << screen_.Text();
  Type("x = [");
  ASSERT_TRUE(Wait("x = ["));
  Type("\x03");
  ASSERT_TRUE(Wait("x = [\nKeyboardInterrupt\n>>>")) << screen_.Text();
}

TEST_F(Pty, TheWindowChanges) {
  Start();
  ASSERT_TRUE(Wait(">>>"));
  Type("'aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd'");
  ASSERT_TRUE(Wait("dddd'")) << screen_.Text();
  screen_ = Screen(30, 20);
  winsize size = {20, 30, 0, 0};
  ioctl(fd_, TIOCSWINSZ, &size);
  ASSERT_TRUE(Wait(">>> 'aaaaaaaaaabbbbbbbbbbcccc\nccccccdddddddddd'")) << screen_.Text();
}

TEST_F(Pty, ADumbTerminalGetsPlainLines) {
  Start("dumb");
  ASSERT_TRUE(Wait(">>>"));
  Type("6 * 7\n");
  ASSERT_TRUE(Wait("42\n>>>")) << screen_.Text();
  Type("\x04");
  EXPECT_EQ(Status(), 0);
}

TEST_F(Pty, TasksRunOnWhileOneTypes) {
  Start();
  ASSERT_TRUE(Wait(">>>"));
  Type("import asyncio\rasync def tick():\rawait asyncio.sleep(0.3)\rprint('ticked')\r\rt = asyncio.create_task(tick()); await asyncio.sleep(0)\r");
  ASSERT_TRUE(Wait("sleep(0)\n>>>")) << screen_.Text();
  Type("half a");
  ASSERT_TRUE(Wait("ticked\n>>> half a")) << screen_.Text();
}

}  // namespace
