/* skein.h - the public C interface of Skein.  C17 and C++17.
 *
 *   skein_vm *vm;
 *   if (skein_vm_new(NULL, &vm) != SKEIN_OK) return 1;
 *   skein_val answer;
 *   int64_t n;
 *   if (skein_eval(vm, "6 * 7", &answer) == SKEIN_OK && skein_get_int(vm, answer, &n) == SKEIN_OK) printf("%d\n", (int)n);
 *   skein_vm_free(vm);
 *
 * RULES, said once; a function's comment says only what differs.
 *
 *  Threads   There are no globals and no thread-locals.  A VM is used by one thread at a time and may move between
 *            them; different VMs never meet, except in a skein_code, which all of them may share.  Functions marked
 *            [any thread] may be called while another thread is in the VM; those marked [signal] also in a signal handler.
 *  Errors    A function that can fail returns a skein_status; what it should have stored is then the absent handle, 0 or
 *            NULL.  After SKEIN_ERR_EXC the exception waits in the VM for skein_exc_take; the next call that
 *            runs anything replaces it.  After SKEIN_ERR_MISUSE nothing was done and skein_misuse says what was wrong.
 *            Nothing unwinds (longjmp, C++ exceptions) through a host's frame, in either direction, and nothing is printed.
 *  Stops     Fuel, deadline, SKEIN_STOP_KILL and final limits stop the VM: no script code can catch that or run after it, not
 *            even `finally`.  Every call then returns the stop's status until skein_vm_reset or skein_vm_free.  Values can still be read.
 *  Handles   A skein_val names a value of one VM, until its scope is closed: the innermost of skein_scope_open, the host
 *            function being called, or the VM's own, which only skein_vm_reset and skein_vm_free close.  A handle used after that, or in
 *            another VM, is found out: SKEIN_ERR_MISUSE.  The absent handle has bits 0 and is never valid as an argument unless said.
 *  Text      UTF-8, by pointer and length, or NUL-terminated.  A const char * that comes out of the VM lives as long as the
 *            handle it was asked of, or, where no handle is, until the next call.
 *  Structs   Those with a |size| are filled by the caller's sizeof first (an _init function or = {sizeof x}): later
 *            versions add members at the end.
 */
#ifndef SKEIN_H
#define SKEIN_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef SKEIN_API
#define SKEIN_API __attribute__((visibility("default")))
#endif
#define SKEIN_ABI 2
#define SKEIN_VERSION "0.2"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct skein_vm skein_vm;       /* one interpreter */
typedef struct skein_code skein_code;   /* compiled code: immutable, reference counted, shared between VMs and threads */
typedef struct skein_ref skein_ref;     /* keeps one value alive, outside of any scope */
typedef struct skein_class skein_class; /* a class of host objects, of one VM */
typedef struct skein_await skein_await; /* one call of an async host function that has not finished */
typedef struct skein_val { uint64_t bits; } skein_val; /* a handle */

typedef enum skein_status {
  SKEIN_OK = 0,
  SKEIN_ERR_EXC = -1,         /* a script exception waits for skein_exc_take */
  SKEIN_ERR_NOMEM = -2,       /* stop: the heap limit (when final); or: there was no memory for this call itself */
  SKEIN_ERR_MISUSE = -3,      /* the host made a mistake: skein_misuse() */
  SKEIN_ERR_FUEL = -4,        /* stop: the fuel is used up */
  SKEIN_ERR_DEADLINE = -5,    /* stop: the time is over */
  SKEIN_ERR_INTERRUPTED = -6, /* stop: SKEIN_STOP_KILL */
  SKEIN_ERR_LIMIT = -7,       /* stop: another limit that is final */
  SKEIN_ERR_FORMAT = -8,      /* skein_code_load: the bytes are no code of this version, or damaged */
  SKEIN_ERR_ABI = -9,         /* config->abi: header and library differ */
  SKEIN_ERR_CLOSED = -10      /* the thing has ended: an await that was cancelled or settled */
} skein_status;

typedef enum skein_type {
  SKEIN_T_ABSENT, SKEIN_T_NONE, SKEIN_T_BOOL, SKEIN_T_INT, SKEIN_T_FLOAT, SKEIN_T_STR, SKEIN_T_BYTES, SKEIN_T_LIST, SKEIN_T_TUPLE,
  SKEIN_T_DICT, SKEIN_T_SET, SKEIN_T_FUNC, SKEIN_T_TYPE, SKEIN_T_MODULE, SKEIN_T_CORO, SKEIN_T_TASK, SKEIN_T_GROUP /* TaskGroup */,
  SKEIN_T_EXC, SKEIN_T_EXCGROUP, SKEIN_T_HOST /* skein_object_new */, SKEIN_T_OTHER
} skein_type;

