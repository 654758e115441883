/* array_module.c - the class array.array: numbers of one kind, packed.  Layer 8.
 *
 * An array is a bytearray cell (SK_KIND_BYTEARRAY) whose head.aux is its type code: so whatever takes bytes takes an
 * array, memoryviews know its format, and it can't change its size while they are there.
 * Single items are array_item.c's.
 */
#include "stdlib/native/array_impl.h"
#include "vm/object/charge.h"

static bool is_array(SkVm *vm, SkValue v) { return sk_is_native(vm, v, &sk_array_type); }
static size_t count_of(const SkBytearray *a) { return a->length / array_item_size(a->head.aux); }
static char *place(const SkBytearray *a, size_t i) { return sk_bytearray_data(a) + i * array_item_size(a->head.aux); }

static SkBytearray *make(SkVm *vm, SkType *cls, char code, size_t items) {
  SkBytearray *a = sk_object_new(vm, cls, 0);
  a->head.aux = (unsigned char)code;
  sk_bytearray_resize(vm, a, items * array_item_size(code));
  return a;
}
static SkBytearray *like(SkVm *vm, const SkBytearray *a, size_t items) {
  return make(vm, sk_library_type(vm, &sk_array_type), (char)a->head.aux, items);
}

static void resize(SkVm *vm, SkBytearray *a, size_t items) { sk_bytearray_resize(vm, a, items * array_item_size(a->head.aux)); }

/* ---- growing ---- */

/* The item is converted first: that may run code and must not leave a hole. */
static void insert(SkVm *vm, SkBytearray *a, size_t at, SkValue v) {
  char item[8];
  array_put(vm, a->head.aux, item, v);
  size_t n = count_of(a), size = array_item_size(a->head.aux);
  resize(vm, a, n + 1);
  if (at > n) at = n;
  memmove(place(a, at + 1), place(a, at), (n - at) * size);
  memcpy(place(a, at), item, size);
}

static bool append_one(SkVm *vm, SkValue v, void *a) {
  insert(vm, a, SIZE_MAX, v);
  return true;
}

static void append_bytes(SkVm *vm, SkBytearray *a, SkValue from) {
  const char *p;
  size_t n, size = array_item_size(a->head.aux), old = a->length;
  sk_bytes_view_or_raise(vm, from, &p, &n);
  if (n % size) sk_raise_value(vm, "bytes length not a multiple of item size");
  if (n == 0) return;
  resize(vm, a, (old + n) / size);
  sk_bytes_view(vm, from, &p, &n); /* |from| may be |a| */
  memmove(sk_bytearray_data(a) + old, p, n);
}

static void extend(SkVm *vm, SkBytearray *a, SkValue from) {
  if (!is_array(vm, from)) {
    sk_iterate(vm, from, append_one, a);
    return;
  }
  SkBytearray *b = sk_as_bytearray(from);
  if (b->head.aux != a->head.aux) sk_raise_type(vm, "can only extend with array of same kind");
  size_t n = b->length, old = a->length;
  resize(vm, a, (old + n) / array_item_size(a->head.aux));
  memmove(sk_bytearray_data(a) + old, sk_bytearray_data(b), n);
}

static void append_text(SkVm *vm, SkBytearray *a, SkStr *s) {
  sk_charge(vm, s->count);
  for (size_t i = 0; i < s->count; i++) insert(vm, a, SIZE_MAX, sk_str_getchar(vm, s, i));
}

/* ---- construction ---- */

