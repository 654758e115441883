/* bytes.c - bytes objects: making them, looking at bytes-like ones, constructing, the class and its iterator.  Layer 6. */
#include "vm/object/bytes.h"

#include <string.h>

#include "vm/object/bytes_impl.h"
#include "vm/object/call.h"
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/number.h"
#include "vm/object/iter_impl.h"
#include "vm/object/ops.h"
#include "vm/object/str_impl.h"
#include "vm/object/str_methods.h"

void sk_bytes_trace(SkMarker *m, SkObject *o) { sk_trace_attributes(m, o); }

SkBytes *sk_bytes_new(SkVm *vm, const void *p, size_t n) {
  if (n == 0 && sk_has_kind(vm->empty_bytes, SK_KIND_BYTES)) return sk_as_bytes(vm->empty_bytes);
  if (n > SIZE_MAX / 4) sk_raise_nomem(vm);
  sk_check_length(vm, n);
  SkBytes *b = sk_object_new_id(vm, SK_T_bytes, n + 1);
  b->length = n;
  if (p) sk_copy(vm, b->data, p, n);
  return b;
}

SkBytes *sk_strbuf_finish_bytes(SkStrBuf *b) {
  SkBytes *out = sk_bytes_new(b->vm, b->raw ? b->raw->data : NULL, b->used);
  sk_payload_free(b->vm, b->raw);
  b->raw = NULL;
  b->used = 0;
  return out;
}

bool sk_bytes_view(SkVm *vm, SkValue v, const char **p, size_t *n) {
  if (sk_is_bytes(v)) {
    *p = sk_as_bytes(v)->data;
    *n = sk_as_bytes(v)->length;
  } else if (sk_is_bytearray(v)) {
    *p = sk_bytearray_data(sk_as_bytearray(v));
    *n = sk_as_bytearray(v)->length;
  } else if (sk_is_memoryview(v)) {
    return sk_memoryview_bytes(vm, sk_as_memoryview(v), p, n);
  } else {
    return false;
  }
  return true;
}

void sk_bytes_view_or_raise(SkVm *vm, SkValue v, const char **p, size_t *n) {
  if (!sk_bytes_view(vm, v, p, n)) sk_raise_type(vm, "a bytes-like object is required, not '%T'", v);
}

SkChars sk_to_bytes(SkVm *vm, SkValue v) {
  SkChars c;
  sk_bytes_view_or_raise(vm, v, &c.p, &c.n);
  return c;
}

bool sk_bytes_view_writable(SkVm *vm, SkValue v, char **p, size_t *n) {
  if (sk_is_bytes(v) || (sk_is_memoryview(v) && (sk_object(v)->aux & SK_VIEW_READONLY))) return false;
  const char *q;
  if (!sk_bytes_view(vm, v, &q, n)) return false;
  *p = (char *)q;
  return true;
}

/* ---- construction ---- */

unsigned char bytes_value(SkVm *vm, SkValue v, const char *what) {
  int64_t i = sk_is_smallint(v) ? sk_smallint_get(v) : sk_to_index_clamped(vm, v);
  if (i < 0 || i > 255) sk_raise_value(vm, "%s must be in range(0, 256)", what);
  return (unsigned char)i;
}

typedef struct Collect { SkStrBuf *out; const char *what; } Collect;

static bool collect_item(SkVm *vm, SkValue item, void *arg) {
  Collect *c = arg;
  char byte = (char)bytes_value(vm, item, c->what);
  sk_strbuf_add(c->out, &byte, 1);
  return true;
}

void bytes_collect(SkVm *vm, SkStrBuf *out, SkValue source, const char *name, const char *what) {
  if (sk_is_str(source) || (!SK_SLOTS(vm, source)->iter && !SK_SLOTS(vm, source)->getitem))
    sk_raise_type(vm, "cannot convert '%T' object to %s", source, name);
  sk_iterate(vm, source, collect_item, &(Collect){out, what});
}

typedef struct Count { SkValue source; int64_t n; } Count;

static void count_protected(SkVm *vm, void *arg) { ((Count *)arg)->n = sk_to_index(vm, ((Count *)arg)->source); }

/* A number of zero bytes; false when __index__ says TypeError: then it is something else. */
static bool count_of(SkVm *vm, SkValue source, int64_t *n) {
  if (sk_is_int(source)) return *n = sk_to_index(vm, source), true;
  Count c = {source, 0};
  bool is_count = sk_protect(vm, count_protected, &c);
  *n = c.n;
  if (is_count) return true;
  SkValue exc = sk_take_raised(vm);
  if (!sk_exc_is(vm, exc, SK_T_TypeError)) sk_throw(vm, exc);
  return false;
}

