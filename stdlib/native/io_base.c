/* io_base.c - the base classes of all streams, and what the files of _io share.  Layer 8. */
#include <string.h>

#include "stdlib/native/io_impl.h"
#include "vm/object/charge.h"

SkValue io_call0(SkVm *vm, SkValue obj, const char *name) { return sk_call_method0(vm, obj, sk_intern(vm, name)); }
SkValue io_call1(SkVm *vm, SkValue obj, const char *name, SkValue a) { return sk_call_method1(vm, obj, sk_intern(vm, name), a); }
SkValue io_call2(SkVm *vm, SkValue obj, const char *name, SkValue a, SkValue b) {
  SkValue args[] = {a, b};
  return sk_call_method(vm, obj, sk_intern(vm, name), args, 2);
}
bool io_attr_true(SkVm *vm, SkValue obj, const char *name) { return sk_truth(vm, sk_getattr_cstr(vm, obj, name)); }

void io_unsupported(SkVm *vm, const char *what) {
  SkValue m = sk_dict_get_cstr(vm, vm->module_state, "_io.UnsupportedOperation");
  SkValue text = sk_from_ptr(sk_str_from_cstr(vm, what));
  sk_raise_exc(vm, sk_exc_new_args(vm, sk_as_type(m), &text, 1));
}

void io_closed(SkVm *vm) { sk_raise_value(vm, "I/O operation on closed file."); }

int64_t io_size(SkVm *vm, SkValue v) {
  if (sk_is_none(v) || sk_is_unset(v)) return -1;
  if (!SK_SLOTS(vm, v)->index) sk_raise_type(vm, "argument should be integer or None, not '%T'", v);
  return sk_to_index(vm, v);
}

/* ---- newlines ---- */

void io_newline_parse(SkVm *vm, SkValue newline, IoNewline *out) {
  *out = (IoNewline){0};
  if (sk_is_none(newline)) {
    out->universal = out->translate = true;
    return;
  }
  if (!sk_is_str(newline)) sk_raise_type(vm, "newline must be str or None, not %T", newline);
  SkStr *s = sk_as_str(newline);
  bool known = s->bytes == 0 || sk_str_equal_cstr(s, "\n") || sk_str_equal_cstr(s, "\r") || sk_str_equal_cstr(s, "\r\n");
  if (!known) sk_raise_value(vm, "illegal newline value: %R", newline);
  out->universal = s->bytes == 0;
  if (s->bytes && s->data[0] == '\r') memcpy(out->write, s->data, s->bytes);
}

size_t io_line_end(SkVm *vm, const IoNewline *nl, SkChars text) {
  if (nl->universal && !nl->translate) {
    for (size_t i = 0, turns = 0; i < text.n; i++) {
      SK_TURN(vm, turns);
      if (text.p[i] == '\n') return i + 1;
      if (text.p[i] == '\r') return i + 1 + (i + 1 < text.n && text.p[i + 1] == '\n');
    }
    return 0;
  }
  SkChars end = {nl->write[0] ? nl->write : "\n", nl->write[0] ? strlen(nl->write) : 1};
  ptrdiff_t at = sk_chars_find(vm, text, end);
  return at < 0 ? 0 : (size_t)at + end.n;
}

SkStr *io_newlines_to_lf(SkVm *vm, SkStr *s) {
  if (!memchr(s->data, '\r', s->bytes)) return s;
  s = sk_str_replace(vm, s, sk_str_from_cstr(vm, "\r\n"), sk_str_from_cstr(vm, "\n"), -1);
  return sk_str_replace(vm, s, sk_str_from_cstr(vm, "\r"), sk_str_from_cstr(vm, "\n"), -1);
}

SkStr *io_write_translate(SkVm *vm, const IoNewline *nl, SkStr *s) {
  if (!nl->write[0] || !memchr(s->data, '\n', s->bytes)) return s;
  return sk_str_replace(vm, s, sk_str_from_cstr(vm, "\n"), sk_str_from_cstr(vm, nl->write), -1);
}

/* ---- _IOBase: an instance remembers being closed in an attribute ---- */

static const char closed_name[] = "__IOBase_closed";

static bool base_closed(SkVm *vm, SkValue self) {
  SkValue v = sk_getattr_opt(vm, self, sk_intern(vm, closed_name));
  return !sk_is_unset(v) && sk_truth(vm, v);
}

static void check_closed(SkVm *vm, SkValue self) {
  if (io_attr_true(vm, self, "closed")) io_closed(vm);
}

SK_NATIVE(base_new, "__new__(cls, /, *args, **kwargs)", NULL) { return sk_from_ptr(sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0)); }
SK_NATIVE(base_init, "__init__(self, /, *args, **kwargs)", NULL) { (void)vm; (void)args; return SK_NONE; }

