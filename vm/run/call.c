/* call.c - every shape of call that is not a plain function with plain arguments.  Layer 7.
 *
 * One routine, run_call, takes a callee apart (bound method, class, callable instance) until a Python
 * function is left, whose frame is pushed, or a C function, which is called.  No C recursion from Python
 * to Python.
 */
#include "vm/run/run_impl.h"

/* ---- Python functions -------------------------------------------------------------------------- */

/* Pushes the frame: |n| registers at |nr| are filled. */
static SkInsn *push(SkVm *vm, SkFunc *f, SkValue *nr, size_t n, SkInsn *ret_pc, SkValue *ret_r) {
  if (SK_UNLIKELY(run_take_step(vm))) {
    run_of(vm)->live_top = nr + n; /* the poll may collect and run finalizers */
    vm->hooks.poll(vm);
  }
  if (SK_UNLIKELY(!run_fits(vm, nr, f->nregs))) {
    size_t up = RUN_PSEUDO_REGS + RUN_HEAD;
    SkValue few[16], *copy = few;
    run_of(vm)->live_top = nr + n;
    if (n > 16) copy = sk_tuple_from(vm, nr, n)->items;
    else memcpy(few, nr, n * sizeof *nr);
    run_grow(vm, nr, f->nregs, &ret_pc, &ret_r);
    nr += up;
    memcpy(nr, copy, n * sizeof *nr);
    sk_keep(copy);
  }
  nr[-3] = sk_from_ptr(f);
  nr[-2].bits = (uint64_t)ret_pc;
  nr[-1].bits = (uint64_t)ret_r;
  vm->r = nr;
  return f->insns;
}

static size_t parameters(const SkCode *c) {
  return (size_t)c->argcount + c->kwonly + !!(c->flags & SK_CODE_VARARGS) + !!(c->flags & SK_CODE_VARKEYWORDS);
}

/* The body of a class takes its namespace, that of a module what sk_run_code gives it; called without arguments, as if they were
 * functions (types.FunctionType), they work on their globals. */
static size_t bind_body(SkVm *vm, SkFunc *f, SkValue *nr, size_t nargs, SkTuple *kwnames) {
  bool given = nargs == 1 && ((f->code->code->flags & SK_CODE_CLASS_BODY) || f->simple_args == 1);
  if (!given || kwnames) run_bind(vm, f, nr, nargs, kwnames);
  if (!given) nr[0] = sk_from_ptr(f->globals);
  return 1;
}

SkInsn *run_call_func(SkVm *vm, SkInsn *pc, SkValue *r, SkFunc *f, SkValue *nr, size_t nargs, SkTuple *kwnames) {
  size_t n = nargs;
  if (f->simple_args != nargs || kwnames) {
    const SkCode *c = f->code->code;
    if (c->flags & (SK_CODE_CLASS_BODY | SK_CODE_MODULE_BODY)) {
      n = bind_body(vm, f, nr, nargs, kwnames);
    } else {
      run_bind(vm, f, nr, nargs, kwnames);
      n = parameters(c);
    }
    if (c->flags & (SK_CODE_GENERATOR | SK_CODE_COROUTINE | SK_CODE_ASYNC_GENERATOR)) {
      run_of(vm)->live_top = nr + n;
      SkValue g = gen_new(vm, f, nr);
      if (c->flags & SK_CODE_ASYNC_GENERATOR) {
        run_of(vm)->fresh = sk_as_gen(g);
        run_of(vm)->fresh_pc = pc;
        run_of(vm)->fresh_r = r;
      }
      return run_deliver(vm, pc, r, g);
    }
  }
  return push(vm, f, nr, n, pc, r);
}

/* ---- natives ------------------------------------------------------------------------------------ */

SkValue run_native(SkVm *vm, SkNative *n, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  return sk_native_invoke(vm, n, args, nargs, kwnames);
}

/* ---- classes ------------------------------------------------------------------------------------- */

/* C(...) where C has Python's __init__ or none, and object's __new__: the usual class statement. */
static bool plain_class(SkVm *vm, SkType *t) {
  return t->kind == SK_KIND_INSTANCE && !(t->flags & SK_TYPE_ABSTRACT) && (t->flags & SK_TYPE_HEAP) &&
         t->slots->new_ == vm->types[SK_T_object]->slots->new_ &&
         vm->shapes[t->head.shape]->cls->slots->call == vm->types[SK_T_type]->slots->call;
}

