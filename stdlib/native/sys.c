/* sys.c - the module sys.  Layer 8. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stdlib/native/native.h"
#include "stdlib/native/struct_seq.h"
#include "stdlib/native/sys_impl.h"
#include "stdlib/native/tree.h"
#include "stdlib/native/sys_impl.h"
#include "vm/base/hash.h"
#include "vm/object/gen.h"
#include "vm/run/thread.h"

SkValue sk_sys_get(SkVm *vm, const char *name) { return sk_dict_get_cstr(vm, vm->sys->dict, name); }
void sk_sys_set(SkVm *vm, const char *name, SkValue v) { sk_dict_set_cstr(vm, vm->sys->dict, name, v); }

static SkValue text(SkVm *vm, const char *s) { return sk_from_ptr(sk_str_from_cstr(vm, s)); }

/* ---- exceptions ---- */

SK_NATIVE(sys_exc_info, "exc_info()", "(type, value, traceback) of the exception being handled.") {
  (void)args;
  if (!sk_is_exc(vm->handled)) return sk_from_ptr(sk_tuple_pack(vm, 3, SK_NONE, SK_NONE, SK_NONE));
  SkValue tb = sk_exc_traceback(vm, sk_as_exc(vm->handled));
  return sk_from_ptr(sk_tuple_pack(vm, 3, sk_from_ptr(sk_type_of(vm, vm->handled)), vm->handled, tb));
}

SK_NATIVE(sys_exception, "exception()", "The exception being handled, or None.") {
  (void)args;
  return sk_is_exc(vm->handled) ? vm->handled : SK_NONE;
}

SK_NATIVE(sys_exit, "exit(status=None, /)", "Raise SystemExit(status).") {
  SkValue e = sk_exc_new_args(vm, vm->types[SK_T_SystemExit], args, sk_is_none(args[0]) ? 0 : 1);
  sk_raise_exc(vm, e);
}

static void write_to_stderr(void *arg, const char *s, size_t n) {
  SkVm *vm = arg;
  SkValue err = sk_sys_get(vm, "stderr");
  if (!sk_is_unset(err) && !sk_is_none(err)) sk_file_write(vm, err, sk_str_new(vm, s, n));
}

SK_NATIVE(sys_excepthook, "excepthook(exctype, value, traceback, /)", "Print an exception and its traceback to sys.stderr.") {
  SkValue exc = args[1];
  if (!sk_is_exc(exc)) sk_raise_type(vm, "print_exception(): Exception expected for value, %T found", exc);
  SkValue tb = args[2];
  if (!sk_is_none(tb) && sk_is_none(sk_exc_traceback(vm, sk_as_exc(exc)))) sk_exc_set_traceback(vm, sk_as_exc(exc), tb);
  if (!sk_tree_report(vm, exc, write_to_stderr, vm)) sk_exc_print(vm, exc, write_to_stderr, vm);
  return SK_NONE;
}

SK_NATIVE(sys_unraisablehook, "unraisablehook(unraisable, /)", "Print an exception that could not be raised.") {
  SkValue exc = sk_getattr_cstr(vm, args[0], "exc_value"), msg = sk_getattr_cstr(vm, args[0], "err_msg"),
          obj = sk_getattr_cstr(vm, args[0], "object");
  SkStr *head = sk_is_none(obj) ? (sk_is_none(msg) ? NULL : sk_format(vm, "%S:\n", msg))
                                : sk_format(vm, "%s: %R\n", sk_is_none(msg) ? "Exception ignored in" : sk_str_cstr(vm, sk_str(vm, msg)), obj);
  if (head) write_to_stderr(vm, head->data, head->bytes);
  if (sk_is_exc(exc)) sk_exc_print(vm, exc, write_to_stderr, vm);
  return SK_NONE;
}

SK_NATIVE(sys_displayhook, "displayhook(object, /)", "Print a value the way the interactive prompt does, and keep it as _.") {
  if (sk_is_none(args[0])) return SK_NONE;
  SkStr *underscore = sk_intern(vm, "_");
  sk_dict_set_str(vm, vm->builtins->dict, underscore, SK_NONE);
  SkValue out = sk_sys_get(vm, "stdout");
  if (sk_is_unset(out)) sk_raisef(vm, SK_T_RuntimeError, "lost sys.stdout");
  sk_file_write_part(vm, out, sk_repr(vm, args[0]));
  sk_file_write(vm, out, sk_str_from_cstr(vm, "\n"));
  sk_dict_set_str(vm, vm->builtins->dict, underscore, args[0]);
  return SK_NONE;
}

