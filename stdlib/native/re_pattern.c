/* re_pattern.c - compiled patterns: running PCRE2, and the methods of re.Pattern.  Layer 8. */
#include <string.h>

#include "stdlib/native/re_impl.h"

/* A pattern that would try for ever gives up after this many steps of PCRE2's. */
enum { MATCH_STEPS = 50 * 1000 * 1000 };

static void pattern_trace(SkMarker *m, SkObject *o) {
  sk_mark(m, ((RePattern *)o)->pattern);
  sk_mark_ptr(m, ((RePattern *)o)->names);
}

static void pattern_finalize(SkVm *vm, SkObject *o) {
  (void)vm;
  pcre2_code_free(((RePattern *)o)->code); /* NULL is fine */
}

static RePattern *self_of(SkValue v) { return sk_ptr(v); }

/* ---- making ---- */

static uint32_t options_of(const ReParsed *r, bool bytes) {
  uint32_t o = PCRE2_ALT_CIRCUMFLEX | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_UTF_CHECK;
  if (!bytes) o |= PCRE2_UTF | PCRE2_UCP;
  if (r->flags & RE_IGNORECASE) o |= PCRE2_CASELESS;
  if (r->flags & RE_MULTILINE) o |= PCRE2_MULTILINE;
  if (r->flags & RE_DOTALL) o |= PCRE2_DOTALL;
  return o;
}

SK_NATIVE(re_compile, "compile(pattern, flags, error, /)", "A Pattern; error is the class to raise for a bad one.") {
  uint32_t flags = (uint32_t)sk_to_index(vm, args[1]);
  ReParsed r = re_parse(vm, args[0], flags, args[2]);
  RePattern *p = sk_object_new(vm, sk_library_type(vm, &sk_re_pattern_type), 0);
  p->pattern = args[0];
  p->names = r.names;
  p->groups = r.groups;
  p->flags = r.flags;
  p->is_bytes = !sk_is_str(args[0]);
  pcre2_compile_context *ctx = pcre2_compile_context_create(NULL);
  if (!ctx) sk_raise_nomem(vm);
  pcre2_set_newline(ctx, PCRE2_NEWLINE_LF);
  pcre2_set_parens_nest_limit(ctx, 2000);
  int code;
  size_t at;
  p->code = pcre2_compile(r.text->data, r.n, options_of(&r, p->is_bytes), &code, &at, ctx);
  pcre2_compile_context_free(ctx);
  sk_keep(r.text);
  if (!p->code) {
    unsigned char text[256];
    pcre2_get_error_message(code, text, sizeof text);
    SkValue msg = sk_from_ptr(sk_str_from_cstr(vm, (const char *)text));
    sk_raise_exc(vm, sk_call2(vm, args[2], msg, args[0]));
  }
  p->jitted = pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE) == 0;
  return sk_from_ptr(p);
}

/* ---- subjects ---- */

ReSubject re_subject(SkVm *vm, RePattern *p, SkValue string) {
  ReSubject s = {.object = string};
  if (sk_is_str(string)) {
    if (p->is_bytes) sk_raise_type(vm, "cannot use a bytes pattern on a string-like object");
    s.str = sk_as_str(string);
    s.s = s.str->data;
    s.n = s.str->bytes;
    return s;
  }
  if (!sk_bytes_view(vm, string, &s.s, &s.n)) sk_raise_type(vm, "expected string or bytes-like object, got '%T'", string);
  if (!p->is_bytes) sk_raise_type(vm, "cannot use a string pattern on a bytes-like object");
  return s;
}

size_t re_char_index(SkVm *vm, const ReSubject *s, size_t offset) { return s->str ? sk_str_index_at(vm, s->str, offset) : offset; }
size_t re_byte_offset(SkVm *vm, const ReSubject *s, size_t index) { return s->str ? sk_str_offset(vm, s->str, index) : index; }

SkValue re_slice(SkVm *vm, const ReSubject *s, size_t from, size_t to) {
  if (!s->str) return sk_from_ptr(sk_bytes_new(vm, s->s + from, to - from));
  if (from == 0 && to == s->n && sk_is_exactly(vm, s->object, SK_T_str)) return s->object;
  return sk_from_ptr(sk_str_new(vm, s->str->data + from, to - from));
}

