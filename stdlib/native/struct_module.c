/* struct_module.c - the module _struct: the class Struct, and functions that compile their format on the way.  Layer 8.
 *
 * Packing writes into memory that the collector may not move but that script code (__index__, __bool__) might resize:
 * values go to a cell of our own first, and from there into the caller's buffer in one go.
 */
#include "stdlib/native/struct_impl.h"

static const SkTypeDef struct_type, unpack_iter_type;
enum { CACHE_MOST = 100 };

/* ---- struct.error ---- */

SkValue struct_error(SkVm *vm) {
  SkValue known = sk_dict_get_cstr(vm, vm->module_state, "struct.error");
  if (!sk_is_unset(known)) return known;
  SkDict *ns = sk_dict_new(vm);
  sk_dict_set_cstr(vm, ns, "__module__", sk_from_ptr(sk_intern(vm, "struct")));
  SkTuple *bases = sk_tuple_pack(vm, 1, sk_from_ptr(vm->types[SK_T_Exception]));
  SkValue cls = sk_type_new(vm, vm->types[SK_T_type], sk_intern(vm, "error"), bases, sk_from_ptr(ns), NULL, NULL);
  sk_dict_set_cstr(vm, vm->module_state, "struct.error", cls);
  return cls;
}

void struct_raise(SkVm *vm, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  SkValue text = sk_from_ptr(sk_vformat(vm, fmt, ap));
  va_end(ap);
  sk_raise_exc(vm, sk_exc_new_args(vm, sk_ptr(struct_error(vm)), &text, 1));
}

/* ---- Struct objects ---- */

static Struct *struct_of(SkValue v) { return sk_ptr(v); }

static void struct_trace(SkMarker *m, SkObject *o) {
  Struct *s = (Struct *)o;
  sk_mark(m, s->format);
  if (s->items) sk_mark_cell(m, s->items);
  sk_trace_attributes(m, o);
}

static SkValue struct_new(SkVm *vm, const SkValue *args) {
  Struct *s = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  s->format = sk_from_ptr(SK_NAME(vm, empty));
  s->size = s->values = -1;
  return sk_from_ptr(s);
}
static const SkNativeDef struct_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, struct_new};

/* The format as ASCII text. */
static SkStr *format_text(SkVm *vm, SkValue format) {
  const char *p;
  size_t n;
  if (sk_is_str(format)) {
    if (!sk_str_is_ascii(sk_as_str(format))) sk_call_method1(vm, format, sk_intern(vm, "encode"), sk_from_ptr(sk_intern(vm, "ascii")));
    return sk_as_str(format);
  }
  if (!sk_is_bytes(format)) sk_raise_type(vm, "Struct() argument 1 must be a str or bytes object, not %T", format);
  sk_bytes_view(vm, format, &p, &n);
  return sk_str_decode_utf8(vm, p, n);
}

static SkValue struct_init(SkVm *vm, const SkValue *args) {
  struct_compile(vm, struct_of(args[0]), format_text(vm, args[1]));
  return SK_NONE;
}
static const SkNativeDef struct_init_def = {"__init__(self, format)", NULL, struct_init};

/* The Struct of a format given to a function: the last ones are remembered. */
static Struct *struct_for(SkVm *vm, SkValue format) {
  SkValue cache = sk_dict_get_cstr(vm, vm->module_state, "struct cache");
  if (sk_is_unset(cache)) {
    cache = sk_from_ptr(sk_dict_new(vm));
    sk_dict_set_cstr(vm, vm->module_state, "struct cache", cache);
  }
  bool is_text = sk_is_str(format) || sk_is_bytes(format);
  SkValue known = is_text ? sk_dict_get(vm, sk_as_dict(cache), format) : SK_UNSET;
  if (!sk_is_unset(known)) return struct_of(known);
  SkValue made = sk_call1(vm, sk_from_ptr(sk_library_type(vm, &struct_type)), format);
  if (sk_as_dict(cache)->live >= CACHE_MOST) sk_dict_clear(vm, sk_as_dict(cache));
  sk_dict_set(vm, sk_as_dict(cache), format, made);
  return struct_of(made);
}

