/* aio_module.c - the module _aio: asyncio's primitives written in C.  Layer 7b. */
#include "vm/task/aio_impl.h"

static void add_type(SkVm *vm, SkModule *m, const SkTypeDef *def) {
  sk_module_add(vm, m, strrchr(def->name, '.') + 1, sk_from_ptr(sk_library_type(vm, def)));
}

static void aio_init(SkVm *vm, SkModule *m) {
  add_type(vm, m, &sk_async_group_type);
  add_type(vm, m, &sk_async_timeout_type);
  add_type(vm, m, &aio_event_type);
  add_type(vm, m, &aio_lock_type);
  add_type(vm, m, &aio_semaphore_type);
  sk_module_add(vm, m, "BoundedSemaphore", sk_from_ptr(aio_bounded_semaphore(vm)));
  add_type(vm, m, &aio_queue_type);
  sk_module_add(vm, m, "QueueEmpty", sk_from_ptr(vm->types[SK_T_QueueEmpty]));
  sk_module_add(vm, m, "QueueFull", sk_from_ptr(vm->types[SK_T_QueueFull]));
  sk_module_add(vm, m, "QueueShutDown", sk_from_ptr(vm->types[SK_T_QueueShutDown]));
}

static const SkNativeDef *const aio_functions[] = {&aio_sleep_def, &aio_timeout_def, &aio_timeout_at_def, NULL};

const SkModuleDef sk_aio_module = {"_aio", "Primitives of asyncio.", aio_functions, aio_init};
