/* async_timeout.c - asyncio.timeout: edge-triggered deadlines (E4).  Layer 7b. */
#include "vm/task/task_impl.h"
