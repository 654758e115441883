/* semaphore.c - asyncio.Semaphore and BoundedSemaphore.  Layer 7b. */
#include "vm/task/task_impl.h"
