/* gen_async.c - the awaitables of async generators: asend(), athrow(), aclose(), anext().  Layer 7.
 *
 * Awaiting one drives the generator: what it awaits passes through, what it yields (ayielded) ends the
 * await as the value of a StopIteration, its end is StopAsyncIteration.
 */
#include "vm/run/gen_impl.h"

enum { AWAIT_NEW, AWAIT_ITERATING, AWAIT_DONE };

typedef struct Drive {
  SkObject head;  /* aux: state */
  SkValue gen;
  SkValue value;  /* asend: to send; athrow: exception; aclose: UNSET */
} Drive;

static Drive *drive_of(SkValue v) { return (Drive *)sk_object(v); }
static void drive_trace(SkMarker *m, SkObject *o) {
  sk_mark(m, ((Drive *)o)->gen);
  sk_mark(m, ((Drive *)o)->value);
}
static SkValue drive_new(SkVm *vm, int type, SkValue gen, SkValue value) {
  agen_first_step(vm, sk_as_gen(gen));
  /* Not watched, as objects with __del__ are otherwise: an async for awaits it at once. */
  Drive *d = sk_alloc(vm, sizeof *d, SK_KIND_NATIVE_OBJECT, vm->types[type]->instance_shape->id);
  d->gen = gen;
  d->value = value;
  return sk_from_ptr(d);
}
static SkValue self_of(SkVm *vm, SkValue v) { (void)vm; return v; }

/* One step of the generator.  exc UNSET: send. */
typedef struct Step { SkGen *g; SkValue send, exc, value, result; } Step;

static void step_protected(SkVm *vm, void *arg) {
  Step *s = arg;
  s->value = sk_gen_resume(vm, s->g, s->send, s->exc, &s->result);
}

/* Value of an await inside, or raises: StopIteration(yielded), StopAsyncIteration at the end. */
static SkValue step(SkVm *vm, Drive *d, SkValue send, SkValue exc) {
  SkGen *g = sk_as_gen(d->gen);
  d->head.gc &= (uint8_t)~SK_GC_FINALIZE; /* it is awaited */
  Step s = {.g = g, .send = send, .exc = exc, .value = SK_UNSET, .result = SK_NONE};
  bool fine = sk_protect(vm, step_protected, &s);
  if (fine && !sk_is_unset(s.value) && !g->ayielded) return s.value;
  g->ag_running = 0;
  d->head.aux = AWAIT_DONE;
  if (!fine) sk_throw(vm, sk_take_raised(vm));
  if (sk_is_unset(s.value)) sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_StopAsyncIteration], NULL, 0));
  sk_raise_stop(vm, s.value);
}

/* ---- asend, __anext__ ------------------------------------------------------------------------------------------ */

static void asend_begin(SkVm *vm, Drive *d) {
  if (d->head.aux == AWAIT_DONE) sk_raisef(vm, SK_T_RuntimeError, "cannot reuse already awaited __anext__()/asend()");
  SkGen *g = sk_as_gen(d->gen);
  if (d->head.aux == AWAIT_NEW && g->ag_running) {
    d->head.aux = AWAIT_DONE;
    sk_raisef(vm, SK_T_RuntimeError, "anext(): asynchronous generator is already running");
  }
}

static SkValue asend_drive(SkVm *vm, SkValue self, SkValue v) {
  Drive *d = drive_of(self);
  asend_begin(vm, d);
  if (d->head.aux == AWAIT_NEW) {
    if (sk_is_none(v)) v = d->value;
    d->head.aux = AWAIT_ITERATING;
  }
  sk_as_gen(d->gen)->ag_running = 1;
  return step(vm, d, v, SK_UNSET);
}

SK_NATIVE(asend_send, "send(self, value, /)", NULL) { return asend_drive(vm, args[0], args[1]); }
static SkValue asend_next(SkVm *vm, SkValue self) { return asend_drive(vm, self, SK_NONE); }

static SkValue asend_raise(SkVm *vm, SkValue self, SkValue exc) {
  Drive *d = drive_of(self);
  asend_begin(vm, d);
  d->head.aux = AWAIT_ITERATING;
  sk_as_gen(d->gen)->ag_running = 1;
  return step(vm, d, SK_NONE, exc);
}

