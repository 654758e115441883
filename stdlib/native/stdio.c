/* stdio.c - the three standard streams as small text files, until a program asks for more.  Layer 8.
 *
 * Output is buffered (by lines on a terminal) and flushed at exit; input is read by lines.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "stdlib/native/native.h"
#include "stdlib/native/stdio.h"
#include "vm/base/utf8.h"
#include "vm/object/bytes.h"
#include "vm/run/thread.h"

enum { BUFFER_BYTES = 8192 };

typedef struct SkStdio {
  SkObject head;
  SkRaw *buffer;
  size_t from, used; /* output: [0, used) is to be written; input: [from, used) is to be read */
  int fd;
  bool by_line, unbuffered, input, eof;
  bool hooked;         /* the host's: hooks.write or hooks.read, no descriptor */
  SkValue name, bytes; /* bytes: the object behind .buffer, None until it is asked for */
} SkStdio;

static void stdio_trace(SkMarker *m, SkObject *o) {
  sk_mark_cell(m, ((SkStdio *)o)->buffer);
  sk_mark(m, ((SkStdio *)o)->name);
  sk_mark(m, ((SkStdio *)o)->bytes);
  sk_trace_attributes(m, o);
}

/* How much was written of p, perhaps nothing yet.  With other threads about, one that would have to wait for room lets
 * them run, and then looks again at what there is to write; what fits is written with the lock, so that nothing mixes. */
static size_t write_some(SkVm *vm, int fd, const char *p, size_t n) {
  if (vm->hooks.write) {
    vm->hooks.write(vm, fd, p, n);
    return n;
  }
  enum { SURE = 4096 /* a pipe that is ready takes as much without waiting */ };
  if (sk_thread_count(vm) > 1) {
    struct pollfd room = {.fd = fd, .events = POLLOUT};
    if (poll(&room, 1, 0) == 0) {
      sk_thread_wait_fd(vm, fd, POLLOUT);
      return 0;
    }
    if (n > SURE) n = SURE;
  }
  ssize_t done = write(fd, p, n);
  if (done >= 0) return (size_t)done;
  if (errno != EINTR) sk_raise_os(vm, errno, SK_UNSET);
  vm->hooks.poll(vm); /* a signal's handler may raise */
  return 0;
}

/* What cannot be written stays, so that the end of the program sees the error again. */
static void stdio_flush(SkVm *vm, SkStdio *f) {
  if (f->input) return;
  while (f->used) {
    size_t done = write_some(vm, f->fd, (const char *)f->buffer->data, f->used);
    f->used -= done;
    memmove(f->buffer->data, f->buffer->data + done, f->used);
  }
}

static void need_buffer(SkVm *vm, SkStdio *f) {
  if (!f->buffer) sk_write_ptr(vm, f, &f->buffer, sk_raw_new(vm, BUFFER_BYTES));
}

static void stdio_write(SkVm *vm, SkStdio *f, const char *p, size_t n) {
  if (f->input) sk_raise_value(vm, "not writable");
  if (!n) return;
  need_buffer(vm, f);
  if (n > BUFFER_BYTES - f->used) stdio_flush(vm, f);
  if (n > BUFFER_BYTES) {
    for (size_t at = 0; at < n;) at += write_some(vm, f->fd, p + at, n - at);
    return;
  }
  memcpy(f->buffer->data + f->used, p, n);
  f->used += n;
  if (f->unbuffered || (f->by_line && memrchr(p, '\n', n))) stdio_flush(vm, f);
}

/* Standard error shows what it cannot encode: a surrogate is three bytes of the internal form. */
static void write_escaped(SkVm *vm, SkStdio *f, const SkStr *s) {
  const char *p = s->data, *end = p + s->bytes, *from = p;
  for (; p + 2 < end; p++) {
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] != 0xed || u[1] < 0xa0) continue;
    char text[8];
    snprintf(text, sizeof text, "\\u%04x", 0xd000u | (u[1] & 0x3fu) << 6 | (u[2] & 0x3fu));
    stdio_write(vm, f, from, (size_t)(p - from));
    stdio_write(vm, f, text, 6);
    p += 2;
    from = p + 1;
  }
  stdio_write(vm, f, from, (size_t)(end - from));
}

