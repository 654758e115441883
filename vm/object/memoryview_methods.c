/* memoryview_methods.c - item formats, casts, methods and attributes of memoryview.  Layer 6. */
#include <string.h>

#include "vm/object/bytes_impl.h"
#include "vm/object/exception.h"
#include "vm/object/memoryview_impl.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/str_methods.h"

/* ---- formats ---- */

typedef enum Form { FORM_NONE, FORM_SIGNED, FORM_UNSIGNED, FORM_FLOAT, FORM_CHAR, FORM_BOOL } Form;

/* |letter| of a native format: what it is and how many bytes. */
static Form format_of(char letter, uint32_t *size) {
  static const struct { char letter; uint8_t size, form; } table[] = {
      {'b', 1, FORM_SIGNED},   {'B', 1, FORM_UNSIGNED}, {'c', 1, FORM_CHAR},     {'?', 1, FORM_BOOL},
      {'h', 2, FORM_SIGNED},   {'H', 2, FORM_UNSIGNED}, {'i', 4, FORM_SIGNED},   {'I', 4, FORM_UNSIGNED},
      {'l', 8, FORM_SIGNED},   {'L', 8, FORM_UNSIGNED}, {'q', 8, FORM_SIGNED},   {'Q', 8, FORM_UNSIGNED},
      {'n', 8, FORM_SIGNED},   {'N', 8, FORM_UNSIGNED}, {'f', 4, FORM_FLOAT},    {'d', 8, FORM_FLOAT},
      {'P', 8, FORM_UNSIGNED}, {'e', 2, FORM_FLOAT}};
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (table[i].letter == letter) {
      *size = table[i].size;
      return table[i].form;
    }
  return FORM_NONE;
}

uint32_t memoryview_item_size(char letter) {
  uint32_t size;
  if (letter == 'u' || letter == 'w') return 4; /* characters of an array.array: shown, not read */
  return format_of(letter, &size) == FORM_NONE ? 1 : size;
}

static Form form_of(const SkMemoryview *m) {
  uint32_t size;
  return format_of(m->format[m->format[0] == '@'], &size);
}

static double unpack_float(const char *p, uint32_t size) {
  if (size == 8) {
    double d;
    return memcpy(&d, p, 8), d;
  }
  if (size == 4) {
    float f;
    return memcpy(&f, p, 4), f;
  }
  _Float16 h;
  return memcpy(&h, p, 2), (double)h;
}

static uint64_t unpack_unsigned(const char *p, uint32_t size) {
  uint64_t u = 0;
  memcpy(&u, p, size); /* little endian, as every machine we build on */
  return u;
}

SkValue memoryview_unpack(SkVm *vm, const SkMemoryview *m, const char *p) {
  uint64_t u = unpack_unsigned(p, m->itemsize);
  switch (form_of(m)) {
    case FORM_CHAR: return sk_from_ptr(sk_bytes_new(vm, p, 1));
    case FORM_BOOL: return sk_bool(u != 0);
    case FORM_FLOAT: return sk_float_new(vm, unpack_float(p, m->itemsize));
    case FORM_SIGNED: {
      unsigned unused = 64 - 8 * m->itemsize;
      return sk_int_new(vm, (int64_t)(u << unused) >> unused);
    }
    default: return sk_int_from_u64(vm, u);
  }
}

static void pack_int(SkVm *vm, const SkMemoryview *m, char *p, SkValue v, bool is_signed) {
  const char *format = m->format;
  if (!SK_SLOTS(vm, v)->index) sk_raise_type(vm, "memoryview: invalid type for format '%s'", format);
  v = sk_to_int(vm, v);
  unsigned bits = 8 * m->itemsize;
  int64_t i = 0;
  uint64_t u;
  bool fits = sk_int_get_i64(v, &i);
  u = (uint64_t)i;
  if (!fits && !is_signed && bits == 64 && sk_int_sign(v) > 0 && sk_int_bit_length(v) <= 64) {
    u = ((SkInt *)sk_ptr(v))->limbs[0];
  } else if (!fits || (is_signed ? bits < 64 && (i < -((int64_t)1 << (bits - 1)) || i >= (int64_t)1 << (bits - 1))
                                 : i < 0 || (bits < 64 && i >> bits))) {
    sk_raise_value(vm, "memoryview: invalid value for format '%s'", format);
  }
  memcpy(p, &u, m->itemsize);
}

