/* bytes_ops.c - the operators of bytes and bytearray.  Layer 6. */
#include <string.h>

#include "vm/object/bytes_impl.h"
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/ops.h"
#include "vm/object/str_percent.h"

SkChars bytes_self(SkValue v) {
  if (sk_is_bytes(v)) return (SkChars){sk_as_bytes(v)->data, sk_as_bytes(v)->length};
  return (SkChars){sk_bytearray_data(sk_as_bytearray(v)), sk_as_bytearray(v)->length};
}

SkValue bytes_like(SkVm *vm, SkValue like, const char *p, size_t n) {
  return sk_is_bytes(like) ? sk_from_ptr(sk_bytes_new(vm, p, n)) : sk_from_ptr(sk_bytearray_new(vm, p, n));
}

SkValue bytes_like_raw(SkVm *vm, SkValue like, size_t n, char **p) {
  SkValue v = bytes_like(vm, like, NULL, n);
  *p = (char *)bytes_self(v).p;
  return v;
}

SkValue bytes_same(SkVm *vm, SkValue v) {
  if (sk_is_exactly(vm, v, SK_T_bytes)) return v;
  SkChars s = bytes_self(v);
  return bytes_like(vm, v, s.p, s.n);
}

SkValue bytes_piece(SkVm *vm, SkValue owner, size_t from, size_t to) {
  SkChars s = bytes_self(owner);
  if (from == 0 && to == s.n) return bytes_same(vm, owner);
  return bytes_like(vm, owner, s.p + from, to - from);
}

int64_t bytes_len(SkVm *vm, SkValue self) { (void)vm; return (int64_t)bytes_self(self).n; }

/* ---- comparing ---- */

int bytes_compare(SkChars a, SkChars b) {
  int c = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);
  return c ? c : (a.n > b.n) - (a.n < b.n);
}

SkValue bytes_equal(SkVm *vm, SkValue a, SkValue b, bool negate) {
  if (sk_is_bytes(a) && !sk_is_bytes(b)) return SK_NOTIMPLEMENTED; /* the other kinds know about bytes */
  SkChars x = bytes_self(a), y;
  if (!sk_bytes_view(vm, b, &y.p, &y.n)) return SK_NOTIMPLEMENTED;
  return sk_bool((x.n == y.n && memcmp(x.p, y.p, x.n) == 0) != negate);
}

SkValue bytes_eq(SkVm *vm, SkValue a, SkValue b) { return bytes_equal(vm, a, b, false); }
SkValue bytes_ne(SkVm *vm, SkValue a, SkValue b) { return bytes_equal(vm, a, b, true); }

#define BYTES_ORDER(name, op)                                    \
  SkValue name(SkVm *vm, SkValue a, SkValue b) {                 \
    SkChars y;                                                   \
    if (sk_is_bytes(a) && !sk_is_bytes(b)) return SK_NOTIMPLEMENTED; \
    if (!sk_bytes_view(vm, b, &y.p, &y.n)) return SK_NOTIMPLEMENTED; \
    return sk_bool(bytes_compare(bytes_self(a), y) op 0);        \
  }
BYTES_ORDER(bytes_lt, <)
BYTES_ORDER(bytes_le, <=)
BYTES_ORDER(bytes_gt, >)
BYTES_ORDER(bytes_ge, >=)

bool bytes_contains(SkVm *vm, SkValue self, SkValue item) {
  SkChars sub;
  if (sk_bytes_view(vm, item, &sub.p, &sub.n)) return sk_chars_find(vm, bytes_self(self), sub) >= 0;
  if (!SK_SLOTS(vm, item)->index) sk_raise_type(vm, "a bytes-like object is required, not '%T'", item);
  unsigned char byte = bytes_value(vm, item, "byte");
  SkChars s = bytes_self(self);
  sk_charge_bytes(vm, s.n);
  return memchr(s.p, byte, s.n) != NULL;
}

/* ---- sequence operators ---- */

SkValue bytes_getitem(SkVm *vm, SkValue self, SkValue key) {
  if (sk_is_slice(key)) {
    int64_t start, stop, step;
    sk_slice_unpack(vm, (SkSlice *)sk_ptr(key), &start, &stop, &step);
    SkChars s = bytes_self(self);
    size_t n = sk_slice_adjust(s.n, &start, &stop, step);
    if (step == 1 && n) return bytes_piece(vm, self, (size_t)start, (size_t)start + n);
    char *p;
    SkValue out = bytes_like_raw(vm, self, n, &p);
    sk_charge_bytes(vm, n);
    for (size_t i = 0; i < n; i++) p[i] = s.p[start + (int64_t)i * step];
    return out;
  }
  int64_t i = sk_to_subscript(vm, key, sk_is_bytes(self) ? "byte" : "bytearray");
  SkChars s = bytes_self(self);
  if (!sk_index_fix(&i, s.n)) sk_raisef(vm, SK_T_IndexError, sk_is_bytes(self) ? "index out of range" : "bytearray index out of range");
  return sk_smallint((unsigned char)s.p[i]);
}