SK_NATIVE(sys_breakpointhook, "breakpointhook(*args, **kws)", "There is no debugger: raises.") {
  (void)args;
  sk_raisef(vm, SK_T_RuntimeError, "breakpoint(): no debugger is available");
}

/* ---- frames and limits ---- */

SK_NATIVE(sys_getframe, "_getframe(depth=0, /)", "A frame object of the call stack.") {
  int64_t depth = sk_to_index(vm, args[0]);
  SkObject *f = sk_frame_at(vm, depth < 0 ? 0 : depth > 1 << 30 ? 1 << 30 : (int)depth);
  if (!f) sk_raise_value(vm, "call stack is not deep enough");
  return sk_from_ptr(f);
}

SK_NATIVE(sys_getframemodulename, "_getframemodulename(depth=0)", "__name__ of the module that a frame belongs to.") {
  int64_t depth = sk_to_index(vm, args[0]);
  SkObject *f = sk_frame_at(vm, depth < 0 ? 0 : (int)depth);
  if (!f) return SK_NONE;
  SkValue globals = sk_getattr_cstr(vm, sk_from_ptr(f), "f_globals");
  SkValue name = sk_is_dict(globals) ? sk_dict_get_str(vm, sk_as_dict(globals), SK_NAME(vm, dunder_name)) : SK_UNSET;
  return sk_is_unset(name) ? SK_NONE : name;
}

SK_NATIVE(sys_getrecursionlimit, "getrecursionlimit()", "The greatest depth of Python calls.") { (void)args; return sk_smallint(vm->recursion_limit); }

SK_NATIVE(sys_setrecursionlimit, "setrecursionlimit(limit, /)", "Set the greatest depth of Python calls.") {
  int64_t n = sk_to_index(vm, args[0]);
  if (n < 1) sk_raise_value(vm, "recursion limit must be greater or equal than 1");
  if (n > 0x7fffffff) sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C int");
  if (sk_run_depth(vm) >= n)
    sk_raisef(vm, SK_T_RecursionError, "cannot set the recursion limit to %lld at the recursion depth %d: the limit is too low", n, sk_run_depth(vm));
  sk_run_set_recursion_limit(vm, (int)n);
  return SK_NONE;
}

SK_NATIVE(sys_intern, "intern(string, /)", "The one object that stands for this text.") {
  if (!sk_is_str(args[0])) sk_raise_type(vm, "intern() argument must be str, not %T", args[0]);
  if (!sk_is_exactly(vm, args[0], SK_T_str)) sk_raise_type(vm, "can't intern %T", args[0]);
  return sk_from_ptr(sk_str_intern(vm, sk_as_str(args[0])));
}

