/* builtins.c - the built-in functions on objects: attributes, iteration, text, order.  Layer 8. */
#include "stdlib/native/builtins_impl.h"

#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/gen.h"

/* ---- attributes ---- */

static SkStr *attribute_name(SkVm *vm, SkValue v) {
  if (!sk_is_str(v)) sk_raise_type(vm, "attribute name must be string, not '%T'", v);
  return sk_str_intern(vm, sk_as_str(v));
}

SK_NATIVE(b_getattr, "getattr(object, name, default=?, /)", "getattr(object, name[, default]) -> value\n\nThe attribute, or the default when there is none.") {
  SkStr *name = attribute_name(vm, args[1]);
  if (sk_is_unset(args[2])) return sk_getattr(vm, args[0], name);
  SkValue v = sk_getattr_opt(vm, args[0], name);
  return sk_is_unset(v) ? args[2] : v;
}

SK_NATIVE(b_hasattr, "hasattr(obj, name, /)", "Whether the object has such an attribute.") {
  return sk_bool(!sk_is_unset(sk_getattr_opt(vm, args[0], attribute_name(vm, args[1]))));
}

SK_NATIVE(b_setattr, "setattr(obj, name, value, /)", "Set the named attribute.") {
  sk_setattr(vm, args[0], attribute_name(vm, args[1]), args[2]);
  return SK_NONE;
}

SK_NATIVE(b_delattr, "delattr(obj, name, /)", "Delete the named attribute.") {
  sk_delattr(vm, args[0], attribute_name(vm, args[1]));
  return SK_NONE;
}

SK_NATIVE(b_vars, "vars(object=?, /)", "The __dict__ of an object, or the local variables.") {
  if (sk_is_unset(args[0])) return sk_frame_locals(vm);
  SkValue d = sk_getattr_opt(vm, args[0], SK_NAME(vm, dunder_dict));
  if (sk_is_unset(d)) sk_raise_type(vm, "vars() argument must have __dict__ attribute");
  return d;
}

SK_NATIVE(b_dir, "dir(object=?, /)", "Sorted names of an object's attributes, or of the local variables.") {
  SkValue names;
  if (sk_is_unset(args[0])) {
    names = sk_call_method0(vm, sk_frame_locals(vm), SK_NAME(vm, keys));
  } else {
    SkValue fn = sk_lookup_special(vm, args[0], SK_NAME(vm, dunder_dir));
    if (sk_is_unset(fn)) sk_raise_type(vm, "object does not provide __dir__");
    names = sk_call0(vm, fn);
  }
  SkList *l = sk_to_list(vm, names);
  sk_list_sort(vm, l, SK_NONE, false);
  return sk_from_ptr(l);
}

SK_NATIVE(b_callable, "callable(obj, /)", "Whether the object can be called.") { return sk_bool(SK_SLOTS(vm, args[0])->call != NULL); }
/* Objects: where they are, as their repr shows.  The others get odd numbers, which are no addresses. */
SK_NATIVE(b_id, "id(obj, /)", "A number that no other living object has.") {
  uint64_t bits = args[0].bits;
  return sk_int_from_u64(vm, sk_is_ptr(args[0]) ? sk_address(args[0]) : (bits ^ (sk_is_smallint(args[0]) ? (uint64_t)1 << 63 : 0)) | 1);
}
SK_NATIVE(b_hash, "hash(obj, /)", "The hash value of an object.") { return sk_int_new(vm, sk_hash(vm, args[0])); }
SK_NATIVE(b_isinstance, "isinstance(obj, class_or_tuple, /)", "Whether the object is an instance of the class or of one of them.") { return sk_bool(sk_isinstance(vm, args[0], args[1])); }
SK_NATIVE(b_issubclass, "issubclass(cls, class_or_tuple, /)", "Whether the class derives from the other or from one of them.") { return sk_bool(sk_issubclass(vm, args[0], args[1])); }

/* ---- iteration ---- */

SK_NATIVE(b_len, "len(obj, /)", "The number of items in a container.") { return sk_int_new(vm, sk_len(vm, args[0])); }

SK_NATIVE(b_iter, "iter(object, sentinel=?, /)", "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nAn iterator over the object, or over the callable's results up to the sentinel.") {
  if (sk_is_unset(args[1])) return sk_iter(vm, args[0]);
  if (!SK_SLOTS(vm, args[0])->call) sk_raise_type(vm, "iter(v, w): v must be callable");
  return sk_callable_iter_new(vm, args[0], args[1]);
}

