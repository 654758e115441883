/* str_layout.c - str methods about the edges of text: stripping, padding, tabs; and translate.  Layer 6. */
#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/charge.h"
#include "vm/object/chars.h"
#include "vm/object/dict.h"
#include "vm/object/exception.h"
#include "vm/object/ops.h"
#include "vm/object/str_impl.h"
#include "vm/object/str_methods.h"

/* ---- strip ---- */

static bool holds(SkVm *vm, const SkStr *set, const char *p, size_t width) {
  sk_charge(vm, 1 + set->bytes / 64);
  return memmem(set->data, set->bytes, p, width) != NULL;
}

/* |set| holds characters beyond ASCII: members are looked up as UTF-8. */
static SkChars strip_wide(SkVm *vm, SkChars text, const SkStr *set, int sides) {
  const char *p = text.p, *end = text.p + text.n;
  if (sides & SK_STRIP_LEFT)
    while (p < end && holds(vm, set, p, sk_utf8_width(*p))) p += sk_utf8_width(*p);
  if (sides & SK_STRIP_RIGHT)
    while (p < end) {
      const char *last = sk_utf8_back(end);
      if (!holds(vm, set, last, (size_t)(end - last))) break;
      end = last;
    }
  return (SkChars){p, (size_t)(end - p)};
}

static SkValue strip(SkVm *vm, const SkValue *args, const char *name, int sides) {
  SkStr *s = sk_as_str(args[0]);
  SkChars text = {s->data, s->bytes}, kept;
  if (sk_is_none(args[1])) {
    kept = sk_chars_strip(vm, text, &sk_text_space, sides);
  } else {
    if (!sk_is_str(args[1])) sk_raise_type(vm, "%s arg must be None or str", name);
    SkStr *set = sk_as_str(args[1]);
    if (sk_str_is_ascii(set)) {
      uint8_t table[256] = {0};
      sk_charge_bytes(vm, set->bytes);
      for (size_t i = 0; i < set->bytes; i++) table[(unsigned char)set->data[i]] = SK_CHAR_YES;
      SkCharClass c = {table, NULL};
      kept = sk_chars_strip(vm, text, &c, sides);
    } else {
      kept = strip_wide(vm, text, set, sides);
    }
  }
  return str_piece(vm, args[0], (size_t)(kept.p - s->data), (size_t)(kept.p + kept.n - s->data));
}

SK_STR_METHOD(strip, "strip(self, chars=None, /)", "S without the white space (or the chars) at both ends.") {
  return strip(vm, args, "strip", SK_STRIP_BOTH);
}
SK_STR_METHOD(lstrip, "lstrip(self, chars=None, /)", "S without the white space (or the chars) at its start.") {
  return strip(vm, args, "lstrip", SK_STRIP_LEFT);
}
SK_STR_METHOD(rstrip, "rstrip(self, chars=None, /)", "S without the white space (or the chars) at its end.") {
  return strip(vm, args, "rstrip", SK_STRIP_RIGHT);
}

/* ---- padding ---- */

static uint32_t fill_char(SkVm *vm, SkValue v) {
  if (!sk_is_str(v)) sk_raise_type(vm, "The fill character must be a unicode character, not %T", v);
  if (sk_as_str(v)->count != 1) sk_raise_type(vm, "The fill character must be exactly one character long");
  return sk_str_at(vm, sk_as_str(v), 0);
}

static SkValue padded(SkVm *vm, SkStr *s, size_t left, size_t right, uint32_t fill) {
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  if (left > SIZE_MAX / 16 || right > SIZE_MAX / 16) sk_raise_nomem(vm);
  sk_strbuf_fill(&b, fill, left);
  sk_strbuf_addstr(&b, s);
  sk_strbuf_fill(&b, fill, right);
  return sk_from_ptr(sk_strbuf_finish(&b));
}

/* Room to fill up; 0: the text is wide enough already. */
static size_t lacking(const SkStr *s, int64_t width) {
  return width > (int64_t)s->count ? (size_t)width - s->count : 0;
}

