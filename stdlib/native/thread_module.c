/* thread_module.c - the module _thread: what is neither a lock nor a start.  Layer 8. */
#include <signal.h>

#include "stdlib/native/struct_seq.h"
#include "stdlib/native/thread_impl.h"

SK_NATIVE(th_get_ident, "get_ident()", "A number that no other running thread has.") { (void)args; return sk_int_from_u64(vm, sk_thread_ident(sk_thread_current(vm))); }
SK_NATIVE(th_get_native_id, "get_native_id()", "The number that the system gave this thread.") { (void)args; return sk_int_new(vm, sk_thread_native_id(sk_thread_current(vm))); }
SK_NATIVE(th_main_ident, "_get_main_thread_ident()", NULL) { (void)args; return sk_int_from_u64(vm, sk_thread_ident(sk_thread_main(vm))); }
SK_NATIVE(th_is_main_interpreter, "_is_main_interpreter()", NULL) { (void)vm; (void)args; return SK_TRUE; }
SK_NATIVE(th_daemons_allowed, "daemon_threads_allowed()", NULL) { (void)vm; (void)args; return SK_TRUE; }
SK_NATIVE(th_allocate_lock, "allocate_lock()", "A new lock.") { (void)args; return thread_allocate_lock(vm); }
SK_NATIVE(th_allocate, "allocate()", "An obsolete name of allocate_lock().") { (void)args; return thread_allocate_lock(vm); }

static SK_NORETURN void raise_exit(SkVm *vm) { sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_SystemExit], NULL, 0)); }
SK_NATIVE(th_exit, "exit()", "End this thread: raises SystemExit.") { (void)args; raise_exit(vm); }
SK_NATIVE(th_exit_thread, "exit_thread()", "An obsolete name of exit().") { (void)args; raise_exit(vm); }

SK_NATIVE(th_interrupt_main, "interrupt_main(signum=2, /)", "As if the signal had come: its handler will run in the main thread.") {
  int64_t n = sk_to_index(vm, args[0]);
  if (n < 1 || n >= NSIG) sk_raise_value(vm, "signal number out of range");
  SkValue fn = sk_getattr_cstr(vm, sk_import_name(vm, "_signal"), "_simulate");
  sk_call1(vm, fn, sk_smallint(n));
  return SK_NONE;
}

static const char *const hook_fields[] = {"exc_type", "exc_value", "exc_traceback", "thread", NULL};
static const SkStructSeq hook_args = {"_thread._ExceptHookArgs", "What the hook for uncaught exceptions of threads gets.", hook_fields, 4};

/* The rest is in Python: names of threads are threading's business. */
SK_NATIVE(th_excepthook, "_excepthook(exc_hook_args, /)", "Handle uncaught Thread.run() exception.") {
  if (!sk_is(sk_from_ptr(sk_type_of(vm, args[0])), sk_struct_seq_class(vm, &hook_args))) sk_raise_type(vm, "_thread.excepthook argument type must be ExceptHookArgs");
  return sk_call1(vm, sk_getattr_cstr(vm, sk_import_name(vm, "_threading_report"), "report"), args[0]);
}

static const SkNativeDef *const functions[] = {
    &th_get_ident_def, &th_get_native_id_def, &th_main_ident_def, &th_is_main_interpreter_def, &th_daemons_allowed_def, &th_allocate_lock_def, &th_allocate_def,
    &th_exit_def, &th_exit_thread_def, &th_interrupt_main_def, &th_excepthook_def, NULL};

static void add_functions(SkVm *vm, SkModule *m, const SkNativeDef *const *defs) {
  for (; *defs; defs++) {
    const char *signature = (*defs)->signature;
    SkStr *name = sk_str_intern(vm, sk_str_new(vm, signature, (size_t)(strchr(signature, '(') - signature)));
    sk_dict_set_str(vm, m->dict, name, sk_native_new(vm, *defs, SK_UNSET, sk_as_str(m->name)));
  }
}

static void thread_init(SkVm *vm, SkModule *m) {
  thread_local_init(vm);
  add_functions(vm, m, sk_thread_start_functions);
  sk_module_add_type(vm, m, &sk_thread_lock_type);
  sk_module_add(vm, m, "LockType", sk_from_ptr(sk_library_type(vm, &sk_thread_lock_type)));
  sk_module_add_type(vm, m, &sk_thread_rlock_type);
  sk_module_add_type(vm, m, &sk_thread_handle_type);
  sk_module_add_type(vm, m, &sk_thread_local_type);
  sk_module_add(vm, m, "_ExceptHookArgs", sk_struct_seq_class(vm, &hook_args));
  sk_module_add(vm, m, "TIMEOUT_MAX", sk_float_new(vm, 9223372036.0));
  sk_module_add(vm, m, "error", sk_from_ptr(vm->types[SK_T_RuntimeError]));
}

const SkModuleDef sk_thread_module = {"_thread", "Threads and locks, the small ones.", functions, thread_init};
