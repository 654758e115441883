/* re_sub.c - going from match to match: sub, split, findall, finditer, scanner.  Layer 8.
 *
 * Behind an empty match the next one may not be empty at the same place.
 */
#include <string.h>

#include "stdlib/native/native.h"
#include "stdlib/native/re_impl.h"
#include "vm/object/iter_impl.h"

typedef struct Walk { Pattern *p; Subject s; size_t at; bool not_empty; } Walk;

static Walk walk_new(SkVm *vm, SkValue pattern, SkValue string, SkValue pos, SkValue endpos) {
  Walk w = {.p = re_pattern_of(pattern)};
  re_subject(vm, w.p, string, pos, endpos, &w.s);
  w.at = w.s.start;
  if (w.s.pos > w.s.endpos) w.at = SIZE_MAX;
  return w;
}

static Walk walk_all(SkVm *vm, SkValue pattern, SkValue string) {
  return walk_new(vm, pattern, string, sk_smallint(0), sk_smallint(SK_INT_MAX));
}

static bool walk_next(SkVm *vm, Walk *w, int how) {
  /* A bytearray may have changed between two steps. */
  if (!sk_is_str(w->s.string)) {
    size_t end = w->s.text.n;
    w->s.text = sk_to_bytes(vm, w->s.string);
    if (w->s.text.n > end) w->s.text.n = end;
  }
  if (!re_run(vm, w->p, &w->s, w->at, how, w->not_empty)) return false;
  const size_t *span = re_spans(w->p);
  w->at = span[1];
  w->not_empty = span[0] == span[1];
  return true;
}

static SkValue empty_of(SkVm *vm, const Pattern *p) { return p->bytes ? vm->empty_bytes : sk_from_ptr(SK_NAME(vm, empty)); }

static SkValue group_of(SkVm *vm, const Walk *w, size_t group, SkValue otherwise) {
  const size_t *span = re_spans(w->p) + 2 * group;
  return span[0] == PCRE2_UNSET ? otherwise : re_piece(vm, w->s.string, span[0], span[1]);
}

static const char findall_signature[] = "findall(self, /, string, pos=0, endpos=9223372036854775807)";
static SkValue re_findall(SkVm *vm, const SkValue *args) {
  Walk w = walk_new(vm, args[0], args[1], args[2], args[3]);
  SkList *out = sk_list_new(vm, 8);
  SkValue empty = empty_of(vm, w.p);
  while (walk_next(vm, &w, RE_SEARCH)) {
    size_t groups = w.p->groups;
    if (groups < 2) {
      sk_list_append(vm, out, group_of(vm, &w, groups, empty));
      continue;
    }
    SkTuple *t = sk_tuple_new(vm, groups);
    for (size_t i = 0; i < groups; i++) sk_write(vm, t, &t->items[i], group_of(vm, &w, i + 1, empty));
    sk_list_append(vm, out, sk_from_ptr(t));
  }
  return sk_from_ptr(out);
}
const SkNativeDef sk_re_findall_def = {findall_signature, "Return a list of all non-overlapping matches of pattern in string.", re_findall};

static SkValue re_split(SkVm *vm, const SkValue *args) {
  Walk w = walk_all(vm, args[0], args[1]);
  int64_t most = sk_to_index(vm, args[2]);
  SkList *out = sk_list_new(vm, 8);
  size_t from = 0;
  for (int64_t n = 0; (most == 0 || n < most) && walk_next(vm, &w, RE_SEARCH); n++) {
    size_t start = re_spans(w.p)[0];
    sk_list_append(vm, out, re_piece(vm, args[1], from, start));
    for (size_t g = 1; g <= w.p->groups; g++) sk_list_append(vm, out, group_of(vm, &w, g, SK_NONE));
    from = w.at;
  }
  sk_list_append(vm, out, re_piece(vm, args[1], from, w.s.text.n));
  return sk_from_ptr(out);
}
const SkNativeDef sk_re_split_def = {"split(self, /, string, maxsplit=0)", "Split string by the occurrences of pattern.", re_split};

/* ---- sub ---- */

/* What stands for a match: a function of it, a literal, or a template's parts. */
typedef struct Replacement { SkValue function, literal; SkList *parts; } Replacement;

static Replacement replacement_of(SkVm *vm, SkValue pattern, SkValue repl) {
  Replacement r = {SK_UNSET, SK_UNSET, NULL};
  if (SK_SLOTS(vm, repl)->call) {
    r.function = repl;
    return r;
  }
  SkChars text;
  bool simple = false;
  if (sk_is_str(repl)) simple = !memchr(sk_as_str(repl)->data, '\\', sk_as_str(repl)->bytes);
  else if (sk_bytes_view(vm, repl, &text.p, &text.n)) simple = !memchr(text.p, '\\', text.n);
  if (simple) {
    r.literal = repl;
    return r;
  }
  SkValue read = sk_getattr_cstr(vm, sk_import_name(vm, "re"), "_parse_template");
  r.parts = sk_to_list(vm, sk_call2(vm, read, pattern, repl));
  return r;
}

static void add_text(SkVm *vm, SkStrBuf *out, const Pattern *p, SkValue v, size_t item) {
  if (!p->bytes) {
    if (!sk_is_str(v)) sk_raise_type(vm, "sequence item %zd: expected str instance, %T found", (int64_t)item, v);
    sk_strbuf_addstr(out, sk_as_str(v));
    return;
  }
  SkChars s;
  if (!sk_bytes_view(vm, v, &s.p, &s.n)) sk_raise_type(vm, "sequence item %zd: expected a bytes-like object, %T found", (int64_t)item, v);
  sk_strbuf_add(out, s.p, s.n);
}

