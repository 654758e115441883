/* bytearray.c - the bytearray type: growing storage, item assignment, mutating methods.  Layer 6.
 *
 * The bytes lie in a payload cell with room to grow.  While memoryviews show them the length is fixed; since a view
 * may have died without release(), whoever is refused asks the collector first.
 */
#include <string.h>

#include "vm/object/bytes_impl.h"
#include "vm/object/charge.h"
#include "vm/object/call.h"
#include "vm/object/exception.h"
#include "vm/object/ops.h"

void sk_bytearray_trace(SkMarker *m, SkObject *o) {
  sk_mark_cell(m, ((SkBytearray *)o)->raw);
  sk_trace_attributes(m, o);
}

SkBytearray *sk_bytearray_new(SkVm *vm, const void *p, size_t n) {
  SkBytearray *b = sk_object_new_id(vm, SK_T_bytearray, 0);
  if (n) {
    SkRaw *raw = sk_raw_new(vm, n + 1);
    sk_write_ptr(vm, b, &b->raw, raw); /* |b| is no longer fresh */
    b->length = n;
    if (p) memcpy(b->raw->data, p, n);
  }
  return b;
}

/* ---- size ---- */

typedef struct Exports { SkBytearray *of; uint32_t count; } Exports;

static void count_export(SkObject *o, void *arg) {
  Exports *e = arg;
  if (o->kind != SK_KIND_MEMORYVIEW || (o->aux & SK_VIEW_RELEASED)) return;
  SkMemoryview *m = (SkMemoryview *)o;
  if (sk_is(m->obj, sk_from_ptr(e->of))) e->count++;
}

void sk_bytearray_check_exports(SkVm *vm, SkBytearray *b) {
  if (!b->exports) return;
  sk_charge(vm, sk_heap_bytes(vm) / 256);
  sk_gc_collect(vm, true);
  Exports e = {b, 0};
  sk_heap_walk(vm, count_export, &e);
  b->exports = e.count;
  if (!e.count) return;
  sk_raisef(vm, SK_T_BufferError, b->head.aux ? "cannot resize an array that is exporting buffers" : "Existing exports of data: object cannot be re-sized");
}

void sk_bytearray_resize(SkVm *vm, SkBytearray *b, size_t length) {
  if (length == b->length) return;
  if (b->exports) sk_bytearray_check_exports(vm, b);
  size_t room = b->raw ? b->raw->bytes : 0;
  if (length + 1 > room || length < room / 4) {
    if (length > SIZE_MAX / 4) sk_raise_nomem(vm);
    sk_check_length(vm, length);
    size_t want = length + 1 + (length > b->length ? length / 8 + 8 : 0);
    SkRaw *raw = sk_raw_new(vm, want);
    size_t keep = length < b->length ? length : b->length;
    if (b->raw) sk_copy(vm, raw->data, b->raw->data, keep);
    sk_write_ptr(vm, b, &b->raw, raw);
  } else if (length > b->length) {
    memset(b->raw->data + b->length, 0, length - b->length);
  }
  b->length = length;
  b->raw->data[length] = 0;
}

/* Replaces [start, stop) by the bytes of |with|, which lie outside |b|. */
static void splice(SkVm *vm, SkBytearray *b, size_t start, size_t stop, SkChars with) {
  size_t removed = stop - start, tail = b->length - stop;
  sk_charge_bytes(vm, tail + with.n);
  if (with.n > removed) {
    sk_bytearray_resize(vm, b, b->length + (with.n - removed));
    char *at = sk_bytearray_data(b) + start;
    memmove(at + with.n, at + removed, tail);
    memcpy(at, with.p, with.n);
    return;
  }
  if (with.n < removed && b->exports) sk_bytearray_check_exports(vm, b);
  char *at = sk_bytearray_data(b) + start;
  if (with.n) memcpy(at, with.p, with.n);
  if (with.n < removed) {
    memmove(at + with.n, at + removed, tail);
    sk_bytearray_resize(vm, b, b->length - (removed - with.n));
  }
}

/* ---- construction ---- */

SK_NATIVE(bytearray_new, "__new__(cls, /, *args, **kwargs)", NULL) { return sk_from_ptr(sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0)); }

SK_NATIVE(bytearray_init, "bytearray(self, /, source=?, encoding=?, errors=?)", NULL) {
  SkBytearray *b = sk_as_bytearray(args[0]);
  SkStrBuf out;
  sk_strbuf_init(vm, &out);
  bytes_construct(vm, &out, args, "bytearray", "byte");
  splice(vm, b, 0, b->length, (SkChars){out.raw ? (char *)out.raw->data : "", out.used});
  return SK_NONE;
}

