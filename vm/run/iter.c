/* iter.c - for loops and unpacking.  Layer 7. */
#include "vm/run/run_impl.h"

RUN_SLOW(getiter) {
  SkValue v = r[pc->b];
  if (sk_is_ptr(v)) {
    SkType *t = sk_type_of(vm, v);
    if (t->flags & SK_TYPE_HEAP) {
      SkValue f = sk_slot_python_method(vm, t, SK_SLOT_iter);
      /* A generator function as __iter__ needs no check of what it returns. */
      if (!sk_is_unset(f) && (sk_as_func(f)->code->code->flags & SK_CODE_GENERATOR)) return run_call_copy(vm, pc, r, f, &v, 1);
    }
  }
  return run_deliver(vm, pc, r, sk_iter(vm, v));
}

static int quick_op(SkVm *vm, SkValue it) {
  switch (sk_object(it)->kind) {
  case SK_KIND_RANGE_ITER: return SK_OP_FORITER_RANGE;
  case SK_KIND_LIST_ITER: return sk_is_exactly(vm, it, SK_T_list_reverseiterator) ? SK_OP_FORITER : SK_OP_FORITER_LIST;
  case SK_KIND_GEN: return ((SkGen *)sk_object(it))->what == SK_GEN_PLAIN ? SK_OP_FORITER_GEN : SK_OP_FORITER;
  default: return SK_OP_FORITER;
  }
}

RUN_SLOW(foriter) {
  SkValue it = r[pc->a];
  int op = sk_is_ptr(it) ? quick_op(vm, it) : SK_OP_FORITER;
  if (op == SK_OP_FORITER_GEN) {
    SkGen *g = sk_as_gen(it);
    pc->op = SK_OP_FORITER_GEN;
    if (g->head.aux == SK_GEN_RUNNING) sk_raise_value(vm, "generator already executing");
    if (g->head.aux == SK_GEN_CLOSED) {
      vm->r = r;
      return pc + pc[1].imm;
    }
    return gen_enter(vm, g, pc, r, SK_NONE);
  }
  if (op != pc->op && op != SK_OP_FORITER) {
    pc->op = (uint16_t)op; /* runs again as that */
    vm->r = r;
    return pc;
  }
  pc->op = SK_OP_FORITER;
  SkType *t = sk_type_of(vm, it);
  if (t->flags & SK_TYPE_HEAP) {
    SkValue f = sk_slot_python_method(vm, t, SK_SLOT_next);
    if (!sk_is_unset(f)) return run_call_copy(vm, pc, r, f, &it, 1); /* its StopIteration: unwind.c */
  }
  if (!t->slots->next) sk_raise_type(vm, "'%T' object is not an iterator", it);
  SkValue v = t->slots->next(vm, it);
  if (!sk_is_unset(v)) return run_deliver(vm, pc, r, v);
  vm->r = r;
  return pc + pc[1].imm;
}

/* ---- unpacking ----------------------------------------------------------------------------------------- */

typedef struct Unpack { SkValue *out; size_t want, got; } Unpack;

static bool unpack_one(SkVm *vm, SkValue v, void *arg) {
  (void)vm;
  Unpack *u = arg;
  if (u->got < u->want) u->out[u->got] = v;
  return ++u->got <= u->want;
}

static SkValue unpack_iter(SkVm *vm, SkValue v) {
  SkType *t = sk_type_of(vm, v);
  if (!t->slots->iter && !t->slots->getitem) sk_raise_type(vm, "cannot unpack non-iterable %T object", v);
  return sk_iter(vm, v);
}

RUN_SLOW(unpack) {
  SkValue v = r[pc->b];
  SkTuple *held = sk_tuple_new(vm, pc->c); /* not the registers: v may be one of them */
  Unpack u = {.out = held->items, .want = pc->c};
  if (sk_is_exactly(vm, v, SK_T_list) || sk_is_exactly(vm, v, SK_T_tuple)) {
    sk_iterate(vm, v, unpack_one, &u);
  } else {
    SkValue it = unpack_iter(vm, v);
    for (SkValue x; u.got <= u.want && !sk_is_unset(x = sk_next(vm, it));) {
      sk_barrier(vm, held);
      unpack_one(vm, x, &u);
    }
  }
  if (u.got > u.want) sk_raise_value(vm, "too many values to unpack (expected %zd)", u.want);
  if (u.got < u.want) sk_raise_value(vm, "not enough values to unpack (expected %zd, got %zd)", u.want, u.got);
  memcpy(&r[pc->a], held->items, u.want * sizeof(SkValue));
  vm->r = r;
  return pc + 1;
}

RUN_SLOW(unpackx) {
  size_t before = pc->c, after = (size_t)pc[1].imm;
  SkValue it = unpack_iter(vm, r[pc->b]);
  SkList *all = sk_to_list(vm, it);
  if (all->count < before + after) {
    sk_raise_value(vm, "not enough values to unpack (expected at least %zd, got %zd)", before + after, all->count);
  }
  size_t middle = all->count - before - after;
  SkList *rest = sk_list_from(vm, sk_list_items(all) + before, middle);
  SkValue *out = &r[pc->a], *items = sk_list_items(all);
  for (size_t i = 0; i < before; i++) out[i] = items[i];
  out[before] = sk_from_ptr(rest);
  for (size_t i = 0; i < after; i++) out[before + 1 + i] = items[before + middle + i];
  vm->r = r;
  return pc + 2;
}
