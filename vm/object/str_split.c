/* str_split.c - str methods that cut text apart and put it together.  Layer 6. */
#include "vm/object/chars.h"
#include "vm/object/exception.h"
#include "vm/object/ops.h"
#include "vm/object/str_impl.h"
#include "vm/object/str_methods.h"

static SkSplitter splitter(SkVm *vm, SkValue self) {
  SkStr *s = sk_as_str(self);
  return (SkSplitter){vm, self, {s->data, s->bytes}, str_piece};
}

/* args: self, sep, maxsplit */
static SkValue split(SkVm *vm, const SkValue *args, bool backwards) {
  SkSplitter s = splitter(vm, args[0]);
  int64_t most = sk_to_index(vm, args[2]);
  if (sk_is_none(args[1])) {
    return sk_from_ptr(backwards ? sk_chars_rsplit_class(&s, &sk_text_space, most) : sk_chars_split_class(&s, &sk_text_space, most));
  }
  if (!sk_is_str(args[1])) sk_raise_type(vm, "must be str or None, not %T", args[1]);
  SkStr *sep = sk_as_str(args[1]);
  if (sep->bytes == 0) sk_raise_value(vm, "empty separator");
  SkChars by = {sep->data, sep->bytes};
  return sk_from_ptr(backwards ? sk_chars_rsplit(&s, by, most) : sk_chars_split(&s, by, most));
}

SK_STR_METHOD(split, "split(self, /, sep=None, maxsplit=-1)",
              "The list of the words of S, cut at sep (None: at runs of white space), maxsplit times at most.") {
  return split(vm, args, false);
}

SK_STR_METHOD(rsplit, "rsplit(self, /, sep=None, maxsplit=-1)",
              "The list of the words of S, cut at sep (None: at runs of white space) from the right, maxsplit times at most.") {
  return split(vm, args, true);
}

SK_STR_METHOD(splitlines, "splitlines(self, /, keepends=False)",
              "The list of the lines of S; their ends are left out unless keepends is true.") {
  SkSplitter s = splitter(vm, args[0]);
  return sk_from_ptr(sk_chars_split_lines(&s, &sk_text_break, sk_truth(vm, args[1])));
}

static SkStr *separator(SkVm *vm, SkValue v) {
  SkStr *sep = sk_str_arg(vm, v, NULL);
  if (sep->bytes == 0) sk_raise_value(vm, "empty separator");
  return sep;
}

static SkValue halves(SkVm *vm, SkValue self, SkStr *sep, ptrdiff_t at) {
  size_t after = (size_t)at + sep->bytes;
  SkValue head = str_piece(vm, self, 0, (size_t)at), tail = str_piece(vm, self, after, sk_as_str(self)->bytes);
  return sk_from_ptr(sk_tuple_pack(vm, 3, head, sk_from_ptr(sep), tail));
}

SK_STR_METHOD(partition, "partition(self, sep, /)", "(head, sep, tail) around the first sep; (S, '', '') if there is none.") {
  SkStr *s = sk_as_str(args[0]), *sep = separator(vm, args[1]);
  ptrdiff_t at = sk_chars_find(vm, (SkChars){s->data, s->bytes}, (SkChars){sep->data, sep->bytes});
  if (at >= 0) return halves(vm, args[0], sep, at);
  SkValue empty = sk_from_ptr(SK_NAME(vm, empty));
  return sk_from_ptr(sk_tuple_pack(vm, 3, str_exact(vm, s), empty, empty));
}

SK_STR_METHOD(rpartition, "rpartition(self, sep, /)", "(head, sep, tail) around the last sep; ('', '', S) if there is none.") {
  SkStr *s = sk_as_str(args[0]), *sep = separator(vm, args[1]);
  ptrdiff_t at = sk_chars_rfind(vm, (SkChars){s->data, s->bytes}, (SkChars){sep->data, sep->bytes});
  if (at >= 0) return halves(vm, args[0], sep, at);
  SkValue empty = sk_from_ptr(SK_NAME(vm, empty));
  return sk_from_ptr(sk_tuple_pack(vm, 3, empty, empty, str_exact(vm, s)));
}

SK_STR_METHOD(join, "join(self, iterable, /)", "The strings of the iterable put together with S between them.") {
  SkValue from = args[1];
  if (!SK_SLOTS(vm, from)->iter && !SK_SLOTS(vm, from)->getitem) sk_raise_type(vm, "can only join an iterable");
  if (!sk_is_list(from) && !sk_is_tuple(from)) from = sk_from_ptr(sk_to_list(vm, from));
  SkSpan items = sk_seq_span(from);
  sk_charge(vm, items.count / 64);
  for (size_t i = 0; i < items.count; i++) {
    if (!sk_is_str(items.items[i])) sk_raise_type(vm, "sequence item %zd: expected str instance, %T found", (int64_t)i, items.items[i]);
  }
  if (items.count == 1) return str_exact(vm, sk_as_str(items.items[0]));
  SkStr *joined = sk_str_join(vm, sk_as_str(args[0]), items.items, items.count);
  sk_keep(from.bits);
  return sk_from_ptr(joined);
}