SK_STR_METHOD(center, "center(self, width, fillchar=' ', /)", "S in the middle of width characters.") {
  SkStr *s = sk_as_str(args[0]);
  int64_t width = sk_to_index(vm, args[1]);
  uint32_t fill = fill_char(vm, args[2]);
  size_t pad = lacking(s, width);
  if (pad == 0) return str_exact(vm, s);
  size_t left = pad / 2 + (pad & (size_t)width & 1);
  return padded(vm, s, left, pad - left, fill);
}

SK_STR_METHOD(ljust, "ljust(self, width, fillchar=' ', /)", "S at the left of width characters.") {
  SkStr *s = sk_as_str(args[0]);
  int64_t width = sk_to_index(vm, args[1]);
  uint32_t fill = fill_char(vm, args[2]);
  size_t pad = lacking(s, width);
  return pad ? padded(vm, s, 0, pad, fill) : str_exact(vm, s);
}

SK_STR_METHOD(rjust, "rjust(self, width, fillchar=' ', /)", "S at the right of width characters.") {
  SkStr *s = sk_as_str(args[0]);
  int64_t width = sk_to_index(vm, args[1]);
  uint32_t fill = fill_char(vm, args[2]);
  size_t pad = lacking(s, width);
  return pad ? padded(vm, s, pad, 0, fill) : str_exact(vm, s);
}

SK_STR_METHOD(zfill, "zfill(self, width, /)", "S filled up with zeros behind its sign.") {
  SkStr *s = sk_as_str(args[0]);
  size_t pad = lacking(s, sk_to_index(vm, args[1]));
  if (pad == 0) return str_exact(vm, s);
  size_t sign = s->bytes && (s->data[0] == '+' || s->data[0] == '-');
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  if (pad > SIZE_MAX / 16) sk_raise_nomem(vm);
  sk_strbuf_add(&b, s->data, sign);
  sk_strbuf_fill(&b, '0', pad);
  sk_strbuf_add(&b, s->data + sign, s->bytes - sign);
  return sk_from_ptr(sk_strbuf_finish(&b));
}

SK_STR_METHOD(expandtabs, "expandtabs(self, /, tabsize=8)", "S with its tabs replaced by spaces up to the next multiple of tabsize.") {
  SkStr *s = sk_as_str(args[0]);
  int64_t size = sk_to_index(vm, args[1]);
  if (size > INT32_MAX || size < INT32_MIN) sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C int");
  if (!memchr(s->data, '\t', s->bytes)) return str_exact(vm, s);
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  size_t column = 0;
  size_t turns = 0;
  for (const char *p = s->data, *end = p + s->bytes; p < end;) {
    SK_TURN(vm, turns);
    uint32_t c = sk_utf8_next(&p);
    if (c == '\t') {
      size_t n = size > 0 ? (size_t)size - column % (size_t)size : 0;
      sk_strbuf_fill(&b, ' ', n);
      column += n;
    } else {
      column = c == '\n' || c == '\r' ? 0 : column + 1;
      sk_strbuf_addc(&b, c);
    }
  }
  return sk_from_ptr(sk_strbuf_finish(&b));
}

/* ---- translate ---- */

typedef struct Lookup { SkValue table, key, result; } Lookup;

static void lookup_protected(SkVm *vm, void *arg) {
  Lookup *l = arg;
  l->result = sk_getitem(vm, l->table, l->key);
}

/* table[c]: UNSET when the table says LookupError. */
static SkValue translation(SkVm *vm, SkValue table, uint32_t c) {
  SkValue key = sk_smallint((int64_t)c);
  if (sk_is_exactly(vm, table, SK_T_dict)) return sk_dict_get(vm, sk_as_dict(table), key);
  Lookup l = {table, key, SK_UNSET};
  if (sk_protect(vm, lookup_protected, &l)) return l.result;
  SkValue exc = sk_take_raised(vm);
  if (!sk_exc_is(vm, exc, SK_T_LookupError)) sk_throw(vm, exc);
  return SK_UNSET;
}

