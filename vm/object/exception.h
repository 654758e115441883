/* exception.h - exception objects, raising with messages, groups.  Layer 6.
 *
 * Every exception class shares one layout.  Class-specific fields (StopIteration.value, OSError.errno,
 * SyntaxError.lineno, a group's message and members ...) are in |fields|, whose meaning the class's row in
 * exception_fields.c says.  The traceback is kept compact: |trace| holds (code, pc) pairs appended while
 * unwinding, outermost last; traceback objects are made when __traceback__ is read.
 */
#ifndef SK_OBJECT_EXCEPTION_H
#define SK_OBJECT_EXCEPTION_H

#include "vm/object/object.h"

SK_C_BEGIN

/* One level of unwinding: the function running (SkFunc), and at which word of its code.  frame is UNSET or a frame object that
 * somebody already holds. */
typedef struct SkTraceEntry { SkValue func, at, frame; } SkTraceEntry;

struct SkExc {
  SkObject head;            /* aux bit 0: __suppress_context__ */
  SkTuple *args;
  SkExc *cause, *context;
  SkValues *trace;          /* SkTraceEntry x trace_count in a payload cell */
  uint32_t trace_count;
  uint32_t flags;
  SkValue traceback;        /* materialised or assigned traceback object below the trace entries, or None */
  SkValues *fields;         /* NULL when the class has none */
  SkValue task;             /* __task__: name path of the task it left, or UNSET; an int n is "Task-n" */
};
enum { SK_EXC_SUPPRESS_CONTEXT = 1, SK_EXC_IS_GROUP = 2 /* made by BaseExceptionGroup.__new__ */,
  SK_EXC_PENDING = 4 /* on its way through a finally or a with, which runs now or was left by another error */ };

SK_INLINE bool sk_is_exc(SkValue v) { return sk_has_kind(v, SK_KIND_EXC); }
SK_INLINE SkExc *sk_as_exc(SkValue v) { sk_assert(sk_is_exc(v)); return (SkExc *)sk_ptr(v); }

/* raise Type(message): the workhorse. */
SK_NORETURN void sk_raisef(SkVm *vm, int type_id, const char *fmt, ...);
#define sk_raise_type(vm, ...) sk_raisef((vm), SK_T_TypeError, __VA_ARGS__)
#define sk_raise_value(vm, ...) sk_raisef((vm), SK_T_ValueError, __VA_ARGS__)
SK_NORETURN void sk_raise_key(SkVm *vm, SkValue key);             /* KeyError(key) */
SK_NORETURN void sk_raise_os(SkVm *vm, int errno_value, SkValue filename_or_unset);
SK_NORETURN void sk_raise_nomem(SkVm *vm);
SK_NORETURN void sk_raise_recursion(SkVm *vm, const char *where); /* " while calling a Python object" ... */
SK_NORETURN void sk_raise_stop(SkVm *vm, SkValue value);          /* StopIteration */
SK_NORETURN void sk_raise_attribute(SkVm *vm, SkValue obj, SkStr *name); /* CPython's text, name= and obj= set */
SK_NORETURN void sk_raise_name(SkVm *vm, SkStr *name, const char *fmt, ...); /* NameError with name= set */
/* Sets __context__ to the exception being handled (vm->handled), breaking cycles, then sk_throw.  All the
 * sk_raise functions do; call it for instances made otherwise. */
SK_NORETURN void sk_raise_exc(SkVm *vm, SkValue exc);
void sk_exc_set_context(SkVm *vm, SkExc *exc);

