/* native.h - what the library's C modules share.  Layer 8. */
#ifndef SK_STDLIB_NATIVE_H
#define SK_STDLIB_NATIVE_H

#include "vm/object/call.h"
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/func.h"
#include "vm/object/number.h"
#include "vm/object/object.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"
#include "vm/run/run.h"

SK_C_BEGIN

/* Modules written in C (modules.def); NULL when there is none of that name. */
const SkModuleDef *sk_native_module(const char *name, size_t length);
size_t sk_native_module_count(void);
const SkModuleDef *sk_native_module_at(size_t i);

/* Modules written in Python and frozen into the program (stdlib/freeze). */
typedef struct SkFrozen {
  const char *name;
  const char *source;   size_t length;
  const uint64_t *code; size_t code_bytes; /* SK_THAW_OWN */
  bool package;
  uint8_t variants;     /* bit optimize + 3 * portable: |code| is right with these options */
} SkFrozen;
const SkFrozen *sk_frozen_find(const char *name, size_t length); /* NULL: none */
extern const SkFrozen sk_frozen_modules[];                       /* sorted by name */
extern const size_t sk_frozen_count;

/* Source text to a runnable code object.  mode: "exec", "eval" or "single".  Raises SyntaxError and the
 * like; issues SyntaxWarnings.  The text may be in any declared encoding unless |is_str|. */
typedef struct SkSourceOptions {
  const char *mode;
  bool is_str;
  bool no_warnings;
  bool portable;     /* CPython's rules, whatever the VM's own */
  int optimize;      /* -1: the VM's own */
  bool script;       /* the program itself: may await at the top, unless the VM is portable */
  bool top_await;    /* compile(): PyCF_ALLOW_TOP_LEVEL_AWAIT */
  unsigned future;   /* inherited compiler flags */
  bool *incomplete;  /* REPL: set when more text could mend the error; then nothing is raised and NULL returned */
} SkSourceOptions;
SkCodeObj *sk_source_compile(SkVm *vm, const char *text, size_t n, SkStr *filename, const SkSourceOptions *o);

/* Text that has no file, for tracebacks: the last one of a name counts. */
void sk_source_remember(SkVm *vm, SkStr *filename, const char *text, size_t n);
SkValue sk_source_remembered(SkVm *vm, SkStr *filename); /* UNSET: none */

/* The import machinery (import.c). */
void sk_import_init(SkVm *vm);
SkValue sk_import(SkVm *vm, SkStr *name, SkDict *globals, SkValue fromlist, int64_t level);
SkValue sk_import_name(SkVm *vm, const char *name);              /* import a.b.c; gives the innermost module */
SkModule *sk_import_add_module(SkVm *vm, SkStr *name);           /* sys.modules[name], made when missing */
/* Runs a file (or package directory or module) as __main__; -m and FILE of the command line. */
SkValue sk_import_run_main_file(SkVm *vm, SkStr *path);
SkValue sk_import_run_main_module(SkVm *vm, SkStr *name);
bool sk_read_file(SkVm *vm, const char *path, SkRaw **out, size_t *n); /* false: errno says why */

/* A script's name of a capability, "fs_read" ...; NULL behind the last. */
const char *sk_cap_name(int bit);

/* Effects on files (need.c): sk_need() with the path as it really is, absolute and without links as far as it exists. */
void sk_need_path(SkVm *vm, uint32_t cap, const char *path);
bool sk_may_path(SkVm *vm, uint32_t cap, const char *path); /* asks without raising */
/* What open(2) flags need. */
void sk_need_open(SkVm *vm, const char *path, int flags);
/* A remote or local address: "host:port" or a path.  |port| < 0: none. */
void sk_need_host(SkVm *vm, uint32_t cap, const char *host, int port);

/* sys (sys.c): attributes that C code reads. */
void sk_sys_init(SkVm *vm, int argc, char **argv);
SkValue sk_sys_get(SkVm *vm, const char *name);                  /* SK_UNSET when missing */
void sk_sys_set(SkVm *vm, const char *name, SkValue v);
void sk_sys_flush(SkVm *vm);                                     /* stdout and stderr; errors are dropped */

/* Writes text to a Python file object; the program's own stdout takes a short cut. */
void sk_file_write(SkVm *vm, SkValue file, SkStr *text);
void sk_file_write_part(SkVm *vm, SkValue file, SkStr *text); /* more comes, and sk_file_write at last */

/* How loops wait from now on: with libuv (uv_loop.c), or for timers alone (plain_poller.c). */
void sk_poller_init(SkVm *vm);

/* The whole library: builtins, sys, import hook.  After sk_run_init. */
void sk_stdlib_init(SkVm *vm);

SK_C_END

#endif
