/* handle.c - handles of call_soon, call_later: a callback in the queue or the heap.  Layer 7b. */
#include "vm/task/task_impl.h"
