/* handlers_call.h - calls and returns.  A call pushes its window where the arguments already are. */
#define PUSH_AND_GO(fn, nr)          \
  do {                               \
    (nr)[-2].bits = (uint64_t)pc;    \
    (nr)[-1].bits = (uint64_t)r;     \
    r = (nr);                        \
    pc = (fn)->insns;                \
    k = (fn)->k;                     \
    DISPATCH();                      \
  } while (0)
OP(CALL) {
  SkValue f = RA;
  if (LIKELY(sk_is_ptr(f))) {
    SkFunc *fn = (SkFunc *)OBJ(f);
    if (LIKELY(fn->head.kind == SK_KIND_FUNC && fn->simple_args == pc->b)) {
      SkValue *nr = &RA + RUN_HEAD;
      if (LIKELY(run_fits(vm, nr, fn->nregs))) {
        POLL();
        PUSH_AND_GO(fn, nr);
      }
    }
  }
  SLOW(call);
}
OP(CALLM) { SLOW(callm); }
OP(CALLM_FUNC) {
  SkValue o = r[pc->a + RUN_HEAD];
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].method.mshape)) {
    SkValue f = ((SkCell *)pc[2].ptr)->value;
    SkFunc *fn = (SkFunc *)OBJ(f);
    if (LIKELY(sk_is_ptr(f) && fn->head.kind == SK_KIND_FUNC && fn->simple_args == pc->b)) {
      SkValue *nr = &RA + RUN_HEAD;
      if (LIKELY(run_fits(vm, nr, fn->nregs))) {
        POLL();
        nr[-3] = f;
        PUSH_AND_GO(fn, nr);
      }
    }
  }
  SLOW(callm);
}
OP(CALLM_NATIVE) {
  SkValue o = r[pc->a + RUN_HEAD];
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].method.mshape)) SLOW(callm_native);
  SLOW(callm);
}
OP(CALLM_TYPE) {
  SkValue o = r[pc->a + RUN_HEAD];
  if (LIKELY(sk_has_kind(o, SK_KIND_TYPE) && ((SkType *)OBJ(o))->instance_shape->id == pc[1].method.mshape)) SLOW(callm_type);
  SLOW(callm);
}
OP(CALLM_MODULE) {
  SkValue o = r[pc->a + RUN_HEAD];
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].method.mshape)) {
    SkDict *d = ((SkModule *)OBJ(o))->dict;
    if (LIKELY(d->keys_version == pc[2].key.version)) SLOW(callm_module);
  }
  SLOW(callm);
}
/* After GETMETHOD: without a self the window starts one register higher. */
OP(CALLMETHOD) {
  SkValue f = RA;
  SkFunc *fn = (SkFunc *)OBJ(f);
  if (LIKELY(!sk_is_unset(r[pc->a + RUN_HEAD]) && sk_has_kind(f, SK_KIND_FUNC) && fn->simple_args == pc->b)) {
    SkValue *nr = &RA + RUN_HEAD;
    if (LIKELY(run_fits(vm, nr, fn->nregs))) {
      POLL();
      PUSH_AND_GO(fn, nr);
    }
  }
  SLOW(callmethod);
}
OP(CALLKW) { SLOW(callkw); }
OP(CALLX) { SLOW(callx); }
OP(RET) {
  SkValue v = RA;
  pc = frame_pc(r);
  r = frame_r(r);
  RC = v;
  k = frame_func(r)->k;
  NEXTN(3);
}
OP(RETNONE) {
  pc = frame_pc(r);
  r = frame_r(r);
  RC = SK_NONE;
  k = frame_func(r)->k;
  NEXTN(3);
}
OP(GENRET) { SLOW(genret); }
OP(GENRETNONE) { SLOW(genret); }
OP(CONT) { SLOW(cont); }
OP(HOST) { SLOW(host); }
OP(EXIT) {
  SAVE();
  LEAVE(pc->a ? SK_UNSET : RC);
}
