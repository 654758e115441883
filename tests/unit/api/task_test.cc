// task_test.cc - tasks and groups that the host owns: outcomes, cancels, the tree as data, what is reported when nobody looks.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "vm/api/skein.h"

namespace {

class TaskTest : public testing::Test {
 protected:
  void SetUp() override {
    skein_config c;
    skein_config_init(&c);
    c.caps = SKEIN_CAP_ALL;
    c.write = [](void *to, int stream, const char *s, size_t n) { static_cast<TaskTest *>(to)->out_[stream == 2].append(s, n); };
    c.write_user = this;
    ASSERT_EQ(skein_vm_new(&c, &vm_), SKEIN_OK);
  }
  void TearDown() override { skein_vm_free(vm_); }

  void Exec(const std::string &text) { ASSERT_EQ(skein_exec(vm_, text.data(), text.size(), "<test>"), SKEIN_OK) << Error(); }

  skein_val Eval(const std::string &expression) {
    skein_val v = {0};
    EXPECT_EQ(skein_eval(vm_, expression.c_str(), &v), SKEIN_OK) << expression << ": " << Error();
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

  skein_val Spawn(const std::string &expression, const char *name = nullptr) {
    skein_val task = {0};
    EXPECT_EQ(skein_spawn(vm_, Eval(expression), name, &task), SKEIN_OK) << Error();
    return task;
  }

  // Steps until nothing more happens by itself.
  skein_run Steps(int most = 10000) {
    skein_run r = SKEIN_RUN_READY;
    for (int i = 0; i < most && r == SKEIN_RUN_READY; i++) r = skein_step(vm_, 0, nullptr);
    return r;
  }

  // "value", "Type: message" or "pending".
  std::string Outcome(skein_val task) {
    skein_val v;
    bool done;
    skein_status s = skein_task_result(vm_, task, &v, &done);
    if (s == SKEIN_ERR_EXC) return Error();
    if (s != SKEIN_OK) return skein_misuse(vm_);
    return done ? Repr(v) : "pending";
  }

  std::string RunUntil(skein_val task) {
    skein_val v;
    skein_status s = skein_run_until(vm_, task, &v);
    return s == SKEIN_OK ? Repr(v) : s == SKEIN_ERR_EXC ? Error() : skein_misuse(vm_);
  }

  skein_vm *vm_ = nullptr;
  std::string out_[2];
};

// ---- one task ----

TEST_F(TaskTest, HasAValue) {
  Exec("import asyncio\nasync def f(x):\n  await asyncio.sleep(0)\n  return x * 2\n");
  skein_val t = Spawn("f(21)", "twice");
  EXPECT_EQ(Outcome(t), "pending");
  EXPECT_EQ(skein_step(vm_, 0, nullptr), SKEIN_RUN_READY);  // a pass each
  EXPECT_EQ(skein_step(vm_, 0, nullptr), SKEIN_RUN_IDLE);
  EXPECT_EQ(Outcome(t), "42");
  EXPECT_EQ(RunUntil(t), "42");  // it is done already
}

TEST_F(TaskTest, HasAnError) {
  Exec("async def f(): raise KeyError('k')\n");
  skein_val t = Spawn("f()");
  EXPECT_EQ(Steps(), SKEIN_RUN_IDLE);
  EXPECT_EQ(Outcome(t), "KeyError: 'k'");
  EXPECT_EQ(RunUntil(t), "KeyError: 'k'");
}

TEST_F(TaskTest, AnyAwaitableWillDoAndNothingElse) {
  Exec("class A:\n  def __await__(self):\n    yield\n    return 'awaited'\n"
       "import skein\n");
  EXPECT_EQ(RunUntil(Spawn("A()")), "'awaited'");
  EXPECT_EQ(RunUntil(Spawn("skein.sleep(0)")), "None");

}

TEST_F(TaskTest, WhatIsNoCoroutineIsRefused) {
  skein_val task;
  EXPECT_EQ(skein_spawn(vm_, Eval("1"), nullptr, &task), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "TypeError: object int can't be used in 'await' expression");
  EXPECT_EQ(task.bits, 0u);
  EXPECT_EQ(skein_spawn(vm_, skein_val{0}, nullptr, &task), SKEIN_ERR_MISUSE);
  bool done;
  EXPECT_EQ(skein_task_result(vm_, Eval("1"), &task, &done), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_run_until(vm_, Eval("1"), &task), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_task_cancel(vm_, Eval("None"), "x"), SKEIN_ERR_MISUSE);
}

TEST_F(TaskTest, IsCancelledForAReason) {
  Exec("import asyncio\nlog = []\n"
       "async def f():\n"
       "  try: await asyncio.sleep(1000)\n"
       "  except asyncio.CancelledError as e:\n    log.append(e.args)\n    raise\n"
       "  finally: log.append('end')\n");
  skein_val t = Spawn("f()");
  EXPECT_EQ(Steps(), SKEIN_RUN_WAIT);
  EXPECT_EQ(skein_task_cancel(vm_, t, "enough"), SKEIN_OK);
  EXPECT_EQ(Outcome(t), "pending");
  EXPECT_EQ(Steps(), SKEIN_RUN_IDLE);
  EXPECT_NE(Outcome(t).find("CancelledError: enough"), std::string::npos) << Outcome(t);
  EXPECT_EQ(Repr(Eval("log")), "[('enough',), 'end']");
  EXPECT_EQ(skein_task_cancel(vm_, t, nullptr), SKEIN_OK);  // too late is no error
}

TEST_F(TaskTest, TellsWhenItIsDone) {
  Exec("import asyncio\nasync def f(x):\n  await asyncio.sleep(0)\n  return x\n");
  std::vector<std::string> seen;
  struct To { TaskTest *test; std::vector<std::string> *seen; } to = {this, &seen};
  auto done = [](skein_vm *vm, void *user, skein_val task) {
    skein_val v, text;
    bool is_done = false;
    const char *s = "?";
    skein_task_result(vm, task, &v, &is_done);
    if (is_done && skein_repr(vm, v, &text) == SKEIN_OK) skein_get_str(vm, text, &s, nullptr);
    static_cast<To *>(user)->seen->push_back(s);
  };
  skein_val a = Spawn("f('a')"), b = Spawn("f('b')");
  ASSERT_EQ(skein_task_on_done(vm_, a, done, &to), SKEIN_OK);
  ASSERT_EQ(skein_task_on_done(vm_, b, done, &to), SKEIN_OK);
  EXPECT_EQ(Steps(), SKEIN_RUN_IDLE);
  EXPECT_EQ(seen, (std::vector<std::string>{"'a'", "'b'"}));
  ASSERT_EQ(skein_task_on_done(vm_, a, done, &to), SKEIN_OK);  // it has ended: in the next step
  EXPECT_EQ(seen.size(), 2u);
  Steps();
  EXPECT_EQ(seen.size(), 3u);
}

// ---- errors that nobody looks at ----

TEST_F(TaskTest, AnErrorThatNobodyLookedAtIsReported) {
  Exec("import sys\nseen = []\nsys.unraisablehook = lambda u: seen.append(repr(u.exc_value))\nasync def f(n): raise ValueError(n)\n");
  for (int i = 0; i < 50; i++) {
    skein_scope scope = skein_scope_open(vm_);
    Spawn("f(" + std::to_string(i) + ")");
    skein_scope_close(vm_, scope);
    Steps();
  }
  for (int i = 0; i < 3; i++) skein_gc(vm_);
  int64_t n = 0;
  ASSERT_EQ(skein_get_int(vm_, Eval("len(seen)"), &n), SKEIN_OK);
  EXPECT_GE(n, 45);  // a stale word of the stack may keep some
}

TEST_F(TaskTest, TheEndOfTheVmReportsWhatIsLeft) {
  Exec("async def f(): raise ValueError('left')\n");
  skein_val looked = Spawn("f()", "looked"), left = Spawn("f()", "left alone");
  Steps();
  EXPECT_EQ(Outcome(looked), "ValueError: left");
  (void)left;
  skein_vm_free(vm_);
  vm_ = nullptr;
  EXPECT_EQ(out_[1], "Error that nobody looked at, in left alone: ValueError: left\n");
}

TEST_F(TaskTest, SystemExitStaysInItsTask) {
  Exec("import asyncio\nasync def f(e):\n  await asyncio.sleep(0)\n  raise e\n");
  skein_val a = Spawn("f(SystemExit(3))"), b = Spawn("f(KeyboardInterrupt())"), c = Spawn("f(ValueError(1))");
  EXPECT_EQ(Steps(), SKEIN_RUN_IDLE);
  EXPECT_EQ(Outcome(a), "SystemExit: 3");
  EXPECT_EQ(Outcome(b), "KeyboardInterrupt: ");
  EXPECT_EQ(Outcome(c), "ValueError: 1");
}

// ---- waiting for it ----

TEST_F(TaskTest, RunUntilRunsTheOthersToo) {
  Exec("import asyncio\nlog = []\n"
       "async def f(name, n):\n  for i in range(n):\n    log.append(name)\n    await asyncio.sleep(0.001)\n  return name\n");
  skein_val a = Spawn("f('a', 2)"), b = Spawn("f('b', 4)");
  EXPECT_EQ(RunUntil(b), "'b'");
  EXPECT_EQ(Outcome(a), "'a'");
  EXPECT_EQ(Repr(Eval("sorted(log)")), "['a', 'a', 'b', 'b', 'b', 'b']");
}

TEST_F(TaskTest, DeadlockIsAnErrorAndTheTasksStay) {
  Exec("import asyncio, skein\nevent = None\n"
       "async def f():\n  global event\n  event = skein.Event()\n  await event.wait()\n  return 'went on'\n");
  skein_val t = Spawn("f()", "stuck");
  std::string error = RunUntil(t);
  EXPECT_EQ(error.find("skein.DeadlockError: the only task is blocked and nothing can wake it:"), 0u) << error;
  EXPECT_NE(error.find("task 'stuck' waits for Event.wait at <test>:6"), std::string::npos) << error;
  EXPECT_EQ(Outcome(t), "pending");
  Exec("event.set()\n");
  EXPECT_EQ(RunUntil(t), "'went on'");
}

TEST_F(TaskTest, LoopsDontMix) {
  skein_val step;
  auto fn = [](skein_vm *vm, void *, const skein_val *, size_t, skein_val *out) {
    *out = skein_int(vm, skein_step(vm, 0, nullptr));
    return SKEIN_OK;
  };
  ASSERT_EQ(skein_function(vm_, "step", fn, nullptr, nullptr, &step), SKEIN_OK);
  ASSERT_EQ(skein_set_global(vm_, "step", step), SKEIN_OK);
  Exec("import asyncio, skein\nasync def inner(): return step()\n"
       "async def nested():\n  try: asyncio.run(inner())\n  except RuntimeError as e: return str(e)\n");
  EXPECT_EQ(RunUntil(Spawn("inner()")), "0");  // SKEIN_RUN_IDLE, and a misuse
  EXPECT_STREQ(skein_misuse(vm_), "an event loop is running already");
  EXPECT_EQ(RunUntil(Spawn("nested()")), "'asyncio.run() cannot be called from a running event loop'");
  EXPECT_EQ(Repr(Eval("asyncio.run(inner())")), "0");  // outside of tasks it is a loop of its own
  EXPECT_EQ(Repr(Eval("skein.run(inner())")), "0");
}

TEST_F(TaskTest, AwaitAtTheTopSharesTheLoopWithTheHostsTasks) {
  Exec("import asyncio, skein\nlog = []\n"
       "async def ping(send):\n  for i in range(3):\n    await send.send(i)\n  log.append('ping ends')\n");
  Exec("send, receive = skein.channel(0)\n");
  skein_val t = Spawn("ping(send)");
  Exec("for i in range(3):\n  log.append(await receive.receive())\n");  // what it awaits comes from the host's task
  EXPECT_EQ(RunUntil(t), "None");
  EXPECT_EQ(Repr(Eval("log")), "[0, 1, 2, 'ping ends']");
  const std::string wrong = "await skein.sleep(0)\nraise LookupError('top')\n";
  EXPECT_EQ(skein_exec(vm_, wrong.data(), wrong.size(), "<test>"), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "LookupError: top");
}

TEST_F(TaskTest, AsyncGeneratorsThatWereLeftAreClosed) {
  Exec("import asyncio, gc\nlog = []\n"
       "async def gen():\n  try:\n    yield 1\n    yield 2\n  finally:\n    await asyncio.sleep(0)\n    log.append('closed')\n"
       "async def f():\n  async for x in gen():\n    break\n");
  EXPECT_EQ(RunUntil(Spawn("f()")), "None");
  for (int i = 0; i < 3; i++) {
    skein_gc(vm_);
    Steps();
  }
  EXPECT_EQ(Repr(Eval("log")), "['closed']");
}

// ---- groups ----

TEST_F(TaskTest, AGroupJoinsItsTasks) {
  Exec("import asyncio\nasync def f(x):\n  await asyncio.sleep(0.001 * x)\n  return x\n");
  skein_val g, join, tasks[3];
  ASSERT_EQ(skein_group_open(vm_, "jobs", &g), SKEIN_OK) << Error();
  EXPECT_EQ(Repr(g), "<TaskGroup 'jobs' entered>");
  for (int i = 0; i < 3; i++) ASSERT_EQ(skein_group_spawn(vm_, g, Eval("f(" + std::to_string(i) + ")"), nullptr, &tasks[i]), SKEIN_OK) << Error();
  Steps();
  ASSERT_EQ(skein_group_join(vm_, g, &join), SKEIN_OK);
  EXPECT_EQ(RunUntil(join), "None");
  for (int i = 0; i < 3; i++) EXPECT_EQ(Outcome(tasks[i]), std::to_string(i));
  skein_val late;
  EXPECT_EQ(skein_group_spawn(vm_, g, Eval("f(0)"), nullptr, &late), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "RuntimeError: TaskGroup <TaskGroup 'jobs' finished> is finished");
  ASSERT_EQ(skein_group_join(vm_, g, &join), SKEIN_OK);  // again: the same task
  EXPECT_EQ(Outcome(join), "None");
}

TEST_F(TaskTest, AnErrorCancelsTheSiblingsAndAllErrorsComeTogether) {
  Exec("import asyncio\nlog = []\n"
       "async def bad(n):\n  await asyncio.sleep(0)\n  raise ValueError(n)\n"
       "async def waits():\n  try: await asyncio.sleep(1000)\n  finally: log.append('cancelled')\n"
       "async def worse():\n  try: await asyncio.sleep(1000)\n  finally: raise OSError('cleanup')\n");
  skein_val g, join, t;
  ASSERT_EQ(skein_group_open(vm_, "jobs", &g), SKEIN_OK);
  for (const char *e : {"waits()", "bad(1)", "bad(2)", "worse()"}) ASSERT_EQ(skein_group_spawn(vm_, g, Eval(e), e, &t), SKEIN_OK);
  ASSERT_EQ(skein_group_join(vm_, g, &join), SKEIN_OK);
  skein_val v;
  ASSERT_EQ(skein_run_until(vm_, join, &v), SKEIN_ERR_EXC);
  skein_val e = skein_exc_take(vm_);
  EXPECT_EQ(Repr(e), "ExceptionGroup(\"unhandled errors in the TaskGroup 'jobs'\", [ValueError(1), ValueError(2), OSError('cleanup')])");
  EXPECT_EQ(Repr(Eval("log")), "['cancelled']");
}

TEST_F(TaskTest, AGroupEndsByItselfWhenItFails) {
  Exec("async def bad(): raise ValueError('early')\n");
  skein_val g, join, t;
  ASSERT_EQ(skein_group_open(vm_, nullptr, &g), SKEIN_OK);
  ASSERT_EQ(skein_group_spawn(vm_, g, Eval("bad()"), nullptr, &t), SKEIN_OK);
  EXPECT_EQ(Steps(), SKEIN_RUN_IDLE);
  ASSERT_EQ(skein_group_join(vm_, g, &join), SKEIN_OK);
  EXPECT_EQ(Outcome(join), "ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)");
}

TEST_F(TaskTest, AGroupThatNobodyJoinedLosesNoError) {
  Exec("async def bad(): raise ValueError('lost?')\n");
  skein_val g, t;
  ASSERT_EQ(skein_group_open(vm_, "forgotten", &g), SKEIN_OK);
  ASSERT_EQ(skein_group_spawn(vm_, g, Eval("bad()"), nullptr, &t), SKEIN_OK);
  Steps();
  skein_vm_free(vm_);
  vm_ = nullptr;
  EXPECT_NE(out_[1].find("unhandled errors in the TaskGroup 'forgotten'"), std::string::npos) << out_[1];
}

TEST_F(TaskTest, AGroupIsCancelled) {
  Exec("import skein\nlog = []\n"
       "async def f():\n  try: await skein.sleep(1000)\n  except BaseException as e:\n    log.append(str(e))\n    raise\n");
  skein_val g, join, t;
  ASSERT_EQ(skein_group_open(vm_, "jobs", &g), SKEIN_OK);
  ASSERT_EQ(skein_group_spawn(vm_, g, Eval("f()"), nullptr, &t), SKEIN_OK);
  Steps();
  ASSERT_EQ(skein_group_cancel(vm_, g, "the host is tired"), SKEIN_OK);
  ASSERT_EQ(skein_group_join(vm_, g, &join), SKEIN_OK);
  EXPECT_EQ(RunUntil(join), "None");
  EXPECT_NE(Repr(Eval("log")).find("the host is tired"), std::string::npos) << Repr(Eval("log"));
  EXPECT_EQ(skein_group_join(vm_, Eval("TaskGroup()"), &join), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "TypeError: <TaskGroup> is not a group of the host");
}

// ---- the tree as data ----

struct Row { std::string text; uint64_t id, parent; };

bool Visit(void *user, const skein_task_info *t) {
  std::string s(t->depth * 2, ' ');
  s += std::string(t->name) + " " + t->state;
  if (t->group) s += std::string(" in ") + t->group;
  if (t->waiting_for) s += std::string(" for ") + t->waiting_for;
  if (t->at.function) s += std::string(" at ") + t->at.function + ":" + std::to_string(t->at.line);
  static_cast<std::vector<Row> *>(user)->push_back({s, t->id, t->parent});
  return static_cast<std::vector<Row> *>(user)->size() < 10;
}

TEST_F(TaskTest, TheTreeIsData) {
  Exec("import asyncio, skein\n"
       "async def leaf(event):\n  await event.wait()\n"
       "async def root():\n"
       "  event = skein.Event()\n"
       "  async with TaskGroup(name='pair') as g:\n"
       "    g.create_task(leaf(event), name='one')\n"
       "    g.create_task(leaf(event), name='two')\n"
       "async def fresh(): pass\n");
  Spawn("root()", "root");
  Steps();
  Spawn("fresh()", "fresh");
  std::vector<Row> rows;
  ASSERT_EQ(skein_task_walk(vm_, Visit, &rows), SKEIN_OK) << Error();
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].text, "root waiting for 2 tasks of the TaskGroup 'pair' at root:6");
  EXPECT_EQ(rows[1].text, "  one waiting in pair for Event.wait at leaf:3");
  EXPECT_EQ(rows[2].text, "  two waiting in pair for Event.wait at leaf:3");
  EXPECT_EQ(rows[3].text, "fresh new at fresh:9");
  EXPECT_EQ(rows[0].parent, 0u);
  EXPECT_EQ(rows[1].parent, rows[0].id);
  EXPECT_EQ(rows[2].parent, rows[0].id);
}

TEST_F(TaskTest, TheTreeNamesTheHostsGroups) {
  Exec("import skein\nasync def f(): await skein.sleep(1000)\n");
  skein_val g, t;
  ASSERT_EQ(skein_group_open(vm_, "jobs", &g), SKEIN_OK);
  ASSERT_EQ(skein_group_spawn(vm_, g, Eval("f()"), "job", &t), SKEIN_OK);
  Steps();
  ASSERT_EQ(skein_task_cancel(vm_, t, nullptr), SKEIN_OK);
  std::vector<Row> rows;
  ASSERT_EQ(skein_task_walk(vm_, Visit, &rows), SKEIN_OK);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].text, "host waiting for the host");
  EXPECT_EQ(rows[1].text, "  job cancelling in jobs at f:2");
}

}  // namespace