static char code_of(SkVm *vm, SkValue v) {
  if (!sk_is_str(v) || sk_as_str(v)->count != 1) sk_raise_type(vm, "array() argument 1 must be a unicode character, not %T", v);
  char c = *sk_as_str(v)->data;
  if (!array_item_size(c) || sk_as_str(v)->bytes != 1) sk_raise_value(vm, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  return c;
}

static bool is_text(int code) { return code == 'u' || code == 'w'; }

static SkValue array_new(SkVm *vm, const SkValue *args) {
  SkTuple *given = sk_as_tuple(args[1]);
  SkType *cls = sk_ptr(args[0]);
  if (sk_as_dict(args[2])->live && cls == sk_library_type(vm, &sk_array_type)) sk_raise_type(vm, "array.array() takes no keyword arguments");
  if (given->count == 0) sk_raise_type(vm, "array() takes at least 1 argument (0 given)");
  if (given->count > 2) sk_raise_type(vm, "array() takes at most 2 arguments (%zu given)", given->count);
  char code = code_of(vm, given->items[0]);
  SkBytearray *a = make(vm, cls, code, 0);
  if (given->count == 1) return sk_from_ptr(a);
  SkValue from = given->items[1];
  if (sk_is_str(from) && !is_text(code)) sk_raise_type(vm, "cannot use a str to initialize an array with typecode '%c'", code);
  if (is_array(vm, from) && is_text(sk_object(from)->aux) && !is_text(code))
    sk_raise_type(vm, "cannot use a unicode array to initialize an array with typecode '%c'", code);
  if (sk_is_str(from)) {
    append_text(vm, a, sk_as_str(from));
  } else if (sk_is_bytes(from) || (sk_is_bytearray(from) && !is_array(vm, from))) {
    append_bytes(vm, a, from);
  } else if (is_array(vm, from) && sk_object(from)->aux == (unsigned char)code) {
    extend(vm, a, from);
  } else {
    sk_iterate(vm, from, append_one, a);
  }
  return sk_from_ptr(a);
}
static const SkNativeDef array_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, array_new};

/* ---- items ---- */

static SkValue item(SkVm *vm, const SkBytearray *a, size_t i) { return array_get(vm, a->head.aux, place(a, i)); }

static int64_t array_len(SkVm *vm, SkValue self) {
  (void)vm;
  return (int64_t)count_of(sk_as_bytearray(self));
}

static int64_t index_of(SkVm *vm, SkValue key) {
  if (!sk_is_int(key) && !SK_SLOTS(vm, key)->index) sk_raise_type(vm, "array indices must be integers");
  return sk_to_subscript(vm, key, "array");
}

static SkValue array_getitem(SkVm *vm, SkValue self, SkValue key) {
  SkBytearray *a = sk_as_bytearray(self);
  if (!sk_is_slice(key)) {
    int64_t i = index_of(vm, key);
    if (!sk_index_fix(&i, count_of(a))) sk_raisef(vm, SK_T_IndexError, "array index out of range");
    return item(vm, a, (size_t)i);
  }
  int64_t start, stop, step;
  size_t n = sk_slice_resolve(vm, sk_ptr(key), count_of(a), &start, &stop, &step), size = array_item_size(a->head.aux);
  SkBytearray *out = like(vm, a, n);
  sk_charge(vm, n / 16);
  for (size_t i = 0; i < n; i++) memcpy(place(out, i), place(a, (size_t)(start + (int64_t)i * step)), size);
  return sk_from_ptr(out);
}

/* Replaces the items from |start| to |stop| by |n| from |from|. */
static void splice(SkVm *vm, SkBytearray *a, size_t start, size_t stop, const char *from, size_t n) {
  size_t count = count_of(a), size = array_item_size(a->head.aux), removed = stop - start;
  sk_charge_bytes(vm, (count - stop + n) * size);
  if (n > removed) resize(vm, a, count + n - removed);
  else if (n < removed) sk_bytearray_check_exports(vm, a);
  memmove(place(a, start + n), place(a, stop), (count - stop) * size);
  if (n) memcpy(place(a, start), from, n * size);
  if (n < removed) resize(vm, a, count + n - removed);
}

