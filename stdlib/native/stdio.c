/* stdio.c - the three standard streams as small text files, until a program asks for more.  Layer 8.
 *
 * Output is buffered (by lines on a terminal) and flushed at exit; input is read by lines.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "stdlib/native/native.h"
#include "stdlib/native/stdio.h"
#include "vm/base/utf8.h"

enum { BUFFER_BYTES = 8192 };

typedef struct SkStdio {
  SkObject head;
  SkRaw *buffer;
  size_t from, used; /* output: [0, used) is to be written; input: [from, used) is to be read */
  int fd;
  bool by_line, unbuffered, input, eof;
  SkValue name;
} SkStdio;

static void stdio_trace(SkMarker *m, SkObject *o) {
  sk_mark_cell(m, ((SkStdio *)o)->buffer);
  sk_mark(m, ((SkStdio *)o)->name);
  sk_trace_attributes(m, o);
}

static bool write_all(int fd, const char *p, size_t n) {
  while (n) {
    ssize_t done = write(fd, p, n);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return false;
    p += done;
    n -= (size_t)done;
  }
  return true;
}

static void stdio_flush(SkVm *vm, SkStdio *f) {
  size_t n = f->used;
  if (f->input || !n) return;
  f->used = 0;
  if (!write_all(f->fd, (const char *)f->buffer->data, n)) sk_raise_os(vm, errno, SK_UNSET);
}

static void stdio_write(SkVm *vm, SkStdio *f, const char *p, size_t n) {
  if (f->input) sk_raise_value(vm, "not writable");
  if (n > BUFFER_BYTES - f->used) stdio_flush(vm, f);
  if (n > BUFFER_BYTES) {
    if (!write_all(f->fd, p, n)) sk_raise_os(vm, errno, SK_UNSET);
    return;
  }
  memcpy(f->buffer->data + f->used, p, n);
  f->used += n;
  if (f->unbuffered || (f->by_line && memrchr(p, '\n', n))) stdio_flush(vm, f);
}

static void write_text(SkVm *vm, SkStdio *f, SkStr *s) {
  if (s->head.aux & SK_STR_SURROGATES) {
    if (f->fd == 2) {
      SkStr *shown = sk_ascii(vm, sk_from_ptr(s));
      stdio_write(vm, f, shown->data + 1, shown->bytes - 2);
      return;
    }
    for (size_t i = 0; i < s->count; i++) {
      if (!sk_utf8_is_surrogate(sk_str_at(vm, s, i))) continue;
      SkValue args[] = {sk_from_ptr(sk_intern(vm, "utf-8")), sk_from_ptr(s), sk_smallint((int64_t)i), sk_smallint((int64_t)i + 1),
                        sk_from_ptr(sk_intern(vm, "surrogates not allowed"))};
      sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_UnicodeEncodeError], args, 5));
    }
  }
  stdio_write(vm, f, s->data, s->bytes);
}

/* ---- reading ---- */

static bool fill(SkVm *vm, SkStdio *f) {
  if (f->eof) return false;
  f->from = f->used = 0;
  ssize_t n;
  do n = read(f->fd, f->buffer->data, BUFFER_BYTES);
  while (n < 0 && errno == EINTR);
  if (n < 0) sk_raise_os(vm, errno, SK_UNSET);
  f->eof = n == 0;
  f->used = (size_t)n;
  return n > 0;
}

static SkValue read_some(SkVm *vm, SkStdio *f, bool line) {
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  for (;;) {
    if (f->from == f->used && !fill(vm, f)) break;
    const char *p = (const char *)f->buffer->data + f->from;
    size_t n = f->used - f->from;
    const char *nl = line ? memchr(p, '\n', n) : NULL;
    if (nl) n = (size_t)(nl + 1 - p);
    sk_strbuf_add(&b, p, n);
    f->from += n;
    if (nl) break;
  }
  if (line) f->eof = false; /* a terminal may go on after end of file */
  return sk_from_ptr(sk_str_decode_utf8(vm, b.raw ? (const char *)b.raw->data : "", b.used));
}

/* ---- the class ---- */

