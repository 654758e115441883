/* channel.c - memory channels.  Layer 7b. */
#include "vm/task/task_impl.h"
