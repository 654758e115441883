/* re_pattern.c - compiled patterns: compiling, running, the class re.Pattern, the module _re.  Layer 8. */
#include <string.h>

#include "stdlib/native/re_impl.h"
#include "vm/base/utf8.h"

static void pattern_trace(SkMarker *m, SkObject *o) {
  Pattern *p = (Pattern *)o;
  sk_mark(m, p->pattern);
  sk_mark(m, p->groupindex);
  sk_mark_ptr(m, p->names);
  sk_mark_cell(m, p->parents);
  sk_mark_cell(m, p->text);
  sk_trace_attributes(m, o);
}

static void pattern_finalize(SkVm *vm, SkObject *o) {
  (void)vm;
  Pattern *p = (Pattern *)o;
  pcre2_match_context_free(p->context);
  pcre2_match_data_free(p->data);
  pcre2_code_free(p->counted);
  pcre2_code_free(p->code);
}

/* ---- compiling ---- */

static void read_characters(SkVm *vm, ReParser *r, SkValue pattern) {
  SkChars s;
  SkRaw *cell;
  r->bytes = !sk_is_str(pattern);
  if (r->bytes) s = sk_to_bytes(vm, pattern);
  else s = (SkChars){sk_as_str(pattern)->data, sk_as_str(pattern)->bytes};
  sk_charge(vm, s.n / 4);
  cell = sk_raw_new(vm, (s.n + 1) * sizeof(uint32_t));
  uint32_t *text = (uint32_t *)cell->data;
  for (const char *p = s.p, *end = p + s.n; p < end; r->count++) text[r->count] = r->bytes ? (unsigned char)*p++ : sk_utf8_next(&p);
  r->text = text;
}

pcre2_code *re_compile_code(const Pattern *p, uint32_t extra, int *error) {
  pcre2_compile_context *context = pcre2_compile_context_create(NULL);
  *error = PCRE2_ERROR_NOMEMORY;
  if (!context) return NULL;
  PCRE2_SIZE offset;
  pcre2_set_newline(context, PCRE2_NEWLINE_LF);
  pcre2_set_parens_nest_limit(context, 5000);
  pcre2_set_compile_extra_options(context, PCRE2_EXTRA_ALLOW_SURROGATE_ESCAPES);
  PCRE2_SPTR text = (PCRE2_SPTR)(p->text ? (char *)p->text->data : "");
  pcre2_code *code = pcre2_compile(text, p->text_bytes, p->options | extra, error, &offset, context);
  pcre2_compile_context_free(context);
  return code;
}

static void compile_code(SkVm *vm, Pattern *p, ReParser *r) {
  p->options = PCRE2_ALT_CIRCUMFLEX | PCRE2_USE_OFFSET_LIMIT;
  if (!p->bytes) p->options |= PCRE2_UTF | PCRE2_NO_UTF_CHECK | (r->global & RE_ASCII ? 0 : PCRE2_UCP);
  if (r->global & RE_IGNORECASE) p->options |= PCRE2_CASELESS;
  sk_write_ptr(vm, p, &p->text, r->out.raw);
  p->text_bytes = r->out.used;
  sk_charge(vm, p->text_bytes);
  int error;
  p->code = re_compile_code(p, 0, &error);
  if (!p->code) {
    char text[200];
    pcre2_get_error_message(error, (PCRE2_UCHAR *)text, sizeof text);
    sk_raisef(vm, SK_T_RuntimeError, "regular expression is too complicated: %s", text);
  }
  p->data = pcre2_match_data_create_from_pattern(p->code, NULL);
  p->context = pcre2_match_context_create(NULL);
  if (!p->data || !p->context) sk_raise_nomem(vm);
  re_run_init(p);
}

