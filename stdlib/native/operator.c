/* operator.c - module _operator: the operators as functions.  Layer 8.  (The getters: operator_getters.c.) */
#include "stdlib/native/native_type.h"

extern const SkTypeDef sk_itemgetter_type, sk_attrgetter_type, sk_methodcaller_type;

/* ---- one table: X(name, in-place name, SkBinaryOp, sign) and so on, for the uniform ones ----------------------- */

#define BINARY(c_name, name, op, doc) \
  SK_NATIVE(c_name, name "(a, b, /)", "Same as " doc ".") { return sk_binary(vm, op, args[0], args[1]); }
#define INPLACE(c_name, name, op, doc) \
  SK_NATIVE(c_name, name "(a, b, /)", "Same as " doc ".") { return sk_inplace(vm, op, args[0], args[1]); }
#define COMPARE(c_name, name, op, doc) \
  SK_NATIVE(c_name, name "(a, b, /)", "Same as " doc ".") { return sk_compare(vm, op, args[0], args[1]); }
#define UNARY(c_name, name, fn, doc) \
  SK_NATIVE(c_name, name "(a, /)", "Same as " doc ".") { return fn(vm, args[0]); }

BINARY(op_add, "add", SK_BIN_ADD, "a + b")
BINARY(op_sub, "sub", SK_BIN_SUB, "a - b")
BINARY(op_mul, "mul", SK_BIN_MUL, "a * b")
BINARY(op_matmul, "matmul", SK_BIN_MATMUL, "a @ b")
BINARY(op_truediv, "truediv", SK_BIN_TRUEDIV, "a / b")
BINARY(op_floordiv, "floordiv", SK_BIN_FLOORDIV, "a // b")
BINARY(op_mod, "mod", SK_BIN_MOD, "a % b")
BINARY(op_lshift, "lshift", SK_BIN_LSHIFT, "a << b")
BINARY(op_rshift, "rshift", SK_BIN_RSHIFT, "a >> b")
BINARY(op_and, "and_", SK_BIN_AND, "a & b")
BINARY(op_xor, "xor", SK_BIN_XOR, "a ^ b")
BINARY(op_or, "or_", SK_BIN_OR, "a | b")
BINARY(op_pow, "pow", SK_BIN_POW, "a ** b")
INPLACE(op_iadd, "iadd", SK_BIN_ADD, "a += b")
INPLACE(op_isub, "isub", SK_BIN_SUB, "a -= b")
INPLACE(op_imul, "imul", SK_BIN_MUL, "a *= b")
INPLACE(op_imatmul, "imatmul", SK_BIN_MATMUL, "a @= b")
INPLACE(op_itruediv, "itruediv", SK_BIN_TRUEDIV, "a /= b")
INPLACE(op_ifloordiv, "ifloordiv", SK_BIN_FLOORDIV, "a //= b")
INPLACE(op_imod, "imod", SK_BIN_MOD, "a %= b")
INPLACE(op_ilshift, "ilshift", SK_BIN_LSHIFT, "a <<= b")
INPLACE(op_irshift, "irshift", SK_BIN_RSHIFT, "a >>= b")
INPLACE(op_iand, "iand", SK_BIN_AND, "a &= b")
INPLACE(op_ixor, "ixor", SK_BIN_XOR, "a ^= b")
INPLACE(op_ior, "ior", SK_BIN_OR, "a |= b")
INPLACE(op_ipow, "ipow", SK_BIN_POW, "a **= b")
COMPARE(op_lt, "lt", SK_CMP_LT, "a < b")
COMPARE(op_le, "le", SK_CMP_LE, "a <= b")
COMPARE(op_eq, "eq", SK_CMP_EQ, "a == b")
COMPARE(op_ne, "ne", SK_CMP_NE, "a != b")
COMPARE(op_gt, "gt", SK_CMP_GT, "a > b")
COMPARE(op_ge, "ge", SK_CMP_GE, "a >= b")
UNARY(op_neg, "neg", sk_negative, "-a")
UNARY(op_pos, "pos", sk_positive, "+a")
UNARY(op_abs, "abs", sk_absolute, "abs(a)")
UNARY(op_inv, "inv", sk_invert, "~a")
UNARY(op_invert, "invert", sk_invert, "~a")
UNARY(op_index, "index", sk_to_int, "a.__index__()")
#undef BINARY
#undef INPLACE
#undef COMPARE
#undef UNARY

/* ---- truth and identity --------------------------------------------------------------------------------------- */

SK_NATIVE(op_not, "not_(a, /)", "Same as not a.") { return sk_bool(!sk_truth(vm, args[0])); }
SK_NATIVE(op_truth, "truth(a, /)", "Return True if a is true, False otherwise.") { return sk_bool(sk_truth(vm, args[0])); }
SK_NATIVE(op_is, "is_(a, b, /)", "Same as a is b.") { return (void)vm, sk_bool(sk_is(args[0], args[1])); }
SK_NATIVE(op_is_not, "is_not(a, b, /)", "Same as a is not b.") { return (void)vm, sk_bool(!sk_is(args[0], args[1])); }

