/* exc.c - raise, except, except*, with.  Layer 7. */
#include "vm/run/run_impl.h"

static SkInsn *next(SkVm *vm, SkInsn *pc, SkValue *r) {
  vm->r = r;
  return pc + sk_op_info[pc->op].words;
}

/* Raised by the instruction itself: straight to the handler, no jump through C. */
static SkInsn *raise(SkVm *vm, SkValue exc) {
  sk_exc_set_context(vm, sk_as_exc(exc));
  return run_unwind(vm, exc, true);
}

RUN_SLOW(raise) { return raise(vm, sk_exc_to_raise(vm, r[pc->a])); }

RUN_SLOW(raisefrom) {
  SkValue e = sk_exc_to_raise(vm, r[pc->a]);
  sk_exc_set_cause(vm, sk_as_exc(e), r[pc->b]);
  return raise(vm, e);
}

RUN_SLOW(reraise) { return run_unwind(vm, r[pc->a], false); }

RUN_SLOW(raisebare) {
  if (!sk_is_exc(vm->handled)) sk_raisef(vm, SK_T_RuntimeError, "No active exception to reraise");
  return run_unwind(vm, vm->handled, false);
}

RUN_SLOW(jnotexc) {
  bool match = sk_exc_matches(vm, r[pc->a], r[pc->b]);
  vm->r = r;
  return pc + (match ? 1 : (int16_t)pc->c);
}

/* ---- except* ------------------------------------------------------------------------------------------- */

RUN_SLOW(jnaked) {
  bool group = sk_is_exc_group(vm, r[pc->a]);
  vm->r = r;
  return pc + (group ? 1 : (int16_t)pc->c);
}

RUN_SLOW(egenter) {
  SkValue e = r[pc->b];
  SkValue list = sk_from_ptr(sk_list_new(vm, 0));
  r[pc->a] = r[pc->a + 2] = e;
  r[pc->a + 1] = list;
  return next(vm, pc, r);
}

RUN_SLOW(egmatch) {
  SkSplit s = sk_group_match(vm, r[pc->a], r[pc->b]);
  r[pc->a] = s.rest;
  r[pc->c] = s.match;
  return next(vm, pc, r);
}

RUN_SLOW(egcollect) {
  sk_list_append(vm, sk_as_list(r[pc->a + 1]), r[pc->b]);
  return next(vm, pc, r);
}

RUN_SLOW(egfinish) {
  SkList *collected = sk_as_list(r[pc->a + 1]);
  for (size_t i = 0; i < collected->count; i++) /* only who looks at all objects of the VM can have reached the list */
    if (!sk_is_exc(sk_list_items(collected)[i])) sk_raisef(vm, SK_T_SystemError, "an except* clause raised what is no exception");
  r[pc->b] = sk_group_finish(vm, r[pc->a + 2], sk_as_list(r[pc->a + 1]), r[pc->a]);
  return next(vm, pc, r);
}

/* ---- with ------------------------------------------------------------------------------------------------- */

SK_NORETURN static void raise_no_manager(SkVm *vm, SkValue v, bool async, bool missed_exit) {
  SkType *t = sk_type_of(vm, v);
  bool other = sk_type_lookup_cell(vm, t, sk_intern(vm, async ? "__enter__" : "__aenter__")) &&
               sk_type_lookup_cell(vm, t, sk_intern(vm, async ? "__exit__" : "__aexit__"));
  (void)other; /* the hint "Did you mean 'async with'?" came with 3.14 */
  sk_raise_type(vm, async ? "'%T' object does not support the asynchronous context manager protocol%s"
                          : "'%T' object does not support the context manager protocol%s",
                v, !missed_exit ? "" : async ? " (missed __aexit__ method)" : " (missed __exit__ method)");
}

/* The method, bound if it is no plain function (then *bound). */
static SkValue special(SkVm *vm, SkValue v, const char *name, bool *plain) {
  SkValue f = sk_type_lookup(vm, sk_type_of(vm, v), sk_intern(vm, name));
  *plain = sk_is_func(f);
  if (sk_is_unset(f) || *plain) return f;
  SkDescrGetFn get = SK_SLOTS(vm, f)->descr_get;
  return get ? get(vm, f, v, sk_from_ptr(sk_type_of(vm, v))) : f;
}

RUN_SLOW(withenter) {
  SkValue v = r[pc->b];
  bool async = pc->op == SK_OP_AWITHENTER, plain, plain_exit;
  SkValue enter = special(vm, v, async ? "__aenter__" : "__enter__", &plain);
  if (sk_is_unset(enter)) raise_no_manager(vm, v, async, false);
  SkValue exit = special(vm, v, async ? "__aexit__" : "__exit__", &plain_exit);
  if (sk_is_unset(exit)) raise_no_manager(vm, v, async, true);
  r[pc->a] = plain_exit ? sk_method_new(vm, exit, v) : exit;
  return run_call_copy(vm, pc, r, enter, &v, plain ? 1 : 0);
}

RUN_SLOW(withexit) {
  SkValue e = r[pc->b], args[] = {SK_NONE, SK_NONE, SK_NONE};
  if (!sk_is_none(e)) {
    args[0] = sk_from_ptr(sk_type_of(vm, e));
    args[1] = e;
    args[2] = sk_exc_traceback(vm, sk_as_exc(e));
  }
  return run_call_copy(vm, pc, r, r[pc->a], args, 3);
}