SK_NATIVE(stdio_m_write, "write(self, text, /)", "Write text; returns the number of characters.") {
  if (!sk_is_str(args[1])) sk_raise_type(vm, "write() argument must be str, not %T", args[1]);
  write_text(vm, sk_ptr(args[0]), sk_as_str(args[1]));
  return sk_smallint((int64_t)sk_as_str(args[1])->count);
}
static bool write_line(SkVm *vm, SkValue item, void *f) {
  if (!sk_is_str(item)) sk_raise_type(vm, "write() argument must be str, not %T", item);
  write_text(vm, f, sk_as_str(item));
  return true;
}
SK_NATIVE(stdio_writelines, "writelines(self, lines, /)", NULL) {
  sk_iterate(vm, args[1], write_line, sk_ptr(args[0]));
  return SK_NONE;
}
SK_NATIVE(stdio_m_flush, "flush(self, /)", NULL) { stdio_flush(vm, sk_ptr(args[0])); return SK_NONE; }
SK_NATIVE(stdio_fileno, "fileno(self, /)", NULL) { (void)vm; return sk_smallint(((SkStdio *)sk_ptr(args[0]))->fd); }
SK_NATIVE(stdio_isatty, "isatty(self, /)", NULL) { (void)vm; return sk_bool(isatty(((SkStdio *)sk_ptr(args[0]))->fd)); }
SK_NATIVE(stdio_readable, "readable(self, /)", NULL) { (void)vm; return sk_bool(((SkStdio *)sk_ptr(args[0]))->input); }
SK_NATIVE(stdio_writable, "writable(self, /)", NULL) { (void)vm; return sk_bool(!((SkStdio *)sk_ptr(args[0]))->input); }
SK_NATIVE(stdio_readline, "readline(self, size=-1, /)", NULL) { return read_some(vm, sk_ptr(args[0]), true); }
SK_NATIVE(stdio_read, "read(self, size=-1, /)", NULL) { return read_some(vm, sk_ptr(args[0]), false); }
SK_NATIVE(stdio_reconfigure, "reconfigure(self, **options)", NULL) { (void)vm; (void)args; return SK_NONE; }

static SkValue stdio_iter(SkVm *vm, SkValue self) { (void)vm; return self; }
static SkValue stdio_next(SkVm *vm, SkValue self) {
  SkValue line = read_some(vm, sk_ptr(self), true);
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

static const SkAttrDef attrs[] = {
    SK_METHOD(stdio_m_write), SK_METHOD(stdio_writelines), SK_METHOD(stdio_m_flush), SK_METHOD(stdio_fileno), SK_METHOD(stdio_isatty),
    SK_METHOD(stdio_readable), SK_METHOD(stdio_writable), SK_METHOD(stdio_readline), SK_METHOD(stdio_read), SK_METHOD(stdio_reconfigure),
    SK_GETSET("encoding", get_encoding, NULL, NULL), SK_GETSET("errors", get_errors, NULL, NULL), SK_GETSET("name", get_name, NULL, NULL),
    SK_GETSET("mode", get_mode, NULL, NULL), SK_GETSET("closed", get_closed, NULL, NULL), SK_ATTRS_END,
};

static const SkTypeDef stdio_def = {
    .name = "_io.StandardStream", .kind = SK_KIND_NATIVE_OBJECT, .size = sizeof(SkStdio),
    .flags = SK_TYPE_NO_NEW | SK_TYPE_IMMUTABLE | SK_TYPE_HAS_DICT, .slots = {.iter = stdio_iter, .next = stdio_next, .repr = stdio_repr},
    .attrs = attrs, .trace = stdio_trace,
};

static SkValue stream(SkVm *vm, SkType *t, int fd, const char *name) {
  SkStdio *f = sk_object_new(vm, t, 0);
  f->fd = fd;
  f->name = SK_NONE;
  f->input = fd == 0;
  f->by_line = fd == 2 || (fd == 1 && isatty(1));
  f->unbuffered = vm->options.unbuffered;
  SkRaw *buffer = sk_raw_new(vm, BUFFER_BYTES);
  sk_write_ptr(vm, f, &f->buffer, buffer);
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
    SkValue f = stream(vm, t, fd, shown);
    sk_sys_set(vm, names[fd], f);
    sk_sys_set(vm, hidden[fd], f);
  }
}

static bool is_stdio(SkVm *vm, SkValue file) {
  return sk_has_kind(file, SK_KIND_NATIVE_OBJECT) && sk_type_of(vm, file)->def == &stdio_def;
}

void sk_file_write(SkVm *vm, SkValue file, SkStr *s) {
  if (is_stdio(vm, file)) {
    write_text(vm, sk_ptr(file), s);
    return;
  }
  SkValue arg = sk_from_ptr(s);
  sk_call_method(vm, file, SK_NAME(vm, write), &arg, 1);
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
