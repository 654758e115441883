/* exception_types.c - the exception classes and what they all share: BaseException's methods.  Layer 6. */
#include <string.h>

#include "vm/object/call.h"
#include "vm/object/dict.h"
#include "vm/object/exception_impl.h"
#include "vm/object/func.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

/* ---- construction ---- */

void exc_refuse_keywords(SkVm *vm, SkType *cls, SkTuple *kwnames) {
  if (kwnames && kwnames->count) sk_raise_type(vm, "%N() takes no keyword arguments", cls);
}

/* __init__ usually gets what __new__ has kept already. */
void exc_set_args(SkVm *vm, SkExc *e, const SkValue *args, size_t n) {
  if (n == 0 ? e->args == vm->empty_tuple : e->args->count == n && memcmp(e->args->items, args, n * sizeof *args) == 0) return;
  SkTuple *t = n ? sk_tuple_from(vm, args, n) : vm->empty_tuple;
  sk_write_ptr(vm, e, &e->args, t);
}

SkValue exc_new(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  (void)kwnames;
  SkExc *e = sk_object_new(vm, cls, 0);
  e->traceback = SK_NONE;
  e->task = SK_UNSET;
  e->args = vm->empty_tuple;
  exc_set_args(vm, e, args, nargs);
  return sk_from_ptr(e);
}

void exc_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  exc_refuse_keywords(vm, sk_type_of(vm, self), kwnames);
  exc_set_args(vm, sk_as_exc(self), args, nargs);
}

/* ---- text ---- */

SkValue exc_str(SkVm *vm, SkValue self) {
  SkTuple *args = sk_as_exc(self)->args;
  if (args->count == 0) return sk_from_ptr(SK_NAME(vm, empty));
  return sk_from_ptr(sk_str(vm, args->count == 1 ? args->items[0] : sk_from_ptr(args)));
}

static SkValue exc_repr(SkVm *vm, SkValue self) {
  SkTuple *args = sk_as_exc(self)->args;
  SkStr *name = sk_type_of(vm, self)->name; /* %T would put a library's module in front */
  if (args->count == 1) return sk_from_ptr(sk_format(vm, "%U(%R)", name, args->items[0]));
  return sk_from_ptr(sk_format(vm, "%U%R", name, sk_from_ptr(args)));
}

/* ---- attributes ---- */

static SkValue get_args(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(sk_as_exc(self)->args); }

static void set_args(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_unset(v)) sk_raise_type(vm, "args may not be deleted");
  SkTuple *t = sk_to_tuple(vm, v);
  sk_write_ptr(vm, sk_as_exc(self), &sk_as_exc(self)->args, t);
}

static SkValue get_traceback(SkVm *vm, SkValue self) { return sk_exc_traceback(vm, sk_as_exc(self)); }

static void set_traceback(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_unset(v)) sk_raise_type(vm, "__traceback__ may not be deleted");
  if (!sk_is_none(v) && !sk_has_kind(v, SK_KIND_TRACEBACK)) sk_raise_type(vm, "__traceback__ must be a traceback or None");
  sk_exc_set_traceback(vm, sk_as_exc(self), v);
}

static SkValue get_context(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(sk_as_exc(self)->context, SK_NONE); }
static SkValue get_cause(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(sk_as_exc(self)->cause, SK_NONE); }

static SkExc *linked(SkVm *vm, SkValue v, const char *what) {
  if (sk_is_unset(v)) sk_raise_type(vm, "__%s__ may not be deleted", what);
  if (sk_is_none(v)) return NULL;
  if (!sk_is_exc(v)) sk_raise_type(vm, "exception %s must be None or derive from BaseException", what);
  return sk_as_exc(v);
}

static void set_context(SkVm *vm, SkValue self, SkValue v) {
  SkExc *c = linked(vm, v, "context");
  sk_write_ptr(vm, sk_as_exc(self), &sk_as_exc(self)->context, c);
}

static void set_cause(SkVm *vm, SkValue self, SkValue v) {
  SkExc *c = linked(vm, v, "cause");
  sk_write_ptr(vm, sk_as_exc(self), &sk_as_exc(self)->cause, c);
  sk_as_exc(self)->flags |= SK_EXC_SUPPRESS_CONTEXT;
}

static SkValue get_suppress(SkVm *vm, SkValue self) { (void)vm; return sk_bool(sk_as_exc(self)->flags & SK_EXC_SUPPRESS_CONTEXT); }

static void set_suppress(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_unset(v)) sk_raise_type(vm, "can't delete numeric/char attribute");
  if (!sk_is_bool(v)) sk_raise_type(vm, "attribute value type must be bool");
  SkExc *e = sk_as_exc(self);
  e->flags = (e->flags & ~(uint32_t)SK_EXC_SUPPRESS_CONTEXT) | (sk_is_true(v) ? SK_EXC_SUPPRESS_CONTEXT : 0);
}

