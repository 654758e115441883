/* json_scan.c - reading JSON: scanstring and the scanner that json.decoder asks for values.  Layer 8.
 *
 * Places are byte offsets inside and become character positions at the surface.
 */
#include "stdlib/native/json_impl.h"
#include "vm/base/utf8.h"
#include "vm/object/charge.h"

typedef struct Scanner {
  SkObject head;
  SkValue object_hook, object_pairs_hook, parse_float, parse_int, parse_constant;
  bool strict;
} Scanner;

/* One text being read. */
typedef struct Reader {
  SkVm *vm;
  SkStr *s;
  const Scanner *how;
  SkDict *keys; /* equal keys are the same string */
  bool strict;
} Reader;

SK_NORETURN static void raise_decode(Reader *r, const char *message, size_t at) {
  SkVm *vm = r->vm;
  SkValue cls = sk_getattr_cstr(vm, sk_import_name(vm, "json.decoder"), "JSONDecodeError");
  SkValue pos = sk_smallint((int64_t)sk_str_index(vm, r->s, at));
  sk_raise_exc(vm, sk_call3(vm, cls, sk_from_ptr(sk_str_from_cstr(vm, message)), sk_from_ptr(r->s), pos));
}

SK_NORETURN static void raise_no_value(Reader *r, size_t at) {
  sk_raise_stop(r->vm, sk_smallint((int64_t)sk_str_index(r->vm, r->s, at)));
}

/* ---- strings ---- */

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char l = (char)(c | 32);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

/* The four digits behind the 'u' at |at|; a character must follow them. */
static uint32_t unicode_escape(Reader *r, size_t at) {
  uint32_t code = 0;
  if (at + 5 >= r->s->bytes) raise_decode(r, "Invalid \\uXXXX escape", at);
  for (size_t i = 1; i <= 4; i++) {
    int d = hex_digit(r->s->data[at + i]);
    if (d < 0) raise_decode(r, "Invalid \\uXXXX escape", at);
    code = code << 4 | (uint32_t)d;
  }
  return code;
}

/* The escape whose backslash is at |at|; returns the place behind it. */
static size_t read_escape(Reader *r, SkStrBuf *out, size_t at, size_t begin) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  SkStr *s = r->s;
  if (at + 1 >= s->bytes) raise_decode(r, "Unterminated string starting at", begin);
  char c = s->data[at + 1];
  if (c != 'u') {
    const char *known = c ? strchr(from, c) : NULL;
    if (!known) raise_decode(r, "Invalid \\escape", at);
    sk_strbuf_add(out, to + (known - from), 1);
    return at + 2;
  }
  uint32_t code = unicode_escape(r, at + 1);
  at += 6;
  if (code >= 0xd800 && code <= 0xdbff && at + 6 < s->bytes && s->data[at] == '\\' && s->data[at + 1] == 'u') {
    uint32_t low = unicode_escape(r, at + 1);
    if (low >= 0xdc00 && low <= 0xdfff) {
      code = 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00));
      at += 6;
    }
  }
  sk_strbuf_addc(out, code);
  return at;
}

/* The string whose contents start at *at; leaves *at behind the closing quote. */
static SkStr *read_string(Reader *r, size_t *at) {
  SkStr *s = r->s;
  size_t begin = *at - 1, from = *at, i = from;
  SkStrBuf out;
  bool pieces = false;
  for (;;) {
    while (i < s->bytes && s->data[i] != '"' && s->data[i] != '\\' && (unsigned char)s->data[i] >= 0x20) i++;
    sk_charge(r->vm, 1 + (i - from) / 32);
    if (i >= s->bytes) raise_decode(r, "Unterminated string starting at", begin);
    char c = s->data[i];
    if (c == '"') break;
    if (c != '\\') {
      if (r->strict) raise_decode(r, "Invalid control character at", i);
      i++;
      continue;
    }
    if (!pieces) sk_strbuf_init(r->vm, &out);
    pieces = true;
    sk_strbuf_add(&out, s->data + from, i - from);
    from = i = read_escape(r, &out, i, begin);
  }
  *at = i + 1;
  if (!pieces) return sk_str_part(r->vm, s, from, i);
  sk_strbuf_add(&out, s->data + from, i - from);
  return sk_strbuf_finish(&out);
}

