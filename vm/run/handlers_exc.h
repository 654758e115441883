/* handlers_exc.h - with statements, exceptions, except*. */
OP(WITHENTER) { SLOW(withenter); }
OP(WITHEXIT) { SLOW(withexit); }
OP(AWITHENTER) { SLOW(withenter); }
OP(RAISE) { SLOW(raise); }
OP(RAISEFROM) { SLOW(raisefrom); }
OP(RERAISE) { SLOW(reraise); }
OP(RAISEBARE) { SLOW(raisebare); }
OP(ASSERTERR) { RA = sk_from_ptr(vm->types[SK_T_AssertionError]); NEXT(); }
OP(PUSHEXC) {
  SkValue v = RA;
  if (pc->c & 2) ((SkExc *)OBJ(v))->flags |= SK_EXC_PENDING;
  if (pc->c & 1) {
    RB = frame_gen(r)->handled;
    frame_gen(r)->handled = v;
  } else {
    RB = vm->handled;
  }
  vm->handled = v;
  NEXT();
}
OP(POPEXC) {
  SkValue v = RA;
  if (pc->c & 2 && sk_is_exc(vm->handled)) sk_as_exc(vm->handled)->flags &= ~(uint32_t)SK_EXC_PENDING;
  if (pc->c & 1) {
    frame_gen(r)->handled = v;
    if (sk_is_unset(v)) v = sk_gen_ghost(frame_gen(r))->handled;
  }
  vm->handled = v;
  NEXT();
}
OP(JNOTEXC) { SLOW(jnotexc); }
OP(JNAKED) { SLOW(jnaked); }
OP(EGENTER) { SLOW(egenter); }
OP(EGMATCH) { SLOW(egmatch); }
OP(EGCOLLECT) { SLOW(egcollect); }
OP(EGFINISH) { SLOW(egfinish); }
