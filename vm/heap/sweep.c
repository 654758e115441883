/* sweep.c - finds free cells from the mark bits, one block at a time, when they are needed.  Layer 5. */
#include <string.h>

#include "vm/heap/heap_impl.h"

void heap_finalize_cell(SkVm *vm, SkObject *o) {
  SkFinalizeFn *fn = vm->heap->kinds[o->kind].finalize;
  if (fn) fn(vm, o);
}

/* Makes the free cells [from, to) of one stretch known to the class. */
static void add_interval(SizeClass *k, char *from, char *to) {
  Interval *f = (Interval *)from;
  f->next = (uintptr_t)k->intervals;
  if (to - from >= INTERVAL_SIZE_AT + 8) {
    f->next |= INTERVAL_MANY;
    *(size_t *)(from + INTERVAL_SIZE_AT) = (size_t)(to - from);
  }
  k->intervals = f;
}

/* Most cells that die need no finalizer, so that the loop below is a few loads and one store a cell. */
SK_INLINE void kill_cell(SkVm *vm, const SkKindInfo *kinds, SkObject *o, size_t bytes) {
  if (SK_UNLIKELY(kinds[o->kind].finalize != NULL) && o->shape) kinds[o->kind].finalize(vm, o);
  if (SK_GC_STRESS) memset((char *)o + 8, 0xab, bytes - 8);
  *(uint64_t *)o = 0;
}

static bool no_marks(const uint64_t *marks, size_t block) {
  enum { WORDS = BLOCK_BYTES / GRAIN / 64 };
  uint64_t any = 0;
  for (size_t i = 0; i < WORDS; i++) any |= marks[block * WORDS + i];
  return any == 0;
}

/* Young garbage mostly dies by the block: then clearing it all at once serves the dead headers and the
 * allocations to come. */
static void clear_block(SizeClass *k, Block *b, char *start) {
  memset(start, 0, BLOCK_BYTES);
  add_interval(k, start, start + BLOCK_BYTES / k->bytes * k->bytes);
  k->intervals->next |= INTERVAL_CLEAN;
  b->swept = true;
  b->full = false;
}

static bool sweep_block(SkVm *vm, SizeClass *k, Block *b) {
  Chunk *c = chunk_of(b);
  const uint64_t *marks = c->marks;
  const SkKindInfo *kinds = vm->heap->kinds;
  char *base = (char *)c, *start = base + (size_t)(b - c->blocks) * BLOCK_BYTES;
  if (!SK_GC_STRESS && !b->finalizable && no_marks(marks, (size_t)(b - c->blocks))) {
    clear_block(k, b, start);
    return true;
  }
  size_t step = k->bytes;
  char *end = start + BLOCK_BYTES / step * step, *from = NULL;
  bool any = false;
  for (char *p = start; p < end; p += step) {
    size_t g = (size_t)(p - base) / GRAIN;
    if (!(marks[g / 64] >> (g & 63) & 1)) {
      kill_cell(vm, kinds, (SkObject *)p, step);
      if (!from) from = p;
    } else if (from) {
      add_interval(k, from, p);
      from = NULL;
      any = true;
    }
  }
  if (from) add_interval(k, from, end);
  any |= from != NULL;
  b->swept = true;
  b->full = !any;
  return any;
}

bool heap_sweep_next(SkVm *vm, SizeClass *k) {
  while (k->sweep_at < k->count) {
    Block *b = k->blocks[k->sweep_at++];
    if (!b->swept && sweep_block(vm, k, b)) return true;
  }
  return false;
}

void heap_sweep_runs(SkVm *vm) {
  SkHeap *h = vm->heap;
  for (size_t i = h->chunk_count; i-- > 0;) {
    Chunk *c = h->chunks[i];
    for (int j = 1; j < BLOCKS; j++) {
      Block *b = &c->blocks[j];
      if (b->state != BLOCK_RUN) continue;
      SkObject *o = (SkObject *)((char *)c + (size_t)j * BLOCK_BYTES);
      if (is_marked(o)) continue;
      if (o->shape) heap_finalize_cell(vm, o);
      memset(o, 0, sizeof *o);
      size_t before = h->chunk_count;
      heap_give_blocks(h, c, j, b->run_blocks);
      if (h->chunk_count != before) break; /* the chunk itself is gone */
    }
  }
}
