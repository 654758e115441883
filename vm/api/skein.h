/* skein.h - the public C interface of Skein.  C17 and C++17.
 *
 *   skein_config c;
 *   skein_config_init(&c);
 *   skein_vm *vm;
 *   if (skein_vm_new(&c, &vm) != SKEIN_OK) ...
 *   skein_val result;
 *   if (skein_eval(vm, "6 * 7", &result) == SKEIN_OK) ...
 *   skein_vm_free(vm);
 *
 * RULES, said once
 *  Threads   A VM is used by one thread at a time.  Many VMs may live in one process; they share nothing.
 *            Threads that scripts start run while the host is in a call of this interface, or between
 *            skein_threads_begin and skein_threads_end; host functions may be called by any of them, one at a time.
 *  Errors    Every function that can fail returns a skein_status.  After SKEIN_ERR_EXC the exception waits in
 *            the VM: take it with skein_exc_take, or print it with skein_report.  Nothing ever unwinds
 *            (longjmp, C++ exceptions) through a host frame, in either direction.
 *  Handles   A skein_val names a value of one VM.  It is valid until the scope it was made in is closed;
 *            without an open scope until skein_vm_free.  The absent handle has bits 0.
 *  Text      UTF-8, by pointer and length; pointers into the VM stay valid while the handle's scope is open.
 */
#ifndef SKEIN_H
#define SKEIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef SKEIN_API
#define SKEIN_API __attribute__((visibility("default")))
#endif
#define SKEIN_ABI 1

