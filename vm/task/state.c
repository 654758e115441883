/* state.c - what the engine keeps per VM: the running loop, counters, classes.  Layer 7b. */
#include "vm/task/task_impl.h"
