/* frame.c - frame objects and questions about the running frames.  Layer 7.
 *
 * An activation knows nothing of its frame object.  When one is made for an activation on the VM stack, the
 * saved pc in its window is replaced by a TRAP: four words {CONT FRAME with the c of the real instruction,
 * the frame object, the real pc, CONT FRAME}.  A return lands in the trap, which copies the variables
 * into the frame object and goes on as the real instruction would.  The unwinder does the same by hand.
 */
#include "vm/run/gen_impl.h"

typedef struct Trap { SkInsn mark; SkFrame *frame; SkInsn *real; SkInsn cont; } Trap;

static Trap *trap_at(SkInsn *pc) { return pc->op == SK_OP_CONT && pc->a == CONT_FRAME ? (Trap *)pc : NULL; }

SkInsn *frame_wait(SkValue *r) {
  SkInsn *pc = frame_pc(r);
  Trap *t = pc ? trap_at(pc) : NULL;
  return t ? t->real : pc;
}

SkFrame *frame_next(SkFrame *f) { return f->next; }

void sk_frame_trace(SkMarker *m, SkObject *o) {
  SkFrame *f = (SkFrame *)o;
  sk_mark_ptr(m, f->func);
  sk_mark_ptr(m, f->gen);
  sk_mark_cell(m, f->trap);
  sk_mark_cell(m, f->saved);
  if (f->saved) sk_mark_span(m, f->saved->items, f->saved->count);
  sk_mark_ptr(m, f->locals);
  sk_mark(m, f->trace);
}

static size_t variables(const SkFunc *f) { return (size_t)f->code->code->nlocals + f->code->code->nfree; }

SkFrame *frame_new(SkVm *vm, SkFunc *func, uint64_t at) {
  SkFrame *f = sk_object_new_id(vm, SK_T_frame, 0);
  f->func = func;
  f->at = at;
  f->trace = SK_NONE;
  return f;
}

/* ---- live activations ----------------------------------------------------------------------------------- */

static SkFrame *find_live(SkVm *vm, const SkValue *r) {
  for (SkFrame *f = run_of(vm)->frames; f; f = f->next) {
    if (f->live == r) return f;
  }
  return NULL;
}

static SkFrame *frame_of(SkVm *vm, SkValue *r, SkInsn *pc) {
  SkFunc *func = frame_func(r);
  uint64_t at = pc >= func->insns ? (uint64_t)(pc - func->insns) : 0;
  if (!on_stack(vm, r)) {
    SkGen *g = frame_gen(r);
    SkValue known = sk_gen_more(g, SK_GEN_FRAME);
    if (!sk_is_unset(known)) return (SkFrame *)sk_object(known);
    SkFrame *f = frame_new(vm, func, at);
    f->gen = g;
    sk_gen_set_more(vm, g, SK_GEN_FRAME, sk_from_ptr(f));
    return f;
  }
  SkFrame *f = find_live(vm, r);
  if (f) return f;
  f = frame_new(vm, func, at);
  sk_write_ptr(vm, f, &f->trap, sk_raw_new(vm, sizeof(Trap)));
  sk_write_ptr(vm, f, &f->saved, sk_values_new(vm, variables(func)));
  Trap *t = (Trap *)f->trap->data;
  SkInsn *real = frame_pc(r);
  t->mark = (SkInsn){.op = SK_OP_CONT, .a = CONT_FRAME, .c = real->c};
  t->frame = f;
  t->real = real;
  t->cont = (SkInsn){.op = SK_OP_CONT, .a = CONT_FRAME};
  f->live = r;
  f->next = run_of(vm)->frames;
  run_of(vm)->frames = f;
  r[-2].bits = (uint64_t)t;
  return f;
}

static void detach(SkVm *vm, SkFrame *f, SkValue *r) {
  SkFrame **p = &run_of(vm)->frames;
  while (*p && *p != f) p = &(*p)->next;
  if (*p) *p = f->next;
  sk_barrier(vm, f);
  memcpy(f->saved->items, r, f->saved->count * sizeof(SkValue));
  f->live = NULL;
  f->next = NULL;
}