/* ---- packing ---- */

/* |values| packed into a cell of its own. */
static SkRaw *pack(SkVm *vm, const Struct *s, const SkValue *values, size_t n, const char *what) {
  if ((int64_t)n != s->values) struct_raise(vm, "%s expected %lld items for packing (got %zu)", what, (long long)s->values, n);
  sk_charge(vm, (uint64_t)s->values / 4 + s->item_count);
  SkRaw *cell = sk_raw_new(vm, (size_t)s->size);
  const StructItem *items = struct_items(s);
  size_t next = 0;
  for (size_t i = 0; i < s->item_count; i++) {
    for (int64_t k = 0; k < items[i].repeat; k++) struct_put(vm, &items[i], cell->data + items[i].offset + k * items[i].size, values[next++]);
  }
  sk_keep(s);
  return cell;
}

static SkValue pack_to_bytes(SkVm *vm, const Struct *s, const SkValue *values, size_t n) {
  SkRaw *cell = pack(vm, s, values, n, "pack");
  return sk_from_ptr(sk_bytes_new(vm, cell->data, (size_t)s->size));
}

/* An offset counted from either end, with |s| fitting behind it; |for_what| is "pack" or "unpack". */
static int64_t fit(SkVm *vm, const Struct *s, int64_t offset, size_t room, bool packing) {
  int64_t size = s->size, length = (int64_t)room;
  if (offset < 0) {
    if (offset + size > 0)
      struct_raise(vm, packing ? "no space to pack %lld bytes at offset %lld" : "not enough data to unpack %lld bytes at offset %lld",
                   (long long)size, (long long)offset);
    if (offset + length < 0) struct_raise(vm, "offset %lld out of range for %zu-byte buffer", (long long)offset, room);
    offset += length;
  }
  if (length - offset < size)
    struct_raise(vm, "%s requires a buffer of at least %llu bytes for %s %lld bytes at offset %lld (actual buffer size is %zu)",
                 packing ? "pack_into" : "unpack_from", (unsigned long long)size + (unsigned long long)offset, packing ? "packing" : "unpacking",
                 (long long)size, (long long)offset, room);
  return offset;
}

/* args: buffer, offset, values ... */
static SkValue pack_into(SkVm *vm, const Struct *s, const SkValue *args, size_t n) {
  char *p;
  size_t room;
  if (n == 0) struct_raise(vm, "pack_into expected buffer argument");
  if (n == 1) struct_raise(vm, "pack_into expected offset argument");
  if ((int64_t)n - 2 != s->values) struct_raise(vm, "pack_into expected %lld items for packing (got %zu)", (long long)s->values, n - 2);
  if (!sk_bytes_view_writable(vm, args[0], &p, &room)) sk_raise_type(vm, "argument must be read-write bytes-like object, not %T", args[0]);
  int64_t offset;
  if (!sk_int_get_i64(sk_to_int(vm, args[1]), &offset)) sk_raisef(vm, SK_T_IndexError, "cannot fit 'int' into an index-sized integer");
  fit(vm, s, offset, room, true);
  SkRaw *cell = pack(vm, s, args + 2, n - 2, "pack_into");
  sk_bytes_view_writable(vm, args[0], &p, &room);
  offset = fit(vm, s, offset, room, true);
  memcpy(p + offset, cell->data, (size_t)s->size);
  return SK_NONE;
}

/* ---- unpacking ---- */

static SkValue unpack(SkVm *vm, const Struct *s, SkValue owner, const char *p) {
  SkTuple *out = sk_tuple_new(vm, s->values < 0 ? 0 : (size_t)s->values);
  const StructItem *items = struct_items(s);
  size_t next = 0;
  sk_charge(vm, (uint64_t)(s->values < 0 ? 0 : s->values) / 4 + s->item_count);
  for (size_t i = 0; i < s->item_count; i++) {
    for (int64_t k = 0; k < items[i].repeat; k++) {
      SkValue v = struct_get(vm, &items[i], (const unsigned char *)p + items[i].offset + k * items[i].size);
      sk_write(vm, out, &out->items[next++], v);
    }
  }
  sk_keep(owner);
  sk_keep(s);
  return sk_from_ptr(out);
}

