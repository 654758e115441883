/* traceback.c - traceback objects, made of an exception's compact trace when somebody looks.  Layer 7. */
#include "vm/run/run_impl.h"

void sk_traceback_trace(SkMarker *m, SkObject *o) {
  SkTraceback *t = (SkTraceback *)o;
  sk_mark_ptr(m, t->func);
  sk_mark_ptr(m, t->frame);
  sk_mark(m, t->next);
  sk_mark_cell(m, t->pending);
  if (t->pending) sk_mark_span(m, t->pending->items, (size_t)t->pending_count * 3);
}

/* The level of entry |count| - 1 of |trace|; |below| is under entry 0.  The trace becomes the object's. */
static SkTraceback *level(SkVm *vm, SkValues *trace, uint32_t count, SkValue below) {
  SkTraceEntry e = ((SkTraceEntry *)trace->items)[count - 1];
  SkTraceback *t = sk_object_new_id(vm, SK_T_traceback, 0);
  t->func = sk_as_func(e.func);
  t->frame = sk_has_kind(e.frame, SK_KIND_FRAME) ? (SkFrame *)sk_object(e.frame) : NULL;
  t->at = (uint64_t)sk_smallint_get(e.at);
  t->line = sk_code_position(t->func->code->code, (uint32_t)t->at).line;
  t->lasti = (int64_t)t->at * 2;
  t->next = below;
  if (count > 1) {
    t->pending = trace;
    t->pending_count = count - 1;
  }
  return t;
}

SkValue sk_exc_traceback(SkVm *vm, SkExc *exc) {
  if (!exc->trace_count) return sk_is_traceback(exc->traceback) ? exc->traceback : SK_NONE;
  SkValue below = sk_is_traceback(exc->traceback) ? exc->traceback : SK_NONE;
  SkValue tb = sk_from_ptr(level(vm, exc->trace, exc->trace_count, below));
  sk_object(tb)->aux = SK_TRACEBACK_LIVE; /* the outermost level is where it was caught */
  sk_write(vm, exc, &exc->traceback, tb);
  exc->trace = NULL;
  exc->trace_count = 0;
  return tb;
}

SkValue sk_traceback_next(SkVm *vm, SkTraceback *t) {
  if (!t->pending) return t->next;
  SkTraceback *n = level(vm, t->pending, t->pending_count, t->next);
  sk_write(vm, t, &t->next, sk_from_ptr(n));
  t->pending = NULL;
  return t->next;
}

static SkTraceback *self_tb(SkValue v) { return (SkTraceback *)sk_object(v); }

static SkValue get_frame(SkVm *vm, SkValue self) {
  SkTraceback *t = self_tb(self);
  if (!t->frame && t->head.aux == SK_TRACEBACK_LIVE) {
    SkFrame *live = frame_running(vm, t->func);
    if (live) sk_write_ptr(vm, t, &t->frame, live);
  }
  if (!t->frame) sk_write_ptr(vm, t, &t->frame, frame_new(vm, t->func, t->at));
  return sk_from_ptr(t->frame);
}
static SkValue get_lineno(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(self_tb(self)->line); }
static SkValue get_lasti(SkVm *vm, SkValue self) { (void)vm; return sk_int_new(vm, self_tb(self)->lasti); }
static SkValue get_next(SkVm *vm, SkValue self) { return sk_traceback_next(vm, self_tb(self)); }

static void set_next(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_unset(v)) sk_raise_type(vm, "can't delete tb_next attribute");
  if (!sk_is_none(v) && !sk_is_traceback(v)) sk_raise_type(vm, "expected traceback object, got '%T'", v);
  for (SkValue t = v; sk_is_traceback(t); t = sk_traceback_next(vm, self_tb(t))) {
    if (sk_is(t, self)) sk_raise_value(vm, "traceback loop detected");
  }
  self_tb(self)->pending = NULL;
  sk_write(vm, self_tb(self), &self_tb(self)->next, v);
}

SK_NATIVE(traceback_new, "__new__(cls, tb_next, tb_frame, tb_lasti, tb_lineno)", "Create a new traceback object.") {
  if (!sk_is_none(args[1]) && !sk_is_traceback(args[1])) sk_raise_type(vm, "expected traceback object or None, got '%T'", args[1]);
  if (!sk_has_kind(args[2], SK_KIND_FRAME)) sk_raise_type(vm, "traceback() argument 'tb_frame' must be frame, not %T", args[2]);
  int64_t lasti = sk_to_index(vm, args[3]), line = sk_to_index(vm, args[4]);
  SkTraceback *t = sk_object_new_id(vm, SK_T_traceback, 0);
  t->frame = (SkFrame *)sk_object(args[2]);
  t->func = t->frame->func;
  t->next = args[1];
  t->line = line;
  t->at = (uint64_t)(lasti / 2);
  t->lasti = lasti;
  return sk_from_ptr(t);
}

static const SkAttrDef attrs[] = {
    SK_GETSET("tb_frame", get_frame, NULL, NULL), SK_GETSET("tb_lasti", get_lasti, NULL, NULL),
    SK_GETSET("tb_lineno", get_lineno, NULL, NULL), SK_GETSET("tb_next", get_next, set_next, NULL), SK_ATTRS_END};

const SkTypeDef sk_traceback_type = {
    .name = "traceback", .doc = "Create a new traceback object.", .kind = SK_KIND_TRACEBACK, .size = sizeof(SkTraceback),
    .flags = SK_TYPE_FINAL | SK_TYPE_IMMUTABLE, .attrs = attrs, .new_ = &traceback_new_def};