SK_NATIVE(b_next, "next(iterator, default=?, /)", "next(iterator[, default])\n\nThe next item, or the default at the end.") {
  if (!SK_SLOTS(vm, args[0])->next) sk_raise_type(vm, "'%T' object is not an iterator", args[0]);
  if (sk_is_unset(args[1]) && sk_is_gen(args[0])) {
    SkValue result, v = sk_gen_resume(vm, sk_as_gen(args[0]), SK_NONE, SK_UNSET, &result);
    if (sk_is_unset(v)) sk_raise_stop(vm, result);
    return v;
  }
  SkValue v = sk_next(vm, args[0]);
  if (!sk_is_unset(v)) return v;
  if (sk_is_unset(args[1])) sk_raise_stop(vm, SK_NONE);
  return args[1];
}

SK_NATIVE(b_aiter, "aiter(async_iterable, /)", "An asynchronous iterator over the object.") {
  SkUnaryFn fn = SK_SLOTS(vm, args[0])->aiter;
  if (!fn) sk_raise_type(vm, "'%T' object is not an async iterable", args[0]);
  SkValue it = fn(vm, args[0]);
  if (!SK_SLOTS(vm, it)->anext) sk_raise_type(vm, "aiter() returned not an async iterator of type '%T'", it);
  return it;
}

static bool any_step(SkVm *vm, SkValue item, void *found) { return !(*(bool *)found = sk_truth(vm, item)); }
static bool all_step(SkVm *vm, SkValue item, void *good) { return *(bool *)good = sk_truth(vm, item); }

SK_NATIVE(b_any, "any(iterable, /)", "Whether any item is true.") {
  bool found = false;
  sk_iterate(vm, args[0], any_step, &found);
  return sk_bool(found);
}

SK_NATIVE(b_all, "all(iterable, /)", "Whether all items are true.") {
  bool good = true;
  sk_iterate(vm, args[0], all_step, &good);
  return sk_bool(good);
}

/* ---- sum: ints exactly, floats with compensation (Neumaier), the rest with + ---- */

typedef enum SumState { SUM_INT, SUM_FLOAT, SUM_ANY } SumState;
typedef struct Sum { SumState state; int64_t i; double f, lost; SkValue any; } Sum;

static void sum_add_float(Sum *s, double x) {
  double t = s->f + x;
  s->lost += __builtin_fabs(s->f) >= __builtin_fabs(x) ? (s->f - t) + x : (x - t) + s->f;
  s->f = t;
}

static SkValue sum_value(SkVm *vm, Sum *s) {
  if (s->state == SUM_INT) return sk_int_new(vm, s->i);
  if (s->state == SUM_ANY) return s->any;
  return sk_float_new(vm, __builtin_isfinite(s->lost) ? s->f + s->lost : s->f);
}

static void sum_become_float(Sum *s, double start) {
  s->state = SUM_FLOAT;
  s->f = start;
  s->lost = 0;
}

static bool sum_step(SkVm *vm, SkValue item, void *arg) {
  Sum *s = arg;
  int64_t i;
  bool is_exact_int = sk_is_smallint(item) || sk_is_exactly(vm, item, SK_T_int) || sk_is_bool(item);
  if (s->state == SUM_INT && is_exact_int && sk_int_get_i64(item, &i) && !__builtin_add_overflow(s->i, i, &s->i)) return true;
  if (s->state == SUM_INT && sk_is_exactly(vm, item, SK_T_float)) {
    sum_become_float(s, (double)s->i);
    sum_add_float(s, sk_float_get(item));
    return true;
  }
  if (s->state == SUM_FLOAT && sk_is_exactly(vm, item, SK_T_float)) {
    sum_add_float(s, sk_float_get(item));
    return true;
  }
  if (s->state == SUM_FLOAT && is_exact_int && sk_int_get_i64(item, &i)) {
    sum_add_float(s, (double)i);
    return true;
  }
  SkValue so_far = sum_value(vm, s);
  s->state = SUM_ANY;
  s->any = sk_binary(vm, SK_BIN_ADD, so_far, item);
  return true;
}

