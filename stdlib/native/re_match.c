/* re_match.c - re.Match: what one match found.  Layer 8. */
#include <string.h>

#include "stdlib/native/re_impl.h"

static void match_trace(SkMarker *m, SkObject *o) {
  ReMatch *r = (ReMatch *)o;
  sk_mark_ptr(m, r->pattern);
  sk_mark(m, r->string);
  sk_mark_cell(m, r->spans);
}

static ReMatch *self_of(SkValue v) { return sk_ptr(v); }

static ReSubject subject(SkVm *vm, ReMatch *m) { return re_subject(vm, m->pattern, m->string); }

SkValue re_group(SkVm *vm, ReMatch *m, const ReSubject *s, uint32_t g, SkValue otherwise) {
  const size_t *v = re_spans(m) + 2 * g;
  if (v[0] == RE_NONE) return otherwise;
  size_t to = v[1] < s->n ? v[1] : s->n, from = v[0] < to ? v[0] : to; /* a bytearray may have shrunk */
  return re_slice(vm, s, from, to);
}

/* A group by number or name. */
static uint32_t group_number(SkVm *vm, ReMatch *m, SkValue which) {
  int64_t g = -1;
  if (SK_SLOTS(vm, which)->index) {
    g = sk_to_index_clamped(vm, which);
  } else {
    SkValue known = sk_dict_get(vm, m->pattern->names, which);
    if (!sk_is_unset(known)) g = sk_smallint_get(known);
  }
  if (g < 0 || g > m->pattern->groups) sk_raisef(vm, SK_T_IndexError, "no such group");
  return (uint32_t)g;
}

SK_NATIVE(match_group, "group(self, /, *args)", "One or more groups of the match; group 0 is all of it.") {
  ReMatch *m = self_of(args[0]);
  SkTuple *which = sk_as_tuple(args[1]);
  ReSubject s = subject(vm, m);
  if (which->count == 0) return re_group(vm, m, &s, 0, SK_NONE);
  if (which->count == 1) return re_group(vm, m, &s, group_number(vm, m, which->items[0]), SK_NONE);
  SkTuple *out = sk_tuple_new(vm, which->count);
  for (size_t i = 0; i < which->count; i++) {
    SkValue v = re_group(vm, m, &s, group_number(vm, m, which->items[i]), SK_NONE);
    sk_write(vm, out, &out->items[i], v);
  }
  return sk_from_ptr(out);
}

static SkValue match_getitem(SkVm *vm, SkValue self, SkValue key) {
  ReMatch *m = self_of(self);
  ReSubject s = subject(vm, m);
  return re_group(vm, m, &s, group_number(vm, m, key), SK_NONE);
}

SK_NATIVE(match_groups, "groups(self, /, default=None)", "All groups as a tuple.") {
  ReMatch *m = self_of(args[0]);
  ReSubject s = subject(vm, m);
  SkTuple *out = sk_tuple_new(vm, m->pattern->groups);
  for (uint32_t g = 1; g <= m->pattern->groups; g++) {
    SkValue v = re_group(vm, m, &s, g, args[1]);
    sk_write(vm, out, &out->items[g - 1], v);
  }
  return sk_from_ptr(out);
}

SK_NATIVE(match_groupdict, "groupdict(self, /, default=None)", "The named groups as a dict.") {
  ReMatch *m = self_of(args[0]);
  ReSubject s = subject(vm, m);
  SkDict *out = sk_dict_new(vm);
  SkValue name, number;
  for (size_t i = 0; sk_dict_next(m->pattern->names, &i, &name, &number);)
    sk_dict_set(vm, out, name, re_group(vm, m, &s, (uint32_t)sk_smallint_get(number), args[1]));
  return sk_from_ptr(out);
}

static SkValue position(SkVm *vm, ReMatch *m, uint32_t g, int end) {
  size_t at = re_spans(m)[2 * g + (unsigned)end];
  if (at == RE_NONE) return sk_smallint(-1);
  ReSubject s = subject(vm, m);
  return sk_smallint((int64_t)re_char_index(vm, &s, at));
}

SK_NATIVE(match_start, "start(self, group=0, /)", "Index where the group begins.") { return position(vm, self_of(args[0]), group_number(vm, self_of(args[0]), args[1]), 0); }
SK_NATIVE(match_end, "end(self, group=0, /)", "Index where the group ends.") { return position(vm, self_of(args[0]), group_number(vm, self_of(args[0]), args[1]), 1); }

static SkValue span_of(SkVm *vm, ReMatch *m, uint32_t g) {
  SkValue a = position(vm, m, g, 0), b = position(vm, m, g, 1);
  return sk_from_ptr(sk_tuple_pack(vm, 2, a, b));
}
SK_NATIVE(match_span, "span(self, group=0, /)", "(start, end) of the group.") { return span_of(vm, self_of(args[0]), group_number(vm, self_of(args[0]), args[1])); }