static void write_text(SkVm *vm, SkStdio *f, SkStr *s) {
  if (!(s->head.aux & SK_STR_SURROGATES)) {
    stdio_write(vm, f, s->data, s->bytes);
    return;
  }
  if (f->fd == 2) {
    write_escaped(vm, f, s);
    return;
  }
  for (size_t i = 0; i < s->count; i++) {
    if (!sk_utf8_is_surrogate(sk_str_at(vm, s, i))) continue;
    SkValue args[] = {sk_from_ptr(sk_intern(vm, "utf-8")), sk_from_ptr(s), sk_smallint((int64_t)i), sk_smallint((int64_t)i + 1),
                      sk_from_ptr(sk_intern(vm, "surrogates not allowed"))};
    sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_UnicodeEncodeError], args, 5));
  }
}

/* ---- reading ---- */

/* Another thread may have read from the stream meanwhile: what it left comes first. */
static bool take_in(SkVm *vm, SkStdio *f, const char *p, size_t n) {
  need_buffer(vm, f);
  size_t kept = f->used - f->from;
  if (kept + n > f->buffer->bytes) {
    SkRaw *more = sk_raw_new(vm, kept + n);
    memcpy(more->data, f->buffer->data + f->from, kept);
    sk_write_ptr(vm, f, &f->buffer, more);
  } else {
    memmove(f->buffer->data, f->buffer->data + f->from, kept);
  }
  memcpy(f->buffer->data + kept, p, n);
  f->from = 0;
  f->used = kept + n;
  if (!n) f->eof = true;
  return f->used > 0;
}

static bool fill(SkVm *vm, SkStdio *f) {
  if (f->eof) return false;
  char fresh[BUFFER_BYTES];
  if (f->hooked) return take_in(vm, f, fresh, vm->hooks.read ? vm->hooks.read(vm, fresh, sizeof fresh) : 0);
  for (;;) {
    sk_thread_wait_fd(vm, f->fd, POLLIN);
    SkThread *self = sk_thread_release(vm);
    ssize_t n = read(f->fd, fresh, sizeof fresh);
    sk_thread_acquire(self);
    if (n >= 0) return take_in(vm, f, fresh, (size_t)n);
    if (errno != EINTR) sk_raise_os(vm, errno, SK_UNSET);
    vm->hooks.poll(vm); /* a signal's handler may raise */
  }
}

/* Length of the prefix of p that holds at most |want| characters. */
static size_t prefix(const char *p, size_t n, int64_t want) {
  size_t at = 0;
  for (int64_t seen = 0; at < n; at++)
    if (((unsigned char)p[at] & 0xc0) != 0x80 && seen++ == want) break;
  return at;
}

/* Up to |want| characters (bytes of a binary stream), all when negative; no further than a line's end if |line|. */
static void read_into(SkVm *vm, SkStdio *f, SkStrBuf *b, bool line, int64_t want, bool bytes) {
  bool ended = false;
  while (want != 0 && !ended) {
    if (f->from == f->used && !fill(vm, f)) break;
    const char *p = (const char *)f->buffer->data + f->from;
    size_t n = f->used - f->from;
    const char *nl = line ? memchr(p, '\n', n) : NULL;
    if (nl) n = (size_t)(nl + 1 - p);
    if (want > 0) {
      size_t most = bytes ? (size_t)want < n ? (size_t)want : n : prefix(p, n, want);
      if (most < n) nl = NULL;
      n = most;
      for (size_t i = 0; i < n; i++) want -= bytes || ((unsigned char)p[i] & 0xc0) != 0x80;
    }
    sk_strbuf_add(b, p, n);
    f->from += n;
    ended = nl != NULL;
  }
  if (line) f->eof = false; /* a terminal may go on after end of file */
}

static SkValue read_some(SkVm *vm, SkStdio *f, bool line, int64_t want) {
  if (!f->input) sk_raise_value(vm, "not readable");
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  read_into(vm, f, &b, line, want, false);
  return sk_from_ptr(sk_str_decode_utf8(vm, b.raw ? (const char *)b.raw->data : "", b.used));
}

static SkValue read_lines(SkVm *vm, SkStdio *f) {
  SkList *l = sk_list_new(vm, 8);
  for (;;) {
    SkValue s = read_some(vm, f, true, -1);
    if (!sk_as_str(s)->bytes) return sk_from_ptr(l);
    sk_list_append(vm, l, s);
  }
}

/* ---- the class ---- */

/* A host gets what was written at once, a whole call of print() or write() at a time. */
static void settle(SkVm *vm, SkStdio *f) {
  if (f->hooked) stdio_flush(vm, f);
}

static bool is_terminal(const SkStdio *f) { return !f->hooked && isatty(f->fd); }

