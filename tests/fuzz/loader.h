/* loader.h - what the two drivers of the loader fuzzer share: a VM that is used again and again, mutations of frozen code. */
#ifndef SK_TESTS_FUZZ_LOADER_H
#define SK_TESTS_FUZZ_LOADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* xorshift64*: the same numbers everywhere. */
typedef struct Random { uint64_t state; } Random;
uint64_t random_next(Random *r);
uint32_t random_below(Random *r, uint32_t n); /* 0 when n is 0 */

typedef struct LoaderStats { uint64_t executions, loaded, run, finished; } LoaderStats;
extern LoaderStats loader_stats;

void loader_start(void);
void loader_stop(void);
/* One execution: loads the bytes, and runs what loads when |run|. */
void loader_execute(const void *bytes, size_t n, bool run);
/* Source text as frozen code, to be freed; NULL: does not compile. */
void *loader_compile(const char *source, size_t length, size_t *n);

/* mutate.c: changes a few things in an image of |n| bytes and repairs its head; returns the new size, at most |room|. */
size_t image_mutate(uint8_t *image, size_t n, size_t room, Random *random);

#endif
