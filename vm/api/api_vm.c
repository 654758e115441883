/* api_vm.c - life of a VM, handles, the border that nothing unwinds across.  Layer 9. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "vm/api/api_impl.h"
#include "vm/object/str_methods.h"

const char *skein_version(void) { return "0.1"; }

void skein_config_init(skein_config *c) { *c = (skein_config){.size = sizeof *c, .abi = SKEIN_ABI}; }
void *skein_vm_user(skein_vm *v) { return v->user; }
size_t skein_vm_heap(skein_vm *v) { return sk_heap_bytes(core(v)); }

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

SK_NOINLINE skein_status api_enter(skein_vm *v, void (*fn)(SkVm *, void *), void *arg) {
  SkVm *vm = core(v);
  char *base = vm->c_base, *limit = vm->c_limit, *here = __builtin_frame_address(0);
  if (!base) {
    vm->c_base = here;
    vm->c_limit = here - c_stack_room();
  }
  bool ok = sk_protect(vm, fn, arg);
  vm->c_base = base;
  vm->c_limit = limit;
  if (ok) return SKEIN_OK;
  v->pending = sk_take_raised(vm);
  return SKEIN_ERR_EXC;
}

/* ---- handles ---- */

static void mark_handles(SkMarker *m, void *arg) {
  skein_vm *v = arg;
  sk_mark_span(m, v->handles, v->count);
  sk_mark(m, v->pending);
  sk_mark_ptr(m, v->host_function_type);
}

skein_val handle_new(skein_vm *v, SkValue value) {
  if (v->count == v->room) {
    size_t room = v->room ? v->room * 2 : 64;
    SkValue *more = realloc(v->handles, room * sizeof *more);
    if (!more) return (skein_val){0};
    v->handles = more;
    v->room = room;
  }
  v->handles[v->count++] = value;
  return (skein_val){v->count};
}

SkValue handle_get(skein_vm *v, skein_val h) { return h.bits && h.bits <= v->count ? v->handles[h.bits - 1] : SK_NONE; }

size_t skein_scope_open(skein_vm *v) { return v->count; }
void skein_scope_close(skein_vm *v, size_t scope) {
  if (scope < v->count) v->count = scope;
}
skein_val skein_scope_escape(skein_vm *v, size_t scope, skein_val h) {
  if (!h.bits) {
    skein_scope_close(v, scope);
    return h;
  }
  SkValue value = handle_get(v, h);
  skein_scope_close(v, scope);
  return handle_new(v, value);
}

/* ---- birth and death ---- */

typedef struct Birth { bool ok; } Birth;

static void give_birth(SkVm *vm, void *arg) {
  sk_objects_init(vm);
  if (!sk_run_init(vm)) return;
  sk_stdlib_init(vm);
  ((Birth *)arg)->ok = true;
}

static void take_options(SkVm *vm, const skein_config *c) {
  vm->options = (SkOptions){.portable = c->portable, .dev = c->dev, .isolated = c->isolated, .ignore_environment = c->ignore_environment || c->isolated, .unbuffered = c->unbuffered,
                            .inspect = c->inspect, .quiet = c->quiet, .optimize = c->optimize, .heap_limit = c->heap_limit,
                            .stack_bytes = c->stack_bytes, .hash_seed = c->hash_seed};
  vm->hash_seed = c->hash_seed;
}

extern const SkKindInfo sk_kinds[];

skein_status skein_vm_new(const skein_config *config, skein_vm **out) {
  skein_config defaults;
  skein_config_init(&defaults);
  if (!config) config = &defaults;
  if (!out) return SKEIN_ERR_MISUSE;
  *out = NULL;
  skein_vm *v = calloc(1, sizeof *v);
  if (!v) return SKEIN_ERR_NOMEM;
  SkVm *vm = core(v);
  v->user = config->user;
  v->pending = SK_UNSET;
  vm->handled = vm->raised = SK_NONE;
  vm->host = v;
  take_options(vm, config);
  if (!sk_heap_init(vm, sk_kinds, config->heap_limit)) {
    free(v);
    return SKEIN_ERR_NOMEM;
  }
  sk_root_add(vm, mark_handles, v);
  Birth birth = {false};
  if (api_enter(v, give_birth, &birth) != SKEIN_OK || !birth.ok) {
    skein_vm_free(v);
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
  if (vm->sys) api_enter(v, say_goodbye, NULL);
  sk_run_free(vm);
  sk_heap_free(vm); /* C finalizers still look at shapes and classes */
  sk_objects_free(vm);
  free(v->handles);
  free(v);
}

static void collect(SkVm *vm, void *arg) {
  (void)arg;
  sk_gc_collect(vm, true);
  sk_gc_run_pending(vm);
}

void skein_gc(skein_vm *v) { api_enter(v, collect, NULL); }

void skein_interrupt(skein_vm *v) {
  v->vm.interrupt = 1;
  int64_t *budget = v->vm.budget_cell;
  if (budget) *budget = 0;
}

void skein_uninterrupt(skein_vm *v) { v->vm.interrupt = 0; }
