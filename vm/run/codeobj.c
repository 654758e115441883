/* codeobj.c - code objects as scripts see them.  Layer 7. */
#include "vm/bytecode/places.h"
#include "vm/run/run_impl.h"

static SkCodeObj *self_code(SkValue v) { return (SkCodeObj *)sk_object(v); }
static const SkCode *code_of(SkValue v) { return self_code(v)->code; }

static SkValue text(SkVm *vm, SkText t) { return sk_from_ptr(sk_str_intern(vm, sk_str_new(vm, t.s, t.n))); }

#define NUMBER(name, expr) \
  static SkValue get_##name(SkVm *vm, SkValue self) { const SkCode *c = code_of(self); return sk_int_new(vm, (int64_t)(expr)); }
NUMBER(argcount, c->argcount)
NUMBER(posonlyargcount, c->posonly)
NUMBER(kwonlyargcount, c->kwonly)
NUMBER(nlocals, c->nlocals)
NUMBER(stacksize, c->nregs)
NUMBER(firstlineno, c->first_line)
NUMBER(flags, (c->flags & 0x0fffffffu) | (self_code(self)->head.aux & SK_CODE_ITERABLE_COROUTINE))

static SkValue get_name(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(self_code(self)->name); }
static SkValue get_qualname(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(self_code(self)->qualname); }
static SkValue get_filename(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(self_code(self)->filename); }

static SkValue get_consts(SkVm *vm, SkValue self) {
  SkValues *k = self_code(self)->consts;
  return sk_from_ptr(sk_tuple_from(vm, k->items, k->count));
}
static SkValue get_names(SkVm *vm, SkValue self) {
  SkValues *n = self_code(self)->names;
  return sk_from_ptr(sk_tuple_from(vm, n->items, n->count));
}

/* Variables whose is_cell lies in [low, high]. */
static SkValue variables(SkVm *vm, const SkCode *c, size_t from, size_t to, int low, int high) {
  SkList *l = sk_list_new(vm, to - from);
  for (size_t i = from; i < to; i++) {
    if (c->is_cell[i] >= low && c->is_cell[i] <= high) sk_list_append(vm, l, text(vm, c->varnames[i]));
  }
  return sk_from_ptr(sk_tuple_from(vm, sk_list_items(l), l->count));
}
static SkValue get_varnames(SkVm *vm, SkValue self) { return variables(vm, code_of(self), 0, code_of(self)->nlocals, 0, 1); }
static SkValue get_cellvars(SkVm *vm, SkValue self) { return variables(vm, code_of(self), 0, code_of(self)->nlocals, 1, 1); }
static SkValue get_freevars(SkVm *vm, SkValue self) {
  const SkCode *c = code_of(self);
  return variables(vm, c, c->nlocals, (size_t)c->nlocals + c->nfree, 0, 2);
}
static SkValue get_code(SkVm *vm, SkValue self) {
  const SkCode *c = code_of(self);
  return sk_from_ptr(sk_bytes_new(vm, c->insns, c->ninsns * sizeof(SkInsn)));
}

static SkValue number_or_none(SkVm *vm, int64_t n, bool known) { return known ? sk_int_new(vm, n) : SK_NONE; }

SK_NATIVE(code_positions, "co_positions(self, /)", "Source range of every instruction.") {
  const SkCode *c = code_of(args[0]);
  SkList *l = sk_list_new(vm, c->ninsns);
  SkPosition p = {0, 0, 0, -1, -1}, next;
  SkPlaces all;
  sk_places_begin(&all, c);
  bool more = sk_places_next(&all, &next);
  for (uint32_t i = 0; i < c->ninsns; i++) {
    for (; more && next.at <= i; more = sk_places_next(&all, &next)) p = next;
    SkTuple *t = sk_tuple_pack(vm, 4, number_or_none(vm, p.line, p.line > 0), number_or_none(vm, p.end_line, p.end_line > 0),
                               number_or_none(vm, p.col, p.col >= 0), number_or_none(vm, p.end_col, p.end_col >= 0));
    sk_list_append(vm, l, sk_from_ptr(t));
  }
  return sk_iter(vm, sk_from_ptr(l));
}

static void add_stretch(SkVm *vm, SkList *l, uint32_t start, uint32_t end, int line) {
  if (start == end) return;
  SkTuple *t = sk_tuple_pack(vm, 3, sk_smallint((int64_t)start * 2), sk_smallint((int64_t)end * 2), number_or_none(vm, line, line > 0));
  sk_list_append(vm, l, sk_from_ptr(t));
}

