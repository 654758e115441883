/* import.c - importing: sys.modules, native modules, files on sys.path, frozen modules.  Layer 8.
 *
 * Search order for a top-level name: the host's loader, native modules, then each entry of sys.path, then the frozen library:
 * a program's own module may replace a library module, as it may where the library is files.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stdlib/native/import_lock.h"
#include "stdlib/native/native.h"
#include "vm/bytecode/freeze.h"
#include "vm/compile/front.h"
#include "vm/heap/stress.h"

/* ---- reading files ---- */

bool sk_read_file(SkVm *vm, const char *path, SkRaw **out, size_t *n) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  struct stat st;
  if (fstat(fd, &st) != 0 || S_ISDIR(st.st_mode)) {
    int saved = S_ISDIR(st.st_mode) ? EISDIR : errno;
    close(fd);
    errno = saved;
    return false;
  }
  size_t room = st.st_size > 0 ? (size_t)st.st_size + 1 : 65536;
  SkRaw *raw = sk_raw_new(vm, room);
  size_t used = 0;
  for (;;) {
    if (used == raw->bytes) {
      SkRaw *more = sk_raw_new(vm, raw->bytes * 2);
      memcpy(more->data, raw->data, used);
      raw = more;
    }
    ssize_t got = read(fd, raw->data + used, raw->bytes - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      int saved = errno;
      close(fd);
      errno = saved;
      return false;
    }
    if (got == 0) break;
    used += (size_t)got;
  }
  close(fd);
  *out = raw;
  *n = used;
  return true;
}

/* ---- where a module is ---- */

typedef enum FoundKind { FOUND_NONE, FOUND_HOST, FOUND_NATIVE, FOUND_FROZEN, FOUND_FILE, FOUND_NAMESPACE } FoundKind;
typedef struct Found {
  FoundKind kind;
  const SkModuleDef *native;
  const SkFrozen *frozen;
  SkCodeObj *code;  /* HOST */
  bool package;     /* HOST: may have submodules */
  SkStr *file;      /* FILE: the source; HOST: what to call it */
  SkStr *directory; /* packages and namespaces */
  SkList *portions; /* NAMESPACE: directories */
} Found;

static bool is_file(SkVm *vm, SkStr *path) {
  struct stat st;
  return stat(sk_str_cstr(vm, path), &st) == 0 && S_ISREG(st.st_mode);
}

static bool is_directory(SkVm *vm, SkStr *path) {
  struct stat st;
  return stat(sk_str_cstr(vm, path), &st) == 0 && S_ISDIR(st.st_mode);
}

static bool find_in_directory(SkVm *vm, SkStr *dir, SkStr *leaf, Found *f) {
  if (!sk_may_path(vm, SK_CAP_FS_READ, dir->bytes ? sk_str_cstr(vm, dir) : ".")) return false;
  const char *slash = dir->bytes == 0 || dir->data[dir->bytes - 1] == '/' ? "" : "/";
  SkStr *base = sk_format(vm, "%U%s%U", dir, slash, leaf);
  if (is_directory(vm, base)) {
    SkStr *init = sk_format(vm, "%U/__init__.py", base);
    if (is_file(vm, init)) {
      *f = (Found){.kind = FOUND_FILE, .file = init, .directory = base};
      return true;
    }
    if (!f->portions) f->portions = sk_list_new(vm, 1);
    sk_list_append(vm, f->portions, sk_from_ptr(base));
  }
  SkStr *file = sk_format(vm, "%U.py", base);
  if (!is_file(vm, file)) return false;
  *f = (Found){.kind = FOUND_FILE, .file = file};
  return true;
}

static Found find_on_path(SkVm *vm, SkValue path, SkStr *leaf) {
  Found f = {0};
  SkList *dirs = sk_to_list(vm, path);
  for (size_t i = 0; i < dirs->count; i++) {
    SkValue d = sk_list_items(dirs)[i];
    if (sk_is_str(d) && find_in_directory(vm, sk_as_str(d), leaf, &f)) return f;
  }
  if (f.portions) f.kind = FOUND_NAMESPACE;
  return f;
}