/* pos and endpos, clamped, as byte offsets. */
typedef struct Bounds { size_t from, to, pos, endpos; } Bounds;

static Bounds bounds(SkVm *vm, const ReSubject *s, SkValue pos, SkValue endpos) {
  size_t n = s->str ? s->str->count : s->n;
  int64_t a = sk_to_index_clamped(vm, pos), b = sk_to_index_clamped(vm, endpos);
  Bounds r;
  r.pos = a < 0 ? 0 : (size_t)a > n ? n : (size_t)a;
  r.endpos = b < 0 ? 0 : (size_t)b > n ? n : (size_t)b;
  r.from = re_byte_offset(vm, s, r.pos);
  r.to = re_byte_offset(vm, s, r.endpos);
  return r;
}

/* ---- running ---- */

static int32_t last_group(const pcre2_match_data *data, const size_t *v, uint32_t groups) {
  (void)data;
  int32_t last = 0;
  size_t end = 0;
  for (uint32_t g = 1; g <= groups; g++)
    if (v[2 * g] != PCRE2_UNSET && (last == 0 || v[2 * g + 1] > end)) {
      last = (int32_t)g;
      end = v[2 * g + 1];
    }
  return last;
}

static SK_NORETURN void match_failed(SkVm *vm, int rc) {
  if (rc == PCRE2_ERROR_NOMEMORY || rc == PCRE2_ERROR_HEAPLIMIT) sk_raise_nomem(vm);
  if (rc == PCRE2_ERROR_MATCHLIMIT || rc == PCRE2_ERROR_DEPTHLIMIT)
    sk_raisef(vm, SK_T_RuntimeError, "regular expression gave up: too many steps for this text");
  sk_raisef(vm, SK_T_RuntimeError, "regular expression engine error %d", rc);
}

/* PCRE2's memory is released before anything can raise. */
static int run_pcre(const RePattern *p, const ReSubject *s, size_t from, size_t end, uint32_t options, size_t *spans, int32_t *last) {
  pcre2_match_data *data = pcre2_match_data_create(p->groups + 1, NULL);
  pcre2_match_context *ctx = pcre2_match_context_create(NULL);
  int rc = PCRE2_ERROR_NOMEMORY;
  if (data && ctx) {
    pcre2_set_match_limit(ctx, MATCH_STEPS);
    rc = pcre2_match(p->code, (PCRE2_SPTR)s->s, end, from, options | PCRE2_NO_UTF_CHECK, data, ctx);
    if (rc == PCRE2_ERROR_JIT_STACKLIMIT) rc = pcre2_match(p->code, (PCRE2_SPTR)s->s, end, from, options | PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, data, ctx);
    if (rc > 0) {
      const size_t *v = pcre2_get_ovector_pointer(data);
      memcpy(spans, v, (size_t)rc * 2 * sizeof *spans);
      for (uint32_t g = (uint32_t)rc; g <= p->groups; g++) spans[2 * g] = spans[2 * g + 1] = PCRE2_UNSET;
      *last = last_group(data, spans, p->groups);
    }
  }
  pcre2_match_context_free(ctx);
  pcre2_match_data_free(data);
  return rc;
}

ReMatch *re_run(SkVm *vm, RePattern *p, const ReSubject *s, size_t from, size_t end, ReHow how, bool not_empty_here) {
  if (from > end) return NULL;
  uint32_t options = how == RE_SEARCH ? 0 : how == RE_MATCH ? PCRE2_ANCHORED : PCRE2_ANCHORED | PCRE2_ENDANCHORED;
  if (not_empty_here) options |= PCRE2_NOTEMPTY_ATSTART;
  size_t mark = sk_scratch_mark(vm), bytes = (p->groups + 1) * 2 * sizeof(size_t);
  size_t *spans = sk_scratch(vm, bytes);
  int32_t last = 0;
  int rc = run_pcre(p, s, from, end, options, spans, &last);
  if (rc == PCRE2_ERROR_NOMATCH) {
    sk_scratch_release(vm, mark);
    return NULL;
  }
  if (rc <= 0) match_failed(vm, rc);
  ReMatch *m = sk_object_new(vm, sk_library_type(vm, &sk_re_match_type), 0);
  m->pattern = p;
  m->string = s->object;
  m->last_index = last;
  SkRaw *kept = sk_raw_new(vm, bytes);
  memcpy(kept->data, spans, bytes);
  sk_write_ptr(vm, m, &m->spans, kept);
  sk_scratch_release(vm, mark);
  return m;
}