SkValue re_expand(SkVm *vm, ReMatch *m, const ReSubject *s, SkValue parts) {
  SkList *l = sk_as_list(parts), *out = sk_list_new(vm, l->count);
  SkValue nothing = re_slice(vm, s, 0, 0);
  for (size_t i = 0; i < l->count; i++) {
    SkValue v = sk_list_items(l)[i];
    sk_list_append(vm, out, sk_is_smallint(v) ? re_group(vm, m, s, (uint32_t)sk_smallint_get(v), nothing) : v);
  }
  return re_join(vm, !s->str, out);
}

SK_NATIVE(match_expand, "expand(self, /, template)", "The template with the groups filled in.") {
  ReMatch *m = self_of(args[0]);
  ReSubject s = subject(vm, m);
  SkValue t = re_template(vm, m->pattern, args[1]);
  return sk_is_list(t) ? re_expand(vm, m, &s, t) : t;
}

/* ---- attributes ---- */

static SkValue get_string(SkVm *vm, SkValue self) { (void)vm; return self_of(self)->string; }
static SkValue get_re(SkVm *vm, SkValue self) { (void)vm; return sk_from_ptr(self_of(self)->pattern); }
static SkValue get_pos(SkVm *vm, SkValue self) { (void)vm; return sk_smallint((int64_t)self_of(self)->pos); }
static SkValue get_endpos(SkVm *vm, SkValue self) { (void)vm; return sk_smallint((int64_t)self_of(self)->endpos); }
static SkValue get_lastindex(SkVm *vm, SkValue self) { (void)vm; return self_of(self)->last_index ? sk_smallint(self_of(self)->last_index) : SK_NONE; }
static SkValue get_lastgroup(SkVm *vm, SkValue self) {
  (void)vm;
  SkValue name, number;
  for (size_t i = 0; sk_dict_next(self_of(self)->pattern->names, &i, &name, &number);)
    if (sk_smallint_get(number) == self_of(self)->last_index) return name;
  return SK_NONE;
}
static SkValue get_regs(SkVm *vm, SkValue self) {
  ReMatch *m = self_of(self);
  SkTuple *out = sk_tuple_new(vm, m->pattern->groups + 1);
  for (uint32_t g = 0; g <= m->pattern->groups; g++) {
    SkValue v = span_of(vm, m, g);
    sk_write(vm, out, &out->items[g], v);
  }
  return sk_from_ptr(out);
}

static SkValue match_repr(SkVm *vm, SkValue self) {
  ReMatch *m = self_of(self);
  ReSubject s = subject(vm, m);
  SkStr *text = sk_repr(vm, re_group(vm, m, &s, 0, SK_NONE));
  return sk_from_ptr(sk_format(vm, "<%U object; span=%R, match=%.50U>", sk_type_fullname(vm, sk_type_of(vm, self)), span_of(vm, m, 0), text));
}

SK_NATIVE(match_copy, "__copy__(self, /)", NULL) { (void)vm; return args[0]; }
SK_NATIVE(match_deepcopy, "__deepcopy__(self, memo, /)", NULL) { (void)vm; return args[0]; }
SK_NATIVE(match_class_getitem, "__class_getitem__(cls, object, /)", NULL) { return sk_generic_alias_new(vm, args[0], args[1]); }

static const SkAttrDef match_attrs[] = {
    SK_METHOD(match_group), SK_METHOD(match_groups), SK_METHOD(match_groupdict), SK_METHOD(match_start), SK_METHOD(match_end), SK_METHOD(match_span),
    SK_METHOD(match_expand), SK_METHOD(match_copy), SK_METHOD(match_deepcopy), SK_CLASSMETHOD(match_class_getitem),
    SK_GETSET("string", get_string, NULL, NULL), SK_GETSET("re", get_re, NULL, NULL), SK_GETSET("pos", get_pos, NULL, NULL),
    SK_GETSET("endpos", get_endpos, NULL, NULL), SK_GETSET("lastindex", get_lastindex, NULL, NULL), SK_GETSET("lastgroup", get_lastgroup, NULL, NULL),
    SK_GETSET("regs", get_regs, NULL, NULL), SK_ATTRS_END,
};
const SkTypeDef sk_re_match_type = {
    .name = "re.Match", .doc = "The result of re.match() and re.search().", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(ReMatch),
    .flags = SK_TYPE_NO_NEW | SK_TYPE_FINAL | SK_TYPE_IMMUTABLE, .slots = {.getitem = match_getitem, .repr = match_repr}, .attrs = match_attrs, .trace = match_trace,
};
