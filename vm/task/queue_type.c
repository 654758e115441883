/* queue_type.c - the class asyncio.Queue.  Layer 7b. */
#include "vm/task/aio_queue.h"

SK_NATIVE(queue_init_hook, "_init(self, maxsize)", NULL) {
  (void)vm;
  AioQueue *q = queue_of(args[0]);
  q->storage = SK_UNSET;
  q->ring = NULL;
  q->start = q->count = 0;
  return SK_NONE;
}
SK_NATIVE(queue_get_hook, "_get(self)", NULL) { return queue_get_stock(vm, queue_of(args[0])); }
SK_NATIVE(queue_put_hook, "_put(self, item)", NULL) {
  queue_put_stock(vm, queue_of(args[0]), args[1]);
  return SK_NONE;
}
SK_NATIVE(queue_qsize, "qsize(self)", "How many items there are.") { return sk_int_new(vm, queue_size_stock(vm, queue_of(args[0]))); }
SK_NATIVE(queue_empty_m, "empty(self)", "Whether there is no item.") { return sk_bool(queue_empty_stock(vm, queue_of(args[0]))); }
SK_NATIVE(queue_full_m, "full(self)", "Whether there are maxsize items.") { return sk_bool(queue_full_stock(vm, queue_of(args[0]))); }
SK_NATIVE(queue_put_nowait, "put_nowait(self, item)", "Put an item in, or raise QueueFull.") {
  queue_put_now(vm, queue_of(args[0]), args[1]);
  return SK_NONE;
}
SK_NATIVE(queue_get_nowait, "get_nowait(self)", "Take an item out, or raise QueueEmpty.") { return queue_get_now(vm, queue_of(args[0])); }

/* ---- birth ----------------------------------------------------------------------------------------------------------------- */

typedef struct Hook { uint32_t bit; const char *name; const SkNativeDef *def; } Hook;
static const Hook hooks[] = {
    {QUEUE_INIT, "_init", &queue_init_hook_def}, {QUEUE_GET, "_get", &queue_get_hook_def}, {QUEUE_PUT, "_put", &queue_put_hook_def},
    {QUEUE_SIZE, "qsize", &queue_qsize_def}, {QUEUE_EMPTY, "empty", &queue_empty_m_def}, {QUEUE_FULL, "full", &queue_full_m_def},
    {QUEUE_GET_NOWAIT, "get_nowait", &queue_get_nowait_def}, {QUEUE_PUT_NOWAIT, "put_nowait", &queue_put_nowait_def}};

static uint32_t hooks_of(SkVm *vm, SkType *cls) {
  if (cls == sk_library_type(vm, &aio_queue_type)) return 0;
  uint32_t bits = 0;
  for (size_t i = 0; i < sizeof hooks / sizeof hooks[0]; i++) {
    if (aio_overrides(vm, cls, hooks[i].name, hooks[i].def)) bits |= hooks[i].bit;
  }
  return bits;
}

static SkValue queue_new(SkVm *vm, const SkValue *args) {
  SkType *cls = (SkType *)sk_ptr(args[0]);
  AioQueue *q = sk_object_new(vm, cls, 0);
  q->loop = SK_NONE;
  q->storage = SK_UNSET;
  q->hooks = hooks_of(vm, cls);
  AioEvent *finished = aio_event_new(vm);
  finished->set = true;
  sk_write_ptr(vm, q, &q->finished, finished);
  return sk_from_ptr(q);
}
static const SkNativeDef queue_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, queue_new};

static SkValue queue_init(SkVm *vm, const SkValue *args) {
  aio_refuse_loop(vm, args[0], args[2]);
  AioQueue *q = queue_of(args[0]);
  sk_write(vm, q, &q->maxsize, args[1]);
  q->unfinished = 0;
  q->finished->set = true;
  q->shut = false;
  if (q->hooks & QUEUE_INIT) sk_call_method1(vm, args[0], sk_intern(vm, "_init"), args[1]);
  else queue_init_hook(vm, args);
  return SK_NONE;
}
static const SkNativeDef queue_init_def = {"__init__(self, maxsize=0, *, loop=?)", NULL, queue_init};

/* ---- the other methods --------------------------------------------------------------------------------------------------------- */

SK_NATIVE(queue_put, "async put(self, item)", "Put an item in, waiting while the queue is full.") {
  return sk_await_new(vm, &queue_put_ops, args[0], args[1], SK_NONE);
}
SK_NATIVE(queue_get, "async get(self)", "Take an item out, waiting while the queue is empty.") {
  return sk_await_new(vm, &queue_get_ops, args[0], SK_NONE, SK_NONE);
}
SK_NATIVE(queue_join, "async join(self)", "Wait until task_done() was called for every item.") {
  return sk_await_new(vm, &queue_join_ops, args[0], SK_NONE, SK_NONE);
}
SK_NATIVE(queue_task_done_m, "task_done(self)", "An item that was taken out has been dealt with.") {
  queue_task_done(vm, queue_of(args[0]));
  return SK_NONE;
}
SK_NATIVE(queue_shutdown_m, "shutdown(self, immediate=False)",
          "From now on put() raises QueueShutDown, and so does get() once the queue is empty; |immediate| empties it.") {
  queue_shutdown(vm, queue_of(args[0]), sk_truth(vm, args[1]));
  return SK_NONE;
}
SK_NATIVE(queue_wakeup_next, "_wakeup_next(self, waiters)", NULL) {
  queue_wake_next(vm, aio_view_waiters(vm, args[1]));
  return SK_NONE;
}