void frame_detach(SkVm *vm, SkValue *r) {
  Trap *t = trap_at(frame_pc(r));
  r[-2].bits = (uint64_t)t->real;
  SkFunc *func = frame_func(r);
  if (vm->r == r && vm->pc >= func->insns) t->frame->at = (uint64_t)(vm->pc - func->insns);
  detach(vm, t->frame, r);
}

void frame_abandon(SkVm *vm, const SkValue *stack, size_t bytes) {
  for (SkFrame **p = &run_of(vm)->frames; *p;) {
    SkFrame *f = *p;
    if ((size_t)((const char *)f->live - (const char *)stack) >= bytes) {
      p = &f->next;
      continue;
    }
    *p = f->next;
    f->live = NULL;
    f->next = NULL;
  }
}

/* The return landed in the trap: |pc| is its last word, the callee's registers are still there. */
SkInsn *frame_returned(SkVm *vm, SkInsn *pc, SkValue *r) {
  Trap *t = (Trap *)(pc - 3);
  SkInsn *real = t->real;
  detach(vm, t->frame, t->frame->live);
  vm->r = r;
  return real + 3;
}

SkValue frame_for_trace(SkVm *vm, SkValue *r) {
  if (!on_stack(vm, r)) {
    return sk_gen_more(frame_gen(r), SK_GEN_FRAME);
  }
  SkFrame *f = run_of(vm)->frames ? find_live(vm, r) : NULL;
  return sk_from_ptr_or(f, SK_UNSET);
}

SkValue frame_of_gen(SkVm *vm, SkGen *g) {
  if (g->head.aux == SK_GEN_CLOSED) return SK_NONE;
  return sk_from_ptr(frame_of(vm, g->regs, g->head.aux == SK_GEN_RUNNING ? NULL : g->pc));
}

/* ---- walking ------------------------------------------------------------------------------------------------ */

/* The Python frame |up| above the running one; its instruction in *pc. */
static SkValue *walk(SkVm *vm, int up, SkInsn **pc) {
  SkValue *r = vm->r;
  *pc = vm->pc;
  while (r) {
    if (!frame_is_pseudo(vm, r) && up-- == 0) return r;
    *pc = frame_wait(r);
    r = frame_r(r);
  }
  return NULL;
}

SkFrame *frame_running(SkVm *vm, SkFunc *f) {
  SkInsn *pc = vm->pc;
  for (SkValue *r = vm->r; r; pc = frame_wait(r), r = frame_r(r)) {
    if (frame_func(r) == f) return frame_of(vm, r, pc);
  }
  return NULL;
}

SkObject *sk_frame_at(SkVm *vm, int up) {
  SkInsn *pc;
  SkValue *r = walk(vm, up, &pc);
  return r ? (SkObject *)frame_of(vm, r, pc) : NULL;
}

SkDict *sk_frame_globals(SkVm *vm) {
  SkInsn *pc;
  SkValue *r = walk(vm, 0, &pc);
  return r ? frame_func(r)->globals : NULL;
}

SkCodeObj *sk_frame_code(SkVm *vm) {
  SkInsn *pc;
  SkValue *r = walk(vm, 0, &pc);
  return r ? frame_func(r)->code : NULL;
}

static int line_at(const SkFunc *f, uint64_t at) { return sk_code_position(f->code->code, (uint32_t)at).line; }

int sk_frame_line(SkVm *vm) {
  SkInsn *pc;
  SkValue *r = walk(vm, 0, &pc);
  if (!r || pc < frame_func(r)->insns) return 0;
  return line_at(frame_func(r), (uint64_t)(pc - frame_func(r)->insns));
}

SkValue frame_origin(SkVm *vm, int depth) {
  SkList *entries = sk_list_new(vm, 0);
  SkInsn *pc = vm->pc;
  for (SkValue *r = vm->r; r && depth > 0; pc = frame_wait(r), r = frame_r(r)) {
    if (frame_is_pseudo(vm, r)) continue;
    SkFunc *f = frame_func(r);
    int line = line_at(f, pc >= f->insns ? (uint64_t)(pc - f->insns) : 0);
    SkTuple *entry = sk_tuple_pack(vm, 3, sk_from_ptr(f->code->filename), sk_smallint(line), sk_from_ptr(f->code->name));
    sk_list_append(vm, entries, sk_from_ptr(entry));
    depth--;
  }
  return sk_from_ptr(sk_to_tuple(vm, sk_from_ptr(entries)));
}

