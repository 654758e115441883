/* countdown.c - waiting for several futures: one callback for all of them, which asks Python only when it matters.  Layer 7b.
 *
 * asyncio.gather() and wait() count their children down here.  fn(child) is called for the child that decides: the last one,
 * or the first that the mode looks for.  Afterwards an error of a late child counts as seen: nobody else will look at it.
 */
#include "vm/task/task_impl.h"

typedef enum Mode {
  ALL,          /* the last one */
  FIRST_FAILED, /* the first error or cancellation, else the last one */
  FIRST_ERROR,  /* the first error, else the last one */
  FIRST         /* the first one */
} Mode;

typedef struct Countdown {
  SkObject head; /* aux: Mode */
  SkValue fn;    /* None: it was called */
  uint32_t left;
} Countdown;

static Countdown *self_of(SkValue v) { return (Countdown *)sk_object(v); }

static void countdown_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((Countdown *)o)->fn); }

static bool ask(SkVm *vm, SkValue child, const char *method) { return sk_truth(vm, sk_call0(vm, sk_getattr_cstr(vm, child, method))); }

/* How |child| ended; also for what only looks like a future. */
static SkFutureState state_of(SkVm *vm, SkValue child) {
  if (sk_is_future(child)) return sk_future_state(sk_as_future(child));
  if (ask(vm, child, "cancelled")) return SK_FUTURE_CANCELLED;
  return sk_is_none(sk_call0(vm, sk_getattr_cstr(vm, child, "exception"))) ? SK_FUTURE_RESULT : SK_FUTURE_ERROR;
}

static bool decides(const Countdown *c, SkFutureState s) {
  switch ((Mode)c->head.aux) {
  case FIRST: return true;
  case FIRST_ERROR: return s == SK_FUTURE_ERROR || !c->left;
  case FIRST_FAILED: return s != SK_FUTURE_RESULT || !c->left;
  default: return !c->left;
  }
}

static void child_done(SkVm *vm, Countdown *c, SkValue child) {
  if (c->left) c->left--;
  SkFutureState s = state_of(vm, child);
  if (sk_is_none(c->fn)) {
    if (sk_is_future(child) && s == SK_FUTURE_ERROR) sk_object(child)->aux &= (uint16_t)~SK_FUTURE_LOG_ERROR;
    return;
  }
  if (!decides(c, s)) return;
  SkValue fn = c->fn;
  c->fn = SK_NONE;
  sk_call1(vm, fn, child);
}

static SkValue countdown_call(SkVm *vm, SkValue self, const SkValue *args, size_t n, SkTuple *kwnames) {
  (void)kwnames;
  if (n != 1) sk_raise_type(vm, "a countdown takes the future that is done");
  child_done(vm, self_of(self), args[0]);
  return SK_NONE;
}

static SkValue countdown_new(SkVm *vm, const SkValue *args) {
  int64_t mode = sk_to_index(vm, args[2]);
  if (mode < ALL || mode > FIRST) sk_raise_value(vm, "mode must be 0 to 3");
  Countdown *c = sk_object_new(vm, sk_as_type(args[0]), 0);
  c->fn = args[1];
  c->head.aux = (uint16_t)mode;
  return sk_from_ptr(c);
}
static const SkNativeDef countdown_new_def = {"__new__(cls, fn, mode, /)", NULL, countdown_new};

static void add_to(SkVm *vm, SkValue child, SkTuple *entry) {
  if (sk_is_future(child) && task_waits_plainly(vm, NULL, child)) sk_future_add_callback(vm, sk_as_future(child), sk_from_ptr(entry));
  else sk_call1(vm, sk_getattr_cstr(vm, child, "add_done_callback"), entry->items[0]);
}

SK_NATIVE(countdown_watch, "watch(self, futures, done=True, /)",
          "Become a callback of the futures, once for each in the list.  With done=False those that are done already count at once.") {
  Countdown *c = self_of(args[0]);
  SkTuple *all = sk_to_tuple(vm, args[1]);
  bool late = sk_truth(vm, args[2]);
  c->left += (uint32_t)all->count;
  SkTuple *entry = sk_tuple_pack(vm, 2, args[0], sk_from_ptr_or(sk_context_snapshot(vm), SK_NONE));
  SkList *early = NULL;
  for (size_t i = 0; i < all->count; i++) {
    SkValue child = all->items[i];
    bool done = !late && (sk_is_future(child) ? sk_future_done(sk_as_future(child)) : ask(vm, child, "done"));
    if (!done) {
      add_to(vm, child, entry);
      continue;
    }
    if (!early) early = sk_list_new(vm, 4);
    sk_list_append(vm, early, child);
  }
  for (size_t i = 0; early && i < early->count; i++) child_done(vm, c, sk_list_items(early)[i]);
  return SK_NONE;
}

/* The result or error of a child that is done, as a value. */
static SkValue outcome(SkVm *vm, SkValue child) {
  if (!sk_is_future(child)) return sk_call1(vm, sk_getattr_cstr(vm, task_import(vm, "asyncio.tasks"), "_outcome"), child);
  SkFuture *f = sk_as_future(child);
  f->head.aux &= (uint16_t)~SK_FUTURE_LOG_ERROR;
  if (sk_future_state(f) != SK_FUTURE_CANCELLED) return f->result;
  SkValue message = sk_getattr_cstr(vm, child, "_cancel_message");
  if (sk_is_none(message)) message = sk_from_ptr(sk_str_from_cstr(vm, ""));
  return sk_exc_new_args(vm, vm->types[SK_T_CancelledError], &message, 1);
}

static SkValue tasks_outcomes(SkVm *vm, const SkValue *args) {
  SkTuple *all = sk_to_tuple(vm, args[0]);
  SkList *out = sk_list_new(vm, all->count);
  for (size_t i = 0; i < all->count; i++) sk_list_append(vm, out, outcome(vm, all->items[i]));
  return sk_from_ptr(out);
}
const SkNativeDef tasks_outcomes_def = {"outcomes(futures, /)", "The results of futures that are done; where one failed or was cancelled, the exception.",
                                        tasks_outcomes};

static const SkAttrDef countdown_attrs[] = {SK_METHOD(countdown_watch), SK_ATTRS_END};

const SkTypeDef sk_countdown_type = {
    .name = "_tasks.Countdown", .doc = "A callback for several futures that asks when it matters.", .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Countdown), .trace = countdown_trace, .flags = SK_TYPE_FINAL | SK_TYPE_IMMUTABLE, .slots = {.call = countdown_call},
    .attrs = countdown_attrs, .new_ = &countdown_new_def};
