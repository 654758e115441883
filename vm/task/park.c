/* park.c - waiting and waking: the one way in and out of a wait.  Layer 7b. */
#include "vm/task/task_impl.h"
