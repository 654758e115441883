/* limit.c - steps, stops, sizes, capabilities, memory from the host.  Layer 5. */
#include "vm/heap/limit.h"

#include <stdlib.h>
#include <string.h>

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

void *sk_default_alloc(void *user, void *p, size_t old_size, size_t new_size, size_t align) {
  (void)user;
  (void)old_size;
  if (!new_size) {
    free(p);
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