/* range(start, stop).  Where it only feeds a GETITER nobody ever sees the range: the iterator is made at once. */
static SkInsn *call_range(SkVm *vm, SkInsn *pc, SkValue *r, int64_t start, int64_t stop) {
  SkInsn *next = pc + 3;
  const SkCode *c = frame_func(r)->code ? frame_func(r)->code->code : NULL;
  bool temporary = c && next->op == SK_OP_GETITER && next->b == pc->c && pc->c >= c->nlocals + c->nfree;
  if (!temporary || pc->op != SK_OP_CALL) return run_deliver(vm, pc, r, sk_range_new(vm, start, stop, 1));
  SkRangeIter *it = sk_object_new_id(vm, SK_T_range_iterator, 0);
  it->next = start;
  it->step = 1;
  it->left = stop > start ? (uint64_t)(stop - start) : 0;
  return run_deliver(vm, next, r, sk_from_ptr(it));
}

static SkInsn *call_class(SkVm *vm, SkInsn *pc, SkValue *r, SkType *t, SkValue *nr, size_t nargs, SkTuple *kwnames) {
  if (plain_class(vm, t)) {
    SkCell *init = sk_type_lookup_cell(vm, t, SK_SLOT_NAME(vm, init));
    if (init && sk_is_func(init->value)) {
      SkFunc *f = sk_as_func(init->value);
      SkRun *run = run_of(vm);
      size_t nkw = kwnames ? kwnames->count : 0, n = nargs + nkw;
      run->live_top = nr + n;
      SkValue self = sk_from_ptr(sk_object_new(vm, t, 0));
      size_t up = 2 + RUN_HEAD;
      memmove(nr + up + 1, nr, n * sizeof *nr);
      nr[-3] = sk_from_ptr(run->pseudo);
      nr[-2].bits = (uint64_t)pc;
      nr[-1].bits = (uint64_t)r;
      nr[0] = SK_NONE;
      nr[1] = self;
      nr[up] = self;
      nr[2] = nr[3] = nr[4] = SK_NONE;
      run->live_top = nr + up + 1 + n;
      return run_call_func(vm, CONT_MARK(CONT_INIT), nr, f, nr + up, nargs + 1, kwnames);
    }
  }
  if (t == vm->types[SK_T_range] && !kwnames) {
    if (nargs == 1 && sk_is_smallint(nr[0])) return call_range(vm, pc, r, 0, sk_smallint_get(nr[0]));
    if (nargs == 2 && sk_both_smallint(nr[0], nr[1])) return call_range(vm, pc, r, sk_smallint_get(nr[0]), sk_smallint_get(nr[1]));
  }
  SkType *meta = vm->shapes[t->head.shape]->cls;
  return run_deliver(vm, pc, r, meta->slots->call(vm, sk_from_ptr(t), nr, nargs, kwnames));
}

/* ---- anything ------------------------------------------------------------------------------------ */

static SkInsn *call_other(SkVm *vm, SkInsn *pc, SkValue *r, SkValue f, SkValue *nr, size_t nargs, SkTuple *kwnames) {
  SkType *t = sk_type_of(vm, f);
  if (!t->slots->call) sk_raise_type(vm, "'%T' object is not callable", f);
  return run_deliver(vm, pc, r, t->slots->call(vm, f, nr, nargs, kwnames));
}

/* Puts |self| before the arguments: they move up one register. */
static void insert_self(SkVm *vm, SkValue self, SkValue *nr, size_t n) {
  memmove(nr + 1, nr, n * sizeof *nr);
  nr[0] = self;
  run_of(vm)->live_top = nr + n + 1;
}

SkInsn *run_call(SkVm *vm, SkInsn *pc, SkValue *r, SkValue f, SkValue *nr, size_t nargs, SkTuple *kwnames) {
  for (;;) {
    if (!sk_is_ptr(f)) return call_other(vm, pc, r, f, nr, nargs, kwnames);
    switch (sk_object(f)->kind) {
    case SK_KIND_FUNC:
      return run_call_func(vm, pc, r, (SkFunc *)sk_object(f), nr, nargs, kwnames);
    case SK_KIND_NATIVE: {
      SkNative *n = (SkNative *)sk_object(f);
      if (SK_UNLIKELY(n == run_of(vm)->next) && nargs == 1 && !kwnames && sk_is_gen(nr[0])) {
        SkGen *g = sk_as_gen(nr[0]);
        if (gen_ready(g, SK_NONE) && g->what == SK_GEN_PLAIN) return gen_enter(vm, g, pc, r, SK_NONE);
      }
      bool fast = n->fast_args == (int64_t)nargs && !kwnames && n->head.aux == 0;
      return run_deliver(vm, pc, r, SK_LIKELY(fast) ? n->def->fn(vm, nr) : run_native(vm, n, nr, nargs, kwnames));
    }
    case SK_KIND_METHOD: {
      SkMethod *m = (SkMethod *)sk_object(f);
      insert_self(vm, m->self, nr, nargs + (kwnames ? kwnames->count : 0));
      nargs++;
      f = m->func;
      continue;
    }
    case SK_KIND_TYPE:
      return call_class(vm, pc, r, (SkType *)sk_object(f), nr, nargs, kwnames);
    default: {
      SkType *t = sk_type_of(vm, f);
      SkValue c = t->flags & SK_TYPE_HEAP ? sk_type_lookup(vm, t, SK_SLOT_NAME(vm, call)) : SK_UNSET;
      if (!sk_is_func(c)) return call_other(vm, pc, r, f, nr, nargs, kwnames);
      insert_self(vm, f, nr, nargs + (kwnames ? kwnames->count : 0));
      nargs++;
      f = c;
    }
    }
  }
}

