/* str_type.c - the class str: construction, operators, its method table.  Layer 6. */
#include "vm/object/charge.h"
#include "vm/object/str.h"

#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/bytes.h"
#include "vm/object/call.h"
#include "vm/object/exception.h"
#include "vm/object/format_spec.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str_methods.h"

/* ---- construction ---- */

/* A str of a subclass with the same text. */
static SkValue str_of_class(SkVm *vm, SkType *cls, SkStr *s) {
  if (cls == vm->types[SK_T_str]) return sk_from_ptr(s);
  SkStr *t = sk_object_new(vm, cls, s->bytes + 1);
  memcpy(t->inline_, s->data, s->bytes);
  t->data = t->inline_;
  t->bytes = s->bytes;
  t->count = s->count;
  t->head.aux = s->head.aux & (SK_STR_ASCII | SK_STR_SURROGATES);
  return sk_from_ptr(t);
}

SK_NATIVE(str_new, "str(cls, /, object='', encoding=?, errors=?)", NULL) {
  SkType *cls = (SkType *)sk_ptr(args[0]);
  if (sk_is_unset(args[2]) && sk_is_unset(args[3])) return str_of_class(vm, cls, sk_str(vm, args[1]));
  if (!sk_is_unset(args[2])) sk_str_arg(vm, args[2], "str() argument 'encoding'");
  if (!sk_is_unset(args[3])) sk_str_arg(vm, args[3], "str() argument 'errors'");
  if (sk_is_str(args[1]) && sk_as_str(args[1])->bytes == 0 && sk_is_unset(args[2])) return str_of_class(vm, cls, sk_as_str(args[1]));
  const char *p;
  size_t n;
  if (sk_is_str(args[1])) sk_raise_type(vm, "decoding str is not supported");
  if (!sk_bytes_view(vm, args[1], &p, &n))
    sk_raise_type(vm, "decoding to str: need a bytes-like object, %T found", args[1]);
  return str_of_class(vm, cls, sk_decode(vm, args[1], args[2], args[3]));
}

/* ---- operators ---- */

static SkValue str_repr(SkVm *vm, SkValue self) {
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  sk_str_repr_into(&b, sk_as_str(self), false);
  return sk_from_ptr(sk_strbuf_finish(&b));
}

static SkValue str_str(SkVm *vm, SkValue self) {
  if (sk_is_exactly(vm, self, SK_T_str)) return self;
  SkStr *s = sk_as_str(self);
  return sk_from_ptr(sk_str_new(vm, s->data, s->bytes));
}

static int64_t str_hash(SkVm *vm, SkValue self) { return sk_str_hash(vm, sk_as_str(self)); }
static int64_t str_len(SkVm *vm, SkValue self) { (void)vm; return (int64_t)sk_as_str(self)->count; }
static bool str_bool(SkVm *vm, SkValue self) { (void)vm; return sk_as_str(self)->bytes != 0; }

static SkValue str_eq(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_str(b) ? sk_bool(sk_str_same(vm, sk_as_str(a), sk_as_str(b))) : SK_NOTIMPLEMENTED;
}
static SkValue str_ne(SkVm *vm, SkValue a, SkValue b) {
  return sk_is_str(b) ? sk_bool(!sk_str_same(vm, sk_as_str(a), sk_as_str(b))) : SK_NOTIMPLEMENTED;
}
#define STR_ORDER(name, op)                                                                                  \
  static SkValue name(SkVm *vm, SkValue a, SkValue b) {                                                      \
    if (sk_is_str(b)) sk_charge_bytes(vm, sk_as_str(b)->bytes);                                              \
    return sk_is_str(b) ? sk_bool(sk_str_compare(sk_as_str(a), sk_as_str(b)) op 0) : SK_NOTIMPLEMENTED;      \
  }
STR_ORDER(str_lt, <)
STR_ORDER(str_le, <=)
STR_ORDER(str_gt, >)
STR_ORDER(str_ge, >=)

static SkValue str_add(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_is_str(b)) return sk_seq_add_other(vm, a, b, "str");
  return sk_from_ptr(sk_str_concat(vm, sk_as_str(a), sk_as_str(b)));
}