/* What scripts may do to the world outside the VM.  A refusal is PermissionError(EPERM, "no fs_read capability for '/etc/passwd'") in the script,
 * which can also look (sys.caps()) and give up (sys.drop_caps("net_connect")). */
typedef enum skein_cap {
  SKEIN_CAP_NONE = 0,
  SKEIN_CAP_FS_READ = 1,      /* open, list, stat; imports from files */
  SKEIN_CAP_FS_WRITE = 2,     /* write, create, remove, rename, chmod */
  SKEIN_CAP_NET_CONNECT = 4,  /* name look-up, outgoing connections, datagrams, HTTP */
  SKEIN_CAP_NET_LISTEN = 8,   /* binding an address, accepting; name look-up for that */
  SKEIN_CAP_PROCESS = 16,     /* processes: start, signal, wait for; this one: end it, fork, its environment, directory, umask; descriptors
                                 by number that no script of this VM has opened */
  SKEIN_CAP_ENV = 32,         /* reading environment variables, working directory, ids, user, host name */
  SKEIN_CAP_CLOCK = 64,       /* wall-clock time.  Sleeping and monotonic time are free */
  SKEIN_CAP_RANDOM = 128,     /* the system's randomness; without it random is seeded the same way each time */
  SKEIN_CAP_SIGNAL = 256,     /* handlers of signals */
  SKEIN_CAP_THREADS = 512,
  SKEIN_CAP_STDIN = 1024,     /* the process's standard input, when there is no |read| hook */
  SKEIN_CAP_EVAL = 2048,      /* compile, exec, eval of text */
  SKEIN_CAP_ALL = 0x7fffffff
} skein_cap;

typedef enum skein_stop {
  SKEIN_STOP_KEYBOARD, /* KeyboardInterrupt in the main task or main thread */
  SKEIN_STOP_CANCEL,   /* cancels everything that runs on the VM's loop; `finally` blocks run */
  SKEIN_STOP_KILL,     /* a stop: nothing more runs */
  SKEIN_STOP_DUMP      /* writes the task tree to the |write| hook, stream 2, and goes on */
} skein_stop;

typedef enum skein_run {
  SKEIN_RUN_IDLE,   /* nothing to do, and nothing to wait for */
  SKEIN_RUN_READY,  /* the budget ended before the work did: step again */
  SKEIN_RUN_WAIT,   /* all tasks wait: for *wait_ns, for skein_poll_fd to be readable, or for a skein_post */
  SKEIN_RUN_STOPPED /* the VM was stopped */
} skein_run;

/* ---- hooks of the host -------------------------------------------------------------------------------------------- */
/* Memory: |p| NULL: a new block of |new_size| bytes, aligned to |align| (a power of two); |new_size| 0: frees |p|, which has |old_size|
 * bytes; else moves (align is 16 then).  NULL: there is none.  All that a VM keeps comes from it, one call at a time; a compiler's working
 * memory, code (which VMs share) and the libraries (PCRE2, libuv, libcurl) do not. */
typedef void *(*skein_alloc_fn)(void *user, void *p, size_t old_size, size_t new_size, size_t align);
typedef void (*skein_write_fn)(void *user, int stream, const char *text, size_t n); /* stream 1: output, 2: errors */
typedef size_t (*skein_read_fn)(void *user, char *into, size_t room);               /* 0: the end */
/* |what|: an absolute path without symbolic links, as far as it exists; "host:port" (connecting asks for the name that is looked up and for the
 * number that is connected to); a URL; a program; or "".  The file system may change between the answer and the deed. */
typedef bool (*skein_cap_fn)(skein_vm *vm, void *user, skein_cap need, const char *what);
typedef void (*skein_free_fn)(void *user);

/* What a module loader finds: exactly one of |text| and |code|. */
typedef struct skein_source {
  size_t size;
  const char *text; size_t length; /* source; read before the loader is called again */
  skein_code *code;                /* a reference, taken over */
  const char *filename;            /* for tracebacks; NULL: the module's name in <> */
  bool package;                    /* may have submodules */
} skein_source;
/* Asked first for every module that is imported and not loaded yet.  SKEIN_OK with out->text and out->code NULL: look elsewhere;
 * SKEIN_ERR_EXC after skein_raise: the import fails with that. */
typedef skein_status (*skein_load_fn)(skein_vm *vm, void *user, const char *name, skein_source *out);
/* Called by skein_vm_new and after each skein_vm_reset: defines the host's functions.  Failing fails that call. */
typedef skein_status (*skein_setup_fn)(skein_vm *vm, void *user);

/* ---- limits --------------------------------------------------------------------------------------------------------- */
enum { SKEIN_FINAL_HEAP = 1, SKEIN_FINAL_DEPTH = 2, SKEIN_FINAL_TASKS = 4, SKEIN_FINAL_SIZE = 8 };

