/* event.c - asyncio.Event.  Layer 7b. */
#include "vm/task/task_impl.h"
