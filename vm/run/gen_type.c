/* gen_type.c - generator and coroutine objects as scripts see them.  Layer 7. */
#include "vm/run/gen_impl.h"

static SkValue finish(SkVm *vm, SkValue v, SkValue result) {
  if (sk_is_unset(v)) sk_raise_stop(vm, result);
  return v;
}

SkValue gen_send(SkVm *vm, SkGen *g, SkValue v) {
  SkValue result = SK_NONE;
  v = sk_gen_resume(vm, g, v, SK_UNSET, &result);
  return finish(vm, v, result);
}

SkValue gen_exception(SkVm *vm, SkValue type, SkValue value, SkValue tb) {
  if (!sk_is_unset(tb) && !sk_is_none(tb) && !sk_has_kind(tb, SK_KIND_TRACEBACK)) {
    sk_raise_type(vm, "throw() third argument must be a traceback object");
  }
  if (!sk_is_unset(value)) {
    sk_warn(vm, SK_T_DeprecationWarning, "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.");
  }
  SkValue exc;
  bool given = !sk_is_unset(value) && !sk_is_none(value);
  if (sk_is_type(type) && sk_type_is_subtype(sk_as_type(type), vm->types[SK_T_BaseException])) {
    if (given && sk_is_exc(value) && sk_type_is_subtype(sk_type_of(vm, value), sk_as_type(type))) exc = value;
    else if (given && sk_is_tuple(value)) exc = sk_call(vm, type, sk_as_tuple(value)->items, sk_as_tuple(value)->count, NULL);
    else exc = given ? sk_call1(vm, type, value) : sk_call0(vm, type);
  } else if (sk_is_exc(type)) {
    if (given) sk_raise_type(vm, "instance exception may not have a separate value");
    exc = type;
  } else {
    sk_raise_type(vm, "exceptions must be classes or instances deriving from BaseException, not %T", type);
  }
  if (!sk_is_exc(exc)) {
    return sk_exc_new(vm, SK_T_TypeError, "calling %R should have returned an instance of BaseException, not %T", type, exc);
  }
  if (!sk_is_unset(tb) && !sk_is_none(tb)) sk_exc_set_traceback(vm, sk_as_exc(exc), tb);
  return exc;
}

SK_NATIVE(generator_send, "send(self, value, /)", "Resume with a value for the yield expression.") {
  return gen_send(vm, sk_as_gen(args[0]), args[1]);
}

const SkNativeDef *const gen_send_def = &generator_send_def;

SK_NATIVE(generator_throw, "throw(self, typ, val=?, tb=?, /)", "Raise an exception where the frame stands.") {
  SkValue exc = gen_exception(vm, args[1], args[2], args[3]), result = SK_NONE;
  SkValue v = gen_throw(vm, sk_as_gen(args[0]), exc, &result);
  return finish(vm, v, result);
}

SK_NATIVE(generator_close, "close(self, /)", "Raise GeneratorExit inside.") { return gen_close(vm, sk_as_gen(args[0])); }

static SkValue self_of(SkVm *vm, SkValue v) { (void)vm; return v; }

/* The slot's end has no value; who wants it calls __next__, next() or sk_gen_resume. */
static SkValue generator_next(SkVm *vm, SkValue self) {
  SkValue result;
  return sk_gen_resume(vm, sk_as_gen(self), SK_NONE, SK_UNSET, &result);
}
SK_NATIVE(generator_dunder_next, "__next__(self, /)", "Implement next(self).") { return gen_send(vm, sk_as_gen(args[0]), SK_NONE); }

static SkValue repr_of(SkVm *vm, SkValue self) {
  SkGen *g = sk_as_gen(self);
  const char *noun = g->what == SK_GEN_ASYNC ? "async_generator" : gen_noun(g);
  return sk_from_ptr(sk_format(vm, "<%s object %S at 0x%llx>", noun, gen_qualname(g), (long long)(uintptr_t)g));
}

static SkValue get_name(SkVm *vm, SkValue self) { (void)vm; return gen_name(sk_as_gen(self)); }
static SkValue get_qualname(SkVm *vm, SkValue self) { (void)vm; return gen_qualname(sk_as_gen(self)); }

static void set_text(SkVm *vm, SkGen *g, SkGenMore field, SkValue v, const char *what) {
  if (sk_is_unset(v) || !sk_is_str(v)) sk_raise_type(vm, "%s must be set to a string object", what);
  sk_gen_set_more(vm, g, field, v);
}
static void set_name(SkVm *vm, SkValue self, SkValue v) { set_text(vm, sk_as_gen(self), SK_GEN_NAME, v, "__name__"); }
static void set_qualname(SkVm *vm, SkValue self, SkValue v) { set_text(vm, sk_as_gen(self), SK_GEN_QUALNAME, v, "__qualname__"); }

static SkValue get_code(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(((SkFunc *)sk_object(sk_as_gen(self)->callee))->code); }
static SkValue get_running(SkVm *vm, SkValue self) { (void)vm; return sk_bool(sk_as_gen(self)->head.aux == SK_GEN_RUNNING); }
static SkValue get_ag_running(SkVm *vm, SkValue self) { (void)vm; return sk_bool(sk_as_gen(self)->ag_running); }
static SkValue get_suspended(SkVm *vm, SkValue self) { (void)vm; return sk_bool(sk_as_gen(self)->head.aux == SK_GEN_SUSPENDED); }
static SkValue get_delegate(SkVm *vm, SkValue self) {
  (void)vm;
  SkValue v = gen_delegate(sk_as_gen(self));
  return sk_is_unset(v) ? SK_NONE : v;
}
static SkValue get_frame(SkVm *vm, SkValue self) { return frame_of_gen(vm, sk_as_gen(self)); }
static SkValue get_origin(SkVm *vm, SkValue self) {
  (void)vm;
  SkValue v = sk_gen_more(sk_as_gen(self), SK_GEN_ORIGIN);
  return sk_is_unset(v) ? SK_NONE : v;
}