/* 0 in any member: no limit, but for |depth|.  Fuel and time always stop the VM.  The others raise an exception first that a script may catch:
 * MemoryError, RecursionError, RuntimeError, and for sizes MemoryError; or stop it too when |final| has their bit. */
typedef struct skein_limits {
  size_t size;
  size_t heap;          /* bytes of objects and their storage */
  uint64_t fuel;        /* steps: a call, a jump back, or 64 bytes touched by a built-in.  Exact and the same in every run */
  uint64_t deadline_ns; /* nanoseconds of real time from skein_set_limits, skein_vm_new or skein_vm_reset on */
  uint32_t depth;       /* Python calls inside each other; 0: 1,000, and the script may change it */
  uint32_t tasks;       /* unfinished at a time */
  size_t length;        /* bytes of one str, bytes or int */
  uint32_t final;       /* SKEIN_FINAL_...; skein_config_init: HEAP */
} skein_limits;

typedef struct skein_config {
  size_t size;            /* these two are set by skein_config_init */
  uint32_t abi;
  uint32_t caps;          /* skein_cap bits granted; default: none */
  skein_limits limits;    /* default: none */
  skein_alloc_fn alloc;   void *alloc_user;  /* NULL: the system's memory */
  skein_write_fn write;   void *write_user;  /* NULL: the process's standard output and error */
  skein_read_fn read;     void *read_user;   /* NULL: standard input with SKEIN_CAP_STDIN, else empty */
  skein_cap_fn cap_check; void *cap_user;    /* NULL, or asked whether what |caps| grants is fine for this path or host */
  skein_load_fn load;     void *load_user;
  skein_setup_fn setup;   void *setup_user;
  void *user;             /* skein_vm_user */
  size_t stack_bytes;     /* of Python frames; 0: the default */
  uint64_t hash_seed;     /* of str hashes; 0: the same in every run */
  /* As the command's flags of these names: */
  int optimize;           /* 1: no asserts, 2: no docstrings either */
  bool portable;          /* CPython's rules where Skein's are wider (-X portable) */
  bool dev, isolated, ignore_environment, unbuffered, inspect, quiet;
} skein_config;

typedef struct skein_stats {
  size_t size;
  size_t heap, heap_peak; /* bytes */
  uint64_t fuel_used, fuel_left; /* UINT64_MAX: no limit */
  uint64_t collections;
  uint32_t tasks, handles, refs;
} skein_stats;

/* ---- 1. life of a VM ---------------------------------------------------------------------------------------------------- */
SKEIN_API uint32_t skein_abi_version(void);   /* [any thread] SKEIN_ABI of the library */
SKEIN_API const char *skein_version(void);    /* [any thread] */
SKEIN_API const char *skein_status_name(skein_status s); /* [any thread] "SKEIN_OK" ... */
SKEIN_API void skein_config_init(skein_config *config);  /* [any thread] */
/* Makes a VM; |config| NULL for the defaults, else it may go away afterwards, what its pointers name may not.
 * NOMEM, ABI, MISUSE, or what |setup| returned. */
SKEIN_API skein_status skein_vm_new(const skein_config *config, skein_vm **out);
/* Ends everything without running script code: tasks, threads of scripts, host objects (their finalizers run), refs, pending awaits and
 * posted jobs.  Not from inside the VM.  A thread of a script that does not stop within five seconds keeps the VM's memory.  NULL is fine. */
SKEIN_API void skein_vm_free(skein_vm *vm);
/* Back to what skein_vm_new made, |setup| included, after whatever happened: the same config, fresh limits.  All handles, refs, classes and
 * awaits end.  MISUSE from inside the VM. */
SKEIN_API skein_status skein_vm_reset(skein_vm *vm);
SKEIN_API void *skein_vm_user(skein_vm *vm);
SKEIN_API void skein_vm_stats(skein_vm *vm, skein_stats *out);
SKEIN_API void skein_gc(skein_vm *vm);        /* a full collection, and the __del__ and weakref callbacks that are due */
SKEIN_API const char *skein_misuse(skein_vm *vm); /* what the last SKEIN_ERR_MISUSE was about */