static SkValue base_get_closed(SkVm *vm, SkValue self) { return sk_bool(base_closed(vm, self)); }

static void flush_protected(SkVm *vm, void *arg) { io_call0(vm, *(SkValue *)arg, "flush"); }

SK_NATIVE(base_close, "close(self, /)", "Flush and close the IO object.") {
  SkValue self = args[0];
  if (base_closed(vm, self)) return SK_NONE;
  bool fine = sk_protect(vm, flush_protected, &self);
  SkValue exc = fine ? SK_NONE : sk_take_raised(vm);
  sk_setattr(vm, self, sk_intern(vm, closed_name), SK_TRUE);
  if (!fine) sk_throw(vm, exc);
  return SK_NONE;
}

SK_NATIVE(base_flush, "flush(self, /)", "Flush write buffers, if applicable.") {
  if (base_closed(vm, args[0])) io_closed(vm);
  return SK_NONE;
}
SK_NATIVE(base_seek, "seek(self, offset, whence=0, /)", "Change the stream position to the given byte offset.") { (void)args; io_unsupported(vm, "seek"); }
SK_NATIVE(base_tell, "tell(self, /)", "Return current stream position.") { return io_call2(vm, args[0], "seek", sk_smallint(0), sk_smallint(1)); }
SK_NATIVE(base_truncate, "truncate(self, size=None, /)", "Truncate file to size bytes.") { (void)args; io_unsupported(vm, "truncate"); }
SK_NATIVE(base_fileno, "fileno(self, /)", "Return underlying file descriptor if one exists.") { (void)args; io_unsupported(vm, "fileno"); }
SK_NATIVE(base_isatty, "isatty(self, /)", "Return whether this is an 'interactive' stream.") { check_closed(vm, args[0]); return SK_FALSE; }
SK_NATIVE(base_readable, "readable(self, /)", "Return whether object was opened for reading.") { (void)vm; (void)args; return SK_FALSE; }
SK_NATIVE(base_writable, "writable(self, /)", "Return whether object was opened for writing.") { (void)vm; (void)args; return SK_FALSE; }
SK_NATIVE(base_seekable, "seekable(self, /)", "Return whether object supports random access.") { (void)vm; (void)args; return SK_FALSE; }

SK_NATIVE(base_check_closed, "_checkClosed(self, msg=None, /)", NULL) { check_closed(vm, args[0]); return SK_NONE; }
static SkValue check_can(SkVm *vm, SkValue self, const char *method, const char *complaint) {
  if (!sk_truth(vm, io_call0(vm, self, method))) io_unsupported(vm, complaint);
  return SK_TRUE;
}
SK_NATIVE(base_check_readable, "_checkReadable(self, msg=None, /)", NULL) { return check_can(vm, args[0], "readable", "File or stream is not readable."); }
SK_NATIVE(base_check_writable, "_checkWritable(self, msg=None, /)", NULL) { return check_can(vm, args[0], "writable", "File or stream is not writable."); }
SK_NATIVE(base_check_seekable, "_checkSeekable(self, msg=None, /)", NULL) { return check_can(vm, args[0], "seekable", "File or stream is not seekable."); }

SK_NATIVE(base_enter, "__enter__(self, /)", NULL) { check_closed(vm, args[0]); return args[0]; }
SK_NATIVE(base_exit, "__exit__(self, /, *args)", NULL) { io_call0(vm, args[0], "close"); return SK_NONE; }
SK_NATIVE(base_del, "__del__(self, /)", NULL) {
  SkValue closed = sk_getattr_opt(vm, args[0], sk_intern(vm, "closed"));
  if (!sk_is_unset(closed) && !sk_truth(vm, closed)) io_call0(vm, args[0], "close");
  return SK_NONE;
}

SkValue io_iter_self(SkVm *vm, SkValue self) { check_closed(vm, self); return self; }

SkValue io_iter_next(SkVm *vm, SkValue self) {
  SkValue line = io_call0(vm, self, "readline");
  return sk_len(vm, line) ? line : SK_UNSET;
}