static int number_of(SkVm *vm, const SkStdio *f) {
  if (!f->hooked) return f->fd;
  SkValue cls = sk_getattr_cstr(vm, sk_import_name(vm, "io"), "UnsupportedOperation"), text = sk_from_ptr(sk_intern(vm, "fileno"));
  sk_raise_exc(vm, sk_exc_new_args(vm, sk_as_type(cls), &text, 1));
}

static int64_t size_of(SkVm *vm, SkValue v) { return sk_is_none(v) ? -1 : sk_to_index(vm, v); }

SK_NATIVE(stdio_m_write, "write(self, text, /)", "Write text; returns the number of characters.") {
  if (!sk_is_str(args[1])) sk_raise_type(vm, "write() argument must be str, not %T", args[1]);
  write_text(vm, sk_ptr(args[0]), sk_as_str(args[1]));
  settle(vm, sk_ptr(args[0]));
  return sk_smallint((int64_t)sk_as_str(args[1])->count);
}
static bool write_line(SkVm *vm, SkValue item, void *f) {
  if (!sk_is_str(item)) sk_raise_type(vm, "write() argument must be str, not %T", item);
  write_text(vm, f, sk_as_str(item));
  return true;
}
SK_NATIVE(stdio_writelines, "writelines(self, lines, /)", NULL) {
  sk_iterate(vm, args[1], write_line, sk_ptr(args[0]));
  settle(vm, sk_ptr(args[0]));
  return SK_NONE;
}
SK_NATIVE(stdio_m_flush, "flush(self, /)", NULL) { stdio_flush(vm, sk_ptr(args[0])); return SK_NONE; }
SK_NATIVE(stdio_fileno, "fileno(self, /)", NULL) { return sk_smallint(number_of(vm, sk_ptr(args[0]))); }
SK_NATIVE(stdio_isatty, "isatty(self, /)", NULL) { (void)vm; return sk_bool(is_terminal(sk_ptr(args[0]))); }
SK_NATIVE(stdio_readable, "readable(self, /)", NULL) { (void)vm; return sk_bool(((SkStdio *)sk_ptr(args[0]))->input); }
SK_NATIVE(stdio_writable, "writable(self, /)", NULL) { (void)vm; return sk_bool(!((SkStdio *)sk_ptr(args[0]))->input); }
SK_NATIVE(stdio_readline, "readline(self, size=-1, /)", NULL) { return read_some(vm, sk_ptr(args[0]), true, size_of(vm, args[1])); }
SK_NATIVE(stdio_read, "read(self, size=-1, /)", NULL) { return read_some(vm, sk_ptr(args[0]), false, size_of(vm, args[1])); }
SK_NATIVE(stdio_readlines, "readlines(self, hint=-1, /)", NULL) { return read_lines(vm, sk_ptr(args[0])); }
SK_NATIVE(stdio_seekable, "seekable(self, /)", NULL) { (void)vm; (void)args; return SK_FALSE; }
SK_NATIVE(stdio_close, "close(self, /)", "The standard streams stay open; what was written is flushed.") { stdio_flush(vm, sk_ptr(args[0])); return SK_NONE; }
SK_NATIVE(stdio_reconfigure, "reconfigure(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)",
          "Only the buffering can be changed.") {
  SkStdio *f = sk_ptr(args[0]);
  stdio_flush(vm, f);
  for (int i = 4; i < 6; i++)
    if (!sk_is_none(args[i])) f->by_line = sk_truth(vm, args[i]);
  return SK_NONE;
}

SK_NATIVE(stdio_enter, "__enter__(self, /)", NULL) { (void)vm; return args[0]; }
SK_NATIVE(stdio_exit, "__exit__(self, /, *args)", NULL) { stdio_flush(vm, sk_ptr(args[0])); return SK_NONE; }

static SkValue stdio_iter(SkVm *vm, SkValue self) { (void)vm; return self; }
static SkValue stdio_next(SkVm *vm, SkValue self) {
  SkValue line = read_some(vm, sk_ptr(self), true, -1);
  return sk_as_str(line)->bytes ? line : SK_UNSET;
}

static SkValue get_encoding(SkVm *vm, SkValue self) { (void)self; return sk_from_ptr(sk_intern(vm, "utf-8")); }
static SkValue get_errors(SkVm *vm, SkValue self) {
  return sk_from_ptr(sk_intern(vm, ((SkStdio *)sk_ptr(self))->fd == 2 ? "backslashreplace" : "strict"));
}
static SkValue get_name(SkVm *vm, SkValue self) { (void)vm; return ((SkStdio *)sk_ptr(self))->name; }
static SkValue get_mode(SkVm *vm, SkValue self) { return sk_from_ptr(sk_intern(vm, ((SkStdio *)sk_ptr(self))->input ? "r" : "w")); }
static SkValue get_closed(SkVm *vm, SkValue self) { (void)vm; (void)self; return SK_FALSE; }

