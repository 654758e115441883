/* api_cap.c - capabilities: what the host grants, and its say in single cases.  Layer 9. */
#include <errno.h>

#include "vm/api/api_impl.h"

_Static_assert((int)SKEIN_CAP_FS_READ == (int)SK_CAP_FS_READ && (int)SKEIN_CAP_NET_LISTEN == (int)SK_CAP_NET_LISTEN && (int)SKEIN_CAP_CLOCK == (int)SK_CAP_CLOCK &&
               (int)SKEIN_CAP_THREADS == (int)SK_CAP_THREADS && (int)SKEIN_CAP_EVAL == (int)SK_CAP_EVAL, "the same bits");

/* The host may use the VM meanwhile: what waits for it to be taken is not its answer's business. */
static bool allowed(SkVm *vm, uint32_t cap, const char *what) {
  skein_vm *v = vm->host;
  SkValue pending = v->own.pending;
  skein_scope scope = skein_scope_open(v);
  bool yes = v->config.cap_check(v, v->config.cap_user, (skein_cap)cap, what);
  skein_scope_close(v, scope);
  v->own.pending = pending;
  return yes;
}

static void denied(SkVm *vm, uint32_t cap, const char *what) {
  const char *name = sk_cap_name(__builtin_ctz(cap));
  SkStr *text = *what ? sk_format(vm, "no %s capability for '%s'", name, what) : sk_format(vm, "no %s capability", name);
  SkValue args[] = {sk_smallint(EPERM), sk_from_ptr(text)}; /* with a number, as programs expect of an OSError */
  sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_PermissionError], args, 2));
}

void api_caps_install(skein_vm *v) {
  SkVm *vm = core(v);
  vm->limits.caps = v->config.caps;
  vm->hooks.denied = denied;
  vm->hooks.allowed = v->config.cap_check ? allowed : NULL;
}
