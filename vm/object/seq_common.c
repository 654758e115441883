/* seq_common.c - what list and tuple share: comparison, searching, counting, repeating.  Layer 6.
 *
 * Every comparison of items may run script code that changes a list, so each step asks for the
 * items and their number anew.
 */
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"

static SkValue compare_sizes(int op, size_t a, size_t b) {
  switch (op) {
    case SK_CMP_LT: return sk_bool(a < b);
    case SK_CMP_LE: return sk_bool(a <= b);
    case SK_CMP_EQ: return sk_bool(a == b);
    case SK_CMP_NE: return sk_bool(a != b);
    case SK_CMP_GT: return sk_bool(a > b);
    default: return sk_bool(a >= b);
  }
}

SkValue sk_seq_compare(SkVm *vm, int op, SkValue a, SkValue b) {
  if ((op == SK_CMP_EQ || op == SK_CMP_NE) && sk_seq_span(a).count != sk_seq_span(b).count) {
    return sk_bool(op == SK_CMP_NE);
  }
  sk_charge(vm, 1);
  for (size_t i = 0, turns = 0;; i++) {
    SK_TURN(vm, turns);
    SkSpan x = sk_seq_span(a), y = sk_seq_span(b);
    if (i >= x.count || i >= y.count) return compare_sizes(op, x.count, y.count);
    SkValue p = x.items[i], q = y.items[i];
    if (sk_is(p, q) || sk_equal(vm, p, q)) continue;
    size_t left = sk_seq_span(a).count, right = sk_seq_span(b).count;
    if (i >= left || i >= right) return compare_sizes(op, left, right); /* __eq__ shortened a list */
    if (op == SK_CMP_EQ || op == SK_CMP_NE) return sk_bool(op == SK_CMP_NE);
    return sk_compare(vm, (SkCompareOp)op, p, q);
  }
}

bool sk_seq_contains(SkVm *vm, SkValue seq, SkValue x) {
  SkSpan s;
  for (size_t i = 0, turns = 0; i < (s = sk_seq_span(seq)).count; i++) {
    SK_TURN(vm, turns);
    if (sk_is(s.items[i], x) || sk_equal(vm, s.items[i], x)) return true;
  }
  return false;
}

int64_t sk_seq_count(SkVm *vm, SkValue seq, SkValue x) {
  int64_t n = 0;
  SkSpan s;
  for (size_t i = 0, turns = 0; i < (s = sk_seq_span(seq)).count; i++) {
    SK_TURN(vm, turns);
    if (sk_is(s.items[i], x) || sk_equal(vm, s.items[i], x)) n++;
  }
  return n;
}

size_t sk_to_bound(SkVm *vm, SkValue v, size_t length) {
  if (!sk_is_int(v) && !SK_SLOTS(vm, v)->index) {
    sk_raise_type(vm, "slice indices must be integers or have an __index__ method");
  }
  int64_t i = sk_to_index_clamped(vm, v);
  if (i < 0) i += (int64_t)length;
  return i < 0 ? 0 : (size_t)i;
}

int64_t sk_seq_find(SkVm *vm, SkValue seq, SkValue x, SkValue start, SkValue stop) {
  size_t length = sk_seq_span(seq).count;
  size_t from = sk_to_bound(vm, start, length), to = sk_to_bound(vm, stop, length);
  SkSpan s;
  size_t turns = 0;
  for (size_t i = from; i < to && i < (s = sk_seq_span(seq)).count; i++) {
    SK_TURN(vm, turns);
    if (sk_is(s.items[i], x) || sk_equal(vm, s.items[i], x)) return (int64_t)i;
  }
  return -1;
}

/* The operands of a concatenation or repetition that the sequence can't do itself get their chance to
 * answer before the sequence complains, as in CPython, where sequences come after numbers. */
SkValue sk_seq_add_other(SkVm *vm, SkValue self, SkValue other, const char *name) {
  SkBinaryFn radd = SK_SLOTS(vm, other)->radd;
  SkValue r = radd ? radd(vm, other, self) : SK_NOTIMPLEMENTED;
  if (!sk_is_notimplemented(r)) return r;
  sk_raise_type(vm, "can only concatenate %s (not \"%T\") to %s", name, other, name);
}

/* Whether |rmul| is a sequence's own repetition: asking it would come back here. */
static bool is_repetition(const SkVm *vm, SkBinaryFn rmul) {
  const int sequences[] = {SK_T_list, SK_T_tuple, SK_T_str, SK_T_bytes, SK_T_bytearray};
  for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
    if (rmul == vm->types[sequences[i]]->slots->rmul) return true;
  }
  return false;
}

SkValue sk_seq_mul_other(SkVm *vm, SkValue self, SkValue other) {
  SkBinaryFn rmul = SK_SLOTS(vm, other)->rmul;
  SkValue r = rmul && !is_repetition(vm, rmul) ? rmul(vm, other, self) : SK_NOTIMPLEMENTED;
  if (!sk_is_notimplemented(r)) return r;
  sk_raise_type(vm, "can't multiply sequence by non-int of type '%T'", other);
}

/* other * self, where the left operand may be a sequence too: then it is the one that complains. */
SK_NORETURN SkValue sk_seq_rmul_other(SkVm *vm, SkValue self, SkValue other) {
  if (sk_is_ptr(other)) {
    int kind = sk_object(other)->kind;
    bool seq = kind == SK_KIND_STR || kind == SK_KIND_BYTES || kind == SK_KIND_BYTEARRAY || kind == SK_KIND_LIST || kind == SK_KIND_TUPLE;
    if (seq) sk_raise_type(vm, "can't multiply sequence by non-int of type '%T'", self);
  }
  sk_raise_type(vm, "can't multiply sequence by non-int of type '%T'", other);
}

bool sk_seq_repeat_times(SkVm *vm, SkValue n, int64_t *times) {
  if (sk_is_smallint(n)) return *times = sk_smallint_get(n), true;
  if (!sk_is_int(n) && !SK_SLOTS(vm, n)->index) return false;
  *times = sk_to_index(vm, n);
  return true;
}

size_t sk_seq_repeat_size(SkVm *vm, size_t count, int64_t times) {
  if (times <= 0 || count == 0) return 0;
  if ((uint64_t)times > INT64_MAX / sizeof(SkValue) / count) sk_raise_nomem(vm);
  return count * (size_t)times;
}

int64_t sk_to_subscript(SkVm *vm, SkValue key, const char *what) {
  if (sk_is_smallint(key)) return sk_smallint_get(key);
  if (!sk_is_int(key) && !SK_SLOTS(vm, key)->index) {
    sk_raise_type(vm, "%s indices must be integers or slices, not %T", what, key);
  }
  int64_t i;
  if (!sk_int_get_i64(sk_to_int(vm, key), &i)) {
    sk_raisef(vm, SK_T_IndexError, "cannot fit '%T' into an index-sized integer", key);
  }
  return i;
}
