/* detach.c - generators and scopes: what may stay open across a yield (Y1-Y7).  Layer 7b. */
#include "vm/task/task_impl.h"
