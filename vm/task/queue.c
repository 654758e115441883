/* queue.c - asyncio.Queue: the fast core that the Python variants subclass.  Layer 7b. */
#include "vm/task/task_impl.h"
