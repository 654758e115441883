/* select_impl.h - what the files of the select module share.  Layer 8. */
#ifndef SK_STDLIB_SELECT_IMPL_H
#define SK_STDLIB_SELECT_IMPL_H

#include "stdlib/native/native.h"
#include "stdlib/native/native_type.h"
#include "vm/run/thread.h"

int select_fd(SkVm *vm, SkValue v);  /* a descriptor, or what its fileno() says */

/* When to stop waiting: nanoseconds of the monotonic clock; NEVER has no end. */
#define SELECT_NEVER INT64_MAX
int64_t select_deadline(SkVm *vm, int64_t ns_from_now);
int64_t select_left(int64_t deadline);       /* nanoseconds, >= 0 */
int select_left_ms(int64_t deadline);        /* rounded up; -1: no end */
/* A number of units of |unit_ns| as nanoseconds, rounded up; OverflowError. */
int64_t select_timeout(SkVm *vm, SkValue timeout, double unit_ns);

void select_add_epoll(SkVm *vm, SkModule *m);

#endif