void bytes_construct(SkVm *vm, SkStrBuf *out, const SkValue *args, const char *name, const char *what) {
  SkValue source = args[1], encoding = args[2], errors = args[3];
  bool has_encoding = !sk_is_unset(encoding), has_errors = !sk_is_unset(errors);
  bool is_str = sk_is_str(source);
  if (has_encoding || has_errors) {
    char where[40];
    for (int i = 2; i < 4; i++) {
      sk_assert(strlen(name) < 12);
      strcat(strcpy(where, name), i == 2 ? "() argument 'encoding'" : "() argument 'errors'");
      if (!sk_is_unset(args[i])) sk_str_arg(vm, args[i], where);
    }
    if (!is_str) sk_raise_type(vm, has_encoding ? "encoding without a string argument" : "errors without a string argument");
    if (!has_encoding) sk_raise_type(vm, "string argument without an encoding");
    SkBytes *b = sk_as_bytes(sk_encode(vm, sk_as_str(source), encoding, errors));
    sk_strbuf_add(out, b->data, b->length);
    return;
  }
  if (sk_is_unset(source)) return;
  if (is_str) sk_raise_type(vm, "string argument without an encoding");
  SkChars view;
  int64_t n;
  if (SK_SLOTS(vm, source)->index && count_of(vm, source, &n)) {
    if (n < 0) sk_raise_value(vm, "negative count");
    if (n > INT64_MAX / 4) sk_raise_nomem(vm);
    sk_strbuf_fill(out, 0, (size_t)n);
  } else if (sk_is_memoryview(source)) {
    SkBytes *b = sk_memoryview_tobytes(vm, sk_as_memoryview(source));
    sk_strbuf_add(out, b->data, b->length);
  } else if (sk_bytes_view(vm, source, &view.p, &view.n)) {
    sk_strbuf_add(out, view.p, view.n);
  } else {
    bytes_collect(vm, out, source, name, what);
  }
}

static SkValue bytes_of_class(SkVm *vm, SkType *cls, const char *p, size_t n) {
  if (cls == vm->types[SK_T_bytes]) return sk_from_ptr(sk_bytes_new(vm, p, n));
  SkBytes *b = sk_object_new(vm, cls, n + 1);
  b->length = n;
  memcpy(b->data, p, n);
  return sk_from_ptr(b);
}

SK_NATIVE(bytes_new, "bytes(cls, /, source=?, encoding=?, errors=?)", NULL) {
  SkType *cls = (SkType *)sk_ptr(args[0]);
  bool plain = sk_is_unset(args[2]) && sk_is_unset(args[3]) && !sk_is_unset(args[1]);
  if (plain && sk_is_exactly(vm, args[1], SK_T_bytes)) {
    SkBytes *b = sk_as_bytes(args[1]);
    return cls == vm->types[SK_T_bytes] ? args[1] : bytes_of_class(vm, cls, b->data, b->length);
  }
  SkValue method = plain ? sk_lookup_special(vm, args[1], SK_NAME(vm, dunder_bytes)) : SK_UNSET;
  if (!sk_is_unset(method)) {
    SkValue v = sk_call0(vm, method);
    if (!sk_is_bytes(v)) sk_raise_type(vm, "__bytes__ returned non-bytes (type %T)", v);
    return cls == vm->types[SK_T_bytes] ? v : bytes_of_class(vm, cls, sk_as_bytes(v)->data, sk_as_bytes(v)->length);
  }
  SkStrBuf out;
  sk_strbuf_init(vm, &out);
  bytes_construct(vm, &out, args, "bytes", "bytes");
  SkBytes *b = sk_strbuf_finish_bytes(&out);
  return cls == vm->types[SK_T_bytes] ? sk_from_ptr(b) : bytes_of_class(vm, cls, b->data, b->length);
}

/* ---- slots of its own ---- */

static int64_t bytes_hash(SkVm *vm, SkValue self) {
  SkBytes *b = sk_as_bytes(self);
  if (!b->hash) b->hash = str_hash_bytes(vm, b->data, b->length);
  return b->hash;
}

SK_NATIVE(bytes_bytes, "__bytes__(self, /)", "Convert this value to exact type bytes.") { return bytes_same(vm, args[0]); }

SK_NATIVE(bytes_getnewargs, "__getnewargs__(self, /)", NULL) {
  return sk_from_ptr(sk_tuple_pack(vm, 1, bytes_same(vm, args[0])));
}