static void set_slice(SkVm *vm, SkBytearray *a, SkSlice *s, SkValue v) {
  int64_t start, stop, step;
  const char *from = NULL;
  size_t n = 0, size = array_item_size(a->head.aux);
  if (!sk_is_unset(v)) {
    if (!is_array(vm, v)) sk_raise_type(vm, "can only assign array (not \"%T\") to array slice", v);
    if (sk_object(v)->aux != a->head.aux) sk_raise_type(vm, "bad argument type for built-in operation");
  }
  sk_slice_unpack(vm, s, &start, &stop, &step); /* may run code; from here on nothing does */
  size_t places = sk_slice_adjust(count_of(a), &start, &stop, step);
  if (!sk_is_unset(v)) {
    if (sk_ptr(v) == a) v = sk_from_ptr(sk_bytearray_new(vm, sk_bytearray_data(a), a->length));
    from = sk_bytearray_data(sk_as_bytearray(v));
    n = sk_as_bytearray(v)->length / size;
  }
  if (step == 1) {
    if (stop < start) stop = start;
    splice(vm, a, (size_t)start, (size_t)stop, from, n);
  } else if (!sk_is_unset(v)) {
    if (n != places) sk_raise_value(vm, "attempt to assign array of size %zu to extended slice of size %zu", n, places);
    sk_charge(vm, n / 16);
    for (size_t i = 0; i < n; i++) memcpy(place(a, (size_t)(start + (int64_t)i * step)), from + i * size, size);
  } else {
    if (step < 0) { /* the same places from the left */
      start += step * ((int64_t)places - 1);
      step = -step;
    }
    for (size_t i = places; i-- > 0;) {
      size_t at = (size_t)(start + (int64_t)i * step);
      splice(vm, a, at, at + 1, NULL, 0);
    }
  }
  sk_keep(v);
}

static void array_setitem(SkVm *vm, SkValue self, SkValue key, SkValue v) {
  SkBytearray *a = sk_as_bytearray(self);
  if (sk_is_slice(key)) {
    set_slice(vm, a, sk_ptr(key), v);
    return;
  }
  char bits[8];
  int64_t i = index_of(vm, key), j = i;
  if (!sk_index_fix(&j, count_of(a))) sk_raisef(vm, SK_T_IndexError, "array assignment index out of range");
  array_put(vm, a->head.aux, bits, v);
  if (!sk_index_fix(&i, count_of(a))) sk_raisef(vm, SK_T_IndexError, "array assignment index out of range");
  memcpy(place(a, (size_t)i), bits, array_item_size(a->head.aux));
}

static void array_delitem(SkVm *vm, SkValue self, SkValue key) {
  SkBytearray *a = sk_as_bytearray(self);
  if (sk_is_slice(key)) {
    set_slice(vm, a, sk_ptr(key), SK_UNSET);
    return;
  }
  int64_t i = index_of(vm, key);
  if (!sk_index_fix(&i, count_of(a))) sk_raisef(vm, SK_T_IndexError, "array assignment index out of range");
  splice(vm, a, (size_t)i, (size_t)i + 1, NULL, 0);
}

static int64_t find(SkVm *vm, SkBytearray *a, SkValue x, size_t from, size_t to) {
  size_t turns = 0;
  for (size_t i = from; i < to && i < count_of(a); i++) {
    SK_TURN(vm, turns);
    if (sk_equal(vm, item(vm, a, i), x)) return (int64_t)i;
  }
  return -1;
}

static bool array_contains(SkVm *vm, SkValue self, SkValue x) { return find(vm, sk_as_bytearray(self), x, 0, SIZE_MAX) >= 0; }

/* ---- operators ---- */

static SkValue array_add(SkVm *vm, SkValue self, SkValue other) {
  if (!is_array(vm, other)) sk_raise_type(vm, "can only append array (not \"%T\") to array", other);
  SkBytearray *a = sk_as_bytearray(self), *b = sk_as_bytearray(other);
  if (a->head.aux != b->head.aux) sk_raise_type(vm, "bad argument type for built-in operation");
  SkBytearray *out = like(vm, a, count_of(a) + count_of(b));
  memcpy(sk_bytearray_data(out), sk_bytearray_data(a), a->length);
  memcpy(sk_bytearray_data(out) + a->length, sk_bytearray_data(b), b->length);
  return sk_from_ptr(out);
}

