/* group_type.c - the builtin TaskGroup as scripts see it.  Layer 7b. */
#include "vm/task/task_impl.h"
