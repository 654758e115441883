// loop_test.cc - the VM's loop inside a host's own: epoll and libuv, with timers, another thread that settles awaits, posted jobs.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "vm/api/skein.h"
#if __has_include(<uv.h>)
#include <uv.h>
#endif

namespace {

constexpr uint64_t kForever = UINT64_MAX;

class LoopTest : public testing::Test {
 protected:
  void SetUp() override {
    skein_config c;
    skein_config_init(&c);
    c.caps = SKEIN_CAP_ALL;
    ASSERT_EQ(skein_vm_new(&c, &vm_), SKEIN_OK);
    Exec("import asyncio, skein\nlog = []\n");
  }
  void TearDown() override {
    for (auto &t : threads_) t.join();
    skein_vm_free(vm_);
  }
  void Exec(const std::string &text) { ASSERT_EQ(skein_exec(vm_, text.data(), text.size(), "<test>"), SKEIN_OK) << Error(); }
  skein_val Eval(const std::string &e) {
    skein_val v = {0};
    EXPECT_EQ(skein_eval(vm_, e.c_str(), &v), SKEIN_OK) << e << ": " << Error();
    return v;
  }
  std::string Repr(skein_val v) {
    skein_val text;
    const char *s = "?";
    if (skein_repr(vm_, v, &text) != SKEIN_OK || skein_get_str(vm_, text, &s, nullptr) != SKEIN_OK) return "?";
    return s;
  }
  std::string Error() {
    skein_val e = skein_exc_take(vm_);
    return e.bits ? std::string(skein_exc_type(vm_, e)) + ": " + skein_exc_message(vm_, e) : "no error";
  }
  skein_val Spawn(const std::string &e) {
    skein_val task = {0};
    EXPECT_EQ(skein_spawn(vm_, Eval(e), nullptr, &task), SKEIN_OK) << Error();
    return task;
  }
  bool Readable(int ms = 0) {
    pollfd p = {skein_poll_fd(vm_), POLLIN, 0};
    return poll(&p, 1, ms) == 1;
  }
  // The whole of a host's loop: steps, and waits on the descriptor in between.  Milliseconds it took; -1: it hung.
  int Host(int epoll) {
    auto start = std::chrono::steady_clock::now();
    for (;;) {
      uint64_t wait;
      skein_run r = skein_step(vm_, 1000000, &wait);
      int ms = static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count());
      if (r == SKEIN_RUN_IDLE) return ms;
      if (ms > 20000) return -1;
      if (r == SKEIN_RUN_READY) continue;
      epoll_event e;
      epoll_wait(epoll, &e, 1, wait == kForever ? 15000 : static_cast<int>((wait + 999999) / 1000000));
      waits_++;
    }
  }
  void DefineWork() {
    auto begin = [](skein_vm *, void *user, const skein_val *, size_t, skein_await *await) {
      static_cast<LoopTest *>(user)->threads_.emplace_back([await] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        skein_await_settle(await, [](skein_vm *vm, void *, skein_val *out) {
          if (vm) *out = skein_int(vm, 5);
          return SKEIN_OK;
        }, nullptr);
      });
      return SKEIN_OK;
    };
    ASSERT_EQ(skein_def_async(vm_, skein_val{0}, "work()", begin, this, nullptr), SKEIN_OK);
  }

  skein_vm *vm_ = nullptr;
  std::vector<std::thread> threads_;
  int waits_ = 0;
};

TEST_F(LoopTest, StepsTellHowLongToWait) {
  uint64_t wait = 0;
  EXPECT_EQ(skein_step(vm_, 0, &wait), SKEIN_RUN_IDLE);
  EXPECT_EQ(wait, kForever);
  Exec("async def rest(): await skein.sleep(0.5)\n");
  Spawn("rest()");
  EXPECT_EQ(skein_step(vm_, 0, &wait), SKEIN_RUN_WAIT);
  EXPECT_GT(wait, 300000000u);
  EXPECT_LE(wait, 500000000u);
  Exec("async def turns(n):\n  for i in range(n): await skein.sleep(0)\n");
  Spawn("turns(3)");
  EXPECT_EQ(skein_step(vm_, 0, &wait), SKEIN_RUN_READY);
  EXPECT_EQ(wait, 0u);
  EXPECT_EQ(skein_step(vm_, 1000000000, &wait), SKEIN_RUN_WAIT);  // all turns in one step
}

TEST_F(LoopTest, ABudgetEndsAStep) {
  Exec("async def busy():\n  while True: await skein.sleep(0)\n");
  Spawn("busy()");
  auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(skein_step(vm_, 20000000, nullptr), SKEIN_RUN_READY);
  auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
  EXPECT_GE(ms, 20);
  EXPECT_LT(ms, 2000);
}

TEST_F(LoopTest, TheDescriptorTellsWhatACallMadeReady) {
  Exec("event = skein.Event()\nasync def f():\n  await event.wait()\n  log.append('set')\n");
  Spawn("f()");
  EXPECT_EQ(skein_step(vm_, 1000000, nullptr), SKEIN_RUN_WAIT);
  ASSERT_GE(skein_poll_fd(vm_), 0);
  skein_step(vm_, 0, nullptr);
  EXPECT_FALSE(Readable());
  Exec("event.set()\n");
  EXPECT_TRUE(Readable());
  EXPECT_EQ(skein_step(vm_, 1000000, nullptr), SKEIN_RUN_IDLE);
  EXPECT_FALSE(Readable());
  EXPECT_EQ(Repr(Eval("log")), "['set']");
}