SK_NATIVE(asend_throw, "throw(self, typ, val=?, tb=?, /)", NULL) {
  return asend_raise(vm, args[0], gen_exception(vm, args[1], args[2], args[3]));
}

typedef struct CloseCall { SkValue self, value; SkValue (*raise)(SkVm *vm, SkValue self, SkValue exc); } CloseCall;

static void close_protected(SkVm *vm, void *arg) {
  CloseCall *c = arg;
  c->value = c->raise(vm, c->self, sk_exc_new_args(vm, vm->types[SK_T_GeneratorExit], NULL, 0));
}

/* close() of an awaitable: GeneratorExit must come out again. */
static SkValue close_by(SkVm *vm, SkValue self, SkValue (*raise)(SkVm *, SkValue, SkValue)) {
  if (drive_of(self)->head.aux == AWAIT_DONE) return SK_NONE;
  CloseCall c = {.self = self, .raise = raise};
  if (sk_protect(vm, close_protected, &c)) sk_raisef(vm, SK_T_RuntimeError, "coroutine ignored GeneratorExit");
  SkValue e = sk_take_raised(vm);
  if (sk_exc_is(vm, e, SK_T_StopIteration) || sk_exc_is(vm, e, SK_T_StopAsyncIteration) || sk_exc_is(vm, e, SK_T_GeneratorExit)) return SK_NONE;
  sk_throw(vm, e);
}

SK_NATIVE(asend_close, "close(self, /)", NULL) { return close_by(vm, args[0], asend_raise); }

/* __del__ of both kinds. */
SK_NATIVE(drive_del, "__del__(self, /)", NULL) {
  Drive *d = drive_of(args[0]);
  if (d->head.aux != AWAIT_NEW) return SK_NONE;
  const char *method = sk_type_of(vm, args[0]) == vm->types[SK_T_async_generator_asend] ? "asend" : sk_is_unset(d->value) ? "aclose" : "athrow";
  sk_warn(vm, SK_T_RuntimeWarning, "coroutine method '%s' of '%S' was never awaited", method, gen_qualname(sk_as_gen(d->gen)));
  return SK_NONE;
}

static const SkAttrDef asend_attrs[] = {SK_METHOD(drive_del), SK_METHOD(asend_send), SK_METHOD(asend_throw), SK_METHOD(asend_close), SK_ATTRS_END};

const SkTypeDef sk_asend_type = {
    .name = "async_generator_asend", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Drive), .trace = drive_trace,
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE,
    .slots = {.await = self_of, .iter = self_of, .next = asend_next}, .attrs = asend_attrs};

/* ---- athrow, aclose ---------------------------------------------------------------------------------------------- */

typedef struct ThrowStep { Drive *d; SkValue send, exc, value; } ThrowStep;

static void throw_protected(SkVm *vm, void *arg) {
  ThrowStep *t = arg;
  t->value = step(vm, t->d, t->send, t->exc);
}

/* athrow: as asend.  aclose: a value that comes out by yield means GeneratorExit was ignored; the ends that
 * are expected finish the await. */
static SkValue athrow_step(SkVm *vm, Drive *d, SkValue send, SkValue exc) {
  bool closing = sk_is_unset(d->value);
  if (!closing) return step(vm, d, send, exc);
  ThrowStep t = {.d = d, .send = send, .exc = exc};
  if (sk_protect(vm, throw_protected, &t)) return t.value;
  SkValue e = sk_take_raised(vm);
  if (sk_as_gen(d->gen)->ayielded) sk_raisef(vm, SK_T_RuntimeError, "async generator ignored GeneratorExit");
  if (sk_exc_is(vm, e, SK_T_StopAsyncIteration) || sk_exc_is(vm, e, SK_T_GeneratorExit)) sk_raise_stop(vm, SK_NONE);
  sk_throw(vm, e);
}

static SkValue athrow_start(SkVm *vm, Drive *d) {
  SkGen *g = sk_as_gen(d->gen);
  bool closing = sk_is_unset(d->value);
  if (g->ag_running) {
    d->head.aux = AWAIT_DONE;
    sk_raisef(vm, SK_T_RuntimeError, "%s(): asynchronous generator is already running", closing ? "aclose" : "athrow");
  }
  if (g->closing) {
    d->head.aux = AWAIT_DONE;
    sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_StopAsyncIteration], NULL, 0));
  }
  d->head.aux = AWAIT_ITERATING;
  g->ag_running = 1;
  if (closing) g->closing = 1;
  if (!closing) return d->value;
  SkValue exit = sk_exc_new_args(vm, vm->types[SK_T_GeneratorExit], NULL, 0);
  /* Nobody wrote this aclose(): an error of the loop's body must show behind one of the cleanup. */
  if (g->marks & SK_GEN_OWNED) sk_exc_set_context(vm, sk_as_exc(exit));
  return exit;
}

