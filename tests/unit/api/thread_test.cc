// VMs never meet: many at once, many threads, and those who interrupt from outside.  Run under --config=tsan too.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "vm/api/skein.h"

namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
const bool slow = true;
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
const bool slow = true;
#else
const bool slow = false;
#endif
#else
const bool slow = false;
#endif

skein_vm *New() {
  skein_config c;
  skein_config_init(&c);
  c.caps = SKEIN_CAP_THREADS;
  skein_vm *vm = nullptr;
  EXPECT_EQ(SKEIN_OK, skein_vm_new(&c, &vm));
  return vm;
}

int64_t Sum(skein_vm *vm, int n) {
  std::string e = "sum(x * x for x in range(" + std::to_string(n) + "))";
  skein_val v;
  int64_t out = -1;
  if (skein_eval(vm, e.c_str(), &v) == SKEIN_OK) skein_get_int(vm, v, &out);
  return out;
}

TEST(Many, AliveAtOnce) {
  const int count = slow ? 50 : 1000;
  std::vector<skein_vm *> vms;
  for (int i = 0; i < count; i++) vms.push_back(New());
  for (int round = 0; round < 2; round++)
    for (int i = 0; i < count; i++) EXPECT_EQ(i ? (i - 1) * int64_t(i) * (2 * i - 1) / 6 : 0, Sum(vms[i], i));
  for (skein_vm *vm : vms) skein_vm_free(vm);
}

TEST(Many, LivesInThreads) {
  const char *asked = getenv("SKEIN_LIVES");
  const int lives = asked ? atoi(asked) : slow ? 5 : 50;
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int t = 0; t < 16; t++)
    threads.emplace_back([&] {
      for (int i = 0; i < lives; i++) {
        skein_vm *vm = New();
        if (Sum(vm, 10) == 285 && skein_exec(vm, "import json, re\nx = json.dumps([1.5, 'a', {}])", 46, "<test>") == SKEIN_OK) good++;
        if (i % 4 == 0 && skein_vm_reset(vm) == SKEIN_OK && Sum(vm, 3) == 5) good++;
        skein_vm_free(vm);
      }
    });
  for (std::thread &t : threads) t.join();
  EXPECT_EQ(16 * (lives + (lives + 3) / 4), good);
}

void RunJob(skein_vm *vm, skein_job *job) {
  if (vm) skein_exec(vm, "n = n + 1", 9, "<job>");
  delete job;
}

TEST(Outside, InterruptsAndJobsWhileItRuns) {
  skein_vm *vm = New();
  std::atomic<bool> end{false};
  std::vector<std::thread> others;
  ASSERT_EQ(SKEIN_OK, skein_exec(vm, "n = 0", 5, "<test>"));
  for (int t = 0; t < 4; t++)
    others.emplace_back([&] {
      for (int i = 0; i < 50; i++) skein_post(vm, new skein_job{RunJob, nullptr});
    });
  EXPECT_EQ(SKEIN_OK, skein_exec(vm, "while n < 200: pass", 19, "<test>"));
  for (std::thread &t : others) t.join();
  others.clear();
  std::thread killer([&] {
    while (!end) {
      skein_interrupt(vm, SKEIN_STOP_KILL);
      std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
  });
  for (int i = 0; i < (slow ? 10 : 100); i++) { // a reset while somebody interrupts
    skein_exec(vm, "while True: pass", 16, "<test>");
    skein_vm_reset(vm);
  }
  end = true;
  killer.join();
  skein_vm_reset(vm);
  EXPECT_EQ(285, Sum(vm, 10));
  skein_vm_free(vm);
}

TEST(Outside, KilledWithThreadsOfItsOwn) {
  for (int i = 0; i < (slow ? 3 : 20); i++) {
    skein_vm *vm = New();
    std::thread killer([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      skein_interrupt(vm, SKEIN_STOP_KILL);
    });
    std::string text = "import threading\ndef f():\n while True:\n  try: [i for i in range(100)]\n  except BaseException: pass\n"
                       "for i in range(4): threading.Thread(target=f).start()\nf()";
    EXPECT_EQ(SKEIN_ERR_INTERRUPTED, skein_exec(vm, text.data(), text.size(), "<test>"));
    killer.join();
    if (i % 2) {
      EXPECT_EQ(SKEIN_OK, skein_vm_reset(vm));
      EXPECT_EQ(285, Sum(vm, 10));
    }
    skein_vm_free(vm);
  }
}

}  // namespace
