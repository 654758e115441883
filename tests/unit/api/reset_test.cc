// skein_vm_reset: whatever state a VM is in, it comes back as skein_vm_new made it.
#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "vm/api/skein.h"

namespace {

int setups;

skein_status Setup(skein_vm *vm, void *) {
  setups++;
  return skein_set_global(vm, "from_setup", skein_int(vm, 1));
}

struct Vm {
  skein_vm *vm = nullptr;
  Vm() {
    skein_config c;
    skein_config_init(&c);
    c.caps = SKEIN_CAP_ALL;
    c.setup = Setup;
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
  void Reset() {
    ASSERT_EQ(SKEIN_OK, skein_vm_reset(vm));
    EXPECT_EQ(2, Int("1 + 1"));
    EXPECT_EQ(1, Int("from_setup"));
  }
};

TEST(Reset, ForgetsEverything) {
  Vm v;
  EXPECT_EQ(SKEIN_OK, v.Run("import sys, json, re\nx = 1\nsys.path.append('/nowhere')\nsys.modules['sys'].ps9 = 2\nbuiltin = __builtins__"));
  v.Reset();
  EXPECT_EQ(0, v.Int("int('x' in globals() or '/nowhere' in __import__('sys').path or hasattr(__import__('sys'), 'ps9'))"));
}

TEST(Reset, EveryPlaceAProgramCanStandIn) {
  const char *programs[] = {
      "raise KeyError(1)",
      "def g():\n try: yield 1\n finally: print(x)\nit = g(); next(it)",
      "async def f(): pass\nc = f()",
      "import threading, time\nfor i in range(3): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
      "import threading\ndef f():\n while True: pass\nfor i in range(3): threading.Thread(target=f, daemon=True).start()",
      "import asyncio\nasync def main():\n asyncio.create_task(asyncio.sleep(9)); raise KeyError\nasyncio.run(main())",
      "import asyncio\nl = asyncio.new_event_loop()\nl.call_later(9, print)\nt = l.create_task(asyncio.sleep(9))\nl.run_until_complete(asyncio.sleep(0))",
      "import socket, select\na, b = socket.socketpair(); e = select.epoll(); e.register(a, 1)",
      "class C:\n def __del__(self): print('never')\nc = C(); c.c = c\nimport weakref; r = weakref.ref(c, print)",
      "import re, json, struct, array\nx = re.compile('(a+)+b'), json.dumps([1]), array.array('i', [1] * 100000)",
      "import signal\nsignal.signal(signal.SIGUSR1, print)",
      "import concurrent.futures\np = concurrent.futures.ThreadPoolExecutor(2)\np.submit(int)",
      "x = [0] * 1000000\ny = {i: str(i) for i in range(10000)}",
      "open('/dev/null').read()\nf = open('/dev/null')",
      "import atexit\natexit.register(print, 'never')",
  };
  Vm v;
  for (int round = 0; round < 2; round++) {
    for (const char *text : programs) {
      SCOPED_TRACE(text);
      v.Run(text);
      v.Reset();
    }
  }
}

TEST(Reset, HandlesEnd) {
  Vm v;
  skein_val old;
  ASSERT_EQ(SKEIN_OK, skein_eval(v.vm, "[1]", &old));
  v.Reset();
  int64_t n;
  EXPECT_EQ(SKEIN_ERR_MISUSE, skein_get_int(v.vm, old, &n));
  skein_val again;
  ASSERT_EQ(SKEIN_OK, skein_eval(v.vm, "[1]", &again));
  EXPECT_NE(old.bits, again.bits);
}

TEST(Reset, SetupRunsAgain) {
  setups = 0;
  Vm v;
  EXPECT_EQ(1, setups);
  v.Reset();
  EXPECT_EQ(2, setups);
}

TEST(Reset, SetupThatFails) {
  skein_config c;
  skein_config_init(&c);
  c.setup = [](skein_vm *vm, void *) { return skein_raise(vm, "ValueError", "no"); };
  skein_vm *vm;
  EXPECT_EQ(SKEIN_ERR_EXC, skein_vm_new(&c, &vm));
  EXPECT_EQ(nullptr, vm);
}

skein_status FromInside(skein_vm *vm, void *, const skein_val *, size_t, skein_val *) {
  EXPECT_EQ(SKEIN_ERR_MISUSE, skein_vm_reset(vm));
  EXPECT_STRNE("", skein_misuse(vm));
  skein_vm_free(vm);  // does nothing
  return SKEIN_OK;
}
TEST(Reset, NotFromInside) {
  Vm v;
  skein_val f;
  ASSERT_EQ(SKEIN_OK, skein_function(v.vm, "f", FromInside, nullptr, nullptr, &f));
  ASSERT_EQ(SKEIN_OK, skein_set_global(v.vm, "f", f));
  EXPECT_EQ(SKEIN_OK, v.Run("f()\nx = 3"));
  EXPECT_EQ(3, v.Int("x"));
  v.Reset();
}

struct Job {
  skein_job job;  // first: the address is the same
  std::vector<int> *order;
  int number;
  bool dropped;
};
void RunJob(skein_vm *vm, skein_job *job) {
  Job *j = reinterpret_cast<Job *>(job);
  j->dropped = !vm;
  j->order->push_back(j->number);
  if (vm) skein_exec(vm, "jobs = jobs + 1", 15, "<job>");
}

TEST(Jobs, RunInOrderAtTheNextSafepoint) {
  Vm v;
  std::vector<int> order;
  Job jobs[5] = {};
  EXPECT_EQ(SKEIN_OK, v.Run("jobs = 0"));
  for (int i = 0; i < 5; i++) {
    jobs[i] = {{RunJob, nullptr}, &order, i, false};
    skein_post(v.vm, &jobs[i].job);
  }
  EXPECT_EQ(SKEIN_OK, v.Run("while jobs < 5: pass"));
  EXPECT_EQ((std::vector<int>{0, 1, 2, 3, 4}), order);
}

TEST(Jobs, AreToldWhenTheVmIsGone) {
  std::vector<int> order;
  Job jobs[3] = {};
  for (int i = 0; i < 3; i++) jobs[i] = {{RunJob, nullptr}, &order, i, false};
  {
    Vm v;
    skein_post(v.vm, &jobs[0].job);
    skein_post(v.vm, &jobs[1].job);
    v.Reset();
    EXPECT_TRUE(jobs[0].dropped && jobs[1].dropped);
    skein_post(v.vm, &jobs[2].job);
  }
  EXPECT_TRUE(jobs[2].dropped);
  EXPECT_EQ((std::vector<int>{0, 1, 2}), order);
}

TEST(Jobs, WhatTheyLeavePendingIsNotTheScripts) {
  Vm v;
  skein_job job = {[](skein_vm *vm, skein_job *) { skein_raise(vm, "ValueError", "from a job"); }, nullptr};
  EXPECT_EQ(SKEIN_OK, v.Run("import sys\nseen = []\ndef hook(u): seen.append(u.exc_type)\nsys.unraisablehook = hook"));
  skein_post(v.vm, &job);
  EXPECT_EQ(SKEIN_OK, v.Run("for i in range(100000):\n if seen: break"));
  EXPECT_EQ(1, v.Int("int(seen == [ValueError])"));
}

TEST(Interrupt, Keyboard) {
  Vm v;
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    skein_interrupt(v.vm, SKEIN_STOP_KEYBOARD);
  });
  EXPECT_EQ(SKEIN_OK, v.Run("def f():\n while True: pass\ntry: f()\nexcept KeyboardInterrupt: ok = 1"));
  other.join();
  skein_interrupt(v.vm, SKEIN_STOP_KEYBOARD);
  skein_uninterrupt(v.vm);
  EXPECT_EQ(SKEIN_OK, v.Run("for i in range(100000): pass"));
}

