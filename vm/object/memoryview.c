/* memoryview.c - views on the bytes of other objects: making, items, slices, casts, the class.  Layer 6.
 *
 * |data| addresses item 0 (of every dimension); strides may be negative.  The viewed object cannot be re-sized while
 * a view is alive and not released, so |data| stays right.
 */
#include <string.h>

#include "vm/object/bytes_impl.h"
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/memoryview_impl.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/str_impl.h"
#include "vm/object/str_methods.h"

void sk_memoryview_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((SkMemoryview *)o)->obj); }

SkMemoryview *memoryview_self(SkVm *vm, SkValue v) {
  SkMemoryview *m = sk_as_memoryview(v);
  if (m->head.aux & SK_VIEW_RELEASED) sk_raise_value(vm, "operation forbidden on released memoryview object");
  return m;
}

static void add_export(SkValue obj) {
  if (sk_is_bytearray(obj)) sk_as_bytearray(obj)->exports++;
}

SkMemoryview *memoryview_clone(SkVm *vm, const SkMemoryview *from) {
  SkMemoryview *m = sk_object_new_id(vm, SK_T_memoryview, 0);
  size_t head = offsetof(SkMemoryview, obj);
  memcpy((char *)m + head, (const char *)from + head, sizeof *m - head);
  m->head.aux = from->head.aux;
  m->hash = 0;
  add_export(m->obj);
  return m;
}

SkMemoryview *sk_memoryview_new(SkVm *vm, SkValue of) {
  if (sk_is_memoryview(of)) return memoryview_clone(vm, memoryview_self(vm, of));
  const char *p;
  size_t n;
  if (!sk_bytes_view(vm, of, &p, &n)) sk_raise_type(vm, "memoryview: a bytes-like object is required, not '%T'", of);
  SkMemoryview *m = sk_object_new_id(vm, SK_T_memoryview, 0);
  m->obj = of;
  m->data = (char *)p;
  m->length = n;
  m->format[0] = sk_is_bytearray(of) && sk_object(of)->aux ? (char)sk_object(of)->aux : 'B';
  m->itemsize = memoryview_item_size(m->format[0]);
  m->ndim = 1;
  m->shape[0] = (int64_t)(n / m->itemsize);
  m->strides[0] = m->itemsize;
  if (sk_is_bytes(of)) m->head.aux |= SK_VIEW_READONLY;
  add_export(of);
  return m;
}

bool memoryview_contiguous(const SkMemoryview *m) {
  int64_t expect = m->itemsize;
  for (uint32_t i = m->ndim; i-- > 0;) {
    if (m->shape[i] > 1 && m->strides[i] != expect) return m->length == 0;
    expect *= m->shape[i];
  }
  return true;
}

bool sk_memoryview_bytes(SkVm *vm, SkMemoryview *m, const char **p, size_t *n) {
  memoryview_self(vm, sk_from_ptr(m));
  if (!memoryview_contiguous(m)) sk_raisef(vm, SK_T_BufferError, "memoryview: underlying buffer is not C-contiguous");
  *p = m->data;
  *n = m->length;
  return true;
}

/* Copies the items of dimension |d| and below, in C order. */
static char *copy_items(SkVm *vm, const SkMemoryview *m, uint32_t d, const char *from, char *to) {
  if (d == m->ndim) return memcpy(to, from, m->itemsize), to + m->itemsize;
  sk_charge(vm, 1 + (d + 1 == m->ndim ? (uint64_t)m->shape[d] / 8 : 0));
  for (int64_t i = 0; i < m->shape[d]; i++) to = copy_items(vm, m, d + 1, from + i * m->strides[d], to);
  return to;
}

SkBytes *sk_memoryview_tobytes(SkVm *vm, SkMemoryview *m) {
  memoryview_self(vm, sk_from_ptr(m));
  SkBytes *b = sk_bytes_new(vm, NULL, m->length);
  if (memoryview_contiguous(m)) sk_copy(vm, b->data, m->data, m->length);
  else copy_items(vm, m, 0, m->data, b->data);
  return b;
}

/* ---- indexing ---- */

static char *step_into(SkVm *vm, const SkMemoryview *m, uint32_t d, char *p, SkValue key) {
  int64_t i;
  if (!sk_int_get_i64(sk_to_int(vm, key), &i)) sk_raisef(vm, SK_T_IndexError, "cannot fit '%T' into an index-sized integer", key);
  if (!sk_index_fix(&i, (size_t)m->shape[d])) sk_raisef(vm, SK_T_IndexError, "index out of bounds on dimension %d", (int)d + 1);
  return p + i * m->strides[d];
}

