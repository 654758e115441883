// Fuel, time, kills, final limits: what stops a VM, where, and that a reset brings it back.
#include <atomic>
#include <chrono>
#include <cstring>
#include <functional>
#include <string>
#include <thread>

#include "gtest/gtest.h"
#include "vm/api/skein.h"

namespace {

skein_limits Limits() {
  skein_limits l;
  skein_limits_init(&l);
  return l;
}

struct Vm {
  skein_vm *vm = nullptr;
  explicit Vm(const std::function<void(skein_config &)> &change = nullptr) {
    skein_config c;
    skein_config_init(&c);
    c.caps = SKEIN_CAP_ALL;
    if (change) change(c);
    EXPECT_EQ(SKEIN_OK, skein_vm_new(&c, &vm));
  }
  ~Vm() { skein_vm_free(vm); }
  skein_status Run(const std::string &text) { return skein_exec(vm, text.data(), text.size(), "<test>"); }
  int64_t Int(const char *expression) {
    skein_val v;
    int64_t n = -1;
    if (skein_eval(vm, expression, &v) == SKEIN_OK) skein_get_int(vm, v, &n);
    return n;
  }
  uint64_t Used() {
    skein_stats s{};
    s.size = sizeof s;
    skein_vm_stats(vm, &s);
    return s.fuel_used;
  }
  void Fuel(uint64_t n) {
    skein_limits l = Limits();
    l.fuel = n;
    EXPECT_EQ(SKEIN_OK, skein_set_limits(vm, &l));
  }
  void Time(int ms) {
    skein_limits l = Limits();
    l.deadline_ns = uint64_t(ms) * 1000000;
    EXPECT_EQ(SKEIN_OK, skein_set_limits(vm, &l));
  }
  // A stopped VM says so until it is reset; then it computes.
  void Stays(skein_status s) {
    skein_val v;
    EXPECT_EQ(s, skein_stopped(vm));
    EXPECT_EQ(s, skein_eval(vm, "1 + 1", &v));
    EXPECT_EQ(SKEIN_OK, skein_vm_reset(vm));
    EXPECT_EQ(SKEIN_OK, skein_stopped(vm));
    EXPECT_EQ(2, Int("1 + 1"));
  }
};

// Endless programs, each in another kind of place.
const char *const endless[] = {
    "while True: pass",
    "def f(): return f2()\ndef f2(): return 1\nwhile f(): pass",
    "def f(*, n): return n < 2 or f(n=n-1) and f(n=n-2)\nwhile True: f(n=18)",
    "while True:\n try:\n  while True: pass\n except BaseException: pass",
    "while True:\n try: raise ValueError\n except BaseException: pass\n finally: pass",
    "def f():\n try:\n  while True: pass\n finally:\n  while True: pass\nf()",
    "[0 for i in iter(int, 1)]",
    "list(0 for i in iter(int, 1))",
    "def g():\n while True:\n  try: yield 1\n  finally: pass\nfor x in g(): pass",
    "sorted([3, 2, 1], key=lambda x: [0 for i in iter(int, 1)])",
    "class C:\n def __del__(self):\n  while True: pass\nC()\nimport gc; gc.collect()\nwhile True: pass",
    "class C:\n while True: pass",
    "def deco(f):\n while True: pass\n@deco\ndef g(): pass",
    "class C:\n def __enter__(self): return self\n def __exit__(self, *a):\n  while True: pass\nwhile True:\n with C(): pass",
    "try:\n raise ExceptionGroup('g', [ValueError(1)])\nexcept* ValueError:\n while True:\n  try: pass\n  except BaseException: pass",
    "import asyncio\nasync def main():\n while True: await asyncio.sleep(0)\nasyncio.run(main())",
    "import asyncio\nasync def main():\n while True:\n  try: await asyncio.sleep(0)\n  except BaseException: pass\nasync def top():\n async with asyncio.TaskGroup() as g:\n  for i in range(3): g.create_task(main())\n  await asyncio.sleep(0)\n  raise KeyError\nasyncio.run(top())",
    "import asyncio\nasync def gen():\n try:\n  while True:\n   yield 1\n finally:\n  while True: await asyncio.sleep(0)\nasync def main():\n async for x in gen(): pass\nasyncio.run(main())",
    "import skein\nasync def main():\n with skein.CancelScope(shield=True):\n  while True: await skein.sleep(0)\nskein.run(main)",
    "import threading\ndef f():\n while True: pass\nt = threading.Thread(target=f); t.start()\nwhile True:\n try: t.join()\n except BaseException: pass",
    "import contextlib\n@contextlib.contextmanager\ndef c():\n while True:\n  try: yield\n  finally:\n   while True: pass\nwith c(): raise KeyError",
    "class M(type):\n def __call__(cls):\n  while True: pass\nclass C(metaclass=M): pass\nC()",
    "class E:\n def __eq__(self, o):\n  while True: pass\n def __hash__(self): return 1\n{E(): 1, E(): 2}",
    "class E:\n def __repr__(self):\n  while True: pass\nstr([E()])",
    "class E:\n def __getattr__(self, n):\n  while True: pass\nhasattr(E(), 'x')",
    "class D:\n def __set_name__(self, o, n):\n  while True: pass\nclass C: d = D()",
    "import weakref\nclass C: pass\ndef cb(r):\n while True: pass\nc = C(); r = weakref.ref(c, cb); del c\nimport gc; gc.collect()\nwhile True: pass",
    "import functools\nfunctools.reduce(lambda a, b: a, iter(int, 1))",
    "max(iter(lambda: 1, 2))",
    "any(map(lambda x: 0, iter(int, 1)))",
    "import sys\nsys.excepthook = sys.unraisablehook = lambda *a: [0 for i in iter(int, 1)]\nraise KeyError",
    "async def f():\n while True:\n  try:\n   await g()\n  except BaseException: pass\nasync def g(): raise ValueError\ntry: f().send(None)\nexcept BaseException: pass",
};

TEST(Limits, FuelEndsEverything) {
  Vm v;
  for (const char *text : endless) {
    SCOPED_TRACE(text);
    v.Fuel(200000);
    skein_status s = v.Run(text);
    if (s == SKEIN_ERR_EXC) { // the exception hook's turn
      skein_report(v.vm);
      s = skein_stopped(v.vm);
    }
    EXPECT_EQ(SKEIN_ERR_FUEL, s) << skein_status_name(s);
    v.Stays(SKEIN_ERR_FUEL);
  }
}

double Seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

TEST(Limits, TimeEndsEverything) {
  Vm v;
  for (const char *text : endless) {
    SCOPED_TRACE(text);
    double start = Seconds();
    v.Time(20);
    skein_status s = v.Run(text);
    if (s == SKEIN_ERR_EXC) {
      skein_report(v.vm);
      s = skein_stopped(v.vm);
    }
    EXPECT_EQ(SKEIN_ERR_DEADLINE, s) << skein_status_name(s);
    EXPECT_LT(Seconds() - start, 5);
    v.Stays(SKEIN_ERR_DEADLINE);
  }
}

const char *const waiting[] = {
    "import time\nwhile True:\n try: time.sleep(100)\n except BaseException: pass",
    "import threading\nl = threading.Lock(); l.acquire()\nwhile True:\n try: l.acquire()\n except BaseException: pass",
    "import threading, time\nt = threading.Thread(target=time.sleep, args=(100,)); t.start(); t.join()",
    "import asyncio\nasyncio.run(asyncio.sleep(100))",
    "import asyncio\nasync def main():\n r, w = __import__('socket').socketpair()\n await asyncio.get_running_loop().sock_recv(r, 10)\nasyncio.run(main())",
    "import skein\nasync def main(): await skein.sleep(100)\nskein.run(main)",
    "import select, socket\na, b = socket.socketpair()\nselect.select([a], [], [])",
    "import select, socket\na, b = socket.socketpair()\np = select.poll(); p.register(a); p.unregister(a); p.register(a, 1)\np.poll()",
    "import select, socket\na, b = socket.socketpair()\np = select.epoll(); p.register(a, 1)\np.poll()",
    "import socket\na, b = socket.socketpair()\na.recv(10)",
    "import socket\na, b = socket.socketpair()\na.settimeout(100)\na.recv(10)",
    "import os\nr, w = os.pipe()\nos.read(r, 10)",
    "import os\nr, w = os.pipe()\nopen(r, 'rb').read()",
    "import os\nr, w = os.pipe()\nwhile True: os.write(w, b'x' * 10000)",
    "import subprocess\nsubprocess.run(['sleep', '5'])",
    "import queue\nqueue.Queue().get()",
    "import socket\ns = socket.create_server(('127.0.0.1', 0))\ns.accept()",
};

TEST(Limits, TimeEndsWaiting) {
  Vm v;
  for (const char *text : waiting) {
    SCOPED_TRACE(text);
    double start = Seconds();
    v.Time(50);
    skein_status s = v.Run(text);
    EXPECT_EQ(SKEIN_ERR_DEADLINE, s) << skein_status_name(s);
    EXPECT_LT(Seconds() - start, 2);
    v.Stays(SKEIN_ERR_DEADLINE);
  }
}

void Kill(const char *text) {
  Vm v;
  std::thread killer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    skein_interrupt(v.vm, SKEIN_STOP_KILL);
  });
  skein_status s = v.Run(text);
  if (s == SKEIN_ERR_EXC) {
    skein_report(v.vm);
    s = skein_stopped(v.vm);
  }
  killer.join();
  EXPECT_EQ(SKEIN_ERR_INTERRUPTED, s) << skein_status_name(s);
  v.Stays(SKEIN_ERR_INTERRUPTED);
}