static SkValue athrow_drive(SkVm *vm, SkValue self, SkValue v) {
  Drive *d = drive_of(self);
  if (d->head.aux == AWAIT_DONE) sk_raisef(vm, SK_T_RuntimeError, "cannot reuse already awaited aclose()/athrow()");
  if (sk_as_gen(d->gen)->head.aux == SK_GEN_CLOSED) {
    d->head.aux = AWAIT_DONE;
    sk_raise_stop(vm, SK_NONE);
  }
  if (d->head.aux == AWAIT_NEW) {
    if (!sk_is_none(v)) sk_raisef(vm, SK_T_RuntimeError, "can't send non-None value to a just-started coroutine");
    return athrow_step(vm, d, SK_NONE, athrow_start(vm, d));
  }
  return athrow_step(vm, d, v, SK_UNSET);
}

SK_NATIVE(athrow_send, "send(self, value, /)", NULL) { return athrow_drive(vm, args[0], args[1]); }
static SkValue athrow_next(SkVm *vm, SkValue self) { return athrow_drive(vm, self, SK_NONE); }

static SkValue athrow_raise(SkVm *vm, SkValue self, SkValue exc) {
  Drive *d = drive_of(self);
  if (d->head.aux == AWAIT_DONE) sk_raisef(vm, SK_T_RuntimeError, "cannot reuse already awaited aclose()/athrow()");
  SkGen *g = sk_as_gen(d->gen);
  if (d->head.aux == AWAIT_NEW) {
    if (g->ag_running) {
      d->head.aux = AWAIT_DONE;
      sk_raisef(vm, SK_T_RuntimeError, "%s(): asynchronous generator is already running", sk_is_unset(d->value) ? "aclose" : "athrow");
    }
    d->head.aux = AWAIT_ITERATING;
    g->ag_running = 1;
  }
  return athrow_step(vm, d, SK_NONE, exc);
}

SK_NATIVE(athrow_throw, "throw(self, typ, val=?, tb=?, /)", NULL) {
  return athrow_raise(vm, args[0], gen_exception(vm, args[1], args[2], args[3]));
}
SK_NATIVE(athrow_close, "close(self, /)", NULL) { return close_by(vm, args[0], athrow_raise); }

static const SkAttrDef athrow_attrs[] = {SK_METHOD(drive_del), SK_METHOD(athrow_send), SK_METHOD(athrow_throw), SK_METHOD(athrow_close), SK_ATTRS_END};

const SkTypeDef sk_athrow_type = {
    .name = "async_generator_athrow", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Drive), .trace = drive_trace,
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE,
    .slots = {.await = self_of, .iter = self_of, .next = athrow_next}, .attrs = athrow_attrs};

/* ---- methods of the generator --------------------------------------------------------------------------------------- */

/* One that scripts get: it may be dropped without having been awaited. */
static SkValue drive_watched(SkVm *vm, int type, SkValue gen, SkValue value) {
  SkValue d = drive_new(vm, type, gen, value);
  sk_gc_watch(vm, sk_object(d));
  return d;
}

SkValue agen_anext(SkVm *vm, SkValue self) { return drive_watched(vm, SK_T_async_generator_asend, self, SK_NONE); }

static SkValue agen_asend(SkVm *vm, const SkValue *args) { return drive_watched(vm, SK_T_async_generator_asend, args[0], args[1]); }
const SkNativeDef agen_asend_def = {"asend(self, value, /)", "Send a value into the generator.", agen_asend};

static SkValue agen_athrow(SkVm *vm, const SkValue *args) {
  SkValue exc = gen_exception(vm, args[1], args[2], args[3]);
  return drive_watched(vm, SK_T_async_generator_athrow, args[0], exc);
}
const SkNativeDef agen_athrow_def = {"athrow(self, typ, val=?, tb=?, /)", "Raise an exception inside the generator.", agen_athrow};