/* ---- items ---- */

/* Bytes to assign: a buffer as it is (a copy of |self|'s own), else an iterable of ints gathered in |tmp|. */
static SkChars assignable(SkVm *vm, SkValue self, SkValue v, SkStrBuf *tmp) {
  SkChars s;
  sk_strbuf_init(vm, tmp);
  if (sk_bytes_view(vm, v, &s.p, &s.n)) {
    bool own = sk_is(v, self) || (sk_is_memoryview(v) && sk_is(sk_as_memoryview(v)->obj, self));
    if (!own) return s;
    sk_strbuf_add(tmp, s.p, s.n);
  } else {
    if (sk_is_str(v) || SK_SLOTS(vm, v)->index || (!SK_SLOTS(vm, v)->iter && !SK_SLOTS(vm, v)->getitem))
      sk_raise_type(vm, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    bytes_collect(vm, tmp, v, "bytearray", "byte");
  }
  return (SkChars){tmp->raw ? (char *)tmp->raw->data : "", tmp->used};
}

static void delete_step(SkVm *vm, SkBytearray *b, int64_t start, int64_t step, size_t n) {
  if (n == 0) return;
  if (b->exports) sk_bytearray_check_exports(vm, b);
  if (step < 0) {
    start += (int64_t)(n - 1) * step;
    step = -step;
  }
  sk_charge(vm, n / 4 + b->length / 64);
  char *p = sk_bytearray_data(b), *to = p + start;
  for (size_t i = 0; i < n; i++) {
    size_t from = (size_t)start + i * (size_t)step + 1;
    size_t end = i + 1 < n ? from + (size_t)step - 1 : b->length;
    memmove(to, p + from, end - from);
    to += end - from;
  }
  sk_bytearray_resize(vm, b, b->length - n);
}

static void set_slice(SkVm *vm, SkValue self, SkSlice *slice, SkValue v) {
  SkBytearray *b = sk_as_bytearray(self);
  int64_t start, stop, step;
  SkStrBuf tmp;
  sk_slice_unpack(vm, slice, &start, &stop, &step);
  SkChars with = assignable(vm, self, v, &tmp);
  size_t n = sk_slice_adjust(b->length, &start, &stop, step);
  if (step == 1) {
    splice(vm, b, (size_t)start, (size_t)start + n, with);
  } else if (with.n == 0) {
    delete_step(vm, b, start, step, n);
  } else {
    if (with.n != n) sk_raise_value(vm, "attempt to assign bytes of size %zu to extended slice of size %zu", with.n, n);
    sk_charge(vm, n / 16);
    for (size_t i = 0; i < n; i++) sk_bytearray_data(b)[start + (int64_t)i * step] = with.p[i];
  }
  sk_keep(tmp.raw);
  sk_keep(v.bits);
}

static void bytearray_setitem(SkVm *vm, SkValue self, SkValue key, SkValue v) {
  if (sk_is_slice(key)) {
    set_slice(vm, self, (SkSlice *)sk_ptr(key), v);
    return;
  }
  SkBytearray *b = sk_as_bytearray(self);
  int64_t i = sk_to_subscript(vm, key, "bytearray");
  char byte = (char)bytes_value(vm, v, "byte");
  if (!sk_index_fix(&i, b->length)) sk_raisef(vm, SK_T_IndexError, "bytearray index out of range");
  sk_bytearray_data(b)[i] = byte;
}

static void bytearray_delitem(SkVm *vm, SkValue self, SkValue key) {
  SkBytearray *b = sk_as_bytearray(self);
  if (sk_is_slice(key)) {
    int64_t start, stop, step;
    sk_slice_unpack(vm, (SkSlice *)sk_ptr(key), &start, &stop, &step);
    size_t n = sk_slice_adjust(b->length, &start, &stop, step);
    delete_step(vm, b, start, step, n);
    return;
  }
  int64_t i = sk_to_subscript(vm, key, "bytearray");
  if (!sk_index_fix(&i, b->length)) sk_raisef(vm, SK_T_IndexError, "bytearray index out of range");
  splice(vm, b, (size_t)i, (size_t)i + 1, (SkChars){"", 0});
}

/* ---- in-place operators ---- */

static void append_bytes(SkVm *vm, SkBytearray *b, SkChars s) {
  size_t old = b->length, n = s.n;
  bool own = b->raw && s.p >= (char *)b->raw->data && s.p < (char *)b->raw->data + b->raw->bytes;
  size_t at = own ? (size_t)(s.p - (char *)b->raw->data) : 0;
  sk_bytearray_resize(vm, b, old + n);
  if (n) sk_copy(vm, sk_bytearray_data(b) + old, own ? sk_bytearray_data(b) + at : s.p, n);
}

static SkValue bytearray_iadd(SkVm *vm, SkValue self, SkValue other) {
  SkChars s;
  if (!sk_bytes_view(vm, other, &s.p, &s.n)) sk_raise_type(vm, "can't concat %T to %T", other, self);
  append_bytes(vm, sk_as_bytearray(self), s);
  return self;
}

static SkValue bytearray_imul(SkVm *vm, SkValue self, SkValue count) {
  int64_t times;
  if (!sk_seq_repeat_times(vm, count, &times)) return sk_seq_mul_other(vm, self, count);
  SkBytearray *b = sk_as_bytearray(self);
  size_t n = b->length;
  if (times < 0) times = 0;
  if (n && (uint64_t)times > SIZE_MAX / 8 / n) sk_raise_nomem(vm);
  sk_bytearray_resize(vm, b, n * (size_t)times);
  if (n) sk_repeat(vm, sk_bytearray_data(b), n, b->length);
  return self;
}

/* ---- methods ---- */

SK_NATIVE(bytearray_append, "append(self, item, /)", "Append a single item to the end of the bytearray.") {
  char byte = (char)bytes_value(vm, args[1], "byte");
  append_bytes(vm, sk_as_bytearray(args[0]), (SkChars){&byte, 1});
  return SK_NONE;
}

SK_NATIVE(bytearray_extend, "extend(self, iterable_of_ints, /)", "Append all the items from the iterator or sequence to the bytearray.") {
  SkChars s;
  SkStrBuf tmp;
  if (!sk_bytes_view(vm, args[1], &s.p, &s.n)) {
    if (sk_is_str(args[1])) sk_raise_type(vm, "expected iterable of integers; got: 'str'");
    if (!SK_SLOTS(vm, args[1])->iter && !SK_SLOTS(vm, args[1])->getitem) sk_raise_type(vm, "can't extend bytearray with %T", args[1]);
    sk_strbuf_init(vm, &tmp);
    bytes_collect(vm, &tmp, args[1], "bytearray", "byte");
    s = (SkChars){tmp.raw ? (char *)tmp.raw->data : "", tmp.used};
  }
  append_bytes(vm, sk_as_bytearray(args[0]), s);
  return SK_NONE;
}

SK_NATIVE(bytearray_insert, "insert(self, index, item, /)", "Insert a single item into the bytearray before the given index.") {
  SkBytearray *b = sk_as_bytearray(args[0]);
  int64_t i = sk_to_index(vm, args[1]);
  char byte = (char)bytes_value(vm, args[2], "byte");
  if (i < 0) i += (int64_t)b->length;
  if (i < 0) i = 0;
  if ((size_t)i > b->length) i = (int64_t)b->length;
  splice(vm, b, (size_t)i, (size_t)i, (SkChars){&byte, 1});
  return SK_NONE;
}

SK_NATIVE(bytearray_pop, "pop(self, index=-1, /)", "Remove and return a single item from B.") {
  SkBytearray *b = sk_as_bytearray(args[0]);
  int64_t i = sk_to_index(vm, args[1]);
  if (b->length == 0) sk_raisef(vm, SK_T_IndexError, "pop from empty bytearray");
  if (!sk_index_fix(&i, b->length)) sk_raisef(vm, SK_T_IndexError, "pop index out of range");
  unsigned char byte = (unsigned char)sk_bytearray_data(b)[i];
  splice(vm, b, (size_t)i, (size_t)i + 1, (SkChars){"", 0});
  return sk_smallint(byte);
}

SK_NATIVE(bytearray_remove, "remove(self, value, /)", "Remove the first occurrence of a value in the bytearray.") {
  SkBytearray *b = sk_as_bytearray(args[0]);
  unsigned char byte = bytes_value(vm, args[1], "byte");
  sk_charge_bytes(vm, b->length);
  char *p = sk_bytearray_data(b), *at = memchr(p, byte, b->length);
  if (!at) sk_raise_value(vm, "value not found in bytearray");
  splice(vm, b, (size_t)(at - p), (size_t)(at - p) + 1, (SkChars){"", 0});
  return SK_NONE;
}

SK_NATIVE(bytearray_reverse, "reverse(self, /)", "Reverse the order of the values in B in place.") {
  SkBytearray *b = sk_as_bytearray(args[0]);
  char *p = sk_bytearray_data(b);
  sk_charge(vm, b->length / 16);
  for (size_t i = 0, j = b->length; i + 1 < j; i++) {
    char c = p[i];
    p[i] = p[--j];
    p[j] = c;
  }
  return SK_NONE;
}

SK_NATIVE(bytearray_clear, "clear(self, /)", "Remove all items from the bytearray.") {
  sk_bytearray_resize(vm, sk_as_bytearray(args[0]), 0);
  return SK_NONE;
}

SK_NATIVE(bytearray_copy, "copy(self, /)", "Return a copy of B.") {
  SkChars s = bytes_self(args[0]);
  return sk_from_ptr(sk_bytearray_new(vm, s.p, s.n));
}

SK_NATIVE(bytearray_alloc, "__alloc__(self, /)", "The number of bytes actually allocated.") {
  (void)vm;
  SkBytearray *b = sk_as_bytearray(args[0]);
  return sk_smallint(b->raw ? (int64_t)b->raw->bytes : 0);
}

/* (class, (text, 'latin-1'), attributes): what copying and pickling use. */
SK_NATIVE(bytearray_reduce_ex, "__reduce_ex__(self, protocol=0, /)", "Return state information for pickling.") {
  SkChars s = bytes_self(args[0]);
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  sk_charge(vm, s.n / 8);
  for (size_t i = 0; i < s.n; i++) sk_strbuf_addc(&b, (unsigned char)s.p[i]);
  SkValue make = sk_from_ptr(sk_tuple_pack(vm, 2, sk_from_ptr(sk_strbuf_finish(&b)), sk_from_ptr(sk_str_from_cstr(vm, "latin-1"))));
  SkValue state = sk_call_method0(vm, args[0], SK_NAME(vm, dunder_getstate));
  return sk_from_ptr(sk_tuple_pack(vm, 3, sk_from_ptr(sk_type_of(vm, args[0])), make, state));
}
SK_NATIVE(bytearray_reduce, "__reduce__(self, /)", "Return state information for pickling.") { return bytearray_reduce_ex(vm, args); }

static SkValue bytearray_iter(SkVm *vm, SkValue self) {
  SkIter *it = sk_object_new_id(vm, SK_T_bytearray_iterator, 0);
  it->a = self;
  return sk_from_ptr(it);
}

static const SkAttrDef bytearray_attrs[] = {
    BYTES_METHODS(BYTES_METHOD)
    SK_METHOD(bytearray_append), SK_METHOD(bytearray_extend), SK_METHOD(bytearray_insert), SK_METHOD(bytearray_pop),
    SK_METHOD(bytearray_remove), SK_METHOD(bytearray_reverse), SK_METHOD(bytearray_clear), SK_METHOD(bytearray_copy),
    SK_METHOD(bytearray_alloc), SK_METHOD(bytearray_reduce), SK_METHOD(bytearray_reduce_ex),
    {.kind = SK_ATTR_STATICMETHOD, .def = &sk_bytes_maketrans_def},
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_bytes_fromhex_def},
    SK_ATTRS_END,
};

