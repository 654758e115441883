/* tasks_module.c - the module _tasks: futures, tasks and loops for the Python faces.  Layer 7b. */
#include "vm/task/task_impl.h"

const SkModuleDef sk_tasks_module = {"_tasks", "Futures, tasks and loops.", NULL, NULL};
