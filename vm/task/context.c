/* context.c - contexts: persistent maps from variables to values; snapshots shared by tasks.  Layer 7b. */
#include "vm/task/task_impl.h"