/* The host has a say in everything but the two modules that a VM is born with. */
static bool ask_host(SkVm *vm, SkStr *full, Found *f) {
  if (!vm->hooks.find_module || sk_str_equal_cstr(full, "sys") || sk_str_equal_cstr(full, "builtins")) return false;
  SkValue code = vm->hooks.find_module(vm, full, &f->file, &f->package);
  if (sk_is_unset(code)) return false;
  f->kind = FOUND_HOST;
  f->code = sk_ptr(code);
  return true;
}

static Found find_module(SkVm *vm, SkStr *full, SkStr *leaf, SkValue parent_path) {
  Found f = {0};
  if (ask_host(vm, full, &f)) return f;
  if ((f.native = sk_native_module(full->data, full->bytes))) {
    f.kind = FOUND_NATIVE;
    return f;
  }
  SkValue path = parent_path;
  if (sk_is_unset(path)) path = sk_sys_get(vm, "path");
  Found namespace = {0};
  if (sk_is_list(path) || sk_is_tuple(path)) {
    f = find_on_path(vm, path, leaf);
    if (f.kind == FOUND_FILE) return f;
    namespace = f;
  }
  if ((f.frozen = sk_frozen_find(full->data, full->bytes))) {
    f.kind = FOUND_FROZEN;
    return f;
  }
  return namespace;
}

/* ---- making and running modules ---- */

static void set_spec(SkVm *vm, SkModule *m, SkStr *name, SkStr *parent, SkValue origin, SkValue locations) {
  SkValue spec = sk_call0(vm, sk_from_ptr(vm->types[SK_T_simple_namespace]));
  sk_setattr(vm, spec, SK_NAME(vm, name), sk_from_ptr(name));
  sk_setattr(vm, spec, sk_intern(vm, "origin"), origin);
  sk_setattr(vm, spec, sk_intern(vm, "loader"), SK_NONE);
  sk_setattr(vm, spec, sk_intern(vm, "submodule_search_locations"), locations);
  sk_setattr(vm, spec, sk_intern(vm, "parent"), sk_from_ptr(parent));
  sk_setattr(vm, spec, sk_intern(vm, "has_location"), sk_bool(sk_is_str(origin)));
  sk_setattr(vm, spec, sk_intern(vm, "cached"), SK_NONE);
  sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_spec), spec);
  sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_loader), SK_NONE);
  sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_package), sk_from_ptr(parent));
}

static SkStr *parent_name(SkVm *vm, SkStr *full) {
  const char *dot = memrchr(full->data, '.', full->bytes);
  return dot ? sk_str_new(vm, full->data, (size_t)(dot - full->data)) : SK_NAME(vm, empty);
}

static void describe(SkVm *vm, SkModule *m, SkStr *full, const Found *f) {
  bool package = f->directory || f->package || f->kind == FOUND_NAMESPACE || (f->frozen && f->frozen->package);
  SkValue file = SK_NONE, locations = SK_NONE;
  if (f->kind == FOUND_FILE || f->kind == FOUND_HOST) file = sk_from_ptr(f->file);
  if (f->kind == FOUND_FROZEN) file = sk_from_ptr(sk_format(vm, "<frozen %U>", full));
  if (package) {
    SkList *l = f->kind == FOUND_NAMESPACE ? f->portions : sk_list_new(vm, 1);
    if (f->directory) sk_list_append(vm, l, sk_from_ptr(f->directory));
    locations = sk_from_ptr(l);
    sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_path), locations);
  }
  if (!sk_is_none(file)) sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_file), file);
  set_spec(vm, m, full, package ? full : parent_name(vm, full), file, locations);
}

static SkCodeObj *thaw(SkVm *vm, const SkFrozen *f) {
  const char *why;
  SkCode *code = sk_code_thaw(f->code, f->code_bytes, SK_THAW_OWN, &why);
  if (!code && why == sk_thaw_no_memory) sk_raise_nomem(vm);
  if (!code) sk_raisef(vm, SK_T_SystemError, "frozen module %s: %s", f->name, why);
  return sk_link_take(vm, code);
}

