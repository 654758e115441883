/* assert.c - what a failed sk_assert does (verify builds only call it).  Layer 0. */
#include <stdio.h>
#include <stdlib.h>

#include "vm/base/defs.h"

#if !SK_VERIFY
SK_NORETURN void sk_assert_failed(const char *text, const char *file, int line);
#endif

SK_NORETURN void sk_assert_failed(const char *text, const char *file, int line) {
  fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, text);
  abort();
}