/* ---- variables ------------------------------------------------------------------------------------------------ */

static void collect(SkVm *vm, SkDict *d, const SkFunc *f, const SkValue *r) {
  const SkCode *c = f->code->code;
  for (size_t i = 0; i < (size_t)c->nlocals + c->nfree; i++) {
    SkText n = c->varnames[i];
    if (n.n == 0 || n.s[0] == '.') continue;
    SkValue v = r[i];
    if (c->is_cell[i]) {
      if (!sk_has_kind(v, SK_KIND_CELL)) continue;
      v = ((SkCell *)sk_object(v))->value;
    }
    SkStr *name = sk_str_intern(vm, sk_str_new(vm, n.s, n.n));
    if (sk_is_unset(v)) sk_dict_delete(vm, d, sk_from_ptr(name));
    else sk_dict_set_str(vm, d, name, v);
  }
}

static bool has_namespace(const SkFunc *f) { return (f->code->code->flags & (SK_CODE_CLASS_BODY | SK_CODE_MODULE_BODY)) != 0; }

SkValue sk_frame_locals(SkVm *vm) {
  SkInsn *pc;
  SkValue *r = walk(vm, 0, &pc);
  if (!r) sk_raisef(vm, SK_T_SystemError, "frame does not exist");
  if (has_namespace(frame_func(r))) return r[0];
  SkDict *d = sk_dict_new(vm);
  collect(vm, d, frame_func(r), r);
  return sk_from_ptr(d);
}

bool sk_frame_super_args(SkVm *vm, SkType **type, SkValue *self) {
  SkInsn *pc;
  SkValue *r = walk(vm, 0, &pc);
  if (!r) sk_raisef(vm, SK_T_RuntimeError, "super(): no current frame");
  const SkCode *c = frame_func(r)->code->code;
  if (c->argcount == 0) sk_raisef(vm, SK_T_RuntimeError, "super(): no arguments");
  SkValue first = r[0];
  if (c->is_cell[0] && sk_has_kind(first, SK_KIND_CELL)) first = ((SkCell *)sk_object(first))->value;
  if (sk_is_unset(first)) sk_raisef(vm, SK_T_RuntimeError, "super(): arg[0] deleted");
  for (size_t i = c->nlocals; i < (size_t)c->nlocals + c->nfree; i++) {
    if (c->varnames[i].n != 9 || memcmp(c->varnames[i].s, "__class__", 9) != 0) continue;
    SkValue cell = r[i], cls = sk_has_kind(cell, SK_KIND_CELL) ? ((SkCell *)sk_object(cell))->value : SK_UNSET;
    if (sk_is_unset(cls)) sk_raisef(vm, SK_T_RuntimeError, "super(): empty __class__ cell");
    if (!sk_is_type(cls)) sk_raisef(vm, SK_T_RuntimeError, "super(): __class__ is not a type (%T)", cls);
    *type = sk_as_type(cls);
    *self = first;
    return true;
  }
  sk_raisef(vm, SK_T_RuntimeError, "super(): __class__ cell not found");
}

/* ---- the objects ------------------------------------------------------------------------------------------------ */

static SkFrame *self_frame(SkValue v) { return (SkFrame *)sk_object(v); }

static const SkValue *registers(SkFrame *f) {
  if (f->live) return f->live;
  if (f->gen && f->gen->head.aux != SK_GEN_CLOSED) return f->gen->regs;
  return f->saved && f->saved->count ? f->saved->items : NULL;
}

static SkValue get_locals(SkVm *vm, SkValue self) {
  SkFrame *f = self_frame(self);
  const SkValue *r = registers(f);
  if (has_namespace(f->func)) return r ? r[0] : sk_from_ptr(f->func->globals);
  if (!f->locals) sk_write_ptr(vm, f, &f->locals, sk_dict_new(vm));
  if (r) collect(vm, f->locals, f->func, r);
  return sk_from_ptr(f->locals);
}

