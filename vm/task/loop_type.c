/* loop_type.c - the loop as the Python faces drive it.  Layer 7b. */
#include "vm/task/task_impl.h"