static SkValue run_method(SkVm *vm, const SkValue *args, ReHow how) {
  RePattern *p = self_of(args[0]);
  ReSubject s = re_subject(vm, p, args[1]);
  Bounds b = bounds(vm, &s, args[2], args[3]);
  ReMatch *m = re_run(vm, p, &s, b.from, b.to, how, false);
  if (!m) return SK_NONE;
  m->pos = b.pos;
  m->endpos = b.endpos;
  return sk_from_ptr(m);
}

#define ARGS "(self, /, string, pos=0, endpos=9223372036854775807)"
SK_NATIVE(pattern_search, "search" ARGS, "The first match anywhere, or None.") { return run_method(vm, args, RE_SEARCH); }
SK_NATIVE(pattern_match, "match" ARGS, "A match at the start, or None.") { return run_method(vm, args, RE_MATCH); }
SK_NATIVE(pattern_fullmatch, "fullmatch" ARGS, "A match of everything, or None.") { return run_method(vm, args, RE_FULLMATCH); }

/* ---- all matches ---- */

/* After an empty match the next may start at the same place but must not be empty there. */
typedef struct Walk { RePattern *p; ReSubject s; size_t at, end; bool after_empty; Bounds b; } Walk;

static ReMatch *walk_next(SkVm *vm, Walk *w) {
  ReMatch *m = re_run(vm, w->p, &w->s, w->at, w->end, RE_SEARCH, w->after_empty);
  if (!m) return NULL;
  m->pos = w->b.pos;
  m->endpos = w->b.endpos;
  w->at = re_spans(m)[1];
  w->after_empty = re_spans(m)[0] == re_spans(m)[1];
  return m;
}

static Walk walk_begin(SkVm *vm, SkValue self, SkValue string, SkValue pos, SkValue endpos) {
  Walk w = {.p = self_of(self)};
  w.s = re_subject(vm, w.p, string);
  w.b = bounds(vm, &w.s, pos, endpos);
  w.at = w.b.from;
  w.end = w.b.to;
  return w;
}

static const SkValue whole[] = {{0}, {(uint64_t)SK_INT_MAX << 2}}; /* pos 0, endpos as large as can be */

SK_NATIVE(pattern_findall, "findall" ARGS, "All matches: strings, or groups if the pattern has some.") {
  Walk w = walk_begin(vm, args[0], args[1], args[2], args[3]);
  SkList *out = sk_list_new(vm, 8);
  SkValue nothing = re_slice(vm, &w.s, 0, 0);
  for (ReMatch *m; (m = walk_next(vm, &w));) {
    if (w.p->groups <= 1) {
      sk_list_append(vm, out, re_group(vm, m, &w.s, w.p->groups, nothing));
      continue;
    }
    SkTuple *t = sk_tuple_new(vm, w.p->groups);
    for (uint32_t g = 1; g <= w.p->groups; g++) {
      SkValue v = re_group(vm, m, &w.s, g, nothing);
      sk_write(vm, t, &t->items[g - 1], v);
    }
    sk_list_append(vm, out, sk_from_ptr(t));
  }
  return sk_from_ptr(out);
}

SkValue re_join(SkVm *vm, bool bytes, SkList *parts) {
  if (!bytes) return sk_from_ptr(sk_str_join(vm, SK_NAME(vm, empty), sk_list_items(parts), parts->count));
  SkValue empty = sk_from_ptr(sk_bytes_new(vm, "", 0)), arg = sk_from_ptr(parts);
  return sk_call_method(vm, empty, sk_intern(vm, "join"), &arg, 1);
}

