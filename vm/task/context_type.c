/* context_type.c - contextvars.Context, ContextVar, Token as scripts see them.  Layer 7b. */
#include "vm/task/task_impl.h"

const SkModuleDef sk_contextvars_module = {"_contextvars", "Context variables.", NULL, NULL};
