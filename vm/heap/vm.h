/* vm.h - the VM record: everything one interpreter owns.  Layer 5.
 *
 * There is no other state: no globals, no thread-locals.  Fields above layer 5 are opaque pointers
 * here, filled in by their owners.  One thread at a time may use a VM: the fields that belong to a thread
 * of execution are those of the one that holds the lock (the list is in vm/run/thread.c).
 */
#ifndef SK_HEAP_VM_H
#define SK_HEAP_VM_H

#include "vm/heap/heap.h"
#include "vm/heap/ids.h"
#include "vm/heap/limit.h"
#include "vm/heap/raise.h"
#include "vm/heap/value.h"

SK_C_BEGIN

typedef struct SkType SkType;
typedef struct SkShape SkShape;
typedef struct SkStr SkStr;
typedef struct SkTuple SkTuple;
typedef struct SkList SkList;
typedef struct SkDict SkDict;
typedef struct SkSet SkSet;
typedef struct SkModule SkModule;
typedef struct SkFunc SkFunc;
typedef struct SkExc SkExc;
typedef struct SkGen SkGen;
typedef union SkInsn SkInsn;
typedef struct SkNativeDef SkNativeDef;

/* What lower layers need done by higher ones; installed when the VM is made. */
typedef struct SkHooks {
  /* Calls any callable: |args| holds nargs positional values followed by one per name in kwnames. */
  SkValue (*call)(SkVm *vm, SkValue callee, const SkValue *args, size_t nargs, SkTuple *kwnames);
  /* Marks the VM stack and the saved frame (precise). */
  void (*mark_stack)(SkMarker *m, SkVm *vm);
  /* For each thread that waits: makes its state the VM's, calls |mark|, scans its C stack. */
  void (*mark_waiting)(SkMarker *m, SkVm *vm, void (*mark)(SkMarker *m));
  /* Resets every inline cache (a class changed its structure). */
  void (*flush_caches)(SkVm *vm);
  /* Polled when the budget runs out: signals, limits, pending finalizers. */
  void (*poll)(SkVm *vm);
  /* What to do about SK_INTERRUPT_SIGNAL and _HOST (|bits|, taken out of vm->interrupt), called in the main thread.  NULL: KeyboardInterrupt. */
  void (*interrupted)(SkVm *vm, int bits);
  /* The task engine's: cancels every task of the running loop (false: none runs); writes the tree of tasks to the error stream. */
  bool (*cancel_all)(SkVm *vm);
  void (*dump_tasks)(SkVm *vm);
  /* Raise MemoryError, RecursionError (the C stack is nearly used up): neither returns. */
  void (*no_memory)(SkVm *vm);
  void (*no_stack)(SkVm *vm);
  SkValue (*import)(SkVm *vm, SkStr *name, SkDict *globals, SkValue fromlist, int64_t level);
  /* The host (vm/api); each may be NULL.  Does it agree to an effect that is granted in general (sk_need)? */
  bool (*allowed)(SkVm *vm, uint32_t cap, const char *what);
  /* Raises PermissionError; does not return.  NULL: everything is allowed. */
  void (*denied)(SkVm *vm, uint32_t cap, const char *what);
  /* Standard output (1) and error (2) instead of the process's; must not raise. */
  void (*write)(SkVm *vm, int stream, const char *text, size_t n);
  /* Standard input instead of the process's: bytes read, 0 at the end; must not raise. */
  size_t (*read)(SkVm *vm, char *into, size_t room);
  /* A module the host has, before anything else is asked: its code object and what tracebacks call it; or UNSET.  May raise. */
  SkValue (*find_module)(SkVm *vm, SkStr *name, SkStr **filename, bool *package);
  /* The body of a function of the host: |args| are the registers of its frame, one for each parameter.  May raise. */
  SkValue (*host_call)(SkVm *vm, void *body, const SkValue *args);
  /* Polled with the rest: tells the host which of its objects have died.  Calls the host; must not raise. */
  void (*host_poll)(SkVm *vm);
  /* Runs what skein_post brought (SK_INTERRUPT_JOBS), at a safepoint of the main thread.  May raise. */
  void (*run_jobs)(SkVm *vm);
  /* The outside world of an event loop (SkPoller of vm/task); NULL: timers only. */
  void *(*make_poller)(SkVm *vm, void *loop);
  /* A name that neither the module nor builtins has: Skein's own (TaskGroup ...), or UNSET. */
  SkValue (*extra_name)(SkVm *vm, SkStr *name);
  /* The task engine's; NULL until it is there.
   * Runs the coroutine of a script's body as the main task; its result. */
  SkValue (*run_main)(SkVm *vm, SkValue coroutine);
  /* Generator |g| stands before a yield with vm->scope other than |at_resume|.  Raises at the yield, or puts
   * vm->scope back and returns the segment to keep in g->scope while it waits (NULL: nothing). */
  void *(*scope_at_yield)(SkVm *vm, SkGen *g, void *at_resume);
  /* |g| is about to run again and has |segment|: puts it below vm->scope.  Must not raise. */
  void (*scope_at_resume)(SkVm *vm, SkGen *g, void *segment);
} SkHooks;

