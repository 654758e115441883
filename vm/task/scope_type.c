/* scope_type.c - the class CancelScope, and fail_after's context manager.  Layer 7b. */
#include <math.h>

#include "vm/task/scope_impl.h"

static void scope_trace(SkMarker *m, SkObject *o) {
  SkScope *s = (SkScope *)o;
  sk_mark_ptr(m, s->parent);
  sk_mark_ptr(m, s->task);
  sk_mark_ptr(m, s->group);
  sk_mark_ptr(m, s->reason);
  sk_mark_ptr(m, s->timer);
  sk_mark(m, s->where);
  sk_trace_attributes(m, o);
}

static SkScope *self_of(SkValue v) { return (SkScope *)sk_ptr(v); }

SkScope *sk_as_scope(SkVm *vm, SkValue v) {
  if (!sk_is_ptr(v) || sk_shape_of(vm, v)->def != &sk_scope_type) sk_raise_type(vm, "CancelScope expected, not %T", v);
  return self_of(v);
}

/* ---- arguments -------------------------------------------------------------------------------------------------------------- */

static double seconds_of(SkVm *vm, SkValue v, const char *what) {
  double d = sk_to_double(vm, v);
  if (isnan(d)) sk_raise_value(vm, "%s must not be NaN", what);
  return d;
}

static bool flag_of(SkVm *vm, SkValue v) {
  if (!sk_is_bool(v)) sk_raise_type(vm, "shield must be a bool");
  return sk_is_true(v);
}

static SkValue scope_make(SkVm *vm, const SkValue *args) {
  double deadline = sk_is_unset(args[1]) ? (double)INFINITY : seconds_of(vm, args[1], "deadline");
  double relative = sk_is_unset(args[2]) ? (double)INFINITY : seconds_of(vm, args[2], "relative_deadline");
  if (relative < 0) sk_raise_value(vm, "relative_deadline must be non-negative");
  if (!isinf(deadline) && !isinf(relative)) sk_raise_value(vm, "cannot specify both a deadline and a relative deadline");
  bool shield = flag_of(vm, args[3]);
  SkScope *s = scope_new(vm, (SkType *)sk_ptr(args[0]));
  s->deadline = deadline;
  s->relative = relative;
  if (shield) s->head.aux |= SK_SCOPE_SHIELD;
  return sk_from_ptr(s);
}
static const SkNativeDef scope_new_def = {"__new__(cls, *, deadline=?, relative_deadline=?, shield=False)", NULL, scope_make};

/* ---- with ---------------------------------------------------------------------------------------------------------------------- */

SK_NATIVE(scope_enter_m, "__enter__(self, /)", "Enter the scope.") {
  SkScope *s = self_of(args[0]);
  if (!vm->task) sk_raisef(vm, SK_T_RuntimeError, "must be called from async context");
  sk_scope_enter(vm, s);
  return args[0];
}

/* What a with statement wants to hear: True swallows, False lets |exc| go on; another exception is raised in its place. */
static SkValue with_result(SkVm *vm, SkValue exc, SkValue rest) {
  if (sk_is_none(exc) || sk_is(rest, exc)) return SK_FALSE;
  if (sk_is_none(rest)) return SK_TRUE;
  sk_throw(vm, rest);
}

SK_NATIVE(scope_exit_m, "__exit__(self, type, value, traceback, /)", "Leave the scope; its own Cancelled ends here.") {
  return with_result(vm, args[2], sk_scope_exit(vm, self_of(args[0]), args[2]));
}

/* ---- methods and attributes -------------------------------------------------------------------------------------------------------- */

SK_NATIVE(scope_cancel_m, "cancel(self, reason=None)", "Cancel everything that runs inside; for good.") {
  if (!sk_is_none(args[1]) && !sk_is_str(args[1])) sk_raise_type(vm, "reason must be a str or None, not %T", args[1]);
  sk_scope_cancel(vm, self_of(args[0]), sk_reason_new(vm, SK_SOURCE_EXPLICIT, sk_current_task(vm), args[1], SK_NONE));
  return SK_NONE;
}

SK_NATIVE(scope_is_relative, "is_relative(self, /)", "True before the entry if the deadline counts from there; None afterwards.") {
  (void)vm;
  SkScope *s = self_of(args[0]);
  return s->head.aux & SK_SCOPE_ENTERED ? SK_NONE : sk_bool(!isinf(s->relative));
}