static SkCodeObj *module_code(SkVm *vm, SkStr *full, const Found *f, bool script) {
  if (f->kind == FOUND_HOST) return f->code;
  SkSourceOptions o = {.mode = "exec", .optimize = -1, .script = script};
  if (f->kind == FOUND_FROZEN) {
    o.no_warnings = true;
    if (!script && f->frozen->variants >> (vm->options.optimize + (vm->options.portable ? 3 : 0)) & 1) return thaw(vm, f->frozen);
    return sk_source_compile(vm, f->frozen->source, f->frozen->length, sk_format(vm, "<frozen %U>", full), &o);
  }
  SkRaw *raw;
  size_t n;
  if (!sk_read_file(vm, sk_str_cstr(vm, f->file), &raw, &n)) sk_raise_os(vm, errno, sk_from_ptr(f->file));
  SkCodeObj *code = sk_source_compile(vm, (const char *)raw->data, n, f->file, &o);
  sk_keep(raw);
  return code;
}

typedef struct Run { SkModule *m; SkStr *full; const Found *f; } Run;

static void run_module(SkVm *vm, void *arg) {
  Run *r = arg;
  SkCodeObj *code = module_code(vm, r->full, r->f, false);
  sk_run_code(vm, code, r->m->dict, sk_from_ptr(r->m->dict), NULL);
}

static SkValue load(SkVm *vm, SkStr *full, const Found *f) {
  if (f->kind == FOUND_NATIVE) {
    /* There is one sys and one builtins, also when a program threw them out of sys.modules. */
    SkModule *m = sk_str_equal_cstr(full, "sys") ? vm->sys : sk_str_equal_cstr(full, "builtins") ? vm->builtins : sk_module_from_def(vm, f->native);
    sk_dict_set_str(vm, vm->modules, full, sk_from_ptr(m));
    set_spec(vm, m, full, parent_name(vm, full), SK_NONE, SK_NONE);
    return sk_from_ptr(m);
  }
  SkModule *m = sk_module_new(vm, full);
  sk_dict_set_str(vm, vm->modules, full, sk_from_ptr(m));
  describe(vm, m, full, f);
  if (f->kind == FOUND_NAMESPACE) return sk_from_ptr(m);
  Run run = {m, full, f};
  sk_import_begin(vm, full);
  bool library = f->kind == FOUND_FROZEN;
  if (library) sk_gc_stress_sparsely(vm, 1);
  bool fine = sk_protect(vm, run_module, &run);
  if (library) sk_gc_stress_sparsely(vm, -1);
  sk_import_end(vm, full);
  if (!fine) {
    SkValue e = sk_take_raised(vm);
    sk_dict_delete(vm, vm->modules, sk_from_ptr(full)); /* a half-made module must not be found again */
    sk_throw(vm, e);
  }
  /* A module may put something else in its place. */
  SkValue v = sk_dict_get_str(vm, vm->modules, full);
  return sk_is_unset(v) ? sk_from_ptr(m) : v;
}

static SK_NORETURN void not_found(SkVm *vm, SkStr *full, const char *why_fmt, SkStr *parent) {
  SkStr *msg = parent ? sk_format(vm, why_fmt, full, parent) : sk_format(vm, "No module named '%U'", full);
  SkValue e = sk_exc_new(vm, SK_T_ModuleNotFoundError, "%U", msg);
  sk_exc_set_field(vm, sk_as_exc(e), SK_IMPORT_NAME, sk_from_ptr(full));
  sk_raise_exc(vm, e);
}

/* One component: full is "a.b.c", its parent "a.b" is imported already. */
static SkValue import_one(SkVm *vm, SkStr *full, SkStr *leaf, SkValue parent) {
  sk_import_wait(vm, full);
  SkValue known = sk_dict_get_str(vm, vm->modules, full);
  if (sk_is_none(known)) {
    SkValue e = sk_exc_new(vm, SK_T_ModuleNotFoundError, "import of %U halted; None in sys.modules", full);
    sk_exc_set_field(vm, sk_as_exc(e), SK_IMPORT_NAME, sk_from_ptr(full));
    sk_raise_exc(vm, e);
  }
  if (!sk_is_unset(known)) return known;
  SkValue path = SK_UNSET;
  if (!sk_is_unset(parent)) {
    path = sk_getattr_opt(vm, parent, SK_NAME(vm, dunder_path));
    if (sk_is_unset(path)) not_found(vm, full, "No module named '%U'; '%U' is not a package", parent_name(vm, full));
  }
  Found f = find_module(vm, full, leaf, path);
  if (f.kind == FOUND_NONE) not_found(vm, full, NULL, NULL);
  SkValue m = load(vm, full, &f);
  if (!sk_is_unset(parent)) sk_setattr(vm, parent, sk_str_intern(vm, leaf), m);
  return m;
}

