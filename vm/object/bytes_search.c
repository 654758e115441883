/* bytes_search.c - methods of bytes and bytearray that look for bytes, cut and join.  Layer 6. */
#include <string.h>

#include "vm/object/bytes_impl.h"
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/ops.h"
#include "vm/object/str_impl.h"

/* What to look for: bytes, or one byte given as an int (kept in *byte). */
static SkChars wanted(SkVm *vm, SkValue v, char *byte) {
  SkChars sub;
  if (sk_bytes_view(vm, v, &sub.p, &sub.n)) return sub;
  if (!SK_SLOTS(vm, v)->index) sk_raise_type(vm, "argument should be integer or bytes-like object, not '%T'", v);
  *byte = (char)bytes_value(vm, v, "byte");
  return (SkChars){byte, 1};
}

/* S[start:end]; false: there is no such part. */
static bool part_of(SkVm *vm, SkValue self, SkValue start, SkValue stop, SkChars *out) {
  size_t from, to;
  bool some = sk_bounds_resolve(vm, start, stop, bytes_self(self).n, &from, &to);
  SkChars s = bytes_self(self); /* an __index__ may have changed it */
  if (!some || to > s.n) return false;
  *out = (SkChars){s.p + from, to - from};
  return true;
}

static int64_t look(SkVm *vm, const SkValue *args, bool backwards) {
  char byte;
  SkChars sub = wanted(vm, args[1], &byte), in;
  if (!part_of(vm, args[0], args[2], args[3], &in)) return -1;
  ptrdiff_t at = backwards ? sk_chars_rfind(vm, in, sub) : sk_chars_find(vm, in, sub);
  return at < 0 ? -1 : in.p - bytes_self(args[0]).p + at;
}

static SkValue found(SkVm *vm, int64_t at) {
  if (at < 0) sk_raise_value(vm, "subsection not found");
  return sk_smallint(at);
}

SK_BYTES_METHOD(find, "find(self, sub, start=None, end=None, /)", "The lowest index of sub in B[start:end], -1 if it is not there.") {
  return sk_smallint(look(vm, args, false));
}
SK_BYTES_METHOD(rfind, "rfind(self, sub, start=None, end=None, /)", "The highest index of sub in B[start:end], -1 if it is not there.") {
  return sk_smallint(look(vm, args, true));
}
SK_BYTES_METHOD(index, "index(self, sub, start=None, end=None, /)", "The lowest index of sub in B[start:end]; ValueError if it is not there.") {
  return found(vm, look(vm, args, false));
}
SK_BYTES_METHOD(rindex, "rindex(self, sub, start=None, end=None, /)", "The highest index of sub in B[start:end]; ValueError if it is not there.") {
  return found(vm, look(vm, args, true));
}

SK_BYTES_METHOD(count, "count(self, sub, start=None, end=None, /)", "The number of occurrences of sub in B[start:end] that do not overlap.") {
  char byte;
  SkChars sub = wanted(vm, args[1], &byte), in;
  if (!part_of(vm, args[0], args[2], args[3], &in)) return sk_smallint(0);
  return sk_smallint((int64_t)sk_chars_replace_count(vm, in, sub, -1, false));
}

typedef bool EdgeFn(SkChars text, SkChars edge);

static SkValue edge(SkVm *vm, const SkValue *args, const char *name, EdgeFn *fits) {
  SkChars in, affix;
  bool some = part_of(vm, args[0], args[2], args[3], &in);
  if (sk_is_tuple(args[1])) {
    SkTuple *t = sk_as_tuple(args[1]);
    for (size_t i = 0; i < t->count; i++) {
      affix = sk_to_bytes(vm, t->items[i]);
      sk_charge(vm, 1 + affix.n / 64);
      if (some && fits(in, affix)) return SK_TRUE;
    }
    return SK_FALSE;
  }
  if (!sk_bytes_view(vm, args[1], &affix.p, &affix.n))
    sk_raise_type(vm, "%s first arg must be bytes or a tuple of bytes, not %T", name, args[1]);
  return sk_bool(some && fits(in, affix));
}

SK_BYTES_METHOD(startswith, "startswith(self, prefix, start=None, end=None, /)",
                "True if B[start:end] starts with the prefix, or with one of a tuple of prefixes.") {
  return edge(vm, args, "startswith", sk_chars_starts);
}
SK_BYTES_METHOD(endswith, "endswith(self, suffix, start=None, end=None, /)",
                "True if B[start:end] ends with the suffix, or with one of a tuple of suffixes.") {
  return edge(vm, args, "endswith", sk_chars_ends);
}

SK_BYTES_METHOD(replace, "replace(self, old, new, count=-1, /)", "A copy with all occurrences of old replaced by new, or the first count ones.") {
  SkChars old = sk_to_bytes(vm, args[1]), with = sk_to_bytes(vm, args[2]);
  int64_t limit = sk_to_index(vm, args[3]);
  SkChars text = bytes_self(args[0]);
  size_t times = sk_chars_replace_count(vm, text, old, limit, false);
  if (times == 0) return bytes_same(vm, args[0]);
  size_t n = sk_chars_replace_size(vm, text, old, with, times);
  char *p;
  SkValue out = bytes_like_raw(vm, args[0], n, &p);
  if (n) sk_chars_replace(vm, p, text, old, with, times, false);
  return out;
}

