/* api_def.c - functions of the host.  Layer 9. */
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/run/thread.h"

typedef struct HostFunction { SkObject head; skein_fn fn; void *user; SkValue name; } HostFunction;

static void host_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((HostFunction *)o)->name); }

/* The script calls the host.  The host's handles end when it returns; it never sees a longjmp. */
static SkValue host_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  HostFunction *f = sk_ptr(self);
  skein_vm *v = vm->host;
  if (kwnames && kwnames->count) sk_raise_type(vm, "%S() takes no keyword arguments", f->name);
  skein_scope scope = skein_scope_open(v);
  skein_val *handles = sk_scratch(vm, (nargs + 1) * sizeof *handles), result = {0};
  for (size_t i = 0; i < nargs; i++) handles[i] = handle_new(v, args[i]);
  skein_status s = f->fn(v, f->user, handles, nargs, &result);
  SkValue value = s == SKEIN_OK && result.bits ? handle_value(v, result) : SK_NONE;
  if (sk_is_unset(value)) s = api_misuse(v, "a host function's result");
  skein_scope_close(v, scope);
  sk_thread_poll(vm); /* the VM may have been stopped meanwhile: what the host says does not count then */
  if (s == SKEIN_OK) return value;
  SkValue exc = v->own.pending;
  v->own.pending = SK_UNSET;
  if (sk_is_unset(exc)) sk_raisef(vm, SK_T_SystemError, "%S() failed without raising an exception", f->name);
  sk_raise_exc(vm, exc);
}

static SkValue host_repr(SkVm *vm, SkValue self) { return sk_from_ptr(sk_format(vm, "<host function %S>", ((HostFunction *)sk_ptr(self))->name)); }

static const SkTypeDef host_function_def = {
    .name = "host_function", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(HostFunction),
    .flags = SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_FINAL, .slots = {.call = host_call, .repr = host_repr}, .trace = host_trace,
};

typedef struct MakeHost { skein_vm *v; const char *name; skein_fn fn; void *user; SkValue result; } MakeHost;

static void make_host(SkVm *vm, void *arg) {
  MakeHost *mk = arg;
  if (!mk->v->host_function_type) mk->v->host_function_type = sk_type_from_def(vm, &host_function_def);
  HostFunction *f = sk_object_new(vm, mk->v->host_function_type, 0);
  f->fn = mk->fn;
  f->user = mk->user;
  f->name = SK_NONE;
  SkStr *name = sk_str_decode_utf8(vm, mk->name, strlen(mk->name));
  sk_write(vm, f, &f->name, sk_from_ptr(name));
  mk->result = sk_from_ptr(f);
}

skein_status skein_function(skein_vm *v, const char *name, skein_fn fn, void *user, skein_free_fn finalize, skein_val *out) {
  (void)finalize;
  MakeHost mk = {v, name, fn, user, SK_NONE};
  skein_status s = api_enter(v, make_host, &mk);
  if (s == SKEIN_OK) *out = handle_new(v, mk.result);
  return s;
}
