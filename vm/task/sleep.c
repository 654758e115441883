/* sleep.c - sleep in its three faces.  Layer 7b. */
#include "vm/task/task_impl.h"