/* Without a backslash a template is itself; else re.py takes it apart. */
SkValue re_template(SkVm *vm, RePattern *p, SkValue repl) {
  const char *s;
  size_t n;
  if (sk_is_str(repl)) {
    s = sk_as_str(repl)->data;
    n = sk_as_str(repl)->bytes;
  } else if (!sk_bytes_view(vm, repl, &s, &n)) {
    sk_raise_type(vm, "decoding to str: need a bytes-like object, %T found", repl);
  }
  if (!memchr(s, '\\', n)) return repl;
  SkValue fn = sk_getattr_cstr(vm, sk_import_name(vm, "re"), "_parse_template");
  return sk_call2(vm, fn, sk_from_ptr(p), repl);
}

static void check_piece(SkVm *vm, const ReSubject *s, SkValue v, size_t i) {
  if (s->str ? sk_is_str(v) : (sk_is_bytes(v) || sk_is_bytearray(v))) return;
  if (s->str) sk_raise_type(vm, "sequence item %zu: expected str instance, %T found", i, v);
  sk_raise_type(vm, "sequence item %zu: expected a bytes-like object, %T found", i, v);
}

static SkValue substitute(SkVm *vm, const SkValue *args, size_t *count) {
  SkValue repl = args[1];
  int64_t limit = sk_to_index(vm, args[3]);
  Walk w = walk_begin(vm, args[0], args[2], whole[0], whole[1]);
  bool callable = SK_SLOTS(vm, repl)->call != NULL;
  if (!callable) repl = re_template(vm, w.p, repl);
  SkList *out = sk_list_new(vm, 8);
  size_t done = 0;
  *count = 0;
  for (ReMatch *m; (limit <= 0 || (int64_t)*count < limit) && (m = walk_next(vm, &w)); ++*count) {
    const size_t *span = re_spans(m);
    if (span[0] > done) sk_list_append(vm, out, re_slice(vm, &w.s, done, span[0]));
    SkValue piece = callable ? sk_call1(vm, repl, sk_from_ptr(m)) : sk_is_list(repl) ? re_expand(vm, m, &w.s, repl) : repl;
    if (!sk_is_none(piece)) {
      check_piece(vm, &w.s, piece, out->count);
      sk_list_append(vm, out, piece);
    }
    done = re_spans(m)[1];
  }
  if (*count == 0) return re_slice(vm, &w.s, 0, w.s.n);
  if (done < w.s.n) sk_list_append(vm, out, re_slice(vm, &w.s, done, w.s.n));
  return re_join(vm, !w.s.str, out);
}

SK_NATIVE(pattern_sub, "sub(self, /, repl, string, count=0)", "Replace the matches.") {
  size_t n;
  return substitute(vm, args, &n);
}
SK_NATIVE(pattern_subn, "subn(self, /, repl, string, count=0)", "Replace the matches; gives (result, how many).") {
  size_t n;
  SkValue s = substitute(vm, args, &n);
  return sk_from_ptr(sk_tuple_pack(vm, 2, s, sk_smallint((int64_t)n)));
}

SK_NATIVE(pattern_split, "split(self, /, string, maxsplit=0)", "The pieces between matches, and groups.") {
  Walk w = walk_begin(vm, args[0], args[1], whole[0], whole[1]);
  int64_t limit = sk_to_index(vm, args[2]);
  SkList *out = sk_list_new(vm, 8);
  size_t done = 0;
  int64_t n = 0;
  for (ReMatch *m; (limit <= 0 || n < limit) && (m = walk_next(vm, &w)); n++) {
    sk_list_append(vm, out, re_slice(vm, &w.s, done, re_spans(m)[0]));
    for (uint32_t g = 1; g <= w.p->groups; g++) sk_list_append(vm, out, re_group(vm, m, &w.s, g, SK_NONE));
    done = re_spans(m)[1];
  }
  sk_list_append(vm, out, re_slice(vm, &w.s, done, w.s.n));
  return sk_from_ptr(out);
}

/* ---- scanner: matches one after the other ---- */

