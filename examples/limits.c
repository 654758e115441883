/* limits.c - scripts that would never end, or take all memory, are stopped; the VM is used again.
 *
 * Shows fuel, time, memory and size limits, stopping a script from another thread, and asking it to stop so that it may clean up.
 */
#define _POSIX_C_SOURCE 200809L /* nanosleep */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "skein.h"

static void show(skein_vm *vm, const char *what, skein_status status) {
  printf("%-28s %s", what, skein_status_name(status));
  if (status == SKEIN_ERR_EXC) printf(": %s", skein_exc_type(vm, skein_exc_take(vm)));
  printf("\n");
}

/* Whatever happened, the VM answers after a reset. */
static void check_alive(skein_vm *vm) {
  skein_val v;
  int64_t two = 0;
  if (skein_vm_reset(vm) != SKEIN_OK || skein_eval(vm, "1 + 1", &v) != SKEIN_OK || skein_get_int(vm, v, &two) != SKEIN_OK || two != 2)
    printf("the VM did not survive\n");
}

static void run_limited(skein_vm *vm, const char *what, const char *source) {
  show(vm, what, skein_exec(vm, source, strlen(source), "<hostile>"));
  check_alive(vm);
}

/* ---- from another thread ---- */

typedef struct Alarm { skein_vm *vm; skein_stop what; } Alarm;

static void *ring(void *arg) {
  const Alarm *alarm = (const Alarm *)arg;
  struct timespec twenty_ms = {0, 20 * 1000 * 1000};
  nanosleep(&twenty_ms, NULL);
  skein_interrupt(alarm->vm, alarm->what);
  return NULL;
}

static void run_interrupted(skein_vm *vm, const char *what, skein_stop stop, const char *source) {
  Alarm alarm = {vm, stop};
  pthread_t thread;
  if (pthread_create(&thread, NULL, ring, &alarm) != 0) return;
  show(vm, what, skein_exec(vm, source, strlen(source), "<busy>"));
  pthread_join(thread, NULL);
}

static void write_out(void *user, int stream, const char *text, size_t n) {
  (void)user;
  (void)stream;
  fwrite(text, 1, n, stdout);
}

int main(void) {
  skein_config config;
  skein_config_init(&config);
  config.write = write_out;
  config.limits.fuel = 20 * 1000 * 1000;
  config.limits.heap = 32 << 20;
  config.limits.length = 1 << 20;
  skein_vm *vm;
  if (skein_vm_new(&config, &vm) != SKEIN_OK) return 1;
  run_limited(vm, "an endless loop", "while True: pass");
  run_limited(vm, "a long text", "'x' * 10**10");
  run_limited(vm, "a large number", "10 ** 10 ** 8");
  run_limited(vm, "a list that grows", "a = []\nwhile 1: a += [0] * 999");
  run_limited(vm, "endless recursion", "def f(): f()\nf()");
  skein_vm_free(vm);

  skein_config_init(&config);
  config.write = write_out;
  config.limits.deadline_ns = 50 * 1000 * 1000;
  if (skein_vm_new(&config, &vm) != SKEIN_OK) return 1;
  run_limited(vm, "a long built-in", "sum(range(10**10))");
  skein_vm_free(vm);

  skein_config_init(&config);
  config.write = write_out;
  if (skein_vm_new(&config, &vm) != SKEIN_OK) return 1;
  run_interrupted(vm, "asked to stop", SKEIN_STOP_KEYBOARD, "try:\n  while True: pass\nfinally:\n  print('cleaned up')\n");
  run_interrupted(vm, "stopped", SKEIN_STOP_KILL, "try:\n  while True: pass\nfinally:\n  print('never printed')\n");
  show(vm, "and stays stopped", skein_exec(vm, "pass", 4, NULL));
  check_alive(vm);
  skein_vm_free(vm);
  return 0;
}
