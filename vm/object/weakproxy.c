/* weakproxy.c - weakref.proxy: does to its target whatever is done to it, while it lives.                 Layer 6. */
#include "vm/object/object_impl.h"

static SkValue target_of(SkVm *vm, SkValue v) {
  SkValue o = weakref_get(vm, v);
  if (sk_is_none(o)) sk_raisef(vm, SK_T_ReferenceError, "weakly-referenced object no longer exists");
  return o;
}
static SkValue unwrap(SkVm *vm, SkValue v) {
  SkType *t = sk_type_of(vm, v);
  return t == vm->types[SK_T_weakproxy] || t == vm->types[SK_T_weakcallableproxy] ? target_of(vm, v) : v;
}

SkValue sk_weakproxy_new(SkVm *vm, SkValue target, SkValue callback) {
  SkObject *o = weakref_target(vm, target);
  int id = SK_SLOTS(vm, target)->call ? SK_T_weakcallableproxy : SK_T_weakproxy;
  return weakref_shared(vm, id, o, callback);
}

static SkValue proxy_repr(SkVm *vm, SkValue self) {
  SkValue o = weakref_get(vm, self);
  if (sk_is_none(o)) return sk_from_ptr(sk_format(vm, "<weakproxy at 0x%lx; dead>", sk_address(self)));
  return sk_from_ptr(sk_format(vm, "<weakproxy at 0x%lx; to '%T' at 0x%lx>", sk_address(self), o, sk_address(o)));
}
static SkValue proxy_str(SkVm *vm, SkValue self) { return sk_from_ptr(sk_str(vm, target_of(vm, self))); }
static SkValue proxy_getattr(SkVm *vm, SkValue self, SkStr *name) { return sk_getattr(vm, target_of(vm, self), name); }
static void proxy_setattr(SkVm *vm, SkValue self, SkStr *name, SkValue v) { sk_setattr(vm, target_of(vm, self), name, v); }
static void proxy_delattr(SkVm *vm, SkValue self, SkStr *name) { sk_delattr(vm, target_of(vm, self), name); }
static SkValue proxy_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  return sk_call(vm, target_of(vm, self), args, nargs, kwnames);
}
static SkValue proxy_iter(SkVm *vm, SkValue self) { return sk_iter(vm, target_of(vm, self)); }
static SkValue proxy_next(SkVm *vm, SkValue self) {
  SkValue o = target_of(vm, self);
  if (!SK_SLOTS(vm, o)->next) sk_raise_type(vm, "Weakref proxy referenced a non-iterator '%T' object", o);
  return sk_next(vm, o);
}
static int64_t proxy_len(SkVm *vm, SkValue self) { return sk_len(vm, target_of(vm, self)); }
static bool proxy_bool(SkVm *vm, SkValue self) { return sk_truth(vm, target_of(vm, self)); }
static bool proxy_contains(SkVm *vm, SkValue self, SkValue v) { return sk_contains(vm, target_of(vm, self), v); }
static SkValue proxy_getitem(SkVm *vm, SkValue self, SkValue key) { return sk_getitem(vm, target_of(vm, self), key); }
static void proxy_setitem(SkVm *vm, SkValue self, SkValue key, SkValue v) { sk_setitem(vm, target_of(vm, self), key, v); }
static void proxy_delitem(SkVm *vm, SkValue self, SkValue key) { sk_delitem(vm, target_of(vm, self), key); }
static SkValue proxy_neg(SkVm *vm, SkValue self) { return sk_negative(vm, target_of(vm, self)); }
static SkValue proxy_pos(SkVm *vm, SkValue self) { return sk_positive(vm, target_of(vm, self)); }
static SkValue proxy_invert(SkVm *vm, SkValue self) { return sk_invert(vm, target_of(vm, self)); }
static SkValue proxy_abs(SkVm *vm, SkValue self) { return sk_absolute(vm, target_of(vm, self)); }
static SkValue proxy_index(SkVm *vm, SkValue self) { return sk_to_int(vm, target_of(vm, self)); }
static SkValue proxy_int(SkVm *vm, SkValue self) { return sk_call1(vm, sk_from_ptr(vm->types[SK_T_int]), target_of(vm, self)); }
static SkValue proxy_float(SkVm *vm, SkValue self) { return sk_call1(vm, sk_from_ptr(vm->types[SK_T_float]), target_of(vm, self)); }
static SkValue proxy_pow(SkVm *vm, SkValue a, SkValue b, SkValue c) { return sk_power(vm, unwrap(vm, a), unwrap(vm, b), unwrap(vm, c)); }
static SkValue proxy_rpow(SkVm *vm, SkValue a, SkValue b, SkValue c) { return sk_power(vm, unwrap(vm, b), unwrap(vm, a), unwrap(vm, c)); }
static SkValue proxy_ipow(SkVm *vm, SkValue a, SkValue b) { return sk_inplace(vm, SK_BIN_POW, unwrap(vm, a), unwrap(vm, b)); }

