/* heap.c - allocation, payload cells, scratch memory, when to collect.  Layer 5. */
#include "vm/heap/heap.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "vm/heap/heap_impl.h"
#include "vm/heap/stress.h"

enum { LEAST_MINOR = SK_TINY ? 64 << 10 : 2 << 20, MOST_MINOR = SK_TINY ? 64 << 10 : 8 << 20, FIRST_MAJOR = 32 << 20, SCRATCH_BYTES = 64 << 20, CELL_GUESS = 64, STARTING = 4 };

/* ---- birth and death of the heap ---- */

/* Size classes: every 16 bytes to 128, then four steps per doubling (at most 25 % waste, 12 % on average). */
static void classes_init(SkHeap *h) {
  int n = 0;
  for (uint32_t bytes = GRAIN; bytes <= 128; bytes += GRAIN) h->classes[n++].bytes = bytes;
  for (uint32_t base = 128; base < SMALL_MAX; base *= 2)
    for (uint32_t step = 1; step <= 4; step++) h->classes[n++].bytes = base + base / 4 * step;
  sk_assert(n <= CLASS_COUNT);
  int k = 0;
  for (uint32_t g = 0; g <= SMALL_MAX / GRAIN; g++) {
    while (h->classes[k].bytes < g * GRAIN) k++;
    h->class_of[g] = (uint8_t)k;
  }
  for (int i = 0; i < n; i++)
    h->classes[i].reciprocal = (uint32_t)((((uint64_t)1 << 32) + h->classes[i].bytes - 1) / h->classes[i].bytes);
}

static size_t machine_memory(void) {
  long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGE_SIZE);
  return pages > 0 && page > 0 ? (size_t)pages / 4 * 3 * (size_t)page : (size_t)1 << 32;
}

bool sk_heap_init(SkVm *vm, const SkKindInfo *kinds, size_t limit) {
  SkHeap *h = calloc(1, sizeof *h);
  if (!h) return false;
  h->kinds = kinds;
  h->limit = limit ? limit : machine_memory();
  h->minor_at = h->nursery = LEAST_MINOR;
  h->major_at = FIRST_MAJOR;
  h->enabled = true;
  classes_init(h);
  const char *fail = SK_VERIFY ? getenv("SKEIN_OOM_AT") : NULL;
  h->fail_at = fail ? strtoull(fail, NULL, 10) : 0;
  vm->heap = h;
  if (sk_scratch_new(&h->scratch)) return true;
  sk_heap_free(vm);
  return false;
}

static void finalize_any(SkObject *o, void *vm) { heap_finalize_cell(vm, o); }
static void finalize_all(SkVm *vm); /* the swept and the unswept */

void sk_heap_free(SkVm *vm) {
  SkHeap *h = vm->heap;
  finalize_all(vm);
  heap_unmap_all(h);
  for (int i = 0; i < CLASS_COUNT; i++) free(h->classes[i].blocks);
  for (size_t i = 0; i < h->weak_size; i++) free(h->weak[i].refs);
  free(h->weak);
  free(h->roots);
  ObjectVec *vecs[] = {&h->remembered, &h->watched, &h->watched_old, &h->dead_with_del, &h->dead_weakrefs, &h->mark_stack};
  for (size_t i = 0; i < sizeof vecs / sizeof *vecs; i++) free(vecs[i]->items);
  sk_scratch_free(&h->scratch);
  free(h);
  vm->heap = NULL;
}

bool object_vec_push(ObjectVec *v, SkObject *o) {
  if (v->count == v->room) {
    size_t room = v->room ? v->room * 2 : 64;
    SkObject **items = realloc(v->items, room * sizeof *items);
    if (!items) return false;
    v->items = items;
    v->room = room;
  }
  v->items[v->count++] = o;
  return true;
}

/* ---- allocation ---- */

SK_COLD void heap_out_of_memory(SkVm *vm) {
  if (vm->limits.heap && (vm->limits.final & SK_FINAL_HEAP)) sk_stop(vm, SK_STOP_HEAP);
  if (vm->hooks.no_memory) vm->hooks.no_memory(vm);
  sk_throw_nothing(vm);
}

static void *bump(SizeClass *k) {
  char *p = k->cur;
  k->cur = p + k->bytes;
  return p;
}