/* The place of the item |key| (an index, or a tuple of them); NULL: the key is something else. */
static char *item_at(SkVm *vm, const SkMemoryview *m, SkValue key) {
  if (sk_is_tuple(key)) {
    SkTuple *t = sk_as_tuple(key);
    for (size_t i = 0; i < t->count; i++)
      if (!SK_SLOTS(vm, t->items[i])->index) return NULL;
    if (t->count != m->ndim) {
      if (t->count < m->ndim) sk_raisef(vm, SK_T_NotImplementedError, "sub-views are not implemented");
      sk_raise_type(vm, "cannot index %d-dimension view with %zd-element tuple", (int)m->ndim, (int64_t)t->count);
    }
    char *p = m->data;
    for (uint32_t d = 0; d < m->ndim; d++) p = step_into(vm, m, d, p, t->items[d]);
    return p;
  }
  if (!SK_SLOTS(vm, key)->index) return NULL;
  if (m->ndim == 0) sk_raise_type(vm, "invalid indexing of 0-dim memory");
  if (m->ndim > 1) sk_raisef(vm, SK_T_NotImplementedError, "multi-dimensional sub-views are not implemented");
  return step_into(vm, m, 0, m->data, key);
}

static SkMemoryview *slice_of(SkVm *vm, SkMemoryview *m, SkSlice *s) {
  int64_t start, stop, step;
  size_t n = sk_slice_resolve(vm, s, (size_t)m->shape[0], &start, &stop, &step);
  memoryview_self(vm, sk_from_ptr(m));
  SkMemoryview *v = memoryview_clone(vm, m);
  v->data += start * m->strides[0];
  v->shape[0] = (int64_t)n;
  v->strides[0] = m->strides[0] * step;
  v->length = m->shape[0] ? m->length / (size_t)m->shape[0] * n : 0;
  return v;
}

static SkValue memoryview_getitem(SkVm *vm, SkValue self, SkValue key) {
  SkMemoryview *m = memoryview_self(vm, self);
  if (m->ndim == 0 && (sk_is(key, SK_ELLIPSIS) || (sk_is_tuple(key) && sk_as_tuple(key)->count == 0)))
    return sk_is(key, SK_ELLIPSIS) ? self : memoryview_unpack(vm, m, m->data);
  if (sk_is_slice(key)) {
    if (m->ndim == 0) sk_raise_type(vm, "invalid indexing of 0-dim memory");
    return sk_from_ptr(slice_of(vm, m, (SkSlice *)sk_ptr(key)));
  }
  char *p = item_at(vm, m, key);
  if (!p) sk_raise_type(vm, "memoryview: invalid slice key");
  memoryview_self(vm, self);
  return memoryview_unpack(vm, m, p);
}

static void assign_slice(SkVm *vm, SkMemoryview *m, SkSlice *s, SkValue v) {
  if (m->ndim != 1) sk_raisef(vm, SK_T_NotImplementedError, "memoryview slice assignments are currently restricted to ndim = 1");
  const char *p;
  size_t n;
  if (!sk_is_memoryview(v) && !sk_bytes_view(vm, v, &p, &n)) sk_raise_type(vm, "a bytes-like object is required, not '%T'", v);
  SkMemoryview *from = sk_memoryview_new(vm, v), *to = slice_of(vm, m, s);
  const char *f = from->format + (from->format[0] == '@'), *t = to->format + (to->format[0] == '@');
  if (strcmp(f, t) != 0 || from->ndim != 1 || from->shape[0] != to->shape[0])
    sk_raise_value(vm, "memoryview assignment: lvalue and rvalue have different structures");
  SkBytes *copy = sk_memoryview_tobytes(vm, from); /* the two may overlap */
  sk_charge(vm, (uint64_t)to->shape[0] / 8);
  for (int64_t i = 0; i < to->shape[0]; i++)
    memcpy(to->data + i * to->strides[0], copy->data + i * (int64_t)to->itemsize, to->itemsize);
  memoryview_release(from);
  memoryview_release(to);
  sk_keep(copy);
}

static void memoryview_setitem(SkVm *vm, SkValue self, SkValue key, SkValue v) {
  SkMemoryview *m = memoryview_self(vm, self);
  if (m->head.aux & SK_VIEW_READONLY) sk_raise_type(vm, "cannot modify read-only memory");
  if (sk_is_slice(key) && m->ndim) {
    assign_slice(vm, m, (SkSlice *)sk_ptr(key), v);
    return;
  }
  bool whole = m->ndim == 0 && (sk_is(key, SK_ELLIPSIS) || (sk_is_tuple(key) && sk_as_tuple(key)->count == 0));
  char *p = whole ? m->data : item_at(vm, m, key);
  if (!p) sk_raise_type(vm, "memoryview: invalid slice key");
  memoryview_pack(vm, m, p, v);
}