static SkValue agen_aclose(SkVm *vm, const SkValue *args) { return drive_watched(vm, SK_T_async_generator_athrow, args[0], SK_UNSET); }
const SkNativeDef agen_aclose_def = {"aclose(self, /)", "Raise GeneratorExit inside the generator.", agen_aclose};

/* ---- anext(iterator, default) ----------------------------------------------------------------------------------------- */

typedef struct AnextAwaitable { SkObject head; SkValue wrapped, otherwise; } AnextAwaitable;

static void anext_trace(SkMarker *m, SkObject *o) {
  sk_mark(m, ((AnextAwaitable *)o)->wrapped);
  sk_mark(m, ((AnextAwaitable *)o)->otherwise);
}

SkValue sk_anext_default(SkVm *vm, SkValue awaitable, SkValue otherwise) {
  AnextAwaitable *a = sk_object_new_id(vm, SK_T_anext_awaitable, 0);
  a->wrapped = awaitable;
  a->otherwise = otherwise;
  return sk_from_ptr(a);
}

typedef struct AnextCall { AnextAwaitable *a; SkStr *method; const SkValue *args; size_t n; SkValue value; } AnextCall;

static void anext_protected(SkVm *vm, void *arg) {
  AnextCall *c = arg;
  SkValue it = run_await_iter(vm, c->a->wrapped, 0);
  SkType *t = sk_type_of(vm, it);
  if (!c->method) {
    if (!t->slots->next) sk_raise_type(vm, "'%T' object is not an iterator", it);
    c->value = t->slots->next(vm, it);
    if (sk_is_unset(c->value)) sk_raise_stop(vm, SK_NONE);
  } else {
    c->value = sk_call_method(vm, it, c->method, c->args, c->n);
  }
}

static SkValue anext_drive(SkVm *vm, SkValue self, SkStr *method, const SkValue *args, size_t n) {
  AnextCall c = {(AnextAwaitable *)sk_object(self), method, args, n, SK_NONE};
  if (sk_protect(vm, anext_protected, &c)) return c.value;
  SkValue e = sk_take_raised(vm);
  if (sk_exc_is(vm, e, SK_T_StopAsyncIteration)) sk_raise_stop(vm, c.a->otherwise);
  sk_throw(vm, e);
}

static SkValue anext_next(SkVm *vm, SkValue self) { return anext_drive(vm, self, NULL, NULL, 0); }
SK_NATIVE(anext_send, "send(self, value, /)", NULL) { return anext_drive(vm, args[0], SK_NAME(vm, send), args + 1, 1); }
SK_NATIVE(anext_throw, "throw(self, typ, val=?, tb=?, /)", NULL) {
  size_t n = sk_is_unset(args[2]) ? 1 : sk_is_unset(args[3]) ? 2 : 3;
  return anext_drive(vm, args[0], SK_NAME(vm, throw_), args + 1, n);
}
SK_NATIVE(anext_close, "close(self, /)", NULL) { return anext_drive(vm, args[0], SK_NAME(vm, close), NULL, 0); }

static const SkAttrDef anext_attrs[] = {SK_METHOD(anext_send), SK_METHOD(anext_throw), SK_METHOD(anext_close), SK_ATTRS_END};

const SkTypeDef sk_anext_awaitable_type = {
    .name = "anext_awaitable", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(AnextAwaitable), .trace = anext_trace,
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE,
    .slots = {.await = self_of, .iter = self_of, .next = anext_next}, .attrs = anext_attrs};

/* ---- instructions -------------------------------------------------------------------------------------------------------- */

SkValue run_await_iter(SkVm *vm, SkValue v, int where) {
  if (sk_is_await(v)) return v;
  if (sk_is_gen(v)) {
    SkGen *g = sk_as_gen(v);
    uint16_t flags = ((SkFunc *)sk_object(g->callee))->code->head.aux;
    if (g->what == SK_GEN_COROUTINE) {
      if (!sk_is_unset(gen_delegate(g))) sk_raisef(vm, SK_T_RuntimeError, "coroutine is being awaited already");
      return v;
    }
    if (g->what == SK_GEN_PLAIN && (flags & SK_CODE_ITERABLE_COROUTINE)) return v;
  }
  SkType *t = sk_type_of(vm, v);
  if (!t->slots->await) {
    if (where == 1) sk_raise_type(vm, "'async with' received an object from __aenter__ that does not implement __await__: %T", v);
    if (where == 2) sk_raise_type(vm, "'async with' received an object from __aexit__ that does not implement __await__: %T", v);
    sk_raise_type(vm, "object %T can't be used in 'await' expression", v);
  }
  SkValue it = t->slots->await(vm, v);
  if (sk_is_gen(it) && sk_as_gen(it)->what == SK_GEN_COROUTINE) sk_raise_type(vm, "__await__() returned a coroutine");
  if (!sk_type_of(vm, it)->slots->next) sk_raise_type(vm, "__await__() returned non-iterator of type '%T'", it);
  return it;
}