const SkTypeDef sk_bytearray_type = {
    .name = "bytearray",
    .doc = "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n"
           "bytearray(bytes_or_buffer) -> bytearray\nbytearray(int) -> that many zero bytes\nbytearray() -> no bytes\n\n"
           "A mutable sequence of bytes.",
    .kind = SK_KIND_BYTEARRAY, .size = sizeof(SkBytearray), .flags = SK_TYPE_IMMUTABLE | SK_TYPE_MATCH_SELF,
    .slots = {.repr = bytes_repr_of, .str = bytes_repr_of, .hash = sk_hash_refuse, .len = bytes_len, .eq = bytes_eq, .ne = bytes_ne,
              .lt = bytes_lt, .le = bytes_le, .gt = bytes_gt, .ge = bytes_ge, .add = bytes_concat, .iadd = bytearray_iadd,
              .mul = bytes_repeat, .rmul = bytes_repeat, .imul = bytearray_imul, .mod = bytes_mod, .rmod = bytes_rmod,
              .getitem = bytes_getitem, .setitem = bytearray_setitem, .delitem = bytearray_delitem, .contains = bytes_contains,
              .iter = bytearray_iter},
    .attrs = bytearray_attrs, .new_ = &bytearray_new_def, .init_ = &bytearray_init_def,
};
