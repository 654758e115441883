/* object.h - shapes, classes, slots, attribute access: what every type file needs.  Layer 6.
 *
 * An object's header holds a shape id.  A shape says the class and, for objects with attributes, which
 * name sits in which slot.  Shapes form a tree per class (root: no attributes) and are never changed or
 * renumbered, so "same shape id" is all that an inline cache has to check.
 *
 *   instance with attributes             word offset
 *   +--------------------------+
 *   | C struct of the kind     |          0
 *   +--------------------------+
 *   | extra                    |          slot_base - 1: NULL, the overflow SkValues, or the SkDict
 *   | slot 0 .. inline_cap-1   |          slot_base
 *   +--------------------------+
 *
 * Attribute number i lives in slot i when i < inline_cap, else in extra->items[i - inline_cap].
 * A shape with SK_SHAPE_DICT has its attributes in a real dict in |extra| (after __dict__ was used in
 * a way a shape can't follow, a deletion, or too many attributes).  Slots 0..reserved-1 belong to
 * __slots__ (SK_UNSET when empty) and are no part of __dict__.  Kinds of variable size (tuple, int, str,
 * bytes) have slot_base 0: sk_extra() finds their |extra| word behind the items, and inline_cap is 0.
 * It is found from the object itself, so extra_bytes of sk_object_new() must be, and stay, for
 *   tuple 8 * count,  int 8 * |size|,  bytes length + 1,  str bytes + 1 (0 when SHARED).
 * A trace function of a kind that may be subclassed ends with sk_trace_attributes(m, o).
 */
#ifndef SK_OBJECT_OBJECT_H
#define SK_OBJECT_OBJECT_H

#include <stdarg.h>

#include "vm/heap/vm.h"

SK_C_BEGIN

/* ---- slot signatures (slots.def) ------------------------------------------------------------- */
typedef SkValue (*SkUnaryFn)(SkVm *vm, SkValue self);
typedef SkValue (*SkBinaryFn)(SkVm *vm, SkValue self, SkValue other);
typedef SkValue (*SkPowFn)(SkVm *vm, SkValue self, SkValue other, SkValue mod); /* mod None if absent */
typedef int64_t (*SkHashFn)(SkVm *vm, SkValue self);
typedef SkValue (*SkCallFn)(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames);
typedef SkValue (*SkNewFn)(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames);
typedef void (*SkInitFn)(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames);
typedef SkValue (*SkGetAttrFn)(SkVm *vm, SkValue self, SkStr *name); /* raises AttributeError */
typedef void (*SkSetAttrFn)(SkVm *vm, SkValue self, SkStr *name, SkValue v);
typedef void (*SkDelAttrFn)(SkVm *vm, SkValue self, SkStr *name);
typedef SkValue (*SkDescrGetFn)(SkVm *vm, SkValue descr, SkValue obj, SkValue type); /* obj UNSET: none */
typedef int64_t (*SkLenFn)(SkVm *vm, SkValue self);
typedef bool (*SkBoolFn)(SkVm *vm, SkValue self);
typedef bool (*SkContainsFn)(SkVm *vm, SkValue self, SkValue item);
typedef void (*SkSetItemFn)(SkVm *vm, SkValue self, SkValue key, SkValue v);
typedef void (*SkDelItemFn)(SkVm *vm, SkValue self, SkValue key);

/* NULL: the class does not answer.  A class's table is complete: inherited slots are copied in. */
typedef struct SkSlots {
#define SLOT(field, signature, name) Sk##signature##Fn field;
#include "vm/heap/slots.def"
#undef SLOT
} SkSlots;

/* ---- natives: C functions callable from scripts ------------------------------------------------ */
/* |args| holds one value per parameter of the signature: omitted optionals hold their default, or
 * SK_UNSET for a default written "?"; *args a tuple, **kwargs a dict.  args[0] is self (methods), the
 * class (classmethods and __new__).  The array is the callee's own: it may be read at any time. */
typedef SkValue (*SkNativeFn)(SkVm *vm, const SkValue *args);

/* signature: "insert(self, index, object, /)"; parsed once per VM, on first use.  Defaults may be
 * None True False ints floats 'strings' () or ?.  Parameters: names, /, *, *args, **kwargs. */
struct SkNativeDef { const char *signature; const char *doc; SkNativeFn fn; };

