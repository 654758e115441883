/* future_type.c - asyncio.Future as scripts see it.  Layer 7b. */
#include "vm/task/task_impl.h"
