/* exc_cancelled.c - Cancelled: what a cancel scope raises in the tasks inside it; made by the engine only.  Layer 6.
 *
 * Its fields say why: where the cancel came from, which task asked for it, in what words, because of which error.
 */
#include "vm/object/exception_impl.h"
#include "vm/object/func.h"
#include "vm/object/ops.h"
#include "vm/object/str.h"

#define FIELD(name, index) \
  static SkValue get_##name(SkVm *vm, SkValue self) { (void)vm; return sk_exc_field(sk_as_exc(self), index); }
FIELD(source, SK_CANCELLED_SOURCE)
FIELD(source_task, SK_CANCELLED_TASK)
FIELD(reason, SK_CANCELLED_REASON)
FIELD(error, SK_CANCELLED_ERROR)
#undef FIELD

const SkAttrDef exc_cancelled_attrs[] = {
    SK_GETSET("source", get_source, NULL, "What cancelled: 'deadline', 'explicit', 'sibling', 'body', 'signal' ..."),
    SK_GETSET("source_task", get_source_task, NULL, "Name of the task that caused it, or None."),
    SK_GETSET("reason", get_reason, NULL, "The reason in words, or None."),
    SK_GETSET("error", get_error, NULL, "The exception that caused it, or None."),
    SK_ATTRS_END,
};

SkValue exc_cancelled_new(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  sk_raise_type(vm, "class %N has no public constructor", cls);
}

static SkValue refuse(SkVm *vm, const SkValue *args) { return exc_cancelled_new(vm, sk_as_type(args[0]), NULL, 0, NULL); }
const SkNativeDef exc_cancelled_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, refuse};

/* "cancelled: sibling by boomer: task 'boomer' raised ValueError('x')" */
SkValue exc_cancelled_str(SkVm *vm, SkValue self) {
  SkValue source = get_source(vm, self), task = get_source_task(vm, self), reason = get_reason(vm, self);
  SkStr *s = sk_format(vm, "cancelled: %S", source);
  if (!sk_is_none(task)) s = sk_format(vm, "%U by %S", s, task);
  if (!sk_is_none(reason)) s = sk_format(vm, "%U: %S", s, reason);
  return sk_from_ptr(s);
}