#define SK_NATIVE(name, signature_, doc_)                                     \
  static SkValue name(SkVm *vm, const SkValue *args);                         \
  static const SkNativeDef name##_def = {signature_, doc_, name};             \
  static SkValue name(SkVm *vm, const SkValue *args)

typedef enum SkAttrKind {
  SK_ATTR_END, SK_ATTR_METHOD, SK_ATTR_CLASSMETHOD, SK_ATTR_STATICMETHOD, SK_ATTR_GETSET,
  SK_ATTR_MEMBER /* a Value field at a byte offset; doc in |doc| */, SK_ATTR_VALUE
} SkAttrKind;

typedef struct SkAttrDef {
  SkAttrKind kind;
  const char *name;              /* GETSET, MEMBER, VALUE; methods take it from the signature */
  const SkNativeDef *def;
  SkUnaryFn get;                 /* GETSET */
  void (*set)(SkVm *vm, SkValue self, SkValue v); /* v UNSET: del; NULL: read-only */
  SkValue (*make)(SkVm *vm);     /* VALUE: computed when the type is made */
  const char *doc;
  uint32_t offset;               /* MEMBER */
  bool readonly;
} SkAttrDef;

#define SK_METHOD(fn) {.kind = SK_ATTR_METHOD, .def = &fn##_def}
#define SK_CLASSMETHOD(fn) {.kind = SK_ATTR_CLASSMETHOD, .def = &fn##_def}
#define SK_STATICMETHOD(fn) {.kind = SK_ATTR_STATICMETHOD, .def = &fn##_def}
#define SK_GETSET(name_, get_, set_, doc_) {.kind = SK_ATTR_GETSET, .name = name_, .get = get_, .set = set_, .doc = doc_}
#define SK_MEMBER(name_, struct_, field_, readonly_, doc_) \
  {.kind = SK_ATTR_MEMBER, .name = name_, .offset = offsetof(struct_, field_), .readonly = readonly_, .doc = doc_}
#define SK_VALUE_ATTR(name_, make_) {.kind = SK_ATTR_VALUE, .name = name_, .make = make_}
#define SK_ATTRS_END {.kind = SK_ATTR_END}

/* ---- type definitions --------------------------------------------------------------------------- */
enum { /* SkTypeDef.flags and SkType.flags */
  SK_TYPE_FINAL = 1,          /* can't be subclassed */
  SK_TYPE_HAS_DICT = 2,       /* instances have attributes */
  SK_TYPE_NO_NEW = 4,         /* "cannot create 'x' instances" */
  SK_TYPE_IMMUTABLE = 8,      /* built-in: "cannot set 'a' attribute of immutable type 'x'" */
  SK_TYPE_WEAKREFABLE = 16,
  SK_TYPE_SEQUENCE = 32,      /* for patterns (inherited): matches sequence patterns */
  SK_TYPE_MAPPING = 64,       /* matches mapping patterns */
  SK_TYPE_MATCH_SELF = 128,   /* case int(x): the one positional pattern is the subject */
  SK_TYPE_CACHED = 256,       /* some inline or method cache depends on its structure */
  SK_TYPE_ABSTRACT = 512,     /* has __abstractmethods__ that is not empty */
  SK_TYPE_HAS_DEL = 1024,     /* __del__ */
  SK_TYPE_EXCEPTION = 2048,   /* subclass of BaseException */
  SK_TYPE_HEAP = 4096,        /* made by a class statement or type() */
  SK_TYPE_GETATTR_HOOK = 8192, /* has __getattr__ or overrides __getattribute__ */
  SK_TYPE_METACLASS = 16384,  /* subclass of type */
  SK_TYPE_DISALLOW_KW_INIT = 32768,
  SK_TYPE_OWN_WATCH = 131072, /* its native __del__ matters only to those instances that it gives to sk_gc_watch() itself */
  SK_TYPE_BARE_NAME = 65536,  /* messages (%T) name it as they name a class of a script: no module in front */
  SK_TYPE_LAZY = 262144       /* |ns| holds only what was looked up so far (type_ns.c) */
};

typedef struct SkTypeDef {
  const char *name;           /* "list", "collections.deque": module before the last dot, else builtins */
  const char *doc;
  int base;                   /* SkTypeId; 0 is object */
  SkKind kind;
  uint32_t size;              /* bytes of the fixed C struct */
  uint32_t flags;
  SkSlots slots;              /* own slots only */
  const SkAttrDef *attrs;     /* SK_ATTRS_END last; NULL: none */
  const SkNativeDef *new_;    /* __new__(cls, ...): builds the instance (of cls, maybe a subclass) */
  const SkNativeDef *init_;   /* __init__(self, ...) */
  SkTraceFn *trace;           /* NATIVE_OBJECT kinds only */
  SkFinalizeFn *finalize;     /* NATIVE_OBJECT kinds only */
} SkTypeDef;

