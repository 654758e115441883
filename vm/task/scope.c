/* scope.c - cancel scopes: the tree, level cancellation, what an exit absorbs (S1-S8).  Layer 7b. */
#include "vm/task/task_impl.h"
