/* api_loop.c - the loop that the host drives: steps, its descriptor, runs until a task is done.  Layer 9.
 *
 * One per VM, made when first asked for.  From then on it also runs what scripts await at their top, so that they and the host's tasks
 * share one loop.  A loop that a script runs by itself (asyncio.run) is another one: while it runs, the host's stands still.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "vm/api/api_impl.h"

/* ---- the record ------------------------------------------------------------------------------------------------------------ */

HostTasks *host_tasks(SkVm *vm) {
  skein_vm *v = vm->host;
  if (v->tasks) return v->tasks;
  HostTasks *h = sk_mem_new(vm, sizeof *h);
  if (!h) sk_raise_nomem(vm);
  v->tasks = h;
  return h;
}

void host_tasks_mark(SkMarker *m, skein_vm *v) {
  HostTasks *h = v->tasks;
  if (!h) return;
  sk_mark_ptr(m, h->loop);
  host_awaits_mark(m, h);
}

/* The body of a program that awaits at its top.  If the run is left before its end (Ctrl-C, a deadlock) it is told to end, too. */
static SkValue run_main(SkVm *vm, SkValue coroutine) {
  HostTasks *h = host_tasks(vm);
  if (sk_tasks(vm)->running) return h->run_main(vm, coroutine); /* raises */
  SkGroup *root = sk_group_of_loop(vm, h->loop);
  SkTask *t = sk_task_new(vm, h->loop, coroutine, root, root->scope, SK_NONE, NULL);
  sk_task_start(vm, t);
  return sk_loop_run_main(vm, h->loop, t);
}

SkLoop *host_loop(SkVm *vm) {
  HostTasks *h = host_tasks(vm);
  if (h->loop) return h->loop;
  h->loop = sk_loop_new_hosted(vm);
  h->run_main = vm->hooks.run_main;
  vm->hooks.run_main = run_main;
  return h->loop;
}

SkValue host_text(SkVm *vm, const char *s) { return s ? sk_from_ptr(sk_str_decode_utf8(vm, s, strlen(s))) : SK_NONE; }

/* ---- the end --------------------------------------------------------------------------------------------------------------------- */

/* No script code may run any more: an error that nobody has looked at is told plainly. */
static void tell_error(SkVm *vm, SkValue v) {
  SkExc *e = sk_as_exc(sk_as_future(v)->result);
  SkStr *line = sk_type_name(vm, sk_type_of(vm, sk_from_ptr(e)));
  SkValue first = e->args->count ? e->args->items[0] : SK_NONE;
  if (sk_is_exactly(vm, first, SK_T_str)) line = sk_format(vm, "%U: %U", line, sk_as_str(first));
  const char *name = sk_is_task(v) && sk_is_str(sk_as_task(v)->name) ? sk_str_cstr(vm, sk_as_str(sk_as_task(v)->name)) : "a future";
  line = sk_format(vm, "Error that nobody looked at, in %s: %U\n", name, line);
  if (vm->hooks.write) vm->hooks.write(vm, 2, line->data, line->bytes);
  else fwrite(line->data, 1, line->bytes, stderr);
}

typedef struct Found { SkValues *cell; size_t count; } Found;

/* Must not allocate: the collector's own list is gone through. */
static void find_error(SkObject *o, void *arg) {
  Found *f = arg;
  SkValue v = sk_from_ptr(o);
  if (!sk_is_future(v) || !(o->aux & SK_FUTURE_LOG_ERROR) || sk_future_state(sk_as_future(v)) != SK_FUTURE_ERROR) return;
  if (f->cell && f->count < f->cell->count) f->cell->items[f->count] = v;
  f->count++;
}

static void tell_errors(SkVm *vm, void *arg) {
  (void)arg;
  Found f = {NULL, 0};
  sk_gc_each_watched(vm, find_error, &f);
  f.cell = sk_values_new(vm, f.count);
  f.count = 0;
  sk_gc_each_watched(vm, find_error, &f);
  for (size_t i = 0; i < f.cell->count && i < f.count; i++) tell_error(vm, f.cell->items[i]);
}

