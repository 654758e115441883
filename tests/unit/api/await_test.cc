// await_test.cc - async functions of the host: settled at once, later, from other threads, cancelled, outlived by the host.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "vm/api/skein.h"

namespace {

// What a host function leaves for the test.
struct Desk {
  std::vector<skein_await *> open;
  std::atomic<int> cancelled{0}, dropped{0};
  bool at_once = false;
};

skein_status Begin(skein_vm *vm, void *user, const skein_val *args, size_t n, skein_await *await) {
  Desk *desk = static_cast<Desk *>(user);
  skein_await_on_cancel(await, [](void *u) { static_cast<Desk *>(u)->cancelled++; }, desk);
  if (!desk->at_once) {
    desk->open.push_back(await);
    return SKEIN_OK;
  }
  EXPECT_EQ(skein_await_resolve(await, n ? args[0] : skein_none(vm)), SKEIN_OK);
  EXPECT_EQ(skein_await_resolve(await, skein_none(vm)), SKEIN_ERR_CLOSED);
  skein_await_release(await);
  return SKEIN_OK;
}

class AwaitTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(skein_vm_new(nullptr, &vm_), SKEIN_OK);
    Define("fetch(x)", Begin, &desk_);
    Exec("import asyncio\nlog = []\n"
         "async def get(x):\n"
         "  try: return await fetch(x)\n"
         "  except BaseException as e:\n    log.append(repr(e))\n    raise\n");
  }
  void TearDown() override { skein_vm_free(vm_); }

  void Define(const char *signature, skein_async_fn begin, void *user) {
    ASSERT_EQ(skein_def_async(vm_, skein_val{0}, signature, begin, user, nullptr), SKEIN_OK) << Error();
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
  skein_run Steps() {
    skein_run r = SKEIN_RUN_READY;
    for (int i = 0; i < 10000 && r == SKEIN_RUN_READY; i++) r = skein_step(vm_, 0, nullptr);
    return r;
  }
  std::string RunUntil(skein_val task) {
    skein_val v;
    skein_status s = skein_run_until(vm_, task, &v);
    return s == SKEIN_OK ? Repr(v) : s == SKEIN_ERR_EXC ? Error() : skein_status_text(s);
  }
  static std::string skein_status_text(skein_status s) { return "status " + std::to_string(s); }

  Desk desk_;
  skein_vm *vm_ = nullptr;
};

TEST_F(AwaitTest, IsACoroutineFunction) {
  Exec("import inspect\n");
  EXPECT_EQ(Repr(Eval("inspect.iscoroutinefunction(fetch), asyncio.iscoroutinefunction(fetch), fetch.__name__")), "(True, True, 'fetch')");
  EXPECT_EQ(Repr(Eval("(lambda c: (inspect.iscoroutine(c), c.__name__, c.close()))(fetch(1))")), "(True, 'fetch', None)");
  EXPECT_TRUE(desk_.open.empty());  // nothing begins before it is awaited
}

TEST_F(AwaitTest, MayBeSettledBeforeBeginReturns) {
  desk_.at_once = true;
  EXPECT_EQ(RunUntil(Spawn("get('now')")), "'now'");
  EXPECT_EQ(Repr(Eval("asyncio.run(get(5))")), "5");  // in a loop of the script's, too
}

TEST_F(AwaitTest, IsResolvedLater) {
  skein_val t = Spawn("get(1)");
  EXPECT_EQ(Steps(), SKEIN_RUN_WAIT);
  ASSERT_EQ(desk_.open.size(), 1u);
  EXPECT_EQ(skein_await_vm(desk_.open[0]), vm_);
  EXPECT_EQ(skein_await_resolve(desk_.open[0], skein_int(vm_, 7)), SKEIN_OK);
  EXPECT_EQ(skein_await_reject(desk_.open[0], skein_none(vm_)), SKEIN_ERR_CLOSED);
  skein_await_release(desk_.open[0]);
  EXPECT_EQ(Steps(), SKEIN_RUN_IDLE);
  EXPECT_EQ(RunUntil(t), "7");
  EXPECT_EQ(desk_.cancelled, 0);
}