struct SkType {
  SkObject head;              /* kind TYPE; its shape's class is the metaclass */
  SkShape *instance_shape;    /* root shape for new instances; replaced when inline_cap is re-learned */
  const SkSlots *slots;       /* complete; shared with the base when nothing differs */
  uint32_t flags;
  uint8_t kind;               /* SkKind of instances */
  uint8_t learned_cap;        /* inline slots for new instances */
  uint16_t reserved;          /* slots taken by __slots__, inherited ones included */
  uint32_t size;              /* bytes of the fixed C struct of instances */
  uint32_t id;                /* SkTypeId, or SK_T_COUNT for others */
  SkType *base;               /* the one that decides layout ("solid" line); NULL for object */
  SkTuple *bases, *mro;       /* mro includes the class itself */
  SkDict *ns;                 /* SkStr -> SkCell: caches hold the cells, so assignment invalidates nothing.  Read it through
                               * sk_type_ns() and sk_type_own_cell(): a built-in class's is made as it is looked at */
  SkStr *name, *qualname;
  const SkTypeDef *def;       /* of itself or the nearest built-in ancestor */
  SkList *subclasses;         /* weak references */
  uint16_t slots_owned;       /* slots table was allocated for this class alone */
  uint16_t misses;            /* lookups in vain while SK_TYPE_LAZY */
  struct SkNative *new_native;  /* what slots->new_ calls when it is sk_native_new_slot; NULL: the base's, not made yet */
  struct SkNative *init_native; /* the same for slots->init */
  SkShape *shapes;            /* every shape of this class, through |next| */
};

enum { SK_SHAPE_DICT = 1 };

struct SkShape {
  uint32_t id;
  uint32_t flags;
  SkType *cls;
  SkShape *parent;            /* one attribute fewer */
  SkStr *name;                /* the attribute that this shape added, NULL for a root */
  uint16_t count;             /* attributes, reserved slots included */
  uint16_t reserved;          /* slots of __slots__ */
  uint16_t inline_cap;
  uint16_t slot_base;         /* in words; 0 for kinds of variable size */
  struct SkShapeTable *table; /* shape.c: name -> slot, made on demand */
  SkShape *child;             /* transitions: list through |sibling|, newest first */
  SkShape *sibling;
  SkShape *next;              /* all shapes of the class */
  const SkTypeDef *def;       /* of the class: valid even after the class died (finalizers) */
};

/* ---- shapes (shape.c) ---------------------------------------------------------------------------------- */
enum { SK_SLOT_NONE = -1 };
SkShape *sk_shape_root(SkVm *vm, SkType *t, unsigned inline_cap); /* finds or makes it */
SkShape *sk_shape_dict(SkVm *vm, const SkShape *s); /* dict mode, same layout */
/* Number of the attribute |name| (interned), SK_SLOT_NONE if the shape has none. */
int sk_shape_find(SkVm *vm, const SkShape *s, const SkStr *name);
/* The shape with |name| (interned) added; NULL: too many, use dict mode. */
SkShape *sk_shape_add(SkVm *vm, SkShape *s, SkStr *name);
/* Names of the attributes in order: fills out[0 .. count - reserved - 1]. */
void sk_shape_names(const SkShape *s, SkStr **out);

/* ---- classes ---------------------------------------------------------------------------------------- */
SK_INLINE SkShape *sk_shape_of(const SkVm *vm, SkValue ptr_value) { return vm->shapes[sk_object(ptr_value)->shape]; }
SkType *sk_type_of_immediate(const SkVm *vm, SkValue v);
SK_INLINE SkType *sk_type_of(const SkVm *vm, SkValue v) {
  return sk_is_ptr(v) ? sk_shape_of(vm, v)->cls : sk_type_of_immediate(vm, v);
}
SK_INLINE bool sk_is_exactly(const SkVm *vm, SkValue v, int type_id) { return sk_type_of(vm, v) == vm->types[type_id]; }
bool sk_type_is_subtype(const SkType *t, const SkType *of); /* by mro, no hooks */
SK_INLINE bool sk_isinstance_exact(const SkVm *vm, SkValue v, int type_id) { return sk_type_is_subtype(sk_type_of(vm, v), vm->types[type_id]); }
bool sk_isinstance(SkVm *vm, SkValue v, SkValue cls);   /* builtin isinstance: tuples, unions, hooks */
bool sk_issubclass(SkVm *vm, SkValue sub, SkValue cls);