#define BINARY(name, op)                                                                                                        \
  static SkValue proxy_##name(SkVm *vm, SkValue a, SkValue b) { return sk_binary(vm, op, unwrap(vm, a), unwrap(vm, b)); }      \
  static SkValue proxy_r##name(SkVm *vm, SkValue a, SkValue b) { return sk_binary(vm, op, unwrap(vm, b), unwrap(vm, a)); }
#define OPERATOR(name, op) \
  BINARY(name, op)         \
  static SkValue proxy_i##name(SkVm *vm, SkValue a, SkValue b) { return sk_inplace(vm, op, unwrap(vm, a), unwrap(vm, b)); }
OPERATOR(add, SK_BIN_ADD)
OPERATOR(sub, SK_BIN_SUB)
OPERATOR(mul, SK_BIN_MUL)
OPERATOR(matmul, SK_BIN_MATMUL)
OPERATOR(truediv, SK_BIN_TRUEDIV)
OPERATOR(floordiv, SK_BIN_FLOORDIV)
OPERATOR(mod, SK_BIN_MOD)
OPERATOR(lshift, SK_BIN_LSHIFT)
OPERATOR(rshift, SK_BIN_RSHIFT)
OPERATOR(and, SK_BIN_AND)
OPERATOR(xor, SK_BIN_XOR)
OPERATOR(or, SK_BIN_OR)
BINARY(divmod, SK_BIN_DIVMOD)

#define COMPARE(name, op) \
  static SkValue proxy_##name(SkVm *vm, SkValue a, SkValue b) { return sk_compare(vm, op, unwrap(vm, a), unwrap(vm, b)); }
COMPARE(lt, SK_CMP_LT)
COMPARE(le, SK_CMP_LE)
COMPARE(eq, SK_CMP_EQ)
COMPARE(ne, SK_CMP_NE)
COMPARE(gt, SK_CMP_GT)
COMPARE(ge, SK_CMP_GE)

SK_NATIVE(proxy_bytes, "__bytes__(self, /)", NULL) { return sk_call_method0(vm, target_of(vm, args[0]), SK_NAME(vm, dunder_bytes)); }
SK_NATIVE(proxy_reversed, "__reversed__(self, /)", NULL) {
  return sk_call_method0(vm, target_of(vm, args[0]), SK_NAME(vm, dunder_reversed));
}
static const SkAttrDef proxy_attrs[] = {SK_METHOD(proxy_bytes), SK_METHOD(proxy_reversed), SK_ATTRS_END};

/* Unhashable: eq without hash. */
#define PROXY_SLOTS                                                                                                            \
  .repr = proxy_repr, .str = proxy_str, .getattribute = proxy_getattr, .setattr = proxy_setattr, .delattr = proxy_delattr,     \
  .iter = proxy_iter, .len = proxy_len, .bool_ = proxy_bool, .contains = proxy_contains,                    \
  .getitem = proxy_getitem, .setitem = proxy_setitem, .delitem = proxy_delitem, .neg = proxy_neg, .pos = proxy_pos,            \
  .invert = proxy_invert, .abs = proxy_abs, .index = proxy_index, .int_ = proxy_int, .float_ = proxy_float, .pow = proxy_pow,  \
  .rpow = proxy_rpow, .ipow = proxy_ipow, .lt = proxy_lt, .le = proxy_le, .eq = proxy_eq, .ne = proxy_ne, .gt = proxy_gt,      \
  .ge = proxy_ge, .add = proxy_add, .radd = proxy_radd, .iadd = proxy_iadd, .sub = proxy_sub, .rsub = proxy_rsub,              \
  .isub = proxy_isub, .mul = proxy_mul, .rmul = proxy_rmul, .imul = proxy_imul, .matmul = proxy_matmul,                        \
  .rmatmul = proxy_rmatmul, .imatmul = proxy_imatmul, .truediv = proxy_truediv, .rtruediv = proxy_rtruediv,                    \
  .itruediv = proxy_itruediv, .floordiv = proxy_floordiv, .rfloordiv = proxy_rfloordiv, .ifloordiv = proxy_ifloordiv,          \
  .mod = proxy_mod, .rmod = proxy_rmod, .imod = proxy_imod, .lshift = proxy_lshift, .rlshift = proxy_rlshift,                  \
  .ilshift = proxy_ilshift, .rshift = proxy_rshift, .rrshift = proxy_rrshift, .irshift = proxy_irshift, .and_ = proxy_and,     \
  .rand_ = proxy_rand, .iand = proxy_iand, .xor_ = proxy_xor, .rxor_ = proxy_rxor, .ixor = proxy_ixor, .or_ = proxy_or,        \
  .ror_ = proxy_ror, .ior = proxy_ior, .divmod = proxy_divmod, .rdivmod = proxy_rdivmod

const SkTypeDef sk_weakproxy_type = {
    .name = "weakref.ProxyType", .kind = SK_KIND_WEAKREF, .size = sizeof(SkWeakref), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {PROXY_SLOTS, .next = proxy_next}, .attrs = proxy_attrs};
const SkTypeDef sk_weakcallableproxy_type = {
    .name = "weakref.CallableProxyType", .kind = SK_KIND_WEAKREF, .size = sizeof(SkWeakref), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {PROXY_SLOTS, .call = proxy_call, .next = proxy_next}, .attrs = proxy_attrs};