TEST_F(LoopTest, TheDescriptorTellsOfSockets) {
  Exec("import socket\na, b = socket.socketpair()\na.setblocking(False)\nb.setblocking(False)\n"
       "async def f():\n  log.append(await asyncio.get_running_loop().sock_recv(a, 10))\n");
  Spawn("f()");
  while (skein_step(vm_, 1000000, nullptr) == SKEIN_RUN_READY) {
  }
  EXPECT_FALSE(Readable());
  Exec("b.send(b'hello')\n");
  EXPECT_TRUE(Readable(1000));
  for (int i = 0; i < 10; i++) skein_step(vm_, 1000000, nullptr);
  EXPECT_EQ(Repr(Eval("log")), "[b'hello']");
}

TEST_F(LoopTest, JobsOfOtherThreadsMakeItReadable) {
  struct Mine { skein_job job; std::atomic<int> ran; } mine = {{}, {0}};
  mine.job.run = [](skein_vm *vm, skein_job *job) {
    if (vm && skein_exec(vm, "log.append('job')", 17, nullptr) == SKEIN_OK) reinterpret_cast<Mine *>(job)->ran++;
  };
  ASSERT_GE(skein_poll_fd(vm_), 0);
  skein_step(vm_, 0, nullptr);
  EXPECT_FALSE(Readable());
  std::thread other([&] { skein_post(vm_, &mine.job); });
  EXPECT_TRUE(Readable(5000));
  other.join();
  skein_step(vm_, 0, nullptr);
  EXPECT_EQ(mine.ran, 1);
  EXPECT_EQ(Repr(Eval("log")), "['job']");
}

TEST_F(LoopTest, LivesInEpoll) {
  DefineWork();
  Exec("async def f(n):\n  await skein.sleep(0.005 * n)\n  log.append(await work())\n");
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  epoll_event e = {};
  e.events = EPOLLIN;
  ASSERT_EQ(epoll_ctl(epoll, EPOLL_CTL_ADD, skein_poll_fd(vm_), &e), 0);
  for (int i = 0; i < 4; i++) Spawn("f(" + std::to_string(i) + ")");
  int ms = Host(epoll);
  EXPECT_GE(ms, 30);
  EXPECT_LT(ms, 10000);
  EXPECT_EQ(Repr(Eval("log")), "[5, 5, 5, 5]");
  EXPECT_LT(waits_, 200);  // it sleeps, it does not spin
  close(epoll);
}

TEST_F(LoopTest, AnotherThreadInterruptsTheMainTask) {
  Exec("async def f():\n  try: await skein.sleep(1000)\n  except KeyboardInterrupt:\n    log.append('interrupted')\n    return 'cleaned up'\n");
  skein_val t = Spawn("f()"), v;
  std::thread other([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    skein_interrupt(vm_, SKEIN_STOP_KEYBOARD);
  });
  ASSERT_EQ(skein_run_until(vm_, t, &v), SKEIN_OK) << Error();
  other.join();
  EXPECT_EQ(Repr(v), "'cleaned up'");
}

TEST_F(LoopTest, AnotherThreadCancelsAll) {
  Exec("async def f():\n  try: await skein.sleep(1000)\n  finally: log.append('cleanup')\n");
  skein_val t = Spawn("f()"), u = Spawn("f()"), v;
  std::thread other([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    skein_interrupt(vm_, SKEIN_STOP_CANCEL);
  });
  EXPECT_EQ(skein_run_until(vm_, t, &v), SKEIN_ERR_EXC);
  EXPECT_NE(Error().find("Cancelled"), std::string::npos);
  EXPECT_EQ(skein_run_until(vm_, u, &v), SKEIN_ERR_EXC);
  other.join();
  EXPECT_EQ(Repr(Eval("log")), "['cleanup', 'cleanup']");
}

#if __has_include(<uv.h>)
// The VM as a guest of libuv: a watch on its descriptor, a timer, nothing else.
struct Guest {
  uv_poll_t poll;
  uv_timer_t timer;
  skein_vm *vm;
  int steps;

  static void Step(Guest *g) {
    uint64_t wait;
    skein_run r = skein_step(g->vm, 1000000, &wait);
    g->steps++;
    if (r == SKEIN_RUN_IDLE || r == SKEIN_RUN_STOPPED) {
      uv_poll_stop(&g->poll);
      uv_timer_stop(&g->timer);
    } else if (wait != kForever) {
      uv_timer_start(&g->timer, [](uv_timer_t *t) { Step(static_cast<Guest *>(t->data)); }, (wait + 999999) / 1000000, 0);
    } else {
      uv_timer_stop(&g->timer);
    }
  }
};

TEST_F(LoopTest, LivesInLibuv) {
  DefineWork();
  Exec("async def f(n):\n  await skein.sleep(0.005 * n)\n  log.append(await work())\n  log.append(await asyncio.to_thread(lambda: 6))\n");
  uv_loop_t loop;
  ASSERT_EQ(uv_loop_init(&loop), 0);
  Guest g = {};
  g.vm = vm_;
  uv_poll_init(&loop, &g.poll, skein_poll_fd(vm_));
  uv_timer_init(&loop, &g.timer);
  g.poll.data = g.timer.data = &g;
  uv_poll_start(&g.poll, UV_READABLE, [](uv_poll_t *p, int, int) { Guest::Step(static_cast<Guest *>(p->data)); });
  for (int i = 0; i < 4; i++) Spawn("f(" + std::to_string(i) + ")");
  Guest::Step(&g);
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(Repr(Eval("sorted(log)")), "[5, 5, 5, 5, 6, 6, 6, 6]");
  EXPECT_LT(g.steps, 1000);
  uv_close(reinterpret_cast<uv_handle_t *>(&g.poll), nullptr);
  uv_close(reinterpret_cast<uv_handle_t *>(&g.timer), nullptr);
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(uv_loop_close(&loop), 0);
}
#endif

}  // namespace
