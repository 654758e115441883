/* api_vm.c - life of a VM, handles, the border that nothing unwinds across.  Layer 9. */
#include <string.h>
#include <sys/resource.h>

#include "vm/api/api_impl.h"
#include "vm/object/str_methods.h"
#include "vm/run/thread.h"

const char *skein_version(void) { return SKEIN_VERSION; }
uint32_t skein_abi_version(void) { return SKEIN_ABI; }

void skein_limits_init(skein_limits *l) { *l = (skein_limits){.size = sizeof *l, .final = SKEIN_FINAL_HEAP}; }

void skein_config_init(skein_config *c) {
  *c = (skein_config){.size = sizeof *c, .abi = SKEIN_ABI};
  skein_limits_init(&c->limits);
}

void *skein_vm_user(skein_vm *v) { return v->config.user; }

void skein_vm_stats(skein_vm *v, skein_stats *out) {
  size_t size = out->size;
  *out = (skein_stats){.size = size, .heap = sk_heap_bytes(core(v)), .fuel_left = UINT64_MAX, .handles = (uint32_t)v->own.count};
}

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
  char *base = vm->c_base, *limit = vm->c_limit, *here = __builtin_frame_address(0);
  if (!base) {
    vm->c_base = here;
    vm->c_limit = here - c_stack_room();
  }
  Border b = {fn, arg, NULL};
  bool ok = sk_protect(vm, cross, &b);
  if (b.outer) sk_thread_set_bottom(vm, b.outer);
  vm->c_base = base;
  vm->c_limit = limit;
  if (ok) return SKEIN_OK;
  v->own.pending = sk_take_raised(vm);
  return SKEIN_ERR_EXC;
}

static void mark_host(SkMarker *m, void *arg) {
  skein_vm *v = arg;
  handles_mark(m, v);
  sk_mark_ptr(m, v->host_function_type);
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

/* Also of a VM that was only half born. */
static void give_back(skein_vm *v) {
  SkVm *vm = core(v);
  sk_run_free(vm);
  sk_heap_free(vm); /* C finalizers still look at shapes and classes */
  sk_objects_free(vm);
  sk_fds_free(vm);
  sk_mem_free(vm, v->own.items, v->own.room * sizeof *v->own.items);
  sk_mem_free(vm, v, sizeof *v);
}

skein_status skein_vm_new(const skein_config *config, skein_vm **out) {
  skein_config defaults;
  skein_config_init(&defaults);
  if (!config) config = &defaults;
  if (!out) return SKEIN_ERR_MISUSE;
  *out = NULL;
  if (config->abi != SKEIN_ABI) return SKEIN_ERR_ABI;
  SkAllocFn *alloc = config->alloc ? config->alloc : sk_default_alloc;
  skein_vm *v = alloc(config->alloc_user, NULL, 0, sizeof *v, 16);
  if (!v) return SKEIN_ERR_NOMEM;
  memset(v, 0, sizeof *v);
  SkVm *vm = core(v);
  v->config = *config;
  v->stamp = (uint32_t)((uintptr_t)v >> 4) * 2654435761u;
  vm->alloc = alloc;
  vm->alloc_user = config->alloc_user;
  v->own.pending = SK_UNSET;
  vm->handled = vm->raised = SK_NONE;
  vm->host = v;
  take_options(vm, config);
  if (!sk_heap_init(vm, sk_kinds, config->limits.heap)) {
    sk_mem_free(vm, v, sizeof *v);
    return SKEIN_ERR_NOMEM;
  }
  api_caps_install(v);
  api_io_install(v);
  api_modules_install(v);
  Birth birth = {false};
  if (api_enter(v, give_birth, &birth) != SKEIN_OK || !birth.ok) {
    give_back(v);
    return SKEIN_ERR_NOMEM;
  }
  *out = v;
  return SKEIN_OK;
}

static void say_goodbye(SkVm *vm, void *arg) {
  (void)arg;
  sk_sys_flush(vm);
}

void skein_vm_free(skein_vm *v) {
  if (!v) return;
  SkVm *vm = core(v);
  if (!sk_threads_stop(vm)) return; /* memory that somebody still uses is not given back */
  if (vm->sys) api_enter(v, say_goodbye, NULL);
  give_back(v);
}

static void collect(SkVm *vm, void *arg) {
  (void)arg;
  sk_gc_collect(vm, true);
  sk_gc_run_pending(vm);
}

void skein_gc(skein_vm *v) { api_enter(v, collect, NULL); }

void skein_interrupt(skein_vm *v, skein_stop what) {
  static const int bits[] = {SK_INTERRUPT_HOST, SK_INTERRUPT_CANCEL, SK_INTERRUPT_KILL, SK_INTERRUPT_DUMP};
  __atomic_fetch_or(&v->vm.interrupt, bits[what], __ATOMIC_SEQ_CST);
  sk_thread_wake_main(&v->vm);
}

void skein_uninterrupt(skein_vm *v) { __atomic_fetch_and(&v->vm.interrupt, ~SK_INTERRUPT_HOST, __ATOMIC_SEQ_CST); }

/* What the host keeps for itself between the two (handles, pending) is the main thread's own: nobody reads it. */
void skein_threads_begin(skein_vm *v) { sk_thread_release(core(v)); }
void skein_threads_end(skein_vm *v) { sk_thread_acquire(sk_thread_main(core(v))); }