TEST(Limits, KillEndsEverything) {
  for (const char *text : endless) {
    SCOPED_TRACE(text);
    Kill(text);
  }
  for (const char *text : waiting) {
    SCOPED_TRACE(text);
    double start = Seconds();
    Kill(text);
    EXPECT_LT(Seconds() - start, 4);
  }
}

// The number of steps is the program's own: exact, whatever limit is set and however it is cut into slices.
TEST(Limits, FuelIsExact) {
  const char *programs[] = {
      "for i in range(10000): pass",
      "def f(n): return n < 2 or f(n-1) + f(n-2)\nf(18)",
      "sorted(range(3000), key=lambda x: -x)",
      "def g():\n for i in range(5000): yield i\nsum(g())",
      "for i in range(2000):\n try: raise ValueError\n except ValueError: pass",
      "class C:\n def __init__(self, *, a): self.a = a\nfor i in range(3000): C(a=i)",
  };
  Vm v;
  for (const char *text : programs) {
    SCOPED_TRACE(text);
    EXPECT_EQ(SKEIN_OK, v.Run(text)); // what is cached is cached
    v.Fuel(0);
    EXPECT_EQ(SKEIN_OK, v.Run(text));
    uint64_t need = v.Used();
    EXPECT_GT(need, 1000u);
    v.Fuel(need);
    EXPECT_EQ(SKEIN_OK, v.Run(text));
    EXPECT_EQ(need, v.Used());
    v.Fuel(need - 1);
    EXPECT_EQ(SKEIN_ERR_FUEL, v.Run(text));
    v.Stays(SKEIN_ERR_FUEL);
  }
}

