/* re_match.c - the class re.Match.  Layer 8. */
#include <string.h>

#include "stdlib/native/native.h"
#include "stdlib/native/re_impl.h"

static void match_trace(SkMarker *m, SkObject *o) {
  Match *x = (Match *)o;
  sk_mark_ptr(m, x->pattern);
  sk_mark(m, x->string);
  sk_mark_cell(m, x->spans);
}

SkValue re_piece(SkVm *vm, SkValue string, size_t from, size_t to) {
  if (sk_is_str(string)) return sk_from_ptr(sk_str_part(vm, sk_as_str(string), from, to));
  SkChars s = sk_to_bytes(vm, string);
  if (to > s.n) to = s.n; /* a bytearray may have shrunk */
  if (from > to) from = to;
  if (from == 0 && to == s.n && sk_is_exactly(vm, string, SK_T_bytes)) return string;
  return sk_from_ptr(sk_bytes_new(vm, s.p + from, to - from));
}

size_t re_index(SkVm *vm, SkValue string, size_t offset) {
  return sk_is_str(string) ? sk_str_index(vm, sk_as_str(string), offset) : offset;
}

/* The group that was closed last: it ends furthest; of those that end there the outer one, else the later one. */
static int64_t last_closed(const Pattern *p, const size_t *spans) {
  const uint32_t *parents = (const uint32_t *)p->parents->data;
  uint32_t last = 0;
  for (uint32_t g = 1; g <= p->groups; g++) {
    if (spans[2 * g] == PCRE2_UNSET) continue;
    if (!last || spans[2 * g + 1] > spans[2 * last + 1]) {
      last = g;
    } else if (spans[2 * g + 1] == spans[2 * last + 1]) {
      uint32_t up = parents[g];
      while (up && up != last) up = parents[up];
      if (up != last) last = g;
    }
  }
  return last;
}

SkValue re_match_new(SkVm *vm, Pattern *p, const Subject *s) {
  Match *m = sk_object_new(vm, sk_library_type(vm, &sk_re_match_type), 0);
  m->pattern = p;
  m->string = s->string;
  m->pos = s->pos;
  m->endpos = s->endpos;
  SkRaw *spans = sk_raw_new(vm, (p->groups + 1) * 2 * sizeof(size_t));
  memcpy(spans->data, re_spans(p), (p->groups + 1) * 2 * sizeof(size_t));
  sk_write_ptr(vm, m, &m->spans, spans);
  m->lastindex = last_closed(p, (const size_t *)spans->data);
  return sk_from_ptr(m);
}

static const size_t *span_of(const Match *m, size_t group) { return (const size_t *)m->spans->data + 2 * group; }

static SkValue group_value(SkVm *vm, Match *m, size_t group, SkValue otherwise) {
  const size_t *span = span_of(m, group);
  return span[0] == PCRE2_UNSET ? otherwise : re_piece(vm, m->string, span[0], span[1]);
}

/* A group by number or name. */
static size_t group_arg(SkVm *vm, Match *m, SkValue v) {
  int64_t n = -1;
  if (SK_SLOTS(vm, v)->index) {
    if (!sk_int_get_i64(sk_to_int(vm, v), &n)) n = -1;
  } else {
    SkValue found = SK_UNSET;
    if (sk_is_str(v) || sk_is_bytes(v)) found = sk_dict_get(vm, sk_as_dict(m->pattern->groupindex), v);
    if (!sk_is_unset(found)) n = sk_smallint_get(found);
  }
  if (n < 0 || n > (int64_t)m->pattern->groups) sk_raisef(vm, SK_T_IndexError, "no such group");
  return (size_t)n;
}

SK_NATIVE(match_group, "group(self, /, *args)", "Return one or more subgroups of the match.") {
  Match *m = re_match_of(args[0]);
  SkTuple *which = sk_as_tuple(args[1]);
  if (which->count == 0) return group_value(vm, m, 0, SK_NONE);
  if (which->count == 1) return group_value(vm, m, group_arg(vm, m, which->items[0]), SK_NONE);
  SkTuple *out = sk_tuple_new(vm, which->count);
  for (size_t i = 0; i < which->count; i++) sk_write(vm, out, &out->items[i], group_value(vm, m, group_arg(vm, m, which->items[i]), SK_NONE));
  return sk_from_ptr(out);
}

static SkValue match_getitem(SkVm *vm, SkValue self, SkValue key) {
  Match *m = re_match_of(self);
  return group_value(vm, m, group_arg(vm, m, key), SK_NONE);
}

SK_NATIVE(match_groups, "groups(self, /, default=None)", "Return a tuple containing all the subgroups of the match, from 1.") {
  Match *m = re_match_of(args[0]);
  SkTuple *out = sk_tuple_new(vm, m->pattern->groups);
  for (size_t i = 0; i < out->count; i++) sk_write(vm, out, &out->items[i], group_value(vm, m, i + 1, args[1]));
  return sk_from_ptr(out);
}

SK_NATIVE(match_groupdict, "groupdict(self, /, default=None)", "Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.") {
  Match *m = re_match_of(args[0]);
  SkDict *out = sk_dict_new(vm);
  SkValue k, v;
  for (size_t i = 0; sk_dict_next(sk_as_dict(m->pattern->groupindex), &i, &k, &v);)
    sk_dict_set(vm, out, k, group_value(vm, m, (size_t)sk_smallint_get(v), args[1]));
  return sk_from_ptr(out);
}

static SkValue place(SkVm *vm, Match *m, size_t offset) {
  return offset == PCRE2_UNSET ? sk_smallint(-1) : sk_smallint((int64_t)re_index(vm, m->string, offset));
}

