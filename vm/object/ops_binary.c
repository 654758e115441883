/* ops_binary.c - arithmetic and bit operators in Python's order of attempts.                         Layer 6.
 *
 * a + b asks type(a).__add__, then type(b).__radd__; the right operand goes first when its class is a
 * proper subclass of the left's that has another __radd__.  In-place operators try __iadd__ before.
 */
#include "vm/object/object_impl.h"

static const char *const symbols[SK_BIN_COUNT] = {"+", "-", "*", "@", "/", "//", "%", "** or pow()", "<<", ">>", "&", "^", "|", "divmod()"};
static const char *const inplace_symbols[SK_BIN_COUNT] = {"+=", "-=", "*=", "@=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "^=", "|=", "divmod()"};

SK_COLD SK_NORETURN static void raise_unsupported(SkVm *vm, const char *symbol, SkValue a, SkValue b) {
  bool print = sk_has_kind(a, SK_KIND_NATIVE) && strcmp(symbol, ">>") == 0 && sk_str_equal_cstr(((SkNative *)sk_ptr(a))->name, "print");
  sk_raise_type(vm, "unsupported operand type(s) for %s: '%T' and '%T'%s", symbol, a, b,
                print ? ". Did you mean \"print(<message>, file=<output_stream>)\"?" : "");
}

/* pow has a third operand; all others look alike. */
static SkValue call(SkVm *vm, const SkSlots *s, int id, SkValue self, SkValue other) {
  void *fn = slot_pointer(s, id);
  if (!fn) return SK_NOTIMPLEMENTED;
  if (id == SK_SLOT_pow || id == SK_SLOT_rpow) return ((SkPowFn)fn)(vm, self, other, SK_NONE);
  return ((SkBinaryFn)fn)(vm, self, other);
}

/* Whether tb, a proper subclass of ta, answers the reflected operator in its own way. */
static bool overrides(SkVm *vm, SkType *ta, SkType *tb, int id) {
  void *a = slot_pointer(ta->slots, id), *b = slot_pointer(tb->slots, id);
  if (!b) return false;
  if (a != b) return true;
  if (!slot_is_dispatcher(tb->slots, id)) return false;
  return sk_type_lookup_cell(vm, ta, slot_name(vm, id)) != sk_type_lookup_cell(vm, tb, slot_name(vm, id));
}

static SkValue attempt(SkVm *vm, SkBinaryOp op, SkValue a, SkValue b) {
  int forward = SK_SLOT_add + (int)op, reflected = SK_SLOT_radd + (int)op;
  SkType *ta = sk_type_of(vm, a), *tb = sk_type_of(vm, b);
  if (ta == tb) return call(vm, ta->slots, forward, a, b);
  bool right_first = sk_type_is_subtype(tb, ta) && overrides(vm, ta, tb, reflected);
  if (right_first) {
    SkValue v = call(vm, tb->slots, reflected, b, a);
    if (!sk_is_notimplemented(v)) return v;
  }
  SkValue v = call(vm, ta->slots, forward, a, b);
  if (!sk_is_notimplemented(v) || right_first) return v;
  return call(vm, tb->slots, reflected, b, a);
}

SkValue sk_binary(SkVm *vm, SkBinaryOp op, SkValue a, SkValue b) {
  SkValue v = attempt(vm, op, a, b);
  if (sk_is_notimplemented(v)) raise_unsupported(vm, symbols[op], a, b);
  return v;
}

SkValue sk_inplace(SkVm *vm, SkBinaryOp op, SkValue a, SkValue b) {
  sk_assert(op != SK_BIN_DIVMOD);
  SkBinaryFn fn = (SkBinaryFn)slot_pointer(SK_SLOTS(vm, a), SK_SLOT_iadd + (int)op);
  SkValue v = fn ? fn(vm, a, b) : SK_NOTIMPLEMENTED;
  if (sk_is_notimplemented(v)) v = attempt(vm, op, a, b);
  if (sk_is_notimplemented(v)) raise_unsupported(vm, inplace_symbols[op], a, b);
  return v;
}

SkValue sk_power(SkVm *vm, SkValue a, SkValue b, SkValue mod) {
  if (sk_is_none(mod)) return sk_binary(vm, SK_BIN_POW, a, b);
  SkPowFn fn = SK_SLOTS(vm, a)->pow;
  SkValue v = fn ? fn(vm, a, b, mod) : SK_NOTIMPLEMENTED;
  if (sk_is_notimplemented(v))
    sk_raise_type(vm, "unsupported operand type(s) for ** or pow(): '%T', '%T', '%T'", a, b, mod);
  return v;
}

static SkValue unary(SkVm *vm, SkUnaryFn fn, SkValue a, const char *what) {
  if (!fn) sk_raise_type(vm, "bad operand type for %s: '%T'", what, a);
  return fn(vm, a);
}
SkValue sk_negative(SkVm *vm, SkValue a) { return unary(vm, SK_SLOTS(vm, a)->neg, a, "unary -"); }
SkValue sk_positive(SkVm *vm, SkValue a) { return unary(vm, SK_SLOTS(vm, a)->pos, a, "unary +"); }
SkValue sk_invert(SkVm *vm, SkValue a) { return unary(vm, SK_SLOTS(vm, a)->invert, a, "unary ~"); }
SkValue sk_absolute(SkVm *vm, SkValue a) { return unary(vm, SK_SLOTS(vm, a)->abs, a, "abs()"); }
