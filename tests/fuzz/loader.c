/* loader.c - one execution of the loader fuzzer.
 *
 * The VM is kept from one execution to the next and reset now and then: what a program leaves behind must not make the next one
 * unlikely to run, but a fresh VM each time would cost more than everything else.
 */
#include "tests/fuzz/loader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vm/api/skein.h"

enum { FUEL = 100 * 1000, HEAP = 16 << 20, RESET_EVERY = 200, DEADLINE_MS = 200 };

LoaderStats loader_stats;
static skein_vm *vm;

static void discard(void *user, int stream, const char *text, size_t n) { (void)user, (void)stream, (void)text, (void)n; }
static size_t nothing(void *user, char *into, size_t room) { (void)user, (void)into, (void)room; return 0; }

static skein_limits limits(void) {
  skein_limits l;
  skein_limits_init(&l);
  l.heap = HEAP;
  l.fuel = FUEL;
  l.deadline_ns = (uint64_t)DEADLINE_MS * 1000 * 1000;
  l.length = 1 << 20;
  l.tasks = 1000;
  l.final |= SKEIN_FINAL_SIZE;
  return l;
}

void loader_start(void) {
  skein_config c;
  skein_config_init(&c);
  c.limits = limits();
  c.caps = SKEIN_CAP_EVAL;
  c.write = discard;
  c.read = nothing;
  if (skein_vm_new(&c, &vm) != SKEIN_OK) {
    fprintf(stderr, "no VM\n");
    exit(2);
  }
}

void loader_stop(void) {
  skein_vm_free(vm);
  vm = NULL;
}

static void start_anew(void) {
  loader_stop();
  loader_start();
}

static void run(const skein_code *code) {
  skein_limits l = limits();
  skein_set_limits(vm, &l);
  skein_val module;
  skein_scope scope = skein_scope_open(vm);
  skein_status s = skein_module(vm, "fuzzed", &module);
  if (s == SKEIN_OK) s = skein_run_code(vm, code, module, NULL);
  if (s == SKEIN_ERR_EXC) skein_exc_take(vm);
  skein_scope_close(vm, scope);
  loader_stats.run++;
  loader_stats.finished += s == SKEIN_OK;
  bool stopped = skein_stopped(vm) != SKEIN_OK;
  if (stopped || loader_stats.run % RESET_EVERY == 0) start_anew();
}

void loader_execute(const void *bytes, size_t n, bool runs) {
  skein_code *code;
  const char *why;
  loader_stats.executions++;
  if (skein_code_load(bytes, n, &code, &why) != SKEIN_OK) return;
  loader_stats.loaded++;
  if (runs) run(code);
  skein_code_release(code);
}

typedef struct Bytes { char *data; size_t length; } Bytes;

static void collect(void *user, int stream, const char *text, size_t n) {
  Bytes *b = user;
  (void)stream;
  b->data = realloc(b->data, b->length + n + 1);
  memcpy(b->data + b->length, text, n);
  b->length += n;
}

void *loader_compile(const char *source, size_t length, size_t *n) {
  skein_code *code;
  Bytes bytes = {NULL, 0};
  if (skein_compile(vm, source, length, "fuzz.py", SKEIN_EXEC, &code) != SKEIN_OK) {
    skein_exc_take(vm);
    return NULL;
  }
  skein_code_save(code, collect, &bytes);
  skein_code_release(code);
  *n = bytes.length;
  return bytes.data;
}