static SkValue array_iadd(SkVm *vm, SkValue self, SkValue other) {
  if (!is_array(vm, other)) sk_raise_type(vm, "can only extend array with array (not \"%T\")", other);
  extend(vm, sk_as_bytearray(self), other);
  return self;
}

static void repeat_into(SkVm *vm, char *to, const char *from, size_t length, size_t total) {
  if (!total) return;
  if (to != from) sk_copy(vm, to, from, length);
  sk_repeat(vm, to, length, total);
}

static SkValue array_mul(SkVm *vm, SkValue self, SkValue n) {
  int64_t times;
  if (!sk_seq_repeat_times(vm, n, &times)) return sk_seq_mul_other(vm, self, n);
  SkBytearray *a = sk_as_bytearray(self);
  SkBytearray *out = like(vm, a, sk_seq_repeat_size(vm, count_of(a), times));
  repeat_into(vm, sk_bytearray_data(out), sk_bytearray_data(a), a->length, out->length);
  return sk_from_ptr(out);
}

static SkValue array_imul(SkVm *vm, SkValue self, SkValue n) {
  int64_t times;
  if (!sk_seq_repeat_times(vm, n, &times)) return sk_seq_mul_other(vm, self, n);
  SkBytearray *a = sk_as_bytearray(self);
  size_t length = a->length;
  resize(vm, a, sk_seq_repeat_size(vm, count_of(a), times));
  if (length) repeat_into(vm, sk_bytearray_data(a), sk_bytearray_data(a), length, a->length);
  return self;
}

static SkValue compare(SkVm *vm, SkCompareOp op, SkValue x, SkValue y) {
  if (!is_array(vm, y)) return SK_NOTIMPLEMENTED;
  SkBytearray *a = sk_as_bytearray(x), *b = sk_as_bytearray(y);
  bool equality = op == SK_CMP_EQ || op == SK_CMP_NE;
  if (equality && count_of(a) != count_of(b)) return sk_bool(op == SK_CMP_NE);
  for (size_t i = 0; i < count_of(a) && i < count_of(b); i++) {
    sk_charge(vm, 1);
    SkValue p = item(vm, a, i), q = item(vm, b, i);
    if (!sk_compare_bool(vm, SK_CMP_EQ, p, q)) return equality ? sk_bool(op == SK_CMP_NE) : sk_compare(vm, op, p, q);
  }
  return sk_compare(vm, op, sk_int_new(vm, (int64_t)count_of(a)), sk_int_new(vm, (int64_t)count_of(b)));
}
static SkValue array_lt(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_LT, a, b); }
static SkValue array_le(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_LE, a, b); }
static SkValue array_eq(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_EQ, a, b); }
static SkValue array_ne(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_NE, a, b); }
static SkValue array_gt(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_GT, a, b); }
static SkValue array_ge(SkVm *vm, SkValue a, SkValue b) { return compare(vm, SK_CMP_GE, a, b); }

/* ---- text, lists, bytes ---- */

static SkValue to_list(SkVm *vm, SkBytearray *a) {
  SkList *out = sk_list_new(vm, count_of(a));
  sk_charge(vm, count_of(a) / 8);
  for (size_t i = 0; i < count_of(a); i++) sk_list_append(vm, out, item(vm, a, i));
  return sk_from_ptr(out);
}

static SkValue to_text(SkVm *vm, SkBytearray *a) {
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  sk_charge(vm, count_of(a) / 8);
  for (size_t i = 0; i < count_of(a); i++) sk_strbuf_addstr(&b, sk_as_str(item(vm, a, i)));
  return sk_from_ptr(sk_strbuf_finish(&b));
}