TEST(Interrupt, Cancel) {
  Vm v;
  std::thread first([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    skein_interrupt(v.vm, SKEIN_STOP_CANCEL);
  });
  EXPECT_EQ(SKEIN_OK, v.Run("def f():\n while True: pass\ntry: f()\nexcept KeyboardInterrupt: ok = 1"));
  first.join();
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    skein_interrupt(v.vm, SKEIN_STOP_CANCEL);
  });
  EXPECT_EQ(SKEIN_OK, v.Run("import asyncio\nended = []\n"
                            "async def task(n):\n try: await asyncio.sleep(100)\n finally: ended.append(n)\n"
                            "async def main():\n async with asyncio.TaskGroup() as g:\n  for i in range(3): g.create_task(task(i))\n"
                            "try: asyncio.run(main())\nexcept asyncio.CancelledError: ended.append('all')"));
  other.join();
  EXPECT_EQ(1, v.Int("int(ended == [0, 1, 2, 'all'])"));
}

TEST(Interrupt, DumpGoesOn) {
  std::string text;
  skein_config c;
  skein_config_init(&c);
  c.write = [](void *user, int stream, const char *s, size_t n) {
    if (stream == 2) static_cast<std::string *>(user)->append(s, n);
  };
  c.write_user = &text;
  skein_vm *vm;
  ASSERT_EQ(SKEIN_OK, skein_vm_new(&c, &vm));
  skein_interrupt(vm, SKEIN_STOP_DUMP);
  std::string program = "import asyncio\nasync def main():\n t = asyncio.create_task(asyncio.sleep(0.2), name='sleeper')\n await t\nasyncio.run(main())";
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    skein_interrupt(vm, SKEIN_STOP_DUMP);
  });
  EXPECT_EQ(SKEIN_OK, skein_exec(vm, program.data(), program.size(), "<test>"));
  other.join();
  EXPECT_NE(std::string::npos, text.find("no tasks run")) << text;
  EXPECT_NE(std::string::npos, text.find("'sleeper' waits for")) << text;
  skein_vm_free(vm);
}

TEST(Config, OldAndWrongOnes) {
  skein_config c;
  skein_vm *vm;
  skein_config_init(&c);
  c.abi = 99;
  EXPECT_EQ(SKEIN_ERR_ABI, skein_vm_new(&c, &vm));
  skein_config_init(&c);
  c.size = 4;
  EXPECT_EQ(SKEIN_ERR_ABI, skein_vm_new(&c, &vm));
  skein_config_init(&c);
  c.size = offsetof(skein_config, setup);
  c.setup = [](skein_vm *, void *) { return SKEIN_ERR_EXC; };  // beyond what its header knew
  ASSERT_EQ(SKEIN_OK, skein_vm_new(&c, &vm));
  skein_vm_free(vm);
  EXPECT_EQ(SKEIN_ERR_MISUSE, skein_vm_new(nullptr, nullptr));
  EXPECT_STREQ("SKEIN_ERR_CLOSED", skein_status_name(SKEIN_ERR_CLOSED));
}

}  // namespace