/* One byte at a time, or as many as peek() promises up to the line end. */
SK_NATIVE(base_readline, "readline(self, size=-1, /)", "Read and return a line from the stream.") {
  SkValue self = args[0];
  int64_t limit = io_size(vm, args[1]);
  SkValue peek = sk_getattr_opt(vm, self, sk_intern(vm, "peek"));
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  while (limit < 0 || (int64_t)b.used < limit) {
    int64_t want = 1;
    if (!sk_is_unset(peek)) {
      SkChars ahead;
      SkValue seen = sk_call1(vm, peek, sk_smallint(1));
      if (!sk_is_bytes(seen)) sk_raisef(vm, SK_T_OSError, "peek() should have returned a bytes object, not '%T'", seen);
      sk_bytes_view(vm, seen, &ahead.p, &ahead.n);
      const char *nl = memchr(ahead.p, '\n', ahead.n);
      if (ahead.n) want = nl ? nl + 1 - ahead.p : (int64_t)ahead.n;
      if (limit >= 0 && want > limit - (int64_t)b.used) want = limit - (int64_t)b.used;
    }
    SkValue got = io_call1(vm, self, "read", sk_smallint(want));
    if (!sk_is_bytes(got)) sk_raisef(vm, SK_T_OSError, "read() should have returned a bytes object, not '%T'", got);
    SkBytes *bytes = sk_as_bytes(got);
    if (bytes->length == 0) break;
    sk_strbuf_add(&b, bytes->data, bytes->length);
    if (bytes->data[bytes->length - 1] == '\n') break;
  }
  return sk_from_ptr(sk_strbuf_finish_bytes(&b));
}

SK_NATIVE(base_readlines, "readlines(self, hint=-1, /)", "Return a list of lines from the stream.") {
  int64_t hint = io_size(vm, args[1]), total = 0;
  SkList *lines = sk_list_new(vm, 8);
  SkValue it = sk_iter(vm, args[0]);
  for (SkValue line; !sk_is_unset(line = sk_next(vm, it));) {
    sk_list_append(vm, lines, line);
    total += sk_len(vm, line);
    if (hint > 0 && total >= hint) break;
  }
  return sk_from_ptr(lines);
}

static bool write_line(SkVm *vm, SkValue line, void *self) { io_call1(vm, *(SkValue *)self, "write", line); return true; }
SK_NATIVE(base_writelines, "writelines(self, lines, /)", "Write a list of lines to stream.") {
  SkValue self = args[0];
  check_closed(vm, self);
  sk_iterate(vm, args[1], write_line, &self);
  return SK_NONE;
}

static const SkAttrDef base_attrs[] = {
    SK_METHOD(base_close), SK_METHOD(base_flush), SK_METHOD(base_seek), SK_METHOD(base_tell), SK_METHOD(base_truncate),
    SK_METHOD(base_fileno), SK_METHOD(base_isatty), SK_METHOD(base_readable), SK_METHOD(base_writable), SK_METHOD(base_seekable),
    SK_METHOD(base_check_closed), SK_METHOD(base_check_readable), SK_METHOD(base_check_writable), SK_METHOD(base_check_seekable),
    SK_METHOD(base_enter), SK_METHOD(base_exit), SK_METHOD(base_del), SK_METHOD(base_readline), SK_METHOD(base_readlines),
    SK_METHOD(base_writelines), SK_GETSET("closed", base_get_closed, NULL, NULL), SK_ATTRS_END,
};

const SkTypeDef sk_io_base_type = {
    .name = "_io._IOBase", .doc = "The abstract base class for all I/O classes.", .kind = SK_KIND_INSTANCE, .size = sizeof(SkObject),
    .flags = SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE, .slots = {.iter = io_iter_self, .next = io_iter_next},
    .attrs = base_attrs, .new_ = &base_new_def, .init_ = &base_init_def,
};

/* ---- _RawIOBase ---- */

SK_NATIVE(raw_readall, "readall(self, /)", "Read until EOF, using multiple read() call.") {
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  for (bool some = false;; some = true) {
    SkValue got = io_call1(vm, args[0], "read", sk_smallint(SK_IO_BUFFER));
    if (sk_is_none(got)) {
      if (!some) return SK_NONE;
      break;
    }
    if (!sk_is_bytes(got)) sk_raise_type(vm, "read() should return bytes");
    if (sk_as_bytes(got)->length == 0) break;
    sk_strbuf_add(&b, sk_as_bytes(got)->data, sk_as_bytes(got)->length);
  }
  return sk_from_ptr(sk_strbuf_finish_bytes(&b));
}

