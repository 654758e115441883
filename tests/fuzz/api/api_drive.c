/* api_drive.c - runs programs from its own generator:  api_drive [-n programs] [-s seed] [-t seconds] [-v]
 *
 * Program i depends on seed and i, and on the VMs that the programs before it left: "-s SEED -n I" repeats a failure. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/fuzz/api/api_fuzz.h"

static uint64_t next(uint64_t *s) {
  *s ^= *s << 13;
  *s ^= *s >> 7;
  *s ^= *s << 17;
  return *s * UINT64_C(0x2545F4914F6CDD1D);
}

int main(int argc, char **argv) {
  uint64_t programs = 10000, seed = 1, seconds = 0, verbose = 0;
  for (int i = 1; i < argc; i++) {
    uint64_t value = i + 1 < argc ? strtoull(argv[i + 1], NULL, 0) : 0;
    if (!strcmp(argv[i], "-n")) programs = value, i++;
    else if (!strcmp(argv[i], "-s")) seed = value, i++;
    else if (!strcmp(argv[i], "-t")) seconds = value, i++;
    else if (!strcmp(argv[i], "-v")) verbose = 1;
  }
  time_t end = time(NULL) + (time_t)seconds;
  uint64_t done = 0;
  for (; done < programs && !(seconds && time(NULL) >= end); done++) {
    uint64_t state = (seed * UINT64_C(0x9E3779B97F4A7C15)) ^ (done + 1);
    uint8_t bytes[512];
    for (int i = 0; i < 4; i++) next(&state);
    size_t n = 32 + next(&state) % (sizeof bytes - 32);
    for (size_t i = 0; i < n; i++) bytes[i] = (uint8_t)(next(&state) >> 32);
    if (verbose) fprintf(stderr, "%llu\n", (unsigned long long)done);
    api_fuzz(bytes, n);
    if (done % 10000 == 9999) fprintf(stderr, "%llu programs\n", (unsigned long long)(done + 1));
  }
  api_fuzz_end();
  printf("%llu programs, seed %llu\n", (unsigned long long)done, (unsigned long long)seed);
  return 0;
}