/* ---- 2. limits, interruption, work from outside ----------------------------------------------------------------------------- */
SKEIN_API void skein_limits_init(skein_limits *limits);
/* New limits from now on: fuel and time start anew.  A VM that has been stopped stays stopped. */
SKEIN_API skein_status skein_set_limits(skein_vm *vm, const skein_limits *limits);
SKEIN_API skein_status skein_stopped(skein_vm *vm);            /* SKEIN_OK, or the status of the stop */
SKEIN_API void skein_interrupt(skein_vm *vm, skein_stop what); /* [any thread] [signal] */
SKEIN_API void skein_uninterrupt(skein_vm *vm);                /* takes back a KEYBOARD that no script has seen */
/* A job for the VM's thread: the host's memory, usually a part of something larger, until |run| is called. */
typedef struct skein_job skein_job;
struct skein_job {
  void (*run)(skein_vm *vm, skein_job *job); /* vm NULL: the VM was freed or reset first: release only */
  skein_job *next;                           /* the VM's */
};
/* [any thread] [signal] Runs |job| in the VM's thread soon: at the next safepoint of a running script, or in the next skein_step or
 * skein_run_until, whose waiting it ends; skein_poll_fd becomes readable.  In order of posting.  A job may use every function of this header. */
SKEIN_API void skein_post(skein_vm *vm, skein_job *job);
/* Lets threads of scripts run while the host does something else.  Until the end only [any thread] functions may be called. */
SKEIN_API void skein_threads_begin(skein_vm *vm);
SKEIN_API void skein_threads_end(skein_vm *vm);

/* ---- 3. code ------------------------------------------------------------------------------------------------------------------ */
typedef enum skein_mode { SKEIN_EXEC, SKEIN_EVAL, SKEIN_SINGLE } skein_mode;
/* *out is a reference: skein_code_release it.  EXC: SyntaxError. */
SKEIN_API skein_status skein_compile(skein_vm *vm, const char *source, size_t n, const char *filename, skein_mode mode, skein_code **out);
SKEIN_API skein_code *skein_code_retain(skein_code *code);  /* [any thread] */
SKEIN_API void skein_code_release(skein_code *code);        /* [any thread] NULL is fine */
/* [any thread] Gives the code as bytes to |write| (stream 0), in one or more pieces.  NOMEM. */
SKEIN_API skein_status skein_code_save(const skein_code *code, skein_write_fn write, void *user);
/* [any thread] Code from bytes of anywhere: everything is proven before it may run.  FORMAT (then *why, if |why|, is a static text), NOMEM. */
SKEIN_API skein_status skein_code_load(const void *bytes, size_t n, skein_code **out, const char **why);
/* Runs |code| in |module| (absent: __main__).  *out, if |out|: the value of SKEIN_EVAL code, else None. */
SKEIN_API skein_status skein_run_code(skein_vm *vm, const skein_code *code, skein_val module, skein_val *out);
/* Statements, in __main__.  |filename| NULL: "<string>"; tracebacks show lines of the text last run under a name in <>. */
SKEIN_API skein_status skein_exec(skein_vm *vm, const char *source, size_t n, const char *filename);
SKEIN_API skein_status skein_eval(skein_vm *vm, const char *expression, skein_val *out);
SKEIN_API skein_status skein_import(skein_vm *vm, const char *name, skein_val *out);  /* "a.b" gives a.b */
/* The module of that name in sys.modules; made, empty, when there is none. */
SKEIN_API skein_status skein_module(skein_vm *vm, const char *name, skein_val *out);

/* ---- 4. handles ------------------------------------------------------------------------------------------------------------------ */
typedef struct skein_scope { uint64_t mark; } skein_scope;
/* Scopes nest: close them in reverse order.  Closing one closes those opened in it. */
SKEIN_API skein_scope skein_scope_open(skein_vm *vm);
SKEIN_API void skein_scope_close(skein_vm *vm, skein_scope scope);
/* Closes the scope but keeps |v|, as a handle of the scope around it. */
SKEIN_API skein_val skein_scope_escape(skein_vm *vm, skein_scope scope, skein_val v);
/* NULL: no memory, or |v| is absent.  Free it before the VM; a reset ends it, then get gives the absent handle. */
SKEIN_API skein_ref *skein_ref_new(skein_vm *vm, skein_val v);
SKEIN_API skein_val skein_ref_get(skein_vm *vm, const skein_ref *ref);
SKEIN_API void skein_ref_free(skein_vm *vm, skein_ref *ref); /* NULL is fine */