RUN_SLOW(awaitable) { return run_deliver(vm, pc, r, run_await_iter(vm, r[pc->b], pc->a)); }

/* Whether the call right before, in the head of the loop, made |v| itself: then no name and no container has it. */
static bool made_by_head(SkVm *vm, const SkInsn *pc, const SkValue *r, SkValue v) {
  SkRun *run = run_of(vm);
  bool same = run->fresh_pc && run->fresh_pc + 3 == pc && run->fresh_r == r && sk_is_gen(v) && sk_as_gen(v) == run->fresh;
  run->fresh_pc = NULL;
  return same && sk_as_gen(v)->head.aux == SK_GEN_CREATED;
}

SkValue agen_left(SkVm *vm, SkValue it, SkValue exc) {
  if (!sk_is_gen(it)) return SK_NONE;
  SkGen *g = sk_as_gen(it);
  if (g->what != SK_GEN_ASYNC || !(g->marks & SK_GEN_OWNED) || g->head.aux == SK_GEN_CLOSED || g->closing || g->ag_running) return SK_NONE;
  /* A coroutine that is closed must not wait any more: the generator is left to its finalizer. */
  bool coroutine = frame_func(vm->r)->code->code->flags & SK_CODE_COROUTINE;
  if (coroutine && sk_is_exc(exc) && sk_exc_is(vm, exc, SK_T_GeneratorExit)) return SK_NONE;
  return drive_new(vm, SK_T_async_generator_athrow, it, SK_UNSET);
}

RUN_SLOW(getaiter) {
  SkValue v = r[pc->b];
  if (pc->a && made_by_head(vm, pc, r, v)) sk_as_gen(v)->marks |= SK_GEN_OWNED;
  SkType *t = sk_type_of(vm, v);
  if (!t->slots->aiter) sk_raise_type(vm, "'async for' requires an object with __aiter__ method, got %T", v);
  SkValue it = t->slots->aiter(vm, v);
  if (!sk_type_of(vm, it)->slots->anext) {
    sk_raise_type(vm, "'async for' received an object from __aiter__ that does not implement __anext__: %T", it);
  }
  return run_deliver(vm, pc, r, it);
}

typedef struct AwaitCall { SkValue v, it; } AwaitCall;
static void await_protected(SkVm *vm, void *arg) {
  AwaitCall *c = arg;
  c->it = run_await_iter(vm, c->v, 0);
}

RUN_SLOW(getanext) {
  SkValue v = r[pc->b];
  SkType *t = sk_type_of(vm, v);
  if (!t->slots->anext) sk_raise_type(vm, "'async for' requires an iterator with __anext__ method, got %T", v);
  if (sk_is_gen(v)) return run_deliver(vm, pc, r, drive_new(vm, SK_T_async_generator_asend, v, SK_NONE));
  AwaitCall c = {.v = t->slots->anext(vm, v)};
  if (sk_protect(vm, await_protected, &c)) return run_deliver(vm, pc, r, c.it);
  SkValue cause = sk_take_raised(vm);
  SkValue e = sk_exc_new(vm, SK_T_TypeError, "'async for' received an invalid object from __anext__: %T", c.v);
  sk_exc_set_cause(vm, sk_as_exc(e), cause);
  sk_write_ptr(vm, sk_as_exc(e), &sk_as_exc(e)->context, sk_as_exc(cause));
  return run_unwind(vm, e, true);
}

RUN_SLOW(endafor) {
  SkValue e = r[pc->a];
  if (!sk_exc_is(vm, e, SK_T_StopAsyncIteration)) return run_unwind(vm, e, false);
  vm->r = r;
  return pc + 1;
}
