/* deadlock.c - all tasks wait and nothing can wake them: the report (D1-D4).  Layer 7b. */
#include "vm/task/task_impl.h"
