/* func.h - code, functions, methods, natives, descriptors, cells, modules.  Layer 6. */
#ifndef SK_OBJECT_FUNC_H
#define SK_OBJECT_FUNC_H

#include "vm/bytecode/code.h"
#include "vm/object/object.h"

SK_C_BEGIN

/* A VM's own runnable copy of an SkCode (made by vm/run/link.c). */
typedef struct SkCodeObj {
  SkObject head;
  SkCode *code;          /* retained */
  SkInsn *insns;         /* private copy with inline caches, in a RAW cell */
  SkRaw *insns_cell;
  SkValues *consts;      /* K[] */
  SkValues *names;       /* interned SkStr */
  SkValues *params;      /* interned names of the parameters that can be given by name or position */
  SkStr *name, *qualname, *filename;
  SkValue replaced;      /* owner's use: code.replace() copies, ... */
  struct SkCodeObj *warm_next, **warm_at; /* code with filled inline caches: a list of the VM's; warm_at NULL: not in it */
} SkCodeObj;

enum { SK_FUNC_COMPLEX = 0xffffffffu };
struct SkFunc {
  SkObject head;
  /* hot: what CALL needs, copied from the code object */
  uint32_t simple_args;  /* argument count if only plain positional parameters and no generator, else SK_FUNC_COMPLEX */
  uint32_t nregs;
  SkInsn *insns;
  SkValue *k;            /* consts->items */
  SkDict *globals;
  SkCodeObj *code;
  SkDict *builtins;
  SkTuple *defaults;     /* NULL: none */
  SkDict *kwdefaults;
  SkTuple *closure;      /* of SkCell */
  SkValue name, qualname, module, doc, annotations, type_params; /* UNSET where lazily made */
};

typedef struct SkMethod { SkObject head; SkValue func, self; } SkMethod;
/* Built-in function or method: def says what it is; self UNSET for unbound.  owner: the class it was
 * found in; for an unbound method (method_descriptor) the class that self must belong to. */
enum { /* head.aux */
  SK_NATIVE_NEW = 1,   /* a class's __new__: |self| is the class, shown but not passed */
  SK_NATIVE_STATIC = 2, /* a static method: the same */
  SK_NATIVE_UNBOUND = 4, /* method_descriptor: args[0] must be an |owner| */
  SK_NATIVE_CLASSMETHOD = 8
};
/* fast_args: as many positional arguments may be passed straight to def->fn; -1: never, or |sig| is NULL: not parsed yet. */
typedef struct SkNative { SkObject head; int32_t fast_args; const SkNativeDef *def; const struct SkSignature *sig; SkValue self, module; SkType *owner; SkStr *name; } SkNative;
typedef struct SkProperty { SkObject head; SkValue get, set, del, doc, name; } SkProperty;
/* classmethod, staticmethod (func); slot wrappers (slot_id, owner); getset and member descriptors (attr,
 * owner), or the member of a __slots__ entry (slot, owner, attr NULL). */
typedef struct SkDescr { SkObject head; SkValue func; const SkAttrDef *attr; SkType *owner; SkStr *name; uint32_t slot; int slot_id; } SkDescr;
typedef struct SkWeakref { SkObject head; /* aux bit 0: dead */ SkObject *target; SkValue callback; int64_t hash; } SkWeakref;
typedef struct SkSuper { SkObject head; SkType *type, *obj_type; SkValue obj; } SkSuper;
/* An attribute of a native module that is made when somebody looks at it. */
typedef struct SkLazyAttr { const char *name; SkValue (*make)(SkVm *vm); } SkLazyAttr;
/* lazy: attributes that |dict| may not have yet, up to a NULL name; NULL: none (an init may set it).  Read |dict| as a whole after sk_module_dict(). */
struct SkModule { SkObject head; SkDict *dict; SkValue name; const SkLazyAttr *lazy; };

SK_INLINE bool sk_is_func(SkValue v) { return sk_has_kind(v, SK_KIND_FUNC); }
SK_INLINE SkFunc *sk_as_func(SkValue v) { sk_assert(sk_is_func(v)); return (SkFunc *)sk_ptr(v); }
SK_INLINE bool sk_is_type(SkValue v) { return sk_has_kind(v, SK_KIND_TYPE); }
SK_INLINE SkType *sk_as_type(SkValue v) { sk_assert(sk_is_type(v)); return (SkType *)sk_ptr(v); }
SK_INLINE bool sk_is_module(SkValue v) { return sk_has_kind(v, SK_KIND_MODULE); }

SkFunc *sk_func_new(SkVm *vm, SkCodeObj *code, SkDict *globals);
/* A method_descriptor: a native found in the class |owner|. */
SkValue sk_native_method_new(SkVm *vm, const SkNativeDef *def, SkType *owner);
SkValue sk_method_new(SkVm *vm, SkValue func, SkValue self);
SkCell *sk_cell_new(SkVm *vm, SkValue v);
/* Zero-argument super(): class and first argument of the running Python frame (vm/run).  False with
 * RuntimeError raised otherwise, it never returns false quietly. */
bool sk_frame_super_args(SkVm *vm, SkType **type, SkValue *self);
SkDict *sk_frame_globals(SkVm *vm); /* globals of the running Python frame, NULL outside Python code (vm/run) */
/* super(type, obj).name: UNSET when nothing behind |type| has it; TypeError when obj is no |type|. */
SkValue sk_super_getattr(SkVm *vm, SkType *type, SkValue obj, SkStr *name);
SkValue sk_weakproxy_new(SkVm *vm, SkValue target, SkValue callback_or_none);
/* X | Y for classes and what may stand in their place; NOTIMPLEMENTED for others (union.c). */
SkValue sk_union_or(SkVm *vm, SkValue a, SkValue b);
/* Calls a native with its receiver, if it has one, as vm/run's fast entry. */
SkValue sk_native_invoke(SkVm *vm, SkNative *n, const SkValue *args, size_t nargs, SkTuple *kwnames);
SkModule *sk_module_new(SkVm *vm, SkStr *name);
void sk_module_add(SkVm *vm, SkModule *m, const char *name, SkValue v);
SkDict *sk_module_dict(SkVm *vm, SkModule *m); /* with every lazy attribute */

/* Native modules: name, functions, and an init that adds the rest.  Registered in stdlib/native/modules.def. */
typedef struct SkModuleDef {
  const char *name, *doc;
  const SkNativeDef *const *functions; /* NULL-terminated; may be NULL */
  void (*init)(SkVm *vm, SkModule *m); /* may be NULL */
} SkModuleDef;
SkModule *sk_module_from_def(SkVm *vm, const SkModuleDef *def);

SK_C_END

#endif