static SkValue get_deadline(SkVm *vm, SkValue self) {
  SkScope *s = self_of(self);
  if (!isinf(s->relative)) return sk_float_new(vm, sk_loop_time(vm, sk_need_loop(vm)) + s->relative);
  return sk_float_new(vm, s->deadline);
}
static void set_deadline(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_unset(v)) sk_raise_type(vm, "can't delete deadline");
  scope_set_deadline(vm, self_of(self), seconds_of(vm, v, "deadline"));
}

static void need_relative(SkVm *vm, const SkScope *s) {
  if (!isinf(s->deadline)) sk_raisef(vm, SK_T_RuntimeError, "unentered non-relative cancel scope does not have a relative deadline");
}

static SkValue get_relative(SkVm *vm, SkValue self) {
  SkScope *s = self_of(self);
  if (s->head.aux & SK_SCOPE_ENTERED) return sk_float_new(vm, s->deadline - sk_loop_time(vm, sk_need_loop(vm)));
  need_relative(vm, s);
  return sk_float_new(vm, s->relative);
}
static void set_relative(SkVm *vm, SkValue self, SkValue v) {
  SkScope *s = self_of(self);
  if (sk_is_unset(v)) sk_raise_type(vm, "can't delete relative_deadline");
  double d = seconds_of(vm, v, "relative deadline");
  if (s->head.aux & SK_SCOPE_ENTERED) {
    scope_set_deadline(vm, s, sk_loop_time(vm, sk_need_loop(vm)) + d);
    return;
  }
  need_relative(vm, s);
  s->relative = d;
}

static SkValue get_shield(SkVm *vm, SkValue self) { (void)vm; return sk_bool(self_of(self)->head.aux & SK_SCOPE_SHIELD); }
static void set_shield(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_unset(v)) sk_raise_type(vm, "can't delete shield");
  scope_set_shield(vm, self_of(self), flag_of(vm, v));
}
static SkValue get_cancel_called(SkVm *vm, SkValue self) {
  scope_check_time(vm, self_of(self));
  return sk_bool(self_of(self)->head.aux & SK_SCOPE_CANCELLED);
}
static SkValue get_caught(SkVm *vm, SkValue self) { (void)vm; return sk_bool(self_of(self)->head.aux & SK_SCOPE_CAUGHT); }
static SkValue get_reason(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(self_of(self)->reason, SK_NONE); }

static const char *state_of(const SkScope *s) {
  if (s->head.aux & SK_SCOPE_EXITED) return "exited";
  return s->head.aux & SK_SCOPE_ENTERED ? "active" : "unbound";
}

static SkValue scope_repr(SkVm *vm, SkValue self) {
  SkScope *s = self_of(self);
  SkStr *text = sk_format(vm, "<%U at 0x%llx, %s", sk_type_fullname(vm, sk_type_of(vm, self)), (long long)sk_address(self), state_of(s));
  SkLoop *l = vm->task_state ? sk_tasks(vm)->running : NULL;
  if (s->head.aux & SK_SCOPE_CANCELLED) {
    text = sk_format(vm, "%U, cancelled", text);
  } else if (!isinf(s->deadline) && l && !(s->head.aux & SK_SCOPE_EXITED)) {
    double left = s->deadline - sk_loop_time(vm, l);
    SkStr *spec = sk_str_from_cstr(vm, ".2f"), *number = sk_format_value(vm, sk_float_new(vm, fabs(left)), spec);
    text = sk_format(vm, "%U, deadline is %U seconds %s", text, number, left >= 0 ? "from now" : "ago");
  }
  return sk_from_ptr(sk_format(vm, "%U>", text));
}

static const SkAttrDef scope_attrs[] = {
    SK_METHOD(scope_enter_m), SK_METHOD(scope_exit_m), SK_METHOD(scope_cancel_m), SK_METHOD(scope_is_relative),
    SK_GETSET("deadline", get_deadline, set_deadline, "When it is cancelled, in the loop's time; infinity: never."),
    SK_GETSET("relative_deadline", get_relative, set_relative, "Seconds until the deadline."),
    SK_GETSET("shield", get_shield, set_shield, "Cancels from outside don't get in."),
    SK_GETSET("cancel_called", get_cancel_called, NULL, "Whether it was cancelled."),
    SK_GETSET("cancelled_caught", get_caught, NULL, "Whether leaving it swallowed a Cancelled."),
    SK_GETSET("reason", get_reason, NULL, "Why it was cancelled, or None."),
    SK_ATTRS_END};

