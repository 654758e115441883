/* ops.h - the operator, comparison, truth, hash, repr, iteration and container protocols.  Layer 6.
 *
 * These are what the VM's slow paths and natives use: they look at the classes' slots, try reflected
 * methods in Python's order and raise Python's messages.
 */
#ifndef SK_OBJECT_OPS_H
#define SK_OBJECT_OPS_H

#include "vm/bytecode/opcode.h"
#include "vm/object/object.h"

SK_C_BEGIN

SkValue sk_binary(SkVm *vm, SkBinaryOp op, SkValue a, SkValue b);
SkValue sk_inplace(SkVm *vm, SkBinaryOp op, SkValue a, SkValue b);
SkValue sk_power(SkVm *vm, SkValue a, SkValue b, SkValue mod);
SkValue sk_negative(SkVm *vm, SkValue a);
SkValue sk_positive(SkVm *vm, SkValue a);
SkValue sk_invert(SkVm *vm, SkValue a);
SkValue sk_absolute(SkVm *vm, SkValue a);

SkValue sk_compare(SkVm *vm, SkCompareOp op, SkValue a, SkValue b); /* any object */
bool sk_compare_bool(SkVm *vm, SkCompareOp op, SkValue a, SkValue b);
bool sk_equal(SkVm *vm, SkValue a, SkValue b);     /* a is b or a == b, as containers do */
bool sk_less(SkVm *vm, SkValue a, SkValue b);
bool sk_truth(SkVm *vm, SkValue v);
int64_t sk_hash(SkVm *vm, SkValue v);              /* TypeError: unhashable type */
int64_t sk_hash_identity(SkValue v);

SkStr *sk_repr(SkVm *vm, SkValue v);
SkStr *sk_str(SkVm *vm, SkValue v);
SkStr *sk_ascii(SkVm *vm, SkValue v);
SkStr *sk_format_value(SkVm *vm, SkValue v, SkStr *spec); /* format(v, spec) */
/* repr recursion guard ("[...]"): returns false if |v| is already being printed. */
bool sk_repr_enter(SkVm *vm, SkValue v);
void sk_repr_leave(SkVm *vm, SkValue v);

int64_t sk_len(SkVm *vm, SkValue v);
int64_t sk_length_hint(SkVm *vm, SkValue v, int64_t otherwise);
SkValue sk_getitem(SkVm *vm, SkValue o, SkValue key);   /* falls to __class_getitem__ for classes */
void sk_setitem(SkVm *vm, SkValue o, SkValue key, SkValue v);
void sk_delitem(SkVm *vm, SkValue o, SkValue key);
bool sk_contains(SkVm *vm, SkValue container, SkValue item);

SkValue sk_iter(SkVm *vm, SkValue v);                   /* TypeError: 'x' object is not iterable */
SkValue sk_next(SkVm *vm, SkValue it);                  /* SK_UNSET at the end */
SkValue sk_seq_iter_new(SkVm *vm, SkValue seq);         /* iterates by __getitem__(0), (1), ... (iter_protocol.c) */
/* Runs fn over an iterable until it returns false; lists, tuples, dicts, sets, ranges need no iterator object. */
void sk_iterate(SkVm *vm, SkValue iterable, bool (*fn)(SkVm *vm, SkValue item, void *arg), void *arg);

/* Numbers from arguments.  sk_to_index: __index__, clamps to int64 or raises OverflowError as
 * CPython's "cannot fit 'int' into an index-sized integer". */
int64_t sk_to_index(SkVm *vm, SkValue v);
int64_t sk_to_index_clamped(SkVm *vm, SkValue v);       /* huge values saturate (slices) */
SkValue sk_to_int(SkVm *vm, SkValue v);                 /* operator.index(v): an int object */
double sk_to_double(SkVm *vm, SkValue v);               /* float or __float__ or __index__; "must be real number, not x" */

SK_C_END

#endif