/* ---- containers -------------------------------------------------------------------------------------------------- */

static void require_sequence(SkVm *vm, SkValue a) {
  if (!SK_SLOTS(vm, a)->getitem || sk_is_dict(a)) sk_raise_type(vm, "'%T' object can't be concatenated", a);
}
SK_NATIVE(op_concat, "concat(a, b, /)", "Same as a + b, for a and b sequences.") {
  require_sequence(vm, args[0]);
  return sk_binary(vm, SK_BIN_ADD, args[0], args[1]);
}
SK_NATIVE(op_iconcat, "iconcat(a, b, /)", "Same as a += b, for a and b sequences.") {
  require_sequence(vm, args[0]);
  return sk_inplace(vm, SK_BIN_ADD, args[0], args[1]);
}
SK_NATIVE(op_contains, "contains(a, b, /)", "Same as b in a (note reversed operands).") {
  return sk_bool(sk_contains(vm, args[0], args[1]));
}
SK_NATIVE(op_getitem, "getitem(a, b, /)", "Same as a[b].") { return sk_getitem(vm, args[0], args[1]); }
SK_NATIVE(op_setitem, "setitem(a, b, c, /)", "Same as a[b] = c.") { return sk_setitem(vm, args[0], args[1], args[2]), SK_NONE; }
SK_NATIVE(op_delitem, "delitem(a, b, /)", "Same as del a[b].") { return sk_delitem(vm, args[0], args[1]), SK_NONE; }

typedef struct Search { SkValue wanted; int64_t at, count; bool all; } Search;
static bool search_one(SkVm *vm, SkValue item, void *arg) {
  Search *s = arg;
  s->at++;
  if (!sk_equal(vm, item, s->wanted)) return true;
  s->count++;
  return s->all;
}
static Search search(SkVm *vm, SkValue a, SkValue b, bool all) {
  Search s = {b, -1, 0, all};
  const SkSlots *slots = SK_SLOTS(vm, a);
  if (!slots->iter && !slots->getitem) sk_raise_type(vm, "argument of type '%T' is not iterable", a);
  sk_iterate(vm, a, search_one, &s);
  return s;
}
SK_NATIVE(op_count_of, "countOf(a, b, /)", "Return the number of items in a which are, or which equal, b.") {
  return sk_int_new(vm, search(vm, args[0], args[1], true).count);
}
SK_NATIVE(op_index_of, "indexOf(a, b, /)", "Return the first index of b in a.") {
  Search s = search(vm, args[0], args[1], false);
  if (!s.count) sk_raise_value(vm, "sequence.index(x): x not in sequence");
  return sk_int_new(vm, s.at);
}
SK_NATIVE(op_length_hint, "length_hint(obj, default=0, /)",
          "Return an estimate of the number of items in obj.\n\n"
          "This is useful for presizing containers when building from an iterable.\n\n"
          "If the object supports len(), the result will be exact.\nOtherwise, it may over- or under-estimate by an arbitrary amount.") {
  int64_t otherwise = sk_to_index(vm, args[1]);
  return sk_int_new(vm, sk_length_hint(vm, args[0], otherwise));
}

SK_NATIVE(op_call, "call(obj, /, *args, **kwargs)", "Same as obj(*args, **kwargs).") {
  return sk_call_spread(vm, args[0], sk_as_tuple(args[1]), sk_as_dict(args[2]));
}

/* ---- the module ------------------------------------------------------------------------------------------------------ */

static const SkNativeDef *const operator_functions[] = {
    &op_add_def, &op_sub_def, &op_mul_def, &op_matmul_def, &op_truediv_def, &op_floordiv_def, &op_mod_def, &op_lshift_def,
    &op_rshift_def, &op_and_def, &op_xor_def, &op_or_def, &op_pow_def, &op_iadd_def, &op_isub_def, &op_imul_def,
    &op_imatmul_def, &op_itruediv_def, &op_ifloordiv_def, &op_imod_def, &op_ilshift_def, &op_irshift_def, &op_iand_def,
    &op_ixor_def, &op_ior_def, &op_ipow_def, &op_lt_def, &op_le_def, &op_eq_def, &op_ne_def, &op_gt_def, &op_ge_def,
    &op_neg_def, &op_pos_def, &op_abs_def, &op_inv_def, &op_invert_def, &op_index_def, &op_not_def, &op_truth_def,
    &op_is_def, &op_is_not_def, &op_concat_def, &op_iconcat_def, &op_contains_def, &op_getitem_def, &op_setitem_def,
    &op_delitem_def, &op_count_of_def, &op_index_of_def, &op_length_hint_def, &op_call_def, NULL,
};

static void operator_init(SkVm *vm, SkModule *m) {
  sk_module_add_type(vm, m, &sk_itemgetter_type);
  sk_module_add_type(vm, m, &sk_attrgetter_type);
  sk_module_add_type(vm, m, &sk_methodcaller_type);
}

const SkModuleDef sk_operator_module = {.name = "_operator", .doc = "Operator interface.", .functions = operator_functions, .init = operator_init};
