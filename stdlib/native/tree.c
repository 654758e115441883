/* tree.c - one exception to text: the document's life, its memory, what happens when something fails.  Layer 8.
 *
 * The text is complete before any of it is written: when making it fails there is still the plain form.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "stdlib/native/tree_impl.h"

/* ---- memory ---- */

typedef struct TreeChunk { struct TreeChunk *older; size_t size, used; } TreeChunk;
enum { CHUNK_LEAST = 16 * 1024, CHUNK_HEAD = (sizeof(TreeChunk) + 15) & ~15u };

void *tree_alloc(TreeDoc *d, size_t bytes) {
  bytes = (bytes + 15) & ~(size_t)15;
  TreeChunk *c = d->chunks;
  if (!c || bytes > c->size - c->used) {
    size_t size = c ? c->size * 2 : CHUNK_LEAST;
    if (size > (1u << 20)) size = 1u << 20;
    if (size < bytes + CHUNK_HEAD) size = bytes + CHUNK_HEAD;
    c = sk_mem_new(d->vm, size);
    if (!c) sk_raise_nomem(d->vm);
    *c = (TreeChunk){d->chunks, size, CHUNK_HEAD};
    d->chunks = c;
  }
  void *p = (char *)c + c->used;
  c->used += bytes;
  return p;
}

void *tree_more(TreeDoc *d, void *items, size_t count, size_t *room, size_t size) {
  if (count < *room) return items;
  size_t more = *room ? *room * 2 : 8;
  void *p = tree_alloc(d, more * size);
  if (count) memcpy(p, items, count * size);
  *room = more;
  return p;
}

TreeText tree_copy(TreeDoc *d, const char *s, size_t n) {
  if (!n) return (TreeText){"", 0};
  char *p = tree_alloc(d, n + 1);
  memcpy(p, s, n);
  return (TreeText){p, n};
}

TreeText tree_printf(TreeDoc *d, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  char *p = tree_alloc(d, (size_t)n + 1);
  va_start(args, format);
  vsnprintf(p, (size_t)n + 1, format, args);
  va_end(args);
  return (TreeText){p, (size_t)n};
}

/* ---- the document ---- */

static void fill_in(SkTreeFormat *f) {
  bool full = f->style == SK_TREE_FULL;
  if (!f->width) f->width = 100;
  if (f->width < 20) f->width = 20;
  if (!f->max_width) f->max_width = full ? 1000 : 15;
  if (!f->max_depth) f->max_depth = full || f->style == SK_TREE_SHORT ? 100 : 10;
  if (f->max_depth > 100) f->max_depth = 100; /* the C stack goes down with it */
  if (!f->max_lines) f->max_lines = full ? 10000 : 200;
  if (f->max_lines < 4) f->max_lines = 4;
}

static void make_text(SkVm *vm, void *arg) {
  TreeDoc *d = arg;
  sk_root_add(vm, tree_mark, d);
  d->rooted = true;
  tree_gather(d);
  if (d->f.style == SK_TREE_JSON) {
    tree_json(d);
    return;
  }
  if (d->f.color) tree_colors(d);
  if (d->f.style == SK_TREE_SHORT) tree_short(d);
  else tree_text(d);
}

static void free_doc(TreeDoc *d) {
  if (d->rooted) sk_root_remove(d->vm, tree_mark, d);
  for (TreeChunk *c = d->chunks, *older; c; c = older) {
    older = c->older;
    sk_mem_free(d->vm, c, c->size);
  }
  sk_mem_free(d->vm, d->map, d->map_room * sizeof *d->map);
  sk_mem_free(d->vm, d->text, d->text_room);
  sk_mem_free(d->vm, d, sizeof *d);
}

typedef struct Deliver { TreeDoc *d; SkValue exc; SkWriteFn *write; void *arg; } Deliver;

static void deliver(SkVm *vm, void *arg) {
  (void)vm;
  Deliver *j = arg;
  j->write(j->arg, j->d->text, j->d->text_used);
}

