/* io_string.c - StringIO: text in memory.  Layer 8.
 *
 * The text lies in a growing cell as UTF-8; the position is kept in characters and in bytes, so that going forward
 * never searches.  Behind the end it is a number of characters only (writing there fills up with NULs).
 */
#include <string.h>

#include "stdlib/native/io_impl.h"
#include "vm/base/utf8.h"

typedef struct StringIO {
  SkObject head;
  SkRaw *raw;
  size_t used, count;       /* bytes, characters */
  size_t pos, pos_bytes;    /* pos_bytes == used when pos >= count */
  IoNewline newline;
  SkValue newline_arg;
  bool closed, ready;
} StringIO;

static void stringio_trace(SkMarker *m, SkObject *o) {
  sk_mark_cell(m, ((StringIO *)o)->raw);
  sk_mark(m, ((StringIO *)o)->newline_arg);
  sk_trace_attributes(m, o);
}

static StringIO *self_of(SkVm *vm, SkValue v) {
  StringIO *f = sk_ptr(v);
  if (SK_UNLIKELY(!f->ready)) sk_raise_value(vm, "I/O operation on uninitialized object");
  if (SK_UNLIKELY(f->closed)) sk_raise_value(vm, "I/O operation on closed file");
  return f;
}

static char *text_of(StringIO *f) { return f->raw ? (char *)f->raw->data : (char *)""; }

/* ---- writing ---- */

static void reserve(SkVm *vm, StringIO *f, size_t bytes) {
  if (f->raw && f->raw->bytes >= bytes) return;
  SkRaw *raw = sk_raw_new(vm, bytes < 64 ? 64 : bytes * 2);
  if (f->used) memcpy(raw->data, f->raw->data, f->used);
  sk_write_ptr(vm, f, &f->raw, raw);
}

static void write_text(SkVm *vm, StringIO *f, SkStr *s) {
  if (f->newline.translate) s = io_newlines_to_lf(vm, s);
  s = io_write_translate(vm, &f->newline, s);
  if (s->bytes == 0) return;
  if (f->pos > f->count) {
    size_t gap = f->pos - f->count;
    reserve(vm, f, f->used + gap);
    memset(f->raw->data + f->used, 0, gap);
    f->used += gap;
    f->count += gap;
    f->pos_bytes = f->used;
  }
  size_t over = f->count - f->pos; /* characters replaced */
  if (over > s->count) over = s->count;
  size_t old_bytes = over ? sk_utf8_offset(text_of(f) + f->pos_bytes, f->used - f->pos_bytes, over) : 0;
  reserve(vm, f, f->used - old_bytes + s->bytes);
  char *at = text_of(f) + f->pos_bytes;
  size_t tail = f->used - f->pos_bytes - old_bytes;
  if (tail && old_bytes != s->bytes) memmove(at + s->bytes, at + old_bytes, tail);
  memcpy(at, s->data, s->bytes);
  f->used = f->used - old_bytes + s->bytes;
  f->count = f->count - over + s->count;
  f->pos += s->count;
  f->pos_bytes += s->bytes;
}

static void seek_to(StringIO *f, size_t pos) {
  if (pos >= f->count) f->pos_bytes = f->used;
  else if (f->used == f->count) f->pos_bytes = pos;
  else f->pos_bytes = sk_utf8_offset(text_of(f), f->used, pos);
  f->pos = pos;
}

SK_NATIVE(stringio_new, "__new__(cls, /, *args, **kwargs)", NULL) { return sk_from_ptr(sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0)); }

SK_NATIVE(stringio_init, "StringIO(self, /, initial_value='', newline='\\n')", "Text I/O implementation using an in-memory buffer.") {
  StringIO *f = sk_ptr(args[0]);
  SkValue value = args[1], newline = args[2];
  if (!sk_is_none(newline) && !sk_is_str(newline)) sk_raise_type(vm, "newline must be str or None, not %T", newline);
  IoNewline nl;
  /* The signature's default is a backslash and n, which no caller would pass. */
  if (sk_is_str(newline) && sk_str_equal_cstr(sk_as_str(newline), "\\n")) newline = sk_from_ptr(sk_str_from_cstr(vm, "\n"));
  io_newline_parse(vm, newline, &nl);
  if (!sk_is_none(value) && !sk_is_str(value)) sk_raise_type(vm, "initial_value must be str or None, not %T", value);
  f->used = f->count = f->pos = f->pos_bytes = 0;
  f->newline = nl;
  sk_write(vm, f, &f->newline_arg, newline);
  f->closed = false;
  f->ready = true;
  if (sk_is_str(value)) write_text(vm, f, sk_as_str(value));
  seek_to(f, 0);
  return SK_NONE;
}