void host_tasks_end(skein_vm *v) {
  HostTasks *h = v->tasks;
  if (!h) return;
  if (h->loop && !sk_stopped(core(v)) && api_enter(v, tell_errors, NULL) != SKEIN_OK) v->own.pending = SK_UNSET;
  host_awaits_end(h);
  v->tasks = NULL;
  sk_mem_free(core(v), h, sizeof *h);
}

/* ---- steps -------------------------------------------------------------------------------------------------------------------------- */

typedef struct Step { uint64_t budget; double seconds; SkTurn turn; SkValue error; } Step;

static void do_step(SkVm *vm, void *arg) {
  Step *s = arg;
  s->turn = sk_loop_turn(vm, host_loop(vm), s->budget, &s->seconds);
}

/* Nobody is there who could be told. */
static void tell_unraisable(SkVm *vm, void *arg) { sk_unraisable(vm, ((Step *)arg)->error, SK_UNSET); }

static bool must_not_run(skein_vm *v) {
  if (!core(v)->task_state || !sk_tasks(core(v))->running) return false;
  api_misuse(v, "an event loop is running already");
  return true;
}

static uint64_t nanoseconds(double seconds) {
  enum { LONGEST = 1000000000 };
  return seconds < LONGEST ? (uint64_t)ceil(seconds * 1e9) : UINT64_MAX;
}

skein_run skein_step(skein_vm *v, uint64_t budget_ns, uint64_t *wait_ns) {
  if (wait_ns) *wait_ns = UINT64_MAX;
  if (sk_stopped(core(v))) return SKEIN_RUN_STOPPED;
  if (must_not_run(v)) return SKEIN_RUN_IDLE;
  Step s = {.budget = budget_ns, .turn = SK_TURN_READY};
  SkValue before = v->own.pending;
  if (api_enter(v, do_step, &s) == SKEIN_ERR_EXC) {
    s.error = v->own.pending;
    api_enter(v, tell_unraisable, &s);
  }
  v->own.pending = before;
  if (sk_stopped(core(v))) return SKEIN_RUN_STOPPED;
  if (wait_ns) *wait_ns = nanoseconds(s.seconds);
  return s.turn == SK_TURN_IDLE ? SKEIN_RUN_IDLE : s.turn == SK_TURN_READY ? SKEIN_RUN_READY : SKEIN_RUN_WAIT;
}

OP(op_descriptor) { ((Op *)arg)->i = sk_loop_descriptor(vm, host_loop(vm)); }

int skein_poll_fd(skein_vm *v) {
  Op o = {.i = -1, .a = SK_NONE, .b = SK_NONE, .c = SK_NONE};
  if (api_run(v, op_descriptor, &o, NULL) == SKEIN_ERR_EXC) v->own.pending = SK_UNSET;
  return (int)o.i;
}

/* ---- until a task is done ------------------------------------------------------------------------------------------------------------- */

OP(op_run_until) {
  Op *o = arg;
  SkFuture *f = sk_as_future(o->a);
  if (!sk_future_done(f)) sk_loop_run_until(vm, host_loop(vm), f);
  o->result = sk_future_result(vm, f);
}

skein_status skein_run_until(skein_vm *v, skein_val task, skein_val *out) {
  if (out) *out = (skein_val){0};
  Op o = {.b = SK_NONE, .c = SK_NONE};
  if (!handle_get(v, task, &o.a)) return SKEIN_ERR_MISUSE;
  if (!sk_is_future(o.a)) return api_misuse(v, "no task");
  if (!sk_future_done(sk_as_future(o.a))) {
    if (!v->tasks || !v->tasks->loop || !sk_is(sk_as_future(o.a)->loop, sk_from_ptr(v->tasks->loop))) return api_misuse(v, "a task of another event loop");
    if (must_not_run(v)) return SKEIN_ERR_MISUSE;
  }
  return api_run(v, op_run_until, &o, out);
}
