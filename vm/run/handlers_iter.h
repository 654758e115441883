/* handlers_iter.h - iteration, generators. */
OP(GETITER) { SLOW(getiter); }
OP(FORITER) { SLOW(foriter); }
OP(FORITER_RANGE) {
  SkValue it = RA;
  if (LIKELY(sk_has_kind(it, SK_KIND_RANGE_ITER))) {
    SkRangeIter *ri = (SkRangeIter *)OBJ(it);
    if (UNLIKELY(ri->left == 0)) JUMP(pc[1].imm);
    ri->left--;
    RC = (SkValue){(uint64_t)ri->next << 2};
    ri->next += ri->step;
    NEXTN(3);
  }
  SLOW(foriter);
}
OP(FORITER_LIST) {
  SkValue it = RA;
  if (LIKELY(sk_has_kind(it, SK_KIND_LIST_ITER))) {
    SkListIter *li = (SkListIter *)OBJ(it);
    SkValue seq = li->seq;
    size_t i = li->index;
    if (LIKELY(sk_is_ptr(seq))) {
      if (li->head.aux == 0) {
        SkList *l = (SkList *)OBJ(seq);
        if (LIKELY(i < l->count)) {
          RC = l->store->items[i];
          li->index = i + 1;
          NEXTN(3);
        }
      } else {
        SkTuple *t = (SkTuple *)OBJ(seq);
        if (LIKELY(i < t->count)) {
          RC = t->items[i];
          li->index = i + 1;
          NEXTN(3);
        }
      }
      li->seq = SK_NONE;
    }
    JUMP(pc[1].imm);
  }
  SLOW(foriter);
}
#define RESUME(g, top, value)                                              \
  do {                                                                     \
    SkValue sent = (value);                                                \
    SkInsn *stands = (g)->pc;                                              \
    (g)->stack_top = (top) + RUN_GEN_GHOST;                                \
    (g)->saved_pc.bits = (uint64_t)pc;                                     \
    (g)->saved_r.bits = (uint64_t)r;                                       \
    ((SkGenGhost *)(void *)(top))->handled = vm->handled;                  \
    ((SkGenGhost *)(void *)(top))->scope = vm->scope;                      \
    if (UNLIKELY(!sk_is_unset((g)->handled))) vm->handled = (g)->handled;  \
    (g)->head.aux = SK_GEN_RUNNING;                                        \
    r = (g)->regs;                                                         \
    k = frame_func(r)->k;                                                  \
    pc = stands;                                                           \
    RB = sent;                                                             \
    NEXT();                                                                \
  } while (0)
/* A generator that waits (states 0 and 1): its frame becomes the running one, no frame is pushed. */
OP(FORITER_GEN) {
  SkValue it = RA;
  if (LIKELY(sk_has_kind(it, SK_KIND_GEN))) {
    SkGen *g = (SkGen *)OBJ(it);
    SkValue *top = run_fits(vm, r, 0) ? r + frame_func(r)->nregs : frame_gen(r)->stack_top;
    if (LIKELY(g->head.aux <= SK_GEN_SUSPENDED && g->what == SK_GEN_PLAIN && !g->scope && run_fits(vm, top, RUN_GEN_GHOST))) {
      POLL();
      RESUME(g, top, SK_NONE);
    }
  }
  SLOW(foriter);
}
OP(GETAITER) { SLOW(getaiter); }
OP(GETANEXT) { SLOW(getanext); }
OP(ENDAFOR) { SLOW(endafor); }
OP(YIELD) {
  SkGen *g = frame_gen(r);
  SkGenGhost *resumed = sk_gen_ghost(g);
  SkValue v = RA;
  /* The registers were written without barriers while it ran. */
  if (UNLIKELY((g->head.gc & (SK_GC_OLD | SK_GC_REMEMBERED)) == SK_GC_OLD || resumed->scope != vm->scope)) SLOW(yield);
  SkInsn *waits = frame_pc(r);
  g->pc = pc;
  g->head.aux = SK_GEN_SUSPENDED;
  vm->handled = resumed->handled;
  g->scope = NULL;
  pc = waits;
  r = frame_r(r);
  RC = v;
  k = frame_func(r)->k;
  NEXTN(3);
}
OP(AYIELD) { SLOW(ayield); }
OP(YIELDITER) { SLOW(yielditer); }
OP(AWAITABLE) {
  SkValue v = RB;
  if (LIKELY(sk_has_kind(v, SK_KIND_AWAIT))) {
    RC = v;
    NEXTN(3);
  }
  SLOW(awaitable);
}
OP(SEND) {
  SkValue it = RA;
  if (LIKELY(sk_has_kind(it, SK_KIND_GEN))) {
    SkGen *g = (SkGen *)OBJ(it);
    SkValue *top = run_fits(vm, r, 0) ? r + frame_func(r)->nregs : frame_gen(r)->stack_top;
    bool ready = g->head.aux == SK_GEN_SUSPENDED || (g->head.aux == SK_GEN_CREATED && sk_is_none(RB));
    if (LIKELY(ready && g->what != SK_GEN_ASYNC && !g->scope && run_fits(vm, top, RUN_GEN_GHOST))) {
      POLL();
      RESUME(g, top, RB);
    }
  }
  SLOW(send);
}