SK_NATIVE(stringio_write, "write(self, s, /)", "Write string to file.") {
  StringIO *f = sk_ptr(args[0]);
  if (!sk_is_str(args[1])) sk_raise_type(vm, "string argument expected, got '%T'", args[1]);
  f = self_of(vm, args[0]);
  write_text(vm, f, sk_as_str(args[1]));
  return sk_smallint((int64_t)sk_as_str(args[1])->count);
}

SK_NATIVE(stringio_truncate, "truncate(self, pos=None, /)", "Truncate size to pos.") {
  StringIO *f = self_of(vm, args[0]);
  int64_t size = sk_is_none(args[1]) ? (int64_t)f->pos : sk_to_index(vm, args[1]);
  if (size < 0) sk_raise_value(vm, "Negative size value %zd", size);
  if ((size_t)size < f->count) {
    f->used = sk_utf8_offset(text_of(f), f->used, (size_t)size);
    f->count = (size_t)size;
    seek_to(f, f->pos);
  }
  return sk_smallint(size);
}

/* ---- reading ---- */

static SkStr *take(SkVm *vm, StringIO *f, size_t bytes) {
  SkStr *s = sk_str_new(vm, text_of(f) + f->pos_bytes, bytes);
  f->pos += s->count;
  f->pos_bytes += bytes;
  return s;
}

static SkStr *read_line(SkVm *vm, StringIO *f, int64_t limit) {
  SkChars rest = {text_of(f) + f->pos_bytes, f->used - f->pos_bytes};
  if (rest.n == 0 || limit == 0) return SK_NAME(vm, empty);
  size_t n = io_line_end(vm, &f->newline, rest);
  if (n == 0) n = rest.n;
  if (limit > 0 && (size_t)limit < n && sk_utf8_count(rest.p, n) > (size_t)limit) n = sk_utf8_offset(rest.p, n, (size_t)limit);
  return take(vm, f, n);
}

SK_NATIVE(stringio_read, "read(self, size=-1, /)", "Read at most size characters, returned as a string.") {
  StringIO *f = self_of(vm, args[0]);
  int64_t n = io_size(vm, args[1]);
  size_t left = f->pos < f->count ? f->count - f->pos : 0;
  if (n < 0 || (size_t)n >= left) return sk_from_ptr(take(vm, f, f->used - f->pos_bytes));
  return sk_from_ptr(take(vm, f, sk_utf8_offset(text_of(f) + f->pos_bytes, f->used - f->pos_bytes, (size_t)n)));
}

SK_NATIVE(stringio_readline, "readline(self, size=-1, /)", "Read until newline or EOF.") {
  StringIO *f = self_of(vm, args[0]);
  return sk_from_ptr(read_line(vm, f, io_size(vm, args[1])));
}

static SkValue stringio_next(SkVm *vm, SkValue self) {
  StringIO *f = self_of(vm, self);
  if (!sk_is_native_exactly(vm, self, &sk_io_stringio_type)) return io_iter_next(vm, self);
  return f->pos_bytes == f->used ? SK_UNSET : sk_from_ptr(read_line(vm, f, -1));
}

static SkValue stringio_iter(SkVm *vm, SkValue self) { return self_of(vm, self), self; }

SK_NATIVE(stringio_getvalue, "getvalue(self, /)", "Retrieve the entire contents of the object.") {
  StringIO *f = self_of(vm, args[0]);
  return sk_from_ptr(sk_str_new(vm, text_of(f), f->used));
}

/* ---- position and state ---- */

SK_NATIVE(stringio_seek, "seek(self, pos, whence=0, /)", "Change stream position.") {
  StringIO *f = self_of(vm, args[0]);
  int64_t pos = sk_to_index(vm, args[1]), whence = sk_to_index(vm, args[2]);
  if (whence < 0 || whence > 2) sk_raise_value(vm, "Invalid whence (%d, should be 0, 1 or 2)", (int)whence);
  if (whence == 0 && pos < 0) sk_raise_value(vm, "Negative seek position %zd", pos);
  if (whence != 0 && pos != 0) sk_raisef(vm, SK_T_OSError, "Can't do nonzero cur-relative seeks");
  seek_to(f, whence == 0 ? (size_t)pos : whence == 1 ? f->pos : f->count);
  return sk_smallint((int64_t)f->pos);
}