const SkTypeDef sk_scope_type = {
    .name = "skein.CancelScope", .doc = "Code that can be cancelled as a whole: used by 'with'.", .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(SkScope), .flags = SK_TYPE_WEAKREFABLE | SK_TYPE_IMMUTABLE, .slots = {.repr = scope_repr}, .attrs = scope_attrs,
    .new_ = &scope_new_def, .trace = scope_trace};

/* ---- fail_after ----------------------------------------------------------------------------------------------------------------------- */

typedef struct Fail { SkObject head; SkValue scope, error; } Fail;

static void fail_trace(SkMarker *m, SkObject *o) {
  sk_mark(m, ((Fail *)o)->scope);
  sk_mark(m, ((Fail *)o)->error);
}

SK_NATIVE(fail_enter, "__enter__(self, /)", NULL) {
  SkValue scope = ((Fail *)sk_ptr(args[0]))->scope;
  if (!vm->task) sk_raisef(vm, SK_T_RuntimeError, "must be called from async context");
  sk_scope_enter(vm, self_of(scope));
  return scope;
}

SK_NATIVE(fail_exit, "__exit__(self, type, value, traceback, /)", NULL) {
  Fail *f = sk_ptr(args[0]);
  SkScope *s = self_of(f->scope);
  SkValue result = with_result(vm, args[2], sk_scope_exit(vm, s, args[2]));
  if (!(s->head.aux & SK_SCOPE_CAUGHT)) return result;
  sk_raise_exc(vm, sk_exc_to_raise(vm, f->error));
}

static const SkAttrDef fail_attrs[] = {SK_METHOD(fail_enter), SK_METHOD(fail_exit), SK_ATTRS_END};
static const SkTypeDef fail_type = {
    .name = "skein._FailScope", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Fail), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE,
    .attrs = fail_attrs, .trace = fail_trace};

static double timeout_of(SkVm *vm, SkValue v, const char *what) {
  double d = sk_to_double(vm, v);
  if (isnan(d)) sk_raise_value(vm, "%s must not be NaN", what);
  return d;
}

/* A scope that is cancelled |seconds| after it was entered, or at |when|. */
static SkScope *limited(SkVm *vm, SkValue seconds, SkValue shield, bool absolute) {
  double d = timeout_of(vm, seconds, absolute ? "deadline" : "timeout");
  if (!absolute && d < 0) sk_raise_value(vm, "timeout must be non-negative");
  bool shielded = flag_of(vm, shield);
  SkScope *s = sk_scope_new(vm);
  if (absolute) s->deadline = d;
  else s->relative = d;
  if (shielded) s->head.aux |= SK_SCOPE_SHIELD;
  return s;
}

static SkValue failing(SkVm *vm, SkScope *s, SkValue error) {
  Fail *f = sk_object_new(vm, sk_library_type(vm, &fail_type), 0);
  f->scope = sk_from_ptr(s);
  f->error = sk_is_unset(error) ? sk_from_ptr(vm->types[SK_T_TimeoutError]) : error;
  return sk_from_ptr(f);
}

static SkValue move_on_after(SkVm *vm, const SkValue *args) { return sk_from_ptr(limited(vm, args[0], args[1], false)); }
static SkValue move_on_at(SkVm *vm, const SkValue *args) { return sk_from_ptr(limited(vm, args[0], args[1], true)); }
static SkValue fail_after(SkVm *vm, const SkValue *args) { return failing(vm, limited(vm, args[0], args[1], false), args[2]); }
static SkValue fail_at(SkVm *vm, const SkValue *args) { return failing(vm, limited(vm, args[0], args[1], true), args[2]); }

const SkNativeDef scope_move_on_after_def = {"move_on_after(seconds, *, shield=False)",
    "A cancel scope whose deadline is so many seconds after it is entered.", move_on_after};
const SkNativeDef scope_move_on_at_def = {"move_on_at(deadline, *, shield=False)", "A cancel scope with this deadline.", move_on_at};
const SkNativeDef scope_fail_after_def = {"fail_after(seconds, *, shield=False, error=?)",
    "As move_on_after(), but TimeoutError is raised when the time was up.", fail_after};
const SkNativeDef scope_fail_at_def = {"fail_at(deadline, *, shield=False, error=?)", "As move_on_at(), but TimeoutError is raised.", fail_at};
