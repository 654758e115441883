/* str_search.c - str methods that look for text: find and its kin, startswith, replace.  Layer 6. */
#include <string.h>

#include "vm/object/chars.h"
#include "vm/object/exception.h"
#include "vm/object/ops.h"
#include "vm/object/str_impl.h"
#include "vm/object/str_methods.h"

SkStr *sk_str_arg(SkVm *vm, SkValue v, const char *what) {
  if (SK_LIKELY(sk_is_str(v))) return sk_as_str(v);
  if (!what) sk_raise_type(vm, "must be str, not %T", v);
  if (sk_is_none(v)) sk_raise_type(vm, "%s must be str, not None", what);
  sk_raise_type(vm, "%s must be str, not %T", what, v);
}

SkValue str_exact(SkVm *vm, SkStr *s) {
  if (sk_is_exactly(vm, sk_from_ptr(s), SK_T_str)) return sk_from_ptr(s);
  return sk_from_ptr(sk_str_new(vm, s->data, s->bytes));
}

bool sk_bounds_resolve(SkVm *vm, SkValue start, SkValue stop, size_t length, size_t *from, size_t *to) {
  int64_t bound[2] = {0, (int64_t)length};
  SkValue given[2] = {start, stop};
  for (int i = 0; i < 2; i++) {
    if (sk_is_none(given[i])) continue;
    if (!sk_is_smallint(given[i]) && !SK_SLOTS(vm, given[i])->index)
      sk_raise_type(vm, "slice indices must be integers or None or have an __index__ method");
    bound[i] = sk_to_index_clamped(vm, given[i]);
    if (bound[i] < 0) bound[i] += (int64_t)length;
    if (bound[i] < 0) bound[i] = 0;
  }
  if (bound[1] > (int64_t)length) bound[1] = (int64_t)length;
  *from = (size_t)bound[0];
  *to = (size_t)bound[1];
  return *from <= *to;
}

/* The part of |s| between two optional code point bounds; false when there is none, not even an empty one. */
static bool part_of(SkVm *vm, SkStr *s, SkValue start, SkValue stop, SkChars *out) {
  *out = (SkChars){s->data, s->bytes};
  if (sk_is_none(start) && sk_is_none(stop)) return true;
  size_t from, to;
  if (!sk_bounds_resolve(vm, start, stop, s->count, &from, &to)) return false;
  size_t a = sk_str_offset(vm, s, from), b = sk_str_offset(vm, s, to);
  *out = (SkChars){s->data + a, b - a};
  return true;
}

static SkChars chars_of(const SkStr *s) { return (SkChars){s->data, s->bytes}; }

/* Code point index of the match, -1 if there is none; args: self, sub, start, end. */
static int64_t look(SkVm *vm, const SkValue *args, const char *what, bool backwards) {
  SkStr *s = sk_as_str(args[0]), *sub = sk_str_arg(vm, args[1], what);
  SkChars in;
  if (!part_of(vm, s, args[2], args[3], &in)) return -1;
  ptrdiff_t at = backwards ? sk_chars_rfind(vm, in, chars_of(sub)) : sk_chars_find(vm, in, chars_of(sub));
  return at < 0 ? -1 : (int64_t)sk_str_index(vm, s, (size_t)(in.p - s->data) + (size_t)at);
}

static SkValue found(SkVm *vm, int64_t at) {
  if (at < 0) sk_raise_value(vm, "substring not found");
  return sk_smallint(at);
}

SK_STR_METHOD(find, "find(self, sub, start=None, end=None, /)",
              "The lowest index in S[start:end] where sub is found, -1 if it is not.") {
  return sk_smallint(look(vm, args, "find() argument 1", false));
}
SK_STR_METHOD(rfind, "rfind(self, sub, start=None, end=None, /)",
              "The highest index in S[start:end] where sub is found, -1 if it is not.") {
  return sk_smallint(look(vm, args, "rfind() argument 1", true));
}
SK_STR_METHOD(index, "index(self, sub, start=None, end=None, /)",
              "The lowest index in S[start:end] where sub is found; ValueError if it is not.") {
  return found(vm, look(vm, args, "index() argument 1", false));
}
SK_STR_METHOD(rindex, "rindex(self, sub, start=None, end=None, /)",
              "The highest index in S[start:end] where sub is found; ValueError if it is not.") {
  return found(vm, look(vm, args, "rindex() argument 1", true));
}