/* ---- numbers and words ---- */

static bool is_digit(const SkStr *s, size_t at) { return at < s->bytes && s->data[at] >= '0' && s->data[at] <= '9'; }

static SkValue read_number(Reader *r, size_t *at) {
  SkVm *vm = r->vm;
  SkStr *s = r->s;
  size_t start = *at, i = start + (s->data[start] == '-');
  bool is_float = false;
  if (!is_digit(s, i)) raise_no_value(r, start);
  if (s->data[i] == '0') i++;
  else
    while (is_digit(s, i)) i++;
  if (i + 1 < s->bytes && s->data[i] == '.' && is_digit(s, i + 1)) {
    is_float = true;
    for (i++; is_digit(s, i);) i++;
  }
  if (i < s->bytes && (s->data[i] == 'e' || s->data[i] == 'E')) {
    size_t e = i + 1;
    if (e < s->bytes && (s->data[e] == '+' || s->data[e] == '-')) e++;
    if (is_digit(s, e)) {
      is_float = true;
      for (i = e; is_digit(s, i);) i++;
    }
  }
  *at = i;
  size_t n = i - start;
  SkValue convert = is_float ? r->how->parse_float : r->how->parse_int;
  if (is_float && sk_is(convert, sk_from_ptr(vm->types[SK_T_float]))) {
    double d;
    if (sk_float_from_text(s->data + start, n, &d)) return sk_float_new(vm, d);
  }
  if (!is_float && n <= 18 && sk_is(convert, sk_from_ptr(vm->types[SK_T_int]))) {
    int64_t v = 0;
    for (size_t k = start + (s->data[start] == '-'); k < i; k++) v = v * 10 + (s->data[k] - '0');
    return sk_smallint(s->data[start] == '-' ? -v : v);
  }
  return sk_call1(vm, convert, sk_from_ptr(sk_str_part(vm, s, start, i)));
}

static bool word(const SkStr *s, size_t at, const char *w) {
  size_t n = strlen(w);
  return s->bytes - at >= n && memcmp(s->data + at, w, n) == 0;
}

static SkValue constant(Reader *r, const char *name, size_t *at) {
  *at += strlen(name);
  return sk_call1(r->vm, r->how->parse_constant, sk_from_ptr(sk_intern(r->vm, name)));
}

/* ---- containers ---- */

static SkValue read_value(Reader *r, size_t *at);

static char skip_space(SkVm *vm, const SkStr *s, size_t *at) {
  size_t i = *at, turns = 0;
  while (i < s->bytes && (s->data[i] == ' ' || s->data[i] == '\n' || s->data[i] == '\r' || s->data[i] == '\t')) {
    SK_TURN(vm, turns);
    i++;
  }
  *at = i;
  return i < s->bytes ? s->data[i] : 0;
}

static SkValue read_array(Reader *r, size_t *at) {
  SkVm *vm = r->vm;
  SkList *out = sk_list_new(vm, 4);
  if (skip_space(r->vm, r->s, at) == ']') return ++*at, sk_from_ptr(out);
  for (;;) {
    sk_list_append(vm, out, read_value(r, at));
    char c = skip_space(r->vm, r->s, at);
    if (c == ']') break;
    if (c != ',') raise_decode(r, "Expecting ',' delimiter", *at);
    size_t comma = (*at)++;
    if (skip_space(r->vm, r->s, at) == ']') raise_decode(r, "Illegal trailing comma before end of array", comma);
  }
  ++*at;
  return sk_from_ptr(out);
}