/* Class attribute by mro: its cell, or NULL.  Pure but for the method cache. */
typedef struct SkCell { SkObject head; SkValue value; } SkCell;
SkCell *sk_type_lookup_cell(SkVm *vm, SkType *t, SkStr *name);
/* The class's own attribute, and its whole namespace.  Both may allocate (the attributes of built-in classes). */
SkCell *sk_type_own_cell(SkVm *vm, SkType *t, SkStr *name);
SkDict *sk_type_ns(SkVm *vm, SkType *t);
/* The value itself, SK_UNSET if absent; no descriptor is bound. */
SkValue sk_type_lookup(SkVm *vm, SkType *t, SkStr *name);
void sk_type_set(SkVm *vm, SkType *t, SkStr *name, SkValue v); /* UNSET deletes; keeps slots and caches right */
/* type(name, bases, ns) with metaclass |meta|; kwargs go to __init_subclass__. */
SkValue sk_type_new(SkVm *vm, SkType *meta, SkStr *name, SkTuple *bases, SkValue ns, const SkValue *kwvalues, SkTuple *kwnames);
SkType *sk_type_from_def(SkVm *vm, const SkTypeDef *def);             /* library modules' types */
/* The class of a library's |def| in this VM, made when first asked for. */
SkType *sk_library_type(SkVm *vm, const SkTypeDef *def);
SkType *sk_type_from_def_base(SkVm *vm, const SkTypeDef *def, SkType *base);
SkStr *sk_type_name(SkVm *vm, SkType *t);     /* for messages (%T): __name__, with the module for a library's C type */
SkStr *sk_type_fullname(SkVm *vm, SkType *t); /* module.qualname, module left out for builtins */
SkValue sk_type_call(SkVm *vm, SkValue type, const SkValue *args, size_t nargs, SkTuple *kwnames);
/* __build_class__: func, name, bases in |args|, keywords (metaclass and others) behind them. */
SkValue sk_build_class(SkVm *vm, const SkValue *args, size_t nargs, SkTuple *kwnames);
/* bases with __mro_entries__ replaced (types.resolve_bases); |bases| itself if nothing changes. */
SkTuple *sk_resolve_bases(SkVm *vm, SkTuple *bases);
SkType *sk_metaclass_for(SkVm *vm, SkType *meta, SkTuple *bases); /* the most derived one, or TypeError */

/* ---- slots (slots.c) ----------------------------------------------------------------------------------- */
/* The plain Python function (or other unbound callable taking self) behind a class's slot when the slot
 * is a dispatcher; SK_UNSET when C code answers.  vm/run pushes a frame for it instead of recursing. */
SkValue sk_slot_python_method(SkVm *vm, SkType *t, SkSlotId slot);
/* slots->new_ and ->init of classes that build through |new_native|, |init_native|. */
SkValue sk_native_new_slot(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames);
void sk_native_init_slot(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames);
/* slots->hash of unhashable classes. */
int64_t sk_hash_refuse(SkVm *vm, SkValue self);

/* ---- instances ----------------------------------------------------------------------------------------- */
/* A zeroed instance of |t| (its own kind, t->size plus attribute room); extra_bytes for kinds of
 * variable size.  Finalizer and weakref bookkeeping are done here. */
void *sk_object_new(SkVm *vm, SkType *t, size_t extra_bytes);
/* Same for a built-in class by id: the fast path when cls is not a subclass. */
void *sk_object_new_id(SkVm *vm, int type_id, size_t extra_bytes);
/* The word that holds the overflow attributes or the dict; only for classes whose instances have one. */
SkObject **sk_extra(SkVm *vm, SkObject *o, const SkShape *s);
/* Storage of attribute number |i|, which |s|, the object's shape, must have. */
SK_INLINE SkValue *sk_inline_slots(SkObject *o, const SkShape *s) { return (SkValue *)o + s->slot_base; }
SkValue *sk_attr_place(SkVm *vm, SkObject *o, const SkShape *s, unsigned i);
/* Gives |o| the next attribute: |grown| is sk_shape_add() of its shape. */
void sk_instance_extend(SkVm *vm, SkObject *o, SkShape *grown, SkValue v);
bool sk_instance_delete(SkVm *vm, SkValue o, SkStr *name); /* false: there was none */
/* A new dict with the instance's attributes (a copy: no dict mode); empty if it has none. */
SkDict *sk_instance_snapshot(SkVm *vm, SkValue o);
void sk_instance_set_dict(SkVm *vm, SkValue o, SkDict *d); /* o.__dict__ = d */
bool sk_has_attributes(const SkVm *vm, SkValue o); /* there is an instance dict, maybe virtual */
void sk_native_object_trace(SkMarker *m, SkObject *o);
void sk_native_object_finalize(SkVm *vm, SkObject *o);
void sk_instance_trace(SkMarker *m, SkObject *o);
/* For trace functions of fixed-size kinds whose class may have attributes: marks extra and slots. */
void sk_trace_attributes(SkMarker *m, SkObject *o);