SK_NATIVE(generator_del, "__del__(self, /)", NULL) {
  gen_del(vm, sk_as_gen(args[0]));
  return SK_NONE;
}

#define COMMON_NAMES(noun)                                                                     \
  SK_METHOD(generator_del), SK_GETSET("__name__", get_name, set_name, "name of the " noun),    \
      SK_GETSET("__qualname__", get_qualname, set_qualname, "qualified name of the " noun)

static const SkAttrDef generator_attrs[] = {
    SK_METHOD(generator_dunder_next), SK_METHOD(generator_send), SK_METHOD(generator_throw), SK_METHOD(generator_close), COMMON_NAMES("generator"),
    SK_GETSET("gi_code", get_code, NULL, NULL), SK_GETSET("gi_frame", get_frame, NULL, NULL),
    SK_GETSET("gi_running", get_running, NULL, NULL), SK_GETSET("gi_suspended", get_suspended, NULL, NULL),
    SK_GETSET("gi_yieldfrom", get_delegate, NULL, "object being iterated by yield from, or None"), SK_ATTRS_END};

const SkTypeDef sk_generator_type = {
    .name = "generator", .kind = SK_KIND_GEN, .size = sizeof(SkGen), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = repr_of, .iter = self_of, .next = generator_next}, .attrs = generator_attrs};

/* ---- coroutines ------------------------------------------------------------------------------------------ */

typedef struct CoroutineWrapper { SkObject head; SkValue coroutine; } CoroutineWrapper;

static void wrapper_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((CoroutineWrapper *)o)->coroutine); }

static SkValue coroutine_await(SkVm *vm, SkValue self) {
  CoroutineWrapper *w = sk_object_new_id(vm, SK_T_coroutine_wrapper, 0);
  w->coroutine = self;
  return sk_from_ptr(w);
}

SK_NATIVE(coroutine_send, "send(self, value, /)", "Send a value into coroutine; what it awaits next, or StopIteration.") {
  return gen_send(vm, sk_as_gen(args[0]), args[1]);
}
SK_NATIVE(coroutine_throw, "throw(self, typ, val=?, tb=?, /)", "Raise an exception in coroutine.") {
  return generator_throw(vm, args);
}
SK_NATIVE(coroutine_close, "close(self, /)", "Raise GeneratorExit inside coroutine.") { return gen_close(vm, sk_as_gen(args[0])); }

static const SkAttrDef coroutine_attrs[] = {
    SK_METHOD(coroutine_send), SK_METHOD(coroutine_throw), SK_METHOD(coroutine_close), COMMON_NAMES("coroutine"),
    SK_GETSET("cr_code", get_code, NULL, NULL), SK_GETSET("cr_frame", get_frame, NULL, NULL),
    SK_GETSET("cr_running", get_running, NULL, NULL), SK_GETSET("cr_suspended", get_suspended, NULL, NULL),
    SK_GETSET("cr_await", get_delegate, NULL, "object being awaited on, or None"),
    SK_GETSET("cr_origin", get_origin, NULL, NULL), SK_ATTRS_END};

const SkTypeDef sk_coroutine_type = {
    .name = "coroutine", .kind = SK_KIND_GEN, .size = sizeof(SkGen), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = repr_of, .await = coroutine_await}, .attrs = coroutine_attrs};

static SkGen *wrapped(SkValue self) { return sk_as_gen(((CoroutineWrapper *)sk_object(self))->coroutine); }

SK_NATIVE(wrapper_send, "send(self, value, /)", NULL) { return gen_send(vm, wrapped(args[0]), args[1]); }
SK_NATIVE(wrapper_throw, "throw(self, typ, val=?, tb=?, /)", NULL) {
  SkValue exc = gen_exception(vm, args[1], args[2], args[3]), result = SK_NONE;
  SkValue v = gen_throw(vm, wrapped(args[0]), exc, &result);
  return finish(vm, v, result);
}
SK_NATIVE(wrapper_close, "close(self, /)", NULL) { return gen_close(vm, wrapped(args[0])); }
static SkValue wrapper_next(SkVm *vm, SkValue self) { return gen_send(vm, wrapped(self), SK_NONE); }

static const SkAttrDef wrapper_attrs[] = {SK_METHOD(wrapper_send), SK_METHOD(wrapper_throw), SK_METHOD(wrapper_close), SK_ATTRS_END};

const SkTypeDef sk_coroutine_wrapper_type = {
    .name = "coroutine_wrapper", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(CoroutineWrapper), .trace = wrapper_trace,
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE,
    .slots = {.iter = self_of, .next = wrapper_next}, .attrs = wrapper_attrs};

/* ---- async generators: their awaitables are in gen_async.c -------------------------------------------------- */

static const SkAttrDef async_generator_attrs[] = {
    SK_METHOD(agen_asend), SK_METHOD(agen_athrow), SK_METHOD(agen_aclose), COMMON_NAMES("async generator"),
    SK_GETSET("ag_code", get_code, NULL, NULL), SK_GETSET("ag_frame", get_frame, NULL, NULL),
    SK_GETSET("ag_running", get_ag_running, NULL, NULL), SK_GETSET("ag_suspended", get_suspended, NULL, NULL),
    SK_GETSET("ag_await", get_delegate, NULL, "object being awaited on, or None"), SK_ATTRS_END};

const SkTypeDef sk_async_generator_type = {
    .name = "async_generator", .kind = SK_KIND_GEN, .size = sizeof(SkGen), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = repr_of, .aiter = self_of, .anext = agen_anext}, .attrs = async_generator_attrs};
