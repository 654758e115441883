/* api_def.c - functions of the host.  Layer 9. */
#include <string.h>

#include "vm/api/api_impl.h"
#include "vm/run/thread.h"

typedef struct HostFunction { SkObject head; skein_fn fn; skein_async_fn begin; SkAwaitOps ops; void *user; SkValue name; } HostFunction;

static void host_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((HostFunction *)o)->name); }

/* The script calls the host.  The host's handles end when it returns; it never sees a longjmp. */
static SkValue host_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  HostFunction *f = sk_ptr(self);
  skein_vm *v = vm->host;
  if (kwnames && kwnames->count) sk_raise_type(vm, "%S() takes no keyword arguments", f->name);
  if (f->begin) return host_async_call(vm, self, &f->ops, args, nargs);
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

static SkValue is_async(SkVm *vm, SkValue self) { (void)vm; return sk_bool(((HostFunction *)sk_ptr(self))->begin); }
static const SkAttrDef host_attrs[] = {SK_GETSET("_is_coroutine_function", is_async, NULL, NULL), SK_ATTRS_END};

static const SkTypeDef host_function_def = {
    .name = "host_function", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(HostFunction),
    .flags = SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_FINAL, .attrs = host_attrs, .slots = {.call = host_call, .repr = host_repr}, .trace = host_trace,
};

typedef struct MakeHost { skein_vm *v; const char *name; skein_fn fn; void *user; SkValue result; skein_async_fn begin; } MakeHost;

static void make_host(SkVm *vm, void *arg) {
  MakeHost *mk = arg;
  if (!mk->v->host_function_type) mk->v->host_function_type = sk_type_from_def(vm, &host_function_def);
  HostFunction *f = sk_object_new(vm, mk->v->host_function_type, 0);
  f->fn = mk->fn;
  f->begin = mk->begin;
  f->user = mk->user;
  f->name = SK_NONE;
  SkStr *name = sk_str_decode_utf8(vm, mk->name, strlen(mk->name));
  sk_write(vm, f, &f->name, sk_from_ptr(name));
  host_async_init(&f->ops, sk_str_cstr(vm, name));
  mk->result = sk_from_ptr(f);
}

skein_status skein_function(skein_vm *v, const char *name, skein_fn fn, void *user, skein_free_fn finalize, skein_val *out) {
  (void)finalize;
  MakeHost mk = {v, name, fn, user, SK_NONE};
  skein_status s = api_enter(v, make_host, &mk);
  if (s == SKEIN_OK) *out = handle_new(v, mk.result);
  return s;
}

skein_status host_function_begin(SkVm *vm, SkValue function, const SkValue *args, size_t n, skein_await *await) {
  HostFunction *f = sk_ptr(function);
  skein_vm *v = vm->host;
  skein_scope scope = skein_scope_open(v);
  skein_val *handles = sk_scratch(vm, (n + 1) * sizeof *handles);
  for (size_t i = 0; i < n; i++) handles[i] = handle_new(v, args[i]);
  skein_status s = f->begin(v, f->user, handles, n, await);
  skein_scope_close(v, scope);
  return s;
}

SK_NORETURN void host_function_raise(SkVm *vm, SkValue function, skein_status s) {
  skein_vm *v = vm->host;
  SkValue exc = s == SKEIN_ERR_EXC ? v->own.pending : SK_UNSET;
  v->own.pending = SK_UNSET;
  if (sk_is_unset(exc)) sk_raisef(vm, SK_T_SystemError, "%S() failed without raising an exception", ((HostFunction *)sk_ptr(function))->name);
  sk_raise_exc(vm, exc);
}

skein_status skein_def_async(skein_vm *v, skein_val where, const char *signature, skein_async_fn begin, void *user, skein_free_fn finalize) {
  (void)finalize;
  char name[100] = {0};
  for (size_t i = 0; i < sizeof name - 1 && signature[i] && signature[i] != '('; i++) name[i] = signature[i];
  MakeHost mk = {v, name, NULL, user, SK_NONE, begin};
  skein_status s = api_enter(v, make_host, &mk);
  if (s != SKEIN_OK) return s;
  skein_val f = handle_new(v, mk.result);
  return where.bits ? skein_set_attr(v, where, name, f) : skein_set_global(v, name, f);
}
