/* aio_module.c - the module _aio: asyncio primitives written in C.  Layer 7b. */
#include "vm/task/task_impl.h"

const SkModuleDef sk_aio_module = {"_aio", "Primitives of asyncio.", NULL, NULL};