static void add_parts(SkVm *vm, SkStrBuf *out, const Walk *w, SkList *parts) {
  for (size_t i = 0; i < parts->count; i++) {
    SkValue part = sk_list_items(parts)[i];
    if (!sk_is_smallint(part)) {
      add_text(vm, out, w->p, part, 0);
      continue;
    }
    const size_t *span = re_spans(w->p) + 2 * sk_smallint_get(part);
    if (span[0] != PCRE2_UNSET) sk_strbuf_add(out, w->s.text.p + span[0], span[1] - span[0]);
  }
}

static SkValue substitute(SkVm *vm, const SkValue *args, int64_t *count) {
  Replacement r = replacement_of(vm, args[0], args[1]);
  Walk w = walk_all(vm, args[0], args[2]);
  int64_t most = sk_to_index(vm, args[3]);
  SkStrBuf out;
  sk_strbuf_init(vm, &out);
  size_t from = 0;
  for (*count = 0; (most == 0 || *count < most) && walk_next(vm, &w, RE_SEARCH); ++*count) {
    size_t start = re_spans(w.p)[0];
    if (start > from) sk_strbuf_add(&out, w.s.text.p + from, start - from);
    from = w.at;
    if (r.parts) {
      add_parts(vm, &out, &w, r.parts);
    } else {
      SkValue v = sk_is_unset(r.function) ? r.literal : sk_call1(vm, r.function, re_match_new(vm, w.p, &w.s));
      if (!sk_is_none(v)) add_text(vm, &out, w.p, v, (size_t)*count);
    }
  }
  if (*count == 0) return re_piece(vm, args[2], 0, w.s.text.n);
  if (w.s.text.n > from) sk_strbuf_add(&out, w.s.text.p + from, w.s.text.n - from);
  return w.p->bytes ? sk_from_ptr(sk_strbuf_finish_bytes(&out)) : sk_from_ptr(sk_strbuf_finish(&out));
}

static SkValue re_sub(SkVm *vm, const SkValue *args) {
  int64_t count;
  return substitute(vm, args, &count);
}
const SkNativeDef sk_re_sub_def = {
    "sub(self, /, repl, string, count=0)",
    "Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.", re_sub};

static SkValue re_subn(SkVm *vm, const SkValue *args) {
  int64_t count;
  SkValue text = substitute(vm, args, &count);
  return sk_from_ptr(sk_tuple_pack(vm, 2, text, sk_smallint(count)));
}
const SkNativeDef sk_re_subn_def = {"subn(self, /, repl, string, count=0)", "Return the tuple (new_string, number_of_subs_made).", re_subn};

/* ---- finditer and scanner ---- */

typedef struct Scanner { SkObject head; Walk walk; bool done; } Scanner;

static void scanner_trace(SkMarker *m, SkObject *o) {
  Scanner *s = (Scanner *)o;
  sk_mark_ptr(m, s->walk.p);
  sk_mark(m, s->walk.s.string);
}

static SkValue scanner_new(SkVm *vm, const SkValue *args, const SkTypeDef *def) {
  Walk w = walk_new(vm, args[0], args[1], args[2], args[3]);
  Scanner *s = sk_object_new(vm, sk_library_type(vm, def), 0);
  s->walk = w;
  return sk_from_ptr(s);
}

static SkValue step(SkVm *vm, SkValue self, int how, SkValue at_end) {
  Scanner *s = sk_ptr(self);
  if (s->done || !walk_next(vm, &s->walk, how)) {
    s->done = true;
    return at_end;
  }
  return re_match_new(vm, s->walk.p, &s->walk.s);
}

static SkValue finditer_next(SkVm *vm, SkValue self) { return step(vm, self, RE_SEARCH, SK_UNSET); }

static SkValue re_finditer(SkVm *vm, const SkValue *args) { return scanner_new(vm, args, &sk_re_iter_type); }
const SkNativeDef sk_re_finditer_def = {"finditer(self, /, string, pos=0, endpos=9223372036854775807)",
                                        "Return an iterator over all non-overlapping matches for the RE pattern in string.", re_finditer};
static SkValue re_scanner(SkVm *vm, const SkValue *args) { return scanner_new(vm, args, &sk_re_scanner_type); }
const SkNativeDef sk_re_scanner_def = {"scanner(self, /, string, pos=0, endpos=9223372036854775807)", NULL, re_scanner};

const SkTypeDef sk_re_iter_type = {
    .name = "callable_iterator", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Scanner), .flags = SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_FINAL,
    .slots = {.iter = sk_iter_self, .next = finditer_next}, .trace = scanner_trace,
};

SK_NATIVE(scanner_match, "match(self, /)", NULL) { return step(vm, args[0], RE_MATCH, SK_NONE); }
SK_NATIVE(scanner_search, "search(self, /)", NULL) { return step(vm, args[0], RE_SEARCH, SK_NONE); }
static SkValue get_pattern(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(((Scanner *)sk_ptr(self))->walk.p); }
static const SkAttrDef scanner_attrs[] = {SK_METHOD(scanner_match), SK_METHOD(scanner_search), SK_GETSET("pattern", get_pattern, NULL, NULL), SK_ATTRS_END};
const SkTypeDef sk_re_scanner_type = {
    .name = "_sre.SRE_Scanner", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Scanner), .flags = SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_FINAL,
    .attrs = scanner_attrs, .trace = scanner_trace,
};
