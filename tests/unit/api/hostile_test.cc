// Programs that would never end or take everything (hostile.def): each is stopped by each limit that fits it, soon, and
// afterwards the same VM computes.
#include <time.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

#include "gtest/gtest.h"
#include "vm/api/skein.h"

namespace {

enum Kind { kEndless, kWaits, HEAP, HEAP_ENDS, SIZE, SIZE_ENDS, DEPTH, DEPTH_ENDS, TASKS, TASKS_ENDS };

struct Row {
  int line;
  Kind kind;
  skein_status status;
  const char *source;
};

const Row kRows[] = {
#define ENDLESS(source) {__LINE__, kEndless, SKEIN_OK, source},
#define WAITS(source) {__LINE__, kWaits, SKEIN_OK, source},
#define BOUND(limits, status, source) {__LINE__, limits, status, source},
#include "tests/unit/api/hostile.def"
};

double Clock(clockid_t which) {
  timespec t;
  clock_gettime(which, &t);
  return double(t.tv_sec) + double(t.tv_nsec) * 1e-9;
}

// The hunting builds are slower, and collect or check at every turn.
double Patience() {
  const char *hunt = getenv("SKEIN_HUNT");
  if (!hunt) return 1;
  return strcmp(hunt, "stress") == 0 ? 400 : 40;
}

void Quiet(void *, int, const char *, size_t) {}

skein_limits Limits() {
  skein_limits l;
  skein_limits_init(&l);
  return l;
}

class Hostile : public testing::Test {
 protected:
  void SetUp() override {
    skein_config c;
    skein_config_init(&c);
    c.caps = SKEIN_CAP_ALL;
    c.write = Quiet;
    ASSERT_EQ(SKEIN_OK, skein_vm_new(&c, &vm_));
    if (const char *only = getenv("HOSTILE_ROW")) only_ = atoi(only);
  }
  void TearDown() override { skein_vm_free(vm_); }

  bool Wanted(const Row &row) const { return !only_ || row.line == only_; }

  // Runs |row| and says how long it took beyond |allowed| seconds, of the clock or of this thread, whichever is less.
  skein_status Run(const Row &row, const skein_limits &l, double allowed, double *late) {
    if (getenv("HOSTILE_SHOW")) fprintf(stderr, "%d: %s\n", row.line, row.source);
    if (strncmp(row.source, "import ", 7) == 0) { // the library loads before the clock starts
      EXPECT_EQ(SKEIN_OK, skein_exec(vm_, row.source, strcspn(row.source, ";\n"), "<import>"));
    }
    EXPECT_EQ(SKEIN_OK, skein_set_limits(vm_, &l));
    double wall = Clock(CLOCK_MONOTONIC), cpu = Clock(CLOCK_THREAD_CPUTIME_ID);
    skein_status s = skein_exec(vm_, row.source, strlen(row.source), "<hostile>");
    wall = Clock(CLOCK_MONOTONIC) - wall - allowed;
    cpu = Clock(CLOCK_THREAD_CPUTIME_ID) - cpu - allowed;
    *late = row.kind != kWaits && cpu < wall ? cpu : wall;
    return s;
  }

  // The VM stays stopped, a reset brings it back.
  void Recover(skein_status s) {
    skein_val v;
    int64_t n = 0;
    if (s != SKEIN_OK && s != SKEIN_ERR_EXC) {
      EXPECT_EQ(s, skein_stopped(vm_));
      EXPECT_EQ(s, skein_eval(vm_, "1 + 1", &v));
    }
    ASSERT_EQ(SKEIN_OK, skein_vm_reset(vm_));
    ASSERT_EQ(SKEIN_OK, skein_eval(vm_, "1 + 1", &v));
    EXPECT_EQ(SKEIN_OK, skein_get_int(vm_, v, &n));
    EXPECT_EQ(2, n);
  }

  skein_vm *vm_ = nullptr;
  int only_ = 0;
};

const double kSoon = 0.05; // seconds

TEST_F(Hostile, ADeadlineEndsIt) {
  for (const Row &row : kRows) {
    if ((row.kind != kEndless && row.kind != kWaits) || !Wanted(row)) continue;
    SCOPED_TRACE(std::to_string(row.line) + ": " + row.source);
    skein_limits l = Limits();
    l.deadline_ns = 100000000;
    double late;
    skein_status s = Run(row, l, 0.1, &late);
    EXPECT_EQ(SKEIN_ERR_DEADLINE, s) << skein_status_name(s);
    EXPECT_LT(late, kSoon * Patience());
    Recover(s);
  }
}

TEST_F(Hostile, AKillFromAnotherThreadEndsIt) {
  for (const Row &row : kRows) {
    if ((row.kind != kEndless && row.kind != kWaits) || !Wanted(row)) continue;
    SCOPED_TRACE(std::to_string(row.line) + ": " + row.source);
    std::atomic<double> killed{0};
    std::thread killer([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      killed = Clock(CLOCK_MONOTONIC);
      skein_interrupt(vm_, SKEIN_STOP_KILL);
    });
    double late;
    skein_status s = Run(row, Limits(), 0, &late);
    double after = Clock(CLOCK_MONOTONIC) - killed;
    killer.join();
    EXPECT_EQ(SKEIN_ERR_INTERRUPTED, s) << skein_status_name(s);
    EXPECT_LT(after < late ? after : late, 4 * kSoon * Patience()); // the machine may be busy with others
    Recover(s);
  }
}

TEST_F(Hostile, FuelEndsIt) {
  for (const Row &row : kRows) {
    if (row.kind != kEndless || !Wanted(row)) continue;
    SCOPED_TRACE(std::to_string(row.line) + ": " + row.source);
    skein_limits l = Limits();
    l.fuel = Patience() > 1 ? 100000 : 2000000;
    double late;
    skein_status s = Run(row, l, 0, &late);
    EXPECT_EQ(SKEIN_ERR_FUEL, s) << skein_status_name(s);
    EXPECT_LT(late, 2 * Patience()); // a step is never more than a microsecond
    Recover(s);
  }
}

void Bound(const Row &row, skein_limits *l) {
  switch (row.kind) {
    case HEAP_ENDS: l->final = SKEIN_FINAL_HEAP; l->heap = 16 << 20; break;
    case HEAP: l->final = 0; l->heap = 16 << 20; break;
    case SIZE_ENDS: l->final = SKEIN_FINAL_SIZE; l->length = 1 << 20; break;
    case SIZE: l->final = 0; l->length = 1 << 20; break;
    case DEPTH_ENDS: l->final = SKEIN_FINAL_DEPTH; l->depth = 200; break;
    case DEPTH: l->final = 0; l->depth = 200; break;
    case TASKS_ENDS: l->final = SKEIN_FINAL_TASKS; l->tasks = 100; break;
    case TASKS: l->final = 0; l->tasks = 100; break;
    default: break;
  }
}

TEST_F(Hostile, OtherLimitsHold) {
  for (const Row &row : kRows) {
    if (row.kind == kEndless || row.kind == kWaits || !Wanted(row)) continue;
    SCOPED_TRACE(std::to_string(row.line) + ": " + row.source);
    skein_limits l = Limits();
    l.deadline_ns = uint64_t(20e9 * Patience());
    Bound(row, &l);
    double late;
    skein_status s = Run(row, l, 0, &late);
    EXPECT_EQ(row.status, s) << skein_status_name(s);
    EXPECT_LT(late, 2 * Patience());
    Recover(s);
  }
}

} // namespace
