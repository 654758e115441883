/* descriptor.c - which descriptors of the process scripts of this VM have opened.  Layer 5. */
#include <stdio.h>
#include <string.h>

#include "vm/heap/vm.h"

enum { MOST = 1 << 20 };

static bool room_for(SkVm *vm, uint32_t word) {
  SkLimits *l = &vm->limits;
  if (word < l->descriptor_words) return true;
  uint32_t words = word + 8;
  uint64_t *more = sk_mem_grow(vm, l->descriptors, l->descriptor_words * sizeof *more, words * sizeof *more);
  if (!more) return false;
  memset(more + l->descriptor_words, 0, (words - l->descriptor_words) * sizeof *more);
  l->descriptors = more;
  l->descriptor_words = words;
  return true;
}

void sk_fd_made(SkVm *vm, int fd) {
  if (fd >= 0 && fd < MOST && room_for(vm, (uint32_t)fd / 64)) vm->limits.descriptors[fd / 64] |= UINT64_C(1) << (fd % 64);
}

void sk_fd_gone(SkVm *vm, int fd) {
  if (fd >= 0 && (uint32_t)fd / 64 < vm->limits.descriptor_words) vm->limits.descriptors[fd / 64] &= ~(UINT64_C(1) << (fd % 64));
}

static bool made_here(const SkVm *vm, int fd) {
  return fd >= 0 && (uint32_t)fd / 64 < vm->limits.descriptor_words && vm->limits.descriptors[fd / 64] >> (fd % 64) & 1;
}

void sk_need_fd(SkVm *vm, int fd) {
  if (fd < 0 || sk_may(vm, SK_CAP_PROCESS) || made_here(vm, fd)) return;
  char what[32];
  snprintf(what, sizeof what, "descriptor %d", fd);
  sk_need(vm, SK_CAP_PROCESS, what);
}

void sk_fds_free(SkVm *vm) {
  sk_mem_free(vm, vm->limits.descriptors, vm->limits.descriptor_words * sizeof(uint64_t));
  vm->limits.descriptors = NULL;
  vm->limits.descriptor_words = 0;
}
