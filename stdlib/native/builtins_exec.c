/* builtins_exec.c - running source text: compile, eval, exec; namespaces; class statements.  Layer 8. */
#include "stdlib/native/builtins_impl.h"

#include <string.h>

#include "vm/compile/front.h"

SK_BUILTIN(globals, "globals()", "The global variables of the running code.") {
  (void)args;
  SkDict *d = sk_frame_globals(vm);
  if (!d) sk_raisef(vm, SK_T_SystemError, "globals(): no running Python code");
  return sk_from_ptr(d);
}

SK_BUILTIN(locals, "locals()", "The local variables of the running code.") {
  (void)args;
  return sk_frame_locals(vm);
}

SK_BUILTIN(import, "__import__(name, globals=None, locals=None, fromlist=(), level=0)", "Import a module.") {
  if (!sk_is_str(args[0])) sk_raise_type(vm, "module name must be a string");
  int64_t level = sk_to_index(vm, args[4]);
  if (level < 0) sk_raise_value(vm, "level must be >= 0");
  return sk_import(vm, sk_as_str(args[0]), sk_is_dict(args[1]) ? sk_as_dict(args[1]) : NULL, args[3], level);
}

SK_BUILTIN(build_class, "__build_class__(func, name, /, *bases, **kwds)", "The work of a class statement.") {
  SkTuple *bases = sk_as_tuple(args[2]);
  SkDict *kwds = sk_as_dict(args[3]);
  size_t n = bases->count + 2, nkw = kwds->live;
  SkValues *all = sk_values_new(vm, n + nkw);
  all->items[0] = args[0];
  all->items[1] = args[1];
  if (bases->count) memcpy(all->items + 2, bases->items, bases->count * sizeof(SkValue));
  SkTuple *names = nkw ? sk_tuple_new(vm, nkw) : NULL;
  SkValue k, v;
  size_t at = 0;
  for (size_t i = 0; nkw && sk_dict_next(kwds, &i, &k, &v); at++) {
    names->items[at] = k;
    all->items[n + at] = v;
  }
  SkValue cls = sk_build_class(vm, all->items, n, names);
  sk_keep(all);
  return cls;
}

SK_BUILTIN(anext, "anext(async_iterator, default=?, /)", "The next item of an asynchronous iterator, as an awaitable.") {
  SkUnaryFn fn = SK_SLOTS(vm, args[0])->anext;
  if (!fn) sk_raise_type(vm, "'%T' object is not an async iterator", args[0]);
  SkValue awaitable = fn(vm, args[0]);
  return sk_is_unset(args[1]) ? awaitable : sk_anext_default(vm, awaitable, args[1]);
}

/* ---- compile, eval, exec ---- */

/* Text from a script; the library compiles some of its own (namedtuple, dataclass). */
static void need_eval(SkVm *vm, const char *what) {
  SkCodeObj *code = sk_frame_code(vm);
  /* Not co_filename, which scripts can replace. */
  bool library = code && code->code->filename.n > 8 && !memcmp(code->code->filename.s, "<frozen ", 8);
  if (!library) sk_need(vm, SK_CAP_EVAL, what);
}

static void text_of(SkVm *vm, SkValue source, const char *what, const char **p, size_t *n, bool *is_str) {
  need_eval(vm, what);
  if (sk_is_str(source)) {
    *p = sk_as_str(source)->data;
    *n = sk_as_str(source)->bytes;
    *is_str = true;
    return;
  }
  *is_str = false;
  if (!sk_bytes_view(vm, source, p, n)) sk_raise_type(vm, "%s() arg 1 must be a string, bytes or code object", what);
}

/* Compiler flags of the code that is running: `from __future__ import annotations` is inherited. */
static unsigned inherited_flags(SkVm *vm) {
  SkCodeObj *code = sk_frame_code(vm);
  return code ? code->code->flags & SK_FRONT_FUTURE_ANNOTATIONS : 0;
}

/* Text that a program compiles is judged by CPython's rules, unless the code that asks is itself one of
 * those that go beyond them: extensions are inherited, as future imports are. */
static bool portable_text(SkVm *vm) {
  SkCodeObj *code = sk_frame_code(vm);
  return !code || !(code->code->flags & (uint32_t)SK_CODE_EXTENSIONS);
}

