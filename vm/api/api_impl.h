/* api_impl.h - what the files of the public interface share.  Layer 9, this package only. */
#ifndef SK_API_API_IMPL_H
#define SK_API_API_IMPL_H

#include "stdlib/native/native.h"
#include "vm/api/skein.h"

/* A VM as the host sees it: the interpreter and the handles given out.  A handle is 1 + an index. */
typedef struct Handles {
  SkValue *items;
  size_t count, room;
  SkValue pending;     /* exception waiting for skein_exc_take; UNSET: none */
} Handles;

struct skein_vm {
  SkVm vm;
  Handles own;         /* of the thread that runs: host functions are called by any */
  void *user;
  SkType *host_function_type;
};

static inline SkVm *core(skein_vm *v) { return &v->vm; }
skein_val handle_new(skein_vm *v, SkValue value); /* absent when memory is out */
SkValue handle_get(skein_vm *v, skein_val h);     /* None for an absent one */

/* Every entry: runs fn under sk_protect with the C stack base set; an exception becomes pending. */
skein_status api_enter(skein_vm *v, void (*fn)(SkVm *, void *), void *arg);

#endif
