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

static void kill_cell(SkVm *vm, SkObject *o, size_t bytes) {
  if (o->shape) heap_finalize_cell(vm, o);
  if (SK_GC_STRESS) memset((char *)o + 8, 0xab, bytes - 8);
  memset(o, 0, sizeof *o);
}

static bool sweep_block(SkVm *vm, SizeClass *k, Block *b) {
  Chunk *c = chunk_of(b);
  char *start = (char *)c + (size_t)(b - c->blocks) * BLOCK_BYTES;
  char *end = start + BLOCK_BYTES / k->bytes * k->bytes;
  bool any = false;
  for (char *p = start; p < end;) {
    if (is_marked(p)) {
      p += k->bytes;
      continue;
    }
    char *from = p;
    for (; p < end && !is_marked(p); p += k->bytes) kill_cell(vm, (SkObject *)p, k->bytes);
    add_interval(k, from, p);
    any = true;
  }
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