static SkValue unpack_all(SkVm *vm, const Struct *s, SkValue buffer) {
  const char *p;
  size_t n;
  sk_bytes_view_or_raise(vm, buffer, &p, &n);
  if ((int64_t)n != s->size) struct_raise(vm, "unpack requires a buffer of %lld bytes", (long long)s->size);
  return unpack(vm, s, buffer, p);
}

static int64_t offset_of(SkVm *vm, SkValue v) {
  int64_t i;
  v = sk_to_int(vm, v);
  if (!sk_int_get_i64(v, &i)) sk_raisef(vm, SK_T_OverflowError, "Python int too large to convert to C ssize_t");
  return i;
}

static SkValue unpack_from(SkVm *vm, const Struct *s, SkValue buffer, SkValue offset) {
  const char *p;
  size_t n;
  int64_t at = offset_of(vm, offset);
  sk_bytes_view_or_raise(vm, buffer, &p, &n);
  return unpack(vm, s, buffer, p + fit(vm, s, at, n, false));
}

/* Iterators: a the Struct, b the buffer, index the next offset. */
static SkValue iter_unpack(SkVm *vm, SkValue self, SkValue buffer) {
  const char *p;
  size_t n;
  Struct *s = struct_of(self);
  sk_bytes_view_or_raise(vm, buffer, &p, &n);
  if (s->size == 0) struct_raise(vm, "cannot iteratively unpack with a struct of length 0");
  if (s->size < 0 || n % (size_t)s->size) struct_raise(vm, "iterative unpacking requires a buffer of a multiple of %lld bytes", (long long)s->size);
  SkIter *it = sk_object_new(vm, sk_library_type(vm, &unpack_iter_type), 0);
  it->a = self;
  it->b = buffer;
  return sk_from_ptr(it);
}

static size_t left(SkVm *vm, SkIter *it, const char **p) {
  size_t n = 0;
  if (!sk_is_none(it->b)) sk_bytes_view_or_raise(vm, it->b, p, &n);
  return n > it->index ? n - it->index : 0;
}

static SkValue unpack_iter_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  const Struct *s = struct_of(it->a);
  const char *p = NULL;
  if (left(vm, it, &p) < (size_t)s->size) {
    sk_write(vm, it, &it->b, SK_NONE);
    return SK_UNSET;
  }
  SkValue v = unpack(vm, s, it->b, p + it->index);
  it->index += (uint64_t)s->size;
  return v;
}

SK_NATIVE(unpack_iter_hint, "__length_hint__(self, /)", NULL) {
  SkIter *it = sk_as_iter(args[0]);
  const char *p;
  return sk_int_new(vm, (int64_t)(left(vm, it, &p) / (size_t)struct_of(it->a)->size));
}

static const SkAttrDef unpack_iter_attrs[] = {SK_METHOD(unpack_iter_hint), SK_ATTRS_END};
static const SkTypeDef unpack_iter_type = {
    .name = "_struct.unpack_iterator",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.iter = sk_iter_self, .next = unpack_iter_next},
    .attrs = unpack_iter_attrs,
};

/* ---- methods ---- */

SK_NATIVE(struct_pack, "pack(self, /, *args)", "The values as bytes, by this format.") {
  SkTuple *values = sk_as_tuple(args[1]);
  return pack_to_bytes(vm, struct_of(args[0]), values->items, values->count);
}
SK_NATIVE(struct_pack_into, "pack_into(self, /, *args)", "pack_into(buffer, offset, v1, v2, ...): packs into a writable buffer.") {
  SkTuple *values = sk_as_tuple(args[1]);
  return pack_into(vm, struct_of(args[0]), values->items, values->count);
}
SK_NATIVE(struct_unpack, "unpack(self, buffer, /)", "The values in |buffer|, which must have exactly this size.") {
  return unpack_all(vm, struct_of(args[0]), args[1]);
}
SK_NATIVE(struct_unpack_from, "unpack_from(self, /, buffer, offset=0)", "The values in |buffer| from |offset| on.") {
  return unpack_from(vm, struct_of(args[0]), args[1], args[2]);
}
SK_NATIVE(struct_iter_unpack, "iter_unpack(self, buffer, /)", "An iterator over chunks of this size.") {
  return iter_unpack(vm, args[0], args[1]);
}

