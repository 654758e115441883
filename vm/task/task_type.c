/* task_type.c - asyncio.Task as scripts see it.  Layer 7b. */
#include "vm/task/task_impl.h"