SK_NATIVE(re_compile, "compile(pattern, flags, error, /)", "Compile a pattern; error is the exception class to complain with.") {
  ReParser local = {.vm = vm, .pattern = args[0], .error_class = args[2]};
  ReParser *r = &local; /* on the C stack, where the collector looks */
  r->global = r->flags = (unsigned)sk_to_index(vm, args[1]);
  read_characters(vm, r, args[0]);
  re_parse(r);
  Pattern *p = sk_object_new(vm, sk_library_type(vm, &sk_re_pattern_type), 0);
  p->pattern = args[0];
  p->groupindex = sk_from_ptr(r->names);
  p->bytes = r->bytes;
  p->groups = r->groups - 1;
  p->flags = r->global;
  SkTuple *names = sk_tuple_new(vm, r->groups);
  sk_write_ptr(vm, p, &p->names, names);
  SkValue k, v;
  for (size_t i = 0; sk_dict_next(r->names, &i, &k, &v);) sk_write(vm, names, &names->items[sk_smallint_get(v)], k);
  SkRaw *parents = sk_raw_new(vm, r->groups * sizeof(uint32_t));
  for (uint32_t i = 1; i < r->groups; i++) ((uint32_t *)parents->data)[i] = re_group(r, i)->parent;
  sk_write_ptr(vm, p, &p->parents, parents);
  compile_code(vm, p, r);
  return sk_from_ptr(p);
}

/* ---- running ---- */

void re_subject(SkVm *vm, Pattern *p, SkValue string, SkValue pos, SkValue endpos, Subject *out) {
  bool is_str = sk_is_str(string);
  SkChars text;
  if (is_str) text = (SkChars){sk_as_str(string)->data, sk_as_str(string)->bytes};
  else if (!sk_bytes_view(vm, string, &text.p, &text.n)) sk_raise_type(vm, "expected string or bytes-like object, got '%T'", string);
  if (is_str && p->bytes) sk_raise_type(vm, "cannot use a bytes pattern on a string-like object");
  if (!is_str && !p->bytes) sk_raise_type(vm, "cannot use a string pattern on a bytes-like object");
  int64_t length = is_str ? (int64_t)sk_as_str(string)->count : (int64_t)text.n;
  int64_t from = sk_to_index_clamped(vm, pos), to = sk_to_index_clamped(vm, endpos);
  from = from < 0 ? 0 : from > length ? length : from;
  to = to < 0 ? 0 : to > length ? length : to;
  *out = (Subject){string, text, (size_t)from, (size_t)from, (size_t)to};
  if (is_str && !sk_str_is_ascii(sk_as_str(string))) {
    out->start = sk_str_offset(vm, sk_as_str(string), (size_t)from);
    out->text.n = sk_str_offset(vm, sk_as_str(string), (size_t)to);
  } else {
    out->text.n = (size_t)to;
  }
}

/* ---- the class ---- */

static SkValue match_with(SkVm *vm, const SkValue *args, int how) {
  Pattern *p = re_pattern_of(args[0]);
  Subject s;
  re_subject(vm, p, args[1], args[2], args[3], &s);
  if (s.pos > s.endpos || !re_run(vm, p, &s, s.start, how, false)) return SK_NONE;
  return re_match_new(vm, p, &s);
}

SK_NATIVE(pattern_match, "match(self, /, string, pos=0, endpos=9223372036854775807)", "Matches zero or more characters at the beginning of the string.") {
  return match_with(vm, args, RE_MATCH);
}
SK_NATIVE(pattern_fullmatch, "fullmatch(self, /, string, pos=0, endpos=9223372036854775807)", "Matches against all of the string.") {
  return match_with(vm, args, RE_FULLMATCH);
}
SK_NATIVE(pattern_search, "search(self, /, string, pos=0, endpos=9223372036854775807)",
          "Scan through string looking for a match, and return a corresponding match object instance.") {
  return match_with(vm, args, RE_SEARCH);
}

SK_NATIVE(pattern_copy, "__copy__(self, /)", NULL) { (void)vm; return args[0]; }
SK_NATIVE(pattern_deepcopy, "__deepcopy__(self, memo, /)", NULL) { (void)vm; return args[0]; }

