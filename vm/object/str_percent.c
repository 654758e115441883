/* str_percent.c - '%' formatting of str and bytes: one reader, two ways to convert %s and %c.  Layer 6. */
#include "vm/object/str_percent.h"

#include <limits.h>
#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/bytes.h"
#include "vm/object/call.h"
#include "vm/object/exception.h"
#include "vm/object/format_spec.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/object/str_methods.h"

typedef struct Percent {
  SkVm *vm;
  SkStrBuf *out;
  SkChars format;
  const char *at, *end;
  bool bytes;
  SkValue single;   /* the one argument that is no tuple, or what a key found */
  SkTuple *tuple;   /* or the arguments */
  size_t next;      /* arguments taken */
  SkValue mapping;  /* UNSET: the argument is none */
} Percent;

static SkValue next_argument(Percent *p) {
  if (p->tuple ? p->next < p->tuple->count : p->next == 0) {
    size_t i = p->next++;
    return p->tuple ? p->tuple->items[i] : p->single;
  }
  sk_raise_type(p->vm, "not enough arguments for format string");
}

static uint32_t next_char(Percent *p) {
  if (p->at == p->end) sk_raise_value(p->vm, "incomplete format");
  return p->bytes ? (unsigned char)*p->at++ : sk_utf8_next(&p->at);
}

/* "(key)": the value it finds becomes the only argument. */
static void read_key(Percent *p) {
  SkVm *vm = p->vm;
  if (sk_is_unset(p->mapping)) sk_raise_type(vm, "format requires a mapping");
  const char *start = p->at;
  for (int depth = 1; depth > 0; p->at++) {
    if (p->at == p->end) sk_raise_value(vm, "incomplete format key");
    if (*p->at == '(') depth++;
    if (*p->at == ')') depth--;
  }
  size_t n = (size_t)(p->at - start) - 1;
  SkValue key = p->bytes ? sk_from_ptr(sk_bytes_new(vm, start, n)) : sk_from_ptr(sk_str_new(vm, start, n));
  p->single = sk_getitem(vm, p->mapping, key);
  p->tuple = NULL;
  p->next = 0;
}

static int64_t star(Percent *p) {
  SkValue v = next_argument(p);
  if (!sk_is_int(v)) sk_raise_type(p->vm, "* wants int");
  int64_t n;
  if (!sk_int_get_i64(v, &n)) sk_raisef(p->vm, SK_T_OverflowError, "Python int too large to convert to C ssize_t");
  return n;
}

/* Digits, the first of which is |c|; leaves the character behind them in *c. */
static int64_t read_number(Percent *p, uint32_t *c, int64_t most, const char *what) {
  int64_t n = 0;
  for (; *c >= '0' && *c <= '9'; *c = next_char(p)) {
    if (n > (most - ((int64_t)*c - '0')) / 10) sk_raise_value(p->vm, "%s too big", what);
    n = n * 10 + ((int64_t)*c - '0');
  }
  return n;
}

static uint32_t read_flags(Percent *p, SkPercentSpec *spec) {
  for (;;) {
    uint32_t c = next_char(p);
    switch (c) {
      case '-': spec->left = true; break;
      case '+': spec->plus = true; break;
      case ' ': spec->blank = true; break;
      case '#': spec->alternate = true; break;
      case '0': spec->zero = true; break;
      default: return c;
    }
  }
}

/* Everything between '%' and the type character, which it returns. */
static uint32_t read_spec(Percent *p, SkPercentSpec *spec) {
  *spec = (SkPercentSpec){.width = -1, .precision = -1};
  if (p->at < p->end && *p->at == '(') {
    p->at++;
    read_key(p);
  }
  uint32_t c = read_flags(p, spec);
  if (c == '*') {
    spec->width = star(p);
    if (spec->width < 0) {
      spec->left = true;
      spec->width = spec->width == INT64_MIN ? INT64_MAX : -spec->width;
    }
    c = next_char(p);
  } else if (c >= '0' && c <= '9') {
    spec->width = read_number(p, &c, INT64_MAX, "width");
  }
  if (c == '.') {
    c = next_char(p);
    if (c == '*') {
      int64_t n = star(p);
      if (n > INT_MAX || n < INT_MIN) sk_raisef(p->vm, SK_T_OverflowError, "Python int too large to convert to C int");
      spec->precision = n < 0 ? 0 : n;
      c = next_char(p);
    } else {
      spec->precision = read_number(p, &c, INT_MAX, "precision");
    }
  }
  if (c == 'h' || c == 'l' || c == 'L') c = next_char(p);
  if (spec->width > INT64_MAX / 16) sk_raise_nomem(p->vm);
  return c;
}

/* Text of |count| characters with its width. */
static void add_padded(Percent *p, const SkPercentSpec *spec, const char *s, size_t n, size_t count) {
  size_t pad = spec->width > (int64_t)count ? (size_t)spec->width - count : 0;
  if (!spec->left) sk_strbuf_fill(p->out, ' ', pad);
  sk_strbuf_add(p->out, s, n);
  if (spec->left) sk_strbuf_fill(p->out, ' ', pad);
}

static void add_str(Percent *p, const SkPercentSpec *spec, SkStr *s) {
  size_t bytes = s->bytes, count = s->count;
  if (spec->precision >= 0 && (uint64_t)spec->precision < count) {
    count = (size_t)spec->precision;
    bytes = sk_str_offset(p->vm, s, count);
  }
  add_padded(p, spec, s->data, bytes, count);
  sk_keep(s);
}