TEST(Limits, FinalHeap) {
  Vm v([](skein_config &c) { c.limits.heap = 16 << 20; });
  const char *programs[] = {
      "x = []\nwhile True: x.append([0] * 100)",
      "x = 'a' * 10**9",
      "x = []\nwhile True:\n try:\n  while True: x.append(bytearray(100000))\n except BaseException: pass",
      "b'x' * 10**18",
  };
  for (const char *text : programs) {
    SCOPED_TRACE(text);
    EXPECT_EQ(SKEIN_ERR_NOMEM, v.Run(text));
    v.Stays(SKEIN_ERR_NOMEM);
  }
}

TEST(Limits, HeapThatCanBeCaught) {
  Vm v([](skein_config &c) { c.limits.heap = 16 << 20; c.limits.final = 0; });
  EXPECT_EQ(SKEIN_OK, v.Run("try: 'a' * 10**9\nexcept MemoryError: ok = 1"));
  EXPECT_EQ(1, v.Int("ok"));
}

TEST(Limits, Tasks) {
  const char *many = "import asyncio\nasync def main():\n t = [asyncio.create_task(asyncio.sleep(0)) for i in range(100)]\n await asyncio.wait(t)\n"
                     "try: asyncio.run(main())\nexcept RuntimeError as e: ok = int(str(e) == 'too many tasks')";
  Vm v([](skein_config &c) { c.limits.tasks = 50; });
  EXPECT_EQ(SKEIN_OK, v.Run(many));
  EXPECT_EQ(1, v.Int("ok"));
  Vm w([](skein_config &c) { c.limits.tasks = 50; c.limits.final = SKEIN_FINAL_TASKS; });
  EXPECT_EQ(SKEIN_ERR_LIMIT, w.Run(many));
  w.Stays(SKEIN_ERR_LIMIT);
}

TEST(Limits, Depth) {
  Vm v([](skein_config &c) { c.limits.depth = 100; });
  EXPECT_EQ(SKEIN_OK, v.Run("import sys\nsys.setrecursionlimit(10**6)\ndef f(n):\n return n and 1 + f(n - 1)\n"
                            "try: f(150)\nexcept RecursionError: ok = f(50)"));
  EXPECT_EQ(50, v.Int("ok"));
  Vm w([](skein_config &c) { c.limits.depth = 100; c.limits.final = SKEIN_FINAL_DEPTH; });
  EXPECT_EQ(SKEIN_ERR_LIMIT, w.Run("def f(n):\n return n and 1 + f(n - 1)\ntry: f(150)\nexcept RecursionError: ok = f(50)"));
  w.Stays(SKEIN_ERR_LIMIT);
}

// A host function sees the stop as a status; whatever it answers, the script does not go on.
skein_status Burns(skein_vm *vm, void *, const skein_val *, size_t, skein_val *) {
  skein_val v;
  EXPECT_EQ(SKEIN_ERR_FUEL, skein_eval(vm, "[0 for i in iter(int, 1)]", &v));
  return SKEIN_OK;
}
TEST(Limits, HostFunctionsAreNoWayOut) {
  Vm v([](skein_config &c) {
    c.setup = [](skein_vm *vm, void *) {
      skein_val f;
      skein_status s = skein_function(vm, "burns", Burns, nullptr, nullptr, &f);
      return s == SKEIN_OK ? skein_set_global(vm, "burns", f) : s;
    };
  });
  v.Fuel(100000);
  EXPECT_EQ(SKEIN_ERR_FUEL, v.Run("x = 1\nburns()\nx = 2"));
  v.Stays(SKEIN_ERR_FUEL);
}

}  // namespace