SK_NATIVE(sys_is_finalizing, "is_finalizing()", NULL) { (void)vm; (void)args; return SK_FALSE; }
SK_NATIVE(sys_getdefaultencoding, "getdefaultencoding()", NULL) { (void)args; return sk_from_ptr(sk_intern(vm, "utf-8")); }
SK_NATIVE(sys_getfilesystemencoding, "getfilesystemencoding()", NULL) { (void)args; return sk_from_ptr(sk_intern(vm, "utf-8")); }
SK_NATIVE(sys_getfilesystemencodeerrors, "getfilesystemencodeerrors()", NULL) { (void)args; return sk_from_ptr(sk_intern(vm, "surrogateescape")); }
/* What CPython answers for objects that it does not count. */
SK_NATIVE(sys_getrefcount, "getrefcount(object, /)", "There are no reference counts: always 2**32 - 1, as for immortal objects.") {
  (void)vm;
  (void)args;
  return sk_smallint(UINT32_MAX);
}
SK_NATIVE(sys_gettrace, "gettrace()", NULL) { (void)vm; (void)args; return SK_NONE; }
SK_NATIVE(sys_getprofile, "getprofile()", NULL) { (void)vm; (void)args; return SK_NONE; }
SK_NATIVE(sys_settrace, "settrace(function, /)", NULL) {
  if (!sk_is_none(args[0])) sk_raisef(vm, SK_T_NotImplementedError, "sys.settrace(): tracing is not available");
  return SK_NONE;
}
SK_NATIVE(sys_setprofile, "setprofile(function, /)", NULL) {
  if (!sk_is_none(args[0])) sk_raisef(vm, SK_T_NotImplementedError, "sys.setprofile(): profiling is not available");
  return SK_NONE;
}
SK_NATIVE(sys_getswitchinterval, "getswitchinterval()", NULL) {
  (void)args;
  return sk_float_new(vm, (double)sk_thread_interval(vm) * 1e-9);
}
SK_NATIVE(sys_setswitchinterval, "setswitchinterval(interval, /)", NULL) {
  double seconds = sk_to_double(vm, args[0]);
  if (!(seconds > 0)) sk_raise_value(vm, "switch interval must be strictly positive");
  sk_thread_set_interval(vm, seconds < 1e9 ? (int64_t)(seconds * 1e9) : INT64_C(1000000000000000000));
  return SK_NONE;
}
SK_NATIVE(sys_getsizeof, "getsizeof(object, default=?)", "Bytes that the object itself takes.") {
  SkValue fn = sk_lookup_special(vm, args[0], SK_NAME(vm, dunder_sizeof));
  if (sk_is_unset(fn)) {
    if (!sk_is_unset(args[1])) return args[1];
    sk_raise_type(vm, "Type %T doesn't define __sizeof__", args[0]);
  }
  SkValue n = sk_call0(vm, fn);
  if (!sk_is_int(n)) sk_raise_type(vm, "'%T' object cannot be interpreted as an integer", n);
  if (sk_int_sign(n) < 0) sk_raise_value(vm, "__sizeof__() should return >= 0");
  return n;
}
SK_NATIVE(sys_audit, "audit(event, /, *args)", NULL) { (void)vm; (void)args; return SK_NONE; }
SK_NATIVE(sys_addaudithook, "addaudithook(hook)", NULL) {
  (void)args; /* a hook that nobody calls would promise a protection that is not there */
  sk_raisef(vm, SK_T_NotImplementedError, "sys.addaudithook(): auditing is not available");
}
SK_NATIVE(sys_is_gil_enabled, "_is_gil_enabled()", NULL) { (void)vm; (void)args; return SK_TRUE; }
SK_NATIVE(sys_clear_type_cache, "_clear_type_cache()", NULL) { (void)vm; (void)args; return SK_NONE; }
SK_NATIVE(sys_clear_internal_caches, "_clear_internal_caches()", NULL) { (void)vm; (void)args; return SK_NONE; }

/* ---- capabilities: Skein's own ---- */

SK_NATIVE(sys_caps, "caps()", "The capabilities this program has: a frozenset of names.") {
  (void)args;
  SkSet *s = sk_set_new(vm);
  for (int i = 0; sk_cap_name(i); i++)
    if (sk_may(vm, 1u << i)) sk_set_add(vm, s, text(vm, sk_cap_name(i)));
  SkValue set = sk_from_ptr(s);
  return sk_call1(vm, sk_from_ptr(vm->types[SK_T_frozenset]), set);
}
SK_NATIVE(sys_drop_caps, "drop_caps(*names)", "Give capabilities up, for good: the whole program's.") {
  SkTuple *names = sk_as_tuple(args[0]);
  uint32_t drop = 0;
  for (size_t n = 0; n < names->count; n++) {
    if (!sk_is_str(names->items[n])) sk_raise_type(vm, "capability names must be str, not %T", names->items[n]);
    int i = 0;
    while (sk_cap_name(i) && !sk_str_equal_cstr(sk_as_str(names->items[n]), sk_cap_name(i))) i++;
    if (!sk_cap_name(i)) sk_raise_value(vm, "no capability %R", names->items[n]);
    drop |= 1u << i;
  }
  vm->limits.caps &= ~drop;
  return SK_NONE;
}

SK_NATIVE(sys_call_tracing, "call_tracing(func, args, /)", NULL) { return sk_call_spread(vm, args[0], sk_to_tuple(vm, args[1]), NULL); }