/* Command-line and embedding options that change behaviour; fixed at vm_new. */
typedef struct SkOptions {
  bool portable;    /* -X portable: the seeds' extensions are SyntaxErrors */
  bool dev;         /* -X dev */
  bool no_site;
  bool isolated;    /* -I */
  bool ignore_environment; /* -E, -I: for what looks at PYTHON... variables */
  bool unbuffered;  /* -u */
  bool inspect;     /* -i */
  bool quiet;
  int optimize;     /* -O: asserts off at 1, docstrings off at 2 */
  size_t heap_limit;   /* bytes, 0 none */
  size_t stack_bytes;  /* VM stack, 0 default */
  uint64_t hash_seed;  /* str hashing; 0: fixed */
} SkOptions;

enum {
  SK_INTERRUPT_HOST = 1,   /* skein_interrupt: KeyboardInterrupt */
  SK_INTERRUPT_SIGNAL = 2, /* a signal that has a handler in Python came (signal_module.c) */
  SK_INTERRUPT_CANCEL = 4, /* cancel all tasks of the loop */
  SK_INTERRUPT_KILL = 8,   /* a stop */
  SK_INTERRUPT_DUMP = 16,  /* write the task tree */
  SK_INTERRUPT_JOBS = 32   /* hooks.run_jobs has something to do */
};

/* What came from outside and the main thread's next poll deals with. */
#define sk_interrupts(vm) __atomic_load_n(&(vm)->interrupt, __ATOMIC_RELAXED)

struct SkVm {
  /* -- used by every instruction or call: keep in the first cache lines -- */
  SkInsn *pc;         /* instruction being executed, saved by the loop before it can be left */
  SkValue *r;         /* its registers */
  SkValue *stack_base;
  size_t stack_span;  /* bytes usable above stack_base */
  char *c_limit;      /* C stack addresses below this raise RecursionError */
  SkValue handled;    /* exception being handled (sys.exception()), SK_NONE if none */
  void *task;         /* SkTask that runs, NULL outside of one (vm/task) */
  void *scope;        /* its innermost cancel scope (SkScope), NULL: none */
  void *context;      /* SkContext of contextvars, NULL: the empty one */
  SkLimits limits;
  SkHooks hooks;
  SkShape **shapes;   /* by shape id */
  uint32_t shape_count, shape_room;

  /* -- heap and errors -- */
  SkAllocFn *alloc;       /* where memory comes from (limit.h) */
  void *alloc_user;
  SkHeap *heap;
  SkCatch *catch_top;
  SkValue raised;         /* in flight from sk_throw to sk_protect */
  SkInsn *throw_pc;       /* pc and r at sk_throw (sk_protect puts the older ones back) */
  SkValue *throw_r;
  char *c_base;           /* highest C stack address of this entry, for the scan */
  int recursion_limit;    /* Python frames; sys.setrecursionlimit */
  int depth;              /* Python frames now (counted per push of a window) */
  SkList *printing;       /* objects whose repr is being made (vm/object/ops.c) */

  /* -- the object world -- */
  SkType *types[SK_T_COUNT];
  SkStr *names[SK_N_COUNT];
  SkStr *char_strs[256];   /* one-character Latin-1 strings, made on demand */
  SkTuple *empty_tuple;
  SkValue empty_frozenset, empty_bytes;
  struct SkInternTable *interned; /* str_intern.c: weak, malloc'ed */
  SkDict *modules;         /* sys.modules */
  SkModule *builtins;
  SkModule *sys;
  SkExc *memory_error;     /* preallocated: raising it must not allocate */
  SkExc *recursion_error;
  SkExc *stop_error;       /* what is in flight during a stop; nobody sees it */
  uint32_t keys_version;   /* last version given to a dict's key set (dict.h) */
  uint64_t hash_seed;
  SkValue asyncgen_firstiter, asyncgen_finalizer; /* sys.set_asyncgen_hooks(), None: none */
  int origin_depth;        /* sys.set_coroutine_origin_tracking_depth() */
  int int_str_digits;      /* limit of int <-> decimal text; 0: the default, -1: none (number.h) */
  void *method_cache;      /* type.c */
  void *run_state;         /* vm/run */
  void *task_state;        /* vm/task */
  uint64_t context_ids, context_vars; /* numbers given to context maps and variables (vm/task/context.h) */
  SkDict *module_state;    /* str module name -> native module's state object */
  SkOptions options;
  void *host;              /* vm/api */

  /* -- other threads and signal handlers look at these at any time: they live through a reset (from |interrupt| on nothing is cleared) -- */
  int interrupt;           /* SK_INTERRUPT_*; sk_interrupts() reads it */
  int wake_event;          /* 1 + an event descriptor that ends the main thread's waiting, 0: not made yet (sk_thread_wake_fd) */
  struct SkThreads *threads; /* vm/run/thread.h */
};

SK_C_END

#endif