SK_NATIVE(b_sum, "sum(iterable, /, start=0)", "The start value plus all items.") {
  if (sk_is_str(args[1])) sk_raise_type(vm, "sum() can't sum strings [use ''.join(seq) instead]");
  if (sk_has_kind(args[1], SK_KIND_BYTES)) sk_raise_type(vm, "sum() can't sum bytes [use b''.join(seq) instead]");
  if (sk_has_kind(args[1], SK_KIND_BYTEARRAY)) sk_raise_type(vm, "sum() can't sum bytearray [use b''.join(seq) instead]");
  Sum s = {.state = SUM_ANY, .any = args[1]};
  if (sk_is_exactly(vm, args[1], SK_T_int) && sk_int_get_i64(args[1], &s.i)) s.state = SUM_INT;
  else if (sk_is_exactly(vm, args[1], SK_T_float)) sum_become_float(&s, sk_float_get(args[1]));
  sk_iterate(vm, args[0], sum_step, &s);
  return sum_value(vm, &s);
}

/* ---- min, max ---- */

typedef struct Best { SkCompareOp op; SkValue key, item, item_key; } Best;

static bool best_step(SkVm *vm, SkValue item, void *arg) {
  Best *b = arg;
  SkValue k = sk_is_none(b->key) ? item : sk_call1(vm, b->key, item);
  if (sk_is_unset(b->item) || sk_compare_bool(vm, b->op, k, b->item_key)) {
    b->item = item;
    b->item_key = k;
  }
  return true;
}

static SkValue best_of(SkVm *vm, const char *name, SkCompareOp op, const SkValue *args) {
  SkTuple *items = sk_as_tuple(args[0]);
  Best b = {.op = op, .key = args[1], .item = SK_UNSET, .item_key = SK_UNSET};
  if (items->count == 0) sk_raise_type(vm, "%s expected at least 1 argument, got 0", name);
  if (items->count > 1) {
    if (!sk_is_unset(args[2])) sk_raise_type(vm, "Cannot specify a default for %s() with multiple positional arguments", name);
    for (size_t i = 0; i < items->count; i++) best_step(vm, items->items[i], &b);
    return b.item;
  }
  sk_iterate(vm, items->items[0], best_step, &b);
  if (!sk_is_unset(b.item)) return b.item;
  if (sk_is_unset(args[2])) sk_raise_value(vm, "%s() iterable argument is empty", name);
  return args[2];
}

SK_NATIVE(b_min, "min(*args, key=None, default=?)", "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nThe smallest item.") { return best_of(vm, "min", SK_CMP_LT, args); }
SK_NATIVE(b_max, "max(*args, key=None, default=?)", "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nThe largest item.") { return best_of(vm, "max", SK_CMP_GT, args); }

SK_NATIVE(b_sorted, "sorted(iterable=?, /, *args, key=None, reverse=False)", "A new sorted list of the items.") {
  size_t given = sk_is_unset(args[0]) ? 0 : 1 + sk_as_tuple(args[1])->count;
  if (given != 1) sk_raise_type(vm, "sorted expected 1 argument, got %zu", given);
  SkList *l = sk_to_list(vm, args[0]);
  bool reverse = sk_truth(vm, args[3]);
  sk_list_sort(vm, l, args[2], reverse);
  return sk_from_ptr(l);
}

/* ---- text ---- */

SK_NATIVE(b_repr, "repr(obj, /)", "The canonical text of an object.") { return sk_from_ptr(sk_repr(vm, args[0])); }
SK_NATIVE(b_ascii, "ascii(obj, /)", "The canonical text of an object, non-ASCII characters escaped.") { return sk_from_ptr(sk_ascii(vm, args[0])); }

SK_NATIVE(b_format, "format(value, format_spec='', /)", "The value laid out as the specification says.") {
  if (!sk_is_str(args[1])) sk_raise_type(vm, "format() argument 2 must be str, not %T", args[1]);
  return sk_from_ptr(sk_format_value(vm, args[0], sk_as_str(args[1])));
}

SK_NATIVE(b_chr, "chr(i, /)", "The character of a code point; 0 <= i <= 0x10ffff.") {
  SkValue v = sk_to_int(vm, args[0]);
  int64_t c;
  if (!sk_int_get_i64(v, &c) || c < 0 || c > 0x10ffff) sk_raise_value(vm, "chr() arg not in range(0x110000)");
  return sk_from_ptr(sk_str_from_codepoint(vm, (uint32_t)c));
}

