/* bisect.c - module _bisect: places in sorted sequences.  Layer 8. */
#include "stdlib/native/native_type.h"

/* Where |x| goes in |a|, left or right of its equals; |key| is applied to the items, not to x. */
static int64_t bisect(SkVm *vm, SkValue a, SkValue x, SkValue from, SkValue to, SkValue key, bool right) {
  int64_t lo = sk_to_index(vm, from);
  if (lo < 0) sk_raise_value(vm, "lo must be non-negative");
  int64_t hi = sk_is_none(to) ? sk_len(vm, a) : sk_to_index(vm, to);
  bool list = sk_is_exactly(vm, a, SK_T_list);
  while (lo < hi) {
    sk_charge(vm, 1);
    int64_t mid = lo + (hi - lo) / 2;
    SkValue item;
    if (list && (size_t)mid < sk_as_list(a)->count) {
      item = sk_list_items(sk_as_list(a))[mid];
    } else {
      item = sk_getitem(vm, a, sk_int_new(vm, mid));
    }
    if (!sk_is_none(key)) item = sk_call1(vm, key, item);
    if (right ? sk_less(vm, x, item) : !sk_less(vm, item, x)) {
      hi = mid;
    } else {
      lo = mid + 1;
    }
  }
  return lo;
}

static SkValue insort(SkVm *vm, const SkValue *args, bool right) {
  SkValue x = sk_is_none(args[4]) ? args[1] : sk_call1(vm, args[4], args[1]);
  int64_t i = bisect(vm, args[0], x, args[2], args[3], args[4], right);
  if (sk_is_exactly(vm, args[0], SK_T_list)) {
    sk_list_insert(vm, sk_as_list(args[0]), i, args[1]);
  } else {
    SkValue both[] = {sk_int_new(vm, i), args[1]};
    sk_call_method(vm, args[0], sk_intern(vm, "insert"), both, 2);
  }
  return SK_NONE;
}

SK_NATIVE(bisect_right, "bisect_right(a, x, lo=0, hi=None, *, key=None)",
          "Return the index where to insert item x in list a, assuming a is sorted.\n\n"
          "The return value i is such that all e in a[:i] have e <= x, and all e in\n"
          "a[i:] have e > x.  So if x already appears in the list, a.insert(i, x) will\n"
          "insert just after the rightmost x already there.") {
  return sk_int_new(vm, bisect(vm, args[0], args[1], args[2], args[3], args[4], true));
}
SK_NATIVE(bisect_left, "bisect_left(a, x, lo=0, hi=None, *, key=None)",
          "Return the index where to insert item x in list a, assuming a is sorted.\n\n"
          "The return value i is such that all e in a[:i] have e < x, and all e in\n"
          "a[i:] have e >= x.  So if x already appears in the list, a.insert(i, x) will\n"
          "insert just before the leftmost x already there.") {
  return sk_int_new(vm, bisect(vm, args[0], args[1], args[2], args[3], args[4], false));
}
SK_NATIVE(insort_right, "insort_right(a, x, lo=0, hi=None, *, key=None)",
          "Insert item x in list a, and keep it sorted assuming a is sorted.\n\n"
          "If x is already in a, insert it to the right of the rightmost x.") {
  return insort(vm, args, true);
}
SK_NATIVE(insort_left, "insort_left(a, x, lo=0, hi=None, *, key=None)",
          "Insert item x in list a, and keep it sorted assuming a is sorted.\n\n"
          "If x is already in a, insert it to the left of the leftmost x.") {
  return insort(vm, args, false);
}

static const SkNativeDef *const bisect_functions[] = {&bisect_right_def, &bisect_left_def, &insort_right_def, &insort_left_def, NULL};

const SkModuleDef sk_bisect_module = {.name = "_bisect", .doc = "Bisection algorithms.", .functions = bisect_functions};