typedef struct ReScanner { SkObject head; SkValue pattern, string; size_t at, end, pos, endpos; bool after_empty, done; } ReScanner;

static void scanner_trace(SkMarker *m, SkObject *o) {
  sk_mark(m, ((ReScanner *)o)->pattern);
  sk_mark(m, ((ReScanner *)o)->string);
}

static SkValue scanner_step(SkVm *vm, ReScanner *sc, ReHow how) {
  if (sc->done) return SK_NONE;
  RePattern *p = self_of(sc->pattern);
  ReSubject s = re_subject(vm, p, sc->string);
  ReMatch *m = re_run(vm, p, &s, sc->at, sc->end < s.n ? sc->end : s.n, how, sc->after_empty);
  if (!m) {
    sc->done = true;
    return SK_NONE;
  }
  m->pos = sc->pos;
  m->endpos = sc->endpos;
  sc->at = re_spans(m)[1];
  sc->after_empty = re_spans(m)[0] == re_spans(m)[1];
  return sk_from_ptr(m);
}

SK_NATIVE(scanner_match, "match(self, /)", NULL) { return scanner_step(vm, sk_ptr(args[0]), RE_MATCH); }
SK_NATIVE(scanner_search, "search(self, /)", NULL) { return scanner_step(vm, sk_ptr(args[0]), RE_SEARCH); }
static SkValue scanner_iter(SkVm *vm, SkValue self) { (void)vm; return self; }
static SkValue scanner_next(SkVm *vm, SkValue self) {
  SkValue m = scanner_step(vm, sk_ptr(self), RE_SEARCH);
  return sk_is_none(m) ? SK_UNSET : m;
}
static SkValue scanner_pattern(SkVm *vm, SkValue self) { (void)vm; return ((ReScanner *)sk_ptr(self))->pattern; }

static const SkAttrDef scanner_attrs[] = {SK_METHOD(scanner_match), SK_METHOD(scanner_search), SK_GETSET("pattern", scanner_pattern, NULL, NULL), SK_ATTRS_END};
const SkTypeDef sk_re_scanner_type = {
    .name = "_sre.SRE_Scanner", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(ReScanner), .flags = SK_TYPE_NO_NEW | SK_TYPE_FINAL | SK_TYPE_IMMUTABLE,
    .slots = {.iter = scanner_iter, .next = scanner_next}, .attrs = scanner_attrs, .trace = scanner_trace,
};

static SkValue scanner_new(SkVm *vm, const SkValue *args) {
  RePattern *p = self_of(args[0]);
  ReSubject s = re_subject(vm, p, args[1]);
  Bounds b = bounds(vm, &s, args[2], args[3]);
  ReScanner *sc = sk_object_new(vm, sk_library_type(vm, &sk_re_scanner_type), 0);
  *sc = (ReScanner){.head = sc->head, .pattern = args[0], .string = args[1], .at = b.from, .end = b.to, .pos = b.pos, .endpos = b.endpos};
  return sk_from_ptr(sc);
}

SK_NATIVE(pattern_scanner, "scanner" ARGS, NULL) { return scanner_new(vm, args); }
SK_NATIVE(pattern_finditer, "finditer" ARGS, "Iterate over all matches.") {
  SkValue sc = scanner_new(vm, args);
  return sk_call1(vm, sk_getattr_cstr(vm, sk_from_ptr(vm->builtins), "iter"), sc);
}

/* ---- the class ---- */

static SkValue get_pattern(SkVm *vm, SkValue self) { (void)vm; return self_of(self)->pattern; }
static SkValue get_flags(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(self_of(self)->flags); }
static SkValue get_groups(SkVm *vm, SkValue self) { (void)vm; return sk_smallint(self_of(self)->groups); }
static SkValue get_groupindex(SkVm *vm, SkValue self) {
  return sk_call1(vm, sk_from_ptr(vm->types[SK_T_mappingproxy]), sk_from_ptr(self_of(self)->names));
}