SK_NATIVE(b_ord, "ord(character, /)", "The code point of a character.") {
  const char *p;
  size_t n;
  if (sk_is_str(args[0])) {
    SkStr *s = sk_as_str(args[0]);
    if (s->count == 1) return sk_smallint(sk_str_at(vm, s, 0));
    sk_raise_type(vm, "ord() expected a character, but string of length %zu found", s->count);
  }
  if (!sk_bytes_view(vm, args[0], &p, &n)) sk_raise_type(vm, "ord() expected string of length 1, but %T found", args[0]);
  if (n != 1) sk_raise_type(vm, "ord() expected a character, but string of length %zu found", n);
  return sk_smallint((unsigned char)*p);
}

static SkValue in_base(SkVm *vm, SkValue v, int base, const char *prefix) {
  SkValue i = sk_to_int(vm, v);
  SkStr *digits = sk_int_to_str(vm, i, base);
  bool negative = digits->data[0] == '-';
  SkStr *bare = negative ? sk_str_new(vm, digits->data + 1, digits->bytes - 1) : digits;
  return sk_from_ptr(sk_format(vm, "%s%s%U", negative ? "-" : "", prefix, bare));
}

SK_NATIVE(b_bin, "bin(number, /)", "The binary form of an integer: 0b...") { return in_base(vm, args[0], 2, "0b"); }
SK_NATIVE(b_oct, "oct(number, /)", "The octal form of an integer: 0o...") { return in_base(vm, args[0], 8, "0o"); }
SK_NATIVE(b_hex, "hex(number, /)", "The hexadecimal form of an integer: 0x...") { return in_base(vm, args[0], 16, "0x"); }

/* ---- numbers ---- */

SK_NATIVE(b_abs, "abs(x, /)", "The absolute value.") { return sk_absolute(vm, args[0]); }
SK_NATIVE(b_divmod, "divmod(x, y, /)", "The tuple (x//y, x%y).") { return sk_binary(vm, SK_BIN_DIVMOD, args[0], args[1]); }
SK_NATIVE(b_pow, "pow(base, exp, mod=None)", "base**exp, or base**exp % mod.") { return sk_power(vm, args[0], args[1], args[2]); }

SK_NATIVE(b_round, "round(number, ndigits=None)", "The number rounded to ndigits after the decimal point.") {
  SkValue fn = sk_lookup_special(vm, args[0], SK_NAME(vm, dunder_round));
  if (sk_is_unset(fn)) sk_raise_type(vm, "type %T doesn't define __round__ method", args[0]);
  return sk_is_none(args[1]) ? sk_call0(vm, fn) : sk_call1(vm, fn, args[1]);
}

/* ---- print, input ---- */

static SkStr *separator(SkVm *vm, SkValue v, const char *what, const char *otherwise) {
  if (sk_is_none(v)) return sk_str_from_cstr(vm, otherwise);
  if (!sk_is_str(v)) sk_raise_type(vm, "%s must be None or a string, not %T", what, v);
  return sk_as_str(v);
}

SK_NATIVE(b_print, "print(*args, sep=' ', end='\\n', file=None, flush=False)", "Print the values to a stream, sys.stdout by default.") {
  SkTuple *values = sk_as_tuple(args[0]);
  SkStr *sep = separator(vm, args[1], "sep", " "), *end = separator(vm, args[2], "end", "\n");
  SkValue file = args[3];
  if (sk_is_none(file)) {
    file = sk_sys_get(vm, "stdout");
    if (sk_is_unset(file)) sk_raisef(vm, SK_T_RuntimeError, "lost sys.stdout");
    if (sk_is_none(file)) return SK_NONE;
  }
  for (size_t i = 0; i < values->count; i++) {
    if (i) sk_file_write_part(vm, file, sep);
    sk_file_write_part(vm, file, sk_str(vm, values->items[i]));
  }
  sk_file_write(vm, file, end);
  if (sk_truth(vm, args[4])) sk_call_method0(vm, file, SK_NAME(vm, flush));
  return SK_NONE;
}

SK_NATIVE(b_input, "input(prompt='', /)", "Read a line from standard input, without its newline.") {
  SkValue in = sk_sys_get(vm, "stdin"), out = sk_sys_get(vm, "stdout");
  if (sk_is_unset(in) || sk_is_none(in)) sk_raisef(vm, SK_T_RuntimeError, "input(): lost sys.stdin");
  if (sk_is_unset(out) || sk_is_none(out)) sk_raisef(vm, SK_T_RuntimeError, "input(): lost sys.stdout");
  sk_file_write(vm, out, sk_str(vm, args[0]));
  sk_call_method0(vm, out, SK_NAME(vm, flush));
  SkValue line = sk_call_method0(vm, in, SK_NAME(vm, readline));
  if (!sk_is_str(line)) sk_raise_type(vm, "object.readline() returned non-string");
  SkStr *s = sk_as_str(line);
  if (s->bytes == 0) sk_raisef(vm, SK_T_EOFError, "EOF when reading a line");
  return s->data[s->bytes - 1] == '\n' ? sk_from_ptr(sk_str_slice(vm, s, 0, s->count - 1)) : line;
}

