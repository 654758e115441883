/* loop.c - the loop: ready queue, passes, polling.  Layer 7b. */
#include "vm/task/task_impl.h"