/* Imports every component of a dotted name; *first gets the outermost module. */
static SkValue import_dotted(SkVm *vm, SkStr *name, SkValue *first) {
  SkValue parent = SK_UNSET;
  for (size_t from = 0; from <= name->bytes;) {
    const char *dot = memchr(name->data + from, '.', name->bytes - from);
    size_t to = dot ? (size_t)(dot - name->data) : name->bytes;
    SkStr *full = sk_str_intern(vm, sk_str_new(vm, name->data, to));
    SkStr *leaf = sk_str_new(vm, name->data + from, to - from);
    parent = import_one(vm, full, leaf, parent);
    if (from == 0 && first) *first = parent;
    from = to + 1;
  }
  return parent;
}

/* ---- relative names ---- */

static SkStr *current_package(SkVm *vm, SkDict *globals) {
  SkValue package = globals ? sk_dict_get_str(vm, globals, SK_NAME(vm, dunder_package)) : SK_UNSET;
  if (!sk_is_unset(package) && !sk_is_none(package)) {
    if (!sk_is_str(package)) sk_raise_type(vm, "package must be a string");
    return sk_as_str(package);
  }
  SkValue name = globals ? sk_dict_get_str(vm, globals, SK_NAME(vm, dunder_name)) : SK_UNSET;
  if (sk_is_unset(name)) sk_raisef(vm, SK_T_KeyError, "'__name__' not in globals");
  if (!sk_is_str(name)) sk_raise_type(vm, "__name__ must be a string");
  bool is_package = !sk_is_unset(sk_dict_get_str(vm, globals, SK_NAME(vm, dunder_path)));
  return is_package ? sk_as_str(name) : parent_name(vm, sk_as_str(name));
}

static SkStr *absolute_name(SkVm *vm, SkStr *name, SkDict *globals, int64_t level) {
  SkStr *base = current_package(vm, globals);
  if (base->bytes == 0) sk_raisef(vm, SK_T_ImportError, "attempted relative import with no known parent package");
  for (int64_t i = 1; i < level; i++) {
    const char *dot = memrchr(base->data, '.', base->bytes);
    if (!dot) sk_raisef(vm, SK_T_ImportError, "attempted relative import beyond top-level package");
    base = sk_str_new(vm, base->data, (size_t)(dot - base->data));
  }
  return name->bytes ? sk_format(vm, "%U.%U", base, name) : base;
}

/* ---- from x import a, b: names that are submodules are imported ---- */

typedef struct Sub { SkStr *name; } Sub;
static void import_sub(SkVm *vm, void *arg) { import_dotted(vm, ((Sub *)arg)->name, NULL); }

static void import_submodule(SkVm *vm, SkStr *package, SkStr *leaf) {
  Sub sub = {sk_format(vm, "%U.%U", package, leaf)};
  if (sk_protect(vm, import_sub, &sub)) return;
  SkValue e = sk_take_raised(vm);
  bool missing = sk_exc_is(vm, e, SK_T_ModuleNotFoundError);
  SkValue which = missing ? sk_exc_field(sk_as_exc(e), SK_IMPORT_NAME) : SK_NONE;
  if (missing && sk_is_str(which) && sk_str_equal(sk_as_str(which), sub.name)) return; /* the name may be an attribute */
  sk_throw(vm, e);
}