/* {"v":1,"type":...,"message":null}: a reader of JSON gets JSON, whatever happens. */
static void plain_json(SkVm *vm, SkValue exc, SkWriteFn *write, void *arg) {
  const SkStr *name = sk_type_of(vm, exc)->name;
  static const char head[] = "{\"v\":1,\"type\":\"", tail[] = "\",\"message\":null,\"incomplete\":true}\n";
  write(arg, head, sizeof head - 1);
  for (size_t i = 0; i < name->bytes; i++)
    if ((unsigned char)name->data[i] >= ' ' && name->data[i] != '"' && name->data[i] != '\\') write(arg, name->data + i, 1);
  write(arg, tail, sizeof tail - 1);
}

/* Where nothing may be allocated and nothing run: class and message, if that is a str. */
static void minimal(SkVm *vm, SkValue exc, SkWriteFn *write, void *arg) {
  const SkStr *name = sk_type_of(vm, exc)->name;
  const SkTuple *args = sk_as_exc(exc)->args;
  write(arg, name->data, name->bytes);
  if (args->count && sk_is_str(args->items[0])) {
    write(arg, ": ", 2);
    write(arg, sk_as_str(args->items[0])->data, sk_as_str(args->items[0])->bytes);
  }
  write(arg, "\n", 1);
}

static void run_plain(SkVm *vm, void *arg) {
  Deliver *j = arg;
  sk_exc_print_plain(vm, j->exc, j->write, j->arg);
}

static bool fall_back(SkVm *vm, const Deliver *j, SkTreeStyle style) {
  if (style == SK_TREE_JSON) plain_json(vm, j->exc, j->write, j->arg);
  else if (sk_stopped(vm)) minimal(vm, j->exc, j->write, j->arg);
  else return sk_protect_any(vm, run_plain, (void *)j);
  return true;
}

/* The finished document, NULL: it could not be made. */
static TreeDoc *make_doc(SkVm *vm, SkValue exc, const SkTreeFormat *f) {
  TreeDoc *d = sk_mem_new(vm, sizeof *d);
  if (!d) return NULL;
  d->vm = vm;
  d->f = *f;
  d->exc = exc;
  fill_in(&d->f);
  if (sk_protect_any(vm, make_text, d)) return d;
  sk_take_raised(vm);
  free_doc(d);
  return NULL;
}

void sk_tree_print(SkVm *vm, SkValue exc, const SkTreeFormat *f, SkWriteFn *write, void *arg) {
  bool stopped = sk_stopped(vm);
  SkValue handled = vm->handled;
  TreeDoc *d = make_doc(vm, exc, f);
  if (!d && !stopped && sk_stopped(vm)) d = make_doc(vm, exc, f); /* without script code, which stopped the VM */
  vm->handled = handled;
  Deliver job = {d, exc, write, arg};
  bool delivered = d ? sk_protect_any(vm, deliver, &job) : fall_back(vm, &job, f->style);
  SkValue error = delivered ? SK_NONE : sk_take_raised(vm);
  if (d) free_doc(d);
  sk_keep(exc.bits);
  if (!stopped && sk_stopped(vm) && vm->catch_top) sk_stop(vm, vm->limits.stop);
  if (sk_is_exc(error) && !sk_stopped(vm)) sk_throw(vm, error);
}

/* ---- one line of source ---- */

typedef struct Line { TreeDoc *d; const SkTreeFrame *frame; SkStr *out; } Line;

static void make_line(SkVm *vm, void *arg) {
  Line *l = arg;
  TreeText t = tree_source_line(l->d, &(TreeFrame){l->frame->func, l->frame->at, (int32_t)l->frame->line}, (int)l->frame->line);
  while (t.n && strchr(" \t\f", t.s[0])) t = (TreeText){t.s + 1, t.n - 1};
  while (t.n && strchr(" \t\f", t.s[t.n - 1])) t.n--;
  if (t.n) l->out = sk_str_new(vm, t.s, t.n);
}

SkStr *sk_tree_source(SkVm *vm, const SkTreeFrame *f) {
  Line l = {sk_mem_new(vm, sizeof(TreeDoc)), f, NULL};
  if (!l.d) return NULL;
  l.d->vm = vm;
  l.d->exc = SK_NONE;
  bool good = sk_protect_any(vm, make_line, &l);
  SkValue error = good ? SK_NONE : sk_take_raised(vm);
  free_doc(l.d);
  if (!good) sk_throw(vm, error);
  return l.out;
}
