/* exception.c - making, raising and matching exceptions.  Layer 6.
 *
 * Every raise from C ends in sk_raise_exc: it links the exception being handled as __context__ and
 * unwinds.  Traceback entries are added by vm/run as frames are left.
 */
#include "vm/object/exception.h"

#include <string.h>

#include "vm/object/call.h"
#include "vm/object/exception_impl.h"
#include "vm/object/func.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

void sk_exc_trace(SkMarker *m, SkObject *o) {
  SkExc *e = (SkExc *)o;
  sk_mark_ptr(m, e->args);
  sk_mark_ptr(m, e->cause);
  sk_mark_ptr(m, e->context);
  sk_mark(m, e->traceback);
  sk_mark(m, e->task);
  if (e->trace) {
    sk_mark_cell(m, e->trace);
    sk_mark_span(m, e->trace->items, (size_t)e->trace_count * 3);
  }
  if (e->fields) {
    sk_mark_cell(m, e->fields);
    sk_mark_span(m, e->fields->items, e->fields->count);
  }
  sk_trace_attributes(m, o);
}

/* ---- fields ---- */

SkValue sk_exc_field(const SkExc *e, SkExcField f) {
  return e->fields && (size_t)f < e->fields->count ? e->fields->items[f] : SK_NONE;
}

/* Two fields are enough for most families; the others get all at once. */
static void make_fields(SkVm *vm, SkExc *e, SkExcField f) {
  size_t room = f < 2 ? 2 : SK_EXC_FIELDS_MAX, known = e->fields ? e->fields->count : 0;
  SkValues *fields = sk_values_new(vm, room);
  for (size_t i = 0; i < room; i++) fields->items[i] = i < known ? e->fields->items[i] : SK_NONE;
  sk_write_ptr(vm, e, &e->fields, fields);
}

void sk_exc_set_field(SkVm *vm, SkExc *e, SkExcField f, SkValue v) {
  if (!e->fields || (size_t)f >= e->fields->count) make_fields(vm, e, f);
  sk_write(vm, e, &e->fields->items[f], v);
}

/* ---- making ---- */

SkValue sk_exc_new_args(SkVm *vm, SkType *type, const SkValue *args, size_t n) {
  return sk_call(vm, sk_from_ptr(type), args, n, NULL);
}

/* Built-in classes need no call: their constructor keeps the arguments and fills one field at most. */
static SkExc *exc_make(SkVm *vm, int type_id, SkValue arg) {
  SkExc *e = sk_object_new(vm, vm->types[type_id], 0);
  e->traceback = SK_NONE;
  e->task = SK_UNSET;
  e->args = vm->empty_tuple;
  if (sk_is_unset(arg)) return e;
  SkTuple *args = sk_tuple_pack(vm, 1, arg);
  sk_write_ptr(vm, e, &e->args, args);
  return e;
}

static SkValue exc_vnew(SkVm *vm, int type_id, const char *fmt, va_list ap) {
  SkStr *message = fmt ? sk_vformat(vm, fmt, ap) : NULL;
  SkExc *e = exc_make(vm, type_id, message ? sk_from_ptr(message) : SK_UNSET);
  if (message && (type_id == SK_T_ImportError || type_id == SK_T_ModuleNotFoundError || type_id == SK_T_SyntaxError))
    sk_exc_set_field(vm, e, SK_IMPORT_MSG, sk_from_ptr(message));
  return sk_from_ptr(e);
}

SkValue sk_exc_new(SkVm *vm, int type_id, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  SkValue e = exc_vnew(vm, type_id, fmt, ap);
  va_end(ap);
  return e;
}

/* ---- raising ---- */

/* The exception being raised must not stay in the context chain it is about to get. */
static void cut_from_chain(SkVm *vm, SkExc *chain, SkExc *exc) {
  SkExc *slow = chain;
  bool step = false;
  for (SkExc *o = chain; o->context; o = o->context) {
    if (o->context == exc) {
      sk_write_ptr(vm, o, &o->context, NULL);
      return;
    }
    if (step && (slow = slow->context) == o->context) return; /* a cycle made by hand */
    step = !step;
  }
}

void sk_exc_set_context(SkVm *vm, SkExc *exc) {
  if (!sk_is_exc(vm->handled)) return;
  SkExc *handled = sk_as_exc(vm->handled);
  if (handled == exc) return;
  cut_from_chain(vm, handled, exc);
  sk_write_ptr(vm, exc, &exc->context, handled);
}

SK_NORETURN void sk_raise_exc(SkVm *vm, SkValue exc) {
  sk_exc_set_context(vm, sk_as_exc(exc));
  sk_throw(vm, exc);
}

