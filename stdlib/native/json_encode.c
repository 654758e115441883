/* json_encode.c - writing JSON: strings in quotes, and the encoder that json.encoder uses.  Layer 8. */
#include "stdlib/native/json_impl.h"
#include "vm/base/utf8.h"

typedef struct Encoder {
  SkObject head;
  SkValue markers, default_, encoder, indent, key_separator, item_separator;
  bool sort_keys, skipkeys, allow_nan;
  int8_t quoting; /* 1: encoder is our encode_basestring_ascii, 2: encode_basestring, 0: something else */
} Encoder;

/* ---- strings ---- */

static void add_escape(SkStrBuf *out, uint32_t unit) {
  char tmp[6] = {'\\', 'u'};
  for (int i = 0; i < 4; i++) tmp[2 + i] = "0123456789abcdef"[unit >> 4 * (3 - i) & 15];
  sk_strbuf_add(out, tmp, 6);
}

static void add_special(SkStrBuf *out, uint32_t c) {
  static const char from[] = "\"\\\n\r\t\f\b", to[] = "\"\\nrtfb";
  const char *known = c && c < 128 ? strchr(from, (int)c) : NULL;
  if (known) {
    char two[2] = {'\\', to[known - from]};
    sk_strbuf_add(out, two, 2);
  } else if (c < 0x10000) {
    add_escape(out, c);
  } else {
    add_escape(out, 0xd800 + ((c - 0x10000) >> 10));
    add_escape(out, 0xdc00 + (c & 0x3ff));
  }
}

static void add_quoted(SkStrBuf *out, const SkStr *s, bool ascii) {
  sk_strbuf_add(out, "\"", 1);
  const char *p = s->data, *end = p + s->bytes;
  while (p < end) {
    const char *plain = p;
    while (p < end && *p != '"' && *p != '\\' && (*p < 0 ? !ascii : *p >= 0x20 && (*p != 0x7f || !ascii))) p++;
    sk_charge(out->vm, 1 + (size_t)(p - plain) / 32);
    if (p > plain) sk_strbuf_add(out, plain, (size_t)(p - plain));
    if (p < end) add_special(out, sk_utf8_next(&p));
  }
  sk_strbuf_add(out, "\"", 1);
}

static SkValue quoted(SkVm *vm, SkValue v, bool ascii) {
  if (!sk_is_str(v)) sk_raise_type(vm, "first argument must be a string, not %T", v);
  SkStrBuf out;
  sk_strbuf_init(vm, &out);
  add_quoted(&out, sk_as_str(v), ascii);
  return sk_from_ptr(sk_strbuf_finish(&out));
}

static SkValue json_encode_ascii(SkVm *vm, const SkValue *args) { return quoted(vm, args[0], true); }
static SkValue json_encode(SkVm *vm, const SkValue *args) { return quoted(vm, args[0], false); }
const SkNativeDef sk_json_encode_ascii_def = {"encode_basestring_ascii(string, /)", "Return an ASCII-only JSON representation of a Python string", json_encode_ascii};
const SkNativeDef sk_json_encode_def = {"encode_basestring(string, /)", "Return a JSON representation of a Python string", json_encode};

/* ---- values ---- */

typedef struct Writer { SkVm *vm; Encoder *e; SkStrBuf out; } Writer;

static void write_value(Writer *w, SkValue v);

static void write_string(Writer *w, SkValue v) {
  if (w->e->quoting) {
    add_quoted(&w->out, sk_as_str(v), w->e->quoting == 1);
    return;
  }
  SkValue s = sk_call1(w->vm, w->e->encoder, v);
  if (!sk_is_str(s)) sk_raise_type(w->vm, "encoder() must return a string, not %T", s);
  sk_strbuf_addstr(&w->out, sk_as_str(s));
}

/* The text of a number, subclasses notwithstanding. */
static SkStr *number_text(Writer *w, SkValue v) {
  SkVm *vm = w->vm;
  if (sk_is_int(v)) return sk_int_to_str(vm, sk_int_plain(vm, v), 10);
  double d = sk_float_get(v);
  if (d - d == 0) return sk_double_repr(vm, d);
  if (!w->e->allow_nan) sk_raise_value(vm, "Out of range float values are not JSON compliant: %R", v);
  return sk_str_from_cstr(vm, d != d ? "NaN" : d > 0 ? "Infinity" : "-Infinity");
}