SkValue sk_exc_new(SkVm *vm, int type_id, const char *fmt, ...);   /* an instance, not raised */
SkValue sk_exc_new_args(SkVm *vm, SkType *type, const SkValue *args, size_t n);
bool sk_exc_is(SkVm *vm, SkValue exc, int type_id);                /* isinstance by mro */
/* except clause match: |want| a class or (nested) tuple of classes; TypeError when it can't be caught. */
bool sk_exc_matches(SkVm *vm, SkValue exc, SkValue want);
SkValue sk_stop_value(SkVm *vm, SkValue stop);                      /* StopIteration.value */
/* What `raise x` / `raise x from y` throws: instantiates classes, checks types. */
SkValue sk_exc_to_raise(SkVm *vm, SkValue x);
void sk_exc_set_cause(SkVm *vm, SkExc *exc, SkValue cause);        /* None or exception (or class) */
void sk_exc_add_trace(SkVm *vm, SkExc *exc, SkValue func, uint64_t at, SkValue frame);
/* __traceback__: makes traceback objects of the trace (vm/run/traceback.c does, through this hook). */
SkValue sk_exc_traceback(SkVm *vm, SkExc *exc);
void sk_exc_set_traceback(SkVm *vm, SkExc *exc, SkValue tb);      /* traceback or None */
/* Entry i of the trace, 0 the innermost; i < exc->trace_count. */
SK_INLINE SkTraceEntry *sk_exc_trace_entry(const SkExc *e, uint32_t i) { return (SkTraceEntry *)e->trace->items + i; }
void sk_exc_add_note(SkVm *vm, SkExc *exc, SkStr *note);

/* A field by its place in the family (exception_fields.c), SK_NONE when never set. */
typedef enum SkExcField {
  SK_STOP_VALUE = 0, SK_EXIT_CODE = 0, SK_GROUP_MESSAGE = 0, SK_GROUP_MEMBERS,
  SK_IMPORT_MSG = 0, SK_IMPORT_NAME, SK_IMPORT_PATH, SK_IMPORT_NAME_FROM,
  SK_NAME_NAME = 0, SK_ATTRIBUTE_NAME = 0, SK_ATTRIBUTE_OBJ,
  SK_OS_ERRNO = 0, SK_OS_STRERROR, SK_OS_FILENAME, SK_OS_FILENAME2, SK_OS_WRITTEN,
  SK_SYNTAX_MSG = 0, SK_SYNTAX_FILENAME, SK_SYNTAX_LINENO, SK_SYNTAX_OFFSET, SK_SYNTAX_TEXT,
  SK_SYNTAX_END_LINENO, SK_SYNTAX_END_OFFSET, SK_SYNTAX_PRINT_FILE,
  SK_CANCELLED_SOURCE = 0, SK_CANCELLED_TASK, SK_CANCELLED_REASON, SK_CANCELLED_ERROR, SK_CANCELLED_WHY /* the engine's SkReason */,
  SK_UNICODE_ENCODING = 0, SK_UNICODE_OBJECT, SK_UNICODE_START, SK_UNICODE_END, SK_UNICODE_REASON,
  SK_EXC_FIELDS_MAX = 8
} SkExcField;
SkValue sk_exc_field(const SkExc *e, SkExcField f);
void sk_exc_set_field(SkVm *vm, SkExc *e, SkExcField f, SkValue v);

const SkTypeDef *sk_exc_typedef(int type_id); /* for the bootstrap: one per row of exceptions.def */
/* Preallocates MemoryError and RecursionError, installs the heap's hooks; after the types exist. */
void sk_exceptions_init(SkVm *vm);

/* ---- groups (exc_group.c) ---- */
SK_INLINE bool sk_is_exc_group(const SkVm *vm, SkValue v) {
  (void)vm;
  return sk_is_exc(v) && (sk_as_exc(v)->flags & SK_EXC_IS_GROUP);
}
SkStr *sk_group_message(SkExc *g);
SkTuple *sk_group_members(SkExc *g);
SkValue sk_group_new(SkVm *vm, SkStr *message, SkValue members); /* a tuple or list */  /* ExceptionGroup or BaseExceptionGroup as fits */
typedef struct SkSplit { SkValue match, rest; } SkSplit;            /* None where empty */
SkSplit sk_group_split(SkVm *vm, SkValue exc, SkValue want);        /* iterative: any depth */
/* The four except* instructions. */
SkSplit sk_group_match(SkVm *vm, SkValue rest, SkValue want);       /* wraps naked exceptions, checks |want| */
SkValue sk_group_finish(SkVm *vm, SkValue original, SkList *raised, SkValue rest); /* to raise, or None */

/* warnings.warn(message, category): may raise, if the filters say so.  (warn.c) */
void sk_warn(SkVm *vm, int type_id, const char *fmt, ...);

/* ---- printing (stdlib/native/report.c): CPython's text, never fails ---- */
typedef void SkWriteFn(void *arg, const char *s, size_t n);
void sk_exc_print(SkVm *vm, SkValue exc, SkWriteFn *write, void *arg);

SK_C_END

#endif
