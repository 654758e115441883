/* limit.c - steps, stops, sizes, capabilities, memory from the host.  Layer 5. */
#include "vm/heap/limit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "vm/heap/vm.h"

enum { SLICE = 1 << 16 /* steps of C code between two looks */ };

void sk_charge_slow(SkVm *vm) { vm->limits.credit = vm->limits.granted = SLICE; }

void sk_stop(SkVm *vm, SkStopKind why) {
  if (vm->limits.stop == SK_STOP_NONE) vm->limits.stop = why;
  if (vm->stop_error) sk_throw(vm, sk_from_ptr(vm->stop_error));
  sk_throw_nothing(vm);
}

void sk_check_length_slow(SkVm *vm) {
  if (vm->limits.final & SK_FINAL_SIZE) sk_stop(vm, SK_STOP_LIMIT);
  vm->hooks.no_memory(vm);
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
