/* reason.c - why something was cancelled; Cancelled instances.  Layer 7b. */
#include "vm/task/task_impl.h"
