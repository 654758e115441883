/* tree_frames.c - tracebacks, read without making traceback objects; each different one is kept once.  Layer 8. */
#include <string.h>

#include "stdlib/native/tree_impl.h"
#include "vm/base/hash.h"
#include "vm/object/frame.h"

enum { FRAMES_MOST = 1 << 20, PERIOD_MOST = 8, TIMES_LEAST = 3 };

static void add(TreeDoc *d, size_t *count, SkFunc *f, uint64_t at, int64_t line) {
  if (*count >= FRAMES_MOST || !f) return;
  d->frames = tree_more(d, d->frames, *count, &d->frame_room, sizeof *d->frames);
  d->frames[(*count)++] = (TreeFrame){f, (uint32_t)at, line > 0 && line < INT32_MAX ? (int32_t)line : 0};
}

/* Entries are innermost first. */
static void add_entries(TreeDoc *d, size_t *count, const SkValues *trace, uint32_t n) {
  while (n-- > 0) {
    const SkTraceEntry *t = (const SkTraceEntry *)trace->items + n;
    if (!sk_is_func(t->func)) continue;
    uint32_t at = (uint32_t)sk_smallint_get(t->at);
    add(d, count, sk_as_func(t->func), at, sk_code_position(sk_as_func(t->func)->code->code, at).line);
  }
}

static size_t read_trace(TreeDoc *d, const SkExc *e) {
  size_t count = 0;
  if (e->trace_count) add_entries(d, &count, e->trace, e->trace_count);
  for (SkValue v = e->traceback; sk_is_traceback(v) && count < FRAMES_MOST;) {
    const SkTraceback *t = (const SkTraceback *)sk_object(v);
    add(d, &count, t->func, t->at, t->line);
    if (t->pending) add_entries(d, &count, t->pending, t->pending_count);
    v = t->next;
  }
  return count;
}

static bool same_place(const TreeFrame *a, const TreeFrame *b) { return a->func->code == b->func->code && a->at == b->at && a->line == b->line; }

bool tree_is_runtime(const TreeFrame *f) {
  const SkStr *name = f->func->code->filename;
  return name->bytes > 8 && !memcmp(name->data, "<frozen ", 8);
}

/* ---- recursion ---- */

static bool equal_runs(const TreeFrame *a, const TreeFrame *b, uint32_t n) {
  for (uint32_t i = 0; i < n; i++)
    if (!same_place(a + i, b + i)) return false;
  return true;
}

TreeRun tree_run(const TreeStack *s, uint32_t start, uint32_t end) {
  for (uint32_t period = 1; period <= PERIOD_MOST && start + period * TIMES_LEAST <= end; period++) {
    uint32_t times = 1;
    while (start + period * (times + 1) <= end && equal_runs(s->frames + start, s->frames + start + period * times, period)) times++;
    if (times >= TIMES_LEAST) return (TreeRun){start, period, times};
  }
  return (TreeRun){start, 1, 1};
}

/* ---- the key ---- */

/* The file's name without its directory, function, line within it: the same on every machine, and after edits elsewhere. */
static void key_frame(TreeKey *k, const TreeFrame *f) {
  if (tree_is_runtime(f)) return;
  const SkStr *file = f->func->code->filename, *name = f->func->code->qualname;
  const char *slash = memrchr(file->data, '/', file->bytes);
  size_t from = slash ? (size_t)(slash + 1 - file->data) : 0;
  tree_key_bytes(k, file->data + from, file->bytes - from);
  tree_key_bytes(k, name->data, name->bytes);
  tree_key_number(k, (uint64_t)((int64_t)f->line - f->func->code->code->first_line));
}

/* How deep a recursion went does not matter, nor where in its round it ended. */
static TreeKey key_of(const TreeStack *s) {
  TreeKey k = {0, 0};
  for (uint32_t i = 0; i < s->count;) {
    TreeRun r = tree_run(s, i, s->count);
    for (uint32_t p = 0; p < r.period; p++) key_frame(&k, &s->frames[i + p]);
    i += r.period * r.times;
    for (uint32_t p = 0; r.times > 1 && p < r.period && i < s->count && same_place(&s->frames[i], &s->frames[r.start + p]); p++) i++;
  }
  return k;
}

