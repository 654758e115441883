/* init.c - the library comes to life: builtins, sys, streams, the import hook.  Layer 8. */
#include "stdlib/native/native.h"
#include "stdlib/native/stdio.h"
#include "vm/task/task.h"

static void add(SkVm *vm, SkModule *m) { sk_dict_set_str(vm, vm->modules, sk_as_str(m->name), sk_from_ptr(m)); }

/* ---- exit and quit: objects that say how to leave when they are merely looked at ---- */

typedef struct Quitter { SkObject head; SkValue name; } Quitter;

static void quitter_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((Quitter *)o)->name); }

static SkValue quitter_call(SkVm *vm, SkValue self, const SkValue *args, size_t n, SkTuple *kwnames) {
  if (n > 1 || (kwnames && kwnames->count)) sk_raise_type(vm, "%S() takes at most one argument", ((Quitter *)sk_ptr(self))->name);
  sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_SystemExit], n ? args : (SkValue[]){SK_NONE}, 1));
}

static SkValue quitter_repr(SkVm *vm, SkValue self) {
  return sk_from_ptr(sk_format(vm, "Use %S() or Ctrl-D (i.e. EOF) to exit", ((Quitter *)sk_ptr(self))->name));
}

static const SkTypeDef quitter_def = {
    .name = "_sitebuiltins.Quitter", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Quitter), .flags = SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE,
    .slots = {.call = quitter_call, .repr = quitter_repr}, .trace = quitter_trace,
};

static void add_quitters(SkVm *vm) {
  static const char *const names[] = {"exit", "quit"};
  SkType *t = sk_type_from_def(vm, &quitter_def);
  for (int i = 0; i < 2; i++) {
    Quitter *q = sk_object_new(vm, t, 0);
    q->name = SK_NONE;
    sk_write(vm, q, &q->name, sk_from_ptr(sk_intern(vm, names[i])));
    sk_module_add(vm, vm->builtins, names[i], sk_from_ptr(q));
  }
}

void sk_stdlib_init(SkVm *vm) {
  vm->modules = sk_dict_new(vm);
  vm->module_state = sk_dict_new(vm);
  sk_import_init(vm);
  vm->builtins = sk_module_from_def(vm, sk_native_module("builtins", 8));
  add(vm, vm->builtins);
  vm->sys = sk_module_from_def(vm, sk_native_module("sys", 3));
  add(vm, vm->sys);
  sk_stdio_init(vm);
  add_quitters(vm);
  sk_poller_init(vm);
  sk_skein_install(vm);
}