#ifdef __cplusplus
extern "C" {
#endif

typedef struct skein_vm skein_vm;
typedef struct skein_val { uint64_t bits; } skein_val;

typedef enum skein_status {
  SKEIN_OK = 0,
  SKEIN_ERR_EXC = -1,    /* a script exception is pending */
  SKEIN_ERR_NOMEM = -2,  /* the VM could not be made */
  SKEIN_ERR_MISUSE = -3  /* a handle of the wrong kind, a NULL pointer */
} skein_status;

typedef enum skein_type {
  SKEIN_T_NONE, SKEIN_T_BOOL, SKEIN_T_INT, SKEIN_T_FLOAT, SKEIN_T_STR, SKEIN_T_BYTES, SKEIN_T_LIST, SKEIN_T_TUPLE,
  SKEIN_T_DICT, SKEIN_T_SET, SKEIN_T_FUNC, SKEIN_T_TYPE, SKEIN_T_MODULE, SKEIN_T_EXC, SKEIN_T_EXCGROUP, SKEIN_T_OTHER
} skein_type;

/* Options of a VM; skein_config_init fills in the defaults. */
typedef struct skein_config {
  size_t size;         /* sizeof(skein_config), set by skein_config_init */
  uint32_t abi;        /* SKEIN_ABI */
  size_t heap_limit;   /* bytes; 0: most of the machine's memory.  Beyond it scripts get MemoryError */
  size_t stack_bytes;  /* VM stack; 0: the default */
  int optimize;        /* 1: no asserts, 2: no docstrings either */
  bool portable;       /* CPython's rules where Skein's are wider (-X portable) */
  bool dev, isolated, ignore_environment, unbuffered, inspect, quiet;
  uint64_t hash_seed;  /* of str hashes; 0: always the same */
  void *user;          /* skein_vm_user */
} skein_config;

/* One level of a traceback.  The pointers stay valid until the VM runs again. */
typedef struct skein_frame {
  const char *file, *function;
  uint32_t line, col, end_line, end_col; /* 1-based lines, 0-based byte columns */
} skein_frame;

/* ---- VM life ------------------------------------------------------------------------------------ */
SKEIN_API const char *skein_version(void);
SKEIN_API void skein_config_init(skein_config *config);
/* Makes a VM; |config| NULL for the defaults.  SKEIN_ERR_NOMEM, else *out is yours to skein_vm_free. */
SKEIN_API skein_status skein_vm_new(const skein_config *config, skein_vm **out);
/* Stops threads of scripts wherever they are, flushes the standard streams and releases everything.  No script code
 * runs.  A thread that does not stop within five seconds keeps the VM's memory.  NULL is fine. */
SKEIN_API void skein_vm_free(skein_vm *vm);
SKEIN_API void *skein_vm_user(skein_vm *vm);
/* Bytes of heap in use. */
SKEIN_API size_t skein_vm_heap(skein_vm *vm);
SKEIN_API void skein_gc(skein_vm *vm);
/* May be called from any thread or a signal handler: the script gets KeyboardInterrupt soon. */
SKEIN_API void skein_interrupt(skein_vm *vm);
/* Lets threads of scripts run while the host does something else.  Until the end no function of this interface but
 * skein_interrupt may be called. */
SKEIN_API void skein_threads_begin(skein_vm *vm);
SKEIN_API void skein_threads_end(skein_vm *vm);
/* Takes back an interrupt that no script has seen yet. */
SKEIN_API void skein_uninterrupt(skein_vm *vm);

/* ---- handles -------------------------------------------------------------------------------------- */
/* Opens a scope; close it with the number given.  Handles made in between then end. */
SKEIN_API size_t skein_scope_open(skein_vm *vm);
SKEIN_API void skein_scope_close(skein_vm *vm, size_t scope);
/* Closes the scope but keeps |v|, as a handle of the scope around it. */
SKEIN_API skein_val skein_scope_escape(skein_vm *vm, size_t scope, skein_val v);

/* ---- running code ----------------------------------------------------------------------------------- */
/* sys.argv, and where imports look first (sys.path[0]). */
SKEIN_API skein_status skein_set_argv(skein_vm *vm, int argc, char **argv);
SKEIN_API skein_status skein_path_add(skein_vm *vm, const char *directory, bool first);
/* Runs statements in module __main__ / the expression's value.  Without a file name the text is "<string>";
 * tracebacks show lines of the text last run under a name in <>. */
SKEIN_API skein_status skein_exec(skein_vm *vm, const char *source, size_t n, const char *filename);
SKEIN_API skein_status skein_eval(skein_vm *vm, const char *expression, skein_val *out);
/* Runs a file, a directory with __main__.py, or a module by name, as __main__. */
SKEIN_API skein_status skein_run_file(skein_vm *vm, const char *path);
SKEIN_API skein_status skein_run_module(skein_vm *vm, const char *name);
/* One interactive statement: *incomplete is set when it needs more lines (then nothing was run). */
SKEIN_API skein_status skein_interactive(skein_vm *vm, const char *source, size_t n, bool *incomplete);
SKEIN_API skein_status skein_import(skein_vm *vm, const char *name, skein_val *out);
/* A stage of the front end as text on stdout: "tokens", "ast", "symbols" or "code". */
SKEIN_API skein_status skein_dump(skein_vm *vm, const char *what, const char *path);

/* ---- values -------------------------------------------------------------------------------------------- */
SKEIN_API skein_type skein_typeof(skein_vm *vm, skein_val v);
SKEIN_API skein_val skein_none(skein_vm *vm);
SKEIN_API skein_val skein_bool(skein_vm *vm, bool b);
SKEIN_API skein_status skein_int(skein_vm *vm, int64_t i, skein_val *out);
SKEIN_API skein_status skein_float(skein_vm *vm, double d, skein_val *out);
SKEIN_API skein_status skein_str(skein_vm *vm, const char *utf8, size_t n, skein_val *out);
SKEIN_API skein_status skein_list(skein_vm *vm, const skein_val *items, size_t n, skein_val *out);
/* SKEIN_ERR_EXC with TypeError or OverflowError when the value is no such thing or does not fit. */
SKEIN_API skein_status skein_get_int(skein_vm *vm, skein_val v, int64_t *out);
SKEIN_API skein_status skein_get_float(skein_vm *vm, skein_val v, double *out);
SKEIN_API skein_status skein_get_str(skein_vm *vm, skein_val v, const char **s, size_t *n);
SKEIN_API skein_status skein_get_attr(skein_vm *vm, skein_val o, const char *name, skein_val *out);
SKEIN_API skein_status skein_set_attr(skein_vm *vm, skein_val o, const char *name, skein_val v);
SKEIN_API skein_status skein_get_item(skein_vm *vm, skein_val o, skein_val key, skein_val *out);
SKEIN_API skein_status skein_set_item(skein_vm *vm, skein_val o, skein_val key, skein_val v);
/* Globals of __main__. */
SKEIN_API skein_status skein_get_global(skein_vm *vm, const char *name, skein_val *out);
SKEIN_API skein_status skein_set_global(skein_vm *vm, const char *name, skein_val v);
SKEIN_API skein_status skein_call(skein_vm *vm, skein_val f, const skein_val *args, size_t n, skein_val *out);
/* repr(v) and str(v). */
SKEIN_API skein_status skein_repr(skein_vm *vm, skein_val v, skein_val *out);
SKEIN_API skein_status skein_text(skein_vm *vm, skein_val v, skein_val *out);

/* ---- host functions --------------------------------------------------------------------------------------- */
/* Called with positional arguments; returns SKEIN_OK with *out set, or SKEIN_ERR_EXC after skein_raise. */
typedef skein_status (*skein_fn)(skein_vm *vm, void *user, const skein_val *args, size_t n, skein_val *out);
/* A function object that calls |fn|. |name| is copied. */
SKEIN_API skein_status skein_function(skein_vm *vm, const char *name, skein_fn fn, void *user, skein_val *out);

/* ---- errors --------------------------------------------------------------------------------------------------- */
/* Makes an exception of a built-in class pending; returns SKEIN_ERR_EXC for "return skein_raise(...)". */
SKEIN_API skein_status skein_raise(skein_vm *vm, const char *type, const char *message);
/* The pending exception, no longer pending; absent when there is none. */
SKEIN_API skein_val skein_exc_take(skein_vm *vm);
/* Makes |exc| pending again. */
SKEIN_API void skein_exc_again(skein_vm *vm, skein_val exc);
SKEIN_API skein_status skein_exc_type(skein_vm *vm, skein_val exc, skein_val *name);
SKEIN_API skein_status skein_exc_message(skein_vm *vm, skein_val exc, skein_val *text);
/* Frames of the traceback, outermost first: fills at most |room|, returns how many there are. */
SKEIN_API size_t skein_exc_frames(skein_vm *vm, skein_val exc, skein_frame *out, size_t room);
/* Members of a group: 0 when |exc| is none. */
SKEIN_API size_t skein_exc_count(skein_vm *vm, skein_val exc);
SKEIN_API skein_val skein_exc_at(skein_vm *vm, skein_val exc, size_t i);
/* Splits by a built-in class name; either part may come out absent. */
SKEIN_API skein_status skein_exc_split(skein_vm *vm, skein_val exc, const char *type, skein_val *match, skein_val *rest);
/* The text CPython would print. */
SKEIN_API skein_status skein_exc_format(skein_vm *vm, skein_val exc, skein_val *text);
/* Takes the pending exception, prints it through sys.excepthook (SystemExit: obeys it) and returns the
 * exit status a program ends with. */
SKEIN_API int skein_report(skein_vm *vm);
/* The end of a program: functions of atexit, then the streams are flushed.  0, or 120 when output was lost
 * (said on stderr).  skein_vm_free alone flushes, silently. */
SKEIN_API int skein_finish(skein_vm *vm);

#ifdef __cplusplus
}
#endif
#endif