static void pack_float(SkVm *vm, const SkMemoryview *m, char *p, SkValue v) {
  if (!sk_is_float(v) && !SK_SLOTS(vm, v)->float_ && !SK_SLOTS(vm, v)->index)
    sk_raise_type(vm, "memoryview: invalid type for format '%s'", m->format);
  double d = sk_to_double(vm, v);
  float f = (float)d;
  _Float16 h = (_Float16)f;
  memcpy(p, m->itemsize == 8 ? (void *)&d : m->itemsize == 4 ? (void *)&f : (void *)&h, m->itemsize);
}

void memoryview_pack(SkVm *vm, const SkMemoryview *m, char *p, SkValue v) {
  switch (form_of(m)) {
    case FORM_CHAR:
      if (!sk_is_bytes(v)) sk_raise_type(vm, "memoryview: invalid type for format 'c'");
      if (sk_as_bytes(v)->length != 1) sk_raise_value(vm, "memoryview: invalid value for format 'c'");
      *p = sk_as_bytes(v)->data[0];
      break;
    case FORM_BOOL: *p = (char)sk_truth(vm, v); break;
    case FORM_FLOAT: pack_float(vm, m, p, v); break;
    case FORM_SIGNED: pack_int(vm, m, p, v, true); break;
    default: pack_int(vm, m, p, v, false);
  }
  if (m->head.aux & SK_VIEW_RELEASED) sk_raise_value(vm, "operation forbidden on released memoryview object");
}

/* ---- methods ---- */

void memoryview_release(SkMemoryview *m) {
  if (m->head.aux & SK_VIEW_RELEASED) return;
  m->head.aux |= SK_VIEW_RELEASED;
  if (sk_is_bytearray(m->obj) && sk_as_bytearray(m->obj)->exports) sk_as_bytearray(m->obj)->exports--;
}

SK_NATIVE(view_release, "release(self, /)", "Release the underlying buffer exposed by the memoryview object.") {
  (void)vm;
  memoryview_release(sk_as_memoryview(args[0]));
  return SK_NONE;
}
SK_NATIVE(view_enter, "__enter__(self, /)", NULL) { return sk_from_ptr(memoryview_self(vm, args[0])); }
SK_NATIVE(view_exit, "__exit__(self, /, *args)", NULL) { return view_release(vm, args); }

/* Column-major copy of the items. */
static char *copy_fortran(SkVm *vm, const SkMemoryview *m, uint32_t dims, const char *from, char *to) {
  if (dims == 0) return memcpy(to, from, m->itemsize), to + m->itemsize;
  sk_charge(vm, 1 + (dims == 1 ? (uint64_t)m->shape[0] / 8 : 0));
  for (int64_t i = 0; i < m->shape[dims - 1]; i++) to = copy_fortran(vm, m, dims - 1, from + i * m->strides[dims - 1], to);
  return to;
}

SK_NATIVE(view_tobytes, "tobytes(self, /, order='C')", "Return the data in the buffer as a byte string.") {
  SkMemoryview *m = memoryview_self(vm, args[0]);
  char order = 'C';
  if (!sk_is_none(args[1])) {
    if (!sk_is_str(args[1])) sk_raise_type(vm, "tobytes() argument 'order' must be str or None, not %T", args[1]);
    SkStr *s = sk_as_str(args[1]);
    if (s->bytes != 1 || !strchr("CFA", s->data[0])) sk_raise_value(vm, "order must be 'C', 'F' or 'A'");
    order = s->data[0];
  }
  if (order != 'F' || m->ndim < 2) return sk_from_ptr(sk_memoryview_tobytes(vm, m));
  SkBytes *b = sk_bytes_new(vm, NULL, m->length);
  copy_fortran(vm, m, m->ndim, m->data, b->data);
  return sk_from_ptr(b);
}

static SkValue to_list(SkVm *vm, SkMemoryview *m, uint32_t d, const char *p) {
  sk_charge(vm, 1);
  if (d == m->ndim) return memoryview_unpack(vm, m, p);
  SkList *l = sk_list_new(vm, (size_t)m->shape[d]);
  for (int64_t i = 0; i < m->shape[d]; i++) sk_list_append(vm, l, to_list(vm, m, d + 1, p + i * m->strides[d]));
  return sk_from_ptr(l);
}