SK_NATIVE(code_lines, "co_lines(self, /)", "(start, end, line) of the stretches of code of one line.") {
  const SkCode *c = code_of(args[0]);
  SkList *l = sk_list_new(vm, c->npositions);
  uint32_t start = 0;
  int line = 0;
  SkPosition p;
  SkPlaces all;
  for (sk_places_begin(&all, c); sk_places_next(&all, &p); line = p.line) {
    if (p.line == line) continue;
    add_stretch(vm, l, start, p.at, line);
    start = p.at;
  }
  add_stretch(vm, l, start, c->ninsns, line);
  return sk_iter(vm, sk_from_ptr(l));
}

/* types.coroutine() marks a generator function as one whose generators can be awaited. */
static bool only_coroutine_flag(const SkCodeObj *co, int64_t flags) {
  return ((flags ^ (int64_t)(co->code->flags & 0x0fffffffu)) & ~(int64_t)SK_CODE_ITERABLE_COROUTINE) == 0;
}

/* Names and position can be replaced; what the instructions depend on cannot. */
SK_NATIVE(code_replace, "replace(self, /, **changes)", "A copy with some fields changed.") {
  SkCodeObj *from = self_code(args[0]);
  SkCodeObj *co = sk_link(vm, from->code);
  sk_write_ptr(vm, co, &co->name, from->name);
  sk_write_ptr(vm, co, &co->qualname, from->qualname);
  sk_write_ptr(vm, co, &co->filename, from->filename);
  SkValue k, v;
  for (size_t i = 0; sk_dict_next(sk_as_dict(args[1]), &i, &k, &v);) {
    SkStr *name = sk_as_str(k);
    if (sk_str_equal_cstr(name, "co_name") && sk_is_str(v)) sk_write_ptr(vm, co, &co->name, sk_as_str(v));
    else if (sk_str_equal_cstr(name, "co_qualname") && sk_is_str(v)) sk_write_ptr(vm, co, &co->qualname, sk_as_str(v));
    else if (sk_str_equal_cstr(name, "co_filename") && sk_is_str(v)) sk_write_ptr(vm, co, &co->filename, sk_as_str(v));
    else if (sk_str_equal_cstr(name, "co_flags") && only_coroutine_flag(from, sk_to_index(vm, v))) co->head.aux = (uint16_t)(sk_to_index(vm, v) & SK_CODE_ITERABLE_COROUTINE);
    else sk_raise_type(vm, "replace() can't change %U of Skein's code objects", name);
  }
  return sk_from_ptr(co);
}

static SkValue code_repr(SkVm *vm, SkValue self) {
  SkCodeObj *co = self_code(self);
  return sk_from_ptr(sk_format(vm, "<code object %U at 0x%llx, file \"%U\", line %d>", co->name, (long long)(uintptr_t)co, co->filename,
                               co->code->first_line));
}

static const SkAttrDef attrs[] = {
    SK_METHOD(code_lines), SK_METHOD(code_positions), SK_METHOD(code_replace),
    SK_GETSET("co_argcount", get_argcount, NULL, NULL), SK_GETSET("co_cellvars", get_cellvars, NULL, NULL),
    SK_GETSET("co_code", get_code, NULL, NULL), SK_GETSET("co_consts", get_consts, NULL, NULL),
    SK_GETSET("co_filename", get_filename, NULL, NULL), SK_GETSET("co_firstlineno", get_firstlineno, NULL, NULL),
    SK_GETSET("co_flags", get_flags, NULL, NULL), SK_GETSET("co_freevars", get_freevars, NULL, NULL),
    SK_GETSET("co_kwonlyargcount", get_kwonlyargcount, NULL, NULL), SK_GETSET("co_name", get_name, NULL, NULL),
    SK_GETSET("co_names", get_names, NULL, NULL), SK_GETSET("co_nlocals", get_nlocals, NULL, NULL),
    SK_GETSET("co_posonlyargcount", get_posonlyargcount, NULL, NULL), SK_GETSET("co_qualname", get_qualname, NULL, NULL),
    SK_GETSET("co_stacksize", get_stacksize, NULL, NULL), SK_GETSET("co_varnames", get_varnames, NULL, NULL), SK_ATTRS_END};

const SkTypeDef sk_codeobj_type = {
    .name = "code", .doc = "A compiled block.", .kind = SK_KIND_CODE, .size = sizeof(SkCodeObj),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = code_repr}, .attrs = attrs};
