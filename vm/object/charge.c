/* charge.c - large copies in slices, so that a stop may come between.  Layer 6. */
#include "vm/object/charge.h"

void sk_copy_slices(SkVm *vm, void *to, const void *from, size_t n) {
  for (size_t done = 0, more; done < n; done += more) {
    more = n - done < SK_COPY_SLICE ? n - done : SK_COPY_SLICE;
    sk_charge_bytes(vm, more);
    memcpy((char *)to + done, (const char *)from + done, more);
  }
}

/* What is there is doubled until it is a good slice, and then copied again and again. */
void sk_repeat(SkVm *vm, void *to, size_t unit, size_t total) {
  char *p = to;
  size_t ready = unit;
  for (size_t done = unit, more; done < total; done += more) {
    if (ready < SK_COPY_SLICE) ready = done;
    more = ready < total - done ? ready : total - done;
    if (done > SK_COPY_SLICE && more <= SK_COPY_SLICE) sk_charge_bytes(vm, more);
    sk_copy(vm, p + done, p, more);
  }
}