SK_NATIVE(b_breakpoint, "breakpoint(*args, **kws)", "Call sys.breakpointhook().") {
  SkValue hook = sk_sys_get(vm, "breakpointhook");
  if (sk_is_unset(hook)) sk_raisef(vm, SK_T_RuntimeError, "lost sys.breakpointhook");
  return sk_call_spread(vm, hook, sk_as_tuple(args[0]), sk_as_dict(args[1]));
}

/* Importing io puts its own open() here; this one only serves the first call of programs that did not. */
SK_NATIVE(b_open, "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)",
          "Open a file and return a stream.") {
  SkValue io = sk_import_name(vm, "io");
  return sk_call(vm, sk_getattr_cstr(vm, io, "open"), args, 8, NULL);
}

/* ---- the module ---- */

static const SkNativeDef *const functions[] = {
    &b_abs_def, &b_aiter_def, &b_all_def, &b_any_def, &b_ascii_def, &b_bin_def, &b_breakpoint_def, &b_callable_def, &b_chr_def,
    &b_delattr_def, &b_dir_def, &b_divmod_def, &b_format_def, &b_getattr_def, &b_hasattr_def, &b_hash_def, &b_hex_def, &b_id_def,
    &b_input_def, &b_isinstance_def, &b_issubclass_def, &b_iter_def, &b_len_def, &b_max_def, &b_min_def, &b_next_def, &b_oct_def, &b_open_def,
    &b_ord_def, &b_pow_def, &b_print_def, &b_repr_def, &b_round_def, &b_setattr_def, &b_sorted_def, &b_sum_def, &b_vars_def,
    &sk_builtin_anext_def, &sk_builtin_build_class_def, &sk_builtin_compile_def, &sk_builtin_eval_def, &sk_builtin_exec_def,
    &sk_builtin_globals_def, &sk_builtin_import_def, &sk_builtin_locals_def, NULL,
};

static const int shown_types[] = {
    SK_T_object, SK_T_type, SK_T_int, SK_T_bool, SK_T_float, SK_T_complex, SK_T_str, SK_T_bytes, SK_T_bytearray, SK_T_memoryview,
    SK_T_tuple, SK_T_list, SK_T_dict, SK_T_set, SK_T_frozenset, SK_T_range, SK_T_slice, SK_T_enumerate, SK_T_zip, SK_T_map,
    SK_T_filter, SK_T_reversed, SK_T_property, SK_T_classmethod, SK_T_staticmethod, SK_T_super,
};

static void builtins_init(SkVm *vm, SkModule *m) {
  for (size_t i = 0; i < sizeof shown_types / sizeof *shown_types; i++) {
    SkType *t = vm->types[shown_types[i]];
    sk_dict_set_str(vm, m->dict, sk_type_name(vm, t), sk_from_ptr(t));
  }
  for (int i = SK_T_BaseException; i < SK_T_COUNT && i < SK_T_YieldInTaskGroupError; i++) /* the rest are modules' */
    sk_dict_set_str(vm, m->dict, sk_type_name(vm, vm->types[i]), sk_from_ptr(vm->types[i]));
  sk_module_add(vm, m, "EnvironmentError", sk_from_ptr(vm->types[SK_T_OSError]));
  sk_module_add(vm, m, "IOError", sk_from_ptr(vm->types[SK_T_OSError]));
  sk_module_add(vm, m, "None", SK_NONE);
  sk_module_add(vm, m, "True", SK_TRUE);
  sk_module_add(vm, m, "False", SK_FALSE);
  sk_module_add(vm, m, "Ellipsis", SK_ELLIPSIS);
  sk_module_add(vm, m, "NotImplemented", SK_NOTIMPLEMENTED);
  sk_module_add(vm, m, "__debug__", sk_bool(vm->options.optimize == 0));
}

const SkModuleDef sk_builtins_module = {"builtins", "The names that every module sees.", functions, builtins_init};
