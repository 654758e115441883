/* task.c - tasks: steps, what a step yields, endings, edge cancellation.  Layer 7b. */
#include "vm/task/task_impl.h"