static SkValue read_key(Reader *r, size_t *at) {
  if (*at >= r->s->bytes || r->s->data[*at] != '"') raise_decode(r, "Expecting property name enclosed in double quotes", *at);
  ++*at;
  SkValue key = sk_from_ptr(read_string(r, at));
  return sk_dict_setdefault(r->vm, r->keys, key, key);
}

static SkValue read_object(Reader *r, size_t *at) {
  SkVm *vm = r->vm;
  bool pairs = !sk_is_none(r->how->object_pairs_hook);
  SkList *list = pairs ? sk_list_new(vm, 4) : NULL;
  SkDict *dict = pairs ? NULL : sk_dict_new(vm);
  if (skip_space(r->vm, r->s, at) != '}') {
    for (;;) {
      SkValue key = read_key(r, at);
      if (skip_space(r->vm, r->s, at) != ':') raise_decode(r, "Expecting ':' delimiter", *at);
      ++*at;
      skip_space(r->vm, r->s, at);
      SkValue value = read_value(r, at);
      if (pairs) sk_list_append(vm, list, sk_from_ptr(sk_tuple_pack(vm, 2, key, value)));
      else sk_dict_set(vm, dict, key, value);
      char c = skip_space(r->vm, r->s, at);
      if (c == '}') break;
      if (c != ',') raise_decode(r, "Expecting ',' delimiter", *at);
      size_t comma = (*at)++;
      if (skip_space(r->vm, r->s, at) == '}') raise_decode(r, "Illegal trailing comma before end of object", comma);
    }
  }
  ++*at;
  if (pairs) return sk_call1(vm, r->how->object_pairs_hook, sk_from_ptr(list));
  if (!sk_is_none(r->how->object_hook)) return sk_call1(vm, r->how->object_hook, sk_from_ptr(dict));
  return sk_from_ptr(dict);
}

static SkValue read_value(Reader *r, size_t *at) {
  sk_charge(r->vm, 1);
  SkStr *s = r->s;
  size_t start = *at;
  if (start >= s->bytes) raise_no_value(r, start);
  switch (s->data[start]) {
    case '"': ++*at; return sk_from_ptr(read_string(r, at));
    case '{': case '[':
      sk_enter(r->vm, " while decoding a JSON object from a unicode string");
      ++*at;
      return s->data[start] == '{' ? read_object(r, at) : read_array(r, at);
    case 'n':
      if (word(s, start, "null")) return *at += 4, SK_NONE;
      break;
    case 't':
      if (word(s, start, "true")) return *at += 4, SK_TRUE;
      break;
    case 'f':
      if (word(s, start, "false")) return *at += 5, SK_FALSE;
      break;
    case 'N':
      if (word(s, start, "NaN")) return constant(r, "NaN", at);
      break;
    case 'I':
      if (word(s, start, "Infinity")) return constant(r, "Infinity", at);
      break;
    case '-':
      if (word(s, start, "-Infinity")) return constant(r, "-Infinity", at);
      return read_number(r, at);
    default:
      if (is_digit(s, start)) return read_number(r, at);
  }
  raise_no_value(r, start);
}

/* ---- what scripts see ---- */

static SkValue result(Reader *r, SkValue v, size_t at) {
  return sk_from_ptr(sk_tuple_pack(r->vm, 2, v, sk_smallint((int64_t)sk_str_index(r->vm, r->s, at))));
}

static SkValue json_scanstring(SkVm *vm, const SkValue *args) {
  int64_t end = sk_to_index(vm, args[1]);
  if (!sk_is_str(args[0])) sk_raise_type(vm, "first argument must be a string, not %T", args[0]);
  Reader r = {.vm = vm, .s = sk_as_str(args[0]), .strict = sk_truth(vm, args[2])};
  if (end < 0 || (size_t)end > r.s->count) sk_raise_value(vm, "end is out of bounds");
  size_t at = sk_str_offset(vm, r.s, (size_t)end);
  SkValue s = sk_from_ptr(read_string(&r, &at));
  return result(&r, s, at);
}
const SkNativeDef sk_json_scanstring_def = {"scanstring(string, end, strict=True, /)",
                                            "Scan the string for a JSON string whose contents start at end: (text, place behind the quote).",
                                            json_scanstring};

