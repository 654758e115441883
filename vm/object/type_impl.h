/* type_impl.h - what the files of the class type share; seen by vm/object only.                     Layer 6. */
#ifndef SK_OBJECT_TYPE_IMPL_H
#define SK_OBJECT_TYPE_IMPL_H

#include "vm/object/object_impl.h"

/* type_new.c */
SkValue type_new_slot(SkVm *vm, SkType *meta, const SkValue *args, size_t nargs, SkTuple *kwnames);
void type_init_slot(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames);
void type_check_name(SkVm *vm, SkStr *name);
void type_set_bases(SkVm *vm, SkValue self, SkValue v);

/* type_members.c: __slots__, __dict__ and __weakref__ of a class being made */
typedef struct Members {
  bool add_dict, add_weakref;
  SkList *slots; /* of SkStr, mangled and sorted; NULL without __slots__ */
} Members;
Members type_plan_members(SkVm *vm, SkStr *class_name, SkType *base, SkTuple *bases, SkDict *ns);
void type_add_members(SkVm *vm, SkType *t, const Members *m);

/* type_check.c: what type.__instancecheck__ and __subclasscheck__ do */
bool type_real_isinstance(SkVm *vm, SkValue v, SkValue cls);
bool type_real_issubclass(SkVm *vm, SkValue sub, SkValue cls);

/* type_attrs.c */
SkValue type_getattr_opt(SkVm *vm, SkValue self, SkStr *name);

#endif
