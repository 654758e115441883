/* uv_request.c - blocking C work on libuv's threads, with a task waiting for it.  Layer 8.
 *
 * A request is malloc'ed and on the state's list from begin to end.  It is dropped by whoever comes last: the task that takes the
 * result, or the completion when nobody waits any more.
 */
#include <stdlib.h>

#include "stdlib/native/uv_impl.h"

void uv_requests_trace(SkMarker *m, const UvState *s) {
  for (UvRequest *r = s->requests; r; r = r->next)
    if (!sk_is_unset(r->await)) sk_mark(m, r->await);
}

static void unlink_request(UvRequest *r) {
  if (r->prev) r->prev->next = r->next;
  else r->u->state->requests = r->next;
  if (r->next) r->next->prev = r->prev;
}

static void run(uv_work_t *w) { ((UvRequest *)w->data)->run(w->data); }

static void wake_task(SkVm *vm, void *arg) { sk_wake(vm, sk_as_await(((UvRequest *)arg)->await)); }

static void ended(uv_work_t *w, int status) {
  UvRequest *r = w->data;
  (void)status;
  r->u->takers--;
  if (sk_is_unset(r->await)) {
    unlink_request(r);
    r->drop(r);
  } else {
    uv_guard(r->u, wake_task, r);
  }
}

static UvRequest *request_of(SkAwait *a) { return (UvRequest *)(uintptr_t)sk_smallint_get(a->b); }

bool uv_request_begin(SkVm *vm, SkAwait *a, UvRequest *r, SkValue *out) {
  UvState *s = uv_state(vm);
  r->work.data = r;
  r->next = s->requests;
  if (r->next) r->next->prev = r;
  s->requests = r;
  r->u = (UvLoop *)sk_need_loop(vm)->poller;
  sk_write(vm, s, &r->await, sk_from_ptr(a));
  a->b = sk_smallint((int64_t)(uintptr_t)r);
  sk_await_set_phase(a, 1);
  r->u->takers++;
  uv_queue_work(&r->u->uv, &r->work, run, ended);
  *out = sk_park(vm, a);
  return false;
}

typedef struct Taking { UvRequest *r; SkValue value; } Taking;
static void take(SkVm *vm, void *arg) {
  Taking *t = arg;
  t->value = t->r->result(vm, t->r);
}

bool uv_request_end(SkVm *vm, SkAwait *a, SkValue *out) {
  Taking t = {request_of(a), SK_NONE};
  bool fine = sk_protect_any(vm, take, &t);
  unlink_request(t.r);
  t.r->drop(t.r);
  if (!fine) sk_throw(vm, sk_take_raised(vm));
  *out = t.value;
  return true;
}

/* The request |a| waits for, or NULL: the loop was closed under it, which has dropped what had ended. */
static UvRequest *still_there(SkVm *vm, SkAwait *a) {
  for (UvRequest *r = uv_state(vm)->requests; r; r = r->next)
    if (!sk_is_unset(r->await) && sk_is(r->await, sk_from_ptr(a))) return r;
  return NULL;
}

bool uv_request_abort(SkVm *vm, SkAwait *a) {
  UvRequest *r = still_there(vm, a);
  if (r) {
    r->await = SK_UNSET;
    uv_cancel((uv_req_t *)&r->work);
  }
  return true;
}

/* Cancelled after the work had ended: the result is lost. */
bool uv_request_thrown(SkVm *vm, SkAwait *a, SkValue exc, SkValue *out) {
  (void)out;
  UvRequest *r = still_there(vm, a);
  if (r) {
    unlink_request(r);
    r->drop(r);
  }
  sk_raise_exc(vm, exc);
}