/* %b and %s of bytes. */
static void add_bytes(Percent *p, const SkPercentSpec *spec, SkValue v) {
  SkVm *vm = p->vm;
  const char *s;
  size_t n;
  if (!sk_bytes_view(vm, v, &s, &n)) {
    SkValue method = sk_lookup_special(vm, v, SK_NAME(vm, dunder_bytes));
    if (sk_is_unset(method))
      sk_raise_type(vm, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%T'", v);
    v = sk_call0(vm, method);
    if (!sk_is_bytes(v)) sk_raise_type(vm, "__bytes__ returned non-bytes (type %T)", v);
    sk_bytes_view(vm, v, &s, &n);
  }
  if (spec->precision >= 0 && (uint64_t)spec->precision < n) n = (size_t)spec->precision;
  add_padded(p, spec, s, n, n);
  sk_keep(v.bits);
}

static void add_char(Percent *p, const SkPercentSpec *spec, SkValue v) {
  SkVm *vm = p->vm;
  if (sk_is_str(v) && sk_as_str(v)->count == 1) {
    add_padded(p, spec, sk_as_str(v)->data, sk_as_str(v)->bytes, 1);
    return;
  }
  if (sk_is_str(v) || (!sk_is_int(v) && !SK_SLOTS(vm, v)->index)) sk_raise_type(vm, "%%c requires int or char");
  int64_t c;
  if (!sk_int_get_i64(sk_to_int(vm, v), &c) || c < 0 || c > 0x10ffff)
    sk_raisef(vm, SK_T_OverflowError, "%%c arg not in range(0x110000)");
  char tmp[SK_UTF8_MAX_BYTES];
  add_padded(p, spec, tmp, sk_utf8_encode((uint32_t)c, tmp), 1);
}

static void add_byte(Percent *p, const SkPercentSpec *spec, SkValue v) {
  SkVm *vm = p->vm;
  if ((sk_is_bytes(v) && sk_as_bytes(v)->length == 1) || sk_is_bytearray(v)) {
    const char *s;
    size_t n;
    sk_bytes_view(vm, v, &s, &n);
    if (n == 1) {
      add_padded(p, spec, s, 1, 1);
      return;
    }
  }
  if (!sk_is_int(v) && !SK_SLOTS(vm, v)->index) sk_raise_type(vm, "%%c requires an integer in range(256) or a single byte");
  int64_t c;
  if (!sk_int_get_i64(sk_to_int(vm, v), &c) || c < 0 || c > 255) sk_raisef(vm, SK_T_OverflowError, "%%c arg not in range(256)");
  char byte = (char)c;
  add_padded(p, spec, &byte, 1, 1);
}

SK_NORETURN static void raise_unsupported(Percent *p, uint32_t c) {
  size_t index = (size_t)(p->at - p->format.p);
  if (!p->bytes) index = sk_utf8_count(p->format.p, index);
  sk_raise_value(p->vm, "unsupported format character '%c' (0x%x) at index %zd", (int)(c >= 32 && c < 127 ? c : '?'), (unsigned)c,
                 (int64_t)index - 1);
}

static void convert(Percent *p) {
  SkPercentSpec spec;
  SkVm *vm = p->vm;
  uint32_t c = read_spec(p, &spec);
  SkValue v = next_argument(p);
  switch (c) {
    case 'b':
      if (!p->bytes) raise_unsupported(p, c);
      add_bytes(p, &spec, v);
      break;
    case 's':
      if (p->bytes) add_bytes(p, &spec, v);
      else add_str(p, &spec, sk_str(vm, v));
      break;
    case 'r':
      add_str(p, &spec, p->bytes ? sk_ascii(vm, v) : sk_repr(vm, v));
      break;
    case 'a': add_str(p, &spec, sk_ascii(vm, v)); break;
    case 'c':
      if (p->bytes) add_byte(p, &spec, v);
      else add_char(p, &spec, v);
      break;
    case 'd': case 'i': case 'u': case 'o': case 'x': case 'X':
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G':
      spec.type = (char)c;
      spec.bytes = p->bytes;
      sk_percent_number(vm, p->out, v, &spec);
      break;
    default: raise_unsupported(p, c);
  }
}

static bool is_mapping(SkVm *vm, SkValue v, bool bytes) {
  if (sk_is_tuple(v) || sk_is_str(v) || !SK_SLOTS(vm, v)->getitem) return false;
  return !bytes || (!sk_is_bytes(v) && !sk_is_bytearray(v));
}

void percent_format(SkVm *vm, SkStrBuf *out, SkChars format, SkValue args, bool bytes) {
  Percent p = {.vm = vm, .out = out, .format = format, .at = format.p, .end = format.p + format.n, .bytes = bytes,
               .single = args, .tuple = sk_is_tuple(args) ? sk_as_tuple(args) : NULL,
               .mapping = is_mapping(vm, args, bytes) ? args : SK_UNSET};
  for (;;) {
    size_t left = (size_t)(p.end - p.at);
    const char *percent = memchr(p.at, '%', left);
    sk_strbuf_add(out, p.at, percent ? (size_t)(percent - p.at) : left);
    if (!percent) break;
    p.at = percent + 1;
    if (p.at < p.end && *p.at == '%') {
      sk_strbuf_addc(out, '%');
      p.at++;
    } else {
      convert(&p);
    }
  }
  bool more = p.tuple ? p.next < p.tuple->count : p.next == 0;
  if (more && sk_is_unset(p.mapping))
    sk_raise_type(vm, "not all arguments converted during %s formatting", bytes ? "bytes" : "string");
}

SkStr *sk_str_percent(SkVm *vm, SkStr *format, SkValue args) {
  SkStrBuf out;
  sk_strbuf_init(vm, &out);
  percent_format(vm, &out, (SkChars){format->data, format->bytes}, args, false);
  sk_keep(format);
  return sk_strbuf_finish(&out);
}