SK_NORETURN void sk_raisef(SkVm *vm, int type_id, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  SkValue e = exc_vnew(vm, type_id, fmt, ap);
  va_end(ap);
  sk_raise_exc(vm, e);
}

SK_NORETURN void sk_raise_key(SkVm *vm, SkValue key) { sk_raise_exc(vm, sk_from_ptr(exc_make(vm, SK_T_KeyError, key))); }

SK_NORETURN void sk_raise_os(SkVm *vm, int errno_value, SkValue filename) {
  SkValue args[] = {sk_smallint(errno_value), sk_from_ptr(sk_str_from_cstr(vm, strerror(errno_value))), filename};
  sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_OSError], args, sk_is_unset(filename) ? 2 : 3));
}

SK_NORETURN void sk_raise_stop(SkVm *vm, SkValue value) {
  SkExc *e = exc_make(vm, SK_T_StopIteration, sk_is_none(value) ? SK_UNSET : value);
  if (!sk_is_none(value)) sk_exc_set_field(vm, e, SK_STOP_VALUE, value);
  sk_raise_exc(vm, sk_from_ptr(e));
}

SK_NORETURN void sk_raise_name(SkVm *vm, SkStr *name, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  SkValue e = exc_vnew(vm, SK_T_NameError, fmt, ap);
  va_end(ap);
  sk_exc_set_field(vm, sk_as_exc(e), SK_NAME_NAME, sk_from_ptr(name));
  sk_raise_exc(vm, e);
}

static SkStr *attribute_message(SkVm *vm, SkValue obj, SkStr *name) {
  if (sk_is_type(obj)) return sk_format(vm, "type object '%.50U' has no attribute '%U'", sk_type_name(vm, sk_as_type(obj)), name);
  if (!sk_is_module(obj)) return sk_format(vm, "'%.100T' object has no attribute '%U'", obj, name);
  SkValue module = ((SkModule *)sk_ptr(obj))->name;
  if (!sk_is_str(module)) return sk_format(vm, "module has no attribute '%U'", name);
  return sk_format(vm, "module '%S' has no attribute '%U'", module, name);
}

SK_NORETURN void sk_raise_attribute(SkVm *vm, SkValue obj, SkStr *name) {
  SkExc *e = exc_make(vm, SK_T_AttributeError, sk_from_ptr(attribute_message(vm, obj, name)));
  sk_exc_set_field(vm, e, SK_ATTRIBUTE_NAME, sk_from_ptr(name));
  sk_exc_set_field(vm, e, SK_ATTRIBUTE_OBJ, obj);
  sk_raise_exc(vm, sk_from_ptr(e));
}

/* ---- when nothing can be allocated ---- */

/* Both are made in advance, with room for a trace, and wiped at each raise. */
static SK_NORETURN void raise_prepared(SkVm *vm, SkExc *e) {
  e->trace_count = 0;
  e->cause = e->context = NULL;
  e->traceback = SK_NONE;
  e->flags = 0;
  sk_throw(vm, sk_from_ptr(e));
}

SK_NORETURN void sk_raise_nomem(SkVm *vm) {
  if (vm->limits.heap && (vm->limits.final & SK_FINAL_HEAP)) sk_stop(vm, SK_STOP_HEAP);
  if (!vm->memory_error) sk_throw_nothing(vm);
  raise_prepared(vm, vm->memory_error);
}

static void stop_if_final(SkVm *vm) {
  if (vm->limits.depth && (vm->limits.final & SK_FINAL_DEPTH)) sk_stop(vm, SK_STOP_LIMIT);
}

SK_NORETURN void sk_raise_recursion(SkVm *vm, const char *where) {
  stop_if_final(vm);
  sk_raisef(vm, SK_T_RecursionError, "maximum recursion depth exceeded%s", where ? where : "");
}

static void no_memory(SkVm *vm) { sk_raise_nomem(vm); }

/* The C stack is nearly used up: a little more of it is opened for making the exception. */
static void no_stack(SkVm *vm) {
  stop_if_final(vm);
  char *limit = vm->c_limit;
  vm->c_limit = NULL;
  SkValue e = sk_exc_new(vm, SK_T_RecursionError, "maximum recursion depth exceeded");
  vm->c_limit = limit;
  sk_raise_exc(vm, e);
}

enum { PREPARED_TRACE = 32 };

static SkExc *prepare(SkVm *vm, int type_id) {
  SkExc *e = exc_make(vm, type_id, SK_UNSET);
  SkValues *trace = sk_values_new(vm, PREPARED_TRACE * 3);
  sk_write_ptr(vm, e, &e->trace, trace);
  return e;
}