static SkValue stdio_repr(SkVm *vm, SkValue self) {
  return sk_from_ptr(sk_format(vm, "<_io.TextIOWrapper name=%R mode=%R encoding='utf-8'>", get_name(vm, self), get_mode(vm, self)));
}

/* ---- .buffer: the bytes below the text ---- */

typedef struct SkStdioBytes { SkObject head; SkStdio *text; } SkStdioBytes;

static void bytes_trace(SkMarker *m, SkObject *o) { sk_mark_ptr(m, ((SkStdioBytes *)o)->text); }
static SkStdio *below(SkValue self) { return ((SkStdioBytes *)sk_ptr(self))->text; }

static SkValue read_bytes(SkVm *vm, SkStdio *f, bool line, int64_t want) {
  if (!f->input) sk_raise_value(vm, "not readable");
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  read_into(vm, f, &b, line, want, true);
  return sk_from_ptr(sk_bytes_new(vm, b.raw ? (const char *)b.raw->data : "", b.used));
}

SK_NATIVE(bytes_m_write, "write(self, data, /)", "Write bytes; returns how many.") {
  const char *p;
  size_t n;
  if (!sk_bytes_view(vm, args[1], &p, &n)) sk_raise_type(vm, "a bytes-like object is required, not '%T'", args[1]);
  stdio_write(vm, below(args[0]), p, n);
  settle(vm, below(args[0]));
  return sk_smallint((int64_t)n);
}
SK_NATIVE(bytes_m_flush, "flush(self, /)", NULL) { stdio_flush(vm, below(args[0])); return SK_NONE; }
SK_NATIVE(bytes_m_read, "read(self, size=-1, /)", NULL) { return read_bytes(vm, below(args[0]), false, size_of(vm, args[1])); }
SK_NATIVE(bytes_m_readline, "readline(self, size=-1, /)", NULL) { return read_bytes(vm, below(args[0]), true, size_of(vm, args[1])); }
SK_NATIVE(bytes_m_fileno, "fileno(self, /)", NULL) { return sk_smallint(number_of(vm, below(args[0]))); }
SK_NATIVE(bytes_m_isatty, "isatty(self, /)", NULL) { (void)vm; return sk_bool(is_terminal(below(args[0]))); }
SK_NATIVE(bytes_m_readable, "readable(self, /)", NULL) { (void)vm; return sk_bool(below(args[0])->input); }
SK_NATIVE(bytes_m_writable, "writable(self, /)", NULL) { (void)vm; return sk_bool(!below(args[0])->input); }

static SkValue bytes_next(SkVm *vm, SkValue self) {
  SkValue line = read_bytes(vm, below(self), true, -1);
  return sk_len(vm, line) ? line : SK_UNSET;
}
static SkValue bytes_name(SkVm *vm, SkValue self) { (void)vm; return below(self)->name; }

static const SkAttrDef bytes_attrs[] = {
    SK_METHOD(bytes_m_write), SK_METHOD(bytes_m_flush), SK_METHOD(bytes_m_read), SK_METHOD(bytes_m_readline), SK_METHOD(bytes_m_fileno),
    SK_METHOD(bytes_m_isatty), SK_METHOD(bytes_m_readable), SK_METHOD(bytes_m_writable), SK_GETSET("name", bytes_name, NULL, NULL), SK_ATTRS_END,
};

static const SkTypeDef bytes_def = {
    .name = "_io.StandardBytes", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(SkStdioBytes),
    .flags = SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE, .slots = {.iter = stdio_iter, .next = bytes_next},
    .attrs = bytes_attrs, .trace = bytes_trace,
};

/* Made when a program asks for it, once. */
static SkValue get_buffer(SkVm *vm, SkValue self) {
  SkStdio *f = sk_ptr(self);
  if (!sk_is_none(f->bytes)) return f->bytes;
  SkStdioBytes *b = sk_object_new(vm, sk_type_from_def(vm, &bytes_def), 0);
  sk_write_ptr(vm, b, &b->text, f);
  sk_write(vm, f, &f->bytes, sk_from_ptr(b));
  return f->bytes;
}
static SkValue get_by_line(SkVm *vm, SkValue self) { (void)vm; return sk_bool(((SkStdio *)sk_ptr(self))->by_line); }
static SkValue get_newlines(SkVm *vm, SkValue self) { (void)vm; (void)self; return SK_NONE; }