SK_NATIVE(view_tolist, "tolist(self, /)", "Return the data in the buffer as a list of elements.") {
  SkMemoryview *m = memoryview_self(vm, args[0]);
  return to_list(vm, m, 0, m->data);
}

SK_NATIVE(view_hex, "hex(self, /, sep=?, bytes_per_sep=1)", "Return the data in the buffer as a str of hexadecimal numbers.") {
  SkBytes *b = sk_memoryview_tobytes(vm, sk_as_memoryview(args[0]));
  return bytes_hex_text(vm, (SkChars){b->data, b->length}, args[1], sk_to_index(vm, args[2]));
}

SK_NATIVE(view_toreadonly, "toreadonly(self, /)", "Return a readonly version of the memoryview.") {
  SkMemoryview *m = memoryview_clone(vm, memoryview_self(vm, args[0]));
  m->head.aux |= SK_VIEW_READONLY;
  return sk_from_ptr(m);
}

/* ---- cast ---- */

static void set_shape(SkVm *vm, SkMemoryview *m, SkValue shape) {
  SkSpan dims = sk_seq_span(shape);
  if (dims.count > SK_VIEW_DIMS) sk_raise_value(vm, "memoryview: number of dimensions must not exceed %d", SK_VIEW_DIMS);
  int64_t total = 1;
  for (size_t i = 0; i < dims.count; i++) {
    if (!sk_is_int(dims.items[i])) sk_raise_type(vm, "memoryview.cast(): elements of shape must be integers");
    int64_t n = sk_to_index(vm, dims.items[i]);
    if (n <= 0) sk_raise_value(vm, "memoryview.cast(): elements of shape must be integers > 0");
    if (total > INT64_MAX / 16 / n) sk_raise_value(vm, "memoryview.cast(): product(shape) > SSIZE_MAX");
    total *= n;
    m->shape[i] = n;
  }
  if (total * (int64_t)m->itemsize != (int64_t)m->length) sk_raise_type(vm, "memoryview: product(shape) * itemsize != buffer size");
  m->ndim = (uint32_t)dims.count;
  int64_t stride = m->itemsize;
  for (size_t i = dims.count; i-- > 0; stride *= m->shape[i]) m->strides[i] = stride;
}

SK_NATIVE(view_cast, "cast(self, /, format, shape=?)", "Cast a memoryview to a new format or shape.") {
  SkMemoryview *m = memoryview_self(vm, args[0]);
  SkStr *format = sk_str_arg(vm, args[1], "cast() argument 'format'");
  bool shaped = !sk_is_unset(args[2]);
  if (!memoryview_contiguous(m)) sk_raise_type(vm, "memoryview: casts are restricted to C-contiguous views");
  if (shaped || m->ndim != 1) {
    if (shaped && !sk_is_list(args[2]) && !sk_is_tuple(args[2])) sk_raise_type(vm, "shape must be a list or a tuple");
    if (shaped && m->ndim != 1 && sk_seq_span(args[2]).count != 1)
      sk_raise_type(vm, "memoryview: cast must be 1D -> ND or ND -> 1D");
  }
  bool at = format->bytes == 2 && format->data[0] == '@';
  uint32_t size;
  Form form = format->bytes == 1 || at ? format_of(format->data[at], &size) : FORM_NONE;
  if (form == FORM_NONE)
    sk_raise_value(vm, "memoryview: destination format must be a native single character format prefixed with an optional '@'");
  if (!strchr("Bbc", m->format[m->format[0] == '@']) && !strchr("Bbc", format->data[at]))
    sk_raise_type(vm, "memoryview: cannot cast between two non-byte formats");
  if (m->length % size) sk_raise_type(vm, "memoryview: length is not a multiple of itemsize");
  SkMemoryview *v = memoryview_clone(vm, m);
  memset(v->format, 0, sizeof v->format);
  memcpy(v->format, format->data, format->bytes);
  v->itemsize = size;
  v->ndim = 1;
  v->shape[0] = (int64_t)(m->length / size);
  v->strides[0] = size;
  if (shaped) set_shape(vm, v, args[2]);
  return sk_from_ptr(v);
}