static SkValue str_repeat(SkVm *vm, SkValue self, SkValue count) {
  if (!SK_SLOTS(vm, count)->index) return sk_seq_mul_other(vm, self, count);
  SkStr *s = sk_as_str(self);
  int64_t n = sk_to_index(vm, count);
  if (n <= 0 || s->bytes == 0) return sk_from_ptr(SK_NAME(vm, empty));
  if (n == 1) return str_str(vm, self);
  if ((uint64_t)n > SIZE_MAX / 4 / s->bytes) sk_raise_nomem(vm);
  size_t bytes = s->bytes * (size_t)n;
  sk_check_length(vm, bytes);
  sk_heap_require(vm, bytes);
  char *p;
  SkStr *t = sk_str_new_raw(vm, bytes, &p);
  sk_copy(vm, p, s->data, s->bytes);
  sk_repeat(vm, p, s->bytes, bytes);
  t->count = s->count * (size_t)n;
  t->head.aux |= s->head.aux & (SK_STR_ASCII | SK_STR_SURROGATES);
  return sk_from_ptr(t);
}

static SkValue str_mod(SkVm *vm, SkValue self, SkValue args) { return sk_from_ptr(sk_str_percent(vm, sk_as_str(self), args)); }
static SkValue str_rmod(SkVm *vm, SkValue self, SkValue other) {
  return sk_is_str(other) ? str_mod(vm, other, self) : SK_NOTIMPLEMENTED;
}

static SkValue str_step_slice(SkVm *vm, SkStr *s, int64_t start, int64_t step, size_t n) {
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  for (size_t i = 0, turns = 0; i < n; i++) {
    SK_TURN(vm, turns);
    sk_strbuf_addc(&b, sk_str_at(vm, s, (size_t)(start + (int64_t)i * step)));
  }
  return sk_from_ptr(sk_strbuf_finish(&b));
}

static SkValue str_getitem(SkVm *vm, SkValue self, SkValue key) {
  SkStr *s = sk_as_str(self);
  if (sk_has_kind(key, SK_KIND_SLICE)) {
    int64_t start, stop, step;
    size_t n = sk_slice_resolve(vm, sk_ptr(key), s->count, &start, &stop, &step);
    if (n == 0) return sk_from_ptr(SK_NAME(vm, empty));
    if (step == 1) return sk_from_ptr(sk_str_slice(vm, s, (size_t)start, (size_t)start + n));
    return str_step_slice(vm, s, start, step, n);
  }
  if (!SK_SLOTS(vm, key)->index) sk_raise_type(vm, "string indices must be integers, not '%T'", key);
  int64_t i = sk_to_index(vm, key);
  if (!sk_index_fix(&i, s->count)) sk_raisef(vm, SK_T_IndexError, "string index out of range");
  return sk_str_getchar(vm, s, (size_t)i);
}

static bool str_contains(SkVm *vm, SkValue self, SkValue item) {
  if (!sk_is_str(item)) sk_raise_type(vm, "'in <string>' requires string as left operand, not %T", item);
  SkStr *a = sk_as_str(self), *b = sk_as_str(item);
  return b->bytes == 0 || memmem(a->data, a->bytes, b->data, b->bytes) != NULL;
}

static SkValue str_format_spec(SkVm *vm, SkValue self, SkValue spec) {
  if (!sk_is_str(spec)) sk_raise_type(vm, "__format__() argument must be str, not %T", spec);
  return sk_from_ptr(sk_str_format_spec(vm, self, sk_as_str(spec)));
}

/* ---- iteration ---- */

static SkValue str_iter(SkVm *vm, SkValue self) {
  SkIter *it = sk_object_new_id(vm, SK_T_str_iterator, 0);
  it->a = self;
  return sk_from_ptr(it);
}

/* index: code point reached; aux: its byte offset, so that a walk never searches. */
static SkValue str_iter_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_ptr(self);
  if (!sk_is_str(it->a)) return SK_UNSET;
  SkStr *s = sk_as_str(it->a);
  if (it->aux >= s->bytes) {
    it->a = SK_NONE;
    return SK_UNSET;
  }
  size_t width;
  uint32_t c = sk_utf8_decode(s->data + it->aux, &width);
  it->index++;
  it->aux += width;
  return sk_from_ptr(sk_str_from_codepoint(vm, c));
}