/* ---- 5. values --------------------------------------------------------------------------------------------------------------------- */
SKEIN_API skein_type skein_typeof(skein_vm *vm, skein_val v);          /* SKEIN_T_ABSENT for a bad handle, too */
SKEIN_API const char *skein_type_name(skein_vm *vm, skein_val v);      /* the class's __name__ */
SKEIN_API bool skein_is(skein_vm *vm, skein_val a, skein_val b);       /* the same object */
/* Absent when memory is out. */
SKEIN_API skein_val skein_none(skein_vm *vm);
SKEIN_API skein_val skein_bool(skein_vm *vm, bool b);
SKEIN_API skein_val skein_int(skein_vm *vm, int64_t i);
SKEIN_API skein_val skein_float(skein_vm *vm, double d);
SKEIN_API skein_status skein_str(skein_vm *vm, const char *utf8, size_t n, skein_val *out); /* EXC: UnicodeDecodeError */
SKEIN_API skein_status skein_bytes(skein_vm *vm, const void *p, size_t n, skein_val *out);
SKEIN_API skein_status skein_int_text(skein_vm *vm, const char *digits, skein_val *out); /* an int of any size, as int(digits, 0) */
SKEIN_API skein_status skein_list(skein_vm *vm, const skein_val *items, size_t n, skein_val *out);
SKEIN_API skein_status skein_tuple(skein_vm *vm, const skein_val *items, size_t n, skein_val *out);
SKEIN_API skein_status skein_dict(skein_vm *vm, skein_val *out);
/* A value from a pattern and C arguments:  i int  q int64_t  u uint64_t  d double  b int as bool  s const char *  z the same or NULL for
 * None  # after s: and size_t  y const void * and size_t: bytes  v skein_val  n None;  [..] list  (..) tuple  {key: value, ..} dict.
 * Blanks and commas are skipped.  "{s:i, s:[dd]}".  MISUSE: the pattern is wrong. */
SKEIN_API skein_status skein_build(skein_vm *vm, skein_val *out, const char *pattern, ...);
SKEIN_API skein_status skein_vbuild(skein_vm *vm, skein_val *out, const char *pattern, va_list args);
/* The other way: arguments or the items of any sequence into C variables, by the same letters (i int *, s const char **, s# and size_t *,
 * v skein_val *, ...); | begins the optional ones, whose variables keep their values when they are missing.  EXC: TypeError or OverflowError
 * that names the argument. */
SKEIN_API skein_status skein_parse(skein_vm *vm, const skein_val *args, size_t n, const char *pattern, ...);
/* EXC: TypeError when it is no such thing, OverflowError when it does not fit: nothing is ever cut. */
SKEIN_API skein_status skein_get_bool(skein_vm *vm, skein_val v, bool *out); /* truth, as `if v:` */
SKEIN_API skein_status skein_get_int(skein_vm *vm, skein_val v, int64_t *out);
SKEIN_API skein_status skein_get_float(skein_vm *vm, skein_val v, double *out);
SKEIN_API skein_status skein_get_str(skein_vm *vm, skein_val v, const char **s, size_t *n);     /* n may be NULL; NUL-terminated */
SKEIN_API skein_status skein_get_bytes(skein_vm *vm, skein_val v, const void **p, size_t *n);   /* bytes only */
SKEIN_API skein_status skein_get_attr(skein_vm *vm, skein_val o, const char *name, skein_val *out);
SKEIN_API skein_status skein_set_attr(skein_vm *vm, skein_val o, const char *name, skein_val v);
SKEIN_API skein_status skein_get_item(skein_vm *vm, skein_val o, skein_val key, skein_val *out);
SKEIN_API skein_status skein_set_item(skein_vm *vm, skein_val o, skein_val key, skein_val v);
SKEIN_API skein_status skein_get_index(skein_vm *vm, skein_val o, int64_t i, skein_val *out);
SKEIN_API skein_status skein_get_key(skein_vm *vm, skein_val o, const char *key, skein_val *out);   /* o[key] */
SKEIN_API skein_status skein_set_key(skein_vm *vm, skein_val o, const char *key, skein_val v);
SKEIN_API skein_status skein_append(skein_vm *vm, skein_val list, skein_val v);
SKEIN_API skein_status skein_len(skein_vm *vm, skein_val v, size_t *out);
/* Globals of __main__.  EXC: NameError. */
SKEIN_API skein_status skein_get_global(skein_vm *vm, const char *name, skein_val *out);
SKEIN_API skein_status skein_set_global(skein_vm *vm, const char *name, skein_val v);
SKEIN_API skein_status skein_iter(skein_vm *vm, skein_val v, skein_val *iterator);
SKEIN_API skein_status skein_next(skein_vm *vm, skein_val iterator, skein_val *out, bool *more); /* *more false: the end */
SKEIN_API skein_status skein_call(skein_vm *vm, skein_val f, const skein_val *args, size_t n, skein_val *out); /* out may be NULL */
/* With keywords: |kwargs| is a dict, or absent. */
SKEIN_API skein_status skein_call_kw(skein_vm *vm, skein_val f, const skein_val *args, size_t n, skein_val kwargs, skein_val *out);
SKEIN_API skein_status skein_call_method(skein_vm *vm, skein_val o, const char *name, const skein_val *args, size_t n, skein_val *out);
SKEIN_API skein_status skein_equal(skein_vm *vm, skein_val a, skein_val b, bool *out);
SKEIN_API skein_status skein_repr(skein_vm *vm, skein_val v, skein_val *out);
SKEIN_API skein_status skein_text(skein_vm *vm, skein_val v, skein_val *out);  /* str(v) */