static bool take_interval(SkHeap *h, SizeClass *k) {
  Interval *f = k->intervals;
  if (!f) return false;
  size_t size = f->next & INTERVAL_MANY ? *(size_t *)((char *)f + INTERVAL_SIZE_AT) : k->bytes;
  bool clean = f->next & INTERVAL_CLEAN;
  k->intervals = (Interval *)(f->next & ~(uintptr_t)INTERVAL_FLAGS);
  memset(f, 0, clean ? INTERVAL_SIZE_AT + 8 : size);
  k->cur = (char *)f;
  k->end = k->cur + size;
  h->since += size;
  return true;
}

static bool add_block(SkVm *vm, SizeClass *k) {
  SkHeap *h = vm->heap;
  if (k->count == k->room) {
    uint32_t room = k->room ? k->room * 2 : 8;
    Block **blocks = realloc(k->blocks, room * sizeof *blocks);
    if (!blocks) return false;
    k->blocks = blocks;
    k->room = room;
  }
  char *start;
  Block *b = heap_take_blocks(vm, 1, &start);
  if (!b) return false;
  bool fresh = b->fresh;
  *b = (Block){.state = BLOCK_SMALL, .size_class = (uint8_t)(k - h->classes), .swept = true};
  size_t bytes = BLOCK_BYTES / k->bytes * k->bytes;
  if (!fresh) memset(start, 0, BLOCK_BYTES);
  k->blocks[k->count++] = b;
  k->sweep_at = k->count; /* every earlier block is swept by now */
  k->cur = start;
  k->end = start + bytes;
  h->since += bytes;
  return true;
}

static bool time_to_collect(SkHeap *h) { return h->since >= h->minor_at && h->enabled && !h->collecting; }

static SK_NOINLINE void *alloc_small_slow(SkVm *vm, SizeClass *k) {
  SkHeap *h = vm->heap;
  if (time_to_collect(h)) sk_gc_collect(vm, h->used_bytes >= h->major_at);
  for (int tries = 0;; tries++) {
    if (k->cur < k->end || take_interval(h, k)) return bump(k);
    if (heap_sweep_next(vm, k)) continue;
    if (add_block(vm, k)) return bump(k);
    if (tries) heap_out_of_memory(vm);
    sk_gc_collect(vm, true);
  }
}