/* ---- the class of the text streams ---- */

static const SkAttrDef attrs[] = {
    SK_METHOD(stdio_m_write), SK_METHOD(stdio_writelines), SK_METHOD(stdio_m_flush), SK_METHOD(stdio_fileno), SK_METHOD(stdio_isatty),
    SK_METHOD(stdio_readable), SK_METHOD(stdio_writable), SK_METHOD(stdio_readline), SK_METHOD(stdio_read), SK_METHOD(stdio_reconfigure),
    SK_METHOD(stdio_readlines), SK_METHOD(stdio_seekable), SK_METHOD(stdio_close), SK_METHOD(stdio_enter), SK_METHOD(stdio_exit), SK_GETSET("buffer", get_buffer, NULL, NULL),
    SK_GETSET("line_buffering", get_by_line, NULL, NULL), SK_GETSET("newlines", get_newlines, NULL, NULL),
    SK_GETSET("encoding", get_encoding, NULL, NULL), SK_GETSET("errors", get_errors, NULL, NULL), SK_GETSET("name", get_name, NULL, NULL),
    SK_GETSET("mode", get_mode, NULL, NULL), SK_GETSET("closed", get_closed, NULL, NULL), SK_ATTRS_END,
};

static const SkTypeDef stdio_def = {
    .name = "_io.StandardStream", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(SkStdio),
    .flags = SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_HAS_DICT, .slots = {.iter = stdio_iter, .next = stdio_next, .repr = stdio_repr},
    .attrs = attrs, .trace = stdio_trace,
};

/* Input that a script may not have is empty. */
static bool is_hooked(SkVm *vm, int fd) { return fd ? vm->hooks.write != NULL : vm->hooks.read || !sk_may(vm, SK_CAP_STDIN); }

static SkValue stream(SkVm *vm, SkType *t, int fd, const char *name) {
  SkStdio *f = sk_object_new(vm, t, 0);
  f->fd = fd;
  f->name = f->bytes = SK_NONE;
  f->input = fd == 0;
  f->hooked = is_hooked(vm, fd);
  f->by_line = !f->hooked && (fd == 2 || (fd == 1 && isatty(1)));
  f->unbuffered = vm->options.unbuffered && !f->hooked;
  sk_write(vm, f, &f->name, sk_from_ptr(sk_intern(vm, name)));
  return sk_from_ptr(f);
}

void sk_stdio_init(SkVm *vm) {
  SkType *t = sk_type_from_def(vm, &stdio_def);
  static const char *const names[] = {"stdin", "stdout", "stderr"};
  static const char *const hidden[] = {"__stdin__", "__stdout__", "__stderr__"};
  for (int fd = 0; fd < 3; fd++) {
    char shown[16] = "<";
    strcat(strcat(shown, names[fd]), ">");
    SkValue f = !is_hooked(vm, fd) && fcntl(fd, F_GETFD) < 0 ? SK_NONE : stream(vm, t, fd, shown); /* None: the caller closed it */
    sk_sys_set(vm, names[fd], f);
    sk_sys_set(vm, hidden[fd], f);
  }
}

static bool is_stdio(SkVm *vm, SkValue file) {
  return sk_has_kind(file, SK_KIND_NATIVE_OBJECT) && sk_type_of(vm, file)->def == &stdio_def;
}

void sk_file_write_part(SkVm *vm, SkValue file, SkStr *s) {
  if (is_stdio(vm, file)) {
    write_text(vm, sk_ptr(file), s);
    return;
  }
  SkValue arg = sk_from_ptr(s);
  sk_call_method(vm, file, SK_NAME(vm, write), &arg, 1);
}

void sk_file_write(SkVm *vm, SkValue file, SkStr *s) {
  sk_file_write_part(vm, file, s);
  if (is_stdio(vm, file)) settle(vm, sk_ptr(file));
}

static void flush_one(SkVm *vm, void *arg) {
  SkValue f = sk_sys_get(vm, arg);
  if (!sk_is_unset(f) && !sk_is_none(f)) sk_call_method0(vm, f, SK_NAME(vm, flush));
}

void sk_sys_flush(SkVm *vm) {
  static char *const names[] = {"stdout", "stderr"};
  for (int i = 0; i < 2; i++)
    if (!sk_protect(vm, flush_one, names[i])) sk_take_raised(vm);
}