SK_NATIVE(str_iter_hint, "__length_hint__(self, /)", NULL) {
  (void)vm;
  SkIter *it = sk_ptr(args[0]);
  return sk_smallint(sk_is_str(it->a) ? (int64_t)(sk_as_str(it->a)->count - it->index) : 0);
}

SK_NATIVE(str_iter_reduce, "__reduce__(self, /)", NULL) {
  SkIter *it = sk_ptr(args[0]);
  SkValue iter = sk_getattr_cstr(vm, sk_from_ptr(vm->builtins), "iter");
  if (!sk_is_str(it->a)) return sk_from_ptr(sk_tuple_pack(vm, 2, iter, sk_from_ptr(sk_tuple_pack(vm, 1, sk_from_ptr(SK_NAME(vm, empty))))));
  return sk_from_ptr(sk_tuple_pack(vm, 3, iter, sk_from_ptr(sk_tuple_pack(vm, 1, it->a)), sk_smallint((int64_t)it->index)));
}

SK_NATIVE(str_iter_setstate, "__setstate__(self, state, /)", NULL) {
  SkIter *it = sk_ptr(args[0]);
  if (!sk_is_str(it->a)) return SK_NONE;
  SkStr *s = sk_as_str(it->a);
  int64_t i = sk_to_index(vm, args[1]);
  it->index = i < 0 ? 0 : (size_t)i > s->count ? s->count : (uint64_t)i;
  it->aux = sk_str_offset(vm, s, it->index);
  return SK_NONE;
}

static const SkAttrDef str_iter_attrs[] = {SK_METHOD(str_iter_hint), SK_METHOD(str_iter_reduce), SK_METHOD(str_iter_setstate), SK_ATTRS_END};

static SkValue iter_self(SkVm *vm, SkValue self) { (void)vm; return self; }

const SkTypeDef sk_str_iter_type = {
    .name = "str_iterator", .kind = SK_KIND_ITER, .size = sizeof(SkIter), .flags = SK_TYPE_NO_NEW | SK_TYPE_FINAL | SK_TYPE_IMMUTABLE,
    .slots = {.iter = iter_self, .next = str_iter_next}, .attrs = str_iter_attrs,
};

SK_NATIVE(str_getnewargs, "__getnewargs__(self, /)", NULL) {
  SkStr *s = sk_as_str(args[0]), *copy = sk_object_new_id(vm, SK_T_str, s->bytes + 1);
  sk_copy(vm, copy->inline_, s->data, s->bytes);
  copy->data = copy->inline_;
  copy->bytes = s->bytes;
  copy->count = s->count;
  copy->head.aux = s->head.aux & (SK_STR_ASCII | SK_STR_SURROGATES);
  return sk_from_ptr(sk_tuple_pack(vm, 1, sk_from_ptr(copy)));
}

SK_NATIVE(str_sizeof, "__sizeof__(self, /)", NULL) {
  (void)vm;
  return sk_smallint((int64_t)(sizeof(SkStr) + sk_as_str(args[0])->bytes + 1));
}

#define STR_METHOD(name) {.kind = SK_ATTR_METHOD, .def = &sk_str_##name##_def},
static const SkAttrDef str_attrs[] = {
    STR_METHODS(STR_METHOD)
    {.kind = SK_ATTR_STATICMETHOD, .def = &sk_str_maketrans_def},
    SK_METHOD(str_getnewargs),
    SK_METHOD(str_sizeof),
    SK_ATTRS_END,
};

const SkTypeDef sk_str_type = {
    .name = "str", .doc = "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nText: an immutable sequence of Unicode code points.",
    .kind = SK_KIND_STR, .size = sizeof(SkStr), .flags = SK_TYPE_IMMUTABLE | SK_TYPE_MATCH_SELF,
    .slots = {.repr = str_repr, .str = str_str, .hash = str_hash, .len = str_len, .bool_ = str_bool, .eq = str_eq, .ne = str_ne,
              .lt = str_lt, .le = str_le, .gt = str_gt, .ge = str_ge, .add = str_add, .mul = str_repeat, .rmul = str_repeat,
              .mod = str_mod, .rmod = str_rmod, .getitem = str_getitem, .contains = str_contains, .iter = str_iter,
              .format = str_format_spec},
    .attrs = str_attrs, .new_ = &str_new_def,
};
