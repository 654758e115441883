/* bool.c - True and False.  Layer 6.
 *
 * Two immediates whose class is bool, a subclass of int: whatever is not here
 * is inherited and treats them as 1 and 0.
 */
#include "vm/object/func.h"
#include "vm/object/int_impl.h"
#include "vm/object/ops.h"
#include "vm/object/str.h"

SK_NATIVE(bool_new, "__new__(cls, object=False, /)",
          "Returns True when the argument is true, False otherwise.") {
  return sk_bool(sk_truth(vm, args[1]));
}

static SkValue bool_repr(SkVm *vm, SkValue v) {
  return sk_from_ptr(sk_intern(vm, sk_is_true(v) ? "True" : "False"));
}

static SkValue bool_bitop(SkVm *vm, SkBitOp op, SkValue a, SkValue b) {
  if (!sk_is_int(a) || !sk_is_int(b)) return SK_NOTIMPLEMENTED;
  if (!sk_is_bool(a) || !sk_is_bool(b)) return sk_int_bitop(vm, op, a, b);
  bool x = sk_is_true(a), y = sk_is_true(b);
  return sk_bool(op == SK_BIT_AND ? x && y : op == SK_BIT_OR ? x || y : x != y);
}

static SkValue bool_and(SkVm *vm, SkValue a, SkValue b) { return bool_bitop(vm, SK_BIT_AND, a, b); }
static SkValue bool_or(SkVm *vm, SkValue a, SkValue b) { return bool_bitop(vm, SK_BIT_OR, a, b); }
static SkValue bool_xor(SkVm *vm, SkValue a, SkValue b) { return bool_bitop(vm, SK_BIT_XOR, a, b); }

static SkValue bool_invert(SkVm *vm, SkValue v) {
  sk_warn(vm, SK_T_DeprecationWarning,
          "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This "
          "returns the bitwise inversion of the underlying int object and is usually not what you "
          "expect from negating a bool. Use the 'not' operator for boolean negation or ~int(x) if "
          "you really want the bitwise inversion of the underlying int.");
  return sk_int_invert(vm, v);
}

const SkTypeDef sk_bool_type = {
    .name = "bool",
    .doc = "Returns True when the argument is true, False otherwise.\n"
           "The builtins True and False are the only two instances of the class bool.\n"
           "The class bool is a subclass of the class int, and cannot be subclassed.",
    .base = SK_T_int,
    .kind = SK_KIND_INT,
    .size = sizeof(SkInt),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_MATCH_SELF,
    .slots =
        {
            .repr = bool_repr,
            .invert = bool_invert,
            .and_ = bool_and,
            .rand_ = bool_and,
            .or_ = bool_or,
            .ror_ = bool_or,
            .xor_ = bool_xor,
            .rxor_ = bool_xor,
        },
    .new_ = &bool_new_def,
};