SK_NATIVE(stringio_tell, "tell(self, /)", "Tell the current file position.") { return sk_smallint((int64_t)self_of(vm, args[0])->pos); }
SK_NATIVE(stringio_yes_readable, "readable(self, /)", "Returns True if the IO object can be read.") { return self_of(vm, args[0]), SK_TRUE; }
SK_NATIVE(stringio_yes_writable, "writable(self, /)", "Returns True if the IO object can be written.") { return self_of(vm, args[0]), SK_TRUE; }
SK_NATIVE(stringio_yes_seekable, "seekable(self, /)", "Returns True if the IO object can be seeked.") { return self_of(vm, args[0]), SK_TRUE; }

SK_NATIVE(stringio_close, "close(self, /)", "Close the IO object.") {
  (void)vm;
  StringIO *f = sk_ptr(args[0]);
  f->closed = true;
  f->raw = NULL;
  f->used = f->count = f->pos = f->pos_bytes = 0;
  return SK_NONE;
}

SK_NATIVE(stringio_getstate, "__getstate__(self, /)", NULL) {
  StringIO *f = self_of(vm, args[0]);
  SkValue text = sk_from_ptr(sk_str_new(vm, text_of(f), f->used)), own = SK_NONE;
  if (sk_has_attributes(vm, args[0])) own = sk_from_ptr(sk_instance_snapshot(vm, args[0]));
  return sk_from_ptr(sk_tuple_pack(vm, 4, text, f->newline_arg, sk_smallint((int64_t)f->pos), own));
}

SK_NATIVE(stringio_setstate, "__setstate__(self, state, /)", NULL) {
  StringIO *f = sk_ptr(args[0]);
  SkTuple *t = sk_is_tuple(args[1]) ? sk_as_tuple(args[1]) : NULL;
  if (!t || t->count < 4) sk_raise_type(vm, "%T.__setstate__ argument should be 4-tuple, got %T", args[0], args[1]);
  SkValue init[] = {args[0], SK_NONE, t->items[1]};
  stringio_init(vm, init);
  SkStr *s = sk_str_arg(vm, t->items[0], NULL);
  reserve(vm, f, s->bytes);
  memcpy(f->raw->data, s->data, s->bytes);
  f->used = s->bytes;
  f->count = s->count;
  seek_to(f, (size_t)sk_to_index(vm, t->items[2]));
  if (sk_is_dict(t->items[3])) {
    SkValue k, v;
    for (size_t i = 0; sk_dict_next(sk_as_dict(t->items[3]), &i, &k, &v);) sk_setattr(vm, args[0], sk_as_str(k), v);
  }
  return SK_NONE;
}

static SkValue get_closed(SkVm *vm, SkValue self) { (void)vm; return sk_bool(((StringIO *)sk_ptr(self))->closed); }
static SkValue get_line_buffering(SkVm *vm, SkValue self) { return self_of(vm, self), SK_FALSE; }
static SkValue get_none(SkVm *vm, SkValue self) { (void)vm; (void)self; return SK_NONE; }

static const SkAttrDef stringio_attrs[] = {
    SK_METHOD(stringio_write), SK_METHOD(stringio_truncate), SK_METHOD(stringio_read), SK_METHOD(stringio_readline),
    SK_METHOD(stringio_getvalue), SK_METHOD(stringio_seek), SK_METHOD(stringio_tell), SK_METHOD(stringio_yes_readable),
    SK_METHOD(stringio_yes_writable), SK_METHOD(stringio_yes_seekable), SK_METHOD(stringio_close), SK_METHOD(stringio_getstate),
    SK_METHOD(stringio_setstate), SK_GETSET("closed", get_closed, NULL, NULL), SK_GETSET("line_buffering", get_line_buffering, NULL, NULL),
    SK_GETSET("newlines", get_none, NULL, NULL), SK_ATTRS_END,
};

const SkTypeDef sk_io_stringio_type = {
    .name = "_io.StringIO", .doc = "Text I/O implementation using an in-memory buffer.", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(StringIO),
    .flags = SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE, .slots = {.iter = stringio_iter, .next = stringio_next},
    .attrs = stringio_attrs, .new_ = &stringio_new_def, .init_ = &stringio_init_def, .trace = stringio_trace,
};