static SkValue get_task(SkVm *vm, SkValue self) {
  SkValue task = sk_as_exc(self)->task;
  if (sk_is_unset(task)) sk_raise_attribute(vm, self, sk_intern(vm, "__task__"));
  if (sk_is_smallint(task)) return sk_from_ptr(sk_format(vm, "Task-%lld", (long long)sk_smallint_get(task)));
  return sk_is_str(task) ? task : sk_from_ptr(sk_str(vm, task)); /* a task group keeps more than the name (vm/task/origin.c) */
}

/* ---- methods ---- */

SK_NATIVE(exc_with_traceback, "with_traceback(self, object, /)", "Set __traceback__ and return the exception.") {
  if (!sk_is_none(args[1]) && !sk_has_kind(args[1], SK_KIND_TRACEBACK))
    sk_raise_type(vm, "__traceback__ must be a traceback or None");
  sk_exc_set_traceback(vm, sk_as_exc(args[0]), args[1]);
  return args[0];
}

SK_NATIVE(exc_add_note, "add_note(self, object, /)", "Add a note, shown below the message in tracebacks.") {
  if (!sk_is_str(args[1])) sk_raise_type(vm, "note must be a str, not '%T'", args[1]);
  SkValue notes = sk_getattr_opt(vm, args[0], SK_NAME(vm, dunder_notes));
  if (sk_is_unset(notes)) {
    notes = sk_from_ptr(sk_list_new(vm, 1));
    sk_setattr(vm, args[0], SK_NAME(vm, dunder_notes), notes);
  }
  if (!sk_is_list(notes)) sk_raise_type(vm, "Cannot add note: __notes__ is not a list");
  sk_list_append(vm, sk_as_list(notes), args[1]);
  return SK_NONE;
}

/* The instance's own attributes as a dict, or None when it has none. */
static SkValue own_attributes(SkVm *vm, SkValue self) {
  SkShape *shape = sk_shape_of(vm, self);
  if (!(shape->flags & SK_SHAPE_DICT) && shape->count <= shape->reserved) return SK_NONE;
  return sk_from_ptr(sk_instance_dict(vm, self));
}

static void add_field(SkVm *vm, SkDict *state, SkExc *e, SkExcField f, const char *name) {
  SkValue v = sk_exc_field(e, f);
  if (!sk_is_none(v) && !sk_is_unset(v)) sk_dict_set_cstr(vm, state, name, v);
}

/* What __setstate__ puts back: the instance's attributes, and of some classes fields that are no arguments. */
static SkValue state_of(SkVm *vm, SkValue self) {
  SkExc *e = sk_as_exc(self);
  SkValue own = own_attributes(vm, self);
  bool import = sk_exc_is(vm, self, SK_T_ImportError), attribute = !import && sk_exc_is(vm, self, SK_T_AttributeError);
  if (!import && !attribute) return own;
  SkDict *state = sk_is_none(own) ? sk_dict_new(vm) : sk_dict_copy(vm, sk_as_dict(own));
  if (import) {
    add_field(vm, state, e, SK_IMPORT_NAME, "name");
    add_field(vm, state, e, SK_IMPORT_PATH, "path");
    add_field(vm, state, e, SK_IMPORT_NAME_FROM, "name_from");
  } else {
    add_field(vm, state, e, SK_ATTRIBUTE_NAME, "name");
    sk_dict_set_cstr(vm, state, "args", sk_from_ptr(e->args));
  }
  return state->live ? sk_from_ptr(state) : SK_NONE;
}

/* An OSError's file names were taken out of its arguments. */
static SkValue construction_args(SkVm *vm, SkValue self) {
  SkExc *e = sk_as_exc(self);
  if (e->args->count != 2 || !sk_exc_is(vm, self, SK_T_OSError)) return sk_from_ptr(e->args);
  SkValue *a = e->args->items, first = sk_exc_field(e, SK_OS_FILENAME), second = sk_exc_field(e, SK_OS_FILENAME2);
  if (sk_is_none(first) || sk_is_unset(first)) return sk_from_ptr(e->args);
  if (sk_is_none(second) || sk_is_unset(second)) return sk_from_ptr(sk_tuple_pack(vm, 3, a[0], a[1], first));
  return sk_from_ptr(sk_tuple_pack(vm, 5, a[0], a[1], first, SK_NONE, second));
}

SK_NATIVE(exc_reduce, "__reduce__(self, /)", NULL) {
  SkValue state = state_of(vm, args[0]), cls = sk_from_ptr(sk_type_of(vm, args[0]));
  SkValue own = construction_args(vm, args[0]);
  return sk_from_ptr(sk_is_none(state) ? sk_tuple_pack(vm, 2, cls, own) : sk_tuple_pack(vm, 3, cls, own, state));
}

SK_NATIVE(exc_setstate, "__setstate__(self, object, /)", NULL) {
  if (sk_is_none(args[1])) return SK_NONE;
  if (!sk_is_dict(args[1])) sk_raise_type(vm, "state is not a dictionary");
  SkValue k, v;
  for (size_t i = 0; sk_dict_next(sk_as_dict(args[1]), &i, &k, &v);)
    if (sk_is_str(k)) sk_setattr(vm, args[0], sk_as_str(k), v);
  return SK_NONE;
}