SK_BYTES_METHOD(removeprefix, "removeprefix(self, prefix, /)", "B without the prefix, or B if it does not start with it.") {
  SkChars cut = sk_to_bytes(vm, args[1]), s = bytes_self(args[0]);
  return bytes_piece(vm, args[0], sk_chars_starts(s, cut) ? cut.n : 0, s.n);
}
SK_BYTES_METHOD(removesuffix, "removesuffix(self, suffix, /)", "B without the suffix, or B if it does not end with it.") {
  SkChars cut = sk_to_bytes(vm, args[1]), s = bytes_self(args[0]);
  return bytes_piece(vm, args[0], 0, sk_chars_ends(s, cut) ? s.n - cut.n : s.n);
}

/* ---- splitting ---- */

static SkValue split(SkVm *vm, const SkValue *args, bool backwards) {
  int64_t most = sk_to_index(vm, args[2]);
  SkSplitter s = {vm, args[0], bytes_self(args[0]), bytes_piece};
  if (sk_is_none(args[1]))
    return sk_from_ptr(backwards ? sk_chars_rsplit_class(&s, &sk_byte_space, most) : sk_chars_split_class(&s, &sk_byte_space, most));
  SkChars sep = sk_to_bytes(vm, args[1]);
  if (sep.n == 0) sk_raise_value(vm, "empty separator");
  return sk_from_ptr(backwards ? sk_chars_rsplit(&s, sep, most) : sk_chars_split(&s, sep, most));
}

SK_BYTES_METHOD(split, "split(self, /, sep=None, maxsplit=-1)", "The list of the parts of B, cut at sep (None: at ASCII white space).") {
  return split(vm, args, false);
}
SK_BYTES_METHOD(rsplit, "rsplit(self, /, sep=None, maxsplit=-1)", "The list of the parts of B, cut at sep (None: at ASCII white space) from the right.") {
  return split(vm, args, true);
}
SK_BYTES_METHOD(splitlines, "splitlines(self, /, keepends=False)", "The list of the lines of B; their ends are left out unless keepends is true.") {
  bool keep = sk_truth(vm, args[1]);
  SkSplitter s = {vm, args[0], bytes_self(args[0]), bytes_piece};
  return sk_from_ptr(sk_chars_split_lines(&s, &sk_byte_break, keep));
}

static SkValue partition(SkVm *vm, const SkValue *args, bool backwards) {
  SkChars sep = sk_to_bytes(vm, args[1]), s = bytes_self(args[0]);
  if (sep.n == 0) sk_raise_value(vm, "empty separator");
  ptrdiff_t at = backwards ? sk_chars_rfind(vm, s, sep) : sk_chars_find(vm, s, sep);
  if (at < 0) {
    SkValue all = bytes_same(vm, args[0]), a = bytes_like(vm, args[0], NULL, 0), b = bytes_like(vm, args[0], NULL, 0);
    return sk_from_ptr(backwards ? sk_tuple_pack(vm, 3, a, b, all) : sk_tuple_pack(vm, 3, all, a, b));
  }
  SkValue head = bytes_piece(vm, args[0], 0, (size_t)at), tail = bytes_piece(vm, args[0], (size_t)at + sep.n, s.n);
  SkValue middle = sk_is_exactly(vm, args[1], SK_T_bytes) && sk_is_bytes(args[0]) ? args[1] : bytes_like(vm, args[0], sep.p, sep.n);
  return sk_from_ptr(sk_tuple_pack(vm, 3, head, middle, tail));
}

SK_BYTES_METHOD(partition, "partition(self, sep, /)", "(head, sep, tail) around the first sep; (B, b'', b'') if there is none.") {
  return partition(vm, args, false);
}
SK_BYTES_METHOD(rpartition, "rpartition(self, sep, /)", "(head, sep, tail) around the last sep; (b'', b'', B) if there is none.") {
  return partition(vm, args, true);
}

SK_BYTES_METHOD(join, "join(self, iterable_of_bytes, /)", "The bytes of the iterable put together with B between them.") {
  SkValue from = args[1];
  if (!SK_SLOTS(vm, from)->iter && !SK_SLOTS(vm, from)->getitem) sk_raise_type(vm, "can only join an iterable");
  if (!sk_is_list(from) && !sk_is_tuple(from)) from = sk_from_ptr(sk_to_list(vm, from));
  SkSpan items = sk_seq_span(from);
  if (items.count == 1 && sk_is_bytes(args[0]) && sk_is_exactly(vm, items.items[0], SK_T_bytes)) return items.items[0];
  SkStrBuf out;
  sk_strbuf_init(vm, &out);
  for (size_t i = 0, turns = 0; i < items.count; i++) {
    SK_TURN(vm, turns);
    SkChars s, sep = bytes_self(args[0]);
    if (!sk_bytes_view(vm, items.items[i], &s.p, &s.n))
      sk_raise_type(vm, "sequence item %zd: expected a bytes-like object, %T found", (int64_t)i, items.items[i]);
    if (i) sk_strbuf_add(&out, sep.p, sep.n);
    sk_strbuf_add(&out, s.p, s.n);
  }
  sk_keep(from.bits);
  if (sk_is_bytes(args[0])) return sk_from_ptr(sk_strbuf_finish_bytes(&out));
  return sk_from_ptr(sk_bytearray_new(vm, out.raw ? out.raw->data : NULL, out.used));
}
