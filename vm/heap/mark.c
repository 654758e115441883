/* mark.c - tracing from the roots.  Layer 5.
 *
 * Iterative: a mark stack outside the heap holds objects that are marked but not traced yet, so no depth
 * of nesting can overflow the C stack.
 */
#include <stdio.h>
#include <stdlib.h>

#include "vm/heap/heap_impl.h"

SkVm *sk_marker_vm(SkMarker *m) { return m->vm; }

static SK_COLD void missing_barrier(SkMarker *m, const SkObject *o) {
  fprintf(stderr, "heap: missing write barrier: a %s was stored into an old %s\n", m->heap->kinds[o->kind].name,
          m->current ? m->heap->kinds[m->current->kind].name : "root");
  abort();
}

/* Sets the mark; true if it was clear. */
static bool set_mark(SkMarker *m, SkObject *o) {
  Chunk *c = chunk_of(o);
  size_t g = grain_of(o);
  uint64_t bit = (uint64_t)1 << (g & 63);
  if (SK_UNLIKELY(m->checking)) {
    if (!c->shadow) c->shadow = sk_mem_new(m->vm, sizeof c->marks);
    if (c->shadow[g / 64] & bit) return false;
    c->shadow[g / 64] |= bit;
    if (!(c->marks[g / 64] & bit)) missing_barrier(m, o);
    return true;
  }
  if (c->marks[g / 64] & bit) return false;
  c->marks[g / 64] |= bit;
  m->heap->marked++;
  o->gc |= SK_GC_OLD;
  return true;
}

void sk_mark_cell(SkMarker *m, const void *p) {
  if (p) set_mark(m, (SkObject *)p);
}

void sk_mark_ptr(SkMarker *m, const void *p) {
  SkObject *o = (SkObject *)p;
  if (!o) return;
  sk_assert(o->shape != 0 && o->kind < SK_KIND_COUNT);
  if (!set_mark(m, o) || !m->heap->kinds[o->kind].trace) return;
  if (!object_vec_push(m->heap, &m->heap->mark_stack, o)) m->heap->untraced = true; /* drain() finds it again */
}

void sk_mark(SkMarker *m, SkValue v) {
  if (sk_is_ptr(v)) sk_mark_ptr(m, (void *)(v.bits - 1));
}

void sk_mark_span(SkMarker *m, const SkValue *items, size_t n) {
  for (size_t i = 0; i < n; i++) sk_mark(m, items[i]);
}

static void drain_stack(SkMarker *m) {
  ObjectVec *stack = &m->heap->mark_stack;
  while (stack->count) {
    SkObject *o = stack->items[--stack->count];
    m->current = o;
    m->heap->kinds[o->kind].trace(m, o);
  }
  m->current = NULL;
}

static void trace_again(SkObject *o, void *arg) {
  SkMarker *m = arg;
  if (!is_marked(o) || !m->heap->kinds[o->kind].trace) return;
  m->current = o;
  m->heap->kinds[o->kind].trace(m, o);
  drain_stack(m);
}

/* Without memory for the mark stack every marked object is traced again, until none was missed: slow, but it ends. */
static void drain(SkMarker *m) {
  drain_stack(m);
  while (SK_UNLIKELY(m->heap->untraced)) {
    m->heap->untraced = false;
    sk_heap_walk(m->vm, trace_again, m);
  }
}

/* ---- conservative words ---- */

SkObject *heap_object_at(const SkHeap *h, uintptr_t word) {
  Chunk *c = heap_find_chunk(h, word);
  if (!c) return NULL;
  size_t offset = word - (uintptr_t)c;
  if (offset < BLOCK_BYTES) return NULL;
  size_t index = offset >> BLOCK_BITS;
  Block *b = &c->blocks[index < BLOCKS ? index : 1];
  SkObject *o;
  if (b->state == BLOCK_SMALL) {
    const SizeClass *k = &h->classes[b->size_class];
    size_t in_block = offset & (BLOCK_BYTES - 1);
    size_t cell = in_block * k->reciprocal >> 32;
    if ((cell + 1) * k->bytes > BLOCK_BYTES) return NULL;
    o = (SkObject *)((char *)c + (offset - in_block) + cell * k->bytes);
  } else if (b->state == BLOCK_RUN) {
    o = (SkObject *)((char *)c + (size_t)(b - c->blocks) * BLOCK_BYTES);
  } else if (b->state == BLOCK_RUN_REST) {
    b = &c->blocks[b->head];
    o = (SkObject *)((char *)c + (size_t)(b - c->blocks) * BLOCK_BYTES);
  } else {
    return NULL;
  }
  return o->shape && (b->swept || is_marked(o)) ? o : NULL;
}