static void memoryview_delitem(SkVm *vm, SkValue self, SkValue key) {
  (void)key;
  SkMemoryview *m = memoryview_self(vm, self);
  if (m->head.aux & SK_VIEW_READONLY) sk_raise_type(vm, "cannot modify read-only memory");
  sk_raise_type(vm, "cannot delete memory");
}

/* ---- the other operators ---- */

static int64_t memoryview_len(SkVm *vm, SkValue self) {
  SkMemoryview *m = memoryview_self(vm, self);
  if (m->ndim == 0) sk_raise_type(vm, "0-dim memory has no length");
  return m->shape[0];
}

static SkValue memoryview_repr(SkVm *vm, SkValue self) {
  const char *what = sk_as_memoryview(self)->head.aux & SK_VIEW_RELEASED ? "released " : "";
  return sk_from_ptr(sk_format(vm, "<%smemory at 0x%lx>", what, sk_address(self)));
}

static int64_t memoryview_hash(SkVm *vm, SkValue self) {
  SkMemoryview *m = sk_as_memoryview(self);
  if (m->hash) return m->hash;
  memoryview_self(vm, self);
  if (!(m->head.aux & SK_VIEW_READONLY)) sk_raise_value(vm, "cannot hash writable memoryview object");
  if (!strchr("Bbc", m->format[m->format[0] == '@'])) sk_raise_value(vm, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  if (sk_is_bytes(m->obj) == false) sk_hash(vm, m->obj);
  SkBytes *b = sk_memoryview_tobytes(vm, m);
  return m->hash = str_hash_bytes(vm, b->data, b->length);
}

static bool same_items(SkVm *vm, const SkMemoryview *a, const SkMemoryview *b, uint32_t d, char *p, char *q) {
  sk_charge(vm, 1);
  if (d == a->ndim) {
    if (strcmp(a->format, b->format) == 0 && !strchr("fd", a->format[a->format[0] == '@'])) return memcmp(p, q, a->itemsize) == 0;
    return sk_compare_bool(vm, SK_CMP_EQ, memoryview_unpack(vm, a, p), memoryview_unpack(vm, b, q));
  }
  for (int64_t i = 0; i < a->shape[d]; i++)
    if (!same_items(vm, a, b, d + 1, p + i * a->strides[d], q + i * b->strides[d])) return false;
  return true;
}

static SkValue equal(SkVm *vm, SkValue a, SkValue b, bool negate) {
  SkMemoryview *x = sk_as_memoryview(a);
  if (x->head.aux & SK_VIEW_RELEASED) return sk_bool(sk_is(a, b) != negate);
  const char *p;
  size_t n;
  if (sk_is_memoryview(b)) {
    if (sk_object(b)->aux & SK_VIEW_RELEASED) return sk_bool(negate);
  } else if (!sk_bytes_view(vm, b, &p, &n)) {
    return SK_NOTIMPLEMENTED;
  }
  SkMemoryview *y = sk_is_memoryview(b) ? sk_as_memoryview(b) : sk_memoryview_new(vm, b);
  bool same = x->ndim == y->ndim;
  for (uint32_t i = 0; same && i < x->ndim; i++) same = x->shape[i] == y->shape[i];
  same = same && same_items(vm, x, y, 0, x->data, y->data);
  if (!sk_is_memoryview(b)) memoryview_release(y);
  return sk_bool(same != negate);
}

static SkValue memoryview_eq(SkVm *vm, SkValue a, SkValue b) { return equal(vm, a, b, false); }
static SkValue memoryview_ne(SkVm *vm, SkValue a, SkValue b) { return equal(vm, a, b, true); }

SK_NATIVE(memoryview_new, "memoryview(cls, /, object)", NULL) { return sk_from_ptr(sk_memoryview_new(vm, args[1])); }

const SkTypeDef sk_memoryview_type = {
    .name = "memoryview", .doc = "A view on the memory of an object that offers it.",
    .kind = SK_KIND_MEMORYVIEW, .size = sizeof(SkMemoryview),
    .flags = SK_TYPE_IMMUTABLE | SK_TYPE_FINAL | SK_TYPE_SEQUENCE | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = memoryview_repr, .hash = memoryview_hash, .len = memoryview_len, .eq = memoryview_eq, .ne = memoryview_ne,
              .getitem = memoryview_getitem, .setitem = memoryview_setitem, .delitem = memoryview_delitem},
    .attrs = sk_memoryview_attrs, .new_ = &memoryview_new_def,
};