/* Remembers a container while it is written; gives its mark, UNSET when nobody wants marks. */
static SkValue enter(Writer *w, SkValue v) {
  sk_enter(w->vm, " while encoding a JSON object");
  if (sk_is_none(w->e->markers)) return SK_UNSET;
  SkValue id = sk_int_new(w->vm, (int64_t)sk_address(v));
  if (sk_contains(w->vm, w->e->markers, id)) sk_raise_value(w->vm, "Circular reference detected");
  sk_setitem(w->vm, w->e->markers, id, v);
  return id;
}

static void leave(Writer *w, SkValue id) {
  if (!sk_is_unset(id)) sk_delitem(w->vm, w->e->markers, id);
}

static void write_list(Writer *w, SkValue v) {
  SkSpan s = sk_seq_span(v);
  if (s.count == 0) {
    sk_strbuf_adds(&w->out, "[]");
    return;
  }
  SkValue id = enter(w, v);
  sk_strbuf_adds(&w->out, "[");
  for (size_t i = 0; i < (s = sk_seq_span(v)).count; i++) {
    if (i) sk_strbuf_addstr(&w->out, sk_as_str(w->e->item_separator));
    write_value(w, s.items[i]);
  }
  sk_strbuf_adds(&w->out, "]");
  leave(w, id);
}

/* False: the pair is to be skipped. */
static bool key_text(Writer *w, SkValue k, SkValue *text) {
  SkVm *vm = w->vm;
  if (sk_is_str(k)) *text = k;
  else if (sk_is_float(k)) *text = sk_from_ptr(number_text(w, k));
  else if (sk_is_bool(k)) *text = sk_from_ptr(sk_intern(vm, sk_is_true(k) ? "true" : "false"));
  else if (sk_is_none(k)) *text = sk_from_ptr(sk_intern(vm, "null"));
  else if (sk_is_int(k)) *text = sk_from_ptr(number_text(w, k));
  else if (w->e->skipkeys) return false;
  else sk_raise_type(vm, "keys must be str, int, float, bool or None, not %T", k);
  return true;
}

static void write_pair(Writer *w, SkValue k, SkValue v, bool *first) {
  SkValue text;
  if (!key_text(w, k, &text)) return;
  if (!*first) sk_strbuf_addstr(&w->out, sk_as_str(w->e->item_separator));
  *first = false;
  write_string(w, text);
  sk_strbuf_addstr(&w->out, sk_as_str(w->e->key_separator));
  write_value(w, v);
}

static void write_items(Writer *w, SkValue d, bool *first) {
  SkVm *vm = w->vm;
  SkList *items = sk_to_list(vm, sk_call_method0(vm, d, SK_NAME(vm, items)));
  if (w->e->sort_keys) sk_list_sort(vm, items, SK_NONE, false);
  for (size_t i = 0; i < items->count; i++) {
    SkValue pair = sk_list_items(items)[i];
    if (!sk_is_tuple(pair) || sk_as_tuple(pair)->count != 2) sk_raise_value(vm, "items must return 2-tuples");
    write_pair(w, sk_as_tuple(pair)->items[0], sk_as_tuple(pair)->items[1], first);
  }
}

static void write_dict(Writer *w, SkValue v) {
  SkDict *d = sk_as_dict(v);
  if (d->live == 0) {
    sk_strbuf_adds(&w->out, "{}");
    return;
  }
  SkValue id = enter(w, v), k, value;
  bool first = true;
  sk_strbuf_adds(&w->out, "{");
  if (w->e->sort_keys || !sk_is_exactly(w->vm, v, SK_T_dict)) {
    write_items(w, v, &first);
  } else {
    uint32_t live = d->live;
    for (size_t i = 0; sk_dict_next(d, &i, &k, &value);) {
      write_pair(w, k, value, &first);
      if (d->live != live) sk_raisef(w->vm, SK_T_RuntimeError, "dictionary changed size during iteration");
    }
  }
  sk_strbuf_adds(&w->out, "}");
  leave(w, id);
}

