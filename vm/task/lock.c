/* lock.c - asyncio.Lock.  Layer 7b. */
#include "vm/task/task_impl.h"
