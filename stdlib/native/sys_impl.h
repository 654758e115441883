/* sys_impl.h - what the files of sys share.  Layer 8. */
#ifndef SK_STDLIB_SYS_IMPL_H
#define SK_STDLIB_SYS_IMPL_H

#include "stdlib/native/native.h"

extern const SkTypeDef sys_version_info_type, sys_float_info_type, sys_int_info_type, sys_hash_info_type, sys_flags_type;
/* An instance; |values| has one per field. */
SkValue sys_record(SkVm *vm, const SkTypeDef *def, const SkValue *values);

#endif