static SkValue array_repr(SkVm *vm, SkValue self) {
  SkBytearray *a = sk_as_bytearray(self);
  SkStr *name = sk_class_name(vm, self);
  if (count_of(a) == 0) return sk_from_ptr(sk_format(vm, "%U('%c')", name, a->head.aux));
  return sk_from_ptr(sk_format(vm, "%U('%c', %R)", name, a->head.aux, is_text(a->head.aux) ? to_text(vm, a) : to_list(vm, a)));
}

SK_NATIVE(array_append, "append(self, v, /)", "Append new value v to the end of the array.") {
  insert(vm, sk_as_bytearray(args[0]), SIZE_MAX, args[1]);
  return SK_NONE;
}
SK_NATIVE(array_insert, "insert(self, i, v, /)", "Insert a new item v into the array before position i.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  int64_t i = sk_to_index(vm, args[1]), n = (int64_t)count_of(a);
  if (i < 0) i = i + n < 0 ? 0 : i + n;
  insert(vm, a, (size_t)i, args[2]);
  return SK_NONE;
}
SK_NATIVE(array_extend, "extend(self, bb, /)", "Append items to the end of the array.") {
  extend(vm, sk_as_bytearray(args[0]), args[1]);
  return SK_NONE;
}
SK_NATIVE(array_pop, "pop(self, i=-1, /)", "Return the i-th element and delete it from the array.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  int64_t i = sk_to_index(vm, args[1]);
  if (count_of(a) == 0) sk_raisef(vm, SK_T_IndexError, "pop from empty array");
  if (!sk_index_fix(&i, count_of(a))) sk_raisef(vm, SK_T_IndexError, "pop index out of range");
  SkValue v = item(vm, a, (size_t)i);
  splice(vm, a, (size_t)i, (size_t)i + 1, NULL, 0);
  return v;
}
SK_NATIVE(array_remove, "remove(self, v, /)", "Remove the first occurrence of v in the array.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  int64_t i = find(vm, a, args[1], 0, SIZE_MAX);
  if (i < 0) sk_raise_value(vm, "array.remove(x): x not in array");
  splice(vm, a, (size_t)i, (size_t)i + 1, NULL, 0);
  return SK_NONE;
}
SK_NATIVE(array_clear, "clear(self, /)", "Remove all items from the array.") {
  resize(vm, sk_as_bytearray(args[0]), 0);
  return SK_NONE;
}
SK_NATIVE(array_index, "index(self, v, start=0, stop=9223372036854775807, /)", "Return index of first occurrence of v in the array.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  size_t n = count_of(a);
  int64_t i = find(vm, a, args[1], sk_to_bound(vm, args[2], n), sk_to_bound(vm, args[3], n));
  if (i < 0) sk_raise_value(vm, "array.index(x): x not in array");
  return sk_int_new(vm, i);
}
SK_NATIVE(array_count, "count(self, v, /)", "Return number of occurrences of v in the array.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  int64_t n = 0;
  sk_charge(vm, count_of(a) / 8);
  for (size_t i = 0; i < count_of(a); i++) n += sk_equal(vm, item(vm, a, i), args[1]);
  return sk_int_new(vm, n);
}
static void swap_bytes(char *p, size_t size) {
  for (size_t i = 0; i < size / 2; i++) {
    char c = p[i];
    p[i] = p[size - 1 - i];
    p[size - 1 - i] = c;
  }
}
SK_NATIVE(array_byteswap, "byteswap(self, /)", "Byteswap all items of the array.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  sk_charge(vm, a->length / 16);
  for (size_t i = 0; i < count_of(a); i++) swap_bytes(place(a, i), array_item_size(a->head.aux));
  return SK_NONE;
}
SK_NATIVE(array_reverse, "reverse(self, /)", "Reverse the order of the items in the array.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  sk_charge(vm, a->length / 8);
  size_t size = array_item_size(a->head.aux);
  swap_bytes(sk_bytearray_data(a), a->length); /* all bytes, then each item back */
  for (size_t i = 0; i < count_of(a); i++) swap_bytes(place(a, i), size);
  return SK_NONE;
}
SK_NATIVE(array_buffer_info, "buffer_info(self, /)", "Return a tuple (address, length) giving the current memory address and the length in items.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  return sk_tuple_pair(vm, sk_int_from_u64(vm, (uint64_t)(uintptr_t)sk_bytearray_data(a)), sk_int_new(vm, (int64_t)count_of(a)));
}
SK_NATIVE(array_tolist, "tolist(self, /)", "Convert array to an ordinary list with the same items.") { return to_list(vm, sk_as_bytearray(args[0])); }
SK_NATIVE(array_fromlist, "fromlist(self, list, /)", "Append items to array from list.") {
  if (!sk_is_list(args[1])) sk_raise_type(vm, "arg must be list");
  SkBytearray *a = sk_as_bytearray(args[0]), *more = like(vm, a, 0); /* all or nothing */
  sk_iterate(vm, args[1], append_one, more);
  extend(vm, a, sk_from_ptr(more));
  return SK_NONE;
}
SK_NATIVE(array_tobytes, "tobytes(self, /)", "Convert the array to an array of machine values and return the bytes representation.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  return sk_from_ptr(sk_bytes_new(vm, sk_bytearray_data(a), a->length));
}
SK_NATIVE(array_frombytes, "frombytes(self, buffer, /)", "Appends items from the string, interpreting it as an array of machine values.") {
  append_bytes(vm, sk_as_bytearray(args[0]), args[1]);
  return SK_NONE;
}
SK_NATIVE(array_tofile, "tofile(self, f, /)", "Write all items (as machine values) to the file object f.") {
  sk_call_method1(vm, args[1], sk_intern(vm, "write"), array_tobytes(vm, args));
  return SK_NONE;
}
SK_NATIVE(array_fromfile, "fromfile(self, f, n, /)", "Read n objects from the file object f and append them to the end of the array.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  int64_t n = sk_to_index(vm, args[2]), bytes;
  if (n < 0) sk_raise_value(vm, "negative count");
  if (__builtin_mul_overflow(n, (int64_t)array_item_size(a->head.aux), &bytes)) sk_raise_nomem(vm);
  SkValue data = sk_call_method1(vm, args[1], sk_intern(vm, "read"), sk_int_new(vm, bytes));
  if (!sk_is_bytes(data)) sk_raise_type(vm, "read() didn't return bytes");
  append_bytes(vm, a, data);
  if ((int64_t)sk_as_bytes(data)->length != bytes) sk_raisef(vm, SK_T_EOFError, "read() didn't return enough bytes");
  return SK_NONE;
}
SK_NATIVE(array_fromunicode, "fromunicode(self, ustr, /)", "Extends this array with data from the unicode string ustr.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  if (!sk_is_str(args[1])) sk_raise_type(vm, "fromunicode() argument must be str, not %T", args[1]);
  if (!is_text(a->head.aux)) sk_raise_value(vm, "fromunicode() may only be called on unicode type arrays ('u' or 'w')");
  append_text(vm, a, sk_as_str(args[1]));
  return SK_NONE;
}
SK_NATIVE(array_tounicode, "tounicode(self, /)", "Convert the array to a unicode string.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  if (!is_text(a->head.aux)) sk_raise_value(vm, "tounicode() may only be called on unicode type arrays ('u' or 'w')");
  return to_text(vm, a);
}

