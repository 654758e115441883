/* aio_view.c - the private waiter lists as scripts see them: _waiters, _getters, _putters.  Layer 7b.
 *
 * CPython keeps deques of futures there.  Here a view is made when somebody looks; a waiter in it answers done() and
 * cancelled().  Futures that a script appends are kept apart, behind the native waiters.
 */
#include "vm/task/aio_impl.h"

typedef struct AioView { SkObject head; SkValue owner; AioWaiters *waiters; /* inside |owner| */ } AioView;
typedef struct AioWaiter { SkObject head; SkAwait *wait; /* NULL: has left the list */ } AioWaiter;

static AioView *view_of(SkValue v) { return (AioView *)sk_ptr(v); }
static void view_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((AioView *)o)->owner); }
static void waiter_trace(SkMarker *m, SkObject *o) { sk_mark_ptr(m, ((AioWaiter *)o)->wait); }

SkValue aio_waiters_view(SkVm *vm, SkValue owner, AioWaiters *w) {
  AioView *v = sk_object_new(vm, sk_library_type(vm, &aio_view_type), 0);
  v->owner = owner;
  v->waiters = w;
  return sk_from_ptr(v);
}

AioWaiters *aio_view_waiters(SkVm *vm, SkValue view) {
  if (sk_type_of(vm, view) != sk_library_type(vm, &aio_view_type)) sk_raise_type(vm, "a waiter list is required, not %T", view);
  return view_of(view)->waiters;
}

static SkValue waiter_new(SkVm *vm, SkAwait *a) {
  AioWaiter *w = sk_object_new(vm, sk_library_type(vm, &aio_waiter_type), 0);
  w->wait = a;
  return sk_from_ptr(w);
}

static SkList *view_list(SkVm *vm, SkValue self) {
  AioWaiters *w = view_of(self)->waiters;
  SkList *l = sk_list_new(vm, aio_waiters_len(w));
  size_t linked = sk_waiters_count(&w->list);
  for (size_t i = linked; i < w->count; i++) sk_list_append(vm, l, waiter_new(vm, NULL));
  for (SkAwait *a = w->list.first; a; a = a->next) sk_list_append(vm, l, waiter_new(vm, a));
  for (size_t i = 0; w->strangers && i < w->strangers->count; i++) sk_list_append(vm, l, sk_list_items(w->strangers)[i]);
  return l;
}

static int64_t view_len(SkVm *vm, SkValue self) { (void)vm; return (int64_t)aio_waiters_len(view_of(self)->waiters); }
static SkValue view_iter(SkVm *vm, SkValue self) { return sk_iter(vm, sk_from_ptr(view_list(vm, self))); }
static SkValue view_getitem(SkVm *vm, SkValue self, SkValue key) { return sk_getitem(vm, sk_from_ptr(view_list(vm, self)), key); }
static SkValue view_repr(SkVm *vm, SkValue self) { return sk_from_ptr(sk_format(vm, "deque(%R)", sk_from_ptr(view_list(vm, self)))); }

SK_NATIVE(view_append, "append(self, item, /)", "Add a future behind the waiters.") {
  AioWaiters *w = view_of(args[0])->waiters;
  if (!w->strangers) sk_write_ptr(vm, sk_ptr(view_of(args[0])->owner), &w->strangers, sk_list_new(vm, 4));
  sk_list_append(vm, w->strangers, args[1]);
  return SK_NONE;
}
SK_NATIVE(view_remove, "remove(self, value, /)", "Take a future off that was appended.") {
  AioWaiters *w = view_of(args[0])->waiters;
  for (size_t i = 0; w->strangers && i < w->strangers->count; i++) {
    if (!sk_is(sk_list_items(w->strangers)[i], args[1])) continue;
    sk_list_pop(vm, w->strangers, i);
    return SK_NONE;
  }
  sk_raise_value(vm, "%R is not in deque", args[1]);
}

static const SkAttrDef view_attrs[] = {SK_METHOD(view_append), SK_METHOD(view_remove), SK_ATTRS_END};
const SkTypeDef aio_view_type = {
    .name = "asyncio.mixins._Waiters", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(AioView), .trace = view_trace, .attrs = view_attrs,
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE,
    .slots = {.len = view_len, .iter = view_iter, .getitem = view_getitem, .repr = view_repr}};

static unsigned waiter_phase(SkValue self) {
  SkAwait *a = ((AioWaiter *)sk_ptr(self))->wait;
  return a ? sk_await_phase(a) : AIO_WOKEN;
}
SK_NATIVE(waiter_done, "done(self, /)", "Whether it was woken or cancelled.") { (void)vm; return sk_bool(waiter_phase(args[0]) != AIO_WAITING); }
SK_NATIVE(waiter_cancelled, "cancelled(self, /)", "Whether its task was cancelled while it waited.") {
  (void)vm;
  return sk_bool(waiter_phase(args[0]) == AIO_ABORTED);
}
static const SkAttrDef waiter_attrs[] = {SK_METHOD(waiter_done), SK_METHOD(waiter_cancelled), SK_ATTRS_END};
const SkTypeDef aio_waiter_type = {
    .name = "asyncio.mixins._Waiter", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(AioWaiter), .trace = waiter_trace, .attrs = waiter_attrs,
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE};
