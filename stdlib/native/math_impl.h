/* math_impl.h - the function tables of the math_*.c files, joined in math.c.  Layer 8. */
#ifndef SK_STDLIB_NATIVE_MATH_IMPL_H
#define SK_STDLIB_NATIVE_MATH_IMPL_H

#include "vm/object/func.h"

/* NULL-terminated; one list for each file of the module. */
extern const SkNativeDef *const sk_math_int_functions[];
extern const SkNativeDef *const sk_math_sum_functions[];

#endif