/* The window of a call: where the arguments stand, or, for frames that are not on the stack, a copy of
 * them at the place on the stack where their callees' frames go. */
static SkValue *window(SkVm *vm, SkInsn *pc, SkValue *r, size_t n) {
  SkValue *nr = r + pc->a + RUN_HEAD;
  if (SK_LIKELY(on_stack(vm, r))) return nr;
  SkValue *to = frame_gen(r)->stack_top + RUN_HEAD;
  memcpy(to, nr, n * sizeof *to);
  run_of(vm)->live_top = to + n;
  return to;
}

SkInsn *run_call_copy(SkVm *vm, SkInsn *pc, SkValue *r, SkValue f, const SkValue *args, size_t n) {
  SkValue *to = frame_top(vm, r) + RUN_HEAD;
  for (size_t i = 0; i < n; i++) to[i] = args[i];
  run_of(vm)->live_top = to + n;
  return run_call(vm, pc, r, f, to, n, NULL);
}

RUN_SLOW(call) { return run_call(vm, pc, r, r[pc->a], window(vm, pc, r, pc->b), pc->b, NULL); }

RUN_SLOW(callkw) {
  SkTuple *names = (SkTuple *)sk_object(frame_func(r)->k[pc[1].imm]);
  size_t n = pc->b;
  return run_call(vm, pc, r, r[pc->a], window(vm, pc, r, n + names->count), n, names);
}

/* f(*args, **kwargs).  Few arguments are spread on the stack; natives get many where they are. */
RUN_SLOW(callx) {
  SkValue f = r[pc->a], spread = r[pc->a + RUN_HEAD];
  if (!sk_is_tuple(spread)) {
    SkType *t = sk_type_of(vm, spread);
    if (!t->slots->iter && !t->slots->getitem) {
      sk_raise_type(vm, "%U argument after * must be an iterable, not %T", run_callee_name(vm, f), spread);
    }
  }
  SkTuple *args = sk_to_tuple(vm, spread);
  SkValue kw = r[pc->a + RUN_HEAD + 1];
  size_t n = args->count, nkw = sk_is_none(kw) ? 0 : sk_as_dict(kw)->live;
  SkValue key, ignored;
  for (size_t i = 0; nkw && sk_dict_next(sk_as_dict(kw), &i, &key, &ignored);) /* loaded code can bring any dict */
    if (!sk_is_str(key)) sk_raise_type(vm, "keywords must be strings");
  if (n + nkw > RUN_SLACK - 8 && !sk_is_func(f) && !sk_has_kind(f, SK_KIND_METHOD)) {
    return run_deliver(vm, pc, r, sk_call_spread(vm, f, args, nkw ? sk_as_dict(kw) : NULL));
  }
  SkValue *nr = on_stack(vm, r) ? r + pc->a + RUN_HEAD : frame_gen(r)->stack_top + RUN_HEAD;
  if (nkw + n > RUN_SLACK - 8) nr = frame_top(vm, r) + RUN_HEAD;
  if ((size_t)((char *)(nr + n + nkw + RUN_SLACK) - (char *)vm->stack_base) > run_of(vm)->stack_bytes) sk_raise_recursion(vm, "");
  SkTuple *names = NULL;
  SkDict *d = nkw ? sk_as_dict(kw) : NULL;
  run_of(vm)->live_top = nr;
  if (nkw) names = sk_tuple_new(vm, nkw);
  memcpy(nr, args->items, n * sizeof *nr);
  if (nkw) {
    SkValue k, v;
    size_t j = 0;
    for (size_t i = 0; sk_dict_next(d, &i, &k, &v); j++) {
      names->items[j] = k;
      nr[n + j] = v;
    }
  }
  run_of(vm)->live_top = nr + n + nkw;
  return run_call(vm, pc, r, f, nr, n, names);
}

