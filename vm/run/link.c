/* link.c - makes a VM's own runnable copy of an SkCode.  Layer 7.
 *
 * Constants become Values, names become interned strings, instructions are copied because their inline
 * caches are written.  One word stands before the first instruction: a NOP whose b is a scratch register,
 * which is where a new generator "stands" (gen.h): resuming it looks like resuming at a YIELD.
 */
#include "vm/run/run_impl.h"

static SkStr *text(SkVm *vm, SkText t) { return sk_str_intern(vm, sk_str_new(vm, t.s, t.n)); }

/* Worth interning: probably an attribute name or a key. */
static bool looks_like_name(const SkStr *s) {
  for (size_t i = 0; i < s->bytes; i++) {
    char c = s->data[i];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) return false;
  }
  return true;
}

static SkValue constant(SkVm *vm, const SkCode *code, SkValues *done, size_t i) {
  const SkCodeConst *c = &code->consts[i];
  switch (c->kind) {
  case SK_K_NONE: return SK_NONE;
  case SK_K_FALSE: return SK_FALSE;
  case SK_K_TRUE: return SK_TRUE;
  case SK_K_ELLIPSIS: return SK_ELLIPSIS;
  case SK_K_INT: return sk_int_new(vm, c->i);
  case SK_K_BIGINT: return sk_int_from_text(vm, c->text, c->length, 10);
  case SK_K_FLOAT: return sk_float_new(vm, c->d);
  case SK_K_COMPLEX: return sk_complex_new(vm, c->d, c->im);
  case SK_K_STR: {
    SkStr *s = sk_str_new(vm, c->text, c->length);
    return sk_from_ptr(looks_like_name(s) ? sk_str_intern(vm, s) : s);
  }
  case SK_K_BYTES: return sk_from_ptr(sk_bytes_new(vm, c->text, c->length));
  case SK_K_TUPLE: {
    SkTuple *t = sk_tuple_new(vm, c->count);
    for (size_t j = 0; j < c->count; j++) t->items[j] = done->items[c->items[j]];
    return sk_from_ptr(t);
  }
  case SK_K_FROZENSET: {
    SkTuple *t = sk_tuple_new(vm, c->count);
    for (size_t j = 0; j < c->count; j++) t->items[j] = done->items[c->items[j]];
    return sk_from_ptr(sk_frozenset_from(vm, t->items, c->count));
  }
  case SK_K_CODE: return sk_from_ptr(sk_link(vm, c->code));
  }
  return SK_NONE;
}

/* A cache that matches nothing. */
static void reset_insn(SkInsn *i) {
  switch (i->op) {
  case SK_OP_GLOBAL: case SK_OP_NAME: case SK_OP_SETGLOBAL: case SK_OP_SETNAME:
    i[1].key.version = i[2].key.version = 0xffffffffu;
    break;
  case SK_OP_GETATTR: case SK_OP_SETATTR: case SK_OP_GETMETHOD:
    i[1].attr.shape = 0;
    i[2].w = 0;
    break;
  case SK_OP_CALLM:
    i[1].method.mshape = 0;
    i[2].w = 0;
    break;
  }
}

static uint16_t plain_op(uint16_t op) {
  switch (op) {
  case SK_OP_GLOBAL_MODULE: case SK_OP_GLOBAL_BUILTIN: return SK_OP_GLOBAL;
  case SK_OP_SETGLOBAL_SLOT: return SK_OP_SETGLOBAL;
  case SK_OP_NAME_MODULE: case SK_OP_NAME_BUILTIN: return SK_OP_NAME;
  case SK_OP_GETATTR_SLOT: case SK_OP_GETATTR_OVER: case SK_OP_GETATTR_CELL: case SK_OP_GETATTR_METHOD:
  case SK_OP_GETATTR_PROP: case SK_OP_GETATTR_MODULE: case SK_OP_GETATTR_TYPE:
  case SK_OP_GETATTR_GETSET: return SK_OP_GETATTR;
  case SK_OP_GETITEM_JF: return SK_OP_GETITEM;
  case SK_OP_GETMETHOD_CELL: return SK_OP_GETMETHOD;
  case SK_OP_SETATTR_SLOT: case SK_OP_SETATTR_ADD: return SK_OP_SETATTR;
  case SK_OP_CALLM_FUNC: case SK_OP_CALLM_NATIVE: case SK_OP_CALLM_MODULE: case SK_OP_CALLM_TYPE: return SK_OP_CALLM;
  default: return op;
  }
}