SkValue bytes_concat(SkVm *vm, SkValue self, SkValue other) {
  SkChars a = bytes_self(self), b;
  if (!sk_bytes_view(vm, other, &b.p, &b.n)) sk_raise_type(vm, "can't concat %T to %T", other, self);
  if (a.n == 0 && sk_is_exactly(vm, self, SK_T_bytes) && sk_is_exactly(vm, other, SK_T_bytes)) return other;
  if (b.n == 0 && sk_is_exactly(vm, self, SK_T_bytes)) return self;
  char *p;
  SkValue out = bytes_like_raw(vm, self, a.n + b.n, &p);
  sk_copy(vm, p, a.p, a.n);
  sk_copy(vm, p + a.n, b.p, b.n);
  return out;
}

SkValue bytes_repeat(SkVm *vm, SkValue self, SkValue count) {
  int64_t times;
  if (!sk_seq_repeat_times(vm, count, &times)) return sk_seq_mul_other(vm, self, count);
  SkChars s = bytes_self(self);
  if (times == 1 && sk_is_exactly(vm, self, SK_T_bytes)) return self;
  if (times < 0) times = 0;
  if (s.n && (uint64_t)times > SIZE_MAX / 8 / s.n) sk_raise_nomem(vm);
  size_t n = s.n * (size_t)times;
  char *p;
  SkValue out = bytes_like_raw(vm, self, n, &p);
  if (!n) return out;
  sk_copy(vm, p, s.p, s.n);
  sk_repeat(vm, p, s.n, n);
  return out;
}

SkValue bytes_mod(SkVm *vm, SkValue self, SkValue args) {
  SkStrBuf out;
  sk_strbuf_init(vm, &out);
  /* A bytearray may be changed by what formatting calls. */
  SkChars format = bytes_self(sk_is_bytes(self) ? self : (self = sk_from_ptr(sk_bytearray_new(vm, bytes_self(self).p, bytes_self(self).n))));
  percent_format(vm, &out, format, args, true);
  sk_keep(self.bits);
  if (sk_is_bytes(self)) return sk_from_ptr(sk_strbuf_finish_bytes(&out));
  return sk_from_ptr(sk_bytearray_new(vm, out.raw ? out.raw->data : NULL, out.used));
}

SkValue bytes_rmod(SkVm *vm, SkValue self, SkValue other) {
  return sk_is_bytes(other) || sk_is_bytearray(other) ? bytes_mod(vm, other, self) : SK_NOTIMPLEMENTED;
}

/* ---- repr ---- */

/* |always|: an apostrophe is escaped even between double quotes, as bytearray does. */
static void repr_into(SkStrBuf *b, SkChars s, bool always) {
  char quote = memchr(s.p, '\'', s.n) && !memchr(s.p, '"', s.n) ? '"' : '\'';
  char tmp[4] = {'b', quote};
  sk_strbuf_add(b, tmp, 2);
  for (size_t i = 0, turns = 0; i < s.n; i++) {
    SK_TURN(b->vm, turns);
    unsigned char c = (unsigned char)s.p[i];
    if (c == (unsigned char)quote || c == '\\' || (always && c == '\'')) {
      memcpy(tmp, (char[]){'\\', (char)c}, 2);
      sk_strbuf_add(b, tmp, 2);
    } else if (c == '\t' || c == '\n' || c == '\r') {
      sk_strbuf_adds(b, c == '\t' ? "\\t" : c == '\n' ? "\\n" : "\\r");
    } else if (c < 32 || c >= 127) {
      memcpy(tmp, (char[]){'\\', 'x', "0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 15]}, 4);
      sk_strbuf_add(b, tmp, 4);
    } else {
      sk_strbuf_add(b, s.p + i, 1);
    }
  }
  sk_strbuf_add(b, &quote, 1);
}

void bytes_repr_into(SkStrBuf *b, SkChars s) { repr_into(b, s, false); }

SkValue bytes_repr_of(SkVm *vm, SkValue self) {
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  if (sk_is_bytearray(self)) {
    sk_strbuf_addstr(&b, sk_type_name(vm, sk_type_of(vm, self)));
    sk_strbuf_addc(&b, '(');
  }
  repr_into(&b, bytes_self(self), sk_is_bytearray(self));
  if (sk_is_bytearray(self)) sk_strbuf_addc(&b, ')');
  return sk_from_ptr(sk_strbuf_finish(&b));
}