static void *alloc_run(SkVm *vm, size_t bytes) {
  SkHeap *h = vm->heap;
  if (bytes > SIZE_MAX / 2) heap_out_of_memory(vm);
  size_t count = (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
  h->since += count * BLOCK_BYTES;
  if (time_to_collect(h)) sk_gc_collect(vm, h->used_bytes >= h->major_at);
  char *start;
  Block *b = heap_take_blocks(vm, count, &start);
  if (!b) {
    sk_gc_collect(vm, true);
    b = heap_take_blocks(vm, count, &start);
    if (!b) heap_out_of_memory(vm);
  }
  if (!b->fresh) memset(start, 0, bytes);
  b->fresh = false;
  return start;
}

/* Library modules load in every test: fewer collections meanwhile. */
static bool stress_now(SkHeap *h) { return h->enabled && !h->collecting && (!h->sparse || ++h->sparse_turn % 32 == 0); }

void sk_gc_stress_sparsely(SkVm *vm, int delta) { vm->heap->sparse += delta; }

void *sk_alloc(SkVm *vm, size_t bytes, SkKind kind, uint32_t shape) {
  SkHeap *h = vm->heap;
  if (SK_VERIFY && ++h->allocations == h->fail_at) heap_out_of_memory(vm);
  if (SK_GC_STRESS && stress_now(h)) sk_gc_collect(vm, h->collections % 64 == 0);
  SkObject *o;
  if (SK_LIKELY(bytes <= SMALL_MAX)) {
    SizeClass *k = &h->classes[h->class_of[(bytes + GRAIN - 1) / GRAIN]];
    o = SK_LIKELY(k->cur < k->end) ? bump(k) : alloc_small_slow(vm, k);
  } else {
    o = alloc_run(vm, bytes);
  }
  if (SK_UNLIKELY(h->kinds[kind].finalize != NULL)) block_of(o)->finalizable = true;
  sk_assert(o->shape == 0);
  o->kind = (uint8_t)kind;
  o->shape = shape;
  return o;
}

/* Payload cells carry shape ~0: not zero (they are objects to the scan), yet no class. */
enum { PAYLOAD_SHAPE = 0x7fffffff };

SkRaw *sk_raw_new(SkVm *vm, size_t bytes) {
  if (bytes > SIZE_MAX / 2) heap_out_of_memory(vm);
  SkRaw *r = sk_alloc(vm, sizeof *r + bytes, SK_KIND_RAW, PAYLOAD_SHAPE);
  r->bytes = bytes;
  return r;
}

SkValues *sk_values_new(SkVm *vm, size_t count) {
  if (count > SIZE_MAX / 32) heap_out_of_memory(vm);
  SkValues *v = sk_alloc(vm, sizeof *v + count * sizeof(SkValue), SK_KIND_VALUES, PAYLOAD_SHAPE);
  v->count = count;
  return v;
}

/* A cell of a block that is not swept yet only loses its mark: the sweep will find it. */
void sk_payload_free(SkVm *vm, void *cell) {
  SkHeap *h = vm->heap;
  if (!cell || h->collecting) return;
  Block *b = block_of(cell);
  size_t g = grain_of(cell);
  if (b->state == BLOCK_RUN) {
    Chunk *c = chunk_of(cell);
    heap_give_blocks(h, c, (int)(b - c->blocks), b->run_blocks);
    return;
  }
  chunk_of(cell)->marks[g / 64] &= ~((uint64_t)1 << (g & 63));
  if (!b->swept) return;
  b->full = false;
  SizeClass *k = &h->classes[b->size_class];
  memset(cell, 0, sizeof(SkObject));
  Interval *f = cell;
  f->next = (uintptr_t)k->intervals;
  if (k->bytes > GRAIN) {
    f->next |= INTERVAL_MANY;
    *(size_t *)((char *)f + INTERVAL_SIZE_AT) = k->bytes;
  }
  k->intervals = f;
}

/* ---- limits ---- */

size_t sk_heap_bytes(const SkVm *vm) { return vm->heap->used_bytes; }
size_t sk_heap_peak(const SkVm *vm) { return vm->heap->most_bytes; }
uint64_t sk_gc_collections(const SkVm *vm) { return vm->heap->collections; }
void sk_heap_set_limit(SkVm *vm, size_t bytes) {
  vm->limits.heap = bytes;
  vm->heap->limit = bytes ? bytes : machine_memory();
}

void sk_heap_require(SkVm *vm, size_t bytes) {
  SkHeap *h = vm->heap;
  if (bytes <= h->limit && h->used_bytes <= h->limit - bytes) return;
  if (bytes <= h->limit) sk_gc_collect(vm, true);
  if (bytes > h->limit || h->used_bytes > h->limit - bytes) heap_out_of_memory(vm);
}

/* ---- scratch ---- */

void *sk_scratch(SkVm *vm, size_t bytes) {
  SkScratch *s = &vm->heap->scratch;
  if (bytes > s->room - s->used - 16) heap_out_of_memory(vm);
  void *p = s->base + s->used;
  s->used += (bytes + 15) & ~(size_t)15;
  return p;
}

size_t sk_scratch_mark(SkVm *vm) { return vm->heap ? vm->heap->scratch.used : 0; }
void sk_scratch_release(SkVm *vm, size_t mark) { vm->heap->scratch.used = mark; }

bool sk_scratch_new(SkScratch *s) {
  *s = (SkScratch){.base = heap_map(SCRATCH_BYTES), .room = SCRATCH_BYTES};
  return s->base != NULL;
}

void sk_scratch_free(SkScratch *s) {
  if (s->base) munmap(s->base, s->room);
  s->base = NULL;
}

void sk_scratch_swap(SkVm *vm, SkScratch *s) {
  SkScratch mine = vm->heap->scratch;
  vm->heap->scratch = *s;
  *s = mine;
}

/* ---- collections ---- */

bool sk_gc_enable(SkVm *vm, bool on) {
  bool was = vm->heap->enabled;
  vm->heap->enabled = on;
  return was;
}

static void prepare_sweep(SkHeap *h, bool full) {
  for (int i = 0; i < CLASS_COUNT; i++) {
    SizeClass *k = &h->classes[i];
    k->cur = k->end = NULL;
    k->intervals = NULL;
    k->sweep_at = 0;
    for (uint32_t j = 0; j < k->count; j++) {
      Block *b = k->blocks[j];
      if (full) b->full = false;
      b->swept = b->full;
    }
  }
}

/* As small as fits the processor's cache while hardly anything survives; larger when much does, so that it has time to die.
 * What a program makes while it starts is there to stay: the first collections say nothing. */
static void fit_nursery(SkHeap *h) {
  if (h->minors <= STARTING) return;
  size_t survived = h->marked * CELL_GUESS;
  if (survived > h->nursery / 8 && h->nursery < MOST_MINOR) h->nursery *= 2;
  else if (survived < h->nursery / 32 && h->nursery > LEAST_MINOR) h->nursery /= 2;
}

/* What remains of a bump region must read as free cells: it is zero already. */
void sk_gc_collect(SkVm *vm, bool full) {
  SkHeap *h = vm->heap;
  if (h->collecting) return;
  h->collecting = true;
  h->collections++;
  if (!full) h->minors++;
  if (full) {
    /* Marks are about to be cleared, so blocks that are not swept must be: a dead cell in one would
     * look alive to the conservative scan once "not swept" no longer says "trust the marks". */
    for (int i = 0; i < CLASS_COUNT; i++)
      while (heap_sweep_next(vm, &h->classes[i])) {}
  }
  h->marked = 0;
  heap_mark_all(vm, full);
  prepare_sweep(h, full);
  heap_sweep_runs(vm);
  h->since = 0;
  size_t live = h->used_bytes;
  if (full) {
    h->live_after_major = live;
    h->major_at = live * 2 > FIRST_MAJOR ? live * 2 : FIRST_MAJOR;
  }
  if (!full) fit_nursery(h);
  h->minor_at = live / 4 > h->nursery ? live / 4 : h->nursery;
  h->collecting = false;
}

void sk_remember(SkVm *vm, SkObject *o) {
  o->gc |= SK_GC_REMEMBERED;
  if (!object_vec_push(&vm->heap->remembered, o)) heap_out_of_memory(vm);
}

void sk_root_add(SkVm *vm, SkRootFn *fn, void *arg) {
  SkHeap *h = vm->heap;
  if (h->root_count == h->root_room) {
    size_t room = h->root_room ? h->root_room * 2 : 8;
    Root *roots = realloc(h->roots, room * sizeof *roots);
    if (!roots) heap_out_of_memory(vm);
    h->roots = roots;
    h->root_room = room;
  }
  h->roots[h->root_count++] = (Root){fn, arg};
}

void sk_root_remove(SkVm *vm, SkRootFn *fn, void *arg) {
  SkHeap *h = vm->heap;
  for (size_t i = 0; i < h->root_count; i++)
    if (h->roots[i].fn == fn && h->roots[i].arg == arg) {
      h->roots[i] = h->roots[--h->root_count];
      return;
    }
}

/* ---- walking ---- */

/* |dead_too|: also what the last collection found dead and nobody has swept. */
static void walk_block(const SkHeap *h, Chunk *c, int i, bool dead_too, void (*fn)(SkObject *, void *), void *arg) {
  Block *b = &c->blocks[i];
  char *start = (char *)c + (size_t)i * BLOCK_BYTES;
  if (b->state == BLOCK_RUN) {
    if (((SkObject *)start)->shape) fn((SkObject *)start, arg);
  } else if (b->state == BLOCK_SMALL) {
    size_t step = h->classes[b->size_class].bytes;
    for (size_t off = 0; off + step <= BLOCK_BYTES; off += step) {
      SkObject *o = (SkObject *)(start + off);
      if (o->shape && (dead_too || b->swept || is_marked(o))) fn(o, arg);
    }
  }
}

static void walk(SkVm *vm, bool dead_too, void (*fn)(SkObject *o, void *arg), void *arg) {
  SkHeap *h = vm->heap;
  for (size_t i = 0; i < h->chunk_count; i++)
    for (int b = 1; b < BLOCKS; b++) walk_block(h, h->chunks[i], b, dead_too, fn, arg);
}
void sk_heap_walk(SkVm *vm, void (*fn)(SkObject *o, void *arg), void *arg) { walk(vm, false, fn, arg); }
static void finalize_all(SkVm *vm) { walk(vm, true, finalize_any, vm); }