TEST_F(AwaitTest, IsRejected) {
  skein_val t = Spawn("get(1)"), e;
  Steps();
  EXPECT_EQ(skein_await_reject(desk_.open[0], skein_none(vm_)), SKEIN_ERR_MISUSE);
  e = Eval("ConnectionError('down')");
  EXPECT_EQ(skein_await_reject(desk_.open[0], e), SKEIN_OK);
  skein_await_release(desk_.open[0]);
  EXPECT_EQ(RunUntil(t), "ConnectionError: down");
}

TEST_F(AwaitTest, BeginMayFail) {
  auto fails = [](skein_vm *vm, void *, const skein_val *, size_t, skein_await *) { return skein_raise(vm, "OSError", "no"); };
  auto lies = [](skein_vm *, void *, const skein_val *, size_t, skein_await *) { return SKEIN_ERR_NOMEM; };
  Define("fails()", fails, nullptr);
  Define("lies()", lies, nullptr);
  Exec("async def call(f): return await f()\n");
  EXPECT_EQ(RunUntil(Spawn("call(fails)")), "OSError: no");
  EXPECT_EQ(RunUntil(Spawn("call(lies)")).substr(0, 12), "SystemError:");
}

TEST_F(AwaitTest, ACancelTellsTheHostOnce) {
  skein_val t = Spawn("get(1)");
  Steps();
  ASSERT_EQ(skein_task_cancel(vm_, t, "enough"), SKEIN_OK);
  EXPECT_EQ(desk_.cancelled, 1);
  EXPECT_EQ(skein_await_resolve(desk_.open[0], skein_none(vm_)), SKEIN_ERR_CLOSED);
  Steps();
  EXPECT_EQ(skein_await_resolve(desk_.open[0], skein_none(vm_)), SKEIN_ERR_CLOSED);
  skein_await_release(desk_.open[0]);
  EXPECT_EQ(desk_.cancelled, 1);
  EXPECT_EQ(Repr(Eval("log")), "[\"CancelledError('enough')\"]");
}

TEST_F(AwaitTest, ATimeoutCancelsIt) {
  Exec("import skein\nasync def f():\n  with skein.move_on_after(0.01): await fetch(1)\n  return 'moved on'\n");
  EXPECT_EQ(RunUntil(Spawn("f()")), "'moved on'");
  EXPECT_EQ(desk_.cancelled, 1);
  skein_await_release(desk_.open[0]);
}

TEST_F(AwaitTest, ACancelledScopeBeginsNothing) {
  Exec("import skein\nasync def f():\n  with skein.CancelScope() as s:\n    s.cancel()\n    await fetch(1)\n  return 'left'\n");
  EXPECT_EQ(RunUntil(Spawn("f()")), "'left'");
  EXPECT_TRUE(desk_.open.empty());
}

TEST_F(AwaitTest, TheVmMayEndFirst) {
  Spawn("get(1)");
  Steps();
  skein_vm_free(vm_);
  vm_ = nullptr;
  EXPECT_EQ(desk_.cancelled, 1);
  EXPECT_EQ(skein_await_vm(desk_.open[0]), nullptr);
  EXPECT_EQ(skein_await_resolve(desk_.open[0], skein_val{0}), SKEIN_ERR_CLOSED);
  skein_await_release(desk_.open[0]);
}

TEST_F(AwaitTest, APendingOneIsNoDeadlock) {
  skein_val t = Spawn("get(1)");
  Steps();
  std::thread worker([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    skein_await_settle(desk_.open[0], [](skein_vm *vm, void *, skein_val *out) { return *out = skein_int(vm, 9), SKEIN_OK; }, nullptr);
  });
  EXPECT_EQ(RunUntil(t), "9");
  worker.join();
}