static SkValue struct_repr(SkVm *vm, SkValue self) {
  return sk_from_ptr(sk_format(vm, "%U(%R)", sk_class_name(vm, self), struct_of(self)->format));
}
static SkValue get_size(SkVm *vm, SkValue self) { return sk_int_new(vm, struct_of(self)->size); }
static SkValue get_format(SkVm *vm, SkValue self) { return (void)vm, struct_of(self)->format; }

static const SkAttrDef struct_attrs[] = {
    SK_METHOD(struct_pack),
    SK_METHOD(struct_pack_into),
    SK_METHOD(struct_unpack),
    SK_METHOD(struct_unpack_from),
    SK_METHOD(struct_iter_unpack),
    SK_GETSET("size", get_size, NULL, "struct size in bytes"),
    SK_GETSET("format", get_format, NULL, "struct format string"),
    SK_ATTRS_END,
};

static const SkTypeDef struct_type = {
    .name = "_struct.Struct",
    .doc = "Struct(format): a compiled format.",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Struct),
    .flags = SK_TYPE_WEAKREFABLE,
    .slots = {.repr = struct_repr},
    .attrs = struct_attrs,
    .new_ = &struct_new_def,
    .init_ = &struct_init_def,
    .trace = struct_trace,
};

/* ---- functions ---- */

static Struct *first_format(SkVm *vm, SkTuple *args) {
  if (args->count == 0) sk_raise_type(vm, "missing format argument");
  return struct_for(vm, args->items[0]);
}

SK_NATIVE(pack_f, "pack(*args)", "pack(format, v1, v2, ...): the values as bytes.") {
  SkTuple *given = sk_as_tuple(args[0]);
  return pack_to_bytes(vm, first_format(vm, given), given->items + 1, given->count - 1);
}
SK_NATIVE(pack_into_f, "pack_into(*args)", "pack_into(format, buffer, offset, v1, v2, ...): packs into a writable buffer.") {
  SkTuple *given = sk_as_tuple(args[0]);
  return pack_into(vm, first_format(vm, given), given->items + 1, given->count - 1);
}
SK_NATIVE(unpack_f, "unpack(format, buffer, /)", "The values in |buffer|, whose size must be that of the format.") {
  return unpack_all(vm, struct_for(vm, args[0]), args[1]);
}
SK_NATIVE(unpack_from_f, "unpack_from(format, /, buffer, offset=0)", "The values in |buffer| from |offset| on.") {
  return unpack_from(vm, struct_for(vm, args[0]), args[1], args[2]);
}
SK_NATIVE(iter_unpack_f, "iter_unpack(format, buffer, /)", "An iterator over chunks of the format's size.") {
  return iter_unpack(vm, sk_from_ptr(struct_for(vm, args[0])), args[1]);
}
SK_NATIVE(calcsize_f, "calcsize(format, /)", "How many bytes the format takes.") { return sk_int_new(vm, struct_for(vm, args[0])->size); }
SK_NATIVE(clearcache_f, "_clearcache()", "Forgets the compiled formats.") {
  (void)args;
  sk_dict_set_cstr(vm, vm->module_state, "struct cache", sk_from_ptr(sk_dict_new(vm)));
  return SK_NONE;
}

static void init(SkVm *vm, SkModule *m) {
  sk_module_add_type(vm, m, &struct_type);
  sk_module_add(vm, m, "error", struct_error(vm));
}

static const SkNativeDef *const functions[] = {&pack_f_def,        &pack_into_f_def, &unpack_f_def,     &unpack_from_f_def,
                                               &iter_unpack_f_def, &calcsize_f_def,  &clearcache_f_def, NULL};
const SkModuleDef sk_struct_module = {"_struct", "Values to bytes and back, by format strings.", functions, init};