SK_STR_METHOD(count, "count(self, sub, start=None, end=None, /)",
              "The number of occurrences of sub in S[start:end] that do not overlap.") {
  SkStr *sub = sk_str_arg(vm, args[1], "count() argument 1");
  SkChars in;
  if (!part_of(vm, sk_as_str(args[0]), args[2], args[3], &in)) return sk_smallint(0);
  return sk_smallint((int64_t)sk_chars_replace_count(vm, in, chars_of(sub), -1, true));
}

typedef bool EdgeFn(SkChars text, SkChars edge);

static SkValue edge(SkVm *vm, const SkValue *args, const char *name, EdgeFn *fits) {
  SkChars in;
  SkValue affix = args[1];
  bool some = part_of(vm, sk_as_str(args[0]), args[2], args[3], &in);
  if (sk_is_str(affix)) return sk_bool(some && fits(in, chars_of(sk_as_str(affix))));
  if (!sk_is_tuple(affix)) sk_raise_type(vm, "%s first arg must be str or a tuple of str, not %T", name, affix);
  SkTuple *t = sk_as_tuple(affix);
  for (size_t i = 0; i < t->count; i++) {
    if (!sk_is_str(t->items[i])) sk_raise_type(vm, "tuple for %s must only contain str, not %T", name, t->items[i]);
    sk_charge(vm, 1 + sk_as_str(t->items[i])->bytes / 64);
    if (some && fits(in, chars_of(sk_as_str(t->items[i])))) return SK_TRUE;
  }
  return SK_FALSE;
}

SK_STR_METHOD(startswith, "startswith(self, prefix, start=None, end=None, /)",
              "True if S[start:end] starts with the prefix, or with one of a tuple of prefixes.") {
  return edge(vm, args, "startswith", sk_chars_starts);
}
SK_STR_METHOD(endswith, "endswith(self, suffix, start=None, end=None, /)",
              "True if S[start:end] ends with the suffix, or with one of a tuple of suffixes.") {
  return edge(vm, args, "endswith", sk_chars_ends);
}

SkStr *sk_str_replace(SkVm *vm, SkStr *s, SkStr *old, SkStr *with, int64_t limit) {
  SkChars text = chars_of(s), from = chars_of(old), to = chars_of(with);
  size_t times = sk_chars_replace_count(vm, text, from, limit, true);
  if (times == 0 || sk_str_same(vm, old, with)) return sk_as_str(str_exact(vm, s));
  size_t bytes = sk_chars_replace_size(vm, text, from, to, times);
  if (bytes == 0) return SK_NAME(vm, empty);
  char *p;
  SkStr *out = sk_str_new_raw(vm, bytes, &p);
  sk_chars_replace(vm, p, text, from, to, times, true);
  if (sk_str_is_ascii(s) && sk_str_is_ascii(with)) {
    out->count = bytes;
    out->head.aux |= SK_STR_ASCII;
  } else {
    sk_str_finish(vm, out);
  }
  return out;
}

SK_STR_METHOD(replace, "replace(self, old, new, /, count=-1)",
              "A copy with all occurrences of old replaced by new, or the first count ones.") {
  SkStr *old = sk_str_arg(vm, args[1], "replace() argument 1"), *with = sk_str_arg(vm, args[2], "replace() argument 2");
  return sk_from_ptr(sk_str_replace(vm, sk_as_str(args[0]), old, with, sk_to_index(vm, args[3])));
}

SK_STR_METHOD(removeprefix, "removeprefix(self, prefix, /)", "S without the prefix, or S if it does not start with it.") {
  SkStr *s = sk_as_str(args[0]), *cut = sk_str_arg(vm, args[1], "removeprefix() argument");
  if (cut->bytes && sk_chars_starts(chars_of(s), chars_of(cut))) return str_piece(vm, args[0], cut->bytes, s->bytes);
  return str_exact(vm, s);
}

SK_STR_METHOD(removesuffix, "removesuffix(self, suffix, /)", "S without the suffix, or S if it does not end with it.") {
  SkStr *s = sk_as_str(args[0]), *cut = sk_str_arg(vm, args[1], "removesuffix() argument");
  if (cut->bytes && sk_chars_ends(chars_of(s), chars_of(cut))) return str_piece(vm, args[0], 0, s->bytes - cut->bytes);
  return str_exact(vm, s);
}
