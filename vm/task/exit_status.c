/* exit_status.c - the status of a program that a group with SystemExit leaves (X4).  Layer 7b.
 *
 * Only exits that came out of tasks count: a group that a program built by hand ends it as in CPython.
 */
#include "vm/task/scope_impl.h"

static int code_of(SkVm *vm, SkValue exc) {
  SkValue code = sk_exc_field(sk_as_exc(exc), SK_EXIT_CODE);
  int64_t n;
  if (sk_is_none(code)) return 0;
  if (!sk_is_int(code)) return 1;
  return sk_int_get_i64(code, &n) ? (int)(n & 0xff) : 0xff;
}

/* |rest|, and before it the exits whose code is a text to be printed. */
static SkList *with_texts(SkVm *vm, SkList *leaves, SkList *rest) {
  SkList *out = sk_list_new(vm, rest->count);
  for (size_t i = 0; i < leaves->count; i++) {
    SkValue e = sk_list_items(leaves)[i];
    if (!sk_exc_is(vm, e, SK_T_SystemExit) || !origin_of(vm, e)) continue;
    SkValue code = sk_exc_field(sk_as_exc(e), SK_EXIT_CODE);
    if (!sk_is_none(code) && !sk_is_int(code)) sk_list_append(vm, out, e);
  }
  sk_list_extend(vm, out, sk_from_ptr(rest));
  return out;
}

bool sk_group_exit_status(SkVm *vm, SkValue exc, int *status, SkList **ignored) {
  if (!sk_is_exc_group(vm, exc) || vm->options.portable) return false;
  SkList *leaves = origin_leaves(vm, exc), *rest = sk_list_new(vm, 2);
  int code = -1, what = SK_T_SystemExit;
  bool interrupted = false;
  for (size_t i = 0; i < leaves->count; i++) {
    SkValue e = sk_list_items(leaves)[i];
    if (sk_exc_is(vm, e, SK_T_SystemExit) && origin_of(vm, e)) code = code > 0 ? code : code_of(vm, e);
    else if (sk_exc_is(vm, e, SK_T_KeyboardInterrupt) && origin_of(vm, e)) interrupted = true;
    else sk_list_append(vm, rest, e);
  }
  if (code < 0 && !interrupted) return false;
  SkList *said = with_texts(vm, leaves, rest);
  if (code < 0) what = SK_T_KeyboardInterrupt;
  bool independent = false;
  for (size_t i = 0; i < rest->count; i++) independent = independent || !origin_is_consequence(vm, sk_list_items(rest)[i], what);
  *ignored = independent ? NULL : said;
  if (code < 0) *status = independent ? 1 : 130;
  else *status = independent && code == 0 ? 1 : code;
  return true;
}