// ---- other threads ----

struct Work { skein_await *await; int64_t n; std::atomic<int> *dropped; };

skein_status Make(skein_vm *vm, void *arg, skein_val *out) {
  Work *w = static_cast<Work *>(arg);
  skein_status s = SKEIN_OK;
  if (!vm) (*w->dropped)++;
  else if (w->n % 5 == 0) s = skein_raise(vm, "ValueError", "five");
  else *out = skein_int(vm, w->n);
  delete w;
  return s;
}

struct Pool {
  std::vector<std::thread> threads;
  std::atomic<int> dropped{0}, cancelled{0};
};

skein_status BeginInThread(skein_vm *vm, void *user, const skein_val *args, size_t, skein_await *await) {
  Pool *pool = static_cast<Pool *>(user);
  int64_t n;
  if (skein_get_int(vm, args[0], &n) != SKEIN_OK) return SKEIN_ERR_EXC;
  skein_await_on_cancel(await, [](void *u) { static_cast<Pool *>(u)->cancelled++; }, pool);
  Work *w = new Work{await, n, &pool->dropped};
  pool->threads.emplace_back([w, n] {
    std::this_thread::sleep_for(std::chrono::microseconds(100 * (n % 7)));
    skein_await_settle(w->await, Make, w);
  });
  return SKEIN_OK;
}

TEST_F(AwaitTest, ThreadsSettle) {
  Pool pool;
  Define("work(n)", BeginInThread, &pool);
  Exec("async def one(n):\n  try: return await work(n)\n  except ValueError as e: return str(e)\n"
       "async def all_of(n): return [await t for t in [asyncio.create_task(one(i)) for i in range(n)]]\n");
  EXPECT_EQ(RunUntil(Spawn("all_of(40)")),
            "['five', 1, 2, 3, 4, 'five', 6, 7, 8, 9, 'five', 11, 12, 13, 14, 'five', 16, 17, 18, 19, 'five', 21, 22, 23, 24, 'five', 26, 27, 28, 29, "
            "'five', 31, 32, 33, 34, 'five', 36, 37, 38, 39]");
  for (auto &t : pool.threads) t.join();
  EXPECT_EQ(pool.dropped, 0);
}

TEST_F(AwaitTest, ExactlyOneWins) {
  Pool pool;
  Define("work(n)", BeginInThread, &pool);
  Exec("import skein\nwon = lost = 0\n"
       "async def one(n):\n"
       "  global won, lost\n"
       "  with skein.move_on_after(0.0003) as s:\n    await work(n)\n    won += 1\n"
       "  lost += s.cancelled_caught\n"
       "async def race(n):\n  async with TaskGroup() as g:\n    for i in range(n): g.create_task(one(i * 5 + 1))\n");
  EXPECT_EQ(RunUntil(Spawn("race(60)")), "None");
  for (auto &t : pool.threads) t.join();
  Steps();  // the jobs of those that came too late
  EXPECT_EQ(Repr(Eval("won + lost")), "60");
  int64_t lost;
  ASSERT_EQ(skein_get_int(vm_, Eval("lost"), &lost), SKEIN_OK);
  EXPECT_EQ(pool.cancelled, lost);
  EXPECT_EQ(pool.dropped, lost);
}

TEST_F(AwaitTest, ThreadsOutliveTheVm) {
  Pool pool;
  Define("work(n)", BeginInThread, &pool);
  Exec("async def one(n): return await work(n)\n");
  for (int i = 1; i <= 20; i++) Spawn("one(" + std::to_string(i * 7 - 1) + ")");
  Steps();
  skein_vm_free(vm_);
  vm_ = nullptr;
  for (auto &t : pool.threads) t.join();
  EXPECT_EQ(pool.dropped, 20);
}

}  // namespace