static void write_value(Writer *w, SkValue v) {
  sk_charge(w->vm, 1);
  if (sk_is_str(v)) write_string(w, v);
  else if (sk_is_none(v)) sk_strbuf_adds(&w->out, "null");
  else if (sk_is_bool(v)) sk_strbuf_adds(&w->out, sk_is_true(v) ? "true" : "false");
  else if (sk_is_int(v) || sk_is_float(v)) sk_strbuf_addstr(&w->out, number_text(w, v));
  else if (sk_is_list(v) || sk_is_tuple(v)) write_list(w, v);
  else if (sk_is_dict(v)) write_dict(w, v);
  else {
    SkValue id = enter(w, v);
    write_value(w, sk_call1(w->vm, w->e->default_, v));
    leave(w, id);
  }
}

static SkValue encoder_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  size_t given = nargs + (kwnames ? kwnames->count : 0);
  if (nargs < 1 || given > 2) sk_raise_type(vm, "_iterencode() takes exactly 2 arguments (%zu given)", given);
  Writer w = {.vm = vm, .e = sk_ptr(self)};
  sk_strbuf_init(vm, &w.out);
  write_value(&w, args[0]);
  return sk_from_ptr(sk_tuple_pack(vm, 1, sk_from_ptr(sk_strbuf_finish(&w.out))));
}

SK_NATIVE(encoder_new, "make_encoder(cls, /, markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)", NULL) {
  if (!sk_is_str(args[5])) sk_raise_type(vm, "make_encoder() argument 5 must be str, not %T", args[5]);
  if (!sk_is_str(args[6])) sk_raise_type(vm, "make_encoder() argument 6 must be str, not %T", args[6]);
  if (!sk_is_none(args[1]) && !sk_is_dict(args[1])) sk_raise_type(vm, "make_encoder() argument 1 must be dict or None, not %T", args[1]);
  bool sort = sk_truth(vm, args[7]), skip = sk_truth(vm, args[8]), nan = sk_truth(vm, args[9]);
  Encoder *e = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  e->markers = args[1];
  e->default_ = args[2];
  e->encoder = args[3];
  e->indent = args[4];
  e->key_separator = args[5];
  e->item_separator = args[6];
  e->sort_keys = sort;
  e->skipkeys = skip;
  e->allow_nan = nan;
  if (sk_has_kind(args[3], SK_KIND_NATIVE)) {
    const SkNativeDef *def = ((SkNative *)sk_ptr(args[3]))->def;
    e->quoting = def == &sk_json_encode_ascii_def ? 1 : def == &sk_json_encode_def ? 2 : 0;
  }
  return sk_from_ptr(e);
}

static void encoder_trace(SkMarker *m, SkObject *o) { sk_mark_span(m, &((Encoder *)o)->markers, 6); }

static SkValue get_sort_keys(SkVm *vm, SkValue self) { (void)vm; return sk_bool(((Encoder *)sk_ptr(self))->sort_keys); }
static SkValue get_skipkeys(SkVm *vm, SkValue self) { (void)vm; return sk_bool(((Encoder *)sk_ptr(self))->skipkeys); }

static const SkAttrDef encoder_attrs[] = {
    SK_MEMBER("markers", Encoder, markers, true, NULL), SK_MEMBER("default", Encoder, default_, true, NULL),
    SK_MEMBER("encoder", Encoder, encoder, true, NULL), SK_MEMBER("indent", Encoder, indent, true, NULL),
    SK_MEMBER("key_separator", Encoder, key_separator, true, NULL), SK_MEMBER("item_separator", Encoder, item_separator, true, NULL),
    SK_GETSET("sort_keys", get_sort_keys, NULL, NULL), SK_GETSET("skipkeys", get_skipkeys, NULL, NULL), SK_ATTRS_END};

const SkTypeDef sk_json_encoder_type = {
    .name = "_json.Encoder", .doc = "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
    .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Encoder), .slots = {.call = encoder_call}, .attrs = encoder_attrs, .new_ = &encoder_new_def,
    .trace = encoder_trace,
};

static void init(SkVm *vm, SkModule *m) {
  sk_module_add(vm, m, "make_scanner", sk_from_ptr(sk_library_type(vm, &sk_json_scanner_type)));
  sk_module_add(vm, m, "make_encoder", sk_from_ptr(sk_library_type(vm, &sk_json_encoder_type)));
}

static const SkNativeDef *const functions[] = {&sk_json_scanstring_def, &sk_json_encode_ascii_def, &sk_json_encode_def, NULL};
const SkModuleDef sk_json_module = {"_json", "json speedups", functions, init};
