/* warn.c - warnings, and exceptions that have nowhere to go.                                             Layer 6. */
#include "vm/object/object_impl.h"

typedef struct Warning { SkValue text, category; } Warning;

static void warn_protected(SkVm *vm, void *arg) {
  Warning *w = arg;
  SkValue module = vm->hooks.import(vm, sk_intern(vm, "warnings"), NULL, SK_NONE, 0);
  sk_call2(vm, sk_getattr_cstr(vm, module, "warn"), w->text, w->category);
}

/* A missing or unfinished library must not turn a warning into an error; a filter that says "error" may. */
void sk_warn(SkVm *vm, int category, const char *fmt, ...) {
  if (!vm->hooks.import || !vm->sys) return;
  va_list ap;
  va_start(ap, fmt);
  SkStr *text = sk_vformat(vm, fmt, ap);
  va_end(ap);
  Warning w = {sk_from_ptr(text), sk_from_ptr(vm->types[category])};
  if (sk_protect(vm, warn_protected, &w)) return;
  SkValue exc = sk_take_raised(vm);
  if (sk_exc_is(vm, exc, SK_T_Warning)) sk_throw(vm, exc);
}

/* ---- unraisable ---------------------------------------------------------------------------------- */

typedef struct Unraisable { SkValue exc, message, what; } Unraisable;

static void hook_protected(SkVm *vm, void *arg) {
  Unraisable *u = arg;
  SkValue hook = sk_getattr_opt(vm, sk_from_ptr(vm->sys), sk_intern(vm, "unraisablehook"));
  if (sk_is_unset(hook) || sk_is_none(hook)) return;
  SkValue args[] = {sk_from_ptr(sk_type_of(vm, u->exc)), u->exc, sk_exc_traceback(vm, sk_as_exc(u->exc)), u->message, u->what};
  static const char *const names[] = {"exc_type", "exc_value", "exc_traceback", "err_msg", "object"};
  SkValue keys[5]; /* on the stack: making a name may collect, and the tuple would be old then */
  for (int i = 0; i < 5; i++) keys[i] = sk_from_ptr(sk_intern(vm, names[i]));
  SkTuple *kwnames = sk_tuple_from(vm, keys, 5);
  SkValue ns = sk_call(vm, sk_from_ptr(vm->types[SK_T_simple_namespace]), args, 0, kwnames);
  sk_call1(vm, hook, ns);
}

void sk_unraisable(SkVm *vm, SkValue exc, SkValue what) { sk_unraisable_message(vm, exc, NULL, what); }

void sk_unraisable_message(SkVm *vm, SkValue exc, SkStr *message, SkValue what) {
  Unraisable u = {exc, sk_from_ptr_or(message, SK_NONE), sk_is_unset(what) ? SK_NONE : what};
  if (vm->sys && !sk_stopped(vm) && !sk_protect(vm, hook_protected, &u)) sk_take_raised(vm);
}