SK_NATIVE(sys_get_asyncgen_hooks, "get_asyncgen_hooks()", "What set_asyncgen_hooks() has set: (firstiter, finalizer).") {
  static const char *const fields[] = {"firstiter", "finalizer", NULL};
  static const SkStructSeq def = {"builtins.asyncgen_hooks", "Hooks of asynchronous generators.", fields, 2};
  (void)args;
  SkValue v[] = {vm->asyncgen_firstiter, vm->asyncgen_finalizer};
  return sk_struct_seq_new(vm, &def, v);
}

static void check_hook(SkVm *vm, SkValue v, const char *name) {
  if (!sk_is_unset(v) && !sk_is_none(v) && !SK_SLOTS(vm, v)->call) sk_raise_type(vm, "callable %s expected, got %T", name, v);
}

SK_NATIVE(sys_set_asyncgen_hooks, "set_asyncgen_hooks(firstiter=?, finalizer=?)",
          "Functions called when an asynchronous generator is first iterated, and when it dies without having ended.") {
  check_hook(vm, args[1], "finalizer");
  check_hook(vm, args[0], "firstiter");
  if (!sk_is_unset(args[1])) vm->asyncgen_finalizer = args[1];
  if (!sk_is_unset(args[0])) vm->asyncgen_firstiter = args[0];
  return SK_NONE;
}

SK_NATIVE(sys_allow_scope_yield, "allow_scope_yield(generator, /)",
          "Let cancel scopes and task groups stay open over the generator's yields: they belong to whoever resumes it.") {
  if (!sk_is_gen(args[0]) || sk_as_gen(args[0])->what == SK_GEN_COROUTINE)
    sk_raise_type(vm, "allow_scope_yield() argument must be a generator or an async generator, not %T", args[0]);
  sk_as_gen(args[0])->transfer = 1;
  return args[0];
}

SK_NATIVE(sys_get_origin_depth, "get_coroutine_origin_tracking_depth()", NULL) {
  (void)args;
  return sk_smallint(vm->origin_depth);
}
SK_NATIVE(sys_set_origin_depth, "set_coroutine_origin_tracking_depth(depth)", "How many frames of its creation a coroutine remembers (cr_origin).") {
  int64_t depth = sk_to_index(vm, args[0]);
  if (depth < 0) sk_raise_value(vm, "depth must be >= 0");
  vm->origin_depth = depth > INT32_MAX ? INT32_MAX : (int)depth;
  return SK_NONE;
}
SK_NATIVE(sys_coroutine_site, "_coroutine_site(coroutine, /)", "Where an unstarted coroutine was called: (file, line, globals) or None.") {
  return sk_coroutine_site(vm, args[0]);
}

SK_NATIVE(sys_getmaxdigits, "get_int_max_str_digits()", NULL) { (void)args; return sk_sys_get(vm, "_int_max_str_digits"); }
SK_NATIVE(sys_setmaxdigits, "set_int_max_str_digits(maxdigits)", NULL) {
  int64_t n = sk_to_index(vm, args[0]);
  if (n != 0 && n < 640) sk_raise_value(vm, "maxdigits must be 0 or larger than 640");
  sk_sys_set(vm, "_int_max_str_digits", sk_smallint(n));
  sk_int_set_max_str_digits(vm, (int)n);
  return SK_NONE;
}

static const SkNativeDef *const functions[] = {
    &sys_exc_info_def, &sys_exception_def, &sys_exit_def, &sys_excepthook_def, &sys_unraisablehook_def, &sys_displayhook_def,
    &sys_breakpointhook_def, &sys_getframe_def, &sys_getframemodulename_def, &sys_getrecursionlimit_def, &sys_setrecursionlimit_def,
    &sys_intern_def, &sys_is_finalizing_def, &sys_getdefaultencoding_def, &sys_getfilesystemencoding_def,
    &sys_getfilesystemencodeerrors_def, &sys_getrefcount_def, &sys_gettrace_def, &sys_getprofile_def, &sys_settrace_def,
    &sys_setprofile_def, &sys_getswitchinterval_def, &sys_setswitchinterval_def, &sys_getsizeof_def, &sys_audit_def,
    &sys_addaudithook_def, &sys_is_gil_enabled_def, &sys_clear_type_cache_def, &sys_clear_internal_caches_def, &sys_caps_def, &sys_drop_caps_def, &sys_call_tracing_def,
    &sys_get_asyncgen_hooks_def, &sys_set_asyncgen_hooks_def, &sys_get_origin_depth_def, &sys_set_origin_depth_def,
    &sys_getmaxdigits_def, &sys_setmaxdigits_def, &sys_allow_scope_yield_def, &sys_coroutine_site_def, NULL,
};

