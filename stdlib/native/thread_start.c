/* thread_start.c - starting threads, and their handles.  Layer 8.
 *
 * A thread that was started with a handle can be joined; one that is no daemon is joined at the end of the program.
 */
#include "stdlib/native/thread_impl.h"

typedef enum Life { NOT_STARTED, RUNNING, DONE } Life;

typedef struct Handle {
  SkObject head;
  Waiters waiters;
  uint64_t ident;
  Life life;
} Handle;

static Handle *handle_of(SkValue v) { return sk_ptr(v); }

/* Module state: how many run, the handles of those that are no daemons, the C stack's size. */
typedef struct Counts { int64_t running; size_t stack_bytes; } Counts;

static Counts *counts_of(SkVm *vm) {
  SkValue v = sk_dict_get_cstr(vm, vm->module_state, "_thread.counts");
  if (sk_is_unset(v)) {
    SkRaw *raw = sk_raw_new(vm, sizeof(Counts));
    memset(raw->data, 0, sizeof(Counts));
    v = sk_from_ptr(raw);
    sk_dict_set_cstr(vm, vm->module_state, "_thread.counts", v);
  }
  return (Counts *)((SkRaw *)sk_ptr(v))->data;
}

static SkList *awaited(SkVm *vm) {
  SkValue v = sk_dict_get_cstr(vm, vm->module_state, "_thread.awaited");
  if (sk_is_unset(v)) {
    v = sk_from_ptr(sk_list_new(vm, 4));
    sk_dict_set_cstr(vm, vm->module_state, "_thread.awaited", v);
  }
  return sk_as_list(v);
}

static void forget_awaited(SkVm *vm, SkValue handle) {
  SkList *l = awaited(vm);
  for (size_t i = 0; i < l->count; i++) {
    if (!sk_is(sk_list_items(l)[i], handle)) continue;
    sk_list_pop(vm, l, i);
    return;
  }
}

/* ---- the life of a thread ---- */

enum { START_FN, START_ARGS, START_KWARGS, START_HANDLE, START_COUNT };

static void call(SkVm *vm, void *arg) {
  SkTuple *start = arg;
  SkValue kwargs = start->items[START_KWARGS];
  sk_call_spread(vm, start->items[START_FN], sk_as_tuple(start->items[START_ARGS]), sk_is_none(kwargs) ? NULL : sk_as_dict(kwargs));
}

static void report(SkVm *vm, void *arg) {
  SkValue exc = ((SkValue *)arg)[0], fn = ((SkValue *)arg)[1];
  sk_unraisable_message(vm, exc, sk_format(vm, "Exception ignored in thread started by %R", fn), SK_UNSET);
}

/* A thread that was not made by threading may have got a stand-in there. */
static void forget_dummy(SkVm *vm) {
  SkValue m = sk_dict_get_cstr(vm, vm->modules, "threading");
  SkValue active = sk_is_module(m) ? sk_dict_get_cstr(vm, ((SkModule *)sk_ptr(m))->dict, "_active") : SK_UNSET;
  if (sk_is_unset(active) || !sk_is_dict(active)) return;
  SkValue key = sk_int_from_u64(vm, sk_thread_ident(sk_thread_current(vm))), dummy = sk_dict_get(vm, sk_as_dict(active), key);
  if (sk_is_unset(dummy)) return;
  sk_dict_delete(vm, sk_as_dict(active), key);
  sk_call_method0(vm, sk_getattr_cstr(vm, dummy, "_handle"), sk_intern(vm, "_set_done"));
}

static void clean(SkVm *vm, void *arg) {
  (void)arg;
  thread_locals_end(vm);
  forget_dummy(vm);
}

static void handle_done(SkVm *vm, Handle *h) {
  h->life = DONE;
  waiters_wake_all(&h->waiters);
  forget_awaited(vm, sk_from_ptr(h));
}

static void life_of_thread(SkVm *vm, SkValue arg) {
  SkTuple *start = sk_as_tuple(arg);
  if (!sk_protect(vm, call, start)) {
    SkValue exc = sk_take_raised(vm);
    if (!sk_exc_is(vm, exc, SK_T_SystemExit)) {
      SkValue what[] = {exc, start->items[START_FN]};
      if (!sk_protect(vm, report, what)) sk_take_raised(vm);
    }
  }
  if (!sk_protect(vm, clean, NULL)) sk_take_raised(vm);
  counts_of(vm)->running--;
  if (!sk_is_none(start->items[START_HANDLE])) handle_done(vm, handle_of(start->items[START_HANDLE]));
}

