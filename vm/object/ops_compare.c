/* ops_compare.c - rich comparison, equality, truth and hash.                                          Layer 6. */
#include "vm/base/hash.h"
#include "vm/object/object_impl.h"

static const char *const symbols[] = {"<", "<=", "==", "!=", ">", ">="};
static const SkCompareOp swapped[] = {SK_CMP_GT, SK_CMP_GE, SK_CMP_EQ, SK_CMP_NE, SK_CMP_LT, SK_CMP_LE};

static SkValue ask(SkVm *vm, SkCompareOp op, SkValue a, SkValue b) {
  SkBinaryFn fn = (SkBinaryFn)slot_pointer(SK_SLOTS(vm, a), SK_SLOT_lt + (int)op);
  return fn ? fn(vm, a, b) : SK_NOTIMPLEMENTED;
}

SkValue sk_compare(SkVm *vm, SkCompareOp op, SkValue a, SkValue b) {
  sk_enter(vm, " in comparison");
  sk_charge(vm, 1);
  SkType *ta = sk_type_of(vm, a), *tb = sk_type_of(vm, b);
  bool right_first = ta != tb && sk_type_is_subtype(tb, ta);
  SkValue v;
  if (right_first) {
    v = ask(vm, swapped[op], b, a);
    if (!sk_is_notimplemented(v)) return v;
  }
  v = ask(vm, op, a, b);
  if (!sk_is_notimplemented(v)) return v;
  if (!right_first) {
    v = ask(vm, swapped[op], b, a);
    if (!sk_is_notimplemented(v)) return v;
  }
  if (op == SK_CMP_EQ) return sk_bool(sk_is(a, b));
  if (op == SK_CMP_NE) return sk_bool(!sk_is(a, b));
  sk_raise_type(vm, "'%s' not supported between instances of '%T' and '%T'", symbols[op], a, b);
}

bool sk_compare_bool(SkVm *vm, SkCompareOp op, SkValue a, SkValue b) {
  if (sk_both_smallint(a, b)) {
    int64_t x = (int64_t)a.bits, y = (int64_t)b.bits;
    switch (op) {
      case SK_CMP_LT: return x < y;
      case SK_CMP_LE: return x <= y;
      case SK_CMP_EQ: return x == y;
      case SK_CMP_NE: return x != y;
      case SK_CMP_GT: return x > y;
      default: return x >= y;
    }
  }
  return sk_truth(vm, sk_compare(vm, op, a, b));
}

bool sk_equal(SkVm *vm, SkValue a, SkValue b) {
  if (sk_is(a, b)) return true;
  if (sk_both_smallint(a, b)) return false;
  if (sk_is_str(a) && sk_is_str(b) && sk_is_exactly(vm, a, SK_T_str) && sk_is_exactly(vm, b, SK_T_str))
    return sk_str_same(vm, sk_as_str(a), sk_as_str(b));
  return sk_truth(vm, sk_compare(vm, SK_CMP_EQ, a, b));
}

bool sk_less(SkVm *vm, SkValue a, SkValue b) { return sk_compare_bool(vm, SK_CMP_LT, a, b); }

bool sk_truth(SkVm *vm, SkValue v) {
  if (sk_is_bool(v)) return sk_is_true(v);
  if (sk_is_none(v)) return false;
  if (sk_is_smallint(v)) return v.bits != 0;
  const SkSlots *s = SK_SLOTS(vm, v);
  if (s->bool_) return s->bool_(vm, v);
  return s->len ? s->len(vm, v) != 0 : true;
}

int64_t sk_hash_identity(SkValue v) {
  uint64_t x = sk_address(v);
  x = x >> 4 | x << 60;
  int64_t h = (int64_t)(x & ((UINT64_C(1) << 61) - 1)); /* fits a small int */
  return h == -1 ? -2 : h;
}

int64_t sk_hash_refuse(SkVm *vm, SkValue self) { sk_raise_type(vm, "unhashable type: '%T'", self); }

int64_t sk_hash(SkVm *vm, SkValue v) {
  if (sk_is_str(v)) return sk_is_exactly(vm, v, SK_T_str) ? sk_str_hash(vm, sk_as_str(v)) : SK_SLOTS(vm, v)->hash(vm, v);
  SkHashFn fn = SK_SLOTS(vm, v)->hash;
  if (!fn) sk_hash_refuse(vm, v);
  return fn(vm, v);
}
