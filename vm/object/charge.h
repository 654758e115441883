/* charge.h - charging work that is spread over a loop or a large copy (vm/heap/limit.h says what a step is).  Layer 6.
 *
 * What allocates more than a few kilobytes has been charged for it by the heap; what is here serves work that goes on for so
 * long that the clock must be looked at in between, and loops that allocate little or nothing.
 */
#ifndef SK_OBJECT_CHARGE_H
#define SK_OBJECT_CHARGE_H

#include <string.h>

#include "vm/heap/vm.h"

SK_C_BEGIN

/* A turn of a loop whose turns cost a few nanoseconds each; |n| is a size_t of the caller that counts them. */
#define SK_TURN(vm, n) (SK_UNLIKELY((++(n) & 1023) == 0) ? sk_charge((vm), 128) : (void)0)

/* memcpy, and a repetition of the first |unit| bytes of |to| until |total| are filled: long ones in charged slices. */
enum { SK_COPY_SLICE = 1 << 18 };
void sk_copy_slices(SkVm *vm, void *to, const void *from, size_t n);
SK_INLINE void sk_copy(SkVm *vm, void *to, const void *from, size_t n) {
  if (SK_UNLIKELY(n > SK_COPY_SLICE)) sk_copy_slices(vm, to, from, n);
  else memcpy(to, from, n);
}
void sk_repeat(SkVm *vm, void *to, size_t unit, size_t total);

SK_C_END

#endif