/* Pairs that have an instruction of their own; the second one stays, for jumps to it. */
static void fuse(SkCodeObj *co) {
  const SkCode *code = co->code;
  uint32_t last = 0;
  for (uint32_t i = 0; i < code->ninsns; last = i, i += sk_op_info[co->insns[i].op].words) {
    SkInsn *a = &co->insns[last], *b = &co->insns[i];
    if (i && a->op == SK_OP_GETITEM && b->op == SK_OP_JF && a->a == b->a) a->op = SK_OP_GETITEM_JF;
  }
}

static void reset_code(SkCodeObj *co) {
  for (uint32_t i = 0; i < co->code->ninsns; i += sk_op_info[co->insns[i].op].words) {
    co->insns[i].op = plain_op(co->insns[i].op);
    reset_insn(&co->insns[i]);
  }
  fuse(co);
}

static void reset_object(SkObject *o, void *arg) {
  (void)arg;
  if (o->kind == SK_KIND_CODE && ((SkCodeObj *)o)->insns) reset_code((SkCodeObj *)o);
}

static void cool(SkCodeObj *co) {
  if (!co->warm_at) return;
  *co->warm_at = co->warm_next;
  if (co->warm_next) co->warm_next->warm_at = co->warm_at;
  co->warm_next = NULL;
  co->warm_at = NULL;
}

/* The list is weak: dead code leaves it before its memory goes. */
void run_drop_dead_code(SkVm *vm, void *arg) {
  (void)arg;
  SkRun *run = run_of(vm);
  for (SkCodeObj *co = run ? run->warm : NULL, *next; co; co = next) {
    next = co->warm_next;
    if (!sk_gc_is_live(co)) cool(co);
  }
}

void sk_run_flush_caches(SkVm *vm) {
  SkRun *run = run_of(vm);
  if (!run) return; /* nothing ran yet */
  for (SkCodeObj *co; (co = run->warm) != NULL;) {
    reset_code(co);
    cool(co);
  }
  if (run->warm_elsewhere) sk_heap_walk(vm, reset_object, NULL);
  run->warm_elsewhere = false;
}

static bool is_generator(const SkCode *c) {
  return (c->flags & (SK_CODE_GENERATOR | SK_CODE_COROUTINE | SK_CODE_ASYNC_GENERATOR)) != 0;
}

/* Where a jump to |at| ends up when jumps there are followed. */
static int64_t final_target(const SkInsn *insns, int64_t at) {
  for (int hops = 0; hops < 8 && insns[at].op == SK_OP_JMP; hops++) at += sk_insn_jump32(&insns[at]);
  return at;
}

/* A jump to a jump goes to the end at once. */
static void thread_jump(SkInsn *insns, uint32_t i) {
  const SkOpInfo *info = &sk_op_info[insns[i].op];
  if (!sk_op_polls(insns[i].op)) return;
  if (info->c == SK_OPERAND_J) {
    int64_t d = final_target(insns, i + (int16_t)insns[i].c) - i;
    if (d >= INT16_MIN && d <= INT16_MAX && d != 0) insns[i].c = (uint16_t)(int16_t)d;
  } else if (info->b == SK_OPERAND_BC && insns[i].op != SK_OP_JMP) {
    int64_t d = final_target(insns, i + sk_insn_jump32(&insns[i])) - i;
    insns[i].b = (uint16_t)(uint32_t)d;
    insns[i].c = (uint16_t)((uint32_t)d >> 16);
  }
}

