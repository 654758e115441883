/* scope_type.c - CancelScope, timeout, move_on_after, fail_after as scripts see them.  Layer 7b. */
#include "vm/task/task_impl.h"