static SkValue scanner_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkValue bound[2];
  static const char *const names[] = {"string", "idx"};
  size_t nkw = kwnames ? kwnames->count : 0;
  if (nargs + nkw != 2) sk_raise_type(vm, "scan_once() takes exactly 2 arguments (%zu given)", nargs + nkw);
  for (size_t i = 0; i < nargs; i++) bound[i] = args[i];
  for (size_t i = nargs; i < 2; i++) {
    bound[i] = SK_UNSET;
    for (size_t k = 0; k < nkw; k++)
      if (sk_str_equal_cstr(sk_as_str(kwnames->items[k]), names[i])) bound[i] = args[nargs + k];
    if (sk_is_unset(bound[i])) sk_raise_type(vm, "scan_once() missing required argument '%s' (pos %d)", names[i], (int)i + 1);
  }
  if (!sk_is_str(bound[0])) sk_raise_type(vm, "first argument must be a string, not %T", bound[0]);
  int64_t idx = sk_to_index(vm, bound[1]);
  if (idx < 0) sk_raise_value(vm, "idx cannot be negative");
  Scanner *how = sk_ptr(self);
  Reader r = {.vm = vm, .s = sk_as_str(bound[0]), .how = how, .keys = sk_dict_new(vm), .strict = how->strict};
  if ((size_t)idx > r.s->count) sk_raise_stop(vm, sk_smallint(idx));
  size_t at = sk_str_offset(vm, r.s, (size_t)idx);
  SkValue v = read_value(&r, &at);
  return result(&r, v, at);
}

SK_NATIVE(scanner_new, "make_scanner(cls, /, context)", NULL) {
  Scanner *s = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  s->object_hook = s->object_pairs_hook = s->parse_float = s->parse_int = s->parse_constant = SK_NONE;
  s->strict = sk_truth(vm, sk_getattr_cstr(vm, args[1], "strict"));
  sk_write(vm, s, &s->object_hook, sk_getattr_cstr(vm, args[1], "object_hook"));
  sk_write(vm, s, &s->object_pairs_hook, sk_getattr_cstr(vm, args[1], "object_pairs_hook"));
  sk_write(vm, s, &s->parse_float, sk_getattr_cstr(vm, args[1], "parse_float"));
  sk_write(vm, s, &s->parse_int, sk_getattr_cstr(vm, args[1], "parse_int"));
  sk_write(vm, s, &s->parse_constant, sk_getattr_cstr(vm, args[1], "parse_constant"));
  return sk_from_ptr(s);
}

static void scanner_trace(SkMarker *m, SkObject *o) {
  Scanner *s = (Scanner *)o;
  sk_mark_span(m, &s->object_hook, 5);
}

static SkValue get_strict(SkVm *vm, SkValue self) { (void)vm; return sk_bool(((Scanner *)sk_ptr(self))->strict); }

static const SkAttrDef scanner_attrs[] = {
    SK_GETSET("strict", get_strict, NULL, NULL), SK_MEMBER("object_hook", Scanner, object_hook, true, NULL),
    SK_MEMBER("object_pairs_hook", Scanner, object_pairs_hook, true, NULL), SK_MEMBER("parse_float", Scanner, parse_float, true, NULL),
    SK_MEMBER("parse_int", Scanner, parse_int, true, NULL), SK_MEMBER("parse_constant", Scanner, parse_constant, true, NULL), SK_ATTRS_END};

const SkTypeDef sk_json_scanner_type = {
    .name = "_json.Scanner", .doc = "JSON scanner object", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Scanner),
    .slots = {.call = scanner_call}, .attrs = scanner_attrs, .new_ = &scanner_new_def, .trace = scanner_trace,
};
