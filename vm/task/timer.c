/* timer.c - the binary heap of what happens at a time.  Layer 7b. */
#include "vm/task/task_impl.h"