static void handle_fromlist(SkVm *vm, SkValue module, SkStr *full, SkValue fromlist, bool nested) {
  SkTuple *names = sk_to_tuple(vm, fromlist);
  for (size_t i = 0; i < names->count; i++) {
    if (!sk_is_str(names->items[i])) {
      if (nested) sk_raise_type(vm, "Item in %U.__all__ must be str, not %T", full, names->items[i]);
      sk_raise_type(vm, "Item in ``from list'' must be str, not %T", names->items[i]);
    }
    SkStr *n = sk_as_str(names->items[i]);
    if (sk_str_equal_cstr(n, "*")) {
      SkValue all = nested ? SK_UNSET : sk_getattr_opt(vm, module, SK_NAME(vm, dunder_all));
      if (!sk_is_unset(all)) handle_fromlist(vm, module, full, all, true);
    } else if (sk_is_unset(sk_getattr_opt(vm, module, sk_str_intern(vm, n)))) {
      import_submodule(vm, full, n);
    }
  }
}

SkValue sk_import(SkVm *vm, SkStr *name, SkDict *globals, SkValue fromlist, int64_t level) {
  if (name->bytes == 0 && level == 0) sk_raise_value(vm, "Empty module name");
  SkStr *full = level > 0 ? absolute_name(vm, name, globals, level) : name;
  sk_import_wait(vm, full);
  SkValue first = SK_UNSET;
  SkValue known = sk_dict_get_str(vm, vm->modules, full);
  bool plain = sk_is_none(fromlist) || !sk_truth(vm, fromlist);
  if (!sk_is_unset(known) && !sk_is_none(known) && (!plain || !memchr(full->data, '.', full->bytes))) first = known;
  else known = import_dotted(vm, full, &first);
  if (!plain) {
    if (!sk_is_unset(sk_getattr_opt(vm, known, SK_NAME(vm, dunder_path)))) handle_fromlist(vm, known, full, fromlist, false);
    return known;
  }
  if (level == 0 || name->bytes == 0) return level == 0 ? first : known;
  /* from . import with a dotted name and no list: the first component below the package */
  const char *dot = memchr(name->data, '.', name->bytes);
  if (!dot) return known;
  size_t keep = full->bytes - (name->bytes - (size_t)(dot - name->data));
  return sk_dict_get_str(vm, vm->modules, sk_str_new(vm, full->data, keep));
}

SkValue sk_import_name(SkVm *vm, const char *name) { return import_dotted(vm, sk_intern(vm, name), NULL); }

SkModule *sk_import_add_module(SkVm *vm, SkStr *name) {
  SkValue known = sk_dict_get_str(vm, vm->modules, name);
  if (sk_is_module(known)) return sk_ptr(known);
  SkModule *m = sk_module_new(vm, name);
  sk_dict_set_str(vm, vm->modules, name, sk_from_ptr(m));
  return m;
}

/* ---- __main__ ---- */

static SkModule *main_module(SkVm *vm, SkStr *file) {
  SkModule *m = sk_import_add_module(vm, SK_NAME(vm, dunder_main));
  sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_builtins), sk_from_ptr(vm->builtins));
  sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_spec), SK_NONE);
  sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_loader), SK_NONE);
  sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_package), SK_NONE);
  sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_doc), SK_NONE);
  if (file) sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_file), sk_from_ptr(file));
  return m;
}

SkValue sk_import_run_main_file(SkVm *vm, SkStr *path) {
  SkStr *file = path;
  bool directory = is_directory(vm, path);
  if (directory) file = sk_format(vm, "%U/__main__.py", path);
  SkRaw *raw;
  size_t n;
  if (!sk_read_file(vm, sk_str_cstr(vm, file), &raw, &n)) sk_raise_os(vm, errno, sk_from_ptr(file));
  SkModule *m = main_module(vm, file);
  if (directory) sk_dict_set_str(vm, m->dict, SK_NAME(vm, dunder_package), sk_from_ptr(SK_NAME(vm, empty)));
  SkCodeObj *code = sk_source_compile(vm, (const char *)raw->data, n, file, &(SkSourceOptions){.mode = "exec", .optimize = -1, .script = true});
  sk_keep(raw);
  return sk_run_script(vm, code, m->dict);
}

typedef struct Parent { SkStr *name; SkValue module; } Parent;
static void import_parent(SkVm *vm, void *arg) { ((Parent *)arg)->module = import_dotted(vm, ((Parent *)arg)->name, NULL); }