/* ---- 6. functions and objects of the host ------------------------------------------------------------------------------------------------ */
/* Called with a handle for each parameter, defaults filled in; a missing optional one without a default is absent.  Stores *out (left absent:
 * None) and returns SKEIN_OK; or returns SKEIN_ERR_EXC after skein_raise.  Any other status stops nothing: it is a SystemError.
 * May call the VM back.  Its handles end when it returns. */
typedef skein_status (*skein_fn)(skein_vm *vm, void *user, const skein_val *args, size_t n, skein_val *out);
/* Defines a function as an attribute of |where|, a module or host class (absent: __main__), by its signature:
 *     "clamp(x: float, lo: float = 0.0, *, hi: float = 1.0) -> float"        text after a line feed is the docstring
 * Parameters as in Python: / * *args **kwargs, defaults that are literals.  The annotations int, float, str, bytes, bool, list, tuple, dict, set,
 * callable, any class of builtins, and "T | None" are checked before the call (TypeError); float takes ints.  "@static" or "@class" before the
 * name in a host class.  |finalize| gets |user| when the function dies, also when this call fails.  MISUSE: the signature is wrong. */
SKEIN_API skein_status skein_def(skein_vm *vm, skein_val where, const char *signature, skein_fn fn, void *user, skein_free_fn finalize);
/* The function object itself, bound nowhere.  |signature| may be a bare name: any positional arguments. */
SKEIN_API skein_status skein_function(skein_vm *vm, const char *signature, skein_fn fn, void *user, skein_free_fn finalize, skein_val *out);
/* A property "name: type" of a host class; |set| NULL: read-only.  get: args[0] is the object; set: args[1] the value. */
SKEIN_API skein_status skein_def_property(skein_vm *vm, skein_val host_class, const char *signature, skein_fn get, skein_fn set, void *user);

/* A class of objects that carry a host pointer, as attribute |name| of |where| (absent: __main__).  |finalize| gets each object's data once: after
 * the object died, in the VM's thread, outside of collections, or in skein_vm_free and skein_vm_reset.  Scripts may subclass it.  They can make
 * instances only if the host defines "__init__(self, ...)", which calls skein_object_set.  The skein_class lives as long as the VM. */
SKEIN_API skein_status skein_class_new(skein_vm *vm, skein_val where, const char *name, skein_free_fn finalize, skein_class **out);
SKEIN_API skein_val skein_class_value(skein_vm *vm, const skein_class *c); /* the class object, for skein_def */
SKEIN_API skein_status skein_object_new(skein_vm *vm, skein_class *c, void *data, skein_val *out);
SKEIN_API skein_status skein_object_set(skein_vm *vm, skein_val object, void *data); /* the old data is finalized */
/* The data of |v| if it is an instance of |c| or of a subclass of it; else NULL. */
SKEIN_API void *skein_object_data(skein_vm *vm, skein_val v, const skein_class *c);

/* ---- 7. errors, and errors in groups -------------------------------------------------------------------------------------------------------- */
/* Each makes an exception pending and returns SKEIN_ERR_EXC, for "return skein_raise(...)".  |type|: a built-in class by name. */
SKEIN_API skein_status skein_raise(skein_vm *vm, const char *type, const char *message);
__attribute__((format(printf, 3, 4))) SKEIN_API skein_status skein_raisef(skein_vm *vm, const char *type, const char *format, ...);
SKEIN_API skein_status skein_raise_exc(skein_vm *vm, skein_val exc); /* an exception, or a class of them */
SKEIN_API skein_val skein_exc_take(skein_vm *vm);                    /* the pending exception, no longer pending; absent: none */
SKEIN_API skein_status skein_exc_new(skein_vm *vm, const char *type, const char *message, skein_val *out);

SKEIN_API const char *skein_exc_type(skein_vm *vm, skein_val exc);   /* "ValueError"; classes of modules with the module's name before it */
SKEIN_API const char *skein_exc_message(skein_vm *vm, skein_val exc);/* str(exc); "<unprintable>" if that fails */
/* One level of a traceback.  The pointers live as long as the handle of the exception. */
typedef struct skein_frame {
  size_t size;
  const char *file, *function, *module;
  const char *source;                    /* the line's text, NULL when it is not known */
  const char *task;                      /* name of the task it ran in, or NULL */
  uint32_t line, col, end_line, end_col; /* lines from 1; columns in UTF-8 bytes from 0, end exclusive.  0, 0: not known */
} skein_frame;
/* Fills at most |room| frames, outermost first, of the size in out[0].size; returns how many there are. */
SKEIN_API size_t skein_exc_frames(skein_vm *vm, skein_val exc, skein_frame *out, size_t room);
SKEIN_API skein_val skein_exc_cause(skein_vm *vm, skein_val exc, bool *is_context); /* what its traceback shows first; absent: nothing */
SKEIN_API size_t skein_exc_note_count(skein_vm *vm, skein_val exc);
SKEIN_API const char *skein_exc_note(skein_vm *vm, skein_val exc, size_t i);
SKEIN_API skein_status skein_exc_add_note(skein_vm *vm, skein_val exc, const char *note);
SKEIN_API const char *skein_exc_task(skein_vm *vm, skein_val exc);   /* name of the task it was raised in, or NULL */

