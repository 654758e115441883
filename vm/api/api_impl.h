/* api_impl.h - what the files of the public interface share.  Layer 9, this package only. */
#ifndef SK_API_API_IMPL_H
#define SK_API_API_IMPL_H

#include "stdlib/native/native.h"
#include "vm/api/skein.h"

/* A handle is 1 + an index in the low half, the slot's stamp in the high half: a stamp is never given twice until the counter
 * has gone round, and each VM starts its counter elsewhere, so that stale and foreign handles are found out. */
typedef struct Slot { SkValue value; uint32_t stamp; } Slot;

/* What the host holds; each thread of a script that is in a host function has its own. */
typedef struct Handles {
  Slot *items;
  size_t count, room;
  SkValue pending;     /* exception waiting for skein_exc_take; UNSET: none */
} Handles;

struct skein_vm {
  SkVm vm;
  Handles own;         /* of the thread that runs: host functions are called by any */
  uint32_t stamp;      /* the next slot's */
  const char *misuse;  /* static text */
  skein_config config;
  skein_job *posted;   /* by any thread, the latest first */
  skein_job *jobs;     /* taken from there, in order of posting */
  SkType *host_function_type;
};

static inline SkVm *core(skein_vm *v) { return &v->vm; }

/* Every entry: runs fn under sk_protect with the C stack base set; an exception becomes pending, a stop its status. */
skein_status api_enter(skein_vm *v, void (*fn)(SkVm *, void *), void *arg);
/* For "return api_misuse(v, "...")": |what| is a static text. */
skein_status api_misuse(skein_vm *v, const char *what);

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

/* ---- handles (api_handle.c) ---- */
skein_val handle_new(skein_vm *v, SkValue value);           /* absent when memory is out, or for UNSET */
bool handle_get(skein_vm *v, skein_val h, SkValue *out);    /* false, and misuse is set: stale, foreign or absent */
SkValue handle_value(skein_vm *v, skein_val h);             /* UNSET instead of false */
/* The values of n handles, in |small| (of |room|) or scratch of the VM's allocator; NULL: a bad one, or no memory (*status says). */
SkValue *handle_values(skein_vm *v, const skein_val *items, size_t n, SkValue *small, size_t room, skein_status *status);
void handle_values_free(skein_vm *v, SkValue *values, size_t n, SkValue *small);
void handles_mark(SkMarker *m, skein_vm *v);
void handles_free(void *place);                             /* of a thread that ends */

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

#endif