/* The package that a module of -m is in; UNSET for none.  Not being there is an ImportError without a traceback. */
static SkValue parent_of_main(SkVm *vm, SkStr *parent, SkStr *full) {
  if (!parent->bytes) return SK_UNSET;
  Parent p = {parent, SK_UNSET};
  if (sk_protect(vm, import_parent, &p)) return p.module;
  SkValue e = sk_take_raised(vm);
  if (!sk_exc_is(vm, e, SK_T_ModuleNotFoundError)) sk_throw(vm, e);
  sk_raisef(vm, SK_T_ImportError, "Error while finding module specification for '%U' (ModuleNotFoundError: %S)", full, e);
}

static SkValue run_found(SkVm *vm, SkStr *name, const Found *f) {
  SkStr *parent = parent_name(vm, name);
  SkStr *file = f->kind == FOUND_FILE || f->kind == FOUND_HOST ? f->file : sk_format(vm, "<frozen %U>", name);
  SkModule *m = main_module(vm, file);
  set_spec(vm, m, name, parent, sk_from_ptr(file), SK_NONE);
  SkValue argv = sk_sys_get(vm, "argv");
  if (sk_is_list(argv) && sk_as_list(argv)->count) sk_setitem(vm, argv, sk_smallint(0), sk_from_ptr(file));
  return sk_run_script(vm, module_code(vm, name, f, true), m->dict);
}

static Found find_for_main(SkVm *vm, SkStr *name) {
  SkStr *parent = parent_name(vm, name);
  SkValue package = parent_of_main(vm, parent, name);
  size_t skip = parent->bytes ? parent->bytes + 1 : 0;
  SkStr *leaf = sk_str_new(vm, name->data + skip, name->bytes - skip);
  SkValue path = SK_UNSET;
  if (!sk_is_unset(package)) {
    path = sk_getattr_opt(vm, package, SK_NAME(vm, dunder_path));
    if (sk_is_unset(path))
      sk_raisef(vm, SK_T_ImportError, "Error while finding module specification for '%U' (ModuleNotFoundError: __path__ attribute not found on '%U' while trying to find '%U')", name, parent, name);
  }
  return find_module(vm, name, leaf, path);
}

SkValue sk_import_run_main_module(SkVm *vm, SkStr *name) {
  Found f = find_for_main(vm, name);
  if (f.kind == FOUND_NONE) sk_raisef(vm, SK_T_ImportError, "No module named %U", name);
  if (f.directory || f.package || (f.frozen && f.frozen->package) || f.kind == FOUND_NAMESPACE) {
    SkStr *package = name;
    import_dotted(vm, package, NULL);
    name = sk_format(vm, "%U.__main__", package);
    f = find_for_main(vm, name);
    if (f.kind == FOUND_NONE)
      sk_raisef(vm, SK_T_ImportError, "No module named %U; '%U' is a package and cannot be directly executed", name, package);
  }
  if (f.kind == FOUND_NATIVE) sk_raisef(vm, SK_T_ImportError, "No code object available for %U", name);
  return run_found(vm, name, &f);
}

void sk_import_init(SkVm *vm) { vm->hooks.import = sk_import; }

/* ---- _imp ---- */

SK_NATIVE(imp_find, "find(name, path=None, /)", "Where a module is: None or (kind, location, is_package).") {
  if (!sk_is_str(args[0])) sk_raise_type(vm, "module name must be a string");
  SkStr *full = sk_as_str(args[0]);
  const char *dot = memrchr(full->data, '.', full->bytes);
  SkStr *leaf = dot ? sk_str_new(vm, dot + 1, full->bytes - (size_t)(dot + 1 - full->data)) : full;
  Found f = find_module(vm, full, leaf, sk_is_none(args[1]) ? SK_UNSET : args[1]);
  const char *kind = NULL;
  SkValue where = SK_NONE;
  bool package = f.directory != NULL;
  switch (f.kind) {
    case FOUND_NONE: return SK_NONE;
    case FOUND_HOST: kind = "host"; where = sk_from_ptr(f.file); package = f.package; break;
    case FOUND_NATIVE: kind = "builtin"; break;
    case FOUND_FROZEN: kind = "frozen"; package = f.frozen->package; break;
    case FOUND_FILE: kind = "source"; where = sk_from_ptr(f.file); break;
    case FOUND_NAMESPACE: kind = "namespace"; where = sk_from_ptr(f.portions); package = true; break;
  }
  return sk_from_ptr(sk_tuple_pack(vm, 3, sk_from_ptr(sk_str_from_cstr(vm, kind)), where, sk_bool(package)));
}