/* ---- text ------------------------------------------------------------------------------------------------------------------------ */

static SkStr *add(SkVm *vm, SkStr *text, SkStr *more) { return sk_format(vm, "%U %U", text, more); }

static SkStr *format(SkVm *vm, AioQueue *q) {
  SkStr *s = sk_format(vm, "maxsize=%R", q->maxsize);
  if (!queue_empty_stock(vm, q)) s = add(vm, s, sk_format(vm, "_queue=%R", queue_items(vm, q)));
  size_t getters = aio_waiters_len(&q->getters), putters = aio_waiters_len(&q->putters);
  if (getters) s = add(vm, s, sk_format(vm, "_getters[%zu]", getters));
  if (putters) s = add(vm, s, sk_format(vm, "_putters[%zu]", putters));
  if (q->unfinished) s = add(vm, s, sk_format(vm, "tasks=%lld", (long long)q->unfinished));
  if (q->shut) s = add(vm, s, sk_str_from_cstr(vm, "shutdown"));
  return s;
}
SK_NATIVE(queue_format, "_format(self)", NULL) { return sk_from_ptr(format(vm, queue_of(args[0]))); }

static SkValue queue_repr(SkVm *vm, SkValue self) {
  SkStr *text = format(vm, queue_of(self));
  return sk_from_ptr(sk_format(vm, "<%U at 0x%llx %U>", sk_type_of(vm, self)->name, (long long)sk_address(self), text));
}
static SkValue queue_str(SkVm *vm, SkValue self) {
  SkStr *text = format(vm, queue_of(self));
  return sk_from_ptr(sk_format(vm, "<%U %U>", sk_type_of(vm, self)->name, text));
}

/* ---- attributes ------------------------------------------------------------------------------------------------------------------ */

static SkValue get_maxsize(SkVm *vm, SkValue self) { (void)vm; return queue_of(self)->maxsize; }
static SkValue get_storage(SkVm *vm, SkValue self) { return queue_storage(vm, queue_of(self)); }
static void set_storage(SkVm *vm, SkValue self, SkValue v) {
  AioQueue *q = queue_of(self);
  sk_write(vm, q, &q->storage, v);
  q->ring = NULL;
  q->start = q->count = 0;
}
static SkValue get_getters(SkVm *vm, SkValue self) { return aio_waiters_view(vm, self, &queue_of(self)->getters); }
static SkValue get_putters(SkVm *vm, SkValue self) { return aio_waiters_view(vm, self, &queue_of(self)->putters); }
static SkValue get_unfinished(SkVm *vm, SkValue self) { return sk_int_new(vm, queue_of(self)->unfinished); }
static void set_unfinished(SkVm *vm, SkValue self, SkValue v) { queue_of(self)->unfinished = sk_to_index(vm, v); }
static SkValue get_shut(SkVm *vm, SkValue self) { (void)vm; return sk_bool(queue_of(self)->shut); }
static void set_shut(SkVm *vm, SkValue self, SkValue v) { queue_of(self)->shut = sk_truth(vm, v); }
static SkValue get_finished(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(queue_of(self)->finished); }
static SkValue get_loop(SkVm *vm, SkValue self) { return aio_loop_get(vm, queue_of(self)->loop); }
static void set_loop(SkVm *vm, SkValue self, SkValue v) { sk_write(vm, queue_of(self), &queue_of(self)->loop, v); }

static const SkAttrDef queue_attrs[] = {
    SK_METHOD(queue_put), SK_METHOD(queue_get), SK_METHOD(queue_put_nowait), SK_METHOD(queue_get_nowait), SK_METHOD(queue_join),
    SK_METHOD(queue_task_done_m), SK_METHOD(queue_shutdown_m), SK_METHOD(queue_qsize), SK_METHOD(queue_empty_m), SK_METHOD(queue_full_m),
    SK_METHOD(queue_init_hook), SK_METHOD(queue_get_hook), SK_METHOD(queue_put_hook), SK_METHOD(queue_wakeup_next), SK_METHOD(queue_format),
    SK_GETSET("maxsize", get_maxsize, NULL, "Number of items allowed in the queue."), SK_MEMBER("_maxsize", AioQueue, maxsize, false, NULL),
    SK_GETSET("_queue", get_storage, set_storage, NULL), SK_GETSET("_getters", get_getters, NULL, NULL),
    SK_GETSET("_putters", get_putters, NULL, NULL), SK_GETSET("_unfinished_tasks", get_unfinished, set_unfinished, NULL),
    SK_GETSET("_finished", get_finished, NULL, NULL), SK_GETSET("_is_shutdown", get_shut, set_shut, NULL), SK_GETSET("_loop", get_loop, set_loop, NULL),
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def}, SK_DICT_ATTR, SK_ATTRS_END};

const SkTypeDef aio_queue_type = {
    .name = "asyncio.queues.Queue", .doc = "A queue between tasks; put() waits while it is full, get() while it is empty.",
    .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(AioQueue), .flags = AIO_CLASS,
    .slots = {.repr = queue_repr, .str = queue_str}, .attrs = queue_attrs, .new_ = &queue_new_def, .init_ = &queue_init_def,
    .trace = queue_trace};