/* What a thread to come is given.  Made before anything is noted about it: no memory, and nothing has happened. */
static SkTuple *start_of(SkVm *vm, SkValue fn, SkValue args, SkValue kwargs, SkValue handle) {
  SkValue items[START_COUNT] = {fn, args, kwargs, handle};
  return sk_tuple_from(vm, items, START_COUNT);
}

/* NULL: there is no room for another one. */
static SkThread *start_thread(SkVm *vm, Counts *c, SkTuple *start) {
  SkThread *t = sk_thread_start(vm, life_of_thread, sk_from_ptr(start), c->stack_bytes);
  if (t) c->running++;
  return t;
}

static SkValue start_new(SkVm *vm, const SkValue *args, const char *name) {
  SkTuple *a = sk_as_tuple(args[0]);
  if (a->count < 2) sk_raise_type(vm, "%s expected at least 2 arguments, got %zu", name, a->count);
  if (a->count > 3) sk_raise_type(vm, "%s expected at most 3 arguments, got %zu", name, a->count);
  if (!SK_SLOTS(vm, a->items[0])->call) sk_raise_type(vm, "first arg must be callable");
  if (!sk_is_tuple(a->items[1])) sk_raise_type(vm, "2nd arg must be a tuple");
  if (a->count > 2 && !sk_is_dict(a->items[2])) sk_raise_type(vm, "optional 3rd arg must be a dictionary");
  sk_need(vm, SK_CAP_THREADS, "");
  Counts *c = counts_of(vm);
  SkThread *t = start_thread(vm, c, start_of(vm, a->items[0], a->items[1], a->count > 2 ? a->items[2] : SK_NONE, SK_NONE));
  if (!t) sk_raisef(vm, SK_T_RuntimeError, "can't start new thread");
  return sk_int_from_u64(vm, sk_thread_ident(t));
}
SK_NATIVE(th_start_new_thread, "start_new_thread(*args)", "Call function(*args, **kwargs) in a new thread; returns its identity.") { return start_new(vm, args, "start_new_thread"); }
SK_NATIVE(th_start_new, "start_new(*args)", "An obsolete name of start_new_thread().") { return start_new(vm, args, "start_new"); }

SK_NATIVE(th_start_joinable_thread, "start_joinable_thread(function, handle=None, daemon=True)", "Call function() in a new thread; returns its handle.") {
  if (!SK_SLOTS(vm, args[0])->call) sk_raise_type(vm, "thread function must be callable");
  sk_need(vm, SK_CAP_THREADS, "");
  bool daemon = sk_truth(vm, args[2]);
  SkValue handle = args[1];
  if (sk_is_none(handle)) handle = sk_from_ptr(sk_object_new(vm, sk_library_type(vm, &sk_thread_handle_type), 0));
  else if (!sk_is_native_exactly(vm, handle, &sk_thread_handle_type)) sk_raise_type(vm, "'handle' must be a _ThreadHandle");
  Handle *h = handle_of(handle);
  if (h->life != NOT_STARTED) sk_raisef(vm, SK_T_RuntimeError, "thread already started");
  Counts *c = counts_of(vm);
  SkTuple *start = start_of(vm, args[0], sk_from_ptr(vm->empty_tuple), SK_NONE, handle);
  SkList *list = awaited(vm);
  if (!daemon) sk_list_append(vm, list, handle);
  h->life = RUNNING;
  SkThread *t = start_thread(vm, c, start);
  if (!t) {
    h->life = NOT_STARTED;
    forget_awaited(vm, handle);
    sk_raisef(vm, SK_T_RuntimeError, "can't start new thread");
  }
  h->ident = sk_thread_ident(t);
  return handle;
}

/* ---- handles ---- */

SK_NATIVE(handle_new, "__new__(cls, /)", NULL) { return sk_from_ptr(sk_object_new(vm, sk_as_type(args[0]), 0)); }

static SkValue handle_ident(SkVm *vm, SkValue self) { return sk_int_from_u64(vm, handle_of(self)->ident); }