TreeStack *tree_stack(TreeDoc *d, SkExc *e) {
  size_t count = read_trace(d, e);
  uint64_t hash = count;
  for (size_t i = 0; i < count; i++) hash = sk_hash_mix(hash ^ (uint64_t)d->frames[i].func->code ^ (uint64_t)d->frames[i].at << 20);
  TreeStack **slot = &d->stacks[hash % TREE_STACK_SLOTS];
  for (TreeStack *s = *slot; s; s = s->next)
    if (s->hash == hash && s->count == count && equal_runs(s->frames, d->frames, s->count)) return s;
  TreeStack *s = tree_alloc(d, sizeof *s);
  s->hash = hash;
  s->count = (uint32_t)count;
  s->frames = tree_alloc(d, count * sizeof *s->frames);
  if (count) memcpy(s->frames, d->frames, count * sizeof *s->frames);
  s->key = key_of(s);
  s->next = *slot;
  *slot = s;
  return s;
}

/* ---- what a frame shows ---- */

SkPosition tree_position(const TreeFrame *f) {
  SkPosition p = sk_code_position(f->func->code->code, f->at);
  if (p.line != f->line) p = (SkPosition){.line = f->line, .end_line = f->line, .col = -1, .end_col = -1}; /* a traceback object may say anything */
  return p;
}

uint32_t tree_first_frame(const TreeSpot *spot) {
  const TreeStack *s = spot->bucket->peers[0].node->stack;
  uint32_t i = 0;
  for (bool shared = true; shared && i < s->count; i += shared) {
    shared = false;
    for (const TreeSpot *up = spot->up; up && !shared; up = up->up) {
      const TreeStack *other = up->bucket->peers[0].node->stack;
      for (uint32_t k = 0; k < other->count && !shared; k++) shared = same_place(&s->frames[i], &other->frames[k]);
    }
  }
  return i;
}

/* ---- for others ---- */

static void give(SkVm *vm, SkTreeFrameFn *each, void *arg, SkFunc *func, uint64_t at, int64_t line) {
  TreeFrame t = {func, (uint32_t)at, line > 0 && line < INT32_MAX ? (int32_t)line : 0};
  SkPosition p = tree_position(&t);
  bool known = p.col >= 0 && p.end_col >= 0;
  each(vm, arg, &(SkTreeFrame){func, t.at, (uint32_t)t.line, known ? (uint32_t)p.col : 0, known ? (uint32_t)p.end_line : (uint32_t)t.line, known ? (uint32_t)p.end_col : 0});
}

static void give_entries(SkVm *vm, SkTreeFrameFn *each, void *arg, const SkValues *trace, uint32_t n) {
  while (n-- > 0) {
    const SkTraceEntry *t = (const SkTraceEntry *)trace->items + n;
    if (!sk_is_func(t->func)) continue;
    uint64_t at = (uint64_t)sk_smallint_get(t->at);
    give(vm, each, arg, sk_as_func(t->func), at, sk_code_position(sk_as_func(t->func)->code->code, (uint32_t)at).line);
  }
}

void sk_tree_frames(SkVm *vm, SkValue exc, SkTreeFrameFn *each, void *arg) {
  const SkExc *e = sk_as_exc(exc);
  if (e->trace_count) give_entries(vm, each, arg, e->trace, e->trace_count);
  for (SkValue v = e->traceback; sk_is_traceback(v);) {
    const SkTraceback *t = (const SkTraceback *)sk_object(v);
    if (t->func) give(vm, each, arg, t->func, t->at, t->line);
    if (t->pending) give_entries(vm, each, arg, t->pending, t->pending_count);
    v = t->next;
  }
  sk_keep(exc.bits);
}
