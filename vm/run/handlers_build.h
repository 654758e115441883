/* handlers_build.h - containers, items, strings, patterns, functions, classes. */
OP(TUPLE) {
  SAVE();
  RA = sk_from_ptr(sk_tuple_from(vm, &RB, pc->c));
  NEXT();
}
OP(LIST) {
  SAVE();
  RA = sk_from_ptr(sk_list_from(vm, &RB, pc->c));
  NEXT();
}
OP(SET) { SLOW(set); }
OP(DICT) { SLOW(dict); }
OP(LISTCONST) {
  SAVE();
  SkTuple *t = (SkTuple *)OBJ(KB);
  RA = sk_from_ptr(sk_list_from(vm, t->items, t->count));
  NEXT();
}
OP(DICTKEYS) { SLOW(dictkeys); }
OP(SLICE) {
  SAVE();
  RA = sk_from_ptr(sk_slice_new(vm, RB, r[pc->b + 1], pc->c ? r[pc->b + 2] : SK_NONE));
  NEXT();
}
OP(LISTAPPEND) {
  SkList *l = (SkList *)OBJ(RA);
  if (LIKELY(l->store && l->count < l->store->count && (l->head.gc & (SK_GC_OLD | SK_GC_REMEMBERED)) != SK_GC_OLD)) {
    l->store->items[l->count++] = RB;
    NEXT();
  }
  SLOW(listappend);
}
OP(LISTEXTEND) { SLOW(listextend); }
OP(LISTTUPLE) { SLOW(listtuple); }
OP(SETADD) { SLOW(setadd); }
OP(SETUPDATE) { SLOW(setupdate); }
OP(DICTSET) { SLOW(dictset); }
OP(DICTUPDATE) { SLOW(dictupdate); }
OP(DICTMERGE) { SLOW(dictmerge); }
OP(UNPACK) {
  SkValue v = RB;
  if (LIKELY(sk_is_ptr(v))) {
    SkValue *items;
    size_t n = pc->c;
    if (OBJ(v)->kind == SK_KIND_TUPLE && OBJ(v)->shape == SHAPE_OF(SK_T_tuple) && ((SkTuple *)OBJ(v))->count == n) {
      items = ((SkTuple *)OBJ(v))->items;
    } else if (OBJ(v)->shape == SHAPE_OF(SK_T_list) && ((SkList *)OBJ(v))->count == n && n) {
      items = ((SkList *)OBJ(v))->store->items;
    } else {
      SLOW(unpack);
    }
    SkValue *out = &RA;
    for (size_t i = 0; i < n; i++) out[i] = items[i];
    NEXT();
  }
  SLOW(unpack);
}
OP(UNPACKX) { SLOW(unpackx); }
#define DO_GETITEM(KEY)                                                                  \
  SkValue o = RB, i = KEY;                                                               \
  if (LIKELY(sk_is_ptr(o) && sk_is_smallint(i))) {                                       \
    uint32_t shape = OBJ(o)->shape;                                                      \
    int64_t n = INT(i) >> 2;                                                             \
    if (LIKELY(shape == SHAPE_OF(SK_T_list))) {                                       \
      SkList *l = (SkList *)OBJ(o);                                                      \
      if (UNLIKELY(n < 0)) n += (int64_t)l->count;                                       \
      if (LIKELY((uint64_t)n < l->count)) { RA = l->store->items[n]; NEXT(); }           \
    } else if (shape == SHAPE_OF(SK_T_tuple)) {                                       \
      SkTuple *t = (SkTuple *)OBJ(o);                                                    \
      if (UNLIKELY(n < 0)) n += (int64_t)t->count;                                       \
      if (LIKELY((uint64_t)n < t->count)) { RA = t->items[n]; NEXT(); }                  \
    }                                                                                    \
  }                                                                                      \
  SLOW(getitem);
OP(GETITEM) { DO_GETITEM(RC) }
/* An item of a list that is tested at once (flags, sieves). */
OP(GETITEM_JF) {
  SkValue o = RB, i = RC;
  if (LIKELY(sk_is_ptr(o) && sk_is_smallint(i) && OBJ(o)->shape == SHAPE_OF(SK_T_list))) {
    SkList *l = (SkList *)OBJ(o);
    if (LIKELY((uint64_t)(INT(i) >> 2) < l->count)) {
      SkValue v = l->store->items[INT(i) >> 2];
      RA = v;
      pc += 1;
      if (v.bits == 0x1d) NEXT();
      if (LIKELY(v.bits == 0x0d)) JUMPBC();
      DISPATCH();
    }
  }
  SLOW(getitem);
}
OP(GETITEMK) { DO_GETITEM(KC) }
OP(GETSLICE) { SLOW(getslice); }
OP(SETITEM) {
  SkValue o = RA, i = RB;
  if (LIKELY(sk_is_ptr(o) && sk_is_smallint(i) && OBJ(o)->shape == SHAPE_OF(SK_T_list))) {
    SkList *l = (SkList *)OBJ(o);
    int64_t n = INT(i) >> 2;
    if (UNLIKELY(n < 0)) n += (int64_t)l->count;
    if (LIKELY((uint64_t)n < l->count && (l->head.gc & (SK_GC_OLD | SK_GC_REMEMBERED)) != SK_GC_OLD)) {
      l->store->items[n] = RC;
      NEXT();
    }
  }
  SLOW(setitem);
}
OP(SETSLICE) { SLOW(setslice); }
OP(DELITEM) { SLOW(delitem); }
OP(CONVERT) { SLOW(convert); }
OP(FORMAT) { SLOW(format); }
OP(FORMATS) {
  if (LIKELY(sk_is_ptr(RB) && OBJ(RB)->shape == SHAPE_OF(SK_T_str))) {
    RA = RB;
    NEXT();
  }
  SLOW(formats);
}
OP(BUILDSTR) { SLOW(buildstr); }
OP(LEN) { SLOW(len); }
OP(MATCHSEQ) { SLOW(matchseq); }
OP(MATCHMAP) { SLOW(matchmap); }
OP(MATCHKEYS) { SLOW(matchkeys); }
OP(MATCHCLASS) { SLOW(matchclass); }
OP(MATCHREST) { SLOW(matchrest); }
OP(FUNC) { SLOW(func); }
OP(SETFUNC) { SLOW(setfunc); }
OP(BUILDCLASS) { SLOW(buildclass); }
OP(INTRINSIC) { SLOW(intrinsic); }
