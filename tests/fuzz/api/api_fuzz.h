/* api_fuzz.h - one random program of API calls, from bytes. */
#ifndef SKEIN_TESTS_FUZZ_API_H
#define SKEIN_TESTS_FUZZ_API_H

#include <stddef.h>
#include <stdint.h>

/* Every byte sequence is a program; VMs live on from one to the next and are reset or made anew when a program says so. */
void api_fuzz(const uint8_t *bytes, size_t n);
void api_fuzz_end(void);

#endif