static SkValue span_value(SkVm *vm, Match *m, size_t group) {
  const size_t *span = span_of(m, group);
  SkValue from = place(vm, m, span[0]), to = place(vm, m, span[1]);
  return sk_from_ptr(sk_tuple_pack(vm, 2, from, to));
}

SK_NATIVE(match_start, "start(self, group=0, /)", "Return index of the start of the substring matched by group.") {
  Match *m = re_match_of(args[0]);
  return place(vm, m, span_of(m, group_arg(vm, m, args[1]))[0]);
}
SK_NATIVE(match_end, "end(self, group=0, /)", "Return index of the end of the substring matched by group.") {
  Match *m = re_match_of(args[0]);
  return place(vm, m, span_of(m, group_arg(vm, m, args[1]))[1]);
}
SK_NATIVE(match_span, "span(self, group=0, /)", "For match object m, return the 2-tuple (m.start(group), m.end(group)).") {
  Match *m = re_match_of(args[0]);
  return span_value(vm, m, group_arg(vm, m, args[1]));
}

SK_NATIVE(match_expand, "expand(self, /, template)", "Return the string obtained by doing backslash substitution on the string template.") {
  Match *m = re_match_of(args[0]);
  SkValue parts[] = {sk_from_ptr(m->pattern), args[1]};
  SkValue read = sk_getattr_cstr(vm, sk_import_name(vm, "re"), "_parse_template");
  SkList *list = sk_to_list(vm, sk_call(vm, read, parts, 2, NULL));
  SkValue empty = m->pattern->bytes ? vm->empty_bytes : sk_from_ptr(SK_NAME(vm, empty));
  SkList *out = sk_list_new(vm, list->count);
  for (size_t i = 0; i < list->count; i++) {
    SkValue part = sk_list_items(list)[i];
    sk_list_append(vm, out, sk_is_smallint(part) ? group_value(vm, m, (size_t)sk_smallint_get(part), empty) : part);
  }
  return sk_call_method1(vm, empty, sk_intern(vm, "join"), sk_from_ptr(out));
}

SK_NATIVE(match_copy, "__copy__(self, /)", NULL) { (void)vm; return args[0]; }
SK_NATIVE(match_deepcopy, "__deepcopy__(self, memo, /)", NULL) { (void)vm; return args[0]; }

static SkValue match_repr(SkVm *vm, SkValue self) {
  Match *m = re_match_of(self);
  const size_t *span = span_of(m, 0);
  return sk_from_ptr(sk_format(vm, "<re.Match object; span=(%S, %S), match=%R>", place(vm, m, span[0]), place(vm, m, span[1]),
                               group_value(vm, m, 0, SK_NONE)));
}

static SkValue get_string(SkVm *vm, SkValue self) { (void)vm; return re_match_of(self)->string; }
static SkValue get_re(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(re_match_of(self)->pattern); }
static SkValue get_pos(SkVm *vm, SkValue self) { (void)vm; return sk_smallint((int64_t)re_match_of(self)->pos); }
static SkValue get_endpos(SkVm *vm, SkValue self) { (void)vm; return sk_smallint((int64_t)re_match_of(self)->endpos); }
static SkValue get_lastindex(SkVm *vm, SkValue self) {
  (void)vm;
  int64_t n = re_match_of(self)->lastindex;
  return n ? sk_smallint(n) : SK_NONE;
}
static SkValue get_lastgroup(SkVm *vm, SkValue self) {
  (void)vm;
  Match *m = re_match_of(self);
  return m->lastindex ? m->pattern->names->items[m->lastindex] : SK_NONE;
}
static SkValue get_regs(SkVm *vm, SkValue self) {
  Match *m = re_match_of(self);
  SkTuple *out = sk_tuple_new(vm, m->pattern->groups + 1);
  for (size_t i = 0; i < out->count; i++) sk_write(vm, out, &out->items[i], span_value(vm, m, i));
  return sk_from_ptr(out);
}

static const SkAttrDef match_attrs[] = {
    SK_METHOD(match_group), SK_METHOD(match_groups), SK_METHOD(match_groupdict), SK_METHOD(match_start), SK_METHOD(match_end),
    SK_METHOD(match_span), SK_METHOD(match_expand), SK_METHOD(match_copy), SK_METHOD(match_deepcopy),
    {.kind = SK_ATTR_CLASSMETHOD, .def = &sk_class_getitem_def},
    SK_GETSET("string", get_string, NULL, "The string passed to match() or search()."),
    SK_GETSET("re", get_re, NULL, "The regular expression object."),
    SK_GETSET("pos", get_pos, NULL, "The index into the string at which the RE engine started looking for a match."),
    SK_GETSET("endpos", get_endpos, NULL, "The index into the string beyond which the RE engine will not go."),
    SK_GETSET("lastindex", get_lastindex, NULL, "The integer index of the last matched capturing group."),
    SK_GETSET("lastgroup", get_lastgroup, NULL, "The name of the last matched capturing group."),
    SK_GETSET("regs", get_regs, NULL, NULL), SK_ATTRS_END,
};

const SkTypeDef sk_re_match_type = {
    .name = "re.Match", .doc = "The result of re.match() and re.search().", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(Match),
    .flags = SK_TYPE_NO_NEW | SK_TYPE_FINAL | SK_TYPE_IMMUTABLE, .slots = {.repr = match_repr, .getitem = match_getitem},
    .attrs = match_attrs, .trace = match_trace,
};