/* ---- data ---- */

static void add_versions(SkVm *vm, SkModule *m) {
  SkValue v[] = {sk_smallint(3), sk_smallint(13), sk_smallint(0), text(vm, "final"), sk_smallint(0)};
  SkValue info = sys_record(vm, &sys_version_info_type, v);
  sk_module_add(vm, m, "version_info", info);
  sk_module_add(vm, m, "hexversion", sk_smallint(0x030d00f0));
  sk_module_add(vm, m, "version", text(vm, "3.13.0 (Skein 0.1)"));
  sk_module_add(vm, m, "api_version", sk_smallint(1013));
  SkValue impl = sk_call0(vm, sk_from_ptr(vm->types[SK_T_simple_namespace]));
  sk_setattr(vm, impl, SK_NAME(vm, name), text(vm, "skein"));
  sk_setattr(vm, impl, sk_intern(vm, "version"), info);
  sk_setattr(vm, impl, sk_intern(vm, "hexversion"), sk_smallint(0x030d00f0));
  sk_setattr(vm, impl, sk_intern(vm, "cache_tag"), SK_NONE);
  sk_module_add(vm, m, "implementation", impl);
  sk_module_add(vm, m, "copyright", text(vm, "Copyright (c) 2026 The Skein maintainers."));
}

static void add_numbers(SkVm *vm, SkModule *m) {
  SkValue f[] = {sk_float_new(vm, __DBL_MAX__), sk_smallint(1024), sk_smallint(308), sk_float_new(vm, __DBL_MIN__), sk_smallint(-1021),
                 sk_smallint(-307), sk_smallint(15), sk_smallint(53), sk_float_new(vm, __DBL_EPSILON__), sk_smallint(2), sk_smallint(1)};
  sk_module_add(vm, m, "float_info", sys_record(vm, &sys_float_info_type, f));
  SkValue i[] = {sk_smallint(64), sk_smallint(8), sk_smallint(4300), sk_smallint(640)};
  sk_module_add(vm, m, "int_info", sys_record(vm, &sys_int_info_type, i));
  SkValue h[] = {sk_smallint(64), sk_int_from_u64(vm, SK_HASH_MODULUS), sk_smallint(SK_HASH_INF), sk_smallint(0), sk_smallint(SK_HASH_IMAG),
                 text(vm, "skein"), sk_smallint(61), sk_smallint(64), sk_smallint(0)};
  sk_module_add(vm, m, "hash_info", sys_record(vm, &sys_hash_info_type, h));
  sk_module_add(vm, m, "maxsize", sk_int_new(vm, INT64_MAX));
  sk_module_add(vm, m, "maxunicode", sk_smallint(0x10ffff));
  sk_module_add(vm, m, "_int_max_str_digits", sk_smallint(4300));
}

static void add_flags(SkVm *vm, SkModule *m) {
  SkValue v[18];
  for (int i = 0; i < 18; i++) v[i] = sk_smallint(0);
  v[1] = sk_smallint(vm->options.inspect);
  v[3] = sk_smallint(vm->options.optimize);
  v[4] = sk_smallint(1);
  v[6] = sk_smallint(1);
  v[7] = sk_smallint(vm->options.ignore_environment);
  v[10] = sk_smallint(vm->options.quiet);
  v[12] = sk_smallint(vm->options.isolated);
  v[13] = sk_bool(vm->options.dev);
  v[14] = sk_smallint(1);
  v[16] = sk_bool(vm->options.isolated);
  v[17] = sk_smallint(4300);
  sk_module_add(vm, m, "flags", sys_record(vm, &sys_flags_type, v));
}

static SkValue builtin_names(SkVm *vm) {
  SkList *l = sk_list_new(vm, 64);
  for (size_t i = 0; i < sk_native_module_count(); i++) sk_list_append(vm, l, text(vm, sk_native_module_at(i)->name));
  sk_list_sort(vm, l, SK_NONE, false);
  return sk_from_ptr(sk_tuple_from(vm, sk_list_items(l), l->count));
}