/* ---- iteration: of bytes and bytearray ---- */

static SkValue bytes_iter(SkVm *vm, SkValue self) {
  SkIter *it = sk_object_new_id(vm, SK_T_bytes_iterator, 0);
  it->a = self;
  return sk_from_ptr(it);
}

static SkValue bytes_iter_next(SkVm *vm, SkValue self) {
  (void)vm;
  SkIter *it = sk_ptr(self);
  if (sk_is_none(it->a)) return SK_UNSET;
  SkChars s = bytes_self(it->a);
  if (it->index < s.n) return sk_smallint((unsigned char)s.p[it->index++]);
  it->a = SK_NONE;
  return SK_UNSET;
}

SK_NATIVE(bytes_iter_hint, "__length_hint__(self, /)", "Private method returning an estimate of len(list(it)).") {
  (void)vm;
  SkIter *it = sk_ptr(args[0]);
  size_t n = sk_is_none(it->a) ? 0 : bytes_self(it->a).n;
  return sk_smallint(n > it->index ? (int64_t)(n - it->index) : 0);
}

SK_NATIVE(bytes_iter_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue fn = sk_builtin(vm, "iter");
  SkIter *it = sk_ptr(args[0]);
  if (sk_is_none(it->a)) return sk_iter_reduce(vm, fn, sk_from_ptr(vm->empty_tuple), SK_UNSET);
  return sk_iter_reduce(vm, fn, it->a, sk_smallint((int64_t)it->index));
}

SK_NATIVE(bytes_iter_setstate, "__setstate__(self, state, /)", "Set state information for unpickling.") {
  SkIter *it = sk_ptr(args[0]);
  int64_t i = sk_to_index(vm, args[1]);
  if (sk_is_none(it->a)) return SK_NONE;
  size_t n = bytes_self(it->a).n;
  it->index = i < 0 ? 0 : (uint64_t)i > n ? n : (uint64_t)i;
  return SK_NONE;
}

static const SkAttrDef bytes_iter_attrs[] = {SK_METHOD(bytes_iter_hint), SK_METHOD(bytes_iter_reduce), SK_METHOD(bytes_iter_setstate),
                                             SK_ATTRS_END};

const SkTypeDef sk_bytes_iter_type = {
    .name = "bytes_iterator", .kind = SK_KIND_ITER, .size = sizeof(SkIter), .flags = SK_TYPE_NO_NEW | SK_TYPE_FINAL | SK_TYPE_IMMUTABLE,
    .slots = {.iter = sk_iter_self, .next = bytes_iter_next}, .attrs = bytes_iter_attrs,
};
const SkTypeDef sk_bytearray_iter_type = {
    .name = "bytearray_iterator", .kind = SK_KIND_ITER, .size = sizeof(SkIter), .flags = SK_TYPE_NO_NEW | SK_TYPE_FINAL | SK_TYPE_IMMUTABLE,
    .slots = {.iter = sk_iter_self, .next = bytes_iter_next}, .attrs = bytes_iter_attrs,
};

static const SkAttrDef bytes_attrs[] = {
    BYTES_METHODS(BYTES_METHOD)
    SK_METHOD(bytes_bytes),
    SK_METHOD(bytes_getnewargs),
    {.kind = SK_ATTR_STATICMETHOD, .def = &sk_bytes_maketrans_def},
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_bytes_fromhex_def},
    SK_ATTRS_END,
};

const SkTypeDef sk_bytes_type = {
    .name = "bytes",
    .doc = "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> bytes\n"
           "bytes(int) -> that many zero bytes\nbytes() -> no bytes\n\nAn immutable sequence of bytes.",
    .kind = SK_KIND_BYTES, .size = sizeof(SkBytes), .flags = SK_TYPE_IMMUTABLE | SK_TYPE_MATCH_SELF,
    .slots = {.repr = bytes_repr_of, .str = bytes_repr_of, .hash = bytes_hash, .len = bytes_len, .eq = bytes_eq, .ne = bytes_ne, .lt = bytes_lt,
              .le = bytes_le, .gt = bytes_gt, .ge = bytes_ge, .add = bytes_concat, .mul = bytes_repeat, .rmul = bytes_repeat,
              .mod = bytes_mod, .rmod = bytes_rmod, .getitem = bytes_getitem, .contains = bytes_contains, .iter = bytes_iter},
    .attrs = bytes_attrs, .new_ = &bytes_new_def,
};
