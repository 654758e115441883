/* stdio.h - the standard streams.  Layer 8. */
#ifndef SK_STDLIB_STDIO_H
#define SK_STDLIB_STDIO_H

#include "vm/heap/vm.h"

void sk_stdio_init(SkVm *vm); /* sets sys.stdin, stdout, stderr */

#endif
