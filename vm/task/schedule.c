/* schedule.c - -X sched=SEED: ready tasks in another order, to find what depends on it (T6).  Layer 7b.
 *
 * SEED is a number, or nothing for one of the day.  It is printed, so that an order that showed a bug can be had again.  Only the
 * steps of a pass change places among each other: callbacks keep their order, which asyncio promises.
 */
#include <stdio.h>
#include <time.h>

#include "vm/task/task_impl.h"

static uint64_t next_random(SkLoop *l) {
  uint64_t x = l->sched_seed;
  x ^= x << 13, x ^= x >> 7, x ^= x << 17;
  return l->sched_seed = x;
}

static bool is_step(SkValue v) { return sk_is_task(v) && !sk_future_done(sk_as_future(v)); }

void schedule_permute(SkLoop *l, uint32_t n) {
  size_t mask = l->ready->count - 1;
  for (uint32_t i = n; i-- > 1;) {
    SkValue *a = &l->ready->items[(l->ready_first + i) & mask];
    if (!is_step(*a)) continue;
    SkValue *b = &l->ready->items[(l->ready_first + next_random(l) % (i + 1)) & mask];
    if (!is_step(*b)) continue;
    SkValue v = *a;
    *a = *b;
    *b = v;
  }
}

static uint64_t seed_of(SkVm *vm, SkValue option) {
  int64_t n;
  if (sk_is_str(option) && sscanf(sk_as_str(option)->data, "%lld", (long long *)&n) == 1) return (uint64_t)n;
  if (sk_is_str(option)) sk_raise_value(vm, "-X sched=SEED: SEED must be a number, not %R", option);
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (uint64_t)(now.tv_nsec % 100000);
}

void schedule_take_option(SkVm *vm, SkLoop *l) {
  SkValue options = sk_dict_get_cstr(vm, vm->sys->dict, "_xoptions");
  if (!sk_is_dict(options)) return;
  SkValue option = sk_dict_get_cstr(vm, sk_as_dict(options), "sched");
  if (sk_is_unset(option)) return;
  uint64_t seed = seed_of(vm, option);
  if (!sk_is_str(option)) fprintf(stderr, "skein: -X sched=%llu\n", (unsigned long long)seed);
  l->sched_seed = (seed + 1) * 0x9E3779B97F4A7C15u; /* never 0: the generator would stay there */
  if (!l->sched_seed) l->sched_seed = 1;
}
