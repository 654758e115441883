/* exception_impl.h - what the exception files share.  Layer 6, this package only. */
#ifndef SK_OBJECT_EXCEPTION_IMPL_H
#define SK_OBJECT_EXCEPTION_IMPL_H

#include "vm/object/exception.h"

/* The slots and attributes of a family, defined in exception_fields.c and exc_group.c. */
SkValue exc_new(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames);
void exc_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames);
SkValue exc_str(SkVm *vm, SkValue self);
void exc_refuse_keywords(SkVm *vm, SkType *cls, SkTuple *kwnames);
bool exc_class_matches(const SkType *t, SkValue want); /* |want| was found catchable */
void exc_set_args(SkVm *vm, SkExc *e, const SkValue *args, size_t n);

#define EXC_FAMILY_SLOTS(family) extern const SkAttrDef exc_##family##_attrs[]; \
  void exc_##family##_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames);
EXC_FAMILY_SLOTS(stop)
EXC_FAMILY_SLOTS(exit)
EXC_FAMILY_SLOTS(import)
EXC_FAMILY_SLOTS(name)
EXC_FAMILY_SLOTS(attribute)
EXC_FAMILY_SLOTS(os)
EXC_FAMILY_SLOTS(syntax)
EXC_FAMILY_SLOTS(decode)
EXC_FAMILY_SLOTS(encode)
EXC_FAMILY_SLOTS(translate)
EXC_FAMILY_SLOTS(group)
#undef EXC_FAMILY_SLOTS
extern const SkAttrDef exc_cancelled_attrs[];
extern const SkNativeDef exc_cancelled_new_def;
SkValue exc_cancelled_new(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames);
SkValue exc_cancelled_str(SkVm *vm, SkValue self);
SkValue exc_import_str(SkVm *vm, SkValue self);
SkValue exc_key_str(SkVm *vm, SkValue self);
SkValue exc_os_str(SkVm *vm, SkValue self);
SkValue exc_syntax_str(SkVm *vm, SkValue self);
SkValue exc_decode_str(SkVm *vm, SkValue self);
SkValue exc_encode_str(SkVm *vm, SkValue self);
SkValue exc_translate_str(SkVm *vm, SkValue self);
SkValue exc_group_str(SkVm *vm, SkValue self);
SkValue exc_os_new(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames);
SkValue exc_group_new(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames);
SkType *exc_os_class(SkVm *vm, int64_t errno_value); /* the OSError subclass for an errno */

#endif