static void add_translated(SkVm *vm, SkStrBuf *b, uint32_t c, SkValue to) {
  if (sk_is_unset(to)) {
    sk_strbuf_addc(b, c);
  } else if (sk_is_str(to)) {
    sk_strbuf_addstr(b, sk_as_str(to));
  } else if (sk_is_int(to)) {
    int64_t i;
    if (!sk_int_get_i64(to, &i) || i < 0 || i > 0x10ffff) sk_raise_value(vm, "character mapping must be in range(0x110000)");
    sk_strbuf_addc(b, (uint32_t)i);
  } else if (!sk_is_none(to)) {
    sk_raise_type(vm, "character mapping must return integer, None or str");
  }
}

SK_STR_METHOD(translate, "translate(self, table, /)",
              "S with every character replaced by what table[its number] says: a number, a str, None to drop it.") {
  SkStr *s = sk_as_str(args[0]);
  SkValue known[128]; /* what the table said about ASCII; NotImplemented: not asked yet */
  for (int i = 0; i < 128; i++) known[i] = SK_NOTIMPLEMENTED;
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  size_t turns = 0;
  for (const char *p = s->data, *end = p + s->bytes; p < end;) {
    SK_TURN(vm, turns);
    uint32_t c = sk_utf8_next(&p);
    SkValue to;
    if (c < 128) {
      if (sk_is_notimplemented(known[c])) known[c] = translation(vm, args[1], c);
      to = known[c];
    } else {
      to = translation(vm, args[1], c);
    }
    add_translated(vm, &b, c, to);
  }
  return sk_from_ptr(sk_strbuf_finish(&b));
}

static SkValue maketrans_dict(SkVm *vm, SkValue x) {
  if (!sk_is_dict(x)) sk_raise_type(vm, "if you give only one argument to maketrans it must be a dict");
  SkDict *from = sk_as_dict(x), *out = sk_dict_new(vm);
  SkValue k, v;
  for (size_t i = 0, turns = 0; sk_dict_next(from, &i, &k, &v);) {
    SK_TURN(vm, turns);
    if (sk_is_str(k)) {
      if (sk_as_str(k)->count != 1) sk_raise_value(vm, "string keys in translate table must be of length 1");
      k = sk_smallint((int64_t)sk_str_at(vm, sk_as_str(k), 0));
    } else if (!sk_is_int(k)) {
      sk_raise_type(vm, "keys in translate table must be strings or integers");
    }
    sk_dict_set(vm, out, k, v);
  }
  return sk_from_ptr(out);
}

static SkValue maketrans(SkVm *vm, const SkValue *args) {
  if (sk_is_unset(args[1])) return maketrans_dict(vm, args[0]);
  SkStr *y = sk_str_arg(vm, args[1], "maketrans() argument 2");
  SkStr *z = sk_is_unset(args[2]) ? NULL : sk_str_arg(vm, args[2], "maketrans() argument 3");
  if (!sk_is_str(args[0])) sk_raise_type(vm, "first maketrans argument must be a string if there is a second argument");
  SkStr *x = sk_as_str(args[0]);
  if (x->count != y->count) sk_raise_value(vm, "the first two maketrans arguments must have equal length");
  SkDict *out = sk_dict_new(vm);
  const char *p = x->data, *q = y->data;
  sk_charge(vm, (x->count + (z ? z->count : 0)) / 4);
  while (p < x->data + x->bytes) {
    uint32_t from = sk_utf8_next(&p), to = sk_utf8_next(&q);
    sk_dict_set(vm, out, sk_smallint((int64_t)from), sk_smallint((int64_t)to));
  }
  if (z)
    for (p = z->data; p < z->data + z->bytes;) sk_dict_set(vm, out, sk_smallint((int64_t)sk_utf8_next(&p)), SK_NONE);
  return sk_from_ptr(out);
}
const SkNativeDef sk_str_maketrans_def = {"maketrans(x, y=?, z=?, /)", "A translation table for str.translate().", maketrans};