/* ---- continuations --------------------------------------------------------------------------------- */

SkValue *run_push_cont(SkVm *vm, SkInsn *pc, SkValue *r, int cont) {
  SkValue *pr = frame_top(vm, r) + RUN_HEAD;
  pr[-3] = sk_from_ptr(run_of(vm)->pseudo);
  pr[-2].bits = (uint64_t)pc;
  pr[-1].bits = (uint64_t)r;
  for (int i = 0; i < RUN_PSEUDO_REGS; i++) pr[i] = SK_NONE;
  (void)cont;
  return pr;
}

SkInsn *run_call_cont(SkVm *vm, SkValue *pr, int cont, SkValue f, const SkValue *args, size_t n) {
  SkValue *to = pr + RUN_PSEUDO_REGS + RUN_HEAD;
  for (size_t i = 0; i < n; i++) to[i] = args[i];
  run_of(vm)->live_top = to + n;
  vm->r = pr;
  vm->pc = CONT_MARK(cont);
  return run_call(vm, vm->pc, pr, f, to, n, NULL);
}

static SkValue *frame_top_or_base(SkVm *vm) { return vm->r ? frame_top(vm, vm->r) : vm->stack_base; }

/* ---- from C ------------------------------------------------------------------------------------------ */

/* The border stays unseen (vm->r is the caller's) until a frame above it runs: what goes wrong before, goes
 * wrong in the caller. */
SkValue *run_push_entry(SkVm *vm, int cont) {
  SkRun *run = run_of(vm);
  SkValue *top = vm->r ? frame_top(vm, vm->r) : vm->stack_base;
  if (run->live_top > top) top = run->live_top;
  SkValue *er = top + RUN_HEAD;
  if ((size_t)((char *)(er + RUN_SLACK) - (char *)vm->stack_base) > run->stack_bytes) sk_raise_recursion(vm, "");
  er[-3] = sk_from_ptr(run->pseudo);
  er[-2].bits = (uint64_t)vm->pc;
  er[-1].bits = (uint64_t)vm->r;
  for (int i = 0; i < RUN_PSEUDO_REGS; i++) er[i] = SK_NONE;
  er[1].bits = (uint64_t)run->live_top;
  run->live_top = er + RUN_PSEUDO_REGS;
  (void)cont;
  return er;
}

void run_pop_entry(SkVm *vm, SkValue *er) {
  vm->pc = frame_pc(er);
  vm->r = frame_r(er);
  run_of(vm)->live_top = (SkValue *)er[1].bits;
}

static SkValue call_func(SkVm *vm, SkValue f, const SkValue *args, size_t n, SkTuple *kwnames) {
  sk_enter(vm, "");
  size_t all = n + (kwnames ? kwnames->count : 0);
  if ((size_t)((char *)(frame_top_or_base(vm) + all + 2 * RUN_SLACK) - (char *)vm->stack_base) > run_of(vm)->stack_bytes) {
    sk_raise_recursion(vm, "");
  }
  SkValue *er = run_push_entry(vm, CONT_EXIT), *nr = er + RUN_PSEUDO_REGS + RUN_HEAD;
  if (all) memcpy(nr, args, all * sizeof *nr);
  run_of(vm)->live_top = nr + all;
  SkInsn *pc = run_call_func(vm, CONT_MARK(CONT_EXIT), er, sk_as_func(f), nr, n, kwnames);
  run_of(vm)->live_top = NULL;
  SkValue v = run_loop(vm, pc);
  run_pop_entry(vm, er);
  return v;
}

SkValue run_hook_call(SkVm *vm, SkValue f, const SkValue *args, size_t n, SkTuple *kwnames) {
  if (sk_is_ptr(f)) {
    switch (sk_object(f)->kind) {
    case SK_KIND_FUNC:
      return call_func(vm, f, args, n, kwnames);
    case SK_KIND_NATIVE:
      return run_native(vm, (SkNative *)sk_object(f), args, n, kwnames);
    case SK_KIND_METHOD: {
      SkMethod *m = (SkMethod *)sk_object(f);
      size_t all = n + (kwnames ? kwnames->count : 0);
      SkValue few[8], *a = few;
      if (all + 1 > 8) a = sk_tuple_new(vm, all + 1)->items;
      a[0] = m->self;
      if (all) memcpy(a + 1, args, all * sizeof *a);
      SkValue v = run_hook_call(vm, m->func, a, n + 1, kwnames);
      sk_keep(a);
      return v;
    }
    }
  }
  SkType *t = sk_type_of(vm, f);
  if (!t->slots->call) sk_raise_type(vm, "'%T' object is not callable", f);
  return t->slots->call(vm, f, args, n, kwnames);
}
