/* api_vm.c - life of a VM, handles, the border that nothing unwinds across.  Layer 9. */
#include <string.h>
#include <sys/resource.h>

#include "vm/api/api_impl.h"
#include "vm/object/str_methods.h"
#include "vm/run/thread.h"

const char *skein_version(void) { return SKEIN_VERSION; }
uint32_t skein_abi_version(void) { return SKEIN_ABI; }

void skein_config_init(skein_config *c) {
  *c = (skein_config){.size = sizeof *c, .abi = SKEIN_ABI};
  skein_limits_init(&c->limits);
}

void *skein_vm_user(skein_vm *v) { return v->config.user; }

/* ---- the border ---- */

enum { C_STACK_MARGIN = 192 * 1024, C_STACK_MOST = 64 << 20 };

/* How much C stack the thread has is a guess by its limit; a quarter is left for the host. */
static size_t c_stack_room(void) {
  struct rlimit lim;
  size_t room = 8 << 20;
  if (getrlimit(RLIMIT_STACK, &lim) == 0 && lim.rlim_cur != RLIM_INFINITY) room = (size_t)lim.rlim_cur;
  if (room > C_STACK_MOST) room = C_STACK_MOST;
  return room / 4 * 3 > C_STACK_MARGIN ? room / 4 * 3 : C_STACK_MARGIN;
}

/* A thread that leaves a stopped VM inside a host function leaves to here: the host returns by itself. */
typedef struct Border { void (*fn)(SkVm *, void *); void *arg; SkCatch *outer; } Border;

static void cross(SkVm *vm, void *arg) {
  Border *b = arg;
  if (vm->threads) b->outer = sk_thread_set_bottom(vm, vm->catch_top);
  b->fn(vm, b->arg);
}

SK_NOINLINE skein_status api_enter(skein_vm *v, void (*fn)(SkVm *, void *), void *arg) {
  SkVm *vm = core(v);
  if (SK_UNLIKELY(v->dead != NULL)) host_bury(v); /* before: a result that has no handle yet would not be seen by a collection */
  if (SK_UNLIKELY(sk_stopped(vm))) return api_stop_status(v);
  char *base = vm->c_base, *limit = vm->c_limit, *here = __builtin_frame_address(0);
  if (!base) {
    vm->c_base = here;
    vm->c_limit = here - c_stack_room();
  }
  Border b = {fn, arg, NULL};
  bool ok = sk_protect_any(vm, cross, &b);
  if (b.outer) sk_thread_set_bottom(vm, b.outer);
  vm->c_base = base;
  vm->c_limit = limit;
  if (SK_UNLIKELY(sk_stopped(vm))) {
    vm->raised = SK_NONE;
    return api_stop_status(v);
  }
  if (ok) return SKEIN_OK;
  v->own.pending = sk_take_raised(vm);
  return SKEIN_ERR_EXC;
}

static void mark_host(SkMarker *m, void *arg) {
  skein_vm *v = arg;
  host_values_mark(m, v);
}

/* ---- birth and death ---- */

static const Handles no_handles = {.pending = {0x35}}; /* SK_UNSET */

typedef struct Birth { bool ok; } Birth;

static void give_birth(SkVm *vm, void *arg) {
  skein_vm *v = vm->host;
  sk_root_add(vm, mark_host, v);
  sk_objects_init(vm);
  if (!sk_run_init(vm)) return;
  sk_thread_own(vm, &v->own, sizeof v->own, &no_handles, handles_free);
  sk_stdlib_init(vm);
  ((Birth *)arg)->ok = true;
}

static void take_options(SkVm *vm, const skein_config *c) {
  vm->options = (SkOptions){.portable = c->portable, .dev = c->dev, .isolated = c->isolated, .ignore_environment = c->ignore_environment || c->isolated, .unbuffered = c->unbuffered,
                            .inspect = c->inspect, .quiet = c->quiet, .optimize = c->optimize, .heap_limit = c->limits.heap,
                            .stack_bytes = c->stack_bytes, .hash_seed = c->hash_seed};
  vm->hash_seed = c->hash_seed;
}

extern const SkKindInfo sk_kinds[];

