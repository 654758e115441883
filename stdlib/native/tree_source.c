/* tree_source.c - lines of source: of remembered texts, of the library, of files if the VM may read them, of the prompt.  Layer 8. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stdlib/native/tree_impl.h"
#include "vm/object/bytes.h"

enum { FILE_MOST = 16 << 20 };

/* The text of one file name; lines[i] is where line i + 1 begins. */
struct TreeFile {
  TreeFile *next;
  TreeText name, text;
  size_t *lines, line_count;
};

/* ---- texts ---- */

typedef struct Ask { SkStr *name; SkValue result; const TreeFrame *frame; int line; } Ask;

static void ask_remembered(SkVm *vm, void *arg) { ((Ask *)arg)->result = sk_source_remembered(vm, ((Ask *)arg)->name); }

/* What linecache keeps for the code of a prompt's statement. */
static void ask_linecache(SkVm *vm, void *arg) {
  Ask *a = arg;
  SkValue fn = sk_getattr_cstr(vm, sk_import_name(vm, "linecache"), "_getline_from_code");
  a->result = sk_call2(vm, fn, sk_from_ptr(a->frame->func->code), sk_smallint(a->line));
}

static bool ask(TreeDoc *d, void (*fn)(SkVm *, void *), Ask *a) {
  if (sk_stopped(d->vm)) return false;
  if (sk_protect_any(d->vm, fn, a)) return true;
  sk_take_raised(d->vm);
  return false;
}

static bool may_read(TreeDoc *d, const char *path) {
  SkVm *vm = d->vm;
  return !vm->hooks.denied || (sk_may(vm, SK_CAP_FS_READ) && (!vm->hooks.allowed || vm->hooks.allowed(vm, SK_CAP_FS_READ, path)));
}

/* Memory first: it may raise, and a file that is open would stay so. */
static TreeText read_all(TreeDoc *d, const char *path) {
  struct stat st;
  size_t n = 0;
  if (!may_read(d, path) || stat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > FILE_MOST) return (TreeText){NULL, 0};
  size_t room = (size_t)st.st_size;
  char *p = tree_alloc(d, room);
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return (TreeText){NULL, 0};
  while (n < room) {
    ssize_t got = read(fd, p + n, room - n);
    if (got > 0) n += (size_t)got;
    else if (got == 0 || errno != EINTR) break;
  }
  close(fd);
  return (TreeText){p, n};
}

static TreeText text_of(TreeDoc *d, SkStr *name) {
  Ask a = {.name = name, .result = SK_UNSET};
  if (ask(d, ask_remembered, &a) && sk_has_kind(a.result, SK_KIND_BYTES)) {
    const SkBytes *b = sk_as_bytes(a.result);
    return tree_copy(d, b->data, b->length);
  }
  if (name->bytes > 9 && !memcmp(name->data, "<frozen ", 8)) {
    const SkFrozen *f = sk_frozen_find(name->data + 8, name->bytes - 9);
    return f ? (TreeText){f->source, f->length} : (TreeText){NULL, 0};
  }
  if (!name->bytes || name->data[0] == '<' || memchr(name->data, 0, name->bytes)) return (TreeText){NULL, 0};
  return read_all(d, tree_copy(d, name->data, name->bytes).s);
}

static const TreeFile *file_of(TreeDoc *d, SkStr *name) {
  for (TreeFile *f = d->files; f; f = f->next)
    if (f->name.n == name->bytes && !memcmp(f->name.s, name->data, name->bytes)) return f;
  TreeFile *f = tree_alloc(d, sizeof *f);
  f->name = tree_copy(d, name->data, name->bytes);
  f->text = text_of(d, name);
  size_t room = 0;
  for (size_t at = 0; at < f->text.n;) {
    f->lines = tree_more(d, f->lines, f->line_count, &room, sizeof *f->lines);
    f->lines[f->line_count++] = at;
    const char *end = memchr(f->text.s + at, '\n', f->text.n - at);
    at = end ? (size_t)(end + 1 - f->text.s) : f->text.n;
  }
  f->next = d->files;
  d->files = f;
  return f;
}

/* ---- lines ---- */

/* Without the line's end; bytes that are no UTF-8 become question marks. */
static TreeText whole_line(TreeDoc *d, const char *s, size_t n) {
  while (n && (s[n - 1] == '\n' || s[n - 1] == '\r')) n--;
  TreeText t = {s, n};
  if (sk_utf8_scan(s, n, true).error == SK_UTF8_OK) return t;
  t = tree_copy(d, s, n);
  for (size_t i = 0; i < n; i++)
    if (s[i] & 0x80) ((char *)t.s)[i] = '?';
  return t;
}

TreeText tree_source_line(TreeDoc *d, const TreeFrame *f, int line) {
  SkStr *name = f->func->code->filename;
  const TreeFile *file = file_of(d, name);
  if (line < 1) return (TreeText){NULL, 0};
  if ((size_t)line <= file->line_count) {
    size_t from = file->lines[line - 1], to = (size_t)line < file->line_count ? file->lines[line] : file->text.n;
    return whole_line(d, file->text.s + from, to - from);
  }
  Ask a = {.frame = f, .line = line, .result = SK_UNSET};
  if (file->line_count || !name->bytes || name->data[0] != '<' || !ask(d, ask_linecache, &a) || !sk_is_str(a.result)) return (TreeText){NULL, 0};
  TreeText t = tree_copy(d, sk_as_str(a.result)->data, sk_as_str(a.result)->bytes);
  return whole_line(d, t.s, t.n);
}
