/* api_limit.c - limits, stops, interruption, work posted from outside.  Layer 9. */
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/run/run.h"
#include "vm/run/thread.h"

/* ---- limits ---- */

void skein_limits_init(skein_limits *l) { *l = (skein_limits){.size = sizeof *l, .final = SKEIN_FINAL_HEAP}; }

enum { USUAL_DEPTH = 1000 };

void api_limits_born(skein_vm *v) {
  SkVm *vm = core(v);
  sk_limits_start(vm, UINT64_MAX, 0);
  vm->limits.heap = v->config.limits.heap;
  vm->limits.final = SK_FINAL_HEAP;
  vm->hooks.run_jobs = NULL;
}

static void run_jobs(SkVm *vm) {
  api_jobs_run(vm->host);
  if (sk_stopped(vm)) sk_stop(vm, vm->limits.stop);
}

void api_limits_set(skein_vm *v, const skein_limits *l) {
  SkVm *vm = core(v);
  vm->limits.length = l->length;
  vm->limits.depth = l->depth;
  vm->limits.tasks = l->tasks;
  vm->limits.final = l->final;
  sk_heap_set_limit(vm, l->heap);
  sk_run_set_recursion_limit(vm, l->depth ? (int)(l->depth < INT32_MAX ? l->depth : INT32_MAX) : USUAL_DEPTH);
  sk_limits_start(vm, l->fuel ? l->fuel : UINT64_MAX, l->deadline_ns);
  vm->hooks.run_jobs = run_jobs;
}

skein_status skein_set_limits(skein_vm *v, const skein_limits *limits) {
  skein_limits mine;
  skein_limits_init(&mine);
  if (!limits || limits->size < offsetof(skein_limits, heap) || limits->size > sizeof mine) return api_misuse(v, "limits without their size");
  memcpy(&mine, limits, limits->size);
  if (sk_stopped(core(v))) return api_stop_status(v);
  api_limits_set(v, &mine);
  return SKEIN_OK;
}

/* ---- stops ---- */

skein_status api_stop_status(skein_vm *v) {
  switch (core(v)->limits.stop) {
  case SK_STOP_NONE: return SKEIN_OK;
  case SK_STOP_FUEL: return SKEIN_ERR_FUEL;
  case SK_STOP_DEADLINE: return SKEIN_ERR_DEADLINE;
  case SK_STOP_KILL: return SKEIN_ERR_INTERRUPTED;
  case SK_STOP_HEAP: return SKEIN_ERR_NOMEM;
  case SK_STOP_LIMIT: return SKEIN_ERR_LIMIT;
  }
  return SKEIN_ERR_LIMIT;
}

skein_status skein_stopped(skein_vm *v) { return api_stop_status(v); }

const char *skein_status_name(skein_status s) {
  static const char *const names[] = {"SKEIN_OK", "SKEIN_ERR_EXC", "SKEIN_ERR_NOMEM", "SKEIN_ERR_MISUSE", "SKEIN_ERR_FUEL", "SKEIN_ERR_DEADLINE",
                                      "SKEIN_ERR_INTERRUPTED", "SKEIN_ERR_LIMIT", "SKEIN_ERR_FORMAT", "SKEIN_ERR_ABI", "SKEIN_ERR_CLOSED"};
  return s <= 0 && -s < (int)(sizeof names / sizeof *names) ? names[-s] : "unknown status";
}

void skein_vm_stats(skein_vm *v, skein_stats *out) {
  SkVm *vm = core(v);
  const SkLimits *l = &vm->limits;
  size_t size = out->size < sizeof *out ? out->size : sizeof *out;
  skein_stats s = {.size = size, .fuel_used = sk_steps_taken(vm), .fuel_left = UINT64_MAX, .handles = (uint32_t)v->own.count, .refs = v->ref_count};
  if (vm->heap) {
    s.heap = sk_heap_bytes(vm);
    s.heap_peak = sk_heap_peak(vm);
    s.collections = sk_gc_collections(vm);
  }
  if (l->fuel != UINT64_MAX) {
    int64_t left = (int64_t)l->fuel + l->credit;
    s.fuel_left = left > 0 ? (uint64_t)left : 0;
  }
  memcpy(out, &s, size);
}

/* ---- interruption ---- */

void skein_interrupt(skein_vm *v, skein_stop what) {
  static const int bits[] = {SK_INTERRUPT_HOST, SK_INTERRUPT_CANCEL, SK_INTERRUPT_KILL, SK_INTERRUPT_DUMP};
  __atomic_fetch_or(&v->vm.interrupt, bits[what], __ATOMIC_SEQ_CST);
  sk_thread_wake_main(&v->vm);
}

void skein_uninterrupt(skein_vm *v) { __atomic_fetch_and(&v->vm.interrupt, ~SK_INTERRUPT_HOST, __ATOMIC_SEQ_CST); }

/* ---- jobs ---- */

void skein_post(skein_vm *v, skein_job *job) {
  job->next = __atomic_load_n(&v->posted, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n(&v->posted, &job->next, job, true, __ATOMIC_RELEASE, __ATOMIC_RELAXED)) {}
  __atomic_fetch_or(&v->vm.interrupt, SK_INTERRUPT_JOBS, __ATOMIC_SEQ_CST);
  sk_thread_wake_main(&v->vm);
}

/* The next in order of posting. */
static skein_job *next_job(skein_vm *v) {
  if (!v->jobs) {
    skein_job *latest = __atomic_exchange_n(&v->posted, NULL, __ATOMIC_ACQUIRE);
    while (latest) {
      skein_job *before = latest->next;
      latest->next = v->jobs;
      v->jobs = latest;
      latest = before;
    }
  }
  skein_job *job = v->jobs;
  if (job) v->jobs = job->next;
  return job;
}

static void report(SkVm *vm, void *arg) { sk_unraisable(vm, *(SkValue *)arg, SK_NONE); }

/* What a job leaves pending nobody would look at. */
static void after_job(skein_vm *v, SkValue before) {
  SkValue exc = v->own.pending;
  v->own.pending = before;
  if (sk_is_unset(exc) || sk_stopped(core(v))) return;
  api_enter(v, report, &exc);
}

void api_jobs_run(skein_vm *v) {
  __atomic_fetch_and(&core(v)->interrupt, ~SK_INTERRUPT_JOBS, __ATOMIC_SEQ_CST);
  for (skein_job *job; !sk_stopped(core(v)) && (job = next_job(v));) {
    SkValue before = v->own.pending;
    skein_scope scope = skein_scope_open(v);
    if (!sk_is_unset(before)) handle_new(v, before); /* keeps it alive */
    v->own.pending = SK_UNSET;
    job->run(v, job);
    after_job(v, before);
    skein_scope_close(v, scope);
  }
}

void api_jobs_drop(skein_vm *v) {
  for (skein_job *job; (job = next_job(v));) job->run(NULL, job);
}