static SkValue pattern_repr(SkVm *vm, SkValue self) {
  static const struct { unsigned flag; const char *name; } names[] = {
      {RE_IGNORECASE, "re.IGNORECASE"}, {RE_LOCALE, "re.LOCALE"}, {RE_MULTILINE, "re.MULTILINE"}, {RE_DOTALL, "re.DOTALL"},
      {RE_VERBOSE, "re.VERBOSE"},       {RE_DEBUG, "re.DEBUG"},   {RE_ASCII, "re.ASCII"}};
  Pattern *p = re_pattern_of(self);
  unsigned flags = p->flags;
  if (!p->bytes && (flags & (RE_LOCALE | RE_UNICODE | RE_ASCII)) == RE_UNICODE) flags &= ~(unsigned)RE_UNICODE;
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  sk_strbuf_addstr(&b, sk_format(vm, "re.compile(%.200R", p->pattern));
  const char *sep = ", ";
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (flags & names[i].flag) {
      sk_strbuf_adds(&b, sep);
      sk_strbuf_adds(&b, names[i].name);
      flags &= ~names[i].flag;
      sep = "|";
    }
  if (flags) sk_strbuf_addstr(&b, sk_format(vm, "%s0x%x", sep, flags));
  sk_strbuf_adds(&b, ")");
  return sk_from_ptr(sk_strbuf_finish(&b));
}

static SkValue pattern_eq(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_is_native(vm, b, &sk_re_pattern_type)) return SK_NOTIMPLEMENTED;
  Pattern *p = re_pattern_of(a), *q = re_pattern_of(b);
  return sk_bool(p == q || (p->flags == q->flags && p->bytes == q->bytes && sk_equal(vm, p->pattern, q->pattern)));
}

static int64_t pattern_hash(SkVm *vm, SkValue self) {
  Pattern *p = re_pattern_of(self);
  return (sk_hash(vm, p->pattern) ^ (int64_t)p->flags * 1000003) & INT64_C(0x0fffffffffffffff);
}

static SkValue get_pattern(SkVm *vm, SkValue self) { (void)vm; return re_pattern_of(self)->pattern; }
static SkValue get_flags(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(re_pattern_of(self)->flags); }
static SkValue get_groups(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(re_pattern_of(self)->groups); }
static SkValue get_groupindex(SkVm *vm, SkValue self) {
  return sk_call1(vm, sk_from_ptr(vm->types[SK_T_mappingproxy]), re_pattern_of(self)->groupindex);
}

static const SkAttrDef pattern_attrs[] = {
    SK_METHOD(pattern_match), SK_METHOD(pattern_fullmatch), SK_METHOD(pattern_search), SK_METHOD(pattern_copy), SK_METHOD(pattern_deepcopy),
    {.kind = SK_ATTR_METHOD, .def = &sk_re_sub_def}, {.kind = SK_ATTR_METHOD, .def = &sk_re_subn_def},
    {.kind = SK_ATTR_METHOD, .def = &sk_re_split_def}, {.kind = SK_ATTR_METHOD, .def = &sk_re_findall_def},
    {.kind = SK_ATTR_METHOD, .def = &sk_re_finditer_def}, {.kind = SK_ATTR_METHOD, .def = &sk_re_scanner_def},
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def},
    SK_GETSET("pattern", get_pattern, NULL, "The pattern string from which the RE object was compiled."),
    SK_GETSET("flags", get_flags, NULL, "The regex matching flags."),
    SK_GETSET("groups", get_groups, NULL, "The number of capturing groups in the pattern."),
    SK_GETSET("groupindex", get_groupindex, NULL, "A dictionary mapping group names to group numbers."),
    SK_ATTRS_END,
};

const SkTypeDef sk_re_pattern_type = {
    .name = "re.Pattern", .doc = "Compiled regular expression object.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Pattern),
    .flags = SK_TYPE_NO_NEW | SK_TYPE_FINAL | SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE,
    .slots = {.repr = pattern_repr, .eq = pattern_eq, .hash = pattern_hash}, .attrs = pattern_attrs, .trace = pattern_trace,
    .finalize = pattern_finalize,
};

static void init(SkVm *vm, SkModule *m) {
  sk_module_add_type(vm, m, &sk_re_pattern_type);
  sk_module_add_type(vm, m, &sk_re_match_type);
  sk_module_add(vm, m, "MAXGROUPS", sk_smallint(RE_MAXGROUPS));
  sk_module_add(vm, m, "MAXREPEAT", sk_smallint(RE_MAXREPEAT));
}

static const SkNativeDef *const functions[] = {&re_compile_def, NULL};
const SkModuleDef sk_re_module = {"_re", "Regular expressions on PCRE2.", functions, init};
