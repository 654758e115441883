/* gen_impl.h - what the generator files share.  Layer 7. */
#ifndef SK_RUN_GEN_IMPL_H
#define SK_RUN_GEN_IMPL_H

#include "vm/run/await.h"
#include "vm/run/run_impl.h"

const char *gen_noun(const SkGen *g);
SkValue gen_name(const SkGen *g);
SkValue gen_qualname(const SkGen *g);
SK_NORETURN void gen_refuse_value(SkVm *vm, SkGen *g);
SkValue gen_close(SkVm *vm, SkGen *g);
/* gen_death.c */
void gen_del(SkVm *vm, SkGen *g); /* __del__: the collector found it dead */
bool gen_still_watched(const SkObject *o);
void run_warn_unawaited(SkVm *vm, SkValue coro);
/* A step that raised leaves the state as it was, but ENTERED. */
SK_INLINE bool run_await_unused(const SkAwait *a) { return sk_await_state(a) == SK_AWAIT_NEW && !sk_await_over(a); }
void gen_note_site(SkVm *vm, SkGen *g);      /* a coroutine was made: by whom */
void agen_first_step(SkVm *vm, SkGen *g);    /* before anything else is done with an async generator */
void gen_close_any(SkVm *vm, SkValue v); /* its close() if it has one */
/* The exception that throw(type, value, tb) means. */
SkValue gen_exception(SkVm *vm, SkValue type, SkValue value, SkValue tb);
/* send() as scripts see it: the end is StopIteration. */
SkValue gen_send(SkVm *vm, SkGen *g, SkValue v);

/* gen_type.c */
extern const SkNativeDef *const gen_send_def;

/* gen_async.c */
extern const SkNativeDef agen_asend_def, agen_athrow_def, agen_aclose_def;
SkValue agen_anext(SkVm *vm, SkValue self);
/* What `await v` sends to; |where| as in AWAITABLE. */
SkValue run_await_iter(SkVm *vm, SkValue v, int where);

/* await.c: one step of an object with send and throw; |exc| UNSET or thrown in.  True: *out is its result. */
bool run_foreign_send(SkVm *vm, SkValue it, SkValue sent, SkValue exc, SkValue *out);
bool sk_await_only_raises(const SkAwait *a);
void sk_await_end(SkVm *vm, SkAwait *a);
void sk_await_close(SkVm *vm, SkAwait *a);

#endif
