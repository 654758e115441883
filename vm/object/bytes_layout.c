/* bytes_layout.c - stripping, padding, translating, hex and decoding for bytes and bytearray.  Layer 6. */
#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/bytes_impl.h"
#include "vm/object/charge.h"
#include "vm/object/call.h"
#include "vm/object/exception.h"
#include "vm/object/ops.h"
#include "vm/object/str_methods.h"

/* ---- strip ---- */

static SkValue strip(SkVm *vm, const SkValue *args, int sides) {
  SkChars s = bytes_self(args[0]), kept;
  if (sk_is_none(args[1])) {
    kept = sk_chars_strip(vm, s, &sk_byte_space, sides);
  } else {
    uint8_t table[256] = {0};
    SkChars set = sk_to_bytes(vm, args[1]);
    for (size_t i = 0; i < set.n; i++) table[(unsigned char)set.p[i]] = SK_CHAR_YES;
    kept = sk_chars_strip(vm, s, &(SkCharClass){table, NULL}, sides);
  }
  return bytes_piece(vm, args[0], (size_t)(kept.p - s.p), (size_t)(kept.p + kept.n - s.p));
}

SK_BYTES_METHOD(strip, "strip(self, bytes=None, /)", "B without the ASCII white space (or the given bytes) at both ends.") {
  return strip(vm, args, SK_STRIP_BOTH);
}
SK_BYTES_METHOD(lstrip, "lstrip(self, bytes=None, /)", "B without the ASCII white space (or the given bytes) at its start.") {
  return strip(vm, args, SK_STRIP_LEFT);
}
SK_BYTES_METHOD(rstrip, "rstrip(self, bytes=None, /)", "B without the ASCII white space (or the given bytes) at its end.") {
  return strip(vm, args, SK_STRIP_RIGHT);
}

/* ---- padding ---- */

static char fill_byte(SkVm *vm, SkValue v, const char *name) {
  SkChars s;
  if ((sk_is_bytes(v) || sk_is_bytearray(v)) && (s = bytes_self(v)).n == 1) return s.p[0];
  sk_raise_type(vm, "%s() argument 2 must be a byte string of length 1, not %T", name, v);
}

static SkValue padded(SkVm *vm, SkValue self, size_t left, size_t right, char fill) {
  SkChars s = bytes_self(self);
  if (left > SIZE_MAX / 8 || right > SIZE_MAX / 8) sk_raise_nomem(vm);
  char *p;
  SkValue out = bytes_like_raw(vm, self, left + s.n + right, &p);
  memset(p, fill, left);
  memcpy(p + left, s.p, s.n);
  memset(p + left + s.n, fill, right);
  return out;
}

enum { TO_LEFT, TO_RIGHT, TO_CENTER };

static SkValue justify(SkVm *vm, const SkValue *args, const char *name, int where) {
  int64_t width = sk_to_index(vm, args[1]);
  char fill = sk_is_unset(args[2]) ? ' ' : fill_byte(vm, args[2], name);
  size_t n = bytes_self(args[0]).n;
  if (width <= (int64_t)n) return bytes_same(vm, args[0]);
  size_t pad = (size_t)width - n;
  size_t left = where == TO_LEFT ? 0 : where == TO_RIGHT ? pad : pad / 2 + (pad & (size_t)width & 1);
  return padded(vm, args[0], left, pad - left, fill);
}

SK_BYTES_METHOD(center, "center(self, width, fillchar=?, /)", "B in the middle of width bytes.") { return justify(vm, args, "center", TO_CENTER); }
SK_BYTES_METHOD(ljust, "ljust(self, width, fillchar=?, /)", "B at the left of width bytes.") { return justify(vm, args, "ljust", TO_LEFT); }
SK_BYTES_METHOD(rjust, "rjust(self, width, fillchar=?, /)", "B at the right of width bytes.") { return justify(vm, args, "rjust", TO_RIGHT); }

