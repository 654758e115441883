// io_test.cc - standard output and input that the host takes.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "vm/api/skein.h"

namespace {

struct Streams { std::vector<std::string> out; std::string all[3], in; size_t at = 0; };

void Write(void *user, int stream, const char *text, size_t n) {
  auto *s = static_cast<Streams *>(user);
  s->all[stream].append(text, n);
  if (stream == 1) s->out.emplace_back(text, n);
}

size_t Read(void *user, char *into, size_t room) {
  auto *s = static_cast<Streams *>(user);
  size_t n = s->in.copy(into, room < 3 ? room : 3, s->at);  // in small pieces
  s->at += n;
  return n;
}

skein_vm *NewVm(Streams *s) {
  skein_config c;
  skein_config_init(&c);
  c.write = Write, c.write_user = s;
  c.read = Read, c.read_user = s;
  skein_vm *vm = nullptr;
  EXPECT_EQ(skein_vm_new(&c, &vm), SKEIN_OK);
  return vm;
}

skein_status RunText(skein_vm *vm, const std::string &text) { return skein_exec(vm, text.data(), text.size(), "<test>"); }

TEST(Io, APrintIsOneMessage) {
  Streams s;
  skein_vm *vm = NewVm(&s);
  EXPECT_EQ(RunText(vm, "print(1, 'zwei', [3])\nprint('a', end='')\nprint()\nimport sys\nsys.stdout.write('b')\nsys.stdout.buffer.write(b'\\xff')"), SKEIN_OK);
  EXPECT_EQ(s.out, (std::vector<std::string>{"1 zwei [3]\n", "a", "\n", "b", "\xff"}));
  EXPECT_EQ(RunText(vm, "print('x' * 100000)"), SKEIN_OK);
  EXPECT_EQ(s.all[1].size(), 11u + 1 + 1 + 1 + 1 + 100001);
  skein_vm_free(vm);
}

TEST(Io, InputComesFromTheHost) {
  Streams s;
  s.in = "first line\nsecond\n\xc3\xa4\xc3\xb6\n rest";
  skein_vm *vm = NewVm(&s);
  EXPECT_EQ(RunText(vm, "import sys\na = input('? ')\nb = sys.stdin.readline()\nc = sys.stdin.read(1)\nd = sys.stdin.read()\n"
                    "assert (a, b, c, d) == ('first line', 'second\\n', '\xc3\xa4', '\xc3\xb6\\n rest'), (a, b, c, d)\n"
                    "try: input()\nexcept EOFError: pass\nelse: assert 0\n"),
            SKEIN_OK);
  EXPECT_EQ(s.all[1], "? ");
  skein_vm_free(vm);
}

TEST(Io, StreamsAreNoDescriptors) {
  Streams s;
  skein_vm *vm = NewVm(&s);
  EXPECT_EQ(RunText(vm, "import sys, io\n"
                    "for f in sys.stdin, sys.stdout, sys.stderr, sys.stdout.buffer:\n"
                    "  assert not f.isatty()\n"
                    "  try: f.fileno()\n"
                    "  except io.UnsupportedOperation: pass\n"
                    "  else: assert 0\n"
                    "assert sys.stdout.encoding == 'utf-8'\n"),
            SKEIN_OK);
  skein_vm_free(vm);
}

// Whatever the runtime itself says goes to the host, too.
TEST(Io, NothingReachesTheProcessesStreams) {
  Streams s;
  skein_vm *vm = NewVm(&s);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  EXPECT_EQ(RunText(vm, "import sys, warnings, gc, asyncio\n"
                    "print('out'); print('err', file=sys.stderr)\n"
                    "warnings.warn('careful')\n"
                    "class D:\n  def __del__(self): 1/0\n"
                    "def f(): D()\n"
                    "f(); gc.collect()\n"
                    "async def never(): pass\n"
                    "never(); gc.collect()\n"),
            SKEIN_OK);
  EXPECT_EQ(RunText(vm, "raise ValueError('told')"), SKEIN_ERR_EXC);
  EXPECT_EQ(skein_report(vm), 1);
  EXPECT_EQ(RunText(vm, "sys.stderr = None\nraise ValueError('told again')"), SKEIN_ERR_EXC);
  EXPECT_EQ(skein_report(vm), 1);
  skein_finish(vm);
  skein_vm_free(vm);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(s.all[1], "out\n");
  for (const char *part : {"err\n", "UserWarning: careful", "ZeroDivisionError", "ValueError: told\n"})
    EXPECT_NE(s.all[2].find(part), std::string::npos) << part << "\nin: " << s.all[2];
}

TEST(Io, TwoVmsDoNotMix) {
  Streams a, b;
  skein_vm *x = NewVm(&a), *y = NewVm(&b);
  EXPECT_EQ(RunText(x, "print('x1', end='')"), SKEIN_OK);
  EXPECT_EQ(RunText(y, "print('y1')"), SKEIN_OK);
  EXPECT_EQ(RunText(x, "print('x2')"), SKEIN_OK);
  skein_vm_free(x);
  skein_vm_free(y);
  EXPECT_EQ(a.all[1], "x1x2\n");
  EXPECT_EQ(b.all[1], "y1\n");
}

}  // namespace
