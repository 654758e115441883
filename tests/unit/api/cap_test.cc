// cap_test.cc - capabilities: denied by default, granted one by one, the host's say in single cases.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "vm/api/skein.h"

namespace {

struct Asked { std::vector<std::string> what; bool answer = true; };

bool Check(skein_vm *, void *user, skein_cap, const char *what) {
  auto *asked = static_cast<Asked *>(user);
  asked->what.push_back(what);
  return asked->answer;
}

skein_vm *NewVm(uint32_t caps, Asked *asked = nullptr) {
  skein_config c;
  skein_config_init(&c);
  c.caps = caps;
  if (asked) c.cap_check = Check, c.cap_user = asked;
  skein_vm *vm = nullptr;
  EXPECT_EQ(skein_vm_new(&c, &vm), SKEIN_OK);
  return vm;
}

// "" when the statements ran; else "Type: message".
std::string RunText(skein_vm *vm, const std::string &text) {
  if (skein_exec(vm, text.data(), text.size(), "<test>") == SKEIN_OK) return "";
  skein_val exc = skein_exc_take(vm);
  return std::string(skein_exc_type(vm, exc)) + ": " + skein_exc_message(vm, exc);
}

struct Effect { skein_cap cap; const char *text; const char *what; /* NULL: not looked at */ };

const Effect effects[] = {
    {SKEIN_CAP_FS_READ, "open('/etc/passwd').close()", "/etc/passwd"},
    {SKEIN_CAP_FS_READ, "import os; os.stat('/')", "/"},
    {SKEIN_CAP_FS_READ, "import os; os.listdir('/tmp')", "/tmp"},
    {SKEIN_CAP_FS_READ, "import os; os.close(os.open('/dev/null', os.O_RDONLY))", "/dev/null"},
    {SKEIN_CAP_FS_READ, "import pathlib; pathlib.Path('/etc/passwd').read_text()", "/etc/passwd"},
    {SKEIN_CAP_FS_READ, "import os; os.access('/etc/../etc/passwd', os.R_OK)", "/etc/passwd"},
    {SKEIN_CAP_FS_READ, "import skein, _uv\nasync def f(): await _uv.file_close(await _uv.file_open('/dev/null', 0))\nskein.run(f)", "/dev/null"},
    {SKEIN_CAP_FS_WRITE, "open('/dev/null', 'w').close()", "/dev/null"},
    {SKEIN_CAP_FS_WRITE, "import os\ntry: os.mkdir('/nowhere/at/all')\nexcept FileNotFoundError: pass", "/nowhere/at/all"},
    {SKEIN_CAP_FS_WRITE, "import os\ntry: os.unlink('/nowhere')\nexcept FileNotFoundError: pass", "/nowhere"},
    {SKEIN_CAP_FS_WRITE, "import os\ntry: os.rename('/nowhere', '/nowhere2')\nexcept FileNotFoundError: pass", "/nowhere"},
    {SKEIN_CAP_FS_WRITE, "import os\ntry: os.chmod('/nowhere', 0)\nexcept FileNotFoundError: pass", "/nowhere"},
    {SKEIN_CAP_FS_WRITE, "import os\ntry: os.symlink('a', '/nowhere/b')\nexcept FileNotFoundError: pass", "/nowhere/b"},
    {SKEIN_CAP_NET_CONNECT, "import socket\ntry: socket.create_connection(('127.0.0.1', 1), 1)\nexcept ConnectionError: pass", "127.0.0.1:1"},
    {SKEIN_CAP_NET_CONNECT, "import socket\ns = socket.socket()\nassert s.connect_ex(('127.0.0.1', 1))", "127.0.0.1:1"},
    {SKEIN_CAP_NET_CONNECT, "import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('127.0.0.1', 9))", "127.0.0.1:9"},
    {SKEIN_CAP_NET_CONNECT, "import socket\nsocket.gethostbyaddr('127.0.0.1')", "127.0.0.1"},
    {SKEIN_CAP_NET_CONNECT, "import socket\ns = socket.socket(socket.AF_UNIX)\ntry: s.connect('/nowhere')\nexcept FileNotFoundError: pass", "/nowhere"},
    {SKEIN_CAP_NET_CONNECT, "import asyncio\nasync def f():\n try: await asyncio.open_connection('127.0.0.1', 1)\n except ConnectionError: pass\nasyncio.run(f())", "127.0.0.1:1"},
    {SKEIN_CAP_NET_LISTEN, "import socket\nsocket.socket().bind(('127.0.0.1', 0))", "127.0.0.1:0"},
    {SKEIN_CAP_NET_LISTEN, "import socket\nsocket.socket().listen()", ""},
    {SKEIN_CAP_NET_LISTEN, "import socket\nsocket.create_server(('127.0.0.1', 0)).close()", "127.0.0.1:0"},
    {SKEIN_CAP_NET_LISTEN, "import socket\nsocket.socket(type=socket.SOCK_DGRAM).bind(('', 0))", "0.0.0.0:0"},
    {SKEIN_CAP_NET_LISTEN, "import asyncio\nasync def f():\n s = await asyncio.start_server(None, '127.0.0.1', 0)\n s.close()\nasyncio.run(f())", nullptr},
    {SKEIN_CAP_PROCESS, "import subprocess; subprocess.run(['/bin/true'])", "/bin/true"},
    {SKEIN_CAP_PROCESS, "import os; assert os.system('true') == 0", "true"},
    {SKEIN_CAP_PROCESS, "import os\ntry: os.kill(2**30, 0)\nexcept ProcessLookupError: pass", "kill"},
    {SKEIN_CAP_PROCESS, "import os\ntry: os.waitpid(-1, os.WNOHANG)\nexcept ChildProcessError: pass", "waitpid"},
    {SKEIN_CAP_PROCESS, "import os\ntry: os.read(1023, 1)\nexcept OSError as e:\n if e.errno != 9: raise", nullptr},
    {SKEIN_CAP_PROCESS, "import os\ntry: os.execv('/nowhere', ['x'])\nexcept FileNotFoundError: pass", "/nowhere"},
    {SKEIN_CAP_PROCESS, "import os; os.putenv('SKEIN_TEST', '1')", "SKEIN_TEST"},
    {SKEIN_CAP_PROCESS, "import os\ntry: os.chdir('/nowhere')\nexcept FileNotFoundError: pass", "/nowhere"},
    {SKEIN_CAP_ENV, "import os; os.getcwd()", "working directory"},
    {SKEIN_CAP_ENV, "import socket; socket.gethostname()", "host name"},
    {SKEIN_CAP_ENV, "import os; os.getpid()", "getpid"},
    {SKEIN_CAP_ENV, "import os; os.uname()", "uname"},
    {SKEIN_CAP_ENV, "import os; os.getuid()", "getuid"},
    {SKEIN_CAP_CLOCK, "import time; time.time()", ""},
    {SKEIN_CAP_CLOCK, "import time; time.localtime()", ""},
    {SKEIN_CAP_CLOCK, "import datetime; datetime.datetime.now()", ""},
    {SKEIN_CAP_CLOCK, "import time; time.strftime('%Y')", ""},
    {SKEIN_CAP_CLOCK, "import time; time.clock_gettime(time.CLOCK_REALTIME)", ""},
    {SKEIN_CAP_RANDOM, "import os; os.urandom(4)", ""},
    {SKEIN_CAP_RANDOM, "import random; random.SystemRandom().random()", ""},
    {SKEIN_CAP_RANDOM, "import random; random.SystemRandom().randrange(9)", ""},
    {SKEIN_CAP_RANDOM, "import random; random.SystemRandom().getrandbits(9)", ""},
    {SKEIN_CAP_RANDOM, "import random; random.randbytes and random.SystemRandom().choice('ab')", ""},
    {SKEIN_CAP_SIGNAL, "import signal; signal.signal(signal.SIGUSR1, signal.SIG_IGN)", ""},
    {SKEIN_CAP_SIGNAL, "import signal; signal.alarm(0)", ""},
    {SKEIN_CAP_SIGNAL, "import signal; signal.setitimer(signal.ITIMER_REAL, 0)", ""},
    {SKEIN_CAP_SIGNAL, "import signal; signal.set_wakeup_fd(-1)", ""},
    {SKEIN_CAP_SIGNAL, "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, [])", ""},
    {SKEIN_CAP_THREADS, "import threading; t = threading.Thread(target=int); t.start(); t.join()", ""},
    {SKEIN_CAP_THREADS, "import _thread; _thread.start_new_thread(int, ())", ""},
    {SKEIN_CAP_THREADS, "from concurrent.futures import ThreadPoolExecutor as P\nwith P(1) as p: p.submit(int).result()", ""},
    {SKEIN_CAP_THREADS, "import asyncio; asyncio.run(asyncio.to_thread(int))", ""},
    {SKEIN_CAP_THREADS, "import threading; t = threading.Timer(0, int); t.start(); t.join()", ""},
    {SKEIN_CAP_EVAL, "eval('1')", "eval"},
    {SKEIN_CAP_EVAL, "exec('pass')", "exec"},
    {SKEIN_CAP_EVAL, "compile('1', 'x', 'eval')", "compile"},
    {SKEIN_CAP_EVAL, "list(map(eval, ['1']))", "eval"},
    {SKEIN_CAP_EVAL, "eval(b'1')", "eval"},
};

const char *const cap_names[] = {"fs_read", "fs_write", "net_connect", "net_listen", "process", "env", "clock", "random", "signal", "threads", "stdin", "eval"};

// Every effect is refused without its capability, though all others are there.
TEST(Capabilities, EachIsNeeded) {
  for (const Effect &e : effects) {
    skein_vm *vm = NewVm(SKEIN_CAP_ALL & ~e.cap);
    std::string said = RunText(vm, e.text);
    EXPECT_EQ(said.substr(0, 26), "PermissionError: [Errno 1]") << e.text << "\n" << said;
    EXPECT_NE(said.find(std::string("no ") + cap_names[__builtin_ctz(e.cap)] + " capability"), std::string::npos) << e.text << "\n" << said;
    skein_vm_free(vm);
  }
}

// With it and nothing else (files of one's own apart) it is done, and the host is asked about the right thing.
TEST(Capabilities, EachIsEnough) {
  for (const Effect &e : effects) {
    Asked asked;
    skein_vm *vm = NewVm(e.cap | (e.cap == SKEIN_CAP_PROCESS || e.cap == SKEIN_CAP_FS_WRITE ? SKEIN_CAP_FS_READ | SKEIN_CAP_ENV : 0u), &asked);
    EXPECT_EQ(RunText(vm, e.text), "") << e.text;
    bool found = !e.what;
    for (const std::string &what : asked.what) found |= e.what && what == e.what;
    EXPECT_TRUE(found) << e.text << "\nasked: " << testing::PrintToString(asked.what);
    skein_vm_free(vm);
  }
}

// Names are looked up for those who connect and for those who listen.
TEST(Capabilities, EitherNetMayLookUpNames) {
  const char *look = "import socket\nsocket.getaddrinfo('localhost', 80)";
  for (uint32_t caps : {SKEIN_CAP_NET_CONNECT, SKEIN_CAP_NET_LISTEN}) {
    Asked asked;
    skein_vm *vm = NewVm(caps, &asked);
    EXPECT_EQ(RunText(vm, look), "");
    EXPECT_EQ(asked.what, std::vector<std::string>{"localhost"});
    skein_vm_free(vm);
  }
  skein_vm *vm = NewVm(SKEIN_CAP_ALL & ~(SKEIN_CAP_NET_CONNECT | SKEIN_CAP_NET_LISTEN));
  EXPECT_EQ(RunText(vm, look), "PermissionError: [Errno 1] no net_connect capability for 'localhost'");
  skein_vm_free(vm);
}

TEST(Capabilities, TheHostMayRefuseWhatItGrants) {
  Asked asked;
  asked.answer = false;
  skein_vm *vm = NewVm(SKEIN_CAP_ALL, &asked);
  EXPECT_EQ(RunText(vm, "open('/etc/passwd')"), "PermissionError: [Errno 1] no fs_read capability for '/etc/passwd'");
  EXPECT_EQ(RunText(vm, "import nowhere"), "ModuleNotFoundError: No module named 'nowhere'");
  skein_vm_free(vm);
}

// Importing any module and looking at the world as it is without a capability is fine.
TEST(Capabilities, NothingIsNeededToImport) {
  skein_vm *vm = NewVm(0);
  for (const char *name : {"os", "socket", "random", "tempfile", "subprocess", "signal", "asyncio", "trio", "skein", "logging", "threading", "shutil", "pathlib", "glob",
                           "unittest", "inspect", "linecache", "traceback", "datetime", "selectors", "select", "json", "re", "typing", "dataclasses", "enum", "argparse",
                           "concurrent.futures", "contextlib", "contextvars", "collections", "functools", "queue", "pickle", "importlib", "faulthandler", "io"})
    EXPECT_EQ(RunText(vm, std::string("import ") + name), "") << name;
  EXPECT_EQ(RunText(vm, "import os, sys, random, time, asyncio, logging, collections, dataclasses\n"
                    "assert not os.environ and not sys.path and sys.caps() == frozenset(), (os.environ, sys.path)\n"
                    "random.seed(); a = random.random(); random.seed(); assert a == random.random()\n"
                    "time.monotonic(); time.perf_counter(); time.sleep(0); time.gmtime(0)\n"
                    "P = collections.namedtuple('P', 'x y'); P(1, 2)\n"
                    "@dataclasses.dataclass\nclass D: a: int = 1\n"
                    "D(2)\n"
                    "asyncio.run(asyncio.sleep(0))\n"
                    "r, w = os.pipe(); os.write(w, b'x'); assert os.read(r, 1) == b'x'; os.close(r); os.close(w)\n"
                    "try: os.read(r, 1)\nexcept PermissionError: pass\nelse: assert 0\n"
                    "a, b = __import__('socket').socketpair(); a.send(b'x'); assert b.recv(1) == b'x'\n"),
            "");
  EXPECT_EQ(RunText(vm, "input()"), "EOFError: EOF when reading a line");
  EXPECT_EQ(RunText(vm, "1/0"), "ZeroDivisionError: division by zero");
  skein_vm_free(vm);
}

TEST(Capabilities, AScriptMayGiveThemUp) {
  skein_vm *vm = NewVm(SKEIN_CAP_FS_READ | SKEIN_CAP_CLOCK);
  EXPECT_EQ(RunText(vm, "import sys, time\nassert sys.caps() == {'fs_read', 'clock'}\nopen('/dev/null').close()\nsys.drop_caps('fs_read')\nassert sys.caps() == {'clock'}\ntime.time()"), "");
  EXPECT_EQ(RunText(vm, "open('/dev/null')"), "PermissionError: [Errno 1] no fs_read capability for '/dev/null'");
  EXPECT_EQ(RunText(vm, "sys.drop_caps('wings')"), "ValueError: no capability 'wings'");
  EXPECT_EQ(RunText(vm, "sys.drop_caps(1)"), "TypeError: capability names must be str, not int");
  skein_vm_free(vm);
}

// A link is followed before the host is asked.
TEST(Capabilities, PathsAreRealOnes) {
  Asked asked;
  skein_vm *vm = NewVm(SKEIN_CAP_FS_READ | SKEIN_CAP_FS_WRITE | SKEIN_CAP_ENV, &asked);
  std::string dir = testing::TempDir() + "skein_caps";
  EXPECT_EQ(RunText(vm, "import os\nd = '" + dir + "'\nos.makedirs(d, exist_ok=True)\np = d + '/link'\nif not os.path.lexists(p): os.symlink('/etc/passwd', p)\n"), "");
  asked.what.clear();
  EXPECT_EQ(RunText(vm, "open(p).close()"), "");
  ASSERT_FALSE(asked.what.empty());
  for (const std::string &what : asked.what) EXPECT_EQ(what, "/etc/passwd");
  EXPECT_EQ(RunText(vm, "os.unlink(p); os.rmdir(d)"), "");
  skein_vm_free(vm);
}

}  // namespace
