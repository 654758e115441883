/* pool.c - thousands of VMs on a few threads:  pool [VMS]
 *
 * A VM belongs to no thread: whoever takes it from the queue runs it, and another one may run it next.  All run the same code, which
 * is compiled once and shared.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "skein.h"

enum { THREADS = 4, TURNS = 3 };

static const char program[] =
    "def turn(seed, n):\n"
    "    total = 0\n"
    "    for i in range(n):\n"
    "        total += seed * i % 7\n"
    "    return total\n";

/* One VM and what it has still to do. */
typedef struct Job { skein_vm *vm; int seed, turn; struct Job *next; } Job;

typedef struct Pool {
  pthread_mutex_t lock;
  skein_code *code;
  Job *first, **last; /* waiting for a thread */
  int64_t sum;
  bool failed;
} Pool;

static Job *take(Pool *p) {
  pthread_mutex_lock(&p->lock);
  Job *j = p->first;
  if (j && !(p->first = j->next)) p->last = &p->first;
  pthread_mutex_unlock(&p->lock);
  return j;
}

static void give_back(Pool *p, Job *j, bool ok, int64_t result) {
  pthread_mutex_lock(&p->lock);
  p->sum += result;
  if (!ok) p->failed = true;
  if (ok && ++j->turn < TURNS) {
    j->next = NULL;
    *p->last = j;
    p->last = &j->next;
  }
  pthread_mutex_unlock(&p->lock);
}

static bool start(Pool *p, Job *j) {
  skein_config config;
  skein_config_init(&config);
  config.limits.heap = 4 << 20;
  skein_val main_module;
  return skein_vm_new(&config, &j->vm) == SKEIN_OK && skein_module(j->vm, "__main__", &main_module) == SKEIN_OK &&
         skein_run_code(j->vm, p->code, main_module, NULL) == SKEIN_OK;
}

static bool run_turn(Job *j, int64_t *result) {
  skein_vm *vm = j->vm;
  skein_scope scope = skein_scope_open(vm);
  skein_val f, sum, args[2];
  args[0] = skein_int(vm, j->seed);
  args[1] = skein_int(vm, 100 * (j->turn + 1));
  bool ok = skein_get_global(vm, "turn", &f) == SKEIN_OK && skein_call(vm, f, args, 2, &sum) == SKEIN_OK &&
            skein_get_int(vm, sum, result) == SKEIN_OK;
  skein_scope_close(vm, scope);
  return ok;
}

static void *work(void *arg) {
  Pool *p = (Pool *)arg;
  for (Job *j; (j = take(p));) {
    int64_t result = 0;
    bool ok = (j->vm || start(p, j)) && run_turn(j, &result);
    give_back(p, j, ok, result);
  }
  return NULL;
}

static bool compile_program(Pool *p) {
  skein_vm *vm;
  if (skein_vm_new(NULL, &vm) != SKEIN_OK) return false;
  bool ok = skein_compile(vm, program, sizeof program - 1, "<program>", SKEIN_EXEC, &p->code) == SKEIN_OK;
  skein_vm_free(vm); /* the code stays */
  return ok;
}

int main(int argc, char **argv) {
  int count = argc > 1 ? atoi(argv[1]) : 2000;
  Pool p = {PTHREAD_MUTEX_INITIALIZER, NULL, NULL, NULL, 0, false};
  Job *jobs = (Job *)calloc((size_t)count + 1, sizeof *jobs);
  if (!jobs || !compile_program(&p)) return 1;
  for (int i = 0; i < count; i++) jobs[i].seed = i, jobs[i].next = i + 1 < count ? &jobs[i + 1] : NULL;
  p.first = count ? jobs : NULL;
  p.last = count ? &jobs[count - 1].next : &p.first;

  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++)
    if (pthread_create(&threads[i], NULL, work, &p) != 0) return 1;
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);

  int alive = 0;
  for (int i = 0; i < count; i++) {
    if (jobs[i].vm) alive++;
    skein_vm_free(jobs[i].vm);
  }
  free(jobs);
  skein_code_release(p.code);
  printf("%d VMs, %d turns each on %d threads: %s, %" PRId64 "\n", alive, TURNS, THREADS, p.failed ? "failed" : "fine", p.sum);
  return p.failed;
}