/* ---- attributes ---- */

static SkValue get_obj(SkVm *vm, SkValue v) { return memoryview_self(vm, v)->obj; }
static SkValue get_nbytes(SkVm *vm, SkValue v) { return sk_smallint((int64_t)memoryview_self(vm, v)->length); }
static SkValue get_readonly(SkVm *vm, SkValue v) { return sk_bool(memoryview_self(vm, v)->head.aux & SK_VIEW_READONLY); }
static SkValue get_itemsize(SkVm *vm, SkValue v) { return sk_smallint(memoryview_self(vm, v)->itemsize); }
static SkValue get_format(SkVm *vm, SkValue v) { return sk_from_ptr(sk_str_from_cstr(vm, memoryview_self(vm, v)->format)); }
static SkValue get_ndim(SkVm *vm, SkValue v) { return sk_smallint(memoryview_self(vm, v)->ndim); }
static SkValue get_suboffsets(SkVm *vm, SkValue v) { return memoryview_self(vm, v), sk_from_ptr(vm->empty_tuple); }

static SkValue numbers(SkVm *vm, const int64_t *n, uint32_t count) {
  SkTuple *t = sk_tuple_new(vm, count);
  for (uint32_t i = 0; i < count; i++) t->items[i] = sk_smallint(n[i]);
  return sk_from_ptr(t);
}
static SkValue get_shape(SkVm *vm, SkValue v) { return numbers(vm, memoryview_self(vm, v)->shape, sk_as_memoryview(v)->ndim); }
static SkValue get_strides(SkVm *vm, SkValue v) { return numbers(vm, memoryview_self(vm, v)->strides, sk_as_memoryview(v)->ndim); }
static SkValue get_c_contiguous(SkVm *vm, SkValue v) { return sk_bool(memoryview_contiguous(memoryview_self(vm, v))); }

static bool fortran(const SkMemoryview *m) {
  int64_t expect = m->itemsize;
  for (uint32_t i = 0; i < m->ndim; i++) {
    if (m->shape[i] > 1 && m->strides[i] != expect) return false;
    expect *= m->shape[i];
  }
  return true;
}
static SkValue get_f_contiguous(SkVm *vm, SkValue v) { return sk_bool(fortran(memoryview_self(vm, v))); }
static SkValue get_contiguous(SkVm *vm, SkValue v) {
  SkMemoryview *m = memoryview_self(vm, v);
  return sk_bool(memoryview_contiguous(m) || fortran(m));
}

const SkAttrDef sk_memoryview_attrs[] = {
    SK_METHOD(view_release), SK_METHOD(view_enter), SK_METHOD(view_exit), SK_METHOD(view_tobytes), SK_METHOD(view_tolist),
    SK_METHOD(view_hex), SK_METHOD(view_toreadonly), SK_METHOD(view_cast),
    SK_GETSET("obj", get_obj, NULL, "The underlying object of the memoryview."),
    SK_GETSET("nbytes", get_nbytes, NULL, "The amount of space in bytes that the array would use in a contiguous representation."),
    SK_GETSET("readonly", get_readonly, NULL, "A bool indicating whether the memory is read only."),
    SK_GETSET("itemsize", get_itemsize, NULL, "The size in bytes of each element of the memoryview."),
    SK_GETSET("format", get_format, NULL, "The format of each element, as in the struct module."),
    SK_GETSET("ndim", get_ndim, NULL, "How many dimensions of a multi-dimensional array the memory represents."),
    SK_GETSET("shape", get_shape, NULL, "A tuple of ndim integers: the shape of the memory as an array."),
    SK_GETSET("strides", get_strides, NULL, "A tuple of ndim integers: the bytes to the next element of each dimension."),
    SK_GETSET("suboffsets", get_suboffsets, NULL, "Used internally for PIL-style arrays."),
    SK_GETSET("c_contiguous", get_c_contiguous, NULL, "A bool indicating whether the memory is C contiguous."),
    SK_GETSET("f_contiguous", get_f_contiguous, NULL, "A bool indicating whether the memory is Fortran contiguous."),
    SK_GETSET("contiguous", get_contiguous, NULL, "A bool indicating whether the memory is contiguous."),
    SK_ATTRS_END,
};
