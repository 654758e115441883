/* stress.h - what only the stress build heeds.  Layer 5. */
#ifndef SK_HEAP_STRESS_H
#define SK_HEAP_STRESS_H

#include "vm/heap/value.h"

SK_C_BEGIN

/* The stress build collects at every allocation; between +1 and -1 at one in 32 (while the library's own modules load). */
void sk_gc_stress_sparsely(SkVm *vm, int delta);

SK_C_END

#endif