SK_NATIVE(raw_read, "read(self, size=-1, /)", NULL) {
  int64_t n = io_size(vm, args[1]);
  if (n < 0) return io_call0(vm, args[0], "readall");
  SkBytearray *b = sk_bytearray_new(vm, NULL, (size_t)n);
  SkValue got = io_call1(vm, args[0], "readinto", sk_from_ptr(b));
  if (sk_is_none(got)) return got;
  int64_t count = sk_to_index(vm, got);
  if (count < 0 || count > (int64_t)b->length) sk_raise_value(vm, "readinto() returned %zd outside buffer size %zd", count, (int64_t)b->length);
  return sk_from_ptr(sk_bytes_new(vm, sk_bytearray_data(b), (size_t)count));
}
SK_NATIVE(raw_readinto, "readinto(self, buffer, /)", NULL) { (void)args; sk_raisef(vm, SK_T_NotImplementedError, "readinto"); }
SK_NATIVE(raw_write, "write(self, b, /)", NULL) { (void)args; sk_raisef(vm, SK_T_NotImplementedError, "write"); }
static const SkAttrDef raw_attrs[] = {SK_METHOD(raw_readall), SK_METHOD(raw_read), SK_METHOD(raw_readinto), SK_METHOD(raw_write), SK_ATTRS_END};
const SkTypeDef sk_io_raw_type = {
    .name = "_io._RawIOBase", .doc = "Base class for raw binary I/O.", .kind = SK_KIND_INSTANCE, .size = sizeof(SkObject),
    .flags = SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE, .attrs = raw_attrs,
};

/* ---- _BufferedIOBase ---- */

static SkValue read_into(SkVm *vm, const SkValue *args, const char *method) {
  char *p;
  size_t n;
  if (!sk_bytes_view_writable(vm, args[1], &p, &n)) sk_raise_type(vm, "readinto() argument must be read-write bytes-like object, not %T", args[1]);
  SkValue got = io_call1(vm, args[0], method, sk_smallint((int64_t)n));
  if (!sk_is_bytes(got)) sk_raise_type(vm, "read() should return bytes");
  size_t count = sk_as_bytes(got)->length;
  sk_bytes_view_writable(vm, args[1], &p, &n);
  if (count > n) sk_raise_value(vm, "read() returned too much data: %zd bytes requested, %zd returned", (int64_t)n, (int64_t)count);
  memcpy(p, sk_as_bytes(got)->data, count);
  return sk_smallint((int64_t)count);
}
SK_NATIVE(buffered_readinto, "readinto(self, buffer, /)", NULL) { return read_into(vm, args, "read"); }
SK_NATIVE(buffered_readinto1, "readinto1(self, buffer, /)", NULL) { return read_into(vm, args, "read1"); }
SK_NATIVE(buffered_read, "read(self, size=-1, /)", NULL) { (void)args; io_unsupported(vm, "read"); }
SK_NATIVE(buffered_read1, "read1(self, size=-1, /)", NULL) { (void)args; io_unsupported(vm, "read1"); }
SK_NATIVE(buffered_write, "write(self, b, /)", NULL) { (void)args; io_unsupported(vm, "write"); }
SK_NATIVE(buffered_detach, "detach(self, /)", NULL) { (void)args; io_unsupported(vm, "detach"); }
static const SkAttrDef buffered_attrs[] = {SK_METHOD(buffered_readinto), SK_METHOD(buffered_readinto1), SK_METHOD(buffered_read),
                                           SK_METHOD(buffered_read1), SK_METHOD(buffered_write), SK_METHOD(buffered_detach), SK_ATTRS_END};
const SkTypeDef sk_io_buffered_type = {
    .name = "_io._BufferedIOBase", .doc = "Base class for buffered IO objects.", .kind = SK_KIND_INSTANCE, .size = sizeof(SkObject),
    .flags = SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE, .attrs = buffered_attrs,
};

/* ---- _TextIOBase ---- */

SK_NATIVE(text_read, "read(self, size=-1, /)", NULL) { (void)args; io_unsupported(vm, "read"); }
SK_NATIVE(text_readline, "readline(self, size=-1, /)", NULL) { (void)args; io_unsupported(vm, "readline"); }
SK_NATIVE(text_write, "write(self, s, /)", NULL) { (void)args; io_unsupported(vm, "write"); }
SK_NATIVE(text_detach, "detach(self, /)", NULL) { (void)args; io_unsupported(vm, "detach"); }
static SkValue get_none(SkVm *vm, SkValue self) { (void)vm; (void)self; return SK_NONE; }
static const SkAttrDef text_attrs[] = {SK_METHOD(text_read), SK_METHOD(text_readline), SK_METHOD(text_write), SK_METHOD(text_detach),
                                       SK_GETSET("encoding", get_none, NULL, NULL), SK_GETSET("newlines", get_none, NULL, NULL),
                                       SK_GETSET("errors", get_none, NULL, NULL), SK_ATTRS_END};
const SkTypeDef sk_io_text_type = {
    .name = "_io._TextIOBase", .doc = "Base class for text I/O.", .kind = SK_KIND_INSTANCE, .size = sizeof(SkObject),
    .flags = SK_TYPE_HAS_DICT | SK_TYPE_WEAKREFABLE, .attrs = text_attrs,
};