/* ExceptionGroup, or BaseExceptionGroup when a member is no Exception.  EXC: ValueError when n is 0. */
SKEIN_API skein_status skein_exc_group(skein_vm *vm, const char *message, const skein_val *members, size_t n, skein_val *out);
SKEIN_API size_t skein_exc_count(skein_vm *vm, skein_val exc);       /* direct members; 0: no group */
SKEIN_API skein_val skein_exc_at(skein_vm *vm, skein_val exc, size_t i);
/* Visits the leaves in order with their paths: path[0] is the index in the outermost group.  A lone exception is a leaf of depth 0.  Stops when
 * |visit| returns false.  |leaf| ends when it returns. */
typedef bool (*skein_leaf_fn)(skein_vm *vm, void *user, skein_val leaf, const uint32_t *path, size_t depth);
SKEIN_API skein_status skein_exc_walk(skein_vm *vm, skein_val exc, skein_leaf_fn visit, void *user);
SKEIN_API size_t skein_exc_leaves(skein_vm *vm, skein_val exc);      /* how many */
SKEIN_API bool skein_exc_match(skein_vm *vm, skein_val exc, const char *type); /* isinstance; false for an unknown name */
/* As except* does: the part whose leaves are instances of a built-in class, and the rest, each a group of the same shape or absent.  A lone exception
 * that matches comes out as it is.  Calls derive(). */
SKEIN_API skein_status skein_exc_split(skein_vm *vm, skein_val exc, const char *type, skein_val *match, skein_val *rest);

typedef enum skein_tb { SKEIN_TB_NATIVE /* the text CPython prints */, SKEIN_TB_TREE, SKEIN_TB_SHORT, SKEIN_TB_FULL, SKEIN_TB_JSON } skein_tb;
typedef struct skein_format {
  size_t size;
  skein_tb style;
  bool color, ascii;           /* ANSI colours; no box drawing characters.  Not in NATIVE and JSON */
  bool no_collapse;            /* TREE: equal siblings each on their own */
  uint32_t width;              /* columns; 0: 100 */
  uint32_t max_width, max_depth, max_lines; /* members shown a group, levels, lines; 0: 15, 10, 200.  What is cut is counted */
} skein_format;
/* Gives the text to |write| (stream 2) in pieces.  |format| NULL: NATIVE.  Script code may run (__str__, __repr__), and its failures are shown, not raised. */
SKEIN_API skein_status skein_exc_format(skein_vm *vm, skein_val exc, const skein_format *format, skein_write_fn write, void *user);
SKEIN_API int skein_exc_exit_code(skein_vm *vm, skein_val exc);      /* what the skein command would end with */

/* ---- 8. tasks ----------------------------------------------------------------------------------------------------------------------------------- */
/* The VM has one event loop that the host drives.  It is made when first asked for. */
/* A task for a coroutine: the host owns its outcome.  |name| may be NULL.  An error that the host has not looked at when the task dies goes to
 * sys.unraisablehook: it is never dropped. */
SKEIN_API skein_status skein_spawn(skein_vm *vm, skein_val coroutine, const char *name, skein_val *task);
/* Runs what is ready, for about |budget_ns| (0: one pass), without waiting; jobs that were posted too. *wait_ns (may be NULL): until the next
 * timer, UINT64_MAX: none. */
SKEIN_API skein_run skein_step(skein_vm *vm, uint64_t budget_ns, uint64_t *wait_ns);
/* A descriptor that becomes readable when a step has something to do besides timers; -1: none.  The VM's: don't read or close it. */
SKEIN_API int skein_poll_fd(skein_vm *vm);
/* Runs the loop, waiting where there is nothing to do, until the task is done.  EXC: its error, or DeadlockError. */
SKEIN_API skein_status skein_run_until(skein_vm *vm, skein_val task, skein_val *out);
/* *done false: it is not; else its value, or EXC: its error. */
SKEIN_API skein_status skein_task_result(skein_vm *vm, skein_val task, skein_val *out, bool *done);
SKEIN_API skein_status skein_task_cancel(skein_vm *vm, skein_val task, const char *reason);
/* |done| is called once, in the VM's thread, in the step after the task ended; at once in the next step when it has. */
typedef void (*skein_done_fn)(skein_vm *vm, void *user, skein_val task);
SKEIN_API skein_status skein_task_on_done(skein_vm *vm, skein_val task, skein_done_fn done, void *user);
/* A TaskGroup whose body is the host: an error in a child cancels its siblings; all errors come together as one group. */
SKEIN_API skein_status skein_group_open(skein_vm *vm, const char *name, skein_val *group);
SKEIN_API skein_status skein_group_spawn(skein_vm *vm, skein_val group, skein_val coroutine, const char *name, skein_val *task);
SKEIN_API skein_status skein_group_cancel(skein_vm *vm, skein_val group, const char *reason);
/* The end of the body: a task that is done when all children are; its result is None, its error the ExceptionGroup. */
SKEIN_API skein_status skein_group_join(skein_vm *vm, skein_val group, skein_val *task);

