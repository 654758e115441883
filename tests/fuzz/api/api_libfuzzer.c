/* api_libfuzzer.c - the entry of libFuzzer. */
#include "tests/fuzz/api/api_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  api_fuzz(data, size);
  return 0;
}
