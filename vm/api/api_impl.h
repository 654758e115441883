/* api_impl.h - what the files of the public interface share.  Layer 9, this package only. */
#ifndef SK_API_API_IMPL_H
#define SK_API_API_IMPL_H

#include "stdlib/native/native.h"
#include "vm/api/skein.h"

/* A handle is 1 + an index in the low half, the slot's stamp in the high half: a stamp is never given twice until the counter
 * has gone round, and each VM starts its counter elsewhere, so that stale and foreign handles are found out. */
typedef struct Slot { SkValue value; SkValue held /* what pointers given out for this handle point into, or None */; uint32_t stamp; } Slot;

/* What the host holds; each thread of a script that is in a host function has its own. */
typedef struct Handles {
  Slot *items;
  size_t count, room;
  size_t base;         /* slots below it are of scopes that the running host function may not close */
  SkVm *vm;            /* whose memory |items| is; NULL: no items yet */
  const struct HostBody *function; /* the host function that runs, and its arguments: messages name them; NULL: none */
  const skein_val *args;
  SkValue pending;     /* exception waiting for skein_exc_take; UNSET: none */
} Handles;

struct skein_vm {
  SkVm vm;
  Handles own;         /* of the thread that runs: host functions are called by any */
  uint32_t stamp;      /* the next slot's */
  const char *misuse;  /* static text, or misuse_text */
  char misuse_text[160];
  skein_config config;
  struct skein_ref *refs; /* all that were not freed */
  uint32_t ref_count;
  struct HostLife *dead;  /* the host is to be told that they died */
  bool burying;           /* it is being told: skein_vm_free must not come in between */
  skein_class *classes;   /* all, with those of before the last reset */
  SkType *body_type, *object_type; /* of HostBody, HostObject; NULL: not made yet */
  skein_job *posted;   /* by any thread, the latest first */
  skein_job *jobs;     /* taken from there, in order of posting */
  struct StoppedText *stopped_texts; /* api_exc.c */
};

static inline SkVm *core(skein_vm *v) { return &v->vm; }

/* Every entry: runs fn under sk_protect with the C stack base set; an exception becomes pending, a stop its status. */
skein_status api_enter(skein_vm *v, void (*fn)(SkVm *, void *), void *arg);
/* For "return api_misuse(v, "...")": |what| is a static text. */
skein_status api_misuse(skein_vm *v, const char *what);
__attribute__((format(printf, 2, 3))) skein_status api_misusef(skein_vm *v, const char *format, ...);

/* ---- limits, stops, jobs (api_limit.c) ---- */
skein_status api_stop_status(skein_vm *v);           /* SKEIN_OK: it was not stopped */
void api_limits_born(skein_vm *v);                   /* while the library comes to life: only memory counts */
void api_limits_set(skein_vm *v, const skein_limits *l);
/* Runs what was posted, each job as a host function is run.  Inside or outside of the VM. */
void api_jobs_run(skein_vm *v);
void api_jobs_drop(skein_vm *v);                     /* tells them that the VM is gone */

/* What the config says, before the library comes to life. */
void api_caps_install(skein_vm *v);
void api_io_install(skein_vm *v);
void api_modules_install(skein_vm *v);

SkModule *api_main_module(SkVm *vm);                         /* __main__, made when it is not there (api_run.c) */

/* ---- handles (api_handle.c) ---- */
bool handles_grow(skein_vm *v, size_t more);                /* room for that many; false: no memory */
/* Absent when memory is out, or for UNSET. */
static inline skein_val handle_new(skein_vm *v, SkValue value) {
  Handles *h = &v->own;
  if (SK_UNLIKELY(h->count == h->room && !handles_grow(v, 1)) || sk_is_unset(value)) return (skein_val){0};
  if (SK_UNLIKELY(!++v->stamp)) v->stamp = 1;
  h->items[h->count] = (Slot){value, SK_NONE, v->stamp};
  return (skein_val){(uint64_t)v->stamp << 32 | ++h->count};
}
void handle_bad(skein_vm *v, skein_val h);
/* False, and misuse is set: stale, foreign or absent. */
static inline bool handle_get(skein_vm *v, skein_val handle, SkValue *out) {
  size_t at = (size_t)(uint32_t)handle.bits - 1;
  const Handles *h = &v->own;
  if (SK_LIKELY(at < h->count && h->items[at].stamp == handle.bits >> 32)) {
    *out = h->items[at].value;
    return true;
  }
  handle_bad(v, handle);
  return false;
}
static inline SkValue handle_value(skein_vm *v, skein_val h) { /* UNSET instead of false */
  SkValue x;
  return handle_get(v, h, &x) ? x : SK_UNSET;
}
/* A text for the host: NUL-terminated, alive as long as the handle |of|.  May raise. */
const char *handle_text(skein_vm *v, skein_val of, SkStr *text);
/* The values of n handles, in |small| (of |room|) or memory of the VM; NULL: a bad one, or no memory (*status says). */
SkValue *handle_values(skein_vm *v, const skein_val *items, size_t n, SkValue *small, size_t room, skein_status *status);
void handle_values_free(skein_vm *v, SkValue *values, size_t n, SkValue *small);
void handles_mark(SkMarker *m, skein_vm *v);
void handles_mark_refs(SkMarker *m, skein_vm *v);
void handles_end_refs(skein_vm *v, bool free_all);
void handles_free(void *place);                             /* of a thread that ends */
/* skein_vm_new; skein_vm_free and skein_vm_reset, before and after the heap is gone: refs and classes end; the host hears of
 * its objects.  |free_all|: the VM's record goes, too. */