SK_BYTES_METHOD(zfill, "zfill(self, width, /)", "B filled up with zeros behind its sign.") {
  int64_t width = sk_to_index(vm, args[1]);
  size_t n = bytes_self(args[0]).n;
  if (width <= (int64_t)n) return bytes_same(vm, args[0]);
  size_t pad = (size_t)width - n;
  SkValue out = padded(vm, args[0], pad, 0, '0');
  char *p = (char *)bytes_self(out).p;
  if (n && (p[pad] == '+' || p[pad] == '-')) {
    p[0] = p[pad];
    p[pad] = '0';
  }
  return out;
}

SK_BYTES_METHOD(expandtabs, "expandtabs(self, /, tabsize=8)", "A copy with the tabs replaced by spaces.") {
  int64_t size = sk_to_index(vm, args[1]);
  if (size > INT32_MAX || size < INT32_MIN) sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C int");
  SkChars s = bytes_self(args[0]);
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  size_t column = 0;
  for (size_t i = 0, turns = 0; i < s.n; i++) {
    SK_TURN(vm, turns);
    if (s.p[i] == '\t') {
      size_t n = size > 0 ? (size_t)size - column % (size_t)size : 0;
      sk_strbuf_fill(&b, ' ', n);
      column += n;
    } else {
      column = s.p[i] == '\n' || s.p[i] == '\r' ? 0 : column + 1;
      sk_strbuf_add(&b, s.p + i, 1);
    }
  }
  return bytes_like(vm, args[0], b.raw ? (char *)b.raw->data : NULL, b.used);
}

/* ---- translate ---- */

SK_BYTES_METHOD(translate, "translate(self, table, /, delete=?)", "A copy without the bytes in delete, the rest mapped through a table of 256 bytes.") {
  SkChars table = {NULL, 0}, drop = {NULL, 0};
  if (!sk_is_none(args[1])) {
    table = sk_to_bytes(vm, args[1]);
    if (table.n != 256) sk_raise_value(vm, "translation table must be 256 characters long");
  }
  if (!sk_is_unset(args[2])) drop = sk_to_bytes(vm, args[2]);
  bool dropped[256] = {false};
  sk_charge_bytes(vm, drop.n);
  for (size_t i = 0; i < drop.n; i++) dropped[(unsigned char)drop.p[i]] = true;
  SkChars s = bytes_self(args[0]);
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  for (size_t i = 0, turns = 0; i < s.n; i++) {
    SK_TURN(vm, turns);
    unsigned char c = (unsigned char)s.p[i];
    if (!dropped[c]) sk_strbuf_add(&b, table.p ? table.p + c : s.p + i, 1);
  }
  return bytes_like(vm, args[0], b.raw ? (char *)b.raw->data : NULL, b.used);
}

static SkValue bytes_maketrans(SkVm *vm, const SkValue *args) {
  SkChars from = sk_to_bytes(vm, args[0]), to = sk_to_bytes(vm, args[1]);
  if (from.n != to.n) sk_raise_value(vm, "maketrans arguments must have same length");
  char table[256];
  for (int i = 0; i < 256; i++) table[i] = (char)i;
  sk_charge_bytes(vm, from.n);
  for (size_t i = 0; i < from.n; i++) table[(unsigned char)from.p[i]] = to.p[i];
  return sk_from_ptr(sk_bytes_new(vm, table, 256));
}
const SkNativeDef sk_bytes_maketrans_def = {"maketrans(frm, to, /)", "A translation table for bytes.translate().", bytes_maketrans};

/* ---- hex and text ---- */

static char hex_separator(SkVm *vm, SkValue sep) {
  if (sk_is_str(sep)) {
    if (sk_as_str(sep)->count != 1) sk_raise_value(vm, "sep must be length 1.");
    if (!sk_str_is_ascii(sk_as_str(sep))) sk_raise_value(vm, "sep must be ASCII.");
    return sk_as_str(sep)->data[0];
  }
  if (sk_len(vm, sep) != 1) sk_raise_value(vm, "sep must be length 1.");
  if (!sk_is_bytes(sep)) sk_raise_type(vm, "sep must be str or bytes.");
  if (sk_as_bytes(sep)->data[0] < 0) sk_raise_value(vm, "sep must be ASCII.");
  return sk_as_bytes(sep)->data[0];
}

