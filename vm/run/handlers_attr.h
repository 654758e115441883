/* handlers_attr.h - attributes.  One shape compare proves class, layout and absence of shadowing. */
#define OBJ(v) ((SkObject *)((v).bits - 1))
#define WORD(o, i) (((SkValue *)(o))[i])
OP(GETATTR) { SLOW(getattr); }
OP(GETATTR_SLOT) {
  SkValue o = RB;
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].attr.shape)) {
    SkValue v = WORD(OBJ(o), pc[1].attr.slot);
    if (UNLIKELY(sk_is_unset(v))) SLOW(getattr); /* an empty __slots__ member */
    RC = v;
    NEXTN(3);
  }
  SLOW(getattr);
}
OP(GETATTR_OVER) {
  SkValue o = RB;
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].attr.shape)) {
    SkValues *extra = (SkValues *)WORD(OBJ(o), pc[1].attr.kind).bits;
    RC = extra->items[pc[1].attr.slot];
    NEXTN(3);
  }
  SLOW(getattr);
}
OP(GETATTR_CELL) {
  SkValue o = RB;
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].attr.shape)) {
    SkValue v = ((SkCell *)pc[2].ptr)->value;
    RC = v;
    NEXTN(3);
  }
  SLOW(getattr);
}
OP(GETATTR_METHOD) {
  SkValue o = RB;
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].attr.shape)) {
    SkValue v = ((SkCell *)pc[2].ptr)->value;
    if (LIKELY(sk_has_kind(v, SK_KIND_FUNC))) {
      SAVE();
      v = sk_method_new(vm, v, o);
      RC = v;
      NEXTN(3);
    }
  }
  SLOW(getattr);
}
OP(GETATTR_PROP) {
  SkValue o = RB;
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].attr.shape)) {
    SkValue p = ((SkCell *)pc[2].ptr)->value;
    if (LIKELY(sk_has_kind(p, SK_KIND_PROPERTY))) {
      SkValue f = ((SkProperty *)OBJ(p))->get;
      if (LIKELY(sk_has_kind(f, SK_KIND_FUNC) && ((SkFunc *)OBJ(f))->simple_args == 1)) {
        SkFunc *fn = (SkFunc *)OBJ(f);
        SkValue *nr = r + frame_func(r)->nregs + RUN_HEAD;
        if (LIKELY(run_fits(vm, r, 0) && run_fits(vm, nr, fn->nregs))) {
          POLL();
          nr[-3] = f;
          nr[-2].bits = (uint64_t)pc;
          nr[-1].bits = (uint64_t)r;
          nr[0] = o;
          r = nr;
          pc = fn->insns;
          k = fn->k;
          DISPATCH();
        }
      }
    }
  }
  SLOW(getattr);
}
OP(GETATTR_GETSET) {
  SkValue o = RB;
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].attr.shape)) {
    SkValue d = ((SkCell *)pc[2].ptr)->value;
    if (LIKELY(sk_has_kind(d, SK_KIND_DESCR))) {
      SAVE();
      SkValue v = ((SkDescr *)OBJ(d))->attr->get(vm, o);
      RC = v;
      NEXTN(3);
    }
  }
  SLOW(getattr);
}
OP(GETATTR_MODULE) {
  SkValue o = RB;
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].attr.shape)) {
    SkDict *d = ((SkModule *)OBJ(o))->dict;
    if (LIKELY(d->keys_version == pc[2].key.version)) {
      RC = d->entries[pc[2].key.index].value;
      NEXTN(3);
    }
  }
  SLOW(getattr);
}
/* The shape of a class's instances belongs to no other class and is never given to another: it proves which
 * class this is. */
OP(GETATTR_TYPE) {
  SkValue o = RB;
  if (LIKELY(sk_has_kind(o, SK_KIND_TYPE) && ((SkType *)OBJ(o))->instance_shape->id == pc[1].attr.shape)) {
    RC = ((SkCell *)pc[2].ptr)->value;
    NEXTN(3);
  }
  SLOW(getattr);
}
OP(SETATTR) { SLOW(setattr); }
OP(SETATTR_SLOT) {
  SkValue o = RA;
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].attr.shape)) {
    if (UNLIKELY((OBJ(o)->gc & (SK_GC_OLD | SK_GC_REMEMBERED)) == SK_GC_OLD)) SLOW(setattr);
    WORD(OBJ(o), pc[1].attr.slot) = RB;
    NEXTN(3);
  }
  SLOW(setattr);
}
OP(SETATTR_ADD) {
  SkValue o = RA;
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].attr.shape)) {
    if (UNLIKELY((OBJ(o)->gc & (SK_GC_OLD | SK_GC_REMEMBERED)) == SK_GC_OLD)) SLOW(setattr);
    OBJ(o)->shape = (uint32_t)pc[2].w;
    WORD(OBJ(o), pc[1].attr.slot) = RB;
    NEXTN(3);
  }
  SLOW(setattr);
}
OP(DELATTR) { SLOW(delattr); }
OP(SUPERATTR) { SLOW(superattr); }
/* Method calls whose arguments have effects: the method is found first, called later. */
OP(GETMETHOD) { SLOW(getmethod); }
OP(GETMETHOD_CELL) {
  SkValue o = RB;
  if (LIKELY(sk_is_ptr(o) && OBJ(o)->shape == pc[1].attr.shape)) {
    RC = ((SkCell *)pc[2].ptr)->value;
    r[pc->c + RUN_HEAD] = o;
    NEXTN(3);
  }
  SLOW(getmethod);
}
