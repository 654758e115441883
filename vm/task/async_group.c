/* async_group.c - asyncio.TaskGroup: edge-triggered, passes and counts as in CPython 3.13 (E4).  Layer 7b. */
#include "vm/task/task_impl.h"