typedef struct skein_task_info {
  size_t size;
  uint64_t id, parent;      /* |parent|: id of the task whose group it is in; 0: none */
  const char *name, *group; /* |group|: the name of its group, or NULL */
  const char *state;        /* "new", "ready", "running", "waiting", "cancelling" */
  const char *waiting_for;  /* "sleep until 12.5", "Event.wait", ...; NULL when it does not wait */
  skein_frame at;           /* its innermost frame */
  uint32_t depth;           /* in the tree */
} skein_task_info;
/* Visits the unfinished tasks, parents before children, in order of creation, until |visit| returns false.  |info| and its texts end with the visit,
 * which must not call the VM. */
typedef bool (*skein_task_fn)(void *user, const skein_task_info *info);
SKEIN_API skein_status skein_task_walk(skein_vm *vm, skein_task_fn visit, void *user);

/* An async host function: a script awaits it.  |begin| starts the work and returns SKEIN_OK; the await is settled later, exactly once: by resolve,
 * reject, or a cancellation of the task that waits.  It may be settled before |begin| returns.  Any other status: as skein_fn. */
typedef skein_status (*skein_async_fn)(skein_vm *vm, void *user, const skein_val *args, size_t n, skein_await *await);
SKEIN_API skein_status skein_def_async(skein_vm *vm, skein_val where, const char *signature, skein_async_fn begin, void *user, skein_free_fn finalize);
/* CLOSED: it was cancelled or settled.  The await belongs to the host from the call of |begin| until skein_await_release, which must come
 * exactly once, also after a cancellation and after the VM is gone. */
SKEIN_API skein_status skein_await_resolve(skein_await *await, skein_val v);
SKEIN_API skein_status skein_await_reject(skein_await *await, skein_val exc);
SKEIN_API void skein_await_release(skein_await *await);              /* [any thread] */
SKEIN_API skein_vm *skein_await_vm(skein_await *await);              /* NULL: it is gone */
/* |cancelled| is called once, in the VM's thread, if the task is cancelled or the VM is freed before the await is settled. */
SKEIN_API void skein_await_on_cancel(skein_await *await, void (*cancelled)(void *user), void *user);
/* [any thread] Settles it in the VM's thread: |make| is called there and gives the value (SKEIN_OK) or raises (SKEIN_ERR_EXC); with vm NULL when
 * nobody waits any more, to release |arg| only.  Releases the await. */
typedef skein_status (*skein_make_fn)(skein_vm *vm, void *arg, skein_val *out);
SKEIN_API skein_status skein_await_settle(skein_await *await, skein_make_fn make, void *arg);

/* ---- 9. programs: what the skein command is made of ---------------------------------------------------------------------------------------------- */
/* sys.argv, and where imports look first (sys.path[0]). */
SKEIN_API skein_status skein_set_argv(skein_vm *vm, int argc, char **argv);
SKEIN_API skein_status skein_path_add(skein_vm *vm, const char *directory, bool first);
/* Runs a file, a directory with __main__.py, or a module by name, as __main__. */
SKEIN_API skein_status skein_run_file(skein_vm *vm, const char *path);
SKEIN_API skein_status skein_run_module(skein_vm *vm, const char *name);
/* One interactive statement: *incomplete is set when it needs more lines (then nothing was run). */
SKEIN_API skein_status skein_interactive(skein_vm *vm, const char *source, size_t n, bool *incomplete);
/* A stage of the front end as text on stdout: "tokens", "ast", "symbols" or "code". */
SKEIN_API skein_status skein_dump(skein_vm *vm, const char *what, const char *path);
/* Takes the pending exception, prints it through sys.excepthook (SystemExit: obeys it) and returns the exit status a program ends with. */
SKEIN_API int skein_report(skein_vm *vm);
/* The end of a program: threads and functions of atexit, then the streams are flushed.  0, or 120 when output was lost (said on stderr).
 * skein_vm_free alone flushes, silently. */
SKEIN_API int skein_finish(skein_vm *vm);

#ifdef __cplusplus
}
#endif
#endif