static const SkAttrDef base_attrs[] = {
    SK_GETSET("args", get_args, set_args, NULL),
    SK_GETSET("__traceback__", get_traceback, set_traceback, NULL),
    SK_GETSET("__context__", get_context, set_context, NULL),
    SK_GETSET("__cause__", get_cause, set_cause, NULL),
    SK_GETSET("__suppress_context__", get_suppress, set_suppress, NULL),
    SK_GETSET("__task__", get_task, NULL, "Name path of the task that the exception left."),
    SK_METHOD(exc_with_traceback),
    SK_METHOD(exc_add_note),
    SK_METHOD(exc_reduce),
    SK_METHOD(exc_setstate),
    SK_ATTRS_END,
};

/* ---- __new__, as a script calls it: super().__new__(cls, ...).  Calls of the class take the slot. ---- */

static SkValue spread_new(SkVm *vm, const SkValue *args, SkNewFn fn) {
  SkType *cls = sk_as_type(args[0]);
  SkTuple *positional = sk_as_tuple(args[1]);
  if (fn != exc_new && sk_as_dict(args[2])->live && cls->slots->init == exc_init) sk_raise_type(vm, "%N() takes no keyword arguments", cls);
  return fn(vm, cls, positional->items, positional->count, NULL);
}

static SkValue base_new(SkVm *vm, const SkValue *args) { return spread_new(vm, args, exc_new); }
static SkValue os_new(SkVm *vm, const SkValue *args) { return spread_new(vm, args, exc_os_new); }
static SkValue group_new(SkVm *vm, const SkValue *args) { return spread_new(vm, args, exc_group_new); }
static const SkNativeDef exc_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, base_new};
static const SkNativeDef exc_os_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, os_new};
static const SkNativeDef exc_group_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, group_new};

/* ---- the table ---- */

/* The slots and attributes each family adds; plain classes add nothing. */
#define FAMILY_plain
#define FAMILY_blocking
#define FAMILY_cancelled , .new_ = &exc_cancelled_new_def, .slots = {.new_ = exc_cancelled_new, .str = exc_cancelled_str}, .attrs = exc_cancelled_attrs
#define FAMILY_stop , .slots = {.init = exc_stop_init}, .attrs = exc_stop_attrs
#define FAMILY_exit , .slots = {.init = exc_exit_init}, .attrs = exc_exit_attrs
#define FAMILY_import , .slots = {.init = exc_import_init, .str = exc_import_str}, .attrs = exc_import_attrs
#define FAMILY_name , .slots = {.init = exc_name_init}, .attrs = exc_name_attrs
#define FAMILY_attribute , .slots = {.init = exc_attribute_init}, .attrs = exc_attribute_attrs
#define FAMILY_key , .slots = {.str = exc_key_str}
#define FAMILY_os , .new_ = &exc_os_new_def, .slots = {.new_ = exc_os_new, .init = exc_os_init, .str = exc_os_str}, .attrs = exc_os_attrs
#define FAMILY_syntax , .slots = {.init = exc_syntax_init, .str = exc_syntax_str}, .attrs = exc_syntax_attrs
#define FAMILY_decode , .slots = {.init = exc_decode_init, .str = exc_decode_str}, .attrs = exc_decode_attrs
#define FAMILY_encode , .slots = {.init = exc_encode_init, .str = exc_encode_str}, .attrs = exc_encode_attrs
#define FAMILY_translate , .slots = {.init = exc_translate_init, .str = exc_translate_str}, .attrs = exc_translate_attrs
#define FAMILY_group , .new_ = &exc_group_new_def, .slots = {.new_ = exc_group_new, .init = exc_group_init, .str = exc_group_str}, .attrs = exc_group_attrs

enum { EXC_FLAGS = SK_TYPE_HAS_DICT | SK_TYPE_EXCEPTION | SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE };

static const SkTypeDef exc_defs[] = {
#define EXC_ROW(name_, base_, family_, doc_) \
  {.name = name_, .doc = doc_, .base = SK_T_##base_, .kind = SK_KIND_EXC, .size = sizeof(SkExc), .flags = EXC_FLAGS FAMILY_##family_},
#define EXC(name_, base_, family_, doc_) EXC_ROW(#name_, base_, family_, doc_)
#define EXC_LIB(name_, module_, base_, family_, doc_) EXC_ROW(module_ "." #name_, base_, family_, doc_)
#include "vm/heap/exceptions.def"
#undef EXC
#undef EXC_LIB
};

static const SkTypeDef base_exception_def = {
    .name = "BaseException", .doc = "Root of all exceptions.", .base = SK_T_object, .kind = SK_KIND_EXC, .size = sizeof(SkExc),
    .flags = EXC_FLAGS, .attrs = base_attrs, .new_ = &exc_new_def,
    .slots = {.new_ = exc_new, .init = exc_init, .str = exc_str, .repr = exc_repr},
};

const SkTypeDef *sk_exc_typedef(int type_id) {
  sk_assert(type_id >= SK_T_BaseException && type_id < SK_T_COUNT);
  return type_id == SK_T_BaseException ? &base_exception_def : &exc_defs[type_id - SK_T_BaseException];
}
