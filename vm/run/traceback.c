/* traceback.c - traceback objects, made of an exception's compact trace when somebody looks.  Layer 7. */
#include "vm/run/run_impl.h"

void sk_traceback_trace(SkMarker *m, SkObject *o) {
  SkTraceback *t = (SkTraceback *)o;
  sk_mark_ptr(m, t->frame);
  sk_mark(m, t->next);
}

static SkTraceback *make(SkVm *vm, SkFrame *frame, SkValue next, int64_t line, uint64_t at) {
  SkTraceback *t = sk_object_new_id(vm, SK_T_traceback, 0);
  t->frame = frame;
  t->next = next;
  t->line = line;
  t->at = at;
  return t;
}

SkValue sk_exc_traceback(SkVm *vm, SkExc *exc) {
  SkValue tb = sk_is_traceback(exc->traceback) ? exc->traceback : SK_NONE;
  for (uint32_t i = 0; i < exc->trace_count; i++) {
    SkTraceEntry e = *sk_exc_trace_entry(exc, i);
    SkFunc *f = sk_as_func(e.func);
    uint64_t at = (uint64_t)sk_smallint_get(e.at);
    SkFrame *frame = sk_has_kind(e.frame, SK_KIND_FRAME) ? (SkFrame *)sk_object(e.frame) : frame_new(vm, f, at);
    tb = sk_from_ptr(make(vm, frame, tb, sk_code_position(f->code->code, (uint32_t)at).line, at));
  }
  sk_write(vm, exc, &exc->traceback, tb);
  exc->trace_count = 0;
  return tb;
}

static SkTraceback *self_tb(SkValue v) { return (SkTraceback *)sk_object(v); }

static SkValue get_frame(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(self_tb(self)->frame); }
static SkValue get_lineno(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(self_tb(self)->line); }
static SkValue get_lasti(SkVm *vm, SkValue self) { (void)vm; return sk_smallint((int64_t)self_tb(self)->at * 2); }
static SkValue get_next(SkVm *vm, SkValue self) { (void)vm; return self_tb(self)->next; }

static void set_next(SkVm *vm, SkValue self, SkValue v) {
  if (sk_is_unset(v)) sk_raise_type(vm, "can't delete tb_next attribute");
  if (!sk_is_none(v) && !sk_is_traceback(v)) sk_raise_type(vm, "expected traceback object, got '%T'", v);
  for (SkValue t = v; sk_is_traceback(t); t = self_tb(t)->next) {
    if (sk_is(t, self)) sk_raise_value(vm, "traceback loop detected");
  }
  sk_write(vm, self_tb(self), &self_tb(self)->next, v);
}

SK_NATIVE(traceback_new, "__new__(cls, tb_next, tb_frame, tb_lasti, tb_lineno)", "Create a new traceback object.") {
  if (!sk_is_none(args[1]) && !sk_is_traceback(args[1])) sk_raise_type(vm, "expected traceback object or None, got '%T'", args[1]);
  if (!sk_has_kind(args[2], SK_KIND_FRAME)) sk_raise_type(vm, "traceback() argument 'tb_frame' must be frame, not %T", args[2]);
  int64_t lasti = sk_to_index(vm, args[3]), line = sk_to_index(vm, args[4]);
  return sk_from_ptr(make(vm, (SkFrame *)sk_object(args[2]), args[1], line, (uint64_t)(lasti / 2)));
}

static const SkAttrDef attrs[] = {
    SK_GETSET("tb_frame", get_frame, NULL, NULL), SK_GETSET("tb_lasti", get_lasti, NULL, NULL),
    SK_GETSET("tb_lineno", get_lineno, NULL, NULL), SK_GETSET("tb_next", get_next, set_next, NULL), SK_ATTRS_END};

const SkTypeDef sk_traceback_type = {
    .name = "traceback", .doc = "Create a new traceback object.", .kind = SK_KIND_TRACEBACK, .size = sizeof(SkTraceback),
    .flags = SK_TYPE_FINAL | SK_TYPE_IMMUTABLE, .attrs = attrs, .new_ = &traceback_new_def};