/* Nobody says how many items of a payload cell found by chance are in use: behind those a list has popped
 * lie pointers to objects that may be gone.  Each must prove itself. */
static void mark_doubtful_items(SkMarker *m, const SkValues *v) {
  for (size_t i = 0; i < v->count; i++) {
    if (!sk_is_ptr(v->items[i])) continue;
    uintptr_t word = (uintptr_t)(v->items[i].bits - 1);
    SkObject *o = heap_object_at(m->heap, word);
    if ((uintptr_t)o == word) sk_mark_ptr(m, o);
  }
}

/* Payload cells are found too: whoever holds only the payload still needs its memory. */
void heap_mark_conservative(SkMarker *m, uintptr_t word) {
  SkObject *o = heap_object_at(m->heap, word);
  if (!o) return;
  if (o->kind == SK_KIND_VALUES) {
    SkValues *v = (SkValues *)o;
    if (set_mark(m, o)) mark_doubtful_items(m, v);
    return;
  }
  sk_mark_ptr(m, o);
}

void sk_mark_doubtful(SkMarker *m, const SkValue *items, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (sk_is_ptr(items[i])) heap_mark_conservative(m, items[i].bits);
}

SK_NO_ASAN void sk_mark_words(SkMarker *m, const void *from, const void *to) {
  for (const uintptr_t *p = from; p < (const uintptr_t *)to; p++) heap_mark_conservative(m, *p);
}

bool sk_marker_is_checking(const SkMarker *m) { return m->checking; }

/* ---- the whole marking ---- */

/* What belongs to the running thread; called once more for each one that waits. */
static void mark_thread(SkMarker *m) {
  SkVm *vm = m->vm;
  sk_mark(m, vm->handled);
  sk_mark_ptr(m, vm->task);
  sk_mark_ptr(m, vm->scope);
  sk_mark_ptr(m, vm->context);
  sk_mark_ptr(m, vm->task_state);
  sk_mark(m, vm->raised);
  sk_mark(m, vm->asyncgen_firstiter);
  sk_mark(m, vm->asyncgen_finalizer);
  sk_mark_ptr(m, vm->printing);
  if (vm->hooks.mark_stack) vm->hooks.mark_stack(m, vm);
  for (size_t i = 0; i < m->heap->root_count; i++) m->heap->roots[i].fn(m, m->heap->roots[i].arg);
}

static void mark_vm(SkMarker *m, SkVm *vm) {
  for (int i = 0; i < SK_T_COUNT; i++) sk_mark_ptr(m, vm->types[i]);
  for (int i = 0; i < SK_N_COUNT; i++) sk_mark_ptr(m, vm->names[i]);
  for (int i = 0; i < 256; i++) sk_mark_ptr(m, vm->char_strs[i]);
  const void *ptrs[] = {vm->empty_tuple, vm->modules, vm->builtins, vm->sys,
                        vm->memory_error, vm->recursion_error, vm->stop_error, vm->module_state};
  for (size_t i = 0; i < sizeof ptrs / sizeof *ptrs; i++) sk_mark_ptr(m, ptrs[i]);
  sk_mark(m, vm->empty_frozenset);
  sk_mark(m, vm->empty_bytes);
}

static void mark_roots(SkMarker *m) {
  SkHeap *h = m->heap;
  mark_vm(m, m->vm);
  mark_thread(m);
  if (m->vm->hooks.mark_waiting) m->vm->hooks.mark_waiting(m, m->vm, mark_thread);
  for (size_t i = 0; i < h->dead_with_del.count; i++) sk_mark_ptr(m, h->dead_with_del.items[i]);
  for (size_t i = 0; i < h->dead_weakrefs.count; i++) sk_mark_ptr(m, h->dead_weakrefs.items[i]);
  if (m->vm->c_base) heap_scan_stack(m, m->vm->c_base);
  drain(m);
}