void host_install(skein_vm *v);
void host_values_mark(SkMarker *m, skein_vm *v);
void host_values_end(skein_vm *v, bool free_all);
void host_values_gone(skein_vm *v, bool free_all);

/* ---- functions of the host (api_signature.c, api_def.c) ---- */
enum { SIGNATURE_PARAMS = 62 };
typedef struct Part { const char *s; size_t n; } Part;              /* of the text of a signature */
typedef enum ParamKind { PARAM_PLAIN, PARAM_VARARGS, PARAM_KEYWORD, PARAM_VARKW } ParamKind;
typedef struct Param { Part name, note, fallback; ParamKind kind; } Param;
typedef struct Signature {
  Part name, returns, doc;
  char binding;           /* 's' @static, 'c' @class, 0 */
  bool bare;              /* a name alone: any positional arguments */
  size_t count, posonly, argcount, kwonly;
  Param params[SIGNATURE_PARAMS]; /* as they are written */
} Signature;
skein_status signature_parse(skein_vm *v, const char *text, Signature *s); /* OK or MISUSE */

/* What the host owns and is told about once, when the object that has it is dead: memory of the VM, so that the
 * collector need not allocate. */
typedef struct HostLife { struct HostLife *next; skein_free_fn finalize; void *data; const skein_class *cls; } HostLife;
HostLife *host_life_new(SkVm *vm, skein_free_fn finalize, void *data); /* MemoryError */
void host_life_over(SkVm *vm, HostLife *life);                       /* to the list; also in a collection; NULL is fine */
void host_bury(skein_vm *v);                                         /* calls the finalizers of the dead: where script code may run */

/* Which values a parameter takes; the texts are for messages. */
typedef struct Check { uint32_t kinds; uint16_t first, count; Part name, note; } Check;
typedef struct HostBody HostBody;
/* Calls what the host gave with the parameters in |regs| (in the order of registers). */
typedef SkValue HostEnter(SkVm *vm, HostBody *f, const SkValue *regs);
struct HostBody {
  SkObject head;
  HostEnter *enter;       /* NULL: |fn| is a skein_fn */
  void (*fn)(void);
  void *user;
  HostLife *life;         /* NULL: no finalizer */
  uint8_t count;          /* parameters */
  bool bare, plain;       /* plain: nothing is checked, handles are in the order of registers */
  SkStr *name;
  SkRaw *table;           /* Check[count], then uint8_t[count]: the register of each parameter, then the signature's text */
  SkTuple *classes;       /* those of the annotations that have no kind of their own */
};
/* A function object, and, unless |where| is NULL, its definition there. */
typedef struct Definition { const char *signature; HostEnter *enter; void (*fn)(void); void *user; skein_free_fn finalize; const skein_val *where; skein_val *out; } Definition;
skein_status host_define(skein_vm *v, const Definition *d);
/* Opens the scope of a call: |args| (room for host_arg_count) become its handles.  TypeError when an annotation says so. */
typedef struct HostCall { size_t count, base; const HostBody *function; const skein_val *args; } HostCall;
size_t host_arg_count(const HostBody *f, const SkValue *regs);
HostCall host_call_open(SkVm *vm, HostBody *f, const SkValue *regs, skein_val *args, size_t n);
/* Closes it; what the host returned becomes a value or is raised. */
SkValue host_call_close(SkVm *vm, HostBody *f, const HostCall *call, skein_status s, skein_val result);
SkValue host_hook(SkVm *vm, void *body, const SkValue *regs);      /* hooks.host_call */
/* The place where something is defined: a module's or host class's; __main__ for absent. */
SkValue host_place(SkVm *vm, SkValue where);
void host_set(SkVm *vm, SkValue place, SkStr *name, SkValue value);
bool is_host_class(skein_vm *v, SkValue x);
SkStr *host_name(SkVm *vm, const char *s);                         /* interned; UnicodeDecodeError */
SkModule *api_main(SkVm *vm);                                        /* __main__ */

void exc_free_texts(skein_vm *v);                           /* when handles end (api_exc.c) */

/* ---- one operation under the border: arguments in, result out (api_handle.c) ---- */
typedef struct Op {
  SkValue a, b, c, result, rest;
  const char *s;
  size_t n;
  int64_t i;
  double d;
  bool flag;
  const SkValue *args;
} Op;
#define OP(name) static void name(SkVm *vm, void *arg)
/* |result| becomes *out when all went well; *out is absent otherwise. */
skein_status api_run(skein_vm *v, void (*fn)(SkVm *, void *), Op *op, skein_val *out);
/* The same, where op->s is a name that the host must give. */
skein_status api_run_named(skein_vm *v, void (*fn)(SkVm *, void *), Op *op, skein_val *out);

#endif
