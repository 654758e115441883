/* limit.c - steps, stops, sizes, capabilities, memory from the host.  Layer 5. */
#include "vm/heap/limit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "vm/heap/vm.h"

enum { SLICE = SK_TINY ? 50 : 4096 /* steps between two looks: microseconds, unless each of them is a long one */ };

/* ---- the account ---- */

static int64_t now(void) {
  struct timespec ts;
  clock_gettime(CLOCK_MONOTONIC, &ts);
  return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

void sk_limits_start(SkVm *vm, uint64_t fuel, uint64_t nanoseconds) {
  SkLimits *l = &vm->limits;
  l->credit = l->floor = 0;
  l->granted = 0;
  l->fuel = fuel;
  l->deadline = nanoseconds ? now() : 0;
  if (nanoseconds) l->deadline = nanoseconds < (uint64_t)(INT64_MAX - l->deadline) ? l->deadline + (int64_t)nanoseconds : INT64_MAX;
}

uint64_t sk_steps_taken(const SkVm *vm) { return vm->limits.granted - (uint64_t)vm->limits.credit; }

bool sk_time_is_over(const SkVm *vm) { return vm->limits.deadline && now() >= vm->limits.deadline; }

int64_t sk_limits_until(const SkVm *vm, int64_t until) {
  int64_t deadline = vm->limits.deadline;
  return deadline && (until < 0 || until > deadline) ? deadline : until;
}

/* Fuel that is left, besides the credit: more than any credit when there is no limit. */
static int64_t beyond(const SkLimits *l) { return l->fuel < INT64_MAX / 4 ? (int64_t)l->fuel : INT64_MAX / 4; }

static void look(SkVm *vm) {
  SkLimits *l = &vm->limits;
  if (sk_stopped(vm)) sk_stop(vm, l->stop);
  if (l->credit + beyond(l) < 0) sk_stop(vm, SK_STOP_FUEL);
  if (sk_interrupts(vm) & SK_INTERRUPT_KILL) sk_stop(vm, SK_STOP_KILL);
  if (sk_time_is_over(vm)) sk_stop(vm, SK_STOP_DEADLINE);
}

/* The loop's own poll stays due: the credit is left below zero. */
void sk_charge_slow(SkVm *vm) {
  SkLimits *l = &vm->limits;
  look(vm);
  int64_t low = l->credit - SLICE, least = -beyond(l);
  l->floor = low > least ? low : least;
  if (l->floor > 0) l->floor = 0;
}

void sk_limits_look(SkVm *vm) {
  SkLimits *l = &vm->limits;
  look(vm);
  int64_t more = SLICE - l->credit, most = beyond(l);
  if (more > most) more = most;
  if (more > 0) {
    l->credit += more;
    l->granted += (uint64_t)more;
    if (l->fuel != UINT64_MAX) l->fuel -= (uint64_t)more;
  }
  most = beyond(l);
  l->floor = most < SLICE ? -most : -SLICE;
}

void sk_stop(SkVm *vm, SkStopKind why) {
  SkLimits *l = &vm->limits;
  if (l->stop == SK_STOP_NONE) l->stop = why;
  /* From now on every step and every charge looks. */
  l->granted -= (uint64_t)l->credit + 1;
  l->credit = -1;
  l->floor = 0;
  if (vm->stop_error) sk_throw(vm, sk_from_ptr(vm->stop_error));
  sk_throw_nothing(vm);
}

void sk_check_length_slow(SkVm *vm) {
  if (vm->limits.final & SK_FINAL_SIZE) sk_stop(vm, SK_STOP_LIMIT);
  sk_throw(vm, sk_from_ptr(vm->memory_error));
}

void sk_need(SkVm *vm, uint32_t cap, const char *what) {
  if (!vm->hooks.denied) return;
  if (!sk_may(vm, cap) || (vm->hooks.allowed && !vm->hooks.allowed(vm, cap, what))) vm->hooks.denied(vm, cap, what);
}

/* ---- memory ---- */

/* More is mapped than is wanted, and the ends are given back. */
static void *map_aligned(size_t bytes, size_t align) {
  size_t more = align > SK_PAGE ? align : 0;
  char *p = mmap(NULL, bytes + more, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) return NULL;
  char *start = (char *)(((uintptr_t)p + align - 1) & ~(uintptr_t)(align - 1)), *end = p + bytes + more;
  if (start > p) munmap(p, (size_t)(start - p));
  if (end > start + bytes) munmap(start + bytes, (size_t)(end - (start + bytes)));
  return start;
}

void *sk_default_alloc(void *user, void *p, size_t old_size, size_t new_size, size_t align) {
  (void)user;
  if (align >= SK_PAGE && !p) return map_aligned(new_size, align);
  if (!new_size) {
    if (align >= SK_PAGE) munmap(p, old_size);
    else free(p);
    return NULL;
  }
  if (p || align <= 16) return realloc(p, new_size);
  return aligned_alloc(align, (new_size + align - 1) & ~(align - 1));
}

void *sk_mem_new(SkVm *vm, size_t bytes) {
  void *p = vm->alloc(vm->alloc_user, NULL, 0, bytes, 16);
  return p ? memset(p, 0, bytes) : NULL;
}

void *sk_mem_grow(SkVm *vm, void *p, size_t old_bytes, size_t new_bytes) { return vm->alloc(vm->alloc_user, p, old_bytes, new_bytes, 16); }

void sk_mem_free(SkVm *vm, void *p, size_t bytes) {
  if (p) vm->alloc(vm->alloc_user, p, bytes, 0, 16);
}

bool sk_mem_is_system(const SkVm *vm) { return vm->alloc == sk_default_alloc; }

void *sk_mem_map(SkVm *vm, size_t bytes, size_t align) {
  void *p = vm->alloc(vm->alloc_user, NULL, 0, bytes, align);
  if (p && !sk_mem_is_system(vm)) memset(p, 0, bytes);
  return p;
}

void sk_mem_unmap(SkVm *vm, void *p, size_t bytes, size_t align) { vm->alloc(vm->alloc_user, p, bytes, 0, align); }