static void copy_insns(SkVm *vm, SkCodeObj *co, const SkCode *code) {
  co->insns_cell = sk_raw_new(vm, ((size_t)code->ninsns + 1) * sizeof(SkInsn));
  SkInsn *insns = (SkInsn *)co->insns_cell->data;
  insns[0] = (SkInsn){.op = SK_OP_NOP, .b = code->nregs};
  memcpy(insns + 1, code->insns, code->ninsns * sizeof(SkInsn));
  co->insns = insns + 1;
  for (uint32_t i = 0; i < code->ninsns; i += sk_op_info[co->insns[i].op].words) {
    SkInsn *insn = &co->insns[i];
    reset_insn(insn);
    thread_jump(co->insns, i);
    if (is_generator(code) && insn->op == SK_OP_RET) insn->op = SK_OP_GENRET;
    if (is_generator(code) && insn->op == SK_OP_RETNONE) insn->op = SK_OP_GENRETNONE;
  }
  fuse(co);
}

SkCodeObj *sk_link(SkVm *vm, SkCode *code) {
  sk_assert(code->insns->op == SK_OP_HOST || sk_code_verify(code, NULL) == NULL);
  SkCodeObj *co = sk_object_new_id(vm, SK_T_code, 0);
  co->replaced = SK_NONE;
  co->code = sk_code_retain(code);
  sk_write_ptr(vm, co, &co->name, text(vm, code->name));
  sk_write_ptr(vm, co, &co->qualname, text(vm, code->qualname));
  sk_write_ptr(vm, co, &co->filename, text(vm, code->filename));
  sk_write_ptr(vm, co, &co->consts, sk_values_new(vm, code->nconsts));
  for (size_t i = 0; i < code->nconsts; i++) {
    SkValue v = constant(vm, code, co->consts, i);
    sk_write(vm, co, &co->consts->items[i], v);
  }
  sk_write_ptr(vm, co, &co->names, sk_values_new(vm, code->nnames));
  for (size_t i = 0; i < code->nnames; i++) {
    SkValue v = sk_from_ptr(text(vm, code->names[i]));
    sk_write(vm, co, &co->names->items[i], v);
  }
  size_t named = (size_t)code->argcount + code->kwonly;
  sk_write_ptr(vm, co, &co->params, sk_values_new(vm, named));
  for (size_t i = 0; i < named; i++) {
    SkValue v = sk_from_ptr(text(vm, code->varnames[i]));
    sk_write(vm, co, &co->params->items[i], v);
  }
  copy_insns(vm, co, code);
  sk_barrier(vm, co);
  return co;
}

typedef struct Link { SkCode *code; SkCodeObj *result; } Link;
static void link_protected(SkVm *vm, void *arg) { ((Link *)arg)->result = sk_link(vm, ((Link *)arg)->code); }

SkCodeObj *sk_link_take(SkVm *vm, SkCode *code) {
  Link l = {code, NULL};
  bool fine = sk_protect(vm, link_protected, &l);
  sk_code_release(code); /* what was linked has a reference of its own */
  if (!fine) sk_throw(vm, sk_take_raised(vm));
  return l.result;
}

void sk_codeobj_trace(SkMarker *m, SkObject *o) {
  SkCodeObj *co = (SkCodeObj *)o;
  sk_mark_ptr(m, co->name);
  sk_mark_ptr(m, co->qualname);
  sk_mark_ptr(m, co->filename);
  sk_mark(m, co->replaced);
  sk_mark_cell(m, co->insns_cell);
  sk_mark_cell(m, co->consts);
  if (co->consts) sk_mark_span(m, co->consts->items, co->consts->count);
  sk_mark_cell(m, co->params);
  if (co->params) sk_mark_span(m, co->params->items, co->params->count);
  sk_mark_cell(m, co->names);
  if (co->names) sk_mark_span(m, co->names->items, co->names->count);
}

void sk_codeobj_finalize(SkVm *vm, SkObject *o) {
  (void)vm;
  SkCodeObj *co = (SkCodeObj *)o;
  if (co->code) sk_code_release(co->code);
}