void sk_exceptions_init(SkVm *vm) {
  vm->memory_error = prepare(vm, SK_T_MemoryError);
  vm->recursion_error = prepare(vm, SK_T_RecursionError);
  vm->stop_error = prepare(vm, SK_T_BaseException);
  vm->hooks.no_memory = no_memory;
  vm->hooks.no_stack = no_stack;
}

/* ---- trace ---- */

void sk_exc_add_trace(SkVm *vm, SkExc *e, SkValue func, uint64_t at, SkValue frame) {
  size_t room = e->trace ? e->trace->count / 3 : 0;
  if (e->trace_count == room) {
    if (e == vm->memory_error || e == vm->recursion_error || e == vm->stop_error) return;
    SkValues *more = sk_values_new(vm, (room ? room * 2 : 4) * 3);
    if (e->trace) memcpy(more->items, e->trace->items, room * 3 * sizeof(SkValue));
    sk_payload_free(vm, e->trace);
    sk_write_ptr(vm, e, &e->trace, more);
  }
  sk_barrier(vm, e);
  *sk_exc_trace_entry(e, e->trace_count++) = (SkTraceEntry){func, sk_smallint((int64_t)at), frame};
}

void sk_exc_set_traceback(SkVm *vm, SkExc *e, SkValue tb) {
  sk_write(vm, e, &e->traceback, tb);
  e->trace_count = 0;
}

void sk_exc_add_note(SkVm *vm, SkExc *e, SkStr *note) {
  SkValue v = sk_from_ptr(e), arg = sk_from_ptr(note);
  sk_call_method(vm, v, sk_intern(vm, "add_note"), &arg, 1);
}

/* ---- asking ---- */

bool sk_exc_is(SkVm *vm, SkValue exc, int type_id) { return sk_type_is_subtype(sk_type_of(vm, exc), vm->types[type_id]); }

SkValue sk_stop_value(SkVm *vm, SkValue stop) {
  (void)vm;
  return sk_exc_field(sk_as_exc(stop), SK_STOP_VALUE);
}

static bool is_exception_class(SkVm *vm, SkValue v) {
  (void)vm;
  return sk_is_type(v) && (sk_as_type(v)->flags & SK_TYPE_EXCEPTION);
}

static bool check_catchable(SkVm *vm, SkValue want) {
  if (is_exception_class(vm, want)) return true;
  if (!sk_is_tuple(want)) return false;
  SkTuple *t = sk_as_tuple(want);
  for (size_t i = 0; i < t->count; i++)
    if (!is_exception_class(vm, t->items[i])) return false;
  return true;
}

bool exc_class_matches(const SkType *t, SkValue want) {
  if (sk_is_type(want)) return t == sk_as_type(want) || sk_type_is_subtype(t, sk_as_type(want));
  SkTuple *tuple = sk_as_tuple(want);
  for (size_t i = 0; i < tuple->count; i++)
    if (exc_class_matches(t, tuple->items[i])) return true;
  return false;
}

bool sk_exc_matches(SkVm *vm, SkValue exc, SkValue want) {
  if (!check_catchable(vm, want))
    sk_raise_type(vm, "catching classes that do not inherit from BaseException is not allowed");
  return exc_class_matches(sk_type_of(vm, exc), want);
}

SkValue sk_exc_to_raise(SkVm *vm, SkValue x) {
  if (sk_is_exc(x)) return x;
  if (!is_exception_class(vm, x)) sk_raise_type(vm, "exceptions must derive from BaseException");
  SkValue e = sk_call0(vm, x);
  if (!sk_is_exc(e))
    sk_raise_type(vm, "calling %R should have returned an instance of BaseException, not %R", x, sk_from_ptr(sk_type_of(vm, e)));
  return e;
}

void sk_exc_set_cause(SkVm *vm, SkExc *exc, SkValue cause) {
  if (is_exception_class(vm, cause)) {
    SkValue made = sk_call0(vm, cause);
    if (!sk_is_exc(made))
      sk_raise_type(vm, "calling %R should have returned an instance of BaseException, not %R", cause,
                    sk_from_ptr(sk_type_of(vm, made)));
    cause = made;
  }
  if (!sk_is_none(cause) && !sk_is_exc(cause)) sk_raise_type(vm, "exception causes must derive from BaseException");
  sk_write_ptr(vm, exc, &exc->cause, sk_is_none(cause) ? NULL : sk_as_exc(cause));
  exc->flags |= SK_EXC_SUPPRESS_CONTEXT;
}