/* ---- copies and pickles ---- */

SK_NATIVE(array_copy, "__copy__(self, /)", "Return a copy of the array.") {
  SkBytearray *a = sk_as_bytearray(args[0]), *out = like(vm, a, count_of(a));
  memcpy(sk_bytearray_data(out), sk_bytearray_data(a), a->length);
  return sk_from_ptr(out);
}
SK_NATIVE(array_deepcopy, "__deepcopy__(self, unused, /)", "Return a copy of the array.") { return array_copy(vm, args); }

static SkValue code_text(SkVm *vm, const SkBytearray *a) { return sk_from_ptr(sk_str_from_codepoint(vm, a->head.aux)); }

/* By value for old protocols, since 3 as bytes in a named machine format. */
SK_NATIVE(array_reduce_ex, "__reduce_ex__(self, value, /)", "Return state information for pickling.") {
  SkBytearray *a = sk_as_bytearray(args[0]);
  SkValue state = sk_getattr_opt(vm, args[0], SK_NAME(vm, dunder_dict)), cls = sk_class_of(vm, args[0]);
  if (sk_is_unset(state)) state = SK_NONE;
  int format = array_machine_format(a->head.aux);
  if (sk_to_index(vm, args[1]) < 3 || format < 0) {
    SkValue items = is_text(a->head.aux) ? to_text(vm, a) : to_list(vm, a);
    return sk_from_ptr(sk_tuple_pack(vm, 3, cls, sk_tuple_pair(vm, code_text(vm, a), items), state));
  }
  SkValue rebuild = sk_getattr_cstr(vm, sk_import_name(vm, "array"), "_array_reconstructor");
  SkTuple *how = sk_tuple_pack(vm, 4, cls, code_text(vm, a), sk_smallint(format), array_tobytes(vm, args));
  return sk_from_ptr(sk_tuple_pack(vm, 3, rebuild, sk_from_ptr(how), state));
}

