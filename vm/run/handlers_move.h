/* handlers_move.h - moves, constants, cells, names.  See interp.c for the macros. */
OP(NOP) { NEXT(); }
OP(MOVE) { RA = RB; NEXT(); }
OP(MOVE2) {
  SkValue x = RB, y = r[pc->b + 1];
  RA = x;
  r[pc->a + 1] = y;
  NEXT();
}
OP(LOADK) { RA = KB; NEXT(); }
OP(LOADKX) { RA = k[pc[1].imm]; NEXTN(2); }
OP(LOADINT) { RA = (SkValue){(uint64_t)((int64_t)sk_insn_jump32(pc) * 4)}; NEXT(); }
OP(UNSET) { RA = SK_UNSET; NEXT(); }
OP(UNSETN) {
  for (unsigned i = 0, n = pc->b; i < n; i++) r[pc->a + i] = SK_UNSET;
  NEXT();
}
OP(CHECK) {
  if (UNLIKELY(sk_is_unset(RA))) SLOW(unbound);
  NEXT();
}
OP(CHECKDEL) {
  if (UNLIKELY(sk_is_unset(RA))) SLOW(unbound);
  RA = SK_UNSET;
  NEXT();
}
OP(NEWCELL) {
  SAVE();
  RA = sk_from_ptr(sk_cell_new(vm, RA));
  NEXT();
}
OP(COPYFREE) {
  SkTuple *c = frame_func(r)->closure;
  if (UNLIKELY(!c)) SLOW(noclosure);
  for (unsigned i = 0, n = pc->b; i < n; i++) r[pc->a + i] = c->items[i];
  NEXT();
}
OP(GETCELL) {
  SkValue v = ((SkCell *)(RB.bits - 1))->value;
  if (UNLIKELY(sk_is_unset(v))) SLOW(emptycell);
  RA = v;
  NEXT();
}
OP(SETCELL) {
  SkCell *c = (SkCell *)(RA.bits - 1);
  if (UNLIKELY((c->head.gc & (SK_GC_OLD | SK_GC_REMEMBERED)) == SK_GC_OLD)) SLOW(setcell);
  c->value = RB;
  NEXT();
}
OP(DELCELL) {
  SkCell *c = (SkCell *)(RA.bits - 1);
  if (UNLIKELY(sk_is_unset(c->value))) SLOW(emptycell);
  c->value = SK_UNSET;
  NEXT();
}
/* ---- names */
OP(GLOBAL) { SLOW(global); }
OP(GLOBAL_MODULE) {
  SkDict *d = frame_func(r)->globals;
  if (UNLIKELY(d->keys_version != pc[1].key.version)) SLOW(global);
  RA = *(SkValue *)pc[2].ptr;
  NEXTN(3);
}
OP(GLOBAL_BUILTIN) {
  SkFunc *f = frame_func(r);
  if (UNLIKELY(f->globals->keys_version != pc[1].key.version)) SLOW(global);
  if (UNLIKELY(f->builtins->keys_version != pc[2].key.version)) SLOW(global);
  RA = f->builtins->entries[pc[2].key.index].value;
  NEXTN(3);
}
OP(SETGLOBAL) { SLOW(setglobal); }
OP(SETGLOBAL_SLOT) {
  SkDict *d = frame_func(r)->globals;
  if (UNLIKELY(d->keys_version != pc[1].key.version)) SLOW(setglobal);
  if (UNLIKELY((d->head.gc & (SK_GC_OLD | SK_GC_REMEMBERED)) == SK_GC_OLD)) SLOW(setglobal);
  d->entries[pc[1].key.index].value = RA;
  NEXTN(3);
}
OP(DELGLOBAL) { SLOW(delglobal); }
OP(NAME) { SLOW(name); }
OP(NAME_MODULE) {
  SkDict *d = frame_func(r)->globals;
  if (UNLIKELY(RC.bits != (uint64_t)d + 1 || d->keys_version != pc[1].key.version)) SLOW(name);
  RA = d->entries[pc[1].key.index].value;
  NEXTN(3);
}
OP(NAME_BUILTIN) {
  SkFunc *f = frame_func(r);
  if (UNLIKELY(RC.bits != (uint64_t)f->globals + 1 || f->globals->keys_version != pc[1].key.version)) SLOW(name);
  if (UNLIKELY(f->builtins->keys_version != pc[2].key.version)) SLOW(name);
  RA = f->builtins->entries[pc[2].key.index].value;
  NEXTN(3);
}
OP(SETNAME) {
  SkDict *d = frame_func(r)->globals;
  if (UNLIKELY(RC.bits != (uint64_t)d + 1 || d->keys_version != pc[1].key.version)) SLOW(setname);
  if (UNLIKELY((d->head.gc & (SK_GC_OLD | SK_GC_REMEMBERED)) == SK_GC_OLD)) SLOW(setname);
  d->entries[pc[1].key.index].value = RA;
  NEXTN(3);
}
OP(DELNAME) { SLOW(delname); }
OP(NAMECELL) { SLOW(namecell); }
OP(NAMEGLOBAL) { SLOW(nameglobal); }
OP(IMPORT) { SLOW(import); }
OP(IMPORTFROM) { SLOW(importfrom); }
OP(IMPORTSTAR) { SLOW(importstar); }
OP(ANNOTATE) { SLOW(annotate); }
OP(PRINTEXPR) { SLOW(printexpr); }