static SkValue pattern_eq(SkVm *vm, SkValue a, SkValue b) {
  if (!sk_is_native(vm, b, &sk_re_pattern_type)) return SK_NOTIMPLEMENTED;
  RePattern *p = self_of(a), *q = self_of(b);
  return sk_bool(p == q || (p->flags == q->flags && p->is_bytes == q->is_bytes && sk_equal(vm, p->pattern, q->pattern)));
}
static int64_t pattern_hash(SkVm *vm, SkValue self) { return (sk_hash(vm, self_of(self)->pattern) ^ (int64_t)self_of(self)->flags * 1000003) & SK_INT_MAX; }

static SkValue pattern_repr(SkVm *vm, SkValue self) {
  static const struct { const char *name; uint32_t flag; } names[] = {
      {"re.IGNORECASE", RE_IGNORECASE}, {"re.LOCALE", RE_LOCALE}, {"re.MULTILINE", RE_MULTILINE}, {"re.DOTALL", RE_DOTALL}, {"re.VERBOSE", RE_VERBOSE},
      {"re.DEBUG", RE_DEBUG}, {"re.ASCII", RE_ASCII}};
  RePattern *p = self_of(self);
  uint32_t left = p->flags;
  if (!p->is_bytes) left &= ~(uint32_t)RE_UNICODE;
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  sk_strbuf_addstr(&b, sk_format(vm, "re.compile(%.200U", sk_repr(vm, p->pattern)));
  const char *sep = ", ";
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (!(left & names[i].flag)) continue;
    sk_strbuf_adds(&b, sep);
    sk_strbuf_adds(&b, names[i].name);
    left &= ~names[i].flag;
    sep = "|";
  }
  if (left) sk_strbuf_addstr(&b, sk_format(vm, "%s0x%x", sep, left));
  sk_strbuf_adds(&b, ")");
  return sk_from_ptr(sk_strbuf_finish(&b));
}

SK_NATIVE(pattern_copy, "__copy__(self, /)", NULL) { (void)vm; return args[0]; }
SK_NATIVE(pattern_deepcopy, "__deepcopy__(self, memo, /)", NULL) { (void)vm; return args[0]; }
SK_NATIVE(pattern_class_getitem, "__class_getitem__(cls, object, /)", NULL) { return sk_generic_alias_new(vm, args[0], args[1]); }

static const SkAttrDef pattern_attrs[] = {
    SK_METHOD(pattern_search), SK_METHOD(pattern_match), SK_METHOD(pattern_fullmatch), SK_METHOD(pattern_findall), SK_METHOD(pattern_finditer),
    SK_METHOD(pattern_sub), SK_METHOD(pattern_subn), SK_METHOD(pattern_split), SK_METHOD(pattern_scanner), SK_METHOD(pattern_copy),
    SK_METHOD(pattern_deepcopy), SK_CLASSMETHOD(pattern_class_getitem), SK_GETSET("pattern", get_pattern, NULL, NULL),
    SK_GETSET("flags", get_flags, NULL, NULL), SK_GETSET("groups", get_groups, NULL, NULL), SK_GETSET("groupindex", get_groupindex, NULL, NULL), SK_ATTRS_END,
};
const SkTypeDef sk_re_pattern_type = {
    .name = "re.Pattern", .doc = "Compiled regular expression object.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(RePattern),
    .flags = SK_TYPE_NO_NEW | SK_TYPE_FINAL | SK_TYPE_IMMUTABLE | SK_TYPE_WEAKREFABLE,
    .slots = {.eq = pattern_eq, .hash = pattern_hash, .repr = pattern_repr}, .attrs = pattern_attrs, .trace = pattern_trace, .finalize = pattern_finalize,
};

/* ---- the module ---- */

static void re_init(SkVm *vm, SkModule *m) {
  sk_module_add_type(vm, m, &sk_re_pattern_type);
  sk_module_add_type(vm, m, &sk_re_match_type);
  sk_module_add(vm, m, "MAXREPEAT", sk_int_from_u64(vm, UINT32_MAX));
  sk_module_add(vm, m, "MAXGROUPS", sk_smallint(1073741823));
}

static const SkNativeDef *const functions[] = {&re_compile_def, NULL};
const SkModuleDef sk_re_module = {"_re", "Regular expressions on PCRE2.", functions, re_init};