static bool handle_await(SkVm *vm, Handle *h, int64_t deadline) {
  Waiter w = {0};
  while (h->life != DONE) {
    if (waiters_sleep(vm, &h->waiters, &w, deadline) || h->life == DONE) continue;
    break;
  }
  waiters_unlink(&h->waiters, &w);
  return h->life == DONE;
}

SK_NATIVE(handle_join, "join(self, timeout=None, /)", "Wait for the end of the thread, at most timeout seconds.") {
  Handle *h = handle_of(args[0]);
  int64_t deadline = sk_is_none(args[1]) ? SK_NO_DEADLINE : deadline_of(vm, args[1]);
  if (h->life == NOT_STARTED) sk_raisef(vm, SK_T_RuntimeError, "thread not started");
  if (h->life == RUNNING && h->ident == sk_thread_ident(sk_thread_current(vm))) sk_raisef(vm, SK_T_RuntimeError, "Cannot join current thread");
  handle_await(vm, h, deadline);
  return SK_NONE;
}
SK_NATIVE(handle_is_done, "is_done(self, /)", "Whether the thread has ended.") { (void)vm; return sk_bool(handle_of(args[0])->life == DONE); }
SK_NATIVE(handle_set_done, "_set_done(self, /)", "Take the thread for ended: it is not there any more.") {
  if (handle_of(args[0])->life == NOT_STARTED) sk_raisef(vm, SK_T_RuntimeError, "thread not started");
  handle_done(vm, handle_of(args[0]));
  return SK_NONE;
}
static SkValue handle_repr(SkVm *vm, SkValue self) {
  return sk_from_ptr(sk_format(vm, "<_thread._ThreadHandle object: ident=%llu>", (unsigned long long)handle_of(self)->ident));
}

static const SkAttrDef handle_attrs[] = {SK_METHOD(handle_join), SK_METHOD(handle_is_done), SK_METHOD(handle_set_done),
                                         SK_GETSET("ident", handle_ident, NULL, NULL), SK_ATTRS_END};

const SkTypeDef sk_thread_handle_type = {
    .name = "_thread._ThreadHandle", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Handle), .flags = SK_TYPE_FINAL | SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = handle_repr}, .attrs = handle_attrs, .new_ = &handle_new_def};

SK_NATIVE(th_make_thread_handle, "_make_thread_handle(ident, /)", "A handle of a thread that runs already.") {
  uint64_t ident;
  if (!sk_is_int(args[0])) sk_raise_type(vm, "ident must be an integer");
  if (!sk_int_get_u64(args[0], &ident)) sk_raisef(vm, SK_T_OverflowError, "int too big to convert");
  Handle *h = sk_object_new(vm, sk_library_type(vm, &sk_thread_handle_type), 0);
  h->ident = ident;
  h->life = RUNNING;
  return sk_from_ptr(h);
}

SK_NATIVE(th_shutdown, "_shutdown()", "Wait for all threads that are no daemons.") {
  (void)args;
  for (SkList *l = awaited(vm); l->count;) {
    SkValue h = sk_list_items(l)[0];
    if (handle_of(h)->ident == sk_thread_ident(sk_thread_current(vm))) { /* called by one of them */
      forget_awaited(vm, h);
      continue;
    }
    handle_await(vm, handle_of(h), SK_NO_DEADLINE);
    forget_awaited(vm, h);
  }
  return SK_NONE;
}

SK_NATIVE(th_count, "_count()", "How many threads run that were started here.") { (void)args; return sk_int_new(vm, counts_of(vm)->running); }

SK_NATIVE(th_stack_size, "stack_size(size=0, /)", "The C stack of threads to come, 0 for the usual one; returns what it was.") {
  int64_t n = sk_to_index(vm, args[0]);
  Counts *c = counts_of(vm);
  size_t old = c->stack_bytes;
  if (n < 0) sk_raise_value(vm, "size must be 0 or a positive value");
  if (n > 0 && n < 32768) sk_raise_value(vm, "size not valid: %lld bytes", (long long)n);
  c->stack_bytes = (size_t)n;
  return sk_int_new(vm, (int64_t)old);
}

const SkNativeDef *const sk_thread_start_functions[] = {&th_start_new_thread_def, &th_start_new_def, &th_start_joinable_thread_def, &th_make_thread_handle_def,
                                                        &th_shutdown_def, &th_count_def, &th_stack_size_def, NULL};