static void clear_marks(SkHeap *h) {
  for (size_t i = 0; i < h->chunk_count; i++) memset(h->chunks[i]->marks, 0, sizeof h->chunks[i]->marks);
}

/* An old object that was written to is traced again, whatever it holds now. */
static void mark_remembered(SkMarker *m, bool full) {
  SkHeap *h = m->heap;
  for (size_t i = 0; i < h->remembered.count; i++) {
    SkObject *o = h->remembered.items[i];
    o->gc &= (uint8_t)~SK_GC_REMEMBERED;
    if (full || !h->kinds[o->kind].trace) continue;
    m->current = o;
    h->kinds[o->kind].trace(m, o);
    drain(m);
  }
  h->remembered.count = 0;
}

static bool is_watched(const SkHeap *h, const SkObject *o) {
  return (o->gc & SK_GC_FINALIZE) && (!h->still_watched || h->still_watched(o));
}

/* The dead go to dead_with_del, who has lost the interest is dropped; the others stay. */
static void sift_watched(SkHeap *h, ObjectVec *v) {
  size_t kept = 0;
  for (size_t i = 0; i < v->count; i++) {
    SkObject *o = v->items[i];
    if (!is_watched(h, o)) o->gc &= (uint8_t)~SK_GC_FINALIZE;
    else if (is_marked(o)) v->items[kept++] = o;
    else object_vec_push(h, &h->dead_with_del, o);
  }
  v->count = kept;
}

/* Objects with __del__ that died are brought back, with all they reach, for one call. */
static void revive_watched(SkMarker *m, bool full) {
  SkHeap *h = m->heap;
  size_t first_dead = h->dead_with_del.count;
  if (full) sift_watched(h, &h->watched_old);
  sift_watched(h, &h->watched);
  size_t moved = 0;
  while (moved < h->watched.count && object_vec_push(h, &h->watched_old, h->watched.items[moved])) moved++;
  h->watched.count -= moved; /* without memory they stay young */
  if (moved) memmove(h->watched.items, h->watched.items + moved, h->watched.count * sizeof *h->watched.items);
  for (size_t i = first_dead; i < h->dead_with_del.count; i++) sk_mark_ptr(m, h->dead_with_del.items[i]);
  drain(m);
}

void heap_mark_all(SkVm *vm, bool full) {
  SkMarker m = {.vm = vm, .heap = vm->heap};
  if (full) clear_marks(vm->heap);
  mark_remembered(&m, full);
  mark_roots(&m);
  heap_weak_after_mark(vm, &m);
  revive_watched(&m, full);
  drain(&m);
  for (int i = 0; i < vm->heap->after_mark_count; i++) vm->heap->after_mark[i].fn(vm, vm->heap->after_mark[i].arg);
  if (SK_VERIFY && !full && (!SK_GC_STRESS || vm->heap->collections % 16 == 0)) heap_check_barriers(vm);
}

bool sk_gc_is_live(const void *object) { return is_marked(object); }

void sk_gc_after_mark(SkVm *vm, SkAfterMarkFn *fn, void *arg) {
  SkHeap *h = vm->heap;
  sk_assert(h->after_mark_count < 8);
  h->after_mark[h->after_mark_count].fn = fn;
  h->after_mark[h->after_mark_count++].arg = arg;
}

/* Verify builds: traces everything once more into shadow bits; whatever is reachable but was not marked
 * by the minor collection was stored without a barrier. */
void heap_check_barriers(SkVm *vm) {
  SkHeap *h = vm->heap;
  SkMarker m = {.vm = vm, .heap = h, .checking = true};
  for (size_t i = 0; i < h->chunk_count; i++) {
    Chunk *c = h->chunks[i];
    if (c->shadow) memset(c->shadow, 0, sizeof c->marks);
    else if (!(c->shadow = sk_mem_new(vm, sizeof c->marks))) return; /* no memory to look twice */
  }
  mark_vm(&m, vm);
  mark_thread(&m);
  if (vm->hooks.mark_waiting) vm->hooks.mark_waiting(&m, vm, mark_thread);
  drain(&m);
}