static SkValue library_names(SkVm *vm) {
  SkSet *s = sk_set_new(vm);
  for (size_t i = 0; i < sk_native_module_count(); i++) sk_set_add(vm, s, text(vm, sk_native_module_at(i)->name));
  for (size_t i = 0; i < sk_frozen_count; i++)
    if (!strchr(sk_frozen_modules[i].name, '.')) sk_set_add(vm, s, text(vm, sk_frozen_modules[i].name));
  SkValue set = sk_from_ptr(s);
  return sk_call1(vm, sk_from_ptr(vm->types[SK_T_frozenset]), set);
}

static const SkLazyAttr lazy_attrs[] = {{"builtin_module_names", builtin_names}, {"stdlib_module_names", library_names}, {NULL, NULL}};

static void sys_module_init(SkVm *vm, SkModule *m) {
  m->lazy = lazy_attrs;
  vm->sys = m;
  sk_module_add(vm, m, "modules", sk_from_ptr(vm->modules));
  sk_module_add(vm, m, "path", sk_from_ptr(sk_list_new(vm, 4)));
  sk_module_add(vm, m, "argv", sk_from_ptr(sk_list_new(vm, 1)));
  sk_module_add(vm, m, "orig_argv", sk_from_ptr(sk_list_new(vm, 1)));
  sk_module_add(vm, m, "warnoptions", sk_from_ptr(sk_list_new(vm, 1)));
  sk_module_add(vm, m, "_xoptions", sk_from_ptr(sk_dict_new(vm)));
  sk_module_add(vm, m, "meta_path", sk_from_ptr(sk_list_new(vm, 1)));
  sk_module_add(vm, m, "path_hooks", sk_from_ptr(sk_list_new(vm, 1)));
  sk_module_add(vm, m, "path_importer_cache", sk_from_ptr(sk_dict_new(vm)));
  sk_module_add(vm, m, "byteorder", text(vm, "little"));
  sk_module_add(vm, m, "platform", text(vm, "linux"));
  sk_module_add(vm, m, "platlibdir", text(vm, "lib"));
  sk_module_add(vm, m, "prefix", text(vm, "/usr"));
  sk_module_add(vm, m, "exec_prefix", text(vm, "/usr"));
  sk_module_add(vm, m, "base_prefix", text(vm, "/usr"));
  sk_module_add(vm, m, "base_exec_prefix", text(vm, "/usr"));
  sk_module_add(vm, m, "executable", text(vm, ""));
  sk_module_add(vm, m, "_base_executable", text(vm, ""));
  sk_module_add(vm, m, "pycache_prefix", SK_NONE);
  sk_module_add(vm, m, "dont_write_bytecode", SK_TRUE);
  sk_module_add(vm, m, "float_repr_style", text(vm, "short"));
  sk_module_add(vm, m, "abiflags", text(vm, ""));
  sk_module_add(vm, m, "_git", sk_from_ptr(sk_tuple_pack(vm, 3, text(vm, "skein"), text(vm, ""), text(vm, ""))));
  static const char *const hooks[][2] = {{"displayhook", "__displayhook__"}, {"excepthook", "__excepthook__"},
                                         {"unraisablehook", "__unraisablehook__"}, {"breakpointhook", "__breakpointhook__"}};
  for (size_t i = 0; i < 4; i++) sk_module_add(vm, m, hooks[i][1], sk_dict_get_cstr(vm, m->dict, hooks[i][0]));
  add_versions(vm, m);
  add_numbers(vm, m);
  add_flags(vm, m);
}

const SkModuleDef sk_sys_module = {"sys", "The interpreter's own settings and state.", functions, sys_module_init};

/* ---- command line ---- */

void sk_sys_init(SkVm *vm, int argc, char **argv) {
  SkValue list = sk_sys_get(vm, "argv");
  sk_list_clear(vm, sk_as_list(list));
  for (int i = 0; i < argc; i++)
    sk_list_append(vm, sk_as_list(list), sk_from_ptr(sk_str_decode_utf8(vm, argv[i], strlen(argv[i]))));
}
