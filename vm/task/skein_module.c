/* skein_module.c - the module _skein: the native face (TaskGroup, CancelScope, channel ...).  Layer 7b. */
#include "vm/task/task_impl.h"

const SkModuleDef sk_skein_module = {"_skein", "The native face of tasks.", NULL, NULL};
