/* except_star.c - what the except* instructions do: match, and merge what has to be raised (PEP 654).  Layer 6. */
#include <string.h>

#include "vm/object/call.h"
#include "vm/object/dict.h"
#include "vm/object/exc_group_impl.h"
#include "vm/object/func.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

static bool is_group_class(SkVm *vm, SkValue v) {
  return sk_is_type(v) && sk_type_is_subtype(sk_as_type(v), vm->types[SK_T_BaseExceptionGroup]);
}

static bool names_group(SkVm *vm, SkValue want) {
  if (!sk_is_tuple(want)) return is_group_class(vm, want);
  SkTuple *t = sk_as_tuple(want);
  for (size_t i = 0; i < t->count; i++)
    if (is_group_class(vm, t->items[i])) return true;
  return false;
}

/* A subclass may have a split() of its own; it is asked as any caller would ask it. */
static SkSplit ask_split(SkVm *vm, SkValue group, SkValue want) {
  if (!(sk_type_of(vm, group)->flags & SK_TYPE_HEAP)) return sk_group_split(vm, group, want);
  SkValue arg = want;
  SkValue pair = sk_call_method(vm, group, sk_intern(vm, "split"), &arg, 1);
  if (!sk_is_tuple(pair)) sk_raise_type(vm, "%T.split must return a tuple, not %T", group, pair);
  SkTuple *t = sk_as_tuple(pair);
  if (t->count < 2) sk_raise_type(vm, "%T.split must return a 2-tuple, got tuple of size %zd", group, t->count);
  for (size_t i = 0; i < 2; i++)
    if (!sk_is_none(t->items[i]) && !sk_is_exc(t->items[i])) sk_raise_type(vm, "%T.split must return exceptions or None, not %T", group, t->items[i]);
  return (SkSplit){t->items[0], t->items[1]};
}

SkSplit sk_group_match(SkVm *vm, SkValue rest, SkValue want) {
  bool whole = false;
  if (!sk_is_none(rest)) whole = sk_exc_matches(vm, rest, want);
  else sk_exc_matches(vm, sk_from_ptr(vm->memory_error), want); /* checks |want| all the same */
  if (names_group(vm, want))
    sk_raise_type(vm, "catching ExceptionGroup with except* is not allowed. Use except instead.");
  if (sk_is_none(rest)) return (SkSplit){SK_NONE, SK_NONE};
  bool group = sk_is_exc_group(vm, rest);
  if (whole && group) return (SkSplit){rest, SK_NONE};
  if (whole) return (SkSplit){sk_group_new(vm, SK_NAME(vm, empty), sk_from_ptr(sk_tuple_pack(vm, 1, rest))), SK_NONE};
  if (!group) return (SkSplit){SK_NONE, rest};
  SkType *t = sk_type_of(vm, rest);
  bool builtin = t == vm->types[SK_T_ExceptionGroup] || t == vm->types[SK_T_BaseExceptionGroup];
  return builtin ? sk_group_split(vm, rest, want) : ask_split(vm, rest, want);
}

/* ---- merging ---- */

static size_t trace_depth(SkVm *vm, const SkExc *e) {
  size_t depth = e->trace_count;
  SkValue tb = e->traceback;
  while (!sk_is_none(tb)) {
    depth++;
    tb = sk_getattr_cstr(vm, tb, "tb_next");
  }
  return depth;
}

/* Whether |e| is an untouched part of |original|: a split copies cause, context and traceback, and a clause
 * that raises anything of its own changes at least one of them. */
static bool is_part_of(SkVm *vm, SkValue e, SkExc *original) {
  if (!sk_is_exc_group(vm, e)) return false;
  SkExc *x = sk_as_exc(e);
  return x->cause == original->cause && x->context == original->context && trace_depth(vm, x) == trace_depth(vm, original);
}

static bool is_kept_leaf(SkVm *vm, SkValue e, SkValue leaves) {
  return !sk_is_exc_group(vm, e) && !sk_is_unset(sk_dict_get(vm, sk_as_dict(leaves), sk_smallint((int64_t)(e.bits >> 1))));
}

static void collect_leaves(SkVm *vm, SkValue group, SkDict *leaves) {
  SkList *stack = sk_list_new(vm, 8);
  sk_list_append(vm, stack, group);
  while (stack->count) {
    SkValue e = sk_list_pop(vm, stack, stack->count - 1);
    if (!sk_is_exc_group(vm, e)) {
      /* By identity: exceptions may be unhashable or equal to each other. */
      sk_dict_set(vm, leaves, sk_smallint((int64_t)(e.bits >> 1)), e);
      continue;
    }
    SkTuple *members = sk_group_members(sk_as_exc(e));
    for (size_t i = 0; i < members->count; i++) sk_list_append(vm, stack, members->items[i]);
  }
}

/* The part of |original| that consists of the leaves of |parts|, in the original's shape. */
static SkValue reassemble(SkVm *vm, SkValue original, SkList *parts) {
  if (parts->count == 0) return SK_NONE;
  SkDict *leaves = sk_dict_new(vm);
  for (size_t i = 0; i < parts->count; i++) collect_leaves(vm, sk_list_items(parts)[i], leaves);
  SkMatcher m = {is_kept_leaf, sk_from_ptr(leaves), false};
  return group_split_by(vm, original, &m, false).match;
}

SkValue sk_group_finish(SkVm *vm, SkValue original, SkList *collected, SkValue rest) {
  if (!sk_is_none(rest)) sk_list_append(vm, collected, rest);
  if (collected->count == 0) return SK_NONE;
  if (!sk_is_exc_group(vm, original)) return sk_list_items(collected)[0]; /* one clause at most has run */
  SkList *raised = sk_list_new(vm, collected->count), *parts = sk_list_new(vm, collected->count);
  for (size_t i = 0; i < collected->count; i++) {
    SkValue e = sk_list_items(collected)[i];
    sk_list_append(vm, is_part_of(vm, e, sk_as_exc(original)) ? parts : raised, e);
  }
  SkValue unhandled = reassemble(vm, original, parts);
  if (raised->count == 0) return unhandled;
  if (!sk_is_none(unhandled)) sk_list_append(vm, raised, unhandled);
  if (raised->count == 1) return sk_list_items(raised)[0];
  return sk_group_new(vm, SK_NAME(vm, empty), sk_from_ptr(raised));
}