/* ---- iterators: a the array, None at the end; index the next item ---- */

extern const SkTypeDef sk_array_iter_type;

static SkValue array_iter(SkVm *vm, SkValue self) {
  SkIter *it = sk_object_new(vm, sk_library_type(vm, &sk_array_iter_type), 0);
  it->a = self;
  return sk_from_ptr(it);
}

static SkValue array_iter_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  if (sk_is_none(it->a)) return SK_UNSET;
  SkBytearray *a = sk_as_bytearray(it->a);
  if (it->index < count_of(a)) return item(vm, a, it->index++);
  sk_write(vm, it, &it->a, SK_NONE);
  return SK_UNSET;
}

SK_NATIVE(array_iter_reduce, "__reduce__(self, /)", "Return state information for pickling.") {
  SkValue iter = sk_builtin(vm, "iter");
  SkIter *it = sk_as_iter(args[0]);
  if (sk_is_none(it->a)) return sk_tuple_pair(vm, iter, sk_from_ptr(sk_tuple_pack(vm, 1, sk_from_ptr(vm->empty_tuple))));
  return sk_from_ptr(sk_tuple_pack(vm, 3, iter, sk_from_ptr(sk_tuple_pack(vm, 1, it->a)), sk_int_new(vm, (int64_t)it->index)));
}

SK_NATIVE(array_iter_setstate, "__setstate__(self, state, /)", "Set state information for unpickling.") {
  SkIter *it = sk_as_iter(args[0]);
  int64_t i = sk_to_index(vm, args[1]);
  it->index = i < 0 ? 0 : (uint64_t)i;
  return SK_NONE;
}

static const SkAttrDef array_iter_attrs[] = {SK_METHOD(array_iter_reduce), SK_METHOD(array_iter_setstate), SK_ATTRS_END};
const SkTypeDef sk_array_iter_type = {
    .name = "array.arrayiterator",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.iter = sk_iter_self, .next = array_iter_next},
    .attrs = array_iter_attrs,
};

/* ---- the class ---- */

static SkValue get_typecode(SkVm *vm, SkValue self) { return code_text(vm, sk_as_bytearray(self)); }
static SkValue get_itemsize(SkVm *vm, SkValue self) { return (void)vm, sk_smallint((int64_t)array_item_size(sk_object(self)->aux)); }

