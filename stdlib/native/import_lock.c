/* import_lock.c - two threads that import one module: the second waits until the first has run it.  Layer 8.
 *
 * Names of modules being run are kept with the serial number of the thread that runs them, and for each thread that
 * waits the name it waits for.  Who would wait for a thread that waits for him, however indirectly, goes on with the
 * half-made module instead.
 */
#include "stdlib/native/import_lock.h"

#include "vm/run/thread.h"

static SkDict *table(SkVm *vm, const char *name) {
  SkValue v = sk_dict_get_cstr(vm, vm->module_state, name);
  if (sk_is_unset(v)) {
    v = sk_from_ptr(sk_dict_new(vm));
    sk_dict_set_cstr(vm, vm->module_state, name, v);
  }
  return sk_as_dict(v);
}
static SkDict *owners(SkVm *vm) { return table(vm, "_imp.owners"); }
static SkDict *waits(SkVm *vm) { return table(vm, "_imp.waits"); }
static SkValue self(SkVm *vm) { return sk_smallint((int64_t)sk_thread_serial(sk_thread_current(vm))); }

void sk_import_begin(SkVm *vm, SkStr *name) { sk_dict_set_str(vm, owners(vm), name, self(vm)); }
void sk_import_end(SkVm *vm, SkStr *name) { sk_dict_delete(vm, owners(vm), sk_from_ptr(name)); }

/* Another thread runs |name|, and it does not wait for this one. */
static bool must_wait(SkVm *vm, SkStr *name) {
  SkValue owner = sk_dict_get_str(vm, owners(vm), name), me = self(vm);
  if (sk_is_unset(owner)) return false;
  while (!sk_is_unset(owner)) {
    if (sk_is(owner, me)) return false;
    SkValue next = sk_dict_get(vm, waits(vm), owner);
    if (sk_is_unset(next)) return true;
    owner = sk_dict_get(vm, owners(vm), next);
  }
  return true;
}

typedef struct Wait { SkStr *name; } Wait;
static void wait_protected(SkVm *vm, void *arg) {
  enum { NAP_NS = 500000 };
  while (must_wait(vm, ((Wait *)arg)->name)) {
    sk_thread_park(vm, sk_thread_now() + NAP_NS);
    if (sk_thread_must_poll(vm)) vm->hooks.poll(vm);
  }
}

static void wait_slow(SkVm *vm, SkStr *name) {
  if (!must_wait(vm, name)) return;
  SkValue me = self(vm);
  sk_dict_set(vm, waits(vm), me, sk_from_ptr(name));
  bool fine = sk_protect(vm, wait_protected, &(Wait){name});
  sk_dict_delete(vm, waits(vm), me);
  if (!fine) sk_throw(vm, sk_take_raised(vm));
}

void sk_import_wait(SkVm *vm, SkStr *name) {
  if (sk_thread_count(vm) > 1 && owners(vm)->live) wait_slow(vm, name);
}
