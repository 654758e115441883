/* import_lock.h - two threads that import one module.  Layer 8. */
#ifndef SK_STDLIB_IMPORT_LOCK_H
#define SK_STDLIB_IMPORT_LOCK_H

#include "stdlib/native/native.h"

/* This thread runs the code of module |name|, until sk_import_end. */
void sk_import_begin(SkVm *vm, SkStr *name);
void sk_import_end(SkVm *vm, SkStr *name);
/* |name| is in sys.modules: waits while another thread still runs its code. */
void sk_import_wait(SkVm *vm, SkStr *name);

#endif