/* ---- attributes (attr.c) ---------------------------------------------------------------------------------- */
SkValue sk_getattr(SkVm *vm, SkValue o, SkStr *name);             /* obj.name; raises AttributeError */
SkValue sk_getattr_opt(SkVm *vm, SkValue o, SkStr *name);         /* SK_UNSET instead of AttributeError */
void sk_setattr(SkVm *vm, SkValue o, SkStr *name, SkValue v);
void sk_delattr(SkVm *vm, SkValue o, SkStr *name);
SkValue sk_getattr_cstr(SkVm *vm, SkValue o, const char *name);
/* object.__getattribute__ and friends, no __getattr__ hook. */
SkValue sk_generic_getattr(SkVm *vm, SkValue o, SkStr *name);
SkValue sk_generic_getattr_opt(SkVm *vm, SkValue o, SkStr *name);
void sk_generic_setattr(SkVm *vm, SkValue o, SkStr *name, SkValue v); /* UNSET deletes */
void sk_generic_delattr(SkVm *vm, SkValue o, SkStr *name);
/* The instance's own attribute (no class), SK_UNSET if none; and its raw store. */
SkValue sk_instance_get(SkVm *vm, SkValue o, SkStr *name);
void sk_instance_set(SkVm *vm, SkValue o, SkStr *name, SkValue v); /* UNSET deletes */
SkDict *sk_instance_dict(SkVm *vm, SkValue o);                    /* o.__dict__, turns it into dict mode */
/* Special method by type(o), bound to o (a bound method or the value itself); SK_UNSET if absent. */
SkValue sk_lookup_special(SkVm *vm, SkValue o, SkStr *name);

/* list[int]: what __class_getitem__ of the generic built-ins makes; args one value or a tuple. */
SkValue sk_generic_alias_new(SkVm *vm, SkValue origin, SkValue args);
/* __dict__ of native classes whose instances have attributes. */
SkValue sk_dunder_dict_get(SkVm *vm, SkValue self);
void sk_dunder_dict_set(SkVm *vm, SkValue self, SkValue v);
#define SK_DICT_ATTR SK_GETSET("__dict__", sk_dunder_dict_get, sk_dunder_dict_set, "dictionary for instance variables")
extern const SkNativeDef sk_class_getitem_def; /* their __class_getitem__ (class_getitem.c) */

/* What id() gives and what "at 0x..." in a repr shows; immediates have one too. */
SK_INLINE uint64_t sk_address(SkValue v) { return sk_is_ptr(v) ? v.bits - 1 : v.bits; }

/* What happens to an exception that nobody can catch: sys.unraisablehook.  |what| UNSET or the culprit. */
void sk_unraisable(SkVm *vm, SkValue exc, SkValue what);
void sk_unraisable_message(SkVm *vm, SkValue exc, SkStr *message, SkValue what); /* |message| instead of "Exception ignored in" */

/* ---- interned names ------------------------------------------------------------------------------------------ */
#define SK_NAME(vm, field) ((vm)->names[SK_N_##field])
#define SK_SLOT_NAME(vm, field) ((vm)->names[SK_N_slot_##field])
#define SK_SLOTS(vm, v) (sk_type_of((vm), (v))->slots)

/* Makes vm->types, names and the rest: called once by vm/api when a VM is born; and gives back what
 * is not in the heap (shapes, tables), after sk_heap_free(). */
void sk_objects_init(SkVm *vm);
void sk_objects_free(SkVm *vm);
extern const SkKindInfo sk_kinds[SK_KIND_COUNT]; /* for sk_heap_init() */

SK_C_END

#endif