SK_BUILTIN(compile, "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)",
          "Compile source into a code object that exec() or eval() can run.") {
  enum { ONLY_AST = 0x400, DONT_IMPLY_DEDENT = 0x200, ALLOW_INCOMPLETE = 0x4000, TOP_LEVEL_AWAIT = 0x2000, FUTURES = 0x1ffe000 };
  const char *p;
  size_t n;
  bool is_str;
  SkValue file = args[1];
  if (sk_is_str(file)) {
  } else if (sk_bytes_view(vm, file, &p, &n)) {
    file = sk_from_ptr(sk_str_decode_utf8(vm, p, n));
  } else {
    SkValue fspath = sk_lookup_special(vm, file, SK_NAME(vm, dunder_fspath));
    if (sk_is_unset(fspath)) sk_raise_type(vm, "expected str, bytes or os.PathLike object, not %T", file);
    file = sk_call0(vm, fspath);
  }
  int64_t flags = sk_to_index(vm, args[3]), optimize = sk_to_index(vm, args[5]);
  if (!sk_is_str(args[2])) sk_raise_type(vm, "compile() argument 'mode' must be str, not %T", args[2]);
  const char *mode = sk_str_cstr(vm, sk_as_str(args[2]));
  if (flags & ~(int64_t)(ONLY_AST | DONT_IMPLY_DEDENT | ALLOW_INCOMPLETE | FUTURES | 0xf0)) sk_raise_value(vm, "compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2) sk_raise_value(vm, "compile(): invalid optimize value");
  if (flags & ONLY_AST) sk_raisef(vm, SK_T_NotImplementedError, "compile(): abstract syntax trees are not available");
  if (strcmp(mode, "exec") && strcmp(mode, "eval") && strcmp(mode, "single")) {
    if (!strcmp(mode, "func_type")) sk_raise_value(vm, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
    sk_raise_value(vm, "compile() mode must be 'exec', 'eval' or 'single'");
  }
  if (sk_has_kind(args[0], SK_KIND_CODE)) return args[0];
  text_of(vm, args[0], "compile", &p, &n, &is_str);
  unsigned future = (unsigned)flags & SK_FRONT_FUTURE_ANNOTATIONS;
  if (!sk_truth(vm, args[4])) future |= inherited_flags(vm);
  SkCodeObj *code = sk_source_compile(vm, p, n, sk_as_str(file), &(SkSourceOptions){.mode = mode, .is_str = is_str, .optimize = (int)optimize, .future = future, .portable = portable_text(vm), .top_await = (flags & TOP_LEVEL_AWAIT) != 0});
  sk_keep(sk_is_ptr(args[0]) ? sk_ptr(args[0]) : NULL);
  return sk_from_ptr(code);
}

typedef struct Namespaces { SkDict *globals; SkValue locals; } Namespaces;

static Namespaces namespaces(SkVm *vm, const char *what, SkValue globals, SkValue locals) {
  Namespaces ns;
  if (sk_is_none(globals)) {
    ns.globals = sk_frame_globals(vm);
    if (!ns.globals) sk_raisef(vm, SK_T_SystemError, "globals and locals cannot be NULL");
    ns.locals = sk_is_none(locals) ? sk_frame_locals(vm) : locals;
  } else {
    if (!sk_is_dict(globals)) {
      if (!strcmp(what, "eval"))
        sk_raise_type(vm, SK_SLOTS(vm, globals)->getitem ? "globals must be a real dict; try eval(code, {}, mapping)" : "globals must be a dict");
      sk_raise_type(vm, "%s() globals must be a dict, not %T", what, globals);
    }
    ns.globals = sk_as_dict(globals);
    ns.locals = sk_is_none(locals) ? globals : locals;
  }
  if (!SK_SLOTS(vm, ns.locals)->getitem) {
    if (!strcmp(what, "eval")) sk_raise_type(vm, "locals must be a mapping");
    sk_raise_type(vm, "%s() locals must be a mapping or None, not %T", what, ns.locals);
  }
  if (sk_is_unset(sk_dict_get_str(vm, ns.globals, SK_NAME(vm, dunder_builtins))))
    sk_dict_set_str(vm, ns.globals, SK_NAME(vm, dunder_builtins), sk_from_ptr(vm->builtins));
  return ns;
}

SK_BUILTIN(eval, "eval(source, /, globals=None, locals=None)", "The value of an expression, given as text or code.") {
  Namespaces ns = namespaces(vm, "eval", args[1], args[2]);
  if (sk_has_kind(args[0], SK_KIND_CODE)) {
    SkCodeObj *code = sk_ptr(args[0]);
    if (code->code->nfree) sk_raise_type(vm, "code object passed to eval() may not contain free variables");
    return sk_run_code(vm, code, ns.globals, ns.locals, NULL);
  }
  const char *p;
  size_t n;
  bool is_str;
  text_of(vm, args[0], "eval", &p, &n, &is_str);
  for (; n && (*p == ' ' || *p == '\t'); n--) p++;
  SkCodeObj *code = sk_source_compile(vm, p, n, sk_intern(vm, "<string>"),
                                      &(SkSourceOptions){.mode = "eval", .is_str = is_str, .optimize = -1, .future = inherited_flags(vm), .portable = portable_text(vm)});
  sk_keep(sk_ptr(args[0]));
  return sk_run_code(vm, code, ns.globals, ns.locals, NULL);
}

static SkTuple *check_closure(SkVm *vm, SkCodeObj *code, SkValue closure) {
  size_t n = code->code->nfree;
  if (n == 0) {
    if (!sk_is_none(closure)) sk_raise_type(vm, "cannot use a closure with this code object");
    return NULL;
  }
  bool good = sk_is_tuple(closure) && sk_as_tuple(closure)->count == n;
  for (size_t i = 0; good && i < n; i++) good = sk_has_kind(sk_as_tuple(closure)->items[i], SK_KIND_CELL);
  if (!good) sk_raise_type(vm, "code object requires a closure of exactly length %zd", n);
  return sk_as_tuple(closure);
}

SK_BUILTIN(exec, "exec(source, /, globals=None, locals=None, *, closure=None)", "Run statements, given as text or code.") {
  Namespaces ns = namespaces(vm, "exec", args[1], args[2]);
  if (sk_has_kind(args[0], SK_KIND_CODE)) {
    SkCodeObj *code = sk_ptr(args[0]);
    sk_run_code(vm, code, ns.globals, ns.locals, check_closure(vm, code, args[3]));
    return SK_NONE;
  }
  if (!sk_is_none(args[3])) sk_raise_type(vm, "closure can only be used when source is a code object");
  const char *p;
  size_t n;
  bool is_str;
  text_of(vm, args[0], "exec", &p, &n, &is_str);
  SkCodeObj *code = sk_source_compile(vm, p, n, sk_intern(vm, "<string>"),
                                      &(SkSourceOptions){.mode = "exec", .is_str = is_str, .optimize = -1, .future = inherited_flags(vm), .portable = portable_text(vm)});
  sk_keep(sk_ptr(args[0]));
  sk_run_code(vm, code, ns.globals, ns.locals, NULL);
  return SK_NONE;
}