/* Everything from here to the end of a life is done again by a reset: the record is zero up to |interrupt|. */
static skein_status come_alive(skein_vm *v) {
  SkVm *vm = core(v);
  const skein_config *config = &v->config;
  vm->alloc = config->alloc ? config->alloc : sk_default_alloc;
  vm->alloc_user = config->alloc_user;
  v->own.pending = SK_UNSET;
  vm->handled = vm->raised = SK_NONE;
  vm->host = v;
  take_options(vm, config);
  if (!sk_heap_init(vm, sk_kinds, config->limits.heap)) return SKEIN_ERR_NOMEM;
  host_install(v);
  api_caps_install(v);
  api_io_install(v);
  api_modules_install(v);
  api_limits_born(v);
  Birth birth = {false};
  if (api_enter(v, give_birth, &birth) != SKEIN_OK || !birth.ok) return SKEIN_ERR_NOMEM;
  api_limits_set(v, &config->limits);
  return config->setup ? config->setup(v, config->setup_user) : SKEIN_OK;
}

static void say_goodbye(SkVm *vm, void *arg) {
  (void)arg;
  sk_sys_flush(vm);
}

/* False: a thread of a script is still in there.  |for_good|: the record goes, too. */
static bool die(skein_vm *v, bool for_good) {
  SkVm *vm = core(v);
  if (!sk_threads_stop(vm)) return false;
  if (vm->sys && !sk_stopped(vm)) api_enter(v, say_goodbye, NULL);
  api_jobs_drop(v);
  host_values_end(v, for_good);
  exc_free_texts(v);
  sk_run_free(vm);
  if (vm->heap) sk_heap_free(vm); /* C finalizers still look at shapes and classes */
  sk_objects_free(vm);
  sk_fds_free(vm);
  host_values_gone(v, for_good);
  return true;
}

/* Of an older header: what it does not know has its default.  Of a newer one: unknown. */
static bool take_config(skein_config *to, const skein_config *from) {
  skein_config_init(to);
  if (!from) return true;
  if (from->abi != SKEIN_ABI || from->size < offsetof(skein_config, alloc) || from->size > sizeof *to) return false;
  memcpy(to, from, from->size);
  to->size = sizeof *to;
  return true;
}

skein_status skein_vm_new(const skein_config *config, skein_vm **out) {
  skein_config mine;
  if (!out) return SKEIN_ERR_MISUSE;
  *out = NULL;
  if (!take_config(&mine, config)) return SKEIN_ERR_ABI;
  SkAllocFn *alloc = mine.alloc ? mine.alloc : sk_default_alloc;
  skein_vm *v = alloc(mine.alloc_user, NULL, 0, sizeof *v, 16);
  if (!v) return SKEIN_ERR_NOMEM;
  memset(v, 0, sizeof *v);
  v->config = mine;
  v->stamp = (uint32_t)((uintptr_t)v >> 4) * 2654435761u;
  skein_status s = come_alive(v);
  if (s == SKEIN_OK) *out = v;
  else skein_vm_free(v);
  return s;
}

static bool inside(skein_vm *v) {
  if (!core(v)->c_base && !v->burying) return false;
  v->misuse = "a VM can't be freed or reset from inside";
  return true;
}

/* Memory that somebody still uses is not given back. */
void skein_vm_free(skein_vm *v) {
  if (!v || inside(v) || !die(v, true)) return;
  sk_threads_free(core(v));
  handles_free(&v->own);
  sk_mem_free(core(v), v, sizeof *v);
}

skein_status skein_vm_reset(skein_vm *v) {
  SkVm *vm = core(v);
  if (inside(v)) return SKEIN_ERR_MISUSE;
  if (!die(v, false)) return api_misuse(v, "a thread of a script does not end");
  memset(vm, 0, offsetof(SkVm, interrupt));
  __atomic_store_n(&vm->interrupt, 0, __ATOMIC_SEQ_CST);
  skein_status s = come_alive(v);
  if (s != SKEIN_OK && vm->limits.stop == SK_STOP_NONE && !vm->sys) vm->limits.stop = SK_STOP_HEAP; /* there is nothing to run in */
  return s;
}

static void collect(SkVm *vm, void *arg) {
  (void)arg;
  sk_gc_collect(vm, true);
  sk_gc_run_pending(vm);
}

void skein_gc(skein_vm *v) {
  api_enter(v, collect, NULL);
  if (v->dead) host_bury(v);
}

/* What the host keeps for itself between the two (handles, pending) is the main thread's own: nobody reads it. */
void skein_threads_begin(skein_vm *v) { sk_thread_release(core(v)); }
void skein_threads_end(skein_vm *v) { sk_thread_acquire(sk_thread_main(core(v))); }