static const SkAttrDef array_attrs[] = {
    SK_METHOD(array_append), SK_METHOD(array_buffer_info), SK_METHOD(array_byteswap), SK_METHOD(array_clear), SK_METHOD(array_count),
    SK_METHOD(array_extend), SK_METHOD(array_fromfile), SK_METHOD(array_frombytes), SK_METHOD(array_fromlist),
    SK_METHOD(array_fromunicode), SK_METHOD(array_index), SK_METHOD(array_insert), SK_METHOD(array_pop), SK_METHOD(array_remove),
    SK_METHOD(array_reverse), SK_METHOD(array_tobytes), SK_METHOD(array_tofile), SK_METHOD(array_tolist), SK_METHOD(array_tounicode),
    SK_METHOD(array_copy), SK_METHOD(array_deepcopy), SK_METHOD(array_reduce_ex), SK_CLASSMETHOD(sk_class_getitem),
    SK_GETSET("typecode", get_typecode, NULL, "the typecode character used to create the array"),
    SK_GETSET("itemsize", get_itemsize, NULL, "the size, in bytes, of one array item"),
    SK_ATTRS_END};

const SkTypeDef sk_array_type = {
    .name = "array.array",
    .doc = "array(typecode [, initializer]) -> array\n\nNumbers of one kind, packed: typecode says which.",
    .kind = SK_KIND_BYTEARRAY,
    .size = sizeof(SkBytearray),
    .flags = SK_TYPE_WEAKREFABLE | SK_TYPE_SEQUENCE,
    .slots = {.repr = array_repr,
              .hash = sk_hash_refuse,
              .len = array_len,
              .iter = array_iter,
              .contains = array_contains,
              .getitem = array_getitem,
              .setitem = array_setitem,
              .delitem = array_delitem,
              .add = array_add,
              .iadd = array_iadd,
              .mul = array_mul,
              .rmul = array_mul,
              .imul = array_imul,
              .lt = array_lt,
              .le = array_le,
              .eq = array_eq,
              .ne = array_ne,
              .gt = array_gt,
              .ge = array_ge},
    .attrs = array_attrs,
    .new_ = &array_new_def,
};

SK_NATIVE(reconstructor, "_array_reconstructor(arraytype, typecode, mformat_code, items, /)", "Internal. Used for pickling support.") {
  if (!sk_is_type(args[0])) sk_raise_type(vm, "first argument must be a type object, not %T", args[0]);
  if (!sk_type_is_subtype(sk_as_type(args[0]), sk_library_type(vm, &sk_array_type)))
    sk_raise_type(vm, "%N is not a subtype of array.array", sk_as_type(args[0]));
  char code = code_of(vm, args[1]);
  if (!sk_is_bytes(args[3])) sk_raise_type(vm, "fourth argument should be bytes, not %T", args[3]);
  SkBytearray *a = make(vm, sk_as_type(args[0]), code, 0);
  array_from_machine(vm, a, sk_to_index(vm, args[2]), sk_as_bytes(args[3]), append_one);
  return sk_from_ptr(a);
}

static void init(SkVm *vm, SkModule *m) {
  sk_module_add_type(vm, m, &sk_array_type);
  SkValue cls = sk_from_ptr(sk_library_type(vm, &sk_array_type));
  sk_module_add(vm, m, "ArrayType", cls);
  sk_module_add(vm, m, "typecodes", sk_from_ptr(sk_str_from_cstr(vm, array_typecodes)));
  SkValue base = sk_getattr_cstr(vm, sk_import_name(vm, "_collections_abc"), "MutableSequence");
  sk_call_method1(vm, base, sk_intern(vm, "register"), cls);
}

static const SkNativeDef *const functions[] = {&reconstructor_def, NULL};
const SkModuleDef sk_array_module = {"array", "Numbers of one kind, packed.", functions, init};