SkValue bytes_hex_text(SkVm *vm, SkChars s, SkValue sep, int64_t per) {
  char between = 0;
  if (!sk_is_unset(sep)) between = hex_separator(vm, sep);
  else per = 0;
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  size_t group = (size_t)(per < 0 ? -per : per);
  for (size_t i = 0, turns = 0; i < s.n; i++) {
    SK_TURN(vm, turns);
    /* A positive count makes groups from the right end, a negative one from the left. */
    size_t place = per > 0 ? s.n - i : i;
    if (i && group && place % group == 0) sk_strbuf_add(&b, &between, 1);
    unsigned char c = (unsigned char)s.p[i];
    char two[2] = {"0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 15]};
    sk_strbuf_add(&b, two, 2);
  }
  return sk_from_ptr(sk_strbuf_finish(&b));
}

SK_BYTES_METHOD(hex, "hex(self, /, sep=?, bytes_per_sep=1)", "B as hexadecimal digits, perhaps in groups.") {
  return bytes_hex_text(vm, bytes_self(args[0]), args[1], sk_to_index(vm, args[2]));
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char l = (char)(c | 32);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

/* Where in the str the wrong character stands. */
SK_NORETURN static void raise_hex(SkVm *vm, SkStr *s, size_t at) {
  sk_raise_value(vm, "non-hexadecimal number found in fromhex() arg at position %zd", (int64_t)sk_utf8_count(s->data, at));
}

static SkValue bytes_fromhex(SkVm *vm, const SkValue *args) {
  SkStr *s = sk_str_arg(vm, args[1], "fromhex() argument");
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  for (size_t i = 0, turns = 0; i < s->bytes;) {
    SK_TURN(vm, turns);
    if (sk_char_class_at(&sk_byte_space, s->data + i)) {
      i++;
      continue;
    }
    int high = hex_digit(s->data[i]);
    if (high < 0) raise_hex(vm, s, i);
    int low = i + 1 < s->bytes ? hex_digit(s->data[i + 1]) : -1;
    if (low < 0) raise_hex(vm, s, i + 1);
    char byte = (char)(high << 4 | low);
    sk_strbuf_add(&b, &byte, 1);
    i += 2;
  }
  SkType *cls = (SkType *)sk_ptr(args[0]);
  SkValue v = sk_type_is_subtype(cls, vm->types[SK_T_bytearray]) && !sk_type_is_subtype(cls, vm->types[SK_T_bytes])
                  ? sk_from_ptr(sk_bytearray_new(vm, b.raw ? b.raw->data : NULL, b.used))
                  : sk_from_ptr(sk_strbuf_finish_bytes(&b));
  return sk_type_of(vm, v) == cls ? v : sk_call1(vm, args[0], v);
}
const SkNativeDef sk_bytes_fromhex_def = {"fromhex(cls, string, /)", "The bytes that a string of hexadecimal digits spells.", bytes_fromhex};

SK_BYTES_METHOD(decode, "decode(self, /, encoding='utf-8', errors='strict')", "The text that the bytes encode.") {
  return sk_from_ptr(sk_decode(vm, args[0], args[1], args[2]));
}

SK_BYTES_METHOD(sizeof, "__sizeof__(self, /)", "Size of object in memory, in bytes.") {
  (void)vm;
  SkValue v = args[0];
  size_t n = sk_is_bytes(v) ? sizeof(SkBytes) + bytes_self(v).n + 1
                            : sizeof(SkBytearray) + (sk_as_bytearray(v)->raw ? sizeof(SkRaw) + sk_as_bytearray(v)->raw->bytes : 0);
  return sk_smallint((int64_t)n);
}