static uint64_t current_at(SkVm *vm, SkFrame *f) {
  if (f->live || (f->gen && f->gen->head.aux == SK_GEN_RUNNING)) {
    SkValue *want = f->live ? f->live : f->gen->regs;
    SkInsn *pc = vm->pc;
    for (SkValue *r = vm->r; r; pc = frame_wait(r), r = frame_r(r)) {
      if (r == want && pc >= f->func->insns) f->at = (uint64_t)(pc - f->func->insns);
    }
  } else if (f->gen && f->gen->head.aux == SK_GEN_SUSPENDED) {
    f->at = (uint64_t)(f->gen->pc - f->func->insns);
  }
  return f->at;
}

static SkValue get_lineno(SkVm *vm, SkValue self) {
  SkFrame *f = self_frame(self);
  if (f->gen && f->gen->head.aux == SK_GEN_CREATED) return sk_getattr_cstr(vm, sk_from_ptr(f->func->code), "co_firstlineno");
  int line = line_at(f->func, current_at(vm, f));
  return line > 0 ? sk_smallint(line) : SK_NONE;
}
static SkValue get_lasti(SkVm *vm, SkValue self) { return sk_smallint((int64_t)current_at(vm, self_frame(self)) * 2); }
static SkValue get_code(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(self_frame(self)->func->code); }
static SkValue get_globals(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(self_frame(self)->func->globals); }
static SkValue get_builtins(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr_or(self_frame(self)->func->builtins, SK_NONE); }
static SkValue get_trace(SkVm *vm, SkValue self) { (void)vm; return self_frame(self)->trace; }
static void set_trace(SkVm *vm, SkValue self, SkValue v) { sk_write(vm, self_frame(self), &self_frame(self)->trace, sk_is_unset(v) ? SK_NONE : v); }

static SkValue get_back(SkVm *vm, SkValue self) {
  SkFrame *f = self_frame(self);
  SkValue *want = f->live ? f->live : f->gen && f->gen->head.aux == SK_GEN_RUNNING ? f->gen->regs : NULL;
  if (!want) return SK_NONE;
  bool passed = false;
  SkInsn *pc = vm->pc;
  for (SkValue *r = vm->r; r; pc = frame_wait(r), r = frame_r(r)) {
    if (passed && !frame_is_pseudo(vm, r)) return sk_from_ptr(frame_of(vm, r, pc));
    if (r == want) passed = true;
  }
  return SK_NONE;
}

SK_NATIVE(frame_clear, "clear(self, /)", "Forget the variables of a frame that has ended.") {
  SkFrame *f = self_frame(args[0]);
  if (f->live || (f->gen && f->gen->head.aux == SK_GEN_RUNNING)) {
    sk_raisef(vm, SK_T_RuntimeError, "cannot clear an executing frame");
  }
  if (f->gen && f->gen->head.aux == SK_GEN_SUSPENDED) sk_raisef(vm, SK_T_RuntimeError, "cannot clear a suspended frame");
  if (f->gen && f->gen->head.aux == SK_GEN_CREATED) {
    gen_del(vm, f->gen);
    gen_close(vm, f->gen);
  }
  f->saved = NULL;
  if (f->locals) sk_dict_clear(vm, f->locals);
  return SK_NONE;
}

static SkValue frame_repr(SkVm *vm, SkValue self) {
  SkFrame *f = self_frame(self);
  SkCodeObj *co = f->func->code;
  return sk_from_ptr(sk_format(vm, "<frame at 0x%llx, file %R, line %d, code %U>", (long long)(uintptr_t)f, sk_from_ptr(co->filename),
                               line_at(f->func, current_at(vm, f)), co->name));
}

static const SkAttrDef attrs[] = {
    SK_METHOD(frame_clear), SK_GETSET("f_back", get_back, NULL, NULL), SK_GETSET("f_builtins", get_builtins, NULL, NULL),
    SK_GETSET("f_code", get_code, NULL, NULL), SK_GETSET("f_globals", get_globals, NULL, NULL),
    SK_GETSET("f_lasti", get_lasti, NULL, NULL), SK_GETSET("f_lineno", get_lineno, NULL, NULL),
    SK_GETSET("f_locals", get_locals, NULL, NULL), SK_GETSET("f_trace", get_trace, set_trace, NULL), SK_ATTRS_END};

const SkTypeDef sk_frame_type = {
    .name = "frame", .kind = SK_KIND_FRAME, .size = sizeof(SkFrame), .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE,
    .slots = {.repr = frame_repr}, .attrs = attrs};
