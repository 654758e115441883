/* loader_fuzz.c - the loader fuzzer under libFuzzer (tests/fuzz/README.md). */
#include <string.h>

#include "tests/fuzz/loader.h"

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  loader_start();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  loader_execute(bytes, n, true);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t room, unsigned int seed) {
  Random random = {((uint64_t)seed << 1 | 1) * 0x9E3779B97F4A7C15u};
  return image_mutate(bytes, n, room, &random);
}