SK_NATIVE(imp_source, "source(name, /)", "The text of a frozen module.") {
  const SkFrozen *f = sk_is_str(args[0]) ? sk_frozen_find(sk_as_str(args[0])->data, sk_as_str(args[0])->bytes) : NULL;
  if (!f) sk_raisef(vm, SK_T_ImportError, "no frozen module named %R", args[0]);
  return sk_from_ptr(sk_str_decode_utf8(vm, f->source, f->length));
}

static void add_text(void *b, const char *s, size_t n) { sk_strbuf_add(b, s, n); }

/* The front end's memory is its own: the text is collected by a protected call and the front freed after it. */
typedef struct DumpJob { SkFront front; SkStr *source; SkFrontMode mode; SkStrBuf out; bool good; } DumpJob;
static void dump_protected(SkVm *vm, void *arg) {
  DumpJob *j = arg;
  SkFrontOptions o = {.mode = j->mode, .portable = true, .is_str = true};
  (void)vm;
  j->good = sk_front_dump(&j->front, SK_DUMP_AST, j->source->data, j->source->bytes, "<unknown>", &o, add_text, &j->out);
}

SK_NATIVE(imp_dump_ast, "_dump_ast(source, filename, mode, /)", "The syntax tree as ast.dump() would print it, positions included.") {
  if (!sk_is_str(args[0]) || !sk_is_str(args[1]) || !sk_is_str(args[2])) sk_raise_type(vm, "_dump_ast() takes three str arguments");
  DumpJob j = {.source = sk_as_str(args[0])};
  const char *mode = sk_str_cstr(vm, sk_as_str(args[2]));
  j.mode = !strcmp(mode, "eval") ? SK_FRONT_EVAL : !strcmp(mode, "single") ? SK_FRONT_SINGLE : SK_FRONT_EXEC;
  sk_strbuf_init(vm, &j.out);
  bool finished = sk_protect_any(vm, dump_protected, &j);
  sk_front_free(&j.front);
  if (!finished) sk_throw(vm, sk_take_raised(vm));
  if (!j.good) { /* compiling it raises what is wrong */
    sk_source_compile(vm, j.source->data, j.source->bytes, sk_as_str(args[1]), &(SkSourceOptions){.mode = mode, .is_str = true, .optimize = -1, .portable = true, .no_warnings = true});
    sk_raisef(vm, SK_T_SystemError, "_dump_ast() failed");
  }
  return sk_from_ptr(sk_strbuf_finish(&j.out));
}

SK_NATIVE(imp_text, "text(filename, /)", "Program text without a file, as bytes; None if there is none of that name.") {
  SkValue v = sk_is_str(args[0]) ? sk_source_remembered(vm, sk_as_str(args[0])) : SK_UNSET;
  return sk_is_unset(v) ? SK_NONE : v;
}

SK_NATIVE(imp_acquire_lock, "acquire_lock()", NULL) { (void)vm; (void)args; return SK_NONE; }
SK_NATIVE(imp_release_lock, "release_lock()", NULL) { (void)vm; (void)args; return SK_NONE; }
SK_NATIVE(imp_lock_held, "lock_held()", NULL) { (void)vm; (void)args; return SK_FALSE; }

static const SkNativeDef *const imp_functions[] = {&imp_find_def, &imp_source_def, &imp_text_def, &imp_dump_ast_def, &imp_acquire_lock_def, &imp_release_lock_def, &imp_lock_held_def, NULL};
const SkModuleDef sk_imp_module = {"_imp", "What importlib needs of the import machinery.", imp_functions, NULL};
